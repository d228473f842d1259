/*
 * dsa.c - DSA: FIPS 186-2 up to 1024 bits, FIPS 186-3 with SHA-256 above.
 *
 * A key pair is generated in two steps, and in between it may be given its parameters. A blob says
 * what its parameters were made of (Count, Seed), and they are made again and compared, unless it
 * says that it does not know: all bits set.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/lc.h"
#include "crypto/ffc/lc_dsa.h"
#include "provider/ffc/dsa_blob.h"
#include "provider/ffc/ffc.h"

#define KEY_BITS_MIN  512
#define KEY_BITS_MAX  3072
#define KEY_BITS_STEP 64

struct dsa_key
{
    struct ffc_key ffc;                         /* PROV_DSA_KEY */
    struct lc_dsa *dsa;                         /* of an unfinalized key: its parameters, or NULL */
    UCHAR count[DSA_COUNT_BYTES], seed[DSA_MOST_Q_BYTES];
};

static const LPCWSTR dsa_ids[] = { BCRYPT_DSA_ALGORITHM };

/* ---- keys ---- */

/* A key that has its numbers; NULL (STATUS_INVALID_HANDLE) before it is finalized. */
static struct dsa_key *key_ready(BCRYPT_KEY_HANDLE hKey)
{
    return ffc_key_ready(hKey, PROV_DSA_KEY);
}

static NTSTATUS WINAPI dsa_destroy_key(BCRYPT_KEY_HANDLE hKey)
{
    struct dsa_key *key = hKey;

    lc_dsa_free(key->dsa);
    prov_object_free(key, sizeof(*key));
    return STATUS_SUCCESS;
}

/* Fresh parameters of the key's length. */
static NTSTATUS generate_parameters(struct dsa_key *key)
{
    struct lc_dsa_seed seed;
    NTSTATUS status;
    ULONG i;

    if ((status = lc_dsa_generate_parameters(atomic_load(&key->ffc.bits), &seed, &key->dsa)))
    {
        return status;
    }
    for (i = 0; i < DSA_COUNT_BYTES; i++) key->count[i] = (UCHAR)(seed.count >> (24 - 8 * i));
    memcpy(key->seed, seed.bytes, sizeof(key->seed));
    return STATUS_SUCCESS;
}

static NTSTATUS generate(struct ffc_key *ffc)
{
    struct dsa_key *key = (struct dsa_key *)ffc;
    NTSTATUS status;

    if (!key->dsa && (status = generate_parameters(key))) return status;
    return lc_dsa_generate_key(key->dsa);
}

static void forget_parameters(struct ffc_key *ffc)
{
    struct dsa_key *key = (struct dsa_key *)ffc;

    lc_dsa_free(key->dsa);
    key->dsa = NULL;
}

static struct ffc_algorithm dsa_algorithm =
{
    .head              = { PROV_ALGORITHM, 0 },
    .id                = BCRYPT_DSA_ALGORITHM,
    .interface_id      = BCRYPT_SIGNATURE_INTERFACE,
    .lengths           = { KEY_BITS_MIN, KEY_BITS_MAX, KEY_BITS_STEP },
    .key_kind          = PROV_DSA_KEY,
    .key_bytes         = sizeof(struct dsa_key),
    .generate          = generate,
    .forget_parameters = forget_parameters,
};

static NTSTATUS WINAPI dsa_open(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId, ULONG dwFlags)
{
    return ffc_open(&dsa_algorithm, phAlgorithm, pszAlgId, dwFlags);
}

/* ---- blobs and parameters ---- */

static struct lc_dsa_number number_of(struct blob_number field)
{
    return (struct lc_dsa_number){ field.digits, field.bytes };
}

static bool all_bytes_are(const UCHAR *bytes, ULONG count, UCHAR value)
{
    while (count && bytes[count - 1] == value) count--;
    return !count;
}

/* What a blob has no seed for cannot be made again. */
static bool has_no_seed(const struct dsa_blob *fields)
{
    return all_bytes_are(fields->count, DSA_COUNT_BYTES, 0xff) &&
           all_bytes_are(fields->seed.digits, fields->seed.bytes, 0xff);
}

