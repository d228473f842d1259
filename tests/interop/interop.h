/*
 * interop.h - what the files of the interoperation program share.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef INTEROP_H
#define INTEROP_H

#include <windows.h>
#include <bcrypt.h>

#ifndef STATUS_SUCCESS
#define STATUS_SUCCESS ((NTSTATUS)0)
#endif
#define STATUS_NO_FILE  ((NTSTATUS)0xC000000F)
#define STATUS_BAD_FORM ((NTSTATUS)0xC000000D)

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

struct key *key_find(const char *name);

/* import ALGORITHM CURVE NAME: NAME.pub.der and NAME.key.der */
NTSTATUS key_import(char **word);
/* generate ALGORITHM CURVE BITS NAME LIKE: writes the same two files */
NTSTATUS key_generate(char **word);
/* capi import|export ALGORITHM NAME FILE: a private key in CryptoAPI's form, openssl's MSBLOB */
NTSTATUS key_capi(char **word);

#endif
