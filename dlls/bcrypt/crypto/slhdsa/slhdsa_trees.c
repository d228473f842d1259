/*
 * slhdsa_trees.c - the trees of SLH-DSA, with as many inputs hashed at once as there are lanes.
 *
 * All leaves of a tree have the same work to do whatever is signed: one-time chains are walked to
 * their ends, and the values on the way that a signature shows are kept. Nothing depends on a
 * secret but values; which leaves and steps are shown is in the signature.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/slhdsa/slhdsa_trees.h"

#include "crypto/common/cpu.h"
#include "platform/memory.h"
#include "platform/wipe.h"

#define STACK_BYTES (16 * 1024)         /* more than kernels take */

#ifdef __x86_64__
/* The registers that AVX-512 alone has; compilers clear the upper halves of the others. */
static __attribute__((target("avx512f"))) void wipe_wide_registers(void)
{
#define CLEAR(register) "vpxord " register ", " register ", " register "\n\t"
    __asm__ volatile(CLEAR("%%zmm16") CLEAR("%%zmm17") CLEAR("%%zmm18") CLEAR("%%zmm19")
                     CLEAR("%%zmm20") CLEAR("%%zmm21") CLEAR("%%zmm22") CLEAR("%%zmm23")
                     CLEAR("%%zmm24") CLEAR("%%zmm25") CLEAR("%%zmm26") CLEAR("%%zmm27")
                     CLEAR("%%zmm28") CLEAR("%%zmm29") CLEAR("%%zmm30") CLEAR("%%zmm31")
                     : : : "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23",
                           "xmm24", "xmm25", "xmm26", "xmm27", "xmm28", "xmm29", "xmm30", "xmm31");
#undef CLEAR
}
#endif

struct slh_work *slh_work_new(enum slhdsa_set set, const uint8_t *pk_seed, const uint8_t *sk_seed)
{
    struct slh_work *work = memory_get(sizeof(*work));
    size_t i;

    if (!work) return NULL;
    slh_hash_start(&work->hash, set, pk_seed);
    memset(&work->batch, 0, sizeof(work->batch));
    for (i = 0; sk_seed && i < work->hash.f->lanes; i++)
    {
        slh_value_put(&work->hash, &work->secret, i, sk_seed);
    }
    for (i = 0; i < SLH_MOST_LANES; i++) work->inputs[i].message = work->messages[i];
    return work;
}

void slh_work_free(struct slh_work *work)
{
    memory_put(work, sizeof(*work));
    wipe_stack(STACK_BYTES);
    wipe_registers();
#ifdef __x86_64__
    if (cpu_has(CPU_AVX512)) wipe_wide_registers();
#endif
}

static uint8_t *block_of(struct slh_work *work, size_t message, size_t block)
{
    return work->messages[message] + work->hash.header_bytes + block * work->hash.parameters->n;
}

/* Addresses of all inputs but for what differs among them. */
static void set_inputs(struct slh_work *work, const struct slh_place *place, enum slh_type type,
                       size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
    {
        work->inputs[i].layer = place->layer;
        work->inputs[i].tree = place->tree;
        work->inputs[i].type = type;
        memset(work->inputs[i].words, 0, sizeof(work->inputs[i].words));
    }
}

static void start_batch(struct slh_work *work, const struct slh_place *place)
{
    work->batch.layer = place->layer;
    work->batch.tree = place->tree;
    work->batch.is_uneven = false;
}

static void run(struct slh_work *work, enum slh_type type, uint32_t steps, bool with_trace)
{
    work->batch.type = type;
    work->batch.last = steps;
    work->hash.f->run(&work->hash, &work->batch, with_trace ? work->trace : NULL);
}

/* The secrets that the addresses say: PRF. */
static void run_prf(struct slh_work *work, enum slh_type type)
{
    work->batch.value = work->secret;
    run(work, type, 1, false);
}

/* ---- trees ---- */

