/*
 * fuzz_blob_ecc.c - any bytes as the blob of an EC key, and as the parameters of a curve.
 *
 * With libFuzzer (-DLIBFUZZER -fsanitize=fuzzer,address) it runs on what libFuzzer makes up. Alone
 * it is a Check program that changes good blobs at random, the same ones in every run.
 *
 * Whatever is accepted must come out of every form of blob again as the same key.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdlib.h>
#include <string.h>

#include "platform/memory.h"
#include "provider/blob_ecc.h"
#include "provider/prov.h"
#include "provider/prov_curves.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static const BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE *functions(void)
{
    return ecdh_family.table;
}

static void must(bool condition)
{
    if (!condition) abort();
}

static BCRYPT_ALG_HANDLE open_importer(size_t number)
{
    LPCWSTR curve = importers[number].curve;
    BCRYPT_ALG_HANDLE algorithm;

    must(!functions()->OpenAlgorithmProvider(&algorithm, importers[number].id, 0));
    if (curve)
    {
        must(!functions()->SetProperty(algorithm, BCRYPT_ECC_CURVE_NAME, (PUCHAR)(uintptr_t)curve,
                                       name_bytes(curve), 0));
    }
    return algorithm;
}

/* A blob of a key in memory of exactly its size; NULL if the key has none of that type. */
static UCHAR *export(BCRYPT_KEY_HANDLE key, LPCWSTR type, ULONG *bytes)
{
    UCHAR *blob;

    if (functions()->ExportKey(key, NULL, type, NULL, 0, bytes, 0)) return NULL;
    must((blob = malloc(*bytes)) != NULL);
    must(!functions()->ExportKey(key, NULL, type, blob, *bytes, bytes, 0));
    return blob;
}

/* The key as a blob, as a key of that, and as a blob of that. Explicit parameters go only with the
 * generic algorithm, and a short blob of theirs says nothing of the curve. */
static void round_trip(BCRYPT_ALG_HANDLE algorithm, BCRYPT_KEY_HANDLE key, LPCWSTR type)
{
    ULONG bytes, again_bytes;
    BCRYPT_KEY_HANDLE copy;
    UCHAR *blob, *again;

    if (!(blob = export(key, type, &bytes))) return;
    if (!functions()->ImportKeyPair(algorithm, NULL, type, &copy, blob, bytes,
                                    BCRYPT_NO_KEY_VALIDATION))
    {
        must((again = export(copy, type, &again_bytes)) != NULL);
        must(again_bytes == bytes && !memcmp(blob, again, bytes));
        functions()->DestroyKey(copy);
        free(again);
    }
    free(blob);
}

static void fuzz_parameters(BCRYPT_ALG_HANDLE algorithm, const uint8_t *data, size_t bytes)
{
    UCHAR *copy = malloc(bytes ? bytes : 1);

    must(copy != NULL);
    memcpy(copy, data, bytes);
    functions()->SetProperty(algorithm, BCRYPT_ECC_PARAMETERS, copy, (ULONG)bytes, 0);
    functions()->SetProperty(algorithm, BCRYPT_ECC_CURVE_NAME, copy, (ULONG)bytes, 0);
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_KEY_HANDLE key;
    LPCWSTR type;
    UCHAR *blob;
    size_t i;

    if (!bytes) return 0;
    algorithm = open_importer(data[0] / ARRAY_SIZE(types) % ARRAY_SIZE(importers));
    type = types[data[0] % ARRAY_SIZE(types)];
    must((blob = malloc(bytes)) != NULL);       /* a byte more than the blob has is not there */
    memcpy(blob, data + 1, bytes - 1);
    blob = realloc(blob, bytes - 1 ? bytes - 1 : 1);
    if (!functions()->ImportKeyPair(algorithm, NULL, type, &key, blob, (ULONG)bytes - 1,
                                    data[0] >= CHOICES ? BCRYPT_NO_KEY_VALIDATION : 0))
    {
        for (i = 0; i < ARRAY_SIZE(types); i++) round_trip(algorithm, key, types[i]);
        functions()->DestroyKey(key);
    }
    fuzz_parameters(algorithm, data + 1, bytes - 1);
    free(blob);
    functions()->CloseAlgorithmProvider(algorithm, 0);
    return 0;
}

#ifndef LIBFUZZER

#include <check.h>

#define ROUNDS 1500

static uint32_t random_state = 1;

static uint32_t random_number(uint32_t limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % limit;
}

/* One to four changes of the kinds that matter: a bit, a length, an end. */
static size_t change(uint8_t *data, size_t bytes, size_t room)
{
    static const uint32_t lengths[] = { 0,  1,  2,  20,   21,         31,         32,        33,
                                        64, 72, 73, 1024, 0x7fffffff, 0x80000000, 0xffffffff };
    uint32_t count = random_number(4) + 1, field;

    while (count--)
    {
        switch (random_number(5))
        {
        case 0: data[random_number((uint32_t)bytes)] ^= (uint8_t)(1 << random_number(8)); break;
        case 1: data[random_number((uint32_t)bytes)] = (uint8_t)random_number(256); break;
        case 2:
            field = 1 + 4 * random_number(8);
            if (field + 4 <= bytes)
            {
                memcpy(data + field, &lengths[random_number(ARRAY_SIZE(lengths))], 4);
            }
            break;
        case 3:
            if (bytes > 2) bytes -= random_number(2) ? 1 : random_number((uint32_t)bytes - 1);
            break;
        default:
            if (bytes < room) data[bytes++] = 0;
            break;
        }
    }
    return bytes;
}

/* A good blob of that choice; none if the algorithm has no blob of the type. */
static UCHAR *good_blob(size_t choice, ULONG *bytes)
{
    BCRYPT_ALG_HANDLE algorithm = open_importer(choice / ARRAY_SIZE(types));
    BCRYPT_KEY_HANDLE key;
    UCHAR *blob = NULL;

    must(!functions()->GenerateKeyPair(algorithm, &key, choice < ARRAY_SIZE(types) ? 256 : 0, 0));
    functions()->SetProperty(key, BCRYPT_ECC_CURVE_NAME,
                             (PUCHAR)(uintptr_t)BCRYPT_ECC_CURVE_NISTP256,
                             importers[choice / ARRAY_SIZE(types)].curve ? 0 : 18, 0);
    if (!functions()->FinalizeKeyPair(key, 0))
    {
        blob = export(key, types[choice % ARRAY_SIZE(types)], bytes);
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
        must(curve_by_name(named_curves[i].name, &choice) && !curve_ready(choice.curve));
    }
}

START_TEST(a_changed_blob_does_no_harm)
{
    uint8_t data[1024];
    size_t before;
    UCHAR *blob;
    ULONG bytes;
    int round;

    if (!(blob = good_blob((size_t)_i, &bytes))) return;
    data[0] = (uint8_t)_i;
    memcpy(data + 1, blob, bytes);
    make_curves();
    LLVMFuzzerTestOneInput(data, bytes + 1);
    before = memory_in_use();
    for (round = 0; round < ROUNDS; round++)
    {
        data[0] = (uint8_t)_i;
        memcpy(data + 1, blob, bytes);
        LLVMFuzzerTestOneInput(data, change(data, bytes + 1, sizeof(data)));
    }
    ck_assert_uint_eq(memory_in_use(), before);
    free(blob);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fuzz_blob_ecc");
    TCase *tests = tcase_create("blobs");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tests, 0);
    tcase_add_loop_test(tests, a_changed_blob_does_no_harm, 0, (int)CHOICES);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

#endif
