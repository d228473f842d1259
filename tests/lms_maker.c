/*
 * lms_maker.c - signatures of LMS for tests.
 *
 * SPDX-License-Identifier: MIT
 */

#include "lms_maker.h"

#define ID_BYTES 16

struct maker
{
    bool is_shake;
    ULONG n, height, width, chains, shift;
    UCHAR piece[22 + 265 * 32 + 64];            /* what is hashed next */
    ULONG piece_bytes;
};

ULONG lms_one_time_type(ULONG type, ULONG width)
{
    return 1 + (type - LMS_FIRST_TYPE) / 5 * 4 + width;
}

ULONG lms_key_bytes(ULONG type)
{
    return 8 + ID_BYTES + ((type - LMS_FIRST_TYPE) / 5 % 2 ? 24 : 32);
}

static WCHAR *append(WCHAR *to, const char *text)
{
    while (*text) *to++ = (WCHAR)*text++;
    *to = 0;
    return to;
}

const WCHAR *lms_name(ULONG type, bool is_hss)
{
    static const char *const hashes[] = { "SHA256_M32", "SHA256_M24", "SHAKE_M32", "SHAKE_M24" };
    static const char *const heights[] = { "_H5", "_H10", "_H15", "_H20", "_H25" };
    static WCHAR name[LMS_MOST_NAME];
    WCHAR *at = append(name, is_hss ? "HSS_LMS_" : "LMS_");

    append(append(at, hashes[(type - LMS_FIRST_TYPE) / 5]), heights[(type - LMS_FIRST_TYPE) % 5]);
    return name;
}

/* Appendix B. */
static void set_parameters(struct maker *maker, ULONG type, ULONG one_time_type)
{
    ULONG bits = 0, u, v, most;

    maker->is_shake = (type - LMS_FIRST_TYPE) / 5 >= 2;
    maker->n = lms_key_bytes(type) - 8 - ID_BYTES;
    maker->height = 5 * (1 + (type - LMS_FIRST_TYPE) % 5);
    maker->width = 1u << (one_time_type - 1) % 4;
    u = (8 * maker->n + maker->width - 1) / maker->width;
    most = ((1u << maker->width) - 1) * u;
    while (most >> bits) bits++;
    v = (bits + maker->width - 1) / maker->width;
    maker->shift = 16 - v * maker->width;
    maker->chains = u + v;
}

static void put(struct maker *maker, const void *bytes, ULONG count)
{
    memcpy(maker->piece + maker->piece_bytes, bytes, count);
    maker->piece_bytes += count;
}

static void put_number(struct maker *maker, ULONG number, int bytes)
{
    UCHAR digit;

    while (bytes--)
    {
        digit = (UCHAR)(number >> 8 * bytes);
        put(maker, &digit, 1);
    }
}

static void start(struct maker *maker, const UCHAR *id, ULONG number, ULONG role, int role_bytes)
{
    maker->piece_bytes = 0;
    put(maker, id, ID_BYTES);
    put_number(maker, number, 4);
    put_number(maker, role, role_bytes);
}

static void finish(struct maker *maker, UCHAR *out)
{
    UCHAR digest[32];
    BCRYPT_ALG_HANDLE algorithm = maker->is_shake ? BCRYPT_SHAKE256_ALG_HANDLE
                                                  : BCRYPT_SHA256_ALG_HANDLE;

    expect_status(BCryptHash(algorithm, NULL, 0, maker->piece, maker->piece_bytes, digest,
                             sizeof(digest)), STATUS_SUCCESS);
    memcpy(out, digest, maker->n);
}

static ULONG digit_of(const struct maker *maker, const UCHAR *string, ULONG number)
{
    ULONG bit = number * maker->width, end = bit + maker->width, value = 0;

    for (; bit < end; bit++) value = value << 1 | (string[bit / 8] >> (7 - bit % 8) & 1);
    return value;
}

/* Values of chains where the message's digits leave them, into the signature; the key of all. */
static void make_one_time(struct maker *maker, const UCHAR *id, ULONG leaf, const UCHAR *randomizer,
                          const UCHAR *message, ULONG message_bytes, UCHAR *values, UCHAR *key)
{
    UCHAR digest[34], ends[265 * 32], *value;
    ULONG sum = 0, i, j, last = (1u << maker->width) - 1;

    start(maker, id, leaf, 0x8181, 2);
    put(maker, randomizer, maker->n);
    put(maker, message, message_bytes);
    finish(maker, digest);
    for (i = 0; i < 8 * maker->n / maker->width; i++) sum += last - digit_of(maker, digest, i);
    sum <<= maker->shift;
    digest[maker->n] = (UCHAR)(sum >> 8);
    digest[maker->n + 1] = (UCHAR)sum;

    for (i = 0; i < maker->chains; i++)
    {
        value = ends + i * maker->n;
        for (j = 0; j < maker->n; j++) value[j] = (UCHAR)(i * 7 + j * 3 + id[0]);
        for (j = 0; j <= last; j++)
        {
            if (j == digit_of(maker, digest, i)) memcpy(values + i * maker->n, value, maker->n);
            if (j == last) break;
            start(maker, id, leaf, i, 2);
            put_number(maker, j, 1);
            put(maker, value, maker->n);
            finish(maker, value);
        }
    }
    start(maker, id, leaf, 0x8080, 2);
    put(maker, ends, maker->chains * maker->n);
    finish(maker, key);
}

static UCHAR *put_ulong(UCHAR *to, ULONG number)
{
    int i;

    for (i = 3; i >= 0; i--) *to++ = (UCHAR)(number >> 8 * i);
    return to;
}

ULONG lms_make(ULONG type, ULONG one_time_type, UCHAR salt, const UCHAR *message,
               ULONG message_bytes, UCHAR *key, UCHAR *signature)
{
    UCHAR *to = signature, *id, *node, leaf_key[32];
    ULONG leaf, number, i;
    struct maker maker;

    set_parameters(&maker, type, one_time_type);
    id = put_ulong(put_ulong(key, type), one_time_type);
    node = id + ID_BYTES;
    for (i = 0; i < ID_BYTES; i++) id[i] = (UCHAR)(salt + 5 * i);
    leaf = (0x15555555u + salt) & ((1u << maker.height) - 1);

    to = put_ulong(put_ulong(to, leaf), one_time_type);
    for (i = 0; i < maker.n; i++) to[i] = (UCHAR)(salt ^ i);
    make_one_time(&maker, id, leaf, to, message, message_bytes, to + maker.n, leaf_key);
    to = put_ulong(to + (1 + maker.chains) * maker.n, type);

    number = (1u << maker.height) + leaf;
    start(&maker, id, number, 0x8282, 2);
    put(&maker, leaf_key, maker.n);
    finish(&maker, node);
    for (; number > 1; number /= 2, to += maker.n)
    {
        for (i = 0; i < maker.n; i++) to[i] = (UCHAR)(number + i);
        start(&maker, id, number / 2, 0x8383, 2);
        put(&maker, number % 2 ? to : node, maker.n);
        put(&maker, number % 2 ? node : to, maker.n);
        finish(&maker, node);
    }
    return (ULONG)(to - signature);
}
