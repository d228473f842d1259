/*
 * aes_soft.c - AES for processors without AES instructions.
 *
 * With SSSE3, libcrypto's vector permutations (vpaes). Their schedules cannot be turned from
 * encryption to decryption, so ours holds the key alone and each call expands it.
 *
 * Without SSSE3, bit slices: word b of eight holds bit b of 64 bytes, four blocks, and the S-box is
 * computed, x^254 and the affine map of FIPS 197 section 5.1.1, on all of them at once. Slow, but
 * without a table whose cache lines would tell the key.
 *
 * SPDX-License-Identifier: MIT
 */

#include <openssl/aes.h>

#include "crypto/aes/aes_paths.h"
#include "crypto/common/cpu.h"
#include "platform/wipe.h"

/* libcrypto's, from its assembly; no public header has them. */
int vpaes_set_encrypt_key(const unsigned char *key, int bits, AES_KEY *schedule);
int vpaes_set_decrypt_key(const unsigned char *key, int bits, AES_KEY *schedule);
void vpaes_encrypt(const unsigned char *in, unsigned char *out, const AES_KEY *schedule);
void vpaes_decrypt(const unsigned char *in, unsigned char *out, const AES_KEY *schedule);

#define SLICED_BYTES 64     /* four blocks */

struct slices
{
    uint64_t bit[8];
};

/* Byte i of the result holds bit i of the eight bytes of x. */
static uint64_t transpose(uint64_t x)
{
    uint64_t t;

    t = (x ^ x >> 7) & 0x00aa00aa00aa00aaULL;
    x ^= t ^ t << 7;
    t = (x ^ x >> 14) & 0x0000cccc0000ccccULL;
    x ^= t ^ t << 14;
    t = (x ^ x >> 28) & 0x00000000f0f0f0f0ULL;
    return x ^ t ^ t << 28;
}

static void slice(struct slices *s, const uint8_t in[SLICED_BYTES])
{
    uint64_t x;
    int i, b;

    memset(s, 0, sizeof(*s));
    for (i = 0; i < 8; i++)
    {
        memcpy(&x, in + 8 * i, 8);
        x = transpose(x);
        for (b = 0; b < 8; b++) s->bit[b] |= (x >> 8 * b & 0xff) << 8 * i;
    }
}

static void unslice(uint8_t out[SLICED_BYTES], const struct slices *s)
{
    uint64_t x;
    int i, b;

    for (i = 0; i < 8; i++)
    {
        for (x = 0, b = 0; b < 8; b++) x |= (s->bit[b] >> 8 * i & 0xff) << 8 * b;
        x = transpose(x);
        memcpy(out + 8 * i, &x, 8);
    }
}

/* Modulo x^8 + x^4 + x^3 + x + 1. */
static void reduce(struct slices *s, uint64_t product[15])
{
    int i;

    for (i = 14; i >= 8; i--)
    {
        product[i - 4] ^= product[i];
        product[i - 5] ^= product[i];
        product[i - 7] ^= product[i];
        product[i - 8] ^= product[i];
    }
    memcpy(s->bit, product, sizeof(s->bit));
}

static void multiply(struct slices *s, const struct slices *a, const struct slices *b)
{
    uint64_t product[15] = { 0 };
    int i, j;

    for (i = 0; i < 8; i++)
        for (j = 0; j < 8; j++) product[i + j] ^= a->bit[i] & b->bit[j];
    reduce(s, product);
}

/* To the power 2^times. */
static void square(struct slices *s, const struct slices *a, int times)
{
    uint64_t product[15];
    int i;

    *s = *a;
    while (times--)
    {
        memset(product, 0, sizeof(product));
        for (i = 0; i < 8; i++) product[2 * i] = s->bit[i];
        reduce(s, product);
    }
}

/* s^254: its inverse, and 0 for 0. */
static void invert(struct slices *s)
{
    struct slices s2, s3, s12, s15;

    square(&s2, s, 1);
    multiply(&s3, &s2, s);
    square(&s12, &s3, 2);
    multiply(&s15, &s12, &s3);
    square(s, &s15, 4);         /* 240 */
    multiply(s, s, &s12);       /* 252 */
    multiply(s, s, &s2);        /* 254 */
}

