/*
 * conf.h - the parts of bcryptconfig.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef BCRYPTCONFIG_CONF_H
#define BCRYPTCONFIG_CONF_H

#define WIN32_LEAN_AND_MEAN
#define WIN32_NO_STATUS
#include <windows.h>
#undef WIN32_NO_STATUS
#include <ntstatus.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <bcrypt.h>
#include <bcrypt_provider.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define SCHANNEL_INTERFACE 0x00010002           /* of ncrypt.h: TLS cipher suites */
#define SSL_CONTEXT        L"SSL"

/* What the program ends with. */
enum { ENDED_WELL, ENDED_FAILED, ENDED_MISUSED };

/* ---- bcryptconfig.c ---- */

/* Which table it is about: CRYPT_LOCAL, or CRYPT_DOMAIN with --domain. */
extern ULONG table;

/* Nothing is changed, only said: --dry-run. Nor is it said while an import is tried first. */
extern bool dry_run, tried_only;

/* Wide text as UTF-8. */
void print(const WCHAR *text, FILE *to);
__attribute__((format(printf, 1, 2))) void complain(const char *format, ...);

/* The same about a place of a file: from 1 on; column 0 is none. */
void complain_at(const WCHAR *path, ULONG line, ULONG column, const char *what);

/* A line about what failed, with the status' name, on stderr; ENDED_FAILED. */
int failed(NTSTATUS status, const char *what, const WCHAR *name);
const char *status_name(NTSTATUS status);

void *need(size_t bytes);                       /* zeros; without memory the program ends */

/* ---- conf_names.c: lists of names, interfaces ---- */

/* A list of names. {0} is empty; names_free makes it so again. */
struct names
{
    ULONG count;
    WCHAR **names;
};
void names_free(struct names *names);

/* Whether it has one; place, which may be NULL, is where. */
bool names_has(const struct names *names, const WCHAR *name, ULONG *place);
bool names_has_caseless(const struct names *names, const WCHAR *name);

/* Puts one where a change would put it (BCryptAddContextFunction), STATUS_INVALID_PARAMETER if that
 * is beyond the end; takes one out, STATUS_NOT_FOUND. */
NTSTATUS names_place(struct names *names, const WCHAR *name, ULONG position);
NTSTATUS names_remove(struct names *names, const WCHAR *name);

/* Where a list is: that of the contexts has all NULL, that of functions no function. */
struct place
{
    const WCHAR *context, *function;
    ULONG interface_id;
};

/* The list of a place as bcrypt.dll has it, or as names_pretend said last, until names_forget.
 * STATUS_NOT_FOUND is an empty one. It is for names_free, whatever is answered. */
NTSTATUS names_at(const struct place *place, struct names *names);
void names_pretend(const struct place *place, const struct names *names);
void names_forget(void);
NTSTATUS names_of_providers(struct names *names);
NTSTATUS names_of_contexts(struct names *names);
NTSTATUS names_of_functions(const WCHAR *context, ULONG interface_id, struct names *names);
NTSTATUS names_of_function_providers(const WCHAR *context, ULONG interface_id,
                                     const WCHAR *function, struct names *names);

/* The interfaces that have a name, by number; false after the last. */
bool interface_at(size_t number, ULONG *interface_id, const char **name);
bool interface_read(const WCHAR *text, ULONG *interface_id);    /* a name, or a number */
const char *interface_name(ULONG interface_id);                 /* in memory that the next reuses */

bool number_read(const WCHAR *text, ULONG *number);

/* ---- conf_show.c: tables for people ---- */

int show_providers(void);
int show_contexts(void);
int show_functions(const WCHAR *context, const WCHAR *interface_text);

/* ---- conf_change.c: changes ---- */

/* Each looks whether it can be done, as far as that is known before, says what it does, and does it
 * unless dry_run is set. The first change of all is preceded by a backup. */
NTSTATUS change_register(const WCHAR *provider, CRYPT_PROVIDER_REG *registration);
NTSTATUS change_unregister(const WCHAR *provider);
NTSTATUS change_add_context(const WCHAR *context, ULONG flags);
NTSTATUS change_configure_context(const WCHAR *context, ULONG flags);
NTSTATUS change_remove_context(const WCHAR *context);
NTSTATUS change_add_function(const WCHAR *context, ULONG interface_id, const WCHAR *function,
                             ULONG position);
NTSTATUS change_remove_function(const WCHAR *context, ULONG interface_id, const WCHAR *function);
NTSTATUS change_configure_function(const WCHAR *context, ULONG interface_id, const WCHAR *function,
                                   ULONG flags);
NTSTATUS change_add_provider(const WCHAR *context, ULONG interface_id, const WCHAR *function,
                             const WCHAR *provider, ULONG position);
NTSTATUS change_remove_provider(const WCHAR *context, ULONG interface_id, const WCHAR *function,
                                const WCHAR *provider);
NTSTATUS change_property(const WCHAR *context, ULONG interface_id, const WCHAR *function,
                         const WCHAR *property, UCHAR *value, ULONG bytes);
extern ULONG changes;                           /* how many there were, or would be */

/* Whether a function's key has a value of that name for itself: no property can be called so. */
bool is_taken(const WCHAR *property);

/* ---- conf_export.c, conf_text.c: the configuration as a text ---- */

int text_export(const WCHAR *path);             /* NULL: to stdout */
int text_import(const WCHAR *path);

/* ---- conf_words.c: lines of words ---- */

/* A word of a line: as it is, or in quotes, where a quote stands twice. */
void word_write(const WCHAR *word, FILE *to);

/* Cuts a line into words, in place; a # ends it. -1 if there are more than room, or a quote has no
 * end: that is at *wrong, which may be NULL. */
int words_read(WCHAR *line, WCHAR **words, int room, WCHAR **wrong);

/* The next line of a text in memory, which is taken apart; NULL after the last. */
WCHAR *line_next(WCHAR **at);

/* A whole file of UTF-8, for free; NULL, with a line about it. */
WCHAR *text_read(const WCHAR *path);

/* A file that is written beside its place and put there whole, or not at all. */
struct output
{
    FILE *file;
    WCHAR path[MAX_PATH], unfinished[MAX_PATH];
};
bool output_open(struct output *output, const WCHAR *path);
bool output_close(struct output *output);

/* ---- conf_backup.c: what was there before ---- */

/* Keeps the registry's part that CNG's configuration is, before it is changed. */
bool backup_write(void);

/* Whether this user may change the configuration: STATUS_SUCCESS or STATUS_ACCESS_DENIED. */
NTSTATUS backup_access(void);

/* Whether the registry has a value, or with NULL the key, below one of the configuration's roots:
 * what is not set is by default. */
bool backup_is_set(const struct place *place, const WCHAR *value);
bool backup_is_registered(const WCHAR *provider);

/* The names of the values that a function's key has. */
void backup_value_names(const struct place *place, struct names *names);

/* Throws the last backup away if nothing has changed since. */
void backup_unless_changed(void);

/* Puts the newest backup back, or the first of all, exactly. */
int backup_restore(bool first);

#endif
