/*
 * ksp_cipher.c - encrypting and decrypting with symmetric keys.
 *
 * A key has one chaining vector, which its property IV sets and each call without one of its own
 * moves on: .NET encrypts a stream so. Calls on one key wait for each other.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/ksp.h"

#include "platform/wipe.h"

SECURITY_STATUS ksp_cipher(struct ksp_key *key, bool encrypt, const uint8_t *input, ULONG bytes,
                           const void *info, uint8_t *output, ULONG room, ULONG *result,
                           ULONG flags)
{
    NCRYPT_CIPHER_PADDING_INFO padding = { 0 };
    PUCHAR data = (PUCHAR)(ULONG_PTR)input, iv = key->iv;
    ULONG block = 0, size, iv_bytes, padded = 0;
    WCHAR mode[64] = { 0 };
    uint8_t before[sizeof(key->iv)];
    void *other = NULL;
    NTSTATUS status;

    if (flags & ~(NCRYPT_NO_PADDING_FLAG | NCRYPT_PAD_CIPHER_FLAG)) return NTE_BAD_FLAGS;
    if (flags & NCRYPT_PAD_CIPHER_FLAG)
    {
        if (!info) return NTE_INVALID_PARAMETER;
        memcpy(&padding, info, sizeof(padding));
        if (padding.cbSize != sizeof(padding) ||
            padding.dwFlags & ~(NCRYPT_CIPHER_BLOCK_PADDING_FLAG |
                                NCRYPT_CIPHER_OTHER_PADDING_FLAG))
            return NTE_INVALID_PARAMETER;
        if (padding.dwFlags & NCRYPT_CIPHER_BLOCK_PADDING_FLAG) padded = BCRYPT_BLOCK_PADDING;
        if (padding.pbOtherInfo && padding.cbOtherInfo)
        {
            if (padding.cbOtherInfo < sizeof(BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO))
                return NTE_INVALID_PARAMETER;
            other = padding.pbOtherInfo;
        }
    }
    if ((status = BCryptGetProperty(key->key, BCRYPT_BLOCK_LENGTH, (PUCHAR)&block, sizeof(block),
                                    &size, 0))) return nte(status);
    if ((status = BCryptGetProperty(key->key, BCRYPT_CHAINING_MODE, (PUCHAR)mode, sizeof(mode),
                                    &size, 0))) return nte(status);

    platform_lock_acquire(&key->lock);
    memcpy(before, key->iv, sizeof(before));
    iv_bytes = block <= sizeof(key->iv) ? block : 0;
    if (padding.pbIV)
    {
        iv = padding.pbIV;
        iv_bytes = padding.cbIV;
    }
    else if (other || names_equal(mode, BCRYPT_CHAIN_MODE_ECB))
    {
        iv = NULL;
        iv_bytes = 0;
    }
    if (encrypt)
        status = BCryptEncrypt(key->key, data, bytes, other, iv, iv_bytes, output, room, result,
                               padded);
    else
        status = BCryptDecrypt(key->key, data, bytes, other, iv, iv_bytes, output, room, result,
                               padded);
    if (status || !output) memcpy(key->iv, before, sizeof(before));
    platform_lock_release(&key->lock);
    wipe(before, sizeof(before));
    return nte(status);
}
