/*
 * bench.c - OpenCNG's bcrypt.dll, Wine's own and libcrypto in one table.
 *
 * All are in one process and take turns, operation by operation and round by round, each round
 * begun by another, so that a machine whose speed changes changes it for all. A cell is the best of
 * the rounds and their median; ratios are of the bests, which are steadier on a shared machine.
 * Where best and median are far apart, something else was running. Finding an RSA key takes as long
 * as chance will have it: its bests are means, which many rounds (--rounds 100) make steady.
 *
 *   bench.exe OURS.dll [--rounds N] [--only TEXT] [--quick]
 *   --milliseconds T                 how long an operation's turn is (4): 0.1 with --rounds 1000 is
 *                                    steadier where other programs run
 *   --vs OTHER.dll                   another build in the place of Wine's own; --against is the
 *                                    same
 *   --json                           JSON in the place of the table; nanoseconds, null for what a
 *                                    contender cannot do
 *   --save FILE                      the table, and the same JSON in FILE
 *   bench.exe OURS.dll --threads     one thread against two on one key or algorithm; takes all of
 *                                    the above but --quick and --milliseconds
 *   bench.exe OURS.dll --memory      bytes and time of 300,000 keys and hashes at once
 *   bench.exe --storage              signing with a kept key through ncrypt.dll and with that key
 *                                    in bcrypt.dll, as the process gets them; takes --rounds
 *   bench.exe --load DLL             loads the DLL, hashes one byte, prints the microseconds
 *
 * OURS.dll is a copy under another name than bcrypt.dll: that name is Wine's own here.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "lc_operations.h"
#include "storage.h"

#include <psapi.h>

#define MAX_ROUNDS 1000000

enum contender { OURS, BUILTIN, LIBCRYPTO, CONTENDERS };

static struct cng dlls[2];

static struct { const char *name; } contenders[CONTENDERS] =
{
    { "OpenCNG" }, { "built-in" }, { "libcrypto" },
};

/* Where rows go; either may be NULL. */
static FILE *table, *record;
static unsigned int rounds = 5;

/* ---- what the rounds say ---- */

/* Zeros: the contender cannot do it. */
struct result
{
    double best, median;
};

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return left < right ? -1 : left > right;
}

static struct result sum_up(double *times, bool varies)
{
    struct result result = { 0 };
    unsigned int i;

    qsort(times, rounds, sizeof(*times), by_size);
    result.median = (times[(rounds - 1) / 2] + times[rounds / 2]) / 2;
    if (!varies) result.best = times[0];
    else for (i = 0; i < rounds; i++) result.best += times[i] / rounds;
    return result;
}

static double *new_times(unsigned int count)
{
    double *times = calloc((size_t)rounds * count, sizeof(*times));

    if (times) return times;
    fprintf(stderr, "bench: no memory for %u rounds\n", rounds);
    exit(1);
}

static void record_numbers(const struct result *results, unsigned int count, bool medians)
{
    unsigned int i;

    for (i = 0; i < count; i++)
    {
        double number = medians ? results[i].median : results[i].best;

        fprintf(record, "%s\"%s\": ", i ? ", " : "", contenders[i].name);
        if (number) fprintf(record, "%.3f", number);
        else fprintf(record, "null");
    }
}

/* One row a line: tools/report reads them as such. */
static void record_row(const char *name, const struct result *results, unsigned int count)
{
    static const char *separator = "";

    if (!record) return;
    fprintf(record, "%s{\"name\": \"%s\", ", separator, name);
    record_numbers(results, count, false);
    fprintf(record, ", \"medians\": {");
    record_numbers(results, count, true);
    fprintf(record, "}}");
    fflush(record);
    separator = ",\n";
}

/* ---- one table ---- */

static void time_operation(const struct operation *operation, double milliseconds, double *times,
                           struct result results[CONTENDERS])
{
    struct subject subjects[CONTENDERS];
    struct operation copy;
    bool able[CONTENDERS];
    unsigned int round, i;

    able[OURS] = subject_prepare(&subjects[OURS], operation, &dlls[OURS]);
    able[BUILTIN] = subject_prepare(&subjects[BUILTIN], operation, &dlls[BUILTIN]);
    able[LIBCRYPTO] = lc_subject_prepare(&subjects[LIBCRYPTO], &copy, operation);
    for (round = 0; round < rounds; round++)
    {
        for (i = 0; i < CONTENDERS; i++)
        {
            unsigned int which = (round + i) % CONTENDERS;

            if (!able[which]) continue;
            times[which * rounds + round] = subject_time(&subjects[which], milliseconds);
        }
    }
    for (i = 0; i < CONTENDERS; i++)
    {
        results[i] = (struct result){ 0 };
        if (able[i]) results[i] = sum_up(&times[i * rounds], operation->varies);
    }
    subject_finish(&subjects[OURS]);
    subject_finish(&subjects[BUILTIN]);
    lc_subject_finish(&subjects[LIBCRYPTO]);
}

