/*
 * test_crypto_random.c - the random generator, from inside: its source is part of this file, with
 * the system's entropy, memory and clock under the tests' control.
 *
 * SPDX-License-Identifier: MIT
 */

#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/random.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/evp.h>
#include <openssl/rand.h>

#include "crypto/random/random.h"
#include "platform/memory.h"
#include "platform/platform.h"

static void *real_memory_get_zeroed(size_t bytes)
{
    return memory_get_zeroed(bytes);
}

/* What follows is renamed, so that the real one may be linked in as well. */
#define random_bytes         tested_random_bytes
#define random_thread_detach tested_random_thread_detach
#define random_self_test     tested_random_self_test
#define lc_random_install    tested_lc_random_install
#define platform_entropy     tested_entropy
#define platform_ticks       tested_ticks
#define memory_get_zeroed    tested_memory_get_zeroed

bool tested_random_bytes(void *buffer, size_t bytes);
void tested_random_thread_detach(void *state);
bool tested_random_self_test(void);
void tested_lc_random_install(void);
bool tested_entropy(void *buffer, size_t bytes);
uint32_t tested_ticks(void);
void *tested_memory_get_zeroed(size_t bytes);

#include "crypto/random/random.c"
#include "crypto/random/lc_random.c"

enum entropy_kind
{
    ENTROPY_SOUND, ENTROPY_NONE, ENTROPY_ZEROS, ENTROPY_RUN, ENTROPY_BIASED, ENTROPY_REPEATED,
    ENTROPY_RECURSIVE, ENTROPY_ENDLESS,
};

static enum entropy_kind entropy_kind;
static _Atomic int entropy_calls;
static uint32_t ticks;
static bool no_memory;
static bool inner_result;
static uint8_t inner_bytes[64];

bool tested_entropy(void *buffer, size_t bytes)
{
    static uint8_t repeated[256];
    uint8_t *out = buffer;
    size_t i;

    entropy_calls++;
    if (entropy_kind == ENTROPY_NONE) return false;
    ck_assert_uint_eq(bytes, SYSTEM_BYTES);
    ck_assert_int_eq(getrandom(buffer, bytes, 0), (int)bytes);
    if (entropy_kind == ENTROPY_ZEROS) memset(buffer, 0, bytes);
    if (entropy_kind == ENTROPY_RUN) memset(out + 9, out[8], MOST_RUN - 1);
    if (entropy_kind == ENTROPY_BIASED) for (i = 0; i < bytes; i += 4) out[i] = 0x41;
    if (entropy_kind == ENTROPY_REPEATED)
    {
        if (!repeated[0]) memcpy(repeated, buffer, bytes), repeated[0] = 1;
        memcpy(buffer, repeated, bytes);
    }
    if (entropy_kind == ENTROPY_RECURSIVE)
    {
        entropy_kind = ENTROPY_SOUND;
        inner_result = random_bytes(inner_bytes, sizeof(inner_bytes));
    }
    if (entropy_kind == ENTROPY_ENDLESS)
    {
        inner_result = random_bytes(inner_bytes, sizeof(inner_bytes));
        return inner_result;
    }
    return true;
}

uint32_t tested_ticks(void)
{
    return ticks;
}

void *tested_memory_get_zeroed(size_t bytes)
{
    return no_memory ? NULL : real_memory_get_zeroed(bytes);
}

static struct generator *mine(void)
{
    return platform_thread_get(THREAD_SLOT_RANDOM);
}

static void fresh(void)
{
    entropy_kind = ENTROPY_SOUND;
    no_memory = false;
    ticks = 1000;
    random_thread_detach(platform_thread_get(THREAD_SLOT_RANDOM));
    platform_thread_set(THREAD_SLOT_RANDOM, NULL);
    atomic_store(&broken, 0);
    entropy_calls = 0;
}

static bool all_zero(const uint8_t *bytes, size_t count)
{
    uint8_t any = 0;
    size_t i;

    for (i = 0; i < count; i++) any |= bytes[i];
    return !any;
}

START_TEST(every_length_is_filled_and_no_more)          /* 0 to 3000, with guards */
{
    uint8_t buffer[3000 + 32];
    size_t bytes, i;
    int tries;

    for (bytes = 0; bytes <= 3000; bytes += bytes < 1100 ? 1 : 97)
    {
        memset(buffer, 0, sizeof(buffer));
        for (tries = 0; tries < 8; tries++)
        {
            uint8_t once[3000 + 32] = { 0 };

            ck_assert(random_bytes(once, bytes));
            for (i = 0; i < sizeof(once); i++) buffer[i] |= once[i];
        }
        for (i = 0; i < bytes && i < 16; i++) ck_assert_uint_ne(buffer[i], 0);
        if (bytes) ck_assert_uint_ne(buffer[bytes - 1] | buffer[bytes / 2], 0);
        ck_assert(all_zero(buffer + bytes, 32));
    }
}
END_TEST

