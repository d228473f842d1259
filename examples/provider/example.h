/*
 * example.h - an example of a CNG provider: what it is called and serves, and what its parts share.
 *
 * A handle is the address of a structure of ours that begins with the address of its algorithm;
 * an algorithm begins with its own. That is enough: the router brings no other handle than those
 * that it was given, and none after it was destroyed; bcrypt_provider.h has its other promises.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef EXAMPLE_H
#define EXAMPLE_H

#define WIN32_LEAN_AND_MEAN
#define WIN32_NO_STATUS
#include <windows.h>
#undef WIN32_NO_STATUS
#include <ntstatus.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <bcrypt.h>
#include <bcrypt_provider.h>

#define EXAMPLE_PROVIDER L"OpenCNG Example Provider"
#define EXAMPLE_IMAGE    L"example_provider.dll"

#define EXAMPLE_CIPHER    L"Ascon-AEAD128"      /* NIST SP 800-232 */
#define EXAMPLE_HASH      L"Ascon-Hash256"      /* NIST SP 800-232 */
#define EXAMPLE_SIGNATURE L"RSA-X9.31"          /* ANSI X9.31, FIPS 186-4 section 5.4 */
#define EXAMPLE_KEM       L"DHKEM-X25519"       /* RFC 9180: DHKEM(X25519, HKDF-SHA256) */

/* A key of EXAMPLE_KEM as BCRYPT_PUBLIC_KEY_BLOB, and as BCRYPT_PRIVATE_KEY_BLOB: this, the 32
 * bytes of the public key, and in the latter the 32 of the private one. */
#define EXAMPLE_KEM_MAGIC 0x4d454b58            /* "XKEM" */
#define EXAMPLE_KEM_BYTES 32
struct example_kem_blob
{
    ULONG dwMagic, cbKey;
};

#ifdef EXAMPLE_PROVIDER_DLL

/* ---- example_provider.c: algorithms, properties, memory ---- */

struct property
{
    LPCWSTR name;
    const void *value;
    ULONG bytes;
};

struct algorithm
{
    const struct algorithm *algorithm;          /* itself */
    LPCWSTR id;
    const struct property *properties;
    size_t property_count;
};

/* What an OpenAlgorithmProvider does: gives the algorithm's handle to who asks for it by name.
 *
 *   STATUS_SUCCESS
 *   STATUS_NOT_FOUND       another name
 *   STATUS_NOT_SUPPORTED   a flag: none means anything to the algorithms here */
NTSTATUS algorithm_open(const struct algorithm *algorithm, BCRYPT_ALG_HANDLE *phAlgorithm,
                        LPCWSTR pszAlgId, ULONG dwFlags);

/* Members of every table. A property is set only to what it is. */
NTSTATUS WINAPI example_close(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags);
NTSTATUS WINAPI example_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                     ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags);
NTSTATUS WINAPI example_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                     ULONG cbInput, ULONG dwFlags);

/* How big, too small, here it is: STATUS_SUCCESS or STATUS_BUFFER_TOO_SMALL. */
NTSTATUS reply(const void *value, ULONG bytes, PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult);

/* Where a hash or a symmetric key lives: in the memory that the router lends, as much as the
 * property ObjectLength says, or where there is none in memory of its own. object_free wipes it. */
struct object
{
    const struct algorithm *algorithm;
    ULONG bytes;
    bool owned;
};
void *object_new(const struct algorithm *algorithm, PUCHAR lent, ULONG lent_bytes, size_t bytes);
void object_free(struct object *object);

/* Memory that memory_free wipes; memory_free takes NULL. */
void *memory_new(size_t bytes);
void memory_free(void *memory, size_t bytes);

/* In a time that does not depend on what the bytes are. */
bool bytes_equal(const void *left, const void *right, size_t bytes);

#endif
#endif
