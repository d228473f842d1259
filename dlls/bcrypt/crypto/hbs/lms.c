/*
 * lms.c - LMS and HSS: verification. RFC 8554, algorithms 4b, 6a and 9; SP 800-208 for the sets
 * that it has not.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/hbs/hbs_hash.h"
#include "crypto/hbs/lms.h"

#define ID_BYTES 16

/* D_PBLC, D_MESG, D_LEAF and D_INTR of section 3.1. */
enum role { ROLE_PUBLIC = 0x80, ROLE_MESSAGE, ROLE_LEAF, ROLE_NODE };

/* In the order of the types' groups: five heights of trees, four widths of one-time signatures. */
enum lms_hash { SHA256_32, SHA256_24, SHAKE_32, SHAKE_24 };

static const struct hbs_hash hashes[] =
{
    [SHA256_32] = { &digests[DIGEST_SHA256], 0, 32 },
    [SHA256_24] = { &digests[DIGEST_SHA256], 0, 24 },
    [SHAKE_32]  = { NULL, KECCAK_RATE_256, 32 },
    [SHAKE_24]  = { NULL, KECCAK_RATE_256, 24 },
};

/* Table 1 of section 4.1, and of SP 800-208: w, p and ls of 32 bytes and of 24. */
static const struct { uint16_t width, chains[2], shift[2]; } widths[] =
{
    { 1, { 265, 200 }, { 7, 8 } },
    { 2, { 133, 101 }, { 6, 6 } },
    { 4, {  67,  51 }, { 4, 4 } },
    { 8, {  34,  26 }, { 0, 0 } },
};
#define MOST_CHAINS 265

struct lms_set
{
    const struct hbs_hash *hash;
    uint32_t height, width, chains, shift;
    size_t one_time_bytes, signature_bytes;
};

/* false: there are no such types, or they are not for each other. */
static bool get_set(uint32_t type, uint32_t one_time_type, struct lms_set *set)
{
    enum lms_hash hash;
    size_t row, is_short;

    if (type < LMS_TYPE_FIRST || type > LMS_TYPE_LAST) return false;
    if (one_time_type < 1 || one_time_type > 16) return false;
    hash = (enum lms_hash)((type - LMS_TYPE_FIRST) / 5);
    if ((enum lms_hash)((one_time_type - 1) / 4) != hash) return false;
    row = (one_time_type - 1) % 4;
    is_short = hash == SHA256_24 || hash == SHAKE_24;
    set->hash = &hashes[hash];
    set->height = 5 * ((type - LMS_TYPE_FIRST) % 5 + 1);
    set->width = widths[row].width;
    set->chains = widths[row].chains[is_short];
    set->shift = widths[row].shift[is_short];
    set->one_time_bytes = 4 + (1 + set->chains) * set->hash->n;
    set->signature_bytes = 4 + set->one_time_bytes + 4 + set->height * set->hash->n;
    return true;
}

/* The set of an LMS public key. */
static bool set_of_key(const uint8_t *public_key, struct lms_set *set)
{
    return get_set(hbs_read32(public_key), hbs_read32(public_key + 4), set);
}

bool lms_is_public_key(uint32_t type, bool is_hss, const uint8_t *public_key)
{
    struct lms_set set;
    uint32_t levels;

    if (is_hss)
    {
        levels = hbs_read32(public_key);
        if (levels < 1 || levels > HSS_MOST_LEVELS) return false;
        public_key += 4;
    }
    return hbs_read32(public_key) == type && set_of_key(public_key, &set);
}

size_t lms_signature_bytes(bool is_hss, const uint8_t *public_key)
{
    struct lms_set set;

    if (is_hss && hbs_read32(public_key) != 1) return 0;
    if (!set_of_key(public_key + (is_hss ? 4 : 0), &set)) return 0;
    return set.signature_bytes + (is_hss ? 4 : 0);
}

/* ---- one tree ---- */

/* What everything that is hashed begins with. */
static void start(struct hbs_state *state, const struct lms_set *set, const uint8_t *id,
                  uint32_t number, enum role role)
{
    uint8_t head[ID_BYTES + 4 + 2];

    memcpy(head, id, ID_BYTES);
    hbs_write32(head + ID_BYTES, number);
    head[ID_BYTES + 4] = head[ID_BYTES + 5] = (uint8_t)role;
    hbs_start(state, set->hash);
    hbs_add(state, head, sizeof(head));
}

/* coef of section 3.1.3. */
static uint32_t digit(const uint8_t *string, uint32_t number, uint32_t width)
{
    uint32_t in_byte = 8 / width;

    return string[number / in_byte] >> (8 - width * (number % in_byte + 1)) & ((1u << width) - 1);
}

/* A digest and its checksum (section 4.4). */
static void add_checksum(const struct lms_set *set, uint8_t *digest)
{
    uint32_t digits = (uint32_t)set->hash->n * 8 / set->width, sum = 0, i;

    for (i = 0; i < digits; i++) sum += (1u << set->width) - 1 - digit(digest, i, set->width);
    sum <<= set->shift;
    digest[set->hash->n] = (uint8_t)(sum >> 8);
    digest[set->hash->n + 1] = (uint8_t)sum;
}

