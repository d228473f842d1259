/*
 * nist.c - P-256, P-384 and P-521 as a form of curves: keys, ECDSA and ECDH on s2n-bignum.
 *
 * Takes the place of libcrypto's groups on processors with BMI2, ADX and AVX2; and in the 32-bit
 * DLL, where P-256 is on libcrypto's field and points, the others on nist_narrow.c's. Secret
 * numbers go through these, nist_narrow_modulo.c or s2n-bignum, all constant-time, and
 * nist_multiply.c's functions for them.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/ec/lc_ec_forms.h"

#include "crypto/common/fast.h"

#if FAST_TABLES

#include "crypto/common/cpu.h"
#include "crypto/ec/nist.h"
#include "crypto/random/random.h"

#define NIST_BYTES_MAX 66

/* ---- numbers ---- */

/* Big-endian bytes, of which there may be fewer than words have. */
static void read_number(uint64_t *words, unsigned int count, const uint8_t *bytes, size_t size)
{
    uint64_t word;
    size_t i;

    for (; count--; *words++ = word)
    {
        word = 0;
        if (size >= 8)
        {
            size -= 8;
            memcpy(&word, bytes + size, 8);
            word = __builtin_bswap64(word);
        }
        else
        {
            for (i = 0; i < size; i++) word = word << 8 | bytes[i];
            size = 0;
        }
    }
}

static void write_number(uint8_t *bytes, size_t size, const uint64_t *words)
{
    uint64_t word;

    for (; size >= 8; words++)
    {
        size -= 8;
        word = __builtin_bswap64(*words);
        memcpy(bytes + size, &word, 8);
    }
    if (size)
    {
        for (word = *words; size--; word >>= 8) bytes[size] = (uint8_t)word;
    }
}

static bool words_equal(const uint64_t *left, const uint64_t *right, unsigned int words)
{
    return !memcmp(left, right, words * sizeof(*left));
}

/* ---- curves ---- */

static bool is_curve(const struct nist_curve *nist, const struct lc_ec_numbers *numbers)
{
    size_t bytes = (nist->bits + 7) / 8, i;
    uint64_t number[5][NIST_WORDS_MAX] = { { 0 } }, order[NIST_WORDS_MAX] = { 0 };
    uint64_t three[NIST_WORDS_MAX] = { 3 }, generator[2 * NIST_WORDS_MAX];
    const uint8_t *cofactor = numbers->digits + 6 * bytes;

    if (numbers->field_bytes != bytes || numbers->order_bytes != bytes ||
        !numbers->cofactor_bytes) return false;
    for (i = 0; i + 1 < numbers->cofactor_bytes; i++)
    {
        if (cofactor[i]) return false;
    }
    if (cofactor[i] != 1) return false;

    for (i = 0; i < 5; i++) read_number(number[i], nist->words, numbers->digits + i * bytes, bytes);
    read_number(order, nist->words, numbers->digits + 5 * bytes, bytes);
    if (!words_equal(number[0], nist->p, nist->words) || !words_equal(order, nist->n, nist->words))
    {
        return false;
    }
    nist_subtract(three, nist->p, three, nist->words);
    if (!words_equal(number[1], three, nist->words)) return false;
    for (i = 2; i < 5; i++) nist->to_field(number[i], number[i]);
    nist->table_select(generator, nist->table, 1);
    return words_equal(number[2], nist->b, nist->words) &&
           words_equal(number[3], generator, nist->words) &&
           words_equal(number[4], generator + nist->words, nist->words);
}

/* What a processor has to have for which curves; the first path that fits is taken. */
static const struct
{
    uint32_t features;
    const struct nist_curve *curves;
    size_t count;
} paths[] = {
#if NIST_WIDE
    { CPU_BMI2 | CPU_ADX | CPU_AVX2, nist_curves, ARRAY_SIZE(nist_curves) },
#endif
#if NIST_NARROW
    { CPU_SSE2, nist_narrow_curves, ARRAY_SIZE(nist_narrow_curves) },
#endif
};

