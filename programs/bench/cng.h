/*
 * cng.h - the functions of one bcrypt.dll, found at run time: a process may have two of them.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef BENCH_CNG_H
#define BENCH_CNG_H

#include <windows.h>

#include "bcrypt.h"

#define CNG_FUNCTIONS(X) \
    X(BCryptOpenAlgorithmProvider) X(BCryptCloseAlgorithmProvider) X(BCryptGetProperty) \
    X(BCryptSetProperty) X(BCryptGenRandom) X(BCryptCreateHash) X(BCryptHashData) \
    X(BCryptFinishHash) X(BCryptDuplicateHash) X(BCryptDestroyHash) X(BCryptHash) \
    X(BCryptGenerateSymmetricKey) X(BCryptImportKey) X(BCryptExportKey) X(BCryptDuplicateKey) \
    X(BCryptDestroyKey) X(BCryptEncrypt) X(BCryptDecrypt) X(BCryptGenerateKeyPair) \
    X(BCryptFinalizeKeyPair) X(BCryptImportKeyPair) X(BCryptSignHash) X(BCryptVerifySignature) \
    X(BCryptSecretAgreement) X(BCryptDeriveKey) X(BCryptDestroySecret) X(BCryptDeriveKeyPBKDF2) \
    X(BCryptKeyDerivation) X(BCryptEncapsulate) X(BCryptDecapsulate)

/* Members are NULL where the DLL has no such export. */
struct cng
{
    HMODULE module;
#define CNG_MEMBER(name) __typeof__(&name) name;
    CNG_FUNCTIONS(CNG_MEMBER)
#undef CNG_MEMBER
};

void cng_bind(struct cng *cng, HMODULE module);

#endif
