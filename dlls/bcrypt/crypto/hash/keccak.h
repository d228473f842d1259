/*
 * keccak.h - SHAKE, cSHAKE and KMAC (FIPS 202, SP 800-185): absorb, then squeeze.
 *
 * A state is copied by assignment, at any moment. Once squeezed it takes no more data. A reusable
 * object keeps the state behind cshake_start() or kmac_start() and begins each message from a copy.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_KECCAK_H
#define OPENCNG_CRYPTO_KECCAK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KECCAK_RATE_128 168     /* bytes: SHAKE128, cSHAKE128, KMAC128 */
#define KECCAK_RATE_256 136     /* bytes: SHAKE256, cSHAKE256, KMAC256 */

struct keccak_state
{
    uint64_t lanes[25];
    uint16_t rate;              /* bytes */
    uint16_t position;          /* in the open block: bytes absorbed, or squeezed */
    uint8_t  suffix;            /* domain bits and the first bit of the padding */
    bool     squeezing;
};

#define KECCAK_SUFFIX_SHA3   0x06
#define KECCAK_SUFFIX_SHAKE  0x1f
#define KECCAK_SUFFIX_CSHAKE 0x04

void keccak_start(struct keccak_state *state, size_t rate, uint8_t suffix);
void keccak_absorb(struct keccak_state *state, const void *data, size_t bytes);

/* The next bytes of output; the first call ends the message. */
void keccak_squeeze(struct keccak_state *state, void *out, size_t bytes);

/* Both names any length, NULL and 0 included; with both empty this is SHAKE. */
void cshake_start(struct keccak_state *state, size_t rate, const void *function_name,
                  size_t function_name_bytes, const void *customization,
                  size_t customization_bytes);

void kmac_start(struct keccak_state *state, size_t rate, const void *key, size_t key_bytes,
                const void *customization, size_t customization_bytes);

/* KMAC: the output length is part of what is authenticated. Uses the state up. */
void kmac_finish_fixed(struct keccak_state *state, void *out, size_t bytes);

/* KMACXOF: ends the message; keccak_squeeze() then gives any amount. */
void kmac_finish_xof(struct keccak_state *state);

/* Of the permutation's rounds: FIPS 202 section 3.2.5. */
extern const uint64_t keccak_constants[24];

/* The permutation alone, and whole blocks; digest.c stands on them. */
void keccak_permute(uint64_t lanes[25]);
void keccak_absorb_blocks(uint64_t lanes[25], const uint8_t *data, size_t blocks, size_t rate);

#endif
