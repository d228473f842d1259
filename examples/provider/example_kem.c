/*
 * example_kem.c - DHKEM(X25519, HKDF-SHA256) of RFC 9180, on Windows' own curve25519 and HMAC.
 *
 * The sender makes a pair for once, agrees on a secret with the receiver's public key, and sends
 * the public half: that is the ciphertext. Both derive the shared secret from what they agree on.
 *
 * Microsoft has published no function table for key encapsulation: this one is OpenCNG's, and
 * Windows itself is not to be expected to take it.
 *
 * SPDX-License-Identifier: MIT
 */

#include "example.h"

#define KEY_BYTES EXAMPLE_KEM_BYTES             /* of a public key, and of everything else here */

struct key
{
    const struct algorithm *algorithm;
    bool whole, has_private;
    UCHAR public_key[KEY_BYTES], private_key[KEY_BYTES];
};

/* A pair as CNG takes and gives it; little-endian, as X25519 has it. */
struct ecc_blob
{
    BCRYPT_ECCKEY_BLOB header;
    UCHAR x[KEY_BYTES], y[KEY_BYTES], d[KEY_BYTES];
};

/* A pair as this provider takes and gives it. */
struct blob
{
    struct example_kem_blob header;
    UCHAR public_key[KEY_BYTES], private_key[KEY_BYTES];
};
#define PUBLIC_BYTES offsetof(struct blob, private_key)

static const ULONG key_length = 255, key_strength = 128;
static const BCRYPT_KEY_LENGTHS_STRUCT key_bits = { 255, 255, 0 };

static const struct property properties[] =
{
    { BCRYPT_KEY_LENGTHS,  &key_bits,     sizeof(key_bits) },
    { BCRYPT_KEY_LENGTH,   &key_length,   sizeof(key_length) },
    { BCRYPT_KEY_STRENGTH, &key_strength, sizeof(key_strength) },
};

static const struct algorithm algorithm =
{
    &algorithm, EXAMPLE_KEM, properties, sizeof(properties) / sizeof(properties[0]),
};

static NTSTATUS WINAPI kem_open(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId, ULONG dwFlags)
{
    return algorithm_open(&algorithm, phAlgorithm, pszAlgId, dwFlags);
}

/* ---- X25519, by the Microsoft Primitive Provider: by its name, whoever else is configured ---- */

static NTSTATUS curve_open(BCRYPT_ALG_HANDLE *curve)
{
    static const WCHAR name[] = BCRYPT_ECC_CURVE_25519;
    NTSTATUS status = BCryptOpenAlgorithmProvider(curve, BCRYPT_ECDH_ALGORITHM,
                                                  MS_PRIMITIVE_PROVIDER, 0);

    if (status) return status;
    status = BCryptSetProperty(*curve, BCRYPT_ECC_CURVE_NAME, (PUCHAR)(uintptr_t)name, sizeof(name),
                               0);
    if (status) BCryptCloseAlgorithmProvider(*curve, 0);
    return status;
}

static NTSTATUS curve_generate(struct key *key)
{
    BCRYPT_KEY_HANDLE pair = NULL;
    BCRYPT_ALG_HANDLE curve;
    struct ecc_blob blob;
    NTSTATUS status;
    ULONG bytes;

    if ((status = curve_open(&curve))) return status;
    status = BCryptGenerateKeyPair(curve, &pair, key_length, 0);
    if (!status) status = BCryptFinalizeKeyPair(pair, 0);
    if (!status) status = BCryptExportKey(pair, NULL, BCRYPT_ECCPRIVATE_BLOB, (PUCHAR)&blob,
                                          sizeof(blob), &bytes, 0);
    if (!status)
    {
        memcpy(key->public_key, blob.x, KEY_BYTES);
        memcpy(key->private_key, blob.d, KEY_BYTES);
        key->whole = key->has_private = true;
    }
    SecureZeroMemory(&blob, sizeof(blob));
    if (pair) BCryptDestroyKey(pair);
    BCryptCloseAlgorithmProvider(curve, 0);
    return status;
}

