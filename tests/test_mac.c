/*
 * test_mac.c - keyed hashes: HMAC, AES-CMAC, TLS record verification, and keys derived from hashes.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

/* --- hash.md, section 8: vectors; RFC 2202, RFC 4231 -------------------------------------- */

#define JEFE "Jefe"
#define WANT "what do ya want for nothing?"
#define LARGE "Test Using Larger Than Block-Size Key - Hash Key First"

static const struct
{
    const WCHAR *id;
    BCRYPT_ALG_HANDLE pseudo;
    const char *key;
    ULONG key_bytes;
    const char *message;
    ULONG bytes;
    const char *mac;
} hmacs[] =
{
    /* section 8: the NULs of key and message are part of them */
    { BCRYPT_MD2_ALGORITHM, BCRYPT_HMAC_MD2_ALG_HANDLE, "key", 4, "test", 5,
      "7f05b0638d77f4a27f3a9c4d353cd648" },
    { BCRYPT_MD4_ALGORITHM, BCRYPT_HMAC_MD4_ALG_HANDLE, "key", 4, "test", 5,
      "bc2e8ac4d8248ed21b8d26227a30ea3a" },
    { BCRYPT_MD5_ALGORITHM, BCRYPT_HMAC_MD5_ALG_HANDLE, "key", 4, "test", 5,
      "7bda029b93fa8d817fcc9e13d6bdf092" },
    { BCRYPT_SHA1_ALGORITHM, BCRYPT_HMAC_SHA1_ALG_HANDLE, "key", 4, "test", 5,
      "2472cf65d0e090618d769d3e46f0d9446cf212da" },
    { BCRYPT_SHA256_ALGORITHM, BCRYPT_HMAC_SHA256_ALG_HANDLE, "key", 4, "test", 5,
      "34c1aa473a4468a91d06e7cdbc75bc4f93b830ccfc2a47ffd74e8e6ed29e4c72" },
    { BCRYPT_SHA384_ALGORITHM, BCRYPT_HMAC_SHA384_ALG_HANDLE, "key", 4, "test", 5,
      "4b3e6d6ff2da121790ab7e7b9247583e3a7eed2db5bd4dabc680303b1608f37d"
      "fdc836d96a704c03283bc05b4f6c5eb8" },
    { BCRYPT_SHA512_ALGORITHM, BCRYPT_HMAC_SHA512_ALG_HANDLE, "key", 4, "test", 5,
      "415fb6b10018ca03b38a1b1399c42ac0be5e8aceddb9a73103f5e543bf2d888f"
      "2eecf91373941f9315dd730a77937fa92444450fbece86f409d9cb5ec48c6513" },
    { BCRYPT_MD5_ALGORITHM, BCRYPT_HMAC_MD5_ALG_HANDLE, JEFE, 4, WANT, 28,
      "750c783e6ab0b503eaa86e310a5db738" },
    { BCRYPT_SHA1_ALGORITHM, BCRYPT_HMAC_SHA1_ALG_HANDLE, JEFE, 4, WANT, 28,
      "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79" },
    { BCRYPT_SHA256_ALGORITHM, BCRYPT_HMAC_SHA256_ALG_HANDLE, JEFE, 4, WANT, 28,
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
    { BCRYPT_SHA384_ALGORITHM, BCRYPT_HMAC_SHA384_ALG_HANDLE, JEFE, 4, WANT, 28,
      "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e"
      "8e2240ca5e69e2c78b3239ecfab21649" },
    { BCRYPT_SHA512_ALGORITHM, BCRYPT_HMAC_SHA512_ALG_HANDLE, JEFE, 4, WANT, 28,
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
      "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737" },
    /* keys of no bytes: accepted, with or without a pointer */
    { BCRYPT_SHA1_ALGORITHM, BCRYPT_HMAC_SHA1_ALG_HANDLE, NULL, 0, "", 0,
      "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d" },
    { BCRYPT_SHA256_ALGORITHM, BCRYPT_HMAC_SHA256_ALG_HANDLE, NULL, 0, "", 0,
      "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad" },
    { BCRYPT_SHA256_ALGORITHM, BCRYPT_HMAC_SHA256_ALG_HANDLE, "", 0, "", 0,
      "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad" },
    { BCRYPT_SHA512_ALGORITHM, BCRYPT_HMAC_SHA512_ALG_HANDLE, NULL, 0, "", 0,
      "b936cee86c9f87aa5d3c6f2e84cb5a4239a5fe50480a6ec66b70ab5b1f4ac673"
      "0c6c515421b327ec1d69402e53dfb49ad7381eb067b338fd7b0cb22247225d47" },
};

START_TEST(every_hmac_gives_the_published_codes)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(hmacs[_i].id, BCRYPT_ALG_HANDLE_HMAC_FLAG);

    expect_digest(algorithm, hmacs[_i].key, hmacs[_i].key_bytes, hmacs[_i].message, hmacs[_i].bytes,
                  hmacs[_i].mac);
}
END_TEST

