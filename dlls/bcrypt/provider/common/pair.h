/*
 * pair.h - the life of a key pair, which is the same in every family.
 *
 * A pair is one of these, and a thread that looks at it finds it so at once:
 *
 *   open     BCryptGenerateKeyPair has begun it. It has a length, may be told another one and
 *            parameters, but has no numbers. Calls that need them answer STATUS_INVALID_HANDLE.
 *   held     A thread reads or changes what an open pair was told. Others wait.
 *   making   A thread is in BCryptFinalizeKeyPair. Nothing can be changed, nor made twice; what was
 *            told can be read. If making fails, the pair is open again.
 *   ready    It has its numbers, and from here on nothing of it changes: no lock, no waiting. An
 *            imported pair, or public key, is ready from the beginning.
 *
 * The members of the function tables that go through this life are here, so that a family is
 *
 *   - a row for each algorithm, which begins with struct pair_row, in a struct prov_family;
 *   - a structure for its pairs, which begins with struct pair;
 *   - a struct pair_methods: make, read, write, free, the types of blobs, properties of its own;
 *   - OpenAlgorithmProvider (prov_open), and the operations: SignHash, Encrypt, Encapsulate...
 *
 * An operation asks pair_ready first. Nothing else in a family knows of states or of locks: make,
 * read, write and a property's functions are called when the pair is what they need it to be.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_PAIR_H
#define PROVIDER_PAIR_H

#include <stdatomic.h>

#include "platform/platform.h"
#include "provider/common/blob.h"
#include "provider/common/prov.h"

/* An algorithm that has key pairs. A handle of it points to a struct prov_algorithm. */
struct pair_row
{
    LPCWSTR id;
    const struct pair_methods *methods;
    BCRYPT_KEY_LENGTHS_STRUCT lengths;          /* in bits; all 0: BCryptGenerateKeyPair takes 0,
                                                   and there is no KeyLengths, unless the methods
                                                   have a begin and a KeyLengths of their own */
    const struct prov_rows *sets;               /* ParameterSetName: which there are, one of which
                                                   a pair must be told before it is made; or NULL */
};

enum pair_state
{
    PAIR_OPEN, PAIR_MAKING, PAIR_READY
};

/* Every pair begins with this. The members that a family adds are zero at first. */
struct pair
{
    struct prov_object head;                    /* of the methods' kind */
    const struct pair_row *row;
    const void *set;                            /* of the row's sets; NULL: not told yet */
    ULONG bits;                                 /* what KeyLength says */
    bool is_private;                            /* of a pair that is ready; pair.c sets it */
    _Atomic int state;                          /* enum pair_state */
    struct platform_lock lock;                  /* of reading and telling an open pair */
};

/* The validation flags of BCryptImportKeyPair, as what they want checked beyond what any use of the
 * key needs. */
#define PAIR_CHECK_DEFAULT 1                    /* no flag: what the family finds worth its time */
#define PAIR_CHECK_RANGE   2                    /* also with no flag */
#define PAIR_CHECK_ORDER   4                    /* also with no flag */
#define PAIR_CHECK_REGENERATE 8                 /* that the public half is the private one's */

/* A property of pairs. A family's own are searched before those that all have. */
struct pair_property
{
    LPCWSTR name;
    bool early;                                 /* can be read before the pair is ready, too */

    /* As of struct property. An early get is called while the pair is held, or ready. */
    NTSTATUS (*get)(void *key, const struct reply *reply);

    /* Called while the pair is open and held; value is not NULL. STATUS_INVALID_HANDLE of one that
     * is being made or ready, unless there is a `keep`, which is called of those instead. */
    NTSTATUS (*set)(void *key, const UCHAR *value, ULONG bytes);
    NTSTATUS (*keep)(void *key, const UCHAR *value, ULONG bytes);
};

struct pair_properties
{
    const struct pair_property *list;
    size_t count;
    const struct pair_properties *next;         /* searched after these; NULL: no more */
};
#define PAIR_PROPERTIES(list) { (list), ARRAY_SIZE(list), NULL }
#define PAIR_PROPERTIES_AND(list, next) { (list), ARRAY_SIZE(list), (next) }

/* The functions of a family. `key` is the family's structure. On failure a function leaves nothing
 * behind that free does not free. */
struct pair_methods
{
    enum prov_kind kind;                        /* of its pairs: PROV_RSA_KEY... */
    size_t key_bytes;                           /* of its structure */
    ULONG generate_flags;                       /* that BCryptGenerateKeyPair takes */

    /* Takes for a new pair what its algorithm was told; the pair's bits are those that were asked
     * for. NULL: the row's lengths decide. */
    NTSTATUS (*begin)(void *key, struct prov_algorithm *algorithm);

    /* Another KeyLength for an open pair, which pair.c then notes. NULL: the row's lengths
     * decide. */
    NTSTATUS (*resize)(void *key, ULONG bits);

    /* Makes both halves, of the length and the parameters that the pair was told. Nothing that can
     * be read early changes. On failure the pair is as it was, and another try is possible. */
    NTSTATUS (*make)(void *key);

    /* Frees and wipes all that the structure points to, whatever its state; not the structure. */
    void (*free)(void *key);

    /* A blob's key, and its bits (and its set); `checks` are PAIR_CHECK_... The algorithm is that
     * which was called. */
    NTSTATUS (*read)(void *key, struct prov_algorithm *algorithm, const struct blob_type *type,
                     const UCHAR *blob, ULONG bytes, unsigned int checks);

    /* Answers with a blob, or with its size. A private type is only asked of a private key. */
    NTSTATUS (*write)(const void *key, const struct blob_type *type, const struct reply *reply);

    struct prov_rows types;                     /* its blobs: rows that begin with struct blob_type;
                                                   pair.c takes the first of a name */
    const struct properties *algorithm_properties; /* ends in pair_algorithm_properties */
    struct pair_properties properties;
};

/* ---- for the families ---- */

/* A pair that has its numbers; NULL (STATUS_INVALID_HANDLE) before. */
static inline void *pair_ready(BCRYPT_KEY_HANDLE hKey)
{
    struct pair *pair = hKey;

    return atomic_load_explicit(&pair->state, memory_order_acquire) == PAIR_READY ? pair : NULL;
}

/* Whether the row's lengths have it. */
bool pair_has_length(const struct pair_row *row, ULONG bits);

/*
 * Whether two pairs can agree on a secret, as far as it is the same in all families.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      one of them is not ready
 *   STATUS_INVALID_PARAMETER   hPubKey is of another family, hPrivKey a public key; a flag
 */
NTSTATUS pair_check_agreement(BCRYPT_KEY_HANDLE hPrivKey, BCRYPT_KEY_HANDLE hPubKey, ULONG dwFlags);

/* Of every algorithm that has pairs: KeyLengths, and what all algorithms have. */
extern const struct properties pair_algorithm_properties;

/* ---- members of the function tables ---- */

NTSTATUS WINAPI pair_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                  ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags);
NTSTATUS WINAPI pair_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                  ULONG cbInput, ULONG dwFlags);
NTSTATUS WINAPI pair_generate_key_pair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                       ULONG dwLength, ULONG dwFlags);
NTSTATUS WINAPI pair_finalize_key_pair(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags);
NTSTATUS WINAPI pair_import_key_pair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                     LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey, PUCHAR pbInput,
                                     ULONG cbInput, ULONG dwFlags);
NTSTATUS WINAPI pair_export_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                ULONG *pcbResult, ULONG dwFlags);
NTSTATUS WINAPI pair_destroy_key(BCRYPT_KEY_HANDLE hKey);

#endif
