/*
 * conf_change.c - the changes: each is said, and made unless it is only to be said.
 *
 * SPDX-License-Identifier: MIT
 */

#include "conf.h"

ULONG changes;

/* Says what is about to be done, with names after each other; false if it is not to be done. */
static NTSTATUS say(const char *what, const WCHAR *const *names)
{
    if (!changes++ && !dry_run && !backup_write()) return STATUS_ACCESS_DENIED;
    printf("%s%s", dry_run ? "would " : "", what);
    for (; *names; names++)
    {
        printf(" ");
        word_write(*names, stdout);
    }
    printf("\n");
    return STATUS_SUCCESS;
}

/* Says it, and does it if it is to be done. */
#define CHANGE(call, what, ...)                                                                    \
    do                                                                                             \
    {                                                                                              \
        const WCHAR *const names_[] = { __VA_ARGS__, NULL };                                       \
        NTSTATUS status_ = say((what), names_);                                                    \
                                                                                                   \
        return status_ || dry_run ? status_ : (call);                                              \
    } while (0)

/* What is to be taken out has to be there: also where nothing is done that would tell. */
static NTSTATUS expect_name(NTSTATUS status, struct names *names, const WCHAR *name)
{
    ULONG i;

    for (i = 0; !status && i < names_count(names) && _wcsicmp(names->names[i], name); i++) {}
    if (!status && i == names_count(names)) status = STATUS_NOT_FOUND;
    BCryptFreeBuffer(names);
    return status;
}

static const WCHAR *wide_interface(ULONG interface_id)
{
    static WCHAR name[32];

    swprintf(name, ARRAY_SIZE(name), L"%hs", interface_name(interface_id));
    return name;
}

static const WCHAR *wide_position(ULONG position)
{
    static WCHAR text[16];

    if (position == CRYPT_PRIORITY_BOTTOM) return L"bottom";
    if (position == CRYPT_PRIORITY_TOP) return L"top";
    swprintf(text, ARRAY_SIZE(text), L"%lu", position);
    return text;
}

NTSTATUS change_register(const WCHAR *provider, CRYPT_PROVIDER_REG *registration)
{
    CHANGE(BCryptRegisterProvider(provider, CRYPT_OVERWRITE, registration), "register", provider);
}

NTSTATUS change_unregister(const WCHAR *provider)
{
    struct names *names;
    NTSTATUS status = names_of_providers(&names);

    if ((status = expect_name(status, names, provider))) return status;
    CHANGE(BCryptUnregisterProvider(provider), "unregister", provider);
}

NTSTATUS change_add_context(const WCHAR *context, ULONG flags)
{
    CRYPT_CONTEXT_CONFIG config = { flags, 0 };

    CHANGE(BCryptCreateContext(table, context, &config), "add context", context);
}

NTSTATUS change_configure_context(const WCHAR *context, ULONG flags)
{
    CRYPT_CONTEXT_CONFIG config = { flags, 0 };

    CHANGE(BCryptConfigureContext(table, context, &config), "configure context", context);
}

NTSTATUS change_remove_context(const WCHAR *context)
{
    struct names *names;
    NTSTATUS status = names_of_contexts(&names);

    if ((status = expect_name(status, names, context))) return status;
    CHANGE(BCryptDeleteContext(table, context), "remove context", context);
}

NTSTATUS change_add_function(const WCHAR *context, ULONG interface_id, const WCHAR *function,
                             ULONG position)
{
    CHANGE(BCryptAddContextFunction(table, context, interface_id, function, position),
           "add function", context, wide_interface(interface_id), function,
           wide_position(position));
}

NTSTATUS change_remove_function(const WCHAR *context, ULONG interface_id, const WCHAR *function)
{
    struct names *names;
    NTSTATUS status = names_of_functions(context, interface_id, &names);

    if ((status = expect_name(status, names, function))) return status;
    CHANGE(BCryptRemoveContextFunction(table, context, interface_id, function), "remove function",
           context, wide_interface(interface_id), function);
}

NTSTATUS change_configure_function(const WCHAR *context, ULONG interface_id, const WCHAR *function,
                                   ULONG flags)
{
    CRYPT_CONTEXT_FUNCTION_CONFIG config = { flags, 0 };

    CHANGE(BCryptConfigureContextFunction(table, context, interface_id, function, &config),
           "configure function", context, wide_interface(interface_id), function);
}

NTSTATUS change_add_provider(const WCHAR *context, ULONG interface_id, const WCHAR *function,
                             const WCHAR *provider, ULONG position)
{
    CHANGE(BCryptAddContextFunctionProvider(table, context, interface_id, function, provider,
                                            position),
           "add provider", context, wide_interface(interface_id), function, provider,
           wide_position(position));
}

NTSTATUS change_remove_provider(const WCHAR *context, ULONG interface_id, const WCHAR *function,
                                const WCHAR *provider)
{
    struct names *names;
    NTSTATUS status = names_of_function_providers(context, interface_id, function, &names);

    if ((status = expect_name(status, names, provider))) return status;
    CHANGE(BCryptRemoveContextFunctionProvider(table, context, interface_id, function, provider),
           "remove provider", context, wide_interface(interface_id), function, provider);
}

NTSTATUS change_property(const WCHAR *context, ULONG interface_id, const WCHAR *function,
                         const WCHAR *property, UCHAR *value, ULONG bytes)
{
    CHANGE(BCryptSetContextFunctionProperty(table, context, interface_id, function, property, bytes,
                                            value),
           "set property", context, wide_interface(interface_id), function, property);
}
