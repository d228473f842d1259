/*
 * config_keys.h - where in the registry the configuration is; for the files of config.h.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_CONFIG_KEYS_H
#define ROUTER_CONFIG_KEYS_H

#include "platform/base.h"
#include "platform/names.h"
#include "router/calls.h"
#include "router/config_list.h"

#define CONFIG_CRYPTOGRAPHY L"SYSTEM\\CurrentControlSet\\Control\\Cryptography\\"
#define CONFIG_PROVIDERS    CONFIG_CRYPTOGRAPHY L"Providers"
#define CONFIG_LOCAL        CONFIG_CRYPTOGRAPHY L"Configuration\\Local"
#define CONFIG_DOMAIN       L"SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration"
#define CONFIG_PENDING      CONFIG_CRYPTOGRAPHY L"OpenCNG"

/* Of ncrypt.h. */
#define NCRYPT_KEY_STORAGE_INTERFACE        0x00010001
#define NCRYPT_SCHANNEL_INTERFACE           0x00010002
#define NCRYPT_SCHANNEL_SIGNATURE_INTERFACE 0x00010003
#define NCRYPT_KEY_PROTECTION_INTERFACE     0x00010004
#define CONFIG_SSL L"SSL"

/* The names that a function's key gives its own values: no property can be called so. */
#define CONFIG_FLAGS     L"Flags"
#define CONFIG_FUNCTIONS L"Functions"
#define CONFIG_NAMES     L"Providers"

/* The interfaces of an image: more cannot be registered, and are passed over if they are there. */
#define CONFIG_INTERFACES 64

/* Says that a list stands where there was none before: one that is as by default again goes. */
#define CONFIG_MARK      L"OpenCNG"

/* All that reads fails if something cannot be read now (registry.h): only what is known not to be
 * there is STATUS_NOT_FOUND. This is for where it need not be. */
static inline NTSTATUS config_optional(NTSTATUS status)
{
    return status == STATUS_NOT_FOUND ? STATUS_SUCCESS : status;
}

/* A string that has to be of that type, with NULs behind it, for platform_heap_free; NULL and
 * STATUS_NOT_FOUND if there is none such. */
NTSTATUS config_text(void *key, LPCWSTR name, ULONG wanted, WCHAR **text);

/* A REG_DWORD; STATUS_NOT_FOUND if there is none, or key is NULL; number is as it was then. */
NTSTATUS config_number(void *key, LPCWSTR name, ULONG *number);

/* Eight hexadecimal digits: the name of an interface's key. Reading them: false if it is none. */
void config_interface_name(ULONG interface_id, WCHAR name[9]);
bool config_interface_id(LPCWSTR name, ULONG *interface_id);

/* Names of contexts, functions and providers become keys' names: none has a backslash. */
bool config_is_key_name(LPCWSTR name);

/* The key that has a table's contexts. */
LPCWSTR config_root(ULONG table);

/* ---- what Windows has by default; config_default.c ---- */

/* A function of our own provider. */
bool config_is_own(ULONG interface_id, LPCWSTR id);

/* Whether this machine is to have what Windows has, and no more; what is hidden then. */
NTSTATUS config_as_windows(bool *as_windows);
NTSTATUS config_remove_hidden(ULONG interface_id, struct list *functions);

/* Whether a context is there without any key. */
bool config_is_predefined(ULONG table, LPCWSTR context);

/* Puts the default functions of an interface of a context behind those of the list. */
NTSTATUS config_default_functions(ULONG table, LPCWSTR context, ULONG interface_id,
                                  struct list *functions);

/* The default providers of a function, "" behind the last. */
LPCWSTR config_default_providers(ULONG table, LPCWSTR context, ULONG interface_id,
                                 LPCWSTR function);

/* A provider of Windows that is registered without any key: its one or more interfaces. */
struct default_provider
{
    LPCWSTR name, image;
    ULONG first, last;                          /* interfaces */
};
extern const struct default_provider config_default_provider_list[];
extern const ULONG config_default_provider_count;
const struct default_provider *config_default_provider(LPCWSTR name);
NTSTATUS config_default_provider_functions(ULONG interface_id, struct list *functions);

/* ---- reading one table ---- */

/* The key of a context or of a registered provider below a root, as the last change left it. */
NTSTATUS config_open(LPCWSTR root, LPCWSTR name, void **key);

/* The functions of an interface, whose key may be NULL: what it says, or what is so by default. */
NTSTATUS config_read_functions(void *interface_key, ULONG table, LPCWSTR context,
                               ULONG interface_id, struct list *functions);
NTSTATUS config_read_providers(void *interface_key, ULONG table, LPCWSTR context,
                               ULONG interface_id, LPCWSTR function, struct list *providers);

/* Whether there is such a context: STATUS_SUCCESS, STATUS_NOT_FOUND, or why nobody knows. */
NTSTATUS config_find_context(ULONG table, LPCWSTR context);

/* The key of an interface of a context, or of a function below it, or NULL if there is none. */
NTSTATUS config_interface_key(ULONG table, LPCWSTR context, ULONG interface_id, void **key);
NTSTATUS config_function_key(void *interface_key, LPCWSTR function, void **key);

#endif
