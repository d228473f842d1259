/*
 * test_pbkdf2.c - BCryptDeriveKeyPBKDF2 with a keyed hash of a provider that has no PBKDF2.
 *
 * Ours has one, so the linker puts a function of this file in the place of provider_find, which
 * hides it: what composed.c then computes with the hash alone has to be the same.
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "native.h"
#include "platform/base.h"
#include "platform/names.h"
#include "router/algorithm.h"
#include "router/providers.h"
#include "suite.h"

static bool hidden;

NTSTATUS __real_provider_find(LPCWSTR id, LPCWSTR provider,
                                   const struct provider_calls *after,
                                   const struct provider_calls **calls);
NTSTATUS __wrap_provider_find(LPCWSTR id, LPCWSTR provider,
                                   const struct provider_calls *after,
                                   const struct provider_calls **calls);

NTSTATUS __wrap_provider_find(LPCWSTR id, LPCWSTR provider,
                                   const struct provider_calls *after,
                                   const struct provider_calls **calls)
{
    if (hidden && names_equal(id, BCRYPT_PBKDF2_ALGORITHM)) return STATUS_NOT_FOUND;
    return __real_provider_find(id, provider, after, calls);
}

static NTSTATUS derive(BCRYPT_ALG_HANDLE prf, const char *password, const char *salt,
                       ULONGLONG iterations, UCHAR *key, ULONG bytes)
{
    return BCryptDeriveKeyPBKDF2(prf, (PUCHAR)(uintptr_t)password, (ULONG)strlen(password),
                                 (PUCHAR)(uintptr_t)salt, (ULONG)strlen(salt), iterations, key,
                                 bytes, 0);
}

/* RFC 6070. */
START_TEST(the_hash_alone_gives_the_published_key)
{
    static const UCHAR expected[] =
    {
        0x4b, 0x00, 0x79, 0x01, 0xb7, 0x65, 0x48, 0x9a, 0xbe, 0xad, 0x49, 0xd9, 0x26, 0xf7, 0x21,
        0xd0, 0x65, 0xa4, 0x29, 0xc1,
    };
    UCHAR key[20];

    hidden = true;
    ck_assert_int_eq(derive(BCRYPT_HMAC_SHA1_ALG_HANDLE, "password", "salt", 4096, key, 20),
                     STATUS_SUCCESS);
    ck_assert_mem_eq(key, expected, 20);
}
END_TEST

static const struct
{
    LPCWSTR hash;
    const char *password, *salt;
    ULONGLONG iterations;
    ULONG bytes;
} rows[] =
{
    { BCRYPT_MD5_ALGORITHM,      "password",         "salt", 1, 1 },
    { BCRYPT_SHA1_ALGORITHM,     "",                 "salt", 2, 20 },
    { BCRYPT_SHA1_ALGORITHM,     "password",         "",     3, 21 },
    { BCRYPT_SHA256_ALGORITHM,   "password",         "salt", 7, 100 },
    { BCRYPT_SHA384_ALGORITHM,   "password",         "salt", 2, 96 },
    { BCRYPT_SHA512_ALGORITHM,   "password",         "salt", 2, 129 },
    { BCRYPT_SHA3_256_ALGORITHM, "password",         "salt", 3, 40 },
    { BCRYPT_AES_CMAC_ALGORITHM, "password12345678", "salt", 3, 40 },
};

START_TEST(the_hash_alone_gives_what_pbkdf2_gives)
{
    UCHAR with[130], without[130];
    BCRYPT_ALG_HANDLE prf = NULL;

    memset(with, 0x5a, sizeof(with));
    memset(without, 0x5a, sizeof(without));
    hidden = false;
    ck_assert_int_eq(BCryptOpenAlgorithmProvider(&prf, rows[_i].hash, NULL,
                                                 BCRYPT_ALG_HANDLE_HMAC_FLAG), STATUS_SUCCESS);
    ck_assert_int_eq(derive(prf, rows[_i].password, rows[_i].salt, rows[_i].iterations, with,
                            rows[_i].bytes), STATUS_SUCCESS);
    hidden = true;
    ck_assert_int_eq(derive(prf, rows[_i].password, rows[_i].salt, rows[_i].iterations, without,
                            rows[_i].bytes), STATUS_SUCCESS);
    ck_assert_mem_eq(with, without, sizeof(with));
    ck_assert_int_eq(BCryptCloseAlgorithmProvider(prf, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(the_hash_refuses_a_password_that_is_no_key)
{
    BCRYPT_ALG_HANDLE cmac = NULL;
    UCHAR key[20];

    hidden = true;
    ck_assert_int_eq(BCryptOpenAlgorithmProvider(&cmac, BCRYPT_AES_CMAC_ALGORITHM, NULL,
                                                 BCRYPT_ALG_HANDLE_HMAC_FLAG), STATUS_SUCCESS);
    ck_assert_int_eq(derive(cmac, "password", "salt", 1, key, 20), STATUS_INVALID_PARAMETER);
    ck_assert_int_eq(BCryptCloseAlgorithmProvider(cmac, 0), STATUS_SUCCESS);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("pbkdf2");
    int failed;

    tcase_add_test(tests, the_hash_alone_gives_the_published_key);
    tcase_add_loop_test(tests, the_hash_alone_gives_what_pbkdf2_gives, 0, ARRAY_SIZE(rows));
    tcase_add_test(tests, the_hash_refuses_a_password_that_is_no_key);
    failed = suite_run("pbkdf2", tests);
    native_thread_detach();
    return failed;
}
