/*
 * fuzz_ncrypt.c - any bytes as what key storage takes in: blobs, PKCS #8, key files and records.
 *
 * A key that is accepted has to come out as PKCS #8 or its own blob again, if it may.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdlib.h>

#include "fuzz.h"
#include "ksp/key_record.h"
#include "platform/memory.h"
#include "store/key_file.h"

static WCHAR password[] = L"password", curve[] = L"secP256k1";

/* Each with one parameter at most. */
static const struct
{
    LPCWSTR type;                               /* NULL: a record; "": a key's file */
    ULONG parameter;
    WCHAR *value;
    ULONG bytes;
} kinds[] =
{
    { NULL,                          0, NULL, 0 },
    { L"",                           0, NULL, 0 },
    { NCRYPT_PKCS8_PRIVATE_KEY_BLOB, 0, NULL, 0 },
    { NCRYPT_PKCS8_PRIVATE_KEY_BLOB, NCRYPTBUFFER_PKCS_SECRET, password, sizeof(password) },
    { BCRYPT_PUBLIC_KEY_BLOB,        0, NULL, 0 },
    { BCRYPT_PRIVATE_KEY_BLOB,       0, NULL, 0 },
    { BCRYPT_ECCPRIVATE_BLOB,        NCRYPTBUFFER_ECC_CURVE_NAME, curve, sizeof(curve) },
    { NCRYPT_CIPHER_KEY_BLOB,        0, NULL, 0 },
    { NCRYPT_KDF_KEY_BLOB,           0, NULL, 0 },
    { NCRYPT_PQ_PRIVATE_KEY_BLOB,    0, NULL, 0 },
    { NCRYPT_OPAQUETRANSPORT_BLOB,   0, NULL, 0 },
};

/* The strings of a policy have to end within what was asked for. */
static void use_policy(struct ksp_key *key)
{
    NCRYPT_UI_POLICY *policy;
    ULONG bytes;

    if (ksp_get(key, NCRYPT_UI_POLICY_PROPERTY, NULL, 0, &bytes, 0)) return;
    policy = malloc(bytes);
    fuzz_must(!ksp_get(key, NCRYPT_UI_POLICY_PROPERTY, (uint8_t *)policy, bytes, &bytes, 0));
    if (policy->pszCreationTitle) fuzz_must(name_bytes(policy->pszCreationTitle) <= bytes);
    if (policy->pszFriendlyName) fuzz_must(name_bytes(policy->pszFriendlyName) <= bytes);
    if (policy->pszDescription) fuzz_must(name_bytes(policy->pszDescription) <= bytes);
    free(policy);
}

static void use(struct ksp_key *key)
{
    static uint8_t output[0x8000];
    ULONG bytes;

    ksp_get(key, NCRYPT_LENGTH_PROPERTY, output, sizeof(output), &bytes, 0);
    use_policy(key);
    atomic_store(&key->policy, NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG);
    if (key->is_private && key->algorithm->family < KSP_COMPOSITE)
        fuzz_must(!ksp_export(key, NCRYPT_PKCS8_PRIVATE_KEY_BLOB, NULL, output, sizeof(output),
                              &bytes) || key->algorithm->family == KSP_EC);
    ksp_export(key, BCRYPT_PUBLIC_KEY_BLOB, NULL, output, sizeof(output), &bytes);
}

