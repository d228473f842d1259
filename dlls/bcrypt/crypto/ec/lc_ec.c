/*
 * lc_ec.c - elliptic curves: curves and keys of any form, ECDSA.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/ec/lc_ec_forms.h"

#include <openssl/err.h>

#include "crypto/common/fast.h"
#include "platform/trace.h"
#include "platform/wipe.h"

bool lc_ec_less_constant_time(const uint8_t *left, const uint8_t *right, size_t bytes)
{
    unsigned int borrow = 0;

    while (bytes--) borrow = ((unsigned int)left[bytes] - right[bytes] - borrow) >> 8 & 1;
    return borrow;
}

/* libcrypto leaves scalars and secrets on the stack, in frames that have ended: nistz256 the bytes
 * of a scalar, X25519 the coordinates. None of its frames there go deeper than this. */
#define STACK_BYTES 6144

NTSTATUS lc_ec_failed(const char *function, NTSTATUS otherwise)
{
    unsigned long error;

    /* The first of the errors is the reason, the others say who passed it on. */
    while ((error = ERR_get_error()))
    {
        TRACE("%s failed with %#lx\n", function, error);
        if (ERR_GET_REASON(error) == ERR_R_MALLOC_FAILURE) otherwise = STATUS_NO_MEMORY;
    }
    lc_forget_errors();                         /* what they have allocated, too */
    return otherwise;
}

/* ---- curves ---- */

static const struct lc_ec_operations *operations_of(enum lc_ec_form form)
{
    switch (form)
    {
    case LC_EC_WEIERSTRASS: return &lc_ec_weierstrass;
    case LC_EC_EDWARDS: return &lc_ec_edwards;
    case LC_EC_MONTGOMERY: return &lc_ec_montgomery;
    }
    return NULL;
}

NTSTATUS lc_ec_curve_new(const struct lc_ec_numbers *numbers, bool verify,
                         struct lc_ec_curve **curve)
{
    const struct lc_ec_operations *operations = operations_of(numbers->form);
    struct lc_ec_curve *made;
    NTSTATUS status;

    if (!operations) return STATUS_NOT_SUPPORTED;
    if (!numbers->field_bytes || numbers->field_bytes > EC_FIELD_BYTES_MAX ||
        !numbers->order_bytes || numbers->order_bytes > EC_ORDER_BYTES_MAX)
    {
        return STATUS_INVALID_PARAMETER;
    }

    if (!(made = memory_get_zeroed(sizeof(*made)))) return STATUS_NO_MEMORY;
#if FAST_TABLES
    if ((made->nist = fast_ec_nist_find(numbers))) operations = &fast_ec_nist;
#endif
    made->operations = operations;
    made->field_bytes = numbers->field_bytes;
    made->order_bytes = numbers->order_bytes;
    memcpy(made->p, numbers->digits, numbers->field_bytes);
    memcpy(made->n, numbers->digits + 5 * numbers->field_bytes, numbers->order_bytes);

    status = made->nist ? STATUS_SUCCESS : lc_ready();
    if (!status) status = operations->curve_init(made, numbers, verify);
    if (!status && made->group)
    {
        made->order = EC_GROUP_get0_order(made->group);
        made->cofactor = EC_GROUP_get0_cofactor(made->group);
        made->has_cofactor = !BN_is_one(made->cofactor);
    }
    if (status) lc_ec_curve_free(made);
    else *curve = made;
    return status;
}

void lc_ec_curve_free(struct lc_ec_curve *curve)
{
    if (!curve) return;
    EC_GROUP_free(curve->group);
    BN_free(curve->field);
    BN_free(curve->field_minus_2);
    BN_free(curve->order_minus_2);
    BN_free(curve->scale);
    BN_free(curve->offset);
    BN_MONT_CTX_free(curve->field_mont);
    BN_MONT_CTX_free(curve->order_mont);
    memory_put(curve, sizeof(*curve));
}

/* ---- keys ---- */

