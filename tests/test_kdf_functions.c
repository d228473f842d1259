/*
 * test_kdf_functions.c - what each function of BCryptKeyDerivation has for itself; keys from
 * passwords: BCryptDeriveKeyPBKDF2.
 *
 * The answers were made as those of test_kdf.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "kdf_parameters.h"

/* --- each function's own ------------------------------------------------------------------- */

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    const WCHAR *hash;
    const char *generic;
    ULONG generic_bytes;
    const char *key;
} generics[] =
{
    { BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, BCRYPT_SHA256_ALGORITHM, "label\0context", 13,
      "c5115a8e2c9cf655fabbfecbe725e440a9838838f5b46130c654f368f780edd650d532c0fdeb6a35" },
    { BCRYPT_SP80056A_CONCAT_ALG_HANDLE, BCRYPT_SHA256_ALGORITHM, "ABCDE", 5,
      "83101b2313173ea5a887a992f639cb53f615c45977c767d15d64024002ed92766f84788c9369325d" },
};

START_TEST(one_generic_parameter_stands_for_all)
{
    struct parameters parameters = { 0 };
    BCRYPT_KEY_HANDLE key = new_key(generics[_i].algorithm, counting, 32);
    UCHAR derived[40];
    ULONG result;

    add_hash(&parameters, generics[_i].hash);
    add_parameter(&parameters, KDF_GENERIC_PARAMETER, generics[_i].generic,
                  generics[_i].generic_bytes);
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 40, &result, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 40, generics[_i].key);
}
END_TEST

/* What may be left out of SP 800-56A's information. */
static const struct
{
    ULONG missing;
    const char *key;
} supplements[] =
{
    { KDF_SUPPPRIVINFO,
      "e1a2ff5b652b7ac816f53110a04f3322a15e708356b5cf08f452e9d7a86bb7e807478180378d78a6" },
    { KDF_SUPPPUBINFO,
      "b4092cecfccd9d2c0a8fb4f6ae44afca6b6fac000d190e75c54167d4c92a9a2a7c6020d4344f3819" },
};

START_TEST(supplementary_information_is_optional)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_SP80056A_CONCAT_ALG_HANDLE, counting, 32);
    UCHAR derived[40];
    ULONG result;

    fill_parameters(&parameters, BCRYPT_SP80056A_CONCAT_ALG_HANDLE, BCRYPT_SHA256_ALGORITHM,
                    supplements[_i].missing);
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 40, &result, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 40, supplements[_i].key);
}
END_TEST

START_TEST(a_key_bit_length_replaces_the_length_that_is_hashed)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, counting, 32);
    ULONG bits = 128, result;
    UCHAR derived[40];

    fill_parameters(&parameters, BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, BCRYPT_SHA256_ALGORITHM,
                    NO_PARAMETER);
    add_parameter(&parameters, KDF_KEYBITLENGTH, &bits, sizeof(bits));
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 40, &result, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 40,
               "b5b9302655fb936972e89fc9706fc6d7653d978f40785ea9857fe98092764a1579160b532bab001a");
    parameters.buffers[parameters.list.cBuffers - 1].cbBuffer = 2;
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 40, &result, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(more_bytes_than_their_bits_can_be_counted_are_refused)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, counting, 32);
    UCHAR derived[40];
    ULONG result;

    fill_parameters(&parameters, BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, BCRYPT_SHA256_ALGORITHM,
                    NO_PARAMETER);
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 0x20000000, &result, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* Passwords, salts and counts that are left out or at their limits. */
static const struct
{
    const char *salt;
    ULONG salt_type;
    ULONGLONG count;
    const char *key;
} pbkdf2_variants[] =
{
    { "salt", KDF_SALT, 0, "a2c2646186828474b754591a547c18f132d88d74" },          /* count: 10000 */
    { "salt", KDF_GENERIC_PARAMETER, 3, "6b4e26125c25cf21ae35ead955f479ea2e71f6ff" },
    { NULL, 0, 3, "d3a6687c6e28f28f589b073927d1b556f2fb2f7f" },
    { "salt", KDF_SALT, 1, "0c60c80f961f0e71f3a9b524af6012062fe037a6" },          /* RFC 6070 */
};

