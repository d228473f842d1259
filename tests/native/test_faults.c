/*
 * test_faults.c - everything that can fail fails in turn, in every export: ciphers, hashes, key
 * derivation, random numbers, properties, lists. fault.h says how.
 *
 * SPDX-License-Identifier: MIT
 */

#include "fault.h"

#include <stdio.h>

#include "native.h"
#include "platform/names.h"
#include "router/algorithm.h"
#include "router/providers.h"
#include "suite.h"

#define TEXT_BYTES 64

static const UCHAR secret[64] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18 };
#define SECRET ((PUCHAR)(uintptr_t)secret)
#define WIDE(name) ((PUCHAR)(uintptr_t)(name)), fault_name_bytes(name)

/* ---- algorithms ---- */

static void open_it(struct scene *scene)
{
    fault_must(BCryptOpenAlgorithmProvider(&scene->algorithm, scene->subject->id, NULL,
                                           scene->subject->flags));
}

static NTSTATUS call_open(struct scene *scene)
{
    return BCryptOpenAlgorithmProvider(&scene->made, scene->subject->id, NULL,
                                       scene->subject->flags);
}

static NTSTATUS call_close(struct scene *scene)
{
    BCRYPT_ALG_HANDLE algorithm = scene->algorithm;

    scene->algorithm = NULL;
    return BCryptCloseAlgorithmProvider(algorithm, 0);
}

static NTSTATUS call_get_property(struct scene *scene)
{
    return BCryptGetProperty(scene->algorithm, BCRYPT_ALGORITHM_NAME, scene->output, 64,
                             &scene->result, 0);
}

static const struct call algorithm_calls[] =
{
    { "BCryptOpenAlgorithmProvider",  NULL,    call_open,         AN_ALGORITHM, 0 },
    { "BCryptCloseAlgorithmProvider", open_it, call_close,        NOTHING, NEVER_FAILS },
    { "BCryptGetProperty",            open_it, call_get_property, NOTHING, 0 },
};

static const struct subject algorithms[] =
{
    { .id = BCRYPT_AES_ALGORITHM }, { .id = BCRYPT_SHA256_ALGORITHM },
    { .id = BCRYPT_SHA512_ALGORITHM, .flags = BCRYPT_ALG_HANDLE_HMAC_FLAG },
    { .id = BCRYPT_RNG_ALGORITHM }, { .id = BCRYPT_PBKDF2_ALGORITHM },
    { .id = BCRYPT_RSA_ALGORITHM }, { .id = BCRYPT_DSA_ALGORITHM }, { .id = BCRYPT_DH_ALGORITHM },
    { .id = BCRYPT_ECDSA_ALGORITHM }, { .id = BCRYPT_ECDH_P256_ALGORITHM },
    { .id = BCRYPT_MLKEM_ALGORITHM }, { .id = BCRYPT_MLDSA_ALGORITHM },
    { .id = BCRYPT_SLHDSA_ALGORITHM },
};

START_TEST(algorithms_survive)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(algorithm_calls); i++)
        try_call(&algorithms[_i], &algorithm_calls[i]);
}
END_TEST

/* ---- symmetric keys ---- */

static BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO *seal(const struct subject *cipher, UCHAR *tag)
{
    static __thread BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;

    if (!cipher->padding_flags) return NULL;
    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = SECRET;
    info.cbNonce = 12;
    info.pbTag = tag;
    info.cbTag = 16;
    return &info;
}

static NTSTATUS set_mode(struct scene *scene)
{
    if (!scene->subject->name) return STATUS_SUCCESS;
    return BCryptSetProperty(scene->algorithm, BCRYPT_CHAINING_MODE, WIDE(scene->subject->name), 0);
}

static void open_mode(struct scene *scene)
{
    open_it(scene);
    fault_must(set_mode(scene));
}

static void make_key(struct scene *scene)
{
    open_mode(scene);
    fault_must(BCryptGenerateSymmetricKey(scene->algorithm, &scene->key, NULL, 0, SECRET,
                                          scene->subject->size, 0));
}

static ULONG text_flags(const struct scene *scene)
{
    return scene->subject->padding_flags || !scene->subject->name ? 0 : BCRYPT_BLOCK_PADDING;
}

