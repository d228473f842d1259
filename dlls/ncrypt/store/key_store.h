/*
 * key_store.h - where persisted keys are: one file a key, in two folders.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef STORE_KEY_STORE_H
#define STORE_KEY_STORE_H

#include "nte.h"
#include "platform/base.h"

/* What a file says of its key without being opened. */
struct stored_name
{
    LPCWSTR name;
    LPCWSTR algorithm;
    bool machine;                               /* of the machine's store, not the user's */
    ULONG legacy_spec;
    bool locked;                                /* the caller has store_lock's lock */
};

#define STORE_FILE_NAME 80                      /* characters of a file's name, NUL included */
#define STORE_NAME_ROOM (NCRYPT_MAX_KEY_NAME_LENGTH + 1)
#define STORE_ID_ROOM   32                      /* characters of an algorithm's, NUL included */

/* Writes a key's file, whole or not at all, over another only if that is wanted.
 *
 *   0, NTE_EXISTS, NTE_NO_MEMORY, NTE_TEMPORARY_PROFILE (there is no folder), NTE_PERM, NTE_FAIL */
SECURITY_STATUS store_save(const struct stored_name *name, const uint8_t *record, ULONG bytes,
                           bool overwrite);

/* Keeps others from writing and deleting a key's file until store_unlock, which takes NULL: who
 * reads it first and writes it then loses nothing that somebody else wrote meanwhile.
 *
 *   0, NTE_BAD_KEYSET (there is no folder), NTE_PERM */
SECURITY_STATUS store_lock(LPCWSTR name, bool machine, void **lock);
void store_unlock(void *lock);

/* Reads one, with the record in memory of memory_get(*bytes).
 *
 *   0, NTE_BAD_KEYSET (no such key), NTE_KEYSET_ENTRY_BAD (its file was altered), NTE_NO_MEMORY */
SECURITY_STATUS store_load(LPCWSTR name, bool machine, WCHAR algorithm[STORE_ID_ROOM],
                           uint8_t **record, ULONG *bytes);

/* 0, NTE_BAD_KEYSET, NTE_PERM */
SECURITY_STATUS store_delete(LPCWSTR name, bool machine);

bool store_has(LPCWSTR name, bool machine);

/* The file's name: the key's unique name. */
SECURITY_STATUS store_file_name(LPCWSTR name, WCHAR file[STORE_FILE_NAME]);

/* When the file was written, as a FILETIME; false if there is none. */
bool store_modified(LPCWSTR name, bool machine, uint8_t time[8]);

/* The keys one after another: *state is NULL at first; platform_heap_free frees it, at the end
 * too. Files that are none of ours are passed over.
 *
 *   0, NTE_NO_MORE_ITEMS, NTE_NO_MEMORY */
SECURITY_STATUS store_next(bool machine, void **state, WCHAR name[STORE_NAME_ROOM],
                           WCHAR algorithm[STORE_ID_ROOM], ULONG *legacy_spec);

#endif
