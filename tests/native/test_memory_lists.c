/*
 * test_memory_lists.c - platform/memory.c: blocks, threads that hand them over, wiping.
 *
 * SPDX-License-Identifier: MIT
 */

#include <check.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "native.h"
#include "platform/memory.h"
#include "platform/platform.h"

static const size_t sizes[] = { 1, 63, 64, 65, 200, 256, 257, 511, 640, 1000, 1024, 1025, 2048,
                                4095, 4096, 4097, 100000 };

START_TEST(memory_is_aligned_and_as_large_as_asked_for)     /* loop test, one run a size */
{
    size_t bytes = sizes[_i];
    char *memory = memory_get(bytes);

    ck_assert_ptr_nonnull(memory);
    ck_assert_uint_eq((uintptr_t)memory % MEMORY_ALIGNMENT, 0);
    memset(memory, 0x5a, bytes);
    memory_put(memory, bytes);
}
END_TEST

START_TEST(blocks_in_use_do_not_overlap)                    /* loop test, one run a size */
{
    enum { COUNT = 200 };
    size_t bytes = sizes[_i], i, j;
    char *blocks[COUNT];

    for (i = 0; i < COUNT; i++)
    {
        ck_assert_ptr_nonnull(blocks[i] = memory_get(bytes));
        memset(blocks[i], (int)i, bytes);
    }
    for (i = 0; i < COUNT; i++)
    {
        for (j = 0; j < bytes; j++) ck_assert_int_eq((unsigned char)blocks[i][j], (unsigned char)i);
        memory_put(blocks[i], bytes);
    }
}
END_TEST

START_TEST(a_block_is_wiped_when_it_is_put_back)
{
    unsigned char *memory = memory_get(640);
    size_t i;

    memset(memory, 0xa5, 640);
    memory_put(memory, 640);
    /* the list's links come first */
    for (i = 2 * sizeof(void *); i < 640; i++) ck_assert_int_eq(memory[i], 0);
}
END_TEST

START_TEST(what_is_put_back_is_got_again)
{
    void *memory = memory_get(300);

    memory_put(memory, 300);
    ck_assert_ptr_eq(memory_get(300), memory);
    memory_put(memory, 300);
}
END_TEST

START_TEST(what_is_in_use_is_counted)
{
    size_t before = memory_in_use();
    void *small = memory_get(64), *large = memory_get(100000);

    ck_assert_uint_eq(memory_in_use(), before + 64 + 100000);
    memory_put(small, 64);
    memory_put(large, 100000);
    ck_assert_uint_eq(memory_in_use(), before);
}
END_TEST

START_TEST(memory_of_unknown_size_can_grow_and_keeps_its_contents)
{
    char *memory = memory_alloc(10);

    strcpy(memory, "contents");
    memory = memory_realloc(memory, 10000);
    ck_assert_str_eq(memory, "contents");
    memory_free(memory);
}
END_TEST

START_TEST(without_memory_there_is_none_and_nothing_is_lost)
{
    enum { COUNT = 4096 };
    size_t before = memory_in_use(), count = 0;
    static void *blocks[COUNT];

    native_fail_after = 0;
    while (count < COUNT && (blocks[count] = memory_get(4096))) count++;
    native_fail_after = -1;
    ck_assert_uint_lt(count, COUNT);
    while (count) memory_put(blocks[--count], 4096);
    ck_assert_uint_eq(memory_in_use(), before);
}
END_TEST

/* ---- one thread gets, another puts back ---- */

#define PASSED 20000
static void *_Atomic passing[16];

static void *put_back(void *unused)
{
    size_t i, count = 0;
    void *memory;

    (void)unused;
    for (i = 0; count < PASSED; i++)
    {
        if (!(memory = atomic_exchange(&passing[i % 16], NULL))) continue;
        ck_assert_int_eq(*(unsigned char *)memory, 0x77);
        memory_put(memory, 448);
        count++;
    }
    memory_thread_detach();
    return NULL;
}

START_TEST(a_block_may_be_put_back_by_another_thread)
{
    size_t before = memory_in_use(), i, count;
    pthread_t thread;

    pthread_create(&thread, NULL, put_back, NULL);
    for (i = count = 0; count < PASSED; i++)
    {
        void *expected = NULL, *memory;

        if (atomic_load(&passing[i % 16])) continue;
        memory = memory_get(448);
        memset(memory, 0x77, 448);
        ck_assert(atomic_compare_exchange_strong(&passing[i % 16], &expected, memory));
        count++;
    }
    pthread_join(thread, NULL);
    ck_assert_uint_eq(memory_in_use(), before);
}
END_TEST

START_TEST(what_many_blocks_took_is_given_back)
{
    enum { COUNT = 20000 };
    static char *blocks[COUNT];
    size_t before = native_chunks, i;

    for (i = 0; i < COUNT; i++) ck_assert_ptr_nonnull(blocks[i] = memory_get(256));
    ck_assert_uint_ge(native_chunks, before + COUNT * 256 / PLATFORM_CHUNK_BYTES - 16);
    for (i = 0; i < COUNT; i++) memory_put(blocks[i], 256);
    ck_assert_uint_le(native_chunks, before + 17);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory");
    TCase *tests = tcase_create("memory");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tests, 600);
    tcase_add_loop_test(tests, memory_is_aligned_and_as_large_as_asked_for, 0,
                        sizeof(sizes) / sizeof(sizes[0]));
    tcase_add_loop_test(tests, blocks_in_use_do_not_overlap, 0, 14);
    tcase_add_test(tests, a_block_is_wiped_when_it_is_put_back);
    tcase_add_test(tests, what_is_put_back_is_got_again);
    tcase_add_test(tests, what_is_in_use_is_counted);
    tcase_add_test(tests, memory_of_unknown_size_can_grow_and_keeps_its_contents);
    tcase_add_test(tests, without_memory_there_is_none_and_nothing_is_lost);
    tcase_add_test(tests, a_block_may_be_put_back_by_another_thread);
    tcase_add_test(tests, what_many_blocks_took_is_given_back);
    suite_add_tcase(suite, tests);

    runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
