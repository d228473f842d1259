/*
 * keys.c - key pairs from SubjectPublicKeyInfo and PKCS #8 to CNG's blobs and back.
 *
 * A curve is a name of CNG's, or "explicit" where the numbers of the curve go with the key, in full
 * blobs and in ECParameters (X9.62, RFC 3279 section 2.3.5), or "explicit:NAME" for one on a curve
 * of that name which is written with its numbers.
 *
 * SPDX-License-Identifier: MIT
 */
#include "interop.h"

#include "der.h"

#include <stdio.h>
#include <string.h>

static struct key keys[1024];
static unsigned int key_count;

struct key *key_find(const char *name)
{
    unsigned int i;

    for (i = 0; i < key_count; i++)
        if (!strcmp(keys[i].name, name)) return &keys[i];
    return NULL;
}

NTSTATUS parts_read(const char *name, struct parts *parts)
{
    struct der in, sequence, algorithm, skipped;
    char path[96];
    NTSTATUS status;

    snprintf(path, sizeof(path), "%s.pub.der", name);
    if ((status = file_read(path, &parts->public_file))) return status;
    snprintf(path, sizeof(path), "%s.key.der", name);
    if ((status = file_read(path, &parts->private_file))) return status;

    in.at = parts->public_file.data, in.bytes = parts->public_file.bytes;
    if (!der_take(&in, DER_SEQUENCE, &sequence, NULL) ||
        !der_take(&sequence, DER_SEQUENCE, &algorithm, &parts->algorithm_id) ||
        !der_take(&algorithm, DER_OID, NULL, NULL) ||
        !der_take(&sequence, DER_BITS, &parts->public, NULL) || !parts->public.bytes)
        return STATUS_BAD_FORM;
    parts->parameters = algorithm;
    parts->public.at++, parts->public.bytes--; /* the count of unused bits */

    in.at = parts->private_file.data, in.bytes = parts->private_file.bytes;
    if (!der_take(&in, DER_SEQUENCE, &sequence, NULL) ||
        !der_take(&sequence, DER_INTEGER, &skipped, NULL) ||
        !der_take(&sequence, DER_SEQUENCE, &skipped, NULL) ||
        !der_take(&sequence, DER_OCTETS, &parts->private, NULL))
        return STATUS_BAD_FORM;
    return STATUS_SUCCESS;
}

/* ---- blobs from DER; each writes the public and the private blob and their sizes ---- */

struct blobs
{
    LPCWSTR public_type, private_type;
    UCHAR public[4096], private[8192];
    ULONG public_bytes, private_bytes;
};

static int rsa_blobs(struct parts *parts, struct blobs *blobs)
{
    BCRYPT_RSAKEY_BLOB *header = (BCRYPT_RSAKEY_BLOB *)blobs->public;
    struct der key, number[8];
    UCHAR *at;
    int i;

    if (!der_take(&parts->private, DER_SEQUENCE, &key, NULL) ||
        !der_number(&key, DER_INTEGER, &number[0]))
        return 0;
    for (i = 0; i < 8; i++)
        if (!der_number(&key, DER_INTEGER, &number[i])) return 0; /* n e d p q ... */

    header->Magic = BCRYPT_RSAPUBLIC_MAGIC;
    header->BitLength = (ULONG)number[0].bytes * 8;
    header->cbPublicExp = (ULONG)number[1].bytes;
    header->cbModulus = (ULONG)number[0].bytes;
    at = (UCHAR *)(header + 1);
    memcpy(at, number[1].at, number[1].bytes), at += number[1].bytes;
    memcpy(at, number[0].at, number[0].bytes), at += number[0].bytes;
    blobs->public_type = BCRYPT_RSAPUBLIC_BLOB;
    blobs->public_bytes = (ULONG)(at - blobs->public);

    memcpy(blobs->private, blobs->public, blobs->public_bytes);
    header = (BCRYPT_RSAKEY_BLOB *)blobs->private;
    header->Magic = BCRYPT_RSAPRIVATE_MAGIC;
    header->cbPrime1 = (ULONG)number[3].bytes;
    header->cbPrime2 = (ULONG)number[4].bytes;
    at = blobs->private + blobs->public_bytes;
    memcpy(at, number[3].at, number[3].bytes), at += number[3].bytes;
    memcpy(at, number[4].at, number[4].bytes), at += number[4].bytes;
    blobs->private_type = BCRYPT_RSAPRIVATE_BLOB;
    blobs->private_bytes = (ULONG)(at - blobs->private);
    return 1;
}

