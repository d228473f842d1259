/*
 * test_key_wrap.c - symmetric keys that are exported and imported wrapped in another key.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

#define HEADER_BYTES 12

/* The bytes of a key, as its plain blob shows them. */
static void expect_key_bytes(BCRYPT_KEY_HANDLE key, const void *expected, ULONG count)
{
    ULONG bytes = 0;
    UCHAR blob[128];

    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob), &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, HEADER_BYTES + count);
    expect_bytes(blob + HEADER_BYTES, expected, count);
}

/* --- symmetric.md, section 9: Rfc3565KeyWrapBlob; RFC 3394, section 4 --------------------- */

static const struct
{
    ULONG wrapping_bytes;
    const char *key, *wrapped;
} wraps[] =
{
    { 16, "00112233445566778899aabbccddeeff",
      "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5" },
    { 24, "00112233445566778899aabbccddeeff",
      "96778b25ae6ca435f92b5b97c050aed2468ab8a17ad84e5d" },
    { 32, "00112233445566778899aabbccddeeff",
      "64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7" },
    { 24, "00112233445566778899aabbccddeeff0001020304050607",
      "031d33264e15d33268f24ec260743edce1c6c7ddee725a936ba814915c6762d2" },
    { 32, "00112233445566778899aabbccddeeff0001020304050607",
      "a8f9bc1612c68b3ff6e6f4fbe30e71e4769c8b80a32cb8958cd5d17d6b254da1" },
    { 32, "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f",
      "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21" },
};

