/*
 * differential_symmetric.c - hashes, their keyed forms, ciphers and key derivation against EVP.
 *
 * SPDX-License-Identifier: MIT
 */

#include "differential.h"

#include <openssl/core_names.h>
#include <openssl/kdf.h>

#include "platform/names.h"

#define TEXT_MOST 5000
#define KEY_MOST 300

static UCHAR text[TEXT_MOST], out[TEXT_MOST + 64], expected[TEXT_MOST + 64];
static UCHAR key_bytes[KEY_MOST];

/* ---- hashes and MACs ---- */

static const struct hash_row
{
    LPCWSTR id;
    const char *name;
    ULONG bytes;
} hash_rows[] =
{
    { BCRYPT_MD4_ALGORITHM, "MD4", 16 }, { BCRYPT_MD5_ALGORITHM, "MD5", 16 },
    { BCRYPT_SHA1_ALGORITHM, "SHA1", 20 }, { BCRYPT_SHA256_ALGORITHM, "SHA256", 32 },
    { BCRYPT_SHA384_ALGORITHM, "SHA384", 48 }, { BCRYPT_SHA512_ALGORITHM, "SHA512", 64 },
    { BCRYPT_SHA3_256_ALGORITHM, "SHA3-256", 32 }, { BCRYPT_SHA3_384_ALGORITHM, "SHA3-384", 48 },
    { BCRYPT_SHA3_512_ALGORITHM, "SHA3-512", 64 },
    { BCRYPT_SHAKE128_ALGORITHM, "SHAKE128", 0 }, { BCRYPT_SHAKE256_ALGORITHM, "SHAKE256", 0 },
};
#define HMAC_ROWS 9                             /* of these, the first */

/* Whole, or in pieces, by duplicates now and then. */
static void cng_hash(struct dice *dice, BCRYPT_ALG_HANDLE algorithm, const UCHAR *iv, ULONG secret,
                     ULONG bytes, ULONG size)
{
    PUCHAR key = secret ? key_bytes : NULL;
    BCRYPT_HASH_HANDLE hash, copy;
    ULONG at, piece;

    if (!iv && !dice_below(dice, 3))
    {
        CALL(BCryptHash(algorithm, key, secret, text, bytes, out, size));
        return;
    }
    CALL(BCryptCreateHash(algorithm, &hash, NULL, 0, key, secret, 0));
    if (iv)
        CALL(BCryptSetProperty(hash, BCRYPT_INITIALIZATION_VECTOR, (PUCHAR)(uintptr_t)iv, 12, 0));
    for (at = 0; at < bytes; at += piece)
    {
        piece = dice_length(dice, bytes - at);
        CALL(BCryptHashData(hash, text + at, piece, 0));
        if (dice_below(dice, 8)) continue;
        CALL(BCryptDuplicateHash(hash, &copy, NULL, 0, 0));
        CALL(BCryptDestroyHash(hash));
        hash = copy;
        if (!piece) piece = 1, CALL(BCryptHashData(hash, text + at, 1, 0));
    }
    CALL(BCryptFinishHash(hash, out, size, 0));
    CALL(BCryptDestroyHash(hash));
}

static void evp_mac(const char *name, const char *parameter, const char *value, ULONG secret,
                    const UCHAR *iv, ULONG bytes, size_t size)
{
    EVP_MAC *mac = MADE(EVP_MAC_fetch(NULL, name, NULL));
    EVP_MAC_CTX *context = MADE(EVP_MAC_CTX_new(mac));
    OSSL_PARAM list[4], *at = list;

    if (parameter) *at++ = OSSL_PARAM_construct_utf8_string(parameter, (char *)(uintptr_t)value, 0);
    else *at++ = OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &size);
    if (iv) *at++ = OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_IV, (void *)(uintptr_t)iv, 12);
    *at = OSSL_PARAM_construct_end();
    EVP(EVP_MAC_init(context, key_bytes, secret, list));
    EVP(EVP_MAC_update(context, text, bytes));
    EVP(EVP_MAC_final(context, expected, &size, sizeof(expected)));
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(mac);
}

