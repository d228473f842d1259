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

/* A name that is in a table itself, with zeros, one at least, to its end: a row has KEPT of a
 * literal. C would let the last zero of a literal fall where there is no room for it, and so one
 * more is written, which has to fit. A row without KEPT does not compile (-Wmissing-braces). */
struct kept_name { WCHAR text[24]; };
#define KEPT(literal) { literal L"\0" }

#if defined(_WIN32) && defined(__SSE2__)

typedef int16_t __attribute__((vector_size(16), aligned(2), may_alias)) name_unit;

/* Of a comparison of eight characters: two bits for each. */
static inline unsigned int name_unit_bits(name_unit comparison)
{
    typedef char __attribute__((vector_size(16))) bytes;

    return (unsigned int)__builtin_ia32_pmovmskb128((bytes)comparison);
}

/* Whether the name is the one that is kept. Eight characters at a time, as far as the page goes:
 * what lies behind a name's end in the same page can be read, too. BCryptGetProperty of a
 * BlockLength takes 16.5 ns with it, 17.5 with names_equal. */
static inline bool name_is(LPCWSTR name, const struct kept_name *kept)
{
    unsigned int differ, ends;
    LPCWSTR at = kept->text;

    if (*name != *at) return false;             /* most end here */
    do
    {
        if (((uintptr_t)name & 4095) > 4096 - sizeof(name_unit)) return names_equal(name, at);
        differ = ~name_unit_bits(*(const name_unit *)name == *(const name_unit *)at) & 0xffff;
        ends = name_unit_bits(*(const name_unit *)at == (name_unit){ 0 });
        if (differ & (ends ^ (ends - 1))) return false;         /* up to the end, if it is here */
        name += 8;
        at += 8;
    } while (!ends);
    return true;
}

#else                                           /* sanitizers watch each character that is read */
#define name_is(name, kept) names_equal((name), (kept)->text)
#endif

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
