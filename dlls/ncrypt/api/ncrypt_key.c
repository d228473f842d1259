/*
 * ncrypt_key.c - the life of a key: create, finalize, open, list, delete.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/ncrypt_api.h"
#include "ksp/key_record.h"
#include "platform/memory.h"
#include "store/key_store.h"

SECURITY_STATUS key_publish(struct ksp_key *key, NCRYPT_KEY_HANDLE *handle)
{
    struct object *object = object_new(&stored_key_kind, NULL, 0);
    void *value;

    if (!object)
    {
        ksp_key_free(key);
        return NTE_NO_MEMORY;
    }
    object->provider_handle = key;
    object_publish(object, &value);
    *handle = (NCRYPT_KEY_HANDLE)value;
    return 0;
}

/* A key's name: not empty, and not too long. */
static bool is_key_name(LPCWSTR name)
{
    return *name && name_length(name) <= NCRYPT_MAX_KEY_NAME_LENGTH;
}

/*
 * NCryptCreatePersistedKey - a new key, which its properties and NCryptFinalizeKey make.
 *
 *   phKey             receives the handle, for NCryptFreeObject or NCryptDeleteKey
 *   pszAlgId          an algorithm of NCryptEnumAlgorithms
 *   pszKeyName        NULL: the key is ephemeral; otherwise it is kept under that name, of which
 *                     the case of A to Z does not count
 *   dwLegacyKeySpec   AT_KEYEXCHANGE, AT_SIGNATURE or 0: kept with the key
 *   dwFlags           NCRYPT_MACHINE_KEY_FLAG, NCRYPT_OVERWRITE_KEY_FLAG, NCRYPT_SILENT_FLAG;
 *                     NCRYPT_PREFER_VBS_FLAG, without effect
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE      hProvider
 *   NTE_INVALID_PARAMETER   phKey is NULL, the name is empty or longer than 512 characters
 *   NTE_BAD_FLAGS
 *   NTE_NOT_SUPPORTED       no such algorithm; NCRYPT_REQUIRE_VBS_FLAG
 *   NTE_EXISTS              there is a key of that name, and it is not to be overwritten
 *   NTE_NO_MEMORY
 *   HRESULT_FROM_WIN32(RPC_X_NULL_REF_POINTER)   pszAlgId is NULL
 *
 * Source: Microsoft Learn, NCryptCreatePersistedKey; Wine's tests. Tests: tests/test_ncrypt_key.c.
 */
SECURITY_STATUS WINAPI NCryptCreatePersistedKey(NCRYPT_PROV_HANDLE hProvider,
                                                NCRYPT_KEY_HANDLE *phKey, LPCWSTR pszAlgId,
                                                LPCWSTR pszKeyName, DWORD dwLegacyKeySpec,
                                                DWORD dwFlags)
{
    const DWORD allowed = NCRYPT_MACHINE_KEY_FLAG | NCRYPT_OVERWRITE_KEY_FLAG | NCRYPT_SILENT_FLAG |
                          NCRYPT_PREFER_VBS_FLAG | NCRYPT_REQUIRE_VBS_FLAG |
                          NCRYPT_USE_PER_BOOT_KEY_FLAG;
    const struct ksp_algorithm *algorithm;
    struct object *provider;
    SECURITY_STATUS status;
    struct ksp_key *key;

    TRACE("hProvider %p, phKey %p, pszAlgId %s, pszKeyName %s, dwLegacyKeySpec %lu, dwFlags %#lx\n",
          (void *)hProvider, (void *)phKey, trace_string(pszAlgId), trace_string(pszKeyName),
          (unsigned long)dwLegacyKeySpec, (unsigned long)dwFlags);

    if (!(provider = handle_get(hProvider, OBJECT_PROVIDER))) return NTE_INVALID_HANDLE;

    status = NTE_INVALID_PARAMETER;
    if (!phKey) goto done;
    status = NTE_NULL_REFERENCE;
    if (!pszAlgId) goto done;
    status = NTE_BAD_FLAGS;
    if (dwFlags & ~allowed) goto done;
    status = NTE_INVALID_PARAMETER;
    if (pszKeyName && !is_key_name(pszKeyName)) goto done;
    status = NTE_NOT_SUPPORTED;
    if (dwFlags & (NCRYPT_REQUIRE_VBS_FLAG | NCRYPT_USE_PER_BOOT_KEY_FLAG)) goto done;
    if (!(algorithm = ksp_algorithm_find(pszAlgId))) goto done;

    status = NTE_EXISTS;
    if (pszKeyName && !(dwFlags & NCRYPT_OVERWRITE_KEY_FLAG) &&
        store_has(pszKeyName, dwFlags & NCRYPT_MACHINE_KEY_FLAG)) goto done;
    if ((status = ksp_key_new(algorithm, pszKeyName, dwFlags, &key))) goto done;
    key->legacy_spec = dwLegacyKeySpec;
    key->provider = hProvider;
    status = key_publish(key, phKey);

done:
    object_put(provider);
    return status;
}

