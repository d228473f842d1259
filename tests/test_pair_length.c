/*
 * test_pair_length.c - the lengths that key pairs have: every one that can be generated or set, and
 * the limits of what is imported.
 *
 * Sources: the key lengths of asymmetric-keys.md, "Algorithms", and dsa-dh.md, "Sizes". RSA moduli
 * of any length are imported in test_rsa_blob.c.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

/* Multiples of step; those of other_step may be lengths as well. */
static const struct
{
    const char *name;
    const WCHAR *id;
    ULONG least, most, step, other_step;
} lengths[] =
{
    { "RSA",        L"RSA",        512, 16384, 64, 8 },
    { "RSA_SIGN",   L"RSA_SIGN",   512, 16384, 64, 8 },
    { "DSA",        L"DSA",        512, 3072,  64, 64 },
    { "DH",         L"DH",         512, 4096,  64, 64 },
    { "ECDSA_P256", L"ECDSA_P256", 256, 256,   1,  1 },
    { "ECDSA_P384", L"ECDSA_P384", 384, 384,   1,  1 },
    { "ECDSA_P521", L"ECDSA_P521", 521, 521,   1,  1 },
    { "ECDH_P256",  L"ECDH_P256",  256, 256,   1,  1 },
    { "ECDH_P384",  L"ECDH_P384",  384, 384,   1,  1 },
    { "ECDH_P521",  L"ECDH_P521",  521, 521,   1,  1 },
};
#define BEYOND 16500                                /* more than all of them */

/* Generates a pair of that length, and sets it for one that has another length. */
static void expect_length(const char *name, BCRYPT_ALG_HANDLE algorithm, BCRYPT_KEY_HANDLE other,
                          ULONG bits, NTSTATUS status)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    char text[40];

    snprintf(text, sizeof(text), "%s of %lu bits", name, (unsigned long)bits);
    expect_status_at(__FILE__, __LINE__, text, BCryptGenerateKeyPair(algorithm, &key, bits, 0),
                     status);
    expect_status_at(__FILE__, __LINE__, text,
                     BCryptSetProperty(other, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, sizeof(bits), 0),
                     status);
    if (status)
    {
        expect_pointer_at(__FILE__, __LINE__, text, key, UNTOUCHED_HANDLE);
        return;
    }
    expect_value_at(__FILE__, __LINE__, text, property_ulong(key, BCRYPT_KEY_LENGTH), bits);
    expect_value_at(__FILE__, __LINE__, text, property_ulong(other, BCRYPT_KEY_LENGTH), bits);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
}

START_TEST(an_algorithm_has_these_lengths_and_no_others)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(lengths[_i].id, 0);
    BCRYPT_KEY_HANDLE other = NULL;
    ULONG bits;

    expect_status(BCryptGenerateKeyPair(algorithm, &other, lengths[_i].least, 0), STATUS_SUCCESS);
    keep_key(other);
    for (bits = 0; bits < BEYOND; bits++)
    {
        bool in_range = bits >= lengths[_i].least && bits <= lengths[_i].most;
        bool is_step = in_range && bits % lengths[_i].step == 0;

        if (in_range && !is_step && bits % lengths[_i].other_step == 0) continue;
        expect_length(lengths[_i].name, algorithm, other, bits,
                      is_step ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER);
    }
}
END_TEST

START_TEST(rsa_has_every_multiple_of_eight)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(lengths[_i].id, 0);
    BCRYPT_KEY_HANDLE other = NULL;
    ULONG bits;

    expect_status(BCryptGenerateKeyPair(algorithm, &other, 512, 0), STATUS_SUCCESS);
    keep_key(other);
    for (bits = 512; bits <= 16384; bits += 8)
        expect_length(lengths[_i].name, algorithm, other, bits, STATUS_SUCCESS);
}
END_TEST
static const int rsa_rows[2];

/* --- keys of the lengths that take no time --------------------------------------------------- */

/* Made, they say their length, and a signature of theirs verifies. */
static void expect_made(BCRYPT_ALG_HANDLE algorithm, ULONG bits, void *padding, ULONG flags,
                        ULONG signature_bytes)
{
    UCHAR signature[200], digest[20];
    BCRYPT_KEY_HANDLE key = NULL;
    ULONG result = 0;

    memcpy(digest, counting, sizeof(digest));
    expect_status(BCryptGenerateKeyPair(algorithm, &key, bits, 0), STATUS_SUCCESS);
    keep_key(key);
    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), bits);
    expect_value(property_ulong(key, BCRYPT_PUBLIC_KEY_LENGTH), bits);
    expect_value(property_ulong(key, BCRYPT_SIGNATURE_LENGTH), signature_bytes);
    expect_status(BCryptSignHash(key, padding, digest, 20, signature, sizeof(signature), &result,
                                 flags), STATUS_SUCCESS);
    expect_value(result, signature_bytes);
    expect_status(BCryptVerifySignature(key, padding, digest, 20, signature, result, flags),
                  STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
}

