/*
 * object.c - the object table: what a handle means.
 *
 * A handle is a generation and the index of a slot, never an address:
 *
 *     64 bits   generation << 28 | index << 4         32 bits   generation << 26 | index << 4
 *
 * so it is a multiple of 16, never 0 and never -1, and a pseudo-handle (1 mod 16) is none. A slot's
 * word `handle` is that value while its object lives, so a look-up is one comparison. Two low bits
 * tell the other states, which no handle equals:
 *
 *     LIVE  the handle         DEAD  retired, not destroyed yet
 *     FREE  in a free list     BUSY  being made, or being destroyed
 *
 * Threads that use objects do not count references: two threads on one key would pass its counter
 * back and forth for longer than a short message takes to encrypt. Instead each thread publishes
 * the slot it is using in a record of its own (hazard pointers: Michael, 2004), and checks the
 * slot's word after that. Who retires an object changes the word, and then looks through all
 * records. With a full barrier between store and load on both sides, either the user sees that the
 * object is dead, or the retirer sees that it is in use.
 *
 * A barrier with every call would cost as much as all the rest. So a thread leaves the slot that it
 * used last in its record, as `kept`, and another call on it stores `active` and no more. A retirer
 * who finds the slot kept by another thread, which is rare, has the system put a barrier into
 * every thread, and then looks whether it is active. (Asymmetric barriers: Linux's membarrier,
 * Windows' FlushProcessWriteBuffers.) Nor has letting go a barrier: a retirer who finds the slot in
 * use has one put into every thread after he has marked it DEAD, and looks again; who lets go
 * later finds it DEAD and does the destroying. Whoever destroys claims the slot first (to BUSY), so
 * it happens once.
 *
 * What outlives a call, a key that needs its algorithm, is counted, in `holds`. A hold is taken by
 * a thread that has the object in its record, or as an entry in the record is: counted first, and
 * taken back if the slot's word is not the handle then. So whoever has made the word another and
 * finds the slot in no record, and then no holds, knows that there will be none.
 *
 * Free slots are handed round in batches: a thread allocates from one batch and collects what it
 * frees in another, which goes to the end of a common queue when it is full. New slots are made at
 * its front until it has some length, so a generation comes round as late as possible:
 * in 32 bits after at least 250,000 destroyed objects, in 64 bits after 2^36 a slot,
 * so many that there a thread takes what it gave back itself, which is at hand, before it asks the
 * queue.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/object.h"

#include <string.h>

#include "platform/platform.h"

#if UINTPTR_MAX > 0xffffffff
#define INDEX_BITS  24
#define GROW_SLOTS  256                         /* as many as fit into a processor's first cache */
#define QUEUE_LEAST 128                         /* free slots to have before any is used again */
#else
#define INDEX_BITS  22
#define GROW_SLOTS  1024
#define QUEUE_LEAST 4096
#endif
#define GENERATION_SHIFT (INDEX_BITS + 4)
#define GENERATION_MAX   (UINTPTR_MAX >> GENERATION_SHIFT)
#define INDEX_MASK       (((uintptr_t)1 << INDEX_BITS) - 1)

#define CHUNK_SLOTS  1024
#define CHUNK_COUNT  ((size_t)1 << INDEX_BITS >> 10)
#define BATCH_SLOTS  64
#define USES         3                          /* that a thread can have in its record besides */

enum slot_state { LIVE, DEAD, FREE, BUSY };     /* the low bits of struct object's handle */
#define STATE_MASK ((uintptr_t)3)

struct slot_batch
{
    struct object *slots[BATCH_SLOTS];
    uint32_t first, count;
};

/*
 * What a thread has for itself. Lives as long as the process: a later thread takes it over. Other
 * threads read the first part when they retire an object: so what the thread writes with every
 * call lies away from it, and from its neighbours' (processors fetch lines of 64 bytes in pairs).
 */
struct thread_record
{
    _Alignas(128) _Atomic(struct object *) kept;        /* used now if active, else used last */
    _Atomic uint32_t active;
    _Atomic(struct object *) uses[USES];                /* while the kept one is active */
    struct thread_record *next;
    struct thread_record *next_idle;

