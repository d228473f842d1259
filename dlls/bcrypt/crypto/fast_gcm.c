/*
 * fast_gcm.c - AES-GCM with VAES and VPCLMULQDQ.
 *
 * GHASH works on reversed bits. Reversing the bytes of a block and multiplying the hash key by x
 * once turns it into arithmetic that carry-less multiplication does directly (RFC 8452, appendix
 * A): with H such a key, a * b means a b x^-128 modulo x^128 + x^127 + x^126 + x^121 + 1, and
 *
 *   hash of n blocks after mac = (mac + X1) H^n + X2 H^(n-1) + ... + Xn H
 *
 * needs one reduction for all of them, n being at most 16, the number of powers that a key keeps.
 * Long messages go sixteen blocks at a time, hashing sixteen while the next are encrypted. A short
 * one, its associated data, its text and the block of lengths together, is one such sum.
 *
 * Every function here begins at a call and passes no vector to one: mingw's gcc may misalign them
 * on Windows' stack (GCC bug 54412).
 *
 * SPDX-License-Identifier: MIT
 */

#ifdef __x86_64__

#include <immintrin.h>
#include <string.h>

#include "crypto/gcm_paths.h"
#include "crypto/wipe.h"

#ifndef WIDE
#define WIDE 256
#endif

#if WIDE == 512
#define TARGET "avx2,aes,pclmul,vaes,vpclmulqdq,avx512f,avx512vl,avx512bw,avx512dq"
#else
#define TARGET "avx2,aes,pclmul,vaes,vpclmulqdq"
#endif
#define FAST __attribute__((target(TARGET)))
#define FAST_INLINE static inline __attribute__((target(TARGET), always_inline))

#define POWERS 16
#define STRIDE_BYTES (16 * POWERS)

FAST_INLINE __m128i load(const uint8_t *from)
{
    return _mm_loadu_si128((const __m128i *)from);
}

FAST_INLINE void store(uint8_t *to, __m128i x)
{
    _mm_storeu_si128((__m128i *)to, x);
}