START_TEST(every_hmac_pseudo_handle_gives_the_published_codes)
{
    expect_digest(hmacs[_i].pseudo, hmacs[_i].key, hmacs[_i].key_bytes, hmacs[_i].message,
                  hmacs[_i].bytes, hmacs[_i].mac);
}
END_TEST

/* Keys longer than a block are hashed first: 131 bytes of aa, RFC 4231 section 4.7. */
static const struct
{
    BCRYPT_ALG_HANDLE algorithm;
    const char *mac;
} long_keys[] =
{
    { BCRYPT_HMAC_MD5_ALG_HANDLE, "bfecaf4efff90a3a668f3922fec3762d" },
    { BCRYPT_HMAC_SHA1_ALG_HANDLE, "90d0dace1c1bdc957339307803160335bde6df2b" },
    { BCRYPT_HMAC_SHA256_ALG_HANDLE,
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54" },
    { BCRYPT_HMAC_SHA384_ALG_HANDLE,
      "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c6"
      "0c2ef6ab4030fe8296248df163f44952" },
    { BCRYPT_HMAC_SHA512_ALG_HANDLE,
      "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
      "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598" },
};

START_TEST(a_key_longer_than_a_block_is_hashed_first)
{
    UCHAR key[131];

    memset(key, 0xaa, sizeof(key));
    expect_digest(long_keys[_i].algorithm, key, sizeof(key), LARGE, 54, long_keys[_i].mac);
}
END_TEST

/* NIST's HMAC_SHA3 examples: key 00 01 ... 1f. */
static const struct
{
    const WCHAR *id;
    BCRYPT_ALG_HANDLE pseudo;
    const char *mac;
} sha3_hmacs[] =
{
    { BCRYPT_SHA3_256_ALGORITHM, BCRYPT_HMAC_SHA3_256_ALG_HANDLE,
      "4fe8e202c4f058e8dddc23d8c34e467343e23555e24fc2f025d598f558f67205" },
    { BCRYPT_SHA3_384_ALGORITHM, BCRYPT_HMAC_SHA3_384_ALG_HANDLE,
      "0c3b82c4b2d0c728dd73e65460d605e3e3f0f1740516225c17478a32d6d3bbb8"
      "ddd8ae2af6543c3c62da12d9b7cd3766" },
    { BCRYPT_SHA3_512_ALGORITHM, BCRYPT_HMAC_SHA3_512_ALG_HANDLE,
      "45c37e949cce1eb50ccf6c96439c06e25f4a4416a99a8a8959593aefb8ef584e"
      "b0704dc5855faae16196792f4437cdef36d8467b037303ecf62584a4ccc18ddf" },
};

START_TEST(hmac_works_over_sha3)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(sha3_hmacs[_i].id, BCRYPT_ALG_HANDLE_HMAC_FLAG);

    expect_digest(algorithm, counting, 32, "Sample message for keylen<blocklen", 34,
                  sha3_hmacs[_i].mac);
    expect_digest(sha3_hmacs[_i].pseudo, counting, 32, "Sample message for keylen<blocklen", 34,
                  sha3_hmacs[_i].mac);
}
END_TEST

/* handles.md, "Known fixed sizes" */
START_TEST(an_hmac_object_of_1024_bytes_is_large_enough)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(hmacs[_i].id, BCRYPT_ALG_HANDLE_HMAC_FLAG);
    UCHAR object[1024];
    BCRYPT_HASH_HANDLE hash;

    expect_true(property_ulong(algorithm, BCRYPT_OBJECT_LENGTH) != 0);
    expect_at_most(property_ulong(algorithm, BCRYPT_OBJECT_LENGTH), 1024);
    expect_status(BCryptCreateHash(algorithm, &hash, object, sizeof(object), (UCHAR *)"key", 4, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
}
END_TEST

/* --- hash.md, section 2, "BCryptFinishHash" ----------------------------------------------- */

static void expect_keyed_again(BCRYPT_HASH_HANDLE hash)
{
    UCHAR mac[20];
    int i;

    for (i = 0; i < 3; i++)
    {
        expect_status(BCryptHashData(hash, (UCHAR *)"test", 5, 0), STATUS_SUCCESS);
        expect_status(BCryptFinishHash(hash, mac, 20, 0), STATUS_SUCCESS);
        expect_hex(mac, 20, "2472cf65d0e090618d769d3e46f0d9446cf212da");
    }
}

START_TEST(a_reusable_hmac_keeps_its_key)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM,
                                                 BCRYPT_ALG_HANDLE_HMAC_FLAG);

    expect_keyed_again(new_hash(algorithm, "key", 4, BCRYPT_HASH_REUSABLE_FLAG));
}
END_TEST

