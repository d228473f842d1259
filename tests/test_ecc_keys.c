/*
 * test_ecc_keys.c - keys for the tests of elliptic curves, and blobs of them.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_ecc_keys.h"

/* KEY_<name>_<field> of tests/vectors/ec_keys.txt. */
#include "ec_keys.inc"

const struct ecc_pair ecc_pairs[3] =
{
    { BCRYPT_ECC_CURVE_NISTP256, BCRYPT_ECDSA_P256_ALGORITHM, BCRYPT_ECDH_P256_ALGORITHM, 256, 32,
      BCRYPT_ECDSA_PUBLIC_P256_MAGIC, BCRYPT_ECDH_PUBLIC_P256_MAGIC,
      KEY_p256_x, KEY_p256_y, KEY_p256_d },
    { BCRYPT_ECC_CURVE_NISTP384, BCRYPT_ECDSA_P384_ALGORITHM, BCRYPT_ECDH_P384_ALGORITHM, 384, 48,
      BCRYPT_ECDSA_PUBLIC_P384_MAGIC, BCRYPT_ECDH_PUBLIC_P384_MAGIC,
      KEY_p384_x, KEY_p384_y, KEY_p384_d },
    { BCRYPT_ECC_CURVE_NISTP521, BCRYPT_ECDSA_P521_ALGORITHM, BCRYPT_ECDH_P521_ALGORITHM, 521, 66,
      BCRYPT_ECDSA_PUBLIC_P521_MAGIC, BCRYPT_ECDH_PUBLIC_P521_MAGIC,
      KEY_p521_x, KEY_p521_y, KEY_p521_d },
};

#define WEIERSTRASS ECC_WEIERSTRASS
#define EDWARDS     ECC_EDWARDS
#define MONTGOMERY  ECC_MONTGOMERY

const struct ecc_curve ecc_curves[45] =
{
    { L"brainpoolP160r1", 160, 20, 20, 160, WEIERSTRASS },
    { L"brainpoolP160t1", 160, 20, 20, 160, WEIERSTRASS },
    { L"brainpoolP192r1", 192, 24, 24, 192, WEIERSTRASS },
    { L"brainpoolP192t1", 192, 24, 24, 192, WEIERSTRASS },
    { L"brainpoolP224r1", 224, 28, 28, 224, WEIERSTRASS },
    { L"brainpoolP224t1", 224, 28, 28, 224, WEIERSTRASS },
    { L"brainpoolP256r1", 256, 32, 32, 256, WEIERSTRASS },
    { L"brainpoolP256t1", 256, 32, 32, 256, WEIERSTRASS },
    { L"brainpoolP320r1", 320, 40, 40, 320, WEIERSTRASS },
    { L"brainpoolP320t1", 320, 40, 40, 320, WEIERSTRASS },
    { L"brainpoolP384r1", 384, 48, 48, 384, WEIERSTRASS },
    { L"brainpoolP384t1", 384, 48, 48, 384, WEIERSTRASS },
    { L"brainpoolP512r1", 512, 64, 64, 512, WEIERSTRASS },
    { L"brainpoolP512t1", 512, 64, 64, 512, WEIERSTRASS },
    { L"curve25519",      255, 32, 32, 253, MONTGOMERY  },
    { L"ec192wapi",       192, 24, 24, 192, WEIERSTRASS },
    { L"nistP192",        192, 24, 24, 192, WEIERSTRASS },
    { L"nistP224",        224, 28, 28, 224, WEIERSTRASS },
    { L"nistP256",        256, 32, 32, 256, WEIERSTRASS },
    { L"nistP384",        384, 48, 48, 384, WEIERSTRASS },
    { L"nistP521",        521, 66, 66, 521, WEIERSTRASS },
    { L"numsP256t1",      256, 32, 32, 254, EDWARDS     },
    { L"numsP384t1",      384, 48, 48, 382, EDWARDS     },
    { L"numsP512t1",      512, 64, 64, 510, EDWARDS     },
    { L"secP160k1",       160, 20, 21, 161, WEIERSTRASS },
    { L"secP160r1",       160, 20, 21, 161, WEIERSTRASS },
    { L"secP160r2",       160, 20, 21, 161, WEIERSTRASS },
    { L"secP192k1",       192, 24, 24, 192, WEIERSTRASS },
    { L"secP192r1",       192, 24, 24, 192, WEIERSTRASS },
    { L"secP224k1",       224, 28, 29, 225, WEIERSTRASS },
    { L"secP224r1",       224, 28, 28, 224, WEIERSTRASS },
    { L"secP256k1",       256, 32, 32, 256, WEIERSTRASS },
    { L"secP256r1",       256, 32, 32, 256, WEIERSTRASS },
    { L"secP384r1",       384, 48, 48, 384, WEIERSTRASS },
    { L"secP521r1",       521, 66, 66, 521, WEIERSTRASS },
    { L"wtls7",           160, 20, 21, 161, WEIERSTRASS },
    { L"wtls9",           160, 20, 21, 161, WEIERSTRASS },
    { L"wtls12",          224, 28, 28, 224, WEIERSTRASS },
    { L"x962P192v1",      192, 24, 24, 192, WEIERSTRASS },
    { L"x962P192v2",      192, 24, 24, 192, WEIERSTRASS },
    { L"x962P192v3",      192, 24, 24, 192, WEIERSTRASS },
    { L"x962P239v1",      239, 30, 30, 239, WEIERSTRASS },
    { L"x962P239v2",      239, 30, 30, 239, WEIERSTRASS },
    { L"x962P239v3",      239, 30, 30, 239, WEIERSTRASS },
    { L"x962P256v1",      256, 32, 32, 256, WEIERSTRASS },
};

