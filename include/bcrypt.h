/*
 * bcrypt.h - the CNG primitives interface, as of Windows 11 24H2.
 *
 * Written from Microsoft's documentation: names, values and layouts are theirs, the text is ours.
 * Include <windows.h> first, as with the SDK's header. Nothing depends on NTDDI_VERSION or
 * _WIN32_WINNT: everything is visible always, and programs that want to run on an older Windows
 * ask at run time. Providers are written against bcrypt_provider.h.
 *
 * mingw-w64's wincrypt.h includes <bcrypt.h>: the directory of this file must come before the
 * compiler's own, or the older header there takes its place.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_BCRYPT_H
#define OPENCNG_BCRYPT_H

#ifdef __BCRYPT_H__
#error another bcrypt.h was included before this one: name this directory first (-I)
#endif
#define __BCRYPT_H__            /* what other headers ask to know whether CNG is declared */

#ifdef __cplusplus
extern "C" {
#endif

#ifndef WINAPI
#define WINAPI __stdcall
#endif

#if !defined(_NTDEF_) && !defined(_NTSTATUS_PSDK)
#define _NTSTATUS_PSDK
typedef LONG NTSTATUS, *PNTSTATUS;
#endif

#ifndef BCRYPT_SUCCESS
#define BCRYPT_SUCCESS(Status) (((NTSTATUS)(Status)) >= 0)
#endif

/* Statuses of CNG, for programs that include no ntstatus.h; WIN32_NO_STATUS says one follows. */
#ifndef WIN32_NO_STATUS
#ifndef STATUS_SUCCESS
#define STATUS_SUCCESS                  ((NTSTATUS)0x00000000)
#endif
#ifndef STATUS_UNSUCCESSFUL
#define STATUS_UNSUCCESSFUL             ((NTSTATUS)0xC0000001)
#endif
#ifndef STATUS_NOT_IMPLEMENTED
#define STATUS_NOT_IMPLEMENTED          ((NTSTATUS)0xC0000002)
#endif
#ifndef STATUS_INVALID_HANDLE
#define STATUS_INVALID_HANDLE           ((NTSTATUS)0xC0000008)
#endif
#ifndef STATUS_INVALID_PARAMETER
#define STATUS_INVALID_PARAMETER        ((NTSTATUS)0xC000000D)
#endif
#ifndef STATUS_NO_MEMORY
#define STATUS_NO_MEMORY                ((NTSTATUS)0xC0000017)
#endif
#ifndef STATUS_ACCESS_DENIED
#define STATUS_ACCESS_DENIED            ((NTSTATUS)0xC0000022)
#endif
#ifndef STATUS_BUFFER_TOO_SMALL
#define STATUS_BUFFER_TOO_SMALL         ((NTSTATUS)0xC0000023)
#endif
#ifndef STATUS_OBJECT_NAME_COLLISION
#define STATUS_OBJECT_NAME_COLLISION    ((NTSTATUS)0xC0000035)
#endif
#ifndef STATUS_DATA_ERROR
#define STATUS_DATA_ERROR               ((NTSTATUS)0xC000003E)
#endif
#ifndef STATUS_NOT_SUPPORTED
#define STATUS_NOT_SUPPORTED            ((NTSTATUS)0xC00000BB)
#endif
#ifndef STATUS_INTERNAL_ERROR
#define STATUS_INTERNAL_ERROR           ((NTSTATUS)0xC00000E5)
#endif
#ifndef STATUS_INVALID_BUFFER_SIZE
#define STATUS_INVALID_BUFFER_SIZE      ((NTSTATUS)0xC0000206)
#endif
#ifndef STATUS_NOT_FOUND
#define STATUS_NOT_FOUND                ((NTSTATUS)0xC0000225)
#endif
#ifndef STATUS_INVALID_SIGNATURE
#define STATUS_INVALID_SIGNATURE        ((NTSTATUS)0xC000A000)
#endif
#ifndef STATUS_HMAC_NOT_SUPPORTED
#define STATUS_HMAC_NOT_SUPPORTED       ((NTSTATUS)0xC000A001)
#endif
#endif
/* mingw-w64's ntstatus.h lacks this one. */
#if !defined(STATUS_AUTH_TAG_MISMATCH) && (!defined(WIN32_NO_STATUS) || defined(__MINGW32__))
#define STATUS_AUTH_TAG_MISMATCH        ((NTSTATUS)0xC000A002)
#endif

#ifndef CONST
#define CONST const
#endif
#ifndef _NO_W32_PSEUDO_MODIFIERS
#ifndef IN
#define IN
#endif
#ifndef OUT
#define OUT
#endif
#ifndef OPTIONAL
#define OPTIONAL
#endif
#endif

/* Inside CNG only: callers need no alignment, and structures are laid out naturally. */
#define BCRYPT_OBJECT_ALIGNMENT                 16
#define BCRYPT_STRUCT_ALIGNMENT

/* ---- handles and providers ---- */

typedef PVOID BCRYPT_HANDLE;
typedef PVOID BCRYPT_ALG_HANDLE;
typedef PVOID BCRYPT_KEY_HANDLE;
typedef PVOID BCRYPT_HASH_HANDLE;
typedef PVOID BCRYPT_SECRET_HANDLE;

#define MS_PRIMITIVE_PROVIDER                   L"Microsoft Primitive Provider"
#define MS_PLATFORM_CRYPTO_PROVIDER             L"Microsoft Platform Crypto Provider"

/* ---- algorithm names ---- */

#define BCRYPT_RSA_ALGORITHM                    L"RSA"
#define BCRYPT_RSA_SIGN_ALGORITHM               L"RSA_SIGN"
#define BCRYPT_DH_ALGORITHM                     L"DH"
#define BCRYPT_DSA_ALGORITHM                    L"DSA"
#define BCRYPT_RC2_ALGORITHM                    L"RC2"
#define BCRYPT_RC4_ALGORITHM                    L"RC4"
#define BCRYPT_AES_ALGORITHM                    L"AES"
#define BCRYPT_DES_ALGORITHM                    L"DES"
#define BCRYPT_DESX_ALGORITHM                   L"DESX"
#define BCRYPT_3DES_ALGORITHM                   L"3DES"
#define BCRYPT_3DES_112_ALGORITHM               L"3DES_112"
#define BCRYPT_XTS_AES_ALGORITHM                L"XTS-AES"
#define BCRYPT_CHACHA20_POLY1305_ALGORITHM      L"CHACHA20_POLY1305"
#define BCRYPT_MD2_ALGORITHM                    L"MD2"
#define BCRYPT_MD4_ALGORITHM                    L"MD4"
#define BCRYPT_MD5_ALGORITHM                    L"MD5"
#define BCRYPT_SHA1_ALGORITHM                   L"SHA1"
#define BCRYPT_SHA256_ALGORITHM                 L"SHA256"
#define BCRYPT_SHA384_ALGORITHM                 L"SHA384"
#define BCRYPT_SHA512_ALGORITHM                 L"SHA512"
#define BCRYPT_SHA3_256_ALGORITHM               L"SHA3-256"
#define BCRYPT_SHA3_384_ALGORITHM               L"SHA3-384"
#define BCRYPT_SHA3_512_ALGORITHM               L"SHA3-512"
#define BCRYPT_SHAKE128_ALGORITHM               L"SHAKE128"
#define BCRYPT_SHAKE256_ALGORITHM               L"SHAKE256"
#define BCRYPT_CSHAKE128_ALGORITHM              L"CSHAKE128"
#define BCRYPT_CSHAKE256_ALGORITHM              L"CSHAKE256"
#define BCRYPT_KMAC128_ALGORITHM                L"KMAC128"
#define BCRYPT_KMAC256_ALGORITHM                L"KMAC256"
#define BCRYPT_AES_GMAC_ALGORITHM               L"AES-GMAC"
#define BCRYPT_AES_CMAC_ALGORITHM               L"AES-CMAC"
#define BCRYPT_ECDSA_ALGORITHM                  L"ECDSA"
#define BCRYPT_ECDSA_P256_ALGORITHM             L"ECDSA_P256"
#define BCRYPT_ECDSA_P384_ALGORITHM             L"ECDSA_P384"
#define BCRYPT_ECDSA_P521_ALGORITHM             L"ECDSA_P521"
#define BCRYPT_ECDH_ALGORITHM                   L"ECDH"
#define BCRYPT_ECDH_P256_ALGORITHM              L"ECDH_P256"
#define BCRYPT_ECDH_P384_ALGORITHM              L"ECDH_P384"
#define BCRYPT_ECDH_P521_ALGORITHM              L"ECDH_P521"
#define BCRYPT_RNG_ALGORITHM                    L"RNG"
#define BCRYPT_RNG_FIPS186_DSA_ALGORITHM        L"FIPS186DSARNG"
#define BCRYPT_RNG_DUAL_EC_ALGORITHM            L"DUALECRNG"
#define BCRYPT_SP800108_CTR_HMAC_ALGORITHM      L"SP800_108_CTR_HMAC"
#define BCRYPT_SP80056A_CONCAT_ALGORITHM        L"SP800_56A_CONCAT"
#define BCRYPT_PBKDF2_ALGORITHM                 L"PBKDF2"
#define BCRYPT_CAPI_KDF_ALGORITHM               L"CAPI_KDF"
#define BCRYPT_TLS1_1_KDF_ALGORITHM             L"TLS1_1_KDF"
#define BCRYPT_TLS1_2_KDF_ALGORITHM             L"TLS1_2_KDF"
#define BCRYPT_HKDF_ALGORITHM                   L"HKDF"
#define BCRYPT_MLDSA_ALGORITHM                  L"ML-DSA"
#define BCRYPT_SLHDSA_ALGORITHM                 L"SLH-DSA"
#define BCRYPT_LMS_ALGORITHM                    L"LMS"
#define BCRYPT_XMSS_ALGORITHM                   L"XMSS"
#define BCRYPT_MLKEM_ALGORITHM                  L"ML-KEM"
#define BCRYPT_COMPOSITE_MLDSA_ALGORITHM        L"Composite-ML-DSA"
#define BCRYPT_COMPOSITE_MLKEM_ALGORITHM        L"Composite-ML-KEM"

/* ---- pseudo-handles: always open, 1 modulo 16, which no real handle is ---- */

#define BCRYPT_MD2_ALG_HANDLE                   ((BCRYPT_ALG_HANDLE)0x00000001)
#define BCRYPT_MD4_ALG_HANDLE                   ((BCRYPT_ALG_HANDLE)0x00000011)
#define BCRYPT_MD5_ALG_HANDLE                   ((BCRYPT_ALG_HANDLE)0x00000021)
#define BCRYPT_SHA1_ALG_HANDLE                  ((BCRYPT_ALG_HANDLE)0x00000031)
#define BCRYPT_SHA256_ALG_HANDLE                ((BCRYPT_ALG_HANDLE)0x00000041)
#define BCRYPT_SHA384_ALG_HANDLE                ((BCRYPT_ALG_HANDLE)0x00000051)
#define BCRYPT_SHA512_ALG_HANDLE                ((BCRYPT_ALG_HANDLE)0x00000061)
#define BCRYPT_RC4_ALG_HANDLE                   ((BCRYPT_ALG_HANDLE)0x00000071)
#define BCRYPT_RNG_ALG_HANDLE                   ((BCRYPT_ALG_HANDLE)0x00000081)
#define BCRYPT_HMAC_MD5_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x00000091)
#define BCRYPT_HMAC_SHA1_ALG_HANDLE             ((BCRYPT_ALG_HANDLE)0x000000a1)
#define BCRYPT_HMAC_SHA256_ALG_HANDLE           ((BCRYPT_ALG_HANDLE)0x000000b1)
#define BCRYPT_HMAC_SHA384_ALG_HANDLE           ((BCRYPT_ALG_HANDLE)0x000000c1)
#define BCRYPT_HMAC_SHA512_ALG_HANDLE           ((BCRYPT_ALG_HANDLE)0x000000d1)
#define BCRYPT_RSA_ALG_HANDLE                   ((BCRYPT_ALG_HANDLE)0x000000e1)
#define BCRYPT_ECDSA_ALG_HANDLE                 ((BCRYPT_ALG_HANDLE)0x000000f1)
#define BCRYPT_AES_CMAC_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x00000101)
#define BCRYPT_AES_GMAC_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x00000111)
#define BCRYPT_HMAC_MD2_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x00000121)
#define BCRYPT_HMAC_MD4_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x00000131)
#define BCRYPT_3DES_CBC_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x00000141)
#define BCRYPT_3DES_ECB_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x00000151)
#define BCRYPT_3DES_CFB_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x00000161)
#define BCRYPT_3DES_112_CBC_ALG_HANDLE          ((BCRYPT_ALG_HANDLE)0x00000171)
#define BCRYPT_3DES_112_ECB_ALG_HANDLE          ((BCRYPT_ALG_HANDLE)0x00000181)
#define BCRYPT_3DES_112_CFB_ALG_HANDLE          ((BCRYPT_ALG_HANDLE)0x00000191)
#define BCRYPT_AES_CBC_ALG_HANDLE               ((BCRYPT_ALG_HANDLE)0x000001a1)
#define BCRYPT_AES_ECB_ALG_HANDLE               ((BCRYPT_ALG_HANDLE)0x000001b1)
#define BCRYPT_AES_CFB_ALG_HANDLE               ((BCRYPT_ALG_HANDLE)0x000001c1)
#define BCRYPT_AES_CCM_ALG_HANDLE               ((BCRYPT_ALG_HANDLE)0x000001d1)
#define BCRYPT_AES_GCM_ALG_HANDLE               ((BCRYPT_ALG_HANDLE)0x000001e1)
#define BCRYPT_DES_CBC_ALG_HANDLE               ((BCRYPT_ALG_HANDLE)0x000001f1)
#define BCRYPT_DES_ECB_ALG_HANDLE               ((BCRYPT_ALG_HANDLE)0x00000201)
#define BCRYPT_DES_CFB_ALG_HANDLE               ((BCRYPT_ALG_HANDLE)0x00000211)
#define BCRYPT_DESX_CBC_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x00000221)
#define BCRYPT_DESX_ECB_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x00000231)
#define BCRYPT_DESX_CFB_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x00000241)
#define BCRYPT_RC2_CBC_ALG_HANDLE               ((BCRYPT_ALG_HANDLE)0x00000251)
#define BCRYPT_RC2_ECB_ALG_HANDLE               ((BCRYPT_ALG_HANDLE)0x00000261)
#define BCRYPT_RC2_CFB_ALG_HANDLE               ((BCRYPT_ALG_HANDLE)0x00000271)
#define BCRYPT_DH_ALG_HANDLE                    ((BCRYPT_ALG_HANDLE)0x00000281)
#define BCRYPT_ECDH_ALG_HANDLE                  ((BCRYPT_ALG_HANDLE)0x00000291)
#define BCRYPT_ECDH_P256_ALG_HANDLE             ((BCRYPT_ALG_HANDLE)0x000002a1)
#define BCRYPT_ECDH_P384_ALG_HANDLE             ((BCRYPT_ALG_HANDLE)0x000002b1)
#define BCRYPT_ECDH_P521_ALG_HANDLE             ((BCRYPT_ALG_HANDLE)0x000002c1)
#define BCRYPT_DSA_ALG_HANDLE                   ((BCRYPT_ALG_HANDLE)0x000002d1)
#define BCRYPT_ECDSA_P256_ALG_HANDLE            ((BCRYPT_ALG_HANDLE)0x000002e1)
#define BCRYPT_ECDSA_P384_ALG_HANDLE            ((BCRYPT_ALG_HANDLE)0x000002f1)
#define BCRYPT_ECDSA_P521_ALG_HANDLE            ((BCRYPT_ALG_HANDLE)0x00000301)
#define BCRYPT_RSA_SIGN_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x00000311)
#define BCRYPT_CAPI_KDF_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x00000321)
#define BCRYPT_PBKDF2_ALG_HANDLE                ((BCRYPT_ALG_HANDLE)0x00000331)
#define BCRYPT_SP800108_CTR_HMAC_ALG_HANDLE     ((BCRYPT_ALG_HANDLE)0x00000341)
#define BCRYPT_SP80056A_CONCAT_ALG_HANDLE       ((BCRYPT_ALG_HANDLE)0x00000351)
#define BCRYPT_TLS1_1_KDF_ALG_HANDLE            ((BCRYPT_ALG_HANDLE)0x00000361)
#define BCRYPT_TLS1_2_KDF_ALG_HANDLE            ((BCRYPT_ALG_HANDLE)0x00000371)
#define BCRYPT_XTS_AES_ALG_HANDLE               ((BCRYPT_ALG_HANDLE)0x00000381)
#define BCRYPT_HKDF_ALG_HANDLE                  ((BCRYPT_ALG_HANDLE)0x00000391)
#define BCRYPT_CHACHA20_POLY1305_ALG_HANDLE     ((BCRYPT_ALG_HANDLE)0x000003a1)
#define BCRYPT_SHA3_256_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x000003b1)
#define BCRYPT_SHA3_384_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x000003c1)
#define BCRYPT_SHA3_512_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x000003d1)
#define BCRYPT_HMAC_SHA3_256_ALG_HANDLE         ((BCRYPT_ALG_HANDLE)0x000003e1)
#define BCRYPT_HMAC_SHA3_384_ALG_HANDLE         ((BCRYPT_ALG_HANDLE)0x000003f1)
#define BCRYPT_HMAC_SHA3_512_ALG_HANDLE         ((BCRYPT_ALG_HANDLE)0x00000401)
#define BCRYPT_CSHAKE128_ALG_HANDLE             ((BCRYPT_ALG_HANDLE)0x00000411)
#define BCRYPT_CSHAKE256_ALG_HANDLE             ((BCRYPT_ALG_HANDLE)0x00000421)
#define BCRYPT_KMAC128_ALG_HANDLE               ((BCRYPT_ALG_HANDLE)0x00000431)
#define BCRYPT_KMAC256_ALG_HANDLE               ((BCRYPT_ALG_HANDLE)0x00000441)
#define BCRYPT_SHAKE128_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x00000451)
#define BCRYPT_SHAKE256_ALG_HANDLE              ((BCRYPT_ALG_HANDLE)0x00000461)
#define BCRYPT_MLDSA_ALG_HANDLE                 ((BCRYPT_ALG_HANDLE)0x00000471)
#define BCRYPT_MLKEM_ALG_HANDLE                 ((BCRYPT_ALG_HANDLE)0x00000481)
#define BCRYPT_COMPOSITE_MLDSA_ALG_HANDLE       ((BCRYPT_ALG_HANDLE)0x00000491)
#define BCRYPT_COMPOSITE_MLKEM_ALG_HANDLE       ((BCRYPT_ALG_HANDLE)0x000004A1)

/* ---- interfaces, and the bits BCryptEnumAlgorithms takes for them ---- */

#define BCRYPT_CIPHER_INTERFACE                 0x00000001
#define BCRYPT_HASH_INTERFACE                   0x00000002
#define BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE  0x00000003
#define BCRYPT_SECRET_AGREEMENT_INTERFACE       0x00000004
#define BCRYPT_SIGNATURE_INTERFACE              0x00000005
#define BCRYPT_RNG_INTERFACE                    0x00000006
#define BCRYPT_KEY_DERIVATION_INTERFACE         0x00000007
#define BCRYPT_KEY_ENCAPSULATION_INTERFACE      0x00000008

#define BCRYPT_CIPHER_OPERATION                 0x00000001
#define BCRYPT_HASH_OPERATION                   0x00000002
#define BCRYPT_ASYMMETRIC_ENCRYPTION_OPERATION  0x00000004
#define BCRYPT_SECRET_AGREEMENT_OPERATION       0x00000008
#define BCRYPT_SIGNATURE_OPERATION              0x00000010
#define BCRYPT_RNG_OPERATION                    0x00000020
#define BCRYPT_KEY_DERIVATION_OPERATION         0x00000040
#define BCRYPT_KEY_ENCAPSULATION_OPERATION      0x00000080

typedef struct _BCRYPT_INTERFACE_VERSION
{
    USHORT MajorVersion;
    USHORT MinorVersion;
} BCRYPT_INTERFACE_VERSION, *PBCRYPT_INTERFACE_VERSION;

#define BCRYPT_MAKE_INTERFACE_VERSION(major, minor) {(USHORT)(major), (USHORT)(minor)}
#define BCRYPT_IS_INTERFACE_VERSION_COMPATIBLE(loader, provider) \
    ((loader).MajorVersion <= (provider).MajorVersion)

#define BCRYPT_CIPHER_INTERFACE_VERSION_1                BCRYPT_MAKE_INTERFACE_VERSION(1, 0)
#define BCRYPT_HASH_INTERFACE_VERSION_1                  BCRYPT_MAKE_INTERFACE_VERSION(1, 0)
#define BCRYPT_HASH_INTERFACE_MAJORVERSION_2             2
#define BCRYPT_HASH_INTERFACE_VERSION_2 \
    BCRYPT_MAKE_INTERFACE_VERSION(BCRYPT_HASH_INTERFACE_MAJORVERSION_2, 0)
#define BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE_VERSION_1 BCRYPT_MAKE_INTERFACE_VERSION(1, 0)
#define BCRYPT_SECRET_AGREEMENT_INTERFACE_VERSION_1      BCRYPT_MAKE_INTERFACE_VERSION(1, 0)
#define BCRYPT_SIGNATURE_INTERFACE_VERSION_1             BCRYPT_MAKE_INTERFACE_VERSION(1, 0)
#define BCRYPT_RNG_INTERFACE_VERSION_1                   BCRYPT_MAKE_INTERFACE_VERSION(1, 0)
#define BCRYPT_KEY_ENCAPSULATION_INTERFACE_VERSION_1     BCRYPT_MAKE_INTERFACE_VERSION(1, 0)

/* ---- flags ---- */

/* BCryptOpenAlgorithmProvider, and where a handle of that kind is made */
#define BCRYPT_PROV_DISPATCH                    0x00000001
#define BCRYPT_TLS_CBC_HMAC_VERIFY_FLAG         0x00000004  /* BCryptHashData as well */
#define BCRYPT_ALG_HANDLE_HMAC_FLAG             0x00000008
#define BCRYPT_CAPI_AES_FLAG                    0x00000010
#define BCRYPT_HASH_REUSABLE_FLAG               0x00000020  /* BCryptCreateHash as well */
#define BCRYPT_MULTI_FLAG                       0x00000040
#define BCRYPT_EXTENDED_KEYSIZE                 0x00000080  /* BCryptGenerateSymmetricKey too */
#define BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS  0x00000100  /* BCryptGenerateSymmetricKey, XTS */

/* BCryptFinishHash */
#define BCRYPT_HASH_DONT_RESET_FLAG             0x00000001

/* BCryptEncrypt and BCryptDecrypt, symmetric keys */
#define BCRYPT_BLOCK_PADDING                    0x00000001
#define BCRYPT_GENERATE_IV                      0x00000020
#define BCRYPT_BUFFERS_LOCKED_FLAG              0x00000040

/* padding: BCryptEncrypt, BCryptDecrypt, BCryptSignHash, BCryptVerifySignature */
#define BCRYPT_PAD_NONE                         0x00000001
#define BCRYPT_PAD_PKCS1                        0x00000002
#define BCRYPT_PAD_OAEP                         0x00000004
#define BCRYPT_PAD_PSS                          0x00000008
#define BCRYPT_PAD_PKCS1_OPTIONAL_HASH_OID      0x00000010
#define BCRYPT_PAD_PQDSA                        0x00000020
#define BCRYPT_MLDSA_EXTERNAL_MU                0x00000040

/* bits of BCRYPT_PADDING_SCHEMES */
#define BCRYPT_SUPPORTED_PAD_ROUTER             0x00000001
#define BCRYPT_SUPPORTED_PAD_PKCS1_ENC          0x00000002
#define BCRYPT_SUPPORTED_PAD_PKCS1_SIG          0x00000004
#define BCRYPT_SUPPORTED_PAD_OAEP               0x00000008
#define BCRYPT_SUPPORTED_PAD_PSS                0x00000010

/* BCryptImportKeyPair; RANGE_AND_ORDER for BCryptFinalizeKeyPair as well. It holds both bits. */
#define BCRYPT_NO_KEY_VALIDATION                0x00000008
#define BCRYPT_KEY_VALIDATION_RANGE             0x00000010
#define BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER   0x00000018
#define BCRYPT_KEY_VALIDATION_REGENERATE        0x00000020

/* BCryptGenRandom */
#define BCRYPT_RNG_USE_ENTROPY_IN_BUFFER        0x00000001
#define BCRYPT_USE_SYSTEM_PREFERRED_RNG         0x00000002

/* defined for BCryptGetProperty and BCryptSetProperty, used by neither */
#define BCRYPT_PUBLIC_KEY_FLAG                  0x00000001
#define BCRYPT_PRIVATE_KEY_FLAG                 0x00000002

/* ---- properties ---- */

#define BCRYPT_OBJECT_LENGTH                    L"ObjectLength"
#define BCRYPT_ALGORITHM_NAME                   L"AlgorithmName"
#define BCRYPT_PROVIDER_HANDLE                  L"ProviderHandle"
#define BCRYPT_CHAINING_MODE                    L"ChainingMode"
#define BCRYPT_BLOCK_LENGTH                     L"BlockLength"
#define BCRYPT_KEY_LENGTH                       L"KeyLength"
#define BCRYPT_KEY_OBJECT_LENGTH                L"KeyObjectLength"
#define BCRYPT_KEY_STRENGTH                     L"KeyStrength"
#define BCRYPT_KEY_LENGTHS                      L"KeyLengths"
#define BCRYPT_BLOCK_SIZE_LIST                  L"BlockSizeList"
#define BCRYPT_EFFECTIVE_KEY_LENGTH             L"EffectiveKeyLength"
#define BCRYPT_HASH_LENGTH                      L"HashDigestLength"
#define BCRYPT_HASH_OID_LIST                    L"HashOIDList"
#define BCRYPT_PADDING_SCHEMES                  L"PaddingSchemes"
#define BCRYPT_SIGNATURE_LENGTH                 L"SignatureLength"
#define BCRYPT_HASH_BLOCK_LENGTH                L"HashBlockLength"
#define BCRYPT_AUTH_TAG_LENGTH                  L"AuthTagLength"
#define BCRYPT_FUNCTION_NAME_STRING             L"FunctionNameString"
#define BCRYPT_CUSTOMIZATION_STRING             L"CustomizationString"
#define BCRYPT_PRIMITIVE_TYPE                   L"PrimitiveType"
#define BCRYPT_IS_KEYED_HASH                    L"IsKeyedHash"
#define BCRYPT_IS_REUSABLE_HASH                 L"IsReusableHash"
#define BCRYPT_MESSAGE_BLOCK_LENGTH             L"MessageBlockLength"
#define BCRYPT_PUBLIC_KEY_LENGTH                L"PublicKeyLength"
#define BCRYPT_PCP_PLATFORM_TYPE_PROPERTY       L"PCP_PLATFORM_TYPE"
#define BCRYPT_PCP_PROVIDER_VERSION_PROPERTY    L"PCP_PROVIDER_VERSION"
#define BCRYPT_MULTI_OBJECT_LENGTH              L"MultiObjectLength"
#define BCRYPT_IS_IFX_TPM_WEAK_KEY              L"IsIfxTpmWeakKey"
#define BCRYPT_HKDF_HASH_ALGORITHM              L"HkdfHashAlgorithm"
#define BCRYPT_HKDF_SALT_AND_FINALIZE           L"HkdfSaltAndFinalize"
#define BCRYPT_HKDF_PRK_AND_FINALIZE            L"HkdfPrkAndFinalize"
#define BCRYPT_KEM_SHARED_SECRET_LENGTH         L"KEMSharedSecretLength"
#define BCRYPT_KEM_CIPHERTEXT_LENGTH            L"KEMCiphertextLength"
#define BCRYPT_PARAMETER_SET_NAME               L"ParameterSetName"
#define BCRYPT_INITIALIZATION_VECTOR            L"IV"
#define BCRYPT_GLOBAL_PARAMETERS                L"SecretAgreementParam"
#define BCRYPT_PRIVATE_KEY                      L"PrivKeyVal"
#define BCRYPT_DH_PARAMETERS                    L"DHParameters"
#define BCRYPT_DSA_PARAMETERS                   L"DSAParameters"
#define BCRYPT_ECC_PARAMETERS                   L"ECCParameters"
#define BCRYPT_ECC_CURVE_NAME                   L"ECCCurveName"
#define BCRYPT_ECC_CURVE_NAME_LIST              L"ECCCurveNameList"

/* values of BCRYPT_CHAINING_MODE */
#define BCRYPT_CHAIN_MODE_NA                    L"ChainingModeN/A"
#define BCRYPT_CHAIN_MODE_CBC                   L"ChainingModeCBC"
#define BCRYPT_CHAIN_MODE_ECB                   L"ChainingModeECB"
#define BCRYPT_CHAIN_MODE_CFB                   L"ChainingModeCFB"
#define BCRYPT_CHAIN_MODE_CCM                   L"ChainingModeCCM"
#define BCRYPT_CHAIN_MODE_GCM                   L"ChainingModeGCM"

/* values of BCRYPT_PARAMETER_SET_NAME */
#define BCRYPT_MLDSA_PARAMETER_SET_44           L"44"
#define BCRYPT_MLDSA_PARAMETER_SET_65           L"65"
#define BCRYPT_MLDSA_PARAMETER_SET_87           L"87"
#define BCRYPT_SLHDSA_PARAMETER_SET_SHA2_128S   L"SHA2-128s"
#define BCRYPT_SLHDSA_PARAMETER_SET_SHAKE_128S  L"SHAKE-128s"
#define BCRYPT_SLHDSA_PARAMETER_SET_SHA2_128F   L"SHA2-128f"
#define BCRYPT_SLHDSA_PARAMETER_SET_SHAKE_128F  L"SHAKE-128f"
#define BCRYPT_SLHDSA_PARAMETER_SET_SHA2_192S   L"SHA2-192s"
#define BCRYPT_SLHDSA_PARAMETER_SET_SHAKE_192S  L"SHAKE-192s"
#define BCRYPT_SLHDSA_PARAMETER_SET_SHA2_192F   L"SHA2-192f"
#define BCRYPT_SLHDSA_PARAMETER_SET_SHAKE_192F  L"SHAKE-192f"
#define BCRYPT_SLHDSA_PARAMETER_SET_SHA2_256S   L"SHA2-256s"
#define BCRYPT_SLHDSA_PARAMETER_SET_SHAKE_256S  L"SHAKE-256s"
#define BCRYPT_SLHDSA_PARAMETER_SET_SHA2_256F   L"SHA2-256f"
#define BCRYPT_SLHDSA_PARAMETER_SET_SHAKE_256F  L"SHAKE-256f"
#define BCRYPT_MLKEM_PARAMETER_SET_512          L"512"
#define BCRYPT_MLKEM_PARAMETER_SET_768          L"768"
#define BCRYPT_MLKEM_PARAMETER_SET_1024         L"1024"
#define BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_44_ECDSA_P256_SHA256 L"44-ECDSA-P256-SHA256"
#define BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_65_ECDSA_P256_SHA512 L"65-ECDSA-P256-SHA512"
#define BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_65_ECDSA_P384_SHA512 L"65-ECDSA-P384-SHA512"
#define BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_87_ECDSA_P384_SHA512 L"87-ECDSA-P384-SHA512"
#define BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_P256             L"768-P256"
#define BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_X25519           L"768-X25519"
#define BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_1024_P384            L"1024-P384"

/* values of BCRYPT_ECC_CURVE_NAME */
#define BCRYPT_ECC_CURVE_BRAINPOOLP160R1        L"brainpoolP160r1"
#define BCRYPT_ECC_CURVE_BRAINPOOLP160T1        L"brainpoolP160t1"
#define BCRYPT_ECC_CURVE_BRAINPOOLP192R1        L"brainpoolP192r1"
#define BCRYPT_ECC_CURVE_BRAINPOOLP192T1        L"brainpoolP192t1"
#define BCRYPT_ECC_CURVE_BRAINPOOLP224R1        L"brainpoolP224r1"
#define BCRYPT_ECC_CURVE_BRAINPOOLP224T1        L"brainpoolP224t1"
#define BCRYPT_ECC_CURVE_BRAINPOOLP256R1        L"brainpoolP256r1"
#define BCRYPT_ECC_CURVE_BRAINPOOLP256T1        L"brainpoolP256t1"
#define BCRYPT_ECC_CURVE_BRAINPOOLP320R1        L"brainpoolP320r1"
#define BCRYPT_ECC_CURVE_BRAINPOOLP320T1        L"brainpoolP320t1"
#define BCRYPT_ECC_CURVE_BRAINPOOLP384R1        L"brainpoolP384r1"
#define BCRYPT_ECC_CURVE_BRAINPOOLP384T1        L"brainpoolP384t1"
#define BCRYPT_ECC_CURVE_BRAINPOOLP512R1        L"brainpoolP512r1"
#define BCRYPT_ECC_CURVE_BRAINPOOLP512T1        L"brainpoolP512t1"
#define BCRYPT_ECC_CURVE_25519                  L"curve25519"
#define BCRYPT_ECC_CURVE_EC192WAPI              L"ec192wapi"
#define BCRYPT_ECC_CURVE_NISTP192               L"nistP192"
#define BCRYPT_ECC_CURVE_NISTP224               L"nistP224"
#define BCRYPT_ECC_CURVE_NISTP256               L"nistP256"
#define BCRYPT_ECC_CURVE_NISTP384               L"nistP384"
#define BCRYPT_ECC_CURVE_NISTP521               L"nistP521"
#define BCRYPT_ECC_CURVE_NUMSP256T1             L"numsP256t1"
#define BCRYPT_ECC_CURVE_NUMSP384T1             L"numsP384t1"
#define BCRYPT_ECC_CURVE_NUMSP512T1             L"numsP512t1"
#define BCRYPT_ECC_CURVE_SECP160K1              L"secP160k1"
#define BCRYPT_ECC_CURVE_SECP160R1              L"secP160r1"
#define BCRYPT_ECC_CURVE_SECP160R2              L"secP160r2"
#define BCRYPT_ECC_CURVE_SECP192K1              L"secP192k1"
#define BCRYPT_ECC_CURVE_SECP192R1              L"secP192r1"
#define BCRYPT_ECC_CURVE_SECP224K1              L"secP224k1"
#define BCRYPT_ECC_CURVE_SECP224R1              L"secP224r1"
#define BCRYPT_ECC_CURVE_SECP256K1              L"secP256k1"
#define BCRYPT_ECC_CURVE_SECP256R1              L"secP256r1"
#define BCRYPT_ECC_CURVE_SECP384R1              L"secP384r1"
#define BCRYPT_ECC_CURVE_SECP521R1              L"secP521r1"
#define BCRYPT_ECC_CURVE_WTLS7                  L"wtls7"
#define BCRYPT_ECC_CURVE_WTLS9                  L"wtls9"
#define BCRYPT_ECC_CURVE_WTLS12                 L"wtls12"
#define BCRYPT_ECC_CURVE_X962P192V1             L"x962P192v1"
#define BCRYPT_ECC_CURVE_X962P192V2             L"x962P192v2"
#define BCRYPT_ECC_CURVE_X962P192V3             L"x962P192v3"
#define BCRYPT_ECC_CURVE_X962P239V1             L"x962P239v1"
#define BCRYPT_ECC_CURVE_X962P239V2             L"x962P239v2"
#define BCRYPT_ECC_CURVE_X962P239V3             L"x962P239v3"
#define BCRYPT_ECC_CURVE_X962P256V1             L"x962P256v1"

typedef struct __BCRYPT_KEY_LENGTHS_STRUCT
{
    ULONG dwMinLength;
    ULONG dwMaxLength;
    ULONG dwIncrement;
} BCRYPT_KEY_LENGTHS_STRUCT;

typedef BCRYPT_KEY_LENGTHS_STRUCT BCRYPT_AUTH_TAG_LENGTHS_STRUCT;

typedef struct _BCRYPT_OID
{
    ULONG  cbOID;
    PUCHAR pbOID;
} BCRYPT_OID;

typedef struct _BCRYPT_OID_LIST
{
    ULONG       dwOIDCount;
    BCRYPT_OID *pOIDs;
} BCRYPT_OID_LIST;

typedef struct _BCRYPT_ECC_CURVE_NAMES
{
    ULONG   dwEccCurveNames;
    LPWSTR *pEccCurveNames;
} BCRYPT_ECC_CURVE_NAMES;

typedef struct _BCRYPT_MULTI_OBJECT_LENGTH_STRUCT
{
    ULONG cbPerObject;
    ULONG cbPerElement;
} BCRYPT_MULTI_OBJECT_LENGTH_STRUCT;

/* ---- key derivation: BCryptDeriveKey names, then the buffers of its parameter list ---- */

#define BCRYPT_KDF_HASH                         L"HASH"
#define BCRYPT_KDF_HMAC                         L"HMAC"
#define BCRYPT_KDF_TLS_PRF                      L"TLS_PRF"
#define BCRYPT_KDF_SP80056A_CONCAT              L"SP800_56A_CONCAT"
#define BCRYPT_KDF_RAW_SECRET                   L"TRUNCATE"
#define BCRYPT_KDF_HKDF                         L"HKDF"

#define KDF_HASH_ALGORITHM                      0x0
#define KDF_SECRET_PREPEND                      0x1
#define KDF_SECRET_APPEND                       0x2
#define KDF_HMAC_KEY                            0x3
#define KDF_TLS_PRF_LABEL                       0x4
#define KDF_TLS_PRF_SEED                        0x5
#define KDF_SECRET_HANDLE                       0x6
#define KDF_TLS_PRF_PROTOCOL                    0x7
#define KDF_ALGORITHMID                         0x8
#define KDF_PARTYUINFO                          0x9
#define KDF_PARTYVINFO                          0xA
#define KDF_SUPPPUBINFO                         0xB
#define KDF_SUPPPRIVINFO                        0xC
#define KDF_LABEL                               0xD
#define KDF_CONTEXT                             0xE
#define KDF_SALT                                0xF
#define KDF_ITERATION_COUNT                     0x10
#define KDF_GENERIC_PARAMETER                   0x11
#define KDF_KEYBITLENGTH                        0x12
#define KDF_HKDF_SALT                           0x13
#define KDF_HKDF_INFO                           0x14

#define KDF_USE_SECRET_AS_HMAC_KEY_FLAG         0x1

#define BCRYPTBUFFER_VERSION                    0

typedef struct _BCryptBuffer
{
    ULONG cbBuffer;
    ULONG BufferType;
    PVOID pvBuffer;
} BCryptBuffer, *PBCryptBuffer;

typedef struct _BCryptBufferDesc
{
    ULONG         ulVersion;
    ULONG         cBuffers;
    PBCryptBuffer pBuffers;
} BCryptBufferDesc, *PBCryptBufferDesc;

/* ---- padding and authentication ---- */

typedef struct _BCRYPT_PKCS1_PADDING_INFO
{
    LPCWSTR pszAlgId;
} BCRYPT_PKCS1_PADDING_INFO;

typedef struct _BCRYPT_PSS_PADDING_INFO
{
    LPCWSTR pszAlgId;
    ULONG   cbSalt;
} BCRYPT_PSS_PADDING_INFO;

typedef struct _BCRYPT_OAEP_PADDING_INFO
{
    LPCWSTR pszAlgId;
    PUCHAR  pbLabel;
    ULONG   cbLabel;
} BCRYPT_OAEP_PADDING_INFO;

typedef struct _BCRYPT_PQDSA_PADDING_INFO
{
    PUCHAR  pbCtx;
    ULONG   cbCtx;
    LPCWSTR pszPrehashAlgId;
} BCRYPT_PQDSA_PADDING_INFO;

#define BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO_VERSION 1

#define BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG       0x00000001
#define BCRYPT_AUTH_MODE_IN_PROGRESS_FLAG       0x00000002

typedef struct _BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO
{
    ULONG     cbSize;
    ULONG     dwInfoVersion;
    PUCHAR    pbNonce;
    ULONG     cbNonce;
    PUCHAR    pbAuthData;
    ULONG     cbAuthData;
    PUCHAR    pbTag;
    ULONG     cbTag;
    PUCHAR    pbMacContext;
    ULONG     cbMacContext;
    ULONG     cbAAD;
    ULONGLONG cbData;
    ULONG     dwFlags;
} BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO, *PBCRYPT_AUTHENTICATED_CIPHER_MODE_INFO;

#define BCRYPT_INIT_AUTH_MODE_INFO(_AUTH_INFO_STRUCT_) \
    { \
        RtlZeroMemory(&(_AUTH_INFO_STRUCT_), sizeof(BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO)); \
        (_AUTH_INFO_STRUCT_).cbSize = sizeof(BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO); \
        (_AUTH_INFO_STRUCT_).dwInfoVersion = BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO_VERSION; \
    }

/* ---- multi-hash ---- */

typedef enum
{
    BCRYPT_HASH_OPERATION_HASH_DATA = 1,
    BCRYPT_HASH_OPERATION_FINISH_HASH = 2
} BCRYPT_HASH_OPERATION_TYPE;

typedef struct _BCRYPT_MULTI_HASH_OPERATION
{
    ULONG                      iHash;
    BCRYPT_HASH_OPERATION_TYPE hashOperation;
    PUCHAR                     pbBuffer;
    ULONG                      cbBuffer;
} BCRYPT_MULTI_HASH_OPERATION;

typedef enum
{
    BCRYPT_OPERATION_TYPE_HASH = 1
} BCRYPT_MULTI_OPERATION_TYPE;

/* ---- key blobs: numbers follow their header, big-endian ---- */

#define BCRYPT_OPAQUE_KEY_BLOB                  L"OpaqueKeyBlob"
#define BCRYPT_KEY_DATA_BLOB                    L"KeyDataBlob"
#define BCRYPT_AES_WRAP_KEY_BLOB                L"Rfc3565KeyWrapBlob"
#define BCRYPT_PKCS11_RSA_AES_WRAP_KEY_BLOB     L"PKCS11RsaAesWrapBlob"
#define BCRYPT_PUBLIC_KEY_BLOB                  L"PUBLICBLOB"
#define BCRYPT_PRIVATE_KEY_BLOB                 L"PRIVATEBLOB"
#define BCRYPT_RSAPUBLIC_BLOB                   L"RSAPUBLICBLOB"
#define BCRYPT_RSAPRIVATE_BLOB                  L"RSAPRIVATEBLOB"
#define BCRYPT_RSAFULLPRIVATE_BLOB              L"RSAFULLPRIVATEBLOB"
#define LEGACY_RSAPUBLIC_BLOB                   L"CAPIPUBLICBLOB"
#define LEGACY_RSAPRIVATE_BLOB                  L"CAPIPRIVATEBLOB"
#define BCRYPT_ECCPUBLIC_BLOB                   L"ECCPUBLICBLOB"
#define BCRYPT_ECCPRIVATE_BLOB                  L"ECCPRIVATEBLOB"
#define BCRYPT_ECCFULLPUBLIC_BLOB               L"ECCFULLPUBLICBLOB"
#define BCRYPT_ECCFULLPRIVATE_BLOB              L"ECCFULLPRIVATEBLOB"
#define SSL_ECCPUBLIC_BLOB                      L"SSLECCPUBLICBLOB"
#define TLS_13_PRE_SHARED_KEY                   L"TLS13PRESHAREDKEY"
#define BCRYPT_DH_PUBLIC_BLOB                   L"DHPUBLICBLOB"
#define BCRYPT_DH_PRIVATE_BLOB                  L"DHPRIVATEBLOB"
#define LEGACY_DH_PUBLIC_BLOB                   L"CAPIDHPUBLICBLOB"
#define LEGACY_DH_PRIVATE_BLOB                  L"CAPIDHPRIVATEBLOB"
#define BCRYPT_DSA_PUBLIC_BLOB                  L"DSAPUBLICBLOB"
#define BCRYPT_DSA_PRIVATE_BLOB                 L"DSAPRIVATEBLOB"
#define LEGACY_DSA_PUBLIC_BLOB                  L"CAPIDSAPUBLICBLOB"
#define LEGACY_DSA_PRIVATE_BLOB                 L"CAPIDSAPRIVATEBLOB"
#define LEGACY_DSA_V2_PUBLIC_BLOB               L"V2CAPIDSAPUBLICBLOB"
#define LEGACY_DSA_V2_PRIVATE_BLOB              L"V2CAPIDSAPRIVATEBLOB"
#define BCRYPT_PQDSA_PUBLIC_BLOB                L"PQDSAPUBLICBLOB"
#define BCRYPT_PQDSA_PRIVATE_BLOB               L"PQDSAPRIVATEBLOB"
#define BCRYPT_PQDSA_PRIVATE_SEED_BLOB          L"PQDSAPRIVATESEEDBLOB"
#define BCRYPT_MLKEM_PUBLIC_BLOB                L"MLKEMPUBLICBLOB"
#define BCRYPT_MLKEM_PRIVATE_BLOB               L"MLKEMPRIVATEBLOB"
#define BCRYPT_MLKEM_PRIVATE_SEED_BLOB          L"MLKEMPRIVATESEEDBLOB"
#define BCRYPT_MLKEM_ENCAPSULATION_BLOB         BCRYPT_MLKEM_PUBLIC_BLOB
#define BCRYPT_MLKEM_DECAPSULATION_BLOB         BCRYPT_MLKEM_PRIVATE_BLOB
/* As .NET has them: Microsoft's documentation names the constants, not what stands in them. */
#define BCRYPT_COMPOSITE_MLKEM_PUBLIC_BLOB      L"COMPMLKEMPUBLICBLOB"
#define BCRYPT_COMPOSITE_MLKEM_PRIVATE_BLOB     L"COMPMLKEMPRIVATELAMPSBLOB"
#define BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_BLOB L"COMPMLKEMPRIVATEIRTFSEEDBLOB"

#define BCRYPT_KEY_DATA_BLOB_MAGIC              0x4d42444b  /* KDBM */
#define BCRYPT_KEY_DATA_BLOB_VERSION1           0x1
#define BCRYPT_PKCS11_RSA_AES_WRAP_BLOB_MAGIC   0x57504152  /* RAPW */
#define BCRYPT_RSAPUBLIC_MAGIC                  0x31415352  /* RSA1 */
#define BCRYPT_RSAPRIVATE_MAGIC                 0x32415352  /* RSA2 */
#define BCRYPT_RSAFULLPRIVATE_MAGIC             0x33415352  /* RSA3 */
#define BCRYPT_ECDH_PUBLIC_P256_MAGIC           0x314B4345  /* ECK1 */
#define BCRYPT_ECDH_PRIVATE_P256_MAGIC          0x324B4345  /* ECK2 */
#define BCRYPT_ECDH_PUBLIC_P384_MAGIC           0x334B4345  /* ECK3 */
#define BCRYPT_ECDH_PRIVATE_P384_MAGIC          0x344B4345  /* ECK4 */
#define BCRYPT_ECDH_PUBLIC_P521_MAGIC           0x354B4345  /* ECK5 */
#define BCRYPT_ECDH_PRIVATE_P521_MAGIC          0x364B4345  /* ECK6 */
#define BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC        0x504B4345  /* ECKP */
#define BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC       0x564B4345  /* ECKV */
#define BCRYPT_ECDSA_PUBLIC_P256_MAGIC          0x31534345  /* ECS1 */
#define BCRYPT_ECDSA_PRIVATE_P256_MAGIC         0x32534345  /* ECS2 */
#define BCRYPT_ECDSA_PUBLIC_P384_MAGIC          0x33534345  /* ECS3 */
#define BCRYPT_ECDSA_PRIVATE_P384_MAGIC         0x34534345  /* ECS4 */
#define BCRYPT_ECDSA_PUBLIC_P521_MAGIC          0x35534345  /* ECS5 */
#define BCRYPT_ECDSA_PRIVATE_P521_MAGIC         0x36534345  /* ECS6 */
#define BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC       0x50444345  /* ECDP */
#define BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC      0x56444345  /* ECDV */
#define BCRYPT_ECC_PARAMETERS_MAGIC             0x50434345  /* ECCP */
#define BCRYPT_ECC_FULLKEY_BLOB_V1              0x1
#define BCRYPT_DH_PUBLIC_MAGIC                  0x42504844  /* DHPB */
#define BCRYPT_DH_PRIVATE_MAGIC                 0x56504844  /* DHPV */
#define BCRYPT_DH_PARAMETERS_MAGIC              0x4d504844  /* DHPM */
#define BCRYPT_DSA_PUBLIC_MAGIC                 0x42505344  /* DSPB */
#define BCRYPT_DSA_PRIVATE_MAGIC                0x56505344  /* DSPV */
#define BCRYPT_DSA_PUBLIC_MAGIC_V2              0x32425044  /* DPB2 */
#define BCRYPT_DSA_PRIVATE_MAGIC_V2             0x32565044  /* DPV2 */
#define BCRYPT_DSA_PARAMETERS_MAGIC             0x4d505344  /* DSPM */
#define BCRYPT_DSA_PARAMETERS_MAGIC_V2          0x324d5044  /* DPM2 */
#define BCRYPT_MLDSA_PUBLIC_MAGIC               0x4B505344  /* DSPK */
#define BCRYPT_MLDSA_PRIVATE_MAGIC              0x4B535344  /* DSSK */
#define BCRYPT_MLDSA_PRIVATE_SEED_MAGIC         0x53535344  /* DSSS */
#define BCRYPT_SLHDSA_PUBLIC_MAGIC              0x4B504853  /* SHPK */
#define BCRYPT_SLHDSA_PRIVATE_MAGIC             0x4B534853  /* SHSK */
#define BCRYPT_LMS_PUBLIC_MAGIC                 0x4B504D4C  /* LMPK */
#define BCRYPT_XMSS_PUBLIC_MAGIC                0x4B504D58  /* XMPK */
#define BCRYPT_MLKEM_PUBLIC_MAGIC               0x504B4C4D  /* MLKP */
#define BCRYPT_MLKEM_PRIVATE_MAGIC              0x524B4C4D  /* MLKR */
#define BCRYPT_MLKEM_PRIVATE_SEED_MAGIC         0x534B4C4D  /* MLKS */
#define BCRYPT_COMPOSITE_MLDSA_PUBLIC_MAGIC     0x4B504D43  /* CMPK */
#define BCRYPT_COMPOSITE_MLDSA_PRIVATE_MAGIC    0x4B534D43  /* CMSK */
#define BCRYPT_COMPOSITE_MLKEM_PUBLIC_MAGIC     0x504B4D43  /* CMKP */
#define BCRYPT_COMPOSITE_MLKEM_PRIVATE_MAGIC    0x524B4D43  /* CMKR */
#define BCRYPT_COMPOSITE_MLKEM_PRIVATE_IRTF_SEED_MAGIC 0x534B4D43  /* CMKS */

typedef struct _BCRYPT_KEY_BLOB
{
    ULONG Magic;
} BCRYPT_KEY_BLOB;

typedef struct _BCRYPT_KEY_DATA_BLOB_HEADER
{
    ULONG dwMagic;
    ULONG dwVersion;
    ULONG cbKeyData;
} BCRYPT_KEY_DATA_BLOB_HEADER, *PBCRYPT_KEY_DATA_BLOB_HEADER;

typedef struct _BCRYPT_PKCS11_RSA_AES_WRAP_BLOB
{
    ULONG dwMagic;
    ULONG cbKey;
    ULONG cbPaddingAlgId;
    ULONG cbPaddingLabel;
} BCRYPT_PKCS11_RSA_AES_WRAP_BLOB, *PBCRYPT_PKCS11_RSA_AES_WRAP_BLOB;

typedef struct _BCRYPT_RSAKEY_BLOB
{
    ULONG Magic;
    ULONG BitLength;
    ULONG cbPublicExp;
    ULONG cbModulus;
    ULONG cbPrime1;
    ULONG cbPrime2;
} BCRYPT_RSAKEY_BLOB;

typedef struct _BCRYPT_ECCKEY_BLOB
{
    ULONG dwMagic;
    ULONG cbKey;
} BCRYPT_ECCKEY_BLOB, *PBCRYPT_ECCKEY_BLOB;

typedef struct _SSL_ECCKEY_BLOB
{
    ULONG dwCurveType;
    ULONG cbKey;
} SSL_ECCKEY_BLOB, *PSSL_ECCKEY_BLOB;

typedef enum
{
    BCRYPT_ECC_PRIME_SHORT_WEIERSTRASS_CURVE = 0x1,
    BCRYPT_ECC_PRIME_TWISTED_EDWARDS_CURVE = 0x2,
    BCRYPT_ECC_PRIME_MONTGOMERY_CURVE = 0x3
} ECC_CURVE_TYPE_ENUM;

typedef enum
{
    BCRYPT_NO_CURVE_GENERATION_ALG_ID = 0x0
} ECC_CURVE_ALG_ID_ENUM;

typedef struct _BCRYPT_ECCFULLKEY_BLOB
{
    ULONG                 dwMagic;
    ULONG                 dwVersion;
    ECC_CURVE_TYPE_ENUM   dwCurveType;
    ECC_CURVE_ALG_ID_ENUM dwCurveGenerationAlgId;
    ULONG                 cbFieldLength;
    ULONG                 cbSubgroupOrder;
    ULONG                 cbCofactor;
    ULONG                 cbSeed;
} BCRYPT_ECCFULLKEY_BLOB, *PBCRYPT_ECCFULLKEY_BLOB;

typedef struct _BCRYPT_DH_KEY_BLOB
{
    ULONG dwMagic;
    ULONG cbKey;
} BCRYPT_DH_KEY_BLOB, *PBCRYPT_DH_KEY_BLOB;

typedef struct _BCRYPT_DH_PARAMETER_HEADER
{
    ULONG cbLength;
    ULONG dwMagic;
    ULONG cbKeyLength;
} BCRYPT_DH_PARAMETER_HEADER;

typedef enum
{
    DSA_HASH_ALGORITHM_SHA1,
    DSA_HASH_ALGORITHM_SHA256,
    DSA_HASH_ALGORITHM_SHA512
} HASHALGORITHM_ENUM;

typedef enum
{
    DSA_FIPS186_2,
    DSA_FIPS186_3
} DSAFIPSVERSION_ENUM;

typedef struct _BCRYPT_DSA_KEY_BLOB
{
    ULONG dwMagic;
    ULONG cbKey;
    UCHAR Count[4];
    UCHAR Seed[20];
    UCHAR q[20];
} BCRYPT_DSA_KEY_BLOB, *PBCRYPT_DSA_KEY_BLOB;

typedef struct _BCRYPT_DSA_KEY_BLOB_V2
{
    ULONG               dwMagic;
    ULONG               cbKey;
    HASHALGORITHM_ENUM  hashAlgorithm;
    DSAFIPSVERSION_ENUM standardVersion;
    ULONG               cbSeedLength;
    ULONG               cbGroupSize;
    UCHAR               Count[4];
} BCRYPT_DSA_KEY_BLOB_V2, *PBCRYPT_DSA_KEY_BLOB_V2;

typedef struct _BCRYPT_DSA_PARAMETER_HEADER
{
    ULONG cbLength;
    ULONG dwMagic;
    ULONG cbKeyLength;
    UCHAR Count[4];
    UCHAR Seed[20];
    UCHAR q[20];
} BCRYPT_DSA_PARAMETER_HEADER;

typedef struct _BCRYPT_DSA_PARAMETER_HEADER_V2
{
    ULONG               cbLength;
    ULONG               dwMagic;
    ULONG               cbKeyLength;
    HASHALGORITHM_ENUM  hashAlgorithm;
    DSAFIPSVERSION_ENUM standardVersion;
    ULONG               cbSeedLength;
    ULONG               cbGroupSize;
    UCHAR               Count[4];
} BCRYPT_DSA_PARAMETER_HEADER_V2;

/* The parameter set's name follows, cbParameterSet bytes with its NUL, then cbKey bytes of key. */
typedef struct BCRYPT_PQDSA_KEY_BLOB
{
    ULONG dwMagic;
    ULONG cbParameterSet;
    ULONG cbKey;
} BCRYPT_PQDSA_KEY_BLOB, *PBCRYPT_PQDSA_KEY_BLOB;

typedef struct BCRYPT_MLKEM_KEY_BLOB
{
    ULONG dwMagic;
    ULONG cbParameterSet;
    ULONG cbKey;
} BCRYPT_MLKEM_KEY_BLOB, *PBCRYPT_MLKEM_KEY_BLOB;

typedef struct _BCRYPT_COMPOSITE_MLKEM_KEY_BLOB
{
    ULONG dwMagic;
    ULONG cbParameterSet;
    ULONG cbKey;
} BCRYPT_COMPOSITE_MLKEM_KEY_BLOB, *PBCRYPT_COMPOSITE_MLKEM_KEY_BLOB;

/* ---- enumeration and configuration ---- */

typedef struct _BCRYPT_ALGORITHM_IDENTIFIER
{
    LPWSTR pszName;
    ULONG  dwClass;
    ULONG  dwFlags;
} BCRYPT_ALGORITHM_IDENTIFIER;

typedef struct _BCRYPT_PROVIDER_NAME
{
    LPWSTR pszProviderName;
} BCRYPT_PROVIDER_NAME;

#define CRYPT_MIN_DEPENDENCIES                  (0x00000001)
#define CRYPT_PROCESS_ISOLATE                   (0x00010000)

#define CRYPT_UM                                (0x00000001)
#define CRYPT_KM                                (0x00000002)
#define CRYPT_MM                                (0x00000003)
#define CRYPT_ANY                               (0x00000004)

#define CRYPT_OVERWRITE                         (0x00000001)

#define CRYPT_LOCAL                             (0x00000001)
#define CRYPT_DOMAIN                            (0x00000002)

#define CRYPT_EXCLUSIVE                         (0x00000001)
#define CRYPT_OVERRIDE                          (0x00010000)

#define CRYPT_ALL_FUNCTIONS                     (0x00000001)
#define CRYPT_ALL_PROVIDERS                     (0x00000002)

#define CRYPT_PRIORITY_TOP                      (0x00000000)
#define CRYPT_PRIORITY_BOTTOM                   (0xFFFFFFFF)

#define CRYPT_DEFAULT_CONTEXT                   L"Default"

typedef struct _CRYPT_INTERFACE_REG
{
    ULONG  dwInterface;
    ULONG  dwFlags;
    ULONG  cFunctions;
    PWSTR *rgpszFunctions;
} CRYPT_INTERFACE_REG, *PCRYPT_INTERFACE_REG;

typedef struct _CRYPT_IMAGE_REG
{
    PWSTR                 pszImage;
    ULONG                 cInterfaces;
    PCRYPT_INTERFACE_REG *rgpInterfaces;
} CRYPT_IMAGE_REG, *PCRYPT_IMAGE_REG;

typedef struct _CRYPT_PROVIDER_REG
{
    ULONG            cAliases;
    PWSTR           *rgpszAliases;
    PCRYPT_IMAGE_REG pUM;
    PCRYPT_IMAGE_REG pKM;
} CRYPT_PROVIDER_REG, *PCRYPT_PROVIDER_REG;

typedef struct _CRYPT_PROVIDERS
{
    ULONG  cProviders;
    PWSTR *rgpszProviders;
} CRYPT_PROVIDERS, *PCRYPT_PROVIDERS;

typedef struct _CRYPT_CONTEXT_CONFIG
{
    ULONG dwFlags;
    ULONG dwReserved;
} CRYPT_CONTEXT_CONFIG, *PCRYPT_CONTEXT_CONFIG;

typedef struct _CRYPT_CONTEXT_FUNCTION_CONFIG
{
    ULONG dwFlags;
    ULONG dwReserved;
} CRYPT_CONTEXT_FUNCTION_CONFIG, *PCRYPT_CONTEXT_FUNCTION_CONFIG;

typedef struct _CRYPT_CONTEXTS
{
    ULONG  cContexts;
    PWSTR *rgpszContexts;
} CRYPT_CONTEXTS, *PCRYPT_CONTEXTS;

typedef struct _CRYPT_CONTEXT_FUNCTIONS
{
    ULONG  cFunctions;
    PWSTR *rgpszFunctions;
} CRYPT_CONTEXT_FUNCTIONS, *PCRYPT_CONTEXT_FUNCTIONS;

typedef struct _CRYPT_CONTEXT_FUNCTION_PROVIDERS
{
    ULONG  cProviders;
    PWSTR *rgpszProviders;
} CRYPT_CONTEXT_FUNCTION_PROVIDERS, *PCRYPT_CONTEXT_FUNCTION_PROVIDERS;

typedef struct _CRYPT_PROPERTY_REF
{
    PWSTR  pszProperty;
    ULONG  cbValue;
    PUCHAR pbValue;
} CRYPT_PROPERTY_REF, *PCRYPT_PROPERTY_REF;

typedef struct _CRYPT_IMAGE_REF
{
    PWSTR pszImage;
    ULONG dwFlags;
} CRYPT_IMAGE_REF, *PCRYPT_IMAGE_REF;

typedef struct _CRYPT_PROVIDER_REF
{
    ULONG                dwInterface;
    PWSTR                pszFunction;
    PWSTR                pszProvider;
    ULONG                cProperties;
    PCRYPT_PROPERTY_REF *rgpProperties;
    PCRYPT_IMAGE_REF     pUM;
    PCRYPT_IMAGE_REF     pKM;
} CRYPT_PROVIDER_REF, *PCRYPT_PROVIDER_REF;

typedef struct _CRYPT_PROVIDER_REFS
{
    ULONG                cProviders;
    PCRYPT_PROVIDER_REF *rgpProviders;
} CRYPT_PROVIDER_REFS, *PCRYPT_PROVIDER_REFS;

/* ---- functions ---- */

/* algorithms and properties */
NTSTATUS WINAPI BCryptOpenAlgorithmProvider(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId,
                                            LPCWSTR pszImplementation, ULONG dwFlags);
NTSTATUS WINAPI BCryptCloseAlgorithmProvider(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags);
NTSTATUS WINAPI BCryptEnumAlgorithms(ULONG dwAlgOperations, ULONG *pAlgCount,
                                     BCRYPT_ALGORITHM_IDENTIFIER **ppAlgList, ULONG dwFlags);
NTSTATUS WINAPI BCryptEnumProviders(LPCWSTR pszAlgId, ULONG *pImplCount,
                                    BCRYPT_PROVIDER_NAME **ppImplList, ULONG dwFlags);
NTSTATUS WINAPI BCryptGetProperty(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                  ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags);
NTSTATUS WINAPI BCryptSetProperty(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                  ULONG cbInput, ULONG dwFlags);
VOID WINAPI BCryptFreeBuffer(PVOID pvBuffer);
NTSTATUS WINAPI BCryptGetFipsAlgorithmMode(BOOLEAN *pfEnabled);
BOOLEAN CngGetFipsAlgorithmMode(VOID);          /* kernel mode; no DLL exports it */

/* hashes */
NTSTATUS WINAPI BCryptCreateHash(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_HASH_HANDLE *phHash,
                                 PUCHAR pbHashObject, ULONG cbHashObject, PUCHAR pbSecret,
                                 ULONG cbSecret, ULONG dwFlags);
NTSTATUS WINAPI BCryptHashData(BCRYPT_HASH_HANDLE hHash, PUCHAR pbInput, ULONG cbInput,
                               ULONG dwFlags);
NTSTATUS WINAPI BCryptFinishHash(BCRYPT_HASH_HANDLE hHash, PUCHAR pbOutput, ULONG cbOutput,
                                 ULONG dwFlags);
NTSTATUS WINAPI BCryptDuplicateHash(BCRYPT_HASH_HANDLE hHash, BCRYPT_HASH_HANDLE *phNewHash,
                                    PUCHAR pbHashObject, ULONG cbHashObject, ULONG dwFlags);
NTSTATUS WINAPI BCryptDestroyHash(BCRYPT_HASH_HANDLE hHash);
NTSTATUS WINAPI BCryptHash(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbSecret, ULONG cbSecret,
                           PUCHAR pbInput, ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput);
NTSTATUS WINAPI BCryptCreateMultiHash(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_HASH_HANDLE *phHash,
                                      ULONG nHashes, PUCHAR pbHashObject, ULONG cbHashObject,
                                      PUCHAR pbSecret, ULONG cbSecret, ULONG dwFlags);
NTSTATUS WINAPI BCryptProcessMultiOperations(BCRYPT_HANDLE hObject,
                                             BCRYPT_MULTI_OPERATION_TYPE operationType,
                                             PVOID pOperations, ULONG cbOperations,
                                             ULONG dwFlags);

/* random numbers */
NTSTATUS WINAPI BCryptGenRandom(BCRYPT_ALG_HANDLE hAlgorithm, PUCHAR pbBuffer, ULONG cbBuffer,
                                ULONG dwFlags);

/* keys */
NTSTATUS WINAPI BCryptGenerateSymmetricKey(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                           PUCHAR pbKeyObject, ULONG cbKeyObject,
                                           PUCHAR pbSecret, ULONG cbSecret, ULONG dwFlags);
NTSTATUS WINAPI BCryptGenerateKeyPair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                      ULONG dwLength, ULONG dwFlags);
NTSTATUS WINAPI BCryptFinalizeKeyPair(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags);
NTSTATUS WINAPI BCryptImportKey(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey,
                                PUCHAR pbKeyObject, ULONG cbKeyObject, PUCHAR pbInput,
                                ULONG cbInput, ULONG dwFlags);
