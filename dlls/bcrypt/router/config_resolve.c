/*
 * config_resolve.c - who serves a function: for the router, and for BCryptResolveProviders.
 *
 * SPDX-License-Identifier: MIT
 */

#include "builtin.h"
#include "platform/platform.h"
#include "platform/registry.h"
#include "platform/trace.h"
#include "router/config_keys.h"
#include "router/config_provider.h"
#include "router/config_view.h"

/* ---- for the router ---- */

struct reading
{
    NTSTATUS (*add)(void *context, ULONG interface_id, LPCWSTR id,
                    const struct config_provider *provider);
    void *context;
    struct view view;
};

/* A provider for a function, if it is registered for it. */
static NTSTATUS add_provider(const struct reading *reading, LPCWSTR id, LPCWSTR name)
{
    ULONG interface_id = reading->view.interface_id;
    struct config_provider found = { name, NULL, L"" };
    WCHAR *image, *aliases = NULL;
    NTSTATUS status;

    if (names_equal(name, MS_PRIMITIVE_PROVIDER))
    {
        if (!config_is_own(interface_id, id)) return STATUS_SUCCESS;
        return reading->add(reading->context, interface_id, id, NULL);
    }
    if ((status = provider_image(name, L"UM", interface_id, id, &image, NULL)))
    {
        TRACE("provider %s is not registered for %s: %#lx\n", trace_string(name), trace_string(id),
              (unsigned long)status);
        return config_optional(status);
    }
    status = provider_aliases(name, &aliases);
    found.image = image;
    if (aliases) found.aliases = aliases;
    if (!status) status = reading->add(reading->context, interface_id, id, &found);
    platform_heap_free(aliases);
    platform_heap_free(image);
    return status;
}

static NTSTATUS add_interface(struct reading *reading, ULONG interface_id)
{
    NTSTATUS status = view_interface(&reading->view, interface_id);
    LPCWSTR id, name;
    struct list providers;

    for (id = reading->view.functions.names; !status && id && !LIST_END(id); id = LIST_NEXT(id))
    {
        status = view_providers(&reading->view, id, &providers);
        for (name = providers.names; !status && name && !LIST_END(name); name = LIST_NEXT(name))
        {
            status = add_provider(reading, id, name);
        }
        list_free(&providers);
    }
    return status;
}

NTSTATUS config_read(NTSTATUS (*add)(void *context, ULONG interface_id, LPCWSTR id,
                                     const struct config_provider *provider), void *context)
{
    struct reading reading = { .add = add, .context = context };
    bool as_windows = false;
    ULONG interface_id = 0;
    NTSTATUS status;

    status = view_open(&reading.view, CRYPT_DEFAULT_CONTEXT);
    if (!status) status = config_as_windows(&as_windows);
    if (!status && !view_says_anything(&reading.view) && !as_windows) status = STATUS_NOT_FOUND;
    while (!status && interface_id < INTERFACE_LAST)
    {
        status = add_interface(&reading, ++interface_id);
    }
    view_close(&reading.view);
    return status;
}

/* ---- BCryptResolveProviders ---- */

static const ULONG interfaces[] =
{
    BCRYPT_CIPHER_INTERFACE, BCRYPT_HASH_INTERFACE, BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE,
    BCRYPT_SECRET_AGREEMENT_INTERFACE, BCRYPT_SIGNATURE_INTERFACE, BCRYPT_RNG_INTERFACE,
    BCRYPT_KEY_DERIVATION_INTERFACE, BCRYPT_KEY_ENCAPSULATION_INTERFACE,
    NCRYPT_KEY_STORAGE_INTERFACE, NCRYPT_SCHANNEL_INTERFACE, NCRYPT_SCHANNEL_SIGNATURE_INTERFACE,
    NCRYPT_KEY_PROTECTION_INTERFACE,
};

struct answer
{
    const struct config_question *question;
    struct view view;
    struct block *block;
    ULONG *refs;                                /* parts that are a CRYPT_PROVIDER_REF */
    ULONG count, room;
};

static NTSTATUS infer_interface(struct answer *answer)
{
    NTSTATUS status;
    size_t i;

    if (answer->question->interface_id)
        return view_interface(&answer->view, answer->question->interface_id);
    for (i = 0; i < ARRAY_SIZE(interfaces); i++)
    {
        if ((status = view_interface(&answer->view, interfaces[i]))) return status;
        if (config_list_has(answer->view.functions.names, answer->question->function))
            return STATUS_SUCCESS;
    }
    return STATUS_NOT_FOUND;
}

static void add_image(struct block *block, ULONG member, LPCWSTR image, ULONG flags)
{
    ULONG part;

    if (!image) return;
    part = block_add(block, NULL, sizeof(CRYPT_IMAGE_REF));
    block_point(block, part + offsetof(CRYPT_IMAGE_REF, pszImage), block_add_string(block, image));
    block_set(block, part + offsetof(CRYPT_IMAGE_REF, dwFlags), flags);
    block_point(block, member, part);
}

