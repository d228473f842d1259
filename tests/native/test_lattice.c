/*
 * test_lattice.c - ML-KEM of mlkem-native and ML-DSA of mldsa-native against libcrypto.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/fast.h"

#if FAST_AVAILABLE

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/common/cpu.h"
#include "crypto/mldsa/mldsa.h"
#include "crypto/mlkem/mlkem.h"
#include "crypto/random/random.h"
#include "suite.h"

#define SETS 3

static uint8_t public_key[2][MLDSA_MOST_PUBLIC_BYTES], private_key[2][MLDSA_MOST_PRIVATE_BYTES];
static uint8_t output[2][MLDSA_MOST_SIGNATURE_BYTES], secrets[2][MLKEM_SECRET_BYTES];
static uint8_t seed[64], coins[32], mu[MLDSA_MU_BYTES];

static void draw(void)
{
    ck_assert(random_bytes(seed, sizeof(seed)));
    ck_assert(random_bytes(coins, sizeof(coins)));
    ck_assert(random_bytes(mu, sizeof(mu)));
}

static unsigned int below(unsigned int limit)
{
    uint32_t number;

    ck_assert(random_bytes(&number, sizeof(number)));
    return number % limit;
}

START_TEST(the_processor_decides)
{
    cpu_limit(~(uint32_t)CPU_AVX2);
    ck_assert_ptr_eq(mlkem_code(), &lc_mlkem);
    ck_assert_ptr_eq(mldsa_code(), &lc_mldsa);
    cpu_limit(UINT32_MAX);
    ck_assert_ptr_eq(mlkem_code(), &fast_mlkem_code);
    ck_assert_ptr_eq(mldsa_code(), &fast_mldsa_code);
}
END_TEST

/* ---- ML-KEM ---- */

static void new_kem_keys(enum mlkem_set set)
{
    draw();
    ck_assert_int_eq(lc_mlkem.generate(set, seed, private_key[0]), STATUS_SUCCESS);
    ck_assert_int_eq(fast_mlkem_code.generate(set, seed, private_key[1]), STATUS_SUCCESS);
    ck_assert_mem_eq(private_key[0], private_key[1], mlkem_sizes[set].private_bytes);
}

START_TEST(mlkem_gives_libcryptos_keys_and_secrets)
{
    enum mlkem_set set = (enum mlkem_set)_i;
    const struct mlkem_sizes *sizes = &mlkem_sizes[set];
    const uint8_t *public_half = mlkem_public_of(set, private_key[0]);
    int round;

    for (round = 0; round < 200; round++)
    {
        new_kem_keys(set);
        ck_assert_int_eq(lc_mlkem.encapsulate(set, public_half, coins, output[0], secrets[0]),
                         STATUS_SUCCESS);
        ck_assert_int_eq(
            fast_mlkem_code.encapsulate(set, public_half, coins, output[1], secrets[1]),
            STATUS_SUCCESS);
        ck_assert_mem_eq(output[0], output[1], sizes->ciphertext_bytes);
        ck_assert_mem_eq(secrets[0], secrets[1], MLKEM_SECRET_BYTES);

        /* Every other one is of no use. */
        if (round % 2) output[0][below(sizes->ciphertext_bytes)] ^= (uint8_t)(1 << below(8));
        if (round % 8 == 7) memset(output[0], round % 16 == 7 ? 0xff : 0, sizes->ciphertext_bytes);
        ck_assert_int_eq(lc_mlkem.decapsulate(set, private_key[0], output[0], secrets[0]),
                         STATUS_SUCCESS);
        ck_assert_int_eq(fast_mlkem_code.decapsulate(set, private_key[0], output[0], secrets[1]),
                         STATUS_SUCCESS);
        ck_assert_mem_eq(secrets[0], secrets[1], MLKEM_SECRET_BYTES);
    }
}
END_TEST

START_TEST(mlkem_refuses_the_keys_that_libcrypto_refuses)
{
    enum mlkem_set set = (enum mlkem_set)_i;
    const uint8_t *public_half = mlkem_public_of(set, private_key[0]);
    int round, refused = 0;
    NTSTATUS status;

    for (round = 0; round < 400; round++)
    {
        new_kem_keys(set);
        ck_assert_int_eq(fast_mlkem_code.check_private(set, private_key[0]), STATUS_SUCCESS);
        ck_assert_int_eq(fast_mlkem_code.check_public(set, public_half), STATUS_SUCCESS);
        private_key[0][below(mlkem_sizes[set].private_bytes)] ^= (uint8_t)(1 << below(8));
        status = lc_mlkem.check_private(set, private_key[0]);
        ck_assert_int_eq(fast_mlkem_code.check_private(set, private_key[0]), status);
        if (status) refused++;
        private_key[0][(size_t)(public_half - private_key[0]) +
                       below(mlkem_sizes[set].public_bytes)] |= 0xf8;
        ck_assert_int_eq(fast_mlkem_code.check_public(set, public_half),
                         lc_mlkem.check_public(set, public_half));
    }
    ck_assert_int_gt(refused, 0);
}
END_TEST

