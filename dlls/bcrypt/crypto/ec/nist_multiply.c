/*
 * nist_multiply.c - multiples of points on P-256, P-384 and P-521.
 *
 * A table has multiples of the generator G for windows of w bits: those for the scalar's window i
 * are multiples of 2^(w i) G. It need not have all windows: with every fourth, say, the sum of
 * windows 3, 7, 11, ... is made first, doubled w times, the sum of 2, 6, 10, ... added, and so on.
 *
 * Of two kinds are the digits. Where the table has j G, 0 < j <= 2^(w - 1), a digit is from
 * -2^(w - 1) to 2^(w - 1): the window's bits and the one below, as Booth has it. Where it has the
 * odd multiples (2 j + 1) G alone, an odd scalar has odd digits only: since 2^L + sum of the
 * (2 b_(i + 1) - 1) 2^i below is that scalar, a digit is 2 v - (2^w - 1), v the w bits above the
 * lowest one of the window. An even scalar is taken from n, and the result negated.
 *
 * Adding two points that are the same goes wrong in all of the formulas, and so would a sum that is
 * what is added to it. With Booth's digits it is less than that. With odd ones the two differ as
 * integers: modulo 2^(w spacing) the lower windows of what is added are zero, but those of the sum
 * are not, as an odd digit is among them; or it is the lowest window that is added, which is odd,
 * to a multiple of 2^w. Modulo n they differ as long as both together are less than n, which holds
 * for all additions but the last, and there they are the same for one scalar only. So that one is
 * not done wrong, what is added last is doubled, too, for each scalar, and taken for that one.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/fast.h"

#if FAST_TABLES

#include <string.h>

#include "crypto/ec/nist.h"
#include "platform/wipe.h"

/* What functions of fields and points take below their callers, at most. */
#define STACK_BYTES 2048

/* Of a point whose multiples are made for one multiplication. */
#define POINT_BITS 5
#define POINT_ENTRIES (1 << (POINT_BITS - 1))

/* `count` bits from bit `first` on; 0 above the number, and below it. */
static unsigned int bits_at(const struct nist_curve *curve, const uint64_t *x, int first,
                            unsigned int count)
{
    unsigned int shift = first < 0 ? 0 : (unsigned int)first, word = shift / 64;
    uint64_t bits = word < curve->words ? x[word] >> shift % 64 : 0;

    if (shift % 64 && word + 1 < curve->words) bits |= x[word + 1] << (64 - shift % 64);
    if (first < 0) bits <<= -first;
    return (unsigned int)bits & ((1u << count) - 1);
}

/* Booth's digit of a window of w bits: its value, 0 for none, and its sign. */
static unsigned int booth_digit(const struct nist_curve *curve, const uint64_t *scalar,
                                unsigned int window, unsigned int w, uint64_t *negative)
{
    unsigned int v = bits_at(curve, scalar, (int)(w * window) - 1, w + 1), sign = 0u - (v >> w);

    *negative = (uint64_t)0 - (sign & 1);
    return (((v ^ sign) & ((1u << (w + 1)) - 1)) + 1) >> 1;
}

/* Digit `window` of scalar: the number of its table entry, from 1 on, 0 for none; and its sign. */
static unsigned int digit_at(const struct nist_curve *curve, const uint64_t *scalar,
                             unsigned int window, uint64_t *negative)
{
    unsigned int w = curve->window_bits, v, sign;

    if (!curve->odd) return booth_digit(curve, scalar, window, w, negative);
    v = bits_at(curve, scalar, (int)(w * window) + 1, w);
    if (window == curve->windows - 1) v |= 1u << (w - 1);
    sign = (v >> (w - 1)) - 1;                  /* all ones if v is small */
    *negative = (uint64_t)0 - (sign & 1);
    return ((v ^ sign) & ((1u << (w - 1)) - 1)) + 1;
}