/* The numbers of a blob, as a key of libcrypto. */
static NTSTATUS read_numbers(const struct dsa_blob *fields, unsigned checks, struct lc_dsa **dsa)
{
    const struct lc_dsa_number numbers[LC_DSA_PART_COUNT] = {
        [LC_DSA_P] = number_of(fields->p), [LC_DSA_Q] = number_of(fields->q),
        [LC_DSA_G] = number_of(fields->g), [LC_DSA_Y] = number_of(fields->y),
        [LC_DSA_X] = number_of(fields->x),
    };
    struct lc_dsa_seed seed = { 0 };
    NTSTATUS status;
    ULONG i;

    for (i = 0; i < DSA_COUNT_BYTES; i++) seed.count = seed.count << 8 | fields->count[i];
    memcpy(seed.bytes, fields->seed.digits, fields->seed.bytes);
    if (has_no_seed(fields)) checks &= ~(unsigned)LC_DSA_CHECK_SEED;
    if ((status = lc_ready())) return status;
    return lc_dsa_new(numbers, &seed, checks, dsa);
}

/* Gives a key what was read; dsa is the key's from here on. */
static void set_numbers(struct dsa_key *key, const struct dsa_blob *fields, struct lc_dsa *dsa)
{
    lc_dsa_free(key->dsa);
    key->dsa = dsa;
    memcpy(key->count, fields->count, sizeof(key->count));
    memset(key->seed, 0, sizeof(key->seed));
    memcpy(key->seed, fields->seed.digits, fields->seed.bytes);
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
        *checks = LC_DSA_CHECK_SEED | LC_DSA_CHECK_ORDER | LC_DSA_CHECK_PAIR;
        break;
    case BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER:
        *checks = LC_DSA_CHECK_ORDER;
        break;
    default:
        *checks = 0;
        break;
    }
    if (dwFlags & BCRYPT_KEY_VALIDATION_REGENERATE) *checks |= LC_DSA_CHECK_PAIR;
    return STATUS_SUCCESS;
}

