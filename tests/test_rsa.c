/*
 * test_rsa.c - the RSA and RSA_SIGN algorithms: generated keys, what state allows what, properties.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_rsa_keys.h"

/* --- the algorithms --------------------------------------------------------------------------- */

static const struct
{
    const WCHAR *id;
    BCRYPT_ALG_HANDLE pseudo;
    ULONG type, schemes;
} algorithms[] =
{
    { BCRYPT_RSA_ALGORITHM,      BCRYPT_RSA_ALG_HANDLE,
      BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE, 0x1e },
    { BCRYPT_RSA_SIGN_ALGORITHM, BCRYPT_RSA_SIGN_ALG_HANDLE,
      BCRYPT_SIGNATURE_INTERFACE, 0x14 },
};

START_TEST(the_algorithms_open)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(algorithms[_i].id, 0);

    expect_property_wide(algorithm, BCRYPT_ALGORITHM_NAME, algorithms[_i].id);
    expect_property_wide(algorithms[_i].pseudo, BCRYPT_ALGORITHM_NAME, algorithms[_i].id);
    expect_value(property_ulong(algorithm, BCRYPT_PRIMITIVE_TYPE), algorithms[_i].type);
}
END_TEST

START_TEST(an_open_flag_is_refused)
{
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, algorithms[_i].id, NULL,
                                              BCRYPT_ALG_HANDLE_HMAC_FLAG), STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(padding_schemes_are_told)
{
    expect_true(property_ulong(algorithms[_i].pseudo, BCRYPT_PADDING_SCHEMES));
}
END_TEST

START_TEST(padding_schemes_are_all_but_the_routers)
{
    expect_value(property_ulong(algorithms[_i].pseudo, BCRYPT_PADDING_SCHEMES),
                 algorithms[_i].schemes);
}
END_TEST

START_TEST(key_lengths_are_told)
{
    BCRYPT_KEY_LENGTHS_STRUCT lengths;
    ULONG bytes;

    expect_status(BCryptGetProperty(algorithms[_i].pseudo, BCRYPT_KEY_LENGTHS, (UCHAR *)&lengths,
                                    sizeof(lengths), &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, sizeof(lengths));
    expect_value(lengths.dwMinLength, 512);
    expect_value(lengths.dwMaxLength, 16384);
    expect_true(lengths.dwIncrement == 8 || lengths.dwIncrement == 64);
}
END_TEST

START_TEST(an_algorithm_has_no_object_length)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(algorithms[_i].id, 0);
    ULONG bits = 2048;

    expect_property(algorithm, BCRYPT_OBJECT_LENGTH, STATUS_NOT_SUPPORTED);
    expect_property(algorithm, BCRYPT_KEY_LENGTH, STATUS_NOT_SUPPORTED);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, sizeof(bits), 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

/* --- rsa.md, "Constants" ---------------------------------------------------------------------- */

/* What programs were compiled with. */
START_TEST(the_numbers_of_padding_are_the_sdks)
{
    expect_value(BCRYPT_PAD_NONE, 0x1);
    expect_value(BCRYPT_PAD_PKCS1, 0x2);
    expect_value(BCRYPT_PAD_OAEP, 0x4);
    expect_value(BCRYPT_PAD_PSS, 0x8);
    expect_value(BCRYPT_PAD_PKCS1_OPTIONAL_HASH_OID, 0x10);
    expect_value(BCRYPT_SUPPORTED_PAD_ROUTER, 0x1);
    expect_value(BCRYPT_SUPPORTED_PAD_PKCS1_ENC, 0x2);
    expect_value(BCRYPT_SUPPORTED_PAD_PKCS1_SIG, 0x4);
    expect_value(BCRYPT_SUPPORTED_PAD_OAEP, 0x8);
    expect_value(BCRYPT_SUPPORTED_PAD_PSS, 0x10);
    expect_value(BCRYPT_NO_KEY_VALIDATION, 0x8);
    expect_value(BCRYPT_KEY_VALIDATION_RANGE, 0x10);
    expect_value(BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER, 0x18);
    expect_value(BCRYPT_KEY_VALIDATION_REGENERATE, 0x20);
    expect_value(sizeof(BCRYPT_PKCS1_PADDING_INFO), sizeof(void *));
    expect_value(sizeof(BCRYPT_PSS_PADDING_INFO), 2 * sizeof(void *));
    expect_value(offsetof(BCRYPT_PSS_PADDING_INFO, cbSalt), sizeof(void *));
    expect_value(sizeof(BCRYPT_OAEP_PADDING_INFO), 3 * sizeof(void *));
    expect_value(offsetof(BCRYPT_OAEP_PADDING_INFO, pbLabel), sizeof(void *));
    expect_value(offsetof(BCRYPT_OAEP_PADDING_INFO, cbLabel), 2 * sizeof(void *));
}
END_TEST

/* --- asymmetric-keys.md, "BCryptGenerateKeyPair" ---------------------------------------------- */

static const ULONG good_lengths[] = { 512, 576, 640, 1024, 2048, 4096, 16384 };
static const ULONG bad_lengths[] = { 0, 1, 256, 504, 511, 513, 1023, 16385, 16392, 0x80000400,
                                     0xffffffff };

START_TEST(a_length_in_range_is_taken)
{
    BCRYPT_KEY_HANDLE key = new_rsa(good_lengths[_i]);

    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_length_out_of_range_is_refused)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateKeyPair(BCRYPT_RSA_ALG_HANDLE, &key, bad_lengths[_i], 0),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
    key = new_rsa(512);
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bad_lengths[_i], 4, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(a_length_may_be_a_multiple_of_eight)
{
    BCRYPT_KEY_HANDLE key = new_rsa(520);

    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 520);
    expect_value(property_ulong(key, BCRYPT_SIGNATURE_LENGTH), 65);
}
END_TEST

