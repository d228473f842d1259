/*
 * aes_vaes.c - AES with VAES: sixteen blocks in eight 256-bit registers, for long messages.
 *
 * aes_ni.c does the rest, fewer than sixteen blocks. No function here passes a vector to one that
 * is not inlined: mingw's gcc may misalign them on Windows' stack (GCC bug 54412).
 *
 * SPDX-License-Identifier: MIT
 */

#ifdef __x86_64__

#include <immintrin.h>

#include "crypto/aes/aes_paths.h"

#define VAES __attribute__((target("avx2,aes,pclmul,vaes,vpclmulqdq")))
#define VAES_INLINE static inline \
    __attribute__((target("avx2,aes,pclmul,vaes,vpclmulqdq"), always_inline))

#define LANES 8
#define STRIDE_BLOCKS 16
#define STRIDE_BYTES 256

/* Eight registers at a time; `i` is the register's number. */
#define EACH_LANE _Pragma("GCC unroll 8") for (i = 0; i < LANES; i++)

/* Keeps gcc from renaming registers around a loop: a copy for every instruction in it. */
#define KEEP(x) __asm__("" : "+x"(x))

VAES_INLINE __m256i load(const uint8_t *from)
{
    return _mm256_loadu_si256((const __m256i *)from);
}

VAES_INLINE void store(uint8_t *to, __m256i x)
{
    _mm256_storeu_si256((__m256i *)to, x);
}

VAES_INLINE __m128i load_block(const uint8_t *from)
{
    return _mm_loadu_si128((const __m128i *)from);
}

VAES_INLINE void store_block(uint8_t *to, __m128i x)
{
    _mm_storeu_si128((__m128i *)to, x);
}

VAES_INLINE __m256i round_key(const struct aes_schedule *schedule, unsigned int round)
{
    return _mm256_broadcastsi128_si256(_mm_load_si128((const __m128i *)schedule->words + round));
}

VAES_INLINE __m256i pair(__m128i low, __m128i high)
{
    return _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
}

VAES_INLINE __m256i reverse_bytes(__m256i x)
{
    return _mm256_shuffle_epi8(x, _mm256_broadcastsi128_si256(
        _mm_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)));
}

VAES_INLINE void encrypt_lanes(const struct aes_schedule *encrypt, __m256i x[LANES])
{
    __m256i key = round_key(encrypt, 0);
    unsigned int round;
    int i;

    EACH_LANE x[i] = _mm256_xor_si256(x[i], key);
    for (round = 1; round <= encrypt->rounds; round++)
    {
        key = round_key(encrypt, round);
        EACH_LANE
        {
            x[i] = _mm256_aesenc_epi128(x[i], key);
            KEEP(x[i]);
        }
    }
    key = round_key(encrypt, round);
    EACH_LANE x[i] = _mm256_aesenclast_epi128(x[i], key);
}

VAES_INLINE void decrypt_lanes(const struct aes_schedule *decrypt, __m256i x[LANES])
{
    __m256i key = round_key(decrypt, 0);
    unsigned int round;
    int i;

    EACH_LANE x[i] = _mm256_xor_si256(x[i], key);
    for (round = 1; round <= decrypt->rounds; round++)
    {
        key = round_key(decrypt, round);
        EACH_LANE
        {
            x[i] = _mm256_aesdec_epi128(x[i], key);
            KEEP(x[i]);
        }
    }
    key = round_key(decrypt, round);
    EACH_LANE x[i] = _mm256_aesdeclast_epi128(x[i], key);
}

VAES void vaes_ecb_encrypt(const struct aes_schedule *encrypt, uint8_t *out, const uint8_t *in,
                           size_t blocks)
{
    __m256i x[LANES];
    int i;

    for (; blocks >= STRIDE_BLOCKS; blocks -= STRIDE_BLOCKS)
    {
        EACH_LANE x[i] = load(in + 32 * i);
        encrypt_lanes(encrypt, x);
        EACH_LANE store(out + 32 * i, x[i]);
        in += STRIDE_BYTES;
        out += STRIDE_BYTES;
    }
    if (blocks) ni_ecb_encrypt(encrypt, out, in, blocks);
}

VAES void vaes_ecb_decrypt(const struct aes_schedule *decrypt, uint8_t *out, const uint8_t *in,
                           size_t blocks)
{
    __m256i x[LANES];
    int i;

    for (; blocks >= STRIDE_BLOCKS; blocks -= STRIDE_BLOCKS)
    {
        EACH_LANE x[i] = load(in + 32 * i);
        decrypt_lanes(decrypt, x);
        EACH_LANE store(out + 32 * i, x[i]);
        in += STRIDE_BYTES;
        out += STRIDE_BYTES;
    }
    if (blocks) ni_ecb_decrypt(decrypt, out, in, blocks);
}

