/*
 * rsa_blob.h - the blobs of RSA keys.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_BLOB_RSA_H
#define PROVIDER_BLOB_RSA_H

#include "crypto/rsa/lc_rsa.h"
#include "provider/common/blob.h"

/* Not an NTSTATUS, but what Windows answers to a blob that contradicts itself [win]. */
#define RSA_BLOB_BAD_DATA ((NTSTATUS)0x80090005)        /* NTE_BAD_DATA */

/* A kind of blob. */
struct rsa_blob_form
{
    struct blob_type type;
    ULONG magic;
    bool is_capi;
    ULONG parts;                            /* how many of enum lc_rsa_part, from the first on */
};

/* Of the two generic types the first row is written; which is read, the magic says. */
#define RSA_BLOB_FORM_COUNT 8
extern const struct rsa_blob_form rsa_blob_forms[RSA_BLOB_FORM_COUNT];

/* The form of that name for a blob to be read; NULL if there is none of that name. */
const struct rsa_blob_form *rsa_blob_form(LPCWSTR name, const UCHAR *blob, ULONG bytes);

/*
 * Finds the numbers of a key in a blob. They point into the blob, or into `scratch`, which is as
 * long as the blob and only used for CAPI's little-endian numbers. Parts that the form has not got
 * are absent.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   the magic is not the form's
 *   RSA_BLOB_BAD_DATA          lengths that contradict each other, an exponent above 64 bits, a
 *                              CAPI header that is none
 */
NTSTATUS rsa_blob_read(const struct rsa_blob_form *form, const UCHAR *blob, ULONG bytes,
                       UCHAR *scratch, struct lc_rsa_number numbers[LC_RSA_PART_COUNT]);

/* Whether a key can be put in that form: CAPI has 32 bits for e, and primes of the same length. */
bool rsa_blob_fits(const struct rsa_blob_form *form, const struct lc_rsa *rsa);

/* Bytes of a key's blob; and the blob. The key has all the parts of the form. */
ULONG rsa_blob_bytes(const struct rsa_blob_form *form, const struct lc_rsa *rsa);
void rsa_blob_write(const struct rsa_blob_form *form, const struct lc_rsa *rsa, UCHAR *blob);

#endif
