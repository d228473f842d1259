/*
 * ascon.h - Ascon-AEAD128 and Ascon-Hash256. Source: NIST SP 800-232.
 *
 * There is no branch and no look-up that depends on a key or a message.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef EXAMPLE_ASCON_H
#define EXAMPLE_ASCON_H

#include <stddef.h>
#include <stdint.h>

#define ASCON_KEY_BYTES    16
#define ASCON_NONCE_BYTES  16
#define ASCON_TAG_BYTES    16
#define ASCON_DIGEST_BYTES 32

/* Encrypts or decrypts a whole message, in place if wanted, and makes the tag of it. */
void ascon_aead(const uint8_t key[ASCON_KEY_BYTES], const uint8_t nonce[ASCON_NONCE_BYTES],
                const uint8_t *data, size_t data_bytes, const uint8_t *input, uint8_t *output,
                size_t bytes, int decrypt, uint8_t tag[ASCON_TAG_BYTES]);

/* A hash in the making; a copy of it is one of what it has got so far. */
struct ascon_hash
{
    uint64_t words[5];
    unsigned int filled;                        /* bytes of words[0] that have been added to */
};
void ascon_hash_begin(struct ascon_hash *hash);
void ascon_hash_add(struct ascon_hash *hash, const uint8_t *data, size_t bytes);
void ascon_hash_end(struct ascon_hash *hash, uint8_t digest[ASCON_DIGEST_BYTES]);

#endif
