/*
 * xmss.h - XMSS and XMSS^MT (RFC 8391, SP 800-208): verification.
 *
 * A public key is a number of IANA's registry, which is another one for the two, the root and SEED.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_XMSS_H
#define OPENCNG_CRYPTO_XMSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/base.h"

#define XMSS_PUBLIC_BYTES(n) (4 + 2 * (n))

/* The number of the set that a public key begins with. */
uint32_t xmss_number_of(const uint8_t *public_key);

/*
 * The public key is of that set, which there is.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_SIGNATURE
 *   STATUS_INVALID_PARAMETER   another length than all signatures have
 */
NTSTATUS xmss_verify(bool is_multi, uint32_t number, const uint8_t *public_key,
                     const uint8_t *message, size_t message_bytes, const uint8_t *signature,
                     size_t bytes);

#endif
