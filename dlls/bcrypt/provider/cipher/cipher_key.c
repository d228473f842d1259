/*
 * cipher_key.c - the life of a symmetric key: generate, duplicate, destroy.
 *
 * SPDX-License-Identifier: MIT
 */

#include "provider/cipher/cipher.h"

#include "platform/platform.h"
#include "platform/wipe.h"

void cipher_chain_load(struct cipher_key *key, UCHAR *iv)
{
    uint64_t words[2];

    words[0] = atomic_load_explicit(&key->chain[0], memory_order_relaxed);
    words[1] = atomic_load_explicit(&key->chain[1], memory_order_relaxed);
    copy_block(iv, words, key->row->block_bytes);
}

void cipher_chain_store(struct cipher_key *key, const UCHAR *iv)
{
    uint64_t words[2] = { 0, 0 };

    copy_block(words, iv, key->row->block_bytes);
    atomic_store_explicit(&key->chain[0], words[0], memory_order_relaxed);
    if (key->row->block_bytes > 8)
        atomic_store_explicit(&key->chain[1], words[1], memory_order_relaxed);
}

void cipher_key_free(struct cipher_key *key)
{
    const struct cipher_row *row;
    ULONG bytes;

    if (!key) return;
    row = key->row;
    memory_put(atomic_load(&key->gcm), sizeof(struct gcm_key));
    memory_put(atomic_load(&key->decrypt), sizeof(struct aes_schedule));
    if (row->schedule_bytes) memory_put(key->encrypt, row->schedule_bytes);
    memory_put(key->state, row->state_bytes);
    bytes = row->object_bytes;
    if (row->schedule_offset && atomic_load(&key->schedule_state) == LAZY_EMPTY)
    {
        bytes = row->schedule_offset;
    }
    prov_object_free(key, bytes);
}

/* Memory for a key, with nothing made yet of what is made when it is needed. */
static NTSTATUS key_new(const struct cipher_row *row, PUCHAR pbKeyObject, ULONG cbKeyObject,
                        struct cipher_key **result)
{
    struct cipher_key *key;
    NTSTATUS status;

    status = prov_object_new(PROV_CIPHER_KEY, row->object_bytes, pbKeyObject, cbKeyObject, &key);
    if (status) return status;
    key->row = row;
    atomic_init(&key->gcm, NULL);
    atomic_init(&key->schedule_state, LAZY_EMPTY);
    key->encrypt = NULL;
    atomic_init(&key->decrypt, NULL);
    key->state = NULL;
    if (row->state_bytes && !(key->state = memory_get(row->state_bytes)))
    {
        prov_object_free(key, row->object_bytes);
        return STATUS_NO_MEMORY;
    }
    *result = key;
    return STATUS_SUCCESS;
}

/* The key bytes that are used of those given; 0: not acceptable. */
static ULONG accepted_bytes(const struct cipher_algorithm *algorithm, ULONG bytes, ULONG flags)
{
    const struct cipher_row *row = cipher_row_of(algorithm);
    bool extended = (algorithm->flags | flags) & BCRYPT_EXTENDED_KEYSIZE;
    ULONG most = (extended ? row->extended_key_bits : row->key_bits.dwMaxLength) / 8;
    ULONG least = row->key_bits.dwMinLength / 8, step = row->key_bits.dwIncrement / 8;

    if (bytes > most && extended) return 0;
    if (bytes > most) bytes = most;
    if (bytes < least || (step && (bytes - least) % step)) return 0;
    return bytes;
}

NTSTATUS cipher_key_new(const struct cipher_algorithm *algorithm,
                        const struct cipher_settings *settings, PUCHAR pbKeyObject,
                        ULONG cbKeyObject, const UCHAR *secret, ULONG bytes, ULONG flags,
                        struct cipher_key **result)
{
    const struct cipher_row *row = cipher_row_of(algorithm);
    struct cipher_key *key;
    NTSTATUS status;

    if (flags & ~(BCRYPT_EXTENDED_KEYSIZE | row->key_flags)) return STATUS_INVALID_PARAMETER;
    if (!secret || !(bytes = accepted_bytes(algorithm, bytes, flags)))
        return STATUS_INVALID_PARAMETER;
    if (flags & BCRYPT_ENABLE_INCOMPATIBLE_FIPS_CHECKS && platform_fips_enabled() &&
        equal_constant_time(secret, secret + bytes / 2, bytes / 2)) return STATUS_INVALID_PARAMETER;

    if ((status = key_new(row, pbKeyObject, cbKeyObject, &key))) return status;
    key->secret_bytes = bytes;
    cipher_settings_copy(&key->settings, settings);
    atomic_init(&key->chain[0], 0);
    atomic_init(&key->chain[1], 0);
    copy_secret(cipher_secret(key), secret, bytes);
    if (row->state_bytes) cipher_need_schedule(key);            /* a stream begins with the key */
    *result = key;
    return STATUS_SUCCESS;
}

NTSTATUS WINAPI cipher_generate_key(BCRYPT_ALG_HANDLE hAlgorithm, BCRYPT_KEY_HANDLE *phKey, PUCHAR
                                    pbKeyObject, ULONG cbKeyObject, PUCHAR pbSecret, ULONG cbSecret,
                                    ULONG dwFlags)
{
    const struct cipher_algorithm *algorithm = hAlgorithm;
    struct cipher_key *key;
    NTSTATUS status;

    status = cipher_key_new(algorithm, &algorithm->settings, pbKeyObject, cbKeyObject, pbSecret,
                            cbSecret, dwFlags, &key);
    if (!status) *phKey = key;
    return status;
}

NTSTATUS WINAPI cipher_duplicate_key(BCRYPT_KEY_HANDLE hKey, BCRYPT_KEY_HANDLE *phNewKey, PUCHAR
                                     pbKeyObject, ULONG cbKeyObject, ULONG dwFlags)
{
    struct cipher_key *key = hKey, *copy;
    const struct cipher_row *row = key->row;
    NTSTATUS status;

    (void)dwFlags;
    if ((status = key_new(row, pbKeyObject, cbKeyObject, &copy))) return status;
    copy->secret_bytes = key->secret_bytes;
    cipher_settings_copy(&copy->settings, &key->settings);
    atomic_init(&copy->chain[0], atomic_load_explicit(&key->chain[0], memory_order_relaxed));
    atomic_init(&copy->chain[1], atomic_load_explicit(&key->chain[1], memory_order_relaxed));
    copy_secret(cipher_secret(copy), cipher_secret(key), key->secret_bytes);
    if (row->state_bytes)
    {
        cipher_need_schedule(copy);
        memcpy(copy->state, key->state, row->state_bytes);
    }
    *phNewKey = copy;
    return STATUS_SUCCESS;
}

NTSTATUS WINAPI cipher_destroy_key(BCRYPT_KEY_HANDLE hKey)
{
    cipher_key_free(hKey);
    return STATUS_SUCCESS;
}