/* P-256, P-384 and P-521 have magic numbers of their own where the algorithm names the curve. */
static ULONG ec_magic(const char *algorithm, int private)
{
    static const struct
    {
        const char *name;
        ULONG magic[2];
    } row[] = {
        { "ECDSA_P256", { BCRYPT_ECDSA_PUBLIC_P256_MAGIC, BCRYPT_ECDSA_PRIVATE_P256_MAGIC } },
        { "ECDSA_P384", { BCRYPT_ECDSA_PUBLIC_P384_MAGIC, BCRYPT_ECDSA_PRIVATE_P384_MAGIC } },
        { "ECDSA_P521", { BCRYPT_ECDSA_PUBLIC_P521_MAGIC, BCRYPT_ECDSA_PRIVATE_P521_MAGIC } },
        { "ECDH_P256", { BCRYPT_ECDH_PUBLIC_P256_MAGIC, BCRYPT_ECDH_PRIVATE_P256_MAGIC } },
        { "ECDH_P384", { BCRYPT_ECDH_PUBLIC_P384_MAGIC, BCRYPT_ECDH_PRIVATE_P384_MAGIC } },
        { "ECDH_P521", { BCRYPT_ECDH_PUBLIC_P521_MAGIC, BCRYPT_ECDH_PRIVATE_P521_MAGIC } },
        { "ECDSA", { BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC, BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC } },
        { "ECDH", { BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC } },
    };
    unsigned int i;

    for (i = 0; i < sizeof(row) / sizeof(row[0]); i++)
        if (!strcmp(row[i].name, algorithm)) return row[i].magic[private];
    return 0;
}

/* A coordinate fills the front of its slot where the order is longer than the field. */
static int ec_blobs(const char *algorithm, struct parts *parts, struct blobs *blobs,
                    struct key *key)
{
    BCRYPT_ECCKEY_BLOB *header;
    struct der ec, d;
    UCHAR *x, scalar[80];
    ULONG slot;

    if (der_take(&parts->private, DER_SEQUENCE, &ec, NULL))
    {
        if (!der_number(&ec, DER_INTEGER, &d) || !der_take(&ec, DER_OCTETS, &d, NULL) ||
            d.bytes > sizeof(scalar))
            return 0;
        key->field_bytes = (ULONG)(parts->public.bytes - 1) / 2;
        key->group_bytes = (ULONG)d.bytes;
        memcpy(scalar, d.at, d.bytes);
    }
    else /* X25519: bare octets; CNG clamps nothing */
    {
        if (!der_take(&parts->private, DER_OCTETS, &d, NULL) || d.bytes != 32) return 0;
        key->field_bytes = key->group_bytes = 32;
        memcpy(scalar, d.at, 32);
        scalar[0] &= 0xf8, scalar[31] &= 0x7f, scalar[31] |= 0x40;
    }
    slot = key->field_bytes > key->group_bytes ? key->field_bytes : key->group_bytes;
    memset(blobs->public, 0, sizeof(blobs->public));
    header = (BCRYPT_ECCKEY_BLOB *)blobs->public;
    header->dwMagic = ec_magic(algorithm, 0);
    header->cbKey = slot;
    x = (UCHAR *)(header + 1);
    if (parts->public.bytes == 32)
        memcpy(x, parts->public.at, 32);
    else
    {
        memcpy(x, parts->public.at + 1, key->field_bytes);
        memcpy(x + slot, parts->public.at + 1 + key->field_bytes, key->field_bytes);
    }
    blobs->public_bytes = (ULONG)sizeof(*header) + 2 * slot;
    blobs->public_type = BCRYPT_ECCPUBLIC_BLOB;

    memcpy(blobs->private, blobs->public, blobs->public_bytes);
    ((BCRYPT_ECCKEY_BLOB *)blobs->private)->dwMagic = ec_magic(algorithm, 1);
    memset(blobs->private + blobs->public_bytes, 0, slot);
    memcpy(blobs->private + blobs->public_bytes + slot - key->group_bytes, scalar,
           key->group_bytes);
    blobs->private_bytes = blobs->public_bytes + slot;
    blobs->private_type = BCRYPT_ECCPRIVATE_BLOB;
    return 1;
}

