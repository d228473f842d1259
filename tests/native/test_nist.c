/*
 * test_nist.c - P-256, P-384 and P-521 on s2n-bignum, and as 32-bit processors have them, against
 * libcrypto.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/fast.h"

#if FAST_AVAILABLE

#include "crypto/ec/lc_ec_forms.h"

#include <openssl/rand.h>

#include "crypto/common/cpu.h"
#include "crypto/ec/nist.h"
#include "provider/ec/curve.h"
#include "suite.h"

/* What a processor can do decides which path is taken; without ADX it is that for 32 bits. */
static const struct
{
    LPCWSTR name;
    uint32_t features;
} rows[] = {
    { BCRYPT_ECC_CURVE_NISTP256, ~0u },
    { BCRYPT_ECC_CURVE_NISTP384, ~0u },
    { BCRYPT_ECC_CURVE_NISTP521, ~0u },
    { BCRYPT_ECC_CURVE_NISTP256, ~(uint32_t)CPU_ADX },
    { BCRYPT_ECC_CURVE_NISTP384, ~(uint32_t)CPU_ADX },
    { BCRYPT_ECC_CURVE_NISTP521, ~(uint32_t)CPU_ADX },
};
#define CURVES ((int)ARRAY_SIZE(rows))

static struct lc_ec_curve *fast[ARRAY_SIZE(rows)], *slow[ARRAY_SIZE(rows)];
static BN_CTX *context;

static void must(int good)
{
    ck_assert_int_ne(good, 0);
}

/* The curve as a processor with these features only has it. */
static struct lc_ec_curve *make(LPCWSTR name, uint32_t features)
{
    struct lc_ec_numbers numbers;
    struct curve_choice choice;
    struct lc_ec_curve *curve;

    ck_assert(curve_by_name(name, &choice));
    ck_assert_int_eq(curve_ready(choice.curve), STATUS_SUCCESS);
    numbers = (struct lc_ec_numbers){
        .form           = choice.curve->form,
        .field_bytes    = choice.curve->field_bytes,
        .order_bytes    = choice.curve->order_bytes,
        .cofactor_bytes = choice.curve->cofactor_bytes,
        .digits         = choice.curve->digits,
    };
    cpu_limit(features);
    ck_assert_int_eq(lc_ec_curve_new(&numbers, true, &curve), STATUS_SUCCESS);
    cpu_limit(~0u);
    return curve;
}

static void set_up(void)
{
    int i;

    must((context = BN_CTX_new()) != NULL);
    for (i = 0; i < CURVES; i++)
    {
        fast[i] = make(rows[i].name, rows[i].features);
        slow[i] = make(rows[i].name, 0);
        ck_assert_ptr_nonnull(fast[i]->nist);
        ck_assert_ptr_null(slow[i]->nist);
    }
}

static void tear_down(void)
{
    int i;

    for (i = 0; i < CURVES; i++)
    {
        lc_ec_curve_free(fast[i]);
        lc_ec_curve_free(slow[i]);
    }
    BN_CTX_free(context);
    curves_detach();
}

/* ---- scalars ---- */

#define RANDOM_SCALARS 60
#define SMALL_SCALARS 140
#define POWERS 530
#define SCALARS (2 * SMALL_SCALARS + 2 * POWERS + RANDOM_SCALARS)

/* Those that end an addition on what it goes wrong for are among them: twice what the last window
 * adds, modulo the order. */
static void scalar_of(int curve, unsigned int i, uint8_t *d)
{
    const BIGNUM *n = slow[curve]->order;
    BIGNUM *number = BN_new();
    int bits = BN_num_bits(n);

    if (i < 2 * SMALL_SCALARS)
    {
        must(BN_set_word(number, i / 2 + 1));
        if (i % 2) must(BN_sub(number, n, number));
    }
    else if (i < 2 * SMALL_SCALARS + 2 * POWERS)
    {
        i -= 2 * SMALL_SCALARS;
        must(BN_one(number));
        must(BN_lshift(number, number, (int)(i / 2) % (bits - 1)));
        if (i % 2) must(BN_sub(number, n, number));
    }
    else must(BN_rand_range(number, n));
    if (BN_is_zero(number)) BN_one(number);
    must(BN_bn2binpad(number, d, (int)slow[curve]->order_bytes) >= 0);
    BN_free(number);
}

