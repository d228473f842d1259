/*
 * fast_mlkem_config.h - how mlkem-native is built: for AVX2, whoever calls it has seen to that.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef FAST_MLKEM_CONFIG_H
#define FAST_MLKEM_CONFIG_H

#define MLK_CONFIG_NAMESPACE_PREFIX mlkem
#define MLK_CONFIG_MULTILEVEL_BUILD
#define MLK_CONFIG_INTERNAL_API_QUALIFIER static
#define MLK_CONFIG_EXTERNAL_API_QUALIFIER static __attribute__((unused))
#define MLK_CONFIG_USE_NATIVE_BACKEND_ARITH
#define MLK_CONFIG_ARITH_BACKEND_FILE "native/x86_64/meta.h"
#define MLK_CONFIG_FIPS202_CUSTOM_HEADER "fast_fips202.h"
#define MLK_CONFIG_FIPS202X4_CUSTOM_HEADER "fast_fips202.h"
#define MLK_CONFIG_NO_RANDOMIZED_API

/* Natively, what it makes public is told to valgrind. */
#if !defined(__ASSEMBLER__) && !defined(_WIN32) && __has_include(<valgrind/memcheck.h>)
#define MLK_CONFIG_CT_TESTING_ENABLED
#endif

#define MLK_CONFIG_CUSTOM_CAPABILITY_FUNC
#define MLK_CONFIG_CUSTOM_ZEROIZE
#if !defined(__ASSEMBLER__)
#include <string.h>
#include "sys.h"
static MLK_INLINE int mlk_sys_check_capability(mlk_sys_cap cap)
{
    return cap == MLK_SYS_CAP_AVX2;
}
#ifndef MLK_CONFIG_MULTILEVEL_NO_SHARED
static MLK_INLINE void mlk_zeroize(void *memory, size_t bytes)
{
    memset(memory, 0, bytes);
    __asm__ volatile("" : : "r"(memory) : "memory");
}
#endif
#endif

#endif
