/*
 * config_provider.c - providers that are registered: names, images, interfaces, functions.
 *
 * An alias stands for the provider that has it, never for another alias. The name of a provider
 * comes before the alias of another.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/config_provider.h"

#include "platform/platform.h"
#include "platform/registry.h"
#include "platform/trace.h"
#include "router/config.h"
#include "router/config_keys.h"

/* ---- one function ---- */

static WCHAR *default_image(LPCWSTR provider, LPCWSTR mode, ULONG interface_id, LPCWSTR function)
{
    const struct default_provider *found = config_default_provider(provider);
    struct list functions = { NULL, 0, 0 };
    WCHAR *image = NULL;

    if (!found || *mode != 'U' || interface_id < found->first || interface_id > found->last)
        return NULL;
    if (!config_default_provider_functions(interface_id, &functions) &&
        config_list_has(functions.names, function) &&
        (image = platform_heap_alloc(name_bytes(found->image))))
        memcpy(image, found->image, name_bytes(found->image));
    list_free(&functions);
    return image;
}

WCHAR *provider_image(LPCWSTR provider, LPCWSTR mode, ULONG interface_id, LPCWSTR function,
                      ULONG *flags)
{
    void *key = NULL, *mode_key = NULL, *interface_key = NULL;
    struct list functions = { NULL, 0, 0 };
    WCHAR name[9], *image = NULL;

    if (names_equal(provider, MS_PRIMITIVE_PROVIDER) ||
        config_open(CONFIG_PROVIDERS, provider, &key))
        return default_image(provider, mode, interface_id, function);

    config_interface_name(interface_id, name);
    if (registry_open(key, mode, &mode_key)) goto done;
    if (registry_open(mode_key, name, &interface_key)) goto done;
    if (list_read(&functions, interface_key, CONFIG_FUNCTIONS, false)) goto done;
    if (!config_list_has(functions.names, function)) goto done;
    if (flags) config_number(interface_key, CONFIG_FLAGS, flags);
    if ((image = config_text(mode_key, L"Image", REG_SZ)) && !*image)
    {
        platform_heap_free(image);
        image = NULL;
    }

done:
    list_free(&functions);
    registry_close(interface_key);
    registry_close(mode_key);
    registry_close(key);
    return image;
}

/* ---- names ---- */

static bool has_alias(LPCWSTR provider, LPCWSTR alias)
{
    WCHAR *aliases;
    void *key;
    bool has;

    if (config_open(CONFIG_PROVIDERS, provider, &key)) return false;
    aliases = config_text(key, L"Aliases", REG_MULTI_SZ);
    registry_close(key);
    has = config_list_has(aliases, alias);
    platform_heap_free(aliases);
    return has;
}

bool provider_is_called(LPCWSTR provider, LPCWSTR name)
{
    return names_equal(provider, name) || has_alias(provider, name);
}

NTSTATUS config_providers(struct list *names)
{
    struct list registered = { NULL, 0, 0 };
    NTSTATUS status = STATUS_SUCCESS;
    ULONG i;

    for (i = 0; i < config_default_provider_count && !status; i++)
    {
        status = list_place(names, config_default_provider_list[i].name, CRYPT_PRIORITY_BOTTOM);
    }
    if (!status) status = journal_names(CONFIG_PROVIDERS, &registered);
    if (!status) status = list_merge(names, registered.names);
    list_free(&registered);
    return status;
}

/* The provider of that name, which the registry does not tell from one with letters of the other
 * case; else the first that has it for an alias; NULL if there is none. */
static LPCWSTR provider_named(const struct list *names, LPCWSTR name)
{
    LPCWSTR provider;

    for (provider = names->names; provider && !LIST_END(provider); provider = LIST_NEXT(provider))
    {
        if (names_equal_caseless(provider, name)) return provider;
    }
    for (provider = names->names; provider && !LIST_END(provider); provider = LIST_NEXT(provider))
    {
        if (has_alias(provider, name)) return provider;
    }
    return NULL;
}

/* ---- a whole registration ---- */

static ULONG add_interface(struct block *block, ULONG interface_id, ULONG flags,
                           const struct list *functions)
{
    ULONG part = block_add(block, NULL, sizeof(CRYPT_INTERFACE_REG)), array, count;

    block_set(block, part + offsetof(CRYPT_INTERFACE_REG, dwInterface), interface_id);
    block_set(block, part + offsetof(CRYPT_INTERFACE_REG, dwFlags), flags);
    array = block_add_names(block, functions->names, &count);
    block_set(block, part + offsetof(CRYPT_INTERFACE_REG, cFunctions), count);
    if (count) block_point(block, part + offsetof(CRYPT_INTERFACE_REG, rgpszFunctions), array);
    return part;
}

