/*
 * api_key.c - the life of a key: generate, import, export, duplicate, destroy.
 *
 * Exports. Finds the key's object and hands the call to its provider's table; key bytes are passed
 * on and not looked at.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api.h"
#include "router/composed.h"

/* The handle that the provider behind `calls` has for a wrapping key; NULL for none.
 * STATUS_INVALID_PARAMETER if the wrapping key belongs to another provider. */
static NTSTATUS wrapping_handle(const struct provider_calls *calls, struct object *wrapping,
                                BCRYPT_KEY_HANDLE *handle)
{
    if (wrapping && wrapping->calls->provider != calls->provider)
        return STATUS_INVALID_PARAMETER;
    *handle = wrapping ? wrapping->provider_handle : NULL;
    return STATUS_SUCCESS;
}

/*
 * BCryptGenerateSymmetricKey - makes a key of bytes that the caller has.
 *
 *   hAlgorithm    an algorithm of the cipher or the key derivation interface
 *   phKey         receives the handle, for BCryptDestroyKey
 *   pbKeyObject   NULL, or memory of at least the algorithm's ObjectLength; it is checked and
 *   cbKeyObject   not used
 *   pbSecret      the key, not NULL; bytes beyond a cipher's largest key are left out, as Windows
 *                 does; with BCRYPT_EXTENDED_KEYSIZE, here or of the algorithm, they are refused
 *   cbSecret      its bytes; for key derivation at most 2048, and 0 is allowed
 *   dwFlags       ciphers: BCRYPT_EXTENDED_KEYSIZE; XTS-AES also
 *                 BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS, which in FIPS mode refuses equal halves
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      hAlgorithm is not an open algorithm
 *   STATUS_NOT_SUPPORTED       it has no symmetric keys
 *   STATUS_INVALID_PARAMETER   a pointer is NULL, a key length or flag is wrong
 *   STATUS_BUFFER_TOO_SMALL    cbKeyObject
 *   STATUS_NO_MEMORY           also when no handle is left
 *
 * Source: Microsoft Learn, BCryptGenerateSymmetricKey. Tests: tests/test_key.c.
 */
