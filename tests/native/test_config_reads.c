/*
 * test_config_reads.c - readers of the configuration when the registry cannot be read.
 *
 * Each export that reads, and the provider registry, is asked once for each reading call of the
 * registry that it makes, which fails: alone, or it and all after it. The answer is what it is
 * without any fault, or STATUS_NO_MEMORY: nothing that is there is STATUS_NOT_FOUND, and no list is
 * short. If a key was deleted, which may be there again, it is read anew at once. The same call
 * made again is answered.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdlib.h>
#include <string.h>

#include "platform/base.h"
#include "bcrypt_provider.h"
#include "config_state.h"
#include "native.h"
#include "platform/names.h"
#include "platform/registry.h"
#include "provider/test_provider.h"
#include "router/providers.h"
#include "suite.h"

#define CRYPTOGRAPHY L"SYSTEM\\CurrentControlSet\\Control\\Cryptography\\"
#define LOCAL        CRYPTOGRAPHY L"Configuration\\Local\\"
#define DOMAIN       L"SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\"
#define PROVIDER_KEY CRYPTOGRAPHY L"Providers\\" TEST_PROVIDER
#define CONTEXT      L"A Context"
#define CIPHERS      L"\\00000001"
#define ALIAS        L"An Alias"
#define PROPERTY     L"A Property"

static void put(LPCWSTR path, LPCWSTR name, ULONG type, const void *data, size_t bytes)
{
    void *key;

    ck_assert_int_eq(registry_create(NULL, path, &key), STATUS_SUCCESS);
    ck_assert_int_eq(registry_set(key, name, type, data, (ULONG)bytes), STATUS_SUCCESS);
    registry_close(key);
}
#define put_list(path, name, list) put(path, name, REG_MULTI_SZ, list, sizeof(list))
#define put_number(path, name, number) put(path, name, REG_DWORD, &(ULONG){ number }, 4)

/* A provider for a cipher of its own and, in front of ours, for AES; a context; policies. */
static void put_all(void)
{
    native_registry_clear();
    put(PROVIDER_KEY L"\\UM", L"Image", REG_SZ, L"X:\\" TEST_PROVIDER_IMAGE,
        sizeof(L"X:\\" TEST_PROVIDER_IMAGE));
    put_list(PROVIDER_KEY L"\\UM" CIPHERS, L"Functions", L"AES\0" XOR_CIPHER L"\0");
    put_number(PROVIDER_KEY L"\\UM" CIPHERS, L"Flags", 1);
    put(PROVIDER_KEY L"\\KM", L"Image", REG_SZ, L"kernel.sys", sizeof(L"kernel.sys"));
    put_list(PROVIDER_KEY L"\\KM" CIPHERS, L"Functions", L"AES\0");
    put_list(PROVIDER_KEY, L"Aliases", ALIAS L"\0");
    put_list(LOCAL L"Default" CIPHERS, L"Functions", L"AES\0" XOR_CIPHER L"\0DES\0");
    put_list(LOCAL L"Default" CIPHERS L"\\AES", L"Providers",
             TEST_PROVIDER L"\0" MS_PRIMITIVE_PROVIDER L"\0");
    put(LOCAL L"Default" CIPHERS L"\\AES", PROPERTY, REG_BINARY, "value", 5);
    put_number(LOCAL L"Default" CIPHERS L"\\AES", L"Flags", CRYPT_EXCLUSIVE);
    put_list(LOCAL L"Default" CIPHERS L"\\" XOR_CIPHER, L"Providers", TEST_PROVIDER L"\0");
    put_number(LOCAL CONTEXT, L"Flags", CRYPT_EXCLUSIVE);
    put_list(LOCAL CONTEXT CIPHERS, L"Functions", L"ONE\0AES\0");
    put_list(LOCAL CONTEXT CIPHERS L"\\ONE", L"Providers", TEST_PROVIDER L"\0");
    put_number(DOMAIN L"Default", L"Flags", CRYPT_OVERRIDE);
    put(DOMAIN L"Default" CIPHERS, L"Functions", REG_SZ, L"DES,RC4", sizeof(L"DES,RC4"));
    put_number(L"Software\\OpenCNG", L"WindowsAlgorithmsOnly", 1);
    providers_changed();
}

/* ---- questions ---- */

static UCHAR buffer[65536];                     /* at one place, so that pointers are the same */
static ULONG buffer_bytes;
static void *place = buffer;

