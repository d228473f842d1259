/*
 * vectors_parse.c - reads the published vectors, and keeps count of how their cases came out.
 *
 * A line is cut into its fields when the case is reached; a field is decoded when a test asks for
 * it, into an arena that the next case empties.
 *
 * SPDX-License-Identifier: MIT
 */

#include <stdarg.h>

#include "vectors.h"

#define MAX_FIELDS 16
#define SHOWN_CASES 12
#define ARENA_BYTES (1024 * 1024)

struct field
{
    const char *name, *value;
    size_t name_bytes, value_bytes;
    bool base64;
};

struct fields
{
    struct field field[MAX_FIELDS];
    unsigned int count;
};

/* One at a time: Check's tests do not overlap. */
struct vectors
{
    char name[80], id[32], verdict;
    struct fields section, group, own;
    const char *at, *end;
    bool group_changed;
    unsigned int cases, refused, wrong, absent;
    UCHAR *arena;
    size_t used;
};

static struct vectors current;

static size_t line_length(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));

    return newline ? (size_t)(newline - at) : (size_t)(end - at);
}

/* Cuts "name=value name:value" up; a field that is there already gets the new value. */
static void read_fields(struct fields *fields, const char *at, const char *end)
{
    while (at < end)
    {
        const char *word = at, *mark;
        struct field *field;
        unsigned int i;

        while (at < end && *at != ' ') at++;
        for (mark = word; mark < at && *mark != '=' && *mark != ':';) mark++;
        if (mark < at)
        {
            for (i = 0; i < fields->count; i++)
            {
                if (fields->field[i].name_bytes == (size_t)(mark - word) &&
                    !memcmp(fields->field[i].name, word, (size_t)(mark - word))) break;
            }
            expect_true(i < MAX_FIELDS);
            field = &fields->field[i];
            if (i == fields->count) fields->count++;
            field->name = word;
            field->name_bytes = (size_t)(mark - word);
            field->value = mark + 1;
            field->value_bytes = (size_t)(at - mark - 1);
            field->base64 = *mark == ':';
        }
        while (at < end && *at == ' ') at++;
    }
}

static const struct field *find_field(const struct fields *fields, const char *name)
{
    unsigned int i;

    for (i = 0; i < fields->count; i++)
    {
        if (fields->field[i].name_bytes == strlen(name) &&
            !memcmp(fields->field[i].name, name, strlen(name))) return &fields->field[i];
    }
    return NULL;
}

static const struct field *find(const struct vectors *v, const char *name)
{
    const struct field *field = find_field(&v->own, name);

    if (!field) field = find_field(&v->group, name);
    if (!field) field = find_field(&v->section, name);
    return field;
}

static bool is_kind(const struct fields *fields, const char *kind)
{
    const struct field *field = find_field(fields, "kind");

    return field && field->value_bytes == strlen(kind) &&
           !memcmp(field->value, kind, field->value_bytes);
}

/* The section of this kind that has this number, or their count in *sections. */
static bool find_section(const char *kind, int wanted, struct vectors *v, int *sections)
{
    size_t i;

    *sections = 0;
    for (i = 0; i < vectors_file_count; i++)
    {
        const char *at = vectors_files[i].begin, *end = vectors_files[i].end;

        while (at < end)
        {
            size_t length = line_length(at, end);

            if (*at == '[')
            {
                const char *close = at + length - 1, *blank = memchr(at, ' ', length);
                struct fields fields = { 0 };

                expect_true(*close == ']' && blank);
                read_fields(&fields, blank + 1, close);
                if (is_kind(&fields, kind) && (*sections)++ == wanted)
                {
                    snprintf(v->name, sizeof(v->name), "%.*s", (int)(blank - at - 1), at + 1);
                    v->section = fields;
                    v->at = at + length + 1;
                    v->end = end;
                    return true;
                }
            }
            at += length + 1;
        }
    }
    return false;
}

int vectors_sections(const char *kind)
{
    struct vectors nobody;
    int sections;

    find_section(kind, -1, &nobody, &sections);
    return sections;
}

struct vectors *vectors_start(const char *kind, int section)
{
    UCHAR *arena = current.arena ? current.arena : malloc(ARENA_BYTES);
    int sections;

    memset(&current, 0, sizeof(current));
    current.arena = arena;
    expect_true(arena != NULL);
    expect_true(find_section(kind, section, &current, &sections));
    return &current;
}

bool vectors_next(struct vectors *v)
{
    v->group_changed = !v->cases;
    v->used = 0;
    v->own.count = 0;
    while (v->at < v->end && *v->at != '[')
    {
        const char *line = v->at, *word;
        size_t length = line_length(line, v->end);

        v->at += length + 1;
        if (!length || *line == '#') continue;
        if (*line == '@')
        {
            read_fields(&v->group, line + 2, line + length);
            v->group_changed = true;
            continue;
        }
        for (word = line; word < line + length && *word != ' ';) word++;
        snprintf(v->id, sizeof(v->id), "%.*s", (int)(word - line - 1), line);
        v->verdict = word[-1];
        expect_true(v->verdict == '+' || v->verdict == '-' || v->verdict == '?');
        if (word < line + length) read_fields(&v->own, word + 1, line + length);
        v->cases++;
        return true;
    }
    return false;
}

bool vectors_has(const struct vectors *v, const char *name)
{
    return find(v, name) != NULL;
}

UCHAR *vectors_room(struct vectors *v, size_t bytes)
{
    UCHAR *room = v->arena + v->used;

    v->used += (bytes + 31) & ~(size_t)15;
    expect_true(v->used <= ARENA_BYTES);
    return room;
}

