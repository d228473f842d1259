/*
 * test_rsa_pss.c - RSA signatures with PSS: salts, and the form of the block.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_rsa_signing.h"

static BCRYPT_PSS_PADDING_INFO pss_sha1 = { BCRYPT_SHA1_ALGORITHM, 20 };

START_TEST(pss_signs_with_every_hash)
{
    BCRYPT_PSS_PADDING_INFO padding = { hashes[_i].hash, hashes[_i].bytes };
    UCHAR signature[256], again[256];
    ULONG result, bytes = hashes[_i].bytes;
    size_t i, j;

    for (i = 0; i < ARRAY_SIZE(signers); i++)
    {
        BCRYPT_KEY_HANDLE key = import_rsa(signers[i], &rsa_2048, BCRYPT_RSAPRIVATE_BLOB);

        expect_status(sign(key, &padding, counting, bytes, signature, 256, &result, BCRYPT_PAD_PSS),
                      STATUS_SUCCESS);
        expect_value(result, 256);
        expect_status(sign(key, &padding, counting, bytes, again, 256, &result, BCRYPT_PAD_PSS),
                      STATUS_SUCCESS);
        expect_different(again, signature, 256);
        for (j = 0; j < ARRAY_SIZE(signers); j++)
        {
            BCRYPT_KEY_HANDLE public = import_rsa(signers[j], &rsa_2048, BCRYPT_RSAPUBLIC_BLOB);

            expect_status(verify(public, &padding, counting, bytes, signature, 256, BCRYPT_PAD_PSS),
                          STATUS_SUCCESS);
            expect_status(verify(public, &padding, counting + 1, bytes, signature, 256,
                                 BCRYPT_PAD_PSS),
                          STATUS_INVALID_SIGNATURE);
        }
    }
}
END_TEST

static const ULONG salts[] = { 0, 1, 19, 20, 21, 32, 42 };

START_TEST(a_salt_has_the_length_that_is_said)
{
    BCRYPT_PSS_PADDING_INFO padding = { BCRYPT_SHA1_ALGORITHM, salts[_i] }, other = padding;
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR signature[64];
    ULONG result;

    expect_status(sign(key, &padding, counting, 20, signature, 64, &result, BCRYPT_PAD_PSS),
                  STATUS_SUCCESS);
    expect_status(verify(key, &padding, counting, 20, signature, 64, BCRYPT_PAD_PSS),
                  STATUS_SUCCESS);
    other.cbSalt = padding.cbSalt ? padding.cbSalt - 1 : 1;
    expect_status(verify(key, &other, counting, 20, signature, 64, BCRYPT_PAD_PSS),
                  STATUS_INVALID_SIGNATURE);
}
END_TEST

/* With 1025 bits the block is a byte shorter than the modulus, with 1024 there is one bit to
 * spare. */
static const struct
{
    const struct rsa_numbers *numbers;
    ULONG most;
} salt_limits[] =
{
    { &rsa_512, 64 - 20 - 2 }, { &rsa_523, 66 - 20 - 2 }, { &rsa_1024, 128 - 20 - 2 },
    { &rsa_1025, 128 - 20 - 2 },
};

