/*
 * kdf_parameters.h - parameter lists of key derivation, for the tests of it.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef TESTS_KDF_PARAMETERS_H
#define TESTS_KDF_PARAMETERS_H

#include "expect.h"

#define PARAMETERS_MOST 8
#define NO_PARAMETER 0xffffffff

/* A list, built up buffer by buffer. Copied, its pBuffers still points into the original. */
struct parameters
{
    BCryptBuffer buffers[PARAMETERS_MOST];
    BCryptBufferDesc list;
};

static inline void add_parameter(struct parameters *parameters, ULONG type, const void *data,
                                 ULONG bytes)
{
    BCryptBuffer *buffer = &parameters->buffers[parameters->list.cBuffers++];

    expect_at_most(parameters->list.cBuffers, PARAMETERS_MOST);
    buffer->BufferType = type;
    buffer->cbBuffer = bytes;
    buffer->pvBuffer = (void *)(uintptr_t)data;
    parameters->list.pBuffers = parameters->buffers;
}

static inline void add_hash(struct parameters *parameters, const WCHAR *name)
{
    add_parameter(parameters, KDF_HASH_ALGORITHM, name, wide_bytes(name));
}

/* An algorithm of BCryptKeyDerivation and its parameters; the hash comes first if there is one. */
struct kdf
{
    const WCHAR *id;
    BCRYPT_ALG_HANDLE pseudo;
    ULONG required[PARAMETERS_MOST], optional[PARAMETERS_MOST]; /* NO_PARAMETER at the end */
};

static const struct kdf kdfs[] =
{
    { BCRYPT_SP800108_CTR_HMAC_ALGORITHM, BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE,
      { KDF_HASH_ALGORITHM, KDF_LABEL, KDF_CONTEXT, NO_PARAMETER }, { NO_PARAMETER } },
    { BCRYPT_SP80056A_CONCAT_ALGORITHM, BCRYPT_SP80056A_CONCAT_ALG_HANDLE,
      { KDF_HASH_ALGORITHM, KDF_ALGORITHMID, KDF_PARTYUINFO, KDF_PARTYVINFO, NO_PARAMETER },
      { KDF_SUPPPUBINFO, KDF_SUPPPRIVINFO, NO_PARAMETER } },
    { BCRYPT_PBKDF2_ALGORITHM, BCRYPT_PBKDF2_ALG_HANDLE,
      { KDF_HASH_ALGORITHM, NO_PARAMETER }, { KDF_SALT, KDF_ITERATION_COUNT, NO_PARAMETER } },
    { BCRYPT_CAPI_KDF_ALGORITHM, BCRYPT_CAPI_KDF_ALG_HANDLE,
      { KDF_HASH_ALGORITHM, NO_PARAMETER }, { NO_PARAMETER } },
    { BCRYPT_TLS1_1_KDF_ALGORITHM, BCRYPT_TLS1_1_KDF_ALG_HANDLE,
      { KDF_TLS_PRF_LABEL, KDF_TLS_PRF_SEED, NO_PARAMETER }, { NO_PARAMETER } },
    { BCRYPT_TLS1_2_KDF_ALGORITHM, BCRYPT_TLS1_2_KDF_ALG_HANDLE,
      { KDF_HASH_ALGORITHM, KDF_TLS_PRF_LABEL, KDF_TLS_PRF_SEED, NO_PARAMETER }, { NO_PARAMETER } },
    { BCRYPT_HKDF_ALGORITHM, BCRYPT_HKDF_ALG_HANDLE,
      { NO_PARAMETER }, { KDF_HKDF_INFO, NO_PARAMETER } },
};
#define KDF_COUNT_BUT_HKDF ((int)ARRAY_SIZE(kdfs) - 1)

/* Where the values of parameters_of stand, and what they are. */
static const ULONGLONG parameter_iterations = 3;
static const struct
{
    ULONG type;
    const void *data;
    ULONG bytes;
} parameter_values[] =
{
    { KDF_LABEL,           "label",   5 },
    { KDF_CONTEXT,         "context", 7 },
    { KDF_ALGORITHMID,     "A",       1 },
    { KDF_PARTYUINFO,      "B",       1 },
    { KDF_PARTYVINFO,      "C",       1 },
    { KDF_SUPPPUBINFO,     "D",       1 },
    { KDF_SUPPPRIVINFO,    "E",       1 },
    { KDF_SALT,            "salt",    4 },
    { KDF_ITERATION_COUNT, &parameter_iterations, sizeof(parameter_iterations) },
    { KDF_TLS_PRF_LABEL,   "label",   5 },
    { KDF_TLS_PRF_SEED,    counting,  64 },
    { KDF_HKDF_INFO,       "info",    4 },
};

static inline void add_standard(struct parameters *parameters, const ULONG *types, ULONG without)
{
    size_t i;

    for (; *types != NO_PARAMETER; types++)
    {
        for (i = 0; i < ARRAY_SIZE(parameter_values); i++)
        {
            if (parameter_values[i].type != *types || *types == without) continue;
            add_parameter(parameters, *types, parameter_values[i].data, parameter_values[i].bytes);
        }
    }
}

/* Fills in the parameters that an algorithm takes, all but one; the hash stands first. */
static inline void fill_parameters(struct parameters *parameters, BCRYPT_ALG_HANDLE pseudo,
                                   const WCHAR *hash, ULONG without)
{
    size_t i;

    memset(parameters, 0, sizeof(*parameters));
    if (hash && without != KDF_HASH_ALGORITHM) add_hash(parameters, hash);
    for (i = 0; i < ARRAY_SIZE(kdfs); i++)
    {
        if (kdfs[i].pseudo != pseudo) continue;
        add_standard(parameters, kdfs[i].required, without);
        add_standard(parameters, kdfs[i].optional, without);
    }
}

#endif
