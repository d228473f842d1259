/*
 * aes.c - AES and its modes: the quickest way that this processor and this length allow.
 *
 * See aes_paths.h for the ways. CMAC is here whole: it is a chained mode and some bookkeeping.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/aes/aes_paths.h"
#include "crypto/common/cpu.h"
#include "platform/wipe.h"

/* Below this many blocks the wide code's setting up costs more than it gains. */
#define BULK_BLOCKS 16

/* The features that libcrypto's widest XTS code needs. */
#define CPU_XTS512 (CPU_AESNI | CPU_VAES | CPU_VPCLMUL | CPU_AVX512 | CPU_VBMI2)

static inline bool vaes_usable(void)
{
#ifdef __x86_64__
    return cpu_has(CPU_AESNI | CPU_VAES | CPU_VPCLMUL | CPU_PCLMUL | CPU_AVX2);
#else
    return false;
#endif
}

static inline bool vaes_pays(size_t blocks)
{
    return blocks >= BULK_BLOCKS && vaes_usable();
}

void aes_expand_encrypt(struct aes_schedule *schedule, const uint8_t *key, size_t key_bytes)
{
    if (cpu_has(CPU_AESNI)) aesni_set_encrypt_key(key, (int)key_bytes * 8, schedule);
    else soft_expand(schedule, key, key_bytes);
}

void aes_expand_decrypt(struct aes_schedule *schedule, const struct aes_schedule *encrypt)
{
    if (cpu_has(CPU_AESNI)) ni_invert_schedule(schedule, encrypt);
    else *schedule = *encrypt;
}

void aes_ecb_encrypt(const struct aes_schedule *encrypt, uint8_t *out, const uint8_t *in,
                     size_t blocks)
{
    if (!cpu_has(CPU_AESNI)) soft_ecb(encrypt, false, out, in, blocks);
#ifdef __x86_64__
    else if (vaes_pays(blocks)) vaes_ecb_encrypt(encrypt, out, in, blocks);
#endif
    else if (blocks < BULK_BLOCKS) ni_ecb_encrypt(encrypt, out, in, blocks);
    else aesni_ecb_encrypt(in, out, 16 * blocks, encrypt, 1);
}

void aes_ecb_decrypt(const struct aes_schedule *decrypt, uint8_t *out, const uint8_t *in,
                     size_t blocks)
{
    if (!cpu_has(CPU_AESNI)) soft_ecb(decrypt, true, out, in, blocks);
#ifdef __x86_64__
    else if (vaes_pays(blocks)) vaes_ecb_decrypt(decrypt, out, in, blocks);
#endif
    else if (blocks < BULK_BLOCKS) ni_ecb_decrypt(decrypt, out, in, blocks);
    else aesni_ecb_encrypt(in, out, 16 * blocks, decrypt, 0);
}

void aes_cbc_encrypt(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                     const uint8_t *in, size_t blocks)
{
    if (cpu_has(CPU_AESNI)) ni_cbc_encrypt(encrypt, iv, out, in, blocks);
    else soft_cbc_encrypt(encrypt, iv, out, in, blocks);
}

void aes_cbc_decrypt(const struct aes_schedule *decrypt, uint8_t iv[16], uint8_t *out,
                     const uint8_t *in, size_t blocks)
{
    if (!cpu_has(CPU_AESNI)) soft_cbc_decrypt(decrypt, iv, out, in, blocks);
#ifdef __x86_64__
    else if (vaes_pays(blocks)) vaes_cbc_decrypt(decrypt, iv, out, in, blocks);
#endif
    else if (blocks < BULK_BLOCKS) ni_cbc_decrypt(decrypt, iv, out, in, blocks);
    else aesni_cbc_encrypt(in, out, 16 * blocks, decrypt, iv, 0);
}

void aes_cfb_encrypt(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                     const uint8_t *in, size_t bytes, size_t segment_bytes)
{
    if (!cpu_has(CPU_AESNI)) soft_cfb(encrypt, false, iv, out, in, bytes, segment_bytes);
    else if (segment_bytes == 1) ni_cfb8_encrypt(encrypt, iv, out, in, bytes);
    else if (segment_bytes == 16) ni_cfb_encrypt_blocks(encrypt, iv, out, in, bytes / 16);
    else ni_cfb(encrypt, false, iv, out, in, bytes, segment_bytes);
}

