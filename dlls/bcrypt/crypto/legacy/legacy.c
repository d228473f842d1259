/*
 * legacy.c - DES, triple DES, DESX, RC2 and RC4: libcrypto's block functions, our modes.
 *
 * libcrypto's tables are looked up with secret indices. That is what these ciphers are.
 *
 * SPDX-License-Identifier: MIT
 */

#define OPENSSL_SUPPRESS_DEPRECATED

#include <openssl/des.h>
#include <openssl/rc2.h>
#include <openssl/rc4.h>

#include "crypto/legacy/legacy.h"
#include "platform/wipe.h"

_Static_assert(sizeof(DES_key_schedule) == sizeof(uint32_t[32]), "a DES schedule fits exactly");
_Static_assert(sizeof(RC2_KEY) == sizeof(uint32_t[64]), "an RC2 key fits exactly");
_Static_assert(sizeof(RC4_KEY) == sizeof(struct rc4_key), "an RC4 key fits exactly");

static DES_key_schedule *des_schedule(const struct block8_key *key, int i)
{
    return (DES_key_schedule *)(uintptr_t)key->u.des.schedules[i];
}

static void set_des(struct block8_key *key, int i, const uint8_t bytes[8])
{
    DES_set_key_unchecked((const_DES_cblock *)(uintptr_t)bytes, des_schedule(key, i));
}

void block8_init_des(struct block8_key *key, const uint8_t bytes[8])
{
    key->kind = BLOCK8_DES;
    set_des(key, 0, bytes);
}

void block8_init_des3_112(struct block8_key *key, const uint8_t bytes[16])
{
    key->kind = BLOCK8_DES3;
    set_des(key, 0, bytes);
    set_des(key, 1, bytes + 8);
    set_des(key, 2, bytes);
}

void block8_init_des3(struct block8_key *key, const uint8_t bytes[24])
{
    key->kind = BLOCK8_DES3;
    set_des(key, 0, bytes);
    set_des(key, 1, bytes + 8);
    set_des(key, 2, bytes + 16);
}

void block8_init_desx(struct block8_key *key, const uint8_t bytes[24])
{
    key->kind = BLOCK8_DESX;
    set_des(key, 0, bytes);
    memcpy(key->u.des.whiten_in, bytes + 8, 8);
    memcpy(key->u.des.whiten_out, bytes + 16, 8);
}

void block8_init_rc2(struct block8_key *key, const uint8_t *bytes, size_t key_bytes,
                     unsigned int effective_bits)
{
    key->kind = BLOCK8_RC2;
    RC2_set_key((RC2_KEY *)key->u.rc2, (int)key_bytes, bytes, (int)effective_bits);
}

static inline uint64_t load(const uint8_t *from)
{
    uint64_t x;

    memcpy(&x, from, 8);
    return x;
}

static inline void store(uint8_t *to, uint64_t x)
{
    memcpy(to, &x, 8);
}

static uint64_t crypt_block(const struct block8_key *key, bool encrypt, uint64_t x)
{
    DES_LONG words[2];
    unsigned long longs[2];

    if (key->kind == BLOCK8_RC2)
    {
        longs[0] = (uint32_t)x;
        longs[1] = (uint32_t)(x >> 32);
        if (encrypt) RC2_encrypt(longs, (RC2_KEY *)(uintptr_t)key->u.rc2);
        else RC2_decrypt(longs, (RC2_KEY *)(uintptr_t)key->u.rc2);
        x = longs[0] | (uint64_t)longs[1] << 32;
        wipe(longs, sizeof(longs));
        return x;
    }
    if (key->kind == BLOCK8_DESX) x ^= load(encrypt ? key->u.des.whiten_in : key->u.des.whiten_out);
    words[0] = (DES_LONG)x;
    words[1] = (DES_LONG)(x >> 32);
    if (key->kind != BLOCK8_DES3)
        DES_encrypt1(words, des_schedule(key, 0), encrypt);
    else if (encrypt)
        DES_encrypt3(words, des_schedule(key, 0), des_schedule(key, 1), des_schedule(key, 2));
    else
        DES_decrypt3(words, des_schedule(key, 0), des_schedule(key, 1), des_schedule(key, 2));
    x = words[0] | (uint64_t)words[1] << 32;
    if (key->kind == BLOCK8_DESX) x ^= load(encrypt ? key->u.des.whiten_out : key->u.des.whiten_in);
    wipe(words, sizeof(words));
    return x;
}

void block8_ecb(const struct block8_key *key, bool encrypt, uint8_t *out, const uint8_t *in,
                size_t blocks)
{
    for (; blocks; blocks--, in += 8, out += 8) store(out, crypt_block(key, encrypt, load(in)));
}

void block8_cbc(const struct block8_key *key, bool encrypt, uint8_t iv[8], uint8_t *out,
                const uint8_t *in, size_t blocks)
{
    uint64_t chain = load(iv), cipher;

    for (; blocks; blocks--, in += 8, out += 8)
    {
        if (encrypt)
        {
            chain = crypt_block(key, true, load(in) ^ chain);
            store(out, chain);
        }
        else
        {
            cipher = load(in);
            store(out, crypt_block(key, false, cipher) ^ chain);
            chain = cipher;
        }
    }
    store(iv, chain);
}

void block8_cfb(const struct block8_key *key, bool encrypt, uint8_t iv[8], uint8_t *out,
                const uint8_t *in, size_t bytes, size_t segment_bytes)
{
    uint8_t shift[16], stream[8];
    size_t i;

    memcpy(shift, iv, 8);
    for (; bytes; bytes -= segment_bytes, in += segment_bytes, out += segment_bytes)
    {
        store(stream, crypt_block(key, true, load(shift)));
        for (i = 0; i < segment_bytes; i++)
        {
            shift[8 + i] = in[i] ^ (encrypt ? stream[i] : 0);
            out[i] = in[i] ^ stream[i];
        }
        store(shift, load(shift + segment_bytes));
    }
    memcpy(iv, shift, 8);
    wipe(stream, sizeof(stream));
}

void rc4_init(struct rc4_key *key, const uint8_t *bytes, size_t key_bytes)
{
    RC4_set_key((RC4_KEY *)key, (int)key_bytes, bytes);
}

void rc4_crypt(struct rc4_key *key, uint8_t *out, const uint8_t *in, size_t bytes)
{
    RC4((RC4_KEY *)key, bytes, in, out);
}

/* All words of the state are below 256. */
void rc4_pack(const struct rc4_key *key, uint8_t packed[RC4_PACKED_BYTES])
{
    size_t i;

    packed[0] = (uint8_t)key->x;
    packed[1] = (uint8_t)key->y;
    for (i = 0; i < 256; i++) packed[2 + i] = (uint8_t)key->data[i];
}

void rc4_unpack(struct rc4_key *key, const uint8_t packed[RC4_PACKED_BYTES])
{
    size_t i;

    key->x = packed[0];
    key->y = packed[1];
    for (i = 0; i < 256; i++) key->data[i] = packed[2 + i];
}
