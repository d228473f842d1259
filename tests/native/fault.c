/*
 * fault.c - what fault.h says.
 *
 * SPDX-License-Identifier: MIT
 */

#include "fault.h"

#include <stdio.h>
#include <stdlib.h>

#include <openssl/err.h>

#include "config_state.h"
#include "crypto/random/random.h"
#include "native.h"
#include "platform/memory.h"
#include "platform/platform.h"
#include "router/providers.h"

#define UNTOUCHED ((void *)(uintptr_t)0xdeadbeef)
#define MARK 0xcc

unsigned long fault_count;

enum kind { ALLOCATION, ALLOCATIONS, ENTROPY, LIBCRYPTO, REGISTRY, REGISTRY_CALLS, KINDS };

static const struct
{
    const char *name;
    _Atomic long *after;
    bool once;
} kinds[] =
{
    [ALLOCATION]  = { "allocation alone",       &native_fail_after,           true  },
    [ALLOCATIONS] = { "allocation and the rest", &native_fail_after,          false },
    [ENTROPY]     = { "entropy",                &native_entropy_fail_after,   false },
    [LIBCRYPTO]   = { "libcrypto",              &native_libcrypto_fail_after, true  },
    [REGISTRY]       = { "registry alone",        &native_registry_fail_after, true  },
    [REGISTRY_CALLS] = { "registry and the rest", &native_registry_fail_after, false },
};

static struct scene scene, reference;
static char doing[200];

void fault_must(NTSTATUS status)
{
    ck_assert_msg(!status, "%s: %#x when nothing fails", doing, (unsigned int)status);
}

static void describe(const struct subject *subject, const struct call *call, const char *kind,
                     long number)
{
    char id[64], name[64];
    size_t i;

    for (i = 0; i < 63 && subject->id && subject->id[i]; i++) id[i] = (char)subject->id[i];
    id[i] = 0;
    for (i = 0; i < 63 && subject->name && subject->name[i]; i++) name[i] = (char)subject->name[i];
    name[i] = 0;
    snprintf(doing, sizeof(doing), "%s of %s %s, %s %ld", call->name, id, name, kind, number);
}

static void end_made(enum makes makes)
{
    if (scene.made == UNTOUCHED) return;
    switch (makes)
    {
    case NOTHING: break;
    case AN_ALGORITHM: fault_must(BCryptCloseAlgorithmProvider(scene.made, 0)); break;
    case A_KEY: fault_must(BCryptDestroyKey(scene.made)); break;
    case A_HASH: fault_must(BCryptDestroyHash(scene.made)); break;
    case A_SECRET: fault_must(BCryptDestroySecret(scene.made)); break;
    case A_BUFFER: BCryptFreeBuffer(scene.made); break;
    case AN_EVENT: fault_must(BCryptUnregisterConfigChangeNotify(scene.made)); break;
    }
}

/* As for a thread that begins: the next random numbers take a seed. */
static void end_generator(void)
{
    random_thread_detach(platform_thread_get(THREAD_SLOT_RANDOM));
    platform_thread_set(THREAD_SLOT_RANDOM, NULL);
}

static void begin(const struct subject *subject, const struct call *call)
{
    memset(&scene, 0, sizeof(scene));
    scene.subject = subject;
    if (call->prepare) call->prepare(&scene);
    end_generator();
    memset(scene.output, MARK, sizeof(scene.output));
    scene.made = UNTOUCHED;
    scene.result = 0;
}

static void end(const struct call *call)
{
    end_made(call->makes);
    if (scene.secret) fault_must(BCryptDestroySecret(scene.secret));
    if (scene.hash) fault_must(BCryptDestroyHash(scene.hash));
    if (scene.peer) fault_must(BCryptDestroyKey(scene.peer));
    if (scene.key) fault_must(BCryptDestroyKey(scene.key));
    if (scene.algorithm) fault_must(BCryptCloseAlgorithmProvider(scene.algorithm, 0));
    if (call->flags & (READS_CONFIG | WRITES_CONFIG))
    {
        native_registry_clear();
        providers_changed();
    }
    end_generator();
    ck_assert_msg(!ERR_peek_error(), "%s: leaves an error of libcrypto's", doing);
    ERR_clear_error();                          /* where the last ones were, names may be left */
}

