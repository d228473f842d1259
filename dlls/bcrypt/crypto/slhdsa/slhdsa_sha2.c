/*
 * slhdsa_sha2.c - the kernels of the SHA-2 sets.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/cpu.h"
#include "crypto/slhdsa/slhdsa_hash.h"
#include "platform/wipe.h"

#define BLOCK_BYTES 64

/* ---- anywhere ---- */

static void plain_f(const struct slh_hash *hash, struct slh_batch *batch, union slh_value *trace)
{
    const size_t n = hash->parameters->n;
    const uint32_t bits = 8 * (BLOCK_BYTES + SLH_SHA2_HEADER_BYTES + (uint32_t)n);
    struct slh_input address = { batch->tree, batch->layer, batch->type, { 0 }, NULL, NULL };
    uint32_t chain[8], step = batch->is_uneven ? batch->first[0] : 0, word;
    uint8_t block[BLOCK_BYTES] = { 0 }, *value = block + SLH_SHA2_HEADER_BYTES;
    size_t i;

    for (i = 0; i < 3; i++) address.words[i] = batch->words[i][0];
    address.words[2] += step;
    slh_value_get(hash, &batch->value, 0, value);
    value[n] = 0x80;
    block[BLOCK_BYTES - 2] = (uint8_t)(bits >> 8);
    block[BLOCK_BYTES - 1] = (uint8_t)bits;
    for (; step < batch->last; step++, address.words[2]++)
    {
        if (trace) slh_value_put(hash, &trace[step], 0, value);
        slh_sha2_header(block, &address);
        memcpy(chain, &hash->chain256.u.chain, sizeof(chain));
        digests[DIGEST_SHA256].blocks(chain, block, 1);
        for (i = 0; i < n / 4; i++)
        {
            word = __builtin_bswap32(chain[i]);
            memcpy(value + 4 * i, &word, sizeof(word));
        }
    }
    slh_value_put(hash, &batch->value, 0, value);
    wipe(block, sizeof(block));
    wipe(chain, sizeof(chain));
}

static void plain_t(const struct slh_hash *hash, void *const chains[], const uint8_t *const data[],
                    size_t blocks)
{
    hash->digest->blocks(chains[0], data[0], blocks);
}

#ifdef __x86_64__

#include "crypto/hash/sha_ni.h"

/* ---- two streams on the SHA instructions ---- */

/* What surrounds a value in its block, 16 words: its bytes begin in the lower half of the sixth. */
struct around
{
    __m128i words0, word4, word5, pad2, pad3, keep;
};

SHA_NI_INLINE void set_around(struct around *around, const struct slh_hash *hash,
                              const struct slh_batch *batch, size_t lane)
{
    const uint32_t *const words[3] = { batch->words[0], batch->words[1], batch->words[2] };
    const uint32_t n = hash->parameters->n;
    const int end = 0x8000, bits = (int)(BLOCK_BYTES + SLH_SHA2_HEADER_BYTES + n) * 8;

    around->words0 = _mm_set_epi32((int)(words[0][lane] << 16 | words[1][lane] >> 16),
                                   (int)((uint32_t)batch->tree << 24 | batch->type << 16 |
                                         words[0][lane] >> 16),
                                   (int)(batch->tree >> 8),
                                   (int)(batch->layer << 24 | (uint32_t)(batch->tree >> 40)));
    around->word4 = _mm_cvtsi32_si128((int)(words[1][lane] << 16 | words[2][lane] >> 16));
    around->word5 = _mm_cvtsi32_si128((int)(words[2][lane] << 16));
    around->pad2 = _mm_set_epi32(0, n == 24 ? end : 0, 0, n == 16 ? end : 0);
    around->pad3 = _mm_set_epi32(bits, 0, n == 32 ? end : 0, 0);
    around->keep = _mm_set_epi32(n == 32 ? -1 : 0, n == 32 ? -1 : 0, n > 16 ? -1 : 0,
                                 n > 16 ? -1 : 0);
}

SHA_NI_INLINE void set_block(struct sha_ni *stream, const struct around *around, uint32_t step,
                             const __m128i value[2])
{
    __m128i word5 = _mm_add_epi32(around->word5, _mm_cvtsi32_si128((int)(step << 16)));
    __m128i second = _mm_and_si128(value[1], around->keep);
    __m128i low0 = _mm_slli_epi32(value[0], 16), low1 = _mm_slli_epi32(second, 16);
    __m128i from5 = _mm_or_si128(_mm_srli_epi32(value[0], 16),
                                 _mm_or_si128(_mm_slli_si128(low0, 4), word5));
    __m128i from9 = _mm_or_si128(_mm_srli_epi32(second, 16), _mm_alignr_epi8(low1, low0, 12));

    from9 = _mm_or_si128(from9, around->pad2);
    stream->words[0] = around->words0;
    stream->words[1] = _mm_or_si128(_mm_slli_si128(from5, 4), around->word4);
    stream->words[2] = _mm_alignr_epi8(from9, from5, 12);
    stream->words[3] = _mm_or_si128(_mm_alignr_epi8(_mm_srli_si128(low1, 12), from9, 12),
                                    around->pad3);
}

