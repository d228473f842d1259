/*
 * nist_narrow.h - what of the curves is there for 32-bit processors; for crypto/ec/ only.
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

void narrow_invert_p256(uint64_t *z, const uint64_t *x);

/* libcrypto's arithmetic of P-256, assembly for all of x86, in Montgomery's form. In no public
 * header, but so named since OpenSSL 1.0.2. (Its own words are of 32 bits for i686.) */
void ecp_nistz256_to_mont(uint64_t *z, const uint64_t *x);
void ecp_nistz256_from_mont(uint64_t *z, const uint64_t *x);
void ecp_nistz256_mul_mont(uint64_t *z, const uint64_t *x, const uint64_t *y);
void ecp_nistz256_sqr_mont(uint64_t *z, const uint64_t *x);
void ecp_nistz256_add(uint64_t *z, const uint64_t *x, const uint64_t *y);
void ecp_nistz256_sub(uint64_t *z, const uint64_t *x, const uint64_t *y);
void ecp_nistz256_neg(uint64_t *z, const uint64_t *x);
void ecp_nistz256_point_double(uint64_t *twice, const uint64_t *point);
void ecp_nistz256_point_add(uint64_t *sum, const uint64_t *left, const uint64_t *right);
void ecp_nistz256_point_add_affine(uint64_t *sum, const uint64_t *left, const uint64_t *right);

void narrow_to_field_p384(uint64_t *z, const uint64_t *x);
void narrow_from_field_p384(uint64_t *z, const uint64_t *x);

/* As s2n-bignum's bignum_montmul, bignum_modadd and bignum_modinv, for numbers of k 64-bit words:
 * z = x * y / 2^(64 k); z = x + y; z = 1 / x; modulo m, which is odd. The last one's workspace is
 * not used. */
void narrow_montmul(uint64_t k, uint64_t *z, const uint64_t *x, const uint64_t *y,
                    const uint64_t *m);
void narrow_modadd(uint64_t k, uint64_t *z, const uint64_t *x, const uint64_t *y,
                   const uint64_t *m);
void narrow_modinv(uint64_t k, uint64_t *z, const uint64_t *x, const uint64_t *m,
                   uint64_t *workspace);

#endif