START_TEST(a_pseudo_handles_hmac_keeps_its_key)
{
    expect_keyed_again(new_hash(BCRYPT_HMAC_SHA1_ALG_HANDLE, "key", 4, 0));
}
END_TEST

START_TEST(a_duplicated_hmac_keeps_its_key)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_HMAC_SHA1_ALG_HANDLE, "key", 4, 0), duplicate;

    expect_status(BCryptDuplicateHash(hash, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    expect_keyed_again(duplicate);
    expect_status(BCryptDestroyHash(duplicate), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_finished_hmac_is_refused)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM,
                                                 BCRYPT_ALG_HANDLE_HMAC_FLAG);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, "key", 4, 0);
    UCHAR mac[20];

    expect_status(BCryptFinishHash(hash, mac, 20, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, mac, 20, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptHashData(hash, NULL, 0, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
}
END_TEST

START_TEST(resetting_with_a_scratch_buffer_starts_a_new_message)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_HMAC_SHA1_ALG_HANDLE, "key", 4, 0);
    UCHAR scratch[20];

    expect_status(BCryptHashData(hash, (UCHAR *)"rubbish", 7, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, scratch, 20, 0), STATUS_SUCCESS);
    expect_keyed_again(hash);
}
END_TEST

/* --- hash.md, section 7: AES-CMAC (SP 800-38B, RFC 4493) and AES-GMAC --------------------- */

#define CMAC_KEY "2b7e151628aed2a6abf7158809cf4f3c"
#define CMAC_KEY_192 "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"
#define CMAC_KEY_256 "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4"
#define CMAC_MESSAGE "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51" \
                     "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710"

static const struct
{
    const char *key;
    ULONG bytes;
    const char *mac;
} cmacs[] =
{
    { CMAC_KEY,      0, "bb1d6929e95937287fa37d129b756746" },
    { CMAC_KEY,     16, "070a16b46b4d4144f79bdd9dd04a287c" },
    { CMAC_KEY,     40, "dfa66747de9ae63030ca32611497c827" },
    { CMAC_KEY,     64, "51f0bebf7e3b9d92fc49741779363cfe" },
    { CMAC_KEY_192,  0, "d17ddf46adaacde531cac483de7a9367" },
    { CMAC_KEY_192, 16, "9e99a7bf31e710900662f65e617c5184" },
    { CMAC_KEY_192, 40, "8a1de5be2eb31aad089a82e6ee908b0e" },
    { CMAC_KEY_192, 64, "a1d5df0eed790f794d77589659f39a11" },
    { CMAC_KEY_256,  0, "028962f61b7bf89efc6b551f4667d983" },
    { CMAC_KEY_256, 16, "28a7023f452e8f82bd4bf28d8c37c35c" },
    { CMAC_KEY_256, 40, "aaf3d8f1de5640c232f5b169b9c911e6" },
    { CMAC_KEY_256, 64, "e1992190549f6ed5696a2c056c315410" },
};

START_TEST(cmac_gives_the_published_codes)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_CMAC_ALGORITHM, 0);
    UCHAR key[32], message[64];
    size_t key_bytes = unhex(key, sizeof(key), cmacs[_i].key);

    unhex(message, sizeof(message), CMAC_MESSAGE);
    expect_digest(algorithm, key, key_bytes, message, cmacs[_i].bytes, cmacs[_i].mac);
    expect_digest(BCRYPT_AES_CMAC_ALG_HANDLE, key, key_bytes, message, cmacs[_i].bytes,
                  cmacs[_i].mac);
}
END_TEST

START_TEST(cmac_opened_with_the_hmac_flag_is_cmac)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_CMAC_ALGORITHM,
                                                 BCRYPT_ALG_HANDLE_HMAC_FLAG);
    UCHAR key[16];

    unhex(key, sizeof(key), CMAC_KEY);
    expect_digest(algorithm, key, 16, NULL, 0, "bb1d6929e95937287fa37d129b756746");
}
END_TEST

