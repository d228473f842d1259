/*
 * pq_kem.c - encapsulating and decapsulating: sizes, buffers, flags.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/pq/pq.h"

#include "crypto/common/lc.h"
#include "platform/wipe.h"

static const struct pq_kem *kem_of(const struct pq_key *key)
{
    return ((const struct pq_row *)key->pair.row)->kem;
}

/* ---- members of the function table ---- */

/* An encapsulation is made here, and copied out when all of it is there. */
struct encapsulation
{
    UCHAR secret[PQ_SECRET_BYTES];
    UCHAR ciphertext[PQ_CIPHERTEXT_MOST];
};

NTSTATUS WINAPI pq_encapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbSecretKey, ULONG cbSecretKey,
                               ULONG *pcbSecretKey, PUCHAR pbCipherText, ULONG cbCipherText,
                               ULONG *pcbCipherText, ULONG dwFlags)
{
    const struct pq_key *key = pair_ready(hKey);
    struct encapsulation made;
    ULONG ciphertext_bytes;
    NTSTATUS status;

    if (!key) return STATUS_INVALID_HANDLE;
    if (dwFlags) return STATUS_INVALID_PARAMETER;
    ciphertext_bytes = pq_set_of(key)->output_bytes;
    *pcbSecretKey = PQ_SECRET_BYTES;
    *pcbCipherText = ciphertext_bytes;
    if (!pbSecretKey) return STATUS_SUCCESS;    /* then there is no pbCipherText either */
    if (cbSecretKey < PQ_SECRET_BYTES || cbCipherText < ciphertext_bytes)
    {
        return STATUS_BUFFER_TOO_SMALL;
    }
    if ((status = lc_ready())) return status;
    if (!(status = kem_of(key)->encapsulate(key, made.ciphertext, made.secret)))
    {
        memcpy(pbSecretKey, made.secret, PQ_SECRET_BYTES);
        memcpy(pbCipherText, made.ciphertext, ciphertext_bytes);
    }
    wipe(made.secret, sizeof(made.secret));
    return status;
}

NTSTATUS WINAPI pq_decapsulate(BCRYPT_KEY_HANDLE hKey, PUCHAR pbCipherText, ULONG cbCipherText,
                               PUCHAR pbSecretKey, ULONG cbSecretKey, ULONG *pcbSecretKey,
                               ULONG dwFlags)
{
    const struct pq_key *key = pair_ready(hKey);
    struct reply reply = { pbSecretKey, cbSecretKey, pcbSecretKey };
    UCHAR secret[PQ_SECRET_BYTES];
    NTSTATUS status;
    PUCHAR room;

    if (!key) return STATUS_INVALID_HANDLE;
    if (dwFlags || !key->private_key) return STATUS_INVALID_PARAMETER;
    status = reply_room(&reply, PQ_SECRET_BYTES, &room);
    if (!room) return status;
    if (cbCipherText != pq_set_of(key)->output_bytes) return STATUS_INVALID_BUFFER_SIZE;
    if ((status = lc_ready())) return status;
    if (!(status = kem_of(key)->decapsulate(key, pbCipherText, secret)))
    {
        memcpy(room, secret, sizeof(secret));
    }
    wipe(secret, sizeof(secret));
    return status;
}

/* ---- properties ---- */

static NTSTATUS get_secret_length(void *object, const struct reply *reply)
{
    (void)object;
    return reply_ulong(reply, PQ_SECRET_BYTES);
}

static const struct property algorithm_property_list[] =
{
    { KEPT(BCRYPT_KEM_SHARED_SECRET_LENGTH), get_secret_length, NULL },
};
const struct properties pq_kem_algorithm_properties = PROPERTIES_AND(algorithm_property_list,
                                                                     &pair_algorithm_properties);

static const struct pair_property properties[] =
{
    PQ_PROPERTIES,
    { BCRYPT_KEM_SHARED_SECRET_LENGTH, true, get_secret_length,    NULL, NULL },
    { BCRYPT_KEM_CIPHERTEXT_LENGTH,    true, pq_get_output_length, NULL, NULL },
};
const struct pair_properties pq_kem_properties = PAIR_PROPERTIES(properties);
