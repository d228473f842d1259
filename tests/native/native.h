/*
 * native.h - what tests of the native build can do to the platform.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef NATIVE_NATIVE_H
#define NATIVE_NATIVE_H

#include <stdatomic.h>
#include <stdbool.h>

/* The allocation after this many more fails, and every one after it; -1: none does. */
extern _Atomic long native_fail_after;

bool native_allocation_fails(void);

/* What DllMain does when a thread ends; a thread that used BCrypt functions calls it last. */
void native_thread_detach(void);

#endif
