/*
 * refusals.c - stands in for functions that a provider's table lacks.
 *
 * A function for every place of struct provider_calls, which is called where the provider has none:
 * its interface has no such function, or the provider left it out. Each answers
 * STATUS_NOT_SUPPORTED, or STATUS_INVALID_HANDLE where the export documents that for a handle of
 * the wrong kind; those that close or destroy do nothing and succeed.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/calls.h"

static NTSTATUS WINAPI no_open(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId, ULONG dwFlags)
{
    (void)phAlgorithm, (void)pszAlgId, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                       ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    (void)hObject, (void)pszProperty, (void)pbOutput, (void)cbOutput, (void)pcbResult,
        (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                       ULONG cbInput, ULONG dwFlags)
{
    (void)hObject, (void)pszProperty, (void)pbInput, (void)cbInput, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_close(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags)
{
    (void)hAlgorithm, (void)dwFlags;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI no_generate_key(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                       PUCHAR pbKeyObject, ULONG cbKeyObject, PUCHAR pbSecret,
                                       ULONG cbSecret, ULONG dwFlags)
{
    (void)hAlgorithm, (void)phKey, (void)pbKeyObject, (void)cbKeyObject, (void)pbSecret;
    (void)cbSecret, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_generate_key_pair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                            ULONG dwLength, ULONG dwFlags)
{
    (void)hAlgorithm, (void)phKey, (void)dwLength, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_finalize_key_pair(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags)
{
    (void)hKey, (void)dwFlags;
    return STATUS_INVALID_HANDLE;
}

static NTSTATUS WINAPI no_import_key(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                     LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey,
                                     PUCHAR pbKeyObject, ULONG cbKeyObject, PUCHAR pbInput,
                                     ULONG cbInput, ULONG dwFlags)
{
    (void)hAlgorithm, (void)hImportKey, (void)pszBlobType, (void)phKey, (void)pbKeyObject;
    (void)cbKeyObject, (void)pbInput, (void)cbInput, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_import_key_pair(BCRYPT_ALG_HANDLE hAlgorithm,
                                          BCRYPT_KEY_HANDLE hImportKey, LPCWSTR pszBlobType,
                                          BCRYPT_KEY_HANDLE *phKey, PUCHAR pbInput, ULONG cbInput,
                                          ULONG dwFlags)
{
    (void)hAlgorithm, (void)hImportKey, (void)pszBlobType, (void)phKey, (void)pbInput;
    (void)cbInput, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_export_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                     LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                     ULONG *pcbResult, ULONG dwFlags)
{
    (void)hKey, (void)hExportKey, (void)pszBlobType, (void)pbOutput, (void)cbOutput;
    (void)pcbResult, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_duplicate_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE *phNewKey,
                                        PUCHAR pbKeyObject, ULONG cbKeyObject, ULONG dwFlags)
{
    (void)hKey, (void)phNewKey, (void)pbKeyObject, (void)cbKeyObject, (void)dwFlags;
    return STATUS_INVALID_HANDLE;
}

static NTSTATUS WINAPI no_destroy(BCRYPT_HANDLE hObject)
{
    (void)hObject;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI no_crypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                                VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                                ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    (void)hKey, (void)pbInput, (void)cbInput, (void)pPaddingInfo, (void)pbIV, (void)cbIV;
    (void)pbOutput, (void)cbOutput, (void)pcbResult, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_sign(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbInput,
                               ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                               ULONG dwFlags)
{
    (void)hKey, (void)pPaddingInfo, (void)pbInput, (void)cbInput, (void)pbOutput;
    (void)cbOutput, (void)pcbResult, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_verify(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbHash,
                                 ULONG cbHash, PUCHAR pbSignature, ULONG cbSignature, ULONG dwFlags)
{
    (void)hKey, (void)pPaddingInfo, (void)pbHash, (void)cbHash, (void)pbSignature;
    (void)cbSignature, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_agreement(BCRYPT_KEY_HANDLE hPrivKey, BCRYPT_KEY_HANDLE hPubKey,
                                    BCRYPT_SECRET_HANDLE *phAgreedSecret, ULONG dwFlags)
{
    (void)hPrivKey, (void)hPubKey, (void)phAgreedSecret, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_derive_key(BCRYPT_SECRET_HANDLE hSharedSecret, LPCWSTR pwszKDF,
                                     BCryptBufferDesc *pParameterList, PUCHAR pbDerivedKey,
                                     ULONG cbDerivedKey, ULONG *pcbResult, ULONG dwFlags)
{
    (void)hSharedSecret, (void)pwszKDF, (void)pParameterList, (void)pbDerivedKey;
    (void)cbDerivedKey, (void)pcbResult, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_key_derivation(BCRYPT_KEY_HANDLE hKey, BCryptBufferDesc *pParameterList,
                                         PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG *pcbResult,
                                         ULONG dwFlags)
{
    (void)hKey, (void)pParameterList, (void)pbDerivedKey, (void)cbDerivedKey;
    (void)pcbResult, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_encapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbSecretKey, ULONG cbSecretKey,
                                      ULONG *pcbSecretKey, PUCHAR pbCipherText, ULONG cbCipherText,
                                      ULONG *pcbCipherText, ULONG dwFlags)
{
    (void)hKey, (void)pbSecretKey, (void)cbSecretKey, (void)pcbSecretKey, (void)pbCipherText;
    (void)cbCipherText, (void)pcbCipherText, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_decapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbCipherText,
                                      ULONG cbCipherText, PUCHAR pbSecretKey, ULONG cbSecretKey,
                                      ULONG *pcbSecretKey, ULONG dwFlags)
{
    (void)hKey, (void)pbCipherText, (void)cbCipherText, (void)pbSecretKey, (void)cbSecretKey;
    (void)pcbSecretKey, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_create_hash(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_HASH_HANDLE *phHash,
                                      PUCHAR pbHashObject, ULONG cbHashObject, PUCHAR pbSecret,
                                      ULONG cbSecret, ULONG dwFlags)
{
    (void)hAlgorithm, (void)phHash, (void)pbHashObject, (void)cbHashObject, (void)pbSecret;
    (void)cbSecret, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_hash_data(BCRYPT_HASH_HANDLE hHash, PUCHAR pbBuffer, ULONG cbBuffer,
                                    ULONG dwFlags)
{
    (void)hHash, (void)pbBuffer, (void)cbBuffer, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_create_multi_hash(BCRYPT_ALG_HANDLE hAlgorithm,
                                            BCRYPT_HASH_HANDLE *phHash, ULONG nHashes,
                                            PUCHAR pbHashObject, ULONG cbHashObject,
                                            PUCHAR pbSecret, ULONG cbSecret, ULONG dwFlags)
{
    (void)hAlgorithm, (void)phHash, (void)nHashes, (void)pbHashObject, (void)cbHashObject;
    (void)pbSecret, (void)cbSecret, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_multi_operations(BCRYPT_HANDLE hObject,
                                           BCRYPT_MULTI_OPERATION_TYPE operationType,
                                           PVOID pOperations, ULONG cbOperations, ULONG dwFlags)
{
    (void)hObject, (void)operationType, (void)pOperations, (void)cbOperations, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_random(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbBuffer, ULONG cbBuffer,
                                 ULONG dwFlags)
{
    (void)hAlgorithm, (void)pbBuffer, (void)cbBuffer, (void)dwFlags;
    return STATUS_INVALID_HANDLE;
}

const struct provider_calls refusals =
{
    .OpenAlgorithmProvider  = no_open,
    .GetProperty            = no_get_property,
    .SetProperty            = no_set_property,
    .CloseAlgorithmProvider = no_close,
    .GenerateKey            = no_generate_key,
    .GenerateKeyPair        = no_generate_key_pair,
    .FinalizeKeyPair        = no_finalize_key_pair,
    .ImportKey              = no_import_key,
    .ImportKeyPair          = no_import_key_pair,
    .ExportKey              = no_export_key,
    .DuplicateKey           = no_duplicate_key,
    .DestroyKey             = no_destroy,
    .Encrypt                = no_crypt,
    .Decrypt                = no_crypt,
    .SignHash               = no_sign,
    .VerifySignature        = no_verify,
    .SecretAgreement        = no_agreement,
    .DeriveKey              = no_derive_key,
    .DestroySecret          = no_destroy,
    .KeyDerivation          = no_key_derivation,
    .Encapsulate            = no_encapsulate,
    .Decapsulate            = no_decapsulate,
    .CreateHash             = no_create_hash,
    .HashData               = no_hash_data,
    .FinishHash             = no_hash_data,
    .DuplicateHash          = no_duplicate_key,
    .DestroyHash            = no_destroy,
    .CreateMultiHash        = no_create_multi_hash,
    .ProcessMultiOperations = no_multi_operations,
    .GenRandom              = no_random,
};
