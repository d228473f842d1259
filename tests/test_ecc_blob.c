/*
 * test_ecc_blob.c - EC keys from short blobs and to them, and what is checked on the way.
 *
 * Blobs that say which curve they mean are in test_ecc_full.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_ecc_keys.h"

/* The algorithms with a curve of their own: two for each pair. */
static const struct own
{
    int pair;
    bool is_ecdsa;
} own[] = { { 0, true }, { 1, true }, { 2, true }, { 0, false }, { 1, false }, { 2, false } };

static const WCHAR *own_id(int row)
{
    return own[row].is_ecdsa ? ecc_pairs[own[row].pair].ecdsa : ecc_pairs[own[row].pair].ecdh;
}

static ULONG own_magic(int row)
{
    return own[row].is_ecdsa ? ecc_pairs[own[row].pair].ecdsa_magic
                             : ecc_pairs[own[row].pair].ecdh_magic;
}

/* --- there and back --------------------------------------------------------------------------- */

START_TEST(a_blob_comes_back_as_it_was)
{
    const struct ecc_pair *pair = &ecc_pairs[own[_i].pair];
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(own_id(_i), 0);
    UCHAR blob[ECC_BLOB_ROOM], public[ECC_BLOB_ROOM], again[ECC_BLOB_ROOM];
    ULONG bytes = ecc_pair_blob(blob, pair, own_magic(_i), true);
    ULONG public_bytes = ecc_pair_blob(public, pair, own_magic(_i), false);
    BCRYPT_KEY_HANDLE key = import_ecc(algorithm, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, 0);

    expect_value(bytes, 8 + 3 * pair->bytes);
    expect_value(public_bytes, 8 + 2 * pair->bytes);
    expect_value(export_ecc(key, BCRYPT_ECCPRIVATE_BLOB, again), bytes);
    expect_bytes(again, blob, bytes);
    expect_value(export_ecc(key, BCRYPT_ECCPUBLIC_BLOB, again), public_bytes);
    expect_bytes(again, public, public_bytes);

    key = import_ecc(algorithm, BCRYPT_ECCPUBLIC_BLOB, public, public_bytes, 0);
    expect_value(export_ecc(key, BCRYPT_ECCPUBLIC_BLOB, again), public_bytes);
    expect_bytes(again, public, public_bytes);
}
END_TEST

START_TEST(a_blob_of_either_type_is_known_by_its_magic)
{
    const struct ecc_pair *pair = &ecc_pairs[own[_i].pair];
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(own_id(_i), 0);
    UCHAR blob[ECC_BLOB_ROOM], again[ECC_BLOB_ROOM];
    ULONG bytes = ecc_pair_blob(blob, pair, own_magic(_i), false);
    BCRYPT_KEY_HANDLE key = import_ecc(algorithm, BCRYPT_PUBLIC_KEY_BLOB, blob, bytes, 0);

    expect_value(export_ecc(key, BCRYPT_PUBLIC_KEY_BLOB, again), bytes);
    expect_bytes(again, blob, bytes);
    expect_no_import(algorithm, BCRYPT_PRIVATE_KEY_BLOB, blob, bytes, 0, STATUS_INVALID_PARAMETER);

    bytes = ecc_pair_blob(blob, pair, own_magic(_i), true);
    key = import_ecc(algorithm, BCRYPT_PRIVATE_KEY_BLOB, blob, bytes, 0);
    expect_value(export_ecc(key, BCRYPT_PRIVATE_KEY_BLOB, again), bytes);
    expect_bytes(again, blob, bytes);
    expect_no_import(algorithm, BCRYPT_PUBLIC_KEY_BLOB, blob, bytes, 0, STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(a_pseudo_handle_imports)
{
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = ecc_pair_blob(blob, p256, p256->ecdsa_magic, false);

    import_ecc(BCRYPT_ECDSA_P256_ALG_HANDLE, BCRYPT_PUBLIC_KEY_BLOB, blob, bytes, 0);
    import_ecc(BCRYPT_ECDSA_P256_ALG_HANDLE, BCRYPT_ECCPUBLIC_BLOB, blob, bytes, 0);
}
END_TEST

/* X = Y = 0: the public half is computed, and exported from then on. */
static const ULONG recompute_flags[] = { 0, BCRYPT_NO_KEY_VALIDATION };

START_TEST(a_private_blob_may_lack_the_public_half)
{
    UCHAR blob[ECC_BLOB_ROOM], whole[ECC_BLOB_ROOM];
    BCRYPT_KEY_HANDLE key;
    ULONG bytes;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(own); i++)
    {
        const struct ecc_pair *pair = &ecc_pairs[own[i].pair];

        bytes = ecc_blob(blob, ecc_private_magic(own_magic((int)i)), pair->bytes, "", "", pair->d);
        key = import_ecc(open_algorithm(own_id((int)i), 0), BCRYPT_ECCPRIVATE_BLOB, blob, bytes,
                         recompute_flags[_i]);
        ecc_pair_blob(whole, pair, own_magic((int)i), true);
        expect_value(export_ecc(key, BCRYPT_ECCPRIVATE_BLOB, blob), bytes);
        expect_bytes(blob, whole, bytes);
    }
}
END_TEST

START_TEST(a_private_blob_of_any_curve_may_lack_the_public_half)
{
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDH_ALGORITHM, ecc_curves[_i].name);
    UCHAR whole[ECC_BLOB_ROOM], blob[ECC_BLOB_ROOM];
    ULONG bytes = export_ecc(new_ecc(algorithm, 0), BCRYPT_ECCPRIVATE_BLOB, whole);
    BCRYPT_KEY_HANDLE key;

    memcpy(blob, whole, bytes);
    memset(blob + 8, 0, 2 * (bytes - 8) / 3);
    key = import_ecc(algorithm, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, 0);
    expect_value(export_ecc(key, BCRYPT_ECCPRIVATE_BLOB, blob), bytes);
    expect_bytes(blob, whole, bytes);
}
END_TEST

