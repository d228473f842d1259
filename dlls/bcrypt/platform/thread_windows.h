/*
 * thread_windows.h - a thread's own pointers on Windows: platform.h includes this.
 *
 * Every call of an export needs one, so it is read where TlsAlloc keeps it, in the thread's
 * environment block: in two instructions, and without TlsGetValue's SetLastError, which callers of
 * BCrypt* functions would notice. An index beyond the block's own 64 values is in an array that the
 * block points to, NULL until the thread sets one of them. No way through here makes a call, so
 * that the functions that have this in them need not save registers for one.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PLATFORM_THREAD_WINDOWS_H
#define PLATFORM_THREAD_WINDOWS_H

#define TEB_SLOT_COUNT 64                       /* TLS indexes whose values are in the TEB itself */

#ifdef __x86_64__
#define TEB_READ(value, offset, index) \
    __asm__ volatile("movq %%gs:" offset "(,%1,8), %0" : "=r"(value) : "r"((uint64_t)(index)))
#define TEB_SLOTS     "0x1480"
#define TEB_EXPANSION "0x1780"
#else
#define TEB_READ(value, offset, index) \
    __asm__ volatile("movl %%fs:" offset "(,%1,4), %0" : "=r"(value) : "r"(index))
#define TEB_SLOTS     "0xe10"
#define TEB_EXPANSION "0xf94"
#endif

extern uint32_t platform_tls_index[THREAD_SLOT_COUNT];

static inline void *platform_thread_get(enum platform_thread_slot slot)
{
    uint32_t index = platform_tls_index[slot];
    void *value, **more;

    if (__builtin_expect(index >= TEB_SLOT_COUNT, 0))
    {
        TEB_READ(more, TEB_EXPANSION, 0);
        return more ? more[index - TEB_SLOT_COUNT] : NULL;
    }
    TEB_READ(value, TEB_SLOTS, index);
    return value;
}

#endif
