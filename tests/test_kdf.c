/*
 * test_kdf.c - keys from secrets: BCryptKeyDerivation, and the keys it takes.
 *
 * What each function has for itself is in test_kdf_functions.c, HKDF in test_hkdf.c, published
 * vectors in test_vectors_kdf.c. The answers here were made with Python's hashlib and hmac and with
 * the cryptography package, from the definitions.
 *
 * SPDX-License-Identifier: MIT
 */

#include "kdf_parameters.h"

/* --- answers: the secret is 00 01 ... 1f, the parameters are those of kdf_parameters.h -------- */

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    const WCHAR *hash;
    const char *key;
} answers[] =
{
    { BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, BCRYPT_MD5_ALGORITHM,
      "68f1104c6905bc14731c38c704ef6c8be2215493283a248ed484af85ed32dc63a3b96504375a85bc" },
    { BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, BCRYPT_SHA1_ALGORITHM,
      "86f54b0092c5d9bec74ad9ac269f9e6c2c0815a5d53daafc88cc2a141b36934836328ac9321d0b3a" },
    { BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, BCRYPT_SHA256_ALGORITHM,
      "c5115a8e2c9cf655fabbfecbe725e440a9838838f5b46130c654f368f780edd650d532c0fdeb6a35" },
    { BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, BCRYPT_SHA384_ALGORITHM,
      "f3a68b08a41c36c234ac1989b609bd9874f5635dc8dd5da58ea336b51ab02101c02abaf1f539c1af" },
    { BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, BCRYPT_SHA512_ALGORITHM,
      "70b63e3d47de66ed5de6465f2a7d427a1e753b865e4b358263eba89d353e18d0ca078a14734fe7a2" },
    { BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, BCRYPT_SHA3_256_ALGORITHM,
      "21a7df0faa8d205b1aadba7b6fc459208beff72cd598121c2f499b7e243940b926b2258affa9f2f7" },
    { BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, BCRYPT_AES_CMAC_ALGORITHM,
      "f14b2590d159191e74c966b0ccefd4e8acc21dac50a6b9816be8a8b591834af5291ae4253390327d" },
    { BCRYPT_SP80056A_CONCAT_ALG_HANDLE, BCRYPT_MD5_ALGORITHM,
      "add2e00f4c8b31438334282edf07a845722ec4702d0da442bb509b4ac0d5c0de7cae093a2dbad130" },
    { BCRYPT_SP80056A_CONCAT_ALG_HANDLE, BCRYPT_SHA1_ALGORITHM,
      "e03b1359a8e7b8f2c96dd0d9285c4a70be4ed219d509b57f68a615dd6943f4b8d23cb507babc132a" },
    { BCRYPT_SP80056A_CONCAT_ALG_HANDLE, BCRYPT_SHA256_ALGORITHM,
      "83101b2313173ea5a887a992f639cb53f615c45977c767d15d64024002ed92766f84788c9369325d" },
    { BCRYPT_SP80056A_CONCAT_ALG_HANDLE, BCRYPT_SHA384_ALGORITHM,
      "c2a673adca967dbcd581db5c17e5ae891ec5493a3217c04e9bdc756e98b9b3140182b30f46646b75" },
    { BCRYPT_SP80056A_CONCAT_ALG_HANDLE, BCRYPT_SHA512_ALGORITHM,
      "45d1ba5324d5a8244df9a8f42e2798828d34e911707c78684a1a330d7a5feec878d53ada1cfc82a0" },
    { BCRYPT_PBKDF2_ALG_HANDLE, BCRYPT_AES_CMAC_ALGORITHM,
      "77e3fcd5829ccd0b9416f3531f63a3c59514126363e53c24c3980615e5376b6f2a4d4e4e2b00390c" },
    { BCRYPT_CAPI_KDF_ALG_HANDLE, BCRYPT_SHA1_ALGORITHM,
      "076287edfad75027c3cdf0c7c6be7cc270df2cbac4a7af530eeff3cc475024ab018543071e0a2198" },
    { BCRYPT_CAPI_KDF_ALG_HANDLE, BCRYPT_SHA256_ALGORITHM,
      "6d72a2d7cde3335952a88bee3bc836e5e983e93f52a5fd24388eafdb41df163f27eba9d612f5e083" },
    { BCRYPT_TLS1_1_KDF_ALG_HANDLE, BCRYPT_SHA512_ALGORITHM,            /* which it does not use */
      "d97fade2b1789c426c5aab8d90fc515e93ed9211cfe28330ec4743c4f7e49a9270aee2b27e7533b0" },
    { BCRYPT_TLS1_2_KDF_ALG_HANDLE, BCRYPT_MD5_ALGORITHM,
      "38a85ce8e7a4a4b4e8fa09ddc3438b6803ca8c6062acffef40602321bb82c2484a435db7cc2d100d" },
    { BCRYPT_TLS1_2_KDF_ALG_HANDLE, BCRYPT_SHA1_ALGORITHM,
      "4b00ed4a9db5f0617b624a2d5cf1407943657ed9c7743be3c6ea708f149f1591da8d786e0d2e43ca" },
    { BCRYPT_TLS1_2_KDF_ALG_HANDLE, BCRYPT_SHA256_ALGORITHM,
      "c0dccb330eeec6e505f96f08fd63c9e6808f98eb19ef4e4feb5ed5957d798021765616e6948ce8f1" },
    { BCRYPT_TLS1_2_KDF_ALG_HANDLE, BCRYPT_SHA384_ALGORITHM,
      "b90ff7738fc53630da0bbf3663bdd2caae0b2a377e2de2caf4139b4e758d81fc6984b94fcaf84fdb" },
    { BCRYPT_TLS1_2_KDF_ALG_HANDLE, BCRYPT_SHA512_ALGORITHM,
      "9d0fd9d073b0c1b93bfb1f257c6fe60c24f9f77994e7a8199d97820dc95a16828d3b1fd6716ef5cf" },
};