NTSTATUS WINAPI BCryptGenerateSymmetricKey(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                           PUCHAR pbKeyObject, ULONG cbKeyObject, PUCHAR pbSecret,
                                           ULONG cbSecret, ULONG dwFlags)
{
    struct object *algorithm, *key = NULL;
    NTSTATUS status;
    ULONG bytes;

    TRACE("hAlgorithm %p, phKey %p, pbKeyObject %p, cbKeyObject %lu, pbSecret %p, cbSecret %lu, "
          "dwFlags %#lx\n",
          hAlgorithm, (void *)phKey, (void *)pbKeyObject, (unsigned long)cbKeyObject,
          (void *)pbSecret, (unsigned long)cbSecret, (unsigned long)dwFlags);

    if (!(algorithm = algorithm_get(hAlgorithm))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_PARAMETER;
    if (!phKey || (cbSecret && !pbSecret)) goto done;
    if ((status = algorithm_check_buffer(algorithm, pbKeyObject, cbKeyObject))) goto done;

    status = STATUS_NO_MEMORY;
    bytes = algorithm_object_bytes(algorithm);
    if (!(key = object_new(&key_kind, algorithm, bytes))) goto done;

    status = algorithm->calls->GenerateKey(algorithm->provider_handle, &key->provider_handle,
                                           object_memory(key), bytes, pbSecret, cbSecret, dwFlags);
    if ((status = algorithm_made(&key->provider_handle, status))) goto done;

    object_publish(key, phKey);
    key = NULL;                                 /* the handle owns it now */

done:
    object_free(key);
    object_put(algorithm);
    wipe_registers();
    return status;
}

/*
 * BCryptImportKey - makes a symmetric key of a blob.
 *
 *   hImportKey                 the wrapping key of BCRYPT_AES_WRAP_KEY_BLOB, of AES; otherwise NULL
 *   pszBlobType                BCRYPT_KEY_DATA_BLOB; ciphers also BCRYPT_OPAQUE_KEY_BLOB and
 *                              BCRYPT_AES_WRAP_KEY_BLOB
 *   pbKeyObject, cbKeyObject   as for BCryptGenerateSymmetricKey
 *   pbInput, cbInput           the blob
 *   dwFlags                    0; ciphers also BCRYPT_EXTENDED_KEYSIZE
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      hAlgorithm is not an open algorithm, hImportKey not a key
 *   STATUS_NOT_SUPPORTED       no symmetric keys, or an unknown blob type; an HKDF key with a hash
 *                              that HKDF does not take
 *   STATUS_INVALID_PARAMETER   a pointer is NULL, the blob or a flag is wrong, hImportKey is not as
 *                              the blob type wants it, or is another provider's
 *   STATUS_BUFFER_TOO_SMALL    cbKeyObject, or a BCRYPT_KEY_DATA_BLOB shorter than its header
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptImportKey. Tests: tests/test_symmetric_blob.c.
 */
NTSTATUS WINAPI BCryptImportKey(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey, PUCHAR pbKeyObject,
                                ULONG cbKeyObject, PUCHAR pbInput, ULONG cbInput, ULONG dwFlags)
{
    struct object *algorithm, *wrapping = NULL, *key = NULL;
    BCRYPT_KEY_HANDLE wrapping_key;
    NTSTATUS status;
    ULONG bytes;

    TRACE(
        "hAlgorithm %p, hImportKey %p, pszBlobType %s, phKey %p, pbKeyObject %p, cbKeyObject %lu, "
        "pbInput %p, cbInput %lu, dwFlags %#lx\n",
        hAlgorithm, hImportKey, trace_string(pszBlobType), (void *)phKey, (void *)pbKeyObject,
        (unsigned long)cbKeyObject, (void *)pbInput, (unsigned long)cbInput,
        (unsigned long)dwFlags);

    if (!(algorithm = algorithm_get(hAlgorithm))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_HANDLE;
    if (hImportKey && !(wrapping = object_get(hImportKey, OBJECT_KEY))) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (!pszBlobType || !phKey || !pbInput) goto done;
    if ((status = algorithm_check_buffer(algorithm, pbKeyObject, cbKeyObject))) goto done;
    if ((status = wrapping_handle(algorithm->calls, wrapping, &wrapping_key))) goto done;

    status = STATUS_NO_MEMORY;
    bytes = algorithm_object_bytes(algorithm);
    if (!(key = object_new(&key_kind, algorithm, bytes))) goto done;

    status = algorithm->calls->ImportKey(algorithm->provider_handle, wrapping_key, pszBlobType,
                                         &key->provider_handle, object_memory(key), bytes, pbInput,
                                         cbInput, dwFlags);
    if ((status = algorithm_made(&key->provider_handle, status))) goto done;

    object_publish(key, phKey);
    key = NULL;                                 /* the handle owns it now */

done:
    object_free(key);
    object_put(wrapping);
    object_put(algorithm);
    wipe_registers();
    return status;
}

/*
 * BCryptGenerateKeyPair - begins a key pair; BCryptFinalizeKeyPair makes it.
 *
 *   dwLength   bits, one of the algorithm's KeyLengths; 0 for ML-KEM, ML-DSA and SLH-DSA, whose
 *              parameter set is a property, and allowed for ECDSA and ECDH
 *   dwFlags    0; ML-KEM also BCRYPT_NO_KEY_VALIDATION
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      hAlgorithm is not an open algorithm
 *   STATUS_NOT_SUPPORTED       it has no key pairs, or makes none: LMS, XMSS
 *   STATUS_INVALID_PARAMETER   phKey is NULL, a length or flag is not allowed
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptGenerateKeyPair. Tests: tests/test_rsa.c, test_ecc.c, test_dh.c.
 */
NTSTATUS WINAPI BCryptGenerateKeyPair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                      ULONG dwLength, ULONG dwFlags)
{
    struct object *algorithm, *key = NULL;
    NTSTATUS status;

    TRACE("hAlgorithm %p, phKey %p, dwLength %lu, dwFlags %#lx\n", hAlgorithm, (void *)phKey,
          (unsigned long)dwLength, (unsigned long)dwFlags);

    if (!(algorithm = algorithm_get(hAlgorithm))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_PARAMETER;
    if (!phKey) goto done;

    status = STATUS_NO_MEMORY;
    if (!(key = object_new(&key_kind, algorithm, 0))) goto done;

    status = algorithm->calls->GenerateKeyPair(algorithm->provider_handle,
                                               &key->provider_handle, dwLength, dwFlags);
    if ((status = algorithm_made(&key->provider_handle, status))) goto done;

    object_publish(key, phKey);
    key = NULL;                                 /* the handle owns it now */

done:
    object_free(key);
    object_put(algorithm);
    return status;
}

/*
 * BCryptFinalizeKeyPair - makes the key material of a pair.
 *
 * Until then the pair can be told properties, some can be read, and it can be destroyed. Any other
 * call that its algorithm has answers STATUS_INVALID_HANDLE. If making fails, the pair is as it
 * was.
 *
 *   dwFlags   0 or BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      not a key pair, or one finalized before or imported
 *   STATUS_INVALID_PARAMETER   a flag is unknown, or a property that was set does not fit; no curve
 *                              or parameter set was chosen
 *   STATUS_NO_MEMORY, STATUS_INTERNAL_ERROR
 *
 * Source: Microsoft Learn, BCryptFinalizeKeyPair. Tests: tests/test_rsa.c, test_ecc.c, test_dh.c.
 */
NTSTATUS WINAPI BCryptFinalizeKeyPair(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags)
{
    struct object *key;
    NTSTATUS status;

    TRACE("hKey %p, dwFlags %#lx\n", hKey, (unsigned long)dwFlags);

    if (!(key = object_get(hKey, OBJECT_KEY))) return STATUS_INVALID_HANDLE;

    status = key->calls->FinalizeKeyPair(key->provider_handle, dwFlags);

    object_put(key);
    wipe_registers();
    return status;
}

/*
 * BCryptImportKeyPair - makes a key pair, or its public half, of a blob.
 *
 *   hImportKey         NULL; no blob of key pairs is wrapped
 *   pszBlobType        a blob type of the algorithm, such as BCRYPT_RSAPUBLIC_BLOB
 *   pbInput, cbInput   the blob
 *   dwFlags            BCRYPT_NO_KEY_VALIDATION, BCRYPT_KEY_VALIDATION_RANGE,
 *                      BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER, BCRYPT_KEY_VALIDATION_REGENERATE
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      hAlgorithm is not an open algorithm, hImportKey not a key
 *   STATUS_NOT_SUPPORTED       no key pairs, or not from that blob type; a curve that the algorithm
 *                              does not take
 *   STATUS_INVALID_PARAMETER   a pointer is NULL, hImportKey is a key, a flag or the blob is wrong
 *   STATUS_INVALID_BUFFER_SIZE an ML-KEM, ML-DSA, SLH-DSA, LMS or XMSS blob that is shorter than it
 *                              says
 *   NTE_BAD_DATA               an RSA blob whose size is not what its header says, or a CAPI one
 *                              with a wrong header
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptImportKeyPair. Tests: tests/test_rsa.c, test_ecc.c, test_dsa.c.
 */
NTSTATUS WINAPI BCryptImportKeyPair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                    LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey, PUCHAR pbInput,
                                    ULONG cbInput, ULONG dwFlags)
{
    struct object *algorithm, *wrapping = NULL, *key = NULL;
    BCRYPT_KEY_HANDLE wrapping_key;
    NTSTATUS status;

    TRACE("hAlgorithm %p, hImportKey %p, pszBlobType %s, phKey %p, pbInput %p, cbInput %lu, "
          "dwFlags %#lx\n", hAlgorithm, hImportKey, trace_string(pszBlobType), (void *)phKey,
          (void *)pbInput, (unsigned long)cbInput, (unsigned long)dwFlags);

    if (!(algorithm = algorithm_get(hAlgorithm))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_HANDLE;
    if (hImportKey && !(wrapping = object_get(hImportKey, OBJECT_KEY))) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (!pszBlobType || !phKey || !pbInput) goto done;
    if ((status = wrapping_handle(algorithm->calls, wrapping, &wrapping_key))) goto done;

    status = STATUS_NO_MEMORY;
    if (!(key = object_new(&key_kind, algorithm, 0))) goto done;

    status =
        algorithm->calls->ImportKeyPair(algorithm->provider_handle, wrapping_key, pszBlobType,
                                        &key->provider_handle, pbInput, cbInput, dwFlags);
    if ((status = algorithm_made(&key->provider_handle, status))) goto done;

    object_publish(key, phKey);
    key = NULL;                                 /* the handle owns it now */

done:
    object_free(key);
    object_put(wrapping);
    object_put(algorithm);
    wipe_registers();
    return status;
}

/*
 * BCryptExportKey - writes a key as a blob.
 *
 *   hExportKey    the wrapping key of BCRYPT_AES_WRAP_KEY_BLOB, of AES; otherwise NULL
 *   pszBlobType   a blob type of the key's algorithm
 *   pbOutput      receives the blob; NULL asks for its size
 *   cbOutput      bytes of pbOutput
 *   pcbResult     receives the bytes of the blob
 *   dwFlags       0
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      not a key, or a pair that is not finalized; hExportKey is not a key
 *   STATUS_INVALID_PARAMETER   a pointer is NULL, a flag set; a private blob of a public key; an
 *                              HKDF key that is not finalized; hExportKey is not as the blob type
 *                              wants it; a key to be wrapped that has less than 16 bytes, or not a
 *                              multiple of 8
 *   STATUS_NOT_SUPPORTED       not a blob type of this algorithm, or one that this key does not fit
 *   STATUS_BUFFER_TOO_SMALL    *pcbResult is set, pbOutput untouched
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptExportKey. Tests: tests/test_symmetric_blob.c, test_rsa.c.
 */
NTSTATUS WINAPI BCryptExportKey(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                ULONG *pcbResult, ULONG dwFlags)
{
    struct object *key, *wrapping = NULL;
    BCRYPT_KEY_HANDLE wrapping_key;
    NTSTATUS status;

    TRACE("hKey %p, hExportKey %p, pszBlobType %s, pbOutput %p, cbOutput %lu, pcbResult %p, "
          "dwFlags %#lx\n", hKey, hExportKey, trace_string(pszBlobType), (void *)pbOutput,
          (unsigned long)cbOutput, (void *)pcbResult, (unsigned long)dwFlags);

    if (!(key = object_get(hKey, OBJECT_KEY))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_HANDLE;
    if (hExportKey && !(wrapping = object_get(hExportKey, OBJECT_KEY))) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (!pszBlobType || !pcbResult || dwFlags) goto done;
    if ((status = wrapping_handle(key->calls, wrapping, &wrapping_key))) goto done;

    status = key->calls->ExportKey(key->provider_handle, wrapping_key, pszBlobType, pbOutput,
                                   cbOutput, pcbResult, dwFlags);

done:
    object_put(wrapping);
    object_put(key);
    wipe_registers();
    return status;
}

/*
 * BCryptDuplicateKey - copies a symmetric key with its chaining mode, chain value and properties, a
 * key of key derivation, or a DSA key.
 *
 *   phNewKey                   receives the copy's handle
 *   pbKeyObject, cbKeyObject   as for BCryptGenerateSymmetricKey
 *   dwFlags                    0
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      not a key, or a key pair other than a finalized one of DSA
 *   STATUS_INVALID_PARAMETER   phNewKey is NULL, a buffer NULL with a size, a flag set
 *   STATUS_BUFFER_TOO_SMALL    cbKeyObject
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptDuplicateKey. Tests: tests/test_key.c.
 */
NTSTATUS WINAPI BCryptDuplicateKey(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE *phNewKey,
                                   PUCHAR pbKeyObject, ULONG cbKeyObject, ULONG dwFlags)
{
    struct object *key, *copy = NULL;
    NTSTATUS status;
    ULONG bytes;

    TRACE("hKey %p, phNewKey %p, pbKeyObject %p, cbKeyObject %lu, dwFlags %#lx\n", hKey,
          (void *)phNewKey, (void *)pbKeyObject, (unsigned long)cbKeyObject,
          (unsigned long)dwFlags);

    if (!(key = object_get(hKey, OBJECT_KEY))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_PARAMETER;
    if (!phNewKey || dwFlags) goto done;
    if ((status = algorithm_check_buffer(key->parent, pbKeyObject, cbKeyObject))) goto done;

    status = STATUS_NO_MEMORY;
    bytes = atomic_load_explicit(&key->memory_bytes, memory_order_relaxed);
    if (!(copy = object_new(&key_kind, key->parent, bytes))) goto done;

    if ((status = composed_duplicate_key(key, copy, dwFlags))) goto done;

    object_publish(copy, phNewKey);
    copy = NULL;

done:
    object_free(copy);
    object_put(key);
    wipe_registers();
    return status;
}

/*
 * BCryptDestroyKey - ends a key handle.
 *
 *   hKey   a symmetric key or a key pair
 *
 * The handle is dead when this returns. A call still running on another thread finishes with the
 * key, which is wiped when that call lets go of it. A key object buffer lent by the caller is free
 * again: it never held anything of ours.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE   NULL, destroyed before, a pseudo-handle, or not a key
 *
 * Source: Microsoft Learn, BCryptDestroyKey. Tests: tests/test_key.c.
 */
NTSTATUS WINAPI BCryptDestroyKey(BCRYPT_KEY_HANDLE hKey)
{
    TRACE("hKey %p\n", hKey);

    return object_retire(hKey, OBJECT_KEY) ? STATUS_SUCCESS : STATUS_INVALID_HANDLE;
}
