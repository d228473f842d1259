/*
 * test_cipher_other.c - DES and its kin, RC2, RC4 and XTS-AES.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

static void expect_cipher(BCRYPT_KEY_HANDLE key, const char *iv_hex, const char *text_hex,
                          const char *output_hex)
{
    UCHAR iv[16], text[64], output[64];
    ULONG iv_bytes = (ULONG)unhex(iv, sizeof(iv), iv_hex), result = 0;
    ULONG bytes = (ULONG)unhex(text, sizeof(text), text_hex);

    expect_encrypt(key, STATUS_SUCCESS, .input = text, .bytes = bytes, .iv = iv_bytes ? iv : NULL,
                   .iv_bytes = iv_bytes, .output = output, .room = sizeof(output),
                   .result = &result);
    expect_value(result, bytes);
    expect_hex(output, bytes, output_hex);
    unhex(iv, sizeof(iv), iv_hex);
    expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = bytes, .iv = iv_bytes ? iv : NULL,
                   .iv_bytes = iv_bytes, .output = output, .room = sizeof(output),
                   .result = &result);
    expect_bytes(output, text, bytes);
}

/* --- symmetric.md, section 1: DES, 3DES, 3DES_112, DESX ----------------------------------- */

#define FIPS81_KEY "0123456789abcdef"
#define FIPS81_IV "1234567890abcdef"
#define FIPS81_TEXT "4e6f77206973207468652074696d6520666f7220616c6c20" /* Now is the time for all */
#define COUNTING_8 "0001020304050607"
#define COUNTING_16 COUNTING_8 "08090a0b0c0d0e0f"
#define COUNTING_24 COUNTING_16 "1011121314151617"

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    const char *key, *iv, *text, *output;
} des[] =
{
    { BCRYPT_DES_ECB_ALG_HANDLE, FIPS81_KEY, "", FIPS81_TEXT,
      "3fa40e8a984d48156a271787ab8883f9893d51ec4b563b53" },
    { BCRYPT_DES_CBC_ALG_HANDLE, FIPS81_KEY, FIPS81_IV, FIPS81_TEXT,
      "e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6" },
    { BCRYPT_DES_CFB_ALG_HANDLE, FIPS81_KEY, FIPS81_IV, FIPS81_TEXT,
      "f31fda07011462ee187f43d80a7cd9b5b0d290da6e5b9a87" },
    { BCRYPT_3DES_ECB_ALG_HANDLE, COUNTING_24, "", COUNTING_16,
      "58ed248f77f6b19e8c45c6184f568863" },
    { BCRYPT_3DES_CBC_ALG_HANDLE, COUNTING_24, COUNTING_8, COUNTING_16,
      "894bc3085426a441f27f73ae26abbf74" },
    { BCRYPT_3DES_CFB_ALG_HANDLE, COUNTING_24, COUNTING_8, COUNTING_16,
      "587f8c286bb21607052bc02a65f63be0" },
    { BCRYPT_3DES_112_ECB_ALG_HANDLE, COUNTING_16, "", COUNTING_16,
      "df0b6c9c31cd0ce415ed56d7c7145386" },
    { BCRYPT_3DES_112_CBC_ALG_HANDLE, COUNTING_16, COUNTING_8, COUNTING_16,
      "ddada161e8d79673ed7532e59223cd0d" },
    { BCRYPT_3DES_112_CFB_ALG_HANDLE, COUNTING_16, COUNTING_8, COUNTING_16,
      "df7809eeb4828487552a623a4ff062a2" },
    { BCRYPT_DESX_ECB_ALG_HANDLE, "00112233445566778899aabbccddeeff0112131415161718", "",
      "d9b6a14ee6714e17", "66771f2a0c0501ca" },
    { BCRYPT_DESX_CBC_ALG_HANDLE, "00112233445566778899aabbccddeeff0112131415161718",
      "0000000000000000", "d9b6a14ee6714e17", "66771f2a0c0501ca" },
};

START_TEST(des_and_its_kin_give_the_published_output)
{
    expect_cipher(new_key_hex(des[_i].algorithm, des[_i].key), des[_i].iv, des[_i].text,
                  des[_i].output);
}
END_TEST

