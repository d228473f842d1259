/*
 * lc_bn.h - libcrypto's big numbers: to and from bytes, and where they are secret.
 *
 * For the lc_*.c files only: it includes <openssl/...>.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_CRYPTO_LC_BN_H
#define OPENCNG_CRYPTO_LC_BN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <openssl/bn.h>

/* Takes words, the least first. In no public header, but so named since OpenSSL 1.1.0. */
int bn_set_words(BIGNUM *number, const BN_ULONG *words, int count);

#define LC_BN_PUBLIC_BYTES 2048

/* A number that is no secret. In words it is read many times sooner than BN_bin2bn's bytes. NULL if
 * there is no memory. BN_free() it. */
static inline BIGNUM *lc_bn_public(const uint8_t *digits, size_t bytes)
{
    BN_ULONG words[LC_BN_PUBLIC_BYTES / sizeof(BN_ULONG)], word;
    BIGNUM *number;
    int count = 0;
    size_t i;

    if (!bytes || bytes > LC_BN_PUBLIC_BYTES) return BN_bin2bn(digits, (int)bytes, NULL);
    for (; bytes >= sizeof(word); words[count++] = word)
    {
        bytes -= sizeof(word);
        memcpy(&word, digits + bytes, sizeof(word));
        word = sizeof(word) == 8 ? (BN_ULONG)__builtin_bswap64(word)
                                 : (BN_ULONG)__builtin_bswap32((uint32_t)word);
    }
    for (i = 0, word = 0; i < bytes; i++) word = word << 8 | digits[i];
    if (bytes) words[count++] = word;

    number = BN_new();
    if (number && bn_set_words(number, words, count)) return number;
    BN_free(number);
    return NULL;
}

/* The number, marked secret: libcrypto then takes its paths without secret-dependent branches where
 * it has them. NULL if there is no memory. BN_clear_free() it. */
static inline BIGNUM *lc_bn_secret(const uint8_t *digits, size_t bytes)
{
    BIGNUM *number = BN_new();

    if (!number) return NULL;
    BN_set_flags(number, BN_FLG_CONSTTIME);
    if (BN_bin2bn(digits, (int)bytes, number)) return number;
    BN_clear_free(number);
    return NULL;
}

/* A temporary of the context, which the context clears when it is freed; marked secret. */
static inline BIGNUM *lc_bn_temporary(BN_CTX *context)
{
    BIGNUM *number = BN_CTX_get(context);

    if (number) BN_set_flags(number, BN_FLG_CONSTTIME);
    return number;
}

/* The number in bytes whose count is its own, or that of a number which it is below: libcrypto
 * fails only where there are too few, which cannot be then. Should it all the same, zeros come
 * out, and never what lay there. */
static inline void lc_bn_put(const BIGNUM *number, uint8_t *out, size_t bytes)
{
    if (BN_bn2binpad(number, out, (int)bytes) < 0) memset(out, 0, bytes);
}

#endif
