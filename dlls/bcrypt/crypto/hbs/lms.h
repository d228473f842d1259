/*
 * lms.h - LMS and HSS (RFC 8554, SP 800-208): verification.
 *
 * A public key of LMS is the tree's type, the one-time signatures' type, an identifier and the
 * root; one of HSS has the number of levels in front. Types are numbers of IANA's registry.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_LMS_H
#define OPENCNG_CRYPTO_LMS_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/base.h"

#define LMS_TYPE_FIRST       5                  /* LMS_SHA256_M32_H5 */
#define LMS_TYPE_LAST        24                 /* LMS_SHAKE_M24_H25 */
#define LMS_PUBLIC_BYTES(m)  (8 + 16 + (m))
#define HSS_PUBLIC_BYTES(m)  (4 + LMS_PUBLIC_BYTES(m))
#define HSS_MOST_LEVELS      8
#define LMS_MOST_SIGNATURE_BYTES (4 + 4 + 32 + 265 * 32 + 4 + 25 * 32)
#define HSS_MOST_SIGNATURE_BYTES \
    (4 + HSS_MOST_LEVELS * LMS_MOST_SIGNATURE_BYTES + \
     (HSS_MOST_LEVELS - 1) * LMS_PUBLIC_BYTES(32))

/* Whether a public key, which has the length that its tree's type says, is one of that type. Tree
 * and one-time signatures have the same hash, as SP 800-208 wants it. */
bool lms_is_public_key(uint32_t type, bool is_hss, const uint8_t *public_key);

/* The length of all signatures; 0: they have several. */
size_t lms_signature_bytes(bool is_hss, const uint8_t *public_key);

/*
 *   STATUS_SUCCESS
 *   STATUS_INVALID_SIGNATURE
 *   STATUS_INVALID_PARAMETER   another length than all signatures have
 */
NTSTATUS lms_verify(bool is_hss, const uint8_t *public_key, const uint8_t *message,
                    size_t message_bytes, const uint8_t *signature, size_t bytes);

#endif
