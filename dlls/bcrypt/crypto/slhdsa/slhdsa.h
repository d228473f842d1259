/*
 * slhdsa.h - SLH-DSA (FIPS 205) on plain bytes.
 *
 * Keys and signatures are in their standard's encoding, all lengths those of the parameter set;
 * what is random is the caller's to draw. A message M' comes in two pieces: what stands before the
 * caller's bytes (FIPS 205, algorithms 22 and 23: a byte, the context and its length, an object
 * identifier), and these. Buffers do not overlap, and hold nothing of use after a failure.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_SLHDSA_H
#define OPENCNG_CRYPTO_SLHDSA_H

#include <stdint.h>

#include "platform/base.h"

enum slhdsa_set
{
    SLHDSA_SHA2_128S, SLHDSA_SHAKE_128S, SLHDSA_SHA2_128F, SLHDSA_SHAKE_128F,
    SLHDSA_SHA2_192S, SLHDSA_SHAKE_192S, SLHDSA_SHA2_192F, SLHDSA_SHAKE_192F,
    SLHDSA_SHA2_256S, SLHDSA_SHAKE_256S, SLHDSA_SHA2_256F, SLHDSA_SHAKE_256F,
};

#define SLHDSA_MOST_N               32
#define SLHDSA_MOST_PRIVATE_BYTES   (4 * SLHDSA_MOST_N)
#define SLHDSA_MOST_SIGNATURE_BYTES 49856
#define SLHDSA_MOST_PREFIX_BYTES    (2 + 255 + 11)

/* A seed is SK.seed, SK.prf, PK.seed; a private key these and PK.root; a public key the last
 * two. */
struct slhdsa_sizes
{
    unsigned n;                                 /* bytes of each of them, and of coins */
    unsigned signature_bytes;
};

/* By parameter set. */
extern const struct slhdsa_sizes slhdsa_sizes[];

struct slhdsa_message
{
    const uint8_t *prefix, *bytes;
    size_t prefix_bytes, count;
};

/*
 * An implementation. All functions may answer STATUS_NO_MEMORY and STATUS_INTERNAL_ERROR, too.
 * No branch and no address depends on SK.seed, SK.prf or coins.
 */
struct slhdsa_code
{
    NTSTATUS (*generate)(enum slhdsa_set set, const uint8_t *seed, uint8_t *private_key);

    /* coins: PK.seed gives FIPS 205's deterministic variant. */
    NTSTATUS (*sign)(enum slhdsa_set set, const uint8_t *private_key,
                     const struct slhdsa_message *message, const uint8_t *coins,
                     uint8_t *signature);

    /* STATUS_INVALID_SIGNATURE */
    NTSTATUS (*verify)(enum slhdsa_set set, const uint8_t *public_key,
                       const struct slhdsa_message *message, const uint8_t *signature);
};

/* Ours, which hashes as many inputs at once as the processor can. */
extern const struct slhdsa_code fast_slhdsa;

#endif