NTSTATUS WINAPI BCryptImportKeyPair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                    LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey,
                                    PUCHAR pbInput, ULONG cbInput, ULONG dwFlags);
NTSTATUS WINAPI BCryptExportKey(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                                LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                                ULONG *pcbResult, ULONG dwFlags);
NTSTATUS WINAPI BCryptDuplicateKey(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE *phNewKey,
                                   PUCHAR pbKeyObject, ULONG cbKeyObject, ULONG dwFlags);
NTSTATUS WINAPI BCryptDestroyKey(BCRYPT_KEY_HANDLE hKey);

/* what keys do */
NTSTATUS WINAPI BCryptEncrypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                              VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                              ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags);
NTSTATUS WINAPI BCryptDecrypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                              VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                              ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags);
NTSTATUS WINAPI BCryptSignHash(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbInput,
                               ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                               ULONG dwFlags);
NTSTATUS WINAPI BCryptVerifySignature(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbHash,
                                      ULONG cbHash, PUCHAR pbSignature, ULONG cbSignature,
                                      ULONG dwFlags);
NTSTATUS WINAPI BCryptSecretAgreement(BCRYPT_KEY_HANDLE hPrivKey, BCRYPT_KEY_HANDLE hPubKey,
                                      BCRYPT_SECRET_HANDLE *phAgreedSecret, ULONG dwFlags);
