/*
 * test_cipher.c - encrypting and decrypting: the rules that all ciphers share, and IVs.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

/* AES-128, key = IV = 00 01 ... 0f, text = 00 01 ... 1f: symmetric.md, section 12, and OpenSSL. */
#define ECB_OUTPUT "0a940bb5416ef045f1c39458c653ea5a07feef74e1d5036e900eee118e949293"
#define CBC_OUTPUT "c6a13b37878f5b826f4f8162a1c8d87935d9dcdb829fec3352e7bf10b84be4a5"
#define CBC_FIRST "c6a13b37878f5b826f4f8162a1c8d879"
#define CBC_NEXT "b58a1064d8aca99bd9b0405b8545f5bb"
#define CFB_OUTPUT "0a22f796e1b93e9032cff804838adfc3a5e4b3ffdd47108575533e672ef5d8ef"

static const struct
{
    const WCHAR *mode;
    bool chained;
    const char *output;
} modes[] =
{
    { BCRYPT_CHAIN_MODE_ECB, false, ECB_OUTPUT },
    { BCRYPT_CHAIN_MODE_CBC, true,  CBC_OUTPUT },
    { BCRYPT_CHAIN_MODE_CFB, true,  CFB_OUTPUT },
};

/* The chained ones alone, and those whose text must be whole blocks. */
static const int chained[] = { 1, 2 };
static const int blocked[] = { 0, 1 };

static BCRYPT_KEY_HANDLE new_mode_key(int row)
{
    return new_key(open_cipher(BCRYPT_AES_ALGORITHM, modes[row].mode), counting, 16);
}

/* A call with a fresh counting IV, if the mode has one. */
static NTSTATUS encrypt(int row, BCRYPT_KEY_HANDLE key, const void *input, ULONG bytes,
                        UCHAR *output, ULONG capacity, ULONG *result)
{
    UCHAR iv[16];

    memcpy(iv, counting, 16);
    return BCryptEncrypt(key, (UCHAR *)input, bytes, NULL, modes[row].chained ? iv : NULL,
                         modes[row].chained ? 16 : 0, output, capacity, result, 0);
}

static NTSTATUS decrypt(int row, BCRYPT_KEY_HANDLE key, const void *input, ULONG bytes,
                        UCHAR *output, ULONG capacity, ULONG *result)
{
    UCHAR iv[16];

    memcpy(iv, counting, 16);
    return BCryptDecrypt(key, (UCHAR *)input, bytes, NULL, modes[row].chained ? iv : NULL,
                         modes[row].chained ? 16 : 0, output, capacity, result, 0);
}

/* --- symmetric.md, section 4: common contract --------------------------------------------- */

START_TEST(each_mode_gives_the_published_output)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(_i);
    UCHAR output[32], text[32];
    ULONG bytes = 0;

    expect_status(encrypt(_i, key, counting, 32, output, 32, &bytes), STATUS_SUCCESS);
    expect_value(bytes, 32);
    expect_hex(output, 32, modes[_i].output);
    bytes = 0;
    expect_status(decrypt(_i, key, output, 32, text, 32, &bytes), STATUS_SUCCESS);
    expect_value(bytes, 32);
    expect_bytes(text, counting, 32);
}
END_TEST

static const struct
{
    ULONG bytes;
    const char *output;
} fips197[] =
{
    { 16, "69c4e0d86a7b0430d8cdb78070b4c55a" },
    { 24, "dda97ca4864cdfe06eaf70a0ec0d7191" },
    { 32, "8ea2b7ca516745bfeafc49904b496089" },
};

START_TEST(aes_gives_the_published_output)         /* FIPS 197, appendix C */
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_ECB_ALG_HANDLE, counting, fips197[_i].bytes);
    UCHAR text[16], output[16];
    ULONG bytes;

    unhex(text, 16, "00112233445566778899aabbccddeeff");
    expect_encrypt(key, STATUS_SUCCESS, .input = text, .bytes = 16, .output = output, .room = 16,
                   .result = &bytes);
    expect_hex(output, 16, fips197[_i].output);
    expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = 16, .output = output, .room = 16,
                   .result = &bytes);
    expect_bytes(output, text, 16);
}
END_TEST

