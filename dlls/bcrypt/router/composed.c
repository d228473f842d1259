/*
 * composed.c - exports that no provider's table has, made of calls that it has.
 *
 * One-shot hashing is CreateHash, HashData, FinishHash and DestroyHash, unless our own provider has
 * a shorter way. PBKDF2 is the provider's key derivation, or many messages of a keyed hash. CAPI's
 * CryptDeriveKey is one digest, or three. A DSA key is duplicated by way of a blob. Algorithms that
 * this needs by name are named here, not in the exports.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/composed.h"

#include "builtin.h"
#include "platform/memory.h"
#include "platform/names.h"
#include "platform/wipe.h"
#include "router/algorithm.h"
#include "router/providers.h"

/* The longest digest that a key is derived from. */
#define MOST_DIGEST_BYTES 64

/* An object buffer on the stack: enough for every hash of ours. */
#define STACK_OBJECT_BYTES 1536

ULONG composed_number(const struct provider_calls *calls, BCRYPT_HANDLE handle, LPCWSTR name)
{
    ULONG value = 0, result = 0;

    if (calls->GetProperty(handle, name, (PUCHAR)&value, sizeof(value), &result, 0)) return 0;
    return result == sizeof(value) ? value : 0;
}

/* ---- one message ---- */

static NTSTATUS hash_in(struct object *algorithm, PUCHAR object, ULONG object_bytes,
                        PUCHAR pbSecret, ULONG cbSecret, PUCHAR pbInput, ULONG cbInput,
                        PUCHAR pbOutput, ULONG cbOutput)
{
    const struct provider_calls *calls = algorithm->calls;
    BCRYPT_HASH_HANDLE hash = NULL;
    NTSTATUS status;

    status = algorithm_made(&hash, calls->CreateHash(algorithm->provider_handle, &hash, object,
                                                     object_bytes, pbSecret, cbSecret, 0));
    if (status) return status;

    status = calls->HashData(hash, pbInput, cbInput, 0);
    if (!status) status = calls->FinishHash(hash, pbOutput, cbOutput, 0);
    calls->DestroyHash(hash);
    return status;
}

/* The hash lives in an object buffer lent to the provider for the call, on the stack if it fits. */
static __attribute__((noinline)) NTSTATUS
hash_in_steps(struct object *algorithm, PUCHAR pbSecret, ULONG cbSecret, PUCHAR pbInput,
              ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput)
{
    _Alignas(64) UCHAR stack_object[STACK_OBJECT_BYTES];
    ULONG bytes = algorithm_object_bytes(algorithm);
    PUCHAR object = bytes ? stack_object : NULL;
    NTSTATUS status;

    if (bytes > OBJECT_MOST_LENT) return STATUS_NO_MEMORY;
    if (bytes > sizeof(stack_object) && !(object = memory_get(bytes))) return STATUS_NO_MEMORY;
    status = hash_in(algorithm, object, bytes, pbSecret, cbSecret, pbInput, cbInput, pbOutput,
                     cbOutput);
    if (object && object != stack_object) memory_put(object, bytes);
    else if (!algorithm->calls->keeps_rules) wipe(stack_object, sizeof(stack_object));
    return status;
}

NTSTATUS composed_hash(struct object *algorithm, PUCHAR pbSecret, ULONG cbSecret, PUCHAR pbInput,
                       ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput)
{
    NTSTATUS status = STATUS_NOT_SUPPORTED;

    if (algorithm->calls->keeps_rules)
    {
        status = primitive_provider_hash(algorithm->provider_handle, pbSecret, cbSecret, pbInput,
                                         cbInput, pbOutput, cbOutput);
    }
    if (status != STATUS_NOT_SUPPORTED) return status;
    return hash_in_steps(algorithm, pbSecret, cbSecret, pbInput, cbInput, pbOutput, cbOutput);
}

/* ---- PBKDF2 ---- */

/* The password, the salt and how often. */
struct password
{
    PUCHAR bytes, salt;
    ULONG count, salt_count;
    ULONGLONG iterations;
};

