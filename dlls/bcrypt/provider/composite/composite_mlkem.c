/*
 * composite_mlkem.c - composite ML-KEM: key encapsulation by ML-KEM and by a curve together.
 *
 * The secret is the SHA3-256 of both parts' secrets, the curve's ciphertext, which is the sender's
 * point, its public key, and the set's label. With curve25519 this is X-Wing.
 *
 * Source: draft-ietf-lamps-pq-composite-kem, draft-irtf-cfrg-concrete-hybrid-kems,
 * draft-connolly-cfrg-xwing-kem.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/mlkem/mlkem.h"
#include "crypto/random/random.h"
#include "platform/wipe.h"
#include "provider/composite/composite.h"

#define LABEL(text) text, sizeof(text) - 1
#define SHORT_SEED_BYTES 32

/* name, number, public key, private key, where the public key is in it, seed, ciphertext, -; curve;
 * label; ML-KEM's public key, private key and ciphertext */
static const struct composite_set sets[] =
{
    { { BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_P256, MLKEM_768, 1249, 115, PQ_APART,
        SHORT_SEED_BYTES, 1153, 0 },
      BCRYPT_ECC_CURVE_NISTP256, LABEL("MLKEM768-P256"), 1184, 2400, 1088, 0, 0, 0 },
    { { BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_X25519, MLKEM_768, 1216, 96, PQ_APART,
        SHORT_SEED_BYTES, 1120, 0 },
      BCRYPT_ECC_CURVE_25519, LABEL("\x5c\x2e\x2f\x2f\x5e\x5c"), 1184, 2400, 1088, 0, 0, 0 },
    { { BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_1024_P384, MLKEM_1024, 1665, 128, PQ_APART,
        SHORT_SEED_BYTES, 1665, 0 },
      BCRYPT_ECC_CURVE_NISTP384, LABEL("MLKEM1024-P384"), 1568, 3168, 1568, 0, 0, 0 },
};

static const struct pq_blob_type types[] =
{
    { { BCRYPT_COMPOSITE_MLKEM_PUBLIC_BLOB,            false },
      BCRYPT_COMPOSITE_MLKEM_PUBLIC_MAGIC,            PQ_PUBLIC  },
    { { BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB,           true  },
      BCRYPT_COMPOSITE_MLKEM_PRIVATE_MAGIC,           PQ_PRIVATE },
    { { BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_BLOB, true  },
      BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_MAGIC, PQ_SEED    },
    { { BCRYPT_PUBLIC_KEY_BLOB,                        false },
      BCRYPT_COMPOSITE_MLKEM_PUBLIC_MAGIC,            PQ_PUBLIC  },
    { { BCRYPT_PRIVATE_KEY_BLOB,                       true  },
      BCRYPT_COMPOSITE_MLKEM_PRIVATE_MAGIC,           PQ_PRIVATE },
};

/* ---- keys ---- */

static enum mlkem_set number_of(const struct composite_set *set)
{
    return (enum mlkem_set)set->pq.number;
}

static NTSTATUS expand(const struct composite_set *set, const UCHAR *seed, UCHAR *expanded,
                       UCHAR *public_key)
{
    NTSTATUS status = mlkem_code()->generate(number_of(set), seed, expanded);

    if (status) return status;
    memcpy(public_key, mlkem_public_of(number_of(set), expanded), set->lattice_public_bytes);
    return STATUS_SUCCESS;
}

static NTSTATUS check_public(const struct composite_set *set, UCHAR *public_key, UCHAR *extra)
{
    (void)extra;
    return mlkem_code()->check_public(number_of(set), public_key);
}

static const struct composite_lattice lattice = { MLKEM_SEED_BYTES, expand, check_public };

/* ---- encapsulation ---- */

/* The parts of a secret; the curve's has field_bytes. */
struct secrets
{
    UCHAR lattice[MLKEM_SECRET_BYTES], ec[EC_FIELD_BYTES_MAX];
};

/* The curve's part. Infinity is no secret, nor is the 0 that curve25519 has for it. */
static NTSTATUS agree(const struct curve *curve, const struct lc_ec_key *own,
                      const struct lc_ec_key *peer, UCHAR *secret)
{
    static const UCHAR zero[EC_FIELD_BYTES_MAX];
    NTSTATUS status = lc_ec_agree(own, peer, secret);

    if (status) return status;
    return equal_constant_time(secret, zero, curve->field_bytes) ? STATUS_INVALID_PARAMETER
                                                                 : STATUS_SUCCESS;
}