/* The stream is AES-256-CTR of the key: libcrypto computes what must come, keys and all. */
static void oracle_stream(const uint8_t *key, uint8_t *out, size_t bytes)
{
    static const uint8_t iv[16], zeros[8192];
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int count;

    ck_assert_int_eq(EVP_EncryptInit_ex(context, EVP_aes_256_ctr(), NULL, key, iv), 1);
    ck_assert_int_eq(EVP_EncryptUpdate(context, out, &count, zeros, (int)bytes), 1);
    EVP_CIPHER_CTX_free(context);
}

START_TEST(bytes_are_the_key_stream_in_order)
{
    uint8_t expected[STREAM_BYTES], found[5000], large[5000];
    size_t at = KEY_BYTES, bytes = 1, part, left;
    int i;

    fresh();
    ck_assert(random_bytes(found, 1));
    memset(mine()->stream, 7, KEY_BYTES);
    mine()->position = STREAM_BYTES;
    memset(expected, 7, KEY_BYTES);
    oracle_stream(expected, expected, STREAM_BYTES);
    for (i = 0; i < 300; i++, bytes = bytes * 5 % 257)
    {
        ck_assert(random_bytes(found, bytes));
        for (left = bytes; left; left -= part)
        {
            if (at == STREAM_BYTES) oracle_stream(expected, expected, STREAM_BYTES), at = KEY_BYTES;
            part = left < STREAM_BYTES - at ? left : STREAM_BYTES - at;
            ck_assert_mem_eq(found + bytes - left, expected + at, part);
            at += part;
        }
    }

    for (bytes = LARGE_BYTES + 1; bytes < 5000; bytes += 331)
    {
        if (at + KEY_BYTES > STREAM_BYTES) break;
        oracle_stream(expected + at, large, bytes);
        at += KEY_BYTES;
        ck_assert(random_bytes(found, bytes));
        ck_assert_mem_eq(found, large, bytes);
    }
}
END_TEST

START_TEST(bytes_given_out_are_gone)
{
    uint8_t found[200];
    int i;

    fresh();
    for (i = 0; i < 100; i++)
    {
        ck_assert(random_bytes(found, sizeof(found)));
        ck_assert(all_zero(mine()->stream + KEY_BYTES, mine()->position - KEY_BYTES));
        ck_assert(!all_zero(mine()->stream, KEY_BYTES));
    }
}
END_TEST

START_TEST(keys_follow_one_another)                     /* every refill replaces the key */
{
    uint8_t before[KEY_BYTES], found[STREAM_BYTES / 4];
    int i, j;

    fresh();
    ck_assert(random_bytes(found, 1));
    for (i = 0; i < 50; i++)
    {
        memcpy(before, mine()->stream, KEY_BYTES);
        for (j = 0; j < 4; j++) ck_assert(random_bytes(found, sizeof(found)));
        ck_assert_mem_ne(before, mine()->stream, KEY_BYTES);
    }
}
END_TEST

START_TEST(a_mebibyte_brings_a_new_seed)
{
    static uint8_t found[65536];
    int i;

    fresh();
    for (i = 0; i < 16; i++) ck_assert(random_bytes(found, sizeof(found)));
    ck_assert_int_eq(entropy_calls, 1);
    ck_assert(random_bytes(found, 1));
    ck_assert_int_eq(entropy_calls, 2);
    for (i = 0; i <= (1 << 20) / 32; i++) ck_assert(random_bytes(found, 32));
    ck_assert_int_eq(entropy_calls, 3);
}
END_TEST

START_TEST(a_minute_brings_a_new_seed)
{
    uint8_t found[32];

    fresh();
    ticks = UINT32_MAX - 10;                            /* the clock wraps meanwhile */
    ck_assert(random_bytes(found, sizeof(found)));
    ticks += RESEED_TICKS - 1;
    ck_assert(random_bytes(found, sizeof(found)));
    ck_assert_int_eq(entropy_calls, 1);
    ticks += 1;
    ck_assert(random_bytes(found, sizeof(found)));
    ck_assert_int_eq(entropy_calls, 2);
}
END_TEST

START_TEST(a_new_seed_keeps_the_old_key_in)             /* and takes the new entropy in */
{
    uint8_t key[KEY_BYTES], found[32];

    fresh();
    ck_assert(random_bytes(found, sizeof(found)));
    memcpy(key, mine()->stream, KEY_BYTES);
    ck_assert(make_key(key, false));
    ck_assert_mem_ne(key, mine()->stream, KEY_BYTES);
}
END_TEST

