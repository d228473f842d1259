/*
 * config_register.c - registers providers, and takes registrations back.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/registry.h"
#include "router/config.h"
#include "router/config_keys.h"

/* ---- what is refused ---- */

static bool is_name_list_valid(PWSTR *names, ULONG count)
{
    ULONG i;

    if (count && !names) return false;
    for (i = 0; i < count; i++)
    {
        if (!names[i] || !config_is_key_name(names[i])) return false;
    }
    return true;
}

/* Whether one before it is of the same interface, and so would have the same key. */
static bool is_repeated(const CRYPT_IMAGE_REG *image, ULONG number)
{
    ULONG i;

    for (i = 0; i < number; i++)
    {
        if (image->rgpInterfaces[i]->dwInterface == image->rgpInterfaces[number]->dwInterface)
            return true;
    }
    return false;
}

static bool is_image_valid(const CRYPT_IMAGE_REG *image)
{
    const CRYPT_INTERFACE_REG *interface;
    ULONG i;

    if (!image) return true;
    if (!image->pszImage || !*image->pszImage) return false;
    if (name_length(image->pszImage) >= REGISTRY_VALUE_BYTES / sizeof(WCHAR)) return false;
    if (image->cInterfaces > CONFIG_INTERFACES) return false;
    if (image->cInterfaces && !image->rgpInterfaces) return false;
    for (i = 0; i < image->cInterfaces; i++)
    {
        interface = image->rgpInterfaces[i];
        if (!interface || !is_name_list_valid(interface->rgpszFunctions, interface->cFunctions))
            return false;
        if (is_repeated(image, i)) return false;
    }
    return true;
}

static bool is_registration_valid(const CRYPT_PROVIDER_REG *registration)
{
    if (!registration->pUM && !registration->pKM) return false;
    return is_name_list_valid(registration->rgpszAliases, registration->cAliases) &&
           is_image_valid(registration->pUM) && is_image_valid(registration->pKM);
}

/* ---- writing ---- */

static NTSTATUS write_names(void *key, LPCWSTR value, PWSTR *names, ULONG count)
{
    struct list list = { NULL, 0, 0 };
    NTSTATUS status = STATUS_SUCCESS;
    ULONG i;

    for (i = 0; i < count && !status; i++)
    {
        status = list_place(&list, names[i], CRYPT_PRIORITY_BOTTOM);
    }
    if (!status) status = list_write(&list, key, value, false);
    list_free(&list);
    return status;
}

static NTSTATUS write_interface(void *image_key, const CRYPT_INTERFACE_REG *interface)
{
    NTSTATUS status;
    WCHAR name[9];
    void *key;

    config_interface_name(interface->dwInterface, name);
    if ((status = registry_create(image_key, name, &key))) return status;
    status = registry_set(key, CONFIG_FLAGS, REG_DWORD, &interface->dwFlags, sizeof(ULONG));
    if (!status) status = write_names(key, CONFIG_FUNCTIONS, interface->rgpszFunctions,
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
    status = registry_set(key, L"Image", REG_SZ, image->pszImage, name_bytes(image->pszImage));
    for (i = 0; i < image->cInterfaces && !status; i++)
    {
        status = write_interface(key, image->rgpInterfaces[i]);
    }
    registry_close(key);
    return status;
}

static NTSTATUS write_registration(const CRYPT_PROVIDER_REG *registration)
{
    NTSTATUS status;
    void *key;

    if ((status = journal_prepare(&key))) return status;
    if (registration->cAliases)
        status = write_names(key, L"Aliases", registration->rgpszAliases, registration->cAliases);
    if (!status) status = write_image(key, L"UM", registration->pUM);
    if (!status) status = write_image(key, L"KM", registration->pKM);
    registry_close(key);
    return status;
}

/* STATUS_SUCCESS, STATUS_NOT_FOUND, or why nobody knows. */
static NTSTATUS find(LPCWSTR provider)
{
    NTSTATUS status;
    void *key;

    if (!(status = config_open(CONFIG_PROVIDERS, provider, &key))) registry_close(key);
    return status;
}

NTSTATUS config_register(LPCWSTR provider, bool overwrite, const CRYPT_PROVIDER_REG *registration)
{
    NTSTATUS status;
    void *lock;

    if (!config_is_key_name(provider) || !is_registration_valid(registration))
        return STATUS_INVALID_PARAMETER;
    if (names_equal_caseless(provider, MS_PRIMITIVE_PROVIDER)) return STATUS_OBJECT_NAME_COLLISION;
    if ((status = journal_begin(&lock))) return status;

    status = config_default_provider(provider) ? STATUS_SUCCESS : find(provider);
    if (!overwrite && status != STATUS_NOT_FOUND)
    {
        if (!status) status = STATUS_OBJECT_NAME_COLLISION;
        goto done;
    }
    status = write_registration(registration);
    if (!status) status = journal_replace(CONFIG_PROVIDERS, provider);
    if (status) journal_discard();

done:
    journal_end(lock);
    return status;
}

NTSTATUS config_unregister(LPCWSTR provider)
{
    NTSTATUS status;
    void *lock;

    if (!config_is_key_name(provider)) return STATUS_NOT_FOUND;
    if ((status = journal_begin(&lock))) return status;
    if (!(status = find(provider))) status = journal_replace(CONFIG_PROVIDERS, provider);
    else if (status == STATUS_NOT_FOUND && config_default_provider(provider))
        status = STATUS_ACCESS_DENIED;
    journal_end(lock);
    return status;
}
