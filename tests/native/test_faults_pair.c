/*
 * test_faults_pair.c - everything that can fail fails in turn: key pairs, signatures, secrets.
 *
 * SPDX-License-Identifier: MIT
 */

#include "fault.h"

#include "platform/names.h"

static UCHAR digest[32] = { 0x5a, 1, 2, 3 };

static const BCRYPT_PKCS1_PADDING_INFO pkcs1 = { BCRYPT_SHA256_ALGORITHM };
static const BCRYPT_PSS_PADDING_INFO pss = { BCRYPT_SHA256_ALGORITHM, 20 };
static BCRYPT_OAEP_PADDING_INFO oaep = { BCRYPT_SHA1_ALGORITHM, NULL, 0 };

#define PAIR(algorithm, curve, bits, kind, ...) \
    { .id = algorithm, .name = curve, .size = bits, .private_type = BCRYPT_##kind##_PRIVATE_BLOB, \
      .public_type = BCRYPT_##kind##_PUBLIC_BLOB, __VA_ARGS__ }
#define BCRYPT_ECC_PRIVATE_BLOB BCRYPT_ECCPRIVATE_BLOB
#define BCRYPT_ECC_PUBLIC_BLOB BCRYPT_ECCPUBLIC_BLOB
#define BCRYPT_RSA_PRIVATE_BLOB BCRYPT_RSAFULLPRIVATE_BLOB
#define BCRYPT_RSA_PUBLIC_BLOB BCRYPT_RSAPUBLIC_BLOB
#define BCRYPT_ECCFULL_PRIVATE_BLOB BCRYPT_ECCFULLPRIVATE_BLOB
#define BCRYPT_ECCFULL_PUBLIC_BLOB BCRYPT_ECCFULLPUBLIC_BLOB

/* Those that sign first, then those that agree, then those that encapsulate. */
static const struct subject pairs[] =
{
    PAIR(BCRYPT_RSA_ALGORITHM, NULL, 512, RSA, .padding = &pkcs1,
         .padding_flags = BCRYPT_PAD_PKCS1),
    PAIR(BCRYPT_RSA_ALGORITHM, NULL, 512, RSA, .padding = &pss, .padding_flags = BCRYPT_PAD_PSS),
    PAIR(BCRYPT_DSA_ALGORITHM, NULL, 512, DSA),
    PAIR(BCRYPT_ECDSA_P256_ALGORITHM, NULL, 256, ECC),
    PAIR(BCRYPT_ECDSA_P384_ALGORITHM, NULL, 384, ECC),
    PAIR(BCRYPT_ECDSA_P521_ALGORITHM, NULL, 521, ECC),
    PAIR(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_SECP256K1, 256, ECCFULL),
    PAIR(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_BRAINPOOLP256R1, 256, ECC),
    PAIR(BCRYPT_ECDSA_ALGORITHM, BCRYPT_ECC_CURVE_NUMSP256T1, 256, ECC),
    PAIR(BCRYPT_MLDSA_ALGORITHM, BCRYPT_MLDSA_PARAMETER_SET_44, 0, PQDSA),
    PAIR(BCRYPT_SLHDSA_ALGORITHM, BCRYPT_SLHDSA_PARAMETER_SET_SHA2_128F, 0, PQDSA),
    PAIR(BCRYPT_COMPOSITE_MLDSA_ALGORITHM,
         BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_44_ECDSA_P256_SHA256, 0, PQDSA),
    PAIR(BCRYPT_COMPOSITE_MLDSA_ALGORITHM,
         BCRYPT_COMPOSITE_MLDSA_PARAMETER_SET_87_ECDSA_P384_SHA512, 0, PQDSA),
#define SIGNING 13
    PAIR(BCRYPT_DH_ALGORITHM, NULL, 512, DH),
    PAIR(BCRYPT_ECDH_P256_ALGORITHM, NULL, 256, ECC),
    PAIR(BCRYPT_ECDH_P384_ALGORITHM, NULL, 384, ECC),
    PAIR(BCRYPT_ECDH_P521_ALGORITHM, NULL, 521, ECC),
    PAIR(BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_25519, 255, ECC),
    PAIR(BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_NISTP224, 224, ECC),
    PAIR(BCRYPT_ECDH_ALGORITHM, BCRYPT_ECC_CURVE_NUMSP384T1, 384, ECC),
#define AGREEING 20
    PAIR(BCRYPT_MLKEM_ALGORITHM, BCRYPT_MLKEM_PARAMETER_SET_512, 0, MLKEM),
    PAIR(BCRYPT_COMPOSITE_MLKEM_ALGORITHM, BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_768_X25519, 0,
         COMPOSITE_MLKEM),
    PAIR(BCRYPT_COMPOSITE_MLKEM_ALGORITHM, BCRYPT_COMPOSITE_MLKEM_PARAMETER_SET_1024_P384, 0,
         COMPOSITE_MLKEM),
};

/* Their private keys, found once. */
static struct { UCHAR bytes[8192]; ULONG count; } blobs[ARRAY_SIZE(pairs)];

static LPCWSTR name_property(const struct scene *scene)
{
    return scene->subject->size ? BCRYPT_ECC_CURVE_NAME : BCRYPT_PARAMETER_SET_NAME;
}

static NTSTATUS set_name(struct scene *scene)
{
    LPCWSTR name = scene->subject->name;

    if (!name) return STATUS_SUCCESS;
    return BCryptSetProperty(scene->subject->size ? scene->algorithm : scene->key,
                             name_property(scene), (PUCHAR)(uintptr_t)name,
                             fault_name_bytes(name), 0);
}

static void open_pair(struct scene *scene)
{
    fault_must(BCryptOpenAlgorithmProvider(&scene->algorithm, scene->subject->id, NULL, 0));
    if (scene->subject->size) fault_must(set_name(scene));
}

static NTSTATUS call_generate(struct scene *scene)
{
    return BCryptGenerateKeyPair(scene->algorithm, &scene->made, scene->subject->size, 0);
}

static void begin_pair(struct scene *scene)
{
    open_pair(scene);
    fault_must(BCryptGenerateKeyPair(scene->algorithm, &scene->key, scene->subject->size, 0));
    if (!scene->subject->size) fault_must(set_name(scene));
}

static void open_without_name(struct scene *scene)
{
    fault_must(BCryptOpenAlgorithmProvider(&scene->algorithm, scene->subject->id, NULL, 0));
    if (!scene->subject->size)
        fault_must(BCryptGenerateKeyPair(scene->algorithm, &scene->key, 0, 0));
}

static NTSTATUS call_finalize(struct scene *scene)
{
    return BCryptFinalizeKeyPair(scene->key, 0);
}

static NTSTATUS import_to(struct scene *scene, BCRYPT_KEY_HANDLE *key)
{
    size_t number = (size_t)(scene->subject - pairs);

    if (!blobs[number].count)
    {
        struct scene maker = { .subject = scene->subject };

        begin_pair(&maker);
        fault_must(BCryptFinalizeKeyPair(maker.key, 0));
        fault_must(BCryptExportKey(maker.key, NULL, scene->subject->private_type,
                                   blobs[number].bytes, sizeof(blobs[number].bytes),
                                   &blobs[number].count, 0));
        fault_must(BCryptDestroyKey(maker.key));
        fault_must(BCryptCloseAlgorithmProvider(maker.algorithm, 0));
    }
    return BCryptImportKeyPair(scene->algorithm, NULL, scene->subject->private_type, key,
                               blobs[number].bytes, blobs[number].count, 0);
}

static void have_pair(struct scene *scene)
{
    open_pair(scene);
    fault_must(import_to(scene, &scene->key));
}

static NTSTATUS call_import(struct scene *scene)
{
    return import_to(scene, &scene->made);
}

static NTSTATUS call_export_private(struct scene *scene)
{
    return BCryptExportKey(scene->key, NULL, scene->subject->private_type, scene->output,
                           sizeof(scene->output), &scene->result, 0);
}

static NTSTATUS call_export_public(struct scene *scene)
{
    return BCryptExportKey(scene->key, NULL, scene->subject->public_type, scene->output,
                           sizeof(scene->output), &scene->result, 0);
}

static void have_public_blob(struct scene *scene)
{
    have_pair(scene);
    fault_must(BCryptExportKey(scene->key, NULL, scene->subject->public_type, scene->input,
                               sizeof(scene->input), &scene->input_bytes, 0));
}

static NTSTATUS call_import_public(struct scene *scene)
{
    return BCryptImportKeyPair(scene->algorithm, NULL, scene->subject->public_type, &scene->made,
                               scene->input, scene->input_bytes, 0);
}

static NTSTATUS call_get_name(struct scene *scene)
{
    return BCryptGetProperty(scene->key, BCRYPT_ALGORITHM_NAME, scene->output, 64, &scene->result,
                             0);
}

static NTSTATUS call_destroy(struct scene *scene)
{
    BCRYPT_KEY_HANDLE key = scene->key;

    scene->key = NULL;
    return BCryptDestroyKey(key);
}

static const struct call pair_calls[] =
{
    { "BCryptGenerateKeyPair",         open_pair,         call_generate,       A_KEY, 0 },
    { "BCryptSetProperty",             open_without_name, set_name,            NOTHING, 0 },
    { "BCryptImportKeyPair (private)", open_pair,         call_import,         A_KEY, 0 },
    { "BCryptImportKeyPair (public)",  have_public_blob,  call_import_public,  A_KEY, 0 },
    { "BCryptExportKey (private)",     have_pair,         call_export_private, NOTHING, 0 },
    { "BCryptExportKey (public)",      have_pair,         call_export_public,  NOTHING, 0 },
    { "BCryptGetProperty",             have_pair,         call_get_name,       NOTHING, 0 },
    { "BCryptDestroyKey",              have_pair,         call_destroy,        NOTHING,
      NEVER_FAILS },
};

static const struct call finalize_calls[] =
{
    { "BCryptFinalizeKeyPair", begin_pair, call_finalize, NOTHING, RANDOM_OUTPUT },
};

/* ---- primes and domain parameters, which are searched for ---- */

static const struct call search_calls[] =
{
    { "BCryptFinalizeKeyPair", begin_pair, call_finalize, NOTHING, RANDOM_OUTPUT | SEARCHES },
};

static LPCWSTR parameters_of(const struct scene *scene)
{
    return names_equal(scene->subject->id, BCRYPT_DSA_ALGORITHM) ? BCRYPT_DSA_PARAMETERS
                                                                 : BCRYPT_DH_PARAMETERS;
}

/* A key that is begun; the parameters of another are the input. */
static void have_parameters(struct scene *scene)
{
    have_pair(scene);
    fault_must(BCryptGetProperty(scene->key, parameters_of(scene), scene->input,
                                 sizeof(scene->input), &scene->input_bytes, 0));
    fault_must(BCryptDestroyKey(scene->key));
    fault_must(BCryptGenerateKeyPair(scene->algorithm, &scene->key, scene->subject->size, 0));
}

static NTSTATUS call_get_parameters(struct scene *scene)
{
    return BCryptGetProperty(scene->key, parameters_of(scene), scene->output,
                             sizeof(scene->output), &scene->result, 0);
}

static NTSTATUS call_set_parameters(struct scene *scene)
{
    return BCryptSetProperty(scene->key, parameters_of(scene), scene->input, scene->input_bytes, 0);
}

static void begin_with_parameters(struct scene *scene)
{
    have_parameters(scene);
    fault_must(call_set_parameters(scene));
}

static const struct call parameter_calls[] =
{
    { "BCryptGetProperty (parameters)", have_pair, call_get_parameters, NOTHING, 0 },
    { "BCryptSetProperty (parameters)", have_parameters, call_set_parameters, NOTHING, 0 },
    { "BCryptFinalizeKeyPair (parameters)", begin_with_parameters, call_finalize, NOTHING,
      RANDOM_OUTPUT },
};

/* ---- what they are for ---- */

static NTSTATUS sign(struct scene *scene, UCHAR *signature, ULONG *bytes)
{
    ULONG digest_bytes = names_equal(scene->subject->id, BCRYPT_DSA_ALGORITHM) ? 20 : 32;

    return BCryptSignHash(scene->key, (PVOID)(uintptr_t)scene->subject->padding, digest,
                          digest_bytes, signature, FAULT_OUTPUT_BYTES, bytes,
                          scene->subject->padding_flags);
}

static NTSTATUS call_sign(struct scene *scene)
{
    return sign(scene, scene->output, &scene->result);
}

static void have_signature(struct scene *scene)
{
    have_pair(scene);
    fault_must(sign(scene, scene->input, &scene->input_bytes));
}

static NTSTATUS call_verify(struct scene *scene)
{
    ULONG digest_bytes = names_equal(scene->subject->id, BCRYPT_DSA_ALGORITHM) ? 20 : 32;

    return BCryptVerifySignature(scene->key, (PVOID)(uintptr_t)scene->subject->padding, digest,
                                 digest_bytes, scene->input, scene->input_bytes,
                                 scene->subject->padding_flags);
}

static NTSTATUS encrypt(struct scene *scene, UCHAR *to, ULONG *bytes)
{
    bool is_oaep = scene->subject->padding_flags == BCRYPT_PAD_PSS;

    return BCryptEncrypt(scene->key, digest, 16, is_oaep ? &oaep : NULL, NULL, 0, to, 64, bytes,
                         is_oaep ? BCRYPT_PAD_OAEP : BCRYPT_PAD_PKCS1);
}

static NTSTATUS call_encrypt(struct scene *scene)
{
    return encrypt(scene, scene->output, &scene->result);
}

static void have_encrypted(struct scene *scene)
{
    have_pair(scene);
    fault_must(encrypt(scene, scene->input, &scene->input_bytes));
}

static NTSTATUS call_decrypt(struct scene *scene)
{
    bool is_oaep = scene->subject->padding_flags == BCRYPT_PAD_PSS;

    return BCryptDecrypt(scene->key, scene->input, scene->input_bytes, is_oaep ? &oaep : NULL, NULL,
                         0, scene->output, 64, &scene->result,
                         is_oaep ? BCRYPT_PAD_OAEP : BCRYPT_PAD_PKCS1);
}

static const struct call signing_calls[] =
{
    { "BCryptSignHash",        have_pair,      call_sign,   NOTHING, RANDOM_OUTPUT },
    { "BCryptVerifySignature", have_signature, call_verify, NOTHING, 0 },
};

static const struct call crypting_calls[] =
{
    { "BCryptEncrypt", have_pair,      call_encrypt, NOTHING, RANDOM_OUTPUT },
    { "BCryptDecrypt", have_encrypted, call_decrypt, NOTHING, 0 },
};

static NTSTATUS call_agree(struct scene *scene)
{
    return BCryptSecretAgreement(scene->key, scene->key, &scene->made, 0);
}

static void have_secret(struct scene *scene)
{
    have_pair(scene);
    fault_must(BCryptSecretAgreement(scene->key, scene->key, &scene->secret, 0));
}

static NTSTATUS call_set_hash(struct scene *scene)
{
    return BCryptSetProperty(scene->secret, BCRYPT_HKDF_HASH_ALGORITHM,
                             (PUCHAR)(uintptr_t)BCRYPT_SHA256_ALGORITHM,
                             sizeof(BCRYPT_SHA256_ALGORITHM), 0);
}

static void have_hkdf_hash(struct scene *scene)
{
    have_secret(scene);
    fault_must(call_set_hash(scene));
}

static NTSTATUS call_set_salt(struct scene *scene)
{
    return BCryptSetProperty(scene->secret, BCRYPT_HKDF_SALT_AND_FINALIZE, scene->input, 8, 0);
}

static void have_hkdf(struct scene *scene)
{
    have_hkdf_hash(scene);
    fault_must(call_set_salt(scene));
}

static NTSTATUS derive(struct scene *scene, LPCWSTR kdf, ULONG kinds)
{
    static const ULONG tls12 = 0x303;
    BCryptBuffer buffers[8];
    BCryptBufferDesc list = { BCRYPTBUFFER_VERSION, 0, buffers };
    ULONG kind;

    for (kind = 0; kind < 32; kind++)
    {
        BCryptBuffer *buffer = &buffers[list.cBuffers];

        if (!(kinds >> kind & 1)) continue;
        buffer->BufferType = kind;
        buffer->cbBuffer = kind == KDF_TLS_PRF_SEED ? 64 : 8;
        buffer->pvBuffer = scene->input;
        if (kind == KDF_TLS_PRF_PROTOCOL)
        {
            buffer->cbBuffer = sizeof(tls12);
            buffer->pvBuffer = (PVOID)(uintptr_t)&tls12;
        }
        if (kind == KDF_HASH_ALGORITHM)
        {
            buffer->cbBuffer = sizeof(BCRYPT_SHA256_ALGORITHM);
            buffer->pvBuffer = (PVOID)(uintptr_t)BCRYPT_SHA256_ALGORITHM;
        }
        list.cBuffers++;
    }
    return BCryptDeriveKey(scene->secret, kdf, &list, scene->output, 24, &scene->result, 0);
}

#define DERIVE(name, kdf, kinds) \
    static NTSTATUS call_derive_##name(struct scene *scene) { return derive(scene, kdf, kinds); }
DERIVE(raw, BCRYPT_KDF_RAW_SECRET, 0)
DERIVE(hash, BCRYPT_KDF_HASH, 1 << KDF_HASH_ALGORITHM | 1 << KDF_SECRET_PREPEND)
DERIVE(hmac, BCRYPT_KDF_HMAC, 1 << KDF_HASH_ALGORITHM | 1 << KDF_HMAC_KEY)
DERIVE(tls, BCRYPT_KDF_TLS_PRF, 1 << KDF_TLS_PRF_LABEL | 1 << KDF_TLS_PRF_SEED)
DERIVE(tls12, BCRYPT_KDF_TLS_PRF,
       1 << KDF_HASH_ALGORITHM | 1 << KDF_TLS_PRF_LABEL | 1 << KDF_TLS_PRF_SEED |
       1 << KDF_TLS_PRF_PROTOCOL)
DERIVE(hkdf, BCRYPT_KDF_HKDF, 1 << KDF_HKDF_INFO)
DERIVE(concat, BCRYPT_KDF_SP80056A_CONCAT,
       1 << KDF_ALGORITHMID | 1 << KDF_PARTYUINFO | 1 << KDF_PARTYVINFO)

static NTSTATUS call_destroy_secret(struct scene *scene)
{
    BCRYPT_SECRET_HANDLE secret = scene->secret;

    scene->secret = NULL;
    return BCryptDestroySecret(secret);
}

static const struct call agreeing_calls[] =
{
    { "BCryptSecretAgreement",    have_pair,   call_agree,         A_SECRET, 0 },
    { "BCryptDeriveKey (raw)",    have_secret, call_derive_raw,    NOTHING, 0 },
    { "BCryptDeriveKey (hash)",   have_secret, call_derive_hash,   NOTHING, 0 },
    { "BCryptDeriveKey (HMAC)",   have_secret, call_derive_hmac,   NOTHING, 0 },
    { "BCryptDeriveKey (TLS)",    have_secret, call_derive_tls,    NOTHING, 0 },
    { "BCryptDeriveKey (TLS 1.2)", have_secret, call_derive_tls12, NOTHING, 0 },
    { "BCryptSetProperty (hash)", have_secret, call_set_hash,      NOTHING, 0 },
    { "BCryptSetProperty (salt)", have_hkdf_hash, call_set_salt,   NOTHING, 0 },
    { "BCryptDeriveKey (HKDF)",   have_hkdf,   call_derive_hkdf,   NOTHING, 0 },
    { "BCryptDeriveKey (concat)", have_secret, call_derive_concat, NOTHING, 0 },
    { "BCryptDestroySecret",      have_secret, call_destroy_secret, NOTHING, NEVER_FAILS },
};

static NTSTATUS encapsulate(struct scene *scene, UCHAR *cipher, ULONG *bytes, UCHAR *key)
{
    ULONG key_bytes;

    return BCryptEncapsulate(scene->key, key, 32, &key_bytes, cipher, 2000, bytes, 0);
}

static NTSTATUS call_encapsulate(struct scene *scene)
{
    return encapsulate(scene, scene->output, &scene->result, scene->output + 2000);
}

static void have_encapsulated(struct scene *scene)
{
    UCHAR key[32];

    have_pair(scene);
    fault_must(encapsulate(scene, scene->input, &scene->input_bytes, key));
    memcpy(scene->input + 4000, key, sizeof(key));
}

static NTSTATUS call_decapsulate(struct scene *scene)
{
    NTSTATUS status = BCryptDecapsulate(scene->key, scene->input, scene->input_bytes, scene->output,
                                        32, &scene->result, 0);

    if (!status) ck_assert_mem_eq(scene->output, scene->input + 4000, 32);
    /* Another secret each time: only that it is right is compared. */
    if (!status) memset(scene->output, 0, 32);
    return status;
}

static const struct call encapsulating_calls[] =
{
    { "BCryptEncapsulate", have_pair,         call_encapsulate, NOTHING, RANDOM_OUTPUT },
    { "BCryptDecapsulate", have_encapsulated, call_decapsulate, NOTHING, 0 },
};

#define TRY(subject, calls) try_all(subject, calls, ARRAY_SIZE(calls))

static void try_all(const struct subject *subject, const struct call *calls, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) try_call(subject, &calls[i]);
}

START_TEST(key_pairs_survive)
{
    const struct subject *pair = &pairs[_i];
    LPCWSTR kind = pair->private_type;

    TRY(pair, pair_calls);
    if (names_equal(kind, BCRYPT_DSA_PRIVATE_BLOB) || names_equal(kind, BCRYPT_DH_PRIVATE_BLOB))
    {
        TRY(pair, parameter_calls);
        TRY(pair, search_calls);
    }
    else if (names_equal(kind, BCRYPT_RSAFULLPRIVATE_BLOB)) TRY(pair, search_calls);
    else TRY(pair, finalize_calls);
    if (_i < SIGNING) TRY(pair, signing_calls);
    else if (_i < AGREEING) TRY(pair, agreeing_calls);
    else TRY(pair, encapsulating_calls);
    if (names_equal(kind, BCRYPT_RSAFULLPRIVATE_BLOB)) TRY(pair, crypting_calls);
}
END_TEST

void add_pair_tests(TCase *tests)
{
    tcase_add_loop_test(tests, key_pairs_survive, 0, ARRAY_SIZE(pairs));
}
