/*
 * bcryptconfig.c - CNG's configuration for people: shown, changed, written down and put back.
 *
 * It goes through the exports of bcrypt.dll, and looks into the registry only to keep what was
 * there (conf_backup.c).
 *
 * SPDX-License-Identifier: MIT
 */

#include "conf.h"

#include <fcntl.h>
#include <io.h>
#include <stdarg.h>

ULONG table = CRYPT_LOCAL;
bool dry_run, tried_only;

static const char usage[] =
    "usage: bcryptconfig [--dry-run] [--domain] COMMAND\n"
    "\n"
    "  providers                                      registered providers and what they have\n"
    "  contexts                                       contexts\n"
    "  functions [CONTEXT [INTERFACE]]                functions best first, with their providers\n"
    "  suites                                         TLS cipher suites best first\n"
    "\n"
    "  add context CONTEXT\n"
    "  add function CONTEXT INTERFACE FUNCTION [POSITION]\n"
    "  add provider CONTEXT INTERFACE FUNCTION PROVIDER [POSITION]\n"
    "  add suite SUITE [POSITION]                     what is there already is moved\n"
    "  remove context CONTEXT\n"
    "  remove function CONTEXT INTERFACE FUNCTION\n"
    "  remove provider CONTEXT INTERFACE FUNCTION PROVIDER\n"
    "  remove suite SUITE\n"
    "  unregister PROVIDER\n"
    "\n"
    "  export [FILE]                                  writes it all down as a text\n"
    "  import FILE                                    makes it as such a text says\n"
    "  restore [--first]                              undoes the last change, or all of them\n"
    "\n"
    "POSITION is top, bottom (which it is without one) or a number: 0 is the top. INTERFACE is\n"
    "cipher, hash, asymmetric, agreement, signature, random, derivation, encapsulation,\n"
    "key-storage, schannel, schannel-signature, key-protection or a number. --dry-run says what\n"
    "would be changed; --domain is about the table of policies. Ends with 0, 1 (it failed) or 2\n"
    "(it was misused).\n";

void print(const WCHAR *text, FILE *to)
{
    int bytes = WideCharToMultiByte(CP_UTF8, 0, text, -1, NULL, 0, NULL, NULL);
    char *narrow = need((size_t)bytes + 1);

    WideCharToMultiByte(CP_UTF8, 0, text, -1, narrow, bytes, NULL, NULL);
    fputs(narrow, to);
    free(narrow);
}

void complain(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fprintf(stderr, "bcryptconfig: ");
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n");
    va_end(arguments);
}

void complain_at(const WCHAR *path, ULONG line, ULONG column, const char *what)
{
    fprintf(stderr, "bcryptconfig: ");
    print(path, stderr);
    fprintf(stderr, ", line %lu", (unsigned long)line);
    if (column) fprintf(stderr, ", column %lu", (unsigned long)column);
    fprintf(stderr, ": %s\n", what);
}

const char *status_name(NTSTATUS status)
{
    static const struct { NTSTATUS status; const char *name; } names[] =
    {
        { STATUS_NOT_FOUND,             "STATUS_NOT_FOUND: there is none" },
        { STATUS_INVALID_PARAMETER,     "STATUS_INVALID_PARAMETER" },
        { STATUS_ACCESS_DENIED,         "STATUS_ACCESS_DENIED: only an administrator may" },
        { STATUS_OBJECT_NAME_COLLISION, "STATUS_OBJECT_NAME_COLLISION: there is one" },
        { STATUS_NO_MEMORY,             "STATUS_NO_MEMORY" },
        { STATUS_BUFFER_TOO_SMALL,      "STATUS_BUFFER_TOO_SMALL" },
        { STATUS_NOT_SUPPORTED,         "STATUS_NOT_SUPPORTED" },
        { STATUS_NOT_IMPLEMENTED,       "STATUS_NOT_IMPLEMENTED: this bcrypt.dll cannot do it" },
        { STATUS_IO_TIMEOUT,            "STATUS_IO_TIMEOUT: another program is changing it" },
    };
    static char number[24];
    size_t i;

    for (i = 0; i < ARRAY_SIZE(names); i++)
    {
        if (names[i].status == status) return names[i].name;
    }
    snprintf(number, sizeof(number), "status %#lx", (unsigned long)status);
    return number;
}

