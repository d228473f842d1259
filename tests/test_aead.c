/*
 * test_aead.c - GCM, CCM and ChaCha20-Poly1305, each message in one call.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

#define KEY_16 "000102030405060708090a0b0c0d0e0f"
#define KEY_CCM "404142434445464748494a4b4c4d4e4f"
#define KEY_CHACHA "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
#define NONCE "102030405060102030405060"
#define AAD "605040302010605040302010"
#define GCM_TEXT "000102030405060708090a0b0c0d0e0f10101010101010101010101010101010"
#define SUNSCREEN \
    "4c616469657320616e642047656e746c656d656e206f662074686520636c6173" \
    "73206f66202739393a204966204920636f756c64206f6666657220796f75206f" \
    "6e6c79206f6e652074697020666f7220746865206675747572652c2073756e73" \
    "637265656e20776f756c642062652069742e"

/* --- symmetric.md, section 12; SP 800-38C; RFC 8439 --------------------------------------- */

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    const char *key, *nonce, *aad, *text, *output, *tag;
} vectors[] =
{
    { BCRYPT_AES_GCM_ALG_HANDLE, KEY_16, NONCE, "", GCM_TEXT,
      "e182c3c024fb8685f3f12b7d09b473678664c3fea30761f816c9787fe7b1c494",
      "89b39200392009b46ad6afca4b5bfdd0" },
    { BCRYPT_AES_GCM_ALG_HANDLE, KEY_16, NONCE, AAD, GCM_TEXT,
      "e182c3c024fb8685f3f12b7d09b473678664c3fea30761f816c9787fe7b1c494",
      "179dc07af0cfaad51c11c44bd6a33e77" },
    { BCRYPT_AES_GCM_ALG_HANDLE, KEY_16, NONCE, AAD, "", "", "4c42839e8d40f119d62b1c66032b3963" },
    { BCRYPT_AES_GCM_ALG_HANDLE, KEY_16, NONCE, "",
      "000102030405060708090a0b0c0d0e0f1010101010101010",
      "e182c3c024fb8685f3f12b7d09b473678664c3fea30761f8", "9a92322c612aaeef662afb55e948dfbd" },
    { BCRYPT_AES_CCM_ALG_HANDLE, KEY_CCM, "10111213141516", "0001020304050607", "20212223",
      "7162015b", "4dac255d" },
    { BCRYPT_AES_CCM_ALG_HANDLE, KEY_CCM, "1011121314151617", KEY_16,
      "202122232425262728292a2b2c2d2e2f", "d2a1f0e051ea5f62081a7792073d593d", "1fc64fbfaccd" },
    { BCRYPT_AES_CCM_ALG_HANDLE, KEY_CCM, "101112131415161718191a1b", KEY_16 "10111213",
      "202122232425262728292a2b2c2d2e2f3031323334353637",
      "e3b201a9f5b71a7a9b1ceaeccd97e70b6176aad9a4428aa5", "484392fbc1b09951" },
    { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, KEY_CHACHA, "070000004041424344454647",
      "50515253c0c1c2c3c4c5c6c7", SUNSCREEN,
      "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"
      "3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36"
      "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
      "3ff4def08e4b7a9de576d26586cec64b6116", "1ae10b594f09e26a7e902ecbd0600691" },
};

/* A vector in binary, and the info that names its parts. */
struct message
{
    BCRYPT_KEY_HANDLE key;
    UCHAR nonce[16], aad[32], text[128], output[128], tag[16], result_tag[16];
    ULONG bytes, tag_bytes;
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
};

static struct message *load(int row)
{
    static struct message message;
    struct message *m = &message;