static ULONG iv_bytes_of(const struct scene *scene)
{
    LPCWSTR mode = scene->subject->name;
    ULONG bytes, unused;

    if (names_equal(scene->subject->id, BCRYPT_XTS_AES_ALGORITHM)) return 8;
    if (!mode || scene->subject->padding_flags || names_equal(mode, BCRYPT_CHAIN_MODE_ECB))
        return 0;
    fault_must(BCryptGetProperty(scene->key, BCRYPT_BLOCK_LENGTH, (PUCHAR)&bytes, sizeof(bytes),
                                 &unused, 0));
    return bytes;
}

static NTSTATUS encrypt(struct scene *scene, UCHAR *to, ULONG *bytes)
{
    ULONG iv_bytes = iv_bytes_of(scene);
    UCHAR iv[16] = { 0 };

    return BCryptEncrypt(scene->key, SECRET, TEXT_BYTES, seal(scene->subject, to + 128),
                         iv_bytes ? iv : NULL, iv_bytes, to, 128, bytes, text_flags(scene));
}

static NTSTATUS call_generate_key(struct scene *scene)
{
    return BCryptGenerateSymmetricKey(scene->algorithm, &scene->made, NULL, 0, SECRET,
                                      scene->subject->size, 0);
}

static NTSTATUS call_encrypt(struct scene *scene)
{
    return encrypt(scene, scene->output, &scene->result);
}

static void prepare_decrypt(struct scene *scene)
{
    make_key(scene);
    fault_must(encrypt(scene, scene->input, &scene->input_bytes));
}

/* By a duplicate: some ciphers (RC4) have gone on. */
static void prepare_fresh_decrypt(struct scene *scene)
{
    prepare_decrypt(scene);
    fault_must(BCryptDestroyKey(scene->key));
    scene->key = NULL;
    fault_must(BCryptGenerateSymmetricKey(scene->algorithm, &scene->key, NULL, 0, SECRET,
                                          scene->subject->size, 0));
}

static NTSTATUS call_decrypt(struct scene *scene)
{
    ULONG iv_bytes = iv_bytes_of(scene);
    UCHAR iv[16] = { 0 };

    return BCryptDecrypt(scene->key, scene->input, scene->input_bytes,
                         seal(scene->subject, scene->input + 128), iv_bytes ? iv : NULL, iv_bytes,
                         scene->output, 128, &scene->result, text_flags(scene));
}

static NTSTATUS call_duplicate_key(struct scene *scene)
{
    return BCryptDuplicateKey(scene->key, &scene->made, NULL, 0, 0);
}

static NTSTATUS call_destroy_key(struct scene *scene)
{
    BCRYPT_KEY_HANDLE key = scene->key;

    scene->key = NULL;
    return BCryptDestroyKey(key);
}

static NTSTATUS call_export_key(struct scene *scene)
{
    return BCryptExportKey(scene->key, NULL, BCRYPT_KEY_DATA_BLOB, scene->output, 256,
                           &scene->result, 0);
}

static NTSTATUS call_export_opaque(struct scene *scene)
{
    return BCryptExportKey(scene->key, NULL, BCRYPT_OPAQUE_KEY_BLOB, scene->output, 2048,
                           &scene->result, 0);
}

static void prepare_blob(struct scene *scene)
{
    make_key(scene);
    fault_must(BCryptExportKey(scene->key, NULL, BCRYPT_KEY_DATA_BLOB, scene->input, 256,
                               &scene->input_bytes, 0));
}

static NTSTATUS call_import_key(struct scene *scene)
{
    return BCryptImportKey(scene->algorithm, NULL, BCRYPT_KEY_DATA_BLOB, &scene->made, NULL, 0,
                           scene->input, scene->input_bytes, 0);
}

static const struct call cipher_calls[] =
{
    { "BCryptSetProperty",          open_it,               set_mode,           NOTHING, 0 },
    { "BCryptGenerateSymmetricKey", open_mode,             call_generate_key,  A_KEY, 0 },
    { "BCryptEncrypt",              make_key,              call_encrypt,       NOTHING, 0 },
    { "BCryptDecrypt",              prepare_fresh_decrypt, call_decrypt,       NOTHING, 0 },
    { "BCryptDuplicateKey",         make_key,              call_duplicate_key, A_KEY, 0 },
    { "BCryptDestroyKey",           make_key,              call_destroy_key,   NOTHING,
      NEVER_FAILS },
    { "BCryptExportKey (data)",     make_key,              call_export_key,    NOTHING, 0 },
    { "BCryptExportKey (opaque)",   make_key,              call_export_opaque, NOTHING, 0 },
    { "BCryptImportKey",            prepare_blob,          call_import_key,    A_KEY, 0 },
};

