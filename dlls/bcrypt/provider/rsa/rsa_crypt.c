/*
 * rsa_crypt.c - BCryptEncrypt and BCryptDecrypt with RSA keys.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/lc.h"
#include "crypto/rsa/rsa_padding.h"
#include "platform/wipe.h"
#include "provider/rsa/rsa.h"

/* Means something to the kernel's CNG only; here it is accepted and ignored [sdk]. */
#define IGNORED_FLAGS BCRYPT_BUFFERS_LOCKED_FLAG

/* A padding and what goes with it. */
struct padding
{
    ULONG scheme;                               /* one BCRYPT_PAD_... */
    const struct digest *digest;                /* of OAEP */
    const UCHAR *label;
    ULONG label_bytes;
};

/* No flag is the same as BCRYPT_PAD_NONE [win]. */
static bool choose_scheme(ULONG flags, ULONG *scheme)
{
    flags &= ~(ULONG)IGNORED_FLAGS;
    *scheme = flags ? flags : BCRYPT_PAD_NONE;
    return *scheme == BCRYPT_PAD_NONE || *scheme == BCRYPT_PAD_PKCS1 || *scheme == BCRYPT_PAD_OAEP;
}

static NTSTATUS read_padding(ULONG scheme, const void *pPaddingInfo, struct padding *padding)
{
    const BCRYPT_OAEP_PADDING_INFO *oaep = pPaddingInfo;

    memset(padding, 0, sizeof(*padding));
    padding->scheme = scheme;
    if (scheme != BCRYPT_PAD_OAEP) return STATUS_SUCCESS;

    if (!oaep || !oaep->pszAlgId || (oaep->cbLabel && !oaep->pbLabel))
        return STATUS_INVALID_PARAMETER;
    if (!(padding->digest = hash_digest_by_name(oaep->pszAlgId))) return STATUS_NOT_SUPPORTED;
    padding->label = oaep->pbLabel;
    padding->label_bytes = oaep->cbLabel;
    return STATUS_SUCCESS;
}

/* Makes the block that is encrypted for a message; STATUS_INVALID_PARAMETER if it does not fit,
 * STATUS_INTERNAL_ERROR if there are no random numbers. */
static NTSTATUS pad(const struct padding *padding, const UCHAR *message, ULONG bytes, UCHAR *block,
                    ULONG block_bytes)
{
    switch (padding->scheme)
    {
    case BCRYPT_PAD_NONE:
        if (bytes != block_bytes) return STATUS_INVALID_PARAMETER;
        memcpy(block, message, bytes);
        return STATUS_SUCCESS;
    case BCRYPT_PAD_PKCS1:
        return rsa_pad_pkcs1(block, block_bytes, message, bytes);
    default:
        return rsa_pad_oaep(padding->digest, padding->label, padding->label_bytes, block,
                            block_bytes, message, bytes);
    }
}

/* Finds where in the block the message begins; false if the padding is wrong. That takes the same
 * time for any block. From here on it is no secret: it is the status of the call. */
static bool unpad(const struct padding *padding, UCHAR *block, ULONG block_bytes, size_t *start)
{
    switch (padding->scheme)
    {
    case BCRYPT_PAD_NONE:
        *start = 0;
        return true;
    case BCRYPT_PAD_PKCS1:
        return rsa_unpad_pkcs1(block, block_bytes, start) != 0;
    default:
        return rsa_unpad_oaep(padding->digest, padding->label, padding->label_bytes, block,
                              block_bytes, start) != 0;
    }
}

/* The size is the modulus's whatever is to be encrypted: it is answered before anything else is
 * looked at [win]. */
NTSTATUS WINAPI rsa_encrypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                            VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                            ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    struct reply reply = { pbOutput, cbOutput, pcbResult };
    struct rsa_key *key = pair_ready(hKey);
    UCHAR block[LC_RSA_MAX_BYTES], *room;
    struct padding padding;
    NTSTATUS status;
    ULONG scheme;

    (void)pbIV, (void)cbIV;
    if (!key) return STATUS_INVALID_HANDLE;
    if (!choose_scheme(dwFlags, &scheme)) return STATUS_INVALID_PARAMETER;
    if ((status = reply_room(&reply, key->bytes, &room)) || !room) return status;
    if (!pbInput) return STATUS_INVALID_PARAMETER;
    if ((status = read_padding(scheme, pPaddingInfo, &padding))) return status;
    if ((status = lc_ready())) return status;

    if (!(status = pad(&padding, pbInput, cbInput, block, key->bytes)))
    {
        status = lc_rsa_public(key->rsa, block, room);
    }
    wipe(block, key->bytes);
    return status;
}

/*
 * A size query decrypts, and gives the exact bytes of the message; without padding it needs not.
 * A block that is padded wrongly is refused before its size is looked at: *pcbResult is 0 then.
 */
NTSTATUS WINAPI rsa_decrypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                            VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                            ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    struct reply reply = { pbOutput, cbOutput, pcbResult };
    struct rsa_key *key = pair_ready(hKey);
    UCHAR block[LC_RSA_MAX_BYTES];
    struct padding padding;
    NTSTATUS status;
    size_t start;
    ULONG scheme;

    (void)pbIV, (void)cbIV;
    if (!key) return STATUS_INVALID_HANDLE;
    if (!choose_scheme(dwFlags, &scheme) || !key->pair.is_private) return STATUS_INVALID_PARAMETER;
    if (!pbOutput && scheme == BCRYPT_PAD_NONE)
    {
        *pcbResult = key->bytes;
        return STATUS_SUCCESS;
    }
    *pcbResult = 0;
    if (!pbInput || cbInput != key->bytes) return STATUS_INVALID_PARAMETER;
    if ((status = read_padding(scheme, pPaddingInfo, &padding))) return status;
    if ((status = lc_ready())) return status;

    status = lc_rsa_private(key->rsa, pbInput, block);
    if (!status)
    {
        status = STATUS_INVALID_PARAMETER;
        if (unpad(&padding, block, key->bytes, &start))
        {
            status = reply_bytes(&reply, block + start, key->bytes - (ULONG)start);
        }
    }
    wipe(block, key->bytes);
    return status;
}
