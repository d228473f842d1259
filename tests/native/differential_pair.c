/*
 * differential_pair.c - key pairs that CNG makes, used by both sides.
 *
 * A pair comes out of CNG as a blob and goes into libcrypto as numbers; each side then verifies,
 * decrypts or agrees with what the other has made. A pair serves for many trials, and is in the
 * report of a difference, for its numbers are not the dice's.
 *
 * SPDX-License-Identifier: MIT
 */

#define OPENSSL_SUPPRESS_DEPRECATED
#include "differential.h"

#include <openssl/dh.h>
#include <openssl/dsa.h>
#include <openssl/ec.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>

#define BLOB_MOST 8192
#define SIGNATURE_MOST 20000
#define POOL 3                                  /* pairs of a row */
#define NEW 1                                   /* always a new one, in place of `seldom` */

static UCHAR digest[64], signature[SIGNATURE_MOST], message[BLOB_MOST];

/* A pair on both sides: `evp` is an EVP_PKEY, or what libcrypto has for the family. */
struct pair
{
    BCRYPT_KEY_HANDLE key;
    void *evp;
    UCHAR blob[BLOB_MOST];
    ULONG bytes;
};

static void make_pair(struct pair *pair, LPCWSTR id, LPCWSTR property, LPCWSTR name, ULONG bits,
                      LPCWSTR type)
{
    CALL(BCryptGenerateKeyPair(algorithm_of(id, 0), &pair->key, bits, 0));
    if (name) CALL(BCryptSetProperty(pair->key, property, WIDE(name), 0));
    CALL(BCryptFinalizeKeyPair(pair->key, 0));
    CALL(BCryptExportKey(pair->key, NULL, type, pair->blob, sizeof(pair->blob), &pair->bytes, 0));
}

/* For a report: the key as its blob. */
static void about_pair(const char *name, const struct pair *pair)
{
    char hex[161];
    ULONG i;

    for (i = 0; i < 80 && i < pair->bytes; i++) snprintf(hex + 2 * i, 3, "%02x", pair->blob[i]);
    about("%s, of the key %s%s", name, hex, pair->bytes > 80 ? "..." : "");
}

static BIGNUM *number(const UCHAR **at, ULONG bytes)
{
    BIGNUM *made = MADE(BN_bin2bn(*at, (int)bytes, NULL));

    *at += bytes;
    return made;
}

/* One that is in the pool, or a new one in its place. */
static struct pair *pair_of(struct dice *dice, struct pair pool[POOL], ULONG seldom, bool *is_new)
{
    struct pair *pair = &pool[dice_below(dice, POOL)];

    *is_new = !pair->key || !dice_below(dice, seldom);
    if (*is_new && pair->key) CALL(BCryptDestroyKey(pair->key));
    if (*is_new) pair->key = NULL;
    return pair;
}

static void both_verify(bool cng, bool evp)
{
    if (cng != evp) differ("a signature is %s by CNG, %s by EVP", cng ? "good" : "bad",
                           evp ? "good" : "bad");
}

/* ---- RSA ---- */

static const ULONG rsa_bits[] = { 512, 768, 1024, 1032, 1536, 2048 };
static struct pair rsa_pairs[ARRAY_SIZE(rsa_bits)][POOL];

static const struct rsa_hash
{
    LPCWSTR id;
    const char *name;
    ULONG bytes;
} rsa_hashes[] =
{
    { BCRYPT_SHA1_ALGORITHM, "SHA1", 20 }, { BCRYPT_SHA256_ALGORITHM, "SHA256", 32 },
    { BCRYPT_SHA384_ALGORITHM, "SHA384", 48 }, { BCRYPT_SHA512_ALGORITHM, "SHA512", 64 },
};

static EVP_PKEY *rsa_from(const struct pair *pair)
{
    const BCRYPT_RSAKEY_BLOB *head = (const void *)pair->blob;
    const UCHAR *at = (const UCHAR *)(head + 1);
    BIGNUM *e = number(&at, head->cbPublicExp), *n = number(&at, head->cbModulus);
    BIGNUM *p = number(&at, head->cbPrime1), *q = number(&at, head->cbPrime2);
    BIGNUM *dp = number(&at, head->cbPrime1), *dq = number(&at, head->cbPrime2);
    BIGNUM *qinv = number(&at, head->cbPrime1), *d = number(&at, head->cbModulus);
    EVP_PKEY *key = MADE(EVP_PKEY_new());
    RSA *rsa = MADE(RSA_new());

    EVP(RSA_set0_key(rsa, n, e, d));
    EVP(RSA_set0_factors(rsa, p, q));
    EVP(RSA_set0_crt_params(rsa, dp, dq, qinv));
    EVP(RSA_check_key(rsa));
    EVP(EVP_PKEY_assign_RSA(key, rsa));
    return key;
}

