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

static BCRYPT_PKCS1_PADDING_INFO pkcs1 = { BCRYPT_SHA512_ALGORITHM };
static BCRYPT_PSS_PADDING_INFO pss = { BCRYPT_SHA512_ALGORITHM, 64 };
static BCRYPT_PSS_PADDING_INFO pss_most = { BCRYPT_SHA512_ALGORITHM, BYTES - 64 - 2 };

static const struct
{
    void *padding;
    ULONG flags;
} signatures[] =
{
    { &pkcs1, BCRYPT_PAD_PKCS1 }, { &pss, BCRYPT_PAD_PSS }, { &pss_most, BCRYPT_PAD_PSS },
};

START_TEST(the_longest_key_signs)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_16384), public = rsa_public(&rsa_16384);
    UCHAR signature[BYTES], digest[64];
    ULONG result = 0;

    memcpy(digest, counting, sizeof(digest));
    expect_status(BCryptSignHash(key, signatures[_i].padding, digest, 64, signature, BYTES, &result,
                                 signatures[_i].flags), STATUS_SUCCESS);
    expect_value(result, BYTES);
    expect_status(BCryptVerifySignature(public, signatures[_i].padding, digest, 64, signature,
                                        BYTES, signatures[_i].flags), STATUS_SUCCESS);
    digest[63] ^= 1;
    expect_status(BCryptVerifySignature(public, signatures[_i].padding, digest, 64, signature,
                                        BYTES, signatures[_i].flags), STATUS_INVALID_SIGNATURE);
}
END_TEST

static BCRYPT_OAEP_PADDING_INFO oaep = { BCRYPT_SHA512_ALGORITHM, (UCHAR *)"label", 5 };

static const struct
{
    void *padding;
    ULONG flags, most;
} ciphers[] =
{
    { NULL, BCRYPT_PAD_NONE, BYTES }, { NULL, BCRYPT_PAD_PKCS1, BYTES - 11 },
    { &oaep, BCRYPT_PAD_OAEP, BYTES - 2 * 64 - 2 },
};

START_TEST(the_longest_key_encrypts_the_longest_message)
{
    UCHAR text[BYTES], cipher[BYTES], plain[BYTES];
    ULONG most = ciphers[_i].most, result = 0, i;

    for (i = 0; i < BYTES; i++) text[i] = (UCHAR)i;
    expect_status(BCryptEncrypt(rsa_public(&rsa_16384), text, most, ciphers[_i].padding, NULL, 0,
                                cipher, BYTES, &result, ciphers[_i].flags), STATUS_SUCCESS);
    expect_value(result, BYTES);
    expect_status(BCryptDecrypt(rsa_pair(&rsa_16384), cipher, BYTES, ciphers[_i].padding, NULL, 0,
                                plain, BYTES, &result, ciphers[_i].flags), STATUS_SUCCESS);
    expect_value(result, most);
    expect_bytes(plain, text, most);
}
END_TEST

void rsa_large_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_test(tests, the_longest_key_goes_through_its_blobs);
    add_rows(tests, the_longest_key_signs, signatures);
    add_rows(tests, the_longest_key_encrypts_the_longest_message, ciphers);
}