    memset(m, 0, sizeof(*m));
    m->key = new_key_hex(vectors[row].algorithm, vectors[row].key);
    BCRYPT_INIT_AUTH_MODE_INFO(m->info);
    m->info.pbNonce = m->nonce;
    m->info.cbNonce = (ULONG)unhex(m->nonce, sizeof(m->nonce), vectors[row].nonce);
    m->info.pbAuthData = m->aad;
    m->info.cbAuthData = (ULONG)unhex(m->aad, sizeof(m->aad), vectors[row].aad);
    m->bytes = (ULONG)unhex(m->text, sizeof(m->text), vectors[row].text);
    unhex(m->output, sizeof(m->output), vectors[row].output);
    m->tag_bytes = (ULONG)unhex(m->tag, sizeof(m->tag), vectors[row].tag);
    m->info.pbTag = m->result_tag;
    m->info.cbTag = m->tag_bytes;
    return m;
}

/* An empty input is passed as no input: anything else asks for a size. */
static NTSTATUS encrypt(struct message *m, UCHAR *output, ULONG capacity, ULONG *result)
{
    return BCryptEncrypt(m->key, m->bytes ? m->text : NULL, m->bytes, &m->info, NULL, 0,
                         m->bytes ? output : NULL, m->bytes ? capacity : 0, result, 0);
}

static NTSTATUS decrypt(struct message *m, UCHAR *output, ULONG capacity, ULONG *result)
{
    m->info.pbTag = m->tag;
    return BCryptDecrypt(m->key, m->bytes ? m->output : NULL, m->bytes, &m->info, NULL, 0,
                         m->bytes ? output : NULL, m->bytes ? capacity : 0, result, 0);
}

START_TEST(encryption_gives_the_published_output_and_tag)
{
    struct message *m = load(_i);
    UCHAR output[128];
    ULONG bytes = 0xdead;

    expect_status(encrypt(m, output, sizeof(output), &bytes), STATUS_SUCCESS);
    expect_value(bytes, m->bytes);
    expect_bytes(output, m->output, m->bytes);
    expect_bytes(m->result_tag, m->tag, m->tag_bytes);
}
END_TEST

START_TEST(decryption_gives_the_text_back)
{
    struct message *m = load(_i);
    UCHAR output[128];
    ULONG bytes = 0xdead;

    expect_status(decrypt(m, output, sizeof(output), &bytes), STATUS_SUCCESS);
    expect_value(bytes, m->bytes);
    expect_bytes(output, m->text, m->bytes);
}
END_TEST

START_TEST(a_real_handles_key_gives_the_same)
{
    static const WCHAR *const modes[] = { BCRYPT_CHAIN_MODE_GCM, BCRYPT_CHAIN_MODE_CCM };
    struct message *m = load(_i * 4);
    BCRYPT_ALG_HANDLE algorithm = open_cipher(BCRYPT_AES_ALGORITHM, modes[_i]);
    UCHAR output[128];
    ULONG bytes;

    m->key = new_key_hex(algorithm, vectors[_i * 4].key);
    expect_status(encrypt(m, output, sizeof(output), &bytes), STATUS_SUCCESS);
    expect_bytes(output, m->output, m->bytes);
    expect_bytes(m->result_tag, m->tag, m->tag_bytes);
}
END_TEST

START_TEST(a_key_can_be_switched_to_the_mode)
{
    struct message *m = load(_i * 4);
    BCRYPT_KEY_HANDLE key = new_key_hex(BCRYPT_AES_CBC_ALG_HANDLE, vectors[_i * 4].key);
    UCHAR output[128];
    ULONG bytes;

    set_mode(key, _i ? BCRYPT_CHAIN_MODE_CCM : BCRYPT_CHAIN_MODE_GCM);
    m->key = key;
    expect_status(encrypt(m, output, sizeof(output), &bytes), STATUS_SUCCESS);
    expect_bytes(output, m->output, m->bytes);
    expect_bytes(m->result_tag, m->tag, m->tag_bytes);
}
END_TEST

START_TEST(text_may_be_replaced_in_place)
{
    struct message *m = load(_i);
    ULONG bytes;

    expect_status(encrypt(m, m->text, sizeof(m->text), &bytes), STATUS_SUCCESS);
    expect_bytes(m->text, m->output, m->bytes);
    expect_bytes(m->result_tag, m->tag, m->tag_bytes);
    m = load(_i);
    expect_status(decrypt(m, m->output, sizeof(m->output), &bytes), STATUS_SUCCESS);
    expect_bytes(m->output, m->text, m->bytes);
}
END_TEST

