/*
 * aes_paths.h - the several ways to compute AES among which aes.c, gcm.c and ccm.c choose.
 *
 *   soft_*    aes_soft.c: no AES instructions; slow
 *   aesni_*   libcrypto's assembly, AES-NI
 *   ni_*      aes_ni.c: AES-NI where libcrypto's assembly is slow or has nothing: a few blocks
 *             at a time, chained modes, CFB
 *   vaes_*    aes_vaes.c: two blocks an instruction, for long messages
 *   vaes512_* aes_xts_512.c: four blocks an instruction, for XTS
 *
 * All but soft_* share the schedule that libcrypto's aesni_* use, whose rounds count one less than
 * FIPS 197's. For the meaning of parameters see aes.h.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef OPENCNG_AES_PATHS_H
#define OPENCNG_AES_PATHS_H

#include <stdbool.h>
#include <string.h>

#include "crypto/aes/aes.h"
#include "crypto/common/cpu.h"
#include "crypto/common/xor.h"

void soft_expand(struct aes_schedule *schedule, const uint8_t *key, size_t key_bytes);
void soft_ecb(const struct aes_schedule *schedule, bool decrypt, uint8_t *out, const uint8_t *in,
              size_t blocks);
void soft_cbc_encrypt(const struct aes_schedule *schedule, uint8_t iv[16], uint8_t *out,
                      const uint8_t *in, size_t blocks);
void soft_cbc_decrypt(const struct aes_schedule *schedule, uint8_t iv[16], uint8_t *out,
                      const uint8_t *in, size_t blocks);
void soft_mac(const struct aes_schedule *schedule, uint8_t mac[16], const uint8_t *in,
              size_t blocks);
void soft_cfb(const struct aes_schedule *schedule, bool decrypt, uint8_t iv[16], uint8_t *out,
              const uint8_t *in, size_t bytes, size_t segment_bytes);
void soft_ctr32(const struct aes_schedule *schedule, uint8_t counter[16], uint8_t *out,
                const uint8_t *in, size_t blocks);
void soft_xts(const struct aes_schedule *schedule, bool decrypt, uint8_t tweak[16], uint8_t *out,
              const uint8_t *in, size_t blocks);

/* libcrypto's, from its assembly; no public header has them. */
int aesni_set_encrypt_key(const uint8_t *key, int bits, struct aes_schedule *schedule);
void aesni_ecb_encrypt(const uint8_t *in, uint8_t *out, size_t bytes,
                       const struct aes_schedule *schedule, int encrypt);
void aesni_cbc_encrypt(const uint8_t *in, uint8_t *out, size_t bytes,
                       const struct aes_schedule *schedule, uint8_t *iv, int encrypt);
void aesni_ctr32_encrypt_blocks(const uint8_t *in, uint8_t *out, size_t blocks,
                                const struct aes_schedule *schedule, const uint8_t *counter);
void aesni_xts_encrypt(const uint8_t *in, uint8_t *out, size_t bytes,
                       const struct aes_schedule *data, const struct aes_schedule *tweak,
                       const uint8_t iv[16]);
void aesni_xts_decrypt(const uint8_t *in, uint8_t *out, size_t bytes,
                       const struct aes_schedule *data, const struct aes_schedule *tweak,
                       const uint8_t iv[16]);
#ifdef __x86_64__
void aesni_xts_128_encrypt_avx512(const uint8_t *in, uint8_t *out, size_t bytes,
                                  const struct aes_schedule *data,
                                  const struct aes_schedule *tweak, const uint8_t iv[16]);
void aesni_xts_128_decrypt_avx512(const uint8_t *in, uint8_t *out, size_t bytes,
                                  const struct aes_schedule *data,
                                  const struct aes_schedule *tweak, const uint8_t iv[16]);
void aesni_xts_256_encrypt_avx512(const uint8_t *in, uint8_t *out, size_t bytes,
                                  const struct aes_schedule *data,
                                  const struct aes_schedule *tweak, const uint8_t iv[16]);
void aesni_xts_256_decrypt_avx512(const uint8_t *in, uint8_t *out, size_t bytes,
                                  const struct aes_schedule *data,
                                  const struct aes_schedule *tweak, const uint8_t iv[16]);
#endif

void ni_invert_schedule(struct aes_schedule *decrypt, const struct aes_schedule *encrypt);
void ni_ecb_encrypt(const struct aes_schedule *encrypt, uint8_t *out, const uint8_t *in,
                    size_t blocks);
