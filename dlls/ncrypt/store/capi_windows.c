/*
 * capi_windows.c - capi.h on Windows and Wine.
 *
 * advapi32 is loaded when it is first needed, from the system's folder alone: importing it would
 * cost every process.
 *
 * A key that is not exportable stays in CryptoAPI: it signs and decrypts there, but not with every
 * padding. Windows' storage provider reads the file that CryptoAPI keeps it in; Wine's CryptoAPI
 * (rsaenh) has no file but a value of the registry, protected by CryptProtectData, so that is read
 * here. Nobody gets to see more than that user can read anyway, and the key's export policy says
 * that it does not go out.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/base.h"

#include <stdio.h>

#include "platform/memory.h"
#include "platform/module.h"
#include "platform/names.h"
#include "platform/platform.h"
#include "platform/wipe.h"
#include "store/capi.h"
#include "store/protect.h"

/* wincrypt.h's, which brings much else. */
enum
{
    PUBLIC_KEY = 6, PRIVATE_KEY = 7,            /* PUBLICKEYBLOB, PRIVATEKEYBLOB */
    CONTAINER = 6, KEYSET_TYPE = 27,            /* PP_CONTAINER, PP_KEYSET_TYPE */
    PERMISSIONS = 6,                            /* KP_PERMISSIONS */
    RSA_FULL = 1,                               /* PROV_RSA_FULL */
    MACHINE_KEYSET = 0x20, SILENT = 0x40,       /* CRYPT_MACHINE_KEYSET, CRYPT_SILENT */
    REGISTRY_BINARY = 0x8,                      /* RRF_RT_REG_BINARY */
    BLOB_HEADER = 20,                           /* BLOBHEADER and RSAPUBKEY */
    BLOB_MOST = 16384,                          /* RSA of 16384 bits has 9236 bytes */
};

#define FUNCTIONS(X) \
    X(BOOL, CryptAcquireContextW, (HCRYPTPROV *, LPCWSTR, LPCWSTR, DWORD, DWORD)) \
    X(BOOL, CryptReleaseContext, (HCRYPTPROV, DWORD)) \
    X(BOOL, CryptGetProvParam, (HCRYPTPROV, DWORD, BYTE *, DWORD *, DWORD)) \
    X(BOOL, CryptGetUserKey, (HCRYPTPROV, DWORD, HCRYPTKEY *)) \
    X(BOOL, CryptGetKeyParam, (HCRYPTKEY, DWORD, BYTE *, DWORD *, DWORD)) \
    X(BOOL, CryptExportKey, (HCRYPTKEY, HCRYPTKEY, DWORD, DWORD, BYTE *, DWORD *)) \
    X(BOOL, CryptDestroyKey, (HCRYPTKEY)) \
    X(LONG, RegGetValueA, (HKEY, LPCSTR, LPCSTR, DWORD, DWORD *, void *, DWORD *))

#define MEMBER(result, name, arguments) result (WINAPI *name)arguments;
struct functions
{
    FUNCTIONS(MEMBER)
};
#undef MEMBER

