/*
 * aes_xts.c - AES in XTS mode, the quickest way that this processor and this length allow.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/aes/aes_paths.h"
#include "crypto/common/cpu.h"
#include "platform/wipe.h"

/* The features that libcrypto's widest XTS code needs. */
#define CPU_XTS512 (CPU_AESNI | CPU_VAES | CPU_VPCLMUL | CPU_AVX512 | CPU_VBMI2)

/* Whole blocks; tweak, encrypted already, becomes the one after the last. */
static void xts_blocks(const struct aes_schedule *data, bool decrypt, uint8_t tweak[16],
                       uint8_t *out, const uint8_t *in, size_t blocks)
{
#ifdef __x86_64__
    if (vaes_usable())
    {
        if (decrypt) vaes_xts_decrypt(data, tweak, out, in, blocks);
        else vaes_xts_encrypt(data, tweak, out, in, blocks);
        return;
    }
#endif
    soft_xts(data, decrypt, tweak, out, in, blocks);
}

/* IEEE 1619 sections 5.3.2 and 5.4.2. */
static void xts_unit(const struct aes_schedule *data, const struct aes_schedule *tweak_encrypt,
                     bool decrypt, const uint8_t tweak[16], uint8_t *out, const uint8_t *in,
                     size_t bytes)
{
    size_t partial = bytes % 16, blocks = bytes / 16 - (partial != 0);
    uint8_t current[16], next[16], last[16];

    aes_ecb_encrypt(tweak_encrypt, current, tweak, 1);
    xts_blocks(data, decrypt, current, out, in, blocks);
    in += 16 * blocks;
    out += 16 * blocks;
    if (partial)
    {
        /* The last whole block gives the end of its result to fill the partial one. When
         * decrypting, their tweaks change places. */
        memcpy(next, current, 16);
        xts_next(decrypt ? current : next);
        memcpy(last, in + 16, partial);
        xts_blocks(data, decrypt, current, out, in, 1);
        memcpy(last + partial, out + partial, 16 - partial);
        memcpy(out + 16, out, partial);
        xts_blocks(data, decrypt, next, out, last, 1);
        wipe(last, sizeof(last));
    }
    wipe(current, sizeof(current));
    wipe(next, sizeof(next));
}

/* libcrypto has code for AVX-512, and for AES-NI; between the two, ours is the quicker one. */
static inline bool xts_by_libcrypto(size_t bytes)
{
    return cpu_has(CPU_AESNI) && (cpu_has(CPU_XTS512) || !vaes_pays(bytes / 32));
}

#ifdef __x86_64__
static inline bool xts_by_avx512(const struct aes_schedule *data)
{
    return cpu_has(CPU_XTS512) && (data->rounds == 9 || data->rounds == 13);
}
#endif

void aes_xts_encrypt(const struct aes_schedule *data_encrypt,
                     const struct aes_schedule *tweak_encrypt, const uint8_t tweak[16],
                     uint8_t *out, const uint8_t *in, size_t bytes)
{
    if (!xts_by_libcrypto(bytes))
        xts_unit(data_encrypt, tweak_encrypt, false, tweak, out, in, bytes);
#ifdef __x86_64__
    else if (xts_by_avx512(data_encrypt) && data_encrypt->rounds == 9)
        aesni_xts_128_encrypt_avx512(in, out, bytes, data_encrypt, tweak_encrypt, tweak);
    else if (xts_by_avx512(data_encrypt))
        aesni_xts_256_encrypt_avx512(in, out, bytes, data_encrypt, tweak_encrypt, tweak);
#endif
    else
        aesni_xts_encrypt(in, out, bytes, data_encrypt, tweak_encrypt, tweak);
}

void aes_xts_decrypt(const struct aes_schedule *data_decrypt,
                     const struct aes_schedule *tweak_encrypt, const uint8_t tweak[16],
                     uint8_t *out, const uint8_t *in, size_t bytes)
{
    if (!xts_by_libcrypto(bytes))
        xts_unit(data_decrypt, tweak_encrypt, true, tweak, out, in, bytes);
#ifdef __x86_64__
    else if (xts_by_avx512(data_decrypt) && data_decrypt->rounds == 9)
        aesni_xts_128_decrypt_avx512(in, out, bytes, data_decrypt, tweak_encrypt, tweak);
    else if (xts_by_avx512(data_decrypt))
        aesni_xts_256_decrypt_avx512(in, out, bytes, data_decrypt, tweak_encrypt, tweak);
#endif
    else
        aesni_xts_decrypt(in, out, bytes, data_decrypt, tweak_encrypt, tweak);
}
