/*
 * ec.h - what the files of the ECDSA and ECDH families share.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_PROV_EC_H
#define PROVIDER_PROV_EC_H

#include "provider/ec/curve.h"

/* An algorithm: with a curve of its own, or a generic one, which is told its curve. */
struct ec_row
{
    LPCWSTR id;
    ULONG interface_id;
    LPCWSTR curve_name;                         /* NULL: generic */
    ULONG public_magic, private_magic;          /* of its short blobs */
};

struct ec_algorithm
{
    struct prov_object head;
    const struct ec_row *row;
    struct curve_choice choice;                 /* of a generic one: under a lock, see below */
};

/* An unfinalized key is held for the moment in which a thread reads or changes what was chosen for
 * it, and from the beginning of its making on nothing can be changed any more. */
enum ec_key_state
{
    EC_KEY_OPEN,
    EC_KEY_HELD,
    EC_KEY_MAKING,
    EC_KEY_READY,
};

struct ec_key
{
    struct prov_object head;
    const struct ec_row *row;
    _Atomic ULONG state;                        /* enum ec_key_state */
    ULONG length;                               /* asked for, in bits; 0: the curve's */
    struct curve_choice choice;
    struct lc_ec_key *lc;                       /* of a key that is ready */
};

static inline bool ec_key_is_ready(struct ec_key *key)
{
    return atomic_load_explicit(&key->state, memory_order_acquire) == EC_KEY_READY;
}

/* ec.c */

/* The curve of an algorithm, with a reference; none (NULL) if it has not been told one. */
void ec_algorithm_choice(struct ec_algorithm *algorithm, struct curve_choice *choice);

/* ec_key.c */
NTSTATUS WINAPI ec_generate(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey, ULONG dwLength,
                            ULONG dwFlags);
NTSTATUS WINAPI ec_finalize(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags);
NTSTATUS WINAPI ec_destroy(BCRYPT_KEY_HANDLE hKey);

/* Takes an unfinalized key, which is held or being made then, and lets it go in the state that is
 * given. STATUS_INVALID_HANDLE if it is ready, or another thread is making it. */
NTSTATUS ec_key_take(struct ec_key *key, enum ec_key_state as);
void ec_key_let_go(struct ec_key *key, enum ec_key_state state);

/* A key that is ready, of an lc key that it owns from here on if this succeeds. */
NTSTATUS ec_key_new(const struct ec_row *row, const struct curve_choice *choice,
                    struct lc_ec_key *lc, BCRYPT_KEY_HANDLE *phKey);

/* ec_import.c */
NTSTATUS WINAPI ec_import(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                          LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey, PUCHAR pbInput,
                          ULONG cbInput, ULONG dwFlags);
NTSTATUS WINAPI ec_export(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey, LPCWSTR pszBlobType,
                          PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags);

/* ec_property.c */
NTSTATUS WINAPI ec_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags);
NTSTATUS WINAPI ec_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                ULONG cbInput, ULONG dwFlags);

/* Sets a generic algorithm's curve; takes the reference over. */
void ec_algorithm_choose(struct ec_algorithm *algorithm, const struct curve_choice *choice);

#endif
