/*
 * test_cipher_padding.c - BCRYPT_BLOCK_PADDING: sizes, short buffers and bad padding.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

#define PAD BCRYPT_BLOCK_PADDING

/* Key = IV = text = 00 01 ...: symmetric.md, section 12, and OpenSSL. */
static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG iv_bytes;
    const char *output_17, *output_32;
} modes[] =
{
    { BCRYPT_AES_ECB_ALG_HANDLE, 0,
      "0a940bb5416ef045f1c39458c653ea5a840766b749c09b4974288c10b9c20970",
      "0a940bb5416ef045f1c39458c653ea5a07feef74e1d5036e900eee118e949293"
      "954f64f2e4e86e9eee82d20216684899" },
    { BCRYPT_AES_CBC_ALG_HANDLE, 16,
      "c6a13b37878f5b826f4f8162a1c8d87928733def848fb0a65d1a51b7ec8feae9",
      "c6a13b37878f5b826f4f8162a1c8d87935d9dcdb829fec3352e7bf10b84be4a5"
      "d866f9cc6e02819e2d216105f43c2f6f" },
    { BCRYPT_AES_CFB_ALG_HANDLE, 16,
      "0a22f796e1b93e9032cff804838adfc3a5fa54d7629d8b113dd8e295c2233f29",
      "0a22f796e1b93e9032cff804838adfc3a5e4b3ffdd47108575533e672ef5d8ef"
      "7971779389a18724c58988f938340bd1" },
};

/* The first two: modes that need whole blocks. */
#define BLOCK_MODES 2

static NTSTATUS encrypt(int row, BCRYPT_KEY_HANDLE key, ULONG bytes, UCHAR *output,
                        ULONG capacity, ULONG *result)
{
    UCHAR iv[16];

    memcpy(iv, counting, 16);
    return BCryptEncrypt(key, (UCHAR *)counting, bytes, NULL, modes[row].iv_bytes ? iv : NULL,
                         modes[row].iv_bytes, output, capacity, result, PAD);
}

static NTSTATUS decrypt(int row, BCRYPT_KEY_HANDLE key, const UCHAR *input, ULONG bytes,
                        UCHAR *output, ULONG capacity, ULONG *result, ULONG flags)
{
    UCHAR iv[16];

    memcpy(iv, counting, 16);
    return BCryptDecrypt(key, (UCHAR *)input, bytes, NULL, modes[row].iv_bytes ? iv : NULL,
                         modes[row].iv_bytes, output, capacity, result, flags);
}

static BCRYPT_KEY_HANDLE new_padding_key(int row)
{
    return new_key(modes[row].algorithm, counting, 16);
}

/* --- symmetric.md, section 4, "Padding": encrypting --------------------------------------- */

START_TEST(text_is_padded_to_the_next_block)
{
    BCRYPT_KEY_HANDLE key = new_padding_key(_i);
    UCHAR output[64];
    ULONG bytes = 0;

    mark(output, sizeof(output));
    expect_status(encrypt(_i, key, 17, output, 32, &bytes), STATUS_SUCCESS);
    expect_value(bytes, 32);
    expect_hex(output, 32, modes[_i].output_17);
    expect_untouched(output + 32, 32);
    expect_status(encrypt(_i, key, 32, output, 48, &bytes), STATUS_SUCCESS);
    expect_value(bytes, 48);
    expect_hex(output, 48, modes[_i].output_32);
    expect_untouched(output + 48, 16);
}
END_TEST

static const struct
{
    ULONG bytes, padded;
} lengths[] =
{
    { 0, 16 }, { 1, 16 }, { 15, 16 }, { 16, 32 }, { 17, 32 }, { 31, 32 }, { 32, 48 },
};

START_TEST(a_size_query_says_the_padded_size)
{
    BCRYPT_KEY_HANDLE key = new_padding_key(_i);
    ULONG bytes, i;

    for (i = 0; i < ARRAY_SIZE(lengths); i++)
    {
        bytes = 0;
        expect_status(encrypt(_i, key, lengths[i].bytes, NULL, 0, &bytes), STATUS_SUCCESS);
        expect_value(bytes, lengths[i].padded);
    }
}
END_TEST

START_TEST(an_output_that_is_too_small_for_the_padding_is_refused)
{
    BCRYPT_KEY_HANDLE key = new_padding_key(_i);
    UCHAR output[48];
    ULONG bytes = 0;

    mark(output, sizeof(output));
    expect_status(encrypt(_i, key, 17, output, 31, &bytes), STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, 32);
    expect_status(encrypt(_i, key, 32, output, 32, &bytes), STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, 48);
    expect_untouched(output, sizeof(output));
}
END_TEST

