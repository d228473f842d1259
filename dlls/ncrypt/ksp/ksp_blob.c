/*
 * ksp_blob.c - importing and exporting keys.
 *
 * bcrypt.dll's blobs go through; PKCS #8 is made of them and into them (pkcs8.c); symmetric keys
 * have blobs of key storage's own (ksp_cipher_blob.c); an opaque one is what a key's file would be.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/ksp.h"

#include "ksp/blob_types.h"
#include "ksp/key_record.h"
#include "ksp/pkcs8.h"
#include "platform/memory.h"
#include "store/key_file.h"

#define CURVE_ROOM 128

const NCryptBuffer *ksp_parameter(const NCryptBufferDesc *parameters, ULONG kind)
{
    ULONG i;

    if (!parameters || !parameters->pBuffers) return NULL;
    for (i = 0; i < parameters->cBuffers; i++)
    {
        if (parameters->pBuffers[i].BufferType == kind) return &parameters->pBuffers[i];
    }
    return NULL;
}

bool ksp_parameter_text(const NCryptBuffer *buffer, WCHAR *text, ULONG room)
{
    ULONG characters = buffer->cbBuffer / sizeof(WCHAR), i;

    if (!buffer->pvBuffer || buffer->cbBuffer % sizeof(WCHAR)) return false;
    for (i = 0; i < characters && i < room; i++)
    {
        memcpy(&text[i], (uint8_t *)buffer->pvBuffer + i * sizeof(WCHAR), sizeof(WCHAR));
        if (!text[i]) return i > 0;
    }
    if (i == room || !i) return false;
    text[i] = 0;
    return true;
}

/* ---- import ---- */

/* What a key is to be made of. */
struct import
{
    const struct ksp_algorithm *algorithm;
    LPCWSTR type;
    const uint8_t *blob;
    ULONG bytes;
    bool is_private;
    LPCWSTR name;                               /* NULL: ephemeral */
    LPCWSTR curve;                              /* NULL: the blob, or the algorithm, says */
    const NCryptBuffer *curve_parameters;
    ULONG flags;
};

/* NIST's curves have algorithms of their own, and names: of the curve, of the algorithm. */
static bool is_own_curve(const struct ksp_algorithm *algorithm, LPCWSTR curve)
{
    static const struct
    {
        ULONG bits;
        LPCWSTR names[4];
    } curves[] =
    {
        { 256, { L"nistP256", L"secP256r1", L"ECDSA_P256", L"ECDH_P256" } },
        { 384, { L"nistP384", L"secP384r1", L"ECDSA_P384", L"ECDH_P384" } },
        { 521, { L"nistP521", L"secP521r1", L"ECDSA_P521", L"ECDH_P521" } },
    };
    size_t i, n;

    for (i = 0; i < ARRAY_SIZE(curves); i++)
    {
        if (curves[i].bits != algorithm->lengths.dwMinLength) continue;
        for (n = 0; n < ARRAY_SIZE(curves[i].names); n++)
        {
            if (names_equal_caseless(curves[i].names[n], curve)) return true;
        }
    }
    return false;
}

static SECURITY_STATUS set_curve(struct ksp_key *key, const struct import *import)
{
    bool is_generic = key->algorithm->lengths.dwIncrement != 0;
    SECURITY_STATUS status = 0;

    if (key->algorithm->family != KSP_EC) return 0;
    if (import->curve)
    {
        if (!is_generic) return is_own_curve(key->algorithm, import->curve) ? 0 :
                                NTE_INVALID_PARAMETER;
        status = nte(BCryptSetProperty(key->open, BCRYPT_ECC_CURVE_NAME,
                                       (PUCHAR)(ULONG_PTR)import->curve,
                                       name_bytes(import->curve), 0));
    }
    else if (import->curve_parameters && is_generic)
    {
        if (!import->curve_parameters->pvBuffer) return NTE_INVALID_PARAMETER;
        status = nte(BCryptSetProperty(key->open, BCRYPT_ECC_PARAMETERS,
                                       import->curve_parameters->pvBuffer,
                                       import->curve_parameters->cbBuffer, 0));
    }
    return status;
}

