/*
 * lms_maker.h - signatures of LMS for tests, made with CNG's hashes from RFC 8554's formulas.
 *
 * Of a tree only one leaf is there: what its path shows are bytes without a meaning, and the root
 * is what comes of them. So there are signatures of trees of any height, at once.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_LMS_MAKER_H
#define TESTS_LMS_MAKER_H

#include "expect.h"

#define LMS_FIRST_TYPE      5
#define LMS_TYPES           20
#define LMS_WIDTHS          4
#define LMS_MOST_KEY        (4 + 8 + 16 + 32)
#define LMS_MOST_SIGNATURE  9324
#define HSS_MOST_SIGNATURE  (4 + 8 * (LMS_MOST_SIGNATURE + 56))
#define LMS_MOST_NAME       32

/* The type of one-time signatures of that width's number (0 to 3: 1, 2, 4, 8) that goes with a
 * tree's type. */
ULONG lms_one_time_type(ULONG type, ULONG width);

/* "LMS_SHA256_M32_H5" and so on, with or without "HSS_" in front. */
const WCHAR *lms_name(ULONG type, bool is_hss);

/* Makes a key and its signature of a message; `salt` makes them others. Bytes of the signature; the
 * key has 24 and those of a hash. */
ULONG lms_make(ULONG type, ULONG one_time_type, UCHAR salt, const UCHAR *message,
               ULONG message_bytes, UCHAR *key, UCHAR *signature);
ULONG lms_key_bytes(ULONG type);

#endif
