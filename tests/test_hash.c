/*
 * test_hash.c - unkeyed hashes: digests, a hash object's life, its buffer, BCryptHash.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

/* --- hash.md, section 1: algorithms; section 8: vectors ----------------------------------- */

static const struct
{
    const WCHAR *id;
    BCRYPT_ALG_HANDLE pseudo;
    const char *message;
    ULONG bytes;
    const char *digest;
} digests[] =
{
    /* RFC 1319, RFC 1320, RFC 1321, FIPS 180-4, FIPS 202 */
    { BCRYPT_MD2_ALGORITHM, BCRYPT_MD2_ALG_HANDLE, "", 0, "8350e5a3e24c153df2275c9f80692773" },
    { BCRYPT_MD2_ALGORITHM, BCRYPT_MD2_ALG_HANDLE, "abc", 3, "da853b0d3f88d99b30283a69e6ded6bb" },
    { BCRYPT_MD4_ALGORITHM, BCRYPT_MD4_ALG_HANDLE, "", 0, "31d6cfe0d16ae931b73c59d7e0c089c0" },
    { BCRYPT_MD4_ALGORITHM, BCRYPT_MD4_ALG_HANDLE, "abc", 3, "a448017aaf21d8525fc10ae87aa6729d" },
    { BCRYPT_MD5_ALGORITHM, BCRYPT_MD5_ALG_HANDLE, "", 0, "d41d8cd98f00b204e9800998ecf8427e" },
    { BCRYPT_MD5_ALGORITHM, BCRYPT_MD5_ALG_HANDLE, "abc", 3, "900150983cd24fb0d6963f7d28e17f72" },
    { BCRYPT_SHA1_ALGORITHM, BCRYPT_SHA1_ALG_HANDLE, "", 0,
      "da39a3ee5e6b4b0d3255bfef95601890afd80709" },
    { BCRYPT_SHA1_ALGORITHM, BCRYPT_SHA1_ALG_HANDLE, "abc", 3,
      "a9993e364706816aba3e25717850c26c9cd0d89d" },
    { BCRYPT_SHA256_ALGORITHM, BCRYPT_SHA256_ALG_HANDLE, "", 0,
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { BCRYPT_SHA256_ALGORITHM, BCRYPT_SHA256_ALG_HANDLE, "abc", 3,
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { BCRYPT_SHA384_ALGORITHM, BCRYPT_SHA384_ALG_HANDLE, "", 0,
      "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da"
      "274edebfe76f65fbd51ad2f14898b95b" },
    { BCRYPT_SHA384_ALGORITHM, BCRYPT_SHA384_ALG_HANDLE, "abc", 3,
      "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
      "8086072ba1e7cc2358baeca134c825a7" },
    { BCRYPT_SHA512_ALGORITHM, BCRYPT_SHA512_ALG_HANDLE, "", 0,
      "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
      "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e" },
    { BCRYPT_SHA512_ALGORITHM, BCRYPT_SHA512_ALG_HANDLE, "abc", 3,
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
      "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f" },
    { BCRYPT_SHA3_256_ALGORITHM, BCRYPT_SHA3_256_ALG_HANDLE, "", 0,
      "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a" },
    { BCRYPT_SHA3_256_ALGORITHM, BCRYPT_SHA3_256_ALG_HANDLE, "abc", 3,
      "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532" },
    { BCRYPT_SHA3_384_ALGORITHM, BCRYPT_SHA3_384_ALG_HANDLE, "", 0,
      "0c63a75b845e4f7d01107d852e4c2485c51a50aaaa94fc61995e71bbee983a2a"
      "c3713831264adb47fb6bd1e058d5f004" },
    { BCRYPT_SHA3_384_ALGORITHM, BCRYPT_SHA3_384_ALG_HANDLE, "abc", 3,
      "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b2"
      "98d88cea927ac7f539f1edf228376d25" },
    { BCRYPT_SHA3_512_ALGORITHM, BCRYPT_SHA3_512_ALG_HANDLE, "", 0,
      "a69f73cca23a9ac5c8b567dc185a756e97c982164fe25859e0d1dcc1475c80a6"
      "15b2123af1f5f94c11e3e9402c3ac558f500199d95b6d3e301758586281dcd26" },
    { BCRYPT_SHA3_512_ALGORITHM, BCRYPT_SHA3_512_ALG_HANDLE, "abc", 3,
      "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e"
      "10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0" },
    /* section 8: the string's NUL is part of the message */
    { BCRYPT_MD2_ALGORITHM, BCRYPT_MD2_ALG_HANDLE, "test", 5, "1bb33606ba908912a84221109d29cd7e" },
    { BCRYPT_MD4_ALGORITHM, BCRYPT_MD4_ALG_HANDLE, "test", 5, "74b5db93c0b41e36ca7074338fc0b637" },
    { BCRYPT_MD5_ALGORITHM, BCRYPT_MD5_ALG_HANDLE, "test", 5, "e2a3e68d23ce348b8f68b3079de3d4c9" },
    { BCRYPT_SHA1_ALGORITHM, BCRYPT_SHA1_ALG_HANDLE, "test", 5,
      "961fa64958818f767707072755d7018dcd278e94" },
    { BCRYPT_SHA256_ALGORITHM, BCRYPT_SHA256_ALG_HANDLE, "test", 5,
      "ceb73749c899693706ede1e30c9929b3fd5dd926163831c2fb8bd41e6efb1126" },
    { BCRYPT_SHA384_ALGORITHM, BCRYPT_SHA384_ALG_HANDLE, "test", 5,
      "62b21e90c9022b101671ba1f808f8631a8149f0f12904055839a35c1ca78ae53"
      "63eed1e743a692d70e0504b0cfd12ef9" },
    { BCRYPT_SHA512_ALGORITHM, BCRYPT_SHA512_ALG_HANDLE, "test", 5,
      "d55ced17163bf5386f2cd9ff21d6fd7fe576a915065c24744d09cfae4ec84ee1"
      "ef6ef11bfbc5acce3639bab725b50a1fe2c204f8c820d6d7db0df0ecbc49c5ca" },
};

START_TEST(every_hash_gives_the_published_digests)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(digests[_i].id, 0);

    expect_digest(algorithm, NULL, 0, digests[_i].message, digests[_i].bytes, digests[_i].digest);
}
END_TEST

START_TEST(every_pseudo_handle_gives_the_published_digests)
{
    expect_digest(digests[_i].pseudo, NULL, 0, digests[_i].message, digests[_i].bytes,
                  digests[_i].digest);
}
END_TEST

/* 5020 bytes, the numbers from 0 to 250 over and over, digested by Python's hashlib. */
static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    const char *digest;
} long_digests[] =
{
    { BCRYPT_MD5_ALG_HANDLE, "ee8d243074f12d4df80662cc740ee4f1" },
    { BCRYPT_SHA1_ALG_HANDLE, "1740fc29383892ac3c455c2a05299e963ed9e4de" },
    { BCRYPT_SHA256_ALG_HANDLE,
      "0f09f3a96eb278d0dbfba7df8d5e4281ccd7448fe1a372535397d053416cbc1f" },
    { BCRYPT_SHA384_ALG_HANDLE,
      "e58d43106d1e9738ca7803768c61696585f9b56c5fd81879583a063b89a73149"
      "eda8b8296b7b30bf5c7ff63bdc542919" },
    { BCRYPT_SHA512_ALG_HANDLE,
      "5b7c820ad08b6f359ff736cb50e5a16d526e302f3137d65602a1f626c20e69e0"
      "f983a5c861de442a9c0fd27ba7e41b121c4f79bab42608e260d98c6a540da524" },
    { BCRYPT_SHA3_256_ALG_HANDLE,
      "738d7bfdbed9aac4ce51dcdedf59b7e14bd8889bd526fc2d862c28be0075814d" },
};