static SECURITY_STATUS import_make(const struct import *import, struct ksp_key **result)
{
    LPCWSTR name = import->is_private ? import->name : NULL;    /* what is public is not kept */
    SECURITY_STATUS status;
    struct ksp_key *key;

    if (name && !(import->flags & NCRYPT_OVERWRITE_KEY_FLAG) &&
        store_has(name, import->flags & NCRYPT_MACHINE_KEY_FLAG)) return NTE_EXISTS;
    if ((status = ksp_key_new(import->algorithm, name, import->flags, &key))) return status;

    key->is_private = import->is_private;
    status = set_curve(key, import);
    if (!status)
        status = ksp_key_take(key, import->type, import->blob, import->bytes,
                              import->flags & NCRYPT_NO_KEY_VALIDATION);
    if (!status && !(import->is_private && import->flags & NCRYPT_DO_NOT_FINALIZE_FLAG))
        status = ksp_key_finalize(key);
    if (status)
    {
        ksp_key_free(key);
        key = NULL;
    }
    *result = key;
    return status;
}

static SECURITY_STATUS import_primitive(struct import *import)
{
    const struct blob_type *row;
    SECURITY_STATUS status = blob_type_find(import->type, import->blob, import->bytes, &row);

    if (status) return status;
    import->type = row->type;
    import->algorithm = ksp_algorithm_find(row->algorithm);
    import->is_private = row->is_private;
    return 0;
}

/* NCRYPT_PQ_BLOB: a blob of bcrypt.dll's behind its type. */
static SECURITY_STATUS import_pq(struct import *import, WCHAR *type, ULONG room)
{
    NCRYPT_PQ_BLOB header;
    NCryptBuffer text;

    if (import->bytes < sizeof(header)) return NTE_BAD_DATA;
    memcpy(&header, import->blob, sizeof(header));
    if (header.dwMagic != NCRYPT_PQ_PRIVATE_BLOB_MAGIC ||
        header.cbBCryptType > import->bytes - sizeof(header) ||
        header.cbBCryptBlob != import->bytes - sizeof(header) - header.cbBCryptType)
        return NTE_BAD_DATA;
    text.cbBuffer = header.cbBCryptType;
    text.pvBuffer = (void *)(ULONG_PTR)(import->blob + sizeof(header));
    if (!ksp_parameter_text(&text, type, room)) return NTE_BAD_DATA;
    import->type = type;
    import->blob += sizeof(header) + header.cbBCryptType;
    import->bytes = header.cbBCryptBlob;
    if (import_primitive(import) || !import->is_private || !ksp_has_set(import->algorithm))
        return NTE_BAD_DATA;
    return 0;
}

static SECURITY_STATUS import_opaque(const struct import *import, struct ksp_key **key)
{
    WCHAR name[STORE_NAME_ROOM], algorithm[STORE_ID_ROOM];
    bool machine = import->flags & NCRYPT_MACHINE_KEY_FLAG;
    SECURITY_STATUS status;
    ULONG bytes, spec;
    uint8_t *record;

    if (!key_file_name(import->blob, import->bytes, name, algorithm, &spec)) return NTE_BAD_DATA;
    if (name[0] && !(import->flags & NCRYPT_OVERWRITE_KEY_FLAG) && store_has(name, machine))
        return NTE_EXISTS;
    status = key_file_read(import->blob, import->bytes, &record, &bytes);
    if (status) return status == NTE_NO_MEMORY ? status : NTE_BAD_DATA;
    status = key_record_read(algorithm, name[0] ? name : NULL, machine, record, bytes, key);
    memory_put(record, bytes);
    if (status) return status == NTE_KEYSET_ENTRY_BAD ? NTE_BAD_DATA : status;

    (*key)->overwrite = import->flags & NCRYPT_OVERWRITE_KEY_FLAG;
    if ((status = ksp_key_store(*key)))
    {
        ksp_key_free(*key);
        *key = NULL;
        return status;
    }
    (*key)->overwrite = true;
    return 0;
}

