/*
 * test_vectors_dsa.c - published vectors of DSA and of finite-field Diffie-Hellman.
 *
 * SPDX-License-Identifier: MIT
 */

#include "kdf_parameters.h"
#include "vectors.h"

#define GROUP_MOST 32

static UCHAR *put(UCHAR *at, struct bytes bytes)
{
    memcpy(at, bytes.data, bytes.size);
    return at + bytes.size;
}

static BCRYPT_ALG_HANDLE open_kept(const WCHAR *id)
{
    BCRYPT_ALG_HANDLE algorithm;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, id, NULL, 0), STATUS_SUCCESS);
    keep_algorithm(algorithm);
    return algorithm;
}

/* A count and a seed; parameters that come without say so with all bits set. */
static UCHAR *put_count(struct vectors *v, UCHAR *at)
{
    ULONG count = vectors_number(v, "counter", 0xffffffff);
    int shift;

    for (shift = 24; shift >= 0; shift -= 8) *at++ = (UCHAR)(count >> shift);
    return at;
}

static UCHAR *put_seed(struct vectors *v, UCHAR *at, ULONG bytes)
{
    if (!vectors_has(v, "seed"))
    {
        memset(at, 0xff, bytes);
        return at + bytes;
    }
    expect_value(vectors_bytes(v, "seed").size, bytes);
    return put(at, vectors_bytes(v, "seed"));
}

/* The case's key, with x if it has one and that is wanted. */
static NTSTATUS import_dsa(struct vectors *v, BCRYPT_ALG_HANDLE algorithm, bool private,
                           BCRYPT_KEY_HANDLE *key)
{
    struct bytes p = vectors_bytes(v, "p"), q = vectors_bytes(v, "q"), g = vectors_bytes(v, "g");
    struct bytes y = vectors_bytes(v, "y");
    UCHAR *blob = vectors_room(v, sizeof(BCRYPT_DSA_KEY_BLOB) + 3 * GROUP_MOST + 3 * p.size), *end;
    NTSTATUS status;

    expect_at_most(q.size, GROUP_MOST);
    if (p.size <= 128)
    {
        BCRYPT_DSA_KEY_BLOB *header = (BCRYPT_DSA_KEY_BLOB *)(void *)blob;

        header->dwMagic = private ? BCRYPT_DSA_PRIVATE_MAGIC : BCRYPT_DSA_PUBLIC_MAGIC;
        header->cbKey = p.size;
        put_count(v, header->Count);
        put_seed(v, header->Seed, sizeof(header->Seed));
        expect_value(q.size, sizeof(header->q));
        memcpy(header->q, q.data, q.size);
        end = (UCHAR *)(header + 1);
    }
    else
    {
        BCRYPT_DSA_KEY_BLOB_V2 *header = (BCRYPT_DSA_KEY_BLOB_V2 *)(void *)blob;

        header->dwMagic = private ? BCRYPT_DSA_PRIVATE_MAGIC_V2 : BCRYPT_DSA_PUBLIC_MAGIC_V2;
        header->cbKey = p.size;
        header->hashAlgorithm = DSA_HASH_ALGORITHM_SHA256;
        header->standardVersion = DSA_FIPS186_3;
        header->cbSeedLength = q.size;
        header->cbGroupSize = q.size;
        put_count(v, header->Count);
        end = put(put_seed(v, (UCHAR *)(header + 1), q.size), q);
    }
    end = put(put(put(end, p), g), y);
    if (private) end = put(end, vectors_bytes(v, "x"));
    status = BCryptImportKeyPair(algorithm, NULL,
                                 private ? BCRYPT_DSA_PRIVATE_BLOB : BCRYPT_DSA_PUBLIC_BLOB, key,
                                 blob, (ULONG)(end - blob), 0);
    if (!status) keep_key(*key);
    return status;
}

START_TEST(published_dsa_groups_are_checked)        /* DSAVS, PQGVer and PQGGen */
{
    struct vectors *v = vectors_start("dsa-domain", _i);
    BCRYPT_ALG_HANDLE algorithm = open_kept(BCRYPT_DSA_ALGORITHM);

    while (vectors_next(v))
    {
        BCRYPT_KEY_HANDLE key;
        NTSTATUS status = import_dsa(v, algorithm, false, &key);

        vectors_judge_as(v, status, true, STATUS_INVALID_PARAMETER);
        if (!status) BCryptDestroyKey(key);
    }
    vectors_finish(v);
}
END_TEST

/* What x signs, y verifies. */
START_TEST(published_dsa_pairs_sign)                /* DSAVS, KeyPair */
{
    struct vectors *v = vectors_start("dsa-pair", _i);
    BCRYPT_ALG_HANDLE algorithm = open_kept(BCRYPT_DSA_ALGORITHM);

    while (vectors_next(v))
    {
        UCHAR digest[GROUP_MOST] = { 1 }, signature[2 * GROUP_MOST];
        ULONG bytes = vectors_bytes(v, "q").size, result = 0;
        BCRYPT_KEY_HANDLE mine = NULL, theirs = NULL;
        NTSTATUS status = import_dsa(v, algorithm, true, &mine);

        if (!status)
        {
            status = BCryptSignHash(mine, NULL, digest, bytes, signature, sizeof(signature),
                                    &result, 0);
        }
        if (!status) status = import_dsa(v, algorithm, false, &theirs);
        if (!status)
        {
            status = BCryptVerifySignature(theirs, NULL, digest, bytes, signature, result, 0);
        }
        vectors_judge(v, status, result == 2 * bytes);
        if (mine) BCryptDestroyKey(mine);
        if (theirs) BCryptDestroyKey(theirs);
    }
    vectors_finish(v);
}
END_TEST

