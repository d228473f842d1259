/*
 * test_cipher_property.c - MessageBlockLength and EffectiveKeyLength, of algorithms, of
 * pseudo-handles and of keys: what is set on an algorithm is had by the keys made afterwards.
 *
 * .NET sets the feedback of CFB on the algorithm, and published benchmarks the data unit of XTS.
 * The outputs were made with the openssl command: CFB from single blocks and with its cfb modes,
 * XTS from single blocks as IEEE 1619 says.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

static NTSTATUS set_number(BCRYPT_HANDLE handle, const WCHAR *name, ULONG number)
{
    return BCryptSetProperty(handle, name, (UCHAR *)&number, sizeof(number), 0);
}

#define set_message(handle, length) \
    expect_status(set_number((handle), BCRYPT_MESSAGE_BLOCK_LENGTH, (length)), STATUS_SUCCESS)
#define message_of(handle) property_ulong((handle), BCRYPT_MESSAGE_BLOCK_LENGTH)
#define set_effective(handle, bits) \
    expect_status(set_number((handle), BCRYPT_EFFECTIVE_KEY_LENGTH, (bits)), STATUS_SUCCESS)
#define effective_of(handle) property_ulong((handle), BCRYPT_EFFECTIVE_KEY_LENGTH)

/* 00 01 ... 1f under a key and a vector that count as well, there and back. */
static void expect_text(BCRYPT_KEY_HANDLE key, ULONG iv_bytes, ULONG bytes, const char *output)
{
    UCHAR iv[16], buffer[32];
    ULONG result = 0;

    memcpy(iv, counting, sizeof(iv));
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = bytes,
                   .iv = iv_bytes ? iv : NULL, .iv_bytes = iv_bytes, .output = buffer,
                   .room = sizeof(buffer), .result = &result);
    expect_value(result, bytes);
    expect_hex(buffer, bytes, output);
    memcpy(iv, counting, sizeof(iv));
    expect_decrypt(key, STATUS_SUCCESS, .input = buffer, .bytes = bytes, .iv = iv_bytes ? iv : NULL,
                   .iv_bytes = iv_bytes, .output = buffer, .room = sizeof(buffer),
                   .result = &result);
    expect_bytes(buffer, counting, bytes);
}

/* --- MessageBlockLength with CFB ------------------------------------------------------------ */

static const struct
{
    const WCHAR *id;
    BCRYPT_ALG_HANDLE pseudo;
    ULONG key_bytes, block_bytes;
    const char *by_bytes, *by_blocks;
} cfb[] =
{
    { BCRYPT_AES_ALGORITHM, BCRYPT_AES_CFB_ALG_HANDLE, 16, 16,
      "0a22f796e1b93e9032cff804838adfc3a5e4b3ffdd47108575533e672ef5d8ef",
      "0a9509b6456bf642f9ca9e53ca5ee455c14d7b0b1930a656d7639637a5968520" },
    { BCRYPT_AES_ALGORITHM, BCRYPT_AES_CFB_ALG_HANDLE, 32, 16,
      "5a962fda85eedcc87f8b0f4f91eda6cbb7a9f141c1397c7c5bb63ec37a7b82ca",
      "5a6f06540cfe7791f8275f360ecea89dd3d946a137b7cf26fba0e4008f820b2b" },
    { BCRYPT_DES_ALGORITHM, BCRYPT_DES_CFB_ALG_HANDLE, 8, 8,
      "e1db411e0b2d02b79065f40f2e0e713ba65e4558871f8e445c834a756ab14856",
      "e1b344e6a3c24abb7a15166ec0342e307737c5e6f63cbd27c14b3652da99cf91" },
    { BCRYPT_3DES_ALGORITHM, BCRYPT_3DES_CFB_ALG_HANDLE, 24, 8,
      "587f8c286bb21607052bc02a65f63be054db47ed98ee05298c1069a27f505f88",
      "58ec268c73f3b799c01ef19072afbffdd2be30c4253c973067c2fbbbef7e77bf" },
    { BCRYPT_3DES_112_ALGORITHM, BCRYPT_3DES_112_CFB_ALG_HANDLE, 16, 8,
      "df7809eeb4828487552a623a4ff062a23dc2f047f9d6a9d2cee601ba4bf555ee",
      "df0a6e9f35c80ae3c432410081135c67c79245a8bf754590abedb543228997b9" },
    { BCRYPT_DESX_ALGORITHM, BCRYPT_DESX_CFB_ALG_HANDLE, 24, 8,
      "f42a5db2023f0cf9677943248aa2f80b37b9138235decb8c4c7fc5010b59fd45",
      "f491b8c38704c0cec04b100a60149ac2877c566a37f022b1e07e5c1deb10498a" },
    { BCRYPT_RC2_ALGORITHM, BCRYPT_RC2_CFB_ALG_HANDLE, 16, 8,
      "8b9352d7a91e83f54e479ccd7330964be8b7ded3ec2c5fd278158bcade59c95a",
      "8b100a1ff4a580ee944dc3cd267981c0e93e20851171612a1d4c8ae2b70aa8cf" },
};

