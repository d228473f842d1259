/*
 * test_context.c - contexts, their functions, and who serves these: what the configuration says.
 *
 * What is changed is in a context of the tests' own, and goes with it. Only an administrator may.
 *
 * SPDX-License-Identifier: MIT
 */

#include "config_names.h"

#define CIPHERS BCRYPT_CIPHER_INTERFACE

/* --- configuration.md, sections 5, 7 and 9: what Windows has ------------------------------- */

START_TEST(the_first_context_has_hashes_that_are_served)
{
    CRYPT_CONTEXTS *contexts = NULL;
    CRYPT_CONTEXT_FUNCTIONS *functions = NULL;
    CRYPT_CONTEXT_FUNCTION_PROVIDERS *providers = NULL;
    ULONG bytes;

    expect_status(BCryptEnumContexts(CRYPT_LOCAL, &bytes, &contexts), STATUS_SUCCESS);
    expect_true(contexts->cContexts >= 2);
    expect_status(BCryptEnumContextFunctions(CRYPT_LOCAL, contexts->rgpszContexts[0],
                                             BCRYPT_HASH_INTERFACE, &bytes, &functions),
                  STATUS_SUCCESS);
    expect_true(functions->cFunctions >= 1);
    expect_status(BCryptEnumContextFunctionProviders(CRYPT_LOCAL, contexts->rgpszContexts[0],
                                                     BCRYPT_HASH_INTERFACE,
                                                     functions->rgpszFunctions[0], &bytes,
                                                     &providers), STATUS_SUCCESS);
    expect_true(providers->cProviders >= 1);
    BCryptFreeBuffer(providers);
    BCryptFreeBuffer(functions);
    BCryptFreeBuffer(contexts);
}
END_TEST

START_TEST(the_primitive_provider_serves_the_default_context)
{
    expect_true(strstr(providers_of(CRYPT_LOCAL, L"Default", CIPHERS, L"AES"),
                       "Microsoft Primitive Provider") != NULL);
}
END_TEST

/* "QueryContextFunctionConfiguration before any ConfigureContextFunction is NOT_FOUND" */
START_TEST(a_function_that_was_not_configured_has_no_configuration)
{
    CRYPT_CONTEXT_FUNCTION_CONFIG *config = NULL;
    ULONG bytes = 0;

    expect_status(BCryptQueryContextFunctionConfiguration(CRYPT_LOCAL, L"Default",
                                                          BCRYPT_HASH_INTERFACE, L"SHA256", &bytes,
                                                          &config), STATUS_NOT_FOUND);
    expect_pointer(config, NULL);
}
END_TEST

START_TEST(what_no_context_has_is_not_found)
{
    CRYPT_CONTEXT_FUNCTIONS *functions = NULL;
    CRYPT_CONTEXT_FUNCTION_PROVIDERS *providers = NULL;
    UCHAR *value = NULL;
    ULONG bytes = 0;

    expect_status(BCryptEnumContextFunctions(CRYPT_LOCAL, L"No such context", CIPHERS, &bytes,
                                             &functions), STATUS_NOT_FOUND);
    expect_status(BCryptEnumContextFunctionProviders(CRYPT_LOCAL, L"No such context", CIPHERS,
                                                     L"AES", &bytes, &providers),
                  STATUS_NOT_FOUND);
    expect_status(BCryptEnumContextFunctionProviders(CRYPT_LOCAL, L"Default", CIPHERS,
                                                     L"No such function", &bytes, &providers),
                  STATUS_NOT_FOUND);
    expect_status(BCryptQueryContextFunctionProperty(CRYPT_LOCAL, L"Default", CIPHERS, L"AES",
                                                     L"No such property", &bytes, &value),
                  STATUS_NOT_FOUND);
}
END_TEST

/* ---- ours: the rest of the default contents ---- */

