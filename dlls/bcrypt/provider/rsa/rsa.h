/*
 * rsa.h - what the files of the RSA family share.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_PROV_RSA_H
#define PROVIDER_PROV_RSA_H

#include "crypto/rsa/lc_rsa.h"
#include "provider/common/pair.h"

struct rsa_key
{
    struct pair pair;                           /* PROV_RSA_KEY */
    ULONG bytes;                                /* of the modulus */
    struct lc_rsa *rsa;
};

/* rsa_import.c: of struct pair_methods. */
NTSTATUS rsa_read(void *object, struct prov_algorithm *algorithm, const struct blob_type *type,
                  const UCHAR *blob, ULONG bytes, unsigned int checks);
NTSTATUS rsa_write(const void *object, const struct blob_type *type, const struct reply *reply);

/* rsa_crypt.c, rsa_sign.c: members of the function tables. */
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
