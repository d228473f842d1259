/*
 * lc_ffc.h - groups modulo a prime, for DSA and DH: between lc_ffc.c, lc_dsa.c and lc_dh.c.
 *
 * For the lc_*.c files only: it includes <openssl/...>.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_LC_FFC_H
#define OPENCNG_CRYPTO_LC_FFC_H

#include <stdbool.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>

#include "crypto/ffc/lc_dsa.h"

/* The numbers of a group. Those that are made here come from FIPS 186-2 appendix 2 up to 1024 bits
 * of p, and from FIPS 186-3 appendix A.1.1.2 with SHA-256 above. */
struct lc_ffc
{
    BIGNUM *p, *q, *g;
};

/* Bytes of q, which are those of a seed, too, for that many bits of p. */
static inline size_t lc_ffc_q_bytes(unsigned bits)
{
    return bits <= 1024 ? 20 : 32;
}

/*
 * A new group of that many bits (a multiple of 64), into numbers that the caller has; seed: what it
 * was made of.
 *
 *   STATUS_SUCCESS, STATUS_NO_MEMORY, STATUS_INTERNAL_ERROR
 */
NTSTATUS lc_ffc_generate(unsigned bits, const struct lc_ffc *group, struct lc_dsa_seed *seed,
                         BN_CTX *context);

/*
 * Whether p and q come from the seed, are prime, and are the first that the seed gives. Of g is not
 * asked where it comes from: Windows does not either [sym].
 *
 *   STATUS_SUCCESS, STATUS_INVALID_PARAMETER (they do not), STATUS_NO_MEMORY
 */
NTSTATUS lc_ffc_verify(const struct lc_ffc *group, const struct lc_dsa_seed *seed, BN_CTX *context);

/* 1 < number < p - 1, of public numbers and an odd p of at most 4096 bits. */
bool lc_ffc_in_range(const BIGNUM *number, const BIGNUM *p);

/* Whether number^q = 1, which makes it one of the subgroup.
 * STATUS_SUCCESS, STATUS_INVALID_PARAMETER (it is not), STATUS_NO_MEMORY */
NTSTATUS lc_ffc_check_order(const BIGNUM *number, const BIGNUM *q, const BIGNUM *p,
                            BN_CTX *context);

/* base^exponent modulo p, without a branch or an address that depends on the exponent; false if
 * memory runs out. montgomery may be NULL. */
bool lc_ffc_power(BIGNUM *result, const BIGNUM *base, const BIGNUM *exponent, const BIGNUM *p,
                  BN_MONT_CTX *montgomery, BN_CTX *context);

#endif