START_TEST(a_named_curves_blob_has_the_generic_magic)
{
    const struct ecc_curve *curve = &ecc_curves[_i];
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDH_ALGORITHM, curve->name);
    ULONG key_bytes =
        curve->field_bytes > curve->order_bytes ? curve->field_bytes : curve->order_bytes;
    UCHAR blob[ECC_BLOB_ROOM], again[ECC_BLOB_ROOM];
    BCRYPT_KEY_HANDLE key = new_ecc(algorithm, 0);
    ULONG bytes = export_ecc(key, BCRYPT_ECCPUBLIC_BLOB, blob);

    expect_value(bytes, 8 + 2 * key_bytes);
    expect_value(little_endian(blob), BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC);
    expect_value(little_endian(blob + 4), key_bytes);
    key = import_ecc(algorithm, BCRYPT_ECCPUBLIC_BLOB, blob, bytes, 0);
    expect_value(export_ecc(key, BCRYPT_PUBLIC_KEY_BLOB, again), bytes);
    expect_bytes(again, blob, bytes);
}
END_TEST

START_TEST(a_generic_ecdsa_blob_has_its_own_magic)
{
    UCHAR blob[ECC_BLOB_ROOM];
    BCRYPT_KEY_HANDLE key =
        new_ecc(open_curve(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_NISTP256), 0);

    export_ecc(key, BCRYPT_ECCPUBLIC_BLOB, blob);
    expect_value(little_endian(blob), BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC);
    export_ecc(key, BCRYPT_ECCPRIVATE_BLOB, blob);
    expect_value(little_endian(blob), BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC);
}
END_TEST

START_TEST(a_generic_algorithm_knows_its_curves_own_magic)
{
    const struct ecc_pair *pair = &ecc_pairs[_i];
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDSA_ALGORITHM, pair->curve);
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = ecc_pair_blob(blob, pair, pair->ecdsa_magic, true);

    import_ecc(algorithm, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, 0);
    bytes = ecc_pair_blob(blob, pair, pair->ecdh_magic, true);
    expect_no_import(algorithm, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, 0, STATUS_INVALID_PARAMETER);
    bytes = ecc_pair_blob(blob, pair, ecc_pairs[(_i + 1) % 3].ecdsa_magic, true);
    expect_no_import(algorithm, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, 0, STATUS_INVALID_PARAMETER);
}
END_TEST

