/*
 * ksp_key.c - the life of a key: made, finalized, or taken from a blob.
 *
 * Until it is finalized a key is what was set: its algorithm, open, with the curve; a length, and
 * values. Then bcrypt.dll makes it, and its file is written: a key whose file cannot be written is
 * not ready, and may be finalized again.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/ksp.h"

#include "ksp/key_record.h"
#include "platform/memory.h"
#include "platform/wipe.h"
#include "store/key_store.h"

SECURITY_STATUS ksp_key_new(const struct ksp_algorithm *algorithm, LPCWSTR name, ULONG flags,
                            struct ksp_key **key)
{
    struct ksp_key *made = memory_get_zeroed(sizeof(*made));
    SECURITY_STATUS status;

    if (!made) return NTE_NO_MEMORY;
    made->algorithm = algorithm;
    made->flags = flags & NCRYPT_MACHINE_KEY_FLAG;
    made->overwrite = flags & NCRYPT_OVERWRITE_KEY_FLAG;
    made->is_private = true;
    atomic_init(&made->usage, NCRYPT_ALLOW_ALL_USAGES);
    atomic_init(&made->bits, algorithm->lengths.dwDefaultLength);

    status = nte(BCryptOpenAlgorithmProvider(&made->open, algorithm->id, MS_PRIMITIVE_PROVIDER, 0));
    if (status == NTE_NOT_FOUND) status = NTE_NOT_SUPPORTED;    /* an older bcrypt.dll */
    if (!status && name)
    {
        made->kept = true;
        if ((made->name = memory_get(name_bytes(name)))) memcpy(made->name, name, name_bytes(name));
        else status = NTE_NO_MEMORY;
    }
    if (status)
    {
        ksp_key_free(made);
        made = NULL;
    }
    *key = made;
    return status;
}

void ksp_key_free(struct ksp_key *key)
{
    if (!key) return;
    if (key->signer) BCryptDestroyKey(key->signer);
    if (key->key) BCryptDestroyKey(key->key);
    if (key->open) BCryptCloseAlgorithmProvider(key->open, 0);
    if (key->name) memory_put(key->name, name_bytes(key->name));
    ksp_values_free(key);
    memory_put(key, sizeof(*key));
}

/* A value that was set as a property of the pair that is being made; what is not set is left. */
static NTSTATUS pass_value(struct ksp_key *key, BCRYPT_KEY_HANDLE pair, LPCWSTR name)
{
    struct ksp_value *value = ksp_value_find(key, name, false);

    return value ? BCryptSetProperty(pair, name, value->data, value->bytes, 0) : STATUS_SUCCESS;
}

static NTSTATUS make_pair(struct ksp_key *key)
{
    const struct ksp_algorithm *algorithm = key->algorithm;
    bool has_set = ksp_has_set(algorithm);
    ULONG bits = has_set || key->is_curve_set ? 0 : atomic_load(&key->bits);
    BCRYPT_KEY_HANDLE pair = NULL;
    NTSTATUS status;

    if (algorithm->family == KSP_EC && algorithm->lengths.dwIncrement && !key->is_curve_set)
        return STATUS_INVALID_PARAMETER;
    if (has_set && !ksp_value_find(key, BCRYPT_PARAMETER_SET_NAME, false))
        return STATUS_INVALID_PARAMETER;

    if ((status = BCryptGenerateKeyPair(key->open, &pair, bits, 0))) return status;
    if (has_set) status = pass_value(key, pair, BCRYPT_PARAMETER_SET_NAME);
    if (!status && algorithm->family == KSP_DH)
        status = pass_value(key, pair, BCRYPT_DH_PARAMETERS);
    if (!status && algorithm->family == KSP_DSA)
        status = pass_value(key, pair, BCRYPT_DSA_PARAMETERS);
    if (!status) status = BCryptFinalizeKeyPair(pair, 0);
    if (status) BCryptDestroyKey(pair);
    else key->key = pair;
    return status;
}

static NTSTATUS make_symmetric(struct ksp_key *key)
{
    uint8_t secret[32];
    ULONG bytes = atomic_load(&key->bits) / 8;
    NTSTATUS status;

    if (!bytes || bytes > sizeof(secret)) return STATUS_INVALID_PARAMETER;
    status = BCryptGenRandom(NULL, secret, bytes, BCRYPT_USE_SYSTEM_PREFERRED_RNG);
    if (!status)
        status = BCryptGenerateSymmetricKey(key->open, &key->key, NULL, 0, secret, bytes, 0);
    wipe(secret, sizeof(secret));
    return status;
}

static NTSTATUS make_derivation(struct ksp_key *key)
{
    struct ksp_value *secret = ksp_value_find(key, NCRYPT_KDF_SECRET_VALUE, false);

    if (!secret) return STATUS_INVALID_PARAMETER;
    return BCryptGenerateSymmetricKey(key->open, &key->key, NULL, 0, secret->data, secret->bytes,
                                      0);
}

