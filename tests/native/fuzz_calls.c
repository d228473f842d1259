/*
 * fuzz_calls.c - any sequence of calls, on live, stale and forged handles, by one thread or two.
 *
 * The input's first byte says whether a second thread runs its second half. Each byte of a half
 * chooses a call, and those after it what it is called with: handles of 16 places that both threads
 * put into and take from, or values made of those; properties, paddings, parameters and flags,
 * right and wrong; memory of exactly its size.
 *
 * No call may do harm. Each handle that was given out can be ended once, by whatever way it is come
 * to, and when all have been, no memory is kept.
 *
 * SPDX-License-Identifier: MIT
 */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "native.h"
#include "platform/memory.h"
#include "platform/names.h"
#include "router/algorithm.h"
#include "router/providers.h"

#define PLACES    16
#define MADE_MOST 512
#define BYTES_MOST 300

enum kind { ALGORITHM, KEY, HASH, SECRET, KINDS };

static _Atomic(void *) places[PLACES];

/* What a thread reads, and what it made. */
struct run
{
    const uint8_t *at, *end;
    struct { void *handle; enum kind kind; } made[MADE_MOST];
    size_t made_count, ended_count;
    void *owned[24];                            /* of the call under way */
    size_t owned_count;
};

/* ---- reading ---- */

static ULONG byte(struct run *run)
{
    return run->at < run->end ? *run->at++ : 0;
}

#define ANY(run, list) (list)[byte(run) % ARRAY_SIZE(list)]

/* Memory of exactly that size, filled from the input as far as it goes, until the call is over. */
static UCHAR *fresh(struct run *run, ULONG bytes)
{
    UCHAR *memory = malloc(bytes ? bytes : 1);
    ULONG i;

    fuzz_must(memory && run->owned_count < ARRAY_SIZE(run->owned));
    run->owned[run->owned_count++] = memory;
    for (i = 0; i < bytes; i++) memory[i] = i < 16 ? (UCHAR)byte(run) : (UCHAR)i;
    return memory;
}

struct bytes { UCHAR *at; ULONG count; };

static struct bytes any_bytes(struct run *run)
{
    static const ULONG counts[] =
        { 0, 1, 7, 8, 12, 15, 16, 17, 20, 24, 31, 32, 33, 48, 64, 65, 128, 255, BYTES_MOST };
    struct bytes bytes = { NULL, ANY(run, counts) };

    if (bytes.count) bytes.at = fresh(run, bytes.count);
    return bytes;
}

static void *any_handle(struct run *run)
{
    ULONG choice = byte(run);
    void *handle = places[choice % PLACES];
    uintptr_t value = (uintptr_t)handle;

    if (choice < 0xc0) return handle;
    switch (choice >> 4 & 3)
    {
    case 0: return (void *)(value ^ (uintptr_t)1 << byte(run) % (8 * sizeof(value)));
    case 1: return (void *)(value + byte(run) * 16 - 2048);
    case 2: return (void *)(uintptr_t)(byte(run) << 4 | 1);     /* a pseudo-handle, mostly */
    default: memcpy(&value, fresh(run, sizeof(value)), sizeof(value)); return (void *)value;
    }
}

static ULONG any_flags(struct run *run)
{
    static const ULONG flags[] = { 0, 0, 0, 1, 2, 4, 8, 0x20, 0x40, 0x10, 3, 0x21, 0x80000000 };

    return ANY(run, flags);
}

static LPCWSTR any_algorithm(struct run *run)
{
    static const LPCWSTR names[] =
    {
        BCRYPT_AES_ALGORITHM, BCRYPT_3DES_ALGORITHM, BCRYPT_RC4_ALGORITHM,
        BCRYPT_XTS_AES_ALGORITHM, BCRYPT_CHACHA20_POLY1305_ALGORITHM, BCRYPT_MD5_ALGORITHM,
        BCRYPT_SHA1_ALGORITHM,
        BCRYPT_SHA256_ALGORITHM, BCRYPT_SHA512_ALGORITHM, BCRYPT_SHA3_256_ALGORITHM,
        BCRYPT_CSHAKE128_ALGORITHM, BCRYPT_KMAC256_ALGORITHM, BCRYPT_AES_CMAC_ALGORITHM,
        BCRYPT_AES_GMAC_ALGORITHM, BCRYPT_RSA_ALGORITHM, BCRYPT_DSA_ALGORITHM, BCRYPT_DH_ALGORITHM,
        BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECDSA_P256_ALGORITHM, BCRYPT_ECDH_ALGORITHM,
        BCRYPT_ECDH_P384_ALGORITHM, BCRYPT_MLKEM_ALGORITHM, BCRYPT_MLDSA_ALGORITHM,
        BCRYPT_HKDF_ALGORITHM, BCRYPT_PBKDF2_ALGORITHM, BCRYPT_SP800108_CTR_HMAC_ALGORITHM,
        BCRYPT_TLS1_2_KDF_ALGORITHM, BCRYPT_RNG_ALGORITHM, L"none", L"",
    };

    return ANY(run, names);
}

