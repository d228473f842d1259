/*
 * object.c - the object table: the life of an object from its handle's birth to its end.
 *
 * slots.c has the handles and the slots that they name, uses.c which of them threads use in a
 * call, holds.c what outlives a call. Here an object is made, found, retired, and destroyed when
 * nobody uses or holds it any more.
 *
 * A thread that destroys an object has claimed its slot, from LIVE or from DEAD to BUSY, so it
 * happens once. The retirer claims it at once, for mostly no thread uses the object. If one does,
 * the slot is left DEAD: the thread that lets go of it after that claims it, or the retirer does if
 * it finds no user the second time.
 *
 * Slots that are left to their users are in a list, because a user that lets go and a retirer may
 * both look too early to see the other (uses.c). Then the next thread that retires any object
 * destroys them.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/object.h"

#include "platform/memory.h"
#include "platform/platform.h"
#include "router/enter.h"
#include "router/holds.h"

/* It lies in front of what is lent: keys and hashes of the common kinds fit 192 bytes with it. */
_Static_assert(sizeof(struct object) <= 48, "objects have grown");

static struct platform_lock left_lock;          /* holds the list */
static uint32_t left_first;
static _Atomic uint32_t left_count;

/* ---- destroying ---- */

/* Adds a slot that the caller has claimed, and retires. */
static __attribute__((noinline)) void left_add(struct slot *slot)
{
    platform_lock_acquire(&left_lock);
    slot->next = left_first;
    left_first = slot_index(slot);
    atomic_store(&slot->left, 1);
    atomic_fetch_add(&left_count, 1);
    platform_lock_release(&left_lock);
}

/* Takes a slot out. The lock is held; link is what points to it. */
static void left_unlink(uint32_t *link, struct slot *slot)
{
    *link = slot->next;
    atomic_store(&slot->left, 0);
    atomic_fetch_sub(&left_count, 1);
}

static __attribute__((noinline)) void left_remove(struct slot *slot)
{
    uint32_t *link;

    platform_lock_acquire(&left_lock);
    for (link = &left_first; *link; link = &slot_at(*link)->next)
    {
        if (slot_at(*link) != slot) continue;
        left_unlink(link, slot);
        break;
    }
    platform_lock_release(&left_lock);
}

static bool claim(struct slot *slot, uintptr_t word)
{
    return atomic_compare_exchange_strong(&slot->word, &word, (word & ~STATE_MASK) | BUSY);
}

static void object_memory_put(struct object *object)
{
    size_t lent = object->kind->type == OBJECT_ALGORITHM ? 0 :
                  atomic_load_explicit(&object->memory_bytes, memory_order_relaxed);

    memory_put_clean(object, sizeof(*object) + lent);
}

/* Destroys an object whose slot the caller has claimed, with no user and no hold left. */
static void destroy_claimed(struct slot *slot)
{
    struct thread_record *record = thread_record();
    struct object *object = atomic_load_explicit(&slot->object, memory_order_relaxed);
    struct slot *parent = object->parent ? object->parent->slot : NULL;

    object->kind->destroy(object);
    if (__builtin_expect(atomic_load_explicit(&slot->left, memory_order_relaxed), 0))
        left_remove(slot);
    holds_forget(slot);
    object_memory_put(object);
    if (record) count_live(record, -1);
    slot_free(record, slot);
    if (!parent) return;
    hold_release(record, parent);
    if (slot_state(atomic_load(&parent->word)) == DEAD) object_reap(parent);
}

/* Destroys an object whose slot the caller has claimed, or leaves it DEAD; false: to be looked at
 * again, for a thread that let go while it was claimed left it alone. */
static bool destroy_or_leave(struct slot *slot, uintptr_t handle)
{
    bool in_use = slot_in_use(slot);

    if (!in_use && !slot_is_held(slot))         /* in this order: see holds.c */
    {
        destroy_claimed(slot);
        return true;
    }
    if (in_use && !atomic_load_explicit(&slot->left, memory_order_relaxed)) left_add(slot);
    atomic_store(&slot->word, handle | DEAD);
    return false;
}

/* Whether somebody will see to a dead object without being told: a user by way of the list, a child
 * for certain. */
static bool is_seen_to(struct slot *slot)
{
    return slot_in_use(slot) ? atomic_load(&slot->left) : slot_is_held(slot);
}

__attribute__((noinline)) void object_reap(struct slot *slot)
{
    uintptr_t word;

    while (slot_state(word = atomic_load(&slot->word)) == DEAD && !is_seen_to(slot) &&
           claim(slot, word) && !destroy_or_leave(slot, word & ~STATE_MASK)) {}
}

/* Destroys objects that were left to their users and have none any more. */
static __attribute__((noinline)) void sweep(void)
{
    struct slot *idle = NULL, *slot;
    uint32_t *link;

    platform_lock_acquire(&left_lock);
    for (link = &left_first; *link;)
    {
        uintptr_t word;

        slot = slot_at(*link);
        word = atomic_load(&slot->word);
        if (slot_state(word) != DEAD || slot_in_use(slot))
        {
            link = &slot->next;
            continue;
        }
        /* One that is only held needs no list: its last child does not miss that it is dead. */
        if (slot_is_held(slot)) left_unlink(link, slot);
        else if (claim(slot, word))
        {
            left_unlink(link, slot);
            slot->next = idle ? slot_index(idle) : 0;
            idle = slot;
        }
        else link = &slot->next;
    }
    platform_lock_release(&left_lock);

    while ((slot = idle))
    {
        idle = slot->next ? slot_at(slot->next) : NULL;
        destroy_claimed(slot);
    }
}

