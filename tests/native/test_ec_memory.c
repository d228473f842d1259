/*
 * test_ec_memory.c - ECDSA and ECDH when memory ends, and by many threads under ThreadSanitizer.
 *
 * SPDX-License-Identifier: MIT
 */

#include <check.h>
#include <string.h>

#include "family.h"
#include "native.h"
#include "platform/memory.h"
#include "provider/common/prov.h"
#include "provider/ec/curve.h"

static const BCRYPT_SIGNATURE_FUNCTION_TABLE *dsa;
static const BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE *dh;

/* Libcrypto's faster groups, its others, a mapped one, curve25519. */
static const LPCWSTR curves[] =
{
    BCRYPT_ECC_CURVE_NISTP256, BCRYPT_ECC_CURVE_NISTP384, BCRYPT_ECC_CURVE_SECP256K1,
    BCRYPT_ECC_CURVE_NUMSP256T1, BCRYPT_ECC_CURVE_25519,
};
#define SIGNING_CURVES 4

static BCRYPT_ALG_HANDLE dsa_algorithm, dh_algorithm;
static BCRYPT_KEY_HANDLE dsa_key, dh_key;
static UCHAR private_blob[400], public_blob[400], full_blob[1000], parameters[1000],
    digest[32] = { 1 }, signature[140];
static ULONG private_bytes, public_bytes, full_bytes, parameter_bytes;

static void set_up(int number)
{
    LPCWSTR curve = curves[number];
    ULONG bytes;

    dsa = ecdsa_family.table;
    dh = ecdh_family.table;
    must(dh->OpenAlgorithmProvider(&dh_algorithm, BCRYPT_ECDH_ALGORITHM, 0));
    must(dh->SetProperty(dh_algorithm, BCRYPT_ECC_CURVE_NAME, (PUCHAR)(uintptr_t)curve,
                         name_bytes(curve), 0));
    must(dh->GenerateKeyPair(dh_algorithm, &dh_key, 0, 0));
    must(dh->FinalizeKeyPair(dh_key, 0));
    must(dh->ExportKey(dh_key, NULL, BCRYPT_ECCPRIVATE_BLOB, private_blob, sizeof(private_blob),
                       &private_bytes, 0));
    must(dh->ExportKey(dh_key, NULL, BCRYPT_ECCPUBLIC_BLOB, public_blob, sizeof(public_blob),
                       &public_bytes, 0));
    must(dh->ExportKey(dh_key, NULL, BCRYPT_ECCFULLPRIVATE_BLOB, full_blob, sizeof(full_blob),
                       &full_bytes, 0));
    must(dh->GetProperty(dh_key, BCRYPT_ECC_PARAMETERS, parameters, sizeof(parameters),
                         &parameter_bytes, 0));
    dsa_algorithm = NULL;
    if (number >= SIGNING_CURVES) return;
    must(dsa->OpenAlgorithmProvider(&dsa_algorithm, BCRYPT_ECDSA_ALGORITHM, 0));
    must(dsa->SetProperty(dsa_algorithm, BCRYPT_ECC_CURVE_NAME, (PUCHAR)(uintptr_t)curve,
                          name_bytes(curve), 0));
    must(dsa->GenerateKeyPair(dsa_algorithm, &dsa_key, 0, 0));
    must(dsa->FinalizeKeyPair(dsa_key, 0));
    must(dsa->SignHash(dsa_key, NULL, digest, sizeof(digest), signature, sizeof(signature), &bytes,
                       0));
}

static void tear_down(void)
{
    dh->DestroyKey(dh_key);
    dh->CloseAlgorithmProvider(dh_algorithm, 0);
    if (!dsa_algorithm) return;
    dsa->DestroyKey(dsa_key);
    dsa->CloseAlgorithmProvider(dsa_algorithm, 0);
}

/* ---- calls ---- */

static NTSTATUS import_as(LPCWSTR type, UCHAR *blob, ULONG bytes)
{
    BCRYPT_KEY_HANDLE copy;
    NTSTATUS status = dh->ImportKeyPair(dh_algorithm, NULL, type, &copy, blob, bytes, 0);

    if (!status) dh->DestroyKey(copy);
    return status;
}

static NTSTATUS call_import_private(void)
{
    return import_as(BCRYPT_ECCPRIVATE_BLOB, private_blob, private_bytes);
}

static NTSTATUS call_import_public(void)
{
    return import_as(BCRYPT_ECCPUBLIC_BLOB, public_blob, public_bytes);
}

