/*
 * dsa_blob.c - the blobs of DSA keys and parameters.
 *
 * Source: Microsoft Learn, BCRYPT_DSA_KEY_BLOB, BCRYPT_DSA_KEY_BLOB_V2, "DSS Provider Key BLOBs".
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/ffc/dsa_blob.h"

#define CAPI_PUBLIC_TYPE    6
#define CAPI_PRIVATE_TYPE   7
#define CAPI_VERSION        2
#define CAPI_DSS_SIGN       0x2200
#define CAPI_MAGIC_PUBLIC   0x31535344          /* DSS1 */
#define CAPI_MAGIC_PRIVATE  0x32535344          /* DSS2 */

#define PUBLIC_MAGICS  { BCRYPT_DSA_PUBLIC_MAGIC, BCRYPT_DSA_PUBLIC_MAGIC_V2 }
#define PRIVATE_MAGICS { BCRYPT_DSA_PRIVATE_MAGIC, BCRYPT_DSA_PRIVATE_MAGIC_V2 }

const struct dsa_blob_form dsa_blob_forms[DSA_BLOB_FORM_COUNT] =
{
    { { BCRYPT_PUBLIC_KEY_BLOB,     false }, PUBLIC_MAGICS,             true,  false },
    { { BCRYPT_PRIVATE_KEY_BLOB,    true  }, PRIVATE_MAGICS,            true,  false },
    { { BCRYPT_DSA_PUBLIC_BLOB,     false }, PUBLIC_MAGICS,             true,  false },
    { { BCRYPT_DSA_PRIVATE_BLOB,    true  }, PRIVATE_MAGICS,            true,  false },
    { { LEGACY_DSA_V2_PUBLIC_BLOB,  false }, { CAPI_MAGIC_PUBLIC, 0 },  true,  true  },
    { { LEGACY_DSA_V2_PRIVATE_BLOB, true  }, { CAPI_MAGIC_PRIVATE, 0 }, false, true  },
};

const struct dsa_blob_form dsa_parameters_form =
{
    { NULL, false }, { BCRYPT_DSA_PARAMETERS_MAGIC, BCRYPT_DSA_PARAMETERS_MAGIC_V2 }, false, false
};

static bool is_v2(const struct dsa_blob *fields)
{
    return fields->key_bytes > DSA_V1_BITS / 8;
}

/* Lengths that the version has. Of p they are whole words of 64 bits [sym], whose highest is not
 * zero; q has all of its bits. */
static bool sizes_fit(const struct dsa_blob *fields, bool version_2)
{
    ULONG most = version_2 ? 3072 / 8 : DSA_V1_BITS / 8,
          least = version_2 ? DSA_V1_BITS / 8 + 8 : 512 / 8;

    return fields->key_bytes >= least && fields->key_bytes <= most && !(fields->key_bytes % 8) &&
           blob_number_bits(fields->p) > 8 * fields->key_bytes - 64 &&
           blob_number_bits(fields->q) == 8 * fields->q_bytes;
}

/* The header of version 2 from the hash on; false if one of the fields is not what they all are. */
static bool read_v2(struct blob_reader *reader, struct dsa_blob *fields)
{
    ULONG hash = blob_read_ulong(reader), standard = blob_read_ulong(reader);
    ULONG seed_bytes = blob_read_ulong(reader), q_bytes = blob_read_ulong(reader);
    struct blob_number count = blob_read_number(reader, DSA_COUNT_BYTES);

    if (hash != DSA_HASH_ALGORITHM_SHA256 || standard != DSA_FIPS186_3 ||
        seed_bytes != DSA_MOST_Q_BYTES || q_bytes != DSA_MOST_Q_BYTES || !count.bytes)
    {
        return false;
    }
    memcpy(fields->count, count.digits, DSA_COUNT_BYTES);
    fields->q_bytes = q_bytes;
    fields->seed = blob_read_number(reader, seed_bytes);
    fields->q = blob_read_number(reader, q_bytes);
    return true;
}

