/*
 * lc_x25519.c - curve25519 as CNG has it: RFC 7748's wire forms, no clamping, but checks instead.
 *
 * A private value has to be clamped already and a u coordinate has to be reduced, so that masking
 * and clamping, which libcrypto's X25519 does, change nothing. The point 0 and others of small
 * order, points of the twist and mixed ones are found by fast_x25519_has_order().
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/ec/lc_ec_forms.h"

#include "crypto/common/fast.h"

#if FAST_AVAILABLE
#include <fast/s2n-bignum.h>
#endif

#include "crypto/common/cpu.h"
#include "crypto/random/random.h"
#include "crypto/ec/x25519.h"

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

/* u = d * peer, d * 9 if peer is NULL: by s2n-bignum where the processor has what it takes. */
static void multiply(uint8_t u[BYTES], const uint64_t *d, const uint8_t *peer)
{
#if FAST_AVAILABLE
    if (cpu_has(CPU_BMI2 | CPU_ADX))
    {
        uint64_t point[BYTES / 8], product[BYTES / 8];

        if (peer)
        {
            memcpy(point, peer, BYTES);
            curve25519_x25519(product, d, point);
        }
        else curve25519_x25519base(product, d);
        memcpy(u, product, BYTES);
        wipe(product, sizeof(product));
        return;
    }
#endif
    if (peer) ossl_x25519(u, (const uint8_t *)d, peer);
    else ossl_x25519_public_from_private(u, (const uint8_t *)d);
}

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
    uint8_t *d = (uint8_t *)key->scalar;

    if (!random_bytes(d, BYTES)) return STATUS_INTERNAL_ERROR;
    d[0] &= 0xf8;
    d[31] = (d[31] & 0x7f) | 0x40;
    return STATUS_SUCCESS;
}

static NTSTATUS montgomery_set_private(struct lc_ec_key *key, const uint8_t *d)
{
    if (d[0] & 0x07 || (d[31] & 0xc0) != 0x40) return STATUS_INVALID_PARAMETER;
    memcpy(key->scalar, d, BYTES);
    return STATUS_SUCCESS;
}

static NTSTATUS montgomery_get_private(const struct lc_ec_key *key, uint8_t *d)
{
    memcpy(d, key->scalar, BYTES);
    return STATUS_SUCCESS;
}

static NTSTATUS montgomery_compute_public(struct lc_ec_key *key)
{
    multiply(key->x, key->scalar, NULL);
    return STATUS_SUCCESS;
}

static NTSTATUS montgomery_set_public(struct lc_ec_key *key, bool order)
{
    uint8_t reversed[BYTES], any = 0;
    size_t i;

    for (i = 0; i < BYTES; i++) reversed[i] = key->x[BYTES - 1 - i], any |= key->y[i];
    if (any || !lc_ec_less(reversed, key->curve->p, BYTES)) return STATUS_INVALID_PARAMETER;
    return order && !fast_x25519_has_order(key->x) ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
}

/* Zero, which a peer of small order gives, is an answer too: such a peer was let in on purpose. */
static NTSTATUS montgomery_agree(const struct lc_ec_key *own, const struct lc_ec_key *peer,
                                 uint8_t *x)
{
    multiply(x, own->scalar, peer->x);
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
