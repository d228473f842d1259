/*
 * ncrypt_secret.c - agreed secrets, key derivation and encapsulation.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/ncrypt_api.h"

/* The finalized key; whatever comes back, *object is for object_put. */
static SECURITY_STATUS ready_key(NCRYPT_KEY_HANDLE handle, struct object **object,
                                 struct ksp_key **key)
{
    if (!(*key = key_get(handle, object))) return NTE_INVALID_HANDLE;
    return atomic_load(&(*key)->ready) ? 0 : NTE_BAD_KEY_STATE;
}

/*
 * NCryptSecretAgreement - the secret that two keys agree on.
 *
 *   hPrivKey, hPubKey   keys of ECDH or DH, on the same curve or with the same parameters
 *   phAgreedSecret      receives the handle, for NCryptFreeObject
 *   dwFlags             0, NCRYPT_SILENT_FLAG
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE      a key
 *   NTE_BAD_KEY_STATE       a key is not finalized
 *   NTE_PERM                NCRYPT_KEY_USAGE_PROPERTY does not allow it
 *   NTE_INVALID_PARAMETER   phAgreedSecret is NULL; the keys do not fit each other
 *   NTE_BAD_FLAGS, NTE_NOT_SUPPORTED, NTE_NO_MEMORY
 *
 * Source: Microsoft Learn, NCryptSecretAgreement. Tests: tests/test_ncrypt_secret.c.
 */
SECURITY_STATUS WINAPI NCryptSecretAgreement(NCRYPT_KEY_HANDLE hPrivKey, NCRYPT_KEY_HANDLE hPubKey,
                                             NCRYPT_SECRET_HANDLE *phAgreedSecret, DWORD dwFlags)
{
    struct object *private_object, *public_object = NULL, *secret = NULL;
    struct ksp_key *private_key, *public_key;
    SECURITY_STATUS status;
    void *value;

    TRACE("hPrivKey %p, hPubKey %p, phAgreedSecret %p, dwFlags %#lx\n", (void *)hPrivKey,
          (void *)hPubKey, (void *)phAgreedSecret, (unsigned long)dwFlags);

    if ((status = ready_key(hPrivKey, &private_object, &private_key))) goto done;
    if ((status = ready_key(hPubKey, &public_object, &public_key))) goto done;
    status = NTE_INVALID_PARAMETER;
    if (!phAgreedSecret) goto done;
    status = NTE_BAD_FLAGS;
    if (dwFlags & ~NCRYPT_SILENT_FLAG) goto done;
    if ((status = ksp_key_may(private_key, NCRYPT_ALLOW_KEY_AGREEMENT_FLAG))) goto done;

    status = NTE_NO_MEMORY;
    if (!(secret = object_new(&agreed_secret_kind, NULL, 0))) goto done;
    status = nte(BCryptSecretAgreement(private_key->key, public_key->key,
                                       &secret->provider_handle, 0));
    if (status) goto done;
    object_publish(secret, &value);
    *phAgreedSecret = (NCRYPT_SECRET_HANDLE)value;
    secret = NULL;                              /* the handle owns it now */

done:
    object_free(secret);
    object_put(public_object);
    object_put(private_object);
    wipe_registers();
    return status;
}

/*
 * NCryptDeriveKey - a key from an agreed secret.
 *
 *   pwszKDF, pParameterList   as for BCryptDeriveKey
 *   pbDerivedKey, pcbResult   receive it; NULL asks for its size
 *   dwFlags                   KDF_USE_SECRET_AS_HMAC_KEY_FLAG, NCRYPT_SILENT_FLAG
 *
 *   ERROR_SUCCESS, NTE_INVALID_HANDLE (the secret), NTE_BUFFER_TOO_SMALL, and BCryptDeriveKey's
 *   statuses as those of key storage
 *
 * Source: Microsoft Learn, NCryptDeriveKey. Tests: tests/test_ncrypt_secret.c.
 */
SECURITY_STATUS WINAPI NCryptDeriveKey(NCRYPT_SECRET_HANDLE hSharedSecret, LPCWSTR pwszKDF,
                                       NCryptBufferDesc *pParameterList, PBYTE pbDerivedKey,
                                       DWORD cbDerivedKey, DWORD *pcbResult, ULONG dwFlags)
{
    struct object *secret;
    SECURITY_STATUS status;

    TRACE("hSharedSecret %p, pwszKDF %s, pParameterList %p, pbDerivedKey %p, cbDerivedKey %lu, "
          "pcbResult %p, dwFlags %#lx\n", (void *)hSharedSecret, trace_string(pwszKDF),
          (void *)pParameterList, (void *)pbDerivedKey, (unsigned long)cbDerivedKey,
          (void *)pcbResult, (unsigned long)dwFlags);

    if (!(secret = handle_get(hSharedSecret, OBJECT_SECRET))) return NTE_INVALID_HANDLE;
    status = nte(BCryptDeriveKey(secret->provider_handle, pwszKDF, pParameterList, pbDerivedKey,
                                 cbDerivedKey, pcbResult, dwFlags & ~NCRYPT_SILENT_FLAG));
    object_put(secret);
    wipe_registers();
    return status;
}

