/*
 * test_crypto_cipher.c - symmetric ciphers, on every kind of processor, against libcrypto's EVP.
 *
 * A processor is made poorer with cpu_limit(); each test runs once for each row of processors[].
 * Messages are of every length up to several strides of the widest code, and some of odd great
 * lengths, at changing alignments, in place and not. Published vectors are tested elsewhere.
 *
 * SPDX-License-Identifier: MIT
 */

#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/provider.h>

#include "crypto/aes/aes.h"
#include "crypto/aes/ccm.h"
#include "crypto/chacha/chacha.h"
#include "crypto/chacha/chacha_paths.h"
#include "crypto/common/cpu.h"
#include "crypto/aes/gcm.h"
#include "crypto/legacy/legacy.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define WITHOUT_VAES ~(uint32_t)(CPU_VAES | CPU_VPCLMUL | CPU_AVX512)

static const uint32_t processors[] =
{
    UINT32_MAX,
    ~(uint32_t)CPU_AVX512,
    WITHOUT_VAES,
    WITHOUT_VAES & ~(uint32_t)(CPU_AVX | CPU_AVX2 | CPU_MOVBE),
    WITHOUT_VAES & ~(uint32_t)CPU_PCLMUL,
    WITHOUT_VAES & ~(uint32_t)CPU_AESNI,
    CPU_SSE2 | CPU_SSSE3,
    CPU_SSE2,
};
#define PROCESSOR_COUNT ((int)ARRAY_SIZE(processors))

/* Bytes around every buffer that nothing may change. */
#define GUARD 32
#define LONGEST 70000

static uint8_t random_bytes[LONGEST + 64], expected[LONGEST + 64], input[LONGEST + 64];
static uint8_t buffer[GUARD + LONGEST + 64 + GUARD];

static const size_t key_sizes[] = { 16, 24, 32 };

static bool is_slow(void)
{
    return !cpu_has(CPU_SSSE3);
}

/* Every length up to 530, then some great ones to LONGEST; fewer where all takes too long. */
static size_t next_length(size_t length)
{
    static const size_t great[] = { 1000, 1024, 4095, 4096, 4097, 65536, 65551, LONGEST };
    size_t i;

    if (is_slow() && length >= 160) return length < 1000 ? 1000 : SIZE_MAX;
    if (length < 530) return length + 1;
    for (i = 0; i < ARRAY_SIZE(great); i++)
        if (great[i] > length) return great[i];
    return SIZE_MAX;
}

#define EACH_LENGTH(length, unit) \
    for (length = 0; length <= LONGEST; length = next_length(length)) if (length % (unit) == 0)

static void setup(void)
{
    uint32_t x = 1;
    size_t i;

    for (i = 0; i < sizeof(random_bytes); i++)
    {
        x = x * 1664525 + 1013904223;
        random_bytes[i] = (uint8_t)(x >> 24);
    }
    OSSL_PROVIDER_load(NULL, "default");
    OSSL_PROVIDER_load(NULL, "legacy");
}

static void teardown(void)
{
    cpu_limit(UINT32_MAX);
}

/* Where a message of this length lies: alignments change. */
static uint8_t *place(size_t length)
{
    memset(buffer, 0xa5, GUARD + 64);
    memset(buffer + GUARD + length % 17 + length, 0xa5, GUARD);
    return buffer + GUARD + length % 17;
}

static void expect_intact(const uint8_t *place_used, size_t length)
{
    const uint8_t *p;

    for (p = buffer; p < place_used; p++) ck_assert_uint_eq(*p, 0xa5);
    for (p = place_used + length; p < place_used + length + GUARD; p++)
        ck_assert_uint_eq(*p, 0xa5);
}

#define expect_bytes(actual, wanted, bytes) \
    ck_assert_msg(!memcmp(actual, wanted, bytes), "%zu bytes differ, processor %d", \
                  (size_t)(bytes), _i)

