/*
 * test_x25519_narrow.c - test_x25519.c, on the limbs that 32-bit machines have.
 *
 * SPDX-License-Identifier: MIT
 */

#define FIELD25519_NARROW

#include "../../dlls/bcrypt/crypto/ec/x25519_order.c"
#include "test_x25519.c"
