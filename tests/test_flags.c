/*
 * test_flags.c - flags that a call does not define.
 *
 * Those that it does define are in the file of the call.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

/* --- properties.md, section 1, "dwFlags: none defined" ------------------------------------ */

static const ULONG any_flags[] = { 1, 2, 0x40, 0x80000000, 0xffffffff };

START_TEST(getting_a_property_ignores_flags)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, 16);
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, 0);
    ULONG value = 0, bytes;

    expect_status(BCryptGetProperty(algorithm, BCRYPT_BLOCK_LENGTH, (UCHAR *)&value, 4, &bytes,
                                    any_flags[_i]), STATUS_SUCCESS);
    expect_value(value, 16);
    expect_status(BCryptGetProperty(key, BCRYPT_KEY_STRENGTH, (UCHAR *)&value, 4, &bytes,
                                    any_flags[_i]), STATUS_SUCCESS);
    expect_value(value, 128);
    expect_status(BCryptGetProperty(hash, BCRYPT_HASH_LENGTH, (UCHAR *)&value, 4, &bytes,
                                    any_flags[_i]), STATUS_SUCCESS);
    expect_value(value, 32);
    expect_status(BCryptGetProperty(BCRYPT_RNG_ALG_HANDLE, BCRYPT_PRIMITIVE_TYPE, (UCHAR *)&value,
                                    4, &bytes, any_flags[_i]), STATUS_SUCCESS);
    expect_value(value, BCRYPT_RNG_INTERFACE);
}
END_TEST

START_TEST(setting_a_property_ignores_flags)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, 16);
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_CSHAKE128_ALG_HANDLE, NULL, 0, 0);

    expect_status(BCryptSetProperty(algorithm, BCRYPT_CHAINING_MODE, (UCHAR *)BCRYPT_CHAIN_MODE_GCM,
                                    32, any_flags[_i]), STATUS_SUCCESS);
    expect_status(BCryptGetProperty(algorithm, BCRYPT_AUTH_TAG_LENGTH, NULL, 0, &(ULONG){ 0 }, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptSetProperty(key, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 16,
                                    any_flags[_i]), STATUS_SUCCESS);
    expect_status(BCryptSetProperty(hash, BCRYPT_CUSTOMIZATION_STRING, (UCHAR *)"x", 1,
                                    any_flags[_i]), STATUS_SUCCESS);
}
END_TEST

/* --- all other calls: a flag that means nothing there is refused, and nothing is done ----- */

struct flags_call
{
    const char *name;
    NTSTATUS (*call)(ULONG flags);
    ULONG flags;
};

/* The status, unless a handle was written. */
static NTSTATUS unmade(NTSTATUS status, const void *handle)
{
    expect_pointer(handle, UNTOUCHED_HANDLE);
    return status;
}

static NTSTATUS generate(BCRYPT_ALG_HANDLE algorithm, ULONG bytes, ULONG flags)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    NTSTATUS status = BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, (UCHAR *)counting, bytes,
                                                 flags);

    return unmade(status, key);
}

static NTSTATUS generate_aes(ULONG flags)
{
    return generate(BCRYPT_AES_CBC_ALG_HANDLE, 16, flags);
}

static NTSTATUS generate_rc4(ULONG flags)
{
    return generate(BCRYPT_RC4_ALG_HANDLE, 16, flags);
}

static NTSTATUS generate_xts(ULONG flags)
{
    return generate(BCRYPT_XTS_AES_ALG_HANDLE, 32, flags);
}

static NTSTATUS import_key(ULONG flags)
{
    struct
    {
        BCRYPT_KEY_DATA_BLOB_HEADER header;
        UCHAR key[16];
    } blob = { { BCRYPT_KEY_DATA_BLOB_MAGIC, BCRYPT_KEY_DATA_BLOB_VERSION1, 16 }, { 0 } };
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    NTSTATUS status = BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, NULL, BCRYPT_KEY_DATA_BLOB, &key,
                                      NULL, 0, (UCHAR *)&blob, sizeof(blob), flags);

    return unmade(status, key);
}

