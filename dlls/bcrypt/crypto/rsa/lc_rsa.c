/*
 * lc_rsa.c - RSA keys of libcrypto: the numbers, and the two operations without any padding.
 *
 * The old interface is used because it costs what the mathematics cost: no provider is asked for
 * anything, and a key is some numbers, with a Montgomery context that the first operation makes.
 * Its private operation is blinded, and checks its result with the public exponent.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/rsa/lc_rsa.h"

#include "crypto/rsa/lc_rsa_key.h"

#include <stdatomic.h>

#include <openssl/err.h>

#include "crypto/common/lc.h"
#include "crypto/common/lc_bn.h"
#include "crypto/rsa/rsa_ifma.h"
#include "crypto/rsa/rsa_narrow.h"
#include "platform/memory.h"
#include "platform/wipe.h"

#ifdef __x86_64__
#define FAST(name)             rsa_ifma##name
#define FAST_RADIX_BITS(bytes) (52 * RSA_IFMA_DIGITS)
#define FAST_BYTES             RSA_IFMA_BYTES
#else
#define FAST(name)             rsa_narrow##name
#define FAST_RADIX_BITS(bytes) (8 * (int)(bytes))
#define FAST_BYTES             RSA_NARROW_BYTES
#endif

struct lc_rsa
{
    RSA *key;
    _Atomic(struct FAST() *) fast;              /* the first public operation makes it */
};

RSA *lc_rsa_unwrap(const struct lc_rsa *rsa)
{
    return rsa->key;
}

struct lc_rsa *lc_rsa_wrap(RSA *key)
{
    struct lc_rsa *rsa = memory_get_zeroed(sizeof(*rsa));

    if (rsa) rsa->key = key;
    return rsa;
}

/* ---- a key of its numbers ---- */

static unsigned number_bits(const struct lc_rsa_number *number)
{
    size_t bytes = number->bytes;
    const uint8_t *digits = number->digits;
    unsigned bits;
    uint8_t top;

    for (; bytes && !*digits; bytes--) digits++;
    if (!bytes) return 0;
    if (bytes > LC_RSA_MAX_BYTES) return LC_RSA_MAX_BITS + 1;
    bits = (unsigned)(bytes - 1) * 8;
    for (top = *digits; top; top >>= 1) bits++;
    return bits;
}

static bool number_is_odd(const struct lc_rsa_number *number)
{
    return number->bytes && number->digits[number->bytes - 1] & 1;
}

/* Whether sizes and lowest bits of the numbers are allowed. Sizes of primes are no secret. */
static bool numbers_are_sane(const struct lc_rsa_number numbers[LC_RSA_PART_COUNT], bool is_private)
{
    unsigned bits = number_bits(&numbers[LC_RSA_N]), e_bits = number_bits(&numbers[LC_RSA_E]);
    unsigned p_bits, q_bits;

    if (bits < LC_RSA_MIN_BITS || bits > LC_RSA_MAX_BITS || !number_is_odd(&numbers[LC_RSA_N]))
        return false;
    if (e_bits < 2 || e_bits > LC_RSA_MAX_EXPONENT_BYTES * 8) return false;
    if (!is_private) return true;

    p_bits = number_bits(&numbers[LC_RSA_P]);
    q_bits = number_bits(&numbers[LC_RSA_Q]);
    return number_is_odd(&numbers[LC_RSA_E]) && number_is_odd(&numbers[LC_RSA_P]) &&
           number_is_odd(&numbers[LC_RSA_Q]) && p_bits >= LC_RSA_MIN_PRIME_BITS &&
           q_bits >= LC_RSA_MIN_PRIME_BITS &&
           (p_bits + q_bits == bits || p_bits + q_bits == bits + 1);
}

