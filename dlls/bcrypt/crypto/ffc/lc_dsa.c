/*
 * lc_dsa.c - DSA keys of libcrypto.
 *
 * A struct lc_dsa is libcrypto's DSA under another name: see lc_rsa.c. Its signing blinds the
 * private key and has nonces of one length, made of random bytes, the key and the message.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/ffc/lc_dsa.h"

#include "crypto/ffc/lc_ffc.h"

#include <openssl/dsa.h>

#include "crypto/common/lc.h"
#include "crypto/common/lc_bn.h"

static DSA *dsa_of(const struct lc_dsa *dsa)
{
    return (DSA *)(uintptr_t)dsa;
}

static struct lc_ffc group_of(const DSA *dsa)
{
    const BIGNUM *p, *q, *g;

    DSA_get0_pqg(dsa, &p, &q, &g);
    return (struct lc_ffc){ (BIGNUM *)(uintptr_t)p, (BIGNUM *)(uintptr_t)q,
                            (BIGNUM *)(uintptr_t)g };
}

/* The checks that computing with the numbers needs. */
static bool group_is_sane(const struct lc_ffc *group)
{
    return BN_is_odd(group->p) && BN_is_odd(group->q) && BN_cmp(group->q, group->p) < 0 &&
           lc_ffc_in_range(group->g, group->p);
}

static BIGNUM *number_of(const struct lc_dsa_number *number)
{
    return BN_bin2bn(number->digits, (int)number->bytes, NULL);
}

/* An object with the parameters. */
static NTSTATUS new_group(const struct lc_dsa_number numbers[LC_DSA_PART_COUNT], DSA **made)
{
    struct lc_ffc group = { number_of(&numbers[LC_DSA_P]), number_of(&numbers[LC_DSA_Q]),
                            number_of(&numbers[LC_DSA_G]) };
    NTSTATUS status = STATUS_NO_MEMORY;
    DSA *dsa = DSA_new();

    if (!group.p || !group.q || !group.g || !dsa) goto done;
    status = STATUS_INVALID_PARAMETER;
    if (!group_is_sane(&group)) goto done;

    DSA_set0_pqg(dsa, group.p, group.q, group.g);       /* fails for NULL only */
    *made = dsa;
    return STATUS_SUCCESS;

done:
    BN_free(group.p);
    BN_free(group.q);
    BN_free(group.g);
    DSA_free(dsa);
    lc_forget_errors();
    return status;
}

/* Gives the object x, y or both; x NULL: a public key. They are the object's from here on. */
static NTSTATUS set_key(DSA *dsa, BIGNUM *y, BIGNUM *x)
{
    if (DSA_set0_key(dsa, y, x)) return STATUS_SUCCESS;
    BN_free(y);
    BN_clear_free(x);
    return lc_status("DSA_set0_key");
}

static NTSTATUS read_private(DSA *dsa, const struct lc_dsa_number numbers[LC_DSA_PART_COUNT],
                             unsigned checks, BN_CTX *context)
{
    BIGNUM *x = lc_bn_secret(numbers[LC_DSA_X].digits, numbers[LC_DSA_X].bytes), *y = BN_new();
    struct lc_ffc group = group_of(dsa);
    BIGNUM *given = NULL;
    NTSTATUS status;

    status = STATUS_NO_MEMORY;
    if (!x || !y) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (BN_is_zero(x) || BN_cmp(x, group.q) >= 0) goto done;

    status = STATUS_NO_MEMORY;
    if (numbers[LC_DSA_Y].bytes && !(given = number_of(&numbers[LC_DSA_Y]))) goto done;
    if ((!given || checks & LC_DSA_CHECK_PAIR) &&
        !lc_ffc_power(y, group.g, x, group.p, NULL, context))
        goto done;

    status = STATUS_INVALID_PARAMETER;
    if (given && checks & LC_DSA_CHECK_PAIR && BN_cmp(given, y)) goto done;
    if (given && !lc_ffc_in_range(given, group.p)) goto done;

    status = STATUS_SUCCESS;

done:
    lc_forget_errors();
    if (given)
    {
        BN_free(y);
        y = given;
    }
    if (!status) return set_key(dsa, y, x);
    BN_free(y);
    BN_clear_free(x);
    return status;
}

static NTSTATUS read_public(DSA *dsa, const struct lc_dsa_number numbers[LC_DSA_PART_COUNT])
{
    BIGNUM *y = number_of(&numbers[LC_DSA_Y]);

    if (!y) return lc_status("BN_bin2bn");
    if (lc_ffc_in_range(y, group_of(dsa).p)) return set_key(dsa, y, NULL);
    BN_free(y);
    return STATUS_INVALID_PARAMETER;
}

static NTSTATUS check_key(const DSA *dsa, const struct lc_dsa_seed *seed, unsigned checks,
                          BN_CTX *context)
{
    const BIGNUM *y = DSA_get0_pub_key(dsa);
    struct lc_ffc group = group_of(dsa);
    NTSTATUS status;

    if (checks & LC_DSA_CHECK_SEED && (status = lc_ffc_verify(&group, seed, context)))
    {
        return status;
    }
    if (!(checks & LC_DSA_CHECK_ORDER)) return STATUS_SUCCESS;
    if ((status = lc_ffc_check_order(group.g, group.q, group.p, context))) return status;
    return y ? lc_ffc_check_order(y, group.q, group.p, context) : STATUS_SUCCESS;
}

