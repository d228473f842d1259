/*
 * ncrypt_crypt.c - signatures and encryption.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/ncrypt_api.h"

/* The key, finalized and with a usage allowed; NTE_INVALID_HANDLE, NTE_BAD_KEY_STATE, NTE_PERM.
 * Whatever comes back, *object is for object_put. */
static SECURITY_STATUS key_for(NCRYPT_KEY_HANDLE handle, ULONG usage, struct object **object,
                               struct ksp_key **key)
{
    if (!(*key = key_get(handle, object))) return NTE_INVALID_HANDLE;
    if (!atomic_load_explicit(&(*key)->ready, memory_order_acquire)) return NTE_BAD_KEY_STATE;
    return usage ? ksp_key_may(*key, usage) : 0;
}

/*
 * NCryptSignHash - signs a hash, or with ML-DSA a message.
 *
 *   pPaddingInfo             of NCRYPT_PAD_PKCS1_FLAG, NCRYPT_PAD_PSS_FLAG, NCRYPT_PAD_PQDSA_FLAG
 *   pbHashValue              what is signed
 *   pbSignature, pcbResult   receive the signature; NULL asks for its size
 *   dwFlags                  one of those flags, or none; NCRYPT_SILENT_FLAG
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE      hKey
 *   NTE_BAD_KEY_STATE       the key is not finalized
 *   NTE_PERM                NCRYPT_KEY_USAGE_PROPERTY does not allow it
 *   NTE_BAD_FLAGS
 *   NTE_INVALID_PARAMETER   pcbResult is NULL; what BCryptSignHash says so of
 *   NTE_NOT_SUPPORTED       the algorithm does not sign
 *   NTE_BUFFER_TOO_SMALL    *pcbResult is set
 *   HRESULT_FROM_WIN32(RPC_X_NULL_REF_POINTER)   pbHashValue is NULL and its size is not 0
 *
 * Source: Microsoft Learn, NCryptSignHash. Tests: tests/test_ncrypt_crypt.c.
 */
SECURITY_STATUS WINAPI NCryptSignHash(NCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PBYTE pbHashValue,
                                      DWORD cbHashValue, PBYTE pbSignature, DWORD cbSignature,
                                      DWORD *pcbResult, DWORD dwFlags)
{
    const DWORD allowed = NCRYPT_PAD_PKCS1_FLAG | NCRYPT_PAD_PSS_FLAG | NCRYPT_PAD_PQDSA_FLAG |
                          NCRYPT_SILENT_FLAG;
    BCRYPT_KEY_HANDLE signer;
    struct object *object;
    struct ksp_key *key;
    SECURITY_STATUS status;

    TRACE("hKey %p, pPaddingInfo %p, pbHashValue %p, cbHashValue %lu, pbSignature %p, "
          "cbSignature %lu, pcbResult %p, dwFlags %#lx\n", (void *)hKey, pPaddingInfo,
          (void *)pbHashValue, (unsigned long)cbHashValue, (void *)pbSignature,
          (unsigned long)cbSignature, (void *)pcbResult, (unsigned long)dwFlags);

    if ((status = key_for(hKey, NCRYPT_ALLOW_SIGNING_FLAG, &object, &key))) goto done;
    status = NTE_BAD_FLAGS;
    if (dwFlags & ~allowed) goto done;
    status = NTE_NULL_REFERENCE;
    if (!pbHashValue && cbHashValue) goto done;

    if ((status = ksp_signer(key, &signer))) goto done;
    status = nte(BCryptSignHash(signer, pPaddingInfo, pbHashValue, cbHashValue, pbSignature,
                                cbSignature, pcbResult, dwFlags & ~NCRYPT_SILENT_FLAG));

done:
    object_put(object);
    return status;
}

/*
 * NCryptVerifySignature - checks a signature.
 *
 *   pPaddingInfo, dwFlags   as for NCryptSignHash
 *
 *   ERROR_SUCCESS
 *   NTE_BAD_SIGNATURE
 *   NTE_INVALID_HANDLE      hKey
 *   NTE_BAD_KEY_STATE       the key is not finalized
 *   NTE_BAD_FLAGS
 *   NTE_INVALID_PARAMETER   RSA without padding; a hash or a signature of a wrong length
 *   NTE_NOT_SUPPORTED       the algorithm does not sign
 *   HRESULT_FROM_WIN32(RPC_X_NULL_REF_POINTER)   a pointer is NULL and its size is not 0
 *
 * Source: Microsoft Learn, NCryptVerifySignature; Wine's tests. Tests: tests/test_ncrypt_crypt.c.
 */
SECURITY_STATUS WINAPI NCryptVerifySignature(NCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo,
                                             PBYTE pbHashValue, DWORD cbHashValue,
                                             PBYTE pbSignature, DWORD cbSignature, DWORD dwFlags)
{
    const DWORD allowed = NCRYPT_PAD_PKCS1_FLAG | NCRYPT_PAD_PSS_FLAG | NCRYPT_PAD_PQDSA_FLAG |
                          NCRYPT_SILENT_FLAG;
    BCRYPT_KEY_HANDLE signer;
    struct object *object;
    struct ksp_key *key;
    SECURITY_STATUS status;

    TRACE("hKey %p, pPaddingInfo %p, pbHashValue %p, cbHashValue %lu, pbSignature %p, "
          "cbSignature %lu, dwFlags %#lx\n", (void *)hKey, pPaddingInfo, (void *)pbHashValue,
          (unsigned long)cbHashValue, (void *)pbSignature, (unsigned long)cbSignature,
          (unsigned long)dwFlags);

    if ((status = key_for(hKey, 0, &object, &key))) goto done;
    status = NTE_BAD_FLAGS;
    if (dwFlags & ~allowed) goto done;
    status = NTE_NULL_REFERENCE;
    if ((!pbHashValue && cbHashValue) || (!pbSignature && cbSignature)) goto done;

    if ((status = ksp_signer(key, &signer))) goto done;
    status = nte(BCryptVerifySignature(signer, pPaddingInfo, pbHashValue, cbHashValue, pbSignature,
                                       cbSignature, dwFlags & ~NCRYPT_SILENT_FLAG));
    /* RSA's signatures have one length, and another is no signature but a mistake: Wine's tests. */
    if (status == NTE_BAD_SIGNATURE && key->algorithm->family == KSP_RSA &&
        cbSignature != (atomic_load(&key->bits) + 7) / 8) status = NTE_INVALID_PARAMETER;

done:
    object_put(object);
    return status;
}

