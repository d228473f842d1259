/*
 * ncrypt_provider.c - storage providers, and what they have keys of.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/ncrypt_api.h"
#include "platform/memory.h"

/* What a provider's object stands for: how often its handle is to be freed. */
struct provider
{
    _Atomic ULONG handles;
};

static void end_provider(struct object *object)
{
    memory_put(object->provider_handle, sizeof(struct provider));
}

static void end_key(struct object *object)
{
    ksp_key_free(object->provider_handle);
}

static void end_secret(struct object *object)
{
    if (object->provider_handle) BCryptDestroySecret(object->provider_handle);
}

const struct object_kind provider_kind = { OBJECT_PROVIDER, end_provider };
const struct object_kind stored_key_kind = { OBJECT_KEY, end_key };
const struct object_kind agreed_secret_kind = { OBJECT_SECRET, end_secret };

SECURITY_STATUS provider_publish(NCRYPT_PROV_HANDLE *handle)
{
    struct object *object = object_new(&provider_kind, NULL, 0);
    struct provider *provider;
    void *value;

    if (!object) return NTE_NO_MEMORY;
    if (!(object->provider_handle = provider = memory_get(sizeof(*provider))))
    {
        object_free(object);
        return NTE_NO_MEMORY;
    }
    atomic_init(&provider->handles, 1);
    object_publish(object, &value);
    *handle = (NCRYPT_PROV_HANDLE)value;
    return 0;
}

bool provider_again(NCRYPT_PROV_HANDLE handle)
{
    struct object *object = handle_get(handle, OBJECT_PROVIDER);
    struct provider *provider;
    ULONG handles;

    if (!object) return false;
    provider = object->provider_handle;
    handles = atomic_load(&provider->handles);
    while (handles && !atomic_compare_exchange_weak(&provider->handles, &handles, handles + 1)) {}
    object_put(object);
    return handles;
}

/* Takes one handle away, and the provider with the last one. */
static bool provider_free(NCRYPT_PROV_HANDLE handle)
{
    struct object *object = handle_get(handle, OBJECT_PROVIDER);
    struct provider *provider;
    ULONG handles;

    if (!object) return false;
    provider = object->provider_handle;
    handles = atomic_load(&provider->handles);
    while (handles && !atomic_compare_exchange_weak(&provider->handles, &handles, handles - 1)) {}
    if (handles == 1) object_retire((void *)handle, OBJECT_PROVIDER);
    object_put(object);
    return handles;
}

/*
 * NCryptOpenStorageProvider - opens a key storage provider.
 *
 *   phProvider        receives the handle, for NCryptFreeObject
 *   pszProviderName   NULL, or MS_KEY_STORAGE_PROVIDER: there is no other
 *   dwFlags           0, NCRYPT_SILENT_FLAG, NCRYPT_IGNORE_DEVICE_STATE_FLAG
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_PARAMETER   phProvider is NULL
 *   NTE_BAD_FLAGS
 *   NTE_DEVICE_NOT_READY    the provider for TPMs: there is none
 *   NTE_NOT_FOUND           another name
 *   NTE_NO_MEMORY           also when no handle is left
 *
 * Source: Microsoft Learn, NCryptOpenStorageProvider. Tests: tests/test_ncrypt_key.c.
 */
SECURITY_STATUS WINAPI NCryptOpenStorageProvider(NCRYPT_PROV_HANDLE *phProvider,
                                                 LPCWSTR pszProviderName, DWORD dwFlags)
{
    TRACE("phProvider %p, pszProviderName %s, dwFlags %#lx\n", (void *)phProvider,
          trace_string(pszProviderName), (unsigned long)dwFlags);

    if (!phProvider) return NTE_INVALID_PARAMETER;
    if (dwFlags & ~(NCRYPT_SILENT_FLAG | NCRYPT_IGNORE_DEVICE_STATE_FLAG)) return NTE_BAD_FLAGS;
    if (pszProviderName && names_equal_caseless(pszProviderName, MS_PLATFORM_KEY_STORAGE_PROVIDER))
        return NTE_DEVICE_NOT_READY;
    if (pszProviderName && !names_equal_caseless(pszProviderName, MS_KEY_STORAGE_PROVIDER))
        return NTE_NOT_FOUND;
    return provider_publish(phProvider);
}

