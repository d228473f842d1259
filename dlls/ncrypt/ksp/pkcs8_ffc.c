/*
 * pkcs8_ffc.c - DSA and DH keys as PKCS #8 (RFC 3279, PKCS #3).
 *
 * The parameters are SEQUENCE { p, q, g } or SEQUENCE { p, g, ... }, the key is INTEGER x. What
 * bcrypt.dll wants besides is y; it computes that itself for CryptoAPI's blob of a DH key, which
 * has none. So a DSA key is a DH key for a moment, for its y.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/pkcs8.h"

#include "platform/memory.h"

#define MOST_BYTES (4096 / 8)
#define V1_BYTES   (1024 / 8)

static const uint8_t oid_dsa[] = { 0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01 };
static const uint8_t oid_dh[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x03, 0x01 };

static void reverse(uint8_t *bytes, size_t count)
{
    size_t i;

    for (i = 0; i < count / 2; i++)
    {
        uint8_t byte = bytes[i];

        bytes[i] = bytes[count - 1 - i];
        bytes[count - 1 - i] = byte;
    }
}

/* The DH blob of p, g and x, as bcrypt.dll writes it: with y. */
static SECURITY_STATUS complete(const struct der *p, const struct der *g, const struct der *x,
                                struct pkcs8_key *key)
{
    static const uint8_t head[] = { 7, 2, 0, 0, 0x02, 0xaa, 0, 0, 0, 'D', 'H', '2' };
    const struct der *numbers[] = { p, g, x };
    ULONG bits = (ULONG)(8 * p->bytes), bytes = (ULONG)(16 + 3 * p->bytes), i;
    BCRYPT_ALG_HANDLE open = NULL;
    BCRYPT_KEY_HANDLE pair = NULL;
    uint8_t *blob = memory_get(bytes), *at;
    SECURITY_STATUS status = NTE_BAD_DATA;

    if (!blob) return NTE_NO_MEMORY;
    memcpy(blob, head, sizeof(head));
    for (i = 0; i < 4; i++) blob[12 + i] = (uint8_t)(bits >> 8 * i);
    for (i = 0, at = blob + 16; i < ARRAY_SIZE(numbers); i++, at += p->bytes)
    {
        if (!pkcs8_pad(at, p->bytes, numbers[i])) goto done;
        reverse(at, p->bytes);
    }
    if ((status = nte(BCryptOpenAlgorithmProvider(&open, BCRYPT_DH_ALGORITHM, MS_PRIMITIVE_PROVIDER,
                                                  0)))) goto done;
    if ((status = nte(BCryptImportKeyPair(open, NULL, LEGACY_DH_PRIVATE_BLOB, &pair, blob, bytes,
                                          0)))) goto done;
    if ((status = nte(BCryptExportKey(pair, NULL, BCRYPT_DH_PRIVATE_BLOB, NULL, 0, &bytes, 0))))
        goto done;
    if ((status = pkcs8_room(key, bytes))) goto done;
    status = nte(BCryptExportKey(pair, NULL, BCRYPT_DH_PRIVATE_BLOB, key->blob, bytes, &bytes, 0));
    key->type = BCRYPT_DH_PRIVATE_BLOB;

done:
    if (pair) BCryptDestroyKey(pair);
    if (open) BCryptCloseAlgorithmProvider(open, 0);
    memory_put(blob, 16 + 3 * p->bytes);
    return status;
}

/* The DSA blob of a DH blob and q; how the parameters were made is not known: all bits one. */
static SECURITY_STATUS make_dsa(const struct der *p, const struct der *q, const struct der *x,
                                struct pkcs8_key *key)
{
    ULONG field = (ULONG)(p->bytes + 7) / 8 * 8, group = p->bytes > V1_BYTES ? (ULONG)q->bytes : 20;
    struct pkcs8_key dh = *key;
    BCRYPT_DSA_KEY_BLOB_V2 v2 = { .dwMagic = BCRYPT_DSA_PRIVATE_MAGIC_V2, .cbKey = field };
    BCRYPT_DSA_KEY_BLOB v1 = { .dwMagic = BCRYPT_DSA_PRIVATE_MAGIC, .cbKey = field };
    bool is_v1 = p->bytes <= V1_BYTES;
    BCRYPT_DH_KEY_BLOB header;
    SECURITY_STATUS status;
    struct der number;
    uint8_t *at;
    ULONG i;

    key->blob = NULL;
    key->type = BCRYPT_DSA_PRIVATE_BLOB;
    status = pkcs8_room(key, (is_v1 ? sizeof(v1) : sizeof(v2) + 2 * group) + 3 * field + group);
    if (status) goto done;

