/*
 * lc_operations.c - the same work done by libcrypto's own EVP calls, with contexts and methods
 * kept, as a program does that cares for speed.
 *
 * What differs: EVP's signatures of ECDSA and DSA are DER, CNG's bare numbers; CNG takes a new
 * secret, or a list of parameters, where EVP keeps a context.
 *
 * SPDX-License-Identifier: MIT
 */

#include "lc_operations.h"
#include "dsa_group.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>

struct lc
{
    EVP_MD *digest;
    EVP_MD_CTX *digest_context;
    EVP_MAC_CTX *mac_context;
    EVP_CIPHER *cipher;
    EVP_CIPHER_CTX *cipher_context;
    EVP_PKEY *key;
    EVP_PKEY_CTX *key_context;
    EVP_KDF_CTX *derivation_context;
    bool decrypt, aead, ccm;
};

struct lc_row
{
    const char *prefix;                         /* of the operation's name */
    const char *method;
    const char *detail;                         /* digest, cipher, mode, group or padding */
    bool (*prepare)(struct subject *subject, const struct lc_row *row);
    bool (*run)(struct subject *subject);
};

static OSSL_PARAM text(const char *name, const char *value)
{
    return OSSL_PARAM_construct_utf8_string(name, (char *)(uintptr_t)value, 0);
}

static OSSL_PARAM octets(const char *name, const void *value, size_t bytes)
{
    return OSSL_PARAM_construct_octet_string(name, (void *)(uintptr_t)value, bytes);
}

static bool prepare_digest(struct subject *subject, const struct lc_row *row)
{
    struct lc *lc = subject->other;

    return (lc->digest = EVP_MD_fetch(NULL, row->method, NULL)) &&
           (lc->digest_context = EVP_MD_CTX_new());
}

static bool run_digest(struct subject *subject)
{
    struct lc *lc = subject->other;

    return EVP_DigestInit_ex2(lc->digest_context, lc->digest, NULL) &&
           EVP_DigestUpdate(lc->digest_context, subject->buffer, subject->operation->bytes) &&
           EVP_DigestFinal_ex(lc->digest_context, subject->digest, NULL);
}

/* As much as CNG gives by default. */
static bool run_xof(struct subject *subject)
{
    struct lc *lc = subject->other;
    size_t bytes = EVP_MD_is_a(lc->digest, "SHAKE128") ? 32 : 64;

    return EVP_DigestInit_ex2(lc->digest_context, lc->digest, NULL) &&
           EVP_DigestUpdate(lc->digest_context, subject->buffer, subject->operation->bytes) &&
           EVP_DigestFinalXOF(lc->digest_context, subject->digest, bytes);
}

static bool prepare_mac(struct subject *subject, const struct lc_row *row)
{
    OSSL_PARAM parameters[] = { OSSL_PARAM_END, OSSL_PARAM_END };
    struct lc *lc = subject->other;
    EVP_MAC *mac = EVP_MAC_fetch(NULL, row->method, NULL);

    if (row->detail)
        parameters[0] = text(strcmp(row->method, "CMAC") ? "digest" : "cipher", row->detail);
    lc->mac_context = EVP_MAC_CTX_new(mac);
    EVP_MAC_free(mac);
    return EVP_MAC_init(lc->mac_context, subject->secret, 32, parameters);
}

static bool run_mac(struct subject *subject)
{
    struct lc *lc = subject->other;
    size_t bytes;

    return EVP_MAC_init(lc->mac_context, subject->secret, 32, NULL) &&
           EVP_MAC_update(lc->mac_context, subject->buffer, subject->operation->bytes) &&
           EVP_MAC_final(lc->mac_context, subject->digest, &bytes, sizeof(subject->digest));
}

