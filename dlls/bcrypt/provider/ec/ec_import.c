/*
 * ec_import.c - EC keys from blobs and to blobs.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/ec/ec.h"

const struct ec_blob_type ec_blob_types[EC_BLOB_TYPE_COUNT] =
{
    { { BCRYPT_ECCPUBLIC_BLOB,      false }, EC_BLOB_SHORT  },
    { { BCRYPT_ECCPRIVATE_BLOB,     true  }, EC_BLOB_SHORT  },
    { { BCRYPT_ECCFULLPUBLIC_BLOB,  false }, EC_BLOB_FULL   },
    { { BCRYPT_ECCFULLPRIVATE_BLOB, true  }, EC_BLOB_FULL   },
    { { SSL_ECCPUBLIC_BLOB,         false }, EC_BLOB_SSL    },
    { { BCRYPT_PUBLIC_KEY_BLOB,     false }, EC_BLOB_EITHER },
    { { BCRYPT_PRIVATE_KEY_BLOB,    true  }, EC_BLOB_EITHER },
};

/* Short blobs of the generic algorithms have one magic for all curves; it is in full blobs, too. */
static ULONG generic_magic(const struct ec_row *row, bool is_private)
{
    if (row->signs)
    {
        return is_private ? BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC : BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC;
    }
    return is_private ? BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC : BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC;
}

/* Source: IANA's TLS Supported Groups; RFC 8422 and RFC 7027. */
static const struct
{
    ULONG number;
    LPCWSTR curve_name;
} tls_curves[] =
{
    { 15, BCRYPT_ECC_CURVE_SECP160K1 },
    { 16, BCRYPT_ECC_CURVE_SECP160R1 },
    { 17, BCRYPT_ECC_CURVE_SECP160R2 },
    { 18, BCRYPT_ECC_CURVE_SECP192K1 },
    { 19, BCRYPT_ECC_CURVE_NISTP192 },
    { 20, BCRYPT_ECC_CURVE_SECP224K1 },
    { 21, BCRYPT_ECC_CURVE_NISTP224 },
    { 22, BCRYPT_ECC_CURVE_SECP256K1 },
    { 23, BCRYPT_ECC_CURVE_NISTP256 },
    { 24, BCRYPT_ECC_CURVE_NISTP384 },
    { 25, BCRYPT_ECC_CURVE_NISTP521 },
    { 26, BCRYPT_ECC_CURVE_BRAINPOOLP256R1 },
    { 27, BCRYPT_ECC_CURVE_BRAINPOOLP384R1 },
    { 28, BCRYPT_ECC_CURVE_BRAINPOOLP512R1 },
    { 29, BCRYPT_ECC_CURVE_25519 },
};

/* ---- importing ---- */

static bool all_zero(const UCHAR *bytes, ULONG count)
{
    UCHAR any = 0;

    while (count--) any |= *bytes++;
    return !any;
}

/* The numbers of a blob, on the key's curve. A coordinate fills its field from the left, where the
 * field is as wide as an order that is longer; a private value fills it from the right. */
static NTSTATUS read_numbers(struct ec_key *key, const struct ecc_blob *blob, unsigned int checks)
{
    struct curve *curve = key->choice.curve;
    const UCHAR *x = blob->x.digits, *y = blob->y.digits, *d = blob->d.digits;
    ULONG coordinate_surplus = blob->x.bytes - curve->field_bytes;
    unsigned int wanted = 0;
    NTSTATUS status;

    if (!all_zero(x + curve->field_bytes, coordinate_surplus) ||
        !all_zero(y + curve->field_bytes, coordinate_surplus)) return STATUS_INVALID_PARAMETER;
    if (d)
    {
        ULONG surplus = blob->d.bytes - curve->order_bytes;

        if (!all_zero(d, surplus)) return STATUS_INVALID_PARAMETER;
        d += surplus;
        if (all_zero(x, curve->field_bytes) && all_zero(y, curve->field_bytes)) x = y = NULL;
    }

    if (checks & PAIR_CHECK_ORDER) wanted |= LC_EC_CHECK_ORDER | LC_EC_CHECK_PAIR;
    if (checks & PAIR_CHECK_REGENERATE) wanted |= LC_EC_CHECK_PAIR;
    if ((status = curve_ready(curve))) return status;
    return lc_ec_key_new(curve->lc, x, y, d, wanted, &key->lc);
}

