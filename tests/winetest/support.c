/*
 * support.c - what a Wine test program takes from Wine's own start-up library.
 *
 * SPDX-License-Identifier: MIT
 */
#include <string.h>

/* A copy of text that lives until some hundred more have been made: enough for one message. */
const char *__wine_dbg_strdup(const char *text);

const char *__wine_dbg_strdup(const char *text)
{
    static char copies[128][512];
    static volatile long next;
    char *copy = copies[__sync_fetch_and_add(&next, 1) & 127];

    strncpy(copy, text, sizeof(copies[0]) - 1);
    return copy;
}
