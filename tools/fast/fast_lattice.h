/*
 * fast_lattice.h - mlkem-native and mldsa-native, as libfast.a has them.
 *
 * By parameter set, from the smallest. All functions want AVX2, and return 0 if they succeed. Key
 * pairs and ciphertexts are in the encodings of FIPS 203 and 204, all lengths the parameter set's.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef FAST_LATTICE_H
#define FAST_LATTICE_H

#include <stddef.h>
#include <stdint.h>

struct fast_mlkem
{
    int (*generate)(uint8_t *public_key, uint8_t *private_key, const uint8_t seed[64]);
    int (*encapsulate)(uint8_t *ciphertext, uint8_t secret[32], const uint8_t *public_key,
                       const uint8_t coins[32]);
    int (*decapsulate)(uint8_t secret[32], const uint8_t *ciphertext, const uint8_t *private_key);
    int (*check_public)(const uint8_t *public_key);
    int (*check_private)(const uint8_t *private_key);
};

struct fast_mldsa
{
    int (*generate)(uint8_t *public_key, uint8_t *private_key, const uint8_t seed[32]);
    int (*public_of)(uint8_t *public_key, const uint8_t *private_key);
    int (*sign)(uint8_t *signature, const uint8_t mu[64], const uint8_t coins[32],
                const uint8_t *private_key);
    int (*verify)(const uint8_t *signature, const uint8_t mu[64], const uint8_t *public_key);
};

extern const struct fast_mlkem fast_mlkem[3];
extern const struct fast_mldsa fast_mldsa[3];

#endif
