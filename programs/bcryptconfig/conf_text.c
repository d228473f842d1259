/*
 * conf_text.c - the configuration as a text: read, and made true. conf_export.c writes it.
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
 * Comments say what is by default and what is set: where nothing is set it is as Windows has it.
 *
 * Reading a text, what it names is made as it says: a provider's registration; the functions of an
 * interface, all of them in that order; the providers of a function. Other providers, contexts and
 * interfaces stay as they are. Nothing is changed before the whole text has been understood, and
 * been tried.
 *
 * SPDX-License-Identifier: MIT
 */

#include "conf.h"

#define WORDS 1024                              /* of a line */

/* ---- reading ---- */

struct statement
{
    struct statement *next;
    const WCHAR *text;                          /* of its line, taken apart */
    ULONG line;
    int count;
    WCHAR *words[];
};

/* The file that is read. */
static const WCHAR *file_path;

/* Complains of a statement's word by number; of its end, if it has not so many. False. */
static bool complain_of(const struct statement *statement, int word, const char *what)
{
    const WCHAR *at;

    if (word < statement->count)
    {
        at = statement->words[word];
        if (at > statement->text && at[-1] == '"') at--;
    }
    else
    {
        at = statement->words[statement->count - 1];
        at += wcslen(at);
    }
    complain_at(file_path, statement->line, (ULONG)(at - statement->text) + 1, what);
    return false;
}

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

/* Why a word is not of its kind; NULL if it is. */
static const char *word_fault(WCHAR kind, const WCHAR *word)
{
    ULONG number;

    switch (kind)
    {
    case 'm': return is(word, L"user") || is(word, L"kernel") ? NULL : "neither user nor kernel";
    case 'i': return interface_read(word, &number) ? NULL : "no such interface";
    case 'n': return number_read(word, &number) ? NULL : "not a number";
    case 'h': return is(word, L"-") || (*word && !(wcslen(word) % 2) &&
                                        !word[wcsspn(word, L"0123456789abcdefABCDEF")])
                     ? NULL : "no bytes: two hexadecimal digits each, or -";
    default: return *word ? NULL : "an empty word";
    }
}

/* Whether a statement can stand where it stands: within a provider, a context or neither (NULL). */
static bool understand(const struct statement *statement, const WCHAR **within)
{
    const char *fault;
    const WCHAR *words;
    int taken = 1;
    size_t i;

    for (i = 0; i < ARRAY_SIZE(verbs) && !is(statement->words[0], verbs[i].verb); i++) {}
    if (i == ARRAY_SIZE(verbs)) return complain_of(statement, 0, "no such statement");
    for (words = verbs[i].words; *words && *words != '*'; words++, taken++)
    {
        if (taken >= statement->count) return complain_of(statement, taken, "a word is missing");
        if ((fault = word_fault(*words, statement->words[taken])))
            return complain_of(statement, taken, fault);
    }
    if (taken < statement->count && *words != '*')
        return complain_of(statement, taken, "a word too many");
    if (is(verbs[i].verb, L"provider") || is(verbs[i].verb, L"context"))
    {
        *within = verbs[i].verb;
        return true;
    }
    if (*within && is(*within, verbs[i].in_context ? L"context" : L"provider")) return true;
    return complain_of(statement, 0, verbs[i].in_context ? "this belongs to a context"
                                                         : "this belongs to a provider");
}

static bool is_header(int count, WCHAR **words)
{
    return count == 3 && is(words[0], L"bcryptconfig") && is(words[1], L"1") &&
           (is(words[2], L"local") || is(words[2], L"domain"));
}

