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

/* An encapsulation is made here, and copied out when all of it is there. */
struct encapsulation
{
    UCHAR coins[MLKEM_COINS_BYTES];
    UCHAR secret[MLKEM_SECRET_BYTES];
    UCHAR ciphertext[MLKEM_MOST_CIPHERTEXT_BYTES];
};

static NTSTATUS make(const struct pq_set *set, const UCHAR *public_key,
                     struct encapsulation *encapsulation)
{
    NTSTATUS status;

    if ((status = lc_ready())) return status;
    if (!random_bytes(encapsulation->coins, MLKEM_COINS_BYTES)) return STATUS_INTERNAL_ERROR;
    return mlkem_code()->encapsulate((enum mlkem_set)set->number, public_key, encapsulation->coins,
                                     encapsulation->ciphertext, encapsulation->secret);
}

static NTSTATUS WINAPI mlkem_encapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbSecretKey,
                                         ULONG cbSecretKey, ULONG *pcbSecretKey,
                                         PUCHAR pbCipherText, ULONG cbCipherText,
                                         ULONG *pcbCipherText, ULONG dwFlags)
{
    const struct pq_key *key = pair_ready(hKey);
    struct encapsulation encapsulation;
    const struct pq_set *set;
    NTSTATUS status;

    if (!key) return STATUS_INVALID_HANDLE;
    if (dwFlags) return STATUS_INVALID_PARAMETER;
    set = pq_set_of(key);
    *pcbSecretKey = MLKEM_SECRET_BYTES;
    *pcbCipherText = set->output_bytes;
    if (!pbSecretKey) return STATUS_SUCCESS;    /* then there is no pbCipherText either */
    if (cbSecretKey < MLKEM_SECRET_BYTES || cbCipherText < set->output_bytes)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    if (!(status = make(set, key->public_key, &encapsulation)))
    {
        memcpy(pbSecretKey, encapsulation.secret, MLKEM_SECRET_BYTES);
        memcpy(pbCipherText, encapsulation.ciphertext, set->output_bytes);
    }
    wipe(&encapsulation, sizeof(encapsulation));
    return status;
}

static NTSTATUS WINAPI mlkem_decapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbCipherText,
                                         ULONG cbCipherText, PUCHAR pbSecretKey, ULONG cbSecretKey,
                                         ULONG *pcbSecretKey, ULONG dwFlags)
{
    const struct pq_key *key = pair_ready(hKey);
    struct reply reply = { pbSecretKey, cbSecretKey, pcbSecretKey };
    UCHAR secret[MLKEM_SECRET_BYTES];
    const struct pq_set *set;
    NTSTATUS status;
    PUCHAR room;

    if (!key) return STATUS_INVALID_HANDLE;
    if (dwFlags || !key->private_key) return STATUS_INVALID_PARAMETER;
    set = pq_set_of(key);
    status = reply_room(&reply, MLKEM_SECRET_BYTES, &room);
    if (!room) return status;
    if (cbCipherText != set->output_bytes) return STATUS_INVALID_BUFFER_SIZE;
    if ((status = lc_ready())) return status;
    status = mlkem_code()->decapsulate((enum mlkem_set)set->number, key->private_key, pbCipherText,
                                       secret);
    if (!status) memcpy(room, secret, sizeof(secret));
    wipe(secret, sizeof(secret));
    return status;
}

/* ---- properties ---- */

static NTSTATUS get_secret_length(void *object, const struct reply *reply)
{
    (void)object;
    return reply_ulong(reply, MLKEM_SECRET_BYTES);
}

static const struct property algorithm_property_list[] =
{
    { BCRYPT_KEM_SHARED_SECRET_LENGTH, get_secret_length, NULL },
};
static const struct properties algorithm_properties = PROPERTIES_AND(algorithm_property_list,
                                                                     &pair_algorithm_properties);

static const struct pair_property properties[] =
{
    PQ_PROPERTIES,
    { BCRYPT_KEM_SHARED_SECRET_LENGTH, true, get_secret_length,    NULL, NULL },
    { BCRYPT_KEM_CIPHERTEXT_LENGTH,    true, pq_get_output_length, NULL, NULL },
};

static const struct pair_methods methods =
{
    .kind                 = PROV_MLKEM_KEY,
    .key_bytes            = sizeof(struct pq_key),
    .generate_flags       = BCRYPT_NO_KEY_VALIDATION,
    .make                 = pq_make,
    .free                 = pq_free,
    .read                 = pq_read,
    .write                = pq_write,
    .types                = PROV_ROWS(types),
    .algorithm_properties = &algorithm_properties,
    .properties           = PAIR_PROPERTIES(properties),
};

/* ---- the algorithm ---- */

static const struct prov_rows set_rows = PROV_ROWS(sets);

static const struct pq_row rows[] =
{
    { { BCRYPT_MLKEM_ALGORITHM, &methods, { 0, 0, 0 }, &set_rows },
      generate, check_public, check_private, false, NULL },
};

static NTSTATUS WINAPI mlkem_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm,
                                                     LPCWSTR pszAlgId, ULONG dwFlags)
{
    return prov_open(&mlkem_family, sizeof(struct prov_algorithm), 0, pszAlgId, dwFlags,
                     phAlgorithm);
}

static const BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE functions =
{
    .Version                = BCRYPT_KEY_ENCAPSULATION_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = mlkem_open_algorithm_provider,
    .GetProperty            = pair_get_property,
    .SetProperty            = pair_set_property,
    .CloseAlgorithmProvider = prov_close,
    .GenerateKeyPair        = pair_generate_key_pair,
    .FinalizeKeyPair        = pair_finalize_key_pair,
    .Encapsulate            = mlkem_encapsulate,
    .Decapsulate            = mlkem_decapsulate,
    .ImportKeyPair          = pair_import_key_pair,
    .ExportKey              = pair_export_key,
    .DestroyKey             = pair_destroy_key,
};

const struct prov_family mlkem_family =
{
    BCRYPT_KEY_ENCAPSULATION_INTERFACE, PROV_ROWS(rows), &functions
};
