/*
 * aes_xts.c - AES in XTS mode, the quickest way that this processor and this length allow.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/aes/aes_paths.h"
#include "crypto/common/cpu.h"
#include "platform/wipe.h"

/* The features that the widest code needs, libcrypto's and ours. */
#define CPU_XTS512 (CPU_AESNI | CPU_VAES | CPU_VPCLMUL | CPU_AVX512 | CPU_VBMI2)

/* Data units whose tweaks are made together: what the wide code encrypts at a time. */
#define TOGETHER BULK_BLOCKS

#ifdef __x86_64__
/* What the widest code can do of so many bytes, in its strides. */
static inline size_t wide_strides(size_t bytes)
{
    return cpu_has(CPU_XTS512) ? bytes / VAES512_STRIDE_BYTES : 0;
}

static void wide_units(const struct aes_schedule *data, bool decrypt, uint8_t tweaks[][16],
                       size_t units, uint8_t *out, const uint8_t *in, size_t strides)
{
    if (decrypt) vaes512_xts_decrypt(data, tweaks, units, out, in, strides);
    else vaes512_xts_encrypt(data, tweaks, units, out, in, strides);
}
#endif

/* Whole blocks; tweak, encrypted already, becomes the one after the last. */
static void xts_blocks(const struct aes_schedule *data, bool decrypt, uint8_t tweak[16],
                       uint8_t *out, const uint8_t *in, size_t blocks)
{
#ifdef __x86_64__
    size_t strides = wide_strides(16 * blocks), done = VAES512_STRIDE_BYTES * strides;

    if (vaes_usable())
    {
        if (strides) wide_units(data, decrypt, (uint8_t (*)[16])tweak, 1, out, in, strides);
        blocks -= done / 16;
        in += done;
        out += done;
        if (!blocks) return;
        if (decrypt) vaes_xts_decrypt(data, tweak, out, in, blocks);
        else vaes_xts_encrypt(data, tweak, out, in, blocks);
        return;
    }
#endif
    soft_xts(data, decrypt, tweak, out, in, blocks);
}

/* current: the unit's tweak, encrypted; changed. IEEE 1619 sections 5.3.2 and 5.4.2. */
static void xts_unit(const struct aes_schedule *data, bool decrypt, uint8_t current[16],
                     uint8_t *out, const uint8_t *in, size_t bytes)
{
    size_t partial = bytes % 16, blocks = bytes / 16 - (partial != 0);
    uint8_t next[16], last[16];

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
        wipe(next, sizeof(next));
    }
}

static void xts_one(const struct aes_schedule *data, const struct aes_schedule *tweak_encrypt,
                    bool decrypt, const uint8_t tweak[16], uint8_t *out, const uint8_t *in,
                    size_t bytes)
{
    uint8_t current[16];

    aes_ecb_encrypt(tweak_encrypt, current, tweak, 1);
    xts_unit(data, decrypt, current, out, in, bytes);
    wipe(current, sizeof(current));
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
        xts_one(data_encrypt, tweak_encrypt, false, tweak, out, in, bytes);
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
        xts_one(data_decrypt, tweak_encrypt, true, tweak, out, in, bytes);
#ifdef __x86_64__
    else if (xts_by_avx512(data_decrypt) && data_decrypt->rounds == 9)
        aesni_xts_128_decrypt_avx512(in, out, bytes, data_decrypt, tweak_encrypt, tweak);
    else if (xts_by_avx512(data_decrypt))
        aesni_xts_256_decrypt_avx512(in, out, bytes, data_decrypt, tweak_encrypt, tweak);
#endif
    else
        aesni_xts_decrypt(in, out, bytes, data_decrypt, tweak_encrypt, tweak);
}

/* A unit's number as its tweak, little-endian. */
static void number_tweak(uint8_t tweak[16], uint64_t number)
{
    memcpy(tweak, &number, 8);
    memset(tweak + 8, 0, 8);
}

/* Units whose tweaks are encrypted already. */
static void xts_tweaked(const struct aes_schedule *data, bool decrypt, uint8_t tweaks[][16],
                        uint8_t *out, const uint8_t *in, size_t unit_bytes, size_t units)
{
    size_t i;

#ifdef __x86_64__
    if (wide_strides(unit_bytes) && unit_bytes % VAES512_STRIDE_BYTES == 0)
    {
        wide_units(data, decrypt, tweaks, units, out, in, wide_strides(unit_bytes));
        return;
    }
#endif
    for (i = 0; i < units; i++, in += unit_bytes, out += unit_bytes)
        xts_unit(data, decrypt, tweaks[i], out, in, unit_bytes);
}

/* libcrypto's code encrypts each unit's tweak by itself, and waits for it. */
static void xts_units(const struct aes_schedule *data, const struct aes_schedule *tweak_encrypt,
                      bool decrypt, uint64_t number, uint8_t *out, const uint8_t *in,
                      size_t unit_bytes, size_t units)
{
    uint8_t tweaks[TOGETHER][16];
    size_t count, i;

    for (; units; units -= count, in += count * unit_bytes, out += count * unit_bytes)
    {
        count = units < TOGETHER ? units : TOGETHER;
        for (i = 0; i < count; i++) number_tweak(tweaks[i], number++);
        aes_ecb_encrypt(tweak_encrypt, tweaks[0], tweaks[0], count);
        xts_tweaked(data, decrypt, tweaks, out, in, unit_bytes, count);
    }
    wipe(tweaks, sizeof(tweaks));
}

static inline bool together_pays(size_t units)
{
    return units > 1 && (vaes_usable() || !cpu_has(CPU_AESNI));
}

void aes_xts_encrypt_units(const struct aes_schedule *data_encrypt,
                           const struct aes_schedule *tweak_encrypt, uint64_t number, uint8_t *out,
                           const uint8_t *in, size_t unit_bytes, size_t units)
{
    uint8_t tweak[16];

    if (together_pays(units))
    {
        xts_units(data_encrypt, tweak_encrypt, false, number, out, in, unit_bytes, units);
        return;
    }
    for (; units; units--, in += unit_bytes, out += unit_bytes)
    {
        number_tweak(tweak, number++);
        aes_xts_encrypt(data_encrypt, tweak_encrypt, tweak, out, in, unit_bytes);
    }
}

void aes_xts_decrypt_units(const struct aes_schedule *data_decrypt,
                           const struct aes_schedule *tweak_encrypt, uint64_t number, uint8_t *out,
                           const uint8_t *in, size_t unit_bytes, size_t units)
{
    uint8_t tweak[16];

    if (together_pays(units))
    {
        xts_units(data_decrypt, tweak_encrypt, true, number, out, in, unit_bytes, units);
        return;
    }
    for (; units; units--, in += unit_bytes, out += unit_bytes)
    {
        number_tweak(tweak, number++);
        aes_xts_decrypt(data_decrypt, tweak_encrypt, tweak, out, in, unit_bytes);
    }
}
