/*
 * memory_sized.c - memory for callers that do not know its size when they free it.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/memory.h"

#include <stdint.h>
#include <string.h>

/* memory_get and the size in front of it, at the alignment that malloc promises. */
#define HEADER_BYTES 16

void *memory_alloc(size_t bytes)
{
    char *memory;

    if (bytes + HEADER_BYTES < bytes || !(memory = memory_get(bytes + HEADER_BYTES))) return NULL;
    memcpy(memory, &bytes, sizeof(bytes));
    return memory + HEADER_BYTES;
}

void memory_free(void *memory)
{
    size_t bytes;

    if (!memory) return;
    memcpy(&bytes, (char *)memory - HEADER_BYTES, sizeof(bytes));
    memory_put((char *)memory - HEADER_BYTES, bytes + HEADER_BYTES);
}

void *memory_realloc(void *memory, size_t bytes)
{
    size_t old_bytes;
    void *larger;

    if (!memory) return memory_alloc(bytes);
    if (!bytes)
    {
        memory_free(memory);
        return NULL;
    }
    memcpy(&old_bytes, (char *)memory - HEADER_BYTES, sizeof(old_bytes));
    if (!(larger = memory_alloc(bytes))) return NULL;
    memcpy(larger, memory, old_bytes < bytes ? old_bytes : bytes);
    memory_free(memory);
    return larger;
}
