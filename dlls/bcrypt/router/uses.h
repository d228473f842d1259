/*
 * uses.h - which slots threads are using.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_USES_H
#define ROUTER_USES_H

#include "router/thread_record.h"

/* A use is its slot's address. With this bit the thread is the only one that may change the object:
 * see enter.c. */
#define USE_ALONE ((uintptr_t)1)

static inline struct slot *use_slot(uintptr_t use)
{
    return (struct slot *)(use & ~USE_ALONE);
}

/* Whether a retirer will look for this record's use of a slot. */
static inline bool use_is_looked_for(struct thread_record *record, struct slot *slot)
{
    uint32_t keeper = atomic_load_explicit(&slot->keeper, memory_order_relaxed);

    return keeper == record->number || keeper == SHARED;
}

/* Sees to that. Comes before the thread's use of the slot is published. */
static inline void use_announce(struct thread_record *record, struct slot *slot)
{
    if (!use_is_looked_for(record, slot)) atomic_store(&slot->keeper, SHARED);
}

/* Publishes a use, with a full barrier, which waits for as few stores as can be: the thread's own
 * count comes after it. The record has a place. */
static inline void use_begin(struct thread_record *record, uintptr_t use)
{
    uint32_t place = record->depth;

    atomic_exchange(&record->uses[place], use);
    record->depth = place + 1;
}

/* Ends the use at a place. */
static inline void use_end(struct thread_record *record, uint32_t place)
{
    atomic_store_explicit(&record->uses[place], 0, memory_order_release);
    if (place + 1 != record->depth) return;
    while (place && !atomic_load_explicit(&record->uses[place - 1], memory_order_relaxed)) place--;
    record->depth = place;
}

/* The thread's latest use, 0 if it has none, and where it is. */
static inline uintptr_t use_latest(struct thread_record *record)
{
    return record->depth ? atomic_load_explicit(&record->uses[record->depth - 1],
                                                memory_order_relaxed) : 0;
}

/* The thread's latest use of the slot; false: it has none. */
static inline bool use_find(struct thread_record *record, struct slot *slot, uint32_t *place)
{
    uint32_t i = record->depth;

    while (i--)
    {
        if (use_slot(atomic_load_explicit(&record->uses[i], memory_order_relaxed)) != slot)
            continue;
        *place = i;
        return true;
    }
    return false;
}

/* Whether any thread uses a slot that is not LIVE any more. */
bool slot_in_use(struct slot *slot);

/* Gives other threads' uses that are over the time to be seen no more; a few microseconds. */
void slot_wait_a_little(struct slot *slot);

#endif
