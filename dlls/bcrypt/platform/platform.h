/*
 * platform.h - the few things asked of the operating system.
 *
 * Windows is in platform_windows.c; tests/native/platform_native.c answers for the native build.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PLATFORM_PLATFORM_H
#define PLATFORM_PLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Called once when the DLL is loaded, before anything else, and once when it goes. */
bool platform_attach(void *module);
void platform_detach(void);

/* Zeroed, page-aligned memory that stays while the process lives; NULL if there is none. */
void *platform_pages_alloc(size_t bytes);

/* How many of the bytes from an address on can be read, and whether code is there: for what a
 * stranger's DLL points to. Any value may come in. */
size_t platform_readable(const void *address, size_t bytes);
bool platform_is_code(const void *address);

/* Zeroed memory of one size, aligned to that size, which can be given back; NULL if there is
 * none. */
#define PLATFORM_CHUNK_BYTES ((size_t)64 * 1024)
void *platform_chunk_alloc(void);
void platform_chunk_free(void *chunk);

/* The process heap: for what is large, rare, or given to the caller to free. */
void *platform_heap_alloc(size_t bytes);
void platform_heap_free(void *memory);

/* Unpredictable bytes from the system; false if it has none to give. Slow: for seeds. */
bool platform_entropy(void *buffer, size_t bytes);

/* Milliseconds since some moment, in steps of about 16; wraps. A call takes about a nanosecond. */
uint32_t platform_ticks(void);

/* A pointer that each thread has for itself, NULL at first, one for each user of it.
 * Its user clears it before the thread ends (DLL_THREAD_DETACH in main.c). */
enum platform_thread_slot
{
    THREAD_SLOT_MEMORY,
    THREAD_SLOT_OBJECTS,
    THREAD_SLOT_RANDOM,
    THREAD_SLOT_ALGORITHMS,
    THREAD_SLOT_COUNT
};
static inline void *platform_thread_get(enum platform_thread_slot slot);
bool platform_thread_set(enum platform_thread_slot slot, void *value);

#ifdef _WIN32
#include "platform/thread_windows.h"
#else
extern __thread void *platform_thread_slots[THREAD_SLOT_COUNT];

static inline void *platform_thread_get(enum platform_thread_slot slot)
{
    return platform_thread_slots[slot];
}
#endif

/* A lock that needs no creation: zeroed memory is a free lock. Not recursive. */
struct platform_lock
{
    void *state;
};
void platform_lock_acquire(struct platform_lock *lock);
void platform_lock_release(struct platform_lock *lock);

/* Lets another thread run. */
void platform_yield(void);

/* Lets the processor rest for some 40 to 140 of its cycles in a loop that waits. */
static inline void platform_pause(void)
{
    __builtin_ia32_pause();
}

/* Whether the system's policy asks for FIPS 140 validated algorithms only: Enabled below
 * HKLM\System\CurrentControlSet\Control\Lsa\FIPSAlgorithmPolicy, else the value
 * FIPSAlgorithmPolicy below Lsa, else no. */
bool platform_fips_enabled(void);

#endif
