/*
 * cipher_property.c - the properties of ciphers and of their keys.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/cipher/cipher.h"

#define EFFECTIVE_BITS_LEAST 16
#define EFFECTIVE_BITS_MOST  1024

static const struct cipher_mode *mode_named(const struct cipher_row *row, LPCWSTR name)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(row->modes) && row->modes[i]; i++)
    {
        if (names_equal(row->modes[i]->name, name)) return row->modes[i];
    }
    return NULL;
}

bool cipher_message_bytes_valid(const struct cipher_row *row, ULONG bytes)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(row->modes) && row->modes[i]; i++)
    {
        if (row->modes[i]->message_allowed && row->modes[i]->message_allowed(row, bytes))
            return true;
    }
    return bytes == row->message_bytes;
}

bool cipher_effective_bits_valid(ULONG bits)
{
    return bits >= EFFECTIVE_BITS_LEAST && bits <= EFFECTIVE_BITS_MOST;
}

/* ---- what algorithms and keys both have: their settings ---- */

/* ChainingMode always takes a buffer of 32 characters [win]. */
static NTSTATUS get_mode(const struct cipher_settings *settings, const struct reply *reply)
{
    const struct cipher_mode *mode = cipher_settings_mode(settings);
    WCHAR name[32] = { 0 };

    memcpy(name, mode->name, name_bytes(mode->name));
    return reply_bytes(reply, name, sizeof(name));
}

/* The string is read to its NUL: callers give any size [win]. */
static NTSTATUS set_mode(const struct cipher_row *row, struct cipher_settings *settings,
                         const UCHAR *value)
{
    const struct cipher_mode *mode = mode_named(row, (LPCWSTR)(const void *)value);

    if (!mode) return STATUS_NOT_SUPPORTED;
    atomic_store_explicit(&settings->mode, mode, memory_order_relaxed);
    return STATUS_SUCCESS;
}

static NTSTATUS get_message_length(const struct cipher_settings *settings,
                                   const struct reply *reply)
{
    if (!cipher_settings_mode(settings)->message_allowed) return STATUS_NOT_SUPPORTED;
    return reply_ulong(reply, atomic_load_explicit(&settings->message_bytes, memory_order_relaxed));
}

static NTSTATUS set_message_length(const struct cipher_row *row, struct cipher_settings *settings,
                                   const UCHAR *value, ULONG bytes)
{
    const struct cipher_mode *mode = cipher_settings_mode(settings);
    NTSTATUS status;
    ULONG wanted;

    if (!mode->message_allowed) return STATUS_NOT_SUPPORTED;
    if ((status = property_ulong(value, bytes, &wanted))) return status;
    if (!mode->message_allowed(row, wanted)) return STATUS_INVALID_PARAMETER;
    atomic_store_explicit(&settings->message_bytes, wanted, memory_order_relaxed);
    return STATUS_SUCCESS;
}

static NTSTATUS get_effective_bits(const struct cipher_row *row,
                                   const struct cipher_settings *settings,
                                   const struct reply *reply)
{
    if (!row->effective_bits) return STATUS_NOT_SUPPORTED;
    return reply_ulong(reply,
                       atomic_load_explicit(&settings->effective_bits, memory_order_relaxed));
}

static NTSTATUS set_effective_bits(const struct cipher_row *row, struct cipher_settings *settings,
                                   const UCHAR *value, ULONG bytes)
{
    NTSTATUS status;
    ULONG wanted;

    if (!row->effective_bits) return STATUS_NOT_SUPPORTED;
    if ((status = property_ulong(value, bytes, &wanted))) return status;
    if (!cipher_effective_bits_valid(wanted)) return STATUS_INVALID_PARAMETER;
    atomic_store_explicit(&settings->effective_bits, wanted, memory_order_relaxed);
    return STATUS_SUCCESS;
}

/* ---- algorithms ---- */

static NTSTATUS alg_get_object_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply,
                       PROV_OBJECT_LENGTH(cipher_row_of(object)->object_bytes));
}

static NTSTATUS alg_get_name(void *object, const struct reply *reply)
{
    return reply_name(reply, cipher_row_of(object)->id);
}

