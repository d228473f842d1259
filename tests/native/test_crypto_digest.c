/*
 * test_crypto_digest.c - digests, HMAC, KECCAK functions, multi-hash and PBKDF2 against libcrypto's
 * EVP: every length up to several blocks, every way to cut it, every alignment.
 *
 * SPDX-License-Identifier: MIT
 */

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/md2.h>
#include <openssl/md4.h>

#include "crypto/common/cpu.h"
#include "crypto/hash/digest.h"
#include "crypto/hash/hmac.h"
#include "crypto/hash/keccak.h"
#include "crypto/hash/multihash.h"
#include "crypto/kdf/pbkdf2.h"

#define MESSAGE_BYTES 2200

static const char *const evp_names[DIGEST_COUNT] =
{
    NULL, NULL, "MD5", "SHA1", "SHA256", "SHA384", "SHA512", "SHA3-256", "SHA3-384", "SHA3-512",
};

/* What a test of several streams runs with: a processor as it is, and poorer ones. */
static const uint32_t processors[] =
{
    UINT32_MAX, ~(uint32_t)CPU_AVX512, ~(uint32_t)(CPU_AVX512 | CPU_SHA),
    ~(uint32_t)(CPU_AVX512 | CPU_AVX2), ~(uint32_t)(CPU_AVX512 | CPU_AVX2 | CPU_SHA),
};
#define PROCESSOR_COUNT (int)(sizeof(processors) / sizeof(processors[0]))

static uint8_t message[MESSAGE_BYTES + 64];

static void fill_message(void)
{
    uint32_t value = 12345;
    size_t i;

    for (i = 0; i < sizeof(message); i++)
    {
        value = value * 1664525 + 1013904223;
        message[i] = (uint8_t)(value >> 24);
    }
}

/* Fetched once and kept: fetching takes longer than hashing. */
static void oracle_digest(int id, const uint8_t *data, size_t bytes, uint8_t *out)
{
    static EVP_MD *fetched[DIGEST_COUNT];
    static EVP_MD_CTX *context;

    if (id == DIGEST_MD2) MD2(data, bytes, out);
    else if (id == DIGEST_MD4) MD4(data, bytes, out);
    else
    {
        if (!context) context = EVP_MD_CTX_new();
        if (!fetched[id]) fetched[id] = EVP_MD_fetch(NULL, evp_names[id], NULL);
        ck_assert_ptr_nonnull(fetched[id]);
        ck_assert_int_eq(EVP_DigestInit_ex2(context, fetched[id], NULL), 1);
        ck_assert_int_eq(EVP_DigestUpdate(context, data, bytes), 1);
        ck_assert_int_eq(EVP_DigestFinal_ex(context, out, NULL), 1);
    }
}

/* RFC 2104 as it is written, over oracle_digest. */
static void oracle_hmac(int id, const uint8_t *key, size_t key_bytes, const uint8_t *data,
                        size_t bytes, uint8_t *mac)
{
    size_t block_bytes = digests[id].block_bytes, digest_bytes = digests[id].digest_bytes, i;
    uint8_t *inner = malloc(block_bytes + bytes), outer[136 + 64], pad[136] = { 0 };

    if (key_bytes > block_bytes) oracle_digest(id, key, key_bytes, pad);
    else if (key_bytes) memcpy(pad, key, key_bytes);
    for (i = 0; i < block_bytes; i++) inner[i] = pad[i] ^ 0x36;
    for (i = 0; i < block_bytes; i++) outer[i] = pad[i] ^ 0x5c;
    if (bytes) memcpy(inner + block_bytes, data, bytes);
    oracle_digest(id, inner, block_bytes + bytes, outer + block_bytes);
    oracle_digest(id, outer, block_bytes + digest_bytes, mac);
    free(inner);
}

START_TEST(one_shot_digests_are_libcryptos)             /* every length to 600, offset 0 to 3 */
{
    const struct digest *digest = &digests[_i];
    uint8_t expected[64], found[64];
    size_t bytes;

    for (bytes = 0; bytes <= 600; bytes++)
    {
        oracle_digest(_i, message + bytes % 4, bytes, expected);
        digest_once(digest, message + bytes % 4, bytes, found);
        ck_assert_mem_eq(found, expected, digest->digest_bytes);
    }
}
END_TEST

