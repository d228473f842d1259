/*
 * platform_windows.c - platform.h on Windows and Wine.
 *
 * Imports kernel32, ntdll and msvcrt only. advapi32, which alone has the system's entropy, is
 * loaded at first use: importing it would cost every process several milliseconds. It is the
 * system's own: whoever can put a file beside a program shall not choose its random numbers.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/base.h"
#include "platform/module.h"
#include "platform/platform.h"
#include "platform/stack_windows.h"

#include <winternl.h>

/* Not in mingw-w64's headers. Source: Microsoft Learn, ZwOpenKey and ZwQueryValueKey (wdm.h). */
#define KEY_VALUE_PARTIAL_INFORMATION_CLASS 2
NTSTATUS NTAPI NtOpenKey(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES);
NTSTATUS NTAPI NtQueryValueKey(HANDLE, PUNICODE_STRING, int, PVOID, ULONG, PULONG);

uint32_t platform_tls_index[THREAD_SLOT_COUNT];

__attribute__((no_stack_protector)) bool platform_attach(void *module)
{
    int slot;

    stack_guard_attach(module);
    for (slot = 0; slot < THREAD_SLOT_COUNT; slot++)
    {
        if ((platform_tls_index[slot] = TlsAlloc()) == TLS_OUT_OF_INDEXES) return false;
    }
    return true;
}

void platform_detach(void)
{
    int slot;

    for (slot = 0; slot < THREAD_SLOT_COUNT; slot++) TlsFree(platform_tls_index[slot]);
}