START_TEST(a_long_message_gives_its_digest_in_any_pieces)
{
    UCHAR message[5020];
    ULONG i;

    for (i = 0; i < sizeof(message); i++) message[i] = (UCHAR)(i % 251);
    expect_digest(long_digests[_i].algorithm, NULL, 0, message, sizeof(message),
                  long_digests[_i].digest);
}
END_TEST

/* --- hash.md, section 2, "BCryptCreateHash" ----------------------------------------------- */

static const struct
{
    ULONG open_flags, create_flags;
} reusable[] =
{
    { 0,                         BCRYPT_HASH_REUSABLE_FLAG },
    { BCRYPT_HASH_REUSABLE_FLAG, 0 },
    { BCRYPT_HASH_REUSABLE_FLAG, BCRYPT_HASH_REUSABLE_FLAG },
    { BCRYPT_MULTI_FLAG,         0 },
};

static void expect_reusable(BCRYPT_HASH_HANDLE hash)
{
    UCHAR digest[32];
    int i;

    for (i = 0; i < 3; i++)
    {
        expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
        expect_status(BCryptFinishHash(hash, digest, 32, 0), STATUS_SUCCESS);
        expect_hex(digest, 32, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
    expect_status(BCryptFinishHash(hash, digest, 32, 0), STATUS_SUCCESS);
    expect_hex(digest, 32, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
}

START_TEST(a_reusable_hash_starts_again_after_each_digest)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA256_ALGORITHM, reusable[_i].open_flags);

    expect_reusable(new_hash(algorithm, NULL, 0, reusable[_i].create_flags));
}
END_TEST

START_TEST(a_pseudo_handles_hash_is_reusable)
{
    expect_reusable(new_hash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, 0));
}
END_TEST

