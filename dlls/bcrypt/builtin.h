/*
 * builtin.h - where the router finds the built-in provider.
 *
 * The registry lists the functions of a provider that was installed; this lists those of ours, by
 * interface and in their order. Its entry points are the documented Get*Interface functions
 * (bcrypt_provider.h). Whole messages take a shorter way, for which no table has a place. The
 * router knows no more than these of it; main.c also tells it when a thread ends and when the DLL
 * goes.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef BCRYPT_BUILTIN_H
#define BCRYPT_BUILTIN_H

#include "platform/base.h"

/* The function of that number of an interface (BCRYPT_CIPHER_INTERFACE...); NULL after the last. */
LPCWSTR primitive_provider_function(ULONG dwInterface, ULONG number);

/* Whether Windows has no such function: it can be hidden, so that there is what Windows has. */
bool primitive_provider_is_extra(ULONG dwInterface, LPCWSTR id);

/*
 * Hashes a whole message, as an object of this algorithm would that is made for it; but without
 * one, which takes longer than a short message.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   a key for a hash that takes none; the size of the output
 *   STATUS_NOT_SUPPORTED       this kind of hash needs an object
 */
NTSTATUS primitive_provider_hash(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbSecret, ULONG cbSecret,
                                 PUCHAR pbInput, ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput);

/* Gives back what the provider keeps for this thread, before it ends, and for all; when the DLL
 * goes. For main.c: another's provider has a DllMain of its own. */
void provider_thread_detach(void);
void provider_detach(void);

#endif
