/*
 * config_list.c - lists of names, as the configuration has them, and the values they are kept in.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/config_list.h"

#include "platform/platform.h"
#include "platform/registry.h"
#include "platform/trace.h"

bool config_list_has(LPCWSTR names, LPCWSTR name)
{
    for (; names && !LIST_END(names); names = LIST_NEXT(names))
    {
        if (names_equal(names, name)) return true;
    }
    return false;
}

void list_free(struct list *list)
{
    platform_heap_free(list->names);
    memset(list, 0, sizeof(*list));
}

static bool list_insert(struct list *list, WCHAR *at, LPCWSTR name)
{
    size_t length = name_length(name) + 1, offset = (size_t)(at - list->names);
    size_t room = 2 * (list->room + length) + 64;
    WCHAR *names;

    if (list->length + length + 1 > list->room)
    {
        if (!(names = platform_heap_alloc(room * sizeof(WCHAR)))) return false;
        if (list->names) memcpy(names, list->names, (list->length + 1) * sizeof(WCHAR));
        else names[0] = 0;
        platform_heap_free(list->names);
        list->names = names;
        list->room = room;
    }
    at = list->names + offset;
    memmove(at + length, at, (list->length + 1 - offset) * sizeof(WCHAR));
    memcpy(at, name, length * sizeof(WCHAR));
    list->length += length;
    return true;
}

bool list_remove(struct list *list, LPCWSTR name)
{
    size_t length = name_length(name) + 1;
    WCHAR *at;

    for (at = list->names; at && !LIST_END(at); at = LIST_NEXT(at))
    {
        if (!names_equal(at, name)) continue;
        list->length -= length;
        memmove(at, at + length, (list->length + 1 - (size_t)(at - list->names)) * sizeof(WCHAR));
        return true;
    }
    return false;
}

NTSTATUS list_place(struct list *list, LPCWSTR name, ULONG position)
{
    WCHAR *at;

    list_remove(list, name);
    for (at = list->names; at && !LIST_END(at) && position; at = LIST_NEXT(at))
    {
        if (position != CRYPT_PRIORITY_BOTTOM) position--;
    }
    if (position && position != CRYPT_PRIORITY_BOTTOM) return STATUS_INVALID_PARAMETER;
    return list_insert(list, at, name) ? STATUS_SUCCESS : STATUS_NO_MEMORY;
}

NTSTATUS list_merge(struct list *list, LPCWSTR others)
{
    for (; others && !LIST_END(others); others = LIST_NEXT(others))
    {
        WCHAR *end = list->names ? list->names + list->length : NULL;

        if (config_list_has(list->names, others)) continue;
        if (!list_insert(list, end, others)) return STATUS_NO_MEMORY;
    }
    return STATUS_SUCCESS;
}

bool list_same(const struct list *list, LPCWSTR others)
{
    LPCWSTR names = list->names ? list->names : L"";

    while (!LIST_END(names) && !LIST_END(others) && names_equal(names, others))
    {
        names = LIST_NEXT(names);
        others = LIST_NEXT(others);
    }
    return LIST_END(names) && LIST_END(others);
}

/* Names between commas become names one after the other. Blanks around them do not count. */
static void split(WCHAR *text)
{
    WCHAR *from = text, *to = text, *begin;
    bool more;

    do
    {
        while (*from == ',' || *from == ' ') from++;
        for (begin = to; *from && *from != ','; from++) *to++ = *from;
        more = *from;
        while (to > begin && to[-1] == ' ') to--;
        if (to > begin) *to++ = 0;
        if (more) from++;
    } while (more);
    *to = 0;
}

/* Of a name that is in the list. */
static WCHAR *first_of(WCHAR *names, LPCWSTR name)
{
    while (!names_equal(names, name)) names = LIST_NEXT(names);
    return names;
}

/* Of a name that is there more than once the first counts. Answers the list's end. */
static WCHAR *drop_repeated(WCHAR *names)
{
    WCHAR *from, *next, *to = names;
    size_t length;

    for (from = names; !LIST_END(from); from = next)
    {
        next = LIST_NEXT(from);
        length = (size_t)(next - from);
        memmove(to, from, length * sizeof(WCHAR));
        if (first_of(names, to) == to) to += length;
    }
    *to = 0;
    return to;
}

NTSTATUS list_read(struct list *list, void *key, LPCWSTR value, bool commas)
{
    ULONG type, bytes;
    NTSTATUS status;
    void *data;

    memset(list, 0, sizeof(*list));
    if (!key) return STATUS_NOT_FOUND;
    if ((status = registry_get(key, value, &type, &data, &bytes))) return status;
    if ((type != REG_MULTI_SZ && (type != REG_SZ || !commas)) || bytes % sizeof(WCHAR))
    {
        TRACE("%s is of type %lu, %lu bytes\n", trace_string(value), (unsigned long)type,
              (unsigned long)bytes);
        platform_heap_free(data);
        return STATUS_NOT_FOUND;
    }
    list->names = data;
    if (type == REG_SZ) split(list->names);
    list->length = (size_t)(drop_repeated(list->names) - list->names);
    list->room = list->length + 1;
    return STATUS_SUCCESS;
}

NTSTATUS list_write(const struct list *list, void *key, LPCWSTR value, bool commas)
{
    ULONG bytes = (ULONG)((list->length + 1) * sizeof(WCHAR));
    WCHAR none[2] = { 0, 0 }, *text;
    NTSTATUS status;
    size_t i;

    if (bytes > REGISTRY_VALUE_BYTES) return STATUS_INVALID_PARAMETER;
    if (!list->length)
        return registry_set(key, value, commas ? REG_SZ : REG_MULTI_SZ, none,
                            commas ? sizeof(WCHAR) : sizeof(none));
    if (!commas) return registry_set(key, value, REG_MULTI_SZ, list->names, bytes);

    if (!(text = platform_heap_alloc(bytes))) return STATUS_NO_MEMORY;
    for (i = 0; i + 1 < list->length; i++) text[i] = list->names[i] ? list->names[i] : L',';
    text[list->length - 1] = 0;
    status = registry_set(key, value, REG_SZ, text, (ULONG)(list->length * sizeof(WCHAR)));
    platform_heap_free(text);
    return status;
}
