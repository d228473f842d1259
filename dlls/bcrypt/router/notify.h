/*
 * notify.h - programs that want to know when the configuration changes.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_NOTIFY_H
#define ROUTER_NOTIFY_H

#include "platform/base.h"

/* As BCryptRegisterConfigChangeNotify and BCryptUnregisterConfigChangeNotify: STATUS_SUCCESS,
 * STATUS_NO_MEMORY; STATUS_INVALID_PARAMETER (no event of ours). */
NTSTATUS notify_register(HANDLE *event);
NTSTATUS notify_unregister(HANDLE event);

#endif