/* One of EVP's unauthenticated ciphers. out has room for bytes. */
static void evp_cipher(const char *name, bool encrypt, const uint8_t *key, size_t key_bytes,
                       const uint8_t *iv, int bits, uint8_t *out, const uint8_t *in, size_t bytes)
{
    static EVP_CIPHER *cipher;
    static char fetched[32];
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    OSSL_PARAM params[2] = { OSSL_PARAM_END, OSSL_PARAM_END };
    int done;

    if (strcmp(fetched, name))
    {
        EVP_CIPHER_free(cipher);
        cipher = EVP_CIPHER_fetch(NULL, name, NULL);
        snprintf(fetched, sizeof(fetched), "%s", name);
    }
    ck_assert_ptr_nonnull(cipher);
    ck_assert(EVP_CipherInit_ex2(context, cipher, NULL, NULL, encrypt, NULL));
    if (EVP_CIPHER_get_key_length(cipher) != (int)key_bytes)
        ck_assert(EVP_CIPHER_CTX_set_key_length(context, (int)key_bytes));
    if (bits) params[0] = OSSL_PARAM_construct_int(OSSL_CIPHER_PARAM_RC2_KEYBITS, &bits);
    ck_assert(EVP_CIPHER_CTX_set_params(context, params));
    ck_assert(EVP_CipherInit_ex2(context, NULL, key, iv, encrypt, NULL));
    EVP_CIPHER_CTX_set_padding(context, 0);
    ck_assert(EVP_CipherUpdate(context, out, &done, in, (int)bytes));
    ck_assert_uint_eq(done, bytes);
    EVP_CIPHER_CTX_free(context);
}

static const char *aes_name(size_t key_bytes, const char *mode)
{
    static char names[8][32];
    static int turn;
    char *name = names[turn++ % 8];

    snprintf(name, 32, "AES-%zu-%s", key_bytes * 8, mode);
    return name;
}

enum mode { ECB, CBC, CFB, CFB8, CTR, MODE_COUNT };
static const char *const mode_names[] = { "ECB", "CBC", "CFB", "CFB8", "CTR" };

static void run_mode(enum mode mode, bool encrypt, const struct aes_schedule *forward,
                     const struct aes_schedule *backward, uint8_t iv[16], uint8_t *out,
                     const uint8_t *in, size_t bytes)
{
    switch (mode)
    {
    case ECB:
        if (encrypt) aes_ecb_encrypt(forward, out, in, bytes / 16);
        else aes_ecb_decrypt(backward, out, in, bytes / 16);
        break;
    case CBC:
        if (encrypt) aes_cbc_encrypt(forward, iv, out, in, bytes / 16);
        else aes_cbc_decrypt(backward, iv, out, in, bytes / 16);
        break;
    case CFB:
        if (encrypt) aes_cfb_encrypt(forward, iv, out, in, bytes, 16);
        else aes_cfb_decrypt(forward, iv, out, in, bytes, 16);
        break;
    case CFB8:
        if (encrypt) aes_cfb_encrypt(forward, iv, out, in, bytes, 1);
        else aes_cfb_decrypt(forward, iv, out, in, bytes, 1);
        break;
    default:
        aes_ctr32(forward, iv, out, in, bytes / 16);
        break;
    }
}

/* What the register or chain holds after `cipher`. */
static void expect_iv(int _i, enum mode mode, const uint8_t *iv, const uint8_t *before,
                      const uint8_t *cipher, size_t bytes)
{
    uint8_t wanted[16];
    uint32_t counter;

    memcpy(wanted, before, 16);
    if (mode == CTR)
    {
        counter = (uint32_t)wanted[12] << 24 | wanted[13] << 16 | wanted[14] << 8 | wanted[15];
        counter += (uint32_t)(bytes / 16);
        wanted[12] = (uint8_t)(counter >> 24);
        wanted[13] = (uint8_t)(counter >> 16);
        wanted[14] = (uint8_t)(counter >> 8);
        wanted[15] = (uint8_t)counter;
    }
    else if (mode != ECB && bytes >= 16)
        memcpy(wanted, cipher + bytes - 16, 16);
    else if (mode != ECB)
    {
        memmove(wanted, wanted + bytes, 16 - bytes);
        memcpy(wanted + 16 - bytes, cipher, bytes);
    }
    expect_bytes(iv, wanted, 16);
}