/* A CRYPT_IMAGE_REG with what its interfaces are. */
static ULONG add_image(struct block *block, LPCWSTR image, const ULONG *interfaces, ULONG count)
{
    ULONG part = block_add(block, NULL, sizeof(CRYPT_IMAGE_REG)), array, i;

    block_point(block, part + offsetof(CRYPT_IMAGE_REG, pszImage), block_add_string(block, image));
    block_set(block, part + offsetof(CRYPT_IMAGE_REG, cInterfaces), count);
    if (!count) return part;
    array = block_add(block, NULL, count * (ULONG)sizeof(PVOID));
    for (i = 0; i < count; i++)
        block_point(block, array + i * (ULONG)sizeof(PVOID), interfaces[i]);
    block_point(block, part + offsetof(CRYPT_IMAGE_REG, rgpInterfaces), array);
    return part;
}

/* What a key says of a mode; 0 if nothing, or nothing of the interface that is wanted. */
static ULONG read_image(struct block *block, void *provider_key, LPCWSTR mode, ULONG wanted)
{
    ULONG interfaces[CONFIG_INTERFACES], count = 0, number, interface_id, flags, part = 0;
    WCHAR name[REGISTRY_NAME_LIMIT], *image = NULL;
    struct list functions;
    void *key, *below;

    if (registry_open(provider_key, mode, &key)) return 0;
    if (config_read_text(key, L"Image", REG_SZ, &image) == STATUS_NO_MEMORY) block->failed = true;
    if (!image || !*image) goto done;
    for (number = 0; count < CONFIG_INTERFACES && !registry_key_at(key, number, name); number++)
    {
        if (!config_interface_id(name, &interface_id) || (wanted && wanted != interface_id) ||
            registry_open(key, name, &below))
        {
            TRACE("interface %s is passed over\n", trace_string(name));
            continue;
        }
        flags = 0;
        if (config_number(below, CONFIG_FLAGS, &flags) == STATUS_NO_MEMORY) block->failed = true;
        if (list_read(&functions, below, CONFIG_FUNCTIONS, false) == STATUS_NO_MEMORY)
            block->failed = true;
        interfaces[count++] = add_interface(block, interface_id, flags, &functions);
        list_free(&functions);
        registry_close(below);
    }
    if (count || !wanted) part = add_image(block, image, interfaces, count);

done:
    platform_heap_free(image);
    registry_close(key);
    return part;
}

/* As read_image, of what is registered without any key. */
static ULONG read_default(struct block *block, const struct default_provider *provider,
                          ULONG wanted)
{
    ULONG interfaces[CONFIG_INTERFACES], count = 0, interface_id;
    struct list functions;

    for (interface_id = provider->first; interface_id <= provider->last; interface_id++)
    {
        if (wanted && wanted != interface_id) continue;
        memset(&functions, 0, sizeof(functions));
        if (config_default_provider_functions(interface_id, &functions)) block->failed = true;
        interfaces[count++] = add_interface(block, interface_id, 0, &functions);
        list_free(&functions);
    }
    return count ? add_image(block, provider->image, interfaces, count) : 0;
}

static NTSTATUS query(struct block *block, LPCWSTR provider, ULONG mode, ULONG interface_id)
{
    ULONG head = block_add(block, NULL, sizeof(CRYPT_PROVIDER_REG)), array, count;
    ULONG user = 0, kernel = 0;
    WCHAR *aliases = NULL;
    void *key = NULL;

    if (!names_equal(provider, MS_PRIMITIVE_PROVIDER) &&
        !config_open(CONFIG_PROVIDERS, provider, &key))
    {
        if (mode != CRYPT_KM) user = read_image(block, key, L"UM", interface_id);
        if (mode != CRYPT_UM) kernel = read_image(block, key, L"KM", interface_id);
        if (config_read_text(key, L"Aliases", REG_MULTI_SZ, &aliases) == STATUS_NO_MEMORY)
            block->failed = true;
        registry_close(key);
    }
    else if (mode != CRYPT_KM && config_default_provider(provider))
        user = read_default(block, config_default_provider(provider), interface_id);

    array = block_add_names(block, aliases, &count);
    platform_heap_free(aliases);
    block_set(block, head + offsetof(CRYPT_PROVIDER_REG, cAliases), count);
    if (count) block_point(block, head + offsetof(CRYPT_PROVIDER_REG, rgpszAliases), array);
    if (user) block_point(block, head + offsetof(CRYPT_PROVIDER_REG, pUM), user);
    if (kernel) block_point(block, head + offsetof(CRYPT_PROVIDER_REG, pKM), kernel);
    if (block->failed) return STATUS_NO_MEMORY;
    if (mode == CRYPT_MM) return user && kernel ? STATUS_SUCCESS : STATUS_NOT_FOUND;
    return user || kernel ? STATUS_SUCCESS : STATUS_NOT_FOUND;
}

NTSTATUS config_query_provider(LPCWSTR provider, ULONG mode, ULONG interface_id,
                               struct block *block)
{
    struct list names = { NULL, 0, 0 };
    NTSTATUS status = config_providers(&names);
    LPCWSTR found = status ? NULL : provider_named(&names, provider);

    if (!status) status = found ? query(block, found, mode, interface_id) : STATUS_NOT_FOUND;
    list_free(&names);
    return status;
}
