/*
 * pkcs8.c - private keys as PKCS #8: what is the same for all algorithms (RFC 5208).
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/pkcs8.h"

#include "platform/memory.h"

/* Contents of object identifiers. */
#define OID_RSA  0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01
#define OID_EC   0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01
#define OID_DSA  0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01
#define OID_DH   0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x03, 0x01
#define OID_NIST 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04

static const struct
{
    uint8_t oid[12];
    size_t bytes;
    enum ksp_family family;
    LPCWSTR algorithm;                          /* without a key of its own to say: EC */
    LPCWSTR set;
} identifiers[] =
{
    { { OID_RSA },              9, KSP_RSA,   BCRYPT_RSA_ALGORITHM,   NULL    },
    { { OID_EC },               7, KSP_EC,    NULL,                   NULL    },
    { { OID_DSA },              7, KSP_DSA,   BCRYPT_DSA_ALGORITHM,   NULL    },
    { { OID_DH },               9, KSP_DH,    BCRYPT_DH_ALGORITHM,    NULL    },
    { { OID_NIST, 0x04, 0x01 }, 9, KSP_MLKEM, BCRYPT_MLKEM_ALGORITHM, L"512"  },
    { { OID_NIST, 0x04, 0x02 }, 9, KSP_MLKEM, BCRYPT_MLKEM_ALGORITHM, L"768"  },
    { { OID_NIST, 0x04, 0x03 }, 9, KSP_MLKEM, BCRYPT_MLKEM_ALGORITHM, L"1024" },
    { { OID_NIST, 0x03, 0x11 }, 9, KSP_MLDSA, BCRYPT_MLDSA_ALGORITHM, L"44"   },
    { { OID_NIST, 0x03, 0x12 }, 9, KSP_MLDSA, BCRYPT_MLDSA_ALGORITHM, L"65"   },
    { { OID_NIST, 0x03, 0x13 }, 9, KSP_MLDSA, BCRYPT_MLDSA_ALGORITHM, L"87"   },
};

SECURITY_STATUS pkcs8_room(struct pkcs8_key *key, size_t bytes)
{
    if (bytes > 0x100000) return NTE_BAD_DATA;
    if (!(key->blob = memory_get_zeroed(bytes))) return NTE_NO_MEMORY;
    key->bytes = key->room = (ULONG)bytes;
    return 0;
}

bool pkcs8_pad(uint8_t *to, size_t field, const struct der *magnitude)
{
    const uint8_t *from = magnitude->data;
    size_t bytes = magnitude->bytes;

    while (bytes && !*from) from++, bytes--;
    if (bytes > field) return false;
    memset(to, 0, field - bytes);
    if (bytes) memcpy(to + field - bytes, from, bytes);
    return true;
}

/* ---- decoding ---- */

static SECURITY_STATUS decode_family(const struct der *oid, const struct pkcs8_info *info,
                                     struct pkcs8_key *key)
{
    SECURITY_STATUS status = NTE_NOT_SUPPORTED;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(identifiers); i++)
    {
        if (identifiers[i].bytes != oid->bytes ||
            memcmp(identifiers[i].oid, oid->data, oid->bytes)) continue;
        if (identifiers[i].algorithm) key->algorithm = ksp_algorithm_find(identifiers[i].algorithm);
        switch (identifiers[i].family)
        {
        case KSP_RSA: return pkcs8_decode_rsa(info, key);
        case KSP_EC: return pkcs8_decode_ec(info, key);
        case KSP_DSA: return pkcs8_decode_ffc(info, true, key);
        case KSP_DH: return pkcs8_decode_ffc(info, false, key);
        default: return pkcs8_decode_pq(info, key->algorithm, identifiers[i].set, key);
        }
    }
    return status;
}

/* PrivateKeyInfo ::= SEQUENCE { version INTEGER, algorithm AlgorithmIdentifier, key OCTET STRING,
 * attributes [0] IMPLICIT SET OPTIONAL }; OneAsymmetricKey (RFC 5958) has a public key [1] too. */
