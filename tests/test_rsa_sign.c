/*
 * test_rsa_sign.c - BCryptSignHash and BCryptVerifySignature with RSA keys.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_rsa_keys.h"

static NTSTATUS sign(BCRYPT_KEY_HANDLE key, void *padding, const void *hash, ULONG bytes,
                     UCHAR *output, ULONG output_bytes, ULONG *result, ULONG flags)
{
    return BCryptSignHash(key, padding, (UCHAR *)hash, bytes, output, output_bytes, result, flags);
}

static NTSTATUS verify(BCRYPT_KEY_HANDLE key, void *padding, const void *hash, ULONG bytes,
                       const void *signature, ULONG signature_bytes, ULONG flags)
{
    return BCryptVerifySignature(key, padding, (UCHAR *)hash, bytes, (UCHAR *)signature,
                                 signature_bytes, flags);
}

/* The block in a signature. */
static void open_signature(BCRYPT_KEY_HANDLE key, const UCHAR *signature, UCHAR *block, ULONG bytes)
{
    ULONG result;

    expect_encrypt(key, STATUS_SUCCESS, .input = signature, .bytes = bytes, .output = block,
                   .room = bytes, .result = &result, .flags = BCRYPT_PAD_NONE);
}

/* A signature of a block that is made here. */
static void sign_block(BCRYPT_KEY_HANDLE key, const UCHAR *block, UCHAR *signature, ULONG bytes)
{
    ULONG result;

    expect_decrypt(key, STATUS_SUCCESS, .input = block, .bytes = bytes, .output = signature,
                   .room = bytes, .result = &result, .flags = BCRYPT_PAD_NONE);
}

/* 00 01 ff... 00 and these bytes. */
static void make_block(UCHAR *block, ULONG bytes, const UCHAR *content, ULONG content_bytes)
{
    memset(block, 0xff, bytes);
    block[0] = 0;
    block[1] = 1;
    block[bytes - content_bytes - 1] = 0;
    memcpy(block + bytes - content_bytes, content, content_bytes);
}

static const struct
{
    const WCHAR *hash;
    ULONG bytes;
    const char *info;                           /* DigestInfo up to the digest */
    const char *bare_info;                      /* without the NULL for parameters */
} hashes[] =
{
    /* RFC 8017, 9.2, note 1; RFC 9688 for SHA-3 */
    { BCRYPT_MD2_ALGORITHM, 16, "3020300c06082a864886f70d020205000410",
      "301e300a06082a864886f70d02020410" },
    { BCRYPT_MD5_ALGORITHM, 16, "3020300c06082a864886f70d020505000410",
      "301e300a06082a864886f70d02050410" },
    { BCRYPT_MD4_ALGORITHM, 16, "3020300c06082a864886f70d020405000410",
      "301e300a06082a864886f70d02040410" },
    { BCRYPT_SHA1_ALGORITHM, 20, "3021300906052b0e03021a05000414",
      "301f300706052b0e03021a0414" },
    { BCRYPT_SHA256_ALGORITHM, 32, "3031300d060960864801650304020105000420",
      "302f300b06096086480165030402010420" },
    { BCRYPT_SHA384_ALGORITHM, 48, "3041300d060960864801650304020205000430",
      "303f300b06096086480165030402020430" },
    { BCRYPT_SHA512_ALGORITHM, 64, "3051300d060960864801650304020305000440",
      "304f300b06096086480165030402030440" },
    { BCRYPT_SHA3_256_ALGORITHM, 32, "3031300d060960864801650304020805000420",
      "302f300b06096086480165030402080420" },
    { BCRYPT_SHA3_384_ALGORITHM, 48, "3041300d060960864801650304020905000430",
      "303f300b06096086480165030402090430" },
    { BCRYPT_SHA3_512_ALGORITHM, 64, "3051300d060960864801650304020a05000440",
      "304f300b060960864801650304020a0440" },
};

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

static BCRYPT_ALG_HANDLE const algorithms[] = { BCRYPT_RSA_ALG_HANDLE, BCRYPT_RSA_SIGN_ALG_HANDLE };

START_TEST(pkcs1_signs_the_digest_info)
{
    BCRYPT_PKCS1_PADDING_INFO padding = { hashes[_i].hash };
    UCHAR signature[256], again[256], block[256], expected[256], info[100];
    ULONG bytes = hashes[_i].bytes, result, info_bytes;
    size_t i;

    info_bytes = (ULONG)unhex(info, sizeof(info), hashes[_i].info);
    memcpy(info + info_bytes, counting, bytes);
    make_block(expected, 256, info, info_bytes + bytes);
    for (i = 0; i < ARRAY_SIZE(algorithms); i++)
    {
        BCRYPT_KEY_HANDLE key = import_rsa(algorithms[i], &rsa_2048, BCRYPT_RSAPRIVATE_BLOB);

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

/* --- PSS -------------------------------------------------------------------------------------- */

START_TEST(pss_signs_with_every_hash)
{
    BCRYPT_PSS_PADDING_INFO padding = { hashes[_i].hash, hashes[_i].bytes };
    UCHAR signature[256], again[256];
    ULONG result, bytes = hashes[_i].bytes;
    size_t i, j;

    for (i = 0; i < ARRAY_SIZE(algorithms); i++)
    {
        BCRYPT_KEY_HANDLE key = import_rsa(algorithms[i], &rsa_2048, BCRYPT_RSAPRIVATE_BLOB);

        expect_status(sign(key, &padding, counting, bytes, signature, 256, &result, BCRYPT_PAD_PSS),
                      STATUS_SUCCESS);
        expect_value(result, 256);
        expect_status(sign(key, &padding, counting, bytes, again, 256, &result, BCRYPT_PAD_PSS),
                      STATUS_SUCCESS);
        expect_different(again, signature, 256);
        for (j = 0; j < ARRAY_SIZE(algorithms); j++)
        {
            BCRYPT_KEY_HANDLE public = import_rsa(algorithms[j], &rsa_2048, BCRYPT_RSAPUBLIC_BLOB);

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
    add_rows(tests, pss_signs_with_every_hash, hashes);
    add_rows(tests, a_salt_has_the_length_that_is_said, salts);
    add_rows(tests, a_salt_must_fit, salt_limits);
    add_rows(tests, a_salt_may_have_any_length_with_any_hash, hashes);
    add_rows(tests, a_salt_without_room_is_a_wrong_signature, salt_limits);
    add_test(tests, pss_needs_a_modulus_that_is_long_enough);
    add_test(tests, pss_has_the_form_of_rfc_8017);
    add_test(tests, a_changed_pss_block_is_refused);
    add_test(tests, a_bit_above_the_pss_block_is_refused);
    add_rows(tests, padding_must_be_chosen, bad_schemes);
    add_rows(tests, a_name_that_is_no_hash_is_not_supported, no_hashes);
    add_test(tests, pss_wants_a_hash);
    add_test(tests, a_signature_of_another_length_is_refused);
    add_test(tests, a_changed_signature_is_wrong);
    add_test(tests, signing_and_verifying_want_pointers);

    tests = ours(suite);
    add_test(tests, a_digest_without_room_is_a_wrong_signature);
    add_test(tests, a_signature_not_below_the_modulus_is_wrong);
    add_rows(tests, every_key_signs, keys);
}