/* "programs append the tag buffer: pbTag = pbOutput + cbInput" */
START_TEST(the_tag_may_follow_the_output)
{
    struct message *m = load(_i);
    UCHAR output[160];
    ULONG bytes = 0;

    mark(output, sizeof(output));
    m->info.pbTag = output + m->bytes;
    expect_status(encrypt(m, output, m->bytes + m->tag_bytes, &bytes), STATUS_SUCCESS);
    expect_value(bytes, m->bytes);
    expect_bytes(output, m->output, m->bytes);
    expect_bytes(output + m->bytes, m->tag, m->tag_bytes);
    expect_untouched(output + m->bytes + m->tag_bytes,
                     sizeof(output) - m->bytes - m->tag_bytes);
}
END_TEST

/* --- symmetric.md, section 8, "Behaviour (unchained)" ------------------------------------- */

START_TEST(any_wrong_bit_of_the_tag_is_a_mismatch)
{
    struct message *m = load(_i);
    UCHAR output[128];
    ULONG bit, bytes;

    for (bit = 0; bit < m->tag_bytes * 8; bit++)
    {
        bytes = 0xdead;
        m->tag[bit / 8] ^= (UCHAR)(1 << bit % 8);
        expect_status(decrypt(m, output, sizeof(output), &bytes), STATUS_AUTH_TAG_MISMATCH);
        expect_value(bytes, m->bytes);
        m->tag[bit / 8] ^= (UCHAR)(1 << bit % 8);
    }
    expect_status(decrypt(m, output, sizeof(output), &bytes), STATUS_SUCCESS);
}
END_TEST

START_TEST(any_other_change_is_a_mismatch)
{
    struct message *m = load(_i);
    UCHAR output[128];
    ULONG bytes;

    m->nonce[0] ^= 1;
    expect_status(decrypt(m, output, sizeof(output), &bytes), STATUS_AUTH_TAG_MISMATCH);
    m->nonce[0] ^= 1;
    m->info.cbAuthData ^= 1;
    expect_status(decrypt(m, output, sizeof(output), &bytes), STATUS_AUTH_TAG_MISMATCH);
    m->info.cbAuthData ^= 1;
    expect_status(decrypt(m, output, sizeof(output), &bytes), STATUS_SUCCESS);
}
END_TEST

START_TEST(any_wrong_bit_of_the_text_is_a_mismatch)
{
    struct message *m = load(_i);
    UCHAR output[128];
    ULONG bit, bytes;

    for (bit = 0; bit < m->bytes * 8; bit++)
    {
        m->output[bit / 8] ^= (UCHAR)(1 << bit % 8);
        expect_status(decrypt(m, output, sizeof(output), &bytes), STATUS_AUTH_TAG_MISMATCH);
        m->output[bit / 8] ^= (UCHAR)(1 << bit % 8);
    }
}
END_TEST

/* "treat output as undefined (callers zero it) - clear it" */
START_TEST(after_a_mismatch_the_output_holds_no_text)
{
    struct message *m = load(_i);
    UCHAR output[128], zero[128] = { 0 };
    ULONG bytes;

    mark(output, sizeof(output));
    m->tag[0] ^= 1;
    expect_status(decrypt(m, output, m->bytes, &bytes), STATUS_AUTH_TAG_MISMATCH);
    expect_bytes(output, zero, m->bytes);
    expect_untouched(output + m->bytes, sizeof(output) - m->bytes);
}
END_TEST