static NTSTATUS import(const struct dsa_blob *fields, unsigned checks, BCRYPT_KEY_HANDLE *phKey)
{
    struct dsa_key *key;
    struct lc_dsa *dsa;
    NTSTATUS status;

    if ((status = read_numbers(fields, checks, &dsa))) return status;
    if ((status = ffc_key_new(&dsa_algorithm, 8 * fields->key_bytes, &key)))
    {
        lc_dsa_free(dsa);
        return status;
    }
    set_numbers(key, fields, dsa);
    key->ffc.is_private = fields->x.bytes != 0;
    ffc_key_leave(&key->ffc, FFC_KEY_READY);
    *phKey = key;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI dsa_import_key_pair(BCRYPT_ALG_HANDLE hAlgorithm,
                                           BCRYPT_KEY_HANDLE hImportKey, LPCWSTR pszBlobType,
                                           BCRYPT_KEY_HANDLE *phKey, PUCHAR pbInput, ULONG cbInput,
                                           ULONG dwFlags)
{
    const struct dsa_blob_form *form = dsa_blob_form(pszBlobType);
    struct dsa_blob fields;
    UCHAR *scratch = NULL;
    unsigned checks;
    NTSTATUS status;

    (void)hAlgorithm;
    if (!form) return STATUS_NOT_SUPPORTED;
    if (hImportKey) return STATUS_INVALID_PARAMETER;
    if ((status = checks_of(dwFlags, &checks))) return status;
    if (form->is_capi && !(scratch = memory_get(cbInput))) return STATUS_NO_MEMORY;

    status = dsa_blob_read(form, pbInput, cbInput, scratch, &fields);
    if (!status) status = import(&fields, checks, phKey);
    memory_put(scratch, cbInput);
    return status;
}

/* The numbers of a key, one behind the other, for as long as a blob is written. */
struct key_numbers
{
    UCHAR p[KEY_BITS_MAX / 8], g[KEY_BITS_MAX / 8], y[KEY_BITS_MAX / 8];
    UCHAR q[DSA_MOST_Q_BYTES], x[DSA_MOST_Q_BYTES];
};

static struct blob_number get_part(const struct dsa_key *key, enum lc_dsa_part part, UCHAR *room,
                                   ULONG bytes)
{
    lc_dsa_get_part(key->dsa, part, room, bytes);
    return (struct blob_number){ room, bytes };
}

/* Answers an export or a request for the parameters. */
static NTSTATUS reply_blob(const struct dsa_key *key, const struct dsa_blob_form *form,
                           const struct reply *reply)
{
    struct dsa_blob fields = { 0 };
    struct key_numbers *numbers;
    NTSTATUS status;
    PUCHAR room;

    fields.key_bytes = lc_dsa_bits(key->dsa) / 8;
    fields.q_bytes = (ULONG)lc_dsa_q_bytes(key->dsa);
    status = reply_room(reply, dsa_blob_bytes(form, &fields), &room);
    if (!room) return status;
    if (!(numbers = memory_get(sizeof(*numbers)))) return STATUS_NO_MEMORY;

    memcpy(fields.count, key->count, sizeof(fields.count));
    fields.seed = (struct blob_number){ key->seed, fields.q_bytes };
    fields.p = get_part(key, LC_DSA_P, numbers->p, fields.key_bytes);
    fields.q = get_part(key, LC_DSA_Q, numbers->q, fields.q_bytes);
    fields.g = get_part(key, LC_DSA_G, numbers->g, fields.key_bytes);
    if (form->has_y) fields.y = get_part(key, LC_DSA_Y, numbers->y, fields.key_bytes);
    if (form->has_x) fields.x = get_part(key, LC_DSA_X, numbers->x, fields.q_bytes);
    dsa_blob_write(form, &fields, room);
    memory_put(numbers, sizeof(*numbers));
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI dsa_export_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                      LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                      ULONG *pcbResult, ULONG dwFlags)
{
    const struct dsa_blob_form *form = dsa_blob_form(pszBlobType);
    struct reply reply = { pbOutput, cbOutput, pcbResult };
    struct dsa_key *key = key_ready(hKey);

    (void)dwFlags;
    if (!key) return STATUS_INVALID_HANDLE;
    if (!form || (form->is_capi && lc_dsa_bits(key->dsa) > DSA_V1_BITS))
    {
        return STATUS_NOT_SUPPORTED;
    }
    if (hExportKey || (form->has_x && !key->ffc.is_private)) return STATUS_INVALID_PARAMETER;
    return reply_blob(key, form, &reply);
}

/* ---- signatures ---- */

static NTSTATUS WINAPI dsa_sign_hash(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbInput,
                                     ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput,
                                     ULONG *pcbResult, ULONG dwFlags)
{
    struct reply reply = { pbOutput, cbOutput, pcbResult };
    struct dsa_key *key = key_ready(hKey);
    ULONG q_bytes;
    NTSTATUS status;
    PUCHAR room;

    if (!key) return STATUS_INVALID_HANDLE;
    if (pPaddingInfo || dwFlags) return STATUS_INVALID_PARAMETER;
    q_bytes = (ULONG)lc_dsa_q_bytes(key->dsa);
    if (!pbOutput) return reply_room(&reply, 2 * q_bytes, &room); /* of a public key, too [win] */
    if (!key->ffc.is_private || cbInput != q_bytes) return STATUS_INVALID_PARAMETER;
    if ((status = reply_room(&reply, 2 * q_bytes, &room))) return status;
    return lc_dsa_sign(key->dsa, pbInput, cbInput, room);
}

static NTSTATUS WINAPI dsa_verify_signature(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo,
                                            PUCHAR pbHash, ULONG cbHash, PUCHAR pbSignature,
                                            ULONG cbSignature, ULONG dwFlags)
{
    struct dsa_key *key = key_ready(hKey);
    ULONG q_bytes;

    if (!key) return STATUS_INVALID_HANDLE;
    q_bytes = (ULONG)lc_dsa_q_bytes(key->dsa);
    if (pPaddingInfo || dwFlags || cbHash != q_bytes || cbSignature != 2 * q_bytes)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return lc_dsa_verify(key->dsa, pbHash, cbHash, pbSignature);
}

/* ---- properties ---- */

static NTSTATUS get_signature_length(void *object, const struct reply *reply)
{
    const struct dsa_key *key = key_ready(object);

    return key ? reply_ulong(reply, 2 * (ULONG)lc_dsa_q_bytes(key->dsa)) : STATUS_INVALID_HANDLE;
}

static NTSTATUS get_parameters(void *object, const struct reply *reply)
{
    const struct dsa_key *key = key_ready(object);

    return key ? reply_blob(key, &dsa_parameters_form, reply) : STATUS_INVALID_HANDLE;
}

static NTSTATUS set_parameters(void *object, const UCHAR *value, ULONG bytes)
{
    struct dsa_key *key = object;
    struct dsa_blob fields;
    struct lc_dsa *dsa;
    NTSTATUS status;

    if (key_ready(object)) return STATUS_INVALID_HANDLE;
    if (!value) return STATUS_INVALID_PARAMETER;
    if ((status = dsa_blob_read(&dsa_parameters_form, value, bytes, NULL, &fields))) return status;
    if (8 * fields.key_bytes != atomic_load(&key->ffc.bits)) return STATUS_INVALID_PARAMETER;
    if ((status = read_numbers(&fields, LC_DSA_CHECK_SEED | LC_DSA_CHECK_ORDER, &dsa)))
    {
        return status;
    }
    if (!ffc_key_enter(&key->ffc))
    {
        lc_dsa_free(dsa);
        return STATUS_INVALID_HANDLE;
    }
    set_numbers(key, &fields, dsa);
    ffc_key_leave(&key->ffc, FFC_KEY_UNFINALIZED);
    return STATUS_SUCCESS;
}

static const struct property key_property_list[] =
{
    { BCRYPT_ALGORITHM_NAME,    ffc_get_key_name,          NULL },
    { BCRYPT_KEY_LENGTH,        ffc_get_key_length,        ffc_set_key_length },
    { BCRYPT_KEY_STRENGTH,      ffc_get_key_length,        NULL },
    { BCRYPT_PUBLIC_KEY_LENGTH, ffc_get_public_key_length, NULL },
    { BCRYPT_SIGNATURE_LENGTH,  get_signature_length,      NULL },
    { BCRYPT_DSA_PARAMETERS,    get_parameters,            set_parameters },
};
static const struct properties key_properties = PROPERTIES(key_property_list);

static const struct properties *properties_of(BCRYPT_HANDLE hObject)
{
    return prov_is(hObject, PROV_DSA_KEY) ? &key_properties : &ffc_algorithm_properties;
}

static NTSTATUS WINAPI dsa_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                        ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    (void)dwFlags;
    return properties_get(properties_of(hObject), hObject, pszProperty, pbOutput, cbOutput,
                          pcbResult);
}

static NTSTATUS WINAPI dsa_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                        ULONG cbInput, ULONG dwFlags)
{
    (void)dwFlags;
    return properties_set(properties_of(hObject), hObject, pszProperty, pbInput, cbInput);
}

static const BCRYPT_SIGNATURE_FUNCTION_TABLE dsa_functions =
{
    .Version                = BCRYPT_SIGNATURE_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = dsa_open,
    .GetProperty            = dsa_get_property,
    .SetProperty            = dsa_set_property,
    .CloseAlgorithmProvider = ffc_close,
    .GenerateKeyPair        = ffc_generate_key_pair,
    .FinalizeKeyPair        = ffc_finalize_key_pair,
    .SignHash               = dsa_sign_hash,
    .VerifySignature        = dsa_verify_signature,
    .ImportKeyPair          = dsa_import_key_pair,
    .ExportKey              = dsa_export_key,
    .DestroyKey             = dsa_destroy_key,
};

const struct prov_family dsa_family =
{
    BCRYPT_SIGNATURE_INTERFACE, PROV_ROWS(dsa_ids), &dsa_functions
};