static ULONG new_text(struct dice *dice)
{
    ULONG bytes = dice_length(dice, TEXT_MOST);

    dice_bytes(dice, text, bytes);
    return bytes;
}

static void try_hash(struct dice *dice)
{
    const struct hash_row *row = DICE_ROW(dice, hash_rows);
    ULONG bytes = new_text(dice), size = row->bytes ? row->bytes : 1 + dice_length(dice, 700);
    EVP_MD_CTX *context = MADE(EVP_MD_CTX_new());
    EVP_MD *md = MADE(EVP_MD_fetch(NULL, row->name, NULL));

    about("%s of %u bytes to %u", row->name, bytes, size);
    EVP(EVP_DigestInit_ex2(context, md, NULL));
    EVP(EVP_DigestUpdate(context, text, bytes));
    if (row->bytes) EVP(EVP_DigestFinal_ex(context, expected, NULL));
    else EVP(EVP_DigestFinalXOF(context, expected, size));
    EVP_MD_CTX_free(context);
    EVP_MD_free(md);
    cng_hash(dice, algorithm_of(row->id, 0), NULL, 0, bytes, size);
    same_bytes("digest", out, expected, size);
}

static void try_hmac(struct dice *dice)
{
    const struct hash_row *row = &hash_rows[dice_below(dice, HMAC_ROWS)];
    ULONG bytes = new_text(dice), secret = dice_length(dice, KEY_MOST);

    about("HMAC-%s of %u bytes with a key of %u", row->name, bytes, secret);
    dice_bytes(dice, key_bytes, secret);
    evp_mac("HMAC", OSSL_MAC_PARAM_DIGEST, row->name, secret, NULL, bytes, 0);
    cng_hash(dice, algorithm_of(row->id, BCRYPT_ALG_HANDLE_HMAC_FLAG), NULL, secret, bytes,
             row->bytes);
    same_bytes("HMAC", out, expected, row->bytes);
}

/* The cipher's name by the key's length: by EVP, AES-CMAC and AES-GMAC have one. */
static const char *aes_name(ULONG bytes, const char *mode)
{
    static char name[32];

    snprintf(name, sizeof(name), "AES-%u-%s", 8 * bytes, mode);
    return name;
}

static void try_cmac(struct dice *dice)
{
    ULONG bytes = new_text(dice), secret = 16 + 8 * dice_below(dice, 3);

    about("AES-CMAC of %u bytes with a key of %u", bytes, secret);
    dice_bytes(dice, key_bytes, secret);
    evp_mac("CMAC", OSSL_MAC_PARAM_CIPHER, aes_name(secret, "CBC"), secret, NULL, bytes, 0);
    cng_hash(dice, algorithm_of(BCRYPT_AES_CMAC_ALGORITHM, 0), NULL, secret, bytes, 16);
    same_bytes("CMAC", out, expected, 16);
}

static void try_gmac(struct dice *dice)
{
    ULONG bytes = new_text(dice), secret = 16 + 8 * dice_below(dice, 3);
    UCHAR iv[12];

    about("AES-GMAC of %u bytes with a key of %u", bytes, secret);
    dice_bytes(dice, key_bytes, secret);
    dice_bytes(dice, iv, sizeof(iv));
    evp_mac("GMAC", OSSL_MAC_PARAM_CIPHER, aes_name(secret, "GCM"), secret, iv, bytes, 0);
    cng_hash(dice, algorithm_of(BCRYPT_AES_GMAC_ALGORITHM, 0), iv, secret, bytes, 16);
    same_bytes("GMAC", out, expected, 16);
}

static void try_kmac(struct dice *dice)
{
    bool is_256 = dice_below(dice, 2);
    ULONG bytes = new_text(dice), secret = 4 + dice_length(dice, 200), size = 32 << is_256;

    about("KMAC%s of %u bytes with a key of %u", is_256 ? "256" : "128", bytes, secret);
    dice_bytes(dice, key_bytes, secret);
    evp_mac(is_256 ? "KMAC256" : "KMAC128", NULL, NULL, secret, NULL, bytes, size);
    cng_hash(dice, algorithm_of(is_256 ? BCRYPT_KMAC256_ALGORITHM : BCRYPT_KMAC128_ALGORITHM, 0),
             NULL, secret, bytes, size);
    same_bytes("KMAC", out, expected, size);
}

