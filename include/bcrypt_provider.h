/*
 * bcrypt_provider.h - what a CNG primitive provider implements, and how it is registered.
 *
 * Written from Microsoft's documentation: names, values and layouts are theirs, the text is ours.
 * Include <windows.h> first. As in bcrypt.h, nothing depends on the targeted Windows version.
 *
 * A provider is a DLL that exports one Get...Interface function for each interface it serves. The
 * router calls it with the provider's name and an algorithm (GetRngInterface: without), gets a
 * static table, and from then on every call on that algorithm's handles goes through the table.
 *
 * OpenCNG's router promises a provider (others may promise less):
 *
 *   Loading   The DLL that was registered is loaded when one of its algorithms is first opened,
 *             from its full path, or from the system's directory if the registration has a bare
 *             name, and stays loaded. No function of it runs before that, and none with a lock of
 *             the router held but that of the one object that is worked on, nor for a thread that
 *             ends or a DLL that goes: only within a call that an application made, and so not
 *             within the loader's lock, unless the application calls from its own DllMain.
 *             Get...Interface may be called more than once for an algorithm, by several threads
 *             at once; the table has to stay where it is.
 *   Handles   A function gets only handles that this provider gave and has not got back, of the
 *             kind that it takes, from the same table: keys for keys, hashes for hashes. The key
 *             that wraps another is a key of this provider, of any of its algorithms. Applications
 *             never see these values, and cannot bring others.
 *   Lives     What was made is destroyed once, when no call uses it any more, and an algorithm is
 *             closed after all that was made of it. That may be by another thread than made it.
 *             Nothing is destroyed that a function did not report as made.
 *   Threads   HashData, FinishHash, DuplicateHash, ProcessMultiOperations and SetProperty never
 *             overlap on one object. Everything else may: many threads use one key or one algorithm
 *             at once, and a SetProperty may come while they do.
 *   Pointers  Where a handle is to be stored, there is room for it, and it is NULL before the call.
 *             Names, and pcbResult, pcbSecretKey and pcbCipherText where a function takes them, are
 *             not NULL. An input is not NULL unless its size is 0; where only the size of an output
 *             is asked for (pbOutput is NULL), it may be. FinishHash has an output, KeyDerivation
 *             one of at least a byte. Sizes are what the application said: no more is promised of
 *             the memory behind a pointer, and pbIV, pPaddingInfo, pParameterList, flags and blobs
 *             are as the application gave them.
 *   Objects   A hash or a symmetric key is made in object memory of exactly as many bytes as the
 *             algorithm's ObjectLength says (a copy: as the original; a multi-hash: as
 *             MultiObjectLength says), aligned to 16; without one, or with one that is not four
 *             bytes, the pointer is NULL. It is the provider's until
 *             it has destroyed the object, and is wiped after that. The application's own object
 *             buffer is not passed. ObjectLength is asked when an algorithm is opened, and if it
 *             was not 0 again after a SetProperty that succeeded.
 *   Statuses  go to the application as they are. The exceptions: a function that makes something
 *             and says neither success nor failure, or success without a handle, has failed with
 *             STATUS_INTERNAL_ERROR; an algorithm whose table is not to be had, STATUS_NOT_FOUND;
 *             an ObjectLength of 2 GiB or more, STATUS_NO_MEMORY.
 *
 * The router expects a table of a version that bcrypt.h knows, or of a later one with the same
 * layout, with OpenAlgorithmProvider in it. A member that is NULL is a function that the provider
 * lacks: the application is told STATUS_NOT_SUPPORTED, or STATUS_INVALID_HANDLE where the wrong
 * kind of handle gives that (CloseAlgorithmProvider and Destroy...: STATUS_SUCCESS). The router
 * relies on nothing else: a provider that does otherwise harms itself and its users, but not the
 * router.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_BCRYPT_PROVIDER_H
#define OPENCNG_BCRYPT_PROVIDER_H
#define __BCRYPT_PROVIDER_H__

#include "bcrypt.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifndef BCRYPT_KEY_DERIVATION_INTERFACE_VERSION_1
#define BCRYPT_KEY_DERIVATION_INTERFACE_VERSION_1 BCRYPT_MAKE_INTERFACE_VERSION(1, 0)
#endif

/* ---- the functions of a table: as the exports they serve, on the provider's own handles ---- */

