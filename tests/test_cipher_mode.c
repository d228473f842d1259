/*
 * test_cipher_mode.c - the chaining mode as a property, and CFB with its message block length.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

/* --- symmetric.md, section 2 -------------------------------------------------------------- */

static void expect_mode(BCRYPT_HANDLE handle, const WCHAR *mode)
{
    WCHAR buffer[32];
    ULONG bytes = 0;

    mark(buffer, sizeof(buffer));
    expect_status(BCryptGetProperty(handle, BCRYPT_CHAINING_MODE, (UCHAR *)buffer, sizeof(buffer),
                                    &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, 64);
    expect_wide(buffer, mode);
}

static const struct
{
    const WCHAR *mode;
} aes_modes[] =
{
    { BCRYPT_CHAIN_MODE_ECB }, { BCRYPT_CHAIN_MODE_CBC }, { BCRYPT_CHAIN_MODE_CFB },
    { BCRYPT_CHAIN_MODE_GCM }, { BCRYPT_CHAIN_MODE_CCM },
};

START_TEST(a_mode_is_read_in_64_bytes)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(BCRYPT_AES_ALGORITHM, aes_modes[_i].mode);
    UCHAR buffer[64];
    ULONG bytes, needed;

    expect_mode(algorithm, aes_modes[_i].mode);
    for (bytes = 0; bytes < 64; bytes++)
    {
        needed = 0;
        mark(buffer, sizeof(buffer));
        expect_status(BCryptGetProperty(algorithm, BCRYPT_CHAINING_MODE, buffer, bytes, &needed, 0),
                      STATUS_BUFFER_TOO_SMALL);
        expect_value(needed, 64);
        expect_untouched(buffer, sizeof(buffer));
    }
}
END_TEST

START_TEST(a_mode_is_followed_by_zeros)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(BCRYPT_AES_ALGORITHM, aes_modes[_i].mode);
    UCHAR buffer[64], expected[64] = { 0 };
    ULONG bytes;

    mark(buffer, sizeof(buffer));
    memcpy(expected, aes_modes[_i].mode, wide_bytes(aes_modes[_i].mode));
    expect_status(BCryptGetProperty(algorithm, BCRYPT_CHAINING_MODE, buffer, 64, &bytes, 0),
                  STATUS_SUCCESS);
    expect_bytes(buffer, expected, 64);
}
END_TEST

static const struct
{
    ULONG bytes;
} lengths[] =
{
    { 0 }, { 1 }, { sizeof(void *) }, { 15 }, { 16 }, { 30 }, { 32 }, { 64 },
};

START_TEST(a_modes_length_is_ignored_when_it_is_set)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, 16);

    expect_status(BCryptSetProperty(algorithm, BCRYPT_CHAINING_MODE,
                                    (UCHAR *)BCRYPT_CHAIN_MODE_GCM, lengths[_i].bytes, 0),
                  STATUS_SUCCESS);
    expect_mode(algorithm, BCRYPT_CHAIN_MODE_GCM);
    expect_status(BCryptSetProperty(key, BCRYPT_CHAINING_MODE, (UCHAR *)BCRYPT_CHAIN_MODE_ECB,
                                    lengths[_i].bytes, 0), STATUS_SUCCESS);
    expect_mode(key, BCRYPT_CHAIN_MODE_ECB);
}
END_TEST

START_TEST(a_new_key_has_the_algorithms_mode_of_that_time)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(BCRYPT_AES_ALGORITHM, aes_modes[_i].mode);
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, 16);

    expect_mode(key, aes_modes[_i].mode);
    set_mode(algorithm, BCRYPT_CHAIN_MODE_CFB);
    expect_mode(key, aes_modes[_i].mode);
    set_mode(algorithm, BCRYPT_CHAIN_MODE_ECB);
    expect_mode(key, aes_modes[_i].mode);
}
END_TEST

