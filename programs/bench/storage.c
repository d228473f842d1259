/*
 * storage.c - what key storage costs: signing with a kept key, and with the same key in bcrypt.dll.
 *
 * Both DLLs are those that the process gets by their names. The two take turns, each round begun by
 * the other one.
 *
 * SPDX-License-Identifier: MIT
 */

#include "storage.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "cng.h"

#include <ncrypt.h>

#define STORAGE_FUNCTIONS(X) \
    X(NCryptOpenStorageProvider) X(NCryptCreatePersistedKey) X(NCryptSetProperty) \
    X(NCryptFinalizeKey) X(NCryptOpenKey) X(NCryptExportKey) X(NCryptSignHash) X(NCryptDeleteKey) \
    X(NCryptFreeObject)

static struct
{
#define STORAGE_MEMBER(name) __typeof__(&name) name;
    STORAGE_FUNCTIONS(STORAGE_MEMBER)
#undef STORAGE_MEMBER
} storage;

static struct cng cng;

static const struct row
{
    const char *name;
    LPCWSTR algorithm, blob;
    ULONG flags;
} rows[] =
{
    { "RSA-2048 sign, PKCS #1", BCRYPT_RSA_ALGORITHM,        BCRYPT_RSAFULLPRIVATE_BLOB,
      BCRYPT_PAD_PKCS1 },
    { "RSA-2048 sign, PSS",     BCRYPT_RSA_ALGORITHM,        BCRYPT_RSAFULLPRIVATE_BLOB,
      BCRYPT_PAD_PSS },
    { "P-256 sign",             BCRYPT_ECDSA_P256_ALGORITHM, BCRYPT_ECCPRIVATE_BLOB, 0 },
};

static bool bind_storage(void)
{
    HMODULE ncrypt = LoadLibraryA("ncrypt.dll"), bcrypt = LoadLibraryA("bcrypt.dll");

    if (!ncrypt || !bcrypt) return false;
    cng_bind(&cng, bcrypt);
#define STORAGE_BIND(name) \
    storage.name = (__typeof__(&name))(void *)GetProcAddress(ncrypt, #name); \
    if (!storage.name) return false;
    STORAGE_FUNCTIONS(STORAGE_BIND)
#undef STORAGE_BIND
    return true;
}

/* A key that is kept and opened again, and the same one in bcrypt.dll. */
static bool make_keys(const struct row *row, NCRYPT_KEY_HANDLE *kept, BCRYPT_KEY_HANDLE *key)
{
    static const WCHAR name[] = L"OpenCNG benchmark";
    DWORD policy = NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG, bits = 2048, bytes;
    BCRYPT_ALG_HANDLE algorithm;
    NCRYPT_PROV_HANDLE provider;
    NCRYPT_KEY_HANDLE made;
    UCHAR blob[4096];

    if (storage.NCryptOpenStorageProvider(&provider, MS_KEY_STORAGE_PROVIDER, 0) ||
        storage.NCryptCreatePersistedKey(provider, &made, row->algorithm, name, 0,
                                         NCRYPT_OVERWRITE_KEY_FLAG)) return false;
    if (row->flags)
        storage.NCryptSetProperty(made, NCRYPT_LENGTH_PROPERTY, (PBYTE)&bits, sizeof(bits), 0);
    return !storage.NCryptSetProperty(made, NCRYPT_EXPORT_POLICY_PROPERTY, (PBYTE)&policy,
                                      sizeof(policy), NCRYPT_PERSIST_FLAG) &&
           !storage.NCryptFinalizeKey(made, 0) && !storage.NCryptFreeObject(made) &&
           !storage.NCryptOpenKey(provider, kept, name, 0, 0) &&
           !storage.NCryptExportKey(*kept, 0, row->blob, NULL, blob, sizeof(blob), &bytes, 0) &&
           !cng.BCryptOpenAlgorithmProvider(&algorithm, row->algorithm, NULL, 0) &&
           !cng.BCryptImportKeyPair(algorithm, NULL, row->blob, key, blob, bytes, 0);
}

/* Microseconds of one signature, the mean of as many as there are in a turn. */
static double turn(const struct row *row, NCRYPT_KEY_HANDLE kept, BCRYPT_KEY_HANDLE key,
                   unsigned int count)
{
    BCRYPT_PKCS1_PADDING_INFO pkcs1 = { BCRYPT_SHA256_ALGORITHM };
    BCRYPT_PSS_PADDING_INFO pss = { BCRYPT_SHA256_ALGORITHM, 32 };
    void *padding = row->flags == BCRYPT_PAD_PKCS1 ? (void *)&pkcs1 :
                    row->flags == BCRYPT_PAD_PSS ? (void *)&pss : NULL;
    UCHAR hash[32] = { 1 }, signature[256];
    LARGE_INTEGER begin, end, frequency;
    unsigned int i;
    ULONG bytes;
    bool wrong = false;

    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&begin);
    for (i = 0; i < count; i++)
    {
        wrong |= (kept ? storage.NCryptSignHash(kept, padding, hash, sizeof(hash), signature,
                                                sizeof(signature), &bytes, row->flags) :
                  cng.BCryptSignHash(key, padding, hash, sizeof(hash), signature,
                                     sizeof(signature), &bytes, row->flags)) != 0;
    }
    QueryPerformanceCounter(&end);
    return wrong ? 0 : (double)(end.QuadPart - begin.QuadPart) * 1e6 /
                       (double)frequency.QuadPart / count;
}

static int by_size(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;

    return (one > other) - (one < other);
}

int storage_print(unsigned int rounds)
{
    double *times = calloc(2 * (size_t)rounds, sizeof(*times)), *plain = times + rounds;
    size_t i;

    if (!times || !bind_storage()) return 1;
    printf("%-24s %12s %12s %8s %8s\n", "microseconds, best", "ncrypt.dll", "bcrypt.dll", "best",
           "median");
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    {
        unsigned int count = rows[i].flags ? 2 : 20, round;
        BCRYPT_KEY_HANDLE key;
        NCRYPT_KEY_HANDLE kept;

        if (!make_keys(&rows[i], &kept, &key)) return 1;
        for (round = 0; round < rounds; round++)
        {
            if (round % 2) plain[round] = turn(&rows[i], 0, key, count);
            times[round] = turn(&rows[i], kept, NULL, count);
            if (!(round % 2)) plain[round] = turn(&rows[i], 0, key, count);
        }
        qsort(times, rounds, sizeof(*times), by_size);
        qsort(plain, rounds, sizeof(*plain), by_size);
        if (!times[0] || !plain[0]) return 1;
        printf("%-24s %12.2f %12.2f %8.3f %8.3f\n", rows[i].name, times[0], plain[0],
               times[0] / plain[0], times[rounds / 2] / plain[rounds / 2]);
        fflush(stdout);
        cng.BCryptDestroyKey(key);
        storage.NCryptDeleteKey(kept, 0);
    }
    free(times);
    return 0;
}
