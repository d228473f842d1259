/*
 * aes.h - the AES block cipher and its modes without authentication, and CMAC.
 *
 * FIPS 197, SP 800-38A, SP 800-38B, SP 800-38E. Nothing here can fail, allocates or has a branch or
 * an address that depends on a secret, whatever the processor. Output may be the input, exactly, or
 * must not overlap it. A schedule is read-only once expanded: any number of threads may share it.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_AES_H
#define OPENCNG_AES_H

#include <stddef.h>
#include <stdint.h>

#define AES_BLOCK_BYTES 16

/* The layout of libcrypto's AES_KEY. The processor decides what the words hold. */
struct aes_schedule
{
    _Alignas(16) uint32_t words[60];
    uint32_t rounds;
    uint32_t unused[3];
};

/* key_bytes: 16, 24 or 32. */
void aes_expand_encrypt(struct aes_schedule *schedule, const uint8_t *key, size_t key_bytes);
void aes_expand_decrypt(struct aes_schedule *schedule, const struct aes_schedule *encrypt);

void aes_ecb_encrypt(const struct aes_schedule *encrypt, uint8_t *out, const uint8_t *in,
                     size_t blocks);
void aes_ecb_decrypt(const struct aes_schedule *decrypt, uint8_t *out, const uint8_t *in,
                     size_t blocks);

/* iv: in, and out as the last ciphertext block. Encrypting reads it before it writes anything, and
 * writes it last, so it may be anybody's memory. */
void aes_cbc_encrypt(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                     const uint8_t *in, size_t blocks);
void aes_cbc_decrypt(const struct aes_schedule *decrypt, uint8_t iv[16], uint8_t *out,
                     const uint8_t *in, size_t blocks);

/* segment_bytes: 1 to 16, bytes a multiple of it. iv: the shift register, in and out, as
 * above. */
void aes_cfb_encrypt(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                     const uint8_t *in, size_t bytes, size_t segment_bytes);
void aes_cfb_decrypt(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                     const uint8_t *in, size_t bytes, size_t segment_bytes);

/* The last four bytes of counter count, big-endian, modulo 2^32. in NULL: the bare key stream. */
void aes_ctr32(const struct aes_schedule *encrypt, uint8_t counter[16], uint8_t *out,
               const uint8_t *in, size_t blocks);

/* One data unit of at least 16 bytes; the last partial block steals ciphertext. */
void aes_xts_encrypt(const struct aes_schedule *data_encrypt,
                     const struct aes_schedule *tweak_encrypt, const uint8_t tweak[16],
                     uint8_t *out, const uint8_t *in, size_t bytes);
void aes_xts_decrypt(const struct aes_schedule *data_decrypt,
                     const struct aes_schedule *tweak_encrypt, const uint8_t tweak[16],
                     uint8_t *out, const uint8_t *in, size_t bytes);

/* Data units one behind the other, each of unit_bytes, 16 at least; their tweaks are their numbers,
 * little-endian, from number on. */
void aes_xts_encrypt_units(const struct aes_schedule *data_encrypt,
                           const struct aes_schedule *tweak_encrypt, uint64_t number, uint8_t *out,
                           const uint8_t *in, size_t unit_bytes, size_t units);
void aes_xts_decrypt_units(const struct aes_schedule *data_decrypt,
                           const struct aes_schedule *tweak_encrypt, uint64_t number, uint8_t *out,
                           const uint8_t *in, size_t unit_bytes, size_t units);

/* A CMAC under way. May be copied by assignment; its owner wipes it. */
struct aes_cmac
{
    struct aes_schedule encrypt;
    _Alignas(16) uint8_t mac[16];
    uint8_t pending[16];        /* held back: the last block is treated differently */
    uint8_t pending_bytes;
};

void aes_cmac_init(struct aes_cmac *cmac, const uint8_t *key, size_t key_bytes);
void aes_cmac_update(struct aes_cmac *cmac, const uint8_t *data, size_t bytes);

/* Leaves cmac as it is after init, ready for the next message. */
void aes_cmac_final(struct aes_cmac *cmac, uint8_t mac[16]);

#endif