NTSTATUS WINAPI BCryptDestroySecret(BCRYPT_SECRET_HANDLE hSecret);
NTSTATUS WINAPI BCryptEncapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbSecretKey, ULONG cbSecretKey,
                                  ULONG *pcbSecretKey, PUCHAR pbCipherText, ULONG cbCipherText,
                                  ULONG *pcbCipherText, ULONG dwFlags);
NTSTATUS WINAPI BCryptDecapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbCipherText, ULONG cbCipherText,
                                  PUCHAR pbSecretKey, ULONG cbSecretKey, ULONG *pcbSecretKey,
                                  ULONG dwFlags);

/* key derivation */
NTSTATUS WINAPI BCryptDeriveKey(BCRYPT_SECRET_HANDLE hSharedSecret, LPCWSTR pwszKDF,
                                BCryptBufferDesc *pParameterList, PUCHAR pbDerivedKey,
                                ULONG cbDerivedKey, ULONG *pcbResult, ULONG dwFlags);
NTSTATUS WINAPI BCryptKeyDerivation(BCRYPT_KEY_HANDLE hKey, BCryptBufferDesc *pParameterList,
                                    PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG *pcbResult,
                                    ULONG dwFlags);
NTSTATUS WINAPI BCryptDeriveKeyCapi(BCRYPT_HASH_HANDLE hHash, BCRYPT_ALG_HANDLE hTargetAlg,
                                    PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG dwFlags);
