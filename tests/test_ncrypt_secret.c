/*
 * test_ncrypt_secret.c - agreed secrets, key derivation and encapsulation through key storage.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ncrypt_calls.h"

static const struct
{
    const WCHAR *id, *curve, *half;
} agreeing[] =
{
    { BCRYPT_ECDH_P256_ALGORITHM, NULL,               BCRYPT_ECCPUBLIC_BLOB },
    { BCRYPT_ECDH_P384_ALGORITHM, NULL,               BCRYPT_ECCPUBLIC_BLOB },
    { BCRYPT_ECDH_P521_ALGORITHM, NULL,               BCRYPT_ECCPUBLIC_BLOB },
    { BCRYPT_ECDH_ALGORITHM,      L"brainpoolP256r1", BCRYPT_ECCPUBLIC_BLOB },
    { BCRYPT_ECDH_ALGORITHM,      L"curve25519",      BCRYPT_ECCPUBLIC_BLOB },
};

static NCRYPT_KEY_HANDLE new_agreeing(int row)
{
    return agreeing[row].curve ?
           new_stored_with(agreeing[row].id, BCRYPT_ECC_CURVE_NAME, agreeing[row].curve) :
           new_stored(agreeing[row].id, 0);
}

/* The public half of a key by itself. */
static NCRYPT_KEY_HANDLE half_of(NCRYPT_KEY_HANDLE key, int row)
{
    NCryptBuffer buffer = { agreeing[row].curve ? wide_bytes(agreeing[row].curve) : 0,
                            NCRYPTBUFFER_ECC_CURVE_NAME, (void *)(ULONG_PTR)agreeing[row].curve };
    NCryptBufferDesc list = { NCRYPTBUFFER_VERSION, 1, &buffer };
    NCRYPT_KEY_HANDLE half;
    ULONG bytes;
    UCHAR *blob = export_blob(key, agreeing[row].half, NULL, &bytes);

    half = import_blob(agreeing[row].half, agreeing[row].curve ? &list : NULL, blob, bytes);
    free(blob);
    return half;
}

static void derive(NCRYPT_KEY_HANDLE key, NCRYPT_KEY_HANDLE half, UCHAR output[32])
{
    WCHAR hash[] = L"SHA256";
    NCryptBuffer buffer = { sizeof(hash), KDF_HASH_ALGORITHM, hash };
    NCryptBufferDesc list = { NCRYPTBUFFER_VERSION, 1, &buffer };
    NCRYPT_SECRET_HANDLE secret = 0;
    DWORD bytes = 0;

    expect_status(NCryptSecretAgreement(key, half, &secret, 0), 0);
    expect_status(NCryptDeriveKey(secret, BCRYPT_KDF_HASH, &list, NULL, 0, &bytes, 0), 0);
    expect_value(bytes, 32);
    expect_status(NCryptDeriveKey(secret, BCRYPT_KDF_HASH, &list, output, 32, &bytes, 0), 0);
    expect_status(NCryptFreeObject(secret), 0);
    expect_status(NCryptDeriveKey(secret, BCRYPT_KDF_HASH, &list, output, 32, &bytes, 0),
                  NTE_INVALID_HANDLE);
}

START_TEST(two_keys_agree)
{
    NCRYPT_KEY_HANDLE one = new_agreeing(_i), two = new_agreeing(_i);
    NCRYPT_KEY_HANDLE half_one = half_of(one, _i), half_two = half_of(two, _i);
    UCHAR here[32], there[32];

    derive(one, half_two, here);
    derive(two, half_one, there);
    expect_bytes(here, there, sizeof(here));
    expect_status(NCryptFreeObject(half_one), 0);
    expect_status(NCryptFreeObject(half_two), 0);
    expect_status(NCryptFreeObject(one), 0);
    expect_status(NCryptFreeObject(two), 0);
}
END_TEST

START_TEST(keys_that_do_not_fit_do_not_agree)
{
    NCRYPT_KEY_HANDLE one = new_stored(BCRYPT_ECDH_P256_ALGORITHM, 0);
    NCRYPT_KEY_HANDLE two = new_stored(BCRYPT_ECDH_P384_ALGORITHM, 0);
    NCRYPT_SECRET_HANDLE secret = 0;

    expect_refused(NCryptSecretAgreement(one, two, &secret, 0));
    expect_status(NCryptSecretAgreement(one, 0, &secret, 0), NTE_INVALID_HANDLE);
    expect_status(NCryptSecretAgreement(0, one, &secret, 0), NTE_INVALID_HANDLE);
    expect_value(secret, 0);
    expect_status(NCryptFreeObject(one), 0);
    expect_status(NCryptFreeObject(two), 0);
}
END_TEST