static void print_time(double nanoseconds)
{
    if (!nanoseconds) fprintf(table, " %9s", "-");
    else if (nanoseconds < 1e4) fprintf(table, " %6.1f ns", nanoseconds);
    else if (nanoseconds < 1e7) fprintf(table, " %6.1f us", nanoseconds / 1e3);
    else fprintf(table, " %6.1f ms", nanoseconds / 1e6);
}

static void print_ratio(const struct result *ours, const struct result *other)
{
    if (!ours->best || !other->best) fprintf(table, " %9s", "-");
    else fprintf(table, " %9.3f", ours->best / other->best);
}

static void print_heading(void)
{
    unsigned int i;

    fprintf(table, "%-32s", "");
    for (i = 0; i < CONTENDERS; i++) fprintf(table, "   %-17s", contenders[i].name);
    fprintf(table, "   OpenCNG's time over\n%-32s", "operation");
    for (i = 0; i < CONTENDERS; i++) fprintf(table, " %9s %9s", "best", "median");
    fprintf(table, " %9s %9s\n", contenders[BUILTIN].name, "libcrypto");
}

static void print_row(const char *name, const struct result results[CONTENDERS])
{
    unsigned int i;

    fprintf(table, "%-32s", name);
    for (i = 0; i < CONTENDERS; i++)
    {
        print_time(results[i].best);
        print_time(results[i].median);
    }
    print_ratio(&results[OURS], &results[BUILTIN]);
    print_ratio(&results[OURS], &results[LIBCRYPTO]);
    fprintf(table, "\n");
    fflush(table);
}

static int print_table(double milliseconds, const char *only, bool quick)
{
    double *times = new_times(CONTENDERS);
    struct result results[CONTENDERS];
    size_t i;

    if (record)
    {
        fprintf(record, "{\"unit\": \"ns\", \"rounds\": %u, \"milliseconds\": %g, "
                        "\"operations\": [\n", rounds, milliseconds);
    }
    if (table) print_heading();
    for (i = 0; i < operation_count; i++)
    {
        if ((only && !strstr(operations[i].name, only)) || (quick && !operations[i].quick))
            continue;
        time_operation(&operations[i], milliseconds, times, results);
        record_row(operations[i].name, results, CONTENDERS);
        if (table) print_row(operations[i].name, results);
    }
    if (record) fprintf(record, "\n]}\n");
    free(times);
    return 0;
}

/* ---- two threads on one key or algorithm ---- */

struct worker
{
    _Alignas(128) struct subject subject;       /* tags and sizes are stored here with every call */
    volatile LONG *go;
    unsigned int calls;
};

static DWORD WINAPI work(void *parameter)
{
    struct worker *worker = parameter;
    unsigned int i;

    while (!*worker->go) YieldProcessor();
    for (i = 0; i < worker->calls; i++) worker->subject.operation->run(&worker->subject);
    return 0;
}

/* Calls a second of `count` threads that share one subject's handles, each with its own buffers. */
static double throughput(struct subject *subject, unsigned int count, unsigned int calls)
{
    struct worker workers[2];
    HANDLE threads[2];
    LARGE_INTEGER frequency, begin, end;
    volatile LONG go = 0;
    unsigned int i;

    for (i = 0; i < count; i++)
    {
        workers[i].subject = *subject;
        if ((workers[i].subject.buffer = malloc(BUFFER_BYTES)))
        {
            memcpy(workers[i].subject.buffer, subject->buffer, BUFFER_BYTES);
        }
        if (subject->info.cbSize)
        {
            workers[i].subject.info.pbNonce = workers[i].subject.nonce;
            workers[i].subject.info.pbTag = workers[i].subject.tag;
        }
        workers[i].go = &go;
        workers[i].calls = calls;
        threads[i] = CreateThread(NULL, 0, work, &workers[i], 0, NULL);
    }
    Sleep(2);
    QueryPerformanceCounter(&begin);
    go = 1;
    WaitForMultipleObjects(count, threads, TRUE, INFINITE);
    QueryPerformanceCounter(&end);
    QueryPerformanceFrequency(&frequency);
    for (i = 0; i < count; i++)
    {
        free(workers[i].subject.buffer);
        CloseHandle(threads[i]);
    }
    return (double)calls * count * (double)frequency.QuadPart /
           (double)(end.QuadPart - begin.QuadPart);
}

