/*
 * uses.c - which slots threads are using, and why an object in flight is never freed.
 *
 * Threads that use objects do not count references: two threads on one key would pass its counter
 * back and forth for longer than a short message takes to encrypt. Instead each thread publishes
 * the slot that it is using in a record of its own (hazard pointers: Michael, 2004), and looks at
 * the slot's word after that. A thread that retires an object changes the word, and looks through
 * the records after that.
 *
 *     user                                    retirer
 *     uses[place] = slot   (exchange)         word = BUSY   (compare and exchange)
 *     word == handle?                         uses[...] == slot?
 *
 * All four are sequentially consistent, so they have one order that all threads agree on: either
 * the user sees that the object is dead, or the retirer sees that it is in use. On x86 that costs
 * the user one exchange with memory that no other thread writes to, and nothing else would do: no
 * page protection, interrupt or FlushProcessWriteBuffers takes part.
 *
 * To look through the records of all threads would make them pass those records around. Mostly the
 * thread that made an object is the only one that uses it: its record is the slot's `keeper`.
 * Another thread makes the slot SHARED before it publishes its use, in the same order: so a retirer
 * that changes the word and then finds itself to be the keeper knows that there will be no other
 * use. (Who has seen the word of an object sees what its maker wrote to the slot before that, as
 * the keeper, the type and the object. When the word is still the same after the exchange, all of
 * that is, too: a word comes round after 2^36 objects of a slot, in 32 bits after 2^6 and at least
 * 250,000 of all.)
 *
 * Letting go is a plain store and then a look at the word. It may be late: the retirer may still
 * see a use that is over, while the user did not see yet that the object is dead. Nothing is freed
 * too early then, but nobody would free it at all. So such an object is put into a list first
 * (object.c), where the next thread that destroys anything finds it.
 *
 * tests/model/ has a model of this for three threads with store buffers, and what happens to it
 * without the barrier.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/uses.h"

static bool record_uses(struct thread_record *record, struct slot *slot)
{
    uint32_t i;

    for (i = 0; i < USES; i++)
    {
        if (use_slot(atomic_load(&record->uses[i])) == slot) return true;
    }
    return false;
}

bool slot_in_use(struct slot *slot)
{
    struct thread_record *own = platform_thread_get(THREAD_SLOT_OBJECTS), *record;

    if (own && atomic_load(&slot->keeper) == own->number) return record_uses(own, slot);
    for (record = atomic_load(&all_records); record; record = record->next)
    {
        if (record_uses(record, slot)) return true;
    }
    return false;
}

#define LOOKS 64                               /* 1 to 3 microseconds */

__attribute__((noinline)) void slot_wait_a_little(struct slot *slot)
{
    struct thread_record *own = platform_thread_get(THREAD_SLOT_OBJECTS);
    int looks;

    if (own && record_uses(own, slot)) return;  /* in a call further out */
    for (looks = 0; looks < LOOKS && slot_in_use(slot); looks++) platform_pause();
}
