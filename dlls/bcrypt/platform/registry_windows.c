/*
 * registry_windows.c - registry.h on Windows and Wine: ntdll's calls, without advapi32.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/registry.h"

#include <winternl.h>

#include "platform/names.h"
#include "platform/platform.h"

#define PATH_CHARACTERS 1024

/* Not in mingw-w64's headers. Source: Microsoft Learn, ZwCreateKey and its neighbours (wdm.h). */
#define KEY_BASIC_INFORMATION_CLASS         0
#define KEY_VALUE_BASIC_INFORMATION_CLASS   0
#define KEY_VALUE_PARTIAL_INFORMATION_CLASS 2
NTSTATUS NTAPI NtOpenKey(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES);
NTSTATUS NTAPI NtCreateKey(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES, ULONG, PUNICODE_STRING, ULONG,
                           PULONG);
NTSTATUS NTAPI NtEnumerateKey(HANDLE, ULONG, int, PVOID, ULONG, PULONG);
NTSTATUS NTAPI NtEnumerateValueKey(HANDLE, ULONG, int, PVOID, ULONG, PULONG);
NTSTATUS NTAPI NtQueryKey(HANDLE, int, PVOID, ULONG, PULONG);
NTSTATUS NTAPI NtQueryValueKey(HANDLE, PUNICODE_STRING, int, PVOID, ULONG, PULONG);
NTSTATUS NTAPI NtSetValueKey(HANDLE, PUNICODE_STRING, ULONG, ULONG, PVOID, ULONG);
NTSTATUS NTAPI NtDeleteValueKey(HANDLE, PUNICODE_STRING);
NTSTATUS NTAPI NtDeleteKey(HANDLE);
BOOLEAN NTAPI RtlEqualUnicodeString(PUNICODE_STRING, PUNICODE_STRING, BOOLEAN);

struct value_information
{
    ULONG title_index, type, data_bytes;
    UCHAR data[];
};

struct value_name_information
{
    ULONG title_index, type, name_bytes;
    WCHAR name[REGISTRY_NAME_LIMIT];
};

struct name_information
{
    LARGE_INTEGER last_write;
    ULONG title_index, name_bytes;
    WCHAR name[REGISTRY_NAME_LIMIT];
};

/* What reading answers. Only what may go better in a moment is told from what is not there: a link
 * to nowhere is, for all that anybody writes there, no reason to do nothing at all. */
static NTSTATUS read_status(NTSTATUS status)
{
    switch (status)
    {
    case STATUS_SUCCESS:
    case STATUS_KEY_DELETED:
        return status;
    case STATUS_NO_MEMORY:
    case STATUS_INSUFFICIENT_RESOURCES:
    case STATUS_INSUFF_SERVER_RESOURCES:
    case STATUS_QUOTA_EXCEEDED:
    case STATUS_COMMITMENT_LIMIT:
    case STATUS_TOO_MANY_OPENED_FILES:
        return STATUS_NO_MEMORY;
    }
    return STATUS_NOT_FOUND;
}

/* A path as the kernel takes it: below a key, or from the root of all. */
static NTSTATUS full_path(void *parent, LPCWSTR path, WCHAR *room, size_t characters)
{
    static const WCHAR root[] = L"\\Registry\\Machine\\";
    size_t skip = parent ? 0 : ARRAY_SIZE(root) - 1, length = name_length(path);

    if (skip + length >= characters) return STATUS_INVALID_PARAMETER;
    memcpy(room, root, skip * sizeof(WCHAR));
    memcpy(room + skip, path, (length + 1) * sizeof(WCHAR));
    return STATUS_SUCCESS;
}

NTSTATUS registry_open(void *parent, LPCWSTR path, void **key)
{
    OBJECT_ATTRIBUTES attributes;
    WCHAR full[PATH_CHARACTERS];
    UNICODE_STRING string;
    NTSTATUS status;

    *key = NULL;
    if (full_path(parent, path, full, ARRAY_SIZE(full))) return STATUS_NOT_FOUND;
    RtlInitUnicodeString(&string, full);
    InitializeObjectAttributes(&attributes, &string, OBJ_CASE_INSENSITIVE, parent, NULL);
    if ((status = NtOpenKey(key, KEY_READ | KEY_WOW64_64KEY, &attributes))) *key = NULL;
    return read_status(status);
}

/* The kernel makes the last key of a path only: so the path is gone down key by key. */
NTSTATUS registry_create(void *parent, LPCWSTR path, void **key)
{
    static const ACCESS_MASK access = KEY_READ | KEY_WRITE | DELETE | KEY_WOW64_64KEY;
    WCHAR full[PATH_CHARACTERS], *end;
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING string;
    NTSTATUS status;

    *key = NULL;
    if ((status = full_path(parent, path, full, ARRAY_SIZE(full)))) return status;
    InitializeObjectAttributes(&attributes, &string, OBJ_CASE_INSENSITIVE, parent, NULL);
    RtlInitUnicodeString(&string, full);
    status = NtCreateKey(key, access, &attributes, 0, NULL, 0, NULL);
    if (status != STATUS_OBJECT_NAME_NOT_FOUND && status != STATUS_OBJECT_PATH_NOT_FOUND)
        return status;

    for (end = full + 1;; end++)
    {
        WCHAR next = *end;

        if (next && next != '\\') continue;
        *end = 0;
        RtlInitUnicodeString(&string, full);
        status = NtCreateKey(key, next ? KEY_READ | KEY_WOW64_64KEY : access, &attributes, 0, NULL,
                             0, NULL);
        if (!next) return status;
        if (!status) NtClose(*key);
        *key = NULL;
        *end = next;
    }
}

