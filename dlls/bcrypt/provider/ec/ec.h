/*
 * ec.h - what the files of the ECDSA and ECDH families share.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_PROV_EC_H
#define PROVIDER_PROV_EC_H

#include "provider/common/pair.h"
#include "provider/ec/curve.h"

/* An algorithm: with a curve of its own, or a generic one, which is told its curve. */
struct ec_row
{
    struct pair_row pair;
    bool signs;                                 /* ECDSA, else ECDH */
    LPCWSTR curve_name;                         /* NULL: generic */
    ULONG public_magic, private_magic;          /* of its short blobs */
};

struct ec_algorithm
{
    struct prov_algorithm prov;
    struct curve_choice choice;                 /* a generic one's is read by ec_algorithm_choice */
};

struct ec_key
{
    struct pair pair;                           /* PROV_EC_KEY */
    ULONG asked;                                /* bits asked for; 0: the curve's */
    struct curve_choice choice;                 /* with a reference */
    struct lc_ec_key *lc;                       /* of a pair that is ready */
};

static inline const struct ec_row *ec_row_of(const struct ec_key *key)
{
    return (const struct ec_row *)key->pair.row;
}

/* ec.c */

/* The curve of an algorithm, with a reference; none (NULL) if it has not been told one. */
void ec_algorithm_choice(struct ec_algorithm *algorithm, struct curve_choice *choice);

/* Sets a generic algorithm's curve; takes the reference over. */
void ec_algorithm_choose(struct ec_algorithm *algorithm, const struct curve_choice *choice);

/* ec_import.c: of struct pair_methods */

enum ec_blob_form
{
    EC_BLOB_SHORT,                              /* the curve is the algorithm's */
    EC_BLOB_FULL,                               /* the curve is in the blob */
    EC_BLOB_SSL,                                /* the curve's number is in the blob */
    EC_BLOB_EITHER,                             /* short where the curve has a name, else full */
};

#define EC_BLOB_TYPE_COUNT 7
struct ec_blob_type
{
    struct blob_type type;
    enum ec_blob_form form;
};
extern const struct ec_blob_type ec_blob_types[EC_BLOB_TYPE_COUNT];

NTSTATUS ec_read(void *object, struct prov_algorithm *algorithm, const struct blob_type *type,
                 const UCHAR *blob, ULONG bytes, unsigned int checks);
NTSTATUS ec_write(const void *object, const struct blob_type *type, const struct reply *reply);

/* ec_property.c */
extern const struct properties ec_algorithm_properties;

/* Of keys of a curve of their own, and of those that can be told one. */
extern const struct pair_properties ec_own_properties, ec_generic_properties;

#endif
