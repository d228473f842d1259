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
#include "platform/registry.h"
#include "provider/test_provider.h"
#include "router/algorithm.h"
#include "router/providers.h"

static bool function_at(ULONG number, struct provider_function *function)
{
    const struct provider_registry *registry = provider_registry_get();
    bool found = provider_function_at(registry, number, function);

    provider_registry_put(registry);
    return found;
}

static LPCWSTR name_at(LPCWSTR id, ULONG number)
{
    const struct provider_registry *registry = provider_registry_get();
    LPCWSTR name = provider_name_at(registry, id, number);

    provider_registry_put(registry);
    return name;
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

/* ---- what the configuration says ---- */

#define CRYPTOGRAPHY L"SYSTEM\\CurrentControlSet\\Control\\Cryptography\\"
#define DEFAULT_CIPHERS CRYPTOGRAPHY L"Configuration\\Local\\Default\\00000001"
#define USER_MODE CRYPTOGRAPHY L"Providers\\" TEST_PROVIDER L"\\UM"
#define IMAGE L"X:\\" TEST_PROVIDER_IMAGE

static void write_value(LPCWSTR path, LPCWSTR name, ULONG type, const void *data, size_t bytes)
{
    void *key;

    ck_assert_int_eq(registry_create(NULL, path, &key), STATUS_SUCCESS);
    ck_assert_int_eq(registry_set(key, name, type, data, (ULONG)bytes), STATUS_SUCCESS);
    registry_close(key);
    providers_changed();
}

/* The test's provider in front of ours, as Windows would write it. */
static void configure(void)
{
    native_registry_clear();
    write_value(DEFAULT_CIPHERS, L"Functions", REG_MULTI_SZ, L"AES\0" XOR_CIPHER L"\0DES\0",
                sizeof(L"AES\0" XOR_CIPHER L"\0DES\0"));
    write_value(DEFAULT_CIPHERS L"\\AES", L"Providers", REG_MULTI_SZ,
                TEST_PROVIDER L"\0" MS_PRIMITIVE_PROVIDER L"\0",
                sizeof(TEST_PROVIDER L"\0" MS_PRIMITIVE_PROVIDER L"\0"));
    write_value(DEFAULT_CIPHERS L"\\" XOR_CIPHER, L"Providers", REG_MULTI_SZ, TEST_PROVIDER L"\0",
                sizeof(TEST_PROVIDER L"\0"));
    write_value(USER_MODE L"\\00000001", L"Functions", REG_MULTI_SZ, L"AES\0" XOR_CIPHER L"\0",
                sizeof(L"AES\0" XOR_CIPHER L"\0"));
    write_value(USER_MODE, L"Image", REG_SZ, IMAGE, sizeof(IMAGE));
}

static void unconfigure(void)
{
    native_registry_clear();
    providers_changed();
}

START_TEST(the_configuration_decides_who_serves)
{
    const struct provider_calls *calls;

    configure();
    ck_assert(names_equal(find(L"AES")->provider->name, TEST_PROVIDER));
    ck_assert(!find(L"AES")->keeps_rules);
    ck_assert(names_equal(name_at(L"AES", 1), MS_PRIMITIVE_PROVIDER));
    ck_assert(names_equal(find(XOR_CIPHER)->provider->name, TEST_PROVIDER));
    ck_assert_int_eq(provider_find(L"RC4", NULL, NULL, &calls), STATUS_NOT_FOUND);
    ck_assert_int_eq(provider_find_own(L"RC4", &calls), STATUS_SUCCESS);
    unconfigure();
    ck_assert(find(L"AES")->keeps_rules);
    find(L"RC4");
}
END_TEST

/* Each row damages one value; AES is served by the next, and nothing goes wrong. */
static const struct
{
    LPCWSTR path, name;
    ULONG type;
    const void *data;
    size_t bytes;
} damage[] =
{
    { USER_MODE, L"Image", REG_DWORD, L"X", 4 },
    { USER_MODE, L"Image", REG_SZ, L"", 2 },
    { USER_MODE, L"Image", REG_SZ, NULL, 0 },
    { USER_MODE, L"Image", REG_SZ, L"X:\\nothing.dll", sizeof(L"X:\\nothing.dll") },
    { USER_MODE L"\\00000001", L"Functions", REG_SZ, L"AES", 8 },
    { USER_MODE L"\\00000001", L"Functions", REG_MULTI_SZ, L"AE", 3 },
    { USER_MODE L"\\00000001", L"Functions", REG_MULTI_SZ, NULL, 0 },
    { DEFAULT_CIPHERS L"\\AES", L"Providers", REG_BINARY, L"AES", 8 },
    { DEFAULT_CIPHERS L"\\AES", L"Providers", REG_MULTI_SZ,
      L"..\\..\0Nobody\0" MS_PRIMITIVE_PROVIDER,
      sizeof(L"..\\..\0Nobody\0" MS_PRIMITIVE_PROVIDER) },
};

START_TEST(what_is_damaged_is_passed_over)
{
    configure();
    write_value(damage[_i].path, damage[_i].name, damage[_i].type, damage[_i].data,
                damage[_i].bytes);
    ck_assert(find(L"AES")->keeps_rules);
    find(L"DES");
    unconfigure();
}
END_TEST

START_TEST(a_list_without_an_end_is_read_to_where_it_stops)
{
    configure();
    write_value(DEFAULT_CIPHERS, L"Functions", REG_MULTI_SZ, L"AES\0DES", 14);
    ck_assert(names_equal(find(L"AES")->provider->name, TEST_PROVIDER));
    find(L"DES");
    unconfigure();
}
END_TEST

START_TEST(a_provider_is_loaded_once_and_stays)
{
    int before;

    configure();
    find(XOR_CIPHER);
    before = native_modules_loaded;
    find(L"AES");
    providers_changed();
    find(XOR_CIPHER);
    ck_assert_int_eq(native_modules_loaded, before);
    unconfigure();
}
END_TEST

static void *use_cipher(void *unused)
{
    UCHAR secret[16] = { 1 }, text[16];
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_KEY_HANDLE key;
    ULONG bytes;
    int i;

    (void)unused;
    for (i = 0; i < 300; i++)
    {
        if (BCryptOpenAlgorithmProvider(&algorithm, XOR_CIPHER, NULL, 0)) return (void *)1;
        if (BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, secret, 16, 0)) return (void *)1;
        BCryptCloseAlgorithmProvider(algorithm, 0);
        if (BCryptEncrypt(key, secret, 16, NULL, NULL, 0, text, 16, &bytes, 0)) return (void *)1;
        BCryptDestroyKey(key);
    }
    native_thread_detach();
    return NULL;
}

