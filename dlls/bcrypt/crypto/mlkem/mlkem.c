/*
 * mlkem.c - ML-KEM's sizes, and which implementation is used.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/mlkem/mlkem.h"

#include "crypto/common/cpu.h"
#include "crypto/common/fast.h"

/* FIPS 203, table 3. */
const struct mlkem_sizes mlkem_sizes[] =
{
    [MLKEM_512]  = {  800, 1632,  768 },
    [MLKEM_768]  = { 1184, 2400, 1088 },
    [MLKEM_1024] = { 1568, 3168, 1568 },
};

const struct mlkem_code *mlkem_code(void)
{
#if FAST_AVAILABLE
    if (cpu_has(CPU_AVX2 | CPU_BMI2)) return &fast_mlkem_code;
#endif
    return &lc_mlkem;
}
