/*
 * differ_pair.c - key pairs: their blobs, signatures, ciphertexts and agreed secrets.
 *
 * Pairs come from tests/vectors/pair_keys.txt; those of elliptic curves from the dice, for our side
 * computes the public half. What is random in a signature or a ciphertext is made by one side and
 * used by both.
 *
 * SPDX-License-Identifier: MIT
 */

#include "differ_pair.h"

/* KEY_<name>_blob: trials have to be the same each time. */
#include "pair_keys.inc"

UCHAR blob[2][BLOB_MOST], made[MADE_MOST], message[1024];
ULONG blob_bytes[2], made_bytes, message_bytes;
LPCWSTR pair_id, pair_curve, pair_type, public_type;

static ULONG unhex(UCHAR *to, const char *hex)
{
    ULONG bytes = 0;
    unsigned int byte;

    for (; sscanf(hex, "%2x", &byte) == 1; hex += 2) to[bytes++] = (UCHAR)byte;
    return bytes;
}

static void new_pair(LPCWSTR id, LPCWSTR type, LPCWSTR its_public_type)
{
    pair_id = id;
    pair_curve = NULL;
    pair_type = type;
    public_type = its_public_type;
}

BCRYPT_ALG_HANDLE pair_algorithm(void)
{
    return algorithm_with(pair_id, 0, pair_curve ? BCRYPT_ECC_CURVE_NAME : NULL, pair_curve);
}

void open_algorithm(struct dice *dice)
{
    (void)dice;
    pair_algorithm();
}

BCRYPT_KEY_HANDLE import_blob(LPCWSTR type, const UCHAR *bytes, ULONG count)
{
    BCRYPT_KEY_HANDLE key;
    char name[80];

    snprintf(name, sizeof(name), "%ls of %ls", type, pair_id);
    HAVE(name, BCryptImportKeyPair, pair_algorithm(), NULL, type, &key,
         (PUCHAR)(uintptr_t)bytes, count, 0);
    return opened(OPEN_KEY, key);
}

BCRYPT_KEY_HANDLE own_key(void)
{
    return import_blob(pair_type, blob[0], blob_bytes[0]);
}

/* The size query, a buffer that is too small, and the blob. */
static ULONG see_blob(struct dice *dice, BCRYPT_KEY_HANDLE key, LPCWSTR type, UCHAR *to)
{
    ULONG size = 0;

    did("blob's size query", cng->BCryptExportKey(key, NULL, type, NULL, 0, &size, 0));
    saw_number("blob's size", size);
    did("blob into a small buffer",
        cng->BCryptExportKey(key, NULL, type, to, dice_below(dice, 24), &size, 0));
    saw_number("blob's size that is wanted", size);
    MUST(BCryptExportKey, key, NULL, type, to, BLOB_MOST, &size, 0);
    saw_bytes("blob", to, size);
    return size;
}

void see_blobs(struct dice *dice, const LPCWSTR *types, ULONG count)
{
    BCRYPT_KEY_HANDLE key = own_key();
    LPCWSTR type = types[dice_below(dice, count)];
    UCHAR exported[BLOB_MOST], again[BLOB_MOST];
    ULONG bytes;

    about("%ls as %ls", pair_id, type);
    if (pair_curve) details(" with %ls", pair_curve);
    bytes = see_blob(dice, key, type, exported);
    see_blob(dice, import_blob(type, exported, bytes), type, again);
}

static const WCHAR *const hash_names[] = {
    BCRYPT_SHA1_ALGORITHM,
    BCRYPT_SHA256_ALGORITHM,
    BCRYPT_SHA384_ALGORITHM,
    BCRYPT_SHA512_ALGORITHM,
};
static const ULONG hash_bytes[] = { 20, 32, 48, 64 };

/* ---- signatures ---- */

void *padding;
ULONG padding_flags;

void sign(struct dice *dice)
{
    BCRYPT_KEY_HANDLE key = own_key();
    ULONG size = 0;

    MUST(BCryptSignHash, key, padding, message, message_bytes, NULL, 0, &size, padding_flags);
    saw_number("signature's size", size);
    MAY(BCryptSignHash, key, padding, message, message_bytes, made, dice_below(dice, size), &size,
        padding_flags);
    saw_number("signature's size that is wanted", size);
    MUST(BCryptSignHash, key, padding, message, message_bytes, made, sizeof(made), &made_bytes,
         padding_flags);
    saw_number("signature's bytes", made_bytes);
}

