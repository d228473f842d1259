/*
 * lc_status.c - libcrypto as a whole: making it ready, ending it, its errors.
 *
 * SPDX-License-Identifier: MIT
 */

#include "crypto/common/lc.h"

#include <stdatomic.h>

#include <openssl/crypto.h>
#include <openssl/err.h>

#include "crypto/random/random.h"
#include "platform/memory.h"
#include "platform/platform.h"
#include "platform/trace.h"

static struct platform_lock lock;
static _Atomic bool ready;

static _Atomic unsigned int memory_failures;

static void *given(void *memory)
{
    if (!memory) atomic_fetch_add(&memory_failures, 1);
    return memory;
}

static void *allocate(size_t bytes, const char *file, int line)
{
    (void)file, (void)line;
    return bytes ? given(memory_alloc(bytes)) : NULL;
}

static void *reallocate(void *memory, size_t bytes, const char *file, int line)
{
    (void)file, (void)line;
    return given(memory_realloc(memory, bytes));
}

static void release(void *memory, const char *file, int line)
{
    (void)file, (void)line;
    memory_free(memory);
}

/* The lock is held. */
static NTSTATUS make_ready(void)
{
    CRYPTO_set_mem_functions(allocate, reallocate, release); /* fails if it has allocated already */
    if (OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT | OPENSSL_INIT_NO_LOAD_CONFIG |
                            OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS, NULL) != 1)
    {
        return STATUS_NO_MEMORY;
    }
    lc_random_install();
    return STATUS_SUCCESS;
}

NTSTATUS lc_ready(void)
{
    NTSTATUS status = STATUS_SUCCESS;

    if (__builtin_expect(atomic_load_explicit(&ready, memory_order_acquire), 1))
        return STATUS_SUCCESS;

    platform_lock_acquire(&lock);
    if (!atomic_load_explicit(&ready, memory_order_relaxed) && !(status = make_ready()))
    {
        atomic_store_explicit(&ready, true, memory_order_release);
    }
    platform_lock_release(&lock);
    return status;
}

void lc_detach(void)
{
    if (atomic_exchange(&ready, false)) OPENSSL_cleanup();
}

/* The allocation that failed is the oldest error, under those of its callers; without the memory
 * for an error there is none at all. */
NTSTATUS lc_status(const char *function)
{
    unsigned long error, last = 0;
    bool no_memory = false;

    while ((error = ERR_get_error()))
    {
        last = error;
        if (ERR_GET_REASON(error) == ERR_R_MALLOC_FAILURE) no_memory = true;
    }
    TRACE("%s failed with %#lx\n", function, last);
    return no_memory || !last ? STATUS_NO_MEMORY : STATUS_INTERNAL_ERROR;
}

unsigned int lc_memory_failures(void)
{
    return atomic_load(&memory_failures);
}

void lc_forget_errors(void)
{
    ERR_clear_error();
}
