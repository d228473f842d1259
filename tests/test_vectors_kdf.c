/*
 * test_vectors_kdf.c - published vectors of the key derivation functions.
 *
 * SPDX-License-Identifier: MIT
 */

#include "kdf_parameters.h"
#include "vectors.h"

static BCRYPT_ALG_HANDLE open_kept(const WCHAR *id, ULONG flags)
{
    BCRYPT_ALG_HANDLE algorithm;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, id, NULL, flags), STATUS_SUCCESS);
    keep_algorithm(algorithm);
    return algorithm;
}

/* Derives from the secret; true if the answer is as long as asked for and the published one. */
static NTSTATUS derive(struct vectors *v, BCRYPT_ALG_HANDLE algorithm, struct bytes secret,
                       struct parameters *parameters, struct bytes expected, bool *matches)
{
    UCHAR *actual = vectors_room(v, expected.size);
    BCRYPT_KEY_HANDLE key;
    ULONG result = 0;
    NTSTATUS status = BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, secret.data, secret.size,
                                                 0);

    *matches = false;
    if (status) return status;
    status = BCryptKeyDerivation(key, &parameters->list, actual, expected.size, &result, 0);
    *matches = result == expected.size && same(actual, expected);
    BCryptDestroyKey(key);
    return status;
}

START_TEST(published_hkdf_keys)                     /* RFC 5869, Wycheproof, Botan */
{
    struct vectors *v = vectors_start("hkdf", _i);
    BCRYPT_ALG_HANDLE algorithm = open_kept(BCRYPT_HKDF_ALGORITHM, 0);

    while (vectors_next(v))
    {
        struct bytes ikm = vectors_bytes(v, "ikm"), salt = vectors_bytes(v, "salt");
        struct bytes info = vectors_bytes(v, "info"), expected = vectors_bytes(v, "okm");
        const WCHAR *hash = vectors_wide(v, "alg");
        ULONG size = vectors_number(v, "size", 0), result = 0;
        UCHAR *actual = vectors_room(v, size);
        struct parameters parameters = { 0 };
        BCRYPT_KEY_HANDLE key = NULL;
        NTSTATUS status = BCryptGenerateSymmetricKey(algorithm, &key, NULL, 0, ikm.data, ikm.size,
                                                     0);

        add_parameter(&parameters, KDF_HKDF_INFO, info.data, info.size);
        if (!status)
        {
            status = BCryptSetProperty(key, BCRYPT_HKDF_HASH_ALGORITHM, (UCHAR *)(WCHAR *)hash,
                                       wide_bytes(hash), 0);
        }
        if (!status)
        {
            status = BCryptSetProperty(key, BCRYPT_HKDF_SALT_AND_FINALIZE,
                                       salt.size ? salt.data : NULL, salt.size, 0);
        }
        if (!status)
        {
            status = BCryptKeyDerivation(key, &parameters.list, actual, size, &result, 0);
        }
        vectors_judge_as(v, status, result == expected.size && same(actual, expected),
                         STATUS_INVALID_PARAMETER);
        if (key) BCryptDestroyKey(key);
    }
    vectors_finish(v);
}
END_TEST

START_TEST(published_pbkdf2_keys)                   /* RFC 6070, Wycheproof, OpenSSL, Botan */
{
    struct vectors *v = vectors_start("pbkdf2", _i);
    BCRYPT_ALG_HANDLE prf, algorithm = open_kept(BCRYPT_PBKDF2_ALGORITHM, 0);
    NTSTATUS opened;

    vectors_next(v);
    opened = BCryptOpenAlgorithmProvider(&prf, vectors_wide(v, "alg"), NULL,
                                         BCRYPT_ALG_HANDLE_HMAC_FLAG);
    if (opened)
    {
        if (!vectors_absent(v, opened)) vectors_finish(v);
        return;
    }
    keep_algorithm(prf);
    do
    {
        struct bytes password = vectors_bytes(v, "password"), salt = vectors_bytes(v, "salt");
        struct bytes expected = vectors_bytes(v, "dk");
        ULONGLONG count = vectors_number(v, "count", 0);
        UCHAR *actual = vectors_room(v, expected.size);
        struct parameters parameters = { 0 };
        NTSTATUS status;
        bool matches;

        status = BCryptDeriveKeyPBKDF2(prf, password.data, password.size, salt.data, salt.size,
                                       count, actual, expected.size, 0);
        vectors_judge(v, status, same(actual, expected));

        if (count > 1000000) continue;              /* once is enough for RFC 6070's longest */
        add_hash(&parameters, vectors_wide(v, "alg"));
        add_parameter(&parameters, KDF_SALT, salt.data, salt.size);
        add_parameter(&parameters, KDF_ITERATION_COUNT, &count, sizeof(count));
        status = derive(v, algorithm, password, &parameters, expected, &matches);
        vectors_judge(v, status, matches);
    } while (vectors_next(v));
    vectors_finish(v);
}
END_TEST