START_TEST(a_keys_mode_can_change_back_and_forth)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, 16);
    UCHAR iv[16], output[16];
    ULONG bytes, i;

    for (i = 0; i < 3; i++)
    {
        set_mode(key, BCRYPT_CHAIN_MODE_ECB);
        expect_mode(key, BCRYPT_CHAIN_MODE_ECB);
        expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .output = output,
                       .room = 16, .result = &bytes);
        expect_hex(output, 16, "0a940bb5416ef045f1c39458c653ea5a");
        set_mode(key, aes_modes[_i].mode);
        expect_mode(key, aes_modes[_i].mode);
        set_mode(key, BCRYPT_CHAIN_MODE_CBC);
        memcpy(iv, counting, 16);
        expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .iv = iv,
                       .iv_bytes = 16, .output = output, .room = 16, .result = &bytes);
        expect_hex(output, 16, "c6a13b37878f5b826f4f8162a1c8d879");
    }
    expect_mode(algorithm, BCRYPT_CHAIN_MODE_CBC);
}
END_TEST

static const struct
{
    const WCHAR *id, *mode;
} offered[] =
{
    { BCRYPT_DES_ALGORITHM,      BCRYPT_CHAIN_MODE_ECB },
    { BCRYPT_DES_ALGORITHM,      BCRYPT_CHAIN_MODE_CFB },
    { BCRYPT_3DES_ALGORITHM,     BCRYPT_CHAIN_MODE_ECB },
    { BCRYPT_3DES_ALGORITHM,     BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_3DES_ALGORITHM,     BCRYPT_CHAIN_MODE_CFB },
    { BCRYPT_3DES_112_ALGORITHM, BCRYPT_CHAIN_MODE_ECB },
    { BCRYPT_3DES_112_ALGORITHM, BCRYPT_CHAIN_MODE_CFB },
    { BCRYPT_DESX_ALGORITHM,     BCRYPT_CHAIN_MODE_ECB },
    { BCRYPT_DESX_ALGORITHM,     BCRYPT_CHAIN_MODE_CFB },
    { BCRYPT_RC2_ALGORITHM,      BCRYPT_CHAIN_MODE_ECB },
    { BCRYPT_RC2_ALGORITHM,      BCRYPT_CHAIN_MODE_CFB },
    { BCRYPT_RC4_ALGORITHM,      BCRYPT_CHAIN_MODE_NA },
};

START_TEST(a_cipher_takes_its_modes)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(offered[_i].id, offered[_i].mode);

    expect_mode(algorithm, offered[_i].mode);
}
END_TEST

static const struct
{
    const WCHAR *id, *mode, *present;
} not_offered[] =
{
    { BCRYPT_3DES_ALGORITHM,     BCRYPT_CHAIN_MODE_GCM, BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_3DES_ALGORITHM,     BCRYPT_CHAIN_MODE_CCM, BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_DES_ALGORITHM,      BCRYPT_CHAIN_MODE_GCM, BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_DESX_ALGORITHM,     BCRYPT_CHAIN_MODE_CCM, BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_RC2_ALGORITHM,      BCRYPT_CHAIN_MODE_GCM, BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_RC4_ALGORITHM,      BCRYPT_CHAIN_MODE_CBC, BCRYPT_CHAIN_MODE_NA },
    { BCRYPT_AES_ALGORITHM,      BCRYPT_CHAIN_MODE_NA,  BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_AES_ALGORITHM,      L"ChainingModeXYZ",    BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_AES_ALGORITHM,      L"",                   BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_AES_ALGORITHM,      L"chainingmodegcm",    BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_AES_ALGORITHM,      L"ChainingModeGC",     BCRYPT_CHAIN_MODE_CBC },
    { BCRYPT_AES_ALGORITHM,      L"ChainingModeGCMM",   BCRYPT_CHAIN_MODE_CBC },
};

START_TEST(a_mode_that_the_cipher_lacks_is_not_supported)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(not_offered[_i].id, 0);

    expect_status(BCryptSetProperty(algorithm, BCRYPT_CHAINING_MODE, (UCHAR *)not_offered[_i].mode,
                                    wide_bytes(not_offered[_i].mode), 0), STATUS_NOT_SUPPORTED);
    expect_mode(algorithm, not_offered[_i].present);
}
END_TEST

