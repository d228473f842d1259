/*
 * slhdsa_shake_lanes.h - the hash functions of the SHAKE sets, one input in each lane of a vector.
 *
 * Within keccak_lanes.h, which includes it for each width; F_NAME and T_NAME say what it makes. An
 * input of F or PRF is PK.seed, an address of 32 bytes and a value (FIPS 205 section 11.1): a
 * part of one block of SHAKE256, all in whole words.
 *
 * SPDX-License-Identifier: MIT
 */

#define F_SIZED(name)      LANES_JOIN(name, _sized)
#define F_LOAD(from)       (*(const loose *)(const void *)(from))
#define F_STORE(to, value) (*(loose *)(void *)(to) = (value))

static inline __attribute__((target(LANES_TARGET), always_inline))
void F_SIZED(F_NAME)(const struct slh_hash *hash, struct slh_batch *batch, union slh_value *trace,
                     const size_t count)
{
    typedef uint64_t __attribute__((vector_size(LANES * 8), aligned(8), may_alias)) loose;
    const LANES_VECTOR zero = { 0 };
    uint64_t seed[SLHDSA_MOST_N / 8], type_word[LANES], last_words[LANES], step_word;
    LANES_VECTOR value[4], state[25], first = zero, is_on;
    size_t i, lane;
    uint64_t step;

    memcpy(seed, hash->pk_seed, sizeof(seed));
    for (lane = 0; lane < LANES; lane++)
    {
        type_word[lane] = slh_swapped_pair(batch->type, batch->words[0][lane]);
        last_words[lane] = slh_swapped_pair(batch->words[1][lane], batch->words[2][lane]);
        first[lane] = batch->first[lane];
    }
#pragma GCC unroll 4
    for (i = 0; i < count; i++) value[i] = F_LOAD(batch->value.word64[i]);
    for (step = 0; step < batch->last; step++)
    {
        if (trace)
        {
#pragma GCC unroll 4
            for (i = 0; i < count; i++) F_STORE(trace[step].word64[i], value[i]);
        }
        step_word = step << 56;                 /* the last byte of the address */
#pragma GCC unroll 4
        for (i = 0; i < count; i++) state[i] = zero + seed[i];
        state[count] = zero + slh_swapped_pair(batch->layer, 0);
        state[count + 1] = zero + __builtin_bswap64(batch->tree);
        state[count + 2] = F_LOAD(type_word);
        state[count + 3] = F_LOAD(last_words) + step_word;
#pragma GCC unroll 4
        for (i = 0; i < count; i++) state[count + 4 + i] = value[i];
        state[2 * count + 4] = zero + KECCAK_SUFFIX_SHAKE;
#pragma GCC unroll 25
        for (i = 2 * count + 5; i < 25; i++) state[i] = zero;
        state[KECCAK_RATE_256 / 8 - 1] = zero + ((uint64_t)0x80 << 56);
        LANES_NAME(state);

        is_on = (LANES_VECTOR)(step + zero >= first);
        if (!batch->is_uneven) is_on = ~zero;
#pragma GCC unroll 4
        for (i = 0; i < count; i++) value[i] = (state[i] & is_on) | (value[i] & ~is_on);
    }
#pragma GCC unroll 4
    for (i = 0; i < count; i++) F_STORE(batch->value.word64[i], value[i]);
}

static __attribute__((target(LANES_TARGET), noinline))
void F_NAME(const struct slh_hash *hash, struct slh_batch *batch, union slh_value *trace)
{
    if (hash->parameters->n == 16) F_SIZED(F_NAME)(hash, batch, trace, 2);
    else if (hash->parameters->n == 24) F_SIZED(F_NAME)(hash, batch, trace, 3);
    else F_SIZED(F_NAME)(hash, batch, trace, 4);
}

static __attribute__((target(LANES_TARGET), noinline))
void T_NAME(const struct slh_hash *hash, void *const chains[], const uint8_t *const data[],
            size_t blocks)
{
    typedef uint64_t __attribute__((vector_size(LANES * 8), aligned(8), may_alias)) loose;
    LANES_VECTOR state[25] = { { 0 } };
    uint64_t words[LANES];
    size_t lane, i, at;

    (void)hash;
    for (at = 0; blocks; blocks--, at += KECCAK_RATE_256)
    {
        for (i = 0; i < KECCAK_RATE_256 / 8; i++)
        {
            for (lane = 0; lane < LANES; lane++) memcpy(&words[lane], data[lane] + at + 8 * i, 8);
            state[i] ^= F_LOAD(words);
        }
        LANES_NAME(state);
    }
    for (i = 0; i < SLHDSA_MOST_N / 8; i++) for (lane = 0; lane < LANES; lane++)
    {
        ((uint64_t *)chains[lane])[i] = state[i][lane];
    }
}

#undef F_SIZED
#undef F_LOAD
#undef F_STORE
#undef F_NAME
#undef T_NAME