#define ASK(name, call) \
    static NTSTATUS name(void) \
    { \
        return call; \
    }

static NTSTATUS find(LPCWSTR id, LPCWSTR provider)
{
    const struct provider_calls *calls;
    NTSTATUS status = provider_find(id, provider, NULL, &calls);

    if (!status) memcpy(buffer, calls->provider->name, name_bytes(calls->provider->name));
    return status;
}

static NTSTATUS ask_algorithms(void)
{
    BCRYPT_ALGORITHM_IDENTIFIER *list;
    ULONG count, i;
    UCHAR *at = buffer;
    NTSTATUS status = BCryptEnumAlgorithms(0, &count, &list, 0);

    for (i = 0; !status && i < count; i++)
    {
        memcpy(at, list[i].pszName, name_bytes(list[i].pszName));
        at += name_bytes(list[i].pszName);
    }
    if (!status) BCryptFreeBuffer(list);
    return status;
}

ASK(ask_cipher, find(XOR_CIPHER, NULL))
ASK(ask_aes, find(L"AES", NULL))
ASK(ask_by_name, find(L"AES", TEST_PROVIDER))
ASK(ask_by_alias, find(L"AES", ALIAS))
ASK(ask_nothing, find(L"NONE", NULL))
ASK(ask_hidden, find(L"SLH-DSA", NULL))
ASK(ask_contexts, BCryptEnumContexts(CRYPT_LOCAL, &buffer_bytes, (PCRYPT_CONTEXTS *)&place))
ASK(ask_context, BCryptQueryContextConfiguration(CRYPT_LOCAL, CONTEXT, &buffer_bytes,
                                                 (PCRYPT_CONTEXT_CONFIG *)&place))
ASK(ask_default, BCryptQueryContextConfiguration(CRYPT_LOCAL, NULL, &buffer_bytes,
                                                 (PCRYPT_CONTEXT_CONFIG *)&place))
ASK(ask_functions, BCryptEnumContextFunctions(CRYPT_LOCAL, CONTEXT, 1, &buffer_bytes,
                                              (PCRYPT_CONTEXT_FUNCTIONS *)&place))
ASK(ask_signatures, BCryptEnumContextFunctions(CRYPT_LOCAL, NULL, 5, &buffer_bytes,
                                               (PCRYPT_CONTEXT_FUNCTIONS *)&place))
ASK(ask_policies, BCryptEnumContextFunctions(CRYPT_DOMAIN, NULL, 1, &buffer_bytes,
                                             (PCRYPT_CONTEXT_FUNCTIONS *)&place))
ASK(ask_flags, BCryptQueryContextFunctionConfiguration(CRYPT_LOCAL, NULL, 1, L"AES", &buffer_bytes,
                                                       (PCRYPT_CONTEXT_FUNCTION_CONFIG *)&place))
ASK(ask_providers, BCryptEnumContextFunctionProviders(CRYPT_LOCAL, NULL, 1, L"AES", &buffer_bytes,
                                                      (PCRYPT_CONTEXT_FUNCTION_PROVIDERS *)&place))
ASK(ask_property, BCryptQueryContextFunctionProperty(CRYPT_LOCAL, NULL, 1, L"AES", PROPERTY,
                                                     &buffer_bytes, (PUCHAR *)&place))
ASK(ask_registered, BCryptEnumRegisteredProviders(&buffer_bytes, (PCRYPT_PROVIDERS *)&place))
ASK(ask_registration, BCryptQueryProviderRegistration(TEST_PROVIDER, CRYPT_MM, 0, &buffer_bytes,
                                                      (PCRYPT_PROVIDER_REG *)&place))
ASK(ask_alias, BCryptQueryProviderRegistration(ALIAS, CRYPT_ANY, 1, &buffer_bytes,
                                               (PCRYPT_PROVIDER_REG *)&place))
ASK(ask_ours, BCryptQueryProviderRegistration(MS_PRIMITIVE_PROVIDER, CRYPT_UM, 0, &buffer_bytes,
                                              (PCRYPT_PROVIDER_REG *)&place))
ASK(ask_all, BCryptResolveProviders(NULL, 1, NULL, NULL, CRYPT_UM,
                                    CRYPT_ALL_FUNCTIONS | CRYPT_ALL_PROVIDERS, &buffer_bytes,
                                    (PCRYPT_PROVIDER_REFS *)&place))
