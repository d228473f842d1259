/*
 * test_wrong_blob.c - blobs of key pairs of every kind, each wrong in one place: cut off anywhere,
 * too long, with any field of the header changed, with any byte of a number changed.
 *
 * The blobs are those of fresh keys; nothing may be handed out for a wrong one. Each lies in memory
 * of just its size: the sanitizers of the native build see what reads beyond it, and what one that
 * is refused leaves behind.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

#define BAD_DATA ((NTSTATUS)0x80090005)             /* NTE_BAD_DATA */
#define WRONG    STATUS_INVALID_PARAMETER
#define TAKEN    STATUS_SUCCESS

#define FIELD(number) (1u << (number))

static const struct blob_kind
{
    const char *name;
    const WCHAR *id, *curve;                        /* curve: of a generic algorithm */
    ULONG bits;
    const WCHAR *type;
    const char *start;                              /* of the blob, as hexadecimal */
    ULONG fields;                                   /* of four bytes, which the blob begins with */
    unsigned ignored;                               /* fields of which other values are right, or
                                                       that have tests of their own */
    NTSTATUS cut, longer, other_magic, other_field;
} blobs[] =
{
    { "RSA public", L"RSA", NULL, 512, L"RSAPUBLICBLOB", "52534131" "00020000" "03000000", 6,
      FIELD(1) | FIELD(4) | FIELD(5), BAD_DATA, BAD_DATA, WRONG, BAD_DATA },
    { "RSA private", L"RSA", NULL, 512, L"RSAPRIVATEBLOB", "52534132" "00020000" "03000000", 6,
      FIELD(1), BAD_DATA, BAD_DATA, WRONG, BAD_DATA },
    { "RSA full", L"RSA", NULL, 512, L"RSAFULLPRIVATEBLOB", "52534133" "00020000" "03000000", 6,
      FIELD(1), BAD_DATA, BAD_DATA, WRONG, BAD_DATA },
    { "RSA, any private", L"RSA", NULL, 512, L"PRIVATEBLOB", "52534132" "00020000", 6, FIELD(1),
      BAD_DATA, BAD_DATA, WRONG, BAD_DATA },
    { "RSA_SIGN private", L"RSA_SIGN", NULL, 576, L"RSAPRIVATEBLOB", "52534132" "40020000", 6,
      FIELD(1), BAD_DATA, BAD_DATA, WRONG, BAD_DATA },
    { "RSA, CAPI's private", L"RSA", NULL, 512, L"CAPIPRIVATEBLOB",
      "07020000" "00a40000" "52534132" "00020000" "01000100", 4, 0, BAD_DATA, BAD_DATA, BAD_DATA,
      BAD_DATA },
    { "DSA public", L"DSA", NULL, 512, L"DSAPUBLICBLOB", "44535042" "40000000", 2, 0, WRONG, WRONG,
      WRONG, WRONG },
    { "DSA private", L"DSA", NULL, 512, L"DSAPRIVATEBLOB", "44535056" "40000000", 2, 0, WRONG,
      WRONG, WRONG, WRONG },
    { "DSA, CAPI's private", L"DSA", NULL, 512, L"V2CAPIDSAPRIVATEBLOB",
      "07020000" "00220000" "44535332" "00020000", 4, 0, WRONG, WRONG, WRONG, WRONG },
    { "DSA private, version 2", L"DSA", NULL, 1088, L"DSAPRIVATEBLOB",
      "44505632" "88000000" "01000000" "01000000" "20000000" "20000000", 7, 0, WRONG, WRONG, WRONG,
      WRONG },
    { "DH public", L"DH", NULL, 768, L"DHPUBLICBLOB", "44485042" "60000000", 2, 0, WRONG, WRONG,
      WRONG, WRONG },
    { "DH private", L"DH", NULL, 768, L"DHPRIVATEBLOB", "44485056" "60000000", 2, 0, WRONG, WRONG,
      WRONG, WRONG },
    { "DH, CAPI's private", L"DH", NULL, 768, L"CAPIDHPRIVATEBLOB",
      "07020000" "02aa0000" "00444832" "00030000", 4, FIELD(1), WRONG, WRONG, WRONG, WRONG },
    { "ECDSA_P256 public", L"ECDSA_P256", NULL, 256, L"ECCPUBLICBLOB", "45435331" "20000000", 2, 0,
      WRONG, WRONG, WRONG, WRONG },
    { "ECDSA_P256 private", L"ECDSA_P256", NULL, 256, L"ECCPRIVATEBLOB", "45435332" "20000000", 2,
      0, WRONG, TAKEN, WRONG, WRONG },
    { "ECDSA_P384 private", L"ECDSA_P384", NULL, 384, L"ECCPRIVATEBLOB", "45435334" "30000000", 2,
      0, WRONG, TAKEN, WRONG, WRONG },
    { "ECDSA_P521 private", L"ECDSA_P521", NULL, 521, L"ECCPRIVATEBLOB", "45435336" "42000000", 2,
      0, WRONG, TAKEN, WRONG, WRONG },
    { "ECDH_P256 private", L"ECDH_P256", NULL, 256, L"ECCPRIVATEBLOB", "45434b32" "20000000", 2, 0,
      WRONG, TAKEN, WRONG, WRONG },
    { "ECDH_P384 private", L"ECDH_P384", NULL, 384, L"ECCPRIVATEBLOB", "45434b34" "30000000", 2, 0,
      WRONG, TAKEN, WRONG, WRONG },
    { "ECDH_P521 public", L"ECDH_P521", NULL, 521, L"ECCPUBLICBLOB", "45434b35" "42000000", 2, 0,
      WRONG, WRONG, WRONG, WRONG },
    { "ECDH_P521 private", L"ECDH_P521", NULL, 521, L"ECCPRIVATEBLOB", "45434b36" "42000000", 2, 0,
      WRONG, TAKEN, WRONG, WRONG },
    { "ECDSA on secP160k1", L"ECDSA", L"secP160k1", 160, L"ECCPRIVATEBLOB", "45434456" "15000000",
      2, 0, WRONG, TAKEN, WRONG, WRONG },
    { "ECDH on curve25519", L"ECDH", L"curve25519", 255, L"ECCPRIVATEBLOB", "45434b56" "20000000",
      2, 0, WRONG, TAKEN, WRONG, WRONG },
    { "ECDH on numsP384t1", L"ECDH", L"numsP384t1", 384, L"ECCPUBLICBLOB", "45434b50" "30000000",
      2, 0, WRONG, WRONG, WRONG, WRONG },
    { "full ECDSA public", L"ECDSA", L"nistP192", 192, L"ECCFULLPUBLICBLOB",
      "45434450" "01000000" "01000000" "00000000" "18000000" "18000000" "01000000" "00000000", 8,
      FIELD(2) | FIELD(3), WRONG, WRONG, WRONG, WRONG },
    { "full ECDH private", L"ECDH", L"brainpoolP224t1", 224, L"ECCFULLPRIVATEBLOB",
      "45434b56" "01000000" "01000000" "00000000" "1c000000" "1c000000" "01000000" "00000000", 8,
      FIELD(2) | FIELD(3), WRONG, WRONG, WRONG, WRONG },
    { "ECDH_P256, SSL's public", L"ECDH_P256", NULL, 256, L"SSLECCPUBLICBLOB",
      "17000000" "20000000", 2, 0, WRONG, WRONG, WRONG, WRONG },
};

