/*
 * test_rsa_blob.c - RSA keys in and out of their blobs.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_rsa_keys.h"

#include <bcrypt_provider.h>

static BCRYPT_ALG_HANDLE const rsa = BCRYPT_RSA_ALG_HANDLE;

static NTSTATUS import(const WCHAR *type, UCHAR *blob, ULONG bytes, BCRYPT_KEY_HANDLE *key)
{
    NTSTATUS status = BCryptImportKeyPair(rsa, NULL, type, key, blob, bytes, 0);

    if (!status) keep_key(*key);
    return status;
}

static void put_field(UCHAR *blob, int field, ULONG value)
{
    memcpy(blob + 4 * field, &value, 4);
}

enum { MAGIC, BIT_LENGTH, CB_PUBLIC_EXP, CB_MODULUS, CB_PRIME1, CB_PRIME2 };

/* --- key-blobs.md, "RSA": sizes --------------------------------------------------------------- */

static const struct
{
    const struct rsa_numbers *numbers;
    const WCHAR *type;
    ULONG bytes;
} sizes[] =
{
    { &rsa_512,     BCRYPT_RSAPUBLIC_BLOB,       91 },
    { &rsa_512,     BCRYPT_PUBLIC_KEY_BLOB,      91 },
    { &rsa_512,     BCRYPT_RSAPRIVATE_BLOB,      155 },
    { &rsa_512,     BCRYPT_RSAFULLPRIVATE_BLOB,  315 },
    { &rsa_512,     LEGACY_RSAPUBLIC_BLOB,       84 },
    { &rsa_512,     LEGACY_RSAPRIVATE_BLOB,      308 },
    { &rsa_1024,    BCRYPT_RSAPUBLIC_BLOB,       155 },
    { &rsa_1024,    BCRYPT_RSAPRIVATE_BLOB,      283 },
    { &rsa_1024,    BCRYPT_RSAFULLPRIVATE_BLOB,  603 },
    { &rsa_1024,    LEGACY_RSAPRIVATE_BLOB,      20 + 9 * 64 },
    { &rsa_2048,    BCRYPT_RSAPUBLIC_BLOB,       283 },
    { &rsa_1025,    BCRYPT_RSAPRIVATE_BLOB,      24 + 3 + 129 + 65 + 64 },
    { &rsa_1025,    BCRYPT_RSAFULLPRIVATE_BLOB,  24 + 3 + 2 * 129 + 3 * 65 + 2 * 64 },
    { &rsa_523,     BCRYPT_RSAPRIVATE_BLOB,      24 + 1 + 66 + 33 + 33 },
    { &rsa_unequal, BCRYPT_RSAPRIVATE_BLOB,      24 + 3 + 128 + 25 + 103 },
    { &rsa_unequal, BCRYPT_RSAFULLPRIVATE_BLOB,  24 + 3 + 2 * 128 + 3 * 25 + 2 * 103 },
    { &rsa_long_e,  BCRYPT_RSAPUBLIC_BLOB,       24 + 8 + 128 },
};

