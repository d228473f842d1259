/*
 * family.c - what the tests of the key families share: memory that ends, threads.
 *
 * SPDX-License-Identifier: MIT
 */

#include "family.h"

#include <check.h>
#include <pthread.h>

#include "crypto/random/random.h"
#include "native.h"
#include "platform/memory.h"
#include "platform/platform.h"

#define THREADS_MAX 8

void must(NTSTATUS status)
{
    ck_assert_int_eq(status, STATUS_SUCCESS);
}

long without_memory(NTSTATUS (*call)(void))
{
    size_t before;
    NTSTATUS status;
    long limit;

    must(call());
    before = memory_in_use();
    for (limit = 0; ; limit++)
    {
        native_fail_after = limit;
        status = call();
        native_fail_after = -1;
        ck_assert_uint_eq(memory_in_use(), before);
        if (!status) break;
        ck_assert_int_eq(status, STATUS_NO_MEMORY);
    }
    must(call());
    return limit;
}

void run_threads(int count, void *(*work)(void *parameter), void *parameter)
{
    pthread_t threads[THREADS_MAX];
    void *failed;
    int i;

    ck_assert_int_le(count, THREADS_MAX);
    for (i = 0; i < count; i++)
    {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, work, parameter), 0);
    }
    for (i = 0; i < count; i++)
    {
        pthread_join(threads[i], &failed);
        ck_assert_ptr_null(failed);
    }
}

void end_thread(void)
{
    random_thread_detach(platform_thread_get(THREAD_SLOT_RANDOM));
    platform_thread_set(THREAD_SLOT_RANDOM, NULL);
}
