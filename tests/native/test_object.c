/*
 * test_object.c - the object table: look-ups, generations, references, threads.
 *
 * Linked with router/object.c and the platform alone; what destroying a body means is said here.
 *
 * SPDX-License-Identifier: MIT
 */

#include <check.h>
#include <pthread.h>
#include <stdlib.h>

#include "native.h"
#include "platform/memory.h"
#include "platform/platform.h"
#include "router/object.h"

#if UINTPTR_MAX > 0xffffffff
#define GENERATION ((uintptr_t)1 << 28)
#else
#define GENERATION ((uintptr_t)1 << 26)
#endif

static _Atomic long destroyed;

/* Keys and algorithms count how often they are destroyed; a hash's body is freed. */
static void count_destroyed(struct object *object)
{
    if (object->provider_handle) atomic_fetch_add((_Atomic int *)object->provider_handle, 1);
    destroyed++;
}

static void free_body(struct object *object)
{
    free(object->provider_handle);
    destroyed++;
}

static const struct object_kind algorithm_kind = { OBJECT_ALGORITHM, count_destroyed };
static const struct object_kind key_kind = { OBJECT_KEY, count_destroyed };
static const struct object_kind hash_kind = { OBJECT_HASH, free_body };

static void *new_handle(const struct object_kind *kind, struct object *parent,
                        _Atomic int *times_destroyed)
{
    struct object *object = object_new(kind, parent, 0);
    void *handle;

    ck_assert_ptr_nonnull(object);
    object->provider_handle = times_destroyed;
    object_publish(object, &handle);
    return handle;
}

static void destroy(void *handle, enum object_type type)
{
    ck_assert(object_retire(handle, type));
}

START_TEST(a_live_handle_is_found)
{
    void *handle = new_handle(&key_kind, NULL, NULL);
    struct object *object = object_get(handle, OBJECT_KEY);

    ck_assert_ptr_nonnull(object);
    object_put(object);
    destroy(handle, OBJECT_KEY);
}
END_TEST

START_TEST(a_handle_is_a_multiple_of_16_and_not_0)
{
    void *handle = new_handle(&key_kind, NULL, NULL);

    ck_assert_uint_eq((uintptr_t)handle & 15, 0);
    ck_assert_ptr_nonnull(handle);
    destroy(handle, OBJECT_KEY);
}
END_TEST

START_TEST(a_handle_of_another_type_is_refused)
{
    void *handle = new_handle(&key_kind, NULL, NULL);

    ck_assert_ptr_null(object_get(handle, OBJECT_HASH));
    ck_assert(!object_retire(handle, OBJECT_ALGORITHM));
    destroy(handle, OBJECT_KEY);
}
END_TEST

START_TEST(a_retired_handle_is_refused)
{
    void *handle = new_handle(&key_kind, NULL, NULL);

    destroy(handle, OBJECT_KEY);
    ck_assert_ptr_null(object_get(handle, OBJECT_KEY));
    ck_assert(!object_retire(handle, OBJECT_KEY));
}
END_TEST

START_TEST(every_value_one_bit_away_is_refused)
{
    void *handle = new_handle(&key_kind, NULL, NULL);
    unsigned int bit;

    for (bit = 0; bit < sizeof(uintptr_t) * 8; bit++)
    {
        ck_assert_ptr_null(object_get((void *)((uintptr_t)handle ^ (uintptr_t)1 << bit),
                                      OBJECT_ANY));
    }
    destroy(handle, OBJECT_KEY);
}
END_TEST

START_TEST(every_value_one_generation_away_is_refused)
{
    void *handle = new_handle(&key_kind, NULL, NULL);

    ck_assert_ptr_null(object_get((void *)((uintptr_t)handle + GENERATION), OBJECT_ANY));
    ck_assert_ptr_null(object_get((void *)((uintptr_t)handle - GENERATION), OBJECT_ANY));
    destroy(handle, OBJECT_KEY);
}
END_TEST

START_TEST(random_values_are_refused)
{
    uint64_t state = 88172645463325252u;
    uint32_t i;

    for (i = 0; i < 2000000; i++)
    {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        ck_assert_ptr_null(object_get((void *)(uintptr_t)state, OBJECT_ANY));
    }
}
END_TEST