static int is_explicit(const char *curve)
{
    return !strncmp(curve, "explicit", 8);
}

/* The numbers of the curve, as they follow each other in a full blob. */
static int ec_numbers(struct parts *parts, BCRYPT_ECCFULLKEY_BLOB *header, ULONG *bytes)
{
    struct der sequence, field, curve, number[8]; /* p a b x y n h seed */
    UCHAR *at = (UCHAR *)(header + 1);
    ULONG size[8];
    int i;

    if (!der_take(&parts->parameters, DER_SEQUENCE, &sequence, NULL) ||
        !der_take(&sequence, DER_INTEGER, NULL, NULL) ||
        !der_take(&sequence, DER_SEQUENCE, &field, NULL) ||
        !der_take(&field, DER_OID, NULL, NULL) || !der_number(&field, DER_INTEGER, &number[0]) ||
        !der_take(&sequence, DER_SEQUENCE, &curve, NULL) ||
        !der_take(&curve, DER_OCTETS, &number[1], NULL) ||
        !der_take(&curve, DER_OCTETS, &number[2], NULL) ||
        !der_take(&sequence, DER_OCTETS, &number[3], NULL) ||
        !der_number(&sequence, DER_INTEGER, &number[5]) ||
        !der_number(&sequence, DER_INTEGER, &number[6]))
        return 0;
    if (!der_take(&curve, DER_BITS, &number[7], NULL))
        number[7].bytes = 0;
    else
        number[7].at++, number[7].bytes--; /* the count of unused bits */
    if (number[3].bytes != 1 + 2 * number[0].bytes || number[3].at[0] != 4) return 0;
    number[3].at++, number[3].bytes = number[0].bytes;
    number[4].at = number[3].at + number[0].bytes, number[4].bytes = number[0].bytes;

    header->dwVersion = 1;
    header->dwCurveType = BCRYPT_ECC_PRIME_SHORT_WEIERSTRASS_CURVE;
    header->cbFieldLength = (ULONG)number[0].bytes;
    header->cbSubgroupOrder = (ULONG)number[5].bytes;
    header->cbCofactor = (ULONG)number[6].bytes;
    header->cbSeed = (ULONG)number[7].bytes;
    for (i = 0; i < 8; i++)
    {
        size[i] = i < 5 ? header->cbFieldLength : (ULONG)number[i].bytes;
        if (!der_pad(&number[i], at, size[i])) return 0;
        at += size[i];
    }
    *bytes = (ULONG)(at - (UCHAR *)header);
    return 1;
}

static int ec_full_blobs(const char *algorithm, struct parts *parts, struct blobs *blobs,
                         struct key *key)
{
    BCRYPT_ECCFULLKEY_BLOB *header = (BCRYPT_ECCFULLKEY_BLOB *)blobs->public;
    struct der ec, d;
    ULONG bytes;

    if (!ec_numbers(parts, header, &bytes) ||
        !der_take(&parts->private, DER_SEQUENCE, &ec, NULL) ||
        !der_number(&ec, DER_INTEGER, &d) || !der_number(&ec, DER_OCTETS, &d) ||
        parts->public.bytes != 1 + 2 * header->cbFieldLength)
        return 0;
    key->field_bytes = header->cbFieldLength;
    key->group_bytes = header->cbSubgroupOrder;
    header->dwMagic = ec_magic(algorithm, 0);
    memcpy(blobs->public + bytes, parts->public.at + 1, 2 * key->field_bytes);
    blobs->public_bytes = bytes + 2 * key->field_bytes;
    blobs->public_type = BCRYPT_ECCFULLPUBLIC_BLOB;

    memcpy(blobs->private, blobs->public, blobs->public_bytes);
    ((BCRYPT_ECCFULLKEY_BLOB *)blobs->private)->dwMagic = ec_magic(algorithm, 1);
    if (!der_pad(&d, blobs->private + blobs->public_bytes, key->group_bytes)) return 0;
    blobs->private_bytes = blobs->public_bytes + key->group_bytes;
    blobs->private_type = BCRYPT_ECCFULLPRIVATE_BLOB;
    return 1;
}

