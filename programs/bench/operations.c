/*
 * operations.c - what is timed on a bcrypt.dll.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdbool.h>

#include "operations.h"
#include "dsa_group.h"

#include <stdlib.h>
#include <string.h>

static bool ok(NTSTATUS status)
{
    return BCRYPT_SUCCESS(status);
}

/* ---- preparing ---- */

static bool prepare_nothing(struct subject *subject)
{
    (void)subject;
    return true;
}

/* A handle that was destroyed: Wine's own DLL would read what it points to. */
static bool prepare_stale(struct subject *subject)
{
    const struct cng *cng = subject->cng;
    BCRYPT_ALG_HANDLE algorithm;

    if (!GetProcAddress(cng->module, "ProcessPrng")) return false;
    return ok(cng->BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_AES_ALGORITHM, NULL, 0)) &&
           ok(cng->BCryptGenerateSymmetricKey(algorithm, &subject->key, NULL, 0, subject->secret,
                                              16, 0)) &&
           ok(cng->BCryptDestroyKey(subject->key)) &&
           ok(cng->BCryptCloseAlgorithmProvider(algorithm, 0));
}

static bool is_algorithm(const struct subject *subject, LPCWSTR name)
{
    return !wcscmp(subject->operation->algorithm, name);
}

static bool set_text(const struct subject *subject, BCRYPT_HANDLE object, LPCWSTR property,
                     LPCWSTR text)
{
    return ok(subject->cng->BCryptSetProperty(object, property, (PUCHAR)(ULONG_PTR)text,
                                              (ULONG)(wcslen(text) + 1) * sizeof(WCHAR), 0));
}

static bool prepare_algorithm(struct subject *subject)
{
    const struct operation *operation = subject->operation;
    const struct cng *cng = subject->cng;
    bool has_curve;

    if (!ok(cng->BCryptOpenAlgorithmProvider(&subject->algorithm, operation->algorithm, NULL,
                                             operation->flags)))
    {
        return false;
    }
    if (!operation->mode || is_algorithm(subject, BCRYPT_RSA_ALGORITHM)) return true;
    has_curve = is_algorithm(subject, BCRYPT_ECDH_ALGORITHM) ||
                is_algorithm(subject, BCRYPT_ECDSA_ALGORITHM);
    return set_text(subject, subject->algorithm,
                    has_curve ? BCRYPT_ECC_CURVE_NAME : BCRYPT_CHAINING_MODE, operation->mode);
}

static bool prepare_key(struct subject *subject)
{
    const struct cng *cng = subject->cng;

    if (!prepare_algorithm(subject)) return false;
    if (!ok(cng->BCryptGenerateSymmetricKey(subject->algorithm, &subject->key, NULL, 0,
                                            subject->secret, subject->operation->key_bytes, 0)))
    {
        return false;
    }
    BCRYPT_INIT_AUTH_MODE_INFO(subject->info);
    subject->info.pbNonce = subject->nonce;
    subject->info.cbNonce = sizeof(subject->nonce);
    subject->info.pbTag = subject->tag;
    subject->info.cbTag = sizeof(subject->tag);
    return true;
}

/* CFB with segments of a block. */
static bool prepare_segments(struct subject *subject)
{
    ULONG bytes = 16;

    return prepare_key(subject) &&
           ok(subject->cng->BCryptSetProperty(subject->key, BCRYPT_MESSAGE_BLOCK_LENGTH,
                                              (PUCHAR)&bytes, sizeof(bytes), 0));
}

/* XTS with data units of a disk's sector. */
static bool prepare_sectors(struct subject *subject)
{
    ULONG bytes = 512;

    return prepare_key(subject) &&
           ok(subject->cng->BCryptSetProperty(subject->key, BCRYPT_MESSAGE_BLOCK_LENGTH,
                                              (PUCHAR)&bytes, sizeof(bytes), 0));
}

static bool prepare_import(struct subject *subject)
{
    BCRYPT_KEY_DATA_BLOB_HEADER *header = (void *)subject->blob;

    if (!prepare_key(subject)) return false;
    header->dwMagic = BCRYPT_KEY_DATA_BLOB_MAGIC;
    header->dwVersion = BCRYPT_KEY_DATA_BLOB_VERSION1;
    header->cbKeyData = subject->operation->key_bytes;
    memcpy(header + 1, subject->secret, subject->operation->key_bytes);
    subject->blob_bytes = sizeof(*header) + subject->operation->key_bytes;
    return true;
}

static bool prepare_hash(struct subject *subject)
{
    const struct operation *operation = subject->operation;

    if (!prepare_algorithm(subject)) return false;
    return ok(subject->cng->BCryptCreateHash(subject->algorithm, &subject->hash, NULL, 0,
                                             operation->key_bytes ? subject->secret : NULL,
                                             operation->key_bytes, BCRYPT_HASH_REUSABLE_FLAG));
}