/* ---- ciphers ---- */

static const struct cipher_row
{
    LPCWSTR id, mode;
    const char *name;
    ULONG key, iv, block;
    bool pads;
} cipher_rows[] =
{
#define AES(bits) \
    { BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_ECB, "AES-" #bits "-ECB", bits / 8, 0, 16, true }, \
    { BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, "AES-" #bits "-CBC", bits / 8, 16, 16, true }, \
    { BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_CFB, "AES-" #bits "-CFB8", bits / 8, 16, 1, false }
    AES(128), AES(192), AES(256),
    { BCRYPT_3DES_ALGORITHM, BCRYPT_CHAIN_MODE_ECB, "DES-EDE3-ECB", 24, 0, 8, true },
    { BCRYPT_3DES_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, "DES-EDE3-CBC", 24, 8, 8, true },
    { BCRYPT_3DES_ALGORITHM, BCRYPT_CHAIN_MODE_CFB, "DES-EDE3-CFB8", 24, 8, 1, false },
    { BCRYPT_3DES_112_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, "DES-EDE-CBC", 16, 8, 8, true },
    { BCRYPT_DES_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, "DES-CBC", 8, 8, 8, true },
    { BCRYPT_DES_ALGORITHM, BCRYPT_CHAIN_MODE_ECB, "DES-ECB", 8, 0, 8, true },
    { BCRYPT_RC2_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, "RC2-CBC", 16, 8, 8, true },
    { BCRYPT_RC4_ALGORITHM, NULL, "RC4", 16, 0, 1, false },
};

static BCRYPT_KEY_HANDLE new_key(LPCWSTR id, LPCWSTR mode, ULONG bytes)
{
    BCRYPT_KEY_HANDLE key;

    CALL(BCryptGenerateSymmetricKey(algorithm_of(id, 0), &key, NULL, 0, key_bytes, bytes, 0));
    if (mode) CALL(BCryptSetProperty(key, BCRYPT_CHAINING_MODE, WIDE(mode), 0));
    return key;
}

static ULONG evp_crypt(const char *name, const UCHAR *iv, ULONG bytes, bool pad)
{
    EVP_CIPHER_CTX *context = MADE(EVP_CIPHER_CTX_new());
    EVP_CIPHER *cipher = MADE(EVP_CIPHER_fetch(NULL, name, NULL));
    int first, last;

    EVP(EVP_EncryptInit_ex2(context, cipher, key_bytes, iv, NULL));
    EVP(EVP_CIPHER_CTX_set_padding(context, pad));
    EVP(EVP_EncryptUpdate(context, expected, &first, text, (int)bytes));
    EVP(EVP_EncryptFinal_ex(context, expected + first, &last));
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(cipher);
    return (ULONG)(first + last);
}

typedef NTSTATUS WINAPI crypt_function(BCRYPT_KEY_HANDLE, PUCHAR, ULONG, VOID *, PUCHAR, ULONG,
                                       PUCHAR, ULONG, ULONG *, ULONG);

/* In pieces of whole blocks, with the padding at the last. Bytes of the answer. */
static ULONG cng_crypt(struct dice *dice, crypt_function *crypt, BCRYPT_KEY_HANDLE key,
                       const struct cipher_row *row, const UCHAR *from, const UCHAR *iv,
                       ULONG bytes, bool pad)
{
    ULONG at = 0, written = 0, piece, result;
    UCHAR chain[16];
    bool last;

    memcpy(chain, iv, row->iv);
    do
    {
        last = !dice_below(dice, 4) || bytes - at <= row->block;
        piece = last ? bytes - at
                     : dice_length(dice, bytes - at - 1) / row->block * row->block;
        CALL(crypt(key, (PUCHAR)(uintptr_t)from + at, piece, NULL, row->iv ? chain : NULL, row->iv,
                   out + written, (ULONG)sizeof(out) - written, &result,
                   last && pad ? BCRYPT_BLOCK_PADDING : 0));
        at += piece;
        written += result;
    } while (!last);
    return written;
}

static void try_cipher(struct dice *dice)
{
    const struct cipher_row *row = DICE_ROW(dice, cipher_rows);
    bool pad = row->pads && dice_below(dice, 2);
    ULONG bytes = new_text(dice), all;
    BCRYPT_KEY_HANDLE key;
    UCHAR iv[16];

    if (!pad) bytes = bytes / row->block * row->block;
    about("%s of %u bytes%s", row->name, bytes, pad ? ", padded" : "");
    dice_bytes(dice, key_bytes, row->key);
    dice_bytes(dice, iv, sizeof(iv));
    all = evp_crypt(row->name, iv, bytes, pad);

    key = new_key(row->id, row->mode, row->key);
    if (cng_crypt(dice, BCryptEncrypt, key, row, text, iv, bytes, pad) != all)
        differ("encrypts to another length than %u bytes", all);
    same_bytes("encrypted", out, expected, all);
    if (!row->mode)                             /* a stream has gone on */
    {
        CALL(BCryptDestroyKey(key));
        key = new_key(row->id, row->mode, row->key);
    }
    if (cng_crypt(dice, BCryptDecrypt, key, row, expected, iv, all, pad) != bytes)
        differ("decrypts to another length than %u bytes", bytes);
    same_bytes("decrypted", out, text, bytes);
    CALL(BCryptDestroyKey(key));
}

/* Units of a text, each with the number of the one before it and one more. */
static void try_xts(struct dice *dice)
{
    ULONG unit = 16 * (1 + dice_length(dice, 40)), units = dice_below(dice, TEXT_MOST / unit + 1);
    ULONG size = dice_below(dice, 2) ? 64 : 32, bytes = unit * units, at, result;
    UCHAR iv[16] = { 0 }, chain[8];
    EVP_CIPHER_CTX *context = MADE(EVP_CIPHER_CTX_new());
    EVP_CIPHER *cipher = MADE(EVP_CIPHER_fetch(NULL, aes_name(size / 2, "XTS"), NULL));
    BCRYPT_KEY_HANDLE key;
    int written;

    about("XTS-AES-%u of %u units of %u bytes", 4 * size, units, unit);
    dice_bytes(dice, text, bytes);
    dice_bytes(dice, key_bytes, size);
    dice_bytes(dice, iv, 4);
    memcpy(chain, iv, sizeof(chain));
    for (at = 0; at < bytes; at += unit)
    {
        EVP(EVP_EncryptInit_ex2(context, cipher, key_bytes, iv, NULL));
        EVP(EVP_EncryptUpdate(context, expected + at, &written, text + at, (int)unit));
        for (written = 0; !++iv[written]; written++) {}
    }
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(cipher);

    key = new_key(BCRYPT_XTS_AES_ALGORITHM, NULL, size);
    CALL(BCryptSetProperty(key, BCRYPT_MESSAGE_BLOCK_LENGTH, (PUCHAR)&unit, sizeof(unit), 0));
    CALL(BCryptEncrypt(key, text, bytes, NULL, chain, sizeof(chain), out, sizeof(out), &result, 0));
    same_bytes("encrypted", out, expected, bytes);
    CALL(BCryptDestroyKey(key));
}

/* ---- authenticated ciphers ---- */

static const struct aead_row
{
    LPCWSTR id, mode;
    const char *name;
    ULONG key, least_nonce, most_nonce, least_tag, tag_step;
    bool chains;
} aead_rows[] =
{
#define SEALED(bits) \
    { BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_GCM, "AES-" #bits "-GCM", bits / 8, 12, 12, 12, 1, \
      true }, \
    { BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_CCM, "AES-" #bits "-CCM", bits / 8, 7, 13, 4, 2, \
      false }
    SEALED(128), SEALED(192), SEALED(256),
    { BCRYPT_CHACHA20_POLY1305_ALGORITHM, NULL, "ChaCha20-Poly1305", 32, 12, 12, 16, 1, false },
};

struct sealed
{
    UCHAR nonce[16], data[KEY_MOST], tag[16], expected_tag[16];
    ULONG nonce_bytes, data_bytes, tag_bytes, bytes;
};

static void evp_seal(const struct aead_row *row, struct sealed *sealed)
{
    EVP_CIPHER_CTX *context = MADE(EVP_CIPHER_CTX_new());
    EVP_CIPHER *cipher = MADE(EVP_CIPHER_fetch(NULL, row->name, NULL));
    bool is_ccm = row->least_nonce == 7;
    int written;

    EVP(EVP_EncryptInit_ex2(context, cipher, NULL, NULL, NULL));
    EVP(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, (int)sealed->nonce_bytes, NULL));
    if (is_ccm)
        EVP(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, (int)sealed->tag_bytes, NULL));
    EVP(EVP_EncryptInit_ex2(context, NULL, key_bytes, sealed->nonce, NULL));
    if (is_ccm) EVP(EVP_EncryptUpdate(context, NULL, &written, NULL, (int)sealed->bytes));
    if (sealed->data_bytes)
        EVP(EVP_EncryptUpdate(context, NULL, &written, sealed->data, (int)sealed->data_bytes));
    if (sealed->bytes || is_ccm)
        EVP(EVP_EncryptUpdate(context, expected, &written, text, (int)sealed->bytes));
    EVP(EVP_EncryptFinal_ex(context, expected + sealed->bytes, &written));
    EVP(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, (int)sealed->tag_bytes,
                            sealed->expected_tag));
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(cipher);
}

