/*
 * pkcs8_rsa.c - RSA keys as PKCS #8 (RFC 8017, appendix A.1.2).
 *
 * RSAPrivateKey ::= SEQUENCE { version, n, e, d, p, q, dP, dQ, qInv }, two primes.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/pkcs8.h"

#include "platform/memory.h"

enum { VERSION, N, E, D, P, Q, DP, DQ, QINV, NUMBERS };

SECURITY_STATUS pkcs8_decode_rsa(const struct pkcs8_info *info, struct pkcs8_key *key)
{
    static const uint8_t order[] = { E, N, P, Q, DP, DQ, QINV, D };
    BCRYPT_RSAKEY_BLOB header = { .Magic = BCRYPT_RSAFULLPRIVATE_MAGIC };
    SECURITY_STATUS status = NTE_BAD_DATA;
    struct der_list list = { 0 };
    size_t fields[NUMBERS], i, at;

    if (!lc_der_sequence(info->key.data, info->key.bytes, &list) || list.count != NUMBERS ||
        list.items[VERSION].bytes) goto done;   /* its version is 0 */
    for (i = 0; i < NUMBERS; i++)
    {
        if (list.items[i].tag != DER_INTEGER || list.items[i].bytes > 16384 / 8) goto done;
        fields[i] = list.items[i].bytes;
    }
    if (!fields[N] || !fields[E] || !fields[P] || !fields[Q]) goto done;
    fields[D] = fields[N];
    fields[DP] = fields[QINV] = fields[P];
    fields[DQ] = fields[Q];

    header.cbPublicExp = (ULONG)fields[E];
    header.cbModulus = (ULONG)fields[N];
    header.cbPrime1 = (ULONG)fields[P];
    header.cbPrime2 = (ULONG)fields[Q];
    header.BitLength = 8 * header.cbModulus;
    at = sizeof(header);
    for (i = 0; i < ARRAY_SIZE(order); i++) at += fields[order[i]];
    if ((status = pkcs8_room(key, at))) goto done;

    status = NTE_BAD_DATA;
    memcpy(key->blob, &header, sizeof(header));
    at = sizeof(header);
    for (i = 0; i < ARRAY_SIZE(order); at += fields[order[i]], i++)
    {
        if (!pkcs8_pad(key->blob + at, fields[order[i]], &list.items[order[i]])) goto done;
    }
    key->type = BCRYPT_RSAFULLPRIVATE_BLOB;
    status = 0;

done:
    lc_der_free(&list);
    return status;
}

SECURITY_STATUS pkcs8_encode_rsa(struct ksp_key *key, struct der_writer *writer)
{
    static const uint8_t oid[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01 };
    BCRYPT_RSAKEY_BLOB header;
    const uint8_t *numbers[NUMBERS];
    size_t fields[NUMBERS], i, end = writer->at;
    SECURITY_STATUS status;
    uint8_t *blob;
    ULONG bytes;

    if ((status = ksp_key_blob(key, BCRYPT_RSAFULLPRIVATE_BLOB, &blob, &bytes, NULL)))
        return status;
    memcpy(&header, blob, sizeof(header));
    fields[E] = header.cbPublicExp;
    fields[N] = fields[D] = header.cbModulus;
    fields[P] = fields[DP] = fields[QINV] = header.cbPrime1;
    fields[Q] = fields[DQ] = header.cbPrime2;
    numbers[E] = blob + sizeof(header);
    numbers[N] = numbers[E] + fields[E];
    numbers[P] = numbers[N] + fields[N];
    numbers[Q] = numbers[P] + fields[P];
    numbers[DP] = numbers[Q] + fields[Q];
    numbers[DQ] = numbers[DP] + fields[DP];
    numbers[QINV] = numbers[DQ] + fields[DQ];
    numbers[D] = numbers[QINV] + fields[QINV];

    for (i = QINV; i > VERSION; i--) lc_der_put_integer(writer, numbers[i], fields[i]);
    lc_der_put_number(writer, 0);
    lc_der_wrap(writer, DER_SEQUENCE, end);
    lc_der_wrap(writer, DER_OCTETS, end);
    memory_put(blob, bytes);

    end = writer->at;
    lc_der_put(writer, DER_NULL, NULL, 0);
    pkcs8_put_algorithm(writer, oid, sizeof(oid), end);
    return 0;
}
