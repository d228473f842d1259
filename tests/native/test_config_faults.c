/*
 * test_config_faults.c - writers of the configuration that fail, or are killed, at any step.
 *
 * Each export that writes is run once for each writing call of the registry that it makes. Either
 * that call fails alone, or it and all after it do nothing, which is what a killed process leaves;
 * and once for each reading call, which fails.
 * What can be read then is the state from before or the one from after, whole; the same change made
 * again and taken back gives the same state as without any fault, and when all is taken out nothing
 * is left in the registry.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdlib.h>
#include <string.h>

#include "platform/base.h"
#include "bcrypt_provider.h"
#include "config_state.h"
#include "native.h"
#include "platform/names.h"
#include "router/providers.h"
#include "suite.h"

#define NAME     L"A Provider"
#define FUNCTION L"A-FUNCTION"
#define CONTEXT  L"A Context"
#define PROPERTY L"A Property"

static WCHAR alias[] = L"An Alias", user_image[] = L"user.dll", kernel_image[] = L"kernel.sys";
static WCHAR aes[] = L"AES", function[] = FUNCTION, sha[] = L"SHA256";
static PWSTR aliases[] = { alias }, ciphers[] = { function, aes }, hashes[] = { sha };
static CRYPT_INTERFACE_REG cipher = { 1, 0, 2, ciphers }, hash = { 2, 0, 1, hashes };
static PCRYPT_INTERFACE_REG both[] = { &cipher, &hash }, one[] = { &hash };
static CRYPT_IMAGE_REG whole = { user_image, 2, both }, kernel = { kernel_image, 1, one };
static CRYPT_IMAGE_REG less = { kernel_image, 1, one };
static CRYPT_PROVIDER_REG registration = { 1, aliases, &whole, &kernel };
static CRYPT_PROVIDER_REG other = { 0, NULL, &less, NULL };
static CRYPT_CONTEXT_CONFIG exclusive = { CRYPT_EXCLUSIVE, 0 }, plain = { 0, 0 };
static CRYPT_CONTEXT_FUNCTION_CONFIG function_exclusive = { CRYPT_EXCLUSIVE, 0 };
static UCHAR value[] = { 1, 2, 3, 4, 5 };

static ULONG table;

/* ---- steps ---- */

static NTSTATUS register_it(void)
{
    return BCryptRegisterProvider(NAME, CRYPT_OVERWRITE, &registration);
}

static NTSTATUS register_other(void)
{
    return BCryptRegisterProvider(NAME, CRYPT_OVERWRITE, &other);
}

static NTSTATUS unregister(void)
{
    return BCryptUnregisterProvider(NAME);
}

static NTSTATUS create_context(void)
{
    return BCryptCreateContext(table, CONTEXT, &plain);
}

static NTSTATUS delete_context(void)
{
    return BCryptDeleteContext(table, CONTEXT);
}

static NTSTATUS configure_context(void)
{
    return BCryptConfigureContext(table, CONTEXT, &exclusive);
}

static NTSTATUS add_function(void)
{
    return BCryptAddContextFunction(table, CONTEXT, 1, FUNCTION, CRYPT_PRIORITY_BOTTOM);
}

static NTSTATUS remove_function(void)
{
    return BCryptRemoveContextFunction(table, CONTEXT, 1, FUNCTION);
}

static NTSTATUS add_to_default(void)
{
    return BCryptAddContextFunction(table, NULL, 1, FUNCTION, CRYPT_PRIORITY_TOP);
}

static NTSTATUS remove_from_default(void)
{
    return BCryptRemoveContextFunction(table, NULL, 1, FUNCTION);
}

static NTSTATUS add_default_provider(void)
{
    return BCryptAddContextFunctionProvider(table, NULL, 1, L"AES", NAME, CRYPT_PRIORITY_TOP);
}

static NTSTATUS remove_default_provider(void)
{
    return BCryptRemoveContextFunctionProvider(table, NULL, 1, L"AES", NAME);
}

static NTSTATUS configure_function(void)
{
    return BCryptConfigureContextFunction(table, CONTEXT, 1, FUNCTION, &function_exclusive);
}

static NTSTATUS add_provider(void)
{
    return BCryptAddContextFunctionProvider(table, CONTEXT, 1, FUNCTION, NAME, 0);
}