START_TEST(a_mode_that_a_keys_cipher_lacks_is_not_supported)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_3DES_CBC_ALG_HANDLE, counting, 24);

    expect_status(BCryptSetProperty(key, BCRYPT_CHAINING_MODE, (UCHAR *)BCRYPT_CHAIN_MODE_GCM, 32,
                                    0), STATUS_NOT_SUPPORTED);
    expect_mode(key, BCRYPT_CHAIN_MODE_CBC);
}
END_TEST

/* "callers set no mode": the only one that there is can be set, and no other. */
static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    const WCHAR *id;
    ULONG key_bytes;
} without_modes[] =
{
    { BCRYPT_XTS_AES_ALG_HANDLE, BCRYPT_XTS_AES_ALGORITHM, 32 },
    { BCRYPT_RC4_ALG_HANDLE, BCRYPT_RC4_ALGORITHM, 16 },
    { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, BCRYPT_CHACHA20_POLY1305_ALGORITHM, 32 },
};

START_TEST(a_cipher_without_modes_stays_so)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(without_modes[_i].id, 0);
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, without_modes[_i].key_bytes);
    size_t i;

    for (i = 0; i < ARRAY_SIZE(aes_modes); i++)
    {
        expect_status(BCryptSetProperty(algorithm, BCRYPT_CHAINING_MODE,
                                        (UCHAR *)aes_modes[i].mode, 32, 0), STATUS_NOT_SUPPORTED);
        expect_status(BCryptSetProperty(key, BCRYPT_CHAINING_MODE, (UCHAR *)aes_modes[i].mode, 32,
                                        0), STATUS_NOT_SUPPORTED);
    }
    set_mode(algorithm, BCRYPT_CHAIN_MODE_NA);
    set_mode(key, BCRYPT_CHAIN_MODE_NA);
    expect_mode(key, BCRYPT_CHAIN_MODE_NA);
    expect_mode(without_modes[_i].algorithm, BCRYPT_CHAIN_MODE_NA);
}
END_TEST

START_TEST(the_algorithms_name_has_no_mode)
{
    expect_property_wide(open_cipher(BCRYPT_AES_ALGORITHM, aes_modes[_i].mode),
                         BCRYPT_ALGORITHM_NAME, BCRYPT_AES_ALGORITHM);
}
END_TEST

/* --- symmetric.md, section 5: CFB --------------------------------------------------------- */

#define CFB8_OUTPUT "0a22f796e1b93e9032cff804838adfc3a5e4b3ffdd47108575533e672ef5d8ef"
#define CFB128_OUTPUT "0a9509b6456bf642f9ca9e53ca5ee455c14d7b0b1930a656d7639637a5968520"

static BCRYPT_KEY_HANDLE new_cfb_key(ULONG message_block_bytes)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CFB_ALG_HANDLE, counting, 16);

    expect_status(BCryptSetProperty(key, BCRYPT_MESSAGE_BLOCK_LENGTH,
                                    (UCHAR *)&message_block_bytes, 4, 0), STATUS_SUCCESS);
    return key;
}

static void expect_cfb(BCRYPT_KEY_HANDLE key, const void *input, ULONG bytes, const char *output)
{
    UCHAR iv[16], buffer[64];
    ULONG result = 0;

    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = input, .bytes = bytes, .iv = iv, .iv_bytes = 16,
                   .output = buffer, .room = sizeof(buffer), .result = &result);
    expect_value(result, bytes);
    expect_hex(buffer, bytes, output);
    memcpy(iv, counting, 16);
    expect_decrypt(key, STATUS_SUCCESS, .input = buffer, .bytes = bytes, .iv = iv, .iv_bytes = 16,
                   .output = buffer, .room = sizeof(buffer), .result = &result);
    expect_value(result, bytes);
    expect_bytes(buffer, input, bytes);
}

START_TEST(cfb_works_byte_by_byte_at_first)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CFB_ALG_HANDLE, counting, 16);

    expect_value(property_ulong(key, BCRYPT_MESSAGE_BLOCK_LENGTH), 1);
    expect_cfb(key, counting, 32, CFB8_OUTPUT);
}
END_TEST

START_TEST(cfb_works_by_whole_blocks_when_told_so)
{
    BCRYPT_KEY_HANDLE key = new_cfb_key(16);

    expect_value(property_ulong(key, BCRYPT_MESSAGE_BLOCK_LENGTH), 16);
    expect_cfb(key, counting, 32, CFB128_OUTPUT);
}
END_TEST

