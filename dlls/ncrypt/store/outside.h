/*
 * outside.h - what is asked of Windows besides files: CryptoAPI's keys, and watching a folder.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef STORE_OUTSIDE_H
#define STORE_OUTSIDE_H

#include "nte.h"
#include "platform/base.h"

/* The private half of a CryptoAPI key as PRIVATEKEYBLOB, in memory of memory_get(*bytes). */
bool legacy_export(HCRYPTPROV provider, HCRYPTKEY key, ULONG spec, uint8_t **blob, ULONG *bytes);

/* A handle that is signaled when a store's folder changes: 0, NTE_TEMPORARY_PROFILE,
 * NTE_INTERNAL_ERROR; and its end. */
SECURITY_STATUS store_watch(bool machine, HANDLE *event);
bool store_unwatch(HANDLE event);

#endif
