/*
 * lc_ec.h - elliptic curves over prime fields: keys, ECDSA, ECDH.
 *
 * Three forms of curves stand behind one interface: short Weierstrass (libcrypto's EC_GROUP; our
 * own code for P-256, P-384 and P-521 where the processor allows), twisted Edwards (mapped to
 * Weierstrass form) and curve25519. Numbers go in and out as bytes of
 * the curve's lengths, big-endian, but for curve25519, whose coordinates and private values are in
 * the little-endian form of RFC 7748.
 *
 * A curve and a key never change once they are made: any number of threads may use them.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef CRYPTO_LC_EC_H
#define CRYPTO_LC_EC_H

#include "platform/base.h"

/* The largest numbers: 576 bits, as SymCrypt has it; an order may be longer by a bit. */
#define EC_FIELD_BYTES_MAX 72
#define EC_ORDER_BYTES_MAX 73

/* The values of ECC_CURVE_TYPE_ENUM. */
enum lc_ec_form
{
    LC_EC_WEIERSTRASS = 1,
    LC_EC_EDWARDS,
    LC_EC_MONTGOMERY,
};

/* The numbers of a curve, one behind the other, as key blobs have them. */
struct lc_ec_numbers
{
    enum lc_ec_form form;
    size_t field_bytes, order_bytes, cofactor_bytes;
    const uint8_t *digits;                      /* p a b Gx Gy (field_bytes), n, h */
};

struct lc_ec_curve;
struct lc_ec_key;

/*
 * The curve with these numbers. With `verify` the generator is multiplied by the order, for numbers
 * that come from elsewhere.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   they make no curve
 *   STATUS_NOT_SUPPORTED       a form, or a curve of its form, that is not implemented
 *   STATUS_NO_MEMORY
 */
NTSTATUS lc_ec_curve_new(const struct lc_ec_numbers *numbers, bool verify,
                         struct lc_ec_curve **curve);
void lc_ec_curve_free(struct lc_ec_curve *curve);

/* Checks of an imported key, beyond its point being on the curve. */
#define LC_EC_CHECK_ORDER 1                     /* order * point is infinity */
#define LC_EC_CHECK_PAIR  2                     /* the public half belongs to the private one */

/*
 * A key of a point, of a private value, or of both. Without x and y (both NULL) the point is
 * computed; d NULL makes a public key.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   a number out of range, a point off the curve, a check that fails
 *   STATUS_NO_MEMORY
 */
NTSTATUS lc_ec_key_new(const struct lc_ec_curve *curve, const uint8_t *x, const uint8_t *y,
                       const uint8_t *d, unsigned int checks, struct lc_ec_key **key);

/* A fresh key pair. STATUS_NO_MEMORY, STATUS_INTERNAL_ERROR if there are no random numbers. */
NTSTATUS lc_ec_key_generate(const struct lc_ec_curve *curve, struct lc_ec_key **key);

/* Wipes and frees; takes NULL. */
void lc_ec_key_free(struct lc_ec_key *key);

const uint8_t *lc_ec_key_x(const struct lc_ec_key *key);
const uint8_t *lc_ec_key_y(const struct lc_ec_key *key);
bool lc_ec_key_is_private(const struct lc_ec_key *key);

/* Writes the private value, order_bytes of it. */
NTSTATUS lc_ec_key_private(const struct lc_ec_key *key, uint8_t *d);

/*
 * ECDSA: signature is r and s, order_bytes each. Of a digest longer than the order the leftmost
 * bits count.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_SIGNATURE   (lc_ec_verify) it is wrong
 *   STATUS_NOT_SUPPORTED       curve25519
 *   STATUS_NO_MEMORY, STATUS_INTERNAL_ERROR
 */
NTSTATUS lc_ec_sign(const struct lc_ec_key *key, const uint8_t *digest, size_t digest_bytes,
                    uint8_t *signature);
NTSTATUS lc_ec_verify(const struct lc_ec_key *key, const uint8_t *digest, size_t digest_bytes,
                      const uint8_t *signature);

/*
 * ECDH: the x coordinate of cofactor * own d * peer's point, field_bytes of it. The peer's curve
 * must be the same, which the caller has seen to.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   it is infinity
 *   STATUS_NO_MEMORY, STATUS_INTERNAL_ERROR
 */
NTSTATUS lc_ec_agree(const struct lc_ec_key *own, const struct lc_ec_key *peer, uint8_t *x);

#endif