static void cng_seal(struct dice *dice, crypt_function *crypt, BCRYPT_KEY_HANDLE key,
                     struct sealed *sealed, const UCHAR *from, bool chained)
{
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    UCHAR chain[16] = { 0 }, mac[16] = { 0 };
    ULONG at = 0, piece, result;

    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = sealed->nonce;
    info.cbNonce = sealed->nonce_bytes;
    info.pbAuthData = sealed->data_bytes ? sealed->data : NULL;
    info.cbAuthData = sealed->data_bytes;
    info.pbTag = sealed->tag;
    info.cbTag = sealed->tag_bytes;
    info.pbMacContext = chained ? mac : NULL;
    info.cbMacContext = chained ? sizeof(mac) : 0;
    while (chained && sealed->bytes - at > 16 && dice_below(dice, 4))
    {
        piece = 16 * (1 + dice_length(dice, (sealed->bytes - at - 1) / 16 - 1));
        info.dwFlags |= BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG;
        CALL(crypt(key, (PUCHAR)(uintptr_t)from + at, piece, &info, chain, sizeof(chain), out + at,
                   piece, &result, 0));
        at += piece;
        info.pbAuthData = NULL;
        info.cbAuthData = 0;
    }
    info.dwFlags &= ~(ULONG)BCRYPT_AUTH_MODE_CHAIN_CALLS_FLAG;
    CALL(crypt(key, (PUCHAR)(uintptr_t)from + at, sealed->bytes - at, &info, chained ? chain : NULL,
               chained ? sizeof(chain) : 0, out + at, sealed->bytes - at, &result, 0));
}