static const struct
{
    const WCHAR *context;
    ULONG interface_id;
    const char *first, *has;
} defaults[] =
{
    { L"Default", 1,            "AES ",                    "CHACHA20_POLY1305" },
    { L"Default", 2,            "SHA1 ",                   "SHA3-512" },
    { L"Default", 3,            "RSA",                     "RSA" },
    { L"Default", 4,            "DH ",                     "ECDH_P521" },
    { L"Default", 5,            "RSA ",                    "ML-DSA" },
    { L"Default", 6,            "RNG ",                    "DUALECRNG" },
    { L"Default", 7,            "SP800_108_CTR_HMAC ",     "HKDF" },
    { L"Default", 8,            "ML-KEM",                  "ML-KEM" },
    { L"Default", KEY_STORAGES, "KEY_STORAGE",             "KEY_STORAGE" },
    { L"SSL",     SCHANNEL,     "TLS_AES_256_GCM_SHA384 ", "TLS_RSA_WITH_NULL_SHA" },
    { L"SSL",     SIGNATURES,   "RSAE-PSS/SHA256 ",        "ECDSA/SHA512" },
};

START_TEST(the_predefined_contexts_have_what_windows_has)
{
    const char *names = functions_of(CRYPT_LOCAL, defaults[_i].context, defaults[_i].interface_id);

    expect_true(!strncmp(names, defaults[_i].first, strlen(defaults[_i].first)));
    expect_true(strstr(names, defaults[_i].has) != NULL);
}
END_TEST

START_TEST(the_predefined_contexts_are_listed_first)
{
    expect_true(!strncmp(contexts_of(CRYPT_LOCAL), "Default SSL", 11));
}
END_TEST

START_TEST(suites_and_key_storage_have_providers)
{
    expect_text(providers_of(CRYPT_LOCAL, L"SSL", SCHANNEL, L"TLS_AES_128_GCM_SHA256"),
                "Microsoft SSL Protocol Provider");
    expect_text(providers_of(CRYPT_LOCAL, L"SSL", SIGNATURES, L"RSA/SHA256"),
                "Microsoft SSL Protocol Provider");
    expect_true(!strncmp(providers_of(CRYPT_LOCAL, NULL, KEY_STORAGES, L"KEY_STORAGE"),
                         "Microsoft Software Key Storage Provider ", 40));
}
END_TEST

START_TEST(a_context_has_only_its_own_interfaces)
{
    expect_text(functions_of(CRYPT_LOCAL, L"SSL", CIPHERS), "(not found)");
    expect_text(functions_of(CRYPT_LOCAL, L"Default", SCHANNEL), "(not found)");
    expect_text(functions_of(CRYPT_LOCAL, L"SSL", KEY_STORAGES), "(not found)");
    expect_text(functions_of(CRYPT_LOCAL, L"Default", 9), "(not found)");
    expect_text(functions_of(CRYPT_LOCAL, L"Default", 0), "(not found)");
}
END_TEST

/* ---- contexts ---- */

static ULONG flags_of(ULONG table, const WCHAR *context)
{
    CRYPT_CONTEXT_CONFIG *config = NULL;
    ULONG bytes, flags;

    expect_status(BCryptQueryContextConfiguration(table, context, &bytes, &config),
                  STATUS_SUCCESS);
    expect_value(bytes, sizeof(*config));
    expect_value(config->dwReserved, 0);
    flags = config->dwFlags;
    BCryptFreeBuffer(config);
    return flags;
}

static const ULONG tables[] = { CRYPT_LOCAL, CRYPT_DOMAIN };

START_TEST(a_context_is_made_listed_and_deleted)
{
    ULONG table = tables[_i];

    BCryptDeleteContext(table, TEST_CONTEXT);
    expect_true(!strstr(contexts_of(table), "OpenCNG test context"));
    expect_status(BCryptCreateContext(table, TEST_CONTEXT, NULL), STATUS_SUCCESS);
    expect_true(strstr(contexts_of(table), "OpenCNG test context") != NULL);
    expect_value(flags_of(table, TEST_CONTEXT), 0);
    expect_text(functions_of(table, TEST_CONTEXT, CIPHERS), "(not found)");
    expect_status(BCryptDeleteContext(table, TEST_CONTEXT), STATUS_SUCCESS);
    expect_status(BCryptDeleteContext(table, TEST_CONTEXT), STATUS_NOT_FOUND);
    expect_true(!strstr(contexts_of(table), "OpenCNG test context"));
}
END_TEST