void aes_cfb_decrypt(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                     const uint8_t *in, size_t bytes, size_t segment_bytes)
{
    if (!cpu_has(CPU_AESNI)) soft_cfb(encrypt, true, iv, out, in, bytes, segment_bytes);
#ifdef __x86_64__
    else if (segment_bytes == 1 && vaes_pays(bytes)) vaes_cfb8_decrypt(encrypt, iv, out, in, bytes);
    else if (segment_bytes == 16 && vaes_pays(bytes / 16))
        vaes_cfb_decrypt_blocks(encrypt, iv, out, in, bytes / 16);
#endif
    else if (segment_bytes == 1) ni_cfb8_decrypt(encrypt, iv, out, in, bytes);
    else if (segment_bytes == 16) ni_cfb_decrypt_blocks(encrypt, iv, out, in, bytes / 16);
    else ni_cfb(encrypt, true, iv, out, in, bytes, segment_bytes);
}

void aes_ctr32(const struct aes_schedule *encrypt, uint8_t counter[16], uint8_t *out,
               const uint8_t *in, size_t blocks)
{
    bool instructions = cpu_has(CPU_AESNI);

#ifdef __x86_64__
    if (vaes_pays(blocks))
    {
        vaes_ctr32(encrypt, counter, out, in, blocks);
        return;
    }
#endif
    if (instructions && blocks < BULK_BLOCKS)
    {
        ni_ctr32(encrypt, counter, out, in, blocks);
        return;
    }
    if (!in)
    {
        memset(out, 0, 16 * blocks);
        in = out;
    }
    if (!instructions)
    {
        soft_ctr32(encrypt, counter, out, in, blocks);
        return;
    }
    aesni_ctr32_encrypt_blocks(in, out, blocks, encrypt, counter);
    counter_add(counter, (uint32_t)blocks);
}

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

static void mac_blocks(struct aes_cmac *cmac, const uint8_t *data, size_t blocks)
{
    if (cpu_has(CPU_AESNI)) ni_mac(&cmac->encrypt, cmac->mac, data, blocks);
    else soft_mac(&cmac->encrypt, cmac->mac, data, blocks);
}

void aes_cmac_init(struct aes_cmac *cmac, const uint8_t *key, size_t key_bytes)
{
    aes_expand_encrypt(&cmac->encrypt, key, key_bytes);
    memset(cmac->mac, 0, sizeof(cmac->mac));
    cmac->pending_bytes = 0;
}

void aes_cmac_update(struct aes_cmac *cmac, const uint8_t *data, size_t bytes)
{
    size_t part = sizeof(cmac->pending) - cmac->pending_bytes;

    if (!bytes) return;

    if (bytes > part)
    {
        if (cmac->pending_bytes)
        {
            memcpy(cmac->pending + cmac->pending_bytes, data, part);
            mac_blocks(cmac, cmac->pending, 1);
            data += part;
            bytes -= part;
            cmac->pending_bytes = 0;
        }
        part = (bytes - 1) / 16;
        mac_blocks(cmac, data, part);
        data += 16 * part;
        bytes -= 16 * part;
    }
    memcpy(cmac->pending + cmac->pending_bytes, data, bytes);
    cmac->pending_bytes += (uint8_t)bytes;
}

/* Times x, big-endian: SP 800-38B section 6.1. */
static void double_subkey(uint8_t key[16])
{
    uint64_t high, low, carry;

    memcpy(&high, key, 8);
    memcpy(&low, key + 8, 8);
    high = __builtin_bswap64(high);
    low = __builtin_bswap64(low);
    carry = -(high >> 63) & 0x87;
    high = __builtin_bswap64(high << 1 | low >> 63);
    low = __builtin_bswap64(low << 1 ^ carry);
    memcpy(key, &high, 8);
    memcpy(key + 8, &low, 8);
}

void aes_cmac_final(struct aes_cmac *cmac, uint8_t mac[16])
{
    uint8_t subkey[16] = { 0 };

    aes_ecb_encrypt(&cmac->encrypt, subkey, subkey, 1);
    double_subkey(subkey);
    if (cmac->pending_bytes < 16)
    {
        double_subkey(subkey);
        memset(cmac->pending + cmac->pending_bytes, 0, 16 - cmac->pending_bytes);
        cmac->pending[cmac->pending_bytes] = 0x80;
    }
    xor_bytes(cmac->pending, cmac->pending, subkey, 16);
    mac_blocks(cmac, cmac->pending, 1);
    memcpy(mac, cmac->mac, 16);

    memset(cmac->mac, 0, sizeof(cmac->mac));
    wipe(cmac->pending, sizeof(cmac->pending));
    cmac->pending_bytes = 0;
    wipe(subkey, sizeof(subkey));
}
