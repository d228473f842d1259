/*
 * test_symmetric_blob.c - symmetric keys out of and into blobs, plain and opaque.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

#define HEADER_BYTES 12

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bytes;
} keys[] =
{
    { BCRYPT_AES_CBC_ALG_HANDLE,  16 }, { BCRYPT_AES_ECB_ALG_HANDLE,      24 },
    { BCRYPT_AES_CFB_ALG_HANDLE,  32 }, { BCRYPT_3DES_CBC_ALG_HANDLE,     24 },
    { BCRYPT_DES_ECB_ALG_HANDLE,   8 }, { BCRYPT_3DES_112_ECB_ALG_HANDLE, 16 },
    { BCRYPT_DESX_CBC_ALG_HANDLE, 24 }, { BCRYPT_RC2_ECB_ALG_HANDLE,      16 },
    { BCRYPT_RC2_CBC_ALG_HANDLE,   5 }, { BCRYPT_RC4_ALG_HANDLE,          16 },
};

/* What a key makes of 16 counting bytes with a counting IV, as its identity. */
static void identify(BCRYPT_KEY_HANDLE key, UCHAR *output)
{
    UCHAR iv[16];
    ULONG bytes, iv_bytes = property_ulong(key, BCRYPT_BLOCK_LENGTH);
    WCHAR mode[32];
    bool chained;

    expect_status(BCryptGetProperty(key, BCRYPT_CHAINING_MODE, (UCHAR *)mode, sizeof(mode), &bytes,
                                    0), STATUS_SUCCESS);
    chained = mode[12] == 'C';                      /* ChainingModeCBC, CFB */
    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .iv = chained ? iv : NULL,
                   .iv_bytes = chained ? iv_bytes : 0, .output = output, .room = 16,
                   .result = &bytes);
}

static ULONG export_key(BCRYPT_KEY_HANDLE key, const WCHAR *type, UCHAR *blob, ULONG capacity)
{
    ULONG bytes = 0;

    expect_status(BCryptExportKey(key, NULL, type, blob, capacity, &bytes, 0), STATUS_SUCCESS);
    return bytes;
}

static BCRYPT_KEY_HANDLE import_key(BCRYPT_ALG_HANDLE algorithm, const WCHAR *type, UCHAR *blob,
                                    ULONG bytes)
{
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status(BCryptImportKey(algorithm, NULL, type, &key, NULL, 0, blob, bytes, 0),
                  STATUS_SUCCESS);
    keep_key(key);
    return key;
}

/* --- symmetric.md, section 9: KeyDataBlob ------------------------------------------------- */

START_TEST(a_key_data_blob_holds_the_key)
{
    BCRYPT_KEY_HANDLE key = new_key(keys[_i].algorithm, counting, keys[_i].bytes);
    ULONG header[3], bytes;
    UCHAR blob[64];

    mark(blob, sizeof(blob));
    bytes = export_key(key, BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob));
    expect_value(bytes, HEADER_BYTES + keys[_i].bytes);
    memcpy(header, blob, sizeof(header));
    expect_value(header[0], 0x4d42444b);
    expect_value(header[1], 1);
    expect_value(header[2], keys[_i].bytes);
    expect_bytes(blob + HEADER_BYTES, counting, keys[_i].bytes);
    expect_untouched(blob + bytes, sizeof(blob) - bytes);
}
END_TEST

static const struct
{
    const WCHAR *type;
} types[] =
{
    { BCRYPT_KEY_DATA_BLOB }, { BCRYPT_OPAQUE_KEY_BLOB },
};

