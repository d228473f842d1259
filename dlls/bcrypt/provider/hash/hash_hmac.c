/*
 * hash_hmac.c - HMAC over a plain hash.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/hash/hash.h"

static void hmac_reset(struct hash_object *hash)
{
    hmac_start(hash_digest_of(hash), &hash->u.hmac.key, &hash->u.hmac.running);
}

static NTSTATUS hmac_create(struct hash_object *hash, const UCHAR *secret, ULONG bytes)
{
    hmac_key_init(hash_digest_of(hash), &hash->u.hmac.key, secret, bytes);
    hmac_reset(hash);
    return STATUS_SUCCESS;
}

static NTSTATUS hmac_add(struct hash_object *hash, const UCHAR *data, ULONG bytes)
{
    digest_update(hash_digest_of(hash), &hash->u.hmac.running, data, bytes);
    return STATUS_SUCCESS;
}

static NTSTATUS hmac_end(struct hash_object *hash, UCHAR *output, ULONG bytes, bool more)
{
    (void)bytes, (void)more;
    hmac_finish(hash_digest_of(hash), &hash->u.hmac.key, &hash->u.hmac.running, output);
    return STATUS_SUCCESS;
}

const struct hash_methods hmac_methods =
{
    .object_bytes = BYTES_UP_TO(hmac),
    .create       = hmac_create,
    .update       = hmac_add,
    .finish       = hmac_end,
    .once         = hmac_once,
    .reset        = hmac_reset,
};