/* Gives the key its public numbers; they are the key's from here on, or freed. */
static NTSTATUS set_public(RSA *key, const struct lc_rsa_number numbers[LC_RSA_PART_COUNT])
{
    BIGNUM *n, *e;

    n = lc_bn_public(numbers[LC_RSA_N].digits, numbers[LC_RSA_N].bytes);
    e = lc_bn_public(numbers[LC_RSA_E].digits, numbers[LC_RSA_E].bytes);
    if (n && e && RSA_set0_key(key, n, e, NULL)) return STATUS_SUCCESS;
    BN_free(n);
    BN_free(e);
    return lc_status("RSA_set0_key");
}

static NTSTATUS set_private(RSA *key, const struct lc_rsa_number numbers[LC_RSA_PART_COUNT])
{
    struct lc_rsa_private private = { NULL, NULL, NULL, NULL, NULL, NULL };
    BIGNUM **const fields[] =
    {
        [LC_RSA_P] = &private.p, [LC_RSA_Q] = &private.q, [LC_RSA_DP] = &private.dp,
        [LC_RSA_DQ] = &private.dq, [LC_RSA_QINV] = &private.qinv, [LC_RSA_D] = &private.d,
    };
    NTSTATUS status = STATUS_SUCCESS;
    int part;

    for (part = LC_RSA_P; part < LC_RSA_PART_COUNT; part++)
    {
        *fields[part] = lc_bn_secret(numbers[part].digits, numbers[part].bytes);
        if (!*fields[part]) status = lc_status("BN_bin2bn");
    }
    if (!status) status = lc_rsa_complete(key, &private);

    for (part = LC_RSA_P; part < LC_RSA_PART_COUNT; part++) BN_clear_free(*fields[part]);
    return status;
}

NTSTATUS lc_rsa_new(const struct lc_rsa_number numbers[LC_RSA_PART_COUNT], bool is_private,
                    struct lc_rsa **rsa)
{
    NTSTATUS status;
    RSA *key;

    if (!numbers_are_sane(numbers, is_private)) return STATUS_INVALID_PARAMETER;
    if (!(key = RSA_new())) return lc_status("RSA_new");

    status = set_public(key, numbers);
    if (!status && is_private) status = set_private(key, numbers);

    if (!status && !(*rsa = lc_rsa_wrap(key))) status = STATUS_NO_MEMORY;
    if (status) RSA_free(key);
    return status;
}

void lc_rsa_free(struct lc_rsa *rsa)
{
    if (!rsa) return;
    RSA_free(rsa->key);                         /* clears the private numbers */
    memory_put_clean(atomic_load(&rsa->fast), sizeof(struct FAST()));
    memory_put_clean(rsa, sizeof(*rsa));
}

/* ---- its numbers ---- */

static const BIGNUM *part_of(const struct lc_rsa *rsa, enum lc_rsa_part part)
{
    const RSA *key = lc_rsa_unwrap(rsa);

    switch (part)
    {
    case LC_RSA_E: return RSA_get0_e(key);
    case LC_RSA_N: return RSA_get0_n(key);
    case LC_RSA_P: return RSA_get0_p(key);
    case LC_RSA_Q: return RSA_get0_q(key);
    case LC_RSA_DP: return RSA_get0_dmp1(key);
    case LC_RSA_DQ: return RSA_get0_dmq1(key);
    case LC_RSA_QINV: return RSA_get0_iqmp(key);
    case LC_RSA_D: return RSA_get0_d(key);
    default: return NULL;
    }
}

unsigned lc_rsa_bits(const struct lc_rsa *rsa)
{
    return (unsigned)BN_num_bits(RSA_get0_n(lc_rsa_unwrap(rsa)));
}

size_t lc_rsa_part_bytes(const struct lc_rsa *rsa, enum lc_rsa_part part)
{
    return (size_t)BN_num_bytes(part_of(rsa, part));
}

void lc_rsa_get_part(const struct lc_rsa *rsa, enum lc_rsa_part part, uint8_t *out, size_t width)
{
    lc_bn_put(part_of(rsa, part), out, width);
}

/* ---- the operations ---- */

