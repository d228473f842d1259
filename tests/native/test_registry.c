/*
 * test_registry.c - the provider registry: who serves an algorithm, and through which functions.
 *
 * SPDX-License-Identifier: MIT
 */

#include <check.h>
#include <pthread.h>
#include <stdlib.h>

#include "native.h"
#include "platform/base.h"
#include "platform/names.h"
#include "router/algorithm.h"
#include "router/providers.h"

static bool function_at(ULONG number, struct provider_function *function)
{
    return provider_function_at(provider_registry_now(), number, function);
}

static LPCWSTR name_at(LPCWSTR id, ULONG number)
{
    return provider_name_at(provider_registry_now(), id, number);
}

static const struct provider_calls *find(LPCWSTR id)
{
    const struct provider_calls *algorithm = NULL;

    ck_assert_int_eq(provider_find(id, NULL, NULL, &algorithm), STATUS_SUCCESS);
    return algorithm;
}

/* ---- first of all, before anything is listed: threads that ask at once ---- */

static void *find_all(void *unused)
{
    struct provider_function function;
    ULONG number;

    (void)unused;
    for (number = 0; function_at(number, &function); number++) find(function.id);
    native_thread_detach();
    return (void *)(ULONG_PTR)number;
}

START_TEST(threads_may_ask_first_at_once)
{
    pthread_t threads[4];
    void *counts[4];
    size_t i;

    for (i = 0; i < 4; i++) pthread_create(&threads[i], NULL, find_all, NULL);
    for (i = 0; i < 4; i++) pthread_join(threads[i], &counts[i]);
    for (i = 1; i < 4; i++) ck_assert_ptr_eq(counts[i], counts[0]);
    ck_assert_ptr_nonnull(counts[0]);
}
END_TEST

START_TEST(every_listed_function_is_found)
{
    struct provider_function function;
    ULONG number;

    for (number = 0; function_at(number, &function); number++)
    {
        ck_assert(names_equal(find(function.id)->id, function.id));
        ck_assert_uint_le(find(function.id)->interface_id, function.interface_id);
    }
    ck_assert_uint_gt(number, 40);
}
END_TEST

START_TEST(functions_are_listed_by_interface)
{
    struct provider_function function;
    ULONG number, interface_id = 0;

    for (number = 0; function_at(number, &function); number++)
    {
        ck_assert_uint_ge(function.interface_id, interface_id);
        interface_id = function.interface_id;
    }
}
END_TEST

START_TEST(an_unknown_algorithm_is_not_found)
{
    const struct provider_calls *algorithm;

    ck_assert_int_eq(provider_find(L"NONE", NULL, NULL, &algorithm), STATUS_NOT_FOUND);
    ck_assert_int_eq(provider_find(L"", NULL, NULL, &algorithm), STATUS_NOT_FOUND);
    ck_assert_int_eq(provider_find(L"aes", NULL, NULL, &algorithm), STATUS_NOT_FOUND);
    ck_assert_ptr_null(name_at(L"NONE", 0));
}
END_TEST

START_TEST(an_unknown_provider_is_not_found)
{
    const struct provider_calls *algorithm;

    ck_assert_int_eq(provider_find(L"AES", L"Nobody's", NULL, &algorithm), STATUS_NOT_FOUND);
    ck_assert_int_eq(provider_find(L"AES", MS_PRIMITIVE_PROVIDER, NULL, &algorithm),
                     STATUS_SUCCESS);
    ck_assert(names_equal(name_at(L"AES", 0), MS_PRIMITIVE_PROVIDER));
    ck_assert_ptr_null(name_at(L"AES", 1));
}
END_TEST

START_TEST(an_algorithm_of_two_interfaces_is_found_in_the_first)
{
    ck_assert_uint_eq(find(BCRYPT_RSA_ALGORITHM)->interface_id,
                      BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE);
}
END_TEST