void registry_close(void *key)
{
    if (key) NtClose(key);
}

bool registry_names_equal(LPCWSTR left, LPCWSTR right)
{
    UNICODE_STRING strings[2];

    RtlInitUnicodeString(&strings[0], left);
    RtlInitUnicodeString(&strings[1], right);
    return RtlEqualUnicodeString(&strings[0], &strings[1], TRUE);
}

NTSTATUS registry_key_at(void *key, ULONG number, WCHAR name[REGISTRY_NAME_LIMIT])
{
    struct name_information information;
    NTSTATUS status;
    ULONG bytes;

    status = NtEnumerateKey(key, number, KEY_BASIC_INFORMATION_CLASS, &information,
                            sizeof(information) - sizeof(WCHAR), &bytes);
    if (status) return read_status(status);
    memcpy(name, information.name, information.name_bytes);
    name[information.name_bytes / sizeof(WCHAR)] = 0;
    return STATUS_SUCCESS;
}

NTSTATUS registry_value_at(void *key, ULONG number, WCHAR name[REGISTRY_NAME_LIMIT])
{
    struct value_name_information information;
    NTSTATUS status;
    ULONG bytes;

    name[0] = 0;
    status = NtEnumerateValueKey(key, number, KEY_VALUE_BASIC_INFORMATION_CLASS, &information,
                                 sizeof(information) - sizeof(WCHAR), &bytes);
    if (status == STATUS_BUFFER_OVERFLOW) return STATUS_SUCCESS;
    if (status) return read_status(status);
    memcpy(name, information.name, information.name_bytes);
    name[information.name_bytes / sizeof(WCHAR)] = 0;
    return STATUS_SUCCESS;
}

NTSTATUS registry_key_time(void *key, ULONGLONG *time)
{
    struct name_information information;
    NTSTATUS status;
    ULONG bytes;

    status = NtQueryKey(key, KEY_BASIC_INFORMATION_CLASS, &information, sizeof(information),
                        &bytes);
    if (status) return read_status(status);
    *time = (ULONGLONG)information.last_write.QuadPart;
    return STATUS_SUCCESS;
}

NTSTATUS registry_get(void *key, LPCWSTR name, ULONG *type, void **data, ULONG *bytes)
{
    static const ULONG head = offsetof(struct value_information, data), spare = 2 * sizeof(WCHAR);
    struct value_information *information;
    UNICODE_STRING string;
    ULONG room = 0, needed = 1024;
    NTSTATUS status;

    RtlInitUnicodeString(&string, name);
    do
    {
        room = needed;
        if (room > head + REGISTRY_VALUE_BYTES) return STATUS_NOT_FOUND;
        if (!(information = platform_heap_alloc(room + spare))) return STATUS_NO_MEMORY;
        status = NtQueryValueKey(key, &string, KEY_VALUE_PARTIAL_INFORMATION_CLASS, information,
                                 room, &needed);
        if (!status) break;
        platform_heap_free(information);
    } while (status == STATUS_BUFFER_OVERFLOW && needed > room);
    if (status) return read_status(status);

    *type = information->type;
    *bytes = information->data_bytes;
    memmove(information, information->data, *bytes);
    memset((char *)information + *bytes, 0, spare);
    *data = information;
    return STATUS_SUCCESS;
}

NTSTATUS registry_set(void *key, LPCWSTR name, ULONG type, const void *data, ULONG bytes)
{
    UNICODE_STRING string;

    RtlInitUnicodeString(&string, name);
    return NtSetValueKey(key, &string, 0, type, (PVOID)(ULONG_PTR)data, bytes);
}

NTSTATUS registry_unset(void *key, LPCWSTR name)
{
    UNICODE_STRING string;
    NTSTATUS status;

    RtlInitUnicodeString(&string, name);
    status = NtDeleteValueKey(key, &string);
    return status == STATUS_OBJECT_NAME_NOT_FOUND ? STATUS_NOT_FOUND : status;
}

NTSTATUS registry_delete(void *key)
{
    return NtDeleteKey(key);
}

/*
 * A named mutex: it is given up when its owner's thread or process ends. Whoever gets it then goes
 * on as after anybody else: what was left half done is for the next writer to finish.
 */
NTSTATUS registry_writers_lock(void **lock)
{
    HANDLE mutex = CreateMutexW(NULL, FALSE, L"Global\\OpenCNG.Configuration");

    if (!mutex)
        return GetLastError() == ERROR_ACCESS_DENIED ? STATUS_ACCESS_DENIED : STATUS_NO_MEMORY;
    switch (WaitForSingleObject(mutex, 30000))
    {
    case WAIT_OBJECT_0:
    case WAIT_ABANDONED:
        *lock = mutex;
        return STATUS_SUCCESS;
    }
    CloseHandle(mutex);
    return STATUS_IO_TIMEOUT;
}

void registry_writers_unlock(void *lock)
{
    ReleaseMutex(lock);
    CloseHandle(lock);
}
