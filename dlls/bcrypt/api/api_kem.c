/*
 * api_kem.c - key encapsulation.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api.h"

/*
 * BCryptEncapsulate - makes a secret and its encapsulation for the owner of a key.
 *
 *   hKey                         a key of ML-KEM or of a composite; the public half is enough
 *   pbSecretKey, cbSecretKey     receives the secret
 *   pbCipherText, cbCipherText   receives the encapsulation; both NULL asks for the sizes
 *   pcbSecretKey, pcbCipherText  receive the sizes
 *   dwFlags                      0
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      not a key, or a pair that is not finalized
 *   STATUS_INVALID_PARAMETER   hKey or a size pointer is NULL, one buffer NULL and not the other, a
 *                              flag is set
 *   STATUS_NOT_SUPPORTED       a key that cannot encapsulate
 *   STATUS_BUFFER_TOO_SMALL    the sizes are set
 *   STATUS_NO_MEMORY, STATUS_INTERNAL_ERROR
 *
 * Source: Microsoft Learn, BCryptEncapsulate. Tests: tests/test_mlkem.c,
 * test_composite_mlkem.c.
 */
NTSTATUS WINAPI BCryptEncapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbSecretKey, ULONG cbSecretKey,
                                  ULONG *pcbSecretKey, PUCHAR pbCipherText, ULONG cbCipherText,
                                  ULONG *pcbCipherText, ULONG dwFlags)
{
    struct object *key;
    NTSTATUS status;

    TRACE("hKey %p, pbSecretKey %p, cbSecretKey %lu, pcbSecretKey %p, pbCipherText %p, "
          "cbCipherText %lu, pcbCipherText %p, dwFlags %#lx\n", hKey, (void *)pbSecretKey,
          (unsigned long)cbSecretKey, (void *)pcbSecretKey, (void *)pbCipherText,
          (unsigned long)cbCipherText, (void *)pcbCipherText, (unsigned long)dwFlags);

    if (!hKey) return STATUS_INVALID_PARAMETER;
    if (!(key = object_get(hKey, OBJECT_KEY))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_PARAMETER;
    if (!pcbSecretKey || !pcbCipherText || !pbSecretKey != !pbCipherText) goto done;

    status =
        key->calls->Encapsulate(key->provider_handle, pbSecretKey, cbSecretKey, pcbSecretKey,
                                pbCipherText, cbCipherText, pcbCipherText, dwFlags);

done:
    object_put(key);
    wipe_registers();
    return status;
}

/*
 * BCryptDecapsulate - gets the secret out of an encapsulation.
 *
 *   hKey                         a key pair of ML-KEM or of a composite
 *   pbCipherText, cbCipherText   the encapsulation; not looked at when the size is asked for, but
 *                                pbCipherText must not be NULL
 *   pbSecretKey, cbSecretKey     receives the secret; NULL asks for its size
 *   pcbSecretKey                 receives its bytes
 *   dwFlags                      0
 *
 *   STATUS_SUCCESS               also for an encapsulation that was tampered with: the secret is
 *                                then a pseudo-random one (FIPS 203, implicit rejection)
 *   STATUS_INVALID_HANDLE        not a key, or a pair that is not finalized
 *   STATUS_INVALID_PARAMETER     hKey, pbCipherText or pcbSecretKey is NULL, a flag is set, there
 *                                is no private half, or what a composite has for its curve is no
 *                                point
 *   STATUS_INVALID_BUFFER_SIZE   cbCipherText is not that of the parameter set
 *   STATUS_NOT_SUPPORTED         a key that cannot decapsulate
 *   STATUS_BUFFER_TOO_SMALL      *pcbSecretKey is set
 *   STATUS_NO_MEMORY, STATUS_INTERNAL_ERROR
 *
 * Source: Microsoft Learn, BCryptDecapsulate. Tests: tests/test_mlkem.c,
 * test_composite_mlkem.c.
 */
NTSTATUS WINAPI BCryptDecapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbCipherText, ULONG cbCipherText,
                                  PUCHAR pbSecretKey, ULONG cbSecretKey, ULONG *pcbSecretKey,
                                  ULONG dwFlags)
{
    struct object *key;
    NTSTATUS status;

    TRACE("hKey %p, pbCipherText %p, cbCipherText %lu, pbSecretKey %p, cbSecretKey %lu, "
          "pcbSecretKey %p, dwFlags %#lx\n",
          hKey, (void *)pbCipherText, (unsigned long)cbCipherText, (void *)pbSecretKey,
          (unsigned long)cbSecretKey, (void *)pcbSecretKey, (unsigned long)dwFlags);

    if (!hKey) return STATUS_INVALID_PARAMETER;
    if (!(key = object_get(hKey, OBJECT_KEY))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_PARAMETER;
    if (!pcbSecretKey || !pbCipherText) goto done;

    status = key->calls->Decapsulate(key->provider_handle, pbCipherText, cbCipherText,
                                     pbSecretKey, cbSecretKey, pcbSecretKey, dwFlags);

done:
    object_put(key);
    wipe_registers();
    return status;
}
