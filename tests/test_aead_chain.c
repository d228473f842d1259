/*
 * test_aead_chain.c - GCM messages in several calls (BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG).
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

#define CHAIN BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG
#define IN_PROGRESS BCRYPT_AUTH_MODE_IN_PROGRESS_FLAG

/* A message that is encrypted or decrypted piece by piece. */
struct chain
{
    BCRYPT_KEY_HANDLE key;
    bool decrypt;
    UCHAR tag[16], context[16], iv[16];
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
};

static void start(struct chain *chain, BCRYPT_KEY_HANDLE key, bool decrypt, const UCHAR *nonce)
{
    memset(chain, 0, sizeof(*chain));
    chain->key = key;
    chain->decrypt = decrypt;
    mark(chain->iv, sizeof(chain->iv));             /* what is in it does not matter */
    BCRYPT_INIT_AUTH_MODE_INFO(chain->info);
    chain->info.pbNonce = (UCHAR *)nonce;
    chain->info.cbNonce = 12;
    chain->info.pbAuthData = (UCHAR *)counting;
    chain->info.cbAuthData = 20;
    chain->info.pbTag = chain->tag;
    chain->info.cbTag = 16;
    chain->info.pbMacContext = chain->context;
    chain->info.cbMacContext = sizeof(chain->context);
}

static NTSTATUS go_on(struct chain *chain, const void *input, ULONG bytes, void *output, bool last)
{
    ULONG result = 0;
    NTSTATUS status;

    chain->info.dwFlags |= CHAIN;
    if (last) chain->info.dwFlags &= ~CHAIN;
    status = (chain->decrypt ? BCryptDecrypt : BCryptEncrypt)
        (chain->key, (UCHAR *)input, bytes, &chain->info, chain->iv, sizeof(chain->iv), output,
         bytes, &result, 0);
    if (!status) expect_value(result, bytes);
    return status;
}

static UCHAR text[1003], whole[1003], whole_tag[16];

/* The same message in one call, which the other suite holds against published vectors. */
static BCRYPT_KEY_HANDLE prepare(ULONG key_bytes)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_GCM_ALG_HANDLE, counting, key_bytes);
    struct chain chain;
    ULONG i, bytes;

    for (i = 0; i < sizeof(text); i++) text[i] = (UCHAR)(i * 7);
    start(&chain, key, false, counting);
    expect_encrypt(key, STATUS_SUCCESS, .input = text, .bytes = sizeof(text), .info = &chain.info,
                   .output = whole, .room = sizeof(whole), .result = &bytes);
    memcpy(whole_tag, chain.tag, 16);
    return key;
}

/* --- symmetric.md, section 8, "Chained calls" --------------------------------------------- */

static const struct
{
    ULONG key_bytes, piece;
} pieces[] =
{
    { 16, 16 }, { 16, 32 }, { 16, 48 }, { 16, 64 }, { 16, 80 }, { 16, 128 }, { 16, 256 },
    { 16, 496 }, { 16, 992 }, { 24, 16 }, { 32, 16 }, { 32, 112 },
};

START_TEST(encrypting_in_pieces_gives_the_same_as_at_once)
{
    BCRYPT_KEY_HANDLE key = prepare(pieces[_i].key_bytes);
    UCHAR output[sizeof(text)];
    struct chain chain;
    ULONG at = 0;

    start(&chain, key, false, counting);
    for (; sizeof(text) - at > pieces[_i].piece; at += pieces[_i].piece)
    {
        expect_status(go_on(&chain, text + at, pieces[_i].piece, output + at, false),
                      STATUS_SUCCESS);
    }
    expect_status(go_on(&chain, text + at, sizeof(text) - at, output + at, true), STATUS_SUCCESS);
    expect_bytes(output, whole, sizeof(text));
    expect_bytes(chain.tag, whole_tag, 16);
}
END_TEST

