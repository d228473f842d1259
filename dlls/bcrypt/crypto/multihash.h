/*
 * multihash.h - several messages hashed at once.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_MULTIHASH_H
#define OPENCNG_CRYPTO_MULTIHASH_H

#include "crypto/digest.h"

struct multihash_operation
{
    struct digest_state *state;         /* each operation its own */
    const uint8_t *data;
    size_t bytes;
};

/*
 * digest_update() on every operation, side by side where the processor allows: SHA-256, SHA-384
 * and SHA-512; any other digest one after the other. Operations are used as scratch: data and bytes
 * are undefined afterwards.
 */
void multihash_update(const struct digest *digest, struct multihash_operation *operations,
                      size_t count);

#endif
