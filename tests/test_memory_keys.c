/*
 * test_memory_keys.c - what key pairs, secrets, derivation keys and blobs leave in the process's
 * memory and in the registers.
 *
 * RSA keys are in test_rsa_process.c as well, elliptic curves in test_ecc_blob.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "kdf_parameters.h"
#include "test_memory.h"

/* --- derivation -------------------------------------------------------------------------- */

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    const WCHAR *hash;
} derivations[] =
{
    { BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, BCRYPT_SHA1_ALGORITHM },
    { BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE, BCRYPT_SHA256_ALGORITHM },
    { BCRYPT_SP80056A_CONCAT_ALG_HANDLE,   BCRYPT_SHA256_ALGORITHM },
    { BCRYPT_SP80056A_CONCAT_ALG_HANDLE,   BCRYPT_SHA512_ALGORITHM },
    { BCRYPT_PBKDF2_ALG_HANDLE,            BCRYPT_SHA1_ALGORITHM },
    { BCRYPT_PBKDF2_ALG_HANDLE,            BCRYPT_SHA256_ALGORITHM },
    { BCRYPT_PBKDF2_ALG_HANDLE,            BCRYPT_SHA512_ALGORITHM },
    { BCRYPT_CAPI_KDF_ALG_HANDLE,          BCRYPT_SHA1_ALGORITHM },
    { BCRYPT_TLS1_1_KDF_ALG_HANDLE,        BCRYPT_SHA1_ALGORITHM },
    { BCRYPT_TLS1_2_KDF_ALG_HANDLE,        BCRYPT_SHA256_ALGORITHM },
    { BCRYPT_HKDF_ALG_HANDLE,              BCRYPT_SHA256_ALGORITHM },
    { BCRYPT_HKDF_ALG_HANDLE,              BCRYPT_SHA512_ALGORITHM },
};

static BCRYPT_KEY_HANDLE new_cleared_key(BCRYPT_ALG_HANDLE algorithm, ULONG bytes)
{
    BCRYPT_KEY_HANDLE key = NULL;

    mask(secret, sizeof(secret));
    expect_status(cleared(BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, secret, bytes, 0)),
                  STATUS_SUCCESS);
    mask(secret, sizeof(secret));
    return key;
}

static void finalize_hkdf(BCRYPT_HANDLE handle, const WCHAR *hash)
{
    expect_status(BCryptSetProperty(handle, BCRYPT_HKDF_HASH_ALGORITHM, (UCHAR *)(uintptr_t)hash,
                                    wide_bytes(hash), 0), STATUS_SUCCESS);
    expect_status(cleared(BCryptSetProperty(handle, BCRYPT_HKDF_SALT_AND_FINALIZE,
                                            (UCHAR *)counting, 8, 0)), STATUS_SUCCESS);
}

/* A derivation key that is ready for use. */
static BCRYPT_KEY_HANDLE new_derivation_key(BCRYPT_ALG_HANDLE algorithm, const WCHAR *hash)
{
    BCRYPT_KEY_HANDLE key = new_cleared_key(algorithm, 48);

    if (algorithm == BCRYPT_HKDF_ALG_HANDLE) finalize_hkdf(key, hash);
    return key;
}

/* Exports a key and makes another of its blob, whose last bytes, masked, are left in data. */
static BCRYPT_KEY_HANDLE through_a_blob(BCRYPT_ALG_HANDLE algorithm, BCRYPT_KEY_HANDLE key,
                                        const WCHAR *type, UCHAR *data, ULONG data_bytes)
{
    BCRYPT_KEY_HANDLE copy = NULL;
    UCHAR blob[1024];
    ULONG bytes;

    expect_status(cleared(BCryptExportKey(key, NULL, type, blob, sizeof(blob), &bytes, 0)),
                  STATUS_SUCCESS);
    expect_status(cleared(BCryptImportKey(algorithm, NULL, type, &copy, NULL, 0, blob, bytes, 0)),
                  STATUS_SUCCESS);
    memcpy(data, blob + bytes - data_bytes, data_bytes);
    mask(data, data_bytes);
    SecureZeroMemory(blob, sizeof(blob));
    return copy;
}

