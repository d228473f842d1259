/*
 * mldsa_native.c - ML-DSA of mldsa-native, which tools/build-fast builds.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/mldsa/mldsa.h"

#include "crypto/common/fast.h"

#if FAST_AVAILABLE

#include <fast/fast_lattice.h>

#include "platform/wipe.h"

/* It clears its arrays, but not what the compiler keeps beside them. Signing with ML-DSA-87 takes
 * 108 KiB. */
#define STACK_BYTES (112 * 1024)

static NTSTATUS generate(enum mldsa_set set, const uint8_t seed[MLDSA_SEED_BYTES],
                         uint8_t *private_key, uint8_t *public_key)
{
    int failed = fast_mldsa[set].generate(public_key, private_key, seed);

    wipe_stack(STACK_BYTES);
    return failed ? STATUS_INTERNAL_ERROR : STATUS_SUCCESS;
}

static NTSTATUS public_of(enum mldsa_set set, const uint8_t *private_key, uint8_t *public_key)
{
    int failed = fast_mldsa[set].public_of(public_key, private_key);

    wipe_stack(STACK_BYTES);
    return failed ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
}

static NTSTATUS sign(enum mldsa_set set, const uint8_t *private_key,
                     const uint8_t mu[MLDSA_MU_BYTES], const uint8_t coins[MLDSA_COINS_BYTES],
                     uint8_t *signature)
{
    int failed = fast_mldsa[set].sign(signature, mu, coins, private_key);

    wipe_stack(STACK_BYTES);
    return failed ? STATUS_INTERNAL_ERROR : STATUS_SUCCESS;
}

static NTSTATUS verify(enum mldsa_set set, const uint8_t *public_key,
                       const uint8_t mu[MLDSA_MU_BYTES], const uint8_t *signature)
{
    return fast_mldsa[set].verify(signature, mu, public_key) ? STATUS_INVALID_SIGNATURE
                                                             : STATUS_SUCCESS;
}

const struct mldsa_code fast_mldsa_code =
{
    .generate  = generate,
    .public_of = public_of,
    .sign      = sign,
    .verify    = verify,
};

#endif
