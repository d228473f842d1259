/*
 * chacha.h - ChaCha20-Poly1305 (RFC 8439), a whole message at once.
 *
 * chacha20_poly1305_decrypt writes the tag that the message should have; the caller compares it in
 * constant time. Output may be the input, exactly.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CHACHA_H
#define OPENCNG_CHACHA_H

#include <stddef.h>
#include <stdint.h>

void chacha20_poly1305_encrypt(const uint8_t key[32], const uint8_t nonce[12], const uint8_t *auth,
                               size_t auth_bytes, uint8_t *out, const uint8_t *in, size_t bytes,
                               uint8_t tag[16]);
void chacha20_poly1305_decrypt(const uint8_t key[32], const uint8_t nonce[12], const uint8_t *auth,
                               size_t auth_bytes, uint8_t *out, const uint8_t *in, size_t bytes,
                               uint8_t tag[16]);

#endif
