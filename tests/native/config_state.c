/*
 * config_state.c - the configuration as the exports tell it, and the registry as it is.
 *
 * Programs with this are linked with --wrap for the functions of registry.h.
 *
 * SPDX-License-Identifier: MIT
 */

#include "config_state.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "bcrypt_provider.h"
#include "platform/names.h"
#include "platform/platform.h"
#include "platform/registry.h"

/* ---- registry.h, counted and failing ---- */

unsigned int config_state_most = ~0u, config_state_interfaces = ~0u;
bool config_state_blocks_only;
int registry_reads, registry_writes, registry_calls, registry_fails_at, registry_read_fails_at;
bool registry_killed_then, registry_unread_then;
NTSTATUS registry_read_fails_with;

NTSTATUS __real_registry_open(void *parent, LPCWSTR path, void **key);
NTSTATUS __real_registry_create(void *parent, LPCWSTR path, void **key);
NTSTATUS __real_registry_set(void *key, LPCWSTR name, ULONG type, const void *data, ULONG bytes);
NTSTATUS __real_registry_unset(void *key, LPCWSTR name);
NTSTATUS __real_registry_delete(void *key);
NTSTATUS __real_registry_get(void *key, LPCWSTR name, ULONG *type, void **data, ULONG *bytes);
NTSTATUS __real_registry_key_at(void *key, ULONG number, WCHAR name[REGISTRY_NAME_LIMIT]);
NTSTATUS __real_registry_value_at(void *key, ULONG number, WCHAR name[REGISTRY_NAME_LIMIT]);
NTSTATUS __real_registry_key_time(void *key, ULONGLONG *time);

NTSTATUS __wrap_registry_open(void *parent, LPCWSTR path, void **key);
NTSTATUS __wrap_registry_create(void *parent, LPCWSTR path, void **key);
NTSTATUS __wrap_registry_set(void *key, LPCWSTR name, ULONG type, const void *data, ULONG bytes);
NTSTATUS __wrap_registry_unset(void *key, LPCWSTR name);
NTSTATUS __wrap_registry_delete(void *key);
NTSTATUS __wrap_registry_get(void *key, LPCWSTR name, ULONG *type, void **data, ULONG *bytes);
NTSTATUS __wrap_registry_key_at(void *key, ULONG number, WCHAR name[REGISTRY_NAME_LIMIT]);
NTSTATUS __wrap_registry_value_at(void *key, ULONG number, WCHAR name[REGISTRY_NAME_LIMIT]);
NTSTATUS __wrap_registry_key_time(void *key, ULONGLONG *time);

static bool write_fails(void)
{
    registry_calls++;
    registry_writes++;
    if (!registry_fails_at) return false;
    return registry_killed_then ? registry_writes >= registry_fails_at
                                : registry_writes == registry_fails_at;
}

static bool read_fails(void)
{
    registry_calls++;
    registry_reads++;
    if (!registry_read_fails_at) return false;
    return registry_unread_then ? registry_reads >= registry_read_fails_at
                                : registry_reads == registry_read_fails_at;
}

NTSTATUS __wrap_registry_open(void *parent, LPCWSTR path, void **key)
{
    *key = NULL;
    return read_fails() ? registry_read_fails_with : __real_registry_open(parent, path, key);
}

NTSTATUS __wrap_registry_create(void *parent, LPCWSTR path, void **key)
{
    *key = NULL;
    return write_fails() ? STATUS_ACCESS_DENIED : __real_registry_create(parent, path, key);
}

NTSTATUS __wrap_registry_set(void *key, LPCWSTR name, ULONG type, const void *data, ULONG bytes)
{
    return write_fails() ? STATUS_ACCESS_DENIED : __real_registry_set(key, name, type, data, bytes);
}

NTSTATUS __wrap_registry_unset(void *key, LPCWSTR name)
{
    return write_fails() ? STATUS_ACCESS_DENIED : __real_registry_unset(key, name);
}

