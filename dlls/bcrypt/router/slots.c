/*
 * slots.c - the slots that handles name, and the rotation of the free ones.
 *
 * A handle is a generation and the index of a slot, never an address:
 *
 *     64 bits   generation << 28 | index << 4         32 bits   generation << 26 | index << 4
 *
 * so it is a multiple of 16, never 0 and never -1, and a pseudo-handle (1 mod 16) is none. A slot's
 * word is that value while its object lives, so a look-up is one comparison. Two low bits tell the
 * other states, which no handle equals:
 *
 *     LIVE  the handle         DEAD  retired, not destroyed yet
 *     FREE  in a free list     BUSY  being made, or claimed by the one thread that looks after it
 *
 * Free slots are handed round in batches: a thread allocates from one batch and collects what it
 * frees in another, which goes to the end of a common queue when it is full. New slots are made at
 * its front until it has some length, so a generation comes round as late as possible:
 * in 32 bits after at least 250,000 destroyed objects, in 64 bits after 2^36 objects of one slot.
 * That is so many that in 64 bits a thread takes the slots that it freed itself, which its cache
 * still has, before it asks the queue.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/slots.h"

#include "platform/platform.h"
#include "router/thread_record.h"

#define GENERATION_SHIFT (INDEX_BITS + 4)
#define GENERATION_MAX   (UINTPTR_MAX >> GENERATION_SHIFT)

#if UINTPTR_MAX > 0xffffffff
#define GROW_SLOTS  256                         /* 8 KiB, a quarter of a processor's first cache */
#define QUEUE_LEAST 128                         /* free slots to have before any is used again */
#else
#define GROW_SLOTS  1024
#define QUEUE_LEAST 4096
#endif

struct slot *_Atomic slot_chunks[((size_t)1 << INDEX_BITS) / SLOTS_CHUNK];

static struct platform_lock lock;               /* holds everything below */
static uint32_t slot_count;                     /* slots made so far; index 0 is never used */
static uint32_t queue_first, queue_last, queue_count;

static uintptr_t word_of(uintptr_t generation, uint32_t index, enum slot_state state)
{
    return generation << GENERATION_SHIFT | (uintptr_t)index << 4 | (uintptr_t)state;
}

static void queue_append(struct slot *slot)
{
    uint32_t index = slot_index(slot);

    slot->next = 0;
    if (queue_count) slot_at(queue_last)->next = index;
    else queue_first = index;
    queue_last = index;
    queue_count++;
}

/* Makes more slots, to be used before those that were used already. The lock is held. */
static bool grow(void)
{
    uint32_t first = slot_count ? slot_count : 1, i;            /* index 0 stays unused */
    struct slot *chunk, *slot;

    if (slot_count >> INDEX_BITS) return false;
    chunk = slot_at(slot_count / SLOTS_CHUNK * SLOTS_CHUNK);
    if (!chunk)
    {
        if (!(chunk = platform_pages_alloc(SLOTS_CHUNK * sizeof(*chunk)))) return false;
        atomic_store_explicit(&slot_chunks[slot_count / SLOTS_CHUNK], chunk, memory_order_release);
    }
    for (i = 0; i < GROW_SLOTS; i++, slot_count++)
    {
        slot = &chunk[slot_count % SLOTS_CHUNK];
        slot->next = i + 1 < GROW_SLOTS ? slot_count + 1 : queue_first;
        atomic_store_explicit(&slot->word, word_of(1, slot_count, FREE), memory_order_release);
    }
    if (!queue_count) queue_last = slot_count - 1;
    queue_first = first;
    queue_count += slot_count - first;
    return true;
}

static __attribute__((noinline)) bool
supply_fill(struct slot_batch *supply, struct slot_batch *returns)
{
    /* With generations to spare, what the thread gave back itself will do. */
    if (QUEUE_LEAST < 2 * SLOTS_BATCH + 1 && returns->count >= SLOTS_BATCH / 2)
    {
        *supply = *returns;
        returns->first = returns->count = 0;
        return true;
    }

    platform_lock_acquire(&lock);
    if (queue_count < QUEUE_LEAST) grow();
    supply->first = supply->count = 0;
    while (supply->count < SLOTS_BATCH && queue_count)
    {
        struct slot *slot = slot_at(queue_first);

        queue_first = slot->next;
        queue_count--;
        supply->slots[supply->count++] = slot;
    }
    platform_lock_release(&lock);
    return supply->count != 0;
}

static __attribute__((noinline)) void batch_return(struct slot_batch *batch)
{
    uint32_t i;

    platform_lock_acquire(&lock);
    for (i = batch->first; i < batch->count; i++) queue_append(batch->slots[i]);
    platform_lock_release(&lock);
    batch->first = batch->count = 0;
}

struct slot *slot_take(struct thread_record *record)
{
    struct slot_batch *supply = &record->supply;
    struct slot *slot;
    uintptr_t word;

    if (supply->first == supply->count && !supply_fill(supply, &record->returns)) return NULL;
    slot = supply->slots[supply->first++];
    word = atomic_load_explicit(&slot->word, memory_order_relaxed);
    atomic_store_explicit(&slot->word, (word & ~STATE_MASK) | BUSY, memory_order_relaxed);
    return slot;
}

void slot_free(struct thread_record *record, struct slot *slot)
{
    uintptr_t word = atomic_load_explicit(&slot->word, memory_order_relaxed);
    uintptr_t generation = word >> GENERATION_SHIFT;

    generation = generation == GENERATION_MAX ? 1 : generation + 1;
    atomic_store_explicit(&slot->word, word_of(generation, slot_index(slot), FREE),
                          memory_order_release);
    if (!record)
    {
        platform_lock_acquire(&lock);
        queue_append(slot);
        platform_lock_release(&lock);
        return;
    }
    if (record->returns.count == SLOTS_BATCH) batch_return(&record->returns);
    record->returns.slots[record->returns.count++] = slot;
}

void slot_batches_return(struct thread_record *record)
{
    batch_return(&record->supply);
    batch_return(&record->returns);
}
