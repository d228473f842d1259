/*
 * kdf_algorithms.c - the functions of BCryptKeyDerivation: which parameters each takes.
 *
 * KDF_GENERIC_PARAMETER is SP 800-108's label and context, SP 800-56A's OtherInfo, or PBKDF2's salt
 * (which KDF_SALT goes before). The other functions do not look at it.
 *
 * Source: Microsoft Learn, BCryptKeyDerivation.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/kdf/kdf.h"

#include "crypto/kdf/pbkdf2.h"
#include "platform/wipe.h"

#define DEFAULT_ITERATIONS      10000
#define SP800_108_MOST_BYTES    0x1fffffff      /* whose bits are counted in 32 */

NTSTATUS kdf_derive_sp800_108(const struct kdf_key *key, const struct kdf_parameters *parameters,
                              ULONG dwFlags, UCHAR *out, ULONG bytes)
{
    struct kdf_part fixed[3], length;
    const struct digest *digest;
    ULONG length_bits = bytes * 8;
    struct kdf_prf prf;
    size_t count = 1;
    NTSTATUS status;

    (void)dwFlags;
    if (bytes > SP800_108_MOST_BYTES) return STATUS_INVALID_PARAMETER;
    if ((status = kdf_parameter_prf(parameters, &digest))) return status;
    if (!kdf_parameter(parameters, KDF_GENERIC_PARAMETER, &fixed[0]))
    {
        if (!kdf_parameter(parameters, KDF_LABEL, &fixed[0]) ||
            !kdf_parameter(parameters, KDF_CONTEXT, &fixed[2])) return STATUS_INVALID_PARAMETER;
        fixed[1] = (struct kdf_part){ "", 1 };                  /* a zero byte between them */
        count = 3;
    }
    if (kdf_parameter(parameters, KDF_KEYBITLENGTH, &length))
    {
        if (length.bytes != sizeof(length_bits)) return STATUS_INVALID_PARAMETER;
        memcpy(&length_bits, length.data, sizeof(length_bits));
    }

    if (!kdf_prf_init(&prf, digest, key->secret.data, key->secret.bytes))
    {
        return STATUS_INVALID_PARAMETER;
    }
    kdf_counter(&prf, fixed, count, length_bits, out, bytes);
    wipe(&prf, sizeof(prf));
    return STATUS_SUCCESS;
}

NTSTATUS kdf_derive_sp800_56a(const struct kdf_key *key, const struct kdf_parameters *parameters,
                              ULONG dwFlags, UCHAR *out, ULONG bytes)
{
    struct kdf_part parts[1 + KDF_OTHER_INFO_PARTS] = { key->secret };
    const struct digest *digest;
    size_t count = 2;
    NTSTATUS status;

    (void)dwFlags;
    if ((status = kdf_parameter_digest(parameters, NULL, &digest))) return status;
    if (!kdf_parameter(parameters, KDF_GENERIC_PARAMETER, &parts[1]))
    {
        if ((status = kdf_other_info(parameters, parts + 1))) return status;
        count = ARRAY_SIZE(parts);
    }
    kdf_concat(digest, parts, count, out, bytes);
    return STATUS_SUCCESS;
}

/* Documented: KDF_SALT is required. Observed: it may be left out. */
NTSTATUS kdf_derive_pbkdf2(const struct kdf_key *key, const struct kdf_parameters *parameters,
                           ULONG dwFlags, UCHAR *out, ULONG bytes)
{
    ULONGLONG iterations = DEFAULT_ITERATIONS;
    struct kdf_part salt, count;
    const struct digest *digest;
    struct kdf_prf prf;
    NTSTATUS status;

    (void)dwFlags;
    if ((status = kdf_parameter_prf(parameters, &digest))) return status;
    if (!kdf_parameter(parameters, KDF_SALT, &salt))
        kdf_parameter(parameters, KDF_GENERIC_PARAMETER, &salt);
    if (kdf_parameter(parameters, KDF_ITERATION_COUNT, &count))
    {
        if (count.bytes != sizeof(iterations)) return STATUS_INVALID_PARAMETER;
        memcpy(&iterations, count.data, sizeof(iterations));
        if (!iterations) return STATUS_INVALID_PARAMETER;
    }

    if (digest)
    {
        pbkdf2_hmac(digest, key->secret.data, key->secret.bytes, salt.data, salt.bytes, iterations,
                    out, bytes);
        return STATUS_SUCCESS;
    }
    if (!kdf_prf_init(&prf, NULL, key->secret.data, key->secret.bytes))
    {
        return STATUS_INVALID_PARAMETER;
    }
    kdf_pbkdf2(&prf, salt.data, salt.bytes, iterations, out, bytes);
    wipe(&prf, sizeof(prf));
    return STATUS_SUCCESS;
}

