/*
 * fuzz_blob_ffc.c - any bytes as the blob of a DSA or DH key, and as their parameters.
 *
 * Whatever is accepted must come out of every form of blob again as the same key, which the same
 * checks let in.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdlib.h>

#include "fuzz.h"
#include "provider/common/prov.h"

static const LPCWSTR dsa_types[] =
{
    BCRYPT_DSA_PUBLIC_BLOB, BCRYPT_DSA_PRIVATE_BLOB, BCRYPT_PUBLIC_KEY_BLOB,
    BCRYPT_PRIVATE_KEY_BLOB, LEGACY_DSA_V2_PUBLIC_BLOB, LEGACY_DSA_V2_PRIVATE_BLOB,
};
static const LPCWSTR dh_types[] =
{
    BCRYPT_DH_PUBLIC_BLOB, BCRYPT_DH_PRIVATE_BLOB, BCRYPT_PUBLIC_KEY_BLOB, BCRYPT_PRIVATE_KEY_BLOB,
    LEGACY_DH_PRIVATE_BLOB,
};

static const ULONG flags[] =
{
    0, BCRYPT_NO_KEY_VALIDATION, BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER,
    BCRYPT_KEY_VALIDATION_REGENERATE,
};

/* The first byte of the input chooses the type of blob, and the flags. */
#define DSA_CHOICES ARRAY_SIZE(dsa_types)
#define CHOICES     (DSA_CHOICES + ARRAY_SIZE(dh_types))

static const BCRYPT_SIGNATURE_FUNCTION_TABLE *dsa(void)
{
    return dsa_family.table;
}

static const BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE *dh(void)
{
    return dh_family.table;
}

static BCRYPT_ALG_HANDLE open_dsa(void)
{
    BCRYPT_ALG_HANDLE algorithm;

    fuzz_must(!dsa()->OpenAlgorithmProvider(&algorithm, BCRYPT_DSA_ALGORITHM, 0));
    return algorithm;
}

static BCRYPT_ALG_HANDLE open_dh(void)
{
    BCRYPT_ALG_HANDLE algorithm;

    fuzz_must(!dh()->OpenAlgorithmProvider(&algorithm, BCRYPT_DH_ALGORITHM, 0));
    return algorithm;
}

/* As parameters of a key that has not been made yet. */
static void fuzz_dsa_parameters(BCRYPT_ALG_HANDLE algorithm, const uint8_t *data, size_t bytes)
{
    UCHAR *copy = fuzz_copy(data, bytes);
    BCRYPT_KEY_HANDLE key;

    fuzz_must(!dsa()->GenerateKeyPair(algorithm, &key, 512, 0));
    dsa()->SetProperty(key, BCRYPT_DSA_PARAMETERS, copy, (ULONG)bytes, 0);
    dsa()->DestroyKey(key);
    free(copy);
}

static void fuzz_dh_parameters(BCRYPT_ALG_HANDLE algorithm, const uint8_t *data, size_t bytes)
{
    UCHAR *copy = fuzz_copy(data, bytes);
    BCRYPT_KEY_HANDLE key;

    fuzz_must(!dh()->GenerateKeyPair(algorithm, &key, 1024, 0));
    dh()->SetProperty(key, BCRYPT_DH_PARAMETERS, copy, (ULONG)bytes, 0);
    dh()->DestroyKey(key);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    const struct fuzz_pairs dsa_pairs = FUZZ_PAIRS(dsa(), dsa_types);
    const struct fuzz_pairs dh_pairs = FUZZ_PAIRS(dh(), dh_types);
    BCRYPT_ALG_HANDLE algorithm;
    size_t choice;
    ULONG checks;

    if (!bytes) return 0;
    choice = data[0] % CHOICES;
    checks = flags[data[0] / CHOICES % ARRAY_SIZE(flags)];
    if (choice < DSA_CHOICES)
    {
        algorithm = open_dsa();
        fuzz_must(fuzz_pair_blob(&dsa_pairs, algorithm, dsa_types[choice], data + 1, bytes - 1,
                                 checks, checks));
        fuzz_dsa_parameters(algorithm, data + 1, bytes - 1);
        dsa()->CloseAlgorithmProvider(algorithm, 0);
        return 0;
    }
    algorithm = open_dh();
    fuzz_must(fuzz_pair_blob(&dh_pairs, algorithm, dh_types[choice - DSA_CHOICES], data + 1,
                             bytes - 1, checks, checks));
    fuzz_dh_parameters(algorithm, data + 1, bytes - 1);
    dh()->CloseAlgorithmProvider(algorithm, 0);
    return 0;
}

#ifndef LIBFUZZER

#define ROUNDS 200

/* Blobs of the first form and of the second. */
static const ULONG dsa_bits[] = { 512, 1088 };

static void change_blob(size_t choice, BCryptExportKeyFn export, BCRYPT_KEY_HANDLE key,
                        LPCWSTR type)
{
    UCHAR *blob;
    ULONG bytes;
    size_t i;

    if (!(blob = fuzz_export(export, key, NULL, type, &bytes))) return;
    for (i = 0; i < ARRAY_SIZE(flags); i++)
    {
        fuzz_changed((uint8_t)(choice + i * CHOICES), blob, bytes, ROUNDS);
    }
    free(blob);
}

START_TEST(a_changed_dsa_blob_does_no_harm)
{
    BCRYPT_ALG_HANDLE algorithm = open_dsa();
    BCRYPT_KEY_HANDLE key;
    UCHAR parameters[1024];
    ULONG bytes;
    size_t i;

    fuzz_must(!dsa()->GenerateKeyPair(algorithm, &key, dsa_bits[_i], 0));
    fuzz_must(!dsa()->FinalizeKeyPair(key, 0));
    for (i = 0; i < DSA_CHOICES; i++) change_blob(i, dsa()->ExportKey, key, dsa_types[i]);
    fuzz_must(!dsa()->GetProperty(key, BCRYPT_DSA_PARAMETERS, parameters, sizeof(parameters),
                                  &bytes, 0));
    fuzz_changed(0, parameters, bytes, ROUNDS);
    dsa()->DestroyKey(key);
    dsa()->CloseAlgorithmProvider(algorithm, 0);
}
END_TEST

START_TEST(a_changed_dh_blob_does_no_harm)
{
    BCRYPT_ALG_HANDLE algorithm = open_dh();
    BCRYPT_KEY_HANDLE key;
    UCHAR parameters[1024];
    ULONG bytes;
    size_t i;

    fuzz_must(!dh()->GenerateKeyPair(algorithm, &key, 1024, 0));
    fuzz_must(!dh()->FinalizeKeyPair(key, 0));
    for (i = 0; i < ARRAY_SIZE(dh_types); i++)
    {
        change_blob(DSA_CHOICES + i, dh()->ExportKey, key, dh_types[i]);
    }
    fuzz_must(!dh()->GetProperty(key, BCRYPT_DH_PARAMETERS, parameters, sizeof(parameters), &bytes,
                                 0));
    fuzz_changed((uint8_t)DSA_CHOICES, parameters, bytes, ROUNDS);
    dh()->DestroyKey(key);
    dh()->CloseAlgorithmProvider(algorithm, 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("blobs");

    tcase_add_loop_test(tests, a_changed_dsa_blob_does_no_harm, 0, (int)ARRAY_SIZE(dsa_bits));
    tcase_add_test(tests, a_changed_dh_blob_does_no_harm);
    return suite_run("fuzz_blob_ffc", tests);
}

#endif
