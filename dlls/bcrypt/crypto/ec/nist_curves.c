/*
 * nist_curves.c - P-256, P-384 and P-521: their numbers, and whose arithmetic they are on.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/fast.h"

#if FAST_TABLES

#include <string.h>
#include <immintrin.h>

#include "crypto/common/narrow.h"
#include "crypto/ec/nist.h"
#include "crypto/ec/nist_narrow.h"

#if NIST_WIDE
#include <fast/s2n-bignum.h>
#endif

/* tools/build-fast: entry [i][j] is (2 j + 1) 2^(20 i) G. */
extern const uint64_t fast_p384_table[20][16][2][6], fast_p521_table[27][16][2][9];

/* libcrypto's of P-256, entry [i][j] (j + 1) 2^(7 i) G. In no public header, but so named since
 * OpenSSL 1.0.2. */
extern const uint64_t ecp_nistz256_precomputed[37][64][2][4];

/* ---- numbers: FIPS 186-4, D.1.2; SP 800-186, 3.2.1; b and 1 times 2^(64 words) where Montgomery's
 * form is in use ---- */

static const uint64_t p256_p[] =
{
    0xffffffffffffffff, 0x00000000ffffffff, 0x0000000000000000, 0xffffffff00000001,
};
static const uint64_t p256_n[] =
{
    0xf3b9cac2fc632551, 0xbce6faada7179e84, 0xffffffffffffffff, 0xffffffff00000000,
};
static const uint64_t p256_b[] =
{
    0xd89cdf6229c4bddf, 0xacf005cd78843090, 0xe5a220abf7212ed6, 0xdc30061d04874834,
};
static const uint64_t p256_one[] =
{
    0x0000000000000001, 0xffffffff00000000, 0xffffffffffffffff, 0x00000000fffffffe,
};
static const uint64_t p256_r2[] =
{
    0x83244c95be79eea2, 0x4699799c49bd6fa6, 0x2845b2392b6bec59, 0x66e12d94f3d95620,
};

static const uint64_t p384_p[] =
{
    0x00000000ffffffff, 0xffffffff00000000, 0xfffffffffffffffe, 0xffffffffffffffff,
    0xffffffffffffffff, 0xffffffffffffffff,
};
static const uint64_t p384_n[] =
{
    0xecec196accc52973, 0x581a0db248b0a77a, 0xc7634d81f4372ddf, 0xffffffffffffffff,
    0xffffffffffffffff, 0xffffffffffffffff,
};
static const uint64_t p384_b[] =
{
    0x081188719d412dcc, 0xf729add87a4c32ec, 0x77f2209b1920022e, 0xe3374bee94938ae2,
    0xb62b21f41f022094, 0xcd08114b604fbff9,
};
static const uint64_t p384_one[] =
{
    0xffffffff00000001, 0x00000000ffffffff, 0x0000000000000001, 0x0000000000000000,
    0x0000000000000000, 0x0000000000000000,
};
static const uint64_t p384_r2[] =
{
    0x2d319b2419b409a9, 0xff3d81e5df1aa419, 0xbc3e483afcb82947, 0xd40d49174aab1cc5,
    0x3fb05b7a28266895, 0x0c84ee012b39bf21,
};

static const uint64_t p521_p[] =
{
    0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff,
    0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff,
    0x00000000000001ff,
};
static const uint64_t p521_n[] =
{
    0xbb6fb71e91386409, 0x3bb5c9b8899c47ae, 0x7fcc0148f709a5d0, 0x51868783bf2f966b,
    0xfffffffffffffffa, 0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff,
    0x00000000000001ff,
};
static const uint64_t p521_b[] =
{
    0xef451fd46b503f00, 0x3573df883d2c34f1, 0x1652c0bd3bb1bf07, 0x56193951ec7e937b,
    0xb8b489918ef109e1, 0xa2da725b99b315f3, 0x929a21a0b68540ee, 0x953eb9618e1c9a1f,
    0x0000000000000051,
};
static const uint64_t p521_one[] =
{
    0x0000000000000001, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000,
    0x0000000000000000, 0x0000000000000000, 0x0000000000000000, 0x0000000000000000,
    0x0000000000000000,
};
static const uint64_t p521_r2[] =
{
    0x137cd04dcf15dd04, 0xf707badce5547ea3, 0x12a78d38794573ff, 0xd3721ef557f75e06,
    0xdd6e23d82e49c7db, 0xcff3d142b7756e3e, 0x5bcc6d61a8e567bc, 0x2d8e03d1492d0d45,
    0x000000000000003d,
};

