/*
 * slhdsa.c - SLH-DSA's sizes.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/slhdsa/slhdsa.h"

/* FIPS 205, table 2. */
const struct slhdsa_sizes slhdsa_sizes[] =
{
    [SLHDSA_SHA2_128S]  = { 16,  7856 },
    [SLHDSA_SHAKE_128S] = { 16,  7856 },
    [SLHDSA_SHA2_128F]  = { 16, 17088 },
    [SLHDSA_SHAKE_128F] = { 16, 17088 },
    [SLHDSA_SHA2_192S]  = { 24, 16224 },
    [SLHDSA_SHAKE_192S] = { 24, 16224 },
    [SLHDSA_SHA2_192F]  = { 24, 35664 },
    [SLHDSA_SHAKE_192F] = { 24, 35664 },
    [SLHDSA_SHA2_256S]  = { 32, 29792 },
    [SLHDSA_SHAKE_256S] = { 32, 29792 },
    [SLHDSA_SHA2_256F]  = { 32, 49856 },
    [SLHDSA_SHAKE_256F] = { 32, 49856 },
};
