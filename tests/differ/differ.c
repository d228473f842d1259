/*
 * differ.c - random valid calls, answered by two DLLs that are bcrypt.dll, in one process.
 *
 *   differ OURS OTHER [--seconds N | --trials N] [--seed N] [--only KIND] [--all] [--say]
 *                     [--new-keys] [--known wine-N]
 *   differ OURS OTHER --trial KIND SEED MOST [--known wine-N]
 *   differ --list-known
 *
 * OURS and OTHER are paths of DLLs, or names that the system looks for: on Windows for example
 *   differ opencng\bcrypt.dll C:\Windows\System32\bcrypt.dll
 * Trials are made one after the other, each of a seed of its own, until there were so many, or the
 * time is over, or the two differ. Then the trial is repeated with short texts first, and the
 * shortest that still differs is printed with the arguments that make it again; the status is 1.
 * With --all it goes on, and prints each place once. --say prints the arguments of each trial
 * first: some crashes, as in Wine's Unix part, end the process.
 * --new-keys makes new key pairs as well, which no seed can make again: they are in the report.
 * What OTHER does not have is counted and named. --known wine-N leaves out in what Wine N is known
 * to be wrong: differ_wine.c, which --list-known prints.
 *
 * SPDX-License-Identifier: MIT
 */

#include "differ.h"

#include <stdarg.h>
#include <stdint.h>

#define TEXT_MOST 5000
#define ENTRIES 4000
#define BYTES_MOST 0x200000                     /* and some room for a name */
#define OPEN_MOST 100

const struct side *cng;
unsigned long long calls;

static struct side sides[2];

/* ---- what a side did ---- */

enum entry_type { ENTRY_STATUS, ENTRY_NUMBER, ENTRY_BYTES };

struct entry
{
    const char *what;
    enum entry_type type;
    ULONG number;                               /* of bytes: their count */
    const UCHAR *bytes;
};

static struct log
{
    struct entry entries[ENTRIES];
    UCHAR bytes[BYTES_MOST + 1000];
    ULONG count, used;
    bool is_whole;                              /* nothing failed that has to succeed */
    char lacks[200];                            /* what it has not got, and why it stopped there */
} logs[2];
static struct log *own;                         /* of the side whose turn it is */

static struct { enum open_type type; void *handle; } open[OPEN_MOST];
static size_t open_count;

static bool says_all;
static const struct kind *current;
static char subject[400], more[40000], difference[2000], crash_name[] = "crash";
static void *side_ended[5], *trial_ended[5];    /* for __builtin_setjmp */

/* Unlike longjmp these unwind nothing, and so come back from a crash in any DLL. */
static __attribute__((noreturn)) void end_side(void)
{
    __builtin_longjmp(side_ended, 1);
}

static __attribute__((noreturn)) void end_trial(void)
{
    __builtin_longjmp(trial_ended, 1);
}

static struct entry *new_entry(const char *what, enum entry_type type, ULONG number)
{
    struct entry *entry = &own->entries[own->count < ENTRIES - 1 ? own->count++ : own->count];

    entry->what = what;
    entry->type = type;
    entry->number = number;
    entry->bytes = NULL;
    return entry;
}

void saw_number(const char *what, ULONG number)
{
    new_entry(what, ENTRY_NUMBER, number);
}

void saw_bytes(const char *what, const void *bytes, ULONG count)
{
    ULONG room = own->used < BYTES_MOST ? BYTES_MOST - own->used : 0;
    struct entry *entry;

    if (count > room) count = room;
    entry = new_entry(what, ENTRY_BYTES, count);
    entry->bytes = memcpy(own->bytes + own->used, bytes, count);
    own->used += count;
}

/* A name as long as the log lasts. */
static __attribute__((format(gnu_printf, 1, 2))) const char *kept_text(const char *format, ...)
{
    char *text = (char *)own->bytes + own->used;
    va_list arguments;

    if (own->used > BYTES_MOST) return format;
    va_start(arguments, format);
    own->used += (ULONG)vsnprintf(text, 200, format, arguments) + 1;
    va_end(arguments);
    return text;
}

NTSTATUS did(const char *call, NTSTATUS status)
{
    calls++;
    new_entry(call, ENTRY_STATUS, (ULONG)status);
    return status;
}

void ended_by(const char *call, NTSTATUS status)
{
    if (status == STATUS_NOT_IMPLEMENTED)
        snprintf(own->lacks, sizeof(own->lacks), "%s (%s)", call, current->name);
    if (status) end_side();
}

