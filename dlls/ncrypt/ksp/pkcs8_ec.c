/*
 * pkcs8_ec.c - keys on elliptic curves as PKCS #8 (RFC 5915, RFC 3279).
 *
 * PKCS #8 does not say what an EC key is for. Windows goes by the attribute keyUsage, which its own
 * exports have: a key that may sign and not agree is ECDSA's, any other ECDH's, which signs all the
 * same (.NET takes both for its ECDsa).
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/pkcs8.h"

#include "platform/memory.h"

#define SIGNATURE_BIT 0x80                      /* of the first byte of keyUsage */
#define AGREEMENT_BIT 0x08
#define MOST_BYTES    ((size_t)72)              /* of a coordinate */

static const uint8_t oid_ec[] = { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01 };
static const uint8_t oid_prime_field[] = { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x01, 0x01 };
static const uint8_t oid_key_usage[] = { 0x55, 0x1d, 0x0f };

/* ---- keyUsage ---- */

/* The first byte of a keyUsage attribute: SEQUENCE { OID, SET { BIT STRING } }. */
static bool usage_of(const struct der *attribute, uint8_t *usage)
{
    struct der_list parts = { 0 }, values = { 0 };
    bool is_usage = false;

    if (attribute->tag == DER_SEQUENCE &&
        lc_der_sequence(attribute->data, attribute->bytes, &parts) && parts.count == 2 &&
        parts.items[0].tag == DER_OID && parts.items[0].bytes == sizeof(oid_key_usage) &&
        !memcmp(parts.items[0].data, oid_key_usage, sizeof(oid_key_usage)) &&
        parts.items[1].tag == DER_SET &&
        lc_der_sequence(parts.items[1].data, parts.items[1].bytes, &values) && values.count == 1 &&
        values.items[0].tag == DER_BITS && values.items[0].bytes)
    {
        *usage = values.items[0].data[0];
        is_usage = true;
    }
    lc_der_free(&values);
    lc_der_free(&parts);
    return is_usage;
}

/* Whether it signs, by its attributes, which may be none. */
static SECURITY_STATUS get_signs(const struct der *attributes, bool *signs)
{
    size_t room = attributes->bytes + 16, i;
    struct der_writer writer = { memory_get(room), room, false };
    struct der_list list = { 0 };
    uint8_t usage = 0;

    if (!writer.buffer) return NTE_NO_MEMORY;
    lc_der_put(&writer, DER_SET, attributes->data, attributes->bytes);
    if (!writer.failed && lc_der_sequence(writer.buffer + writer.at, room - writer.at, &list))
    {
        for (i = 0; i < list.count && !usage_of(&list.items[i], &usage); i++) {}
    }
    lc_der_free(&list);
    memory_put(writer.buffer, room);
    *signs = usage & SIGNATURE_BIT && !(usage & AGREEMENT_BIT);
    return 0;
}

/* ---- decoding ---- */

/* The bytes of a named curve's order, which a blob's numbers have. */
static SECURITY_STATUS order_bytes(LPCWSTR curve, size_t *bytes)
{
    BCRYPT_ALG_HANDLE open;
    ULONG parameters[256];              /* version, type, generation, bytes of field and order */
    ULONG size;
    NTSTATUS status;

    if ((status = BCryptOpenAlgorithmProvider(&open, BCRYPT_ECDH_ALGORITHM, MS_PRIMITIVE_PROVIDER,
                                              0))) return nte(status);
    status = BCryptSetProperty(open, BCRYPT_ECC_CURVE_NAME, (PUCHAR)(ULONG_PTR)curve,
                               name_bytes(curve), 0);
    if (!status)
        status = BCryptGetProperty(open, BCRYPT_ECC_PARAMETERS, (PUCHAR)parameters,
                                   sizeof(parameters), &size, 0);
    if (!status) *bytes = parameters[4] > parameters[3] ? parameters[4] : parameters[3];
    BCryptCloseAlgorithmProvider(open, 0);
    if (status) return status == STATUS_NO_MEMORY ? NTE_NO_MEMORY : NTE_NOT_SUPPORTED;
    return 0;
}

