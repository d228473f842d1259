/*
 * test_algorithm.c - opening and closing algorithm providers.
 *
 * SPDX-License-Identifier: MIT
 */

#include "expect.h"

/* --- handles.md, "BCryptOpenAlgorithmProvider"; exports.md -------------------------------- */

static const struct
{
    const WCHAR *id;
    ULONG primitive_type;
} algorithms[] =
{
    { BCRYPT_AES_ALGORITHM,                BCRYPT_CIPHER_INTERFACE },
    { BCRYPT_DES_ALGORITHM,                BCRYPT_CIPHER_INTERFACE },
    { BCRYPT_DESX_ALGORITHM,               BCRYPT_CIPHER_INTERFACE },
    { BCRYPT_3DES_ALGORITHM,               BCRYPT_CIPHER_INTERFACE },
    { BCRYPT_3DES_112_ALGORITHM,           BCRYPT_CIPHER_INTERFACE },
    { BCRYPT_RC2_ALGORITHM,                BCRYPT_CIPHER_INTERFACE },
    { BCRYPT_RC4_ALGORITHM,                BCRYPT_CIPHER_INTERFACE },
    { BCRYPT_XTS_AES_ALGORITHM,            BCRYPT_CIPHER_INTERFACE },
    { BCRYPT_CHACHA20_POLY1305_ALGORITHM,  BCRYPT_CIPHER_INTERFACE },
    { BCRYPT_MD2_ALGORITHM,                BCRYPT_HASH_INTERFACE },
    { BCRYPT_MD4_ALGORITHM,                BCRYPT_HASH_INTERFACE },
    { BCRYPT_MD5_ALGORITHM,                BCRYPT_HASH_INTERFACE },
    { BCRYPT_SHA1_ALGORITHM,               BCRYPT_HASH_INTERFACE },
    { BCRYPT_SHA256_ALGORITHM,             BCRYPT_HASH_INTERFACE },
    { BCRYPT_SHA384_ALGORITHM,             BCRYPT_HASH_INTERFACE },
    { BCRYPT_SHA512_ALGORITHM,             BCRYPT_HASH_INTERFACE },
    { BCRYPT_SHA3_256_ALGORITHM,           BCRYPT_HASH_INTERFACE },
    { BCRYPT_SHA3_384_ALGORITHM,           BCRYPT_HASH_INTERFACE },
    { BCRYPT_SHA3_512_ALGORITHM,           BCRYPT_HASH_INTERFACE },
    { BCRYPT_SHAKE128_ALGORITHM,           BCRYPT_HASH_INTERFACE },
    { BCRYPT_SHAKE256_ALGORITHM,           BCRYPT_HASH_INTERFACE },
    { BCRYPT_CSHAKE128_ALGORITHM,          BCRYPT_HASH_INTERFACE },
    { BCRYPT_CSHAKE256_ALGORITHM,          BCRYPT_HASH_INTERFACE },
    { BCRYPT_KMAC128_ALGORITHM,            BCRYPT_HASH_INTERFACE },
    { BCRYPT_KMAC256_ALGORITHM,            BCRYPT_HASH_INTERFACE },
    { BCRYPT_AES_CMAC_ALGORITHM,           BCRYPT_HASH_INTERFACE },
    { BCRYPT_AES_GMAC_ALGORITHM,           BCRYPT_HASH_INTERFACE },
    { BCRYPT_RNG_ALGORITHM,                BCRYPT_RNG_INTERFACE },
    { BCRYPT_RNG_FIPS186_DSA_ALGORITHM,    BCRYPT_RNG_INTERFACE },
    { BCRYPT_RNG_DUAL_EC_ALGORITHM,        BCRYPT_RNG_INTERFACE },
};

START_TEST(every_algorithm_opens_and_closes)
{
    BCRYPT_ALG_HANDLE algorithm = NULL;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, algorithms[_i].id, NULL, 0),
                  STATUS_SUCCESS);
    expect_true(algorithm != NULL);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
}
END_TEST

START_TEST(every_algorithm_opens_at_the_primitive_provider_by_name)
{
    BCRYPT_ALG_HANDLE algorithm = NULL;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, algorithms[_i].id, MS_PRIMITIVE_PROVIDER,
                                              0), STATUS_SUCCESS);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
}
END_TEST

