/*
 * dsa.c - DSA: FIPS 186-2 up to 1024 bits, FIPS 186-3 with SHA-256 above.
 *
 * A key pair is generated in two steps, and in between it may be given its parameters. A blob says
 * what its parameters were made of (Count, Seed). When parameters are set, or a key is imported
 * without validation flags, they are made again and compared, unless Count and Seed have all bits
 * set: then they are unknown.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/lc.h"
#include "crypto/ffc/lc_dsa.h"
#include "provider/common/pair.h"
#include "provider/ffc/dsa_blob.h"

#define KEY_BITS_MAX 3072
#define KEY_LENGTHS { 512, KEY_BITS_MAX, 64 }

struct dsa_key
{
    struct pair pair;                           /* PROV_DSA_KEY */
    struct lc_dsa *dsa;                         /* of an unfinalized key: its parameters, or NULL */
    UCHAR count[DSA_COUNT_BYTES], seed[DSA_MOST_Q_BYTES];
};

/* ---- pairs ---- */

/* Fresh parameters of the key's length. */
static NTSTATUS generate_parameters(struct dsa_key *key)
{
    struct lc_dsa_seed seed;
    NTSTATUS status;
    ULONG i;

    if ((status = lc_dsa_generate_parameters(key->pair.bits, &seed, &key->dsa)))
    {
        return status;
    }
    for (i = 0; i < DSA_COUNT_BYTES; i++) key->count[i] = (UCHAR)(seed.count >> (24 - 8 * i));
    memcpy(key->seed, seed.bytes, sizeof(key->seed));
    return STATUS_SUCCESS;
}

/* With the parameters that the pair was given, or with fresh ones. */
static NTSTATUS make(void *object)
{
    struct dsa_key *key = object;
    NTSTATUS status;

    if ((status = lc_ready())) return status;
    if (!key->dsa && (status = generate_parameters(key))) return status;
    return lc_dsa_generate_key(key->dsa);
}

static void free_numbers(void *object)
{
    struct dsa_key *key = object;

    lc_dsa_free(key->dsa);
    key->dsa = NULL;
}

