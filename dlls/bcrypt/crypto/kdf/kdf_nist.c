/*
 * kdf_nist.c - NIST's key derivation in counter mode: SP 800-108 section 4.1, SP 800-56A section
 * 5.8.1.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/kdf/kdf_functions.h"

#include "platform/wipe.h"

void kdf_counter(struct kdf_prf *prf, const struct kdf_part *fixed, size_t count,
                 uint32_t length_bits, uint8_t *out, size_t out_bytes)
{
    uint32_t length = __builtin_bswap32(length_bits), number = 0, counter;
    uint8_t block[DIGEST_MAX_BYTES];
    size_t part, i;

    for (; out_bytes; out += part, out_bytes -= part)
    {
        counter = __builtin_bswap32(++number);
        kdf_prf_update(prf, &counter, sizeof(counter));
        for (i = 0; i < count; i++) kdf_prf_update(prf, fixed[i].data, fixed[i].bytes);
        kdf_prf_update(prf, &length, sizeof(length));
        kdf_prf_finish(prf, block);
        part = out_bytes < prf->mac_bytes ? out_bytes : prf->mac_bytes;
        memcpy(out, block, part);
    }
    wipe(block, sizeof(block));
}

void kdf_concat(const struct digest *digest, const struct kdf_part *parts, size_t count,
                uint8_t *out, size_t out_bytes)
{
    uint8_t block[DIGEST_MAX_BYTES];
    struct digest_state state;
    uint32_t number = 0, counter;
    size_t part, i;

    for (; out_bytes; out += part, out_bytes -= part)
    {
        counter = __builtin_bswap32(++number);
        digest_start(digest, &state);
        digest_update(digest, &state, &counter, sizeof(counter));
        for (i = 0; i < count; i++) digest_update(digest, &state, parts[i].data, parts[i].bytes);
        digest_finish(digest, &state, block);
        part = out_bytes < digest->digest_bytes ? out_bytes : digest->digest_bytes;
        memcpy(out, block, part);
    }
    wipe(block, sizeof(block));
    wipe(&state, sizeof(state));
}