static struct lc_ec_key *key_of(const struct lc_ec_curve *curve, const uint8_t *d)
{
    struct lc_ec_key *key;

    ck_assert_int_eq(lc_ec_key_new(curve, NULL, NULL, d, 0, &key), STATUS_SUCCESS);
    return key;
}

static void expect_same_public(int curve, const uint8_t *d)
{
    struct lc_ec_key *left = key_of(fast[curve], d), *right = key_of(slow[curve], d);
    size_t bytes = fast[curve]->field_bytes;

    ck_assert_mem_eq(left->x, right->x, bytes);
    ck_assert_mem_eq(left->y, right->y, bytes);
    lc_ec_key_free(left);
    lc_ec_key_free(right);
}

START_TEST(public_halves_are_libcryptos)
{
    uint8_t d[EC_ORDER_BYTES_MAX];
    unsigned int i;

    for (i = 0; i < SCALARS; i++)
    {
        scalar_of(_i, i, d);
        expect_same_public(_i, d);
    }
}
END_TEST

/* 2 j 2^(w window), modulo the order, for each window and what it can add. */
START_TEST(public_halves_are_right_where_a_sum_meets_its_like)
{
    const struct nist_curve *nist = fast[_i]->nist;
    BIGNUM *number = BN_new();
    uint8_t d[EC_ORDER_BYTES_MAX];
    unsigned int window, j;

    for (window = 0; window < nist->windows; window++)
    {
        for (j = 1; j < 1u << nist->window_bits; j += window + 3 < nist->windows ? 6 : 1)
        {
            must(BN_set_word(number, 2 * j));
            must(BN_lshift(number, number, (int)(nist->window_bits * window)));
            must(BN_nnmod(number, number, slow[_i]->order, context));
            must(BN_bn2binpad(number, d, (int)slow[_i]->order_bytes) >= 0);
            expect_same_public(_i, d);
            must(BN_sub(number, slow[_i]->order, number));
            must(BN_bn2binpad(number, d, (int)slow[_i]->order_bytes) >= 0);
            expect_same_public(_i, d);
        }
    }
    BN_free(number);
}
END_TEST

START_TEST(secrets_are_libcryptos)
{
    uint8_t d[EC_ORDER_BYTES_MAX], peer[EC_ORDER_BYTES_MAX];
    uint8_t left[EC_FIELD_BYTES_MAX], right[EC_FIELD_BYTES_MAX];
    struct lc_ec_key *own[2], *other[2];
    unsigned int i;

    for (i = 0; i < SCALARS; i += i < 2 * SMALL_SCALARS ? 1 : 7)
    {
        scalar_of(_i, i, d);
        scalar_of(_i, (i * 3 + 1) % SCALARS, peer);
        own[0] = key_of(fast[_i], d);
        own[1] = key_of(slow[_i], d);
        other[0] = key_of(fast[_i], peer);
        other[1] = key_of(slow[_i], peer);
        ck_assert_int_eq(lc_ec_agree(own[0], other[0], left), STATUS_SUCCESS);
        ck_assert_int_eq(lc_ec_agree(own[1], other[1], right), STATUS_SUCCESS);
        ck_assert_mem_eq(left, right, fast[_i]->field_bytes);
        lc_ec_key_free(own[0]);
        lc_ec_key_free(own[1]);
        lc_ec_key_free(other[0]);
        lc_ec_key_free(other[1]);
    }
}
END_TEST

/* ---- points ---- */