static void sign_the_same(struct dice *dice)
{
    sign(dice);
    saw_bytes("signature", made, made_bytes);
}

static UCHAR public_half[BLOB_MOST];
static ULONG public_bytes;

void take_public(struct dice *dice)
{
    (void)dice;
    MUST(BCryptExportKey, own_key(), NULL, public_type, public_half, BLOB_MOST, &public_bytes, 0);
}

BCRYPT_KEY_HANDLE public_key(void)
{
    return import_blob(public_type, public_half, public_bytes);
}

static void verify(struct dice *dice)
{
    (void)dice;
    MAY(BCryptVerifySignature, public_key(), padding, message, message_bytes, made, made_bytes,
        padding_flags);
}

void cross_sign(struct dice *dice)
{
    unsigned int maker = dice_below(dice, 2);
    ULONG bytes;

    on_one(0, dice, take_public);
    on_one(maker, dice, sign);
    on_both(dice, verify);
    bytes = dice_below(dice, made_bytes);
    made[bytes] ^= 1 << dice_below(dice, 8);
    details(", changed in byte %lu", bytes);
    on_both(dice, verify);
}

void new_message(struct dice *dice, ULONG bytes)
{
    message_bytes = bytes;
    dice_bytes(dice, message, bytes);
}

/* ---- RSA ---- */

static const struct { const char *hex; ULONG bytes; } rsa_keys[] =
{
    { KEY_rsa_1024_blob, 128 }, { KEY_rsa_1032_blob, 129 }, { KEY_rsa_2048_blob, 256 },
};

/* (named at once: some peers cannot do all of them) */
static ULONG new_rsa(struct dice *dice)
{
    size_t row = dice_below(dice, ARRAY_SIZE(rsa_keys));

    new_pair(BCRYPT_RSA_ALGORITHM, BCRYPT_RSAFULLPRIVATE_BLOB, BCRYPT_RSAPUBLIC_BLOB);
    blob_bytes[0] = unhex(blob[0], rsa_keys[row].hex);
    about("RSA pair of %lu bytes", rsa_keys[row].bytes);
    return rsa_keys[row].bytes;
}

static void rsa_blobs(struct dice *dice)
{
    static const LPCWSTR types[] =
    {
        BCRYPT_RSAPUBLIC_BLOB, BCRYPT_RSAPRIVATE_BLOB, BCRYPT_RSAFULLPRIVATE_BLOB,
        LEGACY_RSAPUBLIC_BLOB, LEGACY_RSAPRIVATE_BLOB,
    };

    see_blobs(dice, types, ARRAY_SIZE(types));
}

static void try_rsa_blob(struct dice *dice)
{
    new_rsa(dice);
    on_both(dice, rsa_blobs);
}

static void try_rsa_sign(struct dice *dice)
{
    ULONG key_bytes = new_rsa(dice);
    size_t hash = dice_below(dice, ARRAY_SIZE(hash_names));
    bool is_pss = dice_below(dice, 2);
    static BCRYPT_PKCS1_PADDING_INFO pkcs1;
    static BCRYPT_PSS_PADDING_INFO pss;

    pkcs1.pszAlgId = pss.pszAlgId = hash_names[hash];
    pss.cbSalt = dice_below(dice, 40);
    while (is_pss && pss.cbSalt + hash_bytes[hash] + 2 > key_bytes) pss.cbSalt /= 2;
    padding = is_pss ? (void *)&pss : &pkcs1;
    padding_flags = is_pss ? BCRYPT_PAD_PSS : BCRYPT_PAD_PKCS1;
    new_message(dice, hash_bytes[hash]);
    about("RSA %s", is_pss ? "PSS" : "PKCS #1");
    details(" of %ls with %lu bytes, salt of %lu", hash_names[hash], key_bytes, pss.cbSalt);
    if (!is_pss) on_both(dice, sign_the_same);
    cross_sign(dice);
}

static void encrypt_it(struct dice *dice)
{
    BCRYPT_KEY_HANDLE key = own_key();
    ULONG size = 0;

    (void)dice;
    MUST(BCryptEncrypt, key, message, message_bytes, padding, NULL, 0, NULL, 0, &size,
         padding_flags);
    saw_number("ciphertext's size", size);
    MUST(BCryptEncrypt, key, message, message_bytes, padding, NULL, 0, made, sizeof(made),
         &made_bytes, padding_flags);
    if (padding_flags == BCRYPT_PAD_NONE) saw_bytes("ciphertext", made, made_bytes);
}