static void copy_p521(uint64_t *z, const uint64_t *x)
{
    memcpy(z, x, sizeof(p521_p));
}

#ifdef __i386__
/* Of the 64 entries that there are for a window the table has all first bytes, then all second
 * ones, and so on; libcrypto's own function reads no others than the entry's. */
static __attribute__((target("sse2"))) void
select_table_p256(uint64_t *point, const uint64_t *entries, unsigned int number)
{
    __m128i wanted = _mm_set1_epi8((char)(number - 1)), at, masks[4], entry, sum;
    const uint8_t *next = (const uint8_t *)entries;
    uint8_t *bytes = (uint8_t *)point;
    unsigned int i, part;

    at = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    NARROW_UNROLL
    for (part = 0; part < 4; part++)
    {
        masks[part] = _mm_cmpeq_epi8(at, wanted);
        at = _mm_add_epi8(at, _mm_set1_epi8(16));
    }
    for (i = 0; i < 2 * sizeof(p256_p); i++)
    {
        sum = _mm_setzero_si128();
        NARROW_UNROLL
        for (part = 0; part < 4; part++, next += 16)
        {
            entry = _mm_loadu_si128((const void *)next);
            sum = _mm_or_si128(sum, _mm_and_si128(masks[part], entry));
        }
        sum = _mm_sad_epu8(sum, _mm_setzero_si128());
        bytes[i] = (uint8_t)(_mm_extract_epi16(sum, 0) | _mm_extract_epi16(sum, 4));
    }
}
#else
/* Entry j - 1 of 64, zeroes for j = 0. */
void ecp_nistz256_gather_w7(uint64_t *point, const uint64_t *entries, int number);

static void select_table_p256(uint64_t *point, const uint64_t *entries, unsigned int number)
{
    ecp_nistz256_gather_w7(point, entries, (int)number);
}
#endif

#define ORDER(multiply, add, invert)                                                               \
    .montgomery_multiply = multiply, .add_modulo = add, .invert_modulo = invert,

/* ---- on s2n-bignum ---- */

#if NIST_WIDE

/* Entry number - 1 of 16, by looking at all of them. */
static inline __attribute__((always_inline, target("avx2"))) void
select_16(uint64_t *point, const uint64_t *entries, unsigned int number, unsigned int words)
{
    __m256i wanted = _mm256_set1_epi64x(number), at = _mm256_setzero_si256(), mask, part;
    __m256i sum[4] = { at, at, at, at };
    __m128i rest = _mm_setzero_si128(), half;
    unsigned int entry, i;

    for (entry = 0; entry < 16; entry++, entries += words)
    {
        at = _mm256_add_epi64(at, _mm256_set1_epi64x(1));
        mask = _mm256_cmpeq_epi64(at, wanted);
        for (i = 0; i < words / 4; i++)
        {
            part = _mm256_loadu_si256((const void *)(entries + 4 * i));
            sum[i] = _mm256_or_si256(sum[i], _mm256_and_si256(mask, part));
        }
        if (words % 4)
        {
            half = _mm_loadu_si128((const void *)(entries + 4 * i));
            rest = _mm_or_si128(rest, _mm_and_si128(_mm256_castsi256_si128(mask), half));
        }
    }
    for (i = 0; i < words / 4; i++) _mm256_storeu_si256((void *)(point + 4 * i), sum[i]);
    if (words % 4) _mm_storeu_si128((void *)(point + 4 * i), rest);
}

