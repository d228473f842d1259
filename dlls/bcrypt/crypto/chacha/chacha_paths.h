/*
 * chacha_paths.h - ChaCha20 and Poly1305 for short messages.
 *
 * fast_chacha20_* need AVX2; they give the key stream's blocks number `block` and on.
 * fast_poly1305_padded may be called as often as wanted: each call fills its last block with zeros.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CHACHA_PATHS_H
#define OPENCNG_CHACHA_PATHS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __x86_64__
void fast_chacha20_two(uint8_t stream[128], const uint8_t key[32], const uint8_t nonce[12],
                       uint32_t block);
void fast_chacha20_four(uint8_t stream[256], const uint8_t key[32], const uint8_t nonce[12],
                        uint32_t block);

struct fast_poly1305
{
    uint64_t h[3], r[2], pad[2];
};

void fast_poly1305_init(struct fast_poly1305 *poly, const uint8_t key[32]);
void fast_poly1305_padded(struct fast_poly1305 *poly, const uint8_t *data, size_t bytes);
void fast_poly1305_finish(const struct fast_poly1305 *poly, uint8_t mac[16]);
#endif

#endif
