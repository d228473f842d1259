/*
 * test_rsa_crypt.c - BCryptEncrypt and BCryptDecrypt with RSA keys.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_rsa_keys.h"

static const UCHAR message[] = "Hello World!";          /* 13 bytes with its NUL */

static NTSTATUS encrypt(BCRYPT_KEY_HANDLE key, const void *input, ULONG bytes, void *padding,
                        UCHAR *output, ULONG output_bytes, ULONG *result, ULONG flags)
{
    return BCryptEncrypt(key, (UCHAR *)input, bytes, padding, NULL, 0, output, output_bytes, result,
                         flags);
}

static NTSTATUS decrypt(BCRYPT_KEY_HANDLE key, const void *input, ULONG bytes, void *padding,
                        UCHAR *output, ULONG output_bytes, ULONG *result, ULONG flags)
{
    return BCryptDecrypt(key, (UCHAR *)input, bytes, padding, NULL, 0, output, output_bytes, result,
                         flags);
}

/* Encrypts, and expects the same back. */
static void expect_round_trip(BCRYPT_KEY_HANDLE key, const UCHAR *input, ULONG bytes, void *padding,
                              ULONG flags)
{
    UCHAR cipher[256], plain[256];
    ULONG block = property_ulong(key, BCRYPT_BLOCK_LENGTH), result = UNTOUCHED_ULONG;

    expect_status(encrypt(key, input, bytes, padding, cipher, sizeof(cipher), &result, flags),
                  STATUS_SUCCESS);
    expect_value(result, block);
    result = UNTOUCHED_ULONG;
    expect_status(decrypt(key, cipher, block, padding, NULL, 0, &result, flags), STATUS_SUCCESS);
    expect_value(result, bytes);
    mark(plain, sizeof(plain));
    expect_status(decrypt(key, cipher, block, padding, plain, sizeof(plain), &result, flags),
                  STATUS_SUCCESS);
    expect_value(result, bytes);
    expect_bytes(plain, input, bytes);
    expect_untouched(plain + bytes, sizeof(plain) - bytes);
}

/* --- PAD_NONE --------------------------------------------------------------------------------- */

static const ULONG raw_flags[] = { 0, BCRYPT_PAD_NONE };

START_TEST(without_padding_it_is_plain_rsa)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR input[64] = { 0 }, cipher[64], again[64], plain[64];
    ULONG result;

    memcpy(input + 51, message, 13);
    expect_status(encrypt(key, input, 64, NULL, cipher, 64, &result, raw_flags[_i]),
                  STATUS_SUCCESS);
    expect_value(result, 64);
    expect_status(encrypt(key, input, 64, NULL, again, 64, &result, raw_flags[_i]), STATUS_SUCCESS);
    expect_bytes(again, cipher, 64);
    expect_status(decrypt(key, cipher, 64, NULL, NULL, 0, &result, raw_flags[_i]), STATUS_SUCCESS);
    expect_value(result, 64);
    expect_status(decrypt(key, cipher, 64, NULL, plain, 64, &result, raw_flags[_i]),
                  STATUS_SUCCESS);
    expect_value(result, 64);
    expect_bytes(plain, input, 64);
}
END_TEST

START_TEST(zero_and_one_stay_what_they_are)             /* all k bytes are written */
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_1025);
    UCHAR input[129] = { 0 }, output[129];
    ULONG result;

    mark(output, sizeof(output));
    expect_status(encrypt(key, input, 129, NULL, output, 129, &result, BCRYPT_PAD_NONE),
                  STATUS_SUCCESS);
    expect_bytes(output, input, 129);
    input[128] = 1;
    mark(output, sizeof(output));
    expect_status(decrypt(key, input, 129, NULL, output, 129, &result, BCRYPT_PAD_NONE),
                  STATUS_SUCCESS);
    expect_bytes(output, input, 129);
}
END_TEST

static const ULONG raw_lengths[] = { 0, 1, 13, 63, 65, 128 };

