/*
 * info_bench.c - how long the commonest operations take.
 *
 * SPDX-License-Identifier: MIT
 */

#include "info.h"

#include <io.h>

#include "../bench/operations.h"

int info_bench(HMODULE bcrypt, bool json, bool all)
{
    bool progress = _isatty(_fileno(stderr));
    const char *separator = "";
    struct cng cng;
    size_t i;

    cng_bind(&cng, bcrypt);
    if (json) printf("{\"unit\": \"ns\", \"operations\": [\n");
    else printf("%-32s %12s %12s\n", "operation", "time", "throughput");
    for (i = 0; i < operation_count; i++)
    {
        struct subject subject;
        double taken;

        if (!operations[i].quick && !all) continue;
        if (progress)
        {
            fprintf(stderr, "\r[%2u of %2u] %-40s\r", (unsigned int)i + 1,
                    (unsigned int)operation_count, operations[i].name);
        }
        taken = subject_prepare(&subject, &operations[i], &cng) ? subject_time(&subject, 5) : 0;
        subject_finish(&subject);
        if (json)
        {
            printf("%s{\"name\": \"%s\", \"bytes\": %lu, \"time\": ", separator, operations[i].name,
                   operations[i].bytes);
            if (taken) printf("%.1f}", taken);
            else printf("null}");
            separator = ",\n";
        }
        else if (!taken) printf("%-32s %12s\n", operations[i].name, "not there");
        else
        {
            printf("%-32s %9.1f %s", operations[i].name, taken < 1e4 ? taken : taken / 1e3,
                   taken < 1e4 ? "ns" : "us");
            if (operations[i].bytes) printf(" %7.0f MB/s", operations[i].bytes * 1e3 / taken);
            printf("\n");
        }
        fflush(stdout);
    }
    if (json) printf("\n]}\n");
    if (progress) fprintf(stderr, "\r%60s\r", "");
    return 0;
}
