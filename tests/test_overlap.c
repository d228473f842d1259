/*
 * test_overlap.c - output that lies partly over the input, and buffers that a call only reads.
 *
 * Microsoft allows the same buffer and no other overlap: what comes out then is undefined. Here it
 * does no harm: the call ends, writes its output and no byte besides, and the key works on.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

#define BYTES 1024
#define MARGIN 128

/* --- symmetric.md, section 4: "In place" -------------------------------------------------- */

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG key_bytes, iv_bytes;
    bool authenticated;
} ciphers[] =
{
    { BCRYPT_AES_ECB_ALG_HANDLE,           16,  0, false },
    { BCRYPT_AES_CBC_ALG_HANDLE,           16, 16, false },
    { BCRYPT_AES_CFB_ALG_HANDLE,           16, 16, false },
    { BCRYPT_3DES_ECB_ALG_HANDLE,          24,  0, false },
    { BCRYPT_3DES_CBC_ALG_HANDLE,          24,  8, false },
    { BCRYPT_3DES_CFB_ALG_HANDLE,          24,  8, false },
    { BCRYPT_RC2_CBC_ALG_HANDLE,           16,  8, false },
    { BCRYPT_XTS_AES_ALG_HANDLE,           32,  8, false },
    { BCRYPT_RC4_ALG_HANDLE,               16,  0, false },
    { BCRYPT_AES_GCM_ALG_HANDLE,           16,  0, true },
    { BCRYPT_AES_CCM_ALG_HANDLE,           16,  0, true },
    { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, 32,  0, true },
};

/* Those with an IV that is replaced. */
static const int chained[] = { 1, 2, 4, 5, 6 };

static const UCHAR text[BYTES] = "A text that is longer than all that is done to it here: "
                                 "the rest of it are zeros, which are as good as letters.";

static BCRYPT_KEY_HANDLE new_cipher_key(int row)
{
    return new_key(ciphers[row].algorithm, counting, ciphers[row].key_bytes);
}

/* A call with the counting IV, or the counting nonce. */
static NTSTATUS crypt(int row, BCRYPT_KEY_HANDLE key, bool decrypt, UCHAR *input, UCHAR *output,
                      ULONG bytes, UCHAR *tag, ULONG *result)
{
    ULONG iv_bytes = ciphers[row].iv_bytes;
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    UCHAR iv[16];

    memcpy(iv, counting, sizeof(iv));
    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = (UCHAR *)counting;
    info.cbNonce = 12;
    info.pbTag = tag;
    info.cbTag = 16;
    return (decrypt ? BCryptDecrypt : BCryptEncrypt)
        (key, input, bytes, ciphers[row].authenticated ? &info : NULL, iv_bytes ? iv : NULL,
         iv_bytes, output, bytes, result, 0);
}

/* Whole blocks and not, ahead and behind, by less than the wide steps of the fast code and more. */
static const int distances[] =
{
    1, 7, 8, 15, 16, 17, 32, 64, 100, -1, -7, -8, -15, -16, -17, -32, -64, -100
};

static const ULONG lengths[] = { 16, 48, 128, 256, BYTES };

static void expect_no_harm(int row, bool decrypt)
{
    static UCHAR buffer[MARGIN + BYTES + MARGIN], before[sizeof(buffer)];
    BCRYPT_KEY_HANDLE key = new_cipher_key(row);
    UCHAR tag[16] = { 0 };
    size_t distance, length;
    ULONG bytes, at, end;

    for (distance = 0; distance < ARRAY_SIZE(distances); distance++)
    {
        for (length = 0; length < ARRAY_SIZE(lengths); length++)
        {
            NTSTATUS status;

            for (at = 0; at < sizeof(buffer); at++) buffer[at] = (UCHAR)(at * 7);
            memcpy(before, buffer, sizeof(buffer));
            at = (ULONG)(MARGIN + distances[distance]);
            end = at + lengths[length];
            status = crypt(row, key, decrypt, buffer + MARGIN, buffer + at, lengths[length], tag,
                           &bytes);
            expect_true(status == STATUS_SUCCESS || status == STATUS_INVALID_PARAMETER ||
                        (decrypt && status == STATUS_AUTH_TAG_MISMATCH));
            expect_bytes(buffer, before, at);
            expect_bytes(buffer + end, before + end, sizeof(buffer) - end);
        }
    }
}

