/*
 * hash_mac.c - AES-CMAC and AES-GMAC.
 *
 * Microsoft documents no way to hand GMAC its nonce through the hash functions. Here it is the hash
 * object's "IV" property: 12 bytes, for one message (docs/choices.md).
 *
 * Source: NIST SP 800-38B, SP 800-38D.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/hash/hash.h"

#include "platform/wipe.h"

static bool is_aes_key(ULONG bytes)
{
    return bytes == 16 || bytes == 24 || bytes == 32;
}

/* ---- CMAC ---- */

static NTSTATUS cmac_create(struct hash_object *hash, const UCHAR *secret, ULONG bytes)
{
    if (!is_aes_key(bytes)) return STATUS_INVALID_PARAMETER;
    aes_cmac_init(&hash->u.cmac.initial, secret, bytes);
    hash->u.cmac.running = hash->u.cmac.initial;
    return STATUS_SUCCESS;
}

static NTSTATUS cmac_add(struct hash_object *hash, const UCHAR *data, ULONG bytes)
{
    aes_cmac_update(&hash->u.cmac.running, data, bytes);
    return STATUS_SUCCESS;
}

static NTSTATUS cmac_end(struct hash_object *hash, UCHAR *output, ULONG bytes, bool more)
{
    (void)bytes, (void)more;
    aes_cmac_final(&hash->u.cmac.running, output);
    return STATUS_SUCCESS;
}

static void cmac_reset(struct hash_object *hash)
{
    hash->u.cmac.running = hash->u.cmac.initial;
}

const struct hash_methods cmac_methods =
{
    .object_bytes = offsetof(struct hash_object, u) + sizeof(((struct hash_object *)0)->u.cmac),
    .create       = cmac_create,
    .update       = cmac_add,
    .finish       = cmac_end,
    .reset        = cmac_reset,
};

/* ---- GMAC: GCM's tag of data that is authenticated only ---- */

static void gmac_reset(struct hash_object *hash)
{
    struct hash_gmac *gmac = &hash->u.gmac;

    wipe(gmac->pending, sizeof(gmac->pending));
    gmac->pending_bytes = 0;
    gmac->bytes = 0;
    gmac->has_nonce = false;                    /* a nonce is for one message */
}

static NTSTATUS gmac_create(struct hash_object *hash, const UCHAR *secret, ULONG bytes)
{
    if (!is_aes_key(bytes)) return STATUS_INVALID_PARAMETER;
    if (!(hash->u.gmac.key = memory_get(sizeof(struct gcm_key)))) return STATUS_NO_MEMORY;
    aes_expand_encrypt(&hash->u.gmac.schedule, secret, bytes);
    gcm_key_init(hash->u.gmac.key, &hash->u.gmac.schedule);
    gmac_reset(hash);
    return STATUS_SUCCESS;
}

static NTSTATUS gmac_set_iv(struct hash_object *hash, const UCHAR *value, ULONG bytes)
{
    struct hash_gmac *gmac = &hash->u.gmac;

    if (hash->finished) return STATUS_INVALID_HANDLE;
    if (!value || bytes != GCM_NONCE_BYTES || gmac->bytes || gmac->pending_bytes)
        return STATUS_INVALID_PARAMETER;
    memcpy(gmac->nonce, value, bytes);
    gcm_start(gmac->key, &gmac->schedule, &gmac->state, gmac->nonce);
    gmac->has_nonce = true;
    return STATUS_SUCCESS;
}

/* gcm_auth pads what it is given to whole blocks: so it is given whole blocks but at the end. */
static NTSTATUS gmac_add(struct hash_object *hash, const UCHAR *data, ULONG bytes)
{
    struct hash_gmac *gmac = &hash->u.gmac;
    ULONG part;

    if (!gmac->has_nonce) return STATUS_INVALID_PARAMETER;
    gmac->bytes += bytes;
    if (gmac->pending_bytes)
    {
        part = 16 - gmac->pending_bytes;
        if (part > bytes) part = bytes;
        memcpy(gmac->pending + gmac->pending_bytes, data, part);
        gmac->pending_bytes += part;
        data += part;
        bytes -= part;
        if (gmac->pending_bytes < 16) return STATUS_SUCCESS;
        gcm_auth(gmac->key, &gmac->state, gmac->pending, 16);
        gmac->pending_bytes = 0;
    }
    part = bytes & ~(ULONG)15;
    if (part) gcm_auth(gmac->key, &gmac->state, data, part);
    memcpy(gmac->pending, data + part, bytes - part);
    gmac->pending_bytes = bytes - part;
    return STATUS_SUCCESS;
}

static NTSTATUS gmac_end(struct hash_object *hash, UCHAR *output, ULONG bytes, bool more)
{
    struct hash_gmac *gmac = &hash->u.gmac;

    (void)bytes, (void)more;
    if (!gmac->has_nonce) return STATUS_INVALID_PARAMETER;
    if (gmac->pending_bytes) gcm_auth(gmac->key, &gmac->state, gmac->pending, gmac->pending_bytes);
    gcm_finish(gmac->key, &gmac->schedule, &gmac->state, gmac->nonce, gmac->bytes, 0, output);
    return STATUS_SUCCESS;
}

static NTSTATUS gmac_duplicate(struct hash_object *copy, const struct hash_object *hash)
{
    if (!(copy->u.gmac.key = memory_get(sizeof(struct gcm_key)))) return STATUS_NO_MEMORY;
    *copy->u.gmac.key = *hash->u.gmac.key;
    return STATUS_SUCCESS;
}

static void gmac_destroy(struct hash_object *hash)
{
    memory_put(hash->u.gmac.key, sizeof(struct gcm_key));
}

const struct hash_methods gmac_methods =
{
    .object_bytes = BYTES_UP_TO(gmac),
    .create       = gmac_create,
    .update       = gmac_add,
    .finish       = gmac_end,
    .reset        = gmac_reset,
    .duplicate    = gmac_duplicate,
    .destroy      = gmac_destroy,
    .set_iv       = gmac_set_iv,
};
