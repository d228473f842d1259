/*
 * test_ncrypt_store.c - keys that are kept: found, opened, listed, overwritten, deleted; two
 * processes, changed files.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ncrypt_calls.h"

#include <wincrypt.h>

#define NAME_ROOM 64

/* A name that no other run has. */
static const WCHAR *new_name(void)
{
    static WCHAR name[NAME_ROOM];
    static unsigned int count;

    swprintf(name, NAME_ROOM, L"OpenCNG test %lx %lx %u", (unsigned long)GetCurrentProcessId(),
             (unsigned long)GetTickCount(), count++);
    return name;
}

static NCRYPT_KEY_HANDLE new_kept(const WCHAR *algorithm, const WCHAR *name, DWORD flags)
{
    NCRYPT_KEY_HANDLE key = 0;

    expect_status(NCryptCreatePersistedKey(provider, &key, algorithm, name, 0, flags), 0);
    expect_status(NCryptFinalizeKey(key, 0), 0);
    return key;
}

static NCRYPT_KEY_HANDLE open_kept(const WCHAR *name, DWORD flags)
{
    NCRYPT_KEY_HANDLE key = 0;

    expect_status(NCryptOpenKey(provider, &key, name, 0, flags), 0);
    return key;
}

static const struct
{
    const WCHAR *id, *property, *value;
} kept[] =
{
    { BCRYPT_RSA_ALGORITHM,        NULL, NULL },
    { BCRYPT_DSA_ALGORITHM,        NULL, NULL },
    { BCRYPT_ECDSA_P256_ALGORITHM, NULL, NULL },
    { BCRYPT_ECDSA_P521_ALGORITHM, NULL, NULL },
    { BCRYPT_ECDSA_ALGORITHM,      BCRYPT_ECC_CURVE_NAME, L"brainpoolP384r1" },
};

START_TEST(a_kept_key_is_opened_again)
{
    const WCHAR *name = new_name();
    NCRYPT_KEY_HANDLE key = 0, again;

    expect_status(NCryptCreatePersistedKey(provider, &key, kept[_i].id, name, 0, 0), 0);
    if (kept[_i].property) set_text(key, kept[_i].property, kept[_i].value);
    expect_status(NCryptOpenKey(provider, &again, name, 0, 0), NTE_BAD_KEYSET);
    expect_status(NCryptFinalizeKey(key, 0), 0);
    again = open_kept(name, 0);
    expect_text(again, NCRYPT_ALGORITHM_PROPERTY, kept[_i].id);
    expect_text(again, NCRYPT_NAME_PROPERTY, name);
    expect_signs_for(again, key);
    expect_signs_for(key, again);
    expect_status(NCryptDeleteKey(again, 0), 0);
    expect_status(NCryptFreeObject(key), 0);
    expect_status(NCryptOpenKey(provider, &again, name, 0, 0), NTE_BAD_KEYSET);
}
END_TEST

/* How .NET's tests make kept keys of blobs. */
/* A success, and nothing in GetLastError. */
#define expect_quiet(call) \
    do \
    { \
        SetLastError(0); \
        expect_status((call), 0); \
        expect_value(GetLastError(), 0); \
    } while (0)

/* smallstep's crypto, in Go, takes what it finds there for a failure, from NCryptOpenKey on. */
START_TEST(a_success_leaves_the_last_error)
{
    const WCHAR *name = new_name();
    NCRYPT_PROV_HANDLE other = 0;
    NCRYPT_KEY_HANDLE key = 0;
    DWORD policy = NCRYPT_ALLOW_EXPORT_FLAG, bytes;
    UCHAR hash[32] = { 0 }, signature[64];
    WCHAR text[200];

    expect_quiet(NCryptOpenStorageProvider(&other, MS_KEY_STORAGE_PROVIDER, 0));
    expect_quiet(NCryptCreatePersistedKey(other, &key, BCRYPT_ECDSA_P256_ALGORITHM, name, 0, 0));
    expect_quiet(NCryptSetProperty(key, NCRYPT_EXPORT_POLICY_PROPERTY, (PBYTE)&policy,
                                   sizeof(policy), NCRYPT_PERSIST_FLAG));
    expect_quiet(NCryptFinalizeKey(key, 0));
    expect_quiet(NCryptGetProperty(key, NCRYPT_UNIQUE_NAME_PROPERTY, (PBYTE)text, sizeof(text),
                                   &bytes, 0));
    expect_quiet(NCryptExportKey(key, 0, BCRYPT_ECCPUBLIC_BLOB, NULL, NULL, 0, &bytes, 0));
    expect_quiet(NCryptFreeObject(key));
    expect_quiet(NCryptOpenKey(other, &key, name, 0, 0));
    expect_quiet(NCryptSignHash(key, NULL, hash, sizeof(hash), signature, sizeof(signature),
                                &bytes, 0));
    expect_quiet(NCryptDeleteKey(key, 0));
    expect_quiet(NCryptFreeObject(other));
}
END_TEST

