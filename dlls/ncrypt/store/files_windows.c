/*
 * files_windows.c - files and folders on Windows and Wine.
 *
 * The folders are those where Windows keeps such keys. A file is written under another name, to the
 * disk, and then named: who reads sees the old one or the new one, and of two who write one after
 * the other wins.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/base.h"

#include "platform/memory.h"
#include "platform/module.h"
#include "platform/names.h"
#include "platform/platform.h"
#include "store/outside.h"
#include "store/protect.h"

#define FOLDER L"\\Microsoft\\Crypto\\Keys"
#define TEMPORARY L".new"
#define LOCK_TRIES 60000                        /* a minute, or more */
#define NAME_TRIES 2000

/*
 * A file that is not there yet is nothing that the caller of an export has to find in GetLastError
 * after a success: Go programs take whatever they find there for the call's failure.
 */
#define LAST_ERROR_STAYS \
    __attribute__((cleanup(put_last_error))) DWORD last_error = GetLastError()

static void put_last_error(const DWORD *error)
{
    SetLastError(*error);
}

static bool make_folders(WCHAR *path, size_t from)
{
    size_t i, length = name_length(path);

    for (i = from + 1; i <= length; i++)
    {
        WCHAR here = path[i];
        bool made;

        if (here && here != '\\') continue;
        path[i] = 0;
        made = CreateDirectoryW(path, NULL) || GetLastError() == ERROR_ALREADY_EXISTS;
        path[i] = here;
        if (!made) return false;
    }
    return true;
}

bool store_folder(bool machine, bool make, WCHAR path[STORE_PATH_ROOM])
{
    LAST_ERROR_STAYS;
    DWORD length = GetEnvironmentVariableW(machine ? L"ALLUSERSPROFILE" : L"APPDATA", path,
                                           STORE_PATH_ROOM - ARRAY_SIZE(FOLDER));
    DWORD attributes;

    if (!length || length >= STORE_PATH_ROOM - ARRAY_SIZE(FOLDER)) return false;
    memcpy(path + length, FOLDER, sizeof(FOLDER));
    attributes = GetFileAttributesW(path);
    if (attributes != INVALID_FILE_ATTRIBUTES) return attributes & FILE_ATTRIBUTE_DIRECTORY;
    return make && make_folders(path, length);
}

/* HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Cryptography, MachineGuid. */
void store_machine_name(WCHAR name[40])
{
    typedef LONG (WINAPI *get_value_fn)(HKEY, LPCWSTR, LPCWSTR, DWORD, DWORD *, void *, DWORD *);
    static _Atomic(get_value_fn) known;
    get_value_fn get_value = known;
    DWORD bytes = 40 * sizeof(WCHAR);
    HMODULE advapi32;

    if (!get_value && (advapi32 = platform_module_load(L"advapi32.dll")))
        known = get_value = (get_value_fn)platform_module_function(advapi32, "RegGetValueW");
    if (!get_value || get_value(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\Cryptography",
                                L"MachineGuid", 0x10002 /* RRF_RT_REG_SZ, RRF_SUBKEY_WOW6464KEY */,
                                NULL, name, &bytes)) name[0] = 0;
}

static enum store_result result_of(DWORD error)
{
    switch (error)
    {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND: return STORE_NOT_THERE;
    case ERROR_FILE_EXISTS:
    case ERROR_ALREADY_EXISTS: return STORE_IS_THERE;
    case ERROR_ACCESS_DENIED:
    case ERROR_SHARING_VIOLATION: return STORE_REFUSED;
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_OUTOFMEMORY: return STORE_NO_MEMORY;
    }
    return STORE_FAILED;
}

enum store_result store_read(LPCWSTR path, ULONG most, uint8_t **data, ULONG *bytes)
{
    LAST_ERROR_STAYS;
    HANDLE file = CreateFileW(path, GENERIC_READ,
                              FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
    enum store_result result = STORE_FAILED;
    LARGE_INTEGER size;
    DWORD count;

    *data = NULL;
    if (file == INVALID_HANDLE_VALUE) return result_of(GetLastError());
    if (!GetFileSizeEx(file, &size) || size.QuadPart <= 0 || size.QuadPart > (LONGLONG)most) {}
    else if (!(*data = memory_get((size_t)size.QuadPart))) result = STORE_NO_MEMORY;
    else
    {
        *bytes = (ULONG)size.QuadPart;
        if (ReadFile(file, *data, *bytes, &count, NULL) && count == *bytes) result = STORE_DONE;
        else
        {
            memory_put(*data, *bytes);
            *data = NULL;
        }
    }
    CloseHandle(file);
    return result;
}

static bool name_beside(LPCWSTR path, LPCWSTR suffix, WCHAR name[STORE_PATH_ROOM])
{
    size_t length = name_length(path);

    if (length + name_length(suffix) >= STORE_PATH_ROOM) return false;
    memcpy(name, path, length * sizeof(WCHAR));
    memcpy(name + length, suffix, name_bytes(suffix));
    return true;
}

/*
 * The file under its other name, which is for whoever holds the file's lock. What a writer that
 * was ended left there is overwritten; its process may still be closing it, which is over soon.
 */
static HANDLE create_temporary(LPCWSTR temporary)
{
    HANDLE file;
    int tries = 0;

    do
    {
        if (tries) Sleep(1);
        file = CreateFileW(temporary, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL,
                           NULL);
    } while (file == INVALID_HANDLE_VALUE && GetLastError() == ERROR_SHARING_VIOLATION &&
             ++tries < NAME_TRIES);
    return file;
}

/* Gives a file its name. Wine refuses to replace a file that somebody reads at that moment: that is
 * over soon. */
static enum store_result name_file(LPCWSTR temporary, LPCWSTR path, bool overwrite)
{
    DWORD flags = MOVEFILE_WRITE_THROUGH | (overwrite ? MOVEFILE_REPLACE_EXISTING : 0);
    enum store_result result;
    int tries = 0;

