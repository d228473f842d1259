/*
 * lc_ec_edwards.c - twisted Edwards curves, a x^2 + y^2 = 1 + d x^2 y^2: the NUMS curves.
 *
 * Such a curve is another view of a Montgomery curve, and that of a Weierstrass curve, on which
 * libcrypto's EC_GROUP does the work (Bernstein and others, "Twisted Edwards Curves", section 3):
 *
 *     A = 2 (a + d) / (a - d)      u = (1 + y) / (1 - y)      X = (u + A / 3) / B
 *     B = 4 / (a - d)              v = u / x                  Y = v / B
 *
 * Points of small order have no place on the way; they are not keys either. A private value d
 * stands for the point cofactor * d * G, as SymCrypt has it for these curves. Arithmetic on what is
 * secret is Montgomery multiplication, and Fermat's little theorem for inverses.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/ec/lc_ec_forms.h"

/* In the field: all numbers reduced, plain ones that is, not in Montgomery form. */
struct field
{
    const BIGNUM *p, *p_minus_2;
    BN_MONT_CTX *mont;
    BN_CTX *context;
};

static bool multiply(const struct field *f, BIGNUM *r, const BIGNUM *a, const BIGNUM *b)
{
    return BN_to_montgomery(r, a, f->mont, f->context) &&
           BN_mod_mul_montgomery(r, r, b, f->mont, f->context);
}

static bool invert(const struct field *f, BIGNUM *r, const BIGNUM *a)
{
    return BN_mod_exp_mont_consttime(r, a, f->p_minus_2, f->p, f->context, f->mont);
}

static bool add(const struct field *f, BIGNUM *r, const BIGNUM *a, const BIGNUM *b)
{
    return BN_mod_add_quick(r, a, b, f->p);
}

static bool subtract(const struct field *f, BIGNUM *r, const BIGNUM *a, const BIGNUM *b)
{
    return BN_mod_sub_quick(r, a, b, f->p);
}

static struct field field_of(const struct lc_ec_curve *curve, BN_CTX *context)
{
    struct field f = { curve->field, curve->field_minus_2, curve->field_mont, context };

    return f;
}

/* ---- the map ---- */

/* The Weierstrass coordinates of a point; x is not 0 and y not 1. All of it public. */
static bool to_weierstrass(const struct lc_ec_curve *curve, const BIGNUM *x, const BIGNUM *y,
                           BIGNUM *wx, BIGNUM *wy, BN_CTX *context)
{
    struct field f = field_of(curve, context);
    const BIGNUM *one = BN_value_one();

    return subtract(&f, wx, one, y) && invert(&f, wx, wx) &&
           add(&f, wy, one, y) && multiply(&f, wx, wx, wy) &&                       /* u */
           invert(&f, wy, x) && multiply(&f, wy, wy, wx) &&                         /* v */
           add(&f, wx, wx, curve->offset) && multiply(&f, wx, wx, curve->scale) &&
           multiply(&f, wy, wy, curve->scale);
}

/* The coordinates of a point that is not of small order; y may be NULL. */
static NTSTATUS from_weierstrass(const struct lc_ec_curve *curve, const EC_POINT *point, BIGNUM *x,
                                 BIGNUM *y, BN_CTX *context)
{
    struct field f = field_of(curve, context);
    NTSTATUS status = STATUS_INTERNAL_ERROR;
    BIGNUM *u, *v, *b;

    BN_CTX_start(context);
    u = BN_CTX_get(context);
    v = BN_CTX_get(context);
    b = BN_CTX_get(context);
    if (b && EC_POINT_get_affine_coordinates(curve->group, point, u, v, context) &&
        invert(&f, b, curve->scale) && multiply(&f, u, u, b) && subtract(&f, u, u, curve->offset) &&
        multiply(&f, v, v, b) && invert(&f, v, v) && multiply(&f, x, v, u) &&
        (!y || (add(&f, b, u, BN_value_one()) && invert(&f, b, b) &&
                subtract(&f, u, u, BN_value_one()) && multiply(&f, y, u, b))))
    {
        status = STATUS_SUCCESS;
    }
    if (b)
    {
        BN_clear(u);
        BN_clear(v);
        BN_clear(b);
    }
    BN_CTX_end(context);
    return status;
}

/* ---- curves ---- */

static BIGNUM *minus_2(const BIGNUM *number)
{
    BIGNUM *result = BN_dup(number);

    if (result && !BN_sub_word(result, 2))
    {
        BN_free(result);
        return NULL;
    }
    return result;
}

