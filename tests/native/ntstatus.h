/*
 * ntstatus.h - the statuses that CNG uses, for the native build.
 *
 * Source: Microsoft, [MS-ERREF] 2.3.1.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef NATIVE_NTSTATUS_H
#define NATIVE_NTSTATUS_H

#define STATUS_SUCCESS               ((NTSTATUS)0x00000000)
#define STATUS_UNSUCCESSFUL          ((NTSTATUS)0xC0000001)
#define STATUS_NOT_IMPLEMENTED       ((NTSTATUS)0xC0000002)
#define STATUS_INVALID_HANDLE        ((NTSTATUS)0xC0000008)
#define STATUS_INVALID_PARAMETER     ((NTSTATUS)0xC000000D)
#define STATUS_NO_MEMORY             ((NTSTATUS)0xC0000017)
#define STATUS_ACCESS_DENIED         ((NTSTATUS)0xC0000022)
#define STATUS_BUFFER_TOO_SMALL      ((NTSTATUS)0xC0000023)
#define STATUS_OBJECT_NAME_COLLISION ((NTSTATUS)0xC0000035)
#define STATUS_DATA_ERROR            ((NTSTATUS)0xC000003E)
#define STATUS_CANNOT_DELETE         ((NTSTATUS)0xC0000121)
#define STATUS_NOT_SUPPORTED         ((NTSTATUS)0xC00000BB)
#define STATUS_INTERNAL_ERROR        ((NTSTATUS)0xC00000E5)
#define STATUS_KEY_DELETED           ((NTSTATUS)0xC000017C)
#define STATUS_INVALID_BUFFER_SIZE   ((NTSTATUS)0xC0000206)
#define STATUS_NOT_FOUND             ((NTSTATUS)0xC0000225)
#define STATUS_INVALID_SIGNATURE     ((NTSTATUS)0xC000A000)
#define STATUS_HMAC_NOT_SUPPORTED    ((NTSTATUS)0xC000A001)
#define STATUS_AUTH_TAG_MISMATCH     ((NTSTATUS)0xC000A002)

/* Those of key storage, which <winerror.h> has. */
#ifndef NTE_BAD_DATA
#define NTE_BAD_DATA               ((LONG)0x80090005)
#endif
#ifndef NTE_BAD_SIGNATURE
#define NTE_BAD_SIGNATURE          ((LONG)0x80090006)
#endif
#ifndef NTE_BAD_FLAGS
#define NTE_BAD_FLAGS              ((LONG)0x80090009)
#endif
#ifndef NTE_BAD_TYPE
#define NTE_BAD_TYPE               ((LONG)0x8009000A)
#endif
#ifndef NTE_BAD_KEY_STATE
#define NTE_BAD_KEY_STATE          ((LONG)0x8009000B)
#endif
#ifndef NTE_NO_KEY
#define NTE_NO_KEY                 ((LONG)0x8009000D)
#endif
#ifndef NTE_NO_MEMORY
#define NTE_NO_MEMORY              ((LONG)0x8009000E)
#endif
#ifndef NTE_EXISTS
#define NTE_EXISTS                 ((LONG)0x8009000F)
#endif
#ifndef NTE_PERM
#define NTE_PERM                   ((LONG)0x80090010)
#endif
#ifndef NTE_NOT_FOUND
#define NTE_NOT_FOUND              ((LONG)0x80090011)
#endif
#ifndef NTE_BAD_KEYSET
#define NTE_BAD_KEYSET             ((LONG)0x80090016)
#endif
#ifndef NTE_KEYSET_ENTRY_BAD
#define NTE_KEYSET_ENTRY_BAD       ((LONG)0x8009001A)
#endif
#ifndef NTE_INVALID_HANDLE
#define NTE_INVALID_HANDLE         ((LONG)0x80090026)
#endif
#ifndef NTE_INVALID_PARAMETER
#define NTE_INVALID_PARAMETER      ((LONG)0x80090027)
#endif
#ifndef NTE_BUFFER_TOO_SMALL
#define NTE_BUFFER_TOO_SMALL       ((LONG)0x80090028)
#endif
#ifndef NTE_NOT_SUPPORTED
#define NTE_NOT_SUPPORTED          ((LONG)0x80090029)
#endif
#ifndef NTE_NO_MORE_ITEMS
#define NTE_NO_MORE_ITEMS          ((LONG)0x8009002A)
#endif
#ifndef NTE_INTERNAL_ERROR
#define NTE_INTERNAL_ERROR         ((LONG)0x8009002D)
#endif

#endif