START_TEST(a_duplicate_of_a_reusable_hash_is_reusable)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, 0), duplicate;

    expect_status(BCryptDuplicateHash(hash, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    expect_reusable(duplicate);
    expect_reusable(hash);
}
END_TEST

START_TEST(creating_a_hash_into_nothing_is_an_invalid_parameter)
{
    expect_status(BCryptCreateHash(BCRYPT_SHA256_ALG_HANDLE, NULL, NULL, 0, NULL, 0, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(creating_a_hash_of_no_algorithm_is_an_invalid_handle)
{
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;

    expect_status(BCryptCreateHash(NULL, &hash, NULL, 0, NULL, 0, 0), STATUS_INVALID_HANDLE);
    expect_pointer(hash, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_secret_for_an_unkeyed_hash_is_an_invalid_parameter)
{
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;

    expect_status(BCryptCreateHash(BCRYPT_SHA256_ALG_HANDLE, &hash, NULL, 0, (UCHAR *)counting, 16,
                                   0), STATUS_INVALID_PARAMETER);
    expect_pointer(hash, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(an_unknown_creation_flag_is_an_invalid_parameter)
{
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;

    expect_status(BCryptCreateHash(BCRYPT_SHA256_ALG_HANDLE, &hash, NULL, 0, NULL, 0, 0x80000000),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(hash, UNTOUCHED_HANDLE);
}
END_TEST

static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
} no_hashes[] =
{
    { BCRYPT_AES_CBC_ALG_HANDLE }, { BCRYPT_RC4_ALG_HANDLE }, { BCRYPT_RNG_ALG_HANDLE },
};

START_TEST(a_hash_of_another_kind_of_algorithm_is_not_supported)
{
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;
    UCHAR digest[16];

    expect_status(BCryptCreateHash(no_hashes[_i].algorithm, &hash, NULL, 0, NULL, 0, 0),
                  STATUS_NOT_SUPPORTED);
    expect_status(BCryptHash(no_hashes[_i].algorithm, NULL, 0, NULL, 0, digest, 16),
                  STATUS_NOT_SUPPORTED);
    expect_pointer(hash, UNTOUCHED_HANDLE);
}
END_TEST

/* --- hash.md, section 2, "BCryptHashData" ------------------------------------------------- */

START_TEST(hashing_nothing_changes_nothing)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_SHA1_ALG_HANDLE, NULL, 0, 0);
    UCHAR digest[20];

    expect_status(BCryptHashData(hash, NULL, 0, 0), STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)"ab", 2, 0), STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, NULL, 0, 0), STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)"c", 1, 0), STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)"d", 0, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, digest, 20, 0), STATUS_SUCCESS);
    expect_hex(digest, 20, "a9993e364706816aba3e25717850c26c9cd0d89d");
}
END_TEST