START_TEST(parity_bits_do_not_matter)
{
    expect_cipher(new_key_hex(BCRYPT_DES_ECB_ALG_HANDLE, "0022446688aaccee"), "", FIPS81_TEXT,
                  "3fa40e8a984d48156a271787ab8883f9893d51ec4b563b53");
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    const char *key;
} weak_keys[] =
{
    { BCRYPT_DES_ECB_ALG_HANDLE,  "0101010101010101" },
    { BCRYPT_DES_ECB_ALG_HANDLE,  "fefefefefefefefe" },
    { BCRYPT_DES_ECB_ALG_HANDLE,  "0000000000000000" },
    { BCRYPT_3DES_ECB_ALG_HANDLE, "010101010101010101010101010101010101010101010101" },
    { BCRYPT_3DES_112_ECB_ALG_HANDLE, FIPS81_KEY FIPS81_KEY },
    { BCRYPT_3DES_ECB_ALG_HANDLE, FIPS81_KEY FIPS81_KEY FIPS81_KEY },
};

START_TEST(weak_keys_are_accepted)
{
    UCHAR output[8];
    ULONG bytes;

    expect_encrypt(new_key_hex(weak_keys[_i].algorithm, weak_keys[_i].key), STATUS_SUCCESS,
                   .input = counting, .bytes = 8, .output = output, .room = 8, .result = &bytes);
}
END_TEST

START_TEST(three_equal_keys_are_des)
{
    expect_cipher(new_key_hex(BCRYPT_3DES_ECB_ALG_HANDLE, FIPS81_KEY FIPS81_KEY FIPS81_KEY), "",
                  FIPS81_TEXT, "3fa40e8a984d48156a271787ab8883f9893d51ec4b563b53");
}
END_TEST

/* --- symmetric.md, section 7: RC2; RFC 2268, section 5 ------------------------------------ */

static const struct
{
    ULONG effective_bits;
    const char *key, *text, *output;
} rc2[] =
{
    {  64, "ffffffffffffffff",                 "ffffffffffffffff", "278b27e42e2f0d49" },
    {  64, "3000000000000000",                 "1000000000000001", "30649edf9be7d2c2" },
    {  64, "88bca90e90875a",                   "0000000000000000", "6ccf4308974c267f" },
    {  64, "88bca90e90875a7f0f79c384627bafb2", "0000000000000000", "1a807d272bbe5db1" },
    { 128, "88bca90e90875a7f0f79c384627bafb2", "0000000000000000", "2269552ab0f85ca6" },
};

START_TEST(rc2_gives_the_published_output)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(BCRYPT_RC2_ALGORITHM, BCRYPT_CHAIN_MODE_ECB);
    ULONG bits = rc2[_i].effective_bits;

    expect_status(BCryptSetProperty(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH, (UCHAR *)&bits, 4, 0),
                  STATUS_SUCCESS);
    expect_value(property_ulong(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH), bits);
    expect_cipher(new_key_hex(algorithm, rc2[_i].key), "", rc2[_i].text, rc2[_i].output);
}
END_TEST

START_TEST(a_key_keeps_the_effective_length_of_its_time)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(BCRYPT_RC2_ALGORITHM, BCRYPT_CHAIN_MODE_ECB);
    BCRYPT_KEY_HANDLE key;
    ULONG bits = 64;

    expect_status(BCryptSetProperty(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH, (UCHAR *)&bits, 4, 0),
                  STATUS_SUCCESS);
    key = new_key_hex(algorithm, rc2[3].key);
    bits = 128;
    expect_status(BCryptSetProperty(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH, (UCHAR *)&bits, 4, 0),
                  STATUS_SUCCESS);
    expect_cipher(key, "", rc2[3].text, rc2[3].output);
    expect_cipher(new_key_hex(algorithm, rc2[4].key), "", rc2[4].text, rc2[4].output);
}
END_TEST

static const struct
{
    ULONG bits;
} effective_bits[] =
{
    { 16 }, { 40 }, { 63 }, { 64 }, { 128 }, { 129 }, { 512 }, { 1024 },
};

START_TEST(an_effective_length_between_16_and_1024_is_accepted)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_RC2_ALGORITHM, 0);
    ULONG bits = effective_bits[_i].bits;

    expect_status(BCryptSetProperty(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH, (UCHAR *)&bits, 4, 0),
                  STATUS_SUCCESS);
    expect_value(property_ulong(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH), bits);
    new_key(algorithm, counting, 16);
}
END_TEST

