/*
 * config_write.c - changes the configuration: registers providers, orders functions.
 *
 * The first change of a list writes what it was by default, too: from then on the registry says it
 * all. A provider's image is written last and taken away first: without it a registration counts
 * for nothing, so one that is half written or half deleted is never followed.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/config.h"

#include "builtin.h"
#include "platform/platform.h"
#include "platform/registry.h"
#include "router/config_keys.h"

#define NCRYPT_SCHANNEL_INTERFACE 0x00010002     /* of ncrypt.h */
#define SSL_CONTEXT L"SSL"

static struct platform_lock lock;               /* held while this process changes anything */

/* The TLS cipher suites of Windows 11, best first: what the SSL context holds by default. */
static const LPCWSTR cipher_suites[] =
{
    L"TLS_AES_256_GCM_SHA384",
    L"TLS_AES_128_GCM_SHA256",
    L"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    L"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    L"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    L"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    L"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
    L"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
    L"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
    L"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
};

LPCWSTR config_default_function(LPCWSTR context, ULONG interface_id, ULONG number)
{
    if (names_equal(context, CRYPT_DEFAULT_CONTEXT))
        return primitive_provider_function(interface_id, number);
    if (!names_equal(context, SSL_CONTEXT) || interface_id != NCRYPT_SCHANNEL_INTERFACE ||
        number >= ARRAY_SIZE(cipher_suites)) return NULL;
    return cipher_suites[number];
}

/* ---- lists ---- */

/* A list that has room to grow. */
struct list
{
    WCHAR *names;
    size_t length, room;                        /* characters; the "" after the last not counted */
};

static bool list_insert(struct list *list, WCHAR *at, LPCWSTR name)
{
    size_t length = name_length(name) + 1, offset = (size_t)(at - list->names);
    size_t room = 2 * (list->room + length) + 64;
    WCHAR *names;

    if (list->length + length + 1 > list->room)
    {
        if (!(names = platform_heap_alloc(room * sizeof(WCHAR)))) return false;
        if (list->names) memcpy(names, list->names, (list->length + 1) * sizeof(WCHAR));
        else names[0] = 0;
        platform_heap_free(list->names);
        list->names = names;
        list->room = room;
    }
    at = list->names + offset;
    memmove(at + length, at, (list->length + 1 - offset) * sizeof(WCHAR));
    memcpy(at, name, length * sizeof(WCHAR));
    list->length += length;
    return true;
}

static bool list_remove(struct list *list, LPCWSTR name)
{
    size_t length = name_length(name) + 1;
    WCHAR *at;

    for (at = list->names; at && !LIST_END(at); at = LIST_NEXT(at))
    {
        if (!names_equal(at, name)) continue;
        list->length -= length;
        memmove(at, at + length, (list->length + 1 - (size_t)(at - list->names)) * sizeof(WCHAR));
        return true;
    }
    return false;
}

/* Before the name that is at the position: to the top with 0, to the bottom with -1. */
static NTSTATUS list_place(struct list *list, LPCWSTR name, ULONG position)
{
    WCHAR *at;

    list_remove(list, name);
    for (at = list->names; at && !LIST_END(at) && position; at = LIST_NEXT(at))
    {
        if (position != CRYPT_PRIORITY_BOTTOM) position--;
    }
    if (position && position != CRYPT_PRIORITY_BOTTOM) return STATUS_INVALID_PARAMETER;
    return list_insert(list, at, name) ? STATUS_SUCCESS : STATUS_NO_MEMORY;
}

static NTSTATUS list_read(struct list *list, void *key, LPCWSTR value)
{
    WCHAR *at;

    memset(list, 0, sizeof(*list));
    if (!key || !(list->names = config_text(key, value, REG_MULTI_SZ))) return STATUS_NOT_FOUND;
    for (at = list->names; !LIST_END(at); at = LIST_NEXT(at)) {}
    list->length = (size_t)(at - list->names);
    list->room = list->length + 1;
    return STATUS_SUCCESS;
}

static NTSTATUS list_write(const struct list *list, void *key, LPCWSTR value)
{
    static const WCHAR none[2];

    if (!list->length) return registry_set(key, value, REG_MULTI_SZ, none, sizeof(none));
    return registry_set(key, value, REG_MULTI_SZ, list->names,
                        (ULONG)((list->length + 1) * sizeof(WCHAR)));
}

