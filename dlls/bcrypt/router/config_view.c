/*
 * config_view.c - what of a context is in force: both tables, and the default context behind them.
 *
 * Microsoft's page of CRYPT_CONTEXT_CONFIG has two rules. An entry of the local table takes
 * precedence over the same entry of the domain's, unless the domain's context has CRYPT_OVERRIDE.
 * What a context has not comes from the default context; if it is CRYPT_EXCLUSIVE, only for
 * interfaces that it has. So there are up to four layers: a context in the table that takes
 * precedence and in the other, then the default context in the same way. A list is the first
 * layer's, followed by what the next ones have besides.
 *
 * The pages leave open how a domain takes something away. Here a domain's context that has both
 * flags stands alone: where it has an interface, the local table's functions do not count.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/config_view.h"

#include "platform/platform.h"
#include "platform/registry.h"
#include "router/config_keys.h"

static NTSTATUS add_layer(struct view *view, ULONG table, LPCWSTR context)
{
    struct layer *layer = &view->layers[view->count++];

    layer->table = table;
    layer->context = context;
    return config_optional(config_open(config_root(table), context, &layer->context_key));
}

/* The two layers of a context; whether the domain's takes precedence. */
static NTSTATUS add_context(struct view *view, LPCWSTR context, bool *overridden)
{
    struct layer *local = &view->layers[view->count], *domain = local + 1, other;
    ULONG flags = 0;
    NTSTATUS status;

    status = add_layer(view, CRYPT_LOCAL, context);
    if (!status) status = add_layer(view, CRYPT_DOMAIN, context);
    if (!status)
        status = config_optional(config_number(domain->context_key, CONFIG_FLAGS, &flags));
    *overridden = flags & CRYPT_OVERRIDE;
    if (*overridden)
    {
        other = *local;
        *local = *domain;
        *domain = other;
    }
    return status;
}

static bool layer_is_there(const struct layer *layer)
{
    return layer->context_key || config_is_predefined(layer->table, layer->context);
}

NTSTATUS view_open(struct view *view, LPCWSTR context)
{
    bool overridden, of_default;
    NTSTATUS status;
    ULONG flags = 0;

    memset(view, 0, sizeof(*view));
    if ((status = add_context(view, context, &overridden))) return status;
    if (!layer_is_there(&view->layers[0]) && !layer_is_there(&view->layers[1]))
        return STATUS_NOT_FOUND;
    status = config_number(view->layers[0].context_key, CONFIG_FLAGS, &flags);
    if (status == STATUS_NOT_FOUND)
        status = config_number(view->layers[1].context_key, CONFIG_FLAGS, &flags);
    view->exclusive = flags & CRYPT_EXCLUSIVE;
    view->alone = overridden && view->exclusive;
    view->own = view->count;
    status = config_optional(status);
    if (!status && !names_equal_caseless(context, CRYPT_DEFAULT_CONTEXT))
        status = add_context(view, CRYPT_DEFAULT_CONTEXT, &of_default);
    return status;
}

bool view_says_anything(const struct view *view)
{
    ULONG i;

    for (i = 0; i < view->count; i++)
    {
        if (view->layers[i].context_key) return true;
    }
    return false;
}

static void close_interface(struct view *view)
{
    ULONG i;

    for (i = 0; i < view->count; i++)
    {
        list_free(&view->layers[i].functions);
        registry_close(view->layers[i].key);
        view->layers[i].key = NULL;
    }
    list_free(&view->functions);
}

void view_close(struct view *view)
{
    ULONG i;

    close_interface(view);
    for (i = 0; i < view->count; i++) registry_close(view->layers[i].context_key);
    view->count = 0;
}

static NTSTATUS read_layer(struct layer *layer, ULONG interface_id)
{
    WCHAR name[9], below[REGISTRY_NAME_LIMIT];
    NTSTATUS status = STATUS_NOT_FOUND;

    config_interface_name(interface_id, name);
    if (layer->context_key) status = registry_open(layer->context_key, name, &layer->key);
    if (config_optional(status)) return status;
    status = config_read_functions(layer->key, layer->table, layer->context, interface_id,
                                   &layer->functions);
    if (status || !layer->key) return status;

    status = registry_key_at(layer->key, 0, below);
    if (status == STATUS_NOT_FOUND)             /* nothing is said of any function */
    {
        registry_close(layer->key);
        layer->key = NULL;
    }
    return config_optional(status);
}

/* Whether a layer's functions count, given those before it. */
static bool is_in_force(const struct view *view, ULONG number)
{
    ULONG i;

    if (view->alone && number == 1) return !view->layers[0].functions.length;
    if (!view->exclusive || number < view->own) return true;
    for (i = 0; i < view->own; i++)
    {
        if (view->layers[i].functions.length) return true;
    }
    return false;
}

