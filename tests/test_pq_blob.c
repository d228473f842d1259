/*
 * test_pq_blob.c - post-quantum key pairs: parameter sets and blobs, which all families have alike.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_pq_keys.h"

/* What forms a key has: public, private, seed. */
struct forms
{
    const WCHAR *id, *types[3];
    ULONG magics[3];
    int count;                                      /* 2: it has no seed */
    int public_before;                              /* so many bytes of the private key's end, if it
                                                       is in there */
};
#define PUBLIC_APART (-1)

static const struct forms mlkem =
{
    BCRYPT_MLKEM_ALGORITHM,
    { BCRYPT_MLKEM_PUBLIC_BLOB, BCRYPT_MLKEM_PRIVATE_BLOB, BCRYPT_MLKEM_PRIVATE_SEED_BLOB },
    { BCRYPT_MLKEM_PUBLIC_MAGIC, BCRYPT_MLKEM_PRIVATE_MAGIC, BCRYPT_MLKEM_PRIVATE_SEED_MAGIC },
    3, 64,                                          /* its hash, and z */
};
static const struct forms mldsa =
{
    BCRYPT_MLDSA_ALGORITHM,
    { BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_PQDSA_PRIVATE_BLOB, BCRYPT_PQDSA_PRIVATE_SEED_BLOB },
    { BCRYPT_MLDSA_PUBLIC_MAGIC, BCRYPT_MLDSA_PRIVATE_MAGIC, BCRYPT_MLDSA_PRIVATE_SEED_MAGIC },
    3, PUBLIC_APART,
};

static const struct forms slhdsa =
{
    BCRYPT_SLHDSA_ALGORITHM,
    { BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_PQDSA_PRIVATE_BLOB, NULL },
    { BCRYPT_SLHDSA_PUBLIC_MAGIC, BCRYPT_SLHDSA_PRIVATE_MAGIC, 0 },
    2, 0,
};

/* A composite ML-KEM key that was generated has no seed: test_composite_mlkem.c has those. */
static const struct forms composite_mldsa =
{
    BCRYPT_COMPOSITE_MLDSA_ALGORITHM,
    { BCRYPT_PQDSA_PUBLIC_BLOB, BCRYPT_PQDSA_PRIVATE_BLOB, NULL },
    { BCRYPT_COMPOSITE_MLDSA_PUBLIC_MAGIC, BCRYPT_COMPOSITE_MLDSA_PRIVATE_MAGIC, 0 },
    2, PUBLIC_APART,
};
static const struct forms composite_mlkem =
{
    BCRYPT_COMPOSITE_MLKEM_ALGORITHM,
    { BCRYPT_COMPOSITE_MLKEM_PUBLIC_BLOB, BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB, NULL },
    { BCRYPT_COMPOSITE_MLKEM_PUBLIC_MAGIC, BCRYPT_COMPOSITE_MLKEM_PRIVATE_MAGIC, 0 },
    2, PUBLIC_APART,
};