#define THREADS 3

static void begin_threads(pthread_t threads[THREADS], void *(*run)(void *))
{
    size_t i;

    for (i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, run, NULL);
}

/* None has failed, and the provider has been given back all that it gave. */
static void end_threads(pthread_t threads[THREADS])
{
    void *failed;
    size_t i;

    for (i = 0; i < THREADS; i++)
    {
        pthread_join(threads[i], &failed);
        ck_assert_ptr_null(failed);
    }
    ck_assert_int_eq(test_provider_live(), 0);
    ck_assert_int_eq(test_provider_faults(), 0);
}

START_TEST(threads_use_a_provider_while_the_registry_is_replaced)
{
    pthread_t threads[THREADS];
    size_t i;

    configure();
    begin_threads(threads, use_cipher);
    for (i = 0; i < 100; i++)
    {
        providers_changed();
        find(L"AES");
    }
    end_threads(threads);
    unconfigure();
}
END_TEST

/* What a reader may be told while another thread registers and takes out: all or nothing. */
static bool is_told(NTSTATUS status, void *answer)
{
    BCryptFreeBuffer(answer);
    return !status || status == STATUS_NOT_FOUND;
}

static void *ask_and_use(void *unused)
{
    BCRYPT_PROVIDER_NAME *names;
    CRYPT_PROVIDER_REG *registration;
    CRYPT_PROVIDER_REFS *refs;
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bytes, count, failed = 0;
    NTSTATUS status;
    int i;

    (void)unused;
    for (i = 0; i < 60; i++)
    {
        status = BCryptOpenAlgorithmProvider(&algorithm, XOR_CIPHER, NULL, 0);
        if (!status) status = BCryptCloseAlgorithmProvider(algorithm, 0);
        failed += !is_told(status, NULL);
        names = NULL;
        status = BCryptEnumProviders(XOR_CIPHER, &count, &names, 0);
        failed += !status && (count != 1 || !names_equal(names->pszProviderName, TEST_PROVIDER));
        failed += !is_told(status, names);
        registration = NULL;
        status = BCryptQueryProviderRegistration(TEST_PROVIDER, CRYPT_UM, 1, &bytes, &registration);
        failed += !status && registration->pUM->rgpInterfaces[0]->cFunctions != 1;
        failed += !is_told(status, registration);
        refs = NULL;
        status = BCryptResolveProviders(NULL, 1, XOR_CIPHER, NULL, CRYPT_UM, 0, &bytes, &refs);
        failed += !is_told(status, refs);
    }
    native_thread_detach();
    return (void *)(ULONG_PTR)failed;
}

