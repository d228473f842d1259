/*
 * pq.h - what the post-quantum families have in common: parameter sets, keys that are bytes, blobs.
 *
 * A pair has to be told its parameter set before it is made. Its keys are kept in the encodings of
 * their standards, which is what blobs carry, too. A row (struct pq_row) has all that differs.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_PQ_H
#define PROVIDER_PQ_H

#include "provider/common/pair.h"

/* One parameter set; all sizes are bytes. */
struct pq_set
{
    LPCWSTR name;                               /* of BCRYPT_PARAMETER_SET_NAME */
    int number;                                 /* the primitive's */
    ULONG public_bytes, private_bytes;
    ULONG public_at;                            /* in the private key; PQ_APART: it is not there */
    ULONG seed_bytes;                           /* of what a pair is made */
    ULONG output_bytes;                         /* of a ciphertext, or of a signature: the most */
    ULONG extra_bytes;                          /* that a family keeps behind a public key apart */
};
#define PQ_APART 0xffffffff

enum pq_part
{
    PQ_PUBLIC, PQ_PRIVATE, PQ_SEED
};

struct pq_blob_type
{
    struct blob_type type;
    ULONG magic;
    enum pq_part part;
};

struct pq_key;

/* The input of a signature: M' of FIPS 204 and FIPS 205 in two pieces, or mu. */
#define PQ_CONTEXT_MOST 255
#define PQ_PREFIX_MOST  (2 + PQ_CONTEXT_MOST + 11)      /* an object identifier has 11 bytes here */

struct pq_message
{
    UCHAR prefix[PQ_PREFIX_MOST];               /* 0 or 1, length of the context, context, OID */
    ULONG prefix_bytes;
    const UCHAR *bytes;                         /* the message, its digest, or mu */
    ULONG count;
    bool is_mu;
};

/* How an algorithm signs. */
struct pq_signing
{
    bool takes_digests, takes_mu;
    ULONG least_bytes;                          /* of a signature; 0: all have output_bytes */

    /* Into room for output_bytes; *bytes is that at first. */
    NTSTATUS (*sign)(const struct pq_key *key, const struct pq_message *message, UCHAR *signature,
                     ULONG *bytes);
    NTSTATUS (*verify)(const struct pq_key *key, const struct pq_message *message,
                       const UCHAR *signature, ULONG bytes);
};

/* How an algorithm encapsulates a secret of PQ_SECRET_BYTES; a ciphertext has output_bytes. */
#define PQ_SECRET_BYTES         32
#define PQ_CIPHERTEXT_MOST      1665

struct pq_kem
{
    NTSTATUS (*encapsulate)(const struct pq_key *key, UCHAR *ciphertext, UCHAR *secret);
    NTSTATUS (*decapsulate)(const struct pq_key *key, const UCHAR *ciphertext, UCHAR *secret);
};

/* An algorithm, with the functions and facts that are beyond struct pair_methods. */
struct pq_row
{
    struct pair_row pair;

    /* The pair of a seed. public_key is where a public key that is apart goes, else NULL. */
    NTSTATUS (*generate)(const struct pq_set *set, const UCHAR *seed, UCHAR *private_key,
                         UCHAR *public_key);

    /* STATUS_INVALID_PARAMETER for bytes that are no key. The public half of a private key that
     * does not contain it is computed. with_care false: BCRYPT_NO_KEY_VALIDATION. */
    NTSTATUS (*check_public)(const struct pq_set *set, UCHAR *public_key);
    NTSTATUS (*check_private)(const struct pq_set *set, const UCHAR *private_key, UCHAR *public_key,
                              bool with_care);
    bool forgets_seed;                          /* of a pair that was generated */
    const struct pq_signing *signing;           /* NULL: it does not */
    const struct pq_kem *kem;                   /* NULL: it does not */
};

struct pq_key
{
    struct pair pair;
    UCHAR *public_key, *private_key, *seed;     /* in `material`; NULL: it has none */
    UCHAR *material;
    ULONG material_bytes;
};

static inline const struct pq_set *pq_set_of(const struct pq_key *key)
{
    return key->pair.set;
}

/* ---- keys and blobs, for families that make theirs otherwise ---- */

/* Room for the parts of a key that has been told its set: private key, public key, seed, as far as
 * it has them. pq_free gives it back. STATUS_NO_MEMORY */
NTSTATUS pq_get_material(struct pq_key *key, bool has_private, bool has_seed);

