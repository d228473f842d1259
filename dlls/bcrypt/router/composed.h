/*
 * composed.h - exports that no provider's table has, made of calls that it has.
 *
 * The arguments are those of the exports, which have checked them.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_COMPOSED_H
#define ROUTER_COMPOSED_H

#include "platform/base.h"
#include "router/object.h"

/* A property of four bytes of something that a provider has a handle of; 0 if there is none. */
ULONG composed_number(const struct provider_calls *calls, BCRYPT_HANDLE handle, LPCWSTR name);

/* The hash or MAC of one message. */
NTSTATUS composed_hash(struct object *algorithm, PUCHAR pbSecret, ULONG cbSecret, PUCHAR pbInput,
                       ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput);

/* PBKDF2 with a keyed hash: by the key derivation of the hash's provider, if it has PBKDF2. */
NTSTATUS composed_pbkdf2(struct object *prf, PUCHAR pbPassword, ULONG cbPassword, PUCHAR pbSalt,
                         ULONG cbSalt, ULONGLONG cIterations, PUCHAR pbDerivedKey,
                         ULONG cbDerivedKey);

/*
 * CAPI's CryptDeriveKey with a hash, which is finished by this; target may be NULL.
 *
 *   STATUS_SUCCESS, STATUS_NO_MEMORY, or what the provider answered
 *   STATUS_NOT_SUPPORTED       a hash of more than 64 bytes, or with a key
 *   STATUS_INVALID_PARAMETER   more than two digests are asked for
 */
NTSTATUS composed_capi(struct object *hash, const struct object *target, PUCHAR pbDerivedKey,
                       ULONG cbDerivedKey);

/* A copy of a key, into an object made for it. */
NTSTATUS composed_duplicate_key(const struct object *key, struct object *copy, ULONG dwFlags);

#endif
