/*
 * test_x25519.c - the field of curve25519 and the order of its points, against libcrypto.
 *
 * To libcrypto the curve is y^2 = x^3 + a x + b: coordinates are shifted by A / 3. There a point is
 * multiplied with the order. test_x25519_narrow.c runs all this on the limbs of 32-bit machines.
 *
 * SPDX-License-Identifier: MIT
 */

#include <check.h>
#include <stdlib.h>

#include <openssl/bn.h>
#include <openssl/ec.h>

#include "crypto/ec/field25519.h"
#include "crypto/ec/x25519.h"
#include "suite.h"

#define BYTES FIELD25519_BYTES
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static BN_CTX *context;
static BIGNUM *p, *order, *shift;
static EC_GROUP *curve;

static void must(bool condition)
{
    ck_assert(condition);
}

static BIGNUM *number(const char *hex)
{
    BIGNUM *n = NULL;

    must(BN_hex2bn(&n, hex));
    return n;
}

/* Random numbers, the same in every run. */
static void draw(uint8_t bytes[BYTES])
{
    static uint64_t state = 1;
    int i;

    for (i = 0; i < BYTES; i++)
    {
        state = state * 6364136223846793005u + 1442695040888963407u;
        bytes[i] = (uint8_t)(state >> 56);
    }
    bytes[BYTES - 1] &= 0x7f;
}

static void draw_below_p(uint8_t bytes[BYTES])
{
    BIGNUM *n = BN_new();

    do draw(bytes);
    while (BN_ucmp(BN_lebin2bn(bytes, BYTES, n), p) >= 0);
    BN_free(n);
}

static void set_up(void)
{
    BIGNUM *a, *b;

    context = BN_CTX_new();
    p = number("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed");
    order = number("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");

    /* a = 1 - A^2 / 3, b = A (2 A^2 - 9) / 27, shift = A / 3 */
    a = number("2aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa984914a144");
    b = number("7b425ed097b425ed097b425ed097b425ed097b425ed097b4260b5e9c7710c864");
    shift = number("2aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad2451");
    curve = EC_GROUP_new_curve_GFp(p, a, b, context);
    must(curve != NULL);
    BN_free(a);
    BN_free(b);
}

static void tear_down(void)
{
    EC_GROUP_free(curve);
    BN_free(shift);
    BN_free(order);
    BN_free(p);
    BN_CTX_free(context);
}

/* ---- the field ---- */

/* What carries, what does not, and what is as good as zero. */
static const char *const edges[] =
{
    "0", "1", "2", "12", "13",
    "3ffffff", "4000000", "7ffffffffffff", "8000000000000",
    "3fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "4000000000000000000000000000000000000000000000000000000000000000",
    "5555555555555555555555555555555555555555555555555555555555555555",
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00",
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffda",
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeb",
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
};
#define DRAWN 40
#define VALUES (ARRAY_SIZE(edges) + DRAWN)

static void value_bytes(size_t i, uint8_t bytes[BYTES])
{
    BIGNUM *n;

    if (i >= ARRAY_SIZE(edges))
    {
        draw_below_p(bytes);
        return;
    }
    n = number(edges[i]);
    must(BN_bn2lebinpad(n, bytes, BYTES) == BYTES);
    BN_free(n);
}

static void expect_value(const struct field25519 *r, const BIGNUM *wanted)
{
    uint8_t bytes[BYTES], wanted_bytes[BYTES];

    field_write(bytes, r);
    must(BN_bn2lebinpad(wanted, wanted_bytes, BYTES) == BYTES);
    ck_assert_mem_eq(bytes, wanted_bytes, BYTES);
}