/* The set of a blob, which the key is told, and where the blob's key is.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_BUFFER_SIZE   it is shorter than it says
 *   STATUS_INVALID_PARAMETER     another magic, no such set, or a key size that is not the set's
 */
NTSTATUS pq_read_blob(struct pq_key *key, const struct pq_blob_type *type, const UCHAR *blob,
                      ULONG bytes, const UCHAR **value);

/* ---- of struct pair_methods ---- */

NTSTATUS pq_make(void *object);
void pq_free(void *object);
NTSTATUS pq_read(void *object, struct prov_algorithm *algorithm, const struct blob_type *type,
                 const UCHAR *blob, ULONG bytes, unsigned int checks);
NTSTATUS pq_write(const void *object, const struct blob_type *type, const struct reply *reply);

/* ---- members of the function tables ---- */

NTSTATUS WINAPI pq_sign_hash(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbInput,
                             ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                             ULONG dwFlags);
NTSTATUS WINAPI pq_verify_signature(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbHash,
                                    ULONG cbHash, PUCHAR pbSignature, ULONG cbSignature,
                                    ULONG dwFlags);

NTSTATUS WINAPI pq_encapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbSecretKey, ULONG cbSecretKey,
                               ULONG *pcbSecretKey, PUCHAR pbCipherText, ULONG cbCipherText,
                               ULONG *pcbCipherText, ULONG dwFlags);
NTSTATUS WINAPI pq_decapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbCipherText, ULONG cbCipherText,
                               PUCHAR pbSecretKey, ULONG cbSecretKey, ULONG *pcbSecretKey,
                               ULONG dwFlags);

/* The function tables, of which families have but OpenAlgorithmProvider for themselves. */
#define PQ_COMMON_FUNCTIONS(open) \
    .OpenAlgorithmProvider  = (open), \
    .GetProperty            = pair_get_property, \
    .SetProperty            = pair_set_property, \
    .CloseAlgorithmProvider = prov_close, \
    .GenerateKeyPair        = pair_generate_key_pair, \
    .FinalizeKeyPair        = pair_finalize_key_pair, \
    .ImportKeyPair          = pair_import_key_pair, \
    .ExportKey              = pair_export_key, \
    .DestroyKey             = pair_destroy_key
#define PQ_SIGNATURE_FUNCTIONS(open) \
    { \
        .Version         = BCRYPT_SIGNATURE_INTERFACE_VERSION_1, \
        .SignHash        = pq_sign_hash, \
        .VerifySignature = pq_verify_signature, \
        PQ_COMMON_FUNCTIONS(open), \
    }
#define PQ_KEM_FUNCTIONS(open) \
    { \
        .Version     = BCRYPT_KEY_ENCAPSULATION_INTERFACE_VERSION_1, \
        .Encapsulate = pq_encapsulate, \
        .Decapsulate = pq_decapsulate, \
        PQ_COMMON_FUNCTIONS(open), \
    }

/* ---- properties ---- */

/* The bits of an encoded public key; the most bytes that an operation makes. Known as soon as the
 * parameter set is. */
NTSTATUS pq_get_public_key_length(void *object, const struct reply *reply);
NTSTATUS pq_get_output_length(void *object, const struct reply *reply);

/* Every family's: KeyLength and KeyStrength say nothing of such keys. */
#define PQ_PROPERTIES \
    { BCRYPT_KEY_LENGTH,        false, NULL,                     NULL, NULL }, \
    { BCRYPT_KEY_STRENGTH,      false, NULL,                     NULL, NULL }, \
    { BCRYPT_PUBLIC_KEY_LENGTH, true,  pq_get_public_key_length, NULL, NULL }

/* Those of families that sign, and that encapsulate; and of the algorithm of the latter. */
extern const struct pair_properties pq_signing_properties, pq_kem_properties;
extern const struct properties pq_kem_algorithm_properties;

/* ---- struct pair_methods ---- */

#define PQ_METHODS \
    .key_bytes = sizeof(struct pq_key), \
    .make      = pq_make, \
    .free      = pq_free, \
    .read      = pq_read, \
    .write     = pq_write
#define PQ_SIGNING_PROPERTIES \
    .algorithm_properties = &pair_algorithm_properties, \
    .properties           = { NULL, 0, &pq_signing_properties }
#define PQ_KEM_PROPERTIES \
    .algorithm_properties = &pq_kem_algorithm_properties, \
    .properties           = { NULL, 0, &pq_kem_properties }

#endif
