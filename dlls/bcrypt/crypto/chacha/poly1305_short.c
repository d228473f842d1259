/*
 * poly1305_short.c - Poly1305 (RFC 8439 section 2.5) for short messages.
 *
 * libcrypto's prepares for long ones first. Here the accumulator is two words of 64 bits and a
 * small third; the low two bits of the second word of r are clear, so that its product with 2^128
 * is 5/4 of it, modulo 2^130 - 5.
 *
 * SPDX-License-Identifier: MIT
 */

#ifdef __x86_64__

#include <immintrin.h>

#include "crypto/chacha/chacha_paths.h"

__extension__ typedef unsigned __int128 uint128;

static inline uint64_t load(const uint8_t *from)
{
    uint64_t x;

    memcpy(&x, from, 8);
    return x;
}

void fast_poly1305_init(struct fast_poly1305 *poly, const uint8_t key[32])
{
    memset(poly->h, 0, sizeof(poly->h));
    poly->r[0] = load(key) & 0x0ffffffc0fffffffULL;
    poly->r[1] = load(key + 8) & 0x0ffffffc0ffffffcULL;
    poly->pad[0] = load(key + 16);
    poly->pad[1] = load(key + 24);
}

/* to += x + carry; the carry out of it. Written so because gcc takes a sum of 128 bits and a word
 * through memory. */
static inline unsigned char add(unsigned char carry, uint64_t *to, uint64_t x)
{
    unsigned long long sum;

    carry = _addcarry_u64(carry, *to, x, &sum);
    *to = sum;
    return carry;
}

/* Whole blocks of 16 bytes, each with a bit above it. */
static inline void absorb(struct fast_poly1305 *poly, const uint8_t *data, size_t blocks)
{
    uint64_t h0 = poly->h[0], h1 = poly->h[1], h2 = poly->h[2], r0 = poly->r[0], r1 = poly->r[1];
    uint64_t r1_folded = r1 + (r1 >> 2), above;
    uint128 low, high;

    for (; blocks; blocks--, data += 16)
    {
        add(add(add(0, &h0, load(data)), &h1, load(data + 8)), &h2, 1);

        low = (uint128)h0 * r0 + (uint128)h1 * r1_folded;
        high = (uint128)h0 * r1 + (uint128)h1 * r0;
        h0 = (uint64_t)low;
        h1 = (uint64_t)high;
        above = (uint64_t)(high >> 64);
        add(add(0, &h1, h2 * r1_folded), &above, 0);
        add(add(0, &h1, (uint64_t)(low >> 64)), &above, 0);
        above += h2 * r0;

        /* Bits above 2^130 come back times 5. */
        h2 = above & 3;
        add(add(add(0, &h0, (above & ~(uint64_t)3) + (above >> 2)), &h1, 0), &h2, 0);
    }
    poly->h[0] = h0;
    poly->h[1] = h1;
    poly->h[2] = h2;
}

void fast_poly1305_padded(struct fast_poly1305 *poly, const uint8_t *data, size_t bytes)
{
    uint8_t last[16] = { 0 };

    absorb(poly, data, bytes / 16);
    if (bytes % 16 == 0) return;

    memcpy(last, data + (bytes & ~(size_t)15), bytes % 16);
    absorb(poly, last, 1);
}

void fast_poly1305_finish(const struct fast_poly1305 *poly, uint8_t mac[16])
{
    uint64_t h0 = poly->h[0], h1 = poly->h[1], h2 = poly->h[2];
    uint64_t less0 = h0, less1 = h1, over;

    /* Minus 2^130 - 5, if h + 5 reaches beyond 2^130. */
    add(add(add(0, &less0, 5), &less1, 0), &h2, 0);
    over = -(h2 >> 2);
    h0 ^= (h0 ^ less0) & over;
    h1 ^= (h1 ^ less1) & over;

    add(add(0, &h0, poly->pad[0]), &h1, poly->pad[1]);
    memcpy(mac, &h0, 8);
    memcpy(mac + 8, &h1, 8);
}

#endif