/*
 * NCryptFinalizeKey - makes a key that was created, and its file.
 *
 *   dwFlags   NCRYPT_NO_KEY_VALIDATION, NCRYPT_SILENT_FLAG, NCRYPT_WRITE_KEY_TO_LEGACY_STORE_FLAG:
 *             none has an effect
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE      hKey; or the key is finalized
 *   NTE_BAD_FLAGS
 *   NTE_INVALID_PARAMETER   a property that the algorithm needs was not set (the curve of ECDSA and
 *                           ECDH, a parameter set, the secret of key derivation), or is wrong
 *   NTE_EXISTS              somebody else has made a key of that name meanwhile
 *   NTE_TEMPORARY_PROFILE   there is no folder for it
 *   NTE_PERM, NTE_NO_MEMORY, NTE_INTERNAL_ERROR
 *
 * Source: Microsoft Learn, NCryptFinalizeKey; Wine's tests. Tests: tests/test_ncrypt_key.c.
 */
SECURITY_STATUS WINAPI NCryptFinalizeKey(NCRYPT_KEY_HANDLE hKey, DWORD dwFlags)
{
    struct object *object;
    struct ksp_key *key;
    SECURITY_STATUS status = NTE_BAD_FLAGS;

    TRACE("hKey %p, dwFlags %#lx\n", (void *)hKey, (unsigned long)dwFlags);

    if (!(key = key_get(hKey, &object))) return NTE_INVALID_HANDLE;
    if (!(dwFlags & ~(NCRYPT_NO_KEY_VALIDATION | NCRYPT_SILENT_FLAG |
                      NCRYPT_WRITE_KEY_TO_LEGACY_STORE_FLAG))) status = ksp_key_finalize(key);
    object_put(object);
    wipe_registers();
    return status;
}

static SECURITY_STATUS open_kept(LPCWSTR name, bool machine, struct ksp_key **key)
{
    WCHAR algorithm[STORE_ID_ROOM];
    SECURITY_STATUS status;
    uint8_t *record;
    ULONG bytes;

    if ((status = store_load(name, machine, algorithm, &record, &bytes))) return status;
    status = key_record_read(algorithm, name, machine, record, bytes, key);
    memory_put(record, bytes);
    return status;
}

/* CryptoAPI's key of a container. */
static SECURITY_STATUS open_legacy(LPCWSTR name, ULONG spec, bool machine, struct ksp_key **key)
{
    struct legacy_key found;
    SECURITY_STATUS status;

    if (spec != LEGACY_KEYEXCHANGE && spec != LEGACY_SIGNATURE) return NTE_BAD_KEYSET;
    if ((status = legacy_read_container(name, spec, machine, &found))) return status;
    return ksp_key_legacy(&found, key);
}

