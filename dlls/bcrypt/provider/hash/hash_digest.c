/*
 * hash_digest.c - plain hashes.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/hash/hash.h"

static NTSTATUS digest_create(struct hash_object *hash, const UCHAR *secret, ULONG bytes)
{
    (void)secret, (void)bytes;
    digest_start(hash->row->digest, &hash->u.digest);
    return STATUS_SUCCESS;
}

static NTSTATUS digest_add(struct hash_object *hash, const UCHAR *data, ULONG bytes)
{
    digest_update(hash->row->digest, &hash->u.digest, data, bytes);
    return STATUS_SUCCESS;
}

static NTSTATUS digest_end(struct hash_object *hash, UCHAR *output, ULONG bytes, bool more)
{
    (void)bytes, (void)more;
    digest_finish(hash->row->digest, &hash->u.digest, output);
    return STATUS_SUCCESS;
}

static void digest_reset(struct hash_object *hash)
{
    digest_start(hash->row->digest, &hash->u.digest);
}

const struct hash_methods digest_methods =
{
    .object_bytes    = BYTES_UP_TO(digest),
    .ends_with_state = true,
    .create          = digest_create,
    .update          = digest_add,
    .finish          = digest_end,
    .reset           = digest_reset,
};
