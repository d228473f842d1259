/*
 * conf_names.c - lists of names from bcrypt.dll; interfaces by name.
 *
 * SPDX-License-Identifier: MIT
 */

#include "conf.h"

/* ---- lists ---- */

void names_free(struct names *names)
{
    while (names->count) free(names->names[--names->count]);
    free(names->names);
    *names = (struct names){ 0, NULL };
}

/* The list is longer by one then. */
static void insert(struct names *names, ULONG place, const WCHAR *name)
{
    WCHAR **longer = need((names->count + 1) * sizeof(WCHAR *));
    size_t bytes = (wcslen(name) + 1) * sizeof(WCHAR);

    if (names->count)
    {
        memcpy(longer, names->names, place * sizeof(WCHAR *));
        memcpy(longer + place + 1, names->names + place, (names->count - place) * sizeof(WCHAR *));
    }
    longer[place] = memcpy(need(bytes), name, bytes);
    free(names->names);
    names->names = longer;
    names->count++;
}

static void take_out(struct names *names, ULONG place)
{
    free(names->names[place]);
    names->count--;
    memmove(names->names + place, names->names + place + 1,
            (names->count - place) * sizeof(WCHAR *));
}

static void add_all(struct names *names, ULONG count, WCHAR *const *more)
{
    ULONG i;

    for (i = 0; i < count; i++) insert(names, names->count, more[i]);
}

bool names_has(const struct names *names, const WCHAR *name, ULONG *place)
{
    ULONG i;

    for (i = 0; i < names->count && wcscmp(names->names[i], name); i++) {}
    if (place) *place = i;
    return i < names->count;
}

bool names_has_caseless(const struct names *names, const WCHAR *name)
{
    ULONG i;

    for (i = 0; i < names->count && _wcsicmp(names->names[i], name); i++) {}
    return i < names->count;
}

NTSTATUS names_place(struct names *names, const WCHAR *name, ULONG position)
{
    bool has;
    ULONG at;

    has = names_has(names, name, &at);
    if (position == CRYPT_PRIORITY_BOTTOM) position = names->count - has;
    if (position > names->count - has) return STATUS_INVALID_PARAMETER;
    if (has) take_out(names, at);
    insert(names, position, name);
    return STATUS_SUCCESS;
}

NTSTATUS names_remove(struct names *names, const WCHAR *name)
{
    ULONG at;

    if (!names_has(names, name, &at)) return STATUS_NOT_FOUND;
    take_out(names, at);
    return STATUS_SUCCESS;
}

/* ---- what is there, and what would be ---- */

/* A list that a change would have made. */
struct pretended
{
    struct pretended *next;
    struct place place;                         /* with names of its own */
    struct names names, words;
};
static struct pretended *pretended;

static bool same_name(const WCHAR *left, const WCHAR *right, bool caseless)
{
    if (!left || !right) return left == right;
    return !(caseless ? _wcsicmp(left, right) : wcscmp(left, right));
}

static struct pretended *find(const struct place *place)
{
    struct pretended *at;

    for (at = pretended; at; at = at->next)
    {
        if (at->place.interface_id == place->interface_id &&
            same_name(at->place.context, place->context, true) &&
            same_name(at->place.function, place->function, false)) return at;
    }
    return NULL;
}

static WCHAR *keep(struct pretended *of, const WCHAR *word)
{
    if (!word) return NULL;
    insert(&of->words, of->words.count, word);
    return of->words.names[of->words.count - 1];
}

void names_pretend(const struct place *place, const struct names *names)
{
    struct pretended *of = find(place);

    if (!of)
    {
        of = need(sizeof(*of));
        of->place = (struct place){ keep(of, place->context), keep(of, place->function),
                                    place->interface_id };
        of->next = pretended;
        pretended = of;
    }
    names_free(&of->names);
    add_all(&of->names, names->count, names->names);
}

void names_forget(void)
{
    struct pretended *of;

    while ((of = pretended))
    {
        pretended = of->next;
        names_free(&of->names);
        names_free(&of->words);
        free(of);
    }
}

/* Takes a block of bcrypt.dll's: what CRYPT_PROVIDERS, CRYPT_CONTEXTS, CRYPT_CONTEXT_FUNCTIONS and
 * their like look like. */
static NTSTATUS take(NTSTATUS status, CRYPT_CONTEXTS *block, struct names *names)
{
    if (!status) add_all(names, block->cContexts, block->rgpszContexts);
    BCryptFreeBuffer(block);
    return status == STATUS_NOT_FOUND ? STATUS_SUCCESS : status;
}

