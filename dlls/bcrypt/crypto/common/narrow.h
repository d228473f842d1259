/*
 * narrow.h - arithmetic on numbers of 32-bit words, for 32-bit processors.
 *
 * What keeps numbers in words of 64 bits, as crypto/ec/nist.h does, has them worked on in halves:
 * x86 has the lower half first. Everything takes a time that depends on the count of words alone.
 * What is written in assembly is what compilers make ten times slower of C: sums of products, and
 * carries.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef CRYPTO_NARROW_H
#define CRYPTO_NARROW_H

#include <stddef.h>
#include <stdint.h>

typedef uint32_t __attribute__((may_alias)) narrow_word;

/* gcc unrolls no loop by itself at -O2. */
#ifdef __clang__
#define NARROW_UNROLL
#else
#define NARROW_UNROLL _Pragma("GCC unroll 40")
#endif
#define NARROW_INLINE static inline __attribute__((always_inline))

/* The sum of a column of products: 96 bits, of which the lowest 32 are the column's. */
struct narrow_column
{
    uint32_t low, middle, high;
};

NARROW_INLINE void narrow_add_product(struct narrow_column *column, uint32_t x,
                                      const narrow_word *y)
{
#if defined(__i386__) && !defined(_WIN32)       /* sanitizers leave it too few registers */
    uint64_t product = (uint64_t)x * *y, sum = column->low + (product & 0xffffffff);

    column->low = (uint32_t)sum;
    sum = (sum >> 32) + (product >> 32) + column->middle;
    column->middle = (uint32_t)sum;
    column->high += (uint32_t)(sum >> 32);
#else
    __asm__("mull %4\n\t"
            "addl %%eax, %0\n\t"
            "adcl %%edx, %1\n\t"
            "adcl $0, %2"
            : "+r"(column->low), "+r"(column->middle), "+r"(column->high), "+a"(x)
            : "m"(*y)
            : "edx", "cc");
#endif
}

/* The column's word; the rest is the next one's. */
NARROW_INLINE uint32_t narrow_next(struct narrow_column *column)
{
    uint32_t word = column->low;

    column->low = column->middle;
    column->middle = column->high;
    column->high = 0;
    return word;
}

/* z = x * y, of count words each, z of twice as many. */
NARROW_INLINE void narrow_product(narrow_word *z, const narrow_word *x, const narrow_word *y,
                                  unsigned int count)
{
    struct narrow_column column = { 0, 0, 0 };
    unsigned int k, i;

    NARROW_UNROLL
    for (k = 0; k < 2 * count - 1; k++)
    {
        NARROW_UNROLL
        for (i = 0; i < count; i++)
        {
            if (i <= k && k - i < count) narrow_add_product(&column, x[i], y + (k - i));
        }
        z[k] = narrow_next(&column);
    }
    z[2 * count - 1] = column.low;
}

/* z, the sum of the products of two different words of x, to x * x: doubled, with the squares. */
NARROW_INLINE void narrow_complete_square(narrow_word *z, const narrow_word *x, unsigned int count)
{
    uint64_t square, sum = 0;
    unsigned int i;

    NARROW_UNROLL
    for (i = 0; i < count; i++)
    {
        square = (uint64_t)x[i] * x[i];
        sum += 2 * (uint64_t)z[2 * i] + (uint32_t)square;
        z[2 * i] = (uint32_t)sum;
        sum = (sum >> 32) + 2 * (uint64_t)z[2 * i + 1] + (square >> 32);
        z[2 * i + 1] = (uint32_t)sum;
        sum >>= 32;
    }
}

NARROW_INLINE void narrow_square(narrow_word *z, const narrow_word *x, unsigned int count)
{
    struct narrow_column column = { 0, 0, 0 };
    unsigned int k, i;

    z[0] = 0;
    NARROW_UNROLL
    for (k = 1; k < 2 * count - 1; k++)
    {
        NARROW_UNROLL
        for (i = 0; i < count; i++)
        {
            if (i < k - i && k - i < count) narrow_add_product(&column, x[i], x + (k - i));
        }
        z[k] = narrow_next(&column);
    }
    z[2 * count - 1] = column.low;
    narrow_complete_square(z, x, count);
}

/* z = x + y, z = x - y: all ones for what is carried or borrowed, 0 for nothing. */
#define NARROW_CHAIN(name, operation)                                                              \
    NARROW_INLINE uint32_t name(narrow_word *z, const narrow_word *x, const narrow_word *y,        \
                                unsigned int count)                                                \
    {                                                                                              \
        intptr_t i = -(intptr_t)count;                                                             \
        uint32_t word;                                                                             \
                                                                                                   \
        __asm__ volatile("clc\n"                                                                   \
                         "0:\n\t"                                                                  \
                         "movl (%[x], %[i], 4), %[word]\n\t"                                       \
                         operation " (%[y], %[i], 4), %[word]\n\t"                                 \
                         "movl %[word], (%[z], %[i], 4)\n\t"                                       \
                         "inc %[i]\n\t"         /* which leaves the carry as it is */              \
                         "jnz 0b\n\t"                                                              \
                         "sbbl %[word], %[word]"                                                   \
                         : [i] "+&r"(i), [word] "=&r"(word)                                        \
                         : [x] "r"(x + count), [y] "r"(y + count), [z] "r"(z + count)              \
                         : "memory", "cc");                                                        \
        return word;                                                                               \
    }
NARROW_CHAIN(narrow_add, "adcl")
NARROW_CHAIN(narrow_subtract, "sbbl")

#define NARROW_WORDS_MAX 18

/* z += m where mask is all ones. The compiler is not to know that it is that or zero. */
NARROW_INLINE void narrow_add_masked(narrow_word *z, const narrow_word *m, uint32_t mask,
                                     unsigned int count)
{
    narrow_word masked[NARROW_WORDS_MAX];
    unsigned int i;

    __asm__("" : "+r"(mask));
    NARROW_UNROLL
    for (i = 0; i < count; i++) masked[i] = m[i] & mask;
    narrow_add(z, z, masked, count);
}

/* z = z or z - m, whichever is below m; z is below 2 m, `carry` (1 or 0) what is above its
 * words. */
NARROW_INLINE void narrow_reduce_once(narrow_word *z, uint32_t carry, const narrow_word *m,
                                      unsigned int count)
{
    uint32_t borrow = narrow_subtract(z, z, m, count);

    narrow_add_masked(z, m, borrow + carry, count);
}

/* 1 / m modulo 2^32, m odd: each turn has twice the bits of the one before, the first one five. */
NARROW_INLINE uint32_t narrow_inverse(uint32_t m)
{
    uint32_t inverse = (3 * m) ^ 2;
    int i;

    for (i = 0; i < 3; i++) inverse *= 2 - m * inverse;
    return inverse;
}

#endif
