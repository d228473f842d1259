/*
 * rng.c - the random number algorithms: three names, one generator.
 *
 * Since Windows 10 all of them are backed by the process's generator. Ours: crypto/random/random.h.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/random/random.h"
#include "provider/common/prov.h"

/* Nothing is kept for an open generator but its name: handles point to these. */
static struct
{
    struct prov_object head;
    LPCWSTR id;
} rng_algorithms[] =
{
    { { PROV_ALGORITHM, 0 }, BCRYPT_RNG_ALGORITHM },
    { { PROV_ALGORITHM, 0 }, BCRYPT_RNG_FIPS186_DSA_ALGORITHM },
    { { PROV_ALGORITHM, 0 }, BCRYPT_RNG_DUAL_EC_ALGORITHM },
};

static LPCWSTR rng_id(ULONG number)
{
    return number < ARRAY_SIZE(rng_algorithms) ? rng_algorithms[number].id : NULL;
}

static NTSTATUS WINAPI rng_open(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId, ULONG dwFlags)
{
    size_t i;

    if (dwFlags) return STATUS_NOT_SUPPORTED;
    for (i = 0; i < ARRAY_SIZE(rng_algorithms); i++)
    {
        if (!names_equal(rng_algorithms[i].id, pszAlgId)) continue;
        *phAlgorithm = &rng_algorithms[i];
        return STATUS_SUCCESS;
    }
    return STATUS_NOT_FOUND;
}

static NTSTATUS WINAPI rng_close(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags)
{
    (void)hAlgorithm, (void)dwFlags;
    return STATUS_SUCCESS;
}

static NTSTATUS rng_get_name(void *object, const struct reply *reply)
{
    (void)object;
    return reply_name(reply, BCRYPT_RNG_ALGORITHM);     /* whichever was opened [win] */
}

static NTSTATUS rng_get_primitive_type(void *object, const struct reply *reply)
{
    (void)object;
    return reply_ulong(reply, BCRYPT_RNG_INTERFACE);
}

static const struct property rng_property_list[] =
{
    { BCRYPT_ALGORITHM_NAME, rng_get_name,           NULL },
    { BCRYPT_PRIMITIVE_TYPE, rng_get_primitive_type, NULL },
};
static const struct properties rng_properties = PROPERTIES(rng_property_list);

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

static NTSTATUS WINAPI rng_generate(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbBuffer, ULONG cbBuffer,
                                    ULONG dwFlags)
{
    (void)hAlgorithm, (void)dwFlags;
    return random_bytes(pbBuffer, cbBuffer) ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
}

static const BCRYPT_RNG_FUNCTION_TABLE rng_functions =
{
    .Version                = BCRYPT_RNG_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = rng_open,
    .GetProperty            = rng_get_property,
    .SetProperty            = rng_set_property,
    .CloseAlgorithmProvider = rng_close,
    .GenRandom              = rng_generate,
};

const struct prov_family rng_family = { BCRYPT_RNG_INTERFACE, rng_id, &rng_functions };