static bool prepare_cipher(struct subject *subject, const struct lc_row *row)
{
    struct lc *lc = subject->other;

    lc->cipher = EVP_CIPHER_fetch(NULL, row->method, NULL);
    lc->cipher_context = EVP_CIPHER_CTX_new();
    if (!lc->cipher || !lc->cipher_context) return false;
    lc->decrypt = strstr(subject->operation->name, "decrypt");
    lc->aead = EVP_CIPHER_get_flags(lc->cipher) & EVP_CIPH_FLAG_AEAD_CIPHER;
    lc->ccm = strstr(row->method, "CCM");
    if (!EVP_CipherInit_ex2(lc->cipher_context, lc->cipher, NULL, NULL, !lc->decrypt, NULL))
        return false;
    if (lc->ccm)
    {
        EVP_CIPHER_CTX_ctrl(lc->cipher_context, EVP_CTRL_AEAD_SET_IVLEN, 12, NULL);
        EVP_CIPHER_CTX_ctrl(lc->cipher_context, EVP_CTRL_AEAD_SET_TAG, 16, NULL);
    }
    if (!EVP_CipherInit_ex2(lc->cipher_context, NULL, subject->secret, subject->iv, !lc->decrypt,
                            NULL))
    {
        return false;
    }
    EVP_CIPHER_CTX_set_padding(lc->cipher_context, 0);
    return true;
}

static bool run_cipher(struct subject *subject)
{
    struct lc *lc = subject->other;
    int bytes, rest;

    if (!EVP_CipherInit_ex2(lc->cipher_context, NULL, NULL, subject->iv, -1, NULL)) return false;
    if (lc->ccm &&
        !EVP_CipherUpdate(lc->cipher_context, NULL, &bytes, NULL, (int)subject->operation->bytes))
    {
        return false;
    }
    if (!EVP_CipherUpdate(lc->cipher_context, subject->buffer, &bytes, subject->buffer,
                          (int)subject->operation->bytes))
    {
        return false;
    }
    if (!lc->aead) return true;
    return EVP_CipherFinal_ex(lc->cipher_context, subject->buffer + bytes, &rest) &&
           EVP_CIPHER_CTX_ctrl(lc->cipher_context, EVP_CTRL_AEAD_GET_TAG, 16, subject->tag);
}

static bool run_new_key(struct subject *subject)
{
    struct lc *lc = subject->other;

    return EVP_CipherInit_ex2(lc->cipher_context, lc->cipher, subject->secret, subject->iv, 1,
                              NULL) &&
           run_cipher(subject);
}

static bool run_pbkdf2(struct subject *subject)
{
    return PKCS5_PBKDF2_HMAC((char *)subject->secret, 16, subject->iv, 16, 10000, EVP_sha256(), 32,
                             subject->digest);
}

static bool prepare_pbkdf2(struct subject *subject, const struct lc_row *row)
{
    (void)subject, (void)row;
    return true;
}

/* ---- key pairs ---- */

static EVP_PKEY *new_dsa_group(void)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "DSA", NULL);
    BIGNUM *p = BN_bin2bn(dsa_group.prime, sizeof(dsa_group.prime), NULL);
    BIGNUM *q = BN_bin2bn(dsa_group.order, sizeof(dsa_group.order), NULL);
    BIGNUM *g = BN_bin2bn(dsa_group.generator, sizeof(dsa_group.generator), NULL);
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    OSSL_PARAM *parameters = NULL;
    EVP_PKEY *group = NULL;

    if (OSSL_PARAM_BLD_push_BN(builder, "p", p) && OSSL_PARAM_BLD_push_BN(builder, "q", q) &&
        OSSL_PARAM_BLD_push_BN(builder, "g", g) &&
        (parameters = OSSL_PARAM_BLD_to_param(builder)) && EVP_PKEY_fromdata_init(context) > 0)
    {
        EVP_PKEY_fromdata(context, &group, EVP_PKEY_KEY_PARAMETERS, parameters);
    }
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    BN_free(p);
    BN_free(q);
    BN_free(g);
    EVP_PKEY_CTX_free(context);
    return group;
}

/* Ready to generate keys of the row's kind; the detail of RSA is a padding, else it is a group. */
static bool prepare_key_pair(struct subject *subject, const struct lc_row *row)
{
    EVP_PKEY *group = strcmp(row->method, "DSA") ? NULL : new_dsa_group();
    EVP_PKEY_CTX *context = group ? EVP_PKEY_CTX_new_from_pkey(NULL, group, NULL) :
                                    EVP_PKEY_CTX_new_from_name(NULL, row->method, NULL);
    struct lc *lc = subject->other;

    EVP_PKEY_free(group);
    lc->key_context = context;
    if (EVP_PKEY_keygen_init(context) <= 0) return false;
    if (!strcmp(row->method, "RSA"))
        return EVP_PKEY_CTX_set_rsa_keygen_bits(context, (int)subject->operation->key_bytes) > 0;
    return !row->detail || EVP_PKEY_CTX_set_group_name(context, row->detail) > 0;
}