START_TEST(text_may_be_replaced_in_place)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(_i);
    UCHAR buffer[32];
    ULONG bytes;

    memcpy(buffer, counting, 32);
    expect_status(encrypt(_i, key, buffer, 32, buffer, 32, &bytes), STATUS_SUCCESS);
    expect_hex(buffer, 32, modes[_i].output);
    expect_status(decrypt(_i, key, buffer, 32, buffer, 32, &bytes), STATUS_SUCCESS);
    expect_bytes(buffer, counting, 32);
}
END_TEST

START_TEST(buffers_may_lie_anywhere)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(_i);
    UCHAR input[48], output[48], text[48];
    ULONG bytes, i;

    for (i = 0; i < 16; i++)
    {
        memcpy(input + i, counting, 32);
        expect_status(encrypt(_i, key, input + i, 32, output + (i * 5) % 16, 32, &bytes),
                      STATUS_SUCCESS);
        expect_hex(output + (i * 5) % 16, 32, modes[_i].output);
        expect_status(decrypt(_i, key, output + (i * 5) % 16, 32, text + i, 32, &bytes),
                      STATUS_SUCCESS);
        expect_bytes(text + i, counting, 32);
    }
}
END_TEST

START_TEST(a_size_query_says_the_size_and_changes_nothing)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(_i);
    UCHAR iv[16];
    ULONG bytes = 0;

    mark(iv, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 32,
                   .iv = modes[_i].chained ? iv : NULL, .iv_bytes = modes[_i].chained ? 16 : 0,
                   .result = &bytes);
    expect_value(bytes, 32);
    bytes = 0;
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 32,
                   .iv = modes[_i].chained ? iv : NULL, .iv_bytes = modes[_i].chained ? 16 : 0,
                   .room = 7, .result = &bytes);
    expect_value(bytes, 32);
    bytes = 0;
    expect_decrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 32,
                   .iv = modes[_i].chained ? iv : NULL, .iv_bytes = modes[_i].chained ? 16 : 0,
                   .result = &bytes);
    expect_value(bytes, 32);
    expect_untouched(iv, 16);
}
END_TEST

START_TEST(an_output_that_is_too_small_is_refused_with_the_size)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(_i);
    UCHAR iv[16], output[32];
    ULONG bytes = 0;

    mark(iv, 16);
    mark(output, 32);
    expect_encrypt(key, STATUS_BUFFER_TOO_SMALL, .input = counting, .bytes = 32,
                   .iv = modes[_i].chained ? iv : NULL, .iv_bytes = modes[_i].chained ? 16 : 0,
                   .output = output, .room = 31, .result = &bytes);
    expect_value(bytes, 32);
    bytes = 0;
    expect_decrypt(key, STATUS_BUFFER_TOO_SMALL, .input = counting, .bytes = 32,
                   .iv = modes[_i].chained ? iv : NULL, .iv_bytes = modes[_i].chained ? 16 : 0,
                   .output = output, .room = 31, .result = &bytes);
    expect_value(bytes, 32);
    expect_untouched(iv, 16);
    expect_untouched(output, 32);
}
END_TEST

START_TEST(a_larger_output_is_written_as_far_as_needed)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(_i);
    UCHAR output[64];
    ULONG bytes = 0;

    mark(output, sizeof(output));
    expect_status(encrypt(_i, key, counting, 32, output, sizeof(output), &bytes), STATUS_SUCCESS);
    expect_value(bytes, 32);
    expect_hex(output, 32, modes[_i].output);
    expect_untouched(output + 32, 32);
}
END_TEST

START_TEST(no_text_succeeds)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(_i);
    ULONG bytes = 0xdead;

    expect_encrypt(key, STATUS_SUCCESS, .result = &bytes);
    expect_value(bytes, 0);
    bytes = 0xdead;
    expect_decrypt(key, STATUS_SUCCESS, .result = &bytes);
    expect_value(bytes, 0);
}
END_TEST

