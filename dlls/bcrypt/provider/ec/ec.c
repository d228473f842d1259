/*
 * ec.c - ECDSA and ECDH: the algorithms, signing, verifying, agreeing.
 *
 * The keys are in ec_key.c and ec_import.c, their properties in ec_property.c, the
 * curves in curve.c, the mathematics in crypto/lc_ec*.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/ec/ec.h"

#include "platform/wipe.h"
#include "platform/platform.h"
#include "provider/secret/secret.h"

static const struct ec_row ecdsa_rows[] =
{
    { BCRYPT_ECDSA_ALGORITHM,      BCRYPT_SIGNATURE_INTERFACE, NULL,
      BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC, BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC },
    { BCRYPT_ECDSA_P256_ALGORITHM, BCRYPT_SIGNATURE_INTERFACE, BCRYPT_ECC_CURVE_NISTP256,
      BCRYPT_ECDSA_PUBLIC_P256_MAGIC, BCRYPT_ECDSA_PRIVATE_P256_MAGIC },
    { BCRYPT_ECDSA_P384_ALGORITHM, BCRYPT_SIGNATURE_INTERFACE, BCRYPT_ECC_CURVE_NISTP384,
      BCRYPT_ECDSA_PUBLIC_P384_MAGIC, BCRYPT_ECDSA_PRIVATE_P384_MAGIC },
    { BCRYPT_ECDSA_P521_ALGORITHM, BCRYPT_SIGNATURE_INTERFACE, BCRYPT_ECC_CURVE_NISTP521,
      BCRYPT_ECDSA_PUBLIC_P521_MAGIC, BCRYPT_ECDSA_PRIVATE_P521_MAGIC },
};

static const struct ec_row ecdh_rows[] =
{
    { BCRYPT_ECDH_ALGORITHM,      BCRYPT_SECRET_AGREEMENT_INTERFACE, NULL,
      BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC },
    { BCRYPT_ECDH_P256_ALGORITHM, BCRYPT_SECRET_AGREEMENT_INTERFACE, BCRYPT_ECC_CURVE_NISTP256,
      BCRYPT_ECDH_PUBLIC_P256_MAGIC, BCRYPT_ECDH_PRIVATE_P256_MAGIC },
    { BCRYPT_ECDH_P384_ALGORITHM, BCRYPT_SECRET_AGREEMENT_INTERFACE, BCRYPT_ECC_CURVE_NISTP384,
      BCRYPT_ECDH_PUBLIC_P384_MAGIC, BCRYPT_ECDH_PRIVATE_P384_MAGIC },
    { BCRYPT_ECDH_P521_ALGORITHM, BCRYPT_SECRET_AGREEMENT_INTERFACE, BCRYPT_ECC_CURVE_NISTP521,
      BCRYPT_ECDH_PUBLIC_P521_MAGIC, BCRYPT_ECDH_PRIVATE_P521_MAGIC },
};

/* ---- algorithms ---- */