START_TEST(hashing_bytes_from_nowhere_is_an_invalid_parameter)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_SHA1_ALG_HANDLE, NULL, 0, 0);
    UCHAR digest[20];

    expect_status(BCryptHashData(hash, NULL, 16, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptFinishHash(hash, digest, 20, 0), STATUS_SUCCESS);
    expect_hex(digest, 20, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}
END_TEST

START_TEST(a_finished_hash_is_refused)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM, 0);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, NULL, 0, 0);
    UCHAR digest[20], again[20];

    expect_status(BCryptFinishHash(hash, digest, 20, 0), STATUS_SUCCESS);
    mark(again, 20);
    expect_status(BCryptHashData(hash, NULL, 0, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptFinishHash(hash, again, 20, 0), STATUS_INVALID_HANDLE);
    expect_untouched(again, 20);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
}
END_TEST

/* "finished, non-reusable: later HashData/FinishHash/DeriveKeyCapi -> INVALID_HANDLE" */
START_TEST(a_finished_hash_derives_no_key)
{
    BCRYPT_HASH_HANDLE hash = new_hash(open_algorithm(BCRYPT_SHA1_ALGORITHM, 0), NULL, 0, 0);
    UCHAR digest[20], key[20];

    expect_status(BCryptFinishHash(hash, digest, 20, 0), STATUS_SUCCESS);
    mark(key, sizeof(key));
    expect_status(BCryptDeriveKeyCapi(hash, NULL, key, 16, 0), STATUS_INVALID_HANDLE);
    expect_untouched(key, sizeof(key));
}
END_TEST

/* "DuplicateHash is undefined" */
START_TEST(a_finished_hash_cannot_be_duplicated)
{
    BCRYPT_HASH_HANDLE hash = new_hash(open_algorithm(BCRYPT_SHA1_ALGORITHM, 0), NULL, 0, 0);
    BCRYPT_HASH_HANDLE duplicate = UNTOUCHED_HANDLE;
    UCHAR digest[20];

    expect_status(BCryptFinishHash(hash, digest, 20, 0), STATUS_SUCCESS);
    expect_status(BCryptDuplicateHash(hash, &duplicate, NULL, 0, 0), STATUS_INVALID_HANDLE);
    expect_pointer(duplicate, UNTOUCHED_HANDLE);
}
END_TEST

/* --- hash.md, section 2, "BCryptFinishHash" ----------------------------------------------- */

static const struct
{
    ULONG bytes;
} wrong_sizes[] =
{
    { 21 }, { 19 }, { 0 }, { 1 }, { 40 },
};

START_TEST(a_wrong_digest_size_is_refused_and_consumes_nothing)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM, 0);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, NULL, 0, 0);
    UCHAR digest[40];

    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    mark(digest, sizeof(digest));
    expect_status(BCryptFinishHash(hash, digest, wrong_sizes[_i].bytes, 0),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(digest, sizeof(digest));
    expect_status(BCryptFinishHash(hash, digest, 20, 0), STATUS_SUCCESS);
    expect_hex(digest, 20, "a9993e364706816aba3e25717850c26c9cd0d89d");
    expect_untouched(digest + 20, 20);
}
END_TEST