void has(const char *what, const char *call, NTSTATUS status)
{
    static const NTSTATUS absent[] =
    {
        STATUS_NOT_FOUND, STATUS_NOT_SUPPORTED, STATUS_NOT_IMPLEMENTED, STATUS_INVALID_HANDLE,
    };
    size_t i;

    calls++;
    for (i = 0; i < ARRAY_SIZE(absent); i++)
    {
        if (status == absent[i]) snprintf(own->lacks, sizeof(own->lacks), "%s", what);
    }
    if (status && !own->lacks[0])
        new_entry(kept_text("%s: %s", call, what), ENTRY_STATUS, (ULONG)status);
    if (status) end_side();
}

void exported(bool is_there, const char *name)
{
    if (is_there) return;
    snprintf(own->lacks, sizeof(own->lacks), "%s", name);
    end_side();
}

void details(const char *format, ...)
{
    size_t used = strlen(more);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(more + used, sizeof(more) - used, format, arguments);
    va_end(arguments);
}

void details_hex(const char *what, const UCHAR *bytes, ULONG count)
{
    ULONG i;

    details(", %s ", what);
    for (i = 0; i < count; i++) details("%02x", bytes[i]);
}

/* ---- handles ---- */

void *opened(enum open_type type, void *handle)
{
    if (open_count == OPEN_MOST) end_side();
    open[open_count].type = type;
    open[open_count++].handle = handle;
    return handle;
}

void closed(void *handle)
{
    size_t i;

    for (i = 0; i < open_count; i++)
    {
        if (open[i].handle == handle) open[i] = open[--open_count];
    }
}

static void close_one(enum open_type type, void *handle)
{
    if (type == OPEN_HASH) MAY(BCryptDestroyHash, handle);
    else if (type == OPEN_KEY) MAY(BCryptDestroyKey, handle);
    else MAY(BCryptDestroySecret, handle);
}

/* As long as the log is of a whole trial, closing is a part of it. */
static void close_all(void)
{
    ULONG count = own->count;

    while (open_count)
    {
        open_count--;
        close_one(open[open_count].type, open[open_count].handle);
    }
    if (!own->is_whole) own->count = count;
}

/* ---- algorithms ---- */

static struct kept
{
    LPCWSTR id, property, value;
    ULONG flags;
    BCRYPT_ALG_HANDLE handle[2];
    bool is_absent[2];
} kept[400];

static bool same_name(LPCWSTR one, LPCWSTR other)
{
    return one == other || (one && other && !wcscmp(one, other));
}

static struct kept *kept_of(LPCWSTR id, ULONG flags, LPCWSTR property, LPCWSTR value)
{
    struct kept *at = kept;

    for (; at < kept + ARRAY_SIZE(kept) && at->id; at++)
    {
        if (same_name(at->id, id) && at->flags == flags && same_name(at->property, property) &&
            same_name(at->value, value))
            return at;
    }
    if (at == kept + ARRAY_SIZE(kept)) end_side();
    *at = (struct kept){ .id = id, .flags = flags, .property = property, .value = value };
    return at;
}

/* A curve that is not there is an invalid value with some. */
static NTSTATUS set_to(BCRYPT_ALG_HANDLE handle, LPCWSTR property, LPCWSTR value)
{
    NTSTATUS status = cng->BCryptSetProperty(handle, property, WIDE(value), 0);
    bool is_curve = !wcscmp(property, BCRYPT_ECC_CURVE_NAME);

    return is_curve && status == STATUS_INVALID_PARAMETER ? STATUS_NOT_SUPPORTED : status;
}

BCRYPT_ALG_HANDLE algorithm_with(LPCWSTR id, ULONG flags, LPCWSTR property, LPCWSTR value)
{
    struct kept *at;
    size_t number = (size_t)(cng - sides);
    char name[100];

    if (value) algorithm_of(id, flags);         /* first whether it is there at all */
    at = kept_of(id, flags, property, value);
    snprintf(name, sizeof(name), "%ls%s%s%ls", id,
             flags & BCRYPT_ALG_HANDLE_HMAC_FLAG ? " as HMAC" : "", value ? " " : "",
             value ? value : L"");
    if (at->is_absent[number]) has(name, "", STATUS_NOT_FOUND);
    if (!at->handle[number])
    {
        BCRYPT_ALG_HANDLE handle;

        at->is_absent[number] = true;           /* unless this goes through */
        HAVE(name, BCryptOpenAlgorithmProvider, &handle, id, NULL, flags);
        if (property) has(name, "BCryptSetProperty", set_to(handle, property, value));
        at->handle[number] = handle;
        at->is_absent[number] = false;
    }
    return at->handle[number];
}

