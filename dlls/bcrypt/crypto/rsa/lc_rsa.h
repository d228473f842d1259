/*
 * lc_rsa.h - RSA keys of libcrypto: the numbers, and the two operations without any padding.
 *
 * A key never changes once it is made and may be used by many threads at once. lc_ready() comes
 * before every function here.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_LC_RSA_H
#define OPENCNG_CRYPTO_LC_RSA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base.h"

#define LC_RSA_MIN_BITS 256                     /* of a modulus that is imported */
#define LC_RSA_MIN_PRIME_BITS 128
#define LC_RSA_MAX_BITS 16384
#define LC_RSA_MAX_BYTES (LC_RSA_MAX_BITS / 8)
#define LC_RSA_MAX_EXPONENT_BYTES 8

/* The numbers of a key, in the order that blobs have them. */
enum lc_rsa_part
{
    LC_RSA_E, LC_RSA_N,                         /* a public key */
    LC_RSA_P, LC_RSA_Q,                         /* these four are a private one */
    LC_RSA_DP, LC_RSA_DQ, LC_RSA_QINV, LC_RSA_D,
    LC_RSA_PART_COUNT
};

/* Big-endian digits, leading zeros allowed. */
struct lc_rsa_number
{
    const uint8_t *digits;
    size_t bytes;
};

struct lc_rsa;

/*
 * A key of its numbers. With is_private p and q are needed; the other four are taken if they are
 * right, and computed if they are not or if they are absent (bytes 0). A computed d is e^-1 modulo
 * (p - 1)(q - 1). The primes are not tested for being primes; p may be the smaller one.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   a number out of range, an even modulus, p * q is not n, e has no
 *                              inverse
 *   STATUS_NO_MEMORY, STATUS_INTERNAL_ERROR
 */
NTSTATUS lc_rsa_new(const struct lc_rsa_number numbers[LC_RSA_PART_COUNT], bool is_private,
                    struct lc_rsa **rsa);

/* A fresh key of that many bits, a multiple of 8, with e = 65537. The same statuses. */
NTSTATUS lc_rsa_generate(unsigned bits, struct lc_rsa **rsa);

/* Wipes and frees; takes NULL. */
void lc_rsa_free(struct lc_rsa *rsa);

/* Bits of the modulus. */
unsigned lc_rsa_bits(const struct lc_rsa *rsa);

/* Bytes of a number without leading zeros; and the number, padded to `width`, which is no less. */
size_t lc_rsa_part_bytes(const struct lc_rsa *rsa, enum lc_rsa_part part);
void lc_rsa_get_part(const struct lc_rsa *rsa, enum lc_rsa_part part, uint8_t *out, size_t width);

/*
 * in^e or in^d modulo n; both blocks are as long as the modulus and may be the same. The private
 * operation is blinded, and its result is checked before it is given away, so that a fault in the
 * computation does not give the primes away.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   in is not less than n
 *   STATUS_NO_MEMORY, STATUS_INTERNAL_ERROR
 */
NTSTATUS lc_rsa_public(struct lc_rsa *rsa, const uint8_t *in, uint8_t *out);
NTSTATUS lc_rsa_private(struct lc_rsa *rsa, const uint8_t *in, uint8_t *out);

/* The modulus has the form that Infineon's library gave to its keys (ROCA, CVE-2017-15361). */
bool lc_rsa_is_roca(const struct lc_rsa *rsa);

#endif