/* Whether a generic algorithm's short blob may have this magic: that of the algorithm which is
 * named after the curve is understood as well. */
static bool is_magic_of_curve(const struct ec_row *row, const struct curve *curve, ULONG magic,
                              bool is_private)
{
    static const LPCWSTR names[] = { BCRYPT_ECC_CURVE_NISTP256, BCRYPT_ECC_CURVE_NISTP384,
                                     BCRYPT_ECC_CURVE_NISTP521 };
    ULONG first = row->signs ? BCRYPT_ECDSA_PUBLIC_P256_MAGIC : BCRYPT_ECDH_PUBLIC_P256_MAGIC;
    struct curve_choice named;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        curve_by_name(names[i], &named);
        if (named.curve == curve) return magic == first + ((2 * i + is_private) << 24);
    }
    return false;
}

/* Whether it is a private blob of curve25519: such a one is taken for a public blob, too [win]. */
static bool is_whole_x25519(const struct ec_row *row, const struct curve *curve,
                            const UCHAR *input, ULONG input_bytes)
{
    struct blob_reader reader;

    if (curve->form != LC_EC_MONTGOMERY) return false;
    blob_read_start(&reader, input, input_bytes);
    return blob_read_ulong(&reader) == row->private_magic;
}

static NTSTATUS read_short(struct ec_key *key, struct ec_algorithm *algorithm, bool is_private,
                           const UCHAR *input, ULONG input_bytes, unsigned int checks)
{
    const struct ec_row *row = ec_row_of(key);
    const struct curve *curve;
    struct ecc_blob blob;
    bool has_d;

    ec_algorithm_choice(algorithm, &key->choice);
    curve = key->choice.curve;
    has_d = is_private || (curve && is_whole_x25519(row, curve, input, input_bytes));
    if (!curve || !ecc_blob_read_short(&blob, input, input_bytes, has_d) ||
        blob.x.bytes != curve_key_bytes(curve))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (blob.magic != (has_d ? row->private_magic : row->public_magic) &&
        (row->curve_name || !is_magic_of_curve(row, curve, blob.magic, has_d)))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (!is_private) blob.d = (struct blob_number){ NULL, 0 };
    return read_numbers(key, &blob, checks);
}

static NTSTATUS read_full(struct ec_key *key, bool is_private, const UCHAR *input,
                          ULONG input_bytes, unsigned int checks)
{
    const struct ec_row *row = ec_row_of(key);
    struct ecc_blob blob;
    NTSTATUS status;

    if (row->curve_name) return STATUS_NOT_SUPPORTED;
    if (!ecc_blob_read_full(&blob, input, input_bytes, is_private) ||
        blob.magic != generic_magic(row, is_private))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (blob.parameters.curve_type == LC_EC_MONTGOMERY && row->signs) return STATUS_NOT_SUPPORTED;
    status = curve_by_parameters(&blob.parameters, checks & PAIR_CHECK_ORDER, &key->choice.curve);
    return status ? status : read_numbers(key, &blob, checks);
}

/* The algorithm's curve must be that of the blob, if it has one. */
static NTSTATUS read_ssl(struct ec_key *key, struct ec_algorithm *algorithm, const UCHAR *input,
                         ULONG input_bytes, unsigned int checks)
{
    struct curve_choice named;
    struct ecc_blob blob;
    size_t i;

    ec_algorithm_choice(algorithm, &key->choice);
    if (!ecc_blob_read_short(&blob, input, input_bytes, false)) return STATUS_INVALID_PARAMETER;
    for (i = 0; i < ARRAY_SIZE(tls_curves) && tls_curves[i].number != blob.magic; i++) {}
    if (i == ARRAY_SIZE(tls_curves)) return STATUS_INVALID_PARAMETER;

    curve_by_name(tls_curves[i].curve_name, &named);
    if (!key->choice.curve) key->choice = named;
    if (key->choice.curve != named.curve || blob.x.bytes != named.curve->field_bytes)
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (named.curve->form == LC_EC_MONTGOMERY && ec_row_of(key)->signs) return STATUS_NOT_SUPPORTED;
    return read_numbers(key, &blob, checks);
}

/* The form in which a generic type of blob is read. */
static enum ec_blob_form form_read(enum ec_blob_form form, struct ec_algorithm *algorithm)
{
    struct curve_choice choice;

    if (form != EC_BLOB_EITHER) return form;
    ec_algorithm_choice(algorithm, &choice);
    curve_put(choice.curve);
    return choice.curve ? EC_BLOB_SHORT : EC_BLOB_FULL;
}

