/*
 * hash.c - the hash family: hashes, HMAC, extendable-output functions, MACs.
 *
 * Flags, reuse, sizes and properties, which all have in common, are here. Each kind has methods
 * (hash_digest.c, hash_hmac.c, hash_xof.c, hash_mac.c); an algorithm is a row that names them.
 * Multi-hash is in hash_multi.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/hash/hash.h"

#include "builtin.h"
#include "platform/wipe.h"

#define OPEN_FLAGS (BCRYPT_ALG_HANDLE_HMAC_FLAG | BCRYPT_HASH_REUSABLE_FLAG | BCRYPT_MULTI_FLAG | \
                    BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG)

#define D(id) &digests[DIGEST_##id]

/* OIDs: RFC 1319 (MD2), RFC 8017 A.2.4, NIST CSOR. */
const struct hash_row hash_rows[] =
{
    { BCRYPT_SHA1_ALGORITHM,     20,  64, "\x06\x05\x2b\x0e\x03\x02\x1a",
      D(SHA1), &digest_methods, &hmac_methods, .no_hmac_multi = false },
    { BCRYPT_MD2_ALGORITHM,      16,  16, "\x06\x08\x2a\x86\x48\x86\xf7\x0d\x02\x02",
      D(MD2), &digest_methods, &hmac_methods, .no_hmac_multi = true },
    { BCRYPT_MD4_ALGORITHM,      16,  64, "\x06\x08\x2a\x86\x48\x86\xf7\x0d\x02\x04",
      D(MD4), &digest_methods, &hmac_methods, .no_hmac_multi = true },
    { BCRYPT_MD5_ALGORITHM,      16,  64, "\x06\x08\x2a\x86\x48\x86\xf7\x0d\x02\x05",
      D(MD5), &digest_methods, &hmac_methods, .no_hmac_multi = false },
    { BCRYPT_SHA256_ALGORITHM,   32,  64, "\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01",
      D(SHA256), &digest_methods, &hmac_methods, .no_hmac_multi = false },
    { BCRYPT_SHA384_ALGORITHM,   48, 128, "\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02",
      D(SHA384), &digest_methods, &hmac_methods, .no_hmac_multi = false },
    { BCRYPT_SHA512_ALGORITHM,   64, 128, "\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03",
      D(SHA512), &digest_methods, &hmac_methods, .no_hmac_multi = false },
    { BCRYPT_AES_GMAC_ALGORITHM, 16,  16, NULL, NULL, &gmac_methods, NULL,
      .keyed = true, .no_multi = true },
    { BCRYPT_AES_CMAC_ALGORITHM, 16,  16, NULL, NULL, &cmac_methods, &cmac_methods, .keyed = true },
    { BCRYPT_SHA3_256_ALGORITHM, 32, 136, "\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x08",
      D(SHA3_256), &digest_methods, &hmac_methods, .no_hmac_multi = false },
    { BCRYPT_SHA3_384_ALGORITHM, 48, 104, "\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x09",
      D(SHA3_384), &digest_methods, &hmac_methods, .no_hmac_multi = false },
    { BCRYPT_SHA3_512_ALGORITHM, 64,  72, "\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x0a",
      D(SHA3_512), &digest_methods, &hmac_methods, .no_hmac_multi = false },
    { BCRYPT_CSHAKE128_ALGORITHM, 32, KECCAK_RATE_128, NULL, NULL, &cshake_methods, NULL,
      .any_length = true, .no_multi = true },
    { BCRYPT_CSHAKE256_ALGORITHM, 64, KECCAK_RATE_256, NULL, NULL, &cshake_methods, NULL,
      .any_length = true, .no_multi = true },
    { BCRYPT_SHAKE128_ALGORITHM,  32, KECCAK_RATE_128, NULL, NULL, &shake_methods,  NULL,
      .any_length = true, .no_multi = true },
    { BCRYPT_SHAKE256_ALGORITHM,  64, KECCAK_RATE_256, NULL, NULL, &shake_methods,  NULL,
      .any_length = true, .no_multi = true },
    { BCRYPT_KMAC128_ALGORITHM,   32, KECCAK_RATE_128, NULL, NULL, &kmac_methods,   NULL,
      .keyed = true, .empty_key = true, .any_length = true, .no_multi = true },
    { BCRYPT_KMAC256_ALGORITHM,   64, KECCAK_RATE_256, NULL, NULL, &kmac_methods,   NULL,
      .keyed = true, .empty_key = true, .any_length = true, .no_multi = true },
};