START_TEST(a_salt_must_fit)
{
    BCRYPT_PSS_PADDING_INFO padding = { BCRYPT_SHA1_ALGORITHM, salt_limits[_i].most };
    BCRYPT_KEY_HANDLE key = rsa_pair(salt_limits[_i].numbers);
    ULONG result, bytes = property_ulong(key, BCRYPT_SIGNATURE_LENGTH);
    UCHAR signature[129];

    expect_status(sign(key, &padding, counting, 20, signature, bytes, &result, BCRYPT_PAD_PSS),
                  STATUS_SUCCESS);
    expect_status(verify(key, &padding, counting, 20, signature, bytes, BCRYPT_PAD_PSS),
                  STATUS_SUCCESS);
    mark(signature, sizeof(signature));
    padding.cbSalt++;
    expect_status(sign(key, &padding, counting, 20, signature, bytes, &result, BCRYPT_PAD_PSS),
                  STATUS_INVALID_PARAMETER);
    padding.cbSalt = 0xffffffff;                /* no length stands for another one */
    expect_status(sign(key, &padding, counting, 20, signature, bytes, &result, BCRYPT_PAD_PSS),
                  STATUS_INVALID_PARAMETER);
    padding.cbSalt = 0xfffffffe;
    expect_status(sign(key, &padding, counting, 20, signature, bytes, &result, BCRYPT_PAD_PSS),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(signature, sizeof(signature));
}
END_TEST

/* No salt, one as long as the hash, and the longest that fits, of every hash. */
START_TEST(a_salt_may_have_any_length_with_any_hash)
{
    ULONG hash_bytes = hashes[_i].bytes, most = 256 - hash_bytes - 2, result;
    const ULONG lengths[] = { 0, 1, hash_bytes, most };
    BCRYPT_PSS_PADDING_INFO padding = { hashes[_i].hash, 0 }, other = { hashes[_i].hash, 0 };
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_2048);
    UCHAR signature[256];
    size_t i, j;

    for (i = 0; i < ARRAY_SIZE(lengths); i++)
    {
        padding.cbSalt = lengths[i];
        expect_status(sign(key, &padding, counting, hash_bytes, signature, 256, &result,
                           BCRYPT_PAD_PSS), STATUS_SUCCESS);
        for (j = 0; j < ARRAY_SIZE(lengths); j++)
        {
            other.cbSalt = lengths[j];
            expect_status(verify(key, &other, counting, hash_bytes, signature, 256, BCRYPT_PAD_PSS),
                          i == j ? STATUS_SUCCESS : STATUS_INVALID_SIGNATURE);
        }
    }
    padding.cbSalt = most + 1;
    expect_status(sign(key, &padding, counting, hash_bytes, signature, 256, &result,
                       BCRYPT_PAD_PSS), STATUS_INVALID_PARAMETER);
    expect_status(verify(key, &padding, counting, hash_bytes, signature, 256, BCRYPT_PAD_PSS),
                  STATUS_INVALID_SIGNATURE);
}
END_TEST

/* A salt that has no room, but is no longer than the modulus, makes a wrong signature; every one of
 * them, with a signature that is right with another salt and with one that never is. */
