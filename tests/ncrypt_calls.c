/*
 * ncrypt_calls.c - what every test of ncrypt.dll uses.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ncrypt_calls.h"

NCRYPT_PROV_HANDLE provider;

#ifdef _WIN32
struct ncrypt_calls ncrypt;

static SECURITY_STATUS WINAPI missing(void)
{
    return NTE_NOT_SUPPORTED;
}

static void load(void)
{
    static const char *const names[] =
    {
#define NAME(name) #name,
        NCRYPT_CALLS(NAME)
#undef NAME
    };
    HMODULE dll = LoadLibraryA("ncrypt.dll");
    FARPROC *to = (FARPROC *)(void *)&ncrypt;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        to[i] = dll ? GetProcAddress(dll, names[i]) : NULL;
        if (!to[i]) to[i] = (FARPROC)(void *)missing;
    }
}
#else
static void load(void)
{
}
#endif

static void open_provider(void)
{
    load();
    expect_status(NCryptOpenStorageProvider(&provider, NULL, 0), 0);
}

static void close_provider(void)
{
    expect_status(NCryptFreeObject(provider), 0);
}

TCase *ncrypt_contract(Suite *suite)
{
    TCase *tests = contract(suite);

    tcase_add_checked_fixture(tests, open_provider, close_provider);
    return tests;
}

TCase *ncrypt_ours(Suite *suite)
{
    TCase *tests = ours(suite);

    tcase_add_checked_fixture(tests, open_provider, close_provider);
    return tests;
}

void set_number(NCRYPT_HANDLE object, const WCHAR *property, ULONG value)
{
    expect_status(NCryptSetProperty(object, property, (PBYTE)&value, sizeof(value), 0), 0);
}

void set_text(NCRYPT_HANDLE object, const WCHAR *property, const WCHAR *value)
{
    expect_status(NCryptSetProperty(object, property, (PBYTE)(ULONG_PTR)value,
                                    (DWORD)((wcslen(value) + 1) * sizeof(WCHAR)), 0), 0);
}

ULONG get_number(NCRYPT_HANDLE object, const WCHAR *property)
{
    DWORD value = UNTOUCHED_ULONG, bytes = 0;

    expect_status(NCryptGetProperty(object, property, (PBYTE)&value, sizeof(value), &bytes, 0), 0);
    expect_value(bytes, sizeof(value));
    return value;
}

void expect_text(NCRYPT_HANDLE object, const WCHAR *property, const WCHAR *value)
{
    WCHAR text[256];
    DWORD bytes = 0;

    expect_status(NCryptGetProperty(object, property, NULL, 0, &bytes, 0), 0);
    expect_value(bytes, (wcslen(value) + 1) * sizeof(WCHAR));
    expect_status(NCryptGetProperty(object, property, (PBYTE)text, sizeof(text), &bytes, 0), 0);
    expect_wide(text, value);
}

static NCRYPT_KEY_HANDLE create(const WCHAR *algorithm)
{
    NCRYPT_KEY_HANDLE key = 0;

    expect_status(NCryptCreatePersistedKey(provider, &key, algorithm, NULL, 0, 0), 0);
    set_number(key, NCRYPT_EXPORT_POLICY_PROPERTY,
               NCRYPT_ALLOW_EXPORT_FLAG | NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG);
    return key;
}

NCRYPT_KEY_HANDLE new_stored(const WCHAR *algorithm, ULONG bits)
{
    NCRYPT_KEY_HANDLE key = create(algorithm);

    if (bits) set_number(key, NCRYPT_LENGTH_PROPERTY, bits);
    expect_status(NCryptFinalizeKey(key, 0), 0);
    return key;
}

NCRYPT_KEY_HANDLE new_stored_with(const WCHAR *algorithm, const WCHAR *property,
                                  const WCHAR *value)
{
    NCRYPT_KEY_HANDLE key = create(algorithm);

    set_text(key, property, value);
    expect_status(NCryptFinalizeKey(key, 0), 0);
    return key;
}

UCHAR *export_blob(NCRYPT_KEY_HANDLE key, const WCHAR *type, NCryptBufferDesc *parameters,
                   ULONG *bytes)
{
    DWORD size = 0, written = 0;
    UCHAR *blob;

    expect_status(NCryptExportKey(key, 0, type, parameters, NULL, 0, &size, 0), 0);
    blob = malloc(size);
    expect_status(NCryptExportKey(key, 0, type, parameters, blob, size, &written, 0), 0);
    *bytes = written;
    return blob;
}

NCRYPT_KEY_HANDLE import_blob(const WCHAR *type, NCryptBufferDesc *parameters, const UCHAR *blob,
                              ULONG bytes)
{
    NCRYPT_KEY_HANDLE key = 0;

    expect_status(NCryptImportKey(provider, 0, type, parameters, &key, (PBYTE)(ULONG_PTR)blob,
                                  bytes, 0), 0);
    return key;
}

void expect_signs_for(NCRYPT_KEY_HANDLE signer, NCRYPT_KEY_HANDLE verifier)
{
    BCRYPT_PKCS1_PADDING_INFO pkcs1 = { BCRYPT_SHA1_ALGORITHM };
    UCHAR hash[20] = "twenty bytes of hash", *signature;
    WCHAR group[16];
    DWORD bytes, flags;
    void *info;

    expect_status(NCryptGetProperty(signer, NCRYPT_ALGORITHM_GROUP_PROPERTY, (PBYTE)group,
                                    sizeof(group), &bytes, 0), 0);
    flags = wcscmp(group, L"RSA") ? 0 : NCRYPT_PAD_PKCS1_FLAG;
    info = flags ? &pkcs1 : NULL;
    expect_status(NCryptSignHash(signer, info, hash, sizeof(hash), NULL, 0, &bytes, flags), 0);
    signature = malloc(bytes);
    expect_status(NCryptSignHash(signer, info, hash, sizeof(hash), signature, bytes, &bytes, flags),
                  0);
    expect_status(NCryptVerifySignature(verifier, info, hash, sizeof(hash), signature, bytes,
                                        flags), 0);
    hash[3] ^= 1;
    expect_status(NCryptVerifySignature(verifier, info, hash, sizeof(hash), signature, bytes,
                                        flags), NTE_BAD_SIGNATURE);
    free(signature);
}