static void decrypt_it(struct dice *dice)
{
    BCRYPT_KEY_HANDLE key = own_key();
    UCHAR text[1024];
    ULONG result = 0;

    (void)dice;
    if (MAY(BCryptDecrypt, key, made, made_bytes, padding, NULL, 0, text, sizeof(text), &result,
            padding_flags)) return;
    saw_bytes("plaintext", text, result);
}

static void try_rsa_crypt(struct dice *dice)
{
    static const struct { ULONG flags; const char *name;
    } paddings[] = {
        { BCRYPT_PAD_NONE, "no padding" },
        { BCRYPT_PAD_PKCS1, "PKCS #1" },
        { BCRYPT_PAD_OAEP, "OAEP" },
    };
    static BCRYPT_OAEP_PADDING_INFO oaep;
    static UCHAR label[40];
    ULONG key_bytes = new_rsa(dice), row = dice_below(dice, 3), hash = dice_below(dice, 2), room;

    padding_flags = paddings[row].flags;
    room = row == 0 ? key_bytes : row == 1 ? key_bytes - 11 : key_bytes - 2 - 2 * hash_bytes[hash];
    new_message(dice, row ? dice_below(dice, room + 1) : key_bytes);
    if (!row) message[0] = 0;                   /* below the modulus */
    dice_bytes(dice, label, sizeof(label));
    oaep =
        (BCRYPT_OAEP_PADDING_INFO){ hash_names[hash], label, dice_below(dice, 2) * sizeof(label) };
    if (!oaep.cbLabel) oaep.pbLabel = NULL;
    padding = row == 2 ? &oaep : NULL;
    about("RSA encryption, %s%s", paddings[row].name,
          row == 2 && oaep.cbLabel ? " with a label" : "");
    details(", %lu bytes with %lu", message_bytes, key_bytes);
    on_one(dice_below(dice, 2), dice, encrypt_it);
    if (!row) on_both(dice, encrypt_it);
    on_both(dice, decrypt_it);
}

/* ---- elliptic curves ---- */

/* Private values have `bits` bits, so that they are below the order. */
static const struct curve_row
{
    LPCWSTR sign, agree, curve;
    ULONG bytes, bits, sign_magic, agree_magic;
} curves[] = {
    { BCRYPT_ECDSA_P256_ALGORITHM, BCRYPT_ECDH_P256_ALGORITHM, NULL, 32, 255,
      BCRYPT_ECDSA_PRIVATE_P256_MAGIC, BCRYPT_ECDH_PRIVATE_P256_MAGIC },
    { BCRYPT_ECDSA_P384_ALGORITHM, BCRYPT_ECDH_P384_ALGORITHM, NULL, 48, 383,
      BCRYPT_ECDSA_PRIVATE_P384_MAGIC, BCRYPT_ECDH_PRIVATE_P384_MAGIC },
    { BCRYPT_ECDSA_P521_ALGORITHM, BCRYPT_ECDH_P521_ALGORITHM, NULL, 66, 520,
      BCRYPT_ECDSA_PRIVATE_P521_MAGIC, BCRYPT_ECDH_PRIVATE_P521_MAGIC },
};

/* Curves that the generic algorithms are told; numbers in blobs are as wide as the widest. */
#define NAMED(curve, bytes, bits) \
    { BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECDH_ALGORITHM, L##curve, bytes, bits, \
      BCRYPT_ECDSA_PRIVATE_GENERIC_MAGIC, BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC }
static const struct curve_row named_curves[] =
{
    NAMED("brainpoolP160r1", 20, 159), NAMED("brainpoolP160t1", 20, 159),
    NAMED("brainpoolP192r1", 24, 191), NAMED("brainpoolP192t1", 24, 191),
    NAMED("brainpoolP224r1", 28, 223), NAMED("brainpoolP224t1", 28, 223),
    NAMED("brainpoolP256r1", 32, 255), NAMED("brainpoolP256t1", 32, 255),
    NAMED("brainpoolP320r1", 40, 319), NAMED("brainpoolP320t1", 40, 319),
    NAMED("brainpoolP384r1", 48, 383), NAMED("brainpoolP384t1", 48, 383),
    NAMED("brainpoolP512r1", 64, 511), NAMED("brainpoolP512t1", 64, 511),
    NAMED("ec192wapi", 24, 191), NAMED("nistP192", 24, 191), NAMED("nistP224", 28, 223),
    NAMED("nistP256", 32, 255), NAMED("nistP384", 48, 383), NAMED("nistP521", 66, 520),
    NAMED("numsP256t1", 32, 253), NAMED("numsP384t1", 48, 381), NAMED("numsP512t1", 64, 509),
    NAMED("secP160k1", 21, 160), NAMED("secP160r1", 21, 160), NAMED("secP160r2", 21, 160),
    NAMED("secP192k1", 24, 191), NAMED("secP192r1", 24, 191), NAMED("secP224k1", 29, 224),
    NAMED("secP224r1", 28, 223), NAMED("secP256k1", 32, 255), NAMED("secP256r1", 32, 255),
    NAMED("secP384r1", 48, 383), NAMED("secP521r1", 66, 520), NAMED("wtls7", 21, 160),
    NAMED("wtls9", 21, 160), NAMED("wtls12", 28, 223), NAMED("x962P192v1", 24, 191),
    NAMED("x962P192v2", 24, 191), NAMED("x962P192v3", 24, 191), NAMED("x962P239v1", 30, 238),
    NAMED("x962P239v2", 30, 238), NAMED("x962P239v3", 30, 238), NAMED("x962P256v1", 32, 255),
};
static const struct curve_row curve25519 =
{
    NULL, BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_25519, 32, 256, 0,
    BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC,
};

static unsigned int which;                      /* of two pairs: which is made */

/* Ours computes the public half. */
static void complete(struct dice *dice)
{
    BCRYPT_KEY_HANDLE key = import_blob(BCRYPT_ECCPRIVATE_BLOB, blob[which], blob_bytes[which]);

    (void)dice;
    MUST(BCryptExportKey, key, NULL, BCRYPT_ECCPRIVATE_BLOB, blob[which], BLOB_MOST,
         &blob_bytes[which], 0);
}

/* Below the order, and not 0. (RFC 7748: of curve25519 the last byte is the highest.) */
static void new_private_value(struct dice *dice, const struct curve_row *row, UCHAR *d)
{
    ULONG i;

    dice_bytes(dice, d, row->bytes);
    for (i = 0; i < 8 * row->bytes - row->bits; i++) d[i / 8] &= ~(0x80 >> i % 8);
    if (row == &curve25519)
    {
        d[0] &= 0xf8;
        d[31] = (d[31] & 0x3f) | 0x40;
    }
    else d[row->bytes - 1] |= 1;
}

static void new_ec(struct dice *dice, const struct curve_row *row, bool agrees, unsigned int number)
{
    BCRYPT_ECCKEY_BLOB *head = (void *)blob[number];

    new_pair(agrees ? row->agree : row->sign, BCRYPT_ECCPRIVATE_BLOB, BCRYPT_ECCPUBLIC_BLOB);
    pair_curve = row->curve;
    head->dwMagic = agrees ? row->agree_magic : row->sign_magic;
    head->cbKey = row->bytes;
    blob_bytes[number] = sizeof(*head) + 3 * row->bytes;
    memset(head + 1, 0, 2 * row->bytes);
    new_private_value(dice, row, blob[number] + sizeof(*head) + 2 * row->bytes);
    which = number;
    on_one(0, dice, complete);
    details_hex("pair", blob[number], blob_bytes[number]);
}

static void ec_blobs(struct dice *dice)
{
    static const LPCWSTR types[] = { BCRYPT_ECCPUBLIC_BLOB, BCRYPT_ECCPRIVATE_BLOB };

    see_blobs(dice, types, ARRAY_SIZE(types));
}

static void try_ec_blob(struct dice *dice)
{
    const struct curve_row *row = DICE_ROW(dice, curves);

    about("blobs of a curve of %lu bytes", row->bytes);
    new_ec(dice, row, dice_below(dice, 2), 0);
    on_both(dice, ec_blobs);
}

static void try_ecdsa(struct dice *dice)
{
    const struct curve_row *row = DICE_ROW(dice, curves);

    bool of_hash = dice_below(dice, 2);
    ULONG bytes = of_hash ? *DICE_ROW(dice, hash_bytes) : 20 + dice_below(dice, 45);

    about("%ls of a digest of %lu bytes%s", row->sign, bytes, of_hash ? "" : ", odd");
    new_ec(dice, row, false, 0);
    new_message(dice, bytes);
    details_hex("digest", message, message_bytes);
    padding = NULL;
    padding_flags = 0;
    cross_sign(dice);
}