START_TEST(what_a_table_lacks_is_not_supported)
{
    const struct provider_calls *aes = find(BCRYPT_AES_ALGORITHM);
    const struct provider_calls *sha = find(BCRYPT_SHA1_ALGORITHM);
    ULONG bytes;

    ck_assert_int_eq(aes->SignHash(NULL, NULL, NULL, 0, NULL, 0, &bytes, 0), STATUS_NOT_SUPPORTED);
    ck_assert_int_eq(aes->CreateHash(NULL, NULL, NULL, 0, NULL, 0, 0), STATUS_NOT_SUPPORTED);
    ck_assert_int_eq(aes->FinalizeKeyPair(NULL, 0), STATUS_INVALID_HANDLE);
    ck_assert_int_eq(aes->GenRandom(NULL, NULL, 0, 0), STATUS_INVALID_HANDLE);
    ck_assert_int_eq(sha->GenerateKey(NULL, NULL, NULL, 0, NULL, 0, 0), STATUS_NOT_SUPPORTED);
    ck_assert_int_eq(sha->Encrypt(NULL, NULL, 0, NULL, NULL, 0, NULL, 0, &bytes, 0),
                     STATUS_NOT_SUPPORTED);
    ck_assert_int_eq(sha->Encapsulate(NULL, NULL, 0, &bytes, NULL, 0, &bytes, 0),
                     STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(no_function_of_any_algorithm_is_missing)
{
    struct provider_function function;
    ULONG number;

    for (number = 0; function_at(number, &function); number++)
    {
        const struct provider_calls *algorithm = find(function.id);
        const char *member =
            (const char *)algorithm + offsetof(struct provider_calls, OpenAlgorithmProvider);

        for (; member < (const char *)(algorithm + 1); member += sizeof(void *))
        {
            ck_assert_ptr_nonnull(*(void *const *)(const void *)member);
        }
    }
}
END_TEST

START_TEST(an_algorithm_closed_unchanged_opens_as_new)
{
    struct object *algorithm;
    BCRYPT_ALG_HANDLE handle;
    WCHAR mode[32];
    ULONG bytes;
    int i;

    for (i = 0; i < 3; i++)
    {
        ck_assert_int_eq(algorithm_open(L"AES", NULL, 0, &handle), STATUS_SUCCESS);
        ck_assert_int_eq(BCryptGetProperty(handle, BCRYPT_CHAINING_MODE, (PUCHAR)mode, sizeof(mode),
                                           &bytes, 0), STATUS_SUCCESS);
        ck_assert(names_equal(mode, BCRYPT_CHAIN_MODE_CBC));
        ck_assert_int_eq(BCryptSetProperty(handle, BCRYPT_CHAINING_MODE,
                                           (PUCHAR)(ULONG_PTR)BCRYPT_CHAIN_MODE_GCM, 0, 0),
                         STATUS_SUCCESS);
        ck_assert_ptr_nonnull(algorithm = algorithm_get(handle));
        object_put(algorithm);
        ck_assert(object_retire(handle, OBJECT_ALGORITHM));
        ck_assert_ptr_null(algorithm_get(handle));
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("registry");
    TCase *tests = tcase_create("registry");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, threads_may_ask_first_at_once);
    tcase_add_test(tests, every_listed_function_is_found);
    tcase_add_test(tests, functions_are_listed_by_interface);
    tcase_add_test(tests, an_unknown_algorithm_is_not_found);
    tcase_add_test(tests, an_unknown_provider_is_not_found);
    tcase_add_test(tests, an_algorithm_of_two_interfaces_is_found_in_the_first);
    tcase_add_test(tests, what_a_table_lacks_is_not_supported);
    tcase_add_test(tests, no_function_of_any_algorithm_is_missing);
    tcase_add_test(tests, an_algorithm_closed_unchanged_opens_as_new);
    suite_add_tcase(suite, tests);

    runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    native_thread_detach();
    providers_detach();
    return failed != 0;
}
