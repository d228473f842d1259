/*
 * rsa_import.c - importing and exporting RSA keys.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/lc.h"
#include "provider/rsa/rsa_blob.h"
#include "provider/rsa/rsa.h"

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
        status = lc_rsa_new(numbers, form->type.is_private, rsa);
    }
    memory_put(scratch, bytes);
    return status;
}

/* The flags of the import change nothing: what is checked of an RSA key is what any computation
 * with it needs. */
NTSTATUS rsa_read(void *object, struct prov_algorithm *algorithm, const struct blob_type *type,
                  const UCHAR *blob, ULONG bytes, unsigned int checks)
{
    struct rsa_key *key = object;
    NTSTATUS status;

    (void)algorithm, (void)checks;
    status = read_key(rsa_blob_form(type->name, blob, bytes), blob, bytes, &key->rsa);
    if (status) return status;
    key->pair.bits = lc_rsa_bits(key->rsa);
    key->bytes = (ULONG)lc_rsa_part_bytes(key->rsa, LC_RSA_N);
    return STATUS_SUCCESS;
}

static NTSTATUS write_key(const struct rsa_blob_form *form, const struct lc_rsa *rsa,
                          const struct reply *reply)
{
    NTSTATUS status;
    PUCHAR room;

    status = reply_room(reply, rsa_blob_bytes(form, rsa), &room);
    if (room) rsa_blob_write(form, rsa, room);
    return status;
}

NTSTATUS rsa_write(const void *object, const struct blob_type *type, const struct reply *reply)
{
    const struct rsa_blob_form *form = (const struct rsa_blob_form *)type;
    const struct rsa_key *key = object;

    return rsa_blob_fits(form, key->rsa) ? write_key(form, key->rsa, reply) : STATUS_NOT_SUPPORTED;
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
    struct reply reply = { pbOutput, cbOutput, pcbResult };
    struct lc_rsa *rsa;
    NTSTATUS status;

    if (!pbInput || !pcbResult) return STATUS_INVALID_PARAMETER;
    if ((status = read_key(rsa_blob_form(BCRYPT_RSAPRIVATE_BLOB, NULL, 0), pbInput, cbInput, &rsa)))
        return status;

    status = write_key(rsa_blob_form(BCRYPT_RSAFULLPRIVATE_BLOB, NULL, 0), rsa, &reply);
    lc_rsa_free(rsa);
    return status;
}