ASK(ask_both_modes, BCryptResolveProviders(CONTEXT, 0, L"AES", ALIAS, CRYPT_MM, 0, &buffer_bytes,
                                           (PCRYPT_PROVIDER_REFS *)&place))

static const struct
{
    NTSTATUS (*ask)(void), status;
} questions[] =
{
    { ask_cipher, 0 }, { ask_aes, 0 }, { ask_by_name, 0 }, { ask_by_alias, 0 },
    { ask_nothing, STATUS_NOT_FOUND }, { ask_hidden, STATUS_NOT_FOUND }, { ask_algorithms, 0 },
    { ask_contexts, 0 }, { ask_context, 0 }, { ask_default, 0 }, { ask_functions, 0 },
    { ask_signatures, 0 }, { ask_policies, 0 }, { ask_flags, 0 }, { ask_providers, 0 },
    { ask_property, 0 }, { ask_registered, 0 }, { ask_registration, 0 }, { ask_alias, 0 },
    { ask_ours, 0 }, { ask_all, 0 }, { ask_both_modes, 0 },
};

/* ---- */

static NTSTATUS ask(int question)
{
    memset(buffer, 0, sizeof(buffer));
    buffer_bytes = sizeof(buffer);
    registry_reads = 0;
    return questions[question].ask();
}

static NTSTATUS ask_failing(int question, int at, bool and_all_after, NTSTATUS with)
{
    NTSTATUS status;

    providers_changed();
    registry_read_fails_at = at;
    registry_unread_then = and_all_after;
    registry_read_fails_with = with;
    status = ask(question);
    registry_read_fails_at = 0;
    return status;
}

static void fail_each_read(int question, bool and_all_after, NTSTATUS with)
{
    static UCHAR expected[sizeof(buffer)];
    NTSTATUS status;
    int at, reads;

    put_all();
    ck_assert_int_eq(ask(question), questions[question].status);
    memcpy(expected, buffer, sizeof(buffer));
    reads = registry_reads;
    ck_assert_int_gt(reads, 0);
    for (at = 1; at <= reads; at++)
    {
        status = ask_failing(question, at, and_all_after, with);
        if (status == questions[question].status)
            ck_assert_mem_eq(buffer, expected, sizeof(buffer));
        else
            ck_assert_msg(status == STATUS_NO_MEMORY && (and_all_after || with == status),
                          "%#x at read %d of %d", (unsigned int)status, at, reads);
        ck_assert_int_eq(ask(question), questions[question].status);
        ck_assert_mem_eq(buffer, expected, sizeof(buffer));
    }
    native_registry_clear();
    providers_changed();
}

START_TEST(what_cannot_be_read_is_not_taken_for_absent)
{
    fail_each_read(_i, false, STATUS_NO_MEMORY);
    fail_each_read(_i, true, STATUS_NO_MEMORY);
}
END_TEST

START_TEST(what_was_deleted_meanwhile_is_read_anew)
{
    fail_each_read(_i, false, STATUS_KEY_DELETED);
    fail_each_read(_i, true, STATUS_KEY_DELETED);
}
END_TEST

/* The one from before does not know what was added since, and has what was taken out. */
START_TEST(a_registry_from_before_a_change_is_not_asked)
{
    native_registry_clear();
    providers_changed();
    ck_assert_int_eq(ask_cipher(), STATUS_NOT_FOUND);
    put_all();
    ck_assert_int_eq(ask_failing(0, 1, true, STATUS_NO_MEMORY), STATUS_NO_MEMORY);
    ck_assert_int_eq(ask_cipher(), STATUS_SUCCESS);
    native_registry_clear();
    ck_assert_int_eq(ask_failing(0, 1, true, STATUS_NO_MEMORY), STATUS_NO_MEMORY);
    ck_assert_int_eq(ask_cipher(), STATUS_NOT_FOUND);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("config_reads");
    int ended;

    tcase_add_loop_test(tests, what_cannot_be_read_is_not_taken_for_absent, 0,
                        ARRAY_SIZE(questions));
    tcase_add_loop_test(tests, what_was_deleted_meanwhile_is_read_anew, 0, ARRAY_SIZE(questions));
    tcase_add_test(tests, a_registry_from_before_a_change_is_not_asked);
    ended = suite_run("config_reads", tests);
    native_thread_detach();
    providers_detach();
    native_registry_clear();
    return ended;
}
