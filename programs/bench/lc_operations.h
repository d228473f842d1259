/*
 * lc_operations.h - the same work done by calling libcrypto.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef BENCH_LC_OPERATIONS_H
#define BENCH_LC_OPERATIONS_H

#include <stdbool.h>

#include "operations.h"

/* Makes libcrypto ready for the operation of that name; false if there is no such here. */
bool lc_subject_prepare(struct subject *subject, struct operation *copy,
                        const struct operation *operation);
void lc_subject_finish(struct subject *subject);

#endif