static NTSTATUS export_key(const WCHAR *type, BCRYPT_KEY_HANDLE wrapping, ULONG flags)
{
    BCRYPT_KEY_HANDLE key = new_aes_key(128);
    UCHAR blob[1024];
    ULONG bytes = 0;
    NTSTATUS query = BCryptExportKey(key, wrapping, type, NULL, 0, &bytes, flags);

    mark(blob, sizeof(blob));
    expect_status(BCryptExportKey(key, wrapping, type, blob, sizeof(blob), &bytes, flags), query);
    expect_untouched(blob, sizeof(blob));
    return query;
}

static NTSTATUS export_data(ULONG flags)
{
    return export_key(BCRYPT_KEY_DATA_BLOB, NULL, flags);
}

static NTSTATUS export_opaque(ULONG flags)
{
    return export_key(BCRYPT_OPAQUE_KEY_BLOB, NULL, flags);
}

static NTSTATUS export_wrapped(ULONG flags)
{
    return export_key(BCRYPT_AES_WRAP_KEY_BLOB, new_aes_key(256), flags);
}

static NTSTATUS duplicate_key(ULONG flags)
{
    BCRYPT_KEY_HANDLE copy = UNTOUCHED_HANDLE;
    NTSTATUS status = BCryptDuplicateKey(new_aes_key(128), &copy, NULL, 0, flags);

    return unmade(status, copy);
}

/* Encrypts and decrypts 32 bytes: neither may write, nor move the IV. */
static NTSTATUS crypt(BCRYPT_ALG_HANDLE algorithm, ULONG key_bytes, ULONG iv_bytes, ULONG flags)
{
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, key_bytes);
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    UCHAR iv[16], output[64], tag[16];
    ULONG bytes = 0;
    NTSTATUS status;

    mark(iv, sizeof(iv));
    mark(tag, sizeof(tag));
    mark(output, sizeof(output));
    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = (UCHAR *)counting;
    info.cbNonce = 12;
    info.pbTag = tag;
    info.cbTag = sizeof(tag);
    status = BCryptEncrypt(key, (UCHAR *)counting, 32, &info, iv_bytes ? iv : NULL, iv_bytes,
                           output, sizeof(output), &bytes, flags);
    expect_decrypt(key, status, .input = counting, .bytes = 32, .info = &info,
                   .iv = iv_bytes ? iv : NULL, .iv_bytes = iv_bytes, .output = output,
                   .room = sizeof(output), .result = &bytes, .flags = flags);
    expect_untouched(iv, sizeof(iv));
    expect_untouched(tag, sizeof(tag));
    expect_untouched(output, sizeof(output));
    return status;
}

static NTSTATUS crypt_ecb(ULONG flags)
{
    return crypt(BCRYPT_AES_ECB_ALG_HANDLE, 16, 0, flags);
}

static NTSTATUS crypt_cbc(ULONG flags)
{
    return crypt(BCRYPT_AES_CBC_ALG_HANDLE, 16, 16, flags);
}

static NTSTATUS crypt_cfb(ULONG flags)
{
    return crypt(BCRYPT_AES_CFB_ALG_HANDLE, 16, 16, flags);
}

static NTSTATUS crypt_gcm(ULONG flags)
{
    return crypt(BCRYPT_AES_GCM_ALG_HANDLE, 16, 0, flags);
}

static NTSTATUS crypt_ccm(ULONG flags)
{
    return crypt(BCRYPT_AES_CCM_ALG_HANDLE, 16, 0, flags);
}

static NTSTATUS crypt_chacha(ULONG flags)
{
    return crypt(BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, 32, 0, flags);
}

static NTSTATUS crypt_xts(ULONG flags)
{
    return crypt(BCRYPT_XTS_AES_ALG_HANDLE, 32, 8, flags);
}

static NTSTATUS crypt_rc4(ULONG flags)
{
    return crypt(BCRYPT_RC4_ALG_HANDLE, 16, 0, flags);
}

static NTSTATUS create_hash(ULONG flags)
{
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;
    NTSTATUS status = BCryptCreateHash(BCRYPT_SHA256_ALG_HANDLE, &hash, NULL, 0, NULL, 0, flags);

    return unmade(status, hash);
}

