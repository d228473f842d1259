/*
 * thread_windows.h - a thread's own pointers on Windows: platform.h includes this.
 *
 * Every call of an export needs one, so it is read where TlsAlloc keeps it, in the thread's
 * environment block: in two instructions, and without TlsGetValue's SetLastError, which callers of
 * BCrypt* functions would notice.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PLATFORM_THREAD_WINDOWS_H
#define PLATFORM_THREAD_WINDOWS_H

#define TEB_SLOT_COUNT 64                       /* TLS indexes whose values are in the TEB itself */

extern uint32_t platform_tls_index[THREAD_SLOT_COUNT];

/* For an index beyond those. */
void *platform_thread_get_slowly(uint32_t index);

static inline void *platform_thread_get(enum platform_thread_slot slot)
{
    uint32_t index = platform_tls_index[slot];
    void *value;

    if (__builtin_expect(index >= TEB_SLOT_COUNT, 0)) return platform_thread_get_slowly(index);
#ifdef __x86_64__
    __asm__ volatile("movq %%gs:0x1480(,%1,8), %0" : "=r"(value) : "r"((uint64_t)index));
#else
    __asm__ volatile("movl %%fs:0xe10(,%1,4), %0" : "=r"(value) : "r"(index));
#endif
    return value;
}

#endif
