/*
 * test_random.c - BCryptGenRandom, ProcessPrng and the random algorithms' handles.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

/* --- random.md, the table of handles and flags -------------------------------------------- */

#define ENTROPY BCRYPT_RNG_USE_ENTROPY_IN_BUFFER
#define SYSTEM BCRYPT_USE_SYSTEM_PREFERRED_RNG

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    ULONG flags;
} working[] =
{
    { NULL,                  SYSTEM },
    { NULL,                  SYSTEM | ENTROPY },
    { BCRYPT_RNG_ALG_HANDLE, 0 },
};

START_TEST(the_whole_buffer_is_filled)
{
    UCHAR buffer[48] = { 0 }, zero[48] = { 0 };

    expect_status(BCryptGenRandom(working[_i].algorithm, buffer, sizeof(buffer), working[_i].flags),
                  STATUS_SUCCESS);
    expect_different(buffer, zero, 16);
    expect_different(buffer + 16, zero, 16);
    expect_different(buffer + 32, zero, 16);
}
END_TEST

START_TEST(two_calls_give_different_numbers)
{
    UCHAR first[16], second[16];

    expect_status(BCryptGenRandom(working[_i].algorithm, first, 16, working[_i].flags),
                  STATUS_SUCCESS);
    expect_status(BCryptGenRandom(working[_i].algorithm, second, 16, working[_i].flags),
                  STATUS_SUCCESS);
    expect_different(first, second, 16);
}
END_TEST

START_TEST(nothing_is_written_beyond_the_buffer)
{
    UCHAR buffer[80];

    mark(buffer, sizeof(buffer));
    expect_status(BCryptGenRandom(working[_i].algorithm, buffer + 16, 33, working[_i].flags),
                  STATUS_SUCCESS);
    expect_untouched(buffer, 16);
    expect_untouched(buffer + 49, sizeof(buffer) - 49);
}
END_TEST