/* Not as the export: the provider's name is known by now, so there are three arguments. */
typedef NTSTATUS (WINAPI *BCryptOpenAlgorithmProviderFn)(BCRYPT_ALG_HANDLE *phAlgorithm,
                                                         LPCWSTR pszAlgId, ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptGetPropertyFn)(BCRYPT_HANDLE hObject, LPCWSTR pszProperty,
                                               PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                                               ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptSetPropertyFn)(BCRYPT_HANDLE hObject, LPCWSTR pszProperty,
                                               PUCHAR pbInput, ULONG cbInput, ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptCloseAlgorithmProviderFn)(BCRYPT_ALG_HANDLE hAlgorithm,
                                                          ULONG dwFlags);

typedef NTSTATUS (WINAPI *BCryptGenerateSymmetricKeyFn)(BCRYPT_ALG_HANDLE hAlgorithm,
                                                        BCRYPT_KEY_HANDLE *phKey,
                                                        PUCHAR pbKeyObject, ULONG cbKeyObject,
                                                        PUCHAR pbSecret, ULONG cbSecret,
                                                        ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptGenerateKeyPairFn)(BCRYPT_ALG_HANDLE hAlgorithm,
                                                   BCRYPT_KEY_HANDLE *phKey, ULONG dwLength,
                                                   ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptFinalizeKeyPairFn)(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptEncryptFn)(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                                           VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV,
                                           PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                                           ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptDecryptFn)(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                                           VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV,
                                           PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                                           ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptImportKeyFn)(BCRYPT_ALG_HANDLE hAlgorithm,
                                             BCRYPT_KEY_HANDLE hImportKey, LPCWSTR pszBlobType,
                                             BCRYPT_KEY_HANDLE *phKey, PUCHAR pbKeyObject,
                                             ULONG cbKeyObject, PUCHAR pbInput, ULONG cbInput,
                                             ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptImportKeyPairFn)(BCRYPT_ALG_HANDLE hAlgorithm,
                                                 BCRYPT_KEY_HANDLE hImportKey,
                                                 LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey,
                                                 PUCHAR pbInput, ULONG cbInput, ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptExportKeyFn)(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                             LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                             ULONG *pcbResult, ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptDuplicateKeyFn)(BCRYPT_KEY_HANDLE hKey,
                                                BCRYPT_KEY_HANDLE *phNewKey, PUCHAR pbKeyObject,
                                                ULONG cbKeyObject, ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptDestroyKeyFn)(BCRYPT_KEY_HANDLE hKey);

typedef NTSTATUS (WINAPI *BCryptSignHashFn)(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo,
                                            PUCHAR pbInput, ULONG cbInput, PUCHAR pbOutput,
                                            ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptVerifySignatureFn)(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo,
                                                   PUCHAR pbHash, ULONG cbHash,
                                                   PUCHAR pbSignature, ULONG cbSignature,
                                                   ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptSecretAgreementFn)(BCRYPT_KEY_HANDLE hPrivKey,
                                                   BCRYPT_KEY_HANDLE hPubKey,
                                                   BCRYPT_SECRET_HANDLE *phAgreedSecret,
                                                   ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptDeriveKeyFn)(BCRYPT_SECRET_HANDLE hSharedSecret, LPCWSTR pwszKDF,
                                             BCryptBufferDesc *pParameterList,
                                             PUCHAR pbDerivedKey, ULONG cbDerivedKey,
                                             ULONG *pcbResult, ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptDestroySecretFn)(BCRYPT_SECRET_HANDLE hSecret);
typedef NTSTATUS (WINAPI *BCryptKeyDerivationFn)(BCRYPT_KEY_HANDLE hKey,
                                                 BCryptBufferDesc *pParameterList,
                                                 PUCHAR pbDerivedKey, ULONG cbDerivedKey,
                                                 ULONG *pcbResult, ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptEncapsulateFn)(BCRYPT_KEY_HANDLE hKey, PUCHAR pbSecretKey,
                                               ULONG cbSecretKey, ULONG *pcbSecretKey,
                                               PUCHAR pbCipherText, ULONG cbCipherText,
                                               ULONG *pcbCipherText, ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptDecapsulateFn)(BCRYPT_KEY_HANDLE hKey, PUCHAR pbCipherText,
                                               ULONG cbCipherText, PUCHAR pbSecretKey,
                                               ULONG cbSecretKey, ULONG *pcbSecretKey,
                                               ULONG dwFlags);