/* The bytes that an algorithm's secrets may have, as its KeyLengths say; if it has none, any. */
static ULONG longest_secret(const struct provider_calls *calls, BCRYPT_ALG_HANDLE algorithm)
{
    BCRYPT_KEY_LENGTHS_STRUCT lengths;
    ULONG result = 0;

    if (calls->GetProperty(algorithm, BCRYPT_KEY_LENGTHS, (PUCHAR)&lengths, sizeof(lengths),
                           &result, 0)) return MAXDWORD;
    return result == sizeof(lengths) ? lengths.dwMaxLength / 8 : MAXDWORD;
}

/* PBKDF2 with the key derivation algorithm of the provider that has the hash; the name of the hash
 * tells it which keyed function to use. */
static NTSTATUS pbkdf2_by_provider(const struct provider_calls *calls, LPCWSTR prf,
                                   const struct password *password, PUCHAR pbDerivedKey,
                                   ULONG cbDerivedKey, bool *too_long)
{
    ULONGLONG iterations = password->iterations;
    BCryptBuffer buffers[] =
    {
        { name_bytes(prf), KDF_HASH_ALGORITHM, (PVOID)(ULONG_PTR)prf },
        { password->salt_count, KDF_SALT, password->salt },
        { sizeof(iterations), KDF_ITERATION_COUNT, &iterations },
    };
    BCryptBufferDesc parameters = { BCRYPTBUFFER_VERSION, ARRAY_SIZE(buffers), buffers };
    BCRYPT_ALG_HANDLE algorithm = NULL;
    BCRYPT_KEY_HANDLE key = NULL;
    ULONG object_bytes, result;
    PUCHAR object = NULL;
    UCHAR empty = 0;
    NTSTATUS status;

    status = algorithm_made(&algorithm, calls->OpenAlgorithmProvider(&algorithm, calls->id, 0));
    if (status) return status;
    object_bytes = composed_number(calls, algorithm, BCRYPT_OBJECT_LENGTH);

    status = STATUS_INVALID_PARAMETER;
    *too_long = password->count > longest_secret(calls, algorithm);
    if (*too_long) goto done;

    status = STATUS_NO_MEMORY;
    if (object_bytes > OBJECT_MOST_LENT) goto done;
    if (object_bytes && !(object = memory_get(object_bytes))) goto done;

    status = algorithm_made(&key, calls->GenerateKey(algorithm, &key, object, object_bytes,
                                                     password->bytes ? password->bytes : &empty,
                                                     password->count, 0));
    if (status) goto done;

    status = calls->KeyDerivation(key, &parameters, pbDerivedKey, cbDerivedKey, &result, 0);
    calls->DestroyKey(key);

done:
    memory_put(object, object_bytes);
    calls->CloseAlgorithmProvider(algorithm, 0);
    return status;
}

/* One message of a keyed hash that is reusable. */
static NTSTATUS keyed_hash(const struct provider_calls *calls, BCRYPT_HASH_HANDLE hash,
                           PUCHAR first, ULONG first_count, PUCHAR second, ULONG second_count,
                           PUCHAR digest, ULONG bytes)
{
    NTSTATUS status;

    if ((status = calls->HashData(hash, first, first_count, 0))) return status;
    if (second_count && (status = calls->HashData(hash, second, second_count, 0))) return status;
    return calls->FinishHash(hash, digest, bytes, 0);
}

