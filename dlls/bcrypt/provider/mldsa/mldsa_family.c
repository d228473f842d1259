/*
 * mldsa_family.c - ML-DSA (FIPS 204): signatures.
 *
 * Behind a public key, wherever it is kept, stands its hash tr, with which every message begins.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/mldsa/mldsa.h"
#include "crypto/random/random.h"
#include "platform/wipe.h"
#include "provider/pq/pq.h"

/* name, number, public key, private key, where the public key is in it, seed, signature, tr */
static const struct pq_set sets[] =
{
    { BCRYPT_MLDSA_PARAMETER_SET_44, MLDSA_44, 1312, 2560, PQ_APART, MLDSA_SEED_BYTES, 2420,
      MLDSA_TR_BYTES },
    { BCRYPT_MLDSA_PARAMETER_SET_65, MLDSA_65, 1952, 4032, PQ_APART, MLDSA_SEED_BYTES, 3309,
      MLDSA_TR_BYTES },
    { BCRYPT_MLDSA_PARAMETER_SET_87, MLDSA_87, 2592, 4896, PQ_APART, MLDSA_SEED_BYTES, 4627,
      MLDSA_TR_BYTES },
};

static const struct pq_blob_type types[] =
{
    { { BCRYPT_PQDSA_PUBLIC_BLOB,       false }, BCRYPT_MLDSA_PUBLIC_MAGIC,       PQ_PUBLIC  },
    { { BCRYPT_PQDSA_PRIVATE_BLOB,      true  }, BCRYPT_MLDSA_PRIVATE_MAGIC,      PQ_PRIVATE },
    { { BCRYPT_PQDSA_PRIVATE_SEED_BLOB, true  }, BCRYPT_MLDSA_PRIVATE_SEED_MAGIC, PQ_SEED    },
    { { BCRYPT_PUBLIC_KEY_BLOB,         false }, BCRYPT_MLDSA_PUBLIC_MAGIC,       PQ_PUBLIC  },
    { { BCRYPT_PRIVATE_KEY_BLOB,        true  }, BCRYPT_MLDSA_PRIVATE_MAGIC,      PQ_PRIVATE },
};

/* ---- keys ---- */

static enum mldsa_set number_of(const struct pq_set *set)
{
    return (enum mldsa_set)set->number;
}

/* Any bytes are a public key. */
static NTSTATUS check_public(const struct pq_set *set, UCHAR *public_key)
{
    mldsa_tr(number_of(set), public_key, public_key + set->public_bytes);
    return STATUS_SUCCESS;
}

static NTSTATUS generate(const struct pq_set *set, const UCHAR *seed, UCHAR *private_key,
                         UCHAR *public_key)
{
    NTSTATUS status = mldsa_code()->generate(number_of(set), seed, private_key, public_key);

    return status ? status : check_public(set, public_key);
}

/* The public key has to be computed whatever the flags say, and that is the check. */
static NTSTATUS check_private(const struct pq_set *set, const UCHAR *private_key,
                              UCHAR *public_key, bool with_care)
{
    NTSTATUS status = mldsa_code()->public_of(number_of(set), private_key, public_key);

    (void)with_care;
    return status ? status : check_public(set, public_key);
}

/* ---- signatures ---- */

static void get_mu(const struct pq_key *key, const struct pq_message *message,
                   UCHAR mu[MLDSA_MU_BYTES])
{
    if (message->is_mu) memcpy(mu, message->bytes, MLDSA_MU_BYTES);
    else
    {
        mldsa_mu(key->public_key + pq_set_of(key)->public_bytes, message->prefix,
                 message->prefix_bytes, message->bytes, message->count, mu);
    }
}

static NTSTATUS sign(const struct pq_key *key, const struct pq_message *message, UCHAR *signature,
                     ULONG *bytes)
{
    UCHAR mu[MLDSA_MU_BYTES], coins[MLDSA_COINS_BYTES];
    NTSTATUS status = STATUS_INTERNAL_ERROR;

    (void)bytes;
    get_mu(key, message, mu);
    if (random_bytes(coins, sizeof(coins)))
    {
        status = mldsa_code()->sign(number_of(pq_set_of(key)), key->private_key, mu, coins,
                                    signature);
    }
    wipe(mu, sizeof(mu));
    wipe(coins, sizeof(coins));
    return status;
}

static NTSTATUS verify(const struct pq_key *key, const struct pq_message *message,
                       const UCHAR *signature, ULONG bytes)
{
    UCHAR mu[MLDSA_MU_BYTES];

    (void)bytes;
    get_mu(key, message, mu);
    return mldsa_code()->verify(number_of(pq_set_of(key)), key->public_key, mu, signature);
}

static const struct pq_signing signing = { true, true, 0, sign, verify };

/* ---- the algorithm ---- */

static const struct pair_methods methods =
{
    PQ_METHODS, PQ_SIGNING_PROPERTIES, .kind = PROV_MLDSA_KEY, .types = PROV_ROWS(types),
};

static const struct prov_rows set_rows = PROV_ROWS(sets);

static const struct pq_row rows[] =
{
    { { BCRYPT_MLDSA_ALGORITHM, &methods, { 0, 0, 0 }, &set_rows },
      generate, check_public, check_private, false, &signing, NULL },
};

static NTSTATUS WINAPI mldsa_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm,
                                                     LPCWSTR pszAlgId, ULONG dwFlags)
{
    return prov_open(&mldsa_family, sizeof(struct prov_algorithm), 0, pszAlgId, dwFlags,
                     phAlgorithm);
}

static const BCRYPT_SIGNATURE_FUNCTION_TABLE functions =
    PQ_SIGNATURE_FUNCTIONS(mldsa_open_algorithm_provider);

const struct prov_family mldsa_family =
{
    BCRYPT_SIGNATURE_INTERFACE, PROV_ROWS(rows), &functions
};
