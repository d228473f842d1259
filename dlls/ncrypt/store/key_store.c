/*
 * key_store.c - where persisted keys are: one file a key, in two folders.
 *
 * A file's name is the MD5 of the key's name, in small letters, and what names this machine: as
 * CryptoAPI names its containers, so that two machines can share a profile.
 *
 * SPDX-License-Identifier: MIT
 */

#include "store/key_store.h"

#include "platform/memory.h"
#include "platform/names.h"
#include "platform/platform.h"
#include "store/key_file.h"
#include "store/protect.h"

SECURITY_STATUS store_file_name(LPCWSTR name, WCHAR file[STORE_FILE_NAME])
{
    static const char digits[] = "0123456789abcdef";
    WCHAR lower[STORE_NAME_ROOM], machine[40];
    UCHAR digest[16];
    size_t i, length = name_length(name);
    SECURITY_STATUS status;

    if (length >= STORE_NAME_ROOM) return NTE_INVALID_PARAMETER;
    for (i = 0; i <= length; i++)
    {
        lower[i] = name[i] >= 'A' && name[i] <= 'Z' ? (WCHAR)(name[i] + 'a' - 'A') : name[i];
    }
    status = nte(BCryptHash(BCRYPT_MD5_ALG_HANDLE, NULL, 0, (PUCHAR)lower, name_bytes(lower),
                            digest, sizeof(digest)));
    if (status) return status;
    for (i = 0; i < sizeof(digest); i++)
    {
        file[2 * i] = (WCHAR)digits[digest[i] >> 4];
        file[2 * i + 1] = (WCHAR)digits[digest[i] & 15];
    }
    file[32] = '_';
    store_machine_name(machine);
    memcpy(file + 33, machine, name_bytes(machine));
    return 0;
}

/* The path of a file below a folder. */
static bool join(WCHAR path[STORE_PATH_ROOM], LPCWSTR file)
{
    size_t folder = name_length(path);

    if (folder + 1 + name_length(file) >= STORE_PATH_ROOM) return false;
    path[folder] = '\\';
    memcpy(path + folder + 1, file, name_bytes(file));
    return true;
}

/* NTE_BAD_KEYSET: there is no such folder, and so no key. */
static SECURITY_STATUS path_of(LPCWSTR name, bool machine, bool make, WCHAR path[STORE_PATH_ROOM])
{
    WCHAR file[STORE_FILE_NAME];
    SECURITY_STATUS status = store_file_name(name, file);

    if (status) return status;
    return store_folder(machine, make, path) && join(path, file) ? 0 : NTE_BAD_KEYSET;
}

SECURITY_STATUS store_lock(LPCWSTR name, bool machine, void **lock)
{
    WCHAR path[STORE_PATH_ROOM];
    SECURITY_STATUS status;

    *lock = NULL;
    if ((status = path_of(name, machine, false, path))) return status;
    return store_file_lock(path, lock) ? 0 : NTE_PERM;
}

void store_unlock(void *lock)
{
    if (lock) store_file_unlock(lock);
}

static enum store_result write_locked(LPCWSTR path, const uint8_t *file, ULONG bytes,
                                      bool overwrite, bool locked)
{
    enum store_result result;
    void *lock = NULL;

    if (!locked && !store_file_lock(path, &lock)) return STORE_REFUSED;
    result = store_write(path, file, bytes, overwrite);
    store_unlock(lock);
    return result;
}

SECURITY_STATUS store_save(const struct stored_name *name, const uint8_t *record, ULONG bytes,
                           bool overwrite)
{
    WCHAR path[STORE_PATH_ROOM];
    enum store_result result;
    SECURITY_STATUS status;
    uint8_t *file;
    ULONG size;

    /* In this order: on Wine, a machine has no name of its own until something was protected. */
    if ((status = key_file_write(name, record, bytes, &file, &size))) return status;
    status = path_of(name->name, name->machine, true, path);
    result = status ? STORE_NOT_THERE : write_locked(path, file, size, overwrite, name->locked);
    memory_put(file, size);
    if (status && status != NTE_BAD_KEYSET) return status;
    switch (result)
    {
    case STORE_DONE: return 0;
    case STORE_NOT_THERE: return NTE_TEMPORARY_PROFILE;
    case STORE_IS_THERE: return NTE_EXISTS;
    case STORE_REFUSED: return NTE_PERM;
    case STORE_NO_MEMORY: return NTE_NO_MEMORY;
    default: return NTE_INTERNAL_ERROR;
    }
}