/* PBKDF2 (RFC 8018 section 5.2) with a keyed hash of a provider that has no key derivation. */
static NTSTATUS pbkdf2_by_hash(struct object *prf, struct password *password, PUCHAR pbDerivedKey,
                               ULONG cbDerivedKey)
{
    const struct provider_calls *calls = prf->calls;
    ULONG object_bytes = algorithm_object_bytes(prf), bytes, part, block = 0, i;
    struct { UCHAR u[MOST_DIGEST_BYTES], t[MOST_DIGEST_BYTES], number[4]; } *work;
    BCRYPT_HASH_HANDLE hash = NULL;
    PUCHAR object = NULL;
    ULONGLONG round;
    NTSTATUS status;

    bytes = composed_number(calls, prf->provider_handle, BCRYPT_HASH_LENGTH);
    if (!bytes || bytes > MOST_DIGEST_BYTES) return STATUS_NOT_SUPPORTED;
    if (!(work = memory_get(sizeof(*work)))) return STATUS_NO_MEMORY;

    status = STATUS_NO_MEMORY;
    if (object_bytes > OBJECT_MOST_LENT) goto done;
    if (object_bytes && !(object = memory_get(object_bytes))) goto done;

    status = calls->CreateHash(prf->provider_handle, &hash, object, object_bytes, password->bytes,
                               password->count, BCRYPT_HASH_REUSABLE_FLAG);
    if ((status = algorithm_made(&hash, status))) goto done;

    for (; cbDerivedKey; pbDerivedKey += part, cbDerivedKey -= part)
    {
        block++;
        for (i = 0; i < sizeof(work->number); i++) work->number[i] = (UCHAR)(block >> (24 - 8 * i));
        status = keyed_hash(calls, hash, password->salt, password->salt_count, work->number,
                            sizeof(work->number), work->u, bytes);
        if (status) goto done;
        memcpy(work->t, work->u, bytes);
        for (round = 1; round < password->iterations; round++)
        {
            status = keyed_hash(calls, hash, work->u, bytes, NULL, 0, work->u, bytes);
            if (status) goto done;
            for (i = 0; i < bytes; i++) work->t[i] ^= work->u[i];
        }
        part = cbDerivedKey < bytes ? cbDerivedKey : bytes;
        memcpy(pbDerivedKey, work->t, part);
    }

done:
    if (hash) calls->DestroyHash(hash);
    memory_put(object, object_bytes);
    memory_put(work, sizeof(*work));
    return status;
}

NTSTATUS composed_pbkdf2(struct object *prf, PUCHAR pbPassword, ULONG cbPassword, PUCHAR pbSalt,
                         ULONG cbSalt, ULONGLONG cIterations, PUCHAR pbDerivedKey,
                         ULONG cbDerivedKey)
{
    struct password password = { pbPassword, pbSalt, cbPassword, cbSalt, cIterations };
    static const struct password probe = { NULL, NULL, 0, 0, 1 };
    bool too_long = false;
    const struct provider_calls *calls = prf->calls, *pbkdf2;
    WCHAR name[64] = { 0 };
    NTSTATUS status;
    ULONG result;

    status = provider_find(BCRYPT_PBKDF2_ALGORITHM, calls->provider->name, NULL, &pbkdf2);
    if (status == STATUS_NOT_FOUND)
        return pbkdf2_by_hash(prf, &password, pbDerivedKey, cbDerivedKey);
    if (status) return status;

    status = calls->GetProperty(prf->provider_handle, BCRYPT_ALGORITHM_NAME, (PUCHAR)name,
                                sizeof(name) - sizeof(WCHAR), &result, 0);
    if (status) return status;
    status = pbkdf2_by_provider(pbkdf2, name, &password, pbDerivedKey, cbDerivedKey, &too_long);
    if (!too_long) return status;

    /* Whether that algorithm has a use for the hash at all, an empty password tells. */
    status = pbkdf2_by_provider(pbkdf2, name, &probe, pbDerivedKey, 1, &too_long);
    return status ? status : pbkdf2_by_hash(prf, &password, pbDerivedKey, cbDerivedKey);
}

/* ---- CAPI's CryptDeriveKey ---- */

/* The values on the way to a derived key; memory_put wipes them. */
struct capi
{
    UCHAR value[MOST_DIGEST_BYTES], pad[64], key[2 * MOST_DIGEST_BYTES];
};

/* The value of the hash, zeros up to 64 bytes, over 36 and over 5C: the hashes of both are the key.
 * Source: Microsoft Learn, CryptDeriveKey, remarks. */
static NTSTATUS capi_expand(struct object *algorithm, struct capi *capi, ULONG bytes)
{
    NTSTATUS status = STATUS_SUCCESS;
    ULONG which, i;

    for (which = 0; which < 2 && !status; which++)
    {
        memset(capi->pad, which ? 0x5c : 0x36, sizeof(capi->pad));
        for (i = 0; i < bytes; i++) capi->pad[i] ^= capi->value[i];
        status = composed_hash(algorithm, NULL, 0, capi->pad, sizeof(capi->pad),
                               capi->key + which * bytes, bytes);
    }
    return status;
}