static void combine(const struct composite_key *key, const struct curve *curve,
                    const struct secrets *secrets, const UCHAR *point, UCHAR *secret)
{
    const struct composite_set *set = composite_set_of(key);
    const struct digest *digest = &digests[DIGEST_SHA3_256];
    ULONG point_bytes = composite_point_bytes(curve);
    struct digest_state state;

    digest_start(digest, &state);
    digest_update(digest, &state, secrets->lattice, sizeof(secrets->lattice));
    digest_update(digest, &state, secrets->ec, curve->field_bytes);
    digest_update(digest, &state, point, point_bytes);
    digest_update(digest, &state, key->pq.public_key + set->lattice_public_bytes, point_bytes);
    digest_update(digest, &state, set->label, set->label_bytes);
    digest_finish(digest, &state, secret);
    wipe(&state, sizeof(state));
}

static NTSTATUS encapsulate(const struct pq_key *key, UCHAR *ciphertext, UCHAR *secret)
{
    const struct composite_key *composite = (const struct composite_key *)key;
    const struct composite_set *set = composite_set_of(key);
    UCHAR coins[MLKEM_COINS_BYTES], *point = ciphertext + set->lattice_output_bytes;
    struct lc_ec_key *sender = NULL;
    const struct curve *curve;
    struct secrets secrets;
    NTSTATUS status;

    if ((status = composite_curve(set, &curve))) return status;
    if (!random_bytes(coins, sizeof(coins))) return STATUS_INTERNAL_ERROR;
    status = mlkem_code()->encapsulate(number_of(set), key->public_key, coins, ciphertext,
                                       secrets.lattice);
    if (!status) status = lc_ec_key_generate(curve->lc, &sender);
    if (!status) status = agree(curve, sender, composite->ec, secrets.ec);
    if (!status)
    {
        composite_write_point(curve, sender, point);
        combine(composite, curve, &secrets, point, secret);
    }
    lc_ec_key_free(sender);
    wipe(coins, sizeof(coins));
    wipe(&secrets, sizeof(secrets));
    return status;
}

/* Of ML-KEM's part any bytes give a secret; what is no point is STATUS_INVALID_PARAMETER. */
static NTSTATUS decapsulate(const struct pq_key *key, const UCHAR *ciphertext, UCHAR *secret)
{
    const struct composite_key *composite = (const struct composite_key *)key;
    const struct composite_set *set = composite_set_of(key);
    const UCHAR *point = ciphertext + set->lattice_output_bytes;
    struct lc_ec_key *sender = NULL;
    const struct curve *curve;
    struct secrets secrets;
    NTSTATUS status;

    if ((status = composite_curve(set, &curve))) return status;
    if ((status = composite_read_point(curve, point, false, &sender))) return status;
    status = mlkem_code()->decapsulate(number_of(set), composite->expanded, ciphertext,
                                       secrets.lattice);
    if (!status) status = agree(curve, composite->ec, sender, secrets.ec);
    if (!status) combine(composite, curve, &secrets, point, secret);
    lc_ec_key_free(sender);
    wipe(&secrets, sizeof(secrets));
    return status;
}

static const struct pq_kem kem = { encapsulate, decapsulate };

/* ---- the algorithm ---- */

static const struct pair_methods methods =
{
    COMPOSITE_METHODS, PQ_KEM_PROPERTIES, .kind = PROV_COMPOSITE_MLKEM_KEY,
    .types = PROV_ROWS(types),
};

static const struct prov_rows set_rows = PROV_ROWS(sets);

static const struct composite_row rows[] =
{
    { { { BCRYPT_COMPOSITE_MLKEM_ALGORITHM, &methods, { 0, 0, 0 }, &set_rows },
        NULL, NULL, NULL, true, NULL, &kem }, &lattice },
};

static NTSTATUS WINAPI composite_mlkem_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm,
                                                               LPCWSTR pszAlgId, ULONG dwFlags)
{
    return prov_open(&composite_mlkem_family, sizeof(struct prov_algorithm), 0, pszAlgId, dwFlags,
                     phAlgorithm);
}

static const BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE functions =
    PQ_KEM_FUNCTIONS(composite_mlkem_open_algorithm_provider);

const struct prov_family composite_mlkem_family =
{
    BCRYPT_KEY_ENCAPSULATION_INTERFACE, PROV_ROWS(rows), &functions
};