START_TEST(a_key_of_a_blob_that_was_set_is_kept)
{
    static const WCHAR *const ids[] = { BCRYPT_MLDSA_ALGORITHM, BCRYPT_COMPOSITE_MLDSA_ALGORITHM };
    static const WCHAR *const sets[] = { L"44", L"44-ECDSA-P256-SHA256" };
    NCRYPT_KEY_HANDLE from = new_stored_with(ids[_i], BCRYPT_PARAMETER_SET_NAME, sets[_i]);
    NCRYPT_KEY_HANDLE key = 0;
    const WCHAR *name = new_name();
    ULONG bytes;
    UCHAR *blob = export_blob(from, BCRYPT_PQDSA_PRIVATE_BLOB, NULL, &bytes);

    expect_status(NCryptCreatePersistedKey(provider, &key, ids[_i], name, 0, 0), 0);
    expect_status(NCryptSetProperty(key, BCRYPT_PQDSA_PRIVATE_BLOB, blob, bytes, 0), 0);
    expect_status(NCryptFinalizeKey(key, 0), 0);
    expect_status(NCryptFreeObject(key), 0);
    key = open_kept(name, 0);
    expect_text(key, BCRYPT_PARAMETER_SET_NAME, sets[_i]);
    expect_signs_for(key, from);
    free(blob);
    expect_status(NCryptDeleteKey(key, 0), 0);
    expect_status(NCryptFreeObject(from), 0);
}
END_TEST

START_TEST(a_name_is_taken_once)
{
    const WCHAR *name = new_name();
    NCRYPT_KEY_HANDLE key = new_kept(BCRYPT_ECDSA_P256_ALGORITHM, name, 0), other = 0;

    expect_status(NCryptCreatePersistedKey(provider, &other, BCRYPT_ECDSA_P256_ALGORITHM, name, 0,
                                           0), NTE_EXISTS);
    other = new_kept(BCRYPT_ECDSA_P384_ALGORITHM, name, NCRYPT_OVERWRITE_KEY_FLAG);
    expect_status(NCryptFreeObject(key), 0);
    key = open_kept(name, 0);
    expect_text(key, NCRYPT_ALGORITHM_PROPERTY, BCRYPT_ECDSA_P384_ALGORITHM);
    expect_status(NCryptDeleteKey(key, 0), 0);
    expect_status(NCryptFreeObject(other), 0);
}
END_TEST

START_TEST(of_two_that_make_one_name_one_does)
{
    const WCHAR *name = new_name();
    NCRYPT_KEY_HANDLE one = 0, two = 0;

    expect_status(NCryptCreatePersistedKey(provider, &one, BCRYPT_ECDSA_P256_ALGORITHM, name, 0, 0),
                  0);
    expect_status(NCryptCreatePersistedKey(provider, &two, BCRYPT_ECDSA_P256_ALGORITHM, name, 0, 0),
                  0);
    expect_status(NCryptFinalizeKey(one, 0), 0);
    expect_status(NCryptFinalizeKey(two, 0), NTE_EXISTS);
    expect_status(NCryptFreeObject(two), 0);
    expect_status(NCryptDeleteKey(one, 0), 0);
}
END_TEST

