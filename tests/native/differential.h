/*
 * differential.h - random valid calls, answered by CNG's exports and by libcrypto's EVP.
 *
 * A trial is made of the dice's numbers alone, but for key pairs, which CNG makes: the same dice
 * give the same trial, with texts that are shorter if `most` is less. A difference ends the trial
 * by longjmp; its keys and handles are left, for the program ends soon.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef NATIVE_DIFFERENTIAL_H
#define NATIVE_DIFFERENTIAL_H

#include "platform/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <openssl/evp.h>

#include "dice.h"

/* A kind of trial, and how often it is made in comparison with the others. */
struct kind
{
    const char *name;
    void (*run)(struct dice *dice);
    ULONG weight;
};
extern const struct kind symmetric_kinds[], pair_kinds[];
extern const size_t symmetric_kind_count, pair_kind_count;

/* Those that make one new pair each, look at its numbers and use it. */
extern const struct kind key_kinds[];
extern const size_t key_kind_count;

/* What the trial is about, for its report. */
__attribute__((format(printf, 1, 2))) void about(const char *format, ...);

/* The trial ends: the two disagree. */
__attribute__((format(printf, 1, 2), noreturn)) void differ(const char *format, ...);
void same_bytes(const char *what, const UCHAR *cng, const UCHAR *evp, size_t bytes);

/* A call of an export that has to succeed. It is counted. */
#define CALL(call) called(#call, call)
void called(const char *call, NTSTATUS status);
extern unsigned long long calls;

/* One of libcrypto's, without which there is nothing to compare with. */
#define EVP(call) has_to(#call, (call) > 0)
#define MADE(call) made_by(#call, call)
void has_to(const char *call, bool is_so);
void *made_by(const char *call, void *result);

/* An algorithm, opened at its first use and kept. */
BCRYPT_ALG_HANDLE algorithm_of(LPCWSTR id, ULONG flags);

static inline ULONG wide_bytes(LPCWSTR name)
{
    ULONG characters = 0;

    while (name[characters]) characters++;
    return (characters + 1) * (ULONG)sizeof(WCHAR);
}
#define WIDE(name) ((PUCHAR)(uintptr_t)(name)), wide_bytes(name)

#endif
