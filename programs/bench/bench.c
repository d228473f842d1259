/*
 * bench.c - OpenCNG's bcrypt.dll, Wine's own and libcrypto in one table.
 *
 * All are in one process and take turns, operation by operation and round by round, so that a
 * machine whose speed changes changes it for all. Cells are the best of the rounds; ratios are of
 * the bests, which are steadier than medians on a shared machine. Finding an RSA key takes as long
 * as chance will have it: its cells are means, which many rounds (--rounds 100) make steady.
 *
 *   bench.exe OURS.dll [--json] [--rounds N] [--only TEXT] [--quick]
 *   --milliseconds T                 how long an operation's turn is (4): 0.1 with --rounds 1000 is
 *                                    steadier where other programs run
 *   bench.exe OURS.dll --threads     one thread against two on one key or algorithm
 *   bench.exe OURS.dll --memory      bytes and time of 300,000 keys and hashes at once
 *   --against OTHER.dll              another build in the place of Wine's own, with either
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

#include <psapi.h>

enum contender { OURS, BUILTIN, LIBCRYPTO, CONTENDERS };

static struct cng dlls[2];

static struct { const char *name; } contenders[CONTENDERS] =
{
    { "OpenCNG" }, { "built-in" }, { "libcrypto" },
};

/* ---- one table ---- */

static void time_operation(const struct operation *operation, unsigned int rounds,
                           double milliseconds, double best[CONTENDERS])
{
    struct subject subjects[CONTENDERS];
    struct operation copy;
    bool able[CONTENDERS];
    unsigned int round, i;

    able[OURS] = subject_prepare(&subjects[OURS], operation, &dlls[OURS]);
    able[BUILTIN] = subject_prepare(&subjects[BUILTIN], operation, &dlls[BUILTIN]);
    able[LIBCRYPTO] = lc_subject_prepare(&subjects[LIBCRYPTO], &copy, operation);
    for (i = 0; i < CONTENDERS; i++) best[i] = 0;
    for (round = 0; round < rounds; round++)
    {
        for (i = 0; i < CONTENDERS; i++)
        {
            double taken;

            if (!able[i]) continue;
            taken = subject_time(&subjects[i], milliseconds);
            if (operation->varies) best[i] += taken / rounds;
            else if (!best[i] || taken < best[i]) best[i] = taken;
        }
    }
    subject_finish(&subjects[OURS]);
    subject_finish(&subjects[BUILTIN]);
    lc_subject_finish(&subjects[LIBCRYPTO]);
}

static void print_time(double nanoseconds)
{
    if (!nanoseconds) printf(" %11s", "-");
    else if (nanoseconds < 1e4) printf(" %8.1f ns", nanoseconds);
    else if (nanoseconds < 1e7) printf(" %8.1f us", nanoseconds / 1e3);
    else printf(" %8.1f ms", nanoseconds / 1e6);
}

static void print_ratio(double ours, double other)
{
    if (!ours || !other) printf(" %8s", "-");
    else printf(" %8.3f", ours / other);
}