START_TEST(a_missing_size_is_an_invalid_parameter)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(_i);
    UCHAR output[16];

    expect_encrypt(key, STATUS_INVALID_PARAMETER, .input = counting, .bytes = 16, .output = output,
                   .room = 16);
    expect_decrypt(key, STATUS_INVALID_PARAMETER, .input = counting, .bytes = 16, .output = output,
                   .room = 16);
}
END_TEST

START_TEST(text_from_nowhere_is_an_invalid_parameter)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(_i);
    UCHAR output[16];
    ULONG bytes;

    mark(output, 16);
    expect_status(encrypt(_i, key, NULL, 16, output, 16, &bytes), STATUS_INVALID_PARAMETER);
    expect_status(decrypt(_i, key, NULL, 16, output, 16, &bytes), STATUS_INVALID_PARAMETER);
    expect_untouched(output, 16);
}
END_TEST

/* "INVALID_BUFFER_SIZE and *pcbResult = cbInput, ... even for a size query" */
START_TEST(text_that_is_not_whole_blocks_is_refused)
{
    int row = blocked[_i];
    BCRYPT_KEY_HANDLE key = new_mode_key(row);
    UCHAR iv[16], output[32];
    ULONG bytes = 0, query = 0;

    mark(iv, 16);
    mark(output, 32);
    expect_encrypt(key, STATUS_INVALID_BUFFER_SIZE, .input = counting, .bytes = 17,
                   .iv = modes[row].chained ? iv : NULL, .iv_bytes = modes[row].chained ? 16 : 0,
                   .output = output, .room = 32, .result = &bytes);
    expect_value(bytes, 17);
    expect_encrypt(key, STATUS_INVALID_BUFFER_SIZE, .input = counting, .bytes = 17,
                   .result = &query);
    expect_value(query, 17);
    bytes = query = 0;
    expect_decrypt(key, STATUS_INVALID_BUFFER_SIZE, .input = counting, .bytes = 17,
                   .iv = modes[row].chained ? iv : NULL, .iv_bytes = modes[row].chained ? 16 : 0,
                   .output = output, .room = 32, .result = &bytes);
    expect_value(bytes, 17);
    expect_decrypt(key, STATUS_INVALID_BUFFER_SIZE, .input = counting, .bytes = 17,
                   .result = &query);
    expect_value(query, 17);
    expect_untouched(iv, 16);
    expect_untouched(output, 32);
}
END_TEST

START_TEST(the_padding_info_is_ignored)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(_i);
    UCHAR output[32], iv[16];
    ULONG bytes;

    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 32, .info = counting,
                   .iv = modes[_i].chained ? iv : NULL, .iv_bytes = modes[_i].chained ? 16 : 0,
                   .output = output, .room = 32, .result = &bytes);
    expect_hex(output, 32, modes[_i].output);
}
END_TEST

/* handles.md, "Threads and IRQL": "kernel only, ignored in user mode" */
START_TEST(the_locked_buffers_flag_is_ignored)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(_i);
    UCHAR output[32], iv[16];
    ULONG bytes;

    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 32,
                   .iv = modes[_i].chained ? iv : NULL, .iv_bytes = modes[_i].chained ? 16 : 0,
                   .output = output, .room = 32, .result = &bytes,
                   .flags = BCRYPT_BUFFERS_LOCKED_FLAG);
    expect_hex(output, 32, modes[_i].output);
    memcpy(iv, counting, 16);
    expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = 32,
                   .iv = modes[_i].chained ? iv : NULL, .iv_bytes = modes[_i].chained ? 16 : 0,
                   .output = output, .room = 32, .result = &bytes,
                   .flags = BCRYPT_BUFFERS_LOCKED_FLAG);
    expect_bytes(output, counting, 32);
}
END_TEST

