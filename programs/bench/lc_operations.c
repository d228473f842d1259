/*
 * lc_operations.c - the same work done by libcrypto's own EVP calls, with contexts and methods
 * kept, as a program does that cares for speed.
 *
 * SPDX-License-Identifier: MIT
 */

#include "lc_operations.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/ec.h>
#include <openssl/evp.h>
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
    bool decrypt, aead, ccm;
};

struct lc_row
{
    const char *prefix;                         /* of the operation's name */
    const char *method;
    bool (*prepare)(struct subject *subject, const char *method);
    bool (*run)(struct subject *subject);
};

static bool prepare_digest(struct subject *subject, const char *method)
{
    struct lc *lc = subject->other;

    return (lc->digest = EVP_MD_fetch(NULL, method, NULL)) &&
           (lc->digest_context = EVP_MD_CTX_new());
}

static bool run_digest(struct subject *subject)
{
    struct lc *lc = subject->other;

    return EVP_DigestInit_ex2(lc->digest_context, lc->digest, NULL) &&
           EVP_DigestUpdate(lc->digest_context, subject->buffer, subject->operation->bytes) &&
           EVP_DigestFinal_ex(lc->digest_context, subject->digest, NULL);
}

static bool prepare_mac(struct subject *subject, const char *method)
{
    OSSL_PARAM hmac[] = { OSSL_PARAM_utf8_string("digest", (char *)"SHA2-256", 8), OSSL_PARAM_END };
    OSSL_PARAM cmac[] = { OSSL_PARAM_utf8_string("cipher", (char *)"AES-256-CBC", 11),
                          OSSL_PARAM_END };
    struct lc *lc = subject->other;
    EVP_MAC *mac = EVP_MAC_fetch(NULL, method, NULL);

    lc->mac_context = EVP_MAC_CTX_new(mac);
    EVP_MAC_free(mac);
    return EVP_MAC_init(lc->mac_context, subject->secret, 32, strcmp(method, "HMAC") ? cmac : hmac);
}

static bool run_mac(struct subject *subject)
{
    struct lc *lc = subject->other;
    size_t bytes;

    return EVP_MAC_init(lc->mac_context, subject->secret, 32, NULL) &&
           EVP_MAC_update(lc->mac_context, subject->buffer, subject->operation->bytes) &&
           EVP_MAC_final(lc->mac_context, subject->digest, &bytes, sizeof(subject->digest));
}

static bool prepare_cipher(struct subject *subject, const char *method)
{
    struct lc *lc = subject->other;

    lc->cipher = EVP_CIPHER_fetch(NULL, method, NULL);
    lc->cipher_context = EVP_CIPHER_CTX_new();
    if (!lc->cipher || !lc->cipher_context) return false;
    lc->decrypt = strstr(subject->operation->name, "decrypt");
    lc->aead = EVP_CIPHER_get_flags(lc->cipher) & EVP_CIPH_FLAG_AEAD_CIPHER;
    lc->ccm = strstr(method, "CCM");
    if (!EVP_CipherInit_ex2(lc->cipher_context, lc->cipher, NULL, NULL, !lc->decrypt, NULL))
        return false;
    if (lc->ccm)
    {
        EVP_CIPHER_CTX_ctrl(lc->cipher_context, EVP_CTRL_AEAD_SET_IVLEN, 12, NULL);
        EVP_CIPHER_CTX_ctrl(lc->cipher_context, EVP_CTRL_AEAD_SET_TAG, 16, NULL);
    }
    if (!strncmp(method, "RC4", 3)) EVP_CIPHER_CTX_set_key_length(lc->cipher_context, 16);
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

static bool prepare_pbkdf2(struct subject *subject, const char *method)
{
    (void)subject, (void)method;
    return true;
}

static bool sign(struct subject *subject)
{
    struct lc *lc = subject->other;
    size_t bytes = sizeof(subject->signature);
    bool right = EVP_PKEY_sign(lc->key_context, subject->signature, &bytes, subject->secret, 32);

    subject->signature_bytes = (ULONG)bytes;
    return right;
}

static bool verify(struct subject *subject)
{
    struct lc *lc = subject->other;

    return EVP_PKEY_verify(lc->key_context, subject->signature, subject->signature_bytes,
                           subject->secret, 32) == 1;
}

static bool prepare_pair(struct subject *subject, const char *method)
{
    struct lc *lc = subject->other;
    bool rsa = !strcmp(method, "RSA");

    lc->key = rsa ? EVP_RSA_gen(2048) : EVP_EC_gen(method);
    if (!lc->key || !(lc->key_context = EVP_PKEY_CTX_new_from_pkey(NULL, lc->key, NULL)))
        return false;
    if (!EVP_PKEY_sign_init(lc->key_context)) return false;
    if (rsa) EVP_PKEY_CTX_set_rsa_padding(lc->key_context, RSA_PKCS1_PADDING);
    if (rsa) EVP_PKEY_CTX_set_signature_md(lc->key_context, EVP_sha256());
    if (subject->operation->run != verify) return true;
    if (!sign(subject) || !EVP_PKEY_verify_init(lc->key_context)) return false;
    if (rsa) EVP_PKEY_CTX_set_rsa_padding(lc->key_context, RSA_PKCS1_PADDING);
    if (rsa) EVP_PKEY_CTX_set_signature_md(lc->key_context, EVP_sha256());
    return true;
}

static bool prepare_agree(struct subject *subject, const char *method)
{
    struct lc *lc = subject->other;

    return (lc->key = EVP_EC_gen(method)) &&
           (lc->key_context = EVP_PKEY_CTX_new_from_pkey(NULL, lc->key, NULL));
}

static bool run_agree(struct subject *subject)
{
    struct lc *lc = subject->other;
    size_t bytes = sizeof(subject->digest);
    UCHAR digest[20];

    return EVP_PKEY_derive_init(lc->key_context) &&
           EVP_PKEY_derive_set_peer_ex(lc->key_context, lc->key, 0) &&
           EVP_PKEY_derive(lc->key_context, subject->digest, &bytes) &&
           EVP_Digest(subject->digest, bytes, digest, NULL, EVP_sha1(), NULL);
}

static bool run_key_pair(struct subject *subject)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");

    (void)subject;
    EVP_PKEY_free(key);
    return key != NULL;
}

