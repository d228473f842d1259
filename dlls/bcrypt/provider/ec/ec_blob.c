/*
 * ec_blob.c - key blobs and parameters of elliptic curves.
 *
 * Source: Microsoft Learn, BCRYPT_ECCKEY_BLOB, and the Windows SDK's bcrypt.h for the full form.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/ec/ec_blob.h"

/* More than any curve has, little enough for sums to stay far from overflowing. */
#define FIELD_BYTES_MAX 1024

ULONG ecc_digits_bytes(const struct ecc_parameters *parameters)
{
    return 5 * parameters->field_bytes + parameters->order_bytes + parameters->cofactor_bytes +
           parameters->seed_bytes;
}

/* libssh2 allots 22 bytes too many for a private key, and works on Windows: what follows one is
 * ignored. */
bool ecc_blob_read_short(struct ecc_blob *key, const UCHAR *blob, ULONG bytes, bool is_private)
{
    struct blob_reader reader;
    ULONG key_bytes;

    blob_read_start(&reader, blob, bytes);
    memset(key, 0, sizeof(*key));
    key->magic = blob_read_ulong(&reader);
    key_bytes = blob_read_ulong(&reader);
    key->x = blob_read_number(&reader, key_bytes);
    key->y = blob_read_number(&reader, key_bytes);
    if (is_private) key->d = blob_read_number(&reader, key_bytes);
    return (is_private ? blob_read_fits(&reader) : blob_read_all(&reader)) && key_bytes;
}

/* The header's version and what follows it, to the end of the seed. */
static bool read_parameters(struct blob_reader *reader, struct ecc_parameters *parameters)
{
    ULONG version = blob_read_ulong(reader);

    parameters->curve_type = blob_read_ulong(reader);
    parameters->generation = blob_read_ulong(reader);
    parameters->field_bytes = blob_read_ulong(reader);
    parameters->order_bytes = blob_read_ulong(reader);
    parameters->cofactor_bytes = blob_read_ulong(reader);
    parameters->seed_bytes = blob_read_ulong(reader);
    if (version != BCRYPT_ECC_FULLKEY_BLOB_V1 || !parameters->field_bytes ||
        !parameters->order_bytes || !parameters->cofactor_bytes ||
        parameters->field_bytes > FIELD_BYTES_MAX || parameters->order_bytes > FIELD_BYTES_MAX ||
        parameters->cofactor_bytes > FIELD_BYTES_MAX || parameters->seed_bytes > FIELD_BYTES_MAX)
    {
        return false;
    }

    parameters->digits = blob_read_number(reader, ecc_digits_bytes(parameters));
    return blob_read_fits(reader);
}

bool ecc_blob_read_full(struct ecc_blob *key, const UCHAR *blob, ULONG bytes, bool is_private)
{
    struct blob_reader reader;

    blob_read_start(&reader, blob, bytes);
    memset(key, 0, sizeof(*key));
    key->magic = blob_read_ulong(&reader);
    if (!read_parameters(&reader, &key->parameters)) return false;
    key->x = blob_read_number(&reader, key->parameters.field_bytes);
    key->y = blob_read_number(&reader, key->parameters.field_bytes);
    if (is_private) key->d = blob_read_number(&reader, key->parameters.order_bytes);
    return blob_read_all(&reader);
}

bool ecc_parameters_read(struct ecc_parameters *parameters, const UCHAR *value, ULONG bytes)
{
    struct blob_reader reader;

    blob_read_start(&reader, value, bytes);
    return read_parameters(&reader, parameters) && blob_read_all(&reader);
}

void ecc_parameters_write(struct blob_writer *writer, const struct ecc_parameters *parameters)
{
    blob_write_ulong(writer, BCRYPT_ECC_FULLKEY_BLOB_V1);
    blob_write_ulong(writer, parameters->curve_type);
    blob_write_ulong(writer, parameters->generation);
    blob_write_ulong(writer, parameters->field_bytes);
    blob_write_ulong(writer, parameters->order_bytes);
    blob_write_ulong(writer, parameters->cofactor_bytes);
    blob_write_ulong(writer, parameters->seed_bytes);
    blob_write_bytes(writer, parameters->digits.digits, parameters->digits.bytes);
}