START_TEST(pbkdf2_has_defaults)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_PBKDF2_ALG_HANDLE, "password", 8);
    ULONGLONG count = pbkdf2_variants[_i].count;
    struct parameters parameters = { 0 };
    UCHAR derived[20];
    ULONG result;

    add_hash(&parameters, BCRYPT_SHA1_ALGORITHM);
    if (pbkdf2_variants[_i].salt)
    {
        add_parameter(&parameters, pbkdf2_variants[_i].salt_type, pbkdf2_variants[_i].salt, 4);
    }
    if (count) add_parameter(&parameters, KDF_ITERATION_COUNT, &count, sizeof(count));
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 20, &result, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 20, pbkdf2_variants[_i].key);
}
END_TEST

static const ULONG wrong_counts[] = { 0, 1, 4, 7, 8 };

START_TEST(an_iteration_count_is_eight_bytes_and_not_zero)
{
    struct parameters parameters = { 0 };
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_PBKDF2_ALG_HANDLE, "password", 8);
    ULONGLONG count = wrong_counts[_i] == 8 ? 0 : 3;
    UCHAR derived[20];
    ULONG result;

    add_hash(&parameters, BCRYPT_SHA1_ALGORITHM);
    add_parameter(&parameters, KDF_ITERATION_COUNT, &count, wrong_counts[_i]);
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 20, &result, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(cmac_wants_an_aes_key)
{
    struct parameters parameters;
    struct parameters counter;
    UCHAR derived[40];
    ULONG result;

    fill_parameters(&parameters, BCRYPT_PBKDF2_ALG_HANDLE, BCRYPT_AES_CMAC_ALGORITHM, NO_PARAMETER);
    fill_parameters(&counter, BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, BCRYPT_AES_CMAC_ALGORITHM,
                    NO_PARAMETER);
    expect_status(BCryptKeyDerivation(new_key(BCRYPT_PBKDF2_ALG_HANDLE, counting, 15),
                                      &parameters.list, derived, 40, &result, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptKeyDerivation(new_key(BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, counting, 33),
                                      &counter.list, derived, 40, &result, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptKeyDerivation(new_key(BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, counting, 16),
                                      &counter.list, derived, 40, &result, 0), STATUS_SUCCESS);
    expect_hex(derived, 40,
               "3fc9b552ad320ef843abf45fe0209ce553353235b587ffa35dfd387b410da1c1a60066f8b9f805ce");
}
END_TEST

/* Halves of a secret of 31 bytes share one; those of an empty secret are empty. */
static const struct
{
    ULONG bytes;
    const char *key;
} tls_secrets[] =
{
    { 31, "54aad6af0f1b687d07d693f1b1d7c63f4cca0892ccd95bac5083eb7cd6df48793bd7aad2502f2925" },
    { 0,  "409b35ba3ad0d5f2afdefffc36db55833bde0875a818ac908370c1d30964d3155b57da3262625d0d" },
};

START_TEST(the_tls_function_halves_any_secret)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_TLS1_1_KDF_ALG_HANDLE, counting, tls_secrets[_i].bytes);
    UCHAR derived[40];
    ULONG result;

    fill_parameters(&parameters, BCRYPT_TLS1_1_KDF_ALG_HANDLE, NULL, NO_PARAMETER);
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 40, &result, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 40, tls_secrets[_i].key);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG label, seed;
    NTSTATUS status;
} tls_sizes[] =
{
    { BCRYPT_TLS1_1_KDF_ALG_HANDLE, 256, 256, STATUS_SUCCESS },
    { BCRYPT_TLS1_2_KDF_ALG_HANDLE, 256, 256, STATUS_SUCCESS },
    { BCRYPT_TLS1_1_KDF_ALG_HANDLE, 257, 64,  STATUS_INVALID_PARAMETER },
    { BCRYPT_TLS1_1_KDF_ALG_HANDLE, 64,  257, STATUS_INVALID_PARAMETER },
    { BCRYPT_TLS1_2_KDF_ALG_HANDLE, 257, 64,  STATUS_INVALID_PARAMETER },
    { BCRYPT_TLS1_2_KDF_ALG_HANDLE, 64,  257, STATUS_INVALID_PARAMETER },
};

