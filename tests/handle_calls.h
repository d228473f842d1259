/*
 * handle_calls.h - every export that takes a handle, with all its other arguments right.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_HANDLE_CALLS_H
#define TESTS_HANDLE_CALLS_H

#include "expect.h"

enum handle_kind
{
    TAKES_ALGORITHM, TAKES_KEY, TAKES_HASH, TAKES_SECRET, TAKES_ANY
};

struct handle_call
{
    const char *name;
    enum handle_kind kind;
    NTSTATUS (*call)(void *handle);
    NTSTATUS refusal, null_refusal;                 /* what a wrong handle and what NULL gets */
};

/* The exports whose first argument is the handle. A call that wrote to an output although it was
 * refused returns HANDLE_CALL_WROTE instead of its status. */
#define HANDLE_CALL_WROTE ((NTSTATUS)0x0bad0bad)
extern const struct handle_call handle_calls[];
extern const int handle_call_count;

/* The values that programs may pass without opening anything. */
static inline bool is_pseudo_value(const void *value)
{
    return ((uintptr_t)value & 15) == 1 && (uintptr_t)value <= 0x4a1;
}

#endif
