/*
 * gcm.c - AES-GCM: the quickest way that this processor allows.
 *
 *   gcm256_*, gcm512_*   VAES and VPCLMULQDQ; see gcm_vaes.h
 *   gcm_*                libcrypto's assembly: PCLMULQDQ, with AVX encryption and hash in one pass
 *   soft_*               here: a bit of the hash at a time, so that no table tells the key
 *
 * The way that is taken decides what a gcm_key holds; the way is the same while the process lives.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/aes/aes_paths.h"
#include "crypto/common/cpu.h"
#include "crypto/aes/gcm.h"
#include "crypto/aes/gcm_paths.h"
#include "platform/wipe.h"

/* libcrypto's, from its assembly; no public header has them. The table takes 16 * 16 bytes. */
void gcm_init_clmul(void *table, const uint64_t h[2]);
void gcm_ghash_clmul(uint8_t mac[16], const void *table, const uint8_t *data, size_t bytes);
#ifdef __x86_64__
void gcm_init_avx(void *table, const uint64_t h[2]);
void gcm_ghash_avx(uint8_t mac[16], const void *table, const uint8_t *data, size_t bytes);
size_t aesni_gcm_encrypt(const uint8_t *in, uint8_t *out, size_t bytes,
                         const struct aes_schedule *schedule, uint8_t counter[16], void *mac);
size_t aesni_gcm_decrypt(const uint8_t *in, uint8_t *out, size_t bytes,
                         const struct aes_schedule *schedule, uint8_t counter[16], void *mac);
#endif

/* Encrypted and hashed in turns of this size, so that the second finds the data in the cache. */
#define TURN_BYTES 4096

/* From here on copying the table for libcrypto's one-pass code pays. */
#define ONE_PASS_BYTES 768

#ifdef __x86_64__
static inline bool avx_usable(void)
{
    return cpu_has(CPU_AESNI | CPU_PCLMUL | CPU_AVX | CPU_MOVBE);
}