static const struct
{
    ULONG bits;
} wrong_effective_bits[] =
{
    { 0 }, { 1 }, { 15 }, { 1025 }, { 0xffffffff },
};

START_TEST(another_effective_length_is_an_invalid_parameter)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_RC2_ALGORITHM, 0);

    expect_status(BCryptSetProperty(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH,
                                    (UCHAR *)&wrong_effective_bits[_i].bits, 4, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* RFC 2268's longest key needs the flag: without it 16 bytes count. */
START_TEST(the_extended_flag_makes_long_rc2_keys_count)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(BCRYPT_RC2_ALGORITHM, BCRYPT_CHAIN_MODE_ECB);
    UCHAR secret[33], text[8] = { 0 }, output[8];
    BCRYPT_KEY_HANDLE key = NULL;
    ULONG bits = 129, bytes;

    unhex(secret, sizeof(secret),
          "88bca90e90875a7f0f79c384627bafb216f80a6f85920584c42fceb0be255daf1e");
    expect_status(BCryptSetProperty(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH, (UCHAR *)&bits, 4, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, secret, sizeof(secret),
                                             BCRYPT_EXTENDED_KEYSIZE), STATUS_SUCCESS);
    keep_key(key);
    expect_encrypt(key, STATUS_SUCCESS, .input = text, .bytes = 8, .output = output, .room = 8,
                   .result = &bytes);
    expect_hex(output, 8, "5b78d3a43dfff1f1");
    expect_encrypt(new_key(algorithm, secret, sizeof(secret)), STATUS_SUCCESS, .input = text,
                   .bytes = 8, .output = output, .room = 8, .result = &bytes);
    expect_true(output[0] != 0x5b || output[7] != 0xf1);
}
END_TEST

/* "default effective length when unset: 128 bits" */
START_TEST(the_effective_length_is_128_bits_at_first)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(BCRYPT_RC2_ALGORITHM, BCRYPT_CHAIN_MODE_ECB);

    expect_value(property_ulong(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH), 128);
    expect_cipher(new_key_hex(algorithm, rc2[4].key), "", rc2[4].text, rc2[4].output);
}
END_TEST

/* --- symmetric.md, section 7: RC4; RFC 6229 ----------------------------------------------- */

#define RC4_STREAM "9ac7cc9a609d1ef7b2932899cde41b975248c4959014126a6e8a84f11d1a9e1c"

START_TEST(rc4_gives_the_published_stream)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_RC4_ALG_HANDLE, counting + 1, 16);
    UCHAR buffer[32] = { 0 };
    ULONG bytes = 0;

    expect_encrypt(key, STATUS_SUCCESS, .input = buffer, .bytes = 32, .output = buffer, .room = 32,
                   .result = &bytes);
    expect_value(bytes, 32);
    expect_hex(buffer, 32, RC4_STREAM);
}
END_TEST

static const struct
{
    ULONG bytes;
} pieces[] =
{
    { 1 }, { 3 }, { 7 }, { 16 }, { 31 },
};

START_TEST(the_stream_advances_from_call_to_call)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_RC4_ALG_HANDLE, counting + 1, 16);
    UCHAR buffer[32] = { 0 };
    ULONG at, now, bytes;

    for (at = 0; at < 32; at += now)
    {
        now = 32 - at < pieces[_i].bytes ? 32 - at : pieces[_i].bytes;
        expect_encrypt(key, STATUS_SUCCESS, .input = buffer + at, .bytes = now,
                       .output = buffer + at, .room = now, .result = &bytes);
        expect_value(bytes, now);
    }
    expect_hex(buffer, 32, RC4_STREAM);
}
END_TEST

START_TEST(decrypting_advances_the_same_stream)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_RC4_ALG_HANDLE, counting + 1, 16);
    UCHAR buffer[32] = { 0 };
    ULONG bytes;

    expect_encrypt(key, STATUS_SUCCESS, .input = buffer, .bytes = 10, .output = buffer, .room = 10,
                   .result = &bytes);
    expect_decrypt(key, STATUS_SUCCESS, .input = buffer + 10, .bytes = 22, .output = buffer + 10,
                   .room = 22, .result = &bytes);
    expect_hex(buffer, 32, RC4_STREAM);
}
END_TEST