START_TEST(tls_labels_and_seeds_have_at_most_256_bytes)
{
    BCRYPT_KEY_HANDLE key = new_key(tls_sizes[_i].algorithm, counting, 48);
    struct parameters parameters = { 0 };
    UCHAR text[257] = { 0 }, derived[48];
    ULONG result;

    add_hash(&parameters, BCRYPT_SHA256_ALGORITHM);
    add_parameter(&parameters, KDF_TLS_PRF_LABEL, text, tls_sizes[_i].label);
    add_parameter(&parameters, KDF_TLS_PRF_SEED, text, tls_sizes[_i].seed);
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 48, &result, 0),
                  tls_sizes[_i].status);
}
END_TEST

/* --- BCryptDeriveKeyPBKDF2 ------------------------------------------------------------------- */

/* The password is "password", with three iterations. */
static const struct
{
    const WCHAR *hash;
    BCRYPT_ALG_HANDLE prf;
    const char *key;
} pbkdf2_answers[] =
{
    { BCRYPT_MD5_ALGORITHM, BCRYPT_HMAC_MD5_ALG_HANDLE,
      "f6acd4bda3e4d3d831a5f61da9ca9d5c3877566e979f4928778d81be4f2e9433a31043bbf3945c35" },
    { BCRYPT_SHA1_ALGORITHM, BCRYPT_HMAC_SHA1_ALG_HANDLE,
      "6b4e26125c25cf21ae35ead955f479ea2e71f6ff9e400029f04810eece31355533bb2ed348e604da" },
    { BCRYPT_SHA256_ALGORITHM, BCRYPT_HMAC_SHA256_ALG_HANDLE,
      "ad35240ac683febfaf3cd49d845473fbbbaa2437f5f82d5a415ae00ac76c6bfccf9a9b8d6d2fe4a1" },
    { BCRYPT_SHA384_ALGORITHM, BCRYPT_HMAC_SHA384_ALG_HANDLE,
      "1bfb451b6087e5d24eeffb57d7284448da95b581d35a1887d9a6e756af559b1fb4798a4529502f87" },
    { BCRYPT_SHA512_ALGORITHM, BCRYPT_HMAC_SHA512_ALG_HANDLE,
      "b6b07cb2cebf4ad84468391a543824fccffe0e0769dbe6bddf10a65673c4b648e612d44918f9ce9a" },
    { BCRYPT_SHA3_256_ALGORITHM, BCRYPT_HMAC_SHA3_256_ALG_HANDLE,
      "6677065466c97fdef1c15ae8d95020ca948334f53eceeafc6115ddf405f6d6a4f75ba13a75082d8d" },
};

START_TEST(pbkdf2_answers_the_same_in_every_way)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_PBKDF2_ALG_HANDLE, "password", 8);
    BCRYPT_ALG_HANDLE prf = open_algorithm(pbkdf2_answers[_i].hash, BCRYPT_ALG_HANDLE_HMAC_FLAG);
    UCHAR derived[40];
    ULONG result;

    fill_parameters(&parameters, BCRYPT_PBKDF2_ALG_HANDLE, pbkdf2_answers[_i].hash, NO_PARAMETER);
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 40, &result, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 40, pbkdf2_answers[_i].key);
    expect_status(BCryptDeriveKeyPBKDF2(prf, (UCHAR *)"password", 8, (UCHAR *)"salt", 4, 3, derived,
                                        40, 0), STATUS_SUCCESS);
    expect_hex(derived, 40, pbkdf2_answers[_i].key);
    expect_status(BCryptDeriveKeyPBKDF2(pbkdf2_answers[_i].prf, (UCHAR *)"password", 8,
                                        (UCHAR *)"salt", 4, 3, derived, 40, 0), STATUS_SUCCESS);
    expect_hex(derived, 40, pbkdf2_answers[_i].key);
}
END_TEST