START_TEST(generating_refuses_what_is_wrong)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateKeyPair(NULL, &key, 1024, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptGenerateKeyPair(BCRYPT_RSA_ALG_HANDLE, NULL, 1024, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptGenerateKeyPair(BCRYPT_RSA_ALG_HANDLE, &key, 1024, 1),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptGenerateKeyPair(BCRYPT_RSA_ALG_HANDLE, &key, 1024,
                                        BCRYPT_NO_KEY_VALIDATION),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptGenerateKeyPair(BCRYPT_SHA256_ALG_HANDLE, &key, 1024, 0),
                  STATUS_NOT_SUPPORTED);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

/* --- generated keys --------------------------------------------------------------------------- */

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bits;
} generated[] =
{
    { BCRYPT_RSA_ALG_HANDLE, 512 }, { BCRYPT_RSA_ALG_HANDLE, 1024 },
    { BCRYPT_RSA_ALG_HANDLE, 2048 }, { BCRYPT_RSA_ALG_HANDLE, 1536 },
    { BCRYPT_RSA_ALG_HANDLE, 4096 }, { BCRYPT_RSA_SIGN_ALG_HANDLE, 512 },
};

/* Signs with a key, and lets another one verify. */
static void expect_pair(BCRYPT_KEY_HANDLE private, BCRYPT_KEY_HANDLE public)
{
    BCRYPT_PKCS1_PADDING_INFO padding = { BCRYPT_SHA1_ALGORITHM };
    UCHAR signature[2048], digest[20];
    ULONG bytes;

    memcpy(digest, counting, sizeof(digest));
    expect_status(BCryptSignHash(private, &padding, digest, 20, signature, sizeof(signature),
                                 &bytes, BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    expect_status(BCryptVerifySignature(public, &padding, digest, 20, signature, bytes,
                                        BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    digest[0] ^= 1;
    expect_status(BCryptVerifySignature(public, &padding, digest, 20, signature, bytes,
                                        BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_SIGNATURE);
}

START_TEST(a_generated_key_is_one)
{
    ULONG bits = generated[_i].bits, bytes;
    BCRYPT_KEY_HANDLE key = NULL, copy = NULL, public = NULL;
    UCHAR blob[RSA_BLOB_ROOM];
    BCRYPT_RSAKEY_BLOB header;

    expect_status(BCryptGenerateKeyPair(generated[_i].algorithm, &key, bits, 0), STATUS_SUCCESS);
    keep_key(key);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);

    expect_status(BCryptExportKey(key, NULL, BCRYPT_RSAPUBLIC_BLOB, blob, sizeof(blob), &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, 24 + 3 + bits / 8);
    expect_status(BCryptImportKeyPair(generated[_i].algorithm, NULL, BCRYPT_RSAPUBLIC_BLOB, &public,
                                      blob, bytes, 0),
                  STATUS_SUCCESS);
    keep_key(public);

    expect_status(BCryptExportKey(key, NULL, BCRYPT_RSAFULLPRIVATE_BLOB, blob, sizeof(blob), &bytes,
                                  0),
                  STATUS_SUCCESS);
    memcpy(&header, blob, sizeof(header));
    expect_value(header.Magic, BCRYPT_RSAFULLPRIVATE_MAGIC);
    expect_value(header.BitLength, bits);
    expect_value(header.cbPublicExp, 3);
    expect_value(header.cbModulus, bits / 8);
    expect_value(header.cbPrime1, bits / 16);
    expect_value(header.cbPrime2, bits / 16);
    expect_value(bytes, 24 + 3 + 2 * bits / 8 + 5 * bits / 16);
    expect_hex(rsa_blob_part(blob, RSA_E), 3, "010001");
    expect_true(rsa_blob_part(blob, RSA_N)[0] & 0x80);
    expect_different(rsa_blob_part(blob, RSA_P), rsa_blob_part(blob, RSA_Q), bits / 16);

    /* import multiplies the primes and computes the rest again */
    expect_status(BCryptImportKeyPair(generated[_i].algorithm, NULL, BCRYPT_RSAFULLPRIVATE_BLOB,
                                      &copy, blob, bytes, 0),
                  STATUS_SUCCESS);
    keep_key(copy);
    expect_pair(key, public);
    expect_pair(copy, public);
    expect_pair(key, copy);
}
END_TEST

START_TEST(no_two_keys_are_the_same)
{
    BCRYPT_KEY_HANDLE first = new_rsa(512), second = new_rsa(512);
    UCHAR one[200], other[200];
    ULONG bytes;

    expect_status(BCryptFinalizeKeyPair(first, 0), STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(second, 0), STATUS_SUCCESS);
    expect_status(BCryptExportKey(first, NULL, BCRYPT_RSAPRIVATE_BLOB, one, 200, &bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptExportKey(second, NULL, BCRYPT_RSAPRIVATE_BLOB, other, 200, &bytes, 0),
                  STATUS_SUCCESS);
    expect_different(rsa_blob_part(one, RSA_P), rsa_blob_part(other, RSA_P), 32);
    expect_different(rsa_blob_part(one, RSA_Q), rsa_blob_part(other, RSA_Q), 32);
}
END_TEST

/* Every generated number fits the others, and p is the larger prime. */
START_TEST(generated_keys_are_complete)
{
    UCHAR blob[RSA_BLOB_ROOM], again[RSA_BLOB_ROOM];
    BCRYPT_KEY_HANDLE key, copy;
    ULONG bytes, again_bytes;
    int i;

    for (i = 0; i < 20; i++)
    {
        key = new_rsa(512);
        expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
        expect_status(BCryptExportKey(key, NULL, BCRYPT_RSAFULLPRIVATE_BLOB, blob, sizeof(blob),
                                      &bytes, 0),
                      STATUS_SUCCESS);
        expect_true(memcmp(rsa_blob_part(blob, RSA_P), rsa_blob_part(blob, RSA_Q), 32) > 0);

        memset(rsa_blob_part(blob, RSA_DP), 0,
               bytes - (size_t)(rsa_blob_part(blob, RSA_DP) - blob));
        expect_status(BCryptImportKeyPair(BCRYPT_RSA_ALG_HANDLE, NULL, BCRYPT_RSAFULLPRIVATE_BLOB,
                                          &copy, blob, bytes, 0),
                      STATUS_SUCCESS);
        keep_key(copy);
        expect_status(BCryptExportKey(key, NULL, BCRYPT_RSAFULLPRIVATE_BLOB, blob, sizeof(blob),
                                      &bytes, 0),
                      STATUS_SUCCESS);
        expect_status(BCryptExportKey(copy, NULL, BCRYPT_RSAFULLPRIVATE_BLOB, again, sizeof(again),
                                      &again_bytes, 0), STATUS_SUCCESS);
        expect_value(again_bytes, bytes);
        expect_bytes(again, blob, bytes);
        expect_pair(key, copy);
        expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
        expect_status(BCryptDestroyKey(copy), STATUS_SUCCESS);
    }
}
END_TEST

/* --- asymmetric-keys.md, "BCryptFinalizeKeyPair" ---------------------------------------------- */

START_TEST(a_key_is_finalized_once)
{
    BCRYPT_KEY_HANDLE key = new_rsa(512);

    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptFinalizeKeyPair(rsa_pair(&rsa_512), 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptFinalizeKeyPair(rsa_public(&rsa_512), 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptFinalizeKeyPair(BCRYPT_RSA_ALG_HANDLE, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptFinalizeKeyPair(NULL, 0), STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(finalizing_takes_one_flag)
{
    BCRYPT_KEY_HANDLE key = new_rsa(512);

    expect_status(BCryptFinalizeKeyPair(key, 1), STATUS_INVALID_PARAMETER);
    expect_status(BCryptFinalizeKeyPair(key, BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER),
                  STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 512);
}
END_TEST

START_TEST(the_length_may_be_set_before_finalizing)
{
    BCRYPT_KEY_HANDLE key = new_rsa(1024);
    ULONG bits = 2048, bytes;

    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, 2, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, NULL, 4, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, sizeof(bits), 0),
                  STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 2048);

    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, 2, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, sizeof(bits), 0),
                  STATUS_SUCCESS);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_RSAPUBLIC_BLOB, NULL, 0, &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, 24 + 3 + 256);
}
END_TEST

START_TEST(the_length_of_a_finished_key_stays)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_1025);
    ULONG bits = 1024;

    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, sizeof(bits), 0),
                  STATUS_INVALID_PARAMETER);
    bits = 1025;
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, sizeof(bits), 0),
                  STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 1025);
}
END_TEST

