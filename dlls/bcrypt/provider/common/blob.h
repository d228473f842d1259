/*
 * blob.h - key blobs to numbers and back; no cryptography in it.
 *
 * A blob is a header of little-endian ULONGs and numbers of stated lengths behind it, no padding
 * between them. A reader never passes the blob's end: what would lie behind it reads as zero or as
 * an absent number, and the reader is short from there on, so that a family reads all fields first
 * and asks once. A reader points into the blob, it copies nothing.
 *
 *     blob_read_start(&reader, pbInput, cbInput);
 *     magic = blob_read_ulong(&reader);
 *     key_bytes = blob_read_ulong(&reader);
 *     x = blob_read_number(&reader, key_bytes);
 *     y = blob_read_number(&reader, key_bytes);
 *     if (!blob_read_all(&reader)) return STATUS_INVALID_PARAMETER;
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_BLOB_H
#define PROVIDER_BLOB_H

#include "platform/base.h"

/* A type of blob: the families' tables of these add columns of their own. */
struct blob_type
{
    LPCWSTR name;                               /* BCRYPT_RSAPUBLIC_BLOB... */
    bool is_private;
};

/* ---- reading ---- */

struct blob_reader
{
    const UCHAR *next;
    ULONG left;
    bool is_short;                              /* a field did not fit */
};

/* A field of a blob, where it lies in the blob. Absent: NULL, 0. */
struct blob_number
{
    const UCHAR *digits;
    ULONG bytes;
};

void blob_read_start(struct blob_reader *reader, const UCHAR *blob, ULONG bytes);
UCHAR blob_read_byte(struct blob_reader *reader);
ULONG blob_read_ulong(struct blob_reader *reader);              /* little-endian, any alignment */
ULONG blob_read_ulong_be(struct blob_reader *reader);           /* the Count of DSA */

/* The next bytes as a number or as plain bytes; bytes 0 gives an empty one, which is not short. */
struct blob_number blob_read_number(struct blob_reader *reader, ULONG bytes);

/* Whether every field was there; and whether nothing is left behind them, too. */
bool blob_read_fits(const struct blob_reader *reader);
bool blob_read_all(const struct blob_reader *reader);

/* ---- numbers ---- */

/* Without its leading zeros; zero has no bytes. */
struct blob_number blob_number_trim(struct blob_number number);

/* Bits of an unsigned big-endian number. */
ULONG blob_number_bits(struct blob_number number);

/* ---- writing ---- */

/* The caller has made sure of the room (reply_room): a writer checks nothing. */
struct blob_writer
{
    UCHAR *next;
};

void blob_write_start(struct blob_writer *writer, UCHAR *blob);
void blob_write_byte(struct blob_writer *writer, UCHAR value);
void blob_write_ulong(struct blob_writer *writer, ULONG value);
void blob_write_ulong_be(struct blob_writer *writer, ULONG value);

/* Bytes as they are. */
void blob_write_bytes(struct blob_writer *writer, const UCHAR *bytes, ULONG count);

/* A big-endian number, padded with zeros on the left to `width` bytes; at least its own. */
void blob_write_number(struct blob_writer *writer, const UCHAR *digits, ULONG bytes, ULONG width);

/* The same, as CAPI has it: little-endian, padded on the right. */
void blob_write_number_le(struct blob_writer *writer, const UCHAR *digits, ULONG bytes,
                          ULONG width);

/* Turns digits round: little-endian fields become big-endian ones, and back. May be in place. */
void blob_reverse(UCHAR *to, const UCHAR *from, ULONG bytes);

#endif
