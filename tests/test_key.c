/*
 * test_key.c - the life of a symmetric key: generate, buffer, duplicate, destroy.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

/* One block of counting bytes in ECB: tells which key it is. */
#define KEY_128_OUTPUT "0a940bb5416ef045f1c39458c653ea5a"

static void encrypt_block(BCRYPT_KEY_HANDLE key, UCHAR *output)
{
    ULONG bytes = 0;

    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .output = output,
                   .room = 16, .result = &bytes);
    expect_value(bytes, 16);
}

/* --- symmetric.md, section 3: secret lengths ---------------------------------------------- */

static const struct
{
    const WCHAR *id;
    ULONG bytes;
    ULONG flags;
} wrong_lengths[] =
{
    { BCRYPT_AES_ALGORITHM,       1, 0 },
    { BCRYPT_AES_ALGORITHM,      15, 0 },
    { BCRYPT_AES_ALGORITHM,      17, 0 },
    { BCRYPT_AES_ALGORITHM,      23, 0 },
    { BCRYPT_AES_ALGORITHM,      31, 0 },
    { BCRYPT_AES_ALGORITHM,      33, BCRYPT_EXTENDED_KEYSIZE },
    { BCRYPT_3DES_ALGORITHM,     16, 0 },
    { BCRYPT_3DES_ALGORITHM,     23, 0 },
    { BCRYPT_3DES_ALGORITHM,     25, BCRYPT_EXTENDED_KEYSIZE },
};

START_TEST(a_secret_of_wrong_length_is_an_invalid_parameter)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(wrong_lengths[_i].id, 0);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, (UCHAR *)counting,
                                             wrong_lengths[_i].bytes, wrong_lengths[_i].flags),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

static const struct
{
    const WCHAR *id;
    ULONG bytes;
} other_wrong_lengths[] =
{
    { BCRYPT_DES_ALGORITHM,       7 },
    { BCRYPT_DESX_ALGORITHM,     16 },
    { BCRYPT_3DES_112_ALGORITHM,  8 },
    { BCRYPT_RC2_ALGORITHM,       1 },
    { BCRYPT_XTS_AES_ALGORITHM,  16 },
    { BCRYPT_XTS_AES_ALGORITHM,  40 },
    { BCRYPT_XTS_AES_ALGORITHM,  56 },
    { BCRYPT_CHACHA20_POLY1305_ALGORITHM, 16 },
};

START_TEST(other_secrets_of_wrong_length_are_an_invalid_parameter)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(other_wrong_lengths[_i].id, 0);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, (UCHAR *)counting,
                                             other_wrong_lengths[_i].bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

static const WCHAR *const ciphers[] =
{
    BCRYPT_AES_ALGORITHM, BCRYPT_DES_ALGORITHM, BCRYPT_DESX_ALGORITHM, BCRYPT_3DES_ALGORITHM,
    BCRYPT_3DES_112_ALGORITHM, BCRYPT_RC2_ALGORITHM, BCRYPT_RC4_ALGORITHM,
    BCRYPT_XTS_AES_ALGORITHM, BCRYPT_CHACHA20_POLY1305_ALGORITHM
};

/* "INVALID_PARAMETER for every cipher that has a minimum" */
START_TEST(no_secret_is_an_invalid_parameter)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(ciphers[_i], 0);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, NULL, 0, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, NULL, 16, 0),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG most;
} truncated[] =
{
    { BCRYPT_AES_ECB_ALG_HANDLE,  32 },
    { BCRYPT_3DES_ECB_ALG_HANDLE, 24 },
    { BCRYPT_DES_ECB_ALG_HANDLE,   8 },
    { BCRYPT_DESX_ECB_ALG_HANDLE, 24 },
    { BCRYPT_3DES_112_ECB_ALG_HANDLE, 16 },
    { BCRYPT_RC2_ECB_ALG_HANDLE,  16 },
    { BCRYPT_RC4_ALG_HANDLE,      64 },
};