int failed(NTSTATUS status, const char *what, const WCHAR *name)
{
    fprintf(stderr, "bcryptconfig: %s", what);
    if (name)
    {
        fputs(" ", stderr);
        print(name, stderr);
    }
    fprintf(stderr, ": %s\n", status_name(status));
    return ENDED_FAILED;
}

void *need(size_t bytes)
{
    void *memory = calloc(1, bytes ? bytes : 1);

    if (memory) return memory;
    complain("not enough memory");
    exit(ENDED_FAILED);
}

/* ---- commands ---- */

static int misused(const char *why, const WCHAR *word)
{
    fprintf(stderr, "bcryptconfig: %s", why);
    if (word)
    {
        fputs(": ", stderr);
        print(word, stderr);
    }
    fprintf(stderr, " (bcryptconfig --help)\n");
    return ENDED_MISUSED;
}

static bool is(const WCHAR *word, const char *wanted)
{
    while (*word && *wanted && *word == (WCHAR)*wanted) word++, wanted++;
    return !*word && !*wanted;
}

static bool position_read(const WCHAR *word, ULONG *position)
{
    *position = is(word, "top") ? CRYPT_PRIORITY_TOP : CRYPT_PRIORITY_BOTTOM;
    return is(word, "top") || is(word, "bottom") || number_read(word, position);
}

/* What the words behind "add" or "remove" are about. */
struct target
{
    const WCHAR *context, *function, *provider;
    ULONG interface_id, position;
};

/* The kinds of targets, and which words name one: c(ontext) i(nterface) f(unction) p(rovider). */
static const struct { const char *name, *words; } kinds[] =
{
    { "context", "c" }, { "function", "cif" }, { "provider", "cifp" }, { "suite", "f" },
};
enum { A_CONTEXT, A_FUNCTION, A_PROVIDER, A_SUITE, NO_KIND };

static int target_read(int count, WCHAR **words, bool add, size_t *kind, struct target *target)
{
    const char *word;
    int taken = 1;

    *target = (struct target){ SSL_CONTEXT, NULL, NULL, SCHANNEL_INTERFACE, CRYPT_PRIORITY_BOTTOM };
    if (!count) return misused("what is to be changed?", NULL);
    for (*kind = 0; *kind < NO_KIND && !is(words[0], kinds[*kind].name); ++*kind) {}
    if (*kind == NO_KIND) return misused("no such kind of thing", words[0]);

    for (word = kinds[*kind].words; *word; word++, taken++)
    {
        if (taken >= count) return misused("a word is missing behind", words[count - 1]);
        switch (*word)
        {
        case 'c': target->context = words[taken]; break;
        case 'f': target->function = words[taken]; break;
        case 'p': target->provider = words[taken]; break;
        case 'i':
            if (!interface_read(words[taken], &target->interface_id))
                return misused("no such interface", words[taken]);
        }
    }
    if (add && *kind != A_CONTEXT && taken < count && !position_read(words[taken++],
                                                                   &target->position))
        return misused("no position", words[taken - 1]);
    return taken < count ? misused("a word too many", words[taken]) : ENDED_WELL;
}

static int command_add(int count, WCHAR **words)
{
    struct target target;
    NTSTATUS status;
    size_t kind;
    int ended = target_read(count, words, true, &kind, &target);

    if (ended) return ended;
    if (kind == A_CONTEXT) status = change_add_context(target.context, 0);
    else if (kind == A_PROVIDER)
        status = change_add_provider(target.context, target.interface_id, target.function,
                                     target.provider, target.position);
    else status = change_add_function(target.context, target.interface_id, target.function,
                                      target.position);
    return status ? failed(status, "cannot add", words[count - 1]) : ENDED_WELL;
}

