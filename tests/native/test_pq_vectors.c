/*
 * test_pq_vectors.c - the published vectors of the post-quantum algorithms, with the random numbers
 * that they were made with.
 *
 * The suite is the contract's, on the whole of the portable sources; random_bytes is wrapped.
 *
 * SPDX-License-Identifier: MIT
 */

#include <check.h>
#include <stdbool.h>
#include <string.h>

#include "crypto/random/random.h"
#include "vectors.h"

static const uint8_t *chosen;
static size_t chosen_bytes;

bool __real_random_bytes(void *buffer, size_t bytes);
bool __wrap_random_bytes(void *buffer, size_t bytes);

/* What was chosen is what the next calls get, one part after the other. */
bool __wrap_random_bytes(void *buffer, size_t bytes)
{
    if (!chosen) return __real_random_bytes(buffer, bytes);
    if (bytes > chosen_bytes) return false;
    memcpy(buffer, chosen, bytes);
    chosen += bytes;
    if (!(chosen_bytes -= bytes)) chosen = NULL;
    return true;
}

/* All that was chosen before has to be used up. */
static bool choose(const void *bytes, size_t count)
{
    if (chosen) return false;
    chosen = bytes;
    chosen_bytes = count;
    return true;
}

int main(void)
{
    SRunner *runner;
    int failed;

    choose_random = choose;
    runner = srunner_create(suite_fill("vectors_pq", vectors_pq_suite));
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
