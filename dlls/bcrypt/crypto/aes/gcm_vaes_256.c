/*
 * gcm_vaes_256.c - AES-GCM on registers of two blocks, with VAES but no AVX-512. See gcm_vaes.h.
 *
 * SPDX-License-Identifier: MIT
 */

#ifdef __x86_64__

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define TARGET "avx2,aes,pclmul,vaes,vpclmulqdq"
#define GCM(name) gcm256_##name
#define WIDE static inline __attribute__((target(TARGET), always_inline))

typedef __m256i wide;
#define WIDE_BLOCKS 2
#define wide_zero() _mm256_setzero_si256()
#define wide_numbers() _mm256_set_epi32(0, 0, 0, 1, 0, 0, 0, 0)
#define wide_load(from) _mm256_loadu_si256((const __m256i *)(from))
#define wide_store(to, x) _mm256_storeu_si256((__m256i *)(to), x)
#define wide_of(x) _mm256_broadcastsi128_si256(x)
#define wide_with(x) _mm256_zextsi128_si256(x)
#define wide_first(x) _mm256_castsi256_si128(x)
#define wide_xor(a, b) _mm256_xor_si256(a, b)
#define wide_add(a, b) _mm256_add_epi32(a, b)
#define wide_shuffle(x, order) _mm256_shuffle_epi8(x, order)
#define wide_swap(x) _mm256_shuffle_epi32(x, 0x4e)
#define wide_up(x) _mm256_slli_si256(x, 8)
#define wide_down(x) _mm256_srli_si256(x, 8)
#define wide_move(x, blocks) _mm256_permute2x128_si256(x, x, 0x08)
#define wide_aesenc(x, key) _mm256_aesenc_epi128(x, key)
#define wide_aesenclast(x, key) _mm256_aesenclast_epi128(x, key)
#define wide_multiply(a, b, halves) _mm256_clmulepi64_epi128(a, b, halves)

/* The exclusive or of the two blocks. */
WIDE __m128i wide_fold(wide x)
{
    return _mm_xor_si128(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1));
}

/* The first bytes, at most 16. Memory beyond them is not touched, nor does it show. */
WIDE __m128i block_load_bytes(const uint8_t *from, size_t bytes)
{
    uint64_t low = 0, high = 0;
    uint32_t first, last;

    if (bytes == 16) return _mm_loadu_si128((const __m128i *)from);

    if (bytes > 8)
    {
        memcpy(&low, from, 8);
        memcpy(&high, from + bytes - 8, 8);
        high >>= 8 * (16 - bytes);
    }
    else if (bytes >= 4)
    {
        memcpy(&first, from, 4);
        memcpy(&last, from + bytes - 4, 4);
        low = first | (uint64_t)last << 8 * (bytes - 4);
    }
    else if (bytes)
        low = from[0] | (uint64_t)from[bytes / 2] << 8 * (bytes / 2)
              | (uint64_t)from[bytes - 1] << 8 * (bytes - 1);
    return _mm_set_epi64x((int64_t)high, (int64_t)low);
}

WIDE void block_store_bytes(uint8_t *to, __m128i x, size_t bytes)
{
    uint64_t low = (uint64_t)_mm_cvtsi128_si64(x), high = (uint64_t)_mm_extract_epi64(x, 1);
    uint32_t part;

    if (bytes == 16)
        _mm_storeu_si128((__m128i *)to, x);
    else if (bytes > 8)
    {
        high = high << 8 * (16 - bytes) | low >> 8 * (bytes - 8);
        memcpy(to + bytes - 8, &high, 8);
        memcpy(to, &low, 8);
    }
    else if (bytes >= 4)
    {
        part = (uint32_t)(low >> 8 * (bytes - 4));
        memcpy(to + bytes - 4, &part, 4);
        part = (uint32_t)low;
        memcpy(to, &part, 4);
    }
    else
        for (; bytes; bytes--, low >>= 8) *to++ = (uint8_t)low;
}

/* The same, at most 32. */
WIDE wide wide_load_bytes(const uint8_t *from, size_t bytes)
{
    if (bytes == 32) return wide_load(from);
    if (bytes <= 16) return wide_with(block_load_bytes(from, bytes));
    return _mm256_set_m128i(block_load_bytes(from + 16, bytes - 16),
                            _mm_loadu_si128((const __m128i *)from));
}

WIDE void wide_store_bytes(uint8_t *to, wide x, size_t bytes)
{
    if (bytes <= 16)
    {
        block_store_bytes(to, wide_first(x), bytes);
        return;
    }
    _mm_storeu_si128((__m128i *)to, wide_first(x));
    block_store_bytes(to + 16, _mm256_extracti128_si256(x, 1), bytes - 16);
}

WIDE wide wide_cut(wide x, size_t bytes)
{
    const __m256i numbers = _mm256_set_epi8(31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18,
                                            17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2,
                                            1, 0);

    return _mm256_and_si256(x, _mm256_cmpgt_epi8(_mm256_set1_epi8((char)bytes), numbers));
}

WIDE wide wide_load_blocks(const uint8_t *from, size_t blocks)
{
    if (blocks == 2) return wide_load(from);
    return wide_with(_mm_loadu_si128((const __m128i *)from));
}

#include "crypto/aes/gcm_vaes.h"

#endif
