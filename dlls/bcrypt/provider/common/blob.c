/*
 * blob.c - the fields of key blobs.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/common/blob.h"

/* The next bytes of a blob, NULL if there are not as many. */
static const UCHAR *take(struct blob_reader *reader, ULONG bytes)
{
    const UCHAR *field = reader->next;

    if (bytes > reader->left || reader->is_short)
    {
        reader->is_short = true;
        return NULL;
    }
    reader->next += bytes;
    reader->left -= bytes;
    return field;
}

void blob_read_start(struct blob_reader *reader, const UCHAR *blob, ULONG bytes)
{
    reader->next = blob;
    reader->left = bytes;
    reader->is_short = false;
}

UCHAR blob_read_byte(struct blob_reader *reader)
{
    const UCHAR *field = take(reader, 1);

    return field ? field[0] : 0;
}

ULONG blob_read_ulong(struct blob_reader *reader)
{
    const UCHAR *field = take(reader, 4);

    if (!field) return 0;
    return field[0] | (ULONG)field[1] << 8 | (ULONG)field[2] << 16 | (ULONG)field[3] << 24;
}

ULONG blob_read_ulong_be(struct blob_reader *reader)
{
    const UCHAR *field = take(reader, 4);

    if (!field) return 0;
    return field[3] | (ULONG)field[2] << 8 | (ULONG)field[1] << 16 | (ULONG)field[0] << 24;
}

struct blob_number blob_read_number(struct blob_reader *reader, ULONG bytes)
{
    struct blob_number number = { take(reader, bytes), bytes };

    if (!number.digits) number.bytes = 0;
    return number;
}

bool blob_read_fits(const struct blob_reader *reader)
{
    return !reader->is_short;
}

bool blob_read_all(const struct blob_reader *reader)
{
    return !reader->is_short && !reader->left;
}

struct blob_number blob_number_trim(struct blob_number number)
{
    while (number.bytes && !number.digits[0])
    {
        number.digits++;
        number.bytes--;
    }
    return number;
}

ULONG blob_number_bits(struct blob_number number)
{
    ULONG bits;
    UCHAR top;

    number = blob_number_trim(number);
    if (!number.bytes) return 0;
    bits = (number.bytes - 1) * 8;
    for (top = number.digits[0]; top; top >>= 1) bits++;
    return bits;
}

void blob_write_start(struct blob_writer *writer, UCHAR *blob)
{
    writer->next = blob;
}

void blob_write_byte(struct blob_writer *writer, UCHAR value)
{
    *writer->next++ = value;
}

void blob_write_ulong(struct blob_writer *writer, ULONG value)
{
    int i;

    for (i = 0; i < 4; i++, value >>= 8) *writer->next++ = (UCHAR)value;
}

void blob_write_ulong_be(struct blob_writer *writer, ULONG value)
{
    int i;

    for (i = 0; i < 4; i++, value <<= 8) *writer->next++ = (UCHAR)(value >> 24);
}

void blob_write_bytes(struct blob_writer *writer, const UCHAR *bytes, ULONG count)
{
    if (count) memcpy(writer->next, bytes, count);
    writer->next += count;
}

void blob_write_number(struct blob_writer *writer, const UCHAR *digits, ULONG bytes, ULONG width)
{
    memset(writer->next, 0, width - bytes);
    writer->next += width - bytes;
    blob_write_bytes(writer, digits, bytes);
}

void blob_write_number_le(struct blob_writer *writer, const UCHAR *digits, ULONG bytes, ULONG width)
{
    blob_reverse(writer->next, digits, bytes);
    memset(writer->next + bytes, 0, width - bytes);
    writer->next += width;
}

void blob_reverse(UCHAR *to, const UCHAR *from, ULONG bytes)
{
    UCHAR low, high;
    ULONG i;

    for (i = 0; i < bytes - i; i++)
    {
        low = from[i];
        high = from[bytes - 1 - i];
        to[i] = high;
        to[bytes - 1 - i] = low;
    }
}
