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
#include "provider/common/blob.h"
#include "provider/ffc/ffc.h"
#include "provider/secret/secret.h"

#define KEY_BITS_MIN  512
#define KEY_BITS_MAX  4096
#define KEY_BITS_STEP 64

#define CAPI_PRIVATE_TYPE  7
#define CAPI_VERSION       2
#define CAPI_DH_EPHEM      0xaa02
#define CAPI_DH_STORED     0xaa01
#define CAPI_MAGIC_PRIVATE 0x32484400           /* DH2 */

struct dh_key
{
    struct ffc_key ffc;                         /* PROV_DH_KEY */
    struct lc_dh *dh;                           /* of an unfinalized key: its parameters, or NULL */
};

static const LPCWSTR dh_ids[] = { BCRYPT_DH_ALGORITHM };

/* ---- keys ---- */

/* A key that has its numbers; NULL (STATUS_INVALID_HANDLE) before it is finalized. */
static struct dh_key *key_ready(BCRYPT_KEY_HANDLE hKey)
{
    return ffc_key_ready(hKey, PROV_DH_KEY);
}

static NTSTATUS WINAPI dh_destroy_key(BCRYPT_KEY_HANDLE hKey)
{
    struct dh_key *key = hKey;

    lc_dh_free(key->dh);
    prov_object_free(key, sizeof(*key));
    return STATUS_SUCCESS;
}

/* Bytes of p and of every other number of a blob. */
static ULONG key_bytes(const struct dh_key *key)
{
    return (lc_dh_bits(key->dh) + 7) / 8;
}

static NTSTATUS generate(struct ffc_key *ffc)
{
    struct dh_key *key = (struct dh_key *)ffc;
    NTSTATUS status;

    if (!key->dh && (status = lc_dh_new_parameters(atomic_load(&ffc->bits), &key->dh)))
    {
        return status;
    }
    return lc_dh_generate_key(key->dh);
}

static void forget_parameters(struct ffc_key *ffc)
{
    struct dh_key *key = (struct dh_key *)ffc;

    lc_dh_free(key->dh);
    key->dh = NULL;
}

static struct ffc_algorithm dh_algorithm =
{
    .head              = { PROV_ALGORITHM, 0 },
    .id                = BCRYPT_DH_ALGORITHM,
    .interface_id      = BCRYPT_SECRET_AGREEMENT_INTERFACE,
    .lengths           = { KEY_BITS_MIN, KEY_BITS_MAX, KEY_BITS_STEP },
    .key_kind          = PROV_DH_KEY,
    .key_bytes         = sizeof(struct dh_key),
    .generate          = generate,
    .forget_parameters = forget_parameters,
};

static NTSTATUS WINAPI dh_open(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId, ULONG dwFlags)
{
    return ffc_open(&dh_algorithm, phAlgorithm, pszAlgId, dwFlags);
}

/* ---- blobs and parameters ---- */

struct dh_blob_form
{
    LPCWSTR type;                               /* NULL: the DHParameters property */
    ULONG magic;
    bool has_y, has_x;
    bool is_capi;
};

static const struct dh_blob_form forms[] =
{
    { BCRYPT_PUBLIC_KEY_BLOB,  BCRYPT_DH_PUBLIC_MAGIC,  true,  false, false },
    { BCRYPT_PRIVATE_KEY_BLOB, BCRYPT_DH_PRIVATE_MAGIC, true,  true,  false },
    { BCRYPT_DH_PUBLIC_BLOB,   BCRYPT_DH_PUBLIC_MAGIC,  true,  false, false },
    { BCRYPT_DH_PRIVATE_BLOB,  BCRYPT_DH_PRIVATE_MAGIC, true,  true,  false },
    { LEGACY_DH_PRIVATE_BLOB,  CAPI_MAGIC_PRIVATE,      false, true,  true  },
};
static const struct dh_blob_form parameters_form = { NULL, BCRYPT_DH_PARAMETERS_MAGIC, false, false,
                                                     false };

/* A field of a blob; one of CAPI is turned round into *scratch, which it moves on. */
static struct lc_dh_number read_number(struct blob_reader *reader, ULONG bytes, UCHAR **scratch)
{
    struct blob_number number = blob_read_number(reader, bytes);

