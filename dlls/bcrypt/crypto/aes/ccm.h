/*
 * ccm.h - AES-CCM (SP 800-38C).
 *
 * nonce_bytes 7 to 13, tag_bytes 4 to 16 and even, bytes below 2^(8 * (15 - nonce_bytes)): the
 * caller has checked. ccm_decrypt writes the tag that the message should have; the caller compares
 * it in constant time. Output may be the input, exactly.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CCM_H
#define OPENCNG_CCM_H

#include <stddef.h>
#include <stdint.h>

#include "crypto/aes/aes.h"

void ccm_encrypt(const struct aes_schedule *encrypt, const uint8_t *nonce, size_t nonce_bytes,
                 const uint8_t *auth, size_t auth_bytes, uint8_t *out, const uint8_t *in,
                 size_t bytes, uint8_t *tag, size_t tag_bytes);
void ccm_decrypt(const struct aes_schedule *encrypt, const uint8_t *nonce, size_t nonce_bytes,
                 const uint8_t *auth, size_t auth_bytes, uint8_t *out, const uint8_t *in,
                 size_t bytes, uint8_t *tag, size_t tag_bytes);

#endif
