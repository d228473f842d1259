/*
 * config_names.c - a context and a provider of the tests' own.
 *
 * SPDX-License-Identifier: MIT
 */

#include "config_names.h"

static const WCHAR *cipher_names[] = { TEST_FUNCTION, TEST_SECOND };
static const WCHAR *hash_names[] = { TEST_FUNCTION };

/* What a registration takes are lists of strings that could be written to. */
#define NAMES(list) ARRAY_SIZE(list), (PWSTR *)(void *)(list)

static CRYPT_INTERFACE_REG ciphers = { BCRYPT_CIPHER_INTERFACE, CRYPT_MIN_DEPENDENCIES,
                                       NAMES(cipher_names) };
static CRYPT_INTERFACE_REG hashes = { BCRYPT_HASH_INTERFACE, 0, NAMES(hash_names) };
static PCRYPT_INTERFACE_REG interfaces[] = { &ciphers, &hashes };

NTSTATUS register_maker(const WCHAR *name, const WCHAR *alias, bool user, bool kernel)
{
    CRYPT_IMAGE_REG image = { (WCHAR *)(uintptr_t)TEST_IMAGE, 2, interfaces };
    CRYPT_IMAGE_REG driver = { (WCHAR *)(uintptr_t)TEST_DRIVER, 1, interfaces };
    CRYPT_PROVIDER_REG registration = { alias ? 1 : 0, (PWSTR *)(void *)&alias,
                                        user ? &image : NULL, kernel ? &driver : NULL };

    return BCryptRegisterProvider(name, CRYPT_OVERWRITE, &registration);
}

static void add_function(const WCHAR *function)
{
    expect_status(BCryptAddContextFunction(CRYPT_LOCAL, TEST_CONTEXT, BCRYPT_CIPHER_INTERFACE,
                                           function, CRYPT_PRIORITY_BOTTOM), STATUS_SUCCESS);
}

void config_setup(void)
{
    config_teardown();
    expect_status(register_maker(TEST_MAKER, TEST_ALIAS, true, true), STATUS_SUCCESS);
    expect_status(BCryptCreateContext(CRYPT_LOCAL, TEST_CONTEXT, NULL), STATUS_SUCCESS);
    add_function(TEST_FUNCTION);
    add_function(TEST_SECOND);
    expect_status(BCryptAddContextFunctionProvider(CRYPT_LOCAL, TEST_CONTEXT,
                                                   BCRYPT_CIPHER_INTERFACE, TEST_FUNCTION,
                                                   TEST_MAKER, CRYPT_PRIORITY_TOP),
                  STATUS_SUCCESS);
}

/* What is not there need not be deleted. */
void config_teardown(void)
{
    BCryptDeleteContext(CRYPT_LOCAL, TEST_CONTEXT);
    BCryptDeleteContext(CRYPT_DOMAIN, TEST_CONTEXT);
    BCryptUnregisterProvider(TEST_MAKER);
    BCryptUnregisterProvider(TEST_OTHER);
}

const char *names_of(NTSTATUS status, void *block)
{
    static char text[8][8192];
    static unsigned int next;
    CRYPT_CONTEXTS *list = block;
    char *at = text[next++ % ARRAY_SIZE(text)], *begin = at;
    ULONG i, j;

    if (status == STATUS_NOT_FOUND) return "(not found)";
    expect_status(status, STATUS_SUCCESS);
    for (i = 0; i < list->cContexts; i++)
    {
        if (i) *at++ = ' ';
        for (j = 0; list->rgpszContexts[i][j]; j++) *at++ = (char)list->rgpszContexts[i][j];
    }
    *at = 0;
    BCryptFreeBuffer(block);
    return begin;
}

const char *contexts_of(ULONG table)
{
    CRYPT_CONTEXTS *list = NULL;
    ULONG bytes;
    NTSTATUS status = BCryptEnumContexts(table, &bytes, &list);

    return names_of(status, list);
}

const char *functions_of(ULONG table, const WCHAR *context, ULONG interface_id)
{
    CRYPT_CONTEXT_FUNCTIONS *list = NULL;
    ULONG bytes;
    NTSTATUS status = BCryptEnumContextFunctions(table, context, interface_id, &bytes, &list);

    return names_of(status, list);
}

const char *providers_of(ULONG table, const WCHAR *context, ULONG interface_id,
                         const WCHAR *function)
{
    CRYPT_CONTEXT_FUNCTION_PROVIDERS *list = NULL;
    ULONG bytes;
    NTSTATUS status = BCryptEnumContextFunctionProviders(table, context, interface_id, function,
                                                         &bytes, &list);

    return names_of(status, list);
}
