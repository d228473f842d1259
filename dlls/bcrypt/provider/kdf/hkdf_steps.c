/*
 * hkdf_steps.c - HKDF in steps: a hash is chosen, the secret finalized, then keys come out.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/kdf/hkdf_steps.h"

#define SHA1_BYTES 20

static bool is_finalized(const struct kdf_hkdf *hkdf)
{
    return atomic_load_explicit(&hkdf->finalized, memory_order_relaxed);
}

/* The lock is held. */
static void finalize(struct kdf_hkdf *hkdf)
{
    atomic_store_explicit(&hkdf->finalized, true, memory_order_release);
}

/* Windows has no HKDF with MD5, and so none with MD2 and MD4. */
NTSTATUS kdf_hkdf_set_hash(struct kdf_hkdf *hkdf, const UCHAR *value, ULONG bytes)
{
    struct kdf_part part = { value, bytes };
    WCHAR name[KDF_NAME_CHARACTERS];
    const struct digest *digest;
    NTSTATUS status;

    if (!value || kdf_hkdf_finalized(hkdf)) return STATUS_INVALID_PARAMETER;
    if ((status = kdf_name(&part, name))) return status;
    if (!(digest = hash_digest_by_name(name)) || digest->digest_bytes < SHA1_BYTES)
        return STATUS_NOT_SUPPORTED;

    platform_lock_acquire(&hkdf->lock);
    if (is_finalized(hkdf)) status = STATUS_INVALID_PARAMETER;
    else
    {
        hkdf->digest = digest;
        memcpy(hkdf->name, name, name_bytes(name));
    }
    platform_lock_release(&hkdf->lock);
    return status;
}

NTSTATUS kdf_hkdf_set_salt(struct kdf_hkdf *hkdf, const struct kdf_part *secret, const UCHAR *value,
                           ULONG bytes)
{
    NTSTATUS status = STATUS_INVALID_PARAMETER;

    if (!value && bytes) return status;

    platform_lock_acquire(&hkdf->lock);
    if (hkdf->digest && !is_finalized(hkdf))
    {
        hkdf_extract(hkdf->digest, value, bytes, secret->data, secret->bytes, hkdf->prk);
        hkdf->extracted = true;
        finalize(hkdf);
        status = STATUS_SUCCESS;
    }
    platform_lock_release(&hkdf->lock);
    return status;
}

NTSTATUS kdf_hkdf_set_prk(struct kdf_hkdf *hkdf, const UCHAR *value, ULONG bytes)
{
    NTSTATUS status = STATUS_INVALID_PARAMETER;

    if (value || bytes) return status;

    platform_lock_acquire(&hkdf->lock);
    if (hkdf->digest && !is_finalized(hkdf))
    {
        finalize(hkdf);
        status = STATUS_SUCCESS;
    }
    platform_lock_release(&hkdf->lock);
    return status;
}

void kdf_hkdf_copy(struct kdf_hkdf *to, struct kdf_hkdf *from)
{
    platform_lock_acquire(&from->lock);
    to->digest = from->digest;
    memcpy(to->name, from->name, sizeof(to->name));
    to->extracted = from->extracted;
    atomic_init(&to->finalized, is_finalized(from));
    memcpy(to->prk, from->prk, sizeof(to->prk));
    platform_lock_release(&from->lock);
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

    if (!kdf_hkdf_finalized(hkdf) || bytes > 255 * hkdf->digest->digest_bytes)
    {
        return STATUS_INVALID_PARAMETER;
    }
    kdf_parameter(parameters, KDF_HKDF_INFO, &info);
    prk = kdf_hkdf_prk(hkdf, secret);
    hkdf_expand(hkdf->digest, prk.data, prk.bytes, info.data, info.bytes, out, bytes);
    return STATUS_SUCCESS;
}
