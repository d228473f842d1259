/*
 * module_windows.c - module.h on Windows and Wine.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/module.h"

#include "platform/names.h"

static bool is_separator(WCHAR character)
{
    return character == '\\' || character == '/';
}

/* "C:\..." or "\\server\...": it depends on no current directory. */
static bool is_full(LPCWSTR path)
{
    if (is_separator(path[0])) return is_separator(path[1]);
    return ((path[0] >= 'A' && path[0] <= 'Z') || (path[0] >= 'a' && path[0] <= 'z')) &&
           path[1] == ':' && is_separator(path[2]);
}

static bool is_bare(LPCWSTR path)
{
    while (*path && *path != ':' && !is_separator(*path)) path++;
    return !*path;
}

/*
 * Given a bare name, LoadLibrary takes a DLL of that name that is in the process already, wherever
 * it came from: so the system's directory goes before it.
 */
static void *load(LPCWSTR path)
{
    static const DWORD flags = LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_SYSTEM32;
    WCHAR full[2 * MAX_PATH];
    UINT length;

    if (is_full(path)) return LoadLibraryExW(path, NULL, flags);
    SetLastError(ERROR_INVALID_NAME);
    if (!*path || !is_bare(path)) return NULL;

    length = GetSystemDirectoryW(full, MAX_PATH);
    if (!length || length >= MAX_PATH || name_length(path) >= MAX_PATH - 1) return NULL;
    full[length] = '\\';
    memcpy(full + length + 1, path, name_bytes(path));
    return LoadLibraryExW(full, NULL, flags);
}

void *platform_module_load(LPCWSTR path)
{
    DWORD error = GetLastError();
    void *module = load(path);

    if (module) SetLastError(error);
    return module;
}

bool platform_module_lacked_memory(void)
{
    switch (GetLastError())
    {
    case ERROR_NOT_ENOUGH_MEMORY:
    case ERROR_OUTOFMEMORY:
    case ERROR_NO_SYSTEM_RESOURCES:
    case ERROR_COMMITMENT_LIMIT:
    case ERROR_TOO_MANY_OPEN_FILES:
        return true;
    }
    return false;
}

void platform_module_free(void *module)
{
    FreeLibrary(module);
}

void *platform_module_function(void *module, const char *name)
{
    return (void *)(ULONG_PTR)GetProcAddress(module, name);
}