static ULONG oid_bytes(const struct hash_row *row)
{
    return 2 + (UCHAR)row->oid[1];
}

/* ---- hashes by name, for other families ---- */

static const struct hash_row *row_by_name(LPCWSTR name)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(hash_rows); i++)
    {
        if (names_equal_caseless(hash_rows[i].id, name)) return &hash_rows[i];
    }
    return NULL;
}

const struct digest *hash_digest_by_name(LPCWSTR name)
{
    const struct hash_row *row = row_by_name(name);

    return row ? row->digest : NULL;
}

const UCHAR *hash_oid_by_name(LPCWSTR name, ULONG *bytes)
{
    const struct hash_row *row = row_by_name(name);

    if (!row || !row->oid) return NULL;
    *bytes = oid_bytes(row);
    return (const UCHAR *)row->oid;
}

/* ---- algorithms ---- */

static const struct hash_row *row_of(const struct hash_algorithm *algorithm)
{
    return algorithm->prov.row;
}

/* Of struct hash_object: there are many of them at once, so a small state has a small one. */
static ULONG object_bytes(const struct hash_methods *methods, const struct hash_row *row)
{
    ULONG unused = 0;

    if (methods->ends_with_state)
        unused = (ULONG)(sizeof(struct digest_state) - row->digest->state_bytes);
    return methods->object_bytes - unused;
}

/* How an algorithm that was opened with those flags hashes; NULL: STATUS_NOT_SUPPORTED. */
static const struct hash_methods *methods_for(const struct hash_row *row, ULONG flags)
{
    bool hmac = flags & BCRYPT_ALG_HANDLE_HMAC_FLAG;
    const struct hash_methods *methods = hmac ? row->hmac : row->plain;

    if (flags & BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG &&
        (methods != &hmac_methods || !hmac_tls_cbc_supported(row->digest))) return NULL;
    if (flags & BCRYPT_MULTI_FLAG && (hmac ? row->no_hmac_multi : row->no_multi)) return NULL;
    return methods;
}

static NTSTATUS WINAPI hash_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm,
                                                    LPCWSTR pszAlgId, ULONG dwFlags)
{
    struct hash_algorithm *algorithm;
    NTSTATUS status;

    status = prov_open(&hash_family, sizeof(*algorithm), OPEN_FLAGS, pszAlgId, dwFlags, &algorithm);
    if (status) return status;
    if (!(algorithm->methods = methods_for(algorithm->prov.row, dwFlags)))
    {
        prov_close(algorithm, 0);
        return STATUS_NOT_SUPPORTED;
    }
    algorithm->flags = dwFlags;
    algorithm->object_bytes = object_bytes(algorithm->methods, algorithm->prov.row);
    algorithm->row_number = (UCHAR)(row_of(algorithm) - hash_rows);
    algorithm->keyed = row_of(algorithm)->keyed || algorithm->methods == &hmac_methods;
    *phAlgorithm = algorithm;
    return STATUS_SUCCESS;
}

/* ---- properties ---- */

static const struct hash_methods *methods_of(const struct hash_object *hash)
{
    return hash->hmac ? hash_row_of(hash)->hmac : hash_row_of(hash)->plain;
}

static ULONG bytes_of(const struct hash_object *hash)
{
    return object_bytes(methods_of(hash), hash_row_of(hash));
}

static NTSTATUS alg_get_object_length(void *object, const struct reply *reply)
{
    const struct hash_algorithm *algorithm = object;

    return reply_ulong(reply, PROV_OBJECT_LENGTH(algorithm->object_bytes));
}

static NTSTATUS alg_get_digest_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, row_of(object)->digest_bytes);
}

static NTSTATUS alg_get_block_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, row_of(object)->block_bytes);
}

static NTSTATUS alg_get_is_keyed(void *object, const struct reply *reply)
{
    return reply_ulong(reply, ((const struct hash_algorithm *)object)->keyed);
}

static NTSTATUS alg_get_is_reusable(void *object, const struct reply *reply)
{
    const struct hash_algorithm *algorithm = object;

    return reply_ulong(reply,
                       (algorithm->flags & (BCRYPT_HASH_REUSABLE_FLAG | BCRYPT_MULTI_FLAG)) != 0);
}

