/*
 * config_state.h - the configuration as the exports tell it, and the registry as it is.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef NATIVE_CONFIG_STATE_H
#define NATIVE_CONFIG_STATE_H

#include "platform/base.h"

/*
 * All registered providers, contexts of both tables, their functions, providers, flags and the
 * properties that are called `property`, one line each; for free(). Whatever the registry holds,
 * every answer must be one block that its pointers do not leave, the same in a buffer of the
 * caller's; an answer of another status than those of the documentation ends the program.
 */
char *config_state(LPCWSTR property);

/* How many functions of an interface are asked about, beyond their names. */
extern unsigned int config_state_most;

/* The interfaces whose functions are asked about, a bit each of those that config_state.c names. */
extern unsigned int config_state_interfaces;

/* Only blocks of the DLL's are asked for, not sizes and buffers. */
extern bool config_state_blocks_only;

/* All keys and values below Cryptography and the policies, one line each; for free(). */
char *registry_state(void);

/* The calls of registry.h since this was set to 0: reading ones, writing ones, and all. */
extern int registry_reads, registry_writes, registry_calls;

/* The n-th writing call from now on fails (0: none); or it does and nothing is written any more, as
 * if the process had been killed before it. */
extern int registry_fails_at;
extern bool registry_killed_then;

/* The n-th reading call from now on (0: none), or it and all after it, answers that status. */
extern int registry_read_fails_at;
extern bool registry_unread_then;
extern NTSTATUS registry_read_fails_with;

#endif