static LPCWSTR any_property(struct run *run)
{
    static const LPCWSTR names[] =
    {
        BCRYPT_OBJECT_LENGTH, BCRYPT_ALGORITHM_NAME, BCRYPT_PROVIDER_HANDLE, BCRYPT_CHAINING_MODE,
        BCRYPT_BLOCK_LENGTH, BCRYPT_KEY_LENGTH, BCRYPT_KEY_STRENGTH, BCRYPT_KEY_LENGTHS,
        BCRYPT_BLOCK_SIZE_LIST, BCRYPT_EFFECTIVE_KEY_LENGTH, BCRYPT_HASH_LENGTH,
        BCRYPT_HASH_OID_LIST, BCRYPT_PADDING_SCHEMES, BCRYPT_SIGNATURE_LENGTH,
        BCRYPT_AUTH_TAG_LENGTH, BCRYPT_FUNCTION_NAME_STRING, BCRYPT_CUSTOMIZATION_STRING,
        BCRYPT_PRIMITIVE_TYPE, BCRYPT_MESSAGE_BLOCK_LENGTH, BCRYPT_MULTI_OBJECT_LENGTH,
        BCRYPT_HKDF_HASH_ALGORITHM, BCRYPT_HKDF_SALT_AND_FINALIZE, BCRYPT_HKDF_PRK_AND_FINALIZE,
        BCRYPT_KEM_SHARED_SECRET_LENGTH, BCRYPT_PARAMETER_SET_NAME, BCRYPT_ECC_CURVE_NAME,
        BCRYPT_ECC_CURVE_NAME_LIST, BCRYPT_ECC_PARAMETERS, BCRYPT_DH_PARAMETERS,
        BCRYPT_DSA_PARAMETERS, BCRYPT_INITIALIZATION_VECTOR, L"none",
    };

    return ANY(run, names);
}

/* What a property may be set to: a name, or bytes. */
static struct bytes any_value(struct run *run)
{
    static const LPCWSTR names[] =
    {
        BCRYPT_CHAIN_MODE_CBC, BCRYPT_CHAIN_MODE_ECB, BCRYPT_CHAIN_MODE_CFB, BCRYPT_CHAIN_MODE_GCM,
        BCRYPT_CHAIN_MODE_CCM, BCRYPT_SHA1_ALGORITHM, BCRYPT_SHA256_ALGORITHM,
        BCRYPT_ECC_CURVE_SECP256K1, BCRYPT_ECC_CURVE_25519, BCRYPT_ECC_CURVE_NUMSP256T1,
        BCRYPT_MLDSA_PARAMETER_SET_44, BCRYPT_MLKEM_PARAMETER_SET_512,
    };
    struct bytes value;
    LPCWSTR name;

    if (byte(run) & 1) return any_bytes(run);
    name = ANY(run, names);
    value.count = name_bytes(name) - (byte(run) % 8 == 7);
    value.at = fresh(run, value.count);
    memcpy(value.at, name, value.count);
    return value;
}

/* The same with a NUL behind it, for what is taken for a string whatever its size. */
static struct bytes ended(struct run *run, struct bytes value)
{
    struct bytes longer = { fresh(run, (value.count + 3) & ~1u), value.count };

    memset(longer.at, 0, (value.count + 3) & ~1u);
    if (value.count) memcpy(longer.at, value.at, value.count);
    return longer;
}