START_TEST(a_digest_to_nowhere_is_an_invalid_parameter)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM, 0);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, NULL, 0, 0);
    UCHAR digest[20];

    expect_status(BCryptFinishHash(hash, NULL, 20, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptFinishHash(hash, digest, 20, 0), STATUS_SUCCESS);
    expect_hex(digest, 20, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}
END_TEST

/* "INVALID_PARAMETER or NOT_SUPPORTED" */
START_TEST(a_hash_of_fixed_length_cannot_be_squeezed)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_SHA1_ALG_HANDLE, NULL, 0, 0);
    UCHAR digest[20];

    expect_status(BCryptFinishHash(hash, digest, 20, BCRYPT_HASH_DONT_RESET_FLAG),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- hash.md, section 2, "BCryptDuplicateHash" -------------------------------------------- */

START_TEST(a_duplicate_is_independent)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM, 0);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, NULL, 0, 0), duplicate;
    UCHAR digest[20];

    expect_status(BCryptHashData(hash, (UCHAR *)"a", 1, 0), STATUS_SUCCESS);
    expect_status(BCryptDuplicateHash(hash, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    expect_true(duplicate != hash);
    expect_status(BCryptHashData(duplicate, (UCHAR *)"xyz", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(duplicate, digest, 20, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(duplicate), STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)"bc", 2, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, digest, 20, 0), STATUS_SUCCESS);
    expect_hex(digest, 20, "a9993e364706816aba3e25717850c26c9cd0d89d");
}
END_TEST

/* "The duplicate inherits reusability" */
START_TEST(a_duplicate_of_a_hash_that_is_not_reusable_is_not_either)
{
    BCRYPT_HASH_HANDLE hash = new_hash(open_algorithm(BCRYPT_SHA1_ALGORITHM, 0), NULL, 0, 0);
    BCRYPT_HASH_HANDLE duplicate = NULL;
    UCHAR digest[20];

    expect_status(BCryptDuplicateHash(hash, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    keep_hash(duplicate);
    expect_status(BCryptFinishHash(duplicate, digest, 20, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(duplicate, digest, 20, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptFinishHash(hash, digest, 20, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_duplicate_outlives_its_original)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM, 0);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, NULL, 0, 0), duplicate;
    UCHAR digest[20];

    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    expect_status(BCryptDuplicateHash(hash, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(duplicate, digest, 20, 0), STATUS_SUCCESS);
    expect_hex(digest, 20, "a9993e364706816aba3e25717850c26c9cd0d89d");
    expect_status(BCryptDestroyHash(duplicate), STATUS_SUCCESS);
}
END_TEST

START_TEST(duplicating_into_nothing_is_an_invalid_parameter)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_SHA1_ALG_HANDLE, NULL, 0, 0);

    expect_status(BCryptDuplicateHash(hash, NULL, NULL, 0, 0), STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- hash.md, section 2, "BCryptDestroyHash" ---------------------------------------------- */

START_TEST(a_destroyed_hash_is_an_invalid_parameter)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_SHA1_ALG_HANDLE, NULL, 0, 0);

    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_INVALID_PARAMETER);
    expect_status(BCryptDestroyHash(NULL), STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- hash.md, section 2, "BCryptHash" ----------------------------------------------------- */

START_TEST(hashing_at_once_refuses_wrong_arguments)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM, 0);
    UCHAR digest[21];

    mark(digest, sizeof(digest));
    expect_status(BCryptHash(algorithm, NULL, 0, NULL, 0, NULL, 20), STATUS_INVALID_PARAMETER);
    expect_status(BCryptHash(algorithm, NULL, 0, NULL, 0, digest, 21), STATUS_INVALID_PARAMETER);
    expect_status(BCryptHash(algorithm, NULL, 0, NULL, 0, digest, 19), STATUS_INVALID_PARAMETER);
    expect_status(BCryptHash(NULL, NULL, 0, NULL, 0, digest, 20), STATUS_INVALID_HANDLE);
    expect_untouched(digest, sizeof(digest));
}
END_TEST

START_TEST(hashing_nothing_at_once_gives_the_empty_digest)
{
    UCHAR digest[20];

    expect_status(BCryptHash(BCRYPT_SHA1_ALG_HANDLE, NULL, 0, NULL, 0, digest, 20),
                  STATUS_SUCCESS);
    expect_hex(digest, 20, "da39a3ee5e6b4b0d3255bfef95601890afd80709");
}
END_TEST

START_TEST(hashing_bytes_from_nowhere_at_once_is_an_invalid_parameter)
{
    UCHAR digest[20];

    mark(digest, 20);
    expect_status(BCryptHash(BCRYPT_SHA1_ALG_HANDLE, NULL, 0, NULL, 5, digest, 20),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(digest, 20);
}
END_TEST

START_TEST(hashing_at_once_with_a_secret_for_an_unkeyed_hash_is_an_invalid_parameter)
{
    UCHAR digest[20];

    mark(digest, 20);
    expect_status(BCryptHash(BCRYPT_SHA1_ALG_HANDLE, (UCHAR *)"key", 4, NULL, 0, digest, 20),
                  STATUS_INVALID_PARAMETER);
    expect_untouched(digest, 20);
}
END_TEST

START_TEST(a_digest_may_overwrite_its_message)
{
    UCHAR buffer[32] = "abc";

    expect_status(BCryptHash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, buffer, 3, buffer, 32),
                  STATUS_SUCCESS);
    expect_hex(buffer, 32, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
END_TEST

/* --- handles.md, "Caller-supplied object buffers" ----------------------------------------- */

static const WCHAR *const buffered[] =
{
    BCRYPT_MD2_ALGORITHM, BCRYPT_MD4_ALGORITHM, BCRYPT_MD5_ALGORITHM, BCRYPT_SHA1_ALGORITHM,
    BCRYPT_SHA256_ALGORITHM, BCRYPT_SHA384_ALGORITHM, BCRYPT_SHA512_ALGORITHM,
};

START_TEST(a_hash_object_of_512_bytes_is_large_enough)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(buffered[_i], 0);
    ULONG object_bytes = property_ulong(algorithm, BCRYPT_OBJECT_LENGTH);
    BCRYPT_HASH_HANDLE hash;
    UCHAR object[512];

    expect_true(object_bytes != 0);
    expect_at_most(object_bytes, 512);
    expect_status(BCryptCreateHash(algorithm, &hash, object, sizeof(object), NULL, 0, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
}
END_TEST

START_TEST(nothing_is_written_beyond_a_hash_object)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(buffered[_i], 0);
    ULONG bytes = property_ulong(algorithm, BCRYPT_OBJECT_LENGTH);
    ULONG digest_bytes = property_ulong(algorithm, BCRYPT_HASH_LENGTH);
    UCHAR object[1024], digest[64];
    BCRYPT_HASH_HANDLE hash;

    mark(object, sizeof(object));
    expect_status(BCryptCreateHash(algorithm, &hash, object + 1, bytes, NULL, 0, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)counting, 256, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, digest, digest_bytes, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    expect_untouched(object, 1);
    expect_untouched(object + 1 + bytes, sizeof(object) - 1 - bytes);
}
END_TEST

START_TEST(a_hash_object_that_is_too_small_is_refused)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(buffered[_i], 0);
    ULONG bytes = property_ulong(algorithm, BCRYPT_OBJECT_LENGTH);
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;
    UCHAR object[512];

    expect_status(BCryptCreateHash(algorithm, &hash, object, bytes - 1, NULL, 0, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_status(BCryptCreateHash(algorithm, &hash, object, 1, NULL, 0, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_pointer(hash, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_duplicates_object_follows_the_same_rules)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA256_ALGORITHM, 0);
    ULONG bytes = property_ulong(algorithm, BCRYPT_OBJECT_LENGTH);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, NULL, 0, 0), duplicate = UNTOUCHED_HANDLE;
    UCHAR object[512];

    expect_status(BCryptDuplicateHash(hash, &duplicate, object, bytes - 1, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_pointer(duplicate, UNTOUCHED_HANDLE);
    expect_status(BCryptDuplicateHash(hash, &duplicate, object, bytes, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(duplicate), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_hash_object_from_nowhere_is_an_invalid_parameter)
{
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;

    expect_status(BCryptCreateHash(BCRYPT_SHA256_ALG_HANDLE, &hash, NULL, 512, NULL, 0, 0),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(hash, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_hash_object_serves_again_after_its_hash)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM, 0);
    UCHAR object[512], digest[20];
    BCRYPT_HASH_HANDLE hash;
    int i;

    for (i = 0; i < 3; i++)
    {
        expect_status(BCryptCreateHash(algorithm, &hash, object, sizeof(object), NULL, 0, 0),
                      STATUS_SUCCESS);
        expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
        expect_status(BCryptFinishHash(hash, digest, 20, 0), STATUS_SUCCESS);
        expect_hex(digest, 20, "a9993e364706816aba3e25717850c26c9cd0d89d");
        expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    }
}
END_TEST

START_TEST(a_destroyed_hash_is_refused_while_its_object_is_readable)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM, 0);
    BCRYPT_HASH_HANDLE hash;
    UCHAR object[512];

    expect_status(BCryptCreateHash(algorithm, &hash, object, sizeof(object), NULL, 0, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_INVALID_PARAMETER);
}
END_TEST

/* A caller who overwrites or frees the object early does no harm. */
START_TEST(a_hash_survives_the_overwriting_of_its_object)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM, 0);
    UCHAR object[512], digest[20];
    BCRYPT_HASH_HANDLE hash;

    expect_status(BCryptCreateHash(algorithm, &hash, object, sizeof(object), NULL, 0, 0),
                  STATUS_SUCCESS);
    memset(object, 0xff, sizeof(object));
    expect_status(BCryptHashData(hash, (UCHAR *)"abc", 3, 0), STATUS_SUCCESS);
    memset(object, 0, sizeof(object));
    expect_status(BCryptFinishHash(hash, digest, 20, 0), STATUS_SUCCESS);
    expect_hex(digest, 20, "a9993e364706816aba3e25717850c26c9cd0d89d");
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
}
END_TEST

void hash_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, every_hash_gives_the_published_digests, digests);
    add_rows(tests, every_pseudo_handle_gives_the_published_digests, digests);
    add_rows(tests, a_long_message_gives_its_digest_in_any_pieces, long_digests);
    add_rows(tests, a_reusable_hash_starts_again_after_each_digest, reusable);
    add_test(tests, a_pseudo_handles_hash_is_reusable);
    add_test(tests, a_duplicate_of_a_reusable_hash_is_reusable);
    add_test(tests, creating_a_hash_into_nothing_is_an_invalid_parameter);
    add_test(tests, creating_a_hash_of_no_algorithm_is_an_invalid_handle);
    add_test(tests, hashing_nothing_changes_nothing);
    add_test(tests, a_finished_hash_is_refused);
    add_rows(tests, a_wrong_digest_size_is_refused_and_consumes_nothing, wrong_sizes);
    add_test(tests, a_digest_to_nowhere_is_an_invalid_parameter);
    add_test(tests, a_duplicate_is_independent);
    add_test(tests, a_duplicate_outlives_its_original);
    add_test(tests, duplicating_into_nothing_is_an_invalid_parameter);
    add_test(tests, a_destroyed_hash_is_an_invalid_parameter);
    add_test(tests, hashing_at_once_refuses_wrong_arguments);
    add_test(tests, hashing_nothing_at_once_gives_the_empty_digest);
    add_rows(tests, a_hash_object_of_512_bytes_is_large_enough, buffered);
    add_rows(tests, nothing_is_written_beyond_a_hash_object, buffered);
    add_rows(tests, a_hash_object_that_is_too_small_is_refused, buffered);
    add_test(tests, a_duplicates_object_follows_the_same_rules);
    add_test(tests, a_hash_object_serves_again_after_its_hash);
    add_test(tests, a_destroyed_hash_is_refused_while_its_object_is_readable);
    add_test(tests, a_finished_hash_derives_no_key);
    add_test(tests, a_duplicate_of_a_hash_that_is_not_reusable_is_not_either);

    tests = ours(suite);
    add_test(tests, a_secret_for_an_unkeyed_hash_is_an_invalid_parameter);
    add_test(tests, an_unknown_creation_flag_is_an_invalid_parameter);
    add_rows(tests, a_hash_of_another_kind_of_algorithm_is_not_supported, no_hashes);
    add_test(tests, hashing_bytes_from_nowhere_is_an_invalid_parameter);
    add_test(tests, a_hash_of_fixed_length_cannot_be_squeezed);
    add_test(tests, hashing_bytes_from_nowhere_at_once_is_an_invalid_parameter);
    add_test(tests, hashing_at_once_with_a_secret_for_an_unkeyed_hash_is_an_invalid_parameter);
    add_test(tests, a_digest_may_overwrite_its_message);
    add_test(tests, a_hash_object_from_nowhere_is_an_invalid_parameter);
    add_test(tests, a_hash_survives_the_overwriting_of_its_object);
    add_test(tests, a_finished_hash_cannot_be_duplicated);
}