NTSTATUS WINAPI BCryptDeriveKeyPBKDF2(BCRYPT_ALG_HANDLE hPrf, PUCHAR pbPassword, ULONG cbPassword,
                                      PUCHAR pbSalt, ULONG cbSalt, ULONGLONG cIterations,
                                      PUCHAR pbDerivedKey, ULONG cbDerivedKey, ULONG dwFlags);

/* configuration */
NTSTATUS WINAPI BCryptQueryProviderRegistration(LPCWSTR pszProvider, ULONG dwMode,
                                                ULONG dwInterface, ULONG *pcbBuffer,
                                                PCRYPT_PROVIDER_REG *ppBuffer);
NTSTATUS WINAPI BCryptEnumRegisteredProviders(ULONG *pcbBuffer, PCRYPT_PROVIDERS *ppBuffer);
NTSTATUS WINAPI BCryptCreateContext(ULONG dwTable, LPCWSTR pszContext,
                                    PCRYPT_CONTEXT_CONFIG pConfig);
NTSTATUS WINAPI BCryptDeleteContext(ULONG dwTable, LPCWSTR pszContext);
NTSTATUS WINAPI BCryptEnumContexts(ULONG dwTable, ULONG *pcbBuffer, PCRYPT_CONTEXTS *ppBuffer);
NTSTATUS WINAPI BCryptConfigureContext(ULONG dwTable, LPCWSTR pszContext,
                                       PCRYPT_CONTEXT_CONFIG pConfig);
