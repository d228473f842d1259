/*
 * digest.h - the hash functions: plain state, no allocation, nothing that can fail.
 *
 * A digest is a row; a state is copied by assignment, or by digest_copy(), which moves only the
 * bytes the digest uses. States hold bytes that were hashed: their owner wipes them.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_DIGEST_H
#define OPENCNG_CRYPTO_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum digest_id
{
    DIGEST_MD2, DIGEST_MD4, DIGEST_MD5, DIGEST_SHA1, DIGEST_SHA256, DIGEST_SHA384, DIGEST_SHA512,
    DIGEST_SHA3_256, DIGEST_SHA3_384, DIGEST_SHA3_512, DIGEST_COUNT
};

#define DIGEST_MAX_BYTES        64      /* of a digest */
#define DIGEST_MAX_BLOCK_BYTES 136      /* of a block: SHA3-256 */

struct digest_state
{
    uint64_t bytes;                     /* hashed so far; for SHA-3 those in the open block */
    union
    {
        union { uint32_t word32[8]; uint64_t word64[8]; } chain;        /* what both begin with */
        struct { uint32_t chain[8]; uint8_t block[64]; } md64;  /* MD4, MD5, SHA-1, SHA-256 */
        struct { uint64_t chain[8]; uint8_t block[128]; } md128;        /* SHA-384, SHA-512 */
        struct { uint8_t chain[16], checksum[16], block[16]; } md2;
        uint64_t lanes[25];             /* SHA-3 */
    } u;
};

/* Chain values are half as large as blocks. */
#define DIGEST_CHAIN_BYTES(block_bytes) ((block_bytes) / 2)

struct digest
{
    const char *name;
    size_t digest_bytes;
    size_t block_bytes;                 /* as HMAC means it; for SHA-3 the rate */
    size_t state_bytes;                 /* of struct digest_state that are in use */
    size_t length_bytes;                /* at the end of the last block: 8, 16; 0: no chain */
    bool big_endian;
    const void *initial;                /* chain value */
    void (*blocks)(void *chain, const void *data, size_t blocks);
    /* As many blocks of each of two messages, sooner than one after the other; NULL: none is. */
    void (*pair)(void *const chains[], const uint8_t *const data[], size_t blocks);
    void (*start)(const struct digest *, struct digest_state *);
    void (*update)(const struct digest *, struct digest_state *, const uint8_t *, size_t);
    void (*finish)(const struct digest *, struct digest_state *, uint8_t *);
    void (*once)(const struct digest *, const uint8_t *, size_t, uint8_t *);
    void (*after)(const struct digest *, const struct digest_state *, const uint8_t *, size_t,
                  uint8_t *);
};

extern const struct digest digests[DIGEST_COUNT];

/* SHA-256's pair, on any processor. */
void sha256_pair(void *const chains[], const uint8_t *const data[], size_t blocks);

/* The open block of a digest that has a chain, which lies behind it. */
static inline uint8_t *digest_block(const struct digest *digest, struct digest_state *state)
{
    return (uint8_t *)&state->u + DIGEST_CHAIN_BYTES(digest->block_bytes);
}

static inline void digest_start(const struct digest *digest, struct digest_state *state)
{
    digest->start(digest, state);
}

static inline void digest_update(const struct digest *digest, struct digest_state *state,
                                 const void *data, size_t bytes)
{
    if (bytes) digest->update(digest, state, data, bytes);
}

/* Writes digest_bytes; the state is used up: start it again or copy one over it. */
static inline void digest_finish(const struct digest *digest, struct digest_state *state,
                                 uint8_t *out)
{
    digest->finish(digest, state, out);
}

/* start, update and finish in one; the fastest way for a short message. */
static inline void digest_once(const struct digest *digest, const void *data, size_t bytes,
                               uint8_t *out)
{
    digest->once(digest, data, bytes, out);
}

/* The same for what comes after whole blocks, which state has hashed and keeps. */
static inline void digest_after(const struct digest *digest, const struct digest_state *state,
                                const void *data, size_t bytes, uint8_t *out)
{
    digest->after(digest, state, data, bytes, out);
}

static inline void digest_copy(const struct digest *digest, struct digest_state *to,
                               const struct digest_state *from)
{
    memcpy(to, from, digest->state_bytes);
}

#endif
