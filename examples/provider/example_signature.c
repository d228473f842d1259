/*
 * example_signature.c - RSA signatures of ANSI X9.31, on Windows' own RSA.
 *
 * A provider need not do everything itself: keys, blobs and the powers are those of the Microsoft
 * Primitive Provider; what is done here is what CNG lacks. X9.31 fills the modulus' bytes with
 *
 *     6b bb ... bb ba  digest  (which digest) cc
 *
 * and the signature is the smaller of s and n - s, where s is that number's power. (Source: ANSI
 * X9.31-1998 as FIPS 186-4, section 5.4, and NIST's validation system have it. FIPS 186-5 dropped
 * it: it is for what was signed in the past.)
 *
 * The digest's length says which digest it is. There is no padding info, and flags are 0.
 *
 * SPDX-License-Identifier: MIT
 */

#include "example.h"

#define LARGEST_BYTES 2048                      /* of a modulus of 16384 bits */

struct key
{
    const struct algorithm *algorithm;
    BCRYPT_KEY_HANDLE rsa;                      /* ours: closed with the key */
    ULONG modulus_bytes;                        /* 0: not finalized yet */
    UCHAR modulus[LARGEST_BYTES];
};

static const BCRYPT_KEY_LENGTHS_STRUCT key_bits = { 1024, 16384, 64 };

static const struct property properties[] =
{
    { BCRYPT_KEY_LENGTHS, &key_bits, sizeof(key_bits) },
};

static const struct algorithm algorithm =
{
    &algorithm, EXAMPLE_SIGNATURE, properties, sizeof(properties) / sizeof(properties[0]),
};

static NTSTATUS WINAPI signature_open(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId,
                                      ULONG dwFlags)
{
    return algorithm_open(&algorithm, phAlgorithm, pszAlgId, dwFlags);
}

/* A key's own properties are those of its RSA key. */
static NTSTATUS WINAPI signature_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty,
                                              PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                                              ULONG dwFlags)
{
    const struct key *key = hObject;

    if (hObject == (BCRYPT_HANDLE)(uintptr_t)&algorithm ||
        (wcscmp(pszProperty, BCRYPT_KEY_LENGTH) && wcscmp(pszProperty, BCRYPT_KEY_STRENGTH) &&
         wcscmp(pszProperty, BCRYPT_SIGNATURE_LENGTH)))
        return example_get_property(hObject, pszProperty, pbOutput, cbOutput, pcbResult, dwFlags);
    return BCryptGetProperty(key->rsa, pszProperty, pbOutput, cbOutput, pcbResult, dwFlags);
}

/* ---- keys ---- */

