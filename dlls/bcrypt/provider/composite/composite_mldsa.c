/*
 * composite_mldsa.c - composite ML-DSA: signatures of ML-DSA and of ECDSA together.
 *
 * Both sign the same representative: the draft's prefix, the set's label, the context with its
 * length, and the message's hash. To ML-DSA the label is the context. A signature is one only if
 * both parts are. Behind a public key stands the hash tr of its ML-DSA part, as in mldsa_family.c.
 *
 * Source: draft-ietf-lamps-pq-composite-sigs.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/mldsa/mldsa.h"
#include "crypto/random/random.h"
#include "platform/wipe.h"
#include "provider/composite/composite.h"

#define LABEL(text) text, sizeof(text) - 1

/* name, number, public key, private key, where the public key is in it, seed, the longest
 * signature, tr; curve; label; ML-DSA's public key, private key and signature; hashes of the
 * message and of ECDSA, the first one's number under NIST's arc */
static const struct composite_set sets[] =
{
    { { BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_44_ECDSA_P256_SHA256, MLDSA_44, 1377, 83, PQ_APART, 0,
        2492, MLDSA_TR_BYTES },
      BCRYPT_ECC_CURVE_NISTP256, LABEL("COMPSIG-MLDSA44-ECDSA-P256-SHA256"), 1312, 2560, 2420,
      DIGEST_SHA256, DIGEST_SHA256, 1 },
    { { BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_65_ECDSA_P256_SHA512, MLDSA_65, 2017, 83, PQ_APART, 0,
        3381, MLDSA_TR_BYTES },
      BCRYPT_ECC_CURVE_NISTP256, LABEL("COMPSIG-MLDSA65-ECDSA-P256-SHA512"), 1952, 4032, 3309,
      DIGEST_SHA512, DIGEST_SHA256, 3 },
    { { BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_65_ECDSA_P384_SHA512, MLDSA_65, 2049, 96, PQ_APART, 0,
        3413, MLDSA_TR_BYTES },
      BCRYPT_ECC_CURVE_NISTP384, LABEL("COMPSIG-MLDSA65-ECDSA-P384-SHA512"), 1952, 4032, 3309,
      DIGEST_SHA512, DIGEST_SHA384, 3 },
    { { BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_87_ECDSA_P384_SHA512, MLDSA_87, 2689, 96, PQ_APART, 0,
        4731, MLDSA_TR_BYTES },
      BCRYPT_ECC_CURVE_NISTP384, LABEL("COMPSIG-MLDSA87-ECDSA-P384-SHA512"), 2592, 4896, 4627,
      DIGEST_SHA512, DIGEST_SHA384, 3 },
};

static const struct pq_blob_type types[] =
{
    { { BCRYPT_PQDSA_PUBLIC_BLOB,  false }, BCRYPT_COMPOSITE_MLDSA_PUBLIC_MAGIC,  PQ_PUBLIC  },
    { { BCRYPT_PQDSA_PRIVATE_BLOB, true  }, BCRYPT_COMPOSITE_MLDSA_PRIVATE_MAGIC, PQ_PRIVATE },
    { { BCRYPT_PUBLIC_KEY_BLOB,    false }, BCRYPT_COMPOSITE_MLDSA_PUBLIC_MAGIC,  PQ_PUBLIC  },
    { { BCRYPT_PRIVATE_KEY_BLOB,   true  }, BCRYPT_COMPOSITE_MLDSA_PRIVATE_MAGIC, PQ_PRIVATE },
};

/* ---- keys ---- */

static enum mldsa_set number_of(const struct composite_set *set)
{
    return (enum mldsa_set)set->pq.number;
}

static NTSTATUS expand(const struct composite_set *set, const UCHAR *seed, UCHAR *expanded,
                       UCHAR *public_key)
{
    return mldsa_code()->generate(number_of(set), seed, expanded, public_key);
}

/* Any bytes are a public key. */
static NTSTATUS check_public(const struct composite_set *set, UCHAR *public_key, UCHAR *extra)
{
    mldsa_tr(number_of(set), public_key, extra);
    return STATUS_SUCCESS;
}

static const struct composite_lattice lattice = { MLDSA_SEED_BYTES, expand, check_public };

/* ---- what is signed ---- */

static const UCHAR prefix[] = "CompositeAlgorithmSignatures2025";

#define LABEL_MOST 33
#define HASH_MOST  64

struct representative
{
    UCHAR bytes[sizeof(prefix) - 1 + LABEL_MOST + 1 + PQ_CONTEXT_MOST + HASH_MOST];
    ULONG count;
};

static void put(struct representative *made, const void *bytes, ULONG count)
{
    memcpy(made->bytes + made->count, bytes, count);
    made->count += count;
}

/*
 * The representative of a message, or of its hash. What pq_sign.c puts before a message for FIPS
 * 204 has the context with its length behind the first byte, and the hash's identifier, if there
 * is one, behind that.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   a hash that is not the set's
 */
static NTSTATUS represent(const struct composite_set *set, const struct pq_message *message,
                          struct representative *made)
{
    const struct digest *digest = &digests[set->prehash];