static bool read_v1(struct blob_reader *reader, struct dsa_blob *fields)
{
    struct blob_number count = blob_read_number(reader, DSA_COUNT_BYTES);

    if (!count.bytes) return false;
    memcpy(fields->count, count.digits, DSA_COUNT_BYTES);
    fields->q_bytes = 20;
    fields->seed = blob_read_number(reader, 20);
    fields->q = blob_read_number(reader, 20);
    return true;
}

/* A little-endian field, turned round into *scratch, which it moves on. */
static struct blob_number read_le(struct blob_reader *reader, ULONG bytes, UCHAR **scratch)
{
    struct blob_number number = blob_read_number(reader, bytes);

    if (!number.bytes) return number;
    blob_reverse(*scratch, number.digits, number.bytes);
    number.digits = *scratch;
    *scratch += number.bytes;
    return number;
}

static UCHAR capi_type(const struct dsa_blob_form *form)
{
    return form->type.is_private ? CAPI_PRIVATE_TYPE : CAPI_PUBLIC_TYPE;
}

static NTSTATUS read_capi(const struct dsa_blob_form *form, const UCHAR *blob, ULONG bytes,
                          UCHAR *scratch, struct dsa_blob *fields)
{
    struct blob_reader reader;
    UCHAR type, version;
    ULONG algorithm, magic, bits, count, i;

    blob_read_start(&reader, blob, bytes);
    type = blob_read_byte(&reader);
    version = blob_read_byte(&reader);
    blob_read_number(&reader, 2);
    algorithm = blob_read_ulong(&reader);
    magic = blob_read_ulong(&reader);
    bits = blob_read_ulong(&reader);
    if (type != capi_type(form) || version != CAPI_VERSION || algorithm != CAPI_DSS_SIGN ||
        magic != form->magics[0] || bits % 64 || bits > DSA_V1_BITS)
    {
        return STATUS_INVALID_PARAMETER;
    }

    fields->key_bytes = bits / 8;
    fields->q_bytes = 20;
    fields->p = read_le(&reader, fields->key_bytes, &scratch);
    fields->q = read_le(&reader, 20, &scratch);
    fields->g = read_le(&reader, fields->key_bytes, &scratch);
    if (form->has_y) fields->y = read_le(&reader, fields->key_bytes, &scratch);
    else fields->x = read_le(&reader, 20, &scratch);
    count = blob_read_ulong(&reader);
    fields->seed = read_le(&reader, 20, &scratch);
    for (i = 0; i < DSA_COUNT_BYTES; i++) fields->count[i] = (UCHAR)(count >> (24 - 8 * i));
    return blob_read_all(&reader) && sizes_fit(fields, false) ? STATUS_SUCCESS
                                                              : STATUS_INVALID_PARAMETER;
}

NTSTATUS dsa_blob_read(const struct dsa_blob_form *form, const UCHAR *blob, ULONG bytes,
                       UCHAR *scratch, struct dsa_blob *fields)
{
    struct blob_reader reader;
    bool version_2;
    ULONG magic;

    memset(fields, 0, sizeof(*fields));
    if (form->is_capi) return read_capi(form, blob, bytes, scratch, fields);

    blob_read_start(&reader, blob, bytes);
    if (!form->type.name && blob_read_ulong(&reader) != bytes) return STATUS_INVALID_PARAMETER;
    magic = blob_read_ulong(&reader);
    fields->key_bytes = blob_read_ulong(&reader);
    if (!blob_read_fits(&reader) || (magic != form->magics[0] && magic != form->magics[1]))
    {
        return STATUS_INVALID_PARAMETER;
    }

    version_2 = magic == form->magics[1];
    if (!(version_2 ? read_v2 : read_v1)(&reader, fields)) return STATUS_INVALID_PARAMETER;
    fields->p = blob_read_number(&reader, fields->key_bytes);
    fields->g = blob_read_number(&reader, fields->key_bytes);
    if (form->has_y) fields->y = blob_read_number(&reader, fields->key_bytes);
    if (form->type.is_private) fields->x = blob_read_number(&reader, fields->q_bytes);
    return blob_read_all(&reader) && sizes_fit(fields, version_2) ? STATUS_SUCCESS
                                                                  : STATUS_INVALID_PARAMETER;
}

