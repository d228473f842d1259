/*
 * conf_change.c - the changes: each is looked at, said, and made unless it is only to be said.
 *
 * What bcrypt.dll would refuse is refused before it is said, so that --dry-run ends as the command
 * itself would. Where nothing is made the lists of names are changed in memory: the next change of
 * an import sees them as the last one would have left them.
 *
 * SPDX-License-Identifier: MIT
 */

#include "conf.h"

ULONG changes;

/* ---- what bcrypt.dll refuses ---- */

#define NAME_CHARACTERS 255                     /* of a key of the registry */
#define VALUE_BYTES     0x10000

static bool is_key_name(const WCHAR *name)
{
    return *name && wcslen(name) <= NAME_CHARACTERS && !wcschr(name, '\\');
}

/* In the table of policies, names stand between commas. */
static bool is_function_name(const WCHAR *name)
{
    if (table == CRYPT_DOMAIN &&
        (wcschr(name, ',') || *name == ' ' || (*name && name[wcslen(name) - 1] == ' ')))
        return false;
    return is_key_name(name);
}

static NTSTATUS check_flags(ULONG flags)
{
    ULONG known = CRYPT_EXCLUSIVE | (table == CRYPT_DOMAIN ? CRYPT_OVERRIDE : 0);

    return flags & ~known ? STATUS_INVALID_PARAMETER : STATUS_SUCCESS;
}

static NTSTATUS check_context(const WCHAR *context)
{
    struct names names;
    NTSTATUS status = names_of_contexts(&names);

    if (!status && !names_has_caseless(&names, context)) status = STATUS_NOT_FOUND;
    names_free(&names);
    return status;
}

/* The function of the place has to be there. */
static NTSTATUS check_function(const struct place *place)
{
    struct names names;
    NTSTATUS status;

    if ((status = check_context(place->context))) return status;
    status = names_of_functions(place->context, place->interface_id, &names);
    if (!status && !names_has(&names, place->function, NULL)) status = STATUS_NOT_FOUND;
    names_free(&names);
    return status;
}

bool is_taken(const WCHAR *property)
{
    return !_wcsicmp(property, L"Flags") || !_wcsicmp(property, L"Providers") ||
           !_wcsicmp(property, L"OpenCNG");
}

static bool are_names(PWSTR *names, ULONG count)
{
    ULONG i;

    for (i = 0; i < count; i++)
    {
        if (!is_key_name(names[i])) return false;
    }
    return true;
}

static bool is_image(const CRYPT_IMAGE_REG *image)
{
    ULONG i, j;

    if (!image) return true;
    if (!image->pszImage || !*image->pszImage || image->cInterfaces > 64 ||
        wcslen(image->pszImage) >= VALUE_BYTES / sizeof(WCHAR)) return false;
    for (i = 0; i < image->cInterfaces; i++)
    {
        const CRYPT_INTERFACE_REG *interface = image->rgpInterfaces[i];

        if (!are_names(interface->rgpszFunctions, interface->cFunctions)) return false;
        for (j = 0; j < i; j++)
        {
            if (image->rgpInterfaces[j]->dwInterface == interface->dwInterface) return false;
        }
    }
    return true;
}

/* ---- saying and doing ---- */

/* Says what is about to be done, with names after each other; a failure: it is not to be done. */
static NTSTATUS say(const char *what, const WCHAR *const *names)
{
    NTSTATUS status;

    if (tried_only) return STATUS_SUCCESS;
    if (!changes++)
    {
        if ((status = backup_access())) return status;
        if (!dry_run && !backup_write()) return STATUS_ACCESS_DENIED;
    }
    printf("%s%s", dry_run ? "would " : "", what);
    for (; *names; names++)
    {
        printf(" ");
        word_write(*names, stdout);
    }
    printf("\n");
    return STATUS_SUCCESS;
}

/* Says it unless status is a failure already, and does it if it is to be done. */
#define CHANGE(status, call, what, ...)                                                            \
    do                                                                                             \
    {                                                                                              \
        const WCHAR *const names_[] = { __VA_ARGS__, NULL };                                       \
                                                                                                   \
        if (!(status)) (status) = say((what), names_);                                             \
        if (!(status) && !dry_run && !tried_only) (status) = (call);                               \
    } while (0)

