/*
 * registry.h - Windows' registry, below HKEY_LOCAL_MACHINE, where CNG's configuration is kept.
 *
 * Windows is in registry_windows.c; tests/native/registry_native.c has one in memory.
 *
 * What others wrote there is not trusted: a value larger than REGISTRY_VALUE_BYTES is as if it were
 * not there, and one that is read has two NULs more behind it than it says.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PLATFORM_REGISTRY_H
#define PLATFORM_REGISTRY_H

#include "platform/base.h"

#define REGISTRY_VALUE_BYTES 0x10000
#define REGISTRY_NAME_LIMIT  256                /* characters of a key's name, NUL included */

/* A key below another, or below HKEY_LOCAL_MACHINE if that is NULL, to be read, or to be written,
 * too, and then made if it is not there. registry_close takes NULL.
 *
 *   STATUS_SUCCESS, STATUS_NOT_FOUND, STATUS_ACCESS_DENIED, STATUS_NO_MEMORY and others */
NTSTATUS registry_open(void *parent, LPCWSTR path, void **key);
NTSTATUS registry_create(void *parent, LPCWSTR path, void **key);
void registry_close(void *key);

/* The name of a key below, by number; STATUS_NOT_FOUND after the last. */
NTSTATUS registry_key_at(void *key, ULONG number, WCHAR name[REGISTRY_NAME_LIMIT]);

/* A value, in memory for platform_heap_free. */
NTSTATUS registry_get(void *key, LPCWSTR name, ULONG *type, void **data, ULONG *bytes);
NTSTATUS registry_set(void *key, LPCWSTR name, ULONG type, const void *data, ULONG bytes);
NTSTATUS registry_unset(void *key, LPCWSTR name);

/* Deletes a key that was opened with registry_create and has none below it. */
NTSTATUS registry_delete(void *key);

#endif