/* Each operation on the values as they are read, and on what operations have made of them. */
static void check_pair(const uint8_t left[BYTES], const uint8_t right[BYTES])
{
    BIGNUM *a = BN_lebin2bn(left, BYTES, NULL), *b = BN_lebin2bn(right, BYTES, NULL);
    BIGNUM *wanted = BN_new();
    struct field25519 x, y, r;
    int round, i;

    field_read(&x, left);
    field_read(&y, right);
    for (round = 0; round < 3; round++)
    {
        expect_value(&x, a);
        expect_value(&y, b);

        field_multiply(&r, &x, &y);
        must(BN_mod_mul(wanted, a, b, p, context));
        expect_value(&r, wanted);

        field_square_times(&r, &x, 3);
        must(BN_copy(wanted, a) != NULL);
        for (i = 0; i < 3; i++) must(BN_mod_sqr(wanted, wanted, p, context));
        expect_value(&r, wanted);

        /* The sum and the difference are the next values. */
        field_subtract(&r, &x, &y);
        field_add(&x, &x, &y);
        y = r;
        must(BN_mod_sub(wanted, a, b, p, context) && BN_mod_add(a, a, b, p, context));
        BN_swap(b, wanted);
    }
    BN_free(wanted);
    BN_free(b);
    BN_free(a);
}

START_TEST(the_field_agrees_with_libcrypto)
{
    uint8_t left[BYTES], right[BYTES];
    size_t i, j;

    for (i = 0; i < VALUES; i++)
    {
        for (j = 0; j < VALUES; j++)
        {
            value_bytes(i, left);
            value_bytes(j, right);
            check_pair(left, right);
        }
    }
}
END_TEST

START_TEST(the_greatest_limbs_overflow_nothing)
{
    struct field25519 greatest, r;
    uint8_t bytes[BYTES];
    BIGNUM *n, *limb = BN_new();
    int i;

    for (i = 0; i < LIMBS; i++) greatest.limb[i] = LIMB_MASK + (LIMB_MASK >> 2);
    n = BN_new();
    BN_zero(n);
    for (i = LIMBS - 1; i >= 0; i--)
    {
        must(BN_lshift(n, n, LIMB_BITS) && BN_set_word(limb, greatest.limb[i]) &&
             BN_add(n, n, limb));
    }
    must(BN_nnmod(n, n, p, context));
    expect_value(&greatest, n);
    field_write(bytes, &greatest);

    field_multiply(&r, &greatest, &greatest);
    must(BN_mod_sqr(limb, n, p, context));
    expect_value(&r, limb);
    field_square_times(&r, &greatest, 1);
    expect_value(&r, limb);
    field_add(&r, &greatest, &greatest);
    must(BN_mod_lshift1(limb, n, p, context));
    expect_value(&r, limb);
    field_subtract(&r, &greatest, &greatest);
    BN_zero(limb);
    expect_value(&r, limb);
    BN_free(limb);
    BN_free(n);
}
END_TEST

/* ---- the order ---- */

/* The point of that u, NULL if there is none: u is of the twist. */
static EC_POINT *point_of(const uint8_t u[BYTES])
{
    BIGNUM *x = BN_lebin2bn(u, BYTES, NULL);
    EC_POINT *point = EC_POINT_new(curve);

    must(BN_mod_add(x, x, shift, p, context));
    if (EC_POINT_set_compressed_coordinates(curve, point, x, 0, context) != 1)
    {
        EC_POINT_free(point);
        point = NULL;
    }
    BN_free(x);
    return point;
}

static void u_of(const EC_POINT *point, uint8_t u[BYTES])
{
    BIGNUM *x = BN_new();

    must(EC_POINT_get_affine_coordinates(curve, point, x, NULL, context) == 1);
    must(BN_mod_sub(x, x, shift, p, context) && BN_bn2lebinpad(x, u, BYTES) == BYTES);
    BN_free(x);
}

static EC_POINT *times(const EC_POINT *point, const BIGNUM *scalar)
{
    EC_POINT *product = EC_POINT_new(curve);

    must(EC_POINT_mul(curve, product, NULL, point, scalar, context) == 1);
    return product;
}

static EC_POINT *times_word(const EC_POINT *point, BN_ULONG scalar)
{
    BIGNUM *n = BN_new();
    EC_POINT *product;

    must(BN_set_word(n, scalar));
    product = times(point, n);
    BN_free(n);
    return product;
}

static EC_POINT *random_point(void)
{
    uint8_t u[BYTES];
    EC_POINT *point;

    do draw_below_p(u);
    while (!(point = point_of(u)));
    return point;
}

