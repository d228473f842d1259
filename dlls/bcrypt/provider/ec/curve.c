/*
 * curve.c - the curves that keys are on: named ones, and ones of explicit parameters.
 *
 * A named curve's group is made when the first key needs it, and serves all keys until the DLL
 * goes: copying one takes longer than checking a point. A curve of explicit parameters lives as
 * long as a key or an algorithm holds it.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/ec/curve.h"

#include "platform/platform.h"

static struct platform_lock making;

static ULONG digits_bytes(const struct curve *curve)
{
    return 5 * curve->field_bytes + curve->order_bytes + curve->cofactor_bytes + curve->seed_bytes;
}

static bool is_named(const struct curve *curve)
{
    return curve->hex;
}

/* ---- making ---- */

static UCHAR hex_digit(char digit)
{
    return (UCHAR)(digit <= '9' ? digit - '0' : digit - 'A' + 10);
}

static void read_hex(UCHAR *bytes, const char *hex)
{
    for (; *hex; hex += 2) *bytes++ = (UCHAR)(hex_digit(hex[0]) << 4 | hex_digit(hex[1]));
}

static NTSTATUS make_lc(struct curve *curve, bool verify)
{
    struct lc_ec_numbers numbers = { curve->form, curve->field_bytes, curve->order_bytes,
                                     curve->cofactor_bytes, curve->digits };
    struct lc_ec_curve *lc;
    NTSTATUS status;

    if (!(status = lc_ec_curve_new(&numbers, verify, &lc)))
    {
        atomic_store_explicit(&curve->lc, lc, memory_order_release);
    }
    return status;
}

static NTSTATUS make_named(struct curve *curve)
{
    if (!curve->digits)
    {
        if (!(curve->digits = memory_get(digits_bytes(curve)))) return STATUS_NO_MEMORY;
        read_hex(curve->digits, curve->hex);
    }
    return make_lc(curve, false);
}

NTSTATUS curve_ready(struct curve *curve)
{
    NTSTATUS status = STATUS_SUCCESS;

    if (atomic_load_explicit(&curve->lc, memory_order_acquire)) return STATUS_SUCCESS;
    platform_lock_acquire(&making);
    if (!atomic_load_explicit(&curve->lc, memory_order_relaxed)) status = make_named(curve);
    platform_lock_release(&making);
    return status;
}

ULONG curve_order_bits(const struct curve *curve)
{
    struct blob_number n = { curve->digits + 5 * curve->field_bytes, curve->order_bytes };

    return blob_number_bits(n);
}

static void unmake(struct curve *curve)
{
    lc_ec_curve_free(atomic_exchange(&curve->lc, NULL));
    memory_put(curve->digits, digits_bytes(curve));
    curve->digits = NULL;
}

void curves_detach(void)
{
    size_t i;

    for (i = 0; i < NAMED_CURVE_COUNT; i++) unmake(named_curves[i].curve);
}

/* ---- finding ---- */

bool curve_by_name(LPCWSTR name, struct curve_choice *choice)
{
    size_t i;

    for (i = 0; i < NAMED_CURVE_COUNT; i++)
    {
        if (!names_equal_caseless(named_curves[i].name, name)) continue;
        choice->curve = named_curves[i].curve;
        choice->name = named_curves[i].name;
        return true;
    }
    return false;
}

/* Whether a named curve has these numbers, and no others: how they were generated is to be told
 * again, which named curves have no room for. */
static bool is_of_parameters(const struct curve *curve, const struct ecc_parameters *parameters)
{
    const UCHAR *digits = parameters->digits.digits;
    const char *hex;

    if (parameters->generation || parameters->seed_bytes) return false;
    if (curve->form != parameters->curve_type || curve->field_bytes != parameters->field_bytes ||
        curve->order_bytes != parameters->order_bytes ||
        curve->cofactor_bytes != parameters->cofactor_bytes) return false;
    for (hex = curve->hex; *hex; hex += 2)
    {
        if (*digits++ != (UCHAR)(hex_digit(hex[0]) << 4 | hex_digit(hex[1]))) return false;
    }
    return true;
}

static NTSTATUS explicit_new(const struct ecc_parameters *parameters, bool verify,
                             struct curve **curve)
{
    struct blob_number field = { parameters->digits.digits, parameters->field_bytes };
    struct curve *made = memory_get_zeroed(sizeof(*made));
    NTSTATUS status = STATUS_NO_MEMORY;

    if (!made) return status;
    made->form = parameters->curve_type;
    made->field_bits = blob_number_bits(field);
    made->field_bytes = parameters->field_bytes;
    made->order_bytes = parameters->order_bytes;
    made->cofactor_bytes = parameters->cofactor_bytes;
    made->seed_bytes = parameters->seed_bytes;
    made->generation = parameters->generation;
    made->references = 1;
    if ((made->digits = memory_get(parameters->digits.bytes)))
    {
        memcpy(made->digits, parameters->digits.digits, parameters->digits.bytes);
        status = make_lc(made, verify);
    }
    if (status) curve_put(made);
    else *curve = made;
    return status;
}

NTSTATUS curve_by_parameters(const struct ecc_parameters *parameters, bool verify,
                             struct curve **curve)
{
    size_t i;

    for (i = 0; i < NAMED_CURVE_COUNT; i++)
    {
        if (!is_of_parameters(named_curves[i].curve, parameters)) continue;
        *curve = named_curves[i].curve;
        return STATUS_SUCCESS;
    }
    return explicit_new(parameters, verify, curve);
}

/* ---- keeping ---- */

struct curve *curve_get(struct curve *curve)
{
    if (curve && !is_named(curve)) atomic_fetch_add(&curve->references, 1);
    return curve;
}

void curve_put(struct curve *curve)
{
    if (!curve || is_named(curve) || atomic_fetch_sub(&curve->references, 1) != 1) return;
    unmake(curve);
    memory_put(curve, sizeof(*curve));
}

/* ---- asking ---- */

bool curve_same(const struct curve *left, const struct curve *right)
{
    if (left == right) return true;
    return left->form == right->form && left->field_bytes == right->field_bytes &&
           left->order_bytes == right->order_bytes &&
           left->cofactor_bytes == right->cofactor_bytes &&
           !memcmp(left->digits, right->digits, digits_bytes(left) - left->seed_bytes);
}

void curve_parameters(const struct curve *curve, struct ecc_parameters *parameters)
{
    parameters->curve_type = curve->form;
    parameters->generation = curve->generation;
    parameters->field_bytes = curve->field_bytes;
    parameters->order_bytes = curve->order_bytes;
    parameters->cofactor_bytes = curve->cofactor_bytes;
    parameters->seed_bytes = curve->seed_bytes;
    parameters->digits.digits = curve->digits;
    parameters->digits.bytes = digits_bytes(curve);
}

ULONG curve_key_bytes(const struct curve *curve)
{
    return curve->field_bytes > curve->order_bytes ? curve->field_bytes : curve->order_bytes;
}
