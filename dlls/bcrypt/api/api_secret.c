/*
 * api_secret.c - agreeing on a secret, and keys from it.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api.h"

/*
 * BCryptSecretAgreement - agrees on a secret from one side's private and the other's public key.
 *
 *   hPrivKey         a DH or ECDH key pair
 *   hPubKey          a key of the same group or curve and the same provider; may be the same key
 *   phAgreedSecret   receives the secret's handle, for BCryptDestroySecret; the secret does not
 *                    need the keys any more
 *   dwFlags          0
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      one is not a key, or not finalized
 *   STATUS_NOT_SUPPORTED       keys that cannot agree
 *   STATUS_INVALID_PARAMETER   phAgreedSecret is NULL, a flag is set, hPrivKey has no private half,
 *                              the keys do not belong together, or DH gives 0 (1 is accepted)
 *   STATUS_NO_MEMORY           also when no handle is left
 *
 * Source: Microsoft Learn, BCryptSecretAgreement. Tests: tests/test_secret.c.
 */
NTSTATUS WINAPI BCryptSecretAgreement(BCRYPT_KEY_HANDLE hPrivKey, BCRYPT_KEY_HANDLE hPubKey,
                                      BCRYPT_SECRET_HANDLE *phAgreedSecret, ULONG dwFlags)
{
    struct object *own, *peer, *secret = NULL;
    NTSTATUS status;

    TRACE("hPrivKey %p, hPubKey %p, phAgreedSecret %p, dwFlags %#lx\n", hPrivKey, hPubKey,
          (void *)phAgreedSecret, (unsigned long)dwFlags);

    if (!(own = object_get(hPrivKey, OBJECT_KEY))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_HANDLE;
    if (!(peer = object_get(hPubKey, OBJECT_KEY))) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (!phAgreedSecret) goto done;

    status = STATUS_NOT_SUPPORTED;
    if (own->calls->interface_id != BCRYPT_SECRET_AGREEMENT_INTERFACE ||
        peer->calls->interface_id != BCRYPT_SECRET_AGREEMENT_INTERFACE) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (!algorithm_go_together(own->calls, peer->calls)) goto done;

    status = STATUS_NO_MEMORY;
    if (!(secret = object_new(&secret_kind, own->parent, 0))) goto done;

    status = own->calls->SecretAgreement(own->provider_handle, peer->provider_handle,
                                         &secret->provider_handle, dwFlags);
    if ((status = algorithm_made(&secret->provider_handle, status))) goto done;

    object_publish(secret, phAgreedSecret);
    secret = NULL;

done:
    object_free(secret);
    object_put(peer);
    object_put(own);
    wipe_registers();
    return status;
}

/*
 * BCryptDeriveKey - derives a key from an agreed secret.
 *
 *   pwszKDF                      BCRYPT_KDF_HASH, _HMAC, _TLS_PRF, _SP80056A_CONCAT, _RAW_SECRET,
 *                                _HKDF
 *   pParameterList               what the function takes; its ulVersion is not looked at
 *   pbDerivedKey, cbDerivedKey   receives the key; NULL asks for its size. _SP80056A_CONCAT and
 *                                _HKDF give as many bytes as are asked for, and so their size is
 *                                cbDerivedKey. The others have a size of their own: a shorter
 *                                buffer gets the first bytes, the rest of a longer one stays as it
 *                                is
 *   pcbResult                    receives the bytes written
 *   dwFlags                      KDF_USE_SECRET_AS_HMAC_KEY_FLAG, which BCRYPT_KDF_HMAC alone heeds
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      not a secret
 *   STATUS_INVALID_PARAMETER   pwszKDF or pcbResult is NULL, a flag is unknown, a parameter is
 *                              missing or wrong; HKDF: the secret is not finalized, or too many
 *                              bytes are asked for
 *   STATUS_NOT_SUPPORTED       no such function or hash
 *
 * Source: Microsoft Learn, BCryptDeriveKey. Tests: tests/test_secret.c.
 */
NTSTATUS WINAPI BCryptDeriveKey(BCRYPT_SECRET_HANDLE hSharedSecret, LPCWSTR pwszKDF,
                                BCryptBufferDesc *pParameterList, PUCHAR pbDerivedKey,
                                ULONG cbDerivedKey, ULONG *pcbResult, ULONG dwFlags)
{
    struct object *secret;
    NTSTATUS status;

    TRACE("hSharedSecret %p, pwszKDF %s, pParameterList %p, pbDerivedKey %p, cbDerivedKey %lu, "
          "pcbResult %p, dwFlags %#lx\n",
          hSharedSecret, trace_string(pwszKDF), (void *)pParameterList, (void *)pbDerivedKey,
          (unsigned long)cbDerivedKey, (void *)pcbResult, (unsigned long)dwFlags);

    if (!(secret = object_get(hSharedSecret, OBJECT_SECRET))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_PARAMETER;
    if (!pwszKDF || !pcbResult) goto done;

    status = secret->calls->DeriveKey(secret->provider_handle, pwszKDF, pParameterList,
                                      pbDerivedKey, cbDerivedKey, pcbResult, dwFlags);

done:
    object_put(secret);
    wipe_registers();
    return status;
}

/*
 * BCryptDestroySecret - ends a secret handle; the secret is wiped.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE   NULL, destroyed before, or not a secret
 *
 * Source: Microsoft Learn, BCryptDestroySecret. Tests: tests/test_secret.c.
 */
NTSTATUS WINAPI BCryptDestroySecret(BCRYPT_SECRET_HANDLE hSecret)
{
    TRACE("hSecret %p\n", hSecret);

    return object_retire(hSecret, OBJECT_SECRET) ? STATUS_SUCCESS : STATUS_INVALID_HANDLE;
}