static void check_mode(int _i, enum mode mode)
{
    struct aes_schedule forward, backward;
    const uint8_t *key, *iv_before;
    size_t k, length, key_bytes;
    const char *name;
    uint8_t iv[16], *out;

    cpu_limit(processors[_i]);
    for (k = 0; k < ARRAY_SIZE(key_sizes); k++)
    {
        key_bytes = key_sizes[k];
        key = random_bytes + 100 * k;
        name = aes_name(key_bytes, mode_names[mode]);
        aes_expand_encrypt(&forward, key, key_bytes);
        aes_expand_decrypt(&backward, &forward);
        EACH_LENGTH(length, mode == CFB8 ? 1 : 16)
        {
            if (mode == CFB8 && length > 5000) break;
            iv_before = random_bytes + 50 + length % 100;
            evp_cipher(name, true, key, key_bytes, iv_before, 0, expected, random_bytes, length);

            memcpy(iv, iv_before, 16);
            out = place(length);
            run_mode(mode, true, &forward, &backward, iv, out, random_bytes, length);
            expect_bytes(out, expected, length);
            expect_iv(_i, mode, iv, iv_before, expected, length);
            expect_intact(out, length);

            memcpy(iv, iv_before, 16);                      /* back again, in place */
            run_mode(mode, false, &forward, &backward, iv, out, out, length);
            expect_bytes(out, random_bytes, length);
            expect_iv(_i, mode, iv, iv_before, expected, length);
            expect_intact(out, length);

            memcpy(iv, iv_before, 16);
            run_mode(mode, true, &forward, &backward, iv, out, out, length);
            expect_bytes(out, expected, length);

            memcpy(iv, iv_before, 16);
            memcpy(input, expected, length);
            run_mode(mode, false, &forward, &backward, iv, out, input, length);
            expect_bytes(out, random_bytes, length);
            expect_intact(out, length);
        }
    }
}

START_TEST(aes_modes_are_libcryptos)            /* loop test, one run a processor and mode */
{
    check_mode(_i / MODE_COUNT, (enum mode)(_i % MODE_COUNT));
}
END_TEST

START_TEST(a_counter_stays_in_its_32_bits)
{
    uint8_t counter[16], blocks[16 * 40], *out;
    struct aes_schedule forward;
    size_t i, count;

    cpu_limit(processors[_i]);
    aes_expand_encrypt(&forward, random_bytes, 32);
    for (i = 0; i < 40; i++)
    {
        memcpy(blocks + 16 * i, random_bytes, 12);
        memset(blocks + 16 * i + 12, i < 3 ? 0xff : 0, 3);
        blocks[16 * i + 15] = (uint8_t)(i - 3);
    }
    aes_ecb_encrypt(&forward, expected, blocks, 40);
    for (count = 1; count <= 40; count++)
    {
        memcpy(counter, blocks, 16);
        out = place(16 * count);
        aes_ctr32(&forward, counter, out, NULL, count);
        expect_bytes(out, expected, 16 * count);
        if (count < 40) expect_bytes(counter, blocks + 16 * count, 16);
        expect_intact(out, 16 * count);
    }
}
END_TEST

START_TEST(aes_cfb_takes_segments_of_any_size)     /* SP 800-38A section 6.3, word for word */
{
    uint8_t reg[16], iv[16], stream[16], *out;
    struct aes_schedule forward;
    size_t segment, length, i, j;

    cpu_limit(processors[_i]);
    aes_expand_encrypt(&forward, random_bytes, 24);
    for (segment = 1; segment <= 16; segment++)
        for (length = 0; length <= (is_slow() ? 3 : 20) * segment; length += segment)
        {
            memcpy(reg, random_bytes + 77, 16);
            for (i = 0; i < length; i += segment)
            {
                aes_ecb_encrypt(&forward, stream, reg, 1);
                for (j = 0; j < segment; j++) expected[i + j] = random_bytes[i + j] ^ stream[j];
                memmove(reg, reg + segment, 16 - segment);
                memcpy(reg + 16 - segment, expected + i, segment);
            }
            out = place(length);
            memcpy(iv, random_bytes + 77, 16);
            aes_cfb_encrypt(&forward, iv, out, random_bytes, length, segment);
            expect_bytes(out, expected, length);
            expect_bytes(iv, reg, 16);
            memcpy(iv, random_bytes + 77, 16);
            aes_cfb_decrypt(&forward, iv, out, out, length, segment);
            expect_bytes(out, random_bytes, length);
            expect_bytes(iv, reg, 16);
            memcpy(iv, random_bytes + 77, 16);
            aes_cfb_encrypt(&forward, iv, out, out, length, segment);
            expect_bytes(out, expected, length);
            expect_intact(out, length);
        }
}
END_TEST

