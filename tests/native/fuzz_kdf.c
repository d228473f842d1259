/*
 * fuzz_kdf.c - any parameters of key derivation: of the family's algorithms and of agreed secrets.
 *
 * The input is a byte that chooses the function, one of flags, one for the size of the key, and
 * parameters: a byte of type, one of length, and the value. HKDF's properties are of types that no
 * parameter has, and are set in their turn.
 *
 * What succeeds must do so again, with the same key. The same bytes as the blob of a key that keys
 * are derived from are the second half of the choices.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "provider/common/prov.h"
#include "provider/secret/secret.h"

/* Algorithms of the family, and functions of BCryptDeriveKey. */
static const LPCWSTR algorithms[] =
{
    BCRYPT_SP800108_CTR_HMAC_ALGORITHM, BCRYPT_SP80056A_CONCAT_ALGORITHM, BCRYPT_PBKDF2_ALGORITHM,
    BCRYPT_CAPI_KDF_ALGORITHM, BCRYPT_TLS1_1_KDF_ALGORITHM, BCRYPT_TLS1_2_KDF_ALGORITHM,
    BCRYPT_HKDF_ALGORITHM,
};
static const LPCWSTR functions[] =
{
    BCRYPT_KDF_HASH, BCRYPT_KDF_HMAC, BCRYPT_KDF_TLS_PRF, BCRYPT_KDF_SP80056A_CONCAT,
    BCRYPT_KDF_RAW_SECRET, BCRYPT_KDF_HKDF,
};
#define DERIVING (ARRAY_SIZE(algorithms) + ARRAY_SIZE(functions))
#define CHOICES  (DERIVING + ARRAY_SIZE(algorithms))

static const LPCWSTR hkdf_properties[] =
{
    BCRYPT_HKDF_HASH_ALGORITHM, BCRYPT_HKDF_SALT_AND_FINALIZE, BCRYPT_HKDF_PRK_AND_FINALIZE,
};
#define HKDF_PROPERTY 0x40              /* and which */

#define PARAMETERS_MAX 16
#define KEY_BYTES_MAX  255

static UCHAR secret[48] = { 1, 2, 3, 4, 5 };

static const BCRYPT_KEY_DERIVATION_FUNCTION_TABLE *table(void)
{
    return kdf_family.table;
}

/* What an input says. */
struct request
{
    ULONG flags, key_bytes;
    BCryptBuffer parameters[PARAMETERS_MAX];
    BCryptBufferDesc list;
};

/* Reads the parameters, each into memory of exactly its size. A count of iterations is kept small,
 * for it takes its time. */
static void request_read(struct request *request, const uint8_t *data, size_t bytes)
{
    BCryptBuffer *parameter;
    size_t length;

    memset(request, 0, sizeof(*request));
    request->list.pBuffers = request->parameters;
    if (bytes < 2) return;
    request->flags = data[0];
    request->key_bytes = data[1];
    data += 2, bytes -= 2;
    while (bytes >= 2 && request->list.cBuffers < PARAMETERS_MAX)
    {
        parameter = &request->parameters[request->list.cBuffers++];
        length = data[1] < bytes - 2 ? data[1] : bytes - 2;
        parameter->BufferType = data[0];
        parameter->cbBuffer = (ULONG)length;
        parameter->pvBuffer = fuzz_copy(data + 2, length);
        if (parameter->BufferType == KDF_ITERATION_COUNT && length > 1)
        {
            memset((UCHAR *)parameter->pvBuffer + 1, 0, length - 1);
        }
        data += 2 + length, bytes -= 2 + length;
    }
}

static void request_free(struct request *request)
{
    ULONG i;

    for (i = 0; i < request->list.cBuffers; i++) free(request->parameters[i].pvBuffer);
}

static void set_properties(const struct request *request, BCryptSetPropertyFn set, HANDLE handle)
{
    const BCryptBuffer *value;
    ULONG i, which;

    for (i = 0; i < request->list.cBuffers; i++)
    {
        value = &request->parameters[i];
        which = value->BufferType - HKDF_PROPERTY;
        if (which >= ARRAY_SIZE(hkdf_properties)) continue;
        set(handle, hkdf_properties[which], value->pvBuffer, value->cbBuffer, 0);
    }
}

