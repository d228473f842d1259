/*
 * mlkem.h - ML-KEM (FIPS 203) on plain bytes.
 *
 * Keys are in their standard's encoding, all lengths those of the parameter set; what is random is
 * the caller's to draw. Buffers do not overlap, and hold nothing of use after a failure.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_MLKEM_H
#define OPENCNG_CRYPTO_MLKEM_H

#include <stdint.h>

#include "platform/base.h"

enum mlkem_set
{
    MLKEM_512, MLKEM_768, MLKEM_1024
};

#define MLKEM_SEED_BYTES   64                   /* d, z */
#define MLKEM_COINS_BYTES  32                   /* m */
#define MLKEM_SECRET_BYTES 32

#define MLKEM_MOST_PUBLIC_BYTES     1568
#define MLKEM_MOST_PRIVATE_BYTES    3168
#define MLKEM_MOST_CIPHERTEXT_BYTES 1568

struct mlkem_sizes
{
    unsigned public_bytes, private_bytes, ciphertext_bytes;
};

/* By parameter set. */
extern const struct mlkem_sizes mlkem_sizes[];

/* An encapsulation key lies within its decapsulation key: s, ek, H(ek), z. */
static inline const uint8_t *mlkem_public_of(enum mlkem_set set, const uint8_t *private_key)
{
    return private_key + mlkem_sizes[set].private_bytes - mlkem_sizes[set].public_bytes - 64;
}

/*
 * An implementation. All functions may answer STATUS_NO_MEMORY and STATUS_INTERNAL_ERROR, too. No
 * branch and no address depends on a seed, a private key but its public half, coins or a secret.
 */
struct mlkem_code
{
    /* The key pair of a seed. */
    NTSTATUS (*generate)(enum mlkem_set set, const uint8_t seed[MLKEM_SEED_BYTES],
                         uint8_t *private_key);

    /* FIPS 203 section 7.2 and 7.3: whether all coefficients of the public key are reduced; and
     * whether those of s and of the public key in the private one are, and its hash is right.
     * STATUS_INVALID_PARAMETER if not. */
    NTSTATUS (*check_public)(enum mlkem_set set, const uint8_t *public_key);
    NTSTATUS (*check_private)(enum mlkem_set set, const uint8_t *private_key);

    /* With a key that was checked. */
    NTSTATUS (*encapsulate)(enum mlkem_set set, const uint8_t *public_key,
                            const uint8_t coins[MLKEM_COINS_BYTES], uint8_t *ciphertext,
                            uint8_t secret[MLKEM_SECRET_BYTES]);

    /* A ciphertext that was not made for this key gives a secret as well, which only the private
     * key can compute (implicit rejection). */
    NTSTATUS (*decapsulate)(enum mlkem_set set, const uint8_t *private_key,
                            const uint8_t *ciphertext, uint8_t secret[MLKEM_SECRET_BYTES]);
};

/* libcrypto's: it runs on every processor; and mlkem-native's, for those with AVX2 and BMI2. */
extern const struct mlkem_code lc_mlkem, fast_mlkem_code;

/* The fastest that runs on this one. */
const struct mlkem_code *mlkem_code(void);

#endif