NTSTATUS lc_ec_multiply(const struct lc_ec_curve *curve, EC_POINT *result, const EC_POINT *point,
                        const BIGNUM *scalar, BN_CTX *context)
{
    if (EC_POINT_mul(curve->group, result, point ? NULL : scalar, point, point ? scalar : NULL,
                     context) != 1)
    {
        return lc_ec_failed("EC_POINT_mul", STATUS_INTERNAL_ERROR);
    }
    return STATUS_SUCCESS;
}

static struct lc_ec_key *key_new(const struct lc_ec_curve *curve)
{
    struct lc_ec_key *key = memory_get_zeroed(sizeof(*key));

    if (key) key->curve = curve;
    return key;
}

/* Computes the public half, which has to be x and y if they are given. */
static NTSTATUS compute_public(struct lc_ec_key *key, const uint8_t *x, const uint8_t *y)
{
    const struct lc_ec_curve *curve = key->curve;
    NTSTATUS status;

    if ((status = curve->operations->compute_public(key))) return status;
    if (x && (memcmp(key->x, x, curve->field_bytes) || memcmp(key->y, y, curve->field_bytes)))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return STATUS_SUCCESS;
}

NTSTATUS lc_ec_key_new(const struct lc_ec_curve *curve, const uint8_t *x, const uint8_t *y,
                       const uint8_t *d, unsigned int checks, struct lc_ec_key **key)
{
    struct lc_ec_key *made = key_new(curve);
    NTSTATUS status = STATUS_SUCCESS;

    if (!made) return STATUS_NO_MEMORY;
    if (d)
    {
        status = curve->operations->set_private(made, d);
        made->is_private = true;
    }

    /* A pair that matches has a point of the right order, for it is a multiple of the generator. */
    if (!status && (!x || (d && checks & LC_EC_CHECK_PAIR))) status = compute_public(made, x, y);
    else if (!status)
    {
        memcpy(made->x, x, curve->field_bytes);
        memcpy(made->y, y, curve->field_bytes);
        status = curve->operations->set_public(made, checks & LC_EC_CHECK_ORDER);
    }
    if (d) wipe_stack(STACK_BYTES);
    if (status) lc_ec_key_free(made);
    else *key = made;
    return status;
}

NTSTATUS lc_ec_key_generate(const struct lc_ec_curve *curve, struct lc_ec_key **key)
{
    struct lc_ec_key *made = key_new(curve);
    NTSTATUS status;

    if (!made) return STATUS_NO_MEMORY;
    status = curve->operations->draw(made);
    made->is_private = true;
    if (!status) status = compute_public(made, NULL, NULL);
    wipe_stack(STACK_BYTES);
    if (status) lc_ec_key_free(made);
    else *key = made;
    return status;
}

void lc_ec_key_free(struct lc_ec_key *key)
{
    if (!key) return;
    EC_KEY_free(key->signer);
    EC_POINT_free(key->point);
    BN_clear_free(key->d);
    memory_put(key, sizeof(*key));
}

const uint8_t *lc_ec_key_x(const struct lc_ec_key *key)
{
    return key->x;
}

const uint8_t *lc_ec_key_y(const struct lc_ec_key *key)
{
    return key->y;
}

bool lc_ec_key_is_private(const struct lc_ec_key *key)
{
    return key->is_private;
}

NTSTATUS lc_ec_key_private(const struct lc_ec_key *key, uint8_t *d)
{
    return key->curve->operations->get_private(key, d);
}

NTSTATUS lc_ec_agree(const struct lc_ec_key *own, const struct lc_ec_key *peer, uint8_t *x)
{
    NTSTATUS status = own->curve->operations->agree(own, peer, x);

    wipe_stack(STACK_BYTES);
    return status;
}

/* ---- ECDSA ---- */

bool lc_ec_digest_number(const struct lc_ec_curve *curve, const uint8_t *digest, size_t bytes,
                         BIGNUM *e)
{
    int bits = BN_num_bits(curve->order), surplus;

    if (bytes > (size_t)(bits + 7) / 8) bytes = (size_t)(bits + 7) / 8;
    if (!BN_bin2bn(digest, (int)bytes, e)) return false;
    surplus = (int)bytes * 8 - bits;
    return surplus <= 0 || BN_rshift(e, e, surplus);
}

