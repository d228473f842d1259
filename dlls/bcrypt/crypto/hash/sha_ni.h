/*
 * sha_ni.h - SHA-256 with the processor's SHA instructions, one stream or two at once.
 *
 * The two rounds of a sha256rnds2 wait for the two before: one stream leaves the unit idle for half
 * of the time, and a second stream fits in. Callers ask cpu_has(SHA_NI_FEATURES) first.
 * Source: FIPS 180-4 section 6.2.2; Intel, "Intel SHA Extensions", 2013, for the order of words.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_SHA_NI_H
#define OPENCNG_CRYPTO_SHA_NI_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

#include "crypto/hash/sha2_constants.h"

#define SHA_NI_FEATURES (CPU_SHA | CPU_SSE41 | CPU_SSSE3)
#define SHA_NI          __attribute__((target("sha,sse4.1,ssse3")))
#define SHA_NI_INLINE   static inline __attribute__((always_inline, target("sha,sse4.1,ssse3")))

/* A stream's working state, and the next 16 words of its message. */
struct sha_ni
{
    __m128i abef, cdgh;
    __m128i words[4];
};

SHA_NI_INLINE void sha_ni_load_chain(struct sha_ni *stream, const uint32_t *chain)
{
    __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)chain), 0xb1);
    __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(chain + 4)), 0x1b);

    stream->abef = _mm_alignr_epi8(cdab, efgh, 8);
    stream->cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
}

/* The chain value as two vectors of words in order. */
SHA_NI_INLINE __m128i sha_ni_abcd(const struct sha_ni *stream)
{
    return _mm_blend_epi16(_mm_shuffle_epi32(stream->abef, 0x1b),
                           _mm_shuffle_epi32(stream->cdgh, 0xb1), 0xf0);
}

SHA_NI_INLINE __m128i sha_ni_efgh(const struct sha_ni *stream)
{
    return _mm_alignr_epi8(_mm_shuffle_epi32(stream->cdgh, 0xb1),
                           _mm_shuffle_epi32(stream->abef, 0x1b), 8);
}

SHA_NI_INLINE void sha_ni_store_chain(const struct sha_ni *stream, uint32_t *chain)
{
    _mm_storeu_si128((__m128i *)chain, sha_ni_abcd(stream));
    _mm_storeu_si128((__m128i *)(chain + 4), sha_ni_efgh(stream));
}

SHA_NI_INLINE void sha_ni_load_block(struct sha_ni *stream, const uint8_t *block)
{
    const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);

    stream->words[0] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)block), order);
    stream->words[1] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(block + 16)), order);
    stream->words[2] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(block + 32)), order);
    stream->words[3] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(block + 48)), order);
}

/* Four rounds, and the four words that come 16 after these. */
#define SHA_NI_FOUR(stream, i) \
    do \
    { \
        const __m128i *four_constants = (const __m128i *)(sha256_constants + 4 * (i)); \
        __m128i sum = _mm_add_epi32((stream)->words[(i) % 4], _mm_load_si128(four_constants)); \
        (stream)->cdgh = _mm_sha256rnds2_epu32((stream)->cdgh, (stream)->abef, sum); \
        (stream)->abef = _mm_sha256rnds2_epu32((stream)->abef, (stream)->cdgh, \
                                               _mm_shuffle_epi32(sum, 0x0e)); \
        if ((i) < 12) \
        { \
            (stream)->words[(i) % 4] = _mm_sha256msg2_epu32(_mm_add_epi32( \
                _mm_sha256msg1_epu32((stream)->words[(i) % 4], (stream)->words[((i) + 1) % 4]), \
                _mm_alignr_epi8((stream)->words[((i) + 3) % 4], \
                                (stream)->words[((i) + 2) % 4], 4)), \
                (stream)->words[((i) + 3) % 4]); \
        } \
    } while (0)

#define SHA_NI_ALL(four) \
    four(0); four(1); four(2); four(3); four(4); four(5); four(6); four(7); \
    four(8); four(9); four(10); four(11); four(12); four(13); four(14); four(15)

/* Hashes the 16 words in. The words are used up. */
SHA_NI_INLINE void sha_ni_block(struct sha_ni *stream)
{
    __m128i abef = stream->abef, cdgh = stream->cdgh;

#define FOUR(i) SHA_NI_FOUR(stream, i)
    SHA_NI_ALL(FOUR);
#undef FOUR
    stream->abef = _mm_add_epi32(stream->abef, abef);
    stream->cdgh = _mm_add_epi32(stream->cdgh, cdgh);
}

/* The rounds alone, without the sum that ends a block, of two streams: they take little longer than
 * those of one. */
SHA_NI_INLINE void sha_ni_rounds_pair(struct sha_ni *first, struct sha_ni *second)
{
#define FOUR(i) SHA_NI_FOUR(first, i); SHA_NI_FOUR(second, i)
    SHA_NI_ALL(FOUR);
#undef FOUR
}

/* The same as sha_ni_block for two streams. */
SHA_NI_INLINE void sha_ni_block_pair(struct sha_ni *first, struct sha_ni *second)
{
    __m128i abef0 = first->abef, cdgh0 = first->cdgh, abef1 = second->abef, cdgh1 = second->cdgh;

    sha_ni_rounds_pair(first, second);
    first->abef = _mm_add_epi32(first->abef, abef0);
    first->cdgh = _mm_add_epi32(first->cdgh, cdgh0);
    second->abef = _mm_add_epi32(second->abef, abef1);
    second->cdgh = _mm_add_epi32(second->cdgh, cdgh1);
}

/* Adds the chain value that a block began with, and stores the sum. */
SHA_NI_INLINE void sha_ni_add_chain(struct sha_ni *stream, uint32_t *chain)
{
    __m128i *halves = (__m128i *)chain;

    _mm_storeu_si128(halves, _mm_add_epi32(_mm_loadu_si128(halves), sha_ni_abcd(stream)));
    _mm_storeu_si128(halves + 1, _mm_add_epi32(_mm_loadu_si128(halves + 1), sha_ni_efgh(stream)));
}

/* Hashes as many blocks of each of two messages, from chain values to chain values. These stay
 * where they are: there are registers for all else, so that nothing is left on the stack. */
SHA_NI_INLINE void sha_ni_blocks_pair(void *const chains[], const uint8_t *const data[],
                                      size_t blocks)
{
    struct sha_ni first, second;
    size_t i;

    for (i = 0; i < blocks; i++)
    {
        sha_ni_load_chain(&first, chains[0]);
        sha_ni_load_chain(&second, chains[1]);
        sha_ni_load_block(&first, data[0] + i * 64);
        sha_ni_load_block(&second, data[1] + i * 64);
        sha_ni_rounds_pair(&first, &second);
        __asm__ volatile("" : : : "memory");    /* or the chain values are kept */
        sha_ni_add_chain(&first, chains[0]);
        sha_ni_add_chain(&second, chains[1]);
    }
}

#endif
