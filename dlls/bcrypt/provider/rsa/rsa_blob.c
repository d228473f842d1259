/*
 * rsa_blob.c - the blobs of RSA keys.
 *
 * BCRYPT_RSAKEY_BLOB is six ULONGs: the magic, the bits of the modulus, and the bytes of e, n, p
 * and q. The numbers follow: e n, in a private blob p q, in a full one dP dQ qInv d as well.
 * Windows goes by the lengths and does not look at the bits [win].
 *
 * CAPI's blob is BLOBHEADER (type, version, an algorithm) and RSAPUBKEY (magic, bits, e); n, p, q,
 * dP, dQ, qInv and d follow, little-endian, and the bits give all their lengths.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/rsa/rsa_blob.h"

#include "platform/names.h"

#define CNG_HEADER_BYTES 24
#define CAPI_HEADER_BYTES 20

#define CAPI_PUBLICKEYBLOB 6
#define CAPI_PRIVATEKEYBLOB 7
#define CAPI_VERSION 2
#define CAPI_RSA_SIGN 0x2400
#define CAPI_RSA_KEYX 0xa400

#define PUBLIC_PARTS (LC_RSA_N + 1)
#define PRIVATE_PARTS (LC_RSA_Q + 1)
#define ALL_PARTS LC_RSA_PART_COUNT

const struct rsa_blob_form rsa_blob_forms[RSA_BLOB_FORM_COUNT] =
{
    { { BCRYPT_RSAPUBLIC_BLOB,      false }, BCRYPT_RSAPUBLIC_MAGIC,      false, PUBLIC_PARTS  },
    { { BCRYPT_RSAPRIVATE_BLOB,     true  }, BCRYPT_RSAPRIVATE_MAGIC,     false, PRIVATE_PARTS },
    { { BCRYPT_RSAFULLPRIVATE_BLOB, true  }, BCRYPT_RSAFULLPRIVATE_MAGIC, false, ALL_PARTS     },
    { { LEGACY_RSAPUBLIC_BLOB,      false }, BCRYPT_RSAPUBLIC_MAGIC,      true,  PUBLIC_PARTS  },
    { { LEGACY_RSAPRIVATE_BLOB,     true  }, BCRYPT_RSAPRIVATE_MAGIC,     true,  ALL_PARTS     },
    { { BCRYPT_PUBLIC_KEY_BLOB,     false }, BCRYPT_RSAPUBLIC_MAGIC,      false, PUBLIC_PARTS  },
    { { BCRYPT_PRIVATE_KEY_BLOB,    true  }, BCRYPT_RSAPRIVATE_MAGIC,     false, PRIVATE_PARTS },
    { { BCRYPT_PRIVATE_KEY_BLOB,    true  }, BCRYPT_RSAFULLPRIVATE_MAGIC, false, ALL_PARTS     },
};

const struct rsa_blob_form *rsa_blob_form(LPCWSTR name, const UCHAR *blob, ULONG bytes)
{
    const struct rsa_blob_form *found = NULL;
    struct blob_reader reader;
    ULONG magic;
    size_t i;

    blob_read_start(&reader, blob, bytes);
    magic = blob_read_ulong(&reader);
    for (i = 0; i < RSA_BLOB_FORM_COUNT; i++)
    {
        if (!names_equal(rsa_blob_forms[i].type.name, name)) continue;
        if (rsa_blob_forms[i].magic == magic) return &rsa_blob_forms[i];
        if (!found) found = &rsa_blob_forms[i];
    }
    return found;
}

/* ---- reading ---- */

static NTSTATUS read_cng(const struct rsa_blob_form *form, const UCHAR *blob, ULONG bytes,
                         struct lc_rsa_number numbers[LC_RSA_PART_COUNT])
{
    ULONG magic, e_bytes, n_bytes, p_bytes, q_bytes, part;
    ULONG widths[LC_RSA_PART_COUNT];
    struct blob_reader reader;

    blob_read_start(&reader, blob, bytes);
    magic = blob_read_ulong(&reader);
    (void)blob_read_ulong(&reader);             /* BitLength */
    e_bytes = blob_read_ulong(&reader);
    n_bytes = blob_read_ulong(&reader);
    p_bytes = blob_read_ulong(&reader);
    q_bytes = blob_read_ulong(&reader);
    if (!blob_read_fits(&reader)) return RSA_BLOB_BAD_DATA;
    if (magic != form->magic) return STATUS_INVALID_PARAMETER;
    if (e_bytes > LC_RSA_MAX_EXPONENT_BYTES) return RSA_BLOB_BAD_DATA;

    widths[LC_RSA_E] = e_bytes;
    widths[LC_RSA_N] = widths[LC_RSA_D] = n_bytes;
    widths[LC_RSA_P] = widths[LC_RSA_DP] = widths[LC_RSA_QINV] = p_bytes;
    widths[LC_RSA_Q] = widths[LC_RSA_DQ] = q_bytes;
    for (part = 0; part < form->parts; part++)
    {
        struct blob_number number = blob_read_number(&reader, widths[part]);

        numbers[part].digits = number.digits;
        numbers[part].bytes = number.bytes;
    }
    return blob_read_all(&reader) ? STATUS_SUCCESS : RSA_BLOB_BAD_DATA;
}

/* The bytes of a part in CAPI's blob. */
static ULONG capi_width(ULONG bits, ULONG part)
{
    return part == LC_RSA_N || part == LC_RSA_D ? bits / 8 + !!(bits % 8) :
                                                  bits / 16 + !!(bits % 16);
}

