/*
 * test_rsa_keys.c - keys for the RSA tests, and blobs of them.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_rsa_keys.h"

/* KEY_<name>_<field> of tests/vectors/rsa_keys.txt, which says how they were made. */
#include "rsa_keys.inc"

#define NUMBERS(name, size) \
    const struct rsa_numbers name = \
    { \
        .bits = (size), \
        .part = \
        { \
            KEY_##name##_e, KEY_##name##_n, KEY_##name##_p, KEY_##name##_q, KEY_##name##_dp, \
            KEY_##name##_dq, KEY_##name##_qinv, KEY_##name##_d, \
        }, \
    }

NUMBERS(rsa_384, 384);
NUMBERS(rsa_512, 512);
NUMBERS(rsa_523, 523);                          /* e = 3 */
NUMBERS(rsa_640, 640);
NUMBERS(rsa_1024, 1024);
NUMBERS(rsa_1025, 1025);                        /* a byte more than PSS needs */
NUMBERS(rsa_2048, 2048);
NUMBERS(rsa_unequal, 1024);                     /* p much shorter than q */
NUMBERS(rsa_long_p, 1024);                      /* p much longer than q */
NUMBERS(rsa_swapped, 768);                      /* p < q */
NUMBERS(rsa_long_e, 1024);                      /* e of 64 bits */
NUMBERS(rsa_short_d, 512);                      /* d shorter than the others' */

/* The most bits there are. Only a private blob's parts. */
const struct rsa_numbers rsa_16384 =
{
    .bits = 16384,
    .part = { KEY_rsa_16384_e, KEY_rsa_16384_n, KEY_rsa_16384_p, KEY_rsa_16384_q },
};

const char rsa_weak_modulus[] = KEY_rsa_weak_n;

/* ---- blobs ---- */

static UCHAR *put_ulong(UCHAR *to, ULONG value)
{
    int i;

    for (i = 0; i < 4; i++, value >>= 8) *to++ = (UCHAR)value;
    return to;
}

static ULONG part_bytes(const struct rsa_numbers *numbers, int part)
{
    return (ULONG)strlen(numbers->part[part]) / 2;
}

static UCHAR *put_part(UCHAR *to, const struct rsa_numbers *numbers, int part)
{
    return to + unhex(to, RSA_BLOB_ROOM, numbers->part[part]);
}

/* Little-endian, zeros behind it. */
static UCHAR *put_part_le(UCHAR *to, const struct rsa_numbers *numbers, int part, ULONG width)
{
    UCHAR digits[RSA_BLOB_ROOM];
    ULONG bytes = (ULONG)unhex(digits, sizeof(digits), numbers->part[part]), i;

    for (i = 0; i < width; i++) to[i] = i < bytes ? digits[bytes - 1 - i] : 0;
    return to + width;
}

static ULONG capi_blob(UCHAR *blob, const struct rsa_numbers *numbers, bool is_private)
{
    ULONG half = (numbers->bits + 15) / 16, whole = (numbers->bits + 7) / 8;
    UCHAR *to = blob;
    int part;

    to = put_ulong(to, is_private ? 0x0207 : 0x0206);
    to = put_ulong(to, 0xa400);
    to = put_ulong(to, is_private ? BCRYPT_RSAPRIVATE_MAGIC : BCRYPT_RSAPUBLIC_MAGIC);
    to = put_ulong(to, numbers->bits);
    to = put_part_le(to, numbers, RSA_E, 4);
    to = put_part_le(to, numbers, RSA_N, whole);
    if (!is_private) return (ULONG)(to - blob);
    for (part = RSA_P; part < RSA_D; part++) to = put_part_le(to, numbers, part, half);
    to = put_part_le(to, numbers, RSA_D, whole);
    return (ULONG)(to - blob);
}

static bool is_type(const WCHAR *left, const WCHAR *right)
{
    return wide_bytes(left) == wide_bytes(right) && !memcmp(left, right, wide_bytes(left));
}

ULONG rsa_blob(UCHAR *blob, const struct rsa_numbers *numbers, const WCHAR *type)
{
    ULONG magic = BCRYPT_RSAPUBLIC_MAGIC;
    int part, parts = RSA_P;
    UCHAR *to = blob;

    if (is_type(type, LEGACY_RSAPUBLIC_BLOB)) return capi_blob(blob, numbers, false);
    if (is_type(type, LEGACY_RSAPRIVATE_BLOB)) return capi_blob(blob, numbers, true);
    if (is_type(type, BCRYPT_RSAPRIVATE_BLOB) || is_type(type, BCRYPT_PRIVATE_KEY_BLOB))
    {
        magic = BCRYPT_RSAPRIVATE_MAGIC;
        parts = RSA_DP;
    }
    if (is_type(type, BCRYPT_RSAFULLPRIVATE_BLOB))
    {
        magic = BCRYPT_RSAFULLPRIVATE_MAGIC;
        parts = RSA_PARTS;
    }
    to = put_ulong(to, magic);
    to = put_ulong(to, numbers->bits);
    to = put_ulong(to, part_bytes(numbers, RSA_E));
    to = put_ulong(to, part_bytes(numbers, RSA_N));
    to = put_ulong(to, parts > RSA_P ? part_bytes(numbers, RSA_P) : 0);
    to = put_ulong(to, parts > RSA_P ? part_bytes(numbers, RSA_Q) : 0);
    for (part = 0; part < parts; part++) to = put_part(to, numbers, part);
    return (ULONG)(to - blob);
}

UCHAR *rsa_blob_part(UCHAR *blob, int part)
{
    BCRYPT_RSAKEY_BLOB header;
    ULONG widths[RSA_PARTS];
    UCHAR *at = blob + sizeof(header);
    int i;

    memcpy(&header, blob, sizeof(header));
    widths[RSA_E] = header.cbPublicExp;
    widths[RSA_N] = widths[RSA_D] = header.cbModulus;
    widths[RSA_P] = widths[RSA_DP] = widths[RSA_QINV] = header.cbPrime1;
    widths[RSA_Q] = widths[RSA_DQ] = header.cbPrime2;
    for (i = 0; i < part; i++) at += widths[i];
    return at;
}

/* ---- keys ---- */

BCRYPT_KEY_HANDLE import_rsa_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                                const struct rsa_numbers *numbers, const WCHAR *type)
{
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes = rsa_blob(blob, numbers, type);
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status_at(file, line, "BCryptImportKeyPair",
                     BCryptImportKeyPair(algorithm, NULL, type, &key, blob, bytes, 0),
                     STATUS_SUCCESS);
    keep_key(key);
    return key;
}

BCRYPT_KEY_HANDLE new_rsa_at(const char *file, int line, ULONG bits)
{
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status_at(file, line, "BCryptGenerateKeyPair",
                     BCryptGenerateKeyPair(BCRYPT_RSA_ALG_HANDLE, &key, bits, 0), STATUS_SUCCESS);
    keep_key(key);
    return key;
}