static void derive(struct dice *dice, BCRYPT_SECRET_HANDLE secret);

static void agree_on(struct dice *dice, BCRYPT_KEY_HANDLE own, BCRYPT_KEY_HANDLE peer)
{
    BCRYPT_SECRET_HANDLE secret;

    MUST(BCryptSecretAgreement, own, peer, &secret, 0);
    derive(dice, opened(OPEN_SECRET, secret));
}

static void agree(struct dice *dice)
{
    BCRYPT_KEY_HANDLE own = own_key();

    agree_on(dice, own, import_blob(pair_type, blob[1], blob_bytes[1]));
}

/* What the secret becomes: one KDF, with buffers that it may have, and an output of any size. */
static void derive(struct dice *dice, BCRYPT_SECRET_HANDLE secret)
{
    static const LPCWSTR kdfs[] =
    {
        BCRYPT_KDF_RAW_SECRET, BCRYPT_KDF_HASH, BCRYPT_KDF_HMAC, BCRYPT_KDF_TLS_PRF,
        BCRYPT_KDF_SP80056A_CONCAT,
    };
    static const ULONG may_have[5][4] = {
        { 0 },
        { KDF_SECRET_PREPEND, KDF_SECRET_APPEND },
        { KDF_HMAC_KEY, KDF_SECRET_PREPEND, KDF_SECRET_APPEND },
        { KDF_TLS_PRF_LABEL, KDF_TLS_PRF_SEED },
        { KDF_ALGORITHMID, KDF_PARTYUINFO, KDF_PARTYVINFO },
    };
    ULONG kdf = dice_below(dice, 5), i, size = 0, wanted, all = kdf >= 3;
    size_t hash = dice_below(dice, kdf == 4 ? 2 : 4);
    BCryptBuffer buffers[6];
    BCryptBufferDesc list = { BCRYPTBUFFER_VERSION, 0, buffers };
    UCHAR bytes[64], out[300];
    bool has_hash = (kdf == 1 || kdf == 2) && dice_below(dice, 2);

    dice_bytes(dice, bytes, sizeof(bytes));
    wanted = kdf == 3 ? 48 : 1 + dice_below(dice, 80);
    if (has_hash)
        buffers[list.cBuffers++] = (BCryptBuffer){ wide_bytes(hash_names[hash]), KDF_HASH_ALGORITHM,
                                                   (PVOID)(uintptr_t)hash_names[hash] };
    for (i = 0; i < 4 && may_have[kdf][i]; i++)
    {
        ULONG count = may_have[kdf][i] == KDF_TLS_PRF_SEED ? 64 : 1 + dice_below(dice, 40);

        if (all || dice_below(dice, 2))
            buffers[list.cBuffers++] = (BCryptBuffer){ count, may_have[kdf][i], bytes };
    }
    about("%ls, KDF %ls%s", pair_id, kdfs[kdf], has_hash ? " with its hash" : "");
    if (pair_curve) details(" with %ls", pair_curve);
    memset(out, 0xa5, sizeof(out));
    MUST(BCryptDeriveKey, secret, kdfs[kdf], &list, out, wanted, &size, 0);
    saw_number("bytes derived", size);
    saw_bytes("derived", out, sizeof(out));
}

static void try_ecdh(struct dice *dice)
{
    const struct curve_row *row = DICE_ROW(dice, curves);

    about("%ls", row->agree);
    new_ec(dice, row, true, 1);
    new_ec(dice, row, true, 0);
    on_both(dice, agree);
}

/* ---- named curves ---- */

static const struct curve_row *any_curve(struct dice *dice, bool agrees)
{
    return agrees && !dice_below(dice, 8) ? &curve25519 : DICE_ROW(dice, named_curves);
}

/* (Ours makes no public half of what the other has not got.) */
static void new_named_pair(struct dice *dice, const struct curve_row *row, bool agrees)
{
    pair_id = agrees ? row->agree : row->sign;
    pair_curve = row->curve;
    on_both(dice, open_algorithm);
    new_ec(dice, row, agrees, 0);
}