/* Algorithm 4b: the public key that a one-time signature leads to. */
static void one_time_key(const struct lms_set *set, const uint8_t *id, uint32_t leaf,
                         const uint8_t *message, size_t message_bytes, const uint8_t *signature,
                         uint8_t *key)
{
    size_t n = set->hash->n, step_bytes = ID_BYTES + 4 + 2 + 1 + n;
    uint8_t digest[HBS_MOST_N + 2], step[ID_BYTES + 4 + 2 + 1 + 32];
    const uint8_t *values = signature + 4 + n;
    struct hbs_state state, all;
    uint32_t i, j;

    start(&state, set, id, leaf, ROLE_MESSAGE);
    hbs_add(&state, signature + 4, n);
    hbs_add(&state, message, message_bytes);
    hbs_finish(&state, digest);
    add_checksum(set, digest);

    start(&all, set, id, leaf, ROLE_PUBLIC);
    memcpy(step, id, ID_BYTES);
    hbs_write32(step + ID_BYTES, leaf);
    for (i = 0; i < set->chains; i++, values += n)
    {
        step[ID_BYTES + 4] = (uint8_t)(i >> 8);
        step[ID_BYTES + 5] = (uint8_t)i;
        memcpy(step + ID_BYTES + 7, values, n);
        for (j = digit(digest, i, set->width); j < (1u << set->width) - 1; j++)
        {
            step[ID_BYTES + 6] = (uint8_t)j;
            hbs_start(&state, set->hash);
            hbs_add(&state, step, step_bytes);
            hbs_finish(&state, step + ID_BYTES + 7);
        }
        hbs_add(&all, step + ID_BYTES + 7, n);
    }
    hbs_finish(&all, key);
}

/* Algorithms 6 and 6a. The signature has the set's length, or more. */
static bool verify_tree(const struct lms_set *set, const uint8_t *public_key,
                        const uint8_t *message, size_t message_bytes, const uint8_t *signature)
{
    size_t n = set->hash->n;
    const uint8_t *id = public_key + 8, *path = signature + 4 + set->one_time_bytes + 4;
    uint32_t leaf = hbs_read32(signature), number;
    uint8_t node[HBS_MOST_N];
    struct hbs_state state;

    if (memcmp(signature + 4, public_key + 4, 4)) return false;         /* one-time type */
    if (memcmp(path - 4, public_key, 4)) return false;                  /* tree's type */
    if (leaf >> set->height) return false;

    one_time_key(set, id, leaf, message, message_bytes, signature + 4, node);
    number = (1u << set->height) + leaf;
    start(&state, set, id, number, ROLE_LEAF);
    hbs_add(&state, node, n);
    hbs_finish(&state, node);
    for (; number > 1; number /= 2, path += n)
    {
        start(&state, set, id, number / 2, ROLE_NODE);
        hbs_add(&state, number % 2 ? path : node, n);
        hbs_add(&state, number % 2 ? node : path, n);
        hbs_finish(&state, node);
    }
    return !memcmp(node, public_key + 8 + ID_BYTES, n);
}

/* ---- HSS ---- */

/* Section 6.3: each tree signs the public key of the one below, the last the message. */
static bool verify_levels(const uint8_t *public_key, const uint8_t *message, size_t message_bytes,
                          const uint8_t *signature, size_t bytes)
{
    uint32_t below = hbs_read32(public_key) - 1;
    const uint8_t *key = public_key + 4, *next;
    size_t key_bytes;
    struct lms_set set, next_set;

    if (bytes < 4 || hbs_read32(signature) != below) return false;
    signature += 4, bytes -= 4;
    for (; below; below--, key = next)
    {
        if (!set_of_key(key, &set) || bytes < set.signature_bytes + 8) return false;
        next = signature + set.signature_bytes;
        bytes -= set.signature_bytes;
        if (!set_of_key(next, &next_set)) return false;
        key_bytes = LMS_PUBLIC_BYTES(next_set.hash->n);
        if (bytes < key_bytes || !verify_tree(&set, key, next, key_bytes, signature)) return false;
        signature = next + key_bytes;
        bytes -= key_bytes;
    }
    if (!set_of_key(key, &set) || bytes != set.signature_bytes) return false;
    return verify_tree(&set, key, message, message_bytes, signature);
}

NTSTATUS lms_verify(bool is_hss, const uint8_t *public_key, const uint8_t *message,
                    size_t message_bytes, const uint8_t *signature, size_t bytes)
{
    size_t expected = lms_signature_bytes(is_hss, public_key);
    struct lms_set set;
    bool is_one;

    if (expected && bytes != expected) return STATUS_INVALID_PARAMETER;
    if (is_hss) is_one = verify_levels(public_key, message, message_bytes, signature, bytes);
    else is_one = set_of_key(public_key, &set) &&
                  verify_tree(&set, public_key, message, message_bytes, signature);
    return is_one ? STATUS_SUCCESS : STATUS_INVALID_SIGNATURE;
}
