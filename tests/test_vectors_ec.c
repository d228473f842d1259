/*
 * test_vectors_ec.c - published vectors of ECDSA, ECDH, X25519 and elliptic curve keys.
 *
 * SPDX-License-Identifier: MIT
 */

#include "kdf_parameters.h"
#include "vectors.h"

#define COORDINATE_MOST 66

struct curve
{
    const char *name;
    ULONG field, order;                             /* bytes */
    const WCHAR *ecdsa, *ecdh;                      /* the algorithms of this curve alone */
    ULONG ecdsa_magic, ecdh_magic;                  /* their public blobs; private is one more */
};

static const struct curve curves[] =
{
    { "nistP256", 32, 32, BCRYPT_ECDSA_P256_ALGORITHM, BCRYPT_ECDH_P256_ALGORITHM,
      BCRYPT_ECDSA_PUBLIC_P256_MAGIC, BCRYPT_ECDH_PUBLIC_P256_MAGIC },
    { "nistP384", 48, 48, BCRYPT_ECDSA_P384_ALGORITHM, BCRYPT_ECDH_P384_ALGORITHM,
      BCRYPT_ECDSA_PUBLIC_P384_MAGIC, BCRYPT_ECDH_PUBLIC_P384_MAGIC },
    { "nistP521", 66, 66, BCRYPT_ECDSA_P521_ALGORITHM, BCRYPT_ECDH_P521_ALGORITHM,
      BCRYPT_ECDSA_PUBLIC_P521_MAGIC, BCRYPT_ECDH_PUBLIC_P521_MAGIC },
    { "nistP192", 24, 24, NULL, NULL, 0, 0 },
    { "nistP224", 28, 28, NULL, NULL, 0, 0 },
    { "secP160k1", 20, 21, NULL, NULL, 0, 0 },
    { "secP160r1", 20, 21, NULL, NULL, 0, 0 },
    { "secP160r2", 20, 21, NULL, NULL, 0, 0 },
    { "secP192k1", 24, 24, NULL, NULL, 0, 0 },
    { "secP192r1", 24, 24, NULL, NULL, 0, 0 },
    { "secP224k1", 28, 29, NULL, NULL, 0, 0 },
    { "secP224r1", 28, 28, NULL, NULL, 0, 0 },
    { "secP256k1", 32, 32, NULL, NULL, 0, 0 },
    { "secP256r1", 32, 32, NULL, NULL, 0, 0 },
    { "secP384r1", 48, 48, NULL, NULL, 0, 0 },
    { "secP521r1", 66, 66, NULL, NULL, 0, 0 },
    { "wtls7", 20, 21, NULL, NULL, 0, 0 },
    { "wtls9", 20, 21, NULL, NULL, 0, 0 },
    { "wtls12", 28, 28, NULL, NULL, 0, 0 },
    { "x962P192v1", 24, 24, NULL, NULL, 0, 0 },
    { "x962P192v2", 24, 24, NULL, NULL, 0, 0 },
    { "x962P192v3", 24, 24, NULL, NULL, 0, 0 },
    { "x962P239v1", 30, 30, NULL, NULL, 0, 0 },
    { "x962P239v2", 30, 30, NULL, NULL, 0, 0 },
    { "x962P239v3", 30, 30, NULL, NULL, 0, 0 },
    { "x962P256v1", 32, 32, NULL, NULL, 0, 0 },
    { "brainpoolP160r1", 20, 20, NULL, NULL, 0, 0 },
    { "brainpoolP160t1", 20, 20, NULL, NULL, 0, 0 },
    { "brainpoolP192r1", 24, 24, NULL, NULL, 0, 0 },
    { "brainpoolP192t1", 24, 24, NULL, NULL, 0, 0 },
    { "brainpoolP224r1", 28, 28, NULL, NULL, 0, 0 },
    { "brainpoolP224t1", 28, 28, NULL, NULL, 0, 0 },
    { "brainpoolP256r1", 32, 32, NULL, NULL, 0, 0 },
    { "brainpoolP256t1", 32, 32, NULL, NULL, 0, 0 },
    { "brainpoolP320r1", 40, 40, NULL, NULL, 0, 0 },
    { "brainpoolP320t1", 40, 40, NULL, NULL, 0, 0 },
    { "brainpoolP384r1", 48, 48, NULL, NULL, 0, 0 },
    { "brainpoolP384t1", 48, 48, NULL, NULL, 0, 0 },
    { "brainpoolP512r1", 64, 64, NULL, NULL, 0, 0 },
    { "brainpoolP512t1", 64, 64, NULL, NULL, 0, 0 },
};

