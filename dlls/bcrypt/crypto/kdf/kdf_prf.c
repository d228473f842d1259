/*
 * kdf_prf.c - the keyed functions that key derivation is built on, and PBKDF2 over any of them.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/kdf/kdf_functions.h"

#include "platform/wipe.h"

bool kdf_prf_init(struct kdf_prf *prf, const struct digest *digest, const void *key,
                  size_t key_bytes)
{
    prf->digest = digest;
    if (!digest)
    {
        if (key_bytes != 16 && key_bytes != 24 && key_bytes != 32) return false;
        prf->mac_bytes = AES_BLOCK_BYTES;
        aes_cmac_init(&prf->u.cmac, key, key_bytes);
        return true;
    }
    prf->mac_bytes = digest->digest_bytes;
    hmac_key_init(digest, &prf->u.hmac.key, key, key_bytes);
    hmac_start(digest, &prf->u.hmac.key, &prf->u.hmac.running);
    return true;
}

void kdf_prf_update(struct kdf_prf *prf, const void *data, size_t bytes)
{
    if (!bytes) return;
    if (!prf->digest) aes_cmac_update(&prf->u.cmac, data, bytes);
    else digest_update(prf->digest, &prf->u.hmac.running, data, bytes);
}

void kdf_prf_finish(struct kdf_prf *prf, uint8_t *mac)
{
    if (!prf->digest)
    {
        aes_cmac_final(&prf->u.cmac, mac);
        return;
    }
    hmac_finish(prf->digest, &prf->u.hmac.key, &prf->u.hmac.running, mac);
    hmac_start(prf->digest, &prf->u.hmac.key, &prf->u.hmac.running);
}

void kdf_pbkdf2(struct kdf_prf *prf, const void *salt, size_t salt_bytes, uint64_t iterations,
                uint8_t *out, size_t out_bytes)
{
    uint8_t u[DIGEST_MAX_BYTES], t[DIGEST_MAX_BYTES];
    uint32_t number = 0;
    uint64_t done;
    size_t part, i;

    for (; out_bytes; out += part, out_bytes -= part)
    {
        uint32_t big_endian = __builtin_bswap32(++number);

        kdf_prf_update(prf, salt, salt_bytes);
        kdf_prf_update(prf, &big_endian, sizeof(big_endian));
        kdf_prf_finish(prf, u);
        memcpy(t, u, prf->mac_bytes);
        for (done = 1; done < iterations; done++)
        {
            kdf_prf_update(prf, u, prf->mac_bytes);
            kdf_prf_finish(prf, u);
            for (i = 0; i < prf->mac_bytes; i++) t[i] ^= u[i];
        }
        part = out_bytes < prf->mac_bytes ? out_bytes : prf->mac_bytes;
        memcpy(out, t, part);
    }
    wipe(u, sizeof(u));
    wipe(t, sizeof(t));
}
