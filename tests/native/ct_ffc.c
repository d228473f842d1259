/*
 * ct_ffc.c - DSA and DH without branches and addresses that depend on the private number, as
 * valgrind's memcheck sees it.
 *
 * The private number is marked before a key is made of it, and the marks go with it: what is
 * counted are the complaints of signing and agreeing. What libcrypto may do there is in
 * ct_ffc.supp.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ct.h"

#include <string.h>

#include "crypto/common/lc.h"
#include "crypto/ffc/lc_dh.h"
#include "crypto/ffc/lc_dsa.h"

#define DH_BYTES 256

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

static void add(TCase *tests)
{
    lc_ready();
    tcase_add_test(tests, agreeing_is_blind);
    tcase_add_test(tests, signing_is_blind);
}

int main(int argc, char **argv)
{
    (void)argc;
    return ct_main("ct_ffc", argv, add);
}
