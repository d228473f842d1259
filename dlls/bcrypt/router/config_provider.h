/*
 * config_provider.h - providers that are registered; for the files of config.h.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_CONFIG_PROVIDER_H
#define ROUTER_CONFIG_PROVIDER_H

#include "platform/base.h"

/* The image of a provider in a mode, L"UM" or L"KM", for platform_heap_free; NULL and
 * STATUS_NOT_FOUND if it is not registered for that function of that interface. flags, which may be
 * NULL, are the interface's. */
NTSTATUS provider_image(LPCWSTR provider, LPCWSTR mode, ULONG interface_id, LPCWSTR function,
                        WCHAR **image, ULONG *flags);

/* Its aliases, one after the other, for platform_heap_free; NULL if it has none. */
NTSTATUS provider_aliases(LPCWSTR provider, WCHAR **aliases);

/* Whether that is the provider's name, or one of its aliases. */
NTSTATUS provider_is_called(LPCWSTR provider, LPCWSTR name, bool *is_called);

#endif