static __attribute__((target("avx2"))) void
select_p256(uint64_t *point, const uint64_t *entries, unsigned int number)
{
    select_16(point, entries, number, 8);
}

static __attribute__((target("avx2"))) void
select_p384(uint64_t *point, const uint64_t *entries, unsigned int number)
{
    select_16(point, entries, number, 12);
}

static __attribute__((target("avx2"))) void
select_p521(uint64_t *point, const uint64_t *entries, unsigned int number)
{
    select_16(point, entries, number, 18);
}

const struct nist_curve nist_curves[] =
{
    {
        .words = 4, .bits = 256,
        .p = p256_p, .n = p256_n, .b = p256_b, .one = p256_one, .order_r2 = p256_r2,
        .to_field         = bignum_tomont_p256,
        .from_field       = bignum_deamont_p256,
        .multiply         = bignum_montmul_p256,
        .square           = bignum_montsqr_p256,
        .add              = bignum_add_p256,
        .subtract         = bignum_sub_p256,
        .negate           = bignum_neg_p256,
        .invert           = bignum_montinv_p256,
        .point_add        = p256_montjadd,
        .point_add_affine = p256_montjmixadd,
        .point_double     = p256_montjdouble,
        .point_select     = select_p256,
        .table = ecp_nistz256_precomputed[0][0][0], .table_select = select_table_p256,
        .window_bits = 7, .windows = 37, .spacing = 1, .odd = false,
        ORDER(bignum_montmul, bignum_modadd, bignum_modinv)
    },
    {
        .words = 6, .bits = 384,
        .p = p384_p, .n = p384_n, .b = p384_b, .one = p384_one, .order_r2 = p384_r2,
        .to_field         = bignum_tomont_p384,
        .from_field       = bignum_deamont_p384,
        .multiply         = bignum_montmul_p384,
        .square           = bignum_montsqr_p384,
        .add              = bignum_add_p384,
        .subtract         = bignum_sub_p384,
        .negate           = bignum_neg_p384,
        .invert           = bignum_montinv_p384,
        .point_add        = p384_montjadd,
        .point_add_affine = p384_montjmixadd,
        .point_double     = p384_montjdouble,
        .point_select     = select_p384,
        .table = fast_p384_table[0][0][0], .table_select = select_p384,
        .window_bits = 5, .windows = 77, .spacing = 4, .odd = true,
        ORDER(bignum_montmul, bignum_modadd, bignum_modinv)
    },
    {
        .words = 9, .bits = 521,
        .p = p521_p, .n = p521_n, .b = p521_b, .one = p521_one, .order_r2 = p521_r2,
        .to_field         = copy_p521,
        .from_field       = copy_p521,
        .multiply         = bignum_mul_p521,
        .square           = bignum_sqr_p521,
        .add              = bignum_add_p521,
        .subtract         = bignum_sub_p521,
        .negate           = bignum_neg_p521,
        .invert           = bignum_inv_p521,
        .point_add        = p521_jadd,
        .point_add_affine = p521_jmixadd,
        .point_double     = p521_jdouble,
        .point_select     = select_p521,
        .table = fast_p521_table[0][0][0], .table_select = select_p521,
        .window_bits = 5, .windows = 105, .spacing = 4, .odd = true,
        ORDER(bignum_montmul, bignum_modadd, bignum_modinv)
    },
};

#endif

/* ---- on 32-bit processors ---- */

#if NIST_NARROW

/* Entry number - 1 of 16, by looking at all of them. */
static inline __attribute__((always_inline, target("sse2"))) void
select_16_sse2(uint64_t *point, const uint64_t *entries, unsigned int number, unsigned int words)
{
    __m128i wanted = _mm_set1_epi32((int)number), one = _mm_set1_epi32(1), at, sum, part;
    unsigned int entry, i;

    for (i = 0; i < words; i += 2)
    {
        at = sum = _mm_setzero_si128();
        for (entry = 0; entry < 16; entry++)
        {
            at = _mm_add_epi32(at, one);
            part = _mm_loadu_si128((const void *)(entries + entry * words + i));
            sum = _mm_or_si128(sum, _mm_and_si128(_mm_cmpeq_epi32(at, wanted), part));
        }
        _mm_storeu_si128((void *)(point + i), sum);
    }
}

