/*
 * capi.h - CryptoAPI's keys, which are asked of Windows; and Wine's handles of them.
 *
 * Windows is in capi_windows.c; tests/native/store_native.c answers for the native build.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef STORE_CAPI_H
#define STORE_CAPI_H

#include "nte.h"
#include "platform/base.h"

#define LEGACY_KEYEXCHANGE 1                    /* AT_KEYEXCHANGE */
#define LEGACY_SIGNATURE   2                    /* AT_SIGNATURE */
#define LEGACY_NAME_ROOM   264                  /* characters of a container's name, NUL included */

/* A key of CryptoAPI's. */
struct legacy_key
{
    uint8_t *blob;                              /* PRIVATEKEYBLOB, of memory_get(bytes) */
    ULONG bytes;
    bool exportable;                            /* CryptoAPI gives it to everybody who asks */
    bool machine;
    ULONG spec;
    WCHAR container[LEGACY_NAME_ROOM];          /* "" if it has no name */
};

/* A context's key: `key`, or if that is 0 the one of a specification, or if that is 0 the one for
 * exchange, or else the one for signatures. What CryptoAPI does not let out is read where Wine's
 * keeps it.
 *
 *   0, NTE_BAD_KEYSET (there is none), NTE_NOT_SUPPORTED (it cannot be had), NTE_NO_MEMORY */
SECURITY_STATUS legacy_read(HCRYPTPROV context, HCRYPTKEY key, ULONG spec,
                            struct legacy_key *found);

/* The same of a container, by its name. */
SECURITY_STATUS legacy_read_container(LPCWSTR container, ULONG spec, bool machine,
                                      struct legacy_key *found);

/* Whether there may be contexts of Wine's advapi32, which are pointers, at all: on Wine, with that
 * DLL in the process. */
bool legacy_has_contexts(void);

/* Whether a value is such a context, and one with a key: then what tells that key, with what may be
 * done with it, from others. Any value may come in: its memory is copied by the system, not loaded,
 * and CryptoAPI is asked only if all that it points to is as it should be. */
#define LEGACY_PRINT 32
bool legacy_recognize(ULONG_PTR value, uint8_t print[LEGACY_PRINT]);

/* Gives one back: CryptReleaseContext. */
bool legacy_release(ULONG_PTR value);

#endif
