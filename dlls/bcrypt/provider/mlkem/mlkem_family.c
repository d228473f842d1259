/*
 * mlkem_family.c - ML-KEM (FIPS 203): key encapsulation.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/lc.h"
#include "crypto/mlkem/mlkem.h"
#include "crypto/random/random.h"
#include "platform/wipe.h"
#include "provider/pq/pq.h"

/* name, number, public key, private key, where the public key is in it, seed, ciphertext, - */
static const struct pq_set sets[] =
{
    { BCRYPT_MLKEM_PARAMETER_SET_512,  MLKEM_512,   800, 1632,  768, MLKEM_SEED_BYTES,  768, 0 },
    { BCRYPT_MLKEM_PARAMETER_SET_768,  MLKEM_768,  1184, 2400, 1152, MLKEM_SEED_BYTES, 1088, 0 },
    { BCRYPT_MLKEM_PARAMETER_SET_1024, MLKEM_1024, 1568, 3168, 1536, MLKEM_SEED_BYTES, 1568, 0 },
};

static const struct pq_blob_type types[] =
{
    { { BCRYPT_MLKEM_PUBLIC_BLOB,       false }, BCRYPT_MLKEM_PUBLIC_MAGIC,       PQ_PUBLIC  },
    { { BCRYPT_MLKEM_PRIVATE_BLOB,      true  }, BCRYPT_MLKEM_PRIVATE_MAGIC,      PQ_PRIVATE },
    { { BCRYPT_MLKEM_PRIVATE_SEED_BLOB, true  }, BCRYPT_MLKEM_PRIVATE_SEED_MAGIC, PQ_SEED    },
    { { BCRYPT_PUBLIC_KEY_BLOB,         false }, BCRYPT_MLKEM_PUBLIC_MAGIC,       PQ_PUBLIC  },
    { { BCRYPT_PRIVATE_KEY_BLOB,        true  }, BCRYPT_MLKEM_PRIVATE_MAGIC,      PQ_PRIVATE },
};

/* ---- keys ---- */

static NTSTATUS generate(const struct pq_set *set, const UCHAR *seed, UCHAR *private_key,
                         UCHAR *public_key)
{
    (void)public_key;
    return mlkem_code()->generate((enum mlkem_set)set->number, seed, private_key);
}

static NTSTATUS check_public(const struct pq_set *set, UCHAR *public_key)
{
    return mlkem_code()->check_public((enum mlkem_set)set->number, public_key);
}

/*
 * The public key's hash does not cover s, the first part. Whether s belongs to the public key is
 * seen by encapsulating and decapsulating once. z can be anything.
 */
static NTSTATUS check_pair(enum mlkem_set set, const UCHAR *private_key)
{
    static const UCHAR coins[MLKEM_COINS_BYTES] = "any message does";
    UCHAR ciphertext[MLKEM_MOST_CIPHERTEXT_BYTES];
    UCHAR closed[MLKEM_SECRET_BYTES], opened[MLKEM_SECRET_BYTES];
    NTSTATUS status;

    status = mlkem_code()->encapsulate(set, mlkem_public_of(set, private_key), coins, ciphertext,
                                       closed);
    if (!status) status = mlkem_code()->decapsulate(set, private_key, ciphertext, opened);
    if (!status && !equal_constant_time(closed, opened, sizeof(closed)))
    {
        status = STATUS_INVALID_PARAMETER;
    }
    wipe(opened, sizeof(opened));               /* of another key it might be a secret one */
    return status;
}

/* The hash is checked whatever the flags say: it costs little, and a public key that was never
 * looked at is in there. */
static NTSTATUS check_private(const struct pq_set *set, const UCHAR *private_key,
                              UCHAR *public_key, bool with_care)
{
    enum mlkem_set number = (enum mlkem_set)set->number;
    NTSTATUS status;

    (void)public_key;
    if ((status = mlkem_code()->check_private(number, private_key)) || !with_care) return status;
    return check_pair(number, private_key);
}

/* ---- encapsulation ---- */

static NTSTATUS encapsulate(const struct pq_key *key, UCHAR *ciphertext, UCHAR *secret)
{
    enum mlkem_set set = (enum mlkem_set)pq_set_of(key)->number;
    UCHAR coins[MLKEM_COINS_BYTES];
    NTSTATUS status;

    if (!random_bytes(coins, sizeof(coins))) return STATUS_INTERNAL_ERROR;
    status = mlkem_code()->encapsulate(set, key->public_key, coins, ciphertext, secret);
    wipe(coins, sizeof(coins));
    return status;
}

static NTSTATUS decapsulate(const struct pq_key *key, const UCHAR *ciphertext, UCHAR *secret)
{
    return mlkem_code()->decapsulate((enum mlkem_set)pq_set_of(key)->number, key->private_key,
                                     ciphertext, secret);
}

static const struct pq_kem kem = { encapsulate, decapsulate };

/* ---- the algorithm ---- */

static const struct pair_methods methods =
{
    PQ_METHODS, PQ_KEM_PROPERTIES, .kind = PROV_MLKEM_KEY, .types = PROV_ROWS(types),
    .generate_flags = BCRYPT_NO_KEY_VALIDATION,
};

static const struct prov_rows set_rows = PROV_ROWS(sets);

static const struct pq_row rows[] =
{
    { { BCRYPT_MLKEM_ALGORITHM, &methods, { 0, 0, 0 }, &set_rows },
      generate, check_public, check_private, false, NULL, &kem },
};

static NTSTATUS WINAPI mlkem_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm,
                                                     LPCWSTR pszAlgId, ULONG dwFlags)
{
    return prov_open(&mlkem_family, sizeof(struct prov_algorithm), 0, pszAlgId, dwFlags,
                     phAlgorithm);
}

static const BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE functions =
    PQ_KEM_FUNCTIONS(mlkem_open_algorithm_provider);

const struct prov_family mlkem_family =
{
    BCRYPT_KEY_ENCAPSULATION_INTERFACE, PROV_ROWS(rows), &functions
};
