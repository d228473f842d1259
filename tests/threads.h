/*
 * threads.h - threads for tests, on Windows and natively.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_THREADS_H
#define TESTS_THREADS_H

#include <stdatomic.h>

#include "expect.h"

#ifndef _WIN32
#include <pthread.h>
#include <sched.h>
#include <time.h>
#endif

/* The exports themselves: the teardown's list of objects is for the main thread alone. */
#undef BCryptCloseAlgorithmProvider
#undef BCryptDestroyKey
#undef BCryptDestroyHash
#undef BCryptDestroySecret

#define MOST_THREADS 16

/*
 * Runs work in that many threads at once, with its number and argument, and waits for them all.
 * An expectation that fails cannot leave a thread: work returns what went wrong instead, as a
 * number that is not 0, and the largest of them is the result.
 */
struct thread
{
    unsigned int (*work)(unsigned int number, void *argument);
    unsigned int number, result;
    void *argument;
};

#ifdef _WIN32
static DWORD WINAPI thread_main(void *parameter)
{
    struct thread *thread = parameter;

    thread->result = thread->work(thread->number, thread->argument);
    return 0;
}

static inline unsigned int milliseconds(void)
{
    return GetTickCount();
}

static inline void give_way(void)
{
    SwitchToThread();
}
#else
void native_thread_detach(void);

static void *thread_main(void *parameter)
{
    struct thread *thread = parameter;

    thread->result = thread->work(thread->number, thread->argument);
    native_thread_detach();
    return NULL;
}

static inline unsigned int milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (unsigned int)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

static inline void give_way(void)
{
    sched_yield();
}
#endif

static inline unsigned int run_threads(unsigned int count,
                                       unsigned int (*work)(unsigned int number, void *argument),
                                       void *argument)
{
    struct thread threads[MOST_THREADS];
    unsigned int i, worst = 0;
#ifdef _WIN32
    HANDLE handles[MOST_THREADS];
#else
    pthread_t handles[MOST_THREADS];
#endif

    for (i = 0; i < count; i++)
    {
        threads[i] = (struct thread){ work, i, 0, argument };
#ifdef _WIN32
        handles[i] = CreateThread(NULL, 0, thread_main, &threads[i], 0, NULL);
        expect_true(handles[i] != NULL);
#else
        expect_value(pthread_create(&handles[i], NULL, thread_main, &threads[i]), 0);
#endif
    }
    for (i = 0; i < count; i++)
    {
#ifdef _WIN32
        WaitForSingleObject(handles[i], INFINITE);
        CloseHandle(handles[i]);
#else
        pthread_join(handles[i], NULL);
#endif
        if (threads[i].result > worst) worst = threads[i].result;
    }
    return worst;
}

#endif
