/*
 * test_hkdf.c - HKDF with BCryptKeyDerivation: its steps, its limits and its blob.
 *
 * Published vectors are in test_vectors_kdf.c. The answers here were made with Python's
 * cryptography package, from RFC 5869.
 *
 * SPDX-License-Identifier: MIT
 */

#include "kdf_parameters.h"

#define SHA256_KEY                                                                                 \
    "64cc2a23b7a1da4310420350405fdf5d632cb9bda3700d753e96cbcfeb81d4496259e7075d6da9d2"
#define SHA256_PRK "b5f68c62b280afbf6ed017e167cbca5949c805e7afb7edb8718f6e4157474326"

/* The name in UTF-16, with its NUL: "SHA256". */
#define SHA256_NAME "5300480041003200350036000000"

static NTSTATUS set_hash(BCRYPT_KEY_HANDLE key, const WCHAR *name)
{
    return BCryptSetProperty(key, BCRYPT_HKDF_HASH_ALGORITHM, (UCHAR *)(uintptr_t)name,
                             wide_bytes(name), 0);
}

static NTSTATUS set_salt(BCRYPT_KEY_HANDLE key, const char *salt, ULONG bytes)
{
    return BCryptSetProperty(key, BCRYPT_HKDF_SALT_AND_FINALIZE, (UCHAR *)(uintptr_t)salt, bytes,
                             0);
}

static NTSTATUS set_prk(BCRYPT_KEY_HANDLE key)
{
    return BCryptSetProperty(key, BCRYPT_HKDF_PRK_AND_FINALIZE, NULL, 0, 0);
}

static NTSTATUS derive(BCRYPT_KEY_HANDLE key, const char *info, UCHAR *derived, ULONG bytes)
{
    struct parameters parameters = { 0 };
    ULONG result = 0;
    NTSTATUS status;

    if (info) add_parameter(&parameters, KDF_HKDF_INFO, info, (ULONG)strlen(info));
    status = BCryptKeyDerivation(key, info ? &parameters.list : NULL, derived, bytes, &result, 0);
    if (!status) expect_value(result, bytes);
    return status;
}

/* A key of 00 01 ... 1f that has been through both steps. */
static BCRYPT_KEY_HANDLE finalized_key(const WCHAR *hash)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_HKDF_ALG_HANDLE, counting, 32);

    expect_status(set_hash(key, hash), STATUS_SUCCESS);
    expect_status(set_salt(key, "salt", 4), STATUS_SUCCESS);
    return key;
}

static const struct
{
    const WCHAR *hash;
    const char *key;
} answers[] =
{
    { BCRYPT_SHA1_ALGORITHM,
      "b91f20f031cf9de53527d6cfe8acf40d45aa3f56e4f5711bab7ea634ec13a9c00748146924408501" },
    { BCRYPT_SHA256_ALGORITHM, SHA256_KEY },
    { BCRYPT_SHA384_ALGORITHM,
      "ff2821ea0cd3c7538ec9b5389296250aba05bd99732173227ad031ef26c2e009a35a86435b8d4fdd" },
    { BCRYPT_SHA512_ALGORITHM,
      "6d8dce04ad557757f4a66e4d531b08ac97249abf40424a65404f14ee3cab68c7b5dadad4c9cbbf89" },
    { BCRYPT_SHA3_256_ALGORITHM,
      "dd0b91a62901bc2e8f77230f1013a0ea1e524e213ee2c896b01439f9860ac850473d26d710b332b3" },
};

START_TEST(extracting_and_expanding_gives_the_defined_key)
{
    UCHAR derived[40];

    expect_status(derive(finalized_key(answers[_i].hash), "info", derived, 40), STATUS_SUCCESS);
    expect_hex(derived, 40, answers[_i].key);
}
END_TEST

/* "CNG will not permit HKDF with MD5", says .NET, which does it by itself then. By whatever way a
 * hash is named: of a key, of an agreed secret, in a blob. */