/* ---- the family ---- */

static NTSTATUS derive_by_algorithm(LPCWSTR id, struct request *request, UCHAR *out, ULONG *bytes)
{
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_KEY_HANDLE key;
    NTSTATUS status;

    fuzz_must(!table()->OpenAlgorithmProvider(&algorithm, id, 0));
    fuzz_must(!table()->GenerateKey(algorithm, &key, NULL, 0, secret, sizeof(secret), 0));
    set_properties(request, table()->SetProperty, key);
    status = table()->KeyDerivation(key, &request->list, out, request->key_bytes, bytes,
                                    request->flags);
    table()->DestroyKey(key);
    table()->CloseAlgorithmProvider(algorithm, 0);
    return status;
}

/* The key of a blob derives; its own blob is the same again. */
static void import_blob(LPCWSTR id, const uint8_t *data, size_t bytes)
{
    UCHAR *blob = fuzz_copy(data, bytes), *exported, *again, out[32];
    BCryptBufferDesc none = { 0 };
    ULONG exported_bytes, again_bytes, derived;
    BCRYPT_KEY_HANDLE key, copy;
    BCRYPT_ALG_HANDLE algorithm;

    fuzz_must(!table()->OpenAlgorithmProvider(&algorithm, id, 0));
    if (!table()->ImportKey(algorithm, NULL, BCRYPT_KEY_DATA_BLOB, &key, NULL, 0, blob,
                            (ULONG)bytes, 0))
    {
        table()->KeyDerivation(key, &none, out, sizeof(out), &derived, 0);
        exported = fuzz_export(table()->ExportKey, key, NULL, BCRYPT_KEY_DATA_BLOB,
                               &exported_bytes);
        fuzz_must(exported != NULL);
        fuzz_must(!table()->ImportKey(algorithm, NULL, BCRYPT_KEY_DATA_BLOB, &copy, NULL, 0,
                                      exported, exported_bytes, 0));
        again = fuzz_export(table()->ExportKey, copy, NULL, BCRYPT_KEY_DATA_BLOB, &again_bytes);
        fuzz_must(again && again_bytes == exported_bytes &&
                  !memcmp(again, exported, again_bytes));
        free(again);
        free(exported);
        table()->DestroyKey(copy);
        table()->DestroyKey(key);
    }
    table()->CloseAlgorithmProvider(algorithm, 0);
    free(blob);
}

/* ---- agreed secrets ---- */

static NTSTATUS derive_by_function(LPCWSTR name, struct request *request, UCHAR *out, ULONG *bytes)
{
    BCRYPT_SECRET_HANDLE agreed;
    NTSTATUS status;

    fuzz_must(!secret_new(secret, sizeof(secret), 384, &agreed));
    set_properties(request, secret_agreement_set_property, agreed);
    status = secret_derive_key(agreed, name, &request->list, out, request->key_bytes, bytes,
                               request->flags);
    secret_destroy_secret(agreed);
    return status;
}

/* ---- */