BCRYPT_ALG_HANDLE algorithm_of(LPCWSTR id, ULONG flags)
{
    return algorithm_with(id, flags, NULL, NULL);
}

/* ---- the parts of a trial ---- */

unsigned int side_number(void)
{
    return (unsigned int)(cng - sides);
}

/* (The variable is volatile, for __builtin_setjmp comes back to it.) */
static void run_side(unsigned int number, struct dice *dice, void (*run)(struct dice *dice))
{
    struct log *volatile log = &logs[number];

    cng = &sides[number];
    own = log;
    log->count = log->used = 0;
    log->lacks[0] = 0;
    log->is_whole = false;
    if (!__builtin_setjmp(side_ended))
    {
        run(dice);
        own->is_whole = true;
    }
    if (!__builtin_setjmp(side_ended)) close_all();
}

static __attribute__((noreturn)) void resume(void)
{
    open_count = 0;                             /* who knows in which state they are */
    end_side();
}

/* A crash is an answer, too: the side's part ends here. */
static LONG WINAPI crashed(EXCEPTION_POINTERS *pointers)
{
    CONTEXT *context = pointers->ContextRecord;

    if (!own) return EXCEPTION_CONTINUE_SEARCH;
    new_entry(crash_name, ENTRY_STATUS, pointers->ExceptionRecord->ExceptionCode);
#ifdef __x86_64__
    context->Rsp = ((context->Rsp - 1024) & ~(DWORD64)15) - 8;
    context->Rip = (DWORD64)(uintptr_t)resume;
#else
    context->Esp = ((context->Esp - 1024) & ~(DWORD)15) - 4;
    context->Eip = (DWORD)(uintptr_t)resume;
#endif
    return EXCEPTION_CONTINUE_EXECUTION;
}

/* ---- comparing ---- */

static unsigned int peer_version;
static bool knows_wine;
static unsigned long long known_trials;

static bool matches(const char *pattern, const char *name)
{
    if (!*pattern) return !*name;
    if (*pattern == '*') return matches(pattern + 1, name) || (*name && matches(pattern, name + 1));
    return *pattern == *name && matches(pattern + 1, name + 1);
}

static struct known *known_difference(const char *what)
{
    size_t i;

    for (i = 0; knows_wine && i < wine_difference_count; i++)
    {
        struct known *known = &wine_differences[i];

        if (known->first <= peer_version && (!known->last || peer_version <= known->last) &&
            matches(known->kind, current->name) && matches(known->subject, subject) &&
            matches(known->what, what))
            return known;
    }
    return NULL;
}

/* Counts one, and ends the trial unless the rest can be compared. */
static void is_known(struct known *known)
{
    known->seen++;
    known_trials++;
    if (!known->goes_on) end_trial();
}

void about(const char *format, ...)
{
    struct known *known;
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(subject, sizeof(subject), format, arguments);
    va_end(arguments);
    more[0] = 0;
    if (says_all) fprintf(stderr, "%s\n", subject);
    if ((known = known_difference("start"))) is_known(known);
}

static void describe(char *to, size_t size, const struct entry *entry, ULONG at)
{
    if (!entry) snprintf(to, size, "nothing");
    else if (entry->type == ENTRY_STATUS) snprintf(to, size, "status %#lx", entry->number);
    else if (entry->type == ENTRY_NUMBER) snprintf(to, size, "%lu", entry->number);
    else if (at < entry->number)
        snprintf(to, size, "%02x as byte %lu of %lu", entry->bytes[at], at, entry->number);
    else snprintf(to, size, "%lu bytes", entry->number);
}

/* Where two entries differ; their bytes at *at. */
static bool same_entry(const struct entry *one, const struct entry *other, ULONG *at)
{
    *at = 0;
    if (!one || !other || one->type != other->type || strcmp(one->what, other->what)) return false;
    if (one->type == ENTRY_BYTES)
    {
        while (*at < one->number && *at < other->number && one->bytes[*at] == other->bytes[*at])
            ++*at;
        return *at == one->number && *at == other->number;
    }
    return one->number == other->number;
}

static __attribute__((noreturn)) void differ(const char *what, const struct entry *one,
                                             const struct entry *other, ULONG at)
{
    char ours[100], theirs[100];

    describe(ours, sizeof(ours), one, at);
    describe(theirs, sizeof(theirs), other, at);
    snprintf(difference, sizeof(difference), "%s: %s by %s, %s by %s", what, ours, sides[0].name,
             theirs, sides[1].name);
    end_trial();
}