START_TEST(without_entropy_there_are_no_bytes)          /* loop test: each way to be unsound */
{
    static const enum entropy_kind kinds[] =
    {
        ENTROPY_NONE, ENTROPY_ZEROS, ENTROPY_RUN, ENTROPY_BIASED,
    };
    uint8_t found[600];

    fresh();
    entropy_kind = kinds[_i];
    memset(found, 0x77, sizeof(found));
    ck_assert(!random_bytes(found, 32));
    ck_assert(all_zero(found, 32));
    ck_assert(!random_bytes(found, sizeof(found)));
    ck_assert(all_zero(found, sizeof(found)));

    entropy_kind = ENTROPY_SOUND;                       /* it recovers when the source does */
    ck_assert(random_bytes(found, 32));
    ck_assert(!all_zero(found, 32));

    entropy_kind = kinds[_i];                           /* a reseed that fails is a failure too */
    ck_assert(random_bytes(found, 32));
    ticks += RESEED_TICKS;
    ck_assert(!random_bytes(found, 32));
    ck_assert(all_zero(found, 32));
}
END_TEST

START_TEST(a_source_that_repeats_itself_is_refused)
{
    uint8_t found[32];

    fresh();
    entropy_kind = ENTROPY_REPEATED;
    ck_assert(random_bytes(found, 32));
    ticks += RESEED_TICKS;
    ck_assert(!random_bytes(found, 32));
    ck_assert(!random_bytes(found, 32));
}
END_TEST

START_TEST(a_wrong_known_answer_ends_it_for_good)
{
    uint8_t found[32];

    fresh();
    ck_assert(random_self_test());
    ck_assert(random_bytes(found, 32));
    atomic_store(&broken, 1);
    ck_assert(!random_bytes(found, 32));
    ck_assert(all_zero(found, 32));
    ck_assert(!random_self_test());
    fresh();
}
END_TEST

START_TEST(streams_with_like_blocks_are_refused)
{
    uint8_t stream[STREAM_BYTES];
    size_t i;

    ck_assert_int_eq(getrandom(stream, sizeof(stream), 0), (int)sizeof(stream));
    ck_assert(stream_plausible(stream));
    for (i = 16; i < STREAM_BYTES; i += 16)
    {
        uint8_t kept[16];

        memcpy(kept, stream + i, 16);
        memcpy(stream + i, stream + i - 16, 16);
        ck_assert(!stream_plausible(stream));
        memcpy(stream + i, kept, 16);
    }
}
END_TEST

START_TEST(sound_samples_pass)                          /* 20000 of the system's */
{
    uint8_t sample[SYSTEM_BYTES];
    int i;

    ck_assert(checks_work());
    for (i = 0; i < 20000; i++)
    {
        ck_assert_int_eq(getrandom(sample, sizeof(sample), 0), (int)sizeof(sample));
        ck_assert(sample_plausible(sample, sizeof(sample)));
    }
}
END_TEST

START_TEST(the_entropy_source_may_ask_for_random_bytes)
{
    uint8_t found[64];

    fresh();
    entropy_kind = ENTROPY_RECURSIVE;
    ck_assert(random_bytes(found, sizeof(found)));
    ck_assert(inner_result);
    ck_assert(!all_zero(inner_bytes, sizeof(inner_bytes)));
    ck_assert_mem_ne(found, inner_bytes, sizeof(found));
}
END_TEST

START_TEST(an_entropy_source_that_is_ourselves_is_refused)
{
    uint8_t found[64];

    fresh();
    entropy_kind = ENTROPY_ENDLESS;
    ck_assert(!random_bytes(found, sizeof(found)));
    ck_assert(all_zero(found, sizeof(found)));
    ck_assert(!random_bytes(found, sizeof(found)));
}
END_TEST

START_TEST(a_thread_without_memory_still_gets_bytes)
{
    uint8_t first[700], second[700];

    fresh();
    no_memory = true;
    ck_assert(random_bytes(first, sizeof(first)));
    ck_assert(random_bytes(second, sizeof(second)));
    ck_assert_mem_ne(first, second, sizeof(first));
    ck_assert_ptr_null(mine());
    entropy_kind = ENTROPY_NONE;
    ck_assert(!random_bytes(first, sizeof(first)));
    ck_assert(all_zero(first, sizeof(first)));
}
END_TEST

START_TEST(a_thread_about_to_end_still_gets_bytes)      /* and keeps no memory for it */
{
    size_t before = memory_in_use();
    uint8_t found[32];

    fresh();
    ck_assert(random_bytes(found, sizeof(found)));
    random_thread_detach(platform_thread_get(THREAD_SLOT_RANDOM));
    memset(found, 0, sizeof(found));
    ck_assert(random_bytes(found, sizeof(found)));
    ck_assert(!all_zero(found, sizeof(found)));
    random_thread_detach(platform_thread_get(THREAD_SLOT_RANDOM));
    random_thread_detach(NULL);
    ck_assert_uint_le(memory_in_use(), before);
    fresh();
}
END_TEST