START_TEST(an_unknown_flag_is_an_invalid_parameter)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(_i);
    UCHAR output[32], iv[16];
    ULONG bytes;

    mark(output, 32);
    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_INVALID_PARAMETER, .input = counting, .bytes = 32,
                   .iv = modes[_i].chained ? iv : NULL, .iv_bytes = modes[_i].chained ? 16 : 0,
                   .output = output, .room = 32, .result = &bytes, .flags = 0x80000000);
    expect_untouched(output, 32);
}
END_TEST

/* --- symmetric.md, section 4, "IV rules" -------------------------------------------------- */

START_TEST(the_iv_becomes_the_last_block_of_ciphertext)
{
    int row = chained[_i];
    BCRYPT_KEY_HANDLE key = new_mode_key(row);
    UCHAR iv[16], output[32], text[32];
    ULONG bytes;

    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 32, .iv = iv, .iv_bytes = 16,
                   .output = output, .room = 32, .result = &bytes);
    expect_bytes(iv, output + 16, 16);
    memcpy(iv, counting, 16);
    expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = 32, .iv = iv, .iv_bytes = 16,
                   .output = text, .room = 32, .result = &bytes);
    expect_bytes(iv, output + 16, 16);
    memcpy(text, output, 32);
    memcpy(iv, counting, 16);
    expect_decrypt(key, STATUS_SUCCESS, .input = text, .bytes = 32, .iv = iv, .iv_bytes = 16,
                   .output = text, .room = 32, .result = &bytes);
    expect_bytes(iv, output + 16, 16);
    expect_bytes(text, counting, 32);
}
END_TEST

START_TEST(the_iv_continues_a_message)
{
    int row = chained[_i];
    BCRYPT_KEY_HANDLE key = new_mode_key(row);
    UCHAR iv[16], output[32], text[32];
    ULONG bytes;

    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .iv = iv, .iv_bytes = 16,
                   .output = output, .room = 16, .result = &bytes);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting + 16, .bytes = 16, .iv = iv,
                   .iv_bytes = 16, .output = output + 16, .room = 16, .result = &bytes);
    expect_hex(output, 32, modes[row].output);
    memcpy(iv, counting, 16);
    expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = 16, .iv = iv, .iv_bytes = 16,
                   .output = text, .room = 16, .result = &bytes);
    expect_decrypt(key, STATUS_SUCCESS, .input = output + 16, .bytes = 16, .iv = iv, .iv_bytes = 16,
                   .output = text + 16, .room = 16, .result = &bytes);
    expect_bytes(text, counting, 32);
}
END_TEST

START_TEST(without_iv_the_keys_chain_value_continues)
{
    int row = chained[_i];
    BCRYPT_KEY_HANDLE key = new_mode_key(row);
    UCHAR iv[16], output[32], text[32];
    ULONG bytes;

    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .iv = iv, .iv_bytes = 16,
                   .output = output, .room = 16, .result = &bytes);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting + 16, .bytes = 16, .output = output + 16,
                   .room = 16, .result = &bytes);
    expect_hex(output, 32, modes[row].output);
    memcpy(iv, counting, 16);
    expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = 16, .iv = iv, .iv_bytes = 16,
                   .output = text, .room = 16, .result = &bytes);
    expect_decrypt(key, STATUS_SUCCESS, .input = output + 16, .bytes = 16, .output = text + 16,
                   .room = 16, .result = &bytes);
    expect_bytes(text, counting, 32);
}
END_TEST

START_TEST(cbc_gives_the_chained_vectors)          /* symmetric.md, section 12 */
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CBC_ALG_HANDLE, counting, 16);
    UCHAR iv[16], output[16];
    ULONG bytes;

    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .iv = iv, .iv_bytes = 16,
                   .output = output, .room = 16, .result = &bytes);
    expect_hex(output, 16, CBC_FIRST);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .output = output,
                   .room = 16, .result = &bytes);
    expect_hex(output, 16, CBC_NEXT);
    memcpy(iv, counting, 16);
    iv[0] = 1;
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .iv = iv, .iv_bytes = 16,
                   .output = output, .room = 16, .result = &bytes);
    expect_hex(output, 16, "e37cd363dd7c87a09aff0e3e60e09c82");
}
END_TEST

