/*
 * secret.c - agreed secrets, and the six functions that make keys of them.
 *
 * A secret is a copy of the agreed value, in its natural wire order, and needs the keys no more.
 * All functions take that value as it is but for BCRYPT_KDF_RAW_SECRET, which gives it reversed:
 * little-endian [win].
 *
 * Source: Microsoft Learn, BCryptDeriveKey.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/secret/secret.h"

#include "platform/wipe.h"
#include "provider/kdf/hkdf_steps.h"

#define TLS_SEED_BYTES          64              /* client random, server random */
#define TLS_MASTER_SECRET_BYTES 48

struct secret
{
    struct prov_object head;
    ULONG key_bits, bytes;
    struct kdf_hkdf hkdf;
    UCHAR value[];
};

static size_t secret_size(ULONG bytes)
{
    return offsetof(struct secret, value) + bytes;
}

static struct kdf_part value_of(const struct secret *secret)
{
    return (struct kdf_part){ secret->value, secret->bytes };
}

NTSTATUS secret_new(const UCHAR *value, ULONG bytes, ULONG key_bits, BCRYPT_SECRET_HANDLE *phSecret)
{
    struct secret *secret;
    NTSTATUS status;

    if ((status = prov_object_new(PROV_SECRET, secret_size(bytes), NULL, 0, &secret)))
    {
        return status;
    }
    secret->key_bits = key_bits;
    secret->bytes = bytes;
    memset(&secret->hkdf, 0, sizeof(secret->hkdf));
    memcpy(secret->value, value, bytes);
    *phSecret = secret;
    return STATUS_SUCCESS;
}

NTSTATUS WINAPI secret_destroy_secret(BCRYPT_SECRET_HANDLE hSecret)
{
    struct secret *secret = hSecret;

    if (!prov_is(hSecret, PROV_SECRET)) return STATUS_INVALID_HANDLE;
    prov_object_free(secret, secret_size(secret->bytes));
    return STATUS_SUCCESS;
}

/* ---- properties ---- */

static NTSTATUS secret_set_hash(void *object, const UCHAR *value, ULONG bytes)
{
    return kdf_hkdf_set_hash(&((struct secret *)object)->hkdf, value, bytes);
}

static NTSTATUS secret_set_salt(void *object, const UCHAR *value, ULONG bytes)
{
    struct secret *secret = object;
    struct kdf_part part = value_of(secret);

    return kdf_hkdf_set_salt(&secret->hkdf, &part, value, bytes);
}

static NTSTATUS secret_set_prk(void *object, const UCHAR *value, ULONG bytes)
{
    return kdf_hkdf_set_prk(&((struct secret *)object)->hkdf, value, bytes);
}

static const struct property secret_property_list[] =
{
    { KEPT(BCRYPT_HKDF_HASH_ALGORITHM),    NULL, secret_set_hash },
    { KEPT(BCRYPT_HKDF_SALT_AND_FINALIZE), NULL, secret_set_salt },
    { KEPT(BCRYPT_HKDF_PRK_AND_FINALIZE),  NULL, secret_set_prk  },
};
static const struct properties secret_properties = PROPERTIES_NULL(secret_property_list);

NTSTATUS WINAPI secret_agreement_get_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty,
                                              PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult,
                                              ULONG dwFlags)
{
    if (prov_is(hObject, PROV_SECRET))
    {
        return properties_get(&secret_properties, hObject, pszProperty, pbOutput, cbOutput,
                              pcbResult);
    }
    return pair_get_property(hObject, pszProperty, pbOutput, cbOutput, pcbResult, dwFlags);
}

NTSTATUS WINAPI secret_agreement_set_property(BCRYPT_HANDLE hObject, LPCWSTR pszProperty,
                                              PUCHAR pbInput, ULONG cbInput, ULONG dwFlags)
{
    if (prov_is(hObject, PROV_SECRET))
    {
        return properties_set(&secret_properties, hObject, pszProperty, pbInput, cbInput);
    }
    return pair_set_property(hObject, pszProperty, pbInput, cbInput, dwFlags);
}

/* ---- where a key goes ---- */

/* No more than `room` bytes of it are wanted; bytes NULL asks for its natural size. */
struct derived
{
    PUCHAR bytes;
    ULONG room;
    ULONG *result;
};

/* A function's whole output: its first bytes, if there is less room; what is behind it in a larger
 * buffer stays as it is [win]. */
static NTSTATUS derived_put(const struct derived *to, const UCHAR *key, size_t bytes)
{
    *to->result = to->room < bytes ? to->room : (ULONG)bytes;
    memcpy(to->bytes, key, *to->result);
    return STATUS_SUCCESS;
}