static NTSTATUS call_import_full(void)
{
    return import_as(BCRYPT_ECCFULLPRIVATE_BLOB, full_blob, full_bytes);
}

static NTSTATUS call_generate(void)
{
    BCRYPT_KEY_HANDLE fresh;
    NTSTATUS status;

    if ((status = dh->GenerateKeyPair(dh_algorithm, &fresh, 0, 0))) return status;
    status = dh->FinalizeKeyPair(fresh, 0);
    dh->DestroyKey(fresh);
    return status;
}

static NTSTATUS call_agree(void)
{
    BCRYPT_SECRET_HANDLE secret;
    NTSTATUS status = dh->SecretAgreement(dh_key, dh_key, &secret, 0);

    if (!status) dh->DestroySecret(secret);
    return status;
}

static NTSTATUS call_sign(void)
{
    BCRYPT_KEY_HANDLE fresh;
    UCHAR output[140];
    NTSTATUS status;
    ULONG bytes;

    if (!dsa_algorithm) return STATUS_SUCCESS;
    if ((status = dsa->GenerateKeyPair(dsa_algorithm, &fresh, 0, 0))) return status;
    if (!(status = dsa->FinalizeKeyPair(fresh, 0)))
    {
        status =
            dsa->SignHash(fresh, NULL, digest, sizeof(digest), output, sizeof(output), &bytes, 0);
    }
    dsa->DestroyKey(fresh);
    return status;
}

static NTSTATUS call_verify(void)
{
    if (!dsa_algorithm) return STATUS_SUCCESS;
    return dsa->VerifySignature(dsa_key, NULL, digest, sizeof(digest), signature,
                                2 * (private_bytes - 8) / 3, 0);
}

static NTSTATUS call_parameters(void)
{
    BCRYPT_ALG_HANDLE algorithm;
    NTSTATUS status;

    if ((status = dh->OpenAlgorithmProvider(&algorithm, BCRYPT_ECDH_ALGORITHM, 0))) return status;
    status = dh->SetProperty(algorithm, BCRYPT_ECC_PARAMETERS, parameters, parameter_bytes, 0);
    dh->CloseAlgorithmProvider(algorithm, 0);
    return status;
}

static NTSTATUS (*const calls[])(void) =
{
    call_import_private, call_import_public, call_import_full, call_generate, call_agree, call_sign,
    call_verify, call_parameters,
};

START_TEST(a_call_without_memory_gives_everything_back)
{
    size_t i;

    set_up(_i);
    for (i = 0; i < ARRAY_SIZE(calls); i++) without_memory(calls[i]);
    tear_down();
}
END_TEST

/* Explicit parameters with another b: a curve that has no name, and that is made each time. */
START_TEST(a_curve_without_a_name_gives_everything_back)
{
    /* secP256k1 seen through (x, y) -> (4 x, 8 y): b = 7 * 2^6 */
    static const UCHAR generator[64] = {
        0xe6, 0xf9, 0x99, 0xfb, 0xe7, 0x72, 0xee, 0xb1, 0x56, 0x81, 0x8a, 0x57, 0x3a,
        0x1c, 0x2c, 0x1c, 0x0a, 0x6f, 0xf3, 0x6c, 0xb7, 0x38, 0xa3, 0x65, 0x67, 0xca,
        0x05, 0x6d, 0x5b, 0xe0, 0x62, 0x31, 0x41, 0xd6, 0xd3, 0xb9, 0x35, 0x1e, 0x23,
        0x2a, 0xed, 0x27, 0xdf, 0xe0, 0x70, 0x88, 0x45, 0x47, 0xe8, 0xbd, 0xa2, 0x45,
        0x34, 0x2a, 0xa0, 0xcc, 0xe2, 0x3e, 0x84, 0x81, 0xd8, 0x86, 0xad, 0x62,
    };

    set_up(2);
    parameters[28 + 3 * 32 - 2] = 0x01;
    parameters[28 + 3 * 32 - 1] = 0xc0;
    memcpy(parameters + 28 + 3 * 32, generator, sizeof(generator));
    without_memory(call_parameters);
    tear_down();
}
END_TEST

