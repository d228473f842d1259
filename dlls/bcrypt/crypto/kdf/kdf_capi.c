/*
 * kdf_capi.c - CAPI's CryptDeriveKey.
 *
 * Source: Microsoft Learn, CryptDeriveKey, remarks.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/kdf/kdf_functions.h"

#include "platform/wipe.h"

void kdf_capi_pads(const uint8_t *value, size_t bytes, uint8_t pads[2][KDF_CAPI_PAD_BYTES])
{
    size_t i;

    memset(pads[0], 0x36, KDF_CAPI_PAD_BYTES);
    memset(pads[1], 0x5c, KDF_CAPI_PAD_BYTES);
    for (i = 0; i < bytes; i++)
    {
        pads[0][i] ^= value[i];
        pads[1][i] ^= value[i];
    }
}

void kdf_capi(const struct digest *digest, const uint8_t *value, bool expand, uint8_t *out,
              size_t out_bytes)
{
    uint8_t pads[2][KDF_CAPI_PAD_BYTES], expanded[2 * DIGEST_MAX_BYTES];

    if (!expand && out_bytes <= digest->digest_bytes)
    {
        memcpy(out, value, out_bytes);
        return;
    }
    kdf_capi_pads(value, digest->digest_bytes, pads);
    digest_once(digest, pads[0], sizeof(pads[0]), expanded);
    digest_once(digest, pads[1], sizeof(pads[1]), expanded + digest->digest_bytes);
    memcpy(out, expanded, out_bytes);
    wipe(pads, sizeof(pads));
    wipe(expanded, sizeof(expanded));
}
