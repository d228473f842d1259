/*
 * hbs_family.c - LMS with HSS, XMSS with XMSS^MT: signatures that are verified, and not made.
 *
 * A signer has to remember which one-time keys it has used, which a copy of a virtual machine or a
 * backup forgets: SP 800-208 wants that done in hardware. Windows' header names the two algorithms
 * and the magics of their public keys, its provider has neither: docs/deviations.md.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/hbs/lms.h"
#include "crypto/hbs/xmss.h"
#include "provider/hbs/hbs.h"

static const struct pq_blob_type lms_types[] =
{
    { { BCRYPT_PQDSA_PUBLIC_BLOB, false }, BCRYPT_LMS_PUBLIC_MAGIC, PQ_PUBLIC },
    { { BCRYPT_PUBLIC_KEY_BLOB,   false }, BCRYPT_LMS_PUBLIC_MAGIC, PQ_PUBLIC },
};

static const struct pq_blob_type xmss_types[] =
{
    { { BCRYPT_PQDSA_PUBLIC_BLOB, false }, BCRYPT_XMSS_PUBLIC_MAGIC, PQ_PUBLIC },
    { { BCRYPT_PUBLIC_KEY_BLOB,   false }, BCRYPT_XMSS_PUBLIC_MAGIC, PQ_PUBLIC },
};

static bool has_levels(const struct pq_set *set)
{
    return set->number & HBS_LEVELS;
}

static uint32_t number_of(const struct pq_set *set)
{
    return (uint32_t)set->number & ~(uint32_t)HBS_LEVELS;
}

static NTSTATUS check_lms(const struct pq_set *set, UCHAR *public_key)
{
    return lms_is_public_key(number_of(set), has_levels(set), public_key)
           ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

static NTSTATUS check_xmss(const struct pq_set *set, UCHAR *public_key)
{
    return xmss_number_of(public_key) == number_of(set) ? STATUS_SUCCESS
                                                        : STATUS_INVALID_PARAMETER;
}

/* ---- signatures ---- */

/* No room for a context in them: the two bytes that stand before a message without one are not
 * hashed. */
static bool is_plain(const struct pq_message *message)
{
    return message->prefix_bytes == 2 && !message->prefix[1];
}

static NTSTATUS verify_lms(const struct pq_key *key, const struct pq_message *message,
                           const UCHAR *signature, ULONG bytes)
{
    if (!is_plain(message)) return STATUS_NOT_SUPPORTED;
    return lms_verify(has_levels(pq_set_of(key)), key->public_key, message->bytes, message->count,
                      signature, bytes);
}

static NTSTATUS verify_xmss(const struct pq_key *key, const struct pq_message *message,
                            const UCHAR *signature, ULONG bytes)
{
    const struct pq_set *set = pq_set_of(key);

    if (!is_plain(message)) return STATUS_NOT_SUPPORTED;
    return xmss_verify(has_levels(set), number_of(set), key->public_key, message->bytes,
                       message->count, signature, bytes);
}

/* What is shorter than any cannot be read. */
static const struct pq_signing lms_signing = { false, false, 1, NULL, verify_lms };
static const struct pq_signing xmss_signing = { false, false, 0, NULL, verify_xmss };

/* Signatures of LMS are as long as the key's one-time type makes them; those of HSS with more than
 * one level have no length of their own. */
static NTSTATUS get_lms_signature_length(void *object, const struct reply *reply)
{
    const struct pq_key *key = object;
    size_t bytes = key->public_key ? lms_signature_bytes(has_levels(pq_set_of(key)),
                                                         key->public_key) : 0;

    return bytes ? reply_ulong(reply, (ULONG)bytes) : STATUS_NOT_SUPPORTED;
}

/* ---- the algorithms ---- */

static const struct pair_property lms_properties[] =
{
    { BCRYPT_SIGNATURE_LENGTH, false, get_lms_signature_length, NULL, NULL },
};

static const struct pair_methods lms_methods =
{
    PQ_METHODS,
    .kind                 = PROV_HBS_KEY,
    .types                = PROV_ROWS(lms_types),
    .algorithm_properties = &pair_algorithm_properties,
    .properties           = PAIR_PROPERTIES_AND(lms_properties, &pq_signing_properties),
};

static const struct pair_methods xmss_methods =
{
    PQ_METHODS, PQ_SIGNING_PROPERTIES, .kind = PROV_HBS_KEY, .types = PROV_ROWS(xmss_types),
};

static const struct pq_row rows[] =
{
    { { BCRYPT_LMS_ALGORITHM, &lms_methods, { 0, 0, 0 }, &hbs_lms_sets },
      NULL, check_lms, NULL, true, &lms_signing, NULL },
    { { BCRYPT_XMSS_ALGORITHM, &xmss_methods, { 0, 0, 0 }, &hbs_xmss_sets },
      NULL, check_xmss, NULL, true, &xmss_signing, NULL },
};

static NTSTATUS WINAPI hbs_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm,
                                                   LPCWSTR pszAlgId, ULONG dwFlags)
{
    return prov_open(&hbs_family, sizeof(struct prov_algorithm), 0, pszAlgId, dwFlags,
                     phAlgorithm);
}

static NTSTATUS WINAPI hbs_generate_key_pair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                             ULONG dwLength, ULONG dwFlags)
{
    (void)hAlgorithm, (void)phKey, (void)dwLength, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI hbs_sign_hash(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbInput,
                                     ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput,
                                     ULONG *pcbResult, ULONG dwFlags)
{
    (void)hKey, (void)pPaddingInfo, (void)pbInput, (void)cbInput, (void)pbOutput, (void)cbOutput,
    (void)pcbResult, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static const BCRYPT_SIGNATURE_FUNCTION_TABLE functions =
{
    .Version                = BCRYPT_SIGNATURE_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = hbs_open_algorithm_provider,
    .GetProperty            = pair_get_property,
    .SetProperty            = pair_set_property,
    .CloseAlgorithmProvider = prov_close,
    .GenerateKeyPair        = hbs_generate_key_pair,
    .FinalizeKeyPair        = pair_finalize_key_pair,
    .SignHash               = hbs_sign_hash,
    .VerifySignature        = pq_verify_signature,
    .ImportKeyPair          = pair_import_key_pair,
    .ExportKey              = pair_export_key,
    .DestroyKey             = pair_destroy_key,
};

const struct prov_family hbs_family =
{
    BCRYPT_SIGNATURE_INTERFACE, PROV_ROWS(rows), &functions
};
