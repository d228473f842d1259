/*
 * rsa_sign.c - BCryptSignHash and BCryptVerifySignature with RSA keys.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/lc.h"
#include "crypto/rsa/rsa_padding.h"
#include "platform/wipe.h"
#include "provider/rsa/rsa.h"

/* DigestInfo of RFC 8017, 9.2: SEQUENCE { SEQUENCE { OID, NULL }, OCTET STRING }. */
#define OID_MAX_BYTES 24
#define DIGEST_INFO_MAX_BYTES (2 + 2 + OID_MAX_BYTES + 2 + 2 + DIGEST_MAX_BYTES)

/* A signature's padding. */
struct scheme
{
    bool is_pss;
    bool may_lack_oid;                          /* verifying: the bare digest is right, too */
    const struct digest *digest;                /* NULL: PKCS #1 without an algorithm */
    const UCHAR *oid;
    ULONG oid_bytes, salt_bytes;
};

/*
 * Flags and padding information. A digest algorithm that is named fixes the digest's size.
 *
 *   STATUS_INVALID_PARAMETER   no padding, two of them, no information, PSS without an algorithm,
 *                              or a digest of the wrong size
 *   STATUS_NOT_SUPPORTED       a name that is no hash [win], or one that PKCS #1 cannot name
 */