static void try_aead(struct dice *dice)
{
    const struct aead_row *row = DICE_ROW(dice, aead_rows);
    ULONG tags = (16 - row->least_tag) / row->tag_step + 1;
    struct sealed sealed = { .bytes = new_text(dice) };
    bool chained = row->chains && dice_below(dice, 2);
    BCRYPT_KEY_HANDLE key;

    sealed.nonce_bytes = row->least_nonce +
                         dice_below(dice, row->most_nonce - row->least_nonce + 1);
    sealed.tag_bytes = row->least_tag + row->tag_step * dice_below(dice, tags);
    sealed.data_bytes = dice_length(dice, sizeof(sealed.data));
    dice_bytes(dice, sealed.nonce, sealed.nonce_bytes);
    dice_bytes(dice, sealed.data, sealed.data_bytes);
    dice_bytes(dice, key_bytes, row->key);
    about("%s of %u bytes and %u beside, a nonce of %u, a tag of %u%s", row->name, sealed.bytes,
          sealed.data_bytes, sealed.nonce_bytes, sealed.tag_bytes, chained ? ", in pieces" : "");
    evp_seal(row, &sealed);

    key = new_key(row->id, row->mode, row->key);
    cng_seal(dice, BCryptEncrypt, key, &sealed, text, chained);
    same_bytes("encrypted", out, expected, sealed.bytes);
    same_bytes("tag", sealed.tag, sealed.expected_tag, sealed.tag_bytes);
    cng_seal(dice, BCryptDecrypt, key, &sealed, expected, chained);
    same_bytes("decrypted", out, text, sealed.bytes);
    CALL(BCryptDestroyKey(key));
}