/* FIPS 203, table 3; FIPS 204, table 2; FIPS 205, table 2; the drafts' tables of sizes. */
static const struct
{
    const struct forms *forms;
    const WCHAR *set, *other_set;
    ULONG bytes[3];                                 /* of the forms */
} keys[] =
{
    { &mlkem, L"512",  L"768",  {  800, 1632, 64 } },
    { &mlkem, L"768",  L"1024", { 1184, 2400, 64 } },
    { &mlkem, L"1024", L"512",  { 1568, 3168, 64 } },
    { &mldsa, L"44",   L"65",   { 1312, 2560, 32 } },
    { &mldsa, L"65",   L"87",   { 1952, 4032, 32 } },
    { &mldsa, L"87",   L"44",   { 2592, 4896, 32 } },
    { &slhdsa, L"SHA2-128f",  L"SHA2-192f",  { 32,  64, 0 } },
    { &slhdsa, L"SHAKE-128f", L"SHAKE-192f", { 32,  64, 0 } },
    { &slhdsa, L"SHA2-192f",  L"SHA2-128f",  { 48,  96, 0 } },
    { &slhdsa, L"SHA2-256f",  L"SHA2-128f",  { 64, 128, 0 } },
    { &composite_mldsa, L"44-ECDSA-P256-SHA256", L"65-ECDSA-P384-SHA512", { 1377,  83, 0 } },
    { &composite_mldsa, L"65-ECDSA-P256-SHA512", L"87-ECDSA-P384-SHA512", { 2017,  83, 0 } },
    { &composite_mldsa, L"65-ECDSA-P384-SHA512", L"44-ECDSA-P256-SHA256", { 2049,  96, 0 } },
    { &composite_mldsa, L"87-ECDSA-P384-SHA512", L"65-ECDSA-P256-SHA512", { 2689,  96, 0 } },
    { &composite_mlkem, L"768-P256",   L"1024-P384",  { 1249, 115, 0 } },
    { &composite_mlkem, L"768-X25519", L"768-P256",   { 1216,  96, 0 } },
    { &composite_mlkem, L"1024-P384",  L"768-X25519", { 1665, 128, 0 } },
};
#define WINDOWS_KEYS 6                              /* that Windows has since 24H2 */

#define open(row) open_algorithm(keys[row].forms->id, 0)

/* --- the life of a pair -------------------------------------------------------------------- */

START_TEST(a_pair_has_to_be_told_its_parameter_set)
{
    BCRYPT_KEY_HANDLE key = pq_begun(open(_i));

    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_INVALID_PARAMETER);
    expect_property(key, BCRYPT_PARAMETER_SET_NAME, STATUS_NOT_SUPPORTED);
    expect_status(pq_tell_set(key, keys[_i].set), STATUS_SUCCESS);
    expect_property_wide(key, BCRYPT_PARAMETER_SET_NAME, keys[_i].set);
    expect_property_wide(key, BCRYPT_ALGORITHM_NAME, keys[_i].forms->id);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_property_wide(key, BCRYPT_PARAMETER_SET_NAME, keys[_i].set);
}
END_TEST

