/*
 * module_native.c - module.h for the native build: DLLs that a test has made up.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/module.h"

#include "native.h"
#include "platform/names.h"

#define MODULES_MAX 8

static struct
{
    LPCWSTR path;
    const struct native_export *exports;
} modules[MODULES_MAX];
static int module_count;

_Atomic int native_modules_loaded;

void native_module_add(const wchar_t *path, const struct native_export *exports)
{
    if (module_count == MODULES_MAX) __builtin_trap();
    modules[module_count].path = path;
    modules[module_count++].exports = exports;
}

static __thread bool lacked_memory;

bool platform_module_lacked_memory(void)
{
    return lacked_memory;
}

void *platform_module_load(LPCWSTR path)
{
    int i;

    if ((lacked_memory = native_allocation_fails())) return NULL;
    for (i = 0; i < module_count; i++)
    {
        if (!names_equal_caseless(modules[i].path, path)) continue;
        native_modules_loaded++;
        return &modules[i];
    }
    return NULL;
}

void platform_module_free(void *module)
{
    (void)module;
    native_modules_loaded--;
}

void *platform_module_function(void *module, const char *name)
{
    const struct native_export *export = ((typeof(modules[0]) *)module)->exports;

    for (; export->name; export++)
    {
        if (!strcmp(export->name, name)) return export->address;
    }
    return NULL;
}
