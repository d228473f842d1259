/*
 * der.h - the little DER that keys and signatures need to go to the openssl command and back.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef INTEROP_DER_H
#define INTEROP_DER_H

#include <stddef.h>

enum der_tag
{
    DER_INTEGER = 0x02,
    DER_BITS = 0x03,
    DER_OCTETS = 0x04,
    DER_OID = 0x06,
    DER_SEQUENCE = 0x30,
    DER_CONTEXT_1 = 0xa1,
};

/* What is left to read. */
struct der
{
    const unsigned char *at;
    size_t bytes;
};

/* Takes the next element off: its contents, and the element whole if asked for. 0 if it has another
 * tag or does not fit. */
int der_take(struct der *from, int tag, struct der *contents, struct der *whole);

/* The next INTEGER or OCTET STRING as a number, without leading zeros. */
int der_number(struct der *from, int tag, struct der *number);

/* The number right-aligned in bytes; 0 if it does not fit. */
int der_pad(const struct der *number, void *slot, size_t bytes);

/* Writing goes from the end to the front, so that every length is known when it is its turn. */
struct der_out
{
    unsigned char buffer[8192];
    unsigned char *at;
};

void der_begin(struct der_out *out);
size_t der_bytes(const struct der_out *out);
void der_raw(struct der_out *out, const void *data, size_t bytes);
/* Puts a header before all that was written since there were 'before' bytes. */
void der_wrap(struct der_out *out, int tag, size_t before);
void der_put(struct der_out *out, int tag, const void *data, size_t bytes);
/* An INTEGER from an unsigned big-endian number. */
void der_put_number(struct der_out *out, const void *data, size_t bytes);

#endif