/*
 * NCryptKeyDerivation - a key from a key of key derivation.
 *
 *   hKey   of SP800_108_CTR_HMAC, SP800_56A_CONCAT, PBKDF2 or CAPI_KDF
 *   others as for BCryptKeyDerivation; dwFlags may have NCRYPT_SILENT_FLAG
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE, NTE_BAD_KEY_STATE
 *   BCryptKeyDerivation's statuses as those of key storage
 *
 * Source: Microsoft Learn, NCryptKeyDerivation. Tests: tests/test_ncrypt_secret.c.
 */
SECURITY_STATUS WINAPI NCryptKeyDerivation(NCRYPT_KEY_HANDLE hKey, NCryptBufferDesc *pParameterList,
                                           PUCHAR pbDerivedKey, DWORD cbDerivedKey,
                                           DWORD *pcbResult, ULONG dwFlags)
{
    struct object *object;
    struct ksp_key *key;
    SECURITY_STATUS status;

    TRACE("hKey %p, pParameterList %p, pbDerivedKey %p, cbDerivedKey %lu, pcbResult %p, "
          "dwFlags %#lx\n", (void *)hKey, (void *)pParameterList, (void *)pbDerivedKey,
          (unsigned long)cbDerivedKey, (void *)pcbResult, (unsigned long)dwFlags);

    if (!(status = ready_key(hKey, &object, &key)))
        status = nte(BCryptKeyDerivation(key->key, pParameterList, pbDerivedKey, cbDerivedKey,
                                         pcbResult, dwFlags & ~NCRYPT_SILENT_FLAG));
    object_put(object);
    wipe_registers();
    return status;
}

/*
 * NCryptEncapsulate - a secret, and what the holder of an ML-KEM key makes it of.
 *
 *   others as for BCryptEncapsulate; dwFlags may have NCRYPT_SILENT_FLAG
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE, NTE_BAD_KEY_STATE
 *   BCryptEncapsulate's statuses as those of key storage
 *
 * Source: Microsoft Learn, NCryptEncapsulate. Tests: tests/test_ncrypt_secret.c.
 */
SECURITY_STATUS WINAPI NCryptEncapsulate(NCRYPT_KEY_HANDLE hKey, PBYTE pbSecretKey,
                                         ULONG cbSecretKey, ULONG *pcbSecretKey,
                                         PBYTE pbCipherText, ULONG cbCipherText,
                                         ULONG *pcbCipherText, ULONG dwFlags)
{
    struct object *object;
    struct ksp_key *key;
    SECURITY_STATUS status;

    TRACE("hKey %p, pbSecretKey %p, cbSecretKey %lu, pcbSecretKey %p, pbCipherText %p, "
          "cbCipherText %lu, pcbCipherText %p, dwFlags %#lx\n", (void *)hKey, (void *)pbSecretKey,
          (unsigned long)cbSecretKey, (void *)pcbSecretKey, (void *)pbCipherText,
          (unsigned long)cbCipherText, (void *)pcbCipherText, (unsigned long)dwFlags);

    if (!(status = ready_key(hKey, &object, &key)))
        status = nte(BCryptEncapsulate(key->key, pbSecretKey, cbSecretKey, pcbSecretKey,
                                       pbCipherText, cbCipherText, pcbCipherText,
                                       dwFlags & ~NCRYPT_SILENT_FLAG));
    object_put(object);
    wipe_registers();
    return status;
}

/*
 * NCryptDecapsulate - the secret of what NCryptEncapsulate gave.
 *
 *   others as for BCryptDecapsulate; dwFlags may have NCRYPT_SILENT_FLAG
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE, NTE_BAD_KEY_STATE
 *   NTE_NO_KEY              the key is a public one
 *   BCryptDecapsulate's statuses as those of key storage
 *
 * Source: Microsoft Learn, NCryptDecapsulate. Tests: tests/test_ncrypt_secret.c.
 */
SECURITY_STATUS WINAPI NCryptDecapsulate(NCRYPT_KEY_HANDLE hKey, PBYTE pbCipherText,
                                         ULONG cbCipherText, PBYTE pbSecretKey, ULONG cbSecretKey,
                                         ULONG *pcbSecretKey, ULONG dwFlags)
{
    struct object *object;
    struct ksp_key *key;
    SECURITY_STATUS status;

    TRACE("hKey %p, pbCipherText %p, cbCipherText %lu, pbSecretKey %p, cbSecretKey %lu, "
          "pcbSecretKey %p, dwFlags %#lx\n", (void *)hKey, (void *)pbCipherText,
          (unsigned long)cbCipherText, (void *)pbSecretKey, (unsigned long)cbSecretKey,
          (void *)pcbSecretKey, (unsigned long)dwFlags);

    status = ready_key(hKey, &object, &key);
    if (!status && !key->is_private) status = NTE_NO_KEY;
    if (!status)
        status = nte(BCryptDecapsulate(key->key, pbCipherText, cbCipherText, pbSecretKey,
                                       cbSecretKey, pcbSecretKey, dwFlags & ~NCRYPT_SILENT_FLAG));
    object_put(object);
    wipe_registers();
    return status;
}