START_TEST(threads_ask_while_a_provider_comes_and_goes)
{
    static WCHAR image_name[] = IMAGE, function[] = XOR_CIPHER;
    PWSTR functions[] = { function };
    CRYPT_INTERFACE_REG cipher = { BCRYPT_CIPHER_INTERFACE, 0, 1, functions };
    PCRYPT_INTERFACE_REG interfaces[] = { &cipher };
    CRYPT_IMAGE_REG image = { image_name, 1, interfaces };
    CRYPT_PROVIDER_REG registration = { 0, NULL, &image, NULL };
    pthread_t threads[THREADS];
    size_t i;

    unconfigure();
    begin_threads(threads, ask_and_use);
    for (i = 0; i < 30; i++)
    {
        ck_assert(!BCryptRegisterProvider(TEST_PROVIDER, CRYPT_OVERWRITE, &registration));
        ck_assert(!BCryptAddContextFunction(CRYPT_LOCAL, NULL, 1, XOR_CIPHER, 0));
        ck_assert(!BCryptAddContextFunctionProvider(CRYPT_LOCAL, NULL, 1, XOR_CIPHER,
                                                    TEST_PROVIDER, 0));
        find(XOR_CIPHER);
        ck_assert(!BCryptRemoveContextFunction(CRYPT_LOCAL, NULL, 1, XOR_CIPHER));
        ck_assert(!BCryptUnregisterProvider(TEST_PROVIDER));
    }
    end_threads(threads);
    unconfigure();
}
END_TEST

/* Of any sanitizer: what is in use of the heap. */
size_t __sanitizer_get_current_allocated_bytes(void);

START_TEST(a_registry_that_was_replaced_is_given_back)
{
    size_t before = 0;
    int i;

    configure();
    write_value(USER_MODE, L"Image", REG_SZ,
                _i ? L"X:\\nothing.dll" : IMAGE, _i ? sizeof(L"X:\\nothing.dll") : sizeof(IMAGE));
    for (i = 0; i < 200; i++)
    {
        providers_changed();
        find(L"AES");
        if (i == 20) before = __sanitizer_get_current_allocated_bytes();
    }
    ck_assert_uint_le(__sanitizer_get_current_allocated_bytes(), before);
    unconfigure();
}
END_TEST

/* Whatever allocation fails, what is found is right, or STATUS_NO_MEMORY says so. */
START_TEST(the_registry_survives_a_lack_of_memory)
{
    const struct provider_calls *calls;
    NTSTATUS status;
    long limit;

    configure();
    for (limit = 0; limit < 40; limit++)
    {
        providers_changed();
        native_fail_after = limit;
        status = provider_find(L"AES", NULL, NULL, &calls);
        native_fail_after = -1;
        ck_assert(!status || status == STATUS_NO_MEMORY);
    }
    ck_assert(names_equal(find(L"AES")->provider->name, TEST_PROVIDER));
    unconfigure();
}
END_TEST

/* That its DLL is not there is found out once, that there was no memory for it each time. */
START_TEST(a_provider_that_no_memory_was_left_for_is_not_given_up)
{
    static const WCHAR other[] = L"Y:\\" TEST_PROVIDER_IMAGE;
    const struct provider_calls *calls;
    const struct provider_registry *registry;

    configure();
    write_value(USER_MODE, L"Image", REG_SZ, other, sizeof(other));
    ck_assert_int_eq(provider_find(XOR_CIPHER, NULL, NULL, &calls), STATUS_NOT_FOUND);
    providers_changed();
    ck_assert_ptr_nonnull(registry = provider_registry_get());
    provider_registry_put(registry);
    native_fail_after = 0;
    ck_assert_int_eq(provider_find(XOR_CIPHER, NULL, NULL, &calls), STATUS_NO_MEMORY);
    native_fail_after = -1;
    ck_assert_int_eq(provider_find(XOR_CIPHER, NULL, NULL, &calls), STATUS_NOT_FOUND);
    unconfigure();
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
    tcase_add_test(tests, the_configuration_decides_who_serves);
    tcase_add_loop_test(tests, what_is_damaged_is_passed_over, 0, ARRAY_SIZE(damage));
    tcase_add_test(tests, a_list_without_an_end_is_read_to_where_it_stops);
    tcase_add_test(tests, a_provider_is_loaded_once_and_stays);
    tcase_add_test(tests, threads_use_a_provider_while_the_registry_is_replaced);
    tcase_add_test(tests, threads_ask_while_a_provider_comes_and_goes);
    tcase_add_loop_test(tests, a_registry_that_was_replaced_is_given_back, 0, 2);
    tcase_add_test(tests, the_registry_survives_a_lack_of_memory);
    tcase_add_test(tests, a_provider_that_no_memory_was_left_for_is_not_given_up);
    suite_add_tcase(suite, tests);

    runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    native_thread_detach();
    providers_detach();
    native_registry_clear();
    return failed != 0;
}