START_TEST(every_function_and_hash_gives_the_defined_key)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE key = new_key(answers[_i].algorithm, counting, 32);
    UCHAR derived[44];
    ULONG result = 0;

    fill_parameters(&parameters, answers[_i].algorithm, answers[_i].hash, NO_PARAMETER);
    mark(derived, sizeof(derived));
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 40, &result, 0),
                  STATUS_SUCCESS);
    expect_value(result, 40);
    expect_hex(derived, 40, answers[_i].key);
    expect_untouched(derived + 40, 4);
}
END_TEST

/* --- secrets-and-kdf.md: names and numbers that programs were compiled with ------------------- */

static const struct
{
    const WCHAR *name, *text;
} names[] =
{
    { BCRYPT_KDF_HASH, L"HASH" },       { BCRYPT_KDF_HMAC, L"HMAC" },
    { BCRYPT_KDF_TLS_PRF, L"TLS_PRF" }, { BCRYPT_KDF_SP80056A_CONCAT, L"SP800_56A_CONCAT" },
    { BCRYPT_KDF_HKDF, L"HKDF" },       { BCRYPT_KDF_RAW_SECRET, L"TRUNCATE" },
    { BCRYPT_HKDF_HASH_ALGORITHM, L"HkdfHashAlgorithm" },
    { BCRYPT_HKDF_SALT_AND_FINALIZE, L"HkdfSaltAndFinalize" },
    { BCRYPT_HKDF_PRK_AND_FINALIZE, L"HkdfPrkAndFinalize" },
};

START_TEST(a_name_is_the_sdks)
{
    expect_wide(names[_i].name, names[_i].text);
}
END_TEST

static const ULONG parameter_numbers[] =
{
    KDF_HASH_ALGORITHM, KDF_SECRET_PREPEND, KDF_SECRET_APPEND, KDF_HMAC_KEY, KDF_TLS_PRF_LABEL,
    KDF_TLS_PRF_SEED, KDF_SECRET_HANDLE, KDF_TLS_PRF_PROTOCOL, KDF_ALGORITHMID, KDF_PARTYUINFO,
    KDF_PARTYVINFO, KDF_SUPPPUBINFO, KDF_SUPPPRIVINFO, KDF_LABEL, KDF_CONTEXT, KDF_SALT,
    KDF_ITERATION_COUNT, KDF_GENERIC_PARAMETER, KDF_KEYBITLENGTH, KDF_HKDF_SALT, KDF_HKDF_INFO,
};

