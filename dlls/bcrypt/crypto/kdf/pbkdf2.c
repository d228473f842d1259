/*
 * pbkdf2.c - PBKDF2 (RFC 8018 section 5.2) on the bare compression functions.
 *
 * An iteration is one HMAC of a message as long as the digest: two compressions from the kept pad
 * states, of a block in which only the first bytes ever change. Nothing else is done per iteration.
 * With SHA instructions SHA-256 stays in registers from the first iteration to the last, and two
 * blocks of output are made in the time of one.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/kdf/pbkdf2.h"

#include "crypto/common/cpu.h"
#include "crypto/hash/hmac.h"
#include "crypto/hash/sha_ni.h"
#include "platform/wipe.h"

#define MOST_BLOCKS 2                   /* of output, made side by side */

/* A block of output on its way: U_1, U_2 and so on, and the sum of them so far. */
struct pbkdf2_block
{
    uint8_t u[DIGEST_MAX_BYTES], t[DIGEST_MAX_BYTES];
};

/* The iterations after the first, by way of HMAC. */
static void iterate_any(const struct digest *digest, const struct hmac_key *hmac,
                        struct pbkdf2_block *block, uint64_t rounds)
{
    struct digest_state running;
    size_t i;

    for (; rounds; rounds--)
    {
        hmac_start(digest, hmac, &running);
        digest_update(digest, &running, block->u, digest->digest_bytes);
        hmac_finish(digest, hmac, &running, block->u);
        for (i = 0; i < digest->digest_bytes; i++) block->t[i] ^= block->u[i];
    }
    wipe(&running, sizeof(running));
}

/* One compression from a pad state; padded begins with the message and gets the digest there. */
static inline void compress(const struct digest *digest, const struct digest_state *pad,
                            uint8_t *padded)
{
    uint64_t chain[8], word64;
    uint32_t word32;
    size_t i;

    memcpy(chain, &pad->u.chain, DIGEST_CHAIN_BYTES(digest->block_bytes));
    digest->blocks(chain, padded, 1);
    if (!digest->big_endian) memcpy(padded, chain, 16);
    else if (digest->length_bytes == 16) for (i = 0; i < digest->digest_bytes / 8; i++)
    {
        word64 = __builtin_bswap64(chain[i]);
        memcpy(padded + i * 8, &word64, sizeof(word64));
    }
    else for (i = 0; i < digest->digest_bytes / 4; i++)
    {
        memcpy(&word32, (const uint8_t *)chain + i * 4, sizeof(word32));
        word32 = __builtin_bswap32(word32);
        memcpy(padded + i * 4, &word32, sizeof(word32));
    }
    wipe(chain, 64);
}

/* The same for MD4, MD5, SHA-1 and SHA-2: the block is padded once. */
static void iterate_md(const struct digest *digest, const struct hmac_key *hmac,
                       struct pbkdf2_block *block, uint64_t rounds)
{
    uint64_t bits = (digest->block_bytes + digest->digest_bytes) * 8, sum, word;
    uint8_t padded[128] = { 0 };
    size_t i;

    memcpy(padded, block->u, digest->digest_bytes);
    padded[digest->digest_bytes] = 0x80;
    if (digest->big_endian) bits = __builtin_bswap64(bits);
    memcpy(padded + digest->block_bytes - 8, &bits, sizeof(bits));

    for (; rounds; rounds--)
    {
        compress(digest, &hmac->inner, padded);
        compress(digest, &hmac->outer, padded);
        for (i = 0; i + 8 <= digest->digest_bytes; i += 8)
        {
            memcpy(&sum, block->t + i, sizeof(sum));
            memcpy(&word, padded + i, sizeof(word));
            sum ^= word;
            memcpy(block->t + i, &sum, sizeof(sum));
        }
        for (; i < digest->digest_bytes; i++) block->t[i] ^= padded[i];
    }
    wipe(padded, sizeof(padded));
}

/* A digest as a message: the words, a one, zeros, and 64 + 32 bytes as length in bits. */
SHA_NI_INLINE void sha_ni_load_digest(struct sha_ni *stream, __m128i abcd, __m128i efgh)
{
    stream->words[0] = abcd;
    stream->words[1] = efgh;
    stream->words[2] = _mm_set_epi32(0, 0, 0, (int)0x80000000);
    stream->words[3] = _mm_set_epi32((64 + 32) * 8, 0, 0, 0);
}

