/*
 * trace_windows.c - the debug log, through Wine's debug channels where ntdll offers them.
 *
 * Wine's ntdll exports __wine_dbg_get_channel_flags, __wine_dbg_header and __wine_dbg_output; on
 * Windows they are missing and nothing is ever written.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/base.h"
#include "platform/trace.h"

#include <stdarg.h>
#include <stdio.h>

#define CLASS_TRACE 3                           /* __WINE_DBCL_TRACE */

struct debug_channel
{
    unsigned char flags;                        /* one bit a class */
    char name[15];
};

typedef unsigned char (__cdecl *get_channel_flags_fn)(struct debug_channel *);
typedef int (__cdecl *header_fn)(int, struct debug_channel *, const char *);
typedef int (__cdecl *output_fn)(const char *);

bool trace_enabled;

static struct debug_channel channel = { 0xff, "" };
static header_fn write_header;
static output_fn write_output;

void trace_attach(const char *name)
{
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
    get_channel_flags_fn get_flags;

    strncpy(channel.name, name, sizeof(channel.name) - 1);
    if (!ntdll) return;
    get_flags = (get_channel_flags_fn)(void *)GetProcAddress(ntdll, "__wine_dbg_get_channel_flags");
    if (!get_flags) return;
    write_header = (header_fn)(void *)GetProcAddress(ntdll, "__wine_dbg_header");
    write_output = (output_fn)(void *)GetProcAddress(ntdll, "__wine_dbg_output");
    if (write_header && write_output) trace_enabled = get_flags(&channel) >> CLASS_TRACE & 1;
}

void trace_write(const char *function, const char *format, ...)
{
    char line[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof(line) - 1, format, arguments);
    va_end(arguments);
    line[sizeof(line) - 1] = 0;

    if (write_header(CLASS_TRACE, &channel, function) != -1) write_output(line);
}

const char *trace_string(const void *wide_string)
{
    static char strings[16][80];
    static _Atomic unsigned int used;
    const WCHAR *wide = wide_string;
    char *string = strings[used++ % ARRAY_SIZE(strings)];
    size_t i;

    if (!wide) return "(null)";
    if ((ULONG_PTR)wide < 0x10000) return "(bad)";
    string[0] = '"';
    for (i = 0; wide[i] && i < 76; i++)
    {
        string[i + 1] = wide[i] >= ' ' && wide[i] < 127 ? (char)wide[i] : '?';
    }
    string[i + 1] = '"';
    string[i + 2] = 0;
    return string;
}
