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

#include "router/uses.h"

struct provider_calls;                          /* router/calls.h */

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
    _Atomic uint8_t busy;                       /* see enter.c */
    _Atomic uint8_t unbiased;                   /* the same */
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

/* The rest of object_get, object_put and object_retire below, for what is rare there. It is called
 * last, so that these need no stack. */
struct object *object_get_slowly(struct slot *slot, uintptr_t value, enum object_type type);
struct object *object_get_undone(struct thread_record *record);
void object_let_go(struct thread_record *record, uint32_t place);
struct object *object_get_entered_slowly(struct slot *slot, uintptr_t value, enum object_type type);
struct object *object_enter_shared(struct thread_record *record, struct slot *slot,
                                   struct object *object);
void object_put_slowly(struct object *object);
void object_put_entered_slowly(struct object *object);
bool object_retire_slot(struct slot *slot, uintptr_t value);

/* Destroys a dead object that nobody uses or holds any more. */
void object_reap(struct slot *slot);

/* Ends the thread's latest use, which is of that slot. */
static inline void object_end_latest(struct thread_record *record, struct slot *slot)
{
    use_end(record, record->depth - 1);
    atomic_signal_fence(memory_order_seq_cst);
    if (__builtin_expect(slot_state(atomic_load_explicit(&slot->word, memory_order_relaxed)) ==
                         DEAD, 0)) object_reap(slot);
}

/* The live object behind handle, with a reference to put back; NULL if none of that type.
 * Reads nothing through handle, takes no lock. Part of its callers, whatever the compiler thinks
 * of their size: with a call before the exchange BCryptGetProperty took 21.1 ns, not 16.8. */
static inline __attribute__((always_inline)) struct object *
object_get(const void *handle, enum object_type type)
{
    struct thread_record *record = platform_thread_get(THREAD_SLOT_OBJECTS);
    uintptr_t value = (uintptr_t)handle;
    struct slot *slot = slot_of_handle(value);
    struct object *object;

    /* A first look without a use: most bad handles end here. */
    if (!slot || !slot_is(slot, value, type)) return NULL;
    object = atomic_load_explicit(&slot->object, memory_order_relaxed);
    if (__builtin_expect(!record || record->depth >= USES - 1 || !use_is_looked_for(record, slot),
                         0)) return object_get_slowly(slot, value, type);

    use_begin(record, (uintptr_t)slot);
    return __builtin_expect(atomic_load(&slot->word) == value, 1) ? object
                                                                 : object_get_undone(record);
}

/* Ends the reference; takes NULL. The last one of a dead object destroys what it stands for. */
static inline void object_put(struct object *object)
{
    struct thread_record *record = platform_thread_get(THREAD_SLOT_OBJECTS);
    struct slot *slot;

    if (!object || !(slot = object->slot)) return;
    if (__builtin_expect(!record || use_latest(record) != (uintptr_t)slot, 0))
        object_put_slowly(object);
    else object_end_latest(record, slot);
}

/* Ends the handle: it is dead when this returns, and what it stands for is destroyed as soon as no
 * thread uses it. False if there is no live object of that type behind it. */
static inline bool object_retire(const void *handle, enum object_type type)
{
    uintptr_t value = (uintptr_t)handle;
    struct slot *slot = slot_of_handle(value);

    return slot && slot_is(slot, value, type) && object_retire_slot(slot, value);
}

/*
 * Calls that change a hash, and BCryptSetProperty on any object, wait for each other here. No
 * program should use one hash from two threads at once; if it does, its digest is wrong, but no
 * more than that. A thread that waits yields until it is let in. It has a reference to the object.
 */
void object_enter(struct object *object);
void object_leave(struct object *object);

/* object_get and object_enter in one, object_leave and object_put in one: less than the two where
 * one thread made the object and no other has used it. */
static inline __attribute__((always_inline)) struct object *
object_get_entered(const void *handle, enum object_type type)
{
    struct thread_record *record = platform_thread_get(THREAD_SLOT_OBJECTS);
    uintptr_t value = (uintptr_t)handle;
    struct slot *slot = slot_of_handle(value);
    struct object *object;

    if (!slot || !slot_is(slot, value, type)) return NULL;
    object = atomic_load_explicit(&slot->object, memory_order_relaxed);
    if (__builtin_expect(!record || record->depth >= USES - 1 ||
                         atomic_load_explicit(&slot->keeper, memory_order_relaxed) !=
                         record->number, 0)) return object_get_entered_slowly(slot, value, type);

    use_begin(record, (uintptr_t)slot | USE_ALONE);
    if (__builtin_expect(atomic_load(&slot->word) != value, 0)) return object_get_undone(record);
    if (__builtin_expect(atomic_load(&slot->keeper) != record->number, 0))
        return object_enter_shared(record, slot, object);
    return object;
}

static inline __attribute__((always_inline)) void object_put_entered(struct object *object)
{
    struct thread_record *record = platform_thread_get(THREAD_SLOT_OBJECTS);
    struct slot *slot = object->slot;

    if (__builtin_expect(!record || use_latest(record) != ((uintptr_t)slot | USE_ALONE), 0))
        object_put_entered_slowly(object);
    else object_end_latest(record, slot);
}

/* Lets go of the thread's slots before it ends. */
void object_thread_detach(void);

/* How many objects of all types are live or dying. For tests. */
size_t object_count(void);

#endif