static SECURITY_STATUS crypt(NCRYPT_KEY_HANDLE handle, bool encrypt, PBYTE input, DWORD bytes,
                             VOID *info, PBYTE output, DWORD room, DWORD *result, DWORD flags)
{
    const DWORD allowed = NCRYPT_NO_PADDING_FLAG | NCRYPT_PAD_PKCS1_FLAG | NCRYPT_PAD_OAEP_FLAG |
                          NCRYPT_PAD_CIPHER_FLAG | NCRYPT_SILENT_FLAG;
    struct object *object;
    struct ksp_key *key;
    SECURITY_STATUS status;

    status = key_for(handle, encrypt ? 0 : NCRYPT_ALLOW_DECRYPT_FLAG, &object, &key);
    if (status) goto done;
    status = NTE_BAD_FLAGS;
    if (flags & ~allowed) goto done;
    status = NTE_INVALID_PARAMETER;
    if (!result || (!input && bytes)) goto done;

    flags &= ~NCRYPT_SILENT_FLAG;
    if (key->algorithm->family == KSP_CIPHER)
        status = ksp_cipher(key, encrypt, input, bytes, info, output, room, result, flags);
    else if (encrypt)
        status = nte(BCryptEncrypt(key->key, input, bytes, info, NULL, 0, output, room, result,
                                   flags));
    else
        status = nte(BCryptDecrypt(key->key, input, bytes, info, NULL, 0, output, room, result,
                                   flags));

done:
    object_put(object);
    wipe_registers();
    return status;
}

/*
 * NCryptEncrypt - encrypts with an RSA key or a cipher's.
 *
 *   pPaddingInfo           of NCRYPT_PAD_OAEP_FLAG, NCRYPT_PAD_CIPHER_FLAG
 *   pbOutput, pcbResult    receive the result; NULL asks for its size
 *   dwFlags                NCRYPT_NO_PADDING_FLAG, NCRYPT_PAD_PKCS1_FLAG, NCRYPT_PAD_OAEP_FLAG,
 *                          NCRYPT_PAD_CIPHER_FLAG; NCRYPT_SILENT_FLAG
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE      hKey
 *   NTE_BAD_KEY_STATE       the key is not finalized
 *   NTE_BAD_FLAGS
 *   NTE_INVALID_PARAMETER   a pointer is NULL; what BCryptEncrypt says so of
 *   NTE_NOT_SUPPORTED       the algorithm does not encrypt
 *   NTE_BUFFER_TOO_SMALL    *pcbResult is set
 *
 * Source: Microsoft Learn, NCryptEncrypt; Wine's tests. Tests: tests/test_ncrypt_crypt.c.
 */
SECURITY_STATUS WINAPI NCryptEncrypt(NCRYPT_KEY_HANDLE hKey, PBYTE pbInput, DWORD cbInput,
                                     VOID *pPaddingInfo, PBYTE pbOutput, DWORD cbOutput,
                                     DWORD *pcbResult, DWORD dwFlags)
{
    TRACE("hKey %p, pbInput %p, cbInput %lu, pPaddingInfo %p, pbOutput %p, cbOutput %lu, "
          "pcbResult %p, dwFlags %#lx\n", (void *)hKey, (void *)pbInput, (unsigned long)cbInput,
          pPaddingInfo, (void *)pbOutput, (unsigned long)cbOutput, (void *)pcbResult,
          (unsigned long)dwFlags);

    return crypt(hKey, true, pbInput, cbInput, pPaddingInfo, pbOutput, cbOutput, pcbResult,
                 dwFlags);
}

/*
 * NCryptDecrypt - decrypts; its arguments and statuses are NCryptEncrypt's, and
 *
 *   NTE_PERM   NCRYPT_KEY_USAGE_PROPERTY does not allow it
 *
 * Source: Microsoft Learn, NCryptDecrypt. Tests: tests/test_ncrypt_crypt.c.
 */
SECURITY_STATUS WINAPI NCryptDecrypt(NCRYPT_KEY_HANDLE hKey, PBYTE pbInput, DWORD cbInput,
                                     VOID *pPaddingInfo, PBYTE pbOutput, DWORD cbOutput,
                                     DWORD *pcbResult, DWORD dwFlags)
{
    TRACE("hKey %p, pbInput %p, cbInput %lu, pPaddingInfo %p, pbOutput %p, cbOutput %lu, "
          "pcbResult %p, dwFlags %#lx\n", (void *)hKey, (void *)pbInput, (unsigned long)cbInput,
          pPaddingInfo, (void *)pbOutput, (unsigned long)cbOutput, (void *)pcbResult,
          (unsigned long)dwFlags);

    return crypt(hKey, false, pbInput, cbInput, pPaddingInfo, pbOutput, cbOutput, pcbResult,
                 dwFlags);
}