    if (*scratch && number.bytes)
    {
        blob_reverse(*scratch, number.digits, number.bytes);
        number.digits = *scratch;
        *scratch += number.bytes;
    }
    return (struct lc_dh_number){ number.digits, number.bytes };
}

/* The numbers of a blob, which fill it exactly [win]. scratch: as large, for one of CAPI; else
 * NULL. */
static NTSTATUS read_blob(const struct dh_blob_form *form, const UCHAR *blob, ULONG blob_bytes,
                          UCHAR *scratch, struct lc_dh_number numbers[LC_DH_PART_COUNT])
{
    struct blob_reader reader;
    ULONG algorithm, bytes, bits;

    memset(numbers, 0, LC_DH_PART_COUNT * sizeof(numbers[0]));
    blob_read_start(&reader, blob, blob_bytes);
    if (form->is_capi)
    {
        if (blob_read_byte(&reader) != CAPI_PRIVATE_TYPE || blob_read_byte(&reader) != CAPI_VERSION)
        {
            return STATUS_INVALID_PARAMETER;
        }
        blob_read_number(&reader, 2);
        algorithm = blob_read_ulong(&reader);
        if (algorithm != CAPI_DH_EPHEM && algorithm != CAPI_DH_STORED)
        {
            return STATUS_INVALID_PARAMETER;
        }
    }
    else if (!form->type && blob_read_ulong(&reader) != blob_bytes) return STATUS_INVALID_PARAMETER;
    if (blob_read_ulong(&reader) != form->magic) return STATUS_INVALID_PARAMETER;
    bytes = blob_read_ulong(&reader);
    if (form->is_capi) bytes = bytes / 8 + (bytes % 8 != 0);

    numbers[LC_DH_P] = read_number(&reader, bytes, &scratch);
    numbers[LC_DH_G] = read_number(&reader, bytes, &scratch);
    if (form->has_y) numbers[LC_DH_Y] = read_number(&reader, bytes, &scratch);
    if (form->has_x) numbers[LC_DH_X] = read_number(&reader, bytes, &scratch);
    if (!blob_read_all(&reader)) return STATUS_INVALID_PARAMETER;

    bits = blob_number_bits((struct blob_number){ numbers[LC_DH_P].digits, bytes });
    if (bits < KEY_BITS_MIN || bits > KEY_BITS_MAX || bytes != (bits + 7) / 8)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return STATUS_SUCCESS;
}

/* What the flags of an import want checked. 0x18 is more than 0x10 and not
 * BCRYPT_NO_KEY_VALIDATION. */
static NTSTATUS checks_of(ULONG dwFlags, unsigned *checks)
{
    const ULONG known = BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER | BCRYPT_KEY_VALIDATION_REGENERATE;

    if (dwFlags & ~known) return STATUS_INVALID_PARAMETER;
    switch (dwFlags & BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER)
    {
    case 0:
        *checks = LC_DH_CHECK_RANGE | LC_DH_CHECK_ORDER | LC_DH_CHECK_NAMED_PAIR;
        break;
    case BCRYPT_KEY_VALIDATION_RANGE:
        *checks = LC_DH_CHECK_RANGE;
        break;
    case BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER:
        *checks = LC_DH_CHECK_RANGE | LC_DH_CHECK_ORDER;
        break;
    default:
        *checks = 0;
        break;
    }
    if (dwFlags & BCRYPT_KEY_VALIDATION_REGENERATE) *checks |= LC_DH_CHECK_PAIR;
    return STATUS_SUCCESS;
}

static const struct dh_blob_form *form_of(LPCWSTR type)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(forms); i++) if (names_equal(forms[i].type, type)) return &forms[i];
    return NULL;
}

