/*
 * test_multihash.c - BCryptCreateMultiHash and BCryptProcessMultiOperations.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

#define LANES 16
#define DATA BCRYPT_HASH_OPERATION_HASH_DATA
#define FINISH BCRYPT_HASH_OPERATION_FINISH_HASH

/* --- hash.md, section 4 ------------------------------------------------------------------- */

static const struct
{
    const WCHAR *id;
    ULONG flags;
    BCRYPT_ALG_HANDLE pseudo;
    ULONG bytes, key_bytes;
} hashes[] =
{
    { BCRYPT_SHA256_ALGORITHM,   0, BCRYPT_SHA256_ALG_HANDLE,   32, 0 },
    { BCRYPT_SHA384_ALGORITHM,   0, BCRYPT_SHA384_ALG_HANDLE,   48, 0 },
    { BCRYPT_SHA512_ALGORITHM,   0, BCRYPT_SHA512_ALG_HANDLE,   64, 0 },
    { BCRYPT_MD5_ALGORITHM,      0, BCRYPT_MD5_ALG_HANDLE,      16, 0 },
    { BCRYPT_SHA1_ALGORITHM,     0, BCRYPT_SHA1_ALG_HANDLE,     20, 0 },
    { BCRYPT_SHA1_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, BCRYPT_HMAC_SHA1_ALG_HANDLE, 20, 20 },
    { BCRYPT_SHA256_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, BCRYPT_HMAC_SHA256_ALG_HANDLE, 32, 32 },
    { BCRYPT_SHA512_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, BCRYPT_HMAC_SHA512_ALG_HANDLE, 64, 64 },
    { BCRYPT_AES_CMAC_ALGORITHM, 0, BCRYPT_AES_CMAC_ALG_HANDLE, 16, 16 },
    { BCRYPT_SHA384_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, BCRYPT_HMAC_SHA384_ALG_HANDLE, 48, 48 },
    { BCRYPT_MD5_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, BCRYPT_HMAC_MD5_ALG_HANDLE, 16, 80 },
    { BCRYPT_MD2_ALGORITHM,      0, BCRYPT_MD2_ALG_HANDLE,      16, 0 },
    { BCRYPT_MD4_ALGORITHM,      0, BCRYPT_MD4_ALG_HANDLE,      16, 0 },
    { BCRYPT_SHA3_256_ALGORITHM, 0, BCRYPT_SHA3_256_ALG_HANDLE, 32, 0 },
    { BCRYPT_SHA3_512_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, BCRYPT_HMAC_SHA3_512_ALG_HANDLE, 64,
      20 },
};

static BCRYPT_HASH_HANDLE new_multi_hash(BCRYPT_ALG_HANDLE algorithm, ULONG count, ULONG key_bytes)
{
    BCRYPT_HASH_HANDLE hash = NULL;

    expect_status(BCryptCreateMultiHash(algorithm, &hash, count, NULL, 0,
                                        key_bytes ? (UCHAR *)counting : NULL, key_bytes, 0),
                  STATUS_SUCCESS);
    keep_hash(hash);
    return hash;
}

static BCRYPT_MULTI_HASH_OPERATION operation(ULONG lane, BCRYPT_HASH_OPERATION_TYPE type,
                                             const void *buffer, ULONG bytes)
{
    BCRYPT_MULTI_HASH_OPERATION result = { lane, type, (UCHAR *)buffer, bytes };

    return result;
}

static NTSTATUS process(BCRYPT_HASH_HANDLE hash, BCRYPT_MULTI_HASH_OPERATION *operations,
                        ULONG count)
{
    return BCryptProcessMultiOperations(hash, BCRYPT_OPERATION_TYPE_HASH, operations,
                                        count * sizeof(*operations), 0);
}

static void expect_lane(int row, const void *message, ULONG bytes, const UCHAR *digest)
{
    UCHAR expected[64];

    expect_status(BCryptHash(hashes[row].pseudo,
                             hashes[row].key_bytes ? (UCHAR *)counting : NULL,
                             hashes[row].key_bytes, (UCHAR *)message, bytes, expected,
                             hashes[row].bytes), STATUS_SUCCESS);
    expect_bytes(digest, expected, hashes[row].bytes);
}