/* Puts a point's two halves, 04 X Y, into fields; zeros, which bcrypt.dll replaces, for none. */
static bool put_point(uint8_t *to, size_t field, const struct der *point)
{
    size_t half = point->bytes / 2;
    struct der x, y;

    if (!point->bytes) return true;
    if (point->bytes % 2 != 1 || point->data[0] != 4) return false;
    x = (struct der){ DER_INTEGER, point->data + 1, half };
    y = (struct der){ DER_INTEGER, point->data + 1 + half, half };
    return pkcs8_pad(to, field, &x) && pkcs8_pad(to + field, field, &y);
}

static SECURITY_STATUS decode_named(const struct der *oid, const struct der *d,
                                    const struct der *point, bool signs, struct pkcs8_key *key)
{
    static const struct
    {
        LPCWSTR curve, ecdsa, ecdh;
        ULONG ecdsa_magic, ecdh_magic;
    } own[] =
    {
        { L"nistP256", BCRYPT_ECDSA_P256_ALGORITHM, BCRYPT_ECDH_P256_ALGORITHM,
          BCRYPT_ECDSA_PRIVATE_P256_MAGIC, BCRYPT_ECDH_PRIVATE_P256_MAGIC },
        { L"nistP384", BCRYPT_ECDSA_P384_ALGORITHM, BCRYPT_ECDH_P384_ALGORITHM,
          BCRYPT_ECDSA_PRIVATE_P384_MAGIC, BCRYPT_ECDH_PRIVATE_P384_MAGIC },
        { L"nistP521", BCRYPT_ECDSA_P521_ALGORITHM, BCRYPT_ECDH_P521_ALGORITHM,
          BCRYPT_ECDSA_PRIVATE_P521_MAGIC, BCRYPT_ECDH_PRIVATE_P521_MAGIC },
    };
    BCRYPT_ECCKEY_BLOB header;
    LPCWSTR curve = pkcs8_curve(oid), id = signs ? BCRYPT_ECDSA_ALGORITHM : BCRYPT_ECDH_ALGORITHM;
    SECURITY_STATUS status;
    size_t field = 0, i;

    if (!curve) return NTE_NOT_SUPPORTED;
    if ((status = order_bytes(curve, &field))) return status;
    header.dwMagic = signs ? BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC : BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC;
    header.cbKey = (ULONG)field;
    memcpy(key->curve, curve, name_bytes(curve));
    for (i = 0; i < ARRAY_SIZE(own); i++)
    {
        if (!names_equal(own[i].curve, curve)) continue;
        id = signs ? own[i].ecdsa : own[i].ecdh;
        header.dwMagic = signs ? own[i].ecdsa_magic : own[i].ecdh_magic;
        key->curve[0] = 0;
    }
    key->algorithm = ksp_algorithm_find(id);
    key->type = BCRYPT_ECCPRIVATE_BLOB;
    if ((status = pkcs8_room(key, sizeof(header) + 3 * field))) return status;
    memcpy(key->blob, &header, sizeof(header));
    if (!put_point(key->blob + sizeof(header), field, point) ||
        !pkcs8_pad(key->blob + sizeof(header) + 2 * field, field, d)) return NTE_BAD_DATA;
    return 0;
}

/* SpecifiedECDomain ::= SEQUENCE { version, fieldID SEQUENCE { OID, p }, curve SEQUENCE { a, b,
 * seed OPTIONAL }, base OCTET STRING, order, cofactor OPTIONAL, ... } */