static NTSTATUS remove_provider(void)
{
    return BCryptRemoveContextFunctionProvider(table, CONTEXT, 1, FUNCTION, NAME);
}

static NTSTATUS set_property(void)
{
    return BCryptSetContextFunctionProperty(table, CONTEXT, 1, FUNCTION, PROPERTY, sizeof(value),
                                            value);
}

static NTSTATUS unset_property(void)
{
    return BCryptSetContextFunctionProperty(table, CONTEXT, 1, FUNCTION, PROPERTY, 0, NULL);
}

static NTSTATUS nothing(void)
{
    return STATUS_SUCCESS;
}

/* What is there before, the change, and what makes it as it was before the change. */
typedef NTSTATUS step(void);

static const struct
{
    step *before[5], *change, *back;
    bool local_only;
} changes[] =
{
    { { NULL }, register_it, unregister, true },
    { { register_it }, register_other, register_it, true },
    { { register_it }, unregister, register_it, true },
    { { NULL }, create_context, delete_context, false },
    { { create_context, add_function, add_provider, set_property, configure_function },
      delete_context, create_context, false },
    { { create_context }, configure_context, nothing, false },
    { { create_context }, add_function, remove_function, false },
    { { create_context, add_function }, remove_function, add_function, false },
    { { create_context, add_function, add_provider, set_property, configure_function },
      remove_function, add_function, false },
    { { NULL }, add_to_default, remove_from_default, true },
    { { add_to_default }, remove_from_default, add_to_default, true },
    { { NULL }, add_default_provider, remove_default_provider, true },
    { { add_default_provider }, remove_default_provider, add_default_provider, true },
    { { create_context, add_function }, configure_function, nothing, false },
    { { create_context, add_function }, add_provider, remove_provider, false },
    { { create_context, add_function, add_provider }, remove_provider, add_provider, false },
    { { create_context, add_function }, set_property, unset_property, false },
    { { create_context, add_function, set_property }, unset_property, set_property, false },
};
#define CHANGES ARRAY_SIZE(changes)

/* ---- */

static void begin(size_t which)
{
    size_t i;

    registry_fails_at = 0;
    native_registry_clear();
    providers_changed();
    for (i = 0; i < ARRAY_SIZE(changes[which].before) && changes[which].before[i]; i++)
        ck_assert_int_eq(changes[which].before[i](), STATUS_SUCCESS);
}

/* Takes out all that any of the changes can have put there: then nothing may be left. */
static void take_all_out(void)
{
    static step *const steps[] =
    {
        create_context, add_function, remove_function, delete_context, register_it, unregister,
        add_to_default, add_default_provider, remove_default_provider, remove_from_default,
    };
    NTSTATUS status;
    char *left;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(steps); i++)
    {
        if (table == CRYPT_DOMAIN && i > 3) break;
        status = steps[i]();
        ck_assert(!status || (steps[i] == create_context && status != STATUS_ACCESS_DENIED));
    }
    left = registry_state();
    if (*left) ck_abort_msg("this is left:\n%s", left);
    free(left);
}

/* What fails: a writing call, it and all after it, or a reading call. */
enum fault { A_WRITE, A_KILL, A_READ };

static void fault_begin(enum fault fault, int at)
{
    registry_reads = registry_writes = 0;
    if (fault == A_READ) registry_read_fails_at = at;
    else registry_fails_at = at;
    registry_killed_then = fault == A_KILL;
    registry_read_fails_with = STATUS_NO_MEMORY;
}

static void fault_end(void)
{
    registry_fails_at = registry_read_fails_at = 0;
    providers_changed();                    /* another process, or the next call of this one */
}

