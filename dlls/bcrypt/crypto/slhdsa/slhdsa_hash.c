/*
 * slhdsa_hash.c - addresses, padding and message digests of SLH-DSA, and which kernel is used.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/slhdsa/slhdsa_hash.h"

#include "crypto/common/cpu.h"
#include "crypto/hash/hmac.h"
#include "crypto/hash/keccak.h"
#include "platform/wipe.h"

#define ADDRESS_BYTES 32

const struct slh_parameters slh_parameters[] =
{
    /*                       n   h   d  h'   a   k   m */
    [SLHDSA_SHA2_128S]  = { false, 16, 63,  7, 9, 12, 14, 30 },
    [SLHDSA_SHAKE_128S] = { true,  16, 63,  7, 9, 12, 14, 30 },
    [SLHDSA_SHA2_128F]  = { false, 16, 66, 22, 3,  6, 33, 34 },
    [SLHDSA_SHAKE_128F] = { true,  16, 66, 22, 3,  6, 33, 34 },
    [SLHDSA_SHA2_192S]  = { false, 24, 63,  7, 9, 14, 17, 39 },
    [SLHDSA_SHAKE_192S] = { true,  24, 63,  7, 9, 14, 17, 39 },
    [SLHDSA_SHA2_192F]  = { false, 24, 66, 22, 3,  8, 33, 42 },
    [SLHDSA_SHAKE_192F] = { true,  24, 66, 22, 3,  8, 33, 42 },
    [SLHDSA_SHA2_256S]  = { false, 32, 64,  8, 8, 14, 22, 47 },
    [SLHDSA_SHAKE_256S] = { true,  32, 64,  8, 8, 14, 22, 47 },
    [SLHDSA_SHA2_256F]  = { false, 32, 68, 17, 4,  9, 35, 49 },
    [SLHDSA_SHAKE_256F] = { true,  32, 68, 17, 4,  9, 35, 49 },
};

static const struct slh_f_kernel *choose_f(const struct slh_f_kernel *kernel)
{
    while (!cpu_has(kernel->features)) kernel++;
    return kernel;
}

static const struct slh_t_kernel *choose_t(const struct slh_t_kernel *kernel, size_t count)
{
    while (count < kernel->worth || !cpu_has(kernel->features)) kernel++;
    return kernel;
}

/* The state behind PK.seed, filled up to a block. */
static void start_sha2(const struct digest *digest, const uint8_t *pk_seed, size_t n,
                       struct digest_state *state)
{
    static const uint8_t zeros[128];

    digest_start(digest, state);
    digest_update(digest, state, pk_seed, n);
    digest_update(digest, state, zeros, digest->block_bytes - n);
}

void slh_hash_start(struct slh_hash *hash, enum slhdsa_set set, const uint8_t *pk_seed)
{
    const struct slh_parameters *parameters = &slh_parameters[set];
    struct digest_state state;

    memset(hash, 0, sizeof(*hash));
    hash->parameters = parameters;
    memcpy(hash->pk_seed, pk_seed, parameters->n);
    if (parameters->is_shake)
    {
        hash->f = choose_f(slh_shake_f);
        hash->t = slh_shake_t;
        hash->header_bytes = parameters->n + ADDRESS_BYTES;
        hash->block_bytes = KECCAK_RATE_256;
        hash->state_bytes = sizeof(hash->chain);
        return;
    }
    hash->f = choose_f(slh_sha2_f);
    hash->t = parameters->n == 16 ? slh_sha256_t : slh_sha512_t;
    hash->digest = &digests[parameters->n == 16 ? DIGEST_SHA256 : DIGEST_SHA512];
    hash->header_bytes = SLH_SHA2_HEADER_BYTES;
    hash->block_bytes = hash->digest->block_bytes;
    hash->state_bytes = hash->block_bytes / 2;
    start_sha2(&digests[DIGEST_SHA256], pk_seed, parameters->n, &hash->chain256);
    start_sha2(hash->digest, pk_seed, parameters->n, &state);
    memcpy(hash->chain, &state.u.chain, hash->state_bytes);
}

/* ---- values ---- */

