/*
 * chacha.c - ChaCha20-Poly1305 on libcrypto's two assembly routines, without its EVP, and on our
 * own two for short messages.
 *
 * Block 0 of the key stream is Poly1305's key (RFC 8439 section 2.6). It is made together with the
 * blocks that the first bytes of the message need: several cost little more than one.
 *
 * SPDX-License-Identifier: MIT
 */

#include <string.h>

#include "crypto/chacha/chacha.h"
#include "crypto/chacha/chacha_paths.h"
#include "crypto/common/cpu.h"
#include "platform/wipe.h"
#include "crypto/common/xor.h"

/* libcrypto's; no public header has them. */
struct poly1305
{
    _Alignas(64) uint8_t opaque[320];       /* Poly1305_ctx_size(): 248 */
};

size_t Poly1305_ctx_size(void);
void Poly1305_Init(struct poly1305 *poly, const unsigned char key[32]);
void Poly1305_Update(struct poly1305 *poly, const unsigned char *data, size_t bytes);
void Poly1305_Final(struct poly1305 *poly, unsigned char mac[16]);
void ChaCha20_ctr32(unsigned char *out, const unsigned char *in, size_t bytes,
                    const unsigned int key[8], const unsigned int counter[4]);

#define BLOCK_BYTES 64
#define FIRST_BYTES 192     /* of the message, encrypted with what is left of the first blocks */
#define FEW_BYTES 512       /* of anything: from there on libcrypto is the quicker one */

static void update_padded(struct poly1305 *poly, const uint8_t *data, size_t bytes)
{
    static const uint8_t zeros[16];

    if (!bytes) return;
    Poly1305_Update(poly, data, bytes);
    if (bytes % 16) Poly1305_Update(poly, zeros, 16 - bytes % 16);
}

static void store_little(uint8_t to[8], uint64_t value)
{
    int i;

    for (i = 0; i < 8; i++, value >>= 8) to[i] = (uint8_t)value;
}

/* libcrypto's ChaCha20 leaves its state, the key in it, on the stack, no deeper than this. */
#define STACK_BYTES 1024

/* Blocks 0 and on: Poly1305's key and as many as `bytes` of a message take, FIRST_BYTES at most. */
static void first_blocks(uint8_t *stream, size_t bytes, const uint8_t key[32],
                         const uint8_t nonce[12])
{
    unsigned int words[8], counter[4] = { 0 };

#ifdef __x86_64__
    if (cpu_has(CPU_AVX2))
    {
        if (bytes <= BLOCK_BYTES) fast_chacha20_two(stream, key, nonce, 0);
        else fast_chacha20_four(stream, key, nonce, 0);
        return;
    }
#endif
    memcpy(words, key, 32);
    memcpy(counter + 1, nonce, 12);
    memset(stream, 0, BLOCK_BYTES + bytes);
    ChaCha20_ctr32(stream, stream, BLOCK_BYTES + bytes, words, counter);
    wipe_stack(STACK_BYTES);
    wipe(words, sizeof(words));
}

static void crypt_from(uint32_t block, const uint8_t key[32], const uint8_t nonce[12],
                       uint8_t *out, const uint8_t *in, size_t bytes)
{
    unsigned int words[8], counter[4];

#ifdef __x86_64__
    if (bytes <= FEW_BYTES && cpu_has(CPU_AVX2))
    {
        uint8_t stream[4 * BLOCK_BYTES];
        size_t part;

        for (; bytes; bytes -= part, in += part, out += part, block += 4)
        {
            part = bytes < sizeof(stream) ? bytes : sizeof(stream);
            fast_chacha20_four(stream, key, nonce, block);
            xor_bytes(out, in, stream, part);
        }
        wipe(stream, sizeof(stream));
        return;
    }
#endif
    memcpy(words, key, 32);
    counter[0] = block;
    memcpy(counter + 1, nonce, 12);
    ChaCha20_ctr32(out, in, bytes, words, counter);
    wipe_stack(STACK_BYTES);
    wipe(words, sizeof(words));
}

/* RFC 8439 section 2.8: associated data, ciphertext, their lengths. */
static void authenticate(const uint8_t key[32], const uint8_t *auth, size_t auth_bytes,
                         const uint8_t *data, size_t bytes, uint8_t tag[16])
{
    struct poly1305 poly;
    uint8_t lengths[16];

    store_little(lengths, auth_bytes);
    store_little(lengths + 8, bytes);
#ifdef __x86_64__
    if (auth_bytes <= FEW_BYTES && bytes <= FEW_BYTES)
    {
        struct fast_poly1305 fast;

        fast_poly1305_init(&fast, key);
        fast_poly1305_padded(&fast, auth, auth_bytes);
        fast_poly1305_padded(&fast, data, bytes);
        fast_poly1305_padded(&fast, lengths, sizeof(lengths));
        fast_poly1305_finish(&fast, tag);
        wipe(&fast, sizeof(fast));
        return;
    }
#endif
    Poly1305_Init(&poly, key);
    update_padded(&poly, auth, auth_bytes);
    update_padded(&poly, data, bytes);
    Poly1305_Update(&poly, lengths, sizeof(lengths));
    Poly1305_Final(&poly, tag);
    wipe(&poly, sizeof(poly));
}

static void chacha_crypt(bool decrypt, const uint8_t key[32], const uint8_t nonce[12],
                         const uint8_t *auth, size_t auth_bytes, uint8_t *out, const uint8_t *in,
                         size_t bytes, uint8_t tag[16])
{
    size_t first = bytes < FIRST_BYTES ? bytes : FIRST_BYTES;
    _Alignas(64) uint8_t stream[BLOCK_BYTES + FIRST_BYTES];

    first_blocks(stream, first, key, nonce);
    if (decrypt) authenticate(stream, auth, auth_bytes, in, bytes, tag);
    xor_bytes(out, in, stream + BLOCK_BYTES, first);
    if (bytes > first)
        crypt_from(1 + FIRST_BYTES / BLOCK_BYTES, key, nonce, out + first, in + first,
                   bytes - first);
    if (!decrypt) authenticate(stream, auth, auth_bytes, out, bytes, tag);
    wipe(stream, sizeof(stream));
}

void chacha20_poly1305_encrypt(const uint8_t key[32], const uint8_t nonce[12], const uint8_t *auth,
                               size_t auth_bytes, uint8_t *out, const uint8_t *in, size_t bytes,
                               uint8_t tag[16])
{
    chacha_crypt(false, key, nonce, auth, auth_bytes, out, in, bytes, tag);
}

void chacha20_poly1305_decrypt(const uint8_t key[32], const uint8_t nonce[12], const uint8_t *auth,
                               size_t auth_bytes, uint8_t *out, const uint8_t *in, size_t bytes,
                               uint8_t tag[16])
{
    chacha_crypt(true, key, nonce, auth, auth_bytes, out, in, bytes, tag);
}