FAST_INLINE __m128i reverse(__m128i x)
{
    return _mm_shuffle_epi8(x, _mm_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
}

/* As many bytes as there are, the rest zero. No byte beyond them is touched. */
FAST_INLINE __m128i load_partial(const uint8_t *from, size_t bytes)
{
    uint64_t low = 0, high = 0;
    uint32_t a, b;

    if (bytes >= 8)
    {
        memcpy(&low, from, 8);
        memcpy(&high, from + bytes - 8, 8);
        high = bytes > 8 ? high >> 8 * (16 - bytes) : 0;
    }
    else if (bytes >= 4)
    {
        memcpy(&a, from, 4);
        memcpy(&b, from + bytes - 4, 4);
        low = a | (uint64_t)b << 8 * (bytes - 4);
    }
    else if (bytes)
        low = from[0] | (uint64_t)from[bytes / 2] << 8 * (bytes / 2)
              | (uint64_t)from[bytes - 1] << 8 * (bytes - 1);
    return _mm_set_epi64x((int64_t)high, (int64_t)low);
}

FAST_INLINE void store_partial(uint8_t *to, __m128i x, size_t bytes)
{
    uint64_t low = (uint64_t)_mm_cvtsi128_si64(x), high = (uint64_t)_mm_extract_epi64(x, 1);
    uint32_t a, b;

    if (bytes >= 8)
    {
        if (bytes > 8)
        {
            high = high << 8 * (16 - bytes) | low >> 8 * (bytes - 8);
            memcpy(to + bytes - 8, &high, 8);
        }
        memcpy(to, &low, 8);
    }
    else if (bytes >= 4)
    {
        a = (uint32_t)low;
        b = (uint32_t)(low >> 8 * (bytes - 4));
        memcpy(to + bytes - 4, &b, 4);
        memcpy(to, &a, 4);
    }
    else
        for (; bytes; bytes--, low >>= 8) *to++ = (uint8_t)low;
}

FAST_INLINE __m128i key_at(const struct aes_schedule *encrypt, unsigned int round)
{
    return _mm_load_si128((const __m128i *)encrypt->words + round);
}

FAST_INLINE void encrypt_lanes(const struct aes_schedule *encrypt, __m128i *x, const int lanes)
{
    __m128i key = key_at(encrypt, 0);
    unsigned int round;
    int i;

#pragma GCC unroll 8
    for (i = 0; i < lanes; i++) x[i] = _mm_xor_si128(x[i], key);
    for (round = 1; round <= encrypt->rounds; round++)
    {
        key = key_at(encrypt, round);
#pragma GCC unroll 8
        for (i = 0; i < lanes; i++) x[i] = _mm_aesenc_si128(x[i], key);
    }
    key = key_at(encrypt, round);
#pragma GCC unroll 8
    for (i = 0; i < lanes; i++) x[i] = _mm_aesenclast_si128(x[i], key);
}

FAST_INLINE __m128i encrypt_block(const struct aes_schedule *encrypt, __m128i x)
{
    encrypt_lanes(encrypt, &x, 1);
    return x;
}

/* A sum of products before its reduction, and where the next factor is. */
struct sum
{
    __m128i low, middle, high;
    const uint8_t *power;
};

FAST_INLINE struct sum sum_of(const struct gcm_key *key, size_t blocks)
{
    return (struct sum){ _mm_setzero_si128(), _mm_setzero_si128(), _mm_setzero_si128(),
                         key->powers + 16 * (POWERS - blocks) };
}

/* block: its bytes reversed. */
FAST_INLINE void sum_add(struct sum *sum, __m128i block)
{
    __m128i power = _mm_load_si128((const __m128i *)sum->power);

    sum->low = _mm_xor_si128(sum->low, _mm_clmulepi64_si128(block, power, 0x00));
    sum->high = _mm_xor_si128(sum->high, _mm_clmulepi64_si128(block, power, 0x11));
    sum->middle = _mm_xor_si128(sum->middle, _mm_xor_si128(
        _mm_clmulepi64_si128(block, power, 0x01), _mm_clmulepi64_si128(block, power, 0x10)));
    sum->power += 16;
}

FAST_INLINE __m128i swap_halves(__m128i x)
{
    return _mm_shuffle_epi32(x, 0x4e);
}

FAST_INLINE __m128i reduce(__m128i low, __m128i high)
{
    const __m128i polynomial = _mm_set1_epi64x((int64_t)0xc200000000000000ULL);

    low = _mm_xor_si128(swap_halves(low), _mm_clmulepi64_si128(low, polynomial, 0x00));
    low = _mm_xor_si128(swap_halves(low), _mm_clmulepi64_si128(low, polynomial, 0x00));
    return _mm_xor_si128(low, high);
}

FAST_INLINE __m128i sum_reduce(const struct sum *sum)
{
    return reduce(_mm_xor_si128(sum->low, _mm_slli_si128(sum->middle, 8)),
                  _mm_xor_si128(sum->high, _mm_srli_si128(sum->middle, 8)));
}

FAST_INLINE __m128i multiply(__m128i a, __m128i b)
{
    struct sum sum;

    sum.low = _mm_clmulepi64_si128(a, b, 0x00);
    sum.high = _mm_clmulepi64_si128(a, b, 0x11);
    sum.middle = _mm_xor_si128(_mm_clmulepi64_si128(a, b, 0x01), _mm_clmulepi64_si128(a, b, 0x10));
    return sum_reduce(&sum);
}

FAST_INLINE __m128i *power_of(struct gcm_key *key, int exponent)
{
    return (__m128i *)key->powers + POWERS - exponent;
}

/* A multiplication waits for its factors more than for anything else: eight at once. */
FAST void fast_gcm_key_init(struct gcm_key *key, const struct aes_schedule *encrypt)
{
    __m128i h = reverse(encrypt_block(encrypt, _mm_setzero_si128())), carry, times;
    int i;

    /* Times x: RFC 8452's mulX_POLYVAL. */
    carry = _mm_srai_epi32(_mm_shuffle_epi32(h, 0xff), 31);
    carry = _mm_and_si128(carry, _mm_set_epi32((int)0xc2000000, 0, 0, 1));
    h = _mm_or_si128(_mm_slli_epi64(h, 1), _mm_slli_si128(_mm_srli_epi64(h, 63), 8));
    h = _mm_xor_si128(h, carry);

    *power_of(key, 1) = h;
    times = *power_of(key, 2) = multiply(h, h);
    *power_of(key, 3) = multiply(times, h);
    times = *power_of(key, 4) = multiply(times, times);
#pragma GCC unroll 4
    for (i = 1; i <= 4; i++) *power_of(key, 4 + i) = multiply(times, *power_of(key, i));
    times = *power_of(key, 8);
#pragma GCC unroll 8
    for (i = 1; i <= 8; i++) *power_of(key, 8 + i) = multiply(times, *power_of(key, i));
}

#if WIDE == 512
typedef __m512i wide;
#define LANES 4
#define WIDE_BLOCKS 4
#define wide_load(from) _mm512_loadu_si512(from)
#define wide_store(to, x) _mm512_storeu_si512(to, x)
#define wide_xor(a, b) _mm512_xor_si512(a, b)
#define wide_of(x) _mm512_broadcast_i32x4(x)
#define wide_with(x) _mm512_inserti32x4(_mm512_setzero_si512(), x, 0)
#define wide_shuffle(x, how) _mm512_shuffle_epi8(x, how)
#define wide_add(a, b) _mm512_add_epi32(a, b)
#define wide_aesenc(x, key) _mm512_aesenc_epi128(x, key)
#define wide_aesenclast(x, key) _mm512_aesenclast_epi128(x, key)
#define wide_multiply(a, b, halves) _mm512_clmulepi64_epi128(a, b, halves)
#define wide_up(x) _mm512_bslli_epi128(x, 8)
#define wide_down(x) _mm512_bsrli_epi128(x, 8)
#define wide_first(x) _mm512_castsi512_si128(x)
#define wide_numbers _mm512_set_epi32(0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0)
FAST_INLINE __m128i wide_fold(wide x)
{
    __m256i y = _mm256_xor_si256(_mm512_castsi512_si256(x), _mm512_extracti64x4_epi64(x, 1));

    return _mm_xor_si128(_mm256_castsi256_si128(y), _mm256_extracti128_si256(y, 1));
}
#else
typedef __m256i wide;
#define LANES 8
#define WIDE_BLOCKS 2
#define wide_load(from) _mm256_loadu_si256((const __m256i *)(from))
#define wide_store(to, x) _mm256_storeu_si256((__m256i *)(to), x)
#define wide_xor(a, b) _mm256_xor_si256(a, b)
#define wide_of(x) _mm256_broadcastsi128_si256(x)
#define wide_with(x) _mm256_inserti128_si256(_mm256_setzero_si256(), x, 0)
#define wide_shuffle(x, how) _mm256_shuffle_epi8(x, how)
#define wide_add(a, b) _mm256_add_epi32(a, b)
#define wide_aesenc(x, key) _mm256_aesenc_epi128(x, key)
#define wide_aesenclast(x, key) _mm256_aesenclast_epi128(x, key)
#define wide_multiply(a, b, halves) _mm256_clmulepi64_epi128(a, b, halves)
#define wide_up(x) _mm256_slli_si256(x, 8)
#define wide_down(x) _mm256_srli_si256(x, 8)
#define wide_first(x) _mm256_castsi256_si128(x)
#define wide_numbers _mm256_set_epi32(0, 0, 0, 1, 0, 0, 0, 0)
FAST_INLINE __m128i wide_fold(wide x)
{
    return _mm_xor_si128(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1));
}
#endif
#define WIDE_BYTES (16 * WIDE_BLOCKS)
#define EACH_LANE _Pragma("GCC unroll 8") for (i = 0; i < LANES; i++)

