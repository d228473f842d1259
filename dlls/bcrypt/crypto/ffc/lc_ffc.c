/*
 * lc_ffc.c - groups modulo a prime: making them from a seed, and checking that they come from it.
 *
 * p and q are found by hashing a seed that is counted up. So anybody who knows the seed and the
 * counter can see that they were not chosen. FIPS 186-2 appendix 2.2 does so with SHA-1 and a q of
 * 160 bits, FIPS 186-3 appendix A.1.1.2 with any hash, here SHA-256, and a q of 256 bits; they
 * differ in little else.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/ffc/lc_ffc.h"

#include "crypto/hash/digest.h"
#include "crypto/common/lc.h"
#include "crypto/common/lc_bn.h"
#include "crypto/random/random.h"

#define MOST_BITS 4096

/* How the numbers come from the seed. */
struct shape
{
    const struct digest *digest;
    unsigned bits;                              /* of p */
    size_t q_bytes;                             /* of q, of the seed, and of the digest */
    uint32_t first_offset;
    uint32_t counts;                            /* as many are tried */
};

static struct shape shape_of(unsigned bits)
{
    struct shape shape = { &digests[DIGEST_SHA256], bits, 32, 1, 4 * bits };

    if (bits <= 1024) shape = (struct shape){ &digests[DIGEST_SHA1], bits, 20, 2, 4096 };
    return shape;
}

/* The digest of seed + offset, a number of the seed's size. */
static void hash_seed(const struct shape *shape, const struct lc_dsa_seed *seed, uint32_t offset,
                      uint8_t *out)
{
    uint8_t counted[LC_DSA_SEED_BYTES];
    uint64_t sum = offset;
    size_t i;

    for (i = shape->q_bytes; i--; sum >>= 8)
    {
        sum += seed->bytes[i];
        counted[i] = (uint8_t)sum;
    }
    digest_once(shape->digest, counted, shape->q_bytes, out);
}

/* q as the seed says; it need not be prime. */
static bool derive_q(const struct shape *shape, const struct lc_dsa_seed *seed, BIGNUM *q)
{
    uint8_t u[DIGEST_MAX_BYTES], v[DIGEST_MAX_BYTES];
    size_t i;

    hash_seed(shape, seed, 0, u);
    if (shape->bits <= 1024)
    {
        hash_seed(shape, seed, 1, v);
        for (i = 0; i < shape->q_bytes; i++) u[i] ^= v[i];
    }
    u[0] |= 0x80;
    u[shape->q_bytes - 1] |= 1;
    return BN_bin2bn(u, (int)shape->q_bytes, q) != NULL;
}

/* p as the seed and a count say: it has q in p - 1, but need not be prime nor long enough. */
static bool derive_p(const struct shape *shape, const struct lc_dsa_seed *seed, uint32_t count,
                     const BIGNUM *q, BIGNUM *p, BN_CTX *context)
{
    size_t parts = (shape->bits - 1) / (8 * shape->q_bytes) + 1, i;     /* n + 1 */
    uint32_t offset = shape->first_offset + count * (uint32_t)parts;
    uint8_t w[MOST_BITS / 8 + DIGEST_MAX_BYTES];
    BIGNUM *twice, *rest;
    bool done = false;

    for (i = 0; i < parts; i++)
    {
        hash_seed(shape, seed, offset + (uint32_t)i, w + (parts - 1 - i) * shape->q_bytes);
    }

    BN_CTX_start(context);
    twice = BN_CTX_get(context);
    rest = BN_CTX_get(context);
    if (rest && BN_bin2bn(w, (int)(parts * shape->q_bytes), p))
    {
        BN_mask_bits(p, (int)shape->bits - 1);  /* fails if it has no more bits anyway */
        done = BN_set_bit(p, (int)shape->bits - 1) && BN_lshift1(twice, q) &&
               BN_mod(rest, p, twice, context) && BN_sub(p, p, rest) && BN_add_word(p, 1);
    }
    BN_CTX_end(context);
    return done;
}

/* 1: prime, 0: not, -1: libcrypto says why it cannot tell. */
static int is_prime(const struct shape *shape, const BIGNUM *p, BN_CTX *context)
{
    if (BN_num_bits(p) != (int)shape->bits) return 0;
    return BN_check_prime(p, context, NULL);
}

/* FIPS 186-3 appendix A.2.3, with index 1, above 1024 bits; FIPS 186-2's powers of small numbers
 * below. */
static bool derive_g(const struct shape *shape, const struct lc_ffc *group,
                     const struct lc_dsa_seed *seed, BN_CTX *context)
{
    uint8_t u[LC_DSA_SEED_BYTES + 7], w[DIGEST_MAX_BYTES];
    BIGNUM *exponent, *base;
    uint32_t count = 0;
    bool done;

    BN_CTX_start(context);
    exponent = BN_CTX_get(context);
    base = BN_CTX_get(context);
    done = base && BN_copy(base, group->p) && BN_sub_word(base, 1) &&
           BN_div(exponent, NULL, base, group->q, context);
    while (done)
    {
        count++;
        if (shape->bits <= 1024) done = BN_set_word(base, count + 1);
        else
        {
            memcpy(u, seed->bytes, shape->q_bytes);
            memcpy(u + shape->q_bytes, "ggen\1", 5);
            u[shape->q_bytes + 5] = (uint8_t)(count >> 8);
            u[shape->q_bytes + 6] = (uint8_t)count;
            digest_once(shape->digest, u, shape->q_bytes + 7, w);
            done = BN_bin2bn(w, (int)shape->q_bytes, base) != NULL;
        }
        done = done && BN_mod_exp(group->g, base, exponent, group->p, context);
        if (done && !BN_is_zero(group->g) && !BN_is_one(group->g)) break;
    }
    BN_CTX_end(context);
    return done;
}

