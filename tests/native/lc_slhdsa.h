/*
 * lc_slhdsa.h - SLH-DSA of libcrypto, which tells whether ours is right.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_NATIVE_LC_SLHDSA_H
#define TESTS_NATIVE_LC_SLHDSA_H

#include "crypto/slhdsa/slhdsa.h"

extern const struct slhdsa_code lc_slhdsa;

#endif
