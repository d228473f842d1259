/*
 * lc_mldsa.c - ML-DSA of libcrypto.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/lc_pkey.h"
#include "crypto/mldsa/mldsa.h"

static const char *const names[] =
{
    [MLDSA_44] = "ML-DSA-44", [MLDSA_65] = "ML-DSA-65", [MLDSA_87] = "ML-DSA-87",
};

static NTSTATUS generate(enum mldsa_set set, const uint8_t seed[MLDSA_SEED_BYTES],
                         uint8_t *private_key, uint8_t *public_key)
{
    EVP_PKEY *key;
    NTSTATUS status;

    status = lc_pkey_new(names[set], OSSL_PKEY_PARAM_ML_DSA_SEED, seed, MLDSA_SEED_BYTES, &key);
    if (status) return status;
    status = lc_pkey_part(key, OSSL_PKEY_PARAM_PRIV_KEY, private_key,
                          mldsa_sizes[set].private_bytes);
    if (!status)
    {
        status = lc_pkey_part(key, OSSL_PKEY_PARAM_PUB_KEY, public_key,
                              mldsa_sizes[set].public_bytes);
    }
    EVP_PKEY_free(key);
    return status;
}

static NTSTATUS public_of(enum mldsa_set set, const uint8_t *private_key, uint8_t *public_key)
{
    EVP_PKEY *key;
    NTSTATUS status;

    status = lc_pkey_new(names[set], OSSL_PKEY_PARAM_PRIV_KEY, private_key,
                         mldsa_sizes[set].private_bytes, &key);
    if (status) return status;
    status = lc_pkey_part(key, OSSL_PKEY_PARAM_PUB_KEY, public_key, mldsa_sizes[set].public_bytes);
    EVP_PKEY_free(key);
    return status;
}

static NTSTATUS sign(enum mldsa_set set, const uint8_t *private_key,
                     const uint8_t mu[MLDSA_MU_BYTES], const uint8_t coins[MLDSA_COINS_BYTES],
                     uint8_t *signature)
{
    int is_mu = 1;
    const OSSL_PARAM parameters[] =
    {
        OSSL_PARAM_construct_int(OSSL_SIGNATURE_PARAM_MU, &is_mu),
        OSSL_PARAM_construct_octet_string(OSSL_SIGNATURE_PARAM_TEST_ENTROPY,
                                          (void *)(uintptr_t)coins, MLDSA_COINS_BYTES),
        OSSL_PARAM_construct_end(),
    };
    size_t bytes = mldsa_sizes[set].signature_bytes;
    EVP_PKEY *key;
    NTSTATUS status;

    status = lc_pkey_new(names[set], OSSL_PKEY_PARAM_PRIV_KEY, private_key,
                         mldsa_sizes[set].private_bytes, &key);
    if (status) return status;
    status = lc_pkey_sign(names[set], key, parameters, mu, MLDSA_MU_BYTES, signature, bytes);
    EVP_PKEY_free(key);
    return status;
}

static NTSTATUS verify(enum mldsa_set set, const uint8_t *public_key,
                       const uint8_t mu[MLDSA_MU_BYTES], const uint8_t *signature)
{
    int is_mu = 1;
    const OSSL_PARAM parameters[] =
    {
        OSSL_PARAM_construct_int(OSSL_SIGNATURE_PARAM_MU, &is_mu),
        OSSL_PARAM_construct_end(),
    };
    EVP_PKEY *key;
    NTSTATUS status;

    status = lc_pkey_new(names[set], OSSL_PKEY_PARAM_PUB_KEY, public_key,
                         mldsa_sizes[set].public_bytes, &key);
    if (status) return status;
    status = lc_pkey_verify(names[set], key, parameters, mu, MLDSA_MU_BYTES, signature,
                            mldsa_sizes[set].signature_bytes);
    EVP_PKEY_free(key);
    return status;
}

const struct mldsa_code lc_mldsa =
{
    .generate  = generate,
    .public_of = public_of,
    .sign      = sign,
    .verify    = verify,
};
