/*
 * builtin.h - where the router finds the built-in provider.
 *
 * What the registry says of a provider that was installed, this says of ours: its name and the
 * functions of each interface, in their order. Its entry points are the documented Get*Interface
 * functions (bcrypt_provider.h), and no more than these is known of it.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef BCRYPT_BUILTIN_H
#define BCRYPT_BUILTIN_H

#include "platform/base.h"

/* The function of that number of an interface (BCRYPT_CIPHER_INTERFACE...); NULL after the last. */
LPCWSTR primitive_provider_function(ULONG dwInterface, ULONG number);

/* Gives back what the provider keeps for this thread, before it ends, and for all; when the DLL
 * goes. For main.c: another's provider has a DllMain of its own. */
void provider_thread_detach(void);
void provider_detach(void);

#endif