/* ---- key derivation ---- */

static const struct hash_row kdf_hashes[] =
{
    { BCRYPT_SHA1_ALGORITHM, "SHA1", 20 }, { BCRYPT_SHA256_ALGORITHM, "SHA256", 32 },
    { BCRYPT_SHA384_ALGORITHM, "SHA384", 48 }, { BCRYPT_SHA512_ALGORITHM, "SHA512", 64 },
};

/* Two texts that go in besides the key. */
static UCHAR part[2][KEY_MOST];
static ULONG part_bytes[2];

struct parameters { OSSL_PARAM list[8], *next; };

static void add_octets(struct parameters *to, const char *name, const UCHAR *bytes, size_t size)
{
    *to->next++ = OSSL_PARAM_construct_octet_string(name, (void *)(uintptr_t)bytes, size);
}

static void add_text(struct parameters *to, const char *name, const char *value)
{
    *to->next++ = OSSL_PARAM_construct_utf8_string(name, (char *)(uintptr_t)value, 0);
}

static void evp_derive(const char *name, struct parameters *parameters, ULONG size)
{
    EVP_KDF *kdf = MADE(EVP_KDF_fetch(NULL, name, NULL));
    EVP_KDF_CTX *context = MADE(EVP_KDF_CTX_new(kdf));

    *parameters->next = OSSL_PARAM_construct_end();
    EVP(EVP_KDF_derive(context, expected, size, parameters->list));
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
}

static void cng_derive(LPCWSTR id, ULONG secret, BCryptBuffer *buffers, ULONG count, ULONG size)
{
    BCryptBufferDesc list = { BCRYPTBUFFER_VERSION, count, buffers };
    BCRYPT_KEY_HANDLE key;
    ULONG result;

    CALL(BCryptGenerateSymmetricKey(algorithm_of(id, 0), &key, NULL, 0, key_bytes, secret, 0));
    CALL(BCryptKeyDerivation(key, &list, out, size, &result, 0));
    CALL(BCryptDestroyKey(key));
    if (result != size) differ("derives %u bytes instead of %u", result, size);
}

static void new_parts(struct dice *dice, ULONG most, ULONG *secret)
{
    int i;

    *secret = 1 + dice_length(dice, most);
    dice_bytes(dice, key_bytes, *secret);
    for (i = 0; i < 2; i++)
    {
        part_bytes[i] = 1 + dice_length(dice, 100);
        dice_bytes(dice, part[i], part_bytes[i]);
    }
}