NTSTATUS view_interface(struct view *view, ULONG interface_id)
{
    NTSTATUS status = STATUS_SUCCESS;
    LPCWSTR name;
    ULONG i;

    close_interface(view);
    view->interface_id = interface_id;
    for (i = 0; i < view->count && !status; i++)
    {
        if ((status = read_layer(&view->layers[i], interface_id))) break;
        if (!is_in_force(view, i)) list_free(&view->layers[i].functions);
        status = list_merge(&view->functions, view->layers[i].functions.names);
    }
    for (name = view->functions.names; !status && name && !LIST_END(name);)
    {
        if (config_is_key_name(name)) name = LIST_NEXT(name);
        else list_remove(&view->functions, name);
    }
    return status ? status : config_remove_hidden(interface_id, &view->functions);
}

NTSTATUS view_providers(const struct view *view, LPCWSTR function, struct list *providers)
{
    NTSTATUS status = STATUS_SUCCESS;
    struct list more;
    ULONG i, flags = 0;
    void *key;

    memset(providers, 0, sizeof(*providers));
    for (i = 0; i < view->count && !status && !(flags & CRYPT_EXCLUSIVE); i++)
    {
        const struct layer *layer = &view->layers[i];

        if (!config_list_has(layer->functions.names, function)) continue;
        status = config_read_providers(layer->key, layer->table, layer->context,
                                       view->interface_id, function, &more);
        if (!status) status = list_merge(providers, more.names);
        list_free(&more);
        if (status || (status = config_function_key(layer->key, function, &key))) break;
        status = config_optional(config_number(key, CONFIG_FLAGS, &flags));
        registry_close(key);
    }
    return status;
}

/* ---- properties ---- */

/* Whether a layer's property counts: STATUS_NOT_FOUND if one before it has one of that name. */
static NTSTATUS property_counts(const struct view *view, ULONG number, LPCWSTR function,
                                LPCWSTR name)
{
    ULONG i, type, bytes;
    void *key, *value;
    NTSTATUS status;

    if (!config_is_property(name)) return STATUS_NOT_FOUND;
    for (i = 0; i < number; i++)
    {
        if (!config_list_has(view->layers[i].functions.names, function)) continue;
        if ((status = config_function_key(view->layers[i].key, function, &key))) return status;
        if (!key) continue;
        if (!(status = registry_get(key, name, &type, &value, &bytes))) platform_heap_free(value);
        registry_close(key);
        if (status != STATUS_NOT_FOUND) return status ? status : STATUS_NOT_FOUND;
    }
    return STATUS_SUCCESS;
}

/* A CRYPT_PROPERTY_REF. */
static NTSTATUS add_property(struct block *block, void *key, LPCWSTR name, ULONG *part)
{
    ULONG type, bytes;
    NTSTATUS status;
    void *value;

    if ((status = registry_get(key, name, &type, &value, &bytes))) return status;
    *part = block_add(block, NULL, sizeof(CRYPT_PROPERTY_REF));
    block_point(block, *part + offsetof(CRYPT_PROPERTY_REF, pszProperty),
                block_add_string(block, name));
    block_set(block, *part + offsetof(CRYPT_PROPERTY_REF, cbValue), bytes);
    block_point(block, *part + offsetof(CRYPT_PROPERTY_REF, pbValue),
                block_add(block, value, bytes));
    platform_heap_free(value);
    return STATUS_SUCCESS;
}

#define PROPERTY_LIMIT 256

/* Those of one layer, behind what there is. */
static NTSTATUS add_properties(const struct view *view, ULONG layer, LPCWSTR function,
                               struct block *block, ULONG parts[PROPERTY_LIMIT], ULONG *count)
{
    WCHAR name[REGISTRY_NAME_LIMIT];
    NTSTATUS status;
    ULONG number;
    void *key;

    if ((status = config_function_key(view->layers[layer].key, function, &key))) return status;
    for (number = 0; key && !status && *count < PROPERTY_LIMIT; number++)
    {
        if ((status = registry_value_at(key, number, name))) break;
        status = property_counts(view, layer, function, name);
        if (!status) status = add_property(block, key, name, &parts[*count]);
        if (!status) ++*count;
        status = config_optional(status);
    }
    registry_close(key);
    return config_optional(status);
}

NTSTATUS view_properties(const struct view *view, LPCWSTR function, struct block *block,
                         ULONG *array, ULONG *count)
{
    ULONG parts[PROPERTY_LIMIT], i;
    NTSTATUS status;

    *count = 0;
    for (i = 0; i < view->count; i++)
    {
        if (!config_list_has(view->layers[i].functions.names, function)) continue;
        if ((status = add_properties(view, i, function, block, parts, count))) return status;
    }
    *array = block_add(block, NULL, *count * (ULONG)sizeof(PVOID));
    for (i = 0; i < *count; i++) block_point(block, *array + i * (ULONG)sizeof(PVOID), parts[i]);
    return STATUS_SUCCESS;
}