START_TEST(an_object_in_use_is_destroyed_by_its_last_user)
{
    _Atomic int times = 0;
    void *handle = new_handle(&key_kind, NULL, &times);
    struct object *first = object_get(handle, OBJECT_KEY), *second = object_get(handle, OBJECT_KEY);

    destroy(handle, OBJECT_KEY);
    ck_assert_int_eq(times, 0);
    object_put(first);
    ck_assert_int_eq(times, 0);
    object_put(second);
    ck_assert_int_eq(times, 1);
}
END_TEST

/* A thread that uses an object, and says so, and goes on as it is told. */
struct user
{
    void *handle;
    pthread_barrier_t step;
};

static void *use_twice(void *argument)
{
    struct user *user = argument;
    struct object *object;

    object = object_get(user->handle, OBJECT_KEY);
    pthread_barrier_wait(&user->step);
    pthread_barrier_wait(&user->step);          /* retired while in use, or not */
    object_put(object);
    pthread_barrier_wait(&user->step);
    pthread_barrier_wait(&user->step);          /* retired when used before, or not */
    ck_assert_ptr_null(object_get(user->handle, OBJECT_KEY));
    object_thread_detach();
    return NULL;
}

static void check_retiring(bool while_in_use)
{
    _Atomic int times_destroyed = 0;
    struct user user;
    pthread_t thread;

    user.handle = new_handle(&key_kind, NULL, &times_destroyed);
    pthread_barrier_init(&user.step, NULL, 2);
    pthread_create(&thread, NULL, use_twice, &user);
    pthread_barrier_wait(&user.step);
    if (while_in_use)
    {
        destroy(user.handle, OBJECT_KEY);
        ck_assert_int_eq(times_destroyed, 0);
    }
    pthread_barrier_wait(&user.step);
    pthread_barrier_wait(&user.step);
    if (!while_in_use) destroy(user.handle, OBJECT_KEY);
    ck_assert_int_eq(times_destroyed, 1);
    pthread_barrier_wait(&user.step);
    pthread_join(thread, NULL);
    pthread_barrier_destroy(&user.step);
    ck_assert_int_eq(times_destroyed, 1);
}

START_TEST(an_object_in_use_by_another_thread_is_destroyed_by_that)
{
    check_retiring(true);
}
END_TEST

START_TEST(an_object_that_another_thread_used_last_is_destroyed_at_once)
{
    check_retiring(false);
}
END_TEST

START_TEST(calls_nested_deeper_than_the_record_are_counted)
{
    _Atomic int times = 0;
    void *handle = new_handle(&key_kind, NULL, &times);
    struct object *object = NULL;
    int i;

    for (i = 0; i < 40; i++) ck_assert_ptr_nonnull(object = object_get(handle, OBJECT_KEY));
    destroy(handle, OBJECT_KEY);
    for (i = 0; i < 40; i++)
    {
        ck_assert_int_eq(times, 0);
        object_put(object);
    }
    ck_assert_int_eq(times, 1);
}
END_TEST

START_TEST(a_child_keeps_its_algorithm)
{
    _Atomic int algorithm_times = 0, key_times = 0;
    void *algorithm = new_handle(&algorithm_kind, NULL, &algorithm_times);
    struct object *parent = object_get(algorithm, OBJECT_ALGORITHM);
    void *key = new_handle(&key_kind, parent, &key_times);

    object_put(parent);
    destroy(algorithm, OBJECT_ALGORITHM);
    ck_assert_int_eq(algorithm_times, 0);
    destroy(key, OBJECT_KEY);
    ck_assert_int_eq(key_times, 1);
    ck_assert_int_eq(algorithm_times, 1);
}
END_TEST

START_TEST(an_object_never_published_leaves_its_parent_alone)
{
    _Atomic int times = 0;
    void *algorithm = new_handle(&algorithm_kind, NULL, &times);
    struct object *parent = object_get(algorithm, OBJECT_ALGORITHM);
    size_t before = object_count();
    struct object *child = object_new(&key_kind, parent, 0);

    object_free(child);
    ck_assert_uint_eq(object_count(), before);
    object_put(parent);
    destroy(algorithm, OBJECT_ALGORITHM);
    ck_assert_int_eq(times, 1);
}
END_TEST

