/*
 * fast_pbkdf2.c - PBKDF2 (RFC 8018 section 5.2) on the bare compression functions.
 *
 * An iteration is one HMAC of a message as long as the digest: two compressions from the kept pad
 * states, of a block in which only the first bytes ever change. Nothing else is done per iteration.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/pbkdf2.h"

#include "crypto/hmac.h"
#include "crypto/wipe.h"

/* U_2 and on: replaces u by HMAC(u), XORs it into t, `rounds` times. */
static void iterate_any(const struct digest *digest, const struct hmac_key *hmac, uint8_t *u,
                        uint8_t *t, uint64_t rounds)
{
    struct digest_state running;
    size_t i;

    for (; rounds; rounds--)
    {
        hmac_start(digest, hmac, &running);
        digest_update(digest, &running, u, digest->digest_bytes);
        hmac_finish(digest, hmac, &running, u);
        for (i = 0; i < digest->digest_bytes; i++) t[i] ^= u[i];
    }
    wipe(&running, digest->state_bytes);
}

/* The same for MD4, MD5, SHA-1 and SHA-2: the block is padded once. */
static void iterate_md(const struct digest *digest, const struct hmac_key *hmac, uint8_t *u,
                       uint8_t *t, uint64_t rounds)
{
    size_t bytes = digest->digest_bytes, block_bytes = digest->block_bytes, i;
    uint64_t bits = (block_bytes + bytes) * 8, chain[8], sum[8] = { 0 }, word64;
    uint32_t word32;
    uint8_t block[128] = { 0 };

    memcpy(block, u, bytes);
    block[bytes] = 0x80;
    if (digest->big_endian) bits = __builtin_bswap64(bits);
    memcpy(block + block_bytes - 8, &bits, sizeof(bits));

    for (rounds *= 2; rounds; rounds--)
    {
        const struct digest_state *pad = rounds & 1 ? &hmac->outer : &hmac->inner;

        memcpy(chain, &pad->u.md.chain, sizeof(chain));
        digest->blocks(chain, block, 1);
        if (!digest->big_endian) memcpy(block, chain, 16);
        else if (block_bytes == 128) for (i = 0; i < bytes; i += 8)
        {
            memcpy(&word64, (uint8_t *)chain + i, sizeof(word64));
            word64 = __builtin_bswap64(word64);
            memcpy(block + i, &word64, sizeof(word64));
        }
        else for (i = 0; i < bytes; i += 4)
        {
            memcpy(&word32, (uint8_t *)chain + i, sizeof(word32));
            word32 = __builtin_bswap32(word32);
            memcpy(block + i, &word32, sizeof(word32));
        }
        if (rounds & 1) for (i = 0; i < (bytes + 7) / 8; i++)
        {
            memcpy(&word64, block + i * 8, sizeof(word64));
            sum[i] ^= word64;
        }
    }

    for (i = 0; i < bytes; i++) t[i] ^= ((const uint8_t *)sum)[i];
    memcpy(u, block, bytes);
    wipe(chain, 64);
    wipe(sum, 64);
    wipe(block, sizeof(block));
}

void pbkdf2_hmac(const struct digest *digest, const void *password, size_t password_bytes,
                 const void *salt, size_t salt_bytes, uint64_t iterations, uint8_t *out,
                 size_t out_bytes)
{
    uint8_t u[DIGEST_MAX_BYTES], t[DIGEST_MAX_BYTES];
    struct digest_state salted, running;
    struct hmac_key hmac;
    uint32_t index, counter;
    size_t part;

    hmac_key_init(digest, &hmac, password, password_bytes);
    hmac_start(digest, &hmac, &salted);
    digest_update(digest, &salted, salt, salt_bytes);

    for (index = 1; out_bytes; index++)
    {
        counter = __builtin_bswap32(index);
        digest_copy(digest, &running, &salted);
        digest_update(digest, &running, &counter, sizeof(counter));
        hmac_finish(digest, &hmac, &running, u);
        memcpy(t, u, digest->digest_bytes);

        if (digest->length_bytes) iterate_md(digest, &hmac, u, t, iterations - 1);
        else iterate_any(digest, &hmac, u, t, iterations - 1);

        part = out_bytes < digest->digest_bytes ? out_bytes : digest->digest_bytes;
        memcpy(out, t, part);
        out += part;
        out_bytes -= part;
    }

    wipe(u, sizeof(u));
    wipe(t, sizeof(t));
    wipe(&running, sizeof(running));
    wipe(&salted, sizeof(salted));
    wipe(&hmac, sizeof(hmac));
}
