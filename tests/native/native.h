/*
 * native.h - what tests of the native build can do to the platform.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef NATIVE_NATIVE_H
#define NATIVE_NATIVE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* The allocation after this many more fails, and every one after it; -1: none does. */
extern _Atomic long native_fail_after;

/* That one alone fails, then. And how many have failed. */
extern _Atomic bool native_fail_once;
extern _Atomic unsigned long native_failures;

/* The same for reading the system's entropy, for the functions of libcrypto that libcrypto_faults.h
 * names, and for those of registry.h, which give STATUS_NO_MEMORY to who reads then, and
 * STATUS_ACCESS_DENIED to who writes. */
extern _Atomic long native_entropy_fail_after, native_libcrypto_fail_after;
extern _Atomic long native_registry_fail_after;

/* Chunks of platform_chunk_alloc that were not given back yet. */
extern _Atomic size_t native_chunks;

bool native_allocation_fails(void);
bool native_libcrypto_fails(void);
bool native_registry_fails(void);

/* A DLL that platform_module_load finds under that path from now on, with what it exports up to a
 * name that is NULL; and how often DLLs are loaded. */
struct native_export
{
    const char *name;
    void *address;
};
void native_module_add(const wchar_t *path, const struct native_export *exports);
extern _Atomic int native_modules_loaded;

/* Empties the registry that is in memory. */
void native_registry_clear(void);

/* Called by it after each change. */
void native_registry_changed(void);

/* Whether a change has set an event, which it resets. */
bool native_event_was_set(void *event);

/* What DllMain does when a thread ends; a thread that used BCrypt functions calls it last. */
void native_thread_detach(void);

#endif
