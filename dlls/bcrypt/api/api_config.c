/*
 * api_config.c - contexts, functions, providers, registration, change notification, FIPS mode.
 *
 * Implemented: FIPS mode, listing the functions of a context, registering providers, ordering
 * functions and providers. The rest answers STATUS_NOT_IMPLEMENTED; README.md lists it as missing.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api.h"
#include "platform/platform.h"
#include "router/config.h"

/*
 * BCryptGetFipsAlgorithmMode - whether the system asks for FIPS 140 validated algorithms only.
 *
 *   pfEnabled   receives the answer: Enabled below HKLM\System\CurrentControlSet\Control\Lsa\
 *               FIPSAlgorithmPolicy, else the value FIPSAlgorithmPolicy below Lsa, else FALSE
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pfEnabled is NULL
 *
 * Source: Microsoft Learn, BCryptGetFipsAlgorithmMode. Tests: tests/test_fips.c.
 */
NTSTATUS WINAPI BCryptGetFipsAlgorithmMode(BOOLEAN *pfEnabled)
{
    TRACE("pfEnabled %p\n", (void *)pfEnabled);

    if (!pfEnabled) return STATUS_INVALID_PARAMETER;
    *pfEnabled = platform_fips_enabled();
    return STATUS_SUCCESS;
}

/*
 * BCryptSetAuditingInterface - called by the local security authority with a table of functions to
 * report to; there is nothing to report. Undocumented.
 *
 *   STATUS_SUCCESS
 */
NTSTATUS WINAPI BCryptSetAuditingInterface(PVOID pAuditingInterface)
{
    TRACE("pAuditingInterface %p\n", pAuditingInterface);
    return STATUS_SUCCESS;
}

/*
 * BCryptEnumContextFunctions - lists the functions of a context in the order of their priority.
 *
 *   dwTable       CRYPT_LOCAL, or CRYPT_DOMAIN, which is empty
 *   pszContext    such as L"Default" (NULL, too) or L"SSL"
 *   dwInterface   the interface, such as BCRYPT_HASH_INTERFACE or NCRYPT_SCHANNEL_INTERFACE
 *   pcbBuffer     the bytes of *ppBuffer; receives those of the answer
 *   ppBuffer      NULL asks for the size; points to NULL to get a block for BCryptFreeBuffer, or to
 *                 the caller's buffer
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pcbBuffer is NULL, or there is no such table
 *   STATUS_NOT_FOUND           CRYPT_DOMAIN; the context is not there, or has nothing of that
 *                              interface
 *   STATUS_BUFFER_TOO_SMALL    ppBuffer is NULL, or its buffer is too small; *pcbBuffer is set
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptEnumContextFunctions. Tests: tests/test_enum.c.
 */
NTSTATUS WINAPI BCryptEnumContextFunctions(ULONG dwTable, LPCWSTR pszContext, ULONG dwInterface,
                                           ULONG *pcbBuffer, PCRYPT_CONTEXT_FUNCTIONS *ppBuffer)
{
    WCHAR *functions = NULL, *function;
    CRYPT_CONTEXT_FUNCTIONS *list;
    ULONG count = 0, bytes, room;
    NTSTATUS status;
    char *strings;

    TRACE("dwTable %#lx, pszContext %s, dwInterface %#lx, pcbBuffer %p, ppBuffer %p\n",
          (unsigned long)dwTable, trace_string(pszContext), (unsigned long)dwInterface,
          (void *)pcbBuffer, (void *)ppBuffer);

    if (!pcbBuffer || (dwTable != CRYPT_LOCAL && dwTable != CRYPT_DOMAIN))
        return STATUS_INVALID_PARAMETER;
    if (dwTable == CRYPT_DOMAIN) return STATUS_NOT_FOUND;
    if ((status = config_functions(pszContext, dwInterface, &functions))) return status;

    bytes = sizeof(*list);
    for (function = functions; *function; function += name_length(function) + 1, count++)
        bytes += sizeof(PWSTR) + name_bytes(function);

    status = STATUS_NO_MEMORY;
    room = *pcbBuffer;
    if (ppBuffer && !*ppBuffer)
    {
        if (!(list = platform_heap_alloc(bytes))) goto done;
        *ppBuffer = list;
        room = bytes;
    }

    status = STATUS_BUFFER_TOO_SMALL;
    *pcbBuffer = bytes;
    if (!ppBuffer || room < bytes) goto done;

    list = *ppBuffer;
    list->cFunctions = count;
    list->rgpszFunctions = (PWSTR *)(list + 1);
    strings = (char *)(list->rgpszFunctions + count);
    count = 0;
    for (function = functions; *function; function += name_length(function) + 1)
    {
        list->rgpszFunctions[count++] = memcpy(strings, function, name_bytes(function));
        strings += name_bytes(function);
    }
    status = STATUS_SUCCESS;

done:
    platform_heap_free(functions);
    return status;
}

/* ---- changing the configuration ---- */

/* Passes on the status of a change, and has the registry of providers read anew: also after a
 * failure, which may have left half of the change. */
