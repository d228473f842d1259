/*
 * late.c - exports that older Windows and Wine lack, looked up when the program starts; which
 * Windows this is; and the search for copies of a secret in the process's memory.
 *
 * Only the PE program has this file; natively everything is linked.
 *
 * SPDX-License-Identifier: MIT
 */

#define EXPECT_IMPLEMENTATION
#include "expect.h"

#define STATUS_OF_A_MISSING_EXPORT ((NTSTATUS)0xc0000139)   /* STATUS_ENTRYPOINT_NOT_FOUND */

typedef void (WINAPI *any_function)(void);

static NTSTATUS (WINAPI *create_multi_hash)(BCRYPT_ALG_HANDLE, BCRYPT_HASH_HANDLE *, ULONG, PUCHAR,
                                            ULONG, PUCHAR, ULONG, ULONG);
static NTSTATUS (WINAPI *process_multi_operations)(BCRYPT_HANDLE, BCRYPT_MULTI_OPERATION_TYPE,
                                                   PVOID, ULONG, ULONG);
static NTSTATUS (WINAPI *hash_once)(BCRYPT_ALG_HANDLE, PUCHAR, ULONG, PUCHAR, ULONG, PUCHAR, ULONG);
static NTSTATUS (WINAPI *key_derivation)(BCRYPT_KEY_HANDLE, BCryptBufferDesc *, PUCHAR, ULONG,
                                         ULONG *, ULONG);
static NTSTATUS (WINAPI *encapsulate)(BCRYPT_KEY_HANDLE, PUCHAR, ULONG, ULONG *, PUCHAR, ULONG,
                                      ULONG *, ULONG);
static NTSTATUS (WINAPI *decapsulate)(BCRYPT_KEY_HANDLE, PUCHAR, ULONG, PUCHAR, ULONG, ULONG *,
                                      ULONG);
static BOOL (WINAPI *process_prng)(PBYTE, SIZE_T);
static BOOL (WINAPI *process_prng_guid)(GUID *);

static const struct
{
    const char *dll, *name;
    any_function *pointer;
} exports[] =
{
    { "bcrypt.dll",           "BCryptCreateMultiHash",        (any_function *)&create_multi_hash },
    { "bcrypt.dll",           "BCryptProcessMultiOperations",
      (any_function *)&process_multi_operations },
    { "bcrypt.dll",           "BCryptHash",                   (any_function *)&hash_once },
    { "bcrypt.dll",           "BCryptKeyDerivation",          (any_function *)&key_derivation },
    { "bcrypt.dll",           "BCryptEncapsulate",            (any_function *)&encapsulate },
    { "bcrypt.dll",           "BCryptDecapsulate",            (any_function *)&decapsulate },
    { "bcryptprimitives.dll", "ProcessPrng",                  (any_function *)&process_prng },
    { "bcryptprimitives.dll", "ProcessPrngGuid",              (any_function *)&process_prng_guid },
};

void bind_exports(void)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(exports); i++)
    {
        HMODULE dll = LoadLibraryA(exports[i].dll);

        if (dll) *exports[i].pointer = (any_function)(void *)GetProcAddress(dll, exports[i].name);
    }
}

NTSTATUS WINAPI late_CreateMultiHash(BCRYPT_ALG_HANDLE algorithm, BCRYPT_HASH_HANDLE *hash,
                                     ULONG hashes, PUCHAR object, ULONG object_bytes, PUCHAR secret,
                                     ULONG secret_bytes, ULONG flags)
{
    if (!create_multi_hash) return STATUS_OF_A_MISSING_EXPORT;
    return create_multi_hash(algorithm, hash, hashes, object, object_bytes, secret, secret_bytes,
                             flags);
}

NTSTATUS WINAPI late_ProcessMultiOperations(BCRYPT_HANDLE handle, BCRYPT_MULTI_OPERATION_TYPE type,
                                            PVOID operations, ULONG bytes, ULONG flags)
{
    if (!process_multi_operations) return STATUS_OF_A_MISSING_EXPORT;
    return process_multi_operations(handle, type, operations, bytes, flags);
}

NTSTATUS WINAPI late_Hash(BCRYPT_ALG_HANDLE algorithm, PUCHAR secret, ULONG secret_bytes,
                          PUCHAR input, ULONG input_bytes, PUCHAR output, ULONG output_bytes)
{
    if (!hash_once) return STATUS_OF_A_MISSING_EXPORT;
    return hash_once(algorithm, secret, secret_bytes, input, input_bytes, output, output_bytes);
}

NTSTATUS WINAPI late_KeyDerivation(BCRYPT_KEY_HANDLE key, BCryptBufferDesc *parameters,
                                   PUCHAR derived, ULONG derived_bytes, ULONG *result, ULONG flags)
{
    if (!key_derivation) return STATUS_OF_A_MISSING_EXPORT;
    return key_derivation(key, parameters, derived, derived_bytes, result, flags);
}

