/*
 * rsa_padding.c - the paddings of PKCS #1 (RFC 8017): blocks as long as the modulus, made and read.
 *
 * An attacker that can tell a well-formed block from others decrypts any ciphertext with thousands
 * of questions or more (Bleichenbacher 1998, Manger 2001). CNG's contract says it in the status; no
 * other way may say more, or say it where the status is not passed on. So a block is read as a
 * whole, with masks of all ones or all zeros in the place of branches; tests/native/ct_rsa.c
 * watches over it.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/rsa/rsa_padding.h"

#include "crypto/random/random.h"
#include "platform/wipe.h"

/* ---- masks ---- */

/* Keeps the compiler from seeing what a mask can be, and from branching on it. */
static inline uint32_t opaque(uint32_t mask)
{
    __asm__ volatile("" : "+r"(mask));
    return mask;
}

static inline uint32_t is_zero(uint32_t value)
{
    return opaque((uint32_t)(((uint64_t)value - 1) >> 32));
}

static inline uint32_t is_less(uint32_t left, uint32_t right)
{
    return opaque((uint32_t)(((uint64_t)left - right) >> 32));
}

/* ---- MGF1: RFC 8017, B.2.1 ---- */

/* Masks what is in `data`, or unmasks it. */
static void mgf1(const struct digest *digest, const uint8_t *seed, size_t seed_bytes, uint8_t *data,
                 size_t bytes)
{
    uint8_t mask[DIGEST_MAX_BYTES], counter[4];
    struct digest_state seeded, state;
    size_t i, part;
    uint32_t number;

    digest_start(digest, &seeded);
    digest_update(digest, &seeded, seed, seed_bytes);
    for (number = 0; bytes; number++, data += part, bytes -= part)
    {
        counter[0] = (uint8_t)(number >> 24);
        counter[1] = (uint8_t)(number >> 16);
        counter[2] = (uint8_t)(number >> 8);
        counter[3] = (uint8_t)number;
        digest_copy(digest, &state, &seeded);
        digest_update(digest, &state, counter, sizeof(counter));
        digest_finish(digest, &state, mask);
        part = bytes < digest->digest_bytes ? bytes : digest->digest_bytes;
        for (i = 0; i < part; i++) data[i] ^= mask[i];
    }
    wipe(mask, sizeof(mask));
    wipe(&state, sizeof(state));
    wipe(&seeded, sizeof(seeded));
}

/* ---- encryption ---- */

/* Bytes that are random and not zero. */
static bool random_nonzero(uint8_t *buffer, size_t bytes)
{
    size_t i;

    if (!random_bytes(buffer, bytes)) return false;
    for (i = 0; i < bytes; i++)
    {
        while (!buffer[i])
        {
            if (!random_bytes(&buffer[i], 1)) return false;
        }
    }
    return true;
}

NTSTATUS rsa_pad_pkcs1(uint8_t *block, size_t block_bytes, const uint8_t *message, size_t bytes)
{
    size_t padding_bytes;

    if (block_bytes < RSA_PKCS1_OVERHEAD || bytes > block_bytes - RSA_PKCS1_OVERHEAD)
        return STATUS_INVALID_PARAMETER;
    padding_bytes = block_bytes - bytes - 3;
    block[0] = 0;
    block[1] = 2;
    if (!random_nonzero(block + 2, padding_bytes)) return STATUS_INTERNAL_ERROR;
    block[2 + padding_bytes] = 0;
    if (bytes) memcpy(block + block_bytes - bytes, message, bytes);
    return STATUS_SUCCESS;
}

NTSTATUS rsa_pad_oaep(const struct digest *digest, const uint8_t *label, size_t label_bytes,
                      uint8_t *block, size_t block_bytes, const uint8_t *message, size_t bytes)
{
    size_t digest_bytes = digest->digest_bytes, data_bytes;
    uint8_t *seed = block + 1, *data = seed + digest_bytes;

    if (block_bytes < 2 * digest_bytes + 2 || bytes > block_bytes - 2 * digest_bytes - 2)
        return STATUS_INVALID_PARAMETER;
    data_bytes = block_bytes - digest_bytes - 1;

    if (bytes) memmove(block + block_bytes - bytes, message, bytes);
    block[block_bytes - bytes - 1] = 1;
    memset(data + digest_bytes, 0, data_bytes - digest_bytes - 1 - bytes);
    digest_once(digest, label, label_bytes, data);
    block[0] = 0;
    if (!random_bytes(seed, digest_bytes)) return STATUS_INTERNAL_ERROR;
    mgf1(digest, seed, digest_bytes, data, data_bytes);
    mgf1(digest, data, data_bytes, seed, digest_bytes);
    return STATUS_SUCCESS;
}

/* ---- decryption ---- */

uint32_t rsa_unpad_pkcs1(const uint8_t *block, size_t block_bytes, size_t *start)
{
    uint32_t good, found = 0, zero, zero_at = 0, i;

    if (block_bytes < RSA_PKCS1_OVERHEAD) return 0;
    good = is_zero(block[0]) & is_zero(block[1] ^ 2u);
    for (i = 2; i < block_bytes; i++)
    {
        zero = is_zero(block[i]);
        zero_at |= i & zero & ~found;
        found |= zero;
    }
    *start = (size_t)zero_at + 1;
    return good & found & ~is_less(zero_at, 10);        /* at least eight bytes of padding */
}