/* RFC 6070, the second: "password", "salt", 2 iterations. */
START_TEST(a_derivation_key_derives)
{
    WCHAR hash[] = L"SHA1";
    ULONGLONG iterations = 2;
    char salt[] = "salt", password[] = "password";
    NCryptBuffer buffers[] =
    {
        { sizeof(hash), KDF_HASH_ALGORITHM, hash },
        { 4, KDF_SALT, salt },
        { sizeof(iterations), KDF_ITERATION_COUNT, &iterations },
    };
    NCryptBufferDesc list = { NCRYPTBUFFER_VERSION, ARRAY_SIZE(buffers), buffers };
    NCRYPT_KEY_HANDLE key = 0;
    UCHAR output[20];
    DWORD bytes = 0;

    expect_status(NCryptCreatePersistedKey(provider, &key, BCRYPT_PBKDF2_ALGORITHM, NULL, 0, 0), 0);
    expect_status(NCryptSetProperty(key, NCRYPT_KDF_SECRET_VALUE, (PBYTE)password, 8, 0), 0);
    expect_status(NCryptFinalizeKey(key, 0), 0);
    expect_status(NCryptKeyDerivation(key, &list, output, sizeof(output), &bytes, 0), 0);
    expect_hex(output, sizeof(output), "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957");
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

static const struct
{
    const WCHAR *id, *set, *public_type;
    ULONG cipher_bytes;
} kems[] =
{
    { BCRYPT_MLKEM_ALGORITHM,           L"768",        BCRYPT_MLKEM_PUBLIC_BLOB,           1088 },
    { BCRYPT_COMPOSITE_MLKEM_ALGORITHM, L"768-P256",   BCRYPT_COMPOSITE_MLKEM_PUBLIC_BLOB, 1153 },
    { BCRYPT_COMPOSITE_MLKEM_ALGORITHM, L"768-X25519", BCRYPT_COMPOSITE_MLKEM_PUBLIC_BLOB, 1120 },
};

START_TEST(an_encapsulated_secret_is_decapsulated)
{
    NCRYPT_KEY_HANDLE key = new_stored_with(kems[_i].id, BCRYPT_PARAMETER_SET_NAME, kems[_i].set);
    UCHAR secret[32], cipher[1153], again[32];
    ULONG secret_bytes = 0, cipher_bytes = 0;

    expect_status(NCryptEncapsulate(key, secret, sizeof(secret), &secret_bytes, cipher,
                                    sizeof(cipher), &cipher_bytes, 0), 0);
    expect_value(secret_bytes, sizeof(secret));
    expect_value(cipher_bytes, kems[_i].cipher_bytes);
    expect_status(NCryptDecapsulate(key, cipher, cipher_bytes, again, sizeof(again),
                                    &secret_bytes, 0), 0);
    expect_bytes(again, secret, sizeof(secret));
    expect_status(NCryptDecapsulate(0, cipher, cipher_bytes, again, sizeof(again), &secret_bytes,
                                    0), NTE_INVALID_HANDLE);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

/* .NET's tests say so of composite keys. */
START_TEST(a_public_half_does_not_decapsulate)
{
    NCRYPT_KEY_HANDLE key = new_stored_with(kems[_i].id, BCRYPT_PARAMETER_SET_NAME, kems[_i].set);
    NCRYPT_KEY_HANDLE peer;
    UCHAR secret[32], cipher[1153], again[32];
    ULONG bytes, secret_bytes = 0, cipher_bytes = 0;
    UCHAR *blob = export_blob(key, kems[_i].public_type, NULL, &bytes);

    peer = import_blob(kems[_i].public_type, NULL, blob, bytes);
    expect_text(peer, NCRYPT_ALGORITHM_PROPERTY, kems[_i].id);
    expect_status(NCryptEncapsulate(peer, secret, sizeof(secret), &secret_bytes, cipher,
                                    sizeof(cipher), &cipher_bytes, 0), 0);
    expect_status(NCryptDecapsulate(peer, cipher, cipher_bytes, again, sizeof(again),
                                    &secret_bytes, 0), NTE_NO_KEY);
    expect_status(NCryptDecapsulate(key, cipher, cipher_bytes, again, sizeof(again),
                                    &secret_bytes, 0), 0);
    expect_bytes(again, secret, sizeof(secret));
    free(blob);
    expect_status(NCryptFreeObject(peer), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

void ncrypt_secret_suite(Suite *suite)
{
    TCase *tests = ncrypt_contract(suite);

    add_rows(tests, two_keys_agree, agreeing);
    add_test(tests, keys_that_do_not_fit_do_not_agree);

    tests = ncrypt_ours(suite);
    add_test(tests, a_derivation_key_derives);
    add_rows(tests, an_encapsulated_secret_is_decapsulated, kems);
    add_rows(tests, a_public_half_does_not_decapsulate, kems);
}
