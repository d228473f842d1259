/*
 * fast.h - whether s2n-bignum, mlkem-native and mldsa-native are there (tools/build-fast).
 *
 * They are for 64-bit processors; the tables of curves' points, which come with them, for others,
 * too. A build that cannot have their sources does without: libcrypto does their work then, and
 * more slowly.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef CRYPTO_FAST_H
#define CRYPTO_FAST_H

#if defined(__x86_64__) || defined(_WIN32)
#include <fast/fast_config.h>                   /* both 0 or 1 */
#else
#define FAST_AVAILABLE 0
#define FAST_TABLES    0
#endif

#endif
