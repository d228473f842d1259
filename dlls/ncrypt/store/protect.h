/*
 * protect.h - bytes that only this user, or this machine, can open again; files; folders.
 *
 * Windows is in protect_windows.c and files_windows.c; tests/native/store_native.c answers for the
 * native build.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef STORE_PROTECT_H
#define STORE_PROTECT_H

#include "nte.h"
#include "platform/base.h"

/* CryptProtectData and CryptUnprotectData, with memory for store_protect_free.
 *
 *   0, NTE_NO_MEMORY, NTE_INTERNAL_ERROR; NTE_KEYSET_ENTRY_BAD of what cannot be opened */
SECURITY_STATUS store_protect(const void *data, ULONG bytes, bool machine, void **result,
                              ULONG *result_bytes);
SECURITY_STATUS store_unprotect(const void *data, ULONG bytes, void **result,
                                ULONG *result_bytes);
/* The same of what somebody else has protected, without more to be known. */
SECURITY_STATUS store_unprotect_others(const void *data, ULONG bytes, void **result,
                                       ULONG *result_bytes);
void store_protect_free(void *memory, ULONG bytes);         /* wipes it */

#define STORE_PATH_ROOM 1024                    /* characters of a path, NUL included */

/* The folder of a store, made if it is wanted and not there; false if there is none. */
bool store_folder(bool machine, bool make, WCHAR path[STORE_PATH_ROOM]);

/* Something that makes file names of this machine its own; "" if there is none. */
void store_machine_name(WCHAR name[40]);

enum store_result
{
    STORE_DONE, STORE_NOT_THERE, STORE_IS_THERE, STORE_REFUSED, STORE_NO_MEMORY, STORE_FAILED,
};

/* The file's bytes, at most `most`, in memory of memory_get(*bytes). */
enum store_result store_read(LPCWSTR path, ULONG most, uint8_t **data, ULONG *bytes);

/* Puts a file in place in one step: it is there with all its bytes, or as it was. */
enum store_result store_write(LPCWSTR path, const void *data, ULONG bytes, bool overwrite);

enum store_result store_remove(LPCWSTR path);

/* Waits until no other process and no other call has the file's lock, and takes it: true, or false
 * if it cannot be had. It ends with store_file_unlock, or the process. */
bool store_file_lock(LPCWSTR path, void **lock);
void store_file_unlock(void *lock);
bool store_file_time(LPCWSTR path, uint8_t time[8]);

/* The names of a folder's files, one after another, "" after the last, for platform_heap_free;
 * NULL if there is no memory or no folder. */
WCHAR *store_list(LPCWSTR folder);

#endif
