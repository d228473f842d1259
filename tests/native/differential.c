/*
 * differential.c - random valid calls, answered by CNG's exports and by libcrypto's EVP.
 *
 *   differential [--keys] [--seconds N | --trials N] [--seed N]
 *   differential --trial KIND SEED MOST
 *
 * Trials are made one after the other, each of a seed of its own, until there were so many, or the
 * time is over, or two answers differ. Then the trial is repeated with short texts first, and the
 * shortest that still differs is printed with the arguments that make it again. With --keys each
 * trial is about a new key pair.
 *
 * SPDX-License-Identifier: MIT
 */

#include "differential.h"

#include <setjmp.h>
#include <time.h>

#include <openssl/err.h>
#include <openssl/provider.h>

#include "native.h"
#include "platform/names.h"
#include "router/algorithm.h"
#include "router/providers.h"

#define TEXT_MOST 5000

unsigned long long calls;

static char subject[400], difference[20000];
static jmp_buf ended;

/* ---- differences ---- */

void about(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(subject, sizeof(subject), format, arguments);
    va_end(arguments);
}

void differ(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(difference, sizeof(difference), format, arguments);
    va_end(arguments);
    longjmp(ended, 1);
}

void same_bytes(const char *what, const UCHAR *cng, const UCHAR *evp, size_t bytes)
{
    size_t at;

    for (at = 0; at < bytes && cng[at] == evp[at]; at++) {}
    if (at < bytes)
        differ("%s: byte %zu of %zu is %02x by CNG, %02x by EVP", what, at, bytes, cng[at],
               evp[at]);
}

void called(const char *call, NTSTATUS status)
{
    calls++;
    if (status) differ("%s: status %#x", call, (unsigned int)status);
}

void has_to(const char *call, bool is_so)
{
    if (!is_so) differ("%s: %s", call, ERR_error_string(ERR_get_error(), NULL));
}

void *made_by(const char *call, void *result)
{
    has_to(call, result != NULL);
    return result;
}

BCRYPT_ALG_HANDLE algorithm_of(LPCWSTR id, ULONG flags)
{
    static struct { LPCWSTR id; ULONG flags; BCRYPT_ALG_HANDLE handle; } open[100];
    size_t i;

    for (i = 0; i < ARRAY_SIZE(open) && open[i].id; i++)
    {
        if (names_equal(open[i].id, id) && open[i].flags == flags) return open[i].handle;
    }
    has_to("room for one more algorithm", i < ARRAY_SIZE(open));
    CALL(BCryptOpenAlgorithmProvider(&open[i].handle, id, NULL, flags));
    open[i].id = id;
    open[i].flags = flags;
    return open[i].handle;
}

/* ---- trials ---- */

/* The kinds that are tried: those of calls, then those of new key pairs. */
static size_t first_kind, end_kind;
static unsigned long long trials_of[100];

static size_t call_kind_count(void)
{
    return symmetric_kind_count + pair_kind_count;
}

static const struct kind *kind_at(size_t number)
{
    if (number < symmetric_kind_count) return &symmetric_kinds[number];
    if (number < call_kind_count()) return &pair_kinds[number - symmetric_kind_count];
    number -= call_kind_count();
    return number < key_kind_count ? &key_kinds[number] : NULL;
}

static const struct kind *kind_named(const char *name)
{
    const struct kind *kind;
    size_t i;

    for (i = 0; (kind = kind_at(i)) && strcmp(kind->name, name); i++) {}
    return kind;
}

static size_t kind_of(uint64_t seed)
{
    struct dice dice = { ~seed, 0 };
    ULONG all = 0, number;
    size_t i;

    for (i = first_kind; i < end_kind; i++) all += kind_at(i)->weight;
    number = dice_below(&dice, all);
    for (i = first_kind; number >= kind_at(i)->weight; i++) number -= kind_at(i)->weight;
    return i;
}

/* False if the two differ, and `difference` says in what. */
static bool try_it(const struct kind *kind, uint64_t seed, ULONG most)
{
    struct dice dice = { seed, most };

    subject[0] = 0;
    ERR_clear_error();
    if (setjmp(ended)) return false;
    kind->run(&dice);
    return true;
}

/* The least length of texts with which they still differ. */
static ULONG least(const struct kind *kind, uint64_t seed)
{
    ULONG most = 0;

    while (most < TEXT_MOST && try_it(kind, seed, most)) most = most < 300 ? most + 1 : most + 50;
    try_it(kind, seed, most);
    return most;
}

static int report(const struct kind *kind, uint64_t seed)
{
    ULONG most = least(kind, seed);

    printf("differential: %s\n%s\nagain: differential --trial %s %#llx %u\n", subject, difference,
           kind->name, (unsigned long long)seed, most);
    return 1;
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* `most` trials, or as many as there is time for. */
static int run(uint64_t seed, unsigned int seconds, unsigned long long most)
{
    double begin = now(), end = begin + seconds;
    unsigned long long trials = 0;
    size_t i;

    printf("differential: seed %#llx\n", (unsigned long long)seed);
    do
    {
        size_t kind = kind_of(seed);

        if (!try_it(kind_at(kind), seed, TEXT_MOST)) return report(kind_at(kind), seed);
        trials++;
        trials_of[kind]++;
        seed++;
    } while (most ? trials < most : trials % 16 || now() < end);
    for (i = call_kind_count(); i < end_kind; i++)
        printf("differential: %s: %llu\n", kind_at(i)->name, trials_of[i]);
    printf("differential: %llu trials with %llu calls, 0 differ; %.1f million calls an hour\n",
           trials, calls, (double)calls / (now() - begin) * 3600 / 1e6);
    return 0;
}

int main(int count, char **arguments)
{
    uint64_t seed = 1;
    unsigned long long trials = 0;
    unsigned int seconds = 5;
    int i, status = -1;

    end_kind = call_kind_count();
    setvbuf(stdout, NULL, _IOLBF, 0);
    algorithm_of(BCRYPT_SHA256_ALGORITHM, 0);   /* libcrypto takes our memory from its first on */
    OSSL_PROVIDER_load(NULL, "default");
    OSSL_PROVIDER_load(NULL, "legacy");
    for (i = 1; i < count && status < 0; i++)
    {
        if (!strcmp(arguments[i], "--seconds") && i + 1 < count)
            seconds = (unsigned int)atoi(arguments[++i]);
        else if (!strcmp(arguments[i], "--trials") && i + 1 < count)
            trials = strtoull(arguments[++i], NULL, 0);
        else if (!strcmp(arguments[i], "--keys"))
            first_kind = call_kind_count(), end_kind = first_kind + key_kind_count;
        else if (!strcmp(arguments[i], "--seed") && i + 1 < count)
            seed = strtoull(arguments[++i], NULL, 0);
        else if (!strcmp(arguments[i], "--trial") && i + 3 < count && kind_named(arguments[i + 1]))
        {
            const struct kind *kind = kind_named(arguments[i + 1]);

            seed = strtoull(arguments[i + 2], NULL, 0);
            status = !try_it(kind, seed, (ULONG)atoi(arguments[i + 3]));
            printf("%s: %s\n", subject, status ? difference : "no difference");
        }
        else status = 2;
    }
    return status < 0 ? run(seed, seconds, trials) : status;
}