START_TEST(dsa_makes_keys_of_every_step_to_1024_bits)
{
    ULONG bits;

    for (bits = 512; bits <= 1024; bits += 64)
        expect_made(BCRYPT_DSA_ALG_HANDLE, bits, NULL, 0, 40);
}
END_TEST

START_TEST(rsa_makes_keys_of_every_step_to_1024_bits)
{
    BCRYPT_PKCS1_PADDING_INFO padding = { BCRYPT_SHA1_ALGORITHM };
    ULONG bits;

    for (bits = 512; bits <= 1024; bits += 64)
        expect_made(BCRYPT_RSA_ALG_HANDLE, bits, &padding, BCRYPT_PAD_PKCS1, bits / 8);
}
END_TEST

START_TEST(rsa_makes_keys_of_lengths_in_between)
{
    BCRYPT_PSS_PADDING_INFO padding = { BCRYPT_SHA1_ALGORITHM, 20 };
    ULONG bits;

    for (bits = 520; bits < 768; bits += 8)
        expect_made(BCRYPT_RSA_ALG_HANDLE, bits, &padding, BCRYPT_PAD_PSS, bits / 8);
}
END_TEST

/* --- imported: numbers of the right size, as no prime is asked for --------------------------- */

#define BLOB_ROOM 3400

/* A number of so many bits, all of them set. */
static UCHAR *put_ones(UCHAR *at, ULONG bytes, ULONG bits)
{
    memset(at, 0, bytes);
    memset(at + bytes - (bits + 7) / 8, 0xff, (bits + 7) / 8);
    if (bits % 8) at[bytes - (bits + 7) / 8] = (UCHAR)(0xff >> (8 - bits % 8));
    return at + bytes;
}

static UCHAR *put_small(UCHAR *at, ULONG bytes, UCHAR value)
{
    memset(at, 0, bytes);
    at[bytes - 1] = value;
    return at + bytes;
}

static const struct
{
    ULONG bits, extra;                              /* bytes of zero before every number */
    NTSTATUS status;
} dh_lengths[] =
{
    { 64, 0, STATUS_INVALID_PARAMETER },   { 504, 0, STATUS_INVALID_PARAMETER },
    { 511, 0, STATUS_INVALID_PARAMETER },  { 512, 0, STATUS_SUCCESS },
    { 513, 0, STATUS_SUCCESS },            { 520, 0, STATUS_SUCCESS },
    { 1000, 0, STATUS_SUCCESS },           { 1023, 0, STATUS_SUCCESS },
    { 2047, 0, STATUS_SUCCESS },           { 2048, 0, STATUS_SUCCESS },
    { 4095, 0, STATUS_SUCCESS },           { 4096, 0, STATUS_SUCCESS },
    { 4097, 0, STATUS_INVALID_PARAMETER }, { 4104, 0, STATUS_INVALID_PARAMETER },
    { 6144, 0, STATUS_INVALID_PARAMETER }, { 8192, 0, STATUS_INVALID_PARAMETER },
    { 1024, 1, STATUS_INVALID_PARAMETER },
};

START_TEST(dh_imports_a_modulus_of_any_length_in_range)
{
    ULONG bits = dh_lengths[_i].bits, bytes = (bits + 7) / 8 + dh_lengths[_i].extra;
    BCRYPT_DH_KEY_BLOB header = { BCRYPT_DH_PUBLIC_MAGIC, bytes };
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    UCHAR blob[BLOB_ROOM], *end = blob + sizeof(header);
    NTSTATUS status;

    memcpy(blob, &header, sizeof(header));
    end = put_small(put_small(put_ones(end, bytes, bits), bytes, 2), bytes, 4);
    status = BCryptImportKeyPair(BCRYPT_DH_ALG_HANDLE, NULL, BCRYPT_DH_PUBLIC_BLOB, &key, blob,
                                 (ULONG)(end - blob), 0);
    expect_status(status, dh_lengths[_i].status);
    if (status)
    {
        expect_pointer(key, UNTOUCHED_HANDLE);
        return;
    }
    keep_key(key);
    expect_value(property_ulong(key, BCRYPT_KEY_LENGTH), bits);
    expect_value(property_ulong(key, BCRYPT_KEY_STRENGTH), bits);
    expect_value(property_ulong(key, BCRYPT_PUBLIC_KEY_LENGTH), bits);
}
END_TEST