static int dsa_blobs(struct parts *parts, struct blobs *blobs, struct key *key)
{
    struct der sequence, p, q, g, x, y;
    ULONG bytes, head;
    UCHAR *at;

    if (!der_take(&parts->parameters, DER_SEQUENCE, &sequence, NULL) ||
        !der_number(&sequence, DER_INTEGER, &p) || !der_number(&sequence, DER_INTEGER, &q) ||
        !der_number(&sequence, DER_INTEGER, &g) || !der_number(&parts->public, DER_INTEGER, &y) ||
        !der_number(&parts->private, DER_INTEGER, &x))
        return 0;

    bytes = (ULONG)p.bytes;
    key->group_bytes = (ULONG)q.bytes;
    if (bytes <= 128)
    {
        BCRYPT_DSA_KEY_BLOB *header = (BCRYPT_DSA_KEY_BLOB *)blobs->public;

        header->dwMagic = BCRYPT_DSA_PUBLIC_MAGIC;
        header->cbKey = bytes;
        memset(header->Count, 0xff, sizeof(header->Count)); /* no seed is known */
        memset(header->Seed, 0xff, sizeof(header->Seed));
        if (!der_pad(&q, header->q, sizeof(header->q))) return 0;
        head = sizeof(*header);
    }
    else
    {
        BCRYPT_DSA_KEY_BLOB_V2 *header = (BCRYPT_DSA_KEY_BLOB_V2 *)blobs->public;

        header->dwMagic = BCRYPT_DSA_PUBLIC_MAGIC_V2;
        header->cbKey = bytes;
        header->hashAlgorithm = DSA_HASH_ALGORITHM_SHA256;
        header->standardVersion = DSA_FIPS186_3;
        header->cbSeedLength = header->cbGroupSize = (ULONG)q.bytes;
        memset(header->Count, 0xff, sizeof(header->Count));
        memset(header + 1, 0xff, q.bytes);
        memcpy((UCHAR *)(header + 1) + q.bytes, q.at, q.bytes);
        head = sizeof(*header) + 2 * (ULONG)q.bytes;
    }
    at = blobs->public + head;
    if (!der_pad(&p, at, bytes) || !der_pad(&g, at + bytes, bytes) ||
        !der_pad(&y, at + 2 * bytes, bytes))
        return 0;
    blobs->public_bytes = head + 3 * bytes;
    blobs->public_type = BCRYPT_DSA_PUBLIC_BLOB;

    memcpy(blobs->private, blobs->public, blobs->public_bytes);
    *(ULONG *)blobs->private =
        bytes <= 128 ? BCRYPT_DSA_PRIVATE_MAGIC : BCRYPT_DSA_PRIVATE_MAGIC_V2;
    if (!der_pad(&x, blobs->private + blobs->public_bytes, q.bytes)) return 0;
    blobs->private_bytes = blobs->public_bytes + (ULONG)q.bytes;
    blobs->private_type = BCRYPT_DSA_PRIVATE_BLOB;
    return 1;
}

static int dh_blobs(struct parts *parts, struct blobs *blobs)
{
    BCRYPT_DH_KEY_BLOB *header = (BCRYPT_DH_KEY_BLOB *)blobs->public;
    struct der sequence, p, g, x, y;
    ULONG bytes;
    UCHAR *at;

    if (!der_take(&parts->parameters, DER_SEQUENCE, &sequence, NULL) ||
        !der_number(&sequence, DER_INTEGER, &p) || !der_number(&sequence, DER_INTEGER, &g) ||
        !der_number(&parts->public, DER_INTEGER, &y) ||
        !der_number(&parts->private, DER_INTEGER, &x))
        return 0;
    bytes = (ULONG)p.bytes;
    header->dwMagic = BCRYPT_DH_PUBLIC_MAGIC;
    header->cbKey = bytes;
    at = (UCHAR *)(header + 1);
    if (!der_pad(&p, at, bytes) || !der_pad(&g, at + bytes, bytes) ||
        !der_pad(&y, at + 2 * bytes, bytes))
        return 0;
    blobs->public_bytes = (ULONG)sizeof(*header) + 3 * bytes;
    blobs->public_type = BCRYPT_DH_PUBLIC_BLOB;

    memcpy(blobs->private, blobs->public, blobs->public_bytes);
    *(ULONG *)blobs->private = BCRYPT_DH_PRIVATE_MAGIC;
    if (!der_pad(&x, blobs->private + blobs->public_bytes, bytes)) return 0;
    blobs->private_bytes = blobs->public_bytes + bytes;
    blobs->private_type = BCRYPT_DH_PRIVATE_BLOB;
    return 1;
}

