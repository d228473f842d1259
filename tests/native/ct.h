/*
 * ct.h - tests that code has no branches and addresses that depend on secrets, as valgrind's
 * memcheck sees it.
 *
 * What is secret is marked as undefined memory; memcheck then complains of every branch and every
 * address that depends on it, and a test fails if it does. A program of these tests starts itself
 * under valgrind. What is let pass, and why it may, stands in its .supp file.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef NATIVE_CT_H
#define NATIVE_CT_H

#include <check.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bignum_st;                               /* libcrypto's BIGNUM */

/* Marks memory; from here on it is known again. */
void secret(const void *memory, size_t bytes);
void known(const void *memory, size_t bytes);

/* The same for the words of one of libcrypto's numbers. */
void mark_number(const struct bignum_st *number, void (*mark)(const void *memory, size_t bytes));

/* How often memcheck has complained so far. */
unsigned complaints(void);

/* Runs the tests of a program of that name, under valgrind, with what ct.supp and NAME.supp let
 * pass. The first of them show that a leak would be noticed. Returns what main returns. */
int ct_main(const char *name, char **argv, void (*add)(TCase *tests));

#endif