NTSTATUS __wrap_registry_delete(void *key)
{
    return write_fails() ? STATUS_ACCESS_DENIED : __real_registry_delete(key);
}

NTSTATUS __wrap_registry_get(void *key, LPCWSTR name, ULONG *type, void **data, ULONG *bytes)
{
    return read_fails() ? registry_read_fails_with
                        : __real_registry_get(key, name, type, data, bytes);
}

NTSTATUS __wrap_registry_key_at(void *key, ULONG number, WCHAR name[REGISTRY_NAME_LIMIT])
{
    return read_fails() ? registry_read_fails_with : __real_registry_key_at(key, number, name);
}

NTSTATUS __wrap_registry_value_at(void *key, ULONG number, WCHAR name[REGISTRY_NAME_LIMIT])
{
    return read_fails() ? registry_read_fails_with : __real_registry_value_at(key, number, name);
}

NTSTATUS __wrap_registry_key_time(void *key, ULONGLONG *time)
{
    return read_fails() ? registry_read_fails_with : __real_registry_key_time(key, time);
}

/* ---- texts ---- */

static void must(bool condition)
{
    if (!condition) abort();
}

static FILE *text;
static char *text_bytes;
static size_t text_length;

static void text_begin(void)
{
    must((text = open_memstream(&text_bytes, &text_length)) != NULL);
}

static char *text_end(void)
{
    fclose(text);
    return text_bytes;
}

static void say(LPCWSTR name)
{
    for (; *name; name++) fprintf(text, *name > ' ' && *name < 127 ? "%c" : "\\%04x", *name);
    fprintf(text, " ");
}

/* ---- what the exports answer ---- */

/* An answer of an export, and where it ends. */
struct answer
{
    UCHAR *block;
    ULONG bytes;
};

static void is_inside(const struct answer *answer, const void *at, size_t bytes)
{
    const UCHAR *begin = at;

    must(begin >= answer->block && bytes <= answer->bytes &&
         (size_t)(begin - answer->block) <= answer->bytes - bytes);
}

static LPCWSTR string_in(const struct answer *answer, LPCWSTR string)
{
    LPCWSTR at = string;

    for (;; at++)
    {
        is_inside(answer, at, sizeof(WCHAR));
        if (!*at) return string;
    }
}

/* Calls an export for its size, for a block and for a buffer of ours, which is what is looked at
 * and given back with answer_free; false if there is nothing. */
typedef NTSTATUS asked(const void *context, ULONG *bytes, void **buffer);

static bool answer_get(struct answer *answer, asked *ask, const void *context, NTSTATUS size_status)
{
    void *block = NULL, *own;
    ULONG size = 0, bytes = 0xcccccccc, least;
    NTSTATUS status, sized = STATUS_SUCCESS;

    status = ask(context, &bytes, &block);
    if (config_state_blocks_only)
    {
        must(!status || status == STATUS_NOT_FOUND || status == STATUS_INVALID_PARAMETER);
        answer->block = block;
        answer->bytes = bytes;
        return !status;
    }
    sized = ask(context, &size, NULL);
    must(!status || status == STATUS_NOT_FOUND || status == STATUS_INVALID_PARAMETER);
    if (status)
    {
        must(sized == status);
        return false;
    }
    must(sized == size_status && size == bytes && block);

    must((answer->block = malloc(bytes ? bytes : 1)) != NULL);
    own = answer->block;
    least = bytes;
    if (bytes)
    {
        least = bytes - 1;
        must(ask(context, &least, &own) == STATUS_BUFFER_TOO_SMALL && least == bytes);
    }
    must(!ask(context, &least, &own) && own == answer->block);
    answer->bytes = bytes;
    BCryptFreeBuffer(block);
    return true;
}

static void answer_free(struct answer *answer)
{
    if (config_state_blocks_only) BCryptFreeBuffer(answer->block);
    else free(answer->block);
}