START_TEST(decrypting_in_pieces_gives_the_text_back)
{
    BCRYPT_KEY_HANDLE key = prepare(pieces[_i].key_bytes);
    UCHAR output[sizeof(text)];
    struct chain chain;
    ULONG at = 0;

    start(&chain, key, true, counting);
    memcpy(chain.tag, whole_tag, 16);
    for (; sizeof(text) - at > pieces[_i].piece; at += pieces[_i].piece)
    {
        expect_status(go_on(&chain, whole + at, pieces[_i].piece, output + at, false),
                      STATUS_SUCCESS);
        expect_bytes(output + at, text + at, pieces[_i].piece);
    }
    expect_status(go_on(&chain, whole + at, sizeof(text) - at, output + at, true), STATUS_SUCCESS);
    expect_bytes(output, text, sizeof(text));
}
END_TEST

START_TEST(pieces_may_be_replaced_in_place)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR buffer[sizeof(text)];
    struct chain chain;

    memcpy(buffer, text, sizeof(text));
    start(&chain, key, false, counting);
    expect_status(go_on(&chain, buffer, 512, buffer, false), STATUS_SUCCESS);
    expect_status(go_on(&chain, buffer + 512, sizeof(text) - 512, buffer + 512, true),
                  STATUS_SUCCESS);
    expect_bytes(buffer, whole, sizeof(text));
    expect_bytes(chain.tag, whole_tag, 16);
}
END_TEST

START_TEST(the_running_lengths_are_kept_in_the_info)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[sizeof(text)];
    struct chain chain;

    start(&chain, key, false, counting);
    expect_status(go_on(&chain, text, 512, output, false), STATUS_SUCCESS);
    expect_value(chain.info.dwFlags & IN_PROGRESS, IN_PROGRESS);
    expect_value(chain.info.cbAAD, 20);
    expect_value(chain.info.cbData, 512);
    expect_status(go_on(&chain, text + 512, 16, output, false), STATUS_SUCCESS);
    expect_value(chain.info.cbData, 528);
}
END_TEST

/* "Tag is written/verified only on the final call" */
START_TEST(the_tag_comes_with_the_last_piece_only)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[sizeof(text)];
    struct chain chain;

    start(&chain, key, false, counting);
    mark(chain.tag, 16);
    expect_status(go_on(&chain, text, 512, output, false), STATUS_SUCCESS);
    expect_status(go_on(&chain, text + 512, 480, output + 512, false), STATUS_SUCCESS);
    expect_untouched(chain.tag, 16);
    expect_status(go_on(&chain, text + 992, 11, output + 992, true), STATUS_SUCCESS);
    expect_bytes(chain.tag, whole_tag, 16);
}
END_TEST

START_TEST(a_wrong_tag_is_a_mismatch_at_the_last_piece)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[sizeof(text)];
    struct chain chain;

    start(&chain, key, true, counting);
    memcpy(chain.tag, whole_tag, 16);
    chain.tag[5] ^= 1;
    expect_status(go_on(&chain, whole, 992, output, false), STATUS_SUCCESS);
    expect_status(go_on(&chain, whole + 992, 11, output + 992, true), STATUS_AUTH_TAG_MISMATCH);
}
END_TEST

/* "later calls must ignore pbAuthData while IN_PROGRESS is set" */
START_TEST(auth_data_counts_in_the_first_call_only)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[sizeof(text)];
    struct chain chain;

    start(&chain, key, false, counting);
    expect_status(go_on(&chain, text, 512, output, false), STATUS_SUCCESS);
    chain.info.pbAuthData = NULL;
    chain.info.cbAuthData = 0;
    expect_status(go_on(&chain, text + 512, sizeof(text) - 512, output + 512, true),
                  STATUS_SUCCESS);
    expect_bytes(chain.tag, whole_tag, 16);
}
END_TEST

static const struct
{
    ULONG bytes;
} odd_pieces[] =
{
    { 1 }, { 15 }, { 17 }, { 31 }, { 100 },
};