static struct pair *rsa_pair(struct dice *dice, ULONG least, ULONG seldom)
{
    size_t row = dice_below(dice, ARRAY_SIZE(rsa_bits));
    struct pair *pair;
    bool is_new;

    while (rsa_bits[row] < least) row++;
    pair = pair_of(dice, rsa_pairs[row], seldom, &is_new);
    if (is_new)
    {
        EVP_PKEY_free(pair->evp);
        make_pair(pair, BCRYPT_RSA_ALGORITHM, NULL, NULL, rsa_bits[row],
                  BCRYPT_RSAFULLPRIVATE_BLOB);
        pair->evp = rsa_from(pair);
    }
    return pair;
}

static EVP_PKEY_CTX *rsa_context(const struct pair *pair, int (*begin)(EVP_PKEY_CTX *), int padding,
                                 const struct rsa_hash *hash, int salt)
{
    EVP_PKEY_CTX *context = MADE(EVP_PKEY_CTX_new(pair->evp, NULL));
    const EVP_MD *md = EVP_get_digestbyname(hash->name);

    EVP(begin(context));
    EVP(EVP_PKEY_CTX_set_rsa_padding(context, padding));
    if (padding == RSA_PKCS1_OAEP_PADDING) EVP(EVP_PKEY_CTX_set_rsa_oaep_md(context, md));
    if (begin == EVP_PKEY_sign_init || begin == EVP_PKEY_verify_init)
        EVP(EVP_PKEY_CTX_set_signature_md(context, md));
    if (padding == RSA_PKCS1_PSS_PADDING) EVP(EVP_PKEY_CTX_set_rsa_pss_saltlen(context, salt));
    return context;
}

static void rsa_sign(struct dice *dice, ULONG seldom)
{
    const struct rsa_hash *hash = DICE_ROW(dice, rsa_hashes);
    struct pair *pair = rsa_pair(dice, 1024, seldom);
    bool is_pss = dice_below(dice, 2), spoil = !dice_below(dice, 3);
    ULONG salt = dice_below(dice, 40), bytes, flags = is_pss ? BCRYPT_PAD_PSS : BCRYPT_PAD_PKCS1;
    int padding = is_pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
    BCRYPT_PKCS1_PADDING_INFO pkcs1 = { hash->id };
    BCRYPT_PSS_PADDING_INFO pss = { hash->id, salt };
    void *info = is_pss ? (void *)&pss : &pkcs1;
    EVP_PKEY_CTX *context;
    UCHAR other[512];
    size_t size = sizeof(other);
    bool cng, evp;

    about_pair(is_pss ? "RSA-PSS" : "RSA PKCS #1", pair);
    dice_bytes(dice, digest, hash->bytes);
    CALL(BCryptSignHash(pair->key, info, digest, hash->bytes, signature, sizeof(signature), &bytes,
                        flags));
    context = rsa_context(pair, EVP_PKEY_sign_init, padding, hash, (int)salt);
    EVP(EVP_PKEY_sign(context, other, &size, digest, hash->bytes));
    EVP_PKEY_CTX_free(context);
    if (size != bytes) differ("%u bytes by CNG, %zu by EVP", bytes, size);
    if (!is_pss) same_bytes("signature", signature, other, bytes);
    if (spoil) signature[dice_below(dice, bytes)] ^= 1, other[dice_below(dice, bytes)] ^= 1;

    context = rsa_context(pair, EVP_PKEY_verify_init, padding, hash, (int)salt);
    evp = EVP_PKEY_verify(context, signature, bytes, digest, hash->bytes) == 1;
    EVP_PKEY_CTX_free(context);
    cng = !BCryptVerifySignature(pair->key, info, digest, hash->bytes, signature, bytes, flags);
    both_verify(cng, evp);
    cng = !BCryptVerifySignature(pair->key, info, digest, hash->bytes, other, bytes, flags);
    calls += 2;
    if (evp == spoil || cng == spoil) both_verify(cng, !cng);
}

static void try_rsa_sign(struct dice *dice)
{
    rsa_sign(dice, 40);
}

