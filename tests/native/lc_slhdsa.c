/*
 * lc_slhdsa.c - SLH-DSA of libcrypto, for lc_slhdsa.h.
 *
 * libcrypto puts a context before a message by itself, but takes a digest with its object
 * identifier only as one piece with what stands before it.
 *
 * SPDX-License-Identifier: MIT
 */

#include "lc_slhdsa.h"

#include "crypto/common/lc_pkey.h"

#define DIGEST_BYTES_MOST 64

static const char *const names[] =
{
    [SLHDSA_SHA2_128S]  = "SLH-DSA-SHA2-128s",  [SLHDSA_SHAKE_128S] = "SLH-DSA-SHAKE-128s",
    [SLHDSA_SHA2_128F]  = "SLH-DSA-SHA2-128f",  [SLHDSA_SHAKE_128F] = "SLH-DSA-SHAKE-128f",
    [SLHDSA_SHA2_192S]  = "SLH-DSA-SHA2-192s",  [SLHDSA_SHAKE_192S] = "SLH-DSA-SHAKE-192s",
    [SLHDSA_SHA2_192F]  = "SLH-DSA-SHA2-192f",  [SLHDSA_SHAKE_192F] = "SLH-DSA-SHAKE-192f",
    [SLHDSA_SHA2_256S]  = "SLH-DSA-SHA2-256s",  [SLHDSA_SHAKE_256S] = "SLH-DSA-SHAKE-256s",
    [SLHDSA_SHA2_256F]  = "SLH-DSA-SHA2-256f",  [SLHDSA_SHAKE_256F] = "SLH-DSA-SHAKE-256f",
};

static NTSTATUS generate(enum slhdsa_set set, const uint8_t *seed, uint8_t *private_key)
{
    size_t n = slhdsa_sizes[set].n;
    const OSSL_PARAM parameters[] =
    {
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_SLH_DSA_SEED, (void *)(uintptr_t)seed,
                                          3 * n),
        OSSL_PARAM_construct_end(),
    };
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, names[set], NULL);
    EVP_PKEY *key = NULL;
    NTSTATUS status;

    if (!context || EVP_PKEY_keygen_init(context) != 1 ||
        EVP_PKEY_CTX_set_params(context, parameters) != 1 ||
        EVP_PKEY_generate(context, &key) != 1)
    {
        status = lc_status("EVP_PKEY_generate");
    }
    else status = lc_pkey_part(key, OSSL_PKEY_PARAM_PRIV_KEY, private_key, 4 * n);
    EVP_PKEY_free(key);
    EVP_PKEY_CTX_free(context);
    return status;
}

/* A message as libcrypto wants it: with a context, or in one piece. */
struct lc_message
{
    OSSL_PARAM parameters[4];
    int parameter_count, encoding;
    const uint8_t *bytes;
    size_t count;
    uint8_t piece[SLHDSA_MOST_PREFIX_BYTES + DIGEST_BYTES_MOST];
};

static void add(struct lc_message *to, OSSL_PARAM parameter)
{
    to->parameters[to->parameter_count++] = parameter;
    to->parameters[to->parameter_count] = OSSL_PARAM_construct_end();
}

/* false: a digest that is longer than any. */
static bool prepare(const struct slhdsa_message *message, struct lc_message *to)
{
    bool is_digest = message->prefix[0];

    to->parameter_count = 0;
    to->encoding = !is_digest;
    add(to, OSSL_PARAM_construct_int(OSSL_SIGNATURE_PARAM_MESSAGE_ENCODING, &to->encoding));
    to->bytes = message->bytes;
    to->count = message->count;
    if (!is_digest)
    {
        if (message->prefix[1])
        {
            add(to, OSSL_PARAM_construct_octet_string(OSSL_SIGNATURE_PARAM_CONTEXT_STRING,
                                                      (void *)(uintptr_t)(message->prefix + 2),
                                                      message->prefix[1]));
        }
        return true;
    }
    if (message->prefix_bytes > SLHDSA_MOST_PREFIX_BYTES || message->count > DIGEST_BYTES_MOST)
    {
        return false;
    }
    memcpy(to->piece, message->prefix, message->prefix_bytes);
    memcpy(to->piece + message->prefix_bytes, message->bytes, message->count);
    to->bytes = to->piece;
    to->count += message->prefix_bytes;
    return true;
}

static NTSTATUS sign(enum slhdsa_set set, const uint8_t *private_key,
                     const struct slhdsa_message *message, const uint8_t *coins,
                     uint8_t *signature)
{
    size_t n = slhdsa_sizes[set].n;
    struct lc_message prepared;
    EVP_PKEY *key;
    NTSTATUS status;

    if (!prepare(message, &prepared)) return STATUS_INTERNAL_ERROR;
    add(&prepared, OSSL_PARAM_construct_octet_string(OSSL_SIGNATURE_PARAM_TEST_ENTROPY,
                                                     (void *)(uintptr_t)coins, n));
    status = lc_pkey_new(names[set], OSSL_PKEY_PARAM_PRIV_KEY, private_key, 4 * n, &key);
    if (status) return status;
    status = lc_pkey_sign(names[set], key, prepared.parameters, prepared.bytes, prepared.count,
                          signature, slhdsa_sizes[set].signature_bytes);
    EVP_PKEY_free(key);
    return status;
}

static NTSTATUS verify(enum slhdsa_set set, const uint8_t *public_key,
                       const struct slhdsa_message *message, const uint8_t *signature)
{
    struct lc_message prepared;
    EVP_PKEY *key;
    NTSTATUS status;

    if (!prepare(message, &prepared)) return STATUS_INTERNAL_ERROR;
    status = lc_pkey_new(names[set], OSSL_PKEY_PARAM_PUB_KEY, public_key, 2 * slhdsa_sizes[set].n,
                         &key);
    if (status) return status;
    status = lc_pkey_verify(names[set], key, prepared.parameters, prepared.bytes, prepared.count,
                            signature, slhdsa_sizes[set].signature_bytes);
    EVP_PKEY_free(key);
    return status;
}

const struct slhdsa_code lc_slhdsa =
{
    .generate = generate,
    .sign     = sign,
    .verify   = verify,
};
