/*
 * md2.h - MD2; for digest.c only.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_MD2_H
#define OPENCNG_CRYPTO_MD2_H

#include "crypto/hash/digest.h"

#define MD2_BLOCK_BYTES 16

void md2_start(const struct digest *digest, struct digest_state *state);
void md2_update(const struct digest *digest, struct digest_state *state, const uint8_t *data,
                size_t bytes);
void md2_finish(const struct digest *digest, struct digest_state *state, uint8_t *out);

#endif