START_TEST(a_message_may_come_in_pieces)                /* every cut; lengths to 280 */
{
    const struct digest *digest = &digests[_i];
    struct digest_state state, copy;
    uint8_t expected[64], found[64];
    size_t bytes, cut;

    for (bytes = 0; bytes <= 280; bytes += bytes < 150 ? 1 : 5)
    {
        oracle_digest(_i, message, bytes, expected);
        for (cut = 0; cut <= bytes; cut++)
        {
            digest_start(digest, &state);
            digest_update(digest, &state, message, cut);
            memset(&copy, 0x55, sizeof(copy));
            digest_copy(digest, &copy, &state);
            digest_update(digest, &state, message + cut, bytes - cut);
            digest_finish(digest, &state, found);
            ck_assert_mem_eq(found, expected, digest->digest_bytes);

            digest_update(digest, &copy, message + cut, bytes - cut);
            digest_finish(digest, &copy, found);
            ck_assert_mem_eq(found, expected, digest->digest_bytes);
        }
    }
}
END_TEST

START_TEST(many_small_pieces_make_one_message)          /* pieces of 1 to 150 bytes */
{
    const struct digest *digest = &digests[_i];
    struct digest_state state;
    uint8_t expected[64], found[64];
    size_t piece, at, part;

    oracle_digest(_i, message, MESSAGE_BYTES, expected);
    for (piece = 1; piece <= 150; piece++)
    {
        digest_start(digest, &state);
        for (at = 0; at < MESSAGE_BYTES; at += part)
        {
            part = MESSAGE_BYTES - at < piece ? MESSAGE_BYTES - at : piece;
            digest_update(digest, &state, message + at, part);
        }
        digest_finish(digest, &state, found);
        ck_assert_mem_eq(found, expected, digest->digest_bytes);
    }
}
END_TEST

START_TEST(hmac_is_rfc_2104)                        /* keys shorter, equal, longer than a block */
{
    static const size_t key_sizes[] =
    {
        0, 1, 4, 15, 16, 17, 63, 64, 65, 71, 72, 73, 103, 104, 105, 127, 128, 129, 135, 136, 137,
        500,
    };
    int id = _i % DIGEST_COUNT;
    const struct digest *digest = &digests[id];
    struct digest_state running;
    struct hmac_key hmac;
    uint8_t expected[64], found[64];
    size_t k, bytes;

    cpu_limit(_i < DIGEST_COUNT ? UINT32_MAX : ~(uint32_t)CPU_SHA);
    for (k = 0; k < sizeof(key_sizes) / sizeof(key_sizes[0]); k++)
    {
        hmac_key_init(digest, &hmac, key_sizes[k] ? message + 7 : NULL, key_sizes[k]);
        for (bytes = 0; bytes <= 280; bytes += bytes < 140 ? 1 : 7)
        {
            oracle_hmac(id, message + 7, key_sizes[k], message, bytes, expected);
            hmac_start(digest, &hmac, &running);
            digest_update(digest, &running, message, bytes / 3);
            digest_update(digest, &running, message + bytes / 3, bytes - bytes / 3);
            hmac_finish(digest, &hmac, &running, found);
            ck_assert_mem_eq(found, expected, digest->digest_bytes);

            hmac_once(digest, message + 7, key_sizes[k], message, bytes, found);
            ck_assert_mem_eq(found, expected, digest->digest_bytes);
        }
    }
    cpu_limit(UINT32_MAX);
}
END_TEST

/* plaintext || MAC || padding || padding_length; returns its size. */
static size_t make_record(int id, uint8_t *record, const uint8_t *key, size_t key_bytes,
                          size_t header_bytes, size_t text_bytes, size_t padding)
{
    uint8_t authenticated[16 + 4096];
    size_t mac_bytes = digests[id].digest_bytes;

    memcpy(authenticated, message + 100, header_bytes);
    memcpy(authenticated + header_bytes, message, text_bytes);
    memcpy(record, message, text_bytes);
    hmac_once(&digests[id], key, key_bytes, authenticated, header_bytes + text_bytes,
              record + text_bytes);
    memset(record + text_bytes + mac_bytes, (int)padding, padding + 1);
    return text_bytes + mac_bytes + padding + 1;
}

static bool verify(int id, const struct hmac_key *hmac, size_t header_bytes, const uint8_t *record,
                   size_t record_bytes)
{
    uint8_t *exact = malloc(record_bytes);      /* so that a sanitizer sees one byte too far */
    struct digest_state running;
    bool good;

    memcpy(exact, record, record_bytes);
    hmac_start(&digests[id], hmac, &running);
    digest_update(&digests[id], &running, message + 100, header_bytes);
    good = hmac_tls_cbc_verify(&digests[id], hmac, &running, exact, record_bytes);
    free(exact);
    return good;
}