static void try_rsa_key(struct dice *dice)
{
    rsa_sign(dice, NEW);
}

static void try_rsa_crypt(struct dice *dice)
{
    const struct rsa_hash *hash = DICE_ROW(dice, rsa_hashes);
    struct pair *pair = rsa_pair(dice, 1536, 40);
    bool is_oaep = dice_below(dice, 2);
    ULONG bytes, flags = is_oaep ? BCRYPT_PAD_OAEP : BCRYPT_PAD_PKCS1, length, result;
    int padding = is_oaep ? RSA_PKCS1_OAEP_PADDING : RSA_PKCS1_PADDING;
    BCRYPT_OAEP_PADDING_INFO oaep = { hash->id, NULL, 0 };
    UCHAR text[64], other[512], back[512];
    EVP_PKEY_CTX *context;
    size_t size;

    about_pair(is_oaep ? "RSA-OAEP" : "RSA PKCS #1 encryption", pair);
    length = dice_below(dice, sizeof(text)) + 1;
    if (is_oaep && hash->bytes == 64) length = length % 32 + 1;
    dice_bytes(dice, text, length);
    CALL(BCryptEncrypt(pair->key, text, length, is_oaep ? &oaep : NULL, NULL, 0, signature,
                       sizeof(signature), &bytes, flags));
    context = rsa_context(pair, EVP_PKEY_decrypt_init, padding, hash, 0);
    size = sizeof(other);
    EVP(EVP_PKEY_decrypt(context, other, &size, signature, bytes));
    EVP_PKEY_CTX_free(context);
    if (size != length) differ("%zu bytes decrypted instead of %u", size, length);
    same_bytes("decrypted by EVP", text, other, length);

    context = rsa_context(pair, EVP_PKEY_encrypt_init, padding, hash, 0);
    size = sizeof(other);
    EVP(EVP_PKEY_encrypt(context, other, &size, text, length));
    EVP_PKEY_CTX_free(context);
    CALL(BCryptDecrypt(pair->key, other, (ULONG)size, is_oaep ? &oaep : NULL, NULL, 0, back,
                       sizeof(back), &result, flags));
    if (result != length) differ("%u bytes decrypted instead of %u", result, length);
    same_bytes("decrypted by CNG", back, text, length);
}

/* ---- curves ---- */

static const struct curve_row
{
    LPCWSTR sign, agree, name;
    ULONG bits;
    int nid;
} curve_rows[] =
{
    { BCRYPT_ECDSA_P256_ALGORITHM, BCRYPT_ECDH_P256_ALGORITHM, NULL, 256, NID_X9_62_prime256v1 },
    { BCRYPT_ECDSA_P384_ALGORITHM, BCRYPT_ECDH_P384_ALGORITHM, NULL, 384, NID_secp384r1 },
    { BCRYPT_ECDSA_P521_ALGORITHM, BCRYPT_ECDH_P521_ALGORITHM, NULL, 521, NID_secp521r1 },
#define NAMED(curve, bits, nid) { BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECDH_ALGORITHM, curve, bits, nid }
    NAMED(BCRYPT_ECC_CURVE_SECP256K1, 256, NID_secp256k1),
    NAMED(BCRYPT_ECC_CURVE_NISTP224, 224, NID_secp224r1),
    NAMED(BCRYPT_ECC_CURVE_BRAINPOOLP256R1, 256, NID_brainpoolP256r1),
    NAMED(BCRYPT_ECC_CURVE_BRAINPOOLP512R1, 512, NID_brainpoolP512r1),
};
static struct pair sign_pairs[ARRAY_SIZE(curve_rows)][POOL];
static struct pair agree_pairs[ARRAY_SIZE(curve_rows)][POOL];

static EC_KEY *curve_key(const struct curve_row *row, const struct pair *pair)
{
    const BCRYPT_ECCKEY_BLOB *head = (const void *)pair->blob;
    const UCHAR *at = (const UCHAR *)(head + 1);
    BIGNUM *x = number(&at, head->cbKey), *y = number(&at, head->cbKey);
    BIGNUM *d = number(&at, head->cbKey);
    EC_KEY *key = MADE(EC_KEY_new_by_curve_name(row->nid));

    EVP(EC_KEY_set_public_key_affine_coordinates(key, x, y));
    EVP(EC_KEY_set_private_key(key, d));
    EVP(EC_KEY_check_key(key));
    BN_free(x);
    BN_free(y);
    BN_free(d);
    return key;
}