static bool run_key_pair(struct subject *subject)
{
    struct lc *lc = subject->other;
    EVP_PKEY *key = NULL;

    if (EVP_PKEY_generate(lc->key_context, &key) <= 0) return false;
    EVP_PKEY_free(key);
    return true;
}

static bool prepare_agree(struct subject *subject, const struct lc_row *row)
{
    struct lc *lc = subject->other;

    if (!prepare_key_pair(subject, row) || EVP_PKEY_generate(lc->key_context, &lc->key) <= 0)
        return false;
    EVP_PKEY_CTX_free(lc->key_context);
    return (lc->key_context = EVP_PKEY_CTX_new_from_pkey(NULL, lc->key, NULL));
}

static bool run_agree_raw(struct subject *subject)
{
    struct lc *lc = subject->other;
    size_t bytes = sizeof(subject->signature);

    if (EVP_PKEY_derive_init(lc->key_context) <= 0 ||
        EVP_PKEY_derive_set_peer_ex(lc->key_context, lc->key, 0) <= 0 ||
        EVP_PKEY_derive(lc->key_context, subject->signature, &bytes) <= 0)
    {
        return false;
    }
    subject->signature_bytes = (ULONG)bytes;
    return true;
}

static bool run_agree(struct subject *subject)
{
    return run_agree_raw(subject) && EVP_Digest(subject->signature, subject->signature_bytes,
                                                subject->digest, NULL, EVP_sha1(), NULL);
}

static bool produce(struct subject *subject,
                    int (*make)(EVP_PKEY_CTX *context, unsigned char *made, size_t *made_bytes,
                                const unsigned char *given, size_t given_bytes))
{
    struct lc *lc = subject->other;
    size_t bytes = sizeof(subject->signature);
    bool right = make(lc->key_context, subject->signature, &bytes, subject->secret, 32) > 0;

    subject->signature_bytes = (ULONG)bytes;
    return right;
}

static bool sign(struct subject *subject)
{
    return produce(subject, EVP_PKEY_sign);
}

static bool verify(struct subject *subject)
{
    struct lc *lc = subject->other;

    return EVP_PKEY_verify(lc->key_context, subject->signature, subject->signature_bytes,
                           subject->secret, 32) == 1;
}

static bool encrypt(struct subject *subject)
{
    return produce(subject, EVP_PKEY_encrypt);
}

static bool decrypt(struct subject *subject)
{
    struct lc *lc = subject->other;
    size_t bytes = BUFFER_BYTES;

    return EVP_PKEY_decrypt(lc->key_context, subject->buffer, &bytes, subject->signature,
                            subject->signature_bytes) > 0;
}

/* The context does what the last call to begin says. A PSS salt is as long as the digest: that is
 * libcrypto's default when it signs. */
static bool begin(struct lc *lc, const struct lc_row *row, int (*init)(EVP_PKEY_CTX *))
{
    bool is_rsa = !strcmp(row->method, "RSA");
    OSSL_PARAM parameters[] = { text("digest", "SHA2-256"), text("pad-mode", row->detail),
                                OSSL_PARAM_END };

    if (init(lc->key_context) <= 0) return false;
    return !is_rsa || EVP_PKEY_CTX_set_params(lc->key_context, parameters) > 0;
}

static bool prepare_pair(struct subject *subject, const struct lc_row *row)
{
    struct lc *lc = subject->other;

    if (!prepare_agree(subject, row)) return false;
    if (row->run == encrypt || row->run == decrypt)
    {
        return begin(lc, row, EVP_PKEY_encrypt_init) && encrypt(subject) &&
               begin(lc, row, row->run == encrypt ? EVP_PKEY_encrypt_init : EVP_PKEY_decrypt_init);
    }
    return begin(lc, row, EVP_PKEY_sign_init) && sign(subject) &&
           (row->run == sign || begin(lc, row, EVP_PKEY_verify_init));
}

/* ---- post-quantum algorithms: outputs are in the buffer ---- */