/* --- asymmetric-keys.md, "State matrix" ------------------------------------------------------- */

static UCHAR room[256];
static ULONG result;
static BCRYPT_PKCS1_PADDING_INFO sha1_padding = { BCRYPT_SHA1_ALGORITHM };

static NTSTATUS call_export_public_size(BCRYPT_KEY_HANDLE key)
{
    return BCryptExportKey(key, NULL, BCRYPT_RSAPUBLIC_BLOB, NULL, 0, &result, 0);
}

static NTSTATUS call_export_private_size(BCRYPT_KEY_HANDLE key)
{
    return BCryptExportKey(key, NULL, BCRYPT_RSAPRIVATE_BLOB, NULL, 0, &result, 0);
}

static NTSTATUS call_export_public(BCRYPT_KEY_HANDLE key)
{
    return BCryptExportKey(key, NULL, BCRYPT_RSAPUBLIC_BLOB, room, sizeof(room), &result, 0);
}

static NTSTATUS call_export_private(BCRYPT_KEY_HANDLE key)
{
    return BCryptExportKey(key, NULL, BCRYPT_RSAPRIVATE_BLOB, room, sizeof(room), &result, 0);
}

static NTSTATUS call_encrypt_size(BCRYPT_KEY_HANDLE key)
{
    return BCryptEncrypt(key, (UCHAR *)counting, 5, NULL, NULL, 0, NULL, 0, &result,
                         BCRYPT_PAD_PKCS1);
}

