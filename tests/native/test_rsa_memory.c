/*
 * test_rsa_memory.c - RSA when memory ends, and by many threads under ThreadSanitizer.
 *
 * SPDX-License-Identifier: MIT
 */

#include <check.h>

#include "family.h"
#include "native.h"
#include "provider/common/prov.h"

static const BCRYPT_ASYMMETRIC_ENCRYPTION_FUNCTION_TABLE *table;
static BCRYPT_ALG_HANDLE algorithm;
static BCRYPT_KEY_HANDLE key;
static UCHAR private_blob[400], public_blob[200], capi_blob[400], signature[64], cipher[64];
static ULONG private_bytes, public_bytes, capi_bytes;
static BCRYPT_PKCS1_PADDING_INFO padding = { BCRYPT_SHA1_ALGORITHM };
static UCHAR digest[20];

static NTSTATUS import_blob(LPCWSTR type, UCHAR *blob, ULONG bytes)
{
    BCRYPT_KEY_HANDLE copy;
    NTSTATUS status = table->ImportKeyPair(algorithm, NULL, type, &copy, blob, bytes, 0);

    if (!status) table->DestroyKey(copy);
    return status;
}

static NTSTATUS call_import_private(void)
{
    return import_blob(BCRYPT_RSAPRIVATE_BLOB, private_blob, private_bytes);
}

static NTSTATUS call_import_public(void)
{
    return import_blob(BCRYPT_RSAPUBLIC_BLOB, public_blob, public_bytes);
}

static NTSTATUS call_import_capi(void)
{
    return import_blob(LEGACY_RSAPRIVATE_BLOB, capi_blob, capi_bytes);
}

static NTSTATUS call_generate(void)
{
    BCRYPT_KEY_HANDLE fresh;
    NTSTATUS status;

    if ((status = table->GenerateKeyPair(algorithm, &fresh, 512, 0))) return status;
    status = table->FinalizeKeyPair(fresh, 0);
    table->DestroyKey(fresh);
    return status;
}

/* A key of its own each time, so that its Montgomery contexts and its blinding are made each
 * time. */
static NTSTATUS with_fresh_key(NTSTATUS (*call)(BCRYPT_KEY_HANDLE fresh))
{
    BCRYPT_KEY_HANDLE fresh;
    NTSTATUS status;
    long limit = native_fail_after;

    native_fail_after = -1;
    must(table->ImportKeyPair(algorithm, NULL, BCRYPT_RSAPRIVATE_BLOB, &fresh,
                              private_blob, private_bytes, 0));
    native_fail_after = limit;
    status = call(fresh);
    table->DestroyKey(fresh);
    return status;
}

static NTSTATUS sign(BCRYPT_KEY_HANDLE with)
{
    UCHAR output[64];
    ULONG bytes;

    return table->SignHash(with, &padding, digest, 20, output, sizeof(output), &bytes,
                           BCRYPT_PAD_PKCS1);
}

static NTSTATUS verify(BCRYPT_KEY_HANDLE with)
{
    return table->VerifySignature(with, &padding, digest, 20, signature, 64, BCRYPT_PAD_PKCS1);
}

static NTSTATUS encrypt(BCRYPT_KEY_HANDLE with)
{
    UCHAR output[64];
    ULONG bytes;

    return table->Encrypt(with, digest, 20, NULL, NULL, 0, output, 64, &bytes, BCRYPT_PAD_PKCS1);
}

static NTSTATUS decrypt(BCRYPT_KEY_HANDLE with)
{
    UCHAR output[64];
    ULONG bytes;

    return table->Decrypt(with, cipher, 64, NULL, NULL, 0, output, 64, &bytes, BCRYPT_PAD_PKCS1);
}

static NTSTATUS call_sign(void)
{
    return with_fresh_key(sign);
}

static NTSTATUS call_verify(void)
{
    return with_fresh_key(verify);
}

static NTSTATUS call_encrypt(void)
{
    return with_fresh_key(encrypt);
}

static NTSTATUS call_decrypt(void)
{
    return with_fresh_key(decrypt);
}

static NTSTATUS (*const calls[])(void) =
{
    call_import_private, call_import_public, call_import_capi, call_generate, call_sign,
    call_verify, call_encrypt, call_decrypt,
};

static void set_up(void)
{
    ULONG bytes;

    table = rsa_encryption_family.table;
    must(table->OpenAlgorithmProvider(&algorithm, BCRYPT_RSA_ALGORITHM, 0));
    must(table->GenerateKeyPair(algorithm, &key, 512, 0));
    must(table->FinalizeKeyPair(key, 0));
    must(table->ExportKey(key, NULL, BCRYPT_RSAPRIVATE_BLOB, private_blob,
                          sizeof(private_blob), &private_bytes, 0));
    must(table->ExportKey(key, NULL, BCRYPT_RSAPUBLIC_BLOB, public_blob,
                          sizeof(public_blob), &public_bytes, 0));
    must(table->ExportKey(key, NULL, LEGACY_RSAPRIVATE_BLOB, capi_blob,
                          sizeof(capi_blob), &capi_bytes, 0));
    must(table->SignHash(key, &padding, digest, 20, signature, 64, &bytes,
                         BCRYPT_PAD_PKCS1));
    must(table->Encrypt(key, digest, 20, NULL, NULL, 0, cipher, 64, &bytes,
                        BCRYPT_PAD_PKCS1));
}

static void tear_down(void)
{
    table->DestroyKey(key);
    table->CloseAlgorithmProvider(algorithm, 0);
}

START_TEST(a_call_without_memory_gives_everything_back)
{
    ck_assert_int_gt(without_memory(calls[_i]), 0);
}
END_TEST

/* ---- threads ---- */

#define THREADS 6
#define ROUNDS 30

static void *work(void *parameter)
{
    intptr_t failed = 0;
    int round;

    (void)parameter;
    for (round = 0; round < ROUNDS; round++)
    {
        if (sign(key) || verify(key) || encrypt(key) || decrypt(key)) failed++;
    }
    end_thread();
    return (void *)failed;
}

START_TEST(threads_share_a_key)
{
    run_threads(THREADS, work, NULL);
}
END_TEST

static _Atomic int made, refused;

static void *finalize(void *parameter)
{
    NTSTATUS status = table->FinalizeKeyPair(parameter, 0);
    ULONG bits, bytes;

    if (!status) made++;
    if (status == STATUS_INVALID_HANDLE) refused++;
    table->GetProperty(parameter, BCRYPT_KEY_LENGTH, (UCHAR *)&bits, sizeof(bits), &bytes, 0);
    end_thread();
    return NULL;
}

START_TEST(one_thread_makes_a_key)
{
    BCRYPT_KEY_HANDLE fresh;

    must(table->GenerateKeyPair(algorithm, &fresh, 512, 0));
    run_threads(THREADS, finalize, fresh);
    ck_assert_int_eq(made, 1);
    ck_assert_int_eq(refused, THREADS - 1);
    must(sign(fresh));
    table->DestroyKey(fresh);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("rsa");

    tcase_add_unchecked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, a_call_without_memory_gives_everything_back, 0,
                        (int)ARRAY_SIZE(calls));
    tcase_add_test(tests, threads_share_a_key);
    tcase_add_test(tests, one_thread_makes_a_key);
    return suite_run("rsa_memory", tests);
}
