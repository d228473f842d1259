/*
 * gcm.h - AES-GCM (SP 800-38D) with nonces of 12 bytes, and its authentication alone, GMAC.
 *
 * Between two calls a message keeps 32 bytes in the caller's memory; key and schedule are only read
 * and may be shared by any number of threads. The tag is computed whole: the
 * caller shortens it, or compares it in constant time. Output may be the input, exactly.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_GCM_H
#define OPENCNG_GCM_H

#include <stddef.h>
#include <stdint.h>

#include "crypto/aes/aes.h"

#define GCM_NONCE_BYTES 12
#define GCM_TAG_BYTES 16

/* Powers of the hash key, in the form this processor's code wants. To be wiped as a key. */
struct gcm_key
{
    _Alignas(64) uint8_t powers[512];
};

struct gcm_state
{
    uint8_t mac[16];
    uint8_t counter[16];
};

void gcm_key_init(struct gcm_key *key, const struct aes_schedule *encrypt);

/*
 * A message in pieces: gcm_start, gcm_auth, gcm_encrypt or gcm_decrypt, gcm_finish. gcm_auth and
 * the other two may each be called as often as wanted with multiples of 16 bytes, the last time
 * with any number.
 */
void gcm_start(const struct gcm_key *key, const struct aes_schedule *encrypt,
               struct gcm_state *state, const uint8_t nonce[12]);
void gcm_auth(const struct gcm_key *key, struct gcm_state *state, const uint8_t *data,
              size_t bytes);
void gcm_encrypt(const struct gcm_key *key, const struct aes_schedule *encrypt,
                 struct gcm_state *state, uint8_t *out, const uint8_t *in, size_t bytes);
void gcm_decrypt(const struct gcm_key *key, const struct aes_schedule *encrypt,
                 struct gcm_state *state, uint8_t *out, const uint8_t *in, size_t bytes);
void gcm_finish(const struct gcm_key *key, const struct aes_schedule *encrypt,
                struct gcm_state *state, const uint8_t nonce[12], uint64_t auth_bytes,
                uint64_t data_bytes, uint8_t tag[16]);

/* A whole message at once, the same result sooner. gcm_open gives the tag to compare with. */
void gcm_seal(const struct gcm_key *key, const struct aes_schedule *encrypt,
              const uint8_t nonce[12], const uint8_t *auth, size_t auth_bytes,
              uint8_t *out, const uint8_t *in, size_t bytes, uint8_t tag[16]);
void gcm_open(const struct gcm_key *key, const struct aes_schedule *encrypt,
              const uint8_t nonce[12], const uint8_t *auth, size_t auth_bytes,
              uint8_t *out, const uint8_t *in, size_t bytes, uint8_t tag[16]);

#endif