START_TEST(an_export_tells_its_size)
{
    BCRYPT_KEY_HANDLE key = new_aes_key(128);
    ULONG bytes = 0, same = 0, i;
    UCHAR blob[1024];

    expect_status(BCryptExportKey(key, NULL, types[_i].type, NULL, 0, &bytes, 0), STATUS_SUCCESS);
    expect_true(bytes != 0);
    expect_at_most(bytes, sizeof(blob));
    for (i = 0; i < bytes; i++)
    {
        mark(blob, sizeof(blob));
        expect_status(BCryptExportKey(key, NULL, types[_i].type, blob, i, &same, 0),
                      STATUS_BUFFER_TOO_SMALL);
        expect_value(same, bytes);
        expect_untouched(blob, sizeof(blob));
    }
    expect_value(export_key(key, types[_i].type, blob, bytes), bytes);
    expect_value(export_key(key, types[_i].type, blob, sizeof(blob)), bytes);
}
END_TEST

START_TEST(a_key_data_blob_makes_the_same_key)
{
    BCRYPT_KEY_HANDLE key = new_key(keys[_i].algorithm, counting, keys[_i].bytes), copy;
    UCHAR blob[64], again[64], expected[16], output[16];
    ULONG bytes = export_key(key, BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob));

    copy = import_key(keys[_i].algorithm, BCRYPT_KEY_DATA_BLOB, blob, bytes);
    expect_value(export_key(copy, BCRYPT_KEY_DATA_BLOB, again, sizeof(again)), bytes);
    expect_bytes(again, blob, bytes);
    identify(key, expected);
    identify(copy, output);
    expect_bytes(output, expected, 16);
}
END_TEST

START_TEST(an_imported_key_has_the_algorithms_mode)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_ECB);
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CBC_ALG_HANDLE, counting, 16);
    UCHAR blob[64], output[16];
    ULONG bytes = export_key(key, BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob));

    identify(import_key(algorithm, BCRYPT_KEY_DATA_BLOB, blob, bytes), output);
    expect_hex(output, 16, "0a940bb5416ef045f1c39458c653ea5a");
}
END_TEST

/* "accepts trailing bytes", "over-long key truncated" */
static const struct
{
    ULONG magic, version, key_bytes, bytes;
    NTSTATUS status;
} blobs[] =
{
    { 0x4d42444b, 1, 16, 28, STATUS_SUCCESS },
    { 0x4d42444b, 1, 16, 60, STATUS_SUCCESS },
    { 0x4d42444b, 1, 33, 60, STATUS_SUCCESS },
    { 0x4d42444b, 1, 16, 27, STATUS_INVALID_PARAMETER },
    { 0x4d42444b, 1, 16, 12, STATUS_INVALID_PARAMETER },
    { 0x4d42444b, 1, 16, 11, STATUS_BUFFER_TOO_SMALL },
    { 0x4d42444b, 1, 16,  0, STATUS_BUFFER_TOO_SMALL },
    { 0x4d42444b, 2, 16, 28, STATUS_INVALID_PARAMETER },
    { 0x4d42444b, 0, 16, 28, STATUS_INVALID_PARAMETER },
    { 0x4d42444c, 1, 16, 28, STATUS_INVALID_PARAMETER },
    { 0x4d42444b, 1, 17, 60, STATUS_INVALID_PARAMETER },
    { 0x4d42444b, 1, 15, 60, STATUS_INVALID_PARAMETER },
    { 0x4d42444b, 1,  0, 28, STATUS_INVALID_PARAMETER },
    { 0x4d42444b, 1, 0xffffffff, 28, STATUS_INVALID_PARAMETER },
    { 0x4d42444b, 1, 0xfffffff4, 28, STATUS_INVALID_PARAMETER },
};

START_TEST(a_key_data_blob_is_checked)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    ULONG header[3] = { blobs[_i].magic, blobs[_i].version, blobs[_i].key_bytes };
    UCHAR blob[60] = { 0 };

    memcpy(blob, header, sizeof(header));
    expect_status(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, NULL, BCRYPT_KEY_DATA_BLOB, &key, NULL,
                                  0, blob, blobs[_i].bytes, 0), blobs[_i].status);
    expect_true((key == UNTOUCHED_HANDLE) == (blobs[_i].status != STATUS_SUCCESS));
    keep_key(key);
}
END_TEST

