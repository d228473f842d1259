/*
 * pq.c - what the post-quantum families have in common: parameter sets, keys that are bytes, blobs.
 *
 * A blob is a magic, the sizes of what follows, the parameter set's name, and the key:
 * BCRYPT_PQDSA_KEY_BLOB and BCRYPT_MLKEM_KEY_BLOB have the same layout. Bytes behind the key are
 * ignored, as Windows does: Go hands over a buffer for the largest of all keys.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/pq/pq.h"

#include "crypto/common/lc.h"
#include "crypto/random/random.h"
#include "platform/wipe.h"

#define HEADER_BYTES    12
#define SEED_BYTES_MOST 96

static const struct pq_row *row_of(const struct pq_key *key)
{
    return (const struct pq_row *)key->pair.row;
}

/* ---- keys ---- */

NTSTATUS pq_get_material(struct pq_key *key, bool has_private, bool has_seed)
{
    const struct pq_set *set = pq_set_of(key);
    bool is_within = has_private && set->public_at != PQ_APART;
    ULONG private_bytes = has_private ? set->private_bytes : 0;
    ULONG public_bytes = is_within ? 0 : set->public_bytes + set->extra_bytes;

    key->material_bytes = private_bytes + public_bytes + (has_seed ? set->seed_bytes : 0);
    if (!(key->material = memory_get(key->material_bytes))) return STATUS_NO_MEMORY;
    if (has_private) key->private_key = key->material;
    key->public_key = key->material + (is_within ? set->public_at : private_bytes);
    if (has_seed) key->seed = key->material + private_bytes + public_bytes;
    return STATUS_SUCCESS;
}

void pq_free(void *object)
{
    struct pq_key *key = object;

    memory_put(key->material, key->material_bytes);
    key->material = key->public_key = key->private_key = key->seed = NULL;
}

/* Where a public key goes that a primitive has to compute; NULL: it is within the private one. */
static UCHAR *apart(const struct pq_key *key)
{
    return pq_set_of(key)->public_at == PQ_APART ? key->public_key : NULL;
}

static NTSTATUS make_of_seed(struct pq_key *key, const UCHAR *seed, bool keep_seed)
{
    const struct pq_set *set = pq_set_of(key);
    NTSTATUS status;

    if ((status = pq_get_material(key, true, keep_seed))) return status;
    if (keep_seed) memcpy(key->seed, seed, set->seed_bytes);
    return row_of(key)->generate(set, seed, key->private_key, apart(key));
}

static NTSTATUS make_of_private(struct pq_key *key, const UCHAR *value, bool with_care)
{
    const struct pq_set *set = pq_set_of(key);
    NTSTATUS status;

    if ((status = pq_get_material(key, true, false))) return status;
    memcpy(key->private_key, value, set->private_bytes);
    return row_of(key)->check_private(set, key->private_key, apart(key), with_care);
}

static NTSTATUS make_of_public(struct pq_key *key, const UCHAR *value)
{
    const struct pq_set *set = pq_set_of(key);
    NTSTATUS status;

    if ((status = pq_get_material(key, false, false))) return status;
    memcpy(key->public_key, value, set->public_bytes);
    return row_of(key)->check_public(set, key->public_key);
}

NTSTATUS pq_make(void *object)
{
    struct pq_key *key = object;
    UCHAR seed[SEED_BYTES_MOST];
    NTSTATUS status;

    if ((status = lc_ready())) return status;
    if (!random_bytes(seed, pq_set_of(key)->seed_bytes)) return STATUS_INTERNAL_ERROR;
    status = make_of_seed(key, seed, !row_of(key)->forgets_seed);
    wipe(seed, sizeof(seed));
    if (status) pq_free(key);
    return status;
}

/* ---- blobs ---- */

static ULONG part_bytes(const struct pq_set *set, enum pq_part part)
{
    if (part == PQ_PUBLIC) return set->public_bytes;
    return part == PQ_PRIVATE ? set->private_bytes : set->seed_bytes;
}

