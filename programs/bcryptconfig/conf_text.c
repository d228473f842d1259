/*
 * conf_text.c - the configuration as a text: written, and made true.
 *
 * A line is one statement of words; a word with blanks is in quotes, a quote in it stands twice; #
 * begins a comment. INTERFACE is a name or a number, as on the command line.
 *
 *     bcryptconfig 1 local                              what this is; or: domain
 *     provider NAME                                     a registered provider, with
 *       alias NAME
 *       image user PATH                                 or: kernel
 *       interface user INTERFACE FLAGS FUNCTION...      what the image has
 *     context NAME FLAGS                                a context, with
 *       function INTERFACE NAME PROVIDER...             best first, each with its providers
 *       flags INTERFACE FUNCTION FLAGS
 *       property INTERFACE FUNCTION NAME HEXADECIMAL
 *
 * Windows' own providers, which begin with "Microsoft ", are not written: nobody registers them.
 * Reading a text, what it names is made as it says: a provider's registration; the functions of an
 * interface, all of them in that order; the providers of a function. Other providers, contexts and
 * interfaces stay as they are. Nothing is changed before the whole text has been understood.
 *
 * SPDX-License-Identifier: MIT
 */

#include "conf.h"

#define WORDS 1024                              /* of a line */

/* ---- writing ---- */

static void write_words(FILE *file, const char *begin, const WCHAR *const *words, ULONG count)
{
    ULONG i;

    fputs(begin, file);
    for (i = 0; i < count; i++)
    {
        fputs(" ", file);
        word_write(words[i], file);
    }
    fputs("\n", file);
}

static void write_image(FILE *file, const char *mode, const CRYPT_IMAGE_REG *image)
{
    const CRYPT_INTERFACE_REG *interface;
    char begin[80];
    ULONG i;

    if (!image) return;
    snprintf(begin, sizeof(begin), "  image %s", mode);
    if (image->pszImage) write_words(file, begin, (const WCHAR *const *)&image->pszImage, 1);
    for (i = 0; i < image->cInterfaces; i++)
    {
        interface = image->rgpInterfaces[i];
        snprintf(begin, sizeof(begin), "  interface %s %s %#lx", mode,
                 interface_name(interface->dwInterface), (unsigned long)interface->dwFlags);
        write_words(file, begin, (const WCHAR *const *)interface->rgpszFunctions,
                    interface->cFunctions);
    }
}

static bool is_windows_own(const WCHAR *provider)
{
    return !wcsncmp(provider, L"Microsoft ", 10);
}

static NTSTATUS write_providers(FILE *file)
{
    CRYPT_PROVIDER_REG *registration;
    struct names *names;
    NTSTATUS status;
    ULONG i, j, bytes;

    if ((status = names_of_providers(&names))) return status;
    for (i = 0; i < names_count(names) && !status; i++)
    {
        if (is_windows_own(names->names[i])) continue;
        registration = NULL;
        status = BCryptQueryProviderRegistration(names->names[i], CRYPT_ANY, 0, &bytes,
                                                 &registration);
        if (status)
        {
            if (status == STATUS_NOT_FOUND) status = STATUS_SUCCESS;    /* gone, or damaged */
            continue;
        }
        write_words(file, "provider", (const WCHAR *const *)&names->names[i], 1);
        for (j = 0; j < registration->cAliases; j++)
            write_words(file, "  alias", (const WCHAR *const *)&registration->rgpszAliases[j], 1);
        write_image(file, "user", registration->pUM);
        write_image(file, "kernel", registration->pKM);
        BCryptFreeBuffer(registration);
    }
    BCryptFreeBuffer(names);
    return status;
}