/* All random number generators are called RNG: random.md, "RNG algorithm handle". */
START_TEST(every_algorithm_says_its_name_and_type)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(algorithms[_i].id, 0);

    expect_value(property_ulong(algorithm, BCRYPT_PRIMITIVE_TYPE), algorithms[_i].primitive_type);
    expect_property_wide(algorithm, BCRYPT_ALGORITHM_NAME,
                         algorithms[_i].primitive_type == BCRYPT_RNG_INTERFACE
                         ? BCRYPT_RNG_ALGORITHM : algorithms[_i].id);
}
END_TEST

START_TEST(an_unknown_algorithm_is_not_found)
{
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, L"NO_SUCH_ALGORITHM", NULL, 0),
                  STATUS_NOT_FOUND);
    expect_pointer(algorithm, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(an_empty_algorithm_name_is_not_found)
{
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, L"", NULL, 0), STATUS_NOT_FOUND);
    expect_pointer(algorithm, UNTOUCHED_HANDLE);
}
END_TEST

/* "compare exactly; case-insensitive matching on Windows is unconfirmed" */
START_TEST(an_algorithm_name_in_small_letters_is_not_found)
{
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, L"sha256", NULL, 0), STATUS_NOT_FOUND);
    expect_pointer(algorithm, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(a_name_that_only_begins_as_an_algorithm_is_not_found)
{
    BCRYPT_ALG_HANDLE algorithm;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, L"SHA2567", NULL, 0), STATUS_NOT_FOUND);
    expect_status(BCryptOpenAlgorithmProvider(&algorithm, L"SHA25", NULL, 0), STATUS_NOT_FOUND);
}
END_TEST

START_TEST(an_unknown_provider_is_not_found)
{
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_AES_ALGORITHM,
                                              L"No Such Provider", 0), STATUS_NOT_FOUND);
    expect_pointer(algorithm, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(opening_nothing_is_an_invalid_parameter)
{
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, NULL, NULL, 0),
                  STATUS_INVALID_PARAMETER);
    expect_pointer(algorithm, UNTOUCHED_HANDLE);
}
END_TEST

START_TEST(opening_into_nothing_is_an_invalid_parameter)
{
    expect_status(BCryptOpenAlgorithmProvider(NULL, BCRYPT_AES_ALGORITHM, NULL, 0),
                  STATUS_INVALID_PARAMETER);
}
END_TEST

/* --- handles.md, "Flags" ------------------------------------------------------------------ */

static const struct
{
    const WCHAR *id;
    ULONG flags;
} accepted_flags[] =
{
    { BCRYPT_MD2_ALGORITHM,      BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_MD4_ALGORITHM,      BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_MD5_ALGORITHM,      BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_SHA1_ALGORITHM,     BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_SHA256_ALGORITHM,   BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_SHA384_ALGORITHM,   BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_SHA512_ALGORITHM,   BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_SHA3_256_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_SHA3_384_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_SHA3_512_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_AES_CMAC_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_SHA1_ALGORITHM,     BCRYPT_ALG_HANDLE_HMAC_FLAG | BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG },
    { BCRYPT_SHA256_ALGORITHM,   BCRYPT_ALG_HANDLE_HMAC_FLAG | BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG },
    { BCRYPT_SHA384_ALGORITHM,   BCRYPT_ALG_HANDLE_HMAC_FLAG | BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG },
    { BCRYPT_SHA256_ALGORITHM,   BCRYPT_HASH_REUSABLE_FLAG },
    { BCRYPT_SHA256_ALGORITHM,   BCRYPT_HASH_REUSABLE_FLAG | BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_AES_CMAC_ALGORITHM, BCRYPT_HASH_REUSABLE_FLAG },
    { BCRYPT_SHA256_ALGORITHM,   BCRYPT_MULTI_FLAG },
    { BCRYPT_SHA384_ALGORITHM,   BCRYPT_MULTI_FLAG },
    { BCRYPT_SHA512_ALGORITHM,   BCRYPT_MULTI_FLAG },
    { BCRYPT_AES_ALGORITHM,      BCRYPT_CAPI_AES_FLAG },
    { BCRYPT_AES_ALGORITHM,      BCRYPT_EXTENDED_KEYSIZE },
    { BCRYPT_RC2_ALGORITHM,      BCRYPT_EXTENDED_KEYSIZE },
    { BCRYPT_RC4_ALGORITHM,      BCRYPT_EXTENDED_KEYSIZE },
};

