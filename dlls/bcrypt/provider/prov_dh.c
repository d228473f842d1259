/*
 * prov_dh.c - Diffie-Hellman modulo a prime.
 *
 * A key pair is generated in two steps, and in between it may be given its parameters; without them
 * it gets a published group (crypto/lc_dh.c).
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdatomic.h>

#include "crypto/lc.h"
#include "crypto/lc_dh.h"
#include "provider/blob.h"
#include "provider/prov_secret.h"

#define KEY_BITS_MIN  512
#define KEY_BITS_MAX  4096
#define KEY_BITS_STEP 64

#define CAPI_PRIVATE_TYPE  7
#define CAPI_VERSION       2
#define CAPI_DH_EPHEM      0xaa02
#define CAPI_DH_STORED     0xaa01
#define CAPI_MAGIC_PRIVATE 0x32484400           /* DH2 */

enum dh_key_state
{
    DH_KEY_UNFINALIZED, DH_KEY_BUSY, DH_KEY_READY
};

struct dh_key
{
    struct prov_object head;                    /* PROV_DH_KEY */
    _Atomic int state;                          /* enum dh_key_state */
    _Atomic ULONG bits;                         /* of p */
    bool is_private;
    struct lc_dh *dh;                           /* of an unfinalized key: its parameters, or NULL */
};

static struct prov_object dh_algorithm = { PROV_ALGORITHM, 0 };

static LPCWSTR dh_id(ULONG number)
{
    return number ? NULL : BCRYPT_DH_ALGORITHM;
}

