/*
 * ksp_legacy.c - keys of CryptoAPI's as keys here.
 *
 * Such a key is a copy: it signs and decrypts with every padding, and has the container's name. It
 * has no file, so what is set on it goes with its handle.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/ksp.h"

#include "platform/memory.h"

SECURITY_STATUS ksp_key_legacy(struct legacy_key *found, struct ksp_key **key)
{
    SECURITY_STATUS status = ksp_import(LEGACY_RSAPRIVATE_BLOB, NULL, found->blob, found->bytes, 0,
                                        key);
    ULONG bytes = name_bytes(found->container);

    memory_put(found->blob, found->bytes);
    found->blob = NULL;
    if (status) return status == NTE_NO_MEMORY ? status : NTE_NOT_SUPPORTED;

    (*key)->legacy = true;
    (*key)->legacy_spec = found->spec;
    (*key)->flags = found->machine ? NCRYPT_MACHINE_KEY_FLAG : 0;
    if (found->exportable)
        atomic_store(&(*key)->policy, NCRYPT_ALLOW_EXPORT_FLAG |
                                      NCRYPT_ALLOW_PLAINTEXT_EXPORT_FLAG);
    if (!found->container[0]) return 0;
    if (((*key)->name = memory_get(bytes))) memcpy((*key)->name, found->container, bytes);
    else
    {
        ksp_key_free(*key);
        *key = NULL;
        status = NTE_NO_MEMORY;
    }
    return status;
}