START_TEST(the_last_parameter_set_told_is_taken)
{
    BCRYPT_KEY_HANDLE key = pq_begun(open(_i));

    expect_status(pq_tell_set(key, keys[_i].other_set), STATUS_SUCCESS);
    expect_status(pq_tell_set(key, keys[_i].set), STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_property_wide(key, BCRYPT_PARAMETER_SET_NAME, keys[_i].set);
    expect_value(property_ulong(key, BCRYPT_PUBLIC_KEY_LENGTH), 8 * keys[_i].bytes[0]);
}
END_TEST

static NTSTATUS tell_bytes(BCRYPT_KEY_HANDLE key, const WCHAR *set, ULONG bytes)
{
    return BCryptSetProperty(key, BCRYPT_PARAMETER_SET_NAME, (UCHAR *)(uintptr_t)set, bytes, 0);
}

/* As of every property that is a name. */
START_TEST(a_parameter_sets_name_ends_where_the_input_does)
{
    const WCHAR *set = keys[_i].set;
    BCRYPT_KEY_HANDLE key = pq_begun(open(_i));
    ULONG bytes = wide_bytes(set) - sizeof(WCHAR);

    expect_status(tell_bytes(key, set, bytes - sizeof(WCHAR)), STATUS_INVALID_PARAMETER);
    expect_status(tell_bytes(key, set, bytes - 1), STATUS_INVALID_PARAMETER);
    expect_status(tell_bytes(key, set, bytes + 1), STATUS_INVALID_PARAMETER);
    expect_status(tell_bytes(key, set, 0), STATUS_INVALID_PARAMETER);
    expect_property(key, BCRYPT_PARAMETER_SET_NAME, STATUS_NOT_SUPPORTED);
    expect_status(tell_bytes(key, set, bytes), STATUS_SUCCESS);
    expect_property_wide(key, BCRYPT_PARAMETER_SET_NAME, set);
}
END_TEST

static const struct
{
    const char *text;                               /* for messages */
    const WCHAR *name;
} no_sets[] =
{
    { "empty", L"" }, { "256", L"256" }, { "0768", L"0768" }, { "768 ", L"768 " },
    { "ML-KEM-768", L"ML-KEM-768" }, { "ML-DSA-65", L"ML-DSA-65" }, { "7", L"7" }, { "4", L"4" },
    { "long", L"7687687687687687687687687687687687687687687687" },
};

START_TEST(an_unknown_parameter_set_is_an_invalid_parameter)
{
    const struct forms *forms = keys[_i % ARRAY_SIZE(keys)].forms;
    const WCHAR *name = no_sets[_i / ARRAY_SIZE(keys)].name;
    BCRYPT_ALG_HANDLE algorithm = open(_i % ARRAY_SIZE(keys));
    BCRYPT_KEY_HANDLE key = pq_begun(algorithm);
    UCHAR zeros[PQ_ROOM] = { 0 };

    expect_status(pq_tell_set(key, name), STATUS_INVALID_PARAMETER);
    expect_property(key, BCRYPT_PARAMETER_SET_NAME, STATUS_NOT_SUPPORTED);
    expect_status(pq_import(algorithm, forms->types[0], forms->magics[0], name, zeros,
                            keys[_i % ARRAY_SIZE(keys)].bytes[0], &key), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(the_sets_of_another_algorithm_are_unknown)
{
    BCRYPT_KEY_HANDLE key = pq_begun(open(_i));
    size_t other;

    for (other = 0; other < ARRAY_SIZE(keys); other++)
    {
        expect_status_or(pq_tell_set(key, keys[other].set), STATUS_INVALID_PARAMETER,
                         keys[other].forms == keys[_i].forms, STATUS_SUCCESS);
    }
}
END_TEST

START_TEST(a_finalized_key_keeps_its_parameter_set)
{
    BCRYPT_ALG_HANDLE algorithm = open(_i);
    BCRYPT_KEY_HANDLE key = pq_generated(algorithm, keys[_i].set);
    BCRYPT_KEY_HANDLE copy = pq_through_blob(algorithm, key, keys[_i].forms->types[0]);

    expect_refused(pq_tell_set(key, keys[_i].other_set));
    expect_refused(pq_tell_set(copy, keys[_i].other_set));
    expect_property_wide(key, BCRYPT_PARAMETER_SET_NAME, keys[_i].set);
    expect_property_wide(copy, BCRYPT_PARAMETER_SET_NAME, keys[_i].set);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptFinalizeKeyPair(copy, 0), STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(an_unfinalized_key_has_no_blob)
{
    BCRYPT_KEY_HANDLE key = pq_begun(open(_i));
    UCHAR blob[PQ_ROOM];
    ULONG bytes;
    int form;

    expect_status(pq_tell_set(key, keys[_i].set), STATUS_SUCCESS);
    for (form = 0; form < keys[_i].forms->count; form++)
    {
        expect_status(BCryptExportKey(key, NULL, keys[_i].forms->types[form], blob, sizeof(blob),
                                      &bytes, 0), STATUS_INVALID_HANDLE);
    }
}
END_TEST

START_TEST(generation_takes_no_length)
{
    BCRYPT_ALG_HANDLE algorithm = open(_i);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateKeyPair(algorithm, &key, 768, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptGenerateKeyPair(algorithm, &key, 0, 1), STATUS_INVALID_PARAMETER);
    expect_status(BCryptGenerateKeyPair(algorithm, &key, 0, 0x18), STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
    key = pq_begun(algorithm);
    expect_status(pq_tell_set(key, keys[_i].set), STATUS_SUCCESS);
    expect_status(BCryptFinalizeKeyPair(key, 1), STATUS_INVALID_PARAMETER);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(one_algorithm_takes_a_flag_at_generation)
{
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status(BCryptGenerateKeyPair(open(_i), &key, 0, BCRYPT_NO_KEY_VALIDATION),
                  keys[_i].forms == &mlkem ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER);
    keep_key(key);
}
END_TEST

/* --- blobs --------------------------------------------------------------------------------- */

/* The layout that .NET and Go build and parse. */
START_TEST(blobs_have_their_layout)
{
    const struct forms *forms = keys[_i].forms;
    BCRYPT_ALG_HANDLE algorithm = open(_i);
    BCRYPT_KEY_HANDLE key = pq_generated(algorithm, keys[_i].set), copy;
    UCHAR parts[3][PQ_ROOM], blob[PQ_ROOM], expected[PQ_ROOM];
    ULONG name_bytes = wide_bytes(keys[_i].set), bytes, size;
    int form;

    for (form = 0; form < forms->count; form++)
    {
        size = keys[_i].bytes[form];
        bytes = pq_exported(key, forms->types[form], blob);
        expect_value(bytes, PQ_HEADER_BYTES + name_bytes + size);
        memcpy(parts[form], blob + PQ_HEADER_BYTES + name_bytes, size);
        expect_value(pq_blob(expected, forms->magics[form], keys[_i].set, parts[form], size),
                     bytes);
        expect_bytes(blob, expected, bytes);
        expect_status(pq_import_blob(algorithm, forms->types[form], expected, bytes, 0, &copy),
                      STATUS_SUCCESS);
        expect_property_wide(copy, BCRYPT_PARAMETER_SET_NAME, keys[_i].set);
    }
    if (forms->public_before == PUBLIC_APART) return;
    expect_bytes(parts[1] + keys[_i].bytes[1] - forms->public_before - keys[_i].bytes[0], parts[0],
                 keys[_i].bytes[0]);
}
END_TEST

START_TEST(a_key_comes_out_as_it_went_in)
{
    const struct forms *forms = keys[_i].forms;
    BCRYPT_ALG_HANDLE algorithm = open(_i);
    BCRYPT_KEY_HANDLE key = pq_generated(algorithm, keys[_i].set), copy;
    UCHAR blob[PQ_ROOM], again[PQ_ROOM];
    ULONG bytes;
    int form, other;

    for (form = 0; form < forms->count; form++)
    {
        copy = pq_through_blob(algorithm, key, forms->types[form]);
        for (other = 0; other <= form; other++)
        {
            bytes = pq_exported(key, forms->types[other], blob);
            expect_value(pq_exported(copy, forms->types[other], again), bytes);
            expect_bytes(again, blob, bytes);
        }
    }
}
END_TEST

START_TEST(an_expanded_key_has_no_seed_and_a_public_one_no_private_part)
{
    const struct forms *forms = keys[_i].forms;
    BCRYPT_ALG_HANDLE algorithm = open(_i);
    BCRYPT_KEY_HANDLE key = pq_generated(algorithm, keys[_i].set);
    BCRYPT_KEY_HANDLE expanded = pq_through_blob(algorithm, key, forms->types[1]);
    BCRYPT_KEY_HANDLE peer = pq_through_blob(algorithm, key, forms->types[0]);
    UCHAR blob[PQ_ROOM];
    ULONG bytes;
    int form;

    mark(blob, sizeof(blob));
    for (form = 1; form < forms->count; form++)
    {
        expect_status(BCryptExportKey(peer, NULL, forms->types[form], blob, sizeof(blob), &bytes,
                                      0), STATUS_INVALID_PARAMETER);
    }
    for (form = 2; form < forms->count; form++)
    {
        expect_status(BCryptExportKey(expanded, NULL, forms->types[form], blob, sizeof(blob),
                                      &bytes, 0), STATUS_NOT_SUPPORTED);
    }
    expect_untouched(blob, sizeof(blob));
}
END_TEST

START_TEST(the_generic_types_are_the_public_and_the_private_blob)
{
    static const WCHAR *const generic[] = { BCRYPT_PUBLIC_KEY_BLOB, BCRYPT_PRIVATE_KEY_BLOB };
    BCRYPT_ALG_HANDLE algorithm = open(_i);
    BCRYPT_KEY_HANDLE key = pq_generated(algorithm, keys[_i].set), copy;
    UCHAR blob[PQ_ROOM], again[PQ_ROOM];
    ULONG bytes;
    int form;

    for (form = 0; form < 2; form++)
    {
        bytes = pq_exported(key, keys[_i].forms->types[form], blob);
        expect_value(pq_exported(key, generic[form], again), bytes);
        expect_bytes(again, blob, bytes);
        expect_status(pq_import_blob(algorithm, generic[form], blob, bytes, 0, &copy),
                      STATUS_SUCCESS);
    }
}
END_TEST

/* Go hands over a buffer for the largest key. */
START_TEST(bytes_behind_a_blob_are_ignored)
{
    BCRYPT_ALG_HANDLE algorithm = open(_i);
    BCRYPT_KEY_HANDLE key = pq_generated(algorithm, keys[_i].set), copy;
    UCHAR blob[PQ_ROOM];
    int form;

    for (form = 0; form < keys[_i].forms->count; form++)
    {
        pq_exported(key, keys[_i].forms->types[form], blob);
        expect_status(pq_import_blob(algorithm, keys[_i].forms->types[form], blob, sizeof(blob), 0,
                                     &copy), STATUS_SUCCESS);
    }
}
END_TEST

START_TEST(a_blob_that_ends_early_is_refused)
{
    BCRYPT_ALG_HANDLE algorithm = open(_i);
    BCRYPT_KEY_HANDLE key = pq_generated(algorithm, keys[_i].set), copy;
    ULONG bytes, short_bytes;
    UCHAR blob[PQ_ROOM];
    int form;

    for (form = 0; form < keys[_i].forms->count; form++)
    {
        bytes = pq_exported(key, keys[_i].forms->types[form], blob);
        for (short_bytes = 0; short_bytes < bytes; short_bytes += short_bytes < 40 ? 1 : 61)
        {
            expect_refused(pq_import_blob(algorithm, keys[_i].forms->types[form], blob,
                                          short_bytes, 0, &copy));
        }
        expect_refused(pq_import_blob(algorithm, keys[_i].forms->types[form], blob, bytes - 1, 0,
                                      &copy));
    }
}
END_TEST

START_TEST(a_key_of_another_size_is_refused)
{
    const struct forms *forms = keys[_i].forms;
    BCRYPT_ALG_HANDLE algorithm = open(_i);
    UCHAR bytes[PQ_ROOM] = { 0 };
    BCRYPT_KEY_HANDLE key;
    int form, change;

    for (form = 0; form < forms->count; form++)
    {
        for (change = -1; change <= 1; change += 2)
        {
            expect_status(pq_import(algorithm, forms->types[form], forms->magics[form],
                                    keys[_i].set, bytes, keys[_i].bytes[form] + (ULONG)change,
                                    &key), STATUS_INVALID_PARAMETER);
        }
        expect_status(pq_import(algorithm, forms->types[form], forms->magics[form], keys[_i].set,
                                bytes, 0, &key), STATUS_INVALID_PARAMETER);
    }
}
END_TEST

START_TEST(a_key_of_another_set_is_refused)
{
    const struct forms *forms = keys[_i].forms;
    BCRYPT_ALG_HANDLE algorithm = open(_i);
    BCRYPT_KEY_HANDLE key = pq_generated(algorithm, keys[_i].set), copy;
    UCHAR blob[PQ_ROOM];
    ULONG bytes;
    int form;

    for (form = 0; form < 2; form++)
    {
        bytes = pq_exported(key, forms->types[form], blob);
        expect_status(pq_import(algorithm, forms->types[form], forms->magics[form],
                                keys[_i].other_set, blob + bytes - keys[_i].bytes[form],
                                keys[_i].bytes[form], &copy), STATUS_INVALID_PARAMETER);
    }
}
END_TEST

static const ULONG other_magics[] =
{
    BCRYPT_MLKEM_PUBLIC_MAGIC, BCRYPT_MLKEM_PRIVATE_MAGIC, BCRYPT_MLKEM_PRIVATE_SEED_MAGIC,
    BCRYPT_MLDSA_PUBLIC_MAGIC, BCRYPT_MLDSA_PRIVATE_MAGIC, BCRYPT_MLDSA_PRIVATE_SEED_MAGIC,
    BCRYPT_SLHDSA_PUBLIC_MAGIC, BCRYPT_SLHDSA_PRIVATE_MAGIC, BCRYPT_RSAPUBLIC_MAGIC, 0, 0xffffffff,
    BCRYPT_COMPOSITE_MLDSA_PUBLIC_MAGIC, BCRYPT_COMPOSITE_MLDSA_PRIVATE_MAGIC,
    BCRYPT_COMPOSITE_MLKEM_PUBLIC_MAGIC, BCRYPT_COMPOSITE_MLKEM_PRIVATE_MAGIC,
    BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_MAGIC,
    0x4d4c4b50, 0x4453504b,
};

START_TEST(a_magic_of_another_type_is_refused)
{
    BCRYPT_ALG_HANDLE algorithm = open(_i);
    BCRYPT_KEY_HANDLE key = pq_generated(algorithm, keys[_i].set), copy;
    UCHAR blob[PQ_ROOM];
    ULONG bytes;
    size_t i;
    int form;

    for (form = 0; form < keys[_i].forms->count; form++)
    {
        bytes = pq_exported(key, keys[_i].forms->types[form], blob);
        for (i = 0; i < ARRAY_SIZE(other_magics); i++)
        {
            if (other_magics[i] == keys[_i].forms->magics[form]) continue;
            memcpy(blob, &other_magics[i], sizeof(ULONG));
            expect_status(pq_import_blob(algorithm, keys[_i].forms->types[form], blob, bytes, 0,
                                         &copy), STATUS_INVALID_PARAMETER);
        }
    }
}
END_TEST

START_TEST(the_name_in_a_blob_has_its_nul_and_no_more)
{
    BCRYPT_ALG_HANDLE algorithm = open(_i);
    BCRYPT_KEY_HANDLE key = pq_generated(algorithm, keys[_i].set), copy;
    ULONG size, right = wide_bytes(keys[_i].set);
    UCHAR blob[PQ_ROOM];

    pq_exported(key, keys[_i].forms->types[0], blob);
    for (size = 0; size < right + 8; size++)
    {
        memcpy(blob + 4, &size, sizeof(size));
        expect_status_or(pq_import_blob(algorithm, keys[_i].forms->types[0], blob, sizeof(blob), 0,
                                        &copy),
                         STATUS_INVALID_PARAMETER, size == right, STATUS_SUCCESS);
    }
}
END_TEST

/* Lengths whose sum wraps round. */
START_TEST(huge_lengths_in_a_blob_are_refused)
{
    static const ULONG lengths[] = { 0xffffffff, 0xfffffff4, 0x80000000, 0x7fffffff, 0x10000 };
    BCRYPT_ALG_HANDLE algorithm = open(_i);
    BCRYPT_KEY_HANDLE key = pq_generated(algorithm, keys[_i].set), copy;
    UCHAR blob[PQ_ROOM], changed[PQ_ROOM];
    ULONG bytes = pq_exported(key, keys[_i].forms->types[0], blob);
    size_t i, at;

    for (i = 0; i < ARRAY_SIZE(lengths); i++)
    {
        for (at = 4; at <= 8; at += 4)
        {
            memcpy(changed, blob, bytes);
            memcpy(changed + at, &lengths[i], sizeof(ULONG));
            expect_refused(pq_import_blob(algorithm, keys[_i].forms->types[0], changed, bytes, 0,
                                          &copy));
        }
    }
}
END_TEST

static const WCHAR *const other_types[] =
{
    BCRYPT_ECCPUBLIC_BLOB, BCRYPT_RSAPRIVATE_BLOB, BCRYPT_KEY_DATA_BLOB, BCRYPT_OPAQUE_KEY_BLOB,
    BCRYPT_DSA_PUBLIC_BLOB,
};

START_TEST(blobs_of_other_types_are_not_supported)
{
    const struct forms *stranger = keys[_i].forms == &mlkem ? &mldsa : &mlkem;
    BCRYPT_ALG_HANDLE algorithm = open(_i);
    BCRYPT_KEY_HANDLE key = pq_generated(algorithm, keys[_i].set), copy;
    UCHAR blob[PQ_ROOM];
    ULONG bytes = pq_exported(key, keys[_i].forms->types[0], blob), result;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(other_types) + 3; i++)
    {
        const WCHAR *type = i < 3 ? stranger->types[i] : other_types[i - 3];

        expect_status(pq_import_blob(algorithm, type, blob, bytes, 0, &copy),
                      STATUS_NOT_SUPPORTED);
        expect_status(BCryptExportKey(key, NULL, type, blob, sizeof(blob), &result, 0),
                      STATUS_NOT_SUPPORTED);
    }
}
END_TEST

START_TEST(an_import_takes_the_flags_of_validation)
{
    const WCHAR *type = keys[_i].forms->types[1];
    BCRYPT_ALG_HANDLE algorithm = open(_i);
    BCRYPT_KEY_HANDLE key = pq_generated(algorithm, keys[_i].set), copy;
    UCHAR blob[PQ_ROOM];
    ULONG bytes = pq_exported(key, type, blob);

    expect_status(pq_import_blob(algorithm, type, blob, bytes, BCRYPT_NO_KEY_VALIDATION, &copy),
                  STATUS_SUCCESS);
    expect_status(pq_import_blob(algorithm, type, blob, bytes, 1, &copy),
                  STATUS_INVALID_PARAMETER);
    expect_status(pq_import_blob(algorithm, type, blob, bytes, 0x40, &copy),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptImportKeyPair(algorithm, key, type, &copy, blob, bytes, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

static void add_shared(TCase *tests, int count)
{
    test_add(tests, the_last_parameter_set_told_is_taken, count);
    test_add(tests, a_finalized_key_keeps_its_parameter_set, count);
    test_add(tests, one_algorithm_takes_a_flag_at_generation, count);
    test_add(tests, blobs_have_their_layout, count);
    test_add(tests, a_key_comes_out_as_it_went_in, count);
    test_add(tests, a_blob_that_ends_early_is_refused, count);
    test_add(tests, a_key_of_another_size_is_refused, count);
    test_add(tests, a_key_of_another_set_is_refused, count);
    test_add(tests, a_magic_of_another_type_is_refused, count);
    test_add(tests, huge_lengths_in_a_blob_are_refused, count);
    test_add(tests, blobs_of_other_types_are_not_supported, count);
}

void pq_blob_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_shared(tests, WINDOWS_KEYS);
    test_add(tests, bytes_behind_a_blob_are_ignored, 3);    /* of ML-KEM it is known */

    tests = ours(suite);
    add_shared(tests, (int)ARRAY_SIZE(keys));
    add_rows(tests, a_pair_has_to_be_told_its_parameter_set, keys);
    add_rows(tests, a_parameter_sets_name_ends_where_the_input_does, keys);
    test_add(tests, an_unknown_parameter_set_is_an_invalid_parameter,
             (int)(ARRAY_SIZE(keys) * ARRAY_SIZE(no_sets)));
    add_rows(tests, the_sets_of_another_algorithm_are_unknown, keys);
    add_rows(tests, an_unfinalized_key_has_no_blob, keys);
    add_rows(tests, generation_takes_no_length, keys);
    add_rows(tests, an_expanded_key_has_no_seed_and_a_public_one_no_private_part, keys);
    add_rows(tests, the_generic_types_are_the_public_and_the_private_blob, keys);
    add_rows(tests, bytes_behind_a_blob_are_ignored, keys);
    add_rows(tests, the_name_in_a_blob_has_its_nul_and_no_more, keys);
    add_rows(tests, an_import_takes_the_flags_of_validation, keys);
}
