/*
 * prov.h - what the families of the "Microsoft Primitive Provider" share.
 *
 * The provider is reached through the function tables of bcrypt_provider.h only, by the router or
 * by a program that calls a Get*Interface function itself. Its handles are the addresses of its own
 * structures, each beginning with a struct prov_object. Handles are not checked here: the router
 * keeps them to itself, and passes no others; such a program has to do the same.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_PROV_H
#define PROVIDER_PROV_H

#include "platform/base.h"
#include "platform/memory.h"
#include "platform/names.h"

/* The kinds of structures that the provider's handles point to. */
enum prov_kind
{
    PROV_ALGORITHM = 0x50414c47,
    PROV_CIPHER_KEY,
    PROV_RSA_KEY,
    PROV_EC_KEY,
    PROV_DSA_KEY,
    PROV_DH_KEY,
    PROV_MLKEM_KEY,
    PROV_MLDSA_KEY,
    PROV_SLHDSA_KEY,
    PROV_COMPOSITE_MLDSA_KEY,
    PROV_COMPOSITE_MLKEM_KEY,
    PROV_HBS_KEY,
    PROV_KDF_KEY,
    PROV_HASH,
    PROV_MULTI_HASH,
    PROV_SECRET,
};

struct prov_object
{
    enum prov_kind kind;
    ULONG owned_bytes;                          /* from memory_get; 0: in a buffer that was lent */
};

/* Whether a handle is of that kind. Handles of keys of other families come in as wrapping keys and
 * as the other side of an agreement. */
static inline bool prov_is(BCRYPT_HANDLE handle, enum prov_kind kind)
{
    return handle && ((const struct prov_object *)handle)->kind == kind;
}

/* ---- rows ---- */

/* A table of rows that begin with their name. */
struct prov_rows
{
    const void *first;
    size_t count, row_bytes;
};
#define PROV_ROWS(table) { (table), ARRAY_SIZE(table), sizeof((table)[0]) }

/* The row of that name; NULL if there is none. */
const void *prov_find(const struct prov_rows *rows, LPCWSTR name);
#define PROV_FIND(table, name) prov_find(&(const struct prov_rows)PROV_ROWS(table), (name))

/* The name of the row of that number; NULL after the last. */
LPCWSTR prov_name(const struct prov_rows *rows, ULONG number);

/* ---- families and their algorithms ---- */

/* A family of algorithms: one function table for one interface. families.c lists them all. */
struct prov_family
{
    ULONG interface_id;                         /* BCRYPT_CIPHER_INTERFACE... */
    struct prov_rows rows;                      /* its algorithms */
    const void *table;                          /* BCRYPT_..._FUNCTION_TABLE */
};

extern const struct prov_family cipher_family, hash_family, rng_family;
extern const struct prov_family rsa_encryption_family, rsa_signature_family;
extern const struct prov_family ecdsa_family, ecdh_family, dsa_family, dh_family, kdf_family;
extern const struct prov_family mlkem_family, mldsa_family, slhdsa_family, hbs_family;
extern const struct prov_family composite_mldsa_family, composite_mlkem_family;

/* ---- objects ---- */

#define PROV_ALIGNMENT 16

/* ObjectLength for a structure of that size, which may have to be aligned in the buffer. */
#define PROV_OBJECT_LENGTH(bytes) ((ULONG)(bytes) + PROV_ALIGNMENT)

/*
 * Memory for an object of `bytes` bytes: in the buffer if one is given, else from memory_get.
 * Only the head is initialized.
 *
 *   STATUS_SUCCESS, STATUS_BUFFER_TOO_SMALL, STATUS_NO_MEMORY
 */
NTSTATUS prov_object_new(enum prov_kind kind, size_t bytes, PUCHAR buffer, ULONG buffer_bytes,
                         void *object);

/* Wipes the object's first `bytes` bytes and gives its memory back; takes NULL. The caller has
 * never written behind these. */
void prov_object_free(void *object, size_t bytes);

/* An open algorithm. A family's own structure for one begins with this. */
struct prov_algorithm
{
    struct prov_object head;                    /* PROV_ALGORITHM */
    const struct prov_family *family;
    const void *row;                            /* of the family's rows */
};

