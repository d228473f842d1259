/*
 * thread_record.h - what the object table keeps for each thread.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_THREAD_RECORD_H
#define ROUTER_THREAD_RECORD_H

#include "platform/platform.h"
#include "router/slots.h"

#define USES        4                           /* of a thread in its record; the last is brief */
#define HOLD_PLACES 16

/* The children of one algorithm that the thread made and destroyed: see holds.c. */
struct hold_count
{
    _Atomic(struct slot *) parent;
    _Atomic uint32_t taken, released;
};

/*
 * Lives as long as the process: a later thread takes it over. The thread writes the first part with
 * every call, others read it rarely: so it lies away from its neighbours (processors fetch lines of
 * 64 bytes in pairs).
 */
struct thread_record
{
    _Alignas(128) _Atomic uintptr_t uses[USES];                 /* see uses.c */
    uint32_t depth;                             /* how many of them are taken, from the first on */
    uint32_t number;                            /* of the record, never SHARED */
    _Atomic intptr_t live;                      /* objects made minus destroyed by this thread */
    struct thread_record *next;
    struct thread_record *next_idle;

    struct hold_count holds[HOLD_PLACES];
    struct slot_batch supply, returns;
};

extern _Atomic(struct thread_record *) all_records;

/* Makes the calling thread one; NULL if there is no memory. */
struct thread_record *thread_record_new(void);

/* Takes it from the calling thread. */
void thread_record_end(struct thread_record *record);

/* The calling thread's, made if need be; NULL if there is no memory. */
static inline __attribute__((always_inline)) struct thread_record *thread_record(void)
{
    struct thread_record *record = platform_thread_get(THREAD_SLOT_OBJECTS);

    return __builtin_expect(record != NULL, 1) ? record : thread_record_new();
}

static inline void count_live(struct thread_record *record, int change)
{
    atomic_store_explicit(&record->live, atomic_load_explicit(&record->live, memory_order_relaxed) +
                          change, memory_order_relaxed);
}

#endif
