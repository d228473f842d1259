/*
 * lc_dh.c - Diffie-Hellman modulo a prime, on libcrypto's numbers.
 *
 * The choice of p decides how long a private number has to be. In a published group of a safe
 * prime twice the group's strength is enough (RFC 7919 section 5.2); in a group that was made here
 * it is less than q. In any other nothing is known of p - 1, and x is as long as p but for a bit.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/ffc/lc_dh.h"

#include "crypto/ffc/lc_ffc.h"

#include <openssl/dh.h>
#include <openssl/obj_mac.h>

#include "crypto/common/lc.h"
#include "crypto/common/lc_bn.h"
#include "platform/memory.h"

struct lc_dh
{
    struct lc_ffc group;                        /* q: of a group that was made here; else NULL */
    BN_MONT_CTX *montgomery;                    /* for p */
    BIGNUM *y, *x;                              /* NULL: none */
    unsigned x_bits;                            /* of a private number, where there is no q */
    bool is_named;                              /* p is a safe prime and checked as one */
};

/* ---- published groups: all of safe primes, with g = 2 ---- */

static BIGNUM *rfc7919(int nid)
{
    DH *dh = DH_new_by_nid(nid);
    BIGNUM *prime = dh ? BN_dup(DH_get0_p(dh)) : NULL;

    DH_free(dh);
    return prime;
}

static BIGNUM *rfc7919_2048(BIGNUM *unused)
{
    (void)unused;
    return rfc7919(NID_ffdhe2048);
}

static BIGNUM *rfc7919_3072(BIGNUM *unused)
{
    (void)unused;
    return rfc7919(NID_ffdhe3072);
}

static BIGNUM *rfc7919_4096(BIGNUM *unused)
{
    (void)unused;
    return rfc7919(NID_ffdhe4096);
}

/* The first of a size is the one that a key gets which brings no parameters. Windows' library knows
 * those from 2048 bits on. */
static const struct named_group
{
    unsigned bits;
    unsigned x_bits;
    BIGNUM *(*prime)(BIGNUM *);
} named_groups[] =
{
    {  768, 256, BN_get_rfc2409_prime_768  },
    { 1024, 256, BN_get_rfc2409_prime_1024 },
    { 1536, 256, BN_get_rfc3526_prime_1536 },
    { 2048, 256, rfc7919_2048 },
    { 2048, 256, BN_get_rfc3526_prime_2048 },
    { 3072, 320, rfc7919_3072 },
    { 3072, 320, BN_get_rfc3526_prime_3072 },
    { 4096, 384, rfc7919_4096 },
    { 4096, 384, BN_get_rfc3526_prime_4096 },
};
#define NAMED_BITS 2048

/* Looks the group up among the published ones. */
static NTSTATUS recognize(struct lc_dh *dh)
{
    unsigned bits = lc_dh_bits(dh);
    size_t i;

    dh->x_bits = bits - 1;
    if (!BN_is_word(dh->group.g, 2)) return STATUS_SUCCESS;
    for (i = 0; i < sizeof(named_groups) / sizeof(named_groups[0]); i++)
    {
        const struct named_group *named = &named_groups[i];
        BIGNUM *prime;
        bool is_same;

        if (named->bits != bits) continue;
        if (!(prime = named->prime(NULL))) return lc_status("BN_dup");
        is_same = !BN_cmp(prime, dh->group.p);
        BN_free(prime);
        if (!is_same) continue;
        dh->x_bits = named->x_bits;
        dh->is_named = bits >= NAMED_BITS;
        return STATUS_SUCCESS;
    }
    return STATUS_SUCCESS;
}

/* ---- keys of numbers ---- */

void lc_dh_free(struct lc_dh *dh)
{
    if (!dh) return;
    BN_free(dh->group.p);
    BN_free(dh->group.q);
    BN_free(dh->group.g);
    BN_MONT_CTX_free(dh->montgomery);
    BN_free(dh->y);
    BN_clear_free(dh->x);
    memory_put(dh, sizeof(*dh));
}

/* The members that follow from p and g, which are there. */
static NTSTATUS complete_group(struct lc_dh *dh, BN_CTX *context)
{
    if (!BN_is_odd(dh->group.p) || !lc_ffc_in_range(dh->group.g, dh->group.p))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (!(dh->montgomery = BN_MONT_CTX_new())) return lc_status("BN_MONT_CTX_new");
    if (!BN_MONT_CTX_set(dh->montgomery, dh->group.p, context)) return lc_status("BN_MONT_CTX_set");
    return recognize(dh);
}