START_TEST(encrypting_over_a_part_of_the_input_does_no_harm)
{
    expect_no_harm(_i, false);
}
END_TEST

START_TEST(decrypting_over_a_part_of_the_input_does_no_harm)
{
    expect_no_harm(_i, true);
}
END_TEST

/* RC4's stream has moved on: its key is made anew. */
START_TEST(a_key_works_on_after_overlapping_buffers)
{
    BCRYPT_KEY_HANDLE key = new_cipher_key(_i), fresh = new_cipher_key(_i), copy = NULL;
    static UCHAR buffer[MARGIN + BYTES], output[BYTES], expected[BYTES];
    UCHAR tag[16] = { 0 }, expected_tag[16] = { 0 };
    bool stream = ciphers[_i].algorithm == BCRYPT_RC4_ALG_HANDLE;
    ULONG bytes;

    expect_status(BCryptDuplicateKey(key, &copy, NULL, 0, 0), STATUS_SUCCESS);
    keep_key(copy);
    crypt(_i, copy, false, buffer, buffer + 24, BYTES, tag, &bytes);
    crypt(_i, copy, true, buffer + 24, buffer, BYTES, tag, &bytes);
    memset(buffer, 7, sizeof(buffer));
    expect_status(crypt(_i, stream ? key : copy, false, buffer, output, BYTES, tag, &bytes),
                  STATUS_SUCCESS);
    expect_status(crypt(_i, fresh, false, buffer, expected, BYTES, expected_tag, &bytes),
                  STATUS_SUCCESS);
    expect_bytes(output, expected, BYTES);
    expect_bytes(tag, expected_tag, 16);
}
END_TEST

/* A tag that is not of this text never gives text out, wherever the output lies. */
START_TEST(overlapping_output_of_a_wrong_tag_holds_no_text)
{
    static UCHAR buffer[MARGIN + BYTES + MARGIN];
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_GCM_ALG_HANDLE, counting, 16);
    UCHAR tag[16] = { 0 }, zero[BYTES] = { 0 };
    int gcm = 9, distance = distances[_i];
    ULONG bytes;

    memset(buffer, 7, sizeof(buffer));
    expect_status(crypt(gcm, key, true, buffer + MARGIN, buffer + MARGIN + distance, BYTES, tag,
                        &bytes), STATUS_AUTH_TAG_MISMATCH);
    expect_bytes(buffer + MARGIN + distance, zero, BYTES);
}
END_TEST

/*
 * The IV in the place of the output's last block: what goes there in the end is the same for both,
 * so it is well defined if the IV is read before anything is written. One block is encrypted so by
 * programs that have only one buffer for the two.
 */
static const ULONG blocks[] = { 1, 2, 3, 4, 8, 9, 33 };

START_TEST(the_iv_may_lie_where_the_last_block_goes)
{
    static UCHAR output[BYTES], expected[BYTES];
    BCRYPT_KEY_HANDLE key = new_cipher_key(chained[_i]);
    ULONG block = ciphers[chained[_i]].iv_bytes, bytes;
    UCHAR iv[16];
    size_t i;

    for (i = 0; i < ARRAY_SIZE(blocks); i++)
    {
        ULONG length = blocks[i] * block;
        UCHAR *last = output + length - block;

        memcpy(iv, counting, block);
        expect_encrypt(key, STATUS_SUCCESS, .input = text, .bytes = length, .iv = iv,
                       .iv_bytes = block, .output = expected, .room = length, .result = &bytes);
        memcpy(last, counting, block);
        expect_encrypt(key, STATUS_SUCCESS, .input = text, .bytes = length, .iv = last,
                       .iv_bytes = block, .output = output, .room = length, .result = &bytes);
        expect_bytes(output, expected, length);
        memcpy(last, counting, block);
        expect_encrypt(key, STATUS_SUCCESS, .input = text, .bytes = length - 1, .iv = last,
                       .iv_bytes = block, .output = output, .room = length, .result = &bytes,
                       .flags = BCRYPT_BLOCK_PADDING);
        memcpy(iv, counting, block);
        expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = length, .iv = iv,
                       .iv_bytes = block, .output = output, .room = length, .result = &bytes,
                       .flags = BCRYPT_BLOCK_PADDING);
        expect_value(bytes, length - 1);
        expect_bytes(output, text, length - 1);
    }
}
END_TEST

