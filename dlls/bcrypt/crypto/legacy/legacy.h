/*
 * legacy.h - ciphers that only old data needs: DES, triple DES, DESX, RC2 and RC4.
 *
 * The first four work on blocks of 8 bytes and share their modes. Keys may be copied by assignment
 * and are the holder's to wipe. Output may be the input, exactly. Weak keys are taken as they come.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_LEGACY_H
#define OPENCNG_LEGACY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BLOCK8_BYTES 8

enum block8_kind
{
    BLOCK8_DES,
    BLOCK8_DES3,
    BLOCK8_DESX,
    BLOCK8_RC2
};

struct block8_key
{
    enum block8_kind kind;
    union
    {
        struct
        {
            uint32_t schedules[3][32];      /* as libcrypto's DES_key_schedule */
            uint8_t whiten_in[8];
            uint8_t whiten_out[8];
        } des;
        uint32_t rc2[64];                   /* as libcrypto's RC2_KEY */
    } u;
};

void block8_init_des(struct block8_key *key, const uint8_t bytes[8]);
void block8_init_des3_112(struct block8_key *key, const uint8_t bytes[16]);
void block8_init_des3(struct block8_key *key, const uint8_t bytes[24]);
void block8_init_desx(struct block8_key *key, const uint8_t bytes[24]);     /* key, in, out */

/* bytes: 1 to 128; effective_bits: 1 to 1024 (RFC 2268). */
void block8_init_rc2(struct block8_key *key, const uint8_t *bytes, size_t key_bytes,
                     unsigned int effective_bits);

void block8_ecb(const struct block8_key *key, bool encrypt, uint8_t *out, const uint8_t *in,
                size_t blocks);

/* iv: in, and out as the last ciphertext block; read first and written last. */
void block8_cbc(const struct block8_key *key, bool encrypt, uint8_t iv[8], uint8_t *out,
                const uint8_t *in, size_t blocks);

/* segment_bytes: 1 to 8, bytes a multiple of it. iv: the shift register, in and out, as
 * above. */
void block8_cfb(const struct block8_key *key, bool encrypt, uint8_t iv[8], uint8_t *out,
                const uint8_t *in, size_t bytes, size_t segment_bytes);

/* The key and the place in its stream: each call goes on where the one before stopped. */
struct rc4_key
{
    uint32_t x, y;
    uint32_t data[256];
};

void rc4_init(struct rc4_key *key, const uint8_t *bytes, size_t key_bytes);
void rc4_crypt(struct rc4_key *key, uint8_t *out, const uint8_t *in, size_t bytes);

/* The same in as few bytes as it takes, to be kept somewhere. */
#define RC4_PACKED_BYTES 258
void rc4_pack(const struct rc4_key *key, uint8_t packed[RC4_PACKED_BYTES]);
void rc4_unpack(struct rc4_key *key, const uint8_t packed[RC4_PACKED_BYTES]);

#endif
