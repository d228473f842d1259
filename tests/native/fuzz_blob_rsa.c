/*
 * fuzz_blob_rsa.c - any bytes as the blob of an RSA key.
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
#include "provider/blob_rsa.h"
#include "provider/prov.h"

static const LPCWSTR types[] =
{
    BCRYPT_RSAPUBLIC_BLOB, BCRYPT_RSAPRIVATE_BLOB, BCRYPT_RSAFULLPRIVATE_BLOB,
    LEGACY_RSAPUBLIC_BLOB, LEGACY_RSAPRIVATE_BLOB, BCRYPT_PUBLIC_KEY_BLOB, BCRYPT_PRIVATE_KEY_BLOB,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static const BCRYPT_ASYMMETRIC_ENCRYPTION_FUNCTION_TABLE *functions(void)
{
    return rsa_encryption_family.table;
}

static void must(bool condition)
{
    if (!condition) abort();
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

/* The key as a blob, as a key of that, and as a blob of that. */
static void round_trip(BCRYPT_ALG_HANDLE algorithm, BCRYPT_KEY_HANDLE key, LPCWSTR type)
{
    ULONG bytes, again_bytes;
    BCRYPT_KEY_HANDLE copy;
    UCHAR *blob, *again;

    if (!(blob = export(key, type, &bytes))) return;
    must(!functions()->ImportKeyPair(algorithm, NULL, type, &copy, blob, bytes, 0));
    must((again = export(copy, type, &again_bytes)) != NULL);
    must(again_bytes == bytes && !memcmp(blob, again, bytes));
    functions()->DestroyKey(copy);
    free(again);
    free(blob);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_KEY_HANDLE key;
    LPCWSTR type;
    UCHAR *blob;
    size_t i;

    if (!bytes) return 0;
    must(!functions()->OpenAlgorithmProvider(&algorithm, BCRYPT_RSA_ALGORITHM, 0));
    type = types[data[0] % ARRAY_SIZE(types)];
    must((blob = malloc(bytes)) != NULL);       /* a byte more than the blob has is not there */
    memcpy(blob, data + 1, bytes - 1);
    blob = realloc(blob, bytes - 1 ? bytes - 1 : 1);
    if (!functions()->ImportKeyPair(algorithm, NULL, type, &key, blob, (ULONG)bytes - 1, 0))
    {
        for (i = 0; i < ARRAY_SIZE(types); i++) round_trip(algorithm, key, types[i]);
        functions()->DestroyKey(key);
    }
    free(blob);
    functions()->CloseAlgorithmProvider(algorithm, 0);
    return 0;
}

#ifndef LIBFUZZER

#include <check.h>

#define ROUNDS 20000

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
    static const uint32_t lengths[] = { 0, 1, 2, 8, 9, 31, 32, 33, 64, 0x7fffffff, 0x80000000,
                                        0xfffffff8, 0xffffffff };
    uint32_t count = random_number(4) + 1, field;

    while (count--)
    {
        switch (random_number(5))
        {
        case 0: data[random_number((uint32_t)bytes)] ^= (uint8_t)(1 << random_number(8)); break;
        case 1: data[random_number((uint32_t)bytes)] = (uint8_t)random_number(256); break;
        case 2:
            field = 1 + 4 * random_number(6);
            if (field + 4 <= bytes)
                memcpy(data + field, &lengths[random_number(ARRAY_SIZE(lengths))], 4);
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

START_TEST(a_changed_blob_does_no_harm)
{
    BCRYPT_ALG_HANDLE algorithm;
    uint8_t data[512];
    BCRYPT_KEY_HANDLE key;
    size_t before;
    UCHAR *blob;
    ULONG bytes;
    int round;

    ck_assert_int_eq(functions()->OpenAlgorithmProvider(&algorithm, BCRYPT_RSA_ALGORITHM, 0),
                     STATUS_SUCCESS);
    ck_assert_int_eq(functions()->GenerateKeyPair(algorithm, &key, 512, 0), STATUS_SUCCESS);
    ck_assert_int_eq(functions()->FinalizeKeyPair(key, 0), STATUS_SUCCESS);
    ck_assert_ptr_nonnull(blob = export(key, types[_i], &bytes));
    functions()->DestroyKey(key);

    data[0] = (uint8_t)_i;
    memcpy(data + 1, blob, bytes);
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
    Suite *suite = suite_create("fuzz_blob_rsa");
    TCase *tests = tcase_create("blobs");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tests, 0);
    tcase_add_loop_test(tests, a_changed_blob_does_no_harm, 0, (int)ARRAY_SIZE(types));
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}

#endif
