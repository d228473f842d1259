/*
 * kdf.c - the key derivation family: keys that are secrets, from which BCryptKeyDerivation
 * makes others.
 *
 * An algorithm is a row that names its function (kdf_algorithms.c). The secret, of whatever length,
 * lies beside the key object, which so is small whatever the secret.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/kdf/kdf.h"

#include "platform/wipe.h"
#include "provider/common/blob.h"

/* Of a secret: 16384 bits [win]. */
#define MOST_SECRET_BYTES 2048

static const struct kdf_row kdf_rows[] =
{
    { BCRYPT_SP800108_CTR_HMAC_ALGORITHM, kdf_derive_sp800_108, 0, false },
    { BCRYPT_SP80056A_CONCAT_ALGORITHM,   kdf_derive_sp800_56a, 0, false },
    { BCRYPT_PBKDF2_ALGORITHM,            kdf_derive_pbkdf2,    0, false },
    { BCRYPT_CAPI_KDF_ALGORITHM,          kdf_derive_capi,      BCRYPT_CAPI_AES_FLAG, false },
    { BCRYPT_TLS1_1_KDF_ALGORITHM,        kdf_derive_tls1_1,    0, false },
    { BCRYPT_TLS1_2_KDF_ALGORITHM,        kdf_derive_tls1_2,    0, false },
    { BCRYPT_HKDF_ALGORITHM,              kdf_derive_hkdf,      0, true  },
};

/* ---- algorithms ---- */

static NTSTATUS WINAPI kdf_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId,
                                                   ULONG dwFlags)
{
    return prov_open(&kdf_family, sizeof(struct prov_algorithm), 0, pszAlgId, dwFlags, phAlgorithm);
}

static NTSTATUS get_object_length(void *object, const struct reply *reply)
{
    (void)object;
    return reply_ulong(reply, PROV_OBJECT_LENGTH(sizeof(struct kdf_key)));
}

static NTSTATUS get_primitive_type(void *object, const struct reply *reply)
{
    (void)object;
    return reply_ulong(reply, BCRYPT_KEY_DERIVATION_INTERFACE);
}

static NTSTATUS alg_get_key_lengths(void *object, const struct reply *reply)
{
    static const BCRYPT_KEY_LENGTHS_STRUCT lengths = { 0, 8 * MOST_SECRET_BYTES, 8 };

    (void)object;
    return reply_bytes(reply, &lengths, sizeof(lengths));
}

static const struct property alg_property_list[] =
{
    { KEPT(BCRYPT_OBJECT_LENGTH), get_object_length,   NULL },
    { KEPT(BCRYPT_KEY_LENGTHS),   alg_get_key_lengths, NULL },
};
static const struct properties alg_properties = PROPERTIES_AND(alg_property_list,
                                                               &prov_algorithm_properties);

/* ---- keys ---- */