static int print_table(unsigned int rounds, double milliseconds, const char *only, bool json,
                       bool quick)
{
    const char *separator = "";
    size_t i;

    if (json) printf("{\"unit\": \"ns\", \"operations\": [\n");
    else
    {
        printf("%-32s %11s %11s %11s %8s %8s\n", "operation", "OpenCNG", "built-in", "libcrypto",
               "/built-in", "/libcrypto");
    }
    for (i = 0; i < operation_count; i++)
    {
        double best[CONTENDERS];

        if ((only && !strstr(operations[i].name, only)) || (quick && !operations[i].quick))
            continue;
        time_operation(&operations[i], rounds, milliseconds, best);
        if (json)
        {
            printf("%s{\"name\": \"%s\", \"%s\": %.1f, \"%s\": %.1f, \"%s\": %.1f}", separator,
                   operations[i].name, contenders[OURS].name, best[OURS], contenders[BUILTIN].name,
                   best[BUILTIN], contenders[LIBCRYPTO].name, best[LIBCRYPTO]);
            separator = ",\n";
        }
        else
        {
            printf("%-32s", operations[i].name);
            print_time(best[OURS]);
            print_time(best[BUILTIN]);
            print_time(best[LIBCRYPTO]);
            print_ratio(best[OURS], best[BUILTIN]);
            print_ratio(best[OURS], best[LIBCRYPTO]);
            printf("\n");
        }
        fflush(stdout);
    }
    if (json) printf("\n]}\n");
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

static int print_threads(unsigned int rounds)
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
    unsigned int which, round;
    size_t i, name;

    printf("%-32s %10s %10s   (throughput of two threads over one's; best of %u rounds)\n",
           "operation", contenders[OURS].name, contenders[BUILTIN].name, rounds);
    for (name = 0; name < sizeof(names) / sizeof(names[0]); name++)
    {
        for (i = 0; i < operation_count && strcmp(operations[i].name, names[name]); i++) {}
        printf("%-32s", names[name]);
        for (which = OURS; which <= BUILTIN; which++)
        {
            double one = 0, two = 0, now;
            struct subject subject;

            if (!subject_prepare(&subject, &operations[i], &dlls[which]))
            {
                printf(" %10s", "-");
                continue;
            }
            for (round = 0; round < rounds; round++)
            {
                unsigned int calls = (unsigned int)(3e7 / subject_time(&subject, 1)) + 1;

                if ((now = throughput(&subject, 1, calls)) > one) one = now;
                if ((now = throughput(&subject, 2, calls)) > two) two = now;
            }
            printf(" %10.2f", two / one);
            subject_finish(&subject);
        }
        printf("\n");
        fflush(stdout);
    }
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
static void print_many(const char *who, const struct cng *cng, LPCWSTR id, unsigned int rounds)
{
    static BCRYPT_HANDLE handles[MANY];
    bool hash = !wcscmp(id, BCRYPT_SHA256_ALGORITHM);
    BCRYPT_ALG_HANDLE algorithm;
    UCHAR secret[32] = { 1 };
    unsigned int round, i;

    memset(handles, 1, sizeof(handles));
    if (cng->BCryptOpenAlgorithmProvider(&algorithm, id, NULL, 0)) return;
    for (round = 0; round < rounds; round++)
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
        print_many(contenders[which].name, &dlls[which], BCRYPT_AES_ALGORITHM, 2);
        print_many(contenders[which].name, &dlls[which], BCRYPT_SHA256_ALGORITHM, 2);
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
    bool json = false, quick = false, threads = false, memory = false;
    const char *only = NULL, *path = NULL, *other = "bcrypt.dll";
    double milliseconds = 4;
    unsigned int rounds = 5;
    int i;

    for (i = 1; i < argc; i++)
    {
        if (!strcmp(argv[i], "--load") && i + 1 < argc) return time_load(argv[i + 1]);
        if (!strcmp(argv[i], "--json")) json = true;
        else if (!strcmp(argv[i], "--quick")) quick = true;
        else if (!strcmp(argv[i], "--threads")) threads = true;
        else if (!strcmp(argv[i], "--memory")) memory = true;
        else if (!strcmp(argv[i], "--only") && i + 1 < argc) only = argv[++i];
        else if (!strcmp(argv[i], "--against") && i + 1 < argc)
            contenders[BUILTIN].name = other = argv[++i];
        else if (!strcmp(argv[i], "--rounds") && i + 1 < argc)
            rounds = (unsigned int)atoi(argv[++i]);
        else if (!strcmp(argv[i], "--milliseconds") && i + 1 < argc)
            milliseconds = atof(argv[++i]);
        else if (argv[i][0] != '-' && !path) path = argv[i];
        else path = "";
    }
    if (!path || !*path || !rounds || !(milliseconds > 0))
    {
        fprintf(stderr, "usage: bench OURS.dll [--json] [--quick] [--threads] [--memory] "
                        "[--rounds N] [--milliseconds T] [--only TEXT] "
                        "[--against OTHER.dll] | bench --load DLL\n");
        return 2;
    }
    cng_bind(&dlls[OURS], load(path));
    cng_bind(&dlls[BUILTIN], load(other));
    if (memory) return print_memory();
    return threads ? print_threads(rounds) : print_table(rounds, milliseconds, only, json, quick);
}
