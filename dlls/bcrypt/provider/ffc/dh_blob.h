/*
 * dh_blob.h - the blobs of DH keys and parameters.
 *
 * Source: Microsoft Learn, BCRYPT_DH_KEY_BLOB, BCRYPT_DH_PARAMETER_HEADER; CAPI's private blob,
 * which is little-endian, "Diffie-Hellman Version 3 Private Key BLOBs".
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_DH_BLOB_H
#define PROVIDER_DH_BLOB_H

#include "crypto/ffc/lc_dh.h"
#include "provider/common/blob.h"

#define DH_BITS_LEAST 512                       /* of p */
#define DH_BITS_MOST  4096

struct dh_blob_form
{
    struct blob_type type;                      /* no name: the DHParameters property */
    ULONG magic;
    bool has_y;                                 /* and x, if it is private */
    bool is_capi;
};

#define DH_BLOB_FORM_COUNT 5
extern const struct dh_blob_form dh_blob_forms[DH_BLOB_FORM_COUNT], dh_parameters_form;

/*
 * The numbers of a blob, which fill it exactly [win]; they are in the blob, or in scratch (as
 * large) if it is of CAPI. Numbers that the form has not got are absent.
 *
 *   STATUS_SUCCESS, STATUS_INVALID_PARAMETER
 */
NTSTATUS dh_blob_read(const struct dh_blob_form *form, const UCHAR *blob, ULONG blob_bytes,
                      UCHAR *scratch, struct lc_dh_number numbers[LC_DH_PART_COUNT]);

/* Bytes of a key's blob; and the blob. The key has all the parts of the form. */
ULONG dh_blob_bytes(const struct dh_blob_form *form, const struct lc_dh *dh);
void dh_blob_write(const struct dh_blob_form *form, const struct lc_dh *dh, UCHAR *room);

#endif
