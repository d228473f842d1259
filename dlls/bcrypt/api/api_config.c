/*
 * api_config.c - contexts, functions, providers, registration, change notification, FIPS mode.
 *
 * The configuration store is not written yet: what would read or write it answers
 * STATUS_NOT_IMPLEMENTED, and README.md lists it as missing. The built-in provider and its order
 * are all there is.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api.h"
#include "platform/platform.h"

/*
 * BCryptGetFipsAlgorithmMode - whether the system asks for FIPS 140 validated algorithms only.
 *
 *   pfEnabled   receives the answer: Enabled below HKLM\System\CurrentControlSet\Control\Lsa\
 *               FIPSAlgorithmPolicy, else the value FIPSAlgorithmPolicy below Lsa, else FALSE
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   pfEnabled is NULL
 *
 * Source: Microsoft Learn, BCryptGetFipsAlgorithmMode. Tests: tests/test_algorithm.c.
 */
NTSTATUS WINAPI BCryptGetFipsAlgorithmMode(BOOLEAN *pfEnabled)
{
    uint32_t value;

    TRACE("pfEnabled %p\n", (void *)pfEnabled);

    if (!pfEnabled) return STATUS_INVALID_PARAMETER;
    if (!platform_registry_dword((const uint16_t *)L"System\\CurrentControlSet\\Control\\Lsa\\FIPSAlgorithmPolicy",
                                 (const uint16_t *)L"Enabled", &value) &&
        !platform_registry_dword((const uint16_t *)L"System\\CurrentControlSet\\Control\\Lsa",
                                 (const uint16_t *)L"FIPSAlgorithmPolicy", &value)) value = 0;
    *pfEnabled = value != 0;
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

NTSTATUS WINAPI BCryptEnumContextFunctions(ULONG dwTable, LPCWSTR pszContext, ULONG dwInterface,
                                           ULONG *pcbBuffer, PCRYPT_CONTEXT_FUNCTIONS *ppBuffer)
{
    (void)dwTable, (void)pszContext, (void)dwInterface, (void)pcbBuffer, (void)ppBuffer;
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
