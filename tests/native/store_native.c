/*
 * store_native.c - protect.h, outside.h and capi.h of ncrypt.dll for the native build: a store in
 * memory, and no CryptoAPI.
 *
 * What is protected is turned over byte by byte, with a sum behind it: as CryptUnprotectData, it
 * refuses most of what was changed, and not all.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdlib.h>

#include "platform/memory.h"
#include "platform/names.h"
#include "platform/platform.h"
#include "store/capi.h"
#include "store/outside.h"
#include "store/protect.h"

SECURITY_STATUS store_protect(const void *data, ULONG bytes, bool machine, void **result,
                              ULONG *result_bytes)
{
    const uint8_t *from = data;
    uint8_t *to = memory_get(bytes + 2), sum = 0;
    ULONG i;

    if (!to) return NTE_NO_MEMORY;
    for (i = 0; i < bytes; i++)
    {
        to[i] = (uint8_t)~from[i];
        sum = (uint8_t)(sum + from[i]);
    }
    to[bytes] = sum;
    to[bytes + 1] = machine;                    /* nobody looks at it */
    *result = to;
    *result_bytes = bytes + 2;
    return 0;
}

SECURITY_STATUS store_unprotect(const void *data, ULONG bytes, void **result, ULONG *result_bytes)
{
    const uint8_t *from = data;
    uint8_t *to, sum = 0;
    ULONG i;

    if (bytes < 2) return NTE_KEYSET_ENTRY_BAD;
    if (!(to = memory_get(bytes - 2))) return NTE_NO_MEMORY;
    for (i = 0; i < bytes - 2; i++)
    {
        to[i] = (uint8_t)~from[i];
        sum = (uint8_t)(sum + to[i]);
    }
    *result = to;
    *result_bytes = bytes - 2;
    if (sum == from[bytes - 2]) return 0;
    memory_put(to, bytes - 2);
    return NTE_KEYSET_ENTRY_BAD;
}

void store_protect_free(void *memory, ULONG bytes)
{
    memory_put(memory, bytes);
}

bool store_folder(bool machine, bool make, WCHAR path[STORE_PATH_ROOM])
{
    (void)make;
    memcpy(path, machine ? L"machine" : L"user", machine ? sizeof(L"machine") : sizeof(L"user"));
    return true;
}

void store_machine_name(WCHAR name[40])
{
    memcpy(name, L"native", sizeof(L"native"));
}

/* ---- files ---- */

struct file
{
    struct file *next;
    WCHAR path[STORE_PATH_ROOM];
    ULONG bytes;
    uint8_t data[];
};

static struct platform_lock lock;
static struct file *files;

static struct file **find(LPCWSTR path)
{
    struct file **link;

    for (link = &files; *link && !names_equal((*link)->path, path); link = &(*link)->next) {}
    return link;
}

enum store_result store_read(LPCWSTR path, ULONG most, uint8_t **data, ULONG *bytes)
{
    enum store_result result = STORE_NOT_THERE;
    struct file *file;

    platform_lock_acquire(&lock);
    *data = NULL;
    if ((file = *find(path)))
    {
        result = STORE_FAILED;
        if (file->bytes && file->bytes <= most) result = STORE_NO_MEMORY;
        if (result == STORE_NO_MEMORY && (*data = memory_get(file->bytes)))
        {
            memcpy(*data, file->data, *bytes = file->bytes);
            result = STORE_DONE;
        }
    }
    platform_lock_release(&lock);
    return result;
}

enum store_result store_write(LPCWSTR path, const void *data, ULONG bytes, bool overwrite)
{
    struct file *file = malloc(sizeof(*file) + bytes), **link, *old;
    enum store_result result = STORE_IS_THERE;

    if (!file) return STORE_FAILED;
    memcpy(file->path, path, name_bytes(path));
    memcpy(file->data, data, file->bytes = bytes);
    platform_lock_acquire(&lock);
    link = find(path);
    old = *link;
    if (!old || overwrite)
    {
        file->next = old ? old->next : NULL;
        *link = file;
        file = old;
        result = STORE_DONE;
    }
    platform_lock_release(&lock);
    free(file);
    return result;
}

enum store_result store_remove(LPCWSTR path)
{
    struct file **link, *file;

    platform_lock_acquire(&lock);
    link = find(path);
    if ((file = *link)) *link = file->next;
    platform_lock_release(&lock);
    free(file);
    return file ? STORE_DONE : STORE_NOT_THERE;
}

bool store_file_time(LPCWSTR path, uint8_t time[8])
{
    bool found;

    platform_lock_acquire(&lock);
    found = *find(path) != NULL;
    platform_lock_release(&lock);
    memset(time, 0, 8);
    return found;
}

WCHAR *store_list(LPCWSTR folder)
{
    size_t length = name_length(folder), used = 0;
    struct file *file;
    WCHAR *names;

    platform_lock_acquire(&lock);
    for (file = files; file; file = file->next) used += name_length(file->path) + 1;
    if ((names = platform_heap_alloc((used + 1) * sizeof(WCHAR))))
    {
        used = 0;
        for (file = files; file; file = file->next)
        {
            LPCWSTR name = file->path + length + 1;

            if (memcmp(file->path, folder, length * sizeof(WCHAR)) || file->path[length] != '\\')
                continue;
            memcpy(names + used, name, name_bytes(name));
            used += name_length(name) + 1;
        }
        names[used] = 0;
    }
    platform_lock_release(&lock);
    return names;
}

/* There is one process, and each call on a file takes the store's lock. */
bool store_file_lock(LPCWSTR path, void **taken)
{
    (void)path;
    *taken = &files;
    return true;
}

void store_file_unlock(void *taken)
{
    (void)taken;
}

/* ---- what there is not ---- */

SECURITY_STATUS store_watch(bool machine, HANDLE *event)
{
    (void)machine, (void)event;
    return NTE_INTERNAL_ERROR;
}

bool store_unwatch(HANDLE event)
{
    (void)event;
    return false;
}

SECURITY_STATUS legacy_read(HCRYPTPROV context, HCRYPTKEY key, ULONG spec, struct legacy_key *found)
{
    (void)context, (void)key, (void)spec, (void)found;
    return NTE_NOT_SUPPORTED;
}

SECURITY_STATUS legacy_read_container(LPCWSTR container, ULONG spec, bool machine,
                                      struct legacy_key *found)
{
    (void)container, (void)spec, (void)machine, (void)found;
    return NTE_BAD_KEYSET;
}

bool legacy_has_contexts(void)
{
    return false;
}

bool legacy_recognize(ULONG_PTR value, uint8_t print[LEGACY_PRINT])
{
    (void)value, (void)print;
    return false;
}

bool legacy_release(ULONG_PTR value)
{
    (void)value;
    return false;
}