static void expect_abc(BCRYPT_HASH_HANDLE hash)
{
    UCHAR digest[20];

    expect_status(BCryptFinishHash(hash, digest, 20, 0), STATUS_SUCCESS);
    expect_hex(digest, 20, "a9993e364706816aba3e25717850c26c9cd0d89d");
}

static BCRYPT_HASH_HANDLE new_abc(void)
{
    BCRYPT_HASH_HANDLE hash = new_hash(open_algorithm(BCRYPT_SHA1_ALGORITHM, 0), NULL, 0, 0);

    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    return hash;
}

static NTSTATUS hash_data(ULONG flags)
{
    BCRYPT_HASH_HANDLE hash = new_abc();
    NTSTATUS status = BCryptHashData(hash, (UCHAR *)"d", 1, flags);

    expect_abc(hash);
    return status;
}

static NTSTATUS finish_hash(ULONG flags)
{
    BCRYPT_HASH_HANDLE hash = new_abc();
    UCHAR digest[20];
    NTSTATUS status;

    mark(digest, sizeof(digest));
    status = BCryptFinishHash(hash, digest, sizeof(digest), flags);
    expect_untouched(digest, sizeof(digest));
    expect_abc(hash);
    return status;
}

static NTSTATUS duplicate_hash(ULONG flags)
{
    BCRYPT_HASH_HANDLE copy = UNTOUCHED_HANDLE;
    NTSTATUS status = BCryptDuplicateHash(new_abc(), &copy, NULL, 0, flags);

    return unmade(status, copy);
}

static NTSTATUS create_multi_hash(ULONG flags)
{
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;
    NTSTATUS status = BCryptCreateMultiHash(BCRYPT_SHA256_ALG_HANDLE, &hash, 2, NULL, 0, NULL, 0,
                                            flags);

    return unmade(status, hash);
}

static NTSTATUS process_multi_hash(ULONG flags)
{
    BCRYPT_MULTI_HASH_OPERATION operation = { 0, BCRYPT_HASH_OPERATION_FINISH_HASH, NULL, 32 };
    BCRYPT_HASH_HANDLE hash = NULL;
    UCHAR digest[32];
    NTSTATUS status;

    operation.pbBuffer = digest;
    mark(digest, sizeof(digest));
    expect_status(BCryptCreateMultiHash(BCRYPT_SHA256_ALG_HANDLE, &hash, 2, NULL, 0, NULL, 0, 0),
                  STATUS_SUCCESS);
    keep_hash(hash);
    status = BCryptProcessMultiOperations(hash, BCRYPT_OPERATION_TYPE_HASH, &operation,
                                          sizeof(operation), flags);
    expect_untouched(digest, sizeof(digest));
    return status;
}

static NTSTATUS enum_providers(ULONG flags)
{
    BCRYPT_PROVIDER_NAME *list = UNTOUCHED_HANDLE;
    ULONG count = UNTOUCHED_ULONG;
    NTSTATUS status = BCryptEnumProviders(BCRYPT_AES_ALGORITHM, &count, &list, flags);

    expect_value(count, UNTOUCHED_ULONG);
    return unmade(status, list);
}

#define ROW(call, flags) { #call, call, flags }

