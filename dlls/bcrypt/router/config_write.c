/*
 * config_write.c - changes the configuration: contexts, their functions, who serves these.
 *
 * A list is one value, which is written in one step; a context is replaced as config_journal.h has
 * it. Keys without values say nothing, so that it does not matter when they come and go.
 *
 * The first change of a list that was as Windows has it by default writes it all, with a mark that
 * nothing had been there (CONFIG_MARK). When the list is as by default again, both go, and the keys
 * with them that are empty then: who undoes what he did leaves the registry as it was.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/config.h"

#include "platform/platform.h"
#include "platform/registry.h"
#include "router/config_keys.h"

/* What is changed. */
struct scope
{
    ULONG table;
    LPCWSTR context;
    ULONG interface_id;
    LPCWSTR function;                           /* NULL: the interface itself */
};

#define SCOPE_PATH (3 * REGISTRY_NAME_LIMIT)

static WCHAR *append(WCHAR *at, LPCWSTR text)
{
    memcpy(at, text, name_bytes(text));
    return at + name_length(text);
}

static void scope_path(const struct scope *scope, WCHAR path[SCOPE_PATH])
{
    WCHAR name[9], *at = append(path, config_root(scope->table));

    at = append(append(at, L"\\"), scope->context);
    config_interface_name(scope->interface_id, name);
    at = append(append(at, L"\\"), name);
    if (scope->function) append(append(at, L"\\"), scope->function);
}

/* The key of the scope, made if need be. */
static NTSTATUS scope_open(const struct scope *scope, void **key)
{
    WCHAR path[SCOPE_PATH];

    scope_path(scope, path);
    return registry_create(NULL, path, key);
}

/* Deletes its keys as far as they are empty. A context that is not predefined is there as long as
 * its key is. */
static void scope_prune(const struct scope *scope)
{
    bool predefined = config_is_predefined(scope->table, scope->context);
    WCHAR path[SCOPE_PATH];

    scope_path(scope, path);
    registry_prune(path, predefined ? NULL : scope->context);
}

static NTSTATUS read_mark(void *key, bool *is_marked)
{
    NTSTATUS status;
    ULONG number;

    status = config_number(key, CONFIG_MARK, &number);
    *is_marked = !status;
    return config_optional(status);
}

/* Marks a key that has no such value yet. */
static NTSTATUS mark(void *key, LPCWSTR name)
{
    static const ULONG one = 1;
    ULONG type, bytes;
    NTSTATUS status;
    void *data;

    if (!(status = registry_get(key, name, &type, &data, &bytes))) platform_heap_free(data);
    if (status != STATUS_NOT_FOUND) return status;
    return registry_set(key, CONFIG_MARK, REG_DWORD, &one, sizeof(one));
}

/* Stores a list, or takes it out if it is as it was before the first change. */
static NTSTATUS store(const struct scope *scope, LPCWSTR value, const struct list *list,
                      LPCWSTR by_default)
{
    bool commas = scope->table == CRYPT_DOMAIN && !scope->function;
    bool is_marked, unset;
    NTSTATUS status;
    void *key;

    if ((status = scope_open(scope, &key))) return status;
    status = read_mark(key, &is_marked);
    unset = is_marked && list_same(list, by_default);
    if (unset)
    {
        status = config_optional(registry_unset(key, value));
        if (!status) status = registry_unset(key, CONFIG_MARK);
    }
    else
    {
        if (!status) status = mark(key, value);
        if (!status) status = list_write(list, key, value, commas);
    }
    registry_close(key);
    if (unset || status) scope_prune(scope);
    return status;
}

static NTSTATUS store_functions(const struct scope *scope, const struct list *functions)
{
    struct scope interface = { scope->table, scope->context, scope->interface_id, NULL };
    struct list by_default = { NULL, 0, 0 };
    NTSTATUS status;

    status = config_default_functions(scope->table, scope->context, scope->interface_id,
                                      &by_default);
    if (!status) status = store(&interface, CONFIG_FUNCTIONS, functions,
                                by_default.names ? by_default.names : L"");
    list_free(&by_default);
    return status;
}

/* The functions that the interface has now. */
static NTSTATUS read_functions(const struct scope *scope, struct list *functions)
{
    NTSTATUS status;
    void *key;

    memset(functions, 0, sizeof(*functions));
    if ((status = config_find_context(scope->table, scope->context))) return status;
    if ((status = config_interface_key(scope->table, scope->context, scope->interface_id, &key)))
        return status;
    status = config_read_functions(key, scope->table, scope->context, scope->interface_id,
                                   functions);
    registry_close(key);
    return status;
}