/* ---- registration ---- */

/* Deletes a key with all below it; takes NULL and closes it. */
static NTSTATUS delete_tree(void *key)
{
    WCHAR name[REGISTRY_NAME_LIMIT];
    NTSTATUS status = STATUS_SUCCESS;
    void *below;

    if (!key) return STATUS_NOT_FOUND;
    while (!status && !registry_key_at(key, 0, name))
    {
        status = registry_create(key, name, &below);
        if (!status) status = delete_tree(below);
    }
    if (!status) status = registry_delete(key);
    registry_close(key);
    return status;
}

static bool is_interface_valid(const CRYPT_INTERFACE_REG *interface)
{
    ULONG i;

    if (!interface || (interface->cFunctions && !interface->rgpszFunctions)) return false;
    for (i = 0; i < interface->cFunctions; i++)
    {
        if (!interface->rgpszFunctions[i] || !config_is_key_name(interface->rgpszFunctions[i]))
            return false;
    }
    return true;
}

static bool is_image_valid(const CRYPT_IMAGE_REG *image)
{
    ULONG i;

    if (!image) return true;
    if (!image->pszImage || !*image->pszImage) return false;
    if (image->cInterfaces && !image->rgpInterfaces) return false;
    for (i = 0; i < image->cInterfaces; i++)
    {
        if (!is_interface_valid(image->rgpInterfaces[i])) return false;
    }
    return true;
}

static bool is_registration_valid(const CRYPT_PROVIDER_REG *registration)
{
    ULONG i;

    if (!registration->pUM && !registration->pKM) return false;
    if (registration->cAliases && !registration->rgpszAliases) return false;
    for (i = 0; i < registration->cAliases; i++)
    {
        if (!registration->rgpszAliases[i] || !*registration->rgpszAliases[i]) return false;
    }
    return is_image_valid(registration->pUM) && is_image_valid(registration->pKM);
}

static NTSTATUS write_names(void *key, LPCWSTR value, PWSTR *names, ULONG count)
{
    struct list list = { NULL, 0, 0 };
    NTSTATUS status = STATUS_SUCCESS;
    ULONG i;

    for (i = 0; i < count && !status; i++)
    {
        status = list_place(&list, names[i], CRYPT_PRIORITY_BOTTOM);
    }
    if (!status) status = list_write(&list, key, value);
    platform_heap_free(list.names);
    return status;
}

static NTSTATUS write_interface(void *image_key, const CRYPT_INTERFACE_REG *interface)
{
    NTSTATUS status;
    WCHAR name[9];
    void *key;

    config_interface_name(interface->dwInterface, name);
    if ((status = registry_create(image_key, name, &key))) return status;
    status = registry_set(key, L"Flags", REG_DWORD, &interface->dwFlags, sizeof(ULONG));
    if (!status) status = write_names(key, L"Functions", interface->rgpszFunctions,
                                      interface->cFunctions);
    registry_close(key);
    return status;
}

static NTSTATUS write_image(void *provider_key, LPCWSTR mode, const CRYPT_IMAGE_REG *image)
{
    NTSTATUS status;
    void *key;
    ULONG i;

    if (!image) return STATUS_SUCCESS;
    if ((status = registry_create(provider_key, mode, &key))) return status;
    for (i = 0; i < image->cInterfaces && !status; i++)
    {
        status = write_interface(key, image->rgpInterfaces[i]);
    }
    if (!status) status = registry_set(key, L"Image", REG_SZ, image->pszImage,
                                       name_bytes(image->pszImage));
    registry_close(key);
    return status;
}

/* The key of a provider; NULL if it is not registered. */
static void *provider_key(LPCWSTR provider)
{
    void *all, *key = NULL;

    if (registry_open(NULL, CONFIG_PROVIDERS, &all)) return NULL;
    if (registry_open(all, provider, &key)) key = NULL;
    registry_close(all);
    return key;
}