START_TEST(the_iv_is_ignored)
{
    struct message *m = load(_i);
    UCHAR output[128], iv[16];
    ULONG bytes;

    mark(iv, sizeof(iv));
    expect_encrypt(m->key, STATUS_SUCCESS, .input = m->bytes ? m->text : NULL, .bytes = m->bytes,
                   .info = &m->info, .iv = iv, .iv_bytes = 16, .output = m->bytes ? output : NULL,
                   .room = m->bytes, .result = &bytes);
    expect_bytes(output, m->output, m->bytes);
    expect_bytes(m->result_tag, m->tag, m->tag_bytes);
    m->info.pbTag = m->tag;
    expect_decrypt(m->key, STATUS_SUCCESS, .input = m->bytes ? m->output : NULL, .bytes = m->bytes,
                   .info = &m->info, .iv = iv, .iv_bytes = 16, .output = m->bytes ? output : NULL,
                   .room = m->bytes, .result = &bytes);
    m->tag[0] ^= 1;
    expect_decrypt(m->key, STATUS_AUTH_TAG_MISMATCH, .input = m->bytes ? m->output : NULL,
                   .bytes = m->bytes, .info = &m->info, .iv = iv, .iv_bytes = 16,
                   .output = m->bytes ? output : NULL, .room = m->bytes, .result = &bytes);
    expect_untouched(iv, sizeof(iv));
}
END_TEST

START_TEST(a_size_query_says_the_size_and_makes_no_tag)
{
    struct message *m = load(_i);
    UCHAR input[1];
    ULONG bytes = 0xdead;

    mark(m->result_tag, 16);
    expect_encrypt(m->key, STATUS_SUCCESS, .input = m->text, .bytes = 24, .info = &m->info,
                   .result = &bytes);
    expect_value(bytes, 24);
    expect_encrypt(m->key, STATUS_SUCCESS, .input = input, .info = &m->info, .result = &bytes);
    expect_value(bytes, 0);
    expect_untouched(m->result_tag, 16);
    m->info.pbTag = m->result_tag;
    expect_decrypt(m->key, STATUS_SUCCESS, .input = m->output, .bytes = 24, .info = &m->info,
                   .result = &bytes);
    expect_value(bytes, 24);
}
END_TEST

/* With both NULL it is no query: the empty message is authenticated. */
static const int empty_vectors[] = { 0, 4, 7 };

START_TEST(the_empty_message_has_a_tag)
{
    struct message *m = load(empty_vectors[_i]);
    UCHAR untouched[16], buffer[16];
    ULONG bytes = 0xdead;

    mark(untouched, 16);
    mark(m->result_tag, 16);
    expect_encrypt(m->key, STATUS_SUCCESS, .info = &m->info, .result = &bytes);
    expect_value(bytes, 0);
    expect_different(m->result_tag, untouched, m->tag_bytes);
    expect_decrypt(m->key, STATUS_SUCCESS, .info = &m->info, .result = &bytes);
    expect_decrypt(m->key, STATUS_SUCCESS, .input = buffer, .info = &m->info, .output = buffer,
                   .result = &bytes);
    m->result_tag[0] ^= 1;
    expect_decrypt(m->key, STATUS_AUTH_TAG_MISMATCH, .info = &m->info, .result = &bytes);
    expect_decrypt(m->key, STATUS_AUTH_TAG_MISMATCH, .input = buffer, .info = &m->info,
                   .output = buffer, .result = &bytes);
}
END_TEST

START_TEST(an_output_that_is_too_small_is_refused)
{
    struct message *m = load(empty_vectors[_i]);
    UCHAR output[128];
    ULONG bytes = 0xdead;

    mark(output, sizeof(output));
    expect_status(encrypt(m, output, m->bytes - 1, &bytes), STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, m->bytes);
    expect_status(decrypt(m, output, m->bytes - 1, &bytes), STATUS_BUFFER_TOO_SMALL);
    expect_value(bytes, m->bytes);
    expect_untouched(output, sizeof(output));
}
END_TEST

