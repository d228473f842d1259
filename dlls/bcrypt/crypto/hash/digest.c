/*
 * digest.c - the hash functions, most of them on libcrypto's compression functions.
 *
 * libcrypto's assembly hashes whole blocks into a chain value. Collecting blocks, padding and
 * length are done here, once for each shape of block: libcrypto's own Init, Update and Final add
 * 15 to 30 ns to a short message, and their contexts are larger than what they hold.
 * MD2 is in md2.c.
 * Sources: RFC 1320 (MD4), 1321 (MD5), FIPS 180-4 (SHA-1, SHA-2), FIPS 202 (SHA-3).
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/hash/digest.h"

#include <emmintrin.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/md4.h>
#include <openssl/md5.h>
#include <openssl/sha.h>

#include "crypto/common/cpu.h"
#include "crypto/hash/keccak.h"
#include "crypto/hash/md2.h"
#include "crypto/hash/sha_ni.h"
#include "platform/wipe.h"

#define INLINE static inline __attribute__((always_inline))

/*
 * In libcrypto.a, not in its headers. All begin with the chain value in their context and touch
 * nothing else of it.
 */
void md4_block_data_order(MD4_CTX *context, const void *data, size_t blocks);
void ossl_md5_block_asm_data_order(MD5_CTX *context, const void *data, size_t blocks);
void sha1_block_data_order(SHA_CTX *context, const void *data, size_t blocks);
void sha256_block_data_order(SHA256_CTX *context, const void *data, size_t blocks);
void sha512_block_data_order(SHA512_CTX *context, const void *data, size_t blocks);

/* Clears the words of a block that 32-bit code of libcrypto's leaves in frames no deeper than this:
 * SHA-512's assembly all of them, the others what registers have no room for. */
#ifdef __i386__
#define clear_frames(bytes) wipe_stack(bytes)
#else
#define clear_frames(bytes) ((void)0)
#endif

static void md4_blocks(void *chain, const void *data, size_t blocks)
{
    md4_block_data_order(chain, data, blocks);
    clear_frames(256);
}

static void md5_blocks(void *chain, const void *data, size_t blocks)
{
    ossl_md5_block_asm_data_order(chain, data, blocks);
}

static void sha1_blocks(void *chain, const void *data, size_t blocks)
{
    sha1_block_data_order(chain, data, blocks);
    if (!cpu_has(SHA_NI_FEATURES)) clear_frames(512);
}

static void sha256_blocks(void *chain, const void *data, size_t blocks)
{
    sha256_block_data_order(chain, data, blocks);
    if (!cpu_has(SHA_NI_FEATURES)) clear_frames(512);
}

static void sha512_blocks(void *chain, const void *data, size_t blocks)
{
    sha512_block_data_order(chain, data, blocks);
    clear_frames(1280);
}

static SHA_NI void sha256_pair_ni(void *const chains[], const uint8_t *const data[], size_t blocks)
{
    sha_ni_blocks_pair(chains, data, blocks);
}

void sha256_pair(void *const chains[], const uint8_t *const data[], size_t blocks)
{
    if (cpu_has(SHA_NI_FEATURES))
    {
        sha256_pair_ni(chains, data, blocks);
        return;
    }
    sha256_blocks(chains[0], data[0], blocks);
    sha256_blocks(chains[1], data[1], blocks);
}

/*
 * MD4, MD5, SHA-1 and SHA-2 differ for us in the size of a block and in the order of bytes. Each
 * function below is written once and compiled for every shape: the last arguments are constants.
 */

INLINE void md_start(const struct digest *digest, struct digest_state *state, size_t block_bytes)
{
    state->bytes = 0;
    memcpy(&state->u.chain, digest->initial, DIGEST_CHAIN_BYTES(block_bytes));
}

/*
 * The last block of a short message is built just before it is hashed, in units of 16 bytes. A unit
 * that was written in one move is read back at once, one of several moves only when they all have
 * come to the cache: that took longer than the rest of a short call. So units are put together in
 * registers.
 */
typedef uint64_t unit __attribute__((vector_size(16)));

INLINE unit unit_load(const uint8_t *data)
{
    return (unit)_mm_loadu_si128((const __m128i *)data);        /* of memcpy's a copy may be left */
}

INLINE void unit_store(uint8_t *block, size_t at, unit value)
{
#ifdef __SSE2__
    __asm__("" : "+x"(value));                  /* or zeros become two moves */
#endif
    memcpy(block + at, &value, sizeof(value));
}

/* Eight bytes and four, in the same registers: of a pair of others, which 32-bit x86 has for eight,
 * a copy is left on the stack. */