static SECURITY_STATUS decode_explicit(const struct der *domain, const struct der *d,
                                       const struct der *point, bool signs, struct pkcs8_key *key)
{
    static const uint8_t one = 1;
    struct der_list outer = { 0 }, field_id = { 0 }, curve = { 0 };
    BCRYPT_ECCFULLKEY_BLOB header =
    {
        .dwVersion = 1, .dwCurveType = BCRYPT_ECC_PRIME_SHORT_WEIERSTRASS_CURVE,
    };
    struct der cofactor = { DER_INTEGER, &one, 1 }, seed = { 0 };
    SECURITY_STATUS status = NTE_BAD_DATA;
    size_t f, n;
    uint8_t *at;

    if (!lc_der_sequence(domain->data, domain->bytes, &outer) || outer.count < 5 ||
        outer.items[1].tag != DER_SEQUENCE || outer.items[2].tag != DER_SEQUENCE ||
        outer.items[3].tag != DER_OCTETS || outer.items[4].tag != DER_INTEGER) goto done;
    if (outer.count > 5 && outer.items[5].tag == DER_INTEGER) cofactor = outer.items[5];
    if (!lc_der_sequence(outer.items[1].data, outer.items[1].bytes, &field_id) ||
        field_id.count != 2 || field_id.items[0].tag != DER_OID ||
        field_id.items[1].tag != DER_INTEGER) goto done;
    status = NTE_NOT_SUPPORTED;                 /* fields of characteristic 2 */
    if (field_id.items[0].bytes != sizeof(oid_prime_field) ||
        memcmp(field_id.items[0].data, oid_prime_field, sizeof(oid_prime_field))) goto done;
    status = NTE_BAD_DATA;
    if (!lc_der_sequence(outer.items[2].data, outer.items[2].bytes, &curve) || curve.count < 2 ||
        curve.items[0].tag != DER_OCTETS || curve.items[1].tag != DER_OCTETS) goto done;
    if (curve.count > 2 && curve.items[2].tag == DER_BITS) seed = curve.items[2];

    f = field_id.items[1].bytes;
    n = outer.items[4].bytes;
    if (!f || f > MOST_BYTES || !n || n > MOST_BYTES || cofactor.bytes > MOST_BYTES ||
        seed.bytes > MOST_BYTES) goto done;
    header.dwMagic = signs ? BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC : BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC;
    header.cbFieldLength = (ULONG)f;
    header.cbSubgroupOrder = (ULONG)n;
    header.cbCofactor = (ULONG)cofactor.bytes;
    header.cbSeed = (ULONG)seed.bytes;
    key->algorithm = ksp_algorithm_find(signs ? BCRYPT_ECDSA_ALGORITHM : BCRYPT_ECDH_ALGORITHM);
    key->type = BCRYPT_ECCFULLPRIVATE_BLOB;
    status = pkcs8_room(key, sizeof(header) + 7 * f + 2 * n + cofactor.bytes + seed.bytes);
    if (status) goto done;

    status = NTE_BAD_DATA;
    memcpy(key->blob, &header, sizeof(header));
    at = key->blob + sizeof(header);
    if (!pkcs8_pad(at, f, &field_id.items[1]) || !pkcs8_pad(at + f, f, &curve.items[0]) ||
        !pkcs8_pad(at + 2 * f, f, &curve.items[1]) || !outer.items[3].bytes ||
        !put_point(at + 3 * f, f, &outer.items[3]) ||
        !pkcs8_pad(at + 5 * f, n, &outer.items[4])) goto done;
    at += 5 * f + n;
    pkcs8_pad(at, cofactor.bytes, &cofactor);
    at += cofactor.bytes;
    if (seed.bytes) memcpy(at, seed.data, seed.bytes);
    at += seed.bytes;
    if (put_point(at, f, point) && pkcs8_pad(at + 2 * f, n, d)) status = 0;

done:
    lc_der_free(&curve);
    lc_der_free(&field_id);
    lc_der_free(&outer);
    return status;
}