static NTSTATUS key_new(const struct kdf_row *row, const UCHAR *secret, ULONG bytes,
                        PUCHAR buffer, ULONG buffer_bytes, struct kdf_key **made)
{
    struct kdf_key *key;
    NTSTATUS status;

    if (bytes > MOST_SECRET_BYTES) return STATUS_INVALID_PARAMETER;
    if ((status = prov_object_new(PROV_KDF_KEY, sizeof(*key), buffer, buffer_bytes, &key)))
    {
        return status;
    }
    key->row = row;
    memset(&key->hkdf, 0, sizeof(key->hkdf));
    key->secret.data = NULL;
    key->secret.bytes = bytes;
    if (bytes)
    {
        void *copy = memory_get(bytes);

        if (!copy)
        {
            prov_object_free(key, sizeof(*key));
            return STATUS_NO_MEMORY;
        }
        memcpy(copy, secret, bytes);
        key->secret.data = copy;
    }
    *made = key;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI kdf_generate_key(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                        PUCHAR pbKeyObject, ULONG cbKeyObject, PUCHAR pbSecret,
                                        ULONG cbSecret, ULONG dwFlags)
{
    struct prov_algorithm *algorithm = hAlgorithm;
    struct kdf_key *key;
    NTSTATUS status;

    if (!pbSecret || dwFlags) return STATUS_INVALID_PARAMETER;      /* not even NULL with 0 [net] */
    status = key_new(algorithm->row, pbSecret, cbSecret, pbKeyObject, cbKeyObject, &key);
    if (!status) *phKey = key;
    return status;
}

static NTSTATUS WINAPI kdf_destroy_key(BCRYPT_KEY_HANDLE hKey)
{
    struct kdf_key *key = hKey;

    memory_put((void *)(ULONG_PTR)key->secret.data, key->secret.bytes);
    prov_object_free(key, sizeof(*key));
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI kdf_duplicate_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE *phNewKey,
                                         PUCHAR pbKeyObject, ULONG cbKeyObject, ULONG dwFlags)
{
    struct kdf_key *key = hKey, *copy;
    NTSTATUS status;

    (void)dwFlags;
    status = key_new(key->row, key->secret.data, (ULONG)key->secret.bytes, pbKeyObject, cbKeyObject,
                     &copy);
    if (status) return status;
    kdf_hkdf_copy(&copy->hkdf, &key->hkdf);
    *phNewKey = copy;
    return STATUS_SUCCESS;
}

/* ---- blobs ---- */

/*
 * The data of a finalized HKDF key: length of the hash's name, big-endian; the name, NUL included;
 * the pseudo-random key. Of any other key: the secret. For the size alone, room is NULL.
 */
static NTSTATUS key_data(const struct kdf_key *key, UCHAR *room, ULONG *bytes)
{
    struct kdf_part data = key->secret;
    struct blob_writer writer;
    ULONG name = 0, head = 0;

    if (key->row->is_hkdf)
    {
        if (!kdf_hkdf_finalized(&key->hkdf)) return STATUS_INVALID_PARAMETER;
        data = kdf_hkdf_prk(&key->hkdf, &key->secret);
        name = name_bytes(key->hkdf.name);
        head = sizeof(ULONG) + name;
    }
    *bytes = head + (ULONG)data.bytes;
    if (!room) return STATUS_SUCCESS;

    blob_write_start(&writer, room);
    if (head)
    {
        blob_write_ulong_be(&writer, name);
        blob_write_bytes(&writer, (const UCHAR *)key->hkdf.name, name);
    }
    blob_write_bytes(&writer, data.data, (ULONG)data.bytes);
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI kdf_export_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                      LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                      ULONG *pcbResult, ULONG dwFlags)
{
    struct reply reply = { pbOutput, cbOutput, pcbResult };
    struct blob_writer writer;
    NTSTATUS status;
    PUCHAR room;
    ULONG bytes;

    if (!names_equal(pszBlobType, BCRYPT_KEY_DATA_BLOB)) return STATUS_NOT_SUPPORTED;
    if (hExportKey || dwFlags) return STATUS_INVALID_PARAMETER;
    if ((status = key_data(hKey, NULL, &bytes))) return status;
    if (bytes > MAXLONG) return STATUS_INVALID_PARAMETER;

    status = reply_room(&reply, sizeof(BCRYPT_KEY_DATA_BLOB_HEADER) + bytes, &room);
    if (!room) return status;
    blob_write_start(&writer, room);
    blob_write_ulong(&writer, BCRYPT_KEY_DATA_BLOB_MAGIC);
    blob_write_ulong(&writer, BCRYPT_KEY_DATA_BLOB_VERSION1);
    blob_write_ulong(&writer, bytes);
    return key_data(hKey, writer.next, &bytes);
}

/* A finalized HKDF key from its data; reader is behind the blob's header. */
static NTSTATUS import_hkdf(const struct kdf_row *row, struct blob_reader *reader,
                            ULONG bytes, PUCHAR buffer, ULONG buffer_bytes, struct kdf_key **made)
{
    ULONG name_length = blob_read_ulong_be(reader);
    struct blob_number name, prk;
    struct kdf_hkdf hkdf;
    NTSTATUS status;

    if (bytes < sizeof(ULONG) || bytes - sizeof(ULONG) < name_length)
    {
        return STATUS_INVALID_PARAMETER;
    }
    name = blob_read_number(reader, name_length);
    prk = blob_read_number(reader, bytes - (ULONG)sizeof(ULONG) - name_length);
    if (!blob_read_fits(reader)) return STATUS_INVALID_PARAMETER;

    memset(&hkdf, 0, sizeof(hkdf));
    if ((status = kdf_hkdf_set_hash(&hkdf, name.digits, name.bytes))) return status;
    if ((status = kdf_hkdf_set_prk(&hkdf, NULL, 0))) return status;
    if ((status = key_new(row, prk.digits, prk.bytes, buffer, buffer_bytes, made))) return status;
    kdf_hkdf_copy(&(*made)->hkdf, &hkdf);
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI kdf_import_key(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                      LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey,
                                      PUCHAR pbKeyObject, ULONG cbKeyObject, PUCHAR pbInput,
                                      ULONG cbInput, ULONG dwFlags)
{
    const struct kdf_row *row = ((struct prov_algorithm *)hAlgorithm)->row;
    struct blob_reader reader;
    ULONG magic, version, bytes;
    struct kdf_key *key;
    NTSTATUS status;

    if (!names_equal(pszBlobType, BCRYPT_KEY_DATA_BLOB)) return STATUS_NOT_SUPPORTED;
    if (hImportKey || dwFlags) return STATUS_INVALID_PARAMETER;
    if (cbInput < sizeof(BCRYPT_KEY_DATA_BLOB_HEADER)) return STATUS_BUFFER_TOO_SMALL;

    blob_read_start(&reader, pbInput, cbInput);
    magic = blob_read_ulong(&reader);
    version = blob_read_ulong(&reader);
    bytes = blob_read_ulong(&reader);
    if (magic != BCRYPT_KEY_DATA_BLOB_MAGIC || version != BCRYPT_KEY_DATA_BLOB_VERSION1 ||
        bytes > cbInput - sizeof(BCRYPT_KEY_DATA_BLOB_HEADER)) return STATUS_INVALID_PARAMETER;

    if (row->is_hkdf) status = import_hkdf(row, &reader, bytes, pbKeyObject, cbKeyObject, &key);
    else status = key_new(row, reader.next, bytes, pbKeyObject, cbKeyObject, &key);
    if (!status) *phKey = key;
    return status;
}

/* ---- properties of keys ---- */

static NTSTATUS key_get_name(void *object, const struct reply *reply)
{
    return reply_name(reply, ((struct kdf_key *)object)->row->id);
}

static NTSTATUS key_get_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, (ULONG)((struct kdf_key *)object)->secret.bytes * 8);
}