/* Wrapped in itself. */
static NTSTATUS call_export_wrapped(struct scene *scene)
{
    return BCryptExportKey(scene->key, scene->key, BCRYPT_AES_WRAP_KEY_BLOB, scene->output, 256,
                           &scene->result, 0);
}

static void prepare_wrapped(struct scene *scene)
{
    make_key(scene);
    fault_must(BCryptExportKey(scene->key, scene->key, BCRYPT_AES_WRAP_KEY_BLOB, scene->input, 256,
                               &scene->input_bytes, 0));
    fault_must(BCryptDestroyKey(scene->key));
    fault_must(call_generate_key(scene));
    scene->key = scene->made;
}

static NTSTATUS call_import_wrapped(struct scene *scene)
{
    return BCryptImportKey(scene->algorithm, scene->key, BCRYPT_AES_WRAP_KEY_BLOB, &scene->made,
                           NULL, 0, scene->input, scene->input_bytes, 0);
}

static const struct call wrap_calls[] =
{
    { "BCryptExportKey (wrapped)", make_key,        call_export_wrapped, NOTHING, 0 },
    { "BCryptImportKey (wrapped)", prepare_wrapped, call_import_wrapped, A_KEY, 0 },
};

#define CIPHER(algorithm, mode, key_bytes, sealed) \
    { .id = algorithm, .name = mode, .size = key_bytes, .padding_flags = sealed }

static const struct subject ciphers[] =
{
    CIPHER(BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, 16, false),
    CIPHER(BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_ECB, 24, false),
    CIPHER(BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_CFB, 32, false),
    CIPHER(BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_GCM, 32, true),
    CIPHER(BCRYPT_AES_ALGORITHM, BCRYPT_CHAIN_MODE_CCM, 16, true),
    CIPHER(BCRYPT_XTS_AES_ALGORITHM, NULL, 32, false),
    CIPHER(BCRYPT_XTS_AES_ALGORITHM, NULL, 64, false),
    CIPHER(BCRYPT_CHACHA20_POLY1305_ALGORITHM, NULL, 32, true),
    CIPHER(BCRYPT_RC4_ALGORITHM, NULL, 16, false),
    CIPHER(BCRYPT_DES_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, 8, false),
    CIPHER(BCRYPT_DESX_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, 24, false),
    CIPHER(BCRYPT_3DES_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, 24, false),
    CIPHER(BCRYPT_3DES_112_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, 16, false),
    CIPHER(BCRYPT_RC2_ALGORITHM, BCRYPT_CHAIN_MODE_CBC, 16, false),
};

START_TEST(ciphers_survive)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(cipher_calls); i++) try_call(&ciphers[_i], &cipher_calls[i]);
    if (!names_equal(ciphers[_i].id, BCRYPT_AES_ALGORITHM)) return;
    for (i = 0; i < ARRAY_SIZE(wrap_calls); i++) try_call(&ciphers[_i], &wrap_calls[i]);
}
END_TEST

/* ---- hashes ---- */

#define KEY(scene) \
    (scene)->subject->padding_flags ? SECRET : NULL, (scene)->subject->padding_flags ? 16 : 0

static void make_hash(struct scene *scene)
{
    open_it(scene);
    fault_must(BCryptCreateHash(scene->algorithm, &scene->hash, NULL, 0, KEY(scene),
                                BCRYPT_HASH_REUSABLE_FLAG));
    if (scene->subject->name)                   /* AES-GMAC's nonce */
        fault_must(BCryptSetProperty(scene->hash, scene->subject->name, SECRET, 12, 0));
}

static void feed_hash(struct scene *scene)
{
    make_hash(scene);
    fault_must(BCryptHashData(scene->hash, SECRET, sizeof(secret), 0));
}

static NTSTATUS call_create_hash(struct scene *scene)
{
    return BCryptCreateHash(scene->algorithm, &scene->made, NULL, 0, KEY(scene), 0);
}

static NTSTATUS call_hash_data(struct scene *scene)
{
    return BCryptHashData(scene->hash, SECRET, sizeof(secret), 0);
}

static NTSTATUS call_finish_hash(struct scene *scene)
{
    return BCryptFinishHash(scene->hash, scene->output, scene->subject->size, 0);
}

static NTSTATUS call_duplicate_hash(struct scene *scene)
{
    return BCryptDuplicateHash(scene->hash, &scene->made, NULL, 0, 0);
}