static NTSTATUS alg_get_multi_length(void *object, const struct reply *reply)
{
    const struct hash_algorithm *algorithm = object;
    BCRYPT_MULTI_OBJECT_LENGTH_STRUCT length;

    if (!(algorithm->flags & BCRYPT_MULTI_FLAG) || !multihash_lengths(algorithm, &length))
        return STATUS_NOT_SUPPORTED;
    return reply_bytes(reply, &length, sizeof(length));
}

/*
 * HashOIDList: the list, its two entries and their bytes in one block, with pointers into it.
 * The first entry is the identifier with NULL parameters, the second the identifier alone.
 */
static NTSTATUS alg_get_oid_list(void *object, const struct reply *reply)
{
    const struct hash_row *row = row_of(object);
    ULONG bytes;
    struct
    {
        BCRYPT_OID_LIST list;
        BCRYPT_OID entries[2];
    } head;
    NTSTATUS status;
    PUCHAR room;

    if (!row->oid) return STATUS_NOT_SUPPORTED;
    bytes = oid_bytes(row);
    status = reply_room(reply, sizeof(head) + bytes + 2 + bytes, &room);
    if (!room) return status;

    memset(&head, 0, sizeof(head));
    head.list.dwOIDCount = ARRAY_SIZE(head.entries);
    head.list.pOIDs = (BCRYPT_OID *)(void *)(room + sizeof(head.list));
    head.entries[0].cbOID = bytes + 2;
    head.entries[0].pbOID = room + sizeof(head);
    head.entries[1].cbOID = bytes;
    head.entries[1].pbOID = room + sizeof(head) + bytes + 2;
    memcpy(room, &head, sizeof(head));
    memcpy(head.entries[0].pbOID, row->oid, bytes);
    memcpy(head.entries[0].pbOID + bytes, "\x05\x00", 2);
    memcpy(head.entries[1].pbOID, row->oid, bytes);
    return STATUS_SUCCESS;
}

static const struct property alg_property_list[] =
{
    { KEPT(BCRYPT_OBJECT_LENGTH),       alg_get_object_length,  NULL },
    { KEPT(BCRYPT_HASH_LENGTH),         alg_get_digest_length,  NULL },
    { KEPT(BCRYPT_HASH_BLOCK_LENGTH),   alg_get_block_length,   NULL },
    { KEPT(BCRYPT_HASH_OID_LIST),       alg_get_oid_list,       NULL },
    { KEPT(BCRYPT_IS_KEYED_HASH),       alg_get_is_keyed,       NULL },
    { KEPT(BCRYPT_IS_REUSABLE_HASH),    alg_get_is_reusable,    NULL },
    { KEPT(BCRYPT_MULTI_OBJECT_LENGTH), alg_get_multi_length,   NULL },
};
static const struct properties alg_properties = PROPERTIES_AND(alg_property_list,
                                                               &prov_algorithm_properties);

static NTSTATUS hash_get_name(void *object, const struct reply *reply)
{
    return reply_name(reply, hash_row_of(object)->id);
}

static NTSTATUS hash_get_digest_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, hash_row_of(object)->digest_bytes);
}

static NTSTATUS hash_get_block_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, hash_row_of(object)->block_bytes);
}

static NTSTATUS hash_get_object_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, PROV_OBJECT_LENGTH(bytes_of(object)));
}

static NTSTATUS hash_get_is_keyed(void *object, const struct reply *reply)
{
    const struct hash_object *hash = object;

    return reply_ulong(reply, hash_row_of(hash)->keyed || methods_of(hash) == &hmac_methods);
}

static NTSTATUS hash_get_is_reusable(void *object, const struct reply *reply)
{
    return reply_ulong(reply, ((const struct hash_object *)object)->reusable);
}

static NTSTATUS hash_set_iv(void *object, const UCHAR *value, ULONG bytes)
{
    const struct hash_methods *methods = methods_of(object);

    return methods->set_iv ? methods->set_iv(object, value, bytes) : STATUS_NOT_SUPPORTED;
}

static NTSTATUS hash_set_function_name(void *object, const UCHAR *value, ULONG bytes)
{
    const struct hash_methods *methods = methods_of(object);

    return methods->set_function_name ? methods->set_function_name(object, value, bytes)
                                      : STATUS_NOT_SUPPORTED;
}

static NTSTATUS hash_set_customization(void *object, const UCHAR *value, ULONG bytes)
{
    const struct hash_methods *methods = methods_of(object);

    return methods->set_customization ? methods->set_customization(object, value, bytes)
                                      : STATUS_NOT_SUPPORTED;
}