START_TEST(aes_xts_is_libcryptos)
{
    struct aes_schedule forward, backward, tweak;
    size_t length, half;
    const uint8_t *iv;
    uint8_t *out;

    cpu_limit(processors[_i]);
    for (half = 16; half <= 32; half += 16)
    {
        aes_expand_encrypt(&forward, random_bytes, half);
        aes_expand_decrypt(&backward, &forward);
        aes_expand_encrypt(&tweak, random_bytes + half, half);
        EACH_LENGTH(length, 1)
        {
            if (length < 16) continue;
            iv = random_bytes + 200 + length % 50;
            evp_cipher(half == 16 ? "AES-128-XTS" : "AES-256-XTS", true, random_bytes, 2 * half, iv,
                       0, expected, random_bytes, length);
            out = place(length);
            aes_xts_encrypt(&forward, &tweak, iv, out, random_bytes, length);
            expect_bytes(out, expected, length);
            expect_intact(out, length);
            aes_xts_decrypt(&backward, &tweak, iv, out, out, length);
            expect_bytes(out, random_bytes, length);
            aes_xts_encrypt(&forward, &tweak, iv, out, out, length);
            expect_bytes(out, expected, length);
            aes_xts_decrypt(&backward, &tweak, iv, out, expected, length);
            expect_bytes(out, random_bytes, length);
            expect_intact(out, length);
        }
    }
}
END_TEST

/* Units of the sizes that disks have, around the widest strides, and some that end in a part of a
 * block; counts around those that are worked on together; numbers that carry. */
START_TEST(aes_xts_units_are_what_single_units_are)
{
    static const size_t sizes[] = { 16, 17, 31, 32, 256, 500, 512, 520, 528, 1024, 1040, 4096 };
    static const size_t counts[] = { 0, 1, 2, 3, 15, 16, 17 };
    struct aes_schedule forward, backward, tweak;
    uint64_t first = UINT64_MAX - 5, number;
    size_t half, size, count, i, bytes;
    uint8_t iv[16] = { 0 }, *out;

    cpu_limit(processors[_i]);
    for (half = 16; half <= 32; half += 8)
    {
        aes_expand_encrypt(&forward, random_bytes, half);
        aes_expand_decrypt(&backward, &forward);
        aes_expand_encrypt(&tweak, random_bytes + half, half);
        for (size = 0; size < (is_slow() ? 4 : ARRAY_SIZE(sizes)); size++)
            for (count = 0; count < ARRAY_SIZE(counts); count++)
            {
                bytes = sizes[size] * counts[count];
                for (i = 0, number = first; i < counts[count]; i++, number++)
                {
                    memcpy(iv, &number, 8);
                    aes_xts_encrypt(&forward, &tweak, iv, expected + i * sizes[size],
                                    random_bytes + i * sizes[size], sizes[size]);
                }
                out = place(bytes);
                aes_xts_encrypt_units(&forward, &tweak, first, out, random_bytes, sizes[size],
                                      counts[count]);
                expect_bytes(out, expected, bytes);
                expect_intact(out, bytes);
                aes_xts_decrypt_units(&backward, &tweak, first, out, out, sizes[size],
                                      counts[count]);
                expect_bytes(out, random_bytes, bytes);
                aes_xts_encrypt_units(&forward, &tweak, first, out, out, sizes[size],
                                      counts[count]);
                expect_bytes(out, expected, bytes);
                expect_intact(out, bytes);
            }
    }
}
END_TEST

START_TEST(aes_cmac_is_libcryptos)
{
    EVP_MAC *method = EVP_MAC_fetch(NULL, "CMAC", NULL);
    struct aes_cmac cmac, copy;
    size_t k, length, done, cut;
    OSSL_PARAM params[2];
    uint8_t mac[16];
    EVP_MAC_CTX *context;

    cpu_limit(processors[_i]);
    for (k = 0; k < ARRAY_SIZE(key_sizes); k++)
    {
        context = EVP_MAC_CTX_new(method);
        params[0] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER,
            (char *)(uintptr_t)aes_name(key_sizes[k], "CBC"), 0);
        params[1] = OSSL_PARAM_construct_end();
        ck_assert(EVP_MAC_init(context, random_bytes, key_sizes[k], params));
        aes_cmac_init(&cmac, random_bytes, key_sizes[k]);
        for (length = 0; length < (is_slow() ? 70 : 300); length++)
        {
            ck_assert(EVP_MAC_init(context, NULL, 0, NULL));
            ck_assert(EVP_MAC_update(context, random_bytes, length));
            ck_assert(EVP_MAC_final(context, expected, &done, 16));

            cut = length / 3;
            aes_cmac_update(&cmac, random_bytes, cut);
            copy = cmac;
            aes_cmac_update(&cmac, random_bytes + cut, length - cut);
            aes_cmac_final(&cmac, mac);
            expect_bytes(mac, expected, 16);
            for (; cut < length; cut++) aes_cmac_update(&copy, random_bytes + cut, 1);
            aes_cmac_final(&copy, mac);
            expect_bytes(mac, expected, 16);
        }
        EVP_MAC_CTX_free(context);
    }
    EVP_MAC_free(method);
}
END_TEST