START_TEST(size_queries_and_failures_leave_the_stream_alone)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_RC4_ALG_HANDLE, counting + 1, 16);
    UCHAR buffer[32] = { 0 };
    ULONG bytes = 0;

    expect_encrypt(key, STATUS_SUCCESS, .input = buffer, .bytes = 32, .result = &bytes);
    expect_value(bytes, 32);
    expect_encrypt(key, STATUS_BUFFER_TOO_SMALL, .input = buffer, .bytes = 32, .output = buffer,
                   .room = 31, .result = &bytes);
    expect_value(bytes, 32);
    expect_encrypt(key, STATUS_SUCCESS, .input = buffer, .bytes = 32, .output = buffer, .room = 32,
                   .result = &bytes);
    expect_hex(buffer, 32, RC4_STREAM);
}
END_TEST

/* Two unrelated programs give BCRYPT_BLOCK_PADDING and take what comes for RC4's stream: the flag
 * adds nothing, takes nothing away, and does not ask for whole blocks. */
START_TEST(padding_does_nothing_to_a_stream)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_RC4_ALG_HANDLE, counting + 1, 16);
    UCHAR buffer[32] = { 0 };
    ULONG at, now, bytes = 0;

    for (at = 0; at < 32; at += now)
    {
        now = 32 - at < pieces[_i].bytes ? 32 - at : pieces[_i].bytes;
        expect_encrypt(key, STATUS_SUCCESS, .input = buffer + at, .bytes = now, .result = &bytes,
                       .flags = BCRYPT_BLOCK_PADDING);
        expect_value(bytes, now);
        expect_encrypt(key, STATUS_BUFFER_TOO_SMALL, .input = buffer + at, .bytes = now,
                       .output = buffer + at, .room = now - 1, .result = &bytes,
                       .flags = BCRYPT_BLOCK_PADDING);
        expect_status((at & 1 ? BCryptDecrypt : BCryptEncrypt)(
                          key, buffer + at, now, NULL, NULL, 0, buffer + at, now, &bytes,
                          BCRYPT_BLOCK_PADDING), STATUS_SUCCESS);
        expect_value(bytes, now);
    }
    expect_hex(buffer, 32, RC4_STREAM);
}
END_TEST

START_TEST(an_rc4_object_of_768_bytes_is_large_enough)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_RC4_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE key = NULL;
    UCHAR object[768];

    expect_status(BCryptGenerateSymmetricKey(algorithm, &key, object, sizeof(object),
                                             (UCHAR *)counting, 16, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
}
END_TEST

/* 256 bytes with the flag, on the algorithm or on the key; without it 64 of them count. */
START_TEST(the_extended_flag_makes_long_rc4_keys_count)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_RC4_ALGORITHM, BCRYPT_EXTENDED_KEYSIZE);
    BCRYPT_KEY_HANDLE cut = new_key(BCRYPT_RC4_ALG_HANDLE, counting, 256), key = NULL;
    UCHAR from_cut[16] = { 0 }, from_algorithm[16] = { 0 }, from_key[16] = { 0 };
    ULONG bytes;

    expect_encrypt(cut, STATUS_SUCCESS, .input = from_cut, .bytes = 16, .output = from_cut,
                   .room = 16, .result = &bytes);
    expect_status(BCryptGenerateSymmetricKey(BCRYPT_RC4_ALG_HANDLE, &key, NULL, 0,
                                             (UCHAR *)counting, 256, BCRYPT_EXTENDED_KEYSIZE),
                  STATUS_SUCCESS);
    expect_encrypt(key, STATUS_SUCCESS, .input = from_key, .bytes = 16, .output = from_key,
                   .room = 16, .result = &bytes);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_encrypt(new_key(algorithm, counting, 256), STATUS_SUCCESS, .input = from_algorithm,
                   .bytes = 16, .output = from_algorithm, .room = 16, .result = &bytes);
    expect_hex(from_key, 16, "5e2eb7b20d86864f73d39dd95c5a1525");
    expect_bytes(from_algorithm, from_key, 16);
    expect_different(from_cut, from_key, 16);
}
END_TEST

/* --- symmetric.md, section 6: XTS-AES ----------------------------------------------------- */

static UCHAR sectors[4096];

static void fill_sectors(void)
{
    size_t i;

    for (i = 0; i < sizeof(sectors); i++) sectors[i] = (UCHAR)i;
}

