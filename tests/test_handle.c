/*
 * test_handle.c - wrong handles of every kind into every export, and the pseudo-handles.
 *
 * What one export does with its own objects is in that export's file.
 *
 * SPDX-License-Identifier: MIT
 */

#include "handle_calls.h"

/* The name belongs into the message: the row is all that the macro could show. */
#define expect_refusal(row, handle) \
    expect_status_at(__FILE__, __LINE__, handle_calls[row].name, handle_calls[row].call(handle), \
                     handle_calls[row].refusal)

/* --- handles.md, "Status codes by bad-handle case" ---------------------------------------- */

START_TEST(no_handle_is_refused)
{
    expect_status_at(__FILE__, __LINE__, handle_calls[_i].name, handle_calls[_i].call(NULL),
                     handle_calls[_i].null_refusal);
}
END_TEST

START_TEST(a_destroyed_object_is_refused)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, 16);
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, 0);

    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
    expect_refusal(_i, algorithm);
    expect_refusal(_i, key);
    expect_refusal(_i, hash);
}
END_TEST

static const struct
{
    uintptr_t value;
} garbage[] =
{
    { 1 << 20 }, { 16 }, { 8 }, { 2 }, { 3 }, { 0x481 + 1 }, { 0xdeadbeef },
    { UINTPTR_MAX }, { UINTPTR_MAX - 15 }, { UINTPTR_MAX / 2 + 1 }, { UINTPTR_MAX / 2 },
};

START_TEST(garbage_is_refused)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(garbage); i++) expect_refusal(_i, (void *)garbage[i].value);
}
END_TEST

START_TEST(an_address_is_refused)
{
    static const UCHAR zero[256];
    UCHAR ours[256] = { 0 };

    expect_refusal(_i, (void *)zero);
    expect_refusal(_i, ours);
    expect_refusal(_i, ours + 16);
}
END_TEST

/* "Undefined value 1 mod 16: INVALID_HANDLE" */
START_TEST(a_pseudo_handle_that_is_not_defined_is_refused)
{
    expect_refusal(_i, (void *)(uintptr_t)0x4b1);
    expect_refusal(_i, (void *)(uintptr_t)0x1001);
    expect_refusal(_i, (void *)(uintptr_t)0xfffffff1);
    expect_refusal(_i, (void *)(UINTPTR_MAX - 14));
}
END_TEST

/* --- handles.md, "wrong type": objects of each kind into the exports for another ---------- */

static void expect_wrong_type(int row, enum handle_kind kind, void *handle)
{
    if (handle_calls[row].kind == kind || handle_calls[row].kind == TAKES_ANY) return;
    expect_refusal(row, handle);
}

START_TEST(an_algorithm_is_refused_as_another_object)
{
    expect_wrong_type(_i, TAKES_ALGORITHM, open_algorithm(BCRYPT_AES_ALGORITHM, 0));
    expect_wrong_type(_i, TAKES_ALGORITHM, open_algorithm(BCRYPT_SHA256_ALGORITHM, 0));
}
END_TEST

START_TEST(a_key_is_refused_as_another_object)
{
    expect_wrong_type(_i, TAKES_KEY, new_aes_key(128));
}
END_TEST

START_TEST(a_hash_is_refused_as_another_object)
{
    expect_wrong_type(_i, TAKES_HASH, new_hash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, 0));
}
END_TEST

START_TEST(a_pseudo_handle_is_refused_as_another_object)
{
    expect_wrong_type(_i, TAKES_ALGORITHM, BCRYPT_AES_CBC_ALG_HANDLE);
    expect_wrong_type(_i, TAKES_ALGORITHM, BCRYPT_SHA256_ALG_HANDLE);
    expect_wrong_type(_i, TAKES_ALGORITHM, BCRYPT_RSA_ALG_HANDLE);
}
END_TEST