static const WCHAR *const no_hkdf_hashes[] = { BCRYPT_MD5_ALGORITHM, BCRYPT_MD4_ALGORITHM,
                                               BCRYPT_MD2_ALGORITHM };

START_TEST(hkdf_has_no_md5)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_HKDF_ALG_HANDLE, counting, 32), pair = NULL;
    BCRYPT_SECRET_HANDLE secret = NULL;
    UCHAR derived[40];

    expect_refused(set_hash(key, no_hkdf_hashes[_i]));
    expect_refused(set_salt(key, "salt", 4));
    expect_refused(derive(key, "info", derived, 40));
    expect_status(set_hash(key, BCRYPT_SHA256_ALGORITHM), STATUS_SUCCESS);
    expect_refused(set_hash(key, no_hkdf_hashes[_i]));
    expect_status(set_salt(key, "salt", 4), STATUS_SUCCESS);
    expect_status(derive(key, "info", derived, 40), STATUS_SUCCESS);
    expect_hex(derived, 40, SHA256_KEY);                        /* the hash before stays */

    expect_status(BCryptGenerateKeyPair(BCRYPT_ECDH_P256_ALG_HANDLE, &pair, 256, 0),
                  STATUS_SUCCESS);
    keep_key(pair);
    expect_status(BCryptFinalizeKeyPair(pair, 0), STATUS_SUCCESS);
    expect_status(BCryptSecretAgreement(pair, pair, &secret, 0), STATUS_SUCCESS);
    keep_secret(secret);
    expect_refused(set_hash(secret, no_hkdf_hashes[_i]));
    expect_status(set_hash(secret, BCRYPT_SHA1_ALGORITHM), STATUS_SUCCESS);
}
END_TEST

START_TEST(the_status_of_hkdf_with_md5_is_that_of_no_hash)
{
    ULONG name = wide_bytes(no_hkdf_hashes[_i]), bytes = 12 + 4 + name + 32;
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_HKDF_ALG_HANDLE, counting, 32);
    UCHAR blob[80] = { 'K', 'D', 'B', 'M', 1 };

    expect_status(set_hash(key, no_hkdf_hashes[_i]), STATUS_NOT_SUPPORTED);
    expect_status(set_hash(key, no_hkdf_hashes[_i][2] == '5' ? L"md5" : no_hkdf_hashes[_i]),
                  STATUS_NOT_SUPPORTED);
    blob[8] = (UCHAR)(bytes - 12);
    blob[15] = (UCHAR)name;
    memcpy(blob + 16, no_hkdf_hashes[_i], name);
    key = UNTOUCHED_HANDLE;
    expect_status(BCryptImportKey(BCRYPT_HKDF_ALG_HANDLE, NULL, BCRYPT_KEY_DATA_BLOB, &key, NULL, 0,
                                  blob, bytes, 0), STATUS_NOT_SUPPORTED);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_pseudo_random_key_is_only_expanded)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_HKDF_ALG_HANDLE, counting, 32);
    UCHAR derived[40];

    expect_status(set_hash(key, BCRYPT_SHA256_ALGORITHM), STATUS_SUCCESS);
    expect_status(set_prk(key), STATUS_SUCCESS);
    expect_status(derive(key, "info", derived, 40), STATUS_SUCCESS);
    expect_hex(derived, 40,
               "ae85c41cf42b06df615f9c0bbb675f0513fbf62a55da5dd2a65467d01b3c6f08d20107635b74d690");
}
END_TEST

static const struct
{
    ULONG secret;
    const char *salt, *info, *key;
} variants[] =
{
    { 32, "salt", NULL,
      "05de45d09670276d3013b899c8cc2aed52f2f22cd5dcfdec6789a816af036a9b3f9f81743fbc5eb9" },
    { 32, "salt", "",
      "05de45d09670276d3013b899c8cc2aed52f2f22cd5dcfdec6789a816af036a9b3f9f81743fbc5eb9" },
    { 32, NULL, "info",
      "cccad7895238973b7b227c5216571c432f4602b7264e8e35cde4d3249e93720e96b889988ac234d0" },
    { 32, "", "info",
      "cccad7895238973b7b227c5216571c432f4602b7264e8e35cde4d3249e93720e96b889988ac234d0" },
    { 0, "salt", "info",
      "7aac7b8120501c2c8e1ee50e6cde135361e99ceb9d8d406ac528b9e9175614c060cbc045f3b60eda" },
};