START_TEST(size_queries_and_failures_leave_the_chain_value_alone)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CBC_ALG_HANDLE, counting, 16);
    UCHAR iv[16], other[16] = { 9 }, output[16];
    ULONG bytes;

    memcpy(iv, counting, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .iv = iv, .iv_bytes = 16,
                   .output = output, .room = 16, .result = &bytes);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .iv = other, .iv_bytes = 16,
                   .result = &bytes);
    expect_encrypt(key, STATUS_BUFFER_TOO_SMALL, .input = counting, .bytes = 16, .iv = other,
                   .iv_bytes = 16, .output = output, .room = 15, .result = &bytes);
    expect_encrypt(key, STATUS_INVALID_BUFFER_SIZE, .input = counting, .bytes = 17, .iv = other,
                   .iv_bytes = 16, .output = output, .room = 16, .result = &bytes);
    expect_encrypt(key, STATUS_SUCCESS, .result = &bytes);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .output = output,
                   .room = 16, .result = &bytes);
    expect_hex(output, 16, CBC_NEXT);
}
END_TEST

START_TEST(a_fresh_keys_chain_value_is_zero)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CBC_ALG_HANDLE, counting, 16);
    UCHAR output[16];
    ULONG bytes;

    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .output = output,
                   .room = 16, .result = &bytes);
    expect_hex(output, 16, "0a940bb5416ef045f1c39458c653ea5a");
}
END_TEST

START_TEST(the_iv_property_sets_the_chain_value)
{
    int row = chained[_i];
    BCRYPT_KEY_HANDLE key = new_mode_key(row);
    UCHAR output[32], text[32];
    ULONG bytes;

    expect_status(BCryptSetProperty(key, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 16, 0),
                  STATUS_SUCCESS);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .output = output,
                   .room = 16, .result = &bytes);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting + 16, .bytes = 16, .output = output + 16,
                   .room = 16, .result = &bytes);
    expect_hex(output, 32, modes[row].output);
    expect_status(BCryptSetProperty(key, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 16, 0),
                  STATUS_SUCCESS);
    expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = 32, .output = text, .room = 32,
                   .result = &bytes);
    expect_bytes(text, counting, 32);
}
END_TEST

START_TEST(the_iv_property_can_be_set_on_an_ecb_key)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(0);
    UCHAR output[32];
    ULONG bytes;

    expect_status(BCryptSetProperty(key, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 16, 0),
                  STATUS_SUCCESS);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 32, .output = output,
                   .room = 32, .result = &bytes);
    expect_hex(output, 32, ECB_OUTPUT);
}
END_TEST

START_TEST(an_iv_property_of_wrong_length_is_an_invalid_parameter)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(1);

    expect_status(BCryptSetProperty(key, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 15, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(key, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 0, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(an_iv_for_ecb_is_an_invalid_parameter_with_the_size)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(0);
    UCHAR iv[16], output[32];
    ULONG bytes = 0;

    mark(iv, 16);
    mark(output, 32);
    expect_encrypt(key, STATUS_INVALID_PARAMETER, .input = counting, .bytes = 32, .iv = iv,
                   .iv_bytes = 16, .output = output, .room = 32, .result = &bytes);
    expect_value(bytes, 32);
    bytes = 0;
    expect_decrypt(key, STATUS_INVALID_PARAMETER, .input = counting, .bytes = 32, .iv = iv,
                   .iv_bytes = 16, .output = output, .room = 32, .result = &bytes);
    expect_value(bytes, 32);
    expect_untouched(iv, 16);
    expect_untouched(output, 32);
}
END_TEST

START_TEST(without_iv_its_length_does_not_matter_to_ecb)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(0);
    UCHAR output[32];
    ULONG bytes;

    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 32, .iv_bytes = 16,
                   .output = output, .room = 32, .result = &bytes);
    expect_hex(output, 32, ECB_OUTPUT);
}
END_TEST