static NTSTATUS call_encrypt(BCRYPT_KEY_HANDLE key)
{
    return BCryptEncrypt(key, (UCHAR *)counting, 5, NULL, NULL, 0, room, sizeof(room), &result,
                         BCRYPT_PAD_PKCS1);
}

static NTSTATUS call_decrypt(BCRYPT_KEY_HANDLE key)
{
    return BCryptDecrypt(key, (UCHAR *)counting, 64, NULL, NULL, 0, room, sizeof(room), &result,
                         BCRYPT_PAD_NONE);
}

static NTSTATUS call_decrypt_size(BCRYPT_KEY_HANDLE key)
{
    return BCryptDecrypt(key, (UCHAR *)counting, 64, NULL, NULL, 0, NULL, 0, &result,
                         BCRYPT_PAD_NONE);
}

static NTSTATUS call_sign(BCRYPT_KEY_HANDLE key)
{
    return BCryptSignHash(key, &sha1_padding, (UCHAR *)counting, 20, room, sizeof(room), &result,
                          BCRYPT_PAD_PKCS1);
}

static NTSTATUS call_sign_size(BCRYPT_KEY_HANDLE key)
{
    return BCryptSignHash(key, &sha1_padding, NULL, 0, NULL, 0, &result, BCRYPT_PAD_PKCS1);
}