static BCRYPT_KEY_HANDLE new_cfb_key(BCRYPT_ALG_HANDLE algorithm, int row)
{
    return new_key(algorithm, counting, cfb[row].key_bytes);
}

static void expect_cfb(BCRYPT_KEY_HANDLE key, int row, const char *output)
{
    expect_text(key, cfb[row].block_bytes, 32, output);
}

START_TEST(an_algorithm_works_by_bytes_at_first)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(cfb[_i].id, BCRYPT_CHAIN_MODE_CFB);

    expect_value(message_of(algorithm), 1);
    expect_value(message_of(cfb[_i].pseudo), 1);
    expect_cfb(new_cfb_key(algorithm, _i), _i, cfb[_i].by_bytes);
    expect_cfb(new_cfb_key(cfb[_i].pseudo, _i), _i, cfb[_i].by_bytes);
}
END_TEST

START_TEST(keys_have_the_length_that_was_set_on_their_algorithm)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(cfb[_i].id, BCRYPT_CHAIN_MODE_CFB);
    BCRYPT_KEY_HANDLE key;

    set_message(algorithm, cfb[_i].block_bytes);
    expect_value(message_of(algorithm), cfb[_i].block_bytes);
    key = new_cfb_key(algorithm, _i);
    expect_value(message_of(key), cfb[_i].block_bytes);
    expect_cfb(key, _i, cfb[_i].by_blocks);
    set_message(algorithm, 1);
    expect_value(message_of(algorithm), 1);
    expect_cfb(new_cfb_key(algorithm, _i), _i, cfb[_i].by_bytes);
    expect_cfb(key, _i, cfb[_i].by_blocks);                     /* keeps what it began with */
}
END_TEST

START_TEST(a_key_may_have_another_length_than_its_algorithm)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(cfb[_i].id, BCRYPT_CHAIN_MODE_CFB);
    BCRYPT_KEY_HANDLE key, duplicate = NULL;

    set_message(algorithm, cfb[_i].block_bytes);
    key = new_cfb_key(algorithm, _i);
    set_message(key, 1);
    expect_value(message_of(algorithm), cfb[_i].block_bytes);
    expect_cfb(key, _i, cfb[_i].by_bytes);
    expect_status(BCryptDuplicateKey(key, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    keep_key(duplicate);
    expect_value(message_of(duplicate), 1);
    expect_cfb(duplicate, _i, cfb[_i].by_bytes);
    set_message(duplicate, cfb[_i].block_bytes);
    expect_cfb(duplicate, _i, cfb[_i].by_blocks);
    expect_cfb(key, _i, cfb[_i].by_bytes);
}
END_TEST

/* A blob of the key's bytes makes a key like any other, an opaque one brings its own length. */
START_TEST(an_imported_key_has_its_algorithms_length_or_its_own)
{
    BCRYPT_ALG_HANDLE blocks = open_cipher(cfb[_i].id, BCRYPT_CHAIN_MODE_CFB);
    BCRYPT_KEY_HANDLE key = new_cfb_key(cfb[_i].pseudo, _i), copy = NULL;
    UCHAR blob[1024];
    ULONG bytes = 0;

    set_message(blocks, cfb[_i].block_bytes);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob), &bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptImportKey(blocks, NULL, BCRYPT_KEY_DATA_BLOB, &copy, NULL, 0, blob, bytes,
                                  0), STATUS_SUCCESS);
    keep_key(copy);
    expect_cfb(copy, _i, cfb[_i].by_blocks);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_OPAQUE_KEY_BLOB, blob, sizeof(blob), &bytes,
                                  0), STATUS_SUCCESS);
    expect_status(BCryptImportKey(blocks, NULL, BCRYPT_OPAQUE_KEY_BLOB, &copy, NULL, 0, blob,
                                  bytes, 0), STATUS_SUCCESS);
    keep_key(copy);
    expect_value(message_of(copy), 1);
    expect_cfb(copy, _i, cfb[_i].by_bytes);
}
END_TEST

