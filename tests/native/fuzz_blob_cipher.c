/*
 * fuzz_blob_cipher.c - any bytes as the blob of a symmetric key: data, opaque, wrapped.
 *
 * Opaque and wrapped blobs have a checksum, which few changed ones would pass: half of the inputs
 * are given a right one. A key that is accepted has to encrypt without harm, and to come out of
 * its opaque blob again as the same key.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdlib.h>
#include <string.h>

#include "crypto/aes/aes_wrap.h"
#include "crypto/hash/digest.h"
#include "fuzz.h"
#include "provider/common/prov.h"

static const LPCWSTR types[] =
{
    BCRYPT_KEY_DATA_BLOB, BCRYPT_OPAQUE_KEY_BLOB, BCRYPT_AES_WRAP_KEY_BLOB,
};
enum { KEY_DATA, OPAQUE_KEY, WRAPPED, TYPES };

static const struct
{
    LPCWSTR id, mode;
    ULONG key_bytes;
    bool authenticated;
} ciphers[] =
{
    { BCRYPT_AES_ALGORITHM,               BCRYPT_CHAIN_MODE_CBC, 16, false },
    { BCRYPT_AES_ALGORITHM,               BCRYPT_CHAIN_MODE_GCM, 32, true  },
    { BCRYPT_RC4_ALGORITHM,               NULL,                  16, false },
    { BCRYPT_RC2_ALGORITHM,               BCRYPT_CHAIN_MODE_CFB, 16, false },
    { BCRYPT_DESX_ALGORITHM,              BCRYPT_CHAIN_MODE_CBC, 24, false },
    { BCRYPT_3DES_112_ALGORITHM,          BCRYPT_CHAIN_MODE_ECB, 16, false },
    { BCRYPT_XTS_AES_ALGORITHM,           NULL,                  32, false },
    { BCRYPT_CHACHA20_POLY1305_ALGORITHM, NULL,                  32, true  },
};

/* The first byte of the input chooses the cipher, the type of blob, and whether its checksum is
 * made right. */
#define CHOICES (ARRAY_SIZE(ciphers) * TYPES)

static const UCHAR wrapping_secret[16] = { 1, 2, 3 };

static const BCRYPT_CIPHER_FUNCTION_TABLE *functions(void)
{
    return cipher_family.table;
}

static BCRYPT_ALG_HANDLE open_cipher(size_t number)
{
    LPCWSTR mode = ciphers[number].mode;
    BCRYPT_ALG_HANDLE algorithm;

    fuzz_must(!functions()->OpenAlgorithmProvider(&algorithm, ciphers[number].id, 0));
    if (mode)
    {
        fuzz_must(!functions()->SetProperty(algorithm, BCRYPT_CHAINING_MODE,
                                            (PUCHAR)(uintptr_t)mode, name_bytes(mode), 0));
    }
    return algorithm;
}

static BCRYPT_KEY_HANDLE new_key(BCRYPT_ALG_HANDLE algorithm, const UCHAR *secret, ULONG bytes)
{
    BCRYPT_KEY_HANDLE key;

    fuzz_must(!functions()->GenerateKey(algorithm, &key, NULL, 0, (PUCHAR)(uintptr_t)secret, bytes,
                                        0));
    return key;
}

/* ---- right checksums ---- */

/* Its size is in the second word, the SHA-256 of what is before it at its end. */
static void seal_opaque(UCHAR *blob, size_t bytes)
{
    ULONG size = (ULONG)bytes;

    if (bytes < 8 + 32) return;
    memcpy(blob + 4, &size, sizeof(size));
    digest_once(&digests[DIGEST_SHA256], blob, bytes - 32, blob + bytes - 32);
}

/* Takes all but the last 8 bytes for the secret that is wrapped. */
static void seal_wrapped(UCHAR *blob, size_t bytes)
{
    struct aes_schedule schedule;
    UCHAR *secret;

    if (bytes < 16 + AES_WRAP_EXTRA_BYTES || bytes % 8) return;
    secret = fuzz_copy(blob, bytes - AES_WRAP_EXTRA_BYTES);
    aes_expand_encrypt(&schedule, wrapping_secret, sizeof(wrapping_secret));
    aes_wrap(&schedule, blob, secret, bytes - AES_WRAP_EXTRA_BYTES);
    free(secret);
}

/* ---- keys ---- */

