/*
 * config_keys.h - where in the registry the configuration is; for config.c and config_write.c.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_CONFIG_KEYS_H
#define ROUTER_CONFIG_KEYS_H

#include "platform/base.h"
#include "platform/names.h"
#include "router/calls.h"

#define CONFIG_CRYPTOGRAPHY L"SYSTEM\\CurrentControlSet\\Control\\Cryptography\\"
#define CONFIG_PROVIDERS    CONFIG_CRYPTOGRAPHY L"Providers"
#define CONFIG_LOCAL        CONFIG_CRYPTOGRAPHY L"Configuration\\Local"

/* Lists of names: one after the other, "" after the last. */
#define LIST_END(list) (!*(list))
#define LIST_NEXT(list) ((list) + name_length(list) + 1)
bool config_list_has(LPCWSTR list, LPCWSTR name);       /* list may be NULL */

/* A value that has to be of a type, with NULs behind it, for platform_heap_free; NULL if there is
 * none such. */
WCHAR *config_text(void *key, LPCWSTR name, ULONG wanted);

/* Eight hexadecimal digits: the name of an interface's key. */
void config_interface_name(ULONG interface_id, WCHAR name[9]);

/* Names of contexts, functions and providers become keys' names: none has a backslash. */
bool config_is_key_name(LPCWSTR name);

/* Whether our own provider has a function. */
bool config_is_own(ULONG interface_id, LPCWSTR id);

#endif
