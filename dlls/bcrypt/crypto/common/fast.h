/*
 * fast.h - whether s2n-bignum, mlkem-native and mldsa-native are there (tools/build-fast).
 *
 * They are for 64-bit processors. A build that cannot have their sources does without as well:
 * libcrypto does their work then, and more slowly.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef CRYPTO_FAST_H
#define CRYPTO_FAST_H

#ifdef __x86_64__
#include <fast/fast_config.h>                   /* FAST_AVAILABLE: 0 or 1 */
#else
#define FAST_AVAILABLE 0
#endif

#endif
