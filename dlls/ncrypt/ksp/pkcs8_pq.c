/*
 * pkcs8_pq.c - ML-KEM and ML-DSA keys as PKCS #8 (RFC 9935, RFC 9881).
 *
 * The key is one of: [0] the seed; an OCTET STRING, the key expanded; a SEQUENCE of both, the seed
 * first, of which the seed is taken: the other has to follow from it. Written is the seed, if the
 * key has one. What Windows wrote before it knew that choice has the seed, or the expanded key, as
 * it is: .NET falls back to that form; by its length it cannot be one of the others.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/pkcs8.h"

#include "platform/memory.h"

/* BCRYPT_PQDSA_KEY_BLOB and BCRYPT_MLKEM_KEY_BLOB are one layout. */
static SECURITY_STATUS make_blob(struct pkcs8_key *key, bool is_seed, LPCWSTR set,
                                 const struct der *content)
{
    bool is_kem = key->algorithm->family == KSP_MLKEM;
    BCRYPT_PQDSA_KEY_BLOB header =
    {
        .dwMagic = is_kem ? (is_seed ? BCRYPT_MLKEM_PRIVATE_SEED_MAGIC : BCRYPT_MLKEM_PRIVATE_MAGIC)
                   : (is_seed ? BCRYPT_MLDSA_PRIVATE_SEED_MAGIC : BCRYPT_MLDSA_PRIVATE_MAGIC),
        .cbParameterSet = name_bytes(set),
        .cbKey = (ULONG)content->bytes,
    };
    SECURITY_STATUS status;

    if (content->bytes > 0x10000) return NTE_BAD_DATA;
    if ((status = pkcs8_room(key, sizeof(header) + header.cbParameterSet + header.cbKey)))
        return status;
    memcpy(key->blob, &header, sizeof(header));
    memcpy(key->blob + sizeof(header), set, header.cbParameterSet);
    memcpy(key->blob + sizeof(header) + header.cbParameterSet, content->data, content->bytes);
    if (is_kem) key->type = is_seed ? BCRYPT_MLKEM_PRIVATE_SEED_BLOB : BCRYPT_MLKEM_PRIVATE_BLOB;
    else key->type = is_seed ? BCRYPT_PQDSA_PRIVATE_SEED_BLOB : BCRYPT_PQDSA_PRIVATE_BLOB;
    return 0;
}

/* The key without a choice around it; NTE_NOT_FOUND if it is none. */
static SECURITY_STATUS decode_bare(const struct pkcs8_info *info, LPCWSTR set,
                                   struct pkcs8_key *key)
{
    static const struct
    {
        LPCWSTR set;
        size_t seed, expanded;
    } sizes[] =
    {
        { L"512", 64, 1632 }, { L"768", 64, 2400 }, { L"1024", 64, 3168 },
        { L"44",  32, 2560 }, { L"65",  32, 4032 }, { L"87",   32, 4896 },
    };
    size_t i;

    for (i = 0; i < ARRAY_SIZE(sizes); i++)
    {
        if (!names_equal(sizes[i].set, set)) continue;
        if (info->key.bytes == sizes[i].seed) return make_blob(key, true, set, &info->key);
        if (info->key.bytes == sizes[i].expanded) return make_blob(key, false, set, &info->key);
    }
    return NTE_NOT_FOUND;
}

