/*
 * lc_der.h - reading and writing DER, by libcrypto.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ASN1_LC_DER_H
#define ASN1_LC_DER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum
{
    DER_INTEGER = 2,
    DER_BITS = 3,
    DER_OCTETS = 4,
    DER_NULL = 5,
    DER_OID = 6,
    DER_SEQUENCE = 0x30,
    DER_SET = 0x31,
    DER_CONTEXT = 0xa0,                         /* [0], and [1] and so on after it */
    DER_CONTEXT_PRIMITIVE = 0x80,
};

/* A value. Of a sequence or a set the data are all of its encoding, for lc_der_sequence; of an
 * integer the magnitude, highest byte first, without leading zeros; of bits the whole bytes; of
 * others the content. */
struct der
{
    unsigned int tag;
    const uint8_t *data;
    size_t bytes;
};

#define DER_MOST 12                             /* members of a sequence; more is refused */

struct der_list
{
    void *owner;                                /* of what data point to */
    size_t count;
    struct der items[DER_MOST];
};

/*
 * Takes a sequence, or a set, apart: all of `bytes` must be one. The list is for lc_der_free, the
 * encoding must stay. False if it is none, or has a negative integer, or there is no memory.
 */
bool lc_der_sequence(const uint8_t *data, size_t bytes, struct der_list *list);
void lc_der_free(struct der_list *list);        /* one that was not filled, too, if zeroed */

/* Takes one value of any kind apart: all of `bytes` must be it. */
bool lc_der_value(const uint8_t *data, size_t bytes, struct der_list *list);

/*
 * Writes from the end to the beginning, so that lengths are known when they are written. What does
 * not fit makes `failed` true and changes nothing else.
 */
struct der_writer
{
    uint8_t *buffer;
    size_t at;                                  /* what is written begins here */
    bool failed;
};

void lc_der_put(struct der_writer *writer, unsigned int tag, const void *content, size_t bytes);
void lc_der_put_raw(struct der_writer *writer, const void *encoding, size_t bytes);
void lc_der_put_integer(struct der_writer *writer, const uint8_t *magnitude, size_t bytes);
void lc_der_put_number(struct der_writer *writer, uint32_t number);
void lc_der_put_bits(struct der_writer *writer, const void *data, size_t bytes);
void lc_der_wrap(struct der_writer *writer, unsigned int tag, size_t end);  /* from here to end */

#endif