/* Without parameters a DSA key pair would look for its own, which takes seconds. */
static bool set_dsa_group(struct subject *subject)
{
    BCRYPT_DSA_PARAMETER_HEADER_V2 *header = (void *)subject->blob;
    UCHAR *seed = (UCHAR *)(header + 1), *group = seed + sizeof(dsa_group.order);

    header->cbLength = (ULONG)(group + sizeof(dsa_group) - subject->blob);
    header->dwMagic = BCRYPT_DSA_PARAMETERS_MAGIC_V2;
    header->cbKeyLength = sizeof(dsa_group.prime);
    header->hashAlgorithm = DSA_HASH_ALGORITHM_SHA256;
    header->standardVersion = DSA_FIPS186_3;
    header->cbSeedLength = header->cbGroupSize = sizeof(dsa_group.order);
    memset(header->Count, 0xff, sizeof(header->Count));         /* nobody knows the seed */
    memset(seed, 0xff, sizeof(dsa_group.order));
    memcpy(group, &dsa_group, sizeof(dsa_group));
    return ok(subject->cng->BCryptSetProperty(subject->key, BCRYPT_DSA_PARAMETERS, subject->blob,
                                              header->cbLength, 0));
}

static bool prepare_pair(struct subject *subject)
{
    const struct cng *cng = subject->cng;

    if (!prepare_algorithm(subject)) return false;
    if (!ok(cng->BCryptGenerateKeyPair(subject->algorithm, &subject->key,
                                       subject->operation->key_bytes, 0)))
    {
        return false;
    }
    if (is_algorithm(subject, BCRYPT_DSA_ALGORITHM) && !set_dsa_group(subject)) return false;
    return ok(cng->BCryptFinalizeKeyPair(subject->key, 0));
}

/* ---- running ---- */

static bool run_refuse(struct subject *subject)
{
    return subject->cng->BCryptDestroyKey(subject->key) == (NTSTATUS)STATUS_INVALID_HANDLE;
}

static bool run_open(struct subject *subject)
{
    const struct cng *cng = subject->cng;
    BCRYPT_ALG_HANDLE algorithm;

    return ok(cng->BCryptOpenAlgorithmProvider(&algorithm, subject->operation->algorithm, NULL,
                                               0)) &&
           ok(cng->BCryptCloseAlgorithmProvider(algorithm, 0));
}

static bool run_generate(struct subject *subject)
{
    const struct cng *cng = subject->cng;
    BCRYPT_KEY_HANDLE key;

    return ok(cng->BCryptGenerateSymmetricKey(subject->algorithm, &key, NULL, 0, subject->secret,
                                              subject->operation->key_bytes, 0)) &&
           ok(cng->BCryptDestroyKey(key));
}

static bool run_duplicate(struct subject *subject)
{
    const struct cng *cng = subject->cng;
    BCRYPT_KEY_HANDLE key;

    return ok(cng->BCryptDuplicateKey(subject->key, &key, NULL, 0, 0)) &&
           ok(cng->BCryptDestroyKey(key));
}

static bool run_import(struct subject *subject)
{
    const struct cng *cng = subject->cng;
    BCRYPT_KEY_HANDLE key;

    return ok(cng->BCryptImportKey(subject->algorithm, NULL, BCRYPT_KEY_DATA_BLOB, &key, NULL, 0,
                                   subject->blob, subject->blob_bytes, 0)) &&
           ok(cng->BCryptDestroyKey(key));
}

static bool run_export(struct subject *subject)
{
    ULONG bytes;

    return ok(subject->cng->BCryptExportKey(subject->key, NULL, BCRYPT_KEY_DATA_BLOB, subject->blob,
                                            sizeof(subject->blob), &bytes, 0));
}

static bool run_get_property(struct subject *subject)
{
    ULONG value, bytes;

    return ok(subject->cng->BCryptGetProperty(subject->algorithm, BCRYPT_BLOCK_LENGTH,
                                              (PUCHAR)&value, sizeof(value), &bytes, 0));
}

static bool run_hash_once(struct subject *subject)
{
    const struct operation *operation = subject->operation;

    return ok(subject->cng->BCryptHash(subject->algorithm,
                                       operation->key_bytes ? subject->secret : NULL,
                                       operation->key_bytes, subject->buffer, operation->bytes,
                                       subject->digest, subject->signature_bytes));
}

static bool run_hash_steps(struct subject *subject)
{
    const struct operation *operation = subject->operation;
    const struct cng *cng = subject->cng;
    BCRYPT_HASH_HANDLE hash;

    return ok(cng->BCryptCreateHash(subject->algorithm, &hash, NULL, 0,
                                    operation->key_bytes ? subject->secret : NULL,
                                    operation->key_bytes, 0)) &&
           ok(cng->BCryptHashData(hash, subject->buffer, operation->bytes, 0)) &&
           ok(cng->BCryptFinishHash(hash, subject->digest, subject->signature_bytes, 0)) &&
           ok(cng->BCryptDestroyHash(hash));
}

static bool run_hash_reuse(struct subject *subject)
{
    const struct cng *cng = subject->cng;

    return ok(cng->BCryptHashData(subject->hash, subject->buffer, subject->operation->bytes, 0)) &&
           ok(cng->BCryptFinishHash(subject->hash, subject->digest, subject->signature_bytes, 0));
}

static bool run_random(struct subject *subject)
{
    return ok(subject->cng->BCryptGenRandom(NULL, subject->buffer, subject->operation->bytes,
                                            BCRYPT_USE_SYSTEM_PREFERRED_RNG));
}

