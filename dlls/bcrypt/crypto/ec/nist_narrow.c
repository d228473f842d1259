/*
 * nist_narrow.c - the fields of P-384 and P-521, and sums of their points, for 32-bit processors;
 * P-256's are libcrypto's.
 *
 * All of them do what s2n-bignum's of the same names do: results are below p, and may be what they
 * are made of; a sum with infinity is right, and one of a point with itself is infinity.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/ec/nist.h"

#if NIST_NARROW

#include <string.h>

#include "crypto/common/narrow.h"
#include "crypto/ec/nist_narrow.h"

/* ---- both fields ---- */

typedef uint64_t number[NIST_WORDS_MAX];

#define P384_WORDS 12
#define P521_WORDS 17                           /* and one that is always zero */

static const narrow_word p384[P384_WORDS] = {
    0xffffffff, 0x00000000, 0x00000000, 0xffffffff, 0xfffffffe, 0xffffffff,
    0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
};
static const narrow_word p521[P521_WORDS + 1] = {
    0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
    0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff,
    0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x000001ff, 0x00000000,
};

NARROW_INLINE void add_modulo(uint64_t *z, const uint64_t *x, const uint64_t *y,
                              const narrow_word *p, unsigned int count)
{
    narrow_word *sum = (narrow_word *)z;
    uint32_t carry = narrow_add(sum, (const narrow_word *)x, (const narrow_word *)y, count);

    narrow_reduce_once(sum, carry & 1, p, count);
    if (count % 2) sum[count] = 0;
}

NARROW_INLINE void subtract_modulo(uint64_t *z, const uint64_t *x, const uint64_t *y,
                                   const narrow_word *p, unsigned int count)
{
    narrow_word *difference = (narrow_word *)z;
    uint32_t borrow = narrow_subtract(difference, (const narrow_word *)x, (const narrow_word *)y,
                                      count);

    narrow_add_masked(difference, p, borrow, count);
    if (count % 2) difference[count] = 0;
}

/* What is done alike; reduce_##curve makes a number of a product. */
#define FIELD(curve, words)                                                                        \
    void narrow_multiply_##curve(uint64_t *z, const uint64_t *x, const uint64_t *y)                \
    {                                                                                              \
        narrow_word t[2 * (words)];                                                                \
                                                                                                   \
        narrow_product(t, (const narrow_word *)x, (const narrow_word *)y, words);                  \
        reduce_##curve((narrow_word *)z, t);                                                       \
    }                                                                                              \
    void narrow_square_##curve(uint64_t *z, const uint64_t *x)                                     \
    {                                                                                              \
        narrow_word t[2 * (words)];                                                                \
                                                                                                   \
        narrow_square(t, (const narrow_word *)x, words);                                           \
        reduce_##curve((narrow_word *)z, t);                                                       \
    }                                                                                              \
    void narrow_add_##curve(uint64_t *z, const uint64_t *x, const uint64_t *y)                     \
    {                                                                                              \
        add_modulo(z, x, y, curve, words);                                                         \
    }                                                                                              \
    void narrow_subtract_##curve(uint64_t *z, const uint64_t *x, const uint64_t *y)                \
    {                                                                                              \
        subtract_modulo(z, x, y, curve, words);                                                    \
    }                                                                                              \
    void narrow_negate_##curve(uint64_t *z, const uint64_t *x)                                     \
    {                                                                                              \
        static const number zero;                                                                  \
                                                                                                   \
        subtract_modulo(z, zero, x, curve, words);                                                 \
    }

/* ---- P-256: 1 / (2^256 x) to 2^256 / x ---- */

void narrow_invert_p256(uint64_t *z, const uint64_t *x)
{
    uint64_t inverse[4];

    narrow_modinv(4, inverse, x, nist_narrow_curves[0].p, NULL);
    ecp_nistz256_to_mont(inverse, inverse);
    ecp_nistz256_to_mont(z, inverse);
}

/* ---- P-384, in Montgomery's form ---- */

/*
 * z = t / 2^384. As -1 / p is 1 modulo 2^32, the multiple of p that makes a word zero is that word,
 * m: and m p is m (2^384 - 2^128 - 2^96 + 2^32 - 1), five words to add or take away.
 */
