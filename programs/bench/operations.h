/*
 * operations.h - what is timed: operations on a bcrypt.dll, and the same work done by others.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef BENCH_OPERATIONS_H
#define BENCH_OPERATIONS_H

#include "cng.h"

#define BUFFER_BYTES (64 * 1024 + 64)

struct operation;

/* What one contender has ready for one operation. */
struct subject
{
    const struct cng *cng;                      /* NULL: libcrypto */
    const struct operation *operation;
    BCRYPT_ALG_HANDLE algorithm, hash_algorithm;
    BCRYPT_KEY_HANDLE key;
    BCRYPT_HASH_HANDLE hash;
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    UCHAR iv[16], nonce[12], tag[16], digest[64], secret[64], blob[2048], signature[512];
    ULONG iv_bytes, blob_bytes, signature_bytes;
    UCHAR *buffer;
    void *other;                                /* libcrypto's */
};

struct operation
{
    const char *name;
    LPCWSTR algorithm;
    LPCWSTR mode;                               /* chaining mode, hash or curve */
    ULONG bytes;                                /* of a message */
    ULONG key_bytes;
    ULONG flags;                                /* of opening the algorithm */
    bool (*prepare)(struct subject *subject);
    bool (*run)(struct subject *subject);
    void (*finish)(struct subject *subject);
    bool quick;                                 /* in bcryptinfo's short list */
};

extern const struct operation operations[];
extern const size_t operation_count;

/* Makes a contender ready; false if it cannot do the operation. */
bool subject_prepare(struct subject *subject, const struct operation *operation,
                     const struct cng *cng);
void subject_finish(struct subject *subject);

/* Nanoseconds that one run takes: the best of a few samples of about `milliseconds` each. */
double subject_time(struct subject *subject, double milliseconds);

#endif
