/*
 * api_property.c - getting and setting properties of algorithms, keys, hashes and secrets.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api.h"

/* The object behind a handle of any kind. */
static struct object *any_get(BCRYPT_HANDLE handle)
{
    return is_pseudo_handle(handle) ? algorithm_get(handle) : object_get(handle, OBJECT_ANY);
}

/* ProviderHandle: only the router knows the handle that an application has. */
static NTSTATUS get_provider_handle(struct object *object, PUCHAR pbOutput, ULONG cbOutput,
                                    ULONG *pcbResult)
{
    ULONG_PTR handle;

    if (!object->parent) return STATUS_NOT_SUPPORTED;
    *pcbResult = sizeof(handle);
    if (!pbOutput) return STATUS_SUCCESS;
    if (cbOutput < sizeof(handle)) return STATUS_BUFFER_TOO_SMALL;

    handle = (ULONG_PTR)algorithm_handle(object->parent);
    memcpy(pbOutput, &handle, sizeof(handle));
    return STATUS_SUCCESS;
}

/*
 * BCryptGetProperty - reads a property.
 *
 *   hObject       an algorithm (pseudo-handles included), a key, a hash or a secret
 *   pszProperty   the property's name, compared exactly
 *   pbOutput      receives the value; NULL asks for its size, whatever cbOutput is
 *   cbOutput      bytes of pbOutput
 *   pcbResult     receives the bytes of the value; strings count their NUL
 *   dwFlags       none is defined; ignored
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      not a live handle, which is decided first; or the property of a key
 *                              pair that it has only when it is finalized
 *   STATUS_INVALID_PARAMETER   pszProperty or pcbResult is NULL
 *   STATUS_NOT_SUPPORTED       the object has no such property, or none that can be read; decided
 *                              before the size
 *   STATUS_BUFFER_TOO_SMALL    *pcbResult is set, pbOutput untouched
 *
 * Source: Microsoft Learn, BCryptGetProperty. Tests: tests/test_property.c.
 */
NTSTATUS WINAPI BCryptGetProperty(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                  ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    struct object *object;
    NTSTATUS status;

    TRACE("hObject %p, pszProperty %s, pbOutput %p, cbOutput %lu, pcbResult %p, dwFlags %#lx\n",
          hObject, trace_string(pszProperty), (void *)pbOutput, (unsigned long)cbOutput,
          (void *)pcbResult, (unsigned long)dwFlags);

    if (!(object = any_get(hObject))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_PARAMETER;
    if (!pszProperty || !pcbResult) goto done;

    if (names_equal(pszProperty, BCRYPT_PROVIDER_HANDLE))
    {
        status = get_provider_handle(object, pbOutput, cbOutput, pcbResult);
    }
    else
    {
        status = object->calls->GetProperty(object->provider_handle, pszProperty, pbOutput,
                                            cbOutput, pcbResult, dwFlags);
    }

done:
    object_put(object);
    return status;
}

/*
 * BCryptSetProperty - writes a property.
 *
 *   hObject       an algorithm, a key, a hash or a secret
 *   pszProperty   the property's name, compared exactly
 *   pbInput       the value; HKDF's two ways to finalize take NULL with 0
 *   cbInput       bytes of the value; ignored for a cipher's ChainingMode
 *   dwFlags       none is defined; ignored
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      not a live handle; a hash that is finished; a key pair that is being
 *                              or was finalized, but for its present KeyLength
 *   STATUS_ACCESS_DENIED       a pseudo-handle
 *   STATUS_INVALID_PARAMETER   a pointer is NULL, a size or value not acceptable; too late for it
 *   STATUS_NOT_SUPPORTED       no such property, or read-only; no such mode; no hash that HKDF has
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptSetProperty. Tests: tests/test_property.c.
 */
NTSTATUS WINAPI BCryptSetProperty(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                  ULONG cbInput, ULONG dwFlags)
{
    struct object *object;
    NTSTATUS status;

    TRACE("hObject %p, pszProperty %s, pbInput %p, cbInput %lu, dwFlags %#lx\n", hObject,
          trace_string(pszProperty), (void *)pbInput, (unsigned long)cbInput,
          (unsigned long)dwFlags);

    if (!(object = any_get(hObject))) return STATUS_INVALID_HANDLE;

    status = STATUS_ACCESS_DENIED;
    if (!object->slot) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (!pszProperty || (cbInput && !pbInput)) goto done;

    algorithm_modified(object);
    object_enter(object);
    status = object->calls->SetProperty(object->provider_handle, pszProperty, pbInput, cbInput,
                                        dwFlags);
    object_leave(object);
    if (!status && object->kind->type == OBJECT_ALGORITHM && algorithm_object_bytes(object))
    {
        algorithm_ask_object_bytes(object);
    }

done:
    object_put(object);
    wipe_registers();
    return status;
}
