/*
 * wipe.h - clearing secrets and comparing them.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PLATFORM_WIPE_H
#define PLATFORM_WIPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Clears memory in a way that the compiler cannot leave out. Short memory, which most of it is, is
 * cleared here, 16 bytes at a time; memset costs a call through another DLL and gcc's inlined
 * `rep stos` three times as much. */
static inline void wipe(void *memory, size_t bytes)
{
    typedef uint64_t __attribute__((vector_size(16), aligned(1), may_alias)) vector;
    typedef uint64_t __attribute__((aligned(1), may_alias)) word;
    void *(*volatile clear)(void *, int, size_t) = memset;
    uint8_t *at = memory, *end;

    if (bytes > 2048) clear(memory, 0, bytes);
    else
    {
        for (end = at + (bytes & ~(size_t)15); at != end; at += 16)
        {
            *(vector *)(void *)at = (vector){ 0, 0 };
            __asm__ volatile("" : : "r"(at) : "memory");        /* or this becomes a memset */
        }
        bytes &= 15;
        if (bytes >= 8)
        {
            *(volatile word *)(void *)at = 0;
            at += 8;
            bytes -= 8;
        }
        for (; bytes; at++, bytes--) *(volatile uint8_t *)at = 0;
    }
    __asm__ volatile("" : : "r"(memory) : "memory");
}

/* Clears registers that a call may leave its last values in and that a switch to another thread or
 * to the system stores: on x86-64 xmm0 to xmm5, as Windows' callers have the others saved and
 * restored; on i386 all of xmm and of MMX, in which libcrypto's SHA-512 and big numbers do their
 * work there. Code that uses wider registers clears them itself. */
static inline void wipe_registers(void)
{
#if defined(__x86_64__) || defined(__SSE2__)
    __asm__ volatile("pxor %%xmm0, %%xmm0\n\tpxor %%xmm1, %%xmm1\n\tpxor %%xmm2, %%xmm2\n\t"
                     "pxor %%xmm3, %%xmm3\n\tpxor %%xmm4, %%xmm4\n\tpxor %%xmm5, %%xmm5"
                     : : : "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5");
#endif
#if defined(__i386__) && defined(__SSE2__)
    __asm__ volatile("pxor %%xmm6, %%xmm6\n\tpxor %%xmm7, %%xmm7" : : : "xmm6", "xmm7");
    __asm__ volatile("pxor %%mm0, %%mm0\n\tpxor %%mm1, %%mm1\n\tpxor %%mm2, %%mm2\n\t"
                     "pxor %%mm3, %%mm3\n\tpxor %%mm4, %%mm4\n\tpxor %%mm5, %%mm5\n\t"
                     "pxor %%mm6, %%mm6\n\tpxor %%mm7, %%mm7\n\temms"
                     : : : "mm0", "mm1", "mm2", "mm3", "mm4", "mm5", "mm6", "mm7",
                     "st", "st(1)", "st(2)", "st(3)", "st(4)", "st(5)", "st(6)", "st(7)");
#endif
}

/* Clears that many bytes of the stack below the caller's frame, where functions that have returned
 * left what they computed. */
static __attribute__((noinline, unused)) void wipe_stack(size_t bytes)
{
    wipe(__builtin_alloca(bytes), bytes);
}

/* Whether two buffers are equal, in a time that depends on their size alone. */
static inline bool equal_constant_time(const void *left, const void *right, size_t bytes)
{
    const volatile uint8_t *a = left, *b = right;
    uint8_t difference = 0;
    size_t i;

    for (i = 0; i < bytes; i++) difference |= a[i] ^ b[i];
    return !difference;
}

#endif