static struct { char name[100]; unsigned long long count; } absences[400];

static __attribute__((noreturn)) void absent(const char *name)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(absences) && absences[i].count; i++)
    {
        if (!strncmp(absences[i].name, name, sizeof(absences[i].name) - 1)) break;
    }
    if (i < ARRAY_SIZE(absences) && !absences[i].count++)
        snprintf(absences[i].name, sizeof(absences[i].name), "%s", name);
    end_trial();
}

/* Known or not: comes back if the rest is to be compared. */
static void different(const struct entry *one, const struct entry *other, ULONG at)
{
    const char *what = other && !strcmp(other->what, crash_name) ? crash_name :
                       one ? one->what : other ? other->what : "end";
    struct known *known = known_difference(what);

    if (other && other->type == ENTRY_STATUS && other->number == (ULONG)STATUS_NOT_IMPLEMENTED)
    {
        char name[200];

        snprintf(name, sizeof(name), "%s (%s)", what, current->name);
        absent(name);
    }
    if (!known) differ(what, one, other, at);
    is_known(known);
}

/* What ours has not got, and the other has. */
static __attribute__((noreturn)) void missing(void)
{
    struct entry entry = { logs[0].lacks, ENTRY_STATUS, (ULONG)STATUS_NOT_FOUND, NULL };

    differ(entry.what, &entry, NULL, 0);
}

static void compare(void)
{
    const struct log *one = &logs[0], *other = &logs[1];
    ULONG i, at, least = one->count < other->count ? one->count : other->count;

    if (one->lacks[0] && !other->lacks[0]) missing();
    for (i = 0; i < least; i++)
    {
        if (!other->is_whole && other->lacks[0] && i + 1 == other->count) break;
        if (!same_entry(&one->entries[i], &other->entries[i], &at))
            different(&one->entries[i], &other->entries[i], at);
    }
    if (other->lacks[0]) absent(other->lacks);
    if (one->count != other->count)
        different(least < one->count ? &one->entries[least] : NULL,
                  least < other->count ? &other->entries[least] : NULL, 0);
    /* A call that both refuse is none that this program is meant to make. */
    if (!one->is_whole) differ("refused by both", &one->entries[one->count - 1], NULL, 0);
}

void on_both(struct dice *dice, void (*run)(struct dice *dice))
{
    struct dice again = *dice;

    run_side(0, dice, run);
    run_side(1, &again, run);
    compare();
}

void on_one(unsigned int number, struct dice *dice, void (*run)(struct dice *dice))
{
    const struct log *log = &logs[number];
    const struct entry *last;

    run_side(number, dice, run);
    if (number && log->lacks[0]) absent(log->lacks);
    if (log->lacks[0]) missing();
    if (log->is_whole) return;
    last = log->count ? &log->entries[log->count - 1] : NULL;
    different(number ? NULL : last, number ? last : NULL, 0);
    end_trial();
}

/* ---- trials ---- */

static const struct { const struct kind *kinds; const size_t *count; } families[] =
{
    { hash_kinds, &hash_kind_count }, { cipher_kinds, &cipher_kind_count },
    { kdf_kinds, &kdf_kind_count }, { pair_kinds, &pair_kind_count },
    { quantum_kinds, &quantum_kind_count }, { property_kinds, &property_kind_count },
};
static const char *only;                       /* the one kind that is tried */
static long trial_most = -1;                    /* of a single trial */

static const struct kind *kind_at(size_t number)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(families) && number >= *families[i].count; i++)
        number -= *families[i].count;
    return i < ARRAY_SIZE(families) ? &families[i].kinds[number] : NULL;
}

static const struct kind *kind_named(const char *name)
{
    const struct kind *kind;
    size_t i;

    for (i = 0; (kind = kind_at(i)) && strcmp(kind->name, name); i++) {}
    return kind;
}

static bool makes_keys;

static ULONG weight_of(const struct kind *kind)
{
    return kind->weight ? kind->weight : makes_keys ? 5 : 0;
}

static const struct kind *kind_of(uint64_t seed)
{
    struct dice dice = { ~seed, 0 };
    const struct kind *kind;
    ULONG all = 0, number;
    size_t i;

    if (only) return kind_named(only);
    for (i = 0; (kind = kind_at(i)); i++) all += weight_of(kind);
    number = dice_below(&dice, all);
    for (i = 0; (kind = kind_at(i)) && number >= weight_of(kind); i++) number -= weight_of(kind);
    return kind;
}

