/*
 * ncrypt_legacy.c - CryptoAPI's keys as keys of key storage, and changes of the store.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/ncrypt_api.h"
#include "store/outside.h"

/*
 * NCryptTranslateHandle - a key of CryptoAPI's as one of key storage.
 *
 *   phProvider        NULL, or receives a handle of the storage provider, for NCryptFreeObject
 *   phKey             receives a copy of the key, for NCryptFreeObject
 *   hLegacyProv       CryptAcquireContext's, which has the key
 *   hLegacyKey        the key, or 0
 *   dwLegacyKeySpec   AT_KEYEXCHANGE or AT_SIGNATURE, if hLegacyKey is 0
 *   dwFlags           0, NCRYPT_SILENT_FLAG
 *
 * A key that CryptoAPI does not let out can be had on Wine, if its container has it, and is not let
 * out here either.
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_PARAMETER   phKey is NULL
 *   NTE_BAD_FLAGS
 *   NTE_NOT_SUPPORTED       there is no such key, it cannot be had, or it is not RSA's
 *   NTE_NO_MEMORY
 *
 * Source: Microsoft Learn, NCryptTranslateHandle. Tests: tests/test_ncrypt_legacy.c.
 */
SECURITY_STATUS WINAPI NCryptTranslateHandle(NCRYPT_PROV_HANDLE *phProvider,
                                             NCRYPT_KEY_HANDLE *phKey, HCRYPTPROV hLegacyProv,
                                             HCRYPTKEY hLegacyKey, DWORD dwLegacyKeySpec,
                                             DWORD dwFlags)
{
    NCRYPT_PROV_HANDLE provider = 0;
    struct legacy_key found;
    SECURITY_STATUS status;
    struct ksp_key *key;

    TRACE("phProvider %p, phKey %p, hLegacyProv %p, hLegacyKey %p, dwLegacyKeySpec %lu, "
          "dwFlags %#lx\n", (void *)phProvider, (void *)phKey, (void *)hLegacyProv,
          (void *)hLegacyKey, (unsigned long)dwLegacyKeySpec, (unsigned long)dwFlags);

    if (!phKey) return NTE_INVALID_PARAMETER;
    if (dwFlags & ~NCRYPT_SILENT_FLAG) return NTE_BAD_FLAGS;
    status = legacy_read(hLegacyProv, hLegacyKey, dwLegacyKeySpec, &found);
    if (!status) status = ksp_key_legacy(&found, &key);
    if (status) return status == NTE_NO_MEMORY ? status : NTE_NOT_SUPPORTED;
    if (phProvider && (status = provider_publish(&provider)))
    {
        ksp_key_free(key);
        return status;
    }
    key->provider = provider;
    if ((status = key_publish(key, phKey)))
    {
        if (provider) NCryptFreeObject(provider);
        return status;
    }
    if (phProvider) *phProvider = provider;
    wipe_registers();
    return 0;
}

/*
 * NCryptNotifyChangeKey - an event that tells of keys that are made or deleted.
 *
 *   phEvent   receives the event with NCRYPT_REGISTER_NOTIFY_FLAG, holds it with
 *             NCRYPT_UNREGISTER_NOTIFY_FLAG, which ends it
 *   dwFlags   one of these; NCRYPT_MACHINE_KEY_FLAG for the machine's store
 *
 * FindNextChangeNotification makes it tell again.
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE      hProvider, the event
 *   NTE_INVALID_PARAMETER   phEvent is NULL
 *   NTE_BAD_FLAGS           none of the two, or both
 *   NTE_TEMPORARY_PROFILE   there is no folder
 *   NTE_INTERNAL_ERROR
 *
 * Source: Microsoft Learn, NCryptNotifyChangeKey. Tests: tests/test_ncrypt_store.c.
 */
SECURITY_STATUS WINAPI NCryptNotifyChangeKey(NCRYPT_PROV_HANDLE hProvider, HANDLE *phEvent,
                                             DWORD dwFlags)
{
    const DWORD both = NCRYPT_REGISTER_NOTIFY_FLAG | NCRYPT_UNREGISTER_NOTIFY_FLAG;
    struct object *provider;
    SECURITY_STATUS status;

    TRACE("hProvider %p, phEvent %p, dwFlags %#lx\n", (void *)hProvider, (void *)phEvent,
          (unsigned long)dwFlags);

    if (!(provider = handle_get(hProvider, OBJECT_PROVIDER))) return NTE_INVALID_HANDLE;
    object_put(provider);
    if (!phEvent) return NTE_INVALID_PARAMETER;
    if (dwFlags & ~(both | NCRYPT_MACHINE_KEY_FLAG) || !(dwFlags & both) ||
        (dwFlags & both) == both) return NTE_BAD_FLAGS;
    if (dwFlags & NCRYPT_UNREGISTER_NOTIFY_FLAG)
        return store_unwatch(*phEvent) ? 0 : NTE_INVALID_HANDLE;
    status = store_watch(dwFlags & NCRYPT_MACHINE_KEY_FLAG, phEvent);
    return status;
}
