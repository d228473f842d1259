/*
 * registry.h - Windows' registry, below HKEY_LOCAL_MACHINE, where CNG's configuration is kept.
 *
 * Windows is in registry_windows.c; tests/native/registry_native.c has one in memory.
 *
 * Values that others wrote there are not trusted: one of more than REGISTRY_VALUE_BYTES is as if it
 * were not there, and any other is read with two 16-bit NULs added behind it.
 *
 * All that reads answers one of
 *
 *   STATUS_SUCCESS
 *   STATUS_NOT_FOUND     it is not there; or nobody, or not this user, can read it
 *   STATUS_KEY_DELETED   somebody deleted the key after it was opened: it is to be read anew
 *   STATUS_NO_MEMORY     whether it is there is not known
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
 * After a failure the key is NULL, which registry_close takes.
 *
 * registry_create: STATUS_SUCCESS, STATUS_ACCESS_DENIED, STATUS_NO_MEMORY and others */
NTSTATUS registry_open(void *parent, LPCWSTR path, void **key);
NTSTATUS registry_create(void *parent, LPCWSTR path, void **key);
void registry_close(void *key);

/* Whether a key of the one name is found by the other: of all letters the case does not count. */
bool registry_names_equal(LPCWSTR left, LPCWSTR right);

/* The name of a key below, or of a value, by number; STATUS_NOT_FOUND after the last. A value whose
 * name is longer than a key's may be has the name "". */
NTSTATUS registry_key_at(void *key, ULONG number, WCHAR name[REGISTRY_NAME_LIMIT]);
NTSTATUS registry_value_at(void *key, ULONG number, WCHAR name[REGISTRY_NAME_LIMIT]);

/* When values of the key, or the keys below it, were last changed; of those it says nothing. */
NTSTATUS registry_key_time(void *key, ULONGLONG *time);

/* A value, in memory for platform_heap_free. */
NTSTATUS registry_get(void *key, LPCWSTR name, ULONG *type, void **data, ULONG *bytes);
NTSTATUS registry_set(void *key, LPCWSTR name, ULONG type, const void *data, ULONG bytes);
NTSTATUS registry_unset(void *key, LPCWSTR name);

/* Deletes a key that was opened with registry_create and has none below it. */
NTSTATUS registry_delete(void *key);

/*
 * Keeps other writers of the configuration out, in all processes, until registry_writers_unlock.
 * One that ends in between lets go of it.
 *
 *   STATUS_SUCCESS
 *   STATUS_ACCESS_DENIED   another user's program made the lock
 *   STATUS_IO_TIMEOUT      another holds it for half a minute
 *   STATUS_NO_MEMORY
 */
NTSTATUS registry_writers_lock(void **lock);
void registry_writers_unlock(void *lock);

#endif
