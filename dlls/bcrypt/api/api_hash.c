/*
 * api_hash.c - hashes, MACs, multi-hash.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api.h"
#include "router/composed.h"

/*
 * BCryptCreateHash - begins a hash or a MAC.
 *
 *   hAlgorithm     an algorithm of the hash interface
 *   phHash         receives the handle, for BCryptDestroyHash
 *   pbHashObject   NULL, or memory of at least the algorithm's ObjectLength; it is checked and
 *   cbHashObject   not used
 *   pbSecret       the key of a MAC; NULL with 0 is an empty HMAC key
 *   cbSecret       bytes of the key, any number for HMAC and KMAC
 *   dwFlags        BCRYPT_HASH_REUSABLE_FLAG
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      hAlgorithm is not an open algorithm
 *   STATUS_NOT_SUPPORTED       it is, but not of the hash interface
 *   STATUS_INVALID_PARAMETER   phHash is NULL, a buffer NULL with a size, a flag not allowed; a key
 *                              for a hash that takes none, no key or one of a wrong size for
 *                              AES-CMAC and AES-GMAC
 *   STATUS_BUFFER_TOO_SMALL    cbHashObject
 *   STATUS_NO_MEMORY           also when no handle is left
 *
 * Source: Microsoft Learn, BCryptCreateHash. Tests: tests/test_hash.c.
 */
NTSTATUS WINAPI BCryptCreateHash(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_HASH_HANDLE *phHash,
                                 PUCHAR pbHashObject, ULONG cbHashObject, PUCHAR pbSecret,
                                 ULONG cbSecret, ULONG dwFlags)
{
    struct object *algorithm, *hash = NULL;
    NTSTATUS status;
    ULONG bytes;

    TRACE("hAlgorithm %p, phHash %p, pbHashObject %p, cbHashObject %lu, pbSecret %p, cbSecret %lu, "
          "dwFlags %#lx\n",
          hAlgorithm, (void *)phHash, (void *)pbHashObject, (unsigned long)cbHashObject,
          (void *)pbSecret, (unsigned long)cbSecret, (unsigned long)dwFlags);

    if (!(algorithm = algorithm_get(hAlgorithm))) return STATUS_INVALID_HANDLE;

    status = STATUS_NOT_SUPPORTED;
    if (algorithm->calls->interface_id != BCRYPT_HASH_INTERFACE) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (!phHash || (cbSecret && !pbSecret)) goto done;
    if ((status = algorithm_check_buffer(algorithm, pbHashObject, cbHashObject))) goto done;

    status = STATUS_NO_MEMORY;
    bytes = algorithm_object_bytes(algorithm);
    if (!(hash = object_new(&hash_kind, algorithm, bytes))) goto done;

    status = algorithm->calls->CreateHash(algorithm->provider_handle, &hash->provider_handle,
                                          object_memory(hash), bytes, pbSecret, cbSecret, dwFlags);
    if ((status = algorithm_made(&hash->provider_handle, status))) goto done;

    object_publish(hash, phHash);
    hash = NULL;                                 /* the handle owns it now */

done:
    object_free(hash);
    object_put(algorithm);
    wipe_registers();
    return status;
}

/*
 * BCryptHashData - adds a part of the message.
 *
 *   pbInput, cbInput   the part; NULL with 0 adds nothing
 *   dwFlags            0; BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG: the part is the rest of a TLS record,
 *                      message, MAC and padding, which is checked, and the HMAC begins anew
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      not a hash, or a multi-hash; one that is finished and not reusable;
 *                              an extendable-output function that has begun to give output
 *   STATUS_INVALID_PARAMETER   NULL with a size, an unknown flag, or one not for this hash;
 *                              AES-GMAC without its nonce (BCRYPT_INITIALIZATION_VECTOR)
 *   STATUS_INVALID_SIGNATURE   the record's MAC or padding is wrong
 *
 * Source: Microsoft Learn, BCryptHashData. Tests: tests/test_hash.c.
 */
