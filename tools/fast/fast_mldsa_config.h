/*
 * fast_mldsa_config.h - how mldsa-native is built: for AVX2, whoever calls it has seen to that.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef FAST_MLDSA_CONFIG_H
#define FAST_MLDSA_CONFIG_H

#define MLD_CONFIG_NAMESPACE_PREFIX mldsa
#define MLD_CONFIG_MULTILEVEL_BUILD
#define MLD_CONFIG_INTERNAL_API_QUALIFIER static __attribute__((unused))
#define MLD_CONFIG_EXTERNAL_API_QUALIFIER static __attribute__((unused))
#define MLD_CONFIG_USE_NATIVE_BACKEND_ARITH
#define MLD_CONFIG_ARITH_BACKEND_FILE "mldsa_x86_64_meta.h"
#define MLD_CONFIG_FIPS202_CUSTOM_HEADER "fast_fips202.h"
#define MLD_CONFIG_FIPS202X4_CUSTOM_HEADER "fast_fips202.h"
#define MLD_CONFIG_NO_RANDOMIZED_API

/* Natively, what it makes public is told to valgrind. */
#if !defined(__ASSEMBLER__) && !defined(_WIN32) && __has_include(<valgrind/memcheck.h>)
#define MLD_CONFIG_CT_TESTING_ENABLED
#endif

#define MLD_CONFIG_CUSTOM_CAPABILITY_FUNC
#define MLD_CONFIG_CUSTOM_ZEROIZE
#if !defined(__ASSEMBLER__)
#include <string.h>
#include "mldsa/sys.h"
static MLD_INLINE int mld_sys_check_capability(mld_sys_cap cap)
{
    return cap == MLD_SYS_CAP_AVX2;
}
#ifndef MLD_CONFIG_MULTILEVEL_NO_SHARED
static MLD_INLINE void mld_zeroize(void *memory, size_t bytes)
{
    memset(memory, 0, bytes);
    __asm__ volatile("" : : "r"(memory) : "memory");
}
#endif
#endif

#endif