/* All statements of a text, in order; false with a line about the one that is wrong. */
static bool statements_read(WCHAR *text, struct statement **first)
{
    struct statement **next = first, *statement;
    WCHAR *words[WORDS], *line, *wrong, *at = text;
    const WCHAR *within = NULL;
    ULONG number = 0;
    bool begun = false;
    int count;

    *first = NULL;
    while ((line = line_next(&at)))
    {
        number++;
        count = words_read(line, words, WORDS, &wrong);
        if (!count) continue;
        if (!begun)
        {
            if (!(begun = is_header(count, words)))
            {
                complain_at(file_path, number, 0, "the first has to be 'bcryptconfig 1 local', or "
                                                  "domain");
                return false;
            }
            table = is(words[2], L"local") ? CRYPT_LOCAL : CRYPT_DOMAIN;
            continue;
        }
        if (count < 0)
        {
            complain_at(file_path, number, (ULONG)(wrong - line) + 1,
                        "a quote that does not end, or not with the word; or too many words");
            return false;
        }
        statement = need(sizeof(*statement) + (size_t)count * sizeof(WCHAR *));
        statement->text = line;
        statement->line = number;
        statement->count = count;
        memcpy(statement->words, words, (size_t)count * sizeof(WCHAR *));
        *next = statement;
        next = &statement->next;
        if (!understand(statement, &within)) return false;
    }
    if (!begun) complain_at(file_path, 1, 0, "this text is empty");
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

/* ---- what says two things of one ---- */

/* Whether two statements of one block are about the same. */
static bool same_subject(const struct statement *left, const struct statement *right)
{
    ULONG one, other;

    if (!is(left->words[0], right->words[0])) return false;
    if (is(left->words[0], L"alias") || is(left->words[0], L"image"))
        return is(left->words[1], right->words[1]);
    if (is(left->words[0], L"interface"))
        return is(left->words[1], right->words[1]) && interface_read(left->words[2], &one) &&
               interface_read(right->words[2], &other) && one == other;
    if (!interface_read(left->words[1], &one) || !interface_read(right->words[1], &other) ||
        one != other || !is(left->words[2], right->words[2])) return false;
    return !is(left->words[0], L"property") || !_wcsicmp(left->words[3], right->words[3]);
}

/* Names that follow each other: from a word on none may be there twice. */
static bool words_differ(const struct statement *statement, int from)
{
    int i, j;

    for (i = from; i < statement->count; i++)
    {
        if (!*statement->words[i]) return complain_of(statement, i, "an empty word");
        for (j = from; j < i; j++)
        {
            if (is(statement->words[i], statement->words[j]))
                return complain_of(statement, i, "this is there twice");
        }
    }
    return true;
}

/* An image has to be there for an interface of it. */
static bool has_image(const struct statement *block, const struct statement *interface)
{
    const struct statement *at;

    for (at = block->next; belongs(at); at = at->next)
    {
        if (is(at->words[0], L"image") && is(at->words[1], interface->words[1])) return true;
    }
    return complain_of(interface, 1, "there is no such image");
}

/* What follows a provider or a context. */
static bool block_agrees(const struct statement *block)
{
    const struct statement *at, *before;

    for (at = block->next; belongs(at); at = at->next)
    {
        for (before = block->next; before != at; before = before->next)
        {
            if (same_subject(before, at)) return complain_of(at, 0, "this is said twice");
        }
        if (is(at->words[0], L"function") && !words_differ(at, 3)) return false;
        if (is(at->words[0], L"interface") && (!words_differ(at, 4) || !has_image(block, at)))
            return false;
    }
    return true;
}

static bool statements_agree(const struct statement *first)
{
    const struct statement *block, *before;

    for (block = first; block; block = block->next)
    {
        if (belongs(block)) continue;
        for (before = first; before != block; before = before->next)
        {
            if (!belongs(before) && is(before->words[0], block->words[0]) &&
                !_wcsicmp(before->words[1], block->words[1]))
                return complain_of(block, 1, "this is there twice");
        }
        if (!block_agrees(block)) return false;
    }
    return true;
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

/* The names that are there become the ones that are wanted, each change a move or a removal; *last
 * is the last that was tried. */
static NTSTATUS make_list(const struct place *place, const WCHAR *const *wanted, ULONG count,
                          ULONG *last)
{
    NTSTATUS status;
    struct names list;
    ULONG i;

    *last = 0;
    status = names_at(place, &list);
    for (i = 0; i < count && !status; i++)
    {
        *last = i;
        if (i < list.count && is(list.names[i], wanted[i])) continue;
        status = place_add(place, wanted[i], i == list.count ? CRYPT_PRIORITY_BOTTOM : i);
        if (!status) status = names_place(&list, wanted[i], i);
    }
    for (; i < list.count && !status; i++) status = place_remove(place, list.names[i]);
    names_free(&list);
    return status;
}

static NTSTATUS make_functions(const struct statement *context, ULONG interface_id,
                               const struct statement **failing)
{
    struct place place = { context->words[1], NULL, interface_id };
    const struct statement *at, **statements;
    const WCHAR **wanted;
    ULONG count = 0, number, last;
    NTSTATUS status;

    for (at = context->next; belongs(at); at = at->next) count++;
    wanted = need((count + 1) * sizeof(WCHAR *));
    statements = need((count + 1) * sizeof(*statements));
    for (count = 0, at = context->next; belongs(at); at = at->next)
    {
        if (!is(at->words[0], L"function") || !interface_read(at->words[1], &number) ||
            number != interface_id) continue;
        statements[count] = at;
        wanted[count++] = at->words[2];
    }
    if ((status = make_list(&place, wanted, count, &last))) *failing = statements[last];
    free(statements);
    free(wanted);
    return status;
}

static NTSTATUS make_function(const WCHAR *context, const struct statement *statement)
{
    struct place place = { context, statement->words[2], 0 };
    ULONG last;

    interface_read(statement->words[1], &place.interface_id);
    return make_list(&place, (const WCHAR *const *)statement->words + 3,
                     (ULONG)(statement->count - 3), &last);
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
    if (status == STATUS_NOT_FOUND) return change_add_context(name, flags);
    if (status) return status;
    same = config->dwFlags == flags;
    BCryptFreeBuffer(config);
    return same ? STATUS_SUCCESS : change_configure_context(name, flags);
}

/* As the statement says; *failing is the one of those behind it that cannot be. */
static NTSTATUS make_context(struct statement *statement, const struct statement **failing)
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
        if (!seen) status = make_functions(statement, interface_id, failing);
    }
    for (at = statement->next; belongs(at) && !status; at = at->next)
    {
        *failing = at;
        if (is(at->words[0], L"function")) status = make_function(name, at);
        else if (is(at->words[0], L"flags")) status = make_flags(name, at);
        else status = make_property(name, at);
    }
    return status;
}