START_TEST(a_reusable_cmac_keeps_its_key)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_CMAC_ALGORITHM, 0);
    UCHAR key[16], message[64], mac[16];
    BCRYPT_HASH_HANDLE hash;
    int i;

    unhex(key, sizeof(key), CMAC_KEY);
    unhex(message, sizeof(message), CMAC_MESSAGE);
    hash = new_hash(algorithm, key, 16, BCRYPT_HASH_REUSABLE_FLAG);
    for (i = 0; i < 3; i++)
    {
        expect_status(BCryptHashData(hash, message, 40, 0), STATUS_SUCCESS);
        expect_status(BCryptFinishHash(hash, mac, 16, 0), STATUS_SUCCESS);
        expect_hex(mac, 16, "dfa66747de9ae63030ca32611497c827");
    }
}
END_TEST

static const struct
{
    ULONG bytes;
} no_aes_keys[] =
{
    { 0 }, { 1 }, { 15 }, { 17 }, { 31 }, { 33 },
};

START_TEST(a_cmac_key_that_is_no_aes_key_is_an_invalid_parameter)
{
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;

    expect_status(BCryptCreateHash(BCRYPT_AES_CMAC_ALG_HANDLE, &hash, NULL, 0, (UCHAR *)counting,
                                   no_aes_keys[_i].bytes, 0), STATUS_INVALID_PARAMETER);
    expect_pointer(hash, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(cmac_and_gmac_without_a_key_are_an_invalid_parameter)
{
    BCRYPT_HASH_HANDLE hash = UNTOUCHED_HANDLE;

    expect_status(BCryptCreateHash(BCRYPT_AES_CMAC_ALG_HANDLE, &hash, NULL, 0, NULL, 0, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptCreateHash(BCRYPT_AES_GMAC_ALG_HANDLE, &hash, NULL, 0, NULL, 0, 0),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(hash, UNTOUCHED_HANDLE);
}
END_TEST

/* --- hash.md, section 6: TLS CBC/HMAC verification ---------------------------------------- */

static const struct
{
    const WCHAR *id;
    BCRYPT_ALG_HANDLE pseudo;
    ULONG mac_bytes;
} tls_hashes[] =
{
    { BCRYPT_SHA1_ALGORITHM,   BCRYPT_HMAC_SHA1_ALG_HANDLE,   20 },
    { BCRYPT_SHA256_ALGORITHM, BCRYPT_HMAC_SHA256_ALG_HANDLE, 32 },
    { BCRYPT_SHA384_ALGORITHM, BCRYPT_HMAC_SHA384_ALG_HANDLE, 48 },
};

#define TLS_FLAGS (BCRYPT_ALG_HANDLE_HMAC_FLAG | BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG)

/* A record: header of 13 bytes, whose last two are the length of the text; then the text, the MAC
 * over both, and padding bytes that all say how many more there are. Returns the bytes behind the
 * header. */
static ULONG make_record(int row, UCHAR *record, ULONG text_bytes, ULONG padding)
{
    ULONG mac_bytes = tls_hashes[row].mac_bytes, i;

    for (i = 0; i < 11; i++) record[i] = (UCHAR)(0x17 + i);
    record[11] = (UCHAR)(text_bytes >> 8);
    record[12] = (UCHAR)text_bytes;
    for (i = 0; i < text_bytes; i++) record[13 + i] = (UCHAR)(i * 7);
    expect_status(BCryptHash(tls_hashes[row].pseudo, (UCHAR *)counting, 20, record,
                             13 + text_bytes, record + 13 + text_bytes, mac_bytes),
                  STATUS_SUCCESS);
    memset(record + 13 + text_bytes + mac_bytes, (int)padding, padding + 1);
    return text_bytes + mac_bytes + padding + 1;
}

static NTSTATUS verify_record(BCRYPT_HASH_HANDLE hash, UCHAR *record, ULONG bytes)
{
    expect_status(BCryptHashData(hash, record, 13, 0), STATUS_SUCCESS);
    return BCryptHashData(hash, record + 13, bytes, BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG);
}

START_TEST(a_right_tls_record_is_accepted_with_any_padding)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(tls_hashes[_i].id, TLS_FLAGS);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, counting, 20, 0);
    UCHAR record[1024];
    ULONG padding, bytes;

    for (padding = 0; padding < 256; padding += 5)
    {
        bytes = make_record(_i, record, 300 - padding, padding);
        expect_status(verify_record(hash, record, bytes), STATUS_SUCCESS);
    }
}
END_TEST

START_TEST(a_tls_record_of_any_length_is_accepted)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(tls_hashes[_i].id, TLS_FLAGS);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, counting, 20, 0);
    UCHAR record[1024];
    ULONG text, bytes;

    for (text = 0; text < 300; text++)
    {
        bytes = make_record(_i, record, text, 15 - text % 16);
        expect_status(verify_record(hash, record, bytes), STATUS_SUCCESS);
    }
}
END_TEST

