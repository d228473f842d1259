/*
 * test_pq_keys.c - post-quantum keys for tests, and their blobs.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_pq_keys.h"

static UCHAR *put_ulong(UCHAR *at, ULONG value)
{
    int i;

    for (i = 0; i < 4; i++) *at++ = (UCHAR)(value >> 8 * i);
    return at;
}

ULONG pq_blob(UCHAR *blob, ULONG magic, const WCHAR *set, const void *key, ULONG key_bytes)
{
    ULONG set_bytes = wide_bytes(set);
    UCHAR *at = blob;

    at = put_ulong(at, magic);
    at = put_ulong(at, set_bytes);
    at = put_ulong(at, key_bytes);
    memcpy(at, set, set_bytes);
    if (key_bytes) memcpy(at + set_bytes, key, key_bytes);
    return PQ_HEADER_BYTES + set_bytes + key_bytes;
}

NTSTATUS pq_import_blob(BCRYPT_ALG_HANDLE algorithm, const WCHAR *type, const UCHAR *blob,
                        ULONG bytes, ULONG flags, BCRYPT_KEY_HANDLE *key)
{
    NTSTATUS status;

    *key = UNTOUCHED_HANDLE;
    status = BCryptImportKeyPair(algorithm, NULL, type, key, (UCHAR *)(uintptr_t)blob, bytes,
                                 flags);
    if (!status) keep_key(*key);
    else expect_pointer(*key, UNTOUCHED_HANDLE);
    return status;
}

NTSTATUS pq_import(BCRYPT_ALG_HANDLE algorithm, const WCHAR *type, ULONG magic, const WCHAR *set,
                   const void *key_bytes, ULONG bytes, BCRYPT_KEY_HANDLE *key)
{
    UCHAR blob[PQ_ROOM];

    expect_at_most(bytes, sizeof(blob) - 64);
    return pq_import_blob(algorithm, type, blob, pq_blob(blob, magic, set, key_bytes, bytes), 0,
                          key);
}

BCRYPT_KEY_HANDLE pq_begun_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm)
{
    BCRYPT_KEY_HANDLE key;

    expect_status_at(file, line, "generate", BCryptGenerateKeyPair(algorithm, &key, 0, 0),
                     STATUS_SUCCESS);
    keep_key(key);
    return key;
}

NTSTATUS pq_tell_set(BCRYPT_KEY_HANDLE key, const WCHAR *set)
{
    return BCryptSetProperty(key, BCRYPT_PARAMETER_SET_NAME, (UCHAR *)(uintptr_t)set,
                             wide_bytes(set), 0);
}

BCRYPT_KEY_HANDLE pq_generated_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                                  const WCHAR *set)
{
    BCRYPT_KEY_HANDLE key = pq_begun_at(file, line, algorithm);

    expect_status_at(file, line, "tell the set", pq_tell_set(key, set), STATUS_SUCCESS);
    expect_status_at(file, line, "finalize", BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    return key;
}

ULONG pq_exported_at(const char *file, int line, BCRYPT_KEY_HANDLE key, const WCHAR *type,
                     UCHAR *blob)
{
    ULONG bytes = 0, result = 0;

    expect_status_at(file, line, "size", BCryptExportKey(key, NULL, type, NULL, 0, &bytes, 0),
                     STATUS_SUCCESS);
    expect_at_most_at(file, line, "size", bytes, PQ_ROOM);
    mark(blob, PQ_ROOM);
    expect_status_at(file, line, "export to less",
                     BCryptExportKey(key, NULL, type, blob, bytes - 1, &result, 0),
                     STATUS_BUFFER_TOO_SMALL);
    expect_value_at(file, line, "needed", result, bytes);
    expect_untouched_at(file, line, "blob", blob, PQ_ROOM);
    expect_status_at(file, line, "export",
                     BCryptExportKey(key, NULL, type, blob, PQ_ROOM, &result, 0), STATUS_SUCCESS);
    expect_value_at(file, line, "result", result, bytes);
    expect_untouched_at(file, line, "behind the blob", blob + bytes, PQ_ROOM - bytes);
    return bytes;
}

BCRYPT_KEY_HANDLE pq_through_blob_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                                     BCRYPT_KEY_HANDLE key, const WCHAR *type)
{
    BCRYPT_KEY_HANDLE copy;
    UCHAR blob[PQ_ROOM];
    ULONG bytes = pq_exported_at(file, line, key, type, blob);

    expect_status_at(file, line, "import", pq_import_blob(algorithm, type, blob, bytes, 0, &copy),
                     STATUS_SUCCESS);
    return copy;
}