static void write_properties(FILE *file, const WCHAR *context, ULONG interface_id,
                             const WCHAR *function)
{
    CRYPT_PROVIDER_REFS *refs = NULL;
    const CRYPT_PROPERTY_REF *property;
    ULONG bytes = 0, i, j;

    if (table != CRYPT_LOCAL ||
        BCryptResolveProviders(context, interface_id, function, NULL, CRYPT_UM, CRYPT_ALL_PROVIDERS,
                               &bytes, &refs)) return;
    for (i = 0; refs->cProviders && i < refs->rgpProviders[0]->cProperties; i++)
    {
        property = refs->rgpProviders[0]->rgpProperties[i];
        fprintf(file, "  property %s ", interface_name(interface_id));
        word_write(function, file);
        fputs(" ", file);
        word_write(property->pszProperty, file);
        fputs(property->cbValue ? " " : " -", file);
        for (j = 0; j < property->cbValue; j++) fprintf(file, "%02x", property->pbValue[j]);
        fputs("\n", file);
    }
    BCryptFreeBuffer(refs);
}

static NTSTATUS write_function(FILE *file, const WCHAR *context, ULONG interface_id,
                               const WCHAR *function)
{
    CRYPT_CONTEXT_FUNCTION_CONFIG *config = NULL;
    struct names *providers;
    NTSTATUS status;
    ULONG i, bytes;

    if ((status = names_of_function_providers(context, interface_id, function, &providers)))
        return status;
    fprintf(file, "  function %s ", interface_name(interface_id));
    word_write(function, file);
    for (i = 0; i < names_count(providers); i++)
    {
        fputs(" ", file);
        word_write(providers->names[i], file);
    }
    fputs("\n", file);
    BCryptFreeBuffer(providers);

    if (!BCryptQueryContextFunctionConfiguration(table, context, interface_id, function, &bytes,
                                                 &config))
    {
        fprintf(file, "  flags %s ", interface_name(interface_id));
        word_write(function, file);
        fprintf(file, " %#lx\n", (unsigned long)config->dwFlags);
        BCryptFreeBuffer(config);
    }
    write_properties(file, context, interface_id, function);
    return STATUS_SUCCESS;
}

static NTSTATUS write_context(FILE *file, const WCHAR *context)
{
    CRYPT_CONTEXT_CONFIG *config = NULL;
    struct names *functions;
    ULONG interface_id, i, bytes, flags = 0;
    NTSTATUS status = STATUS_SUCCESS;
    size_t number;

    if (!BCryptQueryContextConfiguration(table, context, &bytes, &config))
    {
        flags = config->dwFlags;
        BCryptFreeBuffer(config);
    }
    fputs("context ", file);
    word_write(context, file);
    fprintf(file, " %#lx\n", (unsigned long)flags);
    for (number = 0; !status && interface_at(number, &interface_id, NULL); number++)
    {
        if ((status = names_of_functions(context, interface_id, &functions))) break;
        for (i = 0; i < names_count(functions) && !status; i++)
            status = write_function(file, context, interface_id, functions->names[i]);
        BCryptFreeBuffer(functions);
    }
    return status;
}

int text_export(const WCHAR *path)
{
    struct output output = { .file = stdout };
    struct names *contexts = NULL;
    NTSTATUS status = STATUS_SUCCESS;
    ULONG i;

    if (path && !output_open(&output, path)) return ENDED_FAILED;
    fprintf(output.file, "bcryptconfig 1 %s\n", table == CRYPT_LOCAL ? "local" : "domain");
    if (table == CRYPT_LOCAL) status = write_providers(output.file);
    if (!status) status = names_of_contexts(&contexts);
    for (i = 0; i < names_count(contexts) && !status; i++)
        status = write_context(output.file, contexts->names[i]);
    BCryptFreeBuffer(contexts);
    if (status && path)
    {
        fclose(output.file);
        DeleteFileW(output.unfinished);
    }
    if (status) return failed(status, "cannot export", path);
    return !path || output_close(&output) ? ENDED_WELL : ENDED_FAILED;
}

/* ---- reading ---- */

struct statement
{
    struct statement *next;
    ULONG line;
    int count;
    WCHAR *words[];
};

static bool is(const WCHAR *word, const WCHAR *wanted)
{
    return !wcscmp(word, wanted);
}

