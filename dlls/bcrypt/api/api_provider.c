/*
 * api_provider.c - providers: register, unregister, enumerate, query, resolve.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api_config.h"

/*
 * BCryptRegisterProvider - registers a provider: its DLL, and the functions that this serves.
 *
 *   pszProvider   its name
 *   dwFlags       0 or CRYPT_OVERWRITE
 *   pReg          its image, interfaces, functions and aliases; an image for the kernel (pKM) is
 *                 stored, too, and not used
 *
 * Registering alone has no algorithm served by it: BCryptAddContextFunction, if the function is
 * new, and BCryptAddContextFunctionProvider do that.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER       a pointer is NULL, a name is empty, too long or has a backslash,
 *                                  a flag is unknown, neither pUM nor pKM is given; an image
 *                                  has an interface twice, or more than 64
 *   STATUS_OBJECT_NAME_COLLISION   it is registered, and CRYPT_OVERWRITE is not set; or it is ours
 *   STATUS_ACCESS_DENIED           only an administrator may
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptRegisterProvider. Tests: tests/test_registered.c,
 * tests/test_registration.c.
 */
NTSTATUS WINAPI BCryptRegisterProvider(LPCWSTR pszProvider, ULONG dwFlags, PCRYPT_PROVIDER_REG pReg)
{
    TRACE("pszProvider %s, dwFlags %#lx, pReg %p\n", trace_string(pszProvider),
          (unsigned long)dwFlags, (void *)pReg);

    if (!pszProvider || !pReg || dwFlags & ~(ULONG)CRYPT_OVERWRITE) return STATUS_INVALID_PARAMETER;
    return changed(config_register(pszProvider, dwFlags & CRYPT_OVERWRITE, pReg));
}

/*
 * BCryptUnregisterProvider - takes a registration back. Algorithms that are open stay open.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pszProvider is NULL
 *   STATUS_NOT_FOUND           it is not registered
 *   STATUS_ACCESS_DENIED       only an administrator may; it is one that Windows has by default
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptUnregisterProvider. Tests: tests/test_registered.c,
 * tests/test_registration.c.
 */
NTSTATUS WINAPI BCryptUnregisterProvider(LPCWSTR pszProvider)
{
    TRACE("pszProvider %s\n", trace_string(pszProvider));

    if (!pszProvider) return STATUS_INVALID_PARAMETER;
    return changed(config_unregister(pszProvider));
}

/*
 * BCryptEnumRegisteredProviders - lists the names of the providers that are registered.
 *
 *   pcbBuffer   the bytes of *ppBuffer; receives those of the answer
 *   ppBuffer    NULL asks for the size; points to NULL to get a block for BCryptFreeBuffer, or to
 *               the caller's buffer
 *
 * The ones that Windows has by default come first.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pcbBuffer is NULL
 *   STATUS_BUFFER_TOO_SMALL    ppBuffer is NULL, or its buffer is too small; *pcbBuffer is set
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptEnumRegisteredProviders. Tests: tests/test_registration.c.
 */
NTSTATUS WINAPI BCryptEnumRegisteredProviders(ULONG *pcbBuffer, PCRYPT_PROVIDERS *ppBuffer)
{
    struct journal_state state = { .tries = 0 };
    struct list names = { NULL, 0, 0 };
    NTSTATUS status;

    TRACE("pcbBuffer %p, ppBuffer %p\n", (void *)pcbBuffer, (void *)ppBuffer);

    if (!pcbBuffer) return STATUS_INVALID_PARAMETER;
    do
    {
        journal_note(&state);
        list_free(&names);
        status = config_providers(&names);
    } while (journal_moved(&state, &status));
    return reply_names(&names, status, true, pcbBuffer, ppBuffer);
}

/*
 * BCryptQueryProviderRegistration - tells what a provider was registered with.
 *
 *   pszProvider   its name, in letters of either case, or an alias
 *   dwMode        CRYPT_UM or CRYPT_KM: that image; CRYPT_MM: both, which it has to have;
 *                 CRYPT_ANY: what there is
 *   dwInterface   that interface alone; 0: all
 *   pcbBuffer, ppBuffer   as of BCryptEnumRegisteredProviders
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pszProvider or pcbBuffer is NULL, dwMode is unknown
 *   STATUS_NOT_FOUND           there is no such provider, or it has no such image or interface
 *   STATUS_BUFFER_TOO_SMALL    ppBuffer is NULL, or its buffer is too small; *pcbBuffer is set
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptQueryProviderRegistration; bcrypt.h of the Windows SDK (modes).
 * Tests: tests/test_registration.c.
 */