/* Where the names of a list are that all lists of names look like. */
static PWSTR *names_in(const struct answer *answer, ULONG *count)
{
    const CRYPT_CONTEXTS *list = (void *)answer->block;
    ULONG i;

    is_inside(answer, list, sizeof(*list));
    if (list->cContexts) is_inside(answer, list->rgpszContexts, list->cContexts * sizeof(PWSTR));
    for (i = 0; i < list->cContexts; i++) string_in(answer, list->rgpszContexts[i]);
    *count = list->cContexts;
    return list->rgpszContexts;
}

static NTSTATUS ask_providers(const void *unused, ULONG *bytes, void **buffer)
{
    (void)unused;
    return BCryptEnumRegisteredProviders(bytes, (PCRYPT_PROVIDERS *)buffer);
}

static NTSTATUS ask_registration(const void *name, ULONG *bytes, void **buffer)
{
    return BCryptQueryProviderRegistration(name, CRYPT_ANY, 0, bytes,
                                           (PCRYPT_PROVIDER_REG *)buffer);
}

static NTSTATUS ask_contexts(const void *table, ULONG *bytes, void **buffer)
{
    return BCryptEnumContexts(*(const ULONG *)table, bytes, (PCRYPT_CONTEXTS *)buffer);
}

/* Whose turn it is. */
struct place
{
    ULONG table;
    LPCWSTR context;
    ULONG interface_id;
    LPCWSTR function, property;
};

static NTSTATUS ask_context(const void *context, ULONG *bytes, void **buffer)
{
    const struct place *place = context;

    return BCryptQueryContextConfiguration(place->table, place->context, bytes,
                                           (PCRYPT_CONTEXT_CONFIG *)buffer);
}

static NTSTATUS ask_functions(const void *context, ULONG *bytes, void **buffer)
{
    const struct place *place = context;

    return BCryptEnumContextFunctions(place->table, place->context, place->interface_id, bytes,
                                      (PCRYPT_CONTEXT_FUNCTIONS *)buffer);
}

static NTSTATUS ask_function(const void *context, ULONG *bytes, void **buffer)
{
    const struct place *place = context;

    return BCryptQueryContextFunctionConfiguration(place->table, place->context,
                                                   place->interface_id, place->function, bytes,
                                                   (PCRYPT_CONTEXT_FUNCTION_CONFIG *)buffer);
}

static NTSTATUS ask_function_providers(const void *context, ULONG *bytes, void **buffer)
{
    const struct place *place = context;

    return BCryptEnumContextFunctionProviders(place->table, place->context, place->interface_id,
                                              place->function, bytes,
                                              (PCRYPT_CONTEXT_FUNCTION_PROVIDERS *)buffer);
}

static NTSTATUS ask_property(const void *context, ULONG *bytes, void **buffer)
{
    const struct place *place = context;

    return BCryptQueryContextFunctionProperty(place->table, place->context, place->interface_id,
                                              place->function, place->property, bytes,
                                              (PUCHAR *)buffer);
}

static NTSTATUS ask_resolved(const void *context, ULONG *bytes, void **buffer)
{
    const struct place *place = context;

    return BCryptResolveProviders(place->context, place->interface_id, place->function, NULL,
                                  CRYPT_MM, CRYPT_ALL_FUNCTIONS | CRYPT_ALL_PROVIDERS, bytes,
                                  (PCRYPT_PROVIDER_REFS *)buffer);
}

/* ---- saying it ---- */

static void say_names(const char *what, asked *ask, const void *context)
{
    struct answer answer;
    ULONG count, i;
    PWSTR *names;

    if (!answer_get(&answer, ask, context, STATUS_BUFFER_TOO_SMALL)) return;
    fprintf(text, "%s", what);
    names = names_in(&answer, &count);
    for (i = 0; i < count; i++) say(names[i]);
    fprintf(text, "\n");
    answer_free(&answer);
}

static void say_flags(const char *what, asked *ask, const void *context)
{
    struct answer answer;

    if (!answer_get(&answer, ask, context, STATUS_BUFFER_TOO_SMALL)) return;
    is_inside(&answer, answer.block, sizeof(CRYPT_CONTEXT_CONFIG));
    fprintf(text, "%s %#x\n", what, (unsigned int)((CRYPT_CONTEXT_CONFIG *)(void *)
                                                       answer.block)->dwFlags);
    answer_free(&answer);
}

