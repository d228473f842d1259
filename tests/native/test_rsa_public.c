/*
 * test_rsa_public.c - the public operation of RSA against libcrypto's exponentiation.
 *
 * On a processor with AVX-512's 52-bit multiplications moduli of 2048 bits go a way of their own,
 * and on 32-bit ones those of whole words.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/rsa/lc_rsa.h"

#include <openssl/bn.h>

#include "crypto/common/cpu.h"
#include "crypto/common/lc.h"
#include "crypto/rsa/rsa_narrow.h"
#include "suite.h"

#define LONGEST 512

static const uint64_t exponents[] = { 3, 5, 17, 65537, 0x80000001, 0xffffffff, 0x100000001, 6 };

static BN_CTX *context;

static void must(int good)
{
    ck_assert_int_ne(good, 0);
}

static void set_up(void)
{
    ck_assert_int_eq(lc_ready(), STATUS_SUCCESS);
    must((context = BN_CTX_new()) != NULL);
}

static void tear_down(void)
{
    BN_CTX_free(context);
}

static struct lc_rsa *new_key(const BIGNUM *modulus, uint64_t exponent, size_t bytes)
{
    struct lc_rsa_number numbers[LC_RSA_PART_COUNT] = { { NULL, 0 } };
    uint8_t n[LONGEST], e[8];
    struct lc_rsa *key;
    int i;

    must(BN_bn2binpad(modulus, n, (int)bytes) >= 0);
    for (i = 0; i < 8; i++) e[i] = (uint8_t)(exponent >> (56 - 8 * i));
    numbers[LC_RSA_N] = (struct lc_rsa_number){ n, bytes };
    numbers[LC_RSA_E] = (struct lc_rsa_number){ e, sizeof(e) };
    ck_assert_int_eq(lc_rsa_new(numbers, false, &key), STATUS_SUCCESS);
    return key;
}

/* As 32-bit processors do it. */
static void expect_narrow_power(const BIGNUM *modulus, uint64_t exponent, const uint8_t *in,
                                const uint8_t *expected, size_t bytes)
{
    uint8_t n[LONGEST], square[LONGEST], out[LONGEST];
    struct rsa_narrow key;
    BIGNUM *r = BN_new();

    if (!rsa_narrow_usable((unsigned int)BN_num_bits(modulus)) || exponent % 2 == 0 ||
        exponent >> 32)
    {
        BN_free(r);
        return;
    }
    must(BN_set_bit(r, (int)(16 * bytes)) && BN_mod(r, r, modulus, context));
    must(BN_bn2binpad(modulus, n, (int)bytes) >= 0 && BN_bn2binpad(r, square, (int)bytes) >= 0);
    rsa_narrow_init(&key, n, square, bytes, (uint32_t)exponent);
    memcpy(out, in, bytes);
    ck_assert(rsa_narrow_public(&key, out, out));
    ck_assert_mem_eq(out, expected, bytes);
    ck_assert(!rsa_narrow_public(&key, n, out));
    ck_assert_mem_eq(out, expected, bytes);
    BN_free(r);
}

/* On this processor and on one without AVX-512, and the second time as the first, in place. */
static void expect_power(const BIGNUM *modulus, uint64_t exponent, const BIGNUM *in, size_t bytes)
{
    uint8_t block[LONGEST], out[LONGEST], expected[LONGEST];
    BIGNUM *power = BN_new(), *e = BN_new();
    struct lc_rsa *key;
    int poor, again;

    must(BN_bn2binpad(in, block, (int)bytes) >= 0);
    must(BN_set_word(e, exponent));
    must(BN_mod_exp(power, in, e, modulus, context));
    must(BN_bn2binpad(power, expected, (int)bytes) >= 0);
    expect_narrow_power(modulus, exponent, block, expected, bytes);
    for (poor = 0; poor <= 1; poor++)
    {
        key = new_key(modulus, exponent, bytes);
        cpu_limit(poor ? ~(uint32_t)CPU_AVX512 : ~0u);
        for (again = 0; again <= 1; again++)
        {
            memcpy(out, block, bytes);
            ck_assert_int_eq(lc_rsa_public(key, again ? out : block, out), STATUS_SUCCESS);
            ck_assert_mem_eq(out, expected, bytes);
        }
        cpu_limit(~0u);
        lc_rsa_free(key);
    }
    BN_free(power);
    BN_free(e);
}

static void expect_refused(const BIGNUM *modulus, const BIGNUM *in, size_t bytes)
{
    struct lc_rsa *key = new_key(modulus, 65537, bytes);
    uint8_t block[LONGEST], out[LONGEST];

    must(BN_bn2binpad(in, block, (int)bytes) >= 0);
    memset(out, 0x5a, sizeof(out));
    ck_assert_int_eq(lc_rsa_public(key, block, out), STATUS_INVALID_PARAMETER);
    ck_assert_uint_eq(out[0], 0x5a);
    lc_rsa_free(key);
}

/* Numbers from 0 and from the modulus down, and whoever is refused for being too large. */
static void expect_edges(const BIGNUM *modulus, size_t bytes)
{
    BIGNUM *in = BN_new();
    unsigned int i;

    for (i = 0; i < 4; i++)
    {
        must(BN_set_word(in, i));
        expect_power(modulus, 65537, in, bytes);
        must(BN_copy(in, modulus) != NULL && BN_sub_word(in, i + 1));
        expect_power(modulus, 65537, in, bytes);
        must(BN_copy(in, modulus) != NULL && BN_add_word(in, i));
        if ((size_t)BN_num_bytes(in) <= bytes) expect_refused(modulus, in, bytes);
    }
    BN_free(in);
}

START_TEST(powers_are_libcryptos)
{
    static const int bits[] = { 2048, 2047, 2040, 1024, 3072, 4096, 1056 };
    BIGNUM *modulus = BN_new(), *in = BN_new();
    int i;

    for (i = 0; i < 60; i++)
    {
        must(BN_rand(modulus, bits[_i], BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD));
        must(BN_rand_range(in, modulus));
        expect_power(modulus, exponents[i % (int)(sizeof(exponents) / 8)], in,
                     (size_t)(bits[_i] + 7) / 8);
    }
    BN_free(modulus);
    BN_free(in);
}
END_TEST

START_TEST(numbers_at_the_edges_are_right_or_refused)
{
    BIGNUM *modulus = BN_new();

    must(BN_set_word(modulus, 0) && BN_set_bit(modulus, 2048) && BN_sub_word(modulus, 1));
    expect_edges(modulus, 256);
    must(BN_set_word(modulus, 1) && BN_set_bit(modulus, 2047));
    expect_edges(modulus, 256);
    must(BN_rand(modulus, 2048, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD));
    expect_edges(modulus, 256);
    BN_free(modulus);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("rsa_public");

    tcase_add_unchecked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, powers_are_libcryptos, 0, 7);
    tcase_add_test(tests, numbers_at_the_edges_are_right_or_refused);
    return suite_run("rsa_public", tests);
}