static NTSTATUS alg_get_block_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, cipher_row_of(object)->block_bytes);
}

static NTSTATUS alg_get_mode(void *object, const struct reply *reply)
{
    struct cipher_algorithm *algorithm = object;

    return get_mode(&algorithm->settings, reply);
}

static NTSTATUS alg_set_mode(void *object, const UCHAR *value, ULONG bytes)
{
    struct cipher_algorithm *algorithm = object;

    (void)bytes;
    return set_mode(cipher_row_of(algorithm), &algorithm->settings, value);
}

static NTSTATUS alg_get_key_lengths(void *object, const struct reply *reply)
{
    const struct cipher_algorithm *algorithm = object;
    BCRYPT_KEY_LENGTHS_STRUCT lengths = cipher_row_of(algorithm)->key_bits;

    if (algorithm->flags & BCRYPT_EXTENDED_KEYSIZE)
        lengths.dwMaxLength = cipher_row_of(algorithm)->extended_key_bits;
    return reply_bytes(reply, &lengths, sizeof(lengths));
}

static NTSTATUS alg_get_tag_lengths(void *object, const struct reply *reply)
{
    struct cipher_algorithm *algorithm = object;
    const struct cipher_mode *mode = cipher_settings_mode(&algorithm->settings);

    if (!mode->tag.dwMaxLength) return STATUS_NOT_SUPPORTED;
    return reply_bytes(reply, &mode->tag, sizeof(mode->tag));
}

static NTSTATUS alg_get_effective_bits(void *object, const struct reply *reply)
{
    struct cipher_algorithm *algorithm = object;

    return get_effective_bits(cipher_row_of(algorithm), &algorithm->settings, reply);
}

static NTSTATUS alg_set_effective_bits(void *object, const UCHAR *value, ULONG bytes)
{
    struct cipher_algorithm *algorithm = object;

    return set_effective_bits(cipher_row_of(algorithm), &algorithm->settings, value, bytes);
}

static NTSTATUS alg_get_message_length(void *object, const struct reply *reply)
{
    struct cipher_algorithm *algorithm = object;

    return get_message_length(&algorithm->settings, reply);
}

static NTSTATUS alg_set_message_length(void *object, const UCHAR *value, ULONG bytes)
{
    struct cipher_algorithm *algorithm = object;

    return set_message_length(cipher_row_of(algorithm), &algorithm->settings, value, bytes);
}

static NTSTATUS alg_get_primitive_type(void *object, const struct reply *reply)
{
    (void)object;
    return reply_ulong(reply, BCRYPT_CIPHER_INTERFACE);
}

static const struct property alg_property_list[] =
{
    { KEPT(BCRYPT_OBJECT_LENGTH),        alg_get_object_length,  NULL },
    { KEPT(BCRYPT_BLOCK_LENGTH),         alg_get_block_length,   NULL },
    { KEPT(BCRYPT_CHAINING_MODE),        alg_get_mode,           alg_set_mode },
    { KEPT(BCRYPT_KEY_LENGTHS),          alg_get_key_lengths,    NULL },
    { KEPT(BCRYPT_AUTH_TAG_LENGTH),      alg_get_tag_lengths,    NULL },
    { KEPT(BCRYPT_BLOCK_SIZE_LIST),      alg_get_block_length,   NULL },  /* of one size */
    { KEPT(BCRYPT_ALGORITHM_NAME),       alg_get_name,           NULL },
    { KEPT(BCRYPT_EFFECTIVE_KEY_LENGTH), alg_get_effective_bits, alg_set_effective_bits },
    { KEPT(BCRYPT_MESSAGE_BLOCK_LENGTH), alg_get_message_length, alg_set_message_length },
    { KEPT(BCRYPT_PRIMITIVE_TYPE),       alg_get_primitive_type, NULL },
};
static const struct properties alg_properties = PROPERTIES(alg_property_list);

/* ---- keys ---- */

static NTSTATUS key_get_block_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, ((struct cipher_key *)object)->row->block_bytes);
}

static NTSTATUS key_get_mode(void *object, const struct reply *reply)
{
    struct cipher_key *key = object;

    return get_mode(&key->settings, reply);
}

