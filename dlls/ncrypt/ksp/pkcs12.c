/*
 * pkcs12.c - keys and vectors of passwords, as PKCS #12 makes them (RFC 7292, appendix B).
 *
 * SPDX-License-Identifier: MIT
 */

#include "ksp/pkcs8.h"

#include "platform/memory.h"
#include "platform/wipe.h"

#define SHA1_BYTES 20
#define SHA1_BLOCK 64

static SECURITY_STATUS hash(uint8_t *data, ULONG bytes, uint8_t digest[SHA1_BYTES])
{
    return nte(BCryptHash(BCRYPT_SHA1_ALG_HANDLE, NULL, 0, data, bytes, digest, SHA1_BYTES));
}

/* Fills whole blocks with copies of something; their bytes. */
static ULONG repeat(uint8_t *to, const uint8_t *from, ULONG bytes)
{
    ULONG whole = (bytes + SHA1_BLOCK - 1) / SHA1_BLOCK * SHA1_BLOCK, i;

    for (i = 0; i < whole; i++) to[i] = from[i % bytes];
    return whole;
}

/* Adds a block's number and one to a block: the highest byte first. */
static void add_one_more(uint8_t *block, const uint8_t *other)
{
    unsigned int carry = 1;
    int i;

    for (i = SHA1_BLOCK - 1; i >= 0; i--)
    {
        carry += block[i] + other[i];
        block[i] = (uint8_t)carry;
        carry >>= 8;
    }
}

SECURITY_STATUS pkcs12_derive(uint8_t purpose, const uint8_t *password, ULONG password_bytes,
                              const struct der *salt, ULONG iterations, uint8_t *output,
                              ULONG bytes)
{
    ULONG room = 5 * SHA1_BLOCK + password_bytes + (ULONG)salt->bytes, all, i, part;
    uint8_t *work = memory_get(room), *at = work, digest[SHA1_BYTES], block[SHA1_BLOCK];
    SECURITY_STATUS status = 0;

    if (!work) return NTE_NO_MEMORY;
    memset(at, purpose, SHA1_BLOCK);
    at += SHA1_BLOCK;
    if (salt->bytes) at += repeat(at, salt->data, (ULONG)salt->bytes);
    at += repeat(at, password, password_bytes);
    all = (ULONG)(at - work);

    while (!status && bytes)
    {
        status = hash(work, all, digest);
        for (i = 1; !status && i < iterations; i++) status = hash(digest, SHA1_BYTES, digest);
        part = bytes < SHA1_BYTES ? bytes : SHA1_BYTES;
        memcpy(output, digest, part);
        output += part;
        bytes -= part;
        repeat(block, digest, SHA1_BYTES);
        for (i = SHA1_BLOCK; i < all; i += SHA1_BLOCK) add_one_more(work + i, block);
    }
    wipe(digest, sizeof(digest));
    wipe(block, sizeof(block));
    memory_put(work, room);
    return status;
}
