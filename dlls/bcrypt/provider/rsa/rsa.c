/*
 * rsa.c - the RSA and RSA_SIGN algorithms: their keys' life and their properties.
 *
 * A key pair is generated in two steps: BCryptGenerateKeyPair notes its length, which may still be
 * set, and BCryptFinalizeKeyPair makes it. In between the key answers STATUS_INVALID_HANDLE to
 * whatever needs its numbers [win].
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/rsa/rsa.h"

#include "crypto/common/lc.h"

#define PAD_ENCRYPTION (BCRYPT_SUPPORTED_PAD_PKCS1_ENC | BCRYPT_SUPPORTED_PAD_OAEP)
#define PAD_SIGNATURE (BCRYPT_SUPPORTED_PAD_PKCS1_SIG | BCRYPT_SUPPORTED_PAD_PSS)

/* Windows 11 takes any multiple of 8 [win, key storage provider]; its page still says 64. */
#define KEY_BITS_MIN 512
#define KEY_BITS_MAX 16384
#define KEY_BITS_STEP 8

static struct rsa_algorithm encryption_algorithms[] =
{
    { { PROV_ALGORITHM, 0 }, BCRYPT_RSA_ALGORITHM, BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE,
      PAD_ENCRYPTION | PAD_SIGNATURE },
};

static struct rsa_algorithm signature_algorithms[] =
{
    { { PROV_ALGORITHM, 0 }, BCRYPT_RSA_ALGORITHM, BCRYPT_SIGNATURE_INTERFACE,
      PAD_ENCRYPTION | PAD_SIGNATURE },
    { { PROV_ALGORITHM, 0 }, BCRYPT_RSA_SIGN_ALGORITHM, BCRYPT_SIGNATURE_INTERFACE, PAD_SIGNATURE },
};

/* ---- algorithms ---- */

static LPCWSTR encryption_id(ULONG number)
{
    return number < ARRAY_SIZE(encryption_algorithms) ? encryption_algorithms[number].id : NULL;
}

static LPCWSTR signature_id(ULONG number)
{
    return number < ARRAY_SIZE(signature_algorithms) ? signature_algorithms[number].id : NULL;
}

static NTSTATUS open_one(struct rsa_algorithm *algorithms, size_t count,
                         BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId, ULONG dwFlags)
{
    size_t i;

    if (dwFlags) return STATUS_NOT_SUPPORTED;
    for (i = 0; i < count; i++)
    {
        if (!names_equal(algorithms[i].id, pszAlgId)) continue;
        *phAlgorithm = &algorithms[i];
        return STATUS_SUCCESS;
    }
    return STATUS_NOT_FOUND;
}

static NTSTATUS WINAPI encryption_open(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId,
                                       ULONG dwFlags)
{
    return open_one(encryption_algorithms, ARRAY_SIZE(encryption_algorithms), phAlgorithm, pszAlgId,
                    dwFlags);
}

static NTSTATUS WINAPI signature_open(BCRYPT_ALG_HANDLE *phAlgorithm, LPCWSTR pszAlgId,
                                      ULONG dwFlags)
{
    return open_one(signature_algorithms, ARRAY_SIZE(signature_algorithms), phAlgorithm, pszAlgId,
                    dwFlags);
}

static NTSTATUS WINAPI rsa_close(BCRYPT_ALG_HANDLE hAlgorithm, ULONG dwFlags)
{
    (void)hAlgorithm, (void)dwFlags;
    return STATUS_SUCCESS;
}

/* ---- keys ---- */

struct rsa_key *rsa_key_ready(BCRYPT_KEY_HANDLE hKey)
{
    struct rsa_key *key = hKey;

    if (!prov_is(hKey, PROV_RSA_KEY)) return NULL;
    return atomic_load_explicit(&key->state, memory_order_acquire) == RSA_KEY_READY ? key : NULL;
}

void rsa_key_set(struct rsa_key *key, struct lc_rsa *rsa, bool is_private)
{
    key->rsa = rsa;
    key->is_private = is_private;
    key->bytes = (ULONG)lc_rsa_part_bytes(rsa, LC_RSA_N);
    atomic_store_explicit(&key->bits, lc_rsa_bits(rsa), memory_order_relaxed);
    atomic_store_explicit(&key->state, RSA_KEY_READY, memory_order_release);
}

static NTSTATUS new_unfinalized(const struct rsa_algorithm *algorithm, ULONG bits,
                                struct rsa_key **key)
{
    NTSTATUS status;

    if ((status = prov_object_new(PROV_RSA_KEY, sizeof(**key), NULL, 0, key))) return status;
    (*key)->algorithm = algorithm;
    (*key)->rsa = NULL;
    (*key)->bytes = 0;
    (*key)->is_private = false;
    atomic_init(&(*key)->bits, bits);
    atomic_init(&(*key)->state, RSA_KEY_UNFINALIZED);
    return STATUS_SUCCESS;
}

