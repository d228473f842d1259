/*
 * info_bench.c - how long the commonest operations take.
 *
 * Every operation is timed in each of several short rounds, and its best counts: what else the
 * machine does for a second or two cannot spoil a line of the table.
 *
 * SPDX-License-Identifier: MIT
 */

#include "info.h"

#include <io.h>
#include <stdlib.h>

#include "../bench/operations.h"

#define ROUNDS 7
#define SAMPLE_MILLISECONDS 1.5
#define LONG_NANOSECONDS 2e7        /* what takes as long is timed in two rounds only */

struct timing
{
    struct subject subject;
    bool there;
    unsigned int rounds;
    double best, total;
};

/* The best round; of what varies from run to run by its nature, the mean of all. */
static double timing_result(const struct timing *timing, const struct operation *operation)
{
    if (!timing->rounds) return 0;
    return operation->varies ? timing->total / timing->rounds : timing->best;
}

static void time_once(struct timing *timing)
{
    double taken;

    if (!timing->there || (timing->rounds >= 2 && timing->best > LONG_NANOSECONDS)) return;
    taken = subject_time(&timing->subject, SAMPLE_MILLISECONDS);
    if (!timing->rounds || taken < timing->best) timing->best = taken;
    timing->total += taken;
    timing->rounds++;
}

static void print_result(const struct operation *operation, double taken, bool json, bool first)
{
    if (json)
    {
        printf("%s{\"name\": \"%s\", \"bytes\": %lu, \"time\": ", first ? "" : ",\n",
               operation->name, operation->bytes);
        if (taken) printf("%.1f}", taken);
        else printf("null}");
    }
    else if (!taken) printf("%-32s %12s\n", operation->name, "not there");
    else
    {
        printf("%-32s %9.1f %s", operation->name, taken < 1e4 ? taken : taken / 1e3,
               taken < 1e4 ? "ns" : "us");
        if (operation->bytes) printf(" %7.0f MB/s", operation->bytes * 1e3 / taken);
        printf("\n");
    }
}

int info_bench(HMODULE bcrypt, bool json, bool all)
{
    struct timing *timings = calloc(operation_count, sizeof(*timings));
    bool progress = _isatty(_fileno(stderr)), first = true;
    unsigned int round;
    struct cng cng;
    size_t i;

    if (!timings)
    {
        fprintf(stderr, "bcryptinfo: not enough memory\n");
        return 1;
    }
    cng_bind(&cng, bcrypt);
    for (round = 1; round <= ROUNDS; round++)
    {
        for (i = 0; i < operation_count; i++)
        {
            struct timing *timing = &timings[i];

            if (!operations[i].quick && !all) continue;
            if (progress)
            {
                fprintf(stderr, "\r[round %u of %u] %-40s\r", round, ROUNDS, operations[i].name);
            }
            if (round == 1)
                timing->there = subject_prepare(&timing->subject, &operations[i], &cng);
            time_once(timing);
        }
    }
    if (progress) fprintf(stderr, "\r%60s\r", "");

    if (json) printf("{\"unit\": \"ns\", \"operations\": [\n");
    else printf("%-32s %12s %12s\n", "operation", "time", "throughput");
    for (i = 0; i < operation_count; i++)
    {
        if (!operations[i].quick && !all) continue;
        print_result(&operations[i], timing_result(&timings[i], &operations[i]), json, first);
        subject_finish(&timings[i].subject);
        first = false;
    }
    if (json) printf("\n]}\n");
    free(timings);
    return 0;
}