static const struct curve_row *new_named(struct dice *dice, const char *what, bool agrees)
{
    const struct curve_row *row = any_curve(dice, agrees);

    about("%s of %ls with %ls", what, agrees ? row->agree : row->sign, row->curve);
    new_named_pair(dice, row, agrees);
    return row;
}

static void named_blobs(struct dice *dice)
{
    static const LPCWSTR types[] =
    {
        BCRYPT_ECCPUBLIC_BLOB, BCRYPT_ECCPRIVATE_BLOB, BCRYPT_ECCFULLPUBLIC_BLOB,
        BCRYPT_ECCFULLPRIVATE_BLOB,
    };

    see_blobs(dice, types, ARRAY_SIZE(types));
}

static void try_named_blob(struct dice *dice)
{
    new_named(dice, "blobs", dice_below(dice, 2));
    on_both(dice, named_blobs);
}

static void try_named_sign(struct dice *dice)
{
    new_named(dice, "signature", false);
    new_message(dice, *DICE_ROW(dice, hash_bytes));
    details_hex("digest", message, message_bytes);
    padding = NULL;
    padding_flags = 0;
    cross_sign(dice);
}

static void try_named_agree(struct dice *dice)
{
    new_ec(dice, new_named(dice, "secret", true), true, 1);
    on_both(dice, agree);
}

static LPCWSTR named_asked;
static bool asks_key;

static void named_property(struct dice *dice)
{
    see_value(dice, asks_key ? own_key() : pair_algorithm(), named_asked, false);
}

static void try_named_property(struct dice *dice)
{
    static const LPCWSTR names[] =
    {
        BCRYPT_ALGORITHM_NAME, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_PARAMETERS, BCRYPT_KEY_LENGTH,
        BCRYPT_KEY_LENGTHS, BCRYPT_KEY_STRENGTH, BCRYPT_SIGNATURE_LENGTH, BCRYPT_PRIMITIVE_TYPE,
    };
    bool agrees = dice_below(dice, 2);
    const struct curve_row *row = any_curve(dice, agrees);

    named_asked = *DICE_ROW(dice, names);
    asks_key = dice_below(dice, 2);
    about("%ls of %s%ls with %ls", named_asked, asks_key ? "a pair of " : "",
          agrees ? row->agree : row->sign, row->curve);
    new_named_pair(dice, row, agrees);
    on_both(dice, named_property);
}

/* ---- DSA and DH ---- */

static void new_dsa(struct dice *dice)
{
    new_pair(BCRYPT_DSA_ALGORITHM, BCRYPT_DSA_PRIVATE_BLOB, BCRYPT_DSA_PUBLIC_BLOB);
    blob_bytes[0] = unhex(blob[0], dice_below(dice, 2) ? KEY_dsa_1024_blob : KEY_dsa_2048_blob);
}

static void dsa_blobs(struct dice *dice)
{
    static const LPCWSTR types[] = { BCRYPT_DSA_PUBLIC_BLOB, BCRYPT_DSA_PRIVATE_BLOB };

    see_blobs(dice, types, ARRAY_SIZE(types));
}

static void try_dsa(struct dice *dice)
{
    new_dsa(dice);
    about("DSA of %s", blob_bytes[0] < 600 ? "1024 bits" : "2048 bits");
    if (!dice_below(dice, 3)) on_both(dice, dsa_blobs);
    new_message(dice, blob_bytes[0] < 600 ? 20 : 32);
    padding = NULL;
    padding_flags = 0;
    cross_sign(dice);
}

static void dh_blobs(struct dice *dice)
{
    static const LPCWSTR types[] = { BCRYPT_DH_PUBLIC_BLOB, BCRYPT_DH_PRIVATE_BLOB };

    see_blobs(dice, types, ARRAY_SIZE(types));
}

static void try_dh(struct dice *dice)
{
    bool is_long = !dice_below(dice, 3);

    new_pair(BCRYPT_DH_ALGORITHM, BCRYPT_DH_PRIVATE_BLOB, BCRYPT_DH_PUBLIC_BLOB);
    blob_bytes[0] = unhex(blob[0], is_long ? KEY_dh_2048_1_blob : KEY_dh_1024_1_blob);
    blob_bytes[1] = unhex(blob[1], is_long ? KEY_dh_2048_2_blob : KEY_dh_1024_2_blob);
    about("DH of %s", is_long ? "2048 bits" : "1024 bits");
    if (!dice_below(dice, 3)) on_both(dice, dh_blobs);
    else on_both(dice, agree);
}