void slh_value_put(const struct slh_hash *hash, union slh_value *value, size_t lane,
                   const uint8_t *block)
{
    size_t i, n = hash->parameters->n;
    uint32_t word;

    if (hash->parameters->is_shake)
    {
        for (i = 0; i < n / 8; i++) memcpy(&value->word64[i][lane], block + 8 * i, 8);
    }
    else for (i = 0; i < n / 4; i++)
    {
        memcpy(&word, block + 4 * i, sizeof(word));
        value->word32[i][lane] = __builtin_bswap32(word);
    }
}

void slh_value_get(const struct slh_hash *hash, const union slh_value *value, size_t lane,
                   uint8_t *block)
{
    size_t i, n = hash->parameters->n;
    uint32_t word;

    if (hash->parameters->is_shake)
    {
        for (i = 0; i < n / 8; i++) memcpy(block + 8 * i, &value->word64[i][lane], 8);
    }
    else for (i = 0; i < n / 4; i++)
    {
        word = __builtin_bswap32(value->word32[i][lane]);
        memcpy(block + 4 * i, &word, sizeof(word));
    }
}

/* ---- H and T_l ---- */

static uint8_t *put32(uint8_t *to, uint32_t number)
{
    number = __builtin_bswap32(number);
    memcpy(to, &number, sizeof(number));
    return to + sizeof(number);
}

static uint8_t *put64(uint8_t *to, uint64_t number)
{
    number = __builtin_bswap64(number);
    memcpy(to, &number, sizeof(number));
    return to + sizeof(number);
}

void slh_sha2_header(uint8_t header[SLH_SHA2_HEADER_BYTES], const struct slh_input *input)
{
    size_t i;

    *header++ = (uint8_t)input->layer;
    header = put64(header, input->tree);
    *header++ = (uint8_t)input->type;
    for (i = 0; i < 3; i++) header = put32(header, input->words[i]);
}

static void put_header(const struct slh_hash *hash, const struct slh_input *input)
{
    uint8_t *to = input->message;
    size_t i;

    if (hash->digest)
    {
        slh_sha2_header(to, input);
        return;
    }
    memcpy(to, hash->pk_seed, hash->parameters->n);
    to = put32(to + hash->parameters->n, input->layer);
    to = put32(to, 0);
    to = put64(to, input->tree);
    to = put32(to, input->type);
    for (i = 0; i < 3; i++) to = put32(to, input->words[i]);
}

/* How many blocks a padded message has. */
static size_t pad(const struct slh_hash *hash, uint8_t *message, size_t bytes)
{
    size_t extra = hash->digest ? 1 + hash->digest->length_bytes : 1;
    size_t blocks = (bytes + extra + hash->block_bytes - 1) / hash->block_bytes;
    uint8_t *end = message + blocks * hash->block_bytes;

    memset(message + bytes, 0, (size_t)(end - message) - bytes);
    if (hash->digest)
    {
        message[bytes] = 0x80;
        put64(end - 8, 8 * (hash->block_bytes + bytes));
    }
    else
    {
        message[bytes] = KECCAK_SUFFIX_SHAKE;
        end[-1] |= 0x80;
    }
    return blocks;
}

static void get_result(const struct slh_hash *hash, const void *chain, uint8_t *out)
{
    size_t i, n = hash->parameters->n, width = hash->block_bytes / 16;
    const uint8_t *words = chain;

    if (!hash->digest) memcpy(out, chain, n);
    else for (i = 0; i < n; i++) out[i] = words[i ^ (width - 1)];       /* words are big-endian */
}

void slh_hash_many(const struct slh_hash *hash, struct slh_input *inputs, size_t count,
                   size_t bytes)
{
    uint64_t states[SLH_MOST_LANES][25];
    const uint8_t *data[SLH_MOST_LANES];
    void *chains[SLH_MOST_LANES];
    const struct slh_t_kernel *kernel;
    size_t done, part, i, blocks = 0;

    for (i = 0; i < count; i++)
    {
        put_header(hash, &inputs[i]);
        blocks = pad(hash, inputs[i].message, hash->header_bytes + bytes);
        memcpy(states[i], hash->chain, hash->state_bytes);
    }
    for (done = 0; done < count; done += part)
    {
        kernel = choose_t(hash->t, count - done);
        part = count - done < kernel->lanes ? count - done : kernel->lanes;
        for (i = 0; i < kernel->lanes; i++)     /* a lane without a message works on what is done */
        {
            chains[i] = i < part ? states[done + i] : states[SLH_MOST_LANES - 1];
            data[i] = i < part ? inputs[done + i].message : inputs[0].message;
        }
        kernel->run(hash, chains, data, blocks);
    }
    for (i = 0; i < count; i++) get_result(hash, states[i], inputs[i].out);
}

