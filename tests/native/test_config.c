/*
 * test_config.c - what others left in the registry: as Windows writes it, damaged, half changed;
 * with too little memory; and who is told when it changes.
 *
 * SPDX-License-Identifier: MIT
 */

#include <check.h>
#include <stdlib.h>

#include "native.h"
#include "platform/base.h"
#include "platform/names.h"
#include "platform/registry.h"
#include "provider/test_provider.h"
#include "router/providers.h"
#include "suite.h"

#define CRYPTOGRAPHY L"SYSTEM\\CurrentControlSet\\Control\\Cryptography"
#define LOCAL        CRYPTOGRAPHY L"\\Configuration\\Local"
#define DOMAIN       L"SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration"
#define PROVIDERS    CRYPTOGRAPHY L"\\Providers"
#define PENDING      CRYPTOGRAPHY L"\\OpenCNG"
#define MAKER        L"A Maker"
#define CONTEXT      L"A Context"
#define CIPHERS      BCRYPT_CIPHER_INTERFACE

static void put(LPCWSTR path, LPCWSTR name, ULONG type, const void *data, size_t bytes)
{
    void *key;

    ck_assert_int_eq(registry_create(NULL, path, &key), STATUS_SUCCESS);
    if (name) ck_assert_int_eq(registry_set(key, name, type, data, (ULONG)bytes), STATUS_SUCCESS);
    registry_close(key);
    providers_changed();
}
#define put_list(path, name, list) put(path, name, REG_MULTI_SZ, list, sizeof(list))
#define put_text(path, name, text) put(path, name, REG_SZ, text, sizeof(text))

static bool is_there(LPCWSTR path)
{
    void *key;

    if (registry_open(NULL, path, &key)) return false;
    registry_close(key);
    return true;
}

static void clean_up(void)
{
    native_registry_clear();
    providers_changed();
}

/* ---- what the exports tell: names joined by blanks ---- */

static const char *joined(NTSTATUS status, void *block)
{
    static char text[4][16384];
    static unsigned int next;
    CRYPT_CONTEXTS *list = block;
    char *at = text[next++ % 4], *begin = at;
    ULONG i, j;

    if (status == STATUS_NOT_FOUND) return "(not found)";
    ck_assert_int_eq(status, STATUS_SUCCESS);
    for (i = 0; i < list->cContexts; i++)
    {
        if (i) *at++ = ' ';
        for (j = 0; list->rgpszContexts[i][j]; j++) *at++ = (char)list->rgpszContexts[i][j];
    }
    *at = 0;
    BCryptFreeBuffer(block);
    return begin;
}

static const char *contexts(ULONG table)
{
    CRYPT_CONTEXTS *list = NULL;
    ULONG bytes;
    NTSTATUS status = BCryptEnumContexts(table, &bytes, &list);

    return joined(status, list);
}

static const char *functions(ULONG table, LPCWSTR context)
{
    CRYPT_CONTEXT_FUNCTIONS *list = NULL;
    ULONG bytes;
    NTSTATUS status = BCryptEnumContextFunctions(table, context, CIPHERS, &bytes, &list);

    return joined(status, list);
}

static const char *served_by(ULONG table, LPCWSTR context, LPCWSTR function)
{
    CRYPT_CONTEXT_FUNCTION_PROVIDERS *list = NULL;
    ULONG bytes;
    NTSTATUS status = BCryptEnumContextFunctionProviders(table, context, CIPHERS, function, &bytes,
                                                         &list);

    return joined(status, list);
}

static const char *registered(void)
{
    CRYPT_PROVIDERS *list = NULL;
    ULONG bytes;
    NTSTATUS status = BCryptEnumRegisteredProviders(&bytes, &list);

    return joined(status, list);
}

static CRYPT_PROVIDER_REG *registration(LPCWSTR name, NTSTATUS expected)
{
    CRYPT_PROVIDER_REG *answer = NULL;
    ULONG bytes;

    ck_assert_int_eq(BCryptQueryProviderRegistration(name, CRYPT_ANY, 0, &bytes, &answer),
                     expected);
    return answer;
}

