/*
 * pbkdf2.h - PBKDF2 (RFC 8018 section 5.2) with HMAC over any digest.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_PBKDF2_H
#define OPENCNG_CRYPTO_PBKDF2_H

#include "crypto/hash/digest.h"

/* iterations at least 1; password, salt and out may be empty; NULL goes with 0. */
void pbkdf2_hmac(const struct digest *digest, const void *password, size_t password_bytes,
                 const void *salt, size_t salt_bytes, uint64_t iterations, uint8_t *out,
                 size_t out_bytes);

#endif
