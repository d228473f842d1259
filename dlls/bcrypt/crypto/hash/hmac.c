/*
 * hmac.c - HMAC (RFC 2104, FIPS 198-1), and the check of a TLS record in CBC mode.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/hash/hmac.h"

#include "platform/wipe.h"

/* A block in units that are read as they were written: see md_pad in digest.c. */
typedef uint64_t unit __attribute__((vector_size(16), may_alias));
#define PAD_UNITS ((DIGEST_MAX_BLOCK_BYTES + 15) / 16)

/* Hashes a block of each of the two, which have been started. */
static void hash_pads(const struct digest *digest, struct hmac_key *hmac, const unit *inner,
                      const unit *outer)
{
    const uint8_t *const data[] = { (const uint8_t *)inner, (const uint8_t *)outer };
    void *const chains[] = { &hmac->inner.u.chain, &hmac->outer.u.chain };

    if (digest->pair)
    {
        digest->pair(chains, data, 1);
        hmac->inner.bytes = hmac->outer.bytes = digest->block_bytes;
        return;
    }
    digest_update(digest, &hmac->inner, inner, digest->block_bytes);
    digest_update(digest, &hmac->outer, outer, digest->block_bytes);
}

/* At most a block. Keys mostly have 16, 32 or 64 bytes, for which a call of memcpy is a detour. */
static inline void copy_key(unit *pad, const uint8_t *key, size_t bytes)
{
    size_t rest = bytes % sizeof(*pad), i;

    for (i = 0; i < bytes / sizeof(*pad); i++)
        memcpy(&pad[i], key + i * sizeof(*pad), sizeof(*pad));
    if (rest) memcpy(&pad[i], key + bytes - rest, rest);
}

void hmac_key_init(const struct digest *digest, struct hmac_key *hmac, const void *key,
                   size_t key_bytes)
{
    static const uint64_t ipad = 0x3636363636363636, opad = 0x5c5c5c5c5c5c5c5c;
    size_t units = (digest->block_bytes + 15) / 16, i;
    unit inner[PAD_UNITS], outer[PAD_UNITS];

    wipe(inner, units * sizeof(unit));          /* quicker than an initializer */
    if (key_bytes > digest->block_bytes) digest_once(digest, key, key_bytes, (uint8_t *)inner);
    else copy_key(inner, key, key_bytes);

    for (i = 0; i < units; i++)
    {
        outer[i] = inner[i] ^ (unit){ opad, opad };
        inner[i] ^= (unit){ ipad, ipad };
    }
    digest_start(digest, &hmac->inner);
    digest_start(digest, &hmac->outer);
    hash_pads(digest, hmac, inner, outer);
    wipe(inner, units * sizeof(unit));
    wipe(outer, units * sizeof(unit));
}

void hmac_finish(const struct digest *digest, const struct hmac_key *hmac,
                 struct digest_state *running, uint8_t *mac)
{
    uint8_t inner[DIGEST_MAX_BYTES];

    digest_finish(digest, running, inner);
    digest_after(digest, &hmac->outer, inner, digest->digest_bytes, mac);
    wipe(inner, sizeof(inner));
}

void hmac_once(const struct digest *digest, const void *key, size_t key_bytes, const void *data,
               size_t bytes, uint8_t *mac)
{
    uint8_t inner[DIGEST_MAX_BYTES];
    struct hmac_key hmac;

    hmac_key_init(digest, &hmac, key, key_bytes);
    digest_after(digest, &hmac.inner, data, bytes, inner);
    digest_after(digest, &hmac.outer, inner, digest->digest_bytes, mac);
    wipe(inner, sizeof(inner));
    wipe(&hmac.inner, hmac_pad_bytes(digest));
    wipe(&hmac.outer, hmac_pad_bytes(digest));
}

/*
 * The TLS record.
 *
 * Where the plaintext ends is a secret: an attacker who learns it, be it from the number of blocks
 * hashed or from a cache line touched, decrypts records (N. AlFardan and K. Paterson, "Lucky
 * Thirteen", 2013). So every block that might be the last is built byte by byte under masks and
 * hashed, and the chain value behind the true last one is picked out; the MAC is gathered by a
 * walk over all places where it may stand. Masks are all ones or all zeros. Nothing below
 * branches on, divides by or indexes with a value that depends on the record's bytes.
 */

/* Hides from the compiler what it could turn into a branch, or weave into an address. */
static inline size_t hide(size_t value)
{
    __asm__("" : "+r"(value));
    return value;
}

/* Both below 2^31 or so: lengths in a record. */
static inline size_t mask_less(size_t left, size_t right)
{
    return (size_t)0 - hide((hide(left) - hide(right)) >> (sizeof(size_t) * 8 - 1));
}

static inline size_t mask_equal(size_t left, size_t right)
{
    return ~(mask_less(left, right) | mask_less(right, left));
}

bool hmac_tls_cbc_supported(const struct digest *digest)
{
    return digest == &digests[DIGEST_SHA1] || digest == &digests[DIGEST_SHA256]
           || digest == &digests[DIGEST_SHA384];
}