/* ECB takes no vector, XTS one of 8 bytes; authenticated modes do not look at it. */
static ULONG iv_bytes(const struct operation *operation)
{
    if (operation->mode && (!wcscmp(operation->mode, BCRYPT_CHAIN_MODE_CBC) ||
                            !wcscmp(operation->mode, BCRYPT_CHAIN_MODE_CFB)))
    {
        return wcscmp(operation->algorithm, BCRYPT_AES_ALGORITHM) ? 8 : 16;
    }
    return operation->algorithm && !wcscmp(operation->algorithm, BCRYPT_XTS_AES_ALGORITHM) ? 8 : 0;
}

static bool run_encrypt(struct subject *subject)
{
    ULONG bytes, vector = subject->iv_bytes;

    return ok(subject->cng->BCryptEncrypt(subject->key, subject->buffer, subject->operation->bytes,
                                          &subject->info, vector ? subject->iv : NULL, vector,
                                          subject->buffer, BUFFER_BYTES, &bytes, 0));
}

static bool run_decrypt(struct subject *subject)
{
    ULONG bytes, vector = subject->iv_bytes;

    return ok(subject->cng->BCryptDecrypt(subject->key, subject->buffer, subject->operation->bytes,
                                          &subject->info, vector ? subject->iv : NULL, vector,
                                          subject->buffer, BUFFER_BYTES, &bytes, 0));
}

/* A new key for a short message: what a program does that keeps none. */
static bool run_new_key(struct subject *subject)
{
    const struct cng *cng = subject->cng;
    BCRYPT_KEY_HANDLE kept = subject->key;
    bool right;

    right = ok(cng->BCryptGenerateSymmetricKey(subject->algorithm, &subject->key, NULL, 0,
                                               subject->secret, subject->operation->key_bytes,
                                               0)) &&
            run_encrypt(subject);
    cng->BCryptDestroyKey(subject->key);
    subject->key = kept;
    return right;
}

static bool run_pbkdf2(struct subject *subject)
{
    return ok(subject->cng->BCryptDeriveKeyPBKDF2(subject->algorithm, subject->secret, 16,
                                                  subject->iv, 16, 10000, subject->digest, 32, 0));
}

/* ---- key pairs ---- */

static BCRYPT_PKCS1_PADDING_INFO pkcs1_sha256 = { BCRYPT_SHA256_ALGORITHM };
static BCRYPT_PSS_PADDING_INFO pss_sha256 = { BCRYPT_SHA256_ALGORITHM, 32 };
static BCRYPT_OAEP_PADDING_INFO oaep_sha256 = { BCRYPT_SHA256_ALGORITHM, NULL, 0 };

static bool is_rsa(const struct subject *subject)
{
    return is_algorithm(subject, BCRYPT_RSA_ALGORITHM);
}

/* How signatures are padded: RSA's rows name what is not PKCS #1. */
static ULONG padding(const struct subject *subject, void **info)
{
    *info = NULL;
    if (!is_rsa(subject)) return 0;
    *info = subject->operation->mode ? (void *)&pss_sha256 : (void *)&pkcs1_sha256;
    return subject->operation->mode ? BCRYPT_PAD_PSS : BCRYPT_PAD_PKCS1;
}

static bool run_sign(struct subject *subject)
{
    void *info;
    ULONG flags = padding(subject, &info);

    return ok(subject->cng->BCryptSignHash(subject->key, info, subject->secret, 32,
                                           subject->signature, sizeof(subject->signature),
                                           &subject->signature_bytes, flags));
}

static bool run_verify(struct subject *subject)
{
    void *info;
    ULONG flags = padding(subject, &info);

    return ok(subject->cng->BCryptVerifySignature(subject->key, info, subject->secret, 32,
                                                  subject->signature, subject->signature_bytes,
                                                  flags));
}

static bool run_oaep_encrypt(struct subject *subject)
{
    return ok(subject->cng->BCryptEncrypt(subject->key, subject->secret, 32, &oaep_sha256, NULL, 0,
                                          subject->signature, sizeof(subject->signature),
                                          &subject->signature_bytes, BCRYPT_PAD_OAEP));
}

static bool run_oaep_decrypt(struct subject *subject)
{
    ULONG bytes;

    return ok(subject->cng->BCryptDecrypt(subject->key, subject->signature,
                                          subject->signature_bytes, &oaep_sha256, NULL, 0,
                                          subject->buffer, BUFFER_BYTES, &bytes, BCRYPT_PAD_OAEP));
}

static bool prepare_oaep_decrypt(struct subject *subject)
{
    return prepare_pair(subject) && run_oaep_encrypt(subject);
}

static bool prepare_verify(struct subject *subject)
{
    return prepare_pair(subject) && run_sign(subject);
}

static bool run_key_pair(struct subject *subject)
{
    const struct cng *cng = subject->cng;
    BCRYPT_KEY_HANDLE key;

    if (!ok(cng->BCryptGenerateKeyPair(subject->algorithm, &key, subject->operation->key_bytes, 0)))
        return false;
    if (!ok(cng->BCryptFinalizeKeyPair(key, 0))) return false;
    return ok(cng->BCryptDestroyKey(key));
}

static bool agree(struct subject *subject, LPCWSTR derivation, ULONG room)
{
    const struct cng *cng = subject->cng;
    BCRYPT_SECRET_HANDLE secret;
    ULONG bytes;
    bool right;

    if (!ok(cng->BCryptSecretAgreement(subject->key, subject->key, &secret, 0))) return false;
    right = ok(cng->BCryptDeriveKey(secret, derivation, NULL, subject->signature, room, &bytes, 0));
    return ok(cng->BCryptDestroySecret(secret)) && right;
}