START_TEST(a_context_has_the_flags_that_it_was_given)
{
    CRYPT_CONTEXT_CONFIG exclusive = { CRYPT_EXCLUSIVE, 0 }, none = { 0, 0 };

    expect_status(BCryptDeleteContext(CRYPT_LOCAL, TEST_CONTEXT), STATUS_SUCCESS);
    expect_status(BCryptCreateContext(CRYPT_LOCAL, TEST_CONTEXT, &exclusive), STATUS_SUCCESS);
    expect_value(flags_of(CRYPT_LOCAL, TEST_CONTEXT), CRYPT_EXCLUSIVE);
    expect_status(BCryptConfigureContext(CRYPT_LOCAL, TEST_CONTEXT, &none), STATUS_SUCCESS);
    expect_value(flags_of(CRYPT_LOCAL, TEST_CONTEXT), 0);
}
END_TEST

START_TEST(a_context_that_is_made_again_stays_as_it_is)
{
    CRYPT_CONTEXT_CONFIG exclusive = { CRYPT_EXCLUSIVE, 0 };

    expect_status(BCryptCreateContext(CRYPT_LOCAL, TEST_CONTEXT, &exclusive), STATUS_SUCCESS);
    expect_value(flags_of(CRYPT_LOCAL, TEST_CONTEXT), CRYPT_EXCLUSIVE);
    expect_status(BCryptCreateContext(CRYPT_LOCAL, TEST_CONTEXT, NULL), STATUS_SUCCESS);
    expect_value(flags_of(CRYPT_LOCAL, TEST_CONTEXT), CRYPT_EXCLUSIVE);
    expect_text(functions_of(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS), "OPENCNG-TEST OPENCNG-TEST-2");
}
END_TEST

#ifndef _WIN32                                  /* where it might be the machine's real one */
START_TEST(a_predefined_context_that_is_deleted_is_as_by_default)
{
    const char *before = functions_of(CRYPT_LOCAL, L"SSL", SIGNATURES);

    expect_status(BCryptRemoveContextFunction(CRYPT_LOCAL, L"SSL", SIGNATURES, L"DSA/SHA1"),
                  STATUS_SUCCESS);
    expect_true(!strstr(functions_of(CRYPT_LOCAL, L"SSL", SIGNATURES), " DSA/SHA1 "));
    expect_status(BCryptDeleteContext(CRYPT_LOCAL, L"SSL"), STATUS_SUCCESS);
    expect_text(functions_of(CRYPT_LOCAL, L"SSL", SIGNATURES), before);
    expect_status(BCryptDeleteContext(CRYPT_LOCAL, L"SSL"), STATUS_SUCCESS);
}
END_TEST
#endif

START_TEST(flags_that_there_are_not_are_refused)
{
    CRYPT_CONTEXT_CONFIG override = { CRYPT_OVERRIDE, 0 }, unknown = { 2, 0 };
    CRYPT_CONTEXT_FUNCTION_CONFIG wrong = { 2, 0 };

    expect_status(BCryptCreateContext(CRYPT_LOCAL, TEST_OTHER, &override),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptCreateContext(CRYPT_DOMAIN, TEST_OTHER, &unknown),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptConfigureContext(CRYPT_LOCAL, TEST_CONTEXT, &override),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptConfigureContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                                 &wrong), STATUS_INVALID_PARAMETER);
    expect_value(flags_of(CRYPT_LOCAL, TEST_CONTEXT), 0);
}
END_TEST

/* ---- functions ---- */

