/*
 * named_curves.c - the curves that have names.
 *
 * The numbers are those of FIPS 186-4 and SEC 2 (nistP*, secP*), ANSI X9.62 (x962P*), RFC 5639
 * (brainpoolP*), WAP WTLS (wtls*), GB 15629.11 (ec192wapi), RFC 7748 (curve25519) and Microsoft's
 * NUMS curves (numsP*t1). None is left to libcrypto, whose builds differ in the curves they have.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/ec/curve_numbers.h"

const struct named_curve named_curves[NAMED_CURVE_COUNT] =
{
    { BCRYPT_ECC_CURVE_BRAINPOOLP160R1, &brainpoolP160r1 },
    { BCRYPT_ECC_CURVE_BRAINPOOLP160T1, &brainpoolP160t1 },
    { BCRYPT_ECC_CURVE_BRAINPOOLP192R1, &brainpoolP192r1 },
    { BCRYPT_ECC_CURVE_BRAINPOOLP192T1, &brainpoolP192t1 },
    { BCRYPT_ECC_CURVE_BRAINPOOLP224R1, &brainpoolP224r1 },
    { BCRYPT_ECC_CURVE_BRAINPOOLP224T1, &brainpoolP224t1 },
    { BCRYPT_ECC_CURVE_BRAINPOOLP256R1, &brainpoolP256r1 },
    { BCRYPT_ECC_CURVE_BRAINPOOLP256T1, &brainpoolP256t1 },
    { BCRYPT_ECC_CURVE_BRAINPOOLP320R1, &brainpoolP320r1 },
    { BCRYPT_ECC_CURVE_BRAINPOOLP320T1, &brainpoolP320t1 },
    { BCRYPT_ECC_CURVE_BRAINPOOLP384R1, &brainpoolP384r1 },
    { BCRYPT_ECC_CURVE_BRAINPOOLP384T1, &brainpoolP384t1 },
    { BCRYPT_ECC_CURVE_BRAINPOOLP512R1, &brainpoolP512r1 },
    { BCRYPT_ECC_CURVE_BRAINPOOLP512T1, &brainpoolP512t1 },
    { BCRYPT_ECC_CURVE_25519,           &curve25519 },
    { BCRYPT_ECC_CURVE_EC192WAPI,       &ec192wapi },
    { BCRYPT_ECC_CURVE_NISTP192,        &nistP192 },
    { BCRYPT_ECC_CURVE_NISTP224,        &nistP224 },
    { BCRYPT_ECC_CURVE_NISTP256,        &nistP256 },
    { BCRYPT_ECC_CURVE_NISTP384,        &nistP384 },
    { BCRYPT_ECC_CURVE_NISTP521,        &nistP521 },
    { BCRYPT_ECC_CURVE_NUMSP256T1,      &numsP256t1 },
    { BCRYPT_ECC_CURVE_NUMSP384T1,      &numsP384t1 },
    { BCRYPT_ECC_CURVE_NUMSP512T1,      &numsP512t1 },
    { BCRYPT_ECC_CURVE_SECP160K1,       &secP160k1 },
    { BCRYPT_ECC_CURVE_SECP160R1,       &secP160r1 },
    { BCRYPT_ECC_CURVE_SECP160R2,       &secP160r2 },
    { BCRYPT_ECC_CURVE_SECP192K1,       &secP192k1 },
    { BCRYPT_ECC_CURVE_SECP192R1,       &nistP192 },
    { BCRYPT_ECC_CURVE_SECP224K1,       &secP224k1 },
    { BCRYPT_ECC_CURVE_SECP224R1,       &nistP224 },
    { BCRYPT_ECC_CURVE_SECP256K1,       &secP256k1 },
    { BCRYPT_ECC_CURVE_SECP256R1,       &nistP256 },
    { BCRYPT_ECC_CURVE_SECP384R1,       &nistP384 },
    { BCRYPT_ECC_CURVE_SECP521R1,       &nistP521 },
    { BCRYPT_ECC_CURVE_WTLS7,           &secP160r2 },
    { BCRYPT_ECC_CURVE_WTLS9,           &wtls9 },
    { BCRYPT_ECC_CURVE_WTLS12,          &nistP224 },
    { BCRYPT_ECC_CURVE_X962P192V1,      &nistP192 },
    { BCRYPT_ECC_CURVE_X962P192V2,      &x962P192v2 },
    { BCRYPT_ECC_CURVE_X962P192V3,      &x962P192v3 },
    { BCRYPT_ECC_CURVE_X962P239V1,      &x962P239v1 },
    { BCRYPT_ECC_CURVE_X962P239V2,      &x962P239v2 },
    { BCRYPT_ECC_CURVE_X962P239V3,      &x962P239v3 },
    { BCRYPT_ECC_CURVE_X962P256V1,      &nistP256 },
};