static NTSTATUS call_verify(BCRYPT_KEY_HANDLE key)
{
    return BCryptVerifySignature(key, &sha1_padding, (UCHAR *)counting, 20, (UCHAR *)counting, 64,
                                 BCRYPT_PAD_PKCS1);
}

static NTSTATUS call_agree(BCRYPT_KEY_HANDLE key)
{
    BCRYPT_SECRET_HANDLE secret;

    return BCryptSecretAgreement(key, key, &secret, 0);
}

static NTSTATUS call_finalize(BCRYPT_KEY_HANDLE key)
{
    return BCryptFinalizeKeyPair(key, 0);
}

static NTSTATUS call_destroy(BCRYPT_KEY_HANDLE key)
{
    return BCryptDestroyKey(key);
}

static const struct
{
    NTSTATUS (*call)(BCRYPT_KEY_HANDLE key);
    NTSTATUS unfinalized, pair, public;
} matrix[] =
{
    { call_export_public_size,  STATUS_INVALID_HANDLE, STATUS_SUCCESS, STATUS_SUCCESS },
    { call_export_private_size, STATUS_INVALID_HANDLE, STATUS_SUCCESS, STATUS_INVALID_PARAMETER },
    { call_export_public,       STATUS_INVALID_HANDLE, STATUS_SUCCESS, STATUS_SUCCESS },
    { call_export_private,      STATUS_INVALID_HANDLE, STATUS_SUCCESS, STATUS_INVALID_PARAMETER },
    { call_encrypt_size,        STATUS_INVALID_HANDLE, STATUS_SUCCESS, STATUS_SUCCESS },
    { call_encrypt,             STATUS_INVALID_HANDLE, STATUS_SUCCESS, STATUS_SUCCESS },
    { call_decrypt_size,        STATUS_INVALID_HANDLE, STATUS_SUCCESS, STATUS_INVALID_PARAMETER },
    { call_decrypt,             STATUS_INVALID_HANDLE, STATUS_SUCCESS, STATUS_INVALID_PARAMETER },
    { call_sign,                STATUS_INVALID_HANDLE, STATUS_SUCCESS, STATUS_INVALID_PARAMETER },
    { call_sign_size,           STATUS_INVALID_HANDLE, STATUS_SUCCESS, STATUS_SUCCESS },
    { call_verify,              STATUS_INVALID_HANDLE, STATUS_INVALID_SIGNATURE,
      STATUS_INVALID_SIGNATURE },
    { call_agree,               STATUS_NOT_SUPPORTED,  STATUS_NOT_SUPPORTED, STATUS_NOT_SUPPORTED },
    { call_finalize,            STATUS_SUCCESS,        STATUS_INVALID_HANDLE,
      STATUS_INVALID_HANDLE },
    { call_destroy,             STATUS_SUCCESS,        STATUS_SUCCESS, STATUS_SUCCESS },
};

START_TEST(a_call_on_an_unfinalized_key)
{
    expect_status(matrix[_i].call(new_rsa(512)), matrix[_i].unfinalized);
}
END_TEST

START_TEST(a_call_on_a_pair)
{
    expect_status(matrix[_i].call(rsa_pair(&rsa_512)), matrix[_i].pair);
}
END_TEST

