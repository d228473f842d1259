/*
 * test_vectors_hash.c - published vectors of hashes, XOFs, HMAC, CMAC and KMAC.
 *
 * SPDX-License-Identifier: MIT
 */

#include "vectors.h"

#define DIGEST_MOST 64

/* Opens the section's algorithm; false and the section's line if this Windows has none. */
static bool open_section(struct vectors *v, BCRYPT_ALG_HANDLE *algorithm, ULONG flags)
{
    NTSTATUS status;

    vectors_next(v);                                /* the section's fields are there from here */
    status = BCryptOpenAlgorithmProvider(algorithm, vectors_wide(v, "alg"), NULL, flags);
    if (!status)
    {
        keep_algorithm(*algorithm);
        return true;
    }
    if (!vectors_absent(v, status)) vectors_finish(v);
    return false;
}

/* In two calls of HashData and one of FinishHash. */
static NTSTATUS hash_in_pieces(BCRYPT_ALG_HANDLE algorithm, struct bytes secret,
                               struct bytes message, UCHAR *digest, ULONG size)
{
    ULONG first = message.size / 3;
    BCRYPT_HASH_HANDLE hash;
    NTSTATUS status = BCryptCreateHash(algorithm, &hash, NULL, 0, secret.size ? secret.data : NULL,
                                       secret.size, 0);

    if (status) return status;
    status = BCryptHashData(hash, message.data, first, 0);
    if (!status) status = BCryptHashData(hash, message.data + first, message.size - first, 0);
    if (!status) status = BCryptFinishHash(hash, digest, size, 0);
    BCryptDestroyHash(hash);
    return status;
}

START_TEST(published_digests)                       /* SHAVS, SHA3VS, RFC 1319, 1320, 1321 */
{
    struct vectors *v = vectors_start("hash", _i);
    BCRYPT_ALG_HANDLE algorithm;

    if (!open_section(v, &algorithm, 0)) return;
    do
    {
        struct bytes message = vectors_bytes(v, "msg"), digest = vectors_bytes(v, "md");
        struct bytes none = { NULL, 0 };
        UCHAR *actual = vectors_room(v, digest.size);
        NTSTATUS status;

        status = BCryptHash(algorithm, NULL, 0, message.data, message.size, actual, digest.size);
        vectors_judge(v, status, same(actual, digest));

        status = hash_in_pieces(algorithm, none, message, actual, digest.size);
        vectors_judge(v, status, same(actual, digest));
    } while (vectors_next(v));
    vectors_finish(v);
}
END_TEST

/* SHAVS 6.4: each digest is of the three before it. */
static NTSTATUS sha2_chain(BCRYPT_ALG_HANDLE algorithm, UCHAR *seed, ULONG size)
{
    UCHAR last[3 * DIGEST_MOST], digest[DIGEST_MOST];
    unsigned int i;

    for (i = 0; i < 3; i++) memcpy(last + i * size, seed, size);
    for (i = 0; i < 1000; i++)
    {
        NTSTATUS status = BCryptHash(algorithm, NULL, 0, last, 3 * size, digest, size);

        if (status) return status;
        memmove(last, last + size, 2 * size);
        memcpy(last + 2 * size, digest, size);
    }
    memcpy(seed, digest, size);
    return STATUS_SUCCESS;
}

/* SHA3VS 6.2.3: each digest is of the one before it. */
static NTSTATUS sha3_chain(BCRYPT_ALG_HANDLE algorithm, UCHAR *seed, ULONG size)
{
    unsigned int i;

    for (i = 0; i < 1000; i++)
    {
        NTSTATUS status = BCryptHash(algorithm, NULL, 0, seed, size, seed, size);

        if (status) return status;
    }
    return STATUS_SUCCESS;
}

