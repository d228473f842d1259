/*
 * vectors_der.c - signatures in DER, in the form CNG takes them.
 *
 * CNG has no form for signatures but two numbers of fixed length. What is not strict DER, or has a
 * number that does not fit, a program could not even hand to it.
 *
 * SPDX-License-Identifier: MIT
 */

#include "vectors.h"

/* A DER element of this tag, as DER and nothing but DER: shortest length, inside what holds it. */
static bool take_element(struct bytes *from, UCHAR tag, struct bytes *content)
{
    ULONG length, header = 2;

    if (from->size < 2 || from->data[0] != tag) return false;
    length = from->data[1];
    if (length == 0x81)
    {
        if (from->size < 3 || from->data[2] < 0x80) return false;
        length = from->data[2];
        header = 3;
    }
    else if (length > 0x7f) return false;
    if (length > from->size - header) return false;
    content->data = from->data + header;
    content->size = length;
    from->data += header + length;
    from->size -= header + length;
    return true;
}

/* A positive INTEGER in its shortest form, as a number of so many bytes. */
static bool take_number(struct bytes *from, UCHAR *out, ULONG bytes)
{
    struct bytes number;

    if (!take_element(from, 0x02, &number) || !number.size || number.data[0] & 0x80) return false;
    if (number.size > 1 && !number.data[0])
    {
        if (!(number.data[1] & 0x80)) return false;
        number.data++;
        number.size--;
    }
    if (number.size > bytes) return false;
    memset(out, 0, bytes - number.size);
    memcpy(out + bytes - number.size, number.data, number.size);
    return true;
}


bool signature_from_der(struct bytes der, UCHAR *out, ULONG bytes)
{
    struct bytes sequence;

    return take_element(&der, 0x30, &sequence) && !der.size &&
           take_number(&sequence, out, bytes) && take_number(&sequence, out + bytes, bytes) &&
           !sequence.size;
}