/*
 * NCryptOpenKey - opens a key that has a file.
 *
 *   phKey             receives the handle, for NCryptFreeObject or NCryptDeleteKey
 *   pszKeyName        its name; the case of A to Z does not count
 *   dwLegacyKeySpec   AT_KEYEXCHANGE or AT_SIGNATURE: if there is no key of that name here, that of
 *                     CryptoAPI's container of that name; 0: no such key
 *   dwFlags           NCRYPT_MACHINE_KEY_FLAG, NCRYPT_SILENT_FLAG, NCRYPT_AUTHORITY_KEY_FLAG,
 *                     NCRYPT_EXTENDED_ERRORS_FLAG
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE      hProvider
 *   NTE_INVALID_PARAMETER   phKey is NULL, the name is empty or too long
 *   NTE_BAD_FLAGS
 *   NTE_BAD_KEYSET          there is no such key
 *   NTE_KEYSET_ENTRY_BAD    its file was altered, or is another user's or another machine's
 *   NTE_NOT_SUPPORTED       CryptoAPI does not let its key out
 *   NTE_PERM, NTE_NO_MEMORY
 *   HRESULT_FROM_WIN32(RPC_X_NULL_REF_POINTER)   pszKeyName is NULL
 *
 * Source: Microsoft Learn, NCryptOpenKey; .NET's code for NTE_BAD_KEYSET.
 * Tests: tests/test_ncrypt_store.c, test_ncrypt_legacy.c.
 */
SECURITY_STATUS WINAPI NCryptOpenKey(NCRYPT_PROV_HANDLE hProvider, NCRYPT_KEY_HANDLE *phKey,
                                     LPCWSTR pszKeyName, DWORD dwLegacyKeySpec, DWORD dwFlags)
{
    const DWORD allowed = NCRYPT_MACHINE_KEY_FLAG | NCRYPT_SILENT_FLAG | NCRYPT_AUTHORITY_KEY_FLAG |
                          NCRYPT_EXTENDED_ERRORS_FLAG;
    bool machine = dwFlags & NCRYPT_MACHINE_KEY_FLAG;
    struct object *provider;
    struct ksp_key *key;
    SECURITY_STATUS status;

    TRACE("hProvider %p, phKey %p, pszKeyName %s, dwLegacyKeySpec %lu, dwFlags %#lx\n",
          (void *)hProvider, (void *)phKey, trace_string(pszKeyName),
          (unsigned long)dwLegacyKeySpec, (unsigned long)dwFlags);

    if (!(provider = handle_get(hProvider, OBJECT_PROVIDER))) return NTE_INVALID_HANDLE;

    status = NTE_INVALID_PARAMETER;
    if (!phKey) goto done;
    status = NTE_NULL_REFERENCE;
    if (!pszKeyName) goto done;
    status = NTE_BAD_FLAGS;
    if (dwFlags & ~allowed) goto done;
    status = NTE_INVALID_PARAMETER;
    if (!is_key_name(pszKeyName)) goto done;

    status = open_kept(pszKeyName, machine, &key);
    if (status == NTE_BAD_KEYSET && dwLegacyKeySpec)
        status = open_legacy(pszKeyName, dwLegacyKeySpec, machine, &key);
    if (status) goto done;
    key->provider = hProvider;
    status = key_publish(key, phKey);

done:
    object_put(provider);
    wipe_registers();
    return status;
}

/*
 * NCryptEnumKeys - the keys of a store, one a call.
 *
 *   pszScope      NULL
 *   ppKeyName     receives the key's name and algorithm, for NCryptFreeBuffer
 *   ppEnumState   points to NULL at first; what is stored there is for NCryptFreeBuffer at the end
 *   dwFlags       NCRYPT_MACHINE_KEY_FLAG, NCRYPT_SILENT_FLAG
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE      hProvider
 *   NTE_INVALID_PARAMETER   a pointer is NULL, pszScope is not
 *   NTE_BAD_FLAGS
 *   NTE_NO_MORE_ITEMS       that were all
 *   NTE_NO_MEMORY
 *
 * Source: Microsoft Learn, NCryptEnumKeys. Tests: tests/test_ncrypt_store.c.
 */
