/*
 * test_ffc_memory.c - DSA, DH and key derivation when memory ends, and by many threads under
 * ThreadSanitizer.
 *
 * SPDX-License-Identifier: MIT
 */

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "family.h"
#include "platform/memory.h"
#include "provider/common/prov.h"

static const BCRYPT_SIGNATURE_FUNCTION_TABLE *dsa;
static const BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE *dh;
static const BCRYPT_KEY_DERIVATION_FUNCTION_TABLE *kdf;

static BCRYPT_ALG_HANDLE dsa_algorithm, dh_algorithm, hkdf_algorithm, pbkdf2_algorithm;
static BCRYPT_KEY_HANDLE dsa_key, dh_key;
static UCHAR dsa_blob[1200], dh_blob[2100], capi_blob[600], parameters[1200], digest[32] = { 1 },
    signature[64];
static ULONG dsa_bytes, dh_bytes, capi_bytes, parameter_bytes, signature_bytes;

/* A DSA key with a q of 160 bits, and a DH key of a group that is known. */
static void set_up(void)
{
    dsa = dsa_family.table;
    dh = dh_family.table;
    kdf = kdf_family.table;
    must(dsa->OpenAlgorithmProvider(&dsa_algorithm, BCRYPT_DSA_ALGORITHM, 0));
    must(dh->OpenAlgorithmProvider(&dh_algorithm, BCRYPT_DH_ALGORITHM, 0));
    must(kdf->OpenAlgorithmProvider(&hkdf_algorithm, BCRYPT_HKDF_ALGORITHM, 0));
    must(kdf->OpenAlgorithmProvider(&pbkdf2_algorithm, BCRYPT_PBKDF2_ALGORITHM, 0));
    must(dsa->GenerateKeyPair(dsa_algorithm, &dsa_key, 512, 0));
    must(dsa->FinalizeKeyPair(dsa_key, 0));
    must(dsa->ExportKey(dsa_key, NULL, BCRYPT_DSA_PRIVATE_BLOB, dsa_blob, sizeof(dsa_blob),
                        &dsa_bytes, 0));
    must(dsa->ExportKey(dsa_key, NULL, LEGACY_DSA_V2_PRIVATE_BLOB, capi_blob, sizeof(capi_blob),
                        &capi_bytes, 0));
    must(dsa->GetProperty(dsa_key, BCRYPT_DSA_PARAMETERS, parameters, sizeof(parameters),
                          &parameter_bytes, 0));
    must(dsa->SignHash(dsa_key, NULL, digest, 20, signature, sizeof(signature), &signature_bytes,
                       0));
    must(dh->GenerateKeyPair(dh_algorithm, &dh_key, 2048, 0));
    must(dh->FinalizeKeyPair(dh_key, 0));
    must(dh->ExportKey(dh_key, NULL, BCRYPT_DH_PRIVATE_BLOB, dh_blob, sizeof(dh_blob), &dh_bytes,
                       0));
}

static void tear_down(void)
{
    dsa->DestroyKey(dsa_key);
    dh->DestroyKey(dh_key);
    dsa->CloseAlgorithmProvider(dsa_algorithm, 0);
    dh->CloseAlgorithmProvider(dh_algorithm, 0);
    kdf->CloseAlgorithmProvider(hkdf_algorithm, 0);
    kdf->CloseAlgorithmProvider(pbkdf2_algorithm, 0);
}

/* ---- calls ---- */

static NTSTATUS import_dsa(LPCWSTR type, UCHAR *blob, ULONG bytes)
{
    BCRYPT_KEY_HANDLE copy;
    NTSTATUS status = dsa->ImportKeyPair(dsa_algorithm, NULL, type, &copy, blob, bytes, 0);

    if (!status) dsa->DestroyKey(copy);
    return status;
}

static NTSTATUS call_import_dsa(void)
{
    return import_dsa(BCRYPT_DSA_PRIVATE_BLOB, dsa_blob, dsa_bytes);
}

static NTSTATUS call_import_capi(void)
{
    return import_dsa(LEGACY_DSA_V2_PRIVATE_BLOB, capi_blob, capi_bytes);
}

