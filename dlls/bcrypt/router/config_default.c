/*
 * config_default.c - Windows' default configuration, which is there without any entry.
 *
 * Source: docs/contract/configuration.md, section 7. The primitive provider's functions are what
 * ours has.
 *
 * SPDX-License-Identifier: MIT
 */

#include "builtin.h"
#include "platform/platform.h"
#include "platform/registry.h"
#include "router/config_keys.h"

#define SOFTWARE_STORAGE    L"Microsoft Software Key Storage Provider"
#define SMART_CARD_STORAGE  L"Microsoft Smart Card Key Storage Provider"
#define PLATFORM_STORAGE    L"Microsoft Platform Crypto Provider"
#define PASSPORT_STORAGE    L"Microsoft Passport Key Storage Provider"
#define SSL_PROVIDER        L"Microsoft SSL Protocol Provider"
#define KEY_STORAGE         L"KEY_STORAGE"

/* The TLS cipher suites of Windows 11, best first. */
static const WCHAR cipher_suites[] =
    L"TLS_AES_256_GCM_SHA384\0"
    L"TLS_AES_128_GCM_SHA256\0"
    L"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384\0"
    L"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256\0"
    L"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\0"
    L"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\0"
    L"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384\0"
    L"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256\0"
    L"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384\0"
    L"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256\0"
    L"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA\0"
    L"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA\0"
    L"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA\0"
    L"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA\0"
    L"TLS_RSA_WITH_AES_256_GCM_SHA384\0"
    L"TLS_RSA_WITH_AES_128_GCM_SHA256\0"
    L"TLS_RSA_WITH_AES_256_CBC_SHA256\0"
    L"TLS_RSA_WITH_AES_128_CBC_SHA256\0"
    L"TLS_RSA_WITH_AES_256_CBC_SHA\0"
    L"TLS_RSA_WITH_AES_128_CBC_SHA\0"
    L"TLS_RSA_WITH_NULL_SHA256\0"
    L"TLS_RSA_WITH_NULL_SHA\0";

static const WCHAR signature_suites[] =
    L"RSAE-PSS/SHA256\0"
    L"RSAE-PSS/SHA384\0"
    L"RSAE-PSS/SHA512\0"
    L"RSA/SHA256\0"
    L"RSA/SHA384\0"
    L"RSA/SHA1\0"
    L"ECDSA/SHA256\0"
    L"ECDSA/SHA384\0"
    L"ECDSA/SHA1\0"
    L"DSA/SHA1\0"
    L"RSA/SHA512\0"
    L"ECDSA/SHA512\0";

static const WCHAR key_storage_providers[] =
    SOFTWARE_STORAGE L"\0" SMART_CARD_STORAGE L"\0" PLATFORM_STORAGE L"\0" PASSPORT_STORAGE L"\0";

const struct default_provider config_default_provider_list[] =
{
    { MS_PRIMITIVE_PROVIDER, L"bcryptprimitives.dll", 1, INTERFACE_LAST },
    { SOFTWARE_STORAGE,   L"ncryptprov.dll", NCRYPT_KEY_STORAGE_INTERFACE,
      NCRYPT_KEY_STORAGE_INTERFACE },
    { SMART_CARD_STORAGE, L"scksp.dll",      NCRYPT_KEY_STORAGE_INTERFACE,
      NCRYPT_KEY_STORAGE_INTERFACE },
    { PLATFORM_STORAGE,   L"PCPKsp.dll",     NCRYPT_KEY_STORAGE_INTERFACE,
      NCRYPT_KEY_STORAGE_INTERFACE },
    { PASSPORT_STORAGE,   L"ngcksp.dll",     NCRYPT_KEY_STORAGE_INTERFACE,
      NCRYPT_KEY_STORAGE_INTERFACE },
    { SSL_PROVIDER,       L"ncryptsslp.dll", NCRYPT_SCHANNEL_INTERFACE,
      NCRYPT_SCHANNEL_SIGNATURE_INTERFACE },
};
const ULONG config_default_provider_count = ARRAY_SIZE(config_default_provider_list);