START_TEST(the_message_block_length_can_change_back)
{
    BCRYPT_KEY_HANDLE key = new_cfb_key(16);
    ULONG length = 1;

    expect_status(BCryptSetProperty(key, BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)&length, 4, 0),
                  STATUS_SUCCESS);
    expect_cfb(key, counting, 32, CFB8_OUTPUT);
}
END_TEST

START_TEST(cfb_by_bytes_takes_any_length)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CFB_ALG_HANDLE, counting, 16);
    ULONG bytes = 0;

    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 17, .result = &bytes);
    expect_value(bytes, 17);
    expect_cfb(key, counting, 5, "0a22f796e1");
    expect_cfb(key, counting, 17, "0a22f796e1b93e9032cff804838adfc3a5");
}
END_TEST

START_TEST(cfb_in_pieces_gives_the_same_as_whole)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CFB_ALG_HANDLE, counting, 16);
    UCHAR iv[16], output[32];
    ULONG bytes, at;

    memcpy(iv, counting, 16);
    for (at = 0; at < 32; at += 4)
    {
        expect_encrypt(key, STATUS_SUCCESS, .input = counting + at, .bytes = 4, .iv = iv,
                       .iv_bytes = 16, .output = output + at, .room = 4, .result = &bytes);
    }
    expect_hex(output, 32, CFB8_OUTPUT);
}
END_TEST

/* "for shorter input the shift register content" */
START_TEST(the_iv_after_short_cfb_text_is_the_shift_register)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CFB_ALG_HANDLE, counting, 16);
    UCHAR iv[16], output[5];
    ULONG bytes;

    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 5, .iv = iv, .iv_bytes = 16,
                   .output = output, .room = 5, .result = &bytes);
    expect_bytes(iv, counting + 5, 11);
    expect_hex(iv + 11, 5, "0a22f796e1");
}
END_TEST

/* The same when decrypting, and of whole blocks with a rest. */
START_TEST(the_iv_after_cfb_text_is_the_last_of_the_stream)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CFB_ALG_HANDLE, counting, 16);
    UCHAR iv[16], output[21], text[21];
    ULONG bytes;

    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 21, .iv = iv, .iv_bytes = 16,
                   .output = output, .room = 21, .result = &bytes);
    expect_bytes(iv, output + 5, 16);
    memcpy(iv, counting, 16);
    expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = 21, .iv = iv, .iv_bytes = 16,
                   .output = text, .room = 21, .result = &bytes);
    expect_bytes(iv, output + 5, 16);
    expect_bytes(text, counting, 21);
    memcpy(iv, counting, 16);
    expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = 5, .iv = iv, .iv_bytes = 16,
                   .output = text, .room = 5, .result = &bytes);
    expect_bytes(iv, counting + 5, 11);
    expect_bytes(iv + 11, output, 5);
}
END_TEST

static const struct
{
    ULONG bytes;
} wrong_lengths[] =
{
    { 0 }, { 2 }, { 8 }, { 15 }, { 17 }, { 32 }, { 0xffffffff },
};

/* "Value outside 1..block or not 1/block" */
START_TEST(other_message_block_lengths_are_an_invalid_parameter)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CFB_ALG_HANDLE, counting, 16);

    expect_status(BCryptSetProperty(key, BCRYPT_MESSAGE_BLOCK_LENGTH,
                                    (UCHAR *)&wrong_lengths[_i].bytes, 4, 0),
                  STATUS_INVALID_PARAMETER);
    expect_value(property_ulong(key, BCRYPT_MESSAGE_BLOCK_LENGTH), 1);
}
END_TEST

/* "Input must be a multiple of the message block length" */
START_TEST(cfb_by_blocks_takes_whole_blocks_only)
{
    BCRYPT_KEY_HANDLE key = new_cfb_key(16);
    UCHAR iv[16], output[32];
    ULONG bytes = 0;

    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_INVALID_BUFFER_SIZE, .input = counting, .bytes = 17, .iv = iv,
                   .iv_bytes = 16, .output = output, .room = 32, .result = &bytes);
    expect_value(bytes, 17);
    expect_bytes(iv, counting, 16);
}
END_TEST

