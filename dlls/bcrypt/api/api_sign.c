/*
 * api_sign.c - signing and verifying.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api.h"

/*
 * BCryptSignHash - signs a digest.
 *
 *   hKey                 a key pair that signs
 *   pPaddingInfo         BCRYPT_PKCS1_PADDING_INFO or BCRYPT_PSS_PADDING_INFO with RSA;
 *                        BCRYPT_PQDSA_PADDING_INFO with BCRYPT_PAD_PQDSA; otherwise NULL
 *   pbInput, cbInput     the digest; DSA: as long as q. ML-DSA and SLH-DSA: the message, a digest
 *                        of it (pszPrehashAlgId), or mu
 *   pbOutput, cbOutput   receives the signature; NULL asks for its size, which a public key answers
 *   pcbResult            receives its bytes; of a composite they may be fewer than the size that
 *                        was asked for
 *   dwFlags              BCRYPT_PAD_PKCS1 or BCRYPT_PAD_PSS with RSA; 0, BCRYPT_PAD_PQDSA or
 *                        BCRYPT_MLDSA_EXTERNAL_MU with ML-DSA and SLH-DSA; otherwise 0
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      not a key, or a pair that is not finalized
 *   STATUS_NOT_SUPPORTED       a key that cannot sign, as those of LMS and XMSS; a hash that is
 *                              unknown or not for this scheme; mu, where the algorithm has none
 *   STATUS_INVALID_PARAMETER   a pointer, size or flag is wrong; no private half
 *   STATUS_BUFFER_TOO_SMALL    *pcbResult is what is needed
 *   STATUS_NO_MEMORY, STATUS_INTERNAL_ERROR
 *
 * Source: Microsoft Learn, BCryptSignHash. Tests: tests/test_rsa.c, test_ecc.c, test_dsa.c.
 */
NTSTATUS WINAPI BCryptSignHash(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbInput,
                               ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                               ULONG dwFlags)
{
    struct object *key;
    NTSTATUS status;

    TRACE("hKey %p, pPaddingInfo %p, pbInput %p, cbInput %lu, pbOutput %p, cbOutput %lu, "
          "pcbResult %p, dwFlags %#lx\n",
          hKey, pPaddingInfo, (void *)pbInput, (unsigned long)cbInput, (void *)pbOutput,
          (unsigned long)cbOutput, (void *)pcbResult, (unsigned long)dwFlags);

    if (!(key = object_get(hKey, OBJECT_KEY))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_PARAMETER;
    if (!pcbResult || (cbInput && !pbInput && pbOutput)) goto done;

    status = key->calls->SignHash(key->provider_handle, pPaddingInfo, pbInput, cbInput,
                                  pbOutput, cbOutput, pcbResult, dwFlags);

done:
    object_put(key);
    wipe_registers();
    return status;
}

/*
 * BCryptVerifySignature - checks a signature of a digest.
 *
 *   hKey                       a key of an algorithm that signs; the public half is enough
 *   pPaddingInfo, dwFlags      as for BCryptSignHash; RSA: also BCRYPT_PAD_PKCS1_OPTIONAL_HASH_OID
 *   pbHash, cbHash             as pbInput, cbInput of BCryptSignHash; LMS and XMSS: the message
 *   pbSignature, cbSignature   the signature
 *
 *   STATUS_SUCCESS             it is right
 *   STATUS_INVALID_SIGNATURE   it is not, or a PSS salt or digest has no room in it; ECDSA: also a
 *                              cbSignature that no signature of the curve has
 *   STATUS_INVALID_HANDLE      not a key, or a pair that is not finalized
 *   STATUS_NOT_SUPPORTED       a key that cannot verify, or as for BCryptSignHash
 *   STATUS_INVALID_PARAMETER   a pointer, size or flag is wrong, but for ECDSA's cbSignature; a PSS
 *                              salt or digest is longer than the modulus
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptVerifySignature. Tests: tests/test_rsa.c, test_ecc.c, test_dsa.c.
 */
NTSTATUS WINAPI BCryptVerifySignature(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbHash,
                                      ULONG cbHash, PUCHAR pbSignature, ULONG cbSignature,
                                      ULONG dwFlags)
{
    struct object *key;
    NTSTATUS status;

    TRACE("hKey %p, pPaddingInfo %p, pbHash %p, cbHash %lu, pbSignature %p, cbSignature %lu, "
          "dwFlags %#lx\n", hKey, pPaddingInfo, (void *)pbHash, (unsigned long)cbHash,
          (void *)pbSignature, (unsigned long)cbSignature, (unsigned long)dwFlags);

    if (!(key = object_get(hKey, OBJECT_KEY))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_PARAMETER;
    if ((cbHash && !pbHash) || (cbSignature && !pbSignature)) goto done;

    status = key->calls->VerifySignature(key->provider_handle, pPaddingInfo, pbHash, cbHash,
                                         pbSignature, cbSignature, dwFlags);

done:
    object_put(key);
    return status;
}
