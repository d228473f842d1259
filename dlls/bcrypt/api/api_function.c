/*
 * api_function.c - the functions of a context: order, providers, flags, properties.
 *
 * What all of these have in common: dwTable is CRYPT_LOCAL or CRYPT_DOMAIN (api_context.c); a
 * pszContext that is NULL or empty is L"Default"; pcbBuffer and ppBuffer are as of
 * BCryptEnumContextFunctions. Only an administrator may change anything.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api_config.h"
#include "platform/platform.h"

/*
 * BCryptEnumContextFunctions - lists the functions of a context in the order of their priority.
 *
 *   dwInterface   the interface, such as BCRYPT_HASH_INTERFACE or NCRYPT_SCHANNEL_INTERFACE
 *   pcbBuffer     the bytes of *ppBuffer; receives those of the answer
 *   ppBuffer      NULL asks for the size; points to NULL to get a block for BCryptFreeBuffer, or to
 *                 the caller's buffer
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pcbBuffer is NULL, or there is no such table
 *   STATUS_NOT_FOUND           the context is not there, or has nothing of that interface
 *   STATUS_BUFFER_TOO_SMALL    ppBuffer is NULL, or its buffer is too small; *pcbBuffer is set
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptEnumContextFunctions. Tests: tests/test_enum.c,
 * tests/test_context.c.
 */
NTSTATUS WINAPI BCryptEnumContextFunctions(ULONG dwTable, LPCWSTR pszContext, ULONG dwInterface,
                                           ULONG *pcbBuffer, PCRYPT_CONTEXT_FUNCTIONS *ppBuffer)
{
    struct journal_state state = { .tries = 0 };
    struct list functions = { NULL, 0, 0 };
    NTSTATUS status;

    TRACE("dwTable %#lx, pszContext %s, dwInterface %#lx, pcbBuffer %p, ppBuffer %p\n",
          (unsigned long)dwTable, trace_string(pszContext), (unsigned long)dwInterface,
          (void *)pcbBuffer, (void *)ppBuffer);

    if (!is_table(dwTable) || !pcbBuffer) return STATUS_INVALID_PARAMETER;
    do
    {
        journal_note(&state);
        list_free(&functions);
        status = config_functions(dwTable, config_context_name(pszContext), dwInterface,
                                  &functions);
    } while (journal_moved(&state, &status));
    return reply_names(&functions, status, false, pcbBuffer, ppBuffer);
}

/*
 * BCryptAddContextFunction - adds a function to an interface of a context, or moves it.
 *
 *   dwPosition   before the function that is there now, CRYPT_PRIORITY_TOP or _BOTTOM
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pszFunction is NULL, empty or has a backslash, or in the domain's
 *                              table a comma; dwTable is unknown; dwPosition is beyond the end;
 *                              there is one that differs in the case of letters alone
 *   STATUS_NOT_FOUND           there is no such context
 *   STATUS_ACCESS_DENIED, STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptAddContextFunction. Tests: tests/test_registered.c,
 * tests/test_context.c.
 */
NTSTATUS WINAPI BCryptAddContextFunction(ULONG dwTable, LPCWSTR pszContext, ULONG dwInterface,
                                         LPCWSTR pszFunction, ULONG dwPosition)
{
    TRACE("dwTable %#lx, pszContext %s, dwInterface %#lx, pszFunction %s, dwPosition %lu\n",
          (unsigned long)dwTable, trace_string(pszContext), (unsigned long)dwInterface,
          trace_string(pszFunction), (unsigned long)dwPosition);

    if (!is_table(dwTable) || !pszFunction) return STATUS_INVALID_PARAMETER;
    return changed(config_add_function(dwTable, config_context_name(pszContext), dwInterface,
                                       pszFunction, dwPosition));
}

/*
 * BCryptRemoveContextFunction - takes a function, with all that is said of it, out of a context.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pszFunction is NULL, dwTable is unknown
 *   STATUS_NOT_FOUND           there is no such context, or the function is not in it
 *   STATUS_ACCESS_DENIED, STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptRemoveContextFunction. Tests: tests/test_registered.c,
 * tests/test_context.c.
 */
