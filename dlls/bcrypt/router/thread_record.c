/*
 * thread_record.c - what the object table keeps for each thread.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/thread_record.h"

#define PAGES_BYTES ((size_t)64 * 1024)

_Atomic(struct thread_record *) all_records;

static struct platform_lock lock;               /* holds everything below */
static struct thread_record *idle_records;
static uint32_t record_count;
static char *pages, *pages_end;

/* A record that no thread has. The lock is held. */
static struct thread_record *record_make(void)
{
    struct thread_record *record;

    if ((size_t)(pages_end - pages) < sizeof(*record))
    {
        char *more = platform_pages_alloc(PAGES_BYTES);

        if (!more) return NULL;
        pages = more;
        pages_end = more + PAGES_BYTES;
    }
    record = (struct thread_record *)(void *)pages;
    pages += sizeof(*record);
    record->number = record_count++;
    record->next = atomic_load_explicit(&all_records, memory_order_relaxed);
    atomic_store(&all_records, record);
    return record;
}

static void record_idle(struct thread_record *record)
{
    platform_lock_acquire(&lock);
    record->next_idle = idle_records;
    idle_records = record;
    platform_lock_release(&lock);
}

__attribute__((noinline)) struct thread_record *thread_record_new(void)
{
    struct thread_record *record;

    platform_lock_acquire(&lock);
    if ((record = idle_records)) idle_records = record->next_idle;
    else record = record_make();
    platform_lock_release(&lock);

    if (record && !platform_thread_set(THREAD_SLOT_OBJECTS, record))
    {
        record_idle(record);
        record = NULL;
    }
    return record;
}

void thread_record_end(struct thread_record *record)
{
    platform_thread_set(THREAD_SLOT_OBJECTS, NULL);
    record_idle(record);
}