NTSTATUS lc_ec_sign(const struct lc_ec_key *key, const uint8_t *digest, size_t digest_bytes,
                    uint8_t *signature)
{
    NTSTATUS status;

    if (!key->curve->operations->sign) return STATUS_NOT_SUPPORTED;
    status = key->curve->operations->sign(key, digest, digest_bytes, signature);
    wipe_stack(STACK_BYTES);
    return status;
}

/* libcrypto's inverse modulo the order of a group. In no public header, but so named since 3.0. */
int ossl_ec_group_do_inverse_ord(const EC_GROUP *group, BIGNUM *result, const BIGNUM *number,
                                 BN_CTX *context);

/* The public inverse: libcrypto's own is by exponentiation where it is not made for the curve. */
static bool invert(const struct lc_ec_curve *curve, BIGNUM *result, const BIGNUM *number,
                   BN_CTX *context)
{
    if (curve->has_fast_inverse)
    {
        return ossl_ec_group_do_inverse_ord(curve->group, result, number, context);
    }
    return BN_mod_inverse(result, number, curve->order, context);
}

/* r and s are in range; everything here is public. */
static NTSTATUS verify(const struct lc_ec_key *key, const uint8_t *digest, size_t digest_bytes,
                       const uint8_t *signature, BN_CTX *context, EC_POINT *point)
{
    const struct lc_ec_curve *curve = key->curve;
    BIGNUM *r = BN_CTX_get(context), *s = BN_CTX_get(context), *w = BN_CTX_get(context);
    BIGNUM *e = BN_CTX_get(context);
    int bytes = (int)curve->order_bytes;

    if (!e || !lc_ec_digest_number(curve, digest, digest_bytes, e) ||
        !BN_bin2bn(signature, bytes, r) || !BN_bin2bn(signature + bytes, bytes, s))
    {
        return STATUS_NO_MEMORY;
    }

    /* point = e/s * G + r/s * Q */
    if (!invert(curve, w, s, context) || !BN_mod_mul(e, e, w, curve->order, context) ||
        !BN_mod_mul(w, r, w, curve->order, context) ||
        !EC_POINT_mul(curve->group, point, e, key->point, w, context)) return STATUS_INTERNAL_ERROR;
    if (EC_POINT_is_at_infinity(curve->group, point)) return STATUS_INVALID_SIGNATURE;
    return curve->operations->compare_x(curve, point, r, context);
}

static bool in_range(const struct lc_ec_curve *curve, const uint8_t *number)
{
    static const uint8_t zero[EC_ORDER_BYTES_MAX];

    return memcmp(number, zero, curve->order_bytes) &&
           lc_ec_less(number, curve->n, curve->order_bytes);
}

NTSTATUS lc_ec_verify(const struct lc_ec_key *key, const uint8_t *digest, size_t digest_bytes,
                      const uint8_t *signature)
{
    const struct lc_ec_curve *curve = key->curve;

    if (!curve->operations->verify) return STATUS_NOT_SUPPORTED;
    if (!in_range(curve, signature) || !in_range(curve, signature + curve->order_bytes))
    {
        return STATUS_INVALID_SIGNATURE;
    }
    return curve->operations->verify(key, digest, digest_bytes, signature);
}

NTSTATUS lc_ec_verify_group(const struct lc_ec_key *key, const uint8_t *digest, size_t bytes,
                            const uint8_t *signature)
{
    NTSTATUS status = STATUS_NO_MEMORY;
    EC_POINT *point = NULL;
    BN_CTX *context;

    if ((context = BN_CTX_new()) && (point = EC_POINT_new(key->curve->group)))
    {
        BN_CTX_start(context);
        status = verify(key, digest, bytes, signature, context, point);
        BN_CTX_end(context);
    }
    EC_POINT_free(point);
    BN_CTX_free(context);
    if (status && status != STATUS_INVALID_SIGNATURE) status = lc_ec_failed("verifying", status);
    return status;
}