/* Lengths that lie, in memory that ends where the blob ends. */
static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG said, present;
    NTSTATUS status;
} lies[] =
{
    { BCRYPT_AES_CBC_ALG_HANDLE, 16, 16, STATUS_SUCCESS },
    { BCRYPT_AES_CBC_ALG_HANDLE, 32, 16, STATUS_INVALID_PARAMETER },
    { BCRYPT_AES_CBC_ALG_HANDLE, 17, 16, STATUS_INVALID_PARAMETER },
    { BCRYPT_AES_CBC_ALG_HANDLE, 0x80000010, 16, STATUS_INVALID_PARAMETER },
    { BCRYPT_AES_CBC_ALG_HANDLE, 40, 32, STATUS_INVALID_PARAMETER },
    { BCRYPT_AES_CBC_ALG_HANDLE, 40, 40, STATUS_SUCCESS },
    { BCRYPT_3DES_CBC_ALG_HANDLE, 24, 23, STATUS_INVALID_PARAMETER },
    { BCRYPT_3DES_CBC_ALG_HANDLE, 24, 24, STATUS_SUCCESS },
    { BCRYPT_RC2_CBC_ALG_HANDLE, 16, 5, STATUS_INVALID_PARAMETER },
    { BCRYPT_RC2_CBC_ALG_HANDLE, 5, 5, STATUS_SUCCESS },
    { BCRYPT_RC2_CBC_ALG_HANDLE, 1, 5, STATUS_INVALID_PARAMETER },
    { BCRYPT_RC4_ALG_HANDLE, 1, 1, STATUS_SUCCESS },
    { BCRYPT_RC4_ALG_HANDLE, 0, 1, STATUS_INVALID_PARAMETER },
    { BCRYPT_RC4_ALG_HANDLE, 256, 255, STATUS_INVALID_PARAMETER },
    { BCRYPT_RC4_ALG_HANDLE, 0xffffffff, 64, STATUS_INVALID_PARAMETER },
    { BCRYPT_XTS_AES_ALG_HANDLE, 64, 32, STATUS_INVALID_PARAMETER },
    { BCRYPT_XTS_AES_ALG_HANDLE, 32, 32, STATUS_SUCCESS },
    { BCRYPT_XTS_AES_ALG_HANDLE, 48, 48, STATUS_SUCCESS },
    { BCRYPT_XTS_AES_ALG_HANDLE, 40, 48, STATUS_INVALID_PARAMETER },
    { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, 32, 31, STATUS_INVALID_PARAMETER },
    { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, 32, 32, STATUS_SUCCESS },
};

START_TEST(a_length_that_lies_is_refused)
{
    ULONG bytes = HEADER_BYTES + lies[_i].present;
    ULONG header[3] = { 0x4d42444b, 1, lies[_i].said };
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    UCHAR *blob = malloc(bytes);
    NTSTATUS status;

    memset(blob, 7, bytes);
    memcpy(blob, header, sizeof(header));
    status = BCryptImportKey(lies[_i].algorithm, NULL, BCRYPT_KEY_DATA_BLOB, &key, NULL, 0, blob,
                             bytes, 0);
    free(blob);
    expect_status(status, lies[_i].status);
    expect_true((key == UNTOUCHED_HANDLE) == (status != STATUS_SUCCESS));
    keep_key(key);
}
END_TEST

/* "EXTENDED_KEYSIZE allowed": nothing is cut then, as when a key is generated. */
START_TEST(the_extended_flag_works_for_imports_too)
{
    ULONG header[3] = { 0x4d42444b, 1, 33 };
    UCHAR blob[HEADER_BYTES + 33] = { 0 };
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    memcpy(blob, header, sizeof(header));
    expect_status(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, NULL, BCRYPT_KEY_DATA_BLOB, &key, NULL,
                                  0, blob, sizeof(blob), BCRYPT_EXTENDED_KEYSIZE),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
    expect_status(BCryptImportKey(BCRYPT_RC2_CBC_ALG_HANDLE, NULL, BCRYPT_KEY_DATA_BLOB, &key, NULL,
                                  0, blob, sizeof(blob), BCRYPT_EXTENDED_KEYSIZE), STATUS_SUCCESS);
    keep_key(key);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 33 * 8);
}
END_TEST