static const uint64_t *entries_of(const struct nist_curve *curve, unsigned int window)
{
    size_t bytes = (size_t)1 << (curve->window_bits - 1);

    return curve->table + window / curve->spacing * bytes * 2 * curve->words;
}

/* The scalar that the digits are of, and whether the result is to be negated. */
static uint64_t odd_scalar(const struct nist_curve *curve, uint64_t *odd, const uint64_t *scalar)
{
    uint64_t even = 0;

    memcpy(odd, scalar, curve->words * sizeof(*odd));
    if (curve->odd)
    {
        uint64_t difference[NIST_WORDS_MAX];

        even = (scalar[0] & 1) - 1;
        nist_subtract(difference, curve->n, scalar, curve->words);
        nist_select(odd, difference, even, curve->words);
        wipe(difference, sizeof(difference));
    }
    return even;
}

static void negate_if(const struct nist_curve *curve, uint64_t *y, uint64_t mask)
{
    uint64_t negated[NIST_WORDS_MAX];

    curve->negate(negated, y);
    nist_select(y, negated, mask, curve->words);
}

/* As if sum = point + entry were computed for the same points, too: then it is infinity, which it
 * never is otherwise. */
static void mend_last_sum(const struct nist_curve *curve, uint64_t *sum, const uint64_t *entry)
{
    unsigned int words = curve->words, i;
    uint64_t point[NIST_POINT_MAX] = { 0 }, any = 0;

    for (i = 0; i < words; i++) any |= sum[2 * words + i];
    memcpy(point, entry, 2 * words * sizeof(*point));
    memcpy(point + 2 * words, curve->one, words * sizeof(*point));
    curve->point_double(point, point);
    nist_select(sum, point, ((any | (0 - any)) >> 63) - 1, 3 * words);
    wipe(point, sizeof(point));
}

void nist_multiply_generator(const struct nist_curve *curve, uint64_t *product,
                             const uint64_t *scalar)
{
    unsigned int words = curve->words, group, window, number, i;
    uint64_t odd[NIST_WORDS_MAX], entry[NIST_POINT_MAX], sum[NIST_POINT_MAX];
    uint64_t negative, negate;

    negate = odd_scalar(curve, odd, scalar);
    memset(product, 0, 3 * words * sizeof(*product));
    for (group = curve->spacing; group--;)
    {
        if (group != curve->spacing - 1)
        {
            for (i = 0; i < curve->window_bits; i++) curve->point_double(product, product);
        }
        for (window = group; window < curve->windows; window += curve->spacing)
        {
            number = digit_at(curve, odd, window, &negative);
            curve->table_select(entry, entries_of(curve, window), number);
            negate_if(curve, entry + words, negative);
            curve->point_add_affine(sum, product, entry);
            if (window == curve->windows - 1) mend_last_sum(curve, sum, entry);
            nist_select(product, sum, (((uint64_t)number - 1) >> 63) - 1, 3 * words);
        }
    }
    negate_if(curve, product + words, negate);
    wipe(odd, sizeof(odd));
    wipe(entry, sizeof(entry));
    wipe(sum, sizeof(sum));
}

/* ---- any point ---- */

/* Makes points affine, side by side, by one inversion; none of them is infinity. */
static void make_affine(const struct nist_curve *curve, uint64_t *affine,
                        uint64_t (*points)[NIST_POINT_MAX], unsigned int count)
{
    uint64_t products[POINT_ENTRIES][NIST_WORDS_MAX], rest[NIST_WORDS_MAX], power[NIST_WORDS_MAX];
    uint64_t inverse[NIST_WORDS_MAX];
    unsigned int words = curve->words, i;

    memcpy(products[0], points[0] + 2 * words, words * sizeof(uint64_t));
    for (i = 1; i < count; i++)
    {
        curve->multiply(products[i], products[i - 1], points[i] + 2 * words);
    }
    curve->invert(rest, products[count - 1]);
    affine += (size_t)count * 2 * words;
    for (i = count; i--;)
    {
        affine -= 2 * words;
        if (i) curve->multiply(inverse, rest, products[i - 1]);
        else memcpy(inverse, rest, sizeof(inverse));
        curve->multiply(rest, rest, points[i] + 2 * words);
        curve->square(power, inverse);
        curve->multiply(affine, points[i], power);
        curve->multiply(power, power, inverse);
        curve->multiply(affine + words, points[i] + words, power);
    }
}

