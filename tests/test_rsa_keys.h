/*
 * test_rsa_keys.h - keys for the RSA tests, and blobs of them.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_TEST_RSA_KEYS_H
#define TESTS_TEST_RSA_KEYS_H

#include "expect.h"

#define NTE_BAD_DATA_STATUS ((NTSTATUS)0x80090005)

enum { RSA_E, RSA_N, RSA_P, RSA_Q, RSA_DP, RSA_DQ, RSA_QINV, RSA_D, RSA_PARTS };

/* Hexadecimal, as long as blobs have them. */
struct rsa_numbers
{
    ULONG bits;
    const char *part[RSA_PARTS];
};

extern const struct rsa_numbers rsa_512, rsa_640, rsa_1024, rsa_2048, rsa_384, rsa_1025, rsa_523,
    rsa_unequal, rsa_long_p, rsa_swapped, rsa_long_e, rsa_short_d, rsa_16384;
extern const char rsa_weak_modulus[];

/* More bytes than any blob has, but the full one of rsa_16384. */
#define RSA_BLOB_ROOM 4200

/* A blob of that type, put together from the numbers, not by the DLL; its bytes. */
ULONG rsa_blob(UCHAR *blob, const struct rsa_numbers *numbers, const WCHAR *type);

/* The place of a part in a blob of BCRYPT_RSAKEY_BLOB's kind. */
UCHAR *rsa_blob_part(UCHAR *blob, int part);

/* A key of the numbers, destroyed after the test. */
#define import_rsa(algorithm, numbers, type) \
    import_rsa_at(__FILE__, __LINE__, (algorithm), (numbers), (type))
BCRYPT_KEY_HANDLE import_rsa_at(const char *file, int line, BCRYPT_ALG_HANDLE algorithm,
                                const struct rsa_numbers *numbers, const WCHAR *type);

/* The two that most tests want. */
#define rsa_pair(numbers) import_rsa(BCRYPT_RSA_ALG_HANDLE, (numbers), BCRYPT_RSAPRIVATE_BLOB)
#define rsa_public(numbers) import_rsa(BCRYPT_RSA_ALG_HANDLE, (numbers), BCRYPT_RSAPUBLIC_BLOB)

/* A pair that is generated, but not finalized. */
#define new_rsa(bits) new_rsa_at(__FILE__, __LINE__, (bits))
BCRYPT_KEY_HANDLE new_rsa_at(const char *file, int line, ULONG bits);

#endif
