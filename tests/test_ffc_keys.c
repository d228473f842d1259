/*
 * test_ffc_keys.c - keys for the tests of DSA and DH, and blobs of them.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_ffc_keys.h"

NTSTATUS ffc_import(BCRYPT_ALG_HANDLE algorithm, const WCHAR *type, const char *hex, ULONG flags,
                    BCRYPT_KEY_HANDLE *key)
{
    UCHAR blob[FFC_BLOB_ROOM];
    ULONG bytes = (ULONG)unhex(blob, sizeof(blob), hex);
    NTSTATUS status;

    *key = UNTOUCHED_HANDLE;
    status = BCryptImportKeyPair(algorithm, NULL, type, key, blob, bytes, flags);
    if (!status) keep_key(*key);
    else expect_pointer(*key, UNTOUCHED_HANDLE);
    return status;
}

BCRYPT_KEY_HANDLE ffc_imported_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                                  const WCHAR *type, const char *hex)
{
    BCRYPT_KEY_HANDLE key;

    expect_status_at(file, line, "import", ffc_import(algorithm, type, hex, 0, &key),
                     STATUS_SUCCESS);
    return key;
}

BCRYPT_KEY_HANDLE ffc_generated_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                                   ULONG bits, bool finalize)
{
    BCRYPT_KEY_HANDLE key;

    expect_status_at(file, line, "generate", BCryptGenerateKeyPair(algorithm, &key, bits, 0),
                     STATUS_SUCCESS);
    keep_key(key);
    if (finalize)
        expect_status_at(file, line, "finalize", BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    return key;
}

ULONG exported_at(const char *file, int line, BCRYPT_KEY_HANDLE key, const WCHAR *type, UCHAR *blob)
{
    ULONG bytes = 0, result = 0;

    expect_status_at(file, line, "size", BCryptExportKey(key, NULL, type, NULL, 0, &bytes, 0),
                     STATUS_SUCCESS);
    expect_at_most_at(file, line, "size", bytes, FFC_BLOB_ROOM);
    mark(blob, FFC_BLOB_ROOM);
    expect_status_at(file, line, "export to less",
                     BCryptExportKey(key, NULL, type, blob, bytes - 1, &result, 0),
                     STATUS_BUFFER_TOO_SMALL);
    expect_value_at(file, line, "needed", result, bytes);
    expect_untouched_at(file, line, "blob", blob, FFC_BLOB_ROOM);
    expect_status_at(file, line, "export",
                     BCryptExportKey(key, NULL, type, blob, FFC_BLOB_ROOM, &result, 0),
                     STATUS_SUCCESS);
    expect_value_at(file, line, "result", result, bytes);
    expect_untouched_at(file, line, "behind the blob", blob + bytes, FFC_BLOB_ROOM - bytes);
    return bytes;
}