static NTSTATUS open_algorithm(const char *algorithm, const char *curve, BCRYPT_ALG_HANDLE *handle)
{
    WCHAR name[64];
    NTSTATUS status;

    wide(algorithm, name, 64);
    if ((status = BCryptOpenAlgorithmProvider(handle, name, NULL, 0))) return status;
    if (!strncmp(curve, "explicit:", 9)) curve += 9;
    if (strncmp(algorithm, "EC", 2) || !strcmp(curve, "-") || is_explicit(curve))
        return STATUS_SUCCESS;
    wide(curve, name, 64);
    return BCryptSetProperty(*handle, BCRYPT_ECC_CURVE_NAME, (UCHAR *)name,
                             (ULONG)(wcslen(name) + 1) * sizeof(WCHAR), 0);
}

struct key *key_new(const char *name)
{
    struct key *key = &keys[key_count++];

    if (key_count == sizeof(keys) / sizeof(keys[0])) key_count--;
    memset(key, 0, sizeof(*key));
    snprintf(key->name, sizeof(key->name), "%s", name);
    return key;
}

NTSTATUS key_import(char **word)
{
    static struct parts parts;
    static struct blobs blobs;
    BCRYPT_ALG_HANDLE algorithm;
    struct key *key = key_new(word[3]);
    NTSTATUS status;
    int done;

    if ((status = parts_read(word[3], &parts))) return status;
    memcpy(key->algorithm_id, parts.algorithm_id.at, parts.algorithm_id.bytes);
    key->algorithm_id_bytes = (ULONG)parts.algorithm_id.bytes;

    memset(&blobs, 0, sizeof(blobs));
    if (!strncmp(word[1], "RSA", 3))
        done = rsa_blobs(&parts, &blobs);
    else if (is_explicit(word[2]))
        done = ec_full_blobs(word[1], &parts, &blobs, key);
    else if (!strncmp(word[1], "EC", 2))
        done = ec_blobs(word[1], &parts, &blobs, key);
    else if (!strcmp(word[1], "DSA"))
        done = dsa_blobs(&parts, &blobs, key);
    else
        done = dh_blobs(&parts, &blobs);
    if (!done) return STATUS_BAD_FORM;

    if ((status = open_algorithm(word[1], word[2], &algorithm))) return status;
    status = BCryptImportKeyPair(algorithm, NULL, blobs.public_type, &key->public, blobs.public,
                                 blobs.public_bytes, 0);
    if (!status)
        status = BCryptImportKeyPair(algorithm, NULL, blobs.private_type, &key->private,
                                     blobs.private, blobs.private_bytes, 0);
    BCryptCloseAlgorithmProvider(algorithm, 0);
    return status;
}

/* ---- DER from blobs ---- */

/* Wraps up a public key as SubjectPublicKeyInfo, a private one as PKCS #8. */
void wrap_public(struct der_out *out, const void *algorithm_id, ULONG bytes)
{
    *--out->at = 0; /* no unused bits */
    der_wrap(out, DER_BITS, 0);
    der_raw(out, algorithm_id, bytes);
    der_wrap(out, DER_SEQUENCE, 0);
}

void wrap_private(struct der_out *out, const void *algorithm_id, ULONG bytes)
{
    der_wrap(out, DER_OCTETS, 0);
    der_raw(out, algorithm_id, bytes);
    der_put_number(out, "", 1);
    der_wrap(out, DER_SEQUENCE, 0);
}

