/*
 * config_provider.h - providers that are registered; for the files of config.h.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_CONFIG_PROVIDER_H
#define ROUTER_CONFIG_PROVIDER_H

#include "platform/base.h"

/* The image of a provider in a mode, L"UM" or L"KM", for platform_heap_free; NULL if it is not
 * registered for that function of that interface. flags, which may be NULL, are the interface's. */
WCHAR *provider_image(LPCWSTR provider, LPCWSTR mode, ULONG interface_id, LPCWSTR function,
                      ULONG *flags);

/* Whether that is the provider's name, or one of its aliases. */
bool provider_is_called(LPCWSTR provider, LPCWSTR name);

#endif
