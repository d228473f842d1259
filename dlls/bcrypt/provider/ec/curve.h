/*
 * curve.h - the curves that keys are on: named ones, and ones of explicit parameters.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_PROV_CURVES_H
#define PROVIDER_PROV_CURVES_H

#include <stdatomic.h>

#include "crypto/ec/lc_ec.h"
#include "provider/ec/ec_blob.h"
#include "provider/common/prov.h"

/* Numbers that a curve has; curves of several names may have the same. Of a named curve the members
 * below `hex` are made when first needed. */
struct curve
{
    enum lc_ec_form form;
    ULONG field_bits, field_bytes, order_bytes, cofactor_bytes, seed_bytes;
    ULONG generation;                           /* dwCurveGenerationAlgId, as it was given */
    const char *hex;                            /* P A B Gx Gy n h; NULL: explicit parameters */

    _Atomic(struct lc_ec_curve *) lc;
    UCHAR *digits;                              /* in bytes, with the seed; made before lc */
    _Atomic ULONG references;                   /* of explicit parameters */
};

/* The curve that an algorithm or a key has chosen. name is NULL if parameters were given. */
struct curve_choice
{
    struct curve *curve;
    LPCWSTR name;
};

/* ---- the named curves: named_curves.c ---- */

#define NAMED_CURVE_COUNT 45

struct named_curve
{
    LPCWSTR name;
    struct curve *curve;
};
extern const struct named_curve named_curves[NAMED_CURVE_COUNT];

/* ---- finding, keeping ---- */

/* In any case of letters; false if there is none of that name. */
bool curve_by_name(LPCWSTR name, struct curve_choice *choice);

/*
 * The curve of explicit parameters, with a reference. A named curve's numbers give that curve, the
 * name left out, if they come without a seed and without a way of generation. Others are verified,
 * if asked for.
 *
 *   STATUS_SUCCESS, STATUS_INVALID_PARAMETER, STATUS_NOT_SUPPORTED, STATUS_NO_MEMORY
 */
NTSTATUS curve_by_parameters(const struct ecc_parameters *parameters, bool verify,
                             struct curve **curve);

/* One more holder, one fewer; take NULL. Named curves are not counted. */
struct curve *curve_get(struct curve *curve);
void curve_put(struct curve *curve);

/* Makes a named curve's digits and lc, unless they are there. STATUS_SUCCESS, STATUS_NO_MEMORY */
NTSTATUS curve_ready(struct curve *curve);

/* The bits of the generator's order. It is ready. */
ULONG curve_order_bits(const struct curve *curve);

/* Whether keys of the two can agree. Both are ready. */
bool curve_same(const struct curve *left, const struct curve *right);

/* Its parameters, as ECCParameters and full blobs have them. It is ready. */
void curve_parameters(const struct curve *curve, struct ecc_parameters *parameters);

/* cbKey of its key blobs: the larger of the bytes of a coordinate and of a private value. */
ULONG curve_key_bytes(const struct curve *curve);

/* Frees what was made for the named curves, when the DLL goes. */
void curves_detach(void);

#endif
