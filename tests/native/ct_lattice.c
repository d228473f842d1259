/*
 * ct_lattice.c - mlkem-native and mldsa-native without secret-dependent branches and addresses, as
 * valgrind's memcheck sees it.
 *
 * What FIPS 203 and 204 make public on the way they tell valgrind themselves: the seed of the
 * matrix, whether an attempt at a signature is refused, its challenge and hints.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/fast.h"

#if FAST_AVAILABLE

#include "ct.h"

#include <string.h>

#include "crypto/mldsa/mldsa.h"
#include "crypto/mlkem/mlkem.h"

#define SETS 3

static uint8_t public_key[MLDSA_MOST_PUBLIC_BYTES], private_key[MLDSA_MOST_PRIVATE_BYTES];
static uint8_t output[MLDSA_MOST_SIGNATURE_BYTES], secrets[2][MLKEM_SECRET_BYTES];
static uint8_t seed[64], coins[32], mu[MLDSA_MU_BYTES];

static void all_known(void)
{
    known(seed, sizeof(seed));
    known(coins, sizeof(coins));
    known(private_key, sizeof(private_key));
    known(public_key, sizeof(public_key));
    known(output, sizeof(output));
    known(secrets, sizeof(secrets));
}

START_TEST(mlkem_is_blind)
{
    enum mlkem_set set = (enum mlkem_set)(_i / 2);
    const uint8_t *public_half = mlkem_public_of(set, private_key);
    size_t bytes = (size_t)(public_half - private_key);
    unsigned before = complaints();

    memset(seed, _i + 1, sizeof(seed));
    secret(seed, sizeof(seed));
    ck_assert_int_eq(fast_mlkem_code.generate(set, seed, private_key), STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    all_known();

    secret(coins, sizeof(coins));
    ck_assert_int_eq(fast_mlkem_code.encapsulate(set, public_half, coins, output, secrets[0]),
                     STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    all_known();

    output[0] ^= (uint8_t)(_i & 1);             /* of no use, every other time */
    secret(private_key, bytes);
    secret(private_key + mlkem_sizes[set].private_bytes - 32, 32);
    ck_assert_int_eq(fast_mlkem_code.decapsulate(set, private_key, output, secrets[1]),
                     STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    all_known();
    ck_assert_int_eq(!memcmp(secrets[0], secrets[1], sizeof(secrets[0])), !(_i & 1));
}
END_TEST

/* A private key is rho, which is public, K, tr, which is the public key's hash, s1, s2 and t0. */
START_TEST(mldsa_is_blind)
{
    enum mldsa_set set = (enum mldsa_set)_i;
    unsigned before = complaints();

    memset(seed, _i + 1, sizeof(seed));
    secret(seed, MLDSA_SEED_BYTES);
    ck_assert_int_eq(fast_mldsa_code.generate(set, seed, private_key, public_key), STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    all_known();

    secret(private_key + 32, 32);
    secret(private_key + 128, mldsa_sizes[set].private_bytes - 128);
    secret(coins, sizeof(coins));
    ck_assert_int_eq(fast_mldsa_code.sign(set, private_key, mu, coins, output), STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    all_known();
    ck_assert_int_eq(fast_mldsa_code.verify(set, public_key, mu, output), STATUS_SUCCESS);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, mlkem_is_blind, 0, 2 * SETS);
    tcase_add_loop_test(tests, mldsa_is_blind, 0, SETS);
}

int main(int argc, char **argv)
{
    (void)argc;
    return ct_main("ct_lattice", argv, add);
}

#else

#include <stdio.h>

int main(void)
{
    puts("ct_lattice: this build has not got what is tested (tools/build-fast)\n"
         "100%: Checks: 0, Failures: 0, Errors: 0");
    return 0;
}

#endif