START_TEST(without_iv_its_length_does_not_matter_to_cbc)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CBC_ALG_HANDLE, counting, 16);
    UCHAR output[16];
    ULONG bytes;

    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .iv_bytes = 16,
                   .output = output, .room = 16, .result = &bytes);
    expect_hex(output, 16, "0a940bb5416ef045f1c39458c653ea5a");
}
END_TEST

static const struct
{
    ULONG bytes;
} wrong_ivs[] =
{
    { 0 }, { 1 }, { 8 }, { 15 }, { 17 }, { 32 },
};

START_TEST(an_iv_of_wrong_length_is_an_invalid_parameter)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CBC_ALG_HANDLE, counting, 16);
    UCHAR iv[32], output[16];
    ULONG bytes;

    mark(iv, sizeof(iv));
    mark(output, 16);
    expect_encrypt(key, STATUS_INVALID_PARAMETER, .input = counting, .bytes = 16, .iv = iv,
                   .iv_bytes = wrong_ivs[_i].bytes, .output = output, .room = 16, .result = &bytes);
    expect_decrypt(key, STATUS_INVALID_PARAMETER, .input = counting, .bytes = 16, .iv = iv,
                   .iv_bytes = wrong_ivs[_i].bytes, .output = output, .room = 16, .result = &bytes);
    expect_untouched(iv, sizeof(iv));
    expect_untouched(output, 16);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG key_bytes, iv_bytes, wrong_bytes;
} other_wrong_ivs[] =
{
    { BCRYPT_AES_CFB_ALG_HANDLE,  16, 16, 0 },  { BCRYPT_AES_CFB_ALG_HANDLE,  16, 16, 15 },
    { BCRYPT_AES_CFB_ALG_HANDLE,  16, 16, 8 },  { BCRYPT_3DES_CBC_ALG_HANDLE, 24, 8, 16 },
    { BCRYPT_3DES_CFB_ALG_HANDLE, 24, 8, 7 },   { BCRYPT_DES_CBC_ALG_HANDLE,   8, 8, 9 },
    { BCRYPT_RC2_CBC_ALG_HANDLE,  16, 8, 16 },  { BCRYPT_DESX_CBC_ALG_HANDLE, 24, 8, 0 },
};

/* "must equal the block length": of the cipher that it is */
START_TEST(an_iv_is_as_long_as_the_ciphers_block)
{
    BCRYPT_KEY_HANDLE key = new_key(other_wrong_ivs[_i].algorithm, counting,
                                    other_wrong_ivs[_i].key_bytes);
    UCHAR iv[16], output[16];
    ULONG bytes;

    mark(iv, sizeof(iv));
    mark(output, sizeof(output));
    expect_encrypt(key, STATUS_INVALID_PARAMETER, .input = counting, .bytes = 16, .iv = iv,
                   .iv_bytes = other_wrong_ivs[_i].wrong_bytes, .output = output, .room = 16,
                   .result = &bytes);
    expect_untouched(iv, sizeof(iv));
    expect_untouched(output, sizeof(output));
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .iv = iv,
                   .iv_bytes = other_wrong_ivs[_i].iv_bytes, .output = output, .room = 16,
                   .result = &bytes);
}
END_TEST

