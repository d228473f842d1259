/*
 * test_ecc_keys.h - keys for the tests of elliptic curves, and blobs of them.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_TEST_ECC_KEYS_H
#define TESTS_TEST_ECC_KEYS_H

#include "expect.h"

#define ECC_BLOB_ROOM 1000

/* Three curves that have algorithms of their own, each with a key pair, in hexadecimal. */
struct ecc_pair
{
    const WCHAR *curve, *ecdsa, *ecdh;
    ULONG bits, bytes;
    ULONG ecdsa_magic, ecdh_magic;                  /* of public blobs; of private ones: next */
    const char *x, *y, *d;
};

extern const struct ecc_pair ecc_pairs[3];          /* RFC 6979, A.2.5 to A.2.7 */
#define p256 (&ecc_pairs[0])
#define p384 (&ecc_pairs[1])
#define p521 (&ecc_pairs[2])

enum ecc_type { ECC_WEIERSTRASS = 1, ECC_EDWARDS, ECC_MONTGOMERY };

/* All the named curves, in the order of BCRYPT_ECC_CURVE_NAME_LIST. */
struct ecc_curve
{
    const WCHAR *name;
    ULONG bits, field_bytes, order_bytes, order_bits;
    enum ecc_type type;
};

extern const struct ecc_curve ecc_curves[45];

/* RFC 7748, 6.1: Bob's pair, d clamped, Alice's public value, and their secret. */
extern const char x25519_d[], x25519_u[], x25519_peer_u[], x25519_secret[];

/* The magic of a private blob, given that of the public one. */
ULONG ecc_private_magic(ULONG public_magic);

/* A short blob; d NULL: of a public key. Numbers are as wide as key_bytes, zero if they are "". */
ULONG ecc_blob(UCHAR *blob, ULONG magic, ULONG key_bytes, const char *x, const char *y,
               const char *d);

/* The pair as an ECCPUBLICBLOB or ECCPRIVATEBLOB of the algorithm with this public magic. */
ULONG ecc_pair_blob(UCHAR *blob, const struct ecc_pair *pair, ULONG public_magic, bool is_private);

/* The generic algorithm, told its curve. */
#define open_curve(id, curve) open_curve_at(__FILE__, __LINE__, (id), (curve))
BCRYPT_ALG_HANDLE open_curve_at(const char *file, int line, const WCHAR *id, const WCHAR *curve);
#define set_curve(handle, curve) \
    expect_status(BCryptSetProperty((handle), BCRYPT_ECC_CURVE_NAME, (UCHAR *)(uintptr_t)(curve), \
                                    wide_bytes(curve), 0), STATUS_SUCCESS)

/* A key pair, made and finalized, or only begun; of the algorithm's own length if bits are 0. */
#define new_ecc(algorithm, bits) new_ecc_at(__FILE__, __LINE__, (algorithm), (bits), true)
#define begin_ecc(algorithm, bits) new_ecc_at(__FILE__, __LINE__, (algorithm), (bits), false)
BCRYPT_KEY_HANDLE new_ecc_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm, ULONG bits,
                             bool finalize);

/* A key of a blob. */
#define import_ecc(algorithm, type, blob, bytes, flags) \
    import_ecc_at(__FILE__, __LINE__, (algorithm), (type), (blob), (bytes), (flags))
BCRYPT_KEY_HANDLE import_ecc_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                                const WCHAR *type, const UCHAR *blob, ULONG bytes, ULONG flags);

/* The pair's key, or its public half, for one of its two algorithms. */
#define pair_key(pair, id, is_private) pair_key_at(__FILE__, __LINE__, (pair), (id), (is_private))
BCRYPT_KEY_HANDLE pair_key_at(const char *file, int line, const struct ecc_pair *pair,
                              const WCHAR *id, bool is_private);

/* What an import that must fail answers; and nothing may have been handed out. */
#define expect_no_import(algorithm, type, blob, bytes, flags, status) \
    expect_no_import_at(__FILE__, __LINE__, (algorithm), (type), (blob), (bytes), (flags), (status))
void expect_no_import_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm, const WCHAR *type,
                         const UCHAR *blob, ULONG bytes, ULONG flags, NTSTATUS status);

/* The same for every size to `most` but the right one; the buffer ends where the blob does. */
void expect_no_other_size(BCRYPT_ALG_HANDLE algorithm, const WCHAR *type, const UCHAR *blob,
                          ULONG bytes, ULONG most);

/* The blob of a key: the size query and the export have to agree. */
#define export_ecc(key, type, blob) export_ecc_at(__FILE__, __LINE__, (key), (type), (blob))
ULONG export_ecc_at(const char *file, int line, BCRYPT_KEY_HANDLE key, const WCHAR *type,
                    UCHAR *blob);

/* A signature of a digest, which then verifies and no longer does if a bit of it is changed. */
#define expect_signs(key) expect_signs_at(__FILE__, __LINE__, (key), (key))
#define expect_pair(key, other) expect_signs_at(__FILE__, __LINE__, (key), (other))
void expect_signs_at(const char *file, int line, BCRYPT_KEY_HANDLE key, BCRYPT_KEY_HANDLE verifier);

/* The secret of two keys, as BCRYPT_KDF_RAW_SECRET gives it: its bytes. */
#define agree(own, peer, secret) agree_at(__FILE__, __LINE__, (own), (peer), (secret))
ULONG agree_at(const char *file, int line, BCRYPT_KEY_HANDLE own, BCRYPT_KEY_HANDLE peer,
               UCHAR *secret);

#define little_endian(bytes) \
    ((ULONG)(bytes)[0] | (ULONG)(bytes)[1] << 8 | (ULONG)(bytes)[2] << 16 | (ULONG)(bytes)[3] << 24)

#endif