START_TEST(a_salt_without_room_is_a_wrong_signature)
{
    BCRYPT_PSS_PADDING_INFO padding = { BCRYPT_SHA1_ALGORITHM, salt_limits[_i].most };
    BCRYPT_KEY_HANDLE key = rsa_pair(salt_limits[_i].numbers);
    ULONG result, bytes = property_ulong(key, BCRYPT_SIGNATURE_LENGTH), salt;
    UCHAR signature[129], zeros[129] = { 0 };

    expect_status(sign(key, &padding, counting, 20, signature, bytes, &result, BCRYPT_PAD_PSS),
                  STATUS_SUCCESS);
    for (salt = salt_limits[_i].most + 1; salt <= bytes; salt++)
    {
        padding.cbSalt = salt;
        expect_status(verify(key, &padding, counting, 20, signature, bytes, BCRYPT_PAD_PSS),
                      STATUS_INVALID_SIGNATURE);
        expect_status(verify(key, &padding, counting, 20, zeros, bytes, BCRYPT_PAD_PSS),
                      STATUS_INVALID_SIGNATURE);
        expect_status(verify(key, &padding, counting, 20, signature, bytes - 1, BCRYPT_PAD_PSS),
                      STATUS_INVALID_PARAMETER);
    }
    for (salt = bytes + 1; salt; salt = salt < 0x10000 ? 3 * salt : salt << 1)
    {
        padding.cbSalt = salt;
        expect_status(verify(key, &padding, counting, 20, signature, bytes, BCRYPT_PAD_PSS),
                      STATUS_INVALID_PARAMETER);
    }
    padding.cbSalt = 0xffffffff;
    expect_status(verify(key, &padding, counting, 20, signature, bytes, BCRYPT_PAD_PSS),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* SHA-512 with moduli of 64 bytes and of 48: the same of a digest without room. */
START_TEST(a_digest_without_room_is_a_wrong_signature)
{
    BCRYPT_PSS_PADDING_INFO padding = { BCRYPT_SHA512_ALGORITHM, 0 };
    UCHAR zeros[64] = { 0 };

    expect_status(verify(rsa_public(&rsa_512), &padding, counting, 64, zeros, 64, BCRYPT_PAD_PSS),
                  STATUS_INVALID_SIGNATURE);
    padding.cbSalt = 64;
    expect_status(verify(rsa_public(&rsa_512), &padding, counting, 64, zeros, 64, BCRYPT_PAD_PSS),
                  STATUS_INVALID_SIGNATURE);
    padding.cbSalt = 0;
    expect_status(verify(rsa_public(&rsa_384), &padding, counting, 64, zeros, 48, BCRYPT_PAD_PSS),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(pss_needs_a_modulus_that_is_long_enough)
{
    BCRYPT_PSS_PADDING_INFO padding = { BCRYPT_SHA512_ALGORITHM, 0 };
    UCHAR signature[66];
    ULONG result;

    expect_status(sign(rsa_pair(&rsa_512), &padding, counting, 64, signature, 64, &result,
                       BCRYPT_PAD_PSS),
                  STATUS_INVALID_PARAMETER);
    expect_status(sign(rsa_pair(&rsa_523), &padding, counting, 64, signature, 66, &result,
                       BCRYPT_PAD_PSS),
                  STATUS_SUCCESS);
    expect_status(verify(rsa_public(&rsa_523), &padding, counting, 64, signature, 66,
                         BCRYPT_PAD_PSS),
                  STATUS_SUCCESS);
}
END_TEST

START_TEST(pss_has_the_form_of_rfc_8017)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_1025);
    UCHAR signature[129], block[129];
    ULONG result;
    int i;

    for (i = 0; i < 20; i++)
    {
        expect_status(sign(key, &pss_sha1, counting, 20, signature, 129, &result, BCRYPT_PAD_PSS),
                      STATUS_SUCCESS);
        open_signature(key, signature, block, 129);
        expect_value(block[0], 0);
        expect_value(block[128], 0xbc);
    }
}
END_TEST

START_TEST(a_changed_pss_block_is_refused)
{
    BCRYPT_PSS_PADDING_INFO padding = { BCRYPT_SHA1_ALGORITHM, 10 };
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_523);
    UCHAR signature[66], block[66], changed[66];
    ULONG result, i;

    expect_status(sign(key, &padding, counting, 20, signature, 66, &result, BCRYPT_PAD_PSS),
                  STATUS_SUCCESS);
    open_signature(key, signature, block, 66);
    for (i = 0; i < 66; i++)
    {
        memcpy(changed, block, 66);
        changed[i] ^= 1;
        sign_block(key, changed, signature, 66);
        expect_status(verify(key, &padding, counting, 20, signature, 66, BCRYPT_PAD_PSS),
                      STATUS_INVALID_SIGNATURE);
    }
}
END_TEST

/* The bits above the block must be zero: 523 bits leave 522 of 528. */
START_TEST(a_bit_above_the_pss_block_is_refused)
{
    BCRYPT_PSS_PADDING_INFO padding = { BCRYPT_SHA1_ALGORITHM, 10 };
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_523);
    UCHAR signature[66], block[66];
    ULONG result;

    do
    {
        expect_status(sign(key, &padding, counting, 20, signature, 66, &result, BCRYPT_PAD_PSS),
                      STATUS_SUCCESS);
        open_signature(key, signature, block, 66);
        expect_value(block[0] & 0xfc, 0);
        block[0] |= 4;
    }
    /* above n */
    while (BCryptDecrypt(key, block, 66, NULL, NULL, 0, signature, 66, &result, BCRYPT_PAD_NONE));
    expect_status(verify(key, &padding, counting, 20, signature, 66, BCRYPT_PAD_PSS),
                  STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(pss_wants_a_hash)
{
    BCRYPT_PSS_PADDING_INFO pss = { NULL, 20 };
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR signature[64];
    ULONG result;

    expect_status(sign(key, &pss, counting, 20, signature, 64, &result, BCRYPT_PAD_PSS),
                  STATUS_INVALID_PARAMETER);
    expect_status(verify(key, &pss, counting, 20, counting, 64, BCRYPT_PAD_PSS),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

void rsa_pss_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, pss_signs_with_every_hash, hashes);
    add_rows(tests, a_salt_has_the_length_that_is_said, salts);
    add_rows(tests, a_salt_must_fit, salt_limits);
    add_rows(tests, a_salt_may_have_any_length_with_any_hash, hashes);
    add_rows(tests, a_salt_without_room_is_a_wrong_signature, salt_limits);
    add_test(tests, pss_needs_a_modulus_that_is_long_enough);
    add_test(tests, pss_has_the_form_of_rfc_8017);
    add_test(tests, a_changed_pss_block_is_refused);
    add_test(tests, a_bit_above_the_pss_block_is_refused);
    add_test(tests, pss_wants_a_hash);

    tests = ours(suite);
    add_test(tests, a_digest_without_room_is_a_wrong_signature);
}
