/*
 * test_enum.c - BCryptEnumAlgorithms, BCryptEnumProviders and what else lists things.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

#define LISTED 1
#define ANYWHERE 0xffffffff

/* How many entries of the list have that name and class. */
static unsigned int count_of(const BCRYPT_ALGORITHM_IDENTIFIER *list, ULONG count,
                             const WCHAR *name, ULONG class)
{
    unsigned int found = 0;
    ULONG i;

    for (i = 0; i < count; i++)
    {
        found += wide_bytes(list[i].pszName) == wide_bytes(name)
              && !memcmp(list[i].pszName, name, wide_bytes(name))
              && (class == ANYWHERE || list[i].dwClass == class);
    }
    return found;
}

/* --- configuration.md, section 5, "EnumAlgorithms"; section 7: the lists ------------------ */

static const struct
{
    const WCHAR *id;
    ULONG operation, class;
} expected[] =
{
    { BCRYPT_AES_ALGORITHM,               BCRYPT_CIPHER_OPERATION, 1 },
    { BCRYPT_RC4_ALGORITHM,               BCRYPT_CIPHER_OPERATION, 1 },
    { BCRYPT_DES_ALGORITHM,               BCRYPT_CIPHER_OPERATION, 1 },
    { BCRYPT_DESX_ALGORITHM,              BCRYPT_CIPHER_OPERATION, 1 },
    { BCRYPT_3DES_ALGORITHM,              BCRYPT_CIPHER_OPERATION, 1 },
    { BCRYPT_3DES_112_ALGORITHM,          BCRYPT_CIPHER_OPERATION, 1 },
    { BCRYPT_RC2_ALGORITHM,               BCRYPT_CIPHER_OPERATION, 1 },
    { BCRYPT_XTS_AES_ALGORITHM,           BCRYPT_CIPHER_OPERATION, 1 },
    { BCRYPT_CHACHA20_POLY1305_ALGORITHM, BCRYPT_CIPHER_OPERATION, 1 },
    { BCRYPT_SHA1_ALGORITHM,              BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_MD2_ALGORITHM,               BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_MD4_ALGORITHM,               BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_MD5_ALGORITHM,               BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_SHA256_ALGORITHM,            BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_SHA384_ALGORITHM,            BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_SHA512_ALGORITHM,            BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_AES_GMAC_ALGORITHM,          BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_AES_CMAC_ALGORITHM,          BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_SHA3_256_ALGORITHM,          BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_SHA3_384_ALGORITHM,          BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_SHA3_512_ALGORITHM,          BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_CSHAKE128_ALGORITHM,         BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_CSHAKE256_ALGORITHM,         BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_SHAKE128_ALGORITHM,          BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_SHAKE256_ALGORITHM,          BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_KMAC128_ALGORITHM,           BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_KMAC256_ALGORITHM,           BCRYPT_HASH_OPERATION, 2 },
    { BCRYPT_RSA_ALGORITHM,               BCRYPT_ASYMMETRIC_ENCRYPTION_OPERATION, 3 },
    { BCRYPT_DH_ALGORITHM,                BCRYPT_SECRET_AGREEMENT_OPERATION, 4 },
    { BCRYPT_ECDH_ALGORITHM,              BCRYPT_SECRET_AGREEMENT_OPERATION, 4 },
    { BCRYPT_ECDH_P256_ALGORITHM,         BCRYPT_SECRET_AGREEMENT_OPERATION, 4 },
    { BCRYPT_ECDH_P384_ALGORITHM,         BCRYPT_SECRET_AGREEMENT_OPERATION, 4 },
    { BCRYPT_ECDH_P521_ALGORITHM,         BCRYPT_SECRET_AGREEMENT_OPERATION, 4 },
    { BCRYPT_RSA_ALGORITHM,               BCRYPT_SIGNATURE_OPERATION, 5 },
    { BCRYPT_RSA_SIGN_ALGORITHM,          BCRYPT_SIGNATURE_OPERATION, 5 },
    { BCRYPT_DSA_ALGORITHM,               BCRYPT_SIGNATURE_OPERATION, 5 },
    { BCRYPT_ECDSA_ALGORITHM,             BCRYPT_SIGNATURE_OPERATION, 5 },
    { BCRYPT_ECDSA_P256_ALGORITHM,        BCRYPT_SIGNATURE_OPERATION, 5 },
    { BCRYPT_ECDSA_P384_ALGORITHM,        BCRYPT_SIGNATURE_OPERATION, 5 },
    { BCRYPT_ECDSA_P521_ALGORITHM,        BCRYPT_SIGNATURE_OPERATION, 5 },
    { BCRYPT_RNG_ALGORITHM,               BCRYPT_RNG_OPERATION, 6 },
    { BCRYPT_RNG_FIPS186_DSA_ALGORITHM,   BCRYPT_RNG_OPERATION, 6 },
    { BCRYPT_RNG_DUAL_EC_ALGORITHM,       BCRYPT_RNG_OPERATION, 6 },
    { BCRYPT_SP800108_CTR_HMAC_ALGORITHM, BCRYPT_KEY_DERIVATION_OPERATION, 7 },
    { BCRYPT_SP80056A_CONCAT_ALGORITHM,   BCRYPT_KEY_DERIVATION_OPERATION, 7 },
    { BCRYPT_PBKDF2_ALGORITHM,            BCRYPT_KEY_DERIVATION_OPERATION, 7 },
    { BCRYPT_CAPI_KDF_ALGORITHM,          BCRYPT_KEY_DERIVATION_OPERATION, 7 },
    { BCRYPT_TLS1_1_KDF_ALGORITHM,        BCRYPT_KEY_DERIVATION_OPERATION, 7 },
    { BCRYPT_TLS1_2_KDF_ALGORITHM,        BCRYPT_KEY_DERIVATION_OPERATION, 7 },
    { BCRYPT_HKDF_ALGORITHM,              BCRYPT_KEY_DERIVATION_OPERATION, 7 },
    { BCRYPT_MLDSA_ALGORITHM,             BCRYPT_SIGNATURE_OPERATION, 5 },
    { BCRYPT_MLKEM_ALGORITHM,             BCRYPT_KEY_ENCAPSULATION_OPERATION, 8 },
    { BCRYPT_COMPOSITE_MLDSA_ALGORITHM,   BCRYPT_SIGNATURE_OPERATION, 5 },
    { BCRYPT_COMPOSITE_MLKEM_ALGORITHM,   BCRYPT_KEY_ENCAPSULATION_OPERATION, 8 },
};
#define COMMON ((int)ARRAY_SIZE(expected) - 2)  /* few versions of Windows have the last two */