START_TEST(a_parameters_number_is_the_sdks)         /* 0, 1, 2... */
{
    expect_value(parameter_numbers[_i], _i);
}
END_TEST

/* --- the keys ---------------------------------------------------------------------------- */

static const ULONG secret_sizes[] = { 0, 1, 64, 65, 1024, 2047, 2048 };

START_TEST(a_secret_may_have_2048_bytes)
{
    UCHAR secret[2048] = { 0 }, object[4096];
    BCRYPT_KEY_HANDLE key;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(kdfs); i++)
    {
        BCRYPT_ALG_HANDLE algorithm = open_algorithm(kdfs[i].id, 0);

        expect_status(
            BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, secret, secret_sizes[_i], 0),
            STATUS_SUCCESS);
        expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 8 * secret_sizes[_i]);
        expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
        expect_status(BCryptGenerateSymmetricKey(kdfs[i].pseudo, &key, object, sizeof(object),
                                                 secret, secret_sizes[_i], 0),
                      STATUS_SUCCESS);
        expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
        expect_status(BCryptDestroyKey(key), STATUS_INVALID_HANDLE);
    }
}
END_TEST

/* "a secret of more than 2048 bytes INVALID_PARAMETER", as the lengths say */
START_TEST(a_longer_secret_is_refused)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(kdfs[_i].id, 0);
    static const ULONG sizes[] = { 2049, 2056, 4096, 5000 };
    UCHAR secret[5000] = { 0 }, object[4096];
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        expect_status(BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, secret, sizes[i], 0),
                      STATUS_INVALID_PARAMETER);
        expect_status(BCryptGenerateSymmetricKey(kdfs[_i].pseudo, &key, object, sizeof(object),
                                                 secret, sizes[i], 0), STATUS_INVALID_PARAMETER);
    }
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

/* Blobs are no way round: of HKDF's the pseudo-random key counts, behind its hash's name. */
START_TEST(a_longer_secret_is_refused_in_a_blob)
{
    static const UCHAR name[] = { 0, 0, 0, 14, 'S', 0, 'H', 0, 'A', 0, '2', 0, '5', 0, '6', 0 };
    bool is_hkdf = kdfs[_i].pseudo == BCRYPT_HKDF_ALG_HANDLE;
    ULONG head = is_hkdf ? 18 : 0, count;
    UCHAR blob[12 + 18 + 2049] = { 'K', 'D', 'B', 'M', 1 };
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    if (is_hkdf) memcpy(blob + 12, name, sizeof(name));
    count = head + 2049;
    memcpy(blob + 8, &count, sizeof(count));
    expect_status(BCryptImportKey(kdfs[_i].pseudo, NULL, BCRYPT_KEY_DATA_BLOB, &key, NULL, 0, blob,
                                  12 + count, 0), STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
    count--;
    memcpy(blob + 8, &count, sizeof(count));
    expect_status(BCryptImportKey(kdfs[_i].pseudo, NULL, BCRYPT_KEY_DATA_BLOB, &key, NULL, 0, blob,
                                  12 + count, 0), STATUS_SUCCESS);
    keep_key(key);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 16384);
}
END_TEST

