/*
 * rsa_ifma.c - the public operation of 2048-bit RSA with AVX-512's 52-bit multiplications.
 *
 * SPDX-License-Identifier: MIT
 */

#ifdef __x86_64__

#include "crypto/rsa/rsa_ifma.h"

#include <string.h>

#include "crypto/common/cpu.h"
#include "platform/wipe.h"

#define DIGIT_BITS 52
#define DIGIT_MASK ((UINT64_C(1) << DIGIT_BITS) - 1)
#define WORDS (RSA_IFMA_BYTES / 8)

/*
 * a times b over R modulo m, for a and b less than 2 m; the result is less than m + 2^2018. factor
 * is -1 / m modulo 2^52. libcrypto's, from its assembly (RSAZ); no public header has it.
 */
void ossl_rsaz_amm52x40_x1_ifma256(uint64_t *result, const uint64_t *a, const uint64_t *b,
                                   const uint64_t *m, uint64_t factor);

bool rsa_ifma_usable(unsigned bits)
{
    return bits == RSA_IFMA_BITS && cpu_has(CPU_AVX512 | CPU_AVX512IFMA);
}

static void digits_read(uint64_t digits[RSA_IFMA_DIGITS], const uint8_t bytes[RSA_IFMA_BYTES])
{
    uint64_t words[WORDS + 1];
    unsigned int i, bit;

    for (i = 0; i < WORDS; i++)
    {
        memcpy(&words[i], bytes + RSA_IFMA_BYTES - 8 * (i + 1), 8);
        words[i] = __builtin_bswap64(words[i]);
    }
    words[WORDS] = 0;
    for (i = 0, bit = 0; i < RSA_IFMA_DIGITS; i++, bit += DIGIT_BITS)
    {
        digits[i] = words[bit / 64] >> bit % 64;
        if (bit % 64 > 64 - DIGIT_BITS) digits[i] |= words[bit / 64 + 1] << (64 - bit % 64);
        digits[i] &= DIGIT_MASK;
    }
    wipe(words, sizeof(words));
}

/* The number is less than 2^2048. */
static void digits_write(const uint64_t digits[RSA_IFMA_DIGITS], uint8_t bytes[RSA_IFMA_BYTES])
{
    unsigned int i, bit, digit;
    uint64_t word;

    for (i = 0, bit = 0; i < WORDS; i++, bit += 64)
    {
        digit = bit / DIGIT_BITS;
        word = digits[digit] >> bit % DIGIT_BITS |
               digits[digit + 1] << (DIGIT_BITS - bit % DIGIT_BITS);
        if (bit % DIGIT_BITS > 40 && digit + 2 < RSA_IFMA_DIGITS)
            word |= digits[digit + 2] << (2 * DIGIT_BITS - bit % DIGIT_BITS);
        word = __builtin_bswap64(word);
        memcpy(bytes + RSA_IFMA_BYTES - 8 * (i + 1), &word, 8);
    }
}

/* difference = a - b; 1 if that is negative. */
static uint64_t subtract(uint64_t difference[RSA_IFMA_DIGITS], const uint64_t a[RSA_IFMA_DIGITS],
                         const uint64_t b[RSA_IFMA_DIGITS])
{
    uint64_t borrow = 0;
    unsigned int i;

    for (i = 0; i < RSA_IFMA_DIGITS; i++)
    {
        difference[i] = a[i] - b[i] - borrow;
        borrow = difference[i] >> 63;
        difference[i] &= DIGIT_MASK;
    }
    return borrow;
}

/* a, of less than twice the modulus, less the modulus if it is not less than that. */
static void reduce(uint64_t a[RSA_IFMA_DIGITS], const uint64_t modulus[RSA_IFMA_DIGITS])
{
    uint64_t less[RSA_IFMA_DIGITS], keep;
    unsigned int i;

    keep = -subtract(less, a, modulus);
    for (i = 0; i < RSA_IFMA_DIGITS; i++) a[i] = (a[i] & keep) | (less[i] & ~keep);
    wipe(less, sizeof(less));
}

void rsa_ifma_init(struct rsa_ifma *key, const uint8_t modulus[RSA_IFMA_BYTES],
                   const uint8_t r_squared[RSA_IFMA_BYTES], size_t bytes, uint32_t exponent)
{
    uint64_t inverse;
    int bits;

    (void)bytes;
    digits_read(key->modulus, modulus);
    digits_read(key->r_squared, r_squared);
    key->exponent = exponent;

    /* An odd number is its own inverse modulo 8; each step doubles the bits that are right. */
    inverse = key->modulus[0];
    for (bits = 3; bits < DIGIT_BITS; bits *= 2) inverse *= 2 - key->modulus[0] * inverse;
    key->factor = -inverse & DIGIT_MASK;
}

static void multiply(const struct rsa_ifma *key, uint64_t result[RSA_IFMA_DIGITS],
                     const uint64_t a[RSA_IFMA_DIGITS], const uint64_t b[RSA_IFMA_DIGITS])
{
    ossl_rsaz_amm52x40_x1_ifma256(result, a, b, key->modulus, key->factor);
}

bool rsa_ifma_public(const struct rsa_ifma *key, const uint8_t in[RSA_IFMA_BYTES],
                     uint8_t out[RSA_IFMA_BYTES])
{
    uint64_t plain[RSA_IFMA_DIGITS], base[RSA_IFMA_DIGITS], power[RSA_IFMA_DIGITS];
    bool less;
    int bit;

    digits_read(plain, in);
    less = subtract(power, plain, key->modulus);
    if (less)
    {
        multiply(key, base, plain, key->r_squared);
        memcpy(power, base, sizeof(power));
        for (bit = 30 - __builtin_clz(key->exponent); bit; bit--)
        {
            multiply(key, power, power, power);
            if (key->exponent >> bit & 1) multiply(key, power, power, base);
        }
        multiply(key, power, power, power);
        multiply(key, power, power, plain);     /* without R: that takes it out of the result */
        reduce(power, key->modulus);
        digits_write(power, out);
    }
    wipe(plain, sizeof(plain));
    wipe(base, sizeof(base));
    wipe(power, sizeof(power));
    return less;
}

#endif