/* ---- as Windows writes it ---- */

static void put_registration(LPCWSTR below)
{
    WCHAR path[256];
    size_t length = name_length(below);

    memcpy(path, below, length * sizeof(WCHAR));
    memcpy(path + length, L"\\UM", sizeof(L"\\UM"));
    put_text(path, L"Image", L"maker.dll");
    memcpy(path + length, L"\\UM\\00000001", sizeof(L"\\UM\\00000001"));
    put_list(path, L"Functions", L"AES\0ONE\0");
    put(path, L"Flags", REG_DWORD, &(ULONG){ 1 }, 4);
}

static void put_all(void)
{
    native_registry_clear();
    put_registration(PROVIDERS L"\\" MAKER);
    put_list(PROVIDERS L"\\" MAKER, L"Aliases", L"Alias\0");
    put(LOCAL L"\\" CONTEXT, L"Flags", REG_DWORD, &(ULONG){ CRYPT_EXCLUSIVE }, 4);
    put_list(LOCAL L"\\" CONTEXT L"\\00000001", L"Functions", L"ONE\0AES\0");
    put_list(LOCAL L"\\" CONTEXT L"\\00000001\\ONE", L"Providers", L"A Maker\0");
    put_text(LOCAL L"\\" CONTEXT L"\\00000001\\ONE", L"Property", L"value");
    put_text(DOMAIN L"\\SSL\\00010002", L"Functions", L"TLS_A, TLS_B,,TLS_C ");
}

START_TEST(what_windows_wrote_is_read)
{
    CRYPT_CONTEXT_FUNCTIONS *suites = NULL;
    CRYPT_PROVIDER_REG *told;
    ULONG bytes;

    put_all();
    ck_assert_str_eq(contexts(CRYPT_LOCAL), "Default SSL A Context");
    ck_assert_str_eq(contexts(CRYPT_DOMAIN), "SSL");
    ck_assert_str_eq(functions(CRYPT_LOCAL, CONTEXT), "ONE AES");
    ck_assert_str_eq(served_by(CRYPT_LOCAL, CONTEXT, L"ONE"), "A Maker");
    ck_assert_str_eq(served_by(CRYPT_LOCAL, CONTEXT, L"AES"), "(not found)");
    ck_assert_int_eq(BCryptEnumContextFunctions(CRYPT_DOMAIN, L"SSL", 0x10002, &bytes, &suites),
                     STATUS_SUCCESS);
    ck_assert_str_eq(joined(STATUS_SUCCESS, suites), "TLS_A TLS_B TLS_C");
    told = registration(L"Alias", STATUS_SUCCESS);
    ck_assert(names_equal(told->pUM->pszImage, L"maker.dll"));
    ck_assert_uint_eq(told->pUM->rgpInterfaces[0]->dwFlags, 1);
    ck_assert_ptr_null(told->pKM);
    BCryptFreeBuffer(told);
    clean_up();
}
END_TEST