    _Alignas(128) uint32_t depth;               /* how many uses are taken, from the first on */
    _Atomic intptr_t live;                      /* made minus destroyed by this thread */
    struct slot_batch supply, returns;
};

static struct object *_Atomic chunks[CHUNK_COUNT];
static _Atomic(struct thread_record *) all_records;

static struct platform_lock lock;               /* holds everything below */
static struct thread_record *idle_records;
static uint32_t slot_count;                     /* slots made so far; index 0 is never used */
static uint32_t queue_first, queue_last, queue_count;       /* linked through memory_bytes */
static char *records_chunk, *records_end;

static struct object *slot_at(uint32_t index)
{
    struct object *chunk = atomic_load_explicit(&chunks[index / CHUNK_SLOTS], memory_order_acquire);

    return chunk ? &chunk[index % CHUNK_SLOTS] : NULL;
}

static bool has_type(struct object *object, enum object_type type)
{
    return type == OBJECT_ANY || atomic_load_explicit(&object->type, memory_order_relaxed) == type;
}

static __attribute__((noinline)) struct thread_record *record_new(void)
{
    struct thread_record *record = NULL;

    platform_lock_acquire(&lock);
    if (idle_records)
    {
        record = idle_records;
        idle_records = record->next_idle;
    }
    else
    {
        if ((size_t)(records_end - records_chunk) < sizeof(*record))
        {
            char *pages = platform_pages_alloc(64 * 1024);

            if (pages)
            {
                records_chunk = pages;
                records_end = pages + 64 * 1024;
            }
        }
        if ((size_t)(records_end - records_chunk) >= sizeof(*record))
        {
            record = (struct thread_record *)(void *)records_chunk;
            records_chunk += sizeof(*record);
            record->next = atomic_load_explicit(&all_records, memory_order_relaxed);
            atomic_store(&all_records, record);
        }
    }
    platform_lock_release(&lock);

    if (record && !platform_thread_set(THREAD_SLOT_OBJECTS, record))
    {
        platform_lock_acquire(&lock);
        record->next_idle = idle_records;
        idle_records = record;
        platform_lock_release(&lock);
        record = NULL;
    }
    return record;
}

static inline __attribute__((always_inline)) struct thread_record *thread_record(void)
{
    struct thread_record *record = platform_thread_get(THREAD_SLOT_OBJECTS);

    return __builtin_expect(record != NULL, 1) ? record : record_new();
}

static inline bool kept_active(const struct thread_record *record)
{
    return atomic_load_explicit(&record->active, memory_order_relaxed);
}

static inline bool kept_is(const struct thread_record *record, const struct object *object)
{
    return atomic_load_explicit(&record->kept, memory_order_relaxed) == object;
}

/* Whether any thread uses the object. Until it is settled, another that has kept it might. */
static bool in_use(struct object *object)
{
    const struct thread_record *own = platform_thread_get(THREAD_SLOT_OBJECTS);
    bool settled = atomic_load(&object->settled);
    struct thread_record *record;
    uint32_t i;

    for (record = atomic_load(&all_records); record; record = record->next)
    {
        if (atomic_load(&record->kept) == object &&
            ((!settled && record != own) || atomic_load(&record->active))) return true;
        for (i = 0; i < USES; i++)
        {
            if (atomic_load(&record->uses[i]) == object) return true;
        }
    }
    return false;
}

/* To others, whoever has kept an object that is not settled might use it. */
static void forget_own(struct object *object)
{
    struct thread_record *own = platform_thread_get(THREAD_SLOT_OBJECTS);

    if (own && !kept_active(own) && kept_is(own, object))
        atomic_store_explicit(&own->kept, NULL, memory_order_release);
}

/* Makes it sure who uses an object whose slot the caller has made BUSY. Who has kept it and does
 * not use it forgets it, so that the slot's next object has no trouble from that. */
static void settle(struct object *object)
{
    struct thread_record *record;

    platform_barrier_everywhere();
    for (record = atomic_load(&all_records); record; record = record->next)
    {
        struct object *kept = object;

        if (!atomic_load(&record->active))
            atomic_compare_exchange_strong(&record->kept, &kept, NULL);
    }
    atomic_store(&object->settled, 1);
}

