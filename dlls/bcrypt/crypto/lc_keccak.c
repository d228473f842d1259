/*
 * lc_keccak.c - SHAKE, cSHAKE and KMAC (FIPS 202, SP 800-185) on libcrypto's Keccak.
 *
 * Data goes straight into the state, byte by byte where a block is not whole, so that there is no
 * buffer besides it. That needs the lanes in plain form. libcrypto's assembly keeps them so; its
 * C code for 32-bit processors keeps even and odd bits apart, so there the permutation is our own.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/keccak.h"

#include <string.h>

#include "crypto/wipe.h"

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

static inline uint64_t rotate(uint64_t value, unsigned int bits)
{
    return value << bits | value >> (64 - bits);
}

/* FIPS 202 section 3.3. rho and pi walk the lanes in one cycle of 24. */
void keccak_permute(uint64_t lanes[25])
{
    static const uint64_t constants[24] =
    {
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
        0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
        0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
        0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
        0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    };
    static const uint8_t lane[24] =
    {
        10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1,
    };
    static const uint8_t bits[24] =
    {
        1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44,
    };
    uint64_t column[5], moving, next;
    size_t round, i, y;

    for (round = 0; round < 24; round++)
    {
        for (i = 0; i < 5; i++)
        {
            column[i] = lanes[i] ^ lanes[i + 5] ^ lanes[i + 10] ^ lanes[i + 15] ^ lanes[i + 20];
        }
        for (i = 0; i < 5; i++)
        {
            next = column[(i + 4) % 5] ^ rotate(column[(i + 1) % 5], 1);
            for (y = 0; y < 25; y += 5) lanes[y + i] ^= next;
        }

        moving = lanes[1];
        for (i = 0; i < 24; i++)
        {
            next = lanes[lane[i]];
            lanes[lane[i]] = rotate(moving, bits[i]);
            moving = next;
        }

        for (y = 0; y < 25; y += 5)
        {
            for (i = 0; i < 5; i++) column[i] = lanes[y + i];
            for (i = 0; i < 5; i++) lanes[y + i] ^= ~column[(i + 1) % 5] & column[(i + 2) % 5];
        }
        lanes[0] ^= constants[round];
    }
    wipe(column, sizeof(column));
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
