/*
 * hbs_hash.h - the hash functions of LMS and XMSS: SHA-2, cut off, or SHAKE.
 *
 * All that is hashed is public: nothing is wiped.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_HBS_HASH_H
#define OPENCNG_CRYPTO_HBS_HASH_H

#include "crypto/hash/digest.h"
#include "crypto/hash/keccak.h"

#define HBS_MOST_N 64

struct hbs_hash
{
    const struct digest *digest;                /* NULL: SHAKE of that rate */
    size_t rate, n;                             /* bytes of a digest that count */
};

struct hbs_state
{
    const struct hbs_hash *hash;
    union { struct digest_state digest; struct keccak_state keccak; } u;
};

static inline void hbs_start(struct hbs_state *state, const struct hbs_hash *hash)
{
    state->hash = hash;
    if (hash->digest) digest_start(hash->digest, &state->u.digest);
    else keccak_start(&state->u.keccak, hash->rate, KECCAK_SUFFIX_SHAKE);
}

static inline void hbs_add(struct hbs_state *state, const void *data, size_t bytes)
{
    if (state->hash->digest) digest_update(state->hash->digest, &state->u.digest, data, bytes);
    else keccak_absorb(&state->u.keccak, data, bytes);
}

/* n bytes. */
static inline void hbs_finish(struct hbs_state *state, uint8_t *out)
{
    uint8_t digest[DIGEST_MAX_BYTES];

    if (!state->hash->digest)
    {
        keccak_squeeze(&state->u.keccak, out, state->hash->n);
        return;
    }
    digest_finish(state->hash->digest, &state->u.digest, digest);
    memcpy(out, digest, state->hash->n);
}

static inline uint32_t hbs_read32(const uint8_t *from)
{
    return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

static inline void hbs_write32(uint8_t *to, uint32_t number)
{
    number = __builtin_bswap32(number);
    memcpy(to, &number, sizeof(number));
}

#endif