static void queue_append(struct object *slot)
{
    slot->memory_bytes = 0;
    if (queue_count) slot_at(queue_last)->memory_bytes = slot->index;
    else queue_first = slot->index;
    queue_last = slot->index;
    queue_count++;
}

/* Makes more slots, to be used before those that were used already. The lock is held. */
static bool grow(void)
{
    uint32_t first = slot_count ? slot_count : 1, i;            /* index 0 stays unused */
    struct object *chunk, *slot;

    if (slot_count / CHUNK_SLOTS >= CHUNK_COUNT) return false;
    chunk = slot_at(slot_count / CHUNK_SLOTS * CHUNK_SLOTS);
    if (!chunk)
    {
        if (!(chunk = platform_pages_alloc(CHUNK_SLOTS * sizeof(*chunk)))) return false;
        atomic_store_explicit(&chunks[slot_count / CHUNK_SLOTS], chunk, memory_order_release);
    }
    for (i = 0; i < GROW_SLOTS; i++, slot_count++)
    {
        slot = &chunk[slot_count % CHUNK_SLOTS];
        slot->index = slot_count;
        slot->memory_bytes = i + 1 < GROW_SLOTS ? slot_count + 1 : queue_first;
        atomic_store_explicit(&slot->handle, (uintptr_t)1 << GENERATION_SHIFT |
                              (uintptr_t)slot_count << 4 | FREE, memory_order_release);
    }
    if (!queue_count) queue_last = slot_count - 1;
    queue_first = first;
    queue_count += slot_count - first;
    return true;
}

static bool supply_fill(struct thread_record *record)
{
    struct slot_batch *supply = &record->supply, *returns = &record->returns;

    /* With generations to spare, what the thread gave back itself will do. */
    if (QUEUE_LEAST < 2 * BATCH_SLOTS + 1 && returns->count >= BATCH_SLOTS / 2)
    {
        *supply = *returns;
        returns->first = returns->count = 0;
        return true;
    }

    platform_lock_acquire(&lock);
    if (queue_count < QUEUE_LEAST) grow();
    supply->first = supply->count = 0;
    while (supply->count < BATCH_SLOTS && queue_count)
    {
        struct object *slot = slot_at(queue_first);

        queue_first = slot->memory_bytes;
        queue_count--;
        supply->slots[supply->count++] = slot;
    }
    platform_lock_release(&lock);
    return supply->count != 0;
}

static void batch_return(struct slot_batch *batch)
{
    uint32_t i;

    platform_lock_acquire(&lock);
    for (i = batch->first; i < batch->count; i++) queue_append(batch->slots[i]);
    platform_lock_release(&lock);
    batch->first = batch->count = 0;
}

static void count_live(struct thread_record *record, int change)
{
    atomic_store_explicit(&record->live, atomic_load_explicit(&record->live, memory_order_relaxed) +
                          change, memory_order_relaxed);
}

/* Puts a BUSY slot into the thread's returns, with its next generation. */
static void slot_free(struct object *object)
{
    struct thread_record *record = thread_record();
    uintptr_t handle = atomic_load_explicit(&object->handle, memory_order_relaxed) & ~STATE_MASK;
    uintptr_t generation = handle >> GENERATION_SHIFT;

    generation = generation == GENERATION_MAX ? 1 : generation + 1;
    object->parent = NULL;
    object->provider_handle = NULL;
    object->memory = NULL;
    object->memory_bytes = 0;
    atomic_store_explicit(&object->handle, generation << GENERATION_SHIFT |
                          (uintptr_t)object->index << 4 | FREE, memory_order_release);

    if (!record)
    {
        platform_lock_acquire(&lock);
        queue_append(object);
        platform_lock_release(&lock);
        return;
    }
    count_live(record, -1);
    if (record->returns.count == BATCH_SLOTS) batch_return(&record->returns);
    record->returns.slots[record->returns.count++] = object;
}

static void release_hold(struct object *object);

/* Destroys an object whose slot the caller has made BUSY, with no user and no hold left. */
static void destroy_claimed(struct object *object)
{
    struct object *parent;

    object_destroy_body(object);
    parent = object->parent;
    slot_free(object);
    release_hold(parent);
}