static const int tls_digests[] = { DIGEST_SHA1, DIGEST_SHA256, DIGEST_SHA384 };

START_TEST(good_tls_records_verify)                     /* text 0 to 400, every padding */
{
    int id = tls_digests[_i];
    struct hmac_key hmac;
    uint8_t record[1024];
    size_t text, padding, bytes;

    ck_assert(hmac_tls_cbc_supported(&digests[id]));
    hmac_key_init(&digests[id], &hmac, message + 50, 32);
    for (text = 0; text <= 400; text += text < 140 ? 1 : 13)
    {
        for (padding = 0; padding < 256; padding += text % 5 == 0 ? 1 : 7)
        {
            bytes = make_record(id, record, message + 50, 32, 13, text, padding);
            ck_assert(verify(id, &hmac, 13, record, bytes));
        }
    }
}
END_TEST

START_TEST(any_changed_byte_of_a_tls_record_is_noticed)
{
    static const size_t paddings[] = { 0, 1, 15, 100, 255 };
    int id = tls_digests[_i];
    struct hmac_key hmac;
    uint8_t record[1024];
    size_t p, text, at, bytes;

    hmac_key_init(&digests[id], &hmac, message + 50, 32);
    for (p = 0; p < sizeof(paddings) / sizeof(paddings[0]); p++)
    {
        for (text = 0; text < 150; text += 31)
        {
            bytes = make_record(id, record, message + 50, 32, 13, text, paddings[p]);
            for (at = 0; at < bytes; at++)
            {
                record[at] ^= (uint8_t)(1 << at % 8);
                ck_assert(!verify(id, &hmac, 13, record, bytes));
                record[at] ^= (uint8_t)(1 << at % 8);
            }
            ck_assert(verify(id, &hmac, 13, record, bytes));
        }
    }
}
END_TEST

START_TEST(tls_records_without_room_for_their_padding_fail)
{
    int id = tls_digests[_i];
    size_t mac_bytes = digests[id].digest_bytes, bytes;
    struct hmac_key hmac;
    uint8_t record[300];

    hmac_key_init(&digests[id], &hmac, message + 50, 32);
    for (bytes = 1; bytes < sizeof(record); bytes++)
    {
        memset(record, 255, sizeof(record));
        if (bytes < mac_bytes + 256) ck_assert(!verify(id, &hmac, 13, record, bytes));
        memset(record, (int)(bytes - mac_bytes), sizeof(record));
        ck_assert(!verify(id, &hmac, 13, record, bytes));
    }
}
END_TEST

START_TEST(tls_headers_may_have_any_length)             /* the header fills blocks differently */
{
    int id = tls_digests[_i];
    struct hmac_key hmac;
    uint8_t record[1024], authenticated[1024];
    size_t header, text, mac_bytes = digests[id].digest_bytes;

    hmac_key_init(&digests[id], &hmac, message + 50, 32);
    for (header = 0; header < 150; header++)
    {
        for (text = 0; text < 300; text += 37)
        {
            memcpy(authenticated, message + 100, header);
            memcpy(authenticated + header, message, text);
            memcpy(record, message, text);
            hmac_once(&digests[id], message + 50, 32, authenticated, header + text, record + text);
            memset(record + text + mac_bytes, 9, 10);
            ck_assert(verify(id, &hmac, header, record, text + mac_bytes + 10));
        }
    }
}
END_TEST

static void oracle_xof(const char *name, const uint8_t *data, size_t bytes, uint8_t *out,
                       size_t out_bytes)
{
    EVP_MD *md = EVP_MD_fetch(NULL, name, NULL);
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    ck_assert_int_eq(EVP_DigestInit_ex2(context, md, NULL), 1);
    ck_assert_int_eq(EVP_DigestUpdate(context, data, bytes), 1);
    ck_assert_int_eq(EVP_DigestFinalXOF(context, out, out_bytes), 1);
    EVP_MD_CTX_free(context);
    EVP_MD_free(md);
}

