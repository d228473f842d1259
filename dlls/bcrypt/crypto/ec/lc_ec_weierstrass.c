/*
 * lc_ec_weierstrass.c - curves in short Weierstrass form: libcrypto's EC_GROUP.
 *
 * Secret numbers go through EC_POINT_mul with one scalar, which is constant-time in every method
 * that libcrypto has, and through its ECDSA. Work on public ones is done here.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/ec/lc_ec_forms.h"

#include <openssl/ecdsa.h>
#include <openssl/objects.h>

/* Orders that libcrypto signs with have this many bits at least. */
#define ORDER_BITS_MIN 64

/* ---- curves ---- */

/* For these libcrypto has faster code than for curves in general. */
static const int fast_groups[] = { NID_X9_62_prime256v1, NID_secp224r1, NID_secp384r1,
                                   NID_secp521r1 };

enum { P, A, B, GX, GY, N, H, NUMBERS };

static NTSTATUS read_numbers(const struct lc_ec_numbers *numbers, BIGNUM **bn, BN_CTX *context)
{
    const uint8_t *next = numbers->digits;
    size_t bytes;
    int i;

    for (i = P; i < NUMBERS; i++)
    {
        bytes = i < N    ? numbers->field_bytes
                : i == N ? numbers->order_bytes
                         : numbers->cofactor_bytes;
        if (!(bn[i] = BN_CTX_get(context)) || !BN_bin2bn(next, (int)bytes, bn[i]))
        {
            return STATUS_NO_MEMORY;
        }
        next += bytes;
    }
    return STATUS_SUCCESS;
}

/* libcrypto's own group of these numbers, NULL if it has none. */
static EC_GROUP *fast_group(BIGNUM **bn, BN_CTX *context)
{
    BIGNUM *p, *a, *b, *x, *y;
    EC_GROUP *group = NULL;
    size_t i;

    BN_CTX_start(context);
    p = BN_CTX_get(context);
    a = BN_CTX_get(context);
    b = BN_CTX_get(context);
    x = BN_CTX_get(context);
    y = BN_CTX_get(context);
    for (i = 0; y && i < ARRAY_SIZE(fast_groups); i++)
    {
        if (!(group = EC_GROUP_new_by_curve_name(fast_groups[i]))) continue;
        if (EC_GROUP_get_curve(group, p, a, b, context) && !BN_cmp(p, bn[P]) && !BN_cmp(a, bn[A]) &&
            !BN_cmp(b, bn[B]) && !BN_cmp(EC_GROUP_get0_order(group), bn[N]) &&
            !BN_cmp(EC_GROUP_get0_cofactor(group), bn[H]) &&
            EC_POINT_get_affine_coordinates(group, EC_GROUP_get0_generator(group), x, y, context) &&
            !BN_cmp(x, bn[GX]) && !BN_cmp(y, bn[GY])) break;
        EC_GROUP_free(group);
        group = NULL;
    }
    BN_CTX_end(context);
    lc_forget_errors();                         /* a libcrypto without one of them */
    return group;
}

/* A group of any numbers. The cofactor follows from p and n, if n is large enough. */
static EC_GROUP *any_group(BIGNUM **bn, BN_CTX *context)
{
    EC_GROUP *group = EC_GROUP_new_curve_GFp(bn[P], bn[A], bn[B], context);
    EC_POINT *generator = NULL;
    const BIGNUM *cofactor;
    bool good;

    good = group && (generator = EC_POINT_new(group)) &&
           EC_GROUP_check_discriminant(group, context) &&
           EC_POINT_set_affine_coordinates(group, generator, bn[GX], bn[GY], context) &&
           EC_GROUP_set_generator(group, generator, bn[N], NULL);
    if (good)
    {
        cofactor = EC_GROUP_get0_cofactor(group);
        if (BN_is_zero(cofactor)) good = EC_GROUP_set_generator(group, generator, bn[N], bn[H]);
        else good = !BN_cmp(cofactor, bn[H]);
    }
    EC_POINT_free(generator);
    if (good) return group;
    EC_GROUP_free(group);
    return NULL;
}

