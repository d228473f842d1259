/*
 * ec_import.c - EC keys from blobs and to blobs.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/ec/ec.h"

enum blob_form
{
    BLOB_SHORT,                                 /* the curve is the algorithm's */
    BLOB_FULL,                                  /* the curve is in the blob */
    BLOB_SSL,                                   /* the curve's number is in the blob */
    BLOB_EITHER,                                /* short where the curve has a name, else full */
};

struct ec_blob_type
{
    LPCWSTR name;
    enum blob_form form;
    bool is_private;
};

static const struct ec_blob_type blob_types[] =
{
    { BCRYPT_ECCPUBLIC_BLOB,      BLOB_SHORT,  false },
    { BCRYPT_ECCPRIVATE_BLOB,     BLOB_SHORT,  true  },
    { BCRYPT_ECCFULLPUBLIC_BLOB,  BLOB_FULL,   false },
    { BCRYPT_ECCFULLPRIVATE_BLOB, BLOB_FULL,   true  },
    { SSL_ECCPUBLIC_BLOB,         BLOB_SSL,    false },
    { BCRYPT_PUBLIC_KEY_BLOB,     BLOB_EITHER, false },
    { BCRYPT_PRIVATE_KEY_BLOB,    BLOB_EITHER, true  },
};

/* Short blobs of the generic algorithms have one magic for all curves; it is in full blobs, too. */
static ULONG generic_magic(const struct ec_row *row, bool is_private)
{
    if (row->interface_id == BCRYPT_SIGNATURE_INTERFACE)
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

/* The validation flags; RANGE_AND_ORDER is NO_KEY_VALIDATION and RANGE together, and neither. */
static bool checks_of(ULONG flags, unsigned int *checks)
{
    ULONG mode = flags & (BCRYPT_NO_KEY_VALIDATION | BCRYPT_KEY_VALIDATION_RANGE);

    *checks = 0;
    if (!mode || mode == BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER)
    {
        *checks = LC_EC_CHECK_ORDER | LC_EC_CHECK_PAIR;
    }
    if (flags & BCRYPT_KEY_VALIDATION_REGENERATE) *checks |= LC_EC_CHECK_PAIR;
    return !(flags & ~(BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER | BCRYPT_KEY_VALIDATION_REGENERATE));
}

static bool all_zero(const UCHAR *bytes, ULONG count)
{
    UCHAR any = 0;

    while (count--) any |= *bytes++;
    return !any;
}

/* The key of a blob on a curve. A coordinate fills its field from the left, where the field is as
 * wide as an order that is longer; a private value fills it from the right. */
static NTSTATUS import_on(const struct ec_row *row, const struct curve_choice *choice,
                          const struct ecc_blob *blob, unsigned int checks,
                          BCRYPT_KEY_HANDLE *phKey)
{
    struct curve *curve = choice->curve;
    const UCHAR *x = blob->x.digits, *y = blob->y.digits, *d = blob->d.digits;
    ULONG coordinate_surplus = blob->x.bytes - curve->field_bytes;
    struct lc_ec_key *lc;
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

    if ((status = curve_ready(curve))) return status;
    if ((status = lc_ec_key_new(curve->lc, x, y, d, checks, &lc))) return status;
    if ((status = ec_key_new(row, choice, lc, phKey))) lc_ec_key_free(lc);
    return status;
}

/* Whether a generic algorithm's short blob may have this magic: that of the algorithm which is
 * named after the curve is understood as well. */
static bool is_magic_of_curve(const struct ec_row *row, const struct curve *curve, ULONG magic,
                              bool is_private)
{
    static const LPCWSTR names[] = { BCRYPT_ECC_CURVE_NISTP256, BCRYPT_ECC_CURVE_NISTP384,
                                     BCRYPT_ECC_CURVE_NISTP521 };
    ULONG first = row->interface_id == BCRYPT_SIGNATURE_INTERFACE ? BCRYPT_ECDSA_PUBLIC_P256_MAGIC
                                                                  : BCRYPT_ECDH_PUBLIC_P256_MAGIC;
    struct curve_choice named;
    ULONG i;

    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        curve_by_name(names[i], &named);
        if (named.curve == curve) return magic == first + ((2 * i + is_private) << 24);
    }
    return false;
}

static NTSTATUS import_short(struct ec_algorithm *algorithm, bool is_private, const UCHAR *input,
                             ULONG input_bytes, unsigned int checks, BCRYPT_KEY_HANDLE *phKey)
{
    const struct ec_row *row = algorithm->row;
    NTSTATUS status = STATUS_INVALID_PARAMETER;
    struct curve_choice choice;
    struct ecc_blob blob;

    ec_algorithm_choice(algorithm, &choice);
    if (!choice.curve || !ecc_blob_read_short(&blob, input, input_bytes, is_private)) goto done;
    if (blob.x.bytes != curve_key_bytes(choice.curve)) goto done;
    if (blob.magic != (is_private ? row->private_magic : row->public_magic) &&
        (row->curve_name || !is_magic_of_curve(row, choice.curve, blob.magic, is_private)))
    {
        goto done;
    }

    status = import_on(row, &choice, &blob, checks, phKey);

done:
    curve_put(choice.curve);
    return status;
}