const struct nist_curve *fast_ec_nist_find(const struct lc_ec_numbers *numbers)
{
    size_t path, i;

    if (numbers->form != LC_EC_WEIERSTRASS) return NULL;
    for (path = 0; path < ARRAY_SIZE(paths); path++)
    {
        if (!cpu_has(paths[path].features)) continue;
        for (i = 0; i < paths[path].count; i++)
        {
            if (is_curve(&paths[path].curves[i], numbers)) return &paths[path].curves[i];
        }
    }
    return NULL;
}

static NTSTATUS nist_curve_init(struct lc_ec_curve *curve, const struct lc_ec_numbers *numbers,
                                bool verify)
{
    (void)numbers, (void)verify;
    return curve->nist->on_libcrypto ? lc_ready() : STATUS_SUCCESS;
}

/* ---- private values ---- */

/* Whether 0 < number < order. The answer is for all to know: a number that is drawn is drawn anew
 * then, one that is given is refused. */
static bool in_order(const struct nist_curve *nist, const uint64_t *number)
{
    uint64_t difference[NIST_WORDS_MAX], any = 0, less;
    unsigned int i;

    less = nist_subtract(difference, number, nist->n, nist->words);
    wipe(difference, sizeof(difference));
    for (i = 0; i < nist->words; i++) any |= number[i];
    return less & (any | (0 - any)) >> 63;
}

static NTSTATUS draw_number(const struct nist_curve *nist, uint64_t *number)
{
    do
    {
        if (!random_bytes(number, nist->words * sizeof(*number))) return STATUS_INTERNAL_ERROR;
        if (nist->bits % 64) number[nist->words - 1] &= ((uint64_t)1 << nist->bits % 64) - 1;
    }
    while (!in_order(nist, number));
    return STATUS_SUCCESS;
}

static NTSTATUS nist_draw(struct lc_ec_key *key)
{
    return draw_number(key->curve->nist, key->scalar);
}