uint32_t rsa_unpad_oaep(const struct digest *digest, const uint8_t *label, size_t label_bytes,
                        uint8_t *block, size_t block_bytes, size_t *start)
{
    size_t digest_bytes = digest->digest_bytes, data_bytes;
    uint8_t *seed = block + 1, *data = seed + digest_bytes, label_digest[DIGEST_MAX_BYTES];
    uint32_t good, found = 0, one, one_at = 0, difference = 0, i;

    if (block_bytes < 2 * digest_bytes + 2) return 0;
    data_bytes = block_bytes - digest_bytes - 1;
    mgf1(digest, data, data_bytes, seed, digest_bytes);
    mgf1(digest, seed, digest_bytes, data, data_bytes);
    digest_once(digest, label, label_bytes, label_digest);

    for (i = 0; i < digest_bytes; i++) difference |= data[i] ^ label_digest[i];
    good = is_zero(block[0]) & is_zero(difference);
    for (i = (uint32_t)digest_bytes; i < data_bytes; i++)
    {
        one = is_zero(data[i] ^ 1u);
        one_at |= i & one & ~found;
        found |= one;
        good &= found | is_zero(data[i]);
    }
    *start = (size_t)(data - block) + one_at + 1;
    return good & found;
}

/* ---- signatures ---- */

bool rsa_pad_signature(uint8_t *block, size_t block_bytes, const uint8_t *message, size_t bytes)
{
    if (block_bytes < RSA_PKCS1_OVERHEAD || bytes > block_bytes - RSA_PKCS1_OVERHEAD) return false;
    block[0] = 0;
    block[1] = 1;
    memset(block + 2, 0xff, block_bytes - bytes - 3);
    block[block_bytes - bytes - 1] = 0;
    if (bytes) memcpy(block + block_bytes - bytes, message, bytes);
    return true;
}

/* The encoded message of PSS is a bit shorter than the modulus, which may make it a byte
 * shorter. */
static size_t pss_bytes(unsigned modulus_bits)
{
    return (modulus_bits - 1 + 7) / 8;
}

/* The bits that are used of its first byte. */
static uint8_t pss_top_mask(unsigned modulus_bits)
{
    return (uint8_t)(0xff >> (8 * pss_bytes(modulus_bits) - (modulus_bits - 1)));
}

bool rsa_pss_fits(const struct digest *digest, unsigned modulus_bits, size_t salt_bytes)
{
    size_t encoded_bytes = pss_bytes(modulus_bits);

    return encoded_bytes >= digest->digest_bytes + 2 &&
           salt_bytes <= encoded_bytes - digest->digest_bytes - 2;
}

/* H of RFC 8017: the digest of eight zeros, the message's digest and the salt. */
static void pss_digest(const struct digest *digest, const uint8_t *hash, const uint8_t *salt,
                       size_t salt_bytes, uint8_t *out)
{
    static const uint8_t zeros[8];
    struct digest_state state;

    digest_start(digest, &state);
    digest_update(digest, &state, zeros, sizeof(zeros));
    digest_update(digest, &state, hash, digest->digest_bytes);
    digest_update(digest, &state, salt, salt_bytes);
    digest_finish(digest, &state, out);
    wipe(&state, sizeof(state));
}

NTSTATUS rsa_pad_pss(const struct digest *digest, const uint8_t *hash, size_t salt_bytes,
                     uint8_t *block, unsigned modulus_bits)
{
    size_t encoded_bytes = pss_bytes(modulus_bits),
           data_bytes = encoded_bytes - digest->digest_bytes - 1;
    uint8_t *data = block, *salt;

    if (modulus_bits % 8 == 1) *data++ = 0;
    salt = data + data_bytes - salt_bytes;
    memset(data, 0, data_bytes - salt_bytes - 1);
    salt[-1] = 1;
    if (salt_bytes && !random_bytes(salt, salt_bytes)) return STATUS_INTERNAL_ERROR;

    pss_digest(digest, hash, salt, salt_bytes, data + data_bytes);
    mgf1(digest, data + data_bytes, digest->digest_bytes, data, data_bytes);
    data[0] &= pss_top_mask(modulus_bits);
    data[encoded_bytes - 1] = 0xbc;
    return STATUS_SUCCESS;
}

bool rsa_check_pss(const struct digest *digest, const uint8_t *hash, size_t salt_bytes,
                   uint8_t *block, unsigned modulus_bits)
{
    size_t encoded_bytes = pss_bytes(modulus_bits),
           data_bytes = encoded_bytes - digest->digest_bytes - 1, i;
    uint8_t *data = block, *salt, found[DIGEST_MAX_BYTES], wrong = 0;

    if (modulus_bits % 8 == 1) wrong |= *data++;
    wrong |= data[0] & (uint8_t)~pss_top_mask(modulus_bits);
    wrong |= data[encoded_bytes - 1] ^ 0xbc;

    mgf1(digest, data + data_bytes, digest->digest_bytes, data, data_bytes);
    data[0] &= pss_top_mask(modulus_bits);
    salt = data + data_bytes - salt_bytes;
    for (i = 0; i < data_bytes - salt_bytes - 1; i++) wrong |= data[i];
    wrong |= salt[-1] ^ 1;

    pss_digest(digest, hash, salt, salt_bytes, found);
    return !wrong && equal_constant_time(found, data + data_bytes, digest->digest_bytes);
}