/* ---- writing ---- */

ULONG dsa_blob_bytes(const struct dsa_blob_form *form, const struct dsa_blob *fields)
{
    ULONG bytes;

    if (form->is_capi)
    {
        return 16 + 2 * fields->key_bytes + 2 * 20 + 4 + (form->has_y ? fields->key_bytes : 20);
    }
    bytes = is_v2(fields) ? sizeof(BCRYPT_DSA_KEY_BLOB_V2) + 2 * fields->q_bytes
                          : sizeof(BCRYPT_DSA_KEY_BLOB);
    if (!form->type.name) bytes += sizeof(ULONG);
    bytes += 2 * fields->key_bytes;
    if (form->has_y) bytes += fields->key_bytes;
    if (form->type.is_private) bytes += fields->q_bytes;
    return bytes;
}

static void write_field(struct blob_writer *writer, struct blob_number field, ULONG width)
{
    blob_write_number(writer, field.digits, field.bytes, width);
}

static void write_field_le(struct blob_writer *writer, struct blob_number field, ULONG width)
{
    blob_write_number_le(writer, field.digits, field.bytes, width);
}

static void write_capi(const struct dsa_blob_form *form, const struct dsa_blob *fields,
                       struct blob_writer *writer)
{
    ULONG count = 0, i;

    for (i = 0; i < DSA_COUNT_BYTES; i++) count = count << 8 | fields->count[i];
    blob_write_byte(writer, capi_type(form));
    blob_write_byte(writer, CAPI_VERSION);
    blob_write_bytes(writer, (const UCHAR *)"\0", 2);
    blob_write_ulong(writer, CAPI_DSS_SIGN);
    blob_write_ulong(writer, form->magics[0]);
    blob_write_ulong(writer, 8 * fields->key_bytes);
    write_field_le(writer, fields->p, fields->key_bytes);
    write_field_le(writer, fields->q, 20);
    write_field_le(writer, fields->g, fields->key_bytes);
    if (form->has_y) write_field_le(writer, fields->y, fields->key_bytes);
    else write_field_le(writer, fields->x, 20);
    blob_write_ulong(writer, count);
    write_field_le(writer, fields->seed, 20);
}

void dsa_blob_write(const struct dsa_blob_form *form, const struct dsa_blob *fields, UCHAR *room)
{
    struct blob_writer writer;

    blob_write_start(&writer, room);
    if (form->is_capi)
    {
        write_capi(form, fields, &writer);
        return;
    }
    if (!form->type.name) blob_write_ulong(&writer, dsa_blob_bytes(form, fields));
    blob_write_ulong(&writer, form->magics[is_v2(fields)]);
    blob_write_ulong(&writer, fields->key_bytes);
    if (is_v2(fields))
    {
        blob_write_ulong(&writer, DSA_HASH_ALGORITHM_SHA256);
        blob_write_ulong(&writer, DSA_FIPS186_3);
        blob_write_ulong(&writer, fields->q_bytes);
        blob_write_ulong(&writer, fields->q_bytes);
    }
    blob_write_bytes(&writer, fields->count, DSA_COUNT_BYTES);
    write_field(&writer, fields->seed, fields->q_bytes);
    write_field(&writer, fields->q, fields->q_bytes);
    write_field(&writer, fields->p, fields->key_bytes);
    write_field(&writer, fields->g, fields->key_bytes);
    if (form->has_y) write_field(&writer, fields->y, fields->key_bytes);
    if (form->type.is_private) write_field(&writer, fields->x, fields->q_bytes);
}
