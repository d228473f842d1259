/*
 * hkdf_steps.h - HKDF in steps: a hash is chosen, the secret finalized, then keys come out.
 *
 * Agreed secrets and keys of the key derivation family go through them by three properties.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_HKDF_STEPS_H
#define PROVIDER_HKDF_STEPS_H

#include <stdatomic.h>

#include "platform/platform.h"
#include "provider/kdf/kdf_list.h"

/* Zeroed memory is one that has no hash yet. Steps may be taken while other threads derive: who has
 * read that it is finalized reads the rest, which changes no more; who has not, holds the lock. */
struct kdf_hkdf
{
    struct platform_lock lock;
    const struct digest *digest;
    WCHAR name[KDF_NAME_CHARACTERS];            /* of the hash, as it was chosen */
    bool extracted;                             /* prk is the key; otherwise the secret itself is */
    _Atomic bool finalized;
    UCHAR prk[DIGEST_MAX_BYTES];
};

static inline bool kdf_hkdf_finalized(const struct kdf_hkdf *hkdf)
{
    return atomic_load_explicit(&hkdf->finalized, memory_order_acquire);
}

/* Copies one to zeroed memory, as it is between two steps. */
void kdf_hkdf_copy(struct kdf_hkdf *to, struct kdf_hkdf *from);

/*
 * The values of HkdfHashAlgorithm, HkdfSaltAndFinalize and HkdfPrkAndFinalize.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   finalized already, no hash chosen yet, or a value that is not
 *                              allowed
 *   STATUS_NOT_SUPPORTED       not a hash, or MD2, MD4 or MD5
 */
NTSTATUS kdf_hkdf_set_hash(struct kdf_hkdf *hkdf, const UCHAR *value, ULONG bytes);
NTSTATUS kdf_hkdf_set_salt(struct kdf_hkdf *hkdf, const struct kdf_part *secret, const UCHAR *value,
                           ULONG bytes);
NTSTATUS kdf_hkdf_set_prk(struct kdf_hkdf *hkdf, const UCHAR *value, ULONG bytes);

/* The pseudo-random key of one that is finalized. */
struct kdf_part kdf_hkdf_prk(const struct kdf_hkdf *hkdf, const struct kdf_part *secret);

/* STATUS_SUCCESS, STATUS_INVALID_PARAMETER (not finalized, or more than 255 digests) */
NTSTATUS kdf_hkdf_derive(const struct kdf_hkdf *hkdf, const struct kdf_part *secret,
                         const struct kdf_parameters *parameters, UCHAR *out, ULONG bytes);

#endif