/* Encrypts into expected. tag_bytes matters to CCM before it starts. */
static void evp_aead(const char *name, const uint8_t *key, const uint8_t *nonce, size_t nonce_bytes,
                     const uint8_t *auth, size_t auth_bytes, const uint8_t *in, size_t bytes,
                     uint8_t *tag, size_t tag_bytes)
{
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, name, NULL);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    bool ccm = strstr(name, "CCM");
    int done;

    ck_assert(EVP_EncryptInit_ex2(context, cipher, NULL, NULL, NULL));
    ck_assert(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, (int)nonce_bytes, NULL));
    if (ccm) ck_assert(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, (int)tag_bytes, NULL));
    ck_assert(EVP_EncryptInit_ex2(context, NULL, key, nonce, NULL));
    if (ccm) ck_assert(EVP_EncryptUpdate(context, NULL, &done, NULL, (int)bytes));
    if (auth_bytes) ck_assert(EVP_EncryptUpdate(context, NULL, &done, auth, (int)auth_bytes));
    if (bytes || ccm) ck_assert(EVP_EncryptUpdate(context, expected, &done, in, (int)bytes));
    ck_assert(EVP_EncryptFinal_ex(context, expected, &done));
    ck_assert(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, (int)tag_bytes, tag));
    EVP_CIPHER_CTX_free(context);
    EVP_CIPHER_free(cipher);
}

static void check_gcm(int _i, const struct gcm_key *key, const struct aes_schedule *schedule,
                      const uint8_t *nonce, size_t auth_bytes, size_t length,
                      const uint8_t *expected_tag)
{
    const uint8_t *auth = random_bytes + 333;
    struct gcm_state state;
    uint8_t tag[16], *out = place(length);
    size_t cut;

    gcm_seal(key, schedule, nonce, auth, auth_bytes, out, random_bytes, length, tag);
    expect_bytes(out, expected, length);
    expect_bytes(tag, expected_tag, 16);
    expect_intact(out, length);
    gcm_open(key, schedule, nonce, auth, auth_bytes, out, out, length, tag);
    expect_bytes(out, random_bytes, length);
    expect_bytes(tag, expected_tag, 16);
    gcm_seal(key, schedule, nonce, auth, auth_bytes, out, out, length, tag);
    expect_bytes(out, expected, length);
    expect_bytes(tag, expected_tag, 16);
    gcm_open(key, schedule, nonce, auth, auth_bytes, out, expected, length, tag);
    expect_bytes(out, random_bytes, length);
    expect_bytes(tag, expected_tag, 16);
    expect_intact(out, length);

    cut = length / 3 & ~(size_t)15;
    gcm_start(key, schedule, &state, nonce);
    gcm_auth(key, &state, auth, auth_bytes & ~(size_t)15);
    gcm_auth(key, &state, auth + (auth_bytes & ~(size_t)15), auth_bytes & 15);
    gcm_encrypt(key, schedule, &state, out, out, cut);
    gcm_encrypt(key, schedule, &state, out + cut, out + cut, length - cut);
    gcm_finish(key, schedule, &state, nonce, auth_bytes, length, tag);
    expect_bytes(out, expected, length);
    expect_bytes(tag, expected_tag, 16);

    cut = length / 2 & ~(size_t)15;
    gcm_start(key, schedule, &state, nonce);
    gcm_auth(key, &state, auth, auth_bytes);
    gcm_decrypt(key, schedule, &state, out, expected, cut);
    gcm_decrypt(key, schedule, &state, out + cut, expected + cut, length - cut);
    gcm_finish(key, schedule, &state, nonce, auth_bytes, length, tag);
    expect_bytes(out, random_bytes, length);
    expect_bytes(tag, expected_tag, 16);
    expect_intact(out, length);
}