START_TEST(published_dsa_signatures_verify)         /* DSAVS, Wycheproof */
{
    struct vectors *v = vectors_start("dsa", _i);
    BCRYPT_ALG_HANDLE algorithm = open_kept(BCRYPT_DSA_ALGORITHM);

    while (vectors_next(v))
    {
        struct bytes digest = vectors_bytes(v, "digest"), signature = vectors_bytes(v, "sig");
        ULONG group = vectors_bytes(v, "q").size;
        UCHAR numbers[2 * GROUP_MOST];
        BCRYPT_KEY_HANDLE key = NULL;
        NTSTATUS status = import_dsa(v, algorithm, false, &key);

        if (!status && !strcmp(vectors_text(v, "form", ""), "der"))
        {
            if (!signature_from_der(signature, numbers, group)) status = STATUS_INVALID_SIGNATURE;
            signature.data = numbers;
            signature.size = 2 * group;
        }
        if (!status)
        {
            status = BCryptVerifySignature(key, NULL, digest.data, digest.size, signature.data,
                                           signature.size, 0);
        }
        vectors_judge(v, status, true);
        if (key) BCryptDestroyKey(key);
    }
    vectors_finish(v);
}
END_TEST

/* P, G, Y and perhaps X, each as long as P. */
static NTSTATUS import_dh(struct vectors *v, BCRYPT_ALG_HANDLE algorithm, struct bytes y,
                          const struct bytes *x, BCRYPT_KEY_HANDLE *key)
{
    struct bytes p = vectors_bytes(v, "p"), g = vectors_bytes(v, "g");
    BCRYPT_DH_KEY_BLOB *blob = (void *)vectors_room(v, sizeof(*blob) + 4 * p.size);
    UCHAR *end = put(put(put((UCHAR *)(blob + 1), p), g), y);
    NTSTATUS status;

    blob->dwMagic = x ? BCRYPT_DH_PRIVATE_MAGIC : BCRYPT_DH_PUBLIC_MAGIC;
    blob->cbKey = p.size;
    if (x)
    {
        memset(end, 0, p.size - x->size);
        end = put(end + p.size - x->size, *x);
    }
    status = BCryptImportKeyPair(algorithm, NULL,
                                 x ? BCRYPT_DH_PRIVATE_BLOB : BCRYPT_DH_PUBLIC_BLOB, key,
                                 (UCHAR *)blob, (ULONG)(end - (UCHAR *)blob), 0);
    if (!status) keep_key(*key);
    return status;
}

/* The case's secret: its hash, or it itself, which CNG hands out last byte first. */
static NTSTATUS derive(struct vectors *v, BCRYPT_SECRET_HANDLE secret, struct bytes expected,
                       bool *matches)
{
    UCHAR *actual = vectors_room(v, expected.size);
    struct parameters parameters = { 0 };
    bool hashed = vectors_has(v, "hash");
    ULONG result = 0, i, different = 0;
    NTSTATUS status;

    if (hashed) add_hash(&parameters, vectors_wide(v, "hash"));
    status = BCryptDeriveKey(secret, hashed ? BCRYPT_KDF_HASH : BCRYPT_KDF_RAW_SECRET,
                             hashed ? &parameters.list : NULL, actual, expected.size, &result, 0);
    for (i = 0; !status && i < expected.size; i++)
    {
        different += actual[i] != expected.data[hashed ? i : expected.size - 1 - i];
    }
    *matches = result == expected.size && !different;
    return status;
}

START_TEST(published_dh_secrets)                    /* KASVS, FFC */
{
    struct vectors *v = vectors_start("dh", _i);
    BCRYPT_ALG_HANDLE algorithm = open_kept(BCRYPT_DH_ALGORITHM);

    while (vectors_next(v))
    {
        struct bytes x = vectors_bytes(v, "x"), own = vectors_bytes(v, "own");
        struct bytes y = vectors_bytes(v, "y");
        BCRYPT_KEY_HANDLE mine = NULL, theirs = NULL;
        BCRYPT_SECRET_HANDLE secret = NULL;
        NTSTATUS status = import_dh(v, algorithm, own, &x, &mine);
        bool matches = false;

        if (!status) status = import_dh(v, algorithm, y, NULL, &theirs);
        if (!status) status = BCryptSecretAgreement(mine, theirs, &secret, 0);
        if (!status) status = derive(v, secret, vectors_bytes(v, "secret"), &matches);
        vectors_judge(v, status, matches);
        if (secret) BCryptDestroySecret(secret);
        if (mine) BCryptDestroyKey(mine);
        if (theirs) BCryptDestroyKey(theirs);
    }
    vectors_finish(v);
}
END_TEST

void vectors_dsa_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_sections(tests, published_dsa_signatures_verify, "dsa");
    add_sections(tests, published_dsa_groups_are_checked, "dsa-domain");
    add_sections(tests, published_dsa_pairs_sign, "dsa-pair");
    add_sections(tests, published_dh_secrets, "dh");
}
