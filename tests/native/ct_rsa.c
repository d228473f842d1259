/*
 * ct_rsa.c - RSA without secret-dependent branches and addresses, as valgrind's memcheck sees it.
 *
 * In the private operation the secrets are the exponents and the coefficient; the primes are known
 * to memcheck, because their lengths are. What libcrypto may do afterwards with the blinded result
 * is in ct_rsa.supp, and why it may.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ct.h"

#include <string.h>

#include "crypto/common/lc.h"
#include "crypto/rsa/lc_rsa_key.h"
#include "crypto/rsa/lc_rsa.h"
#include "crypto/rsa/rsa_padding.h"

#define BLOCK_BYTES 128

/* ---- reading a decrypted block ---- */

/* Blocks that are right in every place, or wrong in one. */
static void make_block(uint8_t *block, int kind)
{
    memset(block, 0x55, BLOCK_BYTES);
    block[0] = kind == 1;
    block[1] = kind == 2 ? 1 : 2;
    if (kind == 3) block[5] = 0;
    if (kind != 4) block[kind == 5 ? 10 : kind == 6 ? BLOCK_BYTES - 1 : 60] = 0;
}
#define KINDS 7

START_TEST(pkcs1_is_read_blindly)
{
    uint8_t block[BLOCK_BYTES];
    unsigned before = complaints();
    uint32_t good;
    size_t start;

    make_block(block, _i);
    secret(block, sizeof(block));
    good = rsa_unpad_pkcs1(block, sizeof(block), &start);
    ck_assert_uint_eq(complaints(), before);
    known(&good, sizeof(good));
    known(&start, sizeof(start));
    ck_assert_uint_eq(good, _i == 0 || _i >= 5 ? UINT32_MAX : 0);
    if (good) ck_assert_uint_eq(start, _i == 0 ? 61 : _i == 5 ? 11 : BLOCK_BYTES);
}
END_TEST

/* MD2 looks its own state up in a table; it is the one digest that does. */
static const enum digest_id oaep_digests[] =
{
    DIGEST_MD4, DIGEST_MD5, DIGEST_SHA1, DIGEST_SHA256, DIGEST_SHA384, DIGEST_SHA3_256,
    DIGEST_SHA3_384,
};

START_TEST(oaep_is_read_blindly)
{
    const struct digest *digest = &digests[oaep_digests[_i]];
    uint8_t right[BLOCK_BYTES], block[BLOCK_BYTES], message[20] = "message";
    unsigned before = complaints();
    uint32_t good;
    size_t start;
    int kind;

    ck_assert(!rsa_pad_oaep(digest, message, 3, right, sizeof(right), message, sizeof(message)));
    for (kind = 0; kind < 5; kind++)
    {
        memcpy(block, right, sizeof(block));
        if (kind == 1) block[0] = 1;
        if (kind == 2) block[BLOCK_BYTES / 2] ^= 1;
        if (kind == 3) memset(block + 1, 0x55, sizeof(block) - 1);
        secret(block, sizeof(block));
        good = rsa_unpad_oaep(digest, message, kind == 4 ? 4 : 3, block, sizeof(block), &start);
        ck_assert_uint_eq(complaints(), before);
        known(&good, sizeof(good));
        known(&start, sizeof(start));
        known(block, sizeof(block));
        ck_assert_uint_eq(good, kind ? 0 : UINT32_MAX);
        if (good) ck_assert_mem_eq(block + start, message, sizeof(message));
    }
}
END_TEST

/* ---- making blocks of secrets ---- */

START_TEST(messages_and_digests_are_padded_blindly)
{
    const struct digest *digest = &digests[DIGEST_SHA256];
    uint8_t block[BLOCK_BYTES], message[32];
    unsigned before = complaints();

    memset(message, 0x33, sizeof(message));
    secret(message, sizeof(message));
    ck_assert(!rsa_pad_pkcs1(block, sizeof(block), message, sizeof(message)));
    ck_assert(!rsa_pad_oaep(digest, NULL, 0, block, sizeof(block), message, sizeof(message)));
    ck_assert(rsa_pad_signature(block, sizeof(block), message, sizeof(message)));
    ck_assert(!rsa_pad_pss(digest, message, 32, block, 8 * BLOCK_BYTES));
    ck_assert_uint_eq(complaints(), before);
}
END_TEST

/* ---- the private operation ---- */

START_TEST(the_private_operation_is_blind)
{
    static const unsigned bits[] = { 512, 1024, 2048 };
    uint8_t in[256] = { 0 }, out[256], expected[256];
    const BIGNUM *secrets[4];
    struct lc_rsa *rsa;
    unsigned before;
    int i, round;
    RSA *key;

    ck_assert_int_eq(lc_ready(), STATUS_SUCCESS);
    ck_assert_int_eq(lc_rsa_generate(bits[_i], &rsa), STATUS_SUCCESS);
    memset(in + 1, 0x42, bits[_i] / 8 - 1);
    /* makes the Montgomery contexts */
    ck_assert_int_eq(lc_rsa_private(rsa, in, expected), STATUS_SUCCESS);

    key = lc_rsa_unwrap(rsa);
    secrets[0] = RSA_get0_d(key);
    secrets[1] = RSA_get0_dmp1(key);
    secrets[2] = RSA_get0_dmq1(key);
    secrets[3] = RSA_get0_iqmp(key);
    for (i = 0; i < 4; i++) mark_number(secrets[i], secret);

    before = complaints();
    for (round = 0; round < 3; round++)
    {
        ck_assert_int_eq(lc_rsa_private(rsa, in, out), STATUS_SUCCESS);
        known(out, sizeof(out));
        ck_assert_mem_eq(out, expected, bits[_i] / 8);
    }
    ck_assert_uint_eq(complaints(), before);

    for (i = 0; i < 4; i++) mark_number(secrets[i], known);
    lc_rsa_free(rsa);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, pkcs1_is_read_blindly, 0, KINDS);
    tcase_add_loop_test(tests, oaep_is_read_blindly, 0, (int)ARRAY_SIZE(oaep_digests));
    tcase_add_test(tests, messages_and_digests_are_padded_blindly);
    tcase_add_loop_test(tests, the_private_operation_is_blind, 0, 3);
}

int main(int argc, char **argv)
{
    (void)argc;
    return ct_main("ct_rsa", argv, add);
}