NTSTATUS rsa_key_new(const struct rsa_algorithm *algorithm, struct lc_rsa *rsa, bool is_private,
                     BCRYPT_KEY_HANDLE *phKey)
{
    struct rsa_key *key;
    NTSTATUS status;

    if ((status = new_unfinalized(algorithm, 0, &key)))
    {
        lc_rsa_free(rsa);
        return status;
    }
    rsa_key_set(key, rsa, is_private);
    *phKey = key;
    return STATUS_SUCCESS;
}

static bool is_key_length(ULONG bits)
{
    return bits >= KEY_BITS_MIN && bits <= KEY_BITS_MAX && !(bits % KEY_BITS_STEP);
}

static NTSTATUS WINAPI rsa_generate_key_pair(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey,
                                             ULONG dwLength, ULONG dwFlags)
{
    struct rsa_key *key;
    NTSTATUS status;

    if (dwFlags || !is_key_length(dwLength)) return STATUS_INVALID_PARAMETER;
    if ((status = new_unfinalized(hAlgorithm, dwLength, &key))) return status;
    *phKey = key;
    return STATUS_SUCCESS;
}

static NTSTATUS WINAPI rsa_finalize_key_pair(BCRYPT_KEY_HANDLE hKey, ULONG dwFlags)
{
    int unfinalized = RSA_KEY_UNFINALIZED;
    struct rsa_key *key = hKey;
    struct lc_rsa *rsa;
    NTSTATUS status;

    if (dwFlags && dwFlags != BCRYPT_KEY_VALIDATION_RANGE_AND_ORDER)
    {
        return rsa_key_ready(hKey) ? STATUS_INVALID_HANDLE : STATUS_INVALID_PARAMETER;
    }
    if (!atomic_compare_exchange_strong(&key->state, &unfinalized, RSA_KEY_GENERATING))
        return STATUS_INVALID_HANDLE;

    if (!(status = lc_ready())) status = lc_rsa_generate(atomic_load(&key->bits), &rsa);
    if (status) atomic_store(&key->state, RSA_KEY_UNFINALIZED);
    else rsa_key_set(key, rsa, true);
    return status;
}

static NTSTATUS WINAPI rsa_destroy_key(BCRYPT_KEY_HANDLE hKey)
{
    struct rsa_key *key = hKey;

    lc_rsa_free(key->rsa);
    prov_object_free(key, sizeof(*key));
    return STATUS_SUCCESS;
}

/* ---- properties of an algorithm ---- */

static NTSTATUS get_algorithm_name(void *object, const struct reply *reply)
{
    const struct rsa_algorithm *algorithm = object;

    return reply_name(reply, algorithm->id);
}

static NTSTATUS get_key_lengths(void *object, const struct reply *reply)
{
    static const BCRYPT_KEY_LENGTHS_STRUCT lengths = { KEY_BITS_MIN, KEY_BITS_MAX, KEY_BITS_STEP };

    (void)object;
    return reply_bytes(reply, &lengths, sizeof(lengths));
}

static NTSTATUS get_padding_schemes(void *object, const struct reply *reply)
{
    const struct rsa_algorithm *algorithm = object;

    return reply_ulong(reply, algorithm->padding_schemes);
}

static NTSTATUS get_primitive_type(void *object, const struct reply *reply)
{
    const struct rsa_algorithm *algorithm = object;

    return reply_ulong(reply, algorithm->interface_id);
}

static const struct property algorithm_property_list[] =
{
    { BCRYPT_ALGORITHM_NAME,  get_algorithm_name,  NULL },
    { BCRYPT_KEY_LENGTHS,     get_key_lengths,     NULL },
    { BCRYPT_PADDING_SCHEMES, get_padding_schemes, NULL },
    { BCRYPT_PRIMITIVE_TYPE,  get_primitive_type,  NULL },
};
static const struct properties algorithm_properties = PROPERTIES(algorithm_property_list);

/* ---- properties of a key ---- */

static NTSTATUS get_key_name(void *object, const struct reply *reply)
{
    const struct rsa_key *key = object;

    return reply_name(reply, key->algorithm->id);
}

/* Also of an unfinalized key: it can be set there. */
static NTSTATUS get_key_length(void *object, const struct reply *reply)
{
    struct rsa_key *key = object;

    return reply_ulong(reply, atomic_load_explicit(&key->bits, memory_order_relaxed));
}

/*
 * Of a key that has its numbers the present length may be set [win], which does nothing; another
 * one cannot be had any more, and is refused.
 */