START_TEST(no_auth_data_is_no_auth_data_however_it_is_said)
{
    struct message *m = load(0);
    UCHAR output[128];
    ULONG bytes;

    expect_status(encrypt(m, output, sizeof(output), &bytes), STATUS_SUCCESS);
    expect_bytes(m->result_tag, m->tag, 16);
    m->info.pbAuthData = NULL;
    memset(m->result_tag, 0, 16);
    expect_status(encrypt(m, output, sizeof(output), &bytes), STATUS_SUCCESS);
    expect_bytes(m->result_tag, m->tag, 16);
}
END_TEST

START_TEST(missing_info_is_an_invalid_parameter)
{
    struct message *m = load(empty_vectors[_i]);
    UCHAR output[128];
    ULONG bytes;

    mark(output, sizeof(output));
    expect_encrypt(m->key, STATUS_INVALID_PARAMETER, .input = m->text, .bytes = m->bytes,
                   .output = output, .room = 128, .result = &bytes);
    expect_decrypt(m->key, STATUS_INVALID_PARAMETER, .input = m->output, .bytes = m->bytes,
                   .output = output, .room = 128, .result = &bytes);
    m->info.cbSize = sizeof(BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO) - 1;
    expect_status(encrypt(m, output, sizeof(output), &bytes), STATUS_INVALID_PARAMETER);
    m->info.cbSize = sizeof(BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO) + 1;
    expect_status(encrypt(m, output, sizeof(output), &bytes), STATUS_INVALID_PARAMETER);
    m = load(empty_vectors[_i]);
    m->info.dwInfoVersion = 2;
    expect_status(encrypt(m, output, sizeof(output), &bytes), STATUS_INVALID_PARAMETER);
    m = load(empty_vectors[_i]);
    m->info.pbNonce = NULL;
    expect_status(encrypt(m, output, sizeof(output), &bytes), STATUS_INVALID_PARAMETER);
    m = load(empty_vectors[_i]);
    m->info.pbTag = NULL;
    expect_status(encrypt(m, output, sizeof(output), &bytes), STATUS_INVALID_PARAMETER);
    expect_untouched(output, sizeof(output));
}
END_TEST

static const ULONG wrong_flags[] = { 4, 0x80000000, BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG | 4 };

/* With all that a chain needs, so that nothing else is wrong. */
START_TEST(an_unknown_flag_in_the_info_is_an_invalid_parameter)
{
    struct message *m = load(0);
    UCHAR output[128], context[16] = { 0 }, iv[16] = { 0 };
    ULONG bytes;

    mark(output, sizeof(output));
    m->info.dwFlags = wrong_flags[_i];
    m->info.pbMacContext = context;
    m->info.cbMacContext = sizeof(context);
    expect_encrypt(m->key, STATUS_INVALID_PARAMETER, .input = m->text, .bytes = m->bytes,
                   .info = &m->info, .iv = iv, .iv_bytes = 16, .output = output, .room = 128,
                   .result = &bytes);
    expect_decrypt(m->key, STATUS_INVALID_PARAMETER, .input = m->output, .bytes = m->bytes,
                   .info = &m->info, .iv = iv, .iv_bytes = 16, .output = output, .room = 128,
                   .result = &bytes);
    expect_untouched(output, sizeof(output));
}
END_TEST

/* What an unchained call has no use for is neither read nor written. */
START_TEST(the_fields_of_chains_are_ignored)
{
    struct message *m = load(1);
    UCHAR output[128], context[16];
    ULONG bytes;

    mark(context, sizeof(context));
    m->info.pbMacContext = context;
    m->info.cbMacContext = 3;
    m->info.cbAAD = 77;
    m->info.cbData = 0xfffffffffffffff0;
    expect_status(encrypt(m, output, sizeof(output), &bytes), STATUS_SUCCESS);
    expect_bytes(output, m->output, m->bytes);
    expect_bytes(m->result_tag, m->tag, m->tag_bytes);
    expect_untouched(context, sizeof(context));
    expect_value(m->info.cbAAD, 77);
    expect_value(m->info.dwFlags, 0);
}
END_TEST