/* BCRYPT_GENERATE_IV is in the header and documented for none of the calls. */
static const struct flags_call refused[] =
{
    ROW(generate_aes, 1), ROW(generate_aes, BCRYPT_GENERATE_IV), ROW(generate_aes, 0x80000000),
    ROW(generate_rc4, BCRYPT_GENERATE_IV), ROW(generate_xts, BCRYPT_GENERATE_IV),
    ROW(import_key, 1), ROW(import_key, BCRYPT_GENERATE_IV), ROW(import_key, 0x80000000),
    ROW(export_data, 1), ROW(export_opaque, 1), ROW(export_wrapped, 1),
    ROW(export_data, 0x80000000),
    ROW(duplicate_key, 1), ROW(duplicate_key, 0x80000000),
    ROW(crypt_ecb, BCRYPT_GENERATE_IV), ROW(crypt_cbc, BCRYPT_GENERATE_IV),
    ROW(crypt_cfb, BCRYPT_GENERATE_IV), ROW(crypt_gcm, BCRYPT_GENERATE_IV),
    ROW(crypt_ccm, BCRYPT_GENERATE_IV), ROW(crypt_chacha, BCRYPT_GENERATE_IV),
    ROW(crypt_xts, BCRYPT_GENERATE_IV), ROW(crypt_rc4, BCRYPT_GENERATE_IV),
    ROW(crypt_cbc, BCRYPT_BLOCK_PADDING | BCRYPT_GENERATE_IV), ROW(crypt_cbc, 2),
    ROW(crypt_ccm, BCRYPT_BLOCK_PADDING), ROW(crypt_chacha, BCRYPT_BLOCK_PADDING),
    ROW(crypt_xts, BCRYPT_BLOCK_PADDING), ROW(crypt_rc4, 2),
    ROW(create_hash, 1), ROW(create_hash, BCRYPT_ALG_HANDLE_HMAC_FLAG),
    ROW(create_hash, BCRYPT_MULTI_FLAG),
    ROW(hash_data, 1), ROW(hash_data, 0x80000000), ROW(hash_data, BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG),
    ROW(finish_hash, 2), ROW(finish_hash, BCRYPT_HASH_DONT_RESET_FLAG | 2),
    ROW(finish_hash, BCRYPT_HASH_DONT_RESET_FLAG), ROW(finish_hash, 0x80000000),
    ROW(duplicate_hash, 1), ROW(duplicate_hash, BCRYPT_HASH_REUSABLE_FLAG),
    ROW(create_multi_hash, 1), ROW(create_multi_hash, BCRYPT_MULTI_FLAG),
    ROW(process_multi_hash, 1), ROW(process_multi_hash, 0x80000000),
    ROW(enum_providers, 1),
};

START_TEST(a_flag_that_means_nothing_is_an_invalid_parameter)
{
    expect_status_at(__FILE__, __LINE__, refused[_i].name, refused[_i].call(refused[_i].flags),
                     STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- handles.md, "Threads and IRQL": BCRYPT_BUFFERS_LOCKED_FLAG in every mode ------------- */

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG key_bytes, iv_bytes;
} ciphers[] =
{
    { BCRYPT_AES_GCM_ALG_HANDLE,           16, 0 }, { BCRYPT_AES_CCM_ALG_HANDLE, 16, 0 },
    { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, 32, 0 }, { BCRYPT_XTS_AES_ALG_HANDLE, 32, 8 },
    { BCRYPT_RC4_ALG_HANDLE,               16, 0 }, { BCRYPT_3DES_CBC_ALG_HANDLE, 24, 8 },
};

START_TEST(the_locked_buffers_flag_is_ignored)
{
    BCRYPT_KEY_HANDLE key = new_key(ciphers[_i].algorithm, counting, ciphers[_i].key_bytes);
    BCRYPT_KEY_HANDLE same = new_key(ciphers[_i].algorithm, counting, ciphers[_i].key_bytes);
    UCHAR output[32], locked[32], tag[16], iv[8] = { 0 };
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    ULONG bytes;

    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = (UCHAR *)counting;
    info.cbNonce = 12;
    info.pbTag = tag;
    info.cbTag = sizeof(tag);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 32, .info = &info,
                   .iv = ciphers[_i].iv_bytes ? iv : NULL, .iv_bytes = ciphers[_i].iv_bytes,
                   .output = output, .room = 32, .result = &bytes);
    memset(iv, 0, sizeof(iv));
    expect_encrypt(same, STATUS_SUCCESS, .input = counting, .bytes = 32, .info = &info,
                   .iv = ciphers[_i].iv_bytes ? iv : NULL, .iv_bytes = ciphers[_i].iv_bytes,
                   .output = locked, .room = 32, .result = &bytes,
                   .flags = BCRYPT_BUFFERS_LOCKED_FLAG);
    expect_bytes(locked, output, 32);
}
END_TEST

void flags_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, the_locked_buffers_flag_is_ignored, ciphers);

    tests = ours(suite);
    add_rows(tests, getting_a_property_ignores_flags, any_flags);
    add_rows(tests, setting_a_property_ignores_flags, any_flags);
    add_rows(tests, a_flag_that_means_nothing_is_an_invalid_parameter, refused);
}
