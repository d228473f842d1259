/*
 * algorithm.h - open algorithms and pseudo-handles.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_ALGORITHM_H
#define ROUTER_ALGORITHM_H

#include "platform/base.h"
#include "router/object.h"
#include "router/providers.h"

/* Opens an algorithm as BCryptOpenAlgorithmProvider does; the statuses are its. */
NTSTATUS algorithm_open(LPCWSTR id, LPCWSTR provider, ULONG flags, BCRYPT_ALG_HANDLE *handle);

/* The handle that an open algorithm has, or had before it was closed. */
BCRYPT_ALG_HANDLE algorithm_handle(const struct object *algorithm);

/* The open algorithm of the generator that the system prefers: BCRYPT_RNG_ALG_HANDLE's. */
struct object *algorithm_get_random(void);

/* Whether the handle is one of the pseudo-handle constants, known or not. */
static inline bool is_pseudo_handle(BCRYPT_HANDLE handle)
{
    return ((ULONG_PTR)handle & 15) == 1;
}

/* The open algorithm behind a pseudo-handle; NULL if there is none. */
struct object *algorithm_get_pseudo(BCRYPT_ALG_HANDLE handle);

/* The open algorithm behind a handle or a pseudo-handle, with a reference for object_put;
 * NULL if there is none. */
static inline __attribute__((always_inline)) struct object *algorithm_get(BCRYPT_ALG_HANDLE handle)
{
    return __builtin_expect(is_pseudo_handle(handle), 0) ? algorithm_get_pseudo(handle) :
                                                          object_get(handle, OBJECT_ALGORITHM);
}

/* The bytes that a key or hash object of the algorithm takes; 0 if it takes none. */
static inline ULONG algorithm_object_bytes(struct object *algorithm)
{
    return atomic_load_explicit(&algorithm->memory_bytes, memory_order_relaxed);
}

/* Asks the provider for that number again, which a chaining mode may have changed. */
void algorithm_ask_object_bytes(struct object *algorithm);

/*
 * The rule for a caller's object buffer: NULL and 0, or as large as the algorithm says.
 *
 *   STATUS_SUCCESS, STATUS_INVALID_PARAMETER (NULL with a size), STATUS_BUFFER_TOO_SMALL
 */
NTSTATUS algorithm_check_buffer(struct object *algorithm, const void *buffer, ULONG bytes);

/* The kinds of objects that are made of an algorithm, for object_new. */
extern const struct object_kind key_kind, hash_kind, secret_kind;

/*
 * Judges a provider's function that makes something: its status, and the handle that it stored.
 * Foreign ones may say success and store nothing, or answer neither success nor failure, which
 * callers would take for success. A handle that a failing one stored is dropped.
 *
 *   STATUS_SUCCESS           there is a handle
 *   STATUS_INTERNAL_ERROR    the provider broke the rules
 *   other statuses           the provider's
 */
static inline NTSTATUS algorithm_made(void **handle, NTSTATUS status)
{
    if (__builtin_expect(!status && *handle, 1)) return STATUS_SUCCESS;
    *handle = NULL;
    return status < 0 ? status : STATUS_INTERNAL_ERROR;
}

/* Whether a provider can be given a key of one of these algorithms with a key of the other. A
 * stranger's is given its own algorithm's only, for it may take them for what they are not. */
static inline bool algorithm_go_together(const struct provider_calls *left,
                                         const struct provider_calls *right)
{
    return left == right || (left->provider == right->provider && left->keeps_rules);
}

/* Notes that an object is not as one just opened: it was opened with flags, or told a property. For
 * algorithms; of other objects nobody asks. */
static inline void algorithm_modified(struct object *algorithm)
{
    atomic_store_explicit(&algorithm->modified, 1, memory_order_relaxed);
}

/* Closes what the thread kept open, before it ends and before memory_thread_detach. */
void algorithm_thread_detach(void);

/* Closes what pseudo-handles opened; when the DLL goes. */
void algorithm_detach(void);

#endif