static void say_image(const struct answer *answer, const char *mode, const CRYPT_IMAGE_REG *image)
{
    const CRYPT_INTERFACE_REG *interface;
    ULONG i, j;

    if (!image) return;
    is_inside(answer, image, sizeof(*image));
    fprintf(text, "  %s ", mode);
    if (image->pszImage) say(string_in(answer, image->pszImage));
    fprintf(text, "\n");
    if (image->cInterfaces)
        is_inside(answer, image->rgpInterfaces, image->cInterfaces * sizeof(void *));
    for (i = 0; i < image->cInterfaces; i++)
    {
        interface = image->rgpInterfaces[i];
        is_inside(answer, interface, sizeof(*interface));
        fprintf(text, "    %#x %#x ", (unsigned int)interface->dwInterface,
                (unsigned int)interface->dwFlags);
        if (interface->cFunctions)
            is_inside(answer, interface->rgpszFunctions, interface->cFunctions * sizeof(PWSTR));
        for (j = 0; j < interface->cFunctions; j++)
            say(string_in(answer, interface->rgpszFunctions[j]));
        fprintf(text, "\n");
    }
}

static void say_registration(LPCWSTR name)
{
    const CRYPT_PROVIDER_REG *registration;
    struct answer answer;
    ULONG i;

    if (!answer_get(&answer, ask_registration, name, STATUS_BUFFER_TOO_SMALL)) return;
    registration = (void *)answer.block;
    is_inside(&answer, registration, sizeof(*registration));
    fprintf(text, "  aliases ");
    if (registration->cAliases)
        is_inside(&answer, registration->rgpszAliases, registration->cAliases * sizeof(PWSTR));
    for (i = 0; i < registration->cAliases; i++)
        say(string_in(&answer, registration->rgpszAliases[i]));
    fprintf(text, "\n");
    say_image(&answer, "user", registration->pUM);
    say_image(&answer, "kernel", registration->pKM);
    answer_free(&answer);
}

static void say_resolved(const struct place *place)
{
    const CRYPT_PROVIDER_REFS *refs;
    const CRYPT_PROVIDER_REF *ref;
    struct answer answer;
    ULONG i, j;

    if (!answer_get(&answer, ask_resolved, place, STATUS_SUCCESS)) return;
    refs = (void *)answer.block;
    is_inside(&answer, refs, sizeof(*refs));
    if (refs->cProviders)
        is_inside(&answer, refs->rgpProviders, refs->cProviders * sizeof(void *));
    for (i = 0; i < refs->cProviders; i++)
    {
        ref = refs->rgpProviders[i];
        is_inside(&answer, ref, sizeof(*ref));
        fprintf(text, "  resolved %#x ", (unsigned int)ref->dwInterface);
        say(string_in(&answer, ref->pszFunction));
        say(string_in(&answer, ref->pszProvider));
        if (ref->cProperties)
            is_inside(&answer, ref->rgpProperties, ref->cProperties * sizeof(void *));
        for (j = 0; j < ref->cProperties; j++)
        {
            is_inside(&answer, ref->rgpProperties[j], sizeof(CRYPT_PROPERTY_REF));
            say(string_in(&answer, ref->rgpProperties[j]->pszProperty));
            if (ref->rgpProperties[j]->cbValue)
                is_inside(&answer, ref->rgpProperties[j]->pbValue, ref->rgpProperties[j]->cbValue);
        }
        if (ref->pUM)
        {
            is_inside(&answer, ref->pUM, sizeof(*ref->pUM));
            say(string_in(&answer, ref->pUM->pszImage));
        }
        if (ref->pKM)
        {
            is_inside(&answer, ref->pKM, sizeof(*ref->pKM));
            say(string_in(&answer, ref->pKM->pszImage));
        }
        fprintf(text, "\n");
    }
    answer_free(&answer);
}

