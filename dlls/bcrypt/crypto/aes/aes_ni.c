/*
 * aes_ni.c - AES-NI by intrinsics, where libcrypto's assembly is slow or has nothing.
 *
 * A few blocks at a time: at most six vector registers, because Windows' calling convention makes a
 * function save the others, which costs as much as a block. Chained modes: only the latency of one
 * block after the other counts, so everything else is kept off that path; the exclusive ors with
 * the first round key and with the next input join the last round's key. CFB with segments of a
 * byte, for which libcrypto encrypts and copies block by block.
 *
 * SPDX-License-Identifier: MIT
 */

#include <immintrin.h>

#include "crypto/aes/aes_paths.h"
#include "platform/wipe.h"

#define NI __attribute__((target("aes,ssse3")))
#define NI_INLINE static inline __attribute__((target("aes,ssse3"), always_inline))

NI_INLINE __m128i load(const uint8_t *from)
{
    return _mm_loadu_si128((const __m128i *)from);
}

NI_INLINE void store(uint8_t *to, __m128i x)
{
    _mm_storeu_si128((__m128i *)to, x);
}

NI_INLINE __m128i round_key(const struct aes_schedule *schedule, unsigned int round)
{
    return _mm_load_si128((const __m128i *)schedule->words + round);
}

NI_INLINE __m128i last_round_key(const struct aes_schedule *schedule)
{
    return round_key(schedule, schedule->rounds + 1);
}

/* All rounds between the first round key and the last, on several blocks. */
NI_INLINE void encrypt_middle(const struct aes_schedule *encrypt, __m128i *x, const int lanes)
{
    const __m128i *keys = (const __m128i *)encrypt->words, *end = keys + encrypt->rounds;
    __m128i key;
    int i;

    do
    {
        key = _mm_load_si128(++keys);
#pragma GCC unroll 8
        for (i = 0; i < lanes; i++) x[i] = _mm_aesenc_si128(x[i], key);
    }
    while (keys != end);
}

NI_INLINE void decrypt_middle(const struct aes_schedule *decrypt, __m128i *x, const int lanes)
{
    const __m128i *keys = (const __m128i *)decrypt->words, *end = keys + decrypt->rounds;
    __m128i key;
    int i;

    do
    {
        key = _mm_load_si128(++keys);
#pragma GCC unroll 8
        for (i = 0; i < lanes; i++) x[i] = _mm_aesdec_si128(x[i], key);
    }
    while (keys != end);
}

NI_INLINE void encrypt_lanes(const struct aes_schedule *encrypt, __m128i *x, const int lanes)
{
    __m128i key = round_key(encrypt, 0);
    int i;

#pragma GCC unroll 8
    for (i = 0; i < lanes; i++) x[i] = _mm_xor_si128(x[i], key);
    encrypt_middle(encrypt, x, lanes);
    key = last_round_key(encrypt);
#pragma GCC unroll 8
    for (i = 0; i < lanes; i++) x[i] = _mm_aesenclast_si128(x[i], key);
}

NI_INLINE void decrypt_lanes(const struct aes_schedule *decrypt, __m128i *x, const int lanes)
{
    __m128i key = round_key(decrypt, 0);
    int i;

#pragma GCC unroll 8
    for (i = 0; i < lanes; i++) x[i] = _mm_xor_si128(x[i], key);
    decrypt_middle(decrypt, x, lanes);
    key = last_round_key(decrypt);
#pragma GCC unroll 8
    for (i = 0; i < lanes; i++) x[i] = _mm_aesdeclast_si128(x[i], key);
}

NI_INLINE __m128i encrypt_block(const struct aes_schedule *encrypt, __m128i x)
{
    encrypt_lanes(encrypt, &x, 1);
    return x;
}