struct wide_sum
{
    wide low, middle, high;
};

FAST_INLINE wide wide_reverse(wide x)
{
    return wide_shuffle(x, wide_of(
        _mm_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)));
}

/* The lane's blocks times their powers; mac belongs to the first. */
FAST_INLINE void wide_sum_add(struct wide_sum *sum, const struct gcm_key *key, const uint8_t *data,
                              int lane, __m128i mac)
{
    wide blocks = wide_reverse(wide_load(data + WIDE_BYTES * lane));
    wide power = wide_load(key->powers + WIDE_BYTES * lane);

    if (lane == 0)
    {
        blocks = wide_xor(blocks, wide_with(mac));
        sum->low = wide_multiply(blocks, power, 0x00);
        sum->high = wide_multiply(blocks, power, 0x11);
        sum->middle = wide_xor(wide_multiply(blocks, power, 0x01),
                               wide_multiply(blocks, power, 0x10));
        return;
    }
    sum->low = wide_xor(sum->low, wide_multiply(blocks, power, 0x00));
    sum->high = wide_xor(sum->high, wide_multiply(blocks, power, 0x11));
    sum->middle = wide_xor(sum->middle, wide_xor(wide_multiply(blocks, power, 0x01),
                                                 wide_multiply(blocks, power, 0x10)));
}

