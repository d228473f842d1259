/*
 * rsa_padding.h - the paddings of PKCS #1 (RFC 8017): blocks as long as the modulus, made and read.
 *
 * A decrypted block is read in a time that depends on its length alone: nothing but the answer
 * tells whether it was right, and nothing but the answer tells how long the message is.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_RSA_PADDING_H
#define OPENCNG_CRYPTO_RSA_PADDING_H

#include <stdbool.h>
#include <stddef.h>
#include "crypto/hash/digest.h"
#include "platform/base.h"

/* Bytes of a PKCS #1 v1.5 block besides the message, at least. */
#define RSA_PKCS1_OVERHEAD 11

/* ---- encryption; STATUS_INVALID_PARAMETER: the message does not fit; STATUS_INTERNAL_ERROR: there
 * are no random numbers ---- */

/* RFC 8017, 7.2.1, step 2. */
NTSTATUS rsa_pad_pkcs1(uint8_t *block, size_t block_bytes, const uint8_t *message, size_t bytes);

/* RFC 8017, 7.1.1, step 2; MGF1 uses the same digest. */
NTSTATUS rsa_pad_oaep(const struct digest *digest, const uint8_t *label, size_t label_bytes,
                      uint8_t *block, size_t block_bytes, const uint8_t *message, size_t bytes);

/* ---- decryption: whether it is such a block, as a mask of all ones, or 0; *start is where in the
 * block the message begins. Neither is branched on here: the caller does, when it answers. ---- */

/* RFC 8017, 7.2.2, step 3. */
uint32_t rsa_unpad_pkcs1(const uint8_t *block, size_t block_bytes, size_t *start);

/* RFC 8017, 7.1.2, step 3; the block is unmasked in place. */
uint32_t rsa_unpad_oaep(const struct digest *digest, const uint8_t *label, size_t label_bytes,
                        uint8_t *block, size_t block_bytes, size_t *start);

/* ---- signatures ---- */

/* RFC 8017, 9.2, steps 3 to 5: the block around `bytes` bytes; false: they do not fit. */
bool rsa_pad_signature(uint8_t *block, size_t block_bytes, const uint8_t *message, size_t bytes);

/* Whether a salt of that size fits into a block for a modulus of so many bits. */
bool rsa_pss_fits(const struct digest *digest, unsigned modulus_bits, size_t salt_bytes);

/* RFC 8017, 9.1.1, with the digest of the message already there; the salt must fit.
 * STATUS_INTERNAL_ERROR: there are no random numbers. */
NTSTATUS rsa_pad_pss(const struct digest *digest, const uint8_t *hash, size_t salt_bytes,
                     uint8_t *block, unsigned modulus_bits);

/* RFC 8017, 9.1.2: whether the block is for that digest. The block is unmasked in place. */
bool rsa_check_pss(const struct digest *digest, const uint8_t *hash, size_t salt_bytes,
                   uint8_t *block, unsigned modulus_bits);

#endif