/* The public half of a private key may be missing: then x is zero, and is found. */
static NTSTATUS curve_import(BCRYPT_ALG_HANDLE curve, const UCHAR *x, const UCHAR *d,
                             BCRYPT_KEY_HANDLE *key)
{
    struct ecc_blob blob = { { BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, KEY_BYTES }, { 0 }, { 0 }, { 0 } };
    NTSTATUS status;

    if (x) memcpy(blob.x, x, KEY_BYTES);
    if (d)
    {
        /* Which bits of a private key count is X25519's business, RFC 7748, section 5. */
        blob.header.dwMagic = BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC;
        memcpy(blob.d, d, KEY_BYTES);
        blob.d[0] &= 0xf8;
        blob.d[KEY_BYTES - 1] = (UCHAR)((blob.d[KEY_BYTES - 1] & 0x7f) | 0x40);
    }
    status = BCryptImportKeyPair(curve, NULL, d ? BCRYPT_ECCPRIVATE_BLOB : BCRYPT_ECCPUBLIC_BLOB,
                                 key, (PUCHAR)&blob,
                                 d ? sizeof(blob) : offsetof(struct ecc_blob, d), 0);
    SecureZeroMemory(&blob, sizeof(blob));
    return status;
}

/* The secret of one's private key and another's public one. */
static NTSTATUS curve_agree(const UCHAR *private_key, const UCHAR *public_key,
                            UCHAR secret[KEY_BYTES])
{
    static const UCHAR zeros[KEY_BYTES];
    BCRYPT_KEY_HANDLE own = NULL, other = NULL;
    BCRYPT_SECRET_HANDLE agreed = NULL;
    BCRYPT_ALG_HANDLE curve;
    NTSTATUS status;
    ULONG bytes, i;
    UCHAR byte;

    if ((status = curve_open(&curve))) return status;
    status = curve_import(curve, NULL, private_key, &own);
    if (!status) status = curve_import(curve, public_key, NULL, &other);
    if (!status) status = BCryptSecretAgreement(own, other, &agreed, 0);
    if (!status) status = BCryptDeriveKey(agreed, BCRYPT_KDF_RAW_SECRET, NULL, secret, KEY_BYTES,
                                          &bytes, 0);
    for (i = 0; !status && i < KEY_BYTES / 2; i++)              /* it comes the other way round */
    {
        byte = secret[i];
        secret[i] = secret[KEY_BYTES - 1 - i];
        secret[KEY_BYTES - 1 - i] = byte;
    }
    if (!status && bytes_equal(secret, zeros, KEY_BYTES)) status = STATUS_INVALID_PARAMETER;
    if (agreed) BCryptDestroySecret(agreed);
    if (other) BCryptDestroyKey(other);
    if (own) BCryptDestroyKey(own);
    BCryptCloseAlgorithmProvider(curve, 0);
    return status;
}

/* ---- deriving: RFC 9180, section 4.1 ---- */

/* HMAC-SHA256 of up to three parts. */
static NTSTATUS mac(const UCHAR *secret, const void *const *parts, const ULONG *bytes, ULONG count,
                    UCHAR output[KEY_BYTES])
{
    BCRYPT_HASH_HANDLE hash;
    NTSTATUS status;
    ULONG i;

    status = BCryptCreateHash(BCRYPT_HMAC_SHA256_ALG_HANDLE, &hash, NULL, 0,
                              (PUCHAR)(uintptr_t)secret, KEY_BYTES, 0);
    if (status) return status;
    for (i = 0; i < count && !status; i++)
        status = BCryptHashData(hash, (PUCHAR)(uintptr_t)parts[i], bytes[i], 0);
    if (!status) status = BCryptFinishHash(hash, output, KEY_BYTES, 0);
    BCryptDestroyHash(hash);
    return status;
}

static NTSTATUS derive(const UCHAR agreed[KEY_BYTES], const UCHAR *ciphertext,
                       const UCHAR *public_key, UCHAR shared[KEY_BYTES])
{
    /* suite_id is "KEM" and 0x0020; the length comes first when it is expanded, a 1 last. */
    static const char extract[] = "HPKE-v1KEM\0\x20" "eae_prk";
    static const char expand[] = "\0\x20HPKE-v1KEM\0\x20shared_secret";
    static const UCHAR none[KEY_BYTES], one = 1;                /* no salt is one of zeros */
    const void *first[] = { extract, agreed };
    const void *second[] = { expand, ciphertext, public_key, &one };
    const ULONG first_bytes[] = { sizeof(extract) - 1, KEY_BYTES };
    const ULONG second_bytes[] = { sizeof(expand) - 1, KEY_BYTES, KEY_BYTES, 1 };
    UCHAR key[KEY_BYTES];
    NTSTATUS status;

    status = mac(none, first, first_bytes, 2, key);
    if (!status) status = mac(key, second, second_bytes, 4, shared);
    SecureZeroMemory(key, sizeof(key));
    return status;
}

