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
    BCryptBufferDesc *parameters;               /* of BCryptKeyDerivation */
    UCHAR iv[16], nonce[12], tag[16], digest[64], secret[64], blob[2048], signature[512];
    ULONG iv_bytes, blob_bytes, signature_bytes;
    UCHAR *buffer;
    void *other;                                /* libcrypto's */
};

struct operation
{
    const char *name;
    LPCWSTR algorithm;
    LPCWSTR mode;                               /* chaining mode, curve or RSA's padding */
    ULONG bytes;                                /* of a message, or of what is derived */
    ULONG key_bytes;                            /* of a key pair: bits */
    ULONG flags;                                /* of opening the algorithm */
    bool (*prepare)(struct subject *subject);
    bool (*run)(struct subject *subject);
    void (*finish)(struct subject *subject);
    bool quick;                                 /* in bcryptinfo's short list */
    bool varies;                                /* from run to run: the mean counts, not the best */
};

extern const struct operation operations[];
extern const size_t operation_count;

/* pq_operations.c */
bool pq_prepare_algorithm(struct subject *subject);
bool pq_prepare_key(struct subject *subject);
bool pq_prepare_encapsulate(struct subject *subject);
bool pq_prepare_decapsulate(struct subject *subject);
bool pq_prepare_verify(struct subject *subject);
bool pq_run_key(struct subject *subject);
bool pq_run_encapsulate(struct subject *subject);
bool pq_run_decapsulate(struct subject *subject);
bool pq_run_sign(struct subject *subject);
bool pq_run_verify(struct subject *subject);

/* Makes a contender ready; false if it cannot do the operation. */
bool subject_prepare(struct subject *subject, const struct operation *operation,
                     const struct cng *cng);
void subject_finish(struct subject *subject);

/* Nanoseconds that one run takes: the best of a few samples of about `milliseconds` each, or their
 * mean if the operation varies. */
double subject_time(struct subject *subject, double milliseconds);

#endif
