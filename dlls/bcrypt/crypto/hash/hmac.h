/*
 * hmac.h - HMAC (RFC 2104, FIPS 198-1) over any digest.
 *
 * A key is kept as the two states behind its pads, so that a message under a kept key costs two
 * blocks less. A message: hmac_start() a running state, digest_update() it, hmac_finish().
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_HMAC_H
#define OPENCNG_CRYPTO_HMAC_H

#include "crypto/hash/digest.h"

struct hmac_key
{
    struct digest_state inner, outer;
};

/* Any length, NULL and 0 included; a key longer than a block is hashed first. */
void hmac_key_init(const struct digest *digest, struct hmac_key *hmac, const void *key,
                   size_t key_bytes);

/* The bytes in use of a state that has hashed whole blocks only. */
static inline size_t hmac_pad_bytes(const struct digest *digest)
{
    switch (digest->length_bytes)
    {
    case 8: return offsetof(struct digest_state, u.md64.block);
    case 16: return offsetof(struct digest_state, u.md128.block);
    default: return digest->state_bytes;
    }
}

/* Copies a state that has hashed whole blocks only, in a few moves without a call. */
static inline void hmac_pad_copy(const struct digest *digest, struct digest_state *to,
                                 const struct digest_state *from)
{
    switch (digest->length_bytes)
    {
    case 8: memcpy(to, from, offsetof(struct digest_state, u.md64.block)); break;
    case 16: memcpy(to, from, offsetof(struct digest_state, u.md128.block)); break;
    default: memcpy(to, from, digest->state_bytes); break;
    }
}

/* Starts a message: from hmac->inner, without its block buffer where that is empty. */
static inline void hmac_start(const struct digest *digest, const struct hmac_key *hmac,
                              struct digest_state *running)
{
    hmac_pad_copy(digest, running, &hmac->inner);
}

/* Writes digest_bytes; running is used up. */
void hmac_finish(const struct digest *digest, const struct hmac_key *hmac,
                 struct digest_state *running, uint8_t *mac);

void hmac_once(const struct digest *digest, const void *key, size_t key_bytes, const void *data,
               size_t bytes, uint8_t *mac);

/* Whether hmac_tls_cbc_verify works over this digest: SHA-1, SHA-256, SHA-384. */
bool hmac_tls_cbc_supported(const struct digest *digest);

/*
 * Checks a decrypted TLS record, plaintext || MAC || padding || padding_length, against the HMAC of
 * what running has taken in already (the 13 byte header) followed by the plaintext. True if padding
 * and MAC are right. Run time and memory access depend on record_bytes and on the length of what
 * running holds, never on padding_length or on any other byte. running is used up.
 */
bool hmac_tls_cbc_verify(const struct digest *digest, const struct hmac_key *hmac,
                         struct digest_state *running, const uint8_t *record, size_t record_bytes);

#endif
