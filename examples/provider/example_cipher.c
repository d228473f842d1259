/*
 * example_cipher.c - Ascon-AEAD128 as a CNG cipher.
 *
 * A message is encrypted by one call, with a BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO as AES-GCM takes
 * it: a nonce of 16 bytes, a tag of 16, data that is authenticated only.
 *
 * SPDX-License-Identifier: MIT
 */

#include "example.h"

#include "ascon.h"

struct key
{
    struct object object;
    UCHAR bytes[ASCON_KEY_BYTES];
};

struct data_blob                                /* BCRYPT_KEY_DATA_BLOB */
{
    BCRYPT_KEY_DATA_BLOB_HEADER header;
    UCHAR bytes[ASCON_KEY_BYTES];
};

static const ULONG object_bytes = sizeof(struct key), block_bytes = 16;
static const BCRYPT_KEY_LENGTHS_STRUCT key_bits = { 128, 128, 0 }, tag_bytes = { 16, 16, 0 };
static const ULONG key_length = 128;

static const struct property properties[] =
{
    { BCRYPT_OBJECT_LENGTH,   &object_bytes,       sizeof(object_bytes) },
    { BCRYPT_BLOCK_LENGTH,    &block_bytes,        sizeof(block_bytes) },
    { BCRYPT_KEY_LENGTHS,     &key_bits,           sizeof(key_bits) },
    { BCRYPT_KEY_LENGTH,      &key_length,         sizeof(key_length) },
    { BCRYPT_KEY_STRENGTH,    &key_length,         sizeof(key_length) },
    { BCRYPT_AUTH_TAG_LENGTH, &tag_bytes,          sizeof(tag_bytes) },
    { BCRYPT_CHAINING_MODE,   BCRYPT_CHAIN_MODE_NA, sizeof(BCRYPT_CHAIN_MODE_NA) },
};

static const struct algorithm cipher =
{
    &cipher, EXAMPLE_CIPHER, properties, sizeof(properties) / sizeof(properties[0]),
};

static NTSTATUS WINAPI cipher_open(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId, ULONG dwFlags)
{
    return algorithm_open(&cipher, phAlgorithm, pszAlgId, dwFlags);
}

/* ---- keys ---- */

static NTSTATUS WINAPI cipher_generate_key(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                           PUCHAR pbKeyObject, ULONG cbKeyObject, PUCHAR pbSecret,
                                           ULONG cbSecret, ULONG dwFlags)
{
    struct key *key;

    (void)hAlgorithm;
    if (dwFlags || cbSecret != ASCON_KEY_BYTES) return STATUS_INVALID_PARAMETER;
    if (!(key = object_new(&cipher, pbKeyObject, cbKeyObject, sizeof(*key))))
        return pbKeyObject ? STATUS_BUFFER_TOO_SMALL : STATUS_NO_MEMORY;
    memcpy(key->bytes, pbSecret, ASCON_KEY_BYTES);
    *phKey = key;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI cipher_import_key(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                         LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey,
                                         PUCHAR pbKeyObject, ULONG cbKeyObject, PUCHAR pbInput,
                                         ULONG cbInput, ULONG dwFlags)
{
    struct data_blob blob;
    NTSTATUS status;

    if (hImportKey || wcscmp(pszBlobType, BCRYPT_KEY_DATA_BLOB)) return STATUS_NOT_SUPPORTED;
    if (cbInput != sizeof(blob)) return STATUS_INVALID_PARAMETER;
    memcpy(&blob, pbInput, sizeof(blob));       /* once: it could change while it is looked at */
    status = STATUS_INVALID_PARAMETER;
    if (blob.header.dwMagic == BCRYPT_KEY_DATA_BLOB_MAGIC &&
        blob.header.dwVersion == BCRYPT_KEY_DATA_BLOB_VERSION1)
        status = cipher_generate_key(hAlgorithm, phKey, pbKeyObject, cbKeyObject, blob.bytes,
                                     blob.header.cbKeyData, dwFlags);
    SecureZeroMemory(&blob, sizeof(blob));
    return status;
}

static NTSTATUS WINAPI cipher_export_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                         LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                         ULONG *pcbResult, ULONG dwFlags)
{
    const struct key *key = hKey;
    struct data_blob blob;
    NTSTATUS status;

    if (dwFlags) return STATUS_INVALID_PARAMETER;
    if (hExportKey || wcscmp(pszBlobType, BCRYPT_KEY_DATA_BLOB)) return STATUS_NOT_SUPPORTED;
    blob.header.dwMagic = BCRYPT_KEY_DATA_BLOB_MAGIC;
    blob.header.dwVersion = BCRYPT_KEY_DATA_BLOB_VERSION1;
    blob.header.cbKeyData = ASCON_KEY_BYTES;
    memcpy(blob.bytes, key->bytes, ASCON_KEY_BYTES);
    status = reply(&blob, sizeof(blob), pbOutput, cbOutput, pcbResult);
    SecureZeroMemory(&blob, sizeof(blob));
    return status;
}

