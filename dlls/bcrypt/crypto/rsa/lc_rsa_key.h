/*
 * lc_rsa_key.h - what lc_rsa.c and lc_rsa_key.c share: the wrapping, and the private numbers.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_LC_RSA_KEY_H
#define OPENCNG_CRYPTO_LC_RSA_KEY_H

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>
#include <openssl/rsa.h>

#include "platform/base.h"

struct lc_rsa;

/* libcrypto's divisions leave the highest words of what they divide by, as p - 1, in frames that
 * have ended; none of them is deeper than this below lc_rsa*.c's. */
#define LC_RSA_STACK_BYTES 6144

/* A key of ours around libcrypto's, which it owns from here on; NULL: no memory. */
struct lc_rsa *lc_rsa_wrap(RSA *key);

/* libcrypto's key in one of ours. */
RSA *lc_rsa_unwrap(const struct lc_rsa *rsa);

struct lc_rsa_private
{
    BIGNUM *p, *q, *dp, *dq, *qinv, *d;
};

/*
 * Gives a key that has its public numbers its private ones. p and q must be the factors of n; the
 * other four are kept if they are right, and made anew if not. Numbers that the key has taken are
 * NULL in `private` afterwards; the caller frees the rest.
 *
 *   STATUS_SUCCESS, STATUS_INVALID_PARAMETER (they do not belong together), STATUS_NO_MEMORY
 */
NTSTATUS lc_rsa_complete(RSA *key, struct lc_rsa_private *private);

#endif
