/*
 * provider_load.h - providers and their algorithms, before and after they are loaded.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_PROVIDER_LOAD_H
#define ROUTER_PROVIDER_LOAD_H

#include <stdatomic.h>

#include "router/providers.h"

enum load_state { NOT_LOADED, LOADED, NOT_TO_BE_LOADED };

struct known_provider
{
    struct provider provider;                   /* its interfaces are written once, with a lock */
    _Atomic int state;                          /* enum load_state */
    void *module;
    struct known_provider *next;
    WCHAR names[];                              /* what the provider's strings point to */
};

struct provider_entry
{
    struct provider_calls calls;                /* its functions are written once, with a lock */
    struct known_provider *provider;
    _Atomic bool loaded;
    _Atomic ULONG object_bytes;
    struct provider_entry *next;
    WCHAR id[];
};

/* Sees to it that the entry's functions are there. Foreign code is called: no lock may be held.
 *
 *   STATUS_SUCCESS, STATUS_NOT_FOUND (its DLL cannot be loaded), STATUS_NO_MEMORY, or as
 *   calls_load */
NTSTATUS provider_load_entry(struct provider_entry *entry);

#endif
