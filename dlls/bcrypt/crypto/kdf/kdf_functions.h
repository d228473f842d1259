/*
 * kdf_functions.h - keys from secrets: HKDF, SP 800-108, SP 800-56A, the TLS PRFs, CAPI's way.
 *
 * No allocation, no branch or address that depends on a secret but for its length; traces of it are
 * wiped. NULL goes with 0 everywhere. PBKDF2 with HMAC is in pbkdf2.h.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_KDF_FUNCTIONS_H
#define OPENCNG_CRYPTO_KDF_FUNCTIONS_H

#include "crypto/aes/aes.h"
#include "crypto/hash/digest.h"
#include "crypto/hash/hmac.h"

/* A part of a message. */
struct kdf_part
{
    const void *data;
    size_t bytes;
};

/* ---- keyed functions ---- */

/* HMAC over a digest, or AES-CMAC, with its key, ready for a message or amid one. Its owner wipes
 * it. */
struct kdf_prf
{
    const struct digest *digest;                /* NULL: AES-CMAC */
    size_t mac_bytes;
    union
    {
        struct
        {
            struct hmac_key key;
            struct digest_state running;
        } hmac;
        struct aes_cmac cmac;
    } u;
};

/* False if the key is not as long as an AES key and the function is AES-CMAC (digest NULL). */
bool kdf_prf_init(struct kdf_prf *prf, const struct digest *digest, const void *key,
                  size_t key_bytes);
void kdf_prf_update(struct kdf_prf *prf, const void *data, size_t bytes);

/* Writes mac_bytes, DIGEST_MAX_BYTES at most; prf is ready for the next message. */
void kdf_prf_finish(struct kdf_prf *prf, uint8_t *mac);

/* ---- key derivation ---- */

/* RFC 5869. prk: digest_bytes. out_bytes of hkdf_expand: 255 times digest_bytes at most. */
void hkdf_extract(const struct digest *digest, const void *salt, size_t salt_bytes, const void *ikm,
                  size_t ikm_bytes, uint8_t *prk);
void hkdf_expand(const struct digest *digest, const void *prk, size_t prk_bytes, const void *info,
                 size_t info_bytes, uint8_t *out, size_t out_bytes);

/* PBKDF2, RFC 8018 section 5.2, over any keyed function, whose key is the password. */
void kdf_pbkdf2(struct kdf_prf *prf, const void *salt, size_t salt_bytes, uint64_t iterations,
                uint8_t *out, size_t out_bytes);

/* NIST SP 800-108 section 4.1: a counter of 32 bits in front of the fixed input, whose last field,
 * the length in bits, is given apart from the others. */
void kdf_counter(struct kdf_prf *prf, const struct kdf_part *fixed, size_t count,
                 uint32_t length_bits, uint8_t *out, size_t out_bytes);

/* NIST SP 800-56A section 5.8.1: H(counter || parts), the shared secret being the first part. */
void kdf_concat(const struct digest *digest, const struct kdf_part *parts, size_t count,
                uint8_t *out, size_t out_bytes);

/* RFC 2246 section 5 (TLS 1.0, 1.1), and RFC 5246 section 5 (TLS 1.2) over a digest. */
void kdf_tls1_prf(const void *secret, size_t secret_bytes, const struct kdf_part *label,
                  const struct kdf_part *seed, uint8_t *out, size_t out_bytes);
void kdf_tls12_prf(const struct digest *digest, const void *secret, size_t secret_bytes,
                   const struct kdf_part *label, const struct kdf_part *seed, uint8_t *out,
                   size_t out_bytes);

/* The two pads that CAPI's CryptDeriveKey hashes for a key that is longer than the hash value, or
 * that it wants expanded: value, zeros up to 64 bytes, over 36 and over 5C. */
#define KDF_CAPI_PAD_BYTES 64
void kdf_capi_pads(const uint8_t *value, size_t bytes, uint8_t pads[2][KDF_CAPI_PAD_BYTES]);

/* CryptDeriveKey from a hash value; out_bytes: at most twice digest_bytes. */
void kdf_capi(const struct digest *digest, const uint8_t *value, bool expand, uint8_t *out,
              size_t out_bytes);

#endif