START_TEST(no_handle_and_no_flag_is_an_invalid_handle)
{
    UCHAR buffer[16];

    mark(buffer, sizeof(buffer));
    expect_status(BCryptGenRandom(NULL, NULL, 0, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptGenRandom(NULL, buffer, sizeof(buffer), 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptGenRandom(NULL, buffer, 0, 0), STATUS_INVALID_HANDLE);
    expect_untouched(buffer, sizeof(buffer));
}
END_TEST

START_TEST(no_handle_with_the_entropy_flag_alone_is_an_invalid_handle)
{
    UCHAR buffer[16];

    mark(buffer, sizeof(buffer));
    expect_status(BCryptGenRandom(NULL, buffer, sizeof(buffer), ENTROPY), STATUS_INVALID_HANDLE);
    expect_untouched(buffer, sizeof(buffer));
}
END_TEST

START_TEST(no_buffer_is_an_invalid_parameter)
{
    expect_status(BCryptGenRandom(NULL, NULL, 16, SYSTEM), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(no_bytes_succeed_and_write_nothing)
{
    UCHAR buffer[16];

    mark(buffer, sizeof(buffer));
    expect_status(BCryptGenRandom(NULL, buffer, 0, SYSTEM), STATUS_SUCCESS);
    expect_untouched(buffer, sizeof(buffer));
}
END_TEST

/* "Wine INVALID_PARAMETER; Windows unconfirmed, .NET/Go avoid the call" */
START_TEST(no_buffer_and_no_bytes_are_an_invalid_parameter)
{
    expect_status(BCryptGenRandom(NULL, NULL, 0, SYSTEM), STATUS_INVALID_PARAMETER);
}
END_TEST

static const WCHAR *const generators[] =
{
    BCRYPT_RNG_ALGORITHM, BCRYPT_RNG_FIPS186_DSA_ALGORITHM, BCRYPT_RNG_DUAL_EC_ALGORITHM
};

START_TEST(every_random_algorithm_generates)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(generators[_i], 0);
    UCHAR first[24] = { 0 }, second[24] = { 0 };

    expect_status(BCryptGenRandom(algorithm, first, sizeof(first), 0), STATUS_SUCCESS);
    expect_status(BCryptGenRandom(algorithm, second, sizeof(second), 0), STATUS_SUCCESS);
    expect_different(first, second, sizeof(first));
}
END_TEST

START_TEST(the_entropy_flag_is_ignored)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(generators[_i], 0);
    UCHAR first[24] = { 0 }, second[24] = { 0 };

    expect_status(BCryptGenRandom(algorithm, first, sizeof(first), ENTROPY), STATUS_SUCCESS);
    expect_status(BCryptGenRandom(algorithm, second, sizeof(second), ENTROPY), STATUS_SUCCESS);
    expect_different(first, second, sizeof(first));
}
END_TEST

START_TEST(no_buffer_for_a_handle_is_an_invalid_parameter)
{
    expect_status(BCryptGenRandom(BCRYPT_RNG_ALG_HANDLE, NULL, 16, 0), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(a_handle_with_the_system_flag_is_an_invalid_parameter)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_RNG_ALGORITHM, 0);
    UCHAR buffer[16];

    mark(buffer, sizeof(buffer));
    expect_status(BCryptGenRandom(algorithm, buffer, 16, SYSTEM), STATUS_INVALID_PARAMETER);
    expect_status(BCryptGenRandom(BCRYPT_RNG_ALG_HANDLE, buffer, 16, SYSTEM),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(buffer, sizeof(buffer));
}
END_TEST

START_TEST(a_handle_of_another_algorithm_is_an_invalid_handle)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA256_ALGORITHM, 0);
    UCHAR buffer[16];

    mark(buffer, sizeof(buffer));
    expect_status(BCryptGenRandom(algorithm, buffer, sizeof(buffer), 0), STATUS_INVALID_HANDLE);
    expect_untouched(buffer, sizeof(buffer));
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
} pseudo[] =
{
    { BCRYPT_SHA256_ALG_HANDLE }, { BCRYPT_AES_CBC_ALG_HANDLE }, { BCRYPT_HMAC_MD5_ALG_HANDLE },
};

START_TEST(a_pseudo_handle_of_another_algorithm_is_an_invalid_handle)
{
    UCHAR buffer[16];

    mark(buffer, sizeof(buffer));
    expect_status(BCryptGenRandom(pseudo[_i].algorithm, buffer, 16, 0), STATUS_INVALID_HANDLE);
    expect_untouched(buffer, sizeof(buffer));
}
END_TEST

START_TEST(a_closed_generator_is_an_invalid_handle)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_RNG_ALGORITHM, 0);
    UCHAR buffer[16];

    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
    expect_status(BCryptGenRandom(algorithm, buffer, 16, 0), STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(an_unknown_flag_is_an_invalid_parameter)
{
    UCHAR buffer[16];

    mark(buffer, sizeof(buffer));
    expect_status(BCryptGenRandom(BCRYPT_RNG_ALG_HANDLE, buffer, 16, 4), STATUS_INVALID_PARAMETER);
    expect_status(BCryptGenRandom(NULL, buffer, 16, SYSTEM | 0x80000000),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(buffer, sizeof(buffer));
}
END_TEST

/* --- the numbers themselves --------------------------------------------------------------- */

static const struct
{
    ULONG bytes;
} lengths[] =
{
    { 1 }, { 2 }, { 15 }, { 16 }, { 17 }, { 31 }, { 32 }, { 33 }, { 63 }, { 64 }, { 65 }, { 255 },
    { 256 }, { 257 }, { 1000 }, { 4096 }, { 4097 }, { 65536 }, { 65537 }, { 1000003 },
};

/* Each of 64 tries differs from the first somewhere in its last byte. */
START_TEST(the_last_byte_of_any_length_is_random)
{
    ULONG bytes = lengths[_i].bytes;
    UCHAR *buffer = malloc(bytes), first = 0, differs = 0;
    int i;

    for (i = 0; i < 64; i++)
    {
        expect_status(BCryptGenRandom(NULL, buffer, bytes, SYSTEM), STATUS_SUCCESS);
        first = i ? first : buffer[bytes - 1];
        differs |= (UCHAR)(first ^ buffer[bytes - 1]);
    }
    free(buffer);
    expect_true(differs != 0);
}
END_TEST

/* A megabyte has every bit set in about half of its bytes; 6 standard deviations are 3072. */
START_TEST(every_bit_is_set_about_half_the_time)
{
    const ULONG bytes = 1 << 20;
    UCHAR *buffer = malloc(bytes);
    ULONG i, set = 0;

    expect_status(BCryptGenRandom(NULL, buffer, bytes, SYSTEM), STATUS_SUCCESS);
    for (i = 0; i < bytes; i++) set += buffer[i] >> _i & 1;
    free(buffer);
    expect_at_most(set, bytes / 2 + 3072);
    expect_at_most(bytes / 2 - 3072, set);
}
END_TEST

static int compare_blocks(const void *a, const void *b)
{
    return memcmp(a, b, 8);
}

/* Blocks of 64 bits do not repeat, within one long request or over many short ones. */
START_TEST(blocks_never_repeat)
{
    enum { BLOCKS = 1 << 16 };
    UCHAR (*blocks)[8] = malloc(sizeof(*blocks) * BLOCKS * 2);
    unsigned int i, same = 0;

    expect_status(BCryptGenRandom(NULL, blocks[0], sizeof(*blocks) * BLOCKS, SYSTEM),
                  STATUS_SUCCESS);
    for (i = BLOCKS; i < BLOCKS * 2; i++)
    {
        expect_status(BCryptGenRandom(NULL, blocks[i], 8, SYSTEM), STATUS_SUCCESS);
    }
    qsort(blocks, BLOCKS * 2, sizeof(*blocks), compare_blocks);
    for (i = 1; i < BLOCKS * 2; i++) same += !memcmp(blocks[i - 1], blocks[i], 8);
    free(blocks);
    expect_value(same, 0);
}
END_TEST

/* --- random.md, "RNG algorithm handle" ---------------------------------------------------- */

START_TEST(a_generator_has_few_properties)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_RNG_ALGORITHM, 0);

    expect_property_wide(algorithm, BCRYPT_ALGORITHM_NAME, L"RNG");
    expect_value(property_ulong(algorithm, BCRYPT_PRIMITIVE_TYPE), BCRYPT_RNG_INTERFACE);
    expect_property(algorithm, BCRYPT_OBJECT_LENGTH, STATUS_NOT_SUPPORTED);
    expect_property(algorithm, BCRYPT_HASH_LENGTH, STATUS_NOT_SUPPORTED);
}
END_TEST