void ni_ecb_decrypt(const struct aes_schedule *decrypt, uint8_t *out, const uint8_t *in,
                    size_t blocks);
void ni_cbc_encrypt(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                    const uint8_t *in, size_t blocks);
void ni_cbc_decrypt(const struct aes_schedule *decrypt, uint8_t iv[16], uint8_t *out,
                    const uint8_t *in, size_t blocks);
void ni_mac(const struct aes_schedule *encrypt, uint8_t mac[16], const uint8_t *in, size_t blocks);
void ni_cfb8_encrypt(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                     const uint8_t *in, size_t bytes);
void ni_cfb8_decrypt(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                     const uint8_t *in, size_t bytes);
void ni_cfb_encrypt_blocks(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                           const uint8_t *in, size_t blocks);
void ni_cfb_decrypt_blocks(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                           const uint8_t *in, size_t blocks);
void ni_cfb(const struct aes_schedule *encrypt, bool decrypt, uint8_t iv[16], uint8_t *out,
            const uint8_t *in, size_t bytes, size_t segment_bytes);
void ni_ctr32(const struct aes_schedule *encrypt, uint8_t counter[16], uint8_t *out,
              const uint8_t *in, size_t blocks);

/* CBC-MAC of the plaintext beside counter mode. The last eight bytes of counter count. */
void ni_ccm_encrypt(const struct aes_schedule *encrypt, uint8_t mac[16], uint8_t counter[16],
                    uint8_t *out, const uint8_t *in, size_t blocks);
void ni_ccm_decrypt(const struct aes_schedule *encrypt, uint8_t mac[16], uint8_t counter[16],
                    uint8_t *out, const uint8_t *in, size_t blocks);

#ifdef __x86_64__
void vaes_ecb_encrypt(const struct aes_schedule *encrypt, uint8_t *out, const uint8_t *in,
                      size_t blocks);
void vaes_ecb_decrypt(const struct aes_schedule *decrypt, uint8_t *out, const uint8_t *in,
                      size_t blocks);
void vaes_cbc_decrypt(const struct aes_schedule *decrypt, uint8_t iv[16], uint8_t *out,
                      const uint8_t *in, size_t blocks);
void vaes_cfb_decrypt_blocks(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                             const uint8_t *in, size_t blocks);
void vaes_cfb8_decrypt(const struct aes_schedule *encrypt, uint8_t iv[16], uint8_t *out,
                       const uint8_t *in, size_t bytes);
void vaes_ctr32(const struct aes_schedule *encrypt, uint8_t counter[16], uint8_t *out,
                const uint8_t *in, size_t blocks);
void vaes_xts_encrypt(const struct aes_schedule *data_encrypt, uint8_t tweak[16], uint8_t *out,
                      const uint8_t *in, size_t blocks);
void vaes_xts_decrypt(const struct aes_schedule *data_decrypt, uint8_t tweak[16], uint8_t *out,
                      const uint8_t *in, size_t blocks);

/* Units of whole strides, one unit behind the other, each with its tweak. At least one. */
#define VAES512_STRIDE_BYTES 512
void vaes512_xts_encrypt(const struct aes_schedule *data_encrypt, uint8_t tweaks[][16],
                         size_t units, uint8_t *out, const uint8_t *in, size_t strides);
void vaes512_xts_decrypt(const struct aes_schedule *data_decrypt, uint8_t tweaks[][16],
                         size_t units, uint8_t *out, const uint8_t *in, size_t strides);
#endif

/* Below this many blocks the wide code's setting up costs more than it gains. */
#define BULK_BLOCKS 16

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

/* The 32-bit big-endian counter in the last four bytes of a counter block. */
static inline void counter_add(uint8_t counter[16], uint32_t blocks)
{
    uint32_t value;

    memcpy(&value, counter + 12, 4);
    value = __builtin_bswap32(__builtin_bswap32(value) + blocks);
    memcpy(counter + 12, &value, 4);
}

/* The tweak of the next block: times x in GF(2^128), IEEE 1619 section 5.2. */
static inline void xts_next(uint8_t tweak[16])
{
    uint64_t low, high, carry;

    memcpy(&low, tweak, 8);
    memcpy(&high, tweak + 8, 8);
    carry = -(high >> 63) & 0x87;
    high = high << 1 | low >> 63;
    low = low << 1 ^ carry;
    memcpy(tweak, &low, 8);
    memcpy(tweak + 8, &high, 8);
}

#endif