static const struct curve *find_curve(const char *name)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(curves); i++)
    {
        if (!strcmp(curves[i].name, name)) return &curves[i];
    }
    expect_failed(__FILE__, __LINE__, "no curve %s", name);
}

/* An algorithm for one curve: the curve's own, or the generic one with the curve set. */
struct ec
{
    const struct curve *curve;
    BCRYPT_ALG_HANDLE algorithm;
    ULONG magic;
};

static void open_curve(struct ec *ec, const char *name, bool dsa, bool generic)
{
    const struct curve *curve = find_curve(name);
    const WCHAR *own = dsa ? curve->ecdsa : curve->ecdh;
    const WCHAR *id = own && !generic ? own : dsa ? BCRYPT_ECDSA_ALGORITHM : BCRYPT_ECDH_ALGORITHM;
    WCHAR wide[32];
    size_t i;

    if (ec->algorithm) BCryptCloseAlgorithmProvider(ec->algorithm, 0);
    ec->curve = curve;
    expect_status(BCryptOpenAlgorithmProvider(&ec->algorithm, id, NULL, 0), STATUS_SUCCESS);
    keep_algorithm(ec->algorithm);
    if (own && !generic)
    {
        ec->magic = dsa ? curve->ecdsa_magic : curve->ecdh_magic;
        return;
    }
    ec->magic = dsa ? BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC : BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC;
    for (i = 0; name[i]; i++) wide[i] = (WCHAR)name[i];
    wide[i] = 0;
    expect_status(BCryptSetProperty(ec->algorithm, BCRYPT_ECC_CURVE_NAME, (UCHAR *)wide,
                                    wide_bytes(wide), 0), STATUS_SUCCESS);
}

/* The private magics: ECK2 to ECK1, ECS2 to ECS1, ECKV to ECKP, ECDV to ECDP. */
static ULONG private_magic(ULONG magic)
{
    if (magic == BCRYPT_ECDSA_PUBLIC_GENERIC_MAGIC) return BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC;
    if (magic == BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC) return BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC;
    return magic + 0x01000000;
}

static ULONG slot_bytes(const struct curve *curve)
{
    return curve->order > curve->field ? curve->order : curve->field;
}

/*
 * X, Y and perhaps d, of which the slots have the longer length of field and order: a coordinate
 * fills the first bytes of its slot, d all of it. No x means a point left to be computed.
 */
static NTSTATUS import_ec(const struct ec *ec, const struct bytes *x, const struct bytes *y,
                          const struct bytes *d, BCRYPT_KEY_HANDLE *key, ULONG flags)
{
    struct
    {
        BCRYPT_ECCKEY_BLOB header;
        UCHAR numbers[3 * COORDINATE_MOST];
    } blob;
    ULONG slot = slot_bytes(ec->curve);
    NTSTATUS status;

    memset(&blob, 0, sizeof(blob));
    blob.header.dwMagic = d ? private_magic(ec->magic) : ec->magic;
    blob.header.cbKey = slot;
    if (x)
    {
        expect_true(x->size == ec->curve->field && y->size == ec->curve->field);
        memcpy(blob.numbers, x->data, x->size);
        memcpy(blob.numbers + slot, y->data, y->size);
    }
    if (d)
    {
        expect_at_most(d->size, slot);
        memcpy(blob.numbers + 3 * slot - d->size, d->data, d->size);
    }
    status = BCryptImportKeyPair(ec->algorithm, NULL,
                                 d ? BCRYPT_ECCPRIVATE_BLOB : BCRYPT_ECCPUBLIC_BLOB, key,
                                 (UCHAR *)&blob, sizeof(blob.header) + (d ? 3 : 2) * slot, flags);
    if (!status) keep_key(*key);
    return status;
}

/*
 * A key with its curve's numbers, in the blob that has room for them: with d the private key, of
 * which the point is left to be computed, else the public one.
 */