typedef NTSTATUS (WINAPI *BCryptCreateHashFn)(BCRYPT_ALG_HANDLE hAlgorithm,
                                              BCRYPT_HASH_HANDLE *phHash, PUCHAR pbHashObject,
                                              ULONG cbHashObject, PUCHAR pbSecret, ULONG cbSecret,
                                              ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptHashDataFn)(BCRYPT_HASH_HANDLE hHash, PUCHAR pbInput,
                                            ULONG cbInput, ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptFinishHashFn)(BCRYPT_HASH_HANDLE hHash, PUCHAR pbOutput,
                                              ULONG cbOutput, ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptDuplicateHashFn)(BCRYPT_HASH_HANDLE hHash,
                                                 BCRYPT_HASH_HANDLE *phNewHash,
                                                 PUCHAR pbHashObject, ULONG cbHashObject,
                                                 ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptDestroyHashFn)(BCRYPT_HASH_HANDLE hHash);
typedef NTSTATUS (WINAPI *BCryptCreateMultiHashFn)(BCRYPT_ALG_HANDLE hAlgorithm,
                                                   BCRYPT_HASH_HANDLE *phHash, ULONG nHashes,
                                                   PUCHAR pbHashObject, ULONG cbHashObject,
                                                   PUCHAR pbSecret, ULONG cbSecret,
                                                   ULONG dwFlags);
typedef NTSTATUS (WINAPI *BCryptProcessMultiOperationsFn)(BCRYPT_HANDLE hObject,
                                                          BCRYPT_MULTI_OPERATION_TYPE operationType,
                                                          PVOID pOperations, ULONG cbOperations,
                                                          ULONG dwFlags);

typedef NTSTATUS (WINAPI *BCryptGenRandomFn)(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbBuffer,
                                             ULONG cbBuffer, ULONG dwFlags);

/* ---- function tables ---- */

typedef struct _BCRYPT_CIPHER_FUNCTION_TABLE
{
    BCRYPT_INTERFACE_VERSION       Version;
    BCryptOpenAlgorithmProviderFn  OpenAlgorithmProvider;
    BCryptGetPropertyFn            GetProperty;
    BCryptSetPropertyFn            SetProperty;
    BCryptCloseAlgorithmProviderFn CloseAlgorithmProvider;
    BCryptGenerateSymmetricKeyFn   GenerateKey;
    BCryptEncryptFn                Encrypt;
    BCryptDecryptFn                Decrypt;
    BCryptImportKeyFn              ImportKey;
    BCryptExportKeyFn              ExportKey;
    BCryptDuplicateKeyFn           DuplicateKey;
    BCryptDestroyKeyFn             DestroyKey;
} BCRYPT_CIPHER_FUNCTION_TABLE;

/* The last two members exist in tables of major version 2 only: look at Version before them. */
typedef struct _BCRYPT_HASH_FUNCTION_TABLE
{
    BCRYPT_INTERFACE_VERSION       Version;
    BCryptOpenAlgorithmProviderFn  OpenAlgorithmProvider;
    BCryptGetPropertyFn            GetProperty;
    BCryptSetPropertyFn            SetProperty;
    BCryptCloseAlgorithmProviderFn CloseAlgorithmProvider;
    BCryptCreateHashFn             CreateHash;
    BCryptHashDataFn               HashData;
    BCryptFinishHashFn             FinishHash;
    BCryptDuplicateHashFn          DuplicateHash;
    BCryptDestroyHashFn            DestroyHash;
    BCryptCreateMultiHashFn        CreateMultiHash;
    BCryptProcessMultiOperationsFn ProcessMultiOperations;
} BCRYPT_HASH_FUNCTION_TABLE;

typedef struct _BCRYPT_ASYMMETRIC_ENCRYPTION_FUNCTION_TABLE
{
    BCRYPT_INTERFACE_VERSION       Version;
    BCryptOpenAlgorithmProviderFn  OpenAlgorithmProvider;
    BCryptGetPropertyFn            GetProperty;
    BCryptSetPropertyFn            SetProperty;
    BCryptCloseAlgorithmProviderFn CloseAlgorithmProvider;
    BCryptGenerateKeyPairFn        GenerateKeyPair;
    BCryptFinalizeKeyPairFn        FinalizeKeyPair;
    BCryptEncryptFn                Encrypt;
    BCryptDecryptFn                Decrypt;
    BCryptImportKeyPairFn          ImportKeyPair;
    BCryptExportKeyFn              ExportKey;
    BCryptDestroyKeyFn             DestroyKey;
    BCryptSignHashFn               SignHash;
    BCryptVerifySignatureFn        VerifySignature;
} BCRYPT_ASYMMETRIC_ENCRYPTION_FUNCTION_TABLE;