static NTSTATUS WINAPI cipher_duplicate_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE *phNewKey,
                                            PUCHAR pbKeyObject, ULONG cbKeyObject, ULONG dwFlags)
{
    struct key *key = hKey;

    return cipher_generate_key(NULL, phNewKey, pbKeyObject, cbKeyObject, key->bytes,
                               ASCON_KEY_BYTES, dwFlags);
}

static NTSTATUS WINAPI cipher_destroy_key(BCRYPT_KEY_HANDLE hKey)
{
    object_free(hKey);
    return STATUS_SUCCESS;
}

/* ---- messages ---- */

/* The nonce, the tag and the data of a call; what cannot be has a status. */
static NTSTATUS read_info(const VOID *pPaddingInfo, BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO *info)
{
    if (!pPaddingInfo) return STATUS_INVALID_PARAMETER;
    memcpy(info, pPaddingInfo, sizeof(*info));
    if (info->cbSize != sizeof(*info) ||
        info->dwInfoVersion != BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO_VERSION)
        return STATUS_INVALID_PARAMETER;
    if (info->dwFlags) return STATUS_NOT_SUPPORTED;             /* chained calls */
    if (!info->pbNonce || info->cbNonce != ASCON_NONCE_BYTES || !info->pbTag ||
        info->cbTag != ASCON_TAG_BYTES || (info->cbAuthData && !info->pbAuthData))
        return STATUS_INVALID_PARAMETER;
    return STATUS_SUCCESS;
}

static NTSTATUS crypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput, VOID *pPaddingInfo,
                      ULONG cbIV, PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags,
                      bool decrypt)
{
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    const struct key *key = hKey;
    UCHAR tag[ASCON_TAG_BYTES];
    NTSTATUS status;

    if (dwFlags || cbIV) return STATUS_INVALID_PARAMETER;
    if ((status = read_info(pPaddingInfo, &info))) return status;
    *pcbResult = cbInput;
    if (!pbOutput && cbInput) return STATUS_SUCCESS;
    if (cbOutput < cbInput) return STATUS_BUFFER_TOO_SMALL;

    ascon_aead(key->bytes, info.pbNonce, info.pbAuthData, info.cbAuthData, pbInput, pbOutput,
               cbInput, decrypt, tag);
    if (!decrypt) memcpy(info.pbTag, tag, sizeof(tag));
    else if (!bytes_equal(tag, info.pbTag, sizeof(tag)))
    {
        if (cbInput) SecureZeroMemory(pbOutput, cbInput);       /* nobody gets to see a forgery */
        status = STATUS_AUTH_TAG_MISMATCH;
    }
    SecureZeroMemory(tag, sizeof(tag));         /* the right tag of a forgery is a secret, too */
    return status;
}

static NTSTATUS WINAPI cipher_encrypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                                      VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                                      ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    (void)pbIV;
    return crypt(hKey, pbInput, cbInput, pPaddingInfo, cbIV, pbOutput, cbOutput, pcbResult, dwFlags,
                 false);
}

static NTSTATUS WINAPI cipher_decrypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                                      VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                                      ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    (void)pbIV;
    return crypt(hKey, pbInput, cbInput, pPaddingInfo, cbIV, pbOutput, cbOutput, pcbResult, dwFlags,
                 true);
}

static BCRYPT_CIPHER_FUNCTION_TABLE functions =
{
    .Version                = BCRYPT_CIPHER_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = cipher_open,
    .GetProperty            = example_get_property,
    .SetProperty            = example_set_property,
    .CloseAlgorithmProvider = example_close,
    .GenerateKey            = cipher_generate_key,
    .Encrypt                = cipher_encrypt,
    .Decrypt                = cipher_decrypt,
    .ImportKey              = cipher_import_key,
    .ExportKey              = cipher_export_key,
    .DuplicateKey           = cipher_duplicate_key,
    .DestroyKey             = cipher_destroy_key,
};

__declspec(dllexport) NTSTATUS WINAPI GetCipherInterface(
    LPCWSTR pszProviderName, LPCWSTR pszAlgId, BCRYPT_CIPHER_FUNCTION_TABLE **ppFunctionTable,
    ULONG dwFlags)
{
    (void)pszProviderName, (void)dwFlags;
    if (wcscmp(pszAlgId, EXAMPLE_CIPHER)) return STATUS_NOT_FOUND;
    *ppFunctionTable = &functions;
    return STATUS_SUCCESS;
}
