/*
 * sha2_constants.h - the round constants of SHA-2: FIPS 180-4 sections 4.2.2 and 4.2.3.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_SHA2_CONSTANTS_H
#define OPENCNG_CRYPTO_SHA2_CONSTANTS_H

#include <stdint.h>

/* Aligned to 16. */
extern const uint32_t sha256_constants[64];
extern const uint64_t sha512_constants[80];

#endif
