/*
 * keccak.c - SHAKE, cSHAKE and KMAC (FIPS 202, SP 800-185) on libcrypto's Keccak.
 *
 * Data goes straight into the state, byte by byte where a block is not whole, so that there is no
 * buffer besides it. That needs the lanes in plain form. libcrypto's assembly keeps them so; its
 * C code for 32-bit processors keeps even and odd bits apart, so there the permutation is our own.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/hash/keccak.h"

#include <string.h>

#include "platform/wipe.h"

const uint64_t keccak_constants[24] =
{
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
    0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

#if defined(__x86_64__) && !defined(KECCAK_OWN)

/* In libcrypto.a, not in its headers: XORs whole blocks in, permuting after each. */
size_t SHA3_absorb(uint64_t lanes[5][5], const unsigned char *data, size_t bytes, size_t rate);

void keccak_permute(uint64_t lanes[25])
{
    static const uint8_t nothing[8];

    SHA3_absorb((uint64_t (*)[5])lanes, nothing, sizeof(nothing), sizeof(nothing));
}

void keccak_absorb_blocks(uint64_t lanes[25], const uint8_t *data, size_t blocks, size_t rate)
{
    SHA3_absorb((uint64_t (*)[5])lanes, data, blocks * rate, rate);
}

#else

#include <emmintrin.h>

#define INLINE static inline __attribute__((always_inline, target("sse2")))

/* FIPS 202 section 3.2.2, of lane x + 5 y. */
static const uint8_t rotations[25] =
{
    0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14,
};

INLINE __m128i load(const uint64_t *lane)
{
    return _mm_loadl_epi64((const __m128i *)lane);
}

INLINE __m128i rotate(__m128i lane, int bits)
{
    return _mm_or_si128(_mm_slli_epi64(lane, bits), _mm_srli_epi64(lane, 64 - bits));
}

/* One round, from one set of lanes to another. Vectors hold one lane: 32-bit x86 has no better. */
INLINE void one_round(const uint64_t from[25], uint64_t to[25], uint64_t constant)
{
    __m128i column[5], change[5], moved[5];
    int x, y, source;

#pragma GCC unroll 5
    for (x = 0; x < 5; x++)                                             /* theta */
    {
        column[x] = _mm_xor_si128(_mm_xor_si128(load(&from[x]), load(&from[x + 5])),
                                  _mm_xor_si128(load(&from[x + 10]), load(&from[x + 15])));
        column[x] = _mm_xor_si128(column[x], load(&from[x + 20]));
    }
#pragma GCC unroll 5
    for (x = 0; x < 5; x++)
    {
        change[x] = _mm_xor_si128(column[(x + 4) % 5], rotate(column[(x + 1) % 5], 1));
    }
#pragma GCC unroll 5
    for (y = 0; y < 5; y++)
    {
#pragma GCC unroll 5
        for (x = 0; x < 5; x++)                                         /* rho and pi */
        {
            source = (x + 3 * y) % 5 + 5 * x;
            moved[x] = rotate(_mm_xor_si128(load(&from[source]), change[source % 5]),
                              rotations[source]);
        }
#pragma GCC unroll 5
        for (x = 0; x < 5; x++)                                         /* chi */
        {
            __m128i lane = _mm_xor_si128(moved[x], _mm_andnot_si128(moved[(x + 1) % 5],
                                                                   moved[(x + 2) % 5]));

            if (!x && !y) lane = _mm_xor_si128(lane, load(&constant));  /* iota */
            _mm_storel_epi64((__m128i *)&to[x + 5 * y], lane);
        }
    }
}

static __attribute__((target("sse2"), noinline)) void permute(uint64_t lanes[25])
{
    uint64_t other[25];
    size_t round;

    for (round = 0; round < 24; round += 2)
    {
        one_round(lanes, other, keccak_constants[round]);
        one_round(other, lanes, keccak_constants[round + 1]);
    }
}

/* What is in permute's frame: the other set of lanes, and what its registers had no room for. */
#define STACK_BYTES 768

void keccak_permute(uint64_t lanes[25])
{
    permute(lanes);
    wipe_stack(STACK_BYTES);
}

void keccak_absorb_blocks(uint64_t lanes[25], const uint8_t *data, size_t blocks, size_t rate)
{
    uint64_t word;
    size_t i;

    for (; blocks; blocks--, data += rate)
    {
        for (i = 0; i < rate / 8; i++)
        {
            memcpy(&word, data + i * 8, sizeof(word));
            lanes[i] ^= word;
        }
        keccak_permute(lanes);
    }
}

