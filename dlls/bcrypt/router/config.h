/*
 * config.h - who serves which function, in which order: what the registry says.
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
 * interfaces, functions and providers; provider NULL is our own. What add answers ends it, unless
 * it is STATUS_SUCCESS. What is damaged, or names a provider that is not registered for the
 * function, is passed over.
 *
 *   STATUS_SUCCESS
 *   STATUS_NOT_FOUND   nothing is configured: our own provider serves what it has
 *   STATUS_NO_MEMORY, or what add answered
 */
NTSTATUS config_read(NTSTATUS (*add)(void *context, ULONG interface_id, LPCWSTR id,
                                     const struct config_provider *provider), void *context);

#endif