static void run_chain(const char *kind, int section,
                      NTSTATUS (*chain)(BCRYPT_ALG_HANDLE, UCHAR *, ULONG))
{
    struct vectors *v = vectors_start(kind, section);
    BCRYPT_ALG_HANDLE algorithm;
    UCHAR seed[DIGEST_MOST];

    if (!open_section(v, &algorithm, 0)) return;
    do
    {
        struct bytes digest = vectors_bytes(v, "md");
        NTSTATUS status;

        if (vectors_group_changed(v)) memcpy(seed, vectors_bytes(v, "seed").data, digest.size);
        status = chain(algorithm, seed, digest.size);
        vectors_judge(v, status, same(seed, digest));
    } while (vectors_next(v));
    vectors_finish(v);
}

START_TEST(published_monte_carlo_digests)
{
    run_chain("hash-monte", _i, sha2_chain);
}
END_TEST

START_TEST(published_sha3_monte_carlo_digests)
{
    run_chain("hash-monte-sha3", _i, sha3_chain);
}
END_TEST

START_TEST(published_shake_monte_carlo_outputs)     /* SHA3VS 6.3.4 */
{
    struct vectors *v = vectors_start("hash-monte-xof", _i);
    BCRYPT_ALG_HANDLE algorithm;
    UCHAR message[16], output[512] = { 0 };
    ULONG size = 0, least, most, i;

    if (!open_section(v, &algorithm, 0)) return;
    least = vectors_number(v, "least", 0);
    most = vectors_number(v, "most", 0);
    expect_at_most(most, sizeof(output));
    memcpy(output, vectors_bytes(v, "seed").data, sizeof(message));
    size = most;
    do
    {
        struct bytes expected = vectors_bytes(v, "md");
        NTSTATUS status = STATUS_SUCCESS;
        ULONG last = size;

        for (i = 0; i < 1000 && !status; i++)
        {
            memcpy(message, output, sizeof(message));
            memset(output, 0, sizeof(message));
            last = size;
            status = BCryptHash(algorithm, NULL, 0, message, sizeof(message), output, size);
            size = least + (ULONG)(output[size - 2] << 8 | output[size - 1]) % (most - least + 1);
        }
        vectors_judge(v, status, last == expected.size && same(output, expected));
    } while (vectors_next(v));
    vectors_finish(v);
}
END_TEST

/* A MAC of which the first bytes are published; keyed algorithms and HMAC differ in the flag. */
static void run_mac(const char *kind, int section, ULONG flags, bool length_matters)
{
    struct vectors *v = vectors_start(kind, section);
    BCRYPT_ALG_HANDLE algorithm;
    ULONG mac_bytes;

    if (!open_section(v, &algorithm, flags)) return;
    mac_bytes = property_ulong(algorithm, BCRYPT_HASH_LENGTH);
    expect_at_most(mac_bytes, DIGEST_MOST);
    do
    {
        struct bytes key = vectors_bytes(v, "key"), message = vectors_bytes(v, "msg");
        struct bytes tag = vectors_bytes(v, "tag");
        ULONG size = length_matters ? tag.size : mac_bytes;
        UCHAR *actual = vectors_room(v, size);
        NTSTATUS status;

        expect_at_most(tag.size, size);
        status = BCryptHash(algorithm, key.size ? key.data : NULL, key.size, message.data,
                            message.size, actual, size);
        vectors_judge(v, status, same(actual, tag));

        status = hash_in_pieces(algorithm, key, message, actual, size);
        if (vectors_verdict(v) == '+') vectors_judge(v, status, same(actual, tag));
    } while (vectors_next(v));
    vectors_finish(v);
}

START_TEST(published_hmacs)                         /* RFC 2202, RFC 4231, HMACVS, Wycheproof */
{
    run_mac("hmac", _i, BCRYPT_ALG_HANDLE_HMAC_FLAG, false);
}
END_TEST

START_TEST(published_macs)                          /* SP 800-38B, CMACVS, Wycheproof */
{
    struct vectors *v = vectors_start("mac", _i);
    bool kmac;

    vectors_next(v);
    kmac = !strncmp(vectors_text(v, "alg", ""), "KMAC", 4);
    run_mac("mac", _i, 0, kmac);
}
END_TEST

