/*
 * ct_slhdsa.c - our SLH-DSA without branches and addresses that depend on secrets, as valgrind's
 * memcheck sees it.
 *
 * Secret are SK.seed, SK.prf and what is random. The randomizer, and roots and values that chains
 * and trees show, are in the signature: a signature is made here in its steps, and after each of
 * them memcheck is told so. Memcheck has no AVX-512 and no SHA instructions: it sees the kernels
 * for AVX2, and those without lanes.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ct.h"

#include <string.h>

#include "crypto/common/cpu.h"
#include "crypto/slhdsa/slhdsa_trees.h"

static const enum slhdsa_set sets[] =
{
    SLHDSA_SHA2_128F, SLHDSA_SHA2_192F, SLHDSA_SHA2_256F,
    SLHDSA_SHAKE_128F, SLHDSA_SHAKE_192F, SLHDSA_SHAKE_256F,
};
#define SETS (int)(sizeof(sets) / sizeof(sets[0]))

static uint8_t seed[3 * SLHDSA_MOST_N], coins[SLHDSA_MOST_N], text[40];
static uint8_t private_key[SLHDSA_MOST_PRIVATE_BYTES];
static uint8_t signatures[2][SLHDSA_MOST_SIGNATURE_BYTES];
static const struct slhdsa_message message = { text, text + 2, 2, 38 };

static enum slhdsa_set choose(int number)
{
    cpu_limit(number < SETS ? UINT32_MAX : ~(uint32_t)CPU_AVX2);
    memset(seed, number + 1, sizeof(seed));
    memset(coins, number + 2, sizeof(coins));
    return sets[number % SETS];
}

START_TEST(making_a_key_is_blind)
{
    enum slhdsa_set set = choose(_i);
    size_t n = slhdsa_sizes[set].n;
    unsigned before = complaints();

    secret(seed, 2 * n);
    ck_assert_int_eq(fast_slhdsa.generate(set, seed, private_key), STATUS_SUCCESS);
    ck_assert_uint_eq(complaints(), before);
    known(seed, 2 * n);
    known(private_key, 4 * n);
}
END_TEST

/* What a step has made is in the signature. */
#define SHOWN(step, made, bytes) \
    do \
    { \
        step; \
        ck_assert_uint_eq(complaints(), before); \
        known(made, bytes); \
        known(node, n); \
    } while (0)

/* FIPS 205, algorithm 19, with two of all layers; then all of them at once, for the same bytes. */
START_TEST(signing_is_blind)
{
    enum slhdsa_set set = choose(_i);
    const struct slh_parameters *parameters = &slh_parameters[set];
    size_t n = parameters->n, layer_bytes = (2 * n + 3 + parameters->tree_height) * n;
    size_t fors_bytes = (size_t)parameters->fors_trees * (1u + parameters->fors_height) * n;
    size_t tree_bits = (size_t)parameters->h - parameters->tree_height, i;
    uint8_t digest[SLH_MOST_DIGEST_BYTES], node[SLHDSA_MOST_N], *at = signatures[1];
    const uint8_t *from;
    struct slh_place place = { 0, 0, 0 };
    struct slh_work *work;
    unsigned before;

    ck_assert_int_eq(fast_slhdsa.generate(set, seed, private_key), STATUS_SUCCESS);
    ck_assert_int_eq(fast_slhdsa.sign(set, private_key, &message, coins, signatures[0]),
                     STATUS_SUCCESS);
    secret(private_key, 2 * n);
    secret(coins, n);
    before = complaints();
    ck_assert_ptr_nonnull(work = slh_work_new(set, private_key + 2 * n, private_key));
    SHOWN(slh_randomizer(&work->hash, private_key + n, coins, &message, at), at, n);
    slh_digest(&work->hash, at, private_key + 3 * n, &message, digest);
    from = digest + ((size_t)parameters->fors_trees * parameters->fors_height + 7) / 8;
    for (i = 0; i < (tree_bits + 7) / 8; i++) place.tree = place.tree << 8 | *from++;
    if (tree_bits < 64) place.tree &= ((uint64_t)1 << tree_bits) - 1;
    place.leaf = *from & ((1u << parameters->tree_height) - 1);
    at += n;
    SHOWN(slh_fors(work, &place, digest, at, node), at, fors_bytes);
    at += fors_bytes;
    for (; place.layer < 2; place.layer++)
    {
        SHOWN(slh_xmss(work, &place, node, at, node), at, layer_bytes);
        at += layer_bytes;
        place.leaf = (uint32_t)place.tree & ((1u << parameters->tree_height) - 1);
        place.tree >>= parameters->tree_height;
    }
    slh_work_free(work);
    ck_assert_uint_eq(complaints(), before);
    known(private_key, 2 * n);
    known(coins, n);
    ck_assert_mem_eq(signatures[0], signatures[1], n + fors_bytes + 2 * layer_bytes);
}
END_TEST

static void add(TCase *tests)
{
    tcase_add_loop_test(tests, making_a_key_is_blind, 0, 2 * SETS);
    tcase_add_loop_test(tests, signing_is_blind, 0, 2 * SETS);
}

int main(int argc, char **argv)
{
    (void)argc;
    return ct_main("ct_slhdsa", argv, add);
}
