/*
 * enter.c - one thread at a time in an object.
 *
 * `busy` is a lock. Taking it is a second exchange in calls that are hardly longer than the first,
 * which publishes their use (uses.c). But nearly all hashes are made and used by one thread, the
 * slot's keeper, and other threads make the slot SHARED before they use it. So the keeper needs no
 * lock: with the bit USE_ALONE its use says that it is inside. The first other thread that enters
 * finds the lock BIASED, and waits until no record has such a use.
 *
 *     keeper                                  another
 *     uses[place] = slot + ALONE (exchange)   keeper = SHARED
 *     keeper == itself?                       busy = ENTERED     (exchange)
 *                                             uses[...] == slot + ALONE?
 *
 * All are sequentially consistent: either the keeper sees that it is not alone any more, and takes
 * the lock like everybody, or the other sees it inside and waits. When one has waited after the
 * slot was SHARED, no keeper can be inside without the lock: it is not BIASED from there on.
 *
 * tests/model/enter.pml is a model of this for three threads with store buffers.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/enter.h"

#include "router/object.h"

/* Waits until no other thread is inside alone. False: the caller is, in a call further out. */
static bool wait_for_keeper(struct slot *slot)
{
    struct thread_record *own = platform_thread_get(THREAD_SLOT_OBJECTS), *record;
    bool none = true;
    uint32_t i;

    for (record = atomic_load(&all_records); record; record = record->next)
    {
        for (i = 0; i < USES; i++)
        {
            while (atomic_load(&record->uses[i]) == ((uintptr_t)slot | USE_ALONE))
            {
                if (record == own)
                {
                    none = false;
                    break;
                }
                platform_yield();
            }
        }
    }
    return none;
}

void object_enter(struct object *object)
{
    struct slot *slot = object->slot;
    uint8_t before;

    while ((before = atomic_exchange(&object->busy, ENTERED)) == ENTERED) platform_yield();
    if (before == BIASED && atomic_load(&slot->keeper) == SHARED && wait_for_keeper(slot))
        atomic_store_explicit(&object->unbiased, 1, memory_order_relaxed);
}

void object_leave(struct object *object)
{
    bool unbiased = atomic_load_explicit(&object->unbiased, memory_order_relaxed);

    atomic_store_explicit(&object->busy, unbiased ? FREE_TO_ENTER : BIASED, memory_order_release);
}

__attribute__((noinline)) struct object *
object_get_entered_slowly(struct slot *slot, uintptr_t value, enum object_type type)
{
    struct object *object = object_get_slowly(slot, value, type);

    if (object) object_enter(object);
    return object;
}

/* The thread's latest use is of the slot, but not alone any more. */
__attribute__((noinline)) struct object *
object_enter_shared(struct thread_record *record, struct slot *slot, struct object *object)
{
    atomic_store_explicit(&record->uses[record->depth - 1], (uintptr_t)slot, memory_order_release);
    object_enter(object);
    return object;
}

__attribute__((noinline)) void object_put_entered_slowly(struct object *object)
{
    object_leave(object);
    object_put(object);
}
