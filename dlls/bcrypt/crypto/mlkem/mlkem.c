/*
 * mlkem.c - ML-KEM's sizes, and which implementation is used.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/mlkem/mlkem.h"

/* FIPS 203, table 3. */
const struct mlkem_sizes mlkem_sizes[] =
{
    [MLKEM_512]  = {  800, 1632,  768 },
    [MLKEM_768]  = { 1184, 2400, 1088 },
    [MLKEM_1024] = { 1568, 3168, 1568 },
};

const struct mlkem_code *mlkem_code(void)
{
    return &lc_mlkem;
}
