/*
 * config.c - reads the configuration from the registry: one table, one context.
 *
 * It is where Windows keeps it, below HKLM\SYSTEM\CurrentControlSet\Control\Cryptography:
 *
 *     Providers\<provider>                                 Aliases (REG_MULTI_SZ)
 *     Providers\<provider>\UM and \KM                      Image (REG_SZ)
 *     Providers\<provider>\UM\<interface>                  Functions (REG_MULTI_SZ), Flags
 *     Configuration\Local\<context>                        Flags (REG_DWORD)
 *     Configuration\Local\<context>\<interface>            Functions (REG_MULTI_SZ), best first
 *     Configuration\Local\<context>\<interface>\<function> Providers (REG_MULTI_SZ), best first;
 *                                                          Flags; the function's properties
 *
 * with interfaces as eight hexadecimal digits. The table of policies has its contexts below
 * HKLM\SOFTWARE\Policies\Microsoft\Cryptography\Configuration, and Functions as REG_SZ with commas.
 * Anything missing in the local table is as Windows has it by default (config_default.c).
 *
 * Any of it may be changed at any time by another process, and may be damaged: a value of another
 * type, a name that cannot be one, and a provider that is gone are passed over.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/config.h"

#include "platform/platform.h"
#include "platform/registry.h"
#include "platform/trace.h"
#include "router/config_journal.h"
#include "router/config_keys.h"

/* ---- values and names ---- */

NTSTATUS config_text(void *key, LPCWSTR name, ULONG wanted, WCHAR **text)
{
    ULONG type, bytes;
    NTSTATUS status;
    void *data;

    *text = NULL;
    if ((status = registry_get(key, name, &type, &data, &bytes))) return status;
    if (type == wanted && !(bytes % sizeof(WCHAR)))
    {
        *text = data;
        return STATUS_SUCCESS;
    }
    TRACE("%s is of type %lu, %lu bytes\n", trace_string(name), (unsigned long)type,
          (unsigned long)bytes);
    platform_heap_free(data);
    return STATUS_NOT_FOUND;
}

NTSTATUS config_number(void *key, LPCWSTR name, ULONG *number)
{
    ULONG type, bytes;
    NTSTATUS status;
    void *data;

    if (!key) return STATUS_NOT_FOUND;
    if ((status = registry_get(key, name, &type, &data, &bytes))) return status;
    if (type == REG_DWORD && bytes == sizeof(*number)) memcpy(number, data, sizeof(*number));
    else status = STATUS_NOT_FOUND;
    platform_heap_free(data);
    return status;
}

void config_interface_name(ULONG interface_id, WCHAR name[9])
{
    int digit;

    for (digit = 7; digit >= 0; digit--, interface_id >>= 4)
        name[digit] = L"0123456789ABCDEF"[interface_id & 15];
    name[8] = 0;
}

bool config_interface_id(LPCWSTR name, ULONG *interface_id)
{
    int digits, digit;

    *interface_id = 0;
    for (digits = 0; digits < 8; digits++)
    {
        if (name[digits] >= '0' && name[digits] <= '9') digit = name[digits] - '0';
        else if (name[digits] >= 'A' && name[digits] <= 'F') digit = name[digits] - 'A' + 10;
        else if (name[digits] >= 'a' && name[digits] <= 'f') digit = name[digits] - 'a' + 10;
        else return false;
        *interface_id = *interface_id << 4 | (ULONG)digit;
    }
    return !name[8];
}

bool config_is_key_name(LPCWSTR name)
{
    LPCWSTR at = name;

    while (*at && *at != '\\' && at - name < REGISTRY_NAME_LIMIT) at++;
    return !*at && at != name && at - name < REGISTRY_NAME_LIMIT;
}

/* ---- contexts ---- */

LPCWSTR config_root(ULONG table)
{
    return table == CRYPT_DOMAIN ? CONFIG_DOMAIN : CONFIG_LOCAL;
}

NTSTATUS config_open(LPCWSTR root, LPCWSTR name, void **key)
{
    return journal_open(root, name, key);
}

LPCWSTR config_context_name(LPCWSTR context)
{
    return context && *context ? context : CRYPT_DEFAULT_CONTEXT;
}

NTSTATUS config_find_context(ULONG table, LPCWSTR context)
{
    NTSTATUS status;
    void *key;

    if (config_is_predefined(table, context)) return STATUS_SUCCESS;
    if (!(status = config_open(config_root(table), context, &key))) registry_close(key);
    return status;
}

NTSTATUS config_interface_key(ULONG table, LPCWSTR context, ULONG interface_id, void **key)
{
    void *context_key;
    NTSTATUS status;
    WCHAR name[9];

    *key = NULL;
    if (!(status = config_open(config_root(table), context, &context_key)))
    {
        config_interface_name(interface_id, name);
        status = registry_open(context_key, name, key);
        registry_close(context_key);
    }
    return config_optional(status);
}

NTSTATUS config_function_key(void *interface_key, LPCWSTR function, void **key)
{
    *key = NULL;
    if (!interface_key || !config_is_key_name(function)) return STATUS_SUCCESS;
    return config_optional(registry_open(interface_key, function, key));
}