/* "store the size, whole blocks, size query, output size, IV validity, work": in this order */
START_TEST(a_wrong_iv_is_noticed_after_everything_else)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(_i);
    ULONG wrong = modes[_i].chained ? 15 : 16, bytes = 0;
    UCHAR iv[16], output[32];

    mark(iv, sizeof(iv));
    mark(output, sizeof(output));
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 32, .iv = iv, .iv_bytes = wrong,
                   .result = &bytes);
    expect_value(bytes, 32);
    bytes = 0;
    expect_encrypt(key, STATUS_BUFFER_TOO_SMALL, .input = counting, .bytes = 32, .iv = iv,
                   .iv_bytes = wrong, .output = output, .room = 31, .result = &bytes);
    expect_value(bytes, 32);
    bytes = 0;
    expect_decrypt(key, STATUS_BUFFER_TOO_SMALL, .input = counting, .bytes = 32, .iv = iv,
                   .iv_bytes = wrong, .output = output, .room = 31, .result = &bytes);
    expect_value(bytes, 32);
    bytes = 0;
    expect_encrypt(key, STATUS_INVALID_PARAMETER, .input = counting, .bytes = 32, .iv = iv,
                   .iv_bytes = wrong, .output = output, .room = 32, .result = &bytes);
    expect_value(bytes, 32);
    expect_untouched(iv, sizeof(iv));
    expect_untouched(output, sizeof(output));
}
END_TEST

START_TEST(text_that_is_not_whole_blocks_is_noticed_before_a_short_output)
{
    int row = blocked[_i];
    BCRYPT_KEY_HANDLE key = new_mode_key(row);
    UCHAR output[16], iv[16];
    ULONG bytes = 0;

    expect_encrypt(key, STATUS_INVALID_BUFFER_SIZE, .input = counting, .bytes = 17, .iv = iv,
                   .iv_bytes = 15, .output = output, .room = 1, .result = &bytes);
    expect_value(bytes, 17);
    bytes = 0;
    expect_decrypt(key, STATUS_INVALID_BUFFER_SIZE, .input = counting, .bytes = 17, .iv = iv,
                   .iv_bytes = 15, .output = output, .room = 1, .result = &bytes);
    expect_value(bytes, 17);
}
END_TEST

/* Each of them would leave a chain value of its own. */
START_TEST(failures_of_decryption_leave_the_chain_value_alone)
{
    int row = chained[_i];
    BCRYPT_KEY_HANDLE key = new_mode_key(row);
    UCHAR input[32], iv[16], other[16] = { 9 }, text[32];
    ULONG bytes;

    unhex(input, sizeof(input), modes[row].output);
    memcpy(iv, counting, 16);
    expect_decrypt(key, STATUS_SUCCESS, .input = input, .bytes = 16, .iv = iv, .iv_bytes = 16,
                   .output = text, .room = 16, .result = &bytes);
    expect_decrypt(key, STATUS_SUCCESS, .input = input + 16, .bytes = 16, .iv = other,
                   .iv_bytes = 16, .result = &bytes);
    expect_decrypt(key, STATUS_BUFFER_TOO_SMALL, .input = input + 16, .bytes = 16, .iv = other,
                   .iv_bytes = 16, .output = text + 16, .room = 15, .result = &bytes);
    expect_decrypt(key, STATUS_INVALID_PARAMETER, .input = input + 16, .bytes = 16, .iv = other,
                   .iv_bytes = 15, .output = text + 16, .room = 16, .result = &bytes);
    expect_decrypt(key, STATUS_DATA_ERROR, .input = input + 16, .bytes = 16, .iv = other,
                   .iv_bytes = 16, .output = text + 16, .room = 16, .result = &bytes,
                   .flags = BCRYPT_BLOCK_PADDING);
    expect_decrypt(key, STATUS_SUCCESS, .input = input + 16, .bytes = 16, .output = text + 16,
                   .room = 16, .result = &bytes);
    expect_bytes(text, counting, 32);
}
END_TEST

START_TEST(no_text_leaves_the_iv_and_the_chain_value_alone)
{
    int row = chained[_i];
    BCRYPT_KEY_HANDLE key = new_mode_key(row);
    UCHAR iv[16], other[16], output[32];
    ULONG bytes = 0xdead;

    memcpy(iv, counting, 16);
    mark(other, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .iv = iv, .iv_bytes = 16,
                   .output = output, .room = 16, .result = &bytes);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .iv = other, .iv_bytes = 16,
                   .output = output + 16, .room = 16, .result = &bytes);
    expect_value(bytes, 0);
    expect_untouched(other, 16);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting + 16, .bytes = 16, .output = output + 16,
                   .room = 16, .result = &bytes);
    expect_hex(output, 32, modes[row].output);
}
END_TEST