INLINE unit unit_load_8(const uint8_t *data)
{
    return (unit)_mm_loadl_epi64((const __m128i *)data);
}

INLINE unit unit_load_4(const uint8_t *data)
{
    uint32_t value;

    memcpy(&value, data, sizeof(value));
    return (unit)_mm_cvtsi32_si128((int)value);
}

INLINE void unit_store_8(uint8_t *block, unit value)
{
    _mm_storel_epi64((__m128i *)block, (__m128i)value);
}

/* Less than a block of another buffer; a call of memcpy takes longer. */
INLINE void md_copy(uint8_t *to, const uint8_t *from, size_t bytes)
{
    uint32_t first, last;
    unit first_8, last_8;
    size_t i;

    if (bytes >= 16)
    {
        for (i = 0; i + 16 < bytes; i += 16) unit_store(to, i, unit_load(from + i));
        unit_store(to, bytes - 16, unit_load(from + bytes - 16));
    }
    else if (bytes >= 8)
    {
        first_8 = unit_load_8(from);
        last_8 = unit_load_8(from + bytes - 8);
        unit_store_8(to, first_8);
        unit_store_8(to + bytes - 8, last_8);
    }
    else if (bytes >= 4)
    {
        memcpy(&first, from, 4);
        memcpy(&last, from + bytes - 4, 4);
        memcpy(to, &first, 4);
        memcpy(to + bytes - 4, &last, 4);
    }
    else for (i = 0; i < bytes; i++) to[i] = from[i];
}

INLINE void md_update(const struct digest *digest, struct digest_state *state, const uint8_t *data,
                      size_t bytes, size_t block_bytes)
{
    uint8_t *block = (uint8_t *)&state->u + DIGEST_CHAIN_BYTES(block_bytes);
    size_t used = (size_t)state->bytes & (block_bytes - 1), part;

    state->bytes += bytes;
    if (used)
    {
        part = block_bytes - used;
        if (bytes < part)
        {
            md_copy(block + used, data, bytes);
            return;
        }
        md_copy(block + used, data, part);
        digest->blocks(&state->u.chain, block, 1);
        data += part;
        bytes -= part;
    }
    if (bytes >= block_bytes)
    {
        digest->blocks(&state->u.chain, data, bytes / block_bytes);
        data += bytes & ~(block_bytes - 1);
        bytes &= block_bytes - 1;
    }
    md_copy(block, data, bytes);
}

/* At most 15 bytes of a message and the bit that ends it. */
INLINE unit md_tail(const uint8_t *data, size_t bytes)
{
    uint64_t end = (uint64_t)0x80 << (bytes % 8 * 8);
    unit low, high, shift;

    if (bytes >= 8)
    {
        shift = (unit){ (16 - bytes) * 8, 0 };
        low = unit_load_8(data);
        high = (unit)_mm_srl_epi64((__m128i)unit_load_8(data + bytes - 8), (__m128i)shift);
        return (unit)_mm_unpacklo_epi64((__m128i)low, (__m128i)high) | (unit){ 0, end };
    }
    if (bytes >= 4)
    {
        shift = (unit){ (bytes - 4) * 8, 0 };
        low = unit_load_4(data) |
              (unit)_mm_sll_epi64((__m128i)unit_load_4(data + bytes - 4), (__m128i)shift);
        return low | (unit){ end, 0 };
    }
    if (bytes)
    {
        end |= data[0] | (uint32_t)data[bytes / 2] << (bytes / 2 * 8) |
               (uint32_t)data[bytes - 1] << ((bytes - 1) * 8);
    }
    return (unit){ end, 0 };
}

/* Hashes the end of a message: `used` bytes, less than a block, which may be in block already. */
INLINE void md_pad(const struct digest *digest, void *chain, uint8_t *block, const uint8_t *data,
                   size_t used, uint64_t message_bytes, size_t block_bytes, bool big_endian)
{
    uint64_t bits = message_bytes << 3, high_bits = 0;
    size_t at = used & ~(size_t)15, i;
    unit last, tail = md_tail(data + at, used & 15);

    if (data != block) for (i = 0; i < at; i += 16) unit_store(block, i, unit_load(data + i));
    if (used >= block_bytes - block_bytes / 8)
    {
        unit_store(block, at, tail);
        digest->blocks(chain, block, 1);
        tail = (unit){ 0, 0 };
        at = 0;
    }
    for (i = at + 16; i < block_bytes; i += 16) unit_store(block, i, (unit){ 0, 0 });
    if (block_bytes == 128) high_bits = __builtin_bswap64(message_bytes >> 61);
    if (big_endian) bits = __builtin_bswap64(bits);
    last = (unit){ high_bits, bits };
    if (at + 16 == block_bytes) last |= tail;
    else unit_store(block, at, tail);
    unit_store(block, block_bytes - 16, last);
    digest->blocks(chain, block, 1);
}