static NTSTATUS call_import_dh(void)
{
    BCRYPT_KEY_HANDLE copy;
    NTSTATUS status = dh->ImportKeyPair(dh_algorithm, NULL, BCRYPT_DH_PRIVATE_BLOB, &copy, dh_blob,
                                        dh_bytes, BCRYPT_KEY_VALIDATION_REGENERATE);

    if (!status) dh->DestroyKey(copy);
    return status;
}

static NTSTATUS call_export_dsa(void)
{
    UCHAR blob[1200];
    ULONG bytes;

    return dsa->ExportKey(dsa_key, NULL, BCRYPT_DSA_PRIVATE_BLOB, blob, sizeof(blob), &bytes, 0);
}

static NTSTATUS call_generate_dsa(void)
{
    BCRYPT_KEY_HANDLE fresh;
    UCHAR output[40];
    NTSTATUS status;
    ULONG bytes;

    if ((status = dsa->GenerateKeyPair(dsa_algorithm, &fresh, 512, 0))) return status;
    status = dsa->SetProperty(fresh, BCRYPT_DSA_PARAMETERS, parameters, parameter_bytes, 0);
    if (!status) status = dsa->FinalizeKeyPair(fresh, 0);
    if (!status) status = dsa->SignHash(fresh, NULL, digest, 20, output, 40, &bytes, 0);
    dsa->DestroyKey(fresh);
    return status;
}

static NTSTATUS call_verify(void)
{
    return dsa->VerifySignature(dsa_key, NULL, digest, 20, signature, signature_bytes, 0);
}

static NTSTATUS call_generate_dh(void)
{
    BCRYPT_KEY_HANDLE fresh;
    NTSTATUS status;

    if ((status = dh->GenerateKeyPair(dh_algorithm, &fresh, 1024, 0))) return status;
    status = dh->FinalizeKeyPair(fresh, 0);
    dh->DestroyKey(fresh);
    return status;
}

static NTSTATUS call_agree(void)
{
    BCRYPT_SECRET_HANDLE secret;
    UCHAR derived[40];
    NTSTATUS status;
    ULONG bytes;

    if ((status = dh->SecretAgreement(dh_key, dh_key, &secret, 0))) return status;
    must(dh->DeriveKey(secret, BCRYPT_KDF_HASH, NULL, derived, sizeof(derived), &bytes, 0));
    must(dh->SetProperty(secret, BCRYPT_HKDF_HASH_ALGORITHM, (PUCHAR)(uintptr_t)L"SHA256", 14, 0));
    must(dh->SetProperty(secret, BCRYPT_HKDF_SALT_AND_FINALIZE, digest, 32, 0));
    must(dh->DeriveKey(secret, BCRYPT_KDF_HKDF, NULL, derived, sizeof(derived), &bytes, 0));
    dh->DestroySecret(secret);
    return STATUS_SUCCESS;
}

static NTSTATUS call_hkdf(void)
{
    BCRYPT_KEY_HANDLE key, copy, other;
    UCHAR blob[100], derived[40];
    NTSTATUS status;
    ULONG bytes;

    if ((status = kdf->GenerateKey(hkdf_algorithm, &key, NULL, 0, digest, 32, 0))) return status;
    must(kdf->SetProperty(key, BCRYPT_HKDF_HASH_ALGORITHM, (PUCHAR)(uintptr_t)L"SHA256", 14, 0));
    must(kdf->SetProperty(key, BCRYPT_HKDF_SALT_AND_FINALIZE, NULL, 0, 0));
    must(kdf->KeyDerivation(key, NULL, derived, sizeof(derived), &bytes, 0));
    must(kdf->ExportKey(key, NULL, BCRYPT_KEY_DATA_BLOB, blob, sizeof(blob), &bytes, 0));
    status = kdf->ImportKey(hkdf_algorithm, NULL, BCRYPT_KEY_DATA_BLOB, &copy, NULL, 0, blob, bytes,
                            0);
    if (!status)
    {
        status = kdf->DuplicateKey(copy, &other, NULL, 0, 0);
        if (!status) kdf->DestroyKey(other);
        kdf->DestroyKey(copy);
    }
    kdf->DestroyKey(key);
    return status;
}