/* Long texts go through other code than short ones: every length, whole and block by block. */
START_TEST(text_of_any_length_comes_back)
{
    BCRYPT_KEY_HANDLE key = new_mode_key(_i);
    UCHAR text[1040], output[1040], again[1040];
    ULONG length, at, bytes;

    for (at = 0; at < sizeof(text); at++) text[at] = (UCHAR)(at * 7);
    for (length = 16; length <= sizeof(text); length += 16)
    {
        expect_status(encrypt(_i, key, text, length, output, length, &bytes), STATUS_SUCCESS);
        expect_status(BCryptSetProperty(key, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 16,
                                        0), STATUS_SUCCESS);
        for (at = 0; at < length; at += 16)
        {
            expect_encrypt(key, STATUS_SUCCESS, .input = text + at, .bytes = 16,
                           .output = again + at, .room = 16, .result = &bytes);
        }
        expect_bytes(output, again, length);
        expect_status(decrypt(_i, key, output, length, again, length, &bytes), STATUS_SUCCESS);
        expect_bytes(again, text, length);
    }
}
END_TEST

void cipher_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, each_mode_gives_the_published_output, modes);
    add_rows(tests, aes_gives_the_published_output, fips197);
    add_rows(tests, text_may_be_replaced_in_place, modes);
    add_rows(tests, buffers_may_lie_anywhere, modes);
    add_rows(tests, a_size_query_says_the_size_and_changes_nothing, modes);
    add_rows(tests, an_output_that_is_too_small_is_refused_with_the_size, modes);
    add_rows(tests, a_larger_output_is_written_as_far_as_needed, modes);
    add_rows(tests, no_text_succeeds, modes);
    add_rows(tests, a_missing_size_is_an_invalid_parameter, modes);
    add_rows(tests, text_that_is_not_whole_blocks_is_refused, blocked);
    add_rows(tests, the_padding_info_is_ignored, modes);
    add_rows(tests, the_locked_buffers_flag_is_ignored, modes);
    add_rows(tests, the_iv_becomes_the_last_block_of_ciphertext, chained);
    add_rows(tests, the_iv_continues_a_message, chained);
    add_rows(tests, without_iv_the_keys_chain_value_continues, chained);
    add_test(tests, cbc_gives_the_chained_vectors);
    add_test(tests, size_queries_and_failures_leave_the_chain_value_alone);
    add_test(tests, a_fresh_keys_chain_value_is_zero);
    add_rows(tests, the_iv_property_sets_the_chain_value, chained);
    add_test(tests, the_iv_property_can_be_set_on_an_ecb_key);
    add_test(tests, an_iv_for_ecb_is_an_invalid_parameter_with_the_size);
    add_test(tests, without_iv_its_length_does_not_matter_to_ecb);
    add_rows(tests, an_iv_of_wrong_length_is_an_invalid_parameter, wrong_ivs);
    add_rows(tests, text_of_any_length_comes_back, modes);
    add_rows(tests, an_iv_is_as_long_as_the_ciphers_block, other_wrong_ivs);

    tests = ours(suite);
    add_rows(tests, text_from_nowhere_is_an_invalid_parameter, modes);
    add_rows(tests, an_unknown_flag_is_an_invalid_parameter, modes);
    add_test(tests, an_iv_property_of_wrong_length_is_an_invalid_parameter);
    add_test(tests, without_iv_its_length_does_not_matter_to_cbc);
    add_rows(tests, a_wrong_iv_is_noticed_after_everything_else, modes);
    add_rows(tests, text_that_is_not_whole_blocks_is_noticed_before_a_short_output, blocked);
    add_rows(tests, failures_of_decryption_leave_the_chain_value_alone, chained);
    add_rows(tests, no_text_leaves_the_iv_and_the_chain_value_alone, chained);
}