/* With TRY_FAST(call) a function goes on to our own code, if the processor has what it takes. */
#define CPU_GCM256 (CPU_AESNI | CPU_PCLMUL | CPU_VAES | CPU_VPCLMUL | CPU_AVX2)
#define CPU_GCM512 (CPU_GCM256 | CPU_AVX512 | CPU_BMI2)
#define TRY_FAST(call) \
    do \
    { \
        uint32_t cpu = cpu_features(); \
        \
        if ((cpu & CPU_GCM512) == CPU_GCM512) { gcm512_##call; return; } \
        if ((cpu & CPU_GCM256) == CPU_GCM256) { gcm256_##call; return; } \
    } \
    while (0)
#else
#define TRY_FAST(call) ((void)0)
#endif

static inline uint64_t load_big(const uint8_t *from)
{
    uint64_t value;

    memcpy(&value, from, 8);
    return __builtin_bswap64(value);
}

static inline void store_big(uint8_t *to, uint64_t value)
{
    value = __builtin_bswap64(value);
    memcpy(to, &value, 8);
}

/* SP 800-38D section 6.3, with masks for its conditions. */
static void soft_ghash(uint8_t mac[16], const uint8_t h[16], const uint8_t *data, size_t bytes)
{
    uint64_t high, low, factor_high, factor_low, mask;
    uint8_t sum[16];
    unsigned int i;

    for (; bytes; bytes -= 16, data += 16)
    {
        xor_bytes(sum, mac, data, 16);
        factor_high = load_big(h);
        factor_low = load_big(h + 8);
        high = low = 0;
        for (i = 0; i < 128; i++)
        {
            mask = -(uint64_t)(sum[i / 8] >> (7 - i % 8) & 1);
            high ^= factor_high & mask;
            low ^= factor_low & mask;
            mask = -(factor_low & 1) & 0xe1ULL << 56;
            factor_low = factor_low >> 1 | factor_high << 63;
            factor_high = factor_high >> 1 ^ mask;
        }
        store_big(mac, high);
        store_big(mac + 8, low);
    }
    wipe(sum, sizeof(sum));
}

/* bytes: a multiple of 16. */
static void hash_blocks(const struct gcm_key *key, uint8_t mac[16], const uint8_t *data,
                        size_t bytes)
{
    if (!bytes) return;
#ifdef __x86_64__
    if (avx_usable())
    {
        gcm_ghash_avx(mac, key->powers, data, bytes);
        return;
    }
#endif
    if (cpu_has(CPU_PCLMUL)) gcm_ghash_clmul(mac, key->powers, data, bytes);
    else soft_ghash(mac, key->powers, data, bytes);
}

static void hash_padded(const struct gcm_key *key, uint8_t mac[16], const uint8_t *data,
                        size_t bytes)
{
    uint8_t last[16] = { 0 };
    size_t whole = bytes & ~(size_t)15;

    hash_blocks(key, mac, data, whole);
    if (whole == bytes) return;

    memcpy(last, data + whole, bytes - whole);
    hash_blocks(key, mac, last, 16);
    wipe(last, sizeof(last));
}

void gcm_key_init(struct gcm_key *key, const struct aes_schedule *encrypt)
{
    uint8_t bytes[16] = { 0 };
    uint64_t h[2];

    TRY_FAST(key_init(key, encrypt));
    aes_ecb_encrypt(encrypt, bytes, bytes, 1);
    h[0] = load_big(bytes);
    h[1] = load_big(bytes + 8);
    if (!cpu_has(CPU_PCLMUL)) memcpy(key->powers, bytes, 16);
#ifdef __x86_64__
    else if (avx_usable()) gcm_init_avx(key->powers, h);
#endif
    else gcm_init_clmul(key->powers, h);
    wipe(bytes, sizeof(bytes));
    wipe(h, sizeof(h));
}

static void counter_block(uint8_t counter[16], const uint8_t nonce[12], uint8_t number)
{
    memcpy(counter, nonce, 12);
    memcpy(counter + 12, (const uint8_t[]){ 0, 0, 0, number }, 4);
}

void gcm_start(const struct gcm_key *key, const struct aes_schedule *encrypt,
               struct gcm_state *state, const uint8_t nonce[12])
{
    (void)key;
    (void)encrypt;
    memset(state->mac, 0, sizeof(state->mac));
    counter_block(state->counter, nonce, 2);
}

void gcm_auth(const struct gcm_key *key, struct gcm_state *state, const uint8_t *data,
              size_t bytes)
{
    TRY_FAST(auth(key, state, data, bytes));
    hash_padded(key, state->mac, data, bytes);
}

/* The partial block at the end of a message. */
static void crypt_last(const struct gcm_key *key, const struct aes_schedule *encrypt,
                       struct gcm_state *state, bool decrypt, uint8_t *out, const uint8_t *in,
                       size_t bytes)
{
    uint8_t stream[16];

    if (!bytes) return;

    aes_ctr32(encrypt, state->counter, stream, NULL, 1);
    if (decrypt) hash_padded(key, state->mac, in, bytes);
    xor_bytes(out, in, stream, bytes);
    if (!decrypt) hash_padded(key, state->mac, out, bytes);
    wipe(stream, sizeof(stream));
}

static size_t crypt_one_pass(const struct gcm_key *key, const struct aes_schedule *encrypt,
                             struct gcm_state *state, bool decrypt, uint8_t *out,
                             const uint8_t *in, size_t bytes)
{
    size_t done = 0;
#ifdef __x86_64__
    struct                      /* the table is looked for 32 bytes after the hash */
    {
        _Alignas(64) uint8_t unused[32];
        uint8_t mac[32];
        struct gcm_key key;
    } pass;

    if (!avx_usable() || bytes < ONE_PASS_BYTES) return 0;

    memcpy(pass.mac, state->mac, 16);
    pass.key = *key;
    if (decrypt) done = aesni_gcm_decrypt(in, out, bytes, encrypt, state->counter, pass.mac);
    else done = aesni_gcm_encrypt(in, out, bytes, encrypt, state->counter, pass.mac);
    memcpy(state->mac, pass.mac, 16);
    wipe(&pass, sizeof(pass));
#else
    (void)key, (void)encrypt, (void)state, (void)decrypt, (void)out, (void)in, (void)bytes;
#endif
    return done;
}

static void crypt_data(const struct gcm_key *key, const struct aes_schedule *encrypt,
                       struct gcm_state *state, bool decrypt, uint8_t *out, const uint8_t *in,
                       size_t bytes)
{
    size_t part;

    if (!bytes) return;                 /* a GMAC's: in and out are NULL */
    part = crypt_one_pass(key, encrypt, state, decrypt, out, in, bytes);
    for (; in += part, out += part, (bytes -= part) >= 16;)
    {
        part = bytes < TURN_BYTES ? bytes & ~(size_t)15 : TURN_BYTES;
        if (decrypt) hash_blocks(key, state->mac, in, part);
        aes_ctr32(encrypt, state->counter, out, in, part / 16);
        if (!decrypt) hash_blocks(key, state->mac, out, part);
    }
    crypt_last(key, encrypt, state, decrypt, out, in, bytes);
}

void gcm_encrypt(const struct gcm_key *key, const struct aes_schedule *encrypt,
                 struct gcm_state *state, uint8_t *out, const uint8_t *in, size_t bytes)
{
    TRY_FAST(encrypt(key, encrypt, state, out, in, bytes));
    crypt_data(key, encrypt, state, false, out, in, bytes);
}

void gcm_decrypt(const struct gcm_key *key, const struct aes_schedule *encrypt,
                 struct gcm_state *state, uint8_t *out, const uint8_t *in, size_t bytes)
{
    TRY_FAST(decrypt(key, encrypt, state, out, in, bytes));
    crypt_data(key, encrypt, state, true, out, in, bytes);
}

void gcm_finish(const struct gcm_key *key, const struct aes_schedule *encrypt,
                struct gcm_state *state, const uint8_t nonce[12], uint64_t auth_bytes,
                uint64_t data_bytes, uint8_t tag[16])
{
    uint8_t lengths[16], counter[16];

    store_big(lengths, 8 * auth_bytes);
    store_big(lengths + 8, 8 * data_bytes);
    gcm_auth(key, state, lengths, 16);
    counter_block(counter, nonce, 1);
    aes_ctr32(encrypt, counter, tag, state->mac, 1);
}

void gcm_seal(const struct gcm_key *key, const struct aes_schedule *encrypt,
              const uint8_t nonce[12], const uint8_t *auth, size_t auth_bytes,
              uint8_t *out, const uint8_t *in, size_t bytes, uint8_t tag[16])
{
    struct gcm_state state;

    TRY_FAST(seal(key, encrypt, nonce, auth, auth_bytes, out, in, bytes, tag));
    gcm_start(key, encrypt, &state, nonce);
    gcm_auth(key, &state, auth, auth_bytes);
    gcm_encrypt(key, encrypt, &state, out, in, bytes);
    gcm_finish(key, encrypt, &state, nonce, auth_bytes, bytes, tag);
    wipe(&state, sizeof(state));
}

void gcm_open(const struct gcm_key *key, const struct aes_schedule *encrypt,
              const uint8_t nonce[12], const uint8_t *auth, size_t auth_bytes,
              uint8_t *out, const uint8_t *in, size_t bytes, uint8_t tag[16])
{
    struct gcm_state state;

    TRY_FAST(open(key, encrypt, nonce, auth, auth_bytes, out, in, bytes, tag));
    gcm_start(key, encrypt, &state, nonce);
    gcm_auth(key, &state, auth, auth_bytes);
    gcm_decrypt(key, encrypt, &state, out, in, bytes);
    gcm_finish(key, encrypt, &state, nonce, auth_bytes, bytes, tag);
    wipe(&state, sizeof(state));
}
