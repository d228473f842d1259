/*
 * ncrypt_missing.c - exports that are there so that programs start, and do nothing.
 *
 * What isolates keys, protects to principals (DPAPI-NG), attests, and schannel's own interface. The
 * three Get*Interface functions are what a key storage provider's DLL exports; Windows' ncrypt.dll
 * has them, and nothing behind them. Each answers NTE_NOT_SUPPORTED.
 *
 * SPDX-License-Identifier: MIT
 */

#include "nte.h"
#include "platform/base.h"
#include "platform/trace.h"

#define ARG(n) ULONG_PTR a##n
#define ARGS_1 ARG(1)
#define ARGS_2 ARGS_1, ARG(2)
#define ARGS_3 ARGS_2, ARG(3)
#define ARGS_4 ARGS_3, ARG(4)
#define ARGS_5 ARGS_4, ARG(5)
#define ARGS_6 ARGS_5, ARG(6)
#define ARGS_7 ARGS_6, ARG(7)
#define ARGS_8 ARGS_7, ARG(8)
#define ARGS_9 ARGS_8, ARG(9)
#define ARGS_10 ARGS_9, ARG(10)
#define ARGS_11 ARGS_10, ARG(11)
#define UNUSED_1 (void)a1
#define UNUSED_2 UNUSED_1, (void)a2
#define UNUSED_3 UNUSED_2, (void)a3
#define UNUSED_4 UNUSED_3, (void)a4
#define UNUSED_5 UNUSED_4, (void)a5
#define UNUSED_6 UNUSED_5, (void)a6
#define UNUSED_7 UNUSED_6, (void)a7
#define UNUSED_8 UNUSED_7, (void)a8
#define UNUSED_9 UNUSED_8, (void)a9
#define UNUSED_10 UNUSED_9, (void)a10
#define UNUSED_11 UNUSED_10, (void)a11

