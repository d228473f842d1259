/*
 * ffc.h - what DSA and DH have in common: their algorithms, and the life of their keys.
 *
 * Both generate a key pair in two steps, and in between it may be given its parameters. What
 * differs is a row (struct ffc_algorithm), and what a family's key adds to struct ffc_key.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_PROV_FFC_H
#define PROVIDER_PROV_FFC_H

#include <stdatomic.h>

#include "provider/common/prov.h"

enum ffc_key_state
{
    FFC_KEY_UNFINALIZED, FFC_KEY_BUSY, FFC_KEY_READY
};

/* Every key begins with this; what a family adds is zero at first. */
struct ffc_key
{
    struct prov_object head;                    /* of the algorithm's key_kind */
    const struct ffc_algorithm *algorithm;
    _Atomic int state;                          /* enum ffc_key_state */
    _Atomic ULONG bits;                         /* of p */
    bool is_private;
};

/* Handles of algorithms point to this: nothing is kept for an open one. */
struct ffc_algorithm
{
    struct prov_object head;                    /* PROV_ALGORITHM */
    LPCWSTR id;
    ULONG interface_id;
    BCRYPT_KEY_LENGTHS_STRUCT lengths;          /* of p, in bits */
    enum prov_kind key_kind;
    size_t key_bytes;                           /* of the family's key */

    /* Makes a pair with the parameters that the key has, or with fresh ones. lc_ready() was called.
     * Private numbers go when the key does: on failure there are none. */
    NTSTATUS (*generate)(struct ffc_key *key);
    void (*forget_parameters)(struct ffc_key *key);
};

NTSTATUS ffc_open(struct ffc_algorithm *algorithm, BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId,
                  ULONG dwFlags);
NTSTATUS WINAPI ffc_close(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags);

/* ---- keys ---- */

/* An unfinalized key. STATUS_NO_MEMORY */
NTSTATUS ffc_key_new(const struct ffc_algorithm *algorithm, ULONG bits, void *key);

/* The key, if it is one of that kind and has its numbers; NULL (STATUS_INVALID_HANDLE) before it is
 * finalized. */
void *ffc_key_ready(BCRYPT_KEY_HANDLE hKey, enum prov_kind kind);

/* Has an unfinalized key to oneself until ffc_key_leave says what it is then; false: somebody else
 * has it, or it is finalized. */
bool ffc_key_enter(struct ffc_key *key);
void ffc_key_leave(struct ffc_key *key, enum ffc_key_state state);

NTSTATUS WINAPI ffc_generate_key_pair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                      ULONG dwLength, ULONG dwFlags);
NTSTATUS WINAPI ffc_finalize_key_pair(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags);

/* ---- properties ---- */

extern const struct properties ffc_algorithm_properties;

/* Of a key: AlgorithmName; KeyLength and KeyStrength; PublicKeyLength, which no unfinalized key
 * has. */
NTSTATUS ffc_get_key_name(void *object, const struct reply *reply);
NTSTATUS ffc_get_key_length(void *object, const struct reply *reply);
NTSTATUS ffc_set_key_length(void *object, const UCHAR *value, ULONG bytes);
NTSTATUS ffc_get_public_key_length(void *object, const struct reply *reply);

#endif