START_TEST(an_hmac_pseudo_handle_verifies_tls_records)
{
    BCRYPT_HASH_HANDLE hash = new_hash(tls_hashes[_i].pseudo, counting, 20, 0);
    UCHAR record[512];
    ULONG bytes = make_record(_i, record, 100, 7);

    expect_status(verify_record(hash, record, bytes), STATUS_SUCCESS);
    expect_status(verify_record(hash, record, bytes), STATUS_SUCCESS);
}
END_TEST

/* Any bit of text, MAC or padding: the header, at least, is not ours to check. */
START_TEST(a_tls_record_with_a_wrong_bit_is_refused)
{
    BCRYPT_HASH_HANDLE hash = new_hash(tls_hashes[_i].pseudo, counting, 20, 0);
    UCHAR record[512];
    ULONG bytes = make_record(_i, record, 40, 11), bit;

    for (bit = 0; bit < bytes * 8; bit++)
    {
        record[13 + bit / 8] ^= (UCHAR)(1 << bit % 8);
        expect_refused(verify_record(hash, record, bytes));
        record[13 + bit / 8] ^= (UCHAR)(1 << bit % 8);
    }
    expect_status(verify_record(hash, record, bytes), STATUS_SUCCESS);
}
END_TEST

/* "else an error status (value not public; STATUS_INVALID_SIGNATURE suggested)" */
START_TEST(a_wrong_tls_record_is_an_invalid_signature)
{
    BCRYPT_HASH_HANDLE hash = new_hash(tls_hashes[_i].pseudo, counting, 20, 0);
    UCHAR record[512];
    ULONG bytes = make_record(_i, record, 40, 11);

    record[13] ^= 1;
    expect_status(verify_record(hash, record, bytes), STATUS_INVALID_SIGNATURE);
}
END_TEST

START_TEST(padding_that_reaches_into_the_mac_is_refused)
{
    BCRYPT_HASH_HANDLE hash = new_hash(tls_hashes[_i].pseudo, counting, 20, 0);
    UCHAR record[512];
    ULONG bytes = make_record(_i, record, 0, 3);

    record[13 + bytes - 1] = 255;
    expect_refused(verify_record(hash, record, bytes));
}
END_TEST

START_TEST(a_record_shorter_than_its_mac_is_refused)
{
    BCRYPT_HASH_HANDLE hash = new_hash(tls_hashes[_i].pseudo, counting, 20, 0);
    UCHAR record[512] = { 0 };

    expect_refused(verify_record(hash, record, tls_hashes[_i].mac_bytes));
    expect_refused(verify_record(hash, record, 1));
}
END_TEST

START_TEST(after_a_tls_record_the_hash_works_as_usual)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_HMAC_SHA1_ALG_HANDLE, counting, 20, 0);
    UCHAR record[512], mac[20], expected[20];
    ULONG bytes = make_record(0, record, 100, 7);

    expect_status(verify_record(hash, record, bytes), STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)"test", 5, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, mac, 20, 0), STATUS_SUCCESS);
    expect_status(BCryptHash(BCRYPT_HMAC_SHA1_ALG_HANDLE, (UCHAR *)counting, 20, (UCHAR *)"test",
                             5, expected, 20), STATUS_SUCCESS);
    expect_bytes(mac, expected, 20);
    expect_status(verify_record(hash, record, bytes), STATUS_SUCCESS);
}
END_TEST

START_TEST(a_duplicate_verifies_tls_records)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(tls_hashes[_i].id, TLS_FLAGS);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, counting, 20, 0), duplicate;
    UCHAR record[512];
    ULONG bytes = make_record(_i, record, 100, 7);

    expect_status(BCryptDuplicateHash(hash, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    expect_status(verify_record(duplicate, record, bytes), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(duplicate), STATUS_SUCCESS);
}
END_TEST

/* "object has reset itself and keeps the key (implies reusable)" */
START_TEST(a_hash_opened_for_tls_is_reusable)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM, TLS_FLAGS);

    expect_keyed_again(new_hash(algorithm, "key", 4, 0));
}
END_TEST