/* Lanes of different lengths, fed and finished in one array, twice: the state is reusable. */
static void expect_lanes(int row, BCRYPT_ALG_HANDLE algorithm)
{
    BCRYPT_HASH_HANDLE hash = new_multi_hash(algorithm, LANES, hashes[row].key_bytes);
    BCRYPT_MULTI_HASH_OPERATION operations[3 * LANES];
    UCHAR digests[LANES][64];
    ULONG lane, round;

    for (round = 0; round < 2; round++)
    {
        memset(digests, 0, sizeof(digests));
        for (lane = 0; lane < LANES; lane++)
        {
            operations[lane] = operation(lane, DATA, counting, lane * 11);
            operations[LANES + lane] = operation(lane, DATA, counting + lane * 11, 40 + round);
            operations[2 * LANES + lane] = operation(lane, FINISH, digests[lane],
                                                     hashes[row].bytes);
        }
        expect_status(process(hash, operations, ARRAY_SIZE(operations)), STATUS_SUCCESS);
        for (lane = 0; lane < LANES; lane++)
        {
            expect_lane(row, counting, lane * 11 + 40 + round, digests[lane]);
        }
    }
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
}

START_TEST(every_lane_gives_its_own_digest)
{
    expect_lanes(_i, open_algorithm(hashes[_i].id, BCRYPT_MULTI_FLAG | hashes[_i].flags));
}
END_TEST

START_TEST(every_lane_of_a_pseudo_handle_gives_its_own_digest)
{
    expect_lanes(_i, hashes[_i].pseudo);
}
END_TEST

START_TEST(one_lane_may_do_several_messages_in_one_call)
{
    BCRYPT_HASH_HANDLE hash = new_multi_hash(hashes[_i].pseudo, 2, hashes[_i].key_bytes);
    UCHAR first[64], second[64], empty[64];
    BCRYPT_MULTI_HASH_OPERATION operations[] =
    {
        operation(1, DATA, "abc", 3), operation(1, FINISH, first, hashes[_i].bytes),
        operation(0, FINISH, empty, hashes[_i].bytes),
        operation(1, DATA, "d", 1), operation(1, DATA, "ef", 2),
        operation(1, FINISH, second, hashes[_i].bytes),
    };

    expect_status(process(hash, operations, ARRAY_SIZE(operations)), STATUS_SUCCESS);
    expect_lane(_i, "abc", 3, first);
    expect_lane(_i, "def", 3, second);
    expect_lane(_i, "", 0, empty);
}
END_TEST

/* Lanes advance by whole blocks together where the processor allows; whatever is left over, and
 * lanes that end early, must come out right: every combination of 4 lanes and odd lengths. */
START_TEST(lanes_of_very_different_lengths_give_their_digests)
{
    static UCHAR message[100000];
    static const ULONG lengths[] =
    {
        0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 1000, 99999
    };
    BCRYPT_HASH_HANDLE hash = new_multi_hash(hashes[_i].pseudo, 8, hashes[_i].key_bytes);
    BCRYPT_MULTI_HASH_OPERATION operations[16];
    UCHAR digests[8][64];
    ULONG start, lane;

    for (lane = 0; lane < sizeof(message); lane++) message[lane] = (UCHAR)(lane % 253);
    for (start = 0; start < ARRAY_SIZE(lengths); start++)
    {
        for (lane = 0; lane < 8; lane++)
        {
            operations[2 * lane] = operation(lane, DATA, message + lane,
                                             lengths[(start + lane * 3) % ARRAY_SIZE(lengths)]);
            operations[2 * lane + 1] = operation(lane, FINISH, digests[lane], hashes[_i].bytes);
            operations[2 * lane].cbBuffer -= operations[2 * lane].cbBuffer > 99000 ? lane : 0;
        }
        expect_status(process(hash, operations, 16), STATUS_SUCCESS);
        for (lane = 0; lane < 8; lane++)
        {
            expect_lane(_i, message + lane, operations[2 * lane].cbBuffer, digests[lane]);
        }
    }
}
END_TEST

