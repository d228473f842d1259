/*
 * hkdf_steps.c - HKDF in steps: a hash is chosen, the secret finalized, then keys come out.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/kdf/hkdf_steps.h"

#define SHA1_BYTES 20

/* Windows has no HKDF with MD5, and so none with MD2 and MD4. */
NTSTATUS kdf_hkdf_set_hash(struct kdf_hkdf *hkdf, const UCHAR *value, ULONG bytes)
{
    struct kdf_part part = { value, bytes };
    WCHAR name[KDF_NAME_CHARACTERS];
    const struct digest *digest;
    NTSTATUS status;

    if (!value || hkdf->finalized) return STATUS_INVALID_PARAMETER;
    if ((status = kdf_name(&part, name))) return status;
    if (!(digest = hash_digest_by_name(name)) || digest->digest_bytes < SHA1_BYTES)
        return STATUS_NOT_SUPPORTED;
    hkdf->digest = digest;
    memcpy(hkdf->name, name, name_bytes(name));
    return STATUS_SUCCESS;
}

NTSTATUS kdf_hkdf_set_salt(struct kdf_hkdf *hkdf, const struct kdf_part *secret, const UCHAR *value,
                           ULONG bytes)
{
    if ((!value && bytes) || !hkdf->digest || hkdf->finalized) return STATUS_INVALID_PARAMETER;
    hkdf_extract(hkdf->digest, value, bytes, secret->data, secret->bytes, hkdf->prk);
    hkdf->extracted = true;
    hkdf->finalized = true;
    return STATUS_SUCCESS;
}

NTSTATUS kdf_hkdf_set_prk(struct kdf_hkdf *hkdf, const UCHAR *value, ULONG bytes)
{
    if (value || bytes || !hkdf->digest || hkdf->finalized) return STATUS_INVALID_PARAMETER;
    hkdf->finalized = true;
    return STATUS_SUCCESS;
}

struct kdf_part kdf_hkdf_prk(const struct kdf_hkdf *hkdf, const struct kdf_part *secret)
{
    struct kdf_part prk = *secret;

    if (hkdf->extracted)
    {
        prk.data = hkdf->prk;
        prk.bytes = hkdf->digest->digest_bytes;
    }
    return prk;
}

NTSTATUS kdf_hkdf_derive(const struct kdf_hkdf *hkdf, const struct kdf_part *secret,
                         const struct kdf_parameters *parameters, UCHAR *out, ULONG bytes)
{
    struct kdf_part info, prk;

    if (!hkdf->finalized || bytes > 255 * hkdf->digest->digest_bytes)
    {
        return STATUS_INVALID_PARAMETER;
    }
    kdf_parameter(parameters, KDF_HKDF_INFO, &info);
    prk = kdf_hkdf_prk(hkdf, secret);
    hkdf_expand(hkdf->digest, prk.data, prk.bytes, info.data, info.bytes, out, bytes);
    return STATUS_SUCCESS;
}