static BCRYPT_KEY_HANDLE new_xts_key(BCRYPT_ALG_HANDLE algorithm, ULONG key_bytes, ULONG unit_bytes)
{
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, key_bytes);

    fill_sectors();
    expect_status(BCryptSetProperty(key, BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)&unit_bytes, 4, 0),
                  STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_MESSAGE_BLOCK_LENGTH), unit_bytes);
    return key;
}

static const struct
{
    ULONG key_bytes, unit_bytes, bytes;
    UCHAR unit[8];
    const char *first, *last;                       /* 32 bytes each, by OpenSSL */
} xts[] =
{
    { 32,  512, 1024, { 5 },
      "2dbdc260709c00db30639a42ffb50a6780a3b540429e484f806e2198d6a90ecf",
      "ff06440b4325f6ec3d29ff8b6d08d257947fec36e0678014ef4c5e8e6ac34c70" },
    { 64, 4096, 4096, { 0xff },
      "75de381013f2a09b6655cf5e407ca71ccb3623e1ed6ffb5447b872c185f29eac",
      "864661797b1662918fb278e14f7b91cb0323bf046a84f9f4a0f1e5874a531d54" },
};

static void expect_xts(BCRYPT_ALG_HANDLE algorithm, int row)
{
    BCRYPT_KEY_HANDLE key = new_xts_key(algorithm, xts[row].key_bytes, xts[row].unit_bytes);
    UCHAR unit[8], output[4096];
    ULONG bytes = 0, length = xts[row].bytes;

    memcpy(unit, xts[row].unit, 8);
    expect_encrypt(key, STATUS_SUCCESS, .input = sectors, .bytes = length, .iv = unit,
                   .iv_bytes = 8, .output = output, .room = length, .result = &bytes);
    expect_value(bytes, length);
    expect_hex(output, 32, xts[row].first);
    expect_hex(output + length - 32, 32, xts[row].last);
    memcpy(unit, xts[row].unit, 8);
    expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = length, .iv = unit, .iv_bytes = 8,
                   .output = output, .room = length, .result = &bytes);
    expect_bytes(output, sectors, length);
}

START_TEST(xts_gives_the_published_output)
{
    expect_xts(BCRYPT_XTS_AES_ALG_HANDLE, _i);
    expect_xts(open_algorithm(BCRYPT_XTS_AES_ALGORITHM, 0), _i);
}
END_TEST

/* IEEE 1619, vector 2: the unit's number is little-endian. Its unit is of 32 bytes. */
START_TEST(xts_gives_the_standards_vector)
{
    UCHAR secret[32], unit[8] = { 0x33, 0x33, 0x33, 0x33, 0x33 }, buffer[32];
    ULONG unit_bytes = 32, bytes;
    BCRYPT_KEY_HANDLE key;

    memset(secret, 0x11, 16);
    memset(secret + 16, 0x22, 16);
    memset(buffer, 0x44, 32);
    key = new_key(BCRYPT_XTS_AES_ALG_HANDLE, secret, 32);
    expect_status(BCryptSetProperty(key, BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)&unit_bytes, 4, 0),
                  STATUS_SUCCESS);
    expect_encrypt(key, STATUS_SUCCESS, .input = buffer, .bytes = 32, .iv = unit, .iv_bytes = 8,
                   .output = buffer, .room = 32, .result = &bytes);
    expect_hex(buffer, 32, "c454185e6a16936e39334038acef838bfb186fff7480adc4289382ecd6d394f0");
}
END_TEST

/* With a carry into each part of the number; after the last unit comes the first. */
static const uint64_t first_units[] =
{
    0, 0xfe, 0xffff, 0xfffffffe, 0xffffffffffff, 0xfffffffffffffffe
};

START_TEST(several_units_are_numbered_on)
{
    BCRYPT_KEY_HANDLE key = new_xts_key(BCRYPT_XTS_AES_ALG_HANDLE, 32, 512);
    UCHAR unit[8], together[2048], alone[512];
    ULONG bytes, i;

    memcpy(unit, &first_units[_i], 8);
    expect_encrypt(key, STATUS_SUCCESS, .input = sectors, .bytes = 2048, .iv = unit, .iv_bytes = 8,
                   .output = together, .room = 2048, .result = &bytes);
    for (i = 0; i < 4; i++)
    {
        uint64_t number = first_units[_i] + i;

        memcpy(unit, &number, 8);
        expect_encrypt(key, STATUS_SUCCESS, .input = sectors + 512 * i, .bytes = 512, .iv = unit,
                       .iv_bytes = 8, .output = alone, .room = 512, .result = &bytes);
        expect_bytes(together + 512 * i, alone, 512);
    }
}
END_TEST