static LPCWSTR any_blob_type(struct run *run)
{
    static const LPCWSTR types[] =
    {
        BCRYPT_KEY_DATA_BLOB, BCRYPT_OPAQUE_KEY_BLOB, BCRYPT_AES_WRAP_KEY_BLOB,
        BCRYPT_PUBLIC_KEY_BLOB, BCRYPT_PRIVATE_KEY_BLOB, BCRYPT_RSAPUBLIC_BLOB,
        BCRYPT_RSAPRIVATE_BLOB, BCRYPT_ECCPUBLIC_BLOB, BCRYPT_ECCPRIVATE_BLOB,
        BCRYPT_ECCFULLPUBLIC_BLOB, BCRYPT_DH_PUBLIC_BLOB, BCRYPT_DSA_PRIVATE_BLOB,
        BCRYPT_MLKEM_PUBLIC_BLOB, BCRYPT_PQDSA_PRIVATE_SEED_BLOB, L"none",
    };

    return ANY(run, types);
}

/* A structure of paddings, or NULL. Its pointers are right for their sizes. */
static void *any_padding(struct run *run)
{
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO seal = { 0 };
    BCRYPT_OAEP_PADDING_INFO oaep;
    BCRYPT_PSS_PADDING_INFO pss;
    BCRYPT_PQDSA_PADDING_INFO pq;
    struct bytes part;
    ULONG size;
    void *info;

    switch (byte(run) % 5)
    {
    case 0: return NULL;
    case 1:
        BCRYPT_INIT_AUTH_MODE_INFO(seal);
        if (byte(run) % 8 == 7) seal.cbSize = byte(run);
        part = any_bytes(run);
        seal.pbNonce = part.at, seal.cbNonce = part.count;
        part = any_bytes(run);
        seal.pbAuthData = part.at, seal.cbAuthData = part.count;
        part = any_bytes(run);
        seal.pbTag = part.at, seal.cbTag = part.count;
        part = any_bytes(run);
        seal.pbMacContext = part.at, seal.cbMacContext = part.count;
        seal.cbAAD = byte(run);
        seal.cbData = byte(run);
        seal.dwFlags = byte(run) % 4;
        info = &seal, size = sizeof(seal);
        break;
    case 2:
        part = any_bytes(run);
        oaep = (BCRYPT_OAEP_PADDING_INFO){ any_algorithm(run), part.at, part.count };
        info = &oaep, size = sizeof(oaep);
        break;
    case 3:
        pss = (BCRYPT_PSS_PADDING_INFO){ any_algorithm(run), byte(run) };
        info = &pss, size = sizeof(pss);
        break;
    default:
        part = any_bytes(run);
        pq = (BCRYPT_PQDSA_PADDING_INFO){ part.at, part.count,
                                          byte(run) & 1 ? any_algorithm(run) : NULL };
        info = &pq, size = sizeof(pq);
        break;
    }
    /* With room for whichever is meant: what flags say decides, and they are the caller's. */
    part.at = fresh(run, sizeof(seal));
    memset(part.at, 0, sizeof(seal));
    memcpy(part.at, info, size);
    return part.at;
}

static BCryptBufferDesc *any_list(struct run *run)
{
    BCryptBufferDesc *list = (BCryptBufferDesc *)(void *)fresh(run, sizeof(*list));
    ULONG count = byte(run) % 5, i;
    struct bytes value;

    if (byte(run) % 8 == 7) return NULL;
    list->ulVersion = byte(run) % 8 == 7;
    list->cBuffers = count;
    list->pBuffers = (BCryptBuffer *)(void *)fresh(run, count * (ULONG)sizeof(BCryptBuffer));
    for (i = 0; i < count; i++)
    {
        BCryptBuffer *buffer = &list->pBuffers[i];

        buffer->BufferType = byte(run) % 0x16;
        value = any_value(run);
        if (buffer->BufferType == KDF_ITERATION_COUNT && value.count >= 2)
            memset(value.at + 1, 0, value.count - 1);       /* not for years */
        buffer->pvBuffer = value.at;
        buffer->cbBuffer = value.count;
    }
    return list;
}

/* ---- handles ---- */

static void made(struct run *run, NTSTATUS status, void *handle, enum kind kind)
{
    if (status) return;
    fuzz_must(handle != NULL && run->made_count < MADE_MOST);
    run->made[run->made_count].handle = handle;
    run->made[run->made_count++].kind = kind;
    places[byte(run) % PLACES] = handle;
}

static NTSTATUS end_one(void *handle, enum kind kind)
{
    switch (kind)
    {
    case ALGORITHM: return BCryptCloseAlgorithmProvider(handle, 0);
    case KEY: return BCryptDestroyKey(handle);
    case HASH: return BCryptDestroyHash(handle);
    default: return BCryptDestroySecret(handle);
    }
}