/* CryptoAPI's functions; false if one is missing. */
static bool load(struct functions *functions)
{
    static struct platform_lock lock;
    static struct functions known;
    static bool is_known;
    HMODULE advapi32 = NULL;
    bool all;

    platform_lock_acquire(&lock);
    if ((all = is_known)) *functions = known;
    platform_lock_release(&lock);
    if (all) return true;

    if (!(advapi32 = platform_module_load(L"advapi32.dll"))) return false;
#define LOAD(result, name, arguments) \
    functions->name = (result (WINAPI *)arguments)platform_module_function(advapi32, #name); \
    if (!functions->name) return false;
    FUNCTIONS(LOAD)
#undef LOAD
    platform_lock_acquire(&lock);
    known = *functions;
    is_known = true;
    platform_lock_release(&lock);
    return true;
}

static bool is_wine(void)
{
    static _Atomic signed char known;           /* 0: not yet */
    DWORD error = GetLastError();
    HMODULE ntdll;

    if (!known)
    {
        ntdll = GetModuleHandleW(L"ntdll.dll");
        known = ntdll && GetProcAddress(ntdll, "wine_get_version") ? 1 : -1;
        SetLastError(error);
    }
    return known > 0;
}

/* ---- keys ---- */

static SECURITY_STATUS export_blob(const struct functions *advapi32, HCRYPTKEY key, DWORD type,
                                   uint8_t **blob, ULONG *bytes)
{
    DWORD size = 0;

    *blob = NULL;
    if (!advapi32->CryptExportKey(key, 0, type, 0, NULL, &size) || !size || size > BLOB_MOST)
        return NTE_NOT_SUPPORTED;
    if (!(*blob = memory_get(size))) return NTE_NO_MEMORY;
    *bytes = size;
    if (advapi32->CryptExportKey(key, 0, type, 0, *blob, &size) && size == *bytes) return 0;
    memory_put(*blob, *bytes);
    *blob = NULL;
    return NTE_NOT_SUPPORTED;
}

/* Whether a private key belongs to a public one: they have the same modulus behind their heads,
 * which differ in the type of the blob, RSA1 and RSA2, and what the key is for. */
static bool is_private_of(const uint8_t *private_key, ULONG private_bytes,
                          const uint8_t *public_key, ULONG public_bytes)
{
    return public_bytes > BLOB_HEADER && private_bytes > public_bytes &&
           !memcmp(private_key + BLOB_HEADER - 8, public_key + BLOB_HEADER - 8,
                   public_bytes - (BLOB_HEADER - 8));
}

/* The key pair as Wine keeps it, protected. */
static SECURITY_STATUS kept_blob(const struct functions *advapi32, const char *container,
                                 bool machine, ULONG spec, uint8_t **blob, ULONG *bytes)
{
    const char *value = spec == LEGACY_SIGNATURE ? "SignatureKeyPair" : "KeyExchangeKeyPair";
    HKEY root = machine ? HKEY_LOCAL_MACHINE : HKEY_CURRENT_USER;
    SECURITY_STATUS status = NTE_NOT_SUPPORTED;
    char path[LEGACY_NAME_ROOM + 32];
    DWORD size = BLOB_MOST;
    ULONG plain_bytes;
    uint8_t *sealed;
    void *plain;

    snprintf(path, sizeof(path), "Software\\Wine\\Crypto\\RSA\\%s", container);
    if (!(sealed = memory_get(BLOB_MOST))) return NTE_NO_MEMORY;
    if (!advapi32->RegGetValueA(root, path, value, REGISTRY_BINARY, NULL, sealed, &size))
        status = store_unprotect_others(sealed, size, &plain, &plain_bytes);
    memory_put(sealed, BLOB_MOST);
    if (status) return status == NTE_NO_MEMORY ? status : NTE_NOT_SUPPORTED;

    if (!plain_bytes || plain_bytes > BLOB_MOST) status = NTE_NOT_SUPPORTED;
    else if (!(*blob = memory_get(plain_bytes))) status = NTE_NO_MEMORY;
    else memcpy(*blob, plain, *bytes = plain_bytes);
    store_protect_free(plain, plain_bytes);
    return status;
}

/* What a context says of itself; false of one without a name. */
static bool container_of(const struct functions *advapi32, HCRYPTPROV context,
                         char name[LEGACY_NAME_ROOM], bool *machine)
{
    DWORD bytes = LEGACY_NAME_ROOM, type = 0, type_bytes = sizeof(type);

    if (!advapi32->CryptGetProvParam(context, CONTAINER, (BYTE *)name, &bytes, 0) || !bytes ||
        bytes > LEGACY_NAME_ROOM || name[bytes - 1] || !name[0])
    {
        name[0] = 0;
        return false;
    }
    *machine = advapi32->CryptGetProvParam(context, KEYSET_TYPE, (BYTE *)&type, &type_bytes, 0) &&
               type & MACHINE_KEYSET;
    return true;
}

static SECURITY_STATUS read_key(const struct functions *advapi32, HCRYPTPROV context,
                                HCRYPTKEY key, struct legacy_key *found)
{
    char name[LEGACY_NAME_ROOM];
    bool has_name = container_of(advapi32, context, name, &found->machine);
    uint8_t *public_key;
    ULONG public_bytes;
    SECURITY_STATUS status;

    if (has_name && !MultiByteToWideChar(CP_ACP, 0, name, -1, found->container, LEGACY_NAME_ROOM))
        found->container[0] = 0;
    status = export_blob(advapi32, key, PRIVATE_KEY, &found->blob, &found->bytes);
    found->exportable = !status;
    if (!status || status == NTE_NO_MEMORY || !has_name || !is_wine()) return status;

    if ((status = export_blob(advapi32, key, PUBLIC_KEY, &public_key, &public_bytes)))
        return status;
    status = kept_blob(advapi32, name, found->machine, found->spec, &found->blob, &found->bytes);
    if (!status && !is_private_of(found->blob, found->bytes, public_key, public_bytes))
    {
        memory_put(found->blob, found->bytes);
        found->blob = NULL;
        status = NTE_NOT_SUPPORTED;
    }
    memory_put(public_key, public_bytes);
    return status;
}

/* A context's own key; if *spec is 0, the one for exchange or else the one for signatures. */
static bool own_key(const struct functions *advapi32, HCRYPTPROV context, ULONG *spec,
                    HCRYPTKEY *key)
{
    bool any = !*spec;

    if (any) *spec = LEGACY_KEYEXCHANGE;
    if (advapi32->CryptGetUserKey(context, *spec, key)) return true;
    if (!any) return false;
    *spec = LEGACY_SIGNATURE;
    return advapi32->CryptGetUserKey(context, *spec, key);
}

SECURITY_STATUS legacy_read(HCRYPTPROV context, HCRYPTKEY key, ULONG spec, struct legacy_key *found)
{
    struct functions advapi32;
    SECURITY_STATUS status;
    HCRYPTKEY own = 0;

    memset(found, 0, sizeof(*found));
    if (!load(&advapi32)) return NTE_NOT_SUPPORTED;
    if (key) found->spec = spec ? spec : LEGACY_KEYEXCHANGE;
    else
    {
        found->spec = spec;
        if (!own_key(&advapi32, context, &found->spec, &own)) return NTE_BAD_KEYSET;
    }
    status = read_key(&advapi32, context, key ? key : own, found);
    if (own) advapi32.CryptDestroyKey(own);
    return status;
}

SECURITY_STATUS legacy_read_container(LPCWSTR container, ULONG spec, bool machine,
                                      struct legacy_key *found)
{
    struct functions advapi32;
    SECURITY_STATUS status;
    HCRYPTPROV context;

    if (!load(&advapi32) ||
        !advapi32.CryptAcquireContextW(&context, container, NULL, RSA_FULL,
                                       SILENT | (machine ? MACHINE_KEYSET : 0)))
        return NTE_BAD_KEYSET;
    status = legacy_read(context, 0, spec, found);
    advapi32.CryptReleaseContext(context, 0);
    return status;
}

/* ---- contexts ---- */

/* The memory of one: the same in all versions of Wine from 1.0 to 10.0. */
struct context
{
    DWORD magic;
    DWORD references;
    HMODULE module;                             /* of the provider: rsaenh.dll */
    ULONG_PTR functions;                        /* a table of its exports */
    ULONG_PTR others[2];                        /* its own handle, callbacks */
};
#define CONTEXT_MAGIC 0xa39e741f

bool legacy_has_contexts(void)
{
    return is_wine() && GetModuleHandleW(L"advapi32.dll");
}

static bool copy(ULONG_PTR from, void *to, size_t bytes)
{
    SIZE_T count;

    return platform_readable((const void *)from, bytes) == bytes &&
           ReadProcessMemory(GetCurrentProcess(), (const void *)from, to, bytes, &count) &&
           count == bytes;
}

static bool is_context(ULONG_PTR value)
{
    struct context context;
    void *functions[2];
    HMODULE loaded;

    if (!value || value % sizeof(void *) || !copy(value, &context, sizeof(context)) ||
        context.magic != CONTEXT_MAGIC || !context.references || context.references > 0xffff)
        return false;
    /* First whether it is a DLL at all: GetProcAddress would look into it. */
    if (!context.module ||
        !GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS |
                            GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                            (LPCWSTR)(void *)context.module, &loaded) ||
        loaded != context.module) return false;
    return copy(context.functions, functions, sizeof(functions)) && functions[0] && functions[1] &&
           functions[0] == platform_module_function(context.module, "CPAcquireContext") &&
           functions[1] == platform_module_function(context.module, "CPCreateHash");
}

