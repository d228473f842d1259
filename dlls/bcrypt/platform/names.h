/*
 * names.h - comparing algorithm, property and blob names.
 *
 * lstrcmpW takes 700 ns under Wine: it compares as people sort. Names are exact strings here.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PLATFORM_NAMES_H
#define PLATFORM_NAMES_H

#include "platform/base.h"

static inline bool names_equal(LPCWSTR left, LPCWSTR right)
{
    while (*left == *right)
    {
        if (!*left) return true;
        left++;
        right++;
    }
    return false;
}

/* As names_equal, but for the case of A to Z. */
static inline bool names_equal_caseless(LPCWSTR left, LPCWSTR right)
{
    for (;;)
    {
        WCHAR a = *left++, b = *right++;

        if (a >= 'a' && a <= 'z') a -= 'a' - 'A';
        if (b >= 'a' && b <= 'z') b -= 'a' - 'A';
        if (a != b) return false;
        if (!a) return true;
    }
}

/* Without the terminating NUL. */
static inline size_t name_length(LPCWSTR name)
{
    size_t length = 0;

    while (name[length]) length++;
    return length;
}

/* Bytes of the name with its NUL, as properties count them. */
static inline ULONG name_bytes(LPCWSTR name)
{
    return (ULONG)((name_length(name) + 1) * sizeof(WCHAR));
}

#endif