typedef struct _BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE
{
    BCRYPT_INTERFACE_VERSION       Version;
    BCryptOpenAlgorithmProviderFn  OpenAlgorithmProvider;
    BCryptGetPropertyFn            GetProperty;
    BCryptSetPropertyFn            SetProperty;
    BCryptCloseAlgorithmProviderFn CloseAlgorithmProvider;
    BCryptSecretAgreementFn        SecretAgreement;
    BCryptDeriveKeyFn              DeriveKey;
    BCryptDestroySecretFn          DestroySecret;
    BCryptGenerateKeyPairFn        GenerateKeyPair;
    BCryptFinalizeKeyPairFn        FinalizeKeyPair;
    BCryptImportKeyPairFn          ImportKeyPair;
    BCryptExportKeyFn              ExportKey;
    BCryptDestroyKeyFn             DestroyKey;
} BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE;

typedef struct _BCRYPT_SIGNATURE_FUNCTION_TABLE
{
    BCRYPT_INTERFACE_VERSION       Version;
    BCryptOpenAlgorithmProviderFn  OpenAlgorithmProvider;
    BCryptGetPropertyFn            GetProperty;
    BCryptSetPropertyFn            SetProperty;
    BCryptCloseAlgorithmProviderFn CloseAlgorithmProvider;
    BCryptGenerateKeyPairFn        GenerateKeyPair;
    BCryptFinalizeKeyPairFn        FinalizeKeyPair;
    BCryptSignHashFn               SignHash;
    BCryptVerifySignatureFn        VerifySignature;
    BCryptImportKeyPairFn          ImportKeyPair;
    BCryptExportKeyFn              ExportKey;
    BCryptDestroyKeyFn             DestroyKey;
} BCRYPT_SIGNATURE_FUNCTION_TABLE;

typedef struct _BCRYPT_RNG_FUNCTION_TABLE
{
    BCRYPT_INTERFACE_VERSION       Version;
    BCryptOpenAlgorithmProviderFn  OpenAlgorithmProvider;
    BCryptGetPropertyFn            GetProperty;
    BCryptSetPropertyFn            SetProperty;
    BCryptCloseAlgorithmProviderFn CloseAlgorithmProvider;
    BCryptGenRandomFn              GenRandom;
} BCRYPT_RNG_FUNCTION_TABLE;

typedef struct _BCRYPT_KEY_DERIVATION_FUNCTION_TABLE
{
    BCRYPT_INTERFACE_VERSION       Version;
    BCryptOpenAlgorithmProviderFn  OpenAlgorithmProvider;
    BCryptGetPropertyFn            GetProperty;
    BCryptSetPropertyFn            SetProperty;
    BCryptCloseAlgorithmProviderFn CloseAlgorithmProvider;
    BCryptGenerateSymmetricKeyFn   GenerateKey;
    BCryptDestroyKeyFn             DestroyKey;
    BCryptKeyDerivationFn          KeyDerivation;
    BCryptExportKeyFn              ExportKey;
    BCryptImportKeyFn              ImportKey;
    BCryptDuplicateKeyFn           DuplicateKey;
} BCRYPT_KEY_DERIVATION_FUNCTION_TABLE;

/*
 * Microsoft has published no table for this interface. This one is ours: the signature table with
 * encapsulation in the place of signing. Providers of other makers cannot be expected to match.
 */
typedef struct _BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE
{
    BCRYPT_INTERFACE_VERSION       Version;
    BCryptOpenAlgorithmProviderFn  OpenAlgorithmProvider;
    BCryptGetPropertyFn            GetProperty;
    BCryptSetPropertyFn            SetProperty;
    BCryptCloseAlgorithmProviderFn CloseAlgorithmProvider;
    BCryptGenerateKeyPairFn        GenerateKeyPair;
    BCryptFinalizeKeyPairFn        FinalizeKeyPair;
    BCryptEncapsulateFn            Encapsulate;
    BCryptDecapsulateFn            Decapsulate;
    BCryptImportKeyPairFn          ImportKeyPair;
    BCryptExportKeyFn              ExportKey;
    BCryptDestroyKeyFn             DestroyKey;
} BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE;

/* ---- what a provider exports; the types are what the router looks them up as ---- */

typedef NTSTATUS (WINAPI *GetCipherInterfaceFn)(LPCWSTR pszProviderName, LPCWSTR pszAlgId,
                                                BCRYPT_CIPHER_FUNCTION_TABLE **ppFunctionTable,
                                                ULONG dwFlags);
typedef NTSTATUS (WINAPI *GetHashInterfaceFn)(LPCWSTR pszProviderName, LPCWSTR pszAlgId,
                                              BCRYPT_HASH_FUNCTION_TABLE **ppFunctionTable,
                                              ULONG dwFlags);