/* ---- ML-DSA ---- */

static void new_dsa_keys(enum mldsa_set set)
{
    draw();
    ck_assert_int_eq(lc_mldsa.generate(set, seed, private_key[0], public_key[0]), STATUS_SUCCESS);
    ck_assert_int_eq(fast_mldsa_code.generate(set, seed, private_key[1], public_key[1]),
                     STATUS_SUCCESS);
    ck_assert_mem_eq(private_key[0], private_key[1], mldsa_sizes[set].private_bytes);
    ck_assert_mem_eq(public_key[0], public_key[1], mldsa_sizes[set].public_bytes);
}

START_TEST(mldsa_gives_libcryptos_keys_and_signatures)
{
    enum mldsa_set set = (enum mldsa_set)_i;
    int round;

    for (round = 0; round < 60; round++)
    {
        new_dsa_keys(set);
        if (round % 4 == 0) memset(coins, 0, sizeof(coins));
        ck_assert_int_eq(lc_mldsa.sign(set, private_key[0], mu, coins, output[0]), STATUS_SUCCESS);
        ck_assert_int_eq(fast_mldsa_code.sign(set, private_key[0], mu, coins, output[1]),
                         STATUS_SUCCESS);
        ck_assert_mem_eq(output[0], output[1], mldsa_sizes[set].signature_bytes);
        ck_assert_int_eq(fast_mldsa_code.verify(set, public_key[0], mu, output[0]),
                         STATUS_SUCCESS);
        output[0][below(mldsa_sizes[set].signature_bytes)] ^= (uint8_t)(1 << below(8));
        ck_assert_int_eq(lc_mldsa.verify(set, public_key[0], mu, output[0]),
                         STATUS_INVALID_SIGNATURE);
        ck_assert_int_eq(fast_mldsa_code.verify(set, public_key[0], mu, output[0]),
                         STATUS_INVALID_SIGNATURE);
        mu[0] ^= 1;
        ck_assert_int_eq(fast_mldsa_code.verify(set, public_key[0], mu, output[1]),
                         STATUS_INVALID_SIGNATURE);
    }
}
END_TEST

START_TEST(mldsa_refuses_the_keys_that_libcrypto_refuses)
{
    enum mldsa_set set = (enum mldsa_set)_i;
    int round, refused = 0;
    NTSTATUS status;

    for (round = 0; round < 200; round++)
    {
        new_dsa_keys(set);
        ck_assert_int_eq(fast_mldsa_code.public_of(set, private_key[0], public_key[1]),
                         STATUS_SUCCESS);
        ck_assert_mem_eq(public_key[0], public_key[1], mldsa_sizes[set].public_bytes);
        private_key[0][below(mldsa_sizes[set].private_bytes)] ^= (uint8_t)(1 << below(8));
        status = lc_mldsa.public_of(set, private_key[0], public_key[0]);
        ck_assert_int_eq(fast_mldsa_code.public_of(set, private_key[0], public_key[1]), status);
        if (status) refused++;
    }
    ck_assert_int_gt(refused, 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("lattice");

    tcase_add_test(tests, the_processor_decides);
    tcase_add_loop_test(tests, mlkem_gives_libcryptos_keys_and_secrets, 0, SETS);
    tcase_add_loop_test(tests, mlkem_refuses_the_keys_that_libcrypto_refuses, 0, SETS);
    tcase_add_loop_test(tests, mldsa_gives_libcryptos_keys_and_signatures, 0, SETS);
    tcase_add_loop_test(tests, mldsa_refuses_the_keys_that_libcrypto_refuses, 0, SETS);
    return suite_run("lattice", tests);
}

#else

#include <stdio.h>

int main(void)
{
    puts("test_lattice: this build has not got what is tested (tools/build-fast)\n"
         "100%: Checks: 0, Failures: 0, Errors: 0");
    return 0;
}

#endif