/* BCryptDeriveKeyPBKDF2 takes an HMAC's key, which has no such limit; by Python's hashlib. */
static const struct
{
    BCRYPT_ALG_HANDLE prf;
    ULONG bytes;
    const char *key;
} passwords[] =
{
    { BCRYPT_HMAC_SHA1_ALG_HANDLE, 2048,
      "8ce4ec0bd39ca344512c9b521b8d1ec5a01b9452dfa8cf089667cbcdf38f119b5f8a9556d413b23e" },
    { BCRYPT_HMAC_SHA256_ALG_HANDLE, 2048,
      "2293fb4e564e067041eeefa0a8de274404520e0b765ca81f5ee7390c5abea037906cc83a0dc97351" },
    { BCRYPT_HMAC_SHA512_ALG_HANDLE, 2048,
      "1ad4758276b57929a573cec41df5f6df87c3c01dfaf342ec00a7404c2cff2eac4a76186d8b11ad07" },
    { BCRYPT_HMAC_SHA1_ALG_HANDLE, 2049,
      "ececa33851ca250cd59691b89a69a0f8ba88815800775d3b575464ef72e50093894bb91fbac76862" },
    { BCRYPT_HMAC_SHA256_ALG_HANDLE, 2049,
      "54feabaef40d5f799e83174aa1e3743e5a13d0518591991aea8c646a7f6d1debb3f88ab1bb9d2514" },
    { BCRYPT_HMAC_SHA512_ALG_HANDLE, 2049,
      "8321ee3185a5da5d02dba7280b0043f161926366ebfc4819db7b10edbc20c1bbb8edbd46b707268d" },
    { BCRYPT_HMAC_SHA1_ALG_HANDLE, 5000,
      "21071fa5c3feb5c04d1262d363dd8959fcd172cffd45ec557a30b0f4357a06a28f02359faa87e205" },
    { BCRYPT_HMAC_SHA256_ALG_HANDLE, 5000,
      "83d0f3787dfe1020aa941a0ed5d1f8a5f0b47e4526fb1361ef60fc07b0471c91151087fea13a39e0" },
    { BCRYPT_HMAC_SHA512_ALG_HANDLE, 5000,
      "b320f1a87d9d978def578a80b6e884a2cc2b6463ad33d3a802d9661e59319ad65bea117ddca275ae" },
};

START_TEST(a_password_may_be_longer)
{
    UCHAR password[5000], derived[40];
    ULONG i;

    for (i = 0; i < sizeof(password); i++) password[i] = (UCHAR)(7 * i + 1);
    expect_status(BCryptDeriveKeyPBKDF2(passwords[_i].prf, password, passwords[_i].bytes,
                                        (UCHAR *)"salt", 4, 3, derived, sizeof(derived), 0),
                  STATUS_SUCCESS);
    expect_hex(derived, sizeof(derived), passwords[_i].key);
}
END_TEST

