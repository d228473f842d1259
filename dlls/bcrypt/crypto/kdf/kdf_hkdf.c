/*
 * kdf_hkdf.c - HKDF: RFC 5869.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/kdf/kdf_functions.h"

#include "platform/wipe.h"

/* No salt is as many zeros as the digest has bytes; HMAC pads a key with zeros anyway. */
void hkdf_extract(const struct digest *digest, const void *salt, size_t salt_bytes, const void *ikm,
                  size_t ikm_bytes, uint8_t *prk)
{
    hmac_once(digest, salt, salt_bytes, ikm, ikm_bytes, prk);
}

void hkdf_expand(const struct digest *digest, const void *prk, size_t prk_bytes, const void *info,
                 size_t info_bytes, uint8_t *out, size_t out_bytes)
{
    uint8_t block[DIGEST_MAX_BYTES], number = 0;
    struct kdf_prf prf;
    size_t part;

    kdf_prf_init(&prf, digest, prk, prk_bytes);
    for (; out_bytes; out += part, out_bytes -= part)
    {
        if (number++) kdf_prf_update(&prf, block, digest->digest_bytes);
        kdf_prf_update(&prf, info, info_bytes);
        kdf_prf_update(&prf, &number, sizeof(number));
        kdf_prf_finish(&prf, block);
        part = out_bytes < digest->digest_bytes ? out_bytes : digest->digest_bytes;
        memcpy(out, block, part);
    }
    wipe(block, sizeof(block));
    wipe(&prf, sizeof(prf));
}