/* What a person or a tool that knows Windows' layout alone finds. */
START_TEST(what_is_written_is_as_windows_writes_it)
{
    ULONG type, bytes;
    void *key, *data;

    put_all();
    ck_assert_int_eq(BCryptAddContextFunction(CRYPT_DOMAIN, L"SSL", 0x10002, L"TLS_D", 1),
                     STATUS_SUCCESS);
    ck_assert_int_eq(registry_open(NULL, DOMAIN L"\\SSL\\00010002", &key), STATUS_SUCCESS);
    ck_assert_int_eq(registry_get(key, L"Functions", &type, &data, &bytes), STATUS_SUCCESS);
    ck_assert_uint_eq(type, REG_SZ);
    ck_assert_uint_eq(bytes, sizeof(L"TLS_A,TLS_D,TLS_B,TLS_C"));
    ck_assert(names_equal(data, L"TLS_A,TLS_D,TLS_B,TLS_C"));
    free(data);
    registry_close(key);

    ck_assert_int_eq(BCryptAddContextFunction(CRYPT_LOCAL, CONTEXT, CIPHERS, L"TWO", 2),
                     STATUS_SUCCESS);
    ck_assert_int_eq(registry_open(NULL, LOCAL L"\\" CONTEXT L"\\00000001", &key), STATUS_SUCCESS);
    ck_assert_int_eq(registry_get(key, L"Functions", &type, &data, &bytes), STATUS_SUCCESS);
    ck_assert_uint_eq(type, REG_MULTI_SZ);
    ck_assert_uint_eq(bytes, sizeof(L"ONE\0AES\0TWO\0"));
    ck_assert(!memcmp(data, L"ONE\0AES\0TWO\0", bytes));
    free(data);
    ck_assert_int_eq(registry_get(key, L"OpenCNG", &type, &data, &bytes), STATUS_NOT_FOUND);
    registry_close(key);
    clean_up();
}
END_TEST

/* ---- damage ---- */

#define MAKER_USER PROVIDERS L"\\" MAKER L"\\UM"
#define INTERFACE  LOCAL L"\\" CONTEXT L"\\00000001"
static const WCHAR huge[0x8001] = { L'A' };

/* Each row damages one value: what is told of the registration, the functions and the providers. */
static const struct
{
    LPCWSTR path, name;
    ULONG type;
    const void *data;
    size_t bytes;
    NTSTATUS registration;
    const char *functions, *providers;
} damage[] =
{
    { MAKER_USER, L"Image", REG_BINARY, L"A", 4, STATUS_NOT_FOUND, "ONE AES", "A Maker" },
    { MAKER_USER, L"Image", REG_SZ, L"A", 1, STATUS_NOT_FOUND, "ONE AES", "A Maker" },
    { MAKER_USER, L"Image", REG_SZ, L"", 2, STATUS_NOT_FOUND, "ONE AES", "A Maker" },
    { MAKER_USER, L"Image", REG_SZ, huge, sizeof(huge), STATUS_NOT_FOUND, "ONE AES", "A Maker" },
    { MAKER_USER, L"Image", REG_SZ, L"no end", 12, STATUS_SUCCESS, "ONE AES", "A Maker" },
    { MAKER_USER L"\\0000000G", L"Functions", REG_MULTI_SZ, L"A\0", 6, STATUS_SUCCESS, "ONE AES",
      "A Maker" },
    { MAKER_USER L"\\1", L"Functions", REG_MULTI_SZ, L"A\0", 6, STATUS_SUCCESS, "ONE AES",
      "A Maker" },
    { PROVIDERS L"\\" MAKER, L"Aliases", REG_SZ, L"A", 4, STATUS_SUCCESS, "ONE AES", "A Maker" },
    { INTERFACE, L"Functions", REG_SZ, L"ONE", 8, STATUS_SUCCESS, "(not found)", "(not found)" },
    { INTERFACE, L"Functions", REG_MULTI_SZ, L"ONE", 7, STATUS_SUCCESS, "(not found)",
      "(not found)" },
    { INTERFACE, L"Functions", REG_MULTI_SZ, NULL, 0, STATUS_SUCCESS, "(not found)",
      "(not found)" },
    { INTERFACE, L"Functions", REG_MULTI_SZ, huge, sizeof(huge), STATUS_SUCCESS, "(not found)",
      "(not found)" },
    { INTERFACE, L"Functions", REG_MULTI_SZ, L"ONE\0TWO", 14, STATUS_SUCCESS, "ONE TWO",
      "A Maker" },
    { INTERFACE, L"Functions", REG_MULTI_SZ, L"ONE\0TWO\0ONE\0TWO\0", 34, STATUS_SUCCESS,
      "ONE TWO", "A Maker" },
    { INTERFACE L"\\ONE", L"Providers", REG_DWORD, L"A", 4, STATUS_SUCCESS, "ONE AES",
      "(not found)" },
    { INTERFACE L"\\ONE", L"Providers", REG_MULTI_SZ, L"..\\..\0A Maker\0", 30, STATUS_SUCCESS,
      "ONE AES", "..\\.. A Maker" },
};

