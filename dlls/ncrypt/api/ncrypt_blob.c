/*
 * ncrypt_blob.c - importing and exporting keys.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/ncrypt_api.h"

/*
 * NCryptImportKey - makes a key of a blob.
 *
 *   hImportKey       0: keys that wrap keys are not supported
 *   pszBlobType      bcrypt.dll's types of key pairs; NCRYPT_PKCS8_PRIVATE_KEY_BLOB,
 *                    NCRYPT_OPAQUETRANSPORT_BLOB, NCRYPT_PQ_PRIVATE_KEY_BLOB,
 *                    NCRYPT_CIPHER_KEY_BLOB, NCRYPT_KDF_KEY_BLOB
 *   pParameterList   NULL, or NCRYPTBUFFER_PKCS_KEY_NAME: the key is kept under that name, if it is
 *                    private; NCRYPTBUFFER_ECC_CURVE_NAME, NCRYPTBUFFER_ECC_PARAMETERS: the curve
 *                    of a blob that does not say it; NCRYPTBUFFER_PKCS_SECRET: the password of
 *                    encrypted PKCS #8, UTF-16
 *   phKey            receives the handle, for NCryptFreeObject
 *   pbData, cbData   the blob
 *   dwFlags          NCRYPT_MACHINE_KEY_FLAG, NCRYPT_OVERWRITE_KEY_FLAG, NCRYPT_SILENT_FLAG,
 *                    NCRYPT_NO_KEY_VALIDATION, NCRYPT_DO_NOT_FINALIZE_FLAG (of private keys);
 *                    NCRYPT_WRITE_KEY_TO_LEGACY_STORE_FLAG, without effect
 *
 * The key may not be exported until NCRYPT_EXPORT_POLICY_PROPERTY says so.
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE      hProvider, hImportKey
 *   NTE_INVALID_PARAMETER   a pointer is NULL; the blob is not of that type, or its numbers are
 *                           wrong; the curve is not the blob's
 *   NTE_BAD_FLAGS
 *   NTE_BAD_DATA            the blob is cut, has bytes behind it, cannot be decrypted
 *   NTE_NOT_SUPPORTED       no such type, algorithm or curve; hImportKey is a key
 *   NTE_EXISTS              there is a key of that name, and it is not to be overwritten
 *   NTE_NO_MEMORY
 *
 * Source: Microsoft Learn, NCryptImportKey; Wine's tests; .NET's code.
 * Tests: tests/test_ncrypt_blob.c, test_ncrypt_pkcs8.c.
 */
SECURITY_STATUS WINAPI NCryptImportKey(NCRYPT_PROV_HANDLE hProvider, NCRYPT_KEY_HANDLE hImportKey,
                                       LPCWSTR pszBlobType, NCryptBufferDesc *pParameterList,
                                       NCRYPT_KEY_HANDLE *phKey, PBYTE pbData, DWORD cbData,
                                       DWORD dwFlags)
{
    const DWORD allowed = NCRYPT_MACHINE_KEY_FLAG | NCRYPT_OVERWRITE_KEY_FLAG | NCRYPT_SILENT_FLAG |
                          NCRYPT_NO_KEY_VALIDATION | NCRYPT_DO_NOT_FINALIZE_FLAG |
                          NCRYPT_WRITE_KEY_TO_LEGACY_STORE_FLAG | NCRYPT_PREFER_VBS_FLAG |
                          NCRYPT_TREAT_NIST_AS_GENERIC_ECC_FLAG;
    struct object *provider, *wrapping = NULL;
    SECURITY_STATUS status;
    struct ksp_key *key;

    TRACE("hProvider %p, hImportKey %p, pszBlobType %s, pParameterList %p, phKey %p, pbData %p, "
          "cbData %lu, dwFlags %#lx\n", (void *)hProvider, (void *)hImportKey,
          trace_string(pszBlobType), (void *)pParameterList, (void *)phKey, (void *)pbData,
          (unsigned long)cbData, (unsigned long)dwFlags);

    if (!(provider = handle_get(hProvider, OBJECT_PROVIDER))) return NTE_INVALID_HANDLE;

    status = NTE_INVALID_HANDLE;
    if (hImportKey && !(wrapping = handle_get(hImportKey, OBJECT_KEY))) goto done;
    status = NTE_INVALID_PARAMETER;
    if (!pszBlobType || !phKey || !pbData) goto done;
    if (pParameterList && pParameterList->ulVersion != NCRYPTBUFFER_VERSION) goto done;
    status = NTE_BAD_FLAGS;
    if (dwFlags & ~allowed) goto done;
    status = NTE_NOT_SUPPORTED;
    if (wrapping) goto done;

    if ((status = ksp_import(pszBlobType, pParameterList, pbData, cbData, dwFlags, &key)))
        goto done;
    key->provider = hProvider;
    status = key_publish(key, phKey);

done:
    object_put(wrapping);
    object_put(provider);
    wipe_registers();
    return status;
}

