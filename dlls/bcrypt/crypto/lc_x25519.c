/*
 * lc_x25519.c - curve25519 as CNG has it: RFC 7748's wire forms, no clamping, but checks instead.
 *
 * A private value has to be clamped already and a u coordinate has to be reduced, so that masking
 * and clamping, which libcrypto's X25519 does, change nothing. The point 0 and others of small
 * order, points of the twist and mixed ones are found by multiplying with the order.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/lc_ec_forms.h"

#include "crypto/random.h"

#define BYTES 32

/* libcrypto's X25519 below EVP, whose way through providers costs more. In no public header, but so
 * named since OpenSSL 3.0. The first returns 0 if the secret is zero. */
int ossl_x25519(uint8_t secret[BYTES], const uint8_t d[BYTES], const uint8_t peer[BYTES]);
void ossl_x25519_public_from_private(uint8_t u[BYTES], const uint8_t d[BYTES]);

/* p a b Gx Gy n h: the one Montgomery curve there is. */
static const uint8_t curve25519[6 * BYTES + 1] =
{
    0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xed,
    [2 * BYTES - 3] = 0x07, 0x6d, 0x06,
    [4 * BYTES - 1] = 0x09,
    0x20, 0xae, 0x19, 0xa1, 0xb8, 0xa0, 0x86, 0xb4, 0xe0, 0x1e, 0xdd, 0x2c, 0x77, 0x48, 0xd1, 0x4c,
    0x92, 0x3d, 0x4d, 0x7e, 0x6d, 0x7c, 0x61, 0xb2, 0x29, 0xe9, 0xc5, 0xa2, 0x7e, 0xce, 0xd3, 0xd9,
    0x10, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x14, 0xde, 0xf9, 0xde, 0xa2, 0xf7, 0x9c, 0xd6, 0x58, 0x12, 0x63, 0x1a, 0x5c, 0xf5, 0xd3, 0xed,
    0x08,
};

