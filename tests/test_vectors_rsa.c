/*
 * test_vectors_rsa.c - published vectors of RSA: signatures, PSS, decryption with OAEP and PKCS #1.
 *
 * SPDX-License-Identifier: MIT
 */

#include "vectors.h"

struct rsa_test
{
    struct vectors *v;
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_KEY_HANDLE key;
    NTSTATUS import;
};

static UCHAR *put(UCHAR *at, struct bytes bytes)
{
    memcpy(at, bytes.data, bytes.size);
    return at + bytes.size;
}

static ULONG bit_length(struct bytes n)
{
    ULONG bits = n.size * 8;
    UCHAR top = n.data[0];

    while (!(top & 0x80))
    {
        top = (UCHAR)(top << 1);
        bits--;
    }
    return bits;
}

/* Windows takes exponents of up to eight bytes. */
static void import_key(struct rsa_test *t, bool private)
{
    struct bytes n = vectors_bytes(t->v, "n"), e = vectors_bytes(t->v, "e"), p = { 0 }, q = { 0 };
    BCRYPT_RSAKEY_BLOB *blob;
    UCHAR *end;

    if (private)
    {
        p = vectors_bytes(t->v, "p");
        q = vectors_bytes(t->v, "q");
    }
    if (t->key) BCryptDestroyKey(t->key);
    t->key = NULL;

    blob = (void *)vectors_room(t->v, sizeof(*blob) + e.size + n.size + p.size + q.size);
    blob->Magic = private ? BCRYPT_RSAPRIVATE_MAGIC : BCRYPT_RSAPUBLIC_MAGIC;
    blob->BitLength = bit_length(n);
    blob->cbPublicExp = e.size;
    blob->cbModulus = n.size;
    blob->cbPrime1 = p.size;
    blob->cbPrime2 = q.size;
    end = put(put((UCHAR *)(blob + 1), e), n);
    if (private) end = put(put(end, p), q);
    t->import = BCryptImportKeyPair(t->algorithm, NULL,
                                    private ? BCRYPT_RSAPRIVATE_BLOB : BCRYPT_RSAPUBLIC_BLOB,
                                    &t->key, (UCHAR *)blob, (ULONG)(end - (UCHAR *)blob), 0);
    if (!t->import) keep_key(t->key);
}

static void start(struct rsa_test *t, const char *kind, int section)
{
    memset(t, 0, sizeof(*t));
    t->v = vectors_start(kind, section);
    expect_status(BCryptOpenAlgorithmProvider(&t->algorithm, BCRYPT_RSA_ALGORITHM, NULL, 0),
                  STATUS_SUCCESS);
    keep_algorithm(t->algorithm);
}

/* The next case, with its key, which stands in the group. */
static bool next(struct rsa_test *t, bool private)
{
    do
    {
        if (!vectors_next(t->v)) return false;
        if (vectors_group_changed(t->v)) import_key(t, private);
    } while (vectors_lacks_hash(t->v));
    return true;
}

static const WCHAR *hash_name(struct vectors *v)
{
    return strcmp(vectors_text(v, "hash", ""), "none") ? vectors_wide(v, "hash") : NULL;
}

START_TEST(published_pkcs1_signatures_verify)       /* RSAVS, Wycheproof */
{
    struct rsa_test t;

    start(&t, "rsa-verify", _i);
    while (next(&t, false))
    {
        struct bytes digest = vectors_bytes(t.v, "digest"), signature = vectors_bytes(t.v, "sig");
        BCRYPT_PKCS1_PADDING_INFO info = { hash_name(t.v) };
        NTSTATUS status = t.import;

        if (!status)
        {
            status = BCryptVerifySignature(t.key, &info, digest.data, digest.size, signature.data,
                                           signature.size, BCRYPT_PAD_PKCS1);
        }
        vectors_judge(t.v, status, true);
    }
    vectors_finish(t.v);
}
END_TEST