static void fail_at_each_call(size_t which, enum fault fault)
{
    char *old, *new, *after, *state;
    NTSTATUS status;
    int calls, at;

    begin(which);
    old = config_state(PROPERTY);
    fault_begin(fault, 0);
    ck_assert_int_eq(changes[which].change(), STATUS_SUCCESS);
    calls = fault == A_READ ? registry_reads : registry_writes;
    new = config_state(PROPERTY);
    ck_assert_str_ne(old, new);
    ck_assert_int_eq(changes[which].back(), STATUS_SUCCESS);
    after = config_state(PROPERTY);
    take_all_out();

    for (at = 1; at <= calls; at++)
    {
        begin(which);
        fault_begin(fault, at);
        status = changes[which].change();
        fault_end();

        state = config_state(PROPERTY);
        if (strcmp(state, old) && strcmp(state, new))
            ck_abort_msg("change %zu at call %d of %d (status %#x):\n%s\nold:\n%s\nnew:\n%s", which,
                         at, calls, (unsigned int)status, state, old, new);
        if (!status) ck_assert_str_eq(state, new);
        free(state);

        /* What is left of it does not come back with the next change. */
        status = changes[which].change();
        ck_assert(!status || status == STATUS_NOT_FOUND || status == STATUS_OBJECT_NAME_COLLISION);
        ck_assert_int_eq(changes[which].back(), STATUS_SUCCESS);
        state = config_state(PROPERTY);
        if (strcmp(state, after))
            ck_abort_msg("change %zu at call %d of %d, and back:\n%s\ninstead of\n%s", which, at,
                         calls, state, after);
        free(state);
        take_all_out();
    }
    free(after);
    free(new);
    free(old);
    begin(which);
}

static void fail_in_table(int row, enum fault fault)
{
    table = (size_t)row < CHANGES ? CRYPT_LOCAL : CRYPT_DOMAIN;
    if (table == CRYPT_DOMAIN && changes[(size_t)row % CHANGES].local_only) return;
    fail_at_each_call((size_t)row % CHANGES, fault);
}

START_TEST(a_writer_that_fails_leaves_the_old_or_the_new_state)
{
    fail_in_table(_i, A_WRITE);
}
END_TEST

START_TEST(a_writer_that_is_killed_leaves_the_old_or_the_new_state)
{
    fail_in_table(_i, A_KILL);
}
END_TEST

START_TEST(a_writer_that_cannot_read_leaves_the_old_or_the_new_state)
{
    fail_in_table(_i, A_READ);
}
END_TEST

/* ---- and one that only reads ---- */

START_TEST(only_the_first_opening_reads_the_registry)
{
    static const LPCWSTR ids[] = { L"AES", L"SHA256", L"RSA", L"ECDH", L"RNG", L"NONE" };
    BCRYPT_ALGORITHM_IDENTIFIER *list;
    BCRYPT_ALG_HANDLE algorithm;
    NTSTATUS status;
    ULONG count;
    int round;
    size_t i;

    native_registry_clear();
    table = CRYPT_LOCAL;
    if (_i) ck_assert_int_eq(add_to_default(), STATUS_SUCCESS);
    providers_changed();
    registry_calls = 0;
    for (round = 0; round < 3; round++)
    {
        if (round) registry_calls = 0;
        for (i = 0; i < ARRAY_SIZE(ids); i++)
        {
            status = BCryptOpenAlgorithmProvider(&algorithm, ids[i],
                                                 round == 2 ? MS_PRIMITIVE_PROVIDER : NULL, 0);
            ck_assert_int_eq(status, i + 1 < ARRAY_SIZE(ids) ? STATUS_SUCCESS : STATUS_NOT_FOUND);
            if (!status) BCryptCloseAlgorithmProvider(algorithm, 0);
        }
        ck_assert_int_eq(BCryptEnumAlgorithms(0, &count, &list, 0), STATUS_SUCCESS);
        BCryptFreeBuffer(list);
        if (round) ck_assert_int_eq(registry_calls, 0);
        else ck_assert_int_gt(registry_calls, 0);
    }
    native_registry_clear();
}
END_TEST

int main(void)
{
    TCase *tests = tcase_create("config_faults");
    int ended;

    tcase_add_loop_test(tests, a_writer_that_fails_leaves_the_old_or_the_new_state, 0,
                        (int)(2 * CHANGES));
    tcase_add_loop_test(tests, a_writer_that_is_killed_leaves_the_old_or_the_new_state, 0,
                        (int)(2 * CHANGES));
    tcase_add_loop_test(tests, a_writer_that_cannot_read_leaves_the_old_or_the_new_state, 0,
                        (int)(2 * CHANGES));
    tcase_add_loop_test(tests, only_the_first_opening_reads_the_registry, 0, 2);
    ended = suite_run("config_faults", tests);
    native_thread_detach();
    providers_detach();
    native_registry_clear();
    return ended;
}
