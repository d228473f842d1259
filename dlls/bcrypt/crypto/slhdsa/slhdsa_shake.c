/*
 * slhdsa_shake.c - the kernels of the SHAKE sets.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/cpu.h"
#include "crypto/hash/keccak.h"
#include "crypto/slhdsa/slhdsa_hash.h"
#include "platform/wipe.h"

/* Two words of an address, big-endian one after the other, as a word of the state. */
static inline uint64_t slh_swapped_pair(uint32_t left, uint32_t right)
{
    return __builtin_bswap32(left) | (uint64_t)__builtin_bswap32(right) << 32;
}

/* ---- anywhere ---- */

static void plain_f(const struct slh_hash *hash, struct slh_batch *batch, union slh_value *trace)
{
    const size_t count = hash->parameters->n / 8;
    uint32_t step = batch->is_uneven ? batch->first[0] : 0;
    uint64_t state[25], value[4];
    size_t i;

    for (i = 0; i < count; i++) value[i] = batch->value.word64[i][0];
    for (; step < batch->last; step++)
    {
        if (trace) for (i = 0; i < count; i++) trace[step].word64[i][0] = value[i];
        memset(state, 0, sizeof(state));
        memcpy(state, hash->pk_seed, 8 * count);
        state[count] = slh_swapped_pair(batch->layer, 0);
        state[count + 1] = __builtin_bswap64(batch->tree);
        state[count + 2] = slh_swapped_pair(batch->type, batch->words[0][0]);
        state[count + 3] = slh_swapped_pair(batch->words[1][0], batch->words[2][0] + step);
        memcpy(state + count + 4, value, 8 * count);
        state[2 * count + 4] = KECCAK_SUFFIX_SHAKE;
        state[KECCAK_RATE_256 / 8 - 1] = (uint64_t)0x80 << 56;
        keccak_permute(state);
        memcpy(value, state, 8 * count);
    }
    for (i = 0; i < count; i++) batch->value.word64[i][0] = value[i];
    wipe(state, sizeof(state));
    wipe(value, sizeof(value));
}

static void plain_t(const struct slh_hash *hash, void *const chains[], const uint8_t *const data[],
                    size_t blocks)
{
    (void)hash;
    keccak_absorb_blocks(chains[0], data[0], blocks, KECCAK_RATE_256);
}

#ifdef __x86_64__

#include <immintrin.h>

#define LANES_NAME    keccak_8
#define LANES_TARGET  "avx512f,avx512vl,avx512bw,avx512dq,avx2"
#define LANES         8
#define LANES_TERNARY _mm512_ternarylogic_epi64
#define LANES_RAW     __m512i
#define LANES_MORE    "crypto/slhdsa/slhdsa_shake_lanes.h"
#define F_NAME        avx512_f
#define T_NAME        avx512_t
#include "crypto/hash/keccak_lanes.h"

#define LANES_NAME    keccak_4
#define LANES_TARGET  "avx2"
#define LANES         4
#define LANES_MORE    "crypto/slhdsa/slhdsa_shake_lanes.h"
#define F_NAME        avx2_f
#define T_NAME        avx2_t
#include "crypto/hash/keccak_lanes.h"

#endif

const struct slh_f_kernel slh_shake_f[] =
{
#ifdef __x86_64__
    { avx512_f, 8, CPU_AVX512 },
    { avx2_f,   4, CPU_AVX2 },
#endif
    { plain_f,  1, 0 },
};

const struct slh_t_kernel slh_shake_t[] =
{
#ifdef __x86_64__
    { avx512_t, 8, 3, CPU_AVX512 },
    { avx2_t,   4, 3, CPU_AVX2 },
#endif
    { plain_t,  1, 0, 0 },
};
