/*
 * ncrypt_api.h - what every export of ncrypt.dll needs.
 *
 * The object table is bcrypt.dll's, compiled into this DLL: its own handles, looked up and never
 * followed. A storage provider has the type that there is an algorithm's.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef API_NCRYPT_API_H
#define API_NCRYPT_API_H

#include "ksp/ksp.h"
#include "platform/base.h"
#include "platform/names.h"
#include "platform/trace.h"
#include "platform/wipe.h"
#include "router/object.h"

#define OBJECT_PROVIDER OBJECT_ALGORITHM

extern const struct object_kind provider_kind, stored_key_kind, agreed_secret_kind;

/* The key behind a handle that is not ours but Wine's (ncrypt_foreign.c), with a reference to put
 * back; NULL of others. The handle's end; false of others. */
struct object *foreign_get(NCRYPT_HANDLE handle);
bool foreign_free(NCRYPT_HANDLE handle);

/* The live object behind a handle, with a reference to put back; NULL if none of that type. */
static inline struct object *handle_get(NCRYPT_HANDLE handle, enum object_type type)
{
    struct object *object = object_get((void *)handle, type);

    if (__builtin_expect(object || (type != OBJECT_KEY && type != OBJECT_ANY), 1)) return object;
    return foreign_get(handle);
}

/* The key, with a reference to the object. NULL: no key, and no reference. */
static inline struct ksp_key *key_get(NCRYPT_KEY_HANDLE handle, struct object **object)
{
    *object = handle_get(handle, OBJECT_KEY);
    return *object ? (*object)->provider_handle : NULL;
}

/* Makes a handle of a key, which is the handle's then, and is freed if there is none to be had. */
SECURITY_STATUS key_publish(struct ksp_key *key, NCRYPT_KEY_HANDLE *handle);

/* A handle of the storage provider. */
SECURITY_STATUS provider_publish(NCRYPT_PROV_HANDLE *handle);

/* Has a provider's handle stand one more NCryptFreeObject; false if it has ended. */
bool provider_again(NCRYPT_PROV_HANDLE handle);

#endif
