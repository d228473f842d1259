/*
 * api_kdf.c - keys from secrets, passwords and hashes.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api.h"

#include "platform/memory.h"

/* The longest digest that a key is derived from. */
#define MOST_DIGEST_BYTES 64

/*
 * BCryptKeyDerivation - derives a key from a secret.
 *
 *   hKey             from BCryptGenerateSymmetricKey, of an algorithm for key derivation
 *   pParameterList   what the algorithm takes; its ulVersion is not looked at
 *   pbDerivedKey     receives the key
 *   cbDerivedKey     its bytes, at least one: they are given exactly
 *   pcbResult        receives cbDerivedKey
 *   dwFlags          BCRYPT_CAPI_AES_FLAG with BCRYPT_CAPI_KDF_ALGORITHM
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      not a key
 *   STATUS_NOT_SUPPORTED       not a key of that interface; no such hash
 *   STATUS_INVALID_PARAMETER   a pointer is NULL, a size 0 or too large, a flag set, a parameter
 *                              missing or wrong
 *
 * Source: Microsoft Learn, BCryptKeyDerivation. Tests: tests/test_kdf.c.
 */
NTSTATUS WINAPI BCryptKeyDerivation(BCRYPT_KEY_HANDLE hKey, BCryptBufferDesc *pParameterList,
                                    PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG *pcbResult,
                                    ULONG dwFlags)
{
    struct object *key;
    NTSTATUS status;

    TRACE(
        "hKey %p, pParameterList %p, pbDerivedKey %p, cbDerivedKey %lu, pcbResult %p, "
        "dwFlags %#lx\n",
        hKey, (void *)pParameterList, (void *)pbDerivedKey, (unsigned long)cbDerivedKey,
        (void *)pcbResult, (unsigned long)dwFlags);

    if (!(key = object_get(hKey, OBJECT_KEY))) return STATUS_INVALID_HANDLE;

    status = STATUS_NOT_SUPPORTED;
    if (key->calls->interface_id != BCRYPT_KEY_DERIVATION_INTERFACE) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (!pbDerivedKey || !cbDerivedKey || !pcbResult) goto done;

    status = key->calls->KeyDerivation(key->provider_handle, pParameterList, pbDerivedKey,
                                       cbDerivedKey, pcbResult, dwFlags);

done:
    object_put(key);
    wipe_registers();
    return status;
}

/* ---- PBKDF2 ---- */

/* A property of four bytes; 0 if there is none. */
static ULONG number_property(const struct provider_calls *calls, BCRYPT_HANDLE handle, LPCWSTR name)
{
    ULONG value, result;

    if (calls->GetProperty(handle, name, (PUCHAR)&value, sizeof(value), &result, 0)) return 0;
    return result == sizeof(value) ? value : 0;
}

/* The password, the salt and how often. */
struct password
{
    PUCHAR bytes, salt;
    ULONG count, salt_count;
    ULONGLONG iterations;
};

/* PBKDF2 with the key derivation algorithm of the provider that has the hash; the name of the hash
 * tells it which keyed function to use. */
static NTSTATUS pbkdf2_by_provider(const struct provider_calls *calls, LPCWSTR prf,
                                   struct password *password, PUCHAR pbDerivedKey,
                                   ULONG cbDerivedKey)
{
    BCryptBuffer buffers[] =
    {
        { name_bytes(prf), KDF_HASH_ALGORITHM, (PVOID)(ULONG_PTR)prf },
        { password->salt_count, KDF_SALT, password->salt },
        { sizeof(password->iterations), KDF_ITERATION_COUNT, &password->iterations },
    };
    BCryptBufferDesc parameters = { BCRYPTBUFFER_VERSION, ARRAY_SIZE(buffers), buffers };
    UCHAR empty = 0;
    ULONG object_bytes = 0, result;
    BCRYPT_ALG_HANDLE algorithm;
    BCRYPT_KEY_HANDLE key;
    NTSTATUS status;
    PUCHAR object = NULL;

    if (!calls->OpenAlgorithmProvider) return STATUS_NOT_SUPPORTED;
    if ((status = calls->OpenAlgorithmProvider(&algorithm, calls->id, 0))) return status;

    status = STATUS_NO_MEMORY;
    object_bytes = number_property(calls, algorithm, BCRYPT_OBJECT_LENGTH);
    if (object_bytes && !(object = memory_get(object_bytes))) goto done;

    status = calls->GenerateKey(algorithm, &key, object, object_bytes,
                                password->bytes ? password->bytes : &empty, password->count, 0);
    if (status) goto done;

    status = calls->KeyDerivation(key, &parameters, pbDerivedKey, cbDerivedKey, &result, 0);
    calls->DestroyKey(key);

done:
    memory_put(object, object_bytes);
    calls->CloseAlgorithmProvider(algorithm, 0);
    return status;
}