static bool is_pseudo(const void *handle)
{
    return ((uintptr_t)handle & 15) == 1;
}

/* ---- calls ---- */

/* Keys that take long to be found are not asked for: of other sizes they are refused. */
static void make_pair(struct run *run)
{
    static const ULONG sizes[] = { 0, 256, 384, 521, 255, 40 };
    BCRYPT_KEY_HANDLE key = NULL;
    NTSTATUS status = BCryptGenerateKeyPair(any_handle(run), &key, ANY(run, sizes), 0);

    made(run, status, key, KEY);
}

static _Atomic unsigned long calls_count, handles_count;

static void one_call(struct run *run)
{
    struct bytes input, other, output;
    ULONG call = byte(run) % 30, result = 0, count;
    void *handle = NULL, *list, *padding;
    BCRYPT_MULTI_HASH_OPERATION operations[3];
    NTSTATUS status;
    LPCWSTR name;

    switch (call)
    {
    case 0: case 1:
        status = BCryptOpenAlgorithmProvider(&handle, any_algorithm(run), NULL, any_flags(run));
        made(run, status, handle, ALGORITHM);
        break;
    case 2: case 3:
        input = any_bytes(run);
        status = BCryptGenerateSymmetricKey(any_handle(run), &handle, NULL, 0, input.at,
                                            input.count, 0);
        made(run, status, handle, KEY);
        break;
    case 4:
        input = any_bytes(run);
        status = BCryptImportKey(any_handle(run), any_handle(run), any_blob_type(run), &handle,
                                 NULL, 0, input.at, input.count, any_flags(run));
        made(run, status, handle, KEY);
        break;
    case 5:
        input = any_bytes(run);
        status = BCryptImportKeyPair(any_handle(run), NULL, any_blob_type(run), &handle, input.at,
                                     input.count, any_flags(run));
        made(run, status, handle, KEY);
        break;
    case 6: make_pair(run); break;
    case 7: BCryptFinalizeKeyPair(any_handle(run), any_flags(run)); break;
    case 8:
        input = any_bytes(run);
        status = BCryptCreateHash(any_handle(run), &handle, NULL, 0, input.at, input.count,
                                  any_flags(run));
        made(run, status, handle, HASH);
        break;
    case 9: case 10:
        input = any_bytes(run);
        BCryptHashData(any_handle(run), input.at, input.count, any_flags(run));
        break;
    case 11:
        output = any_bytes(run);
        BCryptFinishHash(any_handle(run), output.at, output.count, any_flags(run));
        break;
    case 12:
        made(run, BCryptDuplicateHash(any_handle(run), &handle, NULL, 0, 0), handle, HASH);
        break;
    case 13:
        made(run, BCryptDuplicateKey(any_handle(run), &handle, NULL, 0, 0), handle, KEY);
        break;
    case 14: case 15: case 16: case 17:
        input = any_bytes(run);
        padding = any_padding(run);
        other = any_bytes(run);
        output = any_bytes(run);
        (call & 1 ? BCryptEncrypt : BCryptDecrypt)(any_handle(run), input.at, input.count, padding,
                                                   other.at, other.count, output.at, output.count,
                                                   &result, any_flags(run));
        break;
    case 18:
        input = any_bytes(run);
        padding = any_padding(run);
        output = any_bytes(run);
        BCryptSignHash(any_handle(run), padding, input.at, input.count, output.at, output.count,
                       &result, any_flags(run));
        break;
    case 19:
        input = any_bytes(run);
        padding = any_padding(run);
        other = any_bytes(run);
        BCryptVerifySignature(any_handle(run), padding, input.at, input.count, other.at,
                              other.count, any_flags(run));
        break;
    case 20:
        output = any_bytes(run);
        BCryptGetProperty(any_handle(run), any_property(run), output.at, output.count, &result,
                          any_flags(run));
        break;
    case 21: case 22:
        input = any_value(run);
        name = any_property(run);
        if (input.at && names_equal(name, BCRYPT_CHAINING_MODE)) input = ended(run, input);
        BCryptSetProperty(any_handle(run), name, input.at, input.count, 0);
        break;
    case 23:
        output = any_bytes(run);
        BCryptExportKey(any_handle(run), any_handle(run), any_blob_type(run), output.at,
                        output.count, &result, 0);
        break;
    case 24:
        status = BCryptSecretAgreement(any_handle(run), any_handle(run), &handle, 0);
        made(run, status, handle, SECRET);
        break;
    case 25:
        list = any_list(run);
        output = any_bytes(run);
        if (byte(run) & 1)
            BCryptKeyDerivation(any_handle(run), list, output.at, output.count, &result, 0);
        else
            BCryptDeriveKey(any_handle(run), byte(run) & 1 ? BCRYPT_KDF_HASH : BCRYPT_KDF_HMAC,
                            list, output.at, output.count, &result, any_flags(run));
        break;
    case 26:
        other = any_bytes(run);
        input = any_bytes(run);
        output = any_bytes(run);
        BCryptHash(any_handle(run), other.at, other.count, input.at, input.count, output.at,
                   output.count);
        break;
    case 27:
        status = BCryptCreateMultiHash(any_handle(run), &handle, byte(run), NULL, 0, NULL, 0,
                                       any_flags(run));
        made(run, status, handle, HASH);
        break;
    case 28:
        for (count = 0; count < ARRAY_SIZE(operations); count++)
        {
            input = any_bytes(run);
            operations[count].iHash = byte(run) % 4;
            operations[count].hashOperation = 1 + byte(run) % 2;
            operations[count].pbBuffer = input.at;
            operations[count].cbBuffer = input.count;
        }
        BCryptProcessMultiOperations(any_handle(run), BCRYPT_OPERATION_TYPE_HASH, operations,
                                     sizeof(operations[0]) * (byte(run) % 4), 0);
        break;
    default:
        handle = any_handle(run);
        status = end_one(handle, byte(run) % KINDS);
        if (!status && !is_pseudo(handle)) run->ended_count++;
        break;
    }
    while (run->owned_count) free(run->owned[--run->owned_count]);
    calls_count++;
}

