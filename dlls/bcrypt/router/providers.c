/*
 * providers.c - the provider registry: who serves an algorithm, and through which functions.
 *
 * The eight function tables differ in which members they have and in their order. Here they become
 * one structure with a place for every function, so that a call goes the same way whatever the
 * interface. Places that a table has no function for, or whose function a provider left NULL, get
 * one that answers STATUS_NOT_SUPPORTED, or STATUS_INVALID_HANDLE where that is what the export
 * answers for a handle of the wrong kind.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/providers.h"

#include <stdatomic.h>

#include "builtin.h"
#include "platform/names.h"
#include "platform/platform.h"

#define ALGORITHM_LIMIT 96
#define BUCKETS         128                     /* a power of two */

static const struct provider primitive_provider = { MS_PRIMITIVE_PROVIDER };

/* In the order of interfaces and of each interface's functions; made once, at first use. */
static struct algorithm algorithms[ALGORITHM_LIMIT];
static ULONG algorithm_count;
static uint8_t buckets[BUCKETS];                /* number + 1 of an algorithm; open addressing */
static _Atomic bool listed;
static _Atomic bool loaded[ALGORITHM_LIMIT];
static _Atomic ULONG object_bytes[ALGORITHM_LIMIT];
static struct platform_lock lock;

/* ---- what a table has not got ---- */

