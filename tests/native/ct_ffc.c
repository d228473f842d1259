/*
 * ct_ffc.c - DSA and DH without branches and addresses that depend on the private number, as
 * valgrind's memcheck sees it.
 *
 * What is secret is marked as undefined memory; memcheck then complains of every branch and every
 * address that depends on it. A test fails if it does. The program starts itself under valgrind.
 *
 * The private number is marked before a key is made of it, and the marks go with it: what is
 * counted are the complaints of signing and agreeing. What libcrypto may do there is in
 * ct_ffc.supp.
 *
 * SPDX-License-Identifier: MIT
 */

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <valgrind/memcheck.h>

#include "crypto/common/lc.h"
#include "crypto/ffc/lc_dh.h"
#include "crypto/ffc/lc_dsa.h"

#define DH_BYTES 256

static void secret(const void *memory, size_t bytes)
{
    (void)VALGRIND_MAKE_MEM_UNDEFINED(memory, bytes);
}

static void known(const void *memory, size_t bytes)
{
    (void)VALGRIND_MAKE_MEM_DEFINED(memory, bytes);
}

static unsigned complaints(void)
{
    return (unsigned)VALGRIND_COUNT_ERRORS;
}

START_TEST(a_leak_is_noticed)
{
    uint8_t byte = 1;
    unsigned before = complaints();
    volatile bool is_odd = false;

    secret(&byte, 1);
    if (byte & 1) is_odd = true;
    ck_assert_uint_gt(complaints(), before);
    (void)is_odd;
}
END_TEST

/* A copy of a key whose private number is marked. */
static struct lc_dh *marked_dh(const struct lc_dh *key)
{
    static uint8_t parts[LC_DH_PART_COUNT][DH_BYTES];
    struct lc_dh_number numbers[LC_DH_PART_COUNT];
    struct lc_dh *copy;
    int part;

    for (part = 0; part < LC_DH_PART_COUNT; part++)
    {
        lc_dh_get_part(key, (enum lc_dh_part)part, parts[part], DH_BYTES);
        numbers[part] = (struct lc_dh_number){ parts[part], DH_BYTES };
    }
    secret(parts[LC_DH_X], DH_BYTES);
    ck_assert_int_eq(lc_dh_new(numbers, 0, &copy), STATUS_SUCCESS);
    return copy;
}

START_TEST(agreeing_is_blind)
{
    uint8_t left[DH_BYTES], right[DH_BYTES];
    struct lc_dh *own, *peer, *copy;
    unsigned before;

    ck_assert_int_eq(lc_dh_new_parameters(8 * DH_BYTES, &own), STATUS_SUCCESS);
    ck_assert_int_eq(lc_dh_generate_key(own), STATUS_SUCCESS);
    ck_assert_int_eq(lc_dh_new_parameters(8 * DH_BYTES, &peer), STATUS_SUCCESS);
    ck_assert_int_eq(lc_dh_generate_key(peer), STATUS_SUCCESS);
    copy = marked_dh(own);

    before = complaints();
    ck_assert_int_eq(lc_dh_agree(copy, peer, left, sizeof(left)), STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    known(left, sizeof(left));
    ck_assert_int_eq(lc_dh_agree(peer, own, right, sizeof(right)), STATUS_SUCCESS);
    ck_assert_mem_eq(left, right, sizeof(left));
    lc_dh_free(own);
    lc_dh_free(peer);
    lc_dh_free(copy);
}
END_TEST

static struct lc_dsa *marked_dsa(const struct lc_dsa *key)
{
    static const size_t widths[LC_DSA_PART_COUNT] = { 64, 20, 64, 64, 20 };
    static uint8_t parts[LC_DSA_PART_COUNT][64];
    struct lc_dsa_number numbers[LC_DSA_PART_COUNT];
    struct lc_dsa *copy;
    int part;

    for (part = 0; part < LC_DSA_PART_COUNT; part++)
    {
        lc_dsa_get_part(key, (enum lc_dsa_part)part, parts[part], widths[part]);
        numbers[part] = (struct lc_dsa_number){ parts[part], widths[part] };
    }
    secret(parts[LC_DSA_X], widths[LC_DSA_X]);
    ck_assert_int_eq(lc_dsa_new(numbers, NULL, 0, &copy), STATUS_SUCCESS);
    return copy;
}

START_TEST(signing_is_blind)
{
    uint8_t digest[20] = { 1, 2, 3 }, signature[40];
    struct lc_dsa_seed seed;
    struct lc_dsa *key, *copy;
    unsigned before;

    ck_assert_int_eq(lc_dsa_generate_parameters(512, &seed, &key), STATUS_SUCCESS);
    ck_assert_int_eq(lc_dsa_generate_key(key), STATUS_SUCCESS);
    ck_assert_int_eq(lc_dsa_sign(key, digest, sizeof(digest), signature), STATUS_SUCCESS);
    copy = marked_dsa(key);

    before = complaints();
    ck_assert_int_eq(lc_dsa_sign(copy, digest, sizeof(digest), signature), STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    known(signature, sizeof(signature));
    ck_assert_int_eq(lc_dsa_verify(key, digest, sizeof(digest), signature), STATUS_SUCCESS);
    lc_dsa_free(key);
    lc_dsa_free(copy);
}
END_TEST

int main(int argc, char **argv)
{
    Suite *suite = suite_create("ct_ffc");
    TCase *tests = tcase_create("ct");
    SRunner *runner = srunner_create(suite);
    int failed;

    (void)argc;
    if (!RUNNING_ON_VALGRIND)
    {
        execlp("valgrind", "valgrind", "-q", "--suppressions=tests/native/ct_ffc.supp", argv[0],
               (char *)NULL);
        fprintf(stderr, "ct_ffc: valgrind is missing\n");
        return 1;
    }
    lc_ready();
    tcase_set_timeout(tests, 0);
    tcase_add_test(tests, a_leak_is_noticed);
    tcase_add_test(tests, agreeing_is_blind);
    tcase_add_test(tests, signing_is_blind);
    suite_add_tcase(suite, tests);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