    if (message->prefix[0] && message->prefix[message->prefix_bytes - 1] != set->prehash_arc)
    {
        return STATUS_INVALID_PARAMETER;
    }
    made->count = 0;
    put(made, prefix, sizeof(prefix) - 1);
    put(made, set->label, set->label_bytes);
    put(made, message->prefix + 1, 1 + message->prefix[1]);
    if (message->prefix[0]) put(made, message->bytes, message->count);
    else
    {
        digest_once(digest, message->bytes, message->count, made->bytes + made->count);
        made->count += (ULONG)digest->digest_bytes;
    }
    return STATUS_SUCCESS;
}

/* What ML-DSA signs, and what ECDSA does. */
static void get_inputs(const struct composite_key *key, const struct representative *made,
                       UCHAR mu[MLDSA_MU_BYTES], UCHAR hash[HASH_MOST])
{
    const struct composite_set *set = composite_set_of(key);
    UCHAR head[2 + LABEL_MOST] = { 0, (UCHAR)set->label_bytes };

    memcpy(head + 2, set->label, set->label_bytes);
    mldsa_mu(key->pq.public_key + set->pq.public_bytes, head, 2 + set->label_bytes, made->bytes,
             made->count, mu);
    digest_once(&digests[set->ec_hash], made->bytes, made->count, hash);
}

/* ---- signatures ---- */

static NTSTATUS sign(const struct pq_key *key, const struct pq_message *message, UCHAR *signature,
                     ULONG *bytes)
{
    const struct composite_key *composite = (const struct composite_key *)key;
    const struct composite_set *set = composite_set_of(key);
    UCHAR mu[MLDSA_MU_BYTES], hash[HASH_MOST], coins[MLDSA_COINS_BYTES];
    ULONG order_bytes = (ULONG)digests[set->ec_hash].digest_bytes;     /* as many, as it happens */
    UCHAR ec_signature[2 * HASH_MOST];
    struct representative made;
    NTSTATUS status;

    if ((status = represent(set, message, &made))) return status;
    get_inputs(composite, &made, mu, hash);
    status = STATUS_INTERNAL_ERROR;
    if (random_bytes(coins, sizeof(coins)))
    {
        status = mldsa_code()->sign(number_of(set), composite->expanded, mu, coins, signature);
    }
    if (!status) status = lc_ec_sign(composite->ec, hash, order_bytes, ec_signature);
    if (!status)
    {
        *bytes = set->lattice_output_bytes +
                 composite_write_signature(ec_signature, order_bytes,
                                           signature + set->lattice_output_bytes);
    }
    wipe(coins, sizeof(coins));
    wipe(mu, sizeof(mu));
    wipe(hash, sizeof(hash));
    wipe(&made, sizeof(made));
    return status;
}

static NTSTATUS verify(const struct pq_key *key, const struct pq_message *message,
                       const UCHAR *signature, ULONG bytes)
{
    const struct composite_key *composite = (const struct composite_key *)key;
    const struct composite_set *set = composite_set_of(key);
    ULONG order_bytes = (ULONG)digests[set->ec_hash].digest_bytes;
    UCHAR mu[MLDSA_MU_BYTES], hash[HASH_MOST], ec_signature[2 * HASH_MOST];
    struct representative made;
    NTSTATUS status;

    if (bytes <= set->lattice_output_bytes) return STATUS_INVALID_PARAMETER;
    if ((status = represent(set, message, &made))) return status;
    if (!composite_read_signature(signature + set->lattice_output_bytes,
                                  bytes - set->lattice_output_bytes, order_bytes, ec_signature))
    {
        return STATUS_INVALID_SIGNATURE;
    }
    get_inputs(composite, &made, mu, hash);
    status = mldsa_code()->verify(number_of(set), key->public_key, mu, signature);
    return status ? status : lc_ec_verify(composite->ec, hash, order_bytes, ec_signature);
}

static const struct pq_signing signing = { true, false, 1, sign, verify };

/* ---- the algorithm ---- */

static const struct pair_methods methods =
{
    COMPOSITE_METHODS, PQ_SIGNING_PROPERTIES, .kind = PROV_COMPOSITE_MLDSA_KEY,
    .types = PROV_ROWS(types),
};

static const struct prov_rows set_rows = PROV_ROWS(sets);

static const struct composite_row rows[] =
{
    { { { BCRYPT_COMPOSITE_MLDSA_ALGORITHM, &methods, { 0, 0, 0 }, &set_rows },
        NULL, NULL, NULL, true, &signing, NULL }, &lattice },
};

static NTSTATUS WINAPI composite_mldsa_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm,
                                                               LPCWSTR pszAlgId, ULONG dwFlags)
{
    return prov_open(&composite_mldsa_family, sizeof(struct prov_algorithm), 0, pszAlgId, dwFlags,
                     phAlgorithm);
}

static const BCRYPT_SIGNATURE_FUNCTION_TABLE functions =
    PQ_SIGNATURE_FUNCTIONS(composite_mldsa_open_algorithm_provider);

const struct prov_family composite_mldsa_family =
{
    BCRYPT_SIGNATURE_INTERFACE, PROV_ROWS(rows), &functions
};