/* An HMAC of a real handle is opened for it, or verifies no records. */
START_TEST(an_hmac_not_opened_for_tls_verifies_no_records)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(tls_hashes[_i].id, BCRYPT_ALG_HANDLE_HMAC_FLAG);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, counting, 20, 0);
    UCHAR record[512];
    ULONG bytes = make_record(_i, record, 100, 7);

    expect_status(verify_record(hash, record, bytes), STATUS_INVALID_PARAMETER);
}
END_TEST

/* A wrong record is over as well: the next begins anew. */
START_TEST(after_a_wrong_tls_record_a_right_one_is_accepted)
{
    BCRYPT_HASH_HANDLE hash = new_hash(tls_hashes[_i].pseudo, counting, 20, 0);
    UCHAR record[512], mac[48], expected[48];
    ULONG bytes = make_record(_i, record, 40, 11);

    record[20] ^= 1;
    expect_refused(verify_record(hash, record, bytes));
    record[20] ^= 1;
    expect_status(verify_record(hash, record, bytes), STATUS_SUCCESS);
    record[20] ^= 1;
    expect_refused(verify_record(hash, record, bytes));
    expect_status(BCryptHashData(hash, (UCHAR *)"test", 5, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, mac, tls_hashes[_i].mac_bytes, 0), STATUS_SUCCESS);
    expect_status(BCryptHash(tls_hashes[_i].pseudo, (UCHAR *)counting, 20, (UCHAR *)"test", 5,
                             expected, tls_hashes[_i].mac_bytes), STATUS_SUCCESS);
    expect_bytes(mac, expected, tls_hashes[_i].mac_bytes);
}
END_TEST

START_TEST(other_hashes_verify_no_tls_records)
{
    BCRYPT_HASH_HANDLE plain = new_hash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, 0);
    BCRYPT_HASH_HANDLE other = new_hash(BCRYPT_HMAC_SHA512_ALG_HANDLE, counting, 20, 0);
    UCHAR record[256] = { 0 };

    expect_refused(BCryptHashData(plain, record, 96, BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG));
    expect_refused(BCryptHashData(other, record, 96, BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG));
}
END_TEST

/* --- hash.md, section 2, "BCryptDeriveKeyCapi on a hash", "BCryptDeriveKeyPBKDF2" ------------ */

START_TEST(deriving_a_capi_key_refuses_wrong_arguments)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM, 0);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, NULL, 0, 0);
    UCHAR key[41];

    mark(key, sizeof(key));
    expect_status_or(BCryptDeriveKeyCapi(NULL, NULL, NULL, 0, 0), STATUS_INVALID_PARAMETER,
                     WINDOWS_BEFORE(8), STATUS_INVALID_HANDLE);
    expect_status_or(BCryptDeriveKeyCapi(hash, NULL, NULL, 0, 0), STATUS_INVALID_PARAMETER,
                     WINDOWS_BEFORE(8), STATUS_SUCCESS);
    expect_status_or(BCryptDeriveKeyCapi(hash, NULL, key, 0, 0), STATUS_INVALID_PARAMETER,
                     WINDOWS_BEFORE(8), STATUS_SUCCESS);
    expect_status(BCryptDeriveKeyCapi(hash, NULL, key, 41, 0), STATUS_INVALID_PARAMETER);
    expect_untouched(key, sizeof(key));
}
END_TEST

static const struct
{
    ULONG bytes;
} capi_sizes[] =
{
    { 1 }, { 20 }, { 21 }, { 40 },
};

START_TEST(deriving_a_capi_key_finishes_the_hash)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM, 0);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, NULL, 0, 0);
    UCHAR key[41];

    mark(key, sizeof(key));
    expect_status(BCryptDeriveKeyCapi(hash, NULL, key, capi_sizes[_i].bytes, 0), STATUS_SUCCESS);
    expect_untouched(key + capi_sizes[_i].bytes, sizeof(key) - capi_sizes[_i].bytes);
    expect_status(BCryptDeriveKeyCapi(hash, NULL, key, 20, 0), STATUS_INVALID_HANDLE);
    expect_status(BCryptHashData(hash, NULL, 0, 0), STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(pbkdf2_refuses_no_iterations)
{
    UCHAR key[16];

    expect_status(BCryptDeriveKeyPBKDF2(BCRYPT_HMAC_SHA1_ALG_HANDLE, (UCHAR *)"password", 8,
                                        (UCHAR *)"salt", 4, 0, key, 16, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(pbkdf2_needs_a_keyed_hash)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM, 0);
    UCHAR key[16];

    expect_refused(BCryptDeriveKeyPBKDF2(algorithm, (UCHAR *)"password", 8, (UCHAR *)"salt", 4, 1,
                                         key, 16, 0));
    expect_refused(BCryptDeriveKeyPBKDF2(BCRYPT_AES_CBC_ALG_HANDLE, (UCHAR *)"password", 8,
                                         (UCHAR *)"salt", 4, 1, key, 16, 0));
}
END_TEST

START_TEST(pbkdf2_gives_the_published_key)         /* RFC 6070 */
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM,
                                                 BCRYPT_ALG_HANDLE_HMAC_FLAG);
    UCHAR key[20];

    expect_status(BCryptDeriveKeyPBKDF2(algorithm, (UCHAR *)"password", 8, (UCHAR *)"salt", 4, 2,
                                        key, 20, 0), STATUS_SUCCESS);
    expect_hex(key, 20, "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957");
}
END_TEST