/* Set while the mode was CFB, it outlives another mode in the blob, too. */
START_TEST(an_opaque_blob_keeps_the_length_in_every_mode)
{
    BCRYPT_KEY_HANDLE key = new_cfb_key(cfb[_i].pseudo, _i), copy = NULL;
    UCHAR blob[1024];
    ULONG bytes = 0;

    set_message(key, cfb[_i].block_bytes);
    set_mode(key, BCRYPT_CHAIN_MODE_ECB);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_OPAQUE_KEY_BLOB, blob, sizeof(blob), &bytes,
                                  0), STATUS_SUCCESS);
    expect_status(BCryptImportKey(cfb[_i].pseudo, NULL, BCRYPT_OPAQUE_KEY_BLOB, &copy, NULL, 0,
                                  blob, bytes, 0), STATUS_SUCCESS);
    keep_key(copy);
    set_mode(copy, BCRYPT_CHAIN_MODE_CFB);
    expect_value(message_of(copy), cfb[_i].block_bytes);
    expect_cfb(copy, _i, cfb[_i].by_blocks);
}
END_TEST

/* Of an algorithm, and of a key: what is refused changes nothing. */
static void expect_refusals(BCRYPT_HANDLE handle, ULONG block_bytes)
{
    ULONG number[2] = { block_bytes, 0 }, length, bytes;

    set_message(handle, block_bytes);
    for (length = 0; length < 40; length++)
    {
        if (length == 1 || length == block_bytes) continue;
        expect_status(set_number(handle, BCRYPT_MESSAGE_BLOCK_LENGTH, length),
                      STATUS_INVALID_PARAMETER);
    }
    expect_status(set_number(handle, BCRYPT_MESSAGE_BLOCK_LENGTH, 0xffffffff),
                  STATUS_INVALID_PARAMETER);
    number[0] = 1;
    for (bytes = 0; bytes <= 8; bytes++)
    {
        if (bytes == 4) continue;
        expect_status(BCryptSetProperty(handle, BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)number,
                                        bytes, 0), STATUS_INVALID_PARAMETER);
    }
    expect_status(BCryptSetProperty(handle, BCRYPT_MESSAGE_BLOCK_LENGTH, NULL, 4, 0),
                  STATUS_INVALID_PARAMETER);
    expect_value(message_of(handle), block_bytes);
}

START_TEST(other_lengths_of_a_message_are_refused)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(cfb[_i].id, BCRYPT_CHAIN_MODE_CFB);

    expect_refusals(algorithm, cfb[_i].block_bytes);
    expect_refusals(new_cfb_key(algorithm, _i), cfb[_i].block_bytes);
}
END_TEST

/* "set with cbInput 0 INVALID_PARAMETER", whatever the value would be */
START_TEST(a_length_of_no_bytes_is_an_invalid_parameter)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(cfb[_i].id, BCRYPT_CHAIN_MODE_CFB);
    ULONG length = cfb[_i].block_bytes;

    expect_status(BCryptSetProperty(algorithm, BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)&length, 0,
                                    0), STATUS_INVALID_PARAMETER);
    expect_value(message_of(algorithm), 1);
}
END_TEST

