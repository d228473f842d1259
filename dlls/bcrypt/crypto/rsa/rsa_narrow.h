/*
 * rsa_narrow.h - the public operation of RSA on 32-bit processors.
 *
 * libcrypto's Montgomery multiplication squares as slowly as it multiplies there. i686 has these
 * functions, and native tests.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_RSA_NARROW_H
#define OPENCNG_CRYPTO_RSA_NARROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RSA_NARROW_BITS  4096                   /* at most */
#define RSA_NARROW_BYTES (RSA_NARROW_BITS / 8)
#define RSA_NARROW_WORDS (RSA_NARROW_BITS / 32)

/* What is computed once for a public key. */
struct rsa_narrow
{
    uint32_t modulus[RSA_NARROW_WORDS], r_squared[RSA_NARROW_WORDS];
    uint32_t factor;                            /* -1 / modulus, modulo 2^32 */
    uint32_t exponent;
    unsigned int words;                         /* Montgomery's R is 2^(32 words) */
};

/* Whether there is a way for a modulus of that many bits: whole words, here. */
bool rsa_narrow_usable(unsigned int bits);

/* modulus, odd; and 2^(16 bytes) modulo it; both big-endian. An odd exponent of 3 or more. */
void rsa_narrow_init(struct rsa_narrow *key, const uint8_t *modulus, const uint8_t *r_squared,
                     size_t bytes, uint32_t exponent);

/* in^exponent modulo the modulus; in and out may be the same. False: in is not less than it. Takes
 * the same time for every `in` that is less. */
bool rsa_narrow_public(const struct rsa_narrow *key, const uint8_t *in, uint8_t *out);

#endif