SECURITY_STATUS store_load(LPCWSTR name, bool machine, WCHAR algorithm[STORE_ID_ROOM],
                           uint8_t **record, ULONG *bytes)
{
    WCHAR path[STORE_PATH_ROOM], written[STORE_NAME_ROOM];
    SECURITY_STATUS status;
    ULONG size, legacy_spec;
    uint8_t *file;

    if ((status = path_of(name, machine, false, path))) return status;
    switch (store_read(path, KEY_FILE_MOST, &file, &size))
    {
    case STORE_DONE: break;
    case STORE_NOT_THERE: return NTE_BAD_KEYSET;
    case STORE_REFUSED: return NTE_PERM;
    case STORE_NO_MEMORY: return NTE_NO_MEMORY;
    default: return NTE_KEYSET_ENTRY_BAD;
    }
    status = NTE_KEYSET_ENTRY_BAD;
    if (key_file_name(file, size, written, algorithm, &legacy_spec) &&
        names_equal_caseless(written, name))
        status = key_file_read(file, size, record, bytes);
    memory_put(file, size);
    return status;
}

SECURITY_STATUS store_delete(LPCWSTR name, bool machine)
{
    WCHAR path[STORE_PATH_ROOM];
    enum store_result result;
    SECURITY_STATUS status;
    void *lock;

    if ((status = path_of(name, machine, false, path))) return status;
    if (!store_file_lock(path, &lock)) return NTE_PERM;
    result = store_remove(path);
    store_file_unlock(lock);
    return result == STORE_DONE ? 0 : result == STORE_NOT_THERE ? NTE_BAD_KEYSET : NTE_PERM;
}

bool store_has(LPCWSTR name, bool machine)
{
    uint8_t time[8];

    return store_modified(name, machine, time);
}

bool store_modified(LPCWSTR name, bool machine, uint8_t time[8])
{
    WCHAR path[STORE_PATH_ROOM];

    return !path_of(name, machine, false, path) && store_file_time(path, time);
}

/* ---- all of them ---- */

struct listing
{
    WCHAR *at;
    WCHAR names[];
};

static struct listing *list_new(LPCWSTR folder)
{
    WCHAR *names = store_list(folder), *end = names;
    struct listing *list;
    size_t bytes = sizeof(WCHAR);

    if (names)
    {
        while (*end) end += name_length(end) + 1;
        bytes = (size_t)(end + 1 - names) * sizeof(WCHAR);
    }
    if ((list = platform_heap_alloc(sizeof(*list) + bytes)))
    {
        if (names) memcpy(list->names, names, bytes);
        else list->names[0] = 0;
        list->at = list->names;
    }
    platform_heap_free(names);
    return list;
}

SECURITY_STATUS store_next(bool machine, void **state, WCHAR name[STORE_NAME_ROOM],
                           WCHAR algorithm[STORE_ID_ROOM], ULONG *legacy_spec)
{
    WCHAR folder[STORE_PATH_ROOM], path[STORE_PATH_ROOM], expected[STORE_FILE_NAME];
    struct listing *list = *state;
    LPCWSTR found;
    bool is_key;
    uint8_t *file;
    ULONG bytes;

    if (!store_folder(machine, false, folder)) return NTE_NO_MORE_ITEMS;
    if (!list && !(*state = list = list_new(folder))) return NTE_NO_MEMORY;
    while (*list->at)
    {
        memcpy(path, folder, name_bytes(folder));
        found = list->at;
        is_key = join(path, found);
        list->at += name_length(found) + 1;
        if (!is_key || store_read(path, KEY_FILE_MOST, &file, &bytes) != STORE_DONE) continue;
        is_key = key_file_name(file, bytes, name, algorithm, legacy_spec);
        memory_put(file, bytes);
        /* A writer that was killed leaves a whole file under another name. */
        if (is_key && name[0] && !store_file_name(name, expected) &&
            names_equal_caseless(found, expected)) return 0;
    }
    return NTE_NO_MORE_ITEMS;
}
