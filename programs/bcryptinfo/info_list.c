/*
 * info_list.c - providers, and algorithms with their properties.
 *
 * SPDX-License-Identifier: MIT
 */

#include "info.h"

#include <string.h>

static const char *const interfaces[] =
{
    "?", "cipher", "hash", "asymmetric encryption", "secret agreement", "signature",
    "random numbers", "key derivation", "key encapsulation",
};

static void name_of(LPCWSTR wide, char *name, int bytes)
{
    if (!WideCharToMultiByte(CP_UTF8, 0, wide, -1, name, bytes, NULL, NULL)) name[0] = 0;
}

/* A ULONG property; false if the algorithm has none. */
static bool number(BCRYPT_ALG_HANDLE algorithm, LPCWSTR property, ULONG *value)
{
    ULONG bytes;

    return BCRYPT_SUCCESS(BCryptGetProperty(algorithm, property, (PUCHAR)value, sizeof(*value),
                                            &bytes, 0));
}

struct lengths { ULONG least, most, step; };

static bool lengths(BCRYPT_ALG_HANDLE algorithm, LPCWSTR property, struct lengths *value)
{
    ULONG bytes;

    return BCRYPT_SUCCESS(BCryptGetProperty(algorithm, property, (PUCHAR)value, sizeof(*value),
                                            &bytes, 0));
}

static void print_lengths(bool json, const char *label, const struct lengths *value)
{
    if (json) printf(", \"%s\": [%lu, %lu, %lu]", label, value->least, value->most, value->step);
    else if (value->least == value->most) printf("  %s %lu", label, value->least);
    else printf("  %s %lu-%lu/%lu", label, value->least, value->most, value->step);
}

static void print_properties(BCRYPT_ALG_HANDLE algorithm, bool json)
{
    static const struct { LPCWSTR property; const char *label; } numbers[] =
    {
        { BCRYPT_OBJECT_LENGTH, "object" }, { BCRYPT_BLOCK_LENGTH, "block" },
        { BCRYPT_HASH_LENGTH, "digest" }, { BCRYPT_HASH_BLOCK_LENGTH, "hash-block" },
        { BCRYPT_IS_KEYED_HASH, "keyed" }, { BCRYPT_EFFECTIVE_KEY_LENGTH, "effective" },
        { BCRYPT_PADDING_SCHEMES, "paddings" }, { BCRYPT_KEM_SHARED_SECRET_LENGTH, "secret" },
    };
    WCHAR mode[32];
    struct lengths three;
    char name[64];
    ULONG value, bytes;
    size_t i;

    for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
    {
        if (number(algorithm, numbers[i].property, &value))
            printf(json ? ", \"%s\": %lu" : "  %s %lu", numbers[i].label, value);
    }
    if (lengths(algorithm, BCRYPT_KEY_LENGTHS, &three)) print_lengths(json, "key-bits", &three);
    if (lengths(algorithm, BCRYPT_AUTH_TAG_LENGTH, &three)) print_lengths(json, "tag", &three);
    if (BCRYPT_SUCCESS(BCryptGetProperty(algorithm, BCRYPT_CHAINING_MODE, (PUCHAR)mode,
                                         sizeof(mode), &bytes, 0)))
    {
        name_of(mode, name, sizeof(name));
        printf(json ? ", \"mode\": \"%s\"" : "  %s", name);
    }
}

int info_list(bool json)
{
    BCRYPT_ALGORITHM_IDENTIFIER *algorithms;
    BCRYPT_PROVIDER_NAME *providers;
    ULONG count, provider_count, i, j;
    char name[256], provider[256];
    NTSTATUS status;

    if ((status = BCryptEnumAlgorithms(0, &count, &algorithms, 0)))
    {
        fprintf(stderr, "bcryptinfo: BCryptEnumAlgorithms answered %#lx\n", (unsigned long)status);
        return 1;
    }
    if (json) printf("{\"algorithms\": [\n");
    else printf("%lu algorithms:\n", count);
    for (i = 0; i < count; i++)
    {
        BCRYPT_ALG_HANDLE algorithm;

        name_of(algorithms[i].pszName, name, sizeof(name));
        if (json)
        {
            printf("%s{\"name\": \"%s\", \"interface\": %lu", i ? ",\n" : "", name,
                   algorithms[i].dwClass);
        }
        else
        {
            printf("  %-20s %s", name,
                   interfaces[algorithms[i].dwClass <= 8 ? algorithms[i].dwClass : 0]);
        }
        if (!BCryptOpenAlgorithmProvider(&algorithm, algorithms[i].pszName, NULL, 0))
        {
            print_properties(algorithm, json);
            BCryptCloseAlgorithmProvider(algorithm, 0);
        }
        else printf(json ? ", \"opens\": false" : "  does not open");
        if (!BCryptEnumProviders(algorithms[i].pszName, &provider_count, &providers, 0))
        {
            if (json) printf(", \"providers\": [");
            for (j = 0; j < provider_count; j++)
            {
                name_of(providers[j].pszProviderName, provider, sizeof(provider));
                if (json) printf("%s\"%s\"", j ? ", " : "", provider);
                else if (strcmp(provider, "Microsoft Primitive Provider"))
                    printf("  (%s)", provider);
            }
            if (json) printf("]");
            BCryptFreeBuffer(providers);
        }
        printf(json ? "}" : "\n");
    }
    if (json) printf("\n]}\n");
    BCryptFreeBuffer(algorithms);
    return 0;
}
