/*
 * aes_xts_512.c - AES-XTS with AVX-512: 32 blocks, a disk's sector, in eight registers.
 *
 * No function here passes a vector to one that is not inlined: mingw's gcc may misalign them on
 * Windows' stack (GCC bug 54412).
 *
 * SPDX-License-Identifier: MIT
 */

#ifdef __x86_64__

#include <immintrin.h>

#include "crypto/aes/aes_paths.h"

#define FEATURES "aes,pclmul,vaes,vpclmulqdq,avx512f,avx512vl,avx512bw,avx512dq"
#define VAES512 __attribute__((target(FEATURES)))
#define VAES512_INLINE static inline __attribute__((target(FEATURES), always_inline))

#define LANES 8

/* Eight registers at a time; `i` is the register's number. */
#define EACH_LANE _Pragma("GCC unroll 8") for (i = 0; i < LANES; i++)

/* The first rounds, between which the next stride's tweaks are made; all keys have as many. */
#define EACH_FIRST_ROUND _Pragma("GCC unroll 8") for (round = 1; round <= LANES; round++)

VAES512_INLINE __m512i round_key(const struct aes_schedule *schedule, unsigned int round)
{
    return _mm512_broadcast_i32x4(_mm_load_si128((const __m128i *)schedule->words + round));
}

VAES512_INLINE __m512i xor3(__m512i a, __m512i b, __m512i c)
{
    return _mm512_ternarylogic_epi64(a, b, c, 0x96);
}

/* Each tweak times x to the power in its half: IEEE 1619 section 5.2. */
VAES512_INLINE __m512i times_powers(__m512i tweaks, __m512i powers)
{
    __m512i over = _mm512_srlv_epi64(tweaks, _mm512_sub_epi64(_mm512_set1_epi64(64), powers));

    return xor3(_mm512_sllv_epi64(tweaks, powers), _mm512_bslli_epi128(over, 8),
                _mm512_clmulepi64_epi128(over, _mm512_set1_epi64(0x87), 0x01));
}

/* Each tweak times x to the power of 8 times bytes. */
#define TIMES_BYTES(tweaks, bytes) _mm512_xor_si512(_mm512_bslli_epi128(tweaks, bytes), \
    _mm512_clmulepi64_epi128(_mm512_bsrli_epi128(tweaks, 16 - (bytes)), \
                             _mm512_set1_epi64(0x87), 0x00))

/* The tweaks of one register of a stride, after those before it. */
VAES512_INLINE void lane_tweaks(__m512i lanes[LANES], __m512i first, int lane)
{
    if (lane == 0) lanes[0] = first;
    if (lane == 1) lanes[1] = times_powers(first, _mm512_set1_epi64(4));
    if (lane == 2 || lane == 3) lanes[lane] = TIMES_BYTES(lanes[lane & 1], 1);
    if (lane == 4 || lane == 5) lanes[lane] = TIMES_BYTES(lanes[lane & 1], 2);
    if (lane == 6 || lane == 7) lanes[lane] = TIMES_BYTES(lanes[lane & 1], 3);
}

VAES512_INLINE __m512i first_tweaks(const uint8_t tweak[16])
{
    return times_powers(_mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)tweak)),
                        _mm512_set_epi64(3, 3, 2, 2, 1, 1, 0, 0));
}

VAES512 void vaes512_xts_encrypt(const struct aes_schedule *data_encrypt, uint8_t tweaks[][16],
                                 size_t units, uint8_t *out, const uint8_t *in, size_t strides)
{
    __m512i x[LANES], lanes[LANES], next[LANES], key, first = first_tweaks(*tweaks);
    size_t total = units * strides, left = strides;
    unsigned int round;
    int i;

    EACH_LANE lane_tweaks(lanes, first, i);
    for (; total; total--, in += VAES512_STRIDE_BYTES, out += VAES512_STRIDE_BYTES)
    {
        key = round_key(data_encrypt, 0);
        EACH_LANE x[i] = xor3(_mm512_loadu_si512(in + 64 * i), lanes[i], key);
        first = TIMES_BYTES(first, 4);
        if (!--left)
        {
            _mm_storeu_si128((__m128i *)*tweaks, _mm512_castsi512_si128(first));
            if (total > 1) first = first_tweaks(*++tweaks);
            left = strides;
        }
        EACH_FIRST_ROUND
        {
            key = round_key(data_encrypt, round);
            EACH_LANE x[i] = _mm512_aesenc_epi128(x[i], key);
            lane_tweaks(next, first, (int)round - 1);
        }
        for (; round <= data_encrypt->rounds; round++)
        {
            key = round_key(data_encrypt, round);
            EACH_LANE x[i] = _mm512_aesenc_epi128(x[i], key);
        }
        key = round_key(data_encrypt, round);
        EACH_LANE
        {
            x[i] = _mm512_aesenclast_epi128(x[i], _mm512_xor_si512(key, lanes[i]));
            _mm512_storeu_si512(out + 64 * i, x[i]);
            lanes[i] = next[i];
        }
    }
}

VAES512 void vaes512_xts_decrypt(const struct aes_schedule *data_decrypt, uint8_t tweaks[][16],
                                 size_t units, uint8_t *out, const uint8_t *in, size_t strides)
{
    __m512i x[LANES], lanes[LANES], next[LANES], key, first = first_tweaks(*tweaks);
    size_t total = units * strides, left = strides;
    unsigned int round;
    int i;

    EACH_LANE lane_tweaks(lanes, first, i);
    for (; total; total--, in += VAES512_STRIDE_BYTES, out += VAES512_STRIDE_BYTES)
    {
        key = round_key(data_decrypt, 0);
        EACH_LANE x[i] = xor3(_mm512_loadu_si512(in + 64 * i), lanes[i], key);
        first = TIMES_BYTES(first, 4);
        if (!--left)
        {
            _mm_storeu_si128((__m128i *)*tweaks, _mm512_castsi512_si128(first));
            if (total > 1) first = first_tweaks(*++tweaks);
            left = strides;
        }
        EACH_FIRST_ROUND
        {
            key = round_key(data_decrypt, round);
            EACH_LANE x[i] = _mm512_aesdec_epi128(x[i], key);
            lane_tweaks(next, first, (int)round - 1);
        }
        for (; round <= data_decrypt->rounds; round++)
        {
            key = round_key(data_decrypt, round);
            EACH_LANE x[i] = _mm512_aesdec_epi128(x[i], key);
        }
        key = round_key(data_decrypt, round);
        EACH_LANE
        {
            x[i] = _mm512_aesdeclast_epi128(x[i], _mm512_xor_si512(key, lanes[i]));
            _mm512_storeu_si512(out + 64 * i, x[i]);
            lanes[i] = next[i];
        }
    }
}

#endif