/*
 * Opens a family's algorithm, of `bytes` bytes; what follows struct prov_algorithm is zero.
 * The flags are those that the family allows any of its algorithms.
 *
 *   STATUS_SUCCESS
 *   STATUS_NOT_FOUND       not in the family's rows
 *   STATUS_NOT_SUPPORTED   another flag
 *   STATUS_NO_MEMORY
 */
NTSTATUS prov_open(const struct prov_family *family, size_t bytes, ULONG allowed_flags,
                   LPCWSTR pszAlgId, ULONG dwFlags, void *algorithm);

/* CloseAlgorithmProvider of an algorithm that has nothing to give back but itself. */
NTSTATUS WINAPI prov_close(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags);

/* ---- properties and exports: how big, too small, here it is ---- */

/* Where a value goes that a caller asked for: pbOutput NULL asks for the size. */
struct reply
{
    PUCHAR pbOutput;
    ULONG cbOutput;
    ULONG *pcbResult;
};

/*
 * The size protocol of BCryptGetProperty and BCryptExportKey: *pcbResult is set always.
 * reply_room gives the place for a value that is made there; NULL if only its size was asked for,
 * or the place is too small.
 *
 *   STATUS_SUCCESS, STATUS_BUFFER_TOO_SMALL
 */
NTSTATUS reply_room(const struct reply *reply, ULONG bytes, PUCHAR *room);
NTSTATUS reply_bytes(const struct reply *reply, const void *value, ULONG bytes);
NTSTATUS reply_ulong(const struct reply *reply, ULONG value);
NTSTATUS reply_name(const struct reply *reply, LPCWSTR name);

/* A property of a kind of object. Tables of these are searched by name. */
struct property
{
    struct kept_name name;
    NTSTATUS (*get)(void *object, const struct reply *reply);           /* NULL: not to be read */
    NTSTATUS (*set)(void *object, const UCHAR *value, ULONG bytes);     /* NULL: read-only */
};

struct properties
{
    const struct property *list;
    size_t count;
    const struct properties *next;              /* searched after these; NULL: no more */
    bool takes_null;                            /* its functions look for NULL values themselves */
};
#define PROPERTIES(list)           { (list), ARRAY_SIZE(list), NULL, false }
#define PROPERTIES_AND(list, next) { (list), ARRAY_SIZE(list), (next), false }
#define PROPERTIES_NULL(list)      { (list), ARRAY_SIZE(list), NULL, true }

/* Of every struct prov_algorithm: AlgorithmName and PrimitiveType. */
extern const struct properties prov_algorithm_properties;

/* STATUS_NOT_SUPPORTED if the table has no such property, or not for reading or writing; of a value
 * that is NULL: STATUS_INVALID_PARAMETER, unless the table takes that and has the property. */
NTSTATUS properties_get(const struct properties *properties, void *object, LPCWSTR name,
                        PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult);
NTSTATUS properties_set(const struct properties *properties, void *object, LPCWSTR name,
                        const UCHAR *value, ULONG bytes);

/* A ULONG that BCryptSetProperty was given; STATUS_INVALID_PARAMETER if it is not four bytes. */
NTSTATUS property_ulong(const UCHAR *value, ULONG bytes, ULONG *number);

/* A name that BCryptSetProperty was given, which ends with the value or with its NUL, whichever
 * comes first. STATUS_INVALID_PARAMETER if there is none, the value ends with half a character, or
 * the name is longer than any here. */
#define PROPERTY_NAME_MAX 32                    /* with the NUL */
NTSTATUS property_name(const UCHAR *value, ULONG bytes, WCHAR name[PROPERTY_NAME_MAX]);

/* ---- hashes, for the families that need one by name ---- */

struct digest;                                  /* crypto/hash/digest.h */

/* The hash of that name, in any case of letters; NULL if there is none. An algorithm that is no
 * hash has no digest either: callers answer STATUS_NOT_SUPPORTED [win]. */
const struct digest *hash_digest_by_name(LPCWSTR name);

/* The DER of the object identifier, tag and length included, of a hash; NULL if it has none. */
const UCHAR *hash_oid_by_name(LPCWSTR name, ULONG *bytes);

#endif