START_TEST(secret_salt_and_info_may_be_empty)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_HKDF_ALG_HANDLE, counting, variants[_i].secret);
    const char *salt = variants[_i].salt;
    UCHAR derived[40];

    expect_status(set_hash(key, BCRYPT_SHA256_ALGORITHM), STATUS_SUCCESS);
    expect_status(set_salt(key, salt, salt ? (ULONG)strlen(salt) : 0), STATUS_SUCCESS);
    expect_status(derive(key, variants[_i].info, derived, 40), STATUS_SUCCESS);
    expect_hex(derived, 40, variants[_i].key);
}
END_TEST

START_TEST(a_key_may_be_derived_from_often)
{
    BCRYPT_KEY_HANDLE key = finalized_key(BCRYPT_SHA256_ALGORITHM);
    UCHAR derived[40];

    expect_status(derive(key, "other", derived, 40), STATUS_SUCCESS);
    expect_status(derive(key, "info", derived, 40), STATUS_SUCCESS);
    expect_hex(derived, 40, SHA256_KEY);
}
END_TEST

static const struct
{
    const WCHAR *hash;
    ULONG most;
} limits[] =
{
    { BCRYPT_SHA1_ALGORITHM, 255 * 20 }, { BCRYPT_SHA256_ALGORITHM, 255 * 32 },
    { BCRYPT_SHA512_ALGORITHM, 255 * 64 },
};

START_TEST(no_more_than_255_digests_are_derived)
{
    BCRYPT_KEY_HANDLE key = finalized_key(limits[_i].hash);
    UCHAR derived[255 * 64 + 1], first[40];

    expect_status(derive(key, "info", derived, limits[_i].most), STATUS_SUCCESS);
    expect_status(derive(key, "info", first, 40), STATUS_SUCCESS);
    expect_bytes(derived, first, 40);
    mark(derived, sizeof(derived));
    expect_status(derive(key, "info", derived, limits[_i].most + 1), STATUS_INVALID_PARAMETER);
    expect_untouched(derived, sizeof(derived));
}
END_TEST

/* --- steps out of order -------------------------------------------------------------------- */

START_TEST(a_key_that_is_not_finalized_derives_nothing)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_HKDF_ALG_HANDLE, counting, 32);
    UCHAR derived[40];
    ULONG result;

    mark(derived, sizeof(derived));
    expect_refused(derive(key, "info", derived, 40));
    expect_status(set_hash(key, BCRYPT_SHA256_ALGORITHM), STATUS_SUCCESS);
    expect_refused(derive(key, "info", derived, 40));
    expect_refused(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, NULL, 0, &result, 0));
    expect_untouched(derived, sizeof(derived));
}
END_TEST

START_TEST(a_key_without_a_hash_is_not_finalized)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_HKDF_ALG_HANDLE, counting, 32);

    expect_refused(set_salt(key, "salt", 4));
    expect_refused(set_prk(key));
    expect_status(set_hash(key, BCRYPT_SHA256_ALGORITHM), STATUS_SUCCESS);
    expect_status(set_salt(key, "salt", 4), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_finalized_key_stays_as_it_is)
{
    BCRYPT_KEY_HANDLE key = finalized_key(BCRYPT_SHA256_ALGORITHM);
    UCHAR derived[40];

    expect_refused(set_hash(key, BCRYPT_SHA512_ALGORITHM));
    expect_refused(set_salt(key, "other", 5));
    expect_refused(set_prk(key));
    expect_status(derive(key, "info", derived, 40), STATUS_SUCCESS);
    expect_hex(derived, 40, SHA256_KEY);
}
END_TEST

