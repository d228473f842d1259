/*
 * handle_calls.c - every export that takes a handle, with all its other arguments right.
 *
 * SPDX-License-Identifier: MIT
 */

#include "handle_calls.h"

/* The real ones: what a torture passes in must not be looked for among the kept objects. */
#undef BCryptCloseAlgorithmProvider
#undef BCryptDestroyKey
#undef BCryptDestroyHash
#undef BCryptDestroySecret

#define SECRET (UCHAR *)counting
#define OUTPUT output, sizeof(output)

/* The status, unless one of the outputs below was written to. */
static NTSTATUS checked(NTSTATUS status, const void *handle, const UCHAR *output, size_t bytes)
{
    size_t i;

    if (handle != UNTOUCHED_HANDLE) return HANDLE_CALL_WROTE;
    for (i = 0; i < bytes; i++) if (output[i] != 0xcc) return HANDLE_CALL_WROTE;
    return status;
}

#define OUTPUTS \
    void *made = UNTOUCHED_HANDLE; \
    UCHAR output[64]; \
    ULONG result = 0; \
    mark(output, sizeof(output)); \
    (void)result

#define CALL(name, arguments) \
    static NTSTATUS call_##name(void *handle) \
    { \
        OUTPUTS; \
        return checked(BCrypt##name arguments, made, output, sizeof(output)); \
    }

CALL(CloseAlgorithmProvider, (handle, 0))
CALL(CreateHash, (handle, &made, NULL, 0, NULL, 0, 0))
CALL(Hash, (handle, NULL, 0, SECRET, 16, output, 32))
CALL(GenRandom, (handle, OUTPUT, 0))
CALL(GenerateSymmetricKey, (handle, &made, NULL, 0, SECRET, 16, 0))
CALL(GenerateKeyPair, (handle, &made, 1024, 0))
CALL(DeriveKeyPBKDF2, (handle, SECRET, 16, SECRET, 16, 1, OUTPUT, 0))
CALL(CreateMultiHash, (handle, &made, 2, NULL, 0, NULL, 0, 0))

CALL(DestroyKey, (handle))
CALL(DuplicateKey, (handle, &made, NULL, 0, 0))
CALL(Encrypt, (handle, SECRET, 16, NULL, NULL, 0, OUTPUT, &result, 0))
CALL(Decrypt, (handle, SECRET, 16, NULL, NULL, 0, OUTPUT, &result, 0))
CALL(SignHash, (handle, NULL, SECRET, 32, OUTPUT, &result, 0))
CALL(VerifySignature, (handle, NULL, SECRET, 32, SECRET, 64, 0))
CALL(ExportKey, (handle, NULL, BCRYPT_KEY_DATA_BLOB, OUTPUT, &result, 0))
CALL(FinalizeKeyPair, (handle, 0))
CALL(SecretAgreement, (handle, handle, &made, 0))
CALL(Encapsulate, (handle, output, 32, &result, output + 32, 32, &result, 0))
CALL(Decapsulate, (handle, SECRET, 32, OUTPUT, &result, 0))

CALL(DestroyHash, (handle))
CALL(DuplicateHash, (handle, &made, NULL, 0, 0))
CALL(HashData, (handle, SECRET, 16, 0))
CALL(FinishHash, (handle, output, 32, 0))
CALL(DeriveKeyCapi, (handle, NULL, output, 16, 0))

CALL(DestroySecret, (handle))
CALL(DeriveKey, (handle, BCRYPT_KDF_RAW_SECRET, NULL, OUTPUT, &result, 0))

CALL(GetProperty, (handle, BCRYPT_ALGORITHM_NAME, OUTPUT, &result, 0))
CALL(SetProperty, (handle, BCRYPT_CHAINING_MODE, (UCHAR *)BCRYPT_CHAIN_MODE_ECB, 32, 0))

static NTSTATUS call_ImportKey(void *handle)
{
    struct
    {
        BCRYPT_KEY_DATA_BLOB_HEADER header;
        UCHAR key[16];
    } blob = { { BCRYPT_KEY_DATA_BLOB_MAGIC, BCRYPT_KEY_DATA_BLOB_VERSION1, 16 }, { 0 } };
    OUTPUTS;

    return checked(BCryptImportKey(handle, NULL, BCRYPT_KEY_DATA_BLOB, &made, NULL, 0,
                                   (UCHAR *)&blob, sizeof(blob), 0), made, output, sizeof(output));
}

static NTSTATUS call_ImportKeyPair(void *handle)
{
    struct
    {
        BCRYPT_ECCKEY_BLOB header;
        UCHAR point[64];
    } blob = { { BCRYPT_ECDSA_PUBLIC_P256_MAGIC, 32 }, { 0 } };
    OUTPUTS;

    return checked(BCryptImportKeyPair(handle, NULL, BCRYPT_ECCPUBLIC_BLOB, &made, (UCHAR *)&blob,
                                       sizeof(blob), 0), made, output, sizeof(output));
}

static NTSTATUS call_KeyDerivation(void *handle)
{
    BCryptBuffer buffers[] =
    {
        { sizeof(BCRYPT_SHA256_ALGORITHM), KDF_HASH_ALGORITHM, (void *)BCRYPT_SHA256_ALGORITHM },
    };
    BCryptBufferDesc parameters = { BCRYPTBUFFER_VERSION, ARRAY_SIZE(buffers), buffers };
    OUTPUTS;

    return checked(BCryptKeyDerivation(handle, &parameters, OUTPUT, &result, 0), made, output,
                   sizeof(output));
}

static NTSTATUS call_ProcessMultiOperations(void *handle)
{
    BCRYPT_MULTI_HASH_OPERATION operations[] =
    {
        { 0, BCRYPT_HASH_OPERATION_FINISH_HASH, NULL, 32 },
    };
    OUTPUTS;

    operations[0].pbBuffer = output;
    return checked(BCryptProcessMultiOperations(handle, BCRYPT_OPERATION_TYPE_HASH, operations,
                                                sizeof(operations), 0), made, output,
                   sizeof(output));
}

#define ROW(kind, name) \
    { #name, kind, call_##name, STATUS_INVALID_HANDLE, STATUS_INVALID_HANDLE }
#define ROW_OF_PARAMETER(kind, name, refusal) \
    { #name, kind, call_##name, refusal, STATUS_INVALID_PARAMETER }

const struct handle_call handle_calls[] =
{
    ROW(TAKES_ALGORITHM, CloseAlgorithmProvider),
    ROW(TAKES_ALGORITHM, CreateHash),
    ROW(TAKES_ALGORITHM, CreateMultiHash),
    ROW(TAKES_ALGORITHM, Hash),
    ROW(TAKES_ALGORITHM, GenRandom),
    ROW(TAKES_ALGORITHM, GenerateSymmetricKey),
    ROW(TAKES_ALGORITHM, ImportKey),
    ROW(TAKES_ALGORITHM, GenerateKeyPair),
    ROW(TAKES_ALGORITHM, ImportKeyPair),
    ROW(TAKES_ALGORITHM, DeriveKeyPBKDF2),
    ROW(TAKES_KEY, DestroyKey),
    ROW(TAKES_KEY, DuplicateKey),
    ROW(TAKES_KEY, Encrypt),
    ROW(TAKES_KEY, Decrypt),
    ROW(TAKES_KEY, SignHash),
    ROW(TAKES_KEY, VerifySignature),
    ROW(TAKES_KEY, ExportKey),
    ROW(TAKES_KEY, FinalizeKeyPair),
    ROW(TAKES_KEY, SecretAgreement),
    ROW(TAKES_KEY, KeyDerivation),
    ROW_OF_PARAMETER(TAKES_KEY, Encapsulate, STATUS_INVALID_HANDLE),
    ROW_OF_PARAMETER(TAKES_KEY, Decapsulate, STATUS_INVALID_HANDLE),
    ROW_OF_PARAMETER(TAKES_HASH, DestroyHash, STATUS_INVALID_PARAMETER),
    ROW(TAKES_HASH, DuplicateHash),
    ROW(TAKES_HASH, HashData),
    ROW(TAKES_HASH, FinishHash),
    ROW(TAKES_HASH, ProcessMultiOperations),
    ROW_OF_PARAMETER(TAKES_HASH, DeriveKeyCapi, STATUS_INVALID_HANDLE),
    ROW(TAKES_SECRET, DestroySecret),
    ROW(TAKES_SECRET, DeriveKey),
    ROW(TAKES_ANY, GetProperty),
    ROW(TAKES_ANY, SetProperty),
};

const int handle_call_count = ARRAY_SIZE(handle_calls);