START_TEST(every_algorithm_is_listed_once_in_its_class)
{
    BCRYPT_ALGORITHM_IDENTIFIER *list = NULL;
    unsigned int found;
    ULONG count = 0;

    expect_status(BCryptEnumAlgorithms(expected[_i].operation, &count, &list, 0), STATUS_SUCCESS);
    found = count_of(list, count, expected[_i].id, expected[_i].class);
    BCryptFreeBuffer(list);
    expect_value(found, LISTED);
}
END_TEST

START_TEST(everything_is_listed_when_nothing_is_chosen)
{
    BCRYPT_ALGORITHM_IDENTIFIER *list = NULL;
    unsigned int found;
    ULONG count = 0;

    expect_status(BCryptEnumAlgorithms(0, &count, &list, 0), STATUS_SUCCESS);
    found = count_of(list, count, expected[_i].id, expected[_i].class);
    BCryptFreeBuffer(list);
    expect_value(found, LISTED);
}
END_TEST

START_TEST(several_operations_are_listed_together)
{
    BCRYPT_ALGORITHM_IDENTIFIER *list = NULL;
    unsigned int ciphers, hashes, signatures;
    ULONG count = 0;

    expect_status(BCryptEnumAlgorithms(BCRYPT_CIPHER_OPERATION | BCRYPT_HASH_OPERATION, &count,
                                       &list, 0), STATUS_SUCCESS);
    ciphers = count_of(list, count, BCRYPT_AES_ALGORITHM, 1);
    hashes = count_of(list, count, BCRYPT_SHA256_ALGORITHM, 2);
    signatures = count_of(list, count, BCRYPT_RSA_ALGORITHM, ANYWHERE);
    BCryptFreeBuffer(list);
    expect_value(ciphers, 1);
    expect_value(hashes, 1);
    expect_value(signatures, 0);
}
END_TEST

