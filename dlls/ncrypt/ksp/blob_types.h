/*
 * blob_types.h - bcrypt.dll's blobs: which algorithm a blob is of.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef KSP_BLOB_TYPES_H
#define KSP_BLOB_TYPES_H

#include "ksp/ksp.h"

struct blob_type
{
    LPCWSTR type;
    ULONG magic;                                /* 0: CryptoAPI's, which has it elsewhere */
    LPCWSTR algorithm;
    bool is_private;
};

/* The row of a type, BCRYPT_PUBLIC_KEY_BLOB and BCRYPT_PRIVATE_KEY_BLOB among them, and of what a
 * blob begins with.
 *
 *   0, NTE_NOT_SUPPORTED (no such type), NTE_INVALID_PARAMETER (it does not begin with that) */
SECURITY_STATUS blob_type_find(LPCWSTR type, const uint8_t *blob, ULONG bytes,
                               const struct blob_type **row);

/* The type that an algorithm's key is exported as for a name, generic ones among them, and whether
 * it has the private half; NULL if the algorithm has none of that name. */
LPCWSTR blob_type_of(const struct ksp_algorithm *algorithm, LPCWSTR type, bool *is_private);

#endif