static struct pair *curve_pair(struct dice *dice, const struct curve_row *row,
                               struct pair pairs[][POOL], LPCWSTR id, ULONG seldom)
{
    bool is_new;
    struct pair *pair = pair_of(dice, pairs[row - curve_rows], seldom, &is_new);

    if (is_new)
    {
        EC_KEY_free(pair->evp);
        make_pair(pair, id, BCRYPT_ECC_CURVE_NAME, row->name, row->name ? 0 : row->bits,
                  BCRYPT_ECCPRIVATE_BLOB);
        pair->evp = curve_key(row, pair);
    }
    return pair;
}

/* Two numbers of so many bytes, as CNG's signatures have them. */
static void join_numbers(const BIGNUM *r, const BIGNUM *s, ULONG bytes)
{
    EVP(BN_bn2binpad(r, signature, (int)bytes));
    EVP(BN_bn2binpad(s, signature + bytes, (int)bytes));
}

static void ecdsa(struct dice *dice, ULONG seldom)
{
    const struct curve_row *row = DICE_ROW(dice, curve_rows);
    struct pair *pair = curve_pair(dice, row, sign_pairs, row->sign, seldom);
    ULONG digest_bytes = 20 + dice_below(dice, 45), bytes, half = (row->bits + 7) / 8;
    bool spoil = !dice_below(dice, 3), cng, evp;
    ECDSA_SIG *made = MADE(ECDSA_SIG_new());

    about_pair("ECDSA", pair);
    dice_bytes(dice, digest, digest_bytes);
    CALL(BCryptSignHash(pair->key, NULL, digest, digest_bytes, signature, sizeof(signature), &bytes,
                        0));
    if (bytes != 2 * half) differ("a signature of %u bytes", bytes);
    if (spoil) signature[dice_below(dice, bytes)] ^= 1;
    EVP(ECDSA_SIG_set0(made, BN_bin2bn(signature, (int)half, NULL),
                       BN_bin2bn(signature + half, (int)half, NULL)));
    evp = ECDSA_do_verify(digest, (int)digest_bytes, made, pair->evp) == 1;
    cng = !BCryptVerifySignature(pair->key, NULL, digest, digest_bytes, signature, bytes, 0);
    both_verify(cng, evp);
    if (cng == spoil) both_verify(cng, !cng);
    ECDSA_SIG_free(made);

    made = MADE(ECDSA_do_sign(digest, (int)digest_bytes, pair->evp));
    join_numbers(ECDSA_SIG_get0_r(made), ECDSA_SIG_get0_s(made), half);
    ECDSA_SIG_free(made);
    calls++;
    CALL(BCryptVerifySignature(pair->key, NULL, digest, digest_bytes, signature, bytes, 0));
}

static void try_ecdsa(struct dice *dice)
{
    ecdsa(dice, 20);
}

static void try_ec_key(struct dice *dice)
{
    ecdsa(dice, NEW);
}

/* An agreed secret as it is: the lowest byte first. */
static void agreed(const struct pair *own, const struct pair *peer, const UCHAR *evp, ULONG bytes)
{
    BCRYPT_SECRET_HANDLE secret;
    UCHAR raw[512];
    ULONG result, i;

    CALL(BCryptSecretAgreement(own->key, peer->key, &secret, 0));
    CALL(BCryptDeriveKey(secret, BCRYPT_KDF_RAW_SECRET, NULL, raw, sizeof(raw), &result, 0));
    CALL(BCryptDestroySecret(secret));
    if (result != bytes) differ("a secret of %u bytes by CNG, of %u by EVP", result, bytes);
    for (i = 0; i < bytes; i++)
        if (raw[bytes - 1 - i] != evp[i]) differ("another secret, in byte %u", i);
}

static void try_ecdh(struct dice *dice)
{
    const struct curve_row *row = DICE_ROW(dice, curve_rows);
    struct pair *own = curve_pair(dice, row, agree_pairs, row->agree, 20);
    struct pair *peer = &agree_pairs[row - curve_rows][dice_below(dice, POOL)];
    UCHAR secret[80];
    int bytes;

    if (!peer->key) peer = own;
    about_pair("ECDH", own);
    bytes = ECDH_compute_key(secret, sizeof(secret), EC_KEY_get0_public_key(peer->evp), own->evp,
                             NULL);
    EVP(bytes);
    agreed(own, peer, secret, (ULONG)bytes);
}

/* ---- curve25519 ---- */

