/*
 * registry.h - Windows' registry, below HKEY_LOCAL_MACHINE, where CNG's configuration is kept.
 *
 * Windows is in registry_windows.c; tests/native/registry_native.c has one in memory.
 *
 * Values that others wrote there are not trusted: one of more than REGISTRY_VALUE_BYTES is as if it
 * were not there, and any other is read with two 16-bit NULs added behind it.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PLATFORM_REGISTRY_H
#define PLATFORM_REGISTRY_H

#include "platform/base.h"

#define REGISTRY_VALUE_BYTES 0x10000
#define REGISTRY_NAME_LIMIT  256                /* characters of a key's name, NUL included */

/* A key below another, or below HKEY_LOCAL_MACHINE if that is NULL. registry_open opens it to be
 * read. registry_create opens it to be read and written, and makes it if it is not there.
 * registry_close takes NULL.
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