/* The text itself as its IV: it is read as both before it is replaced. */
START_TEST(the_iv_may_be_the_text_that_is_replaced)
{
    BCRYPT_KEY_HANDLE key = new_cipher_key(chained[_i]);
    ULONG block = ciphers[chained[_i]].iv_bytes, bytes;
    UCHAR iv[16], expected[16], buffer[16];

    memcpy(iv, counting, block);
    memcpy(buffer, counting, block);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = block, .iv = iv,
                   .iv_bytes = block, .output = expected, .room = block, .result = &bytes);
    expect_encrypt(key, STATUS_SUCCESS, .input = buffer, .bytes = block, .iv = buffer,
                   .iv_bytes = block, .output = buffer, .room = block, .result = &bytes);
    expect_bytes(buffer, expected, block);
}
END_TEST

/* --- every length in place, where the whole text is one buffer ---------------------------- */

START_TEST(text_of_any_length_may_be_replaced_in_place)
{
    static UCHAR whole[BYTES], buffer[BYTES], expected[BYTES];
    ULONG bytes, length, i;
    UCHAR tag[16], expected_tag[16];

    for (i = 0; i < sizeof(whole); i++) whole[i] = (UCHAR)(i * 7);
    for (length = 16; length <= BYTES; length += length < 320 ? 16 : 176)
    {
        BCRYPT_KEY_HANDLE key = new_cipher_key(_i), fresh = new_cipher_key(_i);

        memcpy(buffer, whole, length);
        expect_status(crypt(_i, key, false, whole, expected, length, expected_tag, &bytes),
                      STATUS_SUCCESS);
        expect_status(crypt(_i, fresh, false, buffer, buffer, length, tag, &bytes),
                      STATUS_SUCCESS);
        expect_bytes(buffer, expected, length);
        BCryptDestroyKey(key);
        key = new_cipher_key(_i);
        expect_status(crypt(_i, key, true, buffer, buffer, length, tag, &bytes), STATUS_SUCCESS);
        expect_bytes(buffer, whole, length);
        BCryptDestroyKey(key);
        BCryptDestroyKey(fresh);
    }
}
END_TEST

/* --- what is input stays as it is, but for the IV ----------------------------------------- */

START_TEST(the_input_is_not_written)
{
    static UCHAR input[BYTES], before[BYTES], output[BYTES];
    BCRYPT_KEY_HANDLE key = new_cipher_key(_i);
    UCHAR tag[16], tag_before[16];
    ULONG bytes, i;

    for (i = 0; i < sizeof(input); i++) input[i] = (UCHAR)(i * 7);
    memcpy(before, input, sizeof(input));
    expect_status(crypt(_i, key, false, input, output, BYTES, tag, &bytes), STATUS_SUCCESS);
    expect_bytes(input, before, sizeof(input));
    memcpy(tag_before, tag, sizeof(tag));
    memcpy(before, output, sizeof(output));
    expect_status(crypt(_i, key, true, output, input, BYTES, tag, &bytes), STATUS_SUCCESS);
    expect_bytes(output, before, sizeof(output));
    expect_bytes(tag, tag_before, ciphers[_i].authenticated ? sizeof(tag) : 0);
}
END_TEST

void overlap_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, text_of_any_length_may_be_replaced_in_place, ciphers);
    add_rows(tests, the_input_is_not_written, ciphers);

    tests = ours(suite);
    add_rows(tests, encrypting_over_a_part_of_the_input_does_no_harm, ciphers);
    add_rows(tests, decrypting_over_a_part_of_the_input_does_no_harm, ciphers);
    add_rows(tests, a_key_works_on_after_overlapping_buffers, ciphers);
    add_rows(tests, overlapping_output_of_a_wrong_tag_holds_no_text, distances);
    add_rows(tests, the_iv_may_lie_where_the_last_block_goes, chained);
    add_rows(tests, the_iv_may_be_the_text_that_is_replaced, chained);
}
