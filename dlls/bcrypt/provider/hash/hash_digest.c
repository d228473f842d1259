/*
 * hash_digest.c - plain hashes.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/hash/hash.h"

static NTSTATUS digest_create(struct hash_object *hash, const UCHAR *secret, ULONG bytes)
{
    (void)secret, (void)bytes;
    digest_start(hash_digest_of(hash), &hash->u.digest.running);
    return STATUS_SUCCESS;
}

static NTSTATUS digest_add(struct hash_object *hash, const UCHAR *data, ULONG bytes)
{
    digest_update(hash_digest_of(hash), &hash->u.digest.running, data, bytes);
    return STATUS_SUCCESS;
}

static NTSTATUS digest_end(struct hash_object *hash, UCHAR *output, ULONG bytes, bool more)
{
    (void)bytes, (void)more;
    digest_finish(hash_digest_of(hash), &hash->u.digest.running, output);
    return STATUS_SUCCESS;
}

static void digest_whole(const struct digest *digest, const void *secret, size_t secret_bytes,
                         const void *data, size_t bytes, UCHAR *output)
{
    (void)secret, (void)secret_bytes;
    digest_once(digest, data, bytes, output);
}

static void digest_reset(struct hash_object *hash)
{
    digest_start(hash_digest_of(hash), &hash->u.digest.running);
}

/* With the 48 bytes of the router's struct object, a block of 192 bytes for each SHA-256 hash. */
_Static_assert(PROV_OBJECT_LENGTH(offsetof(struct hash_object, u.digest.running) +
                                  offsetof(struct digest_state, u.md64.block) + 64) <= 144,
               "SHA-256 objects have grown");

const struct hash_methods digest_methods =
{
    .object_bytes    = BYTES_UP_TO(digest),
    .ends_with_state = true,
    .create          = digest_create,
    .update          = digest_add,
    .finish          = digest_end,
    .once            = digest_whole,
    .reset           = digest_reset,
};