START_TEST(the_units_size_can_change)
{
    BCRYPT_KEY_HANDLE key = new_xts_key(BCRYPT_XTS_AES_ALG_HANDLE, 64, 512);
    UCHAR unit[8] = { 0xff }, output[4096];
    ULONG unit_bytes = 4096, bytes;

    expect_encrypt(key, STATUS_SUCCESS, .input = sectors, .bytes = 512, .iv = unit, .iv_bytes = 8,
                   .output = output, .room = 512, .result = &bytes);
    expect_status(BCryptSetProperty(key, BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)&unit_bytes, 4, 0),
                  STATUS_SUCCESS);
    memset(unit, 0, 8);
    unit[0] = 0xff;
    expect_encrypt(key, STATUS_SUCCESS, .input = sectors, .bytes = 4096, .iv = unit, .iv_bytes = 8,
                   .output = output, .room = 4096, .result = &bytes);
    expect_hex(output + 4096 - 32, 32, xts[1].last);
}
END_TEST

START_TEST(xts_without_unit_number_is_an_invalid_parameter)
{
    BCRYPT_KEY_HANDLE key = new_xts_key(BCRYPT_XTS_AES_ALG_HANDLE, 32, 512);
    UCHAR unit[16] = { 0 }, output[512];
    ULONG bytes;

    mark(output, sizeof(output));
    expect_encrypt(key, STATUS_INVALID_PARAMETER, .input = sectors, .bytes = 512, .output = output,
                   .room = 512, .result = &bytes);
    expect_encrypt(key, STATUS_INVALID_PARAMETER, .input = sectors, .bytes = 512, .iv = unit,
                   .iv_bytes = 16, .output = output, .room = 512, .result = &bytes);
    expect_encrypt(key, STATUS_INVALID_PARAMETER, .input = sectors, .bytes = 512, .iv = unit,
                   .iv_bytes = 7, .output = output, .room = 512, .result = &bytes);
    expect_untouched(output, sizeof(output));
}
END_TEST

START_TEST(xts_takes_whole_units_only)
{
    BCRYPT_KEY_HANDLE key = new_xts_key(BCRYPT_XTS_AES_ALG_HANDLE, 32, 512);
    UCHAR unit[8] = { 0 }, output[1024];
    ULONG bytes = 0;

    expect_encrypt(key, STATUS_INVALID_BUFFER_SIZE, .input = sectors, .bytes = 511, .iv = unit,
                   .iv_bytes = 8, .output = output, .room = 1024, .result = &bytes);
    expect_value(bytes, 511);
    expect_encrypt(key, STATUS_INVALID_BUFFER_SIZE, .input = sectors, .bytes = 513, .iv = unit,
                   .iv_bytes = 8, .output = output, .room = 1024, .result = &bytes);
}
END_TEST

START_TEST(the_unit_number_is_not_changed)
{
    BCRYPT_KEY_HANDLE key = new_xts_key(BCRYPT_XTS_AES_ALG_HANDLE, 32, 512);
    UCHAR unit[8], output[1024];
    ULONG bytes;

    memcpy(unit, counting, 8);
    expect_encrypt(key, STATUS_SUCCESS, .input = sectors, .bytes = 1024, .iv = unit, .iv_bytes = 8,
                   .output = output, .room = 1024, .result = &bytes);
    expect_bytes(unit, counting, 8);
    expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = 1024, .iv = unit, .iv_bytes = 8,
                   .output = output, .room = 1024, .result = &bytes);
    expect_bytes(unit, counting, 8);
    expect_bytes(output, sectors, 1024);
}
END_TEST