NTSTATUS WINAPI BCryptRemoveContextFunction(ULONG dwTable, LPCWSTR pszContext, ULONG dwInterface,
                                            LPCWSTR pszFunction)
{
    TRACE("dwTable %#lx, pszContext %s, dwInterface %#lx, pszFunction %s\n",
          (unsigned long)dwTable, trace_string(pszContext), (unsigned long)dwInterface,
          trace_string(pszFunction));

    if (!is_table(dwTable) || !pszFunction) return STATUS_INVALID_PARAMETER;
    return changed(config_remove_function(dwTable, config_context_name(pszContext), dwInterface,
                                          pszFunction));
}

/*
 * BCryptEnumContextFunctionProviders - lists the providers of a function, best first.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pcbBuffer or pszFunction is NULL, dwTable is unknown
 *   STATUS_NOT_FOUND           there is no such context, the function is not in it, or nobody
 *                              serves it
 *   STATUS_BUFFER_TOO_SMALL    ppBuffer is NULL, or its buffer is too small; *pcbBuffer is set
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptEnumContextFunctionProviders. Tests: tests/test_context.c.
 */
NTSTATUS WINAPI BCryptEnumContextFunctionProviders(ULONG dwTable, LPCWSTR pszContext,
                                                   ULONG dwInterface, LPCWSTR pszFunction,
                                                   ULONG *pcbBuffer,
                                                   PCRYPT_CONTEXT_FUNCTION_PROVIDERS *ppBuffer)
{
    struct journal_state state = { .tries = 0 };
    struct list providers = { NULL, 0, 0 };
    NTSTATUS status;

    TRACE("dwTable %#lx, pszContext %s, dwInterface %#lx, pszFunction %s, pcbBuffer %p, "
          "ppBuffer %p\n", (unsigned long)dwTable, trace_string(pszContext),
          (unsigned long)dwInterface, trace_string(pszFunction), (void *)pcbBuffer,
          (void *)ppBuffer);

    if (!is_table(dwTable) || !pszFunction || !pcbBuffer) return STATUS_INVALID_PARAMETER;
    do
    {
        journal_note(&state);
        list_free(&providers);
        status = config_function_providers(dwTable, config_context_name(pszContext), dwInterface,
                                           pszFunction, &providers);
    } while (journal_moved(&state, &status));
    return reply_names(&providers, status, false, pcbBuffer, ppBuffer);
}

/*
 * BCryptAddContextFunctionProvider - adds a provider to those of a function, or moves it.
 *
 *   pszProvider   its name; it need not be registered yet
 *   dwPosition    before the provider that is there now, CRYPT_PRIORITY_TOP or _BOTTOM
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   a name is NULL, empty or has a backslash; dwTable is unknown;
 *                              dwPosition is beyond the end
 *   STATUS_NOT_FOUND           there is no such context, or the function is not in it
 *   STATUS_ACCESS_DENIED, STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptAddContextFunctionProvider. Tests: tests/test_registered.c,
 * tests/test_context.c.
 */
NTSTATUS WINAPI BCryptAddContextFunctionProvider(ULONG dwTable, LPCWSTR pszContext,
                                                 ULONG dwInterface, LPCWSTR pszFunction,
                                                 LPCWSTR pszProvider, ULONG dwPosition)
{
    TRACE("dwTable %#lx, pszContext %s, dwInterface %#lx, pszFunction %s, pszProvider %s, "
          "dwPosition %lu\n", (unsigned long)dwTable, trace_string(pszContext),
          (unsigned long)dwInterface, trace_string(pszFunction), trace_string(pszProvider),
          (unsigned long)dwPosition);

    if (!is_table(dwTable) || !pszFunction || !pszProvider) return STATUS_INVALID_PARAMETER;
    return changed(config_add_provider(dwTable, config_context_name(pszContext), dwInterface,
                                       pszFunction, pszProvider, dwPosition));
}