#endif

void keccak_start(struct keccak_state *state, size_t rate, uint8_t suffix)
{
    memset(state, 0, sizeof(*state));
    state->rate = (uint16_t)rate;
    state->suffix = suffix;
}

void keccak_absorb(struct keccak_state *state, const void *data, size_t bytes)
{
    uint8_t *open = (uint8_t *)state->lanes;
    const uint8_t *in = data;
    size_t whole;

    while (bytes)
    {
        if (!state->position && (whole = bytes / state->rate))
        {
            keccak_absorb_blocks(state->lanes, in, whole, state->rate);
            in += whole * state->rate;
            bytes -= whole * state->rate;
            continue;
        }
        open[state->position++] ^= *in++;
        bytes--;
        if (state->position == state->rate)
        {
            keccak_permute(state->lanes);
            state->position = 0;
        }
    }
}

/* Pads the open block: the suffix's bits and a one, then a one at the block's end. */
static void end_message(struct keccak_state *state)
{
    uint8_t *open = (uint8_t *)state->lanes;

    open[state->position] ^= state->suffix;
    open[state->rate - 1] ^= 0x80;
    keccak_permute(state->lanes);
    state->position = 0;
    state->squeezing = true;
}

void keccak_squeeze(struct keccak_state *state, void *out, size_t bytes)
{
    uint8_t *to = out;
    size_t part;

    if (!state->squeezing) end_message(state);
    while (bytes)
    {
        if (state->position == state->rate)
        {
            keccak_permute(state->lanes);
            state->position = 0;
        }
        part = state->rate - state->position;
        if (part > bytes) part = bytes;
        memcpy(to, (const uint8_t *)state->lanes + state->position, part);
        state->position += (uint16_t)part;
        to += part;
        bytes -= part;
    }
}

/* SP 800-185 section 2.3.1: left_encode puts the length of the number first, right_encode last. */
static size_t encode_number(uint8_t encoded[10], uint64_t number, bool length_first)
{
    uint8_t *digits = encoded + (length_first ? 1 : 0);
    size_t count = 1, i;

    while (count < 8 && number >> (count * 8)) count++;
    for (i = 0; i < count; i++) digits[i] = (uint8_t)(number >> ((count - 1 - i) * 8));
    encoded[length_first ? 0 : count] = (uint8_t)count;
    return count + 1;
}

/* encode_string: its length in bits, then the string. An empty one is fine. */
static void absorb_string(struct keccak_state *state, const void *string, size_t bytes)
{
    uint8_t encoded[10];

    /* bits of a length below 2^61 */
    keccak_absorb(state, encoded, encode_number(encoded, (uint64_t)bytes * 8, true));
    keccak_absorb(state, string, bytes);
}

/* bytepad(..., rate): begins with the rate, ends with zeros up to a whole block. */
static void begin_padded(struct keccak_state *state)
{
    uint8_t encoded[10];

    keccak_absorb(state, encoded, encode_number(encoded, state->rate, true));
}

static void end_padded(struct keccak_state *state)
{
    if (!state->position) return;
    keccak_permute(state->lanes);
    state->position = 0;
}

void cshake_start(struct keccak_state *state, size_t rate, const void *function_name,
                  size_t function_name_bytes, const void *customization,
                  size_t customization_bytes)
{
    if (!function_name_bytes && !customization_bytes)
    {
        keccak_start(state, rate, KECCAK_SUFFIX_SHAKE);
        return;
    }

    keccak_start(state, rate, KECCAK_SUFFIX_CSHAKE);
    begin_padded(state);
    absorb_string(state, function_name, function_name_bytes);
    absorb_string(state, customization, customization_bytes);
    end_padded(state);
}

void kmac_start(struct keccak_state *state, size_t rate, const void *key, size_t key_bytes,
                const void *customization, size_t customization_bytes)
{
    cshake_start(state, rate, "KMAC", 4, customization, customization_bytes);
    begin_padded(state);
    absorb_string(state, key, key_bytes);
    end_padded(state);
}

static void absorb_output_length(struct keccak_state *state, uint64_t bits)
{
    uint8_t encoded[10];

    keccak_absorb(state, encoded, encode_number(encoded, bits, false));
}

void kmac_finish_fixed(struct keccak_state *state, void *out, size_t bytes)
{
    absorb_output_length(state, (uint64_t)bytes * 8);
    keccak_squeeze(state, out, bytes);
}

void kmac_finish_xof(struct keccak_state *state)
{
    absorb_output_length(state, 0);
    end_message(state);
}