/*
 * NCryptEnumStorageProviders - lists the key storage providers.
 *
 *   pdwProviderCount, ppProviderList   receive the list, for NCryptFreeBuffer
 *   dwFlags                            0, NCRYPT_SILENT_FLAG
 *
 *   ERROR_SUCCESS, NTE_INVALID_PARAMETER (a pointer is NULL), NTE_BAD_FLAGS, NTE_NO_MEMORY
 *
 * Source: Microsoft Learn, NCryptEnumStorageProviders. Tests: tests/test_ncrypt_key.c.
 */
SECURITY_STATUS WINAPI NCryptEnumStorageProviders(DWORD *pdwProviderCount,
                                                  NCryptProviderName **ppProviderList,
                                                  DWORD dwFlags)
{
    NCryptProviderName *list;

    TRACE("pdwProviderCount %p, ppProviderList %p, dwFlags %#lx\n", (void *)pdwProviderCount,
          (void *)ppProviderList, (unsigned long)dwFlags);

    if (!pdwProviderCount || !ppProviderList) return NTE_INVALID_PARAMETER;
    if (dwFlags & ~NCRYPT_SILENT_FLAG) return NTE_BAD_FLAGS;
    if (!(list = platform_heap_alloc(sizeof(*list)))) return NTE_NO_MEMORY;
    list->pszName = (LPWSTR)(ULONG_PTR)MS_KEY_STORAGE_PROVIDER;
    list->pszComment = (LPWSTR)(ULONG_PTR)L"";
    *ppProviderList = list;
    *pdwProviderCount = 1;
    return 0;
}

/*
 * NCryptEnumAlgorithms - lists what a provider has keys of.
 *
 *   dwAlgOperations          NCRYPT_..._OPERATION, several, or 0 for all
 *   pdwAlgCount, ppAlgList   receive the list, for NCryptFreeBuffer
 *   dwFlags                  0, NCRYPT_SILENT_FLAG
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE      hProvider
 *   NTE_INVALID_PARAMETER   a pointer is NULL
 *   NTE_BAD_FLAGS, NTE_NO_MEMORY
 *   NTE_NOT_SUPPORTED       no algorithm has such an operation
 *
 * Source: Microsoft Learn, NCryptEnumAlgorithms. Tests: tests/test_ncrypt_key.c.
 */
SECURITY_STATUS WINAPI NCryptEnumAlgorithms(NCRYPT_PROV_HANDLE hProvider, DWORD dwAlgOperations,
                                            DWORD *pdwAlgCount, NCryptAlgorithmName **ppAlgList,
                                            DWORD dwFlags)
{
    const struct ksp_algorithm *algorithm;
    NCryptAlgorithmName *list = NULL;
    struct object *provider;
    SECURITY_STATUS status;
    ULONG number, count = 0;

    TRACE("hProvider %p, dwAlgOperations %#lx, pdwAlgCount %p, ppAlgList %p, dwFlags %#lx\n",
          (void *)hProvider, (unsigned long)dwAlgOperations, (void *)pdwAlgCount, (void *)ppAlgList,
          (unsigned long)dwFlags);

    if (!(provider = handle_get(hProvider, OBJECT_PROVIDER))) return NTE_INVALID_HANDLE;

    status = NTE_INVALID_PARAMETER;
    if (!pdwAlgCount || !ppAlgList) goto done;
    status = NTE_BAD_FLAGS;
    if (dwFlags & ~NCRYPT_SILENT_FLAG) goto done;

    for (number = 0; (algorithm = ksp_algorithm_at(number)); number++)
    {
        if (!dwAlgOperations || algorithm->operations & dwAlgOperations) count++;
    }
    status = NTE_NOT_SUPPORTED;
    if (!count) goto done;
    status = NTE_NO_MEMORY;
    if (!(list = platform_heap_alloc(count * sizeof(*list)))) goto done;

    count = 0;
    for (number = 0; (algorithm = ksp_algorithm_at(number)); number++)
    {
        if (dwAlgOperations && !(algorithm->operations & dwAlgOperations)) continue;
        list[count++] = (NCryptAlgorithmName){ (LPWSTR)(ULONG_PTR)algorithm->id,
                                               algorithm->interface_id, algorithm->operations, 0 };
    }
    *ppAlgList = list;
    *pdwAlgCount = count;
    status = 0;

done:
    object_put(provider);
    return status;
}

