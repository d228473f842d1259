/*
 * api_context.c - contexts of the configuration: create, delete, enumerate, configure, query.
 *
 * Of dwTable Microsoft's pages say that CRYPT_DOMAIN is not available. Here it is the table of
 * policies, which is read and, by administrators, written as the local one is.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api_config.h"

NTSTATUS reply_names(struct list *names, NTSTATUS status, bool may_be_empty, ULONG *pcbBuffer,
                     void *ppBuffer)
{
    struct block block = { .used = 0 };
    ULONG head, array, count;

    if (!status && !names->length && !may_be_empty) status = STATUS_NOT_FOUND;
    if (!status)
    {
        head = block_add(&block, NULL, sizeof(CRYPT_CONTEXTS));
        array = block_add_names(&block, names->names, &count);
        block_set(&block, head + offsetof(CRYPT_CONTEXTS, cContexts), count);
        block_point(&block, head + offsetof(CRYPT_CONTEXTS, rgpszContexts), array);
    }
    list_free(names);
    return block_reply(&block, status, pcbBuffer, ppBuffer, STATUS_BUFFER_TOO_SMALL);
}

NTSTATUS reply_flags(ULONG flags, NTSTATUS status, ULONG *pcbBuffer, void *ppBuffer)
{
    CRYPT_CONTEXT_CONFIG config = { flags, 0 };
    struct block block = { .used = 0 };

    block_add(&block, &config, sizeof(config));
    return block_reply(&block, status, pcbBuffer, ppBuffer, STATUS_BUFFER_TOO_SMALL);
}

/* CRYPT_OVERRIDE is for the domain's table only. */
static bool are_flags_valid(ULONG table, const CRYPT_CONTEXT_CONFIG *config)
{
    ULONG known = CRYPT_EXCLUSIVE | (table == CRYPT_DOMAIN ? CRYPT_OVERRIDE : 0);

    return !(config->dwFlags & ~known);
}

/*
 * BCryptCreateContext - makes a context, without any function.
 *
 *   dwTable      CRYPT_LOCAL or CRYPT_DOMAIN
 *   pszContext   its name
 *   pConfig      its flags: CRYPT_EXCLUSIVE; in the domain's table CRYPT_OVERRIDE, too. NULL: none
 *
 * One that is there already stays as it is, but for flags that are given.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   dwTable or a flag is unknown; pszContext is NULL, empty, has a
 *                              backslash or more than 255 characters
 *   STATUS_ACCESS_DENIED       only an administrator may
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptCreateContext. Tests: tests/test_context.c.
 */
NTSTATUS WINAPI BCryptCreateContext(ULONG dwTable, LPCWSTR pszContext,
                                    PCRYPT_CONTEXT_CONFIG pConfig)
{
    TRACE("dwTable %#lx, pszContext %s, dwFlags %#lx\n", (unsigned long)dwTable,
          trace_string(pszContext), pConfig ? (unsigned long)pConfig->dwFlags : 0);

    if (!is_table(dwTable) || !pszContext) return STATUS_INVALID_PARAMETER;
    if (pConfig && !are_flags_valid(dwTable, pConfig)) return STATUS_INVALID_PARAMETER;
    return changed(config_create_context(dwTable, pszContext, pConfig ? &pConfig->dwFlags : NULL));
}

/*
 * BCryptDeleteContext - deletes a context with all that is in it.
 *
 * L"Default" and L"SSL" of the local table are there always: they become what they are by default.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   dwTable is unknown, pszContext is NULL or empty
 *   STATUS_NOT_FOUND           there is no such context
 *   STATUS_ACCESS_DENIED, STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptDeleteContext. Tests: tests/test_context.c.
 */
NTSTATUS WINAPI BCryptDeleteContext(ULONG dwTable, LPCWSTR pszContext)
{
    TRACE("dwTable %#lx, pszContext %s\n", (unsigned long)dwTable, trace_string(pszContext));

    if (!is_table(dwTable) || !pszContext || !*pszContext) return STATUS_INVALID_PARAMETER;
    return changed(config_delete_context(dwTable, pszContext));
}

