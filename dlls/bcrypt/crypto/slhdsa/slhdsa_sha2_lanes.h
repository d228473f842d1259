/*
 * slhdsa_sha2_lanes.h - F and PRF of the SHA-2 sets, one input in each lane of a vector.
 *
 * Within sha2_lanes.h, which includes it for each width where F_NAME says what it makes. From the
 * address on an input takes one block of SHA-256 (FIPS 205 section 11.2): 22 bytes of address, n of
 * the value, which so begins in the middle of a word, and padding.
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
    typedef LANES_WORD __attribute__((vector_size(LANES * 4), aligned(4), may_alias)) loose;
    const LANES_VECTOR zero = { 0 };
    const uint32_t *state = hash->chain256.u.chain.word32;
    LANES_VECTOR word1 = F_LOAD(batch->words[0]), word2 = F_LOAD(batch->words[1]);
    LANES_VECTOR word3 = F_LOAD(batch->words[2]), first = F_LOAD(batch->first);
    LANES_VECTOR value[8], chain[8], words[16], is_on;
    uint32_t step;
    size_t i;

#pragma GCC unroll 8
    for (i = 0; i < count; i++) value[i] = F_LOAD(batch->value.word32[i]);
    for (step = 0; step < batch->last; step++, word3 += 1)
    {
        if (trace)
        {
#pragma GCC unroll 8
            for (i = 0; i < count; i++) F_STORE(trace[step].word32[i], value[i]);
        }
        words[0] = zero + (batch->layer << 24 | (uint32_t)(batch->tree >> 40));
        words[1] = zero + (uint32_t)(batch->tree >> 8);
        words[2] = ((uint32_t)batch->tree << 24 | batch->type << 16) | word1 >> 16;
        words[3] = word1 << 16 | word2 >> 16;
        words[4] = word2 << 16 | word3 >> 16;
        words[5] = word3 << 16 | value[0] >> 16;
#pragma GCC unroll 8
        for (i = 1; i < count; i++) words[5 + i] = value[i - 1] << 16 | value[i] >> 16;
        words[5 + count] = value[count - 1] << 16 | 0x8000;
#pragma GCC unroll 8
        for (i = 6 + count; i < 15; i++) words[i] = zero;
        words[15] = zero + (uint32_t)(64 + 22 + 4 * count) * 8;
#pragma GCC unroll 8
        for (i = 0; i < 8; i++) chain[i] = zero + state[i];
        LANES_WORDS(LANES_NAME)(chain, words);

        is_on = (LANES_VECTOR)(step + zero >= first);
        if (!batch->is_uneven) is_on = ~zero;
#pragma GCC unroll 8
        for (i = 0; i < count; i++) value[i] = (chain[i] & is_on) | (value[i] & ~is_on);
    }
#pragma GCC unroll 8
    for (i = 0; i < count; i++) F_STORE(batch->value.word32[i], value[i]);
}

static __attribute__((target(LANES_TARGET), noinline))
void F_NAME(const struct slh_hash *hash, struct slh_batch *batch, union slh_value *trace)
{
    if (hash->parameters->n == 16) F_SIZED(F_NAME)(hash, batch, trace, 4);
    else if (hash->parameters->n == 24) F_SIZED(F_NAME)(hash, batch, trace, 6);
    else F_SIZED(F_NAME)(hash, batch, trace, 8);
}

#undef F_SIZED
#undef F_LOAD
#undef F_STORE
#undef F_NAME