SECURITY_STATUS ksp_key_finalize(struct ksp_key *key)
{
    SECURITY_STATUS status = 0;

    platform_lock_acquire(&key->lock);
    if (atomic_load(&key->ready)) status = NTE_INVALID_HANDLE;
    else if (!key->key)
    {
        switch (key->algorithm->family)
        {
        case KSP_CIPHER: status = nte(make_symmetric(key)); break;
        case KSP_KDF: status = nte(make_derivation(key)); break;
        default: status = nte(make_pair(key)); break;
        }
    }
    if (!status) status = ksp_key_store(key);
    if (!status)
    {
        key->overwrite = true;                  /* from now on the file is this key's */
        atomic_store(&key->ready, true);
    }
    platform_lock_release(&key->lock);
    return status;
}

SECURITY_STATUS ksp_key_take(struct ksp_key *key, LPCWSTR type, const uint8_t *blob, ULONG bytes,
                             ULONG flags)
{
    PUCHAR data = (PUCHAR)(ULONG_PTR)blob;
    ULONG bits, size;
    NTSTATUS status;

    switch (key->algorithm->family)
    {
    case KSP_CIPHER:
        status = BCryptImportKey(key->open, NULL, type, &key->key, NULL, 0, data, bytes, 0);
        break;
    case KSP_KDF:
        status = BCryptGenerateSymmetricKey(key->open, &key->key, NULL, 0, data, bytes, 0);
        break;
    default:
        status = BCryptImportKeyPair(key->open, NULL, type, &key->key, data, bytes, flags);
        break;
    }
    if (status) return nte(status);
    if (!BCryptGetProperty(key->key, BCRYPT_KEY_LENGTH, (PUCHAR)&bits, sizeof(bits), &size, 0))
        atomic_store(&key->bits, bits);
    return 0;
}

SECURITY_STATUS ksp_key_blob(struct ksp_key *key, LPCWSTR type, uint8_t **blob, ULONG *bytes,
                             LPCWSTR *written_type)
{
    LPCWSTR plain = key->algorithm->family == KSP_MLDSA ? BCRYPT_PQDSA_PRIVATE_BLOB :
                    key->algorithm->family == KSP_MLKEM ? BCRYPT_MLKEM_PRIVATE_BLOB : NULL;
    ULONG size = 0;
    NTSTATUS status;

    *blob = NULL;
    if (!type) type = key->algorithm->private_blob;
    status = BCryptExportKey(key->key, NULL, type, NULL, 0, &size, 0);
    if (status && status != STATUS_NO_MEMORY && plain && names_equal(type,
                                                                     key->algorithm->private_blob))
    {
        type = plain;                           /* it came without a seed */
        status = BCryptExportKey(key->key, NULL, type, NULL, 0, &size, 0);
    }
    if (status) return nte(status);
    if (!(*blob = memory_get(size))) return NTE_NO_MEMORY;
    *bytes = size;
    if ((status = BCryptExportKey(key->key, NULL, type, *blob, size, bytes, 0)) || *bytes != size)
    {
        memory_put(*blob, size);
        *blob = NULL;
        return status ? nte(status) : NTE_INTERNAL_ERROR;
    }
    if (written_type) *written_type = type;
    return 0;
}

SECURITY_STATUS ksp_key_store(struct ksp_key *key)
{
    struct stored_name name;
    SECURITY_STATUS status;
    uint8_t *record = NULL;
    ULONG bytes = 0;

    if (!key->kept) return 0;
    if ((status = key_record_write(key, &record, &bytes))) return status;
    name = (struct stored_name){ .name = key->name, .algorithm = key->algorithm->id,
                                 .machine = key->flags & NCRYPT_MACHINE_KEY_FLAG,
                                 .legacy_spec = key->legacy_spec,
                                 .locked = key->file_lock != NULL };
    status = store_save(&name, record, bytes, key->overwrite);
    memory_put(record, bytes);
    return status;
}

/* What `from` has in its file, to `key`: permissions are only taken away. */
static void take_over(struct ksp_key *key, struct ksp_key *from)
{
    struct ksp_value *value, *old;

    atomic_fetch_and(&key->policy, atomic_load(&from->policy));
    atomic_fetch_and(&key->usage, atomic_load(&from->usage));
    while ((value = from->values))
    {
        from->values = value->next;
        old = ksp_value_find(key, value->name, value->custom);
        if (old && !old->kept) old = value;     /* the caller's own goes before */
        else ksp_value_swap(key, value, old);
        ksp_value_free(old);
    }
}

SECURITY_STATUS ksp_key_refresh(struct ksp_key *key)
{
    WCHAR algorithm[STORE_ID_ROOM];
    bool machine = key->flags & NCRYPT_MACHINE_KEY_FLAG;
    struct ksp_key *now = NULL;
    SECURITY_STATUS status;
    uint8_t *record;
    ULONG bytes;

    if (!key->kept || !atomic_load(&key->ready)) return 0;
    if ((status = store_lock(key->name, machine, &key->file_lock))) return status;
    if ((status = store_load(key->name, machine, algorithm, &record, &bytes))) return status;
    status = key_record_read(algorithm, key->name, machine, record, bytes, &now);
    memory_put(record, bytes);
    if (!status) status = key_record_compare(key, now);
    if (!status) take_over(key, now);
    ksp_key_free(now);
    return status;
}

void ksp_key_refreshed(struct ksp_key *key)
{
    store_unlock(key->file_lock);
    key->file_lock = NULL;
}

SECURITY_STATUS ksp_key_may(struct ksp_key *key, ULONG usage)
{
    return atomic_load_explicit(&key->usage, memory_order_relaxed) & usage ? 0 : NTE_PERM;
}