FAST_INLINE __m128i wide_sum_reduce(const struct wide_sum *sum)
{
    return reduce(wide_fold(wide_xor(sum->low, wide_up(sum->middle))),
                  wide_fold(wide_xor(sum->high, wide_down(sum->middle))));
}

FAST_INLINE __m128i hash_stride(const struct gcm_key *key, __m128i mac, const uint8_t *data)
{
    struct wide_sum sum;
    int i;

    EACH_LANE wide_sum_add(&sum, key, data, i, mac);
    return wide_sum_reduce(&sum);
}

/* Whole strides. mac and counter with their bytes reversed. */
FAST_INLINE void crypt_strides(const struct gcm_key *key, const struct aes_schedule *encrypt,
                               __m128i *mac, __m128i *counter, uint8_t *out, const uint8_t *in,
                               size_t bytes, const bool decrypt)
{
    const wide step = wide_of(_mm_set_epi32(0, 0, 0, WIDE_BLOCKS));
    wide next = wide_add(wide_of(*counter), wide_numbers), x[LANES], round_key;
    const uint8_t *hashed = decrypt ? in : NULL;
    struct wide_sum sum;
    unsigned int round;
    int i;

    for (; bytes; bytes -= STRIDE_BYTES, in += STRIDE_BYTES, out += STRIDE_BYTES)
    {
        round_key = wide_of(key_at(encrypt, 0));
        EACH_LANE
        {
            x[i] = wide_xor(wide_reverse(next), round_key);
            next = wide_add(next, step);
        }
        if (hashed)
        {
            EACH_LANE
            {
                int j;

                round_key = wide_of(key_at(encrypt, 1 + i));
#pragma GCC unroll 8
                for (j = 0; j < LANES; j++) x[j] = wide_aesenc(x[j], round_key);
                wide_sum_add(&sum, key, hashed, i, *mac);
            }
            round = 1 + LANES;
        }
        else
            round = 1;
        for (; round <= encrypt->rounds; round++)
        {
            round_key = wide_of(key_at(encrypt, round));
            EACH_LANE x[i] = wide_aesenc(x[i], round_key);
        }
        round_key = wide_of(key_at(encrypt, round));
        EACH_LANE
            x[i] = wide_aesenclast(x[i], wide_xor(round_key, wide_load(in + WIDE_BYTES * i)));
        EACH_LANE wide_store(out + WIDE_BYTES * i, x[i]);
        if (hashed) *mac = wide_sum_reduce(&sum);
        hashed = decrypt ? in + STRIDE_BYTES : out;
    }
    if (!decrypt) *mac = hash_stride(key, *mac, hashed);
    *counter = wide_first(next);
}