/* False if the two differ, and `difference` says in what. */
static bool try_it(const struct kind *kind, uint64_t seed, ULONG most)
{
    struct dice dice = { seed, most };

    subject[0] = more[0] = difference[0] = 0;
    current = kind;
    if (!__builtin_setjmp(trial_ended))
    {
        if (kind->each) on_both(&dice, kind->each);
        else kind->run(&dice);
    }
    own = NULL;
    return !difference[0];
}

/* The least length of texts with which they still differ; or, if that was about what no seed can
 * make again, what was found at first. */
static ULONG least_text(const struct kind *kind, uint64_t seed)
{
    static char first[3][sizeof(more)];
    ULONG most = 0;

    snprintf(first[0], sizeof(first[0]), "%s", subject);
    snprintf(first[1], sizeof(first[1]), "%s", more);
    snprintf(first[2], sizeof(first[2]), "%s", difference);
    while (most < TEXT_MOST && try_it(kind, seed, most)) most = most < 300 ? most + 1 : most + 50;
    if (!try_it(kind, seed, most)) return most;
    snprintf(subject, sizeof(subject), "%.*s", (int)sizeof(subject) - 1, first[0]);
    snprintf(more, sizeof(more), "%s", first[1]);
    snprintf(difference, sizeof(difference), "%.*s", (int)sizeof(difference) - 1, first[2]);
    return TEXT_MOST;
}

static void report(const struct kind *kind, uint64_t seed)
{
    ULONG most = least_text(kind, seed);

    printf("differ: %s: %s%s\n%s\nagain: differ %s %s --trial %s %#llx %lu\n", kind->name, subject,
           more, difference, sides[0].name, sides[1].name, kind->name, (unsigned long long)seed,
           most);
}

/* With --all each place is reported once. */
static struct { const struct kind *kind; char subject[100], what[100]; } reported[200];
static size_t reported_count;
static bool reports_all;

static bool is_reported(const struct kind *kind)
{
    size_t i, length = strcspn(difference, ":");

    for (i = 0; i < reported_count; i++)
    {
        if (reported[i].kind == kind && !strncmp(reported[i].subject, subject, 99) &&
            !strncmp(reported[i].what, difference, length))
            return true;
    }
    if (i == ARRAY_SIZE(reported)) return true;
    reported[i].kind = kind;
    snprintf(reported[i].subject, sizeof(reported[i].subject), "%s", subject);
    snprintf(reported[i].what, sizeof(reported[i].what), "%s", difference);
    reported_count++;
    return false;
}

static double now(void)
{
    LARGE_INTEGER count, frequency;

    QueryPerformanceCounter(&count);
    QueryPerformanceFrequency(&frequency);
    return (double)count.QuadPart / (double)frequency.QuadPart;
}

static void close_run(unsigned long long trials, double seconds)
{
    unsigned long long not_there = 0;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(absences) && absences[i].count; i++)
    {
        printf("%s%s", i ? ", " : "differ: not there: ", absences[i].name);
        not_there += absences[i].count;
    }
    if (i) printf("\n");
    for (i = 0; i < wine_difference_count; i++)
    {
        if (wine_differences[i].seen)
            printf("differ: known, %llu times: %s\n", wine_differences[i].seen,
                   wine_differences[i].does);
    }
    printf("differ: %llu trials with %llu calls, %zu differ, %llu known differences, %llu trials "
           "of what is "
           "not there; %.1f million calls an hour\n",
           trials, calls, reported_count, known_trials, not_there,
           (double)calls / seconds * 3600 / 1e6);
}

/* `most` trials, or as many as there is time for. */
static int run_trials(uint64_t seed, unsigned int seconds, unsigned long long most)
{
    double begin = now(), end = begin + seconds;
    unsigned long long trials = 0;

    printf("differ: %s and %s, seed %#llx\n", sides[0].name, sides[1].name,
           (unsigned long long)seed);
    do
    {
        const struct kind *kind = kind_of(seed);

        if (says_all)
            fprintf(stderr, "--trial %s %#llx %u\n", kind->name, (unsigned long long)seed,
                    TEXT_MOST);
        if (!try_it(kind, seed, TEXT_MOST) && !(reports_all && is_reported(kind)))
        {
            report(kind, seed);
            if (!reports_all) return 1;
        }
        trials++;
        seed++;
    } while (most ? trials < most : trials % 16 || now() < end);
    close_run(trials, now() - begin);
    return reported_count > 0;
}