/* What the words of a statement have to be: a(ny) m(ode) i(nterface) n(umber) h(exadecimal); * is
 * any number of any. */
static const struct
{
    const WCHAR *verb, *words;
    bool in_context;
} verbs[] =
{
    { L"provider",  L"a",     false },
    { L"alias",     L"a",     false },
    { L"image",     L"ma",    false },
    { L"interface", L"min*",  false },
    { L"context",   L"an",    true },
    { L"function",  L"ia*",   true },
    { L"flags",     L"ian",   true },
    { L"property",  L"iaah",  true },
};

static bool word_is(WCHAR kind, const WCHAR *word)
{
    ULONG number;

    switch (kind)
    {
    case 'm': return is(word, L"user") || is(word, L"kernel");
    case 'i': return interface_read(word, &number);
    case 'n': return number_read(word, &number);
    case 'h': return is(word, L"-") ||
                     (*word && !(wcslen(word) % 2) &&
                      !word[wcsspn(word, L"0123456789abcdefABCDEF")]);
    default: return *word != 0;
    }
}

/* Whether a statement can stand where it stands: within a provider, a context or neither (NULL). */
static bool understand(const struct statement *statement, const WCHAR **within)
{
    const WCHAR *words;
    int taken = 1;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(verbs) && !is(statement->words[0], verbs[i].verb); i++) {}
    if (i == ARRAY_SIZE(verbs)) return false;
    for (words = verbs[i].words; *words && *words != '*'; words++, taken++)
    {
        if (taken >= statement->count || !word_is(*words, statement->words[taken])) return false;
    }
    if (taken < statement->count && *words != '*') return false;
    if (is(verbs[i].verb, L"provider") || is(verbs[i].verb, L"context"))
    {
        *within = verbs[i].verb;
        return true;
    }
    return *within && is(*within, verbs[i].in_context ? L"context" : L"provider");
}

/* All statements of a text, in order; false with a line about the one that is wrong. */
static bool statements_read(WCHAR *text, struct statement **first)
{
    struct statement **next = first, *statement;
    WCHAR *words[WORDS], *line, *at = text;
    const WCHAR *within = NULL;
    ULONG number = 0;
    bool begun = false;
    int count;

    *first = NULL;
    while ((line = line_next(&at)))
    {
        number++;
        count = words_read(line, words, WORDS);
        if (!count) continue;
        if (!begun && count == 3 && is(words[0], L"bcryptconfig") && is(words[1], L"1") &&
            (is(words[2], L"local") || is(words[2], L"domain")))
        {
            table = is(words[2], L"local") ? CRYPT_LOCAL : CRYPT_DOMAIN;
            begun = true;
            continue;
        }
        if (count > 0 && begun)
        {
            statement = need(sizeof(*statement) + (size_t)count * sizeof(WCHAR *));
            statement->line = number;
            statement->count = count;
            memcpy(statement->words, words, (size_t)count * sizeof(WCHAR *));
            *next = statement;
            next = &statement->next;
            if (understand(statement, &within)) continue;
        }
        complain("line %lu is not understood%s", (unsigned long)number,
                 begun ? "" : ": the first has to be 'bcryptconfig 1 local'");
        return false;
    }
    if (!begun) complain("this text is empty");
    return begun;
}

static void statements_free(struct statement *statement)
{
    struct statement *next;

    for (; statement; statement = next)
    {
        next = statement->next;
        free(statement);
    }
}

/* Those that belong to a provider or a context: from behind it to the next. */
static bool belongs(const struct statement *statement)
{
    return statement && !is(statement->words[0], L"provider") &&
           !is(statement->words[0], L"context");
}

/* ---- making a provider as the text says ---- */

static bool same_names(PWSTR *left, ULONG left_count, PWSTR *right, ULONG right_count)
{
    ULONG i;

    if (left_count != right_count) return false;
    for (i = 0; i < left_count; i++)
    {
        if (!is(left[i], right[i])) return false;
    }
    return true;
}