/* ECPrivateKey ::= SEQUENCE { 1, d OCTET STRING, [0] parameters OPTIONAL, [1] BIT STRING
 * OPTIONAL } */
SECURITY_STATUS pkcs8_decode_ec(const struct pkcs8_info *info, struct pkcs8_key *key)
{
    struct der_list outer = { 0 }, bits = { 0 }, inner = { 0 };
    struct der point = { 0 }, parameters = info->parameters;
    SECURITY_STATUS status;
    bool signs;
    size_t i;

    if ((status = get_signs(&info->attributes, &signs))) return status;
    status = NTE_BAD_DATA;
    if (!lc_der_sequence(info->key.data, info->key.bytes, &outer) || outer.count < 2 ||
        outer.items[0].tag != DER_INTEGER || outer.items[1].tag != DER_OCTETS) goto done;
    for (i = 2; i < outer.count; i++)
    {
        if (outer.items[i].tag == DER_CONTEXT && !parameters.tag && !inner.owner)
        {
            if (!lc_der_value(outer.items[i].data, outer.items[i].bytes, &inner)) goto done;
            parameters = inner.items[0];
        }
        if (outer.items[i].tag != DER_CONTEXT + 1 || bits.owner) continue;
        if (!lc_der_value(outer.items[i].data, outer.items[i].bytes, &bits) ||
            bits.items[0].tag != DER_BITS) goto done;
        point = bits.items[0];
    }
    if (parameters.tag == DER_OID)
        status = decode_named(&parameters, &outer.items[1], &point, signs, key);
    else if (parameters.tag == DER_SEQUENCE)
        status = decode_explicit(&parameters, &outer.items[1], &point, signs, key);

done:
    lc_der_free(&inner);
    lc_der_free(&bits);
    lc_der_free(&outer);
    return status;
}

/* ---- encoding ---- */

static void put_usage(struct der_writer *writer, bool signs)
{
    uint8_t bits[2] = { signs ? 7 : 3, signs ? SIGNATURE_BIT : AGREEMENT_BIT }; /* unused first */
    size_t end = writer->at;

    lc_der_put(writer, DER_BITS, bits, sizeof(bits));
    lc_der_wrap(writer, DER_SET, end);
    lc_der_put(writer, DER_OID, oid_key_usage, sizeof(oid_key_usage));
    lc_der_wrap(writer, DER_SEQUENCE, end);
    lc_der_wrap(writer, DER_CONTEXT, end);
}

/* ECPrivateKey, without its parameters. The halves of the point stand one behind the other. */
static void put_key(struct der_writer *writer, const uint8_t *point, size_t field,
                    const uint8_t *d, size_t bytes)
{
    uint8_t bits[1 + 2 * MOST_BYTES] = { 4 };
    size_t end = writer->at;

    if (field > MOST_BYTES)
    {
        writer->failed = true;
        return;
    }
    memcpy(bits + 1, point, 2 * field);
    lc_der_put_bits(writer, bits, 1 + 2 * field);
    lc_der_wrap(writer, DER_CONTEXT + 1, end);
    lc_der_put(writer, DER_OCTETS, d, bytes);
    lc_der_put_number(writer, 1);
    lc_der_wrap(writer, DER_SEQUENCE, end);
    lc_der_wrap(writer, DER_OCTETS, end);
}

/* A curve whose order is longer than its field has numbers in its blobs as long as the order. */
static SECURITY_STATUS encode_named(struct ksp_key *key, const struct der *oid, bool signs,
                                    struct der_writer *writer)
{
    BCRYPT_ECCKEY_BLOB header;
    SECURITY_STATUS status;
    uint8_t *blob;
    ULONG bytes;
    size_t end;

