/*
 * test_rsa_process.c - RSA keys in the process: what they leave in its memory, and many threads.
 *
 * SPDX-License-Identifier: MIT
 */

#include "test_rsa_keys.h"

/* --- nothing is left behind ------------------------------------------------------------------- */

#define SECRET_BYTES 32

/* The two directions in which a number's bytes can lie in memory. */
static unsigned int copies_of(const UCHAR *masked)
{
    UCHAR reversed[SECRET_BYTES];
    size_t i;

    for (i = 0; i < SECRET_BYTES; i++) reversed[i] = masked[SECRET_BYTES - 1 - i];
    return memory_copies(masked, SECRET_BYTES) + memory_copies(reversed, SECRET_BYTES);
}

static const int secret_parts[] = { RSA_P, RSA_Q, RSA_DP, RSA_DQ, RSA_QINV, RSA_D };

static UCHAR secrets[ARRAY_SIZE(secret_parts)][SECRET_BYTES];

/* Takes the masked middles of the private numbers out of a full blob, which is masked then. */
static void take_secrets(UCHAR *blob, ULONG bytes)
{
    size_t offsets[ARRAY_SIZE(secret_parts)], i;

    for (i = 0; i < ARRAY_SIZE(secret_parts); i++)
    {
        offsets[i] = (size_t)(rsa_blob_part(blob, secret_parts[i]) - blob) + 8;
    }
    mask(blob, bytes);
    for (i = 0; i < ARRAY_SIZE(secret_parts); i++)
        memcpy(secrets[i], blob + offsets[i], SECRET_BYTES);
}

static void use(BCRYPT_KEY_HANDLE key)
{
    BCRYPT_PSS_PADDING_INFO padding = { BCRYPT_SHA1_ALGORITHM, 20 };
    UCHAR output[128], message[64];
    ULONG bytes;

    expect_status(BCryptSignHash(key, &padding, (UCHAR *)counting, 20, output, sizeof(output),
                                 &bytes, BCRYPT_PAD_PSS),
                  STATUS_SUCCESS);
    expect_encrypt(key, STATUS_SUCCESS, .input = counting, .bytes = 40, .output = output,
                   .room = sizeof(output), .result = &bytes, .flags = BCRYPT_PAD_PKCS1);
    expect_decrypt(key, STATUS_SUCCESS, .input = output, .bytes = bytes, .output = message,
                   .room = sizeof(message), .result = &bytes, .flags = BCRYPT_PAD_PKCS1);
}

START_TEST(a_destroyed_key_leaves_no_private_number)
{
    BCRYPT_KEY_HANDLE key = new_rsa(1024), copy = NULL;
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes;
    size_t i;

    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_RSAFULLPRIVATE_BLOB, blob, sizeof(blob), &bytes,
                                  0),
                  STATUS_SUCCESS);
    expect_status(BCryptImportKeyPair(BCRYPT_RSA_ALG_HANDLE, NULL, BCRYPT_RSAFULLPRIVATE_BLOB,
                                      &copy, blob, bytes, 0),
                  STATUS_SUCCESS);
    keep_key(copy);
    take_secrets(blob, bytes);
    use(key);
    use(copy);
    expect_true(copies_of(secrets[0]));
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(copy), STATUS_SUCCESS);
    for (i = 0; i < ARRAY_SIZE(secret_parts); i++) expect_value(copies_of(secrets[i]), 0);
}
END_TEST

START_TEST(a_capi_blob_leaves_no_private_number)
{
    BCRYPT_KEY_HANDLE key = new_rsa(1024), copy = NULL;
    UCHAR blob[RSA_BLOB_ROOM];
    ULONG bytes;
    size_t i;

    expect_status(BCryptFinalizeKeyPair(key, 0), STATUS_SUCCESS);
    expect_status(BCryptExportKey(key, NULL, LEGACY_RSAPRIVATE_BLOB, blob, sizeof(blob), &bytes, 0),
                  STATUS_SUCCESS);
    expect_status(BCryptImportKeyPair(BCRYPT_RSA_ALG_HANDLE, NULL, LEGACY_RSAPRIVATE_BLOB, &copy,
                                      blob, bytes, 0),
                  STATUS_SUCCESS);
    keep_key(copy);
    expect_status(BCryptExportKey(key, NULL, BCRYPT_RSAFULLPRIVATE_BLOB, blob, sizeof(blob), &bytes,
                                  0),
                  STATUS_SUCCESS);
    take_secrets(blob, bytes);
    expect_status(BCryptDestroyKey(key), STATUS_SUCCESS);
    expect_status(BCryptDestroyKey(copy), STATUS_SUCCESS);
    for (i = 0; i < ARRAY_SIZE(secret_parts); i++) expect_value(copies_of(secrets[i]), 0);
}
END_TEST

