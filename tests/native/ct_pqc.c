/*
 * ct_pqc.c - ML-KEM and ML-DSA without branches and addresses that depend on secrets, as valgrind's
 * memcheck sees it.
 *
 * Secret are seeds, private keys but for what is public in them, coins, and the secret that comes
 * out. Public is what FIPS 203 and FIPS 204 make public: the seed rho of the matrix, a public key,
 * a ciphertext, a signature, and of a signature how many attempts it took and where one ended, for
 * these say nothing of the key. What is let pass is in ct_pqc.supp.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ct.h"

#include <string.h>

#include "crypto/common/lc.h"
#include "crypto/mldsa/mldsa.h"
#include "crypto/mlkem/mlkem.h"

static const uint8_t seed_bytes[64] = "seeds and coins are the same in every run, and known to all";

/* ---- ML-KEM ---- */

struct kem_key
{
    uint8_t private_key[MLKEM_MOST_PRIVATE_BYTES];
    uint8_t ciphertext[MLKEM_MOST_CIPHERTEXT_BYTES], secret[MLKEM_SECRET_BYTES];
};

/* s and z are secret; what stands between them is the public key and its hash. */
static void mark_private_key(enum mlkem_set set, uint8_t *private_key)
{
    size_t bytes = mlkem_sizes[set].private_bytes, public_bytes = mlkem_sizes[set].public_bytes;

    secret(private_key, bytes - public_bytes - 64);
    secret(private_key + bytes - 32, 32);
}

static void make_kem_key(enum mlkem_set set, struct kem_key *key)
{
    ck_assert_int_eq(lc_mlkem.generate(set, seed_bytes, key->private_key), STATUS_SUCCESS);
    ck_assert_int_eq(lc_mlkem.encapsulate(set, mlkem_public_of(set, key->private_key), seed_bytes,
                                          key->ciphertext, key->secret), STATUS_SUCCESS);
}

