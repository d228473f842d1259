/*
 * ncrypt_property.c - properties of providers and keys.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/ncrypt_api.h"

/* The handle that the key was made with, to be freed once more; another if that one has ended. */
static SECURITY_STATUS reply_provider_handle(struct ksp_key *key, PBYTE output, DWORD bytes,
                                             DWORD *result)
{
    NCRYPT_PROV_HANDLE provider = key->provider;
    SECURITY_STATUS status;

    if (!output || bytes < sizeof(provider))
        return ksp_reply(&provider, sizeof(provider), output, bytes, result);
    if (!provider_again(provider) && (status = provider_publish(&provider))) return status;
    return ksp_reply(&provider, sizeof(provider), output, bytes, result);
}

/*
 * NCryptGetProperty - a property of a provider or a key.
 *
 *   pbOutput, cbOutput   receives it; NULL asks for its size
 *   pcbResult            receives its bytes
 *   dwFlags              NCRYPT_PERSIST_ONLY_FLAG: one that was set with it; NCRYPT_SILENT_FLAG;
 *                        OWNER_SECURITY_INFORMATION and its like
 *
 * NCRYPT_PROVIDER_HANDLE_PROPERTY gives the handle that the key was made with, which has to go
 * through NCryptFreeObject once more then.
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE      hObject
 *   NTE_INVALID_PARAMETER   a pointer is NULL
 *   NTE_BAD_FLAGS           also NCRYPT_SECURITY_DESCR_PROPERTY without a part of it
 *   NTE_NOT_SUPPORTED       the object has no such property
 *   NTE_NOT_FOUND           it can have it, and it was not set
 *   NTE_BUFFER_TOO_SMALL    *pcbResult is set
 *   NTE_NO_MEMORY
 *
 * Source: Microsoft Learn, NCryptGetProperty; docs/contract/ncrypt.md.
 * Tests: tests/test_ncrypt_property.c.
 */
SECURITY_STATUS WINAPI NCryptGetProperty(NCRYPT_HANDLE hObject, LPCWSTR pszProperty, PBYTE pbOutput,
                                         DWORD cbOutput, DWORD *pcbResult, DWORD dwFlags)
{
    struct object *object;
    SECURITY_STATUS status;

    TRACE("hObject %p, pszProperty %s, pbOutput %p, cbOutput %lu, pcbResult %p, dwFlags %#lx\n",
          (void *)hObject, trace_string(pszProperty), (void *)pbOutput, (unsigned long)cbOutput,
          (void *)pcbResult, (unsigned long)dwFlags);

    if (!(object = handle_get(hObject, OBJECT_ANY))) return NTE_INVALID_HANDLE;

    status = NTE_INVALID_PARAMETER;
    if (!pszProperty || !pcbResult) goto done;
    status = NTE_BAD_FLAGS;
    if (dwFlags & ~(NCRYPT_PERSIST_ONLY_FLAG | NCRYPT_SILENT_FLAG | KSP_SECURITY_INFORMATION))
        goto done;

    switch (object->kind->type)
    {
    case OBJECT_PROVIDER:
        status = ksp_provider_get(pszProperty, pbOutput, cbOutput, pcbResult);
        break;
    case OBJECT_KEY:
        if (names_equal(pszProperty, NCRYPT_PROVIDER_HANDLE_PROPERTY) &&
            !(dwFlags & NCRYPT_PERSIST_ONLY_FLAG))
            status = reply_provider_handle(object->provider_handle, pbOutput, cbOutput, pcbResult);
        else
            status = ksp_get(object->provider_handle, pszProperty, pbOutput, cbOutput, pcbResult,
                             dwFlags);
        break;
    default:
        status = NTE_NOT_SUPPORTED;
        break;
    }

done:
    object_put(object);
    return status;
}

/*
 * NCryptSetProperty - sets a property of a key.
 *
 *   pbInput, cbInput   the value; not NULL, of at most NCRYPT_MAX_PROPERTY_DATA bytes
 *   pszProperty        a property, or the type of a blob that has a private half: until the key is
 *                      finalized it is then the key
 *   dwFlags            NCRYPT_PERSIST_FLAG: the key's file keeps it; NCRYPT_PERSIST_ONLY_FLAG: any
 *                      name, kept beside the key's own properties; NCRYPT_SILENT_FLAG
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE      hObject
 *   NTE_INVALID_PARAMETER   a pointer is NULL, the name is longer than 64 characters, the value is
 *                           too long (of the file, too), of a wrong length or not acceptable
 *   NTE_BAD_FLAGS
 *   NTE_NOT_SUPPORTED       no such property, one that cannot be set, or not any more
 *   NTE_PERM                a key that has a file would be allowed more than before
 *   NTE_BAD_KEYSET          the file was to be written, and the key was deleted or overwritten
 *   NTE_KEYSET_ENTRY_BAD    the same, and the file was altered
 *   NTE_NO_MEMORY
 *
 * Source: Microsoft Learn, NCryptSetProperty; Wine's tests. Tests: tests/test_ncrypt_property.c.
 */
SECURITY_STATUS WINAPI NCryptSetProperty(NCRYPT_HANDLE hObject, LPCWSTR pszProperty, PBYTE pbInput,
                                         DWORD cbInput, DWORD dwFlags)
{
    struct object *object;
    SECURITY_STATUS status;

    TRACE("hObject %p, pszProperty %s, pbInput %p, cbInput %lu, dwFlags %#lx\n", (void *)hObject,
          trace_string(pszProperty), (void *)pbInput, (unsigned long)cbInput,
          (unsigned long)dwFlags);

    if (!(object = handle_get(hObject, OBJECT_ANY))) return NTE_INVALID_HANDLE;

    status = NTE_INVALID_PARAMETER;
    if (!pszProperty || !pbInput || cbInput > NCRYPT_MAX_PROPERTY_DATA) goto done;
    if (name_length(pszProperty) > NCRYPT_MAX_PROPERTY_NAME) goto done;
    status = NTE_BAD_FLAGS;
    if (dwFlags & ~(NCRYPT_PERSIST_FLAG | NCRYPT_PERSIST_ONLY_FLAG | NCRYPT_SILENT_FLAG |
                    KSP_SECURITY_INFORMATION)) goto done;

    status = NTE_NOT_SUPPORTED;
    if (object->kind->type == OBJECT_KEY)
        status = ksp_set(object->provider_handle, pszProperty, pbInput, cbInput, dwFlags);

done:
    object_put(object);
    wipe_registers();
    return status;
}