#define BLOB_ROOM 1000
#define MOST_MORE 9

struct made
{
    BCRYPT_ALG_HANDLE algorithm;
    UCHAR blob[BLOB_ROOM];
    ULONG bytes;
};

/* The blob of a fresh key. */
static void make_blob(const struct blob_kind *kind, struct made *made)
{
    BCRYPT_KEY_HANDLE key = NULL;
    UCHAR start[40];
    size_t bytes = unhex(start, sizeof(start), kind->start);

    made->algorithm = open_algorithm(kind->id, 0);
    if (kind->curve)
        expect_status(BCryptSetProperty(made->algorithm, L"ECCCurveName",
                                        (UCHAR *)(uintptr_t)kind->curve, wide_bytes(kind->curve),
                                        0),
                      STATUS_SUCCESS);
    expect_status(BCryptGenerateKeyPair(made->algorithm, &key, kind->bits, 0), STATUS_SUCCESS);
    keep_key(key);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_status(BCryptExportKey(key, NULL, kind->type, made->blob, BLOB_ROOM, &made->bytes, 0),
                  STATUS_SUCCESS);
    expect_bytes(made->blob, start, bytes);
    expect_true(made->bytes > 4 * kind->fields);
}

/* Imports so many bytes of a blob, from memory that ends there. */
static void expect_import(const struct blob_kind *kind, const struct made *made, const UCHAR *blob,
                          ULONG bytes, ULONG flags, const char *what, ULONG number, NTSTATUS status)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    UCHAR *copy = malloc(bytes + !bytes);
    char text[100];

    snprintf(text, sizeof(text), "%s, %s %lu", kind->name, what, (unsigned long)number);
    memcpy(copy, blob, bytes);
    expect_status_at(__FILE__, __LINE__, text,
                     BCryptImportKeyPair(made->algorithm, NULL, kind->type, &key, copy, bytes,
                                         flags), status);
    free(copy);
    if (!status) expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    else expect_pointer_at(__FILE__, __LINE__, text, key, UNTOUCHED_HANDLE);
}

START_TEST(a_blob_that_is_cut_off_anywhere_is_refused)
{
    const struct blob_kind *kind = &blobs[_i];
    struct made made;
    ULONG bytes;

    make_blob(kind, &made);
    for (bytes = 0; bytes < made.bytes; bytes++)
        expect_import(kind, &made, made.blob, bytes, 0, "cut off to", bytes, kind->cut);
    expect_import(kind, &made, made.blob, made.bytes, 0, "whole", bytes, STATUS_SUCCESS);
}
END_TEST

