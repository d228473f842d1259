/*
 * aes_wrap.c - AES key wrap.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/aes/aes_wrap.h"

#include <string.h>

#include "platform/wipe.h"

#define ROUNDS 6

static const uint8_t initial_value[8] = { 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6, 0xa6 };

/* Adds the number of the step to the big-endian half that is checked in the end. */
static void mix_step(uint8_t half[8], uint64_t step)
{
    int i;

    for (i = 7; step; i--, step >>= 8) half[i] ^= (uint8_t)step;
}

void aes_wrap(const struct aes_schedule *encrypt, uint8_t *wrapped, const uint8_t *key,
              size_t bytes)
{
    size_t count = bytes / 8, round, i;
    uint8_t block[16];

    memmove(wrapped + 8, key, bytes);
    memcpy(block, initial_value, 8);
    for (round = 0; round < ROUNDS; round++)
    {
        for (i = 1; i <= count; i++)
        {
            memcpy(block + 8, wrapped + 8 * i, 8);
            aes_ecb_encrypt(encrypt, block, block, 1);
            mix_step(block, count * round + i);
            memcpy(wrapped + 8 * i, block + 8, 8);
        }
    }
    memcpy(wrapped, block, 8);
    wipe(block, sizeof(block));
}

bool aes_unwrap(const struct aes_schedule *decrypt, uint8_t *key, const uint8_t *wrapped,
                size_t bytes)
{
    size_t count = bytes / 8, round, i;
    uint8_t block[16];
    bool right;

    memcpy(block, wrapped, 8);
    memmove(key, wrapped + 8, bytes);
    for (round = ROUNDS; round--;)
    {
        for (i = count; i; i--)
        {
            mix_step(block, count * round + i);
            memcpy(block + 8, key + 8 * (i - 1), 8);
            aes_ecb_decrypt(decrypt, block, block, 1);
            memcpy(key + 8 * (i - 1), block + 8, 8);
        }
    }
    right = equal_constant_time(block, initial_value, 8);
    if (!right) wipe(key, bytes);
    wipe(block, sizeof(block));
    return right;
}