START_TEST(functions_are_added_moved_and_removed)
{
    ULONG table = tables[_i];

    expect_status(BCryptCreateContext(table, TEST_CONTEXT, NULL), STATUS_SUCCESS);
    BCryptRemoveContextFunction(table, TEST_CONTEXT, CIPHERS, TEST_FUNCTION);
    BCryptRemoveContextFunction(table, TEST_CONTEXT, CIPHERS, TEST_SECOND);
    expect_status(BCryptAddContextFunction(table, TEST_CONTEXT, CIPHERS, L"B", 0), STATUS_SUCCESS);
    expect_status(BCryptAddContextFunction(table, TEST_CONTEXT, CIPHERS, L"D",
                                           CRYPT_PRIORITY_BOTTOM), STATUS_SUCCESS);
    expect_status(BCryptAddContextFunction(table, TEST_CONTEXT, CIPHERS, L"A",
                                           CRYPT_PRIORITY_TOP), STATUS_SUCCESS);
    expect_status(BCryptAddContextFunction(table, TEST_CONTEXT, CIPHERS, L"C", 2), STATUS_SUCCESS);
    expect_text(functions_of(table, TEST_CONTEXT, CIPHERS), "A B C D");
    expect_status(BCryptAddContextFunction(table, TEST_CONTEXT, CIPHERS, L"A", 3), STATUS_SUCCESS);
    expect_text(functions_of(table, TEST_CONTEXT, CIPHERS), "B C D A");
    expect_status(BCryptAddContextFunction(table, TEST_CONTEXT, CIPHERS, L"A", 4),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptRemoveContextFunction(table, TEST_CONTEXT, CIPHERS, L"C"), STATUS_SUCCESS);
    expect_status(BCryptRemoveContextFunction(table, TEST_CONTEXT, CIPHERS, L"C"),
                  STATUS_NOT_FOUND);
    expect_text(functions_of(table, TEST_CONTEXT, CIPHERS), "B D A");
}
END_TEST

START_TEST(a_function_that_comes_back_brings_nothing_along)
{
    CRYPT_CONTEXT_FUNCTION_CONFIG exclusive = { CRYPT_EXCLUSIVE, 0 }, *config = NULL;
    ULONG bytes;

    expect_status(BCryptConfigureContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                                 &exclusive), STATUS_SUCCESS);
    expect_status(BCryptRemoveContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION),
                  STATUS_SUCCESS);
    expect_status(BCryptAddContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION, 0),
                  STATUS_SUCCESS);
    expect_text(providers_of(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION), "(not found)");
    expect_status(BCryptQueryContextFunctionConfiguration(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS,
                                                          TEST_FUNCTION, &bytes, &config),
                  STATUS_NOT_FOUND);
}
END_TEST

/* Its key in the registry would be the other's, with the other's providers. */
START_TEST(a_function_in_letters_of_the_other_case_is_refused)
{
    expect_status(BCryptAddContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, L"opencng-test",
                                           CRYPT_PRIORITY_TOP), STATUS_INVALID_PARAMETER);
    expect_text(functions_of(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS), "OPENCNG-TEST OPENCNG-TEST-2");
    expect_text(providers_of(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION),
                "OpenCNG test maker");
}
END_TEST

START_TEST(a_function_with_an_accent_in_the_other_case_is_refused)
{
    expect_status(BCryptAddContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, L"caf\u00e9",
                                           CRYPT_PRIORITY_TOP), STATUS_SUCCESS);
    expect_status(BCryptAddContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, L"caf\u00c9",
                                           CRYPT_PRIORITY_TOP), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(a_policys_function_has_no_comma)
{
    expect_status(BCryptCreateContext(CRYPT_DOMAIN, TEST_CONTEXT, NULL), STATUS_SUCCESS);
    expect_status(BCryptAddContextFunction(CRYPT_DOMAIN, TEST_CONTEXT, CIPHERS, L"A,B", 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptAddContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, L"A,B", 0),
                  STATUS_SUCCESS);
}
END_TEST

