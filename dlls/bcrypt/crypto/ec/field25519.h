/*
 * field25519.h - arithmetic modulo p = 2^255 - 19, in variable time: for public numbers only.
 *
 * A number is LIMBS limbs of LIMB_BITS bits, and what is above all of them comes back times FOLD.
 * Between operations a limb may be larger than that, but is below 5/4 * 2^LIMB_BITS.
 *
 * The factors of a product are shifted up by as many bits as a word has more than a limb, each by
 * half of them, so that what is carried out of a column of products is its upper word.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef CRYPTO_FIELD25519_H
#define CRYPTO_FIELD25519_H

#include <stdint.h>
#include <string.h>

#define FIELD25519_BYTES 32

/* Tests ask for the narrow limbs where there are wide ones, too. */
#if defined(__SIZEOF_INT128__) && !defined(FIELD25519_NARROW)
typedef uint64_t field_word;
__extension__ typedef unsigned __int128 field_column;
#define LIMBS     5
#define LIMB_BITS 51
#else
typedef uint32_t field_word;
typedef uint64_t field_column;
#define LIMBS     10
#define LIMB_BITS 26
#endif

#define WORD_BITS (8 * (int)sizeof(field_word))
#define SURPLUS   (WORD_BITS - LIMB_BITS)
#define SHIFT_A   (SURPLUS / 2)
#define SHIFT_B   (SURPLUS - SHIFT_A)
#define LIMB_MASK (((field_word)1 << LIMB_BITS) - 1)
#define FOLD      ((field_word)19 << (LIMBS * LIMB_BITS - 255))

/* The top limb's share of the 255 bits. */
#define TOP_BITS  (255 - (LIMBS - 1) * LIMB_BITS)

/* gcc unrolls no loop by itself at -O2. */
#ifdef __clang__
#define UNROLL
#else
#define UNROLL _Pragma("GCC unroll 20")
#endif

struct field25519
{
    field_word limb[LIMBS];
};

/* A number below p. */
static inline void field_read(struct field25519 *r, const uint8_t bytes[FIELD25519_BYTES])
{
    uint8_t padded[FIELD25519_BYTES + 8] = { 0 };
    uint64_t window;
    int i;

    memcpy(padded, bytes, FIELD25519_BYTES);
    for (i = 0; i < LIMBS; i++)
    {
        memcpy(&window, padded + i * LIMB_BITS / 8, 8);
        r->limb[i] = (field_word)(window >> i * LIMB_BITS % 8) & LIMB_MASK;
    }
}

/* Adds carry and makes every limb as small as it can be. Returns what was above 2^255, which is
 * gone. */
static inline field_word field_ripple(struct field25519 *r, field_word carry)
{
    int i, bits;

    for (i = 0; i < LIMBS; i++)
    {
        bits = i < LIMBS - 1 ? LIMB_BITS : TOP_BITS;
        carry += r->limb[i];
        r->limb[i] = carry & (((field_word)1 << bits) - 1);
        carry >>= bits;
    }
    return carry;
}

/* The one of the numbers for a that is below p. */
static inline void field_write(uint8_t bytes[FIELD25519_BYTES], const struct field25519 *a)
{
    uint8_t padded[FIELD25519_BYTES + 8] = { 0 };
    struct field25519 least = *a, less;
    uint64_t window;
    int i;

    field_ripple(&least, 19 * field_ripple(&least, 19 * field_ripple(&least, 0)));
    less = least;
    if (field_ripple(&less, 19)) least = less;
    for (i = 0; i < LIMBS; i++)
    {
        memcpy(&window, padded + i * LIMB_BITS / 8, 8);
        window |= (uint64_t)least.limb[i] << i * LIMB_BITS % 8;
        memcpy(padded + i * LIMB_BITS / 8, &window, 8);
    }
    memcpy(bytes, padded, FIELD25519_BYTES);
}

/* Each limb's surplus goes to the next one, once. */
static inline void field_carry(struct field25519 *r, const uint64_t sum[LIMBS])
{
    int i;

    r->limb[0] = (field_word)((sum[0] & LIMB_MASK) + FOLD * (sum[LIMBS - 1] >> LIMB_BITS));
    UNROLL
    for (i = 1; i < LIMBS; i++)
        r->limb[i] = (field_word)((sum[i] & LIMB_MASK) + (sum[i - 1] >> LIMB_BITS));
}

static inline void field_add(struct field25519 *r, const struct field25519 *a,
                             const struct field25519 *b)
{
    uint64_t sum[LIMBS];
    int i;

    UNROLL
    for (i = 0; i < LIMBS; i++) sum[i] = (uint64_t)a->limb[i] + b->limb[i];
    field_carry(r, sum);
}

/* a - b + 2 * (2^(LIMBS * LIMB_BITS) - FOLD), which is a multiple of p and has great limbs. */
static inline void field_subtract(struct field25519 *r, const struct field25519 *a,
                                  const struct field25519 *b)
{
    uint64_t sum[LIMBS];
    int i;

    UNROLL
    for (i = 0; i < LIMBS; i++)
        sum[i] = a->limb[i] + 2 * (uint64_t)(i ? LIMB_MASK : LIMB_MASK + 1 - FOLD) - b->limb[i];
    field_carry(r, sum);
}

/* The columns of a product, shifted up by SURPLUS bits, as a number of the field. */
static inline void field_fold(struct field25519 *r, const field_column column[2 * LIMBS - 1])
{
    field_word digit[2 * LIMBS];
    uint64_t sum[LIMBS];
    int i;

    digit[0] = (field_word)column[0] >> SURPLUS;
    digit[2 * LIMBS - 1] = (field_word)(column[2 * LIMBS - 2] >> WORD_BITS);
    UNROLL
    for (i = 1; i < 2 * LIMBS - 1; i++)
        digit[i] = ((field_word)column[i] >> SURPLUS) + (field_word)(column[i - 1] >> WORD_BITS);
    UNROLL
    for (i = 0; i < LIMBS; i++) sum[i] = digit[i] + (uint64_t)FOLD * digit[LIMBS + i];
    field_carry(r, sum);
}

static inline void field_multiply(struct field25519 *r, const struct field25519 *a,
                                  const struct field25519 *b)
{
    field_column column[2 * LIMBS - 1] = { 0 };
    field_word up;
    int i, j;

    UNROLL
    for (i = 0; i < LIMBS; i++)
    {
        up = a->limb[i] << SHIFT_A;
        UNROLL
        for (j = 0; j < LIMBS; j++)
            column[i + j] += (field_column)up * (b->limb[j] << SHIFT_B);
    }
    field_fold(r, column);
}

static inline void field_square(struct field25519 *r, const struct field25519 *a)
{
    field_column column[2 * LIMBS - 1] = { 0 };
    field_word up;
    int i, j;

    UNROLL
    for (i = 0; i < LIMBS; i++)
    {
        up = a->limb[i] << SHIFT_A;
        column[2 * i] += (field_column)up * (a->limb[i] << SHIFT_B);
        up *= 2;
        UNROLL
        for (j = i + 1; j < LIMBS; j++)
            column[i + j] += (field_column)up * (a->limb[j] << SHIFT_B);
    }
    field_fold(r, column);
}

static inline void field_square_times(struct field25519 *r, const struct field25519 *a,
                                      unsigned int times)
{
    struct field25519 power = *a;

    while (times--) field_square(&power, &power);
    *r = power;
}

#endif