static NTSTATUS WINAPI dh_import_key_pair(BCRYPT_ALG_HANDLE hAlgorithm,
                                          BCRYPT_KEY_HANDLE hImportKey, LPCWSTR pszBlobType,
                                          BCRYPT_KEY_HANDLE *phKey, PUCHAR pbInput, ULONG cbInput,
                                          ULONG dwFlags)
{
    struct lc_dh_number numbers[LC_DH_PART_COUNT];
    const struct dh_blob_form *form = form_of(pszBlobType);
    struct dh_key *key = NULL;
    UCHAR *scratch = NULL;
    unsigned checks;
    NTSTATUS status;

    (void)hAlgorithm;
    if (!form) return STATUS_NOT_SUPPORTED;
    if (hImportKey) return STATUS_INVALID_PARAMETER;
    if ((status = checks_of(dwFlags, &checks))) return status;
    if (form->is_capi && !(scratch = memory_get(cbInput))) return STATUS_NO_MEMORY;

    if ((status = read_blob(form, pbInput, cbInput, scratch, numbers))) goto done;
    if ((status = lc_ready()) || (status = ffc_key_new(&dh_algorithm, 0, &key))) goto done;
    if ((status = lc_dh_new(numbers, checks, &key->dh))) goto done;
    key->ffc.is_private = form->has_x;
    atomic_store(&key->ffc.bits, lc_dh_bits(key->dh));
    ffc_key_leave(&key->ffc, FFC_KEY_READY);
    *phKey = key;
    key = NULL;

done:
    if (key) dh_destroy_key(key);
    memory_put(scratch, cbInput);
    return status;
}

static void write_number(struct blob_writer *writer, const struct dh_key *key, enum lc_dh_part part,
                         bool is_capi)
{
    ULONG bytes = key_bytes(key);

    lc_dh_get_part(key->dh, part, writer->next, bytes);
    if (is_capi) blob_reverse(writer->next, writer->next, bytes);
    writer->next += bytes;
}

/* Answers an export or a request for the parameters. */
static NTSTATUS reply_blob(const struct dh_key *key, const struct dh_blob_form *form,
                           const struct reply *reply)
{
    ULONG size = 8 + (2 + form->has_y + form->has_x) * key_bytes(key);
    struct blob_writer writer;
    NTSTATUS status;
    PUCHAR room;

    if (form->is_capi) size += 8;
    else if (!form->type) size += 4;
    status = reply_room(reply, size, &room);
    if (!room) return status;

    blob_write_start(&writer, room);
    if (form->is_capi)
    {
        blob_write_byte(&writer, CAPI_PRIVATE_TYPE);
        blob_write_byte(&writer, CAPI_VERSION);
        blob_write_bytes(&writer, (const UCHAR *)"\0", 2);
        blob_write_ulong(&writer, CAPI_DH_EPHEM);
    }
    else if (!form->type) blob_write_ulong(&writer, size);
    blob_write_ulong(&writer, form->magic);
    blob_write_ulong(&writer, form->is_capi ? lc_dh_bits(key->dh) : key_bytes(key));
    write_number(&writer, key, LC_DH_P, form->is_capi);
    write_number(&writer, key, LC_DH_G, form->is_capi);
    if (form->has_y) write_number(&writer, key, LC_DH_Y, form->is_capi);
    if (form->has_x) write_number(&writer, key, LC_DH_X, form->is_capi);
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI dh_export_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                     LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                     ULONG *pcbResult, ULONG dwFlags)
{
    const struct dh_blob_form *form = form_of(pszBlobType);
    struct reply reply = { pbOutput, cbOutput, pcbResult };
    struct dh_key *key = key_ready(hKey);

    (void)dwFlags;
    if (!key) return STATUS_INVALID_HANDLE;
    if (!form) return STATUS_NOT_SUPPORTED;
    if (hExportKey || (form->has_x && !key->ffc.is_private)) return STATUS_INVALID_PARAMETER;
    return reply_blob(key, form, &reply);
}

/* ---- agreement ---- */

