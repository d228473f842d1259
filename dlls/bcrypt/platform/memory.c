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

struct list
{
    struct block *first;
    uint32_t count;
};

/* The free blocks of one thread. Lives as long as the process: a later thread takes it over. */
struct thread_lists
{
    struct list free[CLASS_COUNT];
    _Atomic intptr_t bytes_in_use;              /* may be negative: others' blocks come back here */
    struct thread_lists *next;                  /* all of them */
    struct thread_lists *next_idle;
};

static struct platform_lock lock;               /* holds everything below */
static struct chunk *chunks[CLASS_COUNT];        /* those with blocks left */
static uint32_t spare_chunks;
static struct thread_lists *all_lists, *idle_lists;
static char *lists_pages, *lists_end;
static _Atomic intptr_t large_in_use;           /* needs no lock */

static uint32_t batch_count(size_t class)
{
    uint32_t count = BATCH_BYTES / class_bytes[class];

    return count < 64 ? count : 64;
}

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

/* Fills an empty list with a quarter of a batch, and one block more. */
static void refill(struct list *list, size_t class)
{
    struct chunk *chunk;
    uint32_t i;

    platform_lock_acquire(&lock);
    for (i = batch_count(class) / 4 + 1; i && (chunk = chunk_any(class)); i--)
    {
        struct block *block = chunk_take(chunk, class);

        block->next = list->first;
        list->first = block;
        list->count++;
    }
    platform_lock_release(&lock);
}

/* Gives the first `count` blocks of a list back to their chunks. */
static void hand_over(struct list *list, size_t class, uint32_t count)
{
    platform_lock_acquire(&lock);
    list->count -= count;
    for (; count; count--)
    {
        struct block *block = list->first;

        list->first = block->next;
        chunk_put(block, class);
    }
    platform_lock_release(&lock);
}

static void count_use(struct thread_lists *lists, intptr_t bytes)
{
    /* Only this thread writes its counter: no locked operation is needed. */
    atomic_store_explicit(&lists->bytes_in_use,
                          atomic_load_explicit(&lists->bytes_in_use, memory_order_relaxed) + bytes,
                          memory_order_relaxed);
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

void *memory_get(size_t bytes)
{
    struct thread_lists *lists;
    struct block *block;
    struct list *list;
    size_t class;

    if (bytes > MEMORY_LARGEST) return large_get(bytes);
    if (!(lists = thread_lists())) return NULL;

    class = class_by_size[(bytes + 63) / 64];
    list = &lists->free[class];
    if (!list->first) refill(list, class);
    if (!(block = list->first)) return NULL;
    list->first = block->next;
    list->count--;
    count_use(lists, class_bytes[class]);
    return block;
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

void memory_put_clean(void *memory, size_t bytes)
{
    struct thread_lists *lists;
    struct block *block = memory;
    struct list *list;
    size_t class;

    if (!memory) return;
    if (bytes > MEMORY_LARGEST)
    {
        large_put(memory, bytes);
        return;
    }

    class = class_by_size[(bytes + 63) / 64];
    if (!(lists = thread_lists()))
    {
        struct list one = { .first = block, .count = 1 };

        block->next = NULL;
        hand_over(&one, class, 1);
        atomic_fetch_sub_explicit(&large_in_use, (intptr_t)class_bytes[class],
                                  memory_order_relaxed);
        return;
    }

    list = &lists->free[class];
    block->next = list->first;
    list->first = block;
    list->count++;
    count_use(lists, -(intptr_t)class_bytes[class]);
    if (list->count > 2 * batch_count(class)) hand_over(list, class, batch_count(class));
}

void memory_thread_detach(void)
{
    struct thread_lists *lists = platform_thread_get(THREAD_SLOT_MEMORY);
    size_t class;

    if (!lists) return;
    platform_thread_set(THREAD_SLOT_MEMORY, NULL);
    for (class = 0; class < CLASS_COUNT; class++)
    {
        hand_over(&lists->free[class], class, lists->free[class].count);
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

    platform_lock_acquire(&lock);
    for (lists = all_lists; lists; lists = lists->next) bytes += atomic_load(&lists->bytes_in_use);
    platform_lock_release(&lock);
    return (size_t)bytes;
}