START_TEST(importing_nothing_is_an_invalid_parameter)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    UCHAR blob[64];
    ULONG bytes = export_key(new_aes_key(128), BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob));

    expect_status(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, NULL, NULL, &key, NULL, 0, blob, bytes,
                                  0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, NULL, BCRYPT_KEY_DATA_BLOB, &key, NULL,
                                  0, NULL, bytes, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, NULL, BCRYPT_KEY_DATA_BLOB, NULL, NULL,
                                  0, blob, bytes, 0), STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(exporting_to_nowhere_is_an_invalid_parameter)
{
    BCRYPT_KEY_HANDLE key = new_aes_key(128);
    UCHAR blob[64];

    expect_status(BCryptExportKey(key, NULL, NULL, blob, sizeof(blob), &(ULONG){ 0 }, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob), NULL, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- symmetric.md, section 9: other types ------------------------------------------------- */

START_TEST(an_unknown_blob_type_is_not_supported)
{
    BCRYPT_KEY_HANDLE key = new_aes_key(128), copy = UNTOUCHED_HANDLE;
    UCHAR blob[64];
    ULONG bytes = 0;

    expect_status(BCryptExportKey(key, NULL, L"NoSuchBlob", NULL, 0, &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptExportKey(key, NULL, L"NoSuchBlob", blob, sizeof(blob), &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, NULL, L"NoSuchBlob", &copy, NULL, 0,
                                  blob, sizeof(blob), 0), STATUS_NOT_SUPPORTED);
    expect_pointer(copy, UNTOUCHED_HANDLE);
}
END_TEST

static const struct
{
    const WCHAR *type;
} pair_types[] =
{
    { BCRYPT_PUBLIC_KEY_BLOB }, { BCRYPT_RSAPUBLIC_BLOB }, { BCRYPT_ECCPRIVATE_BLOB },
    { BCRYPT_PKCS11_RSA_AES_WRAP_KEY_BLOB },
};

START_TEST(blobs_of_key_pairs_are_not_supported)
{
    BCRYPT_KEY_HANDLE key = new_aes_key(128), copy = UNTOUCHED_HANDLE;
    UCHAR blob[64] = { 0 };
    ULONG bytes = 0;

    expect_status(BCryptExportKey(key, NULL, pair_types[_i].type, blob, sizeof(blob), &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, NULL, pair_types[_i].type, &copy, NULL,
                                  0, blob, sizeof(blob), 0), STATUS_NOT_SUPPORTED);
    expect_pointer(copy, UNTOUCHED_HANDLE);
}
END_TEST

/* "hExportKey/hImportKey non-NULL with the two plain types: INVALID_PARAMETER or ignored" */
START_TEST(plain_blobs_take_no_wrapping_key)
{
    BCRYPT_KEY_HANDLE wrapping = new_aes_key(256), key = new_aes_key(128), copy = UNTOUCHED_HANDLE;
    UCHAR blob[1024], output[1024];
    ULONG bytes = export_key(key, types[_i].type, blob, sizeof(blob)), result = 0;

    mark(output, sizeof(output));
    expect_status(BCryptExportKey(key, wrapping, types[_i].type, NULL, 0, &result, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptExportKey(key, wrapping, types[_i].type, output, sizeof(output), &result,
                                  0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptExportKey(key, key, types[_i].type, output, sizeof(output), &result, 0),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(output, sizeof(output));
    expect_status(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, wrapping, types[_i].type, &copy, NULL,
                                  0, blob, bytes, 0), STATUS_INVALID_PARAMETER);
    expect_pointer(copy, UNTOUCHED_HANDLE);
}
END_TEST

/* handles.md: the wrapping key is a handle, and examined as one, before the blob's type. */
START_TEST(a_wrapping_key_must_be_a_key)
{
    BCRYPT_HANDLE wrong[] =
    {
        UNTOUCHED_HANDLE, BCRYPT_AES_CBC_ALG_HANDLE, open_algorithm(BCRYPT_AES_ALGORITHM, 0),
        new_hash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, 0)
    };
    BCRYPT_KEY_HANDLE key = new_aes_key(128), copy = UNTOUCHED_HANDLE;
    UCHAR blob[64] = { 0 };
    ULONG bytes;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(wrong); i++)
    {
        expect_status(BCryptExportKey(key, wrong[i], types[_i].type, blob, 64, &bytes, 0),
                      STATUS_INVALID_HANDLE);
        expect_status(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, wrong[i], types[_i].type, &copy,
                                      NULL, 0, blob, 64, 0), STATUS_INVALID_HANDLE);
    }
    expect_pointer(copy, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(the_fips_flag_is_refused_when_importing)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_XTS_AES_ALG_HANDLE, counting, 32);
    BCRYPT_KEY_HANDLE copy = UNTOUCHED_HANDLE;
    UCHAR blob[64];
    ULONG bytes = export_key(key, BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob));

    expect_refused(BCryptImportKey(BCRYPT_XTS_AES_ALG_HANDLE, NULL, BCRYPT_KEY_DATA_BLOB, &copy,
                                   NULL, 0, blob, bytes, BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS));
    expect_pointer(copy, UNTOUCHED_HANDLE);
}
END_TEST

/* handles.md, "Caller-supplied object buffers" */
START_TEST(an_imported_keys_object_follows_the_same_rules)
{
    BCRYPT_KEY_HANDLE key = new_aes_key(128), copy = UNTOUCHED_HANDLE;
    UCHAR blob[64], object[2048];
    ULONG bytes = export_key(key, BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob));

    expect_status(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, NULL, BCRYPT_KEY_DATA_BLOB, &copy,
                                  object, 1, blob, bytes, 0), STATUS_BUFFER_TOO_SMALL);
    expect_pointer(copy, UNTOUCHED_HANDLE);
    expect_status(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, NULL, BCRYPT_KEY_DATA_BLOB, &copy,
                                  object, sizeof(object), blob, bytes, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(copy), STATUS_SUCCESS);
}
END_TEST

