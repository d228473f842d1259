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

static NTSTATUS default_image(LPCWSTR provider, LPCWSTR mode, ULONG interface_id, LPCWSTR function,
                              WCHAR **image)
{
    const struct default_provider *found = config_default_provider(provider);
    struct list functions = { NULL, 0, 0 };
    NTSTATUS status;

    if (!found || *mode != 'U' || interface_id < found->first || interface_id > found->last)
        return STATUS_NOT_FOUND;
    status = config_default_provider_functions(interface_id, &functions);
    if (!status && !config_list_has(functions.names, function)) status = STATUS_NOT_FOUND;
    list_free(&functions);
    if (status) return status;

    if (!(*image = platform_heap_alloc(name_bytes(found->image)))) return STATUS_NO_MEMORY;
    memcpy(*image, found->image, name_bytes(found->image));
    return STATUS_SUCCESS;
}

/* The same of one that has a key. */
static NTSTATUS read_image_for(void *key, LPCWSTR mode, ULONG interface_id, LPCWSTR function,
                               WCHAR **image, ULONG *flags)
{
    void *mode_key = NULL, *interface_key = NULL;
    struct list functions = { NULL, 0, 0 };
    NTSTATUS status;
    WCHAR name[9];

    config_interface_name(interface_id, name);
    if ((status = registry_open(key, mode, &mode_key))) goto done;
    if ((status = registry_open(mode_key, name, &interface_key))) goto done;
    if ((status = list_read(&functions, interface_key, CONFIG_FUNCTIONS, false))) goto done;
    status = STATUS_NOT_FOUND;
    if (!config_list_has(functions.names, function)) goto done;
    if (flags && (status = config_optional(config_number(interface_key, CONFIG_FLAGS, flags))))
        goto done;
    status = config_text(mode_key, L"Image", REG_SZ, image);
    if (!status && !**image) status = STATUS_NOT_FOUND;

done:
    list_free(&functions);
    registry_close(interface_key);
    registry_close(mode_key);
    return status;
}

NTSTATUS provider_image(LPCWSTR provider, LPCWSTR mode, ULONG interface_id, LPCWSTR function,
                        WCHAR **image, ULONG *flags)
{
    NTSTATUS status = STATUS_NOT_FOUND;
    void *key = NULL;

    *image = NULL;
    if (!names_equal(provider, MS_PRIMITIVE_PROVIDER))
        status = config_open(CONFIG_PROVIDERS, provider, &key);
    if (status == STATUS_NOT_FOUND)
        status = default_image(provider, mode, interface_id, function, image);
    else if (!status)
        status = read_image_for(key, mode, interface_id, function, image, flags);
    registry_close(key);
    if (status)
    {
        platform_heap_free(*image);
        *image = NULL;
    }
    return status;
}

/* ---- names ---- */

NTSTATUS provider_aliases(LPCWSTR provider, WCHAR **aliases)
{
    NTSTATUS status;
    void *key;

    *aliases = NULL;
    if (!(status = config_open(CONFIG_PROVIDERS, provider, &key)))
    {
        status = config_text(key, L"Aliases", REG_MULTI_SZ, aliases);
        registry_close(key);
    }
    return config_optional(status);
}

static NTSTATUS has_alias(LPCWSTR provider, LPCWSTR alias, bool *has)
{
    WCHAR *aliases;
    NTSTATUS status = provider_aliases(provider, &aliases);

    *has = config_list_has(aliases, alias);
    platform_heap_free(aliases);
    return status;
}