/* What PBKDF2 has no use for it has none for with a long password. */
START_TEST(a_long_password_makes_no_hash_useful)
{
    UCHAR password[3000] = { 0 }, derived[16];

    mark(derived, sizeof(derived));
    expect_status(BCryptDeriveKeyPBKDF2(BCRYPT_KMAC128_ALG_HANDLE, password, sizeof(password),
                                        (UCHAR *)"salt", 4, 1, derived, sizeof(derived), 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptDeriveKeyPBKDF2(BCRYPT_AES_CMAC_ALG_HANDLE, password, sizeof(password),
                                        (UCHAR *)"salt", 4, 1, derived, sizeof(derived), 0),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(derived, sizeof(derived));
}
END_TEST

START_TEST(a_secret_needs_a_pointer_even_if_it_is_empty)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_refused(BCryptGenerateSymmetricKey(kdfs[_i].pseudo, &key, NULL, 0, NULL, 0, 0));
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_key_takes_no_flags_and_an_algorithm_none)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;
    UCHAR secret[16] = { 0 };

    expect_status(BCryptGenerateSymmetricKey(kdfs[_i].pseudo, &key, NULL, 0, secret, 16, 1),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
    expect_status(
        BCryptOpenAlgorithmProvider(&algorithm, kdfs[_i].id, NULL, BCRYPT_ALG_HANDLE_HMAC_FLAG),
        STATUS_NOT_SUPPORTED);
    expect_pointer(algorithm, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(an_algorithm_says_what_it_is)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(kdfs[_i].id, 0);
    BCRYPT_KEY_LENGTHS_STRUCT lengths;
    ULONG result;

    expect_property_wide(algorithm, BCRYPT_ALGORITHM_NAME, kdfs[_i].id);
    expect_property_wide(kdfs[_i].pseudo, BCRYPT_ALGORITHM_NAME, kdfs[_i].id);
    expect_value(property_ulong(algorithm, BCRYPT_PRIMITIVE_TYPE), BCRYPT_KEY_DERIVATION_INTERFACE);
    expect_true(property_ulong(algorithm, BCRYPT_OBJECT_LENGTH) > 0);
    expect_at_most(property_ulong(algorithm, BCRYPT_OBJECT_LENGTH), 4096);
    expect_status(BCryptGetProperty(algorithm, BCRYPT_KEY_LENGTHS, (UCHAR *)&lengths,
                                    sizeof(lengths), &result, 0),
                  STATUS_SUCCESS);
    expect_true(lengths.dwMinLength == 0 && lengths.dwMaxLength == 16384 &&
                lengths.dwIncrement == 8);
    memset(&lengths, 0xff, sizeof(lengths));
    expect_status(BCryptGetProperty(kdfs[_i].pseudo, BCRYPT_KEY_LENGTHS, (UCHAR *)&lengths,
                                    sizeof(lengths), &result, 0), STATUS_SUCCESS);
    expect_true(lengths.dwMinLength == 0 && lengths.dwMaxLength == 16384 &&
                lengths.dwIncrement == 8);
    expect_property(algorithm, BCRYPT_BLOCK_LENGTH, STATUS_NOT_SUPPORTED);
    expect_property(algorithm, BCRYPT_HKDF_HASH_ALGORITHM, STATUS_NOT_SUPPORTED);
    expect_status(
        BCryptSetProperty(algorithm, BCRYPT_HKDF_HASH_ALGORITHM, (UCHAR *)L"SHA256", 14, 0),
        STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(a_key_says_what_it_is)
{
    BCRYPT_KEY_HANDLE key = new_key(kdfs[_i].pseudo, counting, 20);

    expect_property_wide(key, BCRYPT_ALGORITHM_NAME, kdfs[_i].id);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 160);
    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), 160);
    expect_property(key, BCRYPT_CHAINING_MODE, STATUS_NOT_SUPPORTED);
    expect_property(key, BCRYPT_HKDF_SALT_AND_FINALIZE, STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(a_key_object_that_is_too_small_is_refused)
{
    ULONG bytes = property_ulong(kdfs[_i].pseudo, BCRYPT_OBJECT_LENGTH);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    UCHAR object[4096], secret[16] = { 0 };

    expect_status(
        BCryptGenerateSymmetricKey(kdfs[_i].pseudo, &key, object, bytes - 1, secret, 16, 0),
        STATUS_BUFFER_TOO_SMALL);
    expect_status(BCryptGenerateSymmetricKey(kdfs[_i].pseudo, &key, NULL, bytes, secret, 16, 0),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_key_is_for_derivation_alone)
{
    BCRYPT_KEY_HANDLE key = new_key(kdfs[_i].pseudo, counting, 16), pair = UNTOUCHED_HANDLE;
    UCHAR block[16] = { 0 };
    ULONG result;

    expect_encrypt(key, STATUS_NOT_SUPPORTED, .input = block, .bytes = 16, .output = block,
                   .room = 16, .result = &result);
    expect_status(BCryptGenerateKeyPair(kdfs[_i].pseudo, &pair, 256, 0), STATUS_NOT_SUPPORTED);
    expect_status(BCryptCreateHash(kdfs[_i].pseudo, &pair, NULL, 0, NULL, 0, 0),
                  STATUS_NOT_SUPPORTED);
    expect_pointer(pair, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_duplicate_derives_the_same_key)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE copy, key = new_key(answers[_i].algorithm, counting, 32);
    UCHAR derived[40], object[4096];
    ULONG result;

    fill_parameters(&parameters, answers[_i].algorithm, answers[_i].hash, NO_PARAMETER);
    expect_status(BCryptDuplicateKey(key, &copy, object, sizeof(object), 0), STATUS_SUCCESS);
    keep_key(copy);
    BCryptDestroyKey(key);
    expect_status(BCryptKeyDerivation(copy, &parameters.list, derived, 40, &result, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 40, answers[_i].key);
}
END_TEST

/* --- the blob ------------------------------------------------------------------------------ */

#define DATA_HEADER "4b44424d" "01000000"

START_TEST(a_key_goes_through_its_blob)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE copy, key = new_key(answers[_i].algorithm, counting, 32);
    UCHAR blob[48], derived[40];
    ULONG result = 0;

    fill_parameters(&parameters, answers[_i].algorithm, answers[_i].hash, NO_PARAMETER);
    mark(blob, sizeof(blob));
    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, NULL, 0, &result, 0),
                  STATUS_SUCCESS);
    expect_value(result, 44);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, blob, 43, &result, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_untouched(blob, sizeof(blob));
    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, blob, 48, &result, 0),
                  STATUS_SUCCESS);
    expect_hex(blob, 12, DATA_HEADER "20000000");
    expect_bytes(blob + 12, counting, 32);
    expect_untouched(blob + 44, 4);

    expect_status(BCryptImportKey(answers[_i].algorithm, NULL, BCRYPT_KEY_DATA_BLOB, &copy, NULL, 0,
                                  blob, 44, 0), STATUS_SUCCESS);
    keep_key(copy);
    expect_status(BCryptKeyDerivation(copy, &parameters.list, derived, 40, &result, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 40, answers[_i].key);
}
END_TEST

static const struct
{
    const WCHAR *type;
    const char *blob;
    NTSTATUS status;
} bad_blobs[] =
{
    { BCRYPT_KEY_DATA_BLOB,   "4b44424d" "01000000" "0100", STATUS_BUFFER_TOO_SMALL },
    { BCRYPT_KEY_DATA_BLOB,   "4b44424d" "01000000" "02000000" "00", STATUS_INVALID_PARAMETER },
    { BCRYPT_KEY_DATA_BLOB,   "4b44424d" "01000000" "ffffffff" "00", STATUS_INVALID_PARAMETER },
    { BCRYPT_KEY_DATA_BLOB,   "4b44424e" "01000000" "01000000" "00", STATUS_INVALID_PARAMETER },
    { BCRYPT_KEY_DATA_BLOB,   "4b44424d" "02000000" "01000000" "00", STATUS_INVALID_PARAMETER },
    { BCRYPT_OPAQUE_KEY_BLOB, "4b44424d" "01000000" "01000000" "00", STATUS_NOT_SUPPORTED },
    { L"no such blob",        "4b44424d" "01000000" "01000000" "00", STATUS_NOT_SUPPORTED },
};

START_TEST(a_bad_blob_is_refused)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    UCHAR blob[16];
    ULONG bytes = (ULONG)unhex(blob, sizeof(blob), bad_blobs[_i].blob);

    expect_status(BCryptImportKey(BCRYPT_PBKDF2_ALG_HANDLE, NULL, bad_blobs[_i].type, &key, NULL, 0,
                                  blob, bytes, 0), bad_blobs[_i].status);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(other_blobs_are_not_exported)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_PBKDF2_ALG_HANDLE, counting, 8);
    ULONG result;

    expect_status(BCryptExportKey(key, NULL, BCRYPT_OPAQUE_KEY_BLOB, NULL, 0, &result, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(
        BCryptExportKey(key, new_aes_key(128), BCRYPT_AES_WRAP_KEY_BLOB, NULL, 0, &result, 0),
        STATUS_NOT_SUPPORTED);
}
END_TEST

/* --- the call ------------------------------------------------------------------------------ */

START_TEST(a_handle_that_is_no_such_key_is_refused)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_PBKDF2_ALG_HANDLE, counting, 8);
    ULONG result = UNTOUCHED_ULONG;
    UCHAR derived[20];

    fill_parameters(&parameters, BCRYPT_PBKDF2_ALG_HANDLE, BCRYPT_SHA1_ALGORITHM, NO_PARAMETER);
    mark(derived, sizeof(derived));
    BCryptDestroyKey(key);
    expect_status(BCryptKeyDerivation(NULL, &parameters.list, derived, 20, &result, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 20, &result, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(
        BCryptKeyDerivation(BCRYPT_PBKDF2_ALG_HANDLE, &parameters.list, derived, 20, &result, 0),
        STATUS_INVALID_HANDLE);
    expect_status(BCryptKeyDerivation(new_aes_key(128), &parameters.list, derived, 20, &result, 0),
                  STATUS_NOT_SUPPORTED);
    expect_untouched(derived, sizeof(derived));
    expect_value(result, UNTOUCHED_ULONG);
}
END_TEST

START_TEST(a_missing_output_is_an_invalid_parameter)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE key = new_key(answers[_i].algorithm, counting, 32);
    ULONG result = UNTOUCHED_ULONG;
    UCHAR derived[20];

    fill_parameters(&parameters, answers[_i].algorithm, answers[_i].hash, NO_PARAMETER);
    mark(derived, sizeof(derived));
    expect_status(BCryptKeyDerivation(key, &parameters.list, NULL, 20, &result, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 0, &result, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 20, NULL, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 20, &result, 1),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(derived, sizeof(derived));
    expect_value(result, UNTOUCHED_ULONG);
}
END_TEST

START_TEST(the_aes_flag_is_for_capi_alone)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE key = new_key(kdfs[_i].pseudo, counting, 32);
    bool is_capi = kdfs[_i].pseudo == BCRYPT_CAPI_KDF_ALG_HANDLE;
    UCHAR derived[16];
    ULONG result;

    fill_parameters(&parameters, kdfs[_i].pseudo, BCRYPT_SHA1_ALGORITHM, NO_PARAMETER);
    expect_status(
        BCryptKeyDerivation(key, &parameters.list, derived, 16, &result, BCRYPT_CAPI_AES_FLAG),
        is_capi ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(a_list_with_pointers_missing_is_an_invalid_parameter)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE key = new_key(answers[_i].algorithm, counting, 32);
    BCryptBufferDesc list = { BCRYPTBUFFER_VERSION, 2, NULL };
    ULONG result = UNTOUCHED_ULONG, i;
    UCHAR derived[20];

    fill_parameters(&parameters, answers[_i].algorithm, answers[_i].hash, NO_PARAMETER);
    mark(derived, sizeof(derived));
    expect_status(BCryptKeyDerivation(key, NULL, derived, 20, &result, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptKeyDerivation(key, &list, derived, 20, &result, 0),
                  STATUS_INVALID_PARAMETER);
    for (i = 0; i < parameters.list.cBuffers; i++)
    {
        struct parameters broken = parameters;

        broken.list.pBuffers = broken.buffers;
        broken.buffers[i].pvBuffer = NULL;
        expect_status(BCryptKeyDerivation(key, &broken.list, derived, 20, &result, 0),
                      STATUS_INVALID_PARAMETER);
    }
    expect_untouched(derived, sizeof(derived));
    expect_value(result, UNTOUCHED_ULONG);
}
END_TEST

START_TEST(a_required_parameter_that_is_missing_is_an_invalid_parameter)
{
    const struct kdf *kdf = &kdfs[_i];
    BCRYPT_KEY_HANDLE key = new_key(kdf->pseudo, counting, 32);
    ULONG result = UNTOUCHED_ULONG, i;
    UCHAR derived[20];

    mark(derived, sizeof(derived));
    for (i = 0; i < PARAMETERS_MOST && kdf->required[i] != NO_PARAMETER; i++)
    {
        struct parameters parameters;

        fill_parameters(&parameters, kdf->pseudo, BCRYPT_SHA256_ALGORITHM, kdf->required[i]);
        expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 20, &result, 0),
                      STATUS_INVALID_PARAMETER);
    }
    expect_untouched(derived, sizeof(derived));
    expect_value(result, UNTOUCHED_ULONG);
}
END_TEST