static void try_pbkdf2(struct dice *dice)
{
    const struct hash_row *row = DICE_ROW(dice, kdf_hashes);
    ULONG size = 1 + dice_length(dice, 200), secret;
    struct parameters parameters = { .next = parameters.list };
    unsigned int rounds = 1 + dice_below(dice, 20);
    int lax = 1;

    new_parts(dice, 100, &secret);
    about("PBKDF2-%s with %u rounds to %u bytes", row->name, rounds, size);
    add_text(&parameters, OSSL_KDF_PARAM_DIGEST, row->name);
    add_octets(&parameters, OSSL_KDF_PARAM_PASSWORD, key_bytes, secret);
    add_octets(&parameters, OSSL_KDF_PARAM_SALT, part[0], part_bytes[0]);
    *parameters.next++ = OSSL_PARAM_construct_uint(OSSL_KDF_PARAM_ITER, &rounds);
    *parameters.next++ = OSSL_PARAM_construct_int(OSSL_KDF_PARAM_PKCS5, &lax);
    evp_derive("PBKDF2", &parameters, size);
    CALL(BCryptDeriveKeyPBKDF2(algorithm_of(row->id, BCRYPT_ALG_HANDLE_HMAC_FLAG), key_bytes,
                               secret, part[0], part_bytes[0], rounds, out, size, 0));
    same_bytes("derived", out, expected, size);
}

static void try_hkdf(struct dice *dice)
{
    const struct hash_row *row = DICE_ROW(dice, kdf_hashes);
    ULONG size = 1 + dice_length(dice, 300), secret, result;
    struct parameters parameters = { .next = parameters.list };
    BCRYPT_KEY_HANDLE key;

    new_parts(dice, 200, &secret);
    about("HKDF-%s of %u bytes to %u", row->name, secret, size);
    add_text(&parameters, OSSL_KDF_PARAM_DIGEST, row->name);
    add_octets(&parameters, OSSL_KDF_PARAM_KEY, key_bytes, secret);
    add_octets(&parameters, OSSL_KDF_PARAM_SALT, part[0], part_bytes[0]);
    add_octets(&parameters, OSSL_KDF_PARAM_INFO, part[1], part_bytes[1]);
    evp_derive("HKDF", &parameters, size);

    BCryptBuffer info = { part_bytes[1], KDF_HKDF_INFO, part[1] };
    BCryptBufferDesc list = { BCRYPTBUFFER_VERSION, 1, &info };
    CALL(BCryptGenerateSymmetricKey(algorithm_of(BCRYPT_HKDF_ALGORITHM, 0), &key, NULL, 0,
                                    key_bytes, secret, 0));
    CALL(BCryptSetProperty(key, BCRYPT_HKDF_HASH_ALGORITHM, WIDE(row->id), 0));
    CALL(BCryptSetProperty(key, BCRYPT_HKDF_SALT_AND_FINALIZE, part[0], part_bytes[0], 0));
    CALL(BCryptKeyDerivation(key, &list, out, size, &result, 0));
    CALL(BCryptDestroyKey(key));
    same_bytes("derived", out, expected, size);
}

static void try_counter(struct dice *dice)
{
    const struct hash_row *row = DICE_ROW(dice, kdf_hashes);
    ULONG size = 1 + dice_length(dice, 300), secret;
    struct parameters parameters = { .next = parameters.list };
    BCryptBuffer buffers[3] =
    {
        { wide_bytes(row->id), KDF_HASH_ALGORITHM, (PVOID)(uintptr_t)row->id },
        { 0, KDF_LABEL, part[0] }, { 0, KDF_CONTEXT, part[1] },
    };

    new_parts(dice, 200, &secret);
    buffers[1].cbBuffer = part_bytes[0];
    buffers[2].cbBuffer = part_bytes[1];
    about("SP800-108 counter with HMAC-%s of %u bytes to %u", row->name, secret, size);
    add_text(&parameters, OSSL_KDF_PARAM_MAC, "HMAC");
    add_text(&parameters, OSSL_KDF_PARAM_DIGEST, row->name);
    add_octets(&parameters, OSSL_KDF_PARAM_KEY, key_bytes, secret);
    add_octets(&parameters, OSSL_KDF_PARAM_SALT, part[0], part_bytes[0]);
    add_octets(&parameters, OSSL_KDF_PARAM_INFO, part[1], part_bytes[1]);
    evp_derive("KBKDF", &parameters, size);
    cng_derive(BCRYPT_SP800108_CTR_HMAC_ALGORITHM, secret, buffers, 3, size);
    same_bytes("derived", out, expected, size);
}