NTSTATUS WINAPI BCryptQueryContextConfiguration(ULONG dwTable, LPCWSTR pszContext,
                                                ULONG *pcbBuffer,
                                                PCRYPT_CONTEXT_CONFIG *ppBuffer);
NTSTATUS WINAPI BCryptAddContextFunction(ULONG dwTable, LPCWSTR pszContext, ULONG dwInterface,
                                         LPCWSTR pszFunction, ULONG dwPosition);
NTSTATUS WINAPI BCryptRemoveContextFunction(ULONG dwTable, LPCWSTR pszContext, ULONG dwInterface,
                                            LPCWSTR pszFunction);
NTSTATUS WINAPI BCryptEnumContextFunctions(ULONG dwTable, LPCWSTR pszContext, ULONG dwInterface,
                                           ULONG *pcbBuffer, PCRYPT_CONTEXT_FUNCTIONS *ppBuffer);
NTSTATUS WINAPI BCryptConfigureContextFunction(ULONG dwTable, LPCWSTR pszContext,
                                               ULONG dwInterface, LPCWSTR pszFunction,
                                               PCRYPT_CONTEXT_FUNCTION_CONFIG pConfig);
NTSTATUS WINAPI BCryptQueryContextFunctionConfiguration(ULONG dwTable, LPCWSTR pszContext,
                                                        ULONG dwInterface, LPCWSTR pszFunction,
                                                        ULONG *pcbBuffer,
                                                        PCRYPT_CONTEXT_FUNCTION_CONFIG *ppBuffer);
