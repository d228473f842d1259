/*
 * stack_windows.h - the value that functions keep behind their arrays.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PLATFORM_STACK_WINDOWS_H
#define PLATFORM_STACK_WINDOWS_H

#include <stdint.h>

extern uintptr_t __stack_chk_guard;
void __stack_chk_fail(void) __attribute__((noreturn));

/* Makes the value of this process. No function that keeps the old one may call it. */
void stack_guard_attach(void *module);

#endif