VAES void vaes_cbc_decrypt(const struct aes_schedule *decrypt, uint8_t iv[16], uint8_t *out,
                           const uint8_t *in, size_t blocks)
{
    __m128i chain = load_block(iv), next;
    __m256i x[LANES];
    int i;

    for (; blocks >= STRIDE_BLOCKS; blocks -= STRIDE_BLOCKS)
    {
        EACH_LANE x[i] = load(in + 32 * i);
        decrypt_lanes(decrypt, x);
        next = load_block(in + STRIDE_BYTES - 16);
        x[0] = _mm256_xor_si256(x[0], pair(chain, load_block(in)));
#pragma GCC unroll 8
        for (i = 1; i < LANES; i++) x[i] = _mm256_xor_si256(x[i], load(in + 32 * i - 16));
        EACH_LANE store(out + 32 * i, x[i]);
        chain = next;
        in += STRIDE_BYTES;
        out += STRIDE_BYTES;
    }
    store_block(iv, chain);
    if (blocks) ni_cbc_decrypt(decrypt, iv, out, in, blocks);
}

VAES void vaes_cfb_decrypt_blocks(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                                  const uint8_t *in, size_t blocks)
{
    __m128i chain = load_block(iv);
    __m256i x[LANES];
    int i;

    for (; blocks >= STRIDE_BLOCKS; blocks -= STRIDE_BLOCKS)
    {
        x[0] = pair(chain, load_block(in));
#pragma GCC unroll 8
        for (i = 1; i < LANES; i++) x[i] = load(in + 32 * i - 16);
        encrypt_lanes(encrypt, x);
        chain = load_block(in + STRIDE_BYTES - 16);
        EACH_LANE x[i] = _mm256_xor_si256(x[i], load(in + 32 * i));
        EACH_LANE store(out + 32 * i, x[i]);
        in += STRIDE_BYTES;
        out += STRIDE_BYTES;
    }
    store_block(iv, chain);
    if (blocks) ni_cfb_decrypt_blocks(encrypt, iv, out, in, blocks);
}

/* Register i holds the shift registers i and i + 8 bytes on; see ni_cfb8_decrypt. */
VAES void vaes_cfb8_decrypt(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                            const uint8_t *in, size_t bytes)
{
    __m128i shift = load_block(iv), cipher;
    __m256i x[LANES], low, high;

    for (; bytes >= 16; bytes -= 16, in += 16, out += 16)
    {
        cipher = load_block(in);
        low = pair(shift, _mm_alignr_epi8(cipher, shift, 8));
        high = pair(cipher, _mm_srli_si128(cipher, 8));
        x[0] = low;
        x[1] = _mm256_alignr_epi8(high, low, 1);
        x[2] = _mm256_alignr_epi8(high, low, 2);
        x[3] = _mm256_alignr_epi8(high, low, 3);
        x[4] = _mm256_alignr_epi8(high, low, 4);
        x[5] = _mm256_alignr_epi8(high, low, 5);
        x[6] = _mm256_alignr_epi8(high, low, 6);
        x[7] = _mm256_alignr_epi8(high, low, 7);
        encrypt_lanes(encrypt, x);
        low = _mm256_unpacklo_epi16(_mm256_unpacklo_epi8(x[0], x[1]),
                                    _mm256_unpacklo_epi8(x[2], x[3]));
        high = _mm256_unpacklo_epi16(_mm256_unpacklo_epi8(x[4], x[5]),
                                     _mm256_unpacklo_epi8(x[6], x[7]));
        low = _mm256_permute4x64_epi64(_mm256_unpacklo_epi32(low, high), 0x08);
        store_block(out, _mm_xor_si128(cipher, _mm256_castsi256_si128(low)));
        shift = cipher;
    }
    store_block(iv, shift);
    if (bytes) ni_cfb8_decrypt(encrypt, iv, out, in, bytes);
}