static NTSTATUS set_key_length(void *object, const UCHAR *value, ULONG bytes)
{
    struct rsa_key *key = object;
    NTSTATUS status;
    ULONG bits;

    if ((status = property_ulong(value, bytes, &bits))) return status;
    if (atomic_load_explicit(&key->state, memory_order_acquire) != RSA_KEY_UNFINALIZED)
    {
        return bits == atomic_load(&key->bits) ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
    }
    if (!is_key_length(bits)) return STATUS_INVALID_PARAMETER;
    atomic_store(&key->bits, bits);
    return STATUS_SUCCESS;
}

/* PublicKeyLength: as KeyLength, but there is no public key before there is a key. */
static NTSTATUS get_public_key_length(void *object, const struct reply *reply)
{
    if (!rsa_key_ready(object)) return STATUS_INVALID_HANDLE;
    return get_key_length(object, reply);
}

/* SignatureLength and BlockLength: the modulus in bytes. */
static NTSTATUS get_modulus_bytes(void *object, const struct reply *reply)
{
    struct rsa_key *key = rsa_key_ready(object);

    if (!key) return STATUS_INVALID_HANDLE;
    return reply_ulong(reply, key->bytes);
}

static NTSTATUS get_is_weak(void *object, const struct reply *reply)
{
    struct rsa_key *key = rsa_key_ready(object);

    if (!key) return STATUS_INVALID_HANDLE;
    return reply_ulong(reply, lc_rsa_is_roca(key->rsa));
}

static const struct property key_property_list[] =
{
    { BCRYPT_ALGORITHM_NAME,      get_key_name,          NULL },
    { BCRYPT_KEY_LENGTH,          get_key_length,        set_key_length },
    { BCRYPT_KEY_STRENGTH,        get_key_length,        NULL },
    { BCRYPT_PUBLIC_KEY_LENGTH,   get_public_key_length, NULL },
    { BCRYPT_SIGNATURE_LENGTH,    get_modulus_bytes,     NULL },
    { BCRYPT_BLOCK_LENGTH,        get_modulus_bytes,     NULL },
    { BCRYPT_IS_IFX_TPM_WEAK_KEY, get_is_weak,           NULL },
};
static const struct properties key_properties = PROPERTIES(key_property_list);

static const struct properties *properties_of(BCRYPT_HANDLE hObject)
{
    return prov_is(hObject, PROV_RSA_KEY) ? &key_properties : &algorithm_properties;
}

static NTSTATUS WINAPI rsa_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbOutput,
                                        ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    (void)dwFlags;
    return properties_get(properties_of(hObject), hObject, pszProperty, pbOutput, cbOutput,
                          pcbResult);
}

static NTSTATUS WINAPI rsa_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty, PUCHAR pbInput,
                                        ULONG cbInput, ULONG dwFlags)
{
    (void)dwFlags;
    return properties_set(properties_of(hObject), hObject, pszProperty, pbInput, cbInput);
}

/* ---- families ---- */

static const BCRYPT_ASYMMETRIC_ENCRYPTION_FUNCTION_TABLE encryption_functions =
{
    .Version                = BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = encryption_open,
    .GetProperty            = rsa_get_property,
    .SetProperty            = rsa_set_property,
    .CloseAlgorithmProvider = rsa_close,
    .GenerateKeyPair        = rsa_generate_key_pair,
    .FinalizeKeyPair        = rsa_finalize_key_pair,
    .Encrypt                = rsa_encrypt,
    .Decrypt                = rsa_decrypt,
    .ImportKeyPair          = rsa_import_key_pair,
    .ExportKey              = rsa_export_key,
    .DestroyKey             = rsa_destroy_key,
    .SignHash               = rsa_sign_hash,
    .VerifySignature        = rsa_verify_signature,
};

static const BCRYPT_SIGNATURE_FUNCTION_TABLE signature_functions =
{
    .Version                = BCRYPT_SIGNATURE_INTERFACE_VERSION_1,
    .OpenAlgorithmProvider  = signature_open,
    .GetProperty            = rsa_get_property,
    .SetProperty            = rsa_set_property,
    .CloseAlgorithmProvider = rsa_close,
    .GenerateKeyPair        = rsa_generate_key_pair,
    .FinalizeKeyPair        = rsa_finalize_key_pair,
    .SignHash               = rsa_sign_hash,
    .VerifySignature        = rsa_verify_signature,
    .ImportKeyPair          = rsa_import_key_pair,
    .ExportKey              = rsa_export_key,
    .DestroyKey             = rsa_destroy_key,
};

const struct prov_family rsa_encryption_family =
{
    BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE, encryption_id, &encryption_functions
};
const struct prov_family rsa_signature_family =
{
    BCRYPT_SIGNATURE_INTERFACE, signature_id, &signature_functions
};