START_TEST(pbkdf2_takes_an_empty_password_and_an_empty_salt)
{
    UCHAR derived[20];

    expect_status(BCryptDeriveKeyPBKDF2(BCRYPT_HMAC_SHA1_ALG_HANDLE, NULL, 0, (UCHAR *)"salt", 4, 3,
                                        derived, 20, 0), STATUS_SUCCESS);
    expect_hex(derived, 20, "0cebfb1825d38ce91db4a69a0b9e776b2a2323eb");
    expect_status(BCryptDeriveKeyPBKDF2(BCRYPT_HMAC_SHA1_ALG_HANDLE, (UCHAR *)"password", 8, NULL,
                                        0, 3, derived, 20, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 20, "d3a6687c6e28f28f589b073927d1b556f2fb2f7f");
}
END_TEST

START_TEST(pbkdf2_refuses_wrong_arguments)
{
    UCHAR derived[20], *text = (UCHAR *)"password";

    mark(derived, sizeof(derived));
    expect_status(
        BCryptDeriveKeyPBKDF2(BCRYPT_HMAC_SHA1_ALG_HANDLE, text, 8, text, 8, 0, derived, 20, 0),
        STATUS_INVALID_PARAMETER);
    expect_status(
        BCryptDeriveKeyPBKDF2(BCRYPT_HMAC_SHA1_ALG_HANDLE, text, 8, text, 8, 1, NULL, 20, 0),
        STATUS_INVALID_PARAMETER);
    expect_status(
        BCryptDeriveKeyPBKDF2(BCRYPT_HMAC_SHA1_ALG_HANDLE, text, 8, text, 8, 1, derived, 0, 0),
        STATUS_INVALID_PARAMETER);
    expect_status(
        BCryptDeriveKeyPBKDF2(BCRYPT_HMAC_SHA1_ALG_HANDLE, text, 8, text, 8, 1, derived, 20, 1),
        STATUS_INVALID_PARAMETER);
    expect_status(
        BCryptDeriveKeyPBKDF2(BCRYPT_HMAC_SHA1_ALG_HANDLE, NULL, 8, text, 8, 1, derived, 20, 0),
        STATUS_INVALID_PARAMETER);
    expect_status(
        BCryptDeriveKeyPBKDF2(BCRYPT_HMAC_SHA1_ALG_HANDLE, text, 8, NULL, 8, 1, derived, 20, 0),
        STATUS_INVALID_PARAMETER);
    expect_untouched(derived, sizeof(derived));
}
END_TEST

START_TEST(pbkdf2_wants_an_algorithm_handle)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_HMAC_SHA1_ALG_HANDLE, "key", 3, 0);
    UCHAR derived[20], *text = (UCHAR *)"password";

    expect_status(BCryptDeriveKeyPBKDF2(NULL, text, 8, text, 8, 1, derived, 20, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptDeriveKeyPBKDF2(hash, text, 8, text, 8, 1, derived, 20, 0),
                  STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(pbkdf2_works_with_cmac)
{
    BCRYPT_ALG_HANDLE cmac = open_algorithm(BCRYPT_AES_CMAC_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG);
    UCHAR derived[40];

    expect_status(BCryptDeriveKeyPBKDF2(cmac, (UCHAR *)"password12345678", 16, (UCHAR *)"salt", 4,
                                        3, derived, 40, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 40,
               "50f7cb1c137e453d35005190a2e41d1107d3487bc0f187864f3747268b2652bc23c8d1d26decf783");
    expect_refused(
        BCryptDeriveKeyPBKDF2(cmac, (UCHAR *)"password", 8, (UCHAR *)"salt", 4, 3, derived, 40, 0));
}
END_TEST

START_TEST(pbkdf2_has_no_use_for_kmac)
{
    UCHAR derived[20];

    expect_status(BCryptDeriveKeyPBKDF2(BCRYPT_KMAC128_ALG_HANDLE, (UCHAR *)"password", 8,
                                        (UCHAR *)"salt", 4, 3, derived, 20, 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

void kdf_functions_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, pbkdf2_answers_the_same_in_every_way, pbkdf2_answers);
    add_rows(tests, one_generic_parameter_stands_for_all, generics);
    add_rows(tests, supplementary_information_is_optional, supplements);
    add_rows(tests, pbkdf2_has_defaults, pbkdf2_variants);
    add_rows(tests, the_tls_function_halves_any_secret, tls_secrets);
    add_rows(tests, tls_labels_and_seeds_have_at_most_256_bytes, tls_sizes);
    add_rows(tests, an_iteration_count_is_eight_bytes_and_not_zero, wrong_counts);
    add_test(tests, pbkdf2_takes_an_empty_password_and_an_empty_salt);
    add_test(tests, pbkdf2_refuses_wrong_arguments);
    add_test(tests, pbkdf2_wants_an_algorithm_handle);
    add_test(tests, pbkdf2_works_with_cmac);

    tests = ours(suite);
    add_test(tests, a_key_bit_length_replaces_the_length_that_is_hashed);
    add_test(tests, more_bytes_than_their_bits_can_be_counted_are_refused);
    add_test(tests, cmac_wants_an_aes_key);
    add_test(tests, pbkdf2_has_no_use_for_kmac);
}
