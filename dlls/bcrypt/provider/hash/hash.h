/*
 * hash.h - what the parts of the hash family share.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_PROV_HASH_H
#define PROVIDER_PROV_HASH_H

#include "crypto/aes/aes.h"
#include "crypto/hash/digest.h"
#include "crypto/aes/gcm.h"
#include "crypto/hash/hmac.h"
#include "crypto/hash/keccak.h"
#include "provider/common/prov.h"

struct hash_object;

/*
 * The methods of a kind of hash. Arguments have been checked as far as they are the same for all
 * kinds: flags, a finished hash, a key that is there or not. The last five may be NULL: there is
 * nothing to copy or to destroy but the object itself, or no such property.
 */
struct hash_methods
{
    ULONG object_bytes;                         /* of struct hash_object that this kind uses, */
    bool ends_with_state;                       /* less what the digest leaves of its state */
    NTSTATUS (*create)(struct hash_object *hash, const UCHAR *secret, ULONG bytes);
    NTSTATUS (*update)(struct hash_object *hash, const UCHAR *data, ULONG bytes);
    NTSTATUS (*finish)(struct hash_object *hash, UCHAR *output, ULONG bytes, bool more);
    void (*once)(const struct digest *digest, const void *secret, size_t secret_bytes,
                 const void *data, size_t bytes, UCHAR *output);     /* all three; NULL: by these */
    void (*reset)(struct hash_object *hash);    /* back to where create left it, key and all */
    NTSTATUS (*duplicate)(struct hash_object *copy, const struct hash_object *hash);
    void (*destroy)(struct hash_object *hash);
    NTSTATUS (*set_iv)(struct hash_object *hash, const UCHAR *value, ULONG bytes);
    NTSTATUS (*set_function_name)(struct hash_object *hash, const UCHAR *value, ULONG bytes);
    NTSTATUS (*set_customization)(struct hash_object *hash, const UCHAR *value, ULONG bytes);
};

/* An algorithm of the family: a row of hash_rows. */
struct hash_row
{
    LPCWSTR id;
    ULONG digest_bytes;                         /* of an extendable-output function: the default */
    ULONG block_bytes;
    const char *oid;                            /* DER, tag and length included; NULL: none */
    const struct digest *digest;                /* NULL: not a plain hash */
    const struct hash_methods *plain;           /* opened without BCRYPT_ALG_HANDLE_HMAC_FLAG */
    const struct hash_methods *hmac;            /* opened with it; NULL: not supported */
    bool keyed;                                 /* plain takes a key, and must have one */
    bool empty_key;                             /* which may be empty */
    bool any_length;                            /* BCryptFinishHash gives any number of bytes */
    bool no_multi;                              /* no multi-hash opened without the HMAC flag, */
    bool no_hmac_multi;                         /* or with it */
};

/* A string that a caller set, or a key that is needed again. */
struct hash_string
{
    UCHAR *bytes;                               /* from memory_get */
    ULONG count;
};
NTSTATUS hash_string_set(struct hash_string *string, const UCHAR *bytes, ULONG count);
void hash_string_clear(struct hash_string *string);

struct hash_xof
{
    struct keccak_state running, initial;
    struct hash_string function_name, customization, key;
    bool absorbed;                              /* data has come since the last reset */
    bool squeezing;                             /* output has been given since then */
};

struct hash_gmac
{
    struct aes_schedule schedule;
    struct gcm_key *key;                        /* from memory_get, whose alignment it wants */
    struct gcm_state state;
    UCHAR nonce[GCM_NONCE_BYTES];
    UCHAR pending[16];                          /* data of a block that is not full yet */
    ULONG pending_bytes;
    ULONGLONG bytes;
    bool has_nonce;
};

/* Programs have many of these at once: what is in front of the state is small. A digest's state
 * begins 8 bytes behind a multiple of 16, so that what it hashes, in units of 16 bytes, is aligned.
 */
struct hash_object
{
    struct prov_object head;
    UCHAR row_number;                           /* of hash_rows */
    bool hmac;                                  /* hashes by the row's hmac, not by its plain */
    bool reusable, finished, tls_verify;
    union
    {
        struct
        {
            uint64_t unused;
            struct digest_state running;
        } digest;
        struct
        {
            uint64_t unused;
            struct digest_state running;
            struct hmac_key key;
        } hmac;
        struct hash_xof xof;
        struct
        {
            struct aes_cmac running, initial;
        } cmac;
        struct hash_gmac gmac;
    } u;
};

extern const struct hash_row hash_rows[];

static inline const struct hash_row *hash_row_of(const struct hash_object *hash)
{
    return &hash_rows[hash->row_number];
}

static inline const struct digest *hash_digest_of(const struct hash_object *hash)
{
    return hash_row_of(hash)->digest;
}

/* The object_bytes of methods whose state is that member. */
#define BYTES_UP_TO(member) \
    (offsetof(struct hash_object, u) + sizeof(((struct hash_object *)0)->u.member))

extern const struct hash_methods digest_methods, hmac_methods, shake_methods, cshake_methods,
                                 kmac_methods, cmac_methods, gmac_methods;

/* An open algorithm. */
struct hash_algorithm
{
    struct prov_algorithm prov;                 /* its row: struct hash_row */
    const struct hash_methods *methods;
    ULONG flags;                                /* BCRYPT_HASH_REUSABLE_FLAG... */
    ULONG object_bytes;                         /* of its hashes */
    UCHAR row_number;
    bool keyed;
};

/* hash_multi.c */
bool multihash_lengths(const struct hash_algorithm *algorithm,
                       BCRYPT_MULTI_OBJECT_LENGTH_STRUCT *lengths);
NTSTATUS WINAPI hash_create_multi_hash(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_HASH_HANDLE *phHash,
                                       ULONG nHashes, PUCHAR pbHashObject, ULONG cbHashObject,
                                       PUCHAR pbSecret, ULONG cbSecret, ULONG dwFlags);
NTSTATUS WINAPI hash_process_multi_operations(BCRYPT_HANDLE hObject,
                                              BCRYPT_MULTI_OPERATION_TYPE operationType,
                                              PVOID pOperations, ULONG cbOperations,
                                              ULONG dwFlags);
void multihash_destroy(void *object);
extern const struct properties multihash_properties;

#endif
