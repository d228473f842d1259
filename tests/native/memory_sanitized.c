/*
 * memory_sanitized.c - memory.h on malloc, so that AddressSanitizer sees every block's bounds.
 *
 * platform/memory.c recycles blocks, which would hide a use after free from it.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/memory.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "platform/wipe.h"
#include "native.h"

static _Atomic intptr_t in_use;

void *memory_get(size_t bytes)
{
    void *memory;

    if (native_allocation_fails() || posix_memalign(&memory, MEMORY_ALIGNMENT, bytes ? bytes : 1))
        return NULL;
    in_use += (intptr_t)bytes;
    return memory;
}

void *memory_get_zeroed(size_t bytes)
{
    void *memory = memory_get(bytes);

    if (memory) memset(memory, 0, bytes);
    return memory;
}

void memory_put(void *memory, size_t bytes)
{
    if (!memory) return;
    wipe(memory, bytes);
    memory_put_clean(memory, bytes);
}

void memory_put_clean(void *memory, size_t bytes)
{
    if (!memory) return;
    in_use -= (intptr_t)bytes;
    free(memory);
}

void memory_thread_detach(void)
{
}

size_t memory_in_use(void)
{
    return (size_t)in_use;
}