static NTSTATUS WINAPI no_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                       ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    (void)hObject, (void)pszProperty, (void)pbOutput, (void)cbOutput, (void)pcbResult,
        (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                       ULONG cbInput, ULONG dwFlags)
{
    (void)hObject, (void)pszProperty, (void)pbInput, (void)cbInput, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_close(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags)
{
    (void)hAlgorithm, (void)dwFlags;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI no_generate_key(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                       PUCHAR pbKeyObject, ULONG cbKeyObject, PUCHAR pbSecret,
                                       ULONG cbSecret, ULONG dwFlags)
{
    (void)hAlgorithm, (void)phKey, (void)pbKeyObject, (void)cbKeyObject, (void)pbSecret;
    (void)cbSecret, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_generate_key_pair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                            ULONG dwLength, ULONG dwFlags)
{
    (void)hAlgorithm, (void)phKey, (void)dwLength, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_finalize_key_pair(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags)
{
    (void)hKey, (void)dwFlags;
    return STATUS_INVALID_HANDLE;
}

static NTSTATUS WINAPI no_import_key(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                     LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey,
                                     PUCHAR pbKeyObject, ULONG cbKeyObject, PUCHAR pbInput,
                                     ULONG cbInput, ULONG dwFlags)
{
    (void)hAlgorithm, (void)hImportKey, (void)pszBlobType, (void)phKey, (void)pbKeyObject;
    (void)cbKeyObject, (void)pbInput, (void)cbInput, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_import_key_pair(BCRYPT_ALG_HANDLE hAlgorithm,
                                          BCRYPT_KEY_HANDLE hImportKey, LPCWSTR pszBlobType,
                                          BCRYPT_KEY_HANDLE *phKey, PUCHAR pbInput, ULONG cbInput,
                                          ULONG dwFlags)
{
    (void)hAlgorithm, (void)hImportKey, (void)pszBlobType, (void)phKey, (void)pbInput;
    (void)cbInput, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_export_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                     LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                     ULONG *pcbResult, ULONG dwFlags)
{
    (void)hKey, (void)hExportKey, (void)pszBlobType, (void)pbOutput, (void)cbOutput;
    (void)pcbResult, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_duplicate_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE *phNewKey,
                                        PUCHAR pbKeyObject, ULONG cbKeyObject, ULONG dwFlags)
{
    (void)hKey, (void)phNewKey, (void)pbKeyObject, (void)cbKeyObject, (void)dwFlags;
    return STATUS_INVALID_HANDLE;
}

static NTSTATUS WINAPI no_destroy(BCRYPT_HANDLE hObject)
{
    (void)hObject;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI no_crypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                                VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                                ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    (void)hKey, (void)pbInput, (void)cbInput, (void)pPaddingInfo, (void)pbIV, (void)cbIV;
    (void)pbOutput, (void)cbOutput, (void)pcbResult, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_sign(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbInput,
                               ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                               ULONG dwFlags)
{
    (void)hKey, (void)pPaddingInfo, (void)pbInput, (void)cbInput, (void)pbOutput;
    (void)cbOutput, (void)pcbResult, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_verify(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbHash,
                                 ULONG cbHash, PUCHAR pbSignature, ULONG cbSignature, ULONG dwFlags)
{
    (void)hKey, (void)pPaddingInfo, (void)pbHash, (void)cbHash, (void)pbSignature;
    (void)cbSignature, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_agreement(BCRYPT_KEY_HANDLE hPrivKey, BCRYPT_KEY_HANDLE hPubKey,
                                    BCRYPT_SECRET_HANDLE *phAgreedSecret, ULONG dwFlags)
{
    (void)hPrivKey, (void)hPubKey, (void)phAgreedSecret, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_derive_key(BCRYPT_SECRET_HANDLE hSharedSecret, LPCWSTR pwszKDF,
                                     BCryptBufferDesc *pParameterList, PUCHAR pbDerivedKey,
                                     ULONG cbDerivedKey, ULONG *pcbResult, ULONG dwFlags)
{
    (void)hSharedSecret, (void)pwszKDF, (void)pParameterList, (void)pbDerivedKey;
    (void)cbDerivedKey, (void)pcbResult, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_key_derivation(BCRYPT_KEY_HANDLE hKey, BCryptBufferDesc *pParameterList,
                                         PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG *pcbResult,
                                         ULONG dwFlags)
{
    (void)hKey, (void)pParameterList, (void)pbDerivedKey, (void)cbDerivedKey;
    (void)pcbResult, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_encapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbSecretKey, ULONG cbSecretKey,
                                      ULONG *pcbSecretKey, PUCHAR pbCipherText, ULONG cbCipherText,
                                      ULONG *pcbCipherText, ULONG dwFlags)
{
    (void)hKey, (void)pbSecretKey, (void)cbSecretKey, (void)pcbSecretKey, (void)pbCipherText;
    (void)cbCipherText, (void)pcbCipherText, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_decapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbCipherText,
                                      ULONG cbCipherText, PUCHAR pbSecretKey, ULONG cbSecretKey,
                                      ULONG *pcbSecretKey, ULONG dwFlags)
{
    (void)hKey, (void)pbCipherText, (void)cbCipherText, (void)pbSecretKey, (void)cbSecretKey;
    (void)pcbSecretKey, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_create_hash(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_HASH_HANDLE *phHash,
                                      PUCHAR pbHashObject, ULONG cbHashObject, PUCHAR pbSecret,
                                      ULONG cbSecret, ULONG dwFlags)
{
    (void)hAlgorithm, (void)phHash, (void)pbHashObject, (void)cbHashObject, (void)pbSecret;
    (void)cbSecret, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_hash_data(BCRYPT_HASH_HANDLE hHash, PUCHAR pbBuffer, ULONG cbBuffer,
                                    ULONG dwFlags)
{
    (void)hHash, (void)pbBuffer, (void)cbBuffer, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_create_multi_hash(BCRYPT_ALG_HANDLE hAlgorithm,
                                            BCRYPT_HASH_HANDLE *phHash, ULONG nHashes,
                                            PUCHAR pbHashObject, ULONG cbHashObject,
                                            PUCHAR pbSecret, ULONG cbSecret, ULONG dwFlags)
{
    (void)hAlgorithm, (void)phHash, (void)nHashes, (void)pbHashObject, (void)cbHashObject;
    (void)pbSecret, (void)cbSecret, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_multi_operations(BCRYPT_HANDLE hObject,
                                           BCRYPT_MULTI_OPERATION_TYPE operationType,
                                           PVOID pOperations, ULONG cbOperations, ULONG dwFlags)
{
    (void)hObject, (void)operationType, (void)pOperations, (void)cbOperations, (void)dwFlags;
    return STATUS_NOT_SUPPORTED;
}

static NTSTATUS WINAPI no_random(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbBuffer, ULONG cbBuffer,
                                 ULONG dwFlags)
{
    (void)hAlgorithm, (void)pbBuffer, (void)cbBuffer, (void)dwFlags;
    return STATUS_INVALID_HANDLE;
}

static const struct algorithm no_functions =
{
    .GetProperty            = no_get_property,
    .SetProperty            = no_set_property,
    .CloseAlgorithmProvider = no_close,
    .GenerateKey            = no_generate_key,
    .GenerateKeyPair        = no_generate_key_pair,
    .FinalizeKeyPair        = no_finalize_key_pair,
    .ImportKey              = no_import_key,
    .ImportKeyPair          = no_import_key_pair,
    .ExportKey              = no_export_key,
    .DuplicateKey           = no_duplicate_key,
    .DestroyKey             = no_destroy,
    .Encrypt                = no_crypt,
    .Decrypt                = no_crypt,
    .SignHash               = no_sign,
    .VerifySignature        = no_verify,
    .SecretAgreement        = no_agreement,
    .DeriveKey              = no_derive_key,
    .DestroySecret          = no_destroy,
    .KeyDerivation          = no_key_derivation,
    .Encapsulate            = no_encapsulate,
    .Decapsulate            = no_decapsulate,
    .CreateHash             = no_create_hash,
    .HashData               = no_hash_data,
    .FinishHash             = no_hash_data,
    .DuplicateHash          = no_duplicate_key,
    .DestroyHash            = no_destroy,
    .CreateMultiHash        = no_create_multi_hash,
    .ProcessMultiOperations = no_multi_operations,
    .GenRandom              = no_random,
};

/* ---- tables into functions ---- */

#define TAKE(member) if (table->member) to->member = table->member

#define TAKE_HEAD() \
    TAKE(OpenAlgorithmProvider); \
    TAKE(GetProperty); \
    TAKE(SetProperty); \
    TAKE(CloseAlgorithmProvider)

#define TAKE_KEY_PAIR() \
    TAKE(GenerateKeyPair); \
    TAKE(FinalizeKeyPair); \
    TAKE(ImportKeyPair); \
    TAKE(ExportKey); \
    TAKE(DestroyKey)

static NTSTATUS load_cipher(struct algorithm *to)
{
    BCRYPT_CIPHER_FUNCTION_TABLE *table;
    NTSTATUS status = GetCipherInterface(to->provider->name, to->id, &table, 0);

    if (status) return status;
    TAKE_HEAD();
    TAKE(GenerateKey);
    TAKE(Encrypt);
    TAKE(Decrypt);
    TAKE(ImportKey);
    TAKE(ExportKey);
    TAKE(DuplicateKey);
    TAKE(DestroyKey);
    return STATUS_SUCCESS;
}

static NTSTATUS load_hash(struct algorithm *to)
{
    BCRYPT_HASH_FUNCTION_TABLE *table;
    NTSTATUS status = GetHashInterface(to->provider->name, to->id, &table, 0);

    if (status) return status;
    TAKE_HEAD();
    TAKE(CreateHash);
    TAKE(HashData);
    TAKE(FinishHash);
    TAKE(DuplicateHash);
    TAKE(DestroyHash);
    if (table->Version.MajorVersion < BCRYPT_HASH_INTERFACE_MAJORVERSION_2) return STATUS_SUCCESS;
    TAKE(CreateMultiHash);
    TAKE(ProcessMultiOperations);
    return STATUS_SUCCESS;
}

static NTSTATUS load_asymmetric_encryption(struct algorithm *to)
{
    BCRYPT_ASYMMETRIC_ENCRYPTION_FUNCTION_TABLE *table;
    NTSTATUS status = GetAsymmetricEncryptionInterface(to->provider->name, to->id, &table, 0);

    if (status) return status;
    TAKE_HEAD();
    TAKE_KEY_PAIR();
    TAKE(Encrypt);
    TAKE(Decrypt);
    TAKE(SignHash);
    TAKE(VerifySignature);
    return STATUS_SUCCESS;
}

static NTSTATUS load_secret_agreement(struct algorithm *to)
{
    BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE *table;
    NTSTATUS status = GetSecretAgreementInterface(to->provider->name, to->id, &table, 0);

    if (status) return status;
    TAKE_HEAD();
    TAKE_KEY_PAIR();
    TAKE(SecretAgreement);
    TAKE(DeriveKey);
    TAKE(DestroySecret);
    return STATUS_SUCCESS;
}

static NTSTATUS load_signature(struct algorithm *to)
{
    BCRYPT_SIGNATURE_FUNCTION_TABLE *table;
    NTSTATUS status = GetSignatureInterface(to->provider->name, to->id, &table, 0);

    if (status) return status;
    TAKE_HEAD();
    TAKE_KEY_PAIR();
    TAKE(SignHash);
    TAKE(VerifySignature);
    return STATUS_SUCCESS;
}

static NTSTATUS load_rng(struct algorithm *to)
{
    BCRYPT_RNG_FUNCTION_TABLE *table;
    NTSTATUS status = GetRngInterface(to->provider->name, &table, 0);

    if (status) return status;
    TAKE_HEAD();
    TAKE(GenRandom);
    return STATUS_SUCCESS;
}

static NTSTATUS load_key_derivation(struct algorithm *to)
{
    BCRYPT_KEY_DERIVATION_FUNCTION_TABLE *table;
    NTSTATUS status = GetKeyDerivationInterface(to->provider->name, to->id, &table, 0);

    if (status) return status;
    TAKE_HEAD();
    TAKE(GenerateKey);
    TAKE(DestroyKey);
    TAKE(KeyDerivation);
    TAKE(ExportKey);
    TAKE(ImportKey);
    TAKE(DuplicateKey);
    return STATUS_SUCCESS;
}

static NTSTATUS load_key_encapsulation(struct algorithm *to)
{
    BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE *table;
    NTSTATUS status = GetKeyEncapsulationInterface(to->provider->name, to->id, &table, 0);

    if (status) return status;
    TAKE_HEAD();
    TAKE_KEY_PAIR();
    TAKE(Encapsulate);
    TAKE(Decapsulate);
    return STATUS_SUCCESS;
}

static NTSTATUS (*const loaders[])(struct algorithm *) =
{
    [BCRYPT_CIPHER_INTERFACE]                = load_cipher,
    [BCRYPT_HASH_INTERFACE]                  = load_hash,
    [BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE] = load_asymmetric_encryption,
    [BCRYPT_SECRET_AGREEMENT_INTERFACE]      = load_secret_agreement,
    [BCRYPT_SIGNATURE_INTERFACE]             = load_signature,
    [BCRYPT_RNG_INTERFACE]                   = load_rng,
    [BCRYPT_KEY_DERIVATION_INTERFACE]        = load_key_derivation,
    [BCRYPT_KEY_ENCAPSULATION_INTERFACE]     = load_key_encapsulation,
};

/* ---- the registry ---- */

static uint32_t name_hash(LPCWSTR name)
{
    uint32_t hash = 0;

    while (*name) hash = (hash << 5 | hash >> 27) ^ *name++;
    return hash ^ hash >> 7 ^ hash >> 14;
}

/* Lists every function of every interface. The lock is held. */
static void list_algorithms(void)
{
    ULONG interface_id, number;
    LPCWSTR id;

    for (interface_id = 1; interface_id < ARRAY_SIZE(loaders); interface_id++)
    {
        for (number = 0; (id = primitive_provider_function(interface_id, number)); number++)
        {
            struct algorithm *algorithm = &algorithms[algorithm_count];
            uint32_t bucket = name_hash(id);

            if (algorithm_count == ALGORITHM_LIMIT) return;
            *algorithm = no_functions;
            algorithm->id = id;
            algorithm->number = algorithm_count;
            algorithm->interface_id = interface_id;
            algorithm->provider = &primitive_provider;
            algorithm->object_bytes = &object_bytes[algorithm_count];
            algorithm_count++;
            while (buckets[bucket % BUCKETS]) bucket++;
            buckets[bucket % BUCKETS] = (uint8_t)algorithm_count;
        }
    }
}

static void need_list(void)
{
    if (atomic_load_explicit(&listed, memory_order_acquire)) return;
    platform_lock_acquire(&lock);
    if (!atomic_load_explicit(&listed, memory_order_relaxed))
    {
        list_algorithms();
        atomic_store_explicit(&listed, true, memory_order_release);
    }
    platform_lock_release(&lock);
}

/* The first algorithm of that name: the lowest interface's, if several have it. */
static struct algorithm *algorithm_named(LPCWSTR id)
{
    uint32_t bucket = name_hash(id);
    uint8_t number;

    for (; (number = buckets[bucket % BUCKETS]); bucket++)
    {
        if (names_equal(algorithms[number - 1].id, id)) return &algorithms[number - 1];
    }
    return NULL;
}

static NTSTATUS load(struct algorithm *algorithm)
{
    _Atomic bool *is_loaded = &loaded[algorithm - algorithms];
    NTSTATUS status = STATUS_SUCCESS;

    platform_lock_acquire(&lock);
    if (!atomic_load_explicit(is_loaded, memory_order_relaxed))
    {
        if (!(status = loaders[algorithm->interface_id](algorithm)))
        {
            atomic_store_explicit(is_loaded, true, memory_order_release);
        }
    }
    platform_lock_release(&lock);
    return status;
}

NTSTATUS provider_find(LPCWSTR id, LPCWSTR provider, const struct algorithm **algorithm)
{
    struct algorithm *found;
    NTSTATUS status;

    need_list();
    if (!(found = algorithm_named(id))) return STATUS_NOT_FOUND;
    if (provider && !names_equal(provider, found->provider->name)) return STATUS_NOT_FOUND;
    if (!atomic_load_explicit(&loaded[found - algorithms], memory_order_acquire))
    {
        if ((status = load(found))) return status;
    }
    *algorithm = found;
    return STATUS_SUCCESS;
}

bool provider_function_at(ULONG number, struct provider_function *function)
{
    need_list();
    if (number >= algorithm_count) return false;
    function->id = algorithms[number].id;
    function->interface_id = algorithms[number].interface_id;
    return true;
}

LPCWSTR provider_name_at(LPCWSTR id, ULONG number)
{
    struct algorithm *found;

    need_list();
    if (number || !(found = algorithm_named(id))) return NULL;
    return found->provider->name;
}