/* The set whose name, NUL included, is in the blob. */
static const struct pq_set *set_named(const struct prov_rows *sets, struct blob_number name)
{
    const char *row = sets->first;
    LPCWSTR row_name;
    size_t i;

    for (i = 0; i < sets->count; i++, row += sets->row_bytes)
    {
        row_name = ((const struct pq_set *)(const void *)row)->name;
        if (name.bytes == name_bytes(row_name) && !memcmp(name.digits, row_name, name.bytes))
        {
            return (const struct pq_set *)(const void *)row;
        }
    }
    return NULL;
}

NTSTATUS pq_read_blob(struct pq_key *key, const struct pq_blob_type *type, const UCHAR *blob,
                      ULONG bytes, const UCHAR **value)
{
    ULONG magic, name_count, value_bytes;
    struct blob_reader reader;
    struct blob_number name;

    blob_read_start(&reader, blob, bytes);
    magic = blob_read_ulong(&reader);
    name_count = blob_read_ulong(&reader);
    value_bytes = blob_read_ulong(&reader);
    if (!blob_read_fits(&reader)) return STATUS_INVALID_BUFFER_SIZE;
    if (magic != type->magic) return STATUS_INVALID_PARAMETER;

    name = blob_read_number(&reader, name_count);
    *value = blob_read_number(&reader, value_bytes).digits;
    if (!blob_read_fits(&reader)) return STATUS_INVALID_BUFFER_SIZE;
    if (!(key->pair.set = set_named(key->pair.row->sets, name))) return STATUS_INVALID_PARAMETER;
    if (value_bytes != part_bytes(pq_set_of(key), type->part)) return STATUS_INVALID_PARAMETER;
    return STATUS_SUCCESS;
}

NTSTATUS pq_read(void *object, struct prov_algorithm *algorithm, const struct blob_type *type,
                 const UCHAR *blob, ULONG bytes, unsigned int checks)
{
    const struct pq_blob_type *pq_type = (const struct pq_blob_type *)type;
    struct pq_key *key = object;
    const UCHAR *value;
    NTSTATUS status;

    (void)algorithm;
    status = pq_read_blob(key, pq_type, blob, bytes, &value);
    if (status || (status = lc_ready())) return status;
    if (pq_type->part == PQ_PUBLIC) return make_of_public(key, value);
    if (pq_type->part == PQ_PRIVATE) return make_of_private(key, value, checks);
    return make_of_seed(key, value, true);
}

NTSTATUS pq_write(const void *object, const struct blob_type *type, const struct reply *reply)
{
    const struct pq_blob_type *pq_type = (const struct pq_blob_type *)type;
    const struct pq_key *key = object;
    const struct pq_set *set = pq_set_of(key);
    ULONG bytes = part_bytes(set, pq_type->part), set_name_bytes = name_bytes(set->name);
    const UCHAR *part = pq_type->part == PQ_PUBLIC ? key->public_key :
                        pq_type->part == PQ_PRIVATE ? key->private_key : key->seed;
    struct blob_writer writer;
    NTSTATUS status;
    PUCHAR room;

    if (!part) return STATUS_NOT_SUPPORTED;     /* a seed that was never known, as on Windows */
    status = reply_room(reply, HEADER_BYTES + set_name_bytes + bytes, &room);
    if (!room) return status;
    blob_write_start(&writer, room);
    blob_write_ulong(&writer, pq_type->magic);
    blob_write_ulong(&writer, set_name_bytes);
    blob_write_ulong(&writer, bytes);
    blob_write_bytes(&writer, (const UCHAR *)set->name, set_name_bytes);
    blob_write_bytes(&writer, part, bytes);
    return STATUS_SUCCESS;
}

/* ---- properties ---- */

NTSTATUS pq_get_public_key_length(void *object, const struct reply *reply)
{
    const struct pq_set *set = pq_set_of(object);

    return set ? reply_ulong(reply, 8 * set->public_bytes) : STATUS_NOT_SUPPORTED;
}

NTSTATUS pq_get_output_length(void *object, const struct reply *reply)
{
    const struct pq_set *set = pq_set_of(object);

    return set ? reply_ulong(reply, set->output_bytes) : STATUS_NOT_SUPPORTED;
}