static bool encapsulate(struct subject *subject)
{
    size_t bytes = BUFFER_BYTES, secret_bytes = sizeof(subject->digest);
    struct lc *lc = subject->other;
    bool right = EVP_PKEY_encapsulate(lc->key_context, subject->buffer, &bytes, subject->digest,
                                      &secret_bytes) > 0;

    subject->signature_bytes = (ULONG)bytes;
    return right;
}

static bool decapsulate(struct subject *subject)
{
    size_t secret_bytes = sizeof(subject->digest);
    struct lc *lc = subject->other;

    return EVP_PKEY_decapsulate(lc->key_context, subject->digest, &secret_bytes, subject->buffer,
                                subject->signature_bytes) > 0;
}

static bool prepare_kem(struct subject *subject, const struct lc_row *row)
{
    struct lc *lc = subject->other;

    if (!prepare_agree(subject, row) || EVP_PKEY_encapsulate_init(lc->key_context, NULL) <= 0)
        return false;
    return encapsulate(subject) &&
           (row->run == encapsulate || EVP_PKEY_decapsulate_init(lc->key_context, NULL) > 0);
}

static bool sign_message(struct subject *subject)
{
    struct lc *lc = subject->other;
    size_t bytes = BUFFER_BYTES;
    bool right = EVP_PKEY_sign(lc->key_context, subject->buffer, &bytes, subject->secret, 32) > 0;

    subject->signature_bytes = (ULONG)bytes;
    return right;
}

static bool verify_message(struct subject *subject)
{
    struct lc *lc = subject->other;

    return EVP_PKEY_verify(lc->key_context, subject->buffer, subject->signature_bytes,
                           subject->secret, 32) == 1;
}

static bool prepare_message(struct subject *subject, const struct lc_row *row)
{
    struct lc *lc = subject->other;
    EVP_SIGNATURE *signature;
    bool right;

    if (!prepare_agree(subject, row) || !(signature = EVP_SIGNATURE_fetch(NULL, row->method, NULL)))
        return false;
    right = EVP_PKEY_sign_message_init(lc->key_context, signature, NULL) > 0 &&
            sign_message(subject) &&
            (row->run == sign_message ||
             EVP_PKEY_verify_message_init(lc->key_context, signature, NULL) > 0);
    EVP_SIGNATURE_free(signature);
    return right;
}

/* ---- derivation ---- */

/* All parameters stay in the context: a program of CNG hands most of them over with each call. */
static bool prepare_derivation(struct subject *subject, const struct lc_row *row)
{
    bool is_tls = !strcmp(row->method, "TLS1-PRF");
    EVP_KDF *derivation = EVP_KDF_fetch(NULL, row->method, NULL);
    OSSL_PARAM parameters[] =
    {
        text("digest", "SHA2-256"), octets(is_tls ? "secret" : "key", subject->secret, 32),
        octets(is_tls ? "seed" : "salt", "label", 5),
        octets(is_tls ? "seed" : "info", subject->buffer, 64),
        text("mac", "HMAC"), text("mode", row->detail), OSSL_PARAM_END
    };
    struct lc *lc = subject->other;

    if (is_tls) parameters[4] = OSSL_PARAM_construct_end();
    lc->derivation_context = EVP_KDF_CTX_new(derivation);
    EVP_KDF_free(derivation);
    return EVP_KDF_CTX_set_params(lc->derivation_context, parameters);
}

static bool run_derive(struct subject *subject)
{
    struct lc *lc = subject->other;

    return EVP_KDF_derive(lc->derivation_context, subject->digest, subject->operation->bytes,
                          NULL) > 0;
}