static NTSTATUS import_full(struct vectors *v, const struct bytes *d, BCRYPT_KEY_HANDLE *key)
{
    static const char *const numbers[] = { "p", "a", "b", "gx", "gy", "order", "cofactor", "x",
                                           "y" };
    struct bytes order = vectors_bytes(v, "order"), cofactor = vectors_bytes(v, "cofactor");
    ULONG field = vectors_bytes(v, "p").size;
    BCRYPT_ECCFULLKEY_BLOB *blob = (void *)vectors_room(v, sizeof(*blob) + 7 * field +
                                                           2 * order.size + cofactor.size);
    UCHAR *end = (UCHAR *)(blob + 1);
    NTSTATUS status;
    size_t i;

    memset(blob, 0, sizeof(*blob));
    blob->dwMagic = d ? BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC : BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC;
    blob->dwVersion = 1;
    blob->dwCurveType = BCRYPT_ECC_PRIME_SHORT_WEIERSTRASS_CURVE;
    blob->cbFieldLength = field;
    blob->cbSubgroupOrder = order.size;
    blob->cbCofactor = cofactor.size;
    for (i = 0; i < ARRAY_SIZE(numbers); i++)
    {
        struct bytes number = vectors_bytes(v, numbers[i]);

        memcpy(end, number.data, number.size);
        end += number.size;
    }
    if (d)
    {
        expect_value(d->size, order.size);
        memset(end - 2 * field, 0, 2 * field);
        memcpy(end, d->data, d->size);
        end += d->size;
    }
    status = BCryptImportKeyPair(BCRYPT_ECDH_ALG_HANDLE, NULL,
                                 d ? BCRYPT_ECCFULLPRIVATE_BLOB : BCRYPT_ECCFULLPUBLIC_BLOB, key,
                                 (UCHAR *)blob, (ULONG)(end - (UCHAR *)blob), 0);
    if (!status) keep_key(*key);
    return status;
}

/* --- ECDSA ------------------------------------------------------------------------------------ */

START_TEST(published_ecdsa_signatures_verify)       /* ECDSAVS, Wycheproof */
{
    struct vectors *v = vectors_start("ecdsa", _i);
    struct ec ec = { 0 };
    BCRYPT_KEY_HANDLE key = NULL;

    while (vectors_next(v))
    {
        struct bytes digest = vectors_bytes(v, "digest"), signature = vectors_bytes(v, "sig");
        bool der = !strcmp(vectors_text(v, "form", ""), "der");
        UCHAR numbers[2 * COORDINATE_MOST];
        NTSTATUS status;

        if (vectors_group_changed(v))
        {
            const char *name = vectors_text(v, "curve", "");
            struct bytes x = vectors_bytes(v, "x"), y = vectors_bytes(v, "y");

            /* The signatures in DER go through the generic algorithm, the others through the
             * curve's own where it has one. */
            if (!ec.curve || strcmp(name, ec.curve->name)) open_curve(&ec, name, true, der);
            if (key) BCryptDestroyKey(key);
            key = NULL;
            status = import_ec(&ec, &x, &y, NULL, &key, 0);
            if (status)
            {
                vectors_wrong(v, "the key is refused with %#x", (unsigned int)status);
                continue;
            }
        }
        if (der)
        {
            if (!signature_from_der(signature, numbers, ec.curve->order))
            {
                vectors_judge(v, STATUS_INVALID_SIGNATURE, false);
                continue;
            }
            signature.data = numbers;
            signature.size = 2 * ec.curve->order;
        }
        status = BCryptVerifySignature(key, NULL, digest.data, digest.size, signature.data,
                                       signature.size, 0);
        vectors_judge(v, status, true);
    }
    vectors_finish(v);
}
END_TEST

START_TEST(published_public_keys_are_checked)       /* ECDSAVS 6.3, PKV */
{
    struct vectors *v = vectors_start("ec-public", _i);
    struct ec ec = { 0 };

    while (vectors_next(v))
    {
        struct bytes x = vectors_bytes(v, "x"), y = vectors_bytes(v, "y");
        const char *name = vectors_text(v, "curve", "");
        BCRYPT_KEY_HANDLE key;
        NTSTATUS status;

        if (!ec.curve || strcmp(name, ec.curve->name)) open_curve(&ec, name, true, false);
        status = import_ec(&ec, &x, &y, NULL, &key, 0);
        vectors_judge_as(v, status, true, STATUS_INVALID_PARAMETER);
        if (!status) BCryptDestroyKey(key);
    }
    vectors_finish(v);
}
END_TEST

/*
 * A private blob without its point: the point comes out of the export, of which it is the end. Its
 * coordinates stand in slots as long as the longer of field and order, in a full blob as the field.
 */