static NTSTATUS call_destroy_hash(struct scene *scene)
{
    BCRYPT_HASH_HANDLE hash = scene->hash;

    scene->hash = NULL;
    return BCryptDestroyHash(hash);
}

static NTSTATUS call_hash(struct scene *scene)
{
    return BCryptHash(scene->algorithm, KEY(scene), SECRET, sizeof(secret), scene->output,
                      scene->subject->size);
}

static NTSTATUS call_pbkdf2(struct scene *scene)
{
    return BCryptDeriveKeyPBKDF2(scene->algorithm, SECRET, 16, SECRET, 16, 2, scene->output, 40, 0);
}

static NTSTATUS call_derive_capi(struct scene *scene)
{
    return BCryptDeriveKeyCapi(scene->hash, NULL, scene->output, 16, 0);
}

static NTSTATUS call_create_multi(struct scene *scene)
{
    return BCryptCreateMultiHash(scene->algorithm, &scene->made, 3, NULL, 0, NULL, 0, 0);
}

static void make_multi(struct scene *scene)
{
    open_it(scene);
    fault_must(BCryptCreateMultiHash(scene->algorithm, &scene->hash, 3, NULL, 0, NULL, 0,
                                     BCRYPT_HASH_REUSABLE_FLAG));
}

static NTSTATUS call_multi(struct scene *scene)
{
    BCRYPT_MULTI_HASH_OPERATION operations[] =
    {
        { 0, BCRYPT_HASH_OPERATION_HASH_DATA, SECRET, 64 },
        { 2, BCRYPT_HASH_OPERATION_HASH_DATA, SECRET, 40 },
        { 2, BCRYPT_HASH_OPERATION_FINISH_HASH, scene->output, scene->subject->size },
        { 0, BCRYPT_HASH_OPERATION_FINISH_HASH, scene->output + 64, scene->subject->size },
    };

    return BCryptProcessMultiOperations(scene->hash, BCRYPT_OPERATION_TYPE_HASH, operations,
                                        sizeof(operations), 0);
}

static const struct call hash_calls[] =
{
    { "BCryptCreateHash",    open_it,   call_create_hash,    A_HASH, 0 },
    { "BCryptHashData",      make_hash, call_hash_data,      NOTHING, 0 },
    { "BCryptFinishHash",    feed_hash, call_finish_hash,    NOTHING, 0 },
    { "BCryptDuplicateHash", feed_hash, call_duplicate_hash, A_HASH, 0 },
    { "BCryptDestroyHash",   feed_hash, call_destroy_hash,   NOTHING, NEVER_FAILS },
};

static const struct call whole_calls[] = { { "BCryptHash", open_it, call_hash, NOTHING, 0 } };

static const struct call digest_calls[] =
{
    { "BCryptDeriveKeyCapi",  feed_hash, call_derive_capi, NOTHING, 0 },
};

static const struct call multi_calls[] =
{
    { "BCryptCreateMultiHash",        open_it,    call_create_multi, A_HASH, 0 },
    { "BCryptProcessMultiOperations", make_multi, call_multi,        NOTHING, 0 },
};

static const struct call hmac_calls[] =
{
    { "BCryptDeriveKeyPBKDF2", open_it, call_pbkdf2, NOTHING, 0 },
};

#define HASH(algorithm, digest_bytes) \
    { .id = algorithm, .size = digest_bytes }
#define MAC(algorithm, open_flags, mac_bytes) \
    { .id = algorithm, .flags = open_flags, .size = mac_bytes, .padding_flags = true }

static const struct subject hashes[] =
{
    HASH(BCRYPT_MD2_ALGORITHM, 16), HASH(BCRYPT_MD4_ALGORITHM, 16), HASH(BCRYPT_MD5_ALGORITHM, 16),
    HASH(BCRYPT_SHA1_ALGORITHM, 20), HASH(BCRYPT_SHA256_ALGORITHM, 32),
    HASH(BCRYPT_SHA384_ALGORITHM, 48), HASH(BCRYPT_SHA512_ALGORITHM, 64),
    HASH(BCRYPT_SHA3_256_ALGORITHM, 32), HASH(BCRYPT_SHAKE128_ALGORITHM, 32),
    MAC(BCRYPT_MD2_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, 16),
    MAC(BCRYPT_SHA1_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, 20),
    MAC(BCRYPT_SHA256_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, 32),
    MAC(BCRYPT_SHA512_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, 64),
    MAC(BCRYPT_SHA3_512_ALGORITHM, BCRYPT_ALG_HANDLE_HMAC_FLAG, 64),
    MAC(BCRYPT_KMAC128_ALGORITHM, 0, 32), MAC(BCRYPT_AES_CMAC_ALGORITHM, 0, 16),
    { .id = BCRYPT_AES_GMAC_ALGORITHM, .name = BCRYPT_INITIALIZATION_VECTOR, .size = 16,
      .padding_flags = true },
};