START_TEST(a_function_that_is_listed_twice_is_removed)
{
    CRYPT_CONTEXT_FUNCTIONS *functions = NULL;
    ULONG bytes;

    put_all();
    put_list(INTERFACE, L"Functions", L"ONE\0TWO\0ONE\0");
    ck_assert_int_eq(BCryptRemoveContextFunction(CRYPT_LOCAL, CONTEXT, CIPHERS, L"ONE"),
                     STATUS_SUCCESS);
    ck_assert_int_eq(BCryptEnumContextFunctions(CRYPT_LOCAL, CONTEXT, CIPHERS, &bytes, &functions),
                     STATUS_SUCCESS);
    ck_assert_uint_eq(functions->cFunctions, 1);
    ck_assert(names_equal(functions->rgpszFunctions[0], L"TWO"));
    BCryptFreeBuffer(functions);
    clean_up();
}
END_TEST

START_TEST(what_is_damaged_is_not_told)
{
    CRYPT_PROVIDER_REFS *refs = NULL;
    CRYPT_PROVIDER_REG *told;
    NTSTATUS status;
    ULONG bytes;

    put_all();
    put(damage[_i].path, damage[_i].name, damage[_i].type, damage[_i].data, damage[_i].bytes);
    told = registration(MAKER, damage[_i].registration);
    if (told) ck_assert_uint_eq(told->pUM->cInterfaces, 1);
    BCryptFreeBuffer(told);
    ck_assert_str_eq(functions(CRYPT_LOCAL, CONTEXT), damage[_i].functions);
    ck_assert_str_eq(served_by(CRYPT_LOCAL, CONTEXT, L"ONE"), damage[_i].providers);
    status = BCryptResolveProviders(CONTEXT, CIPHERS, L"ONE", NULL, CRYPT_UM, 0, &bytes, &refs);
    ck_assert(status == STATUS_SUCCESS || status == STATUS_NOT_FOUND);
    BCryptFreeBuffer(refs);
    clean_up();
}
END_TEST

/* ---- in the middle of a change ---- */

static void put_change(LPCWSTR target)
{
    put(PENDING, L"Target", REG_SZ, target, name_bytes(target));
}

START_TEST(a_change_that_took_effect_is_read_and_finished)
{
    native_registry_clear();
    put_registration(PENDING L"\\New");
    put(PROVIDERS L"\\" MAKER, NULL, 0, NULL, 0);           /* half deleted, half written */
    put_change(PROVIDERS L"\\" MAKER);
    ck_assert_ptr_nonnull(strstr(registered(), "A Maker"));
    BCryptFreeBuffer(registration(MAKER, STATUS_SUCCESS));
    ck_assert_int_eq(BCryptUnregisterProvider(L"Nobody"), STATUS_NOT_FOUND);
    ck_assert(!is_there(PENDING));
    ck_assert(is_there(MAKER_USER L"\\00000001"));
    BCryptFreeBuffer(registration(MAKER, STATUS_SUCCESS));
    clean_up();
}
END_TEST

START_TEST(what_is_about_to_be_deleted_is_gone)
{
    native_registry_clear();
    put_registration(PROVIDERS L"\\" MAKER);
    put_list(LOCAL L"\\" CONTEXT L"\\00000001", L"Functions", L"ONE\0");
    put_change(PROVIDERS L"\\" MAKER);
    registration(MAKER, STATUS_NOT_FOUND);
    ck_assert_ptr_null(strstr(registered(), "A Maker"));
    put_change(LOCAL L"\\" CONTEXT);
    ck_assert_str_eq(contexts(CRYPT_LOCAL), "Default SSL");
    ck_assert_str_eq(functions(CRYPT_LOCAL, CONTEXT), "(not found)");
    ck_assert_int_eq(BCryptDeleteContext(CRYPT_LOCAL, CONTEXT), STATUS_NOT_FOUND);
    ck_assert(!is_there(LOCAL L"\\" CONTEXT));
    ck_assert(!is_there(PENDING));
    clean_up();
}
END_TEST

