/*
 * lc_rsa_key.c - the private half of an RSA key: what follows from its primes, and finding primes.
 *
 * libcrypto's own key generation is not used: above 2048 bits it asks for a random generator of its
 * providers, which has nothing to do with ours, and it tests its primes ten times as often as their
 * way of being chosen calls for.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/rsa/lc_rsa_key.h"

#include <openssl/err.h>

#include "crypto/common/lc.h"
#include "crypto/common/lc_bn.h"
#include "crypto/rsa/lc_rsa.h"
#include "platform/wipe.h"
#include "platform/memory.h"

/* ---- what follows from the primes ---- */

/* Whether left * right is 1 modulo `modulus`, and left in its range. */
static NTSTATUS is_inverse(const BIGNUM *left, const BIGNUM *right, const BIGNUM *modulus,
                           BN_CTX *context, bool *is)
{
    BIGNUM *product;

    *is = false;
    if (BN_is_zero(left) || BN_cmp(left, modulus) >= 0) return STATUS_SUCCESS;
    if (!(product = lc_bn_temporary(context)) ||
        !BN_mod_mul(product, left, right, modulus, context))
    {
        return lc_status("BN_mod_mul");
    }
    *is = BN_is_one(product);
    return STATUS_SUCCESS;
}

static NTSTATUS make_inverse(BIGNUM *inverse, const BIGNUM *of, const BIGNUM *modulus,
                             BN_CTX *context)
{
    if (BN_mod_inverse(inverse, of, modulus, context))
    {
        BN_set_flags(inverse, BN_FLG_CONSTTIME);
        return STATUS_SUCCESS;
    }
    if (ERR_GET_REASON(ERR_peek_last_error()) != BN_R_NO_INVERSE)
        return lc_status("BN_mod_inverse");
    lc_forget_errors();
    return STATUS_INVALID_PARAMETER;
}

/* An exponent for one prime: e^-1 modulo prime - 1. A right one that is there stays. */
static NTSTATUS need_exponent(BIGNUM *exponent, const BIGNUM *e, const BIGNUM *prime_less_1,
                              BN_CTX *context)
{
    NTSTATUS status;
    bool is_right;

    status = is_inverse(exponent, e, prime_less_1, context, &is_right);
    if (status || is_right) return status;
    return make_inverse(exponent, e, prime_less_1, context);
}

/* q^-1 modulo p. As q^(p-2) it takes the same time for every prime; a p that is none takes longer,
 * for the inverse then has to be found otherwise. */
static NTSTATUS need_coefficient(BIGNUM *qinv, const BIGNUM *q, const BIGNUM *p, BN_CTX *context)
{
    BIGNUM *exponent, *reduced;
    NTSTATUS status;
    bool is_right;

    if (!(reduced = lc_bn_temporary(context)) || !BN_mod(reduced, q, p, context))
        return lc_status("BN_mod");
    BN_set_flags(reduced, BN_FLG_CONSTTIME);
    if ((status = is_inverse(qinv, reduced, p, context, &is_right)) || is_right) return status;

    if (!(exponent = lc_bn_temporary(context)) || !BN_copy(exponent, p) ||
        !BN_sub_word(exponent, 2) ||
        !BN_mod_exp_mont_consttime(qinv, reduced, exponent, p, context, NULL))
    {
        return lc_status("BN_mod_exp_mont_consttime");
    }
    if ((status = is_inverse(qinv, reduced, p, context, &is_right)) || is_right) return status;
    return make_inverse(qinv, reduced, p, context);
}

/*
 * d with d * e = 1 modulo lcm(p - 1, q - 1). Any such d stays: a caller may have the smallest one,
 * as FIPS 186-5 has it, and wants the same digits back. A d that is made here is e^-1 modulo
 * (p - 1)(q - 1), as Windows makes it.
 */