static void *draw_on_a_thread(void *out)
{
    bool good = random_bytes(out, 64);
    int i;

    for (i = 0; i < 20000; i++)
    {
        uint8_t found[48];

        good &= random_bytes(found, (size_t)i % 48 + 1);
    }
    random_thread_detach(platform_thread_get(THREAD_SLOT_RANDOM));
    return good ? out : NULL;
}

START_TEST(threads_have_streams_of_their_own)
{
    static uint8_t found[8][64];
    pthread_t threads[8];
    void *result;
    int i, j;

    fresh();
    for (i = 0; i < 8; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, draw_on_a_thread, found[i]), 0);
    for (i = 0; i < 8; i++)
    {
        pthread_join(threads[i], &result);
        ck_assert_ptr_nonnull(result);
        for (j = 0; j < i; j++) ck_assert_mem_ne(found[i], found[j], 64);
    }
}
END_TEST

START_TEST(bits_are_even_and_bytes_are_flat)            /* 16 MiB; limits are 7 sigma */
{
    static uint8_t found[1 << 16];
    static double seen[256];
    double chi = 0, ones = 0, expected;
    size_t i, r;

    fresh();
    for (r = 0; r < 256; r++)
    {
        if (r & 1) ck_assert(random_bytes(found, sizeof(found)));
        else for (i = 0; i < sizeof(found); i += 64) ck_assert(random_bytes(found + i, 64));
        for (i = 0; i < sizeof(found); i++)
        {
            seen[found[i]]++;
            ones += __builtin_popcount(found[i]);
        }
    }
    expected = 256.0 * sizeof(found) / 256;
    for (i = 0; i < 256; i++) chi += (seen[i] - expected) * (seen[i] - expected) / expected;
    ck_assert_double_gt(chi, 255 - 7 * 22.6);
    ck_assert_double_lt(chi, 255 + 7 * 22.6);
    ck_assert_double_lt(ones - 8 * 256.0 * sizeof(found) / 2, 7 * 5793.0);
    ck_assert_double_gt(ones - 8 * 256.0 * sizeof(found) / 2, -7 * 5793.0);
}
END_TEST

START_TEST(libcrypto_draws_from_it)
{
    uint8_t found[32] = { 0 };

    fresh();
    lc_random_install();
    ck_assert_int_eq(RAND_status(), 1);
    ck_assert_int_eq(RAND_bytes(found, sizeof(found)), 1);
    ck_assert_int_eq(RAND_priv_bytes(found, sizeof(found)), 1);
    ck_assert_int_eq(entropy_calls, 1);
    ck_assert_uint_eq(RESEED_BYTES - mine()->until_reseed, 64);
    entropy_kind = ENTROPY_NONE;
    ticks += RESEED_TICKS;
    ck_assert_int_ne(RAND_bytes(found, sizeof(found)), 1);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("crypto_random");
    SRunner *runner = srunner_create(suite);
    TCase *tests = tcase_create("crypto_random");
    int failed;

    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, every_length_is_filled_and_no_more);
    tcase_add_test(tests, bytes_are_the_key_stream_in_order);
    tcase_add_test(tests, bytes_given_out_are_gone);
    tcase_add_test(tests, keys_follow_one_another);
    tcase_add_test(tests, a_mebibyte_brings_a_new_seed);
    tcase_add_test(tests, a_minute_brings_a_new_seed);
    tcase_add_test(tests, a_new_seed_keeps_the_old_key_in);
    tcase_add_loop_test(tests, without_entropy_there_are_no_bytes, 0, 4);
    tcase_add_test(tests, a_source_that_repeats_itself_is_refused);
    tcase_add_test(tests, a_wrong_known_answer_ends_it_for_good);
    tcase_add_test(tests, streams_with_like_blocks_are_refused);
    tcase_add_test(tests, sound_samples_pass);
    tcase_add_test(tests, the_entropy_source_may_ask_for_random_bytes);
    tcase_add_test(tests, an_entropy_source_that_is_ourselves_is_refused);
    tcase_add_test(tests, a_thread_without_memory_still_gets_bytes);
    tcase_add_test(tests, a_thread_about_to_end_still_gets_bytes);
    tcase_add_test(tests, threads_have_streams_of_their_own);
    tcase_add_test(tests, bits_are_even_and_bytes_are_flat);
    tcase_add_test(tests, libcrypto_draws_from_it);
    suite_add_tcase(suite, tests);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
