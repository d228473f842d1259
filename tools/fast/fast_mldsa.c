/*
 * fast_mldsa.c - ML-DSA of mldsa-native, its three parameter sets as one object.
 *
 * SPDX-License-Identifier: MIT
 */

#define MLD_CONFIG_FILE "fast_mldsa_config.h"
#define MLD_CONFIG_MONOBUILD_KEEP_SHARED_HEADERS
#define MLD_CONFIG_PARAMETER_SET 44
#define MLD_CONFIG_MULTILEVEL_WITH_SHARED
#include "mldsa/mldsa_native_bcm.c"
#undef MLD_CONFIG_PARAMETER_SET
#define MLD_CONFIG_PARAMETER_SET 65
#define MLD_CONFIG_MULTILEVEL_NO_SHARED
#include "mldsa/mldsa_native_bcm.c"
#undef MLD_CONFIG_MONOBUILD_KEEP_SHARED_HEADERS
#undef MLD_CONFIG_PARAMETER_SET
#define MLD_CONFIG_PARAMETER_SET 87
#include "mldsa/mldsa_native_bcm.c"

#include "fast_lattice.h"

#define SET(bits, bytes)                                                                           \
    static int sign_##bits(uint8_t *signature, const uint8_t mu[64], const uint8_t coins[32],      \
                           const uint8_t *private_key)                                             \
    {                                                                                              \
        size_t made;                                                                               \
        return mldsa##bits##_signature_internal(signature, &made, mu, 64, NULL, 0, coins,          \
                                                private_key, 1);                                   \
    }                                                                                              \
    static int verify_##bits(const uint8_t *signature, const uint8_t mu[64],                       \
                             const uint8_t *public_key)                                            \
    {                                                                                              \
        return mldsa##bits##_verify_internal(signature, bytes, mu, 64, NULL, 0, public_key, 1);    \
    }

SET(44, 2420)
SET(65, 3309)
SET(87, 4627)

#define ROW(bits)                                                                                  \
    {                                                                                              \
        .generate = mldsa##bits##_keypair_internal, .public_of = mldsa##bits##_pk_from_sk,         \
        .sign = sign_##bits, .verify = verify_##bits,                                              \
    }

const struct fast_mldsa fast_mldsa[3] = { ROW(44), ROW(65), ROW(87) };