    at = key->blob;
    status = NTE_BAD_DATA;
    if (is_v1)
    {
        memset(v1.Count, 0xff, sizeof(v1.Count));
        memset(v1.Seed, 0xff, sizeof(v1.Seed));
        if (!pkcs8_pad(v1.q, sizeof(v1.q), q)) goto done;
        memcpy(at, &v1, sizeof(v1));
        at += sizeof(v1);
    }
    else
    {
        v2.hashAlgorithm = group == 20 ? DSA_HASH_ALGORITHM_SHA1 :
                           group == 32 ? DSA_HASH_ALGORITHM_SHA256 : DSA_HASH_ALGORITHM_SHA512;
        v2.standardVersion = DSA_FIPS186_3;
        v2.cbSeedLength = v2.cbGroupSize = group;
        memset(v2.Count, 0xff, sizeof(v2.Count));
        memcpy(at, &v2, sizeof(v2));
        at += sizeof(v2);
        memset(at, 0xff, group);
        if (!pkcs8_pad(at + group, group, q)) goto done;
        at += 2 * group;
    }
    memcpy(&header, dh.blob, sizeof(header));
    for (i = 0; i < 3; i++, at += field)        /* P, G, Y */
    {
        number = (struct der){ DER_INTEGER, dh.blob + sizeof(header) + i * header.cbKey,
                               header.cbKey };
        if (!pkcs8_pad(at, field, &number)) goto done;
    }
    if (pkcs8_pad(at, group, x)) status = 0;

done:
    memory_put(dh.blob, dh.room);
    return status;
}

SECURITY_STATUS pkcs8_decode_ffc(const struct pkcs8_info *info, bool is_dsa, struct pkcs8_key *key)
{
    struct der_list parameters = { 0 }, content = { 0 };
    SECURITY_STATUS status = NTE_BAD_DATA;
    const struct der *p, *g, *x;
    size_t i;

    if (info->parameters.tag != DER_SEQUENCE ||
        !lc_der_sequence(info->parameters.data, info->parameters.bytes, &parameters) ||
        parameters.count < (is_dsa ? 3u : 2u)) goto done;
    for (i = 0; i < parameters.count; i++)
    {
        if (parameters.items[i].tag != DER_INTEGER) goto done;
    }
    if (!lc_der_value(info->key.data, info->key.bytes, &content) ||
        content.items[0].tag != DER_INTEGER) goto done;

    p = &parameters.items[0];
    g = &parameters.items[is_dsa ? 2 : 1];
    x = &content.items[0];
    if (p->bytes < 512 / 8 || p->bytes > MOST_BYTES || g->bytes > p->bytes ||
        x->bytes > p->bytes || parameters.items[1].bytes > p->bytes) goto done;
    status = complete(p, g, x, key);
    if (!status && is_dsa) status = make_dsa(p, &parameters.items[1], x, key);

done:
    lc_der_free(&content);
    lc_der_free(&parameters);
    return status;
}

static void put_dh(struct der_writer *writer, const uint8_t *blob)
{
    BCRYPT_DH_KEY_BLOB header;
    size_t end = writer->at;
    const uint8_t *p = blob + sizeof(header);

    memcpy(&header, blob, sizeof(header));
    lc_der_put_integer(writer, p + 3 * header.cbKey, header.cbKey);
    lc_der_wrap(writer, DER_OCTETS, end);
    end = writer->at;
    lc_der_put_integer(writer, p + header.cbKey, header.cbKey);
    lc_der_put_integer(writer, p, header.cbKey);
    lc_der_wrap(writer, DER_SEQUENCE, end);
    pkcs8_put_algorithm(writer, oid_dh, sizeof(oid_dh), end);
}

static void put_dsa(struct der_writer *writer, const uint8_t *blob)
{
    BCRYPT_DSA_KEY_BLOB_V2 v2;
    BCRYPT_DSA_KEY_BLOB v1;
    size_t end = writer->at;
    const uint8_t *q, *p;
    ULONG field, group;

    memcpy(&v1, blob, sizeof(v1));
    memcpy(&v2, blob, sizeof(v2));
    field = v1.cbKey;
    if (v1.dwMagic == BCRYPT_DSA_PRIVATE_MAGIC)
    {
        q = blob + offsetof(BCRYPT_DSA_KEY_BLOB, q);
        group = sizeof(v1.q);
        p = blob + sizeof(v1);
    }
    else
    {
        q = blob + sizeof(v2) + v2.cbSeedLength;
        group = v2.cbGroupSize;
        p = q + group;
    }
    lc_der_put_integer(writer, p + 3 * field, group);
    lc_der_wrap(writer, DER_OCTETS, end);
    end = writer->at;
    lc_der_put_integer(writer, p + field, field);
    lc_der_put_integer(writer, q, group);
    lc_der_put_integer(writer, p, field);
    lc_der_wrap(writer, DER_SEQUENCE, end);
    pkcs8_put_algorithm(writer, oid_dsa, sizeof(oid_dsa), end);
}

SECURITY_STATUS pkcs8_encode_ffc(struct ksp_key *key, struct der_writer *writer)
{
    SECURITY_STATUS status;
    uint8_t *blob;
    ULONG bytes;

    if ((status = ksp_key_blob(key, NULL, &blob, &bytes, NULL))) return status;
    if (key->algorithm->family == KSP_DSA) put_dsa(writer, blob);
    else put_dh(writer, blob);
    memory_put(blob, bytes);
    return 0;
}