/* A path that is no context's and no provider's is none of ours to delete. */
static const LPCWSTR foreign[] =
{
    L"SYSTEM", CRYPTOGRAPHY, LOCAL, PROVIDERS, LOCAL L"\\", LOCAL L"\\A\\B", PROVIDERS L"\\A\\UM",
    L"", PENDING, DOMAIN,
};

START_TEST(a_change_of_anything_else_is_thrown_away)
{
    put_all();
    put_registration(PENDING L"\\New");
    put_change(foreign[_i]);
    BCryptFreeBuffer(registration(MAKER, STATUS_SUCCESS));
    ck_assert_int_eq(BCryptUnregisterProvider(L"Nobody"), STATUS_NOT_FOUND);
    ck_assert(!is_there(PENDING));
    ck_assert_str_eq(functions(CRYPT_LOCAL, CONTEXT), "ONE AES");
    ck_assert_str_eq(contexts(CRYPT_DOMAIN), "SSL");
    BCryptFreeBuffer(registration(MAKER, STATUS_SUCCESS));
    clean_up();
}
END_TEST

START_TEST(a_change_without_effect_is_thrown_away)
{
    native_registry_clear();
    put_registration(PENDING L"\\New");
    registration(MAKER, STATUS_NOT_FOUND);
    ck_assert_int_eq(BCryptUnregisterProvider(L"Nobody"), STATUS_NOT_FOUND);
    ck_assert(!is_there(CRYPTOGRAPHY));
    clean_up();
}
END_TEST

/* ---- who does what again leaves nothing ---- */

START_TEST(what_is_undone_leaves_no_trace)
{
    CRYPT_IMAGE_REG image = { (PWSTR)(ULONG_PTR)L"maker.dll", 0, NULL };
    CRYPT_PROVIDER_REG registered_as = { 0, NULL, &image, NULL };

    native_registry_clear();
    BCryptRegisterProvider(MAKER, 0, &registered_as);
    BCryptAddContextFunction(CRYPT_LOCAL, NULL, CIPHERS, L"ONE", 3);
    BCryptAddContextFunctionProvider(CRYPT_LOCAL, NULL, CIPHERS, L"ONE", MAKER, 0);
    BCryptAddContextFunctionProvider(CRYPT_LOCAL, NULL, CIPHERS, L"AES", MAKER, 0);
    BCryptSetContextFunctionProperty(CRYPT_LOCAL, NULL, CIPHERS, L"AES", L"P", 1, (PUCHAR)"p");
    ck_assert_str_eq(served_by(CRYPT_LOCAL, NULL, L"AES"), "A Maker Microsoft Primitive Provider");
    ck_assert(is_there(LOCAL L"\\Default\\00000001\\AES"));
    BCryptSetContextFunctionProperty(CRYPT_LOCAL, NULL, CIPHERS, L"AES", L"P", 0, NULL);
    BCryptRemoveContextFunctionProvider(CRYPT_LOCAL, NULL, CIPHERS, L"AES", MAKER);
    BCryptRemoveContextFunctionProvider(CRYPT_LOCAL, NULL, CIPHERS, L"ONE", MAKER);
    BCryptRemoveContextFunction(CRYPT_LOCAL, NULL, CIPHERS, L"ONE");
    BCryptUnregisterProvider(MAKER);
    ck_assert(!is_there(CRYPTOGRAPHY));
    clean_up();
}
END_TEST