/* Parameters of another length are forgotten. */
static NTSTATUS resize(void *object, ULONG bits)
{
    const struct dsa_key *key = object;

    if (!pair_has_length(key->pair.row, bits)) return STATUS_INVALID_PARAMETER;
    free_numbers(object);
    return STATUS_SUCCESS;
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

/* Whether a blob has no seed: its parameters cannot be made again. */
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

static NTSTATUS read_fields(struct dsa_key *key, const struct dsa_blob *fields,
                            unsigned int checks)
{
    unsigned wanted = 0;
    struct lc_dsa *dsa;
    NTSTATUS status;

    if (checks & PAIR_CHECK_DEFAULT) wanted |= LC_DSA_CHECK_SEED | LC_DSA_CHECK_PAIR;
    if (checks & PAIR_CHECK_ORDER) wanted |= LC_DSA_CHECK_ORDER;
    if (checks & PAIR_CHECK_REGENERATE) wanted |= LC_DSA_CHECK_PAIR;
    if ((status = read_numbers(fields, wanted, &dsa))) return status;
    set_numbers(key, fields, dsa);
    key->pair.bits = 8 * fields->key_bytes;
    return STATUS_SUCCESS;
}

static NTSTATUS read_blob(void *object, struct prov_algorithm *algorithm,
                          const struct blob_type *type, const UCHAR *blob, ULONG bytes,
                          unsigned int checks)
{
    const struct dsa_blob_form *form = (const struct dsa_blob_form *)type;
    struct dsa_blob fields;
    UCHAR *scratch = NULL;
    NTSTATUS status;

    (void)algorithm;
    if (form->is_capi && !(scratch = memory_get(bytes))) return STATUS_NO_MEMORY;

    status = dsa_blob_read(form, blob, bytes, scratch, &fields);
    if (!status) status = read_fields(object, &fields, checks);
    memory_put(scratch, bytes);
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

    fields.key_bytes = key->pair.bits / 8;
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
    if (form->type.is_private) fields.x = get_part(key, LC_DSA_X, numbers->x, fields.q_bytes);
    dsa_blob_write(form, &fields, room);
    memory_put(numbers, sizeof(*numbers));
    return STATUS_SUCCESS;
}

static NTSTATUS write_blob(const void *object, const struct blob_type *type,
                           const struct reply *reply)
{
    const struct dsa_blob_form *form = (const struct dsa_blob_form *)type;
    const struct dsa_key *key = object;

    if (form->is_capi && key->pair.bits > DSA_V1_BITS) return STATUS_NOT_SUPPORTED;
    return reply_blob(key, form, reply);
}

/* ---- signatures ---- */

static NTSTATUS WINAPI dsa_sign_hash(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbInput,
                                     ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput,
                                     ULONG *pcbResult, ULONG dwFlags)
{
    struct reply reply = { pbOutput, cbOutput, pcbResult };
    struct dsa_key *key = pair_ready(hKey);
    ULONG q_bytes;
    NTSTATUS status;
    PUCHAR room;

    if (!key) return STATUS_INVALID_HANDLE;
    if (pPaddingInfo || dwFlags) return STATUS_INVALID_PARAMETER;
    q_bytes = (ULONG)lc_dsa_q_bytes(key->dsa);
    if (!pbOutput) return reply_room(&reply, 2 * q_bytes, &room); /* of a public key, too [win] */
    if (!key->pair.is_private || cbInput != q_bytes) return STATUS_INVALID_PARAMETER;
    if ((status = reply_room(&reply, 2 * q_bytes, &room))) return status;
    return lc_dsa_sign(key->dsa, pbInput, cbInput, room);
}

static NTSTATUS WINAPI dsa_verify_signature(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo,
                                            PUCHAR pbHash, ULONG cbHash, PUCHAR pbSignature,
                                            ULONG cbSignature, ULONG dwFlags)
{
    struct dsa_key *key = pair_ready(hKey);
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
    return reply_ulong(reply, 2 * (ULONG)lc_dsa_q_bytes(((const struct dsa_key *)object)->dsa));
}

static NTSTATUS get_parameters(void *object, const struct reply *reply)
{
    return reply_blob(object, &dsa_parameters_form, reply);
}

static NTSTATUS set_parameters(void *object, const UCHAR *value, ULONG bytes)
{
    struct dsa_key *key = object;
    struct dsa_blob fields;
    struct lc_dsa *dsa;
    NTSTATUS status;

    if ((status = dsa_blob_read(&dsa_parameters_form, value, bytes, NULL, &fields))) return status;
    if (8 * fields.key_bytes != key->pair.bits) return STATUS_INVALID_PARAMETER;
    status = read_numbers(&fields, LC_DSA_CHECK_SEED | LC_DSA_CHECK_ORDER, &dsa);
    if (!status) set_numbers(key, &fields, dsa);
    return status;
}

static const struct pair_property properties[] =
{
    { BCRYPT_SIGNATURE_LENGTH, false, get_signature_length, NULL,           NULL },
    { BCRYPT_DSA_PARAMETERS,   false, get_parameters,       set_parameters, NULL },
};

static const struct pair_methods methods =
{
    .kind                 = PROV_DSA_KEY,
    .key_bytes            = sizeof(struct dsa_key),
    .resize               = resize,
    .make                 = make,
    .free                 = free_numbers,
    .read                 = read_blob,
    .write                = write_blob,
    .types                = { dsa_blob_forms, DSA_BLOB_FORM_COUNT, sizeof(dsa_blob_forms[0]) },
    .algorithm_properties = &pair_algorithm_properties,
    .properties           = PAIR_PROPERTIES(properties),
};

static const struct pair_row dsa_rows[] =
{
    { BCRYPT_DSA_ALGORITHM, &methods, KEY_LENGTHS, NULL },
};

static NTSTATUS WINAPI dsa_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId,
                                                   ULONG dwFlags)
{
    return prov_open(&dsa_family, sizeof(struct prov_algorithm), 0, pszAlgId, dwFlags, phAlgorithm);
}

static const BCRYPT_SIGNATURE_FUNCTION_TABLE dsa_functions =
{
    .Version                = BCRYPT_SIGNATURE_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = dsa_open_algorithm_provider,
    .GetProperty            = pair_get_property,
    .SetProperty            = pair_set_property,
    .CloseAlgorithmProvider = prov_close,
    .GenerateKeyPair        = pair_generate_key_pair,
    .FinalizeKeyPair        = pair_finalize_key_pair,
    .SignHash               = dsa_sign_hash,
    .VerifySignature        = dsa_verify_signature,
    .ImportKeyPair          = pair_import_key_pair,
    .ExportKey              = pair_export_key,
    .DestroyKey             = pair_destroy_key,
};

const struct prov_family dsa_family =
{
    BCRYPT_SIGNATURE_INTERFACE, PROV_ROWS(dsa_rows), &dsa_functions
};
