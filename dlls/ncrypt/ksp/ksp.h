/*
 * ksp.h - the Microsoft Software Key Storage Provider: algorithms, keys, properties, blobs.
 *
 * A key here is a key of bcrypt.dll's with what a key storage provider adds: a name, a file, an
 * export policy, properties. The mathematics are all bcrypt.dll's.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef KSP_KSP_H
#define KSP_KSP_H

#include <stdatomic.h>

#include "platform/base.h"
#include "platform/names.h"
#include "platform/platform.h"

#include "ncrypt.h"
#include "nte.h"
#include "store/capi.h"

enum ksp_family
{
    KSP_RSA, KSP_EC, KSP_DSA, KSP_DH, KSP_MLDSA, KSP_MLKEM, KSP_COMPOSITE, KSP_CIPHER, KSP_KDF
};

struct ksp_algorithm
{
    LPCWSTR id, group;
    enum ksp_family family;
    ULONG interface_id;
    ULONG operations;
    NCRYPT_SUPPORTED_LENGTHS lengths;           /* bits */
    LPCWSTR private_blob;                       /* what a key is kept as */
};

/* The algorithm of that name, whatever its case; NULL if there is none. By number, in the order in
 * which they are enumerated; NULL after the last. */
const struct ksp_algorithm *ksp_algorithm_find(LPCWSTR id);
const struct ksp_algorithm *ksp_algorithm_at(ULONG number);

/* Whether its keys are made of a parameter set, as those of the post-quantum algorithms are. */
bool ksp_has_set(const struct ksp_algorithm *algorithm);

/* What was set and is kept as it came. */
struct ksp_value
{
    struct ksp_value *next;
    bool custom;                                /* set with NCRYPT_PERSIST_ONLY_FLAG */
    bool kept;                                  /* goes into the key's file */
    ULONG bytes;
    uint8_t *data;                              /* behind the name */
    WCHAR name[];
};

struct ksp_key
{
    const struct ksp_algorithm *algorithm;
    BCRYPT_ALG_HANDLE open;                     /* the algorithm, with the curve that was set */
    BCRYPT_KEY_HANDLE key;                      /* of bcrypt.dll's; NULL until the key is ready */
    BCRYPT_KEY_HANDLE signer;                   /* see ksp_signer.c */
    _Atomic bool ready;                         /* finalized */
    bool is_private;                            /* has more than the public half */
    bool is_curve_set;                          /* of generic elliptic curves */
    bool kept;                                  /* has a file, or will */
    bool overwrite;                             /* may replace a key of its name */
    bool legacy;                                /* CryptoAPI's: a name, and no file */
    _Atomic ULONG policy, usage;                /* NCRYPT_ALLOW_... */
    _Atomic ULONG bits;                         /* to be generated */
    ULONG flags;                                /* NCRYPT_MACHINE_KEY_FLAG */
    ULONG legacy_spec;                          /* AT_SIGNATURE... */
    WCHAR *name;                                /* NULL: ephemeral */
    void *file_lock;                            /* store_lock's, while a property is kept */
    NCRYPT_PROV_HANDLE provider;                /* that it was made with; may have ended */
    struct platform_lock lock;                  /* held to change what follows, or the state */
    struct ksp_value *values;
    uint8_t iv[16];                             /* of a cipher, for its next call */
};

/* A key that is not ready, of an algorithm. Takes a copy of the name, which may be NULL. */
SECURITY_STATUS ksp_key_new(const struct ksp_algorithm *algorithm, LPCWSTR name, ULONG flags,
                            struct ksp_key **key);
/* A copy of a key of CryptoAPI's; the blob is given back, whatever comes.
 *
 *   0, NTE_NOT_SUPPORTED (it is no RSA key), NTE_NO_MEMORY */
SECURITY_STATUS ksp_key_legacy(struct legacy_key *found, struct ksp_key **key);
/* Ends it and wipes what it held; takes NULL. */
void ksp_key_free(struct ksp_key *key);

/* Makes the key, with what was set, and its file if it has a name: NCryptFinalizeKey's statuses. */
SECURITY_STATUS ksp_key_finalize(struct ksp_key *key);

/* Takes a blob of bcrypt.dll's as the key: the key is ready, or its file is still to be made. */
SECURITY_STATUS ksp_key_take(struct ksp_key *key, LPCWSTR type, const uint8_t *blob, ULONG bytes,
                             ULONG flags);