void *platform_pages_alloc(size_t bytes)
{
    return VirtualAlloc(NULL, bytes, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
}

size_t platform_readable(const void *address, size_t bytes)
{
    const char *at = address, *end = at + bytes;
    MEMORY_BASIC_INFORMATION region;

    while (at < end && VirtualQuery(at, &region, sizeof(region)) && region.State == MEM_COMMIT &&
           !(region.Protect & (PAGE_NOACCESS | PAGE_EXECUTE | PAGE_GUARD)))
    {
        at = (const char *)region.BaseAddress + region.RegionSize;
    }
    return at < end ? (size_t)(at - (const char *)address) : bytes;
}

bool platform_is_code(const void *address)
{
    MEMORY_BASIC_INFORMATION region;

    return VirtualQuery(address, &region, sizeof(region)) && region.State == MEM_COMMIT &&
           region.Protect & (PAGE_EXECUTE | PAGE_EXECUTE_READ | PAGE_EXECUTE_READWRITE |
                             PAGE_EXECUTE_WRITECOPY);
}

/*
 * Chunks hold keys: Windows 10 and later leave them out of the memory that a crash report sends,
 * up to 512 blocks of a process. Wine has no such function; and GetLastError tells the caller of an
 * export nothing of that.
 * Source: Microsoft Learn, WerRegisterExcludedMemoryBlock.
 */
static void exclude_from_reports(void *chunk, bool is_new)
{
    typedef HRESULT (WINAPI *register_fn)(const void *, DWORD);
    typedef HRESULT (WINAPI *unregister_fn)(const void *);
    HMODULE kernel32 = GetModuleHandleW(L"kernel32.dll");
    DWORD error = GetLastError();
    FARPROC function = kernel32 ? GetProcAddress(kernel32, is_new ? "WerRegisterExcludedMemoryBlock"
                                                 : "WerUnregisterExcludedMemoryBlock") : NULL;

    SetLastError(error);
    if (!function) return;
    if (is_new) ((register_fn)(void *)function)(chunk, PLATFORM_CHUNK_BYTES);
    else ((unregister_fn)(void *)function)(chunk);
}

/* All that VirtualAlloc reserves begins at a multiple of 64 KiB: dwAllocationGranularity. */
void *platform_chunk_alloc(void)
{
    void *chunk = platform_pages_alloc(PLATFORM_CHUNK_BYTES);

    if (chunk) exclude_from_reports(chunk, true);
    return chunk;
}

void platform_chunk_free(void *chunk)
{
    exclude_from_reports(chunk, false);
    VirtualFree(chunk, 0, MEM_RELEASE);
}

void *platform_heap_alloc(size_t bytes)
{
    return HeapAlloc(GetProcessHeap(), 0, bytes);
}

void platform_heap_free(void *memory)
{
    if (memory) HeapFree(GetProcessHeap(), 0, memory);
}

/*
 * RtlGenRandom by its export name. Neither Windows' nor Wine's comes back to bcrypt.dll, which
 * CryptGenRandom would (rsaenh.dll imports bcrypt.dll).
 * Source: Microsoft Learn, RtlGenRandom; only the low byte of the result counts.
 */
bool platform_entropy(void *buffer, size_t bytes)
{
    typedef BOOLEAN (WINAPI *generate_fn)(PVOID, ULONG);
    static _Atomic(generate_fn) known;
    generate_fn generate = known;

    if (!generate)
    {
        DWORD error = GetLastError();
        void *advapi32;

        /* Windows' advapi32 passes on to it, and must find it there already. Wine 8 has none. */
        platform_module_load(L"cryptbase.dll");
        SetLastError(error);
        if (!(advapi32 = platform_module_load(L"advapi32.dll"))) return false;
        generate = (generate_fn)platform_module_function(advapi32, "SystemFunction036");
        if (!generate) return false;
        known = generate;
    }

    while (bytes)
    {
        ULONG part = bytes > 0x10000 ? 0x10000 : (ULONG)bytes;

        if (!generate(buffer, part)) return false;
        buffer = (char *)buffer + part;
        bytes -= part;
    }
    return true;
}

/*
 * The tick count in the page that the kernel shares with every process: TickCountMultiplier at
 * 0x004, TickCountQuad at 0x320 of KUSER_SHARED_DATA. Wine keeps TickCountLowDeprecated at 0x000
 * and the quad up to date, in milliseconds with a multiplier of 1 << 24.
 */
uint32_t platform_ticks(void)
{
    const volatile char *shared = (const volatile char *)(uintptr_t)0x7ffe0000;
    uint32_t multiplier = *(const volatile uint32_t *)(shared + 0x004);
    uint32_t low = *(const volatile uint32_t *)(shared + 0x320);

    return (uint32_t)(((uint64_t)low * multiplier) >> 24);
}

bool platform_thread_set(enum platform_thread_slot slot, void *value)
{
    return TlsSetValue(platform_tls_index[slot], value);
}

void platform_lock_acquire(struct platform_lock *lock)
{
    AcquireSRWLockExclusive((SRWLOCK *)&lock->state);
}

void platform_lock_release(struct platform_lock *lock)
{
    ReleaseSRWLockExclusive((SRWLOCK *)&lock->state);
}

void platform_yield(void)
{
    SwitchToThread();
}

/* A DWORD value below HKEY_LOCAL_MACHINE; false if there is none such. */
static bool registry_dword(const WCHAR *path, const WCHAR *name, ULONG *value)
{
    static const WCHAR root[] = L"\\Registry\\Machine\\";
    struct
    {
        ULONG title_index, type, data_bytes, data;
        UCHAR padding[8];
    } information;
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING string;
    WCHAR full_path[256];
    NTSTATUS status;
    size_t length;
    HANDLE key;
    ULONG bytes;

    for (length = 0; path[length]; length++) {}
    if (length + ARRAY_SIZE(root) > ARRAY_SIZE(full_path)) return false;
    memcpy(full_path, root, sizeof(root));
    memcpy(full_path + ARRAY_SIZE(root) - 1, path, (length + 1) * sizeof(WCHAR));

    RtlInitUnicodeString(&string, full_path);
    InitializeObjectAttributes(&attributes, &string, OBJ_CASE_INSENSITIVE, NULL, NULL);
    if (NtOpenKey(&key, KEY_QUERY_VALUE, &attributes)) return false;

    RtlInitUnicodeString(&string, name);
    status = NtQueryValueKey(key, &string, KEY_VALUE_PARTIAL_INFORMATION_CLASS, &information,
                             sizeof(information), &bytes);
    NtClose(key);
    if (status || information.type != REG_DWORD || information.data_bytes != sizeof(ULONG))
        return false;

    *value = information.data;
    return true;
}

bool platform_fips_enabled(void)
{
    ULONG value;

    if (registry_dword(L"System\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy", L"Enabled",
                       &value) ||
        registry_dword(L"System\\CurrentControlSet\\Control\\Lsa", L"FIPSAlgorithmPolicy", &value))
        return value;
    return false;
}