/* Less than a stride, into a sum that has the powers for it. first: the mac, or nothing. */
FAST_INLINE void crypt_rest(struct sum *sum, const struct aes_schedule *encrypt, __m128i first,
                            __m128i *counter, uint8_t *out, const uint8_t *in, size_t bytes,
                            const bool decrypt)
{
    const __m128i one = _mm_set_epi32(0, 0, 0, 1);
    __m128i x[4], text, mask;
    int i;

    for (; bytes >= 64; bytes -= 64, in += 64, out += 64)
    {
#pragma GCC unroll 4
        for (i = 0; i < 4; i++)
        {
            x[i] = reverse(*counter);
            *counter = _mm_add_epi32(*counter, one);
        }
        encrypt_lanes(encrypt, x, 4);
#pragma GCC unroll 4
        for (i = 0; i < 4; i++)
        {
            text = load(in + 16 * i);
            x[i] = _mm_xor_si128(x[i], text);
            store(out + 16 * i, x[i]);
            sum_add(sum, _mm_xor_si128(reverse(decrypt ? text : x[i]), first));
            first = _mm_setzero_si128();
        }
    }
    for (; bytes >= 16; bytes -= 16, in += 16, out += 16)
    {
        x[0] = reverse(*counter);
        *counter = _mm_add_epi32(*counter, one);
        encrypt_lanes(encrypt, x, 1);
        text = load(in);
        x[0] = _mm_xor_si128(x[0], text);
        store(out, x[0]);
        sum_add(sum, _mm_xor_si128(reverse(decrypt ? text : x[0]), first));
        first = _mm_setzero_si128();
    }
    if (!bytes) return;

    x[0] = reverse(*counter);
    *counter = _mm_add_epi32(*counter, one);
    encrypt_lanes(encrypt, x, 1);
    text = load_partial(in, bytes);
    x[0] = _mm_xor_si128(x[0], text);
    store_partial(out, x[0], bytes);
    mask = _mm_cmpgt_epi8(_mm_set1_epi8((char)bytes), _mm_set_epi8(15, 14, 13, 12, 11, 10, 9, 8, 7,
                                                                   6, 5, 4, 3, 2, 1, 0));
    text = decrypt ? text : _mm_and_si128(x[0], mask);
    sum_add(sum, _mm_xor_si128(reverse(text), first));
}

FAST_INLINE size_t blocks_of(size_t bytes)
{
    return (bytes + 15) / 16;
}

FAST_INLINE __m128i auth_data(const struct gcm_key *key, __m128i mac, const uint8_t *data,
                              size_t bytes)
{
    struct sum sum;

    for (; bytes >= STRIDE_BYTES; bytes -= STRIDE_BYTES, data += STRIDE_BYTES)
        mac = hash_stride(key, mac, data);
    if (!bytes) return mac;

    sum = sum_of(key, blocks_of(bytes));
    for (; bytes >= 16; bytes -= 16, data += 16)
    {
        sum_add(&sum, _mm_xor_si128(reverse(load(data)), mac));
        mac = _mm_setzero_si128();
    }
    if (bytes) sum_add(&sum, _mm_xor_si128(reverse(load_partial(data, bytes)), mac));
    return sum_reduce(&sum);
}

FAST_INLINE __m128i crypt_data(const struct gcm_key *key, const struct aes_schedule *encrypt,
                               __m128i mac, __m128i *counter, uint8_t *out, const uint8_t *in,
                               size_t bytes, const bool decrypt)
{
    size_t strides = bytes & ~(size_t)(STRIDE_BYTES - 1);
    struct sum sum;

    if (strides) crypt_strides(key, encrypt, &mac, counter, out, in, strides, decrypt);
    bytes -= strides;
    if (!bytes) return mac;

    sum = sum_of(key, blocks_of(bytes));
    crypt_rest(&sum, encrypt, mac, counter, out + strides, in + strides, bytes, decrypt);
    return sum_reduce(&sum);
}

