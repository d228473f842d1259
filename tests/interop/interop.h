/*
 * interop.h - what the files of the interoperation program share.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef INTEROP_H
#define INTEROP_H

#include <windows.h>
#include <bcrypt.h>

#include "der.h"

#ifndef STATUS_SUCCESS
#define STATUS_SUCCESS ((NTSTATUS)0)
#endif
#define STATUS_NO_FILE  ((NTSTATUS)0xC000000F)
#define STATUS_BAD_FORM ((NTSTATUS)0xC000000D)
/* Something is accepted that is wrong, or is not what it is compared with. */
#define STATUS_DIFFERENT ((NTSTATUS)0xC0000001)
#ifndef STATUS_INVALID_SIGNATURE
#define STATUS_INVALID_SIGNATURE ((NTSTATUS)0xC000A000)
#endif

struct bytes
{
    UCHAR data[65536];
    ULONG bytes;
};

/* An asymmetric key under the name that the script gave it. */
struct key
{
    char name[64];
    BCRYPT_KEY_HANDLE public, private;
    UCHAR algorithm_id[4096]; /* the AlgorithmIdentifier it came with */
    ULONG algorithm_id_bytes;
    ULONG field_bytes; /* of a coordinate, on elliptic curves */
    ULONG group_bytes; /* of q, for DSA; of the order, on elliptic curves */
};

/* A file's contents; "-" is no file and gives nothing. */
NTSTATUS file_read(const char *name, struct bytes *bytes);
NTSTATUS file_write(const char *name, const void *data, ULONG bytes);
void wide(const char *text, WCHAR *out, int count);

/* Both files of a key, taken apart. */
struct parts
{
    struct bytes public_file, private_file;
    struct der algorithm_id, parameters, public, private;
};

struct key *key_find(const char *name);
struct key *key_new(const char *name);
NTSTATUS parts_read(const char *name, struct parts *parts);
/* SubjectPublicKeyInfo and PKCS #8 around what is written so far. */
void wrap_public(struct der_out *out, const void *algorithm_id, ULONG bytes);
void wrap_private(struct der_out *out, const void *algorithm_id, ULONG bytes);

/* import ALGORITHM CURVE NAME: NAME.pub.der and NAME.key.der */
NTSTATUS key_import(char **word);
/* generate ALGORITHM CURVE BITS NAME LIKE: writes the same two files */
NTSTATUS key_generate(char **word);
/* capi import|export ALGORITHM NAME FILE: a private key in CryptoAPI's form, openssl's MSBLOB */
NTSTATUS key_capi(char **word);

/* pq_import ALGORITHM SET NAME: NAME.pub.der and NAME.key.der; each form of the private key that is
 * in the latter must give the public key of the former */
NTSTATUS pq_import(char **word);
/* pq_generate ALGORITHM SET NAME: writes both files for NAME-seed, NAME-expanded and NAME-both, or
 * for NAME-raw */
NTSTATUS pq_generate(char **word);
/* pq_sign NAME CONTEXT PREHASH IN OUT; IN is what is signed: a message, a digest or a mu */
NTSTATUS pq_sign(char **word);
/* pq_verify NAME CONTEXT PREHASH IN SIGNATURE; another message and another context must fail */
NTSTATUS pq_verify(char **word);
/* pq_composite ALGORITHM SET NAME: the key in NAME.pub, with that in NAME.seed or NAME.private, if
 * there is one; pq_composite_make: writes NAME.pub and NAME.private of a new one */
NTSTATUS pq_composite(char **word);
NTSTATUS pq_composite_make(char **word);
/* pq_encapsulate NAME CIPHERTEXT SECRET: writes both; pq_decapsulate: reads the first */
NTSTATUS pq_encapsulate(char **word);
NTSTATUS pq_decapsulate(char **word);

#endif
