/*
 * ccm.c - AES-CCM: SP 800-38C with the formatting of its appendix A.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/aes/aes_paths.h"
#include "crypto/aes/ccm.h"
#include "crypto/common/cpu.h"
#include "platform/wipe.h"

static void mac_blocks(const struct aes_schedule *encrypt, uint8_t mac[16], const uint8_t *data,
                       size_t blocks)
{
    if (cpu_has(CPU_AESNI)) ni_mac(encrypt, mac, data, blocks);
    else soft_mac(encrypt, mac, data, blocks);
}

static void mac_padded(const struct aes_schedule *encrypt, uint8_t mac[16], const uint8_t *data,
                       size_t bytes)
{
    uint8_t last[16] = { 0 };
    size_t whole = bytes & ~(size_t)15;

    mac_blocks(encrypt, mac, data, whole / 16);
    if (whole == bytes) return;

    memcpy(last, data + whole, bytes - whole);
    mac_blocks(encrypt, mac, last, 1);
    wipe(last, sizeof(last));
}

/* A.2.2: the associated data, after its length in 2, 6 or 10 bytes. */
static void mac_auth(const struct aes_schedule *encrypt, uint8_t mac[16], const uint8_t *auth,
                     size_t auth_bytes)
{
    uint8_t first[16] = { 0 };
    size_t used, part, i, bytes = auth_bytes;

    if (!auth_bytes) return;

    if (auth_bytes < 0xff00)
        used = 2;
    else if ((uint64_t)auth_bytes >> 32 == 0)
        used = 6;
    else
        used = 10;
    for (i = used; i > (used > 2 ? 2 : 0); i--, bytes >>= 8) first[i - 1] = (uint8_t)bytes;
    if (used > 2)
    {
        first[0] = 0xff;
        first[1] = used == 6 ? 0xfe : 0xff;
    }
    part = auth_bytes < 16 - used ? auth_bytes : 16 - used;
    memcpy(first + used, auth, part);
    mac_blocks(encrypt, mac, first, 1);
    mac_padded(encrypt, mac, auth + part, auth_bytes - part);
}

/* The counter takes as many bytes as the nonce leaves, at most eight. */
static void count(uint8_t counter[16])
{
    uint64_t value;

    memcpy(&value, counter + 8, 8);
    value = __builtin_bswap64(__builtin_bswap64(value) + 1);
    memcpy(counter + 8, &value, 8);
}

static void crypt_blocks(const struct aes_schedule *encrypt, bool decrypt, uint8_t mac[16],
                         uint8_t counter[16], uint8_t *out, const uint8_t *in, size_t blocks)
{
    uint8_t stream[16];

    if (!blocks) return;

    if (cpu_has(CPU_AESNI))
    {
        if (decrypt) ni_ccm_decrypt(encrypt, mac, counter, out, in, blocks);
        else ni_ccm_encrypt(encrypt, mac, counter, out, in, blocks);
        return;
    }
    for (; blocks; blocks--, in += 16, out += 16)
    {
        aes_ecb_encrypt(encrypt, stream, counter, 1);
        count(counter);
        if (!decrypt) mac_blocks(encrypt, mac, in, 1);
        xor_bytes(out, in, stream, 16);
        if (decrypt) mac_blocks(encrypt, mac, out, 1);
    }
    wipe(stream, sizeof(stream));
}

static void ccm_crypt(const struct aes_schedule *encrypt, bool decrypt, const uint8_t *nonce,
                      size_t nonce_bytes, const uint8_t *auth, size_t auth_bytes, uint8_t *out,
                      const uint8_t *in, size_t bytes, uint8_t *tag, size_t tag_bytes)
{
    uint8_t mac[16] = { 0 }, counter[16] = { 0 }, first[16], stream[16];
    size_t length_bytes = 15 - nonce_bytes, whole = bytes / 16, left = bytes, i;

    /* A.2.1: flags, nonce, length of the message. */
    mac[0] = (uint8_t)((auth_bytes ? 0x40 : 0) | (tag_bytes - 2) / 2 << 3 | (length_bytes - 1));
    memcpy(mac + 1, nonce, nonce_bytes);
    for (i = 15; i > nonce_bytes; i--, left >>= 8) mac[i] = (uint8_t)left;
    aes_ecb_encrypt(encrypt, mac, mac, 1);
    mac_auth(encrypt, mac, auth, auth_bytes);

    /* A.3: the first counter block is for the tag. */
    counter[0] = (uint8_t)(length_bytes - 1);
    memcpy(counter + 1, nonce, nonce_bytes);
    aes_ecb_encrypt(encrypt, first, counter, 1);
    count(counter);

    crypt_blocks(encrypt, decrypt, mac, counter, out, in, whole);
    if (bytes % 16)
    {
        in += 16 * whole;
        out += 16 * whole;
        aes_ecb_encrypt(encrypt, stream, counter, 1);
        if (!decrypt) mac_padded(encrypt, mac, in, bytes % 16);
        xor_bytes(out, in, stream, bytes % 16);
        if (decrypt) mac_padded(encrypt, mac, out, bytes % 16);
        wipe(stream, sizeof(stream));
    }
    xor_bytes(tag, mac, first, tag_bytes);
    wipe(mac, sizeof(mac));
    wipe(first, sizeof(first));
}

void ccm_encrypt(const struct aes_schedule *encrypt, const uint8_t *nonce, size_t nonce_bytes,
                 const uint8_t *auth, size_t auth_bytes, uint8_t *out, const uint8_t *in,
                 size_t bytes, uint8_t *tag, size_t tag_bytes)
{
    ccm_crypt(encrypt, false, nonce, nonce_bytes, auth, auth_bytes, out, in, bytes, tag, tag_bytes);
}

void ccm_decrypt(const struct aes_schedule *encrypt, const uint8_t *nonce, size_t nonce_bytes,
                 const uint8_t *auth, size_t auth_bytes, uint8_t *out, const uint8_t *in,
                 size_t bytes, uint8_t *tag, size_t tag_bytes)
{
    ccm_crypt(encrypt, true, nonce, nonce_bytes, auth, auth_bytes, out, in, bytes, tag, tag_bytes);
}