static void *run_all(void *parameter)
{
    struct run *run = parameter;

    while (run->at < run->end && run->made_count < MADE_MOST - 1) one_call(run);
    return NULL;
}

static void *run_thread(void *parameter)
{
    run_all(parameter);
    native_thread_detach();
    return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    static struct run runs[2];
    size_t made_count = 0, ended_count = 0, half = bytes > 1 ? (bytes - 1) / 2 : 0, i, j;
    bool threads = bytes && data[0] & 1;
    pthread_t thread;

    if (!bytes) return 0;
    for (i = 0; i < PLACES; i++) places[i] = NULL;
    memset(runs, 0, sizeof(runs));
    runs[0].at = data + 1;
    runs[0].end = threads ? data + 1 + half : data + bytes;
    runs[1].at = runs[0].end;
    runs[1].end = data + bytes;
    if (threads) fuzz_must(!pthread_create(&thread, NULL, run_thread, &runs[1]));
    run_all(&runs[0]);
    if (threads) pthread_join(thread, NULL);

    for (i = 0; i < 2; i++)
    {
        made_count += runs[i].made_count;
        ended_count += runs[i].ended_count;
        for (j = 0; j < runs[i].made_count; j++)
        {
            ended_count += !end_one(runs[i].made[j].handle, runs[i].made[j].kind);
        }
    }
    fuzz_must(made_count == ended_count);
    handles_count += made_count;
    return 0;
}

#ifndef LIBFUZZER

#define ROUNDS 6000

/* The same inputs in every run: by one thread, and by two. */
START_TEST(any_calls_do_no_harm)
{
    uint8_t input[600];
    uint32_t state = 1;
    size_t i;
    int round;

    for (round = 0; round < ROUNDS; round++)
    {
        for (i = 0; i < sizeof(input); i++)
        {
            state = state * 1664525 + 1013904223;
            input[i] = (uint8_t)(state >> 24);
        }
        input[0] = (uint8_t)_i;
        if (round < 50 && fuzz_keep(input, sizeof(input))) continue;
        LLVMFuzzerTestOneInput(input, sizeof(input));
    }
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("calls");
    int failed;

    tcase_add_loop_test(tests, any_calls_do_no_harm, 0, 2);
    failed = suite_run("fuzz_calls", tests);
    printf("calls: %lu, handles made: %lu\n", calls_count, handles_count);
    algorithm_detach();
    native_thread_detach();
    providers_detach();
    native_registry_clear();
    return failed;
}

#endif
