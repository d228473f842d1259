/*
 * bcryptinfo.c - shows which bcrypt.dll a process gets and what it can do.
 *
 * SPDX-License-Identifier: MIT
 */

#include "info.h"

#include <string.h>

static const char usage[] =
    "usage: bcryptinfo [--which | --list | --selftest | --bench [--all]] [--json]\n"
    "  (nothing)    which bcrypt.dll this process has, its providers and algorithms, a self-test\n"
    "  --which      the DLL's path, then product, version and description, a line each\n"
    "  --list       providers, and algorithms with their properties\n"
    "  --selftest   known answers and the life of a key; exit status 1 if anything is wrong\n"
    "  --bench      how long the commonest operations take; --all: every operation\n"
    "  --json       --list and --bench for scripts\n";

static void print_wide(const char *label, const WCHAR *text)
{
    char utf8[4 * MAX_PATH];

    if (!WideCharToMultiByte(CP_UTF8, 0, text, -1, utf8, sizeof(utf8), NULL, NULL)) return;
    printf("%s%s\n", label, utf8);
}

/*
 * A string of the first translation of the version resource. version.dll would bring more DLLs with
 * it; the resource is a tree of { WORD length, value length, type; WCHAR key[]; value; children },
 * each aligned to four bytes, and a string is found by its key.
 */
static const WCHAR *version_string(const WCHAR *resource, size_t characters, const WCHAR *key)
{
    size_t length = wcslen(key), i;

    for (i = 0; i + length + 1 < characters; i++)
    {
        if (memcmp(resource + i, key, (length + 1) * sizeof(WCHAR))) continue;
        i += length + 1;
        if ((ULONG_PTR)(resource + i) & 2) i++;
        return resource + i;
    }
    return NULL;
}

bool info_which(HMODULE bcrypt)
{
    static const WCHAR *const keys[] = { L"ProductName", L"ProductVersion", L"FileDescription" };
    static const char *const labels[] = { "product: ", "version: ", "description: " };
    WCHAR path[MAX_PATH * 2];
    const WCHAR *text;
    HRSRC resource;
    size_t i;

    if (!GetModuleFileNameW(bcrypt, path, MAX_PATH * 2)) return false;
    print_wide("path: ", path);
    resource = FindResourceW(bcrypt, MAKEINTRESOURCEW(1), (LPCWSTR)RT_VERSION);
    for (i = 0; resource && i < sizeof(keys) / sizeof(keys[0]); i++)
    {
        text = version_string(LockResource(LoadResource(bcrypt, resource)),
                              SizeofResource(bcrypt, resource) / sizeof(WCHAR), keys[i]);
        if (text) print_wide(labels[i], text);
    }
    if (!resource) printf("product: none (no version resource)\n");
    return true;
}

int main(int argc, char **argv)
{
    bool which = false, list = false, selftest = false, bench = false, json = false, all = false;
    HMODULE bcrypt = LoadLibraryW(L"bcrypt.dll");
    int i, status = 0;

    for (i = 1; i < argc; i++)
    {
        if (!strcmp(argv[i], "--which")) which = true;
        else if (!strcmp(argv[i], "--list")) list = true;
        else if (!strcmp(argv[i], "--selftest")) selftest = true;
        else if (!strcmp(argv[i], "--bench")) bench = true;
        else if (!strcmp(argv[i], "--json")) json = true;
        else if (!strcmp(argv[i], "--all")) all = true;
        else
        {
            fputs(usage, strcmp(argv[i], "--help") ? stderr : stdout);
            return strcmp(argv[i], "--help") ? 2 : 0;
        }
    }
    if (!bcrypt)
    {
        fprintf(stderr, "bcryptinfo: this process gets no bcrypt.dll (error %lu)\n",
                GetLastError());
        return 1;
    }
    if (!which && !list && !selftest && !bench) which = list = selftest = true;

    if (which && !json && !info_which(bcrypt)) status = 1;
    if (list) status |= info_list(json);
    if (selftest) status |= info_selftest();
    if (bench) status |= info_bench(bcrypt, json, all);
    return status;
}
