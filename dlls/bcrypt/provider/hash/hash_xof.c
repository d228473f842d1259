/*
 * hash_xof.c - SHAKE, cSHAKE and KMAC.
 *
 * cSHAKE's function name and customization string, and KMAC's key and customization string, come
 * before the message. They are kept, and the state that they lead to as well: from it a reset
 * begins.
 *
 * Source: FIPS 202; NIST SP 800-185.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/hash/hash.h"

#include "platform/wipe.h"

NTSTATUS hash_string_set(struct hash_string *string, const UCHAR *bytes, ULONG count)
{
    UCHAR *copy = NULL;

    if (count && !(copy = memory_get(count))) return STATUS_NO_MEMORY;
    if (count) memcpy(copy, bytes, count);
    hash_string_clear(string);
    string->bytes = copy;
    string->count = count;
    return STATUS_SUCCESS;
}

void hash_string_clear(struct hash_string *string)
{
    memory_put(string->bytes, string->count);
    string->bytes = NULL;
    string->count = 0;
}

static void xof_reset(struct hash_object *hash)
{
    hash->u.xof.running = hash->u.xof.initial;
    hash->u.xof.absorbed = false;
    hash->u.xof.squeezing = false;
}

static void shake_begin(struct hash_object *hash)
{
    keccak_start(&hash->u.xof.initial, hash_row_of(hash)->block_bytes, KECCAK_SUFFIX_SHAKE);
    xof_reset(hash);
}

static void cshake_begin(struct hash_object *hash)
{
    struct hash_xof *xof = &hash->u.xof;

    cshake_start(&xof->initial, hash_row_of(hash)->block_bytes, xof->function_name.bytes,
                 xof->function_name.count, xof->customization.bytes, xof->customization.count);
    xof_reset(hash);
}

static void kmac_begin(struct hash_object *hash)
{
    struct hash_xof *xof = &hash->u.xof;

    kmac_start(&xof->initial, hash_row_of(hash)->block_bytes, xof->key.bytes, xof->key.count,
               xof->customization.bytes, xof->customization.count);
    xof_reset(hash);
}

static void strings_clear(struct hash_object *hash)
{
    hash_string_clear(&hash->u.xof.function_name);
    hash_string_clear(&hash->u.xof.customization);
    hash_string_clear(&hash->u.xof.key);
}

static NTSTATUS shake_create(struct hash_object *hash, const UCHAR *secret, ULONG bytes)
{
    (void)secret, (void)bytes;
    memset(&hash->u.xof, 0, sizeof(hash->u.xof));
    shake_begin(hash);
    return STATUS_SUCCESS;
}

static NTSTATUS cshake_create(struct hash_object *hash, const UCHAR *secret, ULONG bytes)
{
    (void)secret, (void)bytes;
    memset(&hash->u.xof, 0, sizeof(hash->u.xof));
    cshake_begin(hash);
    return STATUS_SUCCESS;
}

static NTSTATUS kmac_create(struct hash_object *hash, const UCHAR *secret, ULONG bytes)
{
    NTSTATUS status;

    memset(&hash->u.xof, 0, sizeof(hash->u.xof));
    if ((status = hash_string_set(&hash->u.xof.key, secret, bytes))) return status;
    kmac_begin(hash);
    return STATUS_SUCCESS;
}

/* STATUS_INVALID_HANDLE: output has been given and the hash was not reset. */
static NTSTATUS xof_add(struct hash_object *hash, const UCHAR *data, ULONG bytes)
{
    if (hash->u.xof.squeezing) return STATUS_INVALID_HANDLE;
    keccak_absorb(&hash->u.xof.running, data, bytes);
    if (bytes) hash->u.xof.absorbed = true;
    return STATUS_SUCCESS;
}

static NTSTATUS xof_end(struct hash_object *hash, UCHAR *output, ULONG bytes, bool more)
{
    keccak_squeeze(&hash->u.xof.running, output, bytes);
    if (more) hash->u.xof.squeezing = true;
    return STATUS_SUCCESS;
}

/* Asking for more makes it KMACXOF, whose first output says so; without that the length of the
 * output is part of what is authenticated. The last call of a KMACXOF goes on as one. */
static NTSTATUS kmac_end(struct hash_object *hash, UCHAR *output, ULONG bytes, bool more)
{
    if (more && !hash->u.xof.squeezing) kmac_finish_xof(&hash->u.xof.running);
    if (!more && !hash->u.xof.squeezing) kmac_finish_fixed(&hash->u.xof.running, output, bytes);
    else keccak_squeeze(&hash->u.xof.running, output, bytes);
    if (more) hash->u.xof.squeezing = true;
    return STATUS_SUCCESS;
}

static NTSTATUS xof_duplicate(struct hash_object *copy, const struct hash_object *hash)
{
    const struct hash_xof *from = &hash->u.xof;
    struct hash_xof *to = &copy->u.xof;
    NTSTATUS status;

    memset(&to->function_name, 0, sizeof(to->function_name));
    memset(&to->customization, 0, sizeof(to->customization));
    memset(&to->key, 0, sizeof(to->key));
    status = hash_string_set(&to->function_name, from->function_name.bytes,
                             from->function_name.count);
    if (!status)
    {
        status = hash_string_set(&to->customization, from->customization.bytes,
                                 from->customization.count);
    }
    if (!status) status = hash_string_set(&to->key, from->key.bytes, from->key.count);
    if (status) strings_clear(copy);
    return status;
}

static NTSTATUS set_string(struct hash_object *hash, struct hash_string *string, const UCHAR *value,
                           ULONG bytes, void (*begin)(struct hash_object *))
{
    NTSTATUS status;

    if (hash->finished) return STATUS_INVALID_HANDLE;
    if (hash->u.xof.absorbed || hash->u.xof.squeezing) return STATUS_INVALID_PARAMETER;
    if ((status = hash_string_set(string, value, bytes))) return status;
    begin(hash);
    return STATUS_SUCCESS;
}

static NTSTATUS cshake_set_function_name(struct hash_object *hash, const UCHAR *value, ULONG bytes)
{
    return set_string(hash, &hash->u.xof.function_name, value, bytes, cshake_begin);
}

static NTSTATUS cshake_set_customization(struct hash_object *hash, const UCHAR *value, ULONG bytes)
{
    return set_string(hash, &hash->u.xof.customization, value, bytes, cshake_begin);
}

static NTSTATUS kmac_set_customization(struct hash_object *hash, const UCHAR *value, ULONG bytes)
{
    return set_string(hash, &hash->u.xof.customization, value, bytes, kmac_begin);
}

#define XOF_BYTES (offsetof(struct hash_object, u) + sizeof(struct hash_xof))

const struct hash_methods shake_methods =
{
    .object_bytes = XOF_BYTES,
    .create       = shake_create,
    .update       = xof_add,
    .finish       = xof_end,
    .reset        = xof_reset,
};

const struct hash_methods cshake_methods =
{
    .object_bytes      = XOF_BYTES,
    .create            = cshake_create,
    .update            = xof_add,
    .finish            = xof_end,
    .reset             = xof_reset,
    .duplicate         = xof_duplicate,
    .destroy           = strings_clear,
    .set_function_name = cshake_set_function_name,
    .set_customization = cshake_set_customization,
};

const struct hash_methods kmac_methods =
{
    .object_bytes      = XOF_BYTES,
    .create            = kmac_create,
    .update            = xof_add,
    .finish            = kmac_end,
    .reset             = xof_reset,
    .duplicate         = xof_duplicate,
    .destroy           = strings_clear,
    .set_customization = kmac_set_customization,
};