    if ((status = ksp_key_blob(key, BCRYPT_ECCPRIVATE_BLOB, &blob, &bytes, NULL))) return status;
    memcpy(&header, blob, sizeof(header));
    put_usage(writer, signs);
    put_key(writer, blob + sizeof(header), header.cbKey,
            blob + sizeof(header) + 2 * header.cbKey, header.cbKey);
    memory_put(blob, bytes);
    end = writer->at;
    lc_der_put(writer, DER_OID, oid->data, oid->bytes);
    pkcs8_put_algorithm(writer, oid_ec, sizeof(oid_ec), end);
    return 0;
}

/* A key on curve25519 leaves so as well, though what reads it takes the curve for another: .NET's
 * tests, which take the private value alone. */
static bool has_explicit_form(const BCRYPT_ECCFULLKEY_BLOB *header)
{
    return header->cbFieldLength <= MOST_BYTES &&
           (header->dwCurveType == BCRYPT_ECC_PRIME_SHORT_WEIERSTRASS_CURVE ||
            header->dwCurveType == BCRYPT_ECC_PRIME_MONTGOMERY_CURVE);
}

static SECURITY_STATUS encode_explicit(struct ksp_key *key, bool signs, struct der_writer *writer)
{
    BCRYPT_ECCFULLKEY_BLOB header;
    uint8_t *blob, point[1 + 2 * MOST_BYTES] = { 4 };
    const uint8_t *p, *n;
    SECURITY_STATUS status;
    ULONG bytes, f;
    size_t end, part;

    if ((status = ksp_key_blob(key, BCRYPT_ECCFULLPRIVATE_BLOB, &blob, &bytes, NULL)))
        return status;
    memcpy(&header, blob, sizeof(header));
    f = header.cbFieldLength;
    p = blob + sizeof(header);
    n = p + 5 * f;
    if (!has_explicit_form(&header))
    {
        memory_put(blob, bytes);
        return NTE_NOT_SUPPORTED;
    }
    put_usage(writer, signs);
    put_key(writer, n + header.cbSubgroupOrder + header.cbCofactor + header.cbSeed, f,
            n + header.cbSubgroupOrder + header.cbCofactor + header.cbSeed + 2 * f,
            header.cbSubgroupOrder);

    end = writer->at;
    lc_der_put_integer(writer, n + header.cbSubgroupOrder, header.cbCofactor);
    lc_der_put_integer(writer, n, header.cbSubgroupOrder);
    memcpy(point + 1, p + 3 * f, 2 * f);
    lc_der_put(writer, DER_OCTETS, point, 1 + 2 * f);
    part = writer->at;
    if (header.cbSeed)
        lc_der_put_bits(writer, n + header.cbSubgroupOrder + header.cbCofactor, header.cbSeed);
    lc_der_put(writer, DER_OCTETS, p + 2 * f, f);
    lc_der_put(writer, DER_OCTETS, p + f, f);
    lc_der_wrap(writer, DER_SEQUENCE, part);
    part = writer->at;
    lc_der_put_integer(writer, p, f);
    lc_der_put(writer, DER_OID, oid_prime_field, sizeof(oid_prime_field));
    lc_der_wrap(writer, DER_SEQUENCE, part);
    lc_der_put_number(writer, 1);
    lc_der_wrap(writer, DER_SEQUENCE, end);
    pkcs8_put_algorithm(writer, oid_ec, sizeof(oid_ec), end);
    memory_put(blob, bytes);
    return 0;
}

SECURITY_STATUS pkcs8_encode_ec(struct ksp_key *key, struct der_writer *writer)
{
    bool signs = names_equal(key->algorithm->group, NCRYPT_ECDSA_ALGORITHM_GROUP);
    WCHAR curve[128];
    struct der oid;
    ULONG size;

    if (BCryptGetProperty(key->key, BCRYPT_ECC_CURVE_NAME, (PUCHAR)curve, sizeof(curve), &size,
                          0) ||
        !pkcs8_curve_oid(curve, &oid)) return encode_explicit(key, signs, writer);
    return encode_named(key, &oid, signs, writer);
}