/* The padding's length if it is right, else 0 and *good 0. RFC 5246 section 6.2.3.2. */
static size_t check_padding(const uint8_t *record, size_t record_bytes, size_t mac_bytes,
                            size_t *good)
{
    size_t most = record_bytes - mac_bytes - 1, padding = record[record_bytes - 1];
    size_t difference = 0, i;

    *good = ~mask_less(most, padding);
    if (most > 255) most = 255;
    for (i = 1; i <= most; i++)
    {
        difference |= (record[record_bytes - 1 - i] ^ padding) & ~mask_less(padding, i);
    }
    *good &= mask_equal(difference, 0);
    return padding & *good;
}

/* The bytes of record at offset, which is secret and at least `least`, and at most the last
 * place. */
static void gather_mac(uint8_t *mac, size_t mac_bytes, const uint8_t *record, size_t record_bytes,
                       size_t least, size_t offset)
{
    uint8_t rotated[DIGEST_MAX_BYTES] = { 0 };
    size_t rotation = 0, i, j, inside;

    for (i = least, j = 0; i < record_bytes - 1; i++, j++)
    {
        if (j == mac_bytes) j = 0;
        inside = ~mask_less(i, offset) & mask_less(i, offset + mac_bytes);
        rotated[j] |= record[i] & (uint8_t)inside;
        rotation |= j & mask_equal(i, offset);
    }

    /* mac[i] = rotated[(i + rotation) % mac_bytes], looking at all of them every time */
    memset(mac, 0, mac_bytes);
    for (i = 0; i < mac_bytes; i++)
    {
        size_t from = i + rotation;

        from -= mac_bytes & ~mask_less(from, mac_bytes);
        for (j = 0; j < mac_bytes; j++) mac[i] |= rotated[j] & (uint8_t)mask_equal(j, from);
    }
    wipe(rotated, sizeof(rotated));
}

/*
 * The digest of what state holds and of the first `text` bytes of record, text being secret and
 * between least and most. state becomes the hash of it all, ready to be output.
 */
static void finish_secret_length(const struct digest *digest, struct digest_state *state,
                                 const uint8_t *record, size_t least, size_t most, size_t text,
                                 uint8_t *out)
{
    size_t block_bytes = digest->block_bytes, word_bytes = digest->length_bytes / 2;
    size_t shift = (size_t)__builtin_ctzll(block_bytes), blocks, last, i, j, k, at, is_last;
    size_t before = (size_t)(state->bytes & (block_bytes - 1)), fed = 0;
    uint64_t total_bits = (state->bytes + text) * 8;
    uint8_t block[128], length[16], chosen[64] = { 0 };
    const uint8_t *open = digest_block(digest, state);

    /* Bytes that no padding can reach are hashed as usual, up to a whole block. */
    if (before + least >= block_bytes)
    {
        fed = ((before + least) & ~(block_bytes - 1)) - before;
        digest_update(digest, state, record, fed);
        before = 0;
    }
    record += fed;
    most -= fed;
    text -= fed;

    memset(length, 0, sizeof(length));
    for (i = 0; i < 8; i++) length[digest->length_bytes - 1 - i] = (uint8_t)(total_bits >> (i * 8));

    /* From here on places count from the start of the open block, of which `before` are filled. */
    blocks = ((before + most + digest->length_bytes) >> shift) + 1;
    last = (before + text + digest->length_bytes) >> shift;
    for (k = 0, at = 0; k < blocks; k++)
    {
        is_last = mask_equal(k, last);
        for (j = 0; j < block_bytes; j++, at++)
        {
            uint8_t byte = 0;

            if (at < before) byte = open[at];
            else if (at < before + most) byte = record[at - before];
            byte &= (uint8_t)mask_less(at, before + text);
            byte |= 0x80 & (uint8_t)mask_equal(at, before + text);
            if (j >= block_bytes - digest->length_bytes)
            {
                byte |= length[j - (block_bytes - digest->length_bytes)] & (uint8_t)is_last;
            }
            block[j] = byte;
        }
        digest->blocks(&state->u.chain, block, 1);
        for (j = 0; j < DIGEST_CHAIN_BYTES(block_bytes); j++)
        {
            chosen[j] |= ((const uint8_t *)&state->u.chain)[j] & (uint8_t)is_last;
        }
    }

    /* SHA-1 and SHA-2 write their words from the top byte down. */
    for (i = 0; i < digest->digest_bytes; i++) out[i] = chosen[i ^ (word_bytes - 1)];
    wipe(block, sizeof(block));
    wipe(chosen, sizeof(chosen));
    wipe(length, sizeof(length));
}

bool hmac_tls_cbc_verify(const struct digest *digest, const struct hmac_key *hmac,
                         struct digest_state *running, const uint8_t *record, size_t record_bytes)
{
    size_t mac_bytes = digest->digest_bytes, good, padding, most, least;
    uint8_t expected[DIGEST_MAX_BYTES], found[DIGEST_MAX_BYTES];

    if (record_bytes < mac_bytes + 1) return false;         /* the length is public */

    padding = check_padding(record, record_bytes, mac_bytes, &good);
    most = record_bytes - mac_bytes - 1;
    least = most > 255 ? most - 255 : 0;

    finish_secret_length(digest, running, record, least, most, most - padding, expected);
    digest_after(digest, &hmac->outer, expected, mac_bytes, expected);

    gather_mac(found, mac_bytes, record, record_bytes, least, most - padding);
    good &= (size_t)0 - (size_t)equal_constant_time(expected, found, mac_bytes);

    wipe(expected, sizeof(expected));
    wipe(found, sizeof(found));
    return good & 1;
}
