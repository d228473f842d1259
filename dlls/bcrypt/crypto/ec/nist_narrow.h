/*
 * nist_narrow.h - what of P-384 and P-521 is there for 32-bit processors; for crypto/ec/ only.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef CRYPTO_NIST_NARROW_H
#define CRYPTO_NIST_NARROW_H

#include <stdint.h>

#define NIST_NARROW_FUNCTIONS(curve)                                                               \
    void narrow_multiply_##curve(uint64_t *z, const uint64_t *x, const uint64_t *y);               \
    void narrow_square_##curve(uint64_t *z, const uint64_t *x);                                    \
    void narrow_add_##curve(uint64_t *z, const uint64_t *x, const uint64_t *y);                    \
    void narrow_subtract_##curve(uint64_t *z, const uint64_t *x, const uint64_t *y);               \
    void narrow_negate_##curve(uint64_t *z, const uint64_t *x);                                    \
    void narrow_invert_##curve(uint64_t *z, const uint64_t *x);                                    \
    void narrow_point_double_##curve(uint64_t *twice, const uint64_t *point);                      \
    void narrow_point_add_##curve(uint64_t *sum, const uint64_t *left, const uint64_t *right);     \
    void narrow_point_add_affine_##curve(uint64_t *sum, const uint64_t *left,                      \
                                         const uint64_t *right);
NIST_NARROW_FUNCTIONS(p384)
NIST_NARROW_FUNCTIONS(p521)

void narrow_to_field_p384(uint64_t *z, const uint64_t *x);
void narrow_from_field_p384(uint64_t *z, const uint64_t *x);

#endif