NTSTATUS config_contexts(ULONG table, struct list *names)
{
    struct list listed = { NULL, 0, 0 };
    NTSTATUS status = STATUS_SUCCESS;
    LPCWSTR name;

    if (table == CRYPT_LOCAL)
        status = list_merge(names, CRYPT_DEFAULT_CONTEXT L"\0" CONFIG_SSL L"\0");
    if (!status) status = journal_names(config_root(table), &listed);
    for (name = listed.names; name && !LIST_END(name) && !status; name = LIST_NEXT(name))
    {
        if (!config_is_predefined(table, name))
            status = list_place(names, name, CRYPT_PRIORITY_BOTTOM);
    }
    list_free(&listed);
    return status;
}

NTSTATUS config_context_flags(ULONG table, LPCWSTR context, ULONG *flags)
{
    NTSTATUS status;
    void *key;

    *flags = 0;
    if (!(status = config_open(config_root(table), context, &key)))
    {
        status = config_optional(config_number(key, CONFIG_FLAGS, flags));
        registry_close(key);
    }
    return config_is_predefined(table, context) ? config_optional(status) : status;
}

/* ---- functions ---- */

NTSTATUS config_read_functions(void *interface_key, ULONG table, LPCWSTR context,
                               ULONG interface_id, struct list *functions)
{
    NTSTATUS status = list_read(functions, interface_key, CONFIG_FUNCTIONS, table == CRYPT_DOMAIN);

    if (status != STATUS_NOT_FOUND) return status;
    return config_default_functions(table, context, interface_id, functions);
}

NTSTATUS config_read_providers(void *interface_key, ULONG table, LPCWSTR context,
                               ULONG interface_id, LPCWSTR function, struct list *providers)
{
    NTSTATUS status;
    void *key;

    memset(providers, 0, sizeof(*providers));
    if (!config_is_key_name(function)) return STATUS_SUCCESS;
    if ((status = config_function_key(interface_key, function, &key))) return status;
    status = list_read(providers, key, CONFIG_NAMES, false);
    registry_close(key);
    if (status != STATUS_NOT_FOUND) return status;
    return list_merge(providers, config_default_providers(table, context, interface_id, function));
}

NTSTATUS config_functions(ULONG table, LPCWSTR context, ULONG interface_id, struct list *functions)
{
    NTSTATUS status;
    void *key;

    memset(functions, 0, sizeof(*functions));
    if ((status = config_find_context(table, context))) return status;
    if ((status = config_interface_key(table, context, interface_id, &key))) return status;
    status = config_read_functions(key, table, context, interface_id, functions);
    registry_close(key);
    if (!status) status = config_remove_hidden(interface_id, functions);
    return status;
}

/* The key of a function that is there; NULL if it has none. Keys are for registry_close, whatever
 * is answered. */
static NTSTATUS open_function(ULONG table, LPCWSTR context, ULONG interface_id, LPCWSTR function,
                              void **interface_key, void **key)
{
    struct list functions;
    NTSTATUS status;

    *interface_key = *key = NULL;
    status = config_functions(table, context, interface_id, &functions);
    if (!status && !config_list_has(functions.names, function)) status = STATUS_NOT_FOUND;
    list_free(&functions);
    if (status) return status;

    status = config_interface_key(table, context, interface_id, interface_key);
    if (!status) status = config_function_key(*interface_key, function, key);
    return status;
}

NTSTATUS config_function_providers(ULONG table, LPCWSTR context, ULONG interface_id,
                                   LPCWSTR function, struct list *providers)
{
    void *interface_key, *key;
    NTSTATUS status;

    memset(providers, 0, sizeof(*providers));
    status = open_function(table, context, interface_id, function, &interface_key, &key);
    if (!status)
        status = config_read_providers(interface_key, table, context, interface_id, function,
                                       providers);
    registry_close(key);
    registry_close(interface_key);
    return status;
}

NTSTATUS config_function_flags(ULONG table, LPCWSTR context, ULONG interface_id, LPCWSTR function,
                               ULONG *flags)
{
    void *interface_key, *key;
    NTSTATUS status;

    status = open_function(table, context, interface_id, function, &interface_key, &key);
    if (!status) status = config_number(key, CONFIG_FLAGS, flags);
    registry_close(key);
    registry_close(interface_key);
    return status;
}

bool config_is_property(LPCWSTR name)
{
    return *name && name_length(name) < REGISTRY_NAME_LIMIT &&
           !names_equal_caseless(name, CONFIG_FLAGS) && !names_equal_caseless(name, CONFIG_NAMES) &&
           !names_equal_caseless(name, CONFIG_MARK);
}

NTSTATUS config_property(ULONG table, LPCWSTR context, ULONG interface_id, LPCWSTR function,
                         LPCWSTR property, void **value, ULONG *bytes)
{
    void *interface_key, *key;
    NTSTATUS status;
    ULONG type;

    status = open_function(table, context, interface_id, function, &interface_key, &key);
    if (!status && (!key || !config_is_property(property))) status = STATUS_NOT_FOUND;
    if (!status) status = registry_get(key, property, &type, value, bytes);
    registry_close(key);
    registry_close(interface_key);
    return status;
}
