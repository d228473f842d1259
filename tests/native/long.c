/*
 * long.c - what takes too long for the tests: forged handles, and objects made and ended.
 *
 *   long handles COUNT    so many forged handles, each to one export in turn: refused
 *   long pairs COUNT      so many objects made and destroyed, by four threads: none is left
 *
 * The last line says how many there were; the status is 1 if one was not as it has to be.
 *
 * SPDX-License-Identifier: MIT
 */

#include "handle_calls.h"

#include <pthread.h>

#include "native.h"
#include "router/object.h"

#undef BCryptCloseAlgorithmProvider
#undef BCryptDestroyKey
#undef BCryptDestroyHash
#undef BCryptDestroySecret

#define THREADS 4
#define LIVE    96
#define STALE   1024

static const UCHAR secret[16] = { 1, 2, 3 };

/* SplitMix64 (Steele, Lea and Flood, 2014). */
static uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static void must(bool condition, const char *what)
{
    if (condition) return;
    printf("long: %s\n", what);
    exit(1);
}

/* ---- forged handles ---- */

static void *live[LIVE], *stale[STALE];

static void make_handles(void)
{
    int i;

    for (i = 0; i < LIVE; i += 3)
    {
        must(!BCryptOpenAlgorithmProvider(&live[i], BCRYPT_AES_ALGORITHM, NULL, 0) &&
             !BCryptGenerateSymmetricKey(live[i], &live[i + 1], NULL, 0, (PUCHAR)secret, 16, 0) &&
             !BCryptCreateHash(BCRYPT_SHA256_ALG_HANDLE, &live[i + 2], NULL, 0, NULL, 0, 0),
             "no handle to forge others from");
    }
    for (i = 0; i < STALE; i++)
    {
        must(!BCryptGenerateSymmetricKey(live[0], &stale[i], NULL, 0, (PUCHAR)secret, 16, 0) &&
             !BCryptDestroyKey(stale[i]), "no handle of the past");
    }
}

/* Any value; one near a live handle, or some bits from it; a handle of the past, or near it. */
static uintptr_t forge(uint64_t *state)
{
    uint64_t random = random_next(state);
    uintptr_t near = (uintptr_t)live[(random >> 8) % LIVE];
    uintptr_t past = (uintptr_t)stale[(random >> 8) % STALE];

    switch (random & 7)
    {
    case 0: return near + (uintptr_t)(random >> 40) - (1 << 23);
    case 1: return near ^ (uintptr_t)1 << (random >> 32) % 64;
    case 2: return near ^ (uintptr_t)1 << (random >> 32) % 64 ^ (uintptr_t)1 << (random >> 40) % 64;
    case 3: return past;
    case 4: return past ^ (uintptr_t)1 << (random >> 32) % 64;
    case 5: return (uintptr_t)(random >> 32);
    default: return (uintptr_t)random_next(state);
    }
}

static bool may_be_accepted(uintptr_t value)
{
    int i;

    if (!value || is_pseudo_value((void *)value)) return true;
    for (i = 0; i < LIVE; i++) if ((uintptr_t)live[i] == value) return true;
    return false;
}

static void handles(unsigned long long count)
{
    unsigned long long left = count, passed_over = 0;
    size_t objects;
    uint64_t state = 1;
    int call = 0;

    make_handles();
    objects = object_count();
    while (left)
    {
        uintptr_t value = forge(&state);

        if (may_be_accepted(value))
        {
            passed_over++;
            continue;
        }
        if (handle_calls[call].call((void *)value) != handle_calls[call].refusal)
        {
            printf("long: %s does not refuse %#llx\n", handle_calls[call].name,
                   (unsigned long long)value);
            exit(1);
        }
        if (++call == handle_call_count) call = 0;
        left--;
    }
    must(object_count() == objects, "a live object is gone, or one more is there");
    printf("long: %llu forged handles refused by %d exports; %llu were real ones, and not tried\n",
           count, handle_call_count, passed_over);
}

/* ---- objects made and ended ---- */

static bool pair_of(BCRYPT_ALG_HANDLE aes, unsigned int kind)
{
    void *first, *second;

    switch (kind)
    {
    case 0:
        return !BCryptOpenAlgorithmProvider(&first, BCRYPT_SHA256_ALGORITHM, NULL, 0) &&
               !BCryptCloseAlgorithmProvider(first, 0);
    case 1: case 2:
        return !BCryptCreateHash(BCRYPT_SHA256_ALG_HANDLE, &first, NULL, 0, NULL, 0, 0) &&
               !BCryptDestroyHash(first);
    case 3:                                     /* two pairs, the first ended first */
        return !BCryptGenerateSymmetricKey(aes, &first, NULL, 0, (PUCHAR)secret, 16, 0) &&
               !BCryptDuplicateKey(first, &second, NULL, 0, 0) &&
               !BCryptDestroyKey(first) && !BCryptDestroyKey(second) &&
               BCryptDestroyKey(first) == STATUS_INVALID_HANDLE;
    default:
        return !BCryptGenerateSymmetricKey(aes, &first, NULL, 0, (PUCHAR)secret, 16, 0) &&
               !BCryptDestroyKey(first);
    }
}

static BCRYPT_ALG_HANDLE shared;                /* the algorithm of all threads' keys */
static unsigned long long pairs_each;

static void *make_pairs(void *failed)
{
    unsigned long long made = 0;
    uint64_t state = (uintptr_t)failed;

    while (made < pairs_each)
    {
        unsigned int kind = (unsigned int)(random_next(&state) % 8);

        if (!pair_of(shared, kind)) *(bool *)failed = true;
        made += 1 + (kind == 3);
    }
    native_thread_detach();
    return NULL;
}

static void pairs(unsigned long long count)
{
    pthread_t threads[THREADS];
    bool failed[THREADS] = { false };
    size_t objects;
    int i;

    must(!BCryptOpenAlgorithmProvider(&shared, BCRYPT_AES_ALGORITHM, NULL, 0), "no algorithm");
    objects = object_count();
    pairs_each = (count + THREADS - 1) / THREADS;
    for (i = 0; i < THREADS; i++)
        must(!pthread_create(&threads[i], NULL, make_pairs, &failed[i]), "no thread");
    for (i = 0; i < THREADS; i++)
    {
        pthread_join(threads[i], NULL);
        must(!failed[i], "an object was not made, or not ended");
    }
    must(object_count() == objects, "objects are left, or are gone");
    printf("long: %llu objects made and ended by %d threads, none left\n", pairs_each * THREADS,
           THREADS);
}

int main(int count, char **arguments)
{
    unsigned long long number = count == 3 ? strtoull(arguments[2], NULL, 0) : 0;

    if (number && !strcmp(arguments[1], "handles")) handles(number);
    else if (number && !strcmp(arguments[1], "pairs")) pairs(number);
    else
    {
        fprintf(stderr, "usage: long handles COUNT | long pairs COUNT\n");
        return 2;
    }
    return 0;
}
