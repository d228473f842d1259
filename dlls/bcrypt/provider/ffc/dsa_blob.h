/*
 * dsa_blob.h - the blobs of DSA keys and parameters.
 *
 * Up to 1024 bits of p a blob is of version 1, above of version 2; the CAPI one is of version 1
 * alone, and little-endian.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_BLOB_DSA_H
#define PROVIDER_BLOB_DSA_H

#include "provider/common/blob.h"

#define DSA_V1_BITS 1024                        /* the most of version 1 */
#define DSA_COUNT_BYTES 4
#define DSA_MOST_Q_BYTES 32

struct dsa_blob_form
{
    struct blob_type type;                      /* no name: the DSAParameters property */
    ULONG magics[2];                            /* of versions 1 and 2; 0: has none */
    bool has_y;                                 /* and x, if it is private */
    bool is_capi;
};

/* The fields of a blob; y and x are absent where it has none. */
struct dsa_blob
{
    ULONG key_bytes, q_bytes;
    UCHAR count[DSA_COUNT_BYTES];               /* big-endian */
    struct blob_number seed, p, q, g, y, x;
};

#define DSA_BLOB_FORM_COUNT 6
extern const struct dsa_blob_form dsa_blob_forms[DSA_BLOB_FORM_COUNT], dsa_parameters_form;

/*
 * The fields of a blob; its numbers are in the blob, or in scratch (as large) if it is of CAPI.
 *
 *   STATUS_SUCCESS, STATUS_INVALID_PARAMETER (sizes and fields that do not go together)
 */
NTSTATUS dsa_blob_read(const struct dsa_blob_form *form, const UCHAR *blob, ULONG bytes,
                       UCHAR *scratch, struct dsa_blob *fields);

/* The size of a blob; and the blob, written from fields that are all as long as they should be. */
ULONG dsa_blob_bytes(const struct dsa_blob_form *form, const struct dsa_blob *fields);
void dsa_blob_write(const struct dsa_blob_form *form, const struct dsa_blob *fields, UCHAR *room);

#endif