/*
 * NCryptExportKey - writes a key as a blob.
 *
 *   hExportKey       0: keys that wrap keys are not supported
 *   pszBlobType      as for NCryptImportKey, of the key's algorithm
 *   pParameterList   NULL, or for PKCS #8 NCRYPTBUFFER_PKCS_SECRET: it is encrypted with that
 *                    password, by NCRYPTBUFFER_PKCS_ALG_OID ("1.2.840.113549.1.12.1.3", which is
 *                    the default, or "1.2.840.113549.1.5.13") and NCRYPTBUFFER_PKCS_ALG_PARAM
 *                    (CRYPT_PKCS12_PBE_PARAMS and the salt)
 *   pbOutput         receives the blob; NULL asks for its size
 *   pcbResult        receives its bytes
 *   dwFlags          0, NCRYPT_SILENT_FLAG
 *
 *   ERROR_SUCCESS
 *   NTE_INVALID_HANDLE      hKey, hExportKey
 *   NTE_BAD_KEY_STATE       the key is not finalized
 *   NTE_INVALID_PARAMETER   a pointer is NULL, a parameter is wrong
 *   NTE_BAD_FLAGS
 *   NTE_BAD_TYPE            the key cannot be written as that
 *   NTE_NOT_SUPPORTED       NCRYPT_EXPORT_POLICY_PROPERTY does not allow it, or the key is public;
 *                           hExportKey is a key; NCRYPT_PKCS7_ENVELOPE_BLOB
 *   NTE_BUFFER_TOO_SMALL    *pcbResult is set
 *   NTE_NO_MEMORY
 *
 * Source: Microsoft Learn, NCryptExportKey; .NET's code and tests.
 * Tests: tests/test_ncrypt_blob.c, test_ncrypt_pkcs8.c.
 */
SECURITY_STATUS WINAPI NCryptExportKey(NCRYPT_KEY_HANDLE hKey, NCRYPT_KEY_HANDLE hExportKey,
                                       LPCWSTR pszBlobType, NCryptBufferDesc *pParameterList,
                                       PBYTE pbOutput, DWORD cbOutput, DWORD *pcbResult,
                                       DWORD dwFlags)
{
    struct object *object, *wrapping = NULL;
    SECURITY_STATUS status;
    struct ksp_key *key;

    TRACE("hKey %p, hExportKey %p, pszBlobType %s, pParameterList %p, pbOutput %p, cbOutput %lu, "
          "pcbResult %p, dwFlags %#lx\n", (void *)hKey, (void *)hExportKey,
          trace_string(pszBlobType), (void *)pParameterList, (void *)pbOutput,
          (unsigned long)cbOutput, (void *)pcbResult, (unsigned long)dwFlags);

    if (!(key = key_get(hKey, &object))) return NTE_INVALID_HANDLE;

    status = NTE_INVALID_HANDLE;
    if (hExportKey && !(wrapping = handle_get(hExportKey, OBJECT_KEY))) goto done;
    status = NTE_INVALID_PARAMETER;
    if (!pszBlobType || !pcbResult) goto done;
    if (pParameterList && pParameterList->ulVersion != NCRYPTBUFFER_VERSION) goto done;
    status = NTE_BAD_FLAGS;
    if (dwFlags & ~NCRYPT_SILENT_FLAG) goto done;
    status = NTE_BAD_KEY_STATE;
    if (!atomic_load(&key->ready)) goto done;
    status = NTE_NOT_SUPPORTED;
    if (wrapping) goto done;

    status = ksp_export(key, pszBlobType, pParameterList, pbOutput, cbOutput, pcbResult);

done:
    object_put(wrapping);
    object_put(object);
    wipe_registers();
    return status;
}