/* --- symmetric.md, section 9: OpaqueKeyBlob ----------------------------------------------- */

START_TEST(an_opaque_blob_makes_the_same_key)
{
    BCRYPT_KEY_HANDLE key = new_key(keys[_i].algorithm, counting, keys[_i].bytes), copy;
    UCHAR blob[1024], expected[16], output[16];
    ULONG bytes = export_key(key, BCRYPT_OPAQUE_KEY_BLOB, blob, sizeof(blob));

    copy = import_key(keys[_i].algorithm, BCRYPT_OPAQUE_KEY_BLOB, blob, bytes);
    identify(key, expected);
    identify(copy, output);
    expect_bytes(output, expected, 16);
}
END_TEST

START_TEST(an_opaque_blob_goes_into_a_caller_object_again)
{
    UCHAR object[2048], blob[1024], expected[16], output[16];
    BCRYPT_KEY_HANDLE key = NULL;
    ULONG bytes;

    expect_status(BCryptGenerateSymmetricKey(keys[_i].algorithm, &key, object, sizeof(object),
                                             (UCHAR *)counting, keys[_i].bytes, 0), STATUS_SUCCESS);
    bytes = export_key(key, BCRYPT_OPAQUE_KEY_BLOB, blob, sizeof(blob));
    identify(key, expected);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptImportKey(keys[_i].algorithm, NULL, BCRYPT_OPAQUE_KEY_BLOB, &key, object,
                                  sizeof(object), blob, bytes, 0), STATUS_SUCCESS);
    identify(key, output);
    expect_bytes(output, expected, 16);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
}
END_TEST