START_TEST(padding_works_in_place)
{
    BCRYPT_KEY_HANDLE key = new_padding_key(_i);
    UCHAR buffer[48], iv[16];
    ULONG bytes = 0;

    memcpy(buffer, counting, 17);
    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = buffer, .bytes = 17,
                   .iv = modes[_i].iv_bytes ? iv : NULL, .iv_bytes = modes[_i].iv_bytes,
                   .output = buffer, .room = sizeof(buffer), .result = &bytes, .flags = PAD);
    expect_value(bytes, 32);
    expect_hex(buffer, 32, modes[_i].output_17);
    expect_status(decrypt(_i, key, buffer, 32, buffer, sizeof(buffer), &bytes, PAD),
                  STATUS_SUCCESS);
    expect_value(bytes, 17);
    expect_bytes(buffer, counting, 17);
}
END_TEST

START_TEST(the_iv_becomes_the_last_padded_block)
{
    BCRYPT_KEY_HANDLE key = new_padding_key(1);
    UCHAR iv[16], output[32], text[32];
    ULONG bytes;

    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 17, .iv = iv, .iv_bytes = 16,
                   .output = output, .room = 32, .result = &bytes, .flags = PAD);
    expect_bytes(iv, output + 16, 16);
    memcpy(iv, counting, 16);
    expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = 32, .iv = iv, .iv_bytes = 16,
                   .output = text, .room = 32, .result = &bytes, .flags = PAD);
    expect_value(bytes, 17);
    expect_bytes(iv, output + 16, 16);
}
END_TEST

/* --- symmetric.md, section 4, "Padding": decrypting --------------------------------------- */

static const struct
{
    ULONG input, capacity;
    NTSTATUS status;
    ULONG result;
} decryptions[] =
{
    { 32, 32, STATUS_SUCCESS,          17 },
    { 32, 17, STATUS_SUCCESS,          17 },
    { 32, 16, STATUS_BUFFER_TOO_SMALL, 17 },
    { 32, 15, STATUS_BUFFER_TOO_SMALL, 32 },
    { 32,  1, STATUS_BUFFER_TOO_SMALL, 32 },
    { 48, 48, STATUS_SUCCESS,          32 },
    { 48, 32, STATUS_SUCCESS,          32 },
    { 48, 31, STATUS_BUFFER_TOO_SMALL, 48 },
    { 48, 16, STATUS_BUFFER_TOO_SMALL, 48 },
};

static void expect_decryption(int row, int mode)
{
    BCRYPT_KEY_HANDLE key = new_padding_key(mode);
    UCHAR input[48], output[64];
    ULONG bytes = 0;

    unhex(input, sizeof(input), decryptions[row].input == 32 ? modes[mode].output_17
                                                             : modes[mode].output_32);
    mark(output, sizeof(output));
    expect_status(decrypt(mode, key, input, decryptions[row].input, output,
                          decryptions[row].capacity, &bytes, PAD), decryptions[row].status);
    expect_value(bytes, decryptions[row].result);
    expect_untouched(output + decryptions[row].capacity,
                     sizeof(output) - decryptions[row].capacity);
    expect_bytes(decryptions[row].status ? counting : output, counting, decryptions[row].result);
}

START_TEST(ecb_decrypts_into_what_the_text_needs)
{
    expect_decryption(_i, 0);
}
END_TEST

START_TEST(cbc_decrypts_into_what_the_text_needs)
{
    expect_decryption(_i, 1);
}
END_TEST

START_TEST(cfb_decrypts_into_what_the_text_needs)
{
    expect_decryption(_i, 2);
}
END_TEST

/* What does not fit is not begun. */
START_TEST(nothing_is_decrypted_into_a_short_output)
{
    BCRYPT_KEY_HANDLE key = new_padding_key(_i);
    UCHAR input[32], output[32], iv[16];
    ULONG bytes = 0;

    unhex(input, sizeof(input), modes[_i].output_17);
    mark(output, sizeof(output));
    mark(iv, sizeof(iv));
    expect_status(decrypt(_i, key, input, 32, output, 16, &bytes, PAD), STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, 17);
    expect_untouched(output, sizeof(output));
    expect_decrypt(key, STATUS_BUFFER_TOO_SMALL, .input = input, .bytes = 32,
                   .iv = modes[_i].iv_bytes ? iv : NULL, .iv_bytes = modes[_i].iv_bytes,
                   .output = output, .room = 15, .result = &bytes, .flags = PAD);
    expect_value(bytes, 32);
    expect_untouched(output, sizeof(output));
    expect_untouched(iv, sizeof(iv));
}
END_TEST