static NTSTATUS import_full(struct ec_algorithm *algorithm, bool is_private, const UCHAR *input,
                            ULONG input_bytes, unsigned int checks, BCRYPT_KEY_HANDLE *phKey)
{
    const struct ec_row *row = algorithm->row;
    struct curve_choice choice = { NULL, NULL };
    struct ecc_blob blob;
    NTSTATUS status;

    if (row->curve_name) return STATUS_NOT_SUPPORTED;
    if (!ecc_blob_read_full(&blob, input, input_bytes, is_private) ||
        blob.magic != generic_magic(row, is_private))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (blob.parameters.curve_type == LC_EC_MONTGOMERY &&
        row->interface_id == BCRYPT_SIGNATURE_INTERFACE)
    {
        return STATUS_NOT_SUPPORTED;
    }
    status = curve_by_parameters(&blob.parameters, checks & LC_EC_CHECK_ORDER, &choice.curve);
    if (status) return status;
    status = import_on(row, &choice, &blob, checks, phKey);
    curve_put(choice.curve);
    return status;
}

/* The algorithm's curve must be that of the blob, if it has one. */
static NTSTATUS import_ssl(struct ec_algorithm *algorithm, const UCHAR *input, ULONG input_bytes,
                           unsigned int checks, BCRYPT_KEY_HANDLE *phKey)
{
    NTSTATUS status = STATUS_INVALID_PARAMETER;
    struct curve_choice choice, named;
    struct ecc_blob blob;
    size_t i;

    ec_algorithm_choice(algorithm, &choice);
    if (!ecc_blob_read_short(&blob, input, input_bytes, false)) goto done;
    for (i = 0; i < ARRAY_SIZE(tls_curves) && tls_curves[i].number != blob.magic; i++) {}
    if (i == ARRAY_SIZE(tls_curves)) goto done;

    curve_by_name(tls_curves[i].curve_name, &named);
    if ((choice.curve && choice.curve != named.curve) || blob.x.bytes != named.curve->field_bytes)
    {
        goto done;
    }
    if (named.curve->form == LC_EC_MONTGOMERY &&
        algorithm->row->interface_id == BCRYPT_SIGNATURE_INTERFACE)
    {
        status = STATUS_NOT_SUPPORTED;
        goto done;
    }
    status = import_on(algorithm->row, choice.curve ? &choice : &named, &blob, checks, phKey);

done:
    curve_put(choice.curve);
    return status;
}

NTSTATUS WINAPI ec_import(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                          LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey, PUCHAR pbInput,
                          ULONG cbInput, ULONG dwFlags)
{
    const struct ec_blob_type *type = PROV_FIND(blob_types, pszBlobType);
    struct ec_algorithm *algorithm = hAlgorithm;
    struct curve_choice choice;
    enum blob_form form;
    unsigned int checks;

    if (!type) return STATUS_NOT_SUPPORTED;
    if (hImportKey || !checks_of(dwFlags, &checks)) return STATUS_INVALID_PARAMETER;

    form = type->form;
    if (form == BLOB_EITHER)
    {
        ec_algorithm_choice(algorithm, &choice);
        form = choice.curve ? BLOB_SHORT : BLOB_FULL;
        curve_put(choice.curve);
    }
    if (form == BLOB_SSL) return import_ssl(algorithm, pbInput, cbInput, checks, phKey);
    if (form == BLOB_FULL)
    {
        return import_full(algorithm, type->is_private, pbInput, cbInput, checks, phKey);
    }
    return import_short(algorithm, type->is_private, pbInput, cbInput, checks, phKey);
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
    blob_write_ulong(&writer, generic_magic(key->row, is_private));
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

NTSTATUS WINAPI ec_export(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey, LPCWSTR pszBlobType,
                          PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    const struct ec_blob_type *type = PROV_FIND(blob_types, pszBlobType);
    struct reply reply = { pbOutput, cbOutput, pcbResult };
    struct ec_key *key = hKey;
    enum blob_form form;

    if (!ec_key_is_ready(key)) return STATUS_INVALID_HANDLE;
    if (!type) return STATUS_NOT_SUPPORTED;
    if (hExportKey || dwFlags) return STATUS_INVALID_PARAMETER;
    if (type->is_private && !lc_ec_key_is_private(key->lc)) return STATUS_INVALID_PARAMETER;

    form = type->form;
    if (form == BLOB_EITHER) form = key->choice.name ? BLOB_SHORT : BLOB_FULL;
    if (form == BLOB_SSL) return export_ssl(key, &reply);
    if (form == BLOB_FULL) return export_full(key, type->is_private, &reply);
    return export_short(key, type->is_private ? key->row->private_magic : key->row->public_magic,
                        type->is_private, &reply);
}
