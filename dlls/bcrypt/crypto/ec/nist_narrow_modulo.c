/*
 * nist_narrow_modulo.c - products, sums and inverses modulo any odd number, of 32-bit words.
 *
 * The inverse is Bernstein and Yang's (https://gcd.cr.yp.to/safegcd-20190413.pdf): f and g begin as
 * the modulus and the number, and a step makes one of (f, g), with what it takes to halve g:
 *
 *   delta > 0, g odd:   delta = 1 - delta   f = g   g = (g - f) / 2
 *   otherwise:          delta = 1 + delta           g = (g + (g mod 2) f) / 2
 *
 * After (49 bits + 57) / 17 of them g is 0 and f is 1 or -1, whatever they were. Thirty steps look
 * at the lowest bits alone: what they do to all others is a matrix, which is applied to f and g,
 * and modulo the modulus to d and e, of which d is in the end what f is times the inverse.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/ec/nist.h"

#if NIST_NARROW

#include <string.h>

#include "crypto/common/narrow.h"
#include "crypto/ec/nist_narrow.h"
#include "platform/wipe.h"

void narrow_modadd(uint64_t k, uint64_t *z, const uint64_t *x, const uint64_t *y,
                   const uint64_t *m)
{
    unsigned int count = 2 * (unsigned int)k;
    uint32_t carry = narrow_add((narrow_word *)z, (const narrow_word *)x, (const narrow_word *)y,
                                count);

    narrow_reduce_once((narrow_word *)z, carry & 1, (const narrow_word *)m, count);
}

/* Multiples of the modulus are added that make the lower half of the product zero. */
void narrow_montmul(uint64_t k, uint64_t *z, const uint64_t *x64, const uint64_t *y64,
                    const uint64_t *m64)
{
    const narrow_word *x = (const narrow_word *)x64, *y = (const narrow_word *)y64;
    const narrow_word *m = (const narrow_word *)m64;
    struct narrow_column column = { 0, 0, 0 };
    narrow_word multiples[NARROW_WORDS_MAX], *result = (narrow_word *)z;
    unsigned int count = 2 * (unsigned int)k, i, j;
    uint32_t factor = 0 - narrow_inverse(m[0]);

    for (i = 0; i < count; i++)
    {
        for (j = 0; j < i; j++)
        {
            narrow_add_product(&column, x[j], y + (i - j));
            narrow_add_product(&column, multiples[j], m + (i - j));
        }
        narrow_add_product(&column, x[i], y);
        multiples[i] = column.low * factor;
        narrow_add_product(&column, multiples[i], m);
        narrow_next(&column);
    }
    for (; i < 2 * count; i++)
    {
        for (j = i - count + 1; j < count; j++)
        {
            narrow_add_product(&column, x[j], y + (i - j));
            narrow_add_product(&column, multiples[j], m + (i - j));
        }
        result[i - count] = narrow_next(&column);
    }
    narrow_reduce_once(result, column.low, m, count);
    wipe(multiples, sizeof(multiples));
}

/* ---- inverses ---- */

#define STEPS 30                                /* at once; and bits of a limb */
#define LIMBS_MAX (32 * NARROW_WORDS_MAX / STEPS + 1)
#define LIMB_MASK (((int32_t)1 << STEPS) - 1)

/* The lowest limb first; all are from 0 to LIMB_MASK, but the sign is the highest one's. */
struct signed_number
{
    int32_t limb[LIMBS_MAX];
};

/* 2^STEPS times what the steps make of (f, g): f = f_f f + f_g g, g = g_f f + g_g g. */
struct steps
{
    int32_t f_f, f_g, g_f, g_g;
};

static void to_limbs(struct signed_number *r, const narrow_word *x, unsigned int count,
                     unsigned int limbs)
{
    unsigned int i, bit;
    uint64_t window;

    for (i = 0, bit = 0; i < limbs; i++, bit += STEPS)
    {
        window = bit / 32 < count ? x[bit / 32] : 0;
        if (bit / 32 + 1 < count) window |= (uint64_t)x[bit / 32 + 1] << 32;
        r->limb[i] = (int32_t)(window >> bit % 32) & LIMB_MASK;
    }
}

static void from_limbs(narrow_word *z, const struct signed_number *x, unsigned int count,
                       unsigned int limbs)
{
    unsigned int i, limb = 0, bits = 0;
    uint64_t window = 0;

    for (i = 0; i < count; i++)
    {
        for (; bits < 32; bits += STEPS, limb++)
        {
            if (limb < limbs) window |= (uint64_t)(uint32_t)x->limb[limb] << bits;
        }
        z[i] = (uint32_t)window;
        window >>= 32;
        bits -= 32;
    }
}

/* All ones or zero, of which the compiler does not know that there are but two. */
static inline uint32_t hidden(uint32_t mask)
{
    __asm__("" : "+r"(mask));
    return mask;
}

/* (x, y) = (y, -x) where swap is all ones. */
static inline void turn(uint32_t *x, uint32_t *y, uint32_t swap)
{
    uint32_t change = (*x ^ *y) & swap;

    *x ^= change;
    *y = ((*y ^ change) ^ swap) - swap;
}

/* Thirty steps on the lowest bits of f and g. */
static int32_t take_steps(struct steps *made, int32_t delta, uint32_t f, uint32_t g)
{
    uint32_t f_f = 1, f_g = 0, g_f = 0, g_g = 1, odd, swap;
    int i;

    for (i = 0; i < STEPS; i++)
    {
        odd = hidden(0 - (g & 1));
        swap = hidden(odd & (uint32_t)(-delta >> 31));

        delta = (int32_t)(((uint32_t)delta ^ swap) - swap) + 1;
        turn(&f, &g, swap);
        turn(&f_f, &g_f, swap);
        turn(&f_g, &g_g, swap);
        g = (g + (f & odd)) >> 1;
        g_f += f_f & odd;
        g_g += f_g & odd;
        f_f <<= 1;
        f_g <<= 1;
    }
    *made = (struct steps){ (int32_t)f_f, (int32_t)f_g, (int32_t)g_f, (int32_t)g_g };
    return delta;
}