/* --- AES-GMAC: docs/choices.md says where its nonce goes ------------------------------------- */

/* The tag that GCM gives to no plaintext with the first `bytes` bytes of counting as data. */
static void expect_gcm_tag(const UCHAR *mac, ULONG key_bytes, ULONG bytes)
{
    BCRYPT_KEY_HANDLE key = new_key(BCRYPT_AES_GCM_ALG_HANDLE, counting, key_bytes);
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    UCHAR tag[16];
    ULONG result;

    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = (UCHAR *)counting;
    info.cbNonce = 12;
    info.pbAuthData = (UCHAR *)counting;
    info.cbAuthData = bytes;
    info.pbTag = tag;
    info.cbTag = sizeof(tag);
    expect_encrypt(key, STATUS_SUCCESS, .info = &info, .result = &result);
    expect_bytes(mac, tag, sizeof(tag));
}

static const struct { ULONG key_bytes, bytes; } gmacs[] =
{
    { 16, 0 }, { 16, 1 }, { 16, 16 }, { 24, 17 }, { 32, 31 }, { 32, 64 }, { 32, 100 },
};

START_TEST(gmac_is_the_tag_of_gcm_without_plaintext)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_AES_GMAC_ALG_HANDLE, counting, gmacs[_i].key_bytes,
                                       0);
    UCHAR mac[16];
    ULONG i;

    expect_status(BCryptSetProperty(hash, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 12, 0),
                  STATUS_SUCCESS);
    for (i = 0; i < gmacs[_i].bytes; i++)
    {
        expect_status(BCryptHashData(hash, (UCHAR *)counting + i, 1, 0), STATUS_SUCCESS);
    }
    expect_status(BCryptFinishHash(hash, mac, sizeof(mac), 0), STATUS_SUCCESS);
    expect_gcm_tag(mac, gmacs[_i].key_bytes, gmacs[_i].bytes);
}
END_TEST

START_TEST(gmac_wants_a_nonce_for_every_message)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_AES_GMAC_ALG_HANDLE, counting, 16, 0);
    UCHAR mac[16];

    expect_status(BCryptHashData(hash, (UCHAR *)counting, 16, 0), STATUS_INVALID_PARAMETER);
    expect_status(BCryptSetProperty(hash, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 12, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, mac, sizeof(mac), 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(hash, mac, sizeof(mac), 0), STATUS_INVALID_PARAMETER);
}
END_TEST

START_TEST(gmac_refuses_a_nonce_of_another_length)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_AES_GMAC_ALG_HANDLE, counting, 16, 0);
    static const ULONG sizes[] = { 0, 1, 8, 11, 13, 16 };
    size_t i;

    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        expect_status(BCryptSetProperty(hash, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting,
                                        sizes[i], 0), STATUS_INVALID_PARAMETER);
    }
}
END_TEST

/* A nonce that is set again before the data takes the first one's place; later it is too late. */
START_TEST(gmac_takes_its_nonce_before_the_data)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_AES_GMAC_ALG_HANDLE, counting, 16, 0);
    UCHAR mac[16];

    expect_status(BCryptSetProperty(hash, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting + 9, 12,
                                    0), STATUS_SUCCESS);
    expect_status(BCryptSetProperty(hash, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 12, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)counting, 16, 0), STATUS_SUCCESS);
    expect_status(BCryptSetProperty(hash, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 12, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptHashData(hash, (UCHAR *)counting + 16, 1, 0), STATUS_SUCCESS);
    expect_status(BCryptSetProperty(hash, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 12, 0),
                  STATUS_INVALID_PARAMETER);
    expect_status(BCryptFinishHash(hash, mac, sizeof(mac), 0), STATUS_SUCCESS);
    expect_gcm_tag(mac, 16, 17);
}
END_TEST