START_TEST(making_a_kem_key_is_blind)
{
    uint8_t seed[MLKEM_SEED_BYTES], private_key[MLKEM_MOST_PRIVATE_BYTES];
    struct kem_key key;
    unsigned before;

    make_kem_key((enum mlkem_set)_i, &key);
    memcpy(seed, seed_bytes, sizeof(seed));
    secret(seed, sizeof(seed));
    before = complaints();
    ck_assert_int_eq(lc_mlkem.generate((enum mlkem_set)_i, seed, private_key), STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    known(private_key, sizeof(private_key));
    ck_assert_mem_eq(private_key, key.private_key, mlkem_sizes[_i].private_bytes);
}
END_TEST

START_TEST(encapsulating_is_blind)
{
    uint8_t coins[MLKEM_COINS_BYTES], ciphertext[MLKEM_MOST_CIPHERTEXT_BYTES];
    uint8_t made[MLKEM_SECRET_BYTES];
    struct kem_key key;
    unsigned before;

    make_kem_key((enum mlkem_set)_i, &key);
    memcpy(coins, seed_bytes, sizeof(coins));
    secret(coins, sizeof(coins));
    before = complaints();
    ck_assert_int_eq(lc_mlkem.encapsulate((enum mlkem_set)_i,
                                          mlkem_public_of((enum mlkem_set)_i, key.private_key),
                                          coins, ciphertext, made), STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    known(made, sizeof(made));
    ck_assert_mem_eq(made, key.secret, sizeof(made));
}
END_TEST

/* Of a right ciphertext and of a wrong one: nothing tells which it was. */
START_TEST(decapsulating_is_blind)
{
    enum mlkem_set set = (enum mlkem_set)(_i / 2);
    uint8_t opened[MLKEM_SECRET_BYTES];
    struct kem_key key;
    unsigned before;

    make_kem_key(set, &key);
    key.ciphertext[17] ^= (uint8_t)(_i & 1);
    mark_private_key(set, key.private_key);
    before = complaints();
    ck_assert_int_eq(lc_mlkem.decapsulate(set, key.private_key, key.ciphertext, opened),
                     STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    known(opened, sizeof(opened));
    ck_assert_int_eq(!memcmp(opened, key.secret, sizeof(opened)), !(_i & 1));
}
END_TEST

START_TEST(checking_a_kem_key_is_blind)
{
    enum mlkem_set set = (enum mlkem_set)_i;
    struct kem_key key;
    unsigned before;

    make_kem_key(set, &key);
    mark_private_key(set, key.private_key);
    before = complaints();
    ck_assert_int_eq(lc_mlkem.check_private(set, key.private_key), STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
}
END_TEST

/* ---- ML-DSA ---- */

struct dsa_key
{
    uint8_t private_key[MLDSA_MOST_PRIVATE_BYTES], public_key[MLDSA_MOST_PUBLIC_BYTES];
};

static void make_dsa_key(enum mldsa_set set, struct dsa_key *key)
{
    ck_assert_int_eq(lc_mldsa.generate(set, seed_bytes, key->private_key, key->public_key),
                     STATUS_SUCCESS);
}

/* rho and tr are public; K, s1 and s2 are secret. t0 is not: FIPS 204 counts it to the private key,
 * but it comes out of signatures, and no security rests on it (section 3.1 of the proposal). */
static void mark_dsa_key(enum mldsa_set set, uint8_t *private_key)
{
    static const size_t vector_bytes[] = { 8 * 96, 11 * 128, 15 * 96 };

    secret(private_key + 32, 32);
    secret(private_key + 128, vector_bytes[set]);
}

START_TEST(making_a_dsa_key_is_blind)
{
    uint8_t seed[MLDSA_SEED_BYTES];
    struct dsa_key key, made;
    unsigned before;

    make_dsa_key((enum mldsa_set)_i, &key);
    memcpy(seed, seed_bytes, sizeof(seed));
    secret(seed, sizeof(seed));
    before = complaints();
    ck_assert_int_eq(lc_mldsa.generate((enum mldsa_set)_i, seed, made.private_key,
                                       made.public_key), STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    known(&made, sizeof(made));
    ck_assert_mem_eq(made.private_key, key.private_key, mldsa_sizes[_i].private_bytes);
}
END_TEST

START_TEST(signing_is_blind)
{
    uint8_t coins[MLDSA_COINS_BYTES] = { 1 }, mu[MLDSA_MU_BYTES] = { 2 };
    uint8_t signature[MLDSA_MOST_SIGNATURE_BYTES];
    struct dsa_key key;
    unsigned before;

    make_dsa_key((enum mldsa_set)_i, &key);
    mark_dsa_key((enum mldsa_set)_i, key.private_key);
    secret(coins, sizeof(coins));
    before = complaints();
    ck_assert_int_eq(lc_mldsa.sign((enum mldsa_set)_i, key.private_key, mu, coins, signature),
                     STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    known(signature, sizeof(signature));
    ck_assert_int_eq(lc_mldsa.verify((enum mldsa_set)_i, key.public_key, mu, signature),
                     STATUS_SUCCESS);
}
END_TEST

START_TEST(checking_a_dsa_key_is_blind)
{
    uint8_t public_key[MLDSA_MOST_PUBLIC_BYTES];
    struct dsa_key key;
    unsigned before;

    make_dsa_key((enum mldsa_set)_i, &key);
    mark_dsa_key((enum mldsa_set)_i, key.private_key);
    before = complaints();
    ck_assert_int_eq(lc_mldsa.public_of((enum mldsa_set)_i, key.private_key, public_key),
                     STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
}
END_TEST

static void add(TCase *tests)
{
    lc_ready();
    tcase_add_loop_test(tests, making_a_kem_key_is_blind, 0, 3);
    tcase_add_loop_test(tests, encapsulating_is_blind, 0, 3);
    tcase_add_loop_test(tests, decapsulating_is_blind, 0, 6);
    tcase_add_loop_test(tests, checking_a_kem_key_is_blind, 0, 3);
    tcase_add_loop_test(tests, making_a_dsa_key_is_blind, 0, 3);
    tcase_add_loop_test(tests, signing_is_blind, 0, 3);
    tcase_add_loop_test(tests, checking_a_dsa_key_is_blind, 0, 3);
}

int main(int argc, char **argv)
{
    (void)argc;
    return ct_main("ct_pqc", argv, add);
}
