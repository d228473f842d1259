/*
 * key_record.c - a key as the bytes that its file protects.
 *
 * Entries: a tag, the number of bytes, the bytes; all numbers 32 bits, the lowest byte first. What
 * comes in has been proved whole by its file, but is looked at as if it had not.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/key_record.h"

#include "platform/memory.h"
#include "platform/wipe.h"
#include "store/key_file.h"

enum
{
    TAG_NUMBERS = 1,                            /* policy, usage, legacy specification */
    TAG_CURVE,                                  /* of the blob; text with its NUL */
    TAG_TYPE,                                   /* of the blob; text with its NUL */
    TAG_BLOB,
    TAG_VALUE,                                  /* custom, characters of the name with its NUL,
                                                 * the name, the bytes */
};

#define CURVE_ROOM 128

/* The key itself, as its record has it. */
struct secret
{
    WCHAR curve[CURVE_ROOM];                    /* "": the blob or the algorithm says */
    LPCWSTR type;                               /* NULL, and no blob: a value is the key */
    uint8_t *blob;                              /* of memory_get(bytes) */
    ULONG bytes;
};

static SECURITY_STATUS get_secret(struct ksp_key *key, struct secret *secret)
{
    ULONG size;

    memset(secret, 0, sizeof(*secret));
    if (!key->algorithm->private_blob) return 0;
    /* A curve with a name goes by it; otherwise the blob has its parameters. */
    if (names_equal(key->algorithm->private_blob, BCRYPT_ECCFULLPRIVATE_BLOB))
    {
        if (BCryptGetProperty(key->key, BCRYPT_ECC_CURVE_NAME, (PUCHAR)secret->curve,
                              sizeof(secret->curve), &size, 0)) secret->curve[0] = 0;
        if (secret->curve[0]) secret->type = BCRYPT_ECCPRIVATE_BLOB;
    }
    return ksp_key_blob(key, secret->type, &secret->blob, &secret->bytes, &secret->type);
}

/* ---- writing ---- */

/* Without memory it counts: in size_t, as values may be more than a file can have. */
struct writer
{
    uint8_t *to;
    size_t bytes;
};

static void put(struct writer *writer, const void *data, ULONG bytes)
{
    if (writer->to && bytes) memcpy(writer->to + writer->bytes, data, bytes);
    writer->bytes += bytes;
}

static void put_number(struct writer *writer, ULONG number)
{
    uint8_t bytes[4] = { (uint8_t)number, (uint8_t)(number >> 8), (uint8_t)(number >> 16),
                         (uint8_t)(number >> 24) };

    put(writer, bytes, 4);
}

static void put_entry(struct writer *writer, ULONG tag, const void *data, ULONG bytes)
{
    put_number(writer, tag);
    put_number(writer, bytes);
    put(writer, data, bytes);
}

static void put_value(struct writer *writer, const struct ksp_value *value)
{
    ULONG name = name_bytes(value->name);

    put_number(writer, TAG_VALUE);
    put_number(writer, 8 + name + value->bytes);
    put_number(writer, value->custom);
    put_number(writer, name / sizeof(WCHAR));
    put(writer, value->name, name);
    put(writer, value->data, value->bytes);
}

static void put_all(struct writer *writer, struct ksp_key *key, const struct secret *secret)
{
    const struct ksp_value *value;

    put_number(writer, TAG_NUMBERS);
    put_number(writer, 12);
    put_number(writer, atomic_load(&key->policy));
    put_number(writer, atomic_load(&key->usage));
    put_number(writer, key->legacy_spec);
    if (secret->curve[0])
        put_entry(writer, TAG_CURVE, secret->curve, name_bytes(secret->curve));
    if (secret->type)
    {
        put_entry(writer, TAG_TYPE, secret->type, name_bytes(secret->type));
        put_entry(writer, TAG_BLOB, secret->blob, secret->bytes);
    }
    for (value = key->values; value; value = value->next)
    {
        if (value->kept) put_value(writer, value);
    }
}

SECURITY_STATUS key_record_write(struct ksp_key *key, uint8_t **record, ULONG *bytes)
{
    struct writer writer = { NULL, 0 };
    SECURITY_STATUS status;
    struct secret secret;
    ULONG size;

    *record = NULL;
    if ((status = get_secret(key, &secret))) return status;
    put_all(&writer, key, &secret);
    size = (ULONG)writer.bytes;
    if (writer.bytes > KEY_RECORD_MOST) status = NTE_INVALID_PARAMETER;
    else if ((*record = memory_get(size)))
    {
        writer = (struct writer){ *record, 0 };
        put_all(&writer, key, &secret);
        *bytes = size;
    }
    else status = NTE_NO_MEMORY;
    memory_put(secret.blob, secret.bytes);
    return status;
}

/* Whether values, or what stands for none, are the same bytes. */
static bool same_value(const struct ksp_value *left, const struct ksp_value *right)
{
    if (!left || !right) return left == right;
    return left->bytes == right->bytes &&
           equal_constant_time(left->data, right->data, left->bytes);
}

SECURITY_STATUS key_record_compare(struct ksp_key *left, struct ksp_key *right)
{
    struct secret one, two = { .blob = NULL };
    SECURITY_STATUS status;

    if (left->algorithm != right->algorithm ||
        !same_value(ksp_value_find(left, NCRYPT_KDF_SECRET_VALUE, false),
                    ksp_value_find(right, NCRYPT_KDF_SECRET_VALUE, false))) return NTE_BAD_KEYSET;
    if ((status = get_secret(left, &one)) || (status = get_secret(right, &two))) goto done;
    if (!names_equal(one.curve, two.curve) || one.bytes != two.bytes ||
        !equal_constant_time(one.blob, two.blob, one.bytes)) status = NTE_BAD_KEYSET;

done:
    memory_put(one.blob, one.bytes);
    memory_put(two.blob, two.bytes);
    return status;
}