START_TEST(the_size_of_a_length_is_told)
{
    BCRYPT_ALG_HANDLE handles[] = { open_cipher(cfb[_i].id, BCRYPT_CHAIN_MODE_CFB),
                                    cfb[_i].pseudo, new_cfb_key(cfb[_i].pseudo, _i) };
    ULONG length, bytes;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(handles); i++)
    {
        bytes = 0;
        expect_status(BCryptGetProperty(handles[i], BCRYPT_MESSAGE_BLOCK_LENGTH, NULL, 0, &bytes,
                                        0), STATUS_SUCCESS);
        expect_value(bytes, 4);
        length = UNTOUCHED_ULONG;
        expect_status(BCryptGetProperty(handles[i], BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)&length,
                                        3, &bytes, 0), STATUS_BUFFER_TOO_SMALL);
        expect_value(bytes, 4);
        expect_value(length, UNTOUCHED_ULONG);
    }
}
END_TEST

START_TEST(the_length_of_a_pseudo_handle_stays)
{
    expect_status(set_number(cfb[_i].pseudo, BCRYPT_MESSAGE_BLOCK_LENGTH, cfb[_i].block_bytes),
                  STATUS_ACCESS_DENIED);
    expect_value(message_of(cfb[_i].pseudo), 1);
}
END_TEST

static const struct
{
    const WCHAR *id, *mode;
    ULONG key_bytes;
} without_length[] =
{
    { BCRYPT_AES_ALGORITHM,     BCRYPT_CHAIN_MODE_CBC, 16 },
    { BCRYPT_AES_ALGORITHM,     BCRYPT_CHAIN_MODE_ECB, 16 },
    { BCRYPT_AES_ALGORITHM,     BCRYPT_CHAIN_MODE_GCM, 16 },
    { BCRYPT_AES_ALGORITHM,     BCRYPT_CHAIN_MODE_CCM, 16 },
    { BCRYPT_DES_ALGORITHM,     BCRYPT_CHAIN_MODE_CBC, 8  },
    { BCRYPT_3DES_ALGORITHM,    BCRYPT_CHAIN_MODE_ECB, 24 },
    { BCRYPT_3DES_112_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, 16 },
    { BCRYPT_DESX_ALGORITHM,    BCRYPT_CHAIN_MODE_ECB, 24 },
    { BCRYPT_RC2_ALGORITHM,     BCRYPT_CHAIN_MODE_CBC, 16 },
    { BCRYPT_RC4_ALGORITHM,     BCRYPT_CHAIN_MODE_NA,  16 },
    { BCRYPT_CHACHA20_POLY1305_ALGORITHM, BCRYPT_CHAIN_MODE_NA, 32 },
};

START_TEST(where_the_mode_has_no_length_there_is_none)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(without_length[_i].id, without_length[_i].mode);
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, without_length[_i].key_bytes);

    expect_property(algorithm, BCRYPT_MESSAGE_BLOCK_LENGTH, STATUS_NOT_SUPPORTED);
    expect_property(key, BCRYPT_MESSAGE_BLOCK_LENGTH, STATUS_NOT_SUPPORTED);
    expect_status(set_number(algorithm, BCRYPT_MESSAGE_BLOCK_LENGTH, 1), STATUS_NOT_SUPPORTED);
    expect_status(set_number(key, BCRYPT_MESSAGE_BLOCK_LENGTH, 1), STATUS_NOT_SUPPORTED);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)counting, 0,
                                    0), STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(an_algorithms_length_outlives_a_change_of_mode)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(cfb[_i].id, BCRYPT_CHAIN_MODE_CFB);
    BCRYPT_KEY_HANDLE key;

    set_message(algorithm, cfb[_i].block_bytes);
    set_mode(algorithm, BCRYPT_CHAIN_MODE_CBC);
    key = new_cfb_key(algorithm, _i);
    set_mode(key, BCRYPT_CHAIN_MODE_CFB);
    set_mode(algorithm, BCRYPT_CHAIN_MODE_CFB);
    expect_value(message_of(algorithm), cfb[_i].block_bytes);
    expect_cfb(key, _i, cfb[_i].by_blocks);
    expect_cfb(new_cfb_key(algorithm, _i), _i, cfb[_i].by_blocks);
}
END_TEST