START_TEST(a_key_that_is_not_a_pair_is_refused_as_one)
{
    BCRYPT_KEY_HANDLE key = new_aes_key(128);
    BCRYPT_SECRET_HANDLE secret = UNTOUCHED_HANDLE;

    expect_refused(BCryptFinalizeKeyPair(key, 0));
    expect_refused(BCryptSecretAgreement(key, key, &secret, 0));
    expect_pointer(secret, UNTOUCHED_HANDLE);
}
END_TEST

/* --- handles.md, "Rules that hold across functions" --------------------------------------- */

START_TEST(the_handle_is_examined_before_the_other_arguments)
{
    expect_status(BCryptGetProperty(NULL, NULL, NULL, 0, NULL, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptGetProperty(NULL, BCRYPT_AUTH_TAG_LENGTH, NULL, 0, NULL, 0),
                  STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(the_handle_is_examined_first_by_the_others_too)
{
    expect_status(BCryptSetProperty(NULL, NULL, NULL, 0, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptHashData(NULL, NULL, 16, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptFinishHash(NULL, NULL, 16, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptDuplicateHash(NULL, NULL, NULL, 16, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptDuplicateKey(NULL, NULL, NULL, 16, 0), STATUS_INVALID_HANDLE);
    expect_encrypt(NULL, STATUS_INVALID_HANDLE, .bytes = 16, .iv_bytes = 16, .room = 16,
                   .flags = 0x8000);
    expect_status(BCryptCreateHash(NULL, NULL, NULL, 16, NULL, 16, 0x8000), STATUS_INVALID_HANDLE);
    expect_status(BCryptGenerateSymmetricKey(NULL, NULL, NULL, 16, NULL, 16, 0x8000),
                  STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(a_null_output_handle_is_an_invalid_parameter)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_ALGORITHM, 0);
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, 0);

    expect_status(BCryptGenerateSymmetricKey(algorithm, NULL, NULL, 0, (UCHAR *)counting, 16, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptCreateHash(BCRYPT_SHA256_ALG_HANDLE, NULL, NULL, 0, NULL, 0, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptDuplicateHash(hash, NULL, NULL, 0, 0), STATUS_INVALID_PARAMETER);
}
END_TEST

/* "DuplicateKey with NULL phNewKey crashes on some Windows versions" */
START_TEST(duplicating_a_key_into_nothing_is_an_invalid_parameter)
{
    expect_status(BCryptDuplicateKey(new_aes_key(128), NULL, NULL, 0, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- handles.md, "Pseudo-handles" --------------------------------------------------------- */

#define CIPHER BCRYPT_CIPHER_INTERFACE
#define HASH BCRYPT_HASH_INTERFACE
#define RNG BCRYPT_RNG_INTERFACE
#define ENCRYPTION BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE
#define AGREEMENT BCRYPT_SECRET_AGREEMENT_INTERFACE
#define SIGNATURE BCRYPT_SIGNATURE_INTERFACE
#define DERIVATION BCRYPT_KEY_DERIVATION_INTERFACE

static const struct
{
    uintptr_t value;
    const WCHAR *id;
    ULONG primitive_type;
} pseudo[] =
{
    { 0x001, BCRYPT_MD2_ALGORITHM,                HASH },
    { 0x011, BCRYPT_MD4_ALGORITHM,                HASH },
    { 0x021, BCRYPT_MD5_ALGORITHM,                HASH },
    { 0x031, BCRYPT_SHA1_ALGORITHM,               HASH },
    { 0x041, BCRYPT_SHA256_ALGORITHM,             HASH },
    { 0x051, BCRYPT_SHA384_ALGORITHM,             HASH },
    { 0x061, BCRYPT_SHA512_ALGORITHM,             HASH },
    { 0x071, BCRYPT_RC4_ALGORITHM,                CIPHER },
    { 0x081, BCRYPT_RNG_ALGORITHM,                RNG },
    { 0x091, BCRYPT_MD5_ALGORITHM,                HASH },
    { 0x0a1, BCRYPT_SHA1_ALGORITHM,               HASH },
    { 0x0b1, BCRYPT_SHA256_ALGORITHM,             HASH },
    { 0x0c1, BCRYPT_SHA384_ALGORITHM,             HASH },
    { 0x0d1, BCRYPT_SHA512_ALGORITHM,             HASH },
    { 0x0e1, BCRYPT_RSA_ALGORITHM,                ENCRYPTION },
    { 0x0f1, BCRYPT_ECDSA_ALGORITHM,              SIGNATURE },
    { 0x101, BCRYPT_AES_CMAC_ALGORITHM,           HASH },
    { 0x111, BCRYPT_AES_GMAC_ALGORITHM,           HASH },
    { 0x121, BCRYPT_MD2_ALGORITHM,                HASH },
    { 0x131, BCRYPT_MD4_ALGORITHM,                HASH },
    { 0x141, BCRYPT_3DES_ALGORITHM,               CIPHER },
    { 0x151, BCRYPT_3DES_ALGORITHM,               CIPHER },
    { 0x161, BCRYPT_3DES_ALGORITHM,               CIPHER },
    { 0x171, BCRYPT_3DES_112_ALGORITHM,           CIPHER },
    { 0x181, BCRYPT_3DES_112_ALGORITHM,           CIPHER },
    { 0x191, BCRYPT_3DES_112_ALGORITHM,           CIPHER },
    { 0x1a1, BCRYPT_AES_ALGORITHM,                CIPHER },
    { 0x1b1, BCRYPT_AES_ALGORITHM,                CIPHER },
    { 0x1c1, BCRYPT_AES_ALGORITHM,                CIPHER },
    { 0x1d1, BCRYPT_AES_ALGORITHM,                CIPHER },
    { 0x1e1, BCRYPT_AES_ALGORITHM,                CIPHER },
    { 0x1f1, BCRYPT_DES_ALGORITHM,                CIPHER },
    { 0x201, BCRYPT_DES_ALGORITHM,                CIPHER },
    { 0x211, BCRYPT_DES_ALGORITHM,                CIPHER },
    { 0x221, BCRYPT_DESX_ALGORITHM,               CIPHER },
    { 0x231, BCRYPT_DESX_ALGORITHM,               CIPHER },
    { 0x241, BCRYPT_DESX_ALGORITHM,               CIPHER },
    { 0x251, BCRYPT_RC2_ALGORITHM,                CIPHER },
    { 0x261, BCRYPT_RC2_ALGORITHM,                CIPHER },
    { 0x271, BCRYPT_RC2_ALGORITHM,                CIPHER },
    { 0x281, BCRYPT_DH_ALGORITHM,                 AGREEMENT },
    { 0x291, BCRYPT_ECDH_ALGORITHM,               AGREEMENT },
    { 0x2a1, BCRYPT_ECDH_P256_ALGORITHM,          AGREEMENT },
    { 0x2b1, BCRYPT_ECDH_P384_ALGORITHM,          AGREEMENT },
    { 0x2c1, BCRYPT_ECDH_P521_ALGORITHM,          AGREEMENT },
    { 0x2d1, BCRYPT_DSA_ALGORITHM,                SIGNATURE },
    { 0x2e1, BCRYPT_ECDSA_P256_ALGORITHM,         SIGNATURE },
    { 0x2f1, BCRYPT_ECDSA_P384_ALGORITHM,         SIGNATURE },
    { 0x301, BCRYPT_ECDSA_P521_ALGORITHM,         SIGNATURE },
    { 0x311, BCRYPT_RSA_SIGN_ALGORITHM,           SIGNATURE },
    { 0x321, BCRYPT_CAPI_KDF_ALGORITHM,           DERIVATION },
    { 0x331, BCRYPT_PBKDF2_ALGORITHM,             DERIVATION },
    { 0x341, BCRYPT_SP800108_CTR_HMAC_ALGORITHM,  DERIVATION },
    { 0x351, BCRYPT_SP80056A_CONCAT_ALGORITHM,    DERIVATION },
    { 0x361, BCRYPT_TLS1_1_KDF_ALGORITHM,         DERIVATION },
    { 0x371, BCRYPT_TLS1_2_KDF_ALGORITHM,         DERIVATION },
    { 0x381, BCRYPT_XTS_AES_ALGORITHM,            CIPHER },
    { 0x391, BCRYPT_HKDF_ALGORITHM,               DERIVATION },
    { 0x3a1, BCRYPT_CHACHA20_POLY1305_ALGORITHM,  CIPHER },
    { 0x3b1, BCRYPT_SHA3_256_ALGORITHM,           HASH },
    { 0x3c1, BCRYPT_SHA3_384_ALGORITHM,           HASH },
    { 0x3d1, BCRYPT_SHA3_512_ALGORITHM,           HASH },
    { 0x3e1, BCRYPT_SHA3_256_ALGORITHM,           HASH },
    { 0x3f1, BCRYPT_SHA3_384_ALGORITHM,           HASH },
    { 0x401, BCRYPT_SHA3_512_ALGORITHM,           HASH },
    { 0x411, BCRYPT_CSHAKE128_ALGORITHM,          HASH },
    { 0x421, BCRYPT_CSHAKE256_ALGORITHM,          HASH },
    { 0x431, BCRYPT_KMAC128_ALGORITHM,            HASH },
    { 0x441, BCRYPT_KMAC256_ALGORITHM,            HASH },
    { 0x451, BCRYPT_SHAKE128_ALGORITHM,           HASH },
    { 0x461, BCRYPT_SHAKE256_ALGORITHM,           HASH },
};

START_TEST(a_pseudo_handle_stands_for_its_algorithm)
{
    BCRYPT_ALG_HANDLE algorithm = (BCRYPT_ALG_HANDLE)pseudo[_i].value;

    expect_property_wide(algorithm, BCRYPT_ALGORITHM_NAME, pseudo[_i].id);
    expect_value(property_ulong(algorithm, BCRYPT_PRIMITIVE_TYPE), pseudo[_i].primitive_type);
}
END_TEST

/* "HMAC_*: behave like the hash opened with the HMAC flag": told apart by the property. */
static const struct
{
    BCRYPT_ALG_HANDLE plain, hmac;
} hmac_handles[] =
{
    { BCRYPT_MD2_ALG_HANDLE,      BCRYPT_HMAC_MD2_ALG_HANDLE },
    { BCRYPT_MD4_ALG_HANDLE,      BCRYPT_HMAC_MD4_ALG_HANDLE },
    { BCRYPT_MD5_ALG_HANDLE,      BCRYPT_HMAC_MD5_ALG_HANDLE },
    { BCRYPT_SHA1_ALG_HANDLE,     BCRYPT_HMAC_SHA1_ALG_HANDLE },
    { BCRYPT_SHA256_ALG_HANDLE,   BCRYPT_HMAC_SHA256_ALG_HANDLE },
    { BCRYPT_SHA384_ALG_HANDLE,   BCRYPT_HMAC_SHA384_ALG_HANDLE },
    { BCRYPT_SHA512_ALG_HANDLE,   BCRYPT_HMAC_SHA512_ALG_HANDLE },
    { BCRYPT_SHA3_256_ALG_HANDLE, BCRYPT_HMAC_SHA3_256_ALG_HANDLE },
    { BCRYPT_SHA3_384_ALG_HANDLE, BCRYPT_HMAC_SHA3_384_ALG_HANDLE },
    { BCRYPT_SHA3_512_ALG_HANDLE, BCRYPT_HMAC_SHA3_512_ALG_HANDLE },
};

START_TEST(an_hmac_pseudo_handle_is_keyed)
{
    expect_value(property_ulong(hmac_handles[_i].plain, BCRYPT_IS_KEYED_HASH), 0);
    expect_value(property_ulong(hmac_handles[_i].hmac, BCRYPT_IS_KEYED_HASH), 1);
    expect_value(property_ulong(hmac_handles[_i].hmac, BCRYPT_HASH_LENGTH),
                 property_ulong(hmac_handles[_i].plain, BCRYPT_HASH_LENGTH));
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    const WCHAR *mode;
} fixed_modes[] =
{
    { BCRYPT_AES_CBC_ALG_HANDLE,     BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_AES_ECB_ALG_HANDLE,     BCRYPT_CHAIN_MODE_ECB },
    { BCRYPT_AES_CFB_ALG_HANDLE,     BCRYPT_CHAIN_MODE_CFB },
    { BCRYPT_AES_CCM_ALG_HANDLE,     BCRYPT_CHAIN_MODE_CCM },
    { BCRYPT_AES_GCM_ALG_HANDLE,     BCRYPT_CHAIN_MODE_GCM },
    { BCRYPT_3DES_CBC_ALG_HANDLE,    BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_3DES_ECB_ALG_HANDLE,    BCRYPT_CHAIN_MODE_ECB },
    { BCRYPT_3DES_CFB_ALG_HANDLE,    BCRYPT_CHAIN_MODE_CFB },
    { BCRYPT_3DES_112_CBC_ALG_HANDLE, BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_3DES_112_ECB_ALG_HANDLE, BCRYPT_CHAIN_MODE_ECB },
    { BCRYPT_3DES_112_CFB_ALG_HANDLE, BCRYPT_CHAIN_MODE_CFB },
    { BCRYPT_DES_CBC_ALG_HANDLE,     BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_DES_ECB_ALG_HANDLE,     BCRYPT_CHAIN_MODE_ECB },
    { BCRYPT_DES_CFB_ALG_HANDLE,     BCRYPT_CHAIN_MODE_CFB },
    { BCRYPT_DESX_CBC_ALG_HANDLE,    BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_DESX_ECB_ALG_HANDLE,    BCRYPT_CHAIN_MODE_ECB },
    { BCRYPT_DESX_CFB_ALG_HANDLE,    BCRYPT_CHAIN_MODE_CFB },
    { BCRYPT_RC2_CBC_ALG_HANDLE,     BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_RC2_ECB_ALG_HANDLE,     BCRYPT_CHAIN_MODE_ECB },
    { BCRYPT_RC2_CFB_ALG_HANDLE,     BCRYPT_CHAIN_MODE_CFB },
};

/* ChainingMode always reports 64 bytes: symmetric.md, section 2. */
static void expect_mode(BCRYPT_HANDLE handle, const WCHAR *mode)
{
    WCHAR buffer[32];
    ULONG bytes = 0;

    expect_status(BCryptGetProperty(handle, BCRYPT_CHAINING_MODE, (UCHAR *)buffer, sizeof(buffer),
                                    &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, 64);
    expect_wide(buffer, mode);
}

START_TEST(a_pseudo_handle_has_its_mode)
{
    expect_mode(fixed_modes[_i].algorithm, fixed_modes[_i].mode);
}
END_TEST

/* 24 bytes: a longer key than the algorithm takes is cut (symmetric.md, section 3). */
START_TEST(a_key_of_a_pseudo_handle_has_its_mode)
{
    BCRYPT_KEY_HANDLE key = new_key(fixed_modes[_i].algorithm, counting, 24);

    expect_mode(key, fixed_modes[_i].mode);
}
END_TEST

START_TEST(nothing_can_be_set_on_a_pseudo_handle)
{
    BCRYPT_ALG_HANDLE algorithm = fixed_modes[_i].algorithm;

    expect_status(BCryptSetProperty(algorithm, BCRYPT_CHAINING_MODE,
                                    (UCHAR *)BCRYPT_CHAIN_MODE_ECB, 32, 0), STATUS_ACCESS_DENIED);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_CHAINING_MODE,
                                    (UCHAR *)BCRYPT_CHAIN_MODE_CBC, 32, 0), STATUS_ACCESS_DENIED);
    expect_mode(algorithm, fixed_modes[_i].mode);
}
END_TEST

/* "may be changed per key with SetProperty(key)" */
START_TEST(a_key_of_a_pseudo_handle_can_change_its_mode)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CBC_ALG_HANDLE, counting, 16);

    set_mode(key, BCRYPT_CHAIN_MODE_ECB);
    expect_mode(key, BCRYPT_CHAIN_MODE_ECB);
    expect_mode(BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_CHAIN_MODE_CBC);
}
END_TEST

START_TEST(setting_on_a_hash_pseudo_handle_is_denied)
{
    expect_status(BCryptSetProperty(BCRYPT_SHA256_ALG_HANDLE, BCRYPT_HASH_LENGTH,
                                    (UCHAR *)counting, 4, 0), STATUS_ACCESS_DENIED);
}
END_TEST

START_TEST(key_pairs_come_from_pseudo_handles)
{
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status(BCryptGenerateKeyPair(BCRYPT_ECDSA_P256_ALG_HANDLE, &key, 256, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
}
END_TEST

START_TEST(wrong_pseudo_handles_make_nothing)
{
    BCRYPT_HANDLE handle = UNTOUCHED_HANDLE;

    expect_status(BCryptCreateHash(BCRYPT_AES_CBC_ALG_HANDLE, &handle, NULL, 0, NULL, 0, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptGenerateSymmetricKey(BCRYPT_SHA256_ALG_HANDLE, &handle, NULL, 0,
                                             (UCHAR *)counting, 16, 0), STATUS_NOT_SUPPORTED);
    expect_status(BCryptGenerateKeyPair(BCRYPT_SHA256_ALG_HANDLE, &handle, 1024, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptGenerateSymmetricKey(BCRYPT_RSA_ALG_HANDLE, &handle, NULL, 0,
                                             (UCHAR *)counting, 16, 0), STATUS_NOT_SUPPORTED);
    expect_pointer(handle, UNTOUCHED_HANDLE);
}
END_TEST

/* configuration.md and handles.md, "BCryptFreeBuffer" */
START_TEST(freeing_nothing_does_nothing)
{
    BCryptFreeBuffer(NULL);
}
END_TEST

void handle_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    test_add(tests, no_handle_is_refused, handle_call_count);
    add_test(tests, the_handle_is_examined_before_the_other_arguments);
    add_test(tests, a_null_output_handle_is_an_invalid_parameter);
    add_rows(tests, a_pseudo_handle_stands_for_its_algorithm, pseudo);
    add_rows(tests, a_pseudo_handle_has_its_mode, fixed_modes);
    add_rows(tests, a_key_of_a_pseudo_handle_has_its_mode, fixed_modes);
    add_rows(tests, nothing_can_be_set_on_a_pseudo_handle, fixed_modes);
    add_test(tests, setting_on_a_hash_pseudo_handle_is_denied);
    add_test(tests, key_pairs_come_from_pseudo_handles);
    add_test(tests, freeing_nothing_does_nothing);
    add_rows(tests, an_hmac_pseudo_handle_is_keyed, hmac_handles);

    tests = ours(suite);
    test_add(tests, a_destroyed_object_is_refused, handle_call_count);
    test_add(tests, garbage_is_refused, handle_call_count);
    test_add(tests, an_address_is_refused, handle_call_count);
    test_add(tests, a_pseudo_handle_that_is_not_defined_is_refused, handle_call_count);
    test_add(tests, an_algorithm_is_refused_as_another_object, handle_call_count);
    test_add(tests, a_key_is_refused_as_another_object, handle_call_count);
    test_add(tests, a_hash_is_refused_as_another_object, handle_call_count);
    test_add(tests, a_pseudo_handle_is_refused_as_another_object, handle_call_count);
    add_test(tests, a_key_that_is_not_a_pair_is_refused_as_one);
    add_test(tests, the_handle_is_examined_first_by_the_others_too);
    add_test(tests, duplicating_a_key_into_nothing_is_an_invalid_parameter);
    add_test(tests, a_key_of_a_pseudo_handle_can_change_its_mode);
    add_test(tests, wrong_pseudo_handles_make_nothing);
}