/* p and n, and how to reckon with them. */
static bool init_fields(struct lc_ec_curve *curve, const BIGNUM *p, const BIGNUM *n,
                        BN_CTX *context)
{
    return (curve->field = BN_dup(p)) && (curve->field_minus_2 = minus_2(p)) &&
           (curve->order_minus_2 = minus_2(n)) && (curve->field_mont = BN_MONT_CTX_new()) &&
           (curve->order_mont = BN_MONT_CTX_new()) &&
           BN_MONT_CTX_set(curve->field_mont, p, context) &&
           BN_MONT_CTX_set(curve->order_mont, n, context) && (curve->scale = BN_new()) &&
           (curve->offset = BN_new());
}

/* Makes scale = 1 / B and offset = A / 3 of a and d, and with them a and d those of the group:
 * scale^2 (1 - 3 offset^2) and scale^3 (2 offset^3 - offset). */
static bool init_map(struct lc_ec_curve *curve, BIGNUM *a, BIGNUM *d, BN_CTX *context)
{
    struct field f = field_of(curve, context);
    BIGNUM *t = BN_CTX_get(context), *u = BN_CTX_get(context), *scale = curve->scale,
           *offset = curve->offset;

    return u && subtract(&f, t, a, d) && BN_set_word(u, 4) && invert(&f, u, u) &&
           multiply(&f, scale, t, u) &&
           BN_set_word(u, 3) && multiply(&f, t, t, u) && invert(&f, t, t) &&
           add(&f, u, a, d) && add(&f, u, u, u) && multiply(&f, offset, u, t) &&

           multiply(&f, t, offset, offset) &&                                       /* offset^2 */
           add(&f, u, t, t) && subtract(&f, d, u, BN_value_one()) && multiply(&f, d, d, offset) &&
           add(&f, u, u, t) && subtract(&f, a, BN_value_one(), u) &&
           multiply(&f, a, a, scale) && multiply(&f, a, a, scale) &&
           multiply(&f, d, d, scale) && multiply(&f, d, d, scale) && multiply(&f, d, d, scale);
}

static NTSTATUS init(struct lc_ec_curve *curve, const struct lc_ec_numbers *numbers, bool verify,
                     BN_CTX *context, EC_POINT **generator)
{
    const uint8_t *digits = numbers->digits;
    int bytes = (int)numbers->field_bytes, order_bytes = (int)numbers->order_bytes;
    BIGNUM *p = BN_CTX_get(context), *a = BN_CTX_get(context), *d = BN_CTX_get(context);
    BIGNUM *x = BN_CTX_get(context), *y = BN_CTX_get(context), *n = BN_CTX_get(context);
    BIGNUM *h = BN_CTX_get(context), *wx = BN_CTX_get(context), *wy = BN_CTX_get(context);

    if (!wy || !BN_bin2bn(digits, bytes, p) || !BN_bin2bn(digits + bytes, bytes, a) ||
        !BN_bin2bn(digits + 2 * bytes, bytes, d) || !BN_bin2bn(digits + 3 * bytes, bytes, x) ||
        !BN_bin2bn(digits + 4 * bytes, bytes, y) ||
        !BN_bin2bn(digits + 5 * bytes, order_bytes, n) ||
        !BN_bin2bn(digits + 5 * bytes + order_bytes, (int)numbers->cofactor_bytes, h))
    {
        return STATUS_NO_MEMORY;
    }

    if (BN_num_bits(p) < 128 || !BN_is_odd(p) || BN_num_bits(n) < 128 || !BN_is_odd(n) ||
        BN_is_zero(h) || BN_cmp(a, p) >= 0 || BN_cmp(d, p) >= 0 || BN_cmp(x, p) >= 0 ||
        BN_cmp(y, p) >= 0 || !BN_cmp(a, d) || BN_is_zero(a) || BN_is_zero(d) || BN_is_zero(x) ||
        BN_is_one(y))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (verify && (BN_check_prime(p, context, NULL) != 1 || BN_check_prime(n, context, NULL) != 1))
    {
        return STATUS_INVALID_PARAMETER;
    }

    if (!init_fields(curve, p, n, context) || !init_map(curve, a, d, context) ||
        !to_weierstrass(curve, x, y, wx, wy, context) ||
        !(curve->group = EC_GROUP_new_curve_GFp(p, a, d, context)) ||
        !(*generator = EC_POINT_new(curve->group)) ||
        !EC_POINT_set_affine_coordinates(curve->group, *generator, wx, wy, context) ||
        !EC_GROUP_set_generator(curve->group, *generator, n, h) ||
        (verify && !EC_GROUP_check(curve->group, context))) return STATUS_INVALID_PARAMETER;
    return STATUS_SUCCESS;
}