NTSTATUS WINAPI BCryptQueryProviderRegistration(LPCWSTR pszProvider, ULONG dwMode,
                                                ULONG dwInterface, ULONG *pcbBuffer,
                                                PCRYPT_PROVIDER_REG *ppBuffer)
{
    struct journal_state state = { .tries = 0 };
    struct block block = { .used = 0 };
    NTSTATUS status;

    TRACE("pszProvider %s, dwMode %#lx, dwInterface %#lx, pcbBuffer %p, ppBuffer %p\n",
          trace_string(pszProvider), (unsigned long)dwMode, (unsigned long)dwInterface,
          (void *)pcbBuffer, (void *)ppBuffer);

    if (!pszProvider || !pcbBuffer || dwMode < CRYPT_UM || dwMode > CRYPT_ANY)
        return STATUS_INVALID_PARAMETER;
    do
    {
        journal_note(&state);
        block_free(&block);
        status = config_query_provider(pszProvider, dwMode, dwInterface, &block);
    } while (journal_moved(&state, &status));
    return block_reply(&block, status, pcbBuffer, ppBuffer, STATUS_BUFFER_TOO_SMALL);
}

/* NULL if there is nothing in it. */
static LPCWSTR given(LPCWSTR string)
{
    return string && *string ? string : NULL;
}

/*
 * BCryptResolveProviders - lists who serves functions, in the order of their priority.
 *
 *   pszContext    NULL and L"" are L"Default"
 *   dwInterface   0: the first that has the function
 *   pszFunction   NULL and L"": all of the interface
 *   pszProvider   its name, or an alias; NULL and L"": all
 *   dwMode        CRYPT_UM or CRYPT_KM: providers with that image; CRYPT_MM: with both
 *   dwFlags       CRYPT_ALL_FUNCTIONS: not only the first function that is served;
 *                 CRYPT_ALL_PROVIDERS: not only the first provider of each
 *   pcbBuffer     the bytes of *ppBuffer; receives those of the answer
 *   ppBuffer      as of BCryptEnumRegisteredProviders; but NULL is STATUS_SUCCESS, with the size
 *
 * Both tables count, and what the context has not comes from the default one (config_view.c). An
 * answer carries the function's properties, of which there may be 256: more are left out.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pcbBuffer is NULL, dwMode or a flag is unknown; neither an interface
 *                              nor a function is given
 *   STATUS_NOT_FOUND           there is no such context, or nobody serves that
 *   STATUS_BUFFER_TOO_SMALL    the buffer is too small; *pcbBuffer is set
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptResolveProviders. Tests: tests/test_registration.c.
 */
NTSTATUS WINAPI BCryptResolveProviders(LPCWSTR pszContext, ULONG dwInterface, LPCWSTR pszFunction,
                                       LPCWSTR pszProvider, ULONG dwMode, ULONG dwFlags,
                                       ULONG *pcbBuffer, PCRYPT_PROVIDER_REFS *ppBuffer)
{
    const struct config_question question =
    {
        config_context_name(pszContext), dwInterface, given(pszFunction), given(pszProvider),
        dwMode, dwFlags,
    };
    struct journal_state state = { .tries = 0 };
    struct block block = { .used = 0 };
    NTSTATUS status;

    TRACE("pszContext %s, dwInterface %#lx, pszFunction %s, pszProvider %s, dwMode %#lx, "
          "dwFlags %#lx, pcbBuffer %p, ppBuffer %p\n", trace_string(pszContext),
          (unsigned long)dwInterface, trace_string(pszFunction), trace_string(pszProvider),
          (unsigned long)dwMode, (unsigned long)dwFlags, (void *)pcbBuffer, (void *)ppBuffer);

    if (!pcbBuffer || dwMode < CRYPT_UM || dwMode > CRYPT_MM) return STATUS_INVALID_PARAMETER;
    if (dwFlags & ~(ULONG)(CRYPT_ALL_FUNCTIONS | CRYPT_ALL_PROVIDERS))
        return STATUS_INVALID_PARAMETER;
    if (!dwInterface && !question.function) return STATUS_INVALID_PARAMETER;
    do
    {
        journal_note(&state);
        block_free(&block);
        status = config_resolve(&question, &block);
    } while (journal_moved(&state, &status));
    return block_reply(&block, status, pcbBuffer, ppBuffer, STATUS_SUCCESS);
}
