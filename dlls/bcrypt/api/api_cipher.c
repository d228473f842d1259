/*
 * api_cipher.c - encrypting and decrypting, with symmetric keys and with RSA.
 *
 * SPDX-License-Identifier: MIT
 */

#include "api/api.h"

static inline __attribute__((always_inline)) NTSTATUS
crypt(bool encrypt, BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput, VOID *pPaddingInfo,
      PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput, ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    struct object *key;
    NTSTATUS status;

    if (!(key = object_get(hKey, OBJECT_KEY))) return STATUS_INVALID_HANDLE;

    status = STATUS_INVALID_PARAMETER;
    if (!pcbResult || (cbInput && !pbInput && pbOutput)) goto done;

    status = (encrypt ? key->calls->Encrypt : key->calls->Decrypt)(
        key->provider_handle, pbInput, cbInput, pPaddingInfo, pbIV, cbIV, pbOutput, cbOutput,
        pcbResult, dwFlags);

done:
    object_put(key);
    wipe_registers();
    return status;
}

/*
 * BCryptEncrypt - encrypts a message or a part of one.
 *
 *   hKey                   a symmetric key, or an RSA key
 *   pbInput, cbInput       the plaintext; may be where pbOutput is
 *   pPaddingInfo           BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO for authenticated modes,
 *                          BCRYPT_OAEP_PADDING_INFO with BCRYPT_PAD_OAEP; otherwise ignored
 *   pbIV, cbIV             CBC, CFB: the initialization vector, a block long, which is replaced by
 *                          the chain value; NULL goes on with the key's own chain value. XTS: the
 *                          number of the first data unit, 8 bytes, which stays. ECB: NULL. GCM in a
 *                          chain of calls: at least 16 bytes for its counter. Otherwise ignored
 *   pbOutput, cbOutput     receives the ciphertext; NULL asks for its size. With a cbInput of 0 and
 *                          a pbInput of NULL an authenticated mode encrypts the empty message
 *   pcbResult              receives its bytes
 *   dwFlags                BCRYPT_BLOCK_PADDING with ECB, CBC and CFB, which does nothing with RC4;
 *                          BCRYPT_PAD_NONE, _PKCS1 or _OAEP with RSA
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE        not a key, or a pair that is not finalized
 *   STATUS_NOT_SUPPORTED         a key that cannot encrypt; OAEP with an unknown hash
 *   STATUS_INVALID_PARAMETER     a pointer, size or flag is wrong
 *   STATUS_INVALID_BUFFER_SIZE   without padding: not whole blocks (CFB: units of
 *                                MessageBlockLength; XTS: whole data units; GCM: a call of a chain
 *                                that is not the last); *pcbResult is cbInput
 *   STATUS_BUFFER_TOO_SMALL      *pcbResult is what is needed; nothing else has changed
 *   STATUS_NO_MEMORY             also from a size query, which may be a key's first use
 *   STATUS_INTERNAL_ERROR        RSA: there are no random numbers
 *
 * Source: Microsoft Learn, BCryptEncrypt. Tests: tests/test_cipher.c, test_aead.c, test_rsa.c.
 */
NTSTATUS WINAPI BCryptEncrypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                              VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                              ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    TRACE("hKey %p, pbInput %p, cbInput %lu, pPaddingInfo %p, pbIV %p, cbIV %lu, pbOutput %p, "
          "cbOutput %lu, pcbResult %p, dwFlags %#lx\n",
          hKey, (void *)pbInput, (unsigned long)cbInput, pPaddingInfo, (void *)pbIV,
          (unsigned long)cbIV, (void *)pbOutput, (unsigned long)cbOutput, (void *)pcbResult,
          (unsigned long)dwFlags);

    return crypt(true, hKey, pbInput, cbInput, pPaddingInfo, pbIV, cbIV, pbOutput, cbOutput,
                 pcbResult, dwFlags);
}

/*
 * BCryptDecrypt - decrypts a message or a part of one; the parameters are BCryptEncrypt's.
 *
 * A size query of an RSA key with padding gives the exact bytes of the plaintext. That of a
 * symmetric key gives cbInput, with BCRYPT_BLOCK_PADDING too, where the plaintext is shorter.
 *
 *   STATUS_SUCCESS
 *   STATUS_INVALID_HANDLE        not a key, or a pair that is not finalized
 *   STATUS_NOT_SUPPORTED         a key that cannot decrypt; OAEP with an unknown hash
 *   STATUS_INVALID_PARAMETER     a pointer, size or flag is wrong; RSA: a public key, or wrong
 *                                padding or size of the input, and then *pcbResult is 0
 *   STATUS_INVALID_BUFFER_SIZE   not whole blocks, as for BCryptEncrypt; *pcbResult is cbInput
 *   STATUS_BUFFER_TOO_SMALL      *pcbResult is enough, and exact unless the output lacks room for
 *                                all blocks but the last; nothing else has changed
 *   STATUS_DATA_ERROR            BCRYPT_BLOCK_PADDING: no input, or its padding is wrong
 *   STATUS_AUTH_TAG_MISMATCH     the tag is wrong; the output of this call is cleared
 *   STATUS_NO_MEMORY
 *
 * Source: Microsoft Learn, BCryptDecrypt. Tests: tests/test_cipher.c, test_aead.c, test_rsa.c.
 */
NTSTATUS WINAPI BCryptDecrypt(BCRYPT_KEY_HANDLE hKey, PUCHAR pbInput, ULONG cbInput,
                              VOID *pPaddingInfo, PUCHAR pbIV, ULONG cbIV, PUCHAR pbOutput,
                              ULONG cbOutput, ULONG *pcbResult, ULONG dwFlags)
{
    TRACE("hKey %p, pbInput %p, cbInput %lu, pPaddingInfo %p, pbIV %p, cbIV %lu, pbOutput %p, "
          "cbOutput %lu, pcbResult %p, dwFlags %#lx\n",
          hKey, (void *)pbInput, (unsigned long)cbInput, pPaddingInfo, (void *)pbIV,
          (unsigned long)cbIV, (void *)pbOutput, (unsigned long)cbOutput, (void *)pcbResult,
          (unsigned long)dwFlags);

    return crypt(false, hKey, pbInput, cbInput, pPaddingInfo, pbIV, cbIV, pbOutput, cbOutput,
                 pcbResult, dwFlags);
}