/* --- MessageBlockLength of XTS-AES, and its keys -------------------------------------------- */

/* 128 bytes as two data units, numbers 5 and 6. A key of 48 bytes is in no standard: its halves
 * are AES-192 keys. */
static const struct
{
    ULONG key_bytes, strength;
    const char *output;
} xts[] =
{
    { 32, 128,
      "2dbdc260709c00db30639a42ffb50a6780a3b540429e484f806e2198d6a90ecf"
      "0bfc60bc5d580d3efe60032b5eb1049682fe5c904ec23a87c59d52fe3ecd0ae6"
      "aa7d1b892fdcaa48a4598c6f8bfdf3b93ab1ac1da3ff0d70277b7e57e2902ed9"
      "edcbe3e6b21786975c4eae94af224593bd569e515ba48e8b5505c7712643cd36" },
    { 48, 192,
      "c2e799738b2cd6cfb807f8474b0387d95e6e78faf6fb80565c4e252f272daa24"
      "ead33f323a388c60ad067eb72afabcc0f6a738c0347ff936e902afbf3ea56ed3"
      "bb6ccbb984df74bcbea4ae2bc0bca8724e315512eb06058673ae6a5bf36cafd7"
      "151f0b43968fa71bbf660c40462ed0dd23d1ff927e7b0e15662fc79bf19a3e3f" },
    { 64, 256,
      "f87ca2f29b117c1b024a6ec8e8c5994e76f7d16b43eed21e6936126969e00dab"
      "9d57dfb999d8d20535e3b2b7a51fab52dc4f54b7080d50b48a54ca22ff3849f3"
      "992e3931e19ca5de123cc8ebedfacc16638475bf96da5f4b788749786eef5361"
      "7e57ebcc9bc015f963e430948b82e521e5f539161a063491e5e49d19601ca1be" },
};

static void expect_xts(BCRYPT_KEY_HANDLE key, const char *output)
{
    UCHAR unit[8] = { 5 }, buffer[128];
    ULONG bytes = 0;

    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 128, .iv = unit, .iv_bytes = 8,
                   .output = buffer, .room = 128, .result = &bytes);
    expect_value(bytes, 128);
    expect_hex(buffer, 128, output);
    expect_decrypt(key, STATUS_SUCCESS, .input = buffer, .bytes = 128, .iv = unit, .iv_bytes = 8,
                   .output = buffer, .room = 128, .result = &bytes);
    expect_bytes(buffer, counting, 128);
}

START_TEST(xts_keys_have_the_data_unit_that_was_set_on_their_algorithm)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_XTS_AES_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE key;

    set_message(algorithm, 64);
    expect_value(message_of(algorithm), 64);
    key = new_key(algorithm, counting, xts[_i].key_bytes);
    expect_value(message_of(key), 64);
    expect_xts(key, xts[_i].output);
    set_message(algorithm, 4096);
    expect_xts(key, xts[_i].output);
    expect_value(message_of(new_key(algorithm, counting, xts[_i].key_bytes)), 4096);
    set_message(key, 512);
    expect_value(message_of(key), 512);
    expect_value(message_of(algorithm), 4096);
}
END_TEST