const char x25519_d[]      = KEY_x25519_d;
const char x25519_u[]      = KEY_x25519_u;
const char x25519_peer_u[] = KEY_x25519_peer_u;
const char x25519_secret[] = KEY_x25519_secret;

ULONG ecc_private_magic(ULONG public_magic)
{
    switch (public_magic)
    {
    case BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC: return BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC;
    case BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC: return BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC;
    }
    return public_magic + 0x01000000;
}

ULONG ecc_blob(UCHAR *blob, ULONG magic, ULONG key_bytes, const char *x, const char *y,
               const char *d)
{
    BCRYPT_ECCKEY_BLOB header = { magic, key_bytes };
    const char *numbers[3] = { x, y, d };
    UCHAR *next = blob + sizeof(header);
    int i;

    memcpy(blob, &header, sizeof(header));
    for (i = 0; i < 3 && numbers[i]; i++, next += key_bytes)
    {
        memset(next, 0, key_bytes);
        unhex(next, key_bytes, numbers[i]);
    }
    return (ULONG)(next - blob);
}

ULONG ecc_pair_blob(UCHAR *blob, const struct ecc_pair *pair, ULONG public_magic, bool is_private)
{
    return ecc_blob(blob, is_private ? ecc_private_magic(public_magic) : public_magic, pair->bytes,
                    pair->x, pair->y, is_private ? pair->d : NULL);
}

BCRYPT_ALG_HANDLE open_curve_at(const char *file, int line, const WCHAR *id, const WCHAR *curve)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm_at(file, line, id, 0);

    expect_status_at(file, line, "setting the curve",
                     BCryptSetProperty(algorithm, BCRYPT_ECC_CURVE_NAME, (UCHAR *)(uintptr_t)curve,
                                       wide_bytes(curve), 0), STATUS_SUCCESS);
    return algorithm;
}

BCRYPT_KEY_HANDLE new_ecc_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm, ULONG bits,
                             bool finalize)
{
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status_at(file, line, "BCryptGenerateKeyPair",
                     BCryptGenerateKeyPair(algorithm, &key, bits, 0), STATUS_SUCCESS);
    keep_key(key);
    if (finalize)
        expect_status_at(file, line, "BCryptFinalizeKeyPair", BCryptFinalizeKeyPair(key, 0),
                         STATUS_SUCCESS);
    return key;
}

BCRYPT_KEY_HANDLE import_ecc_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                                const WCHAR *type, const UCHAR *blob, ULONG bytes, ULONG flags)
{
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status_at(
        file, line, "BCryptImportKeyPair",
        BCryptImportKeyPair(algorithm, NULL, type, &key, (UCHAR *)(uintptr_t)blob, bytes, flags),
        STATUS_SUCCESS);
    keep_key(key);
    return key;
}

BCRYPT_KEY_HANDLE pair_key_at(const char *file, int line, const struct ecc_pair *pair,
                              const WCHAR *id, bool is_private)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm_at(file, line, id, 0);
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = ecc_pair_blob(
        blob, pair, id == pair->ecdsa ? pair->ecdsa_magic : pair->ecdh_magic, is_private);

    return import_ecc_at(file, line, algorithm,
                         is_private ? BCRYPT_ECCPRIVATE_BLOB : BCRYPT_ECCPUBLIC_BLOB, blob, bytes,
                         0);
}