static NTSTATUS changed(NTSTATUS status)
{
    providers_changed();
    return status;
}

/* The table of policies is written by an administrator's tools, not by these functions. */
static NTSTATUS check_table(ULONG table)
{
    if (table == CRYPT_DOMAIN) return STATUS_ACCESS_DENIED;
    return table == CRYPT_LOCAL ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

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
 *                                  a flag is unknown, neither pUM nor pKM is given
 *   STATUS_OBJECT_NAME_COLLISION   it is registered, and CRYPT_OVERWRITE is not set; or it is ours
 *   STATUS_ACCESS_DENIED           only an administrator may
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptRegisterProvider. Tests: tests/test_registered.c.
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
 *   STATUS_ACCESS_DENIED, STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptUnregisterProvider. Tests: tests/test_registered.c.
 */
NTSTATUS WINAPI BCryptUnregisterProvider(LPCWSTR pszProvider)
{
    TRACE("pszProvider %s\n", trace_string(pszProvider));

    if (!pszProvider) return STATUS_INVALID_PARAMETER;
    return changed(config_unregister(pszProvider));
}

/*
 * BCryptAddContextFunction - adds a function to an interface of a context, or moves it.
 *
 *   dwTable       CRYPT_LOCAL
 *   pszContext    NULL is L"Default"
 *   dwPosition    before the function that is there now, CRYPT_PRIORITY_TOP or _BOTTOM
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pszFunction is NULL, empty or has a backslash; dwTable is unknown;
 *                              dwPosition is beyond the end
 *   STATUS_NOT_FOUND           there is no such context
 *   STATUS_ACCESS_DENIED       only an administrator may; CRYPT_DOMAIN
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptAddContextFunction. Tests: tests/test_registered.c.
 */
NTSTATUS WINAPI BCryptAddContextFunction(ULONG dwTable, LPCWSTR pszContext, ULONG dwInterface,
                                         LPCWSTR pszFunction, ULONG dwPosition)
{
    NTSTATUS status;

    TRACE("dwTable %#lx, pszContext %s, dwInterface %#lx, pszFunction %s, dwPosition %lu\n",
          (unsigned long)dwTable, trace_string(pszContext), (unsigned long)dwInterface,
          trace_string(pszFunction), (unsigned long)dwPosition);

    if (!pszFunction) return STATUS_INVALID_PARAMETER;
    if ((status = check_table(dwTable))) return status;
    return changed(config_add_function(pszContext, dwInterface, pszFunction, dwPosition));
}

/*
 * BCryptRemoveContextFunction - takes a function, and the list of its providers, out of a context.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pszFunction is NULL, a wrong table
 *   STATUS_NOT_FOUND           there is no such context, or the function is not in it
 *   STATUS_ACCESS_DENIED, STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptRemoveContextFunction. Tests: tests/test_registered.c.
 */
NTSTATUS WINAPI BCryptRemoveContextFunction(ULONG dwTable, LPCWSTR pszContext, ULONG dwInterface,
                                            LPCWSTR pszFunction)
{
    NTSTATUS status;

    TRACE("dwTable %#lx, pszContext %s, dwInterface %#lx, pszFunction %s\n",
          (unsigned long)dwTable, trace_string(pszContext), (unsigned long)dwInterface,
          trace_string(pszFunction));

    if (!pszFunction) return STATUS_INVALID_PARAMETER;
    if ((status = check_table(dwTable))) return status;
    return changed(config_remove_function(pszContext, dwInterface, pszFunction));
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
 * Source: Microsoft Learn, BCryptAddContextFunctionProvider. Tests: tests/test_registered.c.
 */
NTSTATUS WINAPI BCryptAddContextFunctionProvider(ULONG dwTable, LPCWSTR pszContext,
                                                 ULONG dwInterface, LPCWSTR pszFunction,
                                                 LPCWSTR pszProvider, ULONG dwPosition)
{
    NTSTATUS status;

    TRACE("dwTable %#lx, pszContext %s, dwInterface %#lx, pszFunction %s, pszProvider %s, "
          "dwPosition %lu\n", (unsigned long)dwTable, trace_string(pszContext),
          (unsigned long)dwInterface, trace_string(pszFunction), trace_string(pszProvider),
          (unsigned long)dwPosition);

    if (!pszFunction || !pszProvider) return STATUS_INVALID_PARAMETER;
    if ((status = check_table(dwTable))) return status;
    return changed(config_add_provider(pszContext, dwInterface, pszFunction, pszProvider,
                                       dwPosition));
}

/*
 * BCryptRemoveContextFunctionProvider - takes a provider from those of a function.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   a name is NULL, a wrong table
 *   STATUS_NOT_FOUND           there is no such context, function of it, or provider of that
 *   STATUS_ACCESS_DENIED, STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptRemoveContextFunctionProvider. Tests: tests/test_registered.c.
 */
NTSTATUS WINAPI BCryptRemoveContextFunctionProvider(ULONG dwTable, LPCWSTR pszContext,
                                                    ULONG dwInterface, LPCWSTR pszFunction,
                                                    LPCWSTR pszProvider)
{
    NTSTATUS status;

    TRACE("dwTable %#lx, pszContext %s, dwInterface %#lx, pszFunction %s, pszProvider %s\n",
          (unsigned long)dwTable, trace_string(pszContext), (unsigned long)dwInterface,
          trace_string(pszFunction), trace_string(pszProvider));

    if (!pszFunction || !pszProvider) return STATUS_INVALID_PARAMETER;
    if ((status = check_table(dwTable))) return status;
    return changed(config_remove_provider(pszContext, dwInterface, pszFunction, pszProvider));
}

/* ---- not implemented ---- */

NTSTATUS WINAPI BCryptConfigureContext(ULONG dwTable, LPCWSTR pszContext,
                                       PCRYPT_CONTEXT_CONFIG pConfig)
{
    (void)dwTable, (void)pszContext, (void)pConfig;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptConfigureContextFunction(ULONG dwTable, LPCWSTR pszContext, ULONG dwInterface,
                                               LPCWSTR pszFunction,
                                               PCRYPT_CONTEXT_FUNCTION_CONFIG pConfig)
{
    (void)dwTable, (void)pszContext, (void)dwInterface, (void)pszFunction, (void)pConfig;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptCreateContext(ULONG dwTable, LPCWSTR pszContext,
                                    PCRYPT_CONTEXT_CONFIG pConfig)
{
    (void)dwTable, (void)pszContext, (void)pConfig;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptDeleteContext(ULONG dwTable, LPCWSTR pszContext)
{
    (void)dwTable, (void)pszContext;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptEnumContextFunctionProviders(ULONG dwTable, LPCWSTR pszContext,
                                                   ULONG dwInterface, LPCWSTR pszFunction,
                                                   ULONG *pcbBuffer,
                                                   PCRYPT_CONTEXT_FUNCTION_PROVIDERS *ppBuffer)
{
    (void)dwTable, (void)pszContext, (void)dwInterface, (void)pszFunction, (void)pcbBuffer,
    (void)ppBuffer;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptEnumContexts(ULONG dwTable, ULONG *pcbBuffer, PCRYPT_CONTEXTS *ppBuffer)
{
    (void)dwTable, (void)pcbBuffer, (void)ppBuffer;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptEnumRegisteredProviders(ULONG *pcbBuffer, PCRYPT_PROVIDERS *ppBuffer)
{
    (void)pcbBuffer, (void)ppBuffer;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptQueryContextConfiguration(ULONG dwTable, LPCWSTR pszContext, ULONG *pcbBuffer,
                                                PCRYPT_CONTEXT_CONFIG *ppBuffer)
{
    (void)dwTable, (void)pszContext, (void)pcbBuffer, (void)ppBuffer;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptQueryContextFunctionConfiguration(ULONG dwTable, LPCWSTR pszContext,
                                                        ULONG dwInterface, LPCWSTR pszFunction,
                                                        ULONG *pcbBuffer,
                                                        PCRYPT_CONTEXT_FUNCTION_CONFIG *ppBuffer)
{
    (void)dwTable, (void)pszContext, (void)dwInterface, (void)pszFunction, (void)pcbBuffer,
    (void)ppBuffer;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptQueryContextFunctionProperty(ULONG dwTable, LPCWSTR pszContext,
                                                   ULONG dwInterface, LPCWSTR pszFunction,
                                                   LPCWSTR pszProperty, ULONG *pcbValue,
                                                   PUCHAR *ppbValue)
{
    (void)dwTable, (void)pszContext, (void)dwInterface, (void)pszFunction, (void)pszProperty,
    (void)pcbValue, (void)ppbValue;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptQueryProviderRegistration(LPCWSTR pszProvider, ULONG dwMode,
                                                ULONG dwInterface, ULONG *pcbBuffer,
                                                PCRYPT_PROVIDER_REG *ppBuffer)
{
    (void)pszProvider, (void)dwMode, (void)dwInterface, (void)pcbBuffer, (void)ppBuffer;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptRegisterConfigChangeNotify(HANDLE *phEvent)
{
    (void)phEvent;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptResolveProviders(LPCWSTR pszContext, ULONG dwInterface, LPCWSTR pszFunction,
                                       LPCWSTR pszProvider, ULONG dwMode, ULONG dwFlags,
                                       ULONG *pcbBuffer, PCRYPT_PROVIDER_REFS *ppBuffer)
{
    (void)pszContext, (void)dwInterface, (void)pszFunction, (void)pszProvider, (void)dwMode,
    (void)dwFlags, (void)pcbBuffer, (void)ppBuffer;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptSetContextFunctionProperty(ULONG dwTable, LPCWSTR pszContext,
                                                 ULONG dwInterface, LPCWSTR pszFunction,
                                                 LPCWSTR pszProperty, ULONG cbValue, PUCHAR pbValue)
{
    (void)dwTable, (void)pszContext, (void)dwInterface, (void)pszFunction, (void)pszProperty,
    (void)cbValue, (void)pbValue;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptUnregisterConfigChangeNotify(HANDLE hEvent)
{
    (void)hEvent;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

