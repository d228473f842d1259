/*
 * trace_native.c - no debug log in the native build.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/trace.h"

bool trace_enabled;

void trace_attach(const char *name)
{
    (void)name;
}

void trace_write(const char *function, const char *format, ...)
{
    (void)function;
    (void)format;
}

const char *trace_string(const void *wide_string)
{
    (void)wide_string;
    return "";
}