/* ---- making ---- */

/* Making and retiring are flat: all that they call is part of them, but for what is rare, which
 * says noinline. Open and close of an algorithm took 33.7 ns with the calls, 28.5 without; generate
 * and destroy of an AES key 60.7 and 52.7. */

__attribute__((flatten)) struct object *
object_new(const struct object_kind *kind, struct object *parent, uint32_t memory_bytes)
{
    struct thread_record *record = thread_record();
    struct object *object;
    struct slot *slot;

    if (!record || memory_bytes > OBJECT_MOST_LENT) return NULL;
    if (!(object = memory_get(sizeof(*object) + memory_bytes))) return NULL;
    if (!(slot = slot_take(record)))
    {
        memory_put_clean(object, sizeof(*object) + memory_bytes);
        return NULL;
    }
    atomic_store_explicit(&slot->object, object, memory_order_relaxed);
    atomic_store_explicit(&slot->keeper, record->number, memory_order_relaxed);
    atomic_store_explicit(&slot->type, (uint8_t)kind->type, memory_order_relaxed);
    atomic_store_explicit(&slot->held, 0, memory_order_relaxed);

    object->slot = slot;
    object->kind = kind;
    object->calls = parent ? parent->calls : NULL;
    object->provider_handle = NULL;
    object->parent = parent;
    atomic_init(&object->memory_bytes, memory_bytes);
    atomic_init(&object->busy, BIASED);
    atomic_init(&object->unbiased, 0);
    atomic_init(&object->modified, 0);
    if (parent && parent->slot) hold_take(record, parent->slot);
    count_live(record, 1);
    return object;
}

void *object_handle(const struct object *object)
{
    return (void *)(atomic_load_explicit(&object->slot->word, memory_order_relaxed) & ~STATE_MASK);
}

void object_publish(struct object *object, void **handle)
{
    *handle = object_handle(object);
    atomic_store_explicit(&object->slot->word, (uintptr_t)*handle, memory_order_release);
}

__attribute__((noinline)) void object_free(struct object *object)
{
    if (object) destroy_claimed(object->slot);
}

/* ---- using ---- */

void object_let_go(struct thread_record *record, uint32_t place)
{
    struct slot *slot = use_slot(atomic_load_explicit(&record->uses[place], memory_order_relaxed));

    use_end(record, place);
    atomic_signal_fence(memory_order_seq_cst);
    if (slot_state(atomic_load_explicit(&slot->word, memory_order_relaxed)) == DEAD)
        object_reap(slot);
}

/* The object died before its use was published. */
__attribute__((noinline)) struct object *object_get_undone(struct thread_record *record)
{
    object_let_go(record, record->depth - 1);
    return NULL;
}

__attribute__((noinline)) struct object *object_get_slowly(struct slot *slot, uintptr_t value,
                                                           enum object_type type)
{
    struct thread_record *record = thread_record();
    struct object *object;
    bool pinned;

    if (!record || !slot_is(slot, value, type)) return NULL;
    object = atomic_load_explicit(&slot->object, memory_order_relaxed);

    /* A use for which the record has no place, as when a provider calls BCrypt functions itself,
     * has the last place until it is counted. */
    pinned = record->depth == USES - 1;
    use_announce(record, slot);
    use_begin(record, (uintptr_t)slot);
    if (atomic_load(&slot->word) != value) object = NULL;
    else if (pinned) hold_pin(slot);
    if (pinned || !object) object_let_go(record, record->depth - 1);
    return object;
}

void object_put_slowly(struct object *object)
{
    struct thread_record *record = thread_record();
    struct slot *slot = object->slot;
    uint32_t place;

    if (record && use_find(record, slot, &place)) object_let_go(record, place);
    else
    {
        hold_unpin(slot);
        object_reap(slot);
    }
}

/* ---- ending ---- */

__attribute__((noinline, flatten)) bool object_retire_slot(struct slot *slot, uintptr_t value)
{
    if (!claim(slot, value)) return false;

    if (!destroy_or_leave(slot, value))
    {
        slot_wait_a_little(slot);
        object_reap(slot);
    }
    if (__builtin_expect(atomic_load_explicit(&left_count, memory_order_relaxed), 0)) sweep();
    return true;
}

void object_thread_detach(void)
{
    struct thread_record *record = platform_thread_get(THREAD_SLOT_OBJECTS);

    if (!record) return;
    while (record->depth) object_let_go(record, record->depth - 1);
    slot_batches_return(record);
    thread_record_end(record);
}

size_t object_count(void)
{
    struct thread_record *record;
    intptr_t count = 0;

    for (record = atomic_load(&all_records); record; record = record->next)
    {
        count += atomic_load_explicit(&record->live, memory_order_relaxed);
    }
    return (size_t)count;
}
