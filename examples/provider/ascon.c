/*
 * ascon.c - Ascon-AEAD128 and Ascon-Hash256. Source: NIST SP 800-232.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ascon.h"

#include <windows.h>

#define AEAD_IV 0x00001000808c0001ULL           /* SP 800-232, section 4.1 */
#define HASH_IV 0x0000080100cc0002ULL           /* section 5.1 */

#define AEAD_ROUNDS 8                           /* between blocks; 12 at both ends */
#define ALL_ROUNDS  12

static uint64_t rotate(uint64_t word, int bits)
{
    return word >> bits | word << (64 - bits);
}

/* The last rounds of the permutation, section 3. */
static void permute(uint64_t s[5], unsigned int rounds)
{
    uint64_t t[5];
    unsigned int i;

    for (i = ALL_ROUNDS - rounds; i < ALL_ROUNDS; i++)
    {
        s[2] ^= (uint64_t)((15 - i) << 4 | i);

        s[0] ^= s[4], s[4] ^= s[3], s[2] ^= s[1];
        t[0] = s[0] ^ (~s[1] & s[2]);
        t[1] = s[1] ^ (~s[2] & s[3]);
        t[2] = s[2] ^ (~s[3] & s[4]);
        t[3] = s[3] ^ (~s[4] & s[0]);
        t[4] = s[4] ^ (~s[0] & s[1]);
        t[1] ^= t[0], t[0] ^= t[4], t[3] ^= t[2], t[2] = ~t[2];

        s[0] = t[0] ^ rotate(t[0], 19) ^ rotate(t[0], 28);
        s[1] = t[1] ^ rotate(t[1], 61) ^ rotate(t[1], 39);
        s[2] = t[2] ^ rotate(t[2], 1) ^ rotate(t[2], 6);
        s[3] = t[3] ^ rotate(t[3], 10) ^ rotate(t[3], 17);
        s[4] = t[4] ^ rotate(t[4], 7) ^ rotate(t[4], 41);
    }
    SecureZeroMemory(t, sizeof(t));
}

static uint64_t load(const uint8_t *bytes)
{
    uint64_t word = 0;
    int i;

    for (i = 7; i >= 0; i--) word = word << 8 | bytes[i];
    return word;
}

static void store(uint8_t *bytes, uint64_t word)
{
    int i;

    for (i = 0; i < 8; i++, word >>= 8) bytes[i] = (uint8_t)word;
}

/* The byte of the state at a place of the rate. */
static uint8_t byte_of(const uint64_t *s, size_t place)
{
    return (uint8_t)(s[place / 8] >> place % 8 * 8);
}

static void add_byte(uint64_t *s, size_t place, uint8_t byte)
{
    s[place / 8] ^= (uint64_t)byte << place % 8 * 8;
}

void ascon_aead(const uint8_t key[ASCON_KEY_BYTES], const uint8_t nonce[ASCON_NONCE_BYTES],
                const uint8_t *data, size_t data_bytes, const uint8_t *input, uint8_t *output,
                size_t bytes, int decrypt, uint8_t tag[ASCON_TAG_BYTES])
{
    uint64_t k[2] = { load(key), load(key + 8) };
    uint64_t s[5] = { AEAD_IV, k[0], k[1], load(nonce), load(nonce + 8) };
    size_t i, place = 0;
    uint8_t byte;

    permute(s, ALL_ROUNDS);
    s[3] ^= k[0], s[4] ^= k[1];

    for (i = 0; i < data_bytes; i++)
    {
        add_byte(s, place++, data[i]);
        if (place < 16) continue;
        permute(s, AEAD_ROUNDS);
        place = 0;
    }
    if (data_bytes)
    {
        add_byte(s, place, 1);
        permute(s, AEAD_ROUNDS);
    }
    s[4] ^= 1ULL << 63;

    for (i = place = 0; i < bytes; i++)
    {
        byte = input[i] ^ byte_of(s, place);
        add_byte(s, place++, decrypt ? byte : input[i]);
        output[i] = byte;
        if (place < 16) continue;
        permute(s, AEAD_ROUNDS);
        place = 0;
    }
    add_byte(s, place, 1);

    s[2] ^= k[0], s[3] ^= k[1];
    permute(s, ALL_ROUNDS);
    store(tag, s[3] ^ k[0]);
    store(tag + 8, s[4] ^ k[1]);
    SecureZeroMemory(k, sizeof(k));
    SecureZeroMemory(s, sizeof(s));
}

void ascon_hash_begin(struct ascon_hash *hash)
{
    memset(hash, 0, sizeof(*hash));
    hash->words[0] = HASH_IV;
    permute(hash->words, ALL_ROUNDS);
}

void ascon_hash_add(struct ascon_hash *hash, const uint8_t *data, size_t bytes)
{
    size_t i;

    for (i = 0; i < bytes; i++)
    {
        add_byte(hash->words, hash->filled++, data[i]);
        if (hash->filled < 8) continue;
        permute(hash->words, ALL_ROUNDS);
        hash->filled = 0;
    }
}

void ascon_hash_end(struct ascon_hash *hash, uint8_t digest[ASCON_DIGEST_BYTES])
{
    int i;

    add_byte(hash->words, hash->filled, 1);
    for (i = 0; i < ASCON_DIGEST_BYTES; i += 8)
    {
        permute(hash->words, ALL_ROUNDS);
        store(digest + i, hash->words[0]);
    }
}
