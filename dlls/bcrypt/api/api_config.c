/*
 * api_config.c - contexts, functions, providers, registration, change notification, FIPS mode.
 *
 * The configuration store is not written yet: what would read or write it answers
 * STATUS_NOT_IMPLEMENTED, and README.md lists it as missing. The built-in provider, its order and
 * the cipher suites of TLS are all there is.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api.h"
#include "platform/platform.h"

#ifndef NCRYPT_SCHANNEL_INTERFACE
#define NCRYPT_SCHANNEL_INTERFACE 0x00010002     /* of ncrypt.h */
#endif

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

/* The TLS cipher suites of Windows 11, best first: what the SSL context holds by default. */
static const LPCWSTR cipher_suites[] =
{
    L"TLS_AES_256_GCM_SHA384",
    L"TLS_AES_128_GCM_SHA256",
    L"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    L"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    L"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    L"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    L"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
    L"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
    L"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
    L"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
};

/* The function of an interface in a context at a place in the order; NULL after the last. */
static LPCWSTR context_function_at(const struct provider_registry *registry, LPCWSTR context,
                                   ULONG interface_id, ULONG place)
{
    struct provider_function function;
    ULONG number;

    if (names_equal(context, L"SSL"))
    {
        if (interface_id != NCRYPT_SCHANNEL_INTERFACE || place >= ARRAY_SIZE(cipher_suites))
            return NULL;
        return cipher_suites[place];
    }
    if (!names_equal(context, CRYPT_DEFAULT_CONTEXT)) return NULL;

    for (number = 0; provider_function_at(registry, number, &function); number++)
        if (function.interface_id == interface_id && !place--) return function.id;
    return NULL;
}

/*
 * BCryptEnumContextFunctions - lists the functions of a context in the order of their priority.
 *
 *   dwTable       CRYPT_LOCAL, or CRYPT_DOMAIN, which is empty
 *   pszContext    L"Default" (NULL, too) or L"SSL"
 *   dwInterface   the interface, such as BCRYPT_HASH_INTERFACE or NCRYPT_SCHANNEL_INTERFACE
 *   pcbBuffer     the bytes of *ppBuffer; receives those of the answer
 *   ppBuffer      NULL asks for the size; points to NULL to get a block for BCryptFreeBuffer, or to
 *                 the caller's buffer
 *
 * What is built in is all there is: the configuration in the registry is not read yet.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pcbBuffer is NULL, or there is no such table
 *   STATUS_NOT_FOUND           the context is not there, or has nothing of that interface
 *   STATUS_BUFFER_TOO_SMALL    ppBuffer is NULL, or its buffer is too small; *pcbBuffer is set
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptEnumContextFunctions. Tests: tests/winetest/run.
 */
NTSTATUS WINAPI BCryptEnumContextFunctions(ULONG dwTable, LPCWSTR pszContext, ULONG dwInterface,
                                           ULONG *pcbBuffer, PCRYPT_CONTEXT_FUNCTIONS *ppBuffer)
{
    LPCWSTR context = pszContext && *pszContext ? pszContext : CRYPT_DEFAULT_CONTEXT, name;
    const struct provider_registry *registry;
    CRYPT_CONTEXT_FUNCTIONS *list;
    ULONG count, bytes, room;
    char *strings;

    TRACE("dwTable %#lx, pszContext %s, dwInterface %#lx, pcbBuffer %p, ppBuffer %p\n",
          (unsigned long)dwTable, trace_string(pszContext), (unsigned long)dwInterface,
          (void *)pcbBuffer, (void *)ppBuffer);

    if (!pcbBuffer || (dwTable != CRYPT_LOCAL && dwTable != CRYPT_DOMAIN))
        return STATUS_INVALID_PARAMETER;
    if (dwTable == CRYPT_DOMAIN) return STATUS_NOT_FOUND;
    if (!(registry = provider_registry_now())) return STATUS_NO_MEMORY;

    bytes = sizeof(*list);
    for (count = 0; (name = context_function_at(registry, context, dwInterface, count)); count++)
        bytes += sizeof(PWSTR) + (ULONG)name_bytes(name);
    if (!count) return STATUS_NOT_FOUND;

    room = *pcbBuffer;
    if (ppBuffer && !*ppBuffer)
    {
        if (!(list = platform_heap_alloc(bytes))) return STATUS_NO_MEMORY;
        *ppBuffer = list;
        room = bytes;
    }
    *pcbBuffer = bytes;
    if (!ppBuffer || room < bytes) return STATUS_BUFFER_TOO_SMALL;

    list = *ppBuffer;
    list->cFunctions = count;
    list->rgpszFunctions = (PWSTR *)(list + 1);
    strings = (char *)(list->rgpszFunctions + count);
    for (count = 0; (name = context_function_at(registry, context, dwInterface, count)); count++)
    {
        list->rgpszFunctions[count] = memcpy(strings, name, name_bytes(name));
        strings += name_bytes(name);
    }
    return STATUS_SUCCESS;
}

/* ---- what waits for the configuration store ---- */

NTSTATUS WINAPI BCryptAddContextFunction(ULONG dwTable, LPCWSTR pszContext, ULONG dwInterface,
                                         LPCWSTR pszFunction, ULONG dwPosition)
{
    (void)dwTable, (void)pszContext, (void)dwInterface, (void)pszFunction, (void)dwPosition;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptAddContextFunctionProvider(ULONG dwTable, LPCWSTR pszContext,
                                                 ULONG dwInterface, LPCWSTR pszFunction,
                                                 LPCWSTR pszProvider, ULONG dwPosition)
{
    (void)dwTable, (void)pszContext, (void)dwInterface, (void)pszFunction, (void)pszProvider,
    (void)dwPosition;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

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

NTSTATUS WINAPI BCryptRegisterProvider(LPCWSTR pszProvider, ULONG dwFlags, PCRYPT_PROVIDER_REG pReg)
{
    (void)pszProvider, (void)dwFlags, (void)pReg;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptRemoveContextFunction(ULONG dwTable, LPCWSTR pszContext, ULONG dwInterface,
                                            LPCWSTR pszFunction)
{
    (void)dwTable, (void)pszContext, (void)dwInterface, (void)pszFunction;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptRemoveContextFunctionProvider(ULONG dwTable, LPCWSTR pszContext,
                                                    ULONG dwInterface, LPCWSTR pszFunction,
                                                    LPCWSTR pszProvider)
{
    (void)dwTable, (void)pszContext, (void)dwInterface, (void)pszFunction, (void)pszProvider;
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

NTSTATUS WINAPI BCryptUnregisterProvider(LPCWSTR pszProvider)
{
    (void)pszProvider;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}