static bool run_agree(struct subject *subject)
{
    return agree(subject, BCRYPT_KDF_HASH, 20);
}

static bool run_agree_raw(struct subject *subject)
{
    return agree(subject, BCRYPT_KDF_RAW_SECRET, sizeof(subject->signature));
}

static bool prepare_import_public(struct subject *subject)
{
    return prepare_pair(subject) &&
           ok(subject->cng->BCryptExportKey(subject->key, NULL,
                                            is_rsa(subject) ? BCRYPT_RSAPUBLIC_BLOB :
                                                              BCRYPT_ECCPUBLIC_BLOB,
                                            subject->blob, sizeof(subject->blob),
                                            &subject->blob_bytes, 0));
}

static bool run_import_public(struct subject *subject)
{
    const struct cng *cng = subject->cng;
    BCRYPT_KEY_HANDLE key;

    return ok(cng->BCryptImportKeyPair(subject->algorithm, NULL,
                                       is_rsa(subject) ? BCRYPT_RSAPUBLIC_BLOB :
                                                         BCRYPT_ECCPUBLIC_BLOB,
                                       &key, subject->blob, subject->blob_bytes, 0)) &&
           ok(cng->BCryptDestroyKey(key));
}

/* ---- derivation: HMAC of SHA-256 throughout, a label of 5 bytes and a context of 64 ---- */

static UCHAR context[64];
static WCHAR derivation_hash[] = BCRYPT_SHA256_ALGORITHM;
static char derivation_label[] = "label";

static BCryptBuffer sp800108_buffers[] =
{
    { sizeof(derivation_hash), KDF_HASH_ALGORITHM, derivation_hash },
    { 5, KDF_LABEL, derivation_label },
    { sizeof(context), KDF_CONTEXT, context },
};
static BCryptBuffer tls_buffers[] =
{
    { sizeof(derivation_hash), KDF_HASH_ALGORITHM, derivation_hash },
    { 5, KDF_TLS_PRF_LABEL, derivation_label },
    { sizeof(context), KDF_TLS_PRF_SEED, context },
};
static BCryptBuffer hkdf_buffers[] = { { sizeof(context), KDF_HKDF_INFO, context } };

static BCryptBufferDesc sp800108_list = { BCRYPTBUFFER_VERSION, 3, sp800108_buffers };
static BCryptBufferDesc tls_list = { BCRYPTBUFFER_VERSION, 3, tls_buffers };
static BCryptBufferDesc hkdf_list = { BCRYPTBUFFER_VERSION, 1, hkdf_buffers };

static bool prepare_derivation(struct subject *subject)
{
    if (!subject->cng->BCryptKeyDerivation || !prepare_key(subject)) return false;
    subject->parameters = is_algorithm(subject, BCRYPT_TLS1_2_KDF_ALGORITHM) ? &tls_list :
                          is_algorithm(subject, BCRYPT_HKDF_ALGORITHM) ? &hkdf_list :
                                                                         &sp800108_list;
    return true;
}

static bool extract(struct subject *subject, BCRYPT_KEY_HANDLE key)
{
    return set_text(subject, key, BCRYPT_HKDF_HASH_ALGORITHM, derivation_hash) &&
           ok(subject->cng->BCryptSetProperty(key, BCRYPT_HKDF_SALT_AND_FINALIZE,
                                              (PUCHAR)derivation_label, 5, 0));
}

static bool prepare_hkdf(struct subject *subject)
{
    return prepare_derivation(subject) && extract(subject, subject->key);
}

static bool derive(struct subject *subject, BCRYPT_KEY_HANDLE key)
{
    ULONG bytes;

    return ok(subject->cng->BCryptKeyDerivation(key, subject->parameters, subject->digest,
                                                subject->operation->bytes, &bytes, 0));
}

static bool run_derive(struct subject *subject)
{
    return derive(subject, subject->key);
}

static bool run_hkdf_new_key(struct subject *subject)
{
    const struct cng *cng = subject->cng;
    BCRYPT_KEY_HANDLE key;
    bool right;

    if (!ok(cng->BCryptGenerateSymmetricKey(subject->algorithm, &key, NULL, 0, subject->secret,
                                            subject->operation->key_bytes, 0)))
    {
        return false;
    }
    right = extract(subject, key) && derive(subject, key);
    return ok(cng->BCryptDestroyKey(key)) && right;
}

static void finish(struct subject *subject)
{
    const struct cng *cng = subject->cng;

    if (subject->hash) cng->BCryptDestroyHash(subject->hash);
    if (subject->key) cng->BCryptDestroyKey(subject->key);
    if (subject->algorithm) cng->BCryptCloseAlgorithmProvider(subject->algorithm, 0);
}

#define AES   BCRYPT_AES_ALGORITHM
#define CBC   BCRYPT_CHAIN_MODE_CBC
#define ECB   BCRYPT_CHAIN_MODE_ECB
#define CFB   BCRYPT_CHAIN_MODE_CFB
#define GCM   BCRYPT_CHAIN_MODE_GCM
#define CCM   BCRYPT_CHAIN_MODE_CCM
#define HMAC  BCRYPT_ALG_HANDLE_HMAC_FLAG
#define KIB64 (64 * 1024)
#define HASH_ROW(name, id, bytes, run, quick) \
    { name, id, NULL, bytes, 0, 0, prepare_algorithm, run, finish, quick, false }
