/*
 * memory.c - memory for objects that hold secrets: quick to get, wiped when put back.
 *
 * A trip to Wine's process heap costs 50 to 110 ns, more than the whole of an AES key schedule. So
 * memory comes in chunks, each cut into blocks of one of a few sizes, and each thread keeps free
 * blocks of each size in lists of its own, which need no lock. A thread that frees more than it
 * allocates hands a batch over to the blocks' chunks, where others find them. A chunk that has all
 * its blocks back is given back to the system, but for a few.
 *
 * Blocks are wiped when they come back, so no list ever holds a secret.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/memory.h"

#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

#include "platform/wipe.h"
#include "platform/platform.h"

#define CHUNK_BYTES PLATFORM_CHUNK_BYTES
#define BATCH_BYTES ((size_t)16 * 1024) /* what goes between a thread and the chunks */
#define SPARE_CHUNKS 16                         /* that are kept though no block of them is out */

struct block
{
    struct block *next;                         /* in the same list */
};

/* The beginning of a chunk. The lock holds all of it. */
struct chunk
{
    _Alignas(MEMORY_ALIGNMENT) struct chunk *next, *previous;   /* of its class, with blocks left */
    struct block *free;
    uint32_t blocks, cut;                       /* that it has; that were ever handed out */
    uint32_t out;                               /* blocks that threads have */
};

static const uint16_t class_bytes[] =
{
    64, 128, 192, 256, 320, 384, 448, 512, 640, 768, 896, 1024, 1280, 1536, 2048, 3072, 4096,
};
#define CLASS_COUNT (sizeof(class_bytes) / sizeof(class_bytes[0]))
#define MEMORY_LARGEST 4096

/* The class of every number of 64-byte units. */
static const uint8_t class_by_size[MEMORY_LARGEST / 64 + 1] =
{
    0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13,
    14, 14, 14, 14, 14, 14, 14, 14, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15,
    16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16, 16,
};

/* Only its thread writes to it; others read the two numbers. */
struct list
{
    struct block *first;
    _Atomic uint32_t count;
    _Atomic int32_t taken;                      /* blocks from the chunks, less those given back */
};

/* The free blocks of one thread. Lives as long as the process: a later thread takes it over. */
struct thread_lists
{
    struct list free[CLASS_COUNT];
    struct thread_lists *next;                  /* all of them */
    struct thread_lists *next_idle;
};

static struct platform_lock lock;               /* holds everything below */
static struct chunk *chunks[CLASS_COUNT];        /* those with blocks left */
static uint32_t spare_chunks;
static struct thread_lists *all_lists, *idle_lists;
static char *lists_pages, *lists_end;
static _Atomic intptr_t large_in_use;           /* needs no lock */

/* How many blocks of a class are BATCH_BYTES, or 64. A table, for there is no division as short as
 * the call that would make it. */
#define BATCH(bytes) (BATCH_BYTES / (bytes) < 64 ? BATCH_BYTES / (bytes) : 64)
static const uint16_t batch_count[CLASS_COUNT] =
{
    BATCH(64), BATCH(128), BATCH(192), BATCH(256), BATCH(320), BATCH(384), BATCH(448), BATCH(512),
    BATCH(640), BATCH(768), BATCH(896), BATCH(1024), BATCH(1280), BATCH(1536), BATCH(2048),
    BATCH(3072), BATCH(4096),
};

/* Lists that no thread has; they stay as long as the process. The lock is held. */
static struct thread_lists *lists_make(void)
{
    size_t bytes = (sizeof(struct thread_lists) + 127) & ~(size_t)127;
    struct thread_lists *lists;

    if ((size_t)(lists_end - lists_pages) < bytes)
    {
        char *pages = platform_pages_alloc(CHUNK_BYTES);

        if (!pages) return NULL;
        lists_pages = pages;
        lists_end = pages + CHUNK_BYTES;
    }
    lists = (struct thread_lists *)(void *)lists_pages;
    lists_pages += bytes;
    return lists;
}

static struct thread_lists *thread_lists(void)
{
    struct thread_lists *lists = platform_thread_get(THREAD_SLOT_MEMORY);

    if (__builtin_expect(lists != NULL, 1)) return lists;

    platform_lock_acquire(&lock);
    if ((lists = idle_lists)) idle_lists = lists->next_idle;
    else if ((lists = lists_make()))
    {
        lists->next = all_lists;
        all_lists = lists;
    }
    platform_lock_release(&lock);

