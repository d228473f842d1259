/*
 * lc_pkey.h - keys of libcrypto's default provider, for the algorithms that are nowhere else in it.
 *
 * For the lc_*.c files only: it includes <openssl/...>. lc_ready() was called.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_LC_PKEY_H
#define OPENCNG_CRYPTO_LC_PKEY_H

#include <stdint.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "crypto/common/lc.h"

/*
 * A key of that algorithm ("ML-KEM-768"...) from one part of it: OSSL_PKEY_PARAM_PUB_KEY,
 * OSSL_PKEY_PARAM_PRIV_KEY, or a seed's name. The other parts of the key are computed, and a
 * private one is checked as far as libcrypto does (but for ML-KEM's trial: see lc_pkey.c).
 * EVP_PKEY_free() it.
 *
 *   STATUS_SUCCESS, STATUS_INVALID_PARAMETER (no such key), STATUS_NO_MEMORY
 */
NTSTATUS lc_pkey_new(const char *algorithm, const char *part, const uint8_t *value, size_t bytes,
                     EVP_PKEY **key);

/* A part of a key, which has exactly that many bytes. STATUS_SUCCESS, STATUS_NO_MEMORY,
 * STATUS_INTERNAL_ERROR */
NTSTATUS lc_pkey_part(const EVP_PKEY *key, const char *part, uint8_t *value, size_t bytes);

/* A signature of a whole message, which has exactly that many bytes; and whether it is one:
 * STATUS_INVALID_SIGNATURE if not. */
NTSTATUS lc_pkey_sign(const char *algorithm, EVP_PKEY *key, const OSSL_PARAM *parameters,
                      const uint8_t *message, size_t message_bytes, uint8_t *signature,
                      size_t bytes);
NTSTATUS lc_pkey_verify(const char *algorithm, EVP_PKEY *key, const OSSL_PARAM *parameters,
                        const uint8_t *message, size_t message_bytes, const uint8_t *signature,
                        size_t bytes);

#endif
