/*
 * kdf_tls.c - the pseudo-random functions of TLS: RFC 2246 section 5, RFC 5246 section 5.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/kdf/kdf_functions.h"

#include "platform/wipe.h"

/* P_hash, added to what is in out. */
static void add_p_hash(const struct digest *digest, const void *secret, size_t secret_bytes,
                       const struct kdf_part *label, const struct kdf_part *seed, uint8_t *out,
                       size_t out_bytes)
{
    uint8_t a[DIGEST_MAX_BYTES], block[DIGEST_MAX_BYTES];
    struct kdf_prf prf;
    size_t part, i;

    kdf_prf_init(&prf, digest, secret, secret_bytes);
    kdf_prf_update(&prf, label->data, label->bytes);
    kdf_prf_update(&prf, seed->data, seed->bytes);
    kdf_prf_finish(&prf, a);                                    /* A(1) */
    for (; out_bytes; out += part, out_bytes -= part)
    {
        kdf_prf_update(&prf, a, digest->digest_bytes);
        kdf_prf_update(&prf, label->data, label->bytes);
        kdf_prf_update(&prf, seed->data, seed->bytes);
        kdf_prf_finish(&prf, block);
        part = out_bytes < digest->digest_bytes ? out_bytes : digest->digest_bytes;
        for (i = 0; i < part; i++) out[i] ^= block[i];
        if (out_bytes == part) break;
        kdf_prf_update(&prf, a, digest->digest_bytes);
        kdf_prf_finish(&prf, a);
    }
    wipe(a, sizeof(a));
    wipe(block, sizeof(block));
    wipe(&prf, sizeof(prf));
}

/* The halves of a secret of an odd number of bytes share the one in the middle. */
void kdf_tls1_prf(const void *secret, size_t secret_bytes, const struct kdf_part *label,
                  const struct kdf_part *seed, uint8_t *out, size_t out_bytes)
{
    const uint8_t *left = secret;
    size_t half = secret_bytes / 2 + secret_bytes % 2;

    memset(out, 0, out_bytes);
    add_p_hash(&digests[DIGEST_MD5], left, half, label, seed, out, out_bytes);
    add_p_hash(&digests[DIGEST_SHA1], half ? left + secret_bytes - half : left, half, label, seed,
               out, out_bytes);
}

void kdf_tls12_prf(const struct digest *digest, const void *secret, size_t secret_bytes,
                   const struct kdf_part *label, const struct kdf_part *seed, uint8_t *out,
                   size_t out_bytes)
{
    memset(out, 0, out_bytes);
    add_p_hash(digest, secret, secret_bytes, label, seed, out, out_bytes);
}