/* The first whose prefix fits. */
static const struct lc_row rows[] =
{
    { "MD2 ", "MD2", NULL, prepare_digest, run_digest },
    { "MD4 ", "MD4", NULL, prepare_digest, run_digest },
    { "MD5 ", "MD5", NULL, prepare_digest, run_digest },
    { "SHA1 ", "SHA1", NULL, prepare_digest, run_digest },
    { "SHA256 ", "SHA2-256", NULL, prepare_digest, run_digest },
    { "SHA384 ", "SHA2-384", NULL, prepare_digest, run_digest },
    { "SHA512 ", "SHA2-512", NULL, prepare_digest, run_digest },
    { "SHA3-256 ", "SHA3-256", NULL, prepare_digest, run_digest },
    { "SHA3-512 ", "SHA3-512", NULL, prepare_digest, run_digest },
    { "SHAKE128 ", "SHAKE128", NULL, prepare_digest, run_xof },
    { "SHAKE256 ", "SHAKE256", NULL, prepare_digest, run_xof },
    { "HMAC-SHA256 ", "HMAC", "SHA2-256", prepare_mac, run_mac },
    { "HMAC-SHA512 ", "HMAC", "SHA2-512", prepare_mac, run_mac },
    { "AES-CMAC ", "CMAC", "AES-256-CBC", prepare_mac, run_mac },
    { "KMAC128 ", "KMAC128", NULL, prepare_mac, run_mac },
    { "KMAC256 ", "KMAC256", NULL, prepare_mac, run_mac },
    { "AES-256-ECB ", "AES-256-ECB", NULL, prepare_cipher, run_cipher },
    { "AES-256-CBC ", "AES-256-CBC", NULL, prepare_cipher, run_cipher },
    { "AES-256-CFB8 ", "AES-256-CFB8", NULL, prepare_cipher, run_cipher },
    { "AES-256-CFB ", "AES-256-CFB", NULL, prepare_cipher, run_cipher },
    { "AES-128-GCM ", "AES-128-GCM", NULL, prepare_cipher, run_cipher },
    { "AES-256-GCM new key", "AES-256-GCM", NULL, prepare_cipher, run_new_key },
    { "AES-256-GCM ", "AES-256-GCM", NULL, prepare_cipher, run_cipher },
    { "AES-256-CCM ", "AES-256-CCM", NULL, prepare_cipher, run_cipher },
    { "AES-256-XTS ", "AES-256-XTS", NULL, prepare_cipher, run_cipher },
    { "ChaCha20-Poly1305 ", "ChaCha20-Poly1305", NULL, prepare_cipher, run_cipher },
    { "3DES-CBC ", "DES-EDE3-CBC", NULL, prepare_cipher, run_cipher },
    { "3DES-ECB ", "DES-EDE3-ECB", NULL, prepare_cipher, run_cipher },
    { "DES-CBC ", "DES-CBC", NULL, prepare_cipher, run_cipher },
    { "DESX-CBC ", "DESX-CBC", NULL, prepare_cipher, run_cipher },
    { "RC2-CBC ", "RC2-CBC", NULL, prepare_cipher, run_cipher },
    { "RC4 ", "RC4", NULL, prepare_cipher, run_cipher },
    { "PBKDF2-SHA256 ", NULL, NULL, prepare_pbkdf2, run_pbkdf2 },
    { "RSA-2048 sign", "RSA", "pkcs1", prepare_pair, sign },
    { "RSA-2048 verify", "RSA", "pkcs1", prepare_pair, verify },
    { "RSA-2048 PSS sign", "RSA", "pss", prepare_pair, sign },
    { "RSA-2048 PSS verify", "RSA", "pss", prepare_pair, verify },
    { "RSA-2048 OAEP encrypt", "RSA", "oaep", prepare_pair, encrypt },
    { "RSA-2048 OAEP decrypt", "RSA", "oaep", prepare_pair, decrypt },
    { "RSA-2048 key pair", "RSA", NULL, prepare_key_pair, run_key_pair },
    { "RSA-4096 sign", "RSA", "pkcs1", prepare_pair, sign },
    { "P-256 key pair", "EC", "P-256", prepare_key_pair, run_key_pair },
    { "P-256 sign", "EC", "P-256", prepare_pair, sign },
    { "P-256 verify", "EC", "P-256", prepare_pair, verify },
    { "P-256 agree", "EC", "P-256", prepare_agree, run_agree },
    { "P-384 key pair", "EC", "P-384", prepare_key_pair, run_key_pair },
    { "P-384 sign", "EC", "P-384", prepare_pair, sign },
    { "P-384 verify", "EC", "P-384", prepare_pair, verify },
    { "P-384 agree", "EC", "P-384", prepare_agree, run_agree_raw },
    { "P-521 sign", "EC", "P-521", prepare_pair, sign },
    { "P-521 verify", "EC", "P-521", prepare_pair, verify },
    { "brainpoolP256r1 sign", "EC", "brainpoolP256r1", prepare_pair, sign },
    { "brainpoolP256r1 verify", "EC", "brainpoolP256r1", prepare_pair, verify },
    { "X25519 key pair", "X25519", NULL, prepare_key_pair, run_key_pair },
    { "X25519 agree", "X25519", NULL, prepare_agree, run_agree_raw },
    { "DH-2048 agree", "DH", "ffdhe2048", prepare_agree, run_agree_raw },
    { "DSA-2048 sign", "DSA", NULL, prepare_pair, sign },
    { "DSA-2048 verify", "DSA", NULL, prepare_pair, verify },
    { "ML-KEM-768 key pair", "ML-KEM-768", NULL, prepare_key_pair, run_key_pair },
    { "ML-KEM-768 encapsulate", "ML-KEM-768", NULL, prepare_kem, encapsulate },
    { "ML-KEM-768 decapsulate", "ML-KEM-768", NULL, prepare_kem, decapsulate },
    { "ML-DSA-65 key pair", "ML-DSA-65", NULL, prepare_key_pair, run_key_pair },
    { "ML-DSA-65 sign", "ML-DSA-65", NULL, prepare_message, sign_message },
    { "ML-DSA-65 verify", "ML-DSA-65", NULL, prepare_message, verify_message },
    { "SLH-DSA-SHA2-128f key", "SLH-DSA-SHA2-128f", NULL, prepare_key_pair, run_key_pair },
    { "SLH-DSA-SHA2-128f sign", "SLH-DSA-SHA2-128f", NULL, prepare_message, sign_message },
    { "SLH-DSA-SHA2-128f verify", "SLH-DSA-SHA2-128f", NULL, prepare_message, verify_message },
    { "SLH-DSA-SHA2-128s key", "SLH-DSA-SHA2-128s", NULL, prepare_key_pair, run_key_pair },
    { "SLH-DSA-SHA2-128s sign", "SLH-DSA-SHA2-128s", NULL, prepare_message, sign_message },
    { "SLH-DSA-SHA2-128s verify", "SLH-DSA-SHA2-128s", NULL, prepare_message, verify_message },
    { "HKDF-SHA256 expand", "HKDF", "EXPAND_ONLY", prepare_derivation, run_derive },
    { "HKDF-SHA256 new key", "HKDF", "EXTRACT_AND_EXPAND", prepare_derivation, run_derive },
    { "SP800-108-SHA256 ", "KBKDF", "counter", prepare_derivation, run_derive },
    { "TLS1.2-PRF-SHA256 ", "TLS1-PRF", NULL, prepare_derivation, run_derive },
};