static unsigned int digit(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = strchr(digits, c);

    expect_true(c && found);
    return (unsigned int)(found - digits);
}

static struct bytes decode_base64(struct vectors *v, const struct field *field)
{
    size_t i, bytes = field->value_bytes * 3 / 4;
    struct bytes result = { vectors_room(v, bytes), (ULONG)bytes };
    UCHAR *out = result.data;
    uint32_t bits = 0;

    for (i = 0; i < field->value_bytes; i++)
    {
        bits = bits << 6 | digit(field->value[i]);
        if (i % 4) *out++ = (UCHAR)(bits >> (6 - 2 * (i % 4)));
    }
    return result;
}

static struct bytes decode_hex(struct vectors *v, const struct field *field)
{
    static const char digits[] = "0123456789abcdef";
    struct bytes result = { vectors_room(v, field->value_bytes / 2),
                            (ULONG)(field->value_bytes / 2) };
    size_t i;

    for (i = 0; i < 2 * result.size; i += 2)
    {
        const char *high = strchr(digits, field->value[i]);
        const char *low = strchr(digits, field->value[i + 1]);

        expect_true(high && low);
        result.data[i / 2] = (UCHAR)((high - digits) << 4 | (low - digits));
    }
    return result;
}

struct bytes vectors_bytes(struct vectors *v, const char *name)
{
    const struct field *field = find(v, name);
    struct bytes none = { vectors_room(v, 0), 0 };

    if (!field)
    {
        vectors_wrong(v, "no field %s", name);
        return none;
    }
    return field->base64 ? decode_base64(v, field) : decode_hex(v, field);
}

const char *vectors_text(struct vectors *v, const char *name, const char *otherwise)
{
    const struct field *field = find(v, name);
    char *text;

    if (!field) return otherwise;
    text = (char *)vectors_room(v, field->value_bytes + 1);
    memcpy(text, field->value, field->value_bytes);
    text[field->value_bytes] = 0;
    return text;
}

ULONG vectors_number(struct vectors *v, const char *name, ULONG otherwise)
{
    const char *text = vectors_text(v, name, NULL);

    return text ? strtoul(text, NULL, 10) : otherwise;
}

const WCHAR *vectors_wide(struct vectors *v, const char *name)
{
    const char *text = vectors_text(v, name, "");
    WCHAR *wide = (WCHAR *)(void *)vectors_room(v, (strlen(text) + 1) * sizeof(WCHAR));
    size_t i;

    for (i = 0; text[i]; i++) wide[i] = (WCHAR)text[i];
    wide[i] = 0;
    return wide;
}

bool vectors_group_changed(const struct vectors *v)
{
    return v->group_changed;
}

char vectors_verdict(const struct vectors *v)
{
    return v->verdict;
}

void vectors_wrong(struct vectors *v, const char *format, ...)
{
    va_list arguments;

    if (v->wrong++ >= SHOWN_CASES) return;
    printf("vectors %s: case %s%c: ", v->name, v->id, v->verdict);
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    printf("\n");
}

void vectors_judge(struct vectors *v, NTSTATUS status, bool matches)
{
    bool works = !status && matches;

    if (v->verdict == '+' && status) vectors_wrong(v, "refused with %#x", (unsigned int)status);
    else if (v->verdict != '-' && !status && !matches) vectors_wrong(v, "another result");
    else if (v->verdict == '-' && works) vectors_wrong(v, "not refused");
    if (!works && v->verdict != '+') v->refused++;
}

void vectors_judge_as(struct vectors *v, NTSTATUS status, bool matches, NTSTATUS refusal)
{
    vectors_judge(v, status, matches);
    if (v->verdict == '-' && status && status != refusal)
    {
        vectors_wrong(v, "refused with %#x, not %#x", (unsigned int)status, (unsigned int)refusal);
    }
}

bool vectors_absent(struct vectors *v, NTSTATUS status)
{
    if (status != STATUS_NOT_FOUND || !WINDOWS_BEFORE(99))
    {
        vectors_wrong(v, "the algorithm does not open: %#x", (unsigned int)status);
        return false;
    }
    printf("vectors %s: not in this Windows\n", v->name);
    return true;
}

bool vectors_lacks_hash(struct vectors *v)
{
    const WCHAR *name = vectors_wide(v, "hash");
    BCRYPT_ALG_HANDLE algorithm;

    if (strncmp(vectors_text(v, "hash", ""), "SHA3", 4) || !WINDOWS_BEFORE(99)) return false;
    if (BCryptOpenAlgorithmProvider(&algorithm, name, NULL, 0))
    {
        v->absent++;
        return true;
    }
    BCryptCloseAlgorithmProvider(algorithm, 0);
    return false;
}

/* "31_CNG_has_no_SHA-224" in words. */
static void print_left_out(const struct vectors *v)
{
    const struct field *count = find_field(&v->section, "left_out");
    const struct field *why = find_field(&v->section, "because");
    size_t i;

    if (!count || !why) return;
    printf("; left out %.*s: ", (int)count->value_bytes, count->value);
    for (i = 0; i < why->value_bytes; i++)
    {
        if (why->value[i] == ',') printf(", ");
        else putchar(why->value[i] == '_' ? ' ' : why->value[i]);
    }
}

void vectors_finish(struct vectors *v)
{
    printf("vectors %s: %u cases, %u refused as expected", v->name, v->cases, v->refused);
    if (v->wrong) printf(", %u WRONG", v->wrong);
    if (v->absent) printf(", %u not in this Windows", v->absent);
    print_left_out(v);
    printf("\n");
    fflush(stdout);
    expect_value(v->wrong, 0);
}