typedef NTSTATUS (WINAPI *GetAsymmetricEncryptionInterfaceFn)(
    LPCWSTR pszProviderName, LPCWSTR pszAlgId,
    BCRYPT_ASYMMETRIC_ENCRYPTION_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags);
typedef NTSTATUS (WINAPI *GetSecretAgreementInterfaceFn)(
    LPCWSTR pszProviderName, LPCWSTR pszAlgId,
    BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags);
typedef NTSTATUS (WINAPI *GetSignatureInterfaceFn)(
    LPCWSTR pszProviderName, LPCWSTR pszAlgId, BCRYPT_SIGNATURE_FUNCTION_TABLE **ppFunctionTable,
    ULONG dwFlags);
typedef NTSTATUS (WINAPI *GetRngInterfaceFn)(LPCWSTR pszProviderName,
                                             BCRYPT_RNG_FUNCTION_TABLE **ppFunctionTable,
                                             ULONG dwFlags);
typedef NTSTATUS (WINAPI *GetKeyDerivationInterfaceFn)(
    LPCWSTR pszProviderName, LPCWSTR pszAlgId,
    BCRYPT_KEY_DERIVATION_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags);
typedef NTSTATUS (WINAPI *GetKeyEncapsulationInterfaceFn)(
    LPCWSTR pszProviderName, LPCWSTR pszAlgId,
    BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags);

NTSTATUS WINAPI GetCipherInterface(LPCWSTR pszProviderName, LPCWSTR pszAlgId,
                                   BCRYPT_CIPHER_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags);
NTSTATUS WINAPI GetHashInterface(LPCWSTR pszProviderName, LPCWSTR pszAlgId,
                                 BCRYPT_HASH_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags);
NTSTATUS WINAPI GetAsymmetricEncryptionInterface(
    LPCWSTR pszProviderName, LPCWSTR pszAlgId,
    BCRYPT_ASYMMETRIC_ENCRYPTION_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags);
NTSTATUS WINAPI GetSecretAgreementInterface(
    LPCWSTR pszProviderName, LPCWSTR pszAlgId,
    BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags);
NTSTATUS WINAPI GetSignatureInterface(LPCWSTR pszProviderName, LPCWSTR pszAlgId,
                                      BCRYPT_SIGNATURE_FUNCTION_TABLE **ppFunctionTable,
                                      ULONG dwFlags);
NTSTATUS WINAPI GetRngInterface(LPCWSTR pszProviderName,
                                BCRYPT_RNG_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags);
NTSTATUS WINAPI GetKeyDerivationInterface(LPCWSTR pszProviderName, LPCWSTR pszAlgId,
                                          BCRYPT_KEY_DERIVATION_FUNCTION_TABLE **ppFunctionTable,
                                          ULONG dwFlags);
NTSTATUS WINAPI GetKeyEncapsulationInterface(
    LPCWSTR pszProviderName, LPCWSTR pszAlgId,
    BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags);

/* ---- what else bcryptprimitives.dll exports ---- */

BOOL WINAPI ProcessPrng(PBYTE pbData, SIZE_T cbData);
BOOL WINAPI ProcessPrngGuid(GUID *pGuid);

/* Undocumented; the arguments are our reading of the name, in the order of BCryptExportKey's. */
NTSTATUS WINAPI MSCryptConvertRsaPrivateBlobToFullRsaBlob(PUCHAR pbInput, ULONG cbInput,
                                                          PUCHAR pbOutput, ULONG cbOutput,
                                                          ULONG *pcbResult);

/* ---- registration: exports of bcrypt.dll ---- */

NTSTATUS WINAPI BCryptRegisterProvider(LPCWSTR pszProvider, ULONG dwFlags,
                                       PCRYPT_PROVIDER_REG pReg);
NTSTATUS WINAPI BCryptUnregisterProvider(LPCWSTR pszProvider);
NTSTATUS WINAPI BCryptAddContextFunctionProvider(ULONG dwTable, LPCWSTR pszContext,
                                                 ULONG dwInterface, LPCWSTR pszFunction,
                                                 LPCWSTR pszProvider, ULONG dwPosition);
NTSTATUS WINAPI BCryptRemoveContextFunctionProvider(ULONG dwTable, LPCWSTR pszContext,
                                                    ULONG dwInterface, LPCWSTR pszFunction,
                                                    LPCWSTR pszProvider);

/* Undocumented: the security subsystem passes a table of callbacks at start-up. */
NTSTATUS WINAPI BCryptSetAuditingInterface(PVOID pInterface);

#ifdef __cplusplus
}
#endif

#endif /* OPENCNG_BCRYPT_PROVIDER_H */