START_TEST(an_opaque_blob_keeps_the_message_block_length)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CFB_ALG_HANDLE, counting, 16), copy;
    UCHAR blob[1024], expected[16], output[16];
    ULONG length = 16, bytes;

    expect_status(BCryptSetProperty(key, BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)&length, 4, 0),
                  STATUS_SUCCESS);
    bytes = export_key(key, BCRYPT_OPAQUE_KEY_BLOB, blob, sizeof(blob));
    identify(key, expected);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    copy = import_key(BCRYPT_AES_CFB_ALG_HANDLE, BCRYPT_OPAQUE_KEY_BLOB, blob, bytes);
    expect_value(property_ulong(copy, BCRYPT_MESSAGE_BLOCK_LENGTH), 16);
    identify(copy, output);
    expect_bytes(output, expected, 16);
}
END_TEST

START_TEST(an_opaque_blob_keeps_the_effective_key_length)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(BCRYPT_RC2_ALGORITHM, BCRYPT_CHAIN_MODE_ECB);
    UCHAR blob[1024], expected[16], output[16];
    BCRYPT_KEY_HANDLE key;
    ULONG length = 40, bytes;

    expect_status(BCryptSetProperty(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH, (UCHAR *)&length, 4,
                                    0), STATUS_SUCCESS);
    key = new_key(algorithm, counting, 16);
    bytes = export_key(key, BCRYPT_OPAQUE_KEY_BLOB, blob, sizeof(blob));
    identify(key, expected);
    identify(import_key(BCRYPT_RC2_ECB_ALG_HANDLE, BCRYPT_OPAQUE_KEY_BLOB, blob, bytes), output);
    expect_bytes(output, expected, 16);
}
END_TEST

/* symmetric.md, section 6: "Opaque export/import with the pseudo-handle and a caller object" */
START_TEST(an_opaque_blob_of_an_xts_key_works)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_XTS_AES_ALG_HANDLE, counting, 64), copy = NULL;
    UCHAR blob[1024], object[2048], unit[8] = { 1 }, expected[512], output[512];
    ULONG length = 512, bytes;

    expect_status(BCryptSetProperty(key, BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)&length, 4, 0),
                  STATUS_SUCCESS);
    bytes = export_key(key, BCRYPT_OPAQUE_KEY_BLOB, blob, sizeof(blob));
    expect_status(BCryptImportKey(BCRYPT_XTS_AES_ALG_HANDLE, NULL, BCRYPT_OPAQUE_KEY_BLOB, &copy,
                                  object, sizeof(object), blob, bytes, 0), STATUS_SUCCESS);
    memset(output, 7, sizeof(output));
    expect_encrypt(key, STATUS_SUCCESS, .input = output, .bytes = 512, .iv = unit, .iv_bytes = 8,
                   .output = expected, .room = 512, .result = &bytes);
    unit[0] = 1;
    expect_encrypt(copy, STATUS_SUCCESS, .input = output, .bytes = 512, .iv = unit, .iv_bytes = 8,
                   .output = output, .room = 512, .result = &bytes);
    expect_bytes(output, expected, 512);
    expect_status(BCryptDestroyKey(copy), STATUS_SUCCESS);
}
END_TEST

START_TEST(an_opaque_blob_keeps_mode_and_chain_value)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_ECB_ALG_HANDLE, counting, 16), copy;
    UCHAR blob[1024], iv[16], output[16];
    ULONG bytes;

    set_mode(key, BCRYPT_CHAIN_MODE_CBC);
    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .iv = iv, .iv_bytes = 16,
                   .output = output, .room = 16, .result = &bytes);
    bytes = export_key(key, BCRYPT_OPAQUE_KEY_BLOB, blob, sizeof(blob));
    copy = import_key(BCRYPT_AES_ECB_ALG_HANDLE, BCRYPT_OPAQUE_KEY_BLOB, blob, bytes);
    expect_encrypt(copy, STATUS_SUCCESS, .input = counting, .bytes = 16, .output = output,
                   .room = 16, .result = &bytes);
    expect_hex(output, 16, "b58a1064d8aca99bd9b0405b8545f5bb");
}
END_TEST