/* IEEE 1619, vector 2, without saying that a unit has 32 bytes. */
START_TEST(the_input_is_one_unit_until_its_size_is_set)
{
    UCHAR secret[32], unit[8] = { 0x33, 0x33, 0x33, 0x33, 0x33 }, buffer[32];
    BCRYPT_KEY_HANDLE key;
    ULONG bytes = 0;

    memset(secret, 0x11, 16);
    memset(secret + 16, 0x22, 16);
    memset(buffer, 0x44, 32);
    key = new_key(BCRYPT_XTS_AES_ALG_HANDLE, secret, 32);
    expect_value(property_ulong(key, BCRYPT_MESSAGE_BLOCK_LENGTH), 0);
    expect_encrypt(key, STATUS_INVALID_BUFFER_SIZE, .input = buffer, .bytes = 15, .iv = unit,
                   .iv_bytes = 8, .output = buffer, .room = 15, .result = &bytes);
    expect_value(bytes, 15);
    expect_encrypt(key, STATUS_SUCCESS, .input = buffer, .bytes = 32, .iv = unit, .iv_bytes = 8,
                   .output = buffer, .room = 32, .result = &bytes);
    expect_hex(buffer, 32, "c454185e6a16936e39334038acef838bfb186fff7480adc4289382ecd6d394f0");
}
END_TEST

static const ULONG wrong_units[] = { 0, 1, 8, 15 };

START_TEST(a_unit_is_a_block_at_least)
{
    BCRYPT_KEY_HANDLE key = new_xts_key(BCRYPT_XTS_AES_ALG_HANDLE, 32, 512);

    expect_status(BCryptSetProperty(key, BCRYPT_MESSAGE_BLOCK_LENGTH, (UCHAR *)&wrong_units[_i], 4,
                                    0), STATUS_INVALID_PARAMETER);
    expect_value(property_ulong(key, BCRYPT_MESSAGE_BLOCK_LENGTH), 512);
}
END_TEST

START_TEST(xts_tells_the_size_and_refuses_a_short_output)
{
    BCRYPT_KEY_HANDLE key = new_xts_key(BCRYPT_XTS_AES_ALG_HANDLE, 32, 512);
    UCHAR unit[8] = { 0 }, output[512];
    ULONG bytes = 0;

    mark(output, sizeof(output));
    expect_encrypt(key, STATUS_SUCCESS, .input = sectors, .bytes = 512, .iv = unit, .iv_bytes = 8,
                   .result = &bytes);
    expect_value(bytes, 512);
    bytes = 0;
    expect_encrypt(key, STATUS_BUFFER_TOO_SMALL, .input = sectors, .bytes = 512, .iv = unit,
                   .iv_bytes = 8, .output = output, .room = 511, .result = &bytes);
    expect_value(bytes, 512);
    expect_untouched(output, sizeof(output));
}
END_TEST

void cipher_other_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, des_and_its_kin_give_the_published_output, des);
    add_test(tests, parity_bits_do_not_matter);
    add_rows(tests, weak_keys_are_accepted, weak_keys);
    add_test(tests, three_equal_keys_are_des);
    add_rows(tests, rc2_gives_the_published_output, rc2);
    add_test(tests, a_key_keeps_the_effective_length_of_its_time);
    add_rows(tests, an_effective_length_between_16_and_1024_is_accepted, effective_bits);
    add_test(tests, rc4_gives_the_published_stream);
    add_rows(tests, the_stream_advances_from_call_to_call, pieces);
    add_test(tests, decrypting_advances_the_same_stream);
    add_test(tests, size_queries_and_failures_leave_the_stream_alone);
    add_test(tests, an_rc4_object_of_768_bytes_is_large_enough);
    add_test(tests, the_extended_flag_makes_long_rc4_keys_count);
    add_rows(tests, xts_gives_the_published_output, xts);
    add_rows(tests, several_units_are_numbered_on, first_units);
    add_test(tests, the_units_size_can_change);
    add_test(tests, the_extended_flag_makes_long_rc2_keys_count);
    add_test(tests, xts_tells_the_size_and_refuses_a_short_output);

    tests = ours(suite);
    add_rows(tests, padding_does_nothing_to_a_stream, pieces);
    add_rows(tests, another_effective_length_is_an_invalid_parameter, wrong_effective_bits);
    add_test(tests, the_effective_length_is_128_bits_at_first);
    add_test(tests, xts_gives_the_standards_vector);
    add_test(tests, xts_without_unit_number_is_an_invalid_parameter);
    add_test(tests, xts_takes_whole_units_only);
    add_test(tests, the_unit_number_is_not_changed);
    add_test(tests, the_input_is_one_unit_until_its_size_is_set);
    add_rows(tests, a_unit_is_a_block_at_least, wrong_units);
}
