/*
 * module.h - other DLLs: a provider's.
 *
 * Windows is in module_windows.c; tests/native/module_native.c answers for the native build.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PLATFORM_MODULE_H
#define PLATFORM_MODULE_H

#include "platform/base.h"

/* Loads the DLL of a full path, or of a bare name in the system's directory and nowhere else, with
 * what it needs from its own directory or the system's; NULL if it is not to be had, or the path is
 * of another kind. Runs the DLL's code: no lock may be held. */
void *platform_module_load(LPCWSTR path);
void platform_module_free(void *module);

/* Asked at once after a NULL of that, by the same thread: whether it may be had in a moment, when
 * there is memory for it. */
bool platform_module_lacked_memory(void);

/* The address of what a module exports; NULL if it does not. */
void *platform_module_function(void *module, const char *name);

#endif
