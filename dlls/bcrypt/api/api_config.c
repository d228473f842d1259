/*
 * api_config.c - what concerns the configuration as a whole: FIPS mode, auditing, notification.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api.h"
#include "platform/platform.h"
#include "router/notify.h"

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

/*
 * BCryptRegisterConfigChangeNotify - asks to be told when the configuration changes.
 *
 *   phEvent   receives an event without a name, for BCryptUnregisterConfigChangeNotify. It is set
 *             when any process changes the configuration, and now and then when nothing of interest
 *             was changed; whoever waits for it resets it
 *
 * While there is such an event this process notices such changes itself, and the DLL stays loaded.
 * The form with a PRKEVENT is the kernel's.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   phEvent is NULL
 *   STATUS_NO_MEMORY           or no handle
 *
 * Source: Microsoft Learn, BCryptRegisterConfigChangeNotify(HANDLE*). Tests: tests/test_notify.c.
 */
NTSTATUS WINAPI BCryptRegisterConfigChangeNotify(HANDLE *phEvent)
{
    TRACE("phEvent %p\n", (void *)phEvent);

    if (!phEvent) return STATUS_INVALID_PARAMETER;
    return notify_register(phEvent);
}

/*
 * BCryptUnregisterConfigChangeNotify - takes that back, and closes the event.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   NULL, or not of BCryptRegisterConfigChangeNotify, or taken back
 *                              before; it is left alone then
 *
 * Source: Microsoft Learn, BCryptUnregisterConfigChangeNotify(HANDLE). Tests: tests/test_notify.c.
 */
NTSTATUS WINAPI BCryptUnregisterConfigChangeNotify(HANDLE hEvent)
{
    TRACE("hEvent %p\n", hEvent);
    return notify_unregister(hEvent);
}