    if (lists && !platform_thread_set(THREAD_SLOT_MEMORY, lists))
    {
        platform_lock_acquire(&lock);
        lists->next_idle = idle_lists;
        idle_lists = lists;
        platform_lock_release(&lock);
        return NULL;
    }
    return lists;
}

/* ---- chunks; the lock is held ---- */

static void chunk_link(struct chunk *chunk, size_t class)
{
    chunk->previous = NULL;
    if ((chunk->next = chunks[class])) chunk->next->previous = chunk;
    chunks[class] = chunk;
}

static void chunk_unlink(struct chunk *chunk, size_t class)
{
    if (chunk->previous) chunk->previous->next = chunk->next;
    else chunks[class] = chunk->next;
    if (chunk->next) chunk->next->previous = chunk->previous;
}

/* A chunk that has blocks left; NULL if there is no memory. */
static struct chunk *chunk_any(size_t class)
{
    struct chunk *chunk = chunks[class];

    if (chunk || !(chunk = platform_chunk_alloc())) return chunk;
    chunk->blocks = (uint32_t)((CHUNK_BYTES - sizeof(*chunk)) / class_bytes[class]);
    chunk_link(chunk, class);
    spare_chunks++;
    return chunk;
}

static struct block *chunk_take(struct chunk *chunk, size_t class)
{
    struct block *block = chunk->free;

    if (block) chunk->free = block->next;
    else block = (struct block *)(void *)((char *)(chunk + 1) + chunk->cut++ * class_bytes[class]);
    if (!chunk->out++) spare_chunks--;
    if (chunk->out == chunk->blocks) chunk_unlink(chunk, class);
    return block;
}

static void chunk_put(struct block *block, size_t class)
{
    struct chunk *chunk = (struct chunk *)((uintptr_t)block & ~(uintptr_t)(CHUNK_BYTES - 1));

    block->next = chunk->free;
    chunk->free = block;
    if (chunk->out-- == chunk->blocks) chunk_link(chunk, class);
    if (chunk->out) return;
    if (spare_chunks < SPARE_CHUNKS)
    {
        spare_chunks++;
        return;
    }
    chunk_unlink(chunk, class);
    platform_chunk_free(chunk);
}

/* ---- a thread's lists ---- */

/* Only the list's thread counts: no locked operation is needed. */
static inline void list_count(struct list *list, int32_t change)
{
    uint32_t count = atomic_load_explicit(&list->count, memory_order_relaxed);

    atomic_store_explicit(&list->count, count + (uint32_t)change, memory_order_relaxed);
}

static inline void list_push(struct list *list, struct block *block)
{
    block->next = list->first;
    list->first = block;
    list_count(list, 1);
}

static inline struct block *list_pop(struct list *list)
{
    struct block *block = list->first;

    list->first = block->next;
    list_count(list, -1);
    return block;
}

static void count_taken(struct list *list, int32_t change)
{
    atomic_store_explicit(&list->taken, atomic_load_explicit(&list->taken, memory_order_relaxed) +
                          change, memory_order_relaxed);
}

/* Fills an empty list with a quarter of a batch, and one block more. */
static void refill(struct list *list, size_t class)
{
    struct chunk *chunk;
    uint32_t i;

    platform_lock_acquire(&lock);
    for (i = batch_count[class] / 4u + 1; i && (chunk = chunk_any(class)); i--)
    {
        list_push(list, chunk_take(chunk, class));
        count_taken(list, 1);
    }
    platform_lock_release(&lock);
}

/* Gives the first `count` blocks of a list back to their chunks. */
static void hand_over(struct list *list, size_t class, uint32_t count)
{
    platform_lock_acquire(&lock);
    count_taken(list, -(int32_t)count);
    for (; count; count--) chunk_put(list_pop(list), class);
    platform_lock_release(&lock);
}

/* What is out of a list: less than nothing if others' blocks came back here. */
static intptr_t list_in_use(struct list *list, size_t class)
{
    int32_t out = atomic_load_explicit(&list->taken, memory_order_relaxed) -
                  (int32_t)atomic_load_explicit(&list->count, memory_order_relaxed);

    return (intptr_t)out * class_bytes[class];
}

static void *large_get(size_t bytes)
{
    size_t with_header = bytes + 2 * MEMORY_ALIGNMENT;
    char *raw, *memory;

    if (with_header < bytes || !(raw = platform_heap_alloc(with_header))) return NULL;
    memory =
        (char *)(((uintptr_t)raw + 2 * MEMORY_ALIGNMENT - 1) & ~(uintptr_t)(MEMORY_ALIGNMENT - 1));
    if (memory - raw < (ptrdiff_t)sizeof(raw)) memory += MEMORY_ALIGNMENT;
    memcpy(memory - sizeof(raw), &raw, sizeof(raw));
    atomic_fetch_add_explicit(&large_in_use, (intptr_t)bytes, memory_order_relaxed);
    return memory;
}

