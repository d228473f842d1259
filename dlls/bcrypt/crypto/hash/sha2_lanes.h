/*
 * sha2_lanes.h - SHA-2 on several messages at once, one in each lane of a vector.
 *
 * A template, included once for each width by files that define
 *   LANES_NAME     the function; LANES_NAME_words is its inlined half, for messages in registers
 *   LANES_TARGET   the instructions it may use
 *   LANES          how many
 *   LANES_WORD     uint32_t or uint64_t: SHA-256 or SHA-512
 *   LANES_TERNARY  the intrinsic for any function of three bits, if there is one, and
 *   LANES_RAW      the type that it takes
 *   LANES_MORE     a file of further functions for that width, if there is one
 * Every operation below works on all lanes. Source: FIPS 180-4 sections 4.1, 6.2 and 6.4.
 *
 * SPDX-License-Identifier: MIT
 */

#define LANES_WIDE   (sizeof(LANES_WORD) == 8)
#define LANES_ROUNDS (LANES_WIDE ? 80 : 64)
#define LANES_VECTOR LANES_WORD __attribute__((vector_size(LANES * sizeof(LANES_WORD))))

#define ROTATE(x, n)  ((x) >> (n) | (x) << (8 * sizeof(LANES_WORD) - (n)))
#define SUM0(a)       (LANES_WIDE ? ROTATE(a, 28) ^ ROTATE(a, 34 & LANES_MASK) ^ \
                                    ROTATE(a, 39 & LANES_MASK) \
                                  : ROTATE(a, 2) ^ ROTATE(a, 13) ^ ROTATE(a, 22))
#define SUM1(e)       (LANES_WIDE ? ROTATE(e, 14) ^ ROTATE(e, 18) ^ ROTATE(e, 41 & LANES_MASK) \
                                  : ROTATE(e, 6) ^ ROTATE(e, 11) ^ ROTATE(e, 25))
#define SCHEDULE0(w)  (LANES_WIDE ? ROTATE(w, 1) ^ ROTATE(w, 8) ^ (w) >> 7 \
                                  : ROTATE(w, 7) ^ ROTATE(w, 18) ^ (w) >> 3)
#define SCHEDULE1(w)  (LANES_WIDE ? ROTATE(w, 19) ^ ROTATE(w, 61 & LANES_MASK) ^ (w) >> 6 \
                                  : ROTATE(w, 17) ^ ROTATE(w, 19) ^ (w) >> 10)
#define LANES_MASK    (8 * sizeof(LANES_WORD) - 1)      /* keeps what is not chosen in range */

#ifdef LANES_TERNARY
#define TERNARY(x, y, z, table) \
    ((LANES_VECTOR)LANES_TERNARY((LANES_RAW)(x), (LANES_RAW)(y), (LANES_RAW)(z), table))
#define CHOOSE(e, f, g)   TERNARY(e, f, g, 0xca)
#define MAJORITY(a, b, c) TERNARY(a, b, c, 0xe8)
#else
#define CHOOSE(e, f, g)   (((f ^ g) & e) ^ g)
#define MAJORITY(a, b, c) ((a & b) | ((a | b) & c))
#endif

#define ROUND(a, b, c, d, e, f, g, h, i) \
    do \
    { \
        if (round) \
        { \
            words[i] += SCHEDULE1(words[((i) + 14) % 16]) + words[((i) + 9) % 16] \
                        + SCHEDULE0(words[((i) + 1) % 16]); \
        } \
        h += SUM1(e) + CHOOSE(e, f, g) + words[i] + constants[round + (i)]; \
        d += h; \
        h += SUM0(a) + MAJORITY(a, b, c); \
    } while (0)

#define LANES_JOIN(name, part)  name##part
#define LANES_WORDS(name)       LANES_JOIN(name, _words)

/* Hashes a block. The words are used up. */
static inline __attribute__((target(LANES_TARGET), always_inline))
void LANES_WORDS(LANES_NAME)(LANES_VECTOR chain[8], LANES_VECTOR words[16])
{
    const LANES_WORD *constants = LANES_WIDE ? (const void *)sha512_constants
                                             : (const void *)sha256_constants;
    LANES_VECTOR a = chain[0], b = chain[1], c = chain[2], d = chain[3];
    LANES_VECTOR e = chain[4], f = chain[5], g = chain[6], h = chain[7];
    size_t round;

    for (round = 0; round < LANES_ROUNDS; round += 16)
    {
        ROUND(a, b, c, d, e, f, g, h, 0);
        ROUND(h, a, b, c, d, e, f, g, 1);
        ROUND(g, h, a, b, c, d, e, f, 2);
        ROUND(f, g, h, a, b, c, d, e, 3);
        ROUND(e, f, g, h, a, b, c, d, 4);
        ROUND(d, e, f, g, h, a, b, c, 5);
        ROUND(c, d, e, f, g, h, a, b, 6);
        ROUND(b, c, d, e, f, g, h, a, 7);
        ROUND(a, b, c, d, e, f, g, h, 8);
        ROUND(h, a, b, c, d, e, f, g, 9);
        ROUND(g, h, a, b, c, d, e, f, 10);
        ROUND(f, g, h, a, b, c, d, e, 11);
        ROUND(e, f, g, h, a, b, c, d, 12);
        ROUND(d, e, f, g, h, a, b, c, 13);
        ROUND(c, d, e, f, g, h, a, b, 14);
        ROUND(b, c, d, e, f, g, h, a, 15);
    }
    chain[0] += a, chain[1] += b, chain[2] += c, chain[3] += d;
    chain[4] += e, chain[5] += f, chain[6] += g, chain[7] += h;
}

static __attribute__((target(LANES_TARGET), noinline))
void LANES_NAME(void *const chains[], const uint8_t *const data[], size_t blocks)
{
    LANES_VECTOR words[16], chain[8];
    LANES_WORD word;
    size_t lane, i, at;

    for (i = 0; i < 8; i++) for (lane = 0; lane < LANES; lane++)
    {
        memcpy(&word, (const uint8_t *)chains[lane] + i * sizeof(word), sizeof(word));
        chain[i][lane] = word;
    }

    for (at = 0; blocks; blocks--, at += 16 * sizeof(word))
    {
        for (i = 0; i < 16; i++) for (lane = 0; lane < LANES; lane++)
        {
            memcpy(&word, data[lane] + at + i * sizeof(word), sizeof(word));
            words[i][lane] = LANES_WIDE ? (LANES_WORD)__builtin_bswap64(word)
                                        : __builtin_bswap32((uint32_t)word);
        }
        LANES_WORDS(LANES_NAME)(chain, words);
    }

    for (i = 0; i < 8; i++) for (lane = 0; lane < LANES; lane++)
    {
        word = chain[i][lane];
        memcpy((uint8_t *)chains[lane] + i * sizeof(word), &word, sizeof(word));
    }
    wipe(words, sizeof(words));
    wipe(chain, sizeof(chain));
}

#ifdef LANES_MORE
#include LANES_MORE
#endif

#undef LANES_WIDE
#undef LANES_ROUNDS
#undef LANES_VECTOR
#undef LANES_MASK
#undef ROTATE
#undef SUM0
#undef SUM1
#undef SCHEDULE0
#undef SCHEDULE1
#undef ROUND
#undef TERNARY
#undef CHOOSE
#undef MAJORITY
#undef LANES_JOIN
#undef LANES_WORDS
#undef LANES_NAME
#undef LANES_TARGET
#undef LANES
#undef LANES_WORD
#undef LANES_TERNARY
#undef LANES_RAW
#undef LANES_MORE