/* A tree, or one of the many of FORS, which count their nodes on from one to the next. */
struct tree
{
    const struct slh_place *place;
    enum slh_type type;
    uint32_t first, height;             /* the first leaf's number */
    uint32_t shown;                     /* the leaf, from 0 on, whose path is wanted */
    const uint8_t *digits;              /* XMSS: steps of its chains that are shown */
    uint8_t *signature;                 /* what is shown; NULL: nothing is */
    uint8_t *path;
    void (*leaves)(struct slh_work *work, const struct tree *tree, uint32_t from, uint32_t count);
};

/* The parents of nodes, which are at height `level` - 1 from number `first` on. */
static void hash_pairs(struct slh_work *work, const struct tree *tree,
                       uint8_t (*nodes)[SLHDSA_MOST_N], uint32_t level, uint32_t first,
                       uint32_t parents)
{
    size_t n = work->hash.parameters->n, part, i;
    uint32_t done;

    for (done = 0; done < parents; done += part)
    {
        part = parents - done < SLH_MOST_LANES ? parents - done : SLH_MOST_LANES;
        set_inputs(work, tree->place, tree->type, part);
        for (i = 0; i < part; i++)
        {
            memcpy(block_of(work, i, 0), nodes[2 * (done + i)], n);
            memcpy(block_of(work, i, 1), nodes[2 * (done + i) + 1], n);
            if (tree->type == SLH_FORS_TREE) work->inputs[i].words[0] = tree->place->leaf;
            work->inputs[i].words[1] = level;
            work->inputs[i].words[2] = (tree->first >> level) + first / 2 + done + (uint32_t)i;
            work->inputs[i].out = nodes[done + i];
        }
        slh_hash_many(&work->hash, work->inputs, part, 2 * n);
    }
}

/* From 2^(to - from) nodes at a height, beginning with number `first`, to one. */
static void climb(struct slh_work *work, const struct tree *tree, uint8_t (*nodes)[SLHDSA_MOST_N],
                  uint32_t from, uint32_t to, uint32_t first)
{
    size_t n = work->hash.parameters->n;
    uint32_t beside;

    for (; from < to; from++, first /= 2)
    {
        beside = (tree->shown >> from ^ 1) - first;
        if (tree->signature && beside < (uint32_t)1 << (to - from))
        {
            memcpy(tree->path + from * n, nodes[beside], n);
        }
        hash_pairs(work, tree, nodes, from + 1, first, (uint32_t)1 << (to - from - 1));
    }
}

static void make_tree(struct slh_work *work, const struct tree *tree, uint8_t *root)
{
    uint32_t piece = tree->height < SLH_PIECE_HEIGHT ? tree->height : SLH_PIECE_HEIGHT, i;

    for (i = 0; i < (uint32_t)1 << (tree->height - piece); i++)
    {
        tree->leaves(work, tree, i << piece, (uint32_t)1 << piece);
        climb(work, tree, work->nodes, 0, piece, i << piece);
        memcpy(work->tops[i], work->nodes[0], SLHDSA_MOST_N);
    }
    climb(work, tree, work->tops, piece, tree->height, 0);
    memcpy(root, work->tops[0], work->hash.parameters->n);
}

/* The root above a node that a signature has led to. */
static void climb_path(struct slh_work *work, const struct slh_place *place, const uint8_t *path,
                       uint32_t height, uint8_t *node)
{
    size_t n = work->hash.parameters->n;
    uint32_t level;

    set_inputs(work, place, SLH_TREE, 1);
    work->inputs[0].out = node;
    for (level = 1; level <= height; level++, path += n)
    {
        memcpy(block_of(work, 0, place->leaf >> (level - 1) & 1), node, n);
        memcpy(block_of(work, 0, ~place->leaf >> (level - 1) & 1), path, n);
        work->inputs[0].words[1] = level;
        work->inputs[0].words[2] = place->leaf >> level;
        slh_hash_many(&work->hash, work->inputs, 1, 2 * n);
    }
}

