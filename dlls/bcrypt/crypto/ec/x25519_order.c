/*
 * x25519_order.c - the order of a point of curve25519, without multiplying by it.
 *
 * The points of E: y^2 = x^3 + A x^2 + x, A = 486662, are a cyclic group of 8 l, l the prime that
 * is asked for: a point other than infinity has order l if it is 8 times a point.
 *
 * A 2-isogeny leads from E to E': y'^2 = x' (x'^2 - 2 A x' + A^2 - 4), and its dual from E' to 2 E.
 * A number x is the coordinate of a point P of 2 E if x and x^2 + A x + 1 are squares, a^2 and s^2.
 * P is then the image of P' = (2 x + 2 s + A, 2 a x') and of P' + (0, 0). It is in 8 E if one of
 * these is in 4 E'.
 *
 * A Tate pairing tells that. Let S be a point of E' with 2 S = (A + 2, 0), which is of order 2,
 * X = x' - (A + 2), and y' = slope X the tangent at S; slope is sqrt(A + 2) + 2 or - 2. The reduced
 * pairing t(S, P') is ((y' - slope X)^2 / X)^((p - 1) / 4). For one of the two slopes t(S, (0, 0))
 * is 1, and then t(S, P') is 1 just if P' or P' + (0, 0) is in 4 E'.
 *
 * So it takes three exponentiations: for a, for s, and for the pairing. Zero, which is of order 2,
 * and points that make the pairing zero fail in them.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/ec/x25519.h"

#include "crypto/ec/field25519.h"

static const struct field25519 one = { { 1 } }, coefficient = { { 486662 } };

/* sqrt(-1) = 2^((p - 1) / 4) */
static const uint8_t root_of_minus_one[FIELD25519_BYTES] =
{
    0xb0, 0xa0, 0x0e, 0x4a, 0x27, 0x1b, 0xee, 0xc4, 0x78, 0xe4, 0x2f, 0xad, 0x06, 0x18, 0x43, 0x2f,
    0xa7, 0xd7, 0xfb, 0x3d, 0x99, 0x00, 0x4d, 0x2b, 0x0b, 0xdf, 0xc1, 0x4f, 0x80, 0x24, 0x83, 0x2b,
};

/* sqrt(A + 2) - 2, of the root that makes slope * sqrt(A + 2) no square: then t(S, (0, 0)) is 1. */
static const uint8_t slope_bytes[FIELD25519_BYTES] =
{
    0x13, 0x44, 0x88, 0x9c, 0xef, 0x48, 0xa2, 0xe9, 0x63, 0x93, 0x4a, 0x28, 0xc7, 0x11, 0x5a, 0x63,
    0xef, 0xa6, 0xf4, 0xd7, 0x7a, 0xa7, 0x1f, 0xc2, 0xaf, 0xc2, 0xa9, 0xf9, 0x97, 0xf4, 0xe4, 0x6b,
};

/* r = a^(2^times) * b */
static void square_multiply(struct field25519 *r, const struct field25519 *a, unsigned int times,
                            const struct field25519 *b)
{
    struct field25519 power;

    field_square_times(&power, a, times);
    field_multiply(r, &power, b);
}

static bool is_zero(const struct field25519 *a)
{
    static const uint8_t zero[FIELD25519_BYTES];
    uint8_t bytes[FIELD25519_BYTES];

    field_write(bytes, a);
    return !memcmp(bytes, zero, sizeof(bytes));
}

/*
 * root = a^((p + 3) / 8). Returns a^((p - 1) / 4) if it is 1 or -1, otherwise 0. If 1, root is a
 * square root of a; if -1, sqrt(-1) * root is one; if 0, a has none or is 0.
 */
static int quartic_character(struct field25519 *root, const struct field25519 *a)
{
    struct field25519 e, e5, e10, e50, character, sum;

    /* e5 is a^(2^5 - 1) and so on; (p - 5) / 8 is 2^252 - 3. */
    square_multiply(&e, a, 1, a);
    square_multiply(&e, &e, 2, &e);
    square_multiply(&e5, &e, 1, a);
    square_multiply(&e10, &e5, 5, &e5);
    square_multiply(&e, &e10, 10, &e10);
    square_multiply(&e, &e, 20, &e);
    square_multiply(&e50, &e, 10, &e10);
    square_multiply(&e, &e50, 50, &e50);
    square_multiply(&e, &e, 100, &e);
    square_multiply(&e, &e, 50, &e50);
    square_multiply(&e, &e, 2, a);

    field_multiply(root, &e, a);
    field_multiply(&character, &e, root);
    field_subtract(&sum, &character, &one);
    if (is_zero(&sum)) return 1;
    field_add(&sum, &character, &one);
    return is_zero(&sum) ? -1 : 0;
}

static bool square_root(struct field25519 *root, const struct field25519 *a)
{
    struct field25519 unit;
    int character = quartic_character(root, a);

    if (character < 0)
    {
        field_read(&unit, root_of_minus_one);
        field_multiply(root, root, &unit);
    }
    return character;
}

bool fast_x25519_has_order(const uint8_t u[FIELD25519_BYTES])
{
    struct field25519 x, a, s, image_x, image_y, slope, value, root;

    field_read(&x, u);
    field_add(&value, &x, &coefficient);
    field_multiply(&value, &value, &x);
    field_add(&value, &value, &one);
    if (!square_root(&a, &x) || !square_root(&s, &value)) return false;

    /* X = 2 (x + s - 1), y' = 2 a (2 (x + s) + A) */
    field_add(&s, &s, &x);
    field_subtract(&image_x, &s, &one);
    field_add(&image_x, &image_x, &image_x);
    field_add(&image_y, &s, &s);
    field_add(&image_y, &image_y, &coefficient);
    field_multiply(&image_y, &image_y, &a);
    field_add(&image_y, &image_y, &image_y);

    /* Times X^4, so that nothing need be divided. */
    field_read(&slope, slope_bytes);
    field_multiply(&value, &slope, &image_x);
    field_subtract(&value, &image_y, &value);
    field_multiply(&value, &value, &image_x);
    square_multiply(&value, &value, 1, &image_x);
    return quartic_character(&root, &value) == 1;
}
