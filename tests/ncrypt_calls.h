/*
 * ncrypt_calls.h - what every test of ncrypt.dll includes.
 *
 * ncrypt.dll is loaded by its suites alone, so that the others run without it, and where it lacks
 * a function: a call to a missing one answers NTE_NOT_SUPPORTED. Natively everything is linked.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_NCRYPT_CALLS_H
#define TESTS_NCRYPT_CALLS_H

#include "expect.h"

#include <ncrypt.h>

/* HRESULT_FROM_WIN32(RPC_X_NULL_REF_POINTER), and what Windows 7 says in its place. */
#define NULL_REFERENCE ((SECURITY_STATUS)0x800706f4)

#ifdef _WIN32
#define NCRYPT_CALLS(X) \
    X(NCryptOpenStorageProvider) X(NCryptEnumStorageProviders) X(NCryptEnumAlgorithms) \
    X(NCryptIsAlgSupported) X(NCryptEnumKeys) X(NCryptFreeBuffer) X(NCryptOpenKey) \
    X(NCryptCreatePersistedKey) X(NCryptGetProperty) X(NCryptSetProperty) X(NCryptFinalizeKey) \
    X(NCryptEncrypt) X(NCryptDecrypt) X(NCryptEncapsulate) X(NCryptDecapsulate) \
    X(NCryptImportKey) X(NCryptExportKey) X(NCryptSignHash) X(NCryptVerifySignature) \
    X(NCryptDeleteKey) X(NCryptFreeObject) X(NCryptIsKeyHandle) X(NCryptTranslateHandle) \
    X(NCryptNotifyChangeKey) X(NCryptSecretAgreement) X(NCryptDeriveKey) X(NCryptKeyDerivation) \
    X(NCryptCreateClaim) X(NCryptVerifyClaim)

struct ncrypt_calls
{
#define MEMBER(name) __typeof__(name) *name;
    NCRYPT_CALLS(MEMBER)
#undef MEMBER
};
extern struct ncrypt_calls ncrypt;

#define NCryptOpenStorageProvider ncrypt.NCryptOpenStorageProvider
#define NCryptEnumStorageProviders ncrypt.NCryptEnumStorageProviders
#define NCryptEnumAlgorithms ncrypt.NCryptEnumAlgorithms
#define NCryptIsAlgSupported ncrypt.NCryptIsAlgSupported
#define NCryptEnumKeys ncrypt.NCryptEnumKeys
#define NCryptFreeBuffer ncrypt.NCryptFreeBuffer
#define NCryptOpenKey ncrypt.NCryptOpenKey
#define NCryptCreatePersistedKey ncrypt.NCryptCreatePersistedKey
#define NCryptGetProperty ncrypt.NCryptGetProperty
#define NCryptSetProperty ncrypt.NCryptSetProperty
#define NCryptFinalizeKey ncrypt.NCryptFinalizeKey
#define NCryptEncrypt ncrypt.NCryptEncrypt
#define NCryptDecrypt ncrypt.NCryptDecrypt
#define NCryptEncapsulate ncrypt.NCryptEncapsulate
#define NCryptDecapsulate ncrypt.NCryptDecapsulate
#define NCryptImportKey ncrypt.NCryptImportKey
#define NCryptExportKey ncrypt.NCryptExportKey
#define NCryptSignHash ncrypt.NCryptSignHash
#define NCryptVerifySignature ncrypt.NCryptVerifySignature
#define NCryptDeleteKey ncrypt.NCryptDeleteKey
#define NCryptFreeObject ncrypt.NCryptFreeObject
#define NCryptIsKeyHandle ncrypt.NCryptIsKeyHandle
#define NCryptTranslateHandle ncrypt.NCryptTranslateHandle
#define NCryptNotifyChangeKey ncrypt.NCryptNotifyChangeKey
#define NCryptSecretAgreement ncrypt.NCryptSecretAgreement
#define NCryptDeriveKey ncrypt.NCryptDeriveKey
#define NCryptKeyDerivation ncrypt.NCryptKeyDerivation
#define NCryptCreateClaim ncrypt.NCryptCreateClaim
#define NCryptVerifyClaim ncrypt.NCryptVerifyClaim
#endif

/* A test case of a suite, for which ncrypt.dll is loaded and a provider is open. */
TCase *ncrypt_contract(Suite *suite);
TCase *ncrypt_ours(Suite *suite);
extern NCRYPT_PROV_HANDLE provider;

/* A finalized ephemeral key that may be exported; bits 0: as many as there are by default. */
NCRYPT_KEY_HANDLE new_stored(const WCHAR *algorithm, ULONG bits);
/* The same on a curve of a generic algorithm, or with a parameter set. */
NCRYPT_KEY_HANDLE new_stored_with(const WCHAR *algorithm, const WCHAR *property,
                                  const WCHAR *value);

/* Sets a property of four bytes, or text; the call must succeed. */
void set_number(NCRYPT_HANDLE object, const WCHAR *property, ULONG value);
void set_text(NCRYPT_HANDLE object, const WCHAR *property, const WCHAR *value);

/* Gets one: the call must succeed. */
ULONG get_number(NCRYPT_HANDLE object, const WCHAR *property);
void expect_text(NCRYPT_HANDLE object, const WCHAR *property, const WCHAR *value);

/* A blob of a key, in memory for free(). */
UCHAR *export_blob(NCRYPT_KEY_HANDLE key, const WCHAR *type, NCryptBufferDesc *parameters,
                   ULONG *bytes);
/* A key of a blob: the call must succeed. */
NCRYPT_KEY_HANDLE import_blob(const WCHAR *type, NCryptBufferDesc *parameters, const UCHAR *blob,
                              ULONG bytes);

/* That a key signs what another verifies. */
void expect_signs_for(NCRYPT_KEY_HANDLE signer, NCRYPT_KEY_HANDLE verifier);

#endif
