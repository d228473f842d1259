/*
 * composite.c - keys of composites: made, and of blobs.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/composite/composite.h"

#include "crypto/common/lc.h"
#include "crypto/hash/keccak.h"
#include "crypto/random/random.h"
#include "platform/wipe.h"

static const struct composite_lattice *lattice_of(const struct composite_key *key)
{
    return ((const struct composite_row *)key->pq.pair.row)->lattice;
}

void composite_free(void *object)
{
    struct composite_key *key = object;

    if (key->expanded) memory_put(key->expanded, composite_set_of(key)->lattice_private_bytes);
    key->expanded = NULL;
    lc_ec_key_free(key->ec);
    key->ec = NULL;
    pq_free(object);
}

/* ---- from one form to the others ---- */

/* All that a pair needs of its private key, whose EC half is read already. */
static NTSTATUS open_private(struct composite_key *key, const struct curve *curve)
{
    const struct composite_set *set = composite_set_of(key);
    UCHAR *public_key = key->pq.public_key;
    NTSTATUS status;

    if (!(key->expanded = memory_get(set->lattice_private_bytes))) return STATUS_NO_MEMORY;
    status = lattice_of(key)->expand(set, key->pq.private_key, key->expanded, public_key);
    if (status) return status;
    composite_write_point(curve, key->ec, public_key + set->lattice_public_bytes);
    return lattice_of(key)->check_public(set, public_key, public_key + set->pq.public_bytes);
}

static NTSTATUS make(struct composite_key *key, const struct curve *curve)
{
    UCHAR *private_key = key->pq.private_key;
    ULONG seed_bytes = lattice_of(key)->seed_bytes;
    NTSTATUS status;

    if (!random_bytes(private_key, seed_bytes)) return STATUS_INTERNAL_ERROR;
    if ((status = lc_ec_key_generate(curve->lc, &key->ec))) return status;
    if ((status = composite_write_private(curve, key->ec, private_key + seed_bytes)))
    {
        return status;
    }
    return open_private(key, curve);
}

NTSTATUS composite_make(void *object)
{
    struct composite_key *key = object;
    const struct curve *curve;
    NTSTATUS status;

    if ((status = lc_ready())) return status;
    if ((status = composite_curve(composite_set_of(key), &curve))) return status;
    if (!(status = pq_get_material(&key->pq, true, false))) status = make(key, curve);
    if (status) composite_free(key);
    return status;
}

/* ---- blobs ---- */

static NTSTATUS read_public(struct composite_key *key, const struct curve *curve,
                            const UCHAR *value, unsigned int checks)
{
    const struct composite_set *set = composite_set_of(key);
    UCHAR *public_key;
    NTSTATUS status;

    if ((status = pq_get_material(&key->pq, false, false))) return status;
    public_key = key->pq.public_key;
    memcpy(public_key, value, set->pq.public_bytes);
    status = lattice_of(key)->check_public(set, public_key, public_key + set->pq.public_bytes);
    if (status) return status;
    return composite_read_point(curve, public_key + set->lattice_public_bytes,
                                checks & PAIR_CHECK_ORDER, &key->ec);
}

static NTSTATUS read_private(struct composite_key *key, const struct curve *curve,
                             const UCHAR *value)
{
    NTSTATUS status;

    if ((status = pq_get_material(&key->pq, true, false))) return status;
    memcpy(key->pq.private_key, value, composite_set_of(key)->pq.private_bytes);
    status = composite_read_private(curve, key->pq.private_key + lattice_of(key)->seed_bytes,
                                    &key->ec);
    return status ? status : open_private(key, curve);
}

/*
 * The short seed is drawn out by SHAKE256 to the lattice part's and to candidates for the private
 * value, the first of which that is in range is taken. P-256 has four of them: one is out of range
 * in 2^32. P-384 has one, and so has curve25519, whose candidates are clamped.
 * Source: draft-irtf-cfrg-concrete-hybrid-kems.
 */
#define CANDIDATES_P256 4
#define DRAWN_MOST      (64 + CANDIDATES_P256 * 32)

static NTSTATUS draw_private(struct composite_key *key, const struct curve *curve, UCHAR *drawn)
{
    ULONG seed_bytes = lattice_of(key)->seed_bytes, order_bytes = curve->order_bytes, candidates;
    NTSTATUS status = STATUS_INVALID_PARAMETER;
    struct keccak_state state;

    candidates = order_bytes == 32 && curve->form != LC_EC_MONTGOMERY ? CANDIDATES_P256 : 1;
    keccak_start(&state, KECCAK_RATE_256, KECCAK_SUFFIX_SHAKE);
    keccak_absorb(&state, key->pq.seed, composite_set_of(key)->pq.seed_bytes);
    keccak_squeeze(&state, drawn, seed_bytes + candidates * order_bytes);
    wipe(&state, sizeof(state));

    memcpy(key->pq.private_key, drawn, seed_bytes);
    drawn += seed_bytes;
    if (curve->form == LC_EC_MONTGOMERY)
    {
        drawn[0] &= 0xf8;
        drawn[31] = (drawn[31] & 0x7f) | 0x40;
    }
    while (candidates-- && status == STATUS_INVALID_PARAMETER)
    {
        status = lc_ec_key_new(curve->lc, NULL, NULL, drawn, 0, &key->ec);
        drawn += order_bytes;
    }
    if (status) return status;
    return composite_write_private(curve, key->ec, key->pq.private_key + seed_bytes);
}

static NTSTATUS read_seed(struct composite_key *key, const struct curve *curve, const UCHAR *value)
{
    UCHAR drawn[DRAWN_MOST];
    NTSTATUS status;

    if ((status = pq_get_material(&key->pq, true, true))) return status;
    memcpy(key->pq.seed, value, composite_set_of(key)->pq.seed_bytes);
    status = draw_private(key, curve, drawn);
    wipe(drawn, sizeof(drawn));
    return status ? status : open_private(key, curve);
}

NTSTATUS composite_read(void *object, struct prov_algorithm *algorithm,
                        const struct blob_type *type, const UCHAR *blob, ULONG bytes,
                        unsigned int checks)
{
    const struct pq_blob_type *pq_type = (const struct pq_blob_type *)type;
    struct composite_key *key = object;
    const struct curve *curve;
    const UCHAR *value;
    NTSTATUS status;

    (void)algorithm;
    status = pq_read_blob(&key->pq, pq_type, blob, bytes, &value);
    if (status || (status = lc_ready())) return status;
    if ((status = composite_curve(composite_set_of(key), &curve))) return status;
    if (pq_type->part == PQ_PUBLIC) return read_public(key, curve, value, checks);
    if (pq_type->part == PQ_PRIVATE) return read_private(key, curve, value);
    return read_seed(key, curve, value);
}