/*
 * Booth's digits from the top. An entry differs from the sum that it is added to, 32 times the
 * one before, as long as both together are less than n; mend_last_sum() sees to the last one.
 */
void nist_multiply_secret(const struct nist_curve *curve, uint64_t *product,
                          const uint64_t *scalar, const uint64_t *point)
{
    uint64_t points[POINT_ENTRIES][NIST_POINT_MAX], table[POINT_ENTRIES * 2 * NIST_WORDS_MAX];
    uint64_t entry[2 * NIST_WORDS_MAX], sum[NIST_POINT_MAX], negative;
    unsigned int words = curve->words, windows = (curve->bits + POINT_BITS) / POINT_BITS;
    unsigned int window, number, i;

    memcpy(points[0], point, 2 * words * sizeof(*point));
    memcpy(points[0] + 2 * words, curve->one, words * sizeof(*point));
    for (i = 1; i < POINT_ENTRIES; i++)
    {
        if (i % 2) curve->point_double(points[i], points[i / 2]);
        else curve->point_add_affine(points[i], points[i - 1], point);
    }
    make_affine(curve, table, points, POINT_ENTRIES);

    memset(product, 0, 3 * words * sizeof(*product));
    for (window = windows; window--;)
    {
        for (i = 0; i < POINT_BITS && window + 1 < windows; i++)
        {
            curve->point_double(product, product);
        }
        number = booth_digit(curve, scalar, window, POINT_BITS, &negative);
        curve->point_select(entry, table, number);
        negate_if(curve, entry + words, negative);
        curve->point_add_affine(sum, product, entry);
        if (!window) mend_last_sum(curve, sum, entry);
        nist_select(product, sum, (((uint64_t)number - 1) >> 63) - 1, 3 * words);
    }
    wipe(entry, sizeof(entry));
    wipe(sum, sizeof(sum));
    wipe_stack(STACK_BYTES);                    /* deeper than lc_ec.c clears */
}

/* ---- public ---- */

#define NAF_BITS 5
#define NAF_ENTRIES (1 << (NAF_BITS - 2))
#define NAF_DIGITS_MAX (64 * NIST_WORDS_MAX)

/* sum = left + right, whatever they are; sum may be left. */
static void add_public(const struct nist_curve *curve, uint64_t *sum, const uint64_t *left,
                       const uint64_t *right)
{
    unsigned int words = curve->words;
    uint64_t made[NIST_POINT_MAX], a[NIST_WORDS_MAX], b[NIST_WORDS_MAX];

    curve->point_add(made, left, right);
    if (nist_is_zero(made + 2 * words, words) && !nist_is_zero(left + 2 * words, words) &&
        !nist_is_zero(right + 2 * words, words))
    {
        /* The same or opposite: Y / Z^3 tells. */
        curve->square(a, right + 2 * words);
        curve->multiply(a, a, right + 2 * words);
        curve->multiply(a, a, left + words);
        curve->square(b, left + 2 * words);
        curve->multiply(b, b, left + 2 * words);
        curve->multiply(b, b, right + words);
        if (!memcmp(a, b, words * sizeof(*a))) curve->point_double(made, left);
    }
    memcpy(sum, made, 3 * words * sizeof(*sum));
}