static const CRYPT_INTERFACE_REG *interface_of(const CRYPT_IMAGE_REG *image, ULONG interface_id)
{
    ULONG i;

    for (i = 0; i < image->cInterfaces; i++)
    {
        if (image->rgpInterfaces[i]->dwInterface == interface_id) return image->rgpInterfaces[i];
    }
    return NULL;
}

static bool same_image(const CRYPT_IMAGE_REG *left, const CRYPT_IMAGE_REG *right)
{
    const CRYPT_INTERFACE_REG *other;
    ULONG i;

    if (!left || !right) return left == right;
    if (!left->pszImage || !right->pszImage || !is(left->pszImage, right->pszImage) ||
        left->cInterfaces != right->cInterfaces) return false;
    for (i = 0; i < left->cInterfaces; i++)
    {
        other = interface_of(right, left->rgpInterfaces[i]->dwInterface);
        if (!other || other->dwFlags != left->rgpInterfaces[i]->dwFlags ||
            !same_names(left->rgpInterfaces[i]->rgpszFunctions, left->rgpInterfaces[i]->cFunctions,
                        other->rgpszFunctions, other->cFunctions)) return false;
    }
    return true;
}

static bool is_registered(const WCHAR *provider, const CRYPT_PROVIDER_REG *wanted)
{
    CRYPT_PROVIDER_REG *found = NULL;
    ULONG bytes = 0;
    bool same;

    if (BCryptQueryProviderRegistration(provider, CRYPT_ANY, 0, &bytes, &found)) return false;
    same = same_names(found->rgpszAliases, found->cAliases, wanted->rgpszAliases,
                      wanted->cAliases) &&
           same_image(found->pUM, wanted->pUM) && same_image(found->pKM, wanted->pKM);
    BCryptFreeBuffer(found);
    return same;
}

/* What a provider's statements say, in arrays with room for any of them. */
struct registration
{
    CRYPT_PROVIDER_REG all;
    CRYPT_IMAGE_REG images[2];                  /* user, kernel */
    CRYPT_INTERFACE_REG *interfaces;
    ULONG interface_count;
};

static void registration_add(struct registration *registration, struct statement *statement)
{
    CRYPT_IMAGE_REG *image = &registration->images[is(statement->words[1], L"kernel")];
    CRYPT_INTERFACE_REG *interface;

    if (is(statement->words[0], L"alias"))
        registration->all.rgpszAliases[registration->all.cAliases++] = statement->words[1];
    else if (is(statement->words[0], L"image"))
    {
        image->pszImage = statement->words[2];
        *(image == registration->images ? &registration->all.pUM : &registration->all.pKM) = image;
    }
    else
    {
        interface = &registration->interfaces[registration->interface_count++];
        interface_read(statement->words[2], &interface->dwInterface);
        number_read(statement->words[3], &interface->dwFlags);
        interface->cFunctions = (ULONG)(statement->count - 4);
        interface->rgpszFunctions = statement->words + 4;
        image->rgpInterfaces[image->cInterfaces++] = interface;
    }
}

static NTSTATUS make_provider(struct statement *statement)
{
    const WCHAR *name = statement->words[1];
    struct registration registration = { { 0 }, { { 0 } }, NULL, 0 };
    struct statement *at;
    NTSTATUS status = STATUS_SUCCESS;
    size_t count = 1;

    for (at = statement->next; belongs(at); at = at->next) count++;
    registration.all.rgpszAliases = need(count * sizeof(PWSTR));
    registration.images[0].rgpInterfaces = need(count * sizeof(void *));
    registration.images[1].rgpInterfaces = need(count * sizeof(void *));
    registration.interfaces = need(count * sizeof(CRYPT_INTERFACE_REG));
    for (at = statement->next; belongs(at); at = at->next) registration_add(&registration, at);

    if (!is_registered(name, &registration.all)) status = change_register(name, &registration.all);
    free(registration.interfaces);
    free(registration.images[1].rgpInterfaces);
    free(registration.images[0].rgpInterfaces);
    free(registration.all.rgpszAliases);
    return status;
}

/* ---- making a context as the text says ---- */

