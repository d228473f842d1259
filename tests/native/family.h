/*
 * family.h - what the tests of the key families share: memory that ends, threads.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef NATIVE_FAMILY_H
#define NATIVE_FAMILY_H

#include "platform/base.h"
#include "suite.h"

/* The test fails unless the status is STATUS_SUCCESS. */
void must(NTSTATUS status);

/*
 * Tries the call with no allocation, with one, with two, until it has as many as it wants: it says
 * STATUS_NO_MEMORY until then, and gives everything back. Returns how many it wanted.
 */
long without_memory(NTSTATUS (*call)(void));

/* Runs work(parameter) on so many threads at once; every one has to return NULL. */
void run_threads(int count, void *(*work)(void *parameter), void *parameter);

/* What a thread of these does last if it used random numbers. */
void end_thread(void);

#endif