/* Sixteen bytes of a digest: words of a chain value, turned round. */
INLINE unit md_output_words(const uint8_t *in, size_t block_bytes)
{
    __m128i words;

    /* (what gcc reads itself it leaves on the stack, too, for 32 bits) */
    __asm__("movdqu %1, %0" : "=x"(words) : "m"(*(const uint8_t (*)[16])in));
    words = _mm_or_si128(_mm_slli_epi16(words, 8), _mm_srli_epi16(words, 8));
    if (block_bytes == 128)
        return (unit)_mm_shufflehi_epi16(_mm_shufflelo_epi16(words, 0x1b), 0x1b);
    return (unit)_mm_shufflehi_epi16(_mm_shufflelo_epi16(words, 0xb1), 0xb1);
}

/* In units, as the message of an outer hash reads them. The digest of SHA-1 has four bytes more. */
INLINE void md_output(const struct digest *digest, const void *chain, uint8_t *out,
                      size_t block_bytes, bool big_endian)
{
    size_t bytes = digest->digest_bytes, i;
    const uint8_t *in = chain;
    uint32_t last;

    if (!big_endian)
    {
        memcpy(out, in, 16);                    /* MD4 and MD5 alone */
        return;
    }
    for (i = 0; i + 16 <= bytes; i += 16)
    {
        unit_store(out, i, md_output_words(in + i, block_bytes));
    }
    if (i == bytes) return;
    memcpy(&last, in + i, sizeof(last));
    last = __builtin_bswap32(last);
    memcpy(out + i, &last, sizeof(last));
}

INLINE void md_finish(const struct digest *digest, struct digest_state *state, uint8_t *out,
                      size_t block_bytes, bool big_endian)
{
    uint8_t *block = (uint8_t *)&state->u + DIGEST_CHAIN_BYTES(block_bytes);

    md_pad(digest, &state->u.chain, block, block, (size_t)state->bytes & (block_bytes - 1),
           state->bytes, block_bytes, big_endian);
    md_output(digest, &state->u.chain, out, block_bytes, big_endian);
}

/* The digest of a message that goes on with these bytes after whole blocks, `before` bytes, which
 * first_chain is of. */
INLINE void md_rest(const struct digest *digest, const void *first_chain, uint64_t before,
                    const uint8_t *data, size_t bytes, uint8_t *out, size_t block_bytes,
                    bool big_endian)
{
    size_t whole = bytes & ~(block_bytes - 1), rest = bytes & (block_bytes - 1);
    _Alignas(16) uint64_t chain[8];
    _Alignas(16) uint8_t block[128];

    memcpy(chain, first_chain, DIGEST_CHAIN_BYTES(block_bytes));
    if (whole) digest->blocks(chain, data, whole / block_bytes);
    md_pad(digest, chain, block, rest ? data + whole : block, rest, before + bytes, block_bytes,
           big_endian);
    md_output(digest, chain, out, block_bytes, big_endian);
    wipe(chain, DIGEST_CHAIN_BYTES(block_bytes));
    wipe(block, 64);
    if (block_bytes == 128) wipe(block + 64, 64);
}

#define MD_SHAPE(name, block_bytes, big_endian) \
static void name##_start(const struct digest *digest, struct digest_state *state) \
{ \
    md_start(digest, state, block_bytes); \
} \
\
static void name##_update(const struct digest *digest, struct digest_state *state, \
                          const uint8_t *data, size_t bytes) \
{ \
    md_update(digest, state, data, bytes, block_bytes); \
} \
\
static void name##_finish(const struct digest *digest, struct digest_state *state, uint8_t *out) \
{ \
    md_finish(digest, state, out, block_bytes, big_endian); \
} \
\
static void name##_once(const struct digest *digest, const uint8_t *data, size_t bytes, \
                        uint8_t *out) \
{ \
    md_rest(digest, digest->initial, 0, data, bytes, out, block_bytes, big_endian); \
} \
\
static void name##_after(const struct digest *digest, const struct digest_state *state, \
                         const uint8_t *data, size_t bytes, uint8_t *out) \
{ \
    md_rest(digest, &state->u.chain, state->bytes, data, bytes, out, block_bytes, big_endian); \
}

MD_SHAPE(little64, 64, false)
MD_SHAPE(big64, 64, true)
MD_SHAPE(big128, 128, true)

static void sha3_start(const struct digest *digest, struct digest_state *state)
{
    memset(state, 0, digest->state_bytes);
}