NTSTATUS WINAPI BCryptHashData(BCRYPT_HASH_HANDLE hHash, PUCHAR pbInput, ULONG cbInput,
                               ULONG dwFlags)
{
    struct object *hash;
    NTSTATUS status;

    TRACE("hHash %p, pbInput %p, cbInput %lu, dwFlags %#lx\n", hHash, (void *)pbInput,
          (unsigned long)cbInput, (unsigned long)dwFlags);

    if (!(hash = object_get_entered(hHash, OBJECT_HASH))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_PARAMETER;
    if (cbInput && !pbInput) goto done;

    status = hash->calls->HashData(hash->provider_handle, pbInput, cbInput, dwFlags);

done:
    object_put_entered(hash);
    wipe_registers();
    return status;
}

/*
 * BCryptFinishHash - ends the message and gives the digest.
 *
 *   pbOutput   receives the digest
 *   cbOutput   its bytes: exactly HashDigestLength, or any number for an extendable-output function
 *   dwFlags    BCRYPT_HASH_DONT_RESET_FLAG: an extendable-output function goes on from here
 *
 * A reusable hash begins anew, with its key. Any other takes nothing more and gives nothing more:
 * its properties can be read, and BCryptDestroyHash ends it.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      not a hash, or a multi-hash; one that is finished and not reusable
 *   STATUS_INVALID_PARAMETER   pbOutput is NULL, cbOutput or a flag is wrong, AES-GMAC has no
 *                              nonce: nothing is ended
 *
 * Source: Microsoft Learn, BCryptFinishHash. Tests: tests/test_hash.c.
 */
NTSTATUS WINAPI BCryptFinishHash(BCRYPT_HASH_HANDLE hHash, PUCHAR pbOutput, ULONG cbOutput,
                                 ULONG dwFlags)
{
    struct object *hash;
    NTSTATUS status;

    TRACE("hHash %p, pbOutput %p, cbOutput %lu, dwFlags %#lx\n", hHash, (void *)pbOutput,
          (unsigned long)cbOutput, (unsigned long)dwFlags);

    if (!(hash = object_get_entered(hHash, OBJECT_HASH))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_PARAMETER;
    if (!pbOutput) goto done;

    status = hash->calls->FinishHash(hash->provider_handle, pbOutput, cbOutput, dwFlags);

done:
    object_put_entered(hash);
    wipe_registers();
    return status;
}

/*
 * BCryptDuplicateHash - copies a hash with everything added so far, and its key.
 *
 *   phNewHash                    receives the copy's handle
 *   pbHashObject, cbHashObject   as for BCryptCreateHash
 *   dwFlags                      0
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      not a hash, or a multi-hash; one that is finished and not reusable
 *   STATUS_INVALID_PARAMETER   phNewHash is NULL, a buffer NULL with a size, a flag set
 *   STATUS_BUFFER_TOO_SMALL    cbHashObject
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptDuplicateHash. Tests: tests/test_hash.c.
 */
NTSTATUS WINAPI BCryptDuplicateHash(BCRYPT_HASH_HANDLE hHash, BCRYPT_HASH_HANDLE *phNewHash,
                                    PUCHAR pbHashObject, ULONG cbHashObject, ULONG dwFlags)
{
    struct object *hash, *copy = NULL;
    NTSTATUS status;
    ULONG bytes;

    TRACE("hHash %p, phNewHash %p, pbHashObject %p, cbHashObject %lu, dwFlags %#lx\n", hHash,
          (void *)phNewHash, (void *)pbHashObject, (unsigned long)cbHashObject,
          (unsigned long)dwFlags);

    if (!(hash = object_get(hHash, OBJECT_HASH))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_PARAMETER;
    if (!phNewHash || dwFlags) goto done;
    if ((status = algorithm_check_buffer(hash->parent, pbHashObject, cbHashObject))) goto done;

    status = STATUS_NO_MEMORY;
    bytes = atomic_load_explicit(&hash->memory_bytes, memory_order_relaxed);
    if (!(copy = object_new(&hash_kind, hash->parent, bytes))) goto done;

    object_enter(hash);
    status = hash->calls->DuplicateHash(hash->provider_handle, &copy->provider_handle,
                                        object_memory(copy), bytes, dwFlags);
    object_leave(hash);
    if ((status = algorithm_made(&copy->provider_handle, status))) goto done;

    object_publish(copy, phNewHash);
    copy = NULL;

done:
    object_free(copy);
    object_put(hash);
    wipe_registers();
    return status;
}

/*
 * BCryptDestroyHash - ends a hash handle; state and key are wiped.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   NULL, destroyed before, or not a hash
 *
 * Documented: STATUS_INVALID_HANDLE. Observed: STATUS_INVALID_PARAMETER (tests/test_hash.c).
 *
 * Source: Microsoft Learn, BCryptDestroyHash. Tests: tests/test_hash.c.
 */
NTSTATUS WINAPI BCryptDestroyHash(BCRYPT_HASH_HANDLE hHash)
{
    TRACE("hHash %p\n", hHash);

    return object_retire(hHash, OBJECT_HASH) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

/*
 * BCryptHash - the hash or MAC of one message.
 *
 *   hAlgorithm           an algorithm of the hash interface
 *   pbSecret, cbSecret   the key of a MAC
 *   pbInput, cbInput     the message; NULL with 0 is the empty one
 *   pbOutput, cbOutput   as for BCryptFinishHash
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      hAlgorithm is not an open algorithm
 *   STATUS_NOT_SUPPORTED       it is, but not of the hash interface
 *   STATUS_INVALID_PARAMETER   pbOutput is NULL, another pointer NULL with a size, cbOutput wrong,
 *                              a key not allowed; AES-GMAC, which cannot be given its nonce here
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptHash. Tests: tests/test_hash.c.
 */
NTSTATUS WINAPI BCryptHash(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbSecret, ULONG cbSecret,
                           PUCHAR pbInput, ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput)
{
    struct object *algorithm;
    NTSTATUS status;

    TRACE("hAlgorithm %p, pbSecret %p, cbSecret %lu, pbInput %p, cbInput %lu, pbOutput %p, "
          "cbOutput %lu\n", hAlgorithm, (void *)pbSecret, (unsigned long)cbSecret, (void *)pbInput,
          (unsigned long)cbInput, (void *)pbOutput, (unsigned long)cbOutput);

    if (!(algorithm = algorithm_get(hAlgorithm))) return STATUS_INVALID_HANDLE;

    status = STATUS_NOT_SUPPORTED;
    if (algorithm->calls->interface_id != BCRYPT_HASH_INTERFACE) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (!pbOutput || (cbSecret && !pbSecret) || (cbInput && !pbInput)) goto done;

    status = composed_hash(algorithm, pbSecret, cbSecret, pbInput, cbInput, pbOutput, cbOutput);

done:
    object_put(algorithm);
    wipe_registers();
    return status;
}

/*
 * BCryptCreateMultiHash - begins several hashes that are worked on together.
 *
 *   hAlgorithm     opened with BCRYPT_MULTI_FLAG, or the pseudo-handle of a plain hash, of AES-CMAC
 *                  or of an HMAC other than MD2's and MD4's
 *   phHash         receives the handle, for BCryptDestroyHash
 *   nHashes        how many, at least one
 *   pbHashObject   NULL, or memory of cbPerObject + nHashes * cbPerElement bytes
 *   cbHashObject   (MultiObjectLength); it is checked and not used
 *   pbSecret       one key for all hashes, as for BCryptCreateHash
 *   dwFlags        0 or BCRYPT_HASH_REUSABLE_FLAG; the hashes are reusable with either
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      hAlgorithm is not an open algorithm
 *   STATUS_NOT_SUPPORTED       the algorithm has no multi-hash, or was not opened for it
 *   STATUS_INVALID_PARAMETER   phHash is NULL, nHashes 0, a buffer NULL with a size, a flag or key
 *                              not allowed
 *   STATUS_BUFFER_TOO_SMALL    cbHashObject
 *   STATUS_NO_MEMORY           also when the hashes would take 2 GiB or more
 *
 * Source: Microsoft Learn, BCryptCreateMultiHash. Tests: tests/test_multihash.c.
 */
NTSTATUS WINAPI BCryptCreateMultiHash(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_HASH_HANDLE *phHash,
                                      ULONG nHashes, PUCHAR pbHashObject, ULONG cbHashObject,
                                      PUCHAR pbSecret, ULONG cbSecret, ULONG dwFlags)
{
    BCRYPT_MULTI_OBJECT_LENGTH_STRUCT length;
    struct object *algorithm, *hash = NULL;
    ULONGLONG bytes;
    NTSTATUS status;
    ULONG result = 0;

    TRACE("hAlgorithm %p, phHash %p, nHashes %lu, pbHashObject %p, cbHashObject %lu, pbSecret %p, "
          "cbSecret %lu, dwFlags %#lx\n",
          hAlgorithm, (void *)phHash, (unsigned long)nHashes, (void *)pbHashObject,
          (unsigned long)cbHashObject, (void *)pbSecret, (unsigned long)cbSecret,
          (unsigned long)dwFlags);

    if (!(algorithm = algorithm_get(hAlgorithm))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_PARAMETER;
    if (!phHash || !nHashes || (cbSecret && !pbSecret) || (cbHashObject && !pbHashObject))
        goto done;

    status =
        algorithm->calls->GetProperty(algorithm->provider_handle, BCRYPT_MULTI_OBJECT_LENGTH,
                                      (PUCHAR)&length, sizeof(length), &result, 0);
    if (status) goto done;

    status = STATUS_NO_MEMORY;
    bytes = length.cbPerObject + (ULONGLONG)nHashes * length.cbPerElement;
    if (bytes > MAXLONG) goto done;

    status = STATUS_BUFFER_TOO_SMALL;
    if (pbHashObject && cbHashObject < bytes) goto done;

    status = STATUS_NO_MEMORY;
    if (!(hash = object_new(&hash_kind, algorithm, (ULONG)bytes))) goto done;

    status = algorithm->calls->CreateMultiHash(algorithm->provider_handle,
                                               &hash->provider_handle, nHashes, object_memory(hash),
                                               (ULONG)bytes, pbSecret, cbSecret, dwFlags);
    if ((status = algorithm_made(&hash->provider_handle, status))) goto done;

    object_publish(hash, phHash);
    hash = NULL;                                 /* the handle owns it now */

done:
    object_free(hash);
    object_put(algorithm);
    wipe_registers();
    return status;
}

/*
 * BCryptProcessMultiOperations - carries out operations on the elements of a multi-hash.
 *
 *   hObject         from BCryptCreateMultiHash
 *   operationType   BCRYPT_OPERATION_TYPE_HASH
 *   pOperations     BCRYPT_MULTI_HASH_OPERATION structures; those of one element are carried out in
 *                   order, those of different elements in any
 *   cbOperations    bytes of all of them
 *   dwFlags         0
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      not a multi-hash
 *   STATUS_INVALID_PARAMETER   a pointer, type, size, flag, index or operation is wrong; nothing is
 *                              carried out
 *
 * Source: Microsoft Learn, BCryptProcessMultiOperations. Tests: tests/test_multihash.c.
 */
NTSTATUS WINAPI BCryptProcessMultiOperations(BCRYPT_HANDLE hObject,
                                             BCRYPT_MULTI_OPERATION_TYPE operationType,
                                             PVOID pOperations, ULONG cbOperations, ULONG dwFlags)
{
    struct object *hash;
    NTSTATUS status;

    TRACE("hObject %p, operationType %d, pOperations %p, cbOperations %lu, dwFlags %#lx\n", hObject,
          (int)operationType, pOperations, (unsigned long)cbOperations, (unsigned long)dwFlags);

    if (!(hash = object_get(hObject, OBJECT_HASH))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_PARAMETER;
    if (cbOperations && !pOperations) goto done;

    object_enter(hash);
    status = hash->calls->ProcessMultiOperations(hash->provider_handle, operationType,
                                                 pOperations, cbOperations, dwFlags);
    object_leave(hash);

done:
    object_put(hash);
    wipe_registers();
    return status;
}