static void try_calls(const struct subject *subject, const struct call *calls, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) try_call(subject, &calls[i]);
}
#define TRY(subject, calls) try_calls(subject, calls, ARRAY_SIZE(calls))

static const struct subject multi_hashes[] =
{
    { .id = BCRYPT_SHA256_ALGORITHM, .flags = BCRYPT_MULTI_FLAG, .size = 32 },
    { .id = BCRYPT_SHA384_ALGORITHM, .flags = BCRYPT_MULTI_FLAG, .size = 48 },
    { .id = BCRYPT_SHA512_ALGORITHM, .flags = BCRYPT_MULTI_FLAG, .size = 64 },
};

START_TEST(multi_hashes_survive)
{
    TRY(&multi_hashes[_i], multi_calls);
}
END_TEST

START_TEST(hashes_survive)
{
    const struct subject *hash = &hashes[_i];

    TRY(hash, hash_calls);
    if (!hash->name) TRY(hash, whole_calls);
    if (!hash->padding_flags && hash->size < 64) TRY(hash, digest_calls);
    if (hash->flags) TRY(hash, hmac_calls);
}
END_TEST

/* ---- key derivation ---- */

static void make_derivation_key(struct scene *scene)
{
    open_it(scene);
    fault_must(BCryptGenerateSymmetricKey(scene->algorithm, &scene->key, NULL, 0, SECRET, 32, 0));
    if (!names_equal(scene->subject->id, BCRYPT_HKDF_ALGORITHM)) return;
    fault_must(BCryptSetProperty(scene->key, BCRYPT_HKDF_HASH_ALGORITHM,
                                 WIDE(BCRYPT_SHA256_ALGORITHM), 0));
    fault_must(BCryptSetProperty(scene->key, BCRYPT_HKDF_SALT_AND_FINALIZE, SECRET, 16, 0));
}

static NTSTATUS call_key_derivation(struct scene *scene)
{
    BCryptBuffer buffers[8];
    BCryptBufferDesc list = { BCRYPTBUFFER_VERSION, 0, buffers };
    ULONG kinds = scene->subject->size, kind;

    for (kind = 0; kind < 32; kind++)
    {
        BCryptBuffer *buffer = &buffers[list.cBuffers];

        if (!(kinds >> kind & 1)) continue;
        buffer->BufferType = kind;
        buffer->cbBuffer = kind == KDF_TLS_PRF_SEED ? 64 : 8;
        buffer->pvBuffer = SECRET;
        if (kind == KDF_HASH_ALGORITHM)
        {
            buffer->cbBuffer = sizeof(BCRYPT_SHA256_ALGORITHM);
            buffer->pvBuffer = (PVOID)(uintptr_t)BCRYPT_SHA256_ALGORITHM;
        }
        list.cBuffers++;
    }
    return BCryptKeyDerivation(scene->key, &list, scene->output, 24, &scene->result, 0);
}

static const struct call derivation_calls[] =
{
    { "BCryptKeyDerivation", make_derivation_key, call_key_derivation, NOTHING, 0 },
};

static const struct subject derivations[] =
{
    { .id = BCRYPT_SP800108_CTR_HMAC_ALGORITHM,
      .size = 1 << KDF_HASH_ALGORITHM | 1 << KDF_LABEL | 1 << KDF_CONTEXT },
    { .id = BCRYPT_SP80056A_CONCAT_ALGORITHM,
      .size = 1 << KDF_HASH_ALGORITHM | 1 << KDF_ALGORITHMID | 1 << KDF_PARTYUINFO |
              1 << KDF_PARTYVINFO },
    { .id = BCRYPT_PBKDF2_ALGORITHM, .size = 1 << KDF_HASH_ALGORITHM | 1 << KDF_SALT },
    { .id = BCRYPT_CAPI_KDF_ALGORITHM, .size = 1 << KDF_HASH_ALGORITHM },
    { .id = BCRYPT_TLS1_1_KDF_ALGORITHM, .size = 1 << KDF_TLS_PRF_LABEL | 1 << KDF_TLS_PRF_SEED },
    { .id = BCRYPT_TLS1_2_KDF_ALGORITHM,
      .size = 1 << KDF_HASH_ALGORITHM | 1 << KDF_TLS_PRF_LABEL | 1 << KDF_TLS_PRF_SEED },
    { .id = BCRYPT_HKDF_ALGORITHM, .size = 1 << KDF_HKDF_INFO },
};

