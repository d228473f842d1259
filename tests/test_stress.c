/*
 * test_stress.c - forged handles in great numbers, and objects that threads destroy for each other.
 *
 * --count and --seconds say how long; so do OPENCNG_TORTURE and OPENCNG_STRESS_SECONDS.
 *
 * SPDX-License-Identifier: MIT
 */

#include "handle_calls.h"
#include "threads.h"

/* --- handles.md: validation never follows a value, and never takes a wrong one ------------ */

#define LIVE 96

static void *live[LIVE];

/* Live objects of each kind, many of them of a late generation: slots that were used before. */
static void make_live(void)
{
    BCRYPT_KEY_HANDLE key;
    int i, round;

    for (round = 0; round < 1000; round++)
    {
        expect_status(BCryptGenerateSymmetricKey(BCRYPT_AES_CBC_ALG_HANDLE, &key, NULL, 0,
                                                 (UCHAR *)counting, 16, 0), STATUS_SUCCESS);
        expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    }
    for (i = 0; i < LIVE; i += 3)
    {
        live[i] = open_algorithm(BCRYPT_AES_ALGORITHM, 0);
        live[i + 1] = new_key(live[i], counting, 16);
        live[i + 2] = new_hash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, 0);
    }
}

static void expect_live_unharmed(void)
{
    UCHAR output[32];
    ULONG bytes;
    int i;

    for (i = 0; i < LIVE; i += 3)
    {
        expect_value(property_ulong(live[i], BCRYPT_BLOCK_LENGTH), 16);
        expect_encrypt(live[i + 1], STATUS_SUCCESS, .input = counting, .bytes = 16, .iv_bytes = 16,
                       .output = output, .room = 16, .result = &bytes);
        expect_hex(output, 16, "0a940bb5416ef045f1c39458c653ea5a");
        expect_status(BCryptFinishHash(live[i + 2], output, 32, 0), STATUS_SUCCESS);
        expect_hex(output, 32, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}

static bool may_be_accepted(const void *value)
{
    int i;

    if (!value || is_pseudo_value(value)) return true;
    for (i = 0; i < LIVE; i++) if (live[i] == value) return true;
    return false;
}

static void expect_refused_everywhere(void *value)
{
    int call;

    if (may_be_accepted(value)) return;
    for (call = 0; call < handle_call_count; call++)
    {
        if (handle_calls[call].call(value) == handle_calls[call].refusal) continue;
        expect_failed(__FILE__, __LINE__, "%s does not refuse %p", handle_calls[call].name, value);
    }
}

START_TEST(random_values_are_refused)
{
    unsigned long long i, count = torture_count();

    make_live();
    for (i = 0; i < count; i++) expect_refused_everywhere((void *)(uintptr_t)test_random());
    expect_live_unharmed();
}
END_TEST

/* Small numbers and those with few bits set look most like an index and a generation. */
START_TEST(small_and_sparse_values_are_refused)
{
    uintptr_t value;
    unsigned int first, second, third, bits = sizeof(value) * 8;

    make_live();
    for (value = 0; value < 0x20000; value++) expect_refused_everywhere((void *)value);
    for (first = 0; first < bits; first++)
    {
        for (second = 0; second <= first; second++)
        {
            for (third = 0; third <= second; third++)
            {
                value = (uintptr_t)1 << first | (uintptr_t)1 << second | (uintptr_t)1 << third;
                expect_refused_everywhere((void *)value);
                expect_refused_everywhere((void *)~value);
            }
        }
    }
    expect_live_unharmed();
}
END_TEST

/* One bit away, and any power of two above or below: one of these is the next index, another the
 * next generation, wherever in the handle they are. */
START_TEST(values_next_to_live_handles_are_refused)
{
    unsigned int first, second, bits = sizeof(uintptr_t) * 8;
    int i;

    make_live();
    for (i = 0; i < LIVE; i++)
    {
        uintptr_t value = (uintptr_t)live[i];

        for (first = 0; first < bits; first++)
        {
            expect_refused_everywhere((void *)(value + ((uintptr_t)1 << first)));
            expect_refused_everywhere((void *)(value - ((uintptr_t)1 << first)));
            for (second = 0; second <= first; second++)
            {
                expect_refused_everywhere((void *)(value ^ ((uintptr_t)1 << first)
                                                         ^ ((uintptr_t)1 << second)));
            }
            expect_refused_everywhere((void *)(value ^ (uintptr_t)1 << first));
        }
    }
    expect_live_unharmed();
}
END_TEST

/* Handles of the past: every generation that a slot had. */
START_TEST(handles_of_the_past_are_refused)
{
    enum { STALE = 20000 };
    static void *stale[STALE];
    int i;

    for (i = 0; i < STALE; i++)
    {
        expect_status(BCryptGenerateSymmetricKey(BCRYPT_AES_CBC_ALG_HANDLE, &stale[i], NULL, 0,
                                                 (UCHAR *)counting, 16, 0), STATUS_SUCCESS);
        expect_status(BCryptDestroyKey(stale[i]), STATUS_SUCCESS);
    }
    make_live();
    for (i = 0; i < STALE; i++) expect_refused_everywhere(stale[i]);
    expect_live_unharmed();
}
END_TEST

/* --- threads that create, use and destroy each other's objects ---------------------------- */

#define THREADS 4
#define SHARED 64

#define CHECKED(condition) do { if (!(condition)) return __LINE__; } while (0)

static _Atomic(void *) shared[SHARED];
static atomic_ullong created, destroyed, used, refused;
static unsigned int end;

/* A fresh key goes into a place, and what was there is destroyed: by whoever took it out. Another
 * thread may be using it, or about to: then it gets its result, or STATUS_INVALID_HANDLE. */
static unsigned int work_exchange(unsigned int number, void *argument)
{
    uint64_t random = 0x9e3779b97f4a7c15 * (number + 1);
    UCHAR output[16];
    ULONG bytes;

    (void)argument;
    while ((int)(milliseconds() - end) < 0)
    {
        unsigned int round;

        for (round = 0; round < 1000; round++)
        {
            unsigned int place;
            void *key, *old;
            NTSTATUS status;

            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            place = (unsigned int)(random >> 32) % SHARED;
            if (random & 3)
            {
                if (!(key = atomic_load(&shared[place]))) continue;
                status = BCryptEncrypt(key, (UCHAR *)counting, 16, NULL, NULL, 0, output, 16,
                                       &bytes, 0);
                CHECKED(!status || status == STATUS_INVALID_HANDLE);
                CHECKED(status || !memcmp(output, "\x0a\x94\x0b\xb5\x41\x6e\xf0\x45", 8));
                atomic_fetch_add(status ? &refused : &used, 1);
            }
            else
            {
                CHECKED(!BCryptGenerateSymmetricKey(BCRYPT_AES_ECB_ALG_HANDLE, &key, NULL, 0,
                                                    (UCHAR *)counting, 16, 0));
                atomic_fetch_add(&created, 1);
                if (!(old = atomic_exchange(&shared[place], key))) continue;
                CHECKED(!BCryptDestroyKey(old));
                CHECKED(BCryptDestroyKey(old) == STATUS_INVALID_HANDLE);
                atomic_fetch_add(&destroyed, 1);
            }
        }
    }
    return 0;
}

static void print_counts(const char *what)
{
    printf("   %s: %llu created, %llu used, %llu refused as gone\n", what,
           (unsigned long long)created, (unsigned long long)used, (unsigned long long)refused);
    fflush(stdout);
}

START_TEST(threads_destroy_each_others_keys)
{
    unsigned int result;
    int i;

    created = destroyed = used = refused = 0;
    end = milliseconds() + stress_seconds() * 1000;
    result = run_threads(THREADS, work_exchange, NULL);
    for (i = 0; i < SHARED; i++)
    {
        void *key = atomic_exchange(&shared[i], NULL);

        destroyed += key && !BCryptDestroyKey(key);
    }
    print_counts("keys");
    expect_value(result, 0);
    expect_value(destroyed, created);
}
END_TEST

/* Destroying races with destroying: of all that try, one succeeds. The threads meet twice in each
 * round: when there is a key, and when all have tried. */
static _Atomic(void *) victim;
static atomic_uint arrived, succeeded;

static void meet(unsigned int meeting)
{
    atomic_fetch_add(&arrived, 1);
    while (atomic_load(&arrived) < meeting * THREADS) give_way();
}

static unsigned int work_destroy(unsigned int number, void *argument)
{
    unsigned int round;

    (void)argument;
    for (round = 0; round < 1000; round++)
    {
        if (!number)
        {
            void *key = NULL;

            CHECKED(!BCryptGenerateSymmetricKey(BCRYPT_AES_ECB_ALG_HANDLE, &key, NULL, 0,
                                                (UCHAR *)counting, 16, 0));
            atomic_store(&victim, key);
        }
        meet(2 * round + 1);
        if (!BCryptDestroyKey(atomic_load(&victim))) atomic_fetch_add(&succeeded, 1);
        meet(2 * round + 2);
    }
    return 0;
}

START_TEST(of_all_that_destroy_a_key_one_succeeds)
{
    arrived = succeeded = 0;
    expect_value(run_threads(THREADS, work_destroy, NULL), 0);
    expect_value(succeeded, 1000);
}
END_TEST

/* An algorithm closed while others make keys and hashes of it. */
static unsigned int work_close(unsigned int number, void *argument)
{
    UCHAR output[16];
    ULONG bytes;

    (void)argument;
    while ((int)(milliseconds() - end) < 0)
    {
        void *algorithm, *key = NULL, *old;
        NTSTATUS status;

        if (number)
        {
            if (!(algorithm = atomic_load(&victim))) continue;
            status = BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, (UCHAR *)counting, 16, 0);
            CHECKED(!status || status == STATUS_INVALID_HANDLE);
            atomic_fetch_add(status ? &refused : &used, 1);
            if (status) continue;
            CHECKED(!BCryptEncrypt(key, (UCHAR *)counting, 16, NULL, NULL, 0, output, 16, &bytes,
                                   0));
            CHECKED(!BCryptDestroyKey(key));
        }
        else
        {
            CHECKED(!BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_AES_ALGORITHM, NULL, 0));
            atomic_fetch_add(&created, 1);
            if (!(old = atomic_exchange(&victim, algorithm))) continue;
            CHECKED(!BCryptCloseAlgorithmProvider(old, 0));
        }
    }
    return 0;
}