static NTSTATUS need_private_exponent(BIGNUM *d, const BIGNUM *e, const BIGNUM *n,
                                      const BIGNUM *p_less_1, const BIGNUM *q_less_1,
                                      const BIGNUM *dp, const BIGNUM *dq, BN_CTX *context)
{
    BIGNUM *remainder, *product;

    if (!(remainder = lc_bn_temporary(context))) return lc_status("BN_CTX_get");
    if (!BN_is_zero(d) && BN_cmp(d, n) < 0)
    {
        bool fits_p, fits_q;

        if (!BN_mod(remainder, d, p_less_1, context)) return lc_status("BN_mod");
        fits_p = !BN_cmp(remainder, dp);
        if (!BN_mod(remainder, d, q_less_1, context)) return lc_status("BN_mod");
        fits_q = !BN_cmp(remainder, dq);
        if (fits_p && fits_q) return STATUS_SUCCESS;
    }

    if (!(product = lc_bn_temporary(context)) || !BN_mul(product, p_less_1, q_less_1, context))
        return lc_status("BN_mul");
    BN_set_flags(product, BN_FLG_CONSTTIME);
    return make_inverse(d, e, product, context);
}

static NTSTATUS complete(RSA *key, struct lc_rsa_private *private, BN_CTX *context)
{
    const BIGNUM *n = RSA_get0_n(key), *e = RSA_get0_e(key);
    BIGNUM *p_less_1, *q_less_1, *product;
    NTSTATUS status;

    product = lc_bn_temporary(context);
    p_less_1 = lc_bn_temporary(context);
    q_less_1 = lc_bn_temporary(context);
    if (!q_less_1 || !BN_mul(product, private->p, private->q, context) ||
        !BN_sub(p_less_1, private->p, BN_value_one()) ||
        !BN_sub(q_less_1, private->q, BN_value_one()))
    {
        return lc_status("BN_mul");
    }
    if (BN_cmp(product, n) || !BN_cmp(private->p, private->q)) return STATUS_INVALID_PARAMETER;

    if ((status = need_exponent(private->dp, e, p_less_1, context))) return status;
    if ((status = need_exponent(private->dq, e, q_less_1, context))) return status;
    if ((status = need_coefficient(private->qinv, private->q, private->p, context))) return status;
    status = need_private_exponent(private->d, e, n, p_less_1, q_less_1, private->dp, private->dq,
                                   context);
    if (status) return status;

    /* These three take what they are given, or nothing. */
    if (!RSA_set0_key(key, NULL, NULL, private->d)) return lc_status("RSA_set0_key");
    private->d = NULL;
    if (!RSA_set0_factors(key, private->p, private->q)) return lc_status("RSA_set0_factors");
    private->p = private->q = NULL;
    if (!RSA_set0_crt_params(key, private->dp, private->dq, private->qinv))
        return lc_status("RSA_set0_crt_params");
    private->dp = private->dq = private->qinv = NULL;
    return STATUS_SUCCESS;
}

NTSTATUS lc_rsa_complete(RSA *key, struct lc_rsa_private *private)
{
    BN_CTX *context = BN_CTX_new();
    NTSTATUS status;

    if (!context) return lc_status("BN_CTX_new");
    BN_CTX_start(context);
    status = complete(key, private, context);
    BN_CTX_end(context);
    BN_CTX_free(context);                       /* clears the temporaries */
    wipe_stack(LC_RSA_STACK_BYTES);
    return status;
}

/* ---- finding primes ---- */

#define EXPONENT 65537

/*
 * Candidates are the odd numbers from a random one on. Each is held against small primes first, by
 * keeping its remainders: the next candidate's are two more. All of them are looked at each time,
 * without a branch, so that it takes no look at the cache to hide them.
 */
#define SIEVE_PRIMES 2048
#define SIEVE_LARGEST 17881                     /* the 2049th prime: 2 is left out */

struct sieve
{
    uint16_t primes[SIEVE_PRIMES], remainders[SIEVE_PRIMES];
    uint32_t exponent_remainder;            /* p = 1 modulo e is no good: e would have no inverse */
    uint8_t composite[SIEVE_LARGEST + 1];
};

static void sieve_init(struct sieve *sieve)
{
    unsigned number, multiple, count = 0;

    memset(sieve->composite, 0, sizeof(sieve->composite));
    for (number = 3; number <= SIEVE_LARGEST; number += 2)
    {
        if (sieve->composite[number]) continue;
        sieve->primes[count++] = (uint16_t)number;
        for (multiple = number * number; multiple <= SIEVE_LARGEST; multiple += 2 * number)
        {
            sieve->composite[multiple] = 1;
        }
    }
}