START_TEST(a_slot_comes_round_after_many_others)
{
    void *first = new_handle(&key_kind, NULL, NULL);
    uintptr_t slot = (uintptr_t)first & (GENERATION - 1);
    uint32_t others = 0;
    void *handle;

    destroy(first, OBJECT_KEY);
    for (;;)
    {
        handle = new_handle(&key_kind, NULL, NULL);
        destroy(handle, OBJECT_KEY);
        if (((uintptr_t)handle & (GENERATION - 1)) == slot) break;
        others++;
    }
    ck_assert_uint_gt(others, sizeof(void *) == 8 ? 30 : 4000);
    ck_assert_uint_eq((uintptr_t)handle, (uintptr_t)first + GENERATION);
}
END_TEST

START_TEST(a_million_objects_live_at_once)
{
    enum { COUNT = 1000000 };
    void **handles = malloc(COUNT * sizeof(*handles));
    size_t before = object_count();
    struct object *object;
    uint32_t i;

    for (i = 0; i < COUNT; i++) handles[i] = new_handle(&key_kind, NULL, NULL);
    ck_assert_uint_eq(object_count(), before + COUNT);
    for (i = 0; i < COUNT; i++)
    {
        ck_assert_ptr_nonnull(object = object_get(handles[i], OBJECT_KEY));
        object_put(object);
    }
    for (i = 0; i < COUNT; i++) destroy(handles[i], OBJECT_KEY);
    ck_assert_uint_eq(object_count(), before);
    free(handles);
}
END_TEST

/* New slots cannot be had: those that are free are used up, then there are none. */
START_TEST(without_memory_there_is_no_object_and_nothing_is_lost)
{
    static void *handles[8 * 1024 * 1024 / 64];
    size_t before = object_count(), count = 0;
    struct object *object;

    native_fail_after = 0;
    while (count < sizeof(handles) / sizeof(handles[0]) &&
           (object = object_new(&key_kind, NULL, 0)))
    {
        object_publish(object, &handles[count++]);
    }
    native_fail_after = -1;
    ck_assert_uint_eq(object_count(), before + count);
    while (count) destroy(handles[--count], OBJECT_KEY);
    ck_assert_uint_eq(object_count(), before);
    destroy(new_handle(&key_kind, NULL, NULL), OBJECT_KEY);
}
END_TEST

/* ---- threads that create, use and destroy each other's handles ---- */

#define THREADS    4
#define SHARED_MAX 64
#define ROUNDS     100000

static void *_Atomic shared[SHARED_MAX];
static uint64_t shared_count;
static _Atomic long made, used, retired;

static void *work(void *seed)
{
    uint64_t state = (uintptr_t)seed * 2654435761u + 1;
    uint32_t i;

    for (i = 0; i < ROUNDS; i++)
    {
        void *_Atomic *place;
        struct object *object;
        int *body;
        void *handle;

        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        place = &shared[state % shared_count];
        handle = atomic_load(place);

        if (state >> 32 & 3 &&
            (object = object_get(handle, OBJECT_HASH)))
        {
            body = object->provider_handle;
            ck_assert_int_eq(*body, 42);
            object_put(object);
            used++;
            continue;
        }
        if (object_retire(handle, OBJECT_HASH)) retired++;
        object = object_new(&hash_kind, NULL, 0);
        body = malloc(sizeof(*body));
        *body = 42;
        object->provider_handle = body;
        object_publish(object, &handle);
        made++;
        handle = atomic_exchange(place, handle);
        if (object_retire(handle, OBJECT_HASH)) retired++;
    }
    object_thread_detach();
    memory_thread_detach();
    return NULL;
}

