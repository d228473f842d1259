/*
 * fast_mlkem.c - ML-KEM of mlkem-native, its three parameter sets as one object.
 *
 * SPDX-License-Identifier: MIT
 */

#define MLK_CONFIG_FILE "fast_mlkem_config.h"
#define MLK_CONFIG_MONOBUILD_KEEP_SHARED_HEADERS
#define MLK_CONFIG_PARAMETER_SET 512
#define MLK_CONFIG_MULTILEVEL_WITH_SHARED
#include "mlkem_native_bcm.c"
#undef MLK_CONFIG_PARAMETER_SET
#define MLK_CONFIG_PARAMETER_SET 768
#define MLK_CONFIG_MULTILEVEL_NO_SHARED
#include "mlkem_native_bcm.c"
#undef MLK_CONFIG_MONOBUILD_KEEP_SHARED_HEADERS
#undef MLK_CONFIG_PARAMETER_SET
#define MLK_CONFIG_PARAMETER_SET 1024
#include "mlkem_native_bcm.c"

#include "fast_lattice.h"

#define SET(bits)                                                                                  \
    {                                                                                              \
        .generate = mlkem##bits##_keypair_derand, .encapsulate = mlkem##bits##_enc_derand,         \
        .decapsulate = mlkem##bits##_dec, .check_public = mlkem##bits##_check_pk,                  \
        .check_private = mlkem##bits##_check_sk,                                                   \
    }

const struct fast_mlkem fast_mlkem[3] = { SET(512), SET(768), SET(1024) };
