/*
 * slhdsa_hash.h - the hash functions of SLH-DSA (FIPS 205 section 11), on many inputs at once.
 *
 * All of them but two hash PK.seed, an address and a few blocks of n bytes. F and PRF, which take
 * one block and are nine tenths of all work, are kernels of their own: a batch has as many inputs
 * as the kernel has lanes, and stays in the kernel's form while a chain is walked. H and the T_l
 * take messages in memory. With SHA-2 everything starts from the state behind PK.seed's block.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_SLHDSA_HASH_H
#define OPENCNG_CRYPTO_SLHDSA_HASH_H

#include "crypto/hash/digest.h"
#include "crypto/slhdsa/slhdsa.h"

#define SLH_MOST_LANES        16
#define SLH_MOST_CHAINS       67        /* of a one-time key */
#define SLH_MOST_DIGEST_BYTES 49
#define SLH_CHAIN_STEPS       15

/* FIPS 205, table 2. */
struct slh_parameters
{
    bool is_shake;
    uint8_t n, h, layers, tree_height, fors_height, fors_trees, digest_bytes;
};

extern const struct slh_parameters slh_parameters[];

/* FIPS 205, table 1. */
enum slh_type
{
    SLH_WOTS_HASH, SLH_WOTS_PK, SLH_TREE, SLH_FORS_TREE, SLH_FORS_ROOTS, SLH_WOTS_PRF, SLH_FORS_PRF
};

/* Blocks of n bytes side by side: word i of all lanes, then word i + 1. Words of SHA-2 have 32
 * bits, those of SHAKE 64. */
union slh_value
{
    _Alignas(64) uint32_t word32[8][16];
    _Alignas(64) uint64_t word64[4][8];
};

/*
 * Inputs of F or PRF: addresses, of which the lanes share layer, tree and type, and values. A chain
 * goes on from step first[lane] to the step before `last`; what is added to the last word of the
 * address, which is 0 where `last` is not 1.
 */
struct slh_batch
{
    _Alignas(64) uint32_t words[3][SLH_MOST_LANES];
    _Alignas(64) uint32_t first[SLH_MOST_LANES];
    union slh_value value;
    uint64_t tree;
    uint32_t layer, type, last;
    bool is_uneven;                     /* some first[lane] is not 0 */
};

struct slh_hash;

/* Values of all lanes go along their chains. trace, unless it is NULL, gets those before each
 * step. */
struct slh_f_kernel
{
    void (*run)(const struct slh_hash *hash, struct slh_batch *batch, union slh_value *trace);
    size_t lanes;
    uint32_t features;
};

/* Hashes as many blocks of each message: on plain states, as in struct digest_state. */
struct slh_t_kernel
{
    void (*run)(const struct slh_hash *hash, void *const chains[], const uint8_t *const data[],
                size_t blocks);
    size_t lanes;
    size_t worth;                       /* with fewer messages one after the other is faster */
    uint32_t features;
};

struct slh_hash
{
    const struct slh_parameters *parameters;
    const struct digest *digest;        /* SHA-2: of H, T_l and messages */
    const struct slh_f_kernel *f;
    const struct slh_t_kernel *t;
    size_t header_bytes;                /* in front of H's and T_l's blocks */
    size_t block_bytes, state_bytes;    /* of H and T_l */
    struct digest_state chain256;       /* behind PK.seed, for F and PRF */
    uint64_t chain[25];                 /* the same for H and T_l */
    uint8_t pk_seed[SLHDSA_MOST_N];
};

/* The fastest kernels; a row that runs anywhere is the last. */
extern const struct slh_f_kernel slh_sha2_f[], slh_shake_f[];
extern const struct slh_t_kernel slh_sha256_t[], slh_sha512_t[], slh_shake_t[];

/* Nothing secret is in it. */
void slh_hash_start(struct slh_hash *hash, enum slhdsa_set set, const uint8_t *pk_seed);

/* A lane's block, in and out. */
void slh_value_put(const struct slh_hash *hash, union slh_value *value, size_t lane,
                   const uint8_t *block);
void slh_value_get(const struct slh_hash *hash, const union slh_value *value, size_t lane,
                   uint8_t *block);

/* An input of H or T_l. message: header_bytes of room, the blocks, and room for padding. */
#define SLH_MESSAGE_BYTES (SLHDSA_MOST_N + 32 + SLH_MOST_CHAINS * SLHDSA_MOST_N + 256)
struct slh_input
{
    uint64_t tree;
    uint32_t layer, type, words[3];
    uint8_t *message;
    uint8_t *out;                       /* n bytes; may be in a message that is hashed with it */
};

/* Hashes messages of `bytes` bytes behind their headers. At most SLH_MOST_LANES. */
void slh_hash_many(const struct slh_hash *hash, struct slh_input *inputs, size_t count,
                   size_t bytes);

/* ADRS^c, 22 bytes, of section 11.2. */
#define SLH_SHA2_HEADER_BYTES 22
void slh_sha2_header(uint8_t header[SLH_SHA2_HEADER_BYTES], const struct slh_input *input);

/* PRF_msg and H_msg: sections 11.1 and 11.2. */
void slh_randomizer(const struct slh_hash *hash, const uint8_t *sk_prf, const uint8_t *coins,
                    const struct slhdsa_message *message, uint8_t *randomizer);
void slh_digest(const struct slh_hash *hash, const uint8_t *randomizer, const uint8_t *pk_root,
                const struct slhdsa_message *message, uint8_t digest[SLH_MOST_DIGEST_BYTES]);

#endif
