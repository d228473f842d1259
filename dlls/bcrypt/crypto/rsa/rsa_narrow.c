/*
 * rsa_narrow.c - the public operation of RSA on 32-bit processors.
 *
 * A product is made whole, a square with half of the multiplications, and divided by R afterwards.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/rsa/rsa_narrow.h"

#if defined(__i386__) || defined(OPENCNG_NATIVE)

#include <string.h>

#include "crypto/common/narrow.h"
#include "platform/wipe.h"

/* column += the sum of x[i] y[-i]. */
static void add_products(struct narrow_column *column, const narrow_word *x, const narrow_word *y,
                         unsigned int count)
{
    struct narrow_column sum = *column;
    unsigned int i;

    for (; count >= 8; count -= 8, x += 8, y -= 8)
    {
        NARROW_UNROLL
        for (i = 0; i < 8; i++) narrow_add_product(&sum, x[i], y - i);
    }
    for (; count; count--, x++, y--) narrow_add_product(&sum, *x, y);
    *column = sum;
}

static void add_word(struct narrow_column *column, uint32_t word)
{
    uint64_t sum = (uint64_t)column->low + word;

    column->low = (uint32_t)sum;
    sum = (sum >> 32) + column->middle;
    column->middle = (uint32_t)sum;
    column->high += (uint32_t)(sum >> 32);
}

static void multiply(narrow_word *z, const narrow_word *x, const narrow_word *y, unsigned int words)
{
    struct narrow_column column = { 0, 0, 0 };
    unsigned int k, first;

    for (k = 0; k < 2 * words - 1; k++)
    {
        first = k < words ? 0 : k - words + 1;
        add_products(&column, x + first, y + (k - first), k - 2 * first + 1);
        z[k] = narrow_next(&column);
    }
    z[k] = column.low;
}

static void square(narrow_word *z, const narrow_word *x, unsigned int words)
{
    struct narrow_column column = { 0, 0, 0 };
    unsigned int k, first;

    z[0] = 0;
    for (k = 1; k < 2 * words - 1; k++)
    {
        first = k < words ? 0 : k - words + 1;
        add_products(&column, x + first, x + (k - first), (k - 2 * first + 1) / 2);
        z[k] = narrow_next(&column);
    }
    z[k] = column.low;
    narrow_complete_square(z, x, words);
}

/* z = t / R modulo the modulus: multiples of it are added that make the lower half zero. */
static void reduce(const struct rsa_narrow *key, narrow_word *z, const narrow_word *t)
{
    const narrow_word *modulus = (const narrow_word *)key->modulus;
    narrow_word multiples[RSA_NARROW_WORDS];
    struct narrow_column column = { 0, 0, 0 };
    unsigned int words = key->words, i;
    uint32_t keep;

    for (i = 0; i < words; i++)
    {
        add_word(&column, t[i]);
        add_products(&column, multiples, modulus + i, i);
        multiples[i] = column.low * key->factor;
        narrow_add_product(&column, multiples[i], modulus);
        narrow_next(&column);
    }
    for (; i < 2 * words; i++)
    {
        add_word(&column, t[i]);
        add_products(&column, multiples + (i - words + 1), modulus + words - 1, 2 * words - 1 - i);
        z[i - words] = narrow_next(&column);
    }

    keep = narrow_subtract(z, z, modulus, words) + column.low;
    __asm__("" : "+r"(keep));
    for (i = 0; i < words; i++) multiples[i] = modulus[i] & keep;
    narrow_add(z, z, multiples, words);
    wipe(multiples, sizeof(multiples));
}

static void read_words(narrow_word *words, const uint8_t *bytes, unsigned int count)
{
    uint32_t word;

    for (; count--; bytes += 4)
    {
        memcpy(&word, bytes, 4);
        words[count] = __builtin_bswap32(word);
    }
}

bool rsa_narrow_usable(unsigned int bits)
{
    return bits <= RSA_NARROW_BITS && bits % 32 == 0;
}

void rsa_narrow_init(struct rsa_narrow *key, const uint8_t *modulus, const uint8_t *r_squared,
                     size_t bytes, uint32_t exponent)
{
    key->words = (unsigned int)bytes / 4;
    key->exponent = exponent;
    read_words((narrow_word *)key->modulus, modulus, key->words);
    read_words((narrow_word *)key->r_squared, r_squared, key->words);
    key->factor = 0 - narrow_inverse(key->modulus[0]);
}

static void multiply_modulo(const struct rsa_narrow *key, narrow_word *z, const narrow_word *x,
                            const narrow_word *y)
{
    narrow_word product[2 * RSA_NARROW_WORDS];

    multiply(product, x, y, key->words);
    reduce(key, z, product);
    wipe(product, sizeof(product));
}

static void square_modulo(const struct rsa_narrow *key, narrow_word *z, const narrow_word *x)
{
    narrow_word product[2 * RSA_NARROW_WORDS];

    square(product, x, key->words);
    reduce(key, z, product);
    wipe(product, sizeof(product));
}

/* power = base^exponent. All but the last multiplication are by base times R: R is gone with it. */
static void raise(const struct rsa_narrow *key, narrow_word *power, const narrow_word *base)
{
    narrow_word scaled[RSA_NARROW_WORDS];
    uint32_t bit = 1u << (31 - __builtin_clz(key->exponent));

    multiply_modulo(key, scaled, base, (const narrow_word *)key->r_squared);
    memcpy(power, scaled, key->words * sizeof(*power));
    while (bit >>= 1)
    {
        square_modulo(key, power, power);
        if (key->exponent & bit) multiply_modulo(key, power, power, bit > 1 ? scaled : base);
    }
    wipe(scaled, sizeof(scaled));
}

bool rsa_narrow_public(const struct rsa_narrow *key, const uint8_t *in, uint8_t *out)
{
    narrow_word base[RSA_NARROW_WORDS], power[RSA_NARROW_WORDS];
    uint32_t word;
    unsigned int i;
    bool less;

    read_words(base, in, key->words);
    less = narrow_subtract(power, base, (const narrow_word *)key->modulus, key->words);
    if (less)
    {
        raise(key, power, base);
        for (i = key->words; i--; out += 4)
        {
            word = __builtin_bswap32(power[i]);
            memcpy(out, &word, 4);
        }
    }
    wipe(base, sizeof(base));
    wipe(power, sizeof(power));
    return less;
}

#endif