START_TEST(a_destroyed_derivation_key_leaves_no_copy)
{
    BCRYPT_ALG_HANDLE algorithm = derivations[_i].algorithm;
    UCHAR derived[2][32], data[32];
    BCRYPT_KEY_HANDLE key, copies[2];
    struct parameters parameters;
    ULONG bytes, i;

    new_secret();
    fill_parameters(&parameters, algorithm,
                    algorithm == BCRYPT_HKDF_ALG_HANDLE ? NULL : derivations[_i].hash,
                    NO_PARAMETER);
    key = new_derivation_key(algorithm, derivations[_i].hash);
    expect_status(cleared(BCryptDuplicateKey(key, &copies[0], NULL, 0, 0)), STATUS_SUCCESS);
    copies[1] = through_a_blob(algorithm, key, BCRYPT_KEY_DATA_BLOB, data, sizeof(data));
    expect_true(memory_copies(data, sizeof(data)));
    for (i = 0; i < 2; i++)
    {
        expect_status(cleared(BCryptKeyDerivation(copies[i], &parameters.list, derived[i],
                                                  sizeof(derived[i]), &bytes, 0)), STATUS_SUCCESS);
        mask(derived[i], sizeof(derived[i]));
        expect_status(BCryptDestroyKey(copies[i]), STATUS_SUCCESS);
    }
    expect_bytes(derived[0], derived[1], sizeof(derived[0]));
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    use_stack();
    expect_value(secret_copies(secret, 48), 0);
    expect_value(secret_copies(data, sizeof(data)), 0);
    expect_value(secret_copies(derived[0], sizeof(derived[0])), 0);
}
END_TEST

START_TEST(a_password_leaves_no_copy)
{
    static const BCRYPT_ALG_HANDLE functions[] =
    {
        BCRYPT_HMAC_SHA1_ALG_HANDLE, BCRYPT_HMAC_SHA256_ALG_HANDLE, BCRYPT_HMAC_SHA512_ALG_HANDLE,
    };
    UCHAR derived[64];
    NTSTATUS status;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(functions); i++)
    {
        new_secret();
        mask(secret, sizeof(secret));
        status = cleared(BCryptDeriveKeyPBKDF2(functions[i], secret, 40, (UCHAR *)counting, 8, 10,
                                               derived, sizeof(derived), 0));
        mask(secret, sizeof(secret));
        mask(derived, sizeof(derived));
        expect_status(status, STATUS_SUCCESS);
        use_stack();
        expect_value(secret_copies(secret, 40), 0);
        expect_value(secret_copies(derived, sizeof(derived)), 0);
    }
}
END_TEST

START_TEST(a_key_from_a_hash_leaves_no_copy)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_SHA1_ALG_HANDLE, NULL, 0, 0);
    UCHAR derived[40];

    new_secret();
    mask(secret, sizeof(secret));
    expect_status(cleared(BCryptHashData(hash, secret, 40, 0)), STATUS_SUCCESS);
    mask(secret, sizeof(secret));
    expect_status(cleared(BCryptDeriveKeyCapi(hash, NULL, derived, sizeof(derived), 0)),
                  STATUS_SUCCESS);
    mask(derived, sizeof(derived));
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    use_stack();
    expect_value(secret_copies(secret, 40), 0);
    expect_value(secret_copies(derived, sizeof(derived)), 0);
}
END_TEST