SECURITY_STATUS ksp_import(LPCWSTR type, const NCryptBufferDesc *parameters, const uint8_t *blob,
                           ULONG bytes, ULONG flags, struct ksp_key **key)
{
    const NCryptBuffer *text;
    WCHAR name[NCRYPT_MAX_KEY_NAME_LENGTH + 1], curve[CURVE_ROOM], inner[CURVE_ROOM];
    struct import import = { .type = type, .blob = blob, .bytes = bytes, .flags = flags };
    struct pkcs8_key decoded;
    SECURITY_STATUS status;

    if ((text = ksp_parameter(parameters, NCRYPTBUFFER_PKCS_KEY_NAME)))
    {
        if (!ksp_parameter_text(text, name, ARRAY_SIZE(name))) return NTE_INVALID_PARAMETER;
        import.name = name;
    }
    if ((text = ksp_parameter(parameters, NCRYPTBUFFER_ECC_CURVE_NAME)))
    {
        if (!ksp_parameter_text(text, curve, ARRAY_SIZE(curve))) return NTE_INVALID_PARAMETER;
        import.curve = curve;
    }
    import.curve_parameters = ksp_parameter(parameters, NCRYPTBUFFER_ECC_PARAMETERS);

    if (names_equal(type, NCRYPT_OPAQUETRANSPORT_BLOB)) return import_opaque(&import, key);
    if (names_equal(type, NCRYPT_CIPHER_KEY_BLOB))
        return ksp_import_cipher(NCRYPT_CIPHER_KEY_BLOB_MAGIC, import.name, blob, bytes, flags,
                                 key);
    if (names_equal(type, NCRYPT_KDF_KEY_BLOB))
        return ksp_import_cipher(NCRYPT_KDF_KEY_BLOB_MAGIC, import.name, blob, bytes, flags, key);
    if (names_equal(type, NCRYPT_PKCS8_PRIVATE_KEY_BLOB))
    {
        status = pkcs8_decode(blob, bytes, ksp_parameter(parameters, NCRYPTBUFFER_PKCS_SECRET),
                              &decoded);
        if (status) return status;
        import.algorithm = decoded.algorithm;
        import.type = decoded.type;
        import.blob = decoded.blob;
        import.bytes = decoded.bytes;
        import.is_private = true;
        if (decoded.curve[0]) import.curve = decoded.curve;
        status = import_make(&import, key);
        memory_put(decoded.blob, decoded.room);
        return status;
    }
    if (names_equal(type, NCRYPT_PQ_PRIVATE_KEY_BLOB))
        status = import_pq(&import, inner, ARRAY_SIZE(inner));
    else
        status = import_primitive(&import);
    return status ? status : import_make(&import, key);
}

/* ---- export ---- */

/* Plaintext is allowed by one flag, something that is encrypted by either. */
static SECURITY_STATUS may_export(struct ksp_key *key, bool encrypted)
{
    ULONG wanted = NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG | (encrypted ? NCRYPT_ALLOW_EXPORT_FLAG : 0);

    if (!key->is_private) return NTE_NOT_SUPPORTED;
    return atomic_load(&key->policy) & wanted ? 0 : NTE_NOT_SUPPORTED;
}

static SECURITY_STATUS export_opaque(struct ksp_key *key, uint8_t *output, ULONG bytes,
                                     ULONG *result)
{
    struct stored_name name = { .name = key->name && !key->legacy ? key->name : L"",
                                .algorithm = key->algorithm->id,
                                .machine = key->flags & NCRYPT_MACHINE_KEY_FLAG,
                                .legacy_spec = key->legacy_spec };
    ULONG record_bytes, size;
    uint8_t *record, *file;
    SECURITY_STATUS status;

    platform_lock_acquire(&key->lock);
    status = key_record_write(key, &record, &record_bytes);
    platform_lock_release(&key->lock);
    if (status) return status;
    status = key_file_write(&name, record, record_bytes, &file, &size);
    memory_put(record, record_bytes);
    if (status) return status;
    status = ksp_reply(file, size, output, bytes, result);
    memory_put(file, size);
    return status;
}

