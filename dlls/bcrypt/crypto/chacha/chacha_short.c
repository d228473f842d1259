/*
 * chacha_short.c - a few blocks of a ChaCha20 key stream, for short messages.
 *
 * libcrypto's code is made for long ones: for one block it needs almost twice the time that this
 * needs for four. Two blocks share a register of 256 bits, a row of both states (RFC 8439 section
 * 2.3) in each.
 *
 * SPDX-License-Identifier: MIT
 */

#ifdef __x86_64__

#include <immintrin.h>

#include "crypto/chacha/chacha_paths.h"

#define AVX2 __attribute__((target("avx2")))
#define AVX2_INLINE static inline __attribute__((target("avx2"), always_inline))

struct rows
{
    __m256i a, b, c, d;
};

#define ROTATE(x, bits) \
    _mm256_or_si256(_mm256_slli_epi32(x, bits), _mm256_srli_epi32(x, 32 - (bits)))

AVX2_INLINE void quarter_rounds(struct rows *x)
{
    const __m256i by_16 = _mm256_broadcastsi128_si256(
        _mm_set_epi8(13, 12, 15, 14, 9, 8, 11, 10, 5, 4, 7, 6, 1, 0, 3, 2));
    const __m256i by_8 = _mm256_broadcastsi128_si256(
        _mm_set_epi8(14, 13, 12, 15, 10, 9, 8, 11, 6, 5, 4, 7, 2, 1, 0, 3));

    x->a = _mm256_add_epi32(x->a, x->b);
    x->d = _mm256_shuffle_epi8(_mm256_xor_si256(x->d, x->a), by_16);
    x->c = _mm256_add_epi32(x->c, x->d);
    x->b = _mm256_xor_si256(x->b, x->c);
    x->b = ROTATE(x->b, 12);
    x->a = _mm256_add_epi32(x->a, x->b);
    x->d = _mm256_shuffle_epi8(_mm256_xor_si256(x->d, x->a), by_8);
    x->c = _mm256_add_epi32(x->c, x->d);
    x->b = _mm256_xor_si256(x->b, x->c);
    x->b = ROTATE(x->b, 7);
}

AVX2_INLINE void double_round(struct rows *x)
{
    quarter_rounds(x);
    x->b = _mm256_shuffle_epi32(x->b, 0x39);        /* diagonals become columns */
    x->c = _mm256_shuffle_epi32(x->c, 0x4e);
    x->d = _mm256_shuffle_epi32(x->d, 0x93);
    quarter_rounds(x);
    x->b = _mm256_shuffle_epi32(x->b, 0x93);
    x->c = _mm256_shuffle_epi32(x->c, 0x4e);
    x->d = _mm256_shuffle_epi32(x->d, 0x39);
}

AVX2_INLINE void store_blocks(uint8_t *out, const struct rows *x, const struct rows *start)
{
    __m256i a = _mm256_add_epi32(x->a, start->a), b = _mm256_add_epi32(x->b, start->b);
    __m256i c = _mm256_add_epi32(x->c, start->c), d = _mm256_add_epi32(x->d, start->d);

    _mm256_storeu_si256((__m256i *)out, _mm256_permute2x128_si256(a, b, 0x20));
    _mm256_storeu_si256((__m256i *)(out + 32), _mm256_permute2x128_si256(c, d, 0x20));
    _mm256_storeu_si256((__m256i *)(out + 64), _mm256_permute2x128_si256(a, b, 0x31));
    _mm256_storeu_si256((__m256i *)(out + 96), _mm256_permute2x128_si256(c, d, 0x31));
}

AVX2_INLINE __m256i both(const void *from)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128(from));
}

AVX2_INLINE struct rows first_rows(const uint8_t key[32], const uint8_t nonce[12], uint32_t block)
{
    static const char constant[16] = "expand 32-byte k";
    struct rows x = { both(constant), both(key), both(key + 16), _mm256_setzero_si256() };
    uint32_t words[4] = { block };

    memcpy(words + 1, nonce, 12);
    x.d = _mm256_add_epi32(both(words), _mm256_set_epi32(0, 0, 0, 1, 0, 0, 0, 0));
    return x;
}

/* Makes gcc read the key again when it is added, and not keep it on the stack meanwhile. */
#define FORGET() __asm__ volatile("" : : : "memory")

AVX2 void fast_chacha20_two(uint8_t stream[128], const uint8_t key[32], const uint8_t nonce[12],
                            uint32_t block)
{
    struct rows start = first_rows(key, nonce, block), x = start;
    int i;

    for (i = 0; i < 10; i++) double_round(&x);
    FORGET();
    start = first_rows(key, nonce, block);
    store_blocks(stream, &x, &start);
}

AVX2 void fast_chacha20_four(uint8_t stream[256], const uint8_t key[32], const uint8_t nonce[12],
                             uint32_t block)
{
    struct rows start = first_rows(key, nonce, block), x = start, y = start;
    const __m256i two = _mm256_set_epi32(0, 0, 0, 2, 0, 0, 0, 2);
    int i;

    y.d = _mm256_add_epi32(y.d, two);
    for (i = 0; i < 10; i++)
    {
        double_round(&x);
        double_round(&y);
    }
    FORGET();
    start = first_rows(key, nonce, block);
    store_blocks(stream, &x, &start);
    start.d = _mm256_add_epi32(start.d, two);
    store_blocks(stream + 128, &y, &start);
}

#endif
