/*
 * der.c - the little DER that keys and signatures need to go to the openssl command and back.
 *
 * SPDX-License-Identifier: MIT
 */
#include "der.h"

#include <string.h>

int der_take(struct der *from, int tag, struct der *contents, struct der *whole)
{
    const unsigned char *at = from->at;
    size_t left = from->bytes, bytes;
    unsigned int count;

    if (left < 2 || at[0] != tag) return 0;
    bytes = at[1];
    at += 2, left -= 2;
    if (bytes & 0x80)
    {
        count = bytes & 0x7f;
        if (!count || count > 4 || count > left) return 0;
        for (bytes = 0; count; count--, left--) bytes = bytes << 8 | *at++;
    }
    if (bytes > left) return 0;
    if (contents) contents->at = at, contents->bytes = bytes;
    if (whole) whole->at = from->at, whole->bytes = (size_t)(at - from->at) + bytes;
    from->at = at + bytes;
    from->bytes = left - bytes;
    return 1;
}

int der_number(struct der *from, int tag, struct der *number)
{
    if (!der_take(from, tag, number, NULL)) return 0;
    while (number->bytes && !*number->at) number->at++, number->bytes--;
    return 1;
}

int der_pad(const struct der *number, void *slot, size_t bytes)
{
    if (number->bytes > bytes) return 0;
    memset(slot, 0, bytes - number->bytes);
    memcpy((unsigned char *)slot + bytes - number->bytes, number->at, number->bytes);
    return 1;
}

void der_begin(struct der_out *out)
{
    out->at = out->buffer + sizeof(out->buffer);
}

size_t der_bytes(const struct der_out *out)
{
    return (size_t)(out->buffer + sizeof(out->buffer) - out->at);
}

void der_raw(struct der_out *out, const void *data, size_t bytes)
{
    out->at -= bytes;
    memcpy(out->at, data, bytes);
}

void der_wrap(struct der_out *out, int tag, size_t before)
{
    size_t bytes = der_bytes(out) - before, rest;
    unsigned char count = 0;

    if (bytes < 0x80)
        *--out->at = (unsigned char)bytes;
    else
    {
        for (rest = bytes; rest; rest >>= 8, count++) *--out->at = (unsigned char)rest;
        *--out->at = 0x80 | count;
    }
    *--out->at = (unsigned char)tag;
}

void der_put(struct der_out *out, int tag, const void *data, size_t bytes)
{
    size_t before = der_bytes(out);

    der_raw(out, data, bytes);
    der_wrap(out, tag, before);
}

void der_put_number(struct der_out *out, const void *data, size_t bytes)
{
    const unsigned char *at = data;
    size_t before = der_bytes(out);

    while (bytes > 1 && !*at) at++, bytes--;
    der_raw(out, at, bytes);
    if (!bytes || *at & 0x80) *--out->at = 0;
    der_wrap(out, DER_INTEGER, before);
}