static NTSTATUS key_set_mode(void *object, const UCHAR *value, ULONG bytes)
{
    struct cipher_key *key = object;

    (void)bytes;
    return set_mode(key->row, &key->settings, value);
}

static NTSTATUS key_get_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, ((struct cipher_key *)object)->secret_bytes * 8);
}

/* Bits that count: half of an XTS key is for the tweak; RC2's are its effective ones. */
static NTSTATUS key_get_strength(void *object, const struct reply *reply)
{
    struct cipher_key *key = object;
    ULONG bits = key->secret_bytes * 8 * key->row->strength_percent / 100;

    if (key->row->effective_bits)
        bits = cipher_effective_bits_of(key);
    return reply_ulong(reply, bits);
}

static NTSTATUS key_get_effective_bits(void *object, const struct reply *reply)
{
    struct cipher_key *key = object;

    return get_effective_bits(key->row, &key->settings, reply);
}

static NTSTATUS key_set_effective_bits(void *object, const UCHAR *value, ULONG bytes)
{
    struct cipher_key *key = object;

    return set_effective_bits(key->row, &key->settings, value, bytes);
}

static NTSTATUS key_get_name(void *object, const struct reply *reply)
{
    return reply_name(reply, ((struct cipher_key *)object)->row->id);
}

static NTSTATUS key_get_object_length(void *object, const struct reply *reply)
{
    return reply_ulong(reply, PROV_OBJECT_LENGTH(((struct cipher_key *)object)->row->object_bytes));
}

static NTSTATUS key_get_message_length(void *object, const struct reply *reply)
{
    struct cipher_key *key = object;

    return get_message_length(&key->settings, reply);
}

static NTSTATUS key_set_message_length(void *object, const UCHAR *value, ULONG bytes)
{
    struct cipher_key *key = object;

    return set_message_length(key->row, &key->settings, value, bytes);
}

static NTSTATUS key_set_iv(void *object, const UCHAR *value, ULONG bytes)
{
    struct cipher_key *key = object;

    if (!key->row->primitive) return STATUS_NOT_SUPPORTED;
    if (bytes != key->row->block_bytes) return STATUS_INVALID_PARAMETER;
    cipher_chain_store(key, value);
    return STATUS_SUCCESS;
}

static const struct property key_property_list[] =
{
    { KEPT(BCRYPT_BLOCK_LENGTH),          key_get_block_length,   NULL },
    { KEPT(BCRYPT_CHAINING_MODE),         key_get_mode,           key_set_mode },
    { KEPT(BCRYPT_KEY_LENGTH),            key_get_length,         NULL },
    { KEPT(BCRYPT_KEY_STRENGTH),          key_get_strength,       NULL },
    { KEPT(BCRYPT_ALGORITHM_NAME),        key_get_name,           NULL },
    { KEPT(BCRYPT_OBJECT_LENGTH),         key_get_object_length,  NULL },
    { KEPT(BCRYPT_EFFECTIVE_KEY_LENGTH),  key_get_effective_bits, key_set_effective_bits },
    { KEPT(BCRYPT_MESSAGE_BLOCK_LENGTH),  key_get_message_length, key_set_message_length },
    { KEPT(BCRYPT_INITIALIZATION_VECTOR), NULL,                   key_set_iv },
};
static const struct properties key_properties = PROPERTIES(key_property_list);

static const struct properties *properties_of(BCRYPT_HANDLE hObject)
{
    return prov_is(hObject, PROV_ALGORITHM) ? &alg_properties : &key_properties;
}

NTSTATUS WINAPI cipher_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty,
                                           PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                                           ULONG dwFlags)
{
    (void)dwFlags;
    return properties_get(properties_of(hObject), hObject, pszProperty, pbOutput, cbOutput,
                          pcbResult);
}

NTSTATUS WINAPI cipher_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty,
                                           PUCHAR pbInput, ULONG cbInput, ULONG dwFlags)
{
    (void)dwFlags;
    return properties_set(properties_of(hObject), hObject, pszProperty, pbInput, cbInput);
}
