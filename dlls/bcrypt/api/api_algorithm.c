/*
 * api_algorithm.c - opening, closing and enumerating algorithms.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api.h"
#include "platform/platform.h"

#define OPEN_FLAGS                                                                                 \
    (BCRYPT_PROV_DISPATCH | BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG | BCRYPT_ALG_HANDLE_HMAC_FLAG |        \
     BCRYPT_CAPI_AES_FLAG | BCRYPT_HASH_REUSABLE_FLAG | BCRYPT_MULTI_FLAG |                        \
     BCRYPT_EXTENDED_KEYSIZE)

/*
 * BCryptOpenAlgorithmProvider - opens an algorithm.
 *
 *   phAlgorithm         receives the handle, for BCryptCloseAlgorithmProvider
 *   pszAlgId            the algorithm's name, compared exactly
 *   pszImplementation   the provider's name or alias; NULL takes the first provider that has the
 *                       algorithm and opens it with these flags
 *   dwFlags             BCRYPT_ALG_HANDLE_HMAC_FLAG, BCRYPT_HASH_REUSABLE_FLAG, BCRYPT_MULTI_FLAG,
 *                       BCRYPT_EXTENDED_KEYSIZE, ...; BCRYPT_PROV_DISPATCH means nothing here
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   phAlgorithm or pszAlgId is NULL
 *   STATUS_NOT_FOUND           no provider, or none of that name or alias, has the algorithm
 *   STATUS_NOT_SUPPORTED       a flag is unknown, or not for this algorithm
 *   STATUS_INTERNAL_ERROR      the provider says success and gives no handle
 *   STATUS_NO_MEMORY           also when no handle is left
 *   other statuses             a registered provider's
 *
 * Source: Microsoft Learn, BCryptOpenAlgorithmProvider. Tests: tests/test_algorithm.c.
 */
NTSTATUS WINAPI BCryptOpenAlgorithmProvider(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId,
                                            LPCWSTR pszImplementation, ULONG dwFlags)
{
    TRACE("phAlgorithm %p, pszAlgId %s, pszImplementation %s, dwFlags %#lx\n", phAlgorithm,
          trace_string(pszAlgId), trace_string(pszImplementation), (unsigned long)dwFlags);

    if (!phAlgorithm || !pszAlgId) return STATUS_INVALID_PARAMETER;
    if (dwFlags & ~(ULONG)OPEN_FLAGS) return STATUS_NOT_SUPPORTED;

    return algorithm_open(pszAlgId, pszImplementation, dwFlags & ~(ULONG)BCRYPT_PROV_DISPATCH,
                          phAlgorithm);
}

/*
 * BCryptCloseAlgorithmProvider - ends an algorithm handle; keys and hashes made from it live on.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      NULL, closed before, a pseudo-handle, or not an algorithm
 *   STATUS_INVALID_PARAMETER   dwFlags is not 0; the algorithm stays open
 *
 * Source: Microsoft Learn, BCryptCloseAlgorithmProvider. Tests: tests/test_algorithm.c.
 */
NTSTATUS WINAPI BCryptCloseAlgorithmProvider(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags)
{
    struct object *algorithm;

    TRACE("hAlgorithm %p, dwFlags %#lx\n", hAlgorithm, (unsigned long)dwFlags);

    if (dwFlags)
    {
        if (!(algorithm = object_get(hAlgorithm, OBJECT_ALGORITHM))) return STATUS_INVALID_HANDLE;
        object_put(algorithm);
        return STATUS_INVALID_PARAMETER;
    }
    return object_retire(hAlgorithm, OBJECT_ALGORITHM) ? STATUS_SUCCESS : STATUS_INVALID_HANDLE;
}

/* Whether an algorithm of an interface does one of the asked-for operations; 0 asks for all. */
static bool operation_wanted(ULONG operations, ULONG interface_id)
{
    return !operations || operations & (ULONG)1 << (interface_id - 1);
}

/*
 * BCryptEnumAlgorithms - lists the algorithms of the default context that a provider serves.
 *
 *   dwAlgOperations   BCRYPT_CIPHER_OPERATION...; 0 for all
 *   pAlgCount         receives the number of entries
 *   ppAlgList         receives the entries in one block, for BCryptFreeBuffer; an algorithm that
 *                     two interfaces have, such as RSA, is in it twice
 *   dwFlags           0
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   a pointer is NULL, an operation or a flag is unknown
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptEnumAlgorithms. Tests: tests/test_enum.c.
 */