START_TEST(auth_data_from_nowhere_is_an_invalid_parameter)
{
    struct message *m = load(empty_vectors[_i]);
    UCHAR output[128];
    ULONG bytes;

    m->info.pbAuthData = NULL;
    m->info.cbAuthData = 12;
    expect_status(encrypt(m, output, sizeof(output), &bytes), STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- symmetric.md, section 8: tag and nonce lengths --------------------------------------- */

static const struct
{
    int vector;
    ULONG least, most, step;
} tag_lengths[] =
{
    { 0, 12, 16, 1 }, { 4, 4, 16, 2 }, { 7, 16, 16, 1 },
};

START_TEST(tags_of_every_length_are_made_and_verified)
{
    struct message *m = load(tag_lengths[_i].vector);
    UCHAR output[128];
    ULONG bytes, length;

    for (length = tag_lengths[_i].least; length <= tag_lengths[_i].most;
         length += tag_lengths[_i].step)
    {
        mark(m->result_tag, 16);
        m->info.cbTag = length;
        expect_status(encrypt(m, output, sizeof(output), &bytes), STATUS_SUCCESS);
        expect_untouched(m->result_tag + length, 16 - length);
        memcpy(m->tag, m->result_tag, 16);
        memcpy(m->output, output, m->bytes);
        expect_status(decrypt(m, output, sizeof(output), &bytes), STATUS_SUCCESS);
        expect_bytes(output, m->text, m->bytes);
        m->tag[length - 1] ^= 1;
        expect_status(decrypt(m, output, sizeof(output), &bytes), STATUS_AUTH_TAG_MISMATCH);
        m->info.pbTag = m->result_tag;
    }
}
END_TEST

static const struct
{
    int vector;
    ULONG bytes;
} wrong_tags[] =
{
    { 0, 0 }, { 0, 4 }, { 0, 11 }, { 0, 17 }, { 4, 0 }, { 4, 2 }, { 4, 5 }, { 4, 15 }, { 4, 17 },
    { 4, 18 }, { 7, 0 }, { 7, 12 }, { 7, 15 }, { 7, 17 },
};

START_TEST(a_tag_of_another_length_is_an_invalid_parameter)
{
    struct message *m = load(wrong_tags[_i].vector);
    UCHAR output[128];
    ULONG bytes;

    mark(output, sizeof(output));
    m->info.cbTag = wrong_tags[_i].bytes;
    expect_status(encrypt(m, output, sizeof(output), &bytes), STATUS_INVALID_PARAMETER);
    expect_status(decrypt(m, output, sizeof(output), &bytes), STATUS_INVALID_PARAMETER);
    expect_untouched(output, sizeof(output));
}
END_TEST

static const struct
{
    ULONG bytes;
} ccm_nonces[] =
{
    { 7 }, { 8 }, { 9 }, { 10 }, { 11 }, { 12 }, { 13 },
};

START_TEST(ccm_takes_nonces_of_7_to_13_bytes)
{
    struct message *m = load(6);
    UCHAR output[128];
    ULONG bytes;

    m->info.cbNonce = ccm_nonces[_i].bytes;
    expect_status(encrypt(m, output, sizeof(output), &bytes), STATUS_SUCCESS);
    memcpy(m->output, output, m->bytes);
    memcpy(m->tag, m->result_tag, 16);
    expect_status(decrypt(m, output, sizeof(output), &bytes), STATUS_SUCCESS);
    expect_bytes(output, m->text, m->bytes);
}
END_TEST

static const struct
{
    int vector;
    ULONG bytes;
} wrong_nonces[] =
{
    { 0, 0 }, { 0, 1 }, { 0, 8 }, { 0, 11 }, { 0, 13 }, { 0, 16 }, { 4, 0 }, { 4, 6 }, { 4, 14 },
    { 7, 0 }, { 7, 8 }, { 7, 11 }, { 7, 13 },
};

START_TEST(a_nonce_of_another_length_is_an_invalid_parameter)
{
    struct message *m = load(wrong_nonces[_i].vector);
    UCHAR output[128];
    ULONG bytes;

    mark(output, sizeof(output));
    m->info.cbNonce = wrong_nonces[_i].bytes;
    expect_status(encrypt(m, output, sizeof(output), &bytes), STATUS_INVALID_PARAMETER);
    expect_untouched(output, sizeof(output));
}
END_TEST

/* "Data length any (< 2^(8(15-n)))" */
static const struct
{
    ULONG nonce_bytes, most;
} ccm_lengths[] =
{
    { 13, 0xffff }, { 12, 0xffffff },
};

START_TEST(a_long_nonce_limits_the_length_of_ccm)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_CCM_ALG_HANDLE, counting, 16);
    ULONG most = ccm_lengths[_i].most, bytes = 0;
    UCHAR *text = malloc((size_t)most + 1), tag[16];
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    NTSTATUS longest, too_long, back;
    bool same;

    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = (UCHAR *)counting;
    info.cbNonce = ccm_lengths[_i].nonce_bytes;
    info.pbTag = tag;
    info.cbTag = sizeof(tag);
    memset(text, 7, (size_t)most + 1);
    too_long = BCryptEncrypt(key, text, most + 1, &info, NULL, 0, text, most + 1, &bytes, 0);
    longest = BCryptEncrypt(key, text, most, &info, NULL, 0, text, most, &bytes, 0);
    back = BCryptDecrypt(key, text, most, &info, NULL, 0, text, most, &bytes, 0);
    same = text[0] == 7 && text[most - 1] == 7 && text[most] == 7;
    free(text);
    expect_status(too_long, STATUS_INVALID_PARAMETER);
    expect_status(longest, STATUS_SUCCESS);
    expect_status(back, STATUS_SUCCESS);
    expect_true(same);
}
END_TEST