START_TEST(xts_has_no_data_unit_at_first)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_XTS_AES_ALGORITHM, 0);
    ULONG length;

    expect_value(message_of(algorithm), 0);
    expect_value(message_of(BCRYPT_XTS_AES_ALG_HANDLE), 0);
    expect_status(set_number(BCRYPT_XTS_AES_ALG_HANDLE, BCRYPT_MESSAGE_BLOCK_LENGTH, 512),
                  STATUS_ACCESS_DENIED);
    for (length = 0; length < 16; length++)
        expect_status(set_number(algorithm, BCRYPT_MESSAGE_BLOCK_LENGTH, length),
                      STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)&length, 0,
                                    0), STATUS_INVALID_PARAMETER);
    expect_value(message_of(algorithm), 0);
}
END_TEST

/* An opaque blob of a key without a data unit makes a key without one. */
START_TEST(an_opaque_xts_blob_keeps_its_data_unit)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_XTS_AES_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, xts[_i].key_bytes), copy = NULL;
    UCHAR blob[1024];
    ULONG bytes = 0;

    set_message(algorithm, 512);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_OPAQUE_KEY_BLOB, blob, sizeof(blob), &bytes,
                                  0), STATUS_SUCCESS);
    expect_status(BCryptImportKey(algorithm, NULL, BCRYPT_OPAQUE_KEY_BLOB, &copy, NULL, 0, blob,
                                  bytes, 0), STATUS_SUCCESS);
    keep_key(copy);
    expect_value(message_of(copy), 0);
    set_message(copy, 64);
    expect_xts(copy, xts[_i].output);
}
END_TEST

START_TEST(an_xts_key_of_each_length_tells_it)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_XTS_AES_ALG_HANDLE, counting, xts[_i].key_bytes);
    UCHAR blob[100];
    ULONG bytes = 0;

    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), 8 * xts[_i].key_bytes);
    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), xts[_i].strength);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob), &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, 12 + xts[_i].key_bytes);
    expect_bytes(blob + 12, counting, xts[_i].key_bytes);
}
END_TEST

/* --- EffectiveKeyLength of RC2 keys ---------------------------------------------------------- */

#define RFC2268_KEY "88bca90e90875a7f0f79c384627bafb2"

/* One block of zeros under that key: RFC 2268, section 5. */
static const struct
{
    ULONG bits;
    const char *output;
} rfc2268[] =
{
    { 64, "1a807d272bbe5db1" }, { 128, "2269552ab0f85ca6" },
};

static void expect_zeros(BCRYPT_KEY_HANDLE key, int row)
{
    UCHAR block[8] = { 0 }, zeros[8] = { 0 };
    ULONG bytes = 0;

    expect_value(effective_of(key), rfc2268[row].bits);
    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), rfc2268[row].bits);
    expect_encrypt(key, STATUS_SUCCESS, .input = block, .bytes = 8, .output = block, .room = 8,
                   .result = &bytes);
    expect_hex(block, 8, rfc2268[row].output);
    expect_decrypt(key, STATUS_SUCCESS, .input = block, .bytes = 8, .output = block, .room = 8,
                   .result = &bytes);
    expect_bytes(block, zeros, 8);
}

START_TEST(an_rc2_key_takes_its_effective_length)
{
    BCRYPT_KEY_HANDLE key = new_key_hex(BCRYPT_RC2_ECB_ALG_HANDLE, RFC2268_KEY);

    set_effective(key, rfc2268[_i].bits);
    expect_zeros(key, _i);
}
END_TEST

/* Before the key is used for the first time, and after. */
START_TEST(an_effective_length_can_change_back_and_forth)
{
    BCRYPT_KEY_HANDLE key = new_key_hex(BCRYPT_RC2_ECB_ALG_HANDLE, RFC2268_KEY);
    int turn;

    for (turn = _i; turn < _i + 4; turn++)
    {
        set_effective(key, rfc2268[turn % 2].bits);
        expect_zeros(key, turn % 2);
        expect_zeros(key, turn % 2);
    }
}
END_TEST