/* What is derived from an agreed secret, with the least that each function takes. */
static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bits;
    const WCHAR *function;
    ULONG types[4];
    ULONG bytes;
} agreements[] =
{
    { BCRYPT_ECDH_P256_ALG_HANDLE,  256, BCRYPT_KDF_HASH,       { NO_PARAMETER }, 20 },
    { BCRYPT_ECDH_P256_ALG_HANDLE,  256, BCRYPT_KDF_HMAC,       { NO_PARAMETER }, 20 },
    { BCRYPT_ECDH_P256_ALG_HANDLE,  256, BCRYPT_KDF_TLS_PRF,
      { KDF_TLS_PRF_LABEL, KDF_TLS_PRF_SEED, NO_PARAMETER }, 48 },
    { BCRYPT_ECDH_P256_ALG_HANDLE,  256, BCRYPT_KDF_SP80056A_CONCAT,
      { KDF_ALGORITHMID, KDF_PARTYUINFO, KDF_PARTYVINFO, NO_PARAMETER }, 20 },
    { BCRYPT_ECDH_P256_ALG_HANDLE,  256, BCRYPT_KDF_RAW_SECRET, { NO_PARAMETER }, 32 },
    { BCRYPT_ECDH_P256_ALG_HANDLE,  256, BCRYPT_KDF_HKDF,       { NO_PARAMETER }, 32 },
    { BCRYPT_ECDH_P521_ALG_HANDLE,  521, BCRYPT_KDF_RAW_SECRET, { NO_PARAMETER }, 64 },
    { BCRYPT_DH_ALG_HANDLE,        1024, BCRYPT_KDF_HASH,       { NO_PARAMETER }, 20 },
    { BCRYPT_DH_ALG_HANDLE,        1024, BCRYPT_KDF_RAW_SECRET, { NO_PARAMETER }, 128 },
};

START_TEST(a_destroyed_secret_leaves_no_derived_key)
{
    struct parameters parameters = { 0 };
    BCRYPT_SECRET_HANDLE agreement = NULL;
    BCRYPT_KEY_HANDLE key = NULL;
    UCHAR derived[128];
    ULONG bytes;

    add_standard(&parameters, agreements[_i].types, NO_PARAMETER);
    expect_status(BCryptGenerateKeyPair(agreements[_i].algorithm, &key, agreements[_i].bits, 0),
                  STATUS_SUCCESS);
    expect_status(cleared(BCryptFinalizeKeyPair(key, 0)), STATUS_SUCCESS);
    expect_status(cleared(BCryptSecretAgreement(key, key, &agreement, 0)), STATUS_SUCCESS);
    if (!wcscmp(agreements[_i].function, BCRYPT_KDF_HKDF))
    {
        finalize_hkdf(agreement, BCRYPT_SHA256_ALGORITHM);
    }
    expect_status(cleared(BCryptDeriveKey(agreement, agreements[_i].function, &parameters.list,
                                          derived, agreements[_i].bytes, &bytes, 0)),
                  STATUS_SUCCESS);
    expect_value(bytes, agreements[_i].bytes);
    mask(derived, bytes);
    expect_status(BCryptDestroySecret(agreement), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    use_stack();
    expect_value(secret_copies(derived, bytes), 0);
}
END_TEST

/* --- blobs ------------------------------------------------------------------------------- */

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bytes;
    const WCHAR *type;
} symmetric_blobs[] =
{
    { BCRYPT_AES_CBC_ALG_HANDLE,  16, BCRYPT_KEY_DATA_BLOB   },
    { BCRYPT_AES_GCM_ALG_HANDLE,  32, BCRYPT_KEY_DATA_BLOB   },
    { BCRYPT_3DES_CBC_ALG_HANDLE, 24, BCRYPT_KEY_DATA_BLOB   },
    { BCRYPT_RC2_CBC_ALG_HANDLE,  16, BCRYPT_KEY_DATA_BLOB   },
    { BCRYPT_RC4_ALG_HANDLE,      16, BCRYPT_KEY_DATA_BLOB   },
    { BCRYPT_AES_CBC_ALG_HANDLE,  32, BCRYPT_OPAQUE_KEY_BLOB },
};

START_TEST(a_key_through_a_blob_leaves_no_copy)
{
    BCRYPT_ALG_HANDLE algorithm = symmetric_blobs[_i].algorithm;
    BCRYPT_KEY_HANDLE key, copy;
    UCHAR data[8];

    new_secret();
    key = new_cleared_key(algorithm, symmetric_blobs[_i].bytes);
    copy = through_a_blob(algorithm, key, symmetric_blobs[_i].type, data, sizeof(data));
    expect_true(memory_copies(secret, 8));
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(copy), STATUS_SUCCESS);
    use_stack();
    expect_value(secret_copies(secret, symmetric_blobs[_i].bytes), 0);
}
END_TEST