/* ---- properties ---- */

static size_t asked;

static void pair_property(struct dice *dice)
{
    see_property(dice, own_key(), asked);
}

static void try_pair_property(struct dice *dice)
{
    char name[40];

    if (dice_below(dice, 2)) new_rsa(dice);
    else if (dice_below(dice, 2)) new_dsa(dice);
    else new_ec(dice, DICE_ROW(dice, curves), dice_below(dice, 2), 0);
    asked = any_property(dice, name, sizeof(name));
    about("%s of a pair of %ls", name, pair_id);
    on_both(dice, pair_property);
}

/* ---- new pairs ---- */

static const struct { LPCWSTR id, curve, type, public_type; ULONG bits, digest; } new_rows[] =
{
    { BCRYPT_RSA_ALGORITHM, NULL, BCRYPT_RSAFULLPRIVATE_BLOB, BCRYPT_RSAPUBLIC_BLOB, 1024, 20 },
    { BCRYPT_ECDSA_P256_ALGORITHM, NULL, BCRYPT_ECCPRIVATE_BLOB, BCRYPT_ECCPUBLIC_BLOB, 256, 32 },
    { BCRYPT_ECDSA_P384_ALGORITHM, NULL, BCRYPT_ECCPRIVATE_BLOB, BCRYPT_ECCPUBLIC_BLOB, 384, 48 },
    { BCRYPT_ECDSA_P521_ALGORITHM, NULL, BCRYPT_ECCPRIVATE_BLOB, BCRYPT_ECCPUBLIC_BLOB, 521, 64 },
    { BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_BRAINPOOLP384R1, BCRYPT_ECCPRIVATE_BLOB,
      BCRYPT_ECCPUBLIC_BLOB, 384, 48 },
    { BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_SECP256K1, BCRYPT_ECCPRIVATE_BLOB,
      BCRYPT_ECCPUBLIC_BLOB, 256, 32 },
};
static size_t new_row;

static void generate(struct dice *dice)
{
    BCRYPT_KEY_HANDLE key;

    (void)dice;
    MUST(BCryptGenerateKeyPair, pair_algorithm(), &key, new_rows[new_row].bits, 0);
    opened(OPEN_KEY, key);
    MUST(BCryptFinalizeKeyPair, key, 0);
    MUST(BCryptExportKey, key, NULL, pair_type, blob[0], BLOB_MOST, &blob_bytes[0], 0);
}

/* One generates, both export what they imported, and use it. */
static void try_new(struct dice *dice)
{
    static BCRYPT_PKCS1_PADDING_INFO pkcs1 = { BCRYPT_SHA1_ALGORITHM };

    new_row = dice_below(dice, ARRAY_SIZE(new_rows));
    new_pair(new_rows[new_row].id, new_rows[new_row].type, new_rows[new_row].public_type);
    pair_curve = new_rows[new_row].curve;
    padding = new_row ? NULL : &pkcs1;
    padding_flags = new_row ? 0 : BCRYPT_PAD_PKCS1;
    about("a new pair of %ls", pair_id);
    on_one(dice_below(dice, 2), dice, generate);
    details_hex("pair", blob[0], blob_bytes[0]);
    on_both(dice, new_row ? ec_blobs : rsa_blobs);
    new_message(dice, new_rows[new_row].digest);
    cross_sign(dice);
}

const struct kind pair_kinds[] =
{
    { "rsablob", 6, NULL, try_rsa_blob }, { "rsasign", 5, NULL, try_rsa_sign },
    { "rsacrypt", 5, NULL, try_rsa_crypt }, { "ecblob", 8, NULL, try_ec_blob },
    { "ecdsa", 8, NULL, try_ecdsa }, { "ecdh", 8, NULL, try_ecdh }, { "dsa", 4, NULL, try_dsa },
    { "curveblob", 10, NULL, try_named_blob }, { "curvesign", 10, NULL, try_named_sign },
    { "curveagree", 10, NULL, try_named_agree }, { "curveproperty", 10, NULL, try_named_property },
    { "dh", 3, NULL, try_dh }, { "pairproperty", 6, NULL, try_pair_property },
    { "newpair", 0, NULL, try_new },
};
const size_t pair_kind_count = ARRAY_SIZE(pair_kinds);
