/*
 * differ.h - random valid calls, answered by two DLLs that are bcrypt.dll.
 *
 * What one side does in a trial is a function that is called once for each side, with the same
 * dice: so it makes the same calls. Statuses, sizes and bytes that are determined go into the
 * side's log, and the two logs have to be the same. What one side has made at random - a key, a
 * signature, a ciphertext - is left in a variable, for a second function in which both use it.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef DIFFER_H
#define DIFFER_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <ntstatus.h>

#include "bcrypt.h"

#include "dice.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define CNG_FUNCTIONS(X) \
    X(BCryptOpenAlgorithmProvider) X(BCryptGetProperty) X(BCryptSetProperty) X(BCryptCreateHash) \
    X(BCryptHashData) X(BCryptFinishHash) X(BCryptDuplicateHash) X(BCryptDestroyHash) \
    X(BCryptHash) \
    X(BCryptGenerateSymmetricKey) X(BCryptImportKey) X(BCryptExportKey) X(BCryptDuplicateKey) \
    X(BCryptDestroyKey) X(BCryptEncrypt) X(BCryptDecrypt) X(BCryptGenerateKeyPair) \
    X(BCryptFinalizeKeyPair) X(BCryptImportKeyPair) X(BCryptSignHash) X(BCryptVerifySignature) \
    X(BCryptSecretAgreement) X(BCryptDeriveKey) X(BCryptDestroySecret) X(BCryptDeriveKeyPBKDF2) \
    X(BCryptKeyDerivation) X(BCryptDeriveKeyCapi) X(BCryptEnumAlgorithms) X(BCryptFreeBuffer) \
    X(BCryptCreateMultiHash) X(BCryptProcessMultiOperations) X(BCryptEncapsulate) \
    X(BCryptDecapsulate)

/* One DLL's functions; a member is NULL where it has no such export. */
struct side
{
    const char *name;
#define SIDE_MEMBER(function) __typeof__(&function) function;
    CNG_FUNCTIONS(SIDE_MEMBER)
#undef SIDE_MEMBER
};

/* The side whose turn it is. */
extern const struct side *cng;
unsigned int side_number(void);                 /* 0: ours */
extern unsigned long long calls;

/* A call whose status goes into the log. What ends the side's part of a trial: */
#define MAY(function, ...) (exported(cng->function != NULL, #function), \
                            did(#function, cng->function(__VA_ARGS__)))       /* nothing */
#define MUST(function, ...) ended_by(#function, MAY(function, __VA_ARGS__))   /* a failure */
/* and here a failure says that the DLL has no such algorithm, mode or the like, which is named. */
#define HAVE(what, function, ...) (exported(cng->function != NULL, #function), \
                                   has(what, #function, cng->function(__VA_ARGS__)))

void exported(bool is_there, const char *name);
NTSTATUS did(const char *call, NTSTATUS status);
void ended_by(const char *call, NTSTATUS status);
void has(const char *what, const char *call, NTSTATUS status);

/* More for the log. */
void saw_number(const char *what, ULONG number);
void saw_bytes(const char *what, const void *bytes, ULONG count);

/* What the trial is about, for its report and for the table of known differences. */
__attribute__((format(gnu_printf, 1, 2))) void about(const char *format, ...);
/* More in words, behind that, which no table looks at. */
__attribute__((format(gnu_printf, 1, 2))) void details(const char *format, ...);
void details_hex(const char *what, const UCHAR *bytes, ULONG count);

/* What is still open when a side's part ends is closed, and has to close. */
enum open_type { OPEN_HASH, OPEN_KEY, OPEN_SECRET };
void *opened(enum open_type type, void *handle);
void closed(void *handle);                      /* the trial closes it itself */

/* An algorithm, opened at its first use and kept, with a chaining mode or curve that was set. */
BCRYPT_ALG_HANDLE algorithm_of(LPCWSTR id, ULONG flags);
BCRYPT_ALG_HANDLE algorithm_with(LPCWSTR id, ULONG flags, LPCWSTR property, LPCWSTR value);

/* Both sides, or one of them: 0 is ours, 1 the other. A difference ends the trial. */
void on_both(struct dice *dice, void (*run)(struct dice *dice));
void on_one(unsigned int number, struct dice *dice, void (*run)(struct dice *dice));

/* A kind of trial, how often it is made in comparison with the others (0: only with --new-keys),
 * and what each side does in it; or, if that takes more than one part, how these follow. */
struct kind
{
    const char *name;
    ULONG weight;
    void (*each)(struct dice *dice);
    void (*run)(struct dice *dice);
};
extern const struct kind hash_kinds[], cipher_kinds[], kdf_kinds[], pair_kinds[], quantum_kinds[],
                         property_kinds[];
extern const size_t hash_kind_count, cipher_kind_count, kdf_kind_count, pair_kind_count,
                    quantum_kind_count, property_kind_count;

/* A property, named in `name`; and all that can be asked of it, or of one by its name. */
size_t any_property(struct dice *dice, char *name, size_t size);
void see_property(struct dice *dice, void *handle, size_t number);
void see_value(struct dice *dice, void *handle, LPCWSTR name, bool is_own);

/* A difference that is known of the other side, for a peer that is wrong there. Patterns are whole
 * names in which * is anything; `what` is "start" of trials that are not made at all. */
struct known
{
    unsigned int first, last;                   /* versions of the peer; last 0: until now */
    const char *kind, *subject, *what;
    bool goes_on;                               /* what follows in the trial is compared */
    const char *does;                           /* what the peer does; who says it is wrong */
    unsigned long long seen;
};
extern struct known wine_differences[];
extern const size_t wine_difference_count;

static inline ULONG wide_bytes(LPCWSTR name)
{
    return (ULONG)((wcslen(name) + 1) * sizeof(WCHAR));
}
#define WIDE(name) ((PUCHAR)(uintptr_t)(name)), wide_bytes(name)

#endif