/* --- one key, many threads -------------------------------------------------------------------- */

#define THREADS 8
#define ROUNDS 40

struct worker
{
    BCRYPT_KEY_HANDLE key;
    NTSTATUS status;
};

static NTSTATUS sign_and_decrypt(BCRYPT_KEY_HANDLE key, UCHAR number)
{
    BCRYPT_PKCS1_PADDING_INFO padding = { BCRYPT_SHA1_ALGORITHM };
    UCHAR digest[20], output[128], message[20];
    NTSTATUS status;
    ULONG bytes;

    memset(digest, number, sizeof(digest));
    if ((status = BCryptSignHash(key, &padding, digest, 20, output, 128, &bytes, BCRYPT_PAD_PKCS1)))
        return status;
    if ((status = BCryptVerifySignature(key, &padding, digest, 20, output, 128, BCRYPT_PAD_PKCS1)))
        return status;
    if ((status = BCryptEncrypt(key, digest, 20, NULL, NULL, 0, output, 128, &bytes,
                                BCRYPT_PAD_PKCS1)))
    {
        return status;
    }
    if ((status = BCryptDecrypt(key, output, 128, NULL, NULL, 0, message, 20, &bytes,
                                BCRYPT_PAD_PKCS1)))
    {
        return status;
    }
    return bytes == 20 && !memcmp(message, digest, 20) ? STATUS_SUCCESS : STATUS_DATA_ERROR;
}

static DWORD WINAPI work(void *parameter)
{
    struct worker *worker = parameter;
    UCHAR i;

    for (i = 0; i < ROUNDS && !worker->status; i++)
        worker->status = sign_and_decrypt(worker->key, i);
    return 0;
}

START_TEST(many_threads_use_one_key_at_once)
{
    struct worker workers[THREADS];
    HANDLE threads[THREADS];
    BCRYPT_KEY_HANDLE key = rsa_pair(&rsa_1024);
    int i;

    for (i = 0; i < THREADS; i++)
    {
        workers[i].key = key;
        workers[i].status = STATUS_SUCCESS;
        threads[i] = CreateThread(NULL, 0, work, &workers[i], 0, NULL);
        expect_true(threads[i] != NULL);
    }
    for (i = 0; i < THREADS; i++)
    {
        WaitForSingleObject(threads[i], INFINITE);
        CloseHandle(threads[i]);
    }
    for (i = 0; i < THREADS; i++) expect_status(workers[i].status, STATUS_SUCCESS);
}
END_TEST

static DWORD WINAPI finalize(void *parameter)
{
    struct worker *worker = parameter;

    worker->status = BCryptFinalizeKeyPair(worker->key, 0);
    return 0;
}

/* Who comes first makes the key; who comes in between, or later, is refused. */
START_TEST(one_of_many_threads_finalizes_a_key)
{
    struct worker workers[THREADS];
    HANDLE threads[THREADS];
    BCRYPT_KEY_HANDLE key = new_rsa(1024);
    int i, made = 0;

    for (i = 0; i < THREADS; i++)
    {
        workers[i].key = key;
        workers[i].status = STATUS_UNSUCCESSFUL;
        threads[i] = CreateThread(NULL, 0, finalize, &workers[i], 0, NULL);
        expect_true(threads[i] != NULL);
    }
    for (i = 0; i < THREADS; i++)
    {
        WaitForSingleObject(threads[i], INFINITE);
        CloseHandle(threads[i]);
    }
    for (i = 0; i < THREADS; i++)
    {
        made += !workers[i].status;
        expect_true(!workers[i].status || workers[i].status == STATUS_INVALID_HANDLE);
    }
    expect_value(made, 1);
    expect_status(sign_and_decrypt(key, 1), STATUS_SUCCESS);
}
END_TEST

void rsa_process_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_test(tests, many_threads_use_one_key_at_once);

    tests = ours(suite);
    add_test(tests, one_of_many_threads_finalizes_a_key);
    add_test(tests, a_destroyed_key_leaves_no_private_number);
    add_test(tests, a_capi_blob_leaves_no_private_number);
}
