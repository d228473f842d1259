/*
 * gcm_vaes_512.c - AES-GCM on registers of four blocks, with AVX-512. See gcm_vaes.h.
 *
 * SPDX-License-Identifier: MIT
 */

#ifdef __x86_64__

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

#define TARGET "aes,pclmul,vaes,vpclmulqdq,bmi2,avx512f,avx512vl,avx512bw,avx512dq"
#define GCM(name) gcm512_##name
#define WIDE static inline __attribute__((target(TARGET), always_inline))

typedef __m512i wide;
#define WIDE_BLOCKS 4
#define wide_zero() _mm512_setzero_si512()
#define wide_numbers() _mm512_set_epi32(0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0)
#define wide_load(from) _mm512_loadu_si512(from)
#define wide_store(to, x) _mm512_storeu_si512(to, x)
#define wide_of(x) _mm512_broadcast_i32x4(x)
#define wide_with(x) _mm512_zextsi128_si512(x)
#define wide_first(x) _mm512_castsi512_si128(x)
#define wide_xor(a, b) _mm512_xor_si512(a, b)
#define wide_add(a, b) _mm512_add_epi32(a, b)
#define wide_shuffle(x, order) _mm512_shuffle_epi8(x, order)
#define wide_swap(x) _mm512_shuffle_epi32(x, 0x4e)
#define wide_up(x) _mm512_bslli_epi128(x, 8)
#define wide_down(x) _mm512_bsrli_epi128(x, 8)
#define wide_move(x, blocks) _mm512_alignr_epi64(x, _mm512_setzero_si512(), 8 - 2 * (blocks))
#define wide_aesenc(x, key) _mm512_aesenc_epi128(x, key)
#define wide_aesenclast(x, key) _mm512_aesenclast_epi128(x, key)
#define wide_multiply(a, b, halves) _mm512_clmulepi64_epi128(a, b, halves)

/* The exclusive or of the four blocks. */
WIDE __m128i wide_fold(wide x)
{
    __m256i half = _mm256_xor_si256(_mm512_castsi512_si256(x), _mm512_extracti64x4_epi64(x, 1));

    return _mm_xor_si128(_mm256_castsi256_si128(half), _mm256_extracti128_si256(half, 1));
}

/* The first bytes, at most 64. Memory beyond them is not touched, nor does it show. */
WIDE __mmask64 wide_mask(size_t bytes)
{
    return _cvtu64_mask64(_bzhi_u64(UINT64_MAX, (unsigned int)bytes));
}

WIDE wide wide_load_bytes(const uint8_t *from, size_t bytes)
{
    return _mm512_maskz_loadu_epi8(wide_mask(bytes), from);
}

WIDE void wide_store_bytes(uint8_t *to, wide x, size_t bytes)
{
    _mm512_mask_storeu_epi8(to, wide_mask(bytes), x);
}

WIDE wide wide_cut(wide x, size_t bytes)
{
    return _mm512_maskz_mov_epi8(wide_mask(bytes), x);
}

WIDE wide wide_load_blocks(const uint8_t *from, size_t blocks)
{
    return wide_load_bytes(from, 16 * blocks);
}

#include "crypto/aes/gcm_vaes.h"

#endif
