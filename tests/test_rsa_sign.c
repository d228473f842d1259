/*
 * test_rsa_sign.c - BCryptSignHash and BCryptVerifySignature with RSA keys.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_rsa_signing.h"

/* 00 01 ff... 00 and these bytes. */
static void make_block(UCHAR *block, ULONG bytes, const UCHAR *content, ULONG content_bytes)
{
    memset(block, 0xff, bytes);
    block[0] = 0;
    block[1] = 1;
    block[bytes - content_bytes - 1] = 0;
    memcpy(block + bytes - content_bytes, content, content_bytes);
}

/* --- sizes ------------------------------------------------------------------------------------ */

static const struct
{
    const struct rsa_numbers *numbers;
    ULONG bytes;
} sizes[] =
{
    { &rsa_512, 64 }, { &rsa_523, 66 }, { &rsa_1024, 128 }, { &rsa_1025, 129 }, { &rsa_2048, 256 },
};

static BCRYPT_PKCS1_PADDING_INFO sha1 = { BCRYPT_SHA1_ALGORITHM };
static BCRYPT_PKCS1_PADDING_INFO no_algorithm = { NULL };
static BCRYPT_PSS_PADDING_INFO pss_sha1 = { BCRYPT_SHA1_ALGORITHM, 20 };

START_TEST(the_size_needs_nothing_but_the_key)
{
    BCRYPT_KEY_HANDLE pair = rsa_pair(sizes[_i].numbers), public = rsa_public(sizes[_i].numbers);
    ULONG result = UNTOUCHED_ULONG;

    expect_status(sign(pair, &sha1, counting, 20, NULL, 0, &result, BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    expect_value(result, sizes[_i].bytes);
    result = UNTOUCHED_ULONG;
    expect_status(sign(public, &sha1, counting, 20, NULL, 0, &result, BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    expect_value(result, sizes[_i].bytes);
    result = UNTOUCHED_ULONG;
    expect_status(sign(public, &pss_sha1, NULL, 0, NULL, 0, &result, BCRYPT_PAD_PSS),
                  STATUS_SUCCESS);
    expect_value(result, sizes[_i].bytes);
    result = UNTOUCHED_ULONG;
    expect_status(sign(pair, NULL, NULL, 0, NULL, 100, &result, 0), STATUS_SUCCESS);
    expect_value(result, sizes[_i].bytes);
}
END_TEST

START_TEST(a_signature_is_as_long_as_the_modulus)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(sizes[_i].numbers);
    ULONG bytes = sizes[_i].bytes, result = UNTOUCHED_ULONG;
    UCHAR signature[300];

    mark(signature, sizeof(signature));
    expect_status(sign(key, &sha1, counting, 20, signature, bytes - 1, &result, BCRYPT_PAD_PKCS1),
                  STATUS_BUFFER_TOO_SMALL);
    expect_value(result, bytes);
    result = UNTOUCHED_ULONG;
    expect_status(sign(key, &sha1, counting, 20, signature, 0, &result, BCRYPT_PAD_PKCS1),
                  STATUS_BUFFER_TOO_SMALL);
    expect_value(result, bytes);
    expect_untouched(signature, sizeof(signature));
    expect_status(sign(key, &sha1, counting, 20, signature, sizeof(signature), &result,
                       BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    expect_value(result, bytes);
    expect_untouched(signature + bytes, sizeof(signature) - bytes);
    expect_status(verify(key, &sha1, counting, 20, signature, bytes, BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
}
END_TEST

/* --- PKCS #1 ---------------------------------------------------------------------------------- */

START_TEST(pkcs1_signs_the_digest_info)
{
    BCRYPT_PKCS1_PADDING_INFO padding = { hashes[_i].hash };
    UCHAR signature[256], again[256], block[256], expected[256], info[100];
    ULONG bytes = hashes[_i].bytes, result, info_bytes;
    size_t i;

    info_bytes = (ULONG)unhex(info, sizeof(info), hashes[_i].info);
    memcpy(info + info_bytes, counting, bytes);
    make_block(expected, 256, info, info_bytes + bytes);
    for (i = 0; i < ARRAY_SIZE(signers); i++)
    {
        BCRYPT_KEY_HANDLE key = import_rsa(signers[i], &rsa_2048, BCRYPT_RSAPRIVATE_BLOB);

        expect_status(sign(key, &padding, counting, bytes, signature, 256, &result,
                           BCRYPT_PAD_PKCS1),
                      STATUS_SUCCESS);
        expect_value(result, 256);
        open_signature(rsa_public(&rsa_2048), signature, block, 256);
        expect_bytes(block, expected, 256);
        expect_status(sign(key, &padding, counting, bytes, again, 256, &result, BCRYPT_PAD_PKCS1),
                      STATUS_SUCCESS);
        expect_bytes(again, signature, 256);
        expect_status(verify(key, &padding, counting, bytes, signature, 256, BCRYPT_PAD_PKCS1),
                      STATUS_SUCCESS);
    }
}
END_TEST

START_TEST(pkcs1_without_parameters_verifies_as_well)
{
    BCRYPT_PKCS1_PADDING_INFO padding = { hashes[_i].hash };
    UCHAR signature[256], block[256], info[100];
    ULONG bytes = hashes[_i].bytes, info_bytes;
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_2048);

    info_bytes = (ULONG)unhex(info, sizeof(info), hashes[_i].bare_info);
    memcpy(info + info_bytes, counting, bytes);
    make_block(block, 256, info, info_bytes + bytes);
    sign_block(key, block, signature, 256);
    expect_status(verify(key, &padding, counting, bytes, signature, 256, BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    expect_status(verify(key, &padding, counting + 1, bytes, signature, 256, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(a_named_hash_has_its_length)
{
    BCRYPT_PKCS1_PADDING_INFO pkcs1 = { hashes[_i].hash };
    BCRYPT_PSS_PADDING_INFO pss = { hashes[_i].hash, 0 };
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_2048);
    const ULONG wrong[] = { 0, 4, hashes[_i].bytes - 1, hashes[_i].bytes + 1, 100 };
    UCHAR signature[256] = { 0 };
    ULONG result;
    size_t i;

    mark(signature, 256);
    for (i = 0; i < ARRAY_SIZE(wrong); i++)
    {
        expect_status(sign(key, &pkcs1, counting, wrong[i], signature, 256, &result,
                           BCRYPT_PAD_PKCS1),
                      STATUS_INVALID_PARAMETER);
        expect_status(sign(key, &pss, counting, wrong[i], signature, 256, &result, BCRYPT_PAD_PSS),
                      STATUS_INVALID_PARAMETER);
        expect_status(verify(key, &pkcs1, counting, wrong[i], signature, 256, BCRYPT_PAD_PKCS1),
                      STATUS_INVALID_PARAMETER);
        expect_status(verify(key, &pss, counting, wrong[i], signature, 256, BCRYPT_PAD_PSS),
                      STATUS_INVALID_PARAMETER);
    }
    expect_untouched(signature, 256);
}
END_TEST

static const ULONG raw_lengths[] = { 0, 1, 20, 36, 53 };

START_TEST(pkcs1_without_a_name_signs_what_it_is_given)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR signature[64], block[64], expected[64];
    ULONG result, bytes = raw_lengths[_i];

    make_block(expected, 64, counting, bytes);
    expect_status(sign(key, &no_algorithm, counting, bytes, signature, 64, &result,
                       BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    open_signature(key, signature, block, 64);
    expect_bytes(block, expected, 64);
    expect_status(verify(key, &no_algorithm, counting, bytes, signature, 64, BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    expect_status(verify(key, &no_algorithm, counting, bytes + 1, signature, 64, BCRYPT_PAD_PKCS1),
                  bytes == 53 ? STATUS_INVALID_PARAMETER : STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(what_does_not_fit_is_refused)
{
    BCRYPT_PKCS1_PADDING_INFO sha384 = { BCRYPT_SHA384_ALGORITHM },
                              sha256 = { BCRYPT_SHA256_ALGORITHM };
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR signature[64];
    ULONG result;

    mark(signature, 64);
    expect_status(sign(key, &no_algorithm, counting, 54, signature, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
    expect_status(sign(key, &no_algorithm, counting, 0xffffffff, signature, 64, &result,
                       BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
    expect_status(sign(key, &sha384, counting, 48, signature, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(signature, 64);
    expect_status(verify(key, &no_algorithm, counting, 54, counting, 64, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
    expect_status(verify(key, &sha384, counting, 48, counting, 64, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
    expect_status(sign(key, &sha256, counting, 32, signature, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    expect_status(sign(rsa_pair(&rsa_384), &sha256, counting, 32, signature, 64, &result,
                       BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(a_digest_without_its_name_is_another_signature)
{
    UCHAR named[64], raw[64];
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    ULONG result;

    expect_status(sign(key, &sha1, counting, 20, named, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    expect_status(sign(key, &no_algorithm, counting, 20, raw, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    expect_status(verify(key, &no_algorithm, counting, 20, named, 64, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_SIGNATURE);
    expect_status(verify(key, &sha1, counting, 20, raw, 64, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_SIGNATURE);
}
END_TEST

static const ULONG optional_flags[] =
{
    BCRYPT_PAD_PKCS1_OPTIONAL_HASH_OID, BCRYPT_PAD_PKCS1 | BCRYPT_PAD_PKCS1_OPTIONAL_HASH_OID,
};

START_TEST(the_name_may_be_optional)
{
    UCHAR named[64], raw[64];
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    ULONG result, flags = optional_flags[_i];

    expect_status(sign(key, &sha1, counting, 20, named, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    expect_status(sign(key, &no_algorithm, counting, 20, raw, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    expect_status(verify(key, &sha1, counting, 20, named, 64, flags), STATUS_SUCCESS);
    expect_status(verify(key, &sha1, counting, 20, raw, 64, flags), STATUS_SUCCESS);
    expect_status(verify(key, &no_algorithm, counting, 20, raw, 64, flags), STATUS_SUCCESS);
    expect_status(verify(key, &no_algorithm, counting, 20, named, 64, flags),
                  STATUS_INVALID_SIGNATURE);
    expect_status(verify(key, &sha1, counting + 1, 20, raw, 64, flags), STATUS_INVALID_SIGNATURE);
    expect_status(verify(key, &sha1, counting, 19, raw, 64, flags), STATUS_INVALID_PARAMETER);
    expect_status(verify(key, NULL, counting, 20, raw, 64, flags), STATUS_INVALID_PARAMETER);
    expect_status(sign(key, &sha1, counting, 20, raw, 64, &result, flags),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* Blocks that lenient verifiers have taken: Bleichenbacher's forgery of 2006 and its relatives. */
static const struct
{
    int byte;
    UCHAR value;
} forgeries[] =
{
    { 0, 1 }, { 1, 0 }, { 1, 2 }, { 2, 0xfe }, { 2, 0 }, { 15, 0 }, { 27, 0xfe }, { 28, 1 },
    { 28, 0xff }, { 29, 0x31 }, { 30, 0x22 }, { 40, 0x1b }, { 41, 0x04 }, { 42, 1 }, { 43, 0x15 },
    { 43, 0x13 }, { 45, 2 }, { 63, 0 },
};

START_TEST(a_block_that_is_nearly_right_is_not_right)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR signature[64], block[64];
    ULONG result;

    expect_status(sign(key, &sha1, counting, 20, signature, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    open_signature(key, signature, block, 64);
    expect_true(block[forgeries[_i].byte] != forgeries[_i].value);
    block[forgeries[_i].byte] = forgeries[_i].value;
    sign_block(key, block, signature, 64);
    expect_status(verify(key, &sha1, counting, 20, signature, 64, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_SIGNATURE);
    expect_status(verify(key, &sha1, counting, 20, signature, 64,
                         BCRYPT_PAD_PKCS1_OPTIONAL_HASH_OID),
                  STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(a_digest_with_something_behind_it_is_not_right)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR signature[64], block[64];
    ULONG result;

    expect_status(sign(key, &sha1, counting, 20, signature, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    open_signature(key, signature, block, 64);
    memmove(block + 2, block + 12, 52);         /* less padding, garbage behind the digest */
    sign_block(key, block, signature, 64);
    expect_status(verify(key, &sha1, counting, 20, signature, 64, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_SIGNATURE);
}
END_TEST

/* --- what is refused -------------------------------------------------------------------------- */

static const struct
{
    void *padding;
    ULONG flags;
} bad_schemes[] =
{
    { NULL,      0 },
    { &sha1,     0 },
    { &pss_sha1, 0 },
    { NULL,      BCRYPT_PAD_PKCS1 },
    { NULL,      BCRYPT_PAD_PSS },
    { &sha1,     BCRYPT_PAD_NONE },
    { &sha1,     BCRYPT_PAD_OAEP },
    { &pss_sha1, BCRYPT_PAD_PKCS1 | BCRYPT_PAD_PSS },
    { &sha1,     BCRYPT_PAD_NONE | BCRYPT_PAD_PKCS1 },
    { &sha1,     BCRYPT_PAD_PQDSA },
    { &sha1,     0x80000002 },
};

START_TEST(padding_must_be_chosen)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR signature[64], room[64];
    NTSTATUS status;
    ULONG result;

    expect_status(sign(key, &sha1, counting, 20, signature, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    status = verify(key, bad_schemes[_i].padding, counting, 20, signature, 64,
                    bad_schemes[_i].flags);
    if (bad_schemes[_i].padding == &sha1 && !bad_schemes[_i].flags)         /* newer Windows */
        expect_true(status == STATUS_INVALID_PARAMETER || status == STATUS_INVALID_SIGNATURE);
    else expect_status(status, STATUS_INVALID_PARAMETER);
    mark(room, 64);
    expect_status(sign(key, bad_schemes[_i].padding, counting, 20, room, 64, &result,
                       bad_schemes[_i].flags),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(room, 64);
}
END_TEST

static const WCHAR *const no_hashes[] = { BCRYPT_AES_ALGORITHM, BCRYPT_RSA_ALGORITHM, L"SHA9", L"",
                                          L"AES-CMAC" };

START_TEST(a_name_that_is_no_hash_is_not_supported)
{
    BCRYPT_PKCS1_PADDING_INFO pkcs1 = { no_hashes[_i] };
    BCRYPT_PSS_PADDING_INFO pss = { no_hashes[_i], 20 };
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR signature[64];
    ULONG result;

    expect_status(sign(key, &pkcs1, counting, 20, signature, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_NOT_SUPPORTED);
    expect_status(sign(key, &pss, counting, 20, signature, 64, &result, BCRYPT_PAD_PSS),
                  STATUS_NOT_SUPPORTED);
    expect_status(verify(key, &pkcs1, counting, 20, counting, 64, BCRYPT_PAD_PKCS1),
                  STATUS_NOT_SUPPORTED);
    expect_status(verify(key, &pss, counting, 20, counting, 64, BCRYPT_PAD_PSS),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(a_signature_of_another_length_is_refused)
{
    BCRYPT_KEY_HANDLE key = rsa_public(&rsa_512);
    ULONG bytes;

    for (bytes = 0; bytes < 100; bytes++)
    {
        if (bytes == 64) continue;
        expect_status(verify(key, &sha1, counting, 20, counting, bytes, BCRYPT_PAD_PKCS1),
                      STATUS_INVALID_PARAMETER);
        expect_status(verify(key, &pss_sha1, counting, 20, counting, bytes, BCRYPT_PAD_PSS),
                      STATUS_INVALID_PARAMETER);
    }
}
END_TEST

START_TEST(a_changed_signature_is_wrong)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512), other = rsa_pair(&rsa_short_d);
    UCHAR pkcs1[64], pss[64];
    ULONG result, i;

    expect_status(sign(key, &sha1, counting, 20, pkcs1, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_SUCCESS);
    expect_status(sign(key, &pss_sha1, counting, 20, pss, 64, &result, BCRYPT_PAD_PSS),
                  STATUS_SUCCESS);
    expect_status(verify(key, &sha1, counting, 20, pss, 64, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_SIGNATURE);
    expect_status(verify(key, &pss_sha1, counting, 20, pkcs1, 64, BCRYPT_PAD_PSS),
                  STATUS_INVALID_SIGNATURE);
    expect_status(verify(other, &sha1, counting, 20, pkcs1, 64, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_SIGNATURE);
    for (i = 0; i < 64; i++)
    {
        pkcs1[i] ^= 1;
        pss[i] ^= 1;
        expect_status(verify(key, &sha1, counting, 20, pkcs1, 64, BCRYPT_PAD_PKCS1),
                      STATUS_INVALID_SIGNATURE);
        expect_status(verify(key, &pss_sha1, counting, 20, pss, 64, BCRYPT_PAD_PSS),
                      STATUS_INVALID_SIGNATURE);
        pkcs1[i] ^= 1;
        pss[i] ^= 1;
    }
    expect_status(verify(key, &sha1, counting, 20, pkcs1, 64, BCRYPT_PAD_PKCS1), STATUS_SUCCESS);
    expect_status(verify(key, &pss_sha1, counting, 20, pss, 64, BCRYPT_PAD_PSS), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_signature_not_below_the_modulus_is_wrong)
{
    BCRYPT_KEY_HANDLE key = rsa_public(&rsa_512);
    UCHAR signature[64];

    memset(signature, 0xff, 64);
    expect_status(verify(key, &sha1, counting, 20, signature, 64, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_SIGNATURE);
    unhex(signature, 64, rsa_512.part[RSA_N]);
    expect_status(verify(key, &pss_sha1, counting, 20, signature, 64, BCRYPT_PAD_PSS),
                  STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(signing_and_verifying_want_pointers)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR signature[64];
    ULONG result;

    expect_status(sign(key, &sha1, NULL, 20, signature, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
    expect_status(sign(key, &sha1, counting, 20, signature, 64, NULL, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
    expect_status(verify(key, &sha1, NULL, 20, counting, 64, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
    expect_status(verify(key, &sha1, counting, 20, NULL, 64, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- keys ------------------------------------------------------------------------------------- */

static const struct rsa_numbers *const keys[] =
{
    &rsa_384, &rsa_512, &rsa_523, &rsa_1024, &rsa_1025, &rsa_2048, &rsa_swapped, &rsa_unequal,
    &rsa_long_p, &rsa_long_e, &rsa_short_d,
};

static const WCHAR *const private_types[] =
{
    BCRYPT_RSAPRIVATE_BLOB, BCRYPT_RSAFULLPRIVATE_BLOB,
};

START_TEST(every_key_signs)
{
    BCRYPT_PSS_PADDING_INFO pss = { BCRYPT_MD5_ALGORITHM, 16 };
    BCRYPT_KEY_HANDLE public = rsa_public(keys[_i]);
    UCHAR signature[256];
    ULONG result;
    size_t i;
    int round;

    for (i = 0; i < ARRAY_SIZE(private_types); i++)
    {
        BCRYPT_KEY_HANDLE key = import_rsa(BCRYPT_RSA_ALG_HANDLE, keys[_i], private_types[i]);

        for (round = 0; round < 40; round++)    /* longer than a blinding lasts */
        {
            expect_status(sign(key, &no_algorithm, counting + round, 36, signature, 256, &result,
                               BCRYPT_PAD_PKCS1),
                          STATUS_SUCCESS);
            expect_status(verify(public, &no_algorithm, counting + round, 36, signature, result,
                                 BCRYPT_PAD_PKCS1),
                          STATUS_SUCCESS);
        }
        expect_status(sign(key, &pss, counting, 16, signature, 256, &result, BCRYPT_PAD_PSS),
                      STATUS_SUCCESS);
        expect_status(verify(public, &pss, counting, 16, signature, result, BCRYPT_PAD_PSS),
                      STATUS_SUCCESS);
    }
}
END_TEST

void rsa_sign_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, the_size_needs_nothing_but_the_key, sizes);
    add_rows(tests, a_signature_is_as_long_as_the_modulus, sizes);
    add_rows(tests, pkcs1_signs_the_digest_info, hashes);
    add_rows(tests, pkcs1_without_parameters_verifies_as_well, hashes);
    add_rows(tests, a_named_hash_has_its_length, hashes);
    add_rows(tests, pkcs1_without_a_name_signs_what_it_is_given, raw_lengths);
    add_test(tests, what_does_not_fit_is_refused);
    add_test(tests, a_digest_without_its_name_is_another_signature);
    add_rows(tests, the_name_may_be_optional, optional_flags);
    add_rows(tests, a_block_that_is_nearly_right_is_not_right, forgeries);
    add_test(tests, a_digest_with_something_behind_it_is_not_right);
    add_rows(tests, padding_must_be_chosen, bad_schemes);
    add_rows(tests, a_name_that_is_no_hash_is_not_supported, no_hashes);
    add_test(tests, a_signature_of_another_length_is_refused);
    add_test(tests, a_changed_signature_is_wrong);
    add_test(tests, signing_and_verifying_want_pointers);

    tests = ours(suite);
    add_test(tests, a_signature_not_below_the_modulus_is_wrong);
    add_rows(tests, every_key_signs, keys);
}