/*
 * BCryptRemoveContextFunctionProvider - takes a provider from those of a function.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   a name is NULL, dwTable is unknown
 *   STATUS_NOT_FOUND           there is no such context, function of it, or provider of that
 *   STATUS_ACCESS_DENIED, STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptRemoveContextFunctionProvider. Tests: tests/test_registered.c,
 * tests/test_context.c.
 */
NTSTATUS WINAPI BCryptRemoveContextFunctionProvider(ULONG dwTable, LPCWSTR pszContext,
                                                    ULONG dwInterface, LPCWSTR pszFunction,
                                                    LPCWSTR pszProvider)
{
    TRACE("dwTable %#lx, pszContext %s, dwInterface %#lx, pszFunction %s, pszProvider %s\n",
          (unsigned long)dwTable, trace_string(pszContext), (unsigned long)dwInterface,
          trace_string(pszFunction), trace_string(pszProvider));

    if (!is_table(dwTable) || !pszFunction || !pszProvider) return STATUS_INVALID_PARAMETER;
    return changed(config_remove_provider(dwTable, config_context_name(pszContext), dwInterface,
                                          pszFunction, pszProvider));
}

/*
 * BCryptConfigureContextFunction - sets the flags of a function.
 *
 *   pConfig   CRYPT_EXCLUSIVE: no other table or context adds providers to this one's; in the
 *             domain's table CRYPT_OVERRIDE is taken, too, and means nothing
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pszFunction or pConfig is NULL, dwTable or a flag is unknown
 *   STATUS_NOT_FOUND           there is no such context, or the function is not in it
 *   STATUS_ACCESS_DENIED, STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptConfigureContextFunction. Tests: tests/test_context.c.
 */
NTSTATUS WINAPI BCryptConfigureContextFunction(ULONG dwTable, LPCWSTR pszContext, ULONG dwInterface,
                                               LPCWSTR pszFunction,
                                               PCRYPT_CONTEXT_FUNCTION_CONFIG pConfig)
{
    ULONG known = CRYPT_EXCLUSIVE | (dwTable == CRYPT_DOMAIN ? CRYPT_OVERRIDE : 0);

    TRACE("dwTable %#lx, pszContext %s, dwInterface %#lx, pszFunction %s, dwFlags %#lx\n",
          (unsigned long)dwTable, trace_string(pszContext), (unsigned long)dwInterface,
          trace_string(pszFunction), pConfig ? (unsigned long)pConfig->dwFlags : 0);

    if (!is_table(dwTable) || !pszFunction || !pConfig || pConfig->dwFlags & ~known)
        return STATUS_INVALID_PARAMETER;
    return changed(config_set_function_flags(dwTable, config_context_name(pszContext), dwInterface,
                                             pszFunction, pConfig->dwFlags));
}

/*
 * BCryptQueryContextFunctionConfiguration - tells the flags of a function.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pcbBuffer or pszFunction is NULL, dwTable is unknown
 *   STATUS_NOT_FOUND           there is no such context, the function is not in it, or
 *                              BCryptConfigureContextFunction was never called for it
 *   STATUS_BUFFER_TOO_SMALL    ppBuffer is NULL, or its buffer is too small; *pcbBuffer is set
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptQueryContextFunctionConfiguration. Tests: tests/test_context.c.
 */
NTSTATUS WINAPI BCryptQueryContextFunctionConfiguration(ULONG dwTable, LPCWSTR pszContext,
                                                        ULONG dwInterface, LPCWSTR pszFunction,
                                                        ULONG *pcbBuffer,
                                                        PCRYPT_CONTEXT_FUNCTION_CONFIG *ppBuffer)
{
    struct journal_state state = { .tries = 0 };
    NTSTATUS status;
    ULONG flags = 0;

    TRACE("dwTable %#lx, pszContext %s, dwInterface %#lx, pszFunction %s, pcbBuffer %p, "
          "ppBuffer %p\n", (unsigned long)dwTable, trace_string(pszContext),
          (unsigned long)dwInterface, trace_string(pszFunction), (void *)pcbBuffer,
          (void *)ppBuffer);

    if (!is_table(dwTable) || !pszFunction || !pcbBuffer) return STATUS_INVALID_PARAMETER;
    do
    {
        journal_note(&state);
        status = config_function_flags(dwTable, config_context_name(pszContext), dwInterface,
                                       pszFunction, &flags);
    } while (journal_moved(&state, &status));
    return reply_flags(flags, status, pcbBuffer, ppBuffer);
}