VAES void vaes_ctr32(const struct aes_schedule *encrypt, uint8_t counter[16], uint8_t *out,
                     const uint8_t *in, size_t blocks)
{
    const __m256i two = _mm256_set_epi32(0, 0, 0, 2, 0, 0, 0, 2);
    __m256i x[LANES], next;
    int i;

    next = reverse_bytes(_mm256_broadcastsi128_si256(load_block(counter)));
    next = _mm256_add_epi32(next, _mm256_set_epi32(0, 0, 0, 1, 0, 0, 0, 0));
    for (; blocks >= STRIDE_BLOCKS; blocks -= STRIDE_BLOCKS, out += STRIDE_BYTES)
    {
        EACH_LANE
        {
            x[i] = reverse_bytes(next);
            next = _mm256_add_epi32(next, two);
        }
        encrypt_lanes(encrypt, x);
        if (in)
        {
            EACH_LANE x[i] = _mm256_xor_si256(x[i], load(in + 32 * i));
            in += STRIDE_BYTES;
        }
        EACH_LANE store(out + 32 * i, x[i]);
    }
    store_block(counter, _mm256_castsi256_si128(reverse_bytes(next)));
    if (blocks) ni_ctr32(encrypt, counter, out, in, blocks);
}

/* Times x to the power of `power`, in both halves: IEEE 1619 section 5.2. */
#define XTS_TIMES(tweaks, power) _mm256_xor_si256( \
    _mm256_xor_si256(_mm256_slli_epi64(tweaks, power), \
                     _mm256_slli_si256(_mm256_srli_epi64(tweaks, 64 - (power)), 8)), \
    _mm256_clmulepi64_epi128(_mm256_srli_epi64(tweaks, 64 - (power)), \
                             _mm256_set1_epi64x(0x87), 0x01))

VAES_INLINE __m256i first_tweaks(const uint8_t tweak[16])
{
    uint8_t next[16];

    memcpy(next, tweak, 16);
    xts_next(next);
    return pair(load_block(tweak), load_block(next));
}

VAES_INLINE void tweak_lanes(__m256i x[LANES], __m256i tweaks)
{
    x[0] = _mm256_xor_si256(x[0], tweaks);
    x[1] = _mm256_xor_si256(x[1], XTS_TIMES(tweaks, 2));
    x[2] = _mm256_xor_si256(x[2], XTS_TIMES(tweaks, 4));
    x[3] = _mm256_xor_si256(x[3], XTS_TIMES(tweaks, 6));
    x[4] = _mm256_xor_si256(x[4], XTS_TIMES(tweaks, 8));
    x[5] = _mm256_xor_si256(x[5], XTS_TIMES(tweaks, 10));
    x[6] = _mm256_xor_si256(x[6], XTS_TIMES(tweaks, 12));
    x[7] = _mm256_xor_si256(x[7], XTS_TIMES(tweaks, 14));
}

VAES void vaes_xts_encrypt(const struct aes_schedule *data_encrypt, uint8_t tweak[16], uint8_t *out,
                           const uint8_t *in, size_t blocks)
{
    __m256i x[LANES], tweaks = first_tweaks(tweak);
    int i;

    for (; blocks >= STRIDE_BLOCKS; blocks -= STRIDE_BLOCKS)
    {
        EACH_LANE x[i] = load(in + 32 * i);
        tweak_lanes(x, tweaks);
        encrypt_lanes(data_encrypt, x);
        tweak_lanes(x, tweaks);
        EACH_LANE store(out + 32 * i, x[i]);
        tweaks = XTS_TIMES(tweaks, 16);
        in += STRIDE_BYTES;
        out += STRIDE_BYTES;
    }
    store_block(tweak, _mm256_castsi256_si128(tweaks));
    for (; blocks; blocks--, in += 16, out += 16)
    {
        xor_bytes(out, in, tweak, 16);
        ni_ecb_encrypt(data_encrypt, out, out, 1);
        xor_bytes(out, out, tweak, 16);
        xts_next(tweak);
    }
}

VAES void vaes_xts_decrypt(const struct aes_schedule *data_decrypt, uint8_t tweak[16], uint8_t *out,
                           const uint8_t *in, size_t blocks)
{
    __m256i x[LANES], tweaks = first_tweaks(tweak);
    int i;

    for (; blocks >= STRIDE_BLOCKS; blocks -= STRIDE_BLOCKS)
    {
        EACH_LANE x[i] = load(in + 32 * i);
        tweak_lanes(x, tweaks);
        decrypt_lanes(data_decrypt, x);
        tweak_lanes(x, tweaks);
        EACH_LANE store(out + 32 * i, x[i]);
        tweaks = XTS_TIMES(tweaks, 16);
        in += STRIDE_BYTES;
        out += STRIDE_BYTES;
    }
    store_block(tweak, _mm256_castsi256_si128(tweaks));
    for (; blocks; blocks--, in += 16, out += 16)
    {
        xor_bytes(out, in, tweak, 16);
        ni_ecb_decrypt(data_decrypt, out, out, 1);
        xor_bytes(out, out, tweak, 16);
        xts_next(tweak);
    }
}

#endif