static SECURITY_STATUS decode_plain(const uint8_t *data, ULONG bytes, struct pkcs8_key *key)
{
    struct der_list outer = { 0 }, identifier = { 0 };
    SECURITY_STATUS status = NTE_BAD_DATA;
    struct pkcs8_info info = { { 0 }, { 0 }, { 0 } };
    size_t i;

    if (!lc_der_sequence(data, bytes, &outer) || outer.count < 3 ||
        outer.items[0].tag != DER_INTEGER || outer.items[1].tag != DER_SEQUENCE ||
        outer.items[2].tag != DER_OCTETS) goto done;
    if (!lc_der_sequence(outer.items[1].data, outer.items[1].bytes, &identifier) ||
        !identifier.count || identifier.count > 2 || identifier.items[0].tag != DER_OID) goto done;

    info.key = outer.items[2];
    if (identifier.count == 2) info.parameters = identifier.items[1];
    for (i = 3; i < outer.count; i++)
    {
        if (outer.items[i].tag == DER_CONTEXT) info.attributes = outer.items[i];
    }
    status = decode_family(&identifier.items[0], &info, key);
    if (status && key->blob)
    {
        memory_put(key->blob, key->room);
        key->blob = NULL;
    }

done:
    lc_der_free(&identifier);
    lc_der_free(&outer);
    return status;
}

SECURITY_STATUS pkcs8_decode(const uint8_t *data, ULONG bytes, const NCryptBuffer *password,
                             struct pkcs8_key *key)
{
    SECURITY_STATUS status;
    uint8_t *plain;
    ULONG plain_bytes, room;

    memset(key, 0, sizeof(*key));
    if (!password) return decode_plain(data, bytes, key);
    status = pkcs8_decrypt(data, bytes, password, &plain, &plain_bytes, &room);
    if (status) return status;
    status = decode_plain(plain, plain_bytes, key);
    memory_put(plain, room);
    return status;
}

/* ---- encoding ---- */

void pkcs8_put_algorithm(struct der_writer *writer, const uint8_t *oid, size_t bytes, size_t end)
{
    lc_der_put(writer, DER_OID, oid, bytes);
    lc_der_wrap(writer, DER_SEQUENCE, end);
}

SECURITY_STATUS pkcs8_encode(struct ksp_key *key, const NCryptBufferDesc *parameters,
                             uint8_t **data, ULONG *bytes)
{
    static const size_t most = 0x8000;          /* the longest key, RSA's of 16384 bits, is 9 KiB */
    struct der_writer writer = { memory_get(most), most, false };
    SECURITY_STATUS status;
    ULONG size;

    *data = NULL;
    if (!writer.buffer) return NTE_NO_MEMORY;
    switch (key->algorithm->family)
    {
    case KSP_RSA: status = pkcs8_encode_rsa(key, &writer); break;
    case KSP_EC: status = pkcs8_encode_ec(key, &writer); break;
    case KSP_DSA:
    case KSP_DH: status = pkcs8_encode_ffc(key, &writer); break;
    case KSP_MLDSA:
    case KSP_MLKEM: status = pkcs8_encode_pq(key, &writer); break;
    case KSP_COMPOSITE: status = NTE_NOT_SUPPORTED; break;      /* so on Windows: .NET's tests */
    default: status = NTE_BAD_TYPE; break;
    }
    lc_der_put_number(&writer, 0);
    lc_der_wrap(&writer, DER_SEQUENCE, most);
    if (!status && writer.failed) status = NTE_INTERNAL_ERROR;

    size = (ULONG)(most - writer.at);
    if (!status && ksp_parameter(parameters, NCRYPTBUFFER_PKCS_SECRET))
        status = pkcs8_encrypt(parameters, writer.buffer + writer.at, size, data, bytes);
    else if (!status && !(*data = memory_get(size))) status = NTE_NO_MEMORY;
    else if (!status)
    {
        memcpy(*data, writer.buffer + writer.at, size);
        *bytes = size;
    }
    memory_put(writer.buffer, most);
    return status;
}
