/*
 * multihash.h - several messages hashed at once.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_MULTIHASH_H
#define OPENCNG_CRYPTO_MULTIHASH_H

#include "crypto/hash/hmac.h"

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

struct multihash_result
{
    struct digest_state *state;         /* each result its own; used up */
    uint8_t *out;                       /* digest_bytes */
};

/* digest_finish() on every state, or hmac_finish() if hmac is not NULL, side by side. */
void multihash_finish(const struct digest *digest, const struct hmac_key *hmac,
                      const struct multihash_result *results, size_t count);

#endif