static NTSTATUS key_set_hash(void *object, const UCHAR *value, ULONG bytes)
{
    struct kdf_key *key = object;

    if (!key->row->is_hkdf) return STATUS_NOT_SUPPORTED;
    return kdf_hkdf_set_hash(&key->hkdf, value, bytes);
}

static NTSTATUS key_set_salt(void *object, const UCHAR *value, ULONG bytes)
{
    struct kdf_key *key = object;

    if (!key->row->is_hkdf) return STATUS_NOT_SUPPORTED;
    return kdf_hkdf_set_salt(&key->hkdf, &key->secret, value, bytes);
}

static NTSTATUS key_set_prk(void *object, const UCHAR *value, ULONG bytes)
{
    struct kdf_key *key = object;

    if (!key->row->is_hkdf) return STATUS_NOT_SUPPORTED;
    return kdf_hkdf_set_prk(&key->hkdf, value, bytes);
}

static const struct property key_property_list[] =
{
    { KEPT(BCRYPT_ALGORITHM_NAME),         key_get_name,       NULL },
    { KEPT(BCRYPT_OBJECT_LENGTH),          get_object_length,  NULL },
    { KEPT(BCRYPT_KEY_LENGTH),             key_get_length,     NULL },
    { KEPT(BCRYPT_KEY_STRENGTH),           key_get_length,     NULL },
    { KEPT(BCRYPT_PRIMITIVE_TYPE),         get_primitive_type, NULL },
    { KEPT(BCRYPT_HKDF_HASH_ALGORITHM),    NULL, key_set_hash },
    { KEPT(BCRYPT_HKDF_SALT_AND_FINALIZE), NULL, key_set_salt },
    { KEPT(BCRYPT_HKDF_PRK_AND_FINALIZE),  NULL, key_set_prk  },
};
static const struct properties key_properties = PROPERTIES_NULL(key_property_list);

static const struct properties *properties_of(BCRYPT_HANDLE hObject)
{
    return prov_is(hObject, PROV_ALGORITHM) ? &alg_properties : &key_properties;
}

static NTSTATUS WINAPI kdf_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                        ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    (void)dwFlags;
    return properties_get(properties_of(hObject), hObject, pszProperty, pbOutput, cbOutput,
                          pcbResult);
}

static NTSTATUS WINAPI kdf_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                        ULONG cbInput, ULONG dwFlags)
{
    (void)dwFlags;
    return properties_set(properties_of(hObject), hObject, pszProperty, pbInput, cbInput);
}

/* ---- derivation ---- */

static NTSTATUS WINAPI kdf_key_derivation(BCRYPT_KEY_HANDLE hKey, BCryptBufferDesc *pParameterList,
                                          PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG *pcbResult,
                                          ULONG dwFlags)
{
    const struct kdf_key *key = hKey;
    struct kdf_parameters parameters;
    NTSTATUS status;

    if (!pbDerivedKey || !cbDerivedKey || dwFlags & ~key->row->flags)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if ((status = kdf_parameters_read(pParameterList, &parameters))) return status;
    if ((status = key->row->derive(key, &parameters, dwFlags, pbDerivedKey, cbDerivedKey)))
    {
        return status;
    }
    *pcbResult = cbDerivedKey;
    return STATUS_SUCCESS;
}

static const BCRYPT_KEY_DERIVATION_FUNCTION_TABLE kdf_functions =
{
    .Version                = BCRYPT_KEY_DERIVATION_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = kdf_open_algorithm_provider,
    .GetProperty            = kdf_get_property,
    .SetProperty            = kdf_set_property,
    .CloseAlgorithmProvider = prov_close,
    .GenerateKey            = kdf_generate_key,
    .DestroyKey             = kdf_destroy_key,
    .KeyDerivation          = kdf_key_derivation,
    .ExportKey              = kdf_export_key,
    .ImportKey              = kdf_import_key,
    .DuplicateKey           = kdf_duplicate_key,
};

const struct prov_family kdf_family =
{
    BCRYPT_KEY_DERIVATION_INTERFACE, PROV_ROWS(kdf_rows), &kdf_functions
};