START_TEST(shake_is_libcryptos)                     /* every length to 400, squeezed in pieces */
{
    size_t rate = _i ? KECCAK_RATE_256 : KECCAK_RATE_128, bytes, at, part;
    struct keccak_state state, copy;
    uint8_t expected[600], found[600];

    for (bytes = 0; bytes <= 400; bytes++)
    {
        oracle_xof(_i ? "SHAKE256" : "SHAKE128", message, bytes, expected, sizeof(expected));
        cshake_start(&state, rate, NULL, 0, NULL, 0);
        keccak_absorb(&state, message, bytes / 2);
        keccak_absorb(&state, message + bytes / 2, bytes - bytes / 2);
        copy = state;
        keccak_squeeze(&state, found, sizeof(found));
        ck_assert_mem_eq(found, expected, sizeof(found));

        for (at = 0; at < sizeof(found); at += part)
        {
            part = bytes % 200 + 1 < sizeof(found) - at ? bytes % 200 + 1 : sizeof(found) - at;
            keccak_squeeze(&copy, found + at, part);
            state = copy;
            copy = state;
        }
        ck_assert_mem_eq(found, expected, sizeof(found));
    }
}
END_TEST

/* NIST's samples: csrc.nist.gov, "cSHAKE samples", samples 1 and 3. */
START_TEST(cshake_gives_nists_samples)
{
    static const uint8_t sample1[32] =
    {
        0xc1, 0xc3, 0x69, 0x25, 0xb6, 0x40, 0x9a, 0x04,
        0xf1, 0xb5, 0x04, 0xfc, 0xbc, 0xa9, 0xd8, 0x2b,
        0x40, 0x17, 0x27, 0x7c, 0xb5, 0xed, 0x2b, 0x20,
        0x65, 0xfc, 0x1d, 0x38, 0x14, 0xd5, 0xaa, 0xf5,
    };
    static const uint8_t sample3[64] =
    {
        0xd0, 0x08, 0x82, 0x8e, 0x2b, 0x80, 0xac, 0x9d,
        0x22, 0x18, 0xff, 0xee, 0x1d, 0x07, 0x0c, 0x48,
        0xb8, 0xe4, 0xc8, 0x7b, 0xff, 0x32, 0xc9, 0x69,
        0x9d, 0x5b, 0x68, 0x96, 0xee, 0xe0, 0xed, 0xd1,
        0x64, 0x02, 0x0e, 0x2b, 0xe0, 0x56, 0x08, 0x58,
        0xd9, 0xc0, 0x0c, 0x03, 0x7e, 0x34, 0xa9, 0x69,
        0x37, 0xc5, 0x61, 0xa7, 0x4c, 0x41, 0x2b, 0xb4,
        0xc7, 0x46, 0x46, 0x95, 0x27, 0x28, 0x1c, 0x8c,
    };
    static const uint8_t data[4] = { 0, 1, 2, 3 };
    struct keccak_state state;
    uint8_t found[64];

    cshake_start(&state, KECCAK_RATE_128, NULL, 0, "Email Signature", 15);
    keccak_absorb(&state, data, sizeof(data));
    keccak_squeeze(&state, found, 32);
    ck_assert_mem_eq(found, sample1, 32);

    cshake_start(&state, KECCAK_RATE_256, "", 0, "Email Signature", 15);
    keccak_absorb(&state, data, sizeof(data));
    keccak_squeeze(&state, found, 64);
    ck_assert_mem_eq(found, sample3, 64);
}
END_TEST

/* libcrypto's KMAC takes keys of 4 to 512 bytes and a customisation of up to 512. */
START_TEST(kmac_is_libcryptos)
{
    static const size_t sizes[] = { 4, 5, 31, 32, 33, 100, 135, 136, 137, 167, 168, 169, 300, 512 };
    size_t rate = _i & 1 ? KECCAK_RATE_256 : KECCAK_RATE_128,
           count = sizeof(sizes) / sizeof(sizes[0]);
    EVP_MAC *mac = EVP_MAC_fetch(NULL, _i & 1 ? "KMAC-256" : "KMAC-128", NULL);
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(mac);
    int xof = _i >> 1;
    struct keccak_state state;
    uint8_t expected[400], found[400];
    size_t k, s, out_bytes;

    for (k = 0; k < count; k++) for (s = 0; s <= count; s++)
    {
        size_t customization_bytes = s < count ? sizes[s] : 0;
        OSSL_PARAM params[4];

        out_bytes = (k * 37 + s * 11) % sizeof(found) + 1;
        params[0] = OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_CUSTOM, message + 9,
                                                      customization_bytes);
        params[1] = OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &out_bytes);
        params[2] = OSSL_PARAM_construct_int(OSSL_MAC_PARAM_XOF, &xof);
        params[3] = OSSL_PARAM_construct_end();
        ck_assert_int_eq(EVP_MAC_init(context, message + 3, sizes[k], params), 1);
        ck_assert_int_eq(EVP_MAC_update(context, message, sizes[s % count] * 3), 1);
        ck_assert_int_eq(EVP_MAC_final(context, expected, NULL, out_bytes), 1);

        kmac_start(&state, rate, message + 3, sizes[k], message + 9, customization_bytes);
        keccak_absorb(&state, message, sizes[s % count] * 3);
        if (xof)
        {
            kmac_finish_xof(&state);
            keccak_squeeze(&state, found, out_bytes / 2);
            keccak_squeeze(&state, found + out_bytes / 2, out_bytes - out_bytes / 2);
        }
        else kmac_finish_fixed(&state, found, out_bytes);
        ck_assert_mem_eq(found, expected, out_bytes);
    }
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(mac);
}
END_TEST