START_TEST(published_public_keys_are_computed)      /* ECDSAVS 6.2; OpenSSL; Botan */
{
    struct vectors *v = vectors_start("ec-pair", _i);
    struct ec ec = { 0 };

    while (vectors_next(v))
    {
        struct bytes x = vectors_bytes(v, "x"), y = vectors_bytes(v, "y");
        struct bytes d = vectors_bytes(v, "d");
        bool full = vectors_has(v, "p");
        UCHAR *blob = vectors_room(v, sizeof(BCRYPT_ECCFULLKEY_BLOB) + 9 * COORDINATE_MOST);
        const char *name = vectors_text(v, "curve", "");
        ULONG result = 0, slot = x.size;
        BCRYPT_KEY_HANDLE key;
        NTSTATUS status;

        if (full) status = import_full(v, &d, &key);
        else
        {
            if (!ec.curve || strcmp(name, ec.curve->name)) open_curve(&ec, name, true, false);
            slot = slot_bytes(ec.curve);
            status = import_ec(&ec, NULL, NULL, &d, &key, 0);
        }
        if (!status)
        {
            status = BCryptExportKey(key, NULL,
                                     full ? BCRYPT_ECCFULLPUBLIC_BLOB : BCRYPT_ECCPUBLIC_BLOB, blob,
                                     sizeof(BCRYPT_ECCFULLKEY_BLOB) + 9 * COORDINATE_MOST, &result,
                                     0);
            BCryptDestroyKey(key);
        }
        vectors_judge(v, status, result >= sizeof(BCRYPT_ECCKEY_BLOB) + 2 * slot &&
                                 same(blob + result - 2 * slot, x) &&
                                 same(blob + result - slot, y));
    }
    vectors_finish(v);
}
END_TEST

/* --- ECDH ------------------------------------------------------------------------------------- */

/* The case's secret: its hash, or it itself, which CNG hands out last byte first. */
static NTSTATUS agree(struct vectors *v, BCRYPT_KEY_HANDLE mine, BCRYPT_KEY_HANDLE theirs,
                      UCHAR *out, ULONG size, ULONG *result)
{
    struct parameters parameters = { 0 };
    BCRYPT_SECRET_HANDLE secret;
    NTSTATUS status = BCryptSecretAgreement(mine, theirs, &secret, 0);
    ULONG i;

    if (status) return status;
    if (vectors_has(v, "hash"))
    {
        add_hash(&parameters, vectors_wide(v, "hash"));
        status = BCryptDeriveKey(secret, BCRYPT_KDF_HASH, &parameters.list, out, size, result, 0);
        BCryptDestroySecret(secret);
        return status;
    }
    status = BCryptDeriveKey(secret, BCRYPT_KDF_RAW_SECRET, NULL, out, size, result, 0);
    BCryptDestroySecret(secret);
    for (i = 0; !status && i < *result / 2; i++)
    {
        UCHAR byte = out[i];

        out[i] = out[*result - 1 - i];
        out[*result - 1 - i] = byte;
    }
    return status;
}

START_TEST(published_ecdh_secrets)                  /* KASVS, RFC 7027, Wycheproof, OpenSSL */
{
    struct vectors *v = vectors_start("ecdh", _i);
    struct ec ec = { 0 }, other = { 0 };

    while (vectors_next(v))
    {
        struct bytes x = vectors_bytes(v, "x"), y = vectors_bytes(v, "y");
        struct bytes d = vectors_bytes(v, "d");
        struct bytes expected = vectors_bytes(v, "secret");
        const char *name = vectors_text(v, "curve", ""), *peer = vectors_text(v, "peer", name);
        BCRYPT_KEY_HANDLE mine = NULL, theirs = NULL;
        UCHAR secret[COORDINATE_MOST];
        ULONG result = 0;
        NTSTATUS status;

        if (!ec.curve || strcmp(name, ec.curve->name)) open_curve(&ec, name, false, _i % 2);
        if (strcmp(peer, name)) open_curve(&other, peer, false, _i % 2);
        if (vectors_has(v, "own_x"))                /* a wrong pair, or half of one */
        {
            struct bytes own_x = vectors_bytes(v, "own_x"), own_y = vectors_bytes(v, "own_y");

            status = import_ec(&ec, &own_x, &own_y, &d, &mine, 0);
        }
        else
        {
            status = import_ec(&ec, NULL, NULL, &d, &mine, 0);
            if (status) vectors_wrong(v, "the private key is refused: %#x", (unsigned int)status);
        }
        if (!status && vectors_has(v, "p")) status = import_full(v, NULL, &theirs);
        else if (!status)
        {
            status = import_ec(strcmp(peer, name) ? &other : &ec, &x, &y, NULL, &theirs, 0);
        }
        if (!status) status = agree(v, mine, theirs, secret, sizeof(secret), &result);
        vectors_judge_as(v, status, result == expected.size && same(secret, expected),
                         STATUS_INVALID_PARAMETER);
        if (mine) BCryptDestroyKey(mine);
        if (theirs) BCryptDestroyKey(theirs);
    }
    vectors_finish(v);
}
END_TEST