START_TEST(all_but_the_last_piece_must_be_whole_blocks)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[sizeof(text)];
    struct chain chain;

    start(&chain, key, false, counting);
    expect_status(go_on(&chain, text, odd_pieces[_i].bytes, output, false),
                  STATUS_INVALID_BUFFER_SIZE);
    start(&chain, key, false, counting);
    expect_status(go_on(&chain, text, 16, output, false), STATUS_SUCCESS);
    expect_status(go_on(&chain, text + 16, odd_pieces[_i].bytes, output + 16, false),
                  STATUS_INVALID_BUFFER_SIZE);
}
END_TEST

START_TEST(the_last_piece_may_be_empty)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    struct chain chain, single;
    UCHAR output[512], expected[512], empty[1];
    ULONG bytes;

    start(&single, key, false, counting);
    expect_encrypt(key, STATUS_SUCCESS, .input = text, .bytes = 512, .info = &single.info,
                   .output = expected, .room = 512, .result = &bytes);
    start(&chain, key, false, counting);
    expect_status(go_on(&chain, text, 512, output, false), STATUS_SUCCESS);
    expect_status(go_on(&chain, NULL, 0, NULL, true), STATUS_SUCCESS);
    expect_bytes(output, expected, 512);
    expect_bytes(chain.tag, single.tag, 16);

    start(&chain, key, true, counting);
    memcpy(chain.tag, single.tag, 16);
    expect_status(go_on(&chain, expected, 512, output, false), STATUS_SUCCESS);
    expect_status(go_on(&chain, empty, 0, empty, true), STATUS_SUCCESS);
    expect_bytes(output, text, 512);
}
END_TEST

START_TEST(the_first_piece_may_be_empty)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[sizeof(text)], empty[1];
    struct chain chain;

    start(&chain, key, false, counting);
    expect_status(go_on(&chain, empty, 0, empty, false), STATUS_SUCCESS);
    expect_status(go_on(&chain, text, 512, output, false), STATUS_SUCCESS);
    expect_status(go_on(&chain, text + 512, sizeof(text) - 512, output + 512, true),
                  STATUS_SUCCESS);
    expect_bytes(output, whole, sizeof(text));
    expect_bytes(chain.tag, whole_tag, 16);
}
END_TEST

START_TEST(auth_data_alone_can_be_chained)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    struct chain chain, single;
    UCHAR empty[1];
    ULONG bytes;

    start(&single, key, false, counting);
    expect_encrypt(key, STATUS_SUCCESS, .info = &single.info, .result = &bytes);
    start(&chain, key, false, counting);
    expect_status(go_on(&chain, empty, 0, empty, false), STATUS_SUCCESS);
    expect_status(go_on(&chain, empty, 0, empty, true), STATUS_SUCCESS);
    expect_bytes(chain.tag, single.tag, 16);
}
END_TEST

START_TEST(one_call_may_be_the_whole_chain)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[sizeof(text)];
    struct chain chain;

    start(&chain, key, false, counting);
    expect_status(go_on(&chain, text, sizeof(text), output, true), STATUS_SUCCESS);
    expect_bytes(output, whole, sizeof(text));
    expect_bytes(chain.tag, whole_tag, 16);
}
END_TEST

START_TEST(a_chain_needs_its_buffers)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[512];
    struct chain chain;
    ULONG bytes;

    start(&chain, key, false, counting);
    chain.info.dwFlags = CHAIN;
    expect_refused(BCryptEncrypt(key, text, 512, &chain.info, NULL, 0, output, 512, &bytes, 0));
    start(&chain, key, false, counting);
    chain.info.pbMacContext = NULL;
    expect_refused(go_on(&chain, text, 512, output, false));
    start(&chain, key, false, counting);
    chain.info.cbMacContext = 15;
    expect_refused(go_on(&chain, text, 512, output, false));
}
END_TEST