START_TEST(a_parameter_of_no_bytes_needs_no_pointer)
{
    struct parameters parameters = { 0 };
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_PBKDF2_ALG_HANDLE, "password", 8);
    ULONGLONG three = 3;
    UCHAR derived[20];
    ULONG result;

    add_hash(&parameters, BCRYPT_SHA1_ALGORITHM);
    add_parameter(&parameters, KDF_SALT, NULL, 0);
    add_parameter(&parameters, KDF_ITERATION_COUNT, &three, sizeof(three));
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 20, &result, 0),
                  STATUS_SUCCESS);
    expect_hex(derived, 20, "d3a6687c6e28f28f589b073927d1b556f2fb2f7f");
}
END_TEST

static const struct
{
    const WCHAR *name;
} no_hashes[] =
{
    { L"no such hash" }, { BCRYPT_RNG_ALGORITHM }, { BCRYPT_AES_ALGORITHM }, { L"" },
    { BCRYPT_KMAC128_ALGORITHM },
    { L"a name that is longer than the name of any algorithm that there ever will be" },
};

START_TEST(an_unknown_hash_is_not_supported)
{
    UCHAR derived[20];
    ULONG result;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(kdfs); i++)
    {
        struct parameters parameters;
        BCRYPT_KEY_HANDLE key = new_key(kdfs[i].pseudo, counting, 32);

        fill_parameters(&parameters, kdfs[i].pseudo, no_hashes[_i].name, NO_PARAMETER);
        if (kdfs[i].required[0] != KDF_HASH_ALGORITHM) continue;
        expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 20, &result, 0),
                      STATUS_NOT_SUPPORTED);
    }
}
END_TEST