START_TEST(an_algorithm_and_its_keys_have_effective_lengths_of_their_own)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(BCRYPT_RC2_ALGORITHM, BCRYPT_CHAIN_MODE_ECB);
    BCRYPT_KEY_HANDLE key;

    set_effective(algorithm, 64);
    key = new_key_hex(algorithm, RFC2268_KEY);
    expect_zeros(key, 0);
    set_effective(key, 128);
    expect_value(effective_of(algorithm), 64);
    expect_zeros(key, 1);
    expect_zeros(new_key_hex(algorithm, RFC2268_KEY), 0);
    set_effective(algorithm, 40);
    expect_zeros(key, 1);
}
END_TEST

/* By openssl's rc2-40-cbc, rc2-64-cbc and rc2-cbc from a vector of zeros: .NET has a key of as many
 * bits as it sets. */
static const struct
{
    ULONG bits;
    const char *output;
} whole[] =
{
    { 40, "8a038e072ba9bc6f042add5a57cbe198" }, { 64, "83b189de87161805055231ee2fd7abb8" },
    { 128, "8b11081cf0a086e96057695ddd4238e3" },
};

START_TEST(an_effective_length_may_be_the_keys)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_RC2_CBC_ALG_HANDLE, counting, whole[_i].bits / 8);
    UCHAR iv[8] = { 0 }, output[16];
    ULONG bytes = 0;

    set_effective(key, whole[_i].bits);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .iv = iv, .iv_bytes = 8,
                   .output = output, .room = 16, .result = &bytes);
    expect_hex(output, 16, whole[_i].output);
}
END_TEST

/* In the modes that go through other code, too. */
START_TEST(an_effective_length_counts_in_every_mode)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_RC2_CFB_ALG_HANDLE, counting, 16);

    set_effective(key, 64);
    set_message(key, 8);
    expect_text(key, 8, 32, "51b364e119ce909c88d32b82d35714ea"
                            "3e29c70391aca41f2ee0b71eb12338c0");
    set_effective(key, 128);
    expect_text(key, 8, 32, cfb[6].by_blocks);
    set_message(key, 1);
    expect_text(key, 8, 32, cfb[6].by_bytes);
}
END_TEST

START_TEST(a_copy_of_a_key_has_the_effective_length_that_it_has_now)
{
    BCRYPT_KEY_HANDLE key = new_key_hex(BCRYPT_RC2_ECB_ALG_HANDLE, RFC2268_KEY), copy = NULL;
    UCHAR blob[1024];
    ULONG bytes = 0;

    expect_zeros(key, 1);
    set_effective(key, 64);
    expect_status(BCryptDuplicateKey(key, &copy, NULL, 0, 0), STATUS_SUCCESS);
    keep_key(copy);
    expect_zeros(copy, 0);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_OPAQUE_KEY_BLOB, blob, sizeof(blob), &bytes,
                                  0), STATUS_SUCCESS);
    set_effective(key, 128);
    expect_zeros(copy, 0);
    expect_zeros(key, 1);
    expect_status(BCryptImportKey(BCRYPT_RC2_ECB_ALG_HANDLE, NULL, BCRYPT_OPAQUE_KEY_BLOB, &copy,
                                  NULL, 0, blob, bytes, 0), STATUS_SUCCESS);
    keep_key(copy);
    expect_zeros(copy, 0);
}
END_TEST

/* A blob of the key's bytes alone does not know it. */
START_TEST(a_key_data_blob_has_no_effective_length)
{
    BCRYPT_KEY_HANDLE key = new_key_hex(BCRYPT_RC2_ECB_ALG_HANDLE, RFC2268_KEY), copy = NULL;
    UCHAR blob[64];
    ULONG bytes = 0;

    set_effective(key, 64);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob), &bytes, 0),
                  STATUS_SUCCESS);
    expect_value(bytes, 28);
    expect_status(BCryptImportKey(BCRYPT_RC2_ECB_ALG_HANDLE, NULL, BCRYPT_KEY_DATA_BLOB, &copy,
                                  NULL, 0, blob, bytes, 0), STATUS_SUCCESS);
    keep_key(copy);
    expect_zeros(copy, 1);
}
END_TEST