static NTSTATUS WINAPI dh_open(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId, ULONG dwFlags)
{
    if (dwFlags) return STATUS_NOT_SUPPORTED;
    if (!names_equal(pszAlgId, BCRYPT_DH_ALGORITHM)) return STATUS_NOT_FOUND;
    *phAlgorithm = &dh_algorithm;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI dh_close(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags)
{
    (void)hAlgorithm, (void)dwFlags;
    return STATUS_SUCCESS;
}

/* ---- keys ---- */

/* A key that has its numbers; NULL (STATUS_INVALID_HANDLE) before it is finalized. */
static struct dh_key *key_ready(BCRYPT_KEY_HANDLE hKey)
{
    struct dh_key *key = hKey;

    if (!prov_is(hKey, PROV_DH_KEY)) return NULL;
    return atomic_load_explicit(&key->state, memory_order_acquire) == DH_KEY_READY ? key : NULL;
}

static NTSTATUS key_new(ULONG bits, struct dh_key **key)
{
    NTSTATUS status;

    if ((status = prov_object_new(PROV_DH_KEY, sizeof(**key), NULL, 0, key))) return status;
    atomic_init(&(*key)->state, DH_KEY_UNFINALIZED);
    atomic_init(&(*key)->bits, bits);
    (*key)->is_private = false;
    (*key)->dh = NULL;
    return STATUS_SUCCESS;
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

static bool is_key_length(ULONG bits)
{
    return bits >= KEY_BITS_MIN && bits <= KEY_BITS_MAX && !(bits % KEY_BITS_STEP);
}

static NTSTATUS WINAPI dh_generate_key_pair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                            ULONG dwLength, ULONG dwFlags)
{
    struct dh_key *key;
    NTSTATUS status;

    (void)hAlgorithm;
    if (dwFlags || !is_key_length(dwLength)) return STATUS_INVALID_PARAMETER;
    if ((status = key_new(dwLength, &key))) return status;
    *phKey = key;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI dh_finalize_key_pair(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags)
{
    int unfinalized = DH_KEY_UNFINALIZED;
    struct dh_key *key = hKey;
    NTSTATUS status;

    if (key_ready(hKey)) return STATUS_INVALID_HANDLE;
    if (dwFlags && dwFlags != BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (!atomic_compare_exchange_strong(&key->state, &unfinalized, DH_KEY_BUSY))
        return STATUS_INVALID_HANDLE;

    status = lc_ready();
    if (!status && !key->dh) status = lc_dh_new_parameters(atomic_load(&key->bits), &key->dh);
    if (!status) status = lc_dh_generate_key(key->dh);
    key->is_private = !status;
    atomic_store_explicit(&key->state, status ? DH_KEY_UNFINALIZED : DH_KEY_READY,
                          memory_order_release);
    return status;
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
    if ((status = lc_ready()) || (status = key_new(0, &key))) goto done;
    if ((status = lc_dh_new(numbers, checks, &key->dh))) goto done;
    key->is_private = form->has_x;
    atomic_store(&key->bits, lc_dh_bits(key->dh));
    atomic_store_explicit(&key->state, DH_KEY_READY, memory_order_release);
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
    if (hExportKey || (form->has_x && !key->is_private)) return STATUS_INVALID_PARAMETER;
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
    if (dwFlags || !own->is_private || !lc_dh_same_group(own->dh, peer->dh))
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

static NTSTATUS get_name(void *object, const struct reply *reply)
{
    (void)object;
    return reply_name(reply, BCRYPT_DH_ALGORITHM);
}

static NTSTATUS get_key_lengths(void *object, const struct reply *reply)
{
    static const BCRYPT_KEY_LENGTHS_STRUCT lengths = { KEY_BITS_MIN, KEY_BITS_MAX, KEY_BITS_STEP };

    (void)object;
    return reply_bytes(reply, &lengths, sizeof(lengths));
}

static NTSTATUS get_primitive_type(void *object, const struct reply *reply)
{
    (void)object;
    return reply_ulong(reply, BCRYPT_SECRET_AGREEMENT_INTERFACE);
}

static const struct property algorithm_property_list[] =
{
    { BCRYPT_ALGORITHM_NAME, get_name,           NULL },
    { BCRYPT_KEY_LENGTHS,    get_key_lengths,    NULL },
    { BCRYPT_PRIMITIVE_TYPE, get_primitive_type, NULL },
};
static const struct properties algorithm_properties = PROPERTIES(algorithm_property_list);

static NTSTATUS get_key_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, atomic_load(&((struct dh_key *)object)->bits));
}

/* As RSA has it: the present length may be set at any time, another one before the key is made;
 * parameters of another length are forgotten. */
static NTSTATUS set_key_length(void *object, const UCHAR *value, ULONG bytes)
{
    int unfinalized = DH_KEY_UNFINALIZED;
    struct dh_key *key = object;
    NTSTATUS status;
    ULONG bits;

    if ((status = property_ulong(value, bytes, &bits))) return status;
    if (bits == atomic_load(&key->bits)) return STATUS_SUCCESS;
    if (!is_key_length(bits)) return STATUS_INVALID_PARAMETER;
    if (!atomic_compare_exchange_strong(&key->state, &unfinalized, DH_KEY_BUSY))
    {
        return STATUS_INVALID_PARAMETER;
    }
    lc_dh_free(key->dh);
    key->dh = NULL;
    atomic_store(&key->bits, bits);
    atomic_store_explicit(&key->state, DH_KEY_UNFINALIZED, memory_order_release);
    return STATUS_SUCCESS;
}

static NTSTATUS get_public_key_length(void *object, const struct reply *reply)
{
    return key_ready(object) ? get_key_length(object, reply) : STATUS_INVALID_HANDLE;
}

static NTSTATUS get_parameters(void *object, const struct reply *reply)
{
    const struct dh_key *key = key_ready(object);

    return key ? reply_blob(key, &parameters_form, reply) : STATUS_INVALID_HANDLE;
}

static NTSTATUS set_parameters(void *object, const UCHAR *value, ULONG bytes)
{
    struct lc_dh_number numbers[LC_DH_PART_COUNT];
    int unfinalized = DH_KEY_UNFINALIZED;
    struct dh_key *key = object;
    struct lc_dh *dh;
    NTSTATUS status;

    if (key_ready(object)) return STATUS_INVALID_HANDLE;
    if (!value) return STATUS_INVALID_PARAMETER;
    if ((status = read_blob(&parameters_form, value, bytes, NULL, numbers))) return status;
    if (numbers[LC_DH_P].bytes != (atomic_load(&key->bits) + 7) / 8)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if ((status = lc_ready()) || (status = lc_dh_new(numbers, 0, &dh))) return status;
    if (!atomic_compare_exchange_strong(&key->state, &unfinalized, DH_KEY_BUSY))
    {
        lc_dh_free(dh);
        return STATUS_INVALID_HANDLE;
    }
    lc_dh_free(key->dh);
    key->dh = dh;
    atomic_store(&key->bits, lc_dh_bits(dh));
    atomic_store_explicit(&key->state, DH_KEY_UNFINALIZED, memory_order_release);
    return STATUS_SUCCESS;
}

static const struct property key_property_list[] =
{
    { BCRYPT_ALGORITHM_NAME,    get_name,              NULL },
    { BCRYPT_KEY_LENGTH,        get_key_length,        set_key_length },
    { BCRYPT_KEY_STRENGTH,      get_key_length,        NULL },
    { BCRYPT_PUBLIC_KEY_LENGTH, get_public_key_length, NULL },
    { BCRYPT_DH_PARAMETERS,     get_parameters,        set_parameters },
};
static const struct properties key_properties = PROPERTIES(key_property_list);

static const struct properties *properties_of(BCRYPT_HANDLE hObject)
{
    if (prov_is(hObject, PROV_SECRET)) return &secret_properties;
    return prov_is(hObject, PROV_DH_KEY) ? &key_properties : &algorithm_properties;
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
    .CloseAlgorithmProvider = dh_close,
    .SecretAgreement        = dh_secret_agreement,
    .DeriveKey              = secret_derive_key,
    .DestroySecret          = secret_destroy,
    .GenerateKeyPair        = dh_generate_key_pair,
    .FinalizeKeyPair        = dh_finalize_key_pair,
    .ImportKeyPair          = dh_import_key_pair,
    .ExportKey              = dh_export_key,
    .DestroyKey             = dh_destroy_key,
};

const struct prov_family dh_family = { BCRYPT_SECRET_AGREEMENT_INTERFACE, dh_id, &dh_functions };