    while (!MoveFileExW(temporary, path, flags))
    {
        result = result_of(GetLastError());
        if (!overwrite || result != STORE_REFUSED || ++tries == NAME_TRIES) return result;
        Sleep(1);
    }
    return STORE_DONE;
}

enum store_result store_write(LPCWSTR path, const void *data, ULONG bytes, bool overwrite)
{
    LAST_ERROR_STAYS;
    WCHAR temporary[STORE_PATH_ROOM];
    enum store_result result;
    HANDLE file;
    DWORD count;

    if (!name_beside(path, TEMPORARY, temporary)) return STORE_FAILED;
    file = create_temporary(temporary);
    if (file == INVALID_HANDLE_VALUE) return result_of(GetLastError());
    if (!WriteFile(file, data, bytes, &count, NULL) || count != bytes || !FlushFileBuffers(file))
    {
        CloseHandle(file);
        DeleteFileW(temporary);
        return STORE_FAILED;
    }
    CloseHandle(file);
    if ((result = name_file(temporary, path, overwrite)) != STORE_DONE) DeleteFileW(temporary);
    return result;
}

enum store_result store_remove(LPCWSTR path)
{
    LAST_ERROR_STAYS;
    WCHAR temporary[STORE_PATH_ROOM];

    if (name_beside(path, TEMPORARY, temporary)) DeleteFileW(temporary);
    return DeleteFileW(path) ? STORE_DONE : result_of(GetLastError());
}

/*
 * The lock is a file beside the file, which nobody else can open while it is open, and which goes
 * when it is closed: also that of a process that is ended. A mutex would be known by a name that
 * other users, who share the machine's store, cannot all open.
 */
bool store_file_lock(LPCWSTR path, void **lock)
{
    LAST_ERROR_STAYS;
    WCHAR name[STORE_PATH_ROOM];
    HANDLE file;
    DWORD error;
    int tries;

    if (!name_beside(path, L".lock", name)) return false;
    for (tries = 0; tries < LOCK_TRIES; tries++)
    {
        file = CreateFileW(name, GENERIC_WRITE | DELETE, 0, NULL, OPEN_ALWAYS,
                           FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE, NULL);
        if (file != INVALID_HANDLE_VALUE)
        {
            *lock = file;
            return true;
        }
        error = GetLastError();
        if (error == ERROR_ACCESS_DENIED) tries += LOCK_TRIES / 100;    /* just being deleted? */
        else if (error != ERROR_SHARING_VIOLATION) return false;
        Sleep(1);
    }
    return false;
}

void store_file_unlock(void *lock)
{
    CloseHandle(lock);
}

bool store_file_time(LPCWSTR path, uint8_t time[8])
{
    LAST_ERROR_STAYS;
    WIN32_FILE_ATTRIBUTE_DATA data;

    if (!GetFileAttributesExW(path, GetFileExInfoStandard, &data)) return false;
    memcpy(time, &data.ftLastWriteTime, 8);
    return true;
}

WCHAR *store_list(LPCWSTR folder)
{
    LAST_ERROR_STAYS;
    WCHAR pattern[STORE_PATH_ROOM + 2], *names = NULL, *grown;
    size_t used = 0, room = 0, length = name_length(folder), more;
    WIN32_FIND_DATAW data;
    HANDLE find;
    bool fits = true;

    memcpy(pattern, folder, length * sizeof(WCHAR));
    memcpy(pattern + length, L"\\*", sizeof(L"\\*"));
    if ((find = FindFirstFileW(pattern, &data)) == INVALID_HANDLE_VALUE) return NULL;
    do
    {
        if (data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) continue;
        more = name_length(data.cFileName) + 1;
        if (used + more + 1 > room)
        {
            room = 2 * (room + more + 128);
            grown = platform_heap_alloc(room * sizeof(WCHAR));
            if (grown && used) memcpy(grown, names, used * sizeof(WCHAR));
            platform_heap_free(names);
            if (!(names = grown)) fits = false;
        }
        if (!fits) break;
        memcpy(names + used, data.cFileName, more * sizeof(WCHAR));
        used += more;
    } while (FindNextFileW(find, &data));
    FindClose(find);
    if (names) names[used] = 0;
    return names;
}

/* ---- watching ---- */

SECURITY_STATUS store_watch(bool machine, HANDLE *event)
{
    WCHAR folder[STORE_PATH_ROOM];
    HANDLE watch;

    if (!store_folder(machine, true, folder)) return NTE_TEMPORARY_PROFILE;
    watch = FindFirstChangeNotificationW(folder, FALSE, FILE_NOTIFY_CHANGE_FILE_NAME);
    if (watch == INVALID_HANDLE_VALUE) return NTE_INTERNAL_ERROR;
    *event = watch;
    return 0;
}

bool store_unwatch(HANDLE event)
{
    return event && event != INVALID_HANDLE_VALUE && FindCloseChangeNotification(event);
}