/* CAPI expands a key for AES even from a hash that is long enough, unless that is of SHA-2. */
NTSTATUS kdf_derive_capi(const struct kdf_key *key, const struct kdf_parameters *parameters,
                         ULONG dwFlags, UCHAR *out, ULONG bytes)
{
    const struct digest *digest;
    UCHAR value[DIGEST_MAX_BYTES];
    NTSTATUS status;
    bool is_sha2;

    if ((status = kdf_parameter_digest(parameters, NULL, &digest))) return status;
    if (bytes > 2 * digest->digest_bytes) return STATUS_INVALID_PARAMETER;

    is_sha2 = digest == &digests[DIGEST_SHA256] || digest == &digests[DIGEST_SHA384] ||
              digest == &digests[DIGEST_SHA512];
    digest_once(digest, key->secret.data, key->secret.bytes, value);
    kdf_capi(digest, value, dwFlags & BCRYPT_CAPI_AES_FLAG && !is_sha2, out, bytes);
    wipe(value, sizeof(value));
    return STATUS_SUCCESS;
}

static NTSTATUS tls_parameters(const struct kdf_parameters *parameters, struct kdf_part *label,
                               struct kdf_part *seed)
{
    if (!kdf_parameter(parameters, KDF_TLS_PRF_LABEL, label) || label->bytes > KDF_TLS_MOST_BYTES ||
        !kdf_parameter(parameters, KDF_TLS_PRF_SEED, seed) || seed->bytes > KDF_TLS_MOST_BYTES)
    {
        return STATUS_INVALID_PARAMETER;
    }
    return STATUS_SUCCESS;
}

NTSTATUS kdf_derive_tls1_1(const struct kdf_key *key, const struct kdf_parameters *parameters,
                           ULONG dwFlags, UCHAR *out, ULONG bytes)
{
    struct kdf_part label, seed;
    NTSTATUS status;

    (void)dwFlags;
    if ((status = tls_parameters(parameters, &label, &seed))) return status;
    kdf_tls1_prf(key->secret.data, key->secret.bytes, &label, &seed, out, bytes);
    return STATUS_SUCCESS;
}

/* Alone of all it wants the hash's name with its NUL [win]. */
NTSTATUS kdf_derive_tls1_2(const struct kdf_key *key, const struct kdf_parameters *parameters,
                           ULONG dwFlags, UCHAR *out, ULONG bytes)
{
    struct kdf_part label, seed, name;
    const struct digest *digest;
    NTSTATUS status;

    (void)dwFlags;
    if ((status = kdf_parameter_digest(parameters, NULL, &digest))) return status;
    kdf_parameter(parameters, KDF_HASH_ALGORITHM, &name);
    if (memcmp((const UCHAR *)name.data + name.bytes - sizeof(WCHAR), L"", sizeof(WCHAR)))
    {
        return STATUS_INVALID_PARAMETER;
    }
    if ((status = tls_parameters(parameters, &label, &seed))) return status;
    kdf_tls12_prf(digest, key->secret.data, key->secret.bytes, &label, &seed, out, bytes);
    return STATUS_SUCCESS;
}

NTSTATUS kdf_derive_hkdf(const struct kdf_key *key, const struct kdf_parameters *parameters,
                         ULONG dwFlags, UCHAR *out, ULONG bytes)
{
    (void)dwFlags;
    return kdf_hkdf_derive(&key->hkdf, &key->secret, parameters, out, bytes);
}
