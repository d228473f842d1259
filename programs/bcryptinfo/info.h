/*
 * info.h - the parts of bcryptinfo.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef BCRYPTINFO_INFO_H
#define BCRYPTINFO_INFO_H

#include <stdbool.h>
#include <stdio.h>

#include "../bench/cng.h"

/* The DLL's path and what its version resource says; UTF-8. */
bool info_which(HMODULE bcrypt);

/* Providers and algorithms with their properties. */
int info_list(bool json);

/* Known answers and the life of a key; 0 if all is right. */
int info_selftest(void);

/* Times of the operations that a program uses most. */
int info_bench(HMODULE bcrypt, bool json, bool all);

#endif