NTSTATUS WINAPI late_Encapsulate(BCRYPT_KEY_HANDLE key, PUCHAR secret, ULONG secret_bytes,
                                 ULONG *secret_result, PUCHAR ciphertext, ULONG ciphertext_bytes,
                                 ULONG *ciphertext_result, ULONG flags)
{
    if (!encapsulate) return STATUS_OF_A_MISSING_EXPORT;
    return encapsulate(key, secret, secret_bytes, secret_result, ciphertext, ciphertext_bytes,
                       ciphertext_result, flags);
}

NTSTATUS WINAPI late_Decapsulate(BCRYPT_KEY_HANDLE key, PUCHAR ciphertext, ULONG ciphertext_bytes,
                                 PUCHAR secret, ULONG secret_bytes, ULONG *result, ULONG flags)
{
    if (!decapsulate) return STATUS_OF_A_MISSING_EXPORT;
    return decapsulate(key, ciphertext, ciphertext_bytes, secret, secret_bytes, result, flags);
}

BOOL WINAPI late_ProcessPrng(PBYTE buffer, SIZE_T bytes)
{
    return process_prng && process_prng(buffer, bytes);
}

BOOL WINAPI late_ProcessPrngGuid(GUID *guid)
{
    return process_prng_guid && process_prng_guid(guid);
}

bool WINDOWS_BEFORE(unsigned int version)
{
    static const struct
    {
        unsigned int version;
        DWORD major, minor, build;
    } firsts[] =
    {
        { 7, 6, 1, 0 }, { 8, 6, 2, 0 }, { 10, 10, 0, 0 }, { 11, 10, 0, 22000 },
    };
    HMODULE ntdll = GetModuleHandleA("ntdll.dll");
    LONG (WINAPI *get_version)(OSVERSIONINFOW *)
        = (LONG (WINAPI *)(OSVERSIONINFOW *))(void *)GetProcAddress(ntdll, "RtlGetVersion");
    OSVERSIONINFOW now = { .dwOSVersionInfoSize = sizeof(now) };
    size_t i;

    if (GetProcAddress(ntdll, "wine_get_version")) return false;
    if (!get_version || get_version(&now)) return false;

    for (i = 0; i < ARRAY_SIZE(firsts); i++)
    {
        if (firsts[i].version != version) continue;
        if (now.dwMajorVersion != firsts[i].major) return now.dwMajorVersion < firsts[i].major;
        if (now.dwMinorVersion != firsts[i].minor) return now.dwMinorVersion < firsts[i].minor;
        return now.dwBuildNumber < firsts[i].build;
    }
    return false;
}

/*
 * Matches are counted without ever building a secret in memory: each byte is compared with its
 * masked counterpart. Which two bytes secrets begin with is looked up in a set, so that all are
 * looked for at once. Pages that are not readable and writable cannot hold a copy that matters.
 */
struct wanted
{
    const UCHAR *masked;                        /* one secret after the other */
    size_t bytes, count;                        /* of each; how many */
    UCHAR beginnings[65536 / 8];
};

static unsigned int beginning(const UCHAR *at)
{
    return at[0] | (unsigned int)at[1] << 8;
}

static unsigned int copies_at(const UCHAR *at, const struct wanted *wanted)
{
    const UCHAR *masked = wanted->masked;
    unsigned int copies = 0;
    size_t which, i;

    for (which = 0; which < wanted->count; which++, masked += wanted->bytes)
    {
        for (i = 0; i < wanted->bytes && at[i] == (UCHAR)(masked[i] ^ SCAN_MASK); i++) {}
        if (i == wanted->bytes) copies++;
    }
    return copies;
}

static unsigned int copies_between(const UCHAR *from, const UCHAR *end, const struct wanted *wanted)
{
    unsigned int copies = 0;

    for (; (size_t)(end - from) >= wanted->bytes; from++)
    {
        unsigned int first = beginning(from);

        if (wanted->beginnings[first / 8] >> first % 8 & 1) copies += copies_at(from, wanted);
    }
    return copies;
}

unsigned int memory_copies_of(const void *masked, size_t bytes, size_t count)
{
    struct wanted wanted = { .masked = masked, .bytes = bytes, .count = count };
    MEMORY_BASIC_INFORMATION region;
    const UCHAR *at = NULL;
    unsigned int copies = 0, first;
    size_t i;

    for (i = 0; i < count; i++)
    {
        first = beginning(wanted.masked + i * bytes) ^ (SCAN_MASK << 8 | SCAN_MASK);
        wanted.beginnings[first / 8] |= (UCHAR)(1 << first % 8);
    }
    while (VirtualQuery(at, &region, sizeof(region)) == sizeof(region))
    {
        const UCHAR *end = (const UCHAR *)region.BaseAddress + region.RegionSize;
        DWORD writable = PAGE_READWRITE | PAGE_WRITECOPY | PAGE_EXECUTE_READWRITE
                       | PAGE_EXECUTE_WRITECOPY;

        if (region.State == MEM_COMMIT && region.Protect & writable
            && !(region.Protect & (PAGE_GUARD | PAGE_NOACCESS)))
        {
            copies += copies_between(region.BaseAddress, end, &wanted);
        }
        if (end <= at) break;
        at = end;
    }
    return copies;
}

unsigned int memory_copies(const void *masked, size_t bytes)
{
    return memory_copies_of(masked, bytes, 1);
}