static NTSTATUS init(struct lc_ec_curve *curve, const struct lc_ec_numbers *numbers, bool verify,
                     BN_CTX *context)
{
    BIGNUM *bn[NUMBERS];
    NTSTATUS status;
    int i;

    if ((status = read_numbers(numbers, bn, context))) return status;

    status = STATUS_INVALID_PARAMETER;
    if (!BN_is_odd(bn[P]) || BN_is_zero(bn[H]) || !BN_is_odd(bn[N]) ||
        BN_num_bits(bn[N]) < ORDER_BITS_MIN)
    {
        return status;
    }
    for (i = A; i <= GY; i++)
    {
        if (BN_cmp(bn[i], bn[P]) >= 0) return status;
    }

    if ((curve->group = fast_group(bn, context)))
    {
#ifdef __x86_64__
        curve->has_fast_inverse = EC_GROUP_get_curve_name(curve->group) == NID_X9_62_prime256v1;
#endif
    }
    else
    {
        if (verify && (BN_check_prime(bn[P], context, NULL) != 1 ||
                       BN_check_prime(bn[N], context, NULL) != 1))
        {
            return status;
        }
        if (!(curve->group = any_group(bn, context))) return status;
        if (verify && !EC_GROUP_check(curve->group, context)) return status;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS weierstrass_curve_init(struct lc_ec_curve *curve,
                                       const struct lc_ec_numbers *numbers, bool verify)
{
    BN_CTX *context = BN_CTX_new();
    NTSTATUS status = STATUS_NO_MEMORY;

    if (context)
    {
        BN_CTX_start(context);
        status = init(curve, numbers, verify, context);
        BN_CTX_end(context);
    }
    BN_CTX_free(context);
    return status ? lc_ec_failed("making a group", status) : STATUS_SUCCESS;
}

/* ---- keys ---- */

NTSTATUS lc_ec_draw_scalar(struct lc_ec_key *key)
{
    if (!(key->d = BN_new())) return lc_ec_failed("BN_new", STATUS_NO_MEMORY);
    BN_set_flags(key->d, BN_FLG_CONSTTIME);
    do
    {
        if (!BN_priv_rand_range(key->d, key->curve->order))
        {
            return lc_ec_failed("BN_priv_rand_range", STATUS_INTERNAL_ERROR);
        }
    }
    while (BN_is_zero(key->d));
    return STATUS_SUCCESS;
}

NTSTATUS lc_ec_set_scalar(struct lc_ec_key *key, const uint8_t *d)
{
    const struct lc_ec_curve *curve = key->curve;
    uint8_t any = 0;
    size_t i;

    for (i = 0; i < curve->order_bytes; i++) any |= d[i];
    if (!any || !lc_ec_less_constant_time(d, curve->n, curve->order_bytes))
    {
        return STATUS_INVALID_PARAMETER;
    }

    if (!(key->d = BN_new())) return lc_ec_failed("BN_new", STATUS_NO_MEMORY);
    BN_set_flags(key->d, BN_FLG_CONSTTIME);
    if (!BN_bin2bn(d, (int)curve->order_bytes, key->d))
    {
        return lc_ec_failed("BN_bin2bn", STATUS_NO_MEMORY);
    }
    return STATUS_SUCCESS;
}

NTSTATUS lc_ec_get_scalar(const struct lc_ec_key *key, uint8_t *d)
{
    return BN_bn2binpad(key->d, d, (int)key->curve->order_bytes) < 0 ? STATUS_INTERNAL_ERROR
                                                                     : STATUS_SUCCESS;
}

/* The affine coordinates of a point, field_bytes each; y may be NULL. */
static NTSTATUS get_coordinates(const struct lc_ec_curve *curve, const EC_POINT *point, uint8_t *x,
                                uint8_t *y, BN_CTX *context)
{
    int bytes = (int)curve->field_bytes;
    NTSTATUS status = STATUS_SUCCESS;
    BIGNUM *bn_x, *bn_y;

    BN_CTX_start(context);
    bn_x = BN_CTX_get(context);
    bn_y = BN_CTX_get(context);
    if (!bn_y ||
        !EC_POINT_get_affine_coordinates(curve->group, point, bn_x, y ? bn_y : NULL, context) ||
        BN_bn2binpad(bn_x, x, bytes) < 0 || (y && BN_bn2binpad(bn_y, y, bytes) < 0))
    {
        status = lc_ec_failed("EC_POINT_get_affine_coordinates", STATUS_INTERNAL_ERROR);
    }
    else BN_clear(bn_x);
    BN_CTX_end(context);
    return status;
}

static NTSTATUS weierstrass_compute_public(struct lc_ec_key *key)
{
    const struct lc_ec_curve *curve = key->curve;
    NTSTATUS status = STATUS_NO_MEMORY;
    BN_CTX *context = BN_CTX_new();

    if (context && (key->point = EC_POINT_new(curve->group)))
    {
        status = lc_ec_multiply(curve, key->point, NULL, key->d, context);
        if (!status) status = get_coordinates(curve, key->point, key->x, key->y, context);
    }
    else status = lc_ec_failed("EC_POINT_new", status);
    BN_CTX_free(context);
    return status;
}

NTSTATUS lc_ec_check_order(const struct lc_ec_key *key, BN_CTX *context)
{
    const struct lc_ec_curve *curve = key->curve;
    EC_POINT *product = EC_POINT_new(curve->group);
    NTSTATUS status;

    if (!product) return lc_ec_failed("EC_POINT_new", STATUS_NO_MEMORY);
    status = lc_ec_multiply(curve, product, key->point, curve->order, context);
    if (!status && !EC_POINT_is_at_infinity(curve->group, product))
    {
        status = STATUS_INVALID_PARAMETER;
    }
    EC_POINT_free(product);
    return status;
}

static NTSTATUS set_point(struct lc_ec_key *key, bool check_order, BN_CTX *context)
{
    const struct lc_ec_curve *curve = key->curve;
    BIGNUM *x = BN_CTX_get(context), *y = BN_CTX_get(context);
    int bytes = (int)curve->field_bytes;

    if (!y || !BN_bin2bn(key->x, bytes, x) || !BN_bin2bn(key->y, bytes, y) ||
        !(key->point = EC_POINT_new(curve->group)))
    {
        return lc_ec_failed("EC_POINT_new", STATUS_NO_MEMORY);
    }
    if (!EC_POINT_set_affine_coordinates(curve->group, key->point, x, y, context))
    {
        return lc_ec_failed("EC_POINT_set_affine_coordinates", STATUS_INVALID_PARAMETER);
    }
    return check_order && curve->has_cofactor ? lc_ec_check_order(key, context) : STATUS_SUCCESS;
}

static NTSTATUS weierstrass_set_public(struct lc_ec_key *key, bool check_order)
{
    const struct lc_ec_curve *curve = key->curve;
    BN_CTX *context;
    NTSTATUS status;

    if (!lc_ec_less(key->x, curve->p, curve->field_bytes) ||
        !lc_ec_less(key->y, curve->p, curve->field_bytes))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (!(context = BN_CTX_new())) return lc_ec_failed("BN_CTX_new", STATUS_NO_MEMORY);
    BN_CTX_start(context);
    status = set_point(key, check_order, context);
    BN_CTX_end(context);
    BN_CTX_free(context);
    return status;
}

/* ---- ECDSA ---- */

/* libcrypto's form of the key, which is made when it first signs and copies the group. */
static EC_KEY *signer_of(const struct lc_ec_key *key)
{
    _Atomic(EC_KEY *) *place = &((struct lc_ec_key *)(uintptr_t)key)->signer;
    EC_KEY *signer = *place, *made, *other = NULL;

    if (signer) return signer;
    if (!(made = EC_KEY_new())) return NULL;
    if (!EC_KEY_set_group(made, key->curve->group) || !EC_KEY_set_private_key(made, key->d))
    {
        EC_KEY_free(made);
        return NULL;
    }
    if (atomic_compare_exchange_strong(place, &other, made)) return made;
    EC_KEY_free(made);                          /* another thread was faster */
    return other;
}

static NTSTATUS weierstrass_sign(const struct lc_ec_key *key, const uint8_t *digest, size_t bytes,
                                 uint8_t *signature)
{
    size_t order_bytes = key->curve->order_bytes;
    EC_KEY *signer = signer_of(key);
    BIGNUM *inverse = NULL, *r = NULL;
    ECDSA_SIG *made = NULL;
    NTSTATUS status = STATUS_SUCCESS;

    /* The nonce is drawn here: without it libcrypto would mix it from the digest by SHA-512. */
    if (!signer || !ECDSA_sign_setup(signer, NULL, &inverse, &r) ||
        !(made = ECDSA_do_sign_ex(digest, (int)bytes, inverse, r, signer)) ||
        BN_bn2binpad(ECDSA_SIG_get0_r(made), signature, (int)order_bytes) < 0 ||
        BN_bn2binpad(ECDSA_SIG_get0_s(made), signature + order_bytes, (int)order_bytes) < 0)
    {
        status = lc_ec_failed("ECDSA_do_sign_ex", STATUS_INTERNAL_ERROR);
    }
    ECDSA_SIG_free(made);
    BN_clear_free(inverse);
    BN_clear_free(r);
    return status;
}

/* x = X / Z^2 is r modulo the order if it is r, r + n, and so on below p: of which there are two at
 * most where the cofactor is 1, and multiplying them by Z^2 spares the division. r itself need not
 * be below p: it is below the order. */
static NTSTATUS weierstrass_compare_x(const struct lc_ec_curve *curve, const EC_POINT *point,
                                      const BIGNUM *r, BN_CTX *context)
{
    const BIGNUM *p = EC_GROUP_get0_field(curve->group);
    BIGNUM *x = BN_CTX_get(context), *z = BN_CTX_get(context), *sum = BN_CTX_get(context);
    BIGNUM *product = BN_CTX_get(context);

    if (!product) return STATUS_NO_MEMORY;
    if (curve->has_cofactor)
    {
        if (!EC_POINT_get_affine_coordinates(curve->group, point, x, NULL, context) ||
            !BN_nnmod(x, x, curve->order, context)) return STATUS_INTERNAL_ERROR;
        return BN_cmp(x, r) ? STATUS_INVALID_SIGNATURE : STATUS_SUCCESS;
    }

    if (BN_cmp(r, p) >= 0) return STATUS_INVALID_SIGNATURE;
    if (!EC_POINT_get_Jprojective_coordinates_GFp(curve->group, point, x, NULL, z, context) ||
        !BN_mod_sqr(z, z, p, context) || !BN_mod_mul(product, r, z, p, context))
    {
        return STATUS_INTERNAL_ERROR;
    }
    if (!BN_cmp(product, x)) return STATUS_SUCCESS;
    if (!BN_add(sum, r, curve->order)) return STATUS_INTERNAL_ERROR;
    if (BN_cmp(sum, p) >= 0) return STATUS_INVALID_SIGNATURE;
    if (!BN_mod_mul(product, sum, z, p, context)) return STATUS_INTERNAL_ERROR;
    return BN_cmp(product, x) ? STATUS_INVALID_SIGNATURE : STATUS_SUCCESS;
}

/* ---- ECDH ---- */

static NTSTATUS agree(const struct lc_ec_key *own, const struct lc_ec_key *peer, uint8_t *x,
                      EC_POINT *point, BN_CTX *context)
{
    const struct lc_ec_curve *curve = own->curve;
    const BIGNUM *scalar = own->d;
    NTSTATUS status;
    BIGNUM *product;

    if (curve->has_cofactor)
    {
        if (!(product = BN_CTX_get(context)) || !BN_mul(product, own->d, curve->cofactor, context))
        {
            return lc_ec_failed("BN_mul", STATUS_NO_MEMORY);
        }
        scalar = product;
    }
    if ((status = lc_ec_multiply(curve, point, peer->point, scalar, context))) return status;
    if (EC_POINT_is_at_infinity(curve->group, point)) return STATUS_INVALID_PARAMETER;
    return get_coordinates(curve, point, x, NULL, context);
}

static NTSTATUS weierstrass_agree(const struct lc_ec_key *own, const struct lc_ec_key *peer,
                                  uint8_t *x)
{
    EC_POINT *point = EC_POINT_new(own->curve->group);
    BN_CTX *context = BN_CTX_new();
    NTSTATUS status = STATUS_NO_MEMORY;

    if (point && context)
    {
        BN_CTX_start(context);
        status = agree(own, peer, x, point, context);
        BN_CTX_end(context);
    }
    else status = lc_ec_failed("EC_POINT_new", status);
    EC_POINT_clear_free(point);
    BN_CTX_free(context);
    return status;
}

const struct lc_ec_operations lc_ec_weierstrass =
{
    .curve_init     = weierstrass_curve_init,
    .draw           = lc_ec_draw_scalar,
    .set_private    = lc_ec_set_scalar,
    .compute_public = weierstrass_compute_public,
    .set_public     = weierstrass_set_public,
    .get_private    = lc_ec_get_scalar,
    .sign           = weierstrass_sign,
    .verify         = lc_ec_verify_group,
    .compare_x      = weierstrass_compare_x,
    .agree          = weierstrass_agree,
};