/* A list as it is, on its way to what it is to be. */
struct list
{
    const WCHAR **names;
    ULONG count;
};

static struct list list_of(const struct names *names, ULONG more)
{
    struct list list = { need((names_count(names) + more) * sizeof(WCHAR *)), names_count(names) };

    if (list.count) memcpy(list.names, names->names, list.count * sizeof(WCHAR *));
    return list;
}

/* As the configuration does: the name at that place, and nowhere else. */
static void list_place(struct list *list, const WCHAR *name, ULONG place)
{
    ULONG i;

    for (i = 0; i < list->count && !is(list->names[i], name); i++) {}
    if (i == list->count) list->count++;
    memmove(list->names + place + 1, list->names + place, (i - place) * sizeof(WCHAR *));
    list->names[place] = name;
}

/* The functions of an interface of a context, or the providers of a function of it. */
struct place
{
    const WCHAR *context, *function;
    ULONG interface_id;
};

static NTSTATUS place_add(const struct place *place, const WCHAR *name, ULONG position)
{
    if (!place->function)
        return change_add_function(place->context, place->interface_id, name, position);
    return change_add_provider(place->context, place->interface_id, place->function, name,
                               position);
}

static NTSTATUS place_remove(const struct place *place, const WCHAR *name)
{
    if (!place->function)
        return change_remove_function(place->context, place->interface_id, name);
    return change_remove_provider(place->context, place->interface_id, place->function, name);
}

/* The names that are there become the ones that are wanted, each change a move or a removal. */
static NTSTATUS make_list(const struct place *place, const struct names *there,
                          const WCHAR *const *wanted, ULONG count)
{
    struct list list = list_of(there, count);
    NTSTATUS status = STATUS_SUCCESS;
    ULONG i;

    for (i = 0; i < count && !status; i++)
    {
        if (i < list.count && is(list.names[i], wanted[i])) continue;
        status = place_add(place, wanted[i], i == list.count ? CRYPT_PRIORITY_BOTTOM : i);
        list_place(&list, wanted[i], i);
    }
    for (; i < list.count && !status; i++) status = place_remove(place, list.names[i]);
    free(list.names);
    return status;
}

static NTSTATUS make_functions(struct statement *context, ULONG interface_id)
{
    struct place place = { context->words[1], NULL, interface_id };
    const WCHAR **wanted;
    struct statement *at;
    struct names *there;
    NTSTATUS status;
    ULONG count = 0, number;

    for (at = context->next; belongs(at); at = at->next) count++;
    wanted = need((count + 1) * sizeof(WCHAR *));
    for (count = 0, at = context->next; belongs(at); at = at->next)
    {
        if (is(at->words[0], L"function") && interface_read(at->words[1], &number) &&
            number == interface_id) wanted[count++] = at->words[2];
    }
    if ((status = names_of_functions(place.context, interface_id, &there)) == STATUS_NOT_FOUND)
        status = STATUS_SUCCESS;
    if (!status) status = make_list(&place, there, wanted, count);
    BCryptFreeBuffer(there);
    free(wanted);
    return status;
}

static NTSTATUS make_function(const WCHAR *context, const struct statement *statement)
{
    struct place place = { context, statement->words[2], 0 };
    struct names *there;
    NTSTATUS status;

    interface_read(statement->words[1], &place.interface_id);
    status = names_of_function_providers(context, place.interface_id, place.function, &there);
    if (!status) status = make_list(&place, there, (const WCHAR *const *)statement->words + 3,
                                    (ULONG)(statement->count - 3));
    BCryptFreeBuffer(there);
    return status;
}

static NTSTATUS make_flags(const WCHAR *context, const struct statement *statement)
{
    CRYPT_CONTEXT_FUNCTION_CONFIG *config = NULL;
    ULONG interface_id, flags, bytes;
    bool same;

    interface_read(statement->words[1], &interface_id);
    number_read(statement->words[3], &flags);
    same = !BCryptQueryContextFunctionConfiguration(table, context, interface_id,
                                                    statement->words[2], &bytes, &config) &&
           config->dwFlags == flags;
    BCryptFreeBuffer(config);
    if (same) return STATUS_SUCCESS;
    return change_configure_function(context, interface_id, statement->words[2], flags);
}

