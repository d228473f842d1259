/*
 * secret.h - agreed secrets, for the families that agree on them.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_PROV_SECRET_H
#define PROVIDER_PROV_SECRET_H

#include "provider/common/pair.h"

/* A secret object (PROV_SECRET) with a copy of the agreed value, in its natural wire order:
 * big-endian, but for curve25519. key_bits is the size of the keys, for the KDF that chooses its
 * hash by it; hkdf state and the rest begin empty. */
NTSTATUS secret_new(const UCHAR *value, ULONG bytes, ULONG key_bits,
                    BCRYPT_SECRET_HANDLE *phSecret);

/* Members of the secret agreement function tables. */
NTSTATUS WINAPI secret_derive_key(BCRYPT_SECRET_HANDLE hSharedSecret, LPCWSTR pwszKDF,
                                  BCryptBufferDesc *pParameterList, PUCHAR pbDerivedKey,
                                  ULONG cbDerivedKey, ULONG *pcbResult, ULONG dwFlags);
NTSTATUS WINAPI secret_destroy_secret(BCRYPT_SECRET_HANDLE hSecret);

/* GetProperty and SetProperty, which get handles of algorithms, pairs and secrets. */
NTSTATUS WINAPI secret_agreement_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty,
                                              PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                                              ULONG dwFlags);
NTSTATUS WINAPI secret_agreement_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty,
                                              PUCHAR pbInput, ULONG cbInput, ULONG dwFlags);

#endif