/* ---- keys ---- */

static NTSTATUS WINAPI kem_destroy_key(BCRYPT_KEY_HANDLE hKey)
{
    memory_free(hKey, sizeof(struct key));
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI kem_generate(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                    ULONG dwLength, ULONG dwFlags)
{
    struct key *key;

    (void)hAlgorithm;
    if (dwFlags || (dwLength && dwLength != key_length)) return STATUS_INVALID_PARAMETER;
    if (!(key = memory_new(sizeof(*key)))) return STATUS_NO_MEMORY;
    key->algorithm = &algorithm;
    *phKey = key;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI kem_finalize(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags)
{
    struct key *key = hKey;

    if (dwFlags) return STATUS_INVALID_PARAMETER;
    return key->whole ? STATUS_INVALID_HANDLE : curve_generate(key);
}

/* The public half must be that of the private one. */
static NTSTATUS check_pair(const struct key *key)
{
    BCRYPT_KEY_HANDLE pair = NULL;
    BCRYPT_ALG_HANDLE curve;
    struct ecc_blob blob;
    NTSTATUS status;
    ULONG bytes;

    if ((status = curve_open(&curve))) return status;
    status = curve_import(curve, NULL, key->private_key, &pair);
    if (!status) status = BCryptExportKey(pair, NULL, BCRYPT_ECCPUBLIC_BLOB, (PUCHAR)&blob,
                                          sizeof(blob), &bytes, 0);
    if (!status && !bytes_equal(blob.x, key->public_key, KEY_BYTES))
        status = STATUS_INVALID_PARAMETER;
    if (pair) BCryptDestroyKey(pair);
    BCryptCloseAlgorithmProvider(curve, 0);
    return status;
}

static NTSTATUS WINAPI kem_import(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                  LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey, PUCHAR pbInput,
                                  ULONG cbInput, ULONG dwFlags)
{
    bool has_private = !wcscmp(pszBlobType, BCRYPT_PRIVATE_KEY_BLOB);
    ULONG bytes = has_private ? sizeof(struct blob) : PUBLIC_BYTES;
    NTSTATUS status = STATUS_SUCCESS;
    struct blob blob;
    struct key *key;

    (void)hAlgorithm;
    if (hImportKey || (!has_private && wcscmp(pszBlobType, BCRYPT_PUBLIC_KEY_BLOB)))
        return STATUS_NOT_SUPPORTED;
    if (dwFlags || cbInput != bytes) return STATUS_INVALID_PARAMETER;
    memcpy(&blob, pbInput, bytes);
    if (blob.header.dwMagic != EXAMPLE_KEM_MAGIC || blob.header.cbKey != KEY_BYTES)
        status = STATUS_INVALID_PARAMETER;
    if (!status && !(key = memory_new(sizeof(*key)))) status = STATUS_NO_MEMORY;
    if (!status)
    {
        key->algorithm = &algorithm;
        key->whole = true;
        key->has_private = has_private;
        memcpy(key->public_key, blob.public_key, KEY_BYTES);
        if (has_private)
        {
            memcpy(key->private_key, blob.private_key, KEY_BYTES);
            status = check_pair(key);
        }
        if (!status) *phKey = key;
        else kem_destroy_key(key);
    }
    SecureZeroMemory(&blob, sizeof(blob));
    return status;
}

static NTSTATUS WINAPI kem_export(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                  LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                  ULONG *pcbResult, ULONG dwFlags)
{
    bool wants_private = !wcscmp(pszBlobType, BCRYPT_PRIVATE_KEY_BLOB);
    struct blob blob = { { EXAMPLE_KEM_MAGIC, KEY_BYTES }, { 0 }, { 0 } };
    const struct key *key = hKey;
    NTSTATUS status;

    if (dwFlags) return STATUS_INVALID_PARAMETER;
    if (hExportKey || (!wants_private && wcscmp(pszBlobType, BCRYPT_PUBLIC_KEY_BLOB)))
        return STATUS_NOT_SUPPORTED;
    if (!key->whole) return STATUS_INVALID_HANDLE;
    if (wants_private && !key->has_private) return STATUS_NOT_SUPPORTED;
    memcpy(blob.public_key, key->public_key, KEY_BYTES);
    if (wants_private) memcpy(blob.private_key, key->private_key, KEY_BYTES);
    status = reply(&blob, wants_private ? sizeof(blob) : PUBLIC_BYTES, pbOutput, cbOutput,
                   pcbResult);
    SecureZeroMemory(&blob, sizeof(blob));
    return status;
}

/* ---- encapsulation ---- */

static NTSTATUS WINAPI kem_encapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbSecretKey,
                                       ULONG cbSecretKey, ULONG *pcbSecretKey, PUCHAR pbCipherText,
                                       ULONG cbCipherText, ULONG *pcbCipherText, ULONG dwFlags)
{
    const struct key *key = hKey;
    UCHAR agreed[KEY_BYTES];
    struct key once = { 0 };
    NTSTATUS status;

    if (dwFlags || !pbSecretKey != !pbCipherText) return STATUS_INVALID_PARAMETER;
    if (!key->whole) return STATUS_INVALID_HANDLE;
    *pcbSecretKey = *pcbCipherText = KEY_BYTES;
    if (!pbSecretKey) return STATUS_SUCCESS;
    if (cbSecretKey < KEY_BYTES || cbCipherText < KEY_BYTES) return STATUS_BUFFER_TOO_SMALL;

    status = curve_generate(&once);
    if (!status) status = curve_agree(once.private_key, key->public_key, agreed);
    if (!status) status = derive(agreed, once.public_key, key->public_key, pbSecretKey);
    if (!status) memcpy(pbCipherText, once.public_key, KEY_BYTES);
    SecureZeroMemory(agreed, sizeof(agreed));
    SecureZeroMemory(&once, sizeof(once));
    return status;
}

static NTSTATUS WINAPI kem_decapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbCipherText,
                                       ULONG cbCipherText, PUCHAR pbSecretKey, ULONG cbSecretKey,
                                       ULONG *pcbSecretKey, ULONG dwFlags)
{
    UCHAR agreed[KEY_BYTES], ciphertext[KEY_BYTES];
    const struct key *key = hKey;
    NTSTATUS status;

    if (dwFlags) return STATUS_INVALID_PARAMETER;
    if (!key->has_private) return STATUS_INVALID_HANDLE;
    *pcbSecretKey = KEY_BYTES;
    if (!pbSecretKey) return STATUS_SUCCESS;
    if (cbCipherText != KEY_BYTES) return STATUS_INVALID_PARAMETER;
    if (cbSecretKey < KEY_BYTES) return STATUS_BUFFER_TOO_SMALL;

    memcpy(ciphertext, pbCipherText, KEY_BYTES);
    status = curve_agree(key->private_key, ciphertext, agreed);
    if (!status) status = derive(agreed, ciphertext, key->public_key, pbSecretKey);
    SecureZeroMemory(agreed, sizeof(agreed));
    return status;
}

static BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE functions =
{
    .Version                = BCRYPT_KEY_ENCAPSULATION_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = kem_open,
    .GetProperty            = example_get_property,
    .SetProperty            = example_set_property,
    .CloseAlgorithmProvider = example_close,
    .GenerateKeyPair        = kem_generate,
    .FinalizeKeyPair        = kem_finalize,
    .Encapsulate            = kem_encapsulate,
    .Decapsulate            = kem_decapsulate,
    .ImportKeyPair          = kem_import,
    .ExportKey              = kem_export,
    .DestroyKey             = kem_destroy_key,
};

__declspec(dllexport) NTSTATUS WINAPI GetKeyEncapsulationInterface(
    LPCWSTR pszProviderName, LPCWSTR pszAlgId,
    BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags)
{
    (void)pszProviderName, (void)dwFlags;
    if (wcscmp(pszAlgId, EXAMPLE_KEM)) return STATUS_NOT_FOUND;
    *ppFunctionTable = &functions;
    return STATUS_SUCCESS;
}