/* ---- messages ---- */

/* The two pieces of a message. */
static void take(const struct digest *digest, struct digest_state *state,
                 const struct slhdsa_message *message)
{
    digest_update(digest, state, message->prefix, message->prefix_bytes);
    digest_update(digest, state, message->bytes, message->count);
}

static void randomizer_sha2(const struct slh_hash *hash, const uint8_t *sk_prf,
                            const uint8_t *coins, const struct slhdsa_message *message,
                            uint8_t *randomizer)
{
    size_t n = hash->parameters->n;
    uint8_t mac[DIGEST_MAX_BYTES];
    struct digest_state state;
    struct hmac_key key;

    hmac_key_init(hash->digest, &key, sk_prf, n);
    hmac_start(hash->digest, &key, &state);
    digest_update(hash->digest, &state, coins, n);
    take(hash->digest, &state, message);
    hmac_finish(hash->digest, &key, &state, mac);
    memcpy(randomizer, mac, n);
    wipe(mac, sizeof(mac));
    wipe(&key, sizeof(key));
    wipe(&state, sizeof(state));
}

static void sponge(const struct slh_hash *hash, const uint8_t *const pieces[3],
                   const struct slhdsa_message *message, uint8_t *out, size_t bytes)
{
    struct keccak_state state;
    size_t i;

    keccak_start(&state, KECCAK_RATE_256, KECCAK_SUFFIX_SHAKE);
    for (i = 0; i < 3 && pieces[i]; i++) keccak_absorb(&state, pieces[i], hash->parameters->n);
    keccak_absorb(&state, message->prefix, message->prefix_bytes);
    keccak_absorb(&state, message->bytes, message->count);
    keccak_squeeze(&state, out, bytes);
    wipe(&state, sizeof(state));
}

void slh_randomizer(const struct slh_hash *hash, const uint8_t *sk_prf, const uint8_t *coins,
                    const struct slhdsa_message *message, uint8_t *randomizer)
{
    const uint8_t *const pieces[3] = { sk_prf, coins, NULL };

    if (hash->digest) randomizer_sha2(hash, sk_prf, coins, message, randomizer);
    else sponge(hash, pieces, message, randomizer, hash->parameters->n);
}

/* MGF1 (RFC 8017 appendix B.2.1) of what section 11.2 says. */
static void digest_sha2(const struct slh_hash *hash, const uint8_t *randomizer,
                        const uint8_t *pk_root, const struct slhdsa_message *message,
                        uint8_t *digest)
{
    size_t n = hash->parameters->n, whole = hash->digest->digest_bytes, done, part;
    uint8_t mask_seed[2 * SLHDSA_MOST_N + DIGEST_MAX_BYTES + 4], made[DIGEST_MAX_BYTES];
    struct digest_state state;

    memcpy(mask_seed, randomizer, n);
    memcpy(mask_seed + n, hash->pk_seed, n);
    digest_start(hash->digest, &state);
    digest_update(hash->digest, &state, mask_seed, 2 * n);
    digest_update(hash->digest, &state, pk_root, n);
    take(hash->digest, &state, message);
    digest_finish(hash->digest, &state, mask_seed + 2 * n);
    for (done = 0; done < hash->parameters->digest_bytes; done += part)
    {
        put32(mask_seed + 2 * n + whole, (uint32_t)(done / whole));
        digest_once(hash->digest, mask_seed, 2 * n + whole + 4, made);
        part = hash->parameters->digest_bytes - done;
        if (part > whole) part = whole;
        memcpy(digest + done, made, part);
    }
}

void slh_digest(const struct slh_hash *hash, const uint8_t *randomizer, const uint8_t *pk_root,
                const struct slhdsa_message *message, uint8_t digest[SLH_MOST_DIGEST_BYTES])
{
    const uint8_t *const pieces[3] = { randomizer, hash->pk_seed, pk_root };

    if (hash->digest) digest_sha2(hash, randomizer, pk_root, message, digest);
    else sponge(hash, pieces, message, digest, hash->parameters->digest_bytes);
}
