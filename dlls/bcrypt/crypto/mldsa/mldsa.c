/*
 * mldsa.c - ML-DSA's sizes and hashes, and which implementation is used.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/mldsa/mldsa.h"

#include "crypto/common/cpu.h"
#include "crypto/common/fast.h"
#include "crypto/hash/keccak.h"
#include "platform/wipe.h"

/* FIPS 204, table 2. */
const struct mldsa_sizes mldsa_sizes[] =
{
    [MLDSA_44] = { 1312, 2560, 2420 },
    [MLDSA_65] = { 1952, 4032, 3309 },
    [MLDSA_87] = { 2592, 4896, 4627 },
};

void mldsa_tr(enum mldsa_set set, const uint8_t *public_key, uint8_t tr[MLDSA_TR_BYTES])
{
    struct keccak_state state;

    keccak_start(&state, KECCAK_RATE_256, KECCAK_SUFFIX_SHAKE);
    keccak_absorb(&state, public_key, mldsa_sizes[set].public_bytes);
    keccak_squeeze(&state, tr, MLDSA_TR_BYTES);
}

void mldsa_mu(const uint8_t tr[MLDSA_TR_BYTES], const uint8_t *prefix, size_t prefix_bytes,
              const uint8_t *message, size_t message_bytes, uint8_t mu[MLDSA_MU_BYTES])
{
    struct keccak_state state;

    keccak_start(&state, KECCAK_RATE_256, KECCAK_SUFFIX_SHAKE);
    keccak_absorb(&state, tr, MLDSA_TR_BYTES);
    keccak_absorb(&state, prefix, prefix_bytes);
    keccak_absorb(&state, message, message_bytes);
    keccak_squeeze(&state, mu, MLDSA_MU_BYTES);
    wipe(&state, sizeof(state));
}

const struct mldsa_code *mldsa_code(void)
{
#if FAST_AVAILABLE
    if (cpu_has(CPU_AVX2 | CPU_BMI2)) return &fast_mldsa_code;
#endif
    return &lc_mldsa;
}
