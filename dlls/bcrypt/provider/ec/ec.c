/*
 * ec.c - ECDSA and ECDH: the algorithms, signing, verifying, agreeing.
 *
 * Blobs are in ec_import.c, properties in ec_property.c, the curves in curve.c, the mathematics in
 * crypto/ec.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/ec/ec.h"

#include "platform/wipe.h"
#include "platform/platform.h"
#include "provider/secret/secret.h"

/* ---- the curve of a generic algorithm ---- */

/* One lock for all generic algorithms: it is held for a few instructions. */
static struct platform_lock choosing;

void ec_algorithm_choice(struct ec_algorithm *algorithm, struct curve_choice *choice)
{
    const struct ec_row *row = algorithm->prov.row;

    if (row->curve_name)
    {
        *choice = algorithm->choice;
        return;
    }
    platform_lock_acquire(&choosing);
    *choice = algorithm->choice;
    curve_get(choice->curve);
    platform_lock_release(&choosing);
}

void ec_algorithm_choose(struct ec_algorithm *algorithm, const struct curve_choice *choice)
{
    struct curve *before;

    platform_lock_acquire(&choosing);
    before = algorithm->choice.curve;
    algorithm->choice = *choice;
    platform_lock_release(&choosing);
    curve_put(before);
}

/* ---- pairs ---- */

/* Length 0 is for the curve's, which .NET asks of generic algorithms; others want their own. */
static NTSTATUS begin(void *object, struct prov_algorithm *algorithm)
{
    struct ec_key *key = object;
    const struct curve *curve;

    ec_algorithm_choice((struct ec_algorithm *)algorithm, &key->choice);
    curve = key->choice.curve;
    key->asked = key->pair.bits;
    if (!key->asked && ec_row_of(key)->curve_name) return STATUS_INVALID_PARAMETER;
    if (curve && key->asked && key->asked != curve->field_bits) return STATUS_INVALID_PARAMETER;
    if (curve) key->pair.bits = curve->field_bits;
    return STATUS_SUCCESS;
}

/* Only a generic key without a curve yet has a choice; others may be told what they are. */
static NTSTATUS resize(void *object, ULONG bits)
{
    struct ec_key *key = object;

    if (key->choice.curve) return STATUS_INVALID_PARAMETER;
    key->asked = bits;
    return STATUS_SUCCESS;
}

static NTSTATUS make(void *object)
{
    struct ec_key *key = object;
    struct curve *curve = key->choice.curve;
    NTSTATUS status;

    if (!curve || (key->asked && key->asked != curve->field_bits)) return STATUS_INVALID_PARAMETER;
    if ((status = curve_ready(curve))) return status;
    return lc_ec_key_generate(curve->lc, &key->lc);
}

static void free_numbers(void *object)
{
    struct ec_key *key = object;

    lc_ec_key_free(key->lc);
    curve_put(key->choice.curve);
}

/* ---- ECDSA ---- */