static NTSTATUS derived_size(const struct derived *to, size_t bytes)
{
    *to->result = (ULONG)bytes;
    return STATUS_SUCCESS;
}

/* ---- the functions ---- */

/* Adds all parameters of a type to a message, in the order of the list. */
static void add_parameters(const struct kdf_parameters *parameters, ULONG type,
                           const struct digest *digest, struct digest_state *running)
{
    struct kdf_part part;
    ULONG index = 0;

    while (kdf_parameter_next(parameters, type, &index, &part))
    {
        digest_update(digest, running, part.data, part.bytes);
    }
}

static void add_message(const struct secret *secret, const struct kdf_parameters *parameters,
                        const struct digest *digest, struct digest_state *running)
{
    add_parameters(parameters, KDF_SECRET_PREPEND, digest, running);
    digest_update(digest, running, secret->value, secret->bytes);
    add_parameters(parameters, KDF_SECRET_APPEND, digest, running);
}

static NTSTATUS derive_hash(const struct secret *secret, const struct kdf_parameters *parameters,
                            ULONG dwFlags, const struct derived *to)
{
    const struct digest *digest;
    struct digest_state running;
    UCHAR key[DIGEST_MAX_BYTES];
    NTSTATUS status;

    (void)dwFlags;
    if ((status = kdf_parameter_digest(parameters, &digests[DIGEST_SHA1], &digest))) return status;
    if (!to->bytes) return derived_size(to, digest->digest_bytes);

    digest_start(digest, &running);
    add_message(secret, parameters, digest, &running);
    digest_finish(digest, &running, key);
    derived_put(to, key, digest->digest_bytes);
    wipe(&running, sizeof(running));
    wipe(key, sizeof(key));
    return STATUS_SUCCESS;
}

/* Documented: a key or the flag. Without either the HMAC key is empty. */
static NTSTATUS derive_hmac(const struct secret *secret, const struct kdf_parameters *parameters,
                            ULONG dwFlags, const struct derived *to)
{
    const struct digest *digest;
    struct digest_state running;
    struct hmac_key hmac;
    UCHAR key[DIGEST_MAX_BYTES];
    struct kdf_part part;
    NTSTATUS status;

    if ((status = kdf_parameter_digest(parameters, &digests[DIGEST_SHA1], &digest))) return status;
    if (!to->bytes) return derived_size(to, digest->digest_bytes);

    if (dwFlags & KDF_USE_SECRET_AS_HMAC_KEY_FLAG) part = value_of(secret);
    else kdf_parameter(parameters, KDF_HMAC_KEY, &part);
    hmac_key_init(digest, &hmac, part.data, part.bytes);
    hmac_start(digest, &hmac, &running);
    add_message(secret, parameters, digest, &running);
    hmac_finish(digest, &hmac, &running, key);
    derived_put(to, key, digest->digest_bytes);
    wipe(&running, sizeof(running));
    wipe(&hmac, sizeof(hmac));
    wipe(key, sizeof(key));
    return STATUS_SUCCESS;
}

/* The hash of the TLS PRF; NULL for that of TLS 1.0 and 1.1, which has two. */
static NTSTATUS tls_digest(const struct kdf_parameters *parameters, const struct digest **digest)
{
    struct kdf_part value;
    NTSTATUS status;
    DWORD protocol;

    *digest = NULL;
    if (!kdf_parameter(parameters, KDF_TLS_PRF_PROTOCOL, &value)) return STATUS_SUCCESS;
    if (value.bytes != sizeof(protocol)) return STATUS_INVALID_PARAMETER;
    memcpy(&protocol, value.data, sizeof(protocol));
    switch (protocol)
    {
    case 0x0002: case 0x0300: case 0x0301: case 0x0302: case 0xfeff:    /* SSL 2, 3, TLS, DTLS */
        return STATUS_SUCCESS;
    case 0x0303:
        if ((status = kdf_parameter_digest(parameters, &digests[DIGEST_SHA256], digest)))
        {
            return status;
        }
        return *digest == &digests[DIGEST_SHA256] || *digest == &digests[DIGEST_SHA384] ?
               STATUS_SUCCESS : STATUS_NOT_SUPPORTED;
    default:
        return STATUS_INVALID_PARAMETER;
    }
}

