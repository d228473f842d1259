/*
 * uses.h - which slots threads are using.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_USES_H
#define ROUTER_USES_H

#include "router/thread_record.h"

/* Says that slots are looked at by all threads, if the record is not the keeper's. Comes before the
 * thread's use of the slot is published. */
static inline void use_announce(struct thread_record *record, struct slot *slot)
{
    uint32_t keeper = atomic_load_explicit(&slot->keeper, memory_order_relaxed);

    if (keeper != record->number && keeper != SHARED)
        atomic_store(&slot->keeper, SHARED);
}

/* Whether a retirer will look for this record's use of a slot whose word was found right. */
static inline bool use_is_looked_for(struct thread_record *record, struct slot *slot)
{
    uint32_t keeper = atomic_load(&slot->keeper);

    return keeper == record->number || keeper == SHARED;
}

/* Publishes a use, with a full barrier. The record has a place. */
static inline void use_begin(struct thread_record *record, struct slot *slot)
{
    atomic_exchange(&record->uses[record->depth++], slot);
}

/* Ends the use at a place. */
static inline void use_end(struct thread_record *record, uint32_t place)
{
    atomic_store_explicit(&record->uses[place], NULL, memory_order_release);
    while (record->depth && !atomic_load_explicit(&record->uses[record->depth - 1],
                                                  memory_order_relaxed)) record->depth--;
}

/* The thread's latest use of the slot; false: it has none. */
static inline bool use_find(struct thread_record *record, struct slot *slot, uint32_t *place)
{
    uint32_t i = record->depth;

    while (i--)
    {
        if (atomic_load_explicit(&record->uses[i], memory_order_relaxed) != slot) continue;
        *place = i;
        return true;
    }
    return false;
}

/* Whether any thread uses a slot that is not LIVE any more. */
bool slot_in_use(struct slot *slot);

#endif