/* RC2, RC4, DES, DESX, MD2 and MD4 are in the legacy provider. */
static bool load_providers(void)
{
    static bool loaded;

    if (!loaded)
        loaded = OSSL_PROVIDER_load(NULL, "default") && OSSL_PROVIDER_load(NULL, "legacy");
    return loaded;
}

bool lc_subject_prepare(struct subject *subject, struct operation *copy,
                        const struct operation *operation)
{
    size_t i;

    memset(subject, 0, sizeof(*subject));
    *copy = *operation;
    subject->operation = copy;
    for (i = 0; i < sizeof(subject->secret); i++) subject->secret[i] = (UCHAR)(i * 7 + 1);
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    {
        if (!strncmp(operation->name, rows[i].prefix, strlen(rows[i].prefix))) break;
    }
    if (i == sizeof(rows) / sizeof(rows[0]) || !load_providers()) return false;
    copy->run = rows[i].run;
    if (!(subject->buffer = calloc(1, BUFFER_BYTES)) ||
        !(subject->other = calloc(1, sizeof(struct lc))))
    {
        return false;
    }
    return rows[i].prepare(subject, &rows[i]) && copy->run(subject);
}

void lc_subject_finish(struct subject *subject)
{
    struct lc *lc = subject->other;

    if (lc)
    {
        EVP_MD_free(lc->digest);
        EVP_MD_CTX_free(lc->digest_context);
        EVP_MAC_CTX_free(lc->mac_context);
        EVP_CIPHER_free(lc->cipher);
        EVP_CIPHER_CTX_free(lc->cipher_context);
        EVP_PKEY_free(lc->key);
        EVP_PKEY_CTX_free(lc->key_context);
        EVP_KDF_CTX_free(lc->derivation_context);
        free(lc);
    }
    free(subject->buffer);
}
