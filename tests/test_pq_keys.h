/*
 * test_pq_keys.h - post-quantum keys for tests, and their blobs, made by hand from their layout.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_TEST_PQ_KEYS_H
#define TESTS_TEST_PQ_KEYS_H

#include "expect.h"

/* More bytes than any blob, key or signature but SLH-DSA's has. */
#define PQ_ROOM 8192

#define PQ_HEADER_BYTES 12

/* A blob: magic, bytes of the set's name with its NUL, bytes of the key; name; key. Its bytes. */
ULONG pq_blob(UCHAR *blob, ULONG magic, const WCHAR *set, const void *key, ULONG key_bytes);

/* Imports a blob; the key is destroyed after the test. Nothing may have been handed out if that
 * fails. */
NTSTATUS pq_import_blob(BCRYPT_ALG_HANDLE algorithm, const WCHAR *type, const UCHAR *blob,
                        ULONG bytes, ULONG flags, BCRYPT_KEY_HANDLE *key);

/* The same of a key that pq_blob puts into one. */
NTSTATUS pq_import(BCRYPT_ALG_HANDLE algorithm, const WCHAR *type, ULONG magic, const WCHAR *set,
                   const void *key_bytes, ULONG bytes, BCRYPT_KEY_HANDLE *key);

/* A pair that is begun; its parameter set told; and finalized, too. */
#define pq_begun(algorithm) pq_begun_at(__FILE__, __LINE__, (algorithm))
BCRYPT_KEY_HANDLE pq_begun_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm);
NTSTATUS pq_tell_set(BCRYPT_KEY_HANDLE key, const WCHAR *set);
#define pq_generated(algorithm, set) pq_generated_at(__FILE__, __LINE__, (algorithm), (set))
BCRYPT_KEY_HANDLE pq_generated_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                                  const WCHAR *set);

/* A key's blob in PQ_ROOM bytes: its bytes. The size query says as many, a byte less is too small,
 * and what is behind them stays. */
#define pq_exported(key, type, blob) pq_exported_at(__FILE__, __LINE__, (key), (type), (blob))
ULONG pq_exported_at(const char *file, int line, BCRYPT_KEY_HANDLE key, const WCHAR *type,
                     UCHAR *blob);

/* The same key in another of its forms. */
#define pq_through_blob(algorithm, key, type) \
    pq_through_blob_at(__FILE__, __LINE__, (algorithm), (key), (type))
BCRYPT_KEY_HANDLE pq_through_blob_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                                     BCRYPT_KEY_HANDLE key, const WCHAR *type);

#endif
