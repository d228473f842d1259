/*
 * mlkem_native.c - ML-KEM of mlkem-native, which tools/build-fast builds.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/mlkem/mlkem.h"

#include "crypto/common/fast.h"

#if FAST_AVAILABLE

#include <fast/fast_lattice.h>

#include "platform/wipe.h"

#define MODULUS 3329

/* It clears its arrays, but not what the compiler keeps beside them. Its frames are no deeper than
 * this, of ML-KEM-1024. */
#define STACK_BYTES 32768

static NTSTATUS generate(enum mlkem_set set, const uint8_t seed[MLKEM_SEED_BYTES],
                         uint8_t *private_key)
{
    uint8_t public_key[MLKEM_MOST_PUBLIC_BYTES];
    int failed = fast_mlkem[set].generate(public_key, private_key, seed);

    wipe_stack(STACK_BYTES);
    return failed ? STATUS_INTERNAL_ERROR : STATUS_SUCCESS;
}

static NTSTATUS check_public(enum mlkem_set set, const uint8_t *public_key)
{
    return fast_mlkem[set].check_public(public_key) ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
}

/* Whether all coefficients of s are reduced, of which two are in three bytes. */
static bool is_reduced(const uint8_t *s, size_t bytes)
{
    uint32_t borrows = UINT32_MAX, low, high;

    for (; bytes; s += 3, bytes -= 3)
    {
        low = s[0] | (s[1] & 15u) << 8;
        high = s[1] >> 4 | (uint32_t)s[2] << 4;
        borrows &= (low - MODULUS) & (high - MODULUS);
    }
    return borrows >> 31;
}

/* libcrypto refuses what is not reduced, too. */
static NTSTATUS check_private(enum mlkem_set set, const uint8_t *private_key)
{
    const uint8_t *public_key = mlkem_public_of(set, private_key);

    if (!is_reduced(private_key, (size_t)(public_key - private_key)) ||
        fast_mlkem[set].check_public(public_key) || fast_mlkem[set].check_private(private_key))
    {
        return STATUS_INVALID_PARAMETER;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS encapsulate(enum mlkem_set set, const uint8_t *public_key,
                            const uint8_t coins[MLKEM_COINS_BYTES], uint8_t *ciphertext,
                            uint8_t secret[MLKEM_SECRET_BYTES])
{
    int failed = fast_mlkem[set].encapsulate(ciphertext, secret, public_key, coins);

    wipe_stack(STACK_BYTES);
    return failed ? STATUS_INTERNAL_ERROR : STATUS_SUCCESS;
}

static NTSTATUS decapsulate(enum mlkem_set set, const uint8_t *private_key,
                            const uint8_t *ciphertext, uint8_t secret[MLKEM_SECRET_BYTES])
{
    int failed = fast_mlkem[set].decapsulate(secret, ciphertext, private_key);

    wipe_stack(STACK_BYTES);
    return failed ? STATUS_INTERNAL_ERROR : STATUS_SUCCESS;
}

const struct mlkem_code fast_mlkem_code =
{
    .generate      = generate,
    .check_public  = check_public,
    .check_private = check_private,
    .encapsulate   = encapsulate,
    .decapsulate   = decapsulate,
};

#endif
