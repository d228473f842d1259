/*
 * outside.h - what is asked of Windows besides files: watching a folder.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef STORE_OUTSIDE_H
#define STORE_OUTSIDE_H

#include "nte.h"
#include "platform/base.h"

/* A handle that is signaled when a store's folder changes: 0, NTE_TEMPORARY_PROFILE,
 * NTE_INTERNAL_ERROR; and its end. */
SECURITY_STATUS store_watch(bool machine, HANDLE *event);
bool store_unwatch(HANDLE event);

#endif
