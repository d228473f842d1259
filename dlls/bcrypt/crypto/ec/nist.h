/*
 * nist.h - P-256, P-384 and P-521 on s2n-bignum, and on 32-bit processors; for crypto/ec/ only.
 *
 * A number is words of 64 bits, the least first; a point is its coordinates, one behind the other:
 * two where it is affine, three where it is in Jacobian form, where (X, Y, Z) stands for
 * (X / Z^2, Y / Z^3), and Z = 0 for infinity. Coordinates are in the form in which the functions of
 * the curve's field take them: Montgomery's for P-256 and P-384.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef CRYPTO_NIST_H
#define CRYPTO_NIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "crypto/common/fast.h"
#include "crypto/ec/lc_ec.h"

/* Whether there is s2n-bignum; what is for 32-bit processors, where native tests have both. */
#define NIST_WIDE FAST_AVAILABLE
#if FAST_TABLES && (defined(__i386__) || defined(OPENCNG_NATIVE))
#define NIST_NARROW 1
#else
#define NIST_NARROW 0
#endif

#define NIST_WORDS_MAX 9
#define NIST_POINT_MAX (3 * NIST_WORDS_MAX)

struct nist_curve
{
    unsigned int words, bits;                   /* of the field, and of the order too */
    const uint64_t *p, *n;
    const uint64_t *b, *one;                    /* in the field's form */
    const uint64_t *order_r2;                   /* 2^(128 words) modulo n */

    void (*to_field)(uint64_t *z, const uint64_t *x);
    void (*from_field)(uint64_t *z, const uint64_t *x);
    void (*multiply)(uint64_t *z, const uint64_t *x, const uint64_t *y);
    void (*square)(uint64_t *z, const uint64_t *x);
    void (*add)(uint64_t *z, const uint64_t *x, const uint64_t *y);
    void (*subtract)(uint64_t *z, const uint64_t *x, const uint64_t *y);
    void (*negate)(uint64_t *z, const uint64_t *x);
    void (*invert)(uint64_t *z, const uint64_t *x);

    /* Sums of points: of two that are not the same, the second of the others affine. */
    void (*point_add)(uint64_t *sum, const uint64_t *left, const uint64_t *right);
    void (*point_add_affine)(uint64_t *sum, const uint64_t *left, const uint64_t *right);
    void (*point_double)(uint64_t *twice, const uint64_t *point);

    /* Entry number - 1 of 16 affine points, by looking at all; any for 0. */
    void (*point_select)(uint64_t *point, const uint64_t *entries, unsigned int number);

    /* Multiples of the generator, affine: see nist_multiply.c. */
    const uint64_t *table;
    unsigned int window_bits, windows, spacing;
    bool odd;
    bool scattered;                             /* table_select alone can read it */
    bool on_libcrypto;                          /* which wants to have looked at the processor */
    void (*table_select)(uint64_t *point, const uint64_t *entries, unsigned int number);

    /* Of numbers of k words modulo an odd one, as s2n-bignum has them: z = x * y / 2^(64 k),
     * z = x + y, z = 1 / x. The first and the last want a z that is none of what it is made of. */
    void (*montgomery_multiply)(uint64_t k, uint64_t *z, const uint64_t *x, const uint64_t *y,
                                const uint64_t *modulus);
    void (*add_modulo)(uint64_t k, uint64_t *z, const uint64_t *x, const uint64_t *y,
                       const uint64_t *modulus);
    void (*invert_modulo)(uint64_t k, uint64_t *z, const uint64_t *x, const uint64_t *modulus,
                          uint64_t *workspace);
};

#if NIST_WIDE
extern const struct nist_curve nist_curves[3];
#endif
#if NIST_NARROW
extern const struct nist_curve nist_narrow_curves[3];
#endif

/* product = scalar * G, 0 < scalar < n, in a time that depends on the curve alone. */
void nist_multiply_generator(const struct nist_curve *curve, uint64_t *product,
                             const uint64_t *scalar);

/* product = scalar * point, the same for an affine point of the curve. */
void nist_multiply_secret(const struct nist_curve *curve, uint64_t *product,
                          const uint64_t *scalar, const uint64_t *point);

/* sum = left * G + right * point, 0 <= left, right < n, point affine; all of them public. */
void nist_multiply_public(const struct nist_curve *curve, uint64_t *sum, const uint64_t *left,
                          const uint64_t *right, const uint64_t *point);

static inline bool nist_is_zero(const uint64_t *x, unsigned int words)
{
    uint64_t any = 0;
    unsigned int i;

    for (i = 0; i < words; i++) any |= x[i];
    return !any;
}

/* r = a where mask is all ones, r as it was where it is zero. The compiler is not to know that it
 * is one or the other: it would read from one of two addresses then. */
static inline void nist_select(uint64_t *r, const uint64_t *a, uint64_t mask, unsigned int words)
{
    unsigned int i;

    __asm__("" : "+r"(mask));
    for (i = 0; i < words; i++) r[i] ^= (r[i] ^ a[i]) & mask;
}

/* z = x - y; returns all ones if x < y, zero otherwise. */
static inline uint64_t nist_subtract(uint64_t *z, const uint64_t *x, const uint64_t *y,
                                     unsigned int words)
{
    uint64_t difference, borrow = 0;
    unsigned int i;

    for (i = 0; i < words; i++)
    {
        difference = x[i] - y[i] - borrow;
        borrow = ((~x[i] & y[i]) | (~(x[i] ^ y[i]) & difference)) >> 63;
        z[i] = difference;
    }
    return (uint64_t)0 - borrow;
}

#endif
