/*
 * x25519.h - what is ours of curve25519; lc_x25519.c has the rest.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef CRYPTO_X25519_H
#define CRYPTO_X25519_H

#include <stdbool.h>
#include <stdint.h>

/* Whether u, which is below p, is the coordinate of a point of the curve whose order is the large
 * prime: not of one of the twist, nor of small order, nor of a sum with such a one. */
bool fast_x25519_has_order(const uint8_t u[32]);

#endif