static NTSTATUS nist_set_private(struct lc_ec_key *key, const uint8_t *d)
{
    const struct lc_ec_curve *curve = key->curve;

    read_number(key->scalar, curve->nist->words, d, curve->order_bytes);
    return in_order(curve->nist, key->scalar) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

static NTSTATUS nist_get_private(const struct lc_ec_key *key, uint8_t *d)
{
    write_number(d, key->curve->order_bytes, key->scalar);
    return STATUS_SUCCESS;
}

/* ---- points ---- */

/* The affine coordinates, as numbers; y may be NULL. */
static void get_affine(const struct nist_curve *nist, uint64_t *x, uint64_t *y,
                       const uint64_t *point)
{
    uint64_t inverse[NIST_WORDS_MAX], power[NIST_WORDS_MAX];

    nist->invert(inverse, point + 2 * nist->words);
    nist->square(power, inverse);
    nist->multiply(x, point, power);
    nist->from_field(x, x);
    if (y)
    {
        nist->multiply(power, power, inverse);
        nist->multiply(y, point + nist->words, power);
        nist->from_field(y, y);
    }
    wipe(inverse, sizeof(inverse));
    wipe(power, sizeof(power));
}

/* A key's point, in the field's form. */
static void read_point(const struct lc_ec_key *key, uint64_t *point)
{
    const struct nist_curve *nist = key->curve->nist;

    read_number(point, nist->words, key->x, key->curve->field_bytes);
    read_number(point + nist->words, nist->words, key->y, key->curve->field_bytes);
    nist->to_field(point, point);
    nist->to_field(point + nist->words, point + nist->words);
}

static NTSTATUS nist_compute_public(struct lc_ec_key *key)
{
    const struct nist_curve *nist = key->curve->nist;
    uint64_t point[NIST_POINT_MAX], x[NIST_WORDS_MAX], y[NIST_WORDS_MAX];

    nist_multiply_generator(nist, point, key->scalar);
    get_affine(nist, x, y, point);
    write_number(key->x, key->curve->field_bytes, x);
    write_number(key->y, key->curve->field_bytes, y);
    wipe(point, sizeof(point));
    return STATUS_SUCCESS;
}

/* y^2 = x^3 - 3 x + b. Each point of the curve has the order of the generator. */
static NTSTATUS nist_set_public(struct lc_ec_key *key, bool check_order)
{
    const struct lc_ec_curve *curve = key->curve;
    const struct nist_curve *nist = curve->nist;
    uint64_t point[NIST_POINT_MAX], left[NIST_WORDS_MAX], right[NIST_WORDS_MAX];

    (void)check_order;
    if (!lc_ec_less(key->x, curve->p, curve->field_bytes) ||
        !lc_ec_less(key->y, curve->p, curve->field_bytes)) return STATUS_INVALID_PARAMETER;
    read_point(key, point);
    nist->square(left, point + nist->words);
    nist->square(right, point);
    nist->subtract(right, right, nist->one);
    nist->subtract(right, right, nist->one);
    nist->subtract(right, right, nist->one);
    nist->multiply(right, right, point);
    nist->add(right, right, nist->b);
    return words_equal(left, right, nist->words) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

/* ---- ECDSA ---- */

/* The number that a digest stands for, modulo the order: its leftmost bits, as many as that has. */
static void read_digest(const struct nist_curve *nist, uint64_t *e, const uint8_t *digest,
                        size_t bytes)
{
    size_t most = (nist->bits + 7) / 8;
    unsigned int surplus = bytes >= most ? (unsigned int)(8 * most - nist->bits) : 0, i;
    uint64_t reduced[NIST_WORDS_MAX], less;

    read_number(e, nist->words, digest, bytes < most ? bytes : most);
    if (surplus)
    {
        for (i = 0; i + 1 < nist->words; i++) e[i] = e[i] >> surplus | e[i + 1] << (64 - surplus);
        e[i] >>= surplus;
    }
    less = nist_subtract(reduced, e, nist->n, nist->words);
    nist_select(e, reduced, ~less, nist->words);
}

/* z = x * y modulo the order; z = 1 / x. */
static void multiply_order(const struct nist_curve *nist, uint64_t *z, const uint64_t *x,
                           const uint64_t *y)
{
    uint64_t scaled[NIST_WORDS_MAX], product[NIST_WORDS_MAX];

    nist->montgomery_multiply(nist->words, scaled, x, nist->order_r2, nist->n);
    nist->montgomery_multiply(nist->words, product, scaled, y, nist->n);
    memcpy(z, product, nist->words * sizeof(*z));
    wipe(scaled, sizeof(scaled));
    wipe(product, sizeof(product));
}

static void invert_order(const struct nist_curve *nist, uint64_t *z, const uint64_t *x)
{
    uint64_t workspace[3 * NIST_WORDS_MAX], inverse[NIST_WORDS_MAX];

    nist->invert_modulo(nist->words, inverse, x, nist->n, workspace);
    memcpy(z, inverse, nist->words * sizeof(*z));
    wipe(workspace, sizeof(workspace));
    wipe(inverse, sizeof(inverse));
}

/* With this nonce, which is gone afterwards; false if r or s is zero and it takes another one. */
static __attribute__((noinline)) bool sign_with(const struct lc_ec_key *key, const uint64_t *e,
                                                uint64_t *nonce, uint8_t *signature)
{
    const struct nist_curve *nist = key->curve->nist;
    size_t order_bytes = key->curve->order_bytes;
    uint64_t point[NIST_POINT_MAX], reduced[NIST_WORDS_MAX], r[NIST_WORDS_MAX], s[NIST_WORDS_MAX];
    uint64_t less, any[2] = { 0, 0 };
    unsigned int i;

    nist_multiply_generator(nist, point, nonce);
    get_affine(nist, r, NULL, point);
    less = nist_subtract(reduced, r, nist->n, nist->words);
    nist_select(r, reduced, ~less, nist->words);

    /* s = (e + r d) / nonce */
    multiply_order(nist, s, r, key->scalar);
    nist->add_modulo(nist->words, s, s, e, nist->n);
    invert_order(nist, nonce, nonce);
    multiply_order(nist, s, s, nonce);

    write_number(signature, order_bytes, r);
    write_number(signature + order_bytes, order_bytes, s);
    for (i = 0; i < nist->words; i++) any[0] |= r[i], any[1] |= s[i];
    wipe(nonce, nist->words * sizeof(*nonce));
    wipe(point, sizeof(point));
    return ((any[0] | (0 - any[0])) & (any[1] | (0 - any[1]))) >> 63;
}

static NTSTATUS nist_sign(const struct lc_ec_key *key, const uint8_t *digest, size_t bytes,
                          uint8_t *signature)
{
    const struct nist_curve *nist = key->curve->nist;
    uint64_t nonce[NIST_WORDS_MAX], e[NIST_WORDS_MAX];
    NTSTATUS status;

    read_digest(nist, e, digest, bytes);
    do
    {
        if ((status = draw_number(nist, nonce))) return status;
    }
    while (!sign_with(key, e, nonce, signature));
    return STATUS_SUCCESS;
}

/* Whether point's x, which is X / Z^2, is r modulo the order: r, or r + n if that is below p. */
static bool has_x(const struct nist_curve *nist, const uint64_t *point, const uint64_t *r)
{
    uint64_t square[NIST_WORDS_MAX], product[NIST_WORDS_MAX], rest[NIST_WORDS_MAX];

    nist->square(square, point + 2 * nist->words);
    nist->to_field(product, r);
    nist->multiply(product, product, square);
    if (words_equal(product, point, nist->words)) return true;

    nist_subtract(rest, nist->p, nist->n, nist->words);
    if (!nist_subtract(product, r, rest, nist->words)) return false;
    nist->add_modulo(nist->words, product, r, nist->n, nist->p);   /* n is below p, too */
    nist->to_field(product, product);
    nist->multiply(product, product, square);
    return words_equal(product, point, nist->words);
}

static NTSTATUS nist_verify(const struct lc_ec_key *key, const uint8_t *digest, size_t bytes,
                            const uint8_t *signature)
{
    const struct nist_curve *nist = key->curve->nist;
    size_t order_bytes = key->curve->order_bytes;
    uint64_t r[NIST_WORDS_MAX], s[NIST_WORDS_MAX], e[NIST_WORDS_MAX], point[NIST_POINT_MAX];
    uint64_t sum[NIST_POINT_MAX];

    read_digest(nist, e, digest, bytes);
    read_number(r, nist->words, signature, order_bytes);
    read_number(s, nist->words, signature + order_bytes, order_bytes);
    read_point(key, point);

    /* sum = e/s * G + r/s * point */
    invert_order(nist, s, s);
    multiply_order(nist, e, e, s);
    multiply_order(nist, s, r, s);
    nist_multiply_public(nist, sum, e, s, point);
    if (nist_is_zero(sum + 2 * nist->words, nist->words)) return STATUS_INVALID_SIGNATURE;
    return has_x(nist, sum, r) ? STATUS_SUCCESS : STATUS_INVALID_SIGNATURE;
}

/* ---- ECDH ---- */

/* Never infinity: the private value is no multiple of the order, which is every point's. */
static NTSTATUS nist_agree(const struct lc_ec_key *own, const struct lc_ec_key *peer, uint8_t *x)
{
    const struct nist_curve *nist = own->curve->nist;
    uint64_t point[NIST_POINT_MAX], product[NIST_POINT_MAX], number[NIST_WORDS_MAX];

    read_point(peer, point);
    nist_multiply_secret(nist, product, own->scalar, point);
    get_affine(nist, number, NULL, product);
    write_number(x, own->curve->field_bytes, number);
    wipe(product, sizeof(product));
    wipe(number, sizeof(number));
    return STATUS_SUCCESS;
}

const struct lc_ec_operations fast_ec_nist =
{
    .curve_init     = nist_curve_init,
    .draw           = nist_draw,
    .set_private    = nist_set_private,
    .compute_public = nist_compute_public,
    .set_public     = nist_set_public,
    .get_private    = nist_get_private,
    .sign           = nist_sign,
    .verify         = nist_verify,
    .agree          = nist_agree,
};

#endif