/* f and g as the steps make them. */
static void apply(const struct steps *made, struct signed_number *f, struct signed_number *g,
                  unsigned int limbs)
{
    int64_t new_f = 0, new_g = 0;
    unsigned int i;

    for (i = 0; i < limbs; i++)
    {
        new_f += (int64_t)made->f_f * f->limb[i] + (int64_t)made->f_g * g->limb[i];
        new_g += (int64_t)made->g_f * f->limb[i] + (int64_t)made->g_g * g->limb[i];
        if (i)
        {
            f->limb[i - 1] = (int32_t)new_f & LIMB_MASK;
            g->limb[i - 1] = (int32_t)new_g & LIMB_MASK;
        }
        new_f >>= STEPS;
        new_g >>= STEPS;
    }
    f->limb[limbs - 1] = (int32_t)new_f;
    g->limb[limbs - 1] = (int32_t)new_g;
}

/* The same for d and e, which are between -2 m and m and stay so: what is to be divided by 2^STEPS
 * is made a multiple of it by multiples of m. */
static void apply_modulo(const struct steps *made, struct signed_number *d, struct signed_number *e,
                         const struct signed_number *m, uint32_t inverse, unsigned int limbs)
{
    int32_t sign_d = d->limb[limbs - 1] >> 31, sign_e = e->limb[limbs - 1] >> 31;
    int32_t of_d = (made->f_f & sign_d) + (made->f_g & sign_e);
    int32_t of_e = (made->g_f & sign_d) + (made->g_g & sign_e);
    int64_t new_d = 0, new_e = 0;
    unsigned int i;

    for (i = 0; i < limbs; i++)
    {
        new_d += (int64_t)made->f_f * d->limb[i] + (int64_t)made->f_g * e->limb[i];
        new_e += (int64_t)made->g_f * d->limb[i] + (int64_t)made->g_g * e->limb[i];
        if (!i)
        {
            of_d -= (int32_t)((inverse * (uint32_t)new_d + (uint32_t)of_d) & LIMB_MASK);
            of_e -= (int32_t)((inverse * (uint32_t)new_e + (uint32_t)of_e) & LIMB_MASK);
        }
        new_d += (int64_t)m->limb[i] * of_d;
        new_e += (int64_t)m->limb[i] * of_e;
        if (i)
        {
            d->limb[i - 1] = (int32_t)new_d & LIMB_MASK;
            e->limb[i - 1] = (int32_t)new_e & LIMB_MASK;
        }
        new_d >>= STEPS;
        new_e >>= STEPS;
    }
    d->limb[limbs - 1] = (int32_t)new_d;
    e->limb[limbs - 1] = (int32_t)new_e;
}

/* x = (negate ? -x : x) + (add ? m : 0), the two being all ones or zero. */
static void adjust(struct signed_number *x, uint32_t negate, const struct signed_number *m,
                   uint32_t add, unsigned int limbs)
{
    int32_t sum = 0;
    unsigned int i;

    negate = hidden(negate);
    add = hidden(add);
    for (i = 0; i < limbs; i++)
    {
        sum += (int32_t)((((uint32_t)x->limb[i] ^ negate) - negate) + ((uint32_t)m->limb[i] & add));
        x->limb[i] = i + 1 < limbs ? sum & LIMB_MASK : sum;
        sum >>= STEPS;
    }
}

static uint32_t is_negative(const struct signed_number *x, unsigned int limbs)
{
    return (uint32_t)(x->limb[limbs - 1] >> 31);
}

void narrow_modinv(uint64_t k, uint64_t *z, const uint64_t *x, const uint64_t *m,
                   uint64_t *workspace)
{
    unsigned int count = 2 * (unsigned int)k, bits = 64 * (unsigned int)k, limbs, steps;
    struct signed_number f, g, d = { { 0 } }, e = { { 1 } }, modulus;
    struct steps made;
    uint32_t inverse;
    int32_t delta = 1;

    (void)workspace;
    bits -= (unsigned int)__builtin_clzll(m[k - 1]);
    limbs = bits / STEPS + 1;
    inverse = narrow_inverse((uint32_t)m[0]) & LIMB_MASK;
    to_limbs(&modulus, (const narrow_word *)m, count, limbs);
    to_limbs(&g, (const narrow_word *)x, count, limbs);
    f = modulus;

    for (steps = 0; steps < (49 * bits + 57) / 17; steps += STEPS)
    {
        delta = take_steps(&made, delta, (uint32_t)f.limb[0], (uint32_t)g.limb[0]);
        apply(&made, &f, &g, limbs);
        apply_modulo(&made, &d, &e, &modulus, inverse, limbs);
    }

    adjust(&d, 0, &modulus, is_negative(&d, limbs), limbs);
    adjust(&d, is_negative(&f, limbs), &modulus, 0, limbs);
    adjust(&d, 0, &modulus, is_negative(&d, limbs), limbs);
    from_limbs((narrow_word *)z, &d, count, limbs);
    wipe(&f, sizeof(f));
    wipe(&g, sizeof(g));
    wipe(&d, sizeof(d));
    wipe(&e, sizeof(e));
    wipe(&made, sizeof(made));
}

#endif
