/*
 * checks.h - what holds in C and C++ alike: constants, layouts, and that tables fit the exports.
 *
 * Nothing here runs. Constants are compared as they are spelled, which needs no address of a
 * string and works at compile time with gcc and clang; handles are compared as numbers.
 *
 * SPDX-License-Identifier: MIT
 */

#include <windows.h>
#ifdef WIN32_NO_STATUS
#undef WIN32_NO_STATUS
#include <ntstatus.h>
#endif
#include <bcrypt.h>
#include <bcrypt_provider.h>
#include <wincrypt.h>                   /* both include <bcrypt.h> on their own account */
#include <ncrypt.h>

#ifdef __cplusplus
#define CHECK(condition, text) static_assert(condition, text);
#else
#define CHECK(condition, text) _Static_assert(condition, text);
#endif

#ifdef _WIN64
#define PICK(x86, x64) (x64)
#else
#define PICK(x86, x64) (x86)
#endif

#define SPELL(text) #text
#define SHOW(macro) SPELL(macro)

#define VALUE(name, value) CHECK((ULONG)(name) == (ULONG)(value), #name)
#define MAGIC(name, a, b, c, d) \
    CHECK((ULONG)(name) == ((ULONG)(a) | (ULONG)(b) << 8 | (ULONG)(c) << 16 | (ULONG)(d) << 24), \
          #name)
#define PSEUDO(name, value) CHECK(BCRYPT_##name##_ALG_HANDLE == (ULONG_PTR)(value), #name)
#define WIDE(name, text) CHECK(__builtin_strcmp(SHOW(name), #text) == 0, #name)

#define BCRYPT_ALG_HANDLE ULONG_PTR     /* makes the pseudo-handles numbers */
#include "constants.h"
#undef BCRYPT_ALG_HANDLE

#ifdef ONE_WRONG_VALUE
VALUE(BCRYPT_PAD_PSS, 0x09)
#endif

#define SIZE(type, x86, x64) CHECK(sizeof(type) == PICK(x86, x64), #type)
#define MEMBER(type, member, x86, x64) \
    CHECK(__builtin_offsetof(type, member) == PICK(x86, x64), #type "." #member)
#define SLOT(table, member, index) MEMBER(table, member, 4 * (index), 8 * (index))
#include "layouts.h"

#ifdef ONE_WRONG_OFFSET
MEMBER(BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO, cbData, 44, 68)
#endif

/* By position: a member out of order or of another type than the export it serves is an error. */
#define HEAD_FUNCTIONS 0, BCryptGetProperty, BCryptSetProperty, BCryptCloseAlgorithmProvider

BCRYPT_CIPHER_FUNCTION_TABLE cipher_functions =
{
    BCRYPT_CIPHER_INTERFACE_VERSION_1, HEAD_FUNCTIONS,
    BCryptGenerateSymmetricKey, BCryptEncrypt, BCryptDecrypt, BCryptImportKey, BCryptExportKey,
    BCryptDuplicateKey, BCryptDestroyKey,
};

BCRYPT_HASH_FUNCTION_TABLE hash_functions =
{
    BCRYPT_HASH_INTERFACE_VERSION_2, HEAD_FUNCTIONS,
    BCryptCreateHash, BCryptHashData, BCryptFinishHash, BCryptDuplicateHash, BCryptDestroyHash,
    BCryptCreateMultiHash, BCryptProcessMultiOperations,
};

BCRYPT_ASYMMETRIC_ENCRYPTION_FUNCTION_TABLE asymmetric_encryption_functions =
{
    BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE_VERSION_1, HEAD_FUNCTIONS,
    BCryptGenerateKeyPair, BCryptFinalizeKeyPair, BCryptEncrypt, BCryptDecrypt,
    BCryptImportKeyPair, BCryptExportKey, BCryptDestroyKey, BCryptSignHash, BCryptVerifySignature,
};

BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE secret_agreement_functions =
{
    BCRYPT_SECRET_AGREEMENT_INTERFACE_VERSION_1, HEAD_FUNCTIONS,
    BCryptSecretAgreement, BCryptDeriveKey, BCryptDestroySecret, BCryptGenerateKeyPair,
    BCryptFinalizeKeyPair, BCryptImportKeyPair, BCryptExportKey, BCryptDestroyKey,
};

BCRYPT_SIGNATURE_FUNCTION_TABLE signature_functions =
{
    BCRYPT_SIGNATURE_INTERFACE_VERSION_1, HEAD_FUNCTIONS,
    BCryptGenerateKeyPair, BCryptFinalizeKeyPair, BCryptSignHash, BCryptVerifySignature,
    BCryptImportKeyPair, BCryptExportKey, BCryptDestroyKey,
};

BCRYPT_RNG_FUNCTION_TABLE rng_functions =
{
    BCRYPT_RNG_INTERFACE_VERSION_1, HEAD_FUNCTIONS, BCryptGenRandom,
};

BCRYPT_KEY_DERIVATION_FUNCTION_TABLE key_derivation_functions =
{
    BCRYPT_KEY_DERIVATION_INTERFACE_VERSION_1, HEAD_FUNCTIONS,
    BCryptGenerateSymmetricKey, BCryptDestroyKey, BCryptKeyDerivation, BCryptExportKey,
    BCryptImportKey, BCryptDuplicateKey,
};

BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE key_encapsulation_functions =
{
    BCRYPT_KEY_ENCAPSULATION_INTERFACE_VERSION_1, HEAD_FUNCTIONS,
    BCryptGenerateKeyPair, BCryptFinalizeKeyPair, BCryptEncapsulate, BCryptDecapsulate,
    BCryptImportKeyPair, BCryptExportKey, BCryptDestroyKey,
};

GetCipherInterfaceFn get_cipher = GetCipherInterface;
GetHashInterfaceFn get_hash = GetHashInterface;
GetAsymmetricEncryptionInterfaceFn get_asymmetric_encryption = GetAsymmetricEncryptionInterface;
GetSecretAgreementInterfaceFn get_secret_agreement = GetSecretAgreementInterface;
GetSignatureInterfaceFn get_signature = GetSignatureInterface;
GetRngInterfaceFn get_rng = GetRngInterface;
GetKeyDerivationInterfaceFn get_key_derivation = GetKeyDerivationInterface;
GetKeyEncapsulationInterfaceFn get_key_encapsulation = GetKeyEncapsulationInterface;

/* The macros with arguments, used as programs use them. */
BOOL use_macros(const BCRYPT_INTERFACE_VERSION *loader, BCRYPT_KEY_HANDLE key);

BOOL use_macros(const BCRYPT_INTERFACE_VERSION *loader, BCRYPT_KEY_HANDLE key)
{
    BCRYPT_INTERFACE_VERSION ours = BCRYPT_MAKE_INTERFACE_VERSION(1 + 1, 0);
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    ULONG result;

    if (!BCRYPT_IS_INTERFACE_VERSION_COMPATIBLE(*loader, ours)) return FALSE;

    BCRYPT_INIT_AUTH_MODE_INFO(info);
    return BCRYPT_SUCCESS(BCryptDecrypt(key, NULL, 0, &info, NULL, 0, NULL, 0, &result, 0));
}
