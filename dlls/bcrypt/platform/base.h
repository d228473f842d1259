/*
 * base.h - Windows' types, statuses and CNG, for every file that uses them; before any other header
 * of Windows.
 *
 * windows.h brings a few statuses of its own, which would collide with ntstatus.h: so they are put
 * off, and ntstatus.h has the only word. The native build has a thin windows.h in tests/native.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PLATFORM_BASE_H
#define PLATFORM_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#define WIN32_NO_STATUS
#include <windows.h>
#undef WIN32_NO_STATUS
#include <ntstatus.h>

#include "bcrypt.h"
#include "bcrypt_provider.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* The structure that holds member, given the member's address. */
#define CONTAINER_OF(address, type, member) ((type *)((char *)(address) - offsetof(type, member)))

#endif
