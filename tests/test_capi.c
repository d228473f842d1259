/*
 * test_capi.c - keys as CAPI's CryptDeriveKey made them: BCryptDeriveKeyCapi and CAPI_KDF.
 *
 * The message is 00 01 ... 1f. The answers were made with Python's hashlib, from Microsoft's page
 * of CryptDeriveKey; the empty one and that of "test" are what Windows gives.
 *
 * SPDX-License-Identifier: MIT
 */

#include "kdf_parameters.h"

static BCRYPT_HASH_HANDLE hash_of(const WCHAR *id, const void *message, ULONG bytes)
{
    BCRYPT_HASH_HANDLE hash = new_hash(open_algorithm(id, 0), NULL, 0, 0);

    expect_status(BCryptHashData(hash, (UCHAR *)(uintptr_t)message, bytes, 0), STATUS_SUCCESS);
    return hash;
}

START_TEST(windows_keys_come_out)
{
    UCHAR derived[40];

    expect_status(
        BCryptDeriveKeyCapi(hash_of(BCRYPT_SHA1_ALGORITHM, NULL, 0), NULL, derived, 20, 0),
        STATUS_SUCCESS);
    expect_hex(derived, 20, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    expect_status(
        BCryptDeriveKeyCapi(hash_of(BCRYPT_SHA1_ALGORITHM, "test", 4), NULL, derived, 40, 0),
        STATUS_SUCCESS);
    expect_hex(derived, 40,
               "9b031741f47511acff22ee40bbe8f9741726b6f2f8c788029adc0dd78358ea652e8b85c6dbb7ed1c");
}
END_TEST

static const struct
{
    const WCHAR *hash;
    ULONG bytes;
    const char *key;
} expansions[] =
{
    { BCRYPT_MD5_ALGORITHM, 32,
      "da0f1f2a48d2ab1afc64762a47939beb813ae165cd0cc9b4c8ada07f28259cf6" },
    { BCRYPT_SHA1_ALGORITHM, 40,
      "076287edfad75027c3cdf0c7c6be7cc270df2cbac4a7af530eeff3cc475024ab018543071e0a2198" },
    { BCRYPT_SHA256_ALGORITHM, 64,
      "6d72a2d7cde3335952a88bee3bc836e5e983e93f52a5fd24388eafdb41df163f"
      "27eba9d612f5e0838833a9dfff2defb7d99cbc0889a1eb3f988d9ff2325b3a09" },
    { BCRYPT_SHA384_ALGORITHM, 96,
      "e0c0cfbd6f365da1830514c9709544300feb800a6156b3092f027ae2ec71c7b5"
      "82a57bfc936eabf4447b6b8f73c02d5b1e04bb29f19da738cb465eac31b356e1"
      "fd14be9c2d3d54223d4598a9f9712cd2eb95973a8e9d5895c5aa03fa381ac7bf" },
    { BCRYPT_SHA512_ALGORITHM, 128,
      "14219b3fbd9024de6c2a12e1cfc87e0ddde917ddff113384ad0279f4f7c8cc36"
      "9c4b623ab8e34c2fcfcb08606bbae71cc5f41c91b035e44c0736ac8d3b8bc544"
      "93ef03263516cc031cce1b90d1137de01ba6133991eb39e7acde832647c7e1d0"
      "1c0deff2499fecb28e26e111578a8c97eeb1e23b772bf167b06cfa8aacb02b9d" },
};

START_TEST(a_key_as_long_as_two_digests_is_expanded)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_CAPI_KDF_ALG_HANDLE, counting, 32);
    UCHAR derived[129];
    ULONG bytes = expansions[_i].bytes, result;

    expect_status(
        BCryptDeriveKeyCapi(hash_of(expansions[_i].hash, counting, 32), NULL, derived, bytes, 0),
        STATUS_SUCCESS);
    expect_hex(derived, bytes, expansions[_i].key);

    fill_parameters(&parameters, BCRYPT_CAPI_KDF_ALG_HANDLE, expansions[_i].hash, NO_PARAMETER);
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, bytes, &result, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, bytes, expansions[_i].key);
}
END_TEST