START_TEST(a_call_on_a_public_key)
{
    expect_status(matrix[_i].call(rsa_public(&rsa_512)), matrix[_i].public);
}
END_TEST

START_TEST(a_key_pair_is_not_duplicated)
{
    BCRYPT_KEY_HANDLE copy = UNTOUCHED_HANDLE;

    expect_refused(BCryptDuplicateKey(rsa_pair(&rsa_512), &copy, NULL, 0, 0));
    expect_pointer(copy, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_key_outlives_its_algorithm)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_RSA_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE key = import_rsa(algorithm, &rsa_512, BCRYPT_RSAPRIVATE_BLOB), fresh = NULL;

    expect_status(BCryptGenerateKeyPair(algorithm, &fresh, 512, 0), STATUS_SUCCESS);
    keep_key(fresh);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
    expect_pair(key, rsa_public(&rsa_512));
    expect_status(BCryptFinalizeKeyPair(fresh, 0), STATUS_SUCCESS);
    expect_pair(fresh, fresh);
}
END_TEST

/* --- properties of keys ----------------------------------------------------------------------- */

static const struct
{
    const struct rsa_numbers *numbers;
    ULONG bytes;
} property_keys[] =
{
    { &rsa_512, 64 }, { &rsa_523, 66 }, { &rsa_1024, 128 }, { &rsa_1025, 129 }, { &rsa_2048, 256 },
};

static void expect_key_properties(BCRYPT_KEY_HANDLE key, ULONG bits, ULONG bytes)
{
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), bits);
    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), bits);
    expect_value(property_ulong(key, BCRYPT_PUBLIC_KEY_LENGTH), bits);
    expect_value(property_ulong(key, BCRYPT_SIGNATURE_LENGTH), bytes);
    expect_value(property_ulong(key, BCRYPT_BLOCK_LENGTH), bytes);
    expect_value(property_ulong(key, BCRYPT_IS_IFX_TPM_WEAK_KEY), 0);
}

START_TEST(a_key_tells_its_sizes)
{
    const struct rsa_numbers *numbers = property_keys[_i].numbers;

    expect_key_properties(rsa_pair(numbers), numbers->bits, property_keys[_i].bytes);
    expect_key_properties(rsa_public(numbers), numbers->bits, property_keys[_i].bytes);
}
END_TEST

START_TEST(a_key_tells_its_algorithm)
{
    BCRYPT_KEY_HANDLE key = import_rsa(algorithms[_i].pseudo, &rsa_512, BCRYPT_RSAPRIVATE_BLOB);

    expect_property_wide(key, BCRYPT_ALGORITHM_NAME, algorithms[_i].id);
}
END_TEST