START_TEST(without_padding_the_length_must_be_the_keys)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR output[64];
    ULONG result;

    expect_status(encrypt(key, counting, raw_lengths[_i], NULL, output, 64, &result,
                          BCRYPT_PAD_NONE),
                  STATUS_INVALID_PARAMETER);
    expect_status(decrypt(key, counting, raw_lengths[_i], NULL, output, 64, &result,
                          BCRYPT_PAD_NONE),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(what_is_not_below_the_modulus_is_refused)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR input[64], output[64];
    ULONG result;

    unhex(input, 64, rsa_512.part[RSA_N]);
    mark(output, 64);
    expect_status(encrypt(key, input, 64, NULL, output, 64, &result, BCRYPT_PAD_NONE),
                  STATUS_INVALID_PARAMETER);
    expect_status(decrypt(key, input, 64, NULL, output, 64, &result, BCRYPT_PAD_NONE),
                  STATUS_INVALID_PARAMETER);
    expect_status(decrypt(key, input, 64, NULL, output, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
    memset(input, 0xff, 64);
    expect_status(encrypt(key, input, 64, NULL, output, 64, &result, BCRYPT_PAD_NONE),
                  STATUS_INVALID_PARAMETER);
    expect_status(decrypt(key, input, 64, NULL, output, 64, &result, BCRYPT_PAD_NONE),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(output, 64);
    unhex(input, 64, rsa_512.part[RSA_N]);
    input[63] ^= 1;                             /* n - 1 */
    expect_status(encrypt(key, input, 64, NULL, output, 64, &result, BCRYPT_PAD_NONE),
                  STATUS_SUCCESS);
    expect_bytes(output, input, 64);
}
END_TEST

/* --- sizes ------------------------------------------------------------------------------------ */

static BCRYPT_OAEP_PADDING_INFO oaep_sha1 = { BCRYPT_SHA1_ALGORITHM, NULL, 0 };

static const struct
{
    ULONG flags;
    void *padding;
} schemes[] =
{
    { 0, NULL }, { BCRYPT_PAD_NONE, NULL }, { BCRYPT_PAD_PKCS1, NULL },
    { BCRYPT_PAD_OAEP, &oaep_sha1 },
};

static const struct
{
    ULONG flags;
    void *padding;
} padded[] =
{
    { BCRYPT_PAD_PKCS1, NULL }, { BCRYPT_PAD_OAEP, &oaep_sha1 },
};

START_TEST(a_ciphertext_is_as_long_as_the_modulus)
{
    BCRYPT_KEY_HANDLE key = rsa_public(&rsa_640);
    UCHAR output[100];
    ULONG result = UNTOUCHED_ULONG, bytes = _i < 2 ? 80 : 13;
    void *padding = schemes[_i].padding;

    expect_status(encrypt(key, message, 13, padding, NULL, 0, &result, schemes[_i].flags),
                  STATUS_SUCCESS);
    expect_value(result, 80);
    result = UNTOUCHED_ULONG;
    expect_status(encrypt(key, NULL, 0, padding, NULL, 1000, &result, schemes[_i].flags),
                  STATUS_SUCCESS);
    expect_value(result, 80);
    result = UNTOUCHED_ULONG;
    expect_status(encrypt(key, message, 100000, padding, NULL, 0, &result, schemes[_i].flags),
                  STATUS_SUCCESS);
    expect_value(result, 80);

    mark(output, sizeof(output));
    result = UNTOUCHED_ULONG;
    expect_status(encrypt(key, counting, bytes, padding, output, 79, &result, schemes[_i].flags),
                  STATUS_BUFFER_TOO_SMALL);
    expect_value(result, 80);
    expect_untouched(output, sizeof(output));
    expect_status(encrypt(key, counting, bytes, padding, output, sizeof(output), &result,
                          schemes[_i].flags),
                  STATUS_SUCCESS);
    expect_value(result, 80);
    expect_untouched(output + 80, 20);
}
END_TEST

START_TEST(a_size_query_decrypts)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_640);
    UCHAR cipher[80], plain[13];
    ULONG result = UNTOUCHED_ULONG, flags = padded[_i].flags;
    void *padding = padded[_i].padding;

    expect_status(encrypt(key, message, 13, padding, cipher, 80, &result, flags), STATUS_SUCCESS);
    result = UNTOUCHED_ULONG;
    expect_status(decrypt(key, cipher, 80, padding, NULL, 0, &result, flags), STATUS_SUCCESS);
    expect_value(result, 13);
    mark(plain, 13);
    result = UNTOUCHED_ULONG;
    expect_status(decrypt(key, cipher, 80, padding, plain, 12, &result, flags),
                  STATUS_BUFFER_TOO_SMALL);
    expect_value(result, 13);
    expect_untouched(plain, 13);
    expect_status(decrypt(key, cipher, 80, padding, plain, 0, &result, flags),
                  STATUS_BUFFER_TOO_SMALL);
    expect_status(decrypt(key, cipher, 80, padding, plain, 13, &result, flags), STATUS_SUCCESS);
    expect_value(result, 13);
    expect_bytes(plain, message, 13);
}
END_TEST

START_TEST(a_short_buffer_does_not_hide_wrong_padding)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_640);
    UCHAR plain[80];
    ULONG result = UNTOUCHED_ULONG;

    expect_status(decrypt(key, counting, 80, padded[_i].padding, plain, 0, &result,
                          padded[_i].flags),
                  STATUS_INVALID_PARAMETER);
    expect_value(result, 0);
    result = UNTOUCHED_ULONG;
    expect_status(decrypt(key, counting, 80, padded[_i].padding, NULL, 0, &result,
                          padded[_i].flags),
                  STATUS_INVALID_PARAMETER);
    expect_value(result, 0);
}
END_TEST

