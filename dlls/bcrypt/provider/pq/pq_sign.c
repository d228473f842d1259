/*
 * pq_sign.c - signing and verifying: what BCRYPT_PQDSA_PADDING_INFO and the flags say.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/pq/pq.h"

#include "crypto/common/lc.h"
#include "platform/wipe.h"

#define MU_BYTES 64

/* ---- what is signed ---- */

/* 2.16.840.1.101.3.4.2.*: the arc of NIST's hashes. */
static const UCHAR hash_arc[] = { 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02 };

struct prehash
{
    LPCWSTR name;
    UCHAR arc;                                  /* the last */
    ULONG digest_bytes;
};

/*
 * FIPS 204 section 5.4 and FIPS 205 section 10.2.2. Windows' first release wanted a digest as
 * strong as the parameter set; now all of them go with all sets. MD5 and SHA-1 are left out as too
 * weak.
 */
static const struct prehash prehashes[] =
{
    { BCRYPT_SHA256_ALGORITHM,    1, 32 },
    { BCRYPT_SHA384_ALGORITHM,    2, 48 },
    { BCRYPT_SHA512_ALGORITHM,    3, 64 },
    { BCRYPT_SHA3_256_ALGORITHM,  8, 32 },
    { BCRYPT_SHA3_384_ALGORITHM,  9, 48 },
    { BCRYPT_SHA3_512_ALGORITHM, 10, 64 },
    { BCRYPT_SHAKE128_ALGORITHM, 11, 32 },
    { BCRYPT_SHAKE256_ALGORITHM, 12, 64 },
};

static const struct prehash *prehash_named(LPCWSTR name)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(prehashes); i++)
    {
        if (names_equal_caseless(prehashes[i].name, name)) return &prehashes[i];
    }
    return NULL;
}

static void put(struct pq_message *message, const void *bytes, ULONG count)
{
    if (count) memcpy(message->prefix + message->prefix_bytes, bytes, count);
    message->prefix_bytes += count;
}

/* The prefix of a message with a context, or of a digest. */
static NTSTATUS put_prefix(const struct pq_signing *signing,
                           const BCRYPT_PQDSA_PADDING_INFO *info, struct pq_message *message)
{
    UCHAR head[2] = { info->pszPrehashAlgId != NULL, (UCHAR)info->cbCtx };
    const struct prehash *prehash = NULL;

    if (info->cbCtx > PQ_CONTEXT_MOST || (info->cbCtx && !info->pbCtx))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if (info->pszPrehashAlgId)
    {
        if (!signing->takes_digests) return STATUS_NOT_SUPPORTED;
        if (!(prehash = prehash_named(info->pszPrehashAlgId))) return STATUS_NOT_SUPPORTED;
        if (message->count != prehash->digest_bytes) return STATUS_INVALID_PARAMETER;
    }
    put(message, head, sizeof(head));
    put(message, info->pbCtx, info->cbCtx);
    if (!prehash) return STATUS_SUCCESS;
    put(message, hash_arc, sizeof(hash_arc));
    put(message, &prehash->arc, 1);
    return STATUS_SUCCESS;
}

/*
 * Reads the input of a signature from a caller's flags and padding information.
 *
 *   flags 0                         no info: a message without a context
 *   BCRYPT_PAD_PQDSA                an info: a message or a digest, a context of up to 255 bytes
 *   BCRYPT_MLDSA_EXTERNAL_MU        no info: mu, 64 bytes
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_PARAMETER   another combination, a size that does not fit
 *   STATUS_NOT_SUPPORTED       a hash that is not in the table; a digest, or mu, where the
 *                              algorithm takes none
 */
static NTSTATUS read_message(const struct pq_signing *signing, const void *info, ULONG flags,
                             const UCHAR *bytes, ULONG count, struct pq_message *message)
{
    static const BCRYPT_PQDSA_PADDING_INFO nothing = { NULL, 0, NULL };

    message->prefix_bytes = 0;
    message->bytes = bytes;
    message->count = count;
    message->is_mu = flags == BCRYPT_MLDSA_EXTERNAL_MU;
    switch (flags)
    {
    case 0:
        return info ? STATUS_INVALID_PARAMETER : put_prefix(signing, &nothing, message);
    case BCRYPT_PAD_PQDSA:
        return info ? put_prefix(signing, info, message) : STATUS_INVALID_PARAMETER;
    case BCRYPT_MLDSA_EXTERNAL_MU:
        if (!signing->takes_mu) return STATUS_NOT_SUPPORTED;
        return info || count != MU_BYTES ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
    default:
        return STATUS_INVALID_PARAMETER;
    }
}

/* ---- members of the function tables ---- */

static const struct pq_signing *signing_of(const struct pq_key *key)
{
    return ((const struct pq_row *)key->pair.row)->signing;
}

/* A signature is made elsewhere and copied: where it goes may be where the message is. */
static NTSTATUS sign(const struct pq_key *key, const struct pq_message *message,
                     const struct reply *reply)
{
    ULONG most = pq_set_of(key)->output_bytes, bytes = most;
    NTSTATUS status;
    UCHAR *made;

    if (reply->cbOutput < most)
    {
        *reply->pcbResult = most;
        return STATUS_BUFFER_TOO_SMALL;
    }
    if (!(made = memory_get(most))) return STATUS_NO_MEMORY;
    if (!(status = lc_ready())) status = signing_of(key)->sign(key, message, made, &bytes);
    if (!status) status = reply_bytes(reply, made, bytes);
    memory_put(made, most);
    return status;
}

NTSTATUS WINAPI pq_sign_hash(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbInput,
                             ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                             ULONG dwFlags)
{
    struct reply reply = { pbOutput, cbOutput, pcbResult };
    const struct pq_key *key = pair_ready(hKey);
    struct pq_message message;
    NTSTATUS status;
    PUCHAR room;

    if (!key) return STATUS_INVALID_HANDLE;
    if (!pbOutput) return reply_room(&reply, pq_set_of(key)->output_bytes, &room);
    status = read_message(signing_of(key), pPaddingInfo, dwFlags, pbInput, cbInput, &message);
    if (status) return status;
    if (!key->private_key) return STATUS_INVALID_PARAMETER;
    return sign(key, &message, &reply);
}

NTSTATUS WINAPI pq_verify_signature(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbHash,
                                    ULONG cbHash, PUCHAR pbSignature, ULONG cbSignature,
                                    ULONG dwFlags)
{
    const struct pq_key *key = pair_ready(hKey);
    const struct pq_signing *signing;
    struct pq_message message;
    NTSTATUS status;
    ULONG most;

    if (!key) return STATUS_INVALID_HANDLE;
    signing = signing_of(key);
    most = pq_set_of(key)->output_bytes;
    status = read_message(signing, pPaddingInfo, dwFlags, pbHash, cbHash, &message);
    if (status) return status;
    if (cbSignature > most || cbSignature < (signing->least_bytes ? signing->least_bytes : most))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if ((status = lc_ready())) return status;
    return signing->verify(key, &message, pbSignature, cbSignature);
}

/* ---- properties ---- */

static const struct pair_property properties[] =
{
    PQ_PROPERTIES,
    { BCRYPT_SIGNATURE_LENGTH, true, pq_get_output_length, NULL, NULL },
};
const struct pair_properties pq_signing_properties = PAIR_PROPERTIES(properties);