static BIGNUM *number_of(const struct lc_dh_number *number)
{
    return lc_bn_public(number->digits, number->bytes);
}

static NTSTATUS power_of_g(const struct lc_dh *dh, const BIGNUM *x, BIGNUM *y, BN_CTX *context)
{
    if (lc_ffc_power(y, dh->group.g, x, dh->group.p, dh->montgomery, context))
    {
        return STATUS_SUCCESS;
    }
    return lc_status("BN_mod_exp_mont_consttime");
}

/* Of a safe prime p the order is (p - 1) / 2: less than that is less than p in all bits but one. */
static NTSTATUS below_order(const struct lc_dh *dh, const BIGNUM *x, bool *is_below)
{
    BIGNUM *order = BN_new();
    NTSTATUS status = STATUS_SUCCESS;

    if (order && BN_rshift1(order, dh->group.p)) *is_below = BN_cmp(x, order) < 0;
    else status = lc_status("BN_rshift1");
    BN_free(order);
    return status;
}

/* In the subgroup of a safe prime are the squares. */
static NTSTATUS check_public(const struct lc_dh *dh, unsigned checks, BN_CTX *context)
{
    int symbol;

    if (BN_is_zero(dh->y) || BN_cmp(dh->y, dh->group.p) >= 0) return STATUS_INVALID_PARAMETER;
    if (checks & LC_DH_CHECK_RANGE && !lc_ffc_in_range(dh->y, dh->group.p))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (!(checks & LC_DH_CHECK_ORDER) || !dh->is_named) return STATUS_SUCCESS;
    symbol = BN_kronecker(dh->y, dh->group.p, context);
    if (symbol < -1) return lc_status("BN_kronecker");
    return symbol == 1 ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

static NTSTATUS check_private(const struct lc_dh *dh, unsigned checks, BN_CTX *context)
{
    bool is_below = true, compare = checks & LC_DH_CHECK_PAIR;
    NTSTATUS status;
    BIGNUM *y;

    if (BN_is_zero(dh->x) || BN_cmp(dh->x, dh->group.p) >= 0) return STATUS_INVALID_PARAMETER;
    if (checks & LC_DH_CHECK_ORDER && dh->is_named && (status = below_order(dh, dh->x, &is_below)))
    {
        return status;
    }
    if (!is_below) return STATUS_INVALID_PARAMETER;
    if (checks & LC_DH_CHECK_NAMED_PAIR && dh->is_named) compare = true;
    if (!compare) return STATUS_SUCCESS;

    if (!(y = BN_new())) return lc_status("BN_new");
    status = power_of_g(dh, dh->x, y, context);
    if (!status && BN_cmp(y, dh->y)) status = STATUS_INVALID_PARAMETER;
    BN_free(y);
    return status;
}

static NTSTATUS read_key(struct lc_dh *dh, const struct lc_dh_number numbers[LC_DH_PART_COUNT],
                         unsigned checks, BN_CTX *context)
{
    const struct lc_dh_number *x = &numbers[LC_DH_X], *y = &numbers[LC_DH_Y];
    NTSTATUS status;

    if (!x->bytes && !y->bytes) return STATUS_SUCCESS;
    if (x->bytes && !(dh->x = lc_bn_secret(x->digits, x->bytes))) return lc_status("BN_bin2bn");
    if (!(dh->y = y->bytes ? number_of(y) : BN_new())) return lc_status("BN_bin2bn");
    if (!y->bytes && (status = power_of_g(dh, dh->x, dh->y, context))) return status;
    if ((status = check_public(dh, checks, context))) return status;
    return dh->x ? check_private(dh, checks, context) : STATUS_SUCCESS;
}

NTSTATUS lc_dh_new(const struct lc_dh_number numbers[LC_DH_PART_COUNT], unsigned checks,
                   struct lc_dh **dh)
{
    struct lc_dh *made = memory_get_zeroed(sizeof(*made));
    BN_CTX *context;
    NTSTATUS status;

    if (!made) return STATUS_NO_MEMORY;
    context = BN_CTX_new();
    made->group.p = number_of(&numbers[LC_DH_P]);
    made->group.g = number_of(&numbers[LC_DH_G]);
    if (!context || !made->group.p || !made->group.g) status = lc_status("BN_bin2bn");
    else if (!(status = complete_group(made, context)))
        status = read_key(made, numbers, checks, context);

    BN_CTX_free(context);
    if (status) lc_dh_free(made);
    else *dh = made;
    return status;
}

/* ---- fresh keys ---- */

static NTSTATUS published_group(unsigned bits, struct lc_ffc *group)
{
    size_t i;

    for (i = 0; i < sizeof(named_groups) / sizeof(named_groups[0]); i++)
    {
        if (named_groups[i].bits != bits) continue;
        group->p = named_groups[i].prime(NULL);
        group->g = BN_new();
        if (!group->p || !group->g || !BN_set_word(group->g, 2)) return lc_status("BN_dup");
        return STATUS_SUCCESS;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS fresh_group(unsigned bits, struct lc_ffc *group, BN_CTX *context)
{
    struct lc_dsa_seed seed;

    group->p = BN_new();
    group->q = BN_new();
    group->g = BN_new();
    if (!group->p || !group->q || !group->g) return lc_status("BN_new");
    return lc_ffc_generate(bits, group, &seed, context);
}

NTSTATUS lc_dh_new_parameters(unsigned bits, struct lc_dh **dh)
{
    struct lc_dh *made = memory_get_zeroed(sizeof(*made));
    BN_CTX *context;
    NTSTATUS status;

    if (!made) return STATUS_NO_MEMORY;
    if (!(context = BN_CTX_new())) status = lc_status("BN_CTX_new");
    else status = published_group(bits, &made->group);
    if (!status && !made->group.p) status = fresh_group(bits, &made->group, context);
    if (!status) status = complete_group(made, context);

    BN_CTX_free(context);
    if (status) lc_dh_free(made);
    else *dh = made;
    return status;
}

/* x of 0 or 1 is as good as none; and 1 < y < p - 1, or g is of an order that is none for keys. */
NTSTATUS lc_dh_generate_key(struct lc_dh *dh)
{
    BN_CTX *context = BN_CTX_new();
    BIGNUM *x = lc_bn_secret(NULL, 0), *y = BN_new();
    NTSTATUS status = STATUS_SUCCESS;

    if (!context || !x || !y) status = lc_status("BN_new");
    while (!status && BN_num_bits(x) < 2)
    {
        if (dh->group.q ? !BN_priv_rand_range(x, dh->group.q) :
            !BN_priv_rand(x, (int)dh->x_bits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY))
        {
            status = lc_status("BN_priv_rand");
        }
    }
    if (!status) status = power_of_g(dh, x, y, context);
    if (!status && !lc_ffc_in_range(y, dh->group.p)) status = STATUS_INVALID_PARAMETER;
    BN_CTX_free(context);

    if (status)
    {
        BN_clear_free(x);
        BN_free(y);
        return status;
    }
    dh->x = x;
    dh->y = y;
    return STATUS_SUCCESS;
}

/* ---- what a key says ---- */

unsigned lc_dh_bits(const struct lc_dh *dh)
{
    return (unsigned)BN_num_bits(dh->group.p);
}

void lc_dh_get_part(const struct lc_dh *dh, enum lc_dh_part part, uint8_t *out, size_t width)
{
    const BIGNUM *const numbers[] =
    {
        [LC_DH_P] = dh->group.p, [LC_DH_G] = dh->group.g, [LC_DH_Y] = dh->y, [LC_DH_X] = dh->x,
    };

    if (numbers[part]) lc_bn_put(numbers[part], out, width);
    else memset(out, 0, width);
}

bool lc_dh_same_group(const struct lc_dh *left, const struct lc_dh *right)
{
    return !BN_cmp(left->group.p, right->group.p) && !BN_cmp(left->group.g, right->group.g);
}

/* ---- agreement ---- */

NTSTATUS lc_dh_agree(const struct lc_dh *own, const struct lc_dh *peer, uint8_t *value,
                     size_t bytes)
{
    BN_CTX *context = BN_CTX_new();
    BIGNUM *shared = lc_bn_secret(NULL, 0);
    NTSTATUS status = STATUS_SUCCESS;

    if (!context || !shared ||
        !lc_ffc_power(shared, peer->y, own->x, own->group.p, own->montgomery, context))
    {
        status = lc_status("BN_mod_exp_mont_consttime");
    }
    else if (BN_is_zero(shared)) status = STATUS_INVALID_PARAMETER;
    else lc_bn_put(shared, value, bytes);
    BN_CTX_free(context);
    BN_clear_free(shared);
    return status;
}