NTSTATUS lc_ffc_generate(unsigned bits, const struct lc_ffc *group, struct lc_dsa_seed *seed,
                         BN_CTX *context)
{
    struct shape shape = shape_of(bits);
    int prime;

    memset(seed, 0, sizeof(*seed));
    for (;;)
    {
        if (!random_bytes(seed->bytes, shape.q_bytes)) return STATUS_INTERNAL_ERROR;
        if (!derive_q(&shape, seed, group->q)) return lc_status("BN_bin2bn");
        if ((prime = BN_check_prime(group->q, context, NULL)) < 0)
        {
            return lc_status("BN_check_prime");
        }
        if (!prime) continue;

        for (seed->count = 0; seed->count < shape.counts; seed->count++)
        {
            if (!derive_p(&shape, seed, seed->count, group->q, group->p, context))
                return lc_status("BN_mod");
            if ((prime = is_prime(&shape, group->p, context)) < 0)
            {
                return lc_status("BN_check_prime");
            }
            if (!prime) continue;
            return derive_g(&shape, group, seed, context) ? STATUS_SUCCESS
                                                          : lc_status("BN_mod_exp");
        }
    }
}

/* The search for p ends at the first prime: a smaller count must not give one. Windows looks for it
 * as well [sym]. */
static NTSTATUS check_count_is_first(const struct shape *shape, const struct lc_dsa_seed *seed,
                                     const BIGNUM *q, BIGNUM *number, BN_CTX *context)
{
    uint32_t count;
    int prime;

    for (count = 0; count < seed->count; count++)
    {
        if (!derive_p(shape, seed, count, q, number, context)) return lc_status("BN_mod");
        if ((prime = is_prime(shape, number, context)) < 0) return lc_status("BN_check_prime");
        if (prime) return STATUS_INVALID_PARAMETER;
    }
    return STATUS_SUCCESS;
}

NTSTATUS lc_ffc_verify(const struct lc_ffc *group, const struct lc_dsa_seed *seed, BN_CTX *context)
{
    struct shape shape = shape_of((unsigned)BN_num_bits(group->p));
    BIGNUM *number;
    NTSTATUS status;
    int prime;

    if (seed->count >= shape.counts) return STATUS_INVALID_PARAMETER;

    BN_CTX_start(context);
    number = BN_CTX_get(context);
    status = STATUS_NO_MEMORY;
    if (!number || !derive_q(&shape, seed, number)) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (BN_cmp(number, group->q)) goto done;

    status = STATUS_NO_MEMORY;
    if (!derive_p(&shape, seed, seed->count, group->q, number, context)) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (BN_cmp(number, group->p)) goto done;
    if ((prime = BN_check_prime(group->q, context, NULL)) > 0)
        prime = is_prime(&shape, group->p, context);
    if (!prime) goto done;
    if (prime < 0)
    {
        status = lc_status("BN_check_prime");
        goto done;
    }

    status = check_count_is_first(&shape, seed, group->q, number, context);

done:
    BN_CTX_end(context);
    lc_forget_errors();
    return status;
}

/* p is odd: p - 1 differs from it in the lowest bit alone. */
bool lc_ffc_in_range(const BIGNUM *number, const BIGNUM *p)
{
    uint8_t digits[MOST_BITS / 8], highest[MOST_BITS / 8];

    if (BN_num_bits(number) < 2 || BN_cmp(number, p) >= 0) return false;
    lc_bn_put(number, digits, sizeof(digits));
    lc_bn_put(p, highest, sizeof(highest));
    highest[sizeof(highest) - 1] ^= 1;
    return memcmp(digits, highest, sizeof(digits)) != 0;
}

NTSTATUS lc_ffc_check_order(const BIGNUM *number, const BIGNUM *q, const BIGNUM *p, BN_CTX *context)
{
    NTSTATUS status = STATUS_SUCCESS;
    BIGNUM *power;

    BN_CTX_start(context);
    power = BN_CTX_get(context);
    if (!power || !BN_mod_exp_mont(power, number, q, p, context, NULL))
    {
        status = lc_status("BN_mod_exp_mont");
    }
    else if (!BN_is_one(power)) status = STATUS_INVALID_PARAMETER;
    BN_CTX_end(context);
    return status;
}

bool lc_ffc_power(BIGNUM *result, const BIGNUM *base, const BIGNUM *exponent, const BIGNUM *p,
                  BN_MONT_CTX *montgomery, BN_CTX *context)
{
    return BN_mod_exp_mont_consttime(result, base, exponent, p, context, montgomery) == 1;
}
