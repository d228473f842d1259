/*
 * config.h - which providers serve which function, in which order, as the registry has it.
 *
 * A table is CRYPT_LOCAL or CRYPT_DOMAIN. A context is never NULL or "" (config_context_name).
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_CONFIG_H
#define ROUTER_CONFIG_H

#include "platform/base.h"
#include "router/block.h"
#include "router/config_journal.h"
#include "router/config_list.h"

/* The name of a context, where NULL and "" stand for the default one. */
LPCWSTR config_context_name(LPCWSTR context);

/* ---- one table; lists are for list_free, whatever is answered ---- */

NTSTATUS config_contexts(ULONG table, struct list *names);

/* The flags of a context, 0 if it has none: STATUS_SUCCESS, STATUS_NOT_FOUND (no such context). */
NTSTATUS config_context_flags(ULONG table, LPCWSTR context, ULONG *flags);

/* The functions of an interface, best first: STATUS_SUCCESS, STATUS_NOT_FOUND (no such context),
 * STATUS_NO_MEMORY. */
NTSTATUS config_functions(ULONG table, LPCWSTR context, ULONG interface_id, struct list *functions);

/* Of a function: its providers, best first; its flags, STATUS_NOT_FOUND as well if it was not
 * configured; a property, for platform_heap_free. */
NTSTATUS config_function_providers(ULONG table, LPCWSTR context, ULONG interface_id,
                                   LPCWSTR function, struct list *providers);
NTSTATUS config_function_flags(ULONG table, LPCWSTR context, ULONG interface_id, LPCWSTR function,
                               ULONG *flags);
NTSTATUS config_property(ULONG table, LPCWSTR context, ULONG interface_id, LPCWSTR function,
                         LPCWSTR property, void **value, ULONG *bytes);

/* Whether a property can be called so: a few names are taken. */
bool config_is_property(LPCWSTR name);

/* ---- both tables: what is in force ---- */

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

/* What BCryptResolveProviders is asked: its arguments. function and provider may be NULL. */
struct config_question
{
    LPCWSTR context;
    ULONG interface_id;                         /* 0: the first that has the function */
    LPCWSTR function, provider;
    ULONG mode, flags;
};

/* The answer, a CRYPT_PROVIDER_REFS: STATUS_SUCCESS, STATUS_NOT_FOUND, STATUS_NO_MEMORY. */
NTSTATUS config_resolve(const struct config_question *question, struct block *block);

/* ---- registered providers ---- */

NTSTATUS config_providers(struct list *names);

/* A registration, a CRYPT_PROVIDER_REG; interface 0 is all: STATUS_SUCCESS, STATUS_NOT_FOUND,
 * STATUS_NO_MEMORY. */
NTSTATUS config_query_provider(LPCWSTR provider, ULONG mode, ULONG interface_id,
                               struct block *block);

/*
 * ---- writing ----
 *
 * What BCryptRegisterProvider, BCryptAddContextFunction and their neighbours do, whose arguments
 * these have. A change that is killed at any moment is done or not. The registry of providers is
 * not read anew: that is providers_changed.
 *
 *   STATUS_SUCCESS, STATUS_NOT_FOUND, STATUS_INVALID_PARAMETER, STATUS_OBJECT_NAME_COLLISION,
 *   STATUS_ACCESS_DENIED, STATUS_NO_MEMORY
 */
NTSTATUS config_register(LPCWSTR provider, bool overwrite, const CRYPT_PROVIDER_REG *registration);
NTSTATUS config_unregister(LPCWSTR provider);

NTSTATUS config_create_context(ULONG table, LPCWSTR context, const ULONG *flags);
NTSTATUS config_delete_context(ULONG table, LPCWSTR context);
NTSTATUS config_set_context_flags(ULONG table, LPCWSTR context, ULONG flags);

NTSTATUS config_add_function(ULONG table, LPCWSTR context, ULONG interface_id, LPCWSTR function,
                             ULONG position);
NTSTATUS config_remove_function(ULONG table, LPCWSTR context, ULONG interface_id, LPCWSTR function);
NTSTATUS config_set_function_flags(ULONG table, LPCWSTR context, ULONG interface_id,
                                   LPCWSTR function, ULONG flags);
NTSTATUS config_add_provider(ULONG table, LPCWSTR context, ULONG interface_id, LPCWSTR function,
                             LPCWSTR provider, ULONG position);
NTSTATUS config_remove_provider(ULONG table, LPCWSTR context, ULONG interface_id, LPCWSTR function,
                                LPCWSTR provider);

/* value NULL takes the property away. */
NTSTATUS config_set_property(ULONG table, LPCWSTR context, ULONG interface_id, LPCWSTR function,
                             LPCWSTR property, const void *value, ULONG bytes);

#endif
