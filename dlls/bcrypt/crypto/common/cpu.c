/*
 * cpu.c - asks the processor what it can do.
 *
 * Intel SDM volume 2A, CPUID leaves 1 and 7; volume 1, 13.2 and 15.2 for what the system saves.
 *
 * SPDX-License-Identifier: MIT
 */

#include <cpuid.h>

#include "crypto/common/cpu.h"

_Atomic uint32_t cpu_known_features;

/* XCR0: which registers the system saves. */
#define XCR0_YMM 0x06u      /* xmm, upper half of ymm */
#define XCR0_ZMM 0xe6u      /* those, mask registers, upper halves of zmm, zmm16 to zmm31 */

struct feature_bit
{
    uint32_t feature;
    unsigned int bit;
};

static const struct feature_bit leaf1_edx[] =
{
    { CPU_SSE2, 26 },
    { 0, 0 }
};

static const struct feature_bit leaf1_ecx[] =
{
    { CPU_PCLMUL, 1 }, { CPU_SSSE3, 9 }, { CPU_SSE41, 19 }, { CPU_MOVBE, 22 }, { CPU_AESNI, 25 },
    { CPU_AVX, 28 }, { CPU_RDRAND, 30 },
    { 0, 0 }
};

static const struct feature_bit leaf7_ebx[] =
{
    { CPU_AVX2, 5 }, { CPU_BMI2, 8 }, { CPU_RDSEED, 18 }, { CPU_ADX, 19 },
    { CPU_AVX512IFMA, 21 }, { CPU_SHA, 29 },
    { 0, 0 }
};

static const struct feature_bit leaf7_ecx[] =
{
    { CPU_VBMI2, 6 }, { CPU_VAES, 9 }, { CPU_VPCLMUL, 10 },
    { 0, 0 }
};

/* Leaf 7, EBX: F 16, DQ 17, BW 30, VL 31. */
#define LEAF7_EBX_AVX512 (1u << 16 | 1u << 17 | 1u << 30 | 1u << 31)
#define LEAF1_ECX_OSXSAVE (1u << 27)

static uint32_t features_in(uint32_t bits, const struct feature_bit *names)
{
    uint32_t features = 0;

    for (; names->feature; names++)
        if (bits >> names->bit & 1) features |= names->feature;
    return features;
}

static uint32_t registers_saved(void)
{
    uint32_t low, high;

    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}

uint32_t cpu_detect(void)
{
    uint32_t features = CPU_KNOWN, saved = 0;
    unsigned int eax, ebx, ecx, edx;

    if (__get_cpuid(1, &eax, &ebx, &ecx, &edx))
    {
        features |= features_in(edx, leaf1_edx) | features_in(ecx, leaf1_ecx);
        if (ecx & LEAF1_ECX_OSXSAVE) saved = registers_saved();
    }
    if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx))
    {
        features |= features_in(ebx, leaf7_ebx) | features_in(ecx, leaf7_ecx);
        if ((ebx & LEAF7_EBX_AVX512) == LEAF7_EBX_AVX512) features |= CPU_AVX512;
    }
    if ((saved & XCR0_YMM) != XCR0_YMM)
        features &= ~(uint32_t)(CPU_AVX | CPU_AVX2 | CPU_VAES | CPU_VPCLMUL);
    if ((saved & XCR0_ZMM) != XCR0_ZMM || !(features & CPU_AVX512))
        features &= ~(uint32_t)(CPU_AVX512 | CPU_AVX512IFMA | CPU_VBMI2);

    atomic_store_explicit(&cpu_known_features, features, memory_order_relaxed);
    return features;
}

void cpu_limit(uint32_t mask)
{
    uint32_t features = cpu_detect() & (mask | CPU_KNOWN);

    atomic_store_explicit(&cpu_known_features, features, memory_order_relaxed);
}
