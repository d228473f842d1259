/*
 * example_hash.c - Ascon-Hash256 as a CNG hash.
 *
 * SPDX-License-Identifier: MIT
 */

#include "example.h"

#include "ascon.h"

struct hash
{
    struct object object;
    bool reusable, finished;
    struct ascon_hash state;
};

static const ULONG object_bytes = sizeof(struct hash), digest_bytes = ASCON_DIGEST_BYTES;
static const ULONG block_bytes = 8;

static const struct property properties[] =
{
    { BCRYPT_OBJECT_LENGTH,     &object_bytes, sizeof(object_bytes) },
    { BCRYPT_HASH_LENGTH,       &digest_bytes, sizeof(digest_bytes) },
    { BCRYPT_HASH_BLOCK_LENGTH, &block_bytes,  sizeof(block_bytes) },
};

static const struct algorithm algorithm =
{
    &algorithm, EXAMPLE_HASH, properties, sizeof(properties) / sizeof(properties[0]),
};

static NTSTATUS WINAPI hash_open(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId, ULONG dwFlags)
{
    return algorithm_open(&algorithm, phAlgorithm, pszAlgId, dwFlags);
}

static NTSTATUS WINAPI hash_create(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_HASH_HANDLE *phHash,
                                   PUCHAR pbHashObject, ULONG cbHashObject, PUCHAR pbSecret,
                                   ULONG cbSecret, ULONG dwFlags)
{
    struct hash *hash;

    (void)hAlgorithm, (void)pbSecret;
    if (cbSecret || dwFlags & ~(ULONG)BCRYPT_HASH_REUSABLE_FLAG) return STATUS_INVALID_PARAMETER;
    if (!(hash = object_new(&algorithm, pbHashObject, cbHashObject, sizeof(*hash))))
        return pbHashObject ? STATUS_BUFFER_TOO_SMALL : STATUS_NO_MEMORY;
    hash->reusable = dwFlags != 0;
    ascon_hash_begin(&hash->state);
    *phHash = hash;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI hash_data(BCRYPT_HASH_HANDLE hHash, PUCHAR pbInput, ULONG cbInput,
                                 ULONG dwFlags)
{
    struct hash *hash = hHash;

    if (dwFlags) return STATUS_INVALID_PARAMETER;
    if (hash->finished) return STATUS_INVALID_HANDLE;
    ascon_hash_add(&hash->state, pbInput, cbInput);
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI hash_finish(BCRYPT_HASH_HANDLE hHash, PUCHAR pbOutput, ULONG cbOutput,
                                   ULONG dwFlags)
{
    struct hash *hash = hHash;

    if (dwFlags || cbOutput != ASCON_DIGEST_BYTES) return STATUS_INVALID_PARAMETER;
    if (hash->finished) return STATUS_INVALID_HANDLE;
    ascon_hash_end(&hash->state, pbOutput);
    ascon_hash_begin(&hash->state);
    hash->finished = !hash->reusable;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI hash_duplicate(BCRYPT_HASH_HANDLE hHash, BCRYPT_HASH_HANDLE *phNewHash,
                                      PUCHAR pbHashObject, ULONG cbHashObject, ULONG dwFlags)
{
    const struct hash *hash = hHash;
    struct hash *copy;

    if (dwFlags) return STATUS_INVALID_PARAMETER;
    if (!(copy = object_new(&algorithm, pbHashObject, cbHashObject, sizeof(*copy))))
        return pbHashObject ? STATUS_BUFFER_TOO_SMALL : STATUS_NO_MEMORY;
    copy->reusable = hash->reusable;
    copy->finished = hash->finished;
    copy->state = hash->state;
    *phNewHash = copy;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI hash_destroy(BCRYPT_HASH_HANDLE hHash)
{
    object_free(hHash);
    return STATUS_SUCCESS;
}

/* Of version 1: without the two functions for many hashes at once. */
static BCRYPT_HASH_FUNCTION_TABLE functions =
{
    .Version                = BCRYPT_HASH_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = hash_open,
    .GetProperty            = example_get_property,
    .SetProperty            = example_set_property,
    .CloseAlgorithmProvider = example_close,
    .CreateHash             = hash_create,
    .HashData               = hash_data,
    .FinishHash             = hash_finish,
    .DuplicateHash          = hash_duplicate,
    .DestroyHash            = hash_destroy,
};

__declspec(dllexport) NTSTATUS WINAPI GetHashInterface(
    LPCWSTR pszProviderName, LPCWSTR pszAlgId, BCRYPT_HASH_FUNCTION_TABLE **ppFunctionTable,
    ULONG dwFlags)
{
    (void)pszProviderName, (void)dwFlags;
    if (wcscmp(pszAlgId, EXAMPLE_HASH)) return STATUS_NOT_FOUND;
    *ppFunctionTable = &functions;
    return STATUS_SUCCESS;
}
