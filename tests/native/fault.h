/*
 * fault.h - calls of exports in which everything that can fail does so in turn.
 *
 * A call is tried over and over: first its first allocation fails, then its second, and so on,
 * until one comes through without. So it is with the allocations alone and with all that follow,
 * with the system's entropy, with the calls of the registry, and with the functions of libcrypto
 * that libcrypto_faults.h names. Each time
 *
 *   - the status is that of what failed, or the call does what it does otherwise;
 *   - when it fails, nothing was written, and the same call then succeeds;
 *   - when it succeeds, it gives what it gives otherwise;
 *   - when all is destroyed, no memory is kept.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef NATIVE_FAULT_H
#define NATIVE_FAULT_H

#include "platform/base.h"

#include <check.h>

#define FAULT_PROPERTY L"A Property"           /* of functions, in the configuration */
#define FAULT_OUTPUT_BYTES 20000                /* the longest signature: SLH-DSA's of 128f */

/* An algorithm as a call needs it. Which member is meant by what is the table's. */
struct subject
{
    LPCWSTR id, name;                           /* name: mode, curve, parameter set */
    ULONG flags, size;
    LPCWSTR private_type, public_type;
    const void *padding;                        /* of signatures */
    ULONG padding_flags;
};

/* What a call works on. Handles that are not NULL are ended when it is over. */
struct scene
{
    const struct subject *subject;
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_KEY_HANDLE key, peer;
    BCRYPT_HASH_HANDLE hash;
    BCRYPT_SECRET_HANDLE secret;
    UCHAR input[FAULT_OUTPUT_BYTES];
    ULONG input_bytes;

    void *made;                                 /* by the call: a handle, or what it allocated */
    UCHAR output[FAULT_OUTPUT_BYTES];
    ULONG result;
};

enum makes { NOTHING, AN_ALGORITHM, A_KEY, A_HASH, A_SECRET, A_BUFFER, AN_EVENT };

enum
{
    RANDOM_OUTPUT = 1,                          /* no two runs give the same */
    ZEROES_OUTPUT = 2,                          /* instead of leaving it alone, when it fails */
    NEVER_FAILS   = 4,
    SEARCHES      = 8,                          /* for primes, for as long as it takes: of what can
                                                 * fail one is left out, then two, then four */
    READS_CONFIG  = 16,                         /* what cannot be read may be passed over */
    WRITES_CONFIG = 32,                         /* a change may be whole although it failed */
};

struct call
{
    const char *name;
    void (*prepare)(struct scene *scene);
    NTSTATUS (*run)(struct scene *scene);
    enum makes makes;
    unsigned int flags;
};

/* Tries the call on the subject as above. */
void try_call(const struct subject *subject, const struct call *call);

/* How many faults there were in all calls so far. */
extern unsigned long fault_count;

/* For prepare functions: it has to work. */
void fault_must(NTSTATUS status);

static inline ULONG fault_name_bytes(LPCWSTR name)
{
    ULONG characters = 0;

    while (name[characters]) characters++;
    return (characters + 1) * (ULONG)sizeof(WCHAR);
}

void add_pair_tests(TCase *tests);
void add_config_tests(TCase *tests);
void add_verify_tests(TCase *tests);

#endif