#define X25519_BYTES 32

static struct pair x25519_pairs[POOL];

/* The pair of a scalar, and its point; a blob has the point first, then zeros, then the scalar. */
static EVP_PKEY *x25519_from(const UCHAR *scalar, UCHAR point[X25519_BYTES])
{
    EVP_PKEY *key = MADE(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, NULL, scalar,
                                                      X25519_BYTES));
    size_t bytes = X25519_BYTES;

    EVP(EVP_PKEY_get_raw_public_key(key, point, &bytes));
    return key;
}

static struct pair *x25519_pair(struct dice *dice, ULONG seldom)
{
    static const UCHAR zeros[X25519_BYTES];
    bool is_new;
    struct pair *pair = pair_of(dice, x25519_pairs, seldom, &is_new);
    const UCHAR *made = pair->blob + sizeof(BCRYPT_ECCKEY_BLOB);
    UCHAR point[X25519_BYTES];

    if (is_new)
    {
        EVP_PKEY_free(pair->evp);
        make_pair(pair, BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_NAME, BCRYPT_ECC_CURVE_25519, 255,
                  BCRYPT_ECCPRIVATE_BLOB);
        pair->evp = x25519_from(made + 2 * X25519_BYTES, point);
        same_bytes("public point", made, point, X25519_BYTES);
        same_bytes("second coordinate", made + X25519_BYTES, zeros, X25519_BYTES);
    }
    return pair;
}

static BCRYPT_ALG_HANDLE x25519_algorithm(void)
{
    static BCRYPT_ALG_HANDLE algorithm;

    if (!algorithm)
    {
        CALL(BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_ECDH_ALGORITHM, NULL, 0));
        CALL(BCryptSetProperty(algorithm, BCRYPT_ECC_CURVE_NAME, WIDE(BCRYPT_ECC_CURVE_25519), 0));
    }
    return algorithm;
}

/* A pair of the dice's numbers, with the bits that CNG asks of a scalar; it is private, or the
 * point alone. */
static void x25519_import(struct dice *dice, struct pair *pair, bool is_private)
{
    BCRYPT_ECCKEY_BLOB head = { BCRYPT_ECDH_PUBLIC_GENERIC_MAGIC, X25519_BYTES };
    UCHAR scalar[X25519_BYTES], *point = pair->blob + sizeof(head);

    dice_bytes(dice, scalar, sizeof(scalar));
    scalar[0] &= 0xf8;
    scalar[X25519_BYTES - 1] = (scalar[X25519_BYTES - 1] & 0x7f) | 0x40;
    if (is_private) head.dwMagic = BCRYPT_ECDH_PRIVATE_GENERIC_MAGIC;
    memset(pair, 0, sizeof(*pair));
    memcpy(pair->blob, &head, sizeof(head));
    pair->evp = x25519_from(scalar, point);
    memcpy(point + 2 * X25519_BYTES, scalar, is_private ? sizeof(scalar) : 0);
    pair->bytes = sizeof(head) + (is_private ? 3 : 2) * X25519_BYTES;
    CALL(BCryptImportKeyPair(x25519_algorithm(), NULL,
                             is_private ? BCRYPT_ECCPRIVATE_BLOB : BCRYPT_ECCPUBLIC_BLOB,
                             &pair->key, pair->blob, pair->bytes, 0));
}

static void x25519(struct dice *dice, ULONG seldom)
{
    struct pair *own = x25519_pair(dice, seldom), peer;
    bool is_private = dice_below(dice, 2);
    UCHAR secret[X25519_BYTES];
    size_t bytes = sizeof(secret);
    EVP_PKEY_CTX *context = MADE(EVP_PKEY_CTX_new(own->evp, NULL));

    about_pair("X25519", own);
    x25519_import(dice, &peer, is_private);
    EVP(EVP_PKEY_derive_init(context));
    EVP(EVP_PKEY_derive_set_peer(context, peer.evp));
    EVP(EVP_PKEY_derive(context, secret, &bytes));
    EVP_PKEY_CTX_free(context);
    agreed(own, &peer, secret, sizeof(secret));
    if (is_private) agreed(&peer, own, secret, sizeof(secret));
    CALL(BCryptDestroyKey(peer.key));
    EVP_PKEY_free(peer.evp);
}

static void try_x25519(struct dice *dice)
{
    x25519(dice, 20);
}

static void try_x25519_key(struct dice *dice)
{
    x25519(dice, NEW);
}

