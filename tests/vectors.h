/*
 * vectors.h - the published vectors of tests/vectors/, read case by case.
 *
 * A test is run once for each section of its kind, _i being which:
 *
 *     struct vectors *v = vectors_start("hash", _i);
 *
 *     while (vectors_next(v))
 *     {
 *         struct bytes message = vectors_bytes(v, "msg");
 *         ...
 *         vectors_judge(v, status, matches);
 *     }
 *     vectors_finish(v);
 *
 * tests/vectors/README.md describes the form.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_VECTORS_H
#define TESTS_VECTORS_H

#include "expect.h"

/* A file as it lies in the program; the table ends with the files. */
struct vectors_file
{
    const char *begin, *end;
};

extern const struct vectors_file vectors_files[];
extern const size_t vectors_file_count;

struct vectors;

/* Bytes of a field, alive until the next case. Never NULL, not even for no bytes. */
struct bytes
{
    UCHAR *data;
    ULONG size;
};

/* How many sections of this kind there are; one of them; its next case. */
int vectors_sections(const char *kind);
struct vectors *vectors_start(const char *kind, int section);
bool vectors_next(struct vectors *v);

/* A field of the case, its group or its section: whether there is one, and its value. */
bool vectors_has(const struct vectors *v, const char *name);
struct bytes vectors_bytes(struct vectors *v, const char *name);
const char *vectors_text(struct vectors *v, const char *name, const char *otherwise);
ULONG vectors_number(struct vectors *v, const char *name, ULONG otherwise);
const WCHAR *vectors_wide(struct vectors *v, const char *name);

/* Room for an answer, alive until the next case. */
UCHAR *vectors_room(struct vectors *v, size_t bytes);

/* True at a section's first case, and where an "@" line has changed something. */
bool vectors_group_changed(const struct vectors *v);

/* '+', '-' or '?'. */
char vectors_verdict(const struct vectors *v);

/* The case's outcome: a status, and whether the answer is the published one. Says what is wrong. */
void vectors_judge(struct vectors *v, NTSTATUS status, bool matches);

/* As vectors_judge, and a refusal must be this one. */
void vectors_judge_as(struct vectors *v, NTSTATUS status, bool matches, NTSTATUS refusal);

/* Something else is wrong with the case. */
CK_ATTRIBUTE_FORMAT(printf, 2, 3)
void vectors_wrong(struct vectors *v, const char *format, ...);

/* The section's line; the test fails if a case was wrong. */
void vectors_finish(struct vectors *v);

/* The section's algorithm is not in this Windows: its line says so. Never with OpenCNG. */
bool vectors_absent(struct vectors *v, NTSTATUS status);

/* The same for the hash that a case names; the section's line counts the case. */
bool vectors_lacks_hash(struct vectors *v);

/* Ecdsa-Sig-Value and Dss-Sig-Value to two numbers of so many bytes; false if not strict DER. */
bool signature_from_der(struct bytes der, UCHAR *out, ULONG bytes);

/* A test with a run for each section of the kind. */
#define add_sections(tests, test, kind) test_add(tests, test, vectors_sections(kind))

/* Where it can be chosen, what the next call for random bytes gets; NULL elsewhere. The bytes have
 * to stay until then. */
extern bool (*choose_random)(const void *bytes, size_t count);

#define same(actual, expected) (!memcmp((actual), (expected).data, (expected).size))

#endif