SECURITY_STATUS WINAPI NCryptEnumKeys(NCRYPT_PROV_HANDLE hProvider, LPCWSTR pszScope,
                                      NCryptKeyName **ppKeyName, PVOID *ppEnumState, DWORD dwFlags)
{
    WCHAR name[STORE_NAME_ROOM], algorithm[STORE_ID_ROOM];
    struct object *provider;
    NCryptKeyName *found;
    SECURITY_STATUS status;
    ULONG legacy_spec;

    TRACE("hProvider %p, pszScope %s, ppKeyName %p, ppEnumState %p, dwFlags %#lx\n",
          (void *)hProvider, trace_string(pszScope), (void *)ppKeyName, (void *)ppEnumState,
          (unsigned long)dwFlags);

    if (!(provider = handle_get(hProvider, OBJECT_PROVIDER))) return NTE_INVALID_HANDLE;

    status = NTE_INVALID_PARAMETER;
    if (pszScope || !ppKeyName || !ppEnumState) goto done;
    status = NTE_BAD_FLAGS;
    if (dwFlags & ~(NCRYPT_MACHINE_KEY_FLAG | NCRYPT_SILENT_FLAG)) goto done;
    status = store_next(dwFlags & NCRYPT_MACHINE_KEY_FLAG, ppEnumState, name, algorithm,
                        &legacy_spec);
    if (status) goto done;

    status = NTE_NO_MEMORY;
    found = platform_heap_alloc(sizeof(*found) + name_bytes(name) + name_bytes(algorithm));
    if (!found) goto done;
    found->pszName = (WCHAR *)(found + 1);
    found->pszAlgid = found->pszName + name_length(name) + 1;
    found->dwLegacyKeySpec = legacy_spec;
    found->dwFlags = dwFlags & NCRYPT_MACHINE_KEY_FLAG;
    memcpy(found->pszName, name, name_bytes(name));
    memcpy(found->pszAlgid, algorithm, name_bytes(algorithm));
    *ppKeyName = found;
    status = 0;

done:
    object_put(provider);
    return status;
}

/*
 * NCryptDeleteKey - deletes a key's file, and ends the handle.
 *
 * A key without a file, ephemeral or not yet finalized, is only ended.
 *
 *   dwFlags   0, NCRYPT_SILENT_FLAG
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE
 *   NTE_BAD_FLAGS       the handle lives on
 *   NTE_NOT_SUPPORTED   the key is CryptoAPI's, which deletes it; the handle lives on
 *   NTE_PERM            the file cannot be deleted; the handle lives on
 *
 * Source: Microsoft Learn, NCryptDeleteKey. Tests: tests/test_ncrypt_store.c.
 */
SECURITY_STATUS WINAPI NCryptDeleteKey(NCRYPT_KEY_HANDLE hKey, DWORD dwFlags)
{
    struct object *object;
    struct ksp_key *key;
    SECURITY_STATUS status = 0;

    TRACE("hKey %p, dwFlags %#lx\n", (void *)hKey, (unsigned long)dwFlags);

    if (!(key = key_get(hKey, &object))) return NTE_INVALID_HANDLE;
    if (dwFlags & ~NCRYPT_SILENT_FLAG) status = NTE_BAD_FLAGS;
    else if (key->legacy) status = NTE_NOT_SUPPORTED;
    else if (key->kept && atomic_load(&key->ready))
    {
        status = store_delete(key->name, key->flags & NCRYPT_MACHINE_KEY_FLAG);
        if (status == NTE_BAD_KEYSET) status = 0;       /* somebody else has deleted it */
    }
    if (!status && !object_retire((void *)hKey, OBJECT_KEY)) status = NTE_INVALID_HANDLE;
    object_put(object);
    return status;
}