START_TEST(wrapping_gives_the_published_blobs)
{
    BCRYPT_KEY_HANDLE wrapping = new_key(BCRYPT_AES_CBC_ALG_HANDLE, counting,
                                         wraps[_i].wrapping_bytes);
    BCRYPT_KEY_HANDLE key = new_key_hex(BCRYPT_AES_CBC_ALG_HANDLE, wraps[_i].key);
    ULONG expected = (ULONG)strlen(wraps[_i].wrapped) / 2, bytes = 0;
    UCHAR blob[64];

    expect_status(BCryptExportKey(key, wrapping, BCRYPT_AES_WRAP_KEY_BLOB, NULL, 0, &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, expected);
    expect_status(BCryptExportKey(key, wrapping, BCRYPT_AES_WRAP_KEY_BLOB, blob, expected - 1,
                                  &bytes, 0), STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, expected);
    expect_status(BCryptExportKey(key, wrapping, BCRYPT_AES_WRAP_KEY_BLOB, blob, sizeof(blob),
                                  &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, expected);
    expect_hex(blob, bytes, wraps[_i].wrapped);
}
END_TEST

START_TEST(unwrapping_gives_the_key)
{
    BCRYPT_KEY_HANDLE wrapping = new_key(BCRYPT_AES_GCM_ALG_HANDLE, counting,
                                         wraps[_i].wrapping_bytes);
    BCRYPT_KEY_HANDLE key = NULL;
    UCHAR blob[64];
    ULONG bytes = (ULONG)unhex(blob, sizeof(blob), wraps[_i].wrapped);

    expect_status(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, wrapping, BCRYPT_AES_WRAP_KEY_BLOB,
                                  &key, NULL, 0, blob, bytes, 0), STATUS_SUCCESS);
    keep_key(key);
    bytes = (ULONG)unhex(blob, sizeof(blob), wraps[_i].key);
    expect_key_bytes(key, blob, bytes);
}
END_TEST

START_TEST(a_damaged_wrapped_key_is_refused)
{
    BCRYPT_KEY_HANDLE wrapping = new_key(BCRYPT_AES_CBC_ALG_HANDLE, counting,
                                         wraps[_i].wrapping_bytes);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    UCHAR blob[64];
    ULONG bytes = (ULONG)unhex(blob, sizeof(blob), wraps[_i].wrapped), i;

    for (i = 0; i < bytes; i++)
    {
        blob[i] ^= 1;
        expect_refused(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, wrapping,
                                       BCRYPT_AES_WRAP_KEY_BLOB, &key, NULL, 0, blob, bytes, 0));
        blob[i] ^= 1;
        expect_refused(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, wrapping,
                                       BCRYPT_AES_WRAP_KEY_BLOB, &key, NULL, 0, blob, i, 0));
    }
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(wrapping_needs_an_aes_key)
{
    BCRYPT_KEY_HANDLE key = new_aes_key(128), copy = UNTOUCHED_HANDLE;
    BCRYPT_KEY_HANDLE rc4 = new_key(BCRYPT_RC4_ALG_HANDLE, counting, 16);
    UCHAR blob[64] = { 0 };
    ULONG bytes;

    expect_refused(BCryptExportKey(key, NULL, BCRYPT_AES_WRAP_KEY_BLOB, blob, 64, &bytes, 0));
    expect_refused(BCryptExportKey(key, rc4, BCRYPT_AES_WRAP_KEY_BLOB, blob, 64, &bytes, 0));
    expect_refused(BCryptExportKey(key, UNTOUCHED_HANDLE, BCRYPT_AES_WRAP_KEY_BLOB, blob, 64,
                                   &bytes, 0));
    expect_refused(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, NULL, BCRYPT_AES_WRAP_KEY_BLOB,
                                   &copy, NULL, 0, blob, 24, 0));
    expect_refused(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, rc4, BCRYPT_AES_WRAP_KEY_BLOB,
                                   &copy, NULL, 0, blob, 24, 0));
    expect_refused(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, UNTOUCHED_HANDLE,
                                   BCRYPT_AES_WRAP_KEY_BLOB, &copy, NULL, 0, blob, 24, 0));
    expect_pointer(copy, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(what_is_wrong_with_wrapping_is_an_invalid_parameter)
{
    BCRYPT_KEY_HANDLE key = new_aes_key(128), copy = UNTOUCHED_HANDLE;
    BCRYPT_KEY_HANDLE rc4 = new_key(BCRYPT_RC4_ALG_HANDLE, counting, 16);
    BCRYPT_KEY_HANDLE des = new_key(BCRYPT_DES_CBC_ALG_HANDLE, counting, 8);
    static const ULONG sizes[] = { 0, 1, 8, 16, 23, 25, 28, 32, 40, 264, 272, 1024 };
    UCHAR blob[1024] = { 0 };
    ULONG bytes;
    size_t i;

    expect_status(BCryptExportKey(key, NULL, BCRYPT_AES_WRAP_KEY_BLOB, blob, 64, &bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptExportKey(key, rc4, BCRYPT_AES_WRAP_KEY_BLOB, blob, 64, &bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptExportKey(des, key, BCRYPT_AES_WRAP_KEY_BLOB, blob, 64, &bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, NULL, BCRYPT_AES_WRAP_KEY_BLOB, &copy,
                                  NULL, 0, blob, 24, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, rc4, BCRYPT_AES_WRAP_KEY_BLOB, &copy,
                                  NULL, 0, blob, 24, 0), STATUS_INVALID_PARAMETER);
    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        expect_status(BCryptImportKey(BCRYPT_AES_CBC_ALG_HANDLE, key, BCRYPT_AES_WRAP_KEY_BLOB,
                                      &copy, NULL, 0, blob, sizes[i], 0),
                      STATUS_INVALID_PARAMETER);
    }
    expect_pointer(copy, UNTOUCHED_HANDLE);
}
END_TEST

/* Whatever it is for: the wrapping key's mode, IV and stream have nothing to do with it. */
static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bytes;
} wrapped_keys[] =
{
    { BCRYPT_AES_GCM_ALG_HANDLE, 32 }, { BCRYPT_3DES_CBC_ALG_HANDLE, 24 },
    { BCRYPT_RC4_ALG_HANDLE, 64 }, { BCRYPT_XTS_AES_ALG_HANDLE, 64 },
    { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, 32 }, { BCRYPT_RC2_CBC_ALG_HANDLE, 16 },
};

START_TEST(a_key_of_any_cipher_goes_through_a_wrapped_blob)
{
    BCRYPT_KEY_HANDLE wrapping = new_key(BCRYPT_AES_CFB_ALG_HANDLE, counting, 32), copy = NULL;
    BCRYPT_KEY_HANDLE key = new_key(wrapped_keys[_i].algorithm, counting + 1,
                                    wrapped_keys[_i].bytes);
    UCHAR blob[128];
    ULONG bytes = 0;

    expect_status(BCryptExportKey(key, wrapping, BCRYPT_AES_WRAP_KEY_BLOB, blob, sizeof(blob),
                                  &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, wrapped_keys[_i].bytes + 8);
    expect_status(BCryptImportKey(wrapped_keys[_i].algorithm, wrapping, BCRYPT_AES_WRAP_KEY_BLOB,
                                  &copy, NULL, 0, blob, bytes, 0), STATUS_SUCCESS);
    keep_key(copy);
    expect_key_bytes(copy, counting + 1, wrapped_keys[_i].bytes);
}
END_TEST

/* "key length must be a multiple of 8" */
static const ULONG odd_lengths[] = { 13, 17, 20, 23, 33 };

START_TEST(a_key_of_odd_length_cannot_be_wrapped)
{
    BCRYPT_KEY_HANDLE wrapping = new_aes_key(128);
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_RC4_ALG_HANDLE, counting, odd_lengths[_i]);
    UCHAR blob[64];

    expect_refused(BCryptExportKey(key, wrapping, BCRYPT_AES_WRAP_KEY_BLOB, blob, 64,
                                   &(ULONG){ 0 }, 0));
}
END_TEST

void key_wrap_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, wrapping_gives_the_published_blobs, wraps);
    add_rows(tests, unwrapping_gives_the_key, wraps);
    add_rows(tests, a_damaged_wrapped_key_is_refused, wraps);
    add_rows(tests, a_key_of_any_cipher_goes_through_a_wrapped_blob, wrapped_keys);
    add_rows(tests, a_key_of_odd_length_cannot_be_wrapped, odd_lengths);

    tests = ours(suite);
    add_test(tests, wrapping_needs_an_aes_key);
    add_test(tests, what_is_wrong_with_wrapping_is_an_invalid_parameter);
}
