/*
 * gcm_paths.h - AES-GCM with VAES and VPCLMULQDQ, for lc_gcm.c. See gcm.h for what they do.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_GCM_PATHS_H
#define OPENCNG_GCM_PATHS_H

#include "crypto/gcm.h"

#ifdef __x86_64__
void fast_gcm_key_init(struct gcm_key *key, const struct aes_schedule *encrypt);
void fast_gcm_auth(const struct gcm_key *key, struct gcm_state *state, const uint8_t *data,
                   size_t bytes);
void fast_gcm_encrypt(const struct gcm_key *key, const struct aes_schedule *encrypt,
                      struct gcm_state *state, uint8_t *out, const uint8_t *in, size_t bytes);
void fast_gcm_decrypt(const struct gcm_key *key, const struct aes_schedule *encrypt,
                      struct gcm_state *state, uint8_t *out, const uint8_t *in, size_t bytes);
void fast_gcm_seal(const struct gcm_key *key, const struct aes_schedule *encrypt,
                   const uint8_t nonce[12], const uint8_t *auth, size_t auth_bytes,
                   uint8_t *out, const uint8_t *in, size_t bytes, uint8_t tag[16]);
void fast_gcm_open(const struct gcm_key *key, const struct aes_schedule *encrypt,
                   const uint8_t nonce[12], const uint8_t *auth, size_t auth_bytes,
                   uint8_t *out, const uint8_t *in, size_t bytes, uint8_t tag[16]);
#endif

#endif