/* ---- the program ---- */

static bool load(struct side *side, const char *path)
{
    /* With a path, what the DLL itself needs is beside it or the system's. */
    HMODULE module =
        LoadLibraryExA(path, NULL, strpbrk(path, "\\/") ? LOAD_WITH_ALTERED_SEARCH_PATH : 0);

    side->name = path;
    if (!module)
    {
        fprintf(stderr, "differ: cannot load %s: error %lu\n", path, GetLastError());
        return false;
    }
#define SIDE_BIND(function)                                                                        \
    side->function = (__typeof__(&function))(void *)GetProcAddress(module, #function);
    CNG_FUNCTIONS(SIDE_BIND)
#undef SIDE_BIND
    return true;
}

static int list_known(void)
{
    size_t i;

    for (i = 0; i < wine_difference_count; i++)
    {
        const struct known *known = &wine_differences[i];

        printf("Wine %u-", known->first);
        if (known->last) printf("%u", known->last);
        printf(": %s, %s, %s: %s\n", known->kind, known->subject, known->what, known->does);
    }
    return 0;
}

static int usage(void)
{
    fputs("usage: differ OURS OTHER [--seconds N | --trials N] [--seed N] [--only KIND] [--all] "
          "[--say] [--new-keys]\n              [--known wine-N]\n"
          "       differ OURS OTHER --trial KIND SEED MOST [--known wine-N]\n"
          "       differ --list-known\n",
          stderr);
    return 2;
}

/* All that a side did in the last part of a trial. */
static void print_log(unsigned int number)
{
    const struct log *log = &logs[number];
    char said[100];
    ULONG i, at;

    for (i = 0; i < log->count; i++)
    {
        const struct entry *entry = &log->entries[i];

        describe(said, sizeof(said), entry, entry->number);
        printf("%s: %s: %s", sides[number].name, entry->what, said);
        for (at = 0; entry->bytes && at < entry->number && at < 64; at++)
            printf("%s%02x", at ? "" : ": ", entry->bytes[at]);
        printf("\n");
    }
    if (log->lacks[0]) printf("%s: not there: %s\n", sides[number].name, log->lacks);
}

static int one_trial(const struct kind *kind, uint64_t seed, ULONG most)
{
    bool same = try_it(kind, seed, most);

    print_log(0);
    print_log(1);
    printf("%s: %s%s: %s\n", kind->name, subject, more, same ? "no difference" : difference);
    return !same;
}

int main(int count, char **arguments)
{
    uint64_t seed = 1;
    unsigned long long trials = 0;
    unsigned int seconds = 5;
    int i;

    if (count == 2 && !strcmp(arguments[1], "--list-known")) return list_known();
    if (count < 3) return usage();
    setvbuf(stdout, NULL, _IOFBF, 4096);
    if (!load(&sides[0], arguments[1]) || !load(&sides[1], arguments[2])) return 2;
    SetUnhandledExceptionFilter(crashed);
    for (i = 3; i < count; i++)
    {
        bool has_one = i + 1 < count;

        if (has_one && !strcmp(arguments[i], "--seconds"))
            seconds = (unsigned int)atoi(arguments[++i]);
        else if (has_one && !strcmp(arguments[i], "--trials"))
            trials = strtoull(arguments[++i], NULL, 0);
        else if (has_one && !strcmp(arguments[i], "--seed"))
            seed = strtoull(arguments[++i], NULL, 0);
        else if (has_one && !strcmp(arguments[i], "--only") && kind_named(arguments[i + 1]))
            only = arguments[++i];
        else if (has_one && !strcmp(arguments[i], "--known"))
            knows_wine = sscanf(arguments[++i], "wine-%u", &peer_version) == 1;
        else if (!strcmp(arguments[i], "--say")) says_all = true;
        else if (!strcmp(arguments[i], "--new-keys")) makes_keys = true;
        else if (!strcmp(arguments[i], "--all")) reports_all = true;
        else if (i + 3 < count && !strcmp(arguments[i], "--trial") && kind_named(arguments[i + 1]))
        {
            only = arguments[i + 1];
            seed = strtoull(arguments[i + 2], NULL, 0);
            trial_most = strtol(arguments[i + 3], NULL, 0);
            i += 3;
        }
        else return usage();
    }
    return trial_most < 0 ? run_trials(seed, seconds, trials) :
                            one_trial(kind_named(only), seed, (ULONG)trial_most);
}