START_TEST(a_duplicated_gmac_goes_on_from_the_same_place)
{
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_AES_GMAC_ALG_HANDLE, counting, 16, 0), copy = NULL;
    UCHAR mac[16];

    expect_status(BCryptSetProperty(hash, BCRYPT_INITIALIZATION_VECTOR, (UCHAR *)counting, 12, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)counting, 21, 0), STATUS_SUCCESS);
    expect_status(BCryptDuplicateHash(hash, &copy, NULL, 0, 0), STATUS_SUCCESS);
    keep_hash(copy);
    expect_status(BCryptHashData(hash, (UCHAR *)counting, 50, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    expect_status(BCryptHashData(copy, (UCHAR *)counting + 21, 20, 0), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(copy, mac, sizeof(mac), 0), STATUS_SUCCESS);
    expect_gcm_tag(mac, 16, 41);
}
END_TEST

START_TEST(gmac_cannot_be_had_at_once)
{
    UCHAR mac[16];

    mark(mac, sizeof(mac));
    expect_status(BCryptHash(BCRYPT_AES_GMAC_ALG_HANDLE, (UCHAR *)counting, 16, (UCHAR *)counting,
                             16, mac, sizeof(mac)), STATUS_INVALID_PARAMETER);
    expect_untouched(mac, sizeof(mac));
}
END_TEST

void mac_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, every_hmac_gives_the_published_codes, hmacs);
    add_rows(tests, every_hmac_pseudo_handle_gives_the_published_codes, hmacs);
    add_rows(tests, a_key_longer_than_a_block_is_hashed_first, long_keys);
    add_rows(tests, hmac_works_over_sha3, sha3_hmacs);
    add_rows(tests, an_hmac_object_of_1024_bytes_is_large_enough, hmacs);
    add_test(tests, a_reusable_hmac_keeps_its_key);
    add_test(tests, a_pseudo_handles_hmac_keeps_its_key);
    add_test(tests, a_duplicated_hmac_keeps_its_key);
    add_test(tests, a_finished_hmac_is_refused);
    add_test(tests, resetting_with_a_scratch_buffer_starts_a_new_message);
    add_rows(tests, cmac_gives_the_published_codes, cmacs);
    add_test(tests, cmac_opened_with_the_hmac_flag_is_cmac);
    add_test(tests, a_reusable_cmac_keeps_its_key);
    add_rows(tests, a_right_tls_record_is_accepted_with_any_padding, tls_hashes);
    add_rows(tests, a_tls_record_of_any_length_is_accepted, tls_hashes);
    add_rows(tests, an_hmac_pseudo_handle_verifies_tls_records, tls_hashes);
    add_rows(tests, a_tls_record_with_a_wrong_bit_is_refused, tls_hashes);
    add_rows(tests, padding_that_reaches_into_the_mac_is_refused, tls_hashes);
    add_rows(tests, a_record_shorter_than_its_mac_is_refused, tls_hashes);
    add_test(tests, after_a_tls_record_the_hash_works_as_usual);
    add_rows(tests, a_duplicate_verifies_tls_records, tls_hashes);
    add_test(tests, deriving_a_capi_key_refuses_wrong_arguments);
    add_rows(tests, deriving_a_capi_key_finishes_the_hash, capi_sizes);
    add_test(tests, pbkdf2_refuses_no_iterations);
    add_test(tests, pbkdf2_gives_the_published_key);
    add_test(tests, a_hash_opened_for_tls_is_reusable);
    add_rows(tests, after_a_wrong_tls_record_a_right_one_is_accepted, tls_hashes);

    tests = ours(suite);
    add_rows(tests, a_cmac_key_that_is_no_aes_key_is_an_invalid_parameter, no_aes_keys);
    add_test(tests, cmac_and_gmac_without_a_key_are_an_invalid_parameter);
    add_rows(tests, gmac_is_the_tag_of_gcm_without_plaintext, gmacs);
    add_test(tests, gmac_wants_a_nonce_for_every_message);
    add_test(tests, gmac_refuses_a_nonce_of_another_length);
    add_rows(tests, a_wrong_tls_record_is_an_invalid_signature, tls_hashes);
    add_test(tests, other_hashes_verify_no_tls_records);
    add_test(tests, pbkdf2_needs_a_keyed_hash);
    add_rows(tests, an_hmac_not_opened_for_tls_verifies_no_records, tls_hashes);
    add_test(tests, gmac_takes_its_nonce_before_the_data);
    add_test(tests, a_duplicated_gmac_goes_on_from_the_same_place);
    add_test(tests, gmac_cannot_be_had_at_once);
}
