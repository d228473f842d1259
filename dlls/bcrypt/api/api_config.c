/*
 * api_config.c - what concerns the configuration as a whole: FIPS mode, auditing, notification.
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
 *
 * Tests: tests/test_context.c.
 */
NTSTATUS WINAPI BCryptSetAuditingInterface(PVOID pAuditingInterface)
{
    TRACE("pAuditingInterface %p\n", pAuditingInterface);
    return STATUS_SUCCESS;
}

/* ---- not implemented ---- */

NTSTATUS WINAPI BCryptRegisterConfigChangeNotify(HANDLE *phEvent)
{
    (void)phEvent;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}

NTSTATUS WINAPI BCryptUnregisterConfigChangeNotify(HANDLE hEvent)
{
    (void)hEvent;
    TRACE("not implemented\n");
    return STATUS_NOT_IMPLEMENTED;
}