START_TEST(ccm_with_long_auth_data_gives_the_published_output)   /* SP 800-38C, example 4 */
{
    struct message *m = load(6);
    UCHAR *aad = malloc(65536), output[32];
    ULONG bytes, i;

    for (i = 0; i < 65536; i++) aad[i] = (UCHAR)i;
    unhex(m->nonce, 13, "101112131415161718191a1b1c");
    unhex(m->text, 32, "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f");
    m->info.cbNonce = 13;
    m->info.pbAuthData = aad;
    m->info.cbAuthData = 65536;
    m->info.cbTag = 14;
    m->bytes = 32;
    expect_status(encrypt(m, output, 32, &bytes), STATUS_SUCCESS);
    free(aad);
    expect_hex(output, 32, "69915dad1e84c6376a68c2967e4dab615ae0fd1faec44cc484828529463ccf72");
    expect_hex(m->result_tag, 14, "b4ac6bec93e8598e7f0dadbcea5b");
}
END_TEST

/* --- every length ------------------------------------------------------------------------- */

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG key_bytes;
} ciphers[] =
{
    { BCRYPT_AES_GCM_ALG_HANDLE, 16 }, { BCRYPT_AES_GCM_ALG_HANDLE, 24 },
    { BCRYPT_AES_GCM_ALG_HANDLE, 32 }, { BCRYPT_AES_CCM_ALG_HANDLE, 16 },
    { BCRYPT_CHACHA20_POLY1305_ALG_HANDLE, 32 },
};

/* Text that is a prefix of longer text has a prefix of its output, and comes back. */
START_TEST(text_of_any_length_comes_back)
{
    static UCHAR text[4200], whole[4200], output[4200], again[4200];
    BCRYPT_KEY_HANDLE key = new_key(ciphers[_i].algorithm, counting, ciphers[_i].key_bytes);
    UCHAR tag[16];
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    ULONG length, bytes;

    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = (UCHAR *)counting;
    info.cbNonce = 12;
    info.pbTag = tag;
    info.cbTag = 16;
    for (length = 0; length < sizeof(text); length++) text[length] = (UCHAR)(length * 7);
    expect_encrypt(key, STATUS_SUCCESS, .input = text, .bytes = sizeof(text), .info = &info,
                   .output = whole, .room = sizeof(whole), .result = &bytes);
    for (length = 1; length <= sizeof(text); length += length < 600 ? 1 : 97)
    {
        info.pbAuthData = text;
        info.cbAuthData = length % 61;
        expect_encrypt(key, STATUS_SUCCESS, .input = text, .bytes = length, .info = &info,
                       .output = output, .room = length, .result = &bytes);
        expect_bytes(output, whole, length);
        expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = length, .info = &info,
                       .output = again, .room = length, .result = &bytes);
        expect_bytes(again, text, length);
    }
}
END_TEST