/* Creates a hash with its strings set, which must come before any data. */
static NTSTATUS create_customized(struct vectors *v, BCRYPT_ALG_HANDLE algorithm,
                                  struct bytes key, BCRYPT_HASH_HANDLE *hash)
{
    struct bytes custom = vectors_bytes(v, "custom");
    NTSTATUS status = BCryptCreateHash(algorithm, hash, NULL, 0, key.size ? key.data : NULL,
                                       key.size, BCRYPT_HASH_REUSABLE_FLAG);

    if (status) return status;
    keep_hash(*hash);
    if (vectors_has(v, "name"))
    {
        struct bytes name = vectors_bytes(v, "name");

        status = BCryptSetProperty(*hash, BCRYPT_FUNCTION_NAME_STRING, name.data, name.size, 0);
    }
    if (!status && custom.size)
    {
        status = BCryptSetProperty(*hash, BCRYPT_CUSTOMIZATION_STRING, custom.data, custom.size, 0);
    }
    return status;
}

START_TEST(published_cshakes)                       /* NIST's samples for SP 800-185, Botan */
{
    struct vectors *v = vectors_start("cshake", _i);
    BCRYPT_ALG_HANDLE algorithm;

    if (!open_section(v, &algorithm, 0)) return;
    do
    {
        struct bytes message = vectors_bytes(v, "msg"), out = vectors_bytes(v, "out");
        struct bytes none = { NULL, 0 };
        UCHAR *actual = vectors_room(v, out.size);
        BCRYPT_HASH_HANDLE hash;
        NTSTATUS status = create_customized(v, algorithm, none, &hash);
        ULONG round;

        /* Twice: the strings outlive the reset. The second time in two squeezes. */
        for (round = 0; round < 2 && !status; round++)
        {
            ULONG first = round ? out.size / 4 : 0;

            status = BCryptHashData(hash, message.data, message.size, 0);
            if (!status && first)
            {
                status = BCryptFinishHash(hash, actual, first, BCRYPT_HASH_DONT_RESET_FLAG);
            }
            if (!status) status = BCryptFinishHash(hash, actual + first, out.size - first, 0);
            vectors_judge(v, status, same(actual, out));
        }
        if (status) vectors_judge(v, status, false);
        else BCryptDestroyHash(hash);
    } while (vectors_next(v));
    vectors_finish(v);
}
END_TEST

START_TEST(published_kmacs)                         /* NIST's samples for SP 800-185 */
{
    struct vectors *v = vectors_start("kmac", _i);
    BCRYPT_ALG_HANDLE algorithm;

    if (!open_section(v, &algorithm, 0)) return;
    do
    {
        struct bytes key = vectors_bytes(v, "key"), message = vectors_bytes(v, "msg");
        struct bytes out = vectors_bytes(v, "out");
        ULONG flags = vectors_number(v, "xof", 0) ? BCRYPT_HASH_DONT_RESET_FLAG : 0;
        UCHAR *actual = vectors_room(v, out.size);
        BCRYPT_HASH_HANDLE hash;
        NTSTATUS status = create_customized(v, algorithm, key, &hash);

        if (!status) status = BCryptHashData(hash, message.data, message.size, 0);
        if (!status) status = BCryptFinishHash(hash, actual, out.size, flags);
        vectors_judge(v, status, same(actual, out));
        if (!status) BCryptDestroyHash(hash);
    } while (vectors_next(v));
    vectors_finish(v);
}
END_TEST

void vectors_hash_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_sections(tests, published_digests, "hash");
    add_sections(tests, published_monte_carlo_digests, "hash-monte");
    add_sections(tests, published_sha3_monte_carlo_digests, "hash-monte-sha3");
    add_sections(tests, published_shake_monte_carlo_outputs, "hash-monte-xof");
    add_sections(tests, published_hmacs, "hmac");
    add_sections(tests, published_macs, "mac");
    add_sections(tests, published_cshakes, "cshake");
    add_sections(tests, published_kmacs, "kmac");
}
