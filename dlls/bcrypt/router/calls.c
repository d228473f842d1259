/*
 * calls.c - a provider's eight function tables as one set of calls.
 *
 * The tables differ in which members they have and in their order. Here they become one structure
 * with a place for every function, so that a call goes the same way whatever the interface.
 *
 * As little as possible of a table is believed. Its version decides which members it has: below 1
 * it is refused, at 1 it may be shorter, and from 2 on it is taken to begin as the layout that
 * bcrypt_provider.h has. It is read as far as there is memory, and a member counts only if it
 * points to code: bytes behind a table that is shorter than its version says are not called, unless
 * they happen to point to code. Our own provider is spared these looks.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/calls.h"

#include "platform/platform.h"
#include "router/providers.h"

/* The first version of every interface; the routers of today are made for no older one. */
#define OLDEST_MAJOR_VERSION 1

/*
 * Copies a table, with zeros for the members that it lacks. Version 2 of an interface, if there is
 * one, has `bytes` bytes, and version 1 the first `bytes_1` of them.
 */
static NTSTATUS read_table(const struct provider *provider, const void *table, void *copy,
                           size_t bytes_1, size_t bytes)
{
    BCRYPT_INTERFACE_VERSION version;
    size_t there = bytes;

    if (!table) return STATUS_NOT_SUPPORTED;
    if (!provider->keeps_rules) there = platform_readable(table, bytes);
    if (there < sizeof(version)) return STATUS_NOT_SUPPORTED;

    memcpy(&version, table, sizeof(version));
    if (version.MajorVersion < OLDEST_MAJOR_VERSION) return STATUS_NOT_SUPPORTED;
    if (version.MajorVersion == 1 && there > bytes_1) there = bytes_1;
    memset(copy, 0, bytes);
    memcpy(copy, table, there);
    return STATUS_SUCCESS;
}

static bool is_function(const struct provider *provider, const void *address)
{
    return address && (provider->keeps_rules || platform_is_code(address));
}

#define TAKE(member)                                                                               \
    if (is_function(to->provider, (const void *)(ULONG_PTR)table.member)) to->member = table.member

#define TAKE_HEAD()                                                                                \
    TAKE(OpenAlgorithmProvider);                                                                   \
    TAKE(GetProperty);                                                                             \
    TAKE(SetProperty);                                                                             \
    TAKE(CloseAlgorithmProvider)

#define TAKE_KEY_PAIR()                                                                            \
    TAKE(GenerateKeyPair);                                                                         \
    TAKE(FinalizeKeyPair);                                                                         \
    TAKE(ImportKeyPair);                                                                           \
    TAKE(ExportKey);                                                                               \
    TAKE(DestroyKey)

/*
 * Begins a function that loads an interface's table: asks the provider, and reads what it answers.
 * The provider's name and the algorithm's are the router's own strings.
 */
#define GET_TABLE(type, bytes_1, function, ...)                                                    \
    type *answer = NULL, table;                                                                    \
    NTSTATUS status;                                                                               \
                                                                                                   \
    if (!to->provider->interfaces.function) return STATUS_NOT_SUPPORTED;                           \
    if ((status = to->provider->interfaces.function(to->provider->name, __VA_ARGS__, 0)))          \
        return status;                                                                             \
    if ((status = read_table(to->provider, answer, &table, (bytes_1), sizeof(table))))             \
        return status;                                                                             \
    TAKE_HEAD()

static NTSTATUS load_cipher(struct provider_calls *to)
{
    GET_TABLE(BCRYPT_CIPHER_FUNCTION_TABLE, sizeof(table), GetCipherInterface, to->id, &answer);
    TAKE(GenerateKey);
    TAKE(Encrypt);
    TAKE(Decrypt);
    TAKE(ImportKey);
    TAKE(ExportKey);
    TAKE(DuplicateKey);
    TAKE(DestroyKey);
    return STATUS_SUCCESS;
}

static NTSTATUS load_hash(struct provider_calls *to)
{
    GET_TABLE(BCRYPT_HASH_FUNCTION_TABLE, offsetof(BCRYPT_HASH_FUNCTION_TABLE, CreateMultiHash),
              GetHashInterface, to->id, &answer);
    TAKE(CreateHash);
    TAKE(HashData);
    TAKE(FinishHash);
    TAKE(DuplicateHash);
    TAKE(DestroyHash);
    TAKE(CreateMultiHash);
    TAKE(ProcessMultiOperations);
    return STATUS_SUCCESS;
}

static NTSTATUS load_asymmetric_encryption(struct provider_calls *to)
{
    GET_TABLE(BCRYPT_ASYMMETRIC_ENCRYPTION_FUNCTION_TABLE, sizeof(table),
              GetAsymmetricEncryptionInterface, to->id, &answer);
    TAKE_KEY_PAIR();
    TAKE(Encrypt);
    TAKE(Decrypt);
    TAKE(SignHash);
    TAKE(VerifySignature);
    return STATUS_SUCCESS;
}

static NTSTATUS load_secret_agreement(struct provider_calls *to)
{
    GET_TABLE(BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE, sizeof(table),
              GetSecretAgreementInterface, to->id, &answer);
    TAKE_KEY_PAIR();
    TAKE(SecretAgreement);
    TAKE(DeriveKey);
    TAKE(DestroySecret);
    return STATUS_SUCCESS;
}

static NTSTATUS load_signature(struct provider_calls *to)
{
    GET_TABLE(BCRYPT_SIGNATURE_FUNCTION_TABLE, sizeof(table),
              GetSignatureInterface, to->id, &answer);
    TAKE_KEY_PAIR();
    TAKE(SignHash);
    TAKE(VerifySignature);
    return STATUS_SUCCESS;
}

static NTSTATUS load_rng(struct provider_calls *to)
{
    GET_TABLE(BCRYPT_RNG_FUNCTION_TABLE, sizeof(table), GetRngInterface, &answer);
    TAKE(GenRandom);
    return STATUS_SUCCESS;
}

static NTSTATUS load_key_derivation(struct provider_calls *to)
{
    GET_TABLE(BCRYPT_KEY_DERIVATION_FUNCTION_TABLE, sizeof(table),
              GetKeyDerivationInterface, to->id, &answer);
    TAKE(GenerateKey);
    TAKE(DestroyKey);
    TAKE(KeyDerivation);
    TAKE(ExportKey);
    TAKE(ImportKey);
    TAKE(DuplicateKey);
    return STATUS_SUCCESS;
}

static NTSTATUS load_key_encapsulation(struct provider_calls *to)
{
    GET_TABLE(BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE, sizeof(table),
              GetKeyEncapsulationInterface, to->id, &answer);
    TAKE_KEY_PAIR();
    TAKE(Encapsulate);
    TAKE(Decapsulate);
    return STATUS_SUCCESS;
}

static NTSTATUS (*const loaders[INTERFACE_LAST + 1])(struct provider_calls *) =
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

NTSTATUS calls_load(struct provider_calls *to)
{
    struct provider_calls calls = refusals;
    NTSTATUS status;

    calls.id = to->id;
    calls.number = to->number;
    calls.interface_id = to->interface_id;
    calls.keeps_rules = to->keeps_rules;
    calls.provider = to->provider;
    calls.object_bytes = to->object_bytes;
    if ((status = loaders[to->interface_id](&calls))) return status;
    if (calls.OpenAlgorithmProvider == refusals.OpenAlgorithmProvider) return STATUS_NOT_SUPPORTED;
    *to = calls;
    return STATUS_SUCCESS;
}