/* STATUS_NOT_FOUND if there is no such context, or it has no such function. */
static NTSTATUS check_function(const struct scope *scope)
{
    struct list functions;
    NTSTATUS status = read_functions(scope, &functions);

    if (!status && !config_list_has(functions.names, scope->function)) status = STATUS_NOT_FOUND;
    list_free(&functions);
    return status;
}

/* Deletes what is kept of a function that is in no list. */
static NTSTATUS delete_function_key(const struct scope *scope)
{
    WCHAR path[SCOPE_PATH];

    scope_path(scope, path);
    return registry_delete_below(NULL, path);
}

static bool is_function_name(ULONG table, LPCWSTR function)
{
    LPCWSTR at;

    for (at = function; table == CRYPT_DOMAIN && *at; at++)
    {
        if (*at == ',' || (*at == ' ' && (at == function || !at[1]))) return false;
    }
    return config_is_key_name(function);
}

/* Whether the list has a function whose key would be this one's, as the registry does not tell
 * letters of both cases apart. */
static bool shares_a_key(const struct list *functions, LPCWSTR function)
{
    LPCWSTR name;

    for (name = functions->names; name && !LIST_END(name); name = LIST_NEXT(name))
    {
        if (registry_names_equal(name, function)) return !names_equal(name, function);
    }
    return false;
}

/* ---- functions ---- */

NTSTATUS config_add_function(ULONG table, LPCWSTR context, ULONG interface_id, LPCWSTR function,
                             ULONG position)
{
    struct scope scope = { table, context, interface_id, function };
    struct list functions = { NULL, 0, 0 };
    NTSTATUS status;
    void *lock;
    bool has;

    if (!is_function_name(table, function)) return STATUS_INVALID_PARAMETER;
    if ((status = journal_begin(&lock))) return status;
    if ((status = read_functions(&scope, &functions))) goto done;
    has = config_list_has(functions.names, function);
    if (!has && shares_a_key(&functions, function)) status = STATUS_INVALID_PARAMETER;
    if (!status) status = list_place(&functions, function, position);
    if (status) goto done;
    if (!has && (status = delete_function_key(&scope))) goto done;
    status = store_functions(&scope, &functions);

done:
    list_free(&functions);
    journal_end(lock);
    return status;
}

NTSTATUS config_remove_function(ULONG table, LPCWSTR context, ULONG interface_id, LPCWSTR function)
{
    struct scope scope = { table, context, interface_id, function };
    struct list functions = { NULL, 0, 0 };
    NTSTATUS status;
    void *lock;

    if (!config_is_key_name(function)) return STATUS_NOT_FOUND;
    if ((status = journal_begin(&lock))) return status;
    if ((status = read_functions(&scope, &functions))) goto done;
    status = STATUS_NOT_FOUND;
    if (!list_remove(&functions, function)) goto done;
    if ((status = store_functions(&scope, &functions))) goto done;
    if (!delete_function_key(&scope))           /* if not, it is in no list */
    {
        scope.function = NULL;
        scope_prune(&scope);
    }

done:
    list_free(&functions);
    journal_end(lock);
    return status;
}

/* Does something with the key of a function that is there, which is deleted if it is empty then. */
static NTSTATUS change_function(const struct scope *scope,
                                NTSTATUS (*change)(void *key, const void *what), const void *what)
{
    NTSTATUS status;
    void *lock, *key;

    if (!config_is_key_name(scope->function)) return STATUS_NOT_FOUND;
    if ((status = journal_begin(&lock))) return status;
    if ((status = check_function(scope))) goto done;
    if ((status = scope_open(scope, &key))) goto done;
    status = change(key, what);
    registry_close(key);
    scope_prune(scope);

done:
    journal_end(lock);
    return status;
}

static NTSTATUS set_flags(void *key, const void *flags)
{
    return registry_set(key, CONFIG_FLAGS, REG_DWORD, flags, sizeof(ULONG));
}

NTSTATUS config_set_function_flags(ULONG table, LPCWSTR context, ULONG interface_id,
                                   LPCWSTR function, ULONG flags)
{
    struct scope scope = { table, context, interface_id, function };

    return change_function(&scope, set_flags, &flags);
}

struct property
{
    LPCWSTR name;
    const void *value;
    ULONG bytes;
};

static NTSTATUS set_property(void *key, const void *what)
{
    const struct property *property = what;

    if (!property->value) return registry_unset(key, property->name);
    return registry_set(key, property->name, REG_BINARY, property->value, property->bytes);
}