NI_INLINE __m128i reverse_bytes(__m128i x)
{
    return _mm_shuffle_epi8(x, _mm_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
}

/* FIPS 197 section 5.3.5: the equivalent inverse cipher. */
NI void ni_invert_schedule(struct aes_schedule *decrypt, const struct aes_schedule *encrypt)
{
    __m128i *to = (__m128i *)decrypt->words;
    unsigned int i, last = encrypt->rounds + 1;

    decrypt->rounds = encrypt->rounds;
    _mm_store_si128(to, round_key(encrypt, last));
    for (i = 1; i < last; i++)
        _mm_store_si128(to + i, _mm_aesimc_si128(round_key(encrypt, last - i)));
    _mm_store_si128(to + last, round_key(encrypt, 0));
}

NI void ni_ecb_encrypt(const struct aes_schedule *encrypt, uint8_t *out, const uint8_t *in,
                       size_t blocks)
{
    __m128i x[4];
    int i;

    for (; blocks >= 4; blocks -= 4, in += 64, out += 64)
    {
#pragma GCC unroll 4
        for (i = 0; i < 4; i++) x[i] = load(in + 16 * i);
        encrypt_lanes(encrypt, x, 4);
#pragma GCC unroll 4
        for (i = 0; i < 4; i++) store(out + 16 * i, x[i]);
    }
    for (; blocks; blocks--, in += 16, out += 16) store(out, encrypt_block(encrypt, load(in)));
}

NI void ni_ecb_decrypt(const struct aes_schedule *decrypt, uint8_t *out, const uint8_t *in,
                       size_t blocks)
{
    __m128i x[4];
    int i;

    for (; blocks >= 4; blocks -= 4, in += 64, out += 64)
    {
#pragma GCC unroll 4
        for (i = 0; i < 4; i++) x[i] = load(in + 16 * i);
        decrypt_lanes(decrypt, x, 4);
#pragma GCC unroll 4
        for (i = 0; i < 4; i++) store(out + 16 * i, x[i]);
    }
    for (; blocks; blocks--, in += 16, out += 16)
    {
        x[0] = load(in);
        decrypt_lanes(decrypt, x, 1);
        store(out, x[0]);
    }
}

NI void ni_cbc_encrypt(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                       const uint8_t *in, size_t blocks)
{
    __m128i first = round_key(encrypt, 0), last = last_round_key(encrypt), x, next;

    if (!blocks) return;

    x = _mm_xor_si128(load(iv), _mm_xor_si128(load(in), first));
    for (; blocks > 1; blocks--, in += 16, out += 16)
    {
        next = _mm_xor_si128(load(in + 16), first);
        encrypt_middle(encrypt, &x, 1);
        x = _mm_aesenclast_si128(x, _mm_xor_si128(last, next));
        store(out, _mm_xor_si128(x, next));
    }
    encrypt_middle(encrypt, &x, 1);
    x = _mm_aesenclast_si128(x, last);
    store(out, x);
    store(iv, x);
}

NI void ni_mac(const struct aes_schedule *encrypt, uint8_t mac[16], const uint8_t *in,
               size_t blocks)
{
    __m128i first = round_key(encrypt, 0), last = last_round_key(encrypt), x;

    if (!blocks) return;

    x = _mm_xor_si128(load(mac), _mm_xor_si128(load(in), first));
    for (; blocks > 1; blocks--)
    {
        in += 16;
        encrypt_middle(encrypt, &x, 1);
        x = _mm_aesenclast_si128(x, _mm_xor_si128(last, _mm_xor_si128(load(in), first)));
    }
    encrypt_middle(encrypt, &x, 1);
    store(mac, _mm_aesenclast_si128(x, last));
}

NI void ni_cbc_decrypt(const struct aes_schedule *decrypt, uint8_t iv[16], uint8_t *out,
                       const uint8_t *in, size_t blocks)
{
    __m128i x[4], chain, cipher;
    int i;

    for (; blocks >= 4; blocks -= 4, in += 64, out += 64)
    {
#pragma GCC unroll 4
        for (i = 0; i < 4; i++) x[i] = load(in + 16 * i);
        decrypt_lanes(decrypt, x, 4);
        x[0] = _mm_xor_si128(x[0], load(iv));
#pragma GCC unroll 4
        for (i = 1; i < 4; i++) x[i] = _mm_xor_si128(x[i], load(in + 16 * i - 16));
        store(iv, load(in + 48));
#pragma GCC unroll 4
        for (i = 0; i < 4; i++) store(out + 16 * i, x[i]);
    }
    chain = load(iv);
    for (; blocks; blocks--, in += 16, out += 16)
    {
        x[0] = cipher = load(in);
        decrypt_lanes(decrypt, x, 1);
        store(out, _mm_xor_si128(x[0], chain));
        chain = cipher;
    }
    store(iv, chain);
}

/*
 * The register moves up a byte and takes the ciphertext byte in. The next block's first exclusive
 * or is done ahead, on the register before it moves; the byte comes out of the last round already
 * exclusive-ored with the input and with its byte of the first round key.
 */
NI void ni_cfb8_encrypt(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                        const uint8_t *in, size_t bytes)
{
    __m128i first = round_key(encrypt, 0), last = last_round_key(encrypt);
    __m128i ahead = _mm_slli_si128(first, 1), top = _mm_srli_si128(first, 15);
    __m128i shift = load(iv), x = _mm_xor_si128(shift, first), cipher;

    for (; bytes; bytes--, in++, out++)
    {
        encrypt_middle(encrypt, &x, 1);
        cipher = _mm_xor_si128(_mm_xor_si128(last, top), _mm_cvtsi32_si128(*in));
        cipher = _mm_aesenclast_si128(x, cipher);
        x = _mm_alignr_epi8(cipher, _mm_xor_si128(shift, ahead), 1);
        shift = _mm_alignr_epi8(_mm_xor_si128(cipher, top), shift, 1);
        *out = (uint8_t)(_mm_extract_epi16(shift, 7) >> 8);
    }
    store(iv, shift);
}

/* Sixteen registers, each a byte further on, are known before the first is encrypted. */
NI void ni_cfb8_decrypt(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                        const uint8_t *in, size_t bytes)
{
    _Alignas(16) uint8_t window[32], stream[16];
    __m128i x[4];
    size_t count;
    int i, j;

    for (; bytes; bytes -= count, in += count, out += count)
    {
        count = bytes < 16 ? bytes : 16;
        memcpy(window, iv, 16);
        if (count == 16) store(window + 16, load(in));
        else memcpy(window + 16, in, count);
        for (j = 0; j < (int)count; j += 4)
        {
#pragma GCC unroll 4
            for (i = 0; i < 4; i++) x[i] = load(window + (i + j < 16 ? i + j : 0));
            encrypt_lanes(encrypt, x, 4);
            x[0] = _mm_unpacklo_epi16(_mm_unpacklo_epi8(x[0], x[1]), _mm_unpacklo_epi8(x[2], x[3]));
            i = _mm_cvtsi128_si32(x[0]);
            memcpy(stream + j, &i, 4);
        }
        memcpy(iv, window + count, 16);
        if (count == 16) store(out, _mm_xor_si128(load(window + 16), load(stream)));
        else xor_bytes(out, window + 16, stream, count);
    }
    wipe(stream, sizeof(stream));
}

/* As ni_cbc_encrypt: the last round gives the ciphertext with the first round key already in it. */
NI void ni_cfb_encrypt_blocks(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                              const uint8_t *in, size_t blocks)
{
    __m128i first = round_key(encrypt, 0), last = last_round_key(encrypt);
    __m128i x = _mm_xor_si128(load(iv), first);

    last = _mm_xor_si128(last, first);
    for (; blocks; blocks--, in += 16, out += 16)
    {
        encrypt_middle(encrypt, &x, 1);
        x = _mm_aesenclast_si128(x, _mm_xor_si128(last, load(in)));
        store(out, _mm_xor_si128(x, first));
    }
    store(iv, _mm_xor_si128(x, first));
}

NI void ni_cfb_decrypt_blocks(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                              const uint8_t *in, size_t blocks)
{
    __m128i chain = load(iv), cipher, x[4];
    int i;

    for (; blocks >= 4; blocks -= 4, in += 64, out += 64)
    {
        x[0] = chain;
#pragma GCC unroll 4
        for (i = 1; i < 4; i++) x[i] = load(in + 16 * i - 16);
        encrypt_lanes(encrypt, x, 4);
#pragma GCC unroll 4
        for (i = 0; i < 4; i++)
        {
            cipher = load(in + 16 * i);
            store(out + 16 * i, _mm_xor_si128(x[i], cipher));
        }
        chain = cipher;
    }
    for (; blocks; blocks--, in += 16, out += 16)
    {
        cipher = load(in);
        store(out, _mm_xor_si128(encrypt_block(encrypt, chain), cipher));
        chain = cipher;
    }
    store(iv, chain);
}

NI void ni_cfb(const struct aes_schedule *encrypt, bool decrypt, uint8_t iv[16], uint8_t *out,
               const uint8_t *in, size_t bytes, size_t segment_bytes)
{
    uint8_t stream[16], shift[32];

    memcpy(shift, iv, 16);
    for (; bytes; bytes -= segment_bytes, in += segment_bytes, out += segment_bytes)
    {
        store(stream, encrypt_block(encrypt, load(shift)));
        if (decrypt) memcpy(shift + 16, in, segment_bytes);
        xor_bytes(out, in, stream, segment_bytes);
        if (!decrypt) memcpy(shift + 16, out, segment_bytes);
        store(shift, load(shift + segment_bytes));
    }
    memcpy(iv, shift, 16);
    wipe(stream, sizeof(stream));
}

NI void ni_ctr32(const struct aes_schedule *encrypt, uint8_t counter[16], uint8_t *out,
                 const uint8_t *in, size_t blocks)
{
    __m128i next = reverse_bytes(load(counter)), x[4];
    const __m128i one = _mm_set_epi32(0, 0, 0, 1);
    int i;

    for (; blocks >= 4; blocks -= 4, out += 64)
    {
#pragma GCC unroll 4
        for (i = 0; i < 4; i++)
        {
            x[i] = reverse_bytes(next);
            next = _mm_add_epi32(next, one);
        }
        encrypt_lanes(encrypt, x, 4);
        if (in)
        {
#pragma GCC unroll 4
            for (i = 0; i < 4; i++) x[i] = _mm_xor_si128(x[i], load(in + 16 * i));
            in += 64;
        }
#pragma GCC unroll 4
        for (i = 0; i < 4; i++) store(out + 16 * i, x[i]);
    }
    for (; blocks; blocks--, out += 16)
    {
        x[0] = encrypt_block(encrypt, reverse_bytes(next));
        next = _mm_add_epi32(next, one);
        if (in)
        {
            x[0] = _mm_xor_si128(x[0], load(in));
            in += 16;
        }
        store(out, x[0]);
    }
    store(counter, reverse_bytes(next));
}

NI void ni_ccm_encrypt(const struct aes_schedule *encrypt, uint8_t mac[16], uint8_t counter[16],
                       uint8_t *out, const uint8_t *in, size_t blocks)
{
    __m128i next = reverse_bytes(load(counter)), chain = load(mac), x[2], plain;
    const __m128i one = _mm_set_epi32(0, 0, 0, 1);

    for (; blocks; blocks--, in += 16, out += 16)
    {
        plain = load(in);
        x[0] = _mm_xor_si128(chain, plain);
        x[1] = reverse_bytes(next);
        next = _mm_add_epi64(next, one);
        encrypt_lanes(encrypt, x, 2);
        chain = x[0];
        store(out, _mm_xor_si128(x[1], plain));
    }
    store(counter, reverse_bytes(next));
    store(mac, chain);
}

/* The key stream is a block ahead of the MAC, which has to wait for the plaintext. */
NI void ni_ccm_decrypt(const struct aes_schedule *encrypt, uint8_t mac[16], uint8_t counter[16],
                       uint8_t *out, const uint8_t *in, size_t blocks)
{
    __m128i next = reverse_bytes(load(counter)), x[2];
    const __m128i one = _mm_set_epi32(0, 0, 0, 1);

    x[0] = load(mac);
    x[1] = encrypt_block(encrypt, reverse_bytes(next));
    for (; blocks; blocks--, in += 16, out += 16)
    {
        x[1] = _mm_xor_si128(x[1], load(in));
        store(out, x[1]);
        x[0] = _mm_xor_si128(x[0], x[1]);
        next = _mm_add_epi64(next, one);
        x[1] = reverse_bytes(next);
        encrypt_lanes(encrypt, x, 2);
    }
    store(counter, reverse_bytes(next));
    store(mac, x[0]);
}
