/*
 * providers.h - the provider registry: who serves an algorithm, and through which functions.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_PROVIDERS_H
#define ROUTER_PROVIDERS_H

#include "platform/base.h"

struct provider
{
    LPCWSTR name;
};

/*
 * One algorithm of one provider. The functions come from the provider's table for the interface;
 * what that table has not got answers STATUS_NOT_SUPPORTED, so no member is NULL.
 */
struct algorithm
{
    LPCWSTR id;
    ULONG number;                               /* in the registry */
    ULONG interface_id;                         /* BCRYPT_CIPHER_INTERFACE... */
    const struct provider *provider;
    _Atomic ULONG *object_bytes; /* ObjectLength when opened without flags; 0: not asked yet */

    BCryptOpenAlgorithmProviderFn OpenAlgorithmProvider;
    BCryptGetPropertyFn GetProperty;
    BCryptSetPropertyFn SetProperty;
    BCryptCloseAlgorithmProviderFn CloseAlgorithmProvider;

    BCryptGenerateSymmetricKeyFn GenerateKey;
    BCryptGenerateKeyPairFn GenerateKeyPair;
    BCryptFinalizeKeyPairFn FinalizeKeyPair;
    BCryptImportKeyFn ImportKey;
    BCryptImportKeyPairFn ImportKeyPair;
    BCryptExportKeyFn ExportKey;
    BCryptDuplicateKeyFn DuplicateKey;
    BCryptDestroyKeyFn DestroyKey;

    BCryptEncryptFn Encrypt;
    BCryptDecryptFn Decrypt;
    BCryptSignHashFn SignHash;
    BCryptVerifySignatureFn VerifySignature;

    BCryptSecretAgreementFn SecretAgreement;
    BCryptDeriveKeyFn DeriveKey;
    BCryptDestroySecretFn DestroySecret;
    BCryptKeyDerivationFn KeyDerivation;
    BCryptEncapsulateFn Encapsulate;
    BCryptDecapsulateFn Decapsulate;

    BCryptCreateHashFn CreateHash;
    BCryptHashDataFn HashData;
    BCryptFinishHashFn FinishHash;
    BCryptDuplicateHashFn DuplicateHash;
    BCryptDestroyHashFn DestroyHash;
    BCryptCreateMultiHashFn CreateMultiHash;
    BCryptProcessMultiOperationsFn ProcessMultiOperations;

    BCryptGenRandomFn GenRandom;
};

/* What provider_find answers for the whole registry's contents, one after the other. */
struct provider_function
{
    LPCWSTR id;
    ULONG interface_id;
};

/*
 * The algorithm of that name from the provider of that name, or from the first that has it if
 * provider is NULL; its function table is asked for when it is first wanted.
 *
 *   STATUS_SUCCESS, STATUS_NOT_FOUND (no such algorithm or provider), STATUS_NO_MEMORY, or what the
 *   provider's Get*Interface function answered
 */
NTSTATUS provider_find(LPCWSTR id, LPCWSTR provider, const struct algorithm **algorithm);

/* The registered functions in order of interface; false after the last. */
bool provider_function_at(ULONG number, struct provider_function *function);

/* The names of the providers that serve an algorithm; NULL after the last. */
LPCWSTR provider_name_at(LPCWSTR id, ULONG number);

#endif
