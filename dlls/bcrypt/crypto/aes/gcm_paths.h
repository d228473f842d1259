/*
 * gcm_paths.h - AES-GCM with VAES and VPCLMULQDQ, for gcm.c. See gcm.h for what they do.
 *
 *   gcm256_*   gcm_vaes_256.c: AVX2
 *   gcm512_*   gcm_vaes_512.c: AVX-512
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_GCM_PATHS_H
#define OPENCNG_GCM_PATHS_H

#include <stdbool.h>

#include "crypto/aes/gcm.h"

#ifdef __x86_64__
#define GCM_PATH(path) \
    void path##_key_init(struct gcm_key *key, const struct aes_schedule *encrypt); \
    void path##_auth(const struct gcm_key *key, struct gcm_state *state, const uint8_t *data, \
                     size_t bytes); \
    void path##_encrypt(const struct gcm_key *key, const struct aes_schedule *encrypt, \
                        struct gcm_state *state, uint8_t *out, const uint8_t *in, size_t bytes); \
    void path##_decrypt(const struct gcm_key *key, const struct aes_schedule *encrypt, \
                        struct gcm_state *state, uint8_t *out, const uint8_t *in, size_t bytes); \
    void path##_seal(const struct gcm_key *key, const struct aes_schedule *encrypt, \
                     const uint8_t nonce[12], const uint8_t *auth, size_t auth_bytes, \
                     uint8_t *out, const uint8_t *in, size_t bytes, uint8_t tag[16]); \
    void path##_open(const struct gcm_key *key, const struct aes_schedule *encrypt, \
                     const uint8_t nonce[12], const uint8_t *auth, size_t auth_bytes, \
                     uint8_t *out, const uint8_t *in, size_t bytes, uint8_t tag[16]);

GCM_PATH(gcm256)
GCM_PATH(gcm512)
#undef GCM_PATH
#endif

#endif