static void large_put(void *memory, size_t bytes)
{
    void *raw;

    memcpy(&raw, (char *)memory - sizeof(raw), sizeof(raw));
    atomic_fetch_sub_explicit(&large_in_use, (intptr_t)bytes, memory_order_relaxed);
    platform_heap_free(raw);
}

/* memory_get where the thread has no block of the size. */
static __attribute__((noinline)) void *get_slowly(size_t bytes)
{
    struct thread_lists *lists;
    struct list *list;
    size_t class;

    if (bytes > MEMORY_LARGEST) return large_get(bytes);
    if (!(lists = thread_lists())) return NULL;

    class = class_by_size[(bytes + 63) / 64];
    list = &lists->free[class];
    if (!list->first) refill(list, class);
    return list->first ? list_pop(list) : NULL;
}

void *memory_get(size_t bytes)
{
    struct thread_lists *lists = platform_thread_get(THREAD_SLOT_MEMORY);
    struct list *list;

    if (__builtin_expect(!lists || bytes > MEMORY_LARGEST, 0)) return get_slowly(bytes);
    list = &lists->free[class_by_size[(bytes + 63) / 64]];
    return __builtin_expect(list->first != NULL, 1) ? list_pop(list) : get_slowly(bytes);
}

void *memory_get_zeroed(size_t bytes)
{
    void *memory = memory_get(bytes);

    if (memory) memset(memory, 0, bytes);
    return memory;
}

void memory_put(void *memory, size_t bytes)
{
    if (!memory) return;
    wipe(memory, bytes);
    memory_put_clean(memory, bytes);
}

/* memory_put_clean of a large block, or by a thread that had no lists yet. */
static __attribute__((noinline)) void put_slowly(void *memory, size_t bytes)
{
    size_t class = bytes > MEMORY_LARGEST ? 0 : class_by_size[(bytes + 63) / 64];
    struct thread_lists *lists;
    struct list one = { .first = NULL };

    if (!memory) return;
    if (bytes > MEMORY_LARGEST) large_put(memory, bytes);
    else if ((lists = thread_lists())) list_push(&lists->free[class], memory);
    else
    {
        list_push(&one, memory);
        hand_over(&one, class, 1);
        atomic_fetch_sub_explicit(&large_in_use, (intptr_t)class_bytes[class],
                                  memory_order_relaxed);
    }
}

/* Gives a batch of a list that has grown long to the others. */
static __attribute__((noinline)) void shorten(struct list *list, size_t class)
{
    hand_over(list, class, batch_count[class]);
}

void memory_put_clean(void *memory, size_t bytes)
{
    struct thread_lists *lists = platform_thread_get(THREAD_SLOT_MEMORY);
    struct list *list;
    size_t class;

    if (__builtin_expect(!memory || !lists || bytes > MEMORY_LARGEST, 0))
    {
        put_slowly(memory, bytes);
        return;
    }
    class = class_by_size[(bytes + 63) / 64];
    list = &lists->free[class];
    list_push(list, memory);
    if (__builtin_expect(atomic_load_explicit(&list->count, memory_order_relaxed) >
                         2u * batch_count[class], 0)) shorten(list, class);
}

void memory_thread_detach(void)
{
    struct thread_lists *lists = platform_thread_get(THREAD_SLOT_MEMORY);
    size_t class;

    if (!lists) return;
    platform_thread_set(THREAD_SLOT_MEMORY, NULL);
    for (class = 0; class < CLASS_COUNT; class++)
    {
        hand_over(&lists->free[class], class,
                  atomic_load_explicit(&lists->free[class].count, memory_order_relaxed));
    }

    platform_lock_acquire(&lock);
    lists->next_idle = idle_lists;
    idle_lists = lists;
    platform_lock_release(&lock);
}

size_t memory_in_use(void)
{
    intptr_t bytes = atomic_load(&large_in_use);
    struct thread_lists *lists;
    size_t class;

    platform_lock_acquire(&lock);
    for (lists = all_lists; lists; lists = lists->next)
    {
        for (class = 0; class < CLASS_COUNT; class++)
            bytes += list_in_use(&lists->free[class], class);
    }
    platform_lock_release(&lock);
    return (size_t)bytes;
}