static void check_threads(uint64_t count)
{
    size_t before = object_count();
    long destroyed_before = destroyed;
    pthread_t threads[THREADS];
    size_t i;

    shared_count = count;
    made = used = retired = 0;
    for (i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, work, (void *)(i + 1));
    for (i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    for (i = 0; i < count; i++)
    {
        if (object_retire(shared[i], OBJECT_HASH)) retired++;
    }
    ck_assert_int_eq(made, retired);
    ck_assert_int_eq(destroyed - destroyed_before, made);
    ck_assert_int_gt(used, 0);
    ck_assert_uint_eq(object_count(), before);
}

START_TEST(threads_destroy_each_others_objects_and_lose_none)
{
    check_threads(SHARED_MAX);
}
END_TEST

/* They mostly find in their records what they used last. */
START_TEST(threads_destroy_the_object_that_all_use_and_lose_none)
{
    check_threads(1);
}
END_TEST

/* ---- threads that make keys of one algorithm and duplicate them, while it is closed ---- */

#define FAMILIES 300

struct family
{
    void *algorithm;
    void *_Atomic keys[4];
    _Atomic int algorithm_times;                /* destroyed */
};
static struct family families[FAMILIES];
static pthread_barrier_t family_begins;

/* Reads the parent, whose body must be there as long as the child's. */
static void *new_child(struct object *parent)
{
    struct object *child = object_new(&key_kind, parent, 0);
    void *handle;

    ck_assert_int_eq(*(_Atomic int *)parent->provider_handle, 0);
    object_publish(child, &handle);
    return handle;
}

static void *work_family(void *number)
{
    uintptr_t own = (uintptr_t)number;
    struct object *object;
    void *handle;
    size_t i, turn;

    for (i = 0; i < FAMILIES; i++)
    {
        struct family *family = &families[i];

        pthread_barrier_wait(&family_begins);
        if ((object = object_get(family->algorithm, OBJECT_ALGORITHM)))
        {
            handle = new_child(object);
            object_put(object);
            object_retire(atomic_exchange(&family->keys[own], handle), OBJECT_KEY);
        }
        if (own == i % THREADS) object_retire(family->algorithm, OBJECT_ALGORITHM);
        for (turn = 1; turn < THREADS; turn++)
        {
            handle = atomic_load(&family->keys[(own + turn) % THREADS]);
            if ((object = object_get(handle, OBJECT_KEY)))
            {
                handle = new_child(object->parent);
                object_put(object);
                object_retire(atomic_exchange(&family->keys[own], handle), OBJECT_KEY);
            }
        }
        pthread_barrier_wait(&family_begins);
        object_retire(atomic_load(&family->keys[own]), OBJECT_KEY);
    }
    object_thread_detach();
    memory_thread_detach();
    return NULL;
}

START_TEST(a_closed_algorithm_lives_exactly_as_long_as_its_last_child)
{
    size_t before = object_count(), i;
    pthread_t threads[THREADS];

    pthread_barrier_init(&family_begins, NULL, THREADS);
    for (i = 0; i < FAMILIES; i++)
    {
        families[i].algorithm = new_handle(&algorithm_kind, NULL, &families[i].algorithm_times);
    }
    for (i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, work_family, (void *)i);
    for (i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&family_begins);
    destroy(new_handle(&key_kind, NULL, NULL), OBJECT_KEY);     /* sees to what was left */
    for (i = 0; i < FAMILIES; i++) ck_assert_int_eq(families[i].algorithm_times, 1);
    ck_assert_uint_eq(object_count(), before);
}
END_TEST

/* ---- threads in one object ---- */

#define ENTRIES 5000

struct crowd
{
    void *handle;
    int inside, entries;                        /* only who is inside reads or writes them */
};
static struct crowd crowd;
static pthread_barrier_t crowd_begins;

/* Every other time by way of the lock, as BCryptDuplicateHash. */
static void *enter_often(void *unused)
{
    struct object *object;
    uint32_t i;

    (void)unused;
    pthread_barrier_wait(&crowd_begins);
    for (i = 0; i < ENTRIES; i++)
    {
        if (i % 2) object = object_get_entered(crowd.handle, OBJECT_KEY);
        else if ((object = object_get(crowd.handle, OBJECT_KEY))) object_enter(object);
        ck_assert_ptr_nonnull(object);
        ck_assert_int_eq(crowd.inside++, 0);
        crowd.entries++;
        crowd.inside--;
        if (i % 2) object_put_entered(object);
        else
        {
            object_leave(object);
            object_put(object);
        }
    }
    return NULL;
}

static void *enter_and_end(void *unused)
{
    enter_often(unused);
    object_thread_detach();
    memory_thread_detach();
    return NULL;
}

/* The maker is inside without the lock until another thread comes: in each round once. */
START_TEST(threads_are_in_an_object_one_at_a_time)
{
    pthread_t threads[2];
    int round;

    for (round = 0; round < 5; round++)
    {
        crowd.handle = new_handle(&key_kind, NULL, NULL);
        crowd.inside = crowd.entries = 0;
        pthread_barrier_init(&crowd_begins, NULL, 3);
        pthread_create(&threads[0], NULL, enter_and_end, NULL);
        pthread_create(&threads[1], NULL, enter_and_end, NULL);
        enter_often(NULL);
        pthread_join(threads[0], NULL);
        pthread_join(threads[1], NULL);
        pthread_barrier_destroy(&crowd_begins);
        ck_assert_int_eq(crowd.entries, 3 * ENTRIES);
        destroy(crowd.handle, OBJECT_KEY);
    }
}
END_TEST

/* As when a provider calls back. */
START_TEST(a_thread_that_is_in_an_object_can_enter_it_again)
{
    void *handle = new_handle(&key_kind, NULL, NULL);
    struct object *outer = object_get_entered(handle, OBJECT_KEY), *inner, *last;

    inner = object_get_entered(handle, OBJECT_KEY);
    ck_assert_ptr_eq(inner, outer);
    last = object_get(handle, OBJECT_KEY);
    object_enter(last);
    object_leave(last);
    object_put(last);
    object_put_entered(inner);
    object_put_entered(outer);
    destroy(handle, OBJECT_KEY);
}
END_TEST

/* ---- a use that ends as the object is retired ---- */

#define ENDINGS 5000

static void *_Atomic ending;
static _Atomic long endings_seen;

static void *use_until_retired(void *unused)
{
    struct object *object;
    void *handle;
    long seen;

    (void)unused;
    for (seen = 0; seen < ENDINGS; seen++)
    {
        while (!(handle = atomic_load(&ending))) platform_yield();
        while ((object = object_get(handle, OBJECT_KEY))) object_put(object);
        atomic_store(&ending, NULL);
        atomic_store(&endings_seen, seen + 1);
    }
    object_thread_detach();
    memory_thread_detach();
    return NULL;
}

/* And not when the next one is destroyed: a key would stay in memory until then. */
START_TEST(an_object_is_destroyed_when_its_users_are_gone)
{
    _Atomic int times;
    pthread_t thread;
    void *handle;
    long round;

    atomic_store(&endings_seen, 0);
    pthread_create(&thread, NULL, use_until_retired, NULL);
    for (round = 0; round < ENDINGS; round++)
    {
        uint32_t wait = (uint32_t)round * 7 % 64;

        times = 0;
        handle = new_handle(&key_kind, NULL, &times);
        atomic_store(&ending, handle);
        while (wait--) platform_pause();
        destroy(handle, OBJECT_KEY);
        while (atomic_load(&endings_seen) <= round) platform_yield();
        ck_assert_int_eq(times, 1);
    }
    pthread_join(thread, NULL);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("object");
    TCase *tests = tcase_create("object");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tests, 600);
    tcase_add_test(tests, a_live_handle_is_found);
    tcase_add_test(tests, a_handle_is_a_multiple_of_16_and_not_0);
    tcase_add_test(tests, a_handle_of_another_type_is_refused);
    tcase_add_test(tests, a_retired_handle_is_refused);
    tcase_add_test(tests, every_value_one_bit_away_is_refused);
    tcase_add_test(tests, every_value_one_generation_away_is_refused);
    tcase_add_test(tests, random_values_are_refused);
    tcase_add_test(tests, an_object_in_use_is_destroyed_by_its_last_user);
    tcase_add_test(tests, an_object_in_use_by_another_thread_is_destroyed_by_that);
    tcase_add_test(tests, an_object_that_another_thread_used_last_is_destroyed_at_once);
    tcase_add_test(tests, calls_nested_deeper_than_the_record_are_counted);
    tcase_add_test(tests, a_child_keeps_its_algorithm);
    tcase_add_test(tests, an_object_never_published_leaves_its_parent_alone);
    tcase_add_test(tests, a_slot_comes_round_after_many_others);
    tcase_add_test(tests, a_million_objects_live_at_once);
    tcase_add_test(tests, without_memory_there_is_no_object_and_nothing_is_lost);
    tcase_add_test(tests, threads_destroy_each_others_objects_and_lose_none);
    tcase_add_test(tests, threads_destroy_the_object_that_all_use_and_lose_none);
    tcase_add_test(tests, a_closed_algorithm_lives_exactly_as_long_as_its_last_child);
    tcase_add_test(tests, threads_are_in_an_object_one_at_a_time);
    tcase_add_test(tests, a_thread_that_is_in_an_object_can_enter_it_again);
    tcase_add_test(tests, an_object_is_destroyed_when_its_users_are_gone);
    suite_add_tcase(suite, tests);

    runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
