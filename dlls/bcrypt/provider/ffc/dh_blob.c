/*
 * dh_blob.c - the blobs of DH keys and parameters.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/ffc/dh_blob.h"

#define CAPI_PRIVATE_TYPE  7
#define CAPI_VERSION       2
#define CAPI_DH_EPHEM      0xaa02
#define CAPI_DH_STORED     0xaa01
#define CAPI_MAGIC_PRIVATE 0x32484400           /* DH2 */

const struct dh_blob_form dh_blob_forms[DH_BLOB_FORM_COUNT] =
{
    { { BCRYPT_PUBLIC_KEY_BLOB,  false }, BCRYPT_DH_PUBLIC_MAGIC,  true,  false },
    { { BCRYPT_PRIVATE_KEY_BLOB, true  }, BCRYPT_DH_PRIVATE_MAGIC, true,  false },
    { { BCRYPT_DH_PUBLIC_BLOB,   false }, BCRYPT_DH_PUBLIC_MAGIC,  true,  false },
    { { BCRYPT_DH_PRIVATE_BLOB,  true  }, BCRYPT_DH_PRIVATE_MAGIC, true,  false },
    { { LEGACY_DH_PRIVATE_BLOB,  true  }, CAPI_MAGIC_PRIVATE,      false, true  },
};
const struct dh_blob_form dh_parameters_form = { { NULL, false }, BCRYPT_DH_PARAMETERS_MAGIC, false,
                                                 false };

/* A field of a blob; one of CAPI is turned round into *scratch, which it moves on. */
static struct lc_dh_number read_number(struct blob_reader *reader, ULONG bytes, UCHAR **scratch)
{
    struct blob_number number = blob_read_number(reader, bytes);

    if (*scratch && number.bytes)
    {
        blob_reverse(*scratch, number.digits, number.bytes);
        number.digits = *scratch;
        *scratch += number.bytes;
    }
    return (struct lc_dh_number){ number.digits, number.bytes };
}

NTSTATUS dh_blob_read(const struct dh_blob_form *form, const UCHAR *blob, ULONG blob_bytes,
                      UCHAR *scratch, struct lc_dh_number numbers[LC_DH_PART_COUNT])
{
    struct blob_reader reader;
    ULONG algorithm, bytes, bits;

    memset(numbers, 0, LC_DH_PART_COUNT * sizeof(numbers[0]));
    blob_read_start(&reader, blob, blob_bytes);
    if (form->is_capi)
    {
        if (blob_read_byte(&reader) != CAPI_PRIVATE_TYPE || blob_read_byte(&reader) != CAPI_VERSION)
        {
            return STATUS_INVALID_PARAMETER;
        }
        blob_read_number(&reader, 2);
        algorithm = blob_read_ulong(&reader);
        if (algorithm != CAPI_DH_EPHEM && algorithm != CAPI_DH_STORED)
        {
            return STATUS_INVALID_PARAMETER;
        }
    }
    else if (!form->type.name && blob_read_ulong(&reader) != blob_bytes)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (blob_read_ulong(&reader) != form->magic) return STATUS_INVALID_PARAMETER;
    bytes = blob_read_ulong(&reader);
    if (form->is_capi) bytes = bytes / 8 + (bytes % 8 != 0);

    numbers[LC_DH_P] = read_number(&reader, bytes, &scratch);
    numbers[LC_DH_G] = read_number(&reader, bytes, &scratch);
    if (form->has_y) numbers[LC_DH_Y] = read_number(&reader, bytes, &scratch);
    if (form->type.is_private) numbers[LC_DH_X] = read_number(&reader, bytes, &scratch);
    if (!blob_read_all(&reader)) return STATUS_INVALID_PARAMETER;

    bits = blob_number_bits((struct blob_number){ numbers[LC_DH_P].digits, bytes });
    if (bits < DH_BITS_LEAST || bits > DH_BITS_MOST || bytes != (bits + 7) / 8)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return STATUS_SUCCESS;
}

/* ---- writing ---- */

/* Bytes of p and of every other number of a blob. */
static ULONG number_bytes(const struct lc_dh *dh)
{
    return (lc_dh_bits(dh) + 7) / 8;
}

ULONG dh_blob_bytes(const struct dh_blob_form *form, const struct lc_dh *dh)
{
    ULONG bytes = 8 + (2 + form->has_y + form->type.is_private) * number_bytes(dh);

    if (form->is_capi) return bytes + 8;
    return form->type.name ? bytes : bytes + 4;
}

static void write_number(struct blob_writer *writer, const struct lc_dh *dh, enum lc_dh_part part,
                         bool is_capi)
{
    ULONG bytes = number_bytes(dh);

    lc_dh_get_part(dh, part, writer->next, bytes);
    if (is_capi) blob_reverse(writer->next, writer->next, bytes);
    writer->next += bytes;
}

void dh_blob_write(const struct dh_blob_form *form, const struct lc_dh *dh, UCHAR *room)
{
    struct blob_writer writer;

    blob_write_start(&writer, room);
    if (form->is_capi)
    {
        blob_write_byte(&writer, CAPI_PRIVATE_TYPE);
        blob_write_byte(&writer, CAPI_VERSION);
        blob_write_bytes(&writer, (const UCHAR *)"\0", 2);
        blob_write_ulong(&writer, CAPI_DH_EPHEM);
    }
    else if (!form->type.name) blob_write_ulong(&writer, dh_blob_bytes(form, dh));
    blob_write_ulong(&writer, form->magic);
    blob_write_ulong(&writer, form->is_capi ? lc_dh_bits(dh) : number_bytes(dh));
    write_number(&writer, dh, LC_DH_P, form->is_capi);
    write_number(&writer, dh, LC_DH_G, form->is_capi);
    if (form->has_y) write_number(&writer, dh, LC_DH_Y, form->is_capi);
    if (form->type.is_private) write_number(&writer, dh, LC_DH_X, form->is_capi);
}