static NTSTATUS WINAPI signature_destroy_key(BCRYPT_KEY_HANDLE hKey)
{
    struct key *key = hKey;

    if (key->rsa) BCryptDestroyKey(key->rsa);
    memory_free(key, sizeof(*key));
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI signature_generate(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                          ULONG dwLength, ULONG dwFlags)
{
    struct key *key;
    NTSTATUS status;

    (void)hAlgorithm;
    if (dwLength < key_bits.dwMinLength || dwLength > key_bits.dwMaxLength ||
        dwLength % key_bits.dwIncrement) return STATUS_INVALID_PARAMETER;
    if (!(key = memory_new(sizeof(*key)))) return STATUS_NO_MEMORY;
    key->algorithm = &algorithm;
    status = BCryptGenerateKeyPair(BCRYPT_RSA_ALG_HANDLE, &key->rsa, dwLength, dwFlags);
    if (!status) *phKey = key;
    else signature_destroy_key(key);
    return status;
}

/* Keeps the modulus of a key that is whole. */
static NTSTATUS read_modulus(struct key *key)
{
    ULONG room = sizeof(BCRYPT_RSAKEY_BLOB) + 8 + LARGEST_BYTES, bytes;
    BCRYPT_RSAKEY_BLOB *blob = memory_new(room);
    NTSTATUS status;

    if (!blob) return STATUS_NO_MEMORY;
    status = BCryptExportKey(key->rsa, NULL, BCRYPT_RSAPUBLIC_BLOB, (PUCHAR)blob, room, &bytes, 0);
    if (!status && (blob->BitLength % 8 || blob->BitLength < key_bits.dwMinLength ||
                    blob->cbModulus > LARGEST_BYTES)) status = STATUS_INVALID_PARAMETER;
    if (!status)
    {
        memcpy(key->modulus, (UCHAR *)(blob + 1) + blob->cbPublicExp, blob->cbModulus);
        key->modulus_bytes = blob->cbModulus;
    }
    memory_free(blob, room);
    return status;
}

static NTSTATUS WINAPI signature_finalize(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags)
{
    NTSTATUS status = BCryptFinalizeKeyPair(((struct key *)hKey)->rsa, dwFlags);

    return status ? status : read_modulus(hKey);
}

static NTSTATUS WINAPI signature_import(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                        LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey,
                                        PUCHAR pbInput, ULONG cbInput, ULONG dwFlags)
{
    struct key *key;
    NTSTATUS status;

    (void)hAlgorithm;
    if (hImportKey) return STATUS_NOT_SUPPORTED;
    if (!(key = memory_new(sizeof(*key)))) return STATUS_NO_MEMORY;
    key->algorithm = &algorithm;
    status = BCryptImportKeyPair(BCRYPT_RSA_ALG_HANDLE, NULL, pszBlobType, &key->rsa, pbInput,
                                 cbInput, dwFlags);
    if (!status) status = read_modulus(key);
    if (!status) *phKey = key;
    else signature_destroy_key(key);
    return status;
}

static NTSTATUS WINAPI signature_export(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                        LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                        ULONG *pcbResult, ULONG dwFlags)
{
    if (hExportKey) return STATUS_NOT_SUPPORTED;
    return BCryptExportKey(((struct key *)hKey)->rsa, NULL, pszBlobType, pbOutput, cbOutput,
                           pcbResult, dwFlags);
}

/* ---- signatures ---- */

/* Fills as many bytes as the modulus has with the padded digest. */
static NTSTATUS pad(const struct key *key, const UCHAR *digest, ULONG digest_bytes, UCHAR *padded)
{
    static const struct
    {
        ULONG bytes;
        UCHAR identifier;
    } digests[] = { { 20, 0x33 }, { 32, 0x34 }, { 48, 0x36 }, { 64, 0x35 } };
    ULONG filling;
    size_t i;

    for (i = 0; i < sizeof(digests) / sizeof(digests[0]); i++)
    {
        if (digests[i].bytes != digest_bytes) continue;
        filling = key->modulus_bytes - digest_bytes - 4;        /* at least 60: 1024 bits and up */
        *padded++ = 0x6b;
        memset(padded, 0xbb, filling);
        padded += filling;
        *padded++ = 0xba;
        memcpy(padded, digest, digest_bytes);
        padded += digest_bytes;
        *padded++ = digests[i].identifier;
        *padded = 0xcc;
        return STATUS_SUCCESS;
    }
    return STATUS_INVALID_PARAMETER;
}

/* left = the modulus - right; both of its length. */
static void subtract(const struct key *key, UCHAR *left, const UCHAR *right)
{
    int borrow = 0, difference;
    ULONG i = key->modulus_bytes;

    while (i--)
    {
        difference = key->modulus[i] - right[i] - borrow;
        left[i] = (UCHAR)difference;
        borrow = difference < 0;
    }
}

/* Whether left < right, numbers of the modulus' length that are public. */
static bool is_less(const struct key *key, const UCHAR *left, const UCHAR *right)
{
    return memcmp(left, right, key->modulus_bytes) < 0;
}

static NTSTATUS WINAPI signature_sign(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbInput,
                                      ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput,
                                      ULONG *pcbResult, ULONG dwFlags)
{
    UCHAR padded[LARGEST_BYTES], other[LARGEST_BYTES];
    const struct key *key = hKey;
    NTSTATUS status;
    ULONG bytes;

    if (pPaddingInfo || dwFlags) return STATUS_INVALID_PARAMETER;
    if (!key->modulus_bytes) return STATUS_INVALID_HANDLE;
    *pcbResult = key->modulus_bytes;
    if (!pbOutput) return STATUS_SUCCESS;
    if (cbOutput < key->modulus_bytes) return STATUS_BUFFER_TOO_SMALL;
    if ((status = pad(key, pbInput, cbInput, padded))) return status;

    /* The power with the private exponent is what decrypting without padding is. */
    status = BCryptDecrypt(key->rsa, padded, key->modulus_bytes, NULL, NULL, 0, padded,
                           key->modulus_bytes, &bytes, BCRYPT_PAD_NONE);
    if (status) return status;
    subtract(key, other, padded);
    memcpy(pbOutput, is_less(key, other, padded) ? other : padded, key->modulus_bytes);
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI signature_verify(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbHash,
                                        ULONG cbHash, PUCHAR pbSignature, ULONG cbSignature,
                                        ULONG dwFlags)
{
    UCHAR expected[LARGEST_BYTES], signature[LARGEST_BYTES], other[LARGEST_BYTES];
    const struct key *key = hKey;
    NTSTATUS status;
    ULONG bytes;

    if (pPaddingInfo || dwFlags) return STATUS_INVALID_PARAMETER;
    if (!key->modulus_bytes) return STATUS_INVALID_HANDLE;
    if ((status = pad(key, pbHash, cbHash, expected))) return status;
    if (cbSignature != key->modulus_bytes) return STATUS_INVALID_SIGNATURE;

    /* The larger of the two that s and n - s are is no signature. */
    memcpy(signature, pbSignature, cbSignature);
    if (!is_less(key, signature, key->modulus)) return STATUS_INVALID_SIGNATURE;
    subtract(key, other, signature);
    if (!is_less(key, signature, other)) return STATUS_INVALID_SIGNATURE;

    status = BCryptEncrypt(key->rsa, signature, cbSignature, NULL, NULL, 0, signature, cbSignature,
                           &bytes, BCRYPT_PAD_NONE);
    if (status) return status;
    subtract(key, other, signature);
    return bytes_equal(signature, expected, bytes) || bytes_equal(other, expected, bytes)
               ? STATUS_SUCCESS : STATUS_INVALID_SIGNATURE;
}

static BCRYPT_SIGNATURE_FUNCTION_TABLE functions =
{
    .Version                = BCRYPT_SIGNATURE_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = signature_open,
    .GetProperty            = signature_get_property,
    .SetProperty            = example_set_property,
    .CloseAlgorithmProvider = example_close,
    .GenerateKeyPair        = signature_generate,
    .FinalizeKeyPair        = signature_finalize,
    .SignHash               = signature_sign,
    .VerifySignature        = signature_verify,
    .ImportKeyPair          = signature_import,
    .ExportKey              = signature_export,
    .DestroyKey             = signature_destroy_key,
};

__declspec(dllexport) NTSTATUS WINAPI GetSignatureInterface(
    LPCWSTR pszProviderName, LPCWSTR pszAlgId, BCRYPT_SIGNATURE_FUNCTION_TABLE **ppFunctionTable,
    ULONG dwFlags)
{
    (void)pszProviderName, (void)dwFlags;
    if (wcscmp(pszAlgId, EXAMPLE_SIGNATURE)) return STATUS_NOT_FOUND;
    *ppFunctionTable = &functions;
    return STATUS_SUCCESS;
}