/* ---- XMSS ---- */

/* Algorithm 7: a message in steps of its chains, and their checksum. */
static size_t steps_of(const struct slh_parameters *parameters, const uint8_t *message,
                       uint8_t digits[SLH_MOST_CHAINS])
{
    size_t count = 2 * parameters->n, i;
    uint32_t sum = 0;

    for (i = 0; i < count; i++)
    {
        digits[i] = message[i / 2] >> (i % 2 ? 0 : 4) & 15;
        sum += SLH_CHAIN_STEPS - digits[i];
    }
    for (i = 0; i < 3; i++) digits[count++] = sum >> (8 - 4 * i) & 15;
    return count;
}

/* The ends of the chains of some leaves, into as many messages. */
static void walk_chains(struct slh_work *work, const struct tree *tree, uint32_t from,
                        uint32_t leaves)
{
    size_t n = work->hash.parameters->n, count = 2 * n + 3, lanes = work->hash.f->lanes, lane;
    struct { uint32_t leaf, chain; } at[SLH_MOST_LANES], next = { 0, 0 };
    bool is_shown;

    while (next.leaf < leaves)
    {
        is_shown = false;
        for (lane = 0; lane < lanes; lane++)
        {
            at[lane].leaf = next.leaf;
            at[lane].chain = next.chain;
            work->batch.words[0][lane] = from + next.leaf;
            work->batch.words[1][lane] = next.chain;
            work->batch.words[2][lane] = 0;
            if (next.leaf == leaves) continue;          /* nobody looks at what this one makes */
            is_shown |= tree->signature && from + next.leaf == tree->shown;
            if (++next.chain == count) next.leaf++, next.chain = 0;
        }
        run_prf(work, SLH_WOTS_PRF);
        run(work, SLH_WOTS_HASH, SLH_CHAIN_STEPS, is_shown);

        for (lane = 0; lane < lanes && at[lane].leaf < leaves; lane++)
        {
            uint32_t chain = at[lane].chain;
            const union slh_value *value = &work->batch.value;

            slh_value_get(&work->hash, value, lane, block_of(work, at[lane].leaf, chain));
            if (!tree->signature || from + at[lane].leaf != tree->shown) continue;
            if (tree->digits[chain] < SLH_CHAIN_STEPS) value = &work->trace[tree->digits[chain]];
            slh_value_get(&work->hash, value, lane, tree->signature + chain * n);
        }
    }
}

static void xmss_leaves(struct slh_work *work, const struct tree *tree, uint32_t from,
                        uint32_t count)
{
    size_t n = work->hash.parameters->n;
    uint32_t done, part, i;

    start_batch(work, tree->place);
    for (done = 0; done < count; done += part)
    {
        part = count - done < SLH_MOST_LANES ? count - done : SLH_MOST_LANES;
        walk_chains(work, tree, from + done, part);
        set_inputs(work, tree->place, SLH_WOTS_PK, part);
        for (i = 0; i < part; i++)
        {
            work->inputs[i].words[0] = from + done + i;
            work->inputs[i].out = work->nodes[done + i];
        }
        slh_hash_many(&work->hash, work->inputs, part, (2 * n + 3) * n);
    }
}

void slh_xmss(struct slh_work *work, const struct slh_place *place, const uint8_t *message,
              uint8_t *signature, uint8_t *root)
{
    const struct slh_parameters *parameters = work->hash.parameters;
    uint8_t digits[SLH_MOST_CHAINS];
    struct tree tree = { place, SLH_TREE, 0, parameters->tree_height, place->leaf, digits,
                         signature, NULL, xmss_leaves };

    if (signature)
    {
        tree.path = signature + steps_of(parameters, message, digits) * parameters->n;
    }
    make_tree(work, &tree, root);
}

