/*
 * lc_mlkem.c - ML-KEM of libcrypto.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/lc_pkey.h"
#include "crypto/mlkem/mlkem.h"
#include "platform/wipe.h"

/* libcrypto leaves the secret of a rejection in its frames, which are no deeper than this. */
#define STACK_BYTES 16384

static const char *const names[] =
{
    [MLKEM_512] = "ML-KEM-512", [MLKEM_768] = "ML-KEM-768", [MLKEM_1024] = "ML-KEM-1024",
};

static NTSTATUS new_public(enum mlkem_set set, const uint8_t *public_key, EVP_PKEY **key)
{
    return lc_pkey_new(names[set], OSSL_PKEY_PARAM_PUB_KEY, public_key,
                       mlkem_sizes[set].public_bytes, key);
}

static NTSTATUS new_private(enum mlkem_set set, const uint8_t *private_key, EVP_PKEY **key)
{
    return lc_pkey_new(names[set], OSSL_PKEY_PARAM_PRIV_KEY, private_key,
                       mlkem_sizes[set].private_bytes, key);
}

static NTSTATUS generate(enum mlkem_set set, const uint8_t seed[MLKEM_SEED_BYTES],
                         uint8_t *private_key)
{
    EVP_PKEY *key;
    NTSTATUS status;

    status = lc_pkey_new(names[set], OSSL_PKEY_PARAM_ML_KEM_SEED, seed, MLKEM_SEED_BYTES, &key);
    if (!status)
    {
        status = lc_pkey_part(key, OSSL_PKEY_PARAM_PRIV_KEY, private_key,
                              mlkem_sizes[set].private_bytes);
    }
    EVP_PKEY_free(key);
    return status;
}

static NTSTATUS check_public(enum mlkem_set set, const uint8_t *public_key)
{
    EVP_PKEY *key;
    NTSTATUS status = new_public(set, public_key, &key);

    EVP_PKEY_free(key);
    return status;
}

static NTSTATUS check_private(enum mlkem_set set, const uint8_t *private_key)
{
    EVP_PKEY *key;
    NTSTATUS status = new_private(set, private_key, &key);

    EVP_PKEY_free(key);
    return status;
}

static NTSTATUS encapsulate(enum mlkem_set set, const uint8_t *public_key,
                            const uint8_t coins[MLKEM_COINS_BYTES], uint8_t *ciphertext,
                            uint8_t secret[MLKEM_SECRET_BYTES])
{
    const OSSL_PARAM parameters[] =
    {
        OSSL_PARAM_construct_octet_string(OSSL_KEM_PARAM_IKME, (void *)(uintptr_t)coins,
                                          MLKEM_COINS_BYTES),
        OSSL_PARAM_construct_end(),
    };
    size_t ciphertext_bytes = mlkem_sizes[set].ciphertext_bytes;
    size_t secret_bytes = MLKEM_SECRET_BYTES;
    EVP_PKEY_CTX *context = NULL;
    EVP_PKEY *key;
    NTSTATUS status;

    if ((status = new_public(set, public_key, &key))) return status;
    if (!(context = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL)) ||
        EVP_PKEY_encapsulate_init(context, parameters) != 1 ||
        EVP_PKEY_encapsulate(context, ciphertext, &ciphertext_bytes, secret, &secret_bytes) != 1)
    {
        status = lc_status("EVP_PKEY_encapsulate");
    }
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(key);
    wipe_stack(STACK_BYTES);
    return status;
}

/*
 * libcrypto has no failure once it has begun: where its hashes get no memory on the way, it says
 * that all went well and gives the secret of a rejection, which is not what the sender has.
 */
static NTSTATUS decapsulate(enum mlkem_set set, const uint8_t *private_key,
                            const uint8_t *ciphertext, uint8_t secret[MLKEM_SECRET_BYTES])
{
    unsigned int failures = lc_memory_failures();
    size_t secret_bytes = MLKEM_SECRET_BYTES;
    EVP_PKEY_CTX *context = NULL;
    EVP_PKEY *key;
    NTSTATUS status;

    if ((status = new_private(set, private_key, &key))) return status;
    if (!(context = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL)) ||
        EVP_PKEY_decapsulate_init(context, NULL) != 1 ||
        EVP_PKEY_decapsulate(context, secret, &secret_bytes, ciphertext,
                             mlkem_sizes[set].ciphertext_bytes) != 1)
    {
        status = lc_status("EVP_PKEY_decapsulate");
    }
    else if (lc_memory_failures() != failures) status = STATUS_NO_MEMORY;
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(key);
    wipe_stack(STACK_BYTES);
    return status;
}

const struct mlkem_code lc_mlkem =
{
    .generate      = generate,
    .check_public  = check_public,
    .check_private = check_private,
    .encapsulate   = encapsulate,
    .decapsulate   = decapsulate,
};