#define STREAM_COUNT 21

static const int stream_digests[] = { DIGEST_SHA256, DIGEST_SHA384, DIGEST_SHA512,
                                      DIGEST_SHA3_256 };

START_TEST(streams_hashed_together_are_hashed_right)    /* unequal lengths, starts and alignments */
{
    int id = stream_digests[_i % 4];
    const struct digest *digest = &digests[id];
    struct digest_state states[STREAM_COUNT];
    struct multihash_operation operations[STREAM_COUNT];
    uint8_t expected[64], found[64];
    size_t count, round, i, first[STREAM_COUNT], second[STREAM_COUNT];
    uint32_t random = 1;

    cpu_limit(processors[_i / 4]);
    for (count = 0; count <= STREAM_COUNT; count++) for (round = 0; round < 8; round++)
    {
        for (i = 0; i < count; i++)
        {
            random = random * 1664525 + 1013904223;
            first[i] = round < 3 ? 0 : (random >> 8) % 300;
            second[i] = round == 1 ? 640 : (random >> 20) % 1800;
            digest_start(digest, &states[i]);
            operations[i] = (struct multihash_operation){ &states[i], message + i, first[i] };
        }
        multihash_update(digest, operations, count);
        for (i = 0; i < count; i++)
        {
            operations[i] = (struct multihash_operation){ &states[i], message + i + first[i],
                                                          second[i] };
        }
        multihash_update(digest, operations, count);
        for (i = 0; i < count; i++)
        {
            oracle_digest(id, message + i, first[i] + second[i], expected);
            digest_finish(digest, &states[i], found);
            ck_assert_mem_eq(found, expected, digest->digest_bytes);
        }
    }
    cpu_limit(UINT32_MAX);
}
END_TEST

START_TEST(digests_finished_together_are_right)         /* and HMACs; lengths around the padding */
{
    int id = stream_digests[_i % 4];
    const struct digest *digest = &digests[id];
    struct digest_state states[STREAM_COUNT];
    struct multihash_result results[STREAM_COUNT];
    uint8_t expected[64], found[STREAM_COUNT][64];
    size_t count, base, bytes, i, keyed;
    struct hmac_key hmac;

    cpu_limit(processors[_i / 4]);
    hmac_key_init(digest, &hmac, message, 20);
    for (keyed = 0; keyed < 2; keyed++) for (base = 0; base < 140; base += 5)
    {
        for (count = 0; count <= STREAM_COUNT; count += base % 3 + 1)
        {
            for (i = 0; i < count; i++)
            {
                if (keyed) hmac_start(digest, &hmac, &states[i]);
                else digest_start(digest, &states[i]);
                digest_update(digest, &states[i], message + i, base + i * 7 % 11);
                results[i] = (struct multihash_result){ &states[i], found[i] };
            }
            multihash_finish(digest, keyed ? &hmac : NULL, results, count);
            for (i = 0; i < count; i++)
            {
                bytes = base + i * 7 % 11;
                if (keyed) oracle_hmac(id, message, 20, message + i, bytes, expected);
                else oracle_digest(id, message + i, bytes, expected);
                ck_assert_mem_eq(found[i], expected, digest->digest_bytes);
            }
        }
    }
    cpu_limit(UINT32_MAX);
}
END_TEST