static NTSTATUS WINAPI ecdsa_sign_hash(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbInput,
                                       ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput,
                                       ULONG *pcbResult, ULONG dwFlags)
{
    const struct ec_key *key = pair_ready(hKey);
    UCHAR signature[2 * EC_ORDER_BYTES_MAX];
    NTSTATUS status;
    ULONG bytes;

    if (!key) return STATUS_INVALID_HANDLE;
    if (pPaddingInfo || dwFlags) return STATUS_INVALID_PARAMETER;

    bytes = 2 * key->choice.curve->order_bytes;
    if (!pbOutput)
    {
        *pcbResult = bytes;
        return STATUS_SUCCESS;                  /* of a public key, too [win] */
    }
    if (!key->pair.is_private || !pbInput || !cbInput) return STATUS_INVALID_PARAMETER;
    if (cbOutput < bytes)
    {
        *pcbResult = bytes;
        return STATUS_BUFFER_TOO_SMALL;
    }
    if ((status = lc_ec_sign(key->lc, pbInput, cbInput, signature))) return status;
    memcpy(pbOutput, signature, bytes);
    *pcbResult = bytes;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI ecdsa_verify_signature(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo,
                                              PUCHAR pbHash, ULONG cbHash, PUCHAR pbSignature,
                                              ULONG cbSignature, ULONG dwFlags)
{
    const struct ec_key *key = pair_ready(hKey);

    if (!key) return STATUS_INVALID_HANDLE;
    if (pPaddingInfo || dwFlags || !pbHash || !cbHash || !pbSignature)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (cbSignature != 2 * key->choice.curve->order_bytes) return STATUS_INVALID_SIGNATURE;
    return lc_ec_verify(key->lc, pbHash, cbHash, pbSignature);
}

/* ---- ECDH ---- */

static NTSTATUS WINAPI ecdh_secret_agreement(BCRYPT_KEY_HANDLE hPrivKey, BCRYPT_KEY_HANDLE hPubKey,
                                             BCRYPT_SECRET_HANDLE *phAgreedSecret, ULONG dwFlags)
{
    const struct ec_key *own = hPrivKey, *peer = hPubKey;
    UCHAR secret[EC_FIELD_BYTES_MAX];
    const struct curve *curve;
    NTSTATUS status;

    if ((status = pair_check_agreement(hPrivKey, hPubKey, dwFlags))) return status;
    curve = own->choice.curve;
    if (!curve_same(curve, peer->choice.curve)) return STATUS_INVALID_PARAMETER;

    status = lc_ec_agree(own->lc, peer->lc, secret);
    if (!status) status = secret_new(secret, curve->field_bytes, curve->field_bits, phAgreedSecret);
    wipe(secret, sizeof(secret));
    return status;
}

/* ---- algorithms ---- */

static NTSTATUS get_signature_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, 2 * ((const struct ec_key *)object)->choice.curve->order_bytes);
}

static const struct pair_property signature_properties[] =
{
    { BCRYPT_SIGNATURE_LENGTH, false, get_signature_length, NULL, NULL },
};

#define EC_METHODS \
    .kind = PROV_EC_KEY, .key_bytes = sizeof(struct ec_key), \
    .begin = begin, .resize = resize, .make = make, .free = free_numbers, \
    .read = ec_read, .write = ec_write, .types = PROV_ROWS(ec_blob_types), \
    .algorithm_properties = &ec_algorithm_properties

static const struct pair_methods ecdsa_generic =
{
    EC_METHODS, .properties = PAIR_PROPERTIES_AND(signature_properties, &ec_generic_properties)
};
static const struct pair_methods ecdsa_own =
{
    EC_METHODS, .properties = PAIR_PROPERTIES_AND(signature_properties, &ec_own_properties)
};
static const struct pair_methods ecdh_generic =
{
    EC_METHODS, .properties = { NULL, 0, &ec_generic_properties }
};
static const struct pair_methods ecdh_own =
{
    EC_METHODS, .properties = { NULL, 0, &ec_own_properties }
};

/* KeyLengths are the curve's, or ec_property.c's for one that has not been told a curve. */
#define PAIR_ROW(id, methods) { (id), (methods), { 0, 0, 0 }, NULL }

static const struct ec_row ecdsa_rows[] =
{
    { PAIR_ROW(BCRYPT_ECDSA_ALGORITHM, &ecdsa_generic), true, NULL,
      BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC, BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC },
    { PAIR_ROW(BCRYPT_ECDSA_P256_ALGORITHM, &ecdsa_own), true, BCRYPT_ECC_CURVE_NISTP256,
      BCRYPT_ECDSA_PUBLIC_P256_MAGIC, BCRYPT_ECDSA_PRIVATE_P256_MAGIC },
    { PAIR_ROW(BCRYPT_ECDSA_P384_ALGORITHM, &ecdsa_own), true, BCRYPT_ECC_CURVE_NISTP384,
      BCRYPT_ECDSA_PUBLIC_P384_MAGIC, BCRYPT_ECDSA_PRIVATE_P384_MAGIC },
    { PAIR_ROW(BCRYPT_ECDSA_P521_ALGORITHM, &ecdsa_own), true, BCRYPT_ECC_CURVE_NISTP521,
      BCRYPT_ECDSA_PUBLIC_P521_MAGIC, BCRYPT_ECDSA_PRIVATE_P521_MAGIC },
};