/* Destroys a dead object that nobody uses or holds any more; otherwise its last user will. */
static void reap(struct object *object)
{
    uintptr_t word = atomic_load(&object->handle);

    if ((word & STATE_MASK) != DEAD || in_use(object) || atomic_load(&object->holds)) return;
    if (atomic_compare_exchange_strong(&object->handle, &word, (word & ~STATE_MASK) | BUSY))
    {
        destroy_claimed(object);
    }
}

void object_hold(struct object *object)
{
    if (object && !object->immortal) atomic_fetch_add(&object->holds, 1);
}

static void release_hold(struct object *object)
{
    if (!object || object->immortal) return;
    if (atomic_fetch_sub(&object->holds, 1) == 1) reap(object);
}

struct object *object_new(enum object_type type, struct object *parent)
{
    struct thread_record *record = thread_record();
    struct object *object;
    uintptr_t word;

    if (!record) return NULL;
    if (record->supply.first == record->supply.count && !supply_fill(record)) return NULL;

    object = record->supply.slots[record->supply.first++];
    word = atomic_load_explicit(&object->handle, memory_order_relaxed);
    atomic_store_explicit(&object->handle, (word & ~STATE_MASK) | BUSY, memory_order_relaxed);
    atomic_store_explicit(&object->type, (uint8_t)type, memory_order_relaxed);
    object->immortal = 0;
    atomic_store_explicit(&object->busy, 0, memory_order_relaxed);
    atomic_store_explicit(&object->modified, 0, memory_order_relaxed);
    atomic_store_explicit(&object->settled, 0, memory_order_relaxed);
    object->memory_bytes = 0;
    object->calls = parent ? parent->calls : NULL;
    object->provider_handle = NULL;
    object->memory = NULL;
    object->parent = parent;
    count_live(record, 1);
    return object;
}

void object_publish(struct object *object, void **handle)
{
    uintptr_t value = atomic_load_explicit(&object->handle, memory_order_relaxed) & ~STATE_MASK;

    *handle = (void *)value;
    atomic_store_explicit(&object->handle, value, memory_order_release);
}

void object_free(struct object *object)
{
    if (!object) return;
    object_destroy_body(object);
    slot_free(object);
}

/* Destroys a dead object whose user has just been taken out of the thread's record. */
static inline void reap_if_dead(struct object *object)
{
    atomic_signal_fence(memory_order_seq_cst);
    if ((atomic_load_explicit(&object->handle, memory_order_relaxed) & STATE_MASK) != DEAD) return;
    atomic_thread_fence(memory_order_seq_cst);
    reap(object);
}

static void use_end(struct thread_record *record, uint32_t place)
{
    struct object *object = atomic_load_explicit(&record->uses[place], memory_order_relaxed);

    atomic_store_explicit(&record->uses[place], NULL, memory_order_release);
    while (record->depth &&
           !atomic_load_explicit(&record->uses[record->depth - 1], memory_order_relaxed))
    {
        record->depth--;
    }
    reap_if_dead(object);
}

/* A call within a call, or a second object of one. */
static __attribute__((noinline)) struct object *use_begin(struct thread_record *record,
                                                          struct object *object, uintptr_t value,
                                                          enum object_type type)
{
    uint32_t place = record->depth++;

    atomic_exchange(&record->uses[place], object);
    if (atomic_load(&object->handle) != value || !has_type(object, type))
    {
        use_end(record, place);
        return NULL;
    }
    if (place == USES - 1)
    {
        /* Calls nested this deeply, as by a provider that calls BCrypt functions itself, count. */
        object_hold(object);
        use_end(record, place);
    }
    return object;
}

static inline void kept_end(struct thread_record *record, struct object *object)
{
    atomic_store_explicit(&record->active, 0, memory_order_release);
    reap_if_dead(object);
}

struct object *object_get(const void *handle, enum object_type type)
{
    uintptr_t value = (uintptr_t)handle;
    struct thread_record *record;
    struct object *object;