START_TEST(a_function_has_the_flags_that_it_was_given)
{
    CRYPT_CONTEXT_FUNCTION_CONFIG flags = { CRYPT_EXCLUSIVE, 0 }, *config = NULL;
    ULONG bytes;

    expect_status(BCryptConfigureContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                                 &flags), STATUS_SUCCESS);
    expect_status(BCryptQueryContextFunctionConfiguration(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS,
                                                          TEST_FUNCTION, &bytes, &config),
                  STATUS_SUCCESS);
    expect_value(bytes, 8);
    expect_value(config->dwFlags, CRYPT_EXCLUSIVE);
    BCryptFreeBuffer(config);
    expect_status(BCryptConfigureContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, L"None",
                                                 &flags), STATUS_NOT_FOUND);
    expect_status(BCryptConfigureContextFunction(CRYPT_LOCAL, L"None", CIPHERS, TEST_FUNCTION,
                                                 &flags), STATUS_NOT_FOUND);
}
END_TEST

/* ---- providers ---- */

static NTSTATUS add_provider(const WCHAR *provider, ULONG position)
{
    return BCryptAddContextFunctionProvider(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                            provider, position);
}

static NTSTATUS remove_provider(const WCHAR *provider)
{
    return BCryptRemoveContextFunctionProvider(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                               provider);
}

START_TEST(providers_are_added_moved_and_removed)
{
    expect_status(add_provider(L"Last", CRYPT_PRIORITY_BOTTOM), STATUS_SUCCESS);
    expect_status(add_provider(L"Middle", 1), STATUS_SUCCESS);
    expect_text(providers_of(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION),
                "OpenCNG test maker Middle Last");
    expect_status(add_provider(L"Last", CRYPT_PRIORITY_TOP), STATUS_SUCCESS);
    expect_status(remove_provider(L"Middle"), STATUS_SUCCESS);
    expect_status(remove_provider(L"Middle"), STATUS_NOT_FOUND);
    expect_text(providers_of(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION),
                "Last OpenCNG test maker");
    expect_status(remove_provider(L"Last"), STATUS_SUCCESS);
    expect_status(remove_provider(TEST_MAKER), STATUS_SUCCESS);
    expect_text(providers_of(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION), "(not found)");
}
END_TEST

/* ---- properties ---- */

static NTSTATUS set_property(const WCHAR *name, const void *value, ULONG bytes)
{
    return BCryptSetContextFunctionProperty(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                            name, bytes, (UCHAR *)(uintptr_t)value);
}

static NTSTATUS get_property(const WCHAR *name, ULONG *bytes, UCHAR **value)
{
    return BCryptQueryContextFunctionProperty(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                              name, bytes, value);
}

