/*
 * key_record.h - a key as the bytes that its file protects.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef KSP_KEY_RECORD_H
#define KSP_KEY_RECORD_H

#include "ksp/ksp.h"

/* The key as bytes, in memory of memory_get(*bytes). It has a private half.
 *
 *   0, NTE_NO_MEMORY, NTE_INVALID_PARAMETER (its values are more than a file takes) */
SECURITY_STATUS key_record_write(struct ksp_key *key, uint8_t **record, ULONG *bytes);

/* 0 if both are one key, whatever else was set on them; NTE_BAD_KEYSET, NTE_NO_MEMORY. */
SECURITY_STATUS key_record_compare(struct ksp_key *left, struct ksp_key *right);

/* A key of such bytes, ready. NTE_KEYSET_ENTRY_BAD if they are none. */
SECURITY_STATUS key_record_read(LPCWSTR algorithm, LPCWSTR name, bool machine,
                                const uint8_t *record, ULONG bytes, struct ksp_key **key);

#endif