START_TEST(the_tag_and_the_nonce_are_examined_at_the_first_piece)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[512];
    struct chain chain;

    start(&chain, key, false, counting);
    chain.info.cbTag = 17;
    expect_status(go_on(&chain, text, 512, output, false), STATUS_INVALID_PARAMETER);
    start(&chain, key, false, counting);
    chain.info.cbTag = 0;
    expect_status(go_on(&chain, text, 512, output, false), STATUS_INVALID_PARAMETER);
    start(&chain, key, false, counting);
    chain.info.pbTag = NULL;
    expect_status(go_on(&chain, text, 512, output, false), STATUS_INVALID_PARAMETER);
    start(&chain, key, false, NULL);
    expect_status(go_on(&chain, text, 512, output, false), STATUS_INVALID_PARAMETER);
}
END_TEST

/* "A caller setting IN_PROGRESS itself on the first call gets AUTH_TAG_MISMATCH at the end" */
START_TEST(a_chain_that_begins_in_progress_comes_out_wrong)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[sizeof(text)];
    struct chain chain;

    start(&chain, key, true, counting);
    memcpy(chain.tag, whole_tag, 16);
    chain.info.dwFlags = IN_PROGRESS;
    expect_status(go_on(&chain, whole, 512, output, false), STATUS_SUCCESS);
    expect_status(go_on(&chain, whole + 512, sizeof(text) - 512, output + 512, true),
                  STATUS_AUTH_TAG_MISMATCH);
}
END_TEST

/* "No per-operation state may live in the key (two chains may interleave on one key)" */
START_TEST(two_chains_may_interleave_on_one_key)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR first[sizeof(text)], second[sizeof(text)], single[16];
    struct chain one, other, between;
    ULONG bytes;

    start(&one, key, false, counting);
    start(&between, key, false, counting + 1);
    start(&other, key, true, counting);
    memcpy(other.tag, whole_tag, 16);
    expect_status(go_on(&one, text, 512, first, false), STATUS_SUCCESS);
    expect_status(go_on(&other, whole, 16, second, false), STATUS_SUCCESS);
    expect_encrypt(key, STATUS_SUCCESS, .input = text, .bytes = 16, .info = &between.info,
                   .output = single, .room = 16, .result = &bytes);
    expect_status(go_on(&one, text + 512, sizeof(text) - 512, first + 512, true), STATUS_SUCCESS);
    expect_status(go_on(&other, whole + 16, sizeof(text) - 16, second + 16, true),
                  STATUS_SUCCESS);
    expect_bytes(first, whole, sizeof(text));
    expect_bytes(one.tag, whole_tag, 16);
    expect_bytes(second, text, sizeof(text));
}
END_TEST

START_TEST(a_second_message_may_follow_on_a_fresh_info)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[sizeof(text)];
    struct chain chain;
    int i;

    for (i = 0; i < 2; i++)
    {
        start(&chain, key, false, counting);
        expect_status(go_on(&chain, text, 512, output, false), STATUS_SUCCESS);
        expect_status(go_on(&chain, text + 512, sizeof(text) - 512, output + 512, true),
                      STATUS_SUCCESS);
        expect_bytes(chain.tag, whole_tag, 16);
    }
}
END_TEST

/* SP 800-38D, section 5.2.1.1: 2^36 - 32 bytes. How many there were is kept in the info, where a
 * test can say that it was almost all of them. */
#define MOST_BYTES (((ULONGLONG)1 << 36) - 32)

static const struct
{
    ULONGLONG before;
    ULONG now;
    NTSTATUS status;
} near_the_limit[] =
{
    { MOST_BYTES - 512, 512, STATUS_SUCCESS },
    { MOST_BYTES - 512, 513, STATUS_INVALID_PARAMETER },
    { MOST_BYTES - 512, 528, STATUS_INVALID_PARAMETER },
    { MOST_BYTES,         0, STATUS_SUCCESS },
    { MOST_BYTES,         1, STATUS_INVALID_PARAMETER },
    { MOST_BYTES + 16,    0, STATUS_INVALID_PARAMETER },
    { 0xfffffffffffffff0, 16, STATUS_INVALID_PARAMETER },
    { 0xfffffffffffffff0, 32, STATUS_INVALID_PARAMETER },
};

