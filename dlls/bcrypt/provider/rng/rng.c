/*
 * rng.c - the random number algorithms: three names, one generator.
 *
 * Since Windows 10 all of them are backed by the process's generator. Ours: crypto/random/random.h.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/random/random.h"
#include "provider/common/prov.h"

static const LPCWSTR rng_rows[] =
{
    BCRYPT_RNG_ALGORITHM, BCRYPT_RNG_FIPS186_DSA_ALGORITHM, BCRYPT_RNG_DUAL_EC_ALGORITHM,
};

static NTSTATUS WINAPI rng_open_algorithm_provider(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId,
                                                   ULONG dwFlags)
{
    return prov_open(&rng_family, sizeof(struct prov_algorithm), 0, pszAlgId, dwFlags, phAlgorithm);
}

static NTSTATUS rng_get_name(void *object, const struct reply *reply)
{
    (void)object;
    return reply_name(reply, BCRYPT_RNG_ALGORITHM);     /* whichever was opened [win] */
}

static const struct property rng_property_list[] =
{
    { KEPT(BCRYPT_ALGORITHM_NAME), rng_get_name, NULL },
};
static const struct properties rng_properties = PROPERTIES_AND(rng_property_list,
                                                               &prov_algorithm_properties);

static NTSTATUS WINAPI rng_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                        ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    (void)dwFlags;
    return properties_get(&rng_properties, hObject, pszProperty, pbOutput, cbOutput, pcbResult);
}

static NTSTATUS WINAPI rng_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                        ULONG cbInput, ULONG dwFlags)
{
    (void)dwFlags;
    return properties_set(&rng_properties, hObject, pszProperty, pbInput, cbInput);
}

static NTSTATUS WINAPI rng_gen_random(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbBuffer, ULONG cbBuffer,
                                      ULONG dwFlags)
{
    (void)hAlgorithm, (void)dwFlags;
    return random_bytes(pbBuffer, cbBuffer) ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
}

static const BCRYPT_RNG_FUNCTION_TABLE rng_functions =
{
    .Version                = BCRYPT_RNG_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = rng_open_algorithm_provider,
    .GetProperty            = rng_get_property,
    .SetProperty            = rng_set_property,
    .CloseAlgorithmProvider = prov_close,
    .GenRandom              = rng_gen_random,
};

const struct prov_family rng_family =
{
    BCRYPT_RNG_INTERFACE, PROV_ROWS(rng_rows), &rng_functions
};