static const struct ec_row ecdh_rows[] =
{
    { PAIR_ROW(BCRYPT_ECDH_ALGORITHM, &ecdh_generic), false, NULL,
      BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC },
    { PAIR_ROW(BCRYPT_ECDH_P256_ALGORITHM, &ecdh_own), false, BCRYPT_ECC_CURVE_NISTP256,
      BCRYPT_ECDH_PUBLIC_P256_MAGIC, BCRYPT_ECDH_PRIVATE_P256_MAGIC },
    { PAIR_ROW(BCRYPT_ECDH_P384_ALGORITHM, &ecdh_own), false, BCRYPT_ECC_CURVE_NISTP384,
      BCRYPT_ECDH_PUBLIC_P384_MAGIC, BCRYPT_ECDH_PRIVATE_P384_MAGIC },
    { PAIR_ROW(BCRYPT_ECDH_P521_ALGORITHM, &ecdh_own), false, BCRYPT_ECC_CURVE_NISTP521,
      BCRYPT_ECDH_PUBLIC_P521_MAGIC, BCRYPT_ECDH_PRIVATE_P521_MAGIC },
};

static NTSTATUS open_algorithm(const struct prov_family *family, BCRYPT_ALG_HANDLE *phAlgorithm,
                               LPCWSTR pszAlgId, ULONG dwFlags)
{
    struct ec_algorithm *algorithm;
    const struct ec_row *row;
    NTSTATUS status;

    if ((status = prov_open(family, sizeof(*algorithm), 0, pszAlgId, dwFlags, &algorithm)))
    {
        return status;
    }
    row = algorithm->prov.row;
    if (row->curve_name) curve_by_name(row->curve_name, &algorithm->choice);
    *phAlgorithm = algorithm;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI ecdsa_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm,
                                                     LPCWSTR pszAlgId, ULONG dwFlags)
{
    return open_algorithm(&ecdsa_family, phAlgorithm, pszAlgId, dwFlags);
}

static NTSTATUS WINAPI ecdh_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm,
                                                    LPCWSTR pszAlgId, ULONG dwFlags)
{
    return open_algorithm(&ecdh_family, phAlgorithm, pszAlgId, dwFlags);
}

static NTSTATUS WINAPI ec_close_algorithm_provider(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags)
{
    struct ec_algorithm *algorithm = hAlgorithm;

    (void)dwFlags;
    curve_put(algorithm->choice.curve);
    prov_object_free(algorithm, sizeof(*algorithm));
    return STATUS_SUCCESS;
}

/* ---- the tables ---- */

static const BCRYPT_SIGNATURE_FUNCTION_TABLE ecdsa_functions =
{
    .Version                = BCRYPT_SIGNATURE_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = ecdsa_open_algorithm_provider,
    .GetProperty            = pair_get_property,
    .SetProperty            = pair_set_property,
    .CloseAlgorithmProvider = ec_close_algorithm_provider,
    .GenerateKeyPair        = pair_generate_key_pair,
    .FinalizeKeyPair        = pair_finalize_key_pair,
    .SignHash               = ecdsa_sign_hash,
    .VerifySignature        = ecdsa_verify_signature,
    .ImportKeyPair          = pair_import_key_pair,
    .ExportKey              = pair_export_key,
    .DestroyKey             = pair_destroy_key,
};

static const BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE ecdh_functions =
{
    .Version                = BCRYPT_SECRET_AGREEMENT_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = ecdh_open_algorithm_provider,
    .GetProperty            = secret_agreement_get_property,
    .SetProperty            = secret_agreement_set_property,
    .CloseAlgorithmProvider = ec_close_algorithm_provider,
    .SecretAgreement        = ecdh_secret_agreement,
    .DeriveKey              = secret_derive_key,
    .DestroySecret          = secret_destroy_secret,
    .GenerateKeyPair        = pair_generate_key_pair,
    .FinalizeKeyPair        = pair_finalize_key_pair,
    .ImportKeyPair          = pair_import_key_pair,
    .ExportKey              = pair_export_key,
    .DestroyKey             = pair_destroy_key,
};

const struct prov_family ecdsa_family =
{
    BCRYPT_SIGNATURE_INTERFACE, PROV_ROWS(ecdsa_rows), &ecdsa_functions
};
const struct prov_family ecdh_family =
{
    BCRYPT_SECRET_AGREEMENT_INTERFACE, PROV_ROWS(ecdh_rows), &ecdh_functions
};