START_TEST(a_property_is_set_changed_and_taken_away)
{
    UCHAR *value = NULL;
    ULONG bytes;

    expect_status(get_property(TEST_PROPERTY, &bytes, &value), STATUS_NOT_FOUND);
    expect_status(set_property(TEST_PROPERTY, counting, 5), STATUS_SUCCESS);
    expect_status(get_property(TEST_PROPERTY, &bytes, &value), STATUS_SUCCESS);
    expect_value(bytes, 5);
    expect_bytes(value, counting, 5);
    BCryptFreeBuffer(value);
    value = NULL;
    expect_status(set_property(TEST_PROPERTY, counting, 0), STATUS_SUCCESS);
    expect_status(get_property(TEST_PROPERTY, &bytes, &value), STATUS_SUCCESS);
    expect_value(bytes, 0);
    expect_true(value != NULL);
    BCryptFreeBuffer(value);
    value = NULL;
    expect_status(set_property(TEST_PROPERTY, NULL, 5), STATUS_SUCCESS);
    expect_status(get_property(TEST_PROPERTY, &bytes, &value), STATUS_NOT_FOUND);
    expect_status(set_property(TEST_PROPERTY, NULL, 0), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(a_property_may_have_65536_bytes)
{
    static UCHAR large[0x10001];
    UCHAR *value = NULL;
    ULONG bytes;

    large[0xffff] = 7;
    expect_status(set_property(TEST_PROPERTY, large, 0x10001), STATUS_INVALID_PARAMETER);
    expect_status(set_property(TEST_PROPERTY, large, 0x10000), STATUS_SUCCESS);
    expect_status(get_property(TEST_PROPERTY, &bytes, &value), STATUS_SUCCESS);
    expect_value(bytes, 0x10000);
    expect_bytes(value, large, 0x10000);
    BCryptFreeBuffer(value);
}
END_TEST

static const WCHAR *const taken[] = { L"Flags", L"flags", L"Providers", L"OpenCNG", L"" };

START_TEST(a_property_cannot_have_a_name_that_is_taken)
{
    UCHAR *value = NULL;
    ULONG bytes;

    expect_status(set_property(taken[_i], counting, 4), STATUS_INVALID_PARAMETER);
    expect_status(get_property(taken[_i], &bytes, &value), STATUS_NOT_FOUND);
    expect_text(providers_of(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION),
                "OpenCNG test maker");
}
END_TEST

/* ---- what is refused ---- */

START_TEST(there_are_two_tables)
{
    static const ULONG wrong[] = { 0, 3, 0xffffffff };
    CRYPT_CONTEXT_CONFIG config = { 0, 0 };
    CRYPT_CONTEXT_FUNCTION_CONFIG function_config = { 0, 0 };
    ULONG table = wrong[_i], bytes = 0;

    expect_status(BCryptCreateContext(table, TEST_OTHER, NULL), STATUS_INVALID_PARAMETER);
    expect_status(BCryptDeleteContext(table, TEST_CONTEXT), STATUS_INVALID_PARAMETER);
    expect_status(BCryptEnumContexts(table, &bytes, NULL), STATUS_INVALID_PARAMETER);
    expect_status(BCryptConfigureContext(table, TEST_CONTEXT, &config), STATUS_INVALID_PARAMETER);
    expect_status(BCryptQueryContextConfiguration(table, TEST_CONTEXT, &bytes, NULL),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptEnumContextFunctions(table, TEST_CONTEXT, CIPHERS, &bytes, NULL),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptAddContextFunction(table, TEST_CONTEXT, CIPHERS, L"A", 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptRemoveContextFunction(table, TEST_CONTEXT, CIPHERS, TEST_FUNCTION),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptEnumContextFunctionProviders(table, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                                     &bytes, NULL), STATUS_INVALID_PARAMETER);
    expect_status(BCryptAddContextFunctionProvider(table, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                                   TEST_MAKER, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptRemoveContextFunctionProvider(table, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                                      TEST_MAKER), STATUS_INVALID_PARAMETER);
    expect_status(BCryptConfigureContextFunction(table, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                                 &function_config), STATUS_INVALID_PARAMETER);
    expect_status(BCryptQueryContextFunctionConfiguration(table, TEST_CONTEXT, CIPHERS,
                                                          TEST_FUNCTION, &bytes, NULL),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetContextFunctionProperty(table, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                                   TEST_PROPERTY, 0, NULL),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptQueryContextFunctionProperty(table, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                                     TEST_PROPERTY, &bytes, NULL),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(pointers_that_are_needed_are_looked_for)
{
    ULONG bytes = 0;

    expect_status(BCryptCreateContext(CRYPT_LOCAL, NULL, NULL), STATUS_INVALID_PARAMETER);
    expect_status(BCryptCreateContext(CRYPT_LOCAL, L"", NULL), STATUS_INVALID_PARAMETER);
    expect_status(BCryptCreateContext(CRYPT_LOCAL, L"A\\B", NULL), STATUS_INVALID_PARAMETER);
    expect_status(BCryptDeleteContext(CRYPT_LOCAL, NULL), STATUS_INVALID_PARAMETER);
    expect_status(BCryptDeleteContext(CRYPT_LOCAL, L""), STATUS_INVALID_PARAMETER);
    expect_status(BCryptEnumContexts(CRYPT_LOCAL, NULL, NULL), STATUS_INVALID_PARAMETER);
    expect_status(BCryptConfigureContext(CRYPT_LOCAL, TEST_CONTEXT, NULL),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptQueryContextConfiguration(CRYPT_LOCAL, TEST_CONTEXT, NULL, NULL),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptAddContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, NULL, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptAddContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, L"", 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptAddContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, L"A\\B", 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptRemoveContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, NULL),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptEnumContextFunctionProviders(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, NULL,
                                                     &bytes, NULL), STATUS_INVALID_PARAMETER);
    expect_status(BCryptEnumContextFunctionProviders(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS,
                                                     TEST_FUNCTION, NULL, NULL),
                  STATUS_INVALID_PARAMETER);
    expect_status(add_provider(NULL, 0), STATUS_INVALID_PARAMETER);
    expect_status(add_provider(L"", 0), STATUS_INVALID_PARAMETER);
    expect_status(remove_provider(NULL), STATUS_INVALID_PARAMETER);
    expect_status(BCryptConfigureContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, TEST_FUNCTION,
                                                 NULL), STATUS_INVALID_PARAMETER);
    expect_status(BCryptQueryContextFunctionConfiguration(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS,
                                                          TEST_FUNCTION, NULL, NULL),
                  STATUS_INVALID_PARAMETER);
    expect_status(set_property(NULL, counting, 1), STATUS_INVALID_PARAMETER);
    expect_status(get_property(NULL, &bytes, NULL), STATUS_INVALID_PARAMETER);
    expect_status(get_property(TEST_PROPERTY, NULL, NULL), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(names_longer_than_a_key_are_refused)
{
    WCHAR name[257];
    ULONG i;

    for (i = 0; i < 256; i++) name[i] = L'n';
    name[256] = 0;
    expect_status(BCryptCreateContext(CRYPT_LOCAL, name, NULL), STATUS_INVALID_PARAMETER);
    expect_status(BCryptAddContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, name, 0),
                  STATUS_INVALID_PARAMETER);
    name[255] = 0;
    expect_status(BCryptAddContextFunction(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, name, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptAddContextFunctionProvider(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, name, name,
                                                   0), STATUS_SUCCESS);
    expect_value(strlen(providers_of(CRYPT_LOCAL, TEST_CONTEXT, CIPHERS, name)), 255);
}
END_TEST

START_TEST(an_auditing_interface_is_accepted)
{
    expect_status(BCryptSetAuditingInterface(NULL), STATUS_SUCCESS);
    expect_status(BCryptSetAuditingInterface((void *)(uintptr_t)counting), STATUS_SUCCESS);
}
END_TEST

void context_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_test(tests, the_first_context_has_hashes_that_are_served);
    add_test(tests, the_primitive_provider_serves_the_default_context);
    add_test(tests, a_function_that_was_not_configured_has_no_configuration);
    add_test(tests, what_no_context_has_is_not_found);

    tests = ours(suite);
    tcase_add_checked_fixture(tests, config_setup, config_teardown);
    add_rows(tests, the_predefined_contexts_have_what_windows_has, defaults);
    add_test(tests, the_predefined_contexts_are_listed_first);
    add_test(tests, suites_and_key_storage_have_providers);
    add_test(tests, a_context_has_only_its_own_interfaces);
    add_rows(tests, a_context_is_made_listed_and_deleted, tables);
    add_test(tests, a_context_has_the_flags_that_it_was_given);
    add_test(tests, a_context_that_is_made_again_stays_as_it_is);
#ifndef _WIN32
    add_test(tests, a_predefined_context_that_is_deleted_is_as_by_default);
#endif
    add_test(tests, flags_that_there_are_not_are_refused);
    add_rows(tests, functions_are_added_moved_and_removed, tables);
    add_test(tests, a_function_that_comes_back_brings_nothing_along);
    add_test(tests, a_function_in_letters_of_the_other_case_is_refused);
    add_test(tests, a_function_with_an_accent_in_the_other_case_is_refused);
    add_test(tests, a_policys_function_has_no_comma);
    add_test(tests, a_function_has_the_flags_that_it_was_given);
    add_test(tests, providers_are_added_moved_and_removed);
    add_test(tests, a_property_is_set_changed_and_taken_away);
    add_test(tests, a_property_may_have_65536_bytes);
    add_rows(tests, a_property_cannot_have_a_name_that_is_taken, taken);
    test_add(tests, there_are_two_tables, 3);
    add_test(tests, pointers_that_are_needed_are_looked_for);
    add_test(tests, names_longer_than_a_key_are_refused);
    add_test(tests, an_auditing_interface_is_accepted);
}