void slh_xmss_root(struct slh_work *work, const struct slh_place *place, const uint8_t *message,
                   const uint8_t *signature, uint8_t *root)
{
    const struct slh_parameters *parameters = work->hash.parameters;
    size_t n = parameters->n, lanes = work->hash.f->lanes, count, done, lane, i;
    uint8_t digits[SLH_MOST_CHAINS], order[SLH_MOST_CHAINS], digit, chain;

    /* Chains with as many steps to go share a batch. */
    count = steps_of(parameters, message, digits);
    for (digit = 0, done = 0; digit <= SLH_CHAIN_STEPS; digit++)
    {
        for (i = 0; i < count; i++) if (digits[i] == digit) order[done++] = (uint8_t)i;
    }
    start_batch(work, place);
    work->batch.is_uneven = true;
    for (done = 0; done < count; done += lanes)
    {
        for (lane = 0; lane < lanes; lane++)
        {
            chain = order[done + lane < count ? done + lane : count - 1];
            work->batch.words[0][lane] = place->leaf;
            work->batch.words[1][lane] = chain;
            work->batch.words[2][lane] = 0;
            work->batch.first[lane] = digits[chain];
            slh_value_put(&work->hash, &work->batch.value, lane, signature + chain * n);
        }
        run(work, SLH_WOTS_HASH, SLH_CHAIN_STEPS, false);
        for (lane = 0; lane < lanes && done + lane < count; lane++)
        {
            slh_value_get(&work->hash, &work->batch.value, lane,
                          block_of(work, 0, order[done + lane]));
        }
    }
    set_inputs(work, place, SLH_WOTS_PK, 1);
    work->inputs[0].words[0] = place->leaf;
    work->inputs[0].out = root;
    slh_hash_many(&work->hash, work->inputs, 1, count * n);
    climb_path(work, place, signature + count * n, parameters->tree_height, root);
}

/* ---- FORS ---- */

/* Algorithm 4: the leaf that is shown of a tree. */
static uint32_t fors_leaf(const struct slh_parameters *parameters, const uint8_t *digest,
                          uint32_t tree)
{
    uint32_t bit = tree * parameters->fors_height, end = bit + parameters->fors_height, leaf = 0;

    for (; bit < end; bit++) leaf = leaf << 1 | (digest[bit / 8] >> (7 - bit % 8) & 1);
    return leaf;
}

static void set_fors_lane(struct slh_work *work, size_t lane, uint32_t key, uint32_t leaf)
{
    work->batch.words[0][lane] = key;
    work->batch.words[1][lane] = 0;
    work->batch.words[2][lane] = leaf;
}

static void fors_leaves(struct slh_work *work, const struct tree *tree, uint32_t from,
                        uint32_t count)
{
    size_t lanes = work->hash.f->lanes, lane;
    uint32_t done;

    start_batch(work, tree->place);
    for (done = 0; done < count; done += (uint32_t)lanes)
    {
        for (lane = 0; lane < lanes; lane++)
        {
            set_fors_lane(work, lane, tree->place->leaf,
                          tree->first + from + done + (uint32_t)lane);
        }
        run_prf(work, SLH_FORS_PRF);
        lane = tree->shown - from - done;
        if (lane < lanes) slh_value_get(&work->hash, &work->batch.value, lane, tree->signature);
        run(work, SLH_FORS_TREE, 1, false);
        for (lane = 0; lane < lanes && done + lane < count; lane++)
        {
            slh_value_get(&work->hash, &work->batch.value, lane, work->nodes[done + lane]);
        }
    }
}

/* T_k of the trees' roots, which are in the first message. */
static void fors_end(struct slh_work *work, const struct slh_place *place, uint8_t *key)
{
    const struct slh_parameters *parameters = work->hash.parameters;

    set_inputs(work, place, SLH_FORS_ROOTS, 1);
    work->inputs[0].words[0] = place->leaf;
    work->inputs[0].out = key;
    slh_hash_many(&work->hash, work->inputs, 1, (size_t)parameters->fors_trees * parameters->n);
}