START_TEST(a_longer_key_than_two_digests_is_refused)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_CAPI_KDF_ALG_HANDLE, counting, 32);
    BCRYPT_HASH_HANDLE hash = hash_of(expansions[_i].hash, counting, 32);
    ULONG bytes = expansions[_i].bytes, result;
    UCHAR derived[129];

    mark(derived, sizeof(derived));
    fill_parameters(&parameters, BCRYPT_CAPI_KDF_ALG_HANDLE, expansions[_i].hash, NO_PARAMETER);
    expect_status(BCryptDeriveKeyCapi(hash, NULL, derived, bytes + 1, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, bytes + 1, &result, 0),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(derived, sizeof(derived));
    expect_status(BCryptDeriveKeyCapi(hash, NULL, derived, bytes, 0), STATUS_SUCCESS);
}
END_TEST

/* CAPI: "If the hash is not a member of the SHA-2 family and the required key is for either 3DES or
 * AES", it is expanded however short it is. */
static const struct
{
    const WCHAR *hash;
    const char *plain, *aes;
} targets[] =
{
    { BCRYPT_MD5_ALGORITHM, "b4ffcb23737cec315a4a4d1aa2a620ce",
      "da0f1f2a48d2ab1afc64762a47939beb" },
    { BCRYPT_SHA1_ALGORITHM, "ae5bd8efea5322c4d9986d06680a7813",
      "076287edfad75027c3cdf0c7c6be7cc2" },
    { BCRYPT_SHA256_ALGORITHM, "630dcd2966c4336691125448bbb25b4f",
      "630dcd2966c4336691125448bbb25b4f" },
    { BCRYPT_SHA384_ALGORITHM, "e7112491faeefd57786da73f367b25a6",
      "e7112491faeefd57786da73f367b25a6" },
    { BCRYPT_SHA512_ALGORITHM, "3d94eea49c580aef816935762be04955",
      "3d94eea49c580aef816935762be04955" },
};

START_TEST(a_key_for_aes_is_expanded_unless_the_hash_is_of_sha2)
{
    UCHAR derived[16];

    expect_status(
        BCryptDeriveKeyCapi(hash_of(targets[_i].hash, counting, 32), NULL, derived, 16, 0),
        STATUS_SUCCESS);
    expect_hex(derived, 16, targets[_i].plain);
    expect_status(BCryptDeriveKeyCapi(hash_of(targets[_i].hash, counting, 32),
                                      BCRYPT_AES_CBC_ALG_HANDLE, derived, 16, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 16, targets[_i].aes);
    expect_status(BCryptDeriveKeyCapi(hash_of(targets[_i].hash, counting, 32),
                                      open_algorithm(BCRYPT_3DES_ALGORITHM, 0), derived, 16, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 16, targets[_i].aes);
    expect_status(BCryptDeriveKeyCapi(hash_of(targets[_i].hash, counting, 32),
                                      BCRYPT_RC4_ALG_HANDLE, derived, 16, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 16, targets[_i].plain);
}
END_TEST

START_TEST(the_aes_flag_expands_as_the_target_does)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_CAPI_KDF_ALG_HANDLE, counting, 32);
    UCHAR derived[16];
    ULONG result;

    fill_parameters(&parameters, BCRYPT_CAPI_KDF_ALG_HANDLE, targets[_i].hash, NO_PARAMETER);
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 16, &result, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 16, targets[_i].plain);
    expect_status(
        BCryptKeyDerivation(key, &parameters.list, derived, 16, &result, BCRYPT_CAPI_AES_FLAG),
        STATUS_SUCCESS);
    expect_hex(derived, 16, targets[_i].aes);
}
END_TEST