static const struct property hash_property_list[] =
{
    { KEPT(BCRYPT_HASH_LENGTH),           hash_get_digest_length, NULL },
    { KEPT(BCRYPT_HASH_BLOCK_LENGTH),     hash_get_block_length,  NULL },
    { KEPT(BCRYPT_ALGORITHM_NAME),        hash_get_name,          NULL },
    { KEPT(BCRYPT_OBJECT_LENGTH),         hash_get_object_length, NULL },
    { KEPT(BCRYPT_IS_KEYED_HASH),         hash_get_is_keyed,      NULL },
    { KEPT(BCRYPT_IS_REUSABLE_HASH),      hash_get_is_reusable,   NULL },
    { KEPT(BCRYPT_INITIALIZATION_VECTOR), NULL, hash_set_iv },
    { KEPT(BCRYPT_FUNCTION_NAME_STRING),  NULL, hash_set_function_name },
    { KEPT(BCRYPT_CUSTOMIZATION_STRING),  NULL, hash_set_customization },
};
static const struct properties hash_properties = PROPERTIES(hash_property_list);

static const struct properties *properties_of(BCRYPT_HANDLE hObject)
{
    if (prov_is(hObject, PROV_ALGORITHM)) return &alg_properties;
    return prov_is(hObject, PROV_MULTI_HASH) ? &multihash_properties : &hash_properties;
}

static NTSTATUS WINAPI hash_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty,
                                         PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                                         ULONG dwFlags)
{
    (void)dwFlags;
    return properties_get(properties_of(hObject), hObject, pszProperty, pbOutput, cbOutput,
                          pcbResult);
}

static NTSTATUS WINAPI hash_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                         ULONG cbInput, ULONG dwFlags)
{
    (void)dwFlags;
    return properties_set(properties_of(hObject), hObject, pszProperty, pbInput, cbInput);
}

/* ---- hashes ---- */

static NTSTATUS WINAPI hash_create_hash(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_HASH_HANDLE *phHash,
                                        PUCHAR pbHashObject, ULONG cbHashObject, PUCHAR pbSecret,
                                        ULONG cbSecret, ULONG dwFlags)
{
    const struct hash_algorithm *algorithm = hAlgorithm;
    const struct hash_row *row = row_of(algorithm);
    struct hash_object *hash;
    NTSTATUS status;

    if (dwFlags & ~(ULONG)BCRYPT_HASH_REUSABLE_FLAG) return STATUS_INVALID_PARAMETER;
    if (!algorithm->keyed && (pbSecret || cbSecret)) return STATUS_INVALID_PARAMETER;
    if (row->keyed && !row->empty_key && !cbSecret) return STATUS_INVALID_PARAMETER;

    status = prov_object_new(PROV_HASH, algorithm->object_bytes, pbHashObject, cbHashObject, &hash);
    if (status) return status;

    hash->row_number = algorithm->row_number;
    hash->hmac = algorithm->flags & BCRYPT_ALG_HANDLE_HMAC_FLAG;
    hash->reusable = (algorithm->flags | dwFlags) & (BCRYPT_HASH_REUSABLE_FLAG | BCRYPT_MULTI_FLAG |
                                                     BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG);
    hash->tls_verify = algorithm->flags & BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG;
    hash->finished = false;
    if ((status = algorithm->methods->create(hash, pbSecret, cbSecret)))
    {
        prov_object_free(hash, algorithm->object_bytes);
        return status;
    }
    *phHash = hash;
    return STATUS_SUCCESS;
}

/* HashData with BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG: the rest of a TLS record, with its MAC and
 * padding. */
static NTSTATUS hash_verify_tls_record(struct hash_object *hash, const UCHAR *record, ULONG bytes)
{
    bool right;

    if (!hash->tls_verify) return STATUS_INVALID_PARAMETER;
    right = hmac_tls_cbc_verify(hash_digest_of(hash), &hash->u.hmac.key, &hash->u.hmac.running,
                                record, bytes);
    methods_of(hash)->reset(hash);
    return right ? STATUS_SUCCESS : STATUS_INVALID_SIGNATURE;
}