START_TEST(making_a_named_curve_gives_everything_back)
{
    size_t before, i;
    NTSTATUS status;
    long limit;

    set_up(0);
    tear_down();
    curves_detach();
    before = memory_in_use();
    for (i = 0; i < ARRAY_SIZE(curves); i++)
    {
        struct curve_choice choice;

        curve_by_name(curves[i], &choice);
        for (limit = 0, status = STATUS_NO_MEMORY; status; limit++)
        {
            native_fail_after = limit;
            status = curve_ready(choice.curve);
            native_fail_after = -1;
            if (status) ck_assert_int_eq(status, STATUS_NO_MEMORY);
        }
        ck_assert_int_gt(limit, 1);
    }
    curves_detach();
    ck_assert_uint_eq(memory_in_use(), before);
}
END_TEST

/* ---- threads ---- */

#define THREADS 6
#define ROUNDS 20

static void *work(void *parameter)
{
    intptr_t failed = 0;
    UCHAR output[140];
    int round;
    ULONG bytes;

    (void)parameter;
    for (round = 0; round < ROUNDS; round++)
    {
        if (dsa->SignHash(dsa_key, NULL, digest, sizeof(digest), output, sizeof(output), &bytes, 0))
        {
            failed++;
        }
        if (dsa->VerifySignature(dsa_key, NULL, digest, sizeof(digest), output, bytes, 0)) failed++;
        if (call_agree() || call_import_public() || call_import_full()) failed++;
        if (dh->SetProperty(dh_algorithm, BCRYPT_ECC_PARAMETERS, parameters, parameter_bytes, 0))
        {
            failed++;
        }
    }
    end_thread();
    return (void *)failed;
}

/* The curves are made by whichever thread is first; so is the signing form of the key. */
START_TEST(threads_share_keys_and_curves)
{
    BCRYPT_KEY_HANDLE fresh;
    UCHAR blob[400];
    ULONG bytes;

    set_up(_i);
    must(dsa->ExportKey(dsa_key, NULL, BCRYPT_ECCPRIVATE_BLOB, blob, sizeof(blob), &bytes, 0));
    must(dsa->ImportKeyPair(dsa_algorithm, NULL, BCRYPT_ECCPRIVATE_BLOB, &fresh, blob, bytes, 0));
    dsa->DestroyKey(dsa_key);
    dsa_key = fresh;
    run_threads(THREADS, work, NULL);
    tear_down();
}
END_TEST

static void *make_curves(void *parameter)
{
    struct curve_choice choice;
    intptr_t failed = 0;
    size_t i;

    (void)parameter;
    for (i = 0; i < NAMED_CURVE_COUNT; i++)
    {
        curve_by_name(named_curves[i].name, &choice);
        if (curve_ready(choice.curve)) failed++;
    }
    return (void *)failed;
}

START_TEST(threads_make_the_curves_together)
{
    curves_detach();
    run_threads(THREADS, make_curves, NULL);
}
END_TEST

static _Atomic int made, refused;

static void *finalize(void *parameter)
{
    UCHAR name[64];
    ULONG bytes;
    NTSTATUS status;
    int i;

    for (i = 0; i < 20; i++)
    {
        dh->GetProperty(parameter, BCRYPT_ECC_CURVE_NAME, name, sizeof(name), &bytes, 0);
    }
    dh->SetProperty(parameter, BCRYPT_ECC_PARAMETERS, parameters, parameter_bytes, 0);
    status = dh->FinalizeKeyPair(parameter, 0);
    if (!status) made++;
    if (status == STATUS_INVALID_HANDLE) refused++;
    end_thread();
    return NULL;
}

START_TEST(one_thread_makes_a_key)
{
    BCRYPT_KEY_HANDLE fresh;

    set_up(0);
    must(dh->GenerateKeyPair(dh_algorithm, &fresh, 0, 0));
    run_threads(THREADS, finalize, fresh);
    ck_assert_int_eq(made, 1);
    ck_assert_int_eq(refused, THREADS - 1);
    dh->DestroyKey(fresh);
    tear_down();
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("ec");
    int failed;

    tcase_add_loop_test(tests, a_call_without_memory_gives_everything_back, 0,
                        (int)ARRAY_SIZE(curves));
    tcase_add_test(tests, a_curve_without_a_name_gives_everything_back);
    tcase_add_test(tests, making_a_named_curve_gives_everything_back);
    tcase_add_loop_test(tests, threads_share_keys_and_curves, 0, SIGNING_CURVES);
    tcase_add_test(tests, threads_make_the_curves_together);
    tcase_add_test(tests, one_thread_makes_a_key);
    failed = suite_run("ec_memory", tests);
    curves_detach();
    return failed;
}
