/*
 * rsa.h - what the files of the RSA family share.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_PROV_RSA_H
#define PROVIDER_PROV_RSA_H

#include <stdatomic.h>

#include "crypto/rsa/lc_rsa.h"
#include "provider/common/prov.h"

/* Handles of algorithms point to these; nothing is kept for an open one. */
struct rsa_algorithm
{
    struct prov_object head;
    LPCWSTR id;
    ULONG interface_id;
    ULONG padding_schemes;                      /* BCRYPT_SUPPORTED_PAD_... */
};

enum rsa_key_state
{
    RSA_KEY_UNFINALIZED, RSA_KEY_GENERATING, RSA_KEY_READY
};

struct rsa_key
{
    struct prov_object head;                    /* PROV_RSA_KEY */
    const struct rsa_algorithm *algorithm;
    _Atomic int state;                          /* enum rsa_key_state */
    _Atomic ULONG bits;                         /* of the modulus */
    /* from RSA_KEY_READY on, and unchanged from there */
    ULONG bytes;                                /* of the modulus */
    bool is_private;
    struct lc_rsa *rsa;
};

/* A key that has its numbers; NULL (STATUS_INVALID_HANDLE) before it is finalized. */
struct rsa_key *rsa_key_ready(BCRYPT_KEY_HANDLE hKey);

/* Gives a key its numbers, which are the key's from here on. */
void rsa_key_set(struct rsa_key *key, struct lc_rsa *rsa, bool is_private);

/* A key object of its numbers; they are freed if that fails. */
NTSTATUS rsa_key_new(const struct rsa_algorithm *algorithm, struct lc_rsa *rsa, bool is_private,
                     BCRYPT_KEY_HANDLE *phKey);

/* rsa_import.c, rsa_crypt.c, rsa_sign.c: members of the function tables. */
NTSTATUS WINAPI rsa_import_key_pair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                    LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey, PUCHAR pbInput,
                                    ULONG cbInput, ULONG dwFlags);
NTSTATUS WINAPI rsa_export_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                               LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                               ULONG *pcbResult, ULONG dwFlags);
NTSTATUS WINAPI rsa_encrypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                            VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                            ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags);
NTSTATUS WINAPI rsa_decrypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                            VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                            ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags);
NTSTATUS WINAPI rsa_sign_hash(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbInput,
                              ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                              ULONG dwFlags);
NTSTATUS WINAPI rsa_verify_signature(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbHash,
                                     ULONG cbHash, PUCHAR pbSignature, ULONG cbSignature,
                                     ULONG dwFlags);

#endif