static NTSTATUS call_pbkdf2(void)
{
    BCryptBuffer hash = { 10, KDF_HASH_ALGORITHM, (PVOID)(uintptr_t)L"SHA1" };
    BCryptBufferDesc list = { BCRYPTBUFFER_VERSION, 1, &hash };
    BCRYPT_KEY_HANDLE key;
    UCHAR derived[20];
    NTSTATUS status;
    ULONG bytes;

    if ((status = kdf->GenerateKey(pbkdf2_algorithm, &key, NULL, 0, digest, 32, 0))) return status;
    status = kdf->KeyDerivation(key, &list, derived, sizeof(derived), &bytes, 0);
    kdf->DestroyKey(key);
    return status;
}

static NTSTATUS (*const calls[])(void) =
{
    call_import_dsa, call_import_capi, call_import_dh, call_export_dsa, call_generate_dsa,
    call_verify, call_generate_dh, call_agree, call_hkdf, call_pbkdf2,
};

START_TEST(a_call_without_memory_gives_everything_back)
{
    set_up();
    without_memory(calls[_i]);
    tear_down();
}
END_TEST

/* ---- blobs with changed bytes: any status, but nothing read behind them and nothing left ---- */

static void change_blob(const UCHAR *blob, ULONG bytes, LPCWSTR type, bool is_dsa)
{
    UCHAR *changed = malloc(bytes);
    BCRYPT_KEY_HANDLE key;
    ULONG at, cut, headers = bytes < 80 ? bytes : 80;
    NTSTATUS status;

    for (at = 0; at < headers; at++)
    {
        memcpy(changed, blob, bytes);
        changed[at] ^= (UCHAR)(1u << at % 8);
        status = is_dsa ? dsa->ImportKeyPair(dsa_algorithm, NULL, type, &key, changed, bytes, 0) :
                          dh->ImportKeyPair(dh_algorithm, NULL, type, &key, changed, bytes, 0);
        if (!status) (is_dsa ? dsa->DestroyKey : dh->DestroyKey)(key);
    }
    for (cut = 0; cut < bytes; cut += 1 + cut / 16)
    {
        UCHAR *shorter = malloc(cut + !cut);

        memcpy(shorter, blob, cut);
        status = is_dsa ? dsa->ImportKeyPair(dsa_algorithm, NULL, type, &key, shorter, cut, 0) :
                          dh->ImportKeyPair(dh_algorithm, NULL, type, &key, shorter, cut, 0);
        ck_assert_int_eq(status, STATUS_INVALID_PARAMETER);
        free(shorter);
    }
    free(changed);
}

START_TEST(a_changed_blob_leaves_nothing_behind)
{
    size_t before;

    set_up();
    before = memory_in_use();
    change_blob(dsa_blob, dsa_bytes, BCRYPT_DSA_PRIVATE_BLOB, true);
    change_blob(capi_blob, capi_bytes, LEGACY_DSA_V2_PRIVATE_BLOB, true);
    change_blob(dh_blob, dh_bytes, BCRYPT_DH_PRIVATE_BLOB, false);
    ck_assert_uint_eq(memory_in_use(), before);
    tear_down();
}
END_TEST

/* ---- threads ---- */

#define THREADS 4
#define ROUNDS  5

static void *work(void *parameter)
{
    intptr_t failed = 0;
    size_t i;
    int round;

    (void)parameter;
    for (round = 0; round < ROUNDS; round++)
    {
        for (i = 0; i < ARRAY_SIZE(calls); i++) failed += calls[i]() != STATUS_SUCCESS;
    }
    end_thread();
    return (void *)failed;
}

START_TEST(threads_share_keys)
{
    set_up();
    run_threads(THREADS, work, NULL);
    tear_down();
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("ffc");

    tcase_add_loop_test(tests, a_call_without_memory_gives_everything_back, 0,
                        (int)ARRAY_SIZE(calls));
    tcase_add_test(tests, a_changed_blob_leaves_nothing_behind);
    tcase_add_test(tests, threads_share_keys);
    return suite_run("ffc_memory", tests);
}
