/*
 * ui_policy.h - NCRYPT_UI_POLICY, whose strings are elsewhere, as bytes in one piece.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef KSP_UI_POLICY_H
#define KSP_UI_POLICY_H

#include "ksp/ksp.h"

/* What a caller set, as bytes for ui_policy_read: memory of memory_get(*bytes). */
SECURITY_STATUS ui_policy_write(const uint8_t *input, ULONG input_bytes, uint8_t **data,
                                ULONG *bytes);

/* The structure, its strings behind it; for properties. */
SECURITY_STATUS ui_policy_read(const uint8_t *data, ULONG bytes, uint8_t *output,
                               ULONG output_bytes, ULONG *result);

#endif