/* The first whose prefix fits. */
static const struct lc_row rows[] =
{
    { "MD5 ", "MD5", prepare_digest, run_digest },
    { "SHA1 ", "SHA1", prepare_digest, run_digest },
    { "SHA256 ", "SHA2-256", prepare_digest, run_digest },
    { "SHA384 ", "SHA2-384", prepare_digest, run_digest },
    { "SHA512 ", "SHA2-512", prepare_digest, run_digest },
    { "SHA3-256 ", "SHA3-256", prepare_digest, run_digest },
    { "HMAC-SHA256 ", "HMAC", prepare_mac, run_mac },
    { "AES-CMAC ", "CMAC", prepare_mac, run_mac },
    { "AES-256-ECB ", "AES-256-ECB", prepare_cipher, run_cipher },
    { "AES-256-CBC ", "AES-256-CBC", prepare_cipher, run_cipher },
    { "AES-256-CFB8 ", "AES-256-CFB8", prepare_cipher, run_cipher },
    { "AES-256-GCM new key", "AES-256-GCM", prepare_cipher, run_new_key },
    { "AES-256-GCM ", "AES-256-GCM", prepare_cipher, run_cipher },
    { "AES-256-CCM ", "AES-256-CCM", prepare_cipher, run_cipher },
    { "AES-256-XTS ", "AES-256-XTS", prepare_cipher, run_cipher },
    { "ChaCha20-Poly1305 ", "ChaCha20-Poly1305", prepare_cipher, run_cipher },
    { "3DES-CBC ", "DES-EDE3-CBC", prepare_cipher, run_cipher },
    { "PBKDF2-SHA256 ", "", prepare_pbkdf2, run_pbkdf2 },
    { "RSA-2048 sign", "RSA", prepare_pair, sign },
    { "RSA-2048 verify", "RSA", prepare_pair, verify },
    { "P-256 key pair", "P-256", prepare_agree, run_key_pair },
    { "P-256 sign", "P-256", prepare_pair, sign },
    { "P-256 verify", "P-256", prepare_pair, verify },
    { "P-256 agree", "P-256", prepare_agree, run_agree },
    { "P-384 sign", "P-384", prepare_pair, sign },
    { "P-384 verify", "P-384", prepare_pair, verify },
};

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
    if (i == sizeof(rows) / sizeof(rows[0])) return false;
    copy->run = rows[i].run;
    if (!(subject->buffer = calloc(1, BUFFER_BYTES)) ||
        !(subject->other = calloc(1, sizeof(struct lc))))
    {
        return false;
    }
    return rows[i].prepare(subject, rows[i].method) && copy->run(subject);
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
        free(lc);
    }
    free(subject->buffer);
}