static NTSTATUS derive(size_t choice, struct request *request, UCHAR *out, ULONG *bytes)
{
    if (choice < ARRAY_SIZE(algorithms))
        return derive_by_algorithm(algorithms[choice], request, out, bytes);
    return derive_by_function(functions[choice - ARRAY_SIZE(algorithms)], request, out, bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    ULONG first_bytes = 0, second_bytes = 0;
    UCHAR first[KEY_BYTES_MAX], *second;
    struct request request;
    NTSTATUS status;
    size_t choice;

    if (!bytes) return 0;
    choice = data[0] % CHOICES;
    if (choice >= DERIVING)
    {
        import_blob(algorithms[choice - DERIVING], data + 1, bytes - 1);
        return 0;
    }
    request_read(&request, data + 1, bytes - 1);
    status = derive(choice, &request, first, &first_bytes);
    second = fuzz_copy(first, request.key_bytes);
    fuzz_must(derive(choice, &request, second, &second_bytes) == status);
    if (!status)
    {
        fuzz_must(first_bytes <= request.key_bytes && first_bytes == second_bytes &&
                  !memcmp(first, second, first_bytes));
    }
    free(second);
    request_free(&request);
    return 0;
}

#ifndef LIBFUZZER

#define ROUNDS 5000

/* ---- good inputs ---- */

struct input
{
    UCHAR bytes[512];
    ULONG count;
};

static void put(struct input *input, UCHAR type, const void *value, UCHAR bytes)
{
    input->bytes[input->count++] = type;
    input->bytes[input->count++] = bytes;
    memcpy(input->bytes + input->count, value, bytes);
    input->count += bytes;
}

static void put_name(struct input *input, UCHAR type, LPCWSTR name)
{
    put(input, type, name, (UCHAR)name_bytes(name));
}

/* Every parameter that some function knows, and a few bytes for each. */
static void good_parameters(struct input *input, LPCWSTR hash)
{
    static const UCHAR types[] =
    {
        KDF_SECRET_PREPEND, KDF_SECRET_APPEND, KDF_HMAC_KEY, KDF_TLS_PRF_LABEL, KDF_ALGORITHMID,
        KDF_PARTYUINFO, KDF_PARTYVINFO, KDF_LABEL, KDF_CONTEXT, KDF_SALT,
    };
    static const UCHAR seed[64] = { 9, 8, 7 }, iterations[8] = { 3 };
    size_t i;

    input->count = 0;
    input->bytes[input->count++] = 0;           /* flags */
    input->bytes[input->count++] = 20;          /* size of the key */
    put_name(input, HKDF_PROPERTY, hash);
    put(input, HKDF_PROPERTY + 1, seed, 8);
    put_name(input, KDF_HASH_ALGORITHM, hash);
    put(input, KDF_TLS_PRF_SEED, seed, 64);
    put(input, KDF_ITERATION_COUNT, iterations, 8);
    for (i = 0; i < ARRAY_SIZE(types); i++) put(input, types[i], seed, (UCHAR)(4 + i));
}

START_TEST(changed_parameters_do_no_harm)
{
    static const LPCWSTR hashes[] = { BCRYPT_SHA256_ALGORITHM, BCRYPT_SHA1_ALGORITHM };
    struct request request;
    UCHAR key[KEY_BYTES_MAX];
    struct input input;
    ULONG bytes;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(hashes); i++)
    {
        good_parameters(&input, hashes[i]);
        request_read(&request, input.bytes, input.count);
        ck_assert_int_eq(derive((size_t)_i, &request, key, &bytes), STATUS_SUCCESS);
        request_free(&request);
        fuzz_changed((uint8_t)_i, input.bytes, input.count, ROUNDS);
    }
}
END_TEST

START_TEST(a_changed_blob_does_no_harm)
{
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_KEY_HANDLE key;
    UCHAR *blob;
    ULONG bytes;

    fuzz_must(!table()->OpenAlgorithmProvider(&algorithm, algorithms[_i], 0));
    fuzz_must(!table()->GenerateKey(algorithm, &key, NULL, 0, secret, sizeof(secret), 0));
    table()->SetProperty(key, BCRYPT_HKDF_HASH_ALGORITHM,
                         (PUCHAR)(uintptr_t)BCRYPT_SHA256_ALGORITHM,
                         name_bytes(BCRYPT_SHA256_ALGORITHM), 0);
    table()->SetProperty(key, BCRYPT_HKDF_SALT_AND_FINALIZE, NULL, 0, 0);
    blob = fuzz_export(table()->ExportKey, key, NULL, BCRYPT_KEY_DATA_BLOB, &bytes);
    ck_assert_ptr_nonnull(blob);
    fuzz_changed((uint8_t)(DERIVING + (size_t)_i), blob, bytes, ROUNDS);
    free(blob);
    table()->DestroyKey(key);
    table()->CloseAlgorithmProvider(algorithm, 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("kdf");

    tcase_add_loop_test(tests, changed_parameters_do_no_harm, 0, (int)DERIVING);
    tcase_add_loop_test(tests, a_changed_blob_does_no_harm, 0, (int)ARRAY_SIZE(algorithms));
    return suite_run("fuzz_kdf", tests);
}

#endif
