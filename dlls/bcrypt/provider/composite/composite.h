/*
 * composite.h - what composite ML-DSA and composite ML-KEM share.
 *
 * A composite is a key of a lattice algorithm and one of an elliptic curve, used together. Each of
 * its encodings is the lattice part's and, behind it, the curve's:
 *
 *   public key    the standard's encoding; a point: 04, x, y, or u of curve25519
 *   private key   the seed; an ECPrivateKey of RFC 5915 with the curve's name and without the
 *                 public key, or the private value of curve25519
 *   signature     the standard's encoding; an ECDSA-Sig-Value of RFC 3279, whose length varies
 *   ciphertext    the standard's encoding; the sender's point
 *
 * Source: draft-ietf-lamps-pq-composite-sigs, draft-ietf-lamps-pq-composite-kem.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PROVIDER_COMPOSITE_H
#define PROVIDER_COMPOSITE_H

#include "crypto/hash/digest.h"
#include "provider/ec/curve.h"
#include "provider/pq/pq.h"

/* One parameter set. Its number is the lattice part's. */
struct composite_set
{
    struct pq_set pq;
    LPCWSTR curve_name;
    const char *label;
    ULONG label_bytes;
    ULONG lattice_public_bytes, lattice_private_bytes;          /* the latter of the expanded key */
    ULONG lattice_output_bytes;                                 /* of a signature, or ciphertext */
    enum digest_id prehash, ec_hash;                            /* of signatures */
    UCHAR prehash_arc;                                          /* the last of its identifier */
};

/* What the lattice parts do of one algorithm. */
struct composite_lattice
{
    ULONG seed_bytes;

    /* The pair of a seed. */
    NTSTATUS (*expand)(const struct composite_set *set, const UCHAR *seed, UCHAR *expanded,
                       UCHAR *public_key);

    /* STATUS_INVALID_PARAMETER for bytes that are no public key; of pairs, too. `extra` is behind
     * the whole public key: extra_bytes of the set. */
    NTSTATUS (*check_public)(const struct composite_set *set, UCHAR *public_key, UCHAR *extra);
};

struct composite_row
{
    struct pq_row pq;
    const struct composite_lattice *lattice;
};

struct composite_key
{
    struct pq_key pq;                           /* the encodings */
    UCHAR *expanded;                            /* the lattice part's private key; NULL: none */
    struct lc_ec_key *ec;
};

static inline const struct composite_set *composite_set_of(const void *key)
{
    return (const struct composite_set *)pq_set_of(key);
}

/* ---- composite.c: of struct pair_methods ---- */

NTSTATUS composite_make(void *object);
void composite_free(void *object);
NTSTATUS composite_read(void *object, struct prov_algorithm *algorithm,
                        const struct blob_type *type, const UCHAR *blob, ULONG bytes,
                        unsigned int checks);

#define COMPOSITE_METHODS \
    .key_bytes = sizeof(struct composite_key), \
    .make      = composite_make, \
    .free      = composite_free, \
    .read      = composite_read, \
    .write     = pq_write

/* ---- composite_ec.c: the curve's parts of encodings ---- */

#define COMPOSITE_POINT_MOST 97                 /* of P-384 */

/* A curve of a set, ready for use. STATUS_NO_MEMORY */
NTSTATUS composite_curve(const struct composite_set *set, const struct curve **curve);

/* Bytes of a point's encoding. */
ULONG composite_point_bytes(const struct curve *curve);

/*
 * Keys of encodings and back.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   no such encoding; a number out of range; not a point of the curve,
 *                              or, if check_order is set, one of another order
 *   STATUS_NO_MEMORY, STATUS_INTERNAL_ERROR
 */
NTSTATUS composite_read_point(const struct curve *curve, const UCHAR *encoding, bool check_order,
                              struct lc_ec_key **key);
NTSTATUS composite_read_private(const struct curve *curve, const UCHAR *encoding,
                                struct lc_ec_key **key);
void composite_write_point(const struct curve *curve, const struct lc_ec_key *key,
                           UCHAR *encoding);
NTSTATUS composite_write_private(const struct curve *curve, const struct lc_ec_key *key,
                                 UCHAR *encoding);

/* Writes r and s, order_bytes each, in DER: its bytes, of which there are 8 + 2 * order_bytes at
 * most. No more than 48 for each. */
ULONG composite_write_signature(const UCHAR *signature, ULONG order_bytes, UCHAR *encoding);

/* The same back; false if it is anything but what composite_write_signature would have written. */
bool composite_read_signature(const UCHAR *encoding, ULONG bytes, ULONG order_bytes,
                              UCHAR *signature);

#endif