static void try_concat(struct dice *dice)
{
    const struct hash_row *row = DICE_ROW(dice, kdf_hashes);
    ULONG size = 1 + dice_length(dice, 300), secret;
    struct parameters parameters = { .next = parameters.list };
    UCHAR info[2 * KEY_MOST + 1] = { 7 };
    UCHAR algorithm[1] = { 7 };
    BCryptBuffer buffers[4] =
    {
        { wide_bytes(row->id), KDF_HASH_ALGORITHM, (PVOID)(uintptr_t)row->id },
        { 1, KDF_ALGORITHMID, algorithm }, { 0, KDF_PARTYUINFO, part[0] },
        { 0, KDF_PARTYVINFO, part[1] },
    };

    new_parts(dice, 200, &secret);
    buffers[2].cbBuffer = part_bytes[0];
    buffers[3].cbBuffer = part_bytes[1];
    about("SP800-56A concatenation with %s of %u bytes to %u", row->name, secret, size);
    memcpy(info + 1, part[0], part_bytes[0]);
    memcpy(info + 1 + part_bytes[0], part[1], part_bytes[1]);
    add_text(&parameters, OSSL_KDF_PARAM_DIGEST, row->name);
    add_octets(&parameters, OSSL_KDF_PARAM_KEY, key_bytes, secret);
    add_octets(&parameters, OSSL_KDF_PARAM_INFO, info, 1 + part_bytes[0] + part_bytes[1]);
    evp_derive("SSKDF", &parameters, size);
    cng_derive(BCRYPT_SP80056A_CONCAT_ALGORITHM, secret, buffers, 4, size);
    same_bytes("derived", out, expected, size);
}

static void try_tls(struct dice *dice)
{
    const struct hash_row *row = &kdf_hashes[1 + dice_below(dice, 2)];
    bool is_old = !dice_below(dice, 3);
    ULONG size = 1 + dice_length(dice, 300), secret;
    struct parameters parameters = { .next = parameters.list };
    UCHAR seed[64];
    BCryptBuffer buffers[3] =
    {
        { 0, KDF_TLS_PRF_LABEL, part[0] }, { sizeof(seed), KDF_TLS_PRF_SEED, seed },
        { wide_bytes(row->id), KDF_HASH_ALGORITHM, (PVOID)(uintptr_t)row->id },
    };

    new_parts(dice, 100, &secret);
    dice_bytes(dice, seed, sizeof(seed));
    buffers[0].cbBuffer = part_bytes[0];
    about("TLS's PRF with %s of %u bytes to %u", is_old ? "MD5 and SHA1" : row->name, secret, size);
    add_text(&parameters, OSSL_KDF_PARAM_DIGEST, is_old ? "MD5-SHA1" : row->name);
    add_octets(&parameters, OSSL_KDF_PARAM_SECRET, key_bytes, secret);
    add_octets(&parameters, OSSL_KDF_PARAM_SEED, part[0], part_bytes[0]);
    add_octets(&parameters, OSSL_KDF_PARAM_SEED, seed, sizeof(seed));
    evp_derive("TLS1-PRF", &parameters, size);
    cng_derive(is_old ? BCRYPT_TLS1_1_KDF_ALGORITHM : BCRYPT_TLS1_2_KDF_ALGORITHM, secret, buffers,
               is_old ? 2 : 3, size);
    same_bytes("derived", out, expected, size);
}

const struct kind symmetric_kinds[] =
{
    { "hash", try_hash, 200 }, { "hmac", try_hmac, 150 }, { "cmac", try_cmac, 50 },
    { "gmac", try_gmac, 50 }, { "kmac", try_kmac, 50 }, { "cipher", try_cipher, 300 },
    { "xts", try_xts, 60 }, { "aead", try_aead, 250 }, { "pbkdf2", try_pbkdf2, 40 },
    { "hkdf", try_hkdf, 40 }, { "counter", try_counter, 40 }, { "concat", try_concat, 40 },
    { "tls", try_tls, 40 },
};
const size_t symmetric_kind_count = ARRAY_SIZE(symmetric_kinds);