static __attribute__((target("sse2"))) void
select_narrow_p256(uint64_t *point, const uint64_t *entries, unsigned int number)
{
    select_16_sse2(point, entries, number, 8);
}

static __attribute__((target("sse2"))) void
select_narrow_p384(uint64_t *point, const uint64_t *entries, unsigned int number)
{
    select_16_sse2(point, entries, number, 12);
}

static __attribute__((target("sse2"))) void
select_narrow_p521(uint64_t *point, const uint64_t *entries, unsigned int number)
{
    select_16_sse2(point, entries, number, 18);
}

const struct nist_curve nist_narrow_curves[] =
{
    {
        .words = 4, .bits = 256,
        .p = p256_p, .n = p256_n, .b = p256_b, .one = p256_one, .order_r2 = p256_r2,
        .to_field         = ecp_nistz256_to_mont,
        .from_field       = ecp_nistz256_from_mont,
        .multiply         = ecp_nistz256_mul_mont,
        .square           = ecp_nistz256_sqr_mont,
        .add              = ecp_nistz256_add,
        .subtract         = ecp_nistz256_sub,
        .negate           = ecp_nistz256_neg,
        .invert           = narrow_invert_p256,
        .point_add        = ecp_nistz256_point_add,
        .point_add_affine = ecp_nistz256_point_add_affine,
        .point_double     = ecp_nistz256_point_double,
        .point_select     = select_narrow_p256,
        .table = ecp_nistz256_precomputed[0][0][0], .table_select = select_table_p256,
        .window_bits = 7, .windows = 37, .spacing = 1, .odd = false,
        .scattered = sizeof(void *) == 4, .on_libcrypto = true,
        ORDER(narrow_montmul, narrow_modadd, narrow_modinv)
    },
    {
        .words = 6, .bits = 384,
        .p = p384_p, .n = p384_n, .b = p384_b, .one = p384_one, .order_r2 = p384_r2,
        .to_field         = narrow_to_field_p384,
        .from_field       = narrow_from_field_p384,
        .multiply         = narrow_multiply_p384,
        .square           = narrow_square_p384,
        .add              = narrow_add_p384,
        .subtract         = narrow_subtract_p384,
        .negate           = narrow_negate_p384,
        .invert           = narrow_invert_p384,
        .point_add        = narrow_point_add_p384,
        .point_add_affine = narrow_point_add_affine_p384,
        .point_double     = narrow_point_double_p384,
        .point_select     = select_narrow_p384,
        .table = fast_p384_table[0][0][0], .table_select = select_narrow_p384,
        .window_bits = 5, .windows = 77, .spacing = 4, .odd = true,
        ORDER(narrow_montmul, narrow_modadd, narrow_modinv)
    },
    {
        .words = 9, .bits = 521,
        .p = p521_p, .n = p521_n, .b = p521_b, .one = p521_one, .order_r2 = p521_r2,
        .to_field         = copy_p521,
        .from_field       = copy_p521,
        .multiply         = narrow_multiply_p521,
        .square           = narrow_square_p521,
        .add              = narrow_add_p521,
        .subtract         = narrow_subtract_p521,
        .negate           = narrow_negate_p521,
        .invert           = narrow_invert_p521,
        .point_add        = narrow_point_add_p521,
        .point_add_affine = narrow_point_add_affine_p521,
        .point_double     = narrow_point_double_p521,
        .point_select     = select_narrow_p521,
        .table = fast_p521_table[0][0][0], .table_select = select_narrow_p521,
        .window_bits = 5, .windows = 105, .spacing = 4, .odd = true,
        ORDER(narrow_montmul, narrow_modadd, narrow_modinv)
    },
};

#endif

#endif