/* SHA-256 in registers: one block of output or two. */
SHA_NI_INLINE void iterate_sha256(const struct hmac_key *hmac, struct pbkdf2_block *blocks,
                                  const size_t count, uint64_t rounds)
{
    const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    __m128i sum[2][2], abcd, efgh;
    struct sha_ni inner, outer, stream[2];
    size_t i;

    sha_ni_load_chain(&inner, hmac->inner.u.chain.word32);
    sha_ni_load_chain(&outer, hmac->outer.u.chain.word32);
    for (i = 0; i < count; i++)
    {
        abcd = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)blocks[i].u), order);
        efgh = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(blocks[i].u + 16)), order);
        sum[i][0] = abcd;
        sum[i][1] = efgh;
        sha_ni_load_digest(&stream[i], abcd, efgh);
    }

    for (; rounds; rounds--)
    {
        for (i = 0; i < count; i++) stream[i].abef = inner.abef, stream[i].cdgh = inner.cdgh;
        if (count == 2) sha_ni_block_pair(&stream[0], &stream[1]);
        else sha_ni_block(&stream[0]);
        for (i = 0; i < count; i++)
        {
            sha_ni_load_digest(&stream[i], sha_ni_abcd(&stream[i]), sha_ni_efgh(&stream[i]));
            stream[i].abef = outer.abef, stream[i].cdgh = outer.cdgh;
        }
        if (count == 2) sha_ni_block_pair(&stream[0], &stream[1]);
        else sha_ni_block(&stream[0]);
        for (i = 0; i < count; i++)
        {
            abcd = sha_ni_abcd(&stream[i]);
            efgh = sha_ni_efgh(&stream[i]);
            sum[i][0] = _mm_xor_si128(sum[i][0], abcd);
            sum[i][1] = _mm_xor_si128(sum[i][1], efgh);
            sha_ni_load_digest(&stream[i], abcd, efgh);
        }
    }

    for (i = 0; i < count; i++)
    {
        _mm_storeu_si128((__m128i *)blocks[i].t, _mm_shuffle_epi8(sum[i][0], order));
        _mm_storeu_si128((__m128i *)(blocks[i].t + 16), _mm_shuffle_epi8(sum[i][1], order));
    }
    wipe(stream, sizeof(stream));
    wipe(sum, sizeof(sum));
    wipe(&inner, sizeof(inner));
    wipe(&outer, sizeof(outer));
}

static SHA_NI void iterate_sha256_one(const struct hmac_key *hmac, struct pbkdf2_block *blocks,
                                      uint64_t rounds)
{
    iterate_sha256(hmac, blocks, 1, rounds);
}

static SHA_NI void iterate_sha256_two(const struct hmac_key *hmac, struct pbkdf2_block *blocks,
                                      uint64_t rounds)
{
    iterate_sha256(hmac, blocks, 2, rounds);
}

static void iterate(const struct digest *digest, const struct hmac_key *hmac,
                    struct pbkdf2_block *blocks, size_t count, uint64_t rounds)
{
    size_t i;

    if (digest == &digests[DIGEST_SHA256] && cpu_has(SHA_NI_FEATURES))
    {
        if (count == 2) iterate_sha256_two(hmac, blocks, rounds);
        else iterate_sha256_one(hmac, blocks, rounds);
    }
    else for (i = 0; i < count; i++)
    {
        if (digest->length_bytes) iterate_md(digest, hmac, &blocks[i], rounds);
        else iterate_any(digest, hmac, &blocks[i], rounds);
    }
}

void pbkdf2_hmac(const struct digest *digest, const void *password, size_t password_bytes,
                 const void *salt, size_t salt_bytes, uint64_t iterations, uint8_t *out,
                 size_t out_bytes)
{
    struct pbkdf2_block blocks[MOST_BLOCKS];
    struct digest_state salted, running;
    struct hmac_key hmac;
    uint32_t index = 1, number;
    size_t count, part, i;

    hmac_key_init(digest, &hmac, password, password_bytes);
    hmac_start(digest, &hmac, &salted);
    digest_update(digest, &salted, salt, salt_bytes);

    while (out_bytes)
    {
        count = out_bytes > digest->digest_bytes ? MOST_BLOCKS : 1;
        for (i = 0; i < count; i++, index++)
        {
            number = __builtin_bswap32(index);
            digest_copy(digest, &running, &salted);
            digest_update(digest, &running, &number, sizeof(number));
            hmac_finish(digest, &hmac, &running, blocks[i].u);
            memcpy(blocks[i].t, blocks[i].u, digest->digest_bytes);
        }
        iterate(digest, &hmac, blocks, count, iterations - 1);

        for (i = 0; i < count; i++)
        {
            part = out_bytes < digest->digest_bytes ? out_bytes : digest->digest_bytes;
            memcpy(out, blocks[i].t, part);
            out += part;
            out_bytes -= part;
        }
    }

    wipe(blocks, sizeof(blocks));
    wipe(&running, sizeof(running));
    wipe(&salted, sizeof(salted));
    wipe(&hmac, sizeof(hmac));
}
