/*
 * test_slhdsa_fast.c - our SLH-DSA against libcrypto's, with all the kernels that there are.
 *
 * SPDX-License-Identifier: MIT
 */

#include <check.h>
#include <string.h>

#include "crypto/common/cpu.h"
#include "crypto/common/lc.h"
#include "crypto/random/random.h"
#include "crypto/slhdsa/slhdsa_hash.h"
#include "lc_slhdsa.h"
#include "suite.h"

/* What is left of the processor: all, no lanes of 64 bytes, no SHA instructions either, nothing. */
static const uint32_t limits[] =
{
    UINT32_MAX, ~(uint32_t)CPU_AVX512, ~(uint32_t)(CPU_AVX512 | CPU_SHA),
    ~(uint32_t)(CPU_AVX512 | CPU_SHA | CPU_AVX2),
};
#define LIMITS (int)(sizeof(limits) / sizeof(limits[0]))

/* A kernel depends on the hash and n alone: the sets that sign soon go through all, the others
 * through the first. */
static const enum slhdsa_set quick_sets[] =
{
    SLHDSA_SHA2_128F, SLHDSA_SHA2_192F, SLHDSA_SHA2_256F,
    SLHDSA_SHAKE_128F, SLHDSA_SHAKE_192F, SLHDSA_SHAKE_256F,
};
static const enum slhdsa_set slow_sets[] =
{
    SLHDSA_SHA2_128S, SLHDSA_SHA2_192S, SLHDSA_SHA2_256S,
    SLHDSA_SHAKE_128S, SLHDSA_SHAKE_192S, SLHDSA_SHAKE_256S,
};
#define KINDS 6
#define CASES (LIMITS * KINDS + KINDS)

static uint8_t seed[3 * SLHDSA_MOST_N], coins[SLHDSA_MOST_N], text[2][400];
static uint8_t private_key[2][SLHDSA_MOST_PRIVATE_BYTES];
static uint8_t signatures[2][SLHDSA_MOST_SIGNATURE_BYTES + 1];
static struct slhdsa_message message = { text[0], text[1], 2, 0 };

static void draw(void)
{
    ck_assert(random_bytes(seed, sizeof(seed)));
    ck_assert(random_bytes(coins, sizeof(coins)));
    ck_assert(random_bytes(text, sizeof(text)));
    text[0][0] = text[0][1] = 0;                /* a message without a context */
}

static enum slhdsa_set choose(int number)
{
    cpu_limit(limits[number / KINDS % LIMITS]);
    return number < LIMITS * KINDS ? quick_sets[number % KINDS] : slow_sets[number % KINDS];
}

static void all_of_the_processor(void)
{
    cpu_limit(UINT32_MAX);
}

static void new_key(enum slhdsa_set set)
{
    size_t bytes = 4 * slhdsa_sizes[set].n;

    ck_assert_int_eq(lc_slhdsa.generate(set, seed, private_key[0]), STATUS_SUCCESS);
    memset(private_key[1], 0xa5, sizeof(private_key[1]));
    ck_assert_int_eq(fast_slhdsa.generate(set, seed, private_key[1]), STATUS_SUCCESS);
    ck_assert_mem_eq(private_key[0], private_key[1], bytes);
    ck_assert_int_eq(private_key[1][bytes == sizeof(private_key[1]) ? 0 : bytes],
                     bytes == sizeof(private_key[1]) ? private_key[0][0] : 0xa5);
}

static void same_signatures(enum slhdsa_set set)
{
    size_t bytes = slhdsa_sizes[set].signature_bytes;

    ck_assert_int_eq(lc_slhdsa.sign(set, private_key[0], &message, coins, signatures[0]),
                     STATUS_SUCCESS);
    signatures[1][bytes] = 0xa5;
    ck_assert_int_eq(fast_slhdsa.sign(set, private_key[0], &message, coins, signatures[1]),
                     STATUS_SUCCESS);
    ck_assert_mem_eq(signatures[0], signatures[1], bytes);
    ck_assert_int_eq(signatures[1][bytes], 0xa5);
}

