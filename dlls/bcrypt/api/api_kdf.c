/*
 * api_kdf.c - keys from secrets, passwords and hashes.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api.h"
#include "router/composed.h"

/*
 * BCryptKeyDerivation - derives a key from a secret.
 *
 *   hKey             from BCryptGenerateSymmetricKey, of an algorithm for key derivation
 *   pParameterList   what the algorithm takes; its ulVersion is not looked at
 *   pbDerivedKey     receives the key
 *   cbDerivedKey     the bytes wanted, at least one; all of them are written, or none
 *   pcbResult        receives cbDerivedKey
 *   dwFlags          BCRYPT_CAPI_AES_FLAG with BCRYPT_CAPI_KDF_ALGORITHM
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      not a key
 *   STATUS_NOT_SUPPORTED       not a key of that interface; no such hash
 *   STATUS_INVALID_PARAMETER   pbDerivedKey or pcbResult is NULL, cbDerivedKey 0 or too large, a
 *                              flag unknown, a parameter missing or wrong; HKDF: the key is not
 *                              finalized
 *
 * Source: Microsoft Learn, BCryptKeyDerivation. Tests: tests/test_kdf.c.
 */
NTSTATUS WINAPI BCryptKeyDerivation(BCRYPT_KEY_HANDLE hKey, BCryptBufferDesc *pParameterList,
                                    PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG *pcbResult,
                                    ULONG dwFlags)
{
    struct object *key;
    NTSTATUS status;

    TRACE(
        "hKey %p, pParameterList %p, pbDerivedKey %p, cbDerivedKey %lu, pcbResult %p, "
        "dwFlags %#lx\n",
        hKey, (void *)pParameterList, (void *)pbDerivedKey, (unsigned long)cbDerivedKey,
        (void *)pcbResult, (unsigned long)dwFlags);

    if (!(key = object_get(hKey, OBJECT_KEY))) return STATUS_INVALID_HANDLE;

    status = STATUS_NOT_SUPPORTED;
    if (key->calls->interface_id != BCRYPT_KEY_DERIVATION_INTERFACE) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (!pbDerivedKey || !cbDerivedKey || !pcbResult) goto done;

    status = key->calls->KeyDerivation(key->provider_handle, pParameterList, pbDerivedKey,
                                       cbDerivedKey, pcbResult, dwFlags);

done:
    object_put(key);
    wipe_registers();
    return status;
}

/*
 * BCryptDeriveKeyPBKDF2 - derives a key from a password: RFC 8018 section 5.2.
 *
 *   hPrf                         a hash opened with BCRYPT_ALG_HANDLE_HMAC_FLAG, an HMAC
 *                                pseudo-handle, or AES-CMAC
 *   pbPassword, cbPassword       NULL with 0 is the empty one; any number of bytes, but with
 *                                AES-CMAC those of an AES key
 *   pbSalt, cbSalt               NULL with 0 is the empty one
 *   cIterations                  at least 1
 *   pbDerivedKey, cbDerivedKey   receives the key, at least one byte
 *   dwFlags                      0
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      hPrf is not an open algorithm
 *   STATUS_INVALID_PARAMETER   not a keyed hash; a pointer is NULL, a size or cIterations 0, a
 *                              flag set; a password that is no AES key, with AES-CMAC
 *   STATUS_NOT_SUPPORTED       a keyed hash that PBKDF2 has no use for, such as KMAC
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptDeriveKeyPBKDF2. Tests: tests/test_kdf_functions.c, test_mac.c.
 */
NTSTATUS WINAPI BCryptDeriveKeyPBKDF2(BCRYPT_ALG_HANDLE hPrf, PUCHAR pbPassword, ULONG cbPassword,
                                      PUCHAR pbSalt, ULONG cbSalt, ULONGLONG cIterations,
                                      PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG dwFlags)
{
    struct object *prf;
    NTSTATUS status;

    TRACE("hPrf %p, pbPassword %p, cbPassword %lu, pbSalt %p, cbSalt %lu, cIterations %llu, "
          "pbDerivedKey %p, cbDerivedKey %lu, dwFlags %#lx\n", hPrf, (void *)pbPassword,
          (unsigned long)cbPassword, (void *)pbSalt, (unsigned long)cbSalt, cIterations,
          (void *)pbDerivedKey, (unsigned long)cbDerivedKey, (unsigned long)dwFlags);

    if (!(prf = algorithm_get(hPrf))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_PARAMETER;
    if ((cbPassword && !pbPassword) || (cbSalt && !pbSalt) || !cIterations) goto done;
    if (!pbDerivedKey || !cbDerivedKey || dwFlags) goto done;
    if (prf->calls->interface_id != BCRYPT_HASH_INTERFACE) goto done;
    if (!composed_number(prf->calls, prf->provider_handle, BCRYPT_IS_KEYED_HASH)) goto done;

    status = composed_pbkdf2(prf, pbPassword, cbPassword, pbSalt, cbSalt, cIterations, pbDerivedKey,
                             cbDerivedKey);

done:
    object_put(prf);
    wipe_registers();
    return status;
}

/*
 * BCryptDeriveKeyCapi - derives a key from a hash, as CAPI's CryptDeriveKey does.
 *
 *   hHash                        a hash without a key, which is finished by this; a reusable one
 *                                begins anew
 *   hTargetAlg                   NULL, or the algorithm that the key is for: AES and triple DES
 *                                have it expanded unless the hash is of SHA-2
 *   pbDerivedKey, cbDerivedKey   receives the key: at least one byte, at most two digests
 *   dwFlags                      0
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      not a hash, or one that is finished; not an open algorithm
 *   STATUS_INVALID_PARAMETER   hHash or pbDerivedKey is NULL, cbDerivedKey 0 or too large, a flag
 *   STATUS_NOT_SUPPORTED       a hash whose digest has more than 64 bytes, or with a key
 *   STATUS_NO_MEMORY
 *
 * Documented: hHash NULL is STATUS_INVALID_HANDLE. Observed: STATUS_INVALID_PARAMETER.
 *
 * Source: Microsoft Learn, BCryptDeriveKeyCapi. Tests: tests/test_capi.c.
 */
NTSTATUS WINAPI BCryptDeriveKeyCapi(BCRYPT_HASH_HANDLE hHash, BCRYPT_ALG_HANDLE hTargetAlg,
                                    PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG dwFlags)
{
    struct object *hash, *target = NULL;
    NTSTATUS status;

    TRACE("hHash %p, hTargetAlg %p, pbDerivedKey %p, cbDerivedKey %lu, dwFlags %#lx\n", hHash,
          hTargetAlg, (void *)pbDerivedKey, (unsigned long)cbDerivedKey, (unsigned long)dwFlags);

    if (!hHash) return STATUS_INVALID_PARAMETER;
    if (!(hash = object_get(hHash, OBJECT_HASH))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_HANDLE;
    if (hTargetAlg && !(target = algorithm_get(hTargetAlg))) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (!pbDerivedKey || !cbDerivedKey || dwFlags) goto done;

    status = composed_capi(hash, target, pbDerivedKey, cbDerivedKey);

done:
    object_put(target);
    object_put(hash);
    wipe_registers();
    return status;
}