static NTSTATUS montgomery_curve_init(struct lc_ec_curve *curve,
                                      const struct lc_ec_numbers *numbers, bool verify)
{
    (void)curve, (void)verify;
    if (numbers->field_bytes != BYTES || numbers->order_bytes != BYTES ||
        numbers->cofactor_bytes != 1 || memcmp(numbers->digits, curve25519, sizeof(curve25519)))
    {
        return STATUS_NOT_SUPPORTED;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS montgomery_draw(struct lc_ec_key *key)
{
    if (!random_bytes(key->wire_d, BYTES)) return STATUS_INTERNAL_ERROR;
    key->wire_d[0] &= 0xf8;
    key->wire_d[31] = (key->wire_d[31] & 0x7f) | 0x40;
    return STATUS_SUCCESS;
}

static NTSTATUS montgomery_set_private(struct lc_ec_key *key, const uint8_t *d)
{
    if (d[0] & 0x07 || (d[31] & 0xc0) != 0x40) return STATUS_INVALID_PARAMETER;
    memcpy(key->wire_d, d, BYTES);
    return STATUS_SUCCESS;
}

static NTSTATUS montgomery_get_private(const struct lc_ec_key *key, uint8_t *d)
{
    memcpy(d, key->wire_d, BYTES);
    return STATUS_SUCCESS;
}

static NTSTATUS montgomery_compute_public(struct lc_ec_key *key)
{
    ossl_x25519_public_from_private(key->x, key->wire_d);
    return STATUS_SUCCESS;
}

/* One step of RFC 7748's ladder on (x2 : z2) and (x3 : z3), whose difference is u. All numbers are
 * public, reduced and in Montgomery form. */
struct ladder
{
    BIGNUM *u, *x2, *z2, *x3, *z3, *a24, *s, *t, *v, *w;
};

static bool ladder_step(const struct ladder *l, const BIGNUM *p, BN_MONT_CTX *mont, BN_CTX *context)
{
#define ADD(r, a, b) BN_mod_add_quick(r, a, b, p)
#define SUB(r, a, b) BN_mod_sub_quick(r, a, b, p)
#define MUL(r, a, b) BN_mod_mul_montgomery(r, a, b, mont, context)
    return ADD(l->s, l->x2, l->z2) && SUB(l->t, l->x2, l->z2) &&                    /* A, B */
           ADD(l->v, l->x3, l->z3) && SUB(l->w, l->x3, l->z3) &&                    /* C, D */
           MUL(l->w, l->w, l->s) && MUL(l->v, l->v, l->t) &&                        /* DA, CB */
           ADD(l->x3, l->w, l->v) && MUL(l->x3, l->x3, l->x3) &&
           SUB(l->z3, l->w, l->v) && MUL(l->z3, l->z3, l->z3) && MUL(l->z3, l->z3, l->u) &&
           MUL(l->s, l->s, l->s) && MUL(l->t, l->t, l->t) &&                        /* AA, BB */
           MUL(l->x2, l->s, l->t) && SUB(l->t, l->s, l->t) &&                       /* E */
           MUL(l->v, l->a24, l->t) && ADD(l->v, l->s, l->v) && MUL(l->z2, l->t, l->v);
#undef ADD
#undef SUB
#undef MUL
}

/* Multiplies u by the order. */
static NTSTATUS check_order(const struct lc_ec_key *key, BN_MONT_CTX *mont, BN_CTX *context)
{
    struct ladder l;
    BIGNUM *p = BN_CTX_get(context), *n = BN_CTX_get(context), *swap;
    BIGNUM **all[] = { &l.u, &l.x2, &l.z2, &l.x3, &l.z3, &l.a24, &l.s, &l.t, &l.v, &l.w };
    bool good = true;
    size_t i;
    int bit;

    for (i = 0; i < ARRAY_SIZE(all); i++) *all[i] = BN_CTX_get(context);
    if (!l.w || !BN_bin2bn(key->curve->p, BYTES, p) || !BN_bin2bn(key->curve->n, BYTES, n) ||
        !BN_MONT_CTX_set(mont, p, context) || !BN_lebin2bn(key->x, BYTES, l.u) ||
        !BN_to_montgomery(l.u, l.u, mont, context) || !BN_set_word(l.a24, 121665) ||
        !BN_to_montgomery(l.a24, l.a24, mont, context) ||
        !BN_to_montgomery(l.x2, BN_value_one(), mont, context) || !BN_copy(l.x3, l.u) ||
        !BN_copy(l.z3, l.x2))
    {
        return lc_ec_failed("BN_MONT_CTX_set", STATUS_NO_MEMORY);
    }
    BN_zero(l.z2);

    /* Swapping both pairs before and after a step lets it double the other one. */
    for (bit = BN_num_bits(n) - 1; good && bit >= 0; bit--)
    {
        bool one = BN_is_bit_set(n, bit);

        if (one)
        {
            swap = l.x2, l.x2 = l.x3, l.x3 = swap;
            swap = l.z2, l.z2 = l.z3, l.z3 = swap;
        }
        good = ladder_step(&l, p, mont, context);
        if (one)
        {
            swap = l.x2, l.x2 = l.x3, l.x3 = swap;
            swap = l.z2, l.z2 = l.z3, l.z3 = swap;
        }
    }
    if (!good) return lc_ec_failed("BN_mod_mul_montgomery", STATUS_INTERNAL_ERROR);
    return BN_is_zero(l.z2) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

static NTSTATUS montgomery_set_public(struct lc_ec_key *key, bool order)
{
    NTSTATUS status = STATUS_NO_MEMORY;
    uint8_t reversed[BYTES], any = 0;
    BN_MONT_CTX *mont = NULL;
    BN_CTX *context;
    size_t i;

    for (i = 0; i < BYTES; i++) reversed[i] = key->x[BYTES - 1 - i], any |= key->y[i];
    if (any || !lc_ec_less(reversed, key->curve->p, BYTES)) return STATUS_INVALID_PARAMETER;
    if (!order) return STATUS_SUCCESS;

    for (i = 0; i < BYTES; i++) any |= key->x[i];
    if (!any) return STATUS_INVALID_PARAMETER;

    if ((context = BN_CTX_new()) && (mont = BN_MONT_CTX_new()))
    {
        BN_CTX_start(context);
        status = check_order(key, mont, context);
        BN_CTX_end(context);
    }
    else status = lc_ec_failed("BN_CTX_new", status);
    BN_MONT_CTX_free(mont);
    BN_CTX_free(context);
    return status;
}

/* Zero, which a peer of small order gives, is an answer too: such a peer was let in on purpose. */
static NTSTATUS montgomery_agree(const struct lc_ec_key *own, const struct lc_ec_key *peer,
                                 uint8_t *x)
{
    ossl_x25519(x, own->wire_d, peer->x);
    return STATUS_SUCCESS;
}

const struct lc_ec_operations lc_ec_montgomery =
{
    .curve_init     = montgomery_curve_init,
    .draw           = montgomery_draw,
    .set_private    = montgomery_set_private,
    .compute_public = montgomery_compute_public,
    .set_public     = montgomery_set_public,
    .get_private    = montgomery_get_private,
    .agree          = montgomery_agree,
};