static bool status_fits(enum kind kind, NTSTATUS status)
{
    switch (kind)
    {
    case ALLOCATION:
    case ALLOCATIONS: return status == STATUS_NO_MEMORY;
    case ENTROPY: return status == STATUS_INTERNAL_ERROR || status == STATUS_UNSUCCESSFUL;
    case REGISTRY:
    case REGISTRY_CALLS: return status == STATUS_ACCESS_DENIED || status == STATUS_NO_MEMORY;
    default: return status == STATUS_NO_MEMORY || status == STATUS_INTERNAL_ERROR;
    }
}

/* What a change has made of the configuration is what it gives. */
static void note_change(const struct call *call)
{
    size_t length;
    char *state;

    if (!(call->flags & WRITES_CONFIG)) return;
    state = config_state(FAULT_PROPERTY);
    length = strlen(state);
    ck_assert_uint_lt(length, sizeof(scene.output));
    memcpy(scene.output, state, length);
    scene.result = (ULONG)length;
    free(state);
}

static void gave_the_same(const struct call *call)
{
    note_change(call);
    if (call->flags & RANDOM_OUTPUT) return;
    ck_assert_msg(scene.result == reference.result, "%s: %u bytes instead of %u", doing,
                  scene.result, reference.result);
    ck_assert_msg(!memcmp(scene.output, reference.output, sizeof(scene.output)),
                  "%s: another output", doing);
}

static void failed_cleanly(enum kind kind, const struct call *call, NTSTATUS status)
{
    size_t i;

    ck_assert_msg(!(call->flags & NEVER_FAILS), "%s: %#x", doing, (unsigned int)status);
    ck_assert_msg(status_fits(kind, status), "%s: %#x", doing, (unsigned int)status);
    ck_assert_msg(scene.made == UNTOUCHED, "%s: %#x, and a handle was written", doing,
                  (unsigned int)status);
    for (i = 0; i < sizeof(scene.output); i++)
    {
        if (scene.output[i] == MARK) continue;
        if (!(call->flags & ZEROES_OUTPUT) || scene.output[i]) break;
    }
    ck_assert_msg(i == sizeof(scene.output), "%s: %#x, and byte %zu of the output was written",
                  doing, (unsigned int)status, i);
    scene.result = 0;
    status = call->run(&scene);
    if (call->flags & WRITES_CONFIG && status == STATUS_NOT_FOUND) return;
    ck_assert_msg(!status, "%s: %#x from the same call thereafter", doing, (unsigned int)status);
}

/* False if so many could not fail, because there are fewer. */
static bool try_fault(const struct subject *subject, const struct call *call, enum kind kind,
                      long number)
{
    unsigned long before;
    NTSTATUS status;
    bool failed;

    describe(subject, call, kinds[kind].name, number);
    begin(subject, call);
    before = native_failures;
    native_fail_once = kinds[kind].once;
    *kinds[kind].after = number;
    status = call->run(&scene);
    *kinds[kind].after = -1;
    native_fail_once = false;
    failed = native_failures != before;

    ck_assert_msg(failed || !status, "%s: %#x though nothing failed", doing, (unsigned int)status);
    ck_assert_msg(status || !failed || kind != ENTROPY || !(call->flags & RANDOM_OUTPUT),
                  "%s: success without entropy", doing);
    if (status) failed_cleanly(kind, call, status);
    if (!status && failed && kind >= REGISTRY && call->flags & READS_CONFIG) scene.result = 0;
    else gave_the_same(call);
    end(call);
    return failed;
}

/* The number after this one to fail. */
static long next_number(const struct call *call, long number)
{
    return call->flags & SEARCHES && number > 16 ? number + number / 4 : number + 1;
}

void try_call(const struct subject *subject, const struct call *call)
{
    size_t before = 0;
    long number;
    int i;

    describe(subject, call, "reference", 0);
    for (i = 0; i < 3; i++)                     /* what is made once is made then */
    {
        begin(subject, call);
        fault_must(call->run(&scene));
        if (!i) note_change(call);
        if (!i) reference = scene;
        if (!(call->flags & RANDOM_OUTPUT) && i) gave_the_same(call);
        end(call);
        if (i < 2) before = memory_in_use();
    }
    ck_assert_msg(memory_in_use() == before, "%s: keeps memory when nothing fails", doing);
    for (i = 0; i < KINDS; i++)
    {
        for (number = 0; try_fault(subject, call, (enum kind)i, number);
             number = next_number(call, number))
        {
            ck_assert_msg(memory_in_use() == before, "%s: keeps %zd bytes", doing,
                          (ssize_t)(memory_in_use() - before));
            fault_count++;
        }
    }
}
