/*
 * xmss.c - XMSS and XMSS^MT: verification. RFC 8391, algorithms 6, 8, 13, 14 and 17; SP 800-208 for
 * the sets that it has not.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/hbs/hbs_hash.h"
#include "crypto/hbs/xmss.h"

#define ADDRESS_BYTES 32
#define CHAIN_STEPS   15                /* w is 16 in all sets */
#define MOST_CHAINS   (2 * HBS_MOST_N + 3)

/* What stands in front of a key (section 5.1): F, H, H_msg, PRF. */
enum role { ROLE_F, ROLE_H, ROLE_MESSAGE, ROLE_PRF };

/* Section 2.5. Words of an address; a tree's number has two. */
enum address_type { TYPE_ONE_TIME, TYPE_L_TREE, TYPE_TREE };
enum word { WORD_LAYER, WORD_TREE, WORD_TYPE = 3, WORD_KEY, WORD_HEIGHT, WORD_INDEX, WORD_MASK };
#define WORD_CHAIN WORD_HEIGHT
#define WORD_STEP  WORD_INDEX

/* The groups that both registries have in the same order; how long a role is (SP 800-208 shortened
 * it for its own). */
static const struct { struct hbs_hash hash; size_t role_bytes; } groups[] =
{
    { { &digests[DIGEST_SHA256], 0, 32 }, 32 },
    { { &digests[DIGEST_SHA512], 0, 64 }, 64 },
    { { NULL, KECCAK_RATE_128, 32 }, 32 },
    { { NULL, KECCAK_RATE_256, 64 }, 64 },
    { { &digests[DIGEST_SHA256], 0, 24 },  4 },
    { { NULL, KECCAK_RATE_256, 32 }, 32 },
    { { NULL, KECCAK_RATE_256, 24 },  4 },
};

static const struct { uint8_t height, layers; } shapes[] =
{
    { 10, 1 }, { 16, 1 }, { 20, 1 },
};
static const struct { uint8_t height, layers; } multi_shapes[] =
{
    { 20, 2 }, { 20, 4 }, { 40, 2 }, { 40, 4 }, { 40, 8 }, { 60, 3 }, { 60, 6 }, { 60, 12 },
};

struct xmss_set
{
    const struct hbs_hash *hash;
    size_t n, role_bytes, chains, index_bytes, signature_bytes;
    uint32_t height, layers, tree_height;
};

struct xmss
{
    struct xmss_set set;
    struct hbs_state prf;               /* behind PRF's role and SEED */
    uint32_t address[ADDRESS_BYTES / 4];
};

static struct xmss_set get_set(bool is_multi, uint32_t number)
{
    size_t count = is_multi ? 8 : 3, group = (number - 1) / count, shape = (number - 1) % count;
    struct xmss_set set;

    set.hash = &groups[group].hash;
    set.role_bytes = groups[group].role_bytes;
    set.n = set.hash->n;
    set.chains = 2 * set.n + 3;
    set.height = is_multi ? multi_shapes[shape].height : shapes[shape].height;
    set.layers = is_multi ? multi_shapes[shape].layers : 1;
    set.tree_height = set.height / set.layers;
    set.index_bytes = is_multi ? (set.height + 7) / 8 : 4;
    set.signature_bytes = set.index_bytes +
                          (1 + set.layers * set.chains + set.height) * set.n;
    return set;
}

uint32_t xmss_number_of(const uint8_t *public_key)
{
    return hbs_read32(public_key);
}

/* ---- hashes ---- */

static void start(struct hbs_state *state, const struct xmss_set *set, enum role role)
{
    uint8_t padded[HBS_MOST_N] = { 0 };

    padded[set->role_bytes - 1] = (uint8_t)role;
    hbs_start(state, set->hash);
    hbs_add(state, padded, set->role_bytes);
}

static void set_type(struct xmss *xmss, enum address_type type, uint32_t key)
{
    memset(xmss->address + WORD_TYPE, 0, sizeof(xmss->address) - WORD_TYPE * 4);
    xmss->address[WORD_TYPE] = type;
    xmss->address[WORD_KEY] = key;
}

/* PRF(SEED, ADRS): a key, with `mask` 0, or a mask. */
static void prf(struct xmss *xmss, uint32_t mask, uint8_t *out)
{
    struct hbs_state state = xmss->prf;
    uint8_t address[ADDRESS_BYTES];
    size_t i;

    xmss->address[WORD_MASK] = mask;
    for (i = 0; i < ADDRESS_BYTES / 4; i++) hbs_write32(address + 4 * i, xmss->address[i]);
    hbs_add(&state, address, sizeof(address));
    hbs_finish(&state, out);
}

/* F, or RAND_HASH (algorithm 7): of one block, or of two. out may be one of them. */
static void keyed_hash(struct xmss *xmss, enum role role, const uint8_t *const blocks[2],
                       size_t count, uint8_t *out)
{
    uint8_t key[HBS_MOST_N], masked[2 * HBS_MOST_N];
    size_t n = xmss->set.n, block, i;
    struct hbs_state state;

    prf(xmss, 0, key);
    for (block = 0; block < count; block++)
    {
        prf(xmss, (uint32_t)block + 1, masked + block * n);
        for (i = 0; i < n; i++) masked[block * n + i] ^= blocks[block][i];
    }
    start(&state, &xmss->set, role);
    hbs_add(&state, key, n);
    hbs_add(&state, masked, count * n);
    hbs_finish(&state, out);
}

static void hash_pair(struct xmss *xmss, const uint8_t *left, const uint8_t *right, uint8_t *out)
{
    const uint8_t *const blocks[2] = { left, right };

    keyed_hash(xmss, ROLE_H, blocks, 2, out);
}

/* ---- one tree ---- */

