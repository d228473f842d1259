/*
 * holds.c - references that outlive a call: a key that needs its algorithm.
 *
 * A counter in the algorithm would be passed around by all threads that make keys of it. So each
 * thread counts for itself, in two counters that only grow: children that it made, and children
 * that it destroyed, its own and others'. An algorithm without holds is one whose sums are equal.
 *
 * No thread can read all counters at one moment. But a thread that reads all `released` first and
 * all `taken` after that, and finds the sums equal, knows that there was no child at the moment in
 * between: by then no more had been taken, and no fewer released, than it read. When the algorithm
 * is dead and in no record, only children make children (duplicates): so there will be none again.
 *
 * A thread that releases a child does so by a locked instruction, and then looks at the parent's
 * word. The thread that makes the word DEAD looks at the counters after that. So one of them sees
 * the last of it. Taking needs no barrier: the thread uses the parent, or a child, and ends that
 * use after it.
 *
 * A thread has a place for each algorithm, by its index. If another algorithm has it, or the use of
 * a slot has no place in the record, `holds` in the slot itself is counted up and down; it is read
 * at the moment in between.
 *
 * tests/model/holds.pml is a model of this for three threads with store buffers.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/holds.h"

/* The record's place for a parent. The index is the same in all states of the slot's word. */
static struct hold_count *count_place(struct thread_record *record, struct slot *parent)
{
    return &record->holds[slot_index(parent) % HOLD_PLACES];
}

/* The thread's counters for the parent; NULL if the place is another's. */
static inline struct hold_count *own_count(struct thread_record *record, struct slot *parent)
{
    struct hold_count *count = count_place(record, parent);
    struct slot *owner = atomic_load_explicit(&count->parent, memory_order_relaxed);

    if (__builtin_expect(owner == parent, 1)) return count;
    if (owner) return NULL;
    atomic_store(&count->taken, 0);
    atomic_store(&count->released, 0);
    atomic_store(&count->parent, parent);
    return count;
}

void hold_take(struct thread_record *record, struct slot *parent)
{
    struct hold_count *count = own_count(record, parent);

    if (!atomic_load_explicit(&parent->held, memory_order_relaxed)) atomic_store(&parent->held, 1);
    if (count)
    {
        atomic_store_explicit(&count->taken, 1 + atomic_load_explicit(&count->taken,
                                                                      memory_order_relaxed),
                              memory_order_relaxed);
    }
    else hold_pin(parent);
}

void hold_release(struct thread_record *record, struct slot *parent)
{
    struct hold_count *count = record ? own_count(record, parent) : NULL;

    if (count) atomic_fetch_add(&count->released, 1);
    else hold_unpin(parent);
}

bool slot_is_held(struct slot *slot)
{
    uint32_t taken = 0, released = 0, holds;
    struct thread_record *record;

    if (!atomic_load(&slot->held)) return atomic_load(&slot->holds) != 0;
    for (record = atomic_load(&all_records); record; record = record->next)
    {
        struct hold_count *count = count_place(record, slot);

        if (atomic_load(&count->parent) == slot) released += atomic_load(&count->released);
    }
    holds = atomic_load(&slot->holds);
    for (record = atomic_load(&all_records); record; record = record->next)
    {
        struct hold_count *count = count_place(record, slot);

        if (atomic_load(&count->parent) == slot) taken += atomic_load(&count->taken);
    }
    return taken - released + holds != 0;
}

void holds_forget(struct slot *slot)
{
    struct thread_record *record;

    if (!atomic_load(&slot->held)) return;
    for (record = atomic_load(&all_records); record; record = record->next)
    {
        struct slot *parent = slot;

        atomic_compare_exchange_strong(&count_place(record, slot)->parent, &parent, NULL);
    }
    atomic_store_explicit(&slot->holds, 0, memory_order_relaxed);
}