static int command_remove(int count, WCHAR **words)
{
    struct target target;
    NTSTATUS status;
    size_t kind;
    int ended = target_read(count, words, false, &kind, &target);

    if (ended) return ended;
    if (kind == A_CONTEXT) status = change_remove_context(target.context);
    else if (kind == A_PROVIDER)
        status = change_remove_provider(target.context, target.interface_id, target.function,
                                        target.provider);
    else status = change_remove_function(target.context, target.interface_id, target.function);
    return status ? failed(status, "cannot remove", words[count - 1]) : ENDED_WELL;
}

static int command_unregister(int count, WCHAR **words)
{
    NTSTATUS status;

    (void)count;
    status = change_unregister(words[0]);
    return status ? failed(status, "cannot unregister", words[0]) : ENDED_WELL;
}

static int command_providers(int count, WCHAR **words)
{
    (void)count, (void)words;
    return show_providers();
}

static int command_contexts(int count, WCHAR **words)
{
    (void)count, (void)words;
    return show_contexts();
}

static int command_functions(int count, WCHAR **words)
{
    return show_functions(count > 0 ? words[0] : NULL, count > 1 ? words[1] : NULL);
}

static int command_suites(int count, WCHAR **words)
{
    (void)count, (void)words;
    return show_functions(SSL_CONTEXT, L"schannel");
}

static int command_export(int count, WCHAR **words)
{
    return text_export(count ? words[0] : NULL);
}

static int command_import(int count, WCHAR **words)
{
    (void)count;
    return text_import(words[0]);
}

static int command_restore(int count, WCHAR **words)
{
    if (count && !is(words[0], "--first")) return misused("unknown option", words[0]);
    return backup_restore(count != 0);
}

static const struct
{
    const char *name;
    int (*run)(int count, WCHAR **words);
    int least, most;                            /* words behind it */
} commands[] =
{
    { "providers",  command_providers,  0, 0 },
    { "contexts",   command_contexts,   0, 0 },
    { "functions",  command_functions,  0, 2 },
    { "suites",     command_suites,     0, 0 },
    { "add",        command_add,        0, 9 },
    { "remove",     command_remove,     0, 9 },
    { "unregister", command_unregister, 1, 1 },
    { "export",     command_export,     0, 1 },
    { "import",     command_import,     1, 1 },
    { "restore",    command_restore,    0, 1 },
};

int wmain(int argc, WCHAR **argv);             /* no header has it */
int wmain(int argc, WCHAR **argv)
{
    WCHAR **words = argv + 1;
    int count = argc - 1, ended;
    size_t i;

    for (; count && words[0][0] == '-'; count--, words++)
    {
        if (is(words[0], "--dry-run")) dry_run = true;
        else if (is(words[0], "--domain")) table = CRYPT_DOMAIN;
        else if (is(words[0], "--help") || is(words[0], "-h"))
        {
            fputs(usage, stdout);
            return ENDED_WELL;
        }
        else return misused("unknown option", words[0]);
    }
    if (!count)
    {
        fputs(usage, stderr);
        return ENDED_MISUSED;
    }
    for (i = 0; i < ARRAY_SIZE(commands) && !is(words[0], commands[i].name); i++) {}
    if (i == ARRAY_SIZE(commands)) return misused("no such command", words[0]);
    if (count - 1 < commands[i].least) return misused("a word is missing behind", words[0]);
    if (count - 1 > commands[i].most)
        return misused("a word too many", words[commands[i].most + 1]);

    SetConsoleOutputCP(CP_UTF8);
    ended = commands[i].run(count - 1, words + 1);
    backup_unless_changed();
    return ended;
}