START_TEST(the_platform_generator_is_not_found)
{
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_RNG_ALGORITHM,
                                              MS_PLATFORM_CRYPTO_PROVIDER, 0), STATUS_NOT_FOUND);
    expect_pointer(algorithm, UNTOUCHED_HANDLE);
}
END_TEST

/* "SetProperty, CreateHash etc. on it: NOT_SUPPORTED" */
START_TEST(a_generator_does_nothing_else)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_RNG_ALGORITHM, 0);
    BCRYPT_HANDLE handle = UNTOUCHED_HANDLE;
    ULONG value = 16;

    expect_status(BCryptCreateHash(algorithm, &handle, NULL, 0, NULL, 0, 0), STATUS_NOT_SUPPORTED);
    expect_status(BCryptGenerateSymmetricKey(algorithm, &handle, NULL, 0, (UCHAR *)counting, 16, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_BLOCK_LENGTH, (UCHAR *)&value, 4, 0),
                  STATUS_NOT_SUPPORTED);
    expect_pointer(handle, UNTOUCHED_HANDLE);
}
END_TEST

/* --- random.md, "ProcessPrng / ProcessPrngGuid" ------------------------------------------- */

START_TEST(process_prng_fills_the_buffer_and_says_true)
{
    UCHAR buffer[80], other[33];

    mark(buffer, sizeof(buffer));
    expect_value(ProcessPrng(buffer + 16, 33), TRUE);
    expect_value(ProcessPrng(other, 33), TRUE);
    expect_untouched(buffer, 16);
    expect_untouched(buffer + 49, sizeof(buffer) - 49);
    expect_different(buffer + 16, other, 33);
}
END_TEST

START_TEST(process_prng_of_no_bytes_says_true)
{
    UCHAR buffer[16];

    mark(buffer, sizeof(buffer));
    expect_value(ProcessPrng(buffer, 0), TRUE);
    expect_untouched(buffer, sizeof(buffer));
}
END_TEST

START_TEST(process_prng_guid_makes_a_version_4_guid)
{
    GUID first = { 0 }, second = { 0 };

    expect_value(ProcessPrngGuid(&first), TRUE);
    expect_value(ProcessPrngGuid(&second), TRUE);
    expect_value(first.Data3 >> 12, 4);
    expect_value(first.Data4[0] >> 6, 2);
    expect_different(&first, &second, sizeof(first));
}
END_TEST

void random_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, the_whole_buffer_is_filled, working);
    add_rows(tests, two_calls_give_different_numbers, working);
    add_rows(tests, nothing_is_written_beyond_the_buffer, working);
    add_test(tests, no_handle_and_no_flag_is_an_invalid_handle);
    add_test(tests, no_buffer_is_an_invalid_parameter);
    add_test(tests, no_bytes_succeed_and_write_nothing);
    add_rows(tests, every_random_algorithm_generates, generators);
    add_rows(tests, the_entropy_flag_is_ignored, generators);
    add_test(tests, a_handle_with_the_system_flag_is_an_invalid_parameter);
    add_rows(tests, the_last_byte_of_any_length_is_random, lengths);
    test_add(tests, every_bit_is_set_about_half_the_time, 8);
    add_test(tests, blocks_never_repeat);
    add_test(tests, a_generator_has_few_properties);
    add_test(tests, process_prng_fills_the_buffer_and_says_true);
    add_test(tests, process_prng_of_no_bytes_says_true);

    tests = ours(suite);
    add_test(tests, no_handle_with_the_entropy_flag_alone_is_an_invalid_handle);
    add_test(tests, no_buffer_and_no_bytes_are_an_invalid_parameter);
    add_test(tests, no_buffer_for_a_handle_is_an_invalid_parameter);
    add_test(tests, a_handle_of_another_algorithm_is_an_invalid_handle);
    add_rows(tests, a_pseudo_handle_of_another_algorithm_is_an_invalid_handle, pseudo);
    add_test(tests, a_closed_generator_is_an_invalid_handle);
    add_test(tests, an_unknown_flag_is_an_invalid_parameter);
    add_test(tests, the_platform_generator_is_not_found);
    add_test(tests, a_generator_does_nothing_else);
    add_test(tests, process_prng_guid_makes_a_version_4_guid);
}