FAST void fast_gcm_auth(const struct gcm_key *key, struct gcm_state *state, const uint8_t *data,
                        size_t bytes)
{
    store(state->mac, reverse(auth_data(key, reverse(load(state->mac)), data, bytes)));
}

FAST void fast_gcm_encrypt(const struct gcm_key *key, const struct aes_schedule *encrypt,
                           struct gcm_state *state, uint8_t *out, const uint8_t *in, size_t bytes)
{
    __m128i mac = reverse(load(state->mac)), counter = reverse(load(state->counter));

    store(state->mac, reverse(crypt_data(key, encrypt, mac, &counter, out, in, bytes, false)));
    store(state->counter, reverse(counter));
}

FAST void fast_gcm_decrypt(const struct gcm_key *key, const struct aes_schedule *encrypt,
                           struct gcm_state *state, uint8_t *out, const uint8_t *in, size_t bytes)
{
    __m128i mac = reverse(load(state->mac)), counter = reverse(load(state->counter));

    store(state->mac, reverse(crypt_data(key, encrypt, mac, &counter, out, in, bytes, true)));
    store(state->counter, reverse(counter));
}

FAST_INLINE void whole_message(const struct gcm_key *key, const struct aes_schedule *encrypt,
                               const uint8_t nonce[12], const uint8_t *auth, size_t auth_bytes,
                               uint8_t *out, const uint8_t *in, size_t bytes, uint8_t tag[16],
                               const bool decrypt)
{
    const __m128i lengths = _mm_set_epi64x((int64_t)(8 * (uint64_t)auth_bytes),
                                           (int64_t)(8 * (uint64_t)bytes));
    __m128i counter, mask, mac = _mm_setzero_si128();
    uint64_t low;
    uint32_t high;
    struct sum sum;

    memcpy(&low, nonce, 8);
    memcpy(&high, nonce + 8, 4);
    counter = _mm_set_epi64x((int64_t)(high | (uint64_t)0x01000000 << 32), (int64_t)low);
    mask = encrypt_block(encrypt, counter);
    counter = _mm_add_epi32(reverse(counter), _mm_set_epi32(0, 0, 0, 1));

    if (auth_bytes <= STRIDE_BYTES && bytes < STRIDE_BYTES
        && blocks_of(auth_bytes) + blocks_of(bytes) < POWERS)
    {
        sum = sum_of(key, blocks_of(auth_bytes) + blocks_of(bytes) + 1);
        for (; auth_bytes >= 16; auth_bytes -= 16, auth += 16) sum_add(&sum, reverse(load(auth)));
        if (auth_bytes) sum_add(&sum, reverse(load_partial(auth, auth_bytes)));
        crypt_rest(&sum, encrypt, mac, &counter, out, in, bytes, decrypt);
        sum_add(&sum, lengths);
        mac = sum_reduce(&sum);
    }
    else
    {
        mac = auth_data(key, mac, auth, auth_bytes);
        mac = crypt_data(key, encrypt, mac, &counter, out, in, bytes, decrypt);
        mac = multiply(_mm_xor_si128(mac, lengths), load(key->powers + 16 * (POWERS - 1)));
    }
    store(tag, _mm_xor_si128(reverse(mac), mask));
}

FAST void fast_gcm_seal(const struct gcm_key *key, const struct aes_schedule *encrypt,
                        const uint8_t nonce[12], const uint8_t *auth, size_t auth_bytes,
                        uint8_t *out, const uint8_t *in, size_t bytes, uint8_t tag[16])
{
    whole_message(key, encrypt, nonce, auth, auth_bytes, out, in, bytes, tag, false);
}

FAST void fast_gcm_open(const struct gcm_key *key, const struct aes_schedule *encrypt,
                        const uint8_t nonce[12], const uint8_t *auth, size_t auth_bytes,
                        uint8_t *out, const uint8_t *in, size_t bytes, uint8_t tag[16])
{
    whole_message(key, encrypt, nonce, auth, auth_bytes, out, in, bytes, tag, true);
}

#endif
