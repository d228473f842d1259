/*
 * api_config.h - what the exports that read and change the configuration share.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef API_API_CONFIG_H
#define API_API_CONFIG_H

#include "api/api.h"
#include "router/config.h"

static inline bool is_table(ULONG table)
{
    return table == CRYPT_LOCAL || table == CRYPT_DOMAIN;
}

/* Passes on the status of a change, and has the registry of providers read anew: also after a
 * failure, which may have left a change to be finished by the next. */
static inline NTSTATUS changed(NTSTATUS status)
{
    providers_changed();
    return status;
}

/* An answer that is a count and an array of names: CRYPT_CONTEXTS and its like, which have one
 * layout. No names are STATUS_NOT_FOUND, unless there may be none. The list is given back. */
NTSTATUS reply_names(struct list *names, NTSTATUS status, bool may_be_empty, ULONG *pcbBuffer,
                     void *ppBuffer);

/* An answer that is a set of flags: CRYPT_CONTEXT_CONFIG and its like. */
NTSTATUS reply_flags(ULONG flags, NTSTATUS status, ULONG *pcbBuffer, void *ppBuffer);

#endif