START_TEST(a_hash_may_be_chosen_anew_until_the_key_is_finalized)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_HKDF_ALG_HANDLE, counting, 32);
    UCHAR derived[40];

    expect_status(set_hash(key, BCRYPT_SHA512_ALGORITHM), STATUS_SUCCESS);
    expect_status(set_hash(key, L"no hash"), STATUS_NOT_SUPPORTED);
    expect_status(set_hash(key, BCRYPT_AES_CMAC_ALGORITHM), STATUS_NOT_SUPPORTED);
    expect_status(BCryptSetProperty(key, BCRYPT_HKDF_HASH_ALGORITHM, NULL, 0, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(key, BCRYPT_HKDF_HASH_ALGORITHM, (UCHAR *)L"SHA256", 13, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(key, BCRYPT_HKDF_HASH_ALGORITHM, (UCHAR *)L"SHA256", 12, 0),
                  STATUS_SUCCESS);
    expect_status(set_salt(key, "salt", 4), STATUS_SUCCESS);
    expect_status(derive(key, "info", derived, 40), STATUS_SUCCESS);
    expect_hex(derived, 40, SHA256_KEY);
}
END_TEST

START_TEST(finalizing_a_pseudo_random_key_takes_no_value)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_HKDF_ALG_HANDLE, counting, 32);

    expect_status(set_hash(key, BCRYPT_SHA256_ALGORITHM), STATUS_SUCCESS);
    expect_status(BCryptSetProperty(key, BCRYPT_HKDF_PRK_AND_FINALIZE, (UCHAR *)"salt", 4, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(key, BCRYPT_HKDF_SALT_AND_FINALIZE, NULL, 4, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(set_prk(key), STATUS_SUCCESS);
}
END_TEST

START_TEST(other_keys_have_no_such_properties)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_PBKDF2_ALG_HANDLE, counting, 32);

    expect_status(set_hash(key, BCRYPT_SHA256_ALGORITHM), STATUS_NOT_SUPPORTED);
    expect_status(set_salt(key, "salt", 4), STATUS_NOT_SUPPORTED);
    expect_status(set_prk(key), STATUS_NOT_SUPPORTED);
}
END_TEST

/* --- the blob: BE32 length of the name, the name, the pseudo-random key ----------------------- */

START_TEST(a_finalized_key_shows_its_pseudo_random_key)
{
    BCRYPT_KEY_HANDLE key = finalized_key(BCRYPT_SHA256_ALGORITHM);
    UCHAR blob[80];
    ULONG result;

    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, NULL, 0, &result, 0),
                  STATUS_SUCCESS);
    expect_value(result, 12 + 4 + 14 + 32);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, blob, 61, &result, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob), &result, 0),
                  STATUS_SUCCESS);
    expect_value(result, 62);
    expect_hex(blob, 62, "4b44424d" "01000000" "32000000" "0000000e" SHA256_NAME SHA256_PRK);
}
END_TEST

START_TEST(the_blob_of_a_key_that_was_one_already_has_the_secret)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_HKDF_ALG_HANDLE, counting, 40);
    UCHAR blob[80];
    ULONG result;

    expect_status(set_hash(key, BCRYPT_SHA256_ALGORITHM), STATUS_SUCCESS);
    expect_status(set_prk(key), STATUS_SUCCESS);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob), &result, 0),
                  STATUS_SUCCESS);
    expect_value(result, 12 + 4 + 14 + 40);
    expect_bytes(blob + 30, counting, 40);
}
END_TEST

START_TEST(a_finalized_key_goes_through_its_blob)
{
    BCRYPT_KEY_HANDLE copy, key = finalized_key(answers[_i].hash);
    UCHAR blob[160], derived[40];
    ULONG result;

    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob), &result, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptImportKey(BCRYPT_HKDF_ALG_HANDLE, NULL, BCRYPT_KEY_DATA_BLOB, &copy, NULL,
                                  0, blob, result, 0),
                  STATUS_SUCCESS);
    keep_key(copy);
    BCryptDestroyKey(key);
    expect_status(derive(copy, "info", derived, 40), STATUS_SUCCESS);
    expect_hex(derived, 40, answers[_i].key);
    expect_refused(set_salt(copy, "salt", 4));
}
END_TEST