/* The hash of a key's public half, with its permissions and specification before it. */
static bool print_of(const struct functions *advapi32, HCRYPTKEY key, ULONG spec,
                     uint8_t print[LEGACY_PRINT])
{
    DWORD permissions = 0, size = sizeof(permissions), bytes = 0;
    uint8_t *blob = NULL;
    bool is_done;

    advapi32->CryptGetKeyParam(key, PERMISSIONS, (BYTE *)&permissions, &size, 0);
    if (!advapi32->CryptExportKey(key, 0, PUBLIC_KEY, 0, NULL, &bytes) || bytes > BLOB_MOST ||
        !(blob = memory_get(bytes + 8))) return false;
    memcpy(blob, &permissions, 4);
    memcpy(blob + 4, &spec, 4);
    size = bytes;
    is_done = advapi32->CryptExportKey(key, 0, PUBLIC_KEY, 0, blob + 8, &size) && size == bytes &&
              !BCryptHash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, blob, bytes + 8, print, LEGACY_PRINT);
    memory_put(blob, bytes + 8);
    return is_done;
}

bool legacy_recognize(ULONG_PTR value, uint8_t print[LEGACY_PRINT])
{
    struct functions advapi32;
    HCRYPTKEY key;
    ULONG spec = 0;
    bool is_known;

    if (!is_context(value) || !load(&advapi32) || !own_key(&advapi32, value, &spec, &key))
        return false;
    is_known = print_of(&advapi32, key, spec, print);
    advapi32.CryptDestroyKey(key);
    return is_known;
}

bool legacy_release(ULONG_PTR value)
{
    struct functions advapi32;

    return load(&advapi32) && advapi32.CryptReleaseContext(value, 0);
}
