/*
 * test_ncrypt_key.c - providers, algorithms and handles of ncrypt.dll, and keys without files.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ncrypt_calls.h"

START_TEST(a_provider_has_its_name)
{
    NCRYPT_PROV_HANDLE other = 0;

    expect_status(NCryptOpenStorageProvider(&other, MS_KEY_STORAGE_PROVIDER, 0), 0);
    expect_text(other, NCRYPT_NAME_PROPERTY, MS_KEY_STORAGE_PROVIDER);
    expect_value(get_number(other, NCRYPT_IMPL_TYPE_PROPERTY), NCRYPT_IMPL_SOFTWARE_FLAG);
    expect_status(NCryptFreeObject(other), 0);
    expect_status(NCryptFreeObject(other), NTE_INVALID_HANDLE);
}
END_TEST

START_TEST(a_provider_that_is_not_there_is_refused)
{
    NCRYPT_PROV_HANDLE other = 0;

    expect_refused(NCryptOpenStorageProvider(&other, L"No such provider", 0));
    expect_status(NCryptOpenStorageProvider(NULL, NULL, 0), NTE_INVALID_PARAMETER);
}
END_TEST

START_TEST(the_software_provider_is_listed)
{
    NCryptProviderName *list = NULL;
    DWORD count = 0, i, found = 0;

    expect_status(NCryptEnumStorageProviders(&count, &list, 0), 0);
    for (i = 0; i < count; i++) found += !wcscmp(list[i].pszName, MS_KEY_STORAGE_PROVIDER);
    expect_value(found, 1);
    expect_status(NCryptFreeBuffer(list), 0);
}
END_TEST

static const struct
{
    const WCHAR *id;
    SECURITY_STATUS status;
} algorithms[] =
{
    { BCRYPT_RSA_ALGORITHM,        0                 },
    { BCRYPT_DSA_ALGORITHM,        0                 },
    { BCRYPT_DH_ALGORITHM,         0                 },
    { BCRYPT_ECDSA_P256_ALGORITHM, 0                 },
    { BCRYPT_ECDSA_P384_ALGORITHM, 0                 },
    { BCRYPT_ECDSA_P521_ALGORITHM, 0                 },
    { BCRYPT_ECDSA_ALGORITHM,      0                 },
    { BCRYPT_ECDH_P256_ALGORITHM,  0                 },
    { BCRYPT_ECDH_ALGORITHM,       0                 },
    { BCRYPT_AES_ALGORITHM,        0                 },
    { BCRYPT_3DES_ALGORITHM,       0                 },
    { BCRYPT_RSA_SIGN_ALGORITHM,   NTE_NOT_SUPPORTED },
    { BCRYPT_SHA256_ALGORITHM,     NTE_NOT_SUPPORTED },
    { BCRYPT_MD5_ALGORITHM,        NTE_NOT_SUPPORTED },
    { BCRYPT_RNG_ALGORITHM,        NTE_NOT_SUPPORTED },
};

START_TEST(algorithms_are_supported_or_not)
{
    expect_status(NCryptIsAlgSupported(provider, algorithms[_i].id, 0), algorithms[_i].status);
    expect_status(NCryptIsAlgSupported(provider, algorithms[_i].id, NCRYPT_SILENT_FLAG),
                  algorithms[_i].status);
    expect_status(NCryptIsAlgSupported(provider, algorithms[_i].id, 20), NTE_BAD_FLAGS);
}
END_TEST

START_TEST(whether_an_algorithm_is_supported_takes_a_provider_and_a_name)
{
    expect_status(NCryptIsAlgSupported(0, BCRYPT_RSA_ALGORITHM, 0), NTE_INVALID_HANDLE);
    expect_status(NCryptIsAlgSupported(provider, NULL, 0), NULL_REFERENCE);
}
END_TEST

START_TEST(algorithms_are_listed_by_what_they_do)
{
    NCryptAlgorithmName *list = NULL;
    DWORD count = 0, i, rsa = 0;

    expect_status(NCryptEnumAlgorithms(provider, NCRYPT_SIGNATURE_OPERATION, &count, &list, 0), 0);
    for (i = 0; i < count; i++)
    {
        expect_true(list[i].dwAlgOperations & NCRYPT_SIGNATURE_OPERATION);
        expect_status(NCryptIsAlgSupported(provider, list[i].pszName, 0), 0);
        rsa += !wcscmp(list[i].pszName, BCRYPT_RSA_ALGORITHM);
    }
    expect_value(rsa, 1);
    expect_status(NCryptFreeBuffer(list), 0);
    expect_status(NCryptEnumAlgorithms(0, 0, &count, &list, 0), NTE_INVALID_HANDLE);
}
END_TEST

START_TEST(values_that_are_no_handles_are_refused)
{
    char block[64] = { 0 };
    NCRYPT_HANDLE bad[] = { 0, 1, (NCRYPT_HANDLE)-1, (NCRYPT_HANDLE)block, provider + 1 };
    DWORD bytes;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(bad); i++)
    {
        expect_status(NCryptFreeObject(bad[i]), NTE_INVALID_HANDLE);
        expect_value(NCryptIsKeyHandle(bad[i]), FALSE);
        expect_status(NCryptFinalizeKey(bad[i], 0), NTE_INVALID_HANDLE);
        expect_status(NCryptGetProperty(bad[i], NCRYPT_LENGTH_PROPERTY, NULL, 0, &bytes, 0),
                      NTE_INVALID_HANDLE);
        expect_status(NCryptDeleteKey(bad[i], 0), NTE_INVALID_HANDLE);
    }
}
END_TEST

START_TEST(a_key_handle_is_one)
{
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_ECDSA_P256_ALGORITHM, 0);

    expect_value(NCryptIsKeyHandle(key), TRUE);
    expect_value(NCryptIsKeyHandle(provider), FALSE);
    expect_status(NCryptFreeObject(key), 0);
    expect_value(NCryptIsKeyHandle(key), FALSE);
}
END_TEST

START_TEST(a_key_takes_a_provider_and_an_algorithm)
{
    NCRYPT_KEY_HANDLE key = 0;

    expect_status(NCryptCreatePersistedKey(0, &key, BCRYPT_RSA_ALGORITHM, NULL, 0, 0),
                  NTE_INVALID_HANDLE);
    expect_status(NCryptCreatePersistedKey(provider, &key, NULL, NULL, 0, 0), NULL_REFERENCE);
    expect_status(NCryptCreatePersistedKey(provider, NULL, BCRYPT_RSA_ALGORITHM, NULL, 0, 0),
                  NTE_INVALID_PARAMETER);
    expect_status(NCryptCreatePersistedKey(provider, &key, BCRYPT_SHA1_ALGORITHM, NULL, 0, 0),
                  NTE_NOT_SUPPORTED);
    expect_status(NCryptCreatePersistedKey(provider, &key, BCRYPT_RSA_ALGORITHM, NULL, 0, 1),
                  NTE_BAD_FLAGS);
    expect_value(key, 0);
}
END_TEST

START_TEST(a_key_is_finalized_once)
{
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_RSA_ALGORITHM, 1024);

    expect_status(NCryptFinalizeKey(key, 0), NTE_INVALID_HANDLE);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_key_that_is_not_finalized_does_nothing)
{
    UCHAR data[128] = { 0 };
    NCRYPT_KEY_HANDLE key = 0;
    DWORD bytes;

    expect_status(NCryptCreatePersistedKey(provider, &key, BCRYPT_RSA_ALGORITHM, NULL, 0, 0), 0);
    expect_status(NCryptEncrypt(key, data, 12, NULL, NULL, 0, &bytes, NCRYPT_PAD_PKCS1_FLAG),
                  NTE_BAD_KEY_STATE);
    expect_status(NCryptExportKey(key, 0, BCRYPT_RSAPUBLIC_BLOB, NULL, NULL, 0, &bytes, 0),
                  NTE_BAD_KEY_STATE);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_generic_curve_has_to_be_named)
{
    NCRYPT_KEY_HANDLE key = 0;

    expect_status(NCryptCreatePersistedKey(provider, &key, BCRYPT_ECDSA_ALGORITHM, NULL, 0, 0), 0);
    expect_status(NCryptFinalizeKey(key, 0), NTE_INVALID_PARAMETER);
    set_text(key, BCRYPT_ECC_CURVE_NAME, L"brainpoolP256r1");
    expect_status(NCryptFinalizeKey(key, 0), 0);
    expect_text(key, BCRYPT_ECC_CURVE_NAME, L"brainpoolP256r1");
    expect_signs_for(key, key);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(claims_are_not_made_for_keys_of_software)
{
    DWORD bytes;

    expect_refused(NCryptCreateClaim(0, 0, 1, NULL, NULL, 0, &bytes, 0));
    expect_refused(NCryptVerifyClaim(0, 0, 1, NULL, NULL, 0, NULL, 0));
}
END_TEST

void ncrypt_key_suite(Suite *suite)
{
    TCase *tests = ncrypt_contract(suite);

    add_test(tests, a_provider_has_its_name);
    add_test(tests, a_provider_that_is_not_there_is_refused);
    add_test(tests, the_software_provider_is_listed);
    add_rows(tests, algorithms_are_supported_or_not, algorithms);
    add_test(tests, whether_an_algorithm_is_supported_takes_a_provider_and_a_name);
    add_test(tests, algorithms_are_listed_by_what_they_do);
    add_test(tests, a_key_handle_is_one);
    add_test(tests, a_key_takes_a_provider_and_an_algorithm);
    add_test(tests, a_key_is_finalized_once);
    add_test(tests, a_key_that_is_not_finalized_does_nothing);

    tests = ncrypt_ours(suite);
    add_test(tests, a_generic_curve_has_to_be_named);
    add_test(tests, values_that_are_no_handles_are_refused);
    add_test(tests, claims_are_not_made_for_keys_of_software);
}
