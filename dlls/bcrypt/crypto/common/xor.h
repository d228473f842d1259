/*
 * xor.h - the exclusive or of two pieces of memory.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_XOR_H
#define OPENCNG_XOR_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* out may be a or b. */
static inline void xor_bytes(uint8_t *out, const uint8_t *a, const uint8_t *b, size_t bytes)
{
    uint64_t x, y;
    size_t i;

    for (i = 0; bytes - i >= 8; i += 8)
    {
        memcpy(&x, a + i, 8);
        memcpy(&y, b + i, 8);
        x ^= y;
        memcpy(out + i, &x, 8);
    }
    for (; i < bytes; i++) out[i] = a[i] ^ b[i];
}

#endif