static void sieve_start(struct sieve *sieve, const BIGNUM *candidate)
{
    unsigned i;

    for (i = 0; i < SIEVE_PRIMES; i++)
        sieve->remainders[i] = (uint16_t)BN_mod_word(candidate, sieve->primes[i]);
    sieve->exponent_remainder = (uint32_t)BN_mod_word(candidate, EXPONENT);
}

/* Goes on to the next candidate; whether no small prime divides it. */
static bool sieve_next(struct sieve *sieve)
{
    uint16_t divided = 0, remainder, prime;
    unsigned i;

    for (i = 0; i < SIEVE_PRIMES; i++)
    {
        prime = sieve->primes[i];
        remainder = (uint16_t)(sieve->remainders[i] + 2);
        remainder = (uint16_t)(remainder - (remainder >= prime ? prime : 0));
        sieve->remainders[i] = remainder;
        divided |= remainder == 0;
    }
    sieve->exponent_remainder += 2;
    if (sieve->exponent_remainder >= EXPONENT) sieve->exponent_remainder -= EXPONENT;
    return !divided && sieve->exponent_remainder != 1;
}

/*
 * Rounds of Miller and Rabin's test after which a random number of that size is composite with a
 * chance below 2^-112 (2^-100 for 512 bits). Source: FIPS 186-5, table B.1; for the small ones the
 * bound of 4^-rounds, which needs no randomness of theirs.
 */
static unsigned test_rounds(unsigned bits)
{
    return bits >= 1536 ? 4 : bits >= 1024 ? 5 : bits >= 512 ? 7 : 50;
}

/* One round of FIPS 186-5, B.3.1; odd is (w - 1) / 2^twos. */
static NTSTATUS test_round(const BIGNUM *w, const BIGNUM *w_less_1, const BIGNUM *odd, int twos,
                           BN_MONT_CTX *montgomery, BN_CTX *context, bool *passed)
{
    BIGNUM *base, *power;
    NTSTATUS status = STATUS_SUCCESS;

    *passed = false;
    BN_CTX_start(context);
    base = BN_CTX_get(context);
    power = BN_CTX_get(context);
    do
    {
        if (!power || !BN_priv_rand_range_ex(base, w_less_1, 0, context))
        {
            status = lc_status("BN_priv_rand_range_ex");
            goto done;
        }
    }
    while (BN_is_zero(base) || BN_is_one(base));

    if (!BN_mod_exp_mont_consttime(power, base, odd, w, context, montgomery))
    {
        status = lc_status("BN_mod_exp_mont_consttime");
        goto done;
    }
    *passed = BN_is_one(power) || !BN_cmp(power, w_less_1);
    while (!*passed && --twos > 0)
    {
        if (!BN_mod_sqr(power, power, w, context))
        {
            status = lc_status("BN_mod_sqr");
            goto done;
        }
        *passed = !BN_cmp(power, w_less_1);
    }

done:
    BN_CTX_end(context);
    return status;
}

static NTSTATUS test_prime(const BIGNUM *w, BN_CTX *context, bool *is_prime)
{
    BN_MONT_CTX *montgomery = BN_MONT_CTX_new();
    BIGNUM *w_less_1, *odd;
    NTSTATUS status = STATUS_SUCCESS;
    unsigned round;
    int twos = 1;

    *is_prime = true;
    BN_CTX_start(context);
    w_less_1 = lc_bn_temporary(context);
    odd = lc_bn_temporary(context);
    if (!montgomery || !odd || !BN_sub(w_less_1, w, BN_value_one()) ||
        !BN_MONT_CTX_set(montgomery, w, context))
    {
        status = lc_status("BN_MONT_CTX_set");
        goto done;
    }
    while (!BN_is_bit_set(w_less_1, twos)) twos++;
    if (!BN_rshift(odd, w_less_1, twos))
    {
        status = lc_status("BN_rshift");
        goto done;
    }
    for (round = test_rounds((unsigned)BN_num_bits(w)); !status && *is_prime && round; round--)
    {
        status = test_round(w, w_less_1, odd, twos, montgomery, context, is_prime);
    }

done:
    BN_CTX_end(context);
    BN_MONT_CTX_free(montgomery);
    return status;
}