START_TEST(what_follows_a_blob_is_refused_or_ignored)
{
    const struct blob_kind *kind = &blobs[_i];
    struct made made;
    ULONG more;

    make_blob(kind, &made);
    memset(made.blob + made.bytes, 0, MOST_MORE);
    for (more = 1; more <= MOST_MORE; more++)
        expect_import(kind, &made, made.blob, made.bytes + more, 0, "more", more, kind->longer);
}
END_TEST

static ULONG read_field(const UCHAR *blob, ULONG field)
{
    ULONG value;

    memcpy(&value, blob + 4 * field, 4);
    return value;
}

START_TEST(a_header_that_is_wrong_anywhere_is_refused)
{
    const struct blob_kind *kind = &blobs[_i];
    UCHAR changed[BLOB_ROOM];
    struct made made;
    ULONG field;
    size_t i;

    make_blob(kind, &made);
    for (field = 0; field < kind->fields; field++)
    {
        ULONG old = read_field(made.blob, field);
        bool is_magic = field == 0;
        const ULONG values[] =
        {
            old ^ 0xffff, old - 8, old + 1, 2 * old, old / 2, old + 0x00010001, 0x7fffffff,
            0x80000001, 0xfffffff0, 0xffffffff,
        };

        if (kind->ignored & FIELD(field)) continue;
        for (i = 0; i < ARRAY_SIZE(values); i++)
        {
            if (values[i] == old) continue;
            memcpy(changed, made.blob, made.bytes);
            memcpy(changed + 4 * field, &values[i], 4);
            expect_import(kind, &made, changed, made.bytes, 0, "field", field,
                          is_magic ? kind->other_magic : kind->other_field);
        }
    }
}
END_TEST

/* Where numbers stand of which every byte counts: none of them can be changed alone. */
static const struct
{
    const char *name;
    ULONG from, bytes, step;                        /* bytes 0: to the end */
    ULONG flags;
} counting_parts[] =
{
    { "RSA private", 24 + 3, 0, 1, 0 },
    { "RSA full", 24 + 3, 64 + 2 * 32, 1, 0 },
    { "RSA, CAPI's private", 20, 64 + 2 * 32, 1, 0 },
    { "DSA public", 8, 4 + 20 + 20 + 3 * 64, 5, 0 },
    { "DSA private", 8, 0, 5, 0 },
    { "DSA, CAPI's private", 16, 64 + 20 + 64, 1, 0 },
    { "DSA private, version 2", 24, 0, 61, 0 },
    { "DH private", 8, 0, 3, BCRYPT_KEY_VALIDATION_REGENERATE },
    { "ECDSA_P256 public", 8, 0, 1, 0 },
    { "ECDSA_P256 private", 8, 0, 1, 0 },
    { "ECDSA_P384 private", 8, 0, 1, 0 },
    { "ECDH_P521 private", 8, 0, 1, 0 },
    { "ECDSA on secP160k1", 8, 0, 1, 0 },
    { "ECDH on curve25519", 8, 0, 1, 0 },
    { "ECDH on numsP384t1", 8, 0, 1, 0 },
    { "full ECDSA public", 32, 0, 1, 0 },
    { "full ECDH private", 32, 0, 1, 0 },
    { "ECDH_P256, SSL's public", 8, 0, 1, 0 },
};

static const struct blob_kind *kind_of(const char *name)
{
    size_t i = 0;

    while (strcmp(blobs[i].name, name)) i++;
    return &blobs[i];
}

START_TEST(every_byte_of_the_numbers_counts)
{
    const struct blob_kind *kind = kind_of(counting_parts[_i].name);
    ULONG at = counting_parts[_i].from, end;
    struct made made;

    make_blob(kind, &made);
    end = counting_parts[_i].bytes ? at + counting_parts[_i].bytes : made.bytes;
    for (; at < end; at += counting_parts[_i].step)
    {
        made.blob[at] ^= 0x10;
        expect_import(kind, &made, made.blob, made.bytes, counting_parts[_i].flags, "byte", at,
                      STATUS_INVALID_PARAMETER);
        made.blob[at] ^= 0x10;
    }
    expect_import(kind, &made, made.blob, made.bytes, counting_parts[_i].flags, "whole", end,
                  STATUS_SUCCESS);
}
END_TEST

void wrong_blob_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, a_blob_that_is_cut_off_anywhere_is_refused, blobs);
    add_rows(tests, a_header_that_is_wrong_anywhere_is_refused, blobs);
    add_rows(tests, every_byte_of_the_numbers_counts, counting_parts);

    tests = ours(suite);
    add_rows(tests, what_follows_a_blob_is_refused_or_ignored, blobs);
}