START_TEST(aes_gcm_is_libcryptos)
{
    struct aes_schedule schedule;
    const uint8_t *nonce;
    struct gcm_key key;
    size_t k, length, auth_bytes;
    uint8_t tag[16];

    cpu_limit(processors[_i]);
    for (k = 0; k < ARRAY_SIZE(key_sizes); k++)
    {
        aes_expand_encrypt(&schedule, random_bytes, key_sizes[k]);
        gcm_key_init(&key, &schedule);
        EACH_LENGTH(length, 1)
        {
            nonce = random_bytes + 100 + length % 99;
            auth_bytes = length * 7 % 61;
            evp_aead(aes_name(key_sizes[k], "GCM"), random_bytes, nonce, 12, random_bytes + 333,
                     auth_bytes, random_bytes, length, tag, 16);
            check_gcm(_i, &key, &schedule, nonce, auth_bytes, length, tag);
        }
        for (auth_bytes = 0; auth_bytes < (is_slow() ? 40 : 600); auth_bytes++)
        {
            length = auth_bytes * 5 % 47;
            nonce = random_bytes + 100 + auth_bytes % 99;
            evp_aead(aes_name(key_sizes[k], "GCM"), random_bytes, nonce, 12, random_bytes + 333,
                     auth_bytes, random_bytes, length, tag, 16);
            check_gcm(_i, &key, &schedule, nonce, auth_bytes, length, tag);
        }
    }
}
END_TEST

START_TEST(aes_ccm_is_libcryptos)
{
    size_t k, length, auth_bytes, nonce_bytes, tag_bytes;
    struct aes_schedule schedule;
    uint8_t tag[16], wanted[16], *out;
    const uint8_t *nonce;

    cpu_limit(processors[_i]);
    for (k = 0; k < ARRAY_SIZE(key_sizes); k++)
    {
        aes_expand_encrypt(&schedule, random_bytes, key_sizes[k]);
        EACH_LENGTH(length, 1)
        {
            nonce = random_bytes + 100 + length % 99;
            nonce_bytes = length > 60000 ? 12 : 7 + length % 7;
            tag_bytes = 4 + 2 * (length % 13 % 7);
            auth_bytes = length < 65536 ? length * 7 % 61 : 0xff00 + length % 100;
            if (auth_bytes > LONGEST - 333) auth_bytes = 0xff00 + 5;
            evp_aead(aes_name(key_sizes[k], "CCM"), random_bytes, nonce, nonce_bytes,
                     random_bytes + 333, auth_bytes, random_bytes, length, wanted, tag_bytes);
            out = place(length);
            ccm_encrypt(&schedule, nonce, nonce_bytes, random_bytes + 333, auth_bytes, out,
                        random_bytes, length, tag, tag_bytes);
            expect_bytes(out, expected, length);
            expect_bytes(tag, wanted, tag_bytes);
            expect_intact(out, length);
            ccm_decrypt(&schedule, nonce, nonce_bytes, random_bytes + 333, auth_bytes, out, out,
                        length, tag, tag_bytes);
            expect_bytes(out, random_bytes, length);
            expect_bytes(tag, wanted, tag_bytes);
            ccm_encrypt(&schedule, nonce, nonce_bytes, random_bytes + 333, auth_bytes, out, out,
                        length, tag, tag_bytes);
            expect_bytes(out, expected, length);
            expect_bytes(tag, wanted, tag_bytes);
        }
    }
}
END_TEST

START_TEST(chacha20_poly1305_is_libcryptos)
{
    uint8_t tag[16], wanted[16], *out;
    size_t length, auth_bytes;
    const uint8_t *nonce;

    EACH_LENGTH(length, 1)
    {
        nonce = random_bytes + 100 + length % 99;
        auth_bytes = length * 7 % 61;
        evp_aead("ChaCha20-Poly1305", random_bytes, nonce, 12, random_bytes + 333, auth_bytes,
                 random_bytes, length, wanted, 16);
        out = place(length);
        chacha20_poly1305_encrypt(random_bytes, nonce, random_bytes + 333, auth_bytes, out,
                                  random_bytes, length, tag);
        expect_bytes(out, expected, length);
        expect_bytes(tag, wanted, 16);
        expect_intact(out, length);
        chacha20_poly1305_decrypt(random_bytes, nonce, random_bytes + 333, auth_bytes, out, out,
                                  length, tag);
        expect_bytes(out, random_bytes, length);
        expect_bytes(tag, wanted, 16);
        chacha20_poly1305_encrypt(random_bytes, nonce, random_bytes + 333, auth_bytes, out, out,
                                  length, tag);
        expect_bytes(out, expected, length);
        expect_bytes(tag, wanted, 16);
        expect_intact(out, length);
    }
}
END_TEST

#ifdef __x86_64__
/* Of key and message, bytes near 2^128, 2^130 - 5 and 0: RFC 8439 appendix A.3, 7 to 11. */
static const uint8_t edge_bytes[] = { 0x00, 0x01, 0x02, 0x04, 0x05, 0xfa, 0xfb, 0xfe, 0xff };