START_TEST(a_secret_that_is_too_long_is_cut)
{
    BCRYPT_KEY_HANDLE exact = new_key(truncated[_i].algorithm, counting, truncated[_i].most);
    BCRYPT_KEY_HANDLE longer = new_key(truncated[_i].algorithm, counting, truncated[_i].most + 1);
    BCRYPT_KEY_HANDLE longest = new_key(truncated[_i].algorithm, counting, truncated[_i].most + 99);
    UCHAR expected[16], output[16];

    encrypt_block(exact, expected);
    encrypt_block(longer, output);
    expect_bytes(output, expected, 16);
    encrypt_block(longest, output);
    expect_bytes(output, expected, 16);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bytes;
} right_lengths[] =
{
    { BCRYPT_AES_CBC_ALG_HANDLE,  16 }, { BCRYPT_AES_CBC_ALG_HANDLE,      24 },
    { BCRYPT_AES_CBC_ALG_HANDLE,  32 }, { BCRYPT_3DES_CBC_ALG_HANDLE,     24 },
    { BCRYPT_DES_CBC_ALG_HANDLE,   8 }, { BCRYPT_3DES_112_CBC_ALG_HANDLE, 16 },
    { BCRYPT_DESX_CBC_ALG_HANDLE, 24 }, { BCRYPT_RC2_CBC_ALG_HANDLE,      16 },
    { BCRYPT_RC2_CBC_ALG_HANDLE,   5 }, { BCRYPT_RC4_ALG_HANDLE,           1 },
    { BCRYPT_RC4_ALG_HANDLE,      64 }, { BCRYPT_XTS_AES_ALG_HANDLE,      32 },
    { BCRYPT_XTS_AES_ALG_HANDLE,  64 }, { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, 32 },
    { BCRYPT_XTS_AES_ALG_HANDLE,  48 },
};

START_TEST(the_extended_flag_is_accepted_for_every_cipher)
{
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status(BCryptGenerateSymmetricKey(right_lengths[_i].algorithm, &key, NULL, 0,
                                             (UCHAR *)counting, right_lengths[_i].bytes,
                                             BCRYPT_EXTENDED_KEYSIZE), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
}
END_TEST

static const struct
{
    const WCHAR *id;
    ULONG most;
} extended[] =
{
    { BCRYPT_AES_ALGORITHM,   32 }, { BCRYPT_3DES_ALGORITHM, 24 }, { BCRYPT_DES_ALGORITHM, 8 },
    { BCRYPT_DESX_ALGORITHM,  24 }, { BCRYPT_3DES_112_ALGORITHM, 16 },
    { BCRYPT_RC2_ALGORITHM,  128 }, { BCRYPT_RC4_ALGORITHM, 256 },
    { BCRYPT_XTS_AES_ALGORITHM, 64 }, { BCRYPT_CHACHA20_POLY1305_ALGORITHM, 32 },
};

/* "error instead of truncation", the flag "on open or here" */
START_TEST(with_the_extended_flag_nothing_is_cut)
{
    BCRYPT_ALG_HANDLE plain = open_algorithm(extended[_i].id, 0);
    BCRYPT_ALG_HANDLE flagged = open_algorithm(extended[_i].id, BCRYPT_EXTENDED_KEYSIZE);
    UCHAR secret[257] = { 0 };
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateSymmetricKey(plain, &key, NULL, 0, secret, extended[_i].most + 1,
                                             BCRYPT_EXTENDED_KEYSIZE), STATUS_INVALID_PARAMETER);
    expect_status(BCryptGenerateSymmetricKey(flagged, &key, NULL, 0, secret,
                                             extended[_i].most + 1, 0), STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
    expect_value(property_ulong(new_key(flagged, secret, extended[_i].most), BCRYPT_KEY_LENGTH),
                 extended[_i].most * 8);
}
END_TEST

START_TEST(xts_keys_may_be_checked_as_fips_wants)
{
    BCRYPT_KEY_HANDLE key = NULL;

    expect_status(BCryptGenerateSymmetricKey(BCRYPT_XTS_AES_ALG_HANDLE, &key, NULL, 0,
                                             (UCHAR *)counting, 32,
                                             BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS
                                             | BCRYPT_EXTENDED_KEYSIZE), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
}
END_TEST

/* Without FIPS mode the flag refuses nothing. */
START_TEST(xts_keys_of_equal_halves_work)
{
    UCHAR secret[32];
    BCRYPT_KEY_HANDLE key = NULL;

    memset(secret, 0x11, sizeof(secret));
    expect_status(BCryptGenerateSymmetricKey(BCRYPT_XTS_AES_ALG_HANDLE, &key, NULL, 0, secret, 32,
                                             BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS),
                  STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
}
END_TEST

START_TEST(the_fips_flag_is_refused_for_other_ciphers)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_refused(BCryptGenerateSymmetricKey(BCRYPT_AES_CBC_ALG_HANDLE, &key, NULL, 0,
                                              (UCHAR *)counting, 16,
                                              BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS));
    expect_refused(BCryptGenerateSymmetricKey(BCRYPT_RC4_ALG_HANDLE, &key, NULL, 0,
                                              (UCHAR *)counting, 16,
                                              BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS));
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(no_algorithm_is_an_invalid_handle)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateSymmetricKey(NULL, &key, NULL, 0, (UCHAR *)counting, 16, 0),
                  STATUS_INVALID_HANDLE);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_key_of_another_kind_of_algorithm_is_not_supported)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA256_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, (UCHAR *)counting, 16, 0),
                  STATUS_NOT_SUPPORTED);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(the_secret_is_copied)
{
    UCHAR secret[16], output[16];
    BCRYPT_KEY_HANDLE key;

    memcpy(secret, counting, 16);
    key = new_key(BCRYPT_AES_ECB_ALG_HANDLE, secret, 16);
    memset(secret, 0xff, 16);
    encrypt_block(key, output);
    expect_hex(output, 16, KEY_128_OUTPUT);
}
END_TEST

