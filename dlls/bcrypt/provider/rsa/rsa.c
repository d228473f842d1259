/*
 * rsa.c - the RSA and RSA_SIGN algorithms: how pairs are made, and properties.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/rsa/rsa.h"

#include "crypto/common/lc.h"
#include "provider/rsa/rsa_blob.h"

/* Windows 11 takes any multiple of 8 [win, key storage provider]; its page still says 64. */
#define KEY_LENGTHS { 512, 16384, 8 }

#define PAD_ENCRYPTION (BCRYPT_SUPPORTED_PAD_PKCS1_ENC | BCRYPT_SUPPORTED_PAD_OAEP)
#define PAD_SIGNATURE (BCRYPT_SUPPORTED_PAD_PKCS1_SIG | BCRYPT_SUPPORTED_PAD_PSS)

struct rsa_row
{
    struct pair_row pair;
    ULONG padding_schemes;                      /* BCRYPT_SUPPORTED_PAD_... */
};

/* ---- pairs ---- */

static NTSTATUS make(void *object)
{
    struct rsa_key *key = object;
    NTSTATUS status;

    if ((status = lc_ready()) || (status = lc_rsa_generate(key->pair.bits, &key->rsa)))
        return status;
    key->bytes = (ULONG)lc_rsa_part_bytes(key->rsa, LC_RSA_N);
    return STATUS_SUCCESS;
}

static void free_numbers(void *object)
{
    lc_rsa_free(((struct rsa_key *)object)->rsa);
}

/* ---- properties ---- */

static NTSTATUS get_padding_schemes(void *object, const struct reply *reply)
{
    const struct rsa_row *row = ((const struct prov_algorithm *)object)->row;

    return reply_ulong(reply, row->padding_schemes);
}

static const struct property algorithm_property_list[] =
{
    { KEPT(BCRYPT_PADDING_SCHEMES), get_padding_schemes, NULL },
};
static const struct properties algorithm_properties = PROPERTIES_AND(algorithm_property_list,
                                                                     &pair_algorithm_properties);

/* SignatureLength and BlockLength: the modulus in bytes. */
static NTSTATUS get_modulus_bytes(void *object, const struct reply *reply)
{
    return reply_ulong(reply, ((const struct rsa_key *)object)->bytes);
}

static NTSTATUS get_is_weak(void *object, const struct reply *reply)
{
    return reply_ulong(reply, lc_rsa_is_roca(((const struct rsa_key *)object)->rsa));
}

static const struct pair_property properties[] =
{
    { BCRYPT_SIGNATURE_LENGTH,    false, get_modulus_bytes, NULL, NULL },
    { BCRYPT_BLOCK_LENGTH,        false, get_modulus_bytes, NULL, NULL },
    { BCRYPT_IS_IFX_TPM_WEAK_KEY, false, get_is_weak,       NULL, NULL },
};

static const struct pair_methods methods =
{
    .kind                 = PROV_RSA_KEY,
    .key_bytes            = sizeof(struct rsa_key),
    .make                 = make,
    .free                 = free_numbers,
    .read                 = rsa_read,
    .write                = rsa_write,
    .types                = { rsa_blob_forms, RSA_BLOB_FORM_COUNT, sizeof(rsa_blob_forms[0]) },
    .algorithm_properties = &algorithm_properties,
    .properties           = PAIR_PROPERTIES(properties),
};

/* ---- algorithms ---- */

static const struct rsa_row encryption_rows[] =
{
    { { BCRYPT_RSA_ALGORITHM, &methods, KEY_LENGTHS, NULL }, PAD_ENCRYPTION | PAD_SIGNATURE },
};

static const struct rsa_row signature_rows[] =
{
    { { BCRYPT_RSA_ALGORITHM,      &methods, KEY_LENGTHS, NULL }, PAD_ENCRYPTION | PAD_SIGNATURE },
    { { BCRYPT_RSA_SIGN_ALGORITHM, &methods, KEY_LENGTHS, NULL }, PAD_SIGNATURE },
};

static NTSTATUS WINAPI encryption_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm,
                                                          LPCWSTR pszAlgId, ULONG dwFlags)
{
    return prov_open(&rsa_encryption_family, sizeof(struct prov_algorithm), 0, pszAlgId, dwFlags,
                     phAlgorithm);
}

static NTSTATUS WINAPI signature_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm,
                                                         LPCWSTR pszAlgId, ULONG dwFlags)
{
    return prov_open(&rsa_signature_family, sizeof(struct prov_algorithm), 0, pszAlgId, dwFlags,
                     phAlgorithm);
}

static const BCRYPT_ASYMMETRIC_ENCRYPTION_FUNCTION_TABLE encryption_functions =
{
    .Version                = BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = encryption_open_algorithm_provider,
    .GetProperty            = pair_get_property,
    .SetProperty            = pair_set_property,
    .CloseAlgorithmProvider = prov_close,
    .GenerateKeyPair        = pair_generate_key_pair,
    .FinalizeKeyPair        = pair_finalize_key_pair,
    .Encrypt                = rsa_encrypt,
    .Decrypt                = rsa_decrypt,
    .ImportKeyPair          = pair_import_key_pair,
    .ExportKey              = pair_export_key,
    .DestroyKey             = pair_destroy_key,
    .SignHash               = rsa_sign_hash,
    .VerifySignature        = rsa_verify_signature,
};

static const BCRYPT_SIGNATURE_FUNCTION_TABLE signature_functions =
{
    .Version                = BCRYPT_SIGNATURE_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = signature_open_algorithm_provider,
    .GetProperty            = pair_get_property,
    .SetProperty            = pair_set_property,
    .CloseAlgorithmProvider = prov_close,
    .GenerateKeyPair        = pair_generate_key_pair,
    .FinalizeKeyPair        = pair_finalize_key_pair,
    .SignHash               = rsa_sign_hash,
    .VerifySignature        = rsa_verify_signature,
    .ImportKeyPair          = pair_import_key_pair,
    .ExportKey              = pair_export_key,
    .DestroyKey             = pair_destroy_key,
};

const struct prov_family rsa_encryption_family =
{
    BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE, PROV_ROWS(encryption_rows), &encryption_functions
};
const struct prov_family rsa_signature_family =
{
    BCRYPT_SIGNATURE_INTERFACE, PROV_ROWS(signature_rows), &signature_functions
};