static void say_property(const struct place *place)
{
    struct answer answer;
    ULONG i;

    if (!answer_get(&answer, ask_property, place, STATUS_BUFFER_TOO_SMALL)) return;
    fprintf(text, "    property ");
    for (i = 0; i < answer.bytes; i++) fprintf(text, "%02x", answer.block[i]);
    fprintf(text, "\n");
    answer_free(&answer);
}

static const ULONG interfaces[] =
{
    1, 2, 3, 4, 5, 6, 7, 8, 0x10001, 0x10002, 0x10003, 0x10004,
};

static void say_context(struct place *place)
{
    struct answer answer;
    ULONG count, i, j;
    PWSTR *names;

    fprintf(text, "context %u ", (unsigned int)place->table);
    say(place->context);
    fprintf(text, "\n");
    say_flags("  flags", ask_context, place);
    for (i = 0; i < ARRAY_SIZE(interfaces); i++)
    {
        if (!(config_state_interfaces >> i & 1)) continue;
        place->interface_id = interfaces[i];
        place->function = NULL;
        if (place->table == CRYPT_LOCAL) say_resolved(place);
        if (!answer_get(&answer, ask_functions, place, STATUS_BUFFER_TOO_SMALL)) continue;
        names = names_in(&answer, &count);
        for (j = 0; j < count; j++)
        {
            fprintf(text, "  function %#x ", (unsigned int)interfaces[i]);
            say(place->function = names[j]);
            fprintf(text, "\n");
            if (j >= config_state_most) continue;
            say_flags("    flags", ask_function, place);
            say_names("    providers ", ask_function_providers, place);
            say_property(place);
        }
        answer_free(&answer);
    }
}

char *config_state(LPCWSTR property)
{
    struct place place = { CRYPT_LOCAL, NULL, 0, NULL, property };
    struct answer answer;
    ULONG count, i;
    PWSTR *names;

    text_begin();
    if (answer_get(&answer, ask_providers, NULL, STATUS_BUFFER_TOO_SMALL))
    {
        names = names_in(&answer, &count);
        for (i = 0; i < count; i++)
        {
            fprintf(text, "provider ");
            say(names[i]);
            fprintf(text, "\n");
            say_registration(names[i]);
        }
        answer_free(&answer);
    }
    for (; place.table <= CRYPT_DOMAIN; place.table++)
    {
        if (!answer_get(&answer, ask_contexts, &place.table, STATUS_BUFFER_TOO_SMALL)) continue;
        names = names_in(&answer, &count);
        for (i = 0; i < count; i++)
        {
            place.context = names[i];
            say_context(&place);
        }
        answer_free(&answer);
    }
    return text_end();
}

/* ---- the registry as it is ---- */

static void say_key(void *parent, LPCWSTR path, int depth)
{
    WCHAR name[REGISTRY_NAME_LIMIT];
    ULONG number, type, bytes, i;
    void *key, *data;

    if (__real_registry_open(parent, path, &key)) return;
    fprintf(text, "%*s", 2 * depth, "");
    say(path);
    fprintf(text, "\n");
    for (number = 0; !__real_registry_value_at(key, number, name); number++)
    {
        if (__real_registry_get(key, name, &type, &data, &bytes)) continue;
        fprintf(text, "%*s= ", 2 * depth, "");
        say(name);
        fprintf(text, "%u ", (unsigned int)type);
        for (i = 0; i < bytes; i++) fprintf(text, "%02x", ((UCHAR *)data)[i]);
        fprintf(text, "\n");
        platform_heap_free(data);
    }
    for (number = 0; !__real_registry_key_at(key, number, name); number++)
        say_key(key, name, depth + 1);
    registry_close(key);
}

char *registry_state(void)
{
    text_begin();
    say_key(NULL, L"SYSTEM\\CurrentControlSet\\Control\\Cryptography", 0);
    say_key(NULL, L"SOFTWARE\\Policies\\Microsoft\\Cryptography", 0);
    return text_end();
}
