/*
 * slhdsa_fast.c - SLH-DSA of our own: keys and signatures (FIPS 205 section 9).
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/slhdsa/slhdsa_trees.h"

#include "platform/wipe.h"

/* A big-endian number, of which `bits` count. */
static uint64_t number_in(const uint8_t **from, unsigned bits)
{
    uint64_t number = 0;
    unsigned i;

    for (i = 0; i < (bits + 7) / 8; i++) number = number << 8 | *(*from)++;
    return bits == 64 ? number : number & (((uint64_t)1 << bits) - 1);
}

/* Where a digest says that FORS' key is (algorithm 19, lines 7 to 10). */
static struct slh_place place_of(const struct slh_parameters *parameters, const uint8_t *digest)
{
    struct slh_place place = { 0, 0, 0 };
    unsigned fors_bits = (unsigned)parameters->fors_trees * parameters->fors_height;
    const uint8_t *from = digest + (fors_bits + 7) / 8;

    place.tree = number_in(&from, (unsigned)parameters->h - parameters->tree_height);
    place.leaf = (uint32_t)number_in(&from, parameters->tree_height);
    return place;
}

static void go_up(const struct slh_parameters *parameters, struct slh_place *place)
{
    place->layer++;
    place->leaf = (uint32_t)place->tree & (((uint32_t)1 << parameters->tree_height) - 1);
    place->tree >>= parameters->tree_height;
}

static NTSTATUS generate(enum slhdsa_set set, const uint8_t *seed, uint8_t *private_key)
{
    const struct slh_parameters *parameters = &slh_parameters[set];
    struct slh_place top = { 0, parameters->layers - 1u, 0 };
    size_t n = parameters->n;
    struct slh_work *work;

    if (!(work = slh_work_new(set, seed + 2 * n, seed))) return STATUS_NO_MEMORY;
    memmove(private_key, seed, 3 * n);
    slh_xmss(work, &top, NULL, NULL, private_key + 3 * n);
    slh_work_free(work);
    return STATUS_SUCCESS;
}

static NTSTATUS sign(enum slhdsa_set set, const uint8_t *private_key,
                     const struct slhdsa_message *message, const uint8_t *coins,
                     uint8_t *signature)
{
    const struct slh_parameters *parameters = &slh_parameters[set];
    size_t n = parameters->n, chains = 2 * n + 3;
    uint8_t digest[SLH_MOST_DIGEST_BYTES], node[SLHDSA_MOST_N];
    struct slh_place place;
    struct slh_work *work;

    if (!(work = slh_work_new(set, private_key + 2 * n, private_key))) return STATUS_NO_MEMORY;
    slh_randomizer(&work->hash, private_key + n, coins, message, signature);
    slh_digest(&work->hash, signature, private_key + 3 * n, message, digest);
    place = place_of(parameters, digest);
    signature += n;
    slh_fors(work, &place, digest, signature, node);
    signature += (size_t)parameters->fors_trees * (1u + parameters->fors_height) * n;
    for (; place.layer < parameters->layers; go_up(parameters, &place))
    {
        slh_xmss(work, &place, node, signature, node);
        signature += (chains + parameters->tree_height) * n;
    }
    slh_work_free(work);
    return STATUS_SUCCESS;
}

static NTSTATUS verify(enum slhdsa_set set, const uint8_t *public_key,
                       const struct slhdsa_message *message, const uint8_t *signature)
{
    const struct slh_parameters *parameters = &slh_parameters[set];
    size_t n = parameters->n, chains = 2 * n + 3;
    uint8_t digest[SLH_MOST_DIGEST_BYTES], node[SLHDSA_MOST_N];
    struct slh_place place;
    struct slh_work *work;

    if (!(work = slh_work_new(set, public_key, NULL))) return STATUS_NO_MEMORY;
    slh_digest(&work->hash, signature, public_key + n, message, digest);
    place = place_of(parameters, digest);
    signature += n;
    slh_fors_key(work, &place, digest, signature, node);
    signature += (size_t)parameters->fors_trees * (1u + parameters->fors_height) * n;
    for (; place.layer < parameters->layers; go_up(parameters, &place))
    {
        slh_xmss_root(work, &place, node, signature, node);
        signature += (chains + parameters->tree_height) * n;
    }
    slh_work_free(work);
    return memcmp(node, public_key + n, n) ? STATUS_INVALID_SIGNATURE : STATUS_SUCCESS;
}

const struct slhdsa_code fast_slhdsa =
{
    .generate = generate,
    .sign     = sign,
    .verify   = verify,
};