/* "Operations on one element execute in array order", however many others are in between. */
START_TEST(a_digest_in_the_middle_is_of_what_came_before)
{
    BCRYPT_HASH_HANDLE hash = new_multi_hash(hashes[_i].pseudo, 10, hashes[_i].key_bytes);
    BCRYPT_MULTI_HASH_OPERATION operations[40];
    UCHAR first[10][64], second[10][64];
    ULONG lane;

    for (lane = 0; lane < 10; lane++)
    {
        operations[lane] = operation(lane, DATA, counting + lane, 30 + lane);
        operations[10 + lane] = operation(lane, FINISH, first[lane], hashes[_i].bytes);
        operations[20 + lane] = operation(lane, DATA, counting + lane, 90);
        operations[30 + lane] = operation(lane, FINISH, second[lane], hashes[_i].bytes);
    }
    expect_status(process(hash, operations, ARRAY_SIZE(operations)), STATUS_SUCCESS);
    for (lane = 0; lane < 10; lane++)
    {
        expect_lane(_i, counting + lane, 30 + lane, first[lane]);
        expect_lane(_i, counting + lane, 90, second[lane]);
    }
}
END_TEST

START_TEST(state_carries_over_from_call_to_call)
{
    BCRYPT_HASH_HANDLE hash = new_multi_hash(hashes[_i].pseudo, 3, hashes[_i].key_bytes);
    BCRYPT_MULTI_HASH_OPERATION piece;
    UCHAR digest[64];
    ULONG i;

    for (i = 0; i < 250; i++)
    {
        piece = operation(2, DATA, counting + i, 1);
        expect_status(process(hash, &piece, 1), STATUS_SUCCESS);
    }
    piece = operation(2, FINISH, digest, hashes[_i].bytes);
    expect_status(process(hash, &piece, 1), STATUS_SUCCESS);
    expect_lane(_i, counting, 250, digest);
}
END_TEST

START_TEST(the_algorithm_must_be_opened_for_it)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA256_ALGORITHM, 0);
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;

    expect_refused(BCryptCreateMultiHash(algorithm, &hash, 4, NULL, 0, NULL, 0, 0));
    expect_pointer(hash, UNTOUCHED_HANDLE);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
} not_offered[] =
{
    { BCRYPT_HMAC_MD2_ALG_HANDLE }, { BCRYPT_HMAC_MD4_ALG_HANDLE }, { BCRYPT_AES_GMAC_ALG_HANDLE },
};

START_TEST(some_hashes_have_no_multi_hash)
{
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;

    expect_status(BCryptCreateMultiHash(not_offered[_i].algorithm, &hash, 4, NULL, 0,
                                        (UCHAR *)counting, 16, 0), STATUS_NOT_SUPPORTED);
    expect_pointer(hash, UNTOUCHED_HANDLE);
}
END_TEST

static const WCHAR *const xofs[] =
{
    BCRYPT_SHAKE128_ALGORITHM, BCRYPT_SHAKE256_ALGORITHM, BCRYPT_CSHAKE128_ALGORITHM,
    BCRYPT_CSHAKE256_ALGORITHM, BCRYPT_KMAC128_ALGORITHM, BCRYPT_KMAC256_ALGORITHM,
};

static const BCRYPT_ALG_HANDLE xof_handles[ARRAY_SIZE(xofs)] =
{
    BCRYPT_SHAKE128_ALG_HANDLE, BCRYPT_SHAKE256_ALG_HANDLE, BCRYPT_CSHAKE128_ALG_HANDLE,
    BCRYPT_CSHAKE256_ALG_HANDLE, BCRYPT_KMAC128_ALG_HANDLE, BCRYPT_KMAC256_ALG_HANDLE,
};