static NTSTATUS read_scheme(ULONG flags, const void *pPaddingInfo, ULONG hash_bytes,
                            bool is_verifying, struct scheme *scheme)
{
    const BCRYPT_PKCS1_PADDING_INFO *pkcs1 = pPaddingInfo;
    const BCRYPT_PSS_PADDING_INFO *pss = pPaddingInfo;
    LPCWSTR name;

    memset(scheme, 0, sizeof(*scheme));
    if (!pPaddingInfo) return STATUS_INVALID_PARAMETER;
    if (is_verifying && flags & BCRYPT_PAD_PKCS1_OPTIONAL_HASH_OID)
    {
        scheme->may_lack_oid = true;
        flags = (flags & ~(ULONG)BCRYPT_PAD_PKCS1_OPTIONAL_HASH_OID) | BCRYPT_PAD_PKCS1;
    }
    if (flags == BCRYPT_PAD_PSS)
    {
        scheme->is_pss = true;
        scheme->salt_bytes = pss->cbSalt;
        name = pss->pszAlgId;
    }
    else if (flags == BCRYPT_PAD_PKCS1) name = pkcs1->pszAlgId;
    else return STATUS_INVALID_PARAMETER;

    if (!name) return scheme->is_pss ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;

    if (!(scheme->digest = hash_digest_by_name(name))) return STATUS_NOT_SUPPORTED;
    if (!scheme->is_pss && !(scheme->oid = hash_oid_by_name(name, &scheme->oid_bytes)))
        return STATUS_NOT_SUPPORTED;
    if (scheme->oid_bytes > OID_MAX_BYTES) return STATUS_NOT_SUPPORTED;
    return hash_bytes == scheme->digest->digest_bytes ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

/* Writes a DigestInfo, with the NULL of its parameters or without; its bytes. */
static ULONG write_digest_info(const struct scheme *scheme, const UCHAR *hash, bool has_parameters,
                               UCHAR *to)
{
    ULONG hash_bytes = (ULONG)scheme->digest->digest_bytes, null_bytes = has_parameters ? 2 : 0;
    UCHAR *start = to;

    *to++ = 0x30;
    *to++ = (UCHAR)(2 + scheme->oid_bytes + null_bytes + 2 + hash_bytes);
    *to++ = 0x30;
    *to++ = (UCHAR)(scheme->oid_bytes + null_bytes);
    memcpy(to, scheme->oid, scheme->oid_bytes);
    to += scheme->oid_bytes;
    if (has_parameters)
    {
        *to++ = 0x05;
        *to++ = 0;
    }
    *to++ = 0x04;
    *to++ = (UCHAR)hash_bytes;
    memcpy(to, hash, hash_bytes);
    return (ULONG)(to - start) + hash_bytes;
}

/* The block that PKCS #1 v1.5 signs; false if it does not fit. */
static bool pad_pkcs1(const struct scheme *scheme, const UCHAR *hash, ULONG hash_bytes,
                      bool has_parameters, UCHAR *block, ULONG block_bytes)
{
    UCHAR info[DIGEST_INFO_MAX_BYTES];

    if (scheme->digest)
    {
        hash_bytes = write_digest_info(scheme, hash, has_parameters, info);
        hash = info;
    }
    return rsa_pad_signature(block, block_bytes, hash, hash_bytes);
}

static NTSTATUS pad(const struct rsa_key *key, const struct scheme *scheme, const UCHAR *hash,
                    ULONG hash_bytes, UCHAR *block)
{
    unsigned bits = lc_rsa_bits(key->rsa);

    if (scheme->is_pss && rsa_pss_fits(scheme->digest, bits, scheme->salt_bytes))
        return rsa_pad_pss(scheme->digest, hash, scheme->salt_bytes, block, bits);
    if (!scheme->is_pss && pad_pkcs1(scheme, hash, hash_bytes, true, block, key->bytes))
        return STATUS_SUCCESS;
    return STATUS_INVALID_PARAMETER;
}

/* The size needs no private key, no digest and no padding [win]. */
NTSTATUS WINAPI rsa_sign_hash(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbInput,
                              ULONG cbInput, PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                              ULONG dwFlags)
{
    struct reply reply = { pbOutput, cbOutput, pcbResult };
    struct rsa_key *key = pair_ready(hKey);
    UCHAR block[LC_RSA_MAX_BYTES], *room;
    struct scheme scheme;
    NTSTATUS status;

    if (!key) return STATUS_INVALID_HANDLE;
    if (pbOutput && !key->pair.is_private) return STATUS_INVALID_PARAMETER;
    if ((status = reply_room(&reply, key->bytes, &room)) || !room) return status;
    if ((status = read_scheme(dwFlags, pPaddingInfo, cbInput, false, &scheme))) return status;
    if ((status = lc_ready())) return status;

    status = pad(key, &scheme, pbInput, cbInput, block);
    if (!status) status = lc_rsa_private(key->rsa, block, room);
    wipe(block, key->bytes);
    return status;
}

/* Whether the signature's block is one of those that are right for the digest. */
static bool check(const struct rsa_key *key, const struct scheme *scheme, const UCHAR *hash,
                  ULONG hash_bytes, UCHAR *block)
{
    static const struct scheme bare;
    UCHAR right[LC_RSA_MAX_BYTES];

    if (scheme->is_pss)
    {
        return rsa_pss_fits(scheme->digest, lc_rsa_bits(key->rsa), scheme->salt_bytes) &&
               rsa_check_pss(scheme->digest, hash, scheme->salt_bytes, block,
                             lc_rsa_bits(key->rsa));
    }
    if (pad_pkcs1(scheme, hash, hash_bytes, true, right, key->bytes) &&
        !memcmp(block, right, key->bytes))
    {
        return true;
    }
    if (scheme->digest && pad_pkcs1(scheme, hash, hash_bytes, false, right, key->bytes) &&
        !memcmp(block, right, key->bytes)) return true;
    return scheme->may_lack_oid && pad_pkcs1(&bare, hash, hash_bytes, false, right, key->bytes) &&
           !memcmp(block, right, key->bytes);
}

/* Whether to look at a signature of that digest with that key. PKCS #1: if there can be one. PSS:
 * if neither salt nor digest is longer than the modulus; whether both have room, the signature
 * tells [sym]. */
static bool fits(const struct rsa_key *key, const struct scheme *scheme, ULONG hash_bytes)
{
    ULONG bytes = hash_bytes;

    if (scheme->is_pss) return scheme->salt_bytes <= key->bytes && hash_bytes <= key->bytes;
    if (scheme->digest && !scheme->may_lack_oid) bytes += 2 + 2 + scheme->oid_bytes + 2;
    return key->bytes >= RSA_PKCS1_OVERHEAD && bytes <= key->bytes - RSA_PKCS1_OVERHEAD;
}

NTSTATUS WINAPI rsa_verify_signature(BCRYPT_KEY_HANDLE hKey, VOID *pPaddingInfo, PUCHAR pbHash,
                                     ULONG cbHash, PUCHAR pbSignature, ULONG cbSignature,
                                     ULONG dwFlags)
{
    struct rsa_key *key = pair_ready(hKey);
    UCHAR block[LC_RSA_MAX_BYTES];
    struct scheme scheme;
    NTSTATUS status;

    if (!key) return STATUS_INVALID_HANDLE;
    if ((status = read_scheme(dwFlags, pPaddingInfo, cbHash, true, &scheme))) return status;
    if (cbSignature != key->bytes || !fits(key, &scheme, cbHash)) return STATUS_INVALID_PARAMETER;
    if ((status = lc_ready())) return status;

    status = lc_rsa_public(key->rsa, pbSignature, block);
    if (status == STATUS_INVALID_PARAMETER) return STATUS_INVALID_SIGNATURE; /* not less than n */
    if (status) return status;
    return check(key, &scheme, pbHash, cbHash, block) ? STATUS_SUCCESS : STATUS_INVALID_SIGNATURE;
}