/* CAPI expands a key for AES or triple DES even from a hash that is long enough, unless that is of
 * SHA-2. */
static bool capi_always_expands(const struct object *target, const struct object *hash)
{
    LPCWSTR id = hash->calls->id;

    if (!target || (!names_equal(target->calls->id, BCRYPT_AES_ALGORITHM) &&
                    !names_equal(target->calls->id, BCRYPT_3DES_ALGORITHM))) return false;
    return !names_equal(id, BCRYPT_SHA256_ALGORITHM) && !names_equal(id, BCRYPT_SHA384_ALGORITHM) &&
           !names_equal(id, BCRYPT_SHA512_ALGORITHM);
}

NTSTATUS composed_capi(struct object *hash, const struct object *target, PUCHAR pbDerivedKey,
                       ULONG cbDerivedKey)
{
    const struct provider_calls *calls = hash->calls;
    struct capi *capi;
    NTSTATUS status;
    ULONG bytes;

    bytes = composed_number(calls, hash->provider_handle, BCRYPT_HASH_LENGTH);
    if (!bytes || bytes > MOST_DIGEST_BYTES) return STATUS_NOT_SUPPORTED;
    if (composed_number(calls, hash->provider_handle, BCRYPT_IS_KEYED_HASH))
        return STATUS_NOT_SUPPORTED;
    if (cbDerivedKey > 2 * bytes) return STATUS_INVALID_PARAMETER;
    if (!(capi = memory_get(sizeof(*capi)))) return STATUS_NO_MEMORY;

    object_enter(hash);
    status = calls->FinishHash(hash->provider_handle, capi->value, bytes, 0);
    object_leave(hash);
    if (status) goto done;

    if (cbDerivedKey > bytes || capi_always_expands(target, hash))
    {
        if ((status = capi_expand(hash->parent, capi, bytes))) goto done;
        memcpy(pbDerivedKey, capi->key, cbDerivedKey);
    }
    else memcpy(pbDerivedKey, capi->value, cbDerivedKey);

done:
    memory_put(capi, sizeof(*capi));
    return status;
}

/* ---- copies of keys ---- */

/*
 * No interface of key pairs has a DuplicateKey, and none is documented to be duplicated; but Wine's
 * dssenh keeps its DSA keys by duplicating them, so they are, by way of a blob.
 */
static NTSTATUS duplicate_pair(const struct object *key, struct object *copy)
{
    const struct provider_calls *calls = key->calls;
    LPCWSTR type = BCRYPT_PRIVATE_KEY_BLOB;
    ULONG bytes = 0, written = 0;
    NTSTATUS status;
    UCHAR *blob;

    status = calls->ExportKey(key->provider_handle, NULL, type, NULL, 0, &bytes, 0);
    if (status == STATUS_INVALID_PARAMETER) /* it has no private half */
    {
        type = BCRYPT_PUBLIC_KEY_BLOB;
        status = calls->ExportKey(key->provider_handle, NULL, type, NULL, 0, &bytes, 0);
    }
    if (status) return status;
    if (!(blob = memory_get(bytes))) return STATUS_NO_MEMORY;

    status = calls->ExportKey(key->provider_handle, NULL, type, blob, bytes, &written, 0);
    if (!status && written > bytes) status = STATUS_INTERNAL_ERROR;
    if (!status)
        status = calls->ImportKeyPair(key->parent->provider_handle, NULL, type,
                                      &copy->provider_handle, blob, written,
                                      BCRYPT_NO_KEY_VALIDATION);
    memory_put(blob, bytes);
    return status;
}

NTSTATUS composed_duplicate_key(const struct object *key, struct object *copy, ULONG dwFlags)
{
    NTSTATUS status;

    if (names_equal(key->calls->id, BCRYPT_DSA_ALGORITHM)) status = duplicate_pair(key, copy);
    else
        status = key->calls->DuplicateKey(
            key->provider_handle, &copy->provider_handle, object_memory(copy),
            atomic_load_explicit(&copy->memory_bytes, memory_order_relaxed), dwFlags);
    return algorithm_made(&copy->provider_handle, status);
}