static void try_file(const uint8_t *data, ULONG bytes)
{
    WCHAR name[STORE_NAME_ROOM], algorithm[STORE_ID_ROOM];
    uint8_t *record;
    ULONG spec, size;

    key_file_name(data, bytes, name, algorithm, &spec);
    if (!key_file_read(data, bytes, &record, &size)) memory_put(record, size ? size : 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    NCryptBuffer buffer;
    NCryptBufferDesc list = { NCRYPTBUFFER_VERSION, 1, &buffer };
    struct ksp_key *key = NULL;
    size_t kind;
    UCHAR *copy;

    if (!bytes) return 0;
    kind = data[0] % ARRAY_SIZE(kinds);
    copy = fuzz_copy(data + 1, bytes - 1);
    buffer = (NCryptBuffer){ kinds[kind].bytes, kinds[kind].parameter, kinds[kind].value };
    if (!kinds[kind].type)
        key_record_read(L"ECDSA_P256", NULL, false, copy, (ULONG)bytes - 1, &key);
    else if (!kinds[kind].type[0]) try_file(copy, (ULONG)bytes - 1);
    else if (ksp_import(kinds[kind].type, kinds[kind].value ? &list : NULL, copy, (ULONG)bytes - 1,
                        0, &key)) key = NULL;
    if (key) use(key);
    ksp_key_free(key);
    free(copy);
    return 0;
}

#ifndef LIBFUZZER

/* A good input of each kind: a key of an algorithm, as that. */
static const struct
{
    LPCWSTR id, property, value;
    size_t kind;
    int rounds;
} goods[] =
{
    { BCRYPT_ECDSA_P256_ALGORITHM, NULL, NULL, 0, 4000 },
    { BCRYPT_ECDSA_P256_ALGORITHM, NULL, NULL, 1, 8000 },
    { BCRYPT_RSA_ALGORITHM,        NULL, NULL, 2, 2000 },
    { BCRYPT_ECDSA_P256_ALGORITHM, NULL, NULL, 2, 4000 },
    { BCRYPT_DH_ALGORITHM,         NULL, NULL, 2, 1000 },
    { BCRYPT_MLKEM_ALGORITHM, BCRYPT_PARAMETER_SET_NAME, L"512", 2, 4000 },
    { BCRYPT_MLDSA_ALGORITHM, BCRYPT_PARAMETER_SET_NAME, L"44", 2, 1000 },
    { BCRYPT_ECDSA_P256_ALGORITHM, NULL, NULL, 3, 500 },
    { BCRYPT_ECDSA_P256_ALGORITHM, NULL, NULL, 4, 4000 },
    { BCRYPT_ECDH_P256_ALGORITHM,  NULL, NULL, 5, 4000 },
    { BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_NAME, L"secP256k1", 6, 2000 },
    { BCRYPT_AES_ALGORITHM,        NULL, NULL, 7, 8000 },
    { BCRYPT_MLKEM_ALGORITHM, BCRYPT_PARAMETER_SET_NAME, L"512", 9, 4000 },
    { BCRYPT_ECDSA_P256_ALGORITHM, NULL, NULL, 10, 8000 },
};

static struct ksp_key *new_good(int row)
{
    NCRYPT_UI_POLICY policy = { 1, 0, L"A title", NULL, L"A description" };
    struct ksp_key *key;
    LPCWSTR value = goods[row].value;

    fuzz_must(!ksp_key_new(ksp_algorithm_find(goods[row].id), NULL, 0, &key));
    if (value) fuzz_must(!ksp_set(key, goods[row].property, (const uint8_t *)value,
                                  name_bytes(value), 0));
    fuzz_must(!ksp_set(key, NCRYPT_UI_POLICY_PROPERTY, (const uint8_t *)&policy, sizeof(policy),
                       NCRYPT_PERSIST_FLAG));
    fuzz_must(!ksp_set(key, L"Mine", (const uint8_t *)"a value", 8, NCRYPT_PERSIST_ONLY_FLAG));
    fuzz_must(!ksp_key_finalize(key));
    atomic_store(&key->policy, NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG);
    return key;
}

/* The good input of a row, its kind before it. */
static ULONG good_input(int row, uint8_t *output, ULONG room)
{
    size_t kind = goods[row].kind;
    NCryptBuffer buffer = { kinds[kind].bytes, kinds[kind].parameter, kinds[kind].value };
    NCryptBufferDesc list = { NCRYPTBUFFER_VERSION, 1, &buffer };
    const struct stored_name name = { .name = L"a name", .algorithm = goods[row].id };
    struct ksp_key *key = new_good(row);
    uint8_t *record, *file;
    ULONG bytes, size;

    *output++ = (uint8_t)kind;
    if (kinds[kind].type && kinds[kind].type[0])
        fuzz_must(!ksp_export(key, kinds[kind].type, kinds[kind].value ? &list : NULL, output,
                              room - 1, &bytes));
    else
    {
        fuzz_must(!key_record_write(key, &record, &bytes));
        fuzz_must(!key_file_write(&name, record, bytes, &file, &size));
        memcpy(output, kinds[kind].type ? file : record, kinds[kind].type ? size : bytes);
        memory_put(record, bytes);
        memory_put(file, size);
        if (kinds[kind].type) bytes = size;
    }
    ksp_key_free(key);
    return bytes;
}

static uint8_t input[0x8000];

/* Curves and algorithms stay open; what is lost the sanitizer sees at the end. */
START_TEST(a_changed_input_does_no_harm)
{
    ULONG bytes = good_input(_i, input, sizeof(input));

    fuzz_change(input[0], input + 1, bytes, goods[_i].rounds);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("inputs");

    tcase_set_timeout(tests, 0);
    tcase_add_loop_test(tests, a_changed_input_does_no_harm, 0, (int)ARRAY_SIZE(goods));
    return suite_run("fuzz_ncrypt", tests);
}

#endif