NTSTATUS lc_dsa_new(const struct lc_dsa_number numbers[LC_DSA_PART_COUNT],
                    const struct lc_dsa_seed *seed, unsigned checks, struct lc_dsa **dsa)
{
    BN_CTX *context;
    NTSTATUS status;
    DSA *key;

    if ((status = new_group(numbers, &key))) return status;
    if (!(context = BN_CTX_new())) status = lc_status("BN_CTX_new");

    if (!status && numbers[LC_DSA_X].bytes) status = read_private(key, numbers, checks, context);
    else if (!status && numbers[LC_DSA_Y].bytes) status = read_public(key, numbers);
    if (!status) status = check_key(key, seed, checks, context);

    BN_CTX_free(context);
    if (status) DSA_free(key);
    else *dsa = (struct lc_dsa *)key;
    return status;
}

NTSTATUS lc_dsa_generate_parameters(unsigned bits, struct lc_dsa_seed *seed, struct lc_dsa **dsa)
{
    struct lc_ffc group = { BN_new(), BN_new(), BN_new() };
    BN_CTX *context = BN_CTX_new();
    DSA *parameters = DSA_new();
    NTSTATUS status;

    if (!group.p || !group.q || !group.g || !context || !parameters) status = lc_status("BN_new");
    else status = lc_ffc_generate(bits, &group, seed, context);
    BN_CTX_free(context);

    if (!status)
    {
        DSA_set0_pqg(parameters, group.p, group.q, group.g);
        *dsa = (struct lc_dsa *)parameters;
        return STATUS_SUCCESS;
    }
    BN_free(group.p);
    BN_free(group.q);
    BN_free(group.g);
    DSA_free(parameters);
    return status;
}

NTSTATUS lc_dsa_generate_key(struct lc_dsa *dsa)
{
    struct lc_ffc group = group_of(dsa_of(dsa));
    BIGNUM *x = lc_bn_secret(NULL, 0), *y = BN_new();
    BN_CTX *context = BN_CTX_new();
    NTSTATUS status = STATUS_SUCCESS;

    if (!x || !y || !context) status = lc_status("BN_new");
    while (!status && BN_is_zero(x))
    {
        if (!BN_priv_rand_range(x, group.q)) status = lc_status("BN_priv_rand_range");
    }
    if (!status && !lc_ffc_power(y, group.g, x, group.p, NULL, context))
    {
        status = lc_status("BN_mod_exp_mont_consttime");
    }
    BN_CTX_free(context);

    if (!status) return set_key(dsa_of(dsa), y, x);
    BN_free(y);
    BN_clear_free(x);
    return status;
}

void lc_dsa_free(struct lc_dsa *dsa)
{
    DSA_free(dsa_of(dsa));                      /* clears the private number */
}

unsigned lc_dsa_bits(const struct lc_dsa *dsa)
{
    return (unsigned)BN_num_bits(group_of(dsa_of(dsa)).p);
}

size_t lc_dsa_q_bytes(const struct lc_dsa *dsa)
{
    return (size_t)BN_num_bytes(group_of(dsa_of(dsa)).q);
}

void lc_dsa_get_part(const struct lc_dsa *dsa, enum lc_dsa_part part, uint8_t *out, size_t width)
{
    struct lc_ffc group = group_of(dsa_of(dsa));
    const BIGNUM *const numbers[] =
    {
        [LC_DSA_P] = group.p, [LC_DSA_Q] = group.q, [LC_DSA_G] = group.g,
        [LC_DSA_Y] = DSA_get0_pub_key(dsa_of(dsa)), [LC_DSA_X] = DSA_get0_priv_key(dsa_of(dsa)),
    };

    if (numbers[part]) lc_bn_put(numbers[part], out, width);
    else memset(out, 0, width);
}

NTSTATUS lc_dsa_sign(struct lc_dsa *dsa, const uint8_t *digest, size_t digest_bytes,
                     uint8_t *signature)
{
    size_t bytes = lc_dsa_q_bytes(dsa);
    const BIGNUM *r, *s;
    DSA_SIG *made;

    if (!(made = DSA_do_sign(digest, (int)digest_bytes, dsa_of(dsa))))
    {
        return lc_status("DSA_do_sign");
    }
    DSA_SIG_get0(made, &r, &s);
    lc_bn_put(r, signature, bytes);
    lc_bn_put(s, signature + bytes, bytes);
    DSA_SIG_free(made);
    return STATUS_SUCCESS;
}

/* libcrypto refuses numbers that are zero or not below q. */
NTSTATUS lc_dsa_verify(struct lc_dsa *dsa, const uint8_t *digest, size_t digest_bytes,
                       const uint8_t *signature)
{
    size_t bytes = lc_dsa_q_bytes(dsa);
    BIGNUM *r = BN_bin2bn(signature, (int)bytes, NULL),
           *s = BN_bin2bn(signature + bytes, (int)bytes, NULL);
    DSA_SIG *given = DSA_SIG_new();
    NTSTATUS status;
    int result;

    if (!r || !s || !given)
    {
        status = lc_status("DSA_SIG_new");
        BN_free(r);
        BN_free(s);
        DSA_SIG_free(given);
        return status;
    }
    DSA_SIG_set0(given, r, s);
    result = DSA_do_verify(digest, (int)digest_bytes, given, dsa_of(dsa));
    if (result < 0) status = lc_status("DSA_do_verify");
    else status = result ? STATUS_SUCCESS : STATUS_INVALID_SIGNATURE;
    lc_forget_errors();
    DSA_SIG_free(given);
    return status;
}