static void oracle_pbkdf2(int id, size_t password_bytes, size_t salt_bytes, int iterations,
                          uint8_t *out, size_t out_bytes)
{
    size_t digest_bytes = digests[id].digest_bytes, at, i;
    uint8_t salted[512], u[64], t[64];
    uint32_t index = 1;
    int n;

    for (at = 0; at < out_bytes; at += digest_bytes, index++)
    {
        memcpy(salted, message + 5, salt_bytes);
        for (i = 0; i < 4; i++) salted[salt_bytes + i] = (uint8_t)(index >> (24 - 8 * i));
        oracle_hmac(id, message, password_bytes, salted, salt_bytes + 4, u);
        memcpy(t, u, digest_bytes);
        for (n = 1; n < iterations; n++)
        {
            oracle_hmac(id, message, password_bytes, u, digest_bytes, u);
            for (i = 0; i < digest_bytes; i++) t[i] ^= u[i];
        }
        memcpy(out + at, t, out_bytes - at < digest_bytes ? out_bytes - at : digest_bytes);
    }
}

START_TEST(pbkdf2_is_rfc_8018)                          /* every digest, 1 to 7 iterations */
{
    static const size_t sizes[] = { 0, 1, 8, 20, 55, 64, 65, 128, 200 };
    int id = _i % DIGEST_COUNT, iterations;
    uint8_t expected[300], found[300];
    size_t s, out_bytes;

    cpu_limit(_i < DIGEST_COUNT ? UINT32_MAX : ~(uint32_t)CPU_SHA);
    for (s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
    {
        for (iterations = 1; iterations < 8; iterations++)
        {
            out_bytes = (s * 7 + (size_t)iterations) * 41 % sizeof(found);
            oracle_pbkdf2(id, sizes[s], sizes[8 - s], iterations, expected, out_bytes);
            pbkdf2_hmac(&digests[id], message, sizes[s], message + 5, sizes[8 - s],
                        (uint64_t)iterations, found, out_bytes);
            if (out_bytes) ck_assert_mem_eq(found, expected, out_bytes);
        }
    }
    cpu_limit(UINT32_MAX);
}
END_TEST

START_TEST(pbkdf2_keeps_going)                          /* libcrypto's own, 1000 iterations */
{
    static const char *const names[] = { "SHA1", "SHA256", "SHA384", "SHA512" };
    static const int ids[] = { DIGEST_SHA1, DIGEST_SHA256, DIGEST_SHA384, DIGEST_SHA512 };
    uint8_t expected[200], found[200];

    PKCS5_PBKDF2_HMAC("password", 8, message, 16, 1000, EVP_get_digestbyname(names[_i]), 200,
                      expected);
    pbkdf2_hmac(&digests[ids[_i]], "password", 8, message, 16, 1000, found, 200);
    ck_assert_mem_eq(found, expected, 200);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crypto_digest");
    SRunner *runner = srunner_create(suite);
    TCase *tests = tcase_create("crypto_digest");
    int failed;

    fill_message();
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, one_shot_digests_are_libcryptos, 0, DIGEST_COUNT);
    tcase_add_loop_test(tests, a_message_may_come_in_pieces, 0, DIGEST_COUNT);
    tcase_add_loop_test(tests, many_small_pieces_make_one_message, 0, DIGEST_COUNT);
    tcase_add_loop_test(tests, hmac_is_rfc_2104, 0, 2 * DIGEST_COUNT);
    tcase_add_loop_test(tests, good_tls_records_verify, 0, 3);
    tcase_add_loop_test(tests, any_changed_byte_of_a_tls_record_is_noticed, 0, 3);
    tcase_add_loop_test(tests, tls_records_without_room_for_their_padding_fail, 0, 3);
    tcase_add_loop_test(tests, tls_headers_may_have_any_length, 0, 3);
    tcase_add_loop_test(tests, shake_is_libcryptos, 0, 2);
    tcase_add_test(tests, cshake_gives_nists_samples);
    tcase_add_loop_test(tests, kmac_is_libcryptos, 0, 4);
    tcase_add_loop_test(tests, streams_hashed_together_are_hashed_right, 0,
                        4 * PROCESSOR_COUNT);
    tcase_add_loop_test(tests, digests_finished_together_are_right, 0, 4 * PROCESSOR_COUNT);
    tcase_add_loop_test(tests, pbkdf2_is_rfc_8018, 0, DIGEST_COUNT * 2);
    tcase_add_loop_test(tests, pbkdf2_keeps_going, 0, 4);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