/* Whether the expanded key beside a seed is the seed's: the RFCs have another refused. */
static SECURITY_STATUS check_expanded(const struct pkcs8_key *key, LPCWSTR set,
                                      const struct der *expanded)
{
    LPCWSTR type = key->algorithm->family == KSP_MLKEM ? BCRYPT_MLKEM_PRIVATE_BLOB
                   : BCRYPT_PQDSA_PRIVATE_BLOB;
    size_t at = sizeof(BCRYPT_PQDSA_KEY_BLOB) + name_bytes(set), i;
    BCRYPT_ALG_HANDLE open = NULL;
    BCRYPT_KEY_HANDLE pair = NULL;
    SECURITY_STATUS status;
    uint8_t *blob = NULL, difference = 0;
    ULONG bytes, room = 0;

    if ((status = nte(BCryptOpenAlgorithmProvider(&open, key->algorithm->id, MS_PRIMITIVE_PROVIDER,
                                                  0)))) goto done;
    if ((status = nte(BCryptImportKeyPair(open, NULL, key->type, &pair, key->blob, key->bytes, 0))))
        goto done;
    if ((status = nte(BCryptExportKey(pair, NULL, type, NULL, 0, &room, 0)))) goto done;
    status = NTE_BAD_DATA;
    if (room != at + expanded->bytes) goto done;
    status = NTE_NO_MEMORY;
    if (!(blob = memory_get(room))) goto done;
    if ((status = nte(BCryptExportKey(pair, NULL, type, blob, room, &bytes, 0)))) goto done;
    for (i = 0; i < expanded->bytes; i++) difference |= blob[at + i] ^ expanded->data[i];
    status = difference ? NTE_BAD_DATA : 0;

done:
    memory_put(blob, room);
    if (pair) BCryptDestroyKey(pair);
    if (open) BCryptCloseAlgorithmProvider(open, 0);
    return status;
}

SECURITY_STATUS pkcs8_decode_pq(const struct pkcs8_info *info, const struct ksp_algorithm *row,
                                LPCWSTR set, struct pkcs8_key *key)
{
    struct der_list choice = { 0 }, both = { 0 };
    SECURITY_STATUS status = NTE_BAD_DATA;

    key->algorithm = row;
    if (info->parameters.tag) goto done;
    if ((status = decode_bare(info, set, key)) != NTE_NOT_FOUND) goto done;
    status = NTE_BAD_DATA;
    if (!lc_der_value(info->key.data, info->key.bytes, &choice)) goto done;
    switch (choice.items[0].tag)
    {
    case DER_CONTEXT_PRIMITIVE:
        status = make_blob(key, true, set, &choice.items[0]);
        break;
    case DER_OCTETS:
        status = make_blob(key, false, set, &choice.items[0]);
        break;
    case DER_SEQUENCE:
        if (lc_der_sequence(choice.items[0].data, choice.items[0].bytes, &both) &&
            both.count == 2 && both.items[0].tag == DER_OCTETS && both.items[1].tag == DER_OCTETS)
        {
            status = make_blob(key, true, set, &both.items[0]);
            if (!status) status = check_expanded(key, set, &both.items[1]);
        }
        break;
    }

done:
    lc_der_free(&both);
    lc_der_free(&choice);
    return status;
}

SECURITY_STATUS pkcs8_encode_pq(struct ksp_key *key, struct der_writer *writer)
{
    bool is_kem = key->algorithm->family == KSP_MLKEM;
    uint8_t oid[] = { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, is_kem ? 4 : 3, 0 };
    BCRYPT_PQDSA_KEY_BLOB header;
    size_t end = writer->at;
    SECURITY_STATUS status;
    bool is_seed;
    uint8_t *blob;
    LPCWSTR type;
    ULONG bytes;
    WCHAR first;

    if ((status = ksp_key_blob(key, NULL, &blob, &bytes, &type))) return status;
    memcpy(&header, blob, sizeof(header));
    memcpy(&first, blob + sizeof(header), sizeof(first));       /* of "512"..., "44"... */
    switch (first)
    {
    case '5': oid[8] = 1; break;
    case '7': oid[8] = 2; break;
    case '1': oid[8] = 3; break;
    case '4': oid[8] = 0x11; break;
    case '6': oid[8] = 0x12; break;
    case '8': oid[8] = 0x13; break;
    }
    is_seed = names_equal(type, key->algorithm->private_blob);
    lc_der_put(writer, is_seed ? DER_CONTEXT_PRIMITIVE : DER_OCTETS,
               blob + sizeof(header) + header.cbParameterSet, header.cbKey);
    lc_der_wrap(writer, DER_OCTETS, end);
    memory_put(blob, bytes);
    pkcs8_put_algorithm(writer, oid, sizeof(oid), writer->at);
    return 0;
}