START_TEST(a_wrapped_key_leaves_no_copy)
{
    BCRYPT_KEY_HANDLE key, wrapping, unwrapped = NULL;
    UCHAR blob[256];
    ULONG bytes;

    new_secret();
    key = new_cleared_key(BCRYPT_AES_CBC_ALG_HANDLE, 32);
    wrapping = new_key(BCRYPT_AES_ECB_ALG_HANDLE, counting, 16);
    expect_status(cleared(BCryptExportKey(key, wrapping, BCRYPT_AES_WRAP_KEY_BLOB, blob,
                                          sizeof(blob), &bytes, 0)), STATUS_SUCCESS);
    expect_status(cleared(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, wrapping,
                                          BCRYPT_AES_WRAP_KEY_BLOB, &unwrapped, NULL, 0, blob,
                                          bytes, 0)), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(unwrapped), STATUS_SUCCESS);
    use_stack();
    expect_value(secret_copies(secret, 32), 0);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bits, number_bytes, digest_bytes;     /* no digest: a key that agrees */
} pairs[] =
{
    { BCRYPT_RSA_SIGN_ALG_HANDLE,   1024, 32, 20 },
    { BCRYPT_ECDSA_P256_ALG_HANDLE,  256, 32, 32 },
    { BCRYPT_ECDSA_P384_ALG_HANDLE,  384, 32, 32 },
    { BCRYPT_ECDH_P256_ALG_HANDLE,   256, 32,  0 },
    { BCRYPT_DSA_ALG_HANDLE,         512, 16, 20 },
    { BCRYPT_DH_ALG_HANDLE,          512, 16,  0 },
};

static void use_pair(BCRYPT_KEY_HANDLE key, ULONG digest_bytes, bool is_rsa)
{
    BCRYPT_PKCS1_PADDING_INFO info = { BCRYPT_SHA1_ALGORITHM };
    BCRYPT_SECRET_HANDLE agreement = NULL;
    UCHAR signature[256];
    ULONG bytes;

    if (digest_bytes)
    {
        expect_status(cleared(BCryptSignHash(key, is_rsa ? &info : NULL, (UCHAR *)counting,
                                             digest_bytes, signature, sizeof(signature), &bytes,
                                             is_rsa ? BCRYPT_PAD_PKCS1 : 0)), STATUS_SUCCESS);
        return;
    }
    expect_status(cleared(BCryptSecretAgreement(key, key, &agreement, 0)), STATUS_SUCCESS);
    expect_status(BCryptDestroySecret(agreement), STATUS_SUCCESS);
}

