/*
 * memory.h - memory for objects that hold secrets: quick to get, wiped when put back.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PLATFORM_MEMORY_H
#define PLATFORM_MEMORY_H

#include <stddef.h>

#define MEMORY_ALIGNMENT 64

/* At least `bytes` bytes, aligned to MEMORY_ALIGNMENT, contents undefined; NULL if there are none.
 * Up to 4096 bytes it comes from a list that the thread has for itself. */
void *memory_get(size_t bytes);

/* memory_get, and zeroed. */
void *memory_get_zeroed(size_t bytes);

/* Wipes and gives back what memory_get(bytes) gave; takes NULL. The size must be the same. */
void memory_put(void *memory, size_t bytes);

/* memory_put of what its user has wiped already. */
void memory_put_clean(void *memory, size_t bytes);

/* The same for callers that do not know the size when they free (libcrypto), but aligned to 16. */
void *memory_alloc(size_t bytes);
void *memory_realloc(void *memory, size_t bytes);
void memory_free(void *memory);

/* Gives a thread's lists to the others; called before the thread ends. */
void memory_thread_detach(void);

/* Bytes that have been got and not put back yet, over all threads; up to 4096 bytes a whole block
 * counts. For tests; exact only while no other thread is at work. */
size_t memory_in_use(void);

#endif