START_TEST(a_ciphertext_of_another_length_is_refused)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_640);
    UCHAR plain[100];
    ULONG result = UNTOUCHED_ULONG, bytes;

    for (bytes = 0; bytes < 100; bytes++)
    {
        if (bytes == 80) continue;
        expect_status(decrypt(key, counting, bytes, schemes[_i].padding, plain, 100, &result,
                              schemes[_i].flags),
                      STATUS_INVALID_PARAMETER);
    }
}
END_TEST

/* --- PKCS #1 ---------------------------------------------------------------------------------- */

static const ULONG pkcs1_lengths[] = { 0, 1, 13, 52, 53 };

START_TEST(pkcs1_encrypts_up_to_k_less_11_bytes)
{
    expect_round_trip(rsa_pair(&rsa_512), counting, pkcs1_lengths[_i], NULL, BCRYPT_PAD_PKCS1);
}
END_TEST

START_TEST(pkcs1_refuses_a_longer_message)
{
    BCRYPT_KEY_HANDLE key = rsa_public(&rsa_512);
    UCHAR output[64];
    ULONG result;

    mark(output, 64);
    expect_status(encrypt(key, counting, 54, NULL, output, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
    expect_status(encrypt(key, counting, 64, NULL, output, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
    expect_status(encrypt(key, counting, 0xffffffff, NULL, output, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(output, 64);
}
END_TEST

START_TEST(encrypting_wants_a_pointer)
{
    BCRYPT_KEY_HANDLE key = rsa_public(&rsa_640);
    UCHAR output[80];
    ULONG result;

    expect_status(encrypt(key, NULL, 0, schemes[_i].padding, output, 80, &result,
                          schemes[_i].flags),
                  STATUS_INVALID_PARAMETER);
    expect_status(encrypt(key, NULL, 13, schemes[_i].padding, output, 80, &result,
                          schemes[_i].flags),
                  STATUS_INVALID_PARAMETER);
    expect_status(encrypt(key, counting, 13, schemes[_i].padding, output, 80, NULL,
                          schemes[_i].flags),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(no_ciphertext_comes_twice)
{
    BCRYPT_KEY_HANDLE key = rsa_public(&rsa_640);
    UCHAR first[80], second[80];
    ULONG result;

    expect_status(encrypt(key, message, 13, padded[_i].padding, first, 80, &result,
                          padded[_i].flags),
                  STATUS_SUCCESS);
    expect_status(encrypt(key, message, 13, padded[_i].padding, second, 80, &result,
                          padded[_i].flags),
                  STATUS_SUCCESS);
    expect_different(first, second, 80);
}
END_TEST

/* What PKCS #1 encrypts, seen without padding: 00 02, at least eight bytes that are not zero,
 * 00. */
START_TEST(pkcs1_pads_as_rfc_8017_says)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR cipher[64], block[64];
    ULONG result, bytes, i;

    for (bytes = 0; bytes <= 53; bytes++)
    {
        expect_status(encrypt(key, counting + 1, bytes, NULL, cipher, 64, &result,
                              BCRYPT_PAD_PKCS1),
                      STATUS_SUCCESS);
        expect_status(decrypt(key, cipher, 64, NULL, block, 64, &result, BCRYPT_PAD_NONE),
                      STATUS_SUCCESS);
        expect_hex(block, 2, "0002");
        for (i = 2; i < 63 - bytes; i++) expect_true(block[i] != 0);
        expect_value(block[63 - bytes], 0);
        expect_bytes(block + 64 - bytes, counting + 1, bytes);
    }
}
END_TEST

static const struct
{
    const char *block;                          /* its first bytes; 0x55 behind them */
    ULONG zero_at;                              /* the byte that is made zero; 0: none */
    NTSTATUS status;
    ULONG bytes;
} pkcs1_blocks[] =
{
    { "0002", 63, STATUS_SUCCESS,           0 },
    { "0002", 40, STATUS_SUCCESS,           23 },
    { "0002", 10, STATUS_SUCCESS,           53 },       /* eight bytes of padding */
    { "0002", 9,  STATUS_INVALID_PARAMETER, 0 },
    { "0002", 3,  STATUS_INVALID_PARAMETER, 0 },
    { "0002", 2,  STATUS_INVALID_PARAMETER, 0 },
    { "0002", 0,  STATUS_INVALID_PARAMETER, 0 },        /* nothing ends the padding */
    { "0001", 40, STATUS_INVALID_PARAMETER, 0 },
    { "0000", 40, STATUS_INVALID_PARAMETER, 0 },
    { "0003", 40, STATUS_INVALID_PARAMETER, 0 },
    { "0102", 40, STATUS_INVALID_PARAMETER, 0 },
};

START_TEST(pkcs1_decrypts_what_is_padded_right_and_nothing_else)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR block[64], cipher[64], plain[64];
    ULONG result = UNTOUCHED_ULONG;

    memset(block, 0x55, 64);
    unhex(block, 64, pkcs1_blocks[_i].block);
    if (pkcs1_blocks[_i].zero_at) block[pkcs1_blocks[_i].zero_at] = 0;
    expect_status(encrypt(key, block, 64, NULL, cipher, 64, &result, BCRYPT_PAD_NONE),
                  STATUS_SUCCESS);
    mark(plain, 64);
    expect_status(decrypt(key, cipher, 64, NULL, plain, 64, &result, BCRYPT_PAD_PKCS1),
                  pkcs1_blocks[_i].status);
    expect_value(result, pkcs1_blocks[_i].bytes);
    expect_bytes(plain, block + 64 - result, result);
    expect_untouched(plain + result, 64 - result);
}
END_TEST

/* --- OAEP ------------------------------------------------------------------------------------- */

static const struct
{
    const WCHAR *hash;
    ULONG bytes;
} hashes[] =
{
    { BCRYPT_MD2_ALGORITHM, 16 },       { BCRYPT_MD4_ALGORITHM, 16 },
    { BCRYPT_MD5_ALGORITHM, 16 },       { BCRYPT_SHA1_ALGORITHM, 20 },
    { BCRYPT_SHA256_ALGORITHM, 32 },    { BCRYPT_SHA384_ALGORITHM, 48 },
    { BCRYPT_SHA512_ALGORITHM, 64 },    { BCRYPT_SHA3_256_ALGORITHM, 32 },
    { BCRYPT_SHA3_384_ALGORITHM, 48 },   { BCRYPT_SHA3_512_ALGORITHM, 64 },
};

START_TEST(oaep_works_with_every_hash)
{
    BCRYPT_OAEP_PADDING_INFO padding = { hashes[_i].hash, NULL, 0 };
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_2048);
    ULONG most = 256 - 2 * hashes[_i].bytes - 2, result;
    UCHAR output[256];

    expect_round_trip(key, counting, 0, &padding, BCRYPT_PAD_OAEP);
    expect_round_trip(key, counting, 13, &padding, BCRYPT_PAD_OAEP);
    expect_round_trip(key, counting, most, &padding, BCRYPT_PAD_OAEP);
    mark(output, 256);
    expect_status(encrypt(key, counting, most + 1, &padding, output, 256, &result, BCRYPT_PAD_OAEP),
                  STATUS_INVALID_PARAMETER);
    expect_status(encrypt(key, counting, 0xffffffff, &padding, output, 256, &result,
                          BCRYPT_PAD_OAEP),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(output, 256);
}
END_TEST

START_TEST(oaep_has_a_label)
{
    BCRYPT_OAEP_PADDING_INFO padding = { hashes[_i].hash, (UCHAR *)"label", 5 };
    BCRYPT_OAEP_PADDING_INFO other = { hashes[_i].hash, (UCHAR *)"Label", 5 };
    BCRYPT_OAEP_PADDING_INFO none = { hashes[_i].hash, NULL, 0 };
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_2048);
    UCHAR cipher[256], plain[256];
    ULONG result;

    expect_round_trip(key, counting, 20, &padding, BCRYPT_PAD_OAEP);
    expect_status(encrypt(key, counting, 20, &padding, cipher, 256, &result, BCRYPT_PAD_OAEP),
                  STATUS_SUCCESS);
    mark(plain, 256);
    expect_status(decrypt(key, cipher, 256, &other, plain, 256, &result, BCRYPT_PAD_OAEP),
                  STATUS_INVALID_PARAMETER);
    expect_status(decrypt(key, cipher, 256, &none, plain, 256, &result, BCRYPT_PAD_OAEP),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(plain, 256);
    none.cbLabel = 5;                           /* NULL with a length */
    expect_status(encrypt(key, counting, 20, &none, cipher, 256, &result, BCRYPT_PAD_OAEP),
                  STATUS_INVALID_PARAMETER);
    none.cbLabel = 0;
    other.cbLabel = 0;                          /* no bytes at an address are none */
    expect_status(encrypt(key, counting, 20, &other, cipher, 256, &result, BCRYPT_PAD_OAEP),
                  STATUS_SUCCESS);
    expect_status(decrypt(key, cipher, 256, &none, plain, 256, &result, BCRYPT_PAD_OAEP),
                  STATUS_SUCCESS);
}
END_TEST

START_TEST(oaep_with_another_hash_does_not_decrypt)
{
    BCRYPT_OAEP_PADDING_INFO sha256 = { BCRYPT_SHA256_ALGORITHM, NULL, 0 };
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_640);
    UCHAR cipher[80], plain[80];
    ULONG result;

    expect_round_trip(key, counting, 14, &sha256, BCRYPT_PAD_OAEP);        /* 80 - 2 * 32 - 2 */
    expect_status(encrypt(key, counting, 14, &sha256, cipher, 80, &result, BCRYPT_PAD_OAEP),
                  STATUS_SUCCESS);
    expect_status(decrypt(key, cipher, 80, &oaep_sha1, plain, 80, &result, BCRYPT_PAD_OAEP),
                  STATUS_INVALID_PARAMETER);
    expect_status(decrypt(key, cipher, 80, NULL, plain, 80, &result, BCRYPT_PAD_PKCS1),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(oaep_needs_a_modulus_that_is_long_enough)
{
    BCRYPT_OAEP_PADDING_INFO sha256 = { BCRYPT_SHA256_ALGORITHM, NULL, 0 };
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512), enough = rsa_pair(&rsa_523);
    UCHAR output[66];
    ULONG result;

    expect_status(encrypt(key, counting, 0, &sha256, output, 64, &result, BCRYPT_PAD_OAEP),
                  STATUS_INVALID_PARAMETER);
    expect_status(decrypt(key, counting, 64, &sha256, output, 64, &result, BCRYPT_PAD_OAEP),
                  STATUS_INVALID_PARAMETER);
    expect_round_trip(enough, counting, 0, &sha256, BCRYPT_PAD_OAEP);      /* 66 bytes */
}
END_TEST

static const struct
{
    const WCHAR *hash;
    bool has_info;
    NTSTATUS status;
} bad_oaep[] =
{
    { BCRYPT_SHA1_ALGORITHM, false, STATUS_INVALID_PARAMETER },
    { NULL,                  true,  STATUS_INVALID_PARAMETER },
    { BCRYPT_AES_ALGORITHM,  true,  STATUS_NOT_SUPPORTED },
    { BCRYPT_RSA_ALGORITHM,  true,  STATUS_NOT_SUPPORTED },
    { L"SHA9",               true,  STATUS_NOT_SUPPORTED },
    { L"",                   true,  STATUS_NOT_SUPPORTED },
};

START_TEST(oaep_wants_a_hash)
{
    BCRYPT_OAEP_PADDING_INFO padding = { bad_oaep[_i].hash, NULL, 0 };
    void *info = bad_oaep[_i].has_info ? &padding : NULL;
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_640);
    UCHAR output[80];
    ULONG result;

    expect_status(encrypt(key, counting, 13, info, output, 80, &result, BCRYPT_PAD_OAEP),
                  bad_oaep[_i].status);
    expect_status(decrypt(key, counting, 80, info, output, 80, &result, BCRYPT_PAD_OAEP),
                  bad_oaep[_i].status);
}
END_TEST

START_TEST(how_long_oaep_is_needs_no_hash_to_tell)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_640);
    UCHAR output[80];
    ULONG result = 0;

    expect_status(encrypt(key, counting, 13, NULL, NULL, 0, &result, BCRYPT_PAD_OAEP),
                  STATUS_SUCCESS);
    expect_value(result, 80);
    result = 0;
    expect_status(encrypt(key, counting, 13, NULL, output, 0, &result, BCRYPT_PAD_OAEP),
                  STATUS_BUFFER_TOO_SMALL);
    expect_value(result, 80);
    expect_status(decrypt(key, counting, 80, NULL, NULL, 0, &result, BCRYPT_PAD_OAEP),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* A block changed anywhere is refused, and never read beyond its end. */
START_TEST(oaep_refuses_whatever_was_changed)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR cipher[64], block[64], changed[64], plain[64];
    ULONG result, i;

    expect_status(encrypt(key, counting, 10, &oaep_sha1, cipher, 64, &result, BCRYPT_PAD_OAEP),
                  STATUS_SUCCESS);
    expect_status(decrypt(key, cipher, 64, NULL, block, 64, &result, BCRYPT_PAD_NONE),
                  STATUS_SUCCESS);
    mark(plain, 64);
    for (i = 0; i < 43; i++)        /* up to the message: seed, digest of the label, zeros, one */
    {
        memcpy(changed, block, 64);
        changed[i] ^= i ? 0x40 : 1;
        expect_status(encrypt(key, changed, 64, NULL, cipher, 64, &result, BCRYPT_PAD_NONE),
                      STATUS_SUCCESS);
        expect_status(decrypt(key, cipher, 64, &oaep_sha1, plain, 64, &result, BCRYPT_PAD_OAEP),
                      STATUS_INVALID_PARAMETER);
    }
    expect_untouched(plain, 64);
}
END_TEST

/* bytes ^= MGF1 of the seed, with SHA-1: RFC 8017, B.2.1. */
static void mask_sha1(const UCHAR *seed, ULONG seed_bytes, UCHAR *bytes, ULONG count)
{
    UCHAR input[64] = { 0 }, digest[20];
    ULONG i;

    memcpy(input, seed, seed_bytes);
    for (i = 0; i < count; i++)
    {
        if (i % 20 == 0)
        {
            input[seed_bytes + 3] = (UCHAR)(i / 20);
            expect_status(BCryptHash(BCRYPT_SHA1_ALG_HANDLE, NULL, 0, input, seed_bytes + 4, digest,
                                     20), STATUS_SUCCESS);
        }
        bytes[i] ^= digest[i % 20];
    }
}

/* What is under the masks of OAEP with SHA-1: the seed's and the label's 20 bytes; then these. */
static const struct
{
    const char *data;                           /* behind the label's digest: 23 bytes */
    UCHAR first, digest_change;
    NTSTATUS status;
    ULONG bytes;
} oaep_blocks[] =
{
    { "00000000000000000000" "01" "aabbccddeeff001122334455", 0, 0, STATUS_SUCCESS, 12 },
    { "01" "00000000000000000000000000000000000000000000", 0, 0, STATUS_SUCCESS, 22 },
    { "00000000000000000000000000000000000000000000" "01", 0, 0, STATUS_SUCCESS, 0 },
    { "00000000000000000000" "01" "aabbccddeeff001122334455", 1, 0, STATUS_INVALID_PARAMETER, 0 },
    { "00000000000000000000" "01" "aabbccddeeff001122334455", 0, 1, STATUS_INVALID_PARAMETER, 0 },
    { "00000000000000000000" "02" "aabbccddeeff001122334455", 0, 0, STATUS_INVALID_PARAMETER, 0 },
    { "02000000000000000000" "01" "aabbccddeeff001122334455", 0, 0, STATUS_INVALID_PARAMETER, 0 },
    { "00000000000000000080" "01" "aabbccddeeff001122334455", 0, 0, STATUS_INVALID_PARAMETER, 0 },
    { "ff01" "000000000000000000000000000000000000000000", 0, 0, STATUS_INVALID_PARAMETER, 0 },
    { "0000000000000000000000000000000000000000000000", 0, 0, STATUS_INVALID_PARAMETER, 0 },
};

START_TEST(oaep_decrypts_what_is_padded_right_and_nothing_else)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR block[64], cipher[64], plain[64], data[23], *seed = block + 1, *masked = block + 21;
    ULONG result = UNTOUCHED_ULONG;

    block[0] = oaep_blocks[_i].first;
    memcpy(seed, counting, 20);
    expect_status(BCryptHash(BCRYPT_SHA1_ALG_HANDLE, NULL, 0, NULL, 0, masked, 20), STATUS_SUCCESS);
    masked[7] ^= oaep_blocks[_i].digest_change;
    expect_value(unhex(data, sizeof(data), oaep_blocks[_i].data), sizeof(data));
    memcpy(masked + 20, data, sizeof(data));
    mask_sha1(seed, 20, masked, 43);
    mask_sha1(masked, 43, seed, 20);
    expect_status(encrypt(key, block, 64, NULL, cipher, 64, &result, BCRYPT_PAD_NONE),
                  STATUS_SUCCESS);
    mark(plain, 64);
    expect_status(decrypt(key, cipher, 64, &oaep_sha1, plain, 64, &result, BCRYPT_PAD_OAEP),
                  oaep_blocks[_i].status);
    expect_value(result, oaep_blocks[_i].bytes);
    expect_bytes(plain, data + sizeof(data) - result, result);
    expect_untouched(plain + result, 64 - result);
}
END_TEST

/* --- flags and keys --------------------------------------------------------------------------- */

static const ULONG bad_flags[] =
{
    BCRYPT_PAD_NONE | BCRYPT_PAD_PKCS1, BCRYPT_PAD_PKCS1 | BCRYPT_PAD_OAEP, BCRYPT_PAD_PSS,
    BCRYPT_PAD_PKCS1_OPTIONAL_HASH_OID, 0x20, 0x80, 0x80000000, 0x80000002,
};

START_TEST(another_flag_is_refused)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_512);
    UCHAR output[64];
    ULONG result;

    expect_status(encrypt(key, counting, 13, &oaep_sha1, output, 64, &result, bad_flags[_i]),
                  STATUS_INVALID_PARAMETER);
    expect_status(decrypt(key, counting, 64, &oaep_sha1, output, 64, &result, bad_flags[_i]),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(the_kernels_flag_is_ignored)
{
    expect_round_trip(rsa_pair(&rsa_512), counting, 13, NULL,
                      BCRYPT_PAD_PKCS1 | BCRYPT_BUFFERS_LOCKED_FLAG);
}
END_TEST

START_TEST(rsa_sign_does_not_encrypt)
{
    BCRYPT_KEY_HANDLE key = import_rsa(BCRYPT_RSA_SIGN_ALG_HANDLE, &rsa_512,
                                       BCRYPT_RSAPRIVATE_BLOB);
    UCHAR output[64];
    ULONG result;

    expect_status(encrypt(key, counting, 13, NULL, output, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_NOT_SUPPORTED);
    expect_status(decrypt(key, counting, 64, NULL, output, 64, &result, BCRYPT_PAD_PKCS1),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(input_and_output_may_be_one_buffer)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_640);
    UCHAR buffer[80];
    ULONG result, bytes = schemes[_i].padding || schemes[_i].flags == BCRYPT_PAD_PKCS1 ? 13 : 80;

    memcpy(buffer, counting, 80);
    expect_status(encrypt(key, buffer, bytes, schemes[_i].padding, buffer, 80, &result,
                          schemes[_i].flags),
                  STATUS_SUCCESS);
    expect_different(buffer, counting, bytes);
    expect_status(decrypt(key, buffer, 80, schemes[_i].padding, buffer, 80, &result,
                          schemes[_i].flags),
                  STATUS_SUCCESS);
    expect_value(result, bytes);
    expect_bytes(buffer, counting, bytes);
}
END_TEST

static const struct rsa_numbers *const keys[] =
{
    &rsa_384, &rsa_512, &rsa_523, &rsa_1025, &rsa_2048, &rsa_swapped, &rsa_unequal, &rsa_long_p,
    &rsa_long_e,
};

START_TEST(every_key_decrypts_what_it_encrypts)
{
    BCRYPT_KEY_HANDLE key = rsa_pair(keys[_i]);
    UCHAR block[256] = { 0 };
    int round;

    for (round = 0; round < 40; round++)        /* longer than a blinding lasts */
    {
        expect_round_trip(key, counting + round, 20, NULL, BCRYPT_PAD_PKCS1);
    }
    memset(block + 1, 0xff, (keys[_i]->bits + 7) / 8 - 1);
    expect_round_trip(key, block, (keys[_i]->bits + 7) / 8, NULL, BCRYPT_PAD_NONE);
}
END_TEST

void rsa_crypt_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, without_padding_it_is_plain_rsa, raw_flags);
    add_test(tests, zero_and_one_stay_what_they_are);
    add_rows(tests, without_padding_the_length_must_be_the_keys, raw_lengths);
    add_test(tests, what_is_not_below_the_modulus_is_refused);
    add_rows(tests, a_ciphertext_is_as_long_as_the_modulus, schemes);
    add_rows(tests, a_size_query_decrypts, padded);
    add_rows(tests, no_ciphertext_comes_twice, padded);
    add_rows(tests, a_ciphertext_of_another_length_is_refused, schemes);
    add_rows(tests, pkcs1_encrypts_up_to_k_less_11_bytes, pkcs1_lengths);
    add_test(tests, pkcs1_refuses_a_longer_message);
    add_rows(tests, encrypting_wants_a_pointer, schemes);
    add_test(tests, pkcs1_pads_as_rfc_8017_says);
    add_rows(tests, pkcs1_decrypts_what_is_padded_right_and_nothing_else, pkcs1_blocks);
    add_rows(tests, oaep_works_with_every_hash, hashes);
    add_rows(tests, oaep_has_a_label, hashes);
    add_test(tests, oaep_with_another_hash_does_not_decrypt);
    add_test(tests, oaep_needs_a_modulus_that_is_long_enough);
    add_rows(tests, oaep_wants_a_hash, bad_oaep);
    add_test(tests, how_long_oaep_is_needs_no_hash_to_tell);
    add_test(tests, oaep_refuses_whatever_was_changed);
    add_rows(tests, oaep_decrypts_what_is_padded_right_and_nothing_else, oaep_blocks);
    add_rows(tests, input_and_output_may_be_one_buffer, schemes);

    tests = ours(suite);
    add_rows(tests, a_short_buffer_does_not_hide_wrong_padding, padded);
    add_rows(tests, another_flag_is_refused, bad_flags);
    add_test(tests, the_kernels_flag_is_ignored);
    add_test(tests, rsa_sign_does_not_encrypt);
    add_rows(tests, every_key_decrypts_what_it_encrypts, keys);
}