START_TEST(key_derivation_survives)
{
    TRY(&derivations[_i], derivation_calls);
}
END_TEST

/* ---- random numbers, lists ---- */

static NTSTATUS call_random(struct scene *scene)
{
    return BCryptGenRandom(NULL, scene->output, scene->subject->size,
                           BCRYPT_USE_SYSTEM_PREFERRED_RNG);
}

static NTSTATUS call_random_of(struct scene *scene)
{
    return BCryptGenRandom(scene->algorithm, scene->output, scene->subject->size, 0);
}

static NTSTATUS call_fips(struct scene *scene)
{
    return BCryptGetFipsAlgorithmMode(scene->output);
}

static NTSTATUS call_enum_algorithms(struct scene *scene)
{
    BCRYPT_ALGORITHM_IDENTIFIER *list;
    NTSTATUS status = BCryptEnumAlgorithms(0x7f, &scene->result, &list, 0);

    if (!status) scene->made = list;
    return status;
}

static NTSTATUS call_enum_providers(struct scene *scene)
{
    BCRYPT_PROVIDER_NAME *list;
    NTSTATUS status = BCryptEnumProviders(BCRYPT_AES_ALGORITHM, &scene->result, &list, 0);

    if (!status) scene->made = list;
    return status;
}

static NTSTATUS call_enum_functions(struct scene *scene)
{
    PCRYPT_CONTEXT_FUNCTIONS list = NULL;
    NTSTATUS status = BCryptEnumContextFunctions(CRYPT_LOCAL, L"Default", BCRYPT_HASH_INTERFACE,
                                                 &scene->result, &list);

    if (!status) scene->made = list;
    return status;
}

static const struct call other_calls[] =
{
    { "BCryptGenRandom (preferred)", NULL,    call_random,          NOTHING,
      RANDOM_OUTPUT | ZEROES_OUTPUT },
    { "BCryptGenRandom",             open_it, call_random_of,       NOTHING,
      RANDOM_OUTPUT | ZEROES_OUTPUT },
    { "BCryptGetFipsAlgorithmMode",  NULL,    call_fips,            NOTHING, NEVER_FAILS },
    { "BCryptEnumAlgorithms",        NULL,    call_enum_algorithms, A_BUFFER, 0 },
    { "BCryptEnumProviders",         NULL,    call_enum_providers,  A_BUFFER, 0 },
    { "BCryptEnumContextFunctions",  NULL,    call_enum_functions,  A_BUFFER, 0 },
};

static const struct subject generators[] =
{
    { .id = BCRYPT_RNG_ALGORITHM, .size = 32 }, { .id = BCRYPT_RNG_ALGORITHM, .size = 10000 },
};

START_TEST(random_numbers_and_lists_survive)
{
    TRY(&generators[_i], other_calls);
}
END_TEST

START_TEST(many_things_did_fail)
{
    printf("faults: %lu\n", fault_count);
    ck_assert_uint_gt(fault_count, 1000);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("faults");
    int failed;

    tcase_add_loop_test(tests, algorithms_survive, 0, ARRAY_SIZE(algorithms));
    tcase_add_loop_test(tests, ciphers_survive, 0, ARRAY_SIZE(ciphers));
    tcase_add_loop_test(tests, hashes_survive, 0, ARRAY_SIZE(hashes));
    tcase_add_loop_test(tests, multi_hashes_survive, 0, ARRAY_SIZE(multi_hashes));
    tcase_add_loop_test(tests, key_derivation_survives, 0, ARRAY_SIZE(derivations));
    tcase_add_loop_test(tests, random_numbers_and_lists_survive, 0, ARRAY_SIZE(generators));
    add_pair_tests(tests);
    add_verify_tests(tests);
    add_config_tests(tests);
    tcase_add_test(tests, many_things_did_fail);
    failed = suite_run("faults", tests);
    algorithm_detach();
    native_thread_detach();
    providers_detach();
    native_registry_clear();
    return failed;
}
