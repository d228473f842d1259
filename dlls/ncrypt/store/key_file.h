/*
 * key_file.h - the bytes of a key's file.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef STORE_KEY_FILE_H
#define STORE_KEY_FILE_H

#include "store/key_store.h"

#define KEY_FILE_MOST   0x400000                /* bytes; a longer one is none of ours */
#define KEY_RECORD_MOST (KEY_FILE_MOST / 2)     /* bytes of a record that a file takes */

/* The file of a key, in memory of memory_get(*bytes). */
SECURITY_STATUS key_file_write(const struct stored_name *name, const uint8_t *record,
                               ULONG record_bytes, uint8_t **file, ULONG *bytes);

/* What a file says openly; the name is "" of a key that has none, whose file was exported. It may
 * have been altered: see key_file_read. */
bool key_file_name(const uint8_t *file, ULONG bytes, WCHAR name[STORE_NAME_ROOM],
                   WCHAR algorithm[STORE_ID_ROOM], ULONG *legacy_spec);

/* The record, in memory of memory_get(*record_bytes); NTE_KEYSET_ENTRY_BAD if any byte of the file
 * is not as it was written, or another user or machine wrote it. */
SECURITY_STATUS key_file_read(const uint8_t *file, ULONG bytes, uint8_t **record,
                              ULONG *record_bytes);

#endif