/* Every kernel there is, and that each limit leaves another one. */
START_TEST(the_processor_decides)
{
    struct slh_hash hash;
    const struct slh_f_kernel *sha2[LIMITS], *shake[LIMITS];
    int i;

    for (i = 0; i < LIMITS; i++)
    {
        cpu_limit(limits[i]);
        slh_hash_start(&hash, SLHDSA_SHA2_128F, seed);
        sha2[i] = hash.f;
        slh_hash_start(&hash, SLHDSA_SHAKE_128F, seed);
        shake[i] = hash.f;
    }
    ck_assert_uint_eq(sha2[LIMITS - 1]->lanes, 1);
    ck_assert_uint_eq(shake[LIMITS - 1]->lanes, 1);
    cpu_limit(UINT32_MAX);
    if (!cpu_has(CPU_AVX512 | CPU_SHA | CPU_AVX2)) return;
    ck_assert_uint_eq(sha2[0]->lanes, 16);
    ck_assert_uint_eq(sha2[1]->lanes, 2);
    ck_assert_uint_eq(sha2[2]->lanes, 8);
    ck_assert_uint_eq(shake[0]->lanes, 8);
    ck_assert_uint_eq(shake[1]->lanes, 4);
}
END_TEST

START_TEST(keys_and_signatures_are_libcryptos)
{
    enum slhdsa_set set = choose(_i);

    draw();
    message.count = (size_t)_i * 7;
    new_key(set);
    if (_i % 2)                                 /* the deterministic variant */
    {
        memcpy(coins, private_key[0] + 2 * slhdsa_sizes[set].n, slhdsa_sizes[set].n);
    }
    same_signatures(set);
}
END_TEST

/* The sets that sign soonest, many times: all digits, leaves and trees come by. */
START_TEST(many_signatures_are_libcryptos)
{
    int round;

    for (round = 0; round < 8; round++)
    {
        draw();
        message.count = (size_t)(round * 50);
        new_key(quick_sets[round % 2]);
        same_signatures(quick_sets[round % 2]);
    }
}
END_TEST

START_TEST(what_libcrypto_signs_verifies_unless_it_is_changed)
{
    enum slhdsa_set set = choose(_i);
    const uint8_t *public_key = private_key[0] + 2 * slhdsa_sizes[set].n;
    size_t bytes = slhdsa_sizes[set].signature_bytes, at;

    draw();
    message.count = 100;
    new_key(set);
    ck_assert_int_eq(lc_slhdsa.sign(set, private_key[0], &message, coins, signatures[0]),
                     STATUS_SUCCESS);
    ck_assert_int_eq(fast_slhdsa.verify(set, public_key, &message, signatures[0]),
                     STATUS_SUCCESS);
    for (at = 0; at < bytes; at += bytes / 20 + 1)
    {
        signatures[0][at] ^= (uint8_t)(1 << at % 8);
        ck_assert_int_eq(fast_slhdsa.verify(set, public_key, &message, signatures[0]),
                         STATUS_INVALID_SIGNATURE);
        signatures[0][at] ^= (uint8_t)(1 << at % 8);
    }
    for (at = 0; at < 2 * slhdsa_sizes[set].n; at += 13)
    {
        private_key[0][2 * slhdsa_sizes[set].n + at] ^= 1;
        ck_assert_int_eq(fast_slhdsa.verify(set, public_key, &message, signatures[0]),
                         STATUS_INVALID_SIGNATURE);
        private_key[0][2 * slhdsa_sizes[set].n + at] ^= 1;
    }
    text[1][99] ^= 1;
    ck_assert_int_eq(fast_slhdsa.verify(set, public_key, &message, signatures[0]),
                     STATUS_INVALID_SIGNATURE);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("slhdsa");

    lc_ready();
    tcase_add_checked_fixture(tests, NULL, all_of_the_processor);
    tcase_add_test(tests, the_processor_decides);
    tcase_add_loop_test(tests, keys_and_signatures_are_libcryptos, 0, CASES);
    tcase_add_test(tests, many_signatures_are_libcryptos);
    tcase_add_loop_test(tests, what_libcrypto_signs_verifies_unless_it_is_changed, 0, CASES);
    return suite_run("slhdsa_fast", tests);
}
