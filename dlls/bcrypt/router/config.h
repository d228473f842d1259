/*
 * config.h - which providers serve which function, in which order, as the registry has it.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_CONFIG_H
#define ROUTER_CONFIG_H

#include "platform/base.h"

/* A provider that was registered. Lists of names are one name after the other, with "" last. */
struct config_provider
{
    LPCWSTR name, image, aliases;
};

/*
 * Calls add for every provider of every function of the default context, in the order of
 * interfaces, functions and providers; provider NULL is our own. Any answer of add but
 * STATUS_SUCCESS ends it. Damaged values, and providers that are not registered for the function,
 * are passed over.
 *
 *   STATUS_SUCCESS
 *   STATUS_NOT_FOUND   nothing is configured: our own provider serves what it has
 *   STATUS_NO_MEMORY, or what add answered
 */
NTSTATUS config_read(NTSTATUS (*add)(void *context, ULONG interface_id, LPCWSTR id,
                                     const struct config_provider *provider), void *context);

/* The functions of an interface that a context has by default, by number; NULL after the last. */
LPCWSTR config_default_function(LPCWSTR context, ULONG interface_id, ULONG number);

/* The functions of an interface of a context, best first, one after the other with "" last, for
 * platform_heap_free. STATUS_SUCCESS, STATUS_NOT_FOUND (no such context, or none), or
 * STATUS_NO_MEMORY. */
NTSTATUS config_functions(LPCWSTR context, ULONG interface_id, WCHAR **names);

/*
 * Writing: what BCryptRegisterProvider, BCryptAddContextFunction and their neighbours do to the
 * local table, whose arguments these have. A context that is NULL or "" is the default one. The
 * registry of providers is not read anew: that is providers_changed.
 *
 *   STATUS_SUCCESS, STATUS_NOT_FOUND, STATUS_INVALID_PARAMETER, STATUS_OBJECT_NAME_COLLISION,
 *   STATUS_ACCESS_DENIED, STATUS_NO_MEMORY
 */
NTSTATUS config_register(LPCWSTR provider, bool overwrite, const CRYPT_PROVIDER_REG *registration);
NTSTATUS config_unregister(LPCWSTR provider);
NTSTATUS config_add_function(LPCWSTR context, ULONG interface_id, LPCWSTR function, ULONG position);
NTSTATUS config_remove_function(LPCWSTR context, ULONG interface_id, LPCWSTR function);
NTSTATUS config_add_provider(LPCWSTR context, ULONG interface_id, LPCWSTR function,
                             LPCWSTR provider, ULONG position);
NTSTATUS config_remove_provider(LPCWSTR context, ULONG interface_id, LPCWSTR function,
                                LPCWSTR provider);

#endif