START_TEST(a_flag_opens_the_algorithms_it_is_for)
{
    BCRYPT_ALG_HANDLE algorithm = NULL;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, accepted_flags[_i].id, NULL,
                                              accepted_flags[_i].flags), STATUS_SUCCESS);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
}
END_TEST

static const struct
{
    const WCHAR *id;
    ULONG flags;
} refused_flags[] =
{
    { BCRYPT_AES_ALGORITHM,    BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_RC4_ALGORITHM,    BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_RNG_ALGORITHM,    BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_AES_ALGORITHM,    0x80000000 },
    { BCRYPT_SHA256_ALGORITHM, 0x80000000 },
    { BCRYPT_SHA256_ALGORITHM, 0x00001000 },
    { BCRYPT_RNG_ALGORITHM,    0x80000000 },
};

START_TEST(a_flag_that_the_algorithm_does_not_know_is_not_supported)
{
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, refused_flags[_i].id, NULL,
                                              refused_flags[_i].flags), STATUS_NOT_SUPPORTED);
    expect_pointer(algorithm, UNTOUCHED_HANDLE);
}
END_TEST

/* "accept-and-ignore or NOT_SUPPORTED; no user program is known to pass it" */
START_TEST(the_dispatch_flag_is_ignored)
{
    BCRYPT_ALG_HANDLE algorithm = NULL;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_AES_ALGORITHM, NULL,
                                              BCRYPT_PROV_DISPATCH), STATUS_SUCCESS);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
}
END_TEST

/* For BCryptDeriveKeyCapi; encrypting is as ever. */
START_TEST(aes_opened_for_capi_is_aes)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_ALGORITHM, BCRYPT_CAPI_AES_FLAG);
    UCHAR iv[16], output[16];
    ULONG bytes;

    memcpy(iv, counting, 16);
    expect_property_wide(algorithm, BCRYPT_ALGORITHM_NAME, BCRYPT_AES_ALGORITHM);
    expect_encrypt(new_key(algorithm, counting, 16), STATUS_SUCCESS, .input = counting, .bytes = 16,
                   .iv = iv, .iv_bytes = 16, .output = output, .room = 16, .result = &bytes);
    expect_hex(output, 16, "c6a13b37878f5b826f4f8162a1c8d879");
}
END_TEST

/* Flags that are for other algorithms. */
static const struct
{
    const WCHAR *id;
    ULONG flags;
} misplaced_flags[] =
{
    { BCRYPT_SHAKE128_ALGORITHM,         BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_CSHAKE256_ALGORITHM,        BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_KMAC128_ALGORITHM,          BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_AES_GMAC_ALGORITHM,         BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_CHACHA20_POLY1305_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { BCRYPT_SHA1_ALGORITHM,             BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG },
    { BCRYPT_AES_CMAC_ALGORITHM,         BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG },
    { BCRYPT_AES_ALGORITHM,              BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG },
    { BCRYPT_AES_ALGORITHM,              BCRYPT_HASH_REUSABLE_FLAG },
    { BCRYPT_AES_ALGORITHM,              BCRYPT_MULTI_FLAG },
    { BCRYPT_RNG_ALGORITHM,              BCRYPT_HASH_REUSABLE_FLAG },
    { BCRYPT_RNG_ALGORITHM,              BCRYPT_EXTENDED_KEYSIZE },
    { BCRYPT_SHA256_ALGORITHM,           BCRYPT_EXTENDED_KEYSIZE },
    { BCRYPT_SHA256_ALGORITHM,           BCRYPT_CAPI_AES_FLAG },
    { BCRYPT_3DES_ALGORITHM,             BCRYPT_CAPI_AES_FLAG },
    { BCRYPT_XTS_AES_ALGORITHM,          BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS },
    { BCRYPT_MD2_ALGORITHM,              BCRYPT_ALG_HANDLE_HMAC_FLAG | BCRYPT_MULTI_FLAG },
    { BCRYPT_AES_GMAC_ALGORITHM,         BCRYPT_MULTI_FLAG },
};

START_TEST(a_flag_for_another_algorithm_is_not_supported)
{
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, misplaced_flags[_i].id, NULL,
                                              misplaced_flags[_i].flags), STATUS_NOT_SUPPORTED);
    expect_pointer(algorithm, UNTOUCHED_HANDLE);
}
END_TEST