/* Algorithm 1 and the checksum of algorithm 6. */
static void get_digits(const struct xmss_set *set, const uint8_t *message, uint8_t *digits)
{
    size_t count = 2 * set->n, i;
    uint32_t sum = 0;

    for (i = 0; i < count; i++)
    {
        digits[i] = message[i / 2] >> (i % 2 ? 0 : 4) & 15;
        sum += CHAIN_STEPS - digits[i];
    }
    for (i = 0; i < 3; i++) digits[count + i] = sum >> (8 - 4 * i) & 15;
}

/* The ends of a one-time signature's chains: algorithm 6. */
static void walk_chains(struct xmss *xmss, uint32_t leaf, const uint8_t *message,
                        const uint8_t *signature, uint8_t ends[MOST_CHAINS][HBS_MOST_N])
{
    uint8_t digits[MOST_CHAINS];
    size_t n = xmss->set.n;
    uint32_t chain, step;

    get_digits(&xmss->set, message, digits);
    set_type(xmss, TYPE_ONE_TIME, leaf);
    for (chain = 0; chain < xmss->set.chains; chain++)
    {
        const uint8_t *const value[2] = { ends[chain], NULL };

        memcpy(ends[chain], signature + chain * n, n);
        xmss->address[WORD_CHAIN] = chain;
        for (step = digits[chain]; step < CHAIN_STEPS; step++)
        {
            xmss->address[WORD_STEP] = step;
            keyed_hash(xmss, ROLE_F, value, 1, ends[chain]);
        }
    }
}

/* Algorithm 8: a tree of any number of leaves, into the first of them. */
static void l_tree(struct xmss *xmss, uint32_t leaf, uint8_t nodes[MOST_CHAINS][HBS_MOST_N])
{
    uint32_t count = (uint32_t)xmss->set.chains, i;

    set_type(xmss, TYPE_L_TREE, leaf);
    for (; count > 1; count = (count + 1) / 2, xmss->address[WORD_HEIGHT]++)
    {
        for (i = 0; i < count / 2; i++)
        {
            xmss->address[WORD_INDEX] = i;
            hash_pair(xmss, nodes[2 * i], nodes[2 * i + 1], nodes[i]);
        }
        if (count % 2) memcpy(nodes[count / 2], nodes[count - 1], HBS_MOST_N);
    }
}

/* Algorithm 13: the root that a leaf's signature of a message of n bytes leads to. */
static void root_of(struct xmss *xmss, uint32_t leaf, const uint8_t *message,
                    const uint8_t *signature, uint8_t *root)
{
    uint8_t nodes[MOST_CHAINS][HBS_MOST_N];
    size_t n = xmss->set.n;
    const uint8_t *path = signature + xmss->set.chains * n;
    uint32_t level;

    walk_chains(xmss, leaf, message, signature, nodes);
    l_tree(xmss, leaf, nodes);
    set_type(xmss, TYPE_TREE, 0);
    for (level = 0; level < xmss->set.tree_height; level++, path += n, leaf /= 2)
    {
        xmss->address[WORD_HEIGHT] = level;
        xmss->address[WORD_INDEX] = leaf / 2;
        if (leaf % 2) hash_pair(xmss, path, nodes[0], nodes[0]);
        else hash_pair(xmss, nodes[0], path, nodes[0]);
    }
    memcpy(root, nodes[0], n);
}

/* ---- all of them ---- */

/* H_msg: of r, the root, the signature's number in n bytes, and the message. */
static void hash_message(const struct xmss *xmss, const uint8_t *public_key,
                         const uint8_t *signature, const uint8_t *message, size_t message_bytes,
                         uint8_t *digest)
{
    size_t n = xmss->set.n, index_bytes = xmss->set.index_bytes;
    uint8_t index[HBS_MOST_N] = { 0 };
    struct hbs_state state;

    memcpy(index + n - index_bytes, signature, index_bytes);
    start(&state, &xmss->set, ROLE_MESSAGE);
    hbs_add(&state, signature + index_bytes, n);
    hbs_add(&state, public_key + 4, n);
    hbs_add(&state, index, n);
    hbs_add(&state, message, message_bytes);
    hbs_finish(&state, digest);
}

NTSTATUS xmss_verify(bool is_multi, uint32_t number, const uint8_t *public_key,
                     const uint8_t *message, size_t message_bytes, const uint8_t *signature,
                     size_t bytes)
{
    struct xmss xmss = { get_set(is_multi, number), { 0 }, { 0 } };
    const struct xmss_set *set = &xmss.set;
    uint8_t node[HBS_MOST_N];
    uint64_t index = 0;
    uint32_t layer, leaf;
    size_t i;

    if (bytes != set->signature_bytes) return STATUS_INVALID_PARAMETER;
    for (i = 0; i < set->index_bytes; i++) index = index << 8 | signature[i];
    if (index >> set->height) return STATUS_INVALID_SIGNATURE;

    start(&xmss.prf, set, ROLE_PRF);
    hbs_add(&xmss.prf, public_key + 4 + set->n, set->n);
    hash_message(&xmss, public_key, signature, message, message_bytes, node);
    signature += set->index_bytes + set->n;
    for (layer = 0; layer < set->layers; layer++)
    {
        leaf = (uint32_t)index & (((uint32_t)1 << set->tree_height) - 1);
        index >>= set->tree_height;
        xmss.address[WORD_LAYER] = layer;
        xmss.address[WORD_TREE] = (uint32_t)(index >> 32);
        xmss.address[WORD_TREE + 1] = (uint32_t)index;
        root_of(&xmss, leaf, node, signature, node);
        signature += (set->chains + set->tree_height) * set->n;
    }
    return memcmp(node, public_key + 4, set->n) ? STATUS_INVALID_SIGNATURE : STATUS_SUCCESS;
}
