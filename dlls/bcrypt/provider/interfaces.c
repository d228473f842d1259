/*
 * interfaces.c - the provider's entry points, as bcryptprimitives.dll has them on Windows.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/random/random.h"
#include "provider/families.h"

/*
 * The answer of every Get*Interface function: a table that stays where it is.
 *
 *   pszProviderName   MS_PRIMITIVE_PROVIDER; NULL is taken for it
 *   pszAlgId          an algorithm of that interface; GetRngInterface has no such parameter
 *   dwFlags           ignored
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   ppFunctionTable or pszAlgId is NULL
 *   STATUS_NOT_FOUND           another provider's name
 *   STATUS_NOT_SUPPORTED       no such algorithm
 *
 * Source: Microsoft's CNG provider samples (GetCipherInterface...), bcrypt_provider.h.
 */
static NTSTATUS get_table(ULONG interface_id, LPCWSTR pszProviderName, LPCWSTR pszAlgId,
                          void *ppFunctionTable)
{
    const struct prov_family *family;

    if (!ppFunctionTable || (!pszAlgId && interface_id != BCRYPT_RNG_INTERFACE))
        return STATUS_INVALID_PARAMETER;
    if (pszProviderName && !names_equal(pszProviderName, MS_PRIMITIVE_PROVIDER))
        return STATUS_NOT_FOUND;
    if (!(family = prov_family_of(interface_id, pszAlgId))) return STATUS_NOT_SUPPORTED;
    *(const void **)ppFunctionTable = family->table;
    return STATUS_SUCCESS;
}

NTSTATUS WINAPI GetCipherInterface(LPCWSTR pszProviderName, LPCWSTR pszAlgId,
                                   BCRYPT_CIPHER_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags)
{
    (void)dwFlags;
    return get_table(BCRYPT_CIPHER_INTERFACE, pszProviderName, pszAlgId, ppFunctionTable);
}

NTSTATUS WINAPI GetHashInterface(LPCWSTR pszProviderName, LPCWSTR pszAlgId,
                                 BCRYPT_HASH_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags)
{
    (void)dwFlags;
    return get_table(BCRYPT_HASH_INTERFACE, pszProviderName, pszAlgId, ppFunctionTable);
}

NTSTATUS WINAPI GetAsymmetricEncryptionInterface(
    LPCWSTR pszProviderName, LPCWSTR pszAlgId,
    BCRYPT_ASYMMETRIC_ENCRYPTION_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags)
{
    (void)dwFlags;
    return get_table(BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE, pszProviderName, pszAlgId,
                     ppFunctionTable);
}

NTSTATUS WINAPI GetSecretAgreementInterface(
    LPCWSTR pszProviderName, LPCWSTR pszAlgId,
    BCRYPT_SECRET_AGREEMENT_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags)
{
    (void)dwFlags;
    return get_table(BCRYPT_SECRET_AGREEMENT_INTERFACE, pszProviderName, pszAlgId, ppFunctionTable);
}

NTSTATUS WINAPI GetSignatureInterface(LPCWSTR pszProviderName, LPCWSTR pszAlgId,
                                      BCRYPT_SIGNATURE_FUNCTION_TABLE **ppFunctionTable,
                                      ULONG dwFlags)
{
    (void)dwFlags;
    return get_table(BCRYPT_SIGNATURE_INTERFACE, pszProviderName, pszAlgId, ppFunctionTable);
}

NTSTATUS WINAPI GetRngInterface(LPCWSTR pszProviderName,
                                BCRYPT_RNG_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags)
{
    (void)dwFlags;
    return get_table(BCRYPT_RNG_INTERFACE, pszProviderName, NULL, ppFunctionTable);
}

NTSTATUS WINAPI GetKeyDerivationInterface(LPCWSTR pszProviderName, LPCWSTR pszAlgId,
                                          BCRYPT_KEY_DERIVATION_FUNCTION_TABLE **ppFunctionTable,
                                          ULONG dwFlags)
{
    (void)dwFlags;
    return get_table(BCRYPT_KEY_DERIVATION_INTERFACE, pszProviderName, pszAlgId, ppFunctionTable);
}

NTSTATUS WINAPI GetKeyEncapsulationInterface(
    LPCWSTR pszProviderName, LPCWSTR pszAlgId,
    BCRYPT_KEY_ENCAPSULATION_FUNCTION_TABLE **ppFunctionTable, ULONG dwFlags)
{
    (void)dwFlags;
    return get_table(BCRYPT_KEY_ENCAPSULATION_INTERFACE, pszProviderName, pszAlgId,
                     ppFunctionTable);
}

/*
 * ProcessPrng - random bytes for Go, Rust, Chromium and others that call it directly.
 *
 *   TRUE   always: a caller does not look. Where Windows ends the process because there is no
 *          entropy, so does this.
 *
 * Source: Microsoft Learn, ProcessPrng. Tests: tests/test_random.c.
 */
BOOL WINAPI ProcessPrng(PBYTE pbData, SIZE_T cbData)
{
    if (!random_bytes(pbData, cbData)) __builtin_trap();
    return TRUE;
}

/*
 * ProcessPrngGuid - a random GUID: version 4 of RFC 9562.
 *
 *   TRUE   always, as ProcessPrng
 */
BOOL WINAPI ProcessPrngGuid(GUID *pGuid)
{
    ProcessPrng((PBYTE)pGuid, sizeof(*pGuid));
    pGuid->Data3 = (USHORT)((pGuid->Data3 & 0x0fff) | 0x4000);
    pGuid->Data4[0] = (UCHAR)((pGuid->Data4[0] & 0x3f) | 0x80);
    return TRUE;
}
