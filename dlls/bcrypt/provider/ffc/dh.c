/*
 * dh.c - Diffie-Hellman modulo a prime.
 *
 * A key pair is generated in two steps, and in between it may be given its parameters; without them
 * it gets a published group (crypto/ffc/lc_dh.c).
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/lc.h"
#include "crypto/ffc/lc_dh.h"
#include "provider/common/pair.h"
#include "provider/ffc/dh_blob.h"
#include "provider/secret/secret.h"

#define KEY_LENGTHS { DH_BITS_LEAST, DH_BITS_MOST, 64 }

struct dh_key
{
    struct pair pair;                           /* PROV_DH_KEY */
    struct lc_dh *dh;                           /* of an unfinalized key: its parameters, or NULL */
};

/* ---- pairs ---- */

/* With the parameters that the pair was given, or with those of a published group. */
static NTSTATUS make(void *object)
{
    struct dh_key *key = object;
    NTSTATUS status;

    if ((status = lc_ready())) return status;
    if (!key->dh && (status = lc_dh_new_parameters(key->pair.bits, &key->dh))) return status;
    return lc_dh_generate_key(key->dh);
}

static void free_numbers(void *object)
{
    struct dh_key *key = object;

    lc_dh_free(key->dh);
    key->dh = NULL;
}

/* Parameters of another length are forgotten. */
static NTSTATUS resize(void *object, ULONG bits)
{
    const struct dh_key *key = object;

    if (!pair_has_length(key->pair.row, bits)) return STATUS_INVALID_PARAMETER;
    free_numbers(object);
    return STATUS_SUCCESS;
}

/* ---- blobs ---- */

static NTSTATUS read_numbers(const struct dh_blob_form *form, const UCHAR *blob, ULONG bytes,
                             unsigned int checks, struct lc_dh **dh)
{
    struct lc_dh_number numbers[LC_DH_PART_COUNT];
    UCHAR *scratch = NULL;
    unsigned wanted = 0;
    NTSTATUS status;

    if (checks & PAIR_CHECK_DEFAULT) wanted |= LC_DH_CHECK_NAMED_PAIR;
    if (checks & PAIR_CHECK_RANGE) wanted |= LC_DH_CHECK_RANGE;
    if (checks & PAIR_CHECK_ORDER) wanted |= LC_DH_CHECK_ORDER;
    if (checks & PAIR_CHECK_REGENERATE) wanted |= LC_DH_CHECK_PAIR;
    if (form->is_capi && !(scratch = memory_get(bytes))) return STATUS_NO_MEMORY;

    status = dh_blob_read(form, blob, bytes, scratch, numbers);
    if (!status && !(status = lc_ready())) status = lc_dh_new(numbers, wanted, dh);
    memory_put(scratch, bytes);
    return status;
}

static NTSTATUS read_blob(void *object, struct prov_algorithm *algorithm,
                          const struct blob_type *type, const UCHAR *blob, ULONG bytes,
                          unsigned int checks)
{
    struct dh_key *key = object;
    NTSTATUS status;

    (void)algorithm;
    status = read_numbers((const struct dh_blob_form *)type, blob, bytes, checks, &key->dh);
    if (!status) key->pair.bits = lc_dh_bits(key->dh);
    return status;
}

/* Answers an export or a request for the parameters. */
static NTSTATUS reply_blob(const struct dh_key *key, const struct dh_blob_form *form,
                           const struct reply *reply)
{
    NTSTATUS status;
    PUCHAR room;

    status = reply_room(reply, dh_blob_bytes(form, key->dh), &room);
    if (room) dh_blob_write(form, key->dh, room);
    return status;
}

static NTSTATUS write_blob(const void *object, const struct blob_type *type,
                           const struct reply *reply)
{
    return reply_blob(object, (const struct dh_blob_form *)type, reply);
}

/* ---- agreement ---- */

static NTSTATUS WINAPI dh_secret_agreement(BCRYPT_KEY_HANDLE hPrivKey, BCRYPT_KEY_HANDLE hPubKey,
                                           BCRYPT_SECRET_HANDLE *phAgreedSecret, ULONG dwFlags)
{
    const struct dh_key *own = hPrivKey, *peer = hPubKey;
    NTSTATUS status;
    UCHAR *value;
    ULONG bytes;

    if ((status = pair_check_agreement(hPrivKey, hPubKey, dwFlags))) return status;
    if (!lc_dh_same_group(own->dh, peer->dh)) return STATUS_INVALID_PARAMETER;

    bytes = (lc_dh_bits(own->dh) + 7) / 8;
    if (!(value = memory_get(bytes))) return STATUS_NO_MEMORY;
    status = lc_dh_agree(own->dh, peer->dh, value, bytes);
    if (!status) status = secret_new(value, bytes, lc_dh_bits(own->dh), phAgreedSecret);
    memory_put(value, bytes);
    return status;
}

/* ---- properties ---- */

static NTSTATUS get_parameters(void *object, const struct reply *reply)
{
    return reply_blob(object, &dh_parameters_form, reply);
}

static NTSTATUS set_parameters(void *object, const UCHAR *value, ULONG bytes)
{
    struct dh_key *key = object;
    struct lc_dh *dh;
    NTSTATUS status;

    if ((status = read_numbers(&dh_parameters_form, value, bytes, 0, &dh))) return status;
    if ((lc_dh_bits(dh) + 7) / 8 != (key->pair.bits + 7) / 8)
    {
        lc_dh_free(dh);
        return STATUS_INVALID_PARAMETER;
    }
    lc_dh_free(key->dh);
    key->dh = dh;
    key->pair.bits = lc_dh_bits(dh);
    return STATUS_SUCCESS;
}

static const struct pair_property properties[] =
{
    { BCRYPT_DH_PARAMETERS, false, get_parameters, set_parameters, NULL },
};

static const struct pair_methods methods =
{
    .kind                 = PROV_DH_KEY,
    .key_bytes            = sizeof(struct dh_key),
    .resize               = resize,
    .make                 = make,
    .free                 = free_numbers,
    .read                 = read_blob,
    .write                = write_blob,
    .types                = { dh_blob_forms, DH_BLOB_FORM_COUNT, sizeof(dh_blob_forms[0]) },
    .algorithm_properties = &pair_algorithm_properties,
    .properties           = PAIR_PROPERTIES(properties),
};

static const struct pair_row dh_rows[] =
{
    { BCRYPT_DH_ALGORITHM, &methods, KEY_LENGTHS, NULL },
};

static NTSTATUS WINAPI dh_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId,
                                                  ULONG dwFlags)
{
    return prov_open(&dh_family, sizeof(struct prov_algorithm), 0, pszAlgId, dwFlags, phAlgorithm);
}

static const BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE dh_functions =
{
    .Version                = BCRYPT_SECRET_AGREEMENT_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = dh_open_algorithm_provider,
    .GetProperty            = secret_agreement_get_property,
    .SetProperty            = secret_agreement_set_property,
    .CloseAlgorithmProvider = prov_close,
    .SecretAgreement        = dh_secret_agreement,
    .DeriveKey              = secret_derive_key,
    .DestroySecret          = secret_destroy_secret,
    .GenerateKeyPair        = pair_generate_key_pair,
    .FinalizeKeyPair        = pair_finalize_key_pair,
    .ImportKeyPair          = pair_import_key_pair,
    .ExportKey              = pair_export_key,
    .DestroyKey             = pair_destroy_key,
};

const struct prov_family dh_family =
{
    BCRYPT_SECRET_AGREEMENT_INTERFACE, PROV_ROWS(dh_rows), &dh_functions
};
