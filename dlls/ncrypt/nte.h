/*
 * nte.h - the statuses of key storage, and bcrypt.dll's as such.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef NCRYPT_NTE_H
#define NCRYPT_NTE_H

#include "platform/base.h"
#include "ncrypt.h"

#ifndef NTE_BAD_SIGNATURE
#define NTE_BAD_SIGNATURE               ((SECURITY_STATUS)0x80090006)
#endif
#ifndef NTE_BAD_FLAGS
#define NTE_BAD_FLAGS                   ((SECURITY_STATUS)0x80090009)
#endif
#ifndef NTE_BAD_TYPE
#define NTE_BAD_TYPE                    ((SECURITY_STATUS)0x8009000A)
#endif
#ifndef NTE_BAD_KEY_STATE
#define NTE_BAD_KEY_STATE               ((SECURITY_STATUS)0x8009000B)
#endif
#ifndef NTE_NO_KEY
#define NTE_NO_KEY                      ((SECURITY_STATUS)0x8009000D)
#endif
#ifndef NTE_NO_MEMORY
#define NTE_NO_MEMORY                   ((SECURITY_STATUS)0x8009000E)
#endif
#ifndef NTE_EXISTS
#define NTE_EXISTS                      ((SECURITY_STATUS)0x8009000F)
#endif
#ifndef NTE_PERM
#define NTE_PERM                        ((SECURITY_STATUS)0x80090010)
#endif
#ifndef NTE_NOT_FOUND
#define NTE_NOT_FOUND                   ((SECURITY_STATUS)0x80090011)
#endif
#ifndef NTE_BAD_KEYSET
#define NTE_BAD_KEYSET                  ((SECURITY_STATUS)0x80090016)
#endif
#ifndef NTE_KEYSET_ENTRY_BAD
#define NTE_KEYSET_ENTRY_BAD            ((SECURITY_STATUS)0x8009001A)
#endif
#ifndef NTE_INVALID_HANDLE
#define NTE_INVALID_HANDLE              ((SECURITY_STATUS)0x80090026)
#endif
#ifndef NTE_INVALID_PARAMETER
#define NTE_INVALID_PARAMETER           ((SECURITY_STATUS)0x80090027)
#endif
#ifndef NTE_BUFFER_TOO_SMALL
#define NTE_BUFFER_TOO_SMALL            ((SECURITY_STATUS)0x80090028)
#endif
#ifndef NTE_NOT_SUPPORTED
#define NTE_NOT_SUPPORTED               ((SECURITY_STATUS)0x80090029)
#endif
#ifndef NTE_NO_MORE_ITEMS
#define NTE_NO_MORE_ITEMS               ((SECURITY_STATUS)0x8009002A)
#endif
#ifndef NTE_INTERNAL_ERROR
#define NTE_INTERNAL_ERROR              ((SECURITY_STATUS)0x8009002D)
#endif
#ifndef NTE_DECRYPTION_FAILURE
#define NTE_DECRYPTION_FAILURE          ((SECURITY_STATUS)0x8009002C)
#endif
#ifndef NTE_BAD_DATA
#define NTE_BAD_DATA                    ((SECURITY_STATUS)0x80090005)
#endif
#ifndef NTE_TEMPORARY_PROFILE
#define NTE_TEMPORARY_PROFILE           ((SECURITY_STATUS)0x80090024)
#endif
#ifndef NTE_DEVICE_NOT_READY
#define NTE_DEVICE_NOT_READY            ((SECURITY_STATUS)0x80090030)
#endif

/* What the remote procedure call to Windows' key service says of a NULL that it cannot send:
 * HRESULT_FROM_WIN32(RPC_X_NULL_REF_POINTER). */
#define NTE_NULL_REFERENCE              ((SECURITY_STATUS)0x800706F4)

/* A status of bcrypt.dll's as one of key storage. */
SECURITY_STATUS nte(NTSTATUS status);

#endif