const struct default_provider *config_default_provider(LPCWSTR name)
{
    ULONG i;

    for (i = 0; i < config_default_provider_count; i++)
    {
        if (names_equal(config_default_provider_list[i].name, name))
            return &config_default_provider_list[i];
    }
    return NULL;
}

/* ---- our own functions ---- */

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

NTSTATUS config_as_windows(bool *as_windows)
{
    ULONG number = 0;
    NTSTATUS status;
    void *key;

    *as_windows = false;
    if ((status = registry_open(NULL, L"Software\\OpenCNG", &key))) return config_optional(status);
    status = config_optional(config_number(key, L"WindowsAlgorithmsOnly", &number));
    registry_close(key);
    *as_windows = number;
    return status;
}

NTSTATUS config_remove_hidden(ULONG interface_id, struct list *functions)
{
    bool as_windows;
    NTSTATUS status = config_as_windows(&as_windows);
    LPCWSTR name;

    for (name = functions->names; as_windows && name && !LIST_END(name);)
    {
        if (!primitive_provider_is_extra(interface_id, name)) name = LIST_NEXT(name);
        else list_remove(functions, name);
    }
    return status;
}

static NTSTATUS own_functions(ULONG interface_id, struct list *functions)
{
    NTSTATUS status = STATUS_SUCCESS;
    LPCWSTR name;
    ULONG number;

    for (number = 0; !status; number++)
    {
        if (!(name = primitive_provider_function(interface_id, number))) break;
        status = list_place(functions, name, CRYPT_PRIORITY_BOTTOM);
    }
    return status ? status : config_remove_hidden(interface_id, functions);
}

/* ---- contexts ---- */

bool config_is_predefined(ULONG table, LPCWSTR context)
{
    return table == CRYPT_LOCAL && (names_equal_caseless(context, CRYPT_DEFAULT_CONTEXT) ||
                                    names_equal_caseless(context, CONFIG_SSL));
}

static bool is_default(ULONG table, LPCWSTR context)
{
    return table == CRYPT_LOCAL && names_equal_caseless(context, CRYPT_DEFAULT_CONTEXT);
}

/* The names that an interface has in one of the two contexts, but for our own. */
static LPCWSTR fixed_functions(ULONG interface_id)
{
    switch (interface_id)
    {
    case NCRYPT_KEY_STORAGE_INTERFACE:        return KEY_STORAGE L"\0";
    case NCRYPT_SCHANNEL_INTERFACE:           return cipher_suites;
    case NCRYPT_SCHANNEL_SIGNATURE_INTERFACE: return signature_suites;
    }
    return L"";
}

NTSTATUS config_default_functions(ULONG table, LPCWSTR context, ULONG interface_id,
                                  struct list *functions)
{
    bool storage = interface_id == NCRYPT_KEY_STORAGE_INTERFACE;

    if (!config_is_predefined(table, context)) return STATUS_SUCCESS;
    if (is_default(table, context) && interface_id <= INTERFACE_LAST)
        return own_functions(interface_id, functions);
    if (is_default(table, context) != storage) return STATUS_SUCCESS;
    return list_merge(functions, fixed_functions(interface_id));
}

LPCWSTR config_default_providers(ULONG table, LPCWSTR context, ULONG interface_id,
                                 LPCWSTR function)
{
    if (!config_is_predefined(table, context)) return L"";
    if (is_default(table, context) && interface_id <= INTERFACE_LAST)
        return config_is_own(interface_id, function) ? MS_PRIMITIVE_PROVIDER L"\0" : L"";
    if (is_default(table, context) != (interface_id == NCRYPT_KEY_STORAGE_INTERFACE) ||
        !config_list_has(fixed_functions(interface_id), function)) return L"";
    return interface_id == NCRYPT_KEY_STORAGE_INTERFACE ? key_storage_providers
                                                        : SSL_PROVIDER L"\0";
}

NTSTATUS config_default_provider_functions(ULONG interface_id, struct list *functions)
{
    if (interface_id <= INTERFACE_LAST) return own_functions(interface_id, functions);
    return list_merge(functions, fixed_functions(interface_id));
}
