/*
 * ksp_signer.c - the key that signs for a key.
 *
 * A key of ECDH signs as one of ECDSA: Windows imports PKCS #8 without a usage as ECDH's, and
 * .NET's ECDsa signs with it. bcrypt.dll keeps them apart, so such a key gets a companion at the
 * first signature.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/ksp.h"

#include "platform/memory.h"

/* The blob of an ECDH key as ECDSA's: only the magic differs. */
static SECURITY_STATUS companion(struct ksp_key *key)
{
    bool is_generic = key->algorithm->lengths.dwIncrement != 0;
    WCHAR id[16] = L"ECDSA", curve[128] = L"";
    LPCWSTR type = key->is_private ? BCRYPT_ECCPRIVATE_BLOB : BCRYPT_ECCPUBLIC_BLOB;
    BCRYPT_ALG_HANDLE open = NULL;
    SECURITY_STATUS status;
    uint8_t *blob;
    ULONG bytes, size;

    memcpy(id + 5, key->algorithm->id + 4, name_bytes(key->algorithm->id + 4));   /* "_P256" */
    if (is_generic && (BCryptGetProperty(key->key, BCRYPT_ECC_CURVE_NAME, (PUCHAR)curve,
                                         sizeof(curve), &size, 0) || !curve[0]))
        type = key->is_private ? BCRYPT_ECCFULLPRIVATE_BLOB : BCRYPT_ECCFULLPUBLIC_BLOB;

    if ((status = ksp_key_blob(key, type, &blob, &bytes, NULL))) return status;
    blob[2] = is_generic ? 'D' : 'S';           /* ECKP is ECDP then, ECK1 is ECS1 */
    status = nte(BCryptOpenAlgorithmProvider(&open, id, MS_PRIMITIVE_PROVIDER, 0));
    if (!status && is_generic && curve[0])
        status = nte(BCryptSetProperty(open, BCRYPT_ECC_CURVE_NAME, (PUCHAR)curve,
                                       name_bytes(curve), 0));
    if (!status)
        status = nte(BCryptImportKeyPair(open, NULL, type, &key->signer, blob, bytes,
                                         BCRYPT_NO_KEY_VALIDATION));
    if (open) BCryptCloseAlgorithmProvider(open, 0);
    memory_put(blob, bytes);
    return status;
}

SECURITY_STATUS ksp_signer(struct ksp_key *key, BCRYPT_KEY_HANDLE *signer)
{
    SECURITY_STATUS status = 0;

    if (!names_equal(key->algorithm->group, NCRYPT_ECDH_ALGORITHM_GROUP))
    {
        *signer = key->key;
        return 0;
    }
    platform_lock_acquire(&key->lock);
    if (!key->signer) status = companion(key);
    *signer = key->signer;
    platform_lock_release(&key->lock);
    return status;
}