static const WCHAR *const no_tls_verification[] =
{
    BCRYPT_MD2_ALGORITHM, BCRYPT_MD5_ALGORITHM, BCRYPT_SHA512_ALGORITHM, BCRYPT_SHA3_256_ALGORITHM
};

/* hash.md, section 6: "HMAC-SHA1, HMAC-SHA256, HMAC-SHA384 only" */
START_TEST(tls_verification_is_for_three_hashes_only)
{
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, no_tls_verification[_i], NULL,
                                              BCRYPT_ALG_HANDLE_HMAC_FLAG
                                              | BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG),
                  STATUS_NOT_SUPPORTED);
    expect_pointer(algorithm, UNTOUCHED_HANDLE);
}
END_TEST

/* --- handles.md, "BCryptCloseAlgorithmProvider" ------------------------------------------- */

START_TEST(a_closed_algorithm_is_refused)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_ALGORITHM, 0);

    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_INVALID_HANDLE);
}
END_TEST

/* "dwFlags must be 0" */
START_TEST(closing_with_a_flag_closes_nothing)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_ALGORITHM, 0);

    expect_status(BCryptCloseAlgorithmProvider(algorithm, 1), STATUS_INVALID_PARAMETER);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0x80000000), STATUS_INVALID_PARAMETER);
    expect_value(property_ulong(algorithm, BCRYPT_BLOCK_LENGTH), 16);
    expect_status(BCryptCloseAlgorithmProvider(NULL, 1), STATUS_INVALID_HANDLE);
    expect_status(BCryptCloseAlgorithmProvider(BCRYPT_AES_CBC_ALG_HANDLE, 1),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 1), STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(nothing_cannot_be_closed)
{
    expect_status(BCryptCloseAlgorithmProvider(NULL, 0), STATUS_INVALID_HANDLE);
}
END_TEST

START_TEST(a_pseudo_handle_cannot_be_closed)
{
    expect_status(BCryptCloseAlgorithmProvider(BCRYPT_SHA256_ALG_HANDLE, 0),
                  STATUS_INVALID_HANDLE);
    expect_status(BCryptCloseAlgorithmProvider(BCRYPT_AES_CBC_ALG_HANDLE, 0),
                  STATUS_INVALID_HANDLE);
    expect_value(property_ulong(BCRYPT_SHA256_ALG_HANDLE, BCRYPT_HASH_LENGTH), 32);
}
END_TEST

START_TEST(keys_work_on_after_their_algorithm_is_closed)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_ECB);
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, 16);
    UCHAR output[16];
    ULONG bytes;

    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 16, .output = output,
                   .room = 16, .result = &bytes);
    expect_hex(output, 16, "0a940bb5416ef045f1c39458c653ea5a");
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
}
END_TEST

START_TEST(hashes_work_on_after_their_algorithm_is_closed)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA1_ALGORITHM, 0);
    BCRYPT_HASH_HANDLE hash = new_hash(algorithm, NULL, 0, 0), duplicate;
    UCHAR digest[20];

    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
    expect_status(BCryptHashData(hash, (UCHAR *)"test", 5, 0), STATUS_SUCCESS);
    expect_status(BCryptDuplicateHash(hash, &duplicate, NULL, 0, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(hash), STATUS_SUCCESS);
    expect_status(BCryptFinishHash(duplicate, digest, 20, 0), STATUS_SUCCESS);
    expect_hex(digest, 20, "961fa64958818f767707072755d7018dcd278e94");
    expect_status(BCryptDestroyHash(duplicate), STATUS_SUCCESS);
}
END_TEST

START_TEST(an_algorithm_opened_twice_is_two_algorithms)
{
    BCRYPT_ALG_HANDLE first = open_cipher(BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_ECB);
    BCRYPT_ALG_HANDLE second = open_algorithm(BCRYPT_AES_ALGORITHM, 0);

    expect_true(first != second);
    set_mode(second, BCRYPT_CHAIN_MODE_GCM);
    expect_status(BCryptCloseAlgorithmProvider(second, 0), STATUS_SUCCESS);
    expect_status(BCryptGetProperty(first, BCRYPT_AUTH_TAG_LENGTH, NULL, 0, &(ULONG){ 0 }, 0),
                  STATUS_NOT_SUPPORTED);
}
END_TEST

