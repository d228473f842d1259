/*
 * wipe.h - clearing secrets and comparing them.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef CRYPTO_WIPE_H
#define CRYPTO_WIPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Clears memory in a way that the compiler cannot leave out. memset is called, not inlined as
 * `rep stos`, which costs three times as much at these sizes. */
static inline void wipe(void *memory, size_t bytes)
{
    void *(*volatile clear)(void *, int, size_t);

    if (__builtin_constant_p(bytes) && bytes <= 64)
    {
        memset(memory, 0, bytes);
        __asm__ volatile("" : : "r"(memory) : "memory");
        return;
    }
    clear = memset;
    clear(memory, 0, bytes);
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
