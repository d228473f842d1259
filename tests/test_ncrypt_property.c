/*
 * test_ncrypt_property.c - what keys say of themselves, and what can be set.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ncrypt_calls.h"

static const struct
{
    const WCHAR *id, *group;
    ULONG bits, set;
} keys[] =
{
    { BCRYPT_RSA_ALGORITHM,        L"RSA",   2048, 2048 },
    { BCRYPT_DSA_ALGORITHM,        L"DSA",   1024, 1024 },
    { BCRYPT_ECDSA_P256_ALGORITHM, L"ECDSA", 256,  0    },
    { BCRYPT_ECDSA_P521_ALGORITHM, L"ECDSA", 521,  0    },
    { BCRYPT_ECDH_P384_ALGORITHM,  L"ECDH",  384,  0    },
    { BCRYPT_AES_ALGORITHM,        L"AES",   256,  256  },
};

START_TEST(a_key_says_what_it_is)
{
    NCRYPT_KEY_HANDLE key = new_stored(keys[_i].id, keys[_i].set);

    expect_text(key, NCRYPT_ALGORITHM_PROPERTY, keys[_i].id);
    expect_text(key, NCRYPT_ALGORITHM_GROUP_PROPERTY, keys[_i].group);
    expect_value(get_number(key, NCRYPT_LENGTH_PROPERTY), keys[_i].bits);
    expect_value(get_number(key, NCRYPT_EXPORT_POLICY_PROPERTY), 3);
    expect_value(get_number(key, NCRYPT_KEY_TYPE_PROPERTY), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_property_says_how_long_it_is)
{
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_ECDSA_P256_ALGORITHM, 0);
    DWORD bytes = 0;
    WCHAR text[2];

    mark(text, sizeof(text));
    expect_status(NCryptGetProperty(key, NCRYPT_ALGORITHM_GROUP_PROPERTY, (PBYTE)text, sizeof(text),
                                    &bytes, 0), NTE_BUFFER_TOO_SMALL);
    expect_value(bytes, sizeof(L"ECDSA"));
    expect_untouched(text, sizeof(text));
    expect_status(NCryptGetProperty(key, NCRYPT_ALGORITHM_GROUP_PROPERTY, NULL, 0, NULL, 0),
                  NTE_INVALID_PARAMETER);
    expect_status(NCryptGetProperty(key, NULL, NULL, 0, &bytes, 0), NTE_INVALID_PARAMETER);
    expect_status(NCryptGetProperty(key, L"No such property", NULL, 0, &bytes, 0),
                  NTE_NOT_SUPPORTED);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(an_rsa_key_has_1024_bits_until_it_is_told)
{
    NCRYPT_KEY_HANDLE key = 0;

    expect_status(NCryptCreatePersistedKey(provider, &key, BCRYPT_RSA_ALGORITHM, NULL, 0, 0), 0);
    expect_value(get_number(key, NCRYPT_LENGTH_PROPERTY), 1024);
    set_number(key, NCRYPT_LENGTH_PROPERTY, 2048);
    expect_value(get_number(key, NCRYPT_LENGTH_PROPERTY), 2048);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_length_that_is_not_one_is_refused)
{
    ULONG bits = 100;
    NCRYPT_KEY_HANDLE key = 0;

    expect_status(NCryptCreatePersistedKey(provider, &key, BCRYPT_RSA_ALGORITHM, NULL, 0, 0), 0);
    expect_refused(NCryptSetProperty(key, NCRYPT_LENGTH_PROPERTY, (PBYTE)&bits, sizeof(bits), 0));
    expect_refused(NCryptSetProperty(key, NCRYPT_LENGTH_PROPERTY, (PBYTE)&bits, 2, 0));
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_name_and_unknown_properties_cannot_be_set)
{
    NCRYPT_KEY_HANDLE key = 0;

    expect_status(NCryptCreatePersistedKey(provider, &key, BCRYPT_RSA_ALGORITHM, NULL, 0, 0), 0);
    expect_status(NCryptSetProperty(key, NCRYPT_NAME_PROPERTY, (PBYTE)L"Name", sizeof(L"Name"), 0),
                  NTE_NOT_SUPPORTED);
    expect_status(NCryptSetProperty(key, L"My own", (PBYTE)L"value", sizeof(L"value"), 0),
                  NTE_NOT_SUPPORTED);
    expect_status(NCryptSetProperty(key, NULL, (PBYTE)L"", 2, 0), NTE_INVALID_PARAMETER);
    expect_status(NCryptSetProperty(key, L"My own", NULL, 0, NCRYPT_PERSIST_ONLY_FLAG),
                  NTE_INVALID_PARAMETER);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(custom_properties_are_kept_beside_the_keys_own)   /* .NET's tests do so on Windows */
{
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_ECDH_P256_ALGORITHM, 0);
    UCHAR value[3] = { 1, 2, 3 }, read[8];
    DWORD bytes = 0;

    expect_refused(NCryptGetProperty(key, L"Mine", NULL, 0, &bytes, NCRYPT_PERSIST_ONLY_FLAG));
    expect_status(NCryptSetProperty(key, L"Mine", value, 3, NCRYPT_PERSIST_ONLY_FLAG), 0);
    expect_status(NCryptSetProperty(key, NCRYPT_LENGTH_PROPERTY, value, 1,
                                    NCRYPT_PERSIST_ONLY_FLAG), 0);
    expect_status(NCryptGetProperty(key, L"Mine", read, sizeof(read), &bytes,
                                    NCRYPT_PERSIST_ONLY_FLAG), 0);
    expect_value(bytes, 3);
    expect_bytes(read, value, 3);
    expect_value(get_number(key, NCRYPT_LENGTH_PROPERTY), 256);
    expect_status(NCryptSetProperty(key, L"Mine", value, 0, NCRYPT_PERSIST_ONLY_FLAG), 0);
    expect_status(NCryptGetProperty(key, L"Mine", read, sizeof(read), &bytes,
                                    NCRYPT_PERSIST_ONLY_FLAG), 0);
    expect_value(bytes, 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_ui_policy_comes_back_with_its_strings)
{
    NCRYPT_UI_POLICY policy = { 1, 0, L"A title", NULL, L"A description" }, *read;
    NCRYPT_KEY_HANDLE key = 0;
    DWORD bytes = 0;

    expect_status(NCryptCreatePersistedKey(provider, &key, BCRYPT_ECDH_P256_ALGORITHM, NULL, 0, 0),
                  0);
    expect_status(NCryptGetProperty(key, NCRYPT_UI_POLICY_PROPERTY, NULL, 0, &bytes, 0),
                  NTE_NOT_FOUND);
    expect_status(NCryptSetProperty(key, NCRYPT_UI_POLICY_PROPERTY, (PBYTE)&policy, sizeof(policy),
                                    NCRYPT_PERSIST_FLAG), 0);
    expect_status(NCryptFinalizeKey(key, 0), 0);
    expect_status(NCryptGetProperty(key, NCRYPT_UI_POLICY_PROPERTY, NULL, 0, &bytes, 0), 0);
    read = malloc(bytes);
    expect_status(NCryptGetProperty(key, NCRYPT_UI_POLICY_PROPERTY, (PBYTE)read, bytes, &bytes, 0),
                  0);
    expect_wide(read->pszCreationTitle, L"A title");
    expect_wide(read->pszDescription, L"A description");
    expect_pointer(read->pszFriendlyName, NULL);
    free(read);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_keys_provider_handle_is_a_provider)
{
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_ECDSA_P256_ALGORITHM, 0);
    NCRYPT_PROV_HANDLE own = 0;
    DWORD bytes = 0;

    expect_status(NCryptGetProperty(key, NCRYPT_PROVIDER_HANDLE_PROPERTY, (PBYTE)&own, sizeof(own),
                                    &bytes, 0), 0);
    expect_value(bytes, sizeof(own));
    expect_value(own, provider);
    expect_text(own, NCRYPT_NAME_PROPERTY, MS_KEY_STORAGE_PROVIDER);
    expect_status(NCryptFreeObject(own), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

/* What Wine's tests ask of an RSA key of 1024 bits, and Windows answers. */
static const struct
{
    const WCHAR *name;
    SECURITY_STATUS status;
} of_rsa[] =
{
    { NCRYPT_NAME_PROPERTY,                   NTE_NOT_SUPPORTED },
    { NCRYPT_UNIQUE_NAME_PROPERTY,            NTE_NOT_SUPPORTED },
    { NCRYPT_LENGTHS_PROPERTY,                0                 },
    { NCRYPT_BLOCK_LENGTH_PROPERTY,           0                 },
    { NCRYPT_UI_POLICY_PROPERTY,              NTE_NOT_FOUND     },
    { NCRYPT_WINDOW_HANDLE_PROPERTY,          NTE_NOT_FOUND     },
    { NCRYPT_USE_CONTEXT_PROPERTY,            NTE_NOT_FOUND     },
    { NCRYPT_IMPL_TYPE_PROPERTY,              NTE_NOT_SUPPORTED },
    { NCRYPT_KEY_USAGE_PROPERTY,              0                 },
    { NCRYPT_VERSION_PROPERTY,                NTE_NOT_SUPPORTED },
    { NCRYPT_SECURITY_DESCR_SUPPORT_PROPERTY, NTE_NOT_SUPPORTED },
    { NCRYPT_SECURITY_DESCR_PROPERTY,         NTE_BAD_FLAGS     },
    { NCRYPT_LAST_MODIFIED_PROPERTY,          NTE_NOT_FOUND     },
    { NCRYPT_MAX_NAME_LENGTH_PROPERTY,        NTE_NOT_SUPPORTED },
    { NCRYPT_PIN_PROPERTY,                    NTE_NOT_SUPPORTED },
    { NCRYPT_CERTIFICATE_PROPERTY,            NTE_NOT_FOUND     },
    { NCRYPT_SECURE_PIN_PROPERTY,             NTE_NOT_SUPPORTED },
    { BCRYPT_SIGNATURE_LENGTH,                0                 },
    { BCRYPT_PUBLIC_KEY_LENGTH,               0                 },
    { BCRYPT_ALGORITHM_NAME,                  NTE_NOT_SUPPORTED },
    { BCRYPT_BLOCK_LENGTH,                    NTE_NOT_SUPPORTED },
    { BCRYPT_KEY_LENGTH,                      NTE_NOT_SUPPORTED },
    { BCRYPT_KEY_STRENGTH,                    NTE_NOT_SUPPORTED },
};

START_TEST(an_rsa_key_has_properties_before_it_is_made_and_after)
{
    NCRYPT_KEY_HANDLE key = 0;
    DWORD bytes;

    expect_status(NCryptCreatePersistedKey(provider, &key, BCRYPT_RSA_ALGORITHM, NULL, 0, 0), 0);
    expect_status(NCryptGetProperty(key, of_rsa[_i].name, NULL, 0, &bytes, 0), of_rsa[_i].status);
    expect_value(get_number(key, NCRYPT_BLOCK_LENGTH_PROPERTY), 128);
    expect_status(NCryptFinalizeKey(key, 0), 0);
    expect_status(NCryptGetProperty(key, of_rsa[_i].name, NULL, 0, &bytes, 0), of_rsa[_i].status);
    expect_value(get_number(key, NCRYPT_BLOCK_LENGTH_PROPERTY), 128);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_keys_provider_handle_outlives_the_first)
{
    NCRYPT_PROV_HANDLE other = 0, own = 0;
    NCRYPT_KEY_HANDLE key = 0;
    DWORD bytes;

    expect_status(NCryptOpenStorageProvider(&other, NULL, 0), 0);
    expect_status(NCryptCreatePersistedKey(other, &key, BCRYPT_RSA_ALGORITHM, NULL, 0, 0), 0);
    expect_status(NCryptGetProperty(key, NCRYPT_PROVIDER_HANDLE_PROPERTY, (PBYTE)&own, sizeof(own),
                                    &bytes, 0), 0);
    expect_status(NCryptFreeObject(other), 0);
    expect_text(own, NCRYPT_NAME_PROPERTY, MS_KEY_STORAGE_PROVIDER);
    expect_status(NCryptFreeObject(own), 0);
    expect_status(NCryptFreeObject(own), NTE_INVALID_HANDLE);
    expect_status(NCryptGetProperty(key, NCRYPT_PROVIDER_HANDLE_PROPERTY, (PBYTE)&own, sizeof(own),
                                    &bytes, 0), 0);
    expect_text(own, NCRYPT_NAME_PROPERTY, MS_KEY_STORAGE_PROVIDER);
    expect_status(NCryptFreeObject(own), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

/* A self-relative descriptor with an empty DACL behind its head. */
START_TEST(a_security_descriptor_comes_back)
{
    static const UCHAR nobody[28] = { 1, 0, 0x04, 0x80, [16] = 20, [20] = 2, [22] = 8 };
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_ECDSA_P256_ALGORITHM, 0);
    const DWORD dacl = 4;                       /* DACL_SECURITY_INFORMATION */
    UCHAR read[64];
    DWORD bytes = 0;

    expect_status(NCryptGetProperty(key, NCRYPT_SECURITY_DESCR_PROPERTY, read, sizeof(read), &bytes,
                                    dacl), 0);
    expect_status(NCryptSetProperty(key, NCRYPT_SECURITY_DESCR_PROPERTY, (PBYTE)(ULONG_PTR)nobody,
                                    sizeof(nobody), 0), NTE_BAD_FLAGS);
    expect_status(NCryptSetProperty(key, NCRYPT_SECURITY_DESCR_PROPERTY, (PBYTE)(ULONG_PTR)nobody,
                                    8, dacl), NTE_INVALID_PARAMETER);
    expect_status(NCryptSetProperty(key, NCRYPT_SECURITY_DESCR_PROPERTY, (PBYTE)(ULONG_PTR)nobody,
                                    sizeof(nobody), dacl), 0);
    expect_status(NCryptGetProperty(key, NCRYPT_SECURITY_DESCR_PROPERTY, read, sizeof(read), &bytes,
                                    dacl), 0);
    expect_value(bytes, sizeof(nobody));
    expect_bytes(read, nobody, sizeof(nobody));
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

/* As Microsoft's sample StrongKeyProtection does, whose key signs then without a window. */
START_TEST(a_protected_key_takes_its_password)
{
    NCRYPT_UI_POLICY policy = { .dwVersion = 1, .dwFlags = NCRYPT_UI_FORCE_HIGH_PROTECTION_FLAG };
    WCHAR password[] = L"a password";
    UCHAR hash[32] = { 0 }, signature[64];
    NCRYPT_KEY_HANDLE key = 0;
    DWORD bytes;

    expect_status(NCryptCreatePersistedKey(provider, &key, BCRYPT_ECDSA_P256_ALGORITHM, NULL, 0, 0),
                  0);
    expect_status(NCryptSetProperty(key, NCRYPT_UI_POLICY_PROPERTY, (PBYTE)&policy, sizeof(policy),
                                    0), 0);
    expect_status(NCryptFinalizeKey(key, 0), 0);
    expect_status(NCryptSetProperty(key, NCRYPT_PIN_PROPERTY, (PBYTE)password,
                                    sizeof(password) - sizeof(WCHAR), 0), 0);
    expect_status(NCryptSetProperty(key, NCRYPT_PIN_PROPERTY, (PBYTE)password, sizeof(password),
                                    0), 0);
    expect_status(NCryptSetProperty(key, NCRYPT_PIN_PROPERTY, (PBYTE)password, 3, 0),
                  NTE_INVALID_PARAMETER);
    expect_status(NCryptGetProperty(key, NCRYPT_PIN_PROPERTY, NULL, 0, &bytes, 0),
                  NTE_NOT_SUPPORTED);
    expect_status(NCryptSignHash(key, NULL, hash, sizeof(hash), signature, sizeof(signature),
                                 &bytes, NCRYPT_SILENT_FLAG), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

/* .NET takes NTE_NOT_FOUND or an empty text for that, and asks with any EC key. */
START_TEST(a_curve_of_explicit_parameters_has_no_name)
{
    NCRYPT_KEY_HANDLE key, named = new_stored_with(BCRYPT_ECDSA_ALGORITHM,
                                                   NCRYPT_ECC_CURVE_NAME_PROPERTY,
                                                   BCRYPT_ECC_CURVE_BRAINPOOLP256R1);
    DWORD bytes = 0;
    UCHAR *blob = export_blob(named, BCRYPT_ECCFULLPUBLIC_BLOB, NULL, &bytes);

    expect_text(named, NCRYPT_ECC_CURVE_NAME_PROPERTY, BCRYPT_ECC_CURVE_BRAINPOOLP256R1);
    key = import_blob(BCRYPT_ECCFULLPUBLIC_BLOB, NULL, blob, bytes);
    expect_status(NCryptGetProperty(key, NCRYPT_ECC_CURVE_NAME_PROPERTY, NULL, 0, &bytes, 0),
                  NTE_NOT_FOUND);
    free(blob);
    expect_status(NCryptFreeObject(named), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_usage_that_is_not_allowed_is_refused)
{
    NCRYPT_KEY_HANDLE key = 0;
    UCHAR hash[32] = { 0 }, signature[64];
    DWORD bytes;

    expect_status(NCryptCreatePersistedKey(provider, &key, BCRYPT_ECDSA_P256_ALGORITHM, NULL, 0, 0),
                  0);
    set_number(key, NCRYPT_KEY_USAGE_PROPERTY, NCRYPT_ALLOW_DECRYPT_FLAG);
    expect_status(NCryptFinalizeKey(key, 0), 0);
    expect_status(NCryptSignHash(key, NULL, hash, sizeof(hash), signature, sizeof(signature),
                                 &bytes, 0), NTE_PERM);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

void ncrypt_property_suite(Suite *suite)
{
    TCase *tests = ncrypt_contract(suite);

    add_rows(tests, a_key_says_what_it_is, keys);
    add_test(tests, a_property_says_how_long_it_is);
    add_test(tests, an_rsa_key_has_1024_bits_until_it_is_told);
    add_test(tests, a_length_that_is_not_one_is_refused);
    add_test(tests, a_name_and_unknown_properties_cannot_be_set);
    add_test(tests, custom_properties_are_kept_beside_the_keys_own);
    add_test(tests, a_keys_provider_handle_is_a_provider);

    add_rows(tests, an_rsa_key_has_properties_before_it_is_made_and_after, of_rsa);

    tests = ncrypt_ours(suite);
    add_test(tests, a_keys_provider_handle_outlives_the_first);
    add_test(tests, a_security_descriptor_comes_back);
    add_test(tests, a_ui_policy_comes_back_with_its_strings);
    add_test(tests, a_protected_key_takes_its_password);
    add_test(tests, a_curve_of_explicit_parameters_has_no_name);
    add_test(tests, a_usage_that_is_not_allowed_is_refused);
}
