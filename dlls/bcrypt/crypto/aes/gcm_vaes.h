/*
 * gcm_vaes.h - AES-GCM with VAES and VPCLMULQDQ, for registers of any width.
 *
 * Included by one file for each width, which defines beforehand
 *
 *   TARGET                   instruction sets, for gcc's target attribute
 *   GCM(name)                the name of an entry point
 *   wide, WIDE_BLOCKS        a register, and how many blocks it holds
 *   wide_...                 what can be done with it
 *
 * GHASH works on reversed bits. Reversing the bytes of a block and multiplying the hash key by x
 * once turns it into arithmetic that carry-less multiplication does directly (RFC 8452, appendix
 * A): with H such a key, a * b means a b x^-128 modulo x^128 + x^127 + x^126 + x^121 + 1, and
 *
 *   hash of n blocks after mac = (mac + X1) H^n + X2 H^(n-1) + ... + Xn H
 *
 * needs one reduction for all of them, if the key keeps that many powers: as many as eight
 * registers hold. Long messages go by strides of eight registers, hashing one stride while another
 * is encrypted. A short message, its associated data, its text and the block of lengths together,
 * is one such sum.
 *
 * No function here passes a vector to one that is not inlined: mingw's gcc may misalign them on
 * Windows' stack (GCC bug 54412).
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "crypto/aes/gcm_paths.h"

#define FAST __attribute__((target(TARGET)))
#define FAST_INLINE static inline __attribute__((target(TARGET), always_inline))

#define LANES 8
#define POWERS (LANES * WIDE_BLOCKS)
#define WIDE_BYTES (16 * WIDE_BLOCKS)
#define STRIDE_BYTES (LANES * WIDE_BYTES)

/* Keeps gcc from gathering all products before it adds them, in more registers than there are, and
 * from renaming registers around a loop. */
#define KEEP(x) __asm__("" : "+v"(x))

#define EACH(i, count) _Pragma("GCC unroll 8") for (i = 0; i < (count); i++)

FAST_INLINE __m128i load(const uint8_t *from)
{
    return _mm_loadu_si128((const __m128i *)from);
}

FAST_INLINE void store(uint8_t *to, __m128i x)
{
    _mm_storeu_si128((__m128i *)to, x);
}