static void sha3_update(const struct digest *digest, struct digest_state *state,
                        const uint8_t *data, size_t bytes)
{
    uint8_t *open = (uint8_t *)state->u.lanes;
    size_t rate = digest->block_bytes, position = (size_t)state->bytes, whole;

    for (; position && bytes; bytes--)
    {
        open[position++] ^= *data++;
        if (position < rate) continue;
        keccak_permute(state->u.lanes);
        position = 0;
    }
    if ((whole = bytes / rate))
    {
        keccak_absorb_blocks(state->u.lanes, data, whole, rate);
        data += whole * rate;
        bytes -= whole * rate;
    }
    for (; bytes; bytes--) open[position++] ^= *data++;
    state->bytes = position;
}

static void sha3_finish(const struct digest *digest, struct digest_state *state, uint8_t *out)
{
    uint8_t *open = (uint8_t *)state->u.lanes;

    open[state->bytes] ^= KECCAK_SUFFIX_SHA3;
    open[digest->block_bytes - 1] ^= 0x80;
    keccak_permute(state->u.lanes);
    memcpy(out, state->u.lanes, digest->digest_bytes);
}

static void any_after(const struct digest *digest, const struct digest_state *first,
                      const uint8_t *data, size_t bytes, uint8_t *out)
{
    struct digest_state state;

    digest_copy(digest, &state, first);
    digest_update(digest, &state, data, bytes);
    digest_finish(digest, &state, out);
    wipe(&state, digest->state_bytes);
}

static void any_once(const struct digest *digest, const uint8_t *data, size_t bytes, uint8_t *out)
{
    struct digest_state state;

    digest_start(digest, &state);
    any_after(digest, &state, data, bytes, out);
}

/* With the eight registers of i686 keys would be left on the stack. */
#ifdef __x86_64__
#define SHA256_PAIR sha256_pair
#else
#define SHA256_PAIR NULL
#endif

static const uint32_t md5_initial[8] = { 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476 };

static const uint32_t sha1_initial[8] =
{
    0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0,
};

static const uint32_t sha256_initial[8] =
{
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static const uint64_t sha384_initial[8] =
{
    0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
    0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
};

static const uint64_t sha512_initial[8] =
{
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
};

#define MD_ROW(id, bytes, row_block_bytes, first_chain, compress, two, shape, order) \
    [DIGEST_##id] = \
    { \
        .name = #id, .digest_bytes = bytes, .block_bytes = row_block_bytes, \
        .state_bytes = offsetof(struct digest_state, u) + DIGEST_CHAIN_BYTES(row_block_bytes) + \
                       row_block_bytes, \
        .length_bytes = row_block_bytes / 8, .big_endian = order, .initial = first_chain, \
        .blocks = compress, .pair = two, .start = shape##_start, .update = shape##_update, \
        .finish = shape##_finish, .once = shape##_once, .after = shape##_after, \
    }

#define SHA3_ROW(id, bytes) \
    [DIGEST_##id] = \
    { \
        .name = #id, .digest_bytes = bytes, .block_bytes = 200 - 2 * bytes, \
        .state_bytes = offsetof(struct digest_state, u.lanes) + 200, \
        .start = sha3_start, .update = sha3_update, .finish = sha3_finish, .once = any_once, \
        .after = any_after, \
    }

const struct digest digests[DIGEST_COUNT] =
{
    [DIGEST_MD2] =
    {
        .name = "MD2", .digest_bytes = 16, .block_bytes = MD2_BLOCK_BYTES,
        .state_bytes = offsetof(struct digest_state, u.md2) + 3 * MD2_BLOCK_BYTES,
        .start = md2_start, .update = md2_update, .finish = md2_finish, .once = any_once,
        .after = any_after,
    },
    /*     id     digest block  first chain     blocks         pair         shape      big-endian */
    MD_ROW(MD4,       16,  64, md5_initial,    md4_blocks,    NULL,        little64, false),
    MD_ROW(MD5,       16,  64, md5_initial,    md5_blocks,    NULL,        little64, false),
    MD_ROW(SHA1,      20,  64, sha1_initial,   sha1_blocks,   NULL,        big64,    true),
    MD_ROW(SHA256,    32,  64, sha256_initial, sha256_blocks, SHA256_PAIR, big64,    true),
    MD_ROW(SHA384,    48, 128, sha384_initial, sha512_blocks, NULL,        big128,   true),
    MD_ROW(SHA512,    64, 128, sha512_initial, sha512_blocks, NULL,        big128,   true),
    SHA3_ROW(SHA3_256, 32),
    SHA3_ROW(SHA3_384, 48),
    SHA3_ROW(SHA3_512, 64),
};
