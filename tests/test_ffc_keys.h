/*
 * test_ffc_keys.h - keys for the tests of DSA and DH, and blobs of them.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_TEST_FFC_KEYS_H
#define TESTS_TEST_FFC_KEYS_H

#include "expect.h"

/* More bytes than any blob has. */
#define FFC_BLOB_ROOM 2100

/* Imports a blob in hexadecimal; the key is destroyed after the test. Nothing may have been handed
 * out if that fails. */
NTSTATUS ffc_import(BCRYPT_ALG_HANDLE algorithm, const WCHAR *type, const char *hex, ULONG flags,
                    BCRYPT_KEY_HANDLE *key);

/* The same with no flags, which has to succeed. */
#define ffc_imported(algorithm, type, hex) \
    ffc_imported_at(__FILE__, __LINE__, (algorithm), (type), (hex))
BCRYPT_KEY_HANDLE ffc_imported_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                                  const WCHAR *type, const char *hex);

/* A key pair, made and finalized, or only begun. */
#define ffc_generated(algorithm, bits) \
    ffc_generated_at(__FILE__, __LINE__, (algorithm), (bits), true)
#define ffc_begun(algorithm, bits) \
    ffc_generated_at(__FILE__, __LINE__, (algorithm), (bits), false)
BCRYPT_KEY_HANDLE ffc_generated_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                                   ULONG bits, bool finalize);

/* A key's blob, of FFC_BLOB_ROOM: its bytes. The size query says as many, a byte less is too small,
 * and what is behind them stays. */
#define exported(key, type, blob) exported_at(__FILE__, __LINE__, (key), (type), (blob))
ULONG exported_at(const char *file, int line, BCRYPT_KEY_HANDLE key, const WCHAR *type,
                  UCHAR *blob);

#endif