/* ---- DSA and DH ---- */

static const struct dsa_row
{
    ULONG bits, group_bytes;
} dsa_rows[] = { { 512, 20 }, { 768, 20 }, { 1024, 20 }, { 2048, 32 } };
static struct pair dsa_pairs[ARRAY_SIZE(dsa_rows)][POOL], dh_pairs[2][POOL];

/* Primes, a generator of the group of q, and a private number of its public one. */
static void check_dsa(const BIGNUM *p, const BIGNUM *q, const BIGNUM *g, const BIGNUM *y,
                      const BIGNUM *x)
{
    BN_CTX *context = MADE(BN_CTX_new());
    BIGNUM *power = MADE(BN_new());

    EVP(BN_check_prime(p, context, NULL));
    EVP(BN_check_prime(q, context, NULL));
    EVP(BN_mod_exp(power, g, q, p, context));
    has_to("g is of order q", BN_is_one(power) && !BN_is_one(g) && BN_cmp(g, p) < 0);
    EVP(BN_mod_exp(power, g, x, p, context));
    has_to("y is g to the x", !BN_cmp(power, y) && !BN_is_zero(x) && BN_cmp(x, q) < 0);
    BN_free(power);
    BN_CTX_free(context);
}

/* Of both blobs: the older has q in its head, the newer behind it and the seed. */
static DSA *dsa_from(const struct pair *pair, ULONG group_bytes)
{
    const BCRYPT_DSA_KEY_BLOB *head = (const void *)pair->blob;
    bool is_old = head->dwMagic == BCRYPT_DSA_PRIVATE_MAGIC;
    const UCHAR *at = is_old ? (const UCHAR *)(head + 1)
                             : pair->blob + sizeof(BCRYPT_DSA_KEY_BLOB_V2) + group_bytes;
    const UCHAR *q_at = is_old ? head->q : at;
    BIGNUM *q = number(is_old ? &q_at : &at, group_bytes);
    BIGNUM *p = number(&at, head->cbKey), *g = number(&at, head->cbKey);
    BIGNUM *y = number(&at, head->cbKey), *x = number(&at, group_bytes);
    DSA *key = MADE(DSA_new());

    check_dsa(p, q, g, y, x);
    EVP(DSA_set0_pqg(key, p, q, g));
    EVP(DSA_set0_key(key, y, x));
    return key;
}

static void dsa(struct dice *dice, const struct dsa_row *row, ULONG seldom)
{
    bool is_new, spoil = !dice_below(dice, 3), cng, evp;
    struct pair *pair = pair_of(dice, dsa_pairs[row - dsa_rows], seldom, &is_new);
    DSA_SIG *made = MADE(DSA_SIG_new());
    int half = (int)row->group_bytes;
    const BIGNUM *r, *s;
    ULONG bytes;

    if (is_new)
    {
        DSA_free(pair->evp);
        make_pair(pair, BCRYPT_DSA_ALGORITHM, NULL, NULL, row->bits, BCRYPT_DSA_PRIVATE_BLOB);
        pair->evp = dsa_from(pair, row->group_bytes);
    }
    about_pair("DSA", pair);
    dice_bytes(dice, digest, row->group_bytes);
    CALL(BCryptSignHash(pair->key, NULL, digest, row->group_bytes, signature, sizeof(signature),
                        &bytes, 0));
    if (spoil) signature[dice_below(dice, bytes)] ^= 1;
    EVP(DSA_SIG_set0(made, BN_bin2bn(signature, half, NULL),
                     BN_bin2bn(signature + half, half, NULL)));
    evp = DSA_do_verify(digest, half, made, pair->evp) == 1;
    cng = !BCryptVerifySignature(pair->key, NULL, digest, row->group_bytes, signature, bytes, 0);
    both_verify(cng, evp);
    if (cng == spoil) both_verify(cng, !cng);
    DSA_SIG_free(made);

    made = MADE(DSA_do_sign(digest, half, pair->evp));
    DSA_SIG_get0(made, &r, &s);
    join_numbers(r, s, row->group_bytes);
    DSA_SIG_free(made);
    calls++;
    CALL(BCryptVerifySignature(pair->key, NULL, digest, row->group_bytes, signature,
                               2 * row->group_bytes, 0));
}

static void try_dsa(struct dice *dice)
{
    dsa(dice, &dsa_rows[0], 500);
}

static void try_dsa_key(struct dice *dice)
{
    dsa(dice, DICE_ROW(dice, dsa_rows), NEW);
}

