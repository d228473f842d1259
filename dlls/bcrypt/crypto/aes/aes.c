/*
 * aes.c - AES and its modes: the quickest way that this processor and this length allow.
 *
 * See aes_paths.h for the ways. XTS is in aes_xts.c. CMAC is here whole: it is a chained
 * mode and some bookkeeping.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/aes/aes_paths.h"
#include "crypto/common/cpu.h"
#include "platform/wipe.h"

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