/* What was set on a handle goes with it: the next one is as new, whatever it is made of. */
START_TEST(a_newly_opened_algorithm_knows_nothing_of_one_that_was_closed)
{
    BCRYPT_ALG_HANDLE algorithm = open_cipher(BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_GCM);
    ULONG bits = 40;
    WCHAR mode[32];

    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
    algorithm = open_algorithm(BCRYPT_AES_ALGORITHM, 0);
    expect_status(BCryptGetProperty(algorithm, BCRYPT_CHAINING_MODE, (UCHAR *)mode, sizeof(mode),
                                    &(ULONG){ 0 }, 0), STATUS_SUCCESS);
    expect_wide(mode, BCRYPT_CHAIN_MODE_CBC);

    algorithm = open_algorithm(BCRYPT_RC2_ALGORITHM, 0);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH, (UCHAR *)&bits, 4, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
    algorithm = open_algorithm(BCRYPT_RC2_ALGORITHM, 0);
    expect_value(property_ulong(algorithm, BCRYPT_EFFECTIVE_KEY_LENGTH), 128);
}
END_TEST

static const struct
{
    const WCHAR *id;
    ULONG flags;
    const WCHAR *property;
} flagged[] =
{
    { BCRYPT_SHA256_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, BCRYPT_IS_KEYED_HASH },
    { BCRYPT_SHA256_ALGORITHM, BCRYPT_HASH_REUSABLE_FLAG,   BCRYPT_IS_REUSABLE_HASH },
    { BCRYPT_SHA512_ALGORITHM, BCRYPT_MULTI_FLAG,           BCRYPT_IS_REUSABLE_HASH },
};

START_TEST(flags_are_for_one_handle_alone)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(flagged[_i].id, flagged[_i].flags);
    BCRYPT_ALG_HANDLE plain = open_algorithm(flagged[_i].id, 0);

    expect_value(property_ulong(algorithm, flagged[_i].property), 1);
    expect_value(property_ulong(plain, flagged[_i].property), 0);
    expect_status(BCryptCloseAlgorithmProvider(algorithm, 0), STATUS_SUCCESS);
    expect_value(property_ulong(open_algorithm(flagged[_i].id, 0), flagged[_i].property), 0);
    expect_value(property_ulong(open_algorithm(flagged[_i].id, flagged[_i].flags),
                                flagged[_i].property), 1);
}
END_TEST

/* An HMAC's object is larger than its hash's, in whatever order they were asked. */
START_TEST(the_size_of_an_object_goes_with_the_flags)
{
    ULONG hash = property_ulong(open_algorithm(BCRYPT_SHA384_ALGORITHM, 0), BCRYPT_OBJECT_LENGTH);
    ULONG hmac = property_ulong(open_algorithm(BCRYPT_SHA384_ALGORITHM,
                                               BCRYPT_ALG_HANDLE_HMAC_FLAG), BCRYPT_OBJECT_LENGTH);
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_SHA384_ALGORITHM, 0);
    BCRYPT_HASH_HANDLE made = NULL;
    UCHAR object[2048];

    expect_value(property_ulong(algorithm, BCRYPT_OBJECT_LENGTH), hash);
    expect_status(BCryptCreateHash(algorithm, &made, object, hash, NULL, 0, 0), STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(made), STATUS_SUCCESS);
    algorithm = open_algorithm(BCRYPT_SHA384_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG);
    expect_value(property_ulong(algorithm, BCRYPT_OBJECT_LENGTH), hmac);
    expect_status(BCryptCreateHash(algorithm, &made, object, hmac - 1, (UCHAR *)"key", 4, 0),
                  STATUS_BUFFER_TOO_SMALL);
    expect_status(BCryptCreateHash(algorithm, &made, object, hmac, (UCHAR *)"key", 4, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptDestroyHash(made), STATUS_SUCCESS);
}
END_TEST