/* The last number of a private blob is the private one, or RSA's second prime. */
START_TEST(a_pair_through_a_blob_leaves_no_number)
{
    BCRYPT_KEY_HANDLE key = NULL, copy = NULL;
    UCHAR blob[1024], number[32];
    ULONG bytes;

    expect_status(BCryptGenerateKeyPair(pairs[_i].algorithm, &key, pairs[_i].bits, 0),
                  STATUS_SUCCESS);
    expect_status(cleared(BCryptFinalizeKeyPair(key, 0)), STATUS_SUCCESS);
    expect_status(cleared(BCryptExportKey(key, NULL, BCRYPT_PRIVATE_KEY_BLOB, blob, sizeof(blob),
                                          &bytes, 0)), STATUS_SUCCESS);
    expect_status(cleared(BCryptImportKeyPair(pairs[_i].algorithm, NULL, BCRYPT_PRIVATE_KEY_BLOB,
                                              &copy, blob, bytes, 0)), STATUS_SUCCESS);
    memcpy(number, blob + bytes - pairs[_i].number_bytes, pairs[_i].number_bytes);
    mask(number, sizeof(number));
    SecureZeroMemory(blob, sizeof(blob));
    use_pair(copy, pairs[_i].digest_bytes, pairs[_i].algorithm == BCRYPT_RSA_SIGN_ALG_HANDLE);
    expect_true(secret_copies(number, pairs[_i].number_bytes));
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(copy), STATUS_SUCCESS);
    use_stack();
    expect_value(secret_copies(number, pairs[_i].number_bytes), 0);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bits;
    LPCWSTR type;
    ULONG private_bytes;                        /* at the blob's end */
} private_blobs[] =
{
    { BCRYPT_RSA_SIGN_ALG_HANDLE,   1024, BCRYPT_RSAPRIVATE_BLOB,     128 },
    { BCRYPT_RSA_SIGN_ALG_HANDLE,   1024, BCRYPT_RSAFULLPRIVATE_BLOB, 448 },
    { BCRYPT_RSA_SIGN_ALG_HANDLE,   2048, BCRYPT_RSAFULLPRIVATE_BLOB, 896 },
    { BCRYPT_RSA_SIGN_ALG_HANDLE,   1024, LEGACY_RSAPRIVATE_BLOB,     448 },
    { BCRYPT_ECDSA_P256_ALG_HANDLE,  256, BCRYPT_ECCPRIVATE_BLOB,      32 },
    { BCRYPT_ECDSA_P384_ALG_HANDLE,  384, BCRYPT_ECCPRIVATE_BLOB,      48 },
    { BCRYPT_ECDH_P521_ALG_HANDLE,   521, BCRYPT_ECCPRIVATE_BLOB,      66 },
    { BCRYPT_DSA_ALG_HANDLE,         512, BCRYPT_DSA_PRIVATE_BLOB,     20 },
    { BCRYPT_DH_ALG_HANDLE,          768, BCRYPT_DH_PRIVATE_BLOB,      32 },
};

static UCHAR private_blob[2048];
static ULONG private_blob_bytes;

static void import_private_blob(int row)
{
    BCRYPT_KEY_HANDLE key = NULL;
    NTSTATUS status;

    use_stack();
    status = BCryptImportKeyPair(private_blobs[row].algorithm, NULL, private_blobs[row].type, &key,
                                 private_blob, private_blob_bytes, 0);
    if (!status) status = BCryptDestroyKey(key);
    mask(private_blob, sizeof(private_blob));
    expect_status(status, STATUS_SUCCESS);
}

/* No use_stack() between the calls and the search. */
START_TEST(an_imported_pair_leaves_no_number_on_the_stack)
{
    ULONG at, end = private_blobs[_i].private_bytes & ~(ULONG)7;
    BCRYPT_KEY_HANDLE key = NULL;
    UCHAR *numbers;

    expect_status(BCryptGenerateKeyPair(private_blobs[_i].algorithm, &key, private_blobs[_i].bits,
                                        0), STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_status(BCryptExportKey(key, NULL, private_blobs[_i].type, private_blob,
                                  sizeof(private_blob), &private_blob_bytes, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    numbers = private_blob + private_blob_bytes - private_blobs[_i].private_bytes;
    from_deep_down(import_private_blob, _i);
    for (at = 0; at < end; at += 64)
        expect_value(secret_copies(numbers + at, min(end - at, 64)), 0);
}
END_TEST

void memory_keys_suite(Suite *suite)
{
    TCase *tests = ours(suite);

    add_rows(tests, a_destroyed_derivation_key_leaves_no_copy, derivations);
    add_test(tests, a_password_leaves_no_copy);
    add_test(tests, a_key_from_a_hash_leaves_no_copy);
    add_rows(tests, a_destroyed_secret_leaves_no_derived_key, agreements);
    add_rows(tests, a_key_through_a_blob_leaves_no_copy, symmetric_blobs);
    add_test(tests, a_wrapped_key_leaves_no_copy);
    add_rows(tests, a_pair_through_a_blob_leaves_no_number, pairs);
    add_rows(tests, an_imported_pair_leaves_no_number_on_the_stack, private_blobs);
}