static void encrypt(BCRYPT_KEY_HANDLE key, bool authenticated)
{
    BCRYPT_AUTHENTICATED_CIPHER_MODE_INFO info;
    UCHAR message[64] = { 1 }, nonce[12] = { 2 }, tag[16];
    ULONG bytes;

    BCRYPT_INIT_AUTH_MODE_INFO(info);
    info.pbNonce = nonce;
    info.cbNonce = sizeof(nonce);
    info.pbTag = tag;
    info.cbTag = sizeof(tag);
    functions()->Encrypt(key, message, sizeof(message), authenticated ? &info : NULL, NULL, 0,
                         message, sizeof(message), &bytes, 0);
    functions()->Decrypt(key, message, sizeof(message), authenticated ? &info : NULL, NULL, 0,
                         message, sizeof(message), &bytes, 0);
}

/* The key as a blob, as a key of that, and as a blob of that. A key of an opaque blob may be of a
 * size that the others do not take, or would cut without BCRYPT_EXTENDED_KEYSIZE. */
static void round_trip(BCRYPT_ALG_HANDLE algorithm, BCRYPT_KEY_HANDLE key,
                       BCRYPT_KEY_HANDLE wrapping, size_t type)
{
    BCRYPT_KEY_HANDLE with = type == WRAPPED ? wrapping : NULL, copy;
    ULONG bytes, again_bytes;
    UCHAR *blob, *again;
    bool taken;

    if (!(blob = fuzz_export(functions()->ExportKey, key, with, types[type], &bytes))) return;
    taken = !functions()->ImportKey(algorithm, with, types[type], &copy, NULL, 0, blob, bytes,
                                    BCRYPT_EXTENDED_KEYSIZE);
    fuzz_must(taken || type != OPAQUE_KEY);
    if (taken)
    {
        again = fuzz_export(functions()->ExportKey, copy, with, types[type], &again_bytes);
        fuzz_must(again && again_bytes == bytes && !memcmp(blob, again, bytes));
        functions()->DestroyKey(copy);
        free(again);
    }
    free(blob);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    BCRYPT_ALG_HANDLE algorithm, aes;
    BCRYPT_KEY_HANDLE key, wrapping;
    size_t cipher, type, i;
    UCHAR *blob;

    if (!bytes) return 0;
    type = data[0] % TYPES;
    cipher = data[0] / TYPES % ARRAY_SIZE(ciphers);
    algorithm = open_cipher(cipher);
    aes = open_cipher(0);
    wrapping = new_key(aes, wrapping_secret, sizeof(wrapping_secret));

    blob = fuzz_copy(data + 1, bytes - 1);
    if (data[0] >= CHOICES && type == OPAQUE_KEY) seal_opaque(blob, bytes - 1);
    if (data[0] >= CHOICES && type == WRAPPED) seal_wrapped(blob, bytes - 1);
    if (!functions()->ImportKey(algorithm, type == WRAPPED ? wrapping : NULL, types[type], &key,
                                NULL, 0, blob, (ULONG)bytes - 1, 0))
    {
        for (i = 0; i < TYPES; i++) round_trip(algorithm, key, wrapping, i);
        encrypt(key, ciphers[cipher].authenticated);
        round_trip(algorithm, key, wrapping, OPAQUE_KEY);
        functions()->DestroyKey(key);
    }
    free(blob);
    functions()->DestroyKey(wrapping);
    functions()->CloseAlgorithmProvider(aes, 0);
    functions()->CloseAlgorithmProvider(algorithm, 0);
    return 0;
}

#ifndef LIBFUZZER

#define ROUNDS 3000

START_TEST(a_changed_blob_does_no_harm)
{
    size_t type = (size_t)_i % TYPES, cipher = (size_t)_i / TYPES % ARRAY_SIZE(ciphers);
    BCRYPT_ALG_HANDLE algorithm = open_cipher(cipher), aes = open_cipher(0);
    BCRYPT_KEY_HANDLE wrapping = new_key(aes, wrapping_secret, sizeof(wrapping_secret)), key;
    UCHAR secret[64], *blob;
    ULONG bytes;
    size_t i;

    for (i = 0; i < sizeof(secret); i++) secret[i] = (UCHAR)(3 * i + 1);
    key = new_key(algorithm, secret, ciphers[cipher].key_bytes);
    blob = fuzz_export(functions()->ExportKey, key, type == WRAPPED ? wrapping : NULL, types[type],
                       &bytes);
    ck_assert_ptr_nonnull(blob);
    fuzz_changed((uint8_t)_i, blob, bytes, ROUNDS);
    free(blob);
    functions()->DestroyKey(key);
    functions()->DestroyKey(wrapping);
    functions()->CloseAlgorithmProvider(aes, 0);
    functions()->CloseAlgorithmProvider(algorithm, 0);
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("blobs");

    tcase_add_loop_test(tests, a_changed_blob_does_no_harm, 0, 2 * (int)CHOICES);
    return suite_run("fuzz_blob_cipher", tests);
}

#endif