static NTSTATUS add_ref(struct answer *answer, ULONG part)
{
    ULONG room = 2 * answer->room + 16, *refs;

    if (answer->count == answer->room)
    {
        if (!(refs = platform_heap_alloc(room * sizeof(*refs)))) return STATUS_NO_MEMORY;
        if (answer->count) memcpy(refs, answer->refs, answer->count * sizeof(*refs));
        platform_heap_free(answer->refs);
        answer->refs = refs;
        answer->room = room;
    }
    answer->refs[answer->count++] = part;
    return STATUS_SUCCESS;
}

/* Adds a provider if it is registered for the function in the mode that is asked for. */
static NTSTATUS resolve_provider(struct answer *answer, LPCWSTR id, LPCWSTR name)
{
    ULONG interface_id = answer->view.interface_id, mode = answer->question->mode;
    ULONG user_flags = 0, kernel_flags = 0, part, array, count;
    struct block *block = answer->block;
    WCHAR *user = NULL, *kernel = NULL;
    NTSTATUS status = STATUS_SUCCESS;

    if (mode & CRYPT_UM)
        status = provider_image(name, L"UM", interface_id, id, &user, &user_flags);
    if (!status && mode & CRYPT_KM)
        status = provider_image(name, L"KM", interface_id, id, &kernel, &kernel_flags);
    if (status) goto done;

    part = block_add(block, NULL, sizeof(CRYPT_PROVIDER_REF));
    block_set(block, part + offsetof(CRYPT_PROVIDER_REF, dwInterface), interface_id);
    block_point(block, part + offsetof(CRYPT_PROVIDER_REF, pszFunction),
                block_add_string(block, id));
    block_point(block, part + offsetof(CRYPT_PROVIDER_REF, pszProvider),
                block_add_string(block, name));
    if ((status = view_properties(&answer->view, id, block, &array, &count))) goto done;
    block_set(block, part + offsetof(CRYPT_PROVIDER_REF, cProperties), count);
    if (count) block_point(block, part + offsetof(CRYPT_PROVIDER_REF, rgpProperties), array);
    add_image(block, part + offsetof(CRYPT_PROVIDER_REF, pUM), user, user_flags);
    add_image(block, part + offsetof(CRYPT_PROVIDER_REF, pKM), kernel, kernel_flags);
    status = add_ref(answer, part);

done:
    platform_heap_free(kernel);
    platform_heap_free(user);
    return config_optional(status);
}

static NTSTATUS resolve_function(struct answer *answer, LPCWSTR id)
{
    const struct config_question *question = answer->question;
    ULONG before = answer->count;
    struct list providers;
    NTSTATUS status;
    LPCWSTR name;
    bool named, is_called;

    if (question->function && !names_equal(question->function, id)) return STATUS_SUCCESS;
    status = view_providers(&answer->view, id, &providers);
    named = question->provider && config_list_has(providers.names, question->provider);
    for (name = providers.names; !status && name && !LIST_END(name); name = LIST_NEXT(name))
    {
        if (named && !names_equal(name, question->provider)) continue;
        if (question->provider &&
            ((status = provider_is_called(name, question->provider, &is_called)) || !is_called))
            continue;
        status = resolve_provider(answer, id, name);
        if (answer->count > before && !(question->flags & CRYPT_ALL_PROVIDERS)) break;
    }
    list_free(&providers);
    return status;
}

NTSTATUS config_resolve(const struct config_question *question, struct block *block)
{
    struct answer answer = { .question = question, .block = block };
    ULONG head = block_add(block, NULL, sizeof(CRYPT_PROVIDER_REFS)), array, i;
    NTSTATUS status = view_open(&answer.view, question->context);
    LPCWSTR id;

    if (!status) status = infer_interface(&answer);
    for (id = answer.view.functions.names; !status && id && !LIST_END(id); id = LIST_NEXT(id))
    {
        status = resolve_function(&answer, id);
        if (answer.count && !(question->flags & CRYPT_ALL_FUNCTIONS)) break;
    }
    if (!status && !answer.count) status = STATUS_NOT_FOUND;
    if (!status)
    {
        array = block_add(block, NULL, answer.count * (ULONG)sizeof(PVOID));
        for (i = 0; i < answer.count; i++)
            block_point(block, array + i * (ULONG)sizeof(PVOID), answer.refs[i]);
        block_set(block, head + offsetof(CRYPT_PROVIDER_REFS, cProviders), answer.count);
        block_point(block, head + offsetof(CRYPT_PROVIDER_REFS, rgpProviders), array);
    }
    platform_heap_free(answer.refs);
    view_close(&answer.view);
    return status;
}
