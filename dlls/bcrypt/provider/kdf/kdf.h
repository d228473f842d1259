/*
 * kdf.h - what the parts of the key derivation family share.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_PROV_KDF_H
#define PROVIDER_PROV_KDF_H

#include "provider/kdf/hkdf_steps.h"

struct kdf_key;

/*
 * A function of BCryptKeyDerivation: `bytes` bytes, at least one.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   a parameter is missing or wrong, a secret does not fit, too many
 *                              bytes
 *   STATUS_NOT_SUPPORTED       no such hash
 */
typedef NTSTATUS kdf_derive_function(const struct kdf_key *key,
                                     const struct kdf_parameters *parameters, ULONG dwFlags,
                                     UCHAR *out, ULONG bytes);

/* An algorithm of the family: a row of kdf_rows. */
struct kdf_row
{
    LPCWSTR id;
    kdf_derive_function *derive;
    ULONG flags;                                /* of BCryptKeyDerivation */
    bool is_hkdf;                               /* has HKDF's properties and its blob */
};

struct kdf_key
{
    struct prov_object head;
    const struct kdf_row *row;
    struct kdf_hkdf hkdf;
    struct kdf_part secret;                     /* from memory_get; NULL if it is empty */
};

kdf_derive_function kdf_derive_sp800_108, kdf_derive_sp800_56a, kdf_derive_pbkdf2, kdf_derive_capi,
                    kdf_derive_tls1_1, kdf_derive_tls1_2, kdf_derive_hkdf;

#endif