START_TEST(an_algorithm_closes_while_others_use_it)
{
    unsigned int result;

    created = used = refused = 0;
    atomic_store(&victim, NULL);
    end = milliseconds() + stress_seconds() * 200;
    result = run_threads(THREADS, work_close, NULL);
    print_counts("algorithms");
    expect_status(BCryptCloseAlgorithmProvider(atomic_exchange(&victim, NULL), 0), STATUS_SUCCESS);
    expect_value(result, 0);
}
END_TEST

/* --- many objects ------------------------------------------------------------------------- */

START_TEST(many_keys_live_at_once)
{
    enum { MANY = sizeof(void *) == 8 ? 1000000 : 200000 };
    void **keys = malloc(MANY * sizeof(*keys));
    NTSTATUS worst = STATUS_SUCCESS;
    UCHAR output[16];
    ULONG bytes;
    int i;

    for (i = 0; i < MANY; i++)
    {
        worst |= BCryptGenerateSymmetricKey(BCRYPT_AES_ECB_ALG_HANDLE, &keys[i], NULL, 0,
                                            (UCHAR *)counting, 16, 0);
    }
    expect_status(worst, STATUS_SUCCESS);
    for (i = 0; i < MANY; i += MANY / 100)
    {
        expect_encrypt(keys[i], STATUS_SUCCESS, .input = counting, .bytes = 16, .output = output,
                       .room = 16, .result = &bytes);
        expect_hex(output, 16, "0a940bb5416ef045f1c39458c653ea5a");
    }
    for (i = 0; i < MANY; i++) worst |= BCryptDestroyKey(keys[i]);
    expect_status(worst, STATUS_SUCCESS);
    for (i = 0; i < MANY; i++) worst |= BCryptDestroyKey(keys[i]) ^ STATUS_INVALID_HANDLE;
    expect_status(worst, STATUS_SUCCESS);
    free(keys);
}
END_TEST

void stress_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_test(tests, many_keys_live_at_once);

    tests = ours(suite);
    add_test(tests, random_values_are_refused);
    add_test(tests, small_and_sparse_values_are_refused);
    add_test(tests, values_next_to_live_handles_are_refused);
    add_test(tests, handles_of_the_past_are_refused);
    add_test(tests, threads_destroy_each_others_keys);
    add_test(tests, of_all_that_destroy_a_key_one_succeeds);
    add_test(tests, an_algorithm_closes_while_others_use_it);
}
