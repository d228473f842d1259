/*
 * config_journal.h - changes of whole keys, which take effect at once or not at all.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_CONFIG_JOURNAL_H
#define ROUTER_CONFIG_JOURNAL_H

#include "platform/base.h"

/* ---- writers ---- */

/* Keeps other writers out, and finishes what one of them that was killed left; STATUS_SUCCESS, or
 * what registry_writers_lock and the registry answer. */
NTSTATUS journal_begin(void **lock);
void journal_end(void *lock);

/* A new, empty key, in which a context or a provider is prepared. */
NTSTATUS journal_prepare(void **key);

/* Puts it in the place of what was below a root by that name; if nothing was prepared, nothing is
 * there afterwards. If this fails what was there stays. */
NTSTATUS journal_replace(LPCWSTR root, LPCWSTR name);

/* Throws it away. */
void journal_discard(void);

/* Deletes a key with all below it; takes NULL and closes it. */
NTSTATUS registry_delete_tree(void *key);

/* The same with one below another, or below HKEY_LOCAL_MACHINE, which need not be there. */
NTSTATUS registry_delete_below(void *parent, LPCWSTR path);

/* Deletes a key below HKEY_LOCAL_MACHINE and those above it, up to the one that all of this is in,
 * as far as they are empty; but not one of the name that is to stay, nor those above that. */
void registry_prune(LPCWSTR path, LPCWSTR stays);

/* ---- readers ---- */

/* The key to read below a root, which may be in the middle of its change. */
NTSTATUS journal_open(LPCWSTR root, LPCWSTR name, void **key);

/* The names below a root, as they are with all changes done. */
struct list;
NTSTATUS journal_names(LPCWSTR root, struct list *names);

/*
 * Several keys are not read in one moment. A reader notes the state before, and if it has moved on
 * afterwards, or a key was deleted under its hands, reads once more:
 *
 *     do journal_note(&state); while (status = read(...), journal_moved(&state, &status));
 *
 * The last time it keeps writers out, if it may. What is not known then is STATUS_NO_MEMORY.
 */
struct journal_state
{
    struct journal_marks
    {
        ULONGLONG time;                         /* when a change was last over */
        ULONGLONG change;                       /* the one that is going on; 0 if none is */
    } marks;
    NTSTATUS unknown;                           /* why they could not be read */
    int tries;                                  /* 0 before the first */
    void *lock;                                 /* while writers are kept out */
};
void journal_note(struct journal_state *state);
bool journal_moved(struct journal_state *state, NTSTATUS *status);

#endif