static NTSTATUS make_property(const WCHAR *context, const struct statement *statement)
{
    const WCHAR *digits = statement->words[4];
    ULONG count = is(digits, L"-") ? 0 : (ULONG)wcslen(digits) / 2, bytes = 0, interface_id, i;
    UCHAR *value = need(count), *there = NULL;
    NTSTATUS status = STATUS_SUCCESS;
    unsigned int byte;

    interface_read(statement->words[1], &interface_id);
    for (i = 0; i < count; i++)
    {
        swscanf(digits + 2 * i, L"%2x", &byte);
        value[i] = (UCHAR)byte;
    }
    if (BCryptQueryContextFunctionProperty(table, context, interface_id, statement->words[2],
                                           statement->words[3], &bytes, &there) ||
        bytes != count || memcmp(value, there, count))
        status = change_property(context, interface_id, statement->words[2], statement->words[3],
                                 value, count);
    BCryptFreeBuffer(there);
    free(value);
    return status;
}

/* Makes it, or gives it the flags that it has not. */
static NTSTATUS make_context_itself(const struct statement *statement)
{
    CRYPT_CONTEXT_CONFIG *config = NULL;
    const WCHAR *name = statement->words[1];
    ULONG flags, bytes;
    NTSTATUS status;
    bool same;

    number_read(statement->words[2], &flags);
    status = BCryptQueryContextConfiguration(table, name, &bytes, &config);
    if (status == STATUS_NOT_FOUND)
    {
        struct names *contexts;
        bool found = false;
        ULONG i;

        if ((status = names_of_contexts(&contexts))) return status;
        for (i = 0; i < names_count(contexts); i++) found |= !_wcsicmp(contexts->names[i], name);
        BCryptFreeBuffer(contexts);
        if (!found) return change_add_context(name, flags);
        return flags ? change_configure_context(name, flags) : STATUS_SUCCESS;
    }
    if (status) return status;
    same = config->dwFlags == flags;
    BCryptFreeBuffer(config);
    return same ? STATUS_SUCCESS : change_configure_context(name, flags);
}

static NTSTATUS make_context(struct statement *statement)
{
    NTSTATUS status = make_context_itself(statement);
    const WCHAR *name = statement->words[1];
    struct statement *at, *before;
    ULONG interface_id, other;
    bool seen;

    for (at = statement->next; belongs(at) && !status; at = at->next)
    {
        if (!is(at->words[0], L"function")) continue;
        interface_read(at->words[1], &interface_id);
        for (seen = false, before = statement->next; before != at && !seen; before = before->next)
            seen = is(before->words[0], L"function") && interface_read(before->words[1], &other) &&
                   other == interface_id;
        if (!seen) status = make_functions(statement, interface_id);
    }
    for (at = statement->next; belongs(at) && !status; at = at->next)
    {
        if (is(at->words[0], L"function")) status = make_function(name, at);
        else if (is(at->words[0], L"flags")) status = make_flags(name, at);
        else status = make_property(name, at);
    }
    return status;
}

int text_import(const WCHAR *path)
{
    struct statement *first = NULL, *at;
    WCHAR *text = text_read(path);
    NTSTATUS status = STATUS_SUCCESS;
    int ended = ENDED_WELL;

    if (!text) return ENDED_FAILED;
    if (!statements_read(text, &first)) ended = ENDED_FAILED;
    for (at = first; at && !ended; at = at->next)
    {
        if (is(at->words[0], L"provider")) status = make_provider(at);
        else if (is(at->words[0], L"context")) status = make_context(at);
        if (status) ended = failed(status, "cannot make it as the text says:", at->words[1]);
    }
    if (!ended && !changes) printf("it is as the text says\n");
    statements_free(first);
    free(text);
    return ended;
}