START_TEST(published_pkcs1_signatures_are_made)     /* Wycheproof */
{
    struct rsa_test t;

    start(&t, "rsa-sign", _i);
    while (next(&t, true))
    {
        struct bytes digest = vectors_bytes(t.v, "digest"), signature = vectors_bytes(t.v, "sig");
        UCHAR *actual = vectors_room(t.v, signature.size);
        BCRYPT_PKCS1_PADDING_INFO info = { hash_name(t.v) };
        NTSTATUS status = t.import;
        ULONG result = 0;

        if (!status)
        {
            status = BCryptSignHash(t.key, &info, digest.data, digest.size, actual, signature.size,
                                    &result, BCRYPT_PAD_PKCS1);
        }
        vectors_judge(t.v, status, result == signature.size && same(actual, signature));
    }
    vectors_finish(t.v);
}
END_TEST

START_TEST(published_pss_signatures_verify)         /* RSAVS, Wycheproof */
{
    struct rsa_test t;

    start(&t, "rsa-pss", _i);
    while (next(&t, false))
    {
        struct bytes digest = vectors_bytes(t.v, "digest"), signature = vectors_bytes(t.v, "sig");
        BCRYPT_PSS_PADDING_INFO info = { hash_name(t.v), vectors_number(t.v, "salt_bytes", 0) };
        NTSTATUS status = t.import;

        if (!status)
        {
            status = BCryptVerifySignature(t.key, &info, digest.data, digest.size, signature.data,
                                           signature.size, BCRYPT_PAD_PSS);
        }
        vectors_judge(t.v, status, true);
    }
    vectors_finish(t.v);
}
END_TEST

/* The size query runs the whole decryption, and gives the message's own length. */
static void decrypt_case(struct rsa_test *t, void *info, ULONG flags)
{
    struct bytes cipher = vectors_bytes(t->v, "ct"), plain = vectors_bytes(t->v, "msg");
    UCHAR *actual = vectors_room(t->v, plain.size + 1);
    ULONG queried = 0, result = 0;
    NTSTATUS status = t->import;

    if (!status)
    {
        status = BCryptDecrypt(t->key, cipher.data, cipher.size, info, NULL, 0, NULL, 0, &queried,
                               flags);
    }
    if (!status)
    {
        status = BCryptDecrypt(t->key, cipher.data, cipher.size, info, NULL, 0, actual,
                               plain.size + 1, &result, flags);
    }
    vectors_judge_as(t->v, status, queried == plain.size && result == plain.size &&
                                   same(actual, plain), STATUS_INVALID_PARAMETER);
}

START_TEST(published_oaep_ciphertexts_decrypt)      /* Wycheproof */
{
    struct rsa_test t;

    start(&t, "rsa-oaep", _i);
    while (next(&t, true))
    {
        struct bytes label = vectors_bytes(t.v, "label");
        BCRYPT_OAEP_PADDING_INFO info = { hash_name(t.v), NULL, label.size };

        if (label.size) info.pbLabel = label.data;
        decrypt_case(&t, &info, BCRYPT_PAD_OAEP);
    }
    vectors_finish(t.v);
}
END_TEST

START_TEST(published_pkcs1_ciphertexts_decrypt)     /* Wycheproof */
{
    struct rsa_test t;

    start(&t, "rsa-decrypt", _i);
    while (next(&t, true)) decrypt_case(&t, NULL, BCRYPT_PAD_PKCS1);
    vectors_finish(t.v);
}
END_TEST

void vectors_rsa_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_sections(tests, published_pkcs1_signatures_verify, "rsa-verify");
    add_sections(tests, published_pkcs1_signatures_are_made, "rsa-sign");
    add_sections(tests, published_pss_signatures_verify, "rsa-pss");
    add_sections(tests, published_oaep_ciphertexts_decrypt, "rsa-oaep");
    add_sections(tests, published_pkcs1_ciphertexts_decrypt, "rsa-decrypt");
}
