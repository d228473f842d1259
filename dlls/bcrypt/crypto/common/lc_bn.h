/*
 * lc_bn.h - libcrypto's big numbers, where they are secret.
 *
 * For the lc_*.c files only: it includes <openssl/...>.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_LC_BN_H
#define OPENCNG_CRYPTO_LC_BN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <openssl/bn.h>

/* The number, marked secret: libcrypto then takes its paths without secret-dependent branches where
 * it has them. NULL if there is no memory. BN_clear_free() it. */
static inline BIGNUM *lc_bn_secret(const uint8_t *digits, size_t bytes)
{
    BIGNUM *number = BN_new();

    if (!number) return NULL;
    BN_set_flags(number, BN_FLG_CONSTTIME);
    if (BN_bin2bn(digits, (int)bytes, number)) return number;
    BN_clear_free(number);
    return NULL;
}

/* A temporary of the context, which the context clears when it is freed; marked secret. */
static inline BIGNUM *lc_bn_temporary(BN_CTX *context)
{
    BIGNUM *number = BN_CTX_get(context);

    if (number) BN_set_flags(number, BN_FLG_CONSTTIME);
    return number;
}

/* The number in bytes whose count is its own, or that of a number which it is below: libcrypto
 * fails only where there are too few, which cannot be then. Should it all the same, zeros come
 * out, and never what lay there. */
static inline void lc_bn_put(const BIGNUM *number, uint8_t *out, size_t bytes)
{
    if (BN_bn2binpad(number, out, (int)bytes) < 0) memset(out, 0, bytes);
}

#endif