NTSTATUS WINAPI BCryptEnumContextFunctionProviders(ULONG dwTable, LPCWSTR pszContext,
                                                   ULONG dwInterface, LPCWSTR pszFunction,
                                                   ULONG *pcbBuffer,
                                                   PCRYPT_CONTEXT_FUNCTION_PROVIDERS *ppBuffer);
NTSTATUS WINAPI BCryptSetContextFunctionProperty(ULONG dwTable, LPCWSTR pszContext,
                                                 ULONG dwInterface, LPCWSTR pszFunction,
                                                 LPCWSTR pszProperty, ULONG cbValue,
                                                 PUCHAR pbValue);
NTSTATUS WINAPI BCryptQueryContextFunctionProperty(ULONG dwTable, LPCWSTR pszContext,
                                                   ULONG dwInterface, LPCWSTR pszFunction,
                                                   LPCWSTR pszProperty, ULONG *pcbValue,
                                                   PUCHAR *ppbValue);
NTSTATUS WINAPI BCryptResolveProviders(LPCWSTR pszContext, ULONG dwInterface, LPCWSTR pszFunction,
                                       LPCWSTR pszProvider, ULONG dwMode, ULONG dwFlags,
                                       ULONG *pcbBuffer, PCRYPT_PROVIDER_REFS *ppBuffer);
NTSTATUS WINAPI BCryptRegisterConfigChangeNotify(HANDLE *phEvent);
NTSTATUS WINAPI BCryptUnregisterConfigChangeNotify(HANDLE hEvent);

#ifdef __cplusplus
}
#endif

#endif /* OPENCNG_BCRYPT_H */