static void reduce_p384(narrow_word *z, narrow_word *t)
{
    int64_t sum = 0;
    unsigned int i;

    NARROW_UNROLL
    for (i = 0; i < P384_WORDS; i++)
    {
        sum += t[i];
        if (i >= 1) sum += t[i - 1];
        if (i >= 3) sum -= t[i - 3];
        if (i >= 4) sum -= t[i - 4];
        t[i] = (uint32_t)sum;                   /* the multiple; and the word itself is gone */
        sum >>= 32;
    }
    NARROW_UNROLL
    for (i = P384_WORDS; i < 2 * P384_WORDS; i++)
    {
        sum += t[i];
        sum += t[i - P384_WORDS];
        if (i - 1 < P384_WORDS) sum += t[i - 1];
        if (i - 3 < P384_WORDS) sum -= t[i - 3];
        if (i - 4 < P384_WORDS) sum -= t[i - 4];
        z[i - P384_WORDS] = (uint32_t)sum;
        sum >>= 32;
    }
    narrow_reduce_once(z, (uint32_t)sum, p384, P384_WORDS);
}

FIELD(p384, P384_WORDS)

void narrow_to_field_p384(uint64_t *z, const uint64_t *x)
{
    static const uint64_t r2[] = {              /* 2^768 modulo p */
        0xfffffffe00000001, 0x0000000200000000, 0xfffffffe00000000,
        0x0000000200000000, 0x0000000000000001, 0x0000000000000000,
    };

    narrow_multiply_p384(z, x, r2);
}

void narrow_from_field_p384(uint64_t *z, const uint64_t *x)
{
    narrow_word t[2 * P384_WORDS] = { 0 };

    memcpy(t, x, P384_WORDS * sizeof(*t));
    reduce_p384((narrow_word *)z, t);
}

/* 1 / (2^384 x) to 2^384 / x. */
void narrow_invert_p384(uint64_t *z, const uint64_t *x)
{
    uint64_t inverse[P384_WORDS / 2];

    narrow_modinv(P384_WORDS / 2, inverse, x, nist_narrow_curves[1].p, NULL);
    narrow_to_field_p384(inverse, inverse);
    narrow_to_field_p384(z, inverse);
}

/* ---- P-521 ---- */

/* z = t modulo 2^521 - 1: what is above 521 bits, and what is not. */
static void reduce_p521(narrow_word *z, narrow_word *t)
{
    narrow_word above[P521_WORDS];
    unsigned int i;

    NARROW_UNROLL
    for (i = 0; i < P521_WORDS; i++)
    {
        above[i] = t[i + P521_WORDS - 1] >> 9;
        if (i + 1 < P521_WORDS) above[i] |= t[i + P521_WORDS] << 23;
    }
    t[P521_WORDS - 1] &= 0x1ff;
    narrow_add(z, t, above, P521_WORDS);
    narrow_reduce_once(z, 0, p521, P521_WORDS);
    z[P521_WORDS] = 0;
}

FIELD(p521, P521_WORDS)

void narrow_invert_p521(uint64_t *z, const uint64_t *x)
{
    narrow_modinv((P521_WORDS + 1) / 2, z, x, nist_narrow_curves[2].p, NULL);
}

/* ---- points ---- */

static uint64_t mask_if_zero(const uint64_t *x, unsigned int words)
{
    uint64_t any = 0;
    unsigned int i;

    for (i = 0; i < words; i++) any |= x[i];
    return ((any | (0 - any)) >> 63) - 1;
}

/* 3 (X - Z^2) (X + Z^2) is the slope's numerator where a = -3. */
static void point_double(const struct nist_curve *curve, uint64_t *twice, const uint64_t *point)
{
    const uint64_t *x = point, *y = point + curve->words, *z = point + 2 * curve->words;
    number delta, gamma, beta, alpha, sum;

    curve->square(delta, z);
    curve->square(gamma, y);
    curve->multiply(beta, x, gamma);

    curve->subtract(alpha, x, delta);
    curve->add(sum, x, delta);
    curve->multiply(sum, sum, alpha);
    curve->add(alpha, sum, sum);
    curve->add(alpha, alpha, sum);

    /* Z = (Y + Z)^2 - Y^2 - Z^2 */
    curve->add(sum, y, z);
    curve->square(sum, sum);
    curve->subtract(sum, sum, gamma);
    curve->subtract(twice + 2 * curve->words, sum, delta);

    /* X = alpha^2 - 8 beta, Y = alpha (4 beta - X) - 8 gamma^2 */
    curve->add(beta, beta, beta);
    curve->add(beta, beta, beta);
    curve->add(sum, beta, beta);
    curve->square(delta, alpha);
    curve->subtract(twice, delta, sum);
    curve->subtract(sum, beta, twice);
    curve->multiply(sum, sum, alpha);
    curve->square(gamma, gamma);
    curve->add(gamma, gamma, gamma);
    curve->add(gamma, gamma, gamma);
    curve->add(gamma, gamma, gamma);
    curve->subtract(twice + curve->words, sum, gamma);
}