NTSTATUS provider_is_called(LPCWSTR provider, LPCWSTR name, bool *is_called)
{
    if ((*is_called = names_equal(provider, name))) return STATUS_SUCCESS;
    return has_alias(provider, name, is_called);
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
 * case; else the first that has it for an alias. */
static NTSTATUS provider_named(const struct list *names, LPCWSTR name, LPCWSTR *found)
{
    NTSTATUS status = STATUS_SUCCESS;
    LPCWSTR provider;
    bool has;

    for (provider = names->names; provider && !LIST_END(provider); provider = LIST_NEXT(provider))
    {
        *found = provider;
        if (registry_names_equal(provider, name)) return STATUS_SUCCESS;
    }
    for (provider = names->names; provider && !LIST_END(provider); provider = LIST_NEXT(provider))
    {
        *found = provider;
        if ((status = has_alias(provider, name, &has)) || has) return status;
    }
    return STATUS_NOT_FOUND;
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

/* An interface that an image's key has, by the name of its key. */
static NTSTATUS read_interface(struct block *block, void *image_key, LPCWSTR name,
                               ULONG interface_id, ULONG *part)
{
    struct list functions;
    ULONG flags = 0;
    NTSTATUS status;
    void *key;

    if ((status = registry_open(image_key, name, &key))) return status;
    status = config_optional(config_number(key, CONFIG_FLAGS, &flags));
    if (!status)
    {
        status = config_optional(list_read(&functions, key, CONFIG_FUNCTIONS, false));
        if (!status) *part = add_interface(block, interface_id, flags, &functions);
        list_free(&functions);
    }
    registry_close(key);
    return status;
}

/* The interfaces that an image's key has, or the one of them that is wanted. */
static NTSTATUS read_interfaces(struct block *block, void *image_key, ULONG wanted,
                                ULONG interfaces[CONFIG_INTERFACES], ULONG *count)
{
    WCHAR name[REGISTRY_NAME_LIMIT];
    ULONG number, interface_id;
    NTSTATUS status;

    for (number = *count = 0; *count < CONFIG_INTERFACES; number++)
    {
        if ((status = registry_key_at(image_key, number, name))) return config_optional(status);
        if (!config_interface_id(name, &interface_id))
        {
            TRACE("interface %s is passed over\n", trace_string(name));
            continue;
        }
        if (wanted && wanted != interface_id) continue;
        status = read_interface(block, image_key, name, interface_id, &interfaces[*count]);
        if (!status) ++*count;
        else if (status != STATUS_NOT_FOUND) return status;
    }
    return STATUS_SUCCESS;
}

/* What a provider's key says of a mode; part 0 if nothing, or nothing of the interface that is
 * wanted. */
static NTSTATUS read_image(struct block *block, void *provider_key, LPCWSTR mode, ULONG wanted,
                           ULONG *part)
{
    ULONG interfaces[CONFIG_INTERFACES], count;
    WCHAR *image = NULL;
    NTSTATUS status;
    void *key;

    if ((status = registry_open(provider_key, mode, &key))) return config_optional(status);
    status = config_text(key, L"Image", REG_SZ, &image);
    if (!status && !*image) status = STATUS_NOT_FOUND;
    if (!status) status = read_interfaces(block, key, wanted, interfaces, &count);
    if (!status && (count || !wanted)) *part = add_image(block, image, interfaces, count);
    platform_heap_free(image);
    registry_close(key);
    return config_optional(status);
}

/* As read_image, of what is registered without any key. */
static NTSTATUS read_default(struct block *block, const struct default_provider *provider,
                             ULONG wanted, ULONG *part)
{
    ULONG interfaces[CONFIG_INTERFACES], count = 0, interface_id;
    struct list functions = { NULL, 0, 0 };
    NTSTATUS status = STATUS_SUCCESS;

    for (interface_id = provider->first; interface_id <= provider->last; interface_id++)
    {
        if (wanted && wanted != interface_id) continue;
        if ((status = config_default_provider_functions(interface_id, &functions))) break;
        interfaces[count++] = add_interface(block, interface_id, 0, &functions);
        list_free(&functions);
    }
    list_free(&functions);
    if (!status && count) *part = add_image(block, provider->image, interfaces, count);
    return status;
}

static NTSTATUS read_keys(struct block *block, void *key, ULONG mode, ULONG interface_id,
                          ULONG *user, ULONG *kernel)
{
    NTSTATUS status = STATUS_SUCCESS;

    if (mode != CRYPT_KM) status = read_image(block, key, L"UM", interface_id, user);
    if (!status && mode != CRYPT_UM)
        status = read_image(block, key, L"KM", interface_id, kernel);
    return status;
}

static NTSTATUS query(struct block *block, LPCWSTR provider, ULONG mode, ULONG interface_id)
{
    ULONG head = block_add(block, NULL, sizeof(CRYPT_PROVIDER_REG)), array, count;
    ULONG user = 0, kernel = 0;
    NTSTATUS status = STATUS_NOT_FOUND;
    WCHAR *aliases = NULL;
    void *key = NULL;

    if (!names_equal(provider, MS_PRIMITIVE_PROVIDER))
        status = config_open(CONFIG_PROVIDERS, provider, &key);
    if (!status)
    {
        status = read_keys(block, key, mode, interface_id, &user, &kernel);
        if (!status) status = config_optional(config_text(key, L"Aliases", REG_MULTI_SZ, &aliases));
        registry_close(key);
    }
    else if (status == STATUS_NOT_FOUND && mode != CRYPT_KM && config_default_provider(provider))
        status = read_default(block, config_default_provider(provider), interface_id, &user);

    array = block_add_names(block, aliases, &count);
    platform_heap_free(aliases);
    if (status) return status;
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
    LPCWSTR found;

    if (!status) status = provider_named(&names, provider, &found);
    if (!status) status = query(block, found, mode, interface_id);
    list_free(&names);
    return status;
}
