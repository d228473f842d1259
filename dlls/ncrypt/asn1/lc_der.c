/*
 * lc_der.c - reading and writing DER, by libcrypto.
 *
 * A sequence of ANY is what libcrypto takes apart and checks; what its members have to be is the
 * caller's knowledge.
 *
 * SPDX-License-Identifier: MIT
 */

#include "asn1/lc_der.h"

#include <limits.h>
#include <string.h>

#include <openssl/asn1.h>
#include <openssl/asn1t.h>

#define OID_ROOM 64

/* What a list owns: the members, and the contents of their object identifiers. */
struct owner
{
    ASN1_SEQUENCE_ANY *members;
    ASN1_TYPE *value;
    uint8_t oids[DER_MOST][OID_ROOM];
};

/* The content of an encoding that is given whole. */
static bool open_encoding(struct der *item, const uint8_t *encoding, size_t bytes)
{
    const unsigned char *content = encoding;
    long length;
    int tag, class, form = ASN1_get_object(&content, &length, &tag, &class, (long)bytes);

    if (form & 0x80 || class != V_ASN1_CONTEXT_SPECIFIC || tag > 30) return false;
    if (length < 0 || (size_t)(content - encoding) + (size_t)length != bytes) return false;
    item->tag = (form & V_ASN1_CONSTRUCTED ? DER_CONTEXT : DER_CONTEXT_PRIMITIVE) +
                (unsigned int)tag;
    item->data = content;
    item->bytes = (size_t)length;
    return true;
}

static bool open_member(struct der_list *list, const ASN1_TYPE *member, uint8_t oid[OID_ROOM])
{
    struct der *item = &list->items[list->count];
    const ASN1_STRING *string;
    unsigned char *to = oid;
    int bytes;

    switch (member->type)
    {
    case V_ASN1_NULL:
        *item = (struct der){ DER_NULL, NULL, 0 };
        break;
    case V_ASN1_OBJECT:
        bytes = i2d_ASN1_OBJECT(member->value.object, NULL);
        if (bytes < 3 || bytes > OID_ROOM) return false;
        i2d_ASN1_OBJECT(member->value.object, &to);
        *item = (struct der){ DER_OID, oid + 2, (size_t)bytes - 2 };  /* fewer than 128: one byte */
        break;
    case V_ASN1_INTEGER:
    case V_ASN1_BIT_STRING:
    case V_ASN1_OCTET_STRING:
    case V_ASN1_SEQUENCE:
    case V_ASN1_SET:
        string = member->value.asn1_string;
        *item = (struct der){ (unsigned int)member->type, ASN1_STRING_get0_data(string),
                              (size_t)ASN1_STRING_length(string) };
        if (member->type == V_ASN1_SEQUENCE) item->tag = DER_SEQUENCE;
        if (member->type == V_ASN1_SET) item->tag = DER_SET;
        if (member->type == V_ASN1_INTEGER)
        {
            while (item->bytes && !*item->data) item->data++, item->bytes--;
        }
        break;
    case V_ASN1_OTHER:
        string = member->value.asn1_string;
        if (!open_encoding(item, ASN1_STRING_get0_data(string),
                           (size_t)ASN1_STRING_length(string))) return false;
        break;
    default:                                    /* negative integers, and what no key has */
        return false;
    }
    list->count++;
    return true;
}

static struct owner *owner_new(struct der_list *list)
{
    struct owner *owner = OPENSSL_zalloc(sizeof(*owner));

    memset(list, 0, sizeof(*list));
    list->owner = owner;
    return owner;
}

bool lc_der_sequence(const uint8_t *data, size_t bytes, struct der_list *list)
{
    const unsigned char *at = data;
    struct owner *owner = owner_new(list);
    int i, count;

    if (!owner || bytes > LONG_MAX || !bytes) return false;
    if (*data == DER_SET) owner->members = d2i_ASN1_SET_ANY(NULL, &at, (long)bytes);
    else owner->members = d2i_ASN1_SEQUENCE_ANY(NULL, &at, (long)bytes);
    if (!owner->members || at != data + bytes) return false;

    count = sk_ASN1_TYPE_num(owner->members);
    if (count > DER_MOST) return false;
    for (i = 0; i < count; i++)
    {
        if (!open_member(list, sk_ASN1_TYPE_value(owner->members, i), owner->oids[i])) return false;
    }
    return true;
}

bool lc_der_value(const uint8_t *data, size_t bytes, struct der_list *list)
{
    const unsigned char *at = data;
    struct owner *owner = owner_new(list);

    if (!owner || bytes > LONG_MAX || !bytes) return false;
    owner->value = d2i_ASN1_TYPE(NULL, &at, (long)bytes);
    return owner->value && at == data + bytes && open_member(list, owner->value, owner->oids[0]);
}

void lc_der_free(struct der_list *list)
{
    struct owner *owner = list->owner;

    if (!owner) return;
    sk_ASN1_TYPE_pop_free(owner->members, ASN1_TYPE_free);
    ASN1_TYPE_free(owner->value);
    OPENSSL_free(owner);
    memset(list, 0, sizeof(*list));
}

/* ---- writing ---- */

void lc_der_put_raw(struct der_writer *writer, const void *encoding, size_t bytes)
{
    if (writer->failed || bytes > writer->at)
    {
        writer->failed = true;
        return;
    }
    writer->at -= bytes;
    if (bytes) memcpy(writer->buffer + writer->at, encoding, bytes);
}

void lc_der_wrap(struct der_writer *writer, unsigned int tag, size_t end)
{
    size_t content = end - writer->at;
    unsigned char head[16], *to = head;

    if (writer->failed || content > INT_MAX)
    {
        writer->failed = true;
        return;
    }
    ASN1_put_object(&to, (tag & V_ASN1_CONSTRUCTED) != 0, (int)content, (int)(tag & 0x1f),
                    (int)(tag & V_ASN1_PRIVATE));
    lc_der_put_raw(writer, head, (size_t)(to - head));
}

void lc_der_put(struct der_writer *writer, unsigned int tag, const void *content, size_t bytes)
{
    size_t end = writer->at;

    lc_der_put_raw(writer, content, bytes);
    lc_der_wrap(writer, tag, end);
}

void lc_der_put_integer(struct der_writer *writer, const uint8_t *magnitude, size_t bytes)
{
    static const uint8_t zero;
    size_t end = writer->at;

    while (bytes && !*magnitude) magnitude++, bytes--;
    lc_der_put_raw(writer, magnitude, bytes);
    if (!bytes || *magnitude & 0x80) lc_der_put_raw(writer, &zero, 1);
    lc_der_wrap(writer, DER_INTEGER, end);
}

void lc_der_put_number(struct der_writer *writer, uint32_t number)
{
    uint8_t bytes[4] = { (uint8_t)(number >> 24), (uint8_t)(number >> 16), (uint8_t)(number >> 8),
                         (uint8_t)number };

    lc_der_put_integer(writer, bytes, sizeof(bytes));
}

void lc_der_put_bits(struct der_writer *writer, const void *data, size_t bytes)
{
    static const uint8_t unused;
    size_t end = writer->at;

    lc_der_put_raw(writer, data, bytes);
    lc_der_put_raw(writer, &unused, 1);
    lc_der_wrap(writer, DER_BITS, end);
}
