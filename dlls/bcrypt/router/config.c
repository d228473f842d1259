/*
 * config.c - reads from the registry which providers serve which function, in which order.
 *
 * It is where Windows keeps it, below HKLM\SYSTEM\CurrentControlSet\Control\Cryptography:
 *
 *     Providers\<provider>                                 Aliases (REG_MULTI_SZ)
 *     Providers\<provider>\UM                              Image (REG_SZ)
 *     Providers\<provider>\UM\<interface>                  Functions (REG_MULTI_SZ)
 *     Configuration\Local\<context>\<interface>            Functions (REG_MULTI_SZ), best first
 *     Configuration\Local\<context>\<interface>\<function> Providers (REG_MULTI_SZ), best first
 *
 * with interfaces as eight hexadecimal digits. Anything missing is as Windows has it by default: an
 * interface without Functions has our provider's, and a function without Providers has that one.
 *
 * Any of it may be changed at any time by another process, and may be damaged: a value of another
 * type, a name that cannot be one, and a provider that is gone are passed over.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/config.h"

#include "builtin.h"
#include "platform/platform.h"
#include "platform/registry.h"
#include "platform/trace.h"
#include "router/config_keys.h"

WCHAR *config_text(void *key, LPCWSTR name, ULONG wanted)
{
    ULONG type, bytes;
    void *data;

    if (registry_get(key, name, &type, &data, &bytes)) return NULL;
    if (type == wanted && !(bytes % sizeof(WCHAR))) return data;
    platform_heap_free(data);
    return NULL;
}

void config_interface_name(ULONG interface_id, WCHAR name[9])
{
    int digit;

    for (digit = 7; digit >= 0; digit--, interface_id >>= 4)
        name[digit] = L"0123456789ABCDEF"[interface_id & 15];
    name[8] = 0;
}

bool config_is_key_name(LPCWSTR name)
{
    LPCWSTR at = name;

    while (*at && *at != '\\') at++;
    return !*at && at != name && at - name < REGISTRY_NAME_LIMIT;
}

bool config_list_has(LPCWSTR list, LPCWSTR name)
{
    for (; list && !LIST_END(list); list = LIST_NEXT(list))
    {
        if (names_equal(list, name)) return true;
    }
    return false;
}

bool config_is_own(ULONG interface_id, LPCWSTR id)
{
    LPCWSTR name;
    ULONG number;

    for (number = 0; (name = primitive_provider_function(interface_id, number)); number++)
    {
        if (names_equal(name, id)) return true;
    }
    return false;
}

/* ---- reading the default context ---- */

struct reading
{
    NTSTATUS (*add)(void *context, ULONG interface_id, LPCWSTR id,
                    const struct config_provider *provider);
    void *context;
    void *providers;                            /* the key of all registered ones; may be NULL */
    ULONG interface_id;
};

/* A provider for a function, if it is registered for it. */
static NTSTATUS add_registered(const struct reading *reading, LPCWSTR id, LPCWSTR name)
{
    WCHAR interface_key[9], *image = NULL, *aliases = NULL, *functions = NULL;
    void *provider = NULL, *mode = NULL, *functions_key = NULL;
    NTSTATUS status = STATUS_SUCCESS;

    config_interface_name(reading->interface_id, interface_key);
    if (!config_is_key_name(name) || registry_open(reading->providers, name, &provider)) goto done;
    if (registry_open(provider, L"UM", &mode)) goto done;
    if (registry_open(mode, interface_key, &functions_key)) goto done;
    if (!(functions = config_text(functions_key, L"Functions", REG_MULTI_SZ))) goto done;
    if (!config_list_has(functions, id)) goto done;
    if ((image = config_text(mode, L"Image", REG_SZ)) && *image)
    {
        struct config_provider found = { name, image, L"" };

        if ((aliases = config_text(provider, L"Aliases", REG_MULTI_SZ))) found.aliases = aliases;
        status = reading->add(reading->context, reading->interface_id, id, &found);
    }

done:
    if (!image) TRACE("provider %s is not registered for %s\n", trace_string(name),
                      trace_string(id));
    platform_heap_free(aliases);
    platform_heap_free(image);
    platform_heap_free(functions);
    registry_close(functions_key);
    registry_close(mode);
    registry_close(provider);
    return status;
}

static NTSTATUS add_provider(const struct reading *reading, LPCWSTR id, LPCWSTR name)
{
    if (!names_equal(name, MS_PRIMITIVE_PROVIDER))
        return reading->providers ? add_registered(reading, id, name) : STATUS_SUCCESS;
    if (!config_is_own(reading->interface_id, id)) return STATUS_SUCCESS;
    return reading->add(reading->context, reading->interface_id, id, NULL);
}

/* All providers of a function, whose interface's key may be NULL: it says nothing of it. */
static NTSTATUS add_function(const struct reading *reading, void *interface_key, LPCWSTR id)
{
    NTSTATUS status = STATUS_SUCCESS;
    WCHAR *names = NULL, *name;
    void *key = NULL;

    if (!config_is_key_name(id)) return STATUS_SUCCESS;
    if (interface_key && !registry_open(interface_key, id, &key))
    {
        names = config_text(key, L"Providers", REG_MULTI_SZ);
        registry_close(key);
    }
    if (!names) return add_provider(reading, id, MS_PRIMITIVE_PROVIDER);

    for (name = names; !LIST_END(name) && !status; name = LIST_NEXT(name))
    {
        status = add_provider(reading, id, name);
    }
    platform_heap_free(names);
    return status;
}

static NTSTATUS add_interface(const struct reading *reading, void *context_key)
{
    WCHAR name[9], below[REGISTRY_NAME_LIMIT], *functions = NULL, *function;
    NTSTATUS status = STATUS_SUCCESS;
    void *key = NULL;
    LPCWSTR own;
    ULONG number;

    config_interface_name(reading->interface_id, name);
    if (!registry_open(context_key, name, &key))
    {
        functions = config_text(key, L"Functions", REG_MULTI_SZ);
        if (registry_key_at(key, 0, below))     /* nothing is said of any function */
        {
            registry_close(key);
            key = NULL;
        }
    }
    if (functions)
    {
        for (function = functions; !LIST_END(function) && !status; function = LIST_NEXT(function))
            status = add_function(reading, key, function);
    }
    else
    {
        for (number = 0; !status; number++)
        {
            if (!(own = primitive_provider_function(reading->interface_id, number))) break;
            status = add_function(reading, key, own);
        }
    }
    platform_heap_free(functions);
    registry_close(key);
    return status;
}

NTSTATUS config_read(NTSTATUS (*add)(void *context, ULONG interface_id, LPCWSTR id,
                                     const struct config_provider *provider), void *context)
{
    struct reading reading = { add, context, NULL, 0 };
    NTSTATUS status;
    void *key;

    if (registry_open(NULL, CONFIG_LOCAL L"\\" CRYPT_DEFAULT_CONTEXT, &key))
        return STATUS_NOT_FOUND;
    if (registry_open(NULL, CONFIG_PROVIDERS, &reading.providers))
        reading.providers = NULL;

    do
    {
        reading.interface_id++;
        status = add_interface(&reading, key);
    } while (!status && reading.interface_id < INTERFACE_LAST);

    registry_close(reading.providers);
    registry_close(key);
    return status;
}
