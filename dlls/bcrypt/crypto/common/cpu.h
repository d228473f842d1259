/*
 * cpu.h - what this processor can do, asked once.
 *
 * Nothing runs at load time: CPUID traps on virtual machines, so the first caller pays for it.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CPU_H
#define OPENCNG_CPU_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* AVX and everything wider is reported only where the system saves the registers too. */
enum cpu_feature
{
    CPU_SSE2       = 1 << 0,
    CPU_SSSE3      = 1 << 1,
    CPU_AESNI      = 1 << 2,
    CPU_PCLMUL     = 1 << 3,
    CPU_MOVBE      = 1 << 4,
    CPU_AVX        = 1 << 5,
    CPU_AVX2       = 1 << 6,
    CPU_BMI2       = 1 << 7,
    CPU_ADX        = 1 << 8,
    CPU_VAES       = 1 << 9,
    CPU_VPCLMUL    = 1 << 10,
    CPU_AVX512     = 1 << 11,       /* F, VL, BW and DQ, all four */
    CPU_AVX512IFMA = 1 << 12,
    CPU_SHA        = 1 << 13,
    CPU_RDRAND     = 1 << 14,
    CPU_RDSEED     = 1 << 15,
    CPU_SSE41      = 1 << 16,
    CPU_VBMI2      = 1 << 17,
    CPU_KNOWN      = 1 << 30        /* the question has been asked */
};

extern _Atomic uint32_t cpu_known_features;

/* Asks the processor, remembers and returns the answer. */
uint32_t cpu_detect(void);

/* For tests: from now on only features in mask count, as far as the processor has them. */
void cpu_limit(uint32_t mask);

static inline uint32_t cpu_features(void)
{
    uint32_t features = atomic_load_explicit(&cpu_known_features, memory_order_relaxed);

    return features ? features : cpu_detect();
}

/* Whether the processor has all of these. */
static inline bool cpu_has(uint32_t wanted)
{
    return (cpu_features() & wanted) == wanted;
}

#endif
