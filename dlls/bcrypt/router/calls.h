/*
 * calls.h - a provider's function table as the calls that the exports make.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_CALLS_H
#define ROUTER_CALLS_H

#include "platform/base.h"

struct provider;                                /* router/providers.h */

/*
 * One algorithm of one provider, as it is called. The functions come from the provider's table for
 * the interface; for what that table has not got there is a refusal, so no member is NULL.
 */
struct provider_calls
{
    LPCWSTR id;
    ULONG number;                               /* of all that were ever known */
    ULONG interface_id;                         /* BCRYPT_CIPHER_INTERFACE... */
    bool keeps_rules;                           /* the provider's */
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

/* Calls that all refuse. */
extern const struct provider_calls refusals;

#define INTERFACE_LAST BCRYPT_KEY_ENCAPSULATION_INTERFACE

/*
 * Asks a provider for its table for an algorithm, to->id of to->interface_id, and fills in the
 * functions. Foreign code is called: no lock may be held.
 *
 *   STATUS_SUCCESS
 *   STATUS_NOT_SUPPORTED    the provider has no such interface, no table, one of a version below 1,
 *                           or one without OpenAlgorithmProvider
 *   other statuses          the provider's Get*Interface function's
 */
NTSTATUS calls_load(struct provider_calls *to);

#endif