static NTSTATUS unregister(LPCWSTR provider)
{
    void *all, *key, *mode;
    NTSTATUS status;

    if (!(key = provider_key(provider))) return STATUS_NOT_FOUND;
    registry_close(key);
    if ((status = registry_create(NULL, CONFIG_PROVIDERS, &all))) return status;
    status = registry_create(all, provider, &key);
    registry_close(all);
    if (status) return status;
    if (!registry_create(key, L"UM", &mode))
    {
        registry_unset(mode, L"Image");
        registry_close(mode);
    }
    return delete_tree(key);
}

NTSTATUS config_register(LPCWSTR provider, bool overwrite, const CRYPT_PROVIDER_REG *registration)
{
    void *all = NULL, *key = NULL;
    NTSTATUS status;

    if (!config_is_key_name(provider) || !is_registration_valid(registration))
        return STATUS_INVALID_PARAMETER;
    if (names_equal(provider, MS_PRIMITIVE_PROVIDER)) return STATUS_OBJECT_NAME_COLLISION;

    platform_lock_acquire(&lock);
    status = STATUS_OBJECT_NAME_COLLISION;
    if (!overwrite && (key = provider_key(provider))) goto done;
    status = overwrite ? unregister(provider) : STATUS_SUCCESS;
    if (status && status != STATUS_NOT_FOUND) goto done;

    if ((status = registry_create(NULL, CONFIG_PROVIDERS, &all))) goto done;
    if ((status = registry_create(all, provider, &key))) goto done;
    status = write_names(key, L"Aliases", registration->rgpszAliases, registration->cAliases);
    if (!status) status = write_image(key, L"KM", registration->pKM);
    if (!status) status = write_image(key, L"UM", registration->pUM);

done:
    registry_close(key);
    registry_close(all);
    platform_lock_release(&lock);
    return status;
}

NTSTATUS config_unregister(LPCWSTR provider)
{
    NTSTATUS status;

    if (!config_is_key_name(provider)) return STATUS_NOT_FOUND;
    platform_lock_acquire(&lock);
    status = unregister(provider);
    platform_lock_release(&lock);
    return status;
}

/* ---- contexts ---- */

/* Whether there is a context: two always are. */
static bool is_context(LPCWSTR context)
{
    void *all, *key;
    bool found;

    if (names_equal(context, CRYPT_DEFAULT_CONTEXT) || names_equal(context, SSL_CONTEXT))
        return true;
    if (!config_is_key_name(context) || registry_open(NULL, CONFIG_LOCAL, &all)) return false;
    found = !registry_open(all, context, &key);
    if (found) registry_close(key);
    registry_close(all);
    return found;
}

/* The functions of an interface, whose key may be NULL: what it says, or what is so by default. */
static NTSTATUS functions_read(struct list *functions, void *key, LPCWSTR context,
                               ULONG interface_id)
{
    NTSTATUS status = STATUS_SUCCESS;
    LPCWSTR name;
    ULONG i;

    if (!list_read(functions, key, L"Functions")) return STATUS_SUCCESS;
    for (i = 0; (name = config_default_function(context, interface_id, i)) && !status; i++)
    {
        status = list_place(functions, name, CRYPT_PRIORITY_BOTTOM);
    }
    return status;
}

NTSTATUS config_functions(LPCWSTR context, ULONG interface_id, WCHAR **names)
{
    LPCWSTR place = context && *context ? context : CRYPT_DEFAULT_CONTEXT;
    void *all = NULL, *context_key = NULL, *key = NULL;
    struct list functions = { NULL, 0, 0 };
    NTSTATUS status;
    WCHAR name[9];

    if (!is_context(place)) return STATUS_NOT_FOUND;
    config_interface_name(interface_id, name);
    if (!registry_open(NULL, CONFIG_LOCAL, &all) && !registry_open(all, place, &context_key) &&
        registry_open(context_key, name, &key)) key = NULL;
    status = functions_read(&functions, key, place, interface_id);
    registry_close(key);
    registry_close(context_key);
    registry_close(all);

    if (!status && !functions.length) status = STATUS_NOT_FOUND;
    if (status)
    {
        platform_heap_free(functions.names);
        return status;
    }
    *names = functions.names;
    return STATUS_SUCCESS;
}

/* An open interface of a context, to be changed: its key and its functions. */
struct interface
{
    LPCWSTR context;
    ULONG interface_id;
    void *key;
    struct list functions;
};