START_TEST(a_duplicate_is_as_far_as_the_original)
{
    BCRYPT_KEY_HANDLE copy, early, key = new_key(BCRYPT_HKDF_ALG_HANDLE, counting, 32);
    UCHAR derived[40];

    expect_status(set_hash(key, BCRYPT_SHA256_ALGORITHM), STATUS_SUCCESS);
    expect_status(BCryptDuplicateKey(key, &early, NULL, 0, 0), STATUS_SUCCESS);
    keep_key(early);
    expect_status(set_salt(key, "salt", 4), STATUS_SUCCESS);
    expect_status(BCryptDuplicateKey(key, &copy, NULL, 0, 0), STATUS_SUCCESS);
    keep_key(copy);
    BCryptDestroyKey(key);
    expect_status(derive(copy, "info", derived, 40), STATUS_SUCCESS);
    expect_hex(derived, 40, SHA256_KEY);
    expect_refused(derive(early, "info", derived, 40));
    expect_status(set_salt(early, "salt", 4), STATUS_SUCCESS);
    expect_status(derive(early, "info", derived, 40), STATUS_SUCCESS);
    expect_hex(derived, 40, SHA256_KEY);
}
END_TEST

static const struct
{
    const char *data;
    NTSTATUS status;
} bad_data[] =
{
    { "", STATUS_INVALID_PARAMETER },
    { "00000e", STATUS_INVALID_PARAMETER },
    { "0000000e" "530048004100", STATUS_INVALID_PARAMETER },                /* no whole name */
    { "ffffffff" SHA256_NAME, STATUS_INVALID_PARAMETER },
    { "0000000d" SHA256_NAME SHA256_PRK, STATUS_INVALID_PARAMETER },        /* half a character */
    { "0000000e" "5300480041003200350037000000" SHA256_PRK, STATUS_NOT_SUPPORTED },
    { "00000000" SHA256_PRK, STATUS_NOT_SUPPORTED },                        /* no name */
};

START_TEST(bad_data_is_refused)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    UCHAR blob[80] = { 'K', 'D', 'B', 'M', 1 };

    blob[8] = (UCHAR)unhex(blob + 12, sizeof(blob) - 12, bad_data[_i].data);
    expect_status(BCryptImportKey(BCRYPT_HKDF_ALG_HANDLE, NULL, BCRYPT_KEY_DATA_BLOB, &key, NULL, 0,
                                  blob, 12u + blob[8], 0), bad_data[_i].status);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

void hkdf_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, extracting_and_expanding_gives_the_defined_key, answers);
    add_rows(tests, hkdf_has_no_md5, no_hkdf_hashes);
    add_test(tests, a_pseudo_random_key_is_only_expanded);
    add_rows(tests, secret_salt_and_info_may_be_empty, variants);
    add_test(tests, a_key_may_be_derived_from_often);
    add_rows(tests, no_more_than_255_digests_are_derived, limits);
    add_test(tests, a_key_that_is_not_finalized_derives_nothing);
    add_test(tests, a_key_without_a_hash_is_not_finalized);
    add_test(tests, a_finalized_key_stays_as_it_is);

    tests = ours(suite);
    add_rows(tests, the_status_of_hkdf_with_md5_is_that_of_no_hash, no_hkdf_hashes);
    add_test(tests, a_hash_may_be_chosen_anew_until_the_key_is_finalized);
    add_test(tests, finalizing_a_pseudo_random_key_takes_no_value);
    add_test(tests, other_keys_have_no_such_properties);
    add_test(tests, a_finalized_key_shows_its_pseudo_random_key);
    add_test(tests, the_blob_of_a_key_that_was_one_already_has_the_secret);
    add_rows(tests, a_finalized_key_goes_through_its_blob, answers);
    add_test(tests, a_duplicate_is_as_far_as_the_original);
    add_rows(tests, bad_data_is_refused, bad_data);
}