    if (value & 15) return NULL;
    if (!(object = slot_at((uint32_t)(value >> 4 & INDEX_MASK)))) return NULL;
    /* A first look without an entry in the record: most bad handles end here. */
    if (atomic_load_explicit(&object->handle, memory_order_relaxed) != value) return NULL;
    if (!(record = thread_record())) return NULL;
    if (__builtin_expect(record->depth || kept_active(record), 0))
        return use_begin(record, object, value, type);

    if (!kept_is(record, object)) atomic_exchange(&record->kept, object);
    atomic_store_explicit(&record->active, 1, memory_order_relaxed);
    atomic_signal_fence(memory_order_seq_cst);
    if (__builtin_expect(atomic_load_explicit(&object->handle, memory_order_acquire) == value &&
                         has_type(object, type) && kept_is(record, object), 1)) return object;

    /* It died just now, or is not of that type; or it is the slot's next object, whose handle the
     * caller guessed, and the slot was made forgotten in between. */
    atomic_store_explicit(&record->kept, NULL, memory_order_release);
    kept_end(record, object);
    return NULL;
}

struct object *object_get_held(const void *handle, enum object_type type)
{
    uintptr_t value = (uintptr_t)handle;
    struct object *object;

    if (value & 15 || !(object = slot_at((uint32_t)(value >> 4 & INDEX_MASK)))) return NULL;
    if (atomic_load_explicit(&object->handle, memory_order_relaxed) != value) return NULL;

    atomic_fetch_add(&object->holds, 1);
    if (atomic_load(&object->handle) == value && has_type(object, type)) return object;
    release_hold(object);
    return NULL;
}

/*
 * The slot is claimed at once, for mostly nobody uses the object. If somebody does, it is left
 * dead, and looked at again: a user who let go in between found it claimed and left it alone. Who
 * seems to use it even then may have let go without that being seen here yet; after a barrier it is
 * seen, and who lets go later sees that the slot is dead.
 */
bool object_retire(const void *handle, enum object_type type)
{
    uintptr_t value = (uintptr_t)handle;
    struct object *object;

    if (value & 15 || !(object = slot_at((uint32_t)(value >> 4 & INDEX_MASK)))) return false;
    if (atomic_load(&object->handle) != value || !has_type(object, type)) return false;
    if (!atomic_compare_exchange_strong(&object->handle, &value, value | BUSY)) return false;

    if (in_use(object)) settle(object);
    if (!in_use(object) && !atomic_load(&object->holds))
    {
        destroy_claimed(object);
        return true;
    }
    forget_own(object);
    atomic_store(&object->handle, value | DEAD);
    if (in_use(object)) platform_barrier_everywhere();
    reap(object);
    return true;
}

void object_put(struct object *object)
{
    struct thread_record *record;
    uint32_t place;

    if (!object || object->immortal) return;
    record = thread_record();
    for (place = record ? record->depth : 0; place--;)
    {
        if (atomic_load_explicit(&record->uses[place], memory_order_relaxed) != object) continue;
        use_end(record, place);
        return;
    }
    if (record && kept_active(record) && kept_is(record, object)) kept_end(record, object);
    else release_hold(object);
}

void object_enter(struct object *object)
{
    while (__builtin_expect(atomic_exchange_explicit(&object->busy, 1, memory_order_acquire), 0))
        platform_yield();
}

void object_leave(struct object *object)
{
    atomic_store_explicit(&object->busy, 0, memory_order_release);
}

void object_thread_detach(void)
{
    struct thread_record *record = platform_thread_get(THREAD_SLOT_OBJECTS);
    uint32_t place;

    if (!record) return;
    for (place = record->depth; place--;)
    {
        if (atomic_load_explicit(&record->uses[place], memory_order_relaxed))
            use_end(record, place);
    }
    if (kept_active(record))
        kept_end(record, atomic_load_explicit(&record->kept, memory_order_relaxed));
    atomic_store(&record->kept, NULL);
    batch_return(&record->supply);
    batch_return(&record->returns);
    platform_thread_set(THREAD_SLOT_OBJECTS, NULL);

    platform_lock_acquire(&lock);
    record->next_idle = idle_records;
    idle_records = record;
    platform_lock_release(&lock);
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