static NTSTATUS interface_open(struct interface *interface, LPCWSTR context, ULONG interface_id)
{
    LPCWSTR place = context && *context ? context : CRYPT_DEFAULT_CONTEXT;
    NTSTATUS status;
    WCHAR path[9];
    void *key;

    memset(interface, 0, sizeof(*interface));
    interface->context = place;
    interface->interface_id = interface_id;
    if (!is_context(place)) return STATUS_NOT_FOUND;

    if ((status = registry_create(NULL, CONFIG_LOCAL, &key)))
        return status;
    status = registry_create(key, place, &interface->key);
    registry_close(key);
    if (status) return status;
    key = interface->key;
    config_interface_name(interface_id, path);
    status = registry_create(key, path, &interface->key);
    registry_close(key);
    if (status) return status;

    return functions_read(&interface->functions, interface->key, place, interface_id);
}

static void interface_close(struct interface *interface)
{
    platform_heap_free(interface->functions.names);
    registry_close(interface->key);
}

NTSTATUS config_add_function(LPCWSTR context, ULONG interface_id, LPCWSTR function, ULONG position)
{
    struct interface interface;
    NTSTATUS status;

    if (!config_is_key_name(function)) return STATUS_INVALID_PARAMETER;
    platform_lock_acquire(&lock);
    status = interface_open(&interface, context, interface_id);
    if (!status) status = list_place(&interface.functions, function, position);
    if (!status) status = list_write(&interface.functions, interface.key, L"Functions");
    interface_close(&interface);
    platform_lock_release(&lock);
    return status;
}

NTSTATUS config_remove_function(LPCWSTR context, ULONG interface_id, LPCWSTR function)
{
    struct interface interface;
    NTSTATUS status;
    void *key;

    if (!config_is_key_name(function)) return STATUS_NOT_FOUND;
    platform_lock_acquire(&lock);
    status = interface_open(&interface, context, interface_id);
    if (!status && !list_remove(&interface.functions, function)) status = STATUS_NOT_FOUND;
    if (!status) status = list_write(&interface.functions, interface.key, L"Functions");
    if (!status && !registry_open(interface.key, function, &key))
    {
        registry_close(key);
        if (!(status = registry_create(interface.key, function, &key))) status = delete_tree(key);
    }
    interface_close(&interface);
    platform_lock_release(&lock);
    return status;
}

/* Changes the providers of a function: places one, or removes it. */
static NTSTATUS change_providers(LPCWSTR context, ULONG interface_id, LPCWSTR function,
                                 LPCWSTR provider, bool add, ULONG position)
{
    struct list providers = { NULL, 0, 0 };
    struct interface interface;
    NTSTATUS status;
    void *key = NULL;

    platform_lock_acquire(&lock);
    if ((status = interface_open(&interface, context, interface_id))) goto done;

    status = STATUS_NOT_FOUND;
    if (!config_list_has(interface.functions.names, function)) goto done;
    if ((status = registry_create(interface.key, function, &key))) goto done;
    if (list_read(&providers, key, L"Providers") && config_is_own(interface_id, function) &&
        (status = list_place(&providers, MS_PRIMITIVE_PROVIDER, CRYPT_PRIORITY_BOTTOM))) goto done;

    if (add) status = list_place(&providers, provider, position);
    else if (!list_remove(&providers, provider)) status = STATUS_NOT_FOUND;
    if (!status) status = list_write(&providers, key, L"Providers");

done:
    platform_heap_free(providers.names);
    registry_close(key);
    interface_close(&interface);
    platform_lock_release(&lock);
    return status;
}

NTSTATUS config_add_provider(LPCWSTR context, ULONG interface_id, LPCWSTR function,
                             LPCWSTR provider, ULONG position)
{
    if (!config_is_key_name(function) || !config_is_key_name(provider))
        return STATUS_INVALID_PARAMETER;
    return change_providers(context, interface_id, function, provider, true, position);
}

NTSTATUS config_remove_provider(LPCWSTR context, ULONG interface_id, LPCWSTR function,
                                LPCWSTR provider)
{
    if (!config_is_key_name(function) || !config_is_key_name(provider)) return STATUS_NOT_FOUND;
    return change_providers(context, interface_id, function, provider, false, 0);
}