static SECURITY_STATUS export_pkcs8(struct ksp_key *key, const NCryptBufferDesc *parameters,
                                    uint8_t *output, ULONG bytes, ULONG *result)
{
    SECURITY_STATUS status;
    uint8_t *encoded;
    ULONG size;

    if ((status = pkcs8_encode(key, parameters, &encoded, &size))) return status;
    status = ksp_reply(encoded, size, output, bytes, result);
    memory_put(encoded, size);
    return status;
}

static SECURITY_STATUS export_pq(struct ksp_key *key, uint8_t *output, ULONG bytes, ULONG *result)
{
    NCRYPT_PQ_BLOB header = { .dwMagic = NCRYPT_PQ_PRIVATE_BLOB_MAGIC };
    SECURITY_STATUS status;
    uint8_t *blob;
    LPCWSTR type;
    ULONG total;

    if (!ksp_has_set(key->algorithm)) return NTE_BAD_TYPE;
    if ((status = ksp_key_blob(key, NULL, &blob, &header.cbBCryptBlob, &type))) return status;
    header.cbBCryptType = name_bytes(type);
    total = sizeof(header) + header.cbBCryptType + header.cbBCryptBlob;
    *result = total;
    if (output && bytes < total) status = NTE_BUFFER_TOO_SMALL;
    else if (output)
    {
        memcpy(output, &header, sizeof(header));
        memcpy(output + sizeof(header), type, header.cbBCryptType);
        memcpy(output + sizeof(header) + header.cbBCryptType, blob, header.cbBCryptBlob);
    }
    memory_put(blob, header.cbBCryptBlob);
    return status;
}

SECURITY_STATUS ksp_export(struct ksp_key *key, LPCWSTR type, const NCryptBufferDesc *parameters,
                           uint8_t *output, ULONG bytes, ULONG *result)
{
    bool is_cipher = names_equal(type, NCRYPT_CIPHER_KEY_BLOB);
    SECURITY_STATUS status;
    bool is_private;
    LPCWSTR written;

    if (names_equal(type, NCRYPT_OPAQUETRANSPORT_BLOB))
    {
        if ((status = may_export(key, true))) return status;
        return export_opaque(key, output, bytes, result);
    }
    if (names_equal(type, NCRYPT_PKCS8_PRIVATE_KEY_BLOB))
    {
        if ((status = may_export(key, ksp_parameter(parameters, NCRYPTBUFFER_PKCS_SECRET))))
            return status;
        return export_pkcs8(key, parameters, output, bytes, result);
    }
    if (is_cipher || names_equal(type, NCRYPT_KDF_KEY_BLOB))
    {
        if (key->algorithm->family != (is_cipher ? KSP_CIPHER : KSP_KDF)) return NTE_BAD_TYPE;
        if ((status = may_export(key, false))) return status;
        return ksp_export_cipher(key, is_cipher ? NCRYPT_CIPHER_KEY_BLOB_MAGIC :
                                 NCRYPT_KDF_KEY_BLOB_MAGIC, output, bytes, result);
    }
    if (names_equal(type, NCRYPT_PQ_PRIVATE_KEY_BLOB))
    {
        if ((status = may_export(key, false))) return status;
        return export_pq(key, output, bytes, result);
    }
    if (names_equal(type, NCRYPT_PKCS7_ENVELOPE_BLOB)) return NTE_NOT_SUPPORTED;
    if (!(written = blob_type_of(key->algorithm, type, &is_private))) return NTE_BAD_TYPE;
    if (is_private && (status = may_export(key, false))) return status;
    return nte(BCryptExportKey(key->key, NULL, written, output, bytes, result, 0));
}
