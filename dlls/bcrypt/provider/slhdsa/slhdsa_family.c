/*
 * slhdsa_family.c - SLH-DSA (FIPS 205): signatures.
 *
 * Windows' header names the algorithm, its parameter sets and its blobs, and its provider has it
 * not: docs/deviations.md.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/random/random.h"
#include "crypto/slhdsa/slhdsa.h"
#include "platform/platform.h"
#include "platform/wipe.h"
#include "provider/pq/pq.h"

/* name, number, public key, private key, where the public key is in it, seed, signature, - */
#define SET(name, number, n, signature) \
    { BCRYPT_SLHDSA_PARAMETER_SET_##name, number, 2 * n, 4 * n, 2 * n, 3 * n, signature, 0 }

static const struct pq_set sets[] =
{
    SET(SHA2_128S,  SLHDSA_SHA2_128S,  16,  7856),
    SET(SHAKE_128S, SLHDSA_SHAKE_128S, 16,  7856),
    SET(SHA2_128F,  SLHDSA_SHA2_128F,  16, 17088),
    SET(SHAKE_128F, SLHDSA_SHAKE_128F, 16, 17088),
    SET(SHA2_192S,  SLHDSA_SHA2_192S,  24, 16224),
    SET(SHAKE_192S, SLHDSA_SHAKE_192S, 24, 16224),
    SET(SHA2_192F,  SLHDSA_SHA2_192F,  24, 35664),
    SET(SHAKE_192F, SLHDSA_SHAKE_192F, 24, 35664),
    SET(SHA2_256S,  SLHDSA_SHA2_256S,  32, 29792),
    SET(SHAKE_256S, SLHDSA_SHAKE_256S, 32, 29792),
    SET(SHA2_256F,  SLHDSA_SHA2_256F,  32, 49856),
    SET(SHAKE_256F, SLHDSA_SHAKE_256F, 32, 49856),
};

static const struct pq_blob_type types[] =
{
    { { BCRYPT_PQDSA_PUBLIC_BLOB,  false }, BCRYPT_SLHDSA_PUBLIC_MAGIC,  PQ_PUBLIC  },
    { { BCRYPT_PQDSA_PRIVATE_BLOB, true  }, BCRYPT_SLHDSA_PRIVATE_MAGIC, PQ_PRIVATE },
    { { BCRYPT_PUBLIC_KEY_BLOB,    false }, BCRYPT_SLHDSA_PUBLIC_MAGIC,  PQ_PUBLIC  },
    { { BCRYPT_PRIVATE_KEY_BLOB,   true  }, BCRYPT_SLHDSA_PRIVATE_MAGIC, PQ_PRIVATE },
};

/* ---- keys ---- */

static enum slhdsa_set number_of(const struct pq_set *set)
{
    return (enum slhdsa_set)set->number;
}

static NTSTATUS generate(const struct pq_set *set, const UCHAR *seed, UCHAR *private_key,
                         UCHAR *public_key)
{
    (void)public_key;
    return fast_slhdsa.generate(number_of(set), seed, private_key);
}

/* Any bytes may be a public key. */
static NTSTATUS check_public(const struct pq_set *set, UCHAR *public_key)
{
    (void)set, (void)public_key;
    return STATUS_SUCCESS;
}

/* The root is made of the seeds; of SK.prf nothing in the key is. */
static NTSTATUS check_private(const struct pq_set *set, const UCHAR *private_key,
                              UCHAR *public_key, bool with_care)
{
    UCHAR again[SLHDSA_MOST_PRIVATE_BYTES];
    NTSTATUS status;

    (void)public_key;
    if (!with_care) return STATUS_SUCCESS;
    status = fast_slhdsa.generate(number_of(set), private_key, again);
    if (!status && !equal_constant_time(again, private_key, set->private_bytes))
    {
        status = STATUS_INVALID_PARAMETER;
    }
    wipe(again, sizeof(again));
    return status;
}

/* ---- signatures ---- */

static struct slhdsa_message message_of(const struct pq_message *message)
{
    return (struct slhdsa_message){ message->prefix, message->bytes, message->prefix_bytes,
                                    message->count };
}

static NTSTATUS sign(const struct pq_key *key, const struct pq_message *message, UCHAR *signature,
                     ULONG *bytes)
{
    const struct slhdsa_message pieces = message_of(message);
    const struct pq_set *set = pq_set_of(key);
    UCHAR coins[SLHDSA_MOST_N];
    NTSTATUS status;

    (void)bytes;
    if (!random_bytes(coins, set->private_bytes / 4)) return STATUS_INTERNAL_ERROR;
    status = fast_slhdsa.sign(number_of(set), key->private_key, &pieces, coins, signature);
    wipe(coins, sizeof(coins));
    return status;
}

static NTSTATUS verify(const struct pq_key *key, const struct pq_message *message,
                       const UCHAR *signature, ULONG bytes)
{
    const struct slhdsa_message pieces = message_of(message);

    (void)bytes;
    return fast_slhdsa.verify(number_of(pq_set_of(key)), key->public_key, &pieces, signature);
}

static const struct pq_signing signing = { true, false, 0, sign, verify };

/* ---- the algorithm ---- */

static const struct pair_methods methods =
{
    PQ_METHODS, PQ_SIGNING_PROPERTIES, .kind = PROV_SLHDSA_KEY, .types = PROV_ROWS(types),
};

static const struct prov_rows set_rows = PROV_ROWS(sets);

static const struct pq_row rows[] =
{
    { { BCRYPT_SLHDSA_ALGORITHM, &methods, { 0, 0, 0 }, &set_rows },
      generate, check_public, check_private, true, &signing, NULL },
};

static NTSTATUS WINAPI slhdsa_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm,
                                                      LPCWSTR pszAlgId, ULONG dwFlags)
{
    return prov_open(&slhdsa_family, sizeof(struct prov_algorithm), 0, pszAlgId, dwFlags,
                     phAlgorithm);
}

static const BCRYPT_SIGNATURE_FUNCTION_TABLE functions =
    PQ_SIGNATURE_FUNCTIONS(slhdsa_open_algorithm_provider);

const struct prov_family slhdsa_family =
{
    BCRYPT_SIGNATURE_INTERFACE, PROV_ROWS(rows), &functions
};