static NTSTATUS edwards_curve_init(struct lc_ec_curve *curve, const struct lc_ec_numbers *numbers,
                                   bool verify)
{
    BN_CTX *context = BN_CTX_new();
    NTSTATUS status = STATUS_NO_MEMORY;
    EC_POINT *generator = NULL;

    if (context)
    {
        BN_CTX_start(context);
        status = init(curve, numbers, verify, context, &generator);
        BN_CTX_end(context);
    }
    EC_POINT_free(generator);
    BN_CTX_free(context);
    return status ? lc_ec_failed("making an Edwards curve", status) : STATUS_SUCCESS;
}

/* ---- keys ---- */

/* result = cofactor * d * point, of the generator if point is NULL. */
static NTSTATUS multiply_key(const struct lc_ec_key *key, EC_POINT *result, const EC_POINT *point,
                             BN_CTX *context)
{
    const struct lc_ec_curve *curve = key->curve;
    BIGNUM *scalar = BN_CTX_get(context);
    NTSTATUS status;

    if (!scalar || !BN_mul(scalar, key->d, curve->cofactor, context))
    {
        return lc_ec_failed("BN_mul", STATUS_NO_MEMORY);
    }
    BN_set_flags(scalar, BN_FLG_CONSTTIME);
    status = lc_ec_multiply(curve, result, point, scalar, context);
    BN_clear(scalar);
    return status;
}

static NTSTATUS write_coordinates(const struct lc_ec_curve *curve, const EC_POINT *point,
                                  uint8_t *x, uint8_t *y, BN_CTX *context)
{
    BIGNUM *bn_x = BN_CTX_get(context), *bn_y = BN_CTX_get(context);
    int bytes = (int)curve->field_bytes;
    NTSTATUS status;

    if (!bn_y) return lc_ec_failed("BN_CTX_get", STATUS_NO_MEMORY);
    status = from_weierstrass(curve, point, bn_x, y ? bn_y : NULL, context);
    if (!status && (BN_bn2binpad(bn_x, x, bytes) < 0 || (y && BN_bn2binpad(bn_y, y, bytes) < 0)))
    {
        status = STATUS_INTERNAL_ERROR;
    }
    BN_clear(bn_x);
    return status ? lc_ec_failed("mapping a point", status) : STATUS_SUCCESS;
}

static NTSTATUS edwards_compute_public(struct lc_ec_key *key)
{
    BN_CTX *context = BN_CTX_new();
    NTSTATUS status = STATUS_NO_MEMORY;

    if (context && (key->point = EC_POINT_new(key->curve->group)))
    {
        BN_CTX_start(context);
        status = multiply_key(key, key->point, NULL, context);
        if (!status) status = write_coordinates(key->curve, key->point, key->x, key->y, context);
        BN_CTX_end(context);
    }
    else status = lc_ec_failed("EC_POINT_new", status);
    BN_CTX_free(context);
    return status;
}

static NTSTATUS set_point(struct lc_ec_key *key, bool check_order, BN_CTX *context)
{
    const struct lc_ec_curve *curve = key->curve;
    BIGNUM *x = BN_CTX_get(context), *y = BN_CTX_get(context);
    BIGNUM *wx = BN_CTX_get(context), *wy = BN_CTX_get(context);
    int bytes = (int)curve->field_bytes;

    if (!wy || !BN_bin2bn(key->x, bytes, x) || !BN_bin2bn(key->y, bytes, y) ||
        !(key->point = EC_POINT_new(curve->group)))
    {
        return lc_ec_failed("EC_POINT_new", STATUS_NO_MEMORY);
    }
    if (BN_is_zero(x) || BN_is_one(y)) return STATUS_INVALID_PARAMETER;
    if (!to_weierstrass(curve, x, y, wx, wy, context))
    {
        return lc_ec_failed("mapping a point", STATUS_INTERNAL_ERROR);
    }
    if (!EC_POINT_set_affine_coordinates(curve->group, key->point, wx, wy, context))
    {
        return lc_ec_failed("EC_POINT_set_affine_coordinates", STATUS_INVALID_PARAMETER);
    }
    return check_order ? lc_ec_check_order(key, context) : STATUS_SUCCESS;
}

static NTSTATUS edwards_set_public(struct lc_ec_key *key, bool check_order)
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

static NTSTATUS edwards_reduced_x(const struct lc_ec_curve *curve, const EC_POINT *point, BIGNUM *x,
                                  BN_CTX *context)
{
    NTSTATUS status = from_weierstrass(curve, point, x, NULL, context);

    if (!status && !BN_nnmod(x, x, curve->order, context)) status = STATUS_INTERNAL_ERROR;
    return status;
}

