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

struct object;
struct provider_calls;                          /* router/calls.h */
struct slot;                                    /* router/slots.h */

/* An object's type, and how it ends: its maker gives both. */
struct object_kind
{
    enum object_type type;
    /* Ends what the object stands for, and leaves no secret in its memory. Called once, by any
     * thread, for objects that never became live too. */
    void (*destroy)(struct object *object);
};

/*
 * An open algorithm, a key, a hash or a secret, as the router knows it: the calls of its provider
 * and the handle that the provider gave. The object buffer that is lent to the provider, if there
 * is one, follows it in the same memory.
 */
struct object
{
    _Alignas(16) struct slot *slot;             /* NULL: a pseudo-handle's, which nothing ends */
    const struct object_kind *kind;
    const struct provider_calls *calls;         /* the functions to call */
    void *provider_handle;                      /* what to call them with */
    struct object *parent;                      /* the open algorithm it was made of, held */
    _Atomic uint32_t memory_bytes;              /* lent; of an algorithm: what its objects need */
    _Atomic uint8_t busy;                       /* see object_enter */
    _Atomic uint8_t modified;                   /* an algorithm that is not as one just opened */
};

/* The object buffer that is lent to the provider of a key or hash; NULL if there is none. */
static inline void *object_memory(struct object *object)
{
    return atomic_load_explicit(&object->memory_bytes, memory_order_relaxed) ? object + 1 : NULL;
}

/* More than this is not lent to a provider, whatever it asks for. */
#define OBJECT_MOST_LENT 0x7fffffffu

/* A fresh object of that kind below parent (may be NULL), not live yet, that lends memory_bytes;
 * NULL if there is no memory or no handle left, or that is more than OBJECT_MOST_LENT. The caller
 * has a reference to the parent or to one of its children; the object holds the parent from here
 * on. object_publish or object_free must follow. */
struct object *object_new(const struct object_kind *kind, struct object *parent,
                          uint32_t memory_bytes);

/* Makes a fresh object live and stores its handle. The object is the table's from here on. */
void object_publish(struct object *object, void **handle);

/* The handle that an object has, or had before it was retired. */
void *object_handle(const struct object *object);

/* Gives back an object that never became live, with everything in it; takes NULL. */
void object_free(struct object *object);

/* The live object behind handle, with a reference to put back; NULL if none of that type.
 * Reads nothing through handle, takes no lock. */
struct object *object_get(const void *handle, enum object_type type);

/* Ends the handle: it is dead when this returns, and what it stands for is destroyed as soon as no
 * thread uses it. False if there is no live object of that type behind it. */
bool object_retire(const void *handle, enum object_type type);

/* Ends the reference; takes NULL. The last one of a dead object destroys what it stands for. */
void object_put(struct object *object);

/*
 * Calls that change a hash, and BCryptSetProperty on any object, wait for each other here. No
 * program should use one hash from two threads at once; if it does, its digest is wrong, but no
 * more than that. A thread that waits yields until it is let in.
 */
void object_enter(struct object *object);
void object_leave(struct object *object);

/* Lets go of the thread's slots before it ends. */
void object_thread_detach(void);

/* How many objects of all types are live or dying. For tests. */
size_t object_count(void);

#endif