/* How many times as much two threads get done; medians likewise. */
static struct result time_threads(struct subject *subject, double *one, double *two)
{
    struct result alone, both;
    unsigned int round;

    for (round = 0; round < rounds; round++)
    {
        unsigned int calls = (unsigned int)(3e7 / subject_time(subject, 1)) + 1;

        one[round] = 1 / throughput(subject, 1, calls);
        two[round] = 1 / throughput(subject, 2, calls);
    }
    alone = sum_up(one, false);
    both = sum_up(two, false);
    return (struct result){ alone.best / both.best, alone.median / both.median };
}

static void print_threads_row(const char *name, const struct result results[2])
{
    unsigned int which;

    fprintf(table, "%-32s", name);
    for (which = OURS; which <= BUILTIN; which++)
    {
        if (!results[which].best) fprintf(table, " %9s %9s", "-", "-");
        else fprintf(table, " %9.2f %9.2f", results[which].best, results[which].median);
    }
    fprintf(table, "\n");
    fflush(table);
}

static int print_threads(const char *only)
{
    static const char *const names[] =
    {
        "open+close AES", "generate+destroy AES-256 key", "import+destroy AES key",
        "duplicate+destroy AES key", "SHA256 steps 16", "SHA256 64", "SHA256 64K", "random 32",
        "random 4K", "AES-256-GCM encrypt 64", "AES-256-GCM encrypt 1K", "AES-256-CBC encrypt 64K",
        "AES-256-ECB encrypt 64K", "RSA-2048 verify", "P-256 sign",
        "ML-KEM-768 key pair", "ML-KEM-768 encapsulate", "ML-KEM-768 decapsulate",
        "ML-DSA-65 key pair", "ML-DSA-65 sign", "ML-DSA-65 verify", "SLH-DSA-SHA2-128f sign",
        "composite 768-X25519 decapsulate", "composite 44-P256 sign",
    };
    double *one = new_times(2), *two = one + rounds;
    unsigned int which;
    size_t i, name;

    if (record)
    {
        fprintf(record, "{\"unit\": \"throughput of one thread\", \"rounds\": %u, "
                        "\"threads\": [\n", rounds);
    }
    if (table)
    {
        fprintf(table, "Throughput of two threads over one's, %u rounds\n%-32s   %-17s   %s\n",
                rounds, "", contenders[OURS].name, contenders[BUILTIN].name);
        fprintf(table, "%-32s %9s %9s %9s %9s\n", "operation", "bests", "medians", "bests",
                "medians");
    }
    for (name = 0; name < sizeof(names) / sizeof(names[0]); name++)
    {
        struct result results[2] = { 0 };

        if (only && !strstr(names[name], only)) continue;
        for (i = 0; i < operation_count && strcmp(operations[i].name, names[name]); i++) {}
        for (which = OURS; which <= BUILTIN; which++)
        {
            struct subject subject;

            if (subject_prepare(&subject, &operations[i], &dlls[which]))
            {
                results[which] = time_threads(&subject, one, two);
            }
            subject_finish(&subject);
        }
        record_row(names[name], results, 2);
        if (table) print_threads_row(names[name], results);
    }
    if (record) fprintf(record, "\n]}\n");
    free(one);
    return 0;
}

/* ---- many objects at once ---- */

#define MANY 300000

static double resident_bytes(void)
{
    PROCESS_MEMORY_COUNTERS counters = { .cb = sizeof(counters) };

    K32GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof(counters));
    return (double)counters.WorkingSetSize;
}

static double microseconds(void)
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return (double)count.QuadPart * 1e6 / (double)frequency.QuadPart;
}

/* The first round takes memory of the system, later ones what is kept of it. */
static void print_many(const char *who, const struct cng *cng, LPCWSTR id)
{
    static BCRYPT_HANDLE handles[MANY];
    bool hash = !wcscmp(id, BCRYPT_SHA256_ALGORITHM);
    BCRYPT_ALG_HANDLE algorithm;
    UCHAR secret[32] = { 1 };
    unsigned int round, i;

    memset(handles, 1, sizeof(handles));
    if (cng->BCryptOpenAlgorithmProvider(&algorithm, id, NULL, 0)) return;
    for (round = 0; round < 2; round++)
    {
        double before = resident_bytes(), begin = microseconds(), made, bytes;

        for (i = 0; i < MANY; i++)
        {
            if (hash) cng->BCryptCreateHash(algorithm, &handles[i], NULL, 0, NULL, 0, 0);
            else cng->BCryptGenerateSymmetricKey(algorithm, &handles[i], NULL, 0, secret, 32, 0);
        }
        made = (microseconds() - begin) / MANY;
        bytes = (resident_bytes() - before) / MANY;
        for (i = 0; i < MANY; i++)
        {
            if (hash) cng->BCryptDestroyHash(handles[i]);
            else cng->BCryptDestroyKey(handles[i]);
        }
        printf("%-12s %-14s round %u: %6.1f bytes more each, %6.3f us to make, %6.1f kept\n", who,
               hash ? "SHA-256 hashes" : "AES-256 keys", round + 1, bytes, made,
               (resident_bytes() - before) / MANY);
        fflush(stdout);
    }
    cng->BCryptCloseAlgorithmProvider(algorithm, 0);
}

