/*
 * ct.c - tests that code has no branches and addresses that depend on secrets. See ct.h.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ct.h"

#include <stdio.h>
#include <unistd.h>

#include <valgrind/memcheck.h>

void secret(const void *memory, size_t bytes)
{
    (void)VALGRIND_MAKE_MEM_UNDEFINED(memory, bytes);
}

void known(const void *memory, size_t bytes)
{
    (void)VALGRIND_MAKE_MEM_DEFINED(memory, bytes);
}

unsigned complaints(void)
{
    return (unsigned)VALGRIND_COUNT_ERRORS;
}

/* What a BIGNUM begins with. */
struct number
{
    void *words;
    int top;
};

void mark_number(const struct bignum_st *number, void (*mark)(const void *memory, size_t bytes))
{
    const struct number *inside = (const void *)number;

    mark(inside->words, (size_t)inside->top * sizeof(unsigned long));
}

START_TEST(a_leak_is_noticed)
{
    static const uint8_t table[256] = { 1 };
    uint8_t byte = 1;
    volatile uint8_t seen = 0;
    unsigned before = complaints();

    secret(&byte, 1);
    if (byte & 1) seen = 1;
    ck_assert_uint_gt(complaints(), before);
    before = complaints();
    seen = table[byte];
    ck_assert_uint_gt(complaints(), before);
    (void)seen;
}
END_TEST

int ct_main(const char *name, char **argv, void (*add)(TCase *tests))
{
    char suppressions[128];
    Suite *suite;
    TCase *tests;
    SRunner *runner;
    int failed;

    if (!RUNNING_ON_VALGRIND)
    {
        snprintf(suppressions, sizeof(suppressions), "--suppressions=tests/native/%s.supp", name);
        execlp("valgrind", "valgrind", "-q", suppressions, argv[0], (char *)NULL);
        fprintf(stderr, "%s: valgrind is missing\n", name);
        return 1;
    }
    suite = suite_create(name);
    tests = tcase_create("ct");
    runner = srunner_create(suite);
    tcase_set_timeout(tests, 0);
    tcase_add_test(tests, a_leak_is_noticed);
    add(tests);
    suite_add_tcase(suite, tests);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