START_TEST(a_key_refuses_what_its_algorithm_refuses)
{
    BCRYPT_KEY_HANDLE key = new_key_hex(BCRYPT_RC2_ECB_ALG_HANDLE, RFC2268_KEY);
    static const ULONG wrong[] = { 0, 1, 15, 1025, 0xffffffff };
    ULONG number[2] = { 128, 0 }, bytes;
    size_t i;

    set_effective(key, 64);
    for (i = 0; i < ARRAY_SIZE(wrong); i++)
        expect_status(set_number(key, BCRYPT_EFFECTIVE_KEY_LENGTH, wrong[i]),
                      STATUS_INVALID_PARAMETER);
    for (bytes = 0; bytes <= 8; bytes++)
    {
        if (bytes == 4) continue;
        expect_status(BCryptSetProperty(key, BCRYPT_EFFECTIVE_KEY_LENGTH, (UCHAR *)number, bytes,
                                        0), STATUS_INVALID_PARAMETER);
    }
    expect_status(BCryptSetProperty(key, BCRYPT_EFFECTIVE_KEY_LENGTH, NULL, 4, 0),
                  STATUS_INVALID_PARAMETER);
    expect_zeros(key, 0);
    set_effective(key, 16);
    set_effective(key, 1024);
    expect_value(effective_of(key), 1024);
}
END_TEST

START_TEST(other_ciphers_have_no_effective_length)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(cfb[_i].id, BCRYPT_CHAIN_MODE_CFB);
    BCRYPT_KEY_HANDLE key = new_cfb_key(algorithm, _i);

    expect_property(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH, STATUS_NOT_SUPPORTED);
    expect_property(key, BCRYPT_EFFECTIVE_KEY_LENGTH, STATUS_NOT_SUPPORTED);
    expect_status(set_number(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH, 64), STATUS_NOT_SUPPORTED);
    expect_status(set_number(key, BCRYPT_EFFECTIVE_KEY_LENGTH, 64), STATUS_NOT_SUPPORTED);
}
END_TEST
static const int not_rc2[6];

void cipher_property_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, an_algorithm_works_by_bytes_at_first, cfb);
    add_rows(tests, keys_have_the_length_that_was_set_on_their_algorithm, cfb);
    add_rows(tests, a_key_may_have_another_length_than_its_algorithm, cfb);
    add_rows(tests, a_length_of_no_bytes_is_an_invalid_parameter, cfb);
    add_rows(tests, the_size_of_a_length_is_told, cfb);
    add_rows(tests, the_length_of_a_pseudo_handle_stays, cfb);
    add_test(tests, an_algorithm_and_its_keys_have_effective_lengths_of_their_own);
    add_rows(tests, an_rc2_key_takes_its_effective_length, rfc2268);
    add_rows(tests, an_effective_length_can_change_back_and_forth, rfc2268);
    add_rows(tests, an_effective_length_may_be_the_keys, whole);
    add_test(tests, an_effective_length_counts_in_every_mode);
    add_test(tests, a_copy_of_a_key_has_the_effective_length_that_it_has_now);

    tests = ours(suite);
    add_rows(tests, an_imported_key_has_its_algorithms_length_or_its_own, cfb);
    add_rows(tests, an_opaque_blob_keeps_the_length_in_every_mode, cfb);
    add_rows(tests, other_lengths_of_a_message_are_refused, cfb);
    add_rows(tests, where_the_mode_has_no_length_there_is_none, without_length);
    add_rows(tests, an_algorithms_length_outlives_a_change_of_mode, cfb);
    add_rows(tests, xts_keys_have_the_data_unit_that_was_set_on_their_algorithm, xts);
    add_test(tests, xts_has_no_data_unit_at_first);
    add_rows(tests, an_opaque_xts_blob_keeps_its_data_unit, xts);
    add_rows(tests, an_xts_key_of_each_length_tells_it, xts);
    add_test(tests, a_key_data_blob_has_no_effective_length);
    add_test(tests, a_key_refuses_what_its_algorithm_refuses);
    add_rows(tests, other_ciphers_have_no_effective_length, not_rc2);
}