START_TEST(handles_of_another_kind_are_refused)
{
    BCRYPT_HASH_HANDLE hash = hash_of(BCRYPT_SHA1_ALGORITHM, NULL, 0), destroyed;
    BCRYPT_KEY_HANDLE key = new_aes_key(128);
    UCHAR derived[20];

    destroyed = hash_of(BCRYPT_SHA1_ALGORITHM, NULL, 0);
    BCryptDestroyHash(destroyed);
    mark(derived, sizeof(derived));
    expect_status(BCryptDeriveKeyCapi(key, NULL, derived, 20, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptDeriveKeyCapi(BCRYPT_SHA1_ALG_HANDLE, NULL, derived, 20, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptDeriveKeyCapi(destroyed, NULL, derived, 20, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptDeriveKeyCapi(hash, hash, derived, 20, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptDeriveKeyCapi(hash, key, derived, 20, 0), STATUS_INVALID_HANDLE);
    expect_untouched(derived, sizeof(derived));
    expect_status(BCryptDeriveKeyCapi(hash, NULL, derived, 20, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_refused_call_leaves_the_hash_alone)
{
    BCRYPT_HASH_HANDLE hash = hash_of(BCRYPT_SHA1_ALGORITHM, "te", 2);
    UCHAR derived[40];

    expect_status(BCryptDeriveKeyCapi(hash, NULL, derived, 20, 1), STATUS_INVALID_PARAMETER);
    expect_status(BCryptDeriveKeyCapi(hash, NULL, derived, 41, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptHashData(hash, (UCHAR *)"st", 2, 0), STATUS_SUCCESS);
    expect_status(BCryptDeriveKeyCapi(hash, NULL, derived, 40, 0), STATUS_SUCCESS);
    expect_hex(derived, 40,
               "9b031741f47511acff22ee40bbe8f9741726b6f2f8c788029adc0dd78358ea652e8b85c6dbb7ed1c");
}
END_TEST

START_TEST(the_hash_is_good_for_destroying_only)
{
    BCRYPT_HASH_HANDLE copy, hash = hash_of(BCRYPT_SHA1_ALGORITHM, NULL, 0);
    UCHAR derived[20];

    expect_status(BCryptDeriveKeyCapi(hash, NULL, derived, 20, 0), STATUS_SUCCESS);
    expect_status(BCryptDeriveKeyCapi(hash, NULL, derived, 20, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptHashData(hash, derived, 20, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptFinishHash(hash, derived, 20, 0), STATUS_INVALID_HANDLE);
    expect_refused(BCryptDuplicateHash(hash, &copy, NULL, 0, 0));
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
}
END_TEST

/* As BCryptFinishHash leaves it. */
START_TEST(a_reusable_hash_begins_anew)
{
    BCRYPT_HASH_HANDLE hash = new_hash(open_algorithm(BCRYPT_SHA1_ALGORITHM,
                                                      BCRYPT_HASH_REUSABLE_FLAG),
                                       NULL, 0, BCRYPT_HASH_REUSABLE_FLAG);
    UCHAR derived[40];
    int i;

    for (i = 0; i < 2; i++)
    {
        expect_status(BCryptHashData(hash, (UCHAR *)"test", 4, 0), STATUS_SUCCESS);
        expect_status(BCryptDeriveKeyCapi(hash, NULL, derived, 40, 0), STATUS_SUCCESS);
        expect_hex(
            derived, 40,
            "9b031741f47511acff22ee40bbe8f9741726b6f2f8c788029adc0dd78358ea652e8b85c6dbb7ed1c");
    }
    expect_status(BCryptFinishHash(hash, derived, 20, 0), STATUS_SUCCESS);
    expect_hex(derived, 20, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}
END_TEST

START_TEST(a_hash_with_a_key_is_not_supported)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_HMAC_SHA1_ALG_HANDLE, "key", 3, 0);
    UCHAR derived[20];

    expect_status(BCryptDeriveKeyCapi(hash, NULL, derived, 20, 0), STATUS_NOT_SUPPORTED);
}
END_TEST

void capi_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_test(tests, windows_keys_come_out);
    add_rows(tests, a_key_as_long_as_two_digests_is_expanded, expansions);
    add_rows(tests, a_longer_key_than_two_digests_is_refused, expansions);
    add_test(tests, handles_of_another_kind_are_refused);
    add_test(tests, a_refused_call_leaves_the_hash_alone);
    add_test(tests, the_hash_is_good_for_destroying_only);

    tests = ours(suite);
    add_rows(tests, a_key_for_aes_is_expanded_unless_the_hash_is_of_sha2, targets);
    add_rows(tests, the_aes_flag_expands_as_the_target_does, targets);
    add_test(tests, a_reusable_hash_begins_anew);
    add_test(tests, a_hash_with_a_key_is_not_supported);
}