static NTSTATUS WINAPI dh_secret_agreement(BCRYPT_KEY_HANDLE hPrivKey, BCRYPT_KEY_HANDLE hPubKey,
                                           BCRYPT_SECRET_HANDLE *phAgreedSecret, ULONG dwFlags)
{
    const struct dh_key *own = key_ready(hPrivKey), *peer = key_ready(hPubKey);
    NTSTATUS status;
    UCHAR *value;
    ULONG bytes;

    if (!own) return STATUS_INVALID_HANDLE;
    if (!prov_is(hPubKey, PROV_DH_KEY)) return STATUS_INVALID_PARAMETER; /* another algorithm's */
    if (!peer) return STATUS_INVALID_HANDLE;
    if (dwFlags || !own->ffc.is_private || !lc_dh_same_group(own->dh, peer->dh))
    {
        return STATUS_INVALID_PARAMETER;
    }

    bytes = key_bytes(own);
    if (!(value = memory_get(bytes))) return STATUS_NO_MEMORY;
    status = lc_dh_agree(own->dh, peer->dh, value, bytes);
    if (!status) status = secret_new(value, bytes, lc_dh_bits(own->dh), phAgreedSecret);
    memory_put(value, bytes);
    return status;
}

/* ---- properties ---- */

static NTSTATUS get_parameters(void *object, const struct reply *reply)
{
    const struct dh_key *key = key_ready(object);

    return key ? reply_blob(key, &parameters_form, reply) : STATUS_INVALID_HANDLE;
}

static NTSTATUS set_parameters(void *object, const UCHAR *value, ULONG bytes)
{
    struct lc_dh_number numbers[LC_DH_PART_COUNT];
    struct dh_key *key = object;
    struct lc_dh *dh;
    NTSTATUS status;

    if (key_ready(object)) return STATUS_INVALID_HANDLE;
    if (!value) return STATUS_INVALID_PARAMETER;
    if ((status = read_blob(&parameters_form, value, bytes, NULL, numbers))) return status;
    if (numbers[LC_DH_P].bytes != (atomic_load(&key->ffc.bits) + 7) / 8)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if ((status = lc_ready()) || (status = lc_dh_new(numbers, 0, &dh))) return status;
    if (!ffc_key_enter(&key->ffc))
    {
        lc_dh_free(dh);
        return STATUS_INVALID_HANDLE;
    }
    lc_dh_free(key->dh);
    key->dh = dh;
    atomic_store(&key->ffc.bits, lc_dh_bits(dh));
    ffc_key_leave(&key->ffc, FFC_KEY_UNFINALIZED);
    return STATUS_SUCCESS;
}

static const struct property key_property_list[] =
{
    { BCRYPT_ALGORITHM_NAME,    ffc_get_key_name,          NULL },
    { BCRYPT_KEY_LENGTH,        ffc_get_key_length,        ffc_set_key_length },
    { BCRYPT_KEY_STRENGTH,      ffc_get_key_length,        NULL },
    { BCRYPT_PUBLIC_KEY_LENGTH, ffc_get_public_key_length, NULL },
    { BCRYPT_DH_PARAMETERS,     get_parameters,            set_parameters },
};
static const struct properties key_properties = PROPERTIES(key_property_list);

static const struct properties *properties_of(BCRYPT_HANDLE hObject)
{
    if (prov_is(hObject, PROV_SECRET)) return &secret_properties;
    return prov_is(hObject, PROV_DH_KEY) ? &key_properties : &ffc_algorithm_properties;
}

static NTSTATUS WINAPI dh_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                       ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    (void)dwFlags;
    return properties_get(properties_of(hObject), hObject, pszProperty, pbOutput, cbOutput,
                          pcbResult);
}

static NTSTATUS WINAPI dh_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                       ULONG cbInput, ULONG dwFlags)
{
    (void)dwFlags;
    return properties_set(properties_of(hObject), hObject, pszProperty, pbInput, cbInput);
}

static const BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE dh_functions =
{
    .Version                = BCRYPT_SECRET_AGREEMENT_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = dh_open,
    .GetProperty            = dh_get_property,
    .SetProperty            = dh_set_property,
    .CloseAlgorithmProvider = ffc_close,
    .SecretAgreement        = dh_secret_agreement,
    .DeriveKey              = secret_derive_key,
    .DestroySecret          = secret_destroy,
    .GenerateKeyPair        = ffc_generate_key_pair,
    .FinalizeKeyPair        = ffc_finalize_key_pair,
    .ImportKeyPair          = dh_import_key_pair,
    .ExportKey              = dh_export_key,
    .DestroyKey             = dh_destroy_key,
};

const struct prov_family dh_family =
{
    BCRYPT_SECRET_AGREEMENT_INTERFACE, PROV_ROWS(dh_ids), &dh_functions
};
