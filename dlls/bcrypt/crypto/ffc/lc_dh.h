/*
 * lc_dh.h - Diffie-Hellman modulo a prime.
 *
 * A key never changes once it is made and may be used by many threads at once. lc_ready() comes
 * before every function here.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_LC_DH_H
#define OPENCNG_CRYPTO_LC_DH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base.h"

enum lc_dh_part
{
    LC_DH_P, LC_DH_G,                           /* parameters */
    LC_DH_Y, LC_DH_X,
    LC_DH_PART_COUNT
};

/* Big-endian digits, leading zeros allowed; absent: 0 bytes. */
struct lc_dh_number
{
    const uint8_t *digits;
    size_t bytes;
};

/* Checks of a key, beyond those that computing with it needs. */
#define LC_DH_CHECK_RANGE 1                     /* 1 < y < p - 1 */
#define LC_DH_CHECK_ORDER      2 /* in a known group: y is of it, x less than its order */
#define LC_DH_CHECK_NAMED_PAIR 4                /* in a known group: y belongs to x */
#define LC_DH_CHECK_PAIR 8                      /* y belongs to x */

struct lc_dh;

/*
 * A key of its numbers: parameters alone, a public key with y, a private key with x as well, whose
 * y is computed if it is absent. The groups of RFC 3526 and RFC 7919 from 2048 bits on are known by
 * their numbers; p is not tested for being a prime otherwise.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   a number out of range, or a check that fails
 *   STATUS_NO_MEMORY, STATUS_INTERNAL_ERROR
 */
NTSTATUS lc_dh_new(const struct lc_dh_number numbers[LC_DH_PART_COUNT], unsigned checks,
                   struct lc_dh **dh);

/* The parameters for that many bits: a published group if there is one, a fresh one otherwise. */
NTSTATUS lc_dh_new_parameters(unsigned bits, struct lc_dh **dh);

/* Gives parameters a fresh x and its y. STATUS_INVALID_PARAMETER if g makes no keys. */
NTSTATUS lc_dh_generate_key(struct lc_dh *dh);

/* Wipes and frees; takes NULL. */
void lc_dh_free(struct lc_dh *dh);

/* Of p. */
unsigned lc_dh_bits(const struct lc_dh *dh);

/* A number, padded to `width` bytes, which it fits; one that is absent is zero. */
void lc_dh_get_part(const struct lc_dh *dh, enum lc_dh_part part, uint8_t *out, size_t width);

bool lc_dh_same_group(const struct lc_dh *left, const struct lc_dh *right);

/* The value that both sides have, as long as p. STATUS_INVALID_PARAMETER: it is 0. 1 is a value. */
NTSTATUS lc_dh_agree(const struct lc_dh *own, const struct lc_dh *peer, uint8_t *value,
                     size_t bytes);

#endif