START_TEST(one_operation_lists_its_class_only)
{
    ULONG class = (ULONG)_i + 1, count = 0, strangers = 0, flags = 0, i;
    BCRYPT_ALGORITHM_IDENTIFIER *list = NULL;

    expect_status(BCryptEnumAlgorithms(1u << _i, &count, &list, 0), STATUS_SUCCESS);
    for (i = 0; i < count; i++)
    {
        strangers += list[i].dwClass != class;
        flags |= list[i].dwFlags;
    }
    BCryptFreeBuffer(list);
    expect_true(count != 0);
    expect_value(strangers, 0);
    expect_value(flags, 0);
}
END_TEST

START_TEST(every_listed_algorithm_opens)
{
    BCRYPT_ALGORITHM_IDENTIFIER *list = NULL;
    BCRYPT_ALG_HANDLE algorithm;
    ULONG count = 0, i;

    expect_status(BCryptEnumAlgorithms(0, &count, &list, 0), STATUS_SUCCESS);
    for (i = 0; i < count; i++)
    {
        expect_status(BCryptOpenAlgorithmProvider(&algorithm, list[i].pszName, NULL, 0),
                      STATUS_SUCCESS);
        expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
    }
    BCryptFreeBuffer(list);
}
END_TEST

START_TEST(listing_algorithms_refuses_wrong_arguments)
{
    BCRYPT_ALGORITHM_IDENTIFIER *list = UNTOUCHED_HANDLE;
    ULONG count = UNTOUCHED_ULONG;

    expect_status(BCryptEnumAlgorithms(0, NULL, NULL, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptEnumAlgorithms(0, NULL, &list, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptEnumAlgorithms(0, &count, NULL, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptEnumAlgorithms(~0u, &count, &list, 0), STATUS_INVALID_PARAMETER);
    expect_pointer(list, UNTOUCHED_HANDLE);
}
END_TEST

/* "flags must be 0" */
START_TEST(listing_algorithms_refuses_flags)
{
    BCRYPT_ALGORITHM_IDENTIFIER *list = UNTOUCHED_HANDLE;
    ULONG count = UNTOUCHED_ULONG;

    expect_status(BCryptEnumAlgorithms(BCRYPT_HASH_OPERATION, &count, &list, 1),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(list, UNTOUCHED_HANDLE);
}
END_TEST

/* --- configuration.md, section 5, "EnumProviders" ----------------------------------------- */

START_TEST(the_primitive_provider_provides_every_algorithm)
{
    BCRYPT_PROVIDER_NAME *list = NULL;
    WCHAR name[64] = { 0 };
    ULONG count = 0;

    expect_status(BCryptEnumProviders(expected[_i].id, &count, &list, 0), STATUS_SUCCESS);
    expect_true(count >= 1);
    memcpy(name, list[0].pszProviderName, wide_bytes(list[0].pszProviderName));
    BCryptFreeBuffer(list);
    expect_wide(name, MS_PRIMITIVE_PROVIDER);
}
END_TEST

START_TEST(an_unknown_algorithm_has_no_provider)
{
    BCRYPT_PROVIDER_NAME *list = UNTOUCHED_HANDLE;
    ULONG count = UNTOUCHED_ULONG;

    expect_status(BCryptEnumProviders(L"NO_SUCH_ALGORITHM", &count, &list, 0), STATUS_NOT_FOUND);
    expect_pointer(list, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(listing_providers_refuses_wrong_arguments)
{
    BCRYPT_PROVIDER_NAME *list = UNTOUCHED_HANDLE;
    ULONG count = UNTOUCHED_ULONG;

    expect_status(BCryptEnumProviders(NULL, &count, &list, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptEnumProviders(BCRYPT_AES_ALGORITHM, NULL, &list, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptEnumProviders(BCRYPT_AES_ALGORITHM, &count, NULL, 0),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(list, UNTOUCHED_HANDLE);
}
END_TEST

/* --- configuration.md, section 5, "FIPS" -------------------------------------------------- */

START_TEST(the_fips_mode_is_told)
{
    BOOLEAN enabled = 0xcc;

    expect_status(BCryptGetFipsAlgorithmMode(&enabled), STATUS_SUCCESS);
    expect_at_most(enabled, 1);
    expect_status(BCryptGetFipsAlgorithmMode(NULL), STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- configuration.md, sections 4, 5 and 7, "EnumContextFunctions" -------------------------- */

START_TEST(the_cipher_suites_of_tls_are_listed)
{
    CRYPT_CONTEXT_FUNCTIONS *list = NULL;
    ULONG bytes = 0, size = 0, i;

    expect_status(BCryptEnumContextFunctions(CRYPT_LOCAL, L"SSL", 0x10002, &size, NULL),
                  STATUS_BUFFER_TOO_SMALL);
    expect_status(BCryptEnumContextFunctions(CRYPT_LOCAL, L"SSL", 0x10002, &bytes, &list),
                  STATUS_SUCCESS);
    expect_value(bytes, size);
    expect_true(list->cFunctions >= 2);
    for (i = 0; i < list->cFunctions; i++) expect_value(list->rgpszFunctions[i][0], L'T');
    BCryptFreeBuffer(list);
}
END_TEST

START_TEST(functions_are_listed_into_a_buffer)
{
    union
    {
        CRYPT_CONTEXT_FUNCTIONS list;
        UCHAR bytes[1024];
    } buffer;
    CRYPT_CONTEXT_FUNCTIONS *list = &buffer.list;
    ULONG bytes = sizeof(buffer);

    expect_status(
        BCryptEnumContextFunctions(CRYPT_LOCAL, L"Default", BCRYPT_RNG_INTERFACE, &bytes, &list),
        STATUS_SUCCESS);
    expect_value(list->cFunctions, 3);
    expect_true(!wcscmp(list->rgpszFunctions[0], BCRYPT_RNG_ALGORITHM));
    expect_at_most(bytes, sizeof(buffer));
    bytes--;
    expect_status(
        BCryptEnumContextFunctions(CRYPT_LOCAL, NULL, BCRYPT_RNG_INTERFACE, &bytes, &list),
        STATUS_BUFFER_TOO_SMALL);
}
END_TEST

START_TEST(functions_of_nothing_are_not_found)
{
    CRYPT_CONTEXT_FUNCTIONS *list = NULL;
    ULONG bytes = 0;

    expect_status(BCryptEnumContextFunctions(CRYPT_LOCAL, L"No such context", 1, &bytes, &list),
                  STATUS_NOT_FOUND);
    expect_status(BCryptEnumContextFunctions(CRYPT_LOCAL, L"Default", 99, &bytes, &list),
                  STATUS_NOT_FOUND);
    expect_status(BCryptEnumContextFunctions(CRYPT_DOMAIN, L"SSL", 0x10002, &bytes, &list),
                  STATUS_NOT_FOUND);
    expect_status(BCryptEnumContextFunctions(0, L"SSL", 0x10002, &bytes, &list),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptEnumContextFunctions(CRYPT_LOCAL, L"SSL", 0x10002, NULL, &list),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(list, NULL);
}
END_TEST

void enum_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    test_add(tests, every_algorithm_is_listed_once_in_its_class, COMMON);
    test_add(tests, everything_is_listed_when_nothing_is_chosen, COMMON);
    add_test(tests, several_operations_are_listed_together);
    test_add(tests, one_operation_lists_its_class_only, 7);
    add_test(tests, every_listed_algorithm_opens);
    add_test(tests, listing_algorithms_refuses_wrong_arguments);
    test_add(tests, the_primitive_provider_provides_every_algorithm, COMMON);
    add_test(tests, an_unknown_algorithm_has_no_provider);
    add_test(tests, the_fips_mode_is_told);
    add_test(tests, the_cipher_suites_of_tls_are_listed);

    tests = ours(suite);
    add_rows(tests, every_algorithm_is_listed_once_in_its_class, expected);
    add_rows(tests, the_primitive_provider_provides_every_algorithm, expected);
    add_test(tests, functions_are_listed_into_a_buffer);
    add_test(tests, functions_of_nothing_are_not_found);
    add_test(tests, listing_algorithms_refuses_flags);
    add_test(tests, listing_providers_refuses_wrong_arguments);
}