/* On Windows the lists are there: they stay, whatever they say. */
START_TEST(a_list_that_was_there_stays)
{
    native_registry_clear();
    put_list(LOCAL L"\\Default\\00000006", L"Functions", L"RNG\0FIPS186DSARNG\0DUALECRNG\0");
    ck_assert_int_eq(BCryptAddContextFunction(CRYPT_LOCAL, NULL, 6, L"ONE", 0), STATUS_SUCCESS);
    ck_assert_int_eq(BCryptRemoveContextFunction(CRYPT_LOCAL, NULL, 6, L"ONE"), STATUS_SUCCESS);
    ck_assert(is_there(LOCAL L"\\Default\\00000006"));
    clean_up();
}
END_TEST

/* ---- policies decide who serves, too ---- */

static LPCWSTR name_at(LPCWSTR id, ULONG number)
{
    static WCHAR name[64];
    BCRYPT_PROVIDER_NAME *list = NULL;
    ULONG count = 0;
    LPCWSTR found = NULL;

    BCryptEnumProviders(id, &count, &list, 0);
    if (number < count) found = list[number].pszProviderName;
    if (found) found = memcpy(name, found, name_bytes(found));
    BCryptFreeBuffer(list);
    return found;
}

static LPCWSTR first_of(LPCWSTR id)
{
    return name_at(id, 0);
}

static void put_policy(ULONG flags)
{
    native_registry_clear();
    put_text(PROVIDERS L"\\" TEST_PROVIDER L"\\UM", L"Image", L"X:\\" TEST_PROVIDER_IMAGE);
    put_list(PROVIDERS L"\\" TEST_PROVIDER L"\\UM\\00000001", L"Functions", L"AES\0");
    put(DOMAIN L"\\Default", L"Flags", REG_DWORD, &flags, 4);
    put_text(DOMAIN L"\\Default\\00000001", L"Functions", L"AES");
    put_list(DOMAIN L"\\Default\\00000001\\AES", L"Providers", TEST_PROVIDER L"\0");
}

START_TEST(a_policy_that_overrides_decides_who_serves)
{
    put_policy(0);
    ck_assert(names_equal(first_of(L"AES"), MS_PRIMITIVE_PROVIDER));
    ck_assert_ptr_nonnull(name_at(L"AES", 1));
    put_policy(CRYPT_OVERRIDE);
    ck_assert(names_equal(first_of(L"AES"), TEST_PROVIDER));
    ck_assert(names_equal(first_of(L"DES"), MS_PRIMITIVE_PROVIDER));
    put_policy(CRYPT_OVERRIDE | CRYPT_EXCLUSIVE);
    ck_assert_ptr_null(name_at(L"AES", 1));
    ck_assert_ptr_null(first_of(L"DES"));
    ck_assert(names_equal(first_of(L"SHA256"), MS_PRIMITIVE_PROVIDER));
    clean_up();
    ck_assert(names_equal(first_of(L"DES"), MS_PRIMITIVE_PROVIDER));
}
END_TEST

START_TEST(what_windows_has_not_can_be_hidden)
{
    native_registry_clear();
    ck_assert_ptr_nonnull(first_of(BCRYPT_SLHDSA_ALGORITHM));
    put(L"Software\\OpenCNG", L"WindowsAlgorithmsOnly", REG_DWORD, &(ULONG){ 1 }, 4);
    ck_assert_ptr_null(first_of(BCRYPT_SLHDSA_ALGORITHM));
    ck_assert_ptr_nonnull(first_of(BCRYPT_MLDSA_ALGORITHM));
    put_list(LOCAL L"\\Default\\00000005", L"Functions", L"SLH-DSA\0RSA\0");
    ck_assert_ptr_null(first_of(BCRYPT_SLHDSA_ALGORITHM));
    put(L"Software\\OpenCNG", L"WindowsAlgorithmsOnly", REG_DWORD, &(ULONG){ 0 }, 4);
    ck_assert_ptr_nonnull(first_of(BCRYPT_SLHDSA_ALGORITHM));
    clean_up();
}
END_TEST