static NTSTATUS edwards_compare_x(const struct lc_ec_curve *curve, const EC_POINT *point,
                                  const BIGNUM *r, BN_CTX *context)
{
    BIGNUM *x = BN_CTX_get(context);
    NTSTATUS status;

    if (!x) return STATUS_NO_MEMORY;
    if ((status = edwards_reduced_x(curve, point, x, context))) return status;
    return BN_cmp(x, r) ? STATUS_INVALID_SIGNATURE : STATUS_SUCCESS;
}

/* s = (e + r * cofactor * d) / k; STATUS_SUCCESS too if r or s is 0, and the nonce no good. */
static NTSTATUS sign_once(const struct lc_ec_key *key, const BIGNUM *e, BIGNUM *r, BIGNUM *s,
                          BIGNUM *k, EC_POINT *point, BN_CTX *context)
{
    const struct lc_ec_curve *curve = key->curve;
    struct field f = { curve->order, curve->order_minus_2, curve->order_mont, context };
    NTSTATUS status;

    if (!BN_priv_rand_range(k, curve->order) || BN_is_zero(k)) return STATUS_INTERNAL_ERROR;
    if ((status = lc_ec_multiply(curve, point, NULL, k, context))) return status;
    if ((status = edwards_reduced_x(curve, point, r, context))) return status;
    if (!multiply(&f, s, key->d, curve->cofactor) || !multiply(&f, s, s, r) || !add(&f, s, s, e) ||
        !invert(&f, k, k) || !multiply(&f, s, s, k)) return STATUS_INTERNAL_ERROR;
    return STATUS_SUCCESS;
}

static NTSTATUS sign(const struct lc_ec_key *key, const uint8_t *digest, size_t bytes,
                     uint8_t *signature, EC_POINT *point, BN_CTX *context)
{
    const struct lc_ec_curve *curve = key->curve;
    BIGNUM *e = BN_CTX_get(context), *r = BN_CTX_get(context), *s = BN_CTX_get(context);
    BIGNUM *k = BN_CTX_get(context);
    int order_bytes = (int)curve->order_bytes;
    NTSTATUS status;

    if (!k || !lc_ec_digest_number(curve, digest, bytes, e) ||
        !BN_nnmod(e, e, curve->order, context))
    {
        return STATUS_NO_MEMORY;
    }
    BN_set_flags(k, BN_FLG_CONSTTIME);
    do status = sign_once(key, e, r, s, k, point, context);
    while (!status && (BN_is_zero(r) || BN_is_zero(s)));
    if (!status && (BN_bn2binpad(r, signature, order_bytes) < 0 ||
                    BN_bn2binpad(s, signature + order_bytes, order_bytes) < 0))
    {
        status = STATUS_INTERNAL_ERROR;
    }
    BN_clear(k);
    return status;
}

static NTSTATUS edwards_sign(const struct lc_ec_key *key, const uint8_t *digest, size_t bytes,
                             uint8_t *signature)
{
    EC_POINT *point = EC_POINT_new(key->curve->group);
    BN_CTX *context = BN_CTX_new();
    NTSTATUS status = STATUS_NO_MEMORY;

    if (point && context)
    {
        BN_CTX_start(context);
        status = sign(key, digest, bytes, signature, point, context);
        BN_CTX_end(context);
    }
    EC_POINT_free(point);
    BN_CTX_free(context);
    return status ? lc_ec_failed("signing", status) : STATUS_SUCCESS;
}

/* ---- ECDH ---- */

static NTSTATUS edwards_agree(const struct lc_ec_key *own, const struct lc_ec_key *peer, uint8_t *x)
{
    const struct lc_ec_curve *curve = own->curve;
    EC_POINT *point = EC_POINT_new(curve->group);
    BN_CTX *context = BN_CTX_new();
    NTSTATUS status = STATUS_NO_MEMORY;

    if (point && context)
    {
        BN_CTX_start(context);
        status = multiply_key(own, point, peer->point, context);
        if (!status && EC_POINT_is_at_infinity(curve->group, point))
        {
            status = STATUS_INVALID_PARAMETER;
        }
        if (!status) status = write_coordinates(curve, point, x, NULL, context);
        BN_CTX_end(context);
    }
    else status = lc_ec_failed("EC_POINT_new", status);
    EC_POINT_clear_free(point);
    BN_CTX_free(context);
    return status;
}

const struct lc_ec_operations lc_ec_edwards =
{
    .curve_init     = edwards_curve_init,
    .draw           = lc_ec_draw_scalar,
    .set_private    = lc_ec_set_scalar,
    .compute_public = edwards_compute_public,
    .set_public     = edwards_set_public,
    .get_private    = lc_ec_get_scalar,
    .sign           = edwards_sign,
    .verify         = lc_ec_verify_group,
    .compare_x      = edwards_compare_x,
    .agree          = edwards_agree,
};
