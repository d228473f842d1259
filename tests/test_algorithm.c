/*
 * test_algorithm.c - opening and closing algorithm providers.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

START_TEST(an_algorithm_opens_and_closes)
{
    BCRYPT_ALG_HANDLE algorithm = NULL;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_AES_ALGORITHM, NULL, 0),
                  STATUS_SUCCESS);
    expect_true(algorithm != NULL);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
}
END_TEST

void algorithm_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_test(tests, an_algorithm_opens_and_closes);
}