static NTSTATUS read_capi(const struct rsa_blob_form *form, const UCHAR *blob, ULONG bytes,
                          UCHAR *scratch, struct lc_rsa_number numbers[LC_RSA_PART_COUNT])
{
    ULONG algorithm, magic, bits, part;
    struct blob_reader reader;
    UCHAR type, version;

    blob_read_start(&reader, blob, bytes);
    type = blob_read_byte(&reader);
    version = blob_read_byte(&reader);
    (void)blob_read_number(&reader, 2);         /* reserved */
    algorithm = blob_read_ulong(&reader);
    magic = blob_read_ulong(&reader);
    bits = blob_read_ulong(&reader);
    numbers[LC_RSA_E].digits = scratch;
    numbers[LC_RSA_E].bytes = 4;
    if (!blob_read_fits(&reader) || reader.left < 4) return RSA_BLOB_BAD_DATA;
    blob_reverse(scratch, blob_read_number(&reader, 4).digits, 4);
    scratch += 4;

    if (type != (form->type.is_private ? CAPI_PRIVATEKEYBLOB : CAPI_PUBLICKEYBLOB) ||
        version != CAPI_VERSION || magic != form->magic ||
        (algorithm != CAPI_RSA_KEYX && algorithm != CAPI_RSA_SIGN)) return RSA_BLOB_BAD_DATA;

    for (part = LC_RSA_N; part < form->parts; part++)
    {
        struct blob_number number = blob_read_number(&reader, capi_width(bits, part));

        if (!blob_read_fits(&reader)) return RSA_BLOB_BAD_DATA;
        blob_reverse(scratch, number.digits, number.bytes);
        numbers[part].digits = scratch;
        numbers[part].bytes = number.bytes;
        scratch += number.bytes;
    }
    return blob_read_all(&reader) ? STATUS_SUCCESS : RSA_BLOB_BAD_DATA;
}

NTSTATUS rsa_blob_read(const struct rsa_blob_form *form, const UCHAR *blob, ULONG bytes,
                       UCHAR *scratch, struct lc_rsa_number numbers[LC_RSA_PART_COUNT])
{
    memset(numbers, 0, LC_RSA_PART_COUNT * sizeof(numbers[0]));
    return form->is_capi ? read_capi(form, blob, bytes, scratch, numbers)
                         : read_cng(form, blob, bytes, numbers);
}

/* ---- writing ---- */

/* The bytes of a part in a key's blob. e, n, p and q are as short as they can be; what comes of
 * them has their length. */
static ULONG width_of(const struct rsa_blob_form *form, const struct lc_rsa *rsa, ULONG part)
{
    static const enum lc_rsa_part like[LC_RSA_PART_COUNT] =
    {
        [LC_RSA_E] = LC_RSA_E, [LC_RSA_N] = LC_RSA_N, [LC_RSA_P] = LC_RSA_P, [LC_RSA_Q] = LC_RSA_Q,
        [LC_RSA_DP] = LC_RSA_P, [LC_RSA_DQ] = LC_RSA_Q, [LC_RSA_QINV] = LC_RSA_P,
        [LC_RSA_D] = LC_RSA_N,
    };

    if (form->is_capi) return part == LC_RSA_E ? 4 : capi_width(lc_rsa_bits(rsa), part);
    return (ULONG)lc_rsa_part_bytes(rsa, like[part]);
}

bool rsa_blob_fits(const struct rsa_blob_form *form, const struct lc_rsa *rsa)
{
    ULONG part;

    if (!form->is_capi) return true;
    for (part = 0; part < form->parts; part++)
    {
        if (lc_rsa_part_bytes(rsa, part) > width_of(form, rsa, part)) return false;
    }
    return true;
}

ULONG rsa_blob_bytes(const struct rsa_blob_form *form, const struct lc_rsa *rsa)
{
    ULONG part, bytes = CNG_HEADER_BYTES;

    if (form->is_capi) bytes = CAPI_HEADER_BYTES - 4;           /* e is one of the parts */
    for (part = 0; part < form->parts; part++) bytes += width_of(form, rsa, part);
    return bytes;
}

void rsa_blob_write(const struct rsa_blob_form *form, const struct lc_rsa *rsa, UCHAR *blob)
{
    struct blob_writer writer;
    ULONG part, width;

    blob_write_start(&writer, blob);
    if (form->is_capi)
    {
        blob_write_byte(&writer, form->type.is_private ? CAPI_PRIVATEKEYBLOB : CAPI_PUBLICKEYBLOB);
        blob_write_byte(&writer, CAPI_VERSION);
        blob_write_byte(&writer, 0);
        blob_write_byte(&writer, 0);
        blob_write_ulong(&writer, CAPI_RSA_KEYX);
        blob_write_ulong(&writer, form->magic);
        blob_write_ulong(&writer, lc_rsa_bits(rsa));
    }
    else
    {
        blob_write_ulong(&writer, form->magic);
        blob_write_ulong(&writer, lc_rsa_bits(rsa));
        blob_write_ulong(&writer, width_of(form, rsa, LC_RSA_E));
        blob_write_ulong(&writer, width_of(form, rsa, LC_RSA_N));
        blob_write_ulong(&writer, form->type.is_private ? width_of(form, rsa, LC_RSA_P) : 0);
        blob_write_ulong(&writer, form->type.is_private ? width_of(form, rsa, LC_RSA_Q) : 0);
    }
    for (part = 0; part < form->parts; part++)
    {
        width = width_of(form, rsa, part);
        lc_rsa_get_part(rsa, part, writer.next, width);
        if (form->is_capi) blob_reverse(writer.next, writer.next, width);
        writer.next += width;
    }
}
