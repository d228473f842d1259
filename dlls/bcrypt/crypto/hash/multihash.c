/*
 * multihash.c - several messages hashed at once.
 *
 * A kernel hashes the same number of blocks of several messages side by side. The scheduler below
 * fills its lanes with messages, runs it for as many blocks as the shortest of them has, and puts
 * the next message into a lane that has run dry. Which kernel, the processor decides:
 *
 *   SHA-256        two streams on the SHA instructions, or eight lanes of AVX2
 *   SHA-384, -512  eight or four lanes of AVX-512, or four of AVX2
 *
 * With neither, or with too few messages to make a kernel worth its while, one follows the other.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/hash/multihash.h"

#include "crypto/common/cpu.h"
#include "crypto/hash/sha_ni.h"
#include "platform/wipe.h"

#define MOST_LANES 8

/* The cube roots of the first primes: FIPS 180-4 sections 4.2.2 and 4.2.3. */
_Alignas(16) const uint32_t sha256_constants[64] =
{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

_Alignas(16) const uint64_t sha512_constants[80] =
{
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};

#define LANES_NAME   sha256_avx2
#define LANES_TARGET "avx2"
#define LANES        8
#define LANES_WORD   uint32_t
#include "crypto/hash/sha2_lanes.h"

#define LANES_NAME   sha512_avx2
#define LANES_TARGET "avx2"
#define LANES        4
#define LANES_WORD   uint64_t
#include "crypto/hash/sha2_lanes.h"

#define LANES_NAME   sha512_avx512_half
#define LANES_TARGET "avx512f,avx512vl,avx512bw,avx512dq,avx2"
#define LANES        4
#define LANES_WORD   uint64_t
#include "crypto/hash/sha2_lanes.h"

#define LANES_NAME   sha512_avx512
#define LANES_TARGET "avx512f,avx512vl,avx512bw,avx512dq,avx2"
#define LANES        8
#define LANES_WORD   uint64_t
#include "crypto/hash/sha2_lanes.h"

struct kernel
{
    void (*blocks)(void *const chains[], const uint8_t *const data[], size_t blocks);
    size_t lanes;
    size_t worth;                       /* with fewer messages the next row is faster */
    uint32_t features;
};

/* Closed by a row of zeros: one message after the other. */
static const struct kernel sha256_kernels[] =
{
    { sha256_pair,        2, 2, SHA_NI_FEATURES },
    { sha256_avx2,        8, 4, CPU_AVX2 },
    { NULL, 0, 0, 0 },
};

static const struct kernel sha512_kernels[] =
{
    { sha512_avx512,      8, 5, CPU_AVX512 },
    { sha512_avx512_half, 4, 3, CPU_AVX512 },
    { sha512_avx2,        4, 3, CPU_AVX2 },
    { NULL, 0, 0, 0 },
};

static const struct kernel *choose_kernel(const struct kernel *kernel, size_t messages)
{
    while (kernel->blocks && (messages < kernel->worth || !cpu_has(kernel->features))) kernel++;
    return kernel;
}

/* Hashes the whole blocks of all operations and moves data and bytes past them. */
static void run_lanes(const struct digest *digest, const struct kernel *kernel,
                      struct multihash_operation *operations, size_t count)
{
    struct multihash_operation *lane[MOST_LANES];
    size_t lanes = 0, next = 0, blocks, least, i;
    const uint8_t *data[MOST_LANES];
    void *chains[MOST_LANES];
    uint64_t idle[8];                   /* what a lane without a message works on */

    for (;;)
    {
        for (; lanes < kernel->lanes && next < count; next++)
        {
            if (operations[next].bytes >= digest->block_bytes) lane[lanes++] = &operations[next];
        }
        kernel = choose_kernel(kernel, lanes);
        if (!kernel->blocks) break;

        for (least = SIZE_MAX, i = 0; i < lanes; i++)
        {
            blocks = lane[i]->bytes / digest->block_bytes;
            if (blocks < least) least = blocks;
            chains[i] = &lane[i]->state->u.chain;
            data[i] = lane[i]->data;
        }
        for (; i < kernel->lanes; i++)
        {
            chains[i] = idle;
            data[i] = data[0];
        }
        if (lanes < kernel->lanes) memset(idle, 0, sizeof(idle));
        kernel->blocks(chains, data, least);

        for (i = 0; i < lanes;)
        {
            lane[i]->data += least * digest->block_bytes;
            lane[i]->bytes -= least * digest->block_bytes;
            if (lane[i]->bytes < digest->block_bytes) lane[i] = lane[--lanes];
            else i++;
        }
    }

    for (i = 0; i < lanes; i++)
    {
        blocks = lane[i]->bytes / digest->block_bytes;
        digest->blocks(&lane[i]->state->u.chain, lane[i]->data, blocks);
        lane[i]->data += blocks * digest->block_bytes;
        lane[i]->bytes -= blocks * digest->block_bytes;
    }
    wipe(idle, sizeof(idle));
}

/* Where to begin to choose; NULL if this digest has no kernel that is worth it. */
static const struct kernel *kernels_for(const struct digest *digest, size_t count)
{
    const struct kernel *kernel = NULL;

    if (digest == &digests[DIGEST_SHA256]) kernel = sha256_kernels;
    if (digest == &digests[DIGEST_SHA384] || digest == &digests[DIGEST_SHA512])
        kernel = sha512_kernels;
    if (kernel) kernel = choose_kernel(kernel, count);
    return kernel && kernel->blocks ? kernel : NULL;
}

void multihash_update(const struct digest *digest, struct multihash_operation *operations,
                      size_t count)
{
    const struct kernel *kernel = kernels_for(digest, count);
    size_t used, part, i;

    if (!kernel)
    {
        for (i = 0; i < count; i++)
        {
            digest_update(digest, operations[i].state, operations[i].data, operations[i].bytes);
        }
        return;
    }

    /* Open blocks are filled first; what makes no whole block goes in at the end. */
    for (i = 0; i < count; i++)
    {
        if (!(used = operations[i].state->bytes & (digest->block_bytes - 1))) continue;
        part = digest->block_bytes - used;
        if (part > operations[i].bytes) part = operations[i].bytes;
        digest_update(digest, operations[i].state, operations[i].data, part);
        operations[i].data += part;
        operations[i].bytes -= part;
    }
    for (i = 0; i < count; i++)
    {
        operations[i].state->bytes += operations[i].bytes & ~(digest->block_bytes - 1);
    }
    run_lanes(digest, kernel, operations, count);
    for (i = 0; i < count; i++)
    {
        digest_update(digest, operations[i].state, operations[i].data, operations[i].bytes);
    }
}

/* Pads the open blocks of at most MOST_LANES states, hashes them and writes the digests. */
static void finish_some(const struct digest *digest, const struct kernel *kernel,
                        const struct multihash_result *results, size_t count)
{
    size_t block_bytes = digest->block_bytes, used, extra = 0, i, j;
    struct multihash_operation operations[MOST_LANES];
    uint64_t length, word64;
    uint32_t word32;
    uint8_t *block;

    /* Where the length does not fit, a block goes ahead of the last one. */
    for (i = 0; i < count; i++)
    {
        block = digest_block(digest, results[i].state);
        used = results[i].state->bytes & (block_bytes - 1);
        block[used++] = 0x80;
        memset(block + used, 0, block_bytes - used);
        if (used <= block_bytes - digest->length_bytes) continue;
        operations[extra++] = (struct multihash_operation){ results[i].state, block, block_bytes };
    }
    run_lanes(digest, kernel, operations, extra);

    for (i = 0; i < count; i++)
    {
        block = digest_block(digest, results[i].state);
        used = (results[i].state->bytes & (block_bytes - 1)) + 1;
        if (used > block_bytes - digest->length_bytes) memset(block, 0, block_bytes);
        if (digest->length_bytes == 16)
            block[block_bytes - 9] = (uint8_t)(results[i].state->bytes >> 61);
        length = __builtin_bswap64(results[i].state->bytes << 3);
        memcpy(block + block_bytes - 8, &length, sizeof(length));
        operations[i] = (struct multihash_operation){ results[i].state, block, block_bytes };
    }
    run_lanes(digest, kernel, operations, count);

    for (i = 0; i < count; i++)
    {
        const struct digest_state *state = results[i].state;

        if (digest->length_bytes == 16) for (j = 0; j < digest->digest_bytes; j += 8)
        {
            word64 = __builtin_bswap64(state->u.chain.word64[j / 8]);
            memcpy(results[i].out + j, &word64, sizeof(word64));
        }
        else for (j = 0; j < digest->digest_bytes; j += 4)
        {
            word32 = __builtin_bswap32(state->u.chain.word32[j / 4]);
            memcpy(results[i].out + j, &word32, sizeof(word32));
        }
    }
}

void multihash_finish(const struct digest *digest, const struct hmac_key *hmac,
                      const struct multihash_result *results, size_t count)
{
    struct multihash_result inner_results[MOST_LANES];
    uint8_t inner[MOST_LANES][DIGEST_MAX_BYTES];
    const struct kernel *kernel;
    struct digest_state *state;
    size_t part, i;

    for (; count; count -= part, results += part)
    {
        part = count < MOST_LANES ? count : MOST_LANES;
        if (!(kernel = kernels_for(digest, part)))
        {
            for (i = 0; i < part; i++)
            {
                state = results[i].state;
                if (hmac) hmac_finish(digest, hmac, state, results[i].out);
                else digest_finish(digest, state, results[i].out);
            }
            continue;
        }

        if (hmac)
        {
            for (i = 0; i < part; i++)
            {
                inner_results[i] = (struct multihash_result){ results[i].state, inner[i] };
            }
            finish_some(digest, kernel, inner_results, part);
            for (i = 0; i < part; i++)
            {
                state = results[i].state;
                hmac_pad_copy(digest, state, &hmac->outer);
                digest_update(digest, state, inner[i], digest->digest_bytes);
            }
            wipe(inner, sizeof(inner));
        }
        finish_some(digest, kernel, results, part);
    }
}