static NTSTATUS derive_tls_prf(const struct secret *secret, const struct kdf_parameters *parameters,
                               ULONG dwFlags, const struct derived *to)
{
    UCHAR key[TLS_MASTER_SECRET_BYTES];
    const struct digest *digest;
    struct kdf_part label, seed;
    NTSTATUS status;

    (void)dwFlags;
    if (!to->bytes) return derived_size(to, sizeof(key));
    if ((status = tls_digest(parameters, &digest))) return status;
    if (!kdf_parameter(parameters, KDF_TLS_PRF_LABEL, &label) || label.bytes > KDF_TLS_MOST_BYTES ||
        !kdf_parameter(parameters, KDF_TLS_PRF_SEED, &seed) || seed.bytes != TLS_SEED_BYTES)
    {
        return STATUS_INVALID_PARAMETER;
    }

    if (digest)
        kdf_tls12_prf(digest, secret->value, secret->bytes, &label, &seed, key, sizeof(key));
    else kdf_tls1_prf(secret->value, secret->bytes, &label, &seed, key, sizeof(key));
    derived_put(to, key, sizeof(key));
    wipe(key, sizeof(key));
    return STATUS_SUCCESS;
}

/* The hash for keys of that size: P-256, P-384 and P-521 have SHA-256, SHA-384 and SHA-512. A
 * larger key is of DH and gets SHA-256. A DH key of up to 521 bits is treated as the curve. */
static const struct digest *concat_digest(ULONG key_bits)
{
    if (key_bits > 256 && key_bits <= 384) return &digests[DIGEST_SHA384];
    if (key_bits > 384 && key_bits <= 521) return &digests[DIGEST_SHA512];
    return &digests[DIGEST_SHA256];
}

static NTSTATUS derive_concat(const struct secret *secret, const struct kdf_parameters *parameters,
                              ULONG dwFlags, const struct derived *to)
{
    struct kdf_part parts[1 + KDF_OTHER_INFO_PARTS] = { value_of(secret) };
    const struct digest *digest;
    NTSTATUS status;

    (void)dwFlags;
    if ((status = kdf_parameter_digest(parameters, concat_digest(secret->key_bits), &digest)))
    {
        return status;
    }
    if ((status = kdf_other_info(parameters, parts + 1))) return status;
    if (to->bytes) kdf_concat(digest, parts, ARRAY_SIZE(parts), to->bytes, to->room);
    return derived_size(to, to->room);
}

static NTSTATUS derive_raw(const struct secret *secret, const struct kdf_parameters *parameters,
                           ULONG dwFlags, const struct derived *to)
{
    ULONG i;

    (void)parameters, (void)dwFlags;
    if (!to->bytes) return derived_size(to, secret->bytes);
    for (i = 0; i < secret->bytes && i < to->room; i++)
        to->bytes[i] = secret->value[secret->bytes - 1 - i];
    return derived_size(to, i);
}

static NTSTATUS derive_hkdf(const struct secret *secret, const struct kdf_parameters *parameters,
                            ULONG dwFlags, const struct derived *to)
{
    struct kdf_part value = value_of(secret);
    NTSTATUS status;

    (void)dwFlags;
    status =
        kdf_hkdf_derive(&secret->hkdf, &value, parameters, to->bytes, to->bytes ? to->room : 0);
    if (!status) derived_size(to, to->room);
    return status;
}

static const struct secret_kdf
{
    LPCWSTR name;
    NTSTATUS (*derive)(const struct secret *secret, const struct kdf_parameters *parameters,
                       ULONG dwFlags, const struct derived *to);
} secret_kdfs[] =
{
    { BCRYPT_KDF_HASH,             derive_hash    },
    { BCRYPT_KDF_HMAC,             derive_hmac    },
    { BCRYPT_KDF_TLS_PRF,          derive_tls_prf },
    { BCRYPT_KDF_SP80056A_CONCAT,  derive_concat  },
    { BCRYPT_KDF_RAW_SECRET,       derive_raw     },
    { BCRYPT_KDF_HKDF,             derive_hkdf    },
};

/* The flag is for HMAC; the other functions have no use for it and let it pass. */
NTSTATUS WINAPI secret_derive_key(BCRYPT_SECRET_HANDLE hSharedSecret, LPCWSTR pwszKDF,
                                  BCryptBufferDesc *pParameterList, PUCHAR pbDerivedKey,
                                  ULONG cbDerivedKey, ULONG *pcbResult, ULONG dwFlags)
{
    const struct secret_kdf *kdf = PROV_FIND(secret_kdfs, pwszKDF);
    struct derived to = { pbDerivedKey, cbDerivedKey, pcbResult };
    struct kdf_parameters parameters;
    NTSTATUS status;

    if (!prov_is(hSharedSecret, PROV_SECRET)) return STATUS_INVALID_HANDLE;
    if (!kdf) return STATUS_NOT_SUPPORTED;
    if (dwFlags & ~(ULONG)KDF_USE_SECRET_AS_HMAC_KEY_FLAG) return STATUS_INVALID_PARAMETER;
    if ((status = kdf_parameters_read(pParameterList, &parameters))) return status;
    return kdf->derive(hSharedSecret, &parameters, dwFlags, &to);
}
