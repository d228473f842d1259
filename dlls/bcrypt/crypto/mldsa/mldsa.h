/*
 * mldsa.h - ML-DSA (FIPS 204) on plain bytes.
 *
 * Keys and signatures are in their standard's encoding, all lengths those of the parameter set;
 * what is random is the caller's to draw. Signatures are of the message's representative mu, which
 * mldsa_mu makes. Buffers do not overlap, and hold nothing of use after a failure.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_MLDSA_H
#define OPENCNG_CRYPTO_MLDSA_H

#include <stdint.h>

#include "platform/base.h"

enum mldsa_set
{
    MLDSA_44, MLDSA_65, MLDSA_87
};

#define MLDSA_SEED_BYTES  32                    /* xi */
#define MLDSA_COINS_BYTES 32                    /* rnd */
#define MLDSA_TR_BYTES    64
#define MLDSA_MU_BYTES    64

#define MLDSA_MOST_PUBLIC_BYTES    2592
#define MLDSA_MOST_PRIVATE_BYTES   4896
#define MLDSA_MOST_SIGNATURE_BYTES 4627

struct mldsa_sizes
{
    unsigned public_bytes, private_bytes, signature_bytes;
};

/* By parameter set. */
extern const struct mldsa_sizes mldsa_sizes[];

/* tr, the hash of a public key. */
void mldsa_tr(enum mldsa_set set, const uint8_t *public_key, uint8_t tr[MLDSA_TR_BYTES]);

/* mu, of tr and of a message M' in two pieces: what comes before the caller's bytes (FIPS 204,
 * algorithms 2 and 4: a byte, the context and its length, an object identifier), and these. */
void mldsa_mu(const uint8_t tr[MLDSA_TR_BYTES], const uint8_t *prefix, size_t prefix_bytes,
              const uint8_t *message, size_t message_bytes, uint8_t mu[MLDSA_MU_BYTES]);

/*
 * An implementation. All functions may answer STATUS_NO_MEMORY and STATUS_INTERNAL_ERROR, too.
 * No branch and no address depends on a seed, a private key or coins, but for how many attempts a
 * signature takes and what FIPS 204 makes public of them.
 */
struct mldsa_code
{
    /* The key pair of a seed. */
    NTSTATUS (*generate)(enum mldsa_set set, const uint8_t seed[MLDSA_SEED_BYTES],
                         uint8_t *private_key, uint8_t *public_key);

    /* The public half of a private key. STATUS_INVALID_PARAMETER if s1 or s2 is out of range, or
     * t0 or tr are not what they should be. */
    NTSTATUS (*public_of)(enum mldsa_set set, const uint8_t *private_key, uint8_t *public_key);

    /* With a key that was checked; coins all zero: FIPS 204's deterministic variant. */
    NTSTATUS (*sign)(enum mldsa_set set, const uint8_t *private_key,
                     const uint8_t mu[MLDSA_MU_BYTES], const uint8_t coins[MLDSA_COINS_BYTES],
                     uint8_t *signature);

    /* STATUS_INVALID_SIGNATURE */
    NTSTATUS (*verify)(enum mldsa_set set, const uint8_t *public_key,
                       const uint8_t mu[MLDSA_MU_BYTES], const uint8_t *signature);
};

/* libcrypto's: it runs on every processor; and mldsa-native's, for those with AVX2 and BMI2, which
 * takes up to 110 KiB of stack. */
extern const struct mldsa_code lc_mldsa, fast_mldsa_code;

/* The fastest that runs on this one. */
const struct mldsa_code *mldsa_code(void);

#endif