static void substitute(struct slices *s)
{
    struct slices x;
    int i;

    invert(s);
    x = *s;
    for (i = 0; i < 8; i++)
        s->bit[i] = x.bit[i] ^ x.bit[(i + 4) & 7] ^ x.bit[(i + 5) & 7] ^ x.bit[(i + 6) & 7]
                    ^ x.bit[(i + 7) & 7] ^ (uint64_t)-(0x63 >> i & 1);
}

static void substitute_back(struct slices *s)
{
    struct slices x = *s;
    int i;

    for (i = 0; i < 8; i++)
        s->bit[i] = x.bit[(i + 2) & 7] ^ x.bit[(i + 5) & 7] ^ x.bit[(i + 7) & 7]
                    ^ (uint64_t)-(0x05 >> i & 1);
    invert(s);
}

/* A block is 16 bits of each word, a column four of those, row 0 the lowest. Row r moves by
 * `columns` times r. */
static void shift_rows(struct slices *s, unsigned int columns)
{
    static const uint64_t lanes = 0x0001000100010001ULL;
    uint64_t x, row, low;
    unsigned int b, r, by;

    for (b = 0; b < 8; b++)
    {
        x = s->bit[b] & 0x1111111111111111ULL;
        for (r = 1; r < 4; r++)
        {
            row = s->bit[b] & 0x1111111111111111ULL << r;
            by = (4 * r * columns) & 15;
            low = lanes * ((1u << by) - 1);
            x |= (row & ~low) >> by | (row & low) << (16 - by);
        }
        s->bit[b] = x;
    }
}

/* Every byte takes the value of the one `rows` rows below it in its column. */
static uint64_t rotate_column(uint64_t x, unsigned int rows)
{
    uint64_t low = 0x1111111111111111ULL * ((1u << rows) - 1);

    return (x & ~low) >> rows | (x & low) << (4 - rows);
}

static void times_x(struct slices *s)
{
    uint64_t top = s->bit[7];
    int i;

    for (i = 7; i > 0; i--) s->bit[i] = s->bit[i - 1];
    s->bit[0] = top;
    s->bit[1] ^= top;
    s->bit[3] ^= top;
    s->bit[4] ^= top;
}

static void mix_columns(struct slices *s)
{
    struct slices pair, doubled;
    int i;

    for (i = 0; i < 8; i++) pair.bit[i] = s->bit[i] ^ rotate_column(s->bit[i], 1);
    doubled = pair;
    times_x(&doubled);
    for (i = 0; i < 8; i++)
        s->bit[i] = doubled.bit[i] ^ rotate_column(s->bit[i], 1) ^ rotate_column(pair.bit[i], 2);
}

/* The inverse matrix is that of mix_columns times the circulant of 5, 0, 4, 0. */
static void mix_columns_back(struct slices *s)
{
    struct slices four;
    int i;

    for (i = 0; i < 8; i++) four.bit[i] = s->bit[i] ^ rotate_column(s->bit[i], 2);
    times_x(&four);
    times_x(&four);
    for (i = 0; i < 8; i++) s->bit[i] ^= four.bit[i];
    mix_columns(s);
}

static void add_round_key(struct slices *s, const struct aes_schedule *schedule, unsigned int round)
{
    uint8_t bytes[SLICED_BYTES];
    struct slices key;
    int i;

    for (i = 0; i < SLICED_BYTES; i += 16) memcpy(bytes + i, schedule->words + 4 * round, 16);
    slice(&key, bytes);
    for (i = 0; i < 8; i++) s->bit[i] ^= key.bit[i];
    wipe(bytes, sizeof(bytes));
    wipe(&key, sizeof(key));
}

static void sliced_encrypt(const struct aes_schedule *schedule, uint8_t blocks[SLICED_BYTES])
{
    struct slices s;
    unsigned int round;

    slice(&s, blocks);
    add_round_key(&s, schedule, 0);
    for (round = 1; round <= schedule->rounds; round++)
    {
        substitute(&s);
        shift_rows(&s, 1);
        mix_columns(&s);
        add_round_key(&s, schedule, round);
    }
    substitute(&s);
    shift_rows(&s, 1);
    add_round_key(&s, schedule, round);
    unslice(blocks, &s);
    wipe(&s, sizeof(s));
}