/* ---- too little memory ---- */

static NTSTATUS ask(int question, void **block)
{
    ULONG bytes = 0;

    switch (question)
    {
    case 0: return BCryptEnumContexts(CRYPT_LOCAL, &bytes, (PCRYPT_CONTEXTS *)block);
    case 1: return BCryptEnumRegisteredProviders(&bytes, (PCRYPT_PROVIDERS *)block);
    case 2: return BCryptQueryProviderRegistration(L"Alias", CRYPT_ANY, 0, &bytes,
                                                   (PCRYPT_PROVIDER_REG *)block);
    case 3: return BCryptResolveProviders(CONTEXT, 0, L"ONE", L"Alias", CRYPT_UM,
                                          CRYPT_ALL_PROVIDERS, &bytes,
                                          (PCRYPT_PROVIDER_REFS *)block);
    case 4: return BCryptEnumContextFunctions(CRYPT_LOCAL, NULL, CIPHERS, &bytes,
                                              (PCRYPT_CONTEXT_FUNCTIONS *)block);
    case 5: return BCryptQueryContextFunctionProperty(CRYPT_LOCAL, CONTEXT, CIPHERS, L"ONE",
                                                      L"Property", &bytes, (PUCHAR *)block);
    default: return BCryptRegisterConfigChangeNotify(block);
    }
}

/* A provider that cannot be read for lack of memory may be taken for none; no answer is half an
 * answer, and the last is whole. */
START_TEST(answers_survive_a_lack_of_memory)
{
    NTSTATUS status = STATUS_NO_MEMORY;
    void *block;
    long limit;

    put_all();
    for (limit = 0; limit < 400 && (status || limit < 100); limit++)
    {
        block = NULL;
        native_fail_after = limit;
        status = ask(_i, &block);
        native_fail_after = -1;
        ck_assert(!status || status == STATUS_NO_MEMORY || status == STATUS_NOT_FOUND);
        ck_assert((block != NULL) == !status);
        if (block && _i == 6) BCryptUnregisterConfigChangeNotify(block);
        else BCryptFreeBuffer(block);
    }
    ck_assert_int_eq(status, STATUS_SUCCESS);
    clean_up();
}
END_TEST

static NTSTATUS write(int change)
{
    CRYPT_CONTEXT_CONFIG exclusive = { CRYPT_EXCLUSIVE, 0 };
    CRYPT_IMAGE_REG image = { (PWSTR)(ULONG_PTR)L"other.dll", 0, NULL };
    CRYPT_PROVIDER_REG other = { 0, NULL, &image, NULL };

    switch (change)
    {
    case 0: return BCryptAddContextFunction(CRYPT_LOCAL, CONTEXT, CIPHERS, L"TWO", 2);
    case 1: return BCryptAddContextFunctionProvider(CRYPT_LOCAL, CONTEXT, CIPHERS, L"ONE",
                                                    L"Another", 1);
    case 2: return BCryptCreateContext(CRYPT_LOCAL, CONTEXT, &exclusive);
    case 3: return BCryptRegisterProvider(MAKER, CRYPT_OVERWRITE, &other);
    default: return BCryptAddContextFunction(CRYPT_DOMAIN, L"SSL", CIPHERS, L"TWO", 0);
    }
}

/* A list that could not be read is not written anew. */
START_TEST(what_was_there_survives_a_writer_without_memory)
{
    const char *list, *providers;
    NTSTATUS status = STATUS_NO_MEMORY;
    long limit;

    for (limit = 0; limit < 400 && status; limit++)
    {
        put_all();
        native_fail_after = limit;
        status = write(_i);
        native_fail_after = -1;
        ck_assert(!status || status == STATUS_NO_MEMORY);
        list = functions(CRYPT_LOCAL, CONTEXT);
        providers = served_by(CRYPT_LOCAL, CONTEXT, L"ONE");
        ck_assert(!strcmp(list, "ONE AES") || (_i == 0 && !strcmp(list, "ONE AES TWO")));
        ck_assert(!strcmp(providers, "A Maker") ||
                  (_i == 1 && !strcmp(providers, "A Maker Another")));
        BCryptFreeBuffer(registration(MAKER, STATUS_SUCCESS));
    }
    ck_assert_int_eq(status, STATUS_SUCCESS);
    clean_up();
}
END_TEST