/* The key as the blob that it is kept as; memory of memory_get, *room bytes of it. */
SECURITY_STATUS ksp_key_blob(struct ksp_key *key, LPCWSTR type, uint8_t **blob, ULONG *bytes,
                             LPCWSTR *written_type);

/* Writes the file of a key that has one. The lock is held. */
SECURITY_STATUS ksp_key_store(struct ksp_key *key);

/* Takes over what others have written into the file of a key since it was opened: before the file
 * is written anew. Nobody else writes it until ksp_key_refreshed, which has to follow. The lock is
 * held. 0 for keys without a file; NTE_BAD_KEYSET if the key's is gone or another key's,
 * NTE_KEYSET_ENTRY_BAD, NTE_PERM, NTE_NO_MEMORY. */
SECURITY_STATUS ksp_key_refresh(struct ksp_key *key);
void ksp_key_refreshed(struct ksp_key *key);

/* Whether a usage is allowed: NTE_PERM if not. */
SECURITY_STATUS ksp_key_may(struct ksp_key *key, ULONG usage);

/* The key of bcrypt.dll's that signs and verifies. */
SECURITY_STATUS ksp_signer(struct ksp_key *key, BCRYPT_KEY_HANDLE *signer);

/* Encrypts or decrypts with a cipher, by NCRYPT_CIPHER_PADDING_INFO or the key's own vector. */
SECURITY_STATUS ksp_cipher(struct ksp_key *key, bool encrypt, const uint8_t *input, ULONG bytes,
                           const void *info, uint8_t *output, ULONG room, ULONG *result,
                           ULONG flags);

/* ---- properties ---- */

/* OWNER_SECURITY_INFORMATION and its like: which parts of NCRYPT_SECURITY_DESCR_PROPERTY. */
#define KSP_SECURITY_INFORMATION 0xf

SECURITY_STATUS ksp_get(struct ksp_key *key, LPCWSTR property, uint8_t *output, ULONG bytes,
                        ULONG *result, ULONG flags);
SECURITY_STATUS ksp_set(struct ksp_key *key, LPCWSTR property, const uint8_t *input, ULONG bytes,
                        ULONG flags);
SECURITY_STATUS ksp_provider_get(LPCWSTR property, uint8_t *output, ULONG bytes, ULONG *result);

/* "How big, too small, here it is". */
SECURITY_STATUS ksp_reply(const void *value, ULONG value_bytes, uint8_t *output, ULONG bytes,
                          ULONG *result);

/* Values that are kept as they came; the lock is held. */
struct ksp_value *ksp_value_find(struct ksp_key *key, LPCWSTR name, bool custom);
struct ksp_value *ksp_value_new(LPCWSTR name, bool custom, bool kept, const void *data,
                                ULONG bytes);
void ksp_value_free(struct ksp_value *value);               /* takes NULL */
/* Puts a value where another one is, or NULL is, and takes that one out: what it returns. */
struct ksp_value *ksp_value_swap(struct ksp_key *key, struct ksp_value *in,
                                 struct ksp_value *out);
SECURITY_STATUS ksp_value_put(struct ksp_key *key, LPCWSTR name, bool custom, bool kept,
                              const void *data, ULONG bytes);
void ksp_values_free(struct ksp_key *key);

/* ---- blobs ---- */

SECURITY_STATUS ksp_import(LPCWSTR type, const NCryptBufferDesc *parameters, const uint8_t *blob,
                           ULONG bytes, ULONG flags, struct ksp_key **key);
SECURITY_STATUS ksp_export(struct ksp_key *key, LPCWSTR type, const NCryptBufferDesc *parameters,
                           uint8_t *output, ULONG bytes, ULONG *result);

/* The buffer of a kind in a parameter list; NULL if there is none. */
const NCryptBuffer *ksp_parameter(const NCryptBufferDesc *parameters, ULONG kind);

/* The text of a parameter, without its NUL; false if it is none. */
bool ksp_parameter_text(const NCryptBuffer *buffer, WCHAR *text, ULONG room);

/* Symmetric keys: CipherKeyBlob and KDFKeyBlob. */
SECURITY_STATUS ksp_import_cipher(ULONG magic, LPCWSTR name, const uint8_t *blob, ULONG bytes,
                                  ULONG flags, struct ksp_key **key);
SECURITY_STATUS ksp_export_cipher(struct ksp_key *key, ULONG magic, uint8_t *output, ULONG bytes,
                                  ULONG *result);

#endif