#define MISSING(count, name) \
    SECURITY_STATUS WINAPI name(ARGS_##count); \
    SECURITY_STATUS WINAPI name(ARGS_##count) \
    { \
        UNUSED_##count; \
        TRACE("missing\n"); \
        return NTE_NOT_SUPPORTED; \
    }

MISSING(3, GetIsolationServerInterface)
MISSING(3, GetKeyStorageInterface)
MISSING(3, GetSChannelInterface)
MISSING(1, NCryptCloseKeyProtector)
MISSING(1, NCryptCloseProtectionDescriptor)
MISSING(3, NCryptCreateProtectionDescriptor)
MISSING(3, NCryptDuplicateKeyProtectorHandle)
MISSING(4, NCryptGetProtectionDescriptorInfo)
MISSING(3, NCryptOpenKeyProtector)
MISSING(8, NCryptProtectKey)
MISSING(8, NCryptProtectSecret)
MISSING(4, NCryptQueryProtectionDescriptorName)
MISSING(3, NCryptRegisterProtectionDescriptorName)
MISSING(1, NCryptSetAuditingInterface)
MISSING(1, NCryptStreamClose)
MISSING(5, NCryptStreamOpenToProtect)
MISSING(4, NCryptStreamOpenToUnprotect)
MISSING(4, NCryptStreamOpenToUnprotectEx)
MISSING(4, NCryptStreamUpdate)
MISSING(7, NCryptUnprotectKey)
MISSING(8, NCryptUnprotectSecret)
MISSING(2, SslChangeNotify)
MISSING(8, SslComputeClientAuthHash)
MISSING(8, SslComputeEapKeyBlock)
MISSING(6, SslComputeFinishedHash)
MISSING(7, SslComputeSessionHash)
MISSING(6, SslCreateClientAuthHash)
MISSING(9, SslCreateEphemeralKey)
MISSING(5, SslCreateHandshakeHash)
MISSING(1, SslDecrementProviderReferenceCount)
MISSING(10, SslDecryptPacket)
MISSING(6, SslDeriveSessionTicketKey)
MISSING(4, SslDuplicateTranscriptHash)
MISSING(11, SslEncryptPacket)
MISSING(5, SslEnumCipherSuites)
MISSING(5, SslEnumCipherSuitesEx)
MISSING(4, SslEnumEccCurves)
MISSING(3, SslEnumProtocolProviders)
MISSING(5, SslExpandBinderKey)
MISSING(6, SslExpandExporterMasterKey)
MISSING(5, SslExpandNextGenTrafficKey)
MISSING(7, SslExpandPreSharedKey)
MISSING(6, SslExpandResumptionMasterKey)
MISSING(7, SslExpandTrafficKeys)
MISSING(5, SslExpandWriteKey)
MISSING(7, SslExportKey)
MISSING(10, SslExportKeyingMaterial)
MISSING(7, SslExtractEarlyKey)
MISSING(7, SslExtractHandshakeKey)
MISSING(5, SslExtractMasterKey)
MISSING(1, SslFreeBuffer)
MISSING(2, SslFreeObject)
MISSING(11, SslGenerateMasterKey)
MISSING(10, SslGeneratePreMasterKey)
MISSING(6, SslGenerateSessionKeys)
MISSING(6, SslGetCipherSuitePRFHashAlgorithm)
MISSING(5, SslGetKeyProperty)
MISSING(6, SslGetProviderProperty)
MISSING(2, SslGetSessionTicketProtectionHeaderSize)
MISSING(5, SslHashHandshake)
MISSING(6, SslImportKey)
MISSING(9, SslImportMasterKey)
MISSING(1, SslIncrementProviderReferenceCount)
MISSING(7, SslLookupCipherLengths)
MISSING(6, SslLookupCipherSuiteInfo)
MISSING(4, SslOpenPrivateKey)
MISSING(3, SslOpenProvider)
MISSING(7, SslProtectSessionTicket)
MISSING(8, SslSignHash)
MISSING(7, SslUnprotectSessionTicket)
MISSING(7, SslVerifySignature)

/*
 * NCryptCreateClaim - a proof of what a key is: NTE_NOT_SUPPORTED, as of keys of software.
 *
 * Source: Microsoft Learn, NCryptCreateClaim. Tests: tests/test_ncrypt_key.c.
 */
SECURITY_STATUS WINAPI NCryptCreateClaim(NCRYPT_KEY_HANDLE hSubjectKey,
                                         NCRYPT_KEY_HANDLE hAuthorityKey, DWORD dwClaimType,
                                         NCryptBufferDesc *pParameterList, PBYTE pbClaimBlob,
                                         DWORD cbClaimBlob, DWORD *pcbResult, DWORD dwFlags)
{
    (void)pParameterList, (void)pbClaimBlob, (void)cbClaimBlob, (void)pcbResult;
    TRACE("hSubjectKey %p, hAuthorityKey %p, dwClaimType %#lx, dwFlags %#lx\n",
          (void *)hSubjectKey, (void *)hAuthorityKey, (unsigned long)dwClaimType,
          (unsigned long)dwFlags);

    return NTE_NOT_SUPPORTED;
}

/*
 * NCryptVerifyClaim - checks such a proof: NTE_NOT_SUPPORTED.
 *
 * Source: Microsoft Learn, NCryptVerifyClaim. Tests: tests/test_ncrypt_key.c.
 */
SECURITY_STATUS WINAPI NCryptVerifyClaim(NCRYPT_KEY_HANDLE hSubjectKey,
                                         NCRYPT_KEY_HANDLE hAuthorityKey, DWORD dwClaimType,
                                         NCryptBufferDesc *pParameterList, PBYTE pbClaimBlob,
                                         DWORD cbClaimBlob, NCryptBufferDesc *pOutput,
                                         DWORD dwFlags)
{
    (void)pParameterList, (void)pbClaimBlob, (void)cbClaimBlob, (void)pOutput;
    TRACE("hSubjectKey %p, hAuthorityKey %p, dwClaimType %#lx, dwFlags %#lx\n",
          (void *)hSubjectKey, (void *)hAuthorityKey, (unsigned long)dwClaimType,
          (unsigned long)dwFlags);

    return NTE_NOT_SUPPORTED;
}