NTSTATUS WINAPI BCryptEnumAlgorithms(ULONG dwAlgOperations, ULONG *pAlgCount,
                                     BCRYPT_ALGORITHM_IDENTIFIER **ppAlgList, ULONG dwFlags)
{
    static const ULONG known = BCRYPT_CIPHER_OPERATION | BCRYPT_HASH_OPERATION |
                               BCRYPT_ASYMMETRIC_ENCRYPTION_OPERATION |
                               BCRYPT_SECRET_AGREEMENT_OPERATION | BCRYPT_SIGNATURE_OPERATION |
                               BCRYPT_RNG_OPERATION | BCRYPT_KEY_DERIVATION_OPERATION |
                               BCRYPT_KEY_ENCAPSULATION_OPERATION;
    const struct provider_registry *registry;
    BCRYPT_ALGORITHM_IDENTIFIER *list;
    struct provider_function function;
    ULONG number, count = 0;
    NTSTATUS status;
    size_t bytes = 0;
    char *strings;

    TRACE("dwAlgOperations %#lx, pAlgCount %p, ppAlgList %p, dwFlags %#lx\n",
          (unsigned long)dwAlgOperations, (void *)pAlgCount, (void *)ppAlgList,
          (unsigned long)dwFlags);

    if (!pAlgCount || !ppAlgList || dwAlgOperations & ~known || dwFlags)
        return STATUS_INVALID_PARAMETER;
    if (!(registry = provider_registry_get())) return STATUS_NO_MEMORY;

    for (number = 0; provider_function_at(registry, number, &function); number++)
    {
        if (!operation_wanted(dwAlgOperations, function.interface_id)) continue;
        bytes += sizeof(*list) + name_bytes(function.id);
        count++;
    }
    status = STATUS_NO_MEMORY;
    if (!(list = platform_heap_alloc(bytes))) goto done;

    strings = (char *)(list + count);
    count = 0;
    for (number = 0; provider_function_at(registry, number, &function); number++)
    {
        if (!operation_wanted(dwAlgOperations, function.interface_id)) continue;
        list[count].pszName = memcpy(strings, function.id, name_bytes(function.id));
        list[count].dwClass = function.interface_id;
        list[count].dwFlags = 0;
        strings += name_bytes(function.id);
        count++;
    }
    *pAlgCount = count;
    *ppAlgList = list;
    status = STATUS_SUCCESS;

done:
    provider_registry_put(registry);
    return status;
}

/*
 * BCryptEnumProviders - lists the providers that have an algorithm, best first.
 *
 *   pszAlgId     the algorithm's name, compared exactly
 *   pImplCount   receives the number of names
 *   ppImplList   receives the names in one block, for BCryptFreeBuffer; a provider that has the
 *                algorithm for two interfaces is in it once
 *   dwFlags      0
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   a pointer is NULL or a flag is set
 *   STATUS_NOT_FOUND           no provider has it
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptEnumProviders. Tests: tests/test_enum.c.
 */
NTSTATUS WINAPI BCryptEnumProviders(LPCWSTR pszAlgId, ULONG *pImplCount,
                                    BCRYPT_PROVIDER_NAME **ppImplList, ULONG dwFlags)
{
    const struct provider_registry *registry;
    BCRYPT_PROVIDER_NAME *list;
    ULONG number, count;
    NTSTATUS status;
    size_t bytes = 0;
    char *strings;
    LPCWSTR name;

    TRACE("pszAlgId %s, pImplCount %p, ppImplList %p, dwFlags %#lx\n", trace_string(pszAlgId),
          (void *)pImplCount, (void *)ppImplList, (unsigned long)dwFlags);

    if (!pszAlgId || !pImplCount || !ppImplList || dwFlags) return STATUS_INVALID_PARAMETER;
    if (!(registry = provider_registry_get())) return STATUS_NO_MEMORY;

    for (count = 0; (name = provider_name_at(registry, pszAlgId, count)); count++)
    {
        bytes += sizeof(*list) + name_bytes(name);
    }
    status = STATUS_NOT_FOUND;
    if (!count) goto done;
    status = STATUS_NO_MEMORY;
    if (!(list = platform_heap_alloc(bytes))) goto done;

    strings = (char *)(list + count);
    for (number = 0; number < count; number++)
    {
        name = provider_name_at(registry, pszAlgId, number);
        list[number].pszProviderName = memcpy(strings, name, name_bytes(name));
        strings += name_bytes(name);
    }
    *pImplCount = count;
    *ppImplList = list;
    status = STATUS_SUCCESS;

done:
    provider_registry_put(registry);
    return status;
}

/*
 * BCryptFreeBuffer - frees a block that an enumerating function allocated; takes NULL.
 *
 * Source: Microsoft Learn, BCryptFreeBuffer. Tests: tests/test_enum.c.
 */
VOID WINAPI BCryptFreeBuffer(PVOID pvBuffer)
{
    TRACE("pvBuffer %p\n", pvBuffer);
    platform_heap_free(pvBuffer);
}
