/*
 * ec_blob.h - key blobs and parameters of elliptic curves.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_BLOB_ECC_H
#define PROVIDER_BLOB_ECC_H

#include "provider/common/blob.h"

/* Explicit parameters of a curve: ECCParameters, and the middle of an ECCFULL blob. */
struct ecc_parameters
{
    ULONG curve_type, generation;
    ULONG field_bytes, order_bytes, cofactor_bytes, seed_bytes;
    struct blob_number digits;                  /* P A B Gx Gy n h seed, one behind the other */
};

#define ECC_PARAMETER_HEADER_BYTES 28
#define ECC_KEY_HEADER_BYTES       8
#define ECC_FULL_HEADER_BYTES      32

/* The bytes of P A B Gx Gy n h seed. */
ULONG ecc_digits_bytes(const struct ecc_parameters *parameters);

/* A key. x, y and d are as wide as their fields in the blob, d absent in a public key. */
struct ecc_blob
{
    ULONG magic;                                /* SSL_ECCPUBLIC_BLOB: the curve's number in TLS */
    struct ecc_parameters parameters;           /* of a full blob only */
    struct blob_number x, y, d;
};

/* False if a length in the blob contradicts its size (behind a short private blob more may follow),
 * is 0 where that cannot be, or in parameters is above 1024. */
bool ecc_blob_read_short(struct ecc_blob *key, const UCHAR *blob, ULONG bytes, bool is_private);
bool ecc_blob_read_full(struct ecc_blob *key, const UCHAR *blob, ULONG bytes, bool is_private);
bool ecc_parameters_read(struct ecc_parameters *parameters, const UCHAR *value, ULONG bytes);

/* Writes the header and the digits; as ECCParameters, or with a magic in front as a full blob. */
void ecc_parameters_write(struct blob_writer *writer, const struct ecc_parameters *parameters);

#endif