/* An order longer than its field: a coordinate fills its field from the left, d from the right. */
static const WCHAR *const long_orders[] =
{
    L"secP160k1", L"secP160r1", L"secP160r2", L"wtls7", L"wtls9", L"secP224k1",
};

START_TEST(a_coordinate_stands_left_in_a_wider_field)
{
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDSA_ALGORITHM, long_orders[_i]);
    UCHAR blob[ECC_BLOB_ROOM], full[ECC_BLOB_ROOM];
    BCRYPT_KEY_HANDLE key = new_ecc(algorithm, 0);
    ULONG bytes = export_ecc(key, BCRYPT_ECCPRIVATE_BLOB, blob), width = little_endian(blob + 4),
          field = width - 1;
    ULONG full_bytes = export_ecc(key, BCRYPT_ECCFULLPRIVATE_BLOB, full);
    const UCHAR *q = full + full_bytes - width - 2 * field;

    expect_value(little_endian(full + 16), field);
    expect_value(little_endian(full + 20), width);
    expect_bytes(blob + 8, q, field);
    expect_value(blob[8 + field], 0);
    expect_bytes(blob + 8 + width, q + field, field);
    expect_value(blob[8 + width + field], 0);
    expect_bytes(blob + 8 + 2 * width, q + 2 * field, width);

    expect_signs(import_ecc(algorithm, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, 0));
    blob[8 + field] = 1;
    expect_no_import(algorithm, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, 0, STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- the size protocol ------------------------------------------------------------------------ */

START_TEST(an_export_keeps_to_the_size_protocol)
{
    BCRYPT_KEY_HANDLE key = pair_key(p256, p256->ecdh, true);
    UCHAR blob[200];
    ULONG bytes = 0;

    mark(blob, sizeof(blob));
    expect_status(BCryptExportKey(key, NULL, BCRYPT_ECCPRIVATE_BLOB, NULL, 500, &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, 104);
    bytes = 0;
    expect_status(BCryptExportKey(key, NULL, BCRYPT_ECCPRIVATE_BLOB, blob, 103, &bytes, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, 104);
    bytes = 0;
    expect_status(BCryptExportKey(key, NULL, BCRYPT_ECCPUBLIC_BLOB, blob, 0, &bytes, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, 72);
    expect_untouched(blob, sizeof(blob));
    expect_status(BCryptExportKey(key, NULL, BCRYPT_ECCPRIVATE_BLOB, blob, 104, &bytes, 0),
                  STATUS_SUCCESS);
    expect_untouched(blob + 104, sizeof(blob) - 104);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_ECCPRIVATE_BLOB, blob, 104, NULL, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptExportKey(key, NULL, NULL, blob, 104, &bytes, 0), STATUS_INVALID_PARAMETER);
}
END_TEST

static const WCHAR *const private_types[] =
{
    BCRYPT_ECCPRIVATE_BLOB, BCRYPT_ECCFULLPRIVATE_BLOB, BCRYPT_PRIVATE_KEY_BLOB,
};

START_TEST(a_public_key_has_no_private_blob)
{
    BCRYPT_KEY_HANDLE key = pair_key(p256, p256->ecdsa, false);
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = UNTOUCHED_ULONG;

    expect_status(BCryptExportKey(key, NULL, private_types[_i], NULL, 0, &bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptExportKey(key, NULL, private_types[_i], blob, sizeof(blob), &bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_value(bytes, UNTOUCHED_ULONG);
}
END_TEST

static const WCHAR *const foreign_types[] = {
    BCRYPT_RSAPUBLIC_BLOB,
    BCRYPT_RSAPRIVATE_BLOB,
    BCRYPT_RSAFULLPRIVATE_BLOB,
    LEGACY_RSAPUBLIC_BLOB,
    BCRYPT_DSA_PUBLIC_BLOB,
    BCRYPT_DSA_PRIVATE_BLOB,
    BCRYPT_DH_PUBLIC_BLOB,
    BCRYPT_DH_PRIVATE_BLOB,
    BCRYPT_KEY_DATA_BLOB,
    BCRYPT_OPAQUE_KEY_BLOB,
    BCRYPT_AES_WRAP_KEY_BLOB,
    L"eccpublicblob",
    L"",
};

START_TEST(a_type_of_another_family_is_not_supported)
{
    BCRYPT_KEY_HANDLE key = pair_key(p256, p256->ecdsa, true);
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = ecc_pair_blob(blob, p256, p256->ecdsa_magic, false), needed;

    expect_status(BCryptExportKey(key, NULL, foreign_types[_i], NULL, 0, &needed, 0),
                  STATUS_NOT_SUPPORTED);
    expect_no_import(BCRYPT_ECDSA_P256_ALG_HANDLE, foreign_types[_i], blob, bytes, 0,
                     STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(importing_and_exporting_take_no_wrapping_key)
{
    BCRYPT_KEY_HANDLE key = pair_key(p256, p256->ecdsa, true), made = UNTOUCHED_HANDLE;
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = ecc_pair_blob(blob, p256, p256->ecdsa_magic, false), needed;

    expect_status(BCryptImportKeyPair(BCRYPT_ECDSA_P256_ALG_HANDLE, key, BCRYPT_ECCPUBLIC_BLOB,
                                      &made, blob, bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(made, UNTOUCHED_HANDLE);
    expect_status(BCryptExportKey(key, key, BCRYPT_ECCPUBLIC_BLOB, NULL, 0, &needed, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_ECCPUBLIC_BLOB, NULL, 0, &needed, 1),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(an_import_needs_its_pointers)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = ecc_pair_blob(blob, p256, p256->ecdsa_magic, false);

    expect_status(BCryptImportKeyPair(NULL, NULL, BCRYPT_ECCPUBLIC_BLOB, &key, blob, bytes, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(
        BCryptImportKeyPair(BCRYPT_ECDSA_P256_ALG_HANDLE, NULL, NULL, &key, blob, bytes, 0),
        STATUS_INVALID_PARAMETER);
    expect_status(BCryptImportKeyPair(BCRYPT_ECDSA_P256_ALG_HANDLE, NULL, BCRYPT_ECCPUBLIC_BLOB,
                                      NULL, blob, bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptImportKeyPair(BCRYPT_ECDSA_P256_ALG_HANDLE, NULL, BCRYPT_ECCPUBLIC_BLOB,
                                      &key, NULL, bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

/* --- blobs that are wrong --------------------------------------------------------------------- */

START_TEST(a_short_blob_of_any_wrong_size_is_refused)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(own_id(_i), 0);
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = ecc_pair_blob(blob, &ecc_pairs[own[_i].pair], own_magic(_i), false);

    expect_no_other_size(algorithm, BCRYPT_ECCPUBLIC_BLOB, blob, bytes, bytes + 30);
    bytes = ecc_pair_blob(blob, &ecc_pairs[own[_i].pair], own_magic(_i), true);
    expect_no_other_size(algorithm, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, bytes);
}
END_TEST

/* libssh2 gives 22 bytes too many, those that a wrong sizeof has left it. */
START_TEST(what_follows_a_private_blob_is_ignored)
{
    const struct ecc_pair *pair = &ecc_pairs[own[_i].pair];
    UCHAR blob[ECC_BLOB_ROOM], again[ECC_BLOB_ROOM];
    ULONG bytes = ecc_pair_blob(blob, pair, own_magic(_i), true);
    BCRYPT_KEY_HANDLE key;

    mark(blob + bytes, 22);
    key = import_ecc(open_algorithm(own_id(_i), 0), BCRYPT_ECCPRIVATE_BLOB, blob, bytes + 22, 0);
    expect_value(export_ecc(key, BCRYPT_ECCPRIVATE_BLOB, again), bytes);
    expect_bytes(again, blob, bytes);
}
END_TEST

static const ULONG wrong_key_bytes[] = {
    0, 1, 2, 31, 33, 48, 64, 0x7fffffff, 0x80000000, 0xffffffff
};

START_TEST(a_wrong_key_size_is_refused)
{
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = ecc_pair_blob(blob, p256, p256->ecdsa_magic, false);

    memcpy(blob + 4, &wrong_key_bytes[_i], 4);
    expect_no_import(BCRYPT_ECDSA_P256_ALG_HANDLE, BCRYPT_ECCPUBLIC_BLOB, blob, bytes, 0,
                     STATUS_INVALID_PARAMETER);
    expect_no_import(BCRYPT_ECDSA_P256_ALG_HANDLE, BCRYPT_PUBLIC_KEY_BLOB, blob, bytes, 0,
                     STATUS_INVALID_PARAMETER);
    bytes = ecc_pair_blob(blob, p256, p256->ecdsa_magic, true);
    memcpy(blob + 4, &wrong_key_bytes[_i], 4);
    expect_no_import(BCRYPT_ECDSA_P256_ALG_HANDLE, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, 0,
                     STATUS_INVALID_PARAMETER);
}
END_TEST

static const ULONG public_magics[] =
{
    BCRYPT_ECDSA_PUBLIC_P256_MAGIC, BCRYPT_ECDSA_PUBLIC_P384_MAGIC, BCRYPT_ECDSA_PUBLIC_P521_MAGIC,
    BCRYPT_ECDH_PUBLIC_P256_MAGIC, BCRYPT_ECDH_PUBLIC_P384_MAGIC, BCRYPT_ECDH_PUBLIC_P521_MAGIC,
    BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC, BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, BCRYPT_RSAPUBLIC_MAGIC,
    BCRYPT_ECDSA_PRIVATE_P256_MAGIC, BCRYPT_ECC_PARAMETERS_MAGIC, 0,
};

START_TEST(anothers_magic_is_refused)
{
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(public_magics); i++)
    {
        BCRYPT_ALG_HANDLE algorithm = open_algorithm(own_id(_i), 0);

        if (public_magics[i] == own_magic(_i)) continue;
        bytes = ecc_pair_blob(blob, &ecc_pairs[own[_i].pair], public_magics[i], false);
        expect_no_import(algorithm, BCRYPT_ECCPUBLIC_BLOB, blob, bytes, 0,
                         STATUS_INVALID_PARAMETER);
        expect_no_import(algorithm, BCRYPT_PUBLIC_KEY_BLOB, blob, bytes, 0,
                         STATUS_INVALID_PARAMETER);
        bytes = ecc_pair_blob(blob, &ecc_pairs[own[_i].pair], public_magics[i], true);
        expect_no_import(algorithm, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, 0,
                         STATUS_INVALID_PARAMETER);
    }
}
END_TEST

/* The numbers of P-256, with p and n. */
#define P256_P "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF"
#define P256_N "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"
#define P256_X "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
#define P256_Y "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"
#define P256_D "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"
#define ONES   "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
#define P256_Y_OF_0 "66485C780E2F83D72433BD5D84A06BB6541C2AF31DAE871728BF856A174F93F4"

/* What is refused whatever the flags are: the points first, which are no points. */
static const struct
{
    const char *x, *y, *d;                          /* d NULL: a public blob */
} wrong_numbers[] =
{
    { "", "", NULL },                               /* infinity */
    { P256_X, "", NULL },
    { P256_Y, P256_X, NULL },
    { P256_X, "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462298", NULL },
    { P256_P, P256_Y_OF_0, NULL },                  /* x = 0, not reduced */
    { ONES, P256_Y, NULL }, { P256_X, ONES, NULL }, { P256_X, P256_P, NULL },
    { P256_X, P256_Y, "" }, { "", "", "" },         /* d out of range */
    { P256_X, P256_Y, P256_N }, { "", "", P256_N }, { "", "", ONES }, { P256_X, P256_Y, ONES },
    { "", "", "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632552" },
};

static const ULONG all_flags[] =
{
    0, BCRYPT_NO_KEY_VALIDATION, BCRYPT_KEY_VALIDATION_RANGE, BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER,
    BCRYPT_KEY_VALIDATION_REGENERATE, BCRYPT_KEY_VALIDATION_REGENERATE | BCRYPT_NO_KEY_VALIDATION,
};

START_TEST(numbers_that_make_no_key_are_refused)
{
    const char *d = wrong_numbers[_i].d;
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes =
        ecc_blob(blob, d ? BCRYPT_ECDSA_PRIVATE_P256_MAGIC : BCRYPT_ECDSA_PUBLIC_P256_MAGIC, 32,
                 wrong_numbers[_i].x, wrong_numbers[_i].y, d);
    size_t i;

    for (i = 0; i < ARRAY_SIZE(all_flags); i++)
    {
        expect_no_import(BCRYPT_ECDSA_P256_ALG_HANDLE,
                         d ? BCRYPT_ECCPRIVATE_BLOB : BCRYPT_ECCPUBLIC_BLOB, blob, bytes,
                         all_flags[i], STATUS_INVALID_PARAMETER);
    }
}
END_TEST

/* Numbers at the edges that do make a key: x = 0; d = 1 and n - 1, whose points are G and -G. */
static const struct
{
    const char *x, *y, *d;
} edge_numbers[] =
{
    { "", P256_Y_OF_0, NULL },
    { "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296",
      "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5",
      "0000000000000000000000000000000000000000000000000000000000000001" },
    { "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296",
      "B01CBD1C01E58065711814B583F061E9D431CCA994CEA1313449BF97C840AE0A",
      "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550" },
};

START_TEST(numbers_at_the_edges_make_a_key)
{
    const char *d = edge_numbers[_i].d;
    const WCHAR *type = d ? BCRYPT_ECCPRIVATE_BLOB : BCRYPT_ECCPUBLIC_BLOB;
    UCHAR blob[ECC_BLOB_ROOM], again[ECC_BLOB_ROOM];
    ULONG bytes =
        ecc_blob(blob, d ? BCRYPT_ECDSA_PRIVATE_P256_MAGIC : BCRYPT_ECDSA_PUBLIC_P256_MAGIC, 32,
                 edge_numbers[_i].x, edge_numbers[_i].y, d);
    size_t i;

    for (i = 0; i < ARRAY_SIZE(all_flags); i++)
    {
        BCRYPT_KEY_HANDLE key =
            import_ecc(BCRYPT_ECDSA_P256_ALG_HANDLE, type, blob, bytes, all_flags[i]);

        expect_value(export_ecc(key, type, again), bytes);
        expect_bytes(again, blob, bytes);
    }
}
END_TEST

/* --- validation flags ------------------------------------------------------------------------- */

/* A pair that does not match: the generator, with another d. */
static const struct
{
    ULONG flags;
    NTSTATUS status;
} mismatch[] =
{
    { 0, STATUS_INVALID_PARAMETER },
    { BCRYPT_NO_KEY_VALIDATION, STATUS_SUCCESS },
    { BCRYPT_KEY_VALIDATION_RANGE, STATUS_SUCCESS },
    { BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER, STATUS_INVALID_PARAMETER },
    { BCRYPT_KEY_VALIDATION_REGENERATE, STATUS_INVALID_PARAMETER },
    { BCRYPT_KEY_VALIDATION_REGENERATE | BCRYPT_NO_KEY_VALIDATION, STATUS_INVALID_PARAMETER },
};

START_TEST(a_pair_that_does_not_match_needs_a_flag)
{
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = ecc_blob(blob, BCRYPT_ECDSA_PRIVATE_P256_MAGIC, 32, edge_numbers[1].x,
                           edge_numbers[1].y, P256_D);
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status(BCryptImportKeyPair(BCRYPT_ECDSA_P256_ALG_HANDLE, NULL, BCRYPT_ECCPRIVATE_BLOB,
                                      &key, blob, bytes, mismatch[_i].flags),
                  mismatch[_i].status);
    keep_key(key);
}
END_TEST

static const ULONG no_flags[] = { 1, 2, 4, 0x40, 0x80, 0x100, 0x80000000, 0x19, 0x28 | 0x40 };

START_TEST(an_unknown_import_flag_is_refused)
{
    UCHAR blob[ECC_BLOB_ROOM];
    ULONG bytes = ecc_pair_blob(blob, p256, p256->ecdsa_magic, false);

    expect_no_import(BCRYPT_ECDSA_P256_ALG_HANDLE, BCRYPT_ECCPUBLIC_BLOB, blob, bytes, no_flags[_i],
                     STATUS_INVALID_PARAMETER);
}
END_TEST

#ifdef _WIN32                                      /* reading all of a process's memory */

/* --- nothing is left behind ------------------------------------------------------------------- */

static unsigned int copies_of(const UCHAR *masked, size_t bytes)
{
    UCHAR reversed[66];
    size_t i;

    for (i = 0; i < bytes; i++) reversed[i] = masked[bytes - 1 - i];
    return memory_copies(masked, bytes) + memory_copies(reversed, bytes);
}

static const WCHAR *const scanned[] = { L"nistP256", L"nistP384", L"secP256k1", L"numsP256t1",
                                        L"curve25519" };

START_TEST(a_destroyed_key_leaves_no_private_number)
{
    BCRYPT_ALG_HANDLE algorithm = open_curve(BCRYPT_ECDH_ALGORITHM, scanned[_i]);
    UCHAR blob[ECC_BLOB_ROOM], secret[100], *d;
    BCRYPT_KEY_HANDLE key = new_ecc(algorithm, 0), copy;
    ULONG bytes = export_ecc(key, BCRYPT_ECCPRIVATE_BLOB, blob), d_bytes = little_endian(blob + 4);

    d = blob + 8 + 2 * d_bytes;
    copy = import_ecc(algorithm, BCRYPT_ECCPRIVATE_BLOB, blob, bytes, 0);
    mask(d, d_bytes);
    bytes = agree(key, copy, secret);
    mask(secret, bytes);
    expect_true(copies_of(d, d_bytes));
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(copy), STATUS_SUCCESS);
    expect_value(copies_of(d, d_bytes), 0);
    expect_value(copies_of(secret, bytes), 0);
}
END_TEST

START_TEST(a_destroyed_signing_key_leaves_no_private_number)
{
    UCHAR blob[ECC_BLOB_ROOM], *d;
    BCRYPT_KEY_HANDLE key = new_ecc(BCRYPT_ECDSA_P256_ALG_HANDLE, 256);

    export_ecc(key, BCRYPT_ECCPRIVATE_BLOB, blob);
    d = blob + 8 + 64;
    mask(d, 32);
    expect_signs(key);
    expect_true(copies_of(d, 32));
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_value(copies_of(d, 32), 0);
}
END_TEST

#endif

void ecc_blob_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, a_blob_comes_back_as_it_was, own);
    add_rows(tests, a_blob_of_either_type_is_known_by_its_magic, own);
    add_test(tests, a_pseudo_handle_imports);
    add_rows(tests, a_private_blob_may_lack_the_public_half, recompute_flags);
    add_rows(tests, a_private_blob_of_any_curve_may_lack_the_public_half, ecc_curves);
    add_rows(tests, a_named_curves_blob_has_the_generic_magic, ecc_curves);
    add_test(tests, a_generic_ecdsa_blob_has_its_own_magic);
    add_rows(tests, a_coordinate_stands_left_in_a_wider_field, long_orders);
    add_test(tests, an_export_keeps_to_the_size_protocol);
    add_rows(tests, a_public_key_has_no_private_blob, private_types);
    add_rows(tests, a_type_of_another_family_is_not_supported, foreign_types);
    add_test(tests, an_import_needs_its_pointers);
    add_rows(tests, a_short_blob_of_any_wrong_size_is_refused, own);
    add_rows(tests, what_follows_a_private_blob_is_ignored, own);
    add_rows(tests, a_wrong_key_size_is_refused, wrong_key_bytes);
    add_rows(tests, anothers_magic_is_refused, own);
    add_rows(tests, numbers_that_make_no_key_are_refused, wrong_numbers);
    add_rows(tests, numbers_at_the_edges_make_a_key, edge_numbers);
    add_rows(tests, a_pair_that_does_not_match_needs_a_flag, mismatch);

    tests = ours(suite);
    add_rows(tests, a_generic_algorithm_knows_its_curves_own_magic, ecc_pairs);
    add_test(tests, importing_and_exporting_take_no_wrapping_key);
    add_rows(tests, an_unknown_import_flag_is_refused, no_flags);
#ifdef _WIN32
    add_rows(tests, a_destroyed_key_leaves_no_private_number, scanned);
    add_test(tests, a_destroyed_signing_key_leaves_no_private_number);
#endif
}