/* "<= 1024 bytes for every cipher" */
static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bytes;
} largest[] =
{
    { BCRYPT_AES_GCM_ALG_HANDLE, 32 }, { BCRYPT_AES_CCM_ALG_HANDLE, 32 },
    { BCRYPT_3DES_CFB_ALG_HANDLE, 24 }, { BCRYPT_DESX_CBC_ALG_HANDLE, 24 },
    { BCRYPT_RC2_CBC_ALG_HANDLE, 128 }, { BCRYPT_RC4_ALG_HANDLE, 256 },
    { BCRYPT_XTS_AES_ALG_HANDLE, 64 }, { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, 32 },
};

START_TEST(an_opaque_blob_has_no_more_than_1024_bytes)
{
    BCRYPT_KEY_HANDLE key = NULL, copy;
    UCHAR blob[1024], again[1024];
    ULONG bytes = 0;

    expect_status(BCryptGenerateSymmetricKey(largest[_i].algorithm, &key, NULL, 0,
                                             (UCHAR *)counting, largest[_i].bytes,
                                             BCRYPT_EXTENDED_KEYSIZE), STATUS_SUCCESS);
    keep_key(key);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_OPAQUE_KEY_BLOB, NULL, 0, &bytes, 0),
                  STATUS_SUCCESS);
    expect_at_most(bytes, sizeof(blob));
    bytes = export_key(key, BCRYPT_OPAQUE_KEY_BLOB, blob, sizeof(blob));
    copy = import_key(largest[_i].algorithm, BCRYPT_OPAQUE_KEY_BLOB, blob, bytes);
    bytes = export_key(key, BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob));
    expect_value(export_key(copy, BCRYPT_KEY_DATA_BLOB, again, sizeof(again)), bytes);
    expect_bytes(again, blob, bytes);
}
END_TEST

START_TEST(an_opaque_blob_keeps_the_place_in_the_stream)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_RC4_ALG_HANDLE, counting, 16), copy;
    UCHAR blob[1024], expected[16], output[16];
    ULONG bytes;

    identify(key, output);
    bytes = export_key(key, BCRYPT_OPAQUE_KEY_BLOB, blob, sizeof(blob));
    identify(key, expected);
    copy = import_key(BCRYPT_RC4_ALG_HANDLE, BCRYPT_OPAQUE_KEY_BLOB, blob, bytes);
    identify(copy, output);
    expect_bytes(output, expected, 16);
}
END_TEST

START_TEST(what_follows_an_opaque_blob_is_ignored)
{
    UCHAR blob[1024];
    ULONG bytes = export_key(new_aes_key(128), BCRYPT_OPAQUE_KEY_BLOB, blob, 1000);

    memset(blob + bytes, 7, sizeof(blob) - bytes);
    import_key(BCRYPT_AES_CBC_ALG_HANDLE, BCRYPT_OPAQUE_KEY_BLOB, blob, sizeof(blob));
}
END_TEST

START_TEST(a_damaged_opaque_blob_is_refused)
{
    UCHAR blob[1024];
    ULONG bytes = export_key(new_aes_key(128), BCRYPT_OPAQUE_KEY_BLOB, blob, sizeof(blob)), i;
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    for (i = 0; i < bytes; i++)
    {
        blob[i] ^= 0x40;
        expect_refused(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, NULL, BCRYPT_OPAQUE_KEY_BLOB,
                                       &key, NULL, 0, blob, bytes, 0));
        blob[i] ^= 0x40;
        expect_refused(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, NULL, BCRYPT_OPAQUE_KEY_BLOB,
                                       &key, NULL, 0, blob, i, 0));
    }
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