static const struct
{
    const WCHAR *id;
    ULONG key_bytes, length;
    const char *output;
} small_blocks[] =
{
    { BCRYPT_3DES_ALGORITHM, 24, 1, "587f8c286bb21607052bc02a65f63be0" },
    { BCRYPT_3DES_ALGORITHM, 24, 8, "58ec268c73f3b799c01ef19072afbffd" },
    { BCRYPT_3DES_112_ALGORITHM, 16, 1, "df7809eeb4828487552a623a4ff062a2" },
};

START_TEST(cfb_works_with_blocks_of_8_bytes)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(small_blocks[_i].id, BCRYPT_CHAIN_MODE_CFB);
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, small_blocks[_i].key_bytes);
    UCHAR iv[8], output[16];
    ULONG bytes;

    expect_status(BCryptSetProperty(key, BCRYPT_MESSAGE_BLOCK_LENGTH,
                                    (UCHAR *)&small_blocks[_i].length, 4, 0), STATUS_SUCCESS);
    memcpy(iv, counting, 8);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .iv = iv, .iv_bytes = 8,
                   .output = output, .room = 16, .result = &bytes);
    expect_hex(output, 16, small_blocks[_i].output);
    expect_bytes(iv, output + 8, 8);
    memcpy(iv, counting, 8);
    expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = 16, .iv = iv, .iv_bytes = 8,
                   .output = output, .room = 16, .result = &bytes);
    expect_bytes(output, counting, 16);
}
END_TEST

/* The length belongs to the key: another mode in between does not change it. */
START_TEST(the_message_block_length_outlives_a_change_of_mode)
{
    BCRYPT_KEY_HANDLE key = new_cfb_key(16);

    set_mode(key, BCRYPT_CHAIN_MODE_ECB);
    set_mode(key, BCRYPT_CHAIN_MODE_CFB);
    expect_value(property_ulong(key, BCRYPT_MESSAGE_BLOCK_LENGTH), 16);
    expect_cfb(key, counting, 32, CFB128_OUTPUT);
}
END_TEST

START_TEST(other_modes_have_no_message_block_length)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CBC_ALG_HANDLE, counting, 16);
    ULONG length = 16;

    expect_status(BCryptSetProperty(key, BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)&length, 4, 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

void cipher_mode_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, a_mode_is_read_in_64_bytes, aes_modes);
    add_rows(tests, a_mode_is_followed_by_zeros, aes_modes);
    add_rows(tests, a_modes_length_is_ignored_when_it_is_set, lengths);
    add_rows(tests, a_new_key_has_the_algorithms_mode_of_that_time, aes_modes);
    add_rows(tests, a_keys_mode_can_change_back_and_forth, aes_modes);
    add_rows(tests, a_cipher_takes_its_modes, offered);
    add_rows(tests, a_mode_that_the_cipher_lacks_is_not_supported, not_offered);
    add_test(tests, a_mode_that_a_keys_cipher_lacks_is_not_supported);
    add_rows(tests, the_algorithms_name_has_no_mode, aes_modes);
    add_test(tests, cfb_works_byte_by_byte_at_first);
    add_test(tests, cfb_works_by_whole_blocks_when_told_so);
    add_test(tests, the_message_block_length_can_change_back);
    add_test(tests, cfb_by_bytes_takes_any_length);
    add_test(tests, cfb_in_pieces_gives_the_same_as_whole);
    add_rows(tests, cfb_works_with_blocks_of_8_bytes, small_blocks);

    tests = ours(suite);
    add_test(tests, the_iv_after_short_cfb_text_is_the_shift_register);
    add_rows(tests, other_message_block_lengths_are_an_invalid_parameter, wrong_lengths);
    add_test(tests, cfb_by_blocks_takes_whole_blocks_only);
    add_test(tests, other_modes_have_no_message_block_length);
    add_rows(tests, a_cipher_without_modes_stays_so, without_modes);
    add_test(tests, the_iv_after_cfb_text_is_the_last_of_the_stream);
    add_test(tests, the_message_block_length_outlives_a_change_of_mode);
}