START_TEST(a_message_longer_than_gcm_allows_is_an_invalid_parameter)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[sizeof(text)], empty[1];
    struct chain chain;

    start(&chain, key, false, counting);
    expect_status(go_on(&chain, text, 16, output, false), STATUS_SUCCESS);
    chain.info.cbData = near_the_limit[_i].before;
    mark(output, sizeof(output));
    expect_status(go_on(&chain, near_the_limit[_i].now ? text : empty, near_the_limit[_i].now,
                        output, true), near_the_limit[_i].status);
    expect_untouched(output + near_the_limit[_i].now, sizeof(output) - near_the_limit[_i].now);
}
END_TEST

START_TEST(a_chain_needs_16_bytes_of_iv)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[512];
    struct chain chain;
    ULONG bytes;

    start(&chain, key, false, counting);
    chain.info.dwFlags = CHAIN;
    mark(output, sizeof(output));
    expect_encrypt(key, STATUS_INVALID_PARAMETER, .input = text, .bytes = 512, .info = &chain.info,
                   .iv = chain.iv, .iv_bytes = 15, .output = output, .room = 512, .result = &bytes);
    expect_encrypt(key, STATUS_INVALID_PARAMETER, .input = text, .bytes = 512, .info = &chain.info,
                   .iv = chain.iv, .output = output, .room = 512, .result = &bytes);
    expect_encrypt(key, STATUS_INVALID_PARAMETER, .input = text, .bytes = 512, .info = &chain.info,
                   .iv_bytes = 16, .output = output, .room = 512, .result = &bytes);
    expect_untouched(output, sizeof(output));
}
END_TEST

START_TEST(the_last_piece_takes_the_mark_of_progress_away)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[sizeof(text)];
    struct chain chain;

    start(&chain, key, false, counting);
    expect_status(go_on(&chain, text, 512, output, false), STATUS_SUCCESS);
    expect_status(go_on(&chain, text + 512, sizeof(text) - 512, output + 512, true),
                  STATUS_SUCCESS);
    expect_value(chain.info.dwFlags, 0);
    expect_value(chain.info.cbData, sizeof(text));
}
END_TEST

/* A query in the middle, and a piece that was refused, leave the chain where it was. */
START_TEST(queries_and_failures_leave_a_chain_alone)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[sizeof(text)];
    struct chain chain;
    ULONG bytes = 0;

    start(&chain, key, false, counting);
    expect_status(go_on(&chain, text, 512, output, false), STATUS_SUCCESS);
    expect_encrypt(key, STATUS_SUCCESS, .input = text + 512, .bytes = 480, .info = &chain.info,
                   .iv = chain.iv, .iv_bytes = 16, .result = &bytes);
    expect_value(bytes, 480);
    expect_encrypt(key, STATUS_BUFFER_TOO_SMALL, .input = text + 512, .bytes = 480,
                   .info = &chain.info, .iv = chain.iv, .iv_bytes = 16, .output = output + 512,
                   .room = 479, .result = &bytes);
    expect_value(bytes, 480);
    expect_status(go_on(&chain, text + 512, 17, output + 512, false), STATUS_INVALID_BUFFER_SIZE);
    expect_status(go_on(&chain, text + 512, sizeof(text) - 512, output + 512, true),
                  STATUS_SUCCESS);
    expect_bytes(output, whole, sizeof(text));
    expect_bytes(chain.tag, whole_tag, 16);
}
END_TEST

