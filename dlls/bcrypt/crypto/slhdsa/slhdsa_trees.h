/*
 * slhdsa_trees.h - the trees of SLH-DSA: FORS and the layers of XMSS (FIPS 205 sections 5 to 8).
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_SLHDSA_TREES_H
#define OPENCNG_CRYPTO_SLHDSA_TREES_H

#include "crypto/slhdsa/slhdsa_hash.h"

/* A tree is made in pieces of at most that height, so that little memory does. */
#define SLH_PIECE_HEIGHT 8
#define SLH_PIECE_NODES  (1 << SLH_PIECE_HEIGHT)
#define SLH_MOST_TOPS    (1 << (14 - SLH_PIECE_HEIGHT))

/* What the work is done on: it does not fit on a stack. */
struct slh_work
{
    struct slh_hash hash;
    struct slh_batch batch;
    union slh_value secret;             /* SK.seed in every lane */
    union slh_value trace[SLH_CHAIN_STEPS];
    struct slh_input inputs[SLH_MOST_LANES];
    uint8_t messages[SLH_MOST_LANES][SLH_MESSAGE_BYTES];
    uint8_t nodes[SLH_PIECE_NODES][SLHDSA_MOST_N], tops[SLH_MOST_TOPS][SLHDSA_MOST_N];
};

/* A place in the hypertree: its layer, the tree there, and the leaf of it. */
struct slh_place
{
    uint64_t tree;
    uint32_t layer, leaf;
};

/* NULL: no memory. sk_seed NULL: to verify. */
struct slh_work *slh_work_new(enum slhdsa_set set, const uint8_t *pk_seed, const uint8_t *sk_seed);
void slh_work_free(struct slh_work *work);

/* The root of an XMSS tree. signature, if not NULL, becomes the leaf's signature of message. */
void slh_xmss(struct slh_work *work, const struct slh_place *place, const uint8_t *message,
              uint8_t *signature, uint8_t *root);

/* The root that such a signature leads to. */
void slh_xmss_root(struct slh_work *work, const struct slh_place *place, const uint8_t *message,
                   const uint8_t *signature, uint8_t *root);

/* The FORS signature of a digest, and the key that it is verified with; that key alone. */
void slh_fors(struct slh_work *work, const struct slh_place *place, const uint8_t *digest,
              uint8_t *signature, uint8_t *key);
void slh_fors_key(struct slh_work *work, const struct slh_place *place, const uint8_t *digest,
                  const uint8_t *signature, uint8_t *key);

#endif
