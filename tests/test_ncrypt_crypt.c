/*
 * test_ncrypt_crypt.c - signatures and encryption through key storage.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ncrypt_calls.h"

static const struct
{
    const WCHAR *id;
    ULONG bits;
} signers[] =
{
    { BCRYPT_RSA_ALGORITHM,        1024 },
    { BCRYPT_DSA_ALGORITHM,        1024 },
    { BCRYPT_ECDSA_P256_ALGORITHM, 0    },
    { BCRYPT_ECDSA_P384_ALGORITHM, 0    },
    { BCRYPT_ECDSA_P521_ALGORITHM, 0    },
};

START_TEST(a_key_signs_what_it_verifies)
{
    NCRYPT_KEY_HANDLE key = new_stored(signers[_i].id, signers[_i].bits);

    expect_signs_for(key, key);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

/* .NET's ECDsa signs with such keys, if they come from PKCS #8; of new ones nothing is known. */
START_TEST(a_key_of_agreement_signs)
{
    static const WCHAR *const ids[] = { BCRYPT_ECDH_P256_ALGORITHM, BCRYPT_ECDH_P521_ALGORITHM };
    NCRYPT_KEY_HANDLE key = new_stored(ids[_i], 0);

    expect_signs_for(key, key);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_key_of_agreement_on_a_named_curve_signs)
{
    NCRYPT_KEY_HANDLE key = new_stored_with(BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_NAME,
                                            L"secP256k1");

    expect_signs_for(key, key);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(rsa_signs_with_pss)
{
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_RSA_ALGORITHM, 2048);
    BCRYPT_PSS_PADDING_INFO info = { BCRYPT_SHA256_ALGORITHM, 32 };
    UCHAR hash[32] = { 5 }, signature[256];
    DWORD bytes = 0;

    expect_status(NCryptSignHash(key, &info, hash, sizeof(hash), signature, sizeof(signature),
                                 &bytes, NCRYPT_PAD_PSS_FLAG | NCRYPT_SILENT_FLAG), 0);
    expect_value(bytes, sizeof(signature));
    expect_status(NCryptVerifySignature(key, &info, hash, sizeof(hash), signature, bytes,
                                        NCRYPT_PAD_PSS_FLAG), 0);
    signature[9] ^= 2;
    expect_status(NCryptVerifySignature(key, &info, hash, sizeof(hash), signature, bytes,
                                        NCRYPT_PAD_PSS_FLAG), NTE_BAD_SIGNATURE);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_verification_that_is_wrong_is_refused)
{
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_RSA_ALGORITHM, 1024);
    BCRYPT_PKCS1_PADDING_INFO info = { BCRYPT_SHA256_ALGORITHM }, md5 = { BCRYPT_MD5_ALGORITHM };
    UCHAR hash[32] = { 5 }, signature[128];
    DWORD bytes;

    expect_status(NCryptSignHash(key, &info, hash, sizeof(hash), signature, sizeof(signature),
                                 &bytes, NCRYPT_PAD_PKCS1_FLAG), 0);
    expect_status(NCryptVerifySignature(key, NULL, hash, sizeof(hash), signature, bytes, 0),
                  NTE_INVALID_PARAMETER);
    expect_status(NCryptVerifySignature(0, &info, hash, sizeof(hash), signature, bytes,
                                        NCRYPT_PAD_PKCS1_FLAG), NTE_INVALID_HANDLE);
    expect_status(NCryptVerifySignature(key, &info, NULL, sizeof(hash), signature, bytes,
                                        NCRYPT_PAD_PKCS1_FLAG), NULL_REFERENCE);
    expect_status(NCryptVerifySignature(key, &info, hash, sizeof(hash), NULL, bytes,
                                        NCRYPT_PAD_PKCS1_FLAG), NULL_REFERENCE);
    expect_status(NCryptVerifySignature(key, &info, hash, 4, signature, bytes,
                                        NCRYPT_PAD_PKCS1_FLAG), NTE_INVALID_PARAMETER);
    expect_status(NCryptVerifySignature(key, &info, hash, sizeof(hash), signature, 4,
                                        NCRYPT_PAD_PKCS1_FLAG), NTE_INVALID_PARAMETER);
    expect_status(NCryptVerifySignature(key, &md5, hash, sizeof(hash), signature, bytes,
                                        NCRYPT_PAD_PKCS1_FLAG), NTE_INVALID_PARAMETER);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_public_half_does_not_sign)
{
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_ECDSA_P256_ALGORITHM, 0), half;
    UCHAR hash[32] = { 5 }, signature[64], *blob;
    ULONG blob_bytes;
    DWORD bytes;

    blob = export_blob(key, BCRYPT_ECCPUBLIC_BLOB, NULL, &blob_bytes);
    half = import_blob(BCRYPT_ECCPUBLIC_BLOB, NULL, blob, blob_bytes);
    expect_refused(NCryptSignHash(half, NULL, hash, sizeof(hash), signature, sizeof(signature),
                                  &bytes, 0));
    expect_signs_for(key, half);
    free(blob);
    expect_status(NCryptFreeObject(half), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(rsa_encrypts_and_decrypts)
{
    static const DWORD flags[] = { NCRYPT_PAD_PKCS1_FLAG, NCRYPT_PAD_OAEP_FLAG };
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_RSA_ALGORITHM, 1024);
    BCRYPT_OAEP_PADDING_INFO oaep = { BCRYPT_SHA1_ALGORITHM, NULL, 0 };
    void *info = _i ? &oaep : NULL;
    UCHAR text[12] = "Hello world", cipher[128], plain[128];
    DWORD bytes = 0;

    expect_status(NCryptEncrypt(key, text, sizeof(text), info, NULL, 0, &bytes, flags[_i]), 0);
    expect_value(bytes, sizeof(cipher));
    expect_status(NCryptEncrypt(key, text, sizeof(text), info, cipher, 12, &bytes, flags[_i]),
                  NTE_BUFFER_TOO_SMALL);
    expect_status(NCryptEncrypt(key, text, sizeof(text), info, cipher, sizeof(cipher), &bytes,
                                flags[_i]), 0);
    expect_status(NCryptDecrypt(key, cipher, sizeof(cipher), info, plain, sizeof(plain), &bytes,
                                flags[_i]), 0);
    expect_value(bytes, sizeof(text));
    expect_bytes(plain, text, sizeof(text));
    expect_status(NCryptEncrypt(key, text, sizeof(text), info, NULL, 0, &bytes, 51342),
                  NTE_BAD_FLAGS);
    expect_status(NCryptEncrypt(provider, text, sizeof(text), info, NULL, 0, &bytes, flags[_i]),
                  NTE_INVALID_HANDLE);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

/* AES-128-CBC of NIST SP 800-38A, F.2.1: its key, its vector, two blocks. */
static const UCHAR aes_blob[] =
{
    0x10, 0, 0, 0, 'C', 'P', 'H', 'R', 8, 0, 0, 0, 28, 0, 0, 0, 'A', 0, 'E', 0, 'S', 0, 0, 0,
    'K', 'D', 'B', 'M', 1, 0, 0, 0, 16, 0, 0, 0,
    0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6, 0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c,
};

START_TEST(a_cipher_chains_over_calls)
{
    NCRYPT_KEY_HANDLE key = import_blob(NCRYPT_CIPHER_KEY_BLOB, NULL, aes_blob, sizeof(aes_blob));
    UCHAR iv[16], text[32], cipher[32];
    DWORD bytes = 0;

    unhex(iv, sizeof(iv), "000102030405060708090a0b0c0d0e0f");
    unhex(text, sizeof(text), "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51");
    set_text(key, NCRYPT_CHAINING_MODE_PROPERTY, BCRYPT_CHAIN_MODE_CBC);
    expect_status(NCryptSetProperty(key, NCRYPT_INITIALIZATION_VECTOR, iv, sizeof(iv), 0), 0);
    expect_status(NCryptEncrypt(key, text, 16, NULL, cipher, 16, &bytes, NCRYPT_NO_PADDING_FLAG),
                  0);
    expect_value(bytes, 16);
    expect_status(NCryptEncrypt(key, text + 16, 16, NULL, cipher + 16, 16, &bytes,
                                NCRYPT_NO_PADDING_FLAG), 0);
    expect_hex(cipher, sizeof(cipher),
               "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2");
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(what_a_cipher_does_not_take_is_refused)
{
    NCRYPT_KEY_HANDLE key = import_blob(NCRYPT_CIPHER_KEY_BLOB, NULL, aes_blob, sizeof(aes_blob));
    UCHAR text[16] = { 0 }, cipher[32];
    DWORD bytes = 0;

    expect_status(NCryptSetProperty(key, NCRYPT_INITIALIZATION_VECTOR, text, 8, 0),
                  NTE_INVALID_PARAMETER);
    expect_status(NCryptEncrypt(key, text, sizeof(text), NULL, cipher, sizeof(cipher), &bytes,
                                NCRYPT_PAD_CIPHER_FLAG), NTE_INVALID_PARAMETER);
    expect_status(NCryptEncrypt(key, text, sizeof(text), NULL, cipher, sizeof(cipher), &bytes,
                                NCRYPT_PAD_PKCS1_FLAG), NTE_BAD_FLAGS);
    expect_status(NCryptDecrypt(key, text, sizeof(text), NULL, cipher, sizeof(cipher), &bytes,
                                NCRYPT_PAD_OAEP_FLAG), NTE_BAD_FLAGS);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_cipher_pads_when_it_is_told)
{
    NCRYPT_KEY_HANDLE key = import_blob(NCRYPT_CIPHER_KEY_BLOB, NULL, aes_blob, sizeof(aes_blob));
    UCHAR iv[16] = { 1 }, again[16] = { 1 }, cipher[32], plain[32];
    NCRYPT_CIPHER_PADDING_INFO info =
    {
        .cbSize = sizeof(info), .dwFlags = NCRYPT_CIPHER_BLOCK_PADDING_FLAG, .pbIV = iv,
        .cbIV = sizeof(iv),
    };
    DWORD bytes = 0;

    set_text(key, NCRYPT_CHAINING_MODE_PROPERTY, BCRYPT_CHAIN_MODE_CBC);
    expect_status(NCryptEncrypt(key, (PBYTE)(ULONG_PTR)"twenty bytes of text", 20, &info, cipher,
                                sizeof(cipher), &bytes, NCRYPT_PAD_CIPHER_FLAG), 0);
    expect_value(bytes, 32);
    info.pbIV = again;
    expect_status(NCryptDecrypt(key, cipher, 32, &info, plain, sizeof(plain), &bytes,
                                NCRYPT_PAD_CIPHER_FLAG), 0);
    expect_value(bytes, 20);
    expect_bytes(plain, "twenty bytes of text", 20);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(ml_dsa_signs_messages)
{
    NCRYPT_KEY_HANDLE key = new_stored_with(BCRYPT_MLDSA_ALGORITHM, BCRYPT_PARAMETER_SET_NAME,
                                            L"44");
    UCHAR message[] = "a message", signature[2420];
    DWORD bytes = 0;

    expect_status(NCryptSignHash(key, NULL, message, sizeof(message), signature, sizeof(signature),
                                 &bytes, 0), 0);
    expect_value(bytes, sizeof(signature));
    expect_status(NCryptVerifySignature(key, NULL, message, sizeof(message), signature, bytes, 0),
                  0);
    message[0] ^= 1;
    expect_status(NCryptVerifySignature(key, NULL, message, sizeof(message), signature, bytes, 0),
                  NTE_BAD_SIGNATURE);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_composite_key_signs_and_says_what_it_is)
{
    NCRYPT_KEY_HANDLE key = new_stored_with(BCRYPT_COMPOSITE_MLDSA_ALGORITHM,
                                            BCRYPT_PARAMETER_SET_NAME, L"65-ECDSA-P384-SHA512");
    NCRYPT_KEY_HANDLE peer;
    ULONG bytes;
    DWORD size = 0;
    UCHAR *blob = export_blob(key, BCRYPT_PQDSA_PUBLIC_BLOB, NULL, &bytes);

    peer = import_blob(BCRYPT_PQDSA_PUBLIC_BLOB, NULL, blob, bytes);
    expect_text(peer, NCRYPT_ALGORITHM_PROPERTY, BCRYPT_COMPOSITE_MLDSA_ALGORITHM);
    expect_text(peer, NCRYPT_ALGORITHM_GROUP_PROPERTY, L"CompositeMLDSA");
    expect_text(peer, BCRYPT_PARAMETER_SET_NAME, L"65-ECDSA-P384-SHA512");
    expect_signs_for(key, peer);
    expect_status(NCryptExportKey(key, 0, NCRYPT_PKCS8_PRIVATE_KEY_BLOB, NULL, NULL, 0, &size, 0),
                  NTE_NOT_SUPPORTED);
    free(blob);
    expect_status(NCryptFreeObject(peer), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

void ncrypt_crypt_suite(Suite *suite)
{
    TCase *tests = ncrypt_contract(suite);

    add_rows(tests, a_key_signs_what_it_verifies, signers);
    add_test(tests, rsa_signs_with_pss);
    add_test(tests, a_verification_that_is_wrong_is_refused);
    add_test(tests, a_public_half_does_not_sign);
    test_add(tests, rsa_encrypts_and_decrypts, 2);
    add_test(tests, a_cipher_chains_over_calls);
    add_test(tests, a_cipher_pads_when_it_is_told);

    tests = ncrypt_ours(suite);
    test_add(tests, a_key_of_agreement_signs, 2);
    add_test(tests, a_key_of_agreement_on_a_named_curve_signs);
    add_test(tests, what_a_cipher_does_not_take_is_refused);
    add_test(tests, ml_dsa_signs_messages);
    add_test(tests, a_composite_key_signs_and_says_what_it_is);
}