NTSTATUS config_set_property(ULONG table, LPCWSTR context, ULONG interface_id, LPCWSTR function,
                             LPCWSTR property, const void *value, ULONG bytes)
{
    struct scope scope = { table, context, interface_id, function };
    struct property what = { property, value, bytes };

    if (!config_is_property(property) || bytes > REGISTRY_VALUE_BYTES)
        return STATUS_INVALID_PARAMETER;
    return change_function(&scope, set_property, &what);
}

/* ---- providers ---- */

/* Places a provider among those of a function, or removes it. */
static NTSTATUS change_providers(const struct scope *scope, LPCWSTR provider, bool add,
                                 ULONG position)
{
    LPCWSTR by_default = config_default_providers(scope->table, scope->context,
                                                  scope->interface_id, scope->function);
    struct list providers = { NULL, 0, 0 };
    NTSTATUS status;
    void *lock, *key;

    if ((status = journal_begin(&lock))) return status;
    if ((status = check_function(scope))) goto done;
    if ((status = config_interface_key(scope->table, scope->context, scope->interface_id, &key)))
        goto done;
    status = config_read_providers(key, scope->table, scope->context, scope->interface_id,
                                   scope->function, &providers);
    registry_close(key);
    if (status) goto done;

    if (add) status = list_place(&providers, provider, position);
    else if (!list_remove(&providers, provider)) status = STATUS_NOT_FOUND;
    if (!status) status = store(scope, CONFIG_NAMES, &providers, by_default);

done:
    list_free(&providers);
    journal_end(lock);
    return status;
}

NTSTATUS config_add_provider(ULONG table, LPCWSTR context, ULONG interface_id, LPCWSTR function,
                             LPCWSTR provider, ULONG position)
{
    struct scope scope = { table, context, interface_id, function };

    if (!config_is_key_name(function) || !config_is_key_name(provider))
        return STATUS_INVALID_PARAMETER;
    return change_providers(&scope, provider, true, position);
}

NTSTATUS config_remove_provider(ULONG table, LPCWSTR context, ULONG interface_id, LPCWSTR function,
                                LPCWSTR provider)
{
    struct scope scope = { table, context, interface_id, function };

    if (!config_is_key_name(function) || !config_is_key_name(provider)) return STATUS_NOT_FOUND;
    return change_providers(&scope, provider, false, 0);
}

/* ---- contexts ---- */

static NTSTATUS open_context(ULONG table, LPCWSTR context, void **key)
{
    NTSTATUS status;
    void *all;

    if ((status = registry_create(NULL, config_root(table), &all))) return status;
    status = registry_create(all, context, key);
    registry_close(all);
    return status;
}

static NTSTATUS write_context_flags(ULONG table, LPCWSTR context, ULONG flags)
{
    NTSTATUS status;
    void *key;

    if ((status = open_context(table, context, &key))) return status;
    status = set_flags(key, &flags);
    registry_close(key);
    return status;
}

/* A new one, with its flags from the first moment on. */
static NTSTATUS make_context(ULONG table, LPCWSTR context, const ULONG *flags)
{
    NTSTATUS status;
    void *key;

    if (!flags)
    {
        if (!(status = open_context(table, context, &key))) registry_close(key);
        return status;
    }
    if ((status = journal_prepare(&key))) return status;
    status = set_flags(key, flags);
    registry_close(key);
    if (!status) status = journal_replace(config_root(table), context);
    if (status) journal_discard();
    return status;
}

NTSTATUS config_create_context(ULONG table, LPCWSTR context, const ULONG *flags)
{
    NTSTATUS status;
    void *lock;

    if (!config_is_key_name(context)) return STATUS_INVALID_PARAMETER;
    if ((status = journal_begin(&lock))) return status;
    status = config_find_context(table, context);
    if (status == STATUS_NOT_FOUND) status = make_context(table, context, flags);
    else if (!status && flags) status = write_context_flags(table, context, *flags);
    journal_end(lock);
    return status;
}

NTSTATUS config_delete_context(ULONG table, LPCWSTR context)
{
    NTSTATUS status;
    void *lock, *key;

    if (!config_is_key_name(context)) return STATUS_NOT_FOUND;
    if ((status = journal_begin(&lock))) return status;
    if (!(status = config_open(config_root(table), context, &key)))
    {
        registry_close(key);
        status = journal_replace(config_root(table), context);
    }
    else if (status == STATUS_NOT_FOUND && config_is_predefined(table, context))
        status = STATUS_SUCCESS;
    journal_end(lock);
    return status;
}

NTSTATUS config_set_context_flags(ULONG table, LPCWSTR context, ULONG flags)
{
    NTSTATUS status;
    void *lock;

    if ((status = journal_begin(&lock))) return status;
    status = config_find_context(table, context);
    if (!status) status = write_context_flags(table, context, flags);
    journal_end(lock);
    return status;
}