static void sliced_decrypt(const struct aes_schedule *schedule, uint8_t blocks[SLICED_BYTES])
{
    struct slices s;
    unsigned int round;

    slice(&s, blocks);
    add_round_key(&s, schedule, schedule->rounds + 1);
    for (round = schedule->rounds; round; round--)
    {
        shift_rows(&s, 3);
        substitute_back(&s);
        add_round_key(&s, schedule, round);
        mix_columns_back(&s);
    }
    shift_rows(&s, 3);
    substitute_back(&s);
    add_round_key(&s, schedule, 0);
    unslice(blocks, &s);
    wipe(&s, sizeof(s));
}

/* FIPS 197 section 5.2. */
static void sliced_expand(struct aes_schedule *schedule, size_t key_words)
{
    uint8_t bytes[SLICED_BYTES] = { 0 };
    uint32_t word, constant = 1;
    struct slices s;
    size_t i;

    for (i = key_words; i < 4 * (key_words + 7); i++)
    {
        word = schedule->words[i - 1];
        if (i % key_words == 0 || (key_words == 8 && i % key_words == 4))
        {
            memcpy(bytes, &word, 4);
            slice(&s, bytes);
            substitute(&s);
            unslice(bytes, &s);
            memcpy(&word, bytes, 4);
        }
        if (i % key_words == 0)
        {
            word = (word >> 8 | word << 24) ^ constant;
            constant = constant << 1 ^ (constant >> 7) * 0x11b;
        }
        schedule->words[i] = schedule->words[i - key_words] ^ word;
    }
    wipe(bytes, sizeof(bytes));
    wipe(&s, sizeof(s));
}

/* A schedule as one call needs it. */
struct soft_key
{
    const struct aes_schedule *schedule;
    bool vector;
    AES_KEY expanded;
};

static void soft_begin(struct soft_key *key, const struct aes_schedule *schedule, bool decrypt)
{
    int bits = (schedule->rounds - 5) * 32;

    key->schedule = schedule;
    key->vector = cpu_has(CPU_SSSE3);
    if (!key->vector) return;
    if (decrypt) vpaes_set_decrypt_key((const uint8_t *)schedule->words, bits, &key->expanded);
    else vpaes_set_encrypt_key((const uint8_t *)schedule->words, bits, &key->expanded);
}

static void soft_end(struct soft_key *key)
{
    if (key->vector) wipe(&key->expanded, sizeof(key->expanded));
}

static void soft_blocks(const struct soft_key *key, bool decrypt, uint8_t *out, const uint8_t *in,
                        size_t blocks)
{
    uint8_t four[SLICED_BYTES];
    size_t bytes;

    if (key->vector)
    {
        for (; blocks; blocks--, in += 16, out += 16)
            if (decrypt) vpaes_decrypt(in, out, &key->expanded);
            else vpaes_encrypt(in, out, &key->expanded);
        return;
    }
    memset(four, 0, sizeof(four));
    for (; blocks; blocks -= bytes / 16, in += bytes, out += bytes)
    {
        bytes = blocks < 4 ? 16 * blocks : SLICED_BYTES;
        memcpy(four, in, bytes);
        if (decrypt) sliced_decrypt(key->schedule, four);
        else sliced_encrypt(key->schedule, four);
        memcpy(out, four, bytes);
    }
    wipe(four, sizeof(four));
}

void soft_expand(struct aes_schedule *schedule, const uint8_t *key, size_t key_bytes)
{
    memcpy(schedule->words, key, key_bytes);
    schedule->rounds = (uint32_t)(key_bytes / 4 + 5);
    if (!cpu_has(CPU_SSSE3)) sliced_expand(schedule, key_bytes / 4);
}

void soft_ecb(const struct aes_schedule *schedule, bool decrypt, uint8_t *out, const uint8_t *in,
              size_t blocks)
{
    struct soft_key key;

    soft_begin(&key, schedule, decrypt);
    soft_blocks(&key, decrypt, out, in, blocks);
    soft_end(&key);
}