/* The list as the change leaves it. */
static NTSTATUS ended(NTSTATUS status, const struct place *place, struct names *names)
{
    if (!status && (dry_run || tried_only)) names_pretend(place, names);
    names_free(names);
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

/* ---- providers ---- */

NTSTATUS change_register(const WCHAR *provider, CRYPT_PROVIDER_REG *registration)
{
    NTSTATUS status = STATUS_SUCCESS;

    if (!is_key_name(provider) || (!registration->pUM && !registration->pKM) ||
        !are_names(registration->rgpszAliases, registration->cAliases) ||
        !is_image(registration->pUM) || !is_image(registration->pKM))
        status = STATUS_INVALID_PARAMETER;
    else if (!_wcsicmp(provider, MS_PRIMITIVE_PROVIDER)) status = STATUS_OBJECT_NAME_COLLISION;
    CHANGE(status, BCryptRegisterProvider(provider, CRYPT_OVERWRITE, registration), "register",
           provider);
    return status;
}

NTSTATUS change_unregister(const WCHAR *provider)
{
    struct names names;
    NTSTATUS status = names_of_providers(&names);

    if (!status && !names_has_caseless(&names, provider)) status = STATUS_NOT_FOUND;
    else if (!status && !backup_is_registered(provider)) status = STATUS_ACCESS_DENIED;
    names_free(&names);
    CHANGE(status, BCryptUnregisterProvider(provider), "unregister", provider);
    return status;
}

/* ---- contexts ---- */

NTSTATUS change_add_context(const WCHAR *context, ULONG flags)
{
    CRYPT_CONTEXT_CONFIG config = { flags, 0 };
    struct place place = { NULL, NULL, 0 };
    struct names names;
    NTSTATUS status = names_at(&place, &names);

    if (!status && !is_key_name(context)) status = STATUS_INVALID_PARAMETER;
    if (!status) status = check_flags(flags);
    if (!status && !names_has_caseless(&names, context))
        status = names_place(&names, context, CRYPT_PRIORITY_BOTTOM);
    CHANGE(status, BCryptCreateContext(table, context, &config), "add context", context);
    return ended(status, &place, &names);
}

NTSTATUS change_configure_context(const WCHAR *context, ULONG flags)
{
    CRYPT_CONTEXT_CONFIG config = { flags, 0 };
    NTSTATUS status = check_context(context);

    if (!status) status = check_flags(flags);
    CHANGE(status, BCryptConfigureContext(table, context, &config), "configure context", context);
    return status;
}

NTSTATUS change_remove_context(const WCHAR *context)
{
    NTSTATUS status = check_context(context);

    CHANGE(status, BCryptDeleteContext(table, context), "remove context", context);
    return status;
}

/* ---- functions ---- */

NTSTATUS change_add_function(const WCHAR *context, ULONG interface_id, const WCHAR *function,
                             ULONG position)
{
    struct place place = { context, NULL, interface_id };
    struct names names = { 0, NULL };
    NTSTATUS status = STATUS_INVALID_PARAMETER;

    if (is_function_name(function)) status = check_context(context);
    if (!status) status = names_at(&place, &names);
    /* Letters of the other case would be the same key. */
    if (!status && !names_has(&names, function, NULL) && names_has_caseless(&names, function))
        status = STATUS_INVALID_PARAMETER;
    if (!status) status = names_place(&names, function, position);
    CHANGE(status, BCryptAddContextFunction(table, context, interface_id, function, position),
           "add function", context, wide_interface(interface_id), function,
           wide_position(position));
    return ended(status, &place, &names);
}

NTSTATUS change_remove_function(const WCHAR *context, ULONG interface_id, const WCHAR *function)
{
    struct place place = { context, NULL, interface_id };
    struct names names;
    NTSTATUS status = names_at(&place, &names);

    if (!status) status = names_remove(&names, function);
    CHANGE(status, BCryptRemoveContextFunction(table, context, interface_id, function),
           "remove function", context, wide_interface(interface_id), function);
    return ended(status, &place, &names);
}

NTSTATUS change_configure_function(const WCHAR *context, ULONG interface_id, const WCHAR *function,
                                   ULONG flags)
{
    NTSTATUS status = check_function(&(struct place){ context, function, interface_id });
    CRYPT_CONTEXT_FUNCTION_CONFIG config = { flags, 0 };

    if (!status) status = check_flags(flags);
    CHANGE(status, BCryptConfigureContextFunction(table, context, interface_id, function, &config),
           "configure function", context, wide_interface(interface_id), function);
    return status;
}

NTSTATUS change_add_provider(const WCHAR *context, ULONG interface_id, const WCHAR *function,
                             const WCHAR *provider, ULONG position)
{
    struct place place = { context, function, interface_id };
    struct names names = { 0, NULL };
    NTSTATUS status = STATUS_INVALID_PARAMETER;

    if (is_key_name(function) && is_key_name(provider)) status = check_function(&place);
    if (!status) status = names_at(&place, &names);
    if (!status) status = names_place(&names, provider, position);
    CHANGE(status, BCryptAddContextFunctionProvider(table, context, interface_id, function,
                                                    provider, position),
           "add provider", context, wide_interface(interface_id), function, provider,
           wide_position(position));
    return ended(status, &place, &names);
}

NTSTATUS change_remove_provider(const WCHAR *context, ULONG interface_id, const WCHAR *function,
                                const WCHAR *provider)
{
    struct place place = { context, function, interface_id };
    struct names names;
    NTSTATUS status = names_at(&place, &names);

    if (!status) status = names_remove(&names, provider);
    CHANGE(status, BCryptRemoveContextFunctionProvider(table, context, interface_id, function,
                                                       provider),
           "remove provider", context, wide_interface(interface_id), function, provider);
    return ended(status, &place, &names);
}

NTSTATUS change_property(const WCHAR *context, ULONG interface_id, const WCHAR *function,
                         const WCHAR *property, UCHAR *value, ULONG bytes)
{
    NTSTATUS status = check_function(&(struct place){ context, function, interface_id });

    if (!status && (!*property || wcslen(property) > NAME_CHARACTERS || bytes > VALUE_BYTES ||
                    is_taken(property))) status = STATUS_INVALID_PARAMETER;
    CHANGE(status, BCryptSetContextFunctionProperty(table, context, interface_id, function,
                                                    property, bytes, value),
           "set property", context, wide_interface(interface_id), function, property);
    return status;
}
