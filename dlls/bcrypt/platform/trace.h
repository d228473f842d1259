/*
 * trace.h - the debug log: WINEDEBUG=+bcrypt, +ncrypt.
 *
 * Traces carry handles, lengths, flags and names; never the bytes of a key or of a message.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PLATFORM_TRACE_H
#define PLATFORM_TRACE_H

#include <stdbool.h>

extern bool trace_enabled;

/* Finds Wine's debug channel of that name, if this is Wine; called when the DLL is loaded. */
void trace_attach(const char *name);

void trace_write(const char *function, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A name as a trace shows it; good until a few calls later. */
const char *trace_string(const void *wide_string);

#define TRACE(...) \
    do { if (__builtin_expect(trace_enabled, 0)) trace_write(__func__, __VA_ARGS__); } while (0)

#endif