/* A DSA blob of either version; its bytes. */
static ULONG dsa_blob(UCHAR *blob, ULONG bytes, bool is_v2, ULONG q_bytes)
{
    BCRYPT_DSA_KEY_BLOB_V2 header = { BCRYPT_DSA_PUBLIC_MAGIC_V2, bytes, DSA_HASH_ALGORITHM_SHA256,
                                      DSA_FIPS186_3, q_bytes, q_bytes, { 0, 0, 0, 0 } };
    UCHAR *end = blob + sizeof(header);

    memcpy(blob, &header, sizeof(header));
    if (!is_v2)
    {
        header.dwMagic = BCRYPT_DSA_PUBLIC_MAGIC;
        memcpy(blob, &header, 8);
        end = put_small(blob + 8, 4, 0);
    }
    end = put_ones(put_small(end, q_bytes, 0), q_bytes, 8 * q_bytes);
    end = put_small(put_small(put_ones(end, bytes, 8 * bytes), bytes, 2), bytes, 4);
    return (ULONG)(end - blob);
}

/* Version 1 to 1024 bits, version 2 above, both in steps of 64 bits. */
START_TEST(dsa_imports_the_lengths_of_its_versions)
{
    bool is_v2 = _i;
    ULONG least = is_v2 ? 136 : 64, most = is_v2 ? 384 : 128, bytes, size;
    BCRYPT_KEY_HANDLE key;
    UCHAR blob[BLOB_ROOM];
    char text[40];

    for (bytes = 40; bytes <= 400; bytes++)
    {
        bool is_length = bytes >= least && bytes <= most && bytes % 8 == 0;

        key = UNTOUCHED_HANDLE;
        size = dsa_blob(blob, bytes, is_v2, is_v2 ? 32 : 20);
        snprintf(text, sizeof(text), "%lu bytes", (unsigned long)bytes);
        expect_status_at(__FILE__, __LINE__, text,
                         BCryptImportKeyPair(BCRYPT_DSA_ALG_HANDLE, NULL, BCRYPT_DSA_PUBLIC_BLOB,
                                             &key, blob, size, BCRYPT_NO_KEY_VALIDATION),
                         is_length ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER);
        if (is_length) expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
        else expect_pointer(key, UNTOUCHED_HANDLE);
    }
}
END_TEST
static const int versions[2];

/* p uses a bit of its highest 8 bytes at least, q all of its bits. */
static const struct
{
    bool is_v2;
    ULONG bytes, q_bytes, at;                       /* at: the first byte of the number */
    bool is_q;
} short_numbers[] =
{
    { false, 64, 20, 8 + 4 + 20, true }, { false, 64, 20, 8 + 4 + 20 + 20, false },
    { true, 256, 32, 28 + 32, true },    { true, 256, 32, 28 + 32 + 32, false },
};

START_TEST(dsa_numbers_are_as_long_as_they_say)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    UCHAR blob[BLOB_ROOM];
    ULONG size = dsa_blob(blob, short_numbers[_i].bytes, short_numbers[_i].is_v2,
                          short_numbers[_i].q_bytes);

    expect_value(blob[short_numbers[_i].at], 0xff);
    if (short_numbers[_i].is_q) blob[short_numbers[_i].at] = 0x7f;
    else memset(blob + short_numbers[_i].at, 0, 8);
    expect_status(BCryptImportKeyPair(BCRYPT_DSA_ALG_HANDLE, NULL, BCRYPT_DSA_PUBLIC_BLOB, &key,
                                      blob, size, BCRYPT_NO_KEY_VALIDATION),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

/* 28 bytes would want SHA-224, which Windows has not. */
static const ULONG no_q_bytes[] = { 20, 28, 31, 33, 48, 64 };

START_TEST(dsa_of_version_2_has_a_q_of_32_bytes)
{
    BCRYPT_KEY_HANDLE key = UNTOUCHED_HANDLE;
    UCHAR blob[BLOB_ROOM];
    ULONG size = dsa_blob(blob, 256, true, no_q_bytes[_i]);

    expect_refused(BCryptImportKeyPair(BCRYPT_DSA_ALG_HANDLE, NULL, BCRYPT_DSA_PUBLIC_BLOB, &key,
                                       blob, size, BCRYPT_NO_KEY_VALIDATION));
    expect_pointer(key, UNTOUCHED_HANDLE);
}
END_TEST

void pair_length_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, an_algorithm_has_these_lengths_and_no_others, lengths);
    add_test(tests, dsa_makes_keys_of_every_step_to_1024_bits);
    add_test(tests, rsa_makes_keys_of_every_step_to_1024_bits);
    add_rows(tests, dh_imports_a_modulus_of_any_length_in_range, dh_lengths);
    add_rows(tests, dsa_of_version_2_has_a_q_of_32_bytes, no_q_bytes);

    tests = ours(suite);
    add_rows(tests, rsa_has_every_multiple_of_eight, rsa_rows);
    add_test(tests, rsa_makes_keys_of_lengths_in_between);
    add_rows(tests, dsa_imports_the_lengths_of_its_versions, versions);
    add_rows(tests, dsa_numbers_are_as_long_as_they_say, short_numbers);
}