static int print_memory(void)
{
    unsigned int which;

    for (which = OURS; which <= BUILTIN; which++)
    {
        print_many(contenders[which].name, &dlls[which], BCRYPT_AES_ALGORITHM);
        print_many(contenders[which].name, &dlls[which], BCRYPT_SHA256_ALGORITHM);
    }
    return 0;
}

/* ---- loading ---- */

static int time_load(const char *path)
{
    LARGE_INTEGER frequency, begin, end;
    BCRYPT_ALG_HANDLE algorithm;
    struct cng cng;
    UCHAR digest[32];
    HMODULE module;

    QueryPerformanceFrequency(&frequency);
    QueryPerformanceCounter(&begin);
    if (!(module = LoadLibraryA(path)))
    {
        fprintf(stderr, "bench: cannot load %s (error %lu)\n", path, GetLastError());
        return 1;
    }
    cng_bind(&cng, module);
    if (cng.BCryptOpenAlgorithmProvider(&algorithm, BCRYPT_SHA256_ALGORITHM, NULL, 0) ||
        cng.BCryptHash(algorithm, NULL, 0, (PUCHAR)"a", 1, digest, sizeof(digest))) return 1;
    QueryPerformanceCounter(&end);
    printf("%.0f\n", (double)(end.QuadPart - begin.QuadPart) * 1e6 / (double)frequency.QuadPart);
    return 0;
}

static HMODULE load(const char *path)
{
    HMODULE module = LoadLibraryA(path);

    if (module) return module;
    fprintf(stderr, "bench: cannot load %s (error %lu)\n", path, GetLastError());
    exit(1);
}

int main(int argc, char **argv)
{
    bool json = false, quick = false, threads = false, memory = false, storage = false;
    const char *only = NULL, *path = NULL, *other = "bcrypt.dll", *save = NULL;
    double milliseconds = 4;
    int i;

    for (i = 1; i < argc; i++)
    {
        if (!strcmp(argv[i], "--load") && i + 1 < argc) return time_load(argv[i + 1]);
        if (!strcmp(argv[i], "--json")) json = true;
        else if (!strcmp(argv[i], "--quick")) quick = true;
        else if (!strcmp(argv[i], "--threads")) threads = true;
        else if (!strcmp(argv[i], "--memory")) memory = true;
        else if (!strcmp(argv[i], "--storage")) storage = true;
        else if (!strcmp(argv[i], "--only") && i + 1 < argc) only = argv[++i];
        else if (!strcmp(argv[i], "--save") && i + 1 < argc) save = argv[++i];
        else if ((!strcmp(argv[i], "--vs") || !strcmp(argv[i], "--against")) && i + 1 < argc)
        {
            other = argv[++i];
            contenders[BUILTIN].name = "other";
        }
        else if (!strcmp(argv[i], "--rounds") && i + 1 < argc)
            rounds = (unsigned int)atoi(argv[++i]);
        else if (!strcmp(argv[i], "--milliseconds") && i + 1 < argc)
            milliseconds = atof(argv[++i]);
        else if (argv[i][0] != '-' && !path) path = argv[i];
        else path = "";
    }
    if (storage && !path && rounds && rounds <= MAX_ROUNDS) return storage_print(rounds);
    if (!path || !*path || !rounds || rounds > MAX_ROUNDS || !(milliseconds > 0))
    {
        fprintf(stderr, "usage: bench OURS.dll [--json] [--save FILE] [--quick] [--threads] "
                        "[--memory] [--rounds N] [--milliseconds T] [--only TEXT] "
                        "[--vs OTHER.dll] | bench --storage [--rounds N] | bench --load DLL\n");
        return 2;
    }
    if (json) record = stdout;
    else table = stdout;
    if (save && !(record = fopen(save, "wb")))
    {
        fprintf(stderr, "bench: cannot write %s\n", save);
        return 1;
    }
    cng_bind(&dlls[OURS], load(path));
    cng_bind(&dlls[BUILTIN], load(other));
    if (memory) return print_memory();
    return threads ? print_threads(only) : print_table(milliseconds, only, quick);
}