void expect_no_import_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm, const WCHAR *type,
                         const UCHAR *blob, ULONG bytes, ULONG flags, NTSTATUS status)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status_at(
        file, line, "BCryptImportKeyPair",
        BCryptImportKeyPair(algorithm, NULL, type, &key, (UCHAR *)(uintptr_t)blob, bytes, flags),
        status);
    expect_pointer_at(file, line, "key", key, UNTOUCHED_HANDLE);
}

void expect_no_other_size(BCRYPT_ALG_HANDLE algorithm, const WCHAR *type, const UCHAR *blob,
                          ULONG bytes, ULONG most)
{
    ULONG i;

    for (i = 0; i <= most; i++)
    {
        UCHAR *copy = malloc(i + 1);

        memset(copy, 0, i + 1);
        memcpy(copy, blob, i < bytes ? i : bytes);
        if (i != bytes) expect_no_import(algorithm, type, copy, i, 0, STATUS_INVALID_PARAMETER);
        free(copy);
    }
}

ULONG export_ecc_at(const char *file, int line, BCRYPT_KEY_HANDLE key, const WCHAR *type,
                    UCHAR *blob)
{
    ULONG needed = UNTOUCHED_ULONG, bytes = UNTOUCHED_ULONG;

    expect_status_at(file, line, "BCryptExportKey, size",
                     BCryptExportKey(key, NULL, type, NULL, 0, &needed, 0), STATUS_SUCCESS);
    expect_at_most_at(file, line, "size", needed, ECC_BLOB_ROOM);
    mark(blob, ECC_BLOB_ROOM);
    expect_status_at(file, line, "BCryptExportKey",
                     BCryptExportKey(key, NULL, type, blob, ECC_BLOB_ROOM, &bytes, 0),
                     STATUS_SUCCESS);
    expect_value_at(file, line, "bytes", bytes, needed);
    expect_untouched_at(file, line, "behind the blob", blob + bytes, ECC_BLOB_ROOM - bytes);
    return bytes;
}

void expect_signs_at(const char *file, int line, BCRYPT_KEY_HANDLE key, BCRYPT_KEY_HANDLE verifier)
{
    UCHAR signature[200], digest[32];
    ULONG bytes = 0;

    memcpy(digest, counting, sizeof(digest));
    expect_status_at(
        file, line, "BCryptSignHash",
        BCryptSignHash(key, NULL, digest, sizeof(digest), signature, sizeof(signature), &bytes, 0),
        STATUS_SUCCESS);
    expect_status_at(
        file, line, "BCryptVerifySignature",
        BCryptVerifySignature(verifier, NULL, digest, sizeof(digest), signature, bytes, 0),
        STATUS_SUCCESS);
    signature[bytes - 1] ^= 1;
    expect_status_at(
        file, line, "BCryptVerifySignature, another signature",
        BCryptVerifySignature(verifier, NULL, digest, sizeof(digest), signature, bytes, 0),
        STATUS_INVALID_SIGNATURE);
    signature[bytes - 1] ^= 1;
    digest[0] ^= 1;
    expect_status_at(
        file, line, "BCryptVerifySignature, another digest",
        BCryptVerifySignature(verifier, NULL, digest, sizeof(digest), signature, bytes, 0),
        STATUS_INVALID_SIGNATURE);
}

ULONG agree_at(const char *file, int line, BCRYPT_KEY_HANDLE own, BCRYPT_KEY_HANDLE peer,
               UCHAR *secret)
{
    BCRYPT_SECRET_HANDLE handle = NULL;
    ULONG bytes = 0;

    expect_status_at(file, line, "BCryptSecretAgreement",
                     BCryptSecretAgreement(own, peer, &handle, 0), STATUS_SUCCESS);
    keep_secret(handle);
    expect_status_at(file, line, "BCryptDeriveKey",
                     BCryptDeriveKey(handle, BCRYPT_KDF_RAW_SECRET, NULL, secret, 100, &bytes, 0),
                     STATUS_SUCCESS);
    expect_status_at(file, line, "BCryptDestroySecret", BCryptDestroySecret(handle),
                     STATUS_SUCCESS);
    return bytes;
}