static DH *dh_from(const struct pair *pair)
{
    const BCRYPT_DH_KEY_BLOB *head = (const void *)pair->blob;
    const UCHAR *at = (const UCHAR *)(head + 1);
    BIGNUM *p = number(&at, head->cbKey), *g = number(&at, head->cbKey);
    BIGNUM *y = number(&at, head->cbKey), *x = number(&at, head->cbKey);
    DH *key = MADE(DH_new());

    EVP(DH_set0_pqg(key, p, NULL, g));
    EVP(DH_set0_key(key, y, x));
    return key;
}

/* Both of one group: 2048 bits have a known one. */
static struct pair *dh_pair(struct dice *dice, struct pair *pool)
{
    bool is_new;
    struct pair *pair = pair_of(dice, pool, 50, &is_new);

    if (is_new)
    {
        DH_free(pair->evp);
        make_pair(pair, BCRYPT_DH_ALGORITHM, NULL, NULL, 2048, BCRYPT_DH_PRIVATE_BLOB);
        pair->evp = dh_from(pair);
    }
    return pair;
}

static void try_dh(struct dice *dice)
{
    struct pair *own = dh_pair(dice, dh_pairs[0]), *peer = dh_pair(dice, dh_pairs[1]);
    UCHAR secret[256];

    about_pair("DH", own);
    EVP(DH_compute_key_padded(secret, DH_get0_pub_key(peer->evp), own->evp));
    agreed(own, peer, secret, sizeof(secret));
}

/* ---- the post-quantum ones ---- */

struct quantum_row
{
    LPCWSTR id, set;
    const char *name;
};

static const struct quantum_row kem_rows[] =
{
    { BCRYPT_MLKEM_ALGORITHM, BCRYPT_MLKEM_PARAMETER_SET_512, "ML-KEM-512" },
    { BCRYPT_MLKEM_ALGORITHM, BCRYPT_MLKEM_PARAMETER_SET_768, "ML-KEM-768" },
    { BCRYPT_MLKEM_ALGORITHM, BCRYPT_MLKEM_PARAMETER_SET_1024, "ML-KEM-1024" },
};

static const struct quantum_row mldsa_rows[] =
{
    { BCRYPT_MLDSA_ALGORITHM, BCRYPT_MLDSA_PARAMETER_SET_44, "ML-DSA-44" },
    { BCRYPT_MLDSA_ALGORITHM, BCRYPT_MLDSA_PARAMETER_SET_65, "ML-DSA-65" },
    { BCRYPT_MLDSA_ALGORITHM, BCRYPT_MLDSA_PARAMETER_SET_87, "ML-DSA-87" },
};

static const struct quantum_row slow_rows[] =
{
    { BCRYPT_SLHDSA_ALGORITHM, BCRYPT_SLHDSA_PARAMETER_SET_SHA2_128F, "SLH-DSA-SHA2-128f" },
    { BCRYPT_SLHDSA_ALGORITHM, BCRYPT_SLHDSA_PARAMETER_SET_SHAKE_128F, "SLH-DSA-SHAKE-128f" },
};
static struct pair kem_pairs[3][POOL], mldsa_pairs[3][POOL], slow_pairs[2][POOL];

static EVP_PKEY *quantum_from(const struct quantum_row *row, const struct pair *pair)
{
    const BCRYPT_PQDSA_KEY_BLOB *head = (const void *)pair->blob;
    const UCHAR *key = (const UCHAR *)(head + 1) + head->cbParameterSet;

    return MADE(EVP_PKEY_new_raw_private_key_ex(NULL, row->name, NULL, key, head->cbKey));
}

static struct pair *quantum_pair(struct dice *dice, const struct quantum_row *row,
                                 struct pair pool[POOL], LPCWSTR type)
{
    bool is_new;
    struct pair *pair = pair_of(dice, pool, 30, &is_new);

    if (is_new)
    {
        EVP_PKEY_free(pair->evp);
        make_pair(pair, row->id, BCRYPT_PARAMETER_SET_NAME, row->set, 0, type);
        pair->evp = quantum_from(row, pair);
    }
    about_pair(row->name, pair);
    return pair;
}