/* ---- reading ---- */

struct reader
{
    const uint8_t *at;
    ULONG left;
};

static bool get_number(struct reader *reader, ULONG *number)
{
    if (reader->left < 4) return false;
    *number = (ULONG)reader->at[0] | (ULONG)reader->at[1] << 8 | (ULONG)reader->at[2] << 16 |
              (ULONG)reader->at[3] << 24;
    reader->at += 4;
    reader->left -= 4;
    return true;
}

static bool get_bytes(struct reader *reader, ULONG bytes, struct reader *data)
{
    if (reader->left < bytes) return false;
    *data = (struct reader){ reader->at, bytes };
    reader->at += bytes;
    reader->left -= bytes;
    return true;
}

/* Text of at most `room` characters, its NUL among them and at its end alone. */
static bool get_text(struct reader *data, ULONG bytes, WCHAR *text, ULONG room)
{
    struct reader part;
    ULONG i, characters = bytes / sizeof(WCHAR);

    if (bytes % sizeof(WCHAR) || !characters || characters > room) return false;
    if (!get_bytes(data, bytes, &part)) return false;
    memcpy(text, part.at, bytes);
    for (i = 0; i < characters; i++) if (!text[i] != (i == characters - 1)) return false;
    return true;
}

struct parts
{
    WCHAR curve[CURVE_ROOM], type[CURVE_ROOM];
    struct reader blob;
};

static SECURITY_STATUS read_entry(struct ksp_key *key, ULONG tag, struct reader data,
                                  struct parts *parts)
{
    WCHAR name[NCRYPT_MAX_PROPERTY_NAME + 1];
    ULONG policy, usage, spec, custom, characters;

    switch (tag)
    {
    case TAG_NUMBERS:
        if (!get_number(&data, &policy) || !get_number(&data, &usage) || !get_number(&data, &spec))
            return NTE_KEYSET_ENTRY_BAD;
        atomic_store(&key->policy, policy);
        atomic_store(&key->usage, usage);
        key->legacy_spec = spec;
        return 0;
    case TAG_CURVE:
        return get_text(&data, data.left, parts->curve, CURVE_ROOM) ? 0 : NTE_KEYSET_ENTRY_BAD;
    case TAG_TYPE:
        return get_text(&data, data.left, parts->type, CURVE_ROOM) ? 0 : NTE_KEYSET_ENTRY_BAD;
    case TAG_BLOB:
        parts->blob = data;
        return 0;
    case TAG_VALUE:
        if (!get_number(&data, &custom) || custom > 1 || !get_number(&data, &characters) ||
            characters > ARRAY_SIZE(name) ||
            !get_text(&data, (ULONG)(characters * sizeof(WCHAR)), name, ARRAY_SIZE(name)))
            return NTE_KEYSET_ENTRY_BAD;
        return ksp_value_put(key, name, custom, true, data.at, data.left);
    }
    return NTE_KEYSET_ENTRY_BAD;
}

static SECURITY_STATUS read_all(struct ksp_key *key, struct reader reader)
{
    struct ksp_value *secret;
    struct parts parts = { 0 };
    SECURITY_STATUS status;
    struct reader data;
    ULONG tag, bytes;

    while (reader.left)
    {
        if (!get_number(&reader, &tag) || !get_number(&reader, &bytes) ||
            !get_bytes(&reader, bytes, &data)) return NTE_KEYSET_ENTRY_BAD;
        if ((status = read_entry(key, tag, data, &parts))) return status;
    }

    if (key->algorithm->family == KSP_KDF)
    {
        if (!(secret = ksp_value_find(key, NCRYPT_KDF_SECRET_VALUE, false)))
            return NTE_KEYSET_ENTRY_BAD;
        return ksp_key_take(key, NULL, secret->data, secret->bytes, 0);
    }
    if (!parts.blob.at || !parts.type[0]) return NTE_KEYSET_ENTRY_BAD;
    if (parts.curve[0])
    {
        status = nte(BCryptSetProperty(key->open, BCRYPT_ECC_CURVE_NAME, (PUCHAR)parts.curve,
                                       name_bytes(parts.curve), 0));
        if (status) return status == NTE_NO_MEMORY ? status : NTE_KEYSET_ENTRY_BAD;
        key->is_curve_set = true;
    }
    /* It was checked when it came, and nothing has changed it since. */
    status = ksp_key_take(key, parts.type, parts.blob.at, parts.blob.left,
                          key->algorithm->family == KSP_CIPHER ? 0 : BCRYPT_NO_KEY_VALIDATION);
    return status == NTE_NO_MEMORY || !status ? status : NTE_KEYSET_ENTRY_BAD;
}

SECURITY_STATUS key_record_read(LPCWSTR algorithm, LPCWSTR name, bool machine,
                                const uint8_t *record, ULONG bytes, struct ksp_key **key)
{
    const struct ksp_algorithm *row = ksp_algorithm_find(algorithm);
    SECURITY_STATUS status;

    *key = NULL;
    if (!row) return NTE_KEYSET_ENTRY_BAD;
    status = ksp_key_new(row, name, machine ? NCRYPT_MACHINE_KEY_FLAG : 0, key);
    if (!status) status = read_all(*key, (struct reader){ record, bytes });
    if (status)
    {
        ksp_key_free(*key);
        *key = NULL;
        return status;
    }
    (*key)->overwrite = true;
    atomic_store(&(*key)->ready, true);
    return 0;
}