static NTSTATUS operation_status(int result, const char *function)
{
    if (result > 0) return STATUS_SUCCESS;
    if (ERR_GET_REASON(ERR_peek_last_error()) != RSA_R_DATA_TOO_LARGE_FOR_MODULUS)
        return lc_status(function);
    lc_forget_errors();
    return STATUS_INVALID_PARAMETER;
}

static bool fast_init(struct FAST() *fast, const RSA *key)
{
    uint8_t modulus[FAST_BYTES], r_squared[FAST_BYTES];
    int bytes = RSA_size(key);
    BN_CTX *context = BN_CTX_new();
    BIGNUM *number = BN_new();
    bool done;

    done = context && number && BN_set_bit(number, 2 * FAST_RADIX_BITS(bytes)) &&
           BN_mod(number, number, RSA_get0_n(key), context) &&
           BN_bn2binpad(number, r_squared, bytes) >= 0 &&
           BN_bn2binpad(RSA_get0_n(key), modulus, bytes) >= 0;
    if (done)
    {
        FAST(_init)(fast, modulus, r_squared, (size_t)bytes,
                    (uint32_t)BN_get_word(RSA_get0_e(key)));
    }
    else lc_forget_errors();
    BN_free(number);
    BN_CTX_free(context);
    return done;
}

/* The key's numbers for the fast operation; NULL where libcrypto's has to do. */
static const struct FAST() *fast_of(struct lc_rsa *rsa)
{
    struct FAST() *fast = atomic_load_explicit(&rsa->fast, memory_order_acquire), *other = NULL;

    if (fast) return fast;
    if (!FAST(_usable)(lc_rsa_bits(rsa)) || !BN_is_odd(RSA_get0_e(rsa->key)) ||
        BN_num_bits(RSA_get0_e(rsa->key)) > 32 || !(fast = memory_get(sizeof(*fast)))) return NULL;

    if (fast_init(fast, rsa->key) &&
        atomic_compare_exchange_strong(&rsa->fast, &other, fast)) return fast;
    memory_put_clean(fast, sizeof(*fast));
    return other;
}

NTSTATUS lc_rsa_public(struct lc_rsa *rsa, const uint8_t *in, uint8_t *out)
{
    RSA *key = lc_rsa_unwrap(rsa);
    const struct FAST() *fast = fast_of(rsa);

    if (fast) return FAST(_public)(fast, in, out) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
    return operation_status(RSA_public_encrypt(RSA_size(key), in, out, key, RSA_NO_PADDING),
                            "RSA_public_encrypt");
}

NTSTATUS lc_rsa_private(struct lc_rsa *rsa, const uint8_t *in, uint8_t *out)
{
    RSA *key = lc_rsa_unwrap(rsa);
    NTSTATUS status;

    /* RSA_private_decrypt does the same and leaves an error behind for its own padding checks. */
    status = operation_status(RSA_private_encrypt(RSA_size(key), in, out, key, RSA_NO_PADDING),
                              "RSA_private_encrypt");
    wipe_stack(LC_RSA_STACK_BYTES);
    return status;
}

/*
 * The primes of a weak key are k * M + (65537^a mod M), M being the product of the first primes. So
 * its modulus, too, is a power of 65537 modulo each of them. Those of which 65537 generates
 * everything tell nothing; the other 17 let one in 2^27.8 good moduli pass for weak. Source: Nemec,
 * Sys, Svenda, Klinec, Matyas, "The Return of Coppersmith's Attack", CCS 2017, section 2.
 */
bool lc_rsa_is_roca(const struct lc_rsa *rsa)
{
    static const uint8_t primes[] =
    {
        11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157,
    };
    const BIGNUM *n = RSA_get0_n(lc_rsa_unwrap(rsa));
    unsigned i, residue, power;

    for (i = 0; i < sizeof(primes); i++)
    {
        residue = (unsigned)BN_mod_word(n, primes[i]);
        for (power = 65537 % primes[i]; power != residue && power != 1;
             power = power * 65537 % primes[i])
        {
        }
        if (power != residue) return false;
    }
    return true;
}