NTSTATUS ec_read(void *object, struct prov_algorithm *algorithm, const struct blob_type *type,
                 const UCHAR *blob, ULONG bytes, unsigned int checks)
{
    struct ec_algorithm *own = (struct ec_algorithm *)algorithm;
    struct ec_key *key = object;
    NTSTATUS status;

    switch (form_read(((const struct ec_blob_type *)type)->form, own))
    {
    case EC_BLOB_SSL:
        status = read_ssl(key, own, blob, bytes, checks);
        break;
    case EC_BLOB_FULL:
        status = read_full(key, type->is_private, blob, bytes, checks);
        break;
    default:
        status = read_short(key, own, type->is_private, blob, bytes, checks);
        break;
    }
    if (!status) key->pair.bits = key->choice.curve->field_bits;
    return status;
}

/* ---- exporting ---- */

/* A coordinate, its field filled up on the right. */
static void write_coordinate(struct blob_writer *writer, const UCHAR *digits, ULONG bytes,
                             ULONG width)
{
    blob_write_bytes(writer, digits, bytes);
    for (; bytes < width; bytes++) blob_write_byte(writer, 0);
}

static NTSTATUS write_key(struct blob_writer *writer, const struct ec_key *key, bool is_private,
                          ULONG coordinate_width, ULONG private_width)
{
    const struct curve *curve = key->choice.curve;

    write_coordinate(writer, lc_ec_key_x(key->lc), curve->field_bytes, coordinate_width);
    write_coordinate(writer, lc_ec_key_y(key->lc), curve->field_bytes, coordinate_width);
    if (!is_private) return STATUS_SUCCESS;
    for (; private_width > curve->order_bytes; private_width--) blob_write_byte(writer, 0);
    return lc_ec_key_private(key->lc, writer->next);
}

static NTSTATUS export_short(const struct ec_key *key, ULONG first, bool is_private,
                             const struct reply *reply)
{
    ULONG width = curve_key_bytes(key->choice.curve);
    struct blob_writer writer;
    NTSTATUS status;
    PUCHAR room;

    status = reply_room(reply, ECC_KEY_HEADER_BYTES + (is_private ? 3 : 2) * width, &room);
    if (!room) return status;
    blob_write_start(&writer, room);
    blob_write_ulong(&writer, first);
    blob_write_ulong(&writer, width);
    return write_key(&writer, key, is_private, width, width);
}

static NTSTATUS export_full(const struct ec_key *key, bool is_private, const struct reply *reply)
{
    const struct curve *curve = key->choice.curve;
    struct ecc_parameters parameters;
    struct blob_writer writer;
    NTSTATUS status;
    PUCHAR room;

    curve_parameters(curve, &parameters);
    status = reply_room(reply,
                        ECC_FULL_HEADER_BYTES + parameters.digits.bytes + 2 * curve->field_bytes +
                            (is_private ? curve->order_bytes : 0),
                        &room);
    if (!room) return status;
    blob_write_start(&writer, room);
    blob_write_ulong(&writer, generic_magic(ec_row_of(key), is_private));
    ecc_parameters_write(&writer, &parameters);
    return write_key(&writer, key, is_private, curve->field_bytes, curve->order_bytes);
}

static NTSTATUS export_ssl(const struct ec_key *key, const struct reply *reply)
{
    struct curve_choice named;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(tls_curves); i++)
    {
        curve_by_name(tls_curves[i].curve_name, &named);
        if (named.curve == key->choice.curve &&
            named.curve->field_bytes == curve_key_bytes(named.curve))
        {
            return export_short(key, tls_curves[i].number, false, reply);
        }
    }
    return STATUS_NOT_SUPPORTED;
}

NTSTATUS ec_write(const void *object, const struct blob_type *type, const struct reply *reply)
{
    enum ec_blob_form form = ((const struct ec_blob_type *)type)->form;
    const struct ec_key *key = object;
    const struct ec_row *row = ec_row_of(key);

    if (form == EC_BLOB_EITHER) form = key->choice.name ? EC_BLOB_SHORT : EC_BLOB_FULL;
    if (form == EC_BLOB_SSL) return export_ssl(key, reply);
    if (form == EC_BLOB_FULL) return export_full(key, type->is_private, reply);
    return export_short(key, type->is_private ? row->private_magic : row->public_magic,
                        type->is_private, reply);
}
