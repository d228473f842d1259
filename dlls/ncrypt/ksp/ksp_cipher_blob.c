/*
 * ksp_cipher_blob.c - symmetric keys as blobs of key storage's own.
 *
 * NCRYPT_KEY_BLOB_HEADER, the algorithm's name with its NUL, and the key: a cipher's as
 * BCRYPT_KEY_DATA_BLOB (.NET's code reads it so), a key of key derivation as it is.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/ksp.h"

#include "platform/memory.h"
#include "store/key_store.h"

SECURITY_STATUS ksp_import_cipher(ULONG magic, LPCWSTR name, const uint8_t *blob, ULONG bytes,
                                  ULONG flags, struct ksp_key **result)
{
    bool is_cipher = magic == NCRYPT_CIPHER_KEY_BLOB_MAGIC;
    const struct ksp_algorithm *algorithm;
    NCRYPT_KEY_BLOB_HEADER header;
    SECURITY_STATUS status;
    NCryptBuffer text;
    WCHAR id[STORE_ID_ROOM];
    struct ksp_key *key;

    if (bytes < sizeof(header)) return NTE_BAD_DATA;
    memcpy(&header, blob, sizeof(header));
    if (header.cbSize != sizeof(header) || header.dwMagic != magic ||
        header.cbAlgName > bytes - sizeof(header) ||
        header.cbKeyData != bytes - sizeof(header) - header.cbAlgName) return NTE_BAD_DATA;
    text.cbBuffer = header.cbAlgName;
    text.pvBuffer = (void *)(ULONG_PTR)(blob + sizeof(header));
    if (!ksp_parameter_text(&text, id, ARRAY_SIZE(id))) return NTE_BAD_DATA;
    algorithm = ksp_algorithm_find(id);
    if (!algorithm || algorithm->family != (is_cipher ? KSP_CIPHER : KSP_KDF))
        return NTE_NOT_SUPPORTED;

    if (name && !(flags & NCRYPT_OVERWRITE_KEY_FLAG) &&
        store_has(name, flags & NCRYPT_MACHINE_KEY_FLAG)) return NTE_EXISTS;
    if ((status = ksp_key_new(algorithm, name, flags, &key))) return status;
    blob += sizeof(header) + header.cbAlgName;
    if (!is_cipher)
        status = ksp_value_put(key, NCRYPT_KDF_SECRET_VALUE, false, true, blob, header.cbKeyData);
    if (!status) status = ksp_key_take(key, BCRYPT_KEY_DATA_BLOB, blob, header.cbKeyData, 0);
    if (!status && !(flags & NCRYPT_DO_NOT_FINALIZE_FLAG)) status = ksp_key_finalize(key);
    if (status)
    {
        ksp_key_free(key);
        key = NULL;
    }
    *result = key;
    return status;
}

SECURITY_STATUS ksp_export_cipher(struct ksp_key *key, ULONG magic, uint8_t *output, ULONG bytes,
                                  ULONG *result)
{
    NCRYPT_KEY_BLOB_HEADER header = { .cbSize = sizeof(header), .dwMagic = magic };
    struct ksp_value *secret;
    SECURITY_STATUS status = 0;
    uint8_t *data = NULL;
    ULONG total;

    if (magic == NCRYPT_CIPHER_KEY_BLOB_MAGIC)
    {
        if ((status = ksp_key_blob(key, BCRYPT_KEY_DATA_BLOB, &data, &header.cbKeyData, NULL)))
            return status;
    }
    else
    {
        platform_lock_acquire(&key->lock);
        if ((secret = ksp_value_find(key, NCRYPT_KDF_SECRET_VALUE, false)) &&
            (data = memory_get(secret->bytes + 1)))
        {
            memcpy(data, secret->data, secret->bytes);
            header.cbKeyData = secret->bytes;
        }
        platform_lock_release(&key->lock);
        if (!data) return NTE_NO_MEMORY;
    }
    header.cbAlgName = name_bytes(key->algorithm->id);
    total = sizeof(header) + header.cbAlgName + header.cbKeyData;
    *result = total;
    if (output && bytes < total) status = NTE_BUFFER_TOO_SMALL;
    else if (output)
    {
        memcpy(output, &header, sizeof(header));
        memcpy(output + sizeof(header), key->algorithm->id, header.cbAlgName);
        memcpy(output + sizeof(header) + header.cbAlgName, data, header.cbKeyData);
    }
    memory_put(data, header.cbKeyData + (magic == NCRYPT_CIPHER_KEY_BLOB_MAGIC ? 0 : 1));
    return status;
}