static NTSTATUS WINAPI hash_hash_data(BCRYPT_HASH_HANDLE hHash, PUCHAR pbInput, ULONG cbInput,
                                      ULONG dwFlags)
{
    struct hash_object *hash = hHash;

    if (!prov_is(hHash, PROV_HASH) || hash->finished) return STATUS_INVALID_HANDLE;
    if (dwFlags == BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG)
        return hash_verify_tls_record(hash, pbInput, cbInput);
    if (dwFlags) return STATUS_INVALID_PARAMETER;
    return methods_of(hash)->update(hash, pbInput, cbInput);
}

static NTSTATUS WINAPI hash_finish_hash(BCRYPT_HASH_HANDLE hHash, PUCHAR pbOutput, ULONG cbOutput,
                                        ULONG dwFlags)
{
    struct hash_object *hash = hHash;
    bool more = dwFlags == BCRYPT_HASH_DONT_RESET_FLAG;
    const struct hash_methods *methods;
    NTSTATUS status;

    if (!prov_is(hHash, PROV_HASH) || hash->finished) return STATUS_INVALID_HANDLE;
    if (dwFlags && !more) return STATUS_INVALID_PARAMETER;
    if (!hash_row_of(hash)->any_length && (more || cbOutput != hash_row_of(hash)->digest_bytes))
        return STATUS_INVALID_PARAMETER;

    methods = methods_of(hash);
    if ((status = methods->finish(hash, pbOutput, cbOutput, more)) || more) return status;
    if (hash->reusable) methods->reset(hash);
    else hash->finished = true;
    return STATUS_SUCCESS;
}

NTSTATUS primitive_provider_hash(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbSecret, ULONG cbSecret,
                                 PUCHAR pbInput, ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput)
{
    const struct hash_algorithm *algorithm = hAlgorithm;

    if (!algorithm->methods->once) return STATUS_NOT_SUPPORTED;
    if (!algorithm->keyed && (pbSecret || cbSecret)) return STATUS_INVALID_PARAMETER;
    if (cbOutput != row_of(algorithm)->digest_bytes) return STATUS_INVALID_PARAMETER;
    algorithm->methods->once(row_of(algorithm)->digest, pbSecret, cbSecret, pbInput, cbInput,
                             pbOutput);
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI hash_duplicate_hash(BCRYPT_HASH_HANDLE hHash, BCRYPT_HASH_HANDLE *phNewHash,
                                           PUCHAR pbHashObject, ULONG cbHashObject, ULONG dwFlags)
{
    const struct hash_object *hash = hHash;
    const struct hash_methods *methods;
    struct hash_object *copy;
    NTSTATUS status;

    (void)dwFlags;
    if (!prov_is(hHash, PROV_HASH) || hash->finished) return STATUS_INVALID_HANDLE;

    status = prov_object_new(PROV_HASH, bytes_of(hash), pbHashObject, cbHashObject, &copy);
    if (status) return status;
    memcpy((char *)copy + sizeof(copy->head), (const char *)hash + sizeof(hash->head),
           bytes_of(hash) - sizeof(copy->head));
    methods = methods_of(hash);
    if (methods->duplicate && (status = methods->duplicate(copy, hash)))
    {
        prov_object_free(copy, bytes_of(hash));
        return status;
    }
    *phNewHash = copy;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI hash_destroy_hash(BCRYPT_HASH_HANDLE hHash)
{
    struct hash_object *hash = hHash;

    if (prov_is(hHash, PROV_MULTI_HASH))
    {
        multihash_destroy(hHash);
        return STATUS_SUCCESS;
    }
    if (methods_of(hash)->destroy) methods_of(hash)->destroy(hash);
    prov_object_free(hash, bytes_of(hash));
    return STATUS_SUCCESS;
}

static const BCRYPT_HASH_FUNCTION_TABLE hash_functions =
{
    .Version                = BCRYPT_HASH_INTERFACE_VERSION_2,
    .OpenAlgorithmProvider  = hash_open_algorithm_provider,
    .GetProperty            = hash_get_property,
    .SetProperty            = hash_set_property,
    .CloseAlgorithmProvider = prov_close,
    .CreateHash             = hash_create_hash,
    .HashData               = hash_hash_data,
    .FinishHash             = hash_finish_hash,
    .DuplicateHash          = hash_duplicate_hash,
    .DestroyHash            = hash_destroy_hash,
    .CreateMultiHash        = hash_create_multi_hash,
    .ProcessMultiOperations = hash_process_multi_operations,
};

const struct prov_family hash_family =
{
    BCRYPT_HASH_INTERFACE, PROV_ROWS(hash_rows), &hash_functions
};