START_TEST(a_size_query_for_decryption_says_the_inputs_size)
{
    BCRYPT_KEY_HANDLE key = new_padding_key(_i);
    UCHAR input[48];
    ULONG bytes = 0;

    unhex(input, sizeof(input), modes[_i].output_32);
    expect_status(decrypt(_i, key, input, 32, NULL, 0, &bytes, PAD), STATUS_SUCCESS);
    expect_value(bytes, 32);
    expect_status(decrypt(_i, key, input, 48, NULL, 0, &bytes, PAD), STATUS_SUCCESS);
    expect_value(bytes, 48);
    expect_status(decrypt(_i, key, input, 48, NULL, 0, &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, 48);
}
END_TEST

START_TEST(without_the_flag_the_padding_is_text)
{
    BCRYPT_KEY_HANDLE key = new_padding_key(_i);
    UCHAR input[32], output[32];
    ULONG bytes = 0;

    unhex(input, sizeof(input), modes[_i].output_17);
    expect_status(decrypt(_i, key, input, 32, output, 31, &bytes, 0), STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, 32);
    expect_status(decrypt(_i, key, input, 32, output, 32, &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, 32);
    expect_bytes(output, counting, 17);
    expect_hex(output + 17, 15, "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f");
}
END_TEST

START_TEST(padded_ciphertext_must_be_whole_blocks)
{
    BCRYPT_KEY_HANDLE key = new_padding_key(_i);
    UCHAR output[32];
    ULONG bytes = 0;

    mark(output, 32);
    expect_status(decrypt(_i, key, counting, 17, output, 32, &bytes, PAD),
                  STATUS_INVALID_BUFFER_SIZE);
    expect_value(bytes, 17);
    expect_untouched(output, 32);
}
END_TEST

/* CFB takes any length without padding, and whole blocks with it. */
START_TEST(padded_ciphertext_of_cfb_must_be_whole_blocks_too)
{
    BCRYPT_KEY_HANDLE key = new_padding_key(2);
    UCHAR output[32];
    ULONG bytes = 0;

    mark(output, 32);
    expect_status(decrypt(2, key, counting, 17, output, 32, &bytes, PAD),
                  STATUS_INVALID_BUFFER_SIZE);
    expect_value(bytes, 17);
    expect_untouched(output, 32);
    expect_status(decrypt(2, key, counting, 17, output, 32, &bytes, 0), STATUS_SUCCESS);
}
END_TEST

/* The last block decides: its last byte, and every byte of the padding. */
static const struct
{
    const char *last_block;
    NTSTATUS status;
    ULONG text;
} paddings[] =
{
    { "000102030405060708090a0b0c0d0e01", STATUS_SUCCESS, 15 },
    { "000102030405060708090a0b0c0d0202", STATUS_SUCCESS, 14 },
    { "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f", STATUS_SUCCESS,  1 },
    { "10101010101010101010101010101010", STATUS_SUCCESS,  0 },
    { "000102030405060708090a0b0c0d0102", STATUS_DATA_ERROR, 0 },
    { "000102030405060708090a0b0c0d0302", STATUS_DATA_ERROR, 0 },
    { "000102030405060708090a0b0c040404", STATUS_DATA_ERROR, 0 },
    { "00101010101010101010101010101010", STATUS_DATA_ERROR, 0 },
    { "11111111111111111111111111111111", STATUS_DATA_ERROR, 0 },
    { "000102030405060708090a0b0c0d0eff", STATUS_DATA_ERROR, 0 },
    { "000102030405060708090a0b0c0d0e80", STATUS_DATA_ERROR, 0 },
};

static void expect_padding(int row)
{
    BCRYPT_KEY_HANDLE key = new_padding_key(0);
    UCHAR block[16], output[16];
    ULONG bytes = 0;

    unhex(block, 16, paddings[row].last_block);
    expect_encrypt(key, STATUS_SUCCESS, .input = block, .bytes = 16, .output = output, .room = 16,
                   .result = &bytes);
    expect_status(decrypt(0, key, output, 16, output, 16, &bytes, PAD), paddings[row].status);
    expect_bytes(paddings[row].status ? block : output, block, paddings[row].text);
}

START_TEST(padding_is_examined)
{
    expect_padding(_i);
}
END_TEST

/* "padding byte 0 accepted (Wine), rejected" */
START_TEST(padding_of_no_bytes_is_a_data_error)
{
    BCRYPT_KEY_HANDLE key = new_padding_key(0);
    UCHAR block[16] = { 0 }, output[16];
    ULONG bytes = 0;

    expect_encrypt(key, STATUS_SUCCESS, .input = block, .bytes = 16, .output = output, .room = 16,
                   .result = &bytes);
    expect_status(decrypt(0, key, output, 16, output, 16, &bytes, PAD), STATUS_DATA_ERROR);
}
END_TEST

START_TEST(a_wrong_key_is_a_data_error)
{
    BCRYPT_KEY_HANDLE wrong = new_key(modes[_i].algorithm, counting + 1, 16);
    UCHAR input[48], output[48];
    ULONG bytes;

    unhex(input, sizeof(input), modes[_i].output_32);
    expect_status(decrypt(_i, wrong, input, 48, output, 48, &bytes, PAD), STATUS_DATA_ERROR);
}
END_TEST

/* "DATA_ERROR or INVALID_BUFFER_SIZE" */
START_TEST(padded_ciphertext_of_no_bytes_is_a_data_error)
{
    BCRYPT_KEY_HANDLE key = new_padding_key(_i);
    UCHAR output[16];
    ULONG bytes;

    mark(output, sizeof(output));
    expect_status(decrypt(_i, key, counting, 0, output, 16, &bytes, PAD), STATUS_DATA_ERROR);
    expect_untouched(output, sizeof(output));
}
END_TEST

/* Bad padding must not move the chain value: failures leave it alone. */
START_TEST(bad_padding_leaves_the_iv_alone)
{
    BCRYPT_KEY_HANDLE key = new_padding_key(1);
    UCHAR iv[16], output[32];
    ULONG bytes;

    mark(iv, 16);
    expect_decrypt(key, STATUS_DATA_ERROR, .input = counting, .bytes = 32, .iv = iv, .iv_bytes = 16,
                   .output = output, .room = 32, .result = &bytes, .flags = PAD);
    expect_untouched(iv, 16);
}
END_TEST

/* --- symmetric.md, section 4: "GCM + flag" ------------------------------------------------ */

START_TEST(gcm_with_padding_is_refused)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_GCM_ALG_HANDLE, counting, 16);
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    UCHAR output[48], tag[16], nonce[12] = { 0 };
    ULONG bytes = 0;

    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = nonce;
    info.cbNonce = sizeof(nonce);
    info.pbTag = tag;
    info.cbTag = sizeof(tag);
    mark(output, sizeof(output));
    expect_encrypt(key, STATUS_BUFFER_TOO_SMALL, .input = counting, .bytes = 32, .info = &info,
                   .output = output, .room = 32, .result = &bytes, .flags = PAD);
    expect_encrypt(key, STATUS_INVALID_PARAMETER, .input = counting, .bytes = 32, .info = &info,
                   .output = output, .room = 48, .result = &bytes, .flags = PAD);
    expect_untouched(output, sizeof(output));
}
END_TEST