/* The same number of key bytes is not enough. */
static const struct
{
    BCRYPT_ALG_HANDLE from, to;
    ULONG bytes;
} foreign[] =
{
    { BCRYPT_RC4_ALG_HANDLE,      BCRYPT_AES_CBC_ALG_HANDLE,           16 },
    { BCRYPT_AES_CBC_ALG_HANDLE,  BCRYPT_RC4_ALG_HANDLE,               16 },
    { BCRYPT_AES_CBC_ALG_HANDLE,  BCRYPT_RC2_CBC_ALG_HANDLE,           16 },
    { BCRYPT_AES_CBC_ALG_HANDLE,  BCRYPT_3DES_CBC_ALG_HANDLE,          24 },
    { BCRYPT_3DES_CBC_ALG_HANDLE, BCRYPT_DESX_CBC_ALG_HANDLE,          24 },
    { BCRYPT_3DES_CBC_ALG_HANDLE, BCRYPT_AES_CBC_ALG_HANDLE,           24 },
    { BCRYPT_AES_CBC_ALG_HANDLE,  BCRYPT_XTS_AES_ALG_HANDLE,           32 },
    { BCRYPT_XTS_AES_ALG_HANDLE,  BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, 32 },
};

START_TEST(a_foreign_opaque_blob_is_refused)
{
    UCHAR blob[1024];
    ULONG bytes = export_key(new_key(foreign[_i].from, counting, foreign[_i].bytes),
                             BCRYPT_OPAQUE_KEY_BLOB, blob, sizeof(blob));
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_refused(BCryptImportKey(foreign[_i].to, NULL, BCRYPT_OPAQUE_KEY_BLOB, &key, NULL, 0,
                                   blob, bytes, 0));
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

void symmetric_blob_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, a_key_data_blob_holds_the_key, keys);
    add_rows(tests, an_export_tells_its_size, types);
    add_rows(tests, a_key_data_blob_makes_the_same_key, keys);
    add_test(tests, an_imported_key_has_the_algorithms_mode);
    add_test(tests, an_unknown_blob_type_is_not_supported);
    add_test(tests, the_fips_flag_is_refused_when_importing);
    add_test(tests, an_imported_keys_object_follows_the_same_rules);
    add_rows(tests, an_opaque_blob_makes_the_same_key, keys);
    add_rows(tests, an_opaque_blob_goes_into_a_caller_object_again, keys);
    add_test(tests, an_opaque_blob_keeps_the_message_block_length);
    add_test(tests, an_opaque_blob_keeps_the_effective_key_length);
    add_test(tests, an_opaque_blob_of_an_xts_key_works);
    add_rows(tests, an_opaque_blob_has_no_more_than_1024_bytes, largest);

    tests = ours(suite);
    add_rows(tests, a_key_data_blob_is_checked, blobs);
    add_test(tests, importing_nothing_is_an_invalid_parameter);
    add_test(tests, exporting_to_nowhere_is_an_invalid_parameter);
    add_rows(tests, blobs_of_key_pairs_are_not_supported, pair_types);
    add_test(tests, an_opaque_blob_keeps_mode_and_chain_value);
    add_test(tests, a_damaged_opaque_blob_is_refused);
    add_rows(tests, a_foreign_opaque_blob_is_refused, foreign);
    add_rows(tests, a_length_that_lies_is_refused, lies);
    add_test(tests, the_extended_flag_works_for_imports_too);
    add_rows(tests, plain_blobs_take_no_wrapping_key, types);
    add_rows(tests, a_wrapping_key_must_be_a_key, types);
    add_test(tests, an_opaque_blob_keeps_the_place_in_the_stream);
    add_test(tests, what_follows_an_opaque_blob_is_ignored);
}
