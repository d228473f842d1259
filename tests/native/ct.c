/*
 * ct.c - tests that code has no branches and addresses that depend on secrets. See ct.h.
 *
 * SPDX-License-Identifier: MIT
 */

#include "ct.h"

#include <stdio.h>
#include <unistd.h>

#include <openssl/bn.h>
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

/*
 * libcrypto counts off a number's leading words that are zero, which is one in 2^64. The places
 * that may do so with a secret are in the .supp files, each with its reason. Compilers differ in
 * what the count is made of: a branch leaves no mark on it, a conditional move does, and the mark
 * then goes with the number through all that looks at its length. So the count is a branch here,
 * whatever the compiler, and what comes of it is known. What libcrypto's own counting does after
 * that says no more, and is in ct.supp.
 *
 * Valgrind calls this in the place of bn_correct_top, and has it under that name in its reports.
 */
#define IN_ITS_PLACE I_WRAP_SONAME_FNNAME_ZU(NONE, bn_correct_top)

void IN_ITS_PLACE(struct number *number);
void IN_ITS_PLACE(struct number *number)
{
    const volatile unsigned long *words = number->words;
    OrigFn original;

    while (number->top > 0)
    {
        if (words[number->top - 1]) break;
        number->top--;
    }
    VALGRIND_GET_ORIG_FN(original);
    CALL_FN_v_W(original, number);
    known(&number->top, sizeof(number->top));
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

/* Counting a secret's words is one; looking at the count is not. */
START_TEST(a_length_that_comes_of_a_secret_is_noticed_once)
{
    BIGNUM *number = BN_new();
    unsigned before;

    ck_assert(number && BN_set_word(number, 0x12345) && BN_lshift(number, number, 200));
    mark_number(number, secret);
    before = complaints();
    ck_assert(BN_mask_bits(number, 210));
    ck_assert_uint_gt(complaints(), before);
    before = complaints();
    ck_assert(!BN_is_zero(number));
    ck_assert_uint_eq(complaints(), before);
    BN_free(number);
}
END_TEST

int ct_main(const char *name, char **argv, void (*add)(TCase *tests))
{
    const char *common = "--suppressions=tests/native/ct.supp";
    char own[128];
    Suite *suite;
    TCase *tests;
    SRunner *runner;
    int failed;

    if (!RUNNING_ON_VALGRIND)
    {
        snprintf(own, sizeof(own), "--suppressions=tests/native/%s.supp", name);
        execlp("valgrind", "valgrind", "-q", common, own, argv[0], (char *)NULL);
        fprintf(stderr, "%s: valgrind is missing\n", name);
        return 1;
    }
    suite = suite_create(name);
    tests = tcase_create("ct");
    runner = srunner_create(suite);
    tcase_set_timeout(tests, 0);
    tcase_add_test(tests, a_leak_is_noticed);
    tcase_add_test(tests, a_length_that_comes_of_a_secret_is_noticed_once);
    add(tests);
    suite_add_tcase(suite, tests);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