START_TEST(after_a_mismatch_the_last_piece_holds_no_text)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[sizeof(text)], zero[sizeof(text)] = { 0 };
    struct chain chain;

    start(&chain, key, true, counting);
    memcpy(chain.tag, whole_tag, 16);
    chain.tag[0] ^= 1;
    expect_status(go_on(&chain, whole, 512, output, false), STATUS_SUCCESS);
    expect_status(go_on(&chain, whole + 512, sizeof(text) - 512, output + 512, true),
                  STATUS_AUTH_TAG_MISMATCH);
    expect_bytes(output + 512, zero, sizeof(text) - 512);
}
END_TEST

/* Shorter tags come out of a chain as they do out of one call. */
START_TEST(tags_of_every_length_come_out_of_a_chain)
{
    BCRYPT_KEY_HANDLE key = prepare(16);
    UCHAR output[sizeof(text)], marked[16];
    struct chain chain;
    ULONG bytes;

    for (bytes = 12; bytes <= 16; bytes++)
    {
        start(&chain, key, false, counting);
        mark(marked, sizeof(marked));
        mark(chain.tag, sizeof(chain.tag));
        chain.info.cbTag = bytes;
        expect_status(go_on(&chain, text, 512, output, false), STATUS_SUCCESS);
        expect_status(go_on(&chain, text + 512, sizeof(text) - 512, output + 512, true),
                      STATUS_SUCCESS);
        expect_bytes(chain.tag, whole_tag, bytes);
        expect_bytes(chain.tag + bytes, marked, 16 - bytes);
    }
}
END_TEST

static const struct { BCRYPT_ALG_HANDLE algorithm; ULONG key_bytes; } unchained[] =
{
    { BCRYPT_AES_CCM_ALG_HANDLE, 16 },
    { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, 32 },
};

START_TEST(other_modes_have_no_chains)
{
    BCRYPT_KEY_HANDLE key = new_key(unchained[_i].algorithm, counting, unchained[_i].key_bytes);
    UCHAR output[64];
    struct chain chain;

    start(&chain, key, false, counting);
    expect_status(go_on(&chain, counting, 64, output, false), STATUS_INVALID_PARAMETER);
}
END_TEST

void aead_chain_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, encrypting_in_pieces_gives_the_same_as_at_once, pieces);
    add_rows(tests, decrypting_in_pieces_gives_the_text_back, pieces);
    add_test(tests, pieces_may_be_replaced_in_place);
    add_test(tests, the_running_lengths_are_kept_in_the_info);
    add_test(tests, the_tag_comes_with_the_last_piece_only);
    add_test(tests, a_wrong_tag_is_a_mismatch_at_the_last_piece);
    add_test(tests, auth_data_counts_in_the_first_call_only);
    add_rows(tests, all_but_the_last_piece_must_be_whole_blocks, odd_pieces);
    add_test(tests, the_last_piece_may_be_empty);
    add_test(tests, the_first_piece_may_be_empty);
    add_test(tests, auth_data_alone_can_be_chained);
    add_test(tests, one_call_may_be_the_whole_chain);
    add_test(tests, a_chain_needs_its_buffers);
    add_test(tests, the_tag_and_the_nonce_are_examined_at_the_first_piece);
    add_test(tests, a_chain_that_begins_in_progress_comes_out_wrong);
    add_test(tests, two_chains_may_interleave_on_one_key);
    add_test(tests, a_second_message_may_follow_on_a_fresh_info);
    add_test(tests, tags_of_every_length_come_out_of_a_chain);

    tests = ours(suite);
    add_rows(tests, other_modes_have_no_chains, unchained);
    add_rows(tests, a_message_longer_than_gcm_allows_is_an_invalid_parameter, near_the_limit);
    add_test(tests, a_chain_needs_16_bytes_of_iv);
    add_test(tests, the_last_piece_takes_the_mark_of_progress_away);
    add_test(tests, queries_and_failures_leave_a_chain_alone);
    add_test(tests, after_a_mismatch_the_last_piece_holds_no_text);
}