void soft_cbc_encrypt(const struct aes_schedule *schedule, uint8_t iv[16], uint8_t *out,
                      const uint8_t *in, size_t blocks)
{
    struct soft_key key;
    uint8_t chain[16];

    soft_begin(&key, schedule, false);
    memcpy(chain, iv, 16);
    for (; blocks; blocks--, in += 16, out += 16)
    {
        xor_bytes(chain, chain, in, 16);
        soft_blocks(&key, false, chain, chain, 1);
        memcpy(out, chain, 16);
    }
    memcpy(iv, chain, 16);
    soft_end(&key);
}

void soft_mac(const struct aes_schedule *schedule, uint8_t mac[16], const uint8_t *in,
              size_t blocks)
{
    struct soft_key key;

    soft_begin(&key, schedule, false);
    for (; blocks; blocks--, in += 16)
    {
        xor_bytes(mac, mac, in, 16);
        soft_blocks(&key, false, mac, mac, 1);
    }
    soft_end(&key);
}

void soft_cbc_decrypt(const struct aes_schedule *schedule, uint8_t iv[16], uint8_t *out,
                      const uint8_t *in, size_t blocks)
{
    uint8_t chain[SLICED_BYTES + 16], plain[SLICED_BYTES];
    struct soft_key key;
    size_t bytes;

    soft_begin(&key, schedule, true);
    memcpy(chain, iv, 16);
    for (; blocks; blocks -= bytes / 16, in += bytes, out += bytes)
    {
        bytes = blocks < 4 ? 16 * blocks : SLICED_BYTES;
        memcpy(chain + 16, in, bytes);
        soft_blocks(&key, true, plain, in, bytes / 16);
        xor_bytes(out, plain, chain, bytes);
        memmove(chain, chain + bytes, 16);
    }
    memcpy(iv, chain, 16);
    soft_end(&key);
    wipe(plain, sizeof(plain));
}

void soft_cfb(const struct aes_schedule *schedule, bool decrypt, uint8_t iv[16], uint8_t *out,
              const uint8_t *in, size_t bytes, size_t segment_bytes)
{
    uint8_t stream[16], segment[16], shift[16];
    struct soft_key key;

    soft_begin(&key, schedule, false);
    memcpy(shift, iv, 16);
    for (; bytes; bytes -= segment_bytes, in += segment_bytes, out += segment_bytes)
    {
        soft_blocks(&key, false, stream, shift, 1);
        memcpy(segment, in, segment_bytes);
        xor_bytes(out, in, stream, segment_bytes);
        memmove(shift, shift + segment_bytes, 16 - segment_bytes);
        memcpy(shift + 16 - segment_bytes, decrypt ? segment : out, segment_bytes);
    }
    memcpy(iv, shift, 16);
    soft_end(&key);
    wipe(stream, sizeof(stream));
    wipe(segment, sizeof(segment));
}

void soft_ctr32(const struct aes_schedule *schedule, uint8_t counter[16], uint8_t *out,
                const uint8_t *in, size_t blocks)
{
    uint8_t stream[SLICED_BYTES];
    struct soft_key key;
    size_t i, bytes;

    soft_begin(&key, schedule, false);
    for (; blocks; blocks -= bytes / 16, in += bytes, out += bytes)
    {
        bytes = blocks < 4 ? 16 * blocks : SLICED_BYTES;
        for (i = 0; i < bytes; i += 16)
        {
            memcpy(stream + i, counter, 16);
            counter_add(counter, 1);
        }
        soft_blocks(&key, false, stream, stream, bytes / 16);
        xor_bytes(out, in, stream, bytes);
    }
    soft_end(&key);
    wipe(stream, sizeof(stream));
}

void soft_xts(const struct aes_schedule *schedule, bool decrypt, uint8_t tweak[16], uint8_t *out,
              const uint8_t *in, size_t blocks)
{
    struct soft_key key;

    soft_begin(&key, schedule, decrypt);
    for (; blocks; blocks--, in += 16, out += 16)
    {
        xor_bytes(out, in, tweak, 16);
        soft_blocks(&key, decrypt, out, out, 1);
        xor_bytes(out, out, tweak, 16);
        xts_next(tweak);
    }
    soft_end(&key);
}