/* A random prime of so many bits, the two highest of them set, with a p - 1 that suits e. */
static NTSTATUS find_prime(BIGNUM *prime, unsigned bits, struct sieve *sieve, BN_CTX *context)
{
    unsigned step, steps = bits * 8, skipped;
    NTSTATUS status;
    bool is_prime;

    for (;;)
    {
        if (!BN_priv_rand_ex(prime, (int)bits, BN_RAND_TOP_TWO, BN_RAND_BOTTOM_ODD, 0, context))
        {
            return lc_status("BN_priv_rand_ex");
        }
        sieve_start(sieve, prime);
        for (step = 0, skipped = 0; step < steps; step++)
        {
            skipped += 2;
            if (!sieve_next(sieve)) continue;
            if (!BN_add_word(prime, skipped)) return lc_status("BN_add_word");
            skipped = 0;
            if ((unsigned)BN_num_bits(prime) != bits) break;
            if ((status = test_prime(prime, context, &is_prime)) || is_prime) return status;
        }
    }
}

/* FIPS 186-5, A.1.3, step 5.4: |p - q| is more than 2^(bits / 2 - 100). */
static NTSTATUS are_apart(const BIGNUM *p, const BIGNUM *q, unsigned bits, BN_CTX *context,
                          bool *apart)
{
    BIGNUM *difference;
    NTSTATUS status = STATUS_SUCCESS;

    BN_CTX_start(context);
    if (!(difference = BN_CTX_get(context)) || !BN_sub(difference, p, q))
        status = lc_status("BN_sub");
    else *apart = (unsigned)BN_num_bits(difference) > bits / 2 - 99;
    BN_CTX_end(context);
    return status;
}

static NTSTATUS find_primes(struct lc_rsa_private *private, unsigned bits, struct sieve *sieve,
                            BN_CTX *context)
{
    NTSTATUS status;
    BIGNUM *larger;
    bool apart;

    if ((status = find_prime(private->p, bits / 2, sieve, context))) return status;
    do
    {
        if ((status = find_prime(private->q, bits / 2, sieve, context))) return status;
        if ((status = are_apart(private->p, private->q, bits, context, &apart))) return status;
    }
    while (!apart);

    if (BN_cmp(private->p, private->q) < 0)
    {
        larger = private->q;
        private->q = private->p;
        private->p = larger;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS set_modulus(RSA *key, const struct lc_rsa_private *private, BN_CTX *context)
{
    BIGNUM *n = BN_new(), *e = BN_new();

    if (n && e && BN_mul(n, private->p, private->q, context) && BN_set_word(e, EXPONENT) &&
        RSA_set0_key(key, n, e, NULL)) return STATUS_SUCCESS;
    BN_free(n);
    BN_free(e);
    return lc_status("RSA_set0_key");
}

NTSTATUS lc_rsa_generate(unsigned bits, struct lc_rsa **rsa)
{
    struct lc_rsa_private private = { BN_new(), BN_new(), BN_new(), BN_new(), BN_new(), BN_new() };
    BIGNUM **const numbers[] = { &private.p, &private.q, &private.dp, &private.dq, &private.qinv,
                                 &private.d };
    struct sieve *sieve = memory_get(sizeof(*sieve));
    BN_CTX *context = BN_CTX_new();
    NTSTATUS status = STATUS_SUCCESS;
    RSA *key = RSA_new();
    size_t i;

    for (i = 0; i < ARRAY_SIZE(numbers); i++)
    {
        if (*numbers[i]) BN_set_flags(*numbers[i], BN_FLG_CONSTTIME);
        else status = STATUS_NO_MEMORY;
    }
    if (!sieve || !context || !key) status = STATUS_NO_MEMORY;
    if (status) goto done;

    sieve_init(sieve);
    if ((status = find_primes(&private, bits, sieve, context))) goto done;
    if ((status = set_modulus(key, &private, context))) goto done;
    if ((status = lc_rsa_complete(key, &private))) goto done;

    status = STATUS_NO_MEMORY;
    if (!(*rsa = lc_rsa_wrap(key))) goto done;
    key = NULL;
    status = STATUS_SUCCESS;

done:
    lc_forget_errors();
    RSA_free(key);
    BN_CTX_free(context);
    memory_put(sieve, sizeof(*sieve));          /* wipes the remainders */
    for (i = 0; i < ARRAY_SIZE(numbers); i++) BN_clear_free(*numbers[i]);
    wipe_stack(LC_RSA_STACK_BYTES);
    return status;
}