/* Makes all of it so, or says in which line it cannot be. */
static bool statements_make(struct statement *first)
{
    const struct statement *failing;
    NTSTATUS status = STATUS_SUCCESS;
    struct statement *at;
    char what[120];

    for (at = first; at && !status; at = at->next)
    {
        failing = at;
        if (is(at->words[0], L"provider")) status = make_provider(at);
        else if (is(at->words[0], L"context")) status = make_context(at, &failing);
    }
    names_forget();
    if (!status) return true;
    snprintf(what, sizeof(what), "this cannot be: %s%s", status_name(status),
             changes && !dry_run ? " ('bcryptconfig restore' undoes what was done)" : "");
    return complain_of(failing, 0, what);
}

/* It is tried first, and made only if nothing is in its way that can be known before. */
int text_import(const WCHAR *path)
{
    struct statement *first = NULL;
    WCHAR *text = text_read(path);
    bool made;

    if (!text) return ENDED_FAILED;
    file_path = path;
    made = statements_read(text, &first) && statements_agree(first);
    if (made)
    {
        tried_only = true;
        made = statements_make(first);
        tried_only = false;
    }
    if (made) made = statements_make(first);
    if (made && !changes) printf("it is as the text says\n");
    statements_free(first);
    free(text);
    return made ? ENDED_WELL : ENDED_FAILED;
}