START_TEST(hashes_of_any_length_have_no_multi_hash)
{
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;

    expect_status(BCryptCreateMultiHash(xof_handles[_i], &hash, 4, NULL, 0, NULL, 0, 0),
                  STATUS_NOT_SUPPORTED);
    expect_pointer(hash, UNTOUCHED_HANDLE);
    expect_property(xof_handles[_i], BCRYPT_MULTI_OBJECT_LENGTH, STATUS_NOT_SUPPORTED);
    expect_status(BCryptOpenAlgorithmProvider(&algorithm, xofs[_i], NULL, BCRYPT_MULTI_FLAG),
                  STATUS_NOT_SUPPORTED);
    expect_pointer(algorithm, UNTOUCHED_HANDLE);
}
END_TEST

/* hash.md, section 2: secrets, as for one hash */
START_TEST(a_wrong_secret_is_an_invalid_parameter)
{
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;

    expect_status(BCryptCreateMultiHash(BCRYPT_SHA256_ALG_HANDLE, &hash, 4, NULL, 0,
                                        (UCHAR *)counting, 16, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptCreateMultiHash(BCRYPT_HMAC_SHA256_ALG_HANDLE, &hash, 4, NULL, 0, NULL, 16,
                                        0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptCreateMultiHash(BCRYPT_AES_CMAC_ALG_HANDLE, &hash, 4, NULL, 0, NULL, 0, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptCreateMultiHash(BCRYPT_AES_CMAC_ALG_HANDLE, &hash, 4, NULL, 0,
                                        (UCHAR *)counting, 17, 0), STATUS_INVALID_PARAMETER);
    expect_pointer(hash, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(more_hashes_than_memory_can_hold_are_refused)
{
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;
    UCHAR object[64];

    expect_status(BCryptCreateMultiHash(BCRYPT_SHA256_ALG_HANDLE, &hash, 0xffffffff, NULL, 0, NULL,
                                        0, 0), STATUS_NO_MEMORY);
    expect_refused(BCryptCreateMultiHash(BCRYPT_SHA256_ALG_HANDLE, &hash, 0x40000000, object,
                                         sizeof(object), NULL, 0, 0));
    expect_status(BCryptCreateMultiHash(BCRYPT_SHA256_ALG_HANDLE, &hash, 4, NULL, 4096, NULL, 0, 0),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(hash, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_multi_hash_of_nothing_is_an_invalid_parameter)
{
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;

    expect_status(BCryptCreateMultiHash(BCRYPT_SHA256_ALG_HANDLE, &hash, 0, NULL, 0, NULL, 0, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptCreateMultiHash(BCRYPT_SHA256_ALG_HANDLE, NULL, 4, NULL, 0, NULL, 0, 0),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(hash, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(no_algorithm_is_an_invalid_handle)
{
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;

    expect_status(BCryptCreateMultiHash(NULL, &hash, 4, NULL, 0, NULL, 0, 0),
                  STATUS_INVALID_HANDLE);
    expect_pointer(hash, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(the_object_is_as_large_as_the_property_says)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA256_ALGORITHM, BCRYPT_MULTI_FLAG);
    BCRYPT_MULTI_OBJECT_LENGTH_STRUCT lengths = { 0, 0 };
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;
    ULONG bytes = 0, total;
    UCHAR *object;

    expect_status(BCryptGetProperty(algorithm, BCRYPT_MULTI_OBJECT_LENGTH, (UCHAR *)&lengths,
                                    sizeof(lengths), &bytes, 0), STATUS_SUCCESS);
    expect_value(bytes, 8);
    total = lengths.cbPerObject + 7 * lengths.cbPerElement;
    expect_true(total != 0);
    object = malloc(total + 64);
    mark(object, total + 64);
    expect_status(BCryptCreateMultiHash(algorithm, &hash, 7, object, total - 1, NULL, 0, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_pointer(hash, UNTOUCHED_HANDLE);
    expect_status(BCryptCreateMultiHash(algorithm, &hash, 7, object, total, NULL, 0, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    expect_untouched(object + total, 64);
    expect_status(BCryptCreateMultiHash(algorithm, &hash, 7, object, total + 64, NULL, 0, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    free(object);
}
END_TEST

START_TEST(the_reusable_flag_is_accepted)
{
    BCRYPT_HASH_HANDLE hash = NULL;

    expect_status(BCryptCreateMultiHash(BCRYPT_SHA256_ALG_HANDLE, &hash, 2, NULL, 0, NULL, 0,
                                        BCRYPT_HASH_REUSABLE_FLAG), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_INVALID_PARAMETER);
}
END_TEST

static UCHAR scratch[64];

static const struct
{
    BCRYPT_MULTI_HASH_OPERATION operation;
} wrong[] =
{
    { { 4, DATA, scratch, 10 } },
    { { 0xffffffff, DATA, scratch, 10 } },
    { { 0, (BCRYPT_HASH_OPERATION_TYPE)0, scratch, 10 } },
    { { 0, (BCRYPT_HASH_OPERATION_TYPE)3, scratch, 10 } },
    { { 0, FINISH, scratch, 31 } },
    { { 0, FINISH, scratch, 33 } },
    { { 0, FINISH, NULL, 32 } },
    { { 0, DATA, NULL, 10 } },
};

START_TEST(a_wrong_operation_is_an_invalid_parameter)
{
    BCRYPT_HASH_HANDLE hash = new_multi_hash(BCRYPT_SHA256_ALG_HANDLE, 4, 0);
    BCRYPT_MULTI_HASH_OPERATION operations[2] = { { 1, DATA, scratch, 5 }, wrong[_i].operation };

    expect_status(process(hash, operations, 2), STATUS_INVALID_PARAMETER);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
}
END_TEST

/* "on error the whole multi-state is to be considered undefined"; here nothing is carried out. */
START_TEST(of_operations_with_a_wrong_one_none_is_carried_out)
{
    BCRYPT_HASH_HANDLE hash = new_multi_hash(BCRYPT_SHA256_ALG_HANDLE, 4, 0);
    UCHAR first[32], second[32];
    BCRYPT_MULTI_HASH_OPERATION operations[] =
    {
        operation(1, DATA, "abc", 3), operation(2, FINISH, first, 32), wrong[_i].operation,
    };
    BCRYPT_MULTI_HASH_OPERATION finish = operation(1, FINISH, second, 32);

    mark(first, sizeof(first));
    expect_status(process(hash, operations, ARRAY_SIZE(operations)), STATUS_INVALID_PARAMETER);
    expect_untouched(first, sizeof(first));
    expect_status(process(hash, &finish, 1), STATUS_SUCCESS);
    expect_lane(0, "", 0, second);
}
END_TEST

/* More operations than are looked at together, most of them of one element. */
START_TEST(many_operations_keep_their_order)
{
    BCRYPT_HASH_HANDLE hash = new_multi_hash(hashes[_i].pseudo, 3, hashes[_i].key_bytes);
    BCRYPT_MULTI_HASH_OPERATION operations[203];
    UCHAR digests[3][64], again[64];
    ULONG i;

    for (i = 0; i < 200; i++)
        operations[i] = operation(i % 5 ? 1 : i % 3, DATA, counting + i, 1 + i % 7);
    for (i = 0; i < 3; i++)
        operations[200 + i] = operation(i, FINISH, digests[i], hashes[_i].bytes);
    expect_status(process(hash, operations, 203), STATUS_SUCCESS);
    for (i = 0; i < 200; i++) expect_status(process(hash, operations + i, 1), STATUS_SUCCESS);
    for (i = 0; i < 3; i++)
    {
        operations[200] = operation(i, FINISH, again, hashes[_i].bytes);
        expect_status(process(hash, operations + 200, 1), STATUS_SUCCESS);
        expect_bytes(again, digests[i], hashes[_i].bytes);
    }
}
END_TEST

START_TEST(wrong_arguments_are_an_invalid_parameter)
{
    BCRYPT_HASH_HANDLE hash = new_multi_hash(BCRYPT_SHA256_ALG_HANDLE, 4, 0);
    BCRYPT_MULTI_HASH_OPERATION one = operation(0, DATA, "abc", 3);

    expect_status(BCryptProcessMultiOperations(hash, BCRYPT_OPERATION_TYPE_HASH, &one,
                                               sizeof(one) - 1, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptProcessMultiOperations(hash, BCRYPT_OPERATION_TYPE_HASH, NULL, sizeof(one),
                                               0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptProcessMultiOperations(hash, (BCRYPT_MULTI_OPERATION_TYPE)2, &one,
                                               sizeof(one), 0), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(no_operations_succeed)
{
    BCRYPT_HASH_HANDLE hash = new_multi_hash(BCRYPT_SHA256_ALG_HANDLE, 4, 0);

    expect_status(BCryptProcessMultiOperations(hash, BCRYPT_OPERATION_TYPE_HASH, NULL, 0, 0),
                  STATUS_SUCCESS);
}
END_TEST

START_TEST(a_multi_hash_is_for_multi_operations_only)
{
    BCRYPT_HASH_HANDLE hash = new_multi_hash(BCRYPT_SHA256_ALG_HANDLE, 4, 0);
    BCRYPT_HASH_HANDLE duplicate = UNTOUCHED_HANDLE;
    UCHAR digest[32];

    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptFinishHash(hash, digest, 32, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptDuplicateHash(hash, &duplicate, NULL, 0, 0), STATUS_INVALID_HANDLE);
    expect_pointer(duplicate, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(other_objects_are_refused)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, 0);
    BCRYPT_MULTI_HASH_OPERATION one = operation(0, DATA, "abc", 3);

    expect_status(process(hash, &one, 1), STATUS_INVALID_HANDLE);
    expect_status(process(NULL, &one, 1), STATUS_INVALID_HANDLE);
    expect_status(process(BCRYPT_SHA256_ALG_HANDLE, &one, 1), STATUS_INVALID_HANDLE);
    expect_status(process(new_aes_key(128), &one, 1), STATUS_INVALID_HANDLE);
}
END_TEST

/* hash.md, section 4: the operation's layout */
START_TEST(an_operation_has_the_documented_layout)
{
    expect_value(sizeof(BCRYPT_MULTI_HASH_OPERATION), sizeof(void *) == 8 ? 24 : 16);
    expect_value(offsetof(BCRYPT_MULTI_HASH_OPERATION, hashOperation), 4);
    expect_value(offsetof(BCRYPT_MULTI_HASH_OPERATION, pbBuffer), 8);
    expect_value(offsetof(BCRYPT_MULTI_HASH_OPERATION, cbBuffer), 8 + sizeof(void *));
}
END_TEST

void multihash_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, every_lane_gives_its_own_digest, hashes);
    add_rows(tests, every_lane_of_a_pseudo_handle_gives_its_own_digest, hashes);
    add_rows(tests, one_lane_may_do_several_messages_in_one_call, hashes);
    add_rows(tests, lanes_of_very_different_lengths_give_their_digests, hashes);
    add_rows(tests, state_carries_over_from_call_to_call, hashes);
    add_test(tests, the_algorithm_must_be_opened_for_it);
    add_rows(tests, some_hashes_have_no_multi_hash, not_offered);
    add_test(tests, no_algorithm_is_an_invalid_handle);
    add_test(tests, the_object_is_as_large_as_the_property_says);
    add_test(tests, the_reusable_flag_is_accepted);
    add_rows(tests, a_wrong_operation_is_an_invalid_parameter, wrong);
    add_test(tests, an_operation_has_the_documented_layout);
    add_rows(tests, many_operations_keep_their_order, hashes);
    add_rows(tests, a_digest_in_the_middle_is_of_what_came_before, hashes);

    tests = ours(suite);
    add_test(tests, a_multi_hash_of_nothing_is_an_invalid_parameter);
    add_test(tests, wrong_arguments_are_an_invalid_parameter);
    add_test(tests, no_operations_succeed);
    add_test(tests, a_multi_hash_is_for_multi_operations_only);
    add_test(tests, other_objects_are_refused);
    add_rows(tests, hashes_of_any_length_have_no_multi_hash, xofs);
    add_test(tests, a_wrong_secret_is_an_invalid_parameter);
    add_test(tests, more_hashes_than_memory_can_hold_are_refused);
    add_rows(tests, of_operations_with_a_wrong_one_none_is_carried_out, wrong);
}