START_TEST(the_machines_keys_are_apart)
{
    const WCHAR *name = new_name();
    NCRYPT_KEY_HANDLE key = new_kept(BCRYPT_ECDSA_P256_ALGORITHM, name, NCRYPT_MACHINE_KEY_FLAG);
    NCRYPT_KEY_HANDLE other = 0;

    expect_value(get_number(key, NCRYPT_KEY_TYPE_PROPERTY) & NCRYPT_MACHINE_KEY_FLAG,
                 NCRYPT_MACHINE_KEY_FLAG);
    expect_status(NCryptOpenKey(provider, &other, name, 0, 0), NTE_BAD_KEYSET);
    other = open_kept(name, NCRYPT_MACHINE_KEY_FLAG);
    expect_signs_for(other, key);
    expect_status(NCryptDeleteKey(other, 0), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(kept_keys_are_listed)
{
    WCHAR name[NAME_ROOM];
    NCRYPT_KEY_HANDLE key;
    NCryptKeyName *entry = NULL;
    void *state = NULL;
    SECURITY_STATUS status;
    unsigned int found = 0;

    wcscpy(name, new_name());
    key = new_kept(BCRYPT_ECDSA_P256_ALGORITHM, name, 0);
    while (!(status = NCryptEnumKeys(provider, NULL, &entry, &state, 0)))
    {
        if (!wcscmp(entry->pszName, name)) found++;
        if (!wcscmp(entry->pszName, name)) expect_wide(entry->pszAlgid, L"ECDSA_P256");
        expect_status(NCryptFreeBuffer(entry), 0);
    }
    expect_status(status, NTE_NO_MORE_ITEMS);
    expect_value(found, 1);
    if (state) NCryptFreeBuffer(state);
    expect_status(NCryptDeleteKey(key, 0), 0);
    expect_status(NCryptEnumKeys(provider, NULL, &entry, NULL, 0), NTE_INVALID_PARAMETER);
    expect_status(NCryptEnumKeys(0, NULL, &entry, &state, 0), NTE_INVALID_HANDLE);
}
END_TEST

START_TEST(what_was_set_to_be_kept_is_kept)
{
    const WCHAR *name = new_name();
    NCRYPT_KEY_HANDLE key = 0, again;
    ULONG policy = NCRYPT_ALLOW_EXPORT_FLAG;
    UCHAR value[3] = { 7, 8, 9 }, read[8];
    DWORD bytes;

    expect_status(NCryptCreatePersistedKey(provider, &key, BCRYPT_ECDSA_P256_ALGORITHM, name, 0, 0),
                  0);
    expect_status(NCryptSetProperty(key, NCRYPT_EXPORT_POLICY_PROPERTY, (PBYTE)&policy,
                                    sizeof(policy), NCRYPT_PERSIST_FLAG), 0);
    expect_status(NCryptSetProperty(key, L"Mine", value, 3, NCRYPT_PERSIST_ONLY_FLAG), 0);
    expect_status(NCryptFinalizeKey(key, 0), 0);
    again = open_kept(name, 0);
    expect_value(get_number(again, NCRYPT_EXPORT_POLICY_PROPERTY), NCRYPT_ALLOW_EXPORT_FLAG);
    expect_status(NCryptGetProperty(again, L"Mine", read, sizeof(read), &bytes,
                                    NCRYPT_PERSIST_ONLY_FLAG), 0);
    expect_value(bytes, 3);
    expect_bytes(read, value, 3);
    expect_status(NCryptDeleteKey(again, 0), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_kept_key_does_not_become_exportable)
{
    const WCHAR *name = new_name();
    NCRYPT_KEY_HANDLE key = new_kept(BCRYPT_ECDSA_P256_ALGORITHM, name, 0);
    ULONG policy = NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG;
    DWORD bytes;

    expect_status(NCryptSetProperty(key, NCRYPT_EXPORT_POLICY_PROPERTY, (PBYTE)&policy,
                                    sizeof(policy), NCRYPT_PERSIST_FLAG), NTE_PERM);
    expect_status(NCryptExportKey(key, 0, BCRYPT_ECCPRIVATE_BLOB, NULL, NULL, 0, &bytes, 0),
                  NTE_NOT_SUPPORTED);
    expect_status(NCryptDeleteKey(key, 0), 0);
}
END_TEST

static SECURITY_STATUS set_mine(NCRYPT_KEY_HANDLE key, const WCHAR *name)
{
    UCHAR value = 7;

    return NCryptSetProperty(key, name, &value, 1, NCRYPT_PERSIST_ONLY_FLAG);
}

static SECURITY_STATUS get_mine(NCRYPT_KEY_HANDLE key, const WCHAR *name)
{
    DWORD bytes;

    return NCryptGetProperty(key, name, NULL, 0, &bytes, NCRYPT_PERSIST_ONLY_FLAG);
}

START_TEST(an_older_handle_does_not_undo_what_another_wrote)
{
    const WCHAR *name = new_name();
    ULONG policy = NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG, none = 0;
    NCRYPT_KEY_HANDLE key = 0, other, again;

    expect_status(NCryptCreatePersistedKey(provider, &key, BCRYPT_ECDSA_P256_ALGORITHM, name, 0, 0),
                  0);
    expect_status(NCryptSetProperty(key, NCRYPT_EXPORT_POLICY_PROPERTY, (PBYTE)&policy,
                                    sizeof(policy), NCRYPT_PERSIST_FLAG), 0);
    expect_status(NCryptFinalizeKey(key, 0), 0);
    other = open_kept(name, 0);
    expect_status(NCryptSetProperty(other, NCRYPT_EXPORT_POLICY_PROPERTY, (PBYTE)&none,
                                    sizeof(none), NCRYPT_PERSIST_FLAG), 0);
    expect_status(set_mine(other, L"Other's"), 0);
    expect_status(set_mine(key, L"Mine"), 0);
    again = open_kept(name, 0);
    expect_value(get_number(again, NCRYPT_EXPORT_POLICY_PROPERTY), 0);
    expect_status(get_mine(again, L"Other's"), 0);
    expect_status(get_mine(again, L"Mine"), 0);
    expect_status(NCryptDeleteKey(again, 0), 0);
    expect_status(NCryptFreeObject(other), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_deleted_key_does_not_come_back)
{
    const WCHAR *name = new_name();
    NCRYPT_KEY_HANDLE key = new_kept(BCRYPT_ECDSA_P256_ALGORITHM, name, 0), other, again = 0;

    other = open_kept(name, 0);
    expect_status(NCryptDeleteKey(other, 0), 0);
    expect_status(set_mine(key, L"Mine"), NTE_BAD_KEYSET);
    expect_status(get_mine(key, L"Mine"), NTE_NOT_FOUND);
    expect_status(NCryptOpenKey(provider, &again, name, 0, 0), NTE_BAD_KEYSET);
    expect_signs_for(key, key);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(an_overwritten_key_does_not_come_back)
{
    const WCHAR *name = new_name();
    NCRYPT_KEY_HANDLE key = new_kept(BCRYPT_ECDSA_P256_ALGORITHM, name, 0), other, again;

    other = new_kept(BCRYPT_ECDSA_P256_ALGORITHM, name, NCRYPT_OVERWRITE_KEY_FLAG);
    expect_status(set_mine(key, L"Mine"), NTE_BAD_KEYSET);
    again = open_kept(name, 0);
    expect_signs_for(again, other);
    expect_status(NCryptDeleteKey(again, 0), 0);
    expect_status(NCryptFreeObject(other), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

/* A file has 4 MiB at most; a value 1 MiB. */
START_TEST(a_value_that_no_file_takes_is_not_set)
{
    static const WCHAR *const names[] = { L"One", L"Two", L"Three", L"Four" };
    const WCHAR *name = new_name();
    NCRYPT_KEY_HANDLE key = new_kept(BCRYPT_ECDSA_P256_ALGORITHM, name, 0), again;
    UCHAR *value = calloc(1, NCRYPT_MAX_PROPERTY_DATA);
    size_t i, refused = 0;

    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        refused += NCryptSetProperty(key, names[i], value, NCRYPT_MAX_PROPERTY_DATA,
                                     NCRYPT_PERSIST_ONLY_FLAG) == NTE_INVALID_PARAMETER;
    }
    expect_true(refused);
    expect_status(get_mine(key, names[ARRAY_SIZE(names) - 1]), NTE_NOT_FOUND);
    expect_status(set_mine(key, L"Mine"), 0);
    again = open_kept(name, 0);
    expect_status(get_mine(again, names[0]), 0);
    expect_status(get_mine(again, L"Mine"), 0);
    free(value);
    expect_status(NCryptDeleteKey(again, 0), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(an_imported_key_is_kept_under_the_name_it_is_given)
{
    WCHAR name[NAME_ROOM];
    NCryptBuffer buffer = { 0, NCRYPTBUFFER_PKCS_KEY_NAME, name };
    NCryptBufferDesc list = { NCRYPTBUFFER_VERSION, 1, &buffer };
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_RSA_ALGORITHM, 1024), copy, again = 0;
    ULONG bytes;
    UCHAR *blob = export_blob(key, NCRYPT_PKCS8_PRIVATE_KEY_BLOB, NULL, &bytes);

    wcscpy(name, new_name());
    buffer.cbBuffer = wide_bytes(name);
    copy = import_blob(NCRYPT_PKCS8_PRIVATE_KEY_BLOB, &list, blob, bytes);
    expect_status(NCryptImportKey(provider, 0, NCRYPT_PKCS8_PRIVATE_KEY_BLOB, &list, &again, blob,
                                  bytes, 0), NTE_EXISTS);
    again = open_kept(name, 0);
    expect_signs_for(again, key);
    expect_status(NCryptDeleteKey(again, 0), 0);
    free(blob);
    expect_status(NCryptFreeObject(copy), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

/* A key that came in and has not been finalized can be told what may be done with it. */
START_TEST(an_imported_key_is_finalized_later)
{
    WCHAR name[NAME_ROOM];
    NCryptBuffer buffer = { 0, NCRYPTBUFFER_PKCS_KEY_NAME, name };
    NCryptBufferDesc list = { NCRYPTBUFFER_VERSION, 1, &buffer };
    NCRYPT_KEY_HANDLE key = new_stored(BCRYPT_ECDSA_P256_ALGORITHM, 0), copy = 0, again;
    ULONG bytes;
    UCHAR *blob = export_blob(key, NCRYPT_PKCS8_PRIVATE_KEY_BLOB, NULL, &bytes);

    wcscpy(name, new_name());
    buffer.cbBuffer = wide_bytes(name);
    expect_status(NCryptImportKey(provider, 0, NCRYPT_PKCS8_PRIVATE_KEY_BLOB, &list, &copy, blob,
                                  bytes, NCRYPT_DO_NOT_FINALIZE_FLAG), 0);
    set_number(copy, NCRYPT_EXPORT_POLICY_PROPERTY, NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG);
    expect_status(NCryptOpenKey(provider, &again, name, 0, 0), NTE_BAD_KEYSET);
    expect_status(NCryptFinalizeKey(copy, 0), 0);
    again = open_kept(name, 0);
    expect_value(get_number(again, NCRYPT_EXPORT_POLICY_PROPERTY),
                 NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG);
    expect_status(NCryptDeleteKey(again, 0), 0);
    free(blob);
    expect_status(NCryptFreeObject(copy), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(an_opening_that_is_wrong_is_refused)
{
    NCRYPT_KEY_HANDLE key = 0;

    expect_status(NCryptOpenKey(provider, &key, new_name(), 0, 0), NTE_BAD_KEYSET);
    expect_status(NCryptOpenKey(0, &key, L"name", 0, 0), NTE_INVALID_HANDLE);
    expect_status(NCryptOpenKey(provider, &key, L"name", 0, 1), NTE_BAD_FLAGS);
    expect_status(NCryptOpenKey(provider, NULL, L"name", 0, 0), NTE_INVALID_PARAMETER);
    expect_value(key, 0);
}
END_TEST

/* --- another process ------------------------------------------------------------------------- */

#define KEY_OF_TWO L"OpenCNG test of two processes"

/* What the other process does, which is this test alone: see test_wanted. */
START_TEST(the_other_process_opens_signs_and_deletes)
{
    NCRYPT_KEY_HANDLE key = 0;

    if (!GetEnvironmentVariableA("OPENCNG_OTHER_PROCESS", NULL, 0)) return;
    key = open_kept(KEY_OF_TWO, 0);
    expect_signs_for(key, key);
    expect_status(NCryptDeleteKey(key, 0), 0);
}
END_TEST

/* Another process of this program, with one test. */
static HANDLE start_other(const char *test)
{
    STARTUPINFOA start = { .cb = sizeof(start) };
    char path[MAX_PATH], line[2 * MAX_PATH];
    PROCESS_INFORMATION process;

    GetModuleFileNameA(NULL, path, sizeof(path));
    snprintf(line, sizeof(line), "\"%s\" --suite ncrypt_store --test %s", path, test);
    SetEnvironmentVariableA("OPENCNG_OTHER_PROCESS", "1");
    expect_true(CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &start, &process));
    SetEnvironmentVariableA("OPENCNG_OTHER_PROCESS", NULL);
    CloseHandle(process.hThread);
    return process.hProcess;
}

START_TEST(a_key_is_used_and_deleted_by_another_process)
{
    NCRYPT_KEY_HANDLE key = new_kept(BCRYPT_ECDSA_P256_ALGORITHM, KEY_OF_TWO,
                                     NCRYPT_OVERWRITE_KEY_FLAG);
    HANDLE process = start_other("the_other_process_opens_signs_and_deletes");
    DWORD code = 1;

    WaitForSingleObject(process, INFINITE);
    GetExitCodeProcess(process, &code);
    CloseHandle(process);
    expect_value(code, 0);
    expect_status(NCryptFreeObject(key), 0);
    expect_status(NCryptOpenKey(provider, &key, KEY_OF_TWO, 0, 0), NTE_BAD_KEYSET);
}
END_TEST

#define PROPERTIES 24

/* Keeps properties, each by a handle of its own: what is not in the file is lost. */
static void keep_properties(const WCHAR *prefix, int count)
{
    NCRYPT_KEY_HANDLE key;
    WCHAR name[NAME_ROOM];
    int i;

    for (i = 0; i < count; i++)
    {
        swprintf(name, NAME_ROOM, L"%ls %d", prefix, i);
        key = open_kept(KEY_OF_TWO, 0);
        expect_status(set_mine(key, name), 0);
        expect_status(NCryptFreeObject(key), 0);
    }
}

static void expect_properties(NCRYPT_KEY_HANDLE key, const WCHAR *prefix, int count)
{
    WCHAR name[NAME_ROOM];
    int i;

    for (i = 0; i < count; i++)
    {
        swprintf(name, NAME_ROOM, L"%ls %d", prefix, i);
        expect_status(get_mine(key, name), 0);
    }
}

START_TEST(the_other_process_keeps_properties)
{
    if (!GetEnvironmentVariableA("OPENCNG_OTHER_PROCESS", NULL, 0)) return;
    keep_properties(L"Other", PROPERTIES);
}
END_TEST

START_TEST(of_two_processes_that_keep_properties_none_loses_one)
{
    NCRYPT_KEY_HANDLE key = new_kept(BCRYPT_ECDSA_P256_ALGORITHM, KEY_OF_TWO,
                                     NCRYPT_OVERWRITE_KEY_FLAG), again;
    HANDLE process = start_other("the_other_process_keeps_properties");
    DWORD code = 1;
    int count = 0;

    do keep_properties(L"Mine", ++count % PROPERTIES);
    while (WaitForSingleObject(process, 0) == WAIT_TIMEOUT);
    GetExitCodeProcess(process, &code);
    CloseHandle(process);
    expect_value(code, 0);
    again = open_kept(KEY_OF_TWO, 0);
    expect_properties(again, L"Mine", count < PROPERTIES ? count : PROPERTIES - 1);
    expect_properties(again, L"Other", PROPERTIES);
    expect_signs_for(again, key);
    expect_status(NCryptDeleteKey(again, 0), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

/* What writers that were ended leave: whole files under names that are no keys'. */
static void remove_leftovers(void)
{
    WCHAR folder[512], path[1024];
    WIN32_FIND_DATAW data;
    HANDLE find;

    ExpandEnvironmentStringsW(L"%APPDATA%\\Microsoft\\Crypto\\Keys\\", folder, 512);
    swprintf(path, ARRAY_SIZE(path), L"%ls*.new", folder);
    if ((find = FindFirstFileW(path, &data)) == INVALID_HANDLE_VALUE) return;
    do
    {
        swprintf(path, ARRAY_SIZE(path), L"%ls%ls", folder, data.cFileName);
        DeleteFileW(path);
    } while (FindNextFileW(find, &data));
    FindClose(find);
}

START_TEST(the_other_process_overwrites_until_it_is_ended)
{
    ULONGLONG end = GetTickCount64() + 60000;

    if (!GetEnvironmentVariableA("OPENCNG_OTHER_PROCESS", NULL, 0)) return;
    while (GetTickCount64() < end)
    {
        NCryptFreeObject(new_kept(BCRYPT_ECDSA_P256_ALGORITHM, KEY_OF_TWO,
                                  NCRYPT_OVERWRITE_KEY_FLAG));
    }
}
END_TEST

START_TEST(a_writer_that_is_ended_leaves_the_old_key_or_the_new)
{
    NCRYPT_KEY_HANDLE key = new_kept(BCRYPT_ECDSA_P256_ALGORITHM, KEY_OF_TWO,
                                     NCRYPT_OVERWRITE_KEY_FLAG);
    DWORD end, round;
    HANDLE process;

    expect_status(NCryptFreeObject(key), 0);
    for (round = 0; round < 4; round++)
    {
        process = start_other("the_other_process_overwrites_until_it_is_ended");
        for (end = GetTickCount() + 500 + 137 * round; GetTickCount() < end;)
        {
            key = open_kept(KEY_OF_TWO, 0);     /* while it writes */
            expect_status(NCryptFreeObject(key), 0);
        }
        TerminateProcess(process, 0);
        WaitForSingleObject(process, INFINITE);
        CloseHandle(process);
        key = open_kept(KEY_OF_TWO, 0);
        expect_signs_for(key, key);
        expect_status(NCryptFreeObject(key), 0);
    }
    expect_status(NCryptDeleteKey(open_kept(KEY_OF_TWO, 0), 0), 0);
    remove_leftovers();
}
END_TEST

/* --- files ----------------------------------------------------------------------------------- */

static void file_of(NCRYPT_KEY_HANDLE key, WCHAR *path, DWORD room)
{
    WCHAR unique[128];
    DWORD bytes;

    expect_status(NCryptGetProperty(key, NCRYPT_UNIQUE_NAME_PROPERTY, (PBYTE)unique, sizeof(unique),
                                    &bytes, 0), 0);
    ExpandEnvironmentStringsW(L"%APPDATA%\\Microsoft\\Crypto\\Keys\\", path, room);
    wcscat(path, unique);
}

static UCHAR *read_file(const WCHAR *path, DWORD *bytes)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    UCHAR *data;

    expect_true(file != INVALID_HANDLE_VALUE);
    *bytes = GetFileSize(file, NULL);
    data = malloc(*bytes + 1);
    expect_true(ReadFile(file, data, *bytes, bytes, NULL));
    CloseHandle(file);
    return data;
}

static void write_file(const WCHAR *path, const UCHAR *data, DWORD bytes)
{
    HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD written;

    expect_true(file != INVALID_HANDLE_VALUE);
    expect_true(WriteFile(file, data, bytes, &written, NULL));
    CloseHandle(file);
}

START_TEST(a_file_changed_in_any_byte_is_refused)
{
    const WCHAR *name = new_name();
    NCRYPT_KEY_HANDLE key = new_kept(BCRYPT_ECDSA_P256_ALGORITHM, name, 0), again = 0;
    WCHAR path[512];
    DWORD bytes, at;
    UCHAR *data;

    file_of(key, path, ARRAY_SIZE(path));
    data = read_file(path, &bytes);
    for (at = 0; at < bytes; at++)
    {
        data[at] ^= (UCHAR)(1 << at % 8);
        write_file(path, data, bytes);
        expect_refused(NCryptOpenKey(provider, &again, name, 0, 0));
        data[at] ^= (UCHAR)(1 << at % 8);
    }
    for (at = 0; at < bytes; at += 7)
    {
        write_file(path, data, at);
        expect_refused(NCryptOpenKey(provider, &again, name, 0, 0));
    }
    data[bytes] = 0;
    write_file(path, data, bytes + 1);
    expect_refused(NCryptOpenKey(provider, &again, name, 0, 0));
    write_file(path, data, bytes);
    again = open_kept(name, 0);
    expect_signs_for(again, key);
    free(data);
    expect_status(NCryptDeleteKey(again, 0), 0);
    expect_status(NCryptFreeObject(key), 0);
}
END_TEST

START_TEST(a_file_does_not_show_the_key)
{
    const WCHAR *name = new_name();
    NCRYPT_KEY_HANDLE key = 0;
    ULONG blob_bytes, i;
    WCHAR path[512];
    UCHAR *data, *blob;
    DWORD bytes;

    expect_status(NCryptCreatePersistedKey(provider, &key, BCRYPT_ECDSA_P256_ALGORITHM, name, 0, 0),
                  0);
    set_number(key, NCRYPT_EXPORT_POLICY_PROPERTY, NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG);
    expect_status(NCryptFinalizeKey(key, 0), 0);
    blob = export_blob(key, BCRYPT_ECCPRIVATE_BLOB, NULL, &blob_bytes);
    file_of(key, path, ARRAY_SIZE(path));
    data = read_file(path, &bytes);
    for (i = 0; i + 16 <= bytes; i++) expect_true(memcmp(data + i, blob + blob_bytes - 16, 16));
    free(data);
    free(blob);
    expect_status(NCryptDeleteKey(key, 0), 0);
}
END_TEST

START_TEST(what_an_ended_writer_left_goes_with_its_key)
{
    NCRYPT_KEY_HANDLE key = new_kept(BCRYPT_ECDSA_P256_ALGORITHM, new_name(), 0);
    WCHAR path[512], left[512 + 16];

    file_of(key, path, ARRAY_SIZE(path));
    swprintf(left, ARRAY_SIZE(left), L"%ls.new", path);
    write_file(left, (const UCHAR *)"left", 4);
    expect_status(NCryptDeleteKey(key, 0), 0);
    expect_value(GetFileAttributesW(left), INVALID_FILE_ATTRIBUTES);
    expect_value(GetFileAttributesW(path), INVALID_FILE_ATTRIBUTES);
}
END_TEST

START_TEST(nothing_but_keys_stays_in_the_folder)
{
    const WCHAR *name = new_name();
    NCRYPT_KEY_HANDLE key = new_kept(BCRYPT_ECDSA_P256_ALGORITHM, name, 0);
    WIN32_FIND_DATAW data;
    WCHAR pattern[512];
    HANDLE find;

    ExpandEnvironmentStringsW(L"%APPDATA%\\Microsoft\\Crypto\\Keys\\*.new", pattern, 512);
    find = FindFirstFileW(pattern, &data);
    expect_true(find == INVALID_HANDLE_VALUE);
    ExpandEnvironmentStringsW(L"%APPDATA%\\Microsoft\\Crypto\\Keys\\*.lock", pattern, 512);
    find = FindFirstFileW(pattern, &data);
    expect_true(find == INVALID_HANDLE_VALUE);
    expect_status(NCryptDeleteKey(key, 0), 0);
}
END_TEST

/* --- changes --------------------------------------------------------------------------------- */

START_TEST(an_event_tells_of_a_new_key)
{
    HANDLE event = NULL;
    NCRYPT_KEY_HANDLE key;

    expect_status(NCryptNotifyChangeKey(provider, &event, NCRYPT_REGISTER_NOTIFY_FLAG), 0);
    expect_value(WaitForSingleObject(event, 0), WAIT_TIMEOUT);
    key = new_kept(BCRYPT_ECDSA_P256_ALGORITHM, new_name(), 0);
    expect_value(WaitForSingleObject(event, 5000), WAIT_OBJECT_0);
    expect_status(NCryptDeleteKey(key, 0), 0);
    expect_status(NCryptNotifyChangeKey(provider, &event, NCRYPT_UNREGISTER_NOTIFY_FLAG), 0);
    expect_status(NCryptNotifyChangeKey(provider, &event, 0), NTE_BAD_FLAGS);
    expect_status(NCryptNotifyChangeKey(0, &event, NCRYPT_REGISTER_NOTIFY_FLAG),
                  NTE_INVALID_HANDLE);
}
END_TEST

void ncrypt_store_suite(Suite *suite)
{
    TCase *tests = ncrypt_contract(suite);

    add_rows(tests, a_kept_key_is_opened_again, kept);
    add_test(tests, a_name_is_taken_once);
    add_test(tests, the_machines_keys_are_apart);
    add_test(tests, kept_keys_are_listed);
    add_test(tests, what_was_set_to_be_kept_is_kept);
    add_test(tests, an_imported_key_is_kept_under_the_name_it_is_given);
    add_test(tests, an_imported_key_is_finalized_later);
    add_test(tests, an_opening_that_is_wrong_is_refused);
    add_test(tests, the_other_process_opens_signs_and_deletes);
    add_test(tests, a_key_is_used_and_deleted_by_another_process);

    /* What Windows says of two handles of one key, and of a finalization too many, is not known. */
    tests = ncrypt_ours(suite);
    add_test(tests, a_success_leaves_the_last_error);
    test_add(tests, a_key_of_a_blob_that_was_set_is_kept, 2);
    add_test(tests, of_two_that_make_one_name_one_does);
    add_test(tests, an_older_handle_does_not_undo_what_another_wrote);
    add_test(tests, a_deleted_key_does_not_come_back);
    add_test(tests, an_overwritten_key_does_not_come_back);
    add_test(tests, a_value_that_no_file_takes_is_not_set);
    add_test(tests, a_kept_key_does_not_become_exportable);
    add_test(tests, a_file_changed_in_any_byte_is_refused);
    add_test(tests, the_other_process_keeps_properties);
    add_test(tests, of_two_processes_that_keep_properties_none_loses_one);
    add_test(tests, the_other_process_overwrites_until_it_is_ended);
    add_test(tests, a_file_does_not_show_the_key);
    add_test(tests, what_an_ended_writer_left_goes_with_its_key);
    add_test(tests, nothing_but_keys_stays_in_the_folder);
    add_test(tests, a_writer_that_is_ended_leaves_the_old_key_or_the_new);
    add_test(tests, an_event_tells_of_a_new_key);
}