/*
 * BCryptEnumContexts - lists the contexts of a table.
 *
 *   pcbBuffer   the bytes of *ppBuffer; receives those of the answer
 *   ppBuffer    NULL asks for the size; points to NULL to get a block for BCryptFreeBuffer, or to
 *               the caller's buffer
 *
 * L"Default" and L"SSL" are the first of the local table. The domain's may have none.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   dwTable is unknown, pcbBuffer is NULL
 *   STATUS_BUFFER_TOO_SMALL    ppBuffer is NULL, or its buffer is too small; *pcbBuffer is set
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptEnumContexts. Tests: tests/test_context.c.
 */
NTSTATUS WINAPI BCryptEnumContexts(ULONG dwTable, ULONG *pcbBuffer, PCRYPT_CONTEXTS *ppBuffer)
{
    struct journal_state state = { .tries = 0 };
    struct list names = { NULL, 0, 0 };
    NTSTATUS status;

    TRACE("dwTable %#lx, pcbBuffer %p, ppBuffer %p\n", (unsigned long)dwTable, (void *)pcbBuffer,
          (void *)ppBuffer);

    if (!is_table(dwTable) || !pcbBuffer) return STATUS_INVALID_PARAMETER;
    do
    {
        journal_note(&state);
        list_free(&names);
        status = config_contexts(dwTable, &names);
    } while (journal_moved(&state, &status));
    return reply_names(&names, status, true, pcbBuffer, ppBuffer);
}

/*
 * BCryptConfigureContext - sets the flags of a context.
 *
 *   pszContext   NULL is L"Default"
 *   pConfig      CRYPT_EXCLUSIVE; in the domain's table CRYPT_OVERRIDE, too
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   dwTable or a flag is unknown, pConfig is NULL
 *   STATUS_NOT_FOUND           there is no such context
 *   STATUS_ACCESS_DENIED, STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptConfigureContext. Tests: tests/test_context.c.
 */
NTSTATUS WINAPI BCryptConfigureContext(ULONG dwTable, LPCWSTR pszContext,
                                       PCRYPT_CONTEXT_CONFIG pConfig)
{
    TRACE("dwTable %#lx, pszContext %s, dwFlags %#lx\n", (unsigned long)dwTable,
          trace_string(pszContext), pConfig ? (unsigned long)pConfig->dwFlags : 0);

    if (!is_table(dwTable) || !pConfig || !are_flags_valid(dwTable, pConfig))
        return STATUS_INVALID_PARAMETER;
    return changed(config_set_context_flags(dwTable, config_context_name(pszContext),
                                            pConfig->dwFlags));
}

/*
 * BCryptQueryContextConfiguration - tells the flags of a context: 0 if none were ever set.
 *
 *   pszContext, pcbBuffer, ppBuffer   as of BCryptEnumContextFunctions
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   dwTable is unknown, pcbBuffer is NULL
 *   STATUS_NOT_FOUND           there is no such context
 *   STATUS_BUFFER_TOO_SMALL    ppBuffer is NULL, or its buffer is too small; *pcbBuffer is set
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptQueryContextConfiguration. Tests: tests/test_context.c.
 */
NTSTATUS WINAPI BCryptQueryContextConfiguration(ULONG dwTable, LPCWSTR pszContext, ULONG *pcbBuffer,
                                                PCRYPT_CONTEXT_CONFIG *ppBuffer)
{
    struct journal_state state = { .tries = 0 };
    NTSTATUS status;
    ULONG flags;

    TRACE("dwTable %#lx, pszContext %s, pcbBuffer %p, ppBuffer %p\n", (unsigned long)dwTable,
          trace_string(pszContext), (void *)pcbBuffer, (void *)ppBuffer);

    if (!is_table(dwTable) || !pcbBuffer) return STATUS_INVALID_PARAMETER;
    do
    {
        journal_note(&state);
        status = config_context_flags(dwTable, config_context_name(pszContext), &flags);
    } while (journal_moved(&state, &status));
    return reply_flags(flags, status, pcbBuffer, ppBuffer);
}