/* The label, a zero byte and the context are one buffer as well. */
START_TEST(published_sp800_108_keys)                /* RFC 8009, SMB 3.0, Botan */
{
    struct vectors *v = vectors_start("sp800-108", _i);
    BCRYPT_ALG_HANDLE algorithm = open_kept(BCRYPT_SP800108_CTR_HMAC_ALGORITHM, 0);

    while (vectors_next(v))
    {
        struct bytes secret = vectors_bytes(v, "key"), label = vectors_bytes(v, "label");
        struct bytes context = vectors_bytes(v, "context"), expected = vectors_bytes(v, "okey");
        UCHAR *both = vectors_room(v, label.size + 1 + context.size);
        struct parameters parameters = { 0 }, generic = { 0 };
        NTSTATUS status;
        bool matches;

        add_hash(&parameters, vectors_wide(v, "hash"));
        add_parameter(&parameters, KDF_LABEL, label.data, label.size);
        add_parameter(&parameters, KDF_CONTEXT, context.data, context.size);
        status = derive(v, algorithm, secret, &parameters, expected, &matches);
        vectors_judge(v, status, matches);

        memcpy(both, label.data, label.size);
        both[label.size] = 0;
        memcpy(both + label.size + 1, context.data, context.size);
        add_hash(&generic, vectors_wide(v, "hash"));
        add_parameter(&generic, KDF_GENERIC_PARAMETER, both, label.size + 1 + context.size);
        status = derive(v, algorithm, secret, &generic, expected, &matches);
        vectors_judge(v, status, matches);
    }
    vectors_finish(v);
}
END_TEST

/* What the two parties put in is hashed in a row: the published whole can stand in any part. */
START_TEST(published_concatenation_keys)            /* SP 800-56A, KASVS, ACVP */
{
    struct vectors *v = vectors_start("concat", _i);
    BCRYPT_ALG_HANDLE algorithm = open_kept(BCRYPT_SP80056A_CONCAT_ALGORITHM, 0);

    while (vectors_next(v))
    {
        struct bytes secret = vectors_bytes(v, "secret"), context = vectors_bytes(v, "context");
        struct bytes expected = vectors_bytes(v, "okey");
        struct parameters parts = { 0 }, generic = { 0 };
        ULONG first = context.size / 3, second = context.size / 2;
        NTSTATUS status;
        bool matches;

        if (vectors_lacks_hash(v)) continue;
        add_hash(&parts, vectors_wide(v, "hash"));
        add_parameter(&parts, KDF_ALGORITHMID, context.data, first);
        add_parameter(&parts, KDF_PARTYUINFO, context.data + first, second - first);
        add_parameter(&parts, KDF_PARTYVINFO, context.data + second, context.size - second);
        status = derive(v, algorithm, secret, &parts, expected, &matches);
        vectors_judge(v, status, matches);

        add_hash(&generic, vectors_wide(v, "hash"));
        add_parameter(&generic, KDF_GENERIC_PARAMETER, context.data, context.size);
        status = derive(v, algorithm, secret, &generic, expected, &matches);
        vectors_judge(v, status, matches);
    }
    vectors_finish(v);
}
END_TEST

START_TEST(published_tls_keys)                      /* SP 800-135, the TLS working group, Botan */
{
    struct vectors *v = vectors_start("tls-prf", _i);
    BCRYPT_ALG_HANDLE old = open_kept(BCRYPT_TLS1_1_KDF_ALGORITHM, 0);
    BCRYPT_ALG_HANDLE new = open_kept(BCRYPT_TLS1_2_KDF_ALGORITHM, 0);

    while (vectors_next(v))
    {
        struct bytes secret = vectors_bytes(v, "secret"), label = vectors_bytes(v, "label");
        struct bytes seed = vectors_bytes(v, "seed"), expected = vectors_bytes(v, "okey");
        bool hashed = strcmp(vectors_text(v, "hash", "none"), "none");
        struct parameters parameters = { 0 };
        NTSTATUS status;
        bool matches;

        if (hashed) add_hash(&parameters, vectors_wide(v, "hash"));
        add_parameter(&parameters, KDF_TLS_PRF_LABEL, label.data, label.size);
        add_parameter(&parameters, KDF_TLS_PRF_SEED, seed.data, seed.size);
        status = derive(v, hashed ? new : old, secret, &parameters, expected, &matches);
        vectors_judge(v, status, matches);
    }
    vectors_finish(v);
}
END_TEST

/* CAPI_KDF derives from the hash of its secret, BCryptDeriveKeyCapi from the hash itself. */
START_TEST(published_capi_keys)
{
    struct vectors *v = vectors_start("capi", _i);
    BCRYPT_ALG_HANDLE hashes, algorithm = open_kept(BCRYPT_CAPI_KDF_ALGORITHM, 0);

    vectors_next(v);
    hashes = open_kept(vectors_wide(v, "alg"), 0);
    do
    {
        struct bytes message = vectors_bytes(v, "msg"), expected = vectors_bytes(v, "okey");
        UCHAR *actual = vectors_room(v, expected.size);
        BCRYPT_HASH_HANDLE hash = new_hash(hashes, NULL, 0, 0);
        struct parameters parameters = { 0 };
        NTSTATUS status;
        bool matches;

        expect_status(BCryptHashData(hash, message.data, message.size, 0), STATUS_SUCCESS);
        status = BCryptDeriveKeyCapi(hash, NULL, actual, expected.size, 0);
        vectors_judge(v, status, same(actual, expected));
        BCryptDestroyHash(hash);

        add_hash(&parameters, vectors_wide(v, "alg"));
        status = derive(v, algorithm, message, &parameters, expected, &matches);
        vectors_judge(v, status, matches);
    } while (vectors_next(v));
    vectors_finish(v);
}
END_TEST

void vectors_kdf_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_sections(tests, published_hkdf_keys, "hkdf");
    add_sections(tests, published_pbkdf2_keys, "pbkdf2");
    add_sections(tests, published_sp800_108_keys, "sp800-108");
    add_sections(tests, published_concatenation_keys, "concat");
    add_sections(tests, published_tls_keys, "tls-prf");
    add_sections(tests, published_capi_keys, "capi");
}
