/*
 * lc_dsa.h - DSA keys of libcrypto.
 *
 * A key never changes once it is made and may be used by many threads at once. lc_ready() comes
 * before every function here.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_LC_DSA_H
#define OPENCNG_CRYPTO_LC_DSA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base.h"

#define LC_DSA_SEED_BYTES 32

/* The seed that p and q were made of: as many bytes of it count as q has. */
struct lc_dsa_seed
{
    uint32_t count;
    uint8_t bytes[LC_DSA_SEED_BYTES];
};

enum lc_dsa_part
{
    LC_DSA_P, LC_DSA_Q, LC_DSA_G,               /* parameters */
    LC_DSA_Y, LC_DSA_X,
    LC_DSA_PART_COUNT
};

/* Big-endian digits, leading zeros allowed; absent: 0 bytes. */
struct lc_dsa_number
{
    const uint8_t *digits;
    size_t bytes;
};

/* Checks of a key, beyond those that computing with it needs. */
#define LC_DSA_CHECK_SEED  1                    /* p and q are primes that come from their seed */
#define LC_DSA_CHECK_ORDER 2                    /* g and y are of the subgroup of order q */
#define LC_DSA_CHECK_PAIR  4                    /* y belongs to x */

struct lc_dsa;

/*
 * A key of its numbers: parameters alone, a public key with y, a private key with x, whose y is
 * computed if it is absent. seed is read with LC_DSA_CHECK_SEED only.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   a number out of range, or a check that fails
 *   STATUS_NO_MEMORY, STATUS_INTERNAL_ERROR
 */
NTSTATUS lc_dsa_new(const struct lc_dsa_number numbers[LC_DSA_PART_COUNT],
                    const struct lc_dsa_seed *seed, unsigned checks, struct lc_dsa **dsa);

/* Fresh parameters of that many bits of p, a multiple of 64. STATUS_NO_MEMORY,
 * STATUS_INTERNAL_ERROR */
NTSTATUS lc_dsa_generate_parameters(unsigned bits, struct lc_dsa_seed *seed, struct lc_dsa **dsa);

/* Gives parameters a fresh x and its y. */
NTSTATUS lc_dsa_generate_key(struct lc_dsa *dsa);

/* Wipes and frees; takes NULL. */
void lc_dsa_free(struct lc_dsa *dsa);

unsigned lc_dsa_bits(const struct lc_dsa *dsa);
size_t lc_dsa_q_bytes(const struct lc_dsa *dsa);

/* A number, padded to `width` bytes, which it fits; one that is absent is zero. */
void lc_dsa_get_part(const struct lc_dsa *dsa, enum lc_dsa_part part, uint8_t *out, size_t width);

/* r and s, each as long as q. digest_bytes: at most as long as q. */
NTSTATUS lc_dsa_sign(struct lc_dsa *dsa, const uint8_t *digest, size_t digest_bytes,
                     uint8_t *signature);

/* STATUS_SUCCESS, STATUS_INVALID_SIGNATURE, STATUS_NO_MEMORY */
NTSTATUS lc_dsa_verify(struct lc_dsa *dsa, const uint8_t *digest, size_t digest_bytes,
                       const uint8_t *signature);

#endif