/* ---- who is told ---- */

START_TEST(whoever_wants_it_is_told_of_changes)
{
    HANDLE event = NULL, other = NULL;

    native_registry_clear();
    ck_assert_int_eq(BCryptRegisterConfigChangeNotify(&event), STATUS_SUCCESS);
    ck_assert_int_eq(BCryptRegisterConfigChangeNotify(&other), STATUS_SUCCESS);
    ck_assert(!native_event_was_set(event));
    ck_assert_int_eq(BCryptCreateContext(CRYPT_LOCAL, CONTEXT, NULL), STATUS_SUCCESS);
    ck_assert(native_event_was_set(event));
    ck_assert(native_event_was_set(other));
    ck_assert_int_eq(BCryptUnregisterConfigChangeNotify(event), STATUS_SUCCESS);
    ck_assert_int_eq(BCryptUnregisterConfigChangeNotify(event), STATUS_INVALID_PARAMETER);
    ck_assert_int_eq(BCryptDeleteContext(CRYPT_LOCAL, CONTEXT), STATUS_SUCCESS);
    ck_assert(native_event_was_set(other));
    ck_assert_int_eq(BCryptUnregisterConfigChangeNotify(other), STATUS_SUCCESS);
    clean_up();
}
END_TEST

START_TEST(what_another_changes_is_found_once_it_was_told)
{
    ULONG before = provider_changes();
    HANDLE event = NULL;
    void *key;

    ck_assert_int_eq(BCryptRegisterConfigChangeNotify(&event), STATUS_SUCCESS);
    ck_assert_int_eq(registry_create(NULL, LOCAL L"\\" CONTEXT, &key), STATUS_SUCCESS);
    registry_close(key);
    ck_assert_uint_ne(provider_changes(), before);
    ck_assert_int_eq(BCryptUnregisterConfigChangeNotify(event), STATUS_SUCCESS);
    clean_up();
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("config");
    int failed;

    tcase_add_test(tests, what_windows_wrote_is_read);
    tcase_add_test(tests, what_is_written_is_as_windows_writes_it);
    tcase_add_test(tests, a_function_that_is_listed_twice_is_removed);
    tcase_add_loop_test(tests, what_is_damaged_is_not_told, 0, ARRAY_SIZE(damage));
    tcase_add_test(tests, a_change_that_took_effect_is_read_and_finished);
    tcase_add_test(tests, what_is_about_to_be_deleted_is_gone);
    tcase_add_loop_test(tests, a_change_of_anything_else_is_thrown_away, 0, ARRAY_SIZE(foreign));
    tcase_add_test(tests, a_change_without_effect_is_thrown_away);
    tcase_add_test(tests, what_is_undone_leaves_no_trace);
    tcase_add_test(tests, a_list_that_was_there_stays);
    tcase_add_test(tests, a_policy_that_overrides_decides_who_serves);
    tcase_add_test(tests, what_windows_has_not_can_be_hidden);
    tcase_add_loop_test(tests, answers_survive_a_lack_of_memory, 0, 7);
    tcase_add_loop_test(tests, what_was_there_survives_a_writer_without_memory, 0, 5);
    tcase_add_test(tests, whoever_wants_it_is_told_of_changes);
    tcase_add_test(tests, what_another_changes_is_found_once_it_was_told);
    failed = suite_run("config", tests);
    native_thread_detach();
    providers_detach();
    native_registry_clear();
    return failed;
}