/*
 * NCryptIsAlgSupported - whether a provider has keys of an algorithm.
 *
 *   dwFlags   0, NCRYPT_SILENT_FLAG
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE   hProvider
 *   NTE_BAD_FLAGS
 *   NTE_NOT_SUPPORTED    it has not
 *   HRESULT_FROM_WIN32(RPC_X_NULL_REF_POINTER)   pszAlgId is NULL
 *
 * Source: Microsoft Learn, NCryptIsAlgSupported; Wine's tests. Tests: tests/test_ncrypt_key.c.
 */
SECURITY_STATUS WINAPI NCryptIsAlgSupported(NCRYPT_PROV_HANDLE hProvider, LPCWSTR pszAlgId,
                                            DWORD dwFlags)
{
    struct object *provider;

    TRACE("hProvider %p, pszAlgId %s, dwFlags %#lx\n", (void *)hProvider, trace_string(pszAlgId),
          (unsigned long)dwFlags);

    if (!(provider = handle_get(hProvider, OBJECT_PROVIDER))) return NTE_INVALID_HANDLE;
    object_put(provider);
    if (!pszAlgId) return NTE_NULL_REFERENCE;
    if (dwFlags & ~NCRYPT_SILENT_FLAG) return NTE_BAD_FLAGS;
    return ksp_algorithm_find(pszAlgId) ? 0 : NTE_NOT_SUPPORTED;
}

/*
 * NCryptFreeBuffer - frees what an enumeration gave.
 *
 *   ERROR_SUCCESS, NTE_INVALID_PARAMETER (NULL)
 *
 * Source: Microsoft Learn, NCryptFreeBuffer. Tests: tests/test_ncrypt_key.c.
 */
SECURITY_STATUS WINAPI NCryptFreeBuffer(PVOID pvInput)
{
    TRACE("pvInput %p\n", pvInput);

    if (!pvInput) return NTE_INVALID_PARAMETER;
    platform_heap_free(pvInput);
    return 0;
}

/*
 * NCryptFreeObject - ends a handle of a provider, a key or a secret.
 *
 * The handle is dead when this returns; calls that still run on other threads finish. The keys of
 * a provider stay. A key that has a file has it still. On Wine, a context of CryptoAPI's that
 * crypt32 gave for a key is given back to CryptoAPI.
 *
 *   ERROR_SUCCESS, NTE_INVALID_HANDLE
 *
 * Source: Microsoft Learn, NCryptFreeObject; Wine's tests. Tests: tests/test_ncrypt_key.c.
 */
SECURITY_STATUS WINAPI NCryptFreeObject(NCRYPT_HANDLE hObject)
{
    TRACE("hObject %p\n", (void *)hObject);

    if (object_retire((void *)hObject, OBJECT_KEY) ||
        provider_free(hObject) ||
        object_retire((void *)hObject, OBJECT_SECRET) ||
        foreign_free(hObject)) return 0;
    return NTE_INVALID_HANDLE;
}

/*
 * NCryptIsKeyHandle - whether a value is a key's handle.
 *
 * Source: Microsoft Learn, NCryptIsKeyHandle. Tests: tests/test_ncrypt_key.c.
 */
BOOL WINAPI NCryptIsKeyHandle(NCRYPT_KEY_HANDLE hKey)
{
    struct object *key = handle_get(hKey, OBJECT_KEY);

    TRACE("hKey %p\n", (void *)hKey);

    object_put(key);
    return key != NULL;
}