/* The sum of two points brought to one denominator z: (x, y) and (other_x, other_y) are their
 * numerators. */
static void add_numerators(const struct nist_curve *curve, uint64_t *sum, const uint64_t *x,
                           const uint64_t *y, uint64_t *other_x, uint64_t *other_y,
                           const uint64_t *z)
{
    number square, cube, product;

    curve->subtract(other_x, other_x, x);
    curve->subtract(other_y, other_y, y);
    curve->multiply(sum + 2 * curve->words, z, other_x);
    curve->square(square, other_x);
    curve->multiply(cube, square, other_x);
    curve->multiply(product, square, x);

    curve->square(square, other_y);
    curve->subtract(square, square, cube);
    curve->subtract(square, square, product);
    curve->subtract(sum, square, product);

    curve->subtract(product, product, sum);
    curve->multiply(product, product, other_y);
    curve->multiply(cube, cube, y);
    curve->subtract(sum + curve->words, product, cube);
}

static void point_add(const struct nist_curve *curve, uint64_t *sum, const uint64_t *left,
                      const uint64_t *right)
{
    unsigned int words = curve->words;
    const uint64_t *left_z = left + 2 * words, *right_z = right + 2 * words;
    uint64_t made[NIST_POINT_MAX], left_infinite = mask_if_zero(left_z, words);
    uint64_t right_infinite = mask_if_zero(right_z, words);
    number square, x, y, other_x, other_y;

    curve->square(square, right_z);
    curve->multiply(x, left, square);
    curve->multiply(y, left + words, right_z);
    curve->multiply(y, y, square);
    curve->square(square, left_z);
    curve->multiply(other_x, right, square);
    curve->multiply(other_y, right + words, left_z);
    curve->multiply(other_y, other_y, square);
    curve->multiply(square, left_z, right_z);
    add_numerators(curve, made, x, y, other_x, other_y, square);

    nist_select(made, left, right_infinite, 3 * words);
    nist_select(made, right, left_infinite, 3 * words);
    memcpy(sum, made, 3 * words * sizeof(*sum));
}

static void point_add_affine(const struct nist_curve *curve, uint64_t *sum, const uint64_t *left,
                             const uint64_t *right)
{
    unsigned int words = curve->words;
    const uint64_t *left_z = left + 2 * words;
    uint64_t made[NIST_POINT_MAX], left_infinite = mask_if_zero(left_z, words);
    number square, other_x, other_y;

    curve->square(square, left_z);
    curve->multiply(other_x, right, square);
    curve->multiply(other_y, right + words, left_z);
    curve->multiply(other_y, other_y, square);
    add_numerators(curve, made, left, left + words, other_x, other_y, left_z);

    nist_select(made, right, left_infinite, 2 * words);
    nist_select(made + 2 * words, curve->one, left_infinite, words);
    memcpy(sum, made, 3 * words * sizeof(*sum));
}

#define POINTS(curve, index)                                                                       \
    void narrow_point_double_##curve(uint64_t *twice, const uint64_t *point)                       \
    {                                                                                              \
        point_double(&nist_narrow_curves[index], twice, point);                                    \
    }                                                                                              \
    void narrow_point_add_##curve(uint64_t *sum, const uint64_t *left, const uint64_t *right)      \
    {                                                                                              \
        point_add(&nist_narrow_curves[index], sum, left, right);                                   \
    }                                                                                              \
    void narrow_point_add_affine_##curve(uint64_t *sum, const uint64_t *left,                      \
                                         const uint64_t *right)                                    \
    {                                                                                              \
        point_add_affine(&nist_narrow_curves[index], sum, left, right);                            \
    }
POINTS(p384, 1)
POINTS(p521, 2)

#endif
