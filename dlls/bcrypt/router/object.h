/*
 * object.h - the object table: what a handle means.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_OBJECT_H
#define ROUTER_OBJECT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum object_type
{
    OBJECT_ANY,                                 /* for look-ups only */
    OBJECT_ALGORITHM,
    OBJECT_KEY,
    OBJECT_HASH,
    OBJECT_SECRET,
};

struct provider_calls;                          /* router/calls.h */

/*
 * What the router knows of an open algorithm, a key, a hash or a secret: the algorithm's functions
 * and the handle that the provider gave. It lives in the table itself, and its memory is never
 * given back, so that a look-up may read `handle` of a slot whose object is long gone.
 */
struct object
{
    _Alignas(64) _Atomic uintptr_t handle;      /* the live handle; see object.c for the rest */
    _Atomic uint32_t holds;                     /* by children, and by calls nested too deeply */
    uint32_t index;
    _Atomic uint8_t type;                       /* enum object_type; read before the slot is sure */
    uint8_t immortal;                           /* a pseudo-handle's: nothing counts references */
    _Atomic uint8_t busy;                       /* see object_enter */
    _Atomic uint8_t modified;                   /* an algorithm that is not as one just opened */
    _Atomic uint8_t settled;                    /* dying: whoever uses it is known to */
    _Atomic uint32_t memory_bytes; /* of memory; of an algorithm: what its objects need */
    const struct provider_calls *calls;         /* the functions to call */
    void *provider_handle;                      /* what to call them with */
    void *memory;                               /* the object buffer lent to the provider, if any */
    struct object *parent;                      /* the open algorithm of a key or hash, held */
};

/* A fresh object of that type below parent (may be NULL), not live yet; NULL if there is no memory
 * or no handle left. object_publish or object_free must follow. */
struct object *object_new(enum object_type type, struct object *parent);

/* Makes a fresh object live and stores its handle. The object is the table's from here on, and the
 * caller's hold on its parent (object_get_held, object_hold) is the object's. */
void object_publish(struct object *object, void **handle);

/* Gives back an object that never became live, with everything in it but its parent; takes NULL. */
void object_free(struct object *object);

/* The live object behind handle, with a reference to put back; NULL if none of that type.
 * Reads nothing through handle, takes no lock, writes to no memory that threads share. */
struct object *object_get(const void *handle, enum object_type type);

/* As object_get, but the reference is counted in the object: it may be kept after the call, and
 * threads that take it at once wait for each other a little. */
struct object *object_get_held(const void *handle, enum object_type type);

/* Another such reference, by somebody who has one of either kind. */
void object_hold(struct object *object);

/* Ends the handle: it is dead when this returns, and what it stands for is destroyed as soon as no
 * thread uses it. False if there is no live object of that type behind it. */
bool object_retire(const void *handle, enum object_type type);

/* Ends a reference of either kind; takes NULL. The last one of a dead object destroys what it
 * stands for. */
void object_put(struct object *object);

/*
 * Hashes change with every call, and nobody should use one from two threads at once. If a program
 * does, its digest is wrong, but no more than that: calls on one hash wait for each other here.
 */
void object_enter(struct object *object);
void object_leave(struct object *object);

/* Lets go of the thread's slots before it ends. */
void object_thread_detach(void);

/* How many objects of all types are live or dying. For tests. */
size_t object_count(void);

/* Given by the owner of the bodies (router/algorithm.c): destroys what an object stands for. */
void object_destroy_body(struct object *object);

#endif