static EC_POINT *point_of_order_8(void)
{
    EC_POINT *any, *point, *fourfold;
    bool found;

    do
    {
        any = random_point();
        point = times(any, order);
        fourfold = times_word(point, 4);
        found = !EC_POINT_is_at_infinity(curve, fourfold);
        if (!found) EC_POINT_free(point);
        EC_POINT_free(fourfold);
        EC_POINT_free(any);
    }
    while (!found);
    return point;
}

static bool has_order(const uint8_t u[BYTES])
{
    EC_POINT *point = point_of(u), *product;
    bool has;

    if (!point) return false;
    product = times(point, order);
    has = EC_POINT_is_at_infinity(curve, product);
    EC_POINT_free(product);
    EC_POINT_free(point);
    return has;
}

START_TEST(a_point_of_the_subgroup_with_one_of_small_order_is_refused)
{
    EC_POINT *small = point_of_order_8(), *any, *inside, *torsion, *sum = EC_POINT_new(curve);
    uint8_t u[BYTES];
    unsigned int i;
    int round;

    for (round = 0; round < 60; round++)
    {
        any = random_point();
        inside = times_word(any, 8);
        for (i = 0; i < 8; i++)
        {
            torsion = times_word(small, i);
            must(EC_POINT_add(curve, sum, inside, torsion, context) == 1);
            u_of(sum, u);
            ck_assert_int_eq(fast_x25519_has_order(u), i == 0);
            if (!round) ck_assert_int_eq(has_order(u), i == 0);
            EC_POINT_free(torsion);
        }
        EC_POINT_free(inside);
        EC_POINT_free(any);
    }
    EC_POINT_free(sum);
    EC_POINT_free(small);
}
END_TEST

START_TEST(points_of_small_order_are_refused)
{
    EC_POINT *small = point_of_order_8(), *point;
    uint8_t u[BYTES] = { 0 };
    unsigned int i;

    for (i = 1; i < 8; i++)
    {
        point = times_word(small, i);
        u_of(point, u);
        ck_assert(!fast_x25519_has_order(u));
        EC_POINT_free(point);
    }
    EC_POINT_free(small);

    /* 0 and 1 on the curve, -1 on the twist */
    memset(u, 0, sizeof(u));
    ck_assert(!fast_x25519_has_order(u));
    u[0] = 1;
    ck_assert(!fast_x25519_has_order(u));
    must(BN_bn2lebinpad(p, u, BYTES) == BYTES);
    u[0]--;
    ck_assert(!fast_x25519_has_order(u));
}
END_TEST

/* One in sixteen has it: half of all are of the twist. */
START_TEST(any_number_is_judged_as_multiplying_does)
{
    uint8_t u[BYTES];
    unsigned int found = 0;
    int round;

    for (round = 0; round < 1500; round++)
    {
        draw_below_p(u);
        ck_assert_int_eq(fast_x25519_has_order(u), has_order(u));
        found += has_order(u);
    }
    ck_assert_uint_gt(found, 50);
}
END_TEST

/* 9, the generator, among them */
START_TEST(small_and_great_numbers_are_judged_as_multiplying_does)
{
    BIGNUM *n = BN_new();
    uint8_t u[BYTES];
    unsigned int i;

    for (i = 0; i < 300; i++)
    {
        memset(u, 0, sizeof(u));
        u[0] = (uint8_t)i;
        u[1] = (uint8_t)(i >> 8);
        ck_assert_int_eq(fast_x25519_has_order(u), has_order(u));
        must(BN_copy(n, p) && BN_sub_word(n, i + 1) && BN_bn2lebinpad(n, u, BYTES) == BYTES);
        ck_assert_int_eq(fast_x25519_has_order(u), has_order(u));
    }
    BN_free(n);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("x25519");

    tcase_add_unchecked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, the_field_agrees_with_libcrypto);
    tcase_add_test(tests, the_greatest_limbs_overflow_nothing);
    tcase_add_test(tests, a_point_of_the_subgroup_with_one_of_small_order_is_refused);
    tcase_add_test(tests, points_of_small_order_are_refused);
    tcase_add_test(tests, any_number_is_judged_as_multiplying_does);
    tcase_add_test(tests, small_and_great_numbers_are_judged_as_multiplying_does);
    return suite_run("x25519", tests);
}