/* --- handles.md, "Caller-supplied object buffers" ----------------------------------------- */

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bytes;
} buffered[] =
{
    { BCRYPT_AES_ECB_ALG_HANDLE,  16 }, { BCRYPT_AES_CBC_ALG_HANDLE,  32 },
    { BCRYPT_AES_GCM_ALG_HANDLE,  16 }, { BCRYPT_AES_CCM_ALG_HANDLE,  16 },
    { BCRYPT_3DES_CBC_ALG_HANDLE, 24 }, { BCRYPT_DES_CBC_ALG_HANDLE,   8 },
    { BCRYPT_RC2_CBC_ALG_HANDLE,  16 }, { BCRYPT_RC4_ALG_HANDLE,      16 },
    { BCRYPT_XTS_AES_ALG_HANDLE,  32 }, { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, 32 },
};

START_TEST(nothing_is_written_beyond_a_key_object)
{
    ULONG bytes = property_ulong(buffered[_i].algorithm, BCRYPT_OBJECT_LENGTH);
    UCHAR *object = malloc(bytes + 64);
    BCRYPT_KEY_HANDLE key;

    mark(object, bytes + 64);
    expect_status(BCryptGenerateSymmetricKey(buffered[_i].algorithm, &key, object + 1, bytes,
                                             (UCHAR *)counting, buffered[_i].bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_untouched(object, 1);
    expect_untouched(object + 1 + bytes, 63);
    free(object);
}
END_TEST

START_TEST(a_key_object_that_is_too_small_is_refused)
{
    ULONG bytes = property_ulong(buffered[_i].algorithm, BCRYPT_OBJECT_LENGTH);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    UCHAR object[2048];

    expect_at_most(bytes, sizeof(object));
    expect_status(BCryptGenerateSymmetricKey(buffered[_i].algorithm, &key, object, 1,
                                             (UCHAR *)counting, buffered[_i].bytes, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_key_object_is_as_large_as_the_property_says)
{
    ULONG bytes = property_ulong(buffered[_i].algorithm, BCRYPT_OBJECT_LENGTH);
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE, copy = UNTOUCHED_HANDLE;
    UCHAR object[2048], other[2048];

    expect_status(BCryptGenerateSymmetricKey(buffered[_i].algorithm, &key, object, bytes - 1,
                                             (UCHAR *)counting, buffered[_i].bytes, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_pointer(key, UNTOUCHED_HANDLE);
    expect_status(BCryptGenerateSymmetricKey(buffered[_i].algorithm, &key, object, bytes,
                                             (UCHAR *)counting, buffered[_i].bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptDuplicateKey(key, &copy, other, bytes - 1, 0), STATUS_BUFFER_TOO_SMALL);
    expect_status(BCryptDuplicateKey(key, &copy, NULL, bytes, 0), STATUS_INVALID_PARAMETER);
    expect_pointer(copy, UNTOUCHED_HANDLE);
    expect_status(BCryptDuplicateKey(key, &copy, other, bytes, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(copy), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_key_object_may_be_larger)
{
    BCRYPT_KEY_HANDLE key;
    UCHAR object[2048];

    expect_status(BCryptGenerateSymmetricKey(buffered[_i].algorithm, &key, object, sizeof(object),
                                             (UCHAR *)counting, buffered[_i].bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_key_object_from_nowhere_is_an_invalid_parameter)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;

    expect_status(BCryptGenerateSymmetricKey(BCRYPT_AES_CBC_ALG_HANDLE, &key, NULL, 2048,
                                             (UCHAR *)counting, 16, 0), STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

/* The size of CBC's object, asked for first, is enough for GCM whenever that is chosen. */
static const struct
{
    const WCHAR *mode;
} larger_modes[] =
{
    { BCRYPT_CHAIN_MODE_GCM }, { BCRYPT_CHAIN_MODE_CCM },
};

START_TEST(a_small_key_object_serves_a_larger_mode)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_ALGORITHM, 0);
    ULONG small = property_ulong(algorithm, BCRYPT_OBJECT_LENGTH), large;
    UCHAR object[2048];
    BCRYPT_KEY_HANDLE key;

    expect_status(BCryptGenerateSymmetricKey(algorithm, &key, object, small, (UCHAR *)counting, 16,
                                             0), STATUS_SUCCESS);
    set_mode(key, larger_modes[_i].mode);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);

    set_mode(algorithm, larger_modes[_i].mode);
    large = property_ulong(algorithm, BCRYPT_OBJECT_LENGTH);
    expect_at_most(small, large);
    expect_status(BCryptGenerateSymmetricKey(algorithm, &key, object, small, (UCHAR *)counting, 16,
                                             0), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptGenerateSymmetricKey(algorithm, &key, object, large, (UCHAR *)counting, 16,
                                             0), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_key_object_serves_again_after_its_key)
{
    UCHAR object[2048], output[16];
    BCRYPT_KEY_HANDLE key;
    int i;

    for (i = 0; i < 3; i++)
    {
        expect_status(BCryptGenerateSymmetricKey(BCRYPT_AES_ECB_ALG_HANDLE, &key, object,
                                                 sizeof(object), (UCHAR *)counting, 16, 0),
                      STATUS_SUCCESS);
        encrypt_block(key, output);
        expect_hex(output, 16, KEY_128_OUTPUT);
        expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    }
}
END_TEST

START_TEST(a_key_survives_the_overwriting_of_its_object)
{
    UCHAR object[2048], output[16];
    BCRYPT_KEY_HANDLE key;

    expect_status(BCryptGenerateSymmetricKey(BCRYPT_AES_ECB_ALG_HANDLE, &key, object,
                                             sizeof(object), (UCHAR *)counting, 16, 0),
                  STATUS_SUCCESS);
    memset(object, 0xff, sizeof(object));
    encrypt_block(key, output);
    expect_hex(output, 16, KEY_128_OUTPUT);
    memset(object, 0, sizeof(object));
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
}
END_TEST

/* --- handles.md, "Keys": DuplicateKey ----------------------------------------------------- */

START_TEST(a_duplicate_key_is_independent)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_ECB_ALG_HANDLE, counting, 16), duplicate = NULL;
    UCHAR output[16];

    expect_status(BCryptDuplicateKey(key, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    expect_true(duplicate != key);
    set_mode(key, BCRYPT_CHAIN_MODE_CFB);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    encrypt_block(duplicate, output);
    expect_hex(output, 16, KEY_128_OUTPUT);
    expect_status(BCryptDestroyKey(duplicate), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_duplicate_key_has_the_mode_and_the_chain_value)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_ECB_ALG_HANDLE, counting, 16), duplicate = NULL;
    UCHAR output[16], iv[16];

    set_mode(key, BCRYPT_CHAIN_MODE_CBC);
    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .iv = iv, .iv_bytes = 16,
                   .output = output, .room = 16, .result = &(ULONG){ 0 });
    expect_hex(output, 16, "c6a13b37878f5b826f4f8162a1c8d879");
    expect_status(BCryptDuplicateKey(key, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    encrypt_block(duplicate, output);
    expect_hex(output, 16, "b58a1064d8aca99bd9b0405b8545f5bb");
    encrypt_block(key, output);
    expect_hex(output, 16, "b58a1064d8aca99bd9b0405b8545f5bb");
    expect_status(BCryptDestroyKey(duplicate), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_duplicate_key_has_the_message_block_length)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CFB_ALG_HANDLE, counting, 16), duplicate = NULL;
    ULONG length = 16;

    expect_status(BCryptSetProperty(key, BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)&length, 4, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptDuplicateKey(key, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    expect_value(property_ulong(duplicate, BCRYPT_MESSAGE_BLOCK_LENGTH), 16);
    expect_status(BCryptDestroyKey(duplicate), STATUS_SUCCESS);
}
END_TEST

/* "deep copy including chaining mode, IV state and properties" */
START_TEST(a_duplicate_key_has_the_effective_length)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(BCRYPT_RC2_ALGORITHM, BCRYPT_CHAIN_MODE_ECB);
    BCRYPT_KEY_HANDLE key, duplicate = NULL;
    UCHAR expected[16], output[16];
    ULONG bits = 40;

    expect_status(BCryptSetProperty(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH, (UCHAR *)&bits, 4, 0),
                  STATUS_SUCCESS);
    key = new_key(algorithm, counting, 16);
    bits = 128;
    expect_status(BCryptSetProperty(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH, (UCHAR *)&bits, 4, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptDuplicateKey(key, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    keep_key(duplicate);
    encrypt_block(key, expected);
    encrypt_block(duplicate, output);
    expect_bytes(output, expected, 16);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG bytes, iv_bytes;
    bool used;
} duplicated[] =
{
    { BCRYPT_AES_CBC_ALG_HANDLE,  24, 16, false }, { BCRYPT_AES_GCM_ALG_HANDLE, 32, 0, false },
    { BCRYPT_AES_GCM_ALG_HANDLE,  16,  0, true },  { BCRYPT_AES_CBC_ALG_HANDLE, 16, 16, true },
    { BCRYPT_3DES_CBC_ALG_HANDLE, 24,  8, true },  { BCRYPT_DESX_CBC_ALG_HANDLE, 24, 8, false },
    { BCRYPT_XTS_AES_ALG_HANDLE,  32,  8, true },  { BCRYPT_XTS_AES_ALG_HANDLE, 64, 8, false },
    { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, 32, 0, true },
};

static void crypt_with(BCRYPT_KEY_HANDLE key, ULONG iv_bytes, bool decrypt, UCHAR *output)
{
    UCHAR iv[16], tag[16] = { 0 };
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    ULONG bytes;

    memcpy(iv, counting, 16);
    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = (UCHAR *)counting;
    info.cbNonce = 12;
    info.pbTag = tag;
    info.cbTag = sizeof(tag);
    (decrypt ? BCryptDecrypt : BCryptEncrypt)(key, (UCHAR *)counting, 32, &info,
                                              iv_bytes ? iv : NULL, iv_bytes, output, 32, &bytes,
                                              0);
}

/* A key that has worked in both directions, and one that has not: the copies are the same. */
START_TEST(a_duplicate_key_works_as_the_original)
{
    BCRYPT_KEY_HANDLE key = new_key(duplicated[_i].algorithm, counting, duplicated[_i].bytes);
    BCRYPT_KEY_HANDLE duplicate = NULL;
    UCHAR expected[32] = { 0 }, output[32] = { 0 }, zero[32] = { 0 };

    if (duplicated[_i].used) crypt_with(key, duplicated[_i].iv_bytes, false, expected);
    if (duplicated[_i].used) crypt_with(key, duplicated[_i].iv_bytes, true, expected);
    expect_status(BCryptDuplicateKey(key, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    keep_key(duplicate);
    crypt_with(duplicate, duplicated[_i].iv_bytes, false, output);
    crypt_with(key, duplicated[_i].iv_bytes, false, expected);
    expect_bytes(output, expected, 32);
    expect_different(output, zero, 32);
    crypt_with(duplicate, duplicated[_i].iv_bytes, true, output);
    crypt_with(key, duplicated[_i].iv_bytes, true, expected);
    expect_bytes(output, expected, 32);
}
END_TEST

START_TEST(a_duplicate_stream_key_goes_on_from_the_same_place)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_RC4_ALG_HANDLE, counting, 16), duplicate = NULL;
    UCHAR first[16], second[16], output[16];

    encrypt_block(key, first);
    expect_status(BCryptDuplicateKey(key, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    encrypt_block(key, second);
    encrypt_block(duplicate, output);
    expect_bytes(output, second, 16);
    expect_different(output, first, 16);
    expect_status(BCryptDestroyKey(duplicate), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_duplicate_keys_object_follows_the_same_rules)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CBC_ALG_HANDLE, counting, 16);
    BCRYPT_KEY_HANDLE duplicate = UNTOUCHED_HANDLE;
    UCHAR object[2048];

    expect_status(BCryptDuplicateKey(key, &duplicate, object, 1, 0), STATUS_BUFFER_TOO_SMALL);
    expect_pointer(duplicate, UNTOUCHED_HANDLE);
    expect_status(BCryptDuplicateKey(key, &duplicate, object, sizeof(object), 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(duplicate), STATUS_SUCCESS);
}
END_TEST

START_TEST(duplicating_no_key_is_an_invalid_handle)
{
    BCRYPT_KEY_HANDLE duplicate = UNTOUCHED_HANDLE;

    expect_status(BCryptDuplicateKey(NULL, &duplicate, NULL, 0, 0), STATUS_INVALID_HANDLE);
    expect_pointer(duplicate, UNTOUCHED_HANDLE);
}
END_TEST

/* --- handles.md, "Keys": DestroyKey ------------------------------------------------------- */

START_TEST(a_destroyed_key_is_refused)
{
    BCRYPT_KEY_HANDLE key = new_aes_key(128);

    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_INVALID_HANDLE);
    expect_status(BCryptDestroyKey(NULL), STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(a_destroyed_key_is_refused_while_its_object_is_readable)
{
    UCHAR object[2048];
    BCRYPT_KEY_HANDLE key;

    expect_status(BCryptGenerateSymmetricKey(BCRYPT_AES_CBC_ALG_HANDLE, &key, object,
                                             sizeof(object), (UCHAR *)counting, 16, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_INVALID_HANDLE);
}
END_TEST

/* A generation comes round again as late as possible. */
START_TEST(a_stale_handle_stays_refused_while_others_come_and_go)
{
    BCRYPT_KEY_HANDLE stale = new_aes_key(128), key;
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_ALGORITHM, 0);
    int i;

    expect_status(BCryptDestroyKey(stale), STATUS_SUCCESS);
    for (i = 0; i < 10000; i++)
    {
        expect_status(BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, (UCHAR *)counting, 16,
                                                 0), STATUS_SUCCESS);
        expect_true(key != stale);
        expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    }
    expect_status(BCryptDestroyKey(stale), STATUS_INVALID_HANDLE);
}
END_TEST

void key_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, a_secret_of_wrong_length_is_an_invalid_parameter, wrong_lengths);
    add_rows(tests, a_secret_that_is_too_long_is_cut, truncated);
    add_rows(tests, the_extended_flag_is_accepted_for_every_cipher, right_lengths);
    add_test(tests, xts_keys_may_be_checked_as_fips_wants);
    add_test(tests, the_fips_flag_is_refused_for_other_ciphers);
    add_test(tests, no_algorithm_is_an_invalid_handle);
    add_test(tests, the_secret_is_copied);
    add_rows(tests, nothing_is_written_beyond_a_key_object, buffered);
    add_rows(tests, a_key_object_that_is_too_small_is_refused, buffered);
    add_rows(tests, a_key_object_may_be_larger, buffered);
    add_rows(tests, a_small_key_object_serves_a_larger_mode, larger_modes);
    add_test(tests, a_key_object_serves_again_after_its_key);
    add_test(tests, a_duplicate_key_is_independent);
    add_test(tests, a_duplicate_key_has_the_mode_and_the_chain_value);
    add_test(tests, a_duplicate_key_has_the_message_block_length);
    add_test(tests, a_duplicate_stream_key_goes_on_from_the_same_place);
    add_test(tests, a_duplicate_keys_object_follows_the_same_rules);
    add_test(tests, duplicating_no_key_is_an_invalid_handle);
    add_test(tests, a_destroyed_key_is_refused);
    add_rows(tests, a_key_object_is_as_large_as_the_property_says, buffered);
    add_test(tests, a_duplicate_key_has_the_effective_length);
    add_rows(tests, a_duplicate_key_works_as_the_original, duplicated);

    tests = ours(suite);
    add_rows(tests, other_secrets_of_wrong_length_are_an_invalid_parameter, other_wrong_lengths);
    add_rows(tests, no_secret_is_an_invalid_parameter, ciphers);
    add_test(tests, xts_keys_of_equal_halves_work);
    add_test(tests, a_key_of_another_kind_of_algorithm_is_not_supported);
    add_test(tests, a_key_object_from_nowhere_is_an_invalid_parameter);
    add_test(tests, a_key_survives_the_overwriting_of_its_object);
    add_test(tests, a_destroyed_key_is_refused_while_its_object_is_readable);
    add_test(tests, a_stale_handle_stays_refused_while_others_come_and_go);
    add_rows(tests, with_the_extended_flag_nothing_is_cut, extended);
}