START_TEST(a_property_keeps_to_the_size_protocol)
{
    BCRYPT_KEY_HANDLE key = rsa_public(&rsa_1024);
    UCHAR value[8];
    ULONG bytes;

    expect_status(BCryptGetProperty(key, BCRYPT_KEY_STRENGTH, NULL, 0, &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, 4);
    mark(value, sizeof(value));
    expect_status(BCryptGetProperty(key, BCRYPT_KEY_STRENGTH, value, 3, &bytes, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, 4);
    expect_untouched(value, sizeof(value));
    expect_status(BCryptGetProperty(key, BCRYPT_KEY_STRENGTH, value, 8, &bytes, 0), STATUS_SUCCESS);
    expect_hex(value, 4, "00040000");
    expect_untouched(value + 4, 4);
}
END_TEST

static const WCHAR *const absent_properties[] =
{
    BCRYPT_OBJECT_LENGTH, BCRYPT_CHAINING_MODE, BCRYPT_DH_PARAMETERS, BCRYPT_DSA_PARAMETERS,
    BCRYPT_ECC_CURVE_NAME, BCRYPT_PADDING_SCHEMES, BCRYPT_HASH_LENGTH, L"keylength", L"",
};

START_TEST(a_key_lacks_what_others_have)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    ULONG value = 0;

    expect_property(key, absent_properties[_i], STATUS_NOT_SUPPORTED);
    expect_status(BCryptSetProperty(key, absent_properties[_i], (UCHAR *)&value, 4, 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

static const WCHAR *const read_only_properties[] =
{
    BCRYPT_KEY_STRENGTH, BCRYPT_PUBLIC_KEY_LENGTH, BCRYPT_SIGNATURE_LENGTH, BCRYPT_BLOCK_LENGTH,
    BCRYPT_ALGORITHM_NAME, BCRYPT_IS_IFX_TPM_WEAK_KEY,
};

START_TEST(what_is_computed_cannot_be_set)
{
    ULONG value = 1024;

    expect_status(BCryptSetProperty(new_rsa(1024), read_only_properties[_i], (UCHAR *)&value, 4, 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(an_unfinalized_key_tells_its_length)
{
    BCRYPT_KEY_HANDLE key = new_rsa(1024);
    ULONG bits = 512;

    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 1024);
    expect_status(BCryptSetProperty(key, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, 4, 0), STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 512);
    expect_property(key, BCRYPT_PUBLIC_KEY_LENGTH, STATUS_INVALID_HANDLE);
    expect_property(key, BCRYPT_SIGNATURE_LENGTH, STATUS_INVALID_HANDLE);
    expect_property(key, BCRYPT_BLOCK_LENGTH, STATUS_INVALID_HANDLE);
    expect_property(key, BCRYPT_IS_IFX_TPM_WEAK_KEY, STATUS_INVALID_HANDLE);
}
END_TEST

/* --- IsIfxTpmWeakKey -------------------------------------------------------------------------- */

START_TEST(a_weak_key_of_infineons_is_known)
{
    const struct rsa_numbers weak = { 512, { "010001", rsa_weak_modulus } };

    expect_value(property_ulong(rsa_public(&weak), BCRYPT_IS_IFX_TPM_WEAK_KEY), 1);
}
END_TEST

START_TEST(generated_keys_are_not_weak)
{
    BCRYPT_KEY_HANDLE key;
    int i;

    for (i = 0; i < 10; i++)
    {
        key = new_rsa(512);
        expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
        expect_value(property_ulong(key, BCRYPT_IS_IFX_TPM_WEAK_KEY), 0);
    }
}
END_TEST

void rsa_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, the_algorithms_open, algorithms);
    add_rows(tests, an_open_flag_is_refused, algorithms);
    add_rows(tests, padding_schemes_are_told, algorithms);
    add_rows(tests, key_lengths_are_told, algorithms);
    add_test(tests, the_numbers_of_padding_are_the_sdks);
    add_rows(tests, an_algorithm_has_no_object_length, algorithms);
    add_rows(tests, a_length_in_range_is_taken, good_lengths);
    add_rows(tests, a_length_out_of_range_is_refused, bad_lengths);
    add_test(tests, generating_refuses_what_is_wrong);
    add_rows(tests, a_generated_key_is_one, generated);
    add_test(tests, no_two_keys_are_the_same);
    add_test(tests, a_key_is_finalized_once);
    add_test(tests, the_length_may_be_set_before_finalizing);
    add_rows(tests, a_call_on_an_unfinalized_key, matrix);
    add_rows(tests, a_call_on_a_pair, matrix);
    add_rows(tests, a_call_on_a_public_key, matrix);
    add_test(tests, a_key_pair_is_not_duplicated);
    add_test(tests, a_key_outlives_its_algorithm);
    add_rows(tests, a_key_tells_its_sizes, property_keys);
    add_rows(tests, a_key_tells_its_algorithm, algorithms);
    add_test(tests, a_property_keeps_to_the_size_protocol);
    add_rows(tests, a_key_lacks_what_others_have, absent_properties);
    add_rows(tests, what_is_computed_cannot_be_set, read_only_properties);
    add_test(tests, generated_keys_are_not_weak);

    tests = ours(suite);
    add_rows(tests, padding_schemes_are_all_but_the_routers, algorithms);
    add_test(tests, a_length_may_be_a_multiple_of_eight);
    add_test(tests, generated_keys_are_complete);
    add_test(tests, finalizing_takes_one_flag);
    add_test(tests, the_length_of_a_finished_key_stays);
    add_test(tests, an_unfinalized_key_tells_its_length);
    add_test(tests, a_weak_key_of_infineons_is_known);
}
