/*
 * rsa_ifma.h - the public operation of 2048-bit RSA with AVX-512's 52-bit multiplications.
 *
 * libcrypto has assembly for these, and uses it for the private operation only. x86_64 has these
 * functions.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_RSA_IFMA_H
#define OPENCNG_CRYPTO_RSA_IFMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RSA_IFMA_BITS   2048
#define RSA_IFMA_BYTES  (RSA_IFMA_BITS / 8)
#define RSA_IFMA_DIGITS 40                      /* of 52 bits: Montgomery's R is 2^2080 */

/* What is computed once for a public key. */
struct rsa_ifma
{
    uint64_t modulus[RSA_IFMA_DIGITS], r_squared[RSA_IFMA_DIGITS];
    uint64_t factor;                            /* -1 / modulus, modulo 2^52 */
    uint32_t exponent;
};

/* Whether this processor can, for a modulus of that many bits. */
bool rsa_ifma_usable(unsigned bits);

/* modulus, odd, of RSA_IFMA_BITS bits; and 2^4160 modulo it; both big-endian, of RSA_IFMA_BYTES
 * each. An odd exponent of 3 or more. */
void rsa_ifma_init(struct rsa_ifma *key, const uint8_t modulus[RSA_IFMA_BYTES],
                   const uint8_t r_squared[RSA_IFMA_BYTES], size_t bytes, uint32_t exponent);

/* in^exponent modulo the modulus; in and out may be the same. False: in is not less than it. Takes
 * the same time for every `in` that is less. */
bool rsa_ifma_public(const struct rsa_ifma *key, const uint8_t in[RSA_IFMA_BYTES],
                     uint8_t out[RSA_IFMA_BYTES]);

#endif