/* The name decides each time, not what was opened before. */
START_TEST(names_that_begin_alike_are_told_apart)
{
    static const WCHAR *const names[] =
    {
        BCRYPT_3DES_ALGORITHM, BCRYPT_3DES_112_ALGORITHM, BCRYPT_DES_ALGORITHM,
        BCRYPT_DESX_ALGORITHM, BCRYPT_AES_ALGORITHM, BCRYPT_AES_CMAC_ALGORITHM,
        BCRYPT_AES_GMAC_ALGORITHM, BCRYPT_SHA384_ALGORITHM, BCRYPT_SHA3_384_ALGORITHM,
        BCRYPT_SHAKE128_ALGORITHM, BCRYPT_CSHAKE128_ALGORITHM,
    };
    BCRYPT_ALG_HANDLE algorithm = UNTOUCHED_HANDLE;
    size_t i;

    for (i = 0; i < 2 * ARRAY_SIZE(names); i++)
    {
        const WCHAR *name = names[i * 7 % ARRAY_SIZE(names)];

        expect_property_wide(open_algorithm(name, 0), BCRYPT_ALGORITHM_NAME, name);
        expect_status(BCryptOpenAlgorithmProvider(&algorithm, L"3DES_11", NULL, 0),
                      STATUS_NOT_FOUND);
        expect_property_wide(open_algorithm(name, 0), BCRYPT_ALGORITHM_NAME, name);
        expect_status(BCryptOpenAlgorithmProvider(&algorithm, name, L"No Such Provider", 0),
                      STATUS_NOT_FOUND);
    }
    expect_pointer(algorithm, UNTOUCHED_HANDLE);
}
END_TEST

/* handles.md, "Pseudo-handles": "real handles are never 1 mod 16" */
START_TEST(real_handles_are_never_like_pseudo_handles)
{
    BCRYPT_ALG_HANDLE algorithm = open_algorithm(BCRYPT_AES_ALGORITHM, 0);
    BCRYPT_KEY_HANDLE key = new_key(algorithm, counting, 16);
    BCRYPT_HASH_HANDLE hash = new_hash(BCRYPT_SHA256_ALG_HANDLE, NULL, 0, 0);

    expect_true((ULONG_PTR)algorithm % 16 != 1);
    expect_true((ULONG_PTR)key % 16 != 1);
    expect_true((ULONG_PTR)hash % 16 != 1);
}
END_TEST

void algorithm_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_rows(tests, every_algorithm_opens_and_closes, algorithms);
    add_rows(tests, every_algorithm_opens_at_the_primitive_provider_by_name, algorithms);
    add_rows(tests, every_algorithm_says_its_name_and_type, algorithms);
    add_test(tests, an_unknown_algorithm_is_not_found);
    add_test(tests, an_empty_algorithm_name_is_not_found);
    add_test(tests, a_name_that_only_begins_as_an_algorithm_is_not_found);
    add_test(tests, an_unknown_provider_is_not_found);
    add_test(tests, opening_nothing_is_an_invalid_parameter);
    add_test(tests, opening_into_nothing_is_an_invalid_parameter);
    add_rows(tests, a_flag_opens_the_algorithms_it_is_for, accepted_flags);
    add_rows(tests, a_flag_that_the_algorithm_does_not_know_is_not_supported, refused_flags);
    add_test(tests, a_closed_algorithm_is_refused);
    add_test(tests, nothing_cannot_be_closed);
    add_test(tests, a_pseudo_handle_cannot_be_closed);
    add_test(tests, keys_work_on_after_their_algorithm_is_closed);
    add_test(tests, hashes_work_on_after_their_algorithm_is_closed);
    add_test(tests, an_algorithm_opened_twice_is_two_algorithms);
    add_test(tests, real_handles_are_never_like_pseudo_handles);
    add_test(tests, a_newly_opened_algorithm_knows_nothing_of_one_that_was_closed);
    add_rows(tests, flags_are_for_one_handle_alone, flagged);
    add_test(tests, the_size_of_an_object_goes_with_the_flags);
    add_test(tests, names_that_begin_alike_are_told_apart);

    tests = ours(suite);
    add_test(tests, an_algorithm_name_in_small_letters_is_not_found);
    add_test(tests, the_dispatch_flag_is_ignored);
    add_rows(tests, tls_verification_is_for_three_hashes_only, no_tls_verification);
    add_test(tests, closing_with_a_flag_closes_nothing);
    add_test(tests, aes_opened_for_capi_is_aes);
    add_rows(tests, a_flag_for_another_algorithm_is_not_supported, misplaced_flags);
}
