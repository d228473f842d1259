/*
 * storage.h - signing through key storage, against bcrypt.dll.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef BENCH_STORAGE_H
#define BENCH_STORAGE_H

/* Prints a table, of the best and the median of so many rounds; 0 if it could. */
int storage_print(unsigned int rounds);

#endif