/* --- X25519 ----------------------------------------------------------------------------------- */

/* As callers of CNG do: RFC 7748's clamping, and the coordinate below 2^255 - 19. */
static void clamp(UCHAR d[32])
{
    d[0] &= 0xf8;
    d[31] = (UCHAR)((d[31] & 0x7f) | 0x40);
}

static void reduce(UCHAR u[32])
{
    static const UCHAR prime[32] =
    {
        0xed, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
        0xff, 0x7f,
    };
    int i;

    u[31] &= 0x7f;
    for (i = 31; i >= 0 && u[i] == prime[i];) i--;
    if (i >= 0 && u[i] < prime[i]) return;
    u[0] = (UCHAR)(u[0] - prime[0]);                /* from the prime on, only this byte differs */
    memset(u + 1, 0, 31);
}

static NTSTATUS import_25519(BCRYPT_ALG_HANDLE algorithm, const UCHAR *u, const UCHAR *d,
                             BCRYPT_KEY_HANDLE *key)
{
    struct
    {
        BCRYPT_ECCKEY_BLOB header;
        UCHAR x[32], y[32], d[32];
    } blob;
    NTSTATUS status;

    memset(&blob, 0, sizeof(blob));
    blob.header.dwMagic = d ? BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC : BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC;
    blob.header.cbKey = 32;
    if (u) memcpy(blob.x, u, 32);
    if (d) memcpy(blob.d, d, 32);
    status = BCryptImportKeyPair(algorithm, NULL,
                                 d ? BCRYPT_ECCPRIVATE_BLOB : BCRYPT_ECCPUBLIC_BLOB, key,
                                 (UCHAR *)&blob, sizeof(blob) - (d ? 0 : 32),
                                 BCRYPT_NO_KEY_VALIDATION);
    if (!status) keep_key(*key);
    return status;
}

/* "acceptable" here is a point of low order or on the twist: with validation off, as RFC 7748. */
START_TEST(published_x25519_secrets)                /* RFC 7748, Wycheproof */
{
    static const WCHAR name[] = BCRYPT_ECC_CURVE_25519;
    struct vectors *v = vectors_start("x25519", _i);
    BCRYPT_ALG_HANDLE algorithm;

    expect_status(BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_ECDH_ALGORITHM, NULL, 0),
                  STATUS_SUCCESS);
    keep_algorithm(algorithm);
    expect_status(BCryptSetProperty(algorithm, BCRYPT_ECC_CURVE_NAME, (UCHAR *)(WCHAR *)name,
                                    sizeof(name), 0), STATUS_SUCCESS);
    while (vectors_next(v))
    {
        struct bytes d = vectors_bytes(v, "d"), u = vectors_bytes(v, "u");
        struct bytes expected = vectors_bytes(v, "secret");
        BCRYPT_KEY_HANDLE mine = NULL, theirs = NULL;
        UCHAR secret[32];
        ULONG result = 0;
        NTSTATUS status;

        clamp(d.data);
        reduce(u.data);
        status = import_25519(algorithm, NULL, d.data, &mine);
        if (status) vectors_wrong(v, "the private key is refused with %#x", (unsigned int)status);
        if (!status) status = import_25519(algorithm, u.data, NULL, &theirs);
        if (!status) status = agree(v, mine, theirs, secret, sizeof(secret), &result);
        vectors_judge(v, status, result == 32 && same(secret, expected));
        if (mine) BCryptDestroyKey(mine);
        if (theirs) BCryptDestroyKey(theirs);
    }
    vectors_finish(v);
}
END_TEST

void vectors_ec_suite(Suite *suite)
{
    TCase *tests = contract(suite);

    add_sections(tests, published_ecdsa_signatures_verify, "ecdsa");
    add_sections(tests, published_public_keys_are_checked, "ec-public");
    add_sections(tests, published_public_keys_are_computed, "ec-pair");
    add_sections(tests, published_ecdh_secrets, "ecdh");
    add_sections(tests, published_x25519_secrets, "x25519");
}