/* The same for a right that is affine. */
static void add_affine_public(const struct nist_curve *curve, uint64_t *sum, const uint64_t *right)
{
    unsigned int words = curve->words;
    uint64_t made[NIST_POINT_MAX], point[NIST_POINT_MAX];

    curve->point_add_affine(made, sum, right);
    if (nist_is_zero(made + 2 * words, words))
    {
        memcpy(point, right, 2 * words * sizeof(*point));
        memcpy(point + 2 * words, curve->one, words * sizeof(*point));
        add_public(curve, sum, sum, point);
    }
    else memcpy(sum, made, 3 * words * sizeof(*sum));
}

/* Odd digits between -2^(NAF_BITS - 1) and 2^(NAF_BITS - 1), NAF_BITS - 1 zeroes between two. */
static void naf_digits(const struct nist_curve *curve, int8_t *digits, const uint64_t *scalar)
{
    unsigned int bit = 0, carry = 0, v;

    memset(digits, 0, NAF_DIGITS_MAX);
    while (bit <= curve->bits)
    {
        if (bits_at(curve, scalar, (int)bit, 1) == carry) bit++;
        else
        {
            v = bits_at(curve, scalar, (int)bit, NAF_BITS) + carry;
            carry = v >> (NAF_BITS - 1) & 1;
            digits[bit] = (int8_t)((int)v - (int)(carry << NAF_BITS));
            bit += NAF_BITS;
        }
    }
}

/* The windows of the scalar that come in when `group` windows are still to be doubled for. */
static void add_windows(const struct nist_curve *curve, uint64_t *sum, const uint64_t *odd,
                        uint64_t negate, unsigned int group)
{
    unsigned int words = curve->words, window, number;
    uint64_t entry[2 * NIST_WORDS_MAX], negative;

    for (window = group; window < curve->windows; window += curve->spacing)
    {
        if (!(number = digit_at(curve, odd, window, &negative))) continue;
        if (curve->scattered) curve->table_select(entry, entries_of(curve, window), number);
        else
        {
            memcpy(entry, entries_of(curve, window) + (size_t)(number - 1) * 2 * words,
                   2 * words * sizeof(*entry));
        }
        if (negative != negate) curve->negate(entry + words, entry + words);
        add_affine_public(curve, sum, entry);
    }
}

void nist_multiply_public(const struct nist_curve *curve, uint64_t *sum, const uint64_t *left,
                          const uint64_t *right, const uint64_t *point)
{
    unsigned int words = curve->words, bit, i;
    uint64_t odd[NIST_WORDS_MAX], twice[NIST_POINT_MAX], entry[2 * NIST_WORDS_MAX];
    uint64_t multiples[NAF_ENTRIES][NIST_POINT_MAX], negate = odd_scalar(curve, odd, left);
    uint64_t table[NAF_ENTRIES * 2 * NIST_WORDS_MAX];
    bool has_left = !nist_is_zero(left, words);
    int8_t digits[NAF_DIGITS_MAX];

    memcpy(multiples[0], point, 2 * words * sizeof(*point));
    memcpy(multiples[0] + 2 * words, curve->one, words * sizeof(*point));
    curve->point_double(twice, multiples[0]);
    for (i = 1; i < NAF_ENTRIES; i++) curve->point_add(multiples[i], multiples[i - 1], twice);
    make_affine(curve, table, multiples, NAF_ENTRIES);
    naf_digits(curve, digits, right);

    memset(sum, 0, 3 * words * sizeof(*sum));
    for (bit = curve->bits + 1; bit--;)
    {
        curve->point_double(sum, sum);
        if (digits[bit])
        {
            i = (unsigned int)(digits[bit] < 0 ? -digits[bit] : digits[bit]) / 2;
            memcpy(entry, table + (size_t)i * 2 * words, 2 * words * sizeof(*entry));
            if (digits[bit] < 0) curve->negate(entry + words, entry + words);
            add_affine_public(curve, sum, entry);
        }
        if (has_left && bit % curve->window_bits == 0 && bit / curve->window_bits < curve->spacing)
        {
            add_windows(curve, sum, odd, negate, bit / curve->window_bits);
        }
    }
}

#endif