void slh_fors(struct slh_work *work, const struct slh_place *place, const uint8_t *digest,
              uint8_t *signature, uint8_t *key)
{
    const struct slh_parameters *parameters = work->hash.parameters;
    size_t n = parameters->n;
    uint8_t roots[36][SLHDSA_MOST_N];
    struct tree tree = { place, SLH_FORS_TREE, 0, parameters->fors_height, 0, NULL, NULL, NULL,
                         fors_leaves };
    uint32_t i;

    for (i = 0; i < parameters->fors_trees; i++)
    {
        tree.first = i << parameters->fors_height;
        tree.shown = fors_leaf(parameters, digest, i);
        tree.signature = signature;
        tree.path = signature + n;
        make_tree(work, &tree, roots[i]);
        signature += (1u + parameters->fors_height) * n;
    }
    for (i = 0; i < parameters->fors_trees; i++) memcpy(block_of(work, 0, i), roots[i], n);
    fors_end(work, place, key);
}

/* From shown leaves of some trees to their parents at a height. */
static void fors_climb(struct slh_work *work, const struct slh_place *place, const uint8_t *digest,
                       const uint8_t *signature, uint32_t level)
{
    const struct slh_parameters *parameters = work->hash.parameters;
    size_t n = parameters->n, tree_bytes = (1u + parameters->fors_height) * n, part, i;
    uint32_t done, leaf, tree;

    for (done = 0; done < parameters->fors_trees; done += (uint32_t)part)
    {
        part = parameters->fors_trees - done;
        if (part > SLH_MOST_LANES) part = SLH_MOST_LANES;
        set_inputs(work, place, SLH_FORS_TREE, part);
        for (i = 0; i < part; i++)
        {
            tree = done + (uint32_t)i;
            leaf = fors_leaf(parameters, digest, tree) + (tree << parameters->fors_height);
            memcpy(block_of(work, i, leaf >> (level - 1) & 1), work->nodes[tree], n);
            memcpy(block_of(work, i, ~leaf >> (level - 1) & 1),
                   signature + tree * tree_bytes + level * n, n);
            work->inputs[i].words[0] = place->leaf;
            work->inputs[i].words[1] = level;
            work->inputs[i].words[2] = leaf >> level;
            work->inputs[i].out = work->nodes[tree];
        }
        slh_hash_many(&work->hash, work->inputs, part, 2 * n);
    }
}

void slh_fors_key(struct slh_work *work, const struct slh_place *place, const uint8_t *digest,
                  const uint8_t *signature, uint8_t *key)
{
    const struct slh_parameters *parameters = work->hash.parameters;
    size_t n = parameters->n, tree_bytes = (1u + parameters->fors_height) * n;
    size_t lanes = work->hash.f->lanes, lane;
    uint32_t done, tree, last = parameters->fors_trees - 1u, level;

    start_batch(work, place);
    for (done = 0; done <= last; done += (uint32_t)lanes)
    {
        for (lane = 0; lane < lanes; lane++)
        {
            tree = done + lane < last ? done + (uint32_t)lane : last;
            set_fors_lane(work, lane, place->leaf, fors_leaf(parameters, digest, tree) +
                                                   (tree << parameters->fors_height));
            slh_value_put(&work->hash, &work->batch.value, lane, signature + tree * tree_bytes);
        }
        run(work, SLH_FORS_TREE, 1, false);
        for (lane = 0; lane < lanes && done + lane <= last; lane++)
        {
            slh_value_get(&work->hash, &work->batch.value, lane, work->nodes[done + lane]);
        }
    }
    for (level = 1; level <= parameters->fors_height; level++)
    {
        fors_climb(work, place, digest, signature, level);
    }
    for (tree = 0; tree <= last; tree++) memcpy(block_of(work, 0, tree), work->nodes[tree], n);
    fors_end(work, place, key);
}
