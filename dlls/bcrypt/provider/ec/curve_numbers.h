/*
 * curve_numbers.h - the numbers of the named curves, from their files to their table.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_CURVE_NUMBERS_H
#define PROVIDER_CURVE_NUMBERS_H

#include "provider/ec/curve.h"

#define CURVE(curve_form, bits, p_bytes, n_bytes) \
    .form = (curve_form), .field_bits = (bits), .field_bytes = (p_bytes), \
    .order_bytes = (n_bytes), .cofactor_bytes = 1, .seed_bytes = 0
#define WEIERSTRASS(bits, p_bytes, n_bytes) CURVE(LC_EC_WEIERSTRASS, bits, p_bytes, n_bytes)
#define EDWARDS(bits, p_bytes, n_bytes)     CURVE(LC_EC_EDWARDS, bits, p_bytes, n_bytes)
#define MONTGOMERY(bits, p_bytes, n_bytes)  CURVE(LC_EC_MONTGOMERY, bits, p_bytes, n_bytes)

extern struct curve brainpoolP160r1, brainpoolP160t1, brainpoolP192r1, brainpoolP192t1,
    brainpoolP224r1, brainpoolP224t1, brainpoolP256r1, brainpoolP256t1, brainpoolP320r1,
    brainpoolP320t1, brainpoolP384r1, brainpoolP384t1, brainpoolP512r1, brainpoolP512t1,
    curve25519, ec192wapi, nistP192, nistP224, nistP256, nistP384, nistP521, numsP256t1,
    numsP384t1, numsP512t1, secP160k1, secP160r1, secP160r2, secP192k1, secP224k1, secP256k1,
    wtls9, x962P192v2, x962P192v3, x962P239v1, x962P239v2, x962P239v3;

#endif
