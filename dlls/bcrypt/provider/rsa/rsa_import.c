/*
 * rsa_import.c - importing and exporting RSA keys.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/lc.h"
#include "provider/rsa/rsa_blob.h"
#include "provider/rsa/rsa.h"

#define VALIDATION_FLAGS \
    (BCRYPT_NO_KEY_VALIDATION | BCRYPT_KEY_VALIDATION_RANGE | BCRYPT_KEY_VALIDATION_REGENERATE)

/* The numbers of a key in a blob, as a key of libcrypto. */
static NTSTATUS read_key(const struct rsa_blob_form *form, const UCHAR *blob, ULONG bytes,
                         struct lc_rsa **rsa)
{
    struct lc_rsa_number numbers[LC_RSA_PART_COUNT];
    UCHAR *scratch = NULL;
    NTSTATUS status;

    if (form->is_capi && !(scratch = memory_get(bytes))) return STATUS_NO_MEMORY;

    if (!(status = rsa_blob_read(form, blob, bytes, scratch, numbers)) && !(status = lc_ready()))
    {
        status = lc_rsa_new(numbers, rsa_blob_is_private(form), rsa);
    }
    memory_put(scratch, bytes);
    return status;
}

/*
 * The validation flags are accepted and change nothing: what is checked of an RSA key is what any
 * computation with it needs.
 */
NTSTATUS WINAPI rsa_import_key_pair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE hImportKey,
                                    LPCWSTR pszBlobType, BCRYPT_KEY_HANDLE *phKey, PUCHAR pbInput,
                                    ULONG cbInput, ULONG dwFlags)
{
    const struct rsa_blob_form *form;
    struct lc_rsa *rsa;
    NTSTATUS status;

    if (!(form = rsa_blob_form(pszBlobType, pbInput, cbInput))) return STATUS_NOT_SUPPORTED;
    if (hImportKey || dwFlags & ~(ULONG)VALIDATION_FLAGS) return STATUS_INVALID_PARAMETER;
    if ((status = read_key(form, pbInput, cbInput, &rsa))) return status;
    return rsa_key_new(hAlgorithm, rsa, rsa_blob_is_private(form), phKey);
}

NTSTATUS WINAPI rsa_export_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE hExportKey,
                               LPCWSTR pszBlobType, PUCHAR pbOutput, ULONG cbOutput,
                               ULONG *pcbResult, ULONG dwFlags)
{
    struct reply reply = { pbOutput, cbOutput, pcbResult };
    struct rsa_key *key = rsa_key_ready(hKey);
    const struct rsa_blob_form *form;
    NTSTATUS status;
    PUCHAR room;

    (void)dwFlags;
    if (!key) return STATUS_INVALID_HANDLE;
    if (!(form = rsa_blob_form(pszBlobType, NULL, 0))) return STATUS_NOT_SUPPORTED;
    if (hExportKey || (rsa_blob_is_private(form) && !key->is_private))
        return STATUS_INVALID_PARAMETER;
    if (!rsa_blob_fits(form, key->rsa)) return STATUS_NOT_SUPPORTED;

    status = reply_room(&reply, rsa_blob_bytes(form, key->rsa), &room);
    if (room) rsa_blob_write(form, key->rsa, room);
    return status;
}

/*
 * MSCryptConvertRsaPrivateBlobToFullRsaBlob - adds what a full private blob has to a private one.
 *
 *   pbInput, cbInput     a BCRYPT_RSAPRIVATE_BLOB
 *   pbOutput, cbOutput   receives the BCRYPT_RSAFULLPRIVATE_BLOB; NULL asks for its size
 *   pcbResult            receives its bytes
 *
 * Exported by Windows' bcryptprimitives.dll and documented nowhere: the arguments are our reading
 * of the name, in the order of BCryptExportKey's. No caller of it is known.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   a pointer is NULL, another blob, numbers that do not fit together
 *   STATUS_BUFFER_TOO_SMALL    *pcbResult is what is needed
 *   NTE_BAD_DATA               lengths that contradict each other
 *   STATUS_NO_MEMORY
 *
 * Tests: tests/test_rsa_blob.c.
 */
NTSTATUS WINAPI MSCryptConvertRsaPrivateBlobToFullRsaBlob(PUCHAR pbInput, ULONG cbInput,
                                                          PUCHAR pbOutput, ULONG cbOutput,
                                                          ULONG *pcbResult)
{
    const struct rsa_blob_form *full = rsa_blob_form(BCRYPT_RSAFULLPRIVATE_BLOB, NULL, 0);
    struct reply reply = { pbOutput, cbOutput, pcbResult };
    struct lc_rsa *rsa;
    NTSTATUS status;
    PUCHAR room;

    if (!pbInput || !pcbResult) return STATUS_INVALID_PARAMETER;
    if ((status = read_key(rsa_blob_form(BCRYPT_RSAPRIVATE_BLOB, NULL, 0), pbInput, cbInput, &rsa)))
        return status;

    status = reply_room(&reply, rsa_blob_bytes(full, rsa), &room);
    if (room) rsa_blob_write(full, rsa, room);
    lc_rsa_free(rsa);
    return status;
}
