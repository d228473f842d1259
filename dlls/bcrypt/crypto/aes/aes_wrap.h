/*
 * aes_wrap.h - AES key wrap.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_AES_WRAP_H
#define OPENCNG_AES_WRAP_H

#include <stdbool.h>

#include "crypto/aes/aes.h"

#define AES_WRAP_EXTRA_BYTES 8

/* Wraps bytes (a multiple of 8, at least 16) into bytes + 8. Source: RFC 3394, 2.2.1. */
void aes_wrap(const struct aes_schedule *encrypt, uint8_t *wrapped, const uint8_t *key,
              size_t bytes);

/* Unwraps bytes + 8 into bytes; false, and the output cleared, if the integrity check fails.
 * Source: RFC 3394, 2.2.2. */
bool aes_unwrap(const struct aes_schedule *decrypt, uint8_t *key, const uint8_t *wrapped,
                size_t bytes);

#endif