/* symmetric.md, section 8: the structure's layout */
#define INFO_OFFSET(member) offsetof(BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO, member)

START_TEST(the_info_has_the_documented_layout)
{
    bool wide = sizeof(void *) == 8;

    expect_value(sizeof(BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO), wide ? 88 : 64);
    expect_value(INFO_OFFSET(pbNonce), 8);
    expect_value(INFO_OFFSET(cbNonce), wide ? 16 : 12);
    expect_value(INFO_OFFSET(pbAuthData), wide ? 24 : 16);
    expect_value(INFO_OFFSET(cbAuthData), wide ? 32 : 20);
    expect_value(INFO_OFFSET(pbTag), wide ? 40 : 24);
    expect_value(INFO_OFFSET(cbTag), wide ? 48 : 28);
    expect_value(INFO_OFFSET(pbMacContext), wide ? 56 : 32);
    expect_value(INFO_OFFSET(cbMacContext), wide ? 64 : 36);
    expect_value(INFO_OFFSET(cbAAD), wide ? 68 : 40);
    expect_value(INFO_OFFSET(cbData), wide ? 72 : 48);
    expect_value(INFO_OFFSET(dwFlags), wide ? 80 : 56);
}
END_TEST

void aead_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, encryption_gives_the_published_output_and_tag, vectors);
    add_rows(tests, decryption_gives_the_text_back, vectors);
    test_add(tests, a_real_handles_key_gives_the_same, 2);
    test_add(tests, a_key_can_be_switched_to_the_mode, 2);
    add_rows(tests, text_may_be_replaced_in_place, vectors);
    add_rows(tests, the_tag_may_follow_the_output, vectors);
    add_rows(tests, any_wrong_bit_of_the_tag_is_a_mismatch, vectors);
    add_rows(tests, any_other_change_is_a_mismatch, vectors);
    add_rows(tests, any_wrong_bit_of_the_text_is_a_mismatch, vectors);
    add_rows(tests, the_iv_is_ignored, vectors);
    add_rows(tests, a_size_query_says_the_size_and_makes_no_tag, vectors);
    add_rows(tests, the_empty_message_has_a_tag, empty_vectors);
    add_rows(tests, an_output_that_is_too_small_is_refused, empty_vectors);
    add_test(tests, no_auth_data_is_no_auth_data_however_it_is_said);
    add_rows(tests, missing_info_is_an_invalid_parameter, empty_vectors);
    add_rows(tests, tags_of_every_length_are_made_and_verified, tag_lengths);
    add_rows(tests, a_tag_of_another_length_is_an_invalid_parameter, wrong_tags);
    add_rows(tests, ccm_takes_nonces_of_7_to_13_bytes, ccm_nonces);
    add_test(tests, ccm_with_long_auth_data_gives_the_published_output);
    add_rows(tests, text_of_any_length_comes_back, ciphers);
    add_test(tests, the_info_has_the_documented_layout);

    tests = ours(suite);
    add_rows(tests, after_a_mismatch_the_output_holds_no_text, vectors);
    add_rows(tests, auth_data_from_nowhere_is_an_invalid_parameter, empty_vectors);
    add_rows(tests, a_nonce_of_another_length_is_an_invalid_parameter, wrong_nonces);
    add_rows(tests, an_unknown_flag_in_the_info_is_an_invalid_parameter, wrong_flags);
    add_test(tests, the_fields_of_chains_are_ignored);
    add_rows(tests, a_long_nonce_limits_the_length_of_ccm, ccm_lengths);
}
