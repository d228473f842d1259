/*
 * protect_windows.c - CryptProtectData and CryptUnprotectData.
 *
 * crypt32.dll is loaded when the first key is kept or opened, from the system's folder alone: it
 * imports bcrypt.dll, and later versions of Wine's import ncrypt.dll as well.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/base.h"

#include "platform/module.h"
#include "platform/wipe.h"
#include "store/protect.h"

/* wincrypt.h's, which brings much else. */
struct data_blob
{
    DWORD bytes;
    BYTE *data;
};

#define UI_FORBIDDEN  0x1                       /* CRYPTPROTECT_UI_FORBIDDEN */
#define LOCAL_MACHINE 0x4                       /* CRYPTPROTECT_LOCAL_MACHINE */

typedef BOOL (WINAPI *protect_fn)(struct data_blob *, LPCWSTR, struct data_blob *, void *, void *,
                                  DWORD, struct data_blob *);
typedef BOOL (WINAPI *unprotect_fn)(struct data_blob *, LPWSTR *, struct data_blob *, void *,
                                    void *, DWORD, struct data_blob *);

static _Atomic(protect_fn) protect;
static _Atomic(unprotect_fn) unprotect;

static bool load(void)
{
    void *crypt32;

    if (protect && unprotect) return true;
    if (!(crypt32 = platform_module_load(L"crypt32.dll"))) return false;
    protect = (protect_fn)platform_module_function(crypt32, "CryptProtectData");
    unprotect = (unprotect_fn)platform_module_function(crypt32, "CryptUnprotectData");
    return protect && unprotect;
}

/* What else has to be known to open it: no secret, but another program's data are not taken. */
static struct data_blob entropy(void)
{
    static BYTE text[] = "OpenCNG key file";

    return (struct data_blob){ sizeof(text), text };
}

static SECURITY_STATUS failure(SECURITY_STATUS otherwise)
{
    DWORD error = GetLastError();

    return error == ERROR_NOT_ENOUGH_MEMORY || error == ERROR_OUTOFMEMORY ? NTE_NO_MEMORY :
           otherwise;
}

SECURITY_STATUS store_protect(const void *data, ULONG bytes, bool machine, void **result,
                              ULONG *result_bytes)
{
    struct data_blob in = { bytes, (BYTE *)(ULONG_PTR)data }, out = { 0, NULL }, more = entropy();

    if (!load()) return NTE_INTERNAL_ERROR;
    if (!protect(&in, L"", &more, NULL, NULL, UI_FORBIDDEN | (machine ? LOCAL_MACHINE : 0), &out))
        return failure(NTE_INTERNAL_ERROR);
    *result = out.data;
    *result_bytes = out.bytes;
    return 0;
}

static SECURITY_STATUS unprotect_with(struct data_blob *more, const void *data, ULONG bytes,
                                      void **result, ULONG *result_bytes)
{
    struct data_blob in = { bytes, (BYTE *)(ULONG_PTR)data }, out = { 0, NULL };

    if (!bytes) return NTE_KEYSET_ENTRY_BAD;
    if (!load()) return NTE_INTERNAL_ERROR;
    if (!unprotect(&in, NULL, more, NULL, NULL, UI_FORBIDDEN, &out))
        return failure(NTE_KEYSET_ENTRY_BAD);
    *result = out.data;
    *result_bytes = out.bytes;
    return 0;
}

SECURITY_STATUS store_unprotect(const void *data, ULONG bytes, void **result, ULONG *result_bytes)
{
    struct data_blob more = entropy();

    return unprotect_with(&more, data, bytes, result, result_bytes);
}

SECURITY_STATUS store_unprotect_others(const void *data, ULONG bytes, void **result,
                                       ULONG *result_bytes)
{
    return unprotect_with(NULL, data, bytes, result, result_bytes);
}

void store_protect_free(void *memory, ULONG bytes)
{
    wipe(memory, bytes);
    LocalFree(memory);
}
