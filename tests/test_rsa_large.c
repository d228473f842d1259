/*
 * test_rsa_large.c - RSA with the longest modulus there is, 16384 bits.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_rsa_keys.h"

#define BYTES 2048
#define FULL_BYTES (24 + 3 + 2 * BYTES + 5 * BYTES / 2)

START_TEST(the_longest_key_goes_through_its_blobs)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_16384), copy = NULL;
    UCHAR expected[RSA_BLOB_ROOM], blob[RSA_BLOB_ROOM];
    UCHAR *full = malloc(FULL_BYTES);
    ULONG bytes = rsa_blob(expected, &rsa_16384, BCRYPT_RSAPRIVATE_BLOB), result = 0;

    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 16384);
    expect_value(property_ulong(key, BCRYPT_SIGNATURE_LENGTH), BYTES);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_RSAPRIVATE_BLOB, blob, sizeof(blob), &result,
                                  0), STATUS_SUCCESS);
    expect_value(result, bytes);
    expect_bytes(blob, expected, bytes);

    expect_status(BCryptExportKey(key, NULL, BCRYPT_RSAFULLPRIVATE_BLOB, full, FULL_BYTES, &result,
                                  0), STATUS_SUCCESS);
    expect_value(result, FULL_BYTES);
    expect_status(BCryptImportKeyPair(BCRYPT_RSA_ALG_HANDLE, NULL, BCRYPT_RSAFULLPRIVATE_BLOB,
                                      &copy, full, FULL_BYTES, 0), STATUS_SUCCESS);
    keep_key(copy);
    free(full);
    expect_status(BCryptExportKey(copy, NULL, BCRYPT_RSAPRIVATE_BLOB, blob, sizeof(blob), &result,
                                  0), STATUS_SUCCESS);
    expect_value(result, bytes);
    expect_bytes(blob, expected, bytes);
}
END_TEST

/* With the longest salt there is room for. */
START_TEST(the_longest_key_signs)
{
    BCRYPT_PSS_PADDING_INFO padding = { BCRYPT_SHA512_ALGORITHM, BYTES - 64 - 2 };
    BCRYPT_KEY_HANDLE public = rsa_public(&rsa_16384);
    UCHAR signature[BYTES], digest[64];
    ULONG result = 0;

    memcpy(digest, counting, sizeof(digest));
    expect_status(BCryptSignHash(rsa_pair(&rsa_16384), &padding, digest, 64, signature, BYTES,
                                 &result, BCRYPT_PAD_PSS), STATUS_SUCCESS);
    expect_value(result, BYTES);
    expect_status(BCryptVerifySignature(public, &padding, digest, 64, signature, BYTES,
                                        BCRYPT_PAD_PSS), STATUS_SUCCESS);
    digest[63] ^= 1;
    expect_status(BCryptVerifySignature(public, &padding, digest, 64, signature, BYTES,
                                        BCRYPT_PAD_PSS), STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(the_longest_key_encrypts_the_longest_message)
{
    BCRYPT_OAEP_PADDING_INFO padding = { BCRYPT_SHA512_ALGORITHM, (UCHAR *)"label", 5 };
    UCHAR text[BYTES], cipher[BYTES], plain[BYTES];
    ULONG most = BYTES - 2 * 64 - 2, result = 0, i;

    for (i = 0; i < BYTES; i++) text[i] = (UCHAR)i;
    expect_encrypt(rsa_public(&rsa_16384), STATUS_SUCCESS, .input = text, .bytes = most,
                   .info = &padding, .output = cipher, .room = BYTES, .result = &result,
                   .flags = BCRYPT_PAD_OAEP);
    expect_value(result, BYTES);
    expect_decrypt(rsa_pair(&rsa_16384), STATUS_SUCCESS, .input = cipher, .bytes = BYTES,
                   .info = &padding, .output = plain, .room = BYTES, .result = &result,
                   .flags = BCRYPT_PAD_OAEP);
    expect_value(result, most);
    expect_bytes(plain, text, most);
}
END_TEST

void rsa_large_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_test(tests, the_longest_key_goes_through_its_blobs);
    add_test(tests, the_longest_key_signs);
    add_test(tests, the_longest_key_encrypts_the_longest_message);
}
