/*
 * lc_ec_forms.h - what the forms of curves have in common; for crypto/ec/ only.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef CRYPTO_LC_EC_FORMS_H
#define CRYPTO_LC_EC_FORMS_H

#include <stdatomic.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/bn.h>
#include <openssl/ec.h>

#include "crypto/common/lc.h"
#include "crypto/ec/lc_ec.h"
#include "platform/wipe.h"
#include "platform/memory.h"

/* The functions of a form of curves. lc_ec.c has done the common work before it calls them. */
struct lc_ec_operations
{
    /* The curve has everything of struct lc_ec_curve but `group` and what stands below it. */
    NTSTATUS (*curve_init)
    (struct lc_ec_curve *curve, const struct lc_ec_numbers *numbers, bool verify);

    /* A random private value; one that is given, range checked; the public half of the one there
     * is; a public half that is given, in key->x and key->y. */
    NTSTATUS (*draw)(struct lc_ec_key *key);
    NTSTATUS (*set_private)(struct lc_ec_key *key, const uint8_t *d);
    NTSTATUS (*compute_public)(struct lc_ec_key *key);
    NTSTATUS (*set_public)(struct lc_ec_key *key, bool check_order);

    NTSTATUS (*get_private)(const struct lc_ec_key *key, uint8_t *d);

    /* ECDSA, NULL where there is none: a signature; whether one, of numbers that are in range, is
     * right. lc_ec_verify_group does the latter for those that have a group, and needs to know
     * whether the x coordinate of a public point is r modulo the order: STATUS_INVALID_SIGNATURE
     * if it is not. */
    NTSTATUS (*sign)
    (const struct lc_ec_key *key, const uint8_t *digest, size_t bytes, uint8_t *signature);
    NTSTATUS (*verify)
    (const struct lc_ec_key *key, const uint8_t *digest, size_t bytes, const uint8_t *signature);
    NTSTATUS (*compare_x)
    (const struct lc_ec_curve *curve, const EC_POINT *point, const BIGNUM *r, BN_CTX *context);

    NTSTATUS (*agree)(const struct lc_ec_key *own, const struct lc_ec_key *peer, uint8_t *x);
};

extern const struct lc_ec_operations lc_ec_weierstrass, lc_ec_edwards, lc_ec_montgomery;

/* Faster than libcrypto, for P-256, P-384 and P-521: the one with these numbers, NULL if it is none
 * of them or the processor lacks what it takes. */
extern const struct lc_ec_operations fast_ec_nist;
const struct nist_curve *fast_ec_nist_find(const struct lc_ec_numbers *numbers);

struct lc_ec_curve
{
    const struct lc_ec_operations *operations;
    const struct nist_curve *nist;              /* fast_ec_nist's */
    size_t field_bytes, order_bytes;
    uint8_t p[EC_FIELD_BYTES_MAX], n[EC_ORDER_BYTES_MAX];

    EC_GROUP *group; /* Weierstrass; Edwards: the curve it is mapped to */
    const BIGNUM *order, *cofactor;             /* the group's */
    bool has_cofactor;                          /* other than 1 */
    bool has_fast_inverse;                      /* modulo the order, of libcrypto's own */

    /* Edwards: the map to the group and back, see lc_ec_edwards.c. */
    BIGNUM *field, *field_minus_2, *order_minus_2, *scale, *offset;
    BN_MONT_CTX *field_mont, *order_mont;
};

struct lc_ec_key
{
    const struct lc_ec_curve *curve;
    EC_POINT *point;
    BIGNUM *d;                                  /* of those that have a group; NULL if public */
    _Atomic(EC_KEY *) signer;                   /* the same once more, made when it first signs */
    bool is_private;
    uint8_t x[EC_FIELD_BYTES_MAX], y[EC_FIELD_BYTES_MAX];
    uint64_t scalar[(EC_FIELD_BYTES_MAX + 7) / 8];      /* the others' private value */
};

/* Whether left < right; and the same in a time that depends on the size alone. */
static inline bool lc_ec_less(const uint8_t *left, const uint8_t *right, size_t bytes)
{
    return memcmp(left, right, bytes) < 0;
}

bool lc_ec_less_constant_time(const uint8_t *left, const uint8_t *right, size_t bytes);

/* The status for a call to libcrypto that failed, `otherwise` if it was not for want of memory. */
NTSTATUS lc_ec_failed(const char *function, NTSTATUS otherwise);

/* The number that a digest stands for: its leftmost bits, as many as the order has (X9.62). */
bool lc_ec_digest_number(const struct lc_ec_curve *curve, const uint8_t *digest, size_t bytes,
                         BIGNUM *e);

NTSTATUS lc_ec_verify_group(const struct lc_ec_key *key, const uint8_t *digest, size_t bytes,
                            const uint8_t *signature);

/* EC_POINT_mul with a private scalar, of the generator or of a point. */
NTSTATUS lc_ec_multiply(const struct lc_ec_curve *curve, EC_POINT *result, const EC_POINT *point,
                        const BIGNUM *scalar, BN_CTX *context);

/* Of the Weierstrass form, for the Edwards one too. */
NTSTATUS lc_ec_draw_scalar(struct lc_ec_key *key);
NTSTATUS lc_ec_set_scalar(struct lc_ec_key *key, const uint8_t *d);
NTSTATUS lc_ec_get_scalar(const struct lc_ec_key *key, uint8_t *d);
NTSTATUS lc_ec_check_order(const struct lc_ec_key *key, BN_CTX *context);

#endif