START_TEST(a_blob_has_the_size_of_its_numbers)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(sizes[_i].numbers);
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes = UNTOUCHED_ULONG;

    expect_status(BCryptExportKey(key, NULL, sizes[_i].type, NULL, 0, &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, sizes[_i].bytes);
    bytes = UNTOUCHED_ULONG;
    expect_status(BCryptExportKey(key, NULL, sizes[_i].type, NULL, 12345, &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, sizes[_i].bytes);

    mark(blob, sizeof(blob));
    bytes = UNTOUCHED_ULONG;
    expect_status(BCryptExportKey(key, NULL, sizes[_i].type, blob, sizes[_i].bytes - 1, &bytes, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, sizes[_i].bytes);
    expect_untouched(blob, sizeof(blob));
    expect_status(BCryptExportKey(key, NULL, sizes[_i].type, blob, 0, &bytes, 0),
                  STATUS_BUFFER_TOO_SMALL);

    bytes = UNTOUCHED_ULONG;
    expect_status(BCryptExportKey(key, NULL, sizes[_i].type, blob, sizeof(blob), &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, sizes[_i].bytes);
    expect_untouched(blob + bytes, sizeof(blob) - bytes);
}
END_TEST

/* --- every key, into every blob and out of every blob ----------------------------------------- */

static const struct rsa_numbers *const keys[] =
{
    &rsa_512, &rsa_523, &rsa_640, &rsa_1024, &rsa_1025, &rsa_2048, &rsa_swapped, &rsa_unequal,
    &rsa_long_p, &rsa_long_e,
};

static const WCHAR *const cng_types[] =
{
    BCRYPT_RSAPUBLIC_BLOB, BCRYPT_RSAPRIVATE_BLOB, BCRYPT_RSAFULLPRIVATE_BLOB,
};

static void expect_blob(BCRYPT_KEY_HANDLE key, const struct rsa_numbers *numbers, const WCHAR *type)
{
    UCHAR expected[RSA_BLOB_ROOM], blob[RSA_BLOB_ROOM];
    ULONG bytes, expected_bytes = rsa_blob(expected, numbers, type);

    expect_status(BCryptExportKey(key, NULL, type, blob, sizeof(blob), &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, expected_bytes);
    expect_bytes(blob, expected, bytes);
}

START_TEST(what_is_exported_is_what_was_imported)
{
    size_t from, to;

    for (from = 0; from < ARRAY_SIZE(cng_types); from++)
    {
        BCRYPT_KEY_HANDLE key = import_rsa(rsa, keys[_i], cng_types[from]);

        for (to = 0; to < (from ? ARRAY_SIZE(cng_types) : 1); to++)
            expect_blob(key, keys[_i], cng_types[to]);
    }
}
END_TEST

/* Windows stopped to take private keys as short as this in 2025; who still has one may use it
 * here. */
START_TEST(a_short_key_is_taken)
{
    expect_blob(rsa_pair(&rsa_384), &rsa_384, BCRYPT_RSAFULLPRIVATE_BLOB);
    expect_blob(rsa_public(&rsa_384), &rsa_384, BCRYPT_RSAPUBLIC_BLOB);
}
END_TEST

static const struct rsa_numbers *const capi_keys[] = { &rsa_512, &rsa_523, &rsa_1024, &rsa_2048,
                                                       &rsa_swapped };

START_TEST(capi_blobs_carry_the_same_numbers)
{
    BCRYPT_KEY_HANDLE key = import_rsa(rsa, capi_keys[_i], LEGACY_RSAPRIVATE_BLOB);

    expect_blob(key, capi_keys[_i], BCRYPT_RSAFULLPRIVATE_BLOB);
    expect_blob(key, capi_keys[_i], LEGACY_RSAPRIVATE_BLOB);
    expect_blob(key, capi_keys[_i], LEGACY_RSAPUBLIC_BLOB);
    expect_blob(rsa_pair(capi_keys[_i]), capi_keys[_i], LEGACY_RSAPRIVATE_BLOB);
    expect_blob(rsa_public(capi_keys[_i]), capi_keys[_i], LEGACY_RSAPUBLIC_BLOB);
}
END_TEST

START_TEST(a_public_capi_blob_is_taken_as_well)
{
    expect_blob(import_rsa(rsa, capi_keys[_i], LEGACY_RSAPUBLIC_BLOB), capi_keys[_i],
                BCRYPT_RSAPUBLIC_BLOB);
}
END_TEST

START_TEST(rsa_sign_has_the_same_blobs)
{
    BCRYPT_KEY_HANDLE key = import_rsa(BCRYPT_RSA_SIGN_ALG_HANDLE, &rsa_1024,
                                       BCRYPT_RSAPRIVATE_BLOB);
    BCRYPT_KEY_HANDLE public = import_rsa(BCRYPT_RSA_SIGN_ALG_HANDLE, &rsa_1024,
                                          BCRYPT_RSAPUBLIC_BLOB);
    ULONG bytes;

    import_rsa(BCRYPT_RSA_SIGN_ALG_HANDLE, &rsa_1024, BCRYPT_RSAFULLPRIVATE_BLOB);
    expect_blob(key, &rsa_1024, BCRYPT_RSAPRIVATE_BLOB);
    expect_blob(key, &rsa_1024, BCRYPT_RSAFULLPRIVATE_BLOB);
    expect_blob(public, &rsa_1024, BCRYPT_RSAPUBLIC_BLOB);
    expect_status(BCryptExportKey(public, NULL, BCRYPT_RSAPRIVATE_BLOB, NULL, 0, &bytes, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* Both are right: who brings the smallest d, as FIPS 186-5 has it, gets the same blob back. */
START_TEST(a_shorter_private_exponent_is_kept)
{
    expect_blob(import_rsa(rsa, &rsa_short_d, BCRYPT_RSAFULLPRIVATE_BLOB), &rsa_short_d,
                BCRYPT_RSAFULLPRIVATE_BLOB);
    expect_blob(import_rsa(rsa, &rsa_short_d, LEGACY_RSAPRIVATE_BLOB), &rsa_short_d,
                BCRYPT_RSAFULLPRIVATE_BLOB);
}
END_TEST

static const int derived_parts[] = { RSA_DP, RSA_DQ, RSA_QINV, RSA_D };

/* What follows from the primes is not believed. */
START_TEST(a_wrong_derived_number_is_put_right)
{
    UCHAR blob[RSA_BLOB_ROOM], *part;
    ULONG bytes = rsa_blob(blob, &rsa_512, BCRYPT_RSAFULLPRIVATE_BLOB);
    BCRYPT_KEY_HANDLE key;
    int change;

    for (change = 0; change < 4; change++)
    {
        rsa_blob(blob, &rsa_512, BCRYPT_RSAFULLPRIVATE_BLOB);
        part = rsa_blob_part(blob, derived_parts[_i]);
        if (change == 0) part[5] ^= 1;
        if (change == 1) memset(part, 0, 32);
        if (change == 2) memset(part, 0xff, 32);
        if (change == 3) part[31] ^= 1;
        expect_status(import(BCRYPT_RSAFULLPRIVATE_BLOB, blob, bytes, &key), STATUS_SUCCESS);
        expect_blob(key, &rsa_512, BCRYPT_RSAFULLPRIVATE_BLOB);
    }
}
END_TEST

/* --- the generic types ------------------------------------------------------------------------ */

START_TEST(a_generic_blob_is_known_by_its_magic)
{
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes = rsa_blob(blob, &rsa_512, BCRYPT_RSAPUBLIC_BLOB);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(import(BCRYPT_PUBLIC_KEY_BLOB, blob, bytes, &key), STATUS_SUCCESS);
    expect_blob(key, &rsa_512, BCRYPT_RSAPUBLIC_BLOB);
    expect_blob(key, &rsa_512, BCRYPT_PUBLIC_KEY_BLOB);
    put_field(blob, MAGIC, BCRYPT_ECDSA_PUBLIC_P256_MAGIC);
    expect_status(import(BCRYPT_PUBLIC_KEY_BLOB, blob, bytes, &key), STATUS_INVALID_PARAMETER);
    put_field(blob, MAGIC, BCRYPT_RSAPRIVATE_MAGIC);
    expect_status(import(BCRYPT_PUBLIC_KEY_BLOB, blob, bytes, &key), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(a_generic_private_blob_is_a_private_or_a_full_one)
{
    UCHAR blob[RSA_BLOB_ROOM];
    BCRYPT_KEY_HANDLE key;
    ULONG bytes;

    bytes = rsa_blob(blob, &rsa_512, BCRYPT_RSAPRIVATE_BLOB);
    expect_status(import(BCRYPT_PRIVATE_KEY_BLOB, blob, bytes, &key), STATUS_SUCCESS);
    expect_blob(key, &rsa_512, BCRYPT_PRIVATE_KEY_BLOB);
    bytes = rsa_blob(blob, &rsa_512, BCRYPT_RSAFULLPRIVATE_BLOB);
    expect_status(import(BCRYPT_PRIVATE_KEY_BLOB, blob, bytes, &key), STATUS_SUCCESS);
    expect_blob(key, &rsa_512, BCRYPT_RSAFULLPRIVATE_BLOB);
    bytes = rsa_blob(blob, &rsa_512, BCRYPT_RSAPUBLIC_BLOB);
    expect_status(import(BCRYPT_PRIVATE_KEY_BLOB, blob, bytes, &key), STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- types that are none ---------------------------------------------------------------------- */

static const WCHAR *const foreign_types[] =
{
    BCRYPT_ECCPUBLIC_BLOB, BCRYPT_ECCPRIVATE_BLOB, BCRYPT_DH_PUBLIC_BLOB, BCRYPT_DSA_PRIVATE_BLOB,
    BCRYPT_KEY_DATA_BLOB, BCRYPT_OPAQUE_KEY_BLOB, L"rsapublicblob", L"", L"RSAPUBLICBLOB2",
    LEGACY_DSA_V2_PRIVATE_BLOB, BCRYPT_PKCS11_RSA_AES_WRAP_KEY_BLOB,
};

START_TEST(another_type_is_not_supported)
{
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes = rsa_blob(blob, &rsa_512, BCRYPT_RSAPUBLIC_BLOB);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(import(foreign_types[_i], blob, bytes, &key), STATUS_NOT_SUPPORTED);
    expect_pointer(key, UNTOUCHED_HANDLE);
    key = rsa_pair(&rsa_512);
    expect_status(BCryptExportKey(key, NULL, foreign_types[_i], NULL, 0, &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptExportKey(key, NULL, foreign_types[_i], blob, sizeof(blob), &bytes, 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

static const struct
{
    const WCHAR *type, *written_as;
} mismatches[] =
{
    { BCRYPT_RSAPUBLIC_BLOB,      BCRYPT_RSAPRIVATE_BLOB },
    { BCRYPT_RSAPUBLIC_BLOB,      BCRYPT_RSAFULLPRIVATE_BLOB },
    { BCRYPT_RSAPRIVATE_BLOB,     BCRYPT_RSAPUBLIC_BLOB },
    { BCRYPT_RSAPRIVATE_BLOB,     BCRYPT_RSAFULLPRIVATE_BLOB },
    { BCRYPT_RSAFULLPRIVATE_BLOB, BCRYPT_RSAPUBLIC_BLOB },
    { BCRYPT_RSAFULLPRIVATE_BLOB, BCRYPT_RSAPRIVATE_BLOB },
};

START_TEST(a_blob_of_another_type_is_refused)
{
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes = rsa_blob(blob, &rsa_512, mismatches[_i].written_as);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(import(mismatches[_i].type, blob, bytes, &key), STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

static const WCHAR *const private_types[] =
{
    BCRYPT_RSAPRIVATE_BLOB, BCRYPT_RSAFULLPRIVATE_BLOB, LEGACY_RSAPRIVATE_BLOB,
    BCRYPT_PRIVATE_KEY_BLOB,
};

START_TEST(a_public_key_has_no_private_blob)
{
    BCRYPT_KEY_HANDLE key = rsa_public(&rsa_512);
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes;

    expect_status(BCryptExportKey(key, NULL, private_types[_i], NULL, 0, &bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptExportKey(key, NULL, private_types[_i], blob, sizeof(blob), &bytes, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- lengths that contradict each other ------------------------------------------------------- */

static const WCHAR *const all_types[] =
{
    BCRYPT_RSAPUBLIC_BLOB, BCRYPT_RSAPRIVATE_BLOB, BCRYPT_RSAFULLPRIVATE_BLOB,
    LEGACY_RSAPRIVATE_BLOB,
};

START_TEST(a_blob_of_another_length_is_bad_data)
{
    UCHAR blob[RSA_BLOB_ROOM] = { 0 };
    ULONG bytes = rsa_blob(blob, &rsa_512, all_types[_i]), length;
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(import(all_types[_i], blob, bytes - 1, &key), NTE_BAD_DATA_STATUS);
    expect_status(import(all_types[_i], blob, bytes + 1, &key), NTE_BAD_DATA_STATUS);
    for (length = 24; length < bytes; length++)
    {
        expect_status(import(all_types[_i], blob, length, &key), NTE_BAD_DATA_STATUS);
    }
    expect_pointer(key, UNTOUCHED_HANDLE);
    expect_status(import(all_types[_i], blob, bytes, &key), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_blob_shorter_than_its_header_is_bad_data)
{
    UCHAR blob[RSA_BLOB_ROOM];
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    ULONG length;

    rsa_blob(blob, &rsa_512, all_types[_i]);
    for (length = 0; length < 24; length++)
    {
        expect_status(import(all_types[_i], blob, length, &key), NTE_BAD_DATA_STATUS);
    }
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

static const struct
{
    int field;
    ULONG value;
} bad_lengths[] =
{
    { CB_PUBLIC_EXP, 9 },  { CB_PUBLIC_EXP, 2 },  { CB_PUBLIC_EXP, 0 },
    { CB_PUBLIC_EXP, 0xffffffff }, { CB_MODULUS, 63 },    { CB_MODULUS, 65 },    { CB_MODULUS, 0 },
    { CB_MODULUS, 0xffffffff }, { CB_PRIME1, 31 },     { CB_PRIME1, 33 },     { CB_PRIME1, 0 },
    { CB_PRIME1, 0xffffffff }, { CB_PRIME2, 31 },     { CB_PRIME2, 33 },     { CB_PRIME2, 0 },
    { CB_PRIME2, 0xfffffff0 }, { CB_MODULUS, 0x80000040 }, { CB_PRIME1, 0x80000020 },
    { CB_PRIME2, 0x80000020 },
};

START_TEST(a_length_that_lies_is_bad_data)
{
    UCHAR blob[RSA_BLOB_ROOM];
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    ULONG bytes;

    bytes = rsa_blob(blob, &rsa_512, BCRYPT_RSAPRIVATE_BLOB);
    put_field(blob, bad_lengths[_i].field, bad_lengths[_i].value);
    expect_status(import(BCRYPT_RSAPRIVATE_BLOB, blob, bytes, &key), NTE_BAD_DATA_STATUS);
    bytes = rsa_blob(blob, &rsa_512, BCRYPT_RSAFULLPRIVATE_BLOB);
    put_field(blob, bad_lengths[_i].field, bad_lengths[_i].value);
    expect_status(import(BCRYPT_RSAFULLPRIVATE_BLOB, blob, bytes, &key), NTE_BAD_DATA_STATUS);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

/* Puts zeros before e, which then has that many bytes. */
static ULONG widen_exponent(UCHAR *blob, ULONG bytes, ULONG width)
{
    UCHAR *e = rsa_blob_part(blob, RSA_E);
    BCRYPT_RSAKEY_BLOB header;
    ULONG more;

    memcpy(&header, blob, sizeof(header));
    more = width - header.cbPublicExp;
    memmove(e + more, e, bytes - sizeof(header));
    memset(e, 0, more);
    put_field(blob, CB_PUBLIC_EXP, width);
    return bytes + more;
}

START_TEST(an_exponent_may_have_leading_zeros)
{
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes = rsa_blob(blob, &rsa_1024, BCRYPT_RSAPUBLIC_BLOB);
    BCRYPT_KEY_HANDLE key;

    bytes = widen_exponent(blob, bytes, 8);
    expect_status(import(BCRYPT_RSAPUBLIC_BLOB, blob, bytes, &key), STATUS_SUCCESS);
    expect_blob(key, &rsa_1024, BCRYPT_RSAPUBLIC_BLOB);
    bytes = widen_exponent(blob, bytes, 9);
    expect_status(import(BCRYPT_RSAPUBLIC_BLOB, blob, bytes, &key), NTE_BAD_DATA_STATUS);
}
END_TEST

START_TEST(the_bit_length_is_not_looked_at)
{
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes = rsa_blob(blob, &rsa_1024, BCRYPT_RSAPUBLIC_BLOB);
    BCRYPT_KEY_HANDLE key;

    put_field(blob, BIT_LENGTH, 768);
    expect_status(import(BCRYPT_RSAPUBLIC_BLOB, blob, bytes, &key), STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 1024);
    expect_blob(key, &rsa_1024, BCRYPT_RSAPUBLIC_BLOB);
}
END_TEST

/* --- numbers out of range --------------------------------------------------------------------- */

static const struct
{
    int part, byte;                             /* the byte of the part; -1: the last one */
    UCHAR change;
} bad_private[] =
{
    { RSA_N, -1, 1 },                           /* even */
    { RSA_N, 20, 4 },                           /* not p * q */
    { RSA_P, -1, 1 }, { RSA_P, 9, 0x20 },
    { RSA_Q, -1, 1 }, { RSA_Q, 9, 0x20 },
    { RSA_E, -1, 1 },                           /* even: it has no inverse */
};

START_TEST(numbers_that_do_not_fit_together_are_refused)
{
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes = rsa_blob(blob, &rsa_512, BCRYPT_RSAPRIVATE_BLOB);
    int byte = bad_private[_i].byte;
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    if (byte < 0)
    {
        byte = (int)(rsa_blob_part(blob, bad_private[_i].part + 1) -
                     rsa_blob_part(blob, bad_private[_i].part)) -
               1;
    }
    rsa_blob_part(blob, bad_private[_i].part)[byte] ^= bad_private[_i].change;
    expect_status(import(BCRYPT_RSAPRIVATE_BLOB, blob, bytes, &key), STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

/* Both keys are right: with primes of 127 and 386 bits, and of 128 and 385. */
static const struct
{
    struct rsa_numbers numbers;
    NTSTATUS status;
} short_primes[] =
{
    { { 513, { "010001",
        "015f28532b0aa43429b88454c7605f957be0f9e67149feeda0f7ba9002762b1feabfcb4743e993d0"
        "17c0e4f092dd40ac5708e9f828d252729635b8a11e0ad7c2f3", "6e2ae6405b1a1affc613a14c16574177",
        "032fff07ec2b5d3a63299af000e6f246f2e5165808db23b493e2c292c795c92c9d5b5ce2af6a23ac"
        "51fdd9b45c9d404965" } }, STATUS_INVALID_PARAMETER },
    { { 513, { "010001",
        "0171c30b60030c703712bb967821f1e2dce654fcfc3a633fd5890070d670f596b40a9369ac9e8acf"
        "adab25ebb384e2839301998eae4302c7c19bd9d98ef8d60c03", "c2e2ed88c99c088153517f87eb535203",
        "01e5b6bfd1c191106018afbfe72138c14522de234f6d5c874c2cf9dba224d6ee382bb1c2dec27d26"
        "1450cdbcf6d3e23e01" } }, STATUS_SUCCESS },
};

START_TEST(a_prime_has_128_bits_at_least)
{
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes = rsa_blob(blob, &short_primes[_i].numbers, BCRYPT_RSAPRIVATE_BLOB);
    BCRYPT_KEY_HANDLE key;

    expect_status(import(BCRYPT_RSAPRIVATE_BLOB, blob, bytes, &key), short_primes[_i].status);
}
END_TEST

/* e divides p - 1: 3 is no exponent for primes of which one is 1 modulo 3. */
START_TEST(an_exponent_without_inverse_is_refused)
{
    struct rsa_numbers numbers = rsa_512;
    UCHAR blob[RSA_BLOB_ROOM];
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    unsigned int bad = 0;
    ULONG bytes, e;

    /* one of the odd numbers up to 400 divides (p - 1)(q - 1) */
    for (e = 3; e < 400; e += 2)
    {
        char hex[8];

        snprintf(hex, sizeof(hex), "%06lx", (unsigned long)e);
        numbers.part[RSA_E] = hex;
        bytes = rsa_blob(blob, &numbers, BCRYPT_RSAPRIVATE_BLOB);
        bad += import(BCRYPT_RSAPRIVATE_BLOB, blob, bytes, &key) == STATUS_INVALID_PARAMETER;
    }
    expect_true(bad);
    expect_at_most(bad, 198);
}
END_TEST

/* A public key of a modulus of that many bits, all of them set; and its status. */
static NTSTATUS import_bits(ULONG bits, ULONG e, BCRYPT_KEY_HANDLE *key)
{
    static UCHAR blob[24 + 8 + 2100];
    ULONG bytes = (bits + 7) / 8;

    put_field(blob, MAGIC, BCRYPT_RSAPUBLIC_MAGIC);
    put_field(blob, BIT_LENGTH, bits);
    put_field(blob, CB_PUBLIC_EXP, 4);
    put_field(blob, CB_MODULUS, bytes);
    put_field(blob, CB_PRIME1, 0);
    put_field(blob, CB_PRIME2, 0);
    blob[24] = (UCHAR)(e >> 24);
    blob[25] = (UCHAR)(e >> 16);
    blob[26] = (UCHAR)(e >> 8);
    blob[27] = (UCHAR)e;
    memset(blob + 28, 0xff, bytes);
    blob[28] = (UCHAR)(0xff >> (8 * bytes - bits));
    return import(BCRYPT_RSAPUBLIC_BLOB, blob, 28 + bytes, key);
}

static const ULONG good_bits[] = { 496, 511, 512, 513, 519, 520, 1000, 1023, 2047, 3071, 4095,
                                   8192 };

START_TEST(a_modulus_may_have_any_number_of_bits)
{
    BCRYPT_KEY_HANDLE key;

    expect_status(import_bits(good_bits[_i], 65537, &key), STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), good_bits[_i]);
    expect_value(property_ulong(key, BCRYPT_SIGNATURE_LENGTH), (good_bits[_i] + 7) / 8);
}
END_TEST

START_TEST(a_modulus_has_its_limits)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(import_bits(255, 65537, &key), STATUS_INVALID_PARAMETER);
    expect_status(import_bits(8, 65537, &key), STATUS_INVALID_PARAMETER);
    expect_status(import_bits(16385, 65537, &key), STATUS_INVALID_PARAMETER);
    expect_status(import_bits(16385 + 64, 65537, &key), STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
    expect_status(import_bits(256, 65537, &key), STATUS_SUCCESS);
    expect_status(import_bits(16384, 65537, &key), STATUS_SUCCESS);
}
END_TEST

START_TEST(an_exponent_of_zero_or_one_is_refused)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(import_bits(1024, 0, &key), STATUS_INVALID_PARAMETER);
    expect_status(import_bits(1024, 1, &key), STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
    expect_status(import_bits(1024, 3, &key), STATUS_SUCCESS);
    expect_status(import_bits(1024, 4, &key), STATUS_SUCCESS);      /* nobody can sign for it */
}
END_TEST

START_TEST(an_even_modulus_is_refused)
{
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes = rsa_blob(blob, &rsa_512, BCRYPT_RSAPUBLIC_BLOB);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    blob[bytes - 1] &= 0xfe;
    expect_status(import(BCRYPT_RSAPUBLIC_BLOB, blob, bytes, &key), STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

/* --- BCryptImportKeyPair's and BCryptExportKey's other arguments ------------------------------ */

static const struct
{
    ULONG flags;
    NTSTATUS status;
} flags[] =
{
    { BCRYPT_NO_KEY_VALIDATION,              STATUS_SUCCESS },
    { BCRYPT_KEY_VALIDATION_RANGE,           STATUS_SUCCESS },
    { BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER, STATUS_SUCCESS },
    { BCRYPT_KEY_VALIDATION_REGENERATE,      STATUS_SUCCESS },
    { 0x1,                                   STATUS_INVALID_PARAMETER },
    { 0x80000000,                            STATUS_INVALID_PARAMETER },
};

START_TEST(importing_takes_the_validation_flags)
{
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes = rsa_blob(blob, &rsa_512, BCRYPT_RSAPRIVATE_BLOB);
    BCRYPT_KEY_HANDLE key = NULL;
    NTSTATUS status;

    status = BCryptImportKeyPair(rsa, NULL, BCRYPT_RSAPRIVATE_BLOB, &key, blob, bytes,
                                 flags[_i].flags);
    if (!status) keep_key(key);
    expect_status(status, flags[_i].status);
}
END_TEST

START_TEST(importing_refuses_what_is_wrong)
{
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes = rsa_blob(blob, &rsa_512, BCRYPT_RSAPUBLIC_BLOB);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE, wrapping = rsa_pair(&rsa_512);

    expect_status(BCryptImportKeyPair(NULL, NULL, BCRYPT_RSAPUBLIC_BLOB, &key, blob, bytes, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptImportKeyPair(rsa, NULL, NULL, &key, blob, bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptImportKeyPair(rsa, NULL, BCRYPT_RSAPUBLIC_BLOB, NULL, blob, bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptImportKeyPair(rsa, NULL, BCRYPT_RSAPUBLIC_BLOB, &key, NULL, 0, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptImportKeyPair(rsa, wrapping, BCRYPT_RSAPUBLIC_BLOB, &key, blob, bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptImportKeyPair(BCRYPT_SHA1_ALG_HANDLE, NULL, BCRYPT_RSAPUBLIC_BLOB, &key,
                                      blob, bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(exporting_refuses_what_is_wrong)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512), wrapping = rsa_pair(&rsa_640);
    ULONG bytes = UNTOUCHED_ULONG;

    expect_status(BCryptExportKey(NULL, NULL, BCRYPT_RSAPUBLIC_BLOB, NULL, 0, &bytes, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptExportKey(key, NULL, NULL, NULL, 0, &bytes, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_RSAPUBLIC_BLOB, NULL, 0, NULL, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptExportKey(key, wrapping, BCRYPT_RSAPUBLIC_BLOB, NULL, 0, &bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_value(bytes, UNTOUCHED_ULONG);
}
END_TEST

/* --- CAPI ------------------------------------------------------------------------------------- */

static const struct
{
    int byte;
    UCHAR value;
} bad_capi[] =
{
    { 0, 6 }, { 0, 8 }, { 1, 1 }, { 1, 3 }, { 5, 0x22 }, { 4, 1 }, { 11, 0x31 }, { 8, 0x53 },
    { 12, 1 }, { 13, 1 }, { 13, 3 }, { 15, 0x80 },
};

START_TEST(a_wrong_capi_header_is_bad_data)
{
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes = rsa_blob(blob, &rsa_512, LEGACY_RSAPRIVATE_BLOB);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    blob[bad_capi[_i].byte] = bad_capi[_i].value;
    expect_status(import(LEGACY_RSAPRIVATE_BLOB, blob, bytes, &key), NTE_BAD_DATA_STATUS);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_capi_signature_key_is_taken)
{
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes = rsa_blob(blob, &rsa_512, LEGACY_RSAPRIVATE_BLOB);
    BCRYPT_KEY_HANDLE key;

    blob[5] = 0x24;                             /* CALG_RSA_SIGN */
    expect_status(import(LEGACY_RSAPRIVATE_BLOB, blob, bytes, &key), STATUS_SUCCESS);
    expect_blob(key, &rsa_512, BCRYPT_RSAFULLPRIVATE_BLOB);
}
END_TEST

START_TEST(capi_has_no_room_for_some_keys)
{
    ULONG bytes;

    expect_status(BCryptExportKey(rsa_pair(&rsa_long_e), NULL, LEGACY_RSAPUBLIC_BLOB, NULL, 0,
                                  &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptExportKey(rsa_pair(&rsa_unequal), NULL, LEGACY_RSAPRIVATE_BLOB, NULL, 0,
                                  &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptExportKey(rsa_pair(&rsa_long_p), NULL, LEGACY_RSAPRIVATE_BLOB, NULL, 0,
                                  &bytes, 0),
                  STATUS_NOT_SUPPORTED);
    expect_blob(rsa_pair(&rsa_unequal), &rsa_unequal, LEGACY_RSAPUBLIC_BLOB);
}
END_TEST

/* --- MSCryptConvertRsaPrivateBlobToFullRsaBlob ------------------------------------------------ */

typedef NTSTATUS (WINAPI *convert_function)(PUCHAR, ULONG, PUCHAR, ULONG, ULONG *);

static convert_function find_convert(void)
{
#ifdef _WIN32
    return (convert_function)(void *)GetProcAddress(LoadLibraryA("bcryptprimitives.dll"),
                                                    "MSCryptConvertRsaPrivateBlobToFullRsaBlob");
#else
    return MSCryptConvertRsaPrivateBlobToFullRsaBlob;
#endif
}

START_TEST(a_private_blob_is_made_a_full_one)
{
    convert_function convert = find_convert();
    UCHAR blob[RSA_BLOB_ROOM], full[RSA_BLOB_ROOM], expected[RSA_BLOB_ROOM];
    ULONG bytes = rsa_blob(blob, keys[_i], BCRYPT_RSAPRIVATE_BLOB), full_bytes = UNTOUCHED_ULONG;
    ULONG expected_bytes = rsa_blob(expected, keys[_i], BCRYPT_RSAFULLPRIVATE_BLOB);

    expect_true(convert != NULL);
    expect_status(convert(blob, bytes, NULL, 0, &full_bytes), STATUS_SUCCESS);
    expect_value(full_bytes, expected_bytes);
    mark(full, sizeof(full));
    expect_status(convert(blob, bytes, full, expected_bytes - 1, &full_bytes),
                  STATUS_BUFFER_TOO_SMALL);
    expect_untouched(full, sizeof(full));
    expect_status(convert(blob, bytes, full, sizeof(full), &full_bytes), STATUS_SUCCESS);
    expect_value(full_bytes, expected_bytes);
    expect_bytes(full, expected, expected_bytes);

    expect_status(convert(NULL, bytes, full, sizeof(full), &full_bytes), STATUS_INVALID_PARAMETER);
    expect_status(convert(blob, bytes, full, sizeof(full), NULL), STATUS_INVALID_PARAMETER);
    expect_status(convert(blob, bytes - 1, full, sizeof(full), &full_bytes), NTE_BAD_DATA_STATUS);
    bytes = rsa_blob(blob, keys[_i], BCRYPT_RSAPUBLIC_BLOB);
    expect_status(convert(blob, bytes, full, sizeof(full), &full_bytes), STATUS_INVALID_PARAMETER);
}
END_TEST

void rsa_blob_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, a_blob_has_the_size_of_its_numbers, sizes);
    add_rows(tests, what_is_exported_is_what_was_imported, keys);
    add_rows(tests, capi_blobs_carry_the_same_numbers, capi_keys);
    add_test(tests, rsa_sign_has_the_same_blobs);
    add_test(tests, a_generic_blob_is_known_by_its_magic);
    add_rows(tests, another_type_is_not_supported, foreign_types);
    add_rows(tests, a_blob_of_another_type_is_refused, mismatches);
    add_rows(tests, a_public_key_has_no_private_blob, private_types);
    add_rows(tests, a_blob_of_another_length_is_bad_data, all_types);
    add_rows(tests, a_length_that_lies_is_bad_data, bad_lengths);
    add_test(tests, an_exponent_may_have_leading_zeros);
    add_test(tests, the_bit_length_is_not_looked_at);
    add_rows(tests, numbers_that_do_not_fit_together_are_refused, bad_private);
    add_test(tests, an_exponent_without_inverse_is_refused);
    add_rows(tests, a_modulus_may_have_any_number_of_bits, good_bits);
    add_rows(tests, importing_takes_the_validation_flags, flags);
    add_test(tests, importing_refuses_what_is_wrong);
    add_test(tests, exporting_refuses_what_is_wrong);
    add_test(tests, a_capi_signature_key_is_taken);

    tests = ours(suite);
    add_rows(tests, a_public_capi_blob_is_taken_as_well, capi_keys);
    add_test(tests, a_shorter_private_exponent_is_kept);
    add_test(tests, a_short_key_is_taken);
    add_rows(tests, a_wrong_derived_number_is_put_right, derived_parts);
    add_test(tests, a_generic_private_blob_is_a_private_or_a_full_one);
    add_rows(tests, a_blob_shorter_than_its_header_is_bad_data, all_types);
    add_test(tests, a_modulus_has_its_limits);
    add_test(tests, an_exponent_of_zero_or_one_is_refused);
    add_rows(tests, a_prime_has_128_bits_at_least, short_primes);
    add_test(tests, an_even_modulus_is_refused);
    add_rows(tests, a_wrong_capi_header_is_bad_data, bad_capi);
    add_test(tests, capi_has_no_room_for_some_keys);
    add_rows(tests, a_private_blob_is_made_a_full_one, keys);
}
