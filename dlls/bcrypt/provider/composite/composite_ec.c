/*
 * composite_ec.c - points, private values and ECDSA signatures as composites encode them.
 *
 * The private key of a curve of NIST's has one form of the many that ASN.1 has for it, which is
 * what stands before the number and behind it; Windows' library knows no other either.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/composite/composite.h"

#include "platform/wipe.h"

NTSTATUS composite_curve(const struct composite_set *set, const struct curve **curve)
{
    struct curve_choice choice;

    curve_by_name(set->curve_name, &choice);
    *curve = choice.curve;
    return curve_ready(choice.curve);
}

static bool is_raw(const struct curve *curve)
{
    return curve->form == LC_EC_MONTGOMERY;
}

/* ---- private keys ---- */

/* RFC 5915: SEQUENCE of the INTEGER 1, an OCTET STRING, and [0] with the curve's identifier. */
struct frame
{
    ULONG number_bytes, head_bytes, tail_bytes;
    UCHAR head[7], tail[12];
};

static const struct frame frames[] =
{
    { 32, 7, 12, { 0x30, 0x31, 0x02, 0x01, 0x01, 0x04, 0x20 },
      { 0xa0, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07 } },
    { 48, 7,  9, { 0x30, 0x3e, 0x02, 0x01, 0x01, 0x04, 0x30 },
      { 0xa0, 0x07, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22 } },
};
static const struct frame raw = { 32, 0, 0, { 0 }, { 0 } };

static const struct frame *frame_of(const struct curve *curve)
{
    if (is_raw(curve)) return &raw;
    return &frames[curve->order_bytes != frames[0].number_bytes];
}

NTSTATUS composite_read_private(const struct curve *curve, const UCHAR *encoding,
                                struct lc_ec_key **key)
{
    const struct frame *frame = frame_of(curve);
    const UCHAR *number = encoding + frame->head_bytes;

    if (memcmp(encoding, frame->head, frame->head_bytes) ||
        memcmp(number + frame->number_bytes, frame->tail, frame->tail_bytes))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return lc_ec_key_new(curve->lc, NULL, NULL, number, 0, key);
}

NTSTATUS composite_write_private(const struct curve *curve, const struct lc_ec_key *key,
                                 UCHAR *encoding)
{
    const struct frame *frame = frame_of(curve);

    memcpy(encoding, frame->head, frame->head_bytes);
    encoding += frame->head_bytes;
    memcpy(encoding + frame->number_bytes, frame->tail, frame->tail_bytes);
    return lc_ec_key_private(key, encoding);
}

/* ---- points ---- */

ULONG composite_point_bytes(const struct curve *curve)
{
    return is_raw(curve) ? curve->field_bytes : 1 + 2 * curve->field_bytes;
}

NTSTATUS composite_read_point(const struct curve *curve, const UCHAR *encoding, bool check_order,
                              struct lc_ec_key **key)
{
    static const UCHAR no_y[EC_FIELD_BYTES_MAX];
    unsigned int checks = check_order ? LC_EC_CHECK_ORDER : 0;

    if (is_raw(curve)) return lc_ec_key_new(curve->lc, encoding, no_y, NULL, checks, key);
    if (encoding[0] != 4) return STATUS_INVALID_PARAMETER;
    return lc_ec_key_new(curve->lc, encoding + 1, encoding + 1 + curve->field_bytes, NULL, checks,
                         key);
}

void composite_write_point(const struct curve *curve, const struct lc_ec_key *key, UCHAR *encoding)
{
    if (!is_raw(curve)) *encoding++ = 4;
    memcpy(encoding, lc_ec_key_x(key), curve->field_bytes);
    if (!is_raw(curve))
    {
        memcpy(encoding + curve->field_bytes, lc_ec_key_y(key), curve->field_bytes);
    }
}

/* ---- signatures ---- */

#define SEQUENCE 0x30
#define INTEGER  0x02

/* A number in as few bytes as it takes, one more if its first bit is set: the end of it. */
static UCHAR *write_integer(UCHAR *at, const UCHAR *digits, ULONG bytes)
{
    ULONG pad;

    while (bytes > 1 && !digits[0]) digits++, bytes--;
    pad = digits[0] >> 7;
    *at++ = INTEGER;
    *at++ = (UCHAR)(bytes + pad);
    if (pad) *at++ = 0;
    memcpy(at, digits, bytes);
    return at + bytes;
}

ULONG composite_write_signature(const UCHAR *signature, ULONG order_bytes, UCHAR *encoding)
{
    UCHAR *at = encoding + 2;

    at = write_integer(at, signature, order_bytes);
    at = write_integer(at, signature + order_bytes, order_bytes);
    encoding[0] = SEQUENCE;
    encoding[1] = (UCHAR)(at - encoding - 2);
    return (ULONG)(at - encoding);
}

static bool read_integer(struct blob_reader *reader, UCHAR *digits, ULONG order_bytes)
{
    UCHAR tag = blob_read_byte(reader), length = blob_read_byte(reader);
    struct blob_number number = blob_read_number(reader, length);

    if (tag != INTEGER || !number.bytes || number.digits[0] & 0x80) return false;
    if (number.bytes > 1 && !number.digits[0])
    {
        if (!(number.digits[1] & 0x80)) return false;           /* a zero too many */
        number.digits++;
        number.bytes--;
    }
    if (number.bytes > order_bytes) return false;
    memset(digits, 0, order_bytes - number.bytes);
    memcpy(digits + order_bytes - number.bytes, number.digits, number.bytes);
    return true;
}

bool composite_read_signature(const UCHAR *encoding, ULONG bytes, ULONG order_bytes,
                              UCHAR *signature)
{
    struct blob_reader reader;
    UCHAR tag, length;

    blob_read_start(&reader, encoding, bytes);
    tag = blob_read_byte(&reader);
    length = blob_read_byte(&reader);
    return tag == SEQUENCE && length == reader.left && !(length & 0x80) &&
           read_integer(&reader, signature, order_bytes) &&
           read_integer(&reader, signature + order_bytes, order_bytes) && blob_read_all(&reader);
}