static void rsa_der(const UCHAR *blob, struct der_out *public, struct der_out *private)
{
    const BCRYPT_RSAKEY_BLOB *header = (const BCRYPT_RSAKEY_BLOB *)blob;
    ULONG size[8] = { header->cbPublicExp, header->cbModulus, header->cbPrime1, header->cbPrime2,
                      header->cbPrime1,    header->cbPrime2,  header->cbPrime1, header->cbModulus };
    const UCHAR *number[8]; /* e n p q dP dQ qInv d, as the blob has them */
    static const int order[8] = { 6, 5, 4, 3, 2, 7, 0, 1 };
    int i;

    number[0] = (const UCHAR *)(header + 1);
    for (i = 1; i < 8; i++) number[i] = number[i - 1] + size[i - 1];

    for (i = 0; i < 8; i++) der_put_number(private, number[order[i]], size[order[i]]);
    der_put_number(private, "", 1);
    der_wrap(private, DER_SEQUENCE, 0);
    der_put_number(public, number[0], size[0]);
    der_put_number(public, number[1], size[1]);
    der_wrap(public, DER_SEQUENCE, 0);
}

static void ec_der(const UCHAR *blob, struct key *key, struct der_out *public,
                   struct der_out *private)
{
    const BCRYPT_ECCKEY_BLOB *header = (const BCRYPT_ECCKEY_BLOB *)blob;
    const UCHAR *x = (const UCHAR *)(header + 1), *y = x + header->cbKey, *d = y + header->cbKey;
    size_t before;

    /* X25519 has an object identifier of its own and no parameters. */
    if (key->algorithm_id_bytes == 7)
    {
        der_put(private, DER_OCTETS, d, 32);
        der_raw(public, x, 32);
        return;
    }
    before = der_bytes(private);
    der_raw(private, y, key->field_bytes);
    der_raw(private, x, key->field_bytes);
    der_raw(private, "\0\4", 2);
    der_wrap(private, DER_BITS, before);
    der_wrap(private, DER_CONTEXT_1, before);
    der_put(private, DER_OCTETS, d + header->cbKey - key->group_bytes, key->group_bytes);
    der_put_number(private, "\1", 1);
    der_wrap(private, DER_SEQUENCE, 0);
    der_raw(public, y, key->field_bytes);
    der_raw(public, x, key->field_bytes);
    der_raw(public, "\4", 1);
}

/* The AlgorithmIdentifier of a full blob's curve, and the key on it. */
static void ec_full_der(const UCHAR *blob, struct key *key, struct der_out *public,
                        struct der_out *private)
{
    static const UCHAR ec_public_key[] = { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01 };
    static const UCHAR prime_field[] = { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x01, 0x01 };
    const BCRYPT_ECCFULLKEY_BLOB *header = (const BCRYPT_ECCFULLKEY_BLOB *)blob;
    const UCHAR *p = (const UCHAR *)(header + 1), *n = p + 5 * header->cbFieldLength;
    const UCHAR *h = n + header->cbSubgroupOrder, *seed = h + header->cbCofactor;
    const UCHAR *x = seed + header->cbSeed, *d = x + 2 * header->cbFieldLength;
    size_t before, field = header->cbFieldLength;
    static struct der_out id;

    der_begin(&id);
    der_put_number(&id, h, header->cbCofactor);
    der_put_number(&id, n, header->cbSubgroupOrder);
    before = der_bytes(&id);
    der_raw(&id, p + 3 * field, 2 * field);
    der_raw(&id, "\4", 1);
    der_wrap(&id, DER_OCTETS, before);
    before = der_bytes(&id);
    if (header->cbSeed)
    {
        der_raw(&id, seed, header->cbSeed);
        der_raw(&id, "", 1);
        der_wrap(&id, DER_BITS, before);
    }
    der_put(&id, DER_OCTETS, p + 2 * field, field);
    der_put(&id, DER_OCTETS, p + field, field);
    der_wrap(&id, DER_SEQUENCE, before);
    before = der_bytes(&id);
    der_put_number(&id, p, field);
    der_put(&id, DER_OID, prime_field, sizeof(prime_field));
    der_wrap(&id, DER_SEQUENCE, before);
    der_put_number(&id, "\1", 1);
    der_wrap(&id, DER_SEQUENCE, 0);
    der_put(&id, DER_OID, ec_public_key, sizeof(ec_public_key));
    der_wrap(&id, DER_SEQUENCE, 0);
    key->algorithm_id_bytes = (ULONG)der_bytes(&id);
    memcpy(key->algorithm_id, id.at, key->algorithm_id_bytes);
    key->field_bytes = header->cbFieldLength;
    key->group_bytes = header->cbSubgroupOrder;