/* Blocks of 8 bytes follow the same rules. */
START_TEST(ciphers_of_small_blocks_pad_to_theirs)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_3DES_ECB_ALG_HANDLE, counting, 24);
    UCHAR output[32];
    ULONG bytes = 0;

    expect_encrypt(key, STATUS_BUFFER_TOO_SMALL, .input = counting, .bytes = 8, .output = output,
                   .room = 15, .result = &bytes, .flags = PAD);
    expect_value(bytes, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 8, .output = output, .room = 16,
                   .result = &bytes, .flags = PAD);
    expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = 16, .output = output, .room = 8,
                   .result = &bytes, .flags = PAD);
    expect_value(bytes, 8);
    expect_bytes(output, counting, 8);
}
END_TEST

void cipher_padding_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, text_is_padded_to_the_next_block, modes);
    add_rows(tests, a_size_query_says_the_padded_size, modes);
    add_rows(tests, an_output_that_is_too_small_for_the_padding_is_refused, modes);
    add_rows(tests, padding_works_in_place, modes);
    add_test(tests, the_iv_becomes_the_last_padded_block);
    add_rows(tests, ecb_decrypts_into_what_the_text_needs, decryptions);
    add_rows(tests, cbc_decrypts_into_what_the_text_needs, decryptions);
    test_add(tests, a_size_query_for_decryption_says_the_inputs_size, BLOCK_MODES);
    add_rows(tests, without_the_flag_the_padding_is_text, modes);
    test_add(tests, padded_ciphertext_must_be_whole_blocks, BLOCK_MODES);
    add_rows(tests, padding_is_examined, paddings);
    test_add(tests, a_wrong_key_is_a_data_error, BLOCK_MODES);
    add_test(tests, gcm_with_padding_is_refused);
    add_test(tests, ciphers_of_small_blocks_pad_to_theirs);

    tests = ours(suite);
    add_test(tests, padding_of_no_bytes_is_a_data_error);
    add_test(tests, bad_padding_leaves_the_iv_alone);
    add_rows(tests, padded_ciphertext_of_no_bytes_is_a_data_error, modes);
    add_rows(tests, cfb_decrypts_into_what_the_text_needs, decryptions);
    test_add(tests, nothing_is_decrypted_into_a_short_output, BLOCK_MODES);
    add_test(tests, padded_ciphertext_of_cfb_must_be_whole_blocks_too);
}
