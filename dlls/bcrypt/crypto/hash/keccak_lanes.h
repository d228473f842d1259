/*
 * keccak_lanes.h - Keccak's permutation of several states at once, one in each lane of a vector.
 *
 * A template, included once for each width by a file that defines
 *   LANES_NAME     the function
 *   LANES_TARGET   the instructions it may use
 *   LANES          how many
 *   LANES_TERNARY  the intrinsic for any function of three bits, if there is one, and
 *   LANES_RAW      the type that it takes
 *   LANES_MORE     a file of functions for that width
 * and includes keccak.h. Source: FIPS 202 section 3.2, lanes of a state numbered x + 5 y.
 *
 * SPDX-License-Identifier: MIT
 */

#define LANES_VECTOR uint64_t __attribute__((vector_size(LANES * 8)))
#define LANES_JOIN(name, part) name##part

#define ROTATE(x, n) ((n) ? (x) << (n) | (x) >> ((64 - (n)) & 63) : (x))
#ifdef LANES_TERNARY
#define TERNARY(x, y, z, table) \
    ((LANES_VECTOR)LANES_TERNARY((LANES_RAW)(x), (LANES_RAW)(y), (LANES_RAW)(z), table))
#define SUM(x, y, z) TERNARY(x, y, z, 0x96)
#define CHI(x, y, z) TERNARY(x, y, z, 0xd2)
#else
#define SUM(x, y, z) ((x) ^ (y) ^ (z))
#define CHI(x, y, z) ((x) ^ (~(y) & (z)))
#endif

/* Theta's sums of columns, and what each column changes by. */
#define COLUMN(x)  SUM(SUM(a[x], a[(x) + 5], a[(x) + 10]), a[(x) + 15], a[(x) + 20])
#define CHANGE(x)  (c[((x) + 4) % 5] ^ ROTATE(c[((x) + 1) % 5], 1))

/* Rho and pi: what comes to (x, y), which has rotated by `bits`. */
#define MOVED(x, y, bits) \
    ROTATE(a[((x) + 3 * (y)) % 5 + 5 * (x)] ^ d[((x) + 3 * (y)) % 5], bits)
#define ROW(y, r0, r1, r2, r3, r4) \
    b[0] = MOVED(0, y, r0), b[1] = MOVED(1, y, r1), b[2] = MOVED(2, y, r2), \
    b[3] = MOVED(3, y, r3), b[4] = MOVED(4, y, r4), \
    e[5 * (y)]     = CHI(b[0], b[1], b[2]), e[5 * (y) + 1] = CHI(b[1], b[2], b[3]), \
    e[5 * (y) + 2] = CHI(b[2], b[3], b[4]), e[5 * (y) + 3] = CHI(b[3], b[4], b[0]), \
    e[5 * (y) + 4] = CHI(b[4], b[0], b[1])

static inline __attribute__((target(LANES_TARGET), always_inline))
void LANES_NAME(LANES_VECTOR state[25])
{
    LANES_VECTOR a[25], b[5], c[5], d[5], e[25];
    size_t round, i;

#pragma GCC unroll 25
    for (i = 0; i < 25; i++) a[i] = state[i];
#pragma GCC unroll 1
    for (round = 0; round < 24; round++)
    {
        c[0] = COLUMN(0), c[1] = COLUMN(1), c[2] = COLUMN(2), c[3] = COLUMN(3), c[4] = COLUMN(4);
        d[0] = CHANGE(0), d[1] = CHANGE(1), d[2] = CHANGE(2), d[3] = CHANGE(3), d[4] = CHANGE(4);
        ROW(0,  0, 44, 43, 21, 14);
        ROW(1, 28, 20,  3, 45, 61);
        ROW(2,  1,  6, 25,  8, 18);
        ROW(3, 27, 36, 10, 15, 56);
        ROW(4, 62, 55, 39, 41,  2);
        e[0] ^= keccak_constants[round];
#pragma GCC unroll 25
        for (i = 0; i < 25; i++) a[i] = e[i];
    }
#pragma GCC unroll 25
    for (i = 0; i < 25; i++) state[i] = a[i];
}

#ifdef LANES_MORE
#include LANES_MORE
#endif

#undef LANES_VECTOR
#undef LANES_JOIN
#undef ROTATE
#undef TERNARY
#undef SUM
#undef CHI
#undef COLUMN
#undef CHANGE
#undef MOVED
#undef ROW
#undef LANES_NAME
#undef LANES_TARGET
#undef LANES
#undef LANES_TERNARY
#undef LANES_RAW
#undef LANES_MORE