/*
 * BCryptSetContextFunctionProperty - sets a property of a function, or takes it away.
 *
 *   cbValue   the bytes that are stored, at most 65536
 *   pbValue   NULL takes the property away
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   a name is NULL, dwTable is unknown; the property's name is empty,
 *                              longer than 255 characters or taken (Flags, Providers, OpenCNG)
 *   STATUS_NOT_FOUND           there is no such context, the function is not in it; or there is no
 *                              property to take away
 *   STATUS_ACCESS_DENIED, STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptSetContextFunctionProperty. Tests: tests/test_context.c.
 */
NTSTATUS WINAPI BCryptSetContextFunctionProperty(ULONG dwTable, LPCWSTR pszContext,
                                                 ULONG dwInterface, LPCWSTR pszFunction,
                                                 LPCWSTR pszProperty, ULONG cbValue, PUCHAR pbValue)
{
    TRACE("dwTable %#lx, pszContext %s, dwInterface %#lx, pszFunction %s, pszProperty %s, "
          "cbValue %lu\n", (unsigned long)dwTable, trace_string(pszContext),
          (unsigned long)dwInterface, trace_string(pszFunction), trace_string(pszProperty),
          (unsigned long)cbValue);

    if (!is_table(dwTable) || !pszFunction || !pszProperty) return STATUS_INVALID_PARAMETER;
    return changed(config_set_property(dwTable, config_context_name(pszContext), dwInterface,
                                       pszFunction, pszProperty, pbValue, cbValue));
}

/*
 * BCryptQueryContextFunctionProperty - tells a property of a function.
 *
 *   pcbValue   the bytes of *ppbValue; receives those of the property
 *   ppbValue   as ppBuffer, with the property's bytes alone
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pcbValue or a name is NULL, dwTable is unknown
 *   STATUS_NOT_FOUND           there is no such context, function of it, or property of that
 *   STATUS_BUFFER_TOO_SMALL    ppbValue is NULL, or its buffer is too small; *pcbValue is set
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptQueryContextFunctionProperty. Tests: tests/test_context.c.
 */
NTSTATUS WINAPI BCryptQueryContextFunctionProperty(ULONG dwTable, LPCWSTR pszContext,
                                                   ULONG dwInterface, LPCWSTR pszFunction,
                                                   LPCWSTR pszProperty, ULONG *pcbValue,
                                                   PUCHAR *ppbValue)
{
    struct journal_state state = { .tries = 0 };
    struct block block = { .used = 0 };
    void *value = NULL;
    NTSTATUS status;
    ULONG bytes = 0;

    TRACE("dwTable %#lx, pszContext %s, dwInterface %#lx, pszFunction %s, pszProperty %s, "
          "pcbValue %p, ppbValue %p\n", (unsigned long)dwTable, trace_string(pszContext),
          (unsigned long)dwInterface, trace_string(pszFunction), trace_string(pszProperty),
          (void *)pcbValue, (void *)ppbValue);

    if (!is_table(dwTable) || !pszFunction || !pszProperty || !pcbValue)
        return STATUS_INVALID_PARAMETER;
    do
    {
        journal_note(&state);
        platform_heap_free(value);
        value = NULL;
        status = config_property(dwTable, config_context_name(pszContext), dwInterface,
                                 pszFunction, pszProperty, &value, &bytes);
    } while (journal_moved(&state, &status));
    if (!status) block_add(&block, value, bytes);
    platform_heap_free(value);
    return block_reply(&block, status, pcbValue, ppbValue, STATUS_BUFFER_TOO_SMALL);
}
