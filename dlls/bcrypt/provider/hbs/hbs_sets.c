/*
 * hbs_sets.c - the parameter sets of LMS and XMSS, by the names that their registries have.
 *
 * IANA, "Leighton-Micali Signatures (LMS)" and "XMSS: Extended Hash-Based Signatures". HSS has a
 * set for each type of its topmost tree; what is below it, signatures say.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/hbs/hbs.h"

#include "crypto/hbs/lms.h"
#include "crypto/hbs/xmss.h"

/* name, number, public key, no private one, -, no seed, the longest signature, - */
#define LMS_SET(name, number, m) \
    { L"LMS_" name, number, LMS_PUBLIC_BYTES(m), 0, PQ_APART, 0, LMS_MOST_SIGNATURE_BYTES, 0 }, \
    { L"HSS_LMS_" name, HBS_LEVELS + number, HSS_PUBLIC_BYTES(m), 0, PQ_APART, 0, \
      HSS_MOST_SIGNATURE_BYTES, 0 }
#define LMS_SETS(hash, first, m) \
    LMS_SET(hash L"_H5", first, m), LMS_SET(hash L"_H10", first + 1, m), \
    LMS_SET(hash L"_H15", first + 2, m), LMS_SET(hash L"_H20", first + 3, m), \
    LMS_SET(hash L"_H25", first + 4, m)

static const struct pq_set lms_sets[] =
{
    LMS_SETS(L"SHA256_M32", 5, 32),
    LMS_SETS(L"SHA256_M24", 10, 24),
    LMS_SETS(L"SHAKE_M32", 15, 32),
    LMS_SETS(L"SHAKE_M24", 20, 24),
};

/* How long signatures are: 4 or (h + 7) / 8 bytes, and so many blocks of n. */
#define XMSS_SET(name, number, n, h) \
    { L"XMSS-" name, number, XMSS_PUBLIC_BYTES(n), 0, PQ_APART, 0, \
      4 + (1 + 2 * n + 3 + h) * n, 0 }
#define XMSS_SETS(hash, bits, first, n) \
    XMSS_SET(hash L"_10_" bits, first, n, 10), XMSS_SET(hash L"_16_" bits, first + 1, n, 16), \
    XMSS_SET(hash L"_20_" bits, first + 2, n, 20)
#define XMSSMT_SET(name, number, n, h, layers) \
    { L"XMSSMT-" name, HBS_LEVELS + number, XMSS_PUBLIC_BYTES(n), 0, PQ_APART, 0, \
      (h + 7) / 8 + (1 + layers * (2 * n + 3) + h) * n, 0 }
#define XMSSMT_SETS(hash, bits, first, n) \
    XMSSMT_SET(hash L"_20/2_" bits, first, n, 20, 2), \
    XMSSMT_SET(hash L"_20/4_" bits, first + 1, n, 20, 4), \
    XMSSMT_SET(hash L"_40/2_" bits, first + 2, n, 40, 2), \
    XMSSMT_SET(hash L"_40/4_" bits, first + 3, n, 40, 4), \
    XMSSMT_SET(hash L"_40/8_" bits, first + 4, n, 40, 8), \
    XMSSMT_SET(hash L"_60/3_" bits, first + 5, n, 60, 3), \
    XMSSMT_SET(hash L"_60/6_" bits, first + 6, n, 60, 6), \
    XMSSMT_SET(hash L"_60/12_" bits, first + 7, n, 60, 12)

static const struct pq_set xmss_sets[] =
{
    XMSS_SETS(L"SHA2", L"256", 1, 32),
    XMSS_SETS(L"SHA2", L"512", 4, 64),
    XMSS_SETS(L"SHAKE", L"256", 7, 32),
    XMSS_SETS(L"SHAKE", L"512", 10, 64),
    XMSS_SETS(L"SHA2", L"192", 13, 24),
    XMSS_SETS(L"SHAKE256", L"256", 16, 32),
    XMSS_SETS(L"SHAKE256", L"192", 19, 24),
    XMSSMT_SETS(L"SHA2", L"256", 1, 32),
    XMSSMT_SETS(L"SHA2", L"512", 9, 64),
    XMSSMT_SETS(L"SHAKE", L"256", 17, 32),
    XMSSMT_SETS(L"SHAKE", L"512", 25, 64),
    XMSSMT_SETS(L"SHA2", L"192", 33, 24),
    XMSSMT_SETS(L"SHAKE256", L"256", 41, 32),
    XMSSMT_SETS(L"SHAKE256", L"192", 49, 24),
};

const struct prov_rows hbs_lms_sets = PROV_ROWS(lms_sets);
const struct prov_rows hbs_xmss_sets = PROV_ROWS(xmss_sets);