NTSTATUS names_at(const struct place *place, struct names *names)
{
    const struct pretended *would_be = find(place);
    void *block = NULL;
    NTSTATUS status;
    ULONG bytes = 0;

    *names = (struct names){ 0, NULL };
    if (would_be)
    {
        add_all(names, would_be->names.count, would_be->names.names);
        return STATUS_SUCCESS;
    }
    if (!place->context) status = BCryptEnumContexts(table, &bytes, (PCRYPT_CONTEXTS *)&block);
    else if (!place->function)
        status = BCryptEnumContextFunctions(table, place->context, place->interface_id, &bytes,
                                            (PCRYPT_CONTEXT_FUNCTIONS *)&block);
    else
        status = BCryptEnumContextFunctionProviders(table, place->context, place->interface_id,
                                                    place->function, &bytes,
                                                    (PCRYPT_CONTEXT_FUNCTION_PROVIDERS *)&block);
    return take(status, block, names);
}

NTSTATUS names_of_providers(struct names *names)
{
    CRYPT_PROVIDERS *block = NULL;
    NTSTATUS status;
    ULONG bytes = 0;

    *names = (struct names){ 0, NULL };
    status = BCryptEnumRegisteredProviders(&bytes, &block);
    return take(status, (CRYPT_CONTEXTS *)(void *)block, names);
}

NTSTATUS names_of_contexts(struct names *names)
{
    return names_at(&(struct place){ NULL, NULL, 0 }, names);
}

NTSTATUS names_of_functions(const WCHAR *context, ULONG interface_id, struct names *names)
{
    return names_at(&(struct place){ context, NULL, interface_id }, names);
}

NTSTATUS names_of_function_providers(const WCHAR *context, ULONG interface_id,
                                     const WCHAR *function, struct names *names)
{
    return names_at(&(struct place){ context, function, interface_id }, names);
}

/* ---- interfaces ---- */

static const struct
{
    ULONG interface_id;
    const char *name;
} interfaces[] =
{
    { BCRYPT_CIPHER_INTERFACE,                "cipher" },
    { BCRYPT_HASH_INTERFACE,                  "hash" },
    { BCRYPT_ASYMMETRIC_ENCRYPTION_INTERFACE, "asymmetric" },
    { BCRYPT_SECRET_AGREEMENT_INTERFACE,      "agreement" },
    { BCRYPT_SIGNATURE_INTERFACE,             "signature" },
    { BCRYPT_RNG_INTERFACE,                   "random" },
    { BCRYPT_KEY_DERIVATION_INTERFACE,        "derivation" },
    { BCRYPT_KEY_ENCAPSULATION_INTERFACE,     "encapsulation" },
    { 0x00010001,                             "key-storage" },
    { SCHANNEL_INTERFACE,                     "schannel" },
    { 0x00010003,                             "schannel-signature" },
    { 0x00010004,                             "key-protection" },
};

bool interface_at(size_t number, ULONG *interface_id, const char **name)
{
    if (number >= ARRAY_SIZE(interfaces)) return false;
    *interface_id = interfaces[number].interface_id;
    if (name) *name = interfaces[number].name;
    return true;
}

bool interface_read(const WCHAR *text, ULONG *interface_id)
{
    WCHAR name[32];
    size_t i;

    for (i = 0; i < ARRAY_SIZE(interfaces); i++)
    {
        swprintf(name, ARRAY_SIZE(name), L"%hs", interfaces[i].name);
        if (wcscmp(name, text)) continue;
        *interface_id = interfaces[i].interface_id;
        return true;
    }
    return number_read(text, interface_id);
}

const char *interface_name(ULONG interface_id)
{
    static char number[16];
    size_t i;

    for (i = 0; i < ARRAY_SIZE(interfaces); i++)
    {
        if (interfaces[i].interface_id == interface_id) return interfaces[i].name;
    }
    snprintf(number, sizeof(number), "0x%08lx", (unsigned long)interface_id);
    return number;
}

bool number_read(const WCHAR *text, ULONG *number)
{
    WCHAR *end;
    unsigned long long value;

    if (*text < '0' || *text > '9') return false;
    value = wcstoull(text, &end, text[0] == '0' && (text[1] == 'x' || text[1] == 'X') ? 16 : 10);
    if (*end || value > 0xffffffff) return false;
    *number = (ULONG)value;
    return true;
}
