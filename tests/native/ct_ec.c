/*
 * ct_ec.c - ECDSA and ECDH without secret-dependent branches and addresses, as valgrind's memcheck
 * sees it.
 *
 * Secret are private values and nonces: all random numbers are marked, for the program has its own
 * random_bytes(). What libcrypto may do with what comes of them is in ct_ec.supp, and why it may.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ct.h"

#include <string.h>

#include "crypto/common/cpu.h"
#include "crypto/ec/lc_ec_forms.h"
#include "crypto/random/random.h"
#include "provider/ec/curve.h"

static bool mark_random;

/*
 * The same numbers in every run. With others, one result in 512 on P-521 is a word shorter than the
 * rest, a coordinate or the r of a signature: public numbers, but libcrypto's BIGNUMs carry their
 * length, marked as the result was, through what follows.
 */
bool random_bytes(void *buffer, size_t bytes)
{
    static uint64_t state = 0x9e3779b97f4a7c15;
    uint8_t *at = buffer;
    size_t i;

    for (i = 0; i < bytes; i++)                 /* Marsaglia's xorshift */
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        at[i] = (uint8_t)(state >> 56);
    }
    if (mark_random) secret(buffer, bytes);
    return true;
}

/* All that is secret in a key. */
static void mark_key(struct lc_ec_key *key, void (*mark)(const void *memory, size_t bytes))
{
    if (key->d) mark_number(key->d, mark);
    if (key->signer) mark_number(EC_KEY_get0_private_key(key->signer), mark);
    mark(key->scalar, sizeof(key->scalar));
}

/* What a processor without the instructions of the others has; one with those of s2n-bignum, which
 * valgrind can do, but its CPUID denies; and what 32-bit processors have. */
enum path { SLOW, FAST, NARROW };

#define FAST_FEATURES ((uint32_t)(CPU_BMI2 | CPU_ADX | CPU_AVX2))

/* libcrypto's groups of each method, curves that go the general way, a mapped one, curve25519; and
 * those of the faster paths. */
static const struct
{
    LPCWSTR name;
    enum path path;
} curves[] = {
    { BCRYPT_ECC_CURVE_NISTP256, SLOW },   { BCRYPT_ECC_CURVE_NISTP224, SLOW },
    { BCRYPT_ECC_CURVE_NISTP384, SLOW },   { BCRYPT_ECC_CURVE_NISTP521, SLOW },
    { BCRYPT_ECC_CURVE_SECP256K1, SLOW },  { BCRYPT_ECC_CURVE_BRAINPOOLP256R1, SLOW },
    { BCRYPT_ECC_CURVE_NISTP192, SLOW },   { BCRYPT_ECC_CURVE_SECP160R1, SLOW },
    { BCRYPT_ECC_CURVE_EC192WAPI, SLOW },  { BCRYPT_ECC_CURVE_NUMSP256T1, SLOW },
    { BCRYPT_ECC_CURVE_NISTP256, FAST },   { BCRYPT_ECC_CURVE_NISTP384, FAST },
    { BCRYPT_ECC_CURVE_NISTP521, FAST },   { BCRYPT_ECC_CURVE_NISTP256, NARROW },
    { BCRYPT_ECC_CURVE_NISTP384, NARROW }, { BCRYPT_ECC_CURVE_NISTP521, NARROW },
    { BCRYPT_ECC_CURVE_25519, SLOW },      { BCRYPT_ECC_CURVE_25519, FAST },
};
#define SIGNING_CURVES ((int)ARRAY_SIZE(curves) - 2)

static void choose_processor(enum path path)
{
    uint32_t features = cpu_detect();

    if (path == FAST) features |= FAST_FEATURES;
    else features &= ~(uint32_t)CPU_ADX;
    if (path == NARROW) features |= CPU_SSE2;
    else if (path == SLOW) features &= ~(uint32_t)CPU_SSE2;
    atomic_store(&cpu_known_features, features);
}

