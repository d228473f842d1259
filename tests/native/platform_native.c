/*
 * platform_native.c - platform.h on Linux, for the native build.
 *
 * native_fail_after makes the n-th allocation from now on fail, and all after it until it is set
 * to -1 again; native.h has more of the kind.
 *
 * SPDX-License-Identifier: MIT
 */

#define _GNU_SOURCE
#include "platform/platform.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "native.h"

_Atomic long native_fail_after = -1, native_entropy_fail_after = -1;
_Atomic long native_libcrypto_fail_after = -1, native_registry_fail_after = -1;
_Atomic bool native_fail_once;
_Atomic unsigned long native_failures;
_Atomic size_t native_chunks;

__thread void *platform_thread_slots[THREAD_SLOT_COUNT];

static bool fails(_Atomic long *after)
{
    long left = *after;

    if (left < 0) return false;
    if (left)
    {
        *after = left - 1;
        return false;
    }
    if (native_fail_once) *after = -1;
    native_failures++;
    return true;
}

bool native_allocation_fails(void)
{
    return fails(&native_fail_after);
}

bool native_libcrypto_fails(void)
{
    return fails(&native_libcrypto_fail_after);
}

bool native_registry_fails(void)
{
    return fails(&native_registry_fail_after);
}

bool platform_attach(void *module)
{
    (void)module;
    return true;
}

void platform_detach(void)
{
}

void *platform_pages_alloc(size_t bytes)
{
    void *pages;

    if (native_allocation_fails()) return NULL;
    pages = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return pages == MAP_FAILED ? NULL : pages;
}

/* The mapping that an address lies in: where it ends and its protection, as "r-xp"; 0 if none. */
static uintptr_t mapping_end(uintptr_t address, char protection[5])
{
    FILE *maps = fopen("/proc/self/maps", "r");
    unsigned long first, end;
    uintptr_t found = 0;
    char line[512];

    while (maps && !found && fgets(line, sizeof(line), maps))
    {
        if (sscanf(line, "%lx-%lx %4s", &first, &end, protection) != 3) continue;
        if (address >= first && address < end) found = end;
    }
    if (maps) fclose(maps);
    return found;
}

size_t platform_readable(const void *address, size_t bytes)
{
    uintptr_t at = (uintptr_t)address, end = at + bytes, next;
    char protection[5];

    while (at < end && (next = mapping_end(at, protection)) && protection[0] == 'r') at = next;
    return at < end ? at - (uintptr_t)address : bytes;
}

bool platform_is_code(const void *address)
{
    char protection[5];

    return mapping_end((uintptr_t)address, protection) && protection[2] == 'x';
}

void *platform_chunk_alloc(void)
{
    char *pages = platform_pages_alloc(2 * PLATFORM_CHUNK_BYTES);
    size_t before;

    if (!pages) return NULL;
    before = -(uintptr_t)pages & (PLATFORM_CHUNK_BYTES - 1);
    if (before) munmap(pages, before);
    munmap(pages + before + PLATFORM_CHUNK_BYTES, PLATFORM_CHUNK_BYTES - before);
    native_chunks++;
    return pages + before;
}

void platform_chunk_free(void *chunk)
{
    native_chunks--;
    munmap(chunk, PLATFORM_CHUNK_BYTES);
}

void *platform_heap_alloc(size_t bytes)
{
    return native_allocation_fails() ? NULL : malloc(bytes);
}

void platform_heap_free(void *memory)
{
    free(memory);
}

bool platform_entropy(void *buffer, size_t bytes)
{
    if (fails(&native_entropy_fail_after)) return false;
    while (bytes)
    {
        ssize_t part = getrandom(buffer, bytes, 0);

        if (part <= 0) return false;
        buffer = (char *)buffer + part;
        bytes -= (size_t)part;
    }
    return true;
}

uint32_t platform_ticks(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return (uint32_t)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

bool platform_thread_set(enum platform_thread_slot slot, void *value)
{
    platform_thread_slots[slot] = value;
    return true;
}

/* Nothing to free: locks go with the objects that they are in. Waiting is rare and may be slow. */
void platform_lock_acquire(struct platform_lock *lock)
{
    while (__atomic_exchange_n(&lock->state, lock, __ATOMIC_ACQUIRE)) sched_yield();
}

void platform_lock_release(struct platform_lock *lock)
{
    __atomic_store_n(&lock->state, NULL, __ATOMIC_RELEASE);
}

void platform_yield(void)
{
    sched_yield();
}

bool platform_fips_enabled(void)
{
    return false;
}
