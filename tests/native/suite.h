/*
 * suite.h - runs the tests of a native program that has one test case.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef NATIVE_SUITE_H
#define NATIVE_SUITE_H

#include <check.h>

/* Runs the tests as a suite of that name, without a time limit. What main() returns. */
int suite_run(const char *name, TCase *tests);

#endif
