/*
 * fast_fips202.h - SHA-3 and SHAKE, alone and by four, as mlkem-native and mldsa-native call them.
 *
 * The permutations are s2n-bignum's. Four states lie one behind the other.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef FAST_FIPS202_H
#define FAST_FIPS202_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SHAKE128_RATE 168
#define SHAKE256_RATE 136
#define SHA3_256_RATE 136
#define SHA3_384_RATE 104
#define SHA3_512_RATE 72

#define FAST_LANES 25

void sha3_keccak_f1600(uint64_t lanes[FAST_LANES], const uint64_t constants[24]);
void sha3_keccak4_f1600(uint64_t lanes[4 * FAST_LANES], const uint64_t constants[24]);

/* FIPS 202, 3.2.5. */
static const uint64_t fast_keccak_constants[24] =
{
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
    0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

static inline void fast_wipe(void *memory, size_t bytes)
{
    memset(memory, 0, bytes);
    __asm__ volatile("" : : "r"(memory) : "memory");
}

/* ---- one ---- */

struct fast_sponge
{
    uint64_t lanes[FAST_LANES];
    unsigned int position;                      /* in the open block */
};

static inline void fast_permute(struct fast_sponge *sponge)
{
    sha3_keccak_f1600(sponge->lanes, fast_keccak_constants);
    sponge->position = 0;
}

static inline void fast_start(struct fast_sponge *sponge)
{
    memset(sponge, 0, sizeof(*sponge));
}

static inline void fast_absorb(struct fast_sponge *sponge, unsigned int rate, const uint8_t *data,
                               size_t bytes)
{
    uint8_t *state = (uint8_t *)sponge->lanes;
    uint64_t lane;

    while (bytes)
    {
        if (sponge->position % 8 == 0 && bytes >= 8)
        {
            memcpy(&lane, data, 8);
            sponge->lanes[sponge->position / 8] ^= lane;
            sponge->position += 8;
            data += 8;
            bytes -= 8;
        }
        else
        {
            state[sponge->position++] ^= *data++;
            bytes--;
        }
        if (sponge->position == rate) fast_permute(sponge);
    }
}

/* The next to be squeezed begins a block. */
static inline void fast_finish(struct fast_sponge *sponge, unsigned int rate, uint8_t suffix)
{
    uint8_t *state = (uint8_t *)sponge->lanes;

    state[sponge->position] ^= suffix;
    state[rate - 1] ^= 0x80;
    sponge->position = rate;
}

static inline void fast_squeeze(struct fast_sponge *sponge, unsigned int rate, uint8_t *out,
                                size_t bytes)
{
    size_t some;

    while (bytes)
    {
        if (sponge->position == rate) fast_permute(sponge);
        some = rate - sponge->position;
        if (some > bytes) some = bytes;
        memcpy(out, (const uint8_t *)sponge->lanes + sponge->position, some);
        sponge->position += (unsigned int)some;
        out += some;
        bytes -= some;
    }
}

static inline void fast_hash(unsigned int rate, uint8_t suffix, uint8_t *out, size_t out_bytes,
                             const uint8_t *data, size_t bytes)
{
    struct fast_sponge sponge;

    fast_start(&sponge);
    fast_absorb(&sponge, rate, data, bytes);
    fast_finish(&sponge, rate, suffix);
    fast_squeeze(&sponge, rate, out, out_bytes);
    fast_wipe(&sponge, sizeof(sponge));
}

/* ---- four ---- */

struct fast_sponge4
{
    uint64_t lanes[4 * FAST_LANES] __attribute__((aligned(32)));
};

static inline void fast_absorb4(struct fast_sponge4 *sponge, unsigned int rate,
                                const uint8_t *const data[4], size_t bytes)
{
    size_t done = 0, some, i;
    uint64_t lane, *lanes;
    unsigned int which;

    memset(sponge, 0, sizeof(*sponge));
    for (;;)
    {
        some = bytes - done < rate ? bytes - done : rate;
        for (which = 0; which < 4; which++)
        {
            lanes = sponge->lanes + FAST_LANES * which;
            for (i = 0; i + 8 <= some; i += 8)
            {
                memcpy(&lane, data[which] + done + i, 8);
                lanes[i / 8] ^= lane;
            }
            for (; i < some; i++) ((uint8_t *)lanes)[i] ^= data[which][done + i];
        }
        done += some;
        if (some < rate) break;
        sha3_keccak4_f1600(sponge->lanes, fast_keccak_constants);
    }
    for (which = 0; which < 4; which++)
    {
        lanes = sponge->lanes + FAST_LANES * which;
        ((uint8_t *)lanes)[some] ^= 0x1f;
        ((uint8_t *)lanes)[rate - 1] ^= 0x80;
    }
}

static inline void fast_squeeze4(struct fast_sponge4 *sponge, unsigned int rate,
                                 uint8_t *const out[4], size_t bytes)
{
    size_t done = 0, some;
    unsigned int which;

    while (done < bytes)
    {
        sha3_keccak4_f1600(sponge->lanes, fast_keccak_constants);
        some = bytes - done < rate ? bytes - done : rate;
        for (which = 0; which < 4; which++)
        {
            memcpy(out[which] + done, sponge->lanes + FAST_LANES * which, some);
        }
        done += some;
    }
}

/* ---- by their names ---- */

#define FAST_FIPS202_SHAKE(p, bits)                                                                \
    typedef struct fast_sponge p##_shake##bits##ctx;                                               \
    static inline void p##_shake##bits##_init(struct fast_sponge *s) { fast_start(s); }            \
    static inline void p##_shake##bits##_absorb(struct fast_sponge *s, const uint8_t *in,          \
                                                size_t bytes)                                      \
    {                                                                                              \
        fast_absorb(s, SHAKE##bits##_RATE, in, bytes);                                             \
    }                                                                                              \
    static inline void p##_shake##bits##_finalize(struct fast_sponge *s)                           \
    {                                                                                              \
        fast_finish(s, SHAKE##bits##_RATE, 0x1f);                                                  \
    }                                                                                              \
    static inline void p##_shake##bits##_absorb_once(struct fast_sponge *s, const uint8_t *in,     \
                                                     size_t bytes)                                 \
    {                                                                                              \
        fast_absorb(s, SHAKE##bits##_RATE, in, bytes);                                             \
        fast_finish(s, SHAKE##bits##_RATE, 0x1f);                                                  \
    }                                                                                              \
    static inline void p##_shake##bits##_squeeze(uint8_t *out, size_t bytes,                       \
                                                 struct fast_sponge *s)                            \
    {                                                                                              \
        fast_squeeze(s, SHAKE##bits##_RATE, out, bytes);                                           \
    }                                                                                              \
    static inline void p##_shake##bits##_squeezeblocks(uint8_t *out, size_t blocks,                \
                                                       struct fast_sponge *s)                      \
    {                                                                                              \
        fast_squeeze(s, SHAKE##bits##_RATE, out, blocks * SHAKE##bits##_RATE);                     \
    }                                                                                              \
    static inline void p##_shake##bits##_release(struct fast_sponge *s)                            \
    {                                                                                              \
        fast_wipe(s, sizeof(*s));                                                                  \
    }                                                                                              \
    typedef struct fast_sponge4 p##_shake##bits##x4ctx;                                            \
    static inline void p##_shake##bits##x4_init(struct fast_sponge4 *s) { (void)s; }               \
    static inline void p##_shake##bits##x4_absorb_once(                                            \
        struct fast_sponge4 *s, const uint8_t *in0, const uint8_t *in1, const uint8_t *in2,        \
        const uint8_t *in3, size_t bytes)                                                          \
    {                                                                                              \
        const uint8_t *const in[4] = { in0, in1, in2, in3 };                                       \
        fast_absorb4(s, SHAKE##bits##_RATE, in, bytes);                                            \
    }                                                                                              \
    static inline void p##_shake##bits##x4_squeezeblocks(                                          \
        uint8_t *out0, uint8_t *out1, uint8_t *out2, uint8_t *out3, size_t blocks,                 \
        struct fast_sponge4 *s)                                                                    \
    {                                                                                              \
        uint8_t *const out[4] = { out0, out1, out2, out3 };                                        \
        fast_squeeze4(s, SHAKE##bits##_RATE, out, blocks * SHAKE##bits##_RATE);                    \
    }                                                                                              \
    static inline void p##_shake##bits##x4_release(struct fast_sponge4 *s)                         \
    {                                                                                              \
        fast_wipe(s, sizeof(*s));                                                                  \
    }

#define FAST_FIPS202(p)                                                                            \
    FAST_FIPS202_SHAKE(p, 128)                                                                     \
    FAST_FIPS202_SHAKE(p, 256)                                                                     \
    static inline void p##_shake256(uint8_t *out, size_t out_bytes, const uint8_t *in,             \
                                    size_t bytes)                                                  \
    {                                                                                              \
        fast_hash(SHAKE256_RATE, 0x1f, out, out_bytes, in, bytes);                                 \
    }                                                                                              \
    static inline void p##_sha3_256(uint8_t *out, const uint8_t *in, size_t bytes)                 \
    {                                                                                              \
        fast_hash(SHA3_256_RATE, 0x06, out, 32, in, bytes);                                        \
    }                                                                                              \
    static inline void p##_sha3_512(uint8_t *out, const uint8_t *in, size_t bytes)                 \
    {                                                                                              \
        fast_hash(SHA3_512_RATE, 0x06, out, 64, in, bytes);                                        \
    }                                                                                              \
    static inline void p##_shake256x4(uint8_t *out0, uint8_t *out1, uint8_t *out2, uint8_t *out3,  \
                                      size_t out_bytes, uint8_t *in0, uint8_t *in1, uint8_t *in2,  \
                                      uint8_t *in3, size_t bytes)                                  \
    {                                                                                              \
        const uint8_t *const in[4] = { in0, in1, in2, in3 };                                       \
        uint8_t *const out[4] = { out0, out1, out2, out3 };                                        \
        struct fast_sponge4 s;                                                                     \
        fast_absorb4(&s, SHAKE256_RATE, in, bytes);                                                \
        fast_squeeze4(&s, SHAKE256_RATE, out, out_bytes);                                          \
        fast_wipe(&s, sizeof(s));                                                                  \
    }

FAST_FIPS202(mlk)
FAST_FIPS202(mld)

#endif