static void try_kem(struct dice *dice)
{
    const struct quantum_row *row = DICE_ROW(dice, kem_rows);
    struct pair *pair = quantum_pair(dice, row, kem_pairs[row - kem_rows],
                                     BCRYPT_MLKEM_PRIVATE_BLOB);
    UCHAR cng[32], evp[32], cipher[2000];
    size_t cipher_bytes = sizeof(cipher), size = sizeof(evp);
    EVP_PKEY_CTX *context;
    ULONG bytes, result;

    CALL(BCryptEncapsulate(pair->key, cng, 32, &result, cipher, sizeof(cipher), &bytes, 0));
    if (!dice_below(dice, 3)) cipher[dice_below(dice, bytes)] ^= 1;   /* rejected by another key */
    context = MADE(EVP_PKEY_CTX_new(pair->evp, NULL));
    EVP(EVP_PKEY_decapsulate_init(context, NULL));
    EVP(EVP_PKEY_decapsulate(context, evp, &size, cipher, bytes));
    CALL(BCryptDecapsulate(pair->key, cipher, bytes, cng, 32, &result, 0));
    same_bytes("decapsulated", cng, evp, 32);
    EVP(EVP_PKEY_encapsulate_init(context, NULL));
    EVP(EVP_PKEY_encapsulate(context, cipher, &cipher_bytes, evp, &size));
    EVP_PKEY_CTX_free(context);
    CALL(BCryptDecapsulate(pair->key, cipher, (ULONG)cipher_bytes, cng, 32, &result, 0));
    same_bytes("encapsulated by EVP", cng, evp, 32);
}

static void sign_and_verify(struct dice *dice, const struct quantum_row *row,
                            const struct pair *pair)
{
    EVP_PKEY_CTX *context = MADE(EVP_PKEY_CTX_new(pair->evp, NULL));
    EVP_SIGNATURE *algorithm = MADE(EVP_SIGNATURE_fetch(NULL, row->name, NULL));
    ULONG length = dice_length(dice, sizeof(message)), bytes;
    bool spoil = !dice_below(dice, 3), cng, evp;
    size_t size = sizeof(signature);

    dice_bytes(dice, message, length);
    CALL(BCryptSignHash(pair->key, NULL, message, length, signature, sizeof(signature), &bytes, 0));
    if (spoil) signature[dice_below(dice, bytes)] ^= 1;
    EVP(EVP_PKEY_verify_message_init(context, algorithm, NULL));
    evp = EVP_PKEY_verify(context, signature, bytes, message, length) == 1;
    cng = !BCryptVerifySignature(pair->key, NULL, message, length, signature, bytes, 0);
    both_verify(cng, evp);
    if (cng == spoil) both_verify(cng, !cng);
    EVP(EVP_PKEY_sign_message_init(context, algorithm, NULL));
    EVP(EVP_PKEY_sign(context, signature, &size, message, length));
    EVP_SIGNATURE_free(algorithm);
    EVP_PKEY_CTX_free(context);
    calls++;
    CALL(BCryptVerifySignature(pair->key, NULL, message, length, signature, (ULONG)size, 0));
}

static void try_mldsa(struct dice *dice)
{
    const struct quantum_row *row = DICE_ROW(dice, mldsa_rows);

    sign_and_verify(dice, row, quantum_pair(dice, row, mldsa_pairs[row - mldsa_rows],
                                            BCRYPT_PQDSA_PRIVATE_BLOB));
}

static void try_slhdsa(struct dice *dice)
{
    const struct quantum_row *row = DICE_ROW(dice, slow_rows);

    sign_and_verify(dice, row, quantum_pair(dice, row, slow_pairs[row - slow_rows],
                                            BCRYPT_PQDSA_PRIVATE_BLOB));
}

const struct kind pair_kinds[] =
{
    { "rsa-sign", try_rsa_sign, 20 }, { "rsa-crypt", try_rsa_crypt, 20 },
    { "ecdsa", try_ecdsa, 40 },
    { "ecdh", try_ecdh, 30 }, { "x25519", try_x25519, 30 }, { "dsa", try_dsa, 20 },
    { "dh", try_dh, 3 }, { "kem", try_kem, 30 }, { "mldsa", try_mldsa, 20 },
    { "slhdsa", try_slhdsa, 1 },
};
const size_t pair_kind_count = ARRAY_SIZE(pair_kinds);

const struct kind key_kinds[] =
{
    { "rsa-key", try_rsa_key, 8 }, { "dsa-key", try_dsa_key, 4 }, { "ec-key", try_ec_key, 100 },
    { "x25519-key", try_x25519_key, 100 },
};
const size_t key_kind_count = ARRAY_SIZE(key_kinds);