SHA_NI_INLINE void store_words(union slh_value *to, size_t lane, const __m128i value[2])
{
    uint32_t words[8];
    size_t i;

    _mm_storeu_si128((__m128i *)words, value[0]);
    _mm_storeu_si128((__m128i *)(words + 4), value[1]);
    for (i = 0; i < 8; i++) to->word32[i][lane] = words[i];
    wipe(words, sizeof(words));
}

/* The lower half of a step's number stays in its half of the word: there are 15 steps. */
static SHA_NI void sha_ni_f(const struct slh_hash *hash, struct slh_batch *batch,
                            union slh_value *trace)
{
    const uint32_t *state = hash->chain256.u.chain.word32;
    struct sha_ni start, stream[2];
    struct around around[2];
    __m128i value[2][2];
    uint32_t step;
    size_t lane;

    sha_ni_load_chain(&start, state);
    for (lane = 0; lane < 2; lane++)
    {
        const uint32_t (*from)[16] = (const uint32_t (*)[16])batch->value.word32;

        set_around(&around[lane], hash, batch, lane);
        value[lane][0] = _mm_set_epi32((int)from[3][lane], (int)from[2][lane],
                                       (int)from[1][lane], (int)from[0][lane]);
        value[lane][1] = _mm_set_epi32((int)from[7][lane], (int)from[6][lane],
                                       (int)from[5][lane], (int)from[4][lane]);
    }
    for (step = 0; step < batch->last; step++)
    {
        for (lane = 0; lane < 2; lane++)
        {
            if (trace) store_words(&trace[step], lane, value[lane]);
            set_block(&stream[lane], &around[lane], step, value[lane]);
            stream[lane].abef = start.abef;
            stream[lane].cdgh = start.cdgh;
        }
        sha_ni_block_pair(&stream[0], &stream[1]);
        for (lane = 0; lane < 2; lane++)
        {
            if (batch->is_uneven && step < batch->first[lane]) continue;
            value[lane][0] = sha_ni_abcd(&stream[lane]);
            value[lane][1] = sha_ni_efgh(&stream[lane]);
        }
    }
    for (lane = 0; lane < 2; lane++) store_words(&batch->value, lane, value[lane]);
}

static SHA_NI void sha_ni_t(const struct slh_hash *hash, void *const chains[],
                            const uint8_t *const data[], size_t blocks)
{
    (void)hash;
    sha_ni_blocks_pair(chains, data, blocks);
}

/* ---- lanes ---- */

#define AVX512_TARGET "avx512f,avx512vl,avx512bw,avx512dq,avx2"

#define LANES_NAME    sha256_16
#define LANES_TARGET  AVX512_TARGET
#define LANES         16
#define LANES_WORD    uint32_t
#define LANES_TERNARY _mm512_ternarylogic_epi32
#define LANES_RAW     __m512i
#define LANES_MORE    "crypto/slhdsa/slhdsa_sha2_lanes.h"
#define F_NAME        avx512_f
#include "crypto/hash/sha2_lanes.h"

#define LANES_NAME    sha256_8
#define LANES_TARGET  "avx2"
#define LANES         8
#define LANES_WORD    uint32_t
#define LANES_MORE    "crypto/slhdsa/slhdsa_sha2_lanes.h"
#define F_NAME        avx2_f
#include "crypto/hash/sha2_lanes.h"

#define LANES_NAME    sha512_8
#define LANES_TARGET  AVX512_TARGET
#define LANES         8
#define LANES_WORD    uint64_t
#define LANES_TERNARY _mm512_ternarylogic_epi64
#define LANES_RAW     __m512i
#include "crypto/hash/sha2_lanes.h"

#define LANES_NAME    sha512_4
#define LANES_TARGET  "avx2"
#define LANES         4
#define LANES_WORD    uint64_t
#include "crypto/hash/sha2_lanes.h"

#define T_KERNEL(name, lanes_function) \
    static void name(const struct slh_hash *hash, void *const chains[], \
                     const uint8_t *const data[], size_t blocks) \
    { \
        (void)hash; \
        lanes_function(chains, data, blocks); \
    }

T_KERNEL(avx512_t256, sha256_16)
T_KERNEL(avx2_t256, sha256_8)
T_KERNEL(avx512_t512, sha512_8)
T_KERNEL(avx2_t512, sha512_4)

#endif

const struct slh_f_kernel slh_sha2_f[] =
{
#ifdef __x86_64__
    { avx512_f, 16, CPU_AVX512 },
    { sha_ni_f,  2, SHA_NI_FEATURES },
    { avx2_f,    8, CPU_AVX2 },
#endif
    { plain_f,   1, 0 },
};

const struct slh_t_kernel slh_sha256_t[] =
{
#ifdef __x86_64__
    { avx512_t256, 16, 9, CPU_AVX512 },
    { sha_ni_t,     2, 2, SHA_NI_FEATURES },
    { avx2_t256,    8, 4, CPU_AVX2 },
#endif
    { plain_t,      1, 0, 0 },
};

const struct slh_t_kernel slh_sha512_t[] =
{
#ifdef __x86_64__
    { avx512_t512,  8, 3, CPU_AVX512 },
    { avx2_t512,    4, 3, CPU_AVX2 },
#endif
    { plain_t,      1, 0, 0 },
};