static struct lc_ec_key *public_of(const struct lc_ec_curve *curve, const uint8_t *x,
                                   const uint8_t *y)
{
    struct lc_ec_key *key;

    ck_assert_int_eq(lc_ec_key_new(curve, x, y, NULL, LC_EC_CHECK_ORDER, &key), STATUS_SUCCESS);
    return key;
}

START_TEST(points_off_the_curve_are_refused)
{
    uint8_t d[EC_ORDER_BYTES_MAX], x[EC_FIELD_BYTES_MAX], y[EC_FIELD_BYTES_MAX];
    size_t bytes = fast[_i]->field_bytes;
    struct lc_ec_key *key, *made;
    unsigned int i;

    for (i = 0; i < 30; i++)
    {
        scalar_of(_i, SCALARS - 1 - i, d);
        key = key_of(fast[_i], d);
        memcpy(x, key->x, bytes);
        memcpy(y, key->y, bytes);
        lc_ec_key_free(public_of(fast[_i], x, y));
        x[bytes - 1 - i] ^= 1;
        ck_assert_int_eq(lc_ec_key_new(fast[_i], x, y, NULL, 0, &made), STATUS_INVALID_PARAMETER);
        x[bytes - 1 - i] ^= 1;
        y[bytes - 1 - i] ^= 0x80;
        ck_assert_int_eq(lc_ec_key_new(fast[_i], x, y, NULL, 0, &made), STATUS_INVALID_PARAMETER);
        lc_ec_key_free(key);
    }
    memset(x, 0, sizeof(x));
    ck_assert_int_eq(lc_ec_key_new(fast[_i], x, x, NULL, 0, &made), STATUS_INVALID_PARAMETER);
    ck_assert_int_eq(lc_ec_key_new(fast[_i], fast[_i]->p, x, NULL, 0, &made),
                     STATUS_INVALID_PARAMETER);
    ck_assert_int_eq(lc_ec_key_new(fast[_i], x, fast[_i]->p, NULL, 0, &made),
                     STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(private_values_out_of_range_are_refused)
{
    uint8_t d[EC_ORDER_BYTES_MAX] = { 0 };
    struct lc_ec_key *made;

    ck_assert_int_eq(lc_ec_key_new(fast[_i], NULL, NULL, d, 0, &made), STATUS_INVALID_PARAMETER);
    memcpy(d, fast[_i]->n, fast[_i]->order_bytes);
    ck_assert_int_eq(lc_ec_key_new(fast[_i], NULL, NULL, d, 0, &made), STATUS_INVALID_PARAMETER);
    memset(d, 0xff, sizeof(d));
    ck_assert_int_eq(lc_ec_key_new(fast[_i], NULL, NULL, d, 0, &made), STATUS_INVALID_PARAMETER);
}
END_TEST

/* ---- fields and orders ---- */

static void words_of(const struct nist_curve *nist, uint64_t *words, const BIGNUM *number)
{
    must(BN_bn2lebinpad(number, (uint8_t *)words, (int)nist->words * 8) >= 0);
}

/* A number below the modulus, of words that carries run through. */
static void draw_number(BIGNUM *number, const BIGNUM *modulus)
{
    static const uint32_t edges[] = { 0, 1, 0xffffffff, 0xfffffffe, 0x80000000, 0x7fffffff };
    uint32_t words[2 * NIST_WORDS_MAX];
    uint8_t choices[ARRAY_SIZE(words)];
    size_t i;

    must(RAND_bytes(choices, sizeof(choices)) && RAND_bytes((uint8_t *)words, sizeof(words)));
    for (i = 0; i < ARRAY_SIZE(words); i++)
    {
        if (choices[i] % 7) words[i] = edges[choices[i] % 6];
    }
    must(BN_lebin2bn((const uint8_t *)words, sizeof(words), number) != NULL);
    if (BN_num_bits(number) > BN_num_bits(modulus))
    {
        must(BN_mask_bits(number, BN_num_bits(modulus)));
    }
    if (choices[0] % 16 == 0) must(BN_sub(number, modulus, BN_value_one()));
    must(BN_nnmod(number, number, modulus, context));
}

static void expect_number(const struct nist_curve *nist, const uint64_t *made, const BIGNUM *number)
{
    uint64_t want[NIST_WORDS_MAX];

    words_of(nist, want, number);
    ck_assert_mem_eq(made, want, nist->words * 8);
}

/* In the field's form, and back from it. */
#define EXPECT_FIELD(call, number)                                                                 \
    do                                                                                             \
    {                                                                                              \
        call;                                                                                      \
        nist->from_field(made, made);                                                              \
        expect_number(nist, made, number);                                                         \
    } while (0)

START_TEST(the_fields_arithmetic_is_libcryptos)
{
    const struct nist_curve *nist = fast[_i]->nist;
    const BIGNUM *p = EC_GROUP_get0_field(slow[_i]->group);
    BIGNUM *x = BN_new(), *y = BN_new(), *z = BN_new();
    uint64_t left[NIST_WORDS_MAX], right[NIST_WORDS_MAX], made[NIST_WORDS_MAX];
    unsigned int i;

    for (i = 0; i < 1000; i++)
    {
        draw_number(x, p);
        draw_number(y, p);
        words_of(nist, left, x);
        words_of(nist, right, y);
        nist->to_field(left, left);
        nist->to_field(right, right);
        must(BN_mod_mul(z, x, y, p, context));
        EXPECT_FIELD(nist->multiply(made, left, right), z);
        must(BN_mod_sqr(z, x, p, context));
        EXPECT_FIELD(nist->square(made, left), z);
        must(BN_mod_add(z, x, y, p, context));
        EXPECT_FIELD(nist->add(made, left, right), z);
        must(BN_mod_sub(z, x, y, p, context));
        EXPECT_FIELD(nist->subtract(made, left, right), z);
        BN_zero(z);
        must(BN_mod_sub(z, z, x, p, context));
        EXPECT_FIELD(nist->negate(made, left), z);
        if (BN_is_zero(x) || i % 8) continue;
        must(BN_mod_inverse(z, x, p, context) != NULL);
        EXPECT_FIELD(nist->invert(made, left), z);
    }
    BN_free(x);
    BN_free(y);
    BN_free(z);
}
END_TEST

START_TEST(the_orders_arithmetic_is_libcryptos)
{
    const struct nist_curve *nist = fast[_i]->nist;
    const BIGNUM *n = slow[_i]->order;
    BIGNUM *x = BN_new(), *y = BN_new(), *z = BN_new(), *shift = BN_new();
    uint64_t left[NIST_WORDS_MAX], right[NIST_WORDS_MAX], made[NIST_WORDS_MAX];
    uint64_t workspace[3 * NIST_WORDS_MAX];
    unsigned int i;

    must(BN_one(shift) && BN_lshift(shift, shift, (int)(64 * nist->words)));
    must(BN_mod_inverse(shift, shift, n, context) != NULL);
    for (i = 0; i < 1000; i++)
    {
        draw_number(x, n);
        draw_number(y, n);
        words_of(nist, left, x);
        words_of(nist, right, y);
        must(BN_mod_mul(z, x, y, n, context) && BN_mod_mul(z, z, shift, n, context));
        nist->montgomery_multiply(nist->words, made, left, right, nist->n);
        expect_number(nist, made, z);
        must(BN_mod_add(z, x, y, n, context));
        nist->add_modulo(nist->words, made, left, right, nist->n);
        expect_number(nist, made, z);
        if (BN_is_zero(x) || i % 8) continue;
        must(BN_mod_inverse(z, x, n, context) != NULL);
        nist->invert_modulo(nist->words, made, left, nist->n, workspace);
        expect_number(nist, made, z);
    }
    BN_free(x);
    BN_free(y);
    BN_free(z);
    BN_free(shift);
}
END_TEST

/* ---- sums ---- */

/* libcrypto multiplies by one number only: there its code is the constant-time one. */
static void expect_sum(int curve, const BIGNUM *left, const BIGNUM *right, const BIGNUM *d)
{
    const struct nist_curve *nist = fast[curve]->nist;
    EC_GROUP *group = slow[curve]->group;
    EC_POINT *base = EC_POINT_new(group), *sum = EC_POINT_new(group);
    BIGNUM *x = BN_new(), *y = BN_new();
    uint64_t l[NIST_WORDS_MAX], r[NIST_WORDS_MAX], point[NIST_POINT_MAX], made[NIST_POINT_MAX];
    uint64_t inverse[NIST_WORDS_MAX], want[NIST_WORDS_MAX];
    unsigned int words = nist->words;

    must(EC_POINT_mul(group, base, d, NULL, NULL, context));
    must(EC_POINT_get_affine_coordinates(group, base, x, y, context));
    words_of(nist, point, x);
    words_of(nist, point + words, y);
    nist->to_field(point, point);
    nist->to_field(point + words, point + words);
    words_of(nist, l, left);
    words_of(nist, r, right);
    nist_multiply_public(nist, made, l, r, point);

    must(BN_mod_mul(x, right, d, slow[curve]->order, context));
    must(BN_mod_add(x, x, left, slow[curve]->order, context));
    must(EC_POINT_mul(group, sum, x, NULL, NULL, context));
    ck_assert_int_eq(nist_is_zero(made + 2 * words, words), EC_POINT_is_at_infinity(group, sum));
    if (!EC_POINT_is_at_infinity(group, sum))
    {
        must(EC_POINT_get_affine_coordinates(group, sum, x, y, context));
        nist->invert(inverse, made + 2 * words);
        nist->multiply(made + words, made + words, inverse);
        nist->square(inverse, inverse);
        nist->multiply(made, made, inverse);
        nist->multiply(made + words, made + words, inverse);
        nist->from_field(made, made);
        nist->from_field(made + words, made + words);
        words_of(nist, want, x);
        ck_assert_mem_eq(made, want, words * 8);
        words_of(nist, want, y);
        ck_assert_mem_eq(made + words, want, words * 8);
    }
    EC_POINT_free(base);
    EC_POINT_free(sum);
    BN_free(x);
    BN_free(y);
}

/* Points that are small multiples of the generator meet what its table adds, and the opposite. */
START_TEST(sums_are_libcryptos_even_where_points_meet)
{
    static const int edges[] = { 0,  1,  2,    3,  15, 16, 17,  31, 32,
                                 33, 62, 1024, -1, -2, -3, -31, -32 };
    BIGNUM *left = BN_new(), *right = BN_new(), *d = BN_new();
    size_t i, j, k;

    for (i = 0; i < ARRAY_SIZE(edges); i++)
    {
        for (j = 0; j < ARRAY_SIZE(edges); j++)
        {
            for (k = 1; k < ARRAY_SIZE(edges); k += 2)
            {
                must(BN_set_word(left, (BN_ULONG)abs(edges[i])));
                if (edges[i] < 0) must(BN_sub(left, slow[_i]->order, left));
                must(BN_set_word(right, (BN_ULONG)abs(edges[j])));
                if (edges[j] < 0) must(BN_sub(right, slow[_i]->order, right));
                must(BN_set_word(d, (BN_ULONG)abs(edges[k])));
                if (edges[k] < 0) must(BN_sub(d, slow[_i]->order, d));
                expect_sum(_i, left, right, d);
            }
        }
    }
    for (i = 0; i < 100; i++)
    {
        must(BN_rand_range(left, slow[_i]->order) && BN_rand_range(right, slow[_i]->order));
        must(BN_rand_range(d, slow[_i]->order));
        if (!BN_is_zero(d)) expect_sum(_i, left, right, d);

        /* left + right * d = 0 */
        must(BN_mod_mul(left, right, d, slow[_i]->order, context));
        if (!BN_is_zero(left)) must(BN_sub(left, slow[_i]->order, left));
        if (!BN_is_zero(d)) expect_sum(_i, left, right, d);
    }
    BN_free(left);
    BN_free(right);
    BN_free(d);
}
END_TEST

/* ---- signatures ---- */

START_TEST(each_verifies_what_the_other_signs)
{
    uint8_t d[EC_ORDER_BYTES_MAX], digest[80], signature[2 * EC_ORDER_BYTES_MAX];
    struct lc_ec_key *keys[2];
    unsigned int i, by;
    size_t bytes;

    for (i = 0; i < SCALARS; i += 9)
    {
        scalar_of(_i, i, d);
        keys[0] = key_of(fast[_i], d);
        keys[1] = key_of(slow[_i], d);
        bytes = 1 + i % sizeof(digest);
        memset(digest, 0xff, sizeof(digest));
        if (i % 4) must(RAND_bytes(digest, sizeof(digest)));
        if (i % 16 == 8) memset(digest, 0, sizeof(digest));
        for (by = 0; by < 2; by++)
        {
            ck_assert_int_eq(lc_ec_sign(keys[by], digest, bytes, signature), STATUS_SUCCESS);
            ck_assert_int_eq(lc_ec_verify(keys[0], digest, bytes, signature), STATUS_SUCCESS);
            ck_assert_int_eq(lc_ec_verify(keys[1], digest, bytes, signature), STATUS_SUCCESS);
            signature[i % (2 * fast[_i]->order_bytes)] ^= 1;
            ck_assert_int_eq(lc_ec_verify(keys[0], digest, bytes, signature),
                             STATUS_INVALID_SIGNATURE);
        }
        lc_ec_key_free(keys[0]);
        lc_ec_key_free(keys[1]);
    }
}
END_TEST

/* Where x is not below n, r is x - n: a key is made to fit such a point, Q = (s R - e G) / r. */
START_TEST(a_coordinate_above_the_order_is_found)
{
    const struct lc_ec_curve *curve = slow[_i];
    EC_POINT *point = EC_POINT_new(curve->group), *key_point = EC_POINT_new(curve->group);
    BIGNUM *x = BN_new(), *y = BN_new(), *e = BN_new(), *s = BN_new(), *r = BN_new();
    uint8_t digest[EC_ORDER_BYTES_MAX], signature[2 * EC_ORDER_BYTES_MAX];
    uint8_t bytes[2][EC_FIELD_BYTES_MAX];
    int size = (int)curve->order_bytes;
    struct lc_ec_key *key;

    must(BN_copy(x, curve->order) != NULL);
    do must(BN_add_word(x, 1));
    while (!EC_POINT_set_compressed_coordinates(curve->group, point, x, 0, context));
    must(BN_sub(r, x, curve->order));
    must(BN_rand_range(s, curve->order));
    must(RAND_bytes(digest, size));
    must(lc_ec_digest_number(curve, digest, curve->order_bytes, e));
    must(BN_nnmod(e, e, curve->order, context));
    must(BN_bn2binpad(r, signature, size) >= 0 && BN_bn2binpad(s, signature + size, size) >= 0);

    must(BN_mod_inverse(x, r, curve->order, context) != NULL);
    must(BN_mod_mul(s, s, x, curve->order, context));
    must(BN_mod_mul(e, e, x, curve->order, context) && BN_sub(e, curve->order, e));
    must(EC_POINT_mul(curve->group, key_point, e, point, s, context));
    must(EC_POINT_get_affine_coordinates(curve->group, key_point, x, y, context));
    must(BN_bn2binpad(x, bytes[0], (int)curve->field_bytes) >= 0);
    must(BN_bn2binpad(y, bytes[1], (int)curve->field_bytes) >= 0);

    key = public_of(slow[_i], bytes[0], bytes[1]);
    ck_assert_int_eq(lc_ec_verify(key, digest, curve->order_bytes, signature), STATUS_SUCCESS);
    lc_ec_key_free(key);
    key = public_of(fast[_i], bytes[0], bytes[1]);
    ck_assert_int_eq(lc_ec_verify(key, digest, curve->order_bytes, signature), STATUS_SUCCESS);
    signature[size - 1] ^= 1;
    ck_assert_int_ne(lc_ec_verify(key, digest, curve->order_bytes, signature), STATUS_SUCCESS);
    lc_ec_key_free(key);
    EC_POINT_free(point);
    EC_POINT_free(key_point);
    BN_free(x);
    BN_free(y);
    BN_free(e);
    BN_free(s);
    BN_free(r);
}
END_TEST

/* ---- curve25519 ---- */

static void draw_curve25519(uint8_t *d)
{
    must(RAND_bytes(d, 32));
    d[0] &= 0xf8;
    d[31] = (uint8_t)((d[31] & 0x7f) | 0x40);
}

START_TEST(curve25519_is_libcryptos)
{
    struct lc_ec_curve *curve = make(BCRYPT_ECC_CURVE_25519, ~0u);
    uint8_t d[32], peer[32], zero[32] = { 0 }, results[2][32];
    struct lc_ec_key *own[2], *other;
    unsigned int i, path;

    for (i = 0; i < 300; i++)
    {
        draw_curve25519(d);
        must(RAND_bytes(peer, sizeof(peer)));
        peer[31] &= 0x3f;
        if (i < 40)
        {
            memset(peer, 0, sizeof(peer));
            peer[0] = (uint8_t)i;
        }
        for (path = 0; path < 2; path++)
        {
            cpu_limit(path ? ~(uint32_t)CPU_ADX : ~0u);
            own[path] = key_of(curve, d);
            ck_assert_int_eq(lc_ec_key_new(curve, peer, zero, NULL, 0, &other), STATUS_SUCCESS);
            ck_assert_int_eq(lc_ec_agree(own[path], other, results[path]), STATUS_SUCCESS);
            lc_ec_key_free(other);
        }
        cpu_limit(~0u);
        ck_assert_mem_eq(results[0], results[1], 32);
        ck_assert_mem_eq(own[0]->x, own[1]->x, 32);
        lc_ec_key_free(own[0]);
        lc_ec_key_free(own[1]);
    }
    lc_ec_curve_free(curve);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("nist");

    tcase_add_unchecked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, the_fields_arithmetic_is_libcryptos, 0, CURVES);
    tcase_add_loop_test(tests, the_orders_arithmetic_is_libcryptos, 0, CURVES);
    tcase_add_loop_test(tests, public_halves_are_libcryptos, 0, CURVES);
    tcase_add_loop_test(tests, public_halves_are_right_where_a_sum_meets_its_like, 0, CURVES);
    tcase_add_loop_test(tests, secrets_are_libcryptos, 0, CURVES);
    tcase_add_loop_test(tests, points_off_the_curve_are_refused, 0, CURVES);
    tcase_add_loop_test(tests, private_values_out_of_range_are_refused, 0, CURVES);
    tcase_add_loop_test(tests, sums_are_libcryptos_even_where_points_meet, 0, CURVES);
    tcase_add_loop_test(tests, each_verifies_what_the_other_signs, 0, CURVES);
    tcase_add_loop_test(tests, a_coordinate_above_the_order_is_found, 0, CURVES);
    tcase_add_test(tests, curve25519_is_libcryptos);
    return suite_run("nist", tests);
}

#else

#include <stdio.h>

int main(void)
{
    puts("test_nist: this build has not got what is tested (tools/build-fast)\n"
         "100%: Checks: 0, Failures: 0, Errors: 0");
    return 0;
}

#endif