/* The first one that a test makes: what the last test made is gone. */
static const struct lc_ec_curve *curve_of(int row)
{
    struct curve_choice choice;

    curves_detach();
    choose_processor(curves[row].path);
    ck_assert(curve_by_name(curves[row].name, &choice));
    ck_assert_int_eq(curve_ready(choice.curve), STATUS_SUCCESS);
    return choice.curve->lc;
}

static struct lc_ec_key *new_key(const struct lc_ec_curve *curve)
{
    struct lc_ec_key *key;

    ck_assert_int_eq(lc_ec_key_generate(curve, &key), STATUS_SUCCESS);
    return key;
}

/* ---- secrets ---- */

START_TEST(agreeing_is_blind)
{
    const struct lc_ec_curve *curve = curve_of(_i);
    struct lc_ec_key *own = new_key(curve), *peer = new_key(curve);
    uint8_t left[EC_FIELD_BYTES_MAX], right[EC_FIELD_BYTES_MAX];
    size_t bytes = own->curve->field_bytes;
    unsigned before = complaints();

    mark_key(own, secret);
    ck_assert_int_eq(lc_ec_agree(own, peer, left), STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    mark_key(own, known);
    known(left, sizeof(left));
    ck_assert_int_eq(lc_ec_agree(peer, own, right), STATUS_SUCCESS);
    ck_assert_mem_eq(left, right, bytes);
    lc_ec_key_free(own);
    lc_ec_key_free(peer);
}
END_TEST

START_TEST(signing_is_blind)
{
    struct lc_ec_key *key = new_key(curve_of(_i));
    uint8_t digest[32] = { 1, 2, 3 }, signature[2 * EC_ORDER_BYTES_MAX];
    unsigned before;

    ck_assert_int_eq(lc_ec_sign(key, digest, sizeof(digest), signature), STATUS_SUCCESS);
    before = complaints();
    mark_key(key, secret);
    mark_random = true;
    ck_assert_int_eq(lc_ec_sign(key, digest, sizeof(digest), signature), STATUS_SUCCESS);
    mark_random = false;
    ck_assert_uint_eq(complaints(), before);
    mark_key(key, known);
    known(signature, sizeof(signature));
    ck_assert_int_eq(lc_ec_verify(key, digest, sizeof(digest), signature), STATUS_SUCCESS);
    lc_ec_key_free(key);
}
END_TEST

START_TEST(making_a_key_is_blind)
{
    const struct lc_ec_curve *curve = curve_of(_i);
    struct lc_ec_key *key;
    unsigned before;

    before = complaints();
    mark_random = true;
    key = new_key(curve);
    mark_random = false;
    ck_assert_uint_eq(complaints(), before);
    lc_ec_key_free(key);
}
END_TEST

/* The public half is computed of a private value, and compared with the one that is given. */
START_TEST(importing_a_key_is_blind)
{
    const struct lc_ec_curve *curve = curve_of(_i);
    struct lc_ec_key *key = new_key(curve), *copy;
    uint8_t d[EC_ORDER_BYTES_MAX];
    unsigned before;

    ck_assert_int_eq(lc_ec_key_private(key, d), STATUS_SUCCESS);
    secret(d, sizeof(d));
    before = complaints();
    ck_assert_int_eq(lc_ec_key_new(curve, NULL, NULL, d, 0, &copy), STATUS_SUCCESS);
    ck_assert_int_eq(lc_ec_key_private(copy, d), STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    lc_ec_key_free(key);
    lc_ec_key_free(copy);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, agreeing_is_blind, 0, (int)ARRAY_SIZE(curves));
    tcase_add_loop_test(tests, signing_is_blind, 0, SIGNING_CURVES);
    tcase_add_loop_test(tests, making_a_key_is_blind, 0, (int)ARRAY_SIZE(curves));
    tcase_add_loop_test(tests, importing_a_key_is_blind, 0, (int)ARRAY_SIZE(curves));
}

int main(int argc, char **argv)
{
    (void)argc;
    return ct_main("ct_ec", argv, add);
}
