/*
 * secret.h - agreed secrets, for the families that agree on them.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_PROV_SECRET_H
#define PROVIDER_PROV_SECRET_H

#include "provider/common/prov.h"

/* A secret object (PROV_SECRET) with a copy of the agreed value, in its natural wire order:
 * big-endian, but for curve25519. key_bits is the size of the keys, for the KDF that chooses its
 * hash by it; hkdf state and the rest begin empty. */
NTSTATUS secret_new(const UCHAR *value, ULONG bytes, ULONG key_bits,
                    BCRYPT_SECRET_HANDLE *phSecret);

/* Members of the secret agreement function tables. */
NTSTATUS WINAPI secret_derive_key(BCRYPT_SECRET_HANDLE hSharedSecret, LPCWSTR pwszKDF,
                                  BCryptBufferDesc *pParameterList, PUCHAR pbDerivedKey,
                                  ULONG cbDerivedKey, ULONG *pcbResult, ULONG dwFlags);
NTSTATUS WINAPI secret_destroy(BCRYPT_SECRET_HANDLE hSecret);

/* The properties of a secret (the HKDF ones), for the families' GetProperty and SetProperty, which
 * get handles of algorithms, keys and secrets. */
extern const struct properties secret_properties;

#endif