    der_put(private, DER_OCTETS, d, header->cbSubgroupOrder);
    der_put_number(private, "\1", 1);
    der_wrap(private, DER_SEQUENCE, 0);
    der_raw(public, x, 2 * field);
    der_raw(public, "\4", 1);
}

/* DSA and DH carry their parameters in the AlgorithmIdentifier. */
static void dsa_der(const UCHAR *blob, struct key *key, struct der_out *public,
                    struct der_out *private)
{
    static const UCHAR oid[] = { 0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01 };
    const UCHAR *p, *q;
    ULONG bytes = ((const ULONG *)blob)[1];
    struct der_out id;

    if (*(const ULONG *)blob == BCRYPT_DSA_PRIVATE_MAGIC)
    {
        q = ((const BCRYPT_DSA_KEY_BLOB *)blob)->q;
        key->group_bytes = 20;
        p = blob + sizeof(BCRYPT_DSA_KEY_BLOB);
    }
    else
    {
        const BCRYPT_DSA_KEY_BLOB_V2 *header = (const BCRYPT_DSA_KEY_BLOB_V2 *)blob;

        q = (const UCHAR *)(header + 1) + header->cbSeedLength;
        key->group_bytes = header->cbGroupSize;
        p = q + header->cbGroupSize;
    }
    der_begin(&id);
    der_put_number(&id, p + bytes, bytes);
    der_put_number(&id, q, key->group_bytes);
    der_put_number(&id, p, bytes);
    der_wrap(&id, DER_SEQUENCE, 0);
    der_put(&id, DER_OID, oid, sizeof(oid));
    der_wrap(&id, DER_SEQUENCE, 0);
    key->algorithm_id_bytes = (ULONG)der_bytes(&id);
    memcpy(key->algorithm_id, id.at, key->algorithm_id_bytes);
    der_put_number(public, p + 2 * bytes, bytes);
    der_put_number(private, p + 3 * bytes, key->group_bytes);
}

static void dh_der(const UCHAR *blob, struct key *key, struct der_out *public,
                   struct der_out *private)
{
    static const UCHAR oid[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x03, 0x01 };
    ULONG bytes = ((const ULONG *)blob)[1];
    const UCHAR *p = blob + sizeof(BCRYPT_DH_KEY_BLOB);
    struct der_out id;

    der_begin(&id);
    der_put_number(&id, p + bytes, bytes);
    der_put_number(&id, p, bytes);
    der_wrap(&id, DER_SEQUENCE, 0);
    der_put(&id, DER_OID, oid, sizeof(oid));
    der_wrap(&id, DER_SEQUENCE, 0);
    key->algorithm_id_bytes = (ULONG)der_bytes(&id);
    memcpy(key->algorithm_id, id.at, key->algorithm_id_bytes);
    der_put_number(public, p + 2 * bytes, bytes);
    der_put_number(private, p + 3 * bytes, bytes);
}

/* A new DH key takes the group of the key it is to agree with. */
static NTSTATUS dh_parameters(BCRYPT_KEY_HANDLE key, struct key *like)
{
    UCHAR parameters[4096];
    NTSTATUS status;
    ULONG bytes;

    if ((status = BCryptGetProperty(like->public, BCRYPT_DH_PARAMETERS, parameters,
                                    sizeof(parameters), &bytes, 0)))
        return status;
    return BCryptSetProperty(key, BCRYPT_DH_PARAMETERS, parameters, bytes, 0);
}

/* A new key gets the curve of another by its numbers: a full blob without its magic number. */
static NTSTATUS curve_parameters(BCRYPT_ALG_HANDLE algorithm, struct key *like)
{
    UCHAR blob[4096];
    NTSTATUS status;
    ULONG bytes;

    if ((status = BCryptExportKey(like->public, NULL, BCRYPT_ECCFULLPUBLIC_BLOB, blob,
                                  sizeof(blob), &bytes, 0)))
        return status;
    return BCryptSetProperty(algorithm, BCRYPT_ECC_PARAMETERS, blob + 4,
                             bytes - 4 - 2 * like->field_bytes, 0);
}