static NTSTATUS open_row(const struct ec_row *row, BCRYPT_ALG_HANDLE *phAlgorithm, ULONG dwFlags)
{
    struct ec_algorithm *algorithm;
    NTSTATUS status;

    if (!row) return STATUS_NOT_FOUND;
    if (dwFlags) return STATUS_NOT_SUPPORTED;
    if ((status = prov_object_new(PROV_ALGORITHM, sizeof(*algorithm), NULL, 0, &algorithm)))
    {
        return status;
    }
    algorithm->row = row;
    algorithm->choice.curve = NULL;
    algorithm->choice.name = NULL;
    if (row->curve_name) curve_by_name(row->curve_name, &algorithm->choice);
    *phAlgorithm = algorithm;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI ecdsa_open(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId, ULONG dwFlags)
{
    return open_row(PROV_FIND(ecdsa_rows, pszAlgId), phAlgorithm, dwFlags);
}

static NTSTATUS WINAPI ecdh_open(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId, ULONG dwFlags)
{
    return open_row(PROV_FIND(ecdh_rows, pszAlgId), phAlgorithm, dwFlags);
}

static NTSTATUS WINAPI ec_close(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags)
{
    struct ec_algorithm *algorithm = hAlgorithm;

    (void)dwFlags;
    curve_put(algorithm->choice.curve);
    prov_object_free(algorithm, sizeof(*algorithm));
    return STATUS_SUCCESS;
}

/* One lock for all generic algorithms: it is held for a few instructions. */
static struct platform_lock choosing;

void ec_algorithm_choice(struct ec_algorithm *algorithm, struct curve_choice *choice)
{
    if (algorithm->row->curve_name)
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

/* ---- ECDSA ---- */

static NTSTATUS WINAPI ec_sign(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbInput,
                               ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                               ULONG dwFlags)
{
    struct ec_key *key = hKey;
    UCHAR signature[2 * EC_ORDER_BYTES_MAX];
    NTSTATUS status;
    ULONG bytes;

    if (!ec_key_is_ready(key)) return STATUS_INVALID_HANDLE;
    if (pPaddingInfo || dwFlags) return STATUS_INVALID_PARAMETER;

    bytes = 2 * key->choice.curve->order_bytes;
    if (!pbOutput)
    {
        *pcbResult = bytes;
        return STATUS_SUCCESS;                  /* of a public key, too [win] */
    }
    if (!lc_ec_key_is_private(key->lc) || !pbInput || !cbInput) return STATUS_INVALID_PARAMETER;
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

static NTSTATUS WINAPI ec_verify(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbHash,
                                 ULONG cbHash, PUCHAR pbSignature, ULONG cbSignature, ULONG dwFlags)
{
    struct ec_key *key = hKey;

    if (!ec_key_is_ready(key)) return STATUS_INVALID_HANDLE;
    if (pPaddingInfo || dwFlags || !pbHash || !cbHash || !pbSignature)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (cbSignature != 2 * key->choice.curve->order_bytes) return STATUS_INVALID_SIGNATURE;
    return lc_ec_verify(key->lc, pbHash, cbHash, pbSignature);
}

/* ---- ECDH ---- */

static NTSTATUS WINAPI ec_agree(BCRYPT_KEY_HANDLE hPrivKey, BCRYPT_KEY_HANDLE hPubKey,
                                BCRYPT_SECRET_HANDLE *phAgreedSecret, ULONG dwFlags)
{
    struct ec_key *own = hPrivKey, *peer = hPubKey;
    UCHAR secret[EC_FIELD_BYTES_MAX];
    const struct curve *curve;
    NTSTATUS status;

    if (!ec_key_is_ready(own)) return STATUS_INVALID_HANDLE;
    if (!prov_is(hPubKey, PROV_EC_KEY)) return STATUS_INVALID_PARAMETER;
    if (!ec_key_is_ready(peer)) return STATUS_INVALID_HANDLE;
    curve = own->choice.curve;
    if (dwFlags || !lc_ec_key_is_private(own->lc) || !curve_same(curve, peer->choice.curve))
    {
        return STATUS_INVALID_PARAMETER;
    }

    status = lc_ec_agree(own->lc, peer->lc, secret);
    if (!status) status = secret_new(secret, curve->field_bytes, curve->field_bits, phAgreedSecret);
    wipe(secret, sizeof(secret));
    return status;
}

/* ---- the tables ---- */

static const BCRYPT_SIGNATURE_FUNCTION_TABLE ecdsa_functions =
{
    .Version                = BCRYPT_SIGNATURE_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = ecdsa_open,
    .GetProperty            = ec_get_property,
    .SetProperty            = ec_set_property,
    .CloseAlgorithmProvider = ec_close,
    .GenerateKeyPair        = ec_generate,
    .FinalizeKeyPair        = ec_finalize,
    .SignHash               = ec_sign,
    .VerifySignature        = ec_verify,
    .ImportKeyPair          = ec_import,
    .ExportKey              = ec_export,
    .DestroyKey             = ec_destroy,
};

static const BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE ecdh_functions =
{
    .Version                = BCRYPT_SECRET_AGREEMENT_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = ecdh_open,
    .GetProperty            = ec_get_property,
    .SetProperty            = ec_set_property,
    .CloseAlgorithmProvider = ec_close,
    .SecretAgreement        = ec_agree,
    .DeriveKey              = secret_derive_key,
    .DestroySecret          = secret_destroy,
    .GenerateKeyPair        = ec_generate,
    .FinalizeKeyPair        = ec_finalize,
    .ImportKeyPair          = ec_import,
    .ExportKey              = ec_export,
    .DestroyKey             = ec_destroy,
};

const struct prov_family ecdsa_family =
{
    BCRYPT_SIGNATURE_INTERFACE, PROV_ROWS(ecdsa_rows), &ecdsa_functions
};
const struct prov_family ecdh_family =
{
    BCRYPT_SECRET_AGREEMENT_INTERFACE, PROV_ROWS(ecdh_rows), &ecdh_functions
};
