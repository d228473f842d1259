/*
 * fuzz_blob_ecc.c - any bytes as the blob of an EC key, and as the parameters of a curve.
 *
 * Whatever is accepted must come out of every form of blob again as the same key.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdlib.h>

#include "fuzz.h"
#include "provider/ec/ec_blob.h"
#include "provider/common/prov.h"
#include "provider/ec/curve.h"

static const LPCWSTR types[] = {
    BCRYPT_ECCPUBLIC_BLOB,      BCRYPT_ECCPRIVATE_BLOB, BCRYPT_ECCFULLPUBLIC_BLOB,
    BCRYPT_ECCFULLPRIVATE_BLOB, BCRYPT_PUBLIC_KEY_BLOB, BCRYPT_PRIVATE_KEY_BLOB,
    SSL_ECCPUBLIC_BLOB,
};

/* The first byte of the input chooses the type of blob, what imports it, and the flags. */
static const struct
{
    LPCWSTR id, curve;
} importers[] =
{
    { BCRYPT_ECDH_P256_ALGORITHM, NULL },
    { BCRYPT_ECDH_ALGORITHM,      NULL },
    { BCRYPT_ECDH_ALGORITHM,      BCRYPT_ECC_CURVE_SECP160R1 },
    { BCRYPT_ECDH_ALGORITHM,      BCRYPT_ECC_CURVE_25519 },
    { BCRYPT_ECDH_ALGORITHM,      BCRYPT_ECC_CURVE_NUMSP256T1 },
};
#define CHOICES (ARRAY_SIZE(types) * ARRAY_SIZE(importers))

static const BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE *functions(void)
{
    return ecdh_family.table;
}

static BCRYPT_ALG_HANDLE open_importer(size_t number)
{
    LPCWSTR curve = importers[number].curve;
    BCRYPT_ALG_HANDLE algorithm;

    fuzz_must(!functions()->OpenAlgorithmProvider(&algorithm, importers[number].id, 0));
    if (curve)
    {
        fuzz_must(!functions()->SetProperty(algorithm, BCRYPT_ECC_CURVE_NAME,
                                            (PUCHAR)(uintptr_t)curve, name_bytes(curve), 0));
    }
    return algorithm;
}

static void fuzz_parameters(BCRYPT_ALG_HANDLE algorithm, const uint8_t *data, size_t bytes)
{
    UCHAR *copy = fuzz_copy(data, bytes);

    functions()->SetProperty(algorithm, BCRYPT_ECC_PARAMETERS, copy, (ULONG)bytes, 0);
    functions()->SetProperty(algorithm, BCRYPT_ECC_CURVE_NAME, copy, (ULONG)bytes, 0);
    free(copy);
}

/* A blob may be refused that was exported: explicit parameters go only with the generic algorithm,
 * and a short blob of theirs says nothing of the curve. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    const struct fuzz_pairs pairs = FUZZ_PAIRS(functions(), types);
    BCRYPT_ALG_HANDLE algorithm;

    if (!bytes) return 0;
    algorithm = open_importer(data[0] / ARRAY_SIZE(types) % ARRAY_SIZE(importers));
    fuzz_pair_blob(&pairs, algorithm, types[data[0] % ARRAY_SIZE(types)], data + 1, bytes - 1,
                   data[0] >= CHOICES ? BCRYPT_NO_KEY_VALIDATION : 0, BCRYPT_NO_KEY_VALIDATION);
    fuzz_parameters(algorithm, data + 1, bytes - 1);
    functions()->CloseAlgorithmProvider(algorithm, 0);
    return 0;
}

#ifndef LIBFUZZER

#define ROUNDS 1500

/* A good blob of that choice; none if the algorithm has no blob of the type. */
static UCHAR *good_blob(size_t choice, ULONG *bytes)
{
    BCRYPT_ALG_HANDLE algorithm = open_importer(choice / ARRAY_SIZE(types));
    BCRYPT_KEY_HANDLE key;
    UCHAR *blob = NULL;

    fuzz_must(!functions()->GenerateKeyPair(algorithm, &key, choice < ARRAY_SIZE(types) ? 256 : 0,
                                            0));
    functions()->SetProperty(key, BCRYPT_ECC_CURVE_NAME,
                             (PUCHAR)(uintptr_t)BCRYPT_ECC_CURVE_NISTP256,
                             importers[choice / ARRAY_SIZE(types)].curve ? 0 : 18, 0);
    if (!functions()->FinalizeKeyPair(key, 0))
    {
        blob = fuzz_export(functions()->ExportKey, key, NULL, types[choice % ARRAY_SIZE(types)],
                           bytes);
    }
    functions()->DestroyKey(key);
    functions()->CloseAlgorithmProvider(algorithm, 0);
    return blob;
}

/* The curves that are made when they are needed, and stay. */
static void make_curves(void)
{
    struct curve_choice choice;
    size_t i;

    for (i = 0; i < NAMED_CURVE_COUNT; i++)
    {
        fuzz_must(curve_by_name(named_curves[i].name, &choice) && !curve_ready(choice.curve));
    }
}

START_TEST(a_changed_blob_does_no_harm)
{
    UCHAR *blob;
    ULONG bytes;

    if (!(blob = good_blob((size_t)_i, &bytes))) return;
    make_curves();
    fuzz_changed((uint8_t)_i, blob, bytes, ROUNDS);
    free(blob);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("blobs");

    tcase_add_loop_test(tests, a_changed_blob_does_no_harm, 0, (int)CHOICES);
    return suite_run("fuzz_blob_ecc", tests);
}

#endif