START_TEST(short_poly1305_is_libcryptos)
{
    EVP_MAC *method = EVP_MAC_fetch(NULL, "POLY1305", NULL);
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(method);
    uint8_t bytes[32 + 64], *key = bytes, *message = bytes + 32, mac[16], edge = 0;
    struct fast_poly1305 poly;
    size_t round, i, done;
    uint32_t x = 1;

    for (round = 0; round < 20000; round++)
    {
        /* Runs of equal bytes, and now and then another. */
        for (i = 0; i < sizeof(bytes); i++)
        {
            x = x * 1664525 + 1013904223;
            if (i % 16 == 0 || x >> 28 == 0) edge = edge_bytes[(x >> 8) % sizeof(edge_bytes)];
            bytes[i] = i % 16 ? edge : edge_bytes[(x >> 16) % sizeof(edge_bytes)];
        }
        ck_assert(EVP_MAC_init(context, key, 32, NULL));
        ck_assert(EVP_MAC_update(context, message, round % 5 * 16));
        ck_assert(EVP_MAC_final(context, expected, &done, 16));
        fast_poly1305_init(&poly, key);
        fast_poly1305_padded(&poly, message, round % 5 * 16);
        fast_poly1305_finish(&poly, mac);
        expect_bytes(mac, expected, 16);
    }
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(method);
}
END_TEST
#endif

struct block8_row
{
    const char *evp;            /* before the mode's name */
    size_t key_bytes;
    int effective_bits;
    bool has_cfb;
};

static const struct block8_row block8_rows[] =
{
    { "DES",      8,  0,    true  },
    { "DES-EDE",  16, 0,    true  },
    { "DES-EDE3", 24, 0,    true  },
    { "DESX",     24, 0,    false },
    { "RC2",      16, 128,  true  },
    { "RC2",      16, 40,   true  },
    { "RC2",      5,  40,   true  },
    { "RC2",      8,  63,   true  },
    { "RC2",      16, 1024, true  },
};

static void block8_init(struct block8_key *key, const struct block8_row *row)
{
    if (row->effective_bits)
        block8_init_rc2(key, random_bytes, row->key_bytes, (unsigned int)row->effective_bits);
    else if (!strcmp(row->evp, "DES"))
        block8_init_des(key, random_bytes);
    else if (!strcmp(row->evp, "DES-EDE"))
        block8_init_des3_112(key, random_bytes);
    else if (!strcmp(row->evp, "DESX"))
        block8_init_desx(key, random_bytes);
    else
        block8_init_des3(key, random_bytes);
}

START_TEST(old_block_ciphers_are_libcryptos)
{
    const struct block8_row *row = &block8_rows[_i];
    const uint8_t *before = random_bytes + 90;
    struct block8_key key, copy;
    uint8_t iv[8], *out;
    char name[32];
    size_t length;

    block8_init(&copy, row);
    key = copy;
    for (length = 0; length < 200; length += 8)
    {
        out = place(length);
        snprintf(name, sizeof(name), "%s-CBC", row->evp);
        evp_cipher(name, true, random_bytes, row->key_bytes, before, row->effective_bits, expected,
                   random_bytes, length);
        memcpy(iv, before, 8);
        block8_cbc(&key, true, iv, out, random_bytes, length / 8);
        expect_bytes(out, expected, length);
        expect_bytes(iv, length ? expected + length - 8 : before, 8);
        memcpy(iv, before, 8);
        block8_cbc(&key, false, iv, out, out, length / 8);
        expect_bytes(out, random_bytes, length);
        expect_bytes(iv, length ? expected + length - 8 : before, 8);
        memcpy(iv, before, 8);
        block8_cbc(&key, true, iv, out, out, length / 8);
        expect_bytes(out, expected, length);
        expect_intact(out, length);

        if (!row->has_cfb) continue;
        snprintf(name, sizeof(name), "%s-ECB", row->evp);
        evp_cipher(name, true, random_bytes, row->key_bytes, NULL, row->effective_bits, expected,
                   random_bytes, length);
        block8_ecb(&key, true, out, random_bytes, length / 8);
        expect_bytes(out, expected, length);
        block8_ecb(&key, false, out, out, length / 8);
        expect_bytes(out, random_bytes, length);

        snprintf(name, sizeof(name), "%s-CFB", row->evp);
        evp_cipher(name, true, random_bytes, row->key_bytes, before, row->effective_bits, expected,
                   random_bytes, length);
        memcpy(iv, before, 8);
        block8_cfb(&key, true, iv, out, random_bytes, length, 8);
        expect_bytes(out, expected, length);
        expect_bytes(iv, length ? expected + length - 8 : before, 8);
        memcpy(iv, before, 8);
        block8_cfb(&key, false, iv, out, out, length, 8);
        expect_bytes(out, random_bytes, length);
        expect_bytes(iv, length ? expected + length - 8 : before, 8);
        expect_intact(out, length);
    }
}
END_TEST