NTSTATUS key_generate(char **word)
{
    struct key *key, *like = strcmp(word[5], "-") ? key_find(word[5]) : NULL;
    static struct der_out public, private;
    BCRYPT_ALG_HANDLE algorithm;
    LPCWSTR type, public_type;
    UCHAR blob[8192];
    char path[96];
    NTSTATUS status;
    ULONG bytes;

    if (strcmp(word[5], "-") && !like) return STATUS_NO_FILE;
    key = key_new(word[4]);
    if (like)
    {
        memcpy(key->algorithm_id, like->algorithm_id, like->algorithm_id_bytes);
        key->algorithm_id_bytes = like->algorithm_id_bytes;
        key->field_bytes = like->field_bytes;
        key->group_bytes = like->group_bytes;
    }
    if ((status = open_algorithm(word[1], word[2], &algorithm))) return status;
    if (!strcmp(word[2], "explicit") && like && (status = curve_parameters(algorithm, like)))
        goto done;
    status = BCryptGenerateKeyPair(algorithm, &key->private, (ULONG)strtoul(word[3], NULL, 10), 0);
    if (!status && !strcmp(word[1], "DH")) status = dh_parameters(key->private, like);
    if (!status) status = BCryptFinalizeKeyPair(key->private, 0);
    if (status) goto done;

    public_type = is_explicit(word[2]) ? BCRYPT_ECCFULLPUBLIC_BLOB : BCRYPT_PUBLIC_KEY_BLOB;
    type = !strncmp(word[1], "RSA", 3)  ? BCRYPT_RSAFULLPRIVATE_BLOB
           : is_explicit(word[2])       ? BCRYPT_ECCFULLPRIVATE_BLOB
           : !strncmp(word[1], "EC", 2) ? BCRYPT_ECCPRIVATE_BLOB
           : !strcmp(word[1], "DSA")    ? BCRYPT_DSA_PRIVATE_BLOB
                                        : BCRYPT_DH_PRIVATE_BLOB;
    if ((status =
             BCryptExportKey(key->private, NULL, public_type, blob, sizeof(blob), &bytes, 0)) ||
        (status =
             BCryptImportKeyPair(algorithm, NULL, public_type, &key->public, blob, bytes, 0)) ||
        (status = BCryptExportKey(key->private, NULL, type, blob, sizeof(blob), &bytes, 0)))
        goto done;

    der_begin(&public);
    der_begin(&private);
    if (!strncmp(word[1], "RSA", 3))
        rsa_der(blob, &public, &private);
    else if (is_explicit(word[2]))
        ec_full_der(blob, key, &public, &private);
    else if (!strncmp(word[1], "EC", 2))
        ec_der(blob, key, &public, &private);
    else if (!strcmp(word[1], "DSA"))
        dsa_der(blob, key, &public, &private);
    else
        dh_der(blob, key, &public, &private);
    wrap_public(&public, key->algorithm_id, key->algorithm_id_bytes);
    wrap_private(&private, key->algorithm_id, key->algorithm_id_bytes);
    snprintf(path, sizeof(path), "%s.pub.der", word[4]);
    status = file_write(path, public.at, (ULONG)der_bytes(&public));
    snprintf(path, sizeof(path), "%s.key.der", word[4]);
    if (!status) status = file_write(path, private.at, (ULONG)der_bytes(&private));

done:
    BCryptCloseAlgorithmProvider(algorithm, 0);
    return status;
}

NTSTATUS key_capi(char **word)
{
    LPCWSTR type = !strcmp(word[2], "DSA") ? LEGACY_DSA_V2_PRIVATE_BLOB : LEGACY_RSAPRIVATE_BLOB;
    BCRYPT_ALG_HANDLE algorithm;
    static struct bytes blob;
    struct key *key;
    NTSTATUS status;
    ULONG bytes;

    if (!strcmp(word[1], "export"))
    {
        if (!(key = key_find(word[3]))) return STATUS_NO_FILE;
        status = BCryptExportKey(key->private, NULL, type, blob.data, sizeof(blob.data), &bytes, 0);
        return status ? status : file_write(word[4], blob.data, bytes);
    }
    if ((status = file_read(word[4], &blob)) ||
        (status = open_algorithm(word[2], "-", &algorithm))) return status;
    key = key_new(word[3]);
    if (!strcmp(word[2], "DSA")) key->group_bytes = 20;
    status = BCryptImportKeyPair(algorithm, NULL, type, &key->private, blob.data, blob.bytes, 0);
    BCryptCloseAlgorithmProvider(algorithm, 0);
    return status;
}