/* One message of a keyed hash that is reusable. */
static NTSTATUS keyed_hash(const struct provider_calls *calls, BCRYPT_HASH_HANDLE hash, PUCHAR first,
                           ULONG first_count, PUCHAR second, ULONG second_count, PUCHAR digest,
                           ULONG bytes)
{
    NTSTATUS status;

    if ((status = calls->HashData(hash, first, first_count, 0))) return status;
    if (second_count && (status = calls->HashData(hash, second, second_count, 0)))
    {
        return status;
    }
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

    bytes = number_property(calls, prf->provider_handle, BCRYPT_HASH_LENGTH);
    if (!bytes || bytes > MOST_DIGEST_BYTES) return STATUS_NOT_SUPPORTED;
    if (!(work = memory_get(sizeof(*work)))) return STATUS_NO_MEMORY;

    status = STATUS_NO_MEMORY;
    if (object_bytes && !(object = memory_get(object_bytes))) goto done;

    status = calls->CreateHash(prf->provider_handle, &hash, object, object_bytes,
                               password->bytes, password->count, BCRYPT_HASH_REUSABLE_FLAG);
    if (status) goto done;

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
            if ((status = keyed_hash(calls, hash, work->u, bytes, NULL, 0, work->u, bytes)))
                goto done;
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

/*
 * BCryptDeriveKeyPBKDF2 - derives a key from a password: RFC 8018 section 5.2.
 *
 *   hPrf                         a hash opened with BCRYPT_ALG_HANDLE_HMAC_FLAG, an HMAC
 *                                pseudo-handle, or AES-CMAC
 *   pbPassword, cbPassword       NULL with 0 is the empty one
 *   pbSalt, cbSalt               NULL with 0 is the empty one
 *   cIterations                  at least 1
 *   pbDerivedKey, cbDerivedKey   receives the key, at least one byte
 *   dwFlags                      0
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      hPrf is not an open algorithm
 *   STATUS_INVALID_PARAMETER   not a keyed hash; a pointer is NULL, a size or cIterations 0, a
 *                              flag set; a password that is no AES key, with AES-CMAC
 *   STATUS_NOT_SUPPORTED       a keyed hash that PBKDF2 has no use for, such as KMAC
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptDeriveKeyPBKDF2. Tests: tests/test_kdf_functions.c, test_mac.c.
 */
NTSTATUS WINAPI BCryptDeriveKeyPBKDF2(BCRYPT_ALG_HANDLE hPrf, PUCHAR pbPassword, ULONG cbPassword,
                                      PUCHAR pbSalt, ULONG cbSalt, ULONGLONG cIterations,
                                      PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG dwFlags)
{
    struct password password = { pbPassword, pbSalt, cbPassword, cbSalt, cIterations };
    const struct provider_calls *calls, *pbkdf2;
    struct object *prf;
    WCHAR name[64];
    NTSTATUS status;
    ULONG result;

    TRACE("hPrf %p, pbPassword %p, cbPassword %lu, pbSalt %p, cbSalt %lu, cIterations %llu, "
          "pbDerivedKey %p, cbDerivedKey %lu, dwFlags %#lx\n", hPrf, (void *)pbPassword,
          (unsigned long)cbPassword, (void *)pbSalt, (unsigned long)cbSalt, cIterations,
          (void *)pbDerivedKey, (unsigned long)cbDerivedKey, (unsigned long)dwFlags);

    if (!(prf = algorithm_get(hPrf))) return STATUS_INVALID_HANDLE;
    calls = prf->calls;

    status = STATUS_INVALID_PARAMETER;
    if ((cbPassword && !pbPassword) || (cbSalt && !pbSalt) || !cIterations) goto done;
    if (!pbDerivedKey || !cbDerivedKey || dwFlags) goto done;
    if (calls->interface_id != BCRYPT_HASH_INTERFACE) goto done;
    if (!number_property(calls, prf->provider_handle, BCRYPT_IS_KEYED_HASH)) goto done;

    if (provider_find(BCRYPT_PBKDF2_ALGORITHM, calls->provider->name, &pbkdf2))
    {
        status = pbkdf2_by_hash(prf, &password, pbDerivedKey, cbDerivedKey);
        goto done;
    }
    status = calls->GetProperty(prf->provider_handle, BCRYPT_ALGORITHM_NAME, (PUCHAR)name,
                                sizeof(name), &result, 0);
    if (status) goto done;

    status = pbkdf2_by_provider(pbkdf2, name, &password, pbDerivedKey, cbDerivedKey);

done:
    object_put(prf);
    wipe_registers();
    return status;
}

/* ---- CAPI's CryptDeriveKey ---- */

/* A hash without a key of one message, with the algorithm that the consumed hash was made with. */
static NTSTATUS hash_once(struct object *algorithm, PUCHAR message, ULONG count, PUCHAR digest,
                          ULONG bytes)
{
    const struct provider_calls *calls = algorithm->calls;
    ULONG object_bytes = algorithm_object_bytes(algorithm);
    BCRYPT_HASH_HANDLE hash;
    PUCHAR object = NULL;
    NTSTATUS status;

    if (object_bytes && !(object = memory_get(object_bytes))) return STATUS_NO_MEMORY;

    status =
        calls->CreateHash(algorithm->provider_handle, &hash, object, object_bytes, NULL, 0, 0);
    if (!status)
    {
        status = calls->HashData(hash, message, count, 0);
        if (!status) status = calls->FinishHash(hash, digest, bytes, 0);
        calls->DestroyHash(hash);
    }
    memory_put(object, object_bytes);
    return status;
}

/* What a key is derived from; memory_put wipes it. */
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
        status =
            hash_once(algorithm, capi->pad, sizeof(capi->pad), capi->key + which * bytes, bytes);
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

/*
 * BCryptDeriveKeyCapi - derives a key from a hash, as CAPI's CryptDeriveKey does.
 *
 *   hHash                        a hash without a key, which is finished by this; a reusable one
 *                                begins anew
 *   hTargetAlg                   NULL, or the algorithm that the key is for: AES and triple DES
 *                                have it expanded unless the hash is of SHA-2
 *   pbDerivedKey, cbDerivedKey   receives the key: at least one byte, at most two digests
 *   dwFlags                      0
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE      not a hash, or one that is finished; not an open algorithm
 *   STATUS_INVALID_PARAMETER   hHash or pbDerivedKey is NULL, cbDerivedKey 0 or too large, a flag
 *   STATUS_NOT_SUPPORTED       a hash of more than 64 bytes, or with a key
 *   STATUS_NO_MEMORY
 *
 * Documented: hHash NULL is STATUS_INVALID_HANDLE. Observed: STATUS_INVALID_PARAMETER.
 *
 * Source: Microsoft Learn, BCryptDeriveKeyCapi. Tests: tests/test_capi.c.
 */
NTSTATUS WINAPI BCryptDeriveKeyCapi(BCRYPT_HASH_HANDLE hHash, BCRYPT_ALG_HANDLE hTargetAlg,
                                    PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG dwFlags)
{
    struct object *hash, *target = NULL;
    const struct provider_calls *calls;
    struct capi *capi = NULL;
    NTSTATUS status;
    ULONG bytes;

    TRACE("hHash %p, hTargetAlg %p, pbDerivedKey %p, cbDerivedKey %lu, dwFlags %#lx\n", hHash,
          hTargetAlg, (void *)pbDerivedKey, (unsigned long)cbDerivedKey, (unsigned long)dwFlags);

    if (!hHash) return STATUS_INVALID_PARAMETER;
    if (!(hash = object_get(hHash, OBJECT_HASH))) return STATUS_INVALID_HANDLE;
    calls = hash->calls;

    status = STATUS_INVALID_HANDLE;
    if (hTargetAlg && !(target = algorithm_get(hTargetAlg))) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (!pbDerivedKey || !cbDerivedKey || dwFlags) goto done;

    status = STATUS_NOT_SUPPORTED;
    bytes = number_property(calls, hash->provider_handle, BCRYPT_HASH_LENGTH);
    if (!bytes || bytes > MOST_DIGEST_BYTES) goto done;
    if (number_property(calls, hash->provider_handle, BCRYPT_IS_KEYED_HASH)) goto done;

    status = STATUS_INVALID_PARAMETER;
    if (cbDerivedKey > 2 * bytes) goto done;

    status = STATUS_NO_MEMORY;
    if (!(capi = memory_get(sizeof(*capi)))) goto done;

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
    object_put(target);
    object_put(hash);
    wipe_registers();
    return status;
}