START_TEST(half_a_character_is_an_invalid_parameter)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_PBKDF2_ALG_HANDLE, counting, 32);
    UCHAR derived[20];
    ULONG result;

    fill_parameters(&parameters, BCRYPT_PBKDF2_ALG_HANDLE, BCRYPT_SHA256_ALGORITHM, NO_PARAMETER);
    parameters.buffers[0].cbBuffer--;
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 20, &result, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(a_hash_may_be_named_without_its_nul)
{
    struct parameters parameters;
    BCRYPT_KEY_HANDLE key = new_key(answers[_i].algorithm, counting, 32);
    bool wants_nul = answers[_i].algorithm == BCRYPT_TLS1_2_KDF_ALG_HANDLE;
    UCHAR derived[40];
    ULONG result;

    fill_parameters(&parameters, answers[_i].algorithm, answers[_i].hash, NO_PARAMETER);
    parameters.buffers[0].cbBuffer -= sizeof(WCHAR);
    parameters.list.ulVersion = 0xdeadbeef;                     /* not looked at */
    expect_status(BCryptKeyDerivation(key, &parameters.list, derived, 40, &result, 0),
                  wants_nul ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS);
    if (!wants_nul) expect_hex(derived, 40, answers[_i].key);
}
END_TEST

void kdf_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, every_function_and_hash_gives_the_defined_key, answers);
    add_rows(tests, a_name_is_the_sdks, names);
    add_rows(tests, a_parameters_number_is_the_sdks, parameter_numbers);
    add_rows(tests, a_secret_may_have_2048_bytes, secret_sizes);
    add_rows(tests, a_longer_secret_is_refused, kdfs);
    add_rows(tests, a_password_may_be_longer, passwords);
    add_rows(tests, a_secret_needs_a_pointer_even_if_it_is_empty, kdfs);
    add_rows(tests, a_hash_may_be_named_without_its_nul, answers);

    tests = ours(suite);
    add_rows(tests, a_longer_secret_is_refused_in_a_blob, kdfs);
    add_test(tests, a_long_password_makes_no_hash_useful);
    add_rows(tests, a_key_takes_no_flags_and_an_algorithm_none, kdfs);
    add_rows(tests, an_algorithm_says_what_it_is, kdfs);
    add_rows(tests, a_key_says_what_it_is, kdfs);
    add_rows(tests, a_key_object_that_is_too_small_is_refused, kdfs);
    add_rows(tests, a_key_is_for_derivation_alone, kdfs);
    add_rows(tests, a_duplicate_derives_the_same_key, answers);
    add_rows(tests, a_key_goes_through_its_blob, answers);
    add_rows(tests, a_bad_blob_is_refused, bad_blobs);
    add_test(tests, other_blobs_are_not_exported);
    add_test(tests, a_handle_that_is_no_such_key_is_refused);
    add_rows(tests, a_missing_output_is_an_invalid_parameter, answers);
    test_add(tests, the_aes_flag_is_for_capi_alone, KDF_COUNT_BUT_HKDF);
    add_rows(tests, a_list_with_pointers_missing_is_an_invalid_parameter, answers);
    test_add(tests, a_required_parameter_that_is_missing_is_an_invalid_parameter,
             KDF_COUNT_BUT_HKDF);
    add_test(tests, a_parameter_of_no_bytes_needs_no_pointer);
    add_rows(tests, an_unknown_hash_is_not_supported, no_hashes);
    add_test(tests, half_a_character_is_an_invalid_parameter);
}
