/*
 * slots.h - the slots that handles name, and the rotation of the free ones.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_SLOTS_H
#define ROUTER_SLOTS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct object;
struct thread_record;

enum object_type
{
    OBJECT_ANY,                                 /* for look-ups only */
    OBJECT_ALGORITHM,
    OBJECT_KEY,
    OBJECT_HASH,
    OBJECT_SECRET,
};

#if UINTPTR_MAX > 0xffffffff
#define INDEX_BITS  24
#else
#define INDEX_BITS  22
#endif
#define INDEX_MASK  (((uintptr_t)1 << INDEX_BITS) - 1)
#define SLOTS_CHUNK 2048
#define SLOTS_BATCH 64

enum slot_state { LIVE, DEAD, FREE, BUSY };     /* the low bits of a slot's word */
#define STATE_MASK ((uintptr_t)3)

#define SHARED UINT32_MAX

/* Slots are never given back: any thread may read any of them at any time. */
struct slot
{
    _Atomic uintptr_t word;                     /* handle and state; see slots.c */
    _Atomic(struct object *) object;            /* what the handle means, unless the slot is FREE */
    _Atomic uint32_t keeper;                    /* a record's number, or SHARED: see uses.c */
    _Atomic uint32_t holds;                     /* see holds.c */
    uint32_t next;                              /* of the free ones, or of those left to users */
    _Atomic uint8_t type;                       /* enum object_type */
    _Atomic uint8_t held;                       /* has been held by a child */
    _Atomic uint8_t left;                       /* in the list of those left to users */
};

/* Free slots on their way between a thread and the common queue. */
struct slot_batch
{
    struct slot *slots[SLOTS_BATCH];
    uint32_t first, count;
};

extern struct slot *_Atomic slot_chunks[((size_t)1 << INDEX_BITS) / SLOTS_CHUNK];

/* The slot of that index; NULL if there is none yet. */
static inline struct slot *slot_at(uint32_t index)
{
    struct slot *chunk = atomic_load_explicit(&slot_chunks[index / SLOTS_CHUNK],
                                              memory_order_acquire);

    return chunk ? &chunk[index % SLOTS_CHUNK] : NULL;
}

/* The slot that a handle names, if it is one; it is still to be compared with the slot's word. */
static inline struct slot *slot_of_handle(uintptr_t handle)
{
    return handle & 15 ? NULL : slot_at((uint32_t)(handle >> 4 & INDEX_MASK));
}

static inline uint32_t slot_index(struct slot *slot)
{
    return (uint32_t)(atomic_load_explicit(&slot->word, memory_order_relaxed) >> 4 & INDEX_MASK);
}

static inline enum slot_state slot_state(uintptr_t word)
{
    return (enum slot_state)(word & STATE_MASK);
}

/* Whether the handle is the slot's and of that type; what its maker wrote to the slot can be read
 * then. */
static inline bool slot_is(struct slot *slot, uintptr_t handle, enum object_type type)
{
    return atomic_load_explicit(&slot->word, memory_order_acquire) == handle &&
           (type == OBJECT_ANY ||
            atomic_load_explicit(&slot->type, memory_order_relaxed) == type);
}

/* A slot for the thread, BUSY, with a handle that no object had before; NULL if there is none. */
struct slot *slot_take(struct thread_record *record);

/* Frees a BUSY slot; record may be NULL. */
void slot_free(struct thread_record *record, struct slot *slot);

/* Gives the thread's free slots to the others. */
void slot_batches_return(struct thread_record *record);

#endif