START_TEST(old_block_ciphers_take_segments_of_any_size)
{
    uint8_t reg[8], iv[8], stream[8], *out;
    size_t segment, length, i, j;
    struct block8_key key;

    block8_init(&key, &block8_rows[_i]);
    for (segment = 1; segment <= 8; segment++)
        for (length = 0; length <= 20 * segment; length += segment)
        {
            memcpy(reg, random_bytes + 77, 8);
            for (i = 0; i < length; i += segment)
            {
                block8_ecb(&key, true, stream, reg, 1);
                for (j = 0; j < segment; j++) expected[i + j] = random_bytes[i + j] ^ stream[j];
                memmove(reg, reg + segment, 8 - segment);
                memcpy(reg + 8 - segment, expected + i, segment);
            }
            out = place(length);
            memcpy(iv, random_bytes + 77, 8);
            block8_cfb(&key, true, iv, out, random_bytes, length, segment);
            expect_bytes(out, expected, length);
            expect_bytes(iv, reg, 8);
            memcpy(iv, random_bytes + 77, 8);
            block8_cfb(&key, false, iv, out, out, length, segment);
            expect_bytes(out, random_bytes, length);
            expect_bytes(iv, reg, 8);
            expect_intact(out, length);
        }
}
END_TEST

START_TEST(rc4_is_libcryptos_and_goes_on_where_it_stopped)
{
    static const size_t rc4_keys[] = { 1, 5, 16, 64, 256 };
    size_t key_bytes = rc4_keys[_i], length, cut;
    struct rc4_key key, copy;
    uint8_t *out;

    for (length = 1; length < 1500; length += 1 + length / 9)
    {
        evp_cipher("RC4", true, random_bytes, key_bytes, NULL, 0, expected, random_bytes, length);
        rc4_init(&key, random_bytes, key_bytes);
        copy = key;
        out = place(length);
        cut = length / 3;
        rc4_crypt(&key, out, random_bytes, cut);
        rc4_crypt(&key, out + cut, random_bytes + cut, length - cut);
        expect_bytes(out, expected, length);
        rc4_crypt(&copy, out, out, length);
        expect_bytes(out, random_bytes, length);
        expect_intact(out, length);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crypto_cipher");
    SRunner *runner = srunner_create(suite);
    TCase *tests = tcase_create("crypto_cipher");
    int failed;

    tcase_set_timeout(tests, 300);
    tcase_add_unchecked_fixture(tests, setup, NULL);
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_loop_test(tests, aes_modes_are_libcryptos, 0, PROCESSOR_COUNT * MODE_COUNT);
    tcase_add_loop_test(tests, aes_cfb_takes_segments_of_any_size, 0, PROCESSOR_COUNT);
    tcase_add_loop_test(tests, a_counter_stays_in_its_32_bits, 0, PROCESSOR_COUNT);
    tcase_add_loop_test(tests, aes_xts_is_libcryptos, 0, PROCESSOR_COUNT);
    tcase_add_loop_test(tests, aes_xts_units_are_what_single_units_are, 0, PROCESSOR_COUNT);
    tcase_add_loop_test(tests, aes_cmac_is_libcryptos, 0, PROCESSOR_COUNT);
    tcase_add_loop_test(tests, aes_gcm_is_libcryptos, 0, PROCESSOR_COUNT);
    tcase_add_loop_test(tests, aes_ccm_is_libcryptos, 0, PROCESSOR_COUNT);
    tcase_add_test(tests, chacha20_poly1305_is_libcryptos);
#ifdef __x86_64__
    tcase_add_test(tests, short_poly1305_is_libcryptos);
#endif
    tcase_add_loop_test(tests, old_block_ciphers_are_libcryptos, 0, (int)ARRAY_SIZE(block8_rows));
    tcase_add_loop_test(tests, old_block_ciphers_take_segments_of_any_size, 0,
                        (int)ARRAY_SIZE(block8_rows));
    tcase_add_loop_test(tests, rc4_is_libcryptos_and_goes_on_where_it_stopped, 0, 5);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
