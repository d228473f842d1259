/*
 * lc_pkey.c - keys of libcrypto's default provider.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/lc_pkey.h"

#include <stdatomic.h>

#include <openssl/provider.h>

/*
 * Left to itself, libcrypto encapsulates and decapsulates once with every private key of ML-KEM
 * that comes in: with each operation, as we keep keys as bytes. The check that an import needs, of
 * the hash of the public half, it makes anyway.
 */
static NTSTATUS need_provider(void)
{
    static _Atomic bool is_told;
    OSSL_PROVIDER *provider;

    if (atomic_load_explicit(&is_told, memory_order_acquire)) return STATUS_SUCCESS;
    if (!(provider = OSSL_PROVIDER_load(NULL, "default"))) return lc_status("OSSL_PROVIDER_load");
    if (OSSL_PROVIDER_add_conf_parameter(provider, OSSL_PKEY_PARAM_ML_KEM_IMPORT_PCT_TYPE,
                                         "none") != 1)
    {
        OSSL_PROVIDER_unload(provider);
        return lc_status("OSSL_PROVIDER_add_conf_parameter");
    }
    /* OPENSSL_cleanup unloads it. */
    atomic_store_explicit(&is_told, true, memory_order_release);
    return STATUS_SUCCESS;
}

/*
 * Why a key or a signature was not taken: there was no memory, or it is to blame itself, of which
 * libcrypto says something at times.
 */
static NTSTATUS refusal(unsigned int failures_before, NTSTATUS status)
{
    lc_forget_errors();
    return lc_memory_failures() != failures_before ? STATUS_NO_MEMORY : status;
}

NTSTATUS lc_pkey_new(const char *algorithm, const char *part, const uint8_t *value, size_t bytes,
                     EVP_PKEY **key)
{
    const OSSL_PARAM parts[] =
    {
        OSSL_PARAM_construct_octet_string(part, (void *)(uintptr_t)value, bytes),
        OSSL_PARAM_construct_end(),
    };
    bool is_public = !strcmp(part, OSSL_PKEY_PARAM_PUB_KEY);
    unsigned int failures = lc_memory_failures();
    EVP_PKEY_CTX *context;
    NTSTATUS status;

    *key = NULL;
    if ((status = need_provider())) return status;
    if (!(context = EVP_PKEY_CTX_new_from_name(NULL, algorithm, NULL)) ||
        EVP_PKEY_fromdata_init(context) != 1)
    {
        EVP_PKEY_CTX_free(context);
        return lc_status("EVP_PKEY_fromdata_init");
    }
    if (EVP_PKEY_fromdata(context, key, is_public ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR,
                          (OSSL_PARAM *)(uintptr_t)parts) != 1)
    {
        status = refusal(failures, STATUS_INVALID_PARAMETER);
    }
    EVP_PKEY_CTX_free(context);
    return status;
}

NTSTATUS lc_pkey_part(const EVP_PKEY *key, const char *part, uint8_t *value, size_t bytes)
{
    size_t written;

    if (EVP_PKEY_get_octet_string_param(key, part, value, bytes, &written) != 1)
    {
        return lc_status("EVP_PKEY_get_octet_string_param");
    }
    return written == bytes ? STATUS_SUCCESS : STATUS_INTERNAL_ERROR;
}

NTSTATUS lc_pkey_sign(const char *algorithm, EVP_PKEY *key, const OSSL_PARAM *parameters,
                      const uint8_t *message, size_t message_bytes, uint8_t *signature,
                      size_t bytes)
{
    EVP_SIGNATURE *method = EVP_SIGNATURE_fetch(NULL, algorithm, NULL);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    NTSTATUS status = STATUS_SUCCESS;

    if (!method || !context || EVP_PKEY_sign_message_init(context, method, parameters) != 1 ||
        EVP_PKEY_sign(context, signature, &bytes, message, message_bytes) != 1)
    {
        status = lc_status("EVP_PKEY_sign");
    }
    EVP_PKEY_CTX_free(context);
    EVP_SIGNATURE_free(method);
    return status;
}

NTSTATUS lc_pkey_verify(const char *algorithm, EVP_PKEY *key, const OSSL_PARAM *parameters,
                        const uint8_t *message, size_t message_bytes, const uint8_t *signature,
                        size_t bytes)
{
    EVP_SIGNATURE *method = EVP_SIGNATURE_fetch(NULL, algorithm, NULL);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
    unsigned int failures = lc_memory_failures();
    NTSTATUS status = STATUS_SUCCESS;

    if (!method || !context || EVP_PKEY_verify_message_init(context, method, parameters) != 1)
    {
        status = lc_status("EVP_PKEY_verify_message_init");
    }
    else if (EVP_PKEY_verify(context, signature, bytes, message, message_bytes) != 1)
    {
        status = refusal(failures, STATUS_INVALID_SIGNATURE);
    }
    EVP_PKEY_CTX_free(context);
    EVP_SIGNATURE_free(method);
    return status;
}