FAST_INLINE __m128i byte_order(void)
{
    return _mm_set_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

FAST_INLINE __m128i reverse(__m128i x)
{
    return _mm_shuffle_epi8(x, byte_order());
}

FAST_INLINE wide wide_reverse(wide x)
{
    return wide_shuffle(x, wide_of(byte_order()));
}

FAST_INLINE __m128i round_key(const struct aes_schedule *encrypt, unsigned int round)
{
    return _mm_load_si128((const __m128i *)encrypt->words + round);
}

FAST_INLINE __m128i encrypt_block(const struct aes_schedule *encrypt, __m128i x)
{
    unsigned int round;

    x = _mm_xor_si128(x, round_key(encrypt, 0));
    for (round = 1; round <= encrypt->rounds; round++)
        x = _mm_aesenc_si128(x, round_key(encrypt, round));
    return _mm_aesenclast_si128(x, round_key(encrypt, round));
}

FAST_INLINE wide encrypt_wide(const struct aes_schedule *encrypt, wide x)
{
    unsigned int round;

    x = wide_xor(x, wide_of(round_key(encrypt, 0)));
    for (round = 1; round <= encrypt->rounds; round++)
        x = wide_aesenc(x, wide_of(round_key(encrypt, round)));
    return wide_aesenclast(x, wide_of(round_key(encrypt, round)));
}

FAST_INLINE __m128i swap_halves(__m128i x)
{
    return _mm_shuffle_epi32(x, 0x4e);
}

/* Of a product of 256 bits, modulo the polynomial. */
FAST_INLINE __m128i reduce(__m128i low, __m128i high)
{
    const __m128i polynomial = _mm_set1_epi64x((int64_t)0xc200000000000000ULL);

    low = _mm_xor_si128(swap_halves(low), _mm_clmulepi64_si128(low, polynomial, 0x00));
    low = _mm_xor_si128(swap_halves(low), _mm_clmulepi64_si128(low, polynomial, 0x00));
    return _mm_xor_si128(low, high);
}

FAST_INLINE wide wide_reduce(wide low, wide high)
{
    const wide polynomial = wide_of(_mm_set1_epi64x((int64_t)0xc200000000000000ULL));

    low = wide_xor(wide_swap(low), wide_multiply(low, polynomial, 0x00));
    low = wide_xor(wide_swap(low), wide_multiply(low, polynomial, 0x00));
    return wide_xor(low, high);
}

/* Products, not reduced, each lane for itself. */
struct sum
{
    wide low, middle, high;
};

FAST_INLINE struct sum product(wide a, wide b)
{
    return (struct sum){ wide_multiply(a, b, 0x00),
                         wide_xor(wide_multiply(a, b, 0x01), wide_multiply(a, b, 0x10)),
                         wide_multiply(a, b, 0x11) };
}

FAST_INLINE void sum_add(struct sum *sum, wide a, wide b)
{
    struct sum added = product(a, b);

    sum->low = wide_xor(sum->low, added.low);
    sum->middle = wide_xor(sum->middle, added.middle);
    sum->high = wide_xor(sum->high, added.high);
    KEEP(sum->low);
    KEEP(sum->middle);
    KEEP(sum->high);
}

FAST_INLINE __m128i sum_reduce(const struct sum *sum)
{
    return reduce(wide_fold(wide_xor(sum->low, wide_up(sum->middle))),
                  wide_fold(wide_xor(sum->high, wide_down(sum->middle))));
}

FAST_INLINE wide multiply_lanes(wide a, wide b)
{
    struct sum sum = product(a, b);

    return wide_reduce(wide_xor(sum.low, wide_up(sum.middle)),
                       wide_xor(sum.high, wide_down(sum.middle)));
}

FAST_INLINE __m128i multiply(__m128i a, __m128i b)
{
    return wide_first(multiply_lanes(wide_with(a), wide_with(b)));
}

/* The highest power first, so that n blocks in order belong to the last n powers in order. */
FAST void GCM(key_init)(struct gcm_key *key, const struct aes_schedule *encrypt)
{
    __m128i h = reverse(encrypt_block(encrypt, _mm_setzero_si128())), carry;
    uint8_t *powers = key->powers + STRIDE_BYTES;
    size_t known, i;
    wide x, times;

    /* Times x: RFC 8452's mulX_POLYVAL. */
    carry = _mm_srai_epi32(_mm_shuffle_epi32(h, 0xff), 31);
    carry = _mm_and_si128(carry, _mm_set_epi32((int)0xc2000000, 0, 0, 1));
    h = _mm_or_si128(_mm_slli_epi64(h, 1), _mm_slli_si128(_mm_srli_epi64(h, 63), 8));
    h = _mm_xor_si128(h, carry);

    x = wide_with(h);
    x = wide_xor(multiply_lanes(x, wide_of(h)), wide_move(x, 1));
#if WIDE_BLOCKS == 4
    x = wide_xor(multiply_lanes(x, wide_of(wide_first(x))), wide_move(x, 2));
#endif
    wide_store(powers - WIDE_BYTES, x);
    for (known = WIDE_BYTES; known < STRIDE_BYTES; known *= 2)
    {
        times = wide_of(load(powers - known));
        for (i = WIDE_BYTES; i <= known; i += WIDE_BYTES)
            wide_store(powers - known - i, multiply_lanes(wide_load(powers - i), times));
    }
}

/* Blocks of reversed bytes; mac belongs to the first. */
FAST_INLINE void sum_add_lane(struct sum *sum, const struct gcm_key *key, const uint8_t *data,
                              int lane, __m128i mac)
{
    wide blocks = wide_reverse(wide_load(data + WIDE_BYTES * lane));
    wide powers = wide_load(key->powers + WIDE_BYTES * lane);

    if (lane) sum_add(sum, blocks, powers);
    else *sum = product(wide_xor(blocks, wide_with(mac)), powers);
}

FAST_INLINE __m128i hash_stride(const struct gcm_key *key, __m128i mac, const uint8_t *data)
{
    struct sum sum;
    int i;

    EACH(i, LANES) sum_add_lane(&sum, key, data, i, mac);
    return sum_reduce(&sum);
}

FAST_INLINE void encrypt_lanes(const struct aes_schedule *encrypt, wide *x, const int lanes,
                               unsigned int round)
{
    wide key;
    int i;

    for (; round <= encrypt->rounds; round++)
    {
        key = wide_of(round_key(encrypt, round));
        EACH(i, lanes)
        {
            x[i] = wide_aesenc(x[i], key);
            KEEP(x[i]);
        }
    }
}

FAST_INLINE void next_counters(const struct aes_schedule *encrypt, wide *x, const int lanes,
                               wide *counters)
{
    const wide step = wide_of(_mm_set_epi32(0, 0, 0, WIDE_BLOCKS));
    wide key = wide_of(round_key(encrypt, 0));
    int i;

    EACH(i, lanes)
    {
        x[i] = wide_xor(wide_reverse(*counters), key);
        *counters = wide_add(*counters, step);
    }
}

FAST_INLINE void finish_lanes(const struct aes_schedule *encrypt, wide *x, const int lanes,
                              uint8_t *out, const uint8_t *in)
{
    wide key = wide_of(round_key(encrypt, encrypt->rounds + 1));
    int i;

    EACH(i, lanes)
        x[i] = wide_aesenclast(x[i], wide_xor(key, wide_load(in + WIDE_BYTES * i)));
    EACH(i, lanes) wide_store(out + WIDE_BYTES * i, x[i]);
}

/* Whole strides. The hash is a stride behind when encrypting, beside when decrypting. */
FAST_INLINE __m128i crypt_strides(const struct gcm_key *key, const struct aes_schedule *encrypt,
                                  __m128i mac, wide *counters, uint8_t *out, const uint8_t *in,
                                  size_t bytes, const bool decrypt)
{
    const uint8_t *hashed = decrypt ? in : NULL;
    unsigned int round;
    struct sum sum;
    wide x[LANES];
    int i, j;

    for (; bytes; bytes -= STRIDE_BYTES, in += STRIDE_BYTES, out += STRIDE_BYTES)
    {
        next_counters(encrypt, x, LANES, counters);
        round = 1;
        if (hashed)
        {
            EACH(i, LANES)
            {
                wide one = wide_of(round_key(encrypt, 1 + i));

                EACH(j, LANES)
                {
                    x[j] = wide_aesenc(x[j], one);
                    KEEP(x[j]);
                }
                sum_add_lane(&sum, key, hashed, i, mac);
            }
            mac = sum_reduce(&sum);
            round = 1 + LANES;
        }
        encrypt_lanes(encrypt, x, LANES, round);
        finish_lanes(encrypt, x, LANES, out, in);
        hashed = decrypt ? in + STRIDE_BYTES : out;
    }
    return decrypt ? mac : hash_stride(key, mac, hashed);
}

/* At most a stride, into a sum whose next powers these are. mac belongs to the first block. */
FAST_INLINE const uint8_t *hash_rest(struct sum *sum, const uint8_t *powers, __m128i mac,
                                     const uint8_t *data, size_t bytes)
{
    size_t blocks;
    wide x;

    for (; bytes; bytes -= blocks, data += blocks)
    {
        blocks = bytes < WIDE_BYTES ? bytes : WIDE_BYTES;
        x = wide_xor(wide_reverse(wide_load_bytes(data, blocks)), wide_with(mac));
        sum_add(sum, x, wide_load_blocks(powers, (blocks + 15) / 16));
        powers += (blocks + 15) & ~(size_t)15;
        mac = _mm_setzero_si128();
    }
    return powers;
}

FAST_INLINE const uint8_t *crypt_rest(struct sum *sum, const uint8_t *powers, __m128i mac,
                                      const struct aes_schedule *encrypt, wide counters,
                                      uint8_t *out, const uint8_t *in, size_t bytes,
                                      const bool decrypt)
{
    wide x[LANES / 2], text[LANES / 2];
    int i;

    for (; bytes >= STRIDE_BYTES / 2; bytes -= STRIDE_BYTES / 2)
    {
        next_counters(encrypt, x, LANES / 2, &counters);
        encrypt_lanes(encrypt, x, LANES / 2, 1);
        EACH(i, LANES / 2) text[i] = wide_load(in + WIDE_BYTES * i);
        finish_lanes(encrypt, x, LANES / 2, out, in);
        EACH(i, LANES / 2)
        {
            text[i] = wide_reverse(decrypt ? text[i] : x[i]);
            sum_add(sum, wide_xor(text[i], wide_with(mac)), wide_load(powers + WIDE_BYTES * i));
            mac = _mm_setzero_si128();
        }
        powers += STRIDE_BYTES / 2;
        in += STRIDE_BYTES / 2;
        out += STRIDE_BYTES / 2;
    }
    for (; bytes >= WIDE_BYTES; bytes -= WIDE_BYTES)
    {
        next_counters(encrypt, x, 1, &counters);
        encrypt_lanes(encrypt, x, 1, 1);
        text[0] = wide_load(in);
        finish_lanes(encrypt, x, 1, out, in);
        text[0] = wide_reverse(decrypt ? text[0] : x[0]);
        sum_add(sum, wide_xor(text[0], wide_with(mac)), wide_load(powers));
        mac = _mm_setzero_si128();
        powers += WIDE_BYTES;
        in += WIDE_BYTES;
        out += WIDE_BYTES;
    }
    if (!bytes) return powers;

    x[0] = encrypt_wide(encrypt, wide_reverse(counters));
    text[0] = wide_load_bytes(in, bytes);
    x[0] = wide_xor(x[0], text[0]);
    wide_store_bytes(out, x[0], bytes);
    text[0] = wide_reverse(decrypt ? text[0] : wide_cut(x[0], bytes));
    sum_add(sum, wide_xor(text[0], wide_with(mac)), wide_load_blocks(powers, (bytes + 15) / 16));
    return powers + ((bytes + 15) & ~(size_t)15);
}

FAST_INLINE struct sum nothing(void)
{
    return (struct sum){ wide_zero(), wide_zero(), wide_zero() };
}

FAST_INLINE size_t blocks_of(size_t bytes)
{
    return (bytes + 15) / 16;
}

FAST_INLINE const uint8_t *powers_for(const struct gcm_key *key, size_t blocks)
{
    return key->powers + 16 * (POWERS - blocks);
}

FAST_INLINE __m128i hash_data(const struct gcm_key *key, __m128i mac, const uint8_t *data,
                              size_t bytes)
{
    struct sum sum = nothing();

    for (; bytes >= STRIDE_BYTES; bytes -= STRIDE_BYTES, data += STRIDE_BYTES)
        mac = hash_stride(key, mac, data);
    if (!bytes) return mac;

    hash_rest(&sum, powers_for(key, blocks_of(bytes)), mac, data, bytes);
    return sum_reduce(&sum);
}

/* counters: one block's worth in the first lane, the following in the others. */
FAST_INLINE __m128i crypt_data(const struct gcm_key *key, const struct aes_schedule *encrypt,
                               __m128i mac, wide counters, uint8_t *out, const uint8_t *in,
                               size_t bytes, const bool decrypt)
{
    size_t strides = bytes & ~(size_t)(STRIDE_BYTES - 1);
    struct sum sum = nothing();

    if (strides)
    {
        mac = crypt_strides(key, encrypt, mac, &counters, out, in, strides, decrypt);
        in += strides;
        out += strides;
        bytes -= strides;
    }
    if (!bytes) return mac;

    crypt_rest(&sum, powers_for(key, blocks_of(bytes)), mac, encrypt, counters, out, in, bytes,
               decrypt);
    return sum_reduce(&sum);
}

FAST void GCM(auth)(const struct gcm_key *key, struct gcm_state *state, const uint8_t *data,
                    size_t bytes)
{
    store(state->mac, reverse(hash_data(key, reverse(load(state->mac)), data, bytes)));
}

FAST_INLINE void crypt_part(const struct gcm_key *key, const struct aes_schedule *encrypt,
                            struct gcm_state *state, uint8_t *out, const uint8_t *in, size_t bytes,
                            const bool decrypt)
{
    __m128i counter = reverse(load(state->counter)), mac = reverse(load(state->mac));
    wide counters = wide_add(wide_of(counter), wide_numbers());

    store(state->mac, reverse(crypt_data(key, encrypt, mac, counters, out, in, bytes, decrypt)));
    counter = _mm_add_epi32(counter, _mm_set_epi32(0, 0, 0, (int)(uint32_t)blocks_of(bytes)));
    store(state->counter, reverse(counter));
}

FAST void GCM(encrypt)(const struct gcm_key *key, const struct aes_schedule *encrypt,
                       struct gcm_state *state, uint8_t *out, const uint8_t *in, size_t bytes)
{
    crypt_part(key, encrypt, state, out, in, bytes, false);
}

FAST void GCM(decrypt)(const struct gcm_key *key, const struct aes_schedule *encrypt,
                       struct gcm_state *state, uint8_t *out, const uint8_t *in, size_t bytes)
{
    crypt_part(key, encrypt, state, out, in, bytes, true);
}

FAST_INLINE void whole_message(const struct gcm_key *key, const struct aes_schedule *encrypt,
                               const uint8_t nonce[12], const uint8_t *auth, size_t auth_bytes,
                               uint8_t *out, const uint8_t *in, size_t bytes, uint8_t tag[16],
                               const bool decrypt)
{
    const __m128i lengths = _mm_set_epi64x((int64_t)(8 * (uint64_t)auth_bytes),
                                           (int64_t)(8 * (uint64_t)bytes));
    __m128i counter, mask, mac = _mm_setzero_si128();
    struct sum sum = nothing();
    const uint8_t *powers;
    wide counters;
    uint64_t first;
    uint32_t last;

    memcpy(&first, nonce, 8);
    memcpy(&last, nonce + 8, 4);
    counter = _mm_set_epi64x((int64_t)(last | (uint64_t)0x01000000 << 32), (int64_t)first);
    mask = encrypt_block(encrypt, counter);
    counter = _mm_add_epi32(reverse(counter), _mm_set_epi32(0, 0, 0, 1));
    counters = wide_add(wide_of(counter), wide_numbers());

    if (auth_bytes <= STRIDE_BYTES && bytes <= STRIDE_BYTES
        && blocks_of(auth_bytes) + blocks_of(bytes) < POWERS)
    {
        powers = powers_for(key, blocks_of(auth_bytes) + blocks_of(bytes) + 1);
        powers = hash_rest(&sum, powers, mac, auth, auth_bytes);
        powers = crypt_rest(&sum, powers, mac, encrypt, counters, out, in, bytes, decrypt);
        sum_add(&sum, wide_with(lengths), wide_with(load(powers)));
        mac = sum_reduce(&sum);
    }
    else
    {
        mac = hash_data(key, mac, auth, auth_bytes);
        mac = crypt_data(key, encrypt, mac, counters, out, in, bytes, decrypt);
        mac = multiply(_mm_xor_si128(mac, lengths), load(powers_for(key, 1)));
    }
    store(tag, _mm_xor_si128(reverse(mac), mask));
}

FAST void GCM(seal)(const struct gcm_key *key, const struct aes_schedule *encrypt,
                    const uint8_t nonce[12], const uint8_t *auth, size_t auth_bytes, uint8_t *out,
                    const uint8_t *in, size_t bytes, uint8_t tag[16])
{
    whole_message(key, encrypt, nonce, auth, auth_bytes, out, in, bytes, tag, false);
}

FAST void GCM(open)(const struct gcm_key *key, const struct aes_schedule *encrypt,
                    const uint8_t nonce[12], const uint8_t *auth, size_t auth_bytes, uint8_t *out,
                    const uint8_t *in, size_t bytes, uint8_t tag[16])
{
    whole_message(key, encrypt, nonce, auth, auth_bytes, out, in, bytes, tag, true);
}