#define HMAC_ROW(name, id, bytes, run, quick) \
    { name, id, NULL, bytes, 32, HMAC, prepare_algorithm, run, finish, quick, false }
#define MAC_ROW(name, id) \
    { name, id, NULL, KIB64, 32, 0, prepare_algorithm, run_hash_once, finish, false, false }
#define CRYPT_ROW(name, id, mode, key, bytes, run, quick) \
    { name, id, mode, bytes, key, 0, prepare_key, run, finish, quick, false }
#define PAIR_ROW(name, id, bits, prepare, run) \
    { name, id, NULL, 0, bits, 0, prepare, run, finish, false, false }
#define CURVE_ROW(name, id, curve, prepare, run) \
    { name, id, curve, 0, 0, 0, prepare, run, finish, false, false }
#define PQ_ROW(name, id, set, prepare, run, quick) \
    { name, id, set, 0, 0, 0, pq_prepare_##prepare, pq_run_##run, finish, quick, false }
#define KEM_ROWS(name, id, set, quick) \
    PQ_ROW(name " key pair", id, set, algorithm, key, quick), \
    PQ_ROW(name " encapsulate", id, set, encapsulate, encapsulate, quick), \
    PQ_ROW(name " decapsulate", id, set, decapsulate, decapsulate, quick)
#define PQDSA_ROWS(name, id, set, quick) \
    PQ_ROW(name " key pair", id, set, algorithm, key, quick), \
    PQ_ROW(name " sign", id, set, key, sign, quick), \
    PQ_ROW(name " verify", id, set, verify, verify, quick)
#define KDF_ROW(name, id, bytes, prepare, run) \
    { name, id, NULL, bytes, 32, 0, prepare, run, finish, false, false }

const struct operation operations[] =
{
    { "refuse NULL", AES, NULL, 0, 0, 0, prepare_nothing, run_refuse, finish, true, false },
    { "refuse a stale handle", AES, NULL, 0, 0, 0, prepare_stale, run_refuse, finish, true, false },
    { "open+close AES", AES, NULL, 0, 0, 0, prepare_nothing, run_open, finish, true, false },
    { "open+close RSA", BCRYPT_RSA_ALGORITHM, NULL, 0, 0, 0, prepare_nothing, run_open, finish,
      false, false },
    CRYPT_ROW("generate+destroy AES-256 key", AES, CBC, 32, 0, run_generate, true),
    CRYPT_ROW("duplicate+destroy AES key", AES, CBC, 32, 0, run_duplicate, true),
    { "import+destroy AES key", AES, CBC, 0, 32, 0, prepare_import, run_import, finish, true,
      false },
    CRYPT_ROW("export AES key", AES, CBC, 32, 0, run_export, false),
    CRYPT_ROW("get property", AES, CBC, 32, 0, run_get_property, false),

    HASH_ROW("MD2 64K", BCRYPT_MD2_ALGORITHM, KIB64, run_hash_once, false),
    HASH_ROW("MD4 64K", BCRYPT_MD4_ALGORITHM, KIB64, run_hash_once, false),
    HASH_ROW("MD5 16", BCRYPT_MD5_ALGORITHM, 16, run_hash_once, false),
    HASH_ROW("MD5 64K", BCRYPT_MD5_ALGORITHM, KIB64, run_hash_once, false),
    HASH_ROW("SHA1 16", BCRYPT_SHA1_ALGORITHM, 16, run_hash_once, false),
    HASH_ROW("SHA1 64K", BCRYPT_SHA1_ALGORITHM, KIB64, run_hash_once, true),
    HASH_ROW("SHA256 16", BCRYPT_SHA256_ALGORITHM, 16, run_hash_once, true),
    HASH_ROW("SHA256 64", BCRYPT_SHA256_ALGORITHM, 64, run_hash_once, false),
    HASH_ROW("SHA256 1K", BCRYPT_SHA256_ALGORITHM, 1024, run_hash_once, false),
    HASH_ROW("SHA256 64K", BCRYPT_SHA256_ALGORITHM, KIB64, run_hash_once, true),
    HASH_ROW("SHA256 steps 16", BCRYPT_SHA256_ALGORITHM, 16, run_hash_steps, false),
    HASH_ROW("SHA384 64K", BCRYPT_SHA384_ALGORITHM, KIB64, run_hash_once, false),
    HASH_ROW("SHA512 16", BCRYPT_SHA512_ALGORITHM, 16, run_hash_once, false),
    HASH_ROW("SHA512 64K", BCRYPT_SHA512_ALGORITHM, KIB64, run_hash_once, true),
    HASH_ROW("SHA3-256 16", BCRYPT_SHA3_256_ALGORITHM, 16, run_hash_once, false),
    HASH_ROW("SHA3-256 64K", BCRYPT_SHA3_256_ALGORITHM, KIB64, run_hash_once, false),
    HASH_ROW("SHA3-512 64K", BCRYPT_SHA3_512_ALGORITHM, KIB64, run_hash_once, false),
    HASH_ROW("SHAKE128 64K", BCRYPT_SHAKE128_ALGORITHM, KIB64, run_hash_once, false),
    HASH_ROW("SHAKE256 64K", BCRYPT_SHAKE256_ALGORITHM, KIB64, run_hash_once, false),
    HMAC_ROW("HMAC-SHA256 16", BCRYPT_SHA256_ALGORITHM, 16, run_hash_once, true),
    HMAC_ROW("HMAC-SHA256 64", BCRYPT_SHA256_ALGORITHM, 64, run_hash_once, false),
    HMAC_ROW("HMAC-SHA256 64K", BCRYPT_SHA256_ALGORITHM, KIB64, run_hash_once, false),
    HMAC_ROW("HMAC-SHA256 steps 16", BCRYPT_SHA256_ALGORITHM, 16, run_hash_steps, false),
    { "HMAC-SHA256 reuse 16", BCRYPT_SHA256_ALGORITHM, NULL, 16, 32, HMAC, prepare_hash,
      run_hash_reuse, finish, false, false },
    HMAC_ROW("HMAC-SHA512 64K", BCRYPT_SHA512_ALGORITHM, KIB64, run_hash_once, false),
    MAC_ROW("AES-CMAC 64K", BCRYPT_AES_CMAC_ALGORITHM),
    MAC_ROW("KMAC128 64K", BCRYPT_KMAC128_ALGORITHM),
    MAC_ROW("KMAC256 64K", BCRYPT_KMAC256_ALGORITHM),

    { "random 16", NULL, NULL, 16, 0, 0, prepare_nothing, run_random, finish, false, false },
    { "random 32", NULL, NULL, 32, 0, 0, prepare_nothing, run_random, finish, true, false },
    { "random 4K", NULL, NULL, 4096, 0, 0, prepare_nothing, run_random, finish, false, false },
    { "random 64K", NULL, NULL, KIB64, 0, 0, prepare_nothing, run_random, finish, true, false },
    { "PBKDF2-SHA256 10000", BCRYPT_SHA256_ALGORITHM, NULL, 0, 0, HMAC, prepare_algorithm,
      run_pbkdf2, finish, false, false },

    CRYPT_ROW("AES-256-ECB encrypt 16", AES, ECB, 32, 16, run_encrypt, false),
    CRYPT_ROW("AES-256-ECB encrypt 64K", AES, ECB, 32, KIB64, run_encrypt, true),
    CRYPT_ROW("AES-256-ECB decrypt 64K", AES, ECB, 32, KIB64, run_decrypt, false),
    CRYPT_ROW("AES-256-CBC encrypt 16", AES, CBC, 32, 16, run_encrypt, true),
    CRYPT_ROW("AES-256-CBC encrypt 64", AES, CBC, 32, 64, run_encrypt, false),
    CRYPT_ROW("AES-256-CBC encrypt 64K", AES, CBC, 32, KIB64, run_encrypt, true),
    CRYPT_ROW("AES-256-CBC decrypt 16", AES, CBC, 32, 16, run_decrypt, false),
    CRYPT_ROW("AES-256-CBC decrypt 64", AES, CBC, 32, 64, run_decrypt, false),
    CRYPT_ROW("AES-256-CBC decrypt 64K", AES, CBC, 32, KIB64, run_decrypt, true),
    CRYPT_ROW("AES-256-CFB8 encrypt 64K", AES, CFB, 32, KIB64, run_encrypt, false),
    CRYPT_ROW("AES-256-CFB8 decrypt 64K", AES, CFB, 32, KIB64, run_decrypt, false),
    { "AES-256-CFB encrypt 64K", AES, CFB, KIB64, 32, 0, prepare_segments, run_encrypt, finish,
      false, false },
    { "AES-256-CFB decrypt 64K", AES, CFB, KIB64, 32, 0, prepare_segments, run_decrypt, finish,
      false, false },
    CRYPT_ROW("AES-128-GCM encrypt 64K", AES, GCM, 16, KIB64, run_encrypt, false),
    CRYPT_ROW("AES-256-GCM encrypt 16", AES, GCM, 32, 16, run_encrypt, false),
    CRYPT_ROW("AES-256-GCM encrypt 64", AES, GCM, 32, 64, run_encrypt, true),
    CRYPT_ROW("AES-256-GCM encrypt 1K", AES, GCM, 32, 1024, run_encrypt, false),
    CRYPT_ROW("AES-256-GCM encrypt 64K", AES, GCM, 32, KIB64, run_encrypt, true),
    CRYPT_ROW("AES-256-GCM new key, 64", AES, GCM, 32, 64, run_new_key, false),
    CRYPT_ROW("AES-256-CCM encrypt 64", AES, CCM, 32, 64, run_encrypt, false),
    CRYPT_ROW("AES-256-CCM encrypt 64K", AES, CCM, 32, KIB64, run_encrypt, false),
    CRYPT_ROW("AES-256-XTS encrypt 64K", BCRYPT_XTS_AES_ALGORITHM, NULL, 64, KIB64, run_encrypt,
              false),
    { "AES-256-XTS-512 encrypt 64K", BCRYPT_XTS_AES_ALGORITHM, NULL, KIB64, 64, 0, prepare_sectors,
      run_encrypt, finish, false, false },
    { "AES-256-XTS-512 decrypt 64K", BCRYPT_XTS_AES_ALGORITHM, NULL, KIB64, 64, 0, prepare_sectors,
      run_decrypt, finish, false, false },
    CRYPT_ROW("ChaCha20-Poly1305 encrypt 64", BCRYPT_CHACHA20_POLY1305_ALGORITHM, NULL, 32, 64,
              run_encrypt, false),
    CRYPT_ROW("ChaCha20-Poly1305 encrypt 64K", BCRYPT_CHACHA20_POLY1305_ALGORITHM, NULL, 32, KIB64,
              run_encrypt, false),
    CRYPT_ROW("3DES-CBC encrypt 64K", BCRYPT_3DES_ALGORITHM, CBC, 24, KIB64, run_encrypt, false),
    CRYPT_ROW("3DES-CBC decrypt 64K", BCRYPT_3DES_ALGORITHM, CBC, 24, KIB64, run_decrypt, false),
    CRYPT_ROW("3DES-ECB encrypt 64K", BCRYPT_3DES_ALGORITHM, ECB, 24, KIB64, run_encrypt, false),
    CRYPT_ROW("DES-CBC encrypt 64K", BCRYPT_DES_ALGORITHM, CBC, 8, KIB64, run_encrypt, false),
    CRYPT_ROW("DESX-CBC encrypt 64K", BCRYPT_DESX_ALGORITHM, CBC, 24, KIB64, run_encrypt, false),
    CRYPT_ROW("RC2-CBC encrypt 64K", BCRYPT_RC2_ALGORITHM, CBC, 16, KIB64, run_encrypt, false),
    CRYPT_ROW("RC2-CBC decrypt 64K", BCRYPT_RC2_ALGORITHM, CBC, 16, KIB64, run_decrypt, false),
    CRYPT_ROW("RC4 64K", BCRYPT_RC4_ALGORITHM, NULL, 16, KIB64, run_encrypt, false),

    PAIR_ROW("RSA-2048 sign", BCRYPT_RSA_ALGORITHM, 2048, prepare_pair, run_sign),
    PAIR_ROW("RSA-2048 verify", BCRYPT_RSA_ALGORITHM, 2048, prepare_verify, run_verify),
    PAIR_ROW("RSA-2048 import public+destroy", BCRYPT_RSA_ALGORITHM, 2048, prepare_import_public,
             run_import_public),
    PAIR_ROW("P-256 key pair", BCRYPT_ECDSA_P256_ALGORITHM, 256, prepare_algorithm, run_key_pair),
    PAIR_ROW("P-256 sign", BCRYPT_ECDSA_P256_ALGORITHM, 256, prepare_pair, run_sign),
    PAIR_ROW("P-256 verify", BCRYPT_ECDSA_P256_ALGORITHM, 256, prepare_verify, run_verify),
    PAIR_ROW("P-256 import public+destroy", BCRYPT_ECDSA_P256_ALGORITHM, 256,
             prepare_import_public, run_import_public),
    PAIR_ROW("P-256 agree+derive", BCRYPT_ECDH_P256_ALGORITHM, 256, prepare_pair, run_agree),
    CURVE_ROW("curve25519 import public+destroy", BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_25519,
              prepare_import_public, run_import_public),
    PAIR_ROW("P-384 sign", BCRYPT_ECDSA_P384_ALGORITHM, 384, prepare_pair, run_sign),
    PAIR_ROW("P-384 verify", BCRYPT_ECDSA_P384_ALGORITHM, 384, prepare_verify, run_verify),

    PAIR_ROW("P-384 key pair", BCRYPT_ECDSA_P384_ALGORITHM, 384, prepare_algorithm, run_key_pair),
    PAIR_ROW("P-384 agree", BCRYPT_ECDH_P384_ALGORITHM, 384, prepare_pair, run_agree_raw),
    PAIR_ROW("P-521 key pair", BCRYPT_ECDSA_P521_ALGORITHM, 521, prepare_algorithm, run_key_pair),
    PAIR_ROW("P-521 agree", BCRYPT_ECDH_P521_ALGORITHM, 521, prepare_pair, run_agree_raw),
    PAIR_ROW("P-521 sign", BCRYPT_ECDSA_P521_ALGORITHM, 521, prepare_pair, run_sign),
    PAIR_ROW("P-521 verify", BCRYPT_ECDSA_P521_ALGORITHM, 521, prepare_verify, run_verify),
    CURVE_ROW("brainpoolP256r1 sign", BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_BRAINPOOLP256R1,
              prepare_pair, run_sign),
    CURVE_ROW("brainpoolP256r1 verify", BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_BRAINPOOLP256R1,
              prepare_verify, run_verify),
    CURVE_ROW("X25519 key pair", BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_25519, prepare_algorithm,
              run_key_pair),
    CURVE_ROW("X25519 agree", BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_25519, prepare_pair,
              run_agree_raw),
    PAIR_ROW("DH-2048 agree", BCRYPT_DH_ALGORITHM, 2048, prepare_pair, run_agree_raw),
    PAIR_ROW("DSA-2048 sign", BCRYPT_DSA_ALGORITHM, 2048, prepare_pair, run_sign),
    PAIR_ROW("DSA-2048 verify", BCRYPT_DSA_ALGORITHM, 2048, prepare_verify, run_verify),
    { "RSA-2048 PSS sign", BCRYPT_RSA_ALGORITHM, L"PSS", 0, 2048, 0, prepare_pair, run_sign, finish,
      false, false },
    { "RSA-2048 PSS verify", BCRYPT_RSA_ALGORITHM, L"PSS", 0, 2048, 0, prepare_verify, run_verify,
      finish, false, false },
    PAIR_ROW("RSA-2048 OAEP encrypt", BCRYPT_RSA_ALGORITHM, 2048, prepare_pair, run_oaep_encrypt),
    PAIR_ROW("RSA-2048 OAEP decrypt", BCRYPT_RSA_ALGORITHM, 2048, prepare_oaep_decrypt,
             run_oaep_decrypt),
    PAIR_ROW("RSA-4096 sign", BCRYPT_RSA_ALGORITHM, 4096, prepare_pair, run_sign),
    { "RSA-2048 key pair", BCRYPT_RSA_ALGORITHM, NULL, 0, 2048, 0, prepare_algorithm, run_key_pair,
      finish, false, true },

    KEM_ROWS("ML-KEM-768", BCRYPT_MLKEM_ALGORITHM, BCRYPT_MLKEM_PARAMETER_SET_768, true),
    PQDSA_ROWS("ML-DSA-65", BCRYPT_MLDSA_ALGORITHM, BCRYPT_MLDSA_PARAMETER_SET_65, true),
    PQDSA_ROWS("SLH-DSA-SHA2-128f", BCRYPT_SLHDSA_ALGORITHM, BCRYPT_SLHDSA_PARAMETER_SET_SHA2_128F,
               false),
    PQDSA_ROWS("SLH-DSA-SHA2-128s", BCRYPT_SLHDSA_ALGORITHM, BCRYPT_SLHDSA_PARAMETER_SET_SHA2_128S,
               false),
    KEM_ROWS("composite 768-P256", BCRYPT_COMPOSITE_MLKEM_ALGORITHM,
             BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_P256, false),
    KEM_ROWS("composite 768-X25519", BCRYPT_COMPOSITE_MLKEM_ALGORITHM,
             BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_X25519, false),
    KEM_ROWS("composite 1024-P384", BCRYPT_COMPOSITE_MLKEM_ALGORITHM,
             BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_1024_P384, false),
    PQDSA_ROWS("composite 44-P256", BCRYPT_COMPOSITE_MLDSA_ALGORITHM,
               BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_44_ECDSA_P256_SHA256, false),
    PQDSA_ROWS("composite 65-P384", BCRYPT_COMPOSITE_MLDSA_ALGORITHM,
               BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_65_ECDSA_P384_SHA512, false),

    KDF_ROW("HKDF-SHA256 expand 32", BCRYPT_HKDF_ALGORITHM, 32, prepare_hkdf, run_derive),
    KDF_ROW("HKDF-SHA256 new key, 32", BCRYPT_HKDF_ALGORITHM, 32, prepare_derivation,
            run_hkdf_new_key),
    KDF_ROW("SP800-108-SHA256 32", BCRYPT_SP800108_CTR_HMAC_ALGORITHM, 32, prepare_derivation,
            run_derive),
    KDF_ROW("TLS1.2-PRF-SHA256 48", BCRYPT_TLS1_2_KDF_ALGORITHM, 48, prepare_derivation,
            run_derive),
};
const size_t operation_count = sizeof(operations) / sizeof(operations[0]);

bool subject_prepare(struct subject *subject, const struct operation *operation,
                     const struct cng *cng)
{
    ULONG bytes;
    size_t i;

    memset(subject, 0, sizeof(*subject));
    subject->cng = cng;
    subject->operation = operation;
    subject->iv_bytes = iv_bytes(operation);
    for (i = 0; i < sizeof(subject->secret); i++) subject->secret[i] = (UCHAR)(i * 7 + 1);
    if (!(subject->buffer = calloc(1, BUFFER_BYTES))) return false;
    if (!operation->prepare(subject)) return false;
    if (subject->algorithm && !subject->signature_bytes)
    {
        cng->BCryptGetProperty(subject->algorithm, BCRYPT_HASH_LENGTH,
                               (PUCHAR)&subject->signature_bytes, sizeof(subject->signature_bytes),
                               &bytes, 0);
    }
    /* What is decrypted is not authentic: authenticated modes are timed on encrypting. */
    return operation->run(subject);
}

void subject_finish(struct subject *subject)
{
    if (subject->cng) subject->operation->finish(subject);
    free(subject->buffer);
}

static double now(void)
{
    static double nanoseconds;
    LARGE_INTEGER count;

    if (!nanoseconds)
    {
        QueryPerformanceFrequency(&count);
        nanoseconds = 1e9 / (double)count.QuadPart;
    }
    QueryPerformanceCounter(&count);
    return (double)count.QuadPart * nanoseconds;
}

double subject_time(struct subject *subject, double milliseconds)
{
    bool (*run)(struct subject *) = subject->operation->run;
    double begin, taken = 0, best = 0, total = 0;
    unsigned int calls = 1, sample, i;

    for (;;)
    {
        begin = now();
        for (i = 0; i < calls; i++) run(subject);
        taken = now() - begin;
        if (taken > milliseconds * 1e5 || calls > 1u << 28) break;
        calls *= 4;
    }
    calls = (unsigned int)(calls * (milliseconds * 1e6 / taken)) + 1;
    for (sample = 0; sample < 3; sample++)
    {
        begin = now();
        for (i = 0; i < calls; i++) run(subject);
        taken = (now() - begin) / calls;
        if (!sample || taken < best) best = taken;
        total += taken;
    }
    return subject->operation->varies ? total / sample : best;
}
