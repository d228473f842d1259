/*
 * registry_native.c - registry.h for the native build: a registry in memory.
 *
 * A key stays where it is while it is open, deleted or not, as in Windows, but one that is deleted
 * cannot be read any more; its memory goes when the whole registry is cleared.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/registry.h"

#include <pthread.h>
#include <stdlib.h>

#include "native.h"
#include "platform/names.h"
#include "platform/platform.h"

struct value
{
    struct value *next;
    WCHAR name[REGISTRY_NAME_LIMIT];
    ULONG type, bytes;
    UCHAR *data;
};

struct key
{
    struct key *next, *first, *parent;          /* beside it, below it, above it */
    struct value *values;
    WCHAR name[REGISTRY_NAME_LIMIT];
    ULONGLONG time;                             /* of the last change of its values and keys */
    bool deleted;
};

static struct key root;
static ULONGLONG now;                           /* counts changes */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER, writers = PTHREAD_MUTEX_INITIALIZER;

static NTSTATUS read_status(const struct key *key, bool found)
{
    if (found) return STATUS_SUCCESS;
    return key && key->deleted ? STATUS_KEY_DELETED : STATUS_NOT_FOUND;
}

/* Of A to Z, and of the letters with accents up to U+00FE: enough to see that they count alike. */
static WCHAR capital(WCHAR letter)
{
    if (letter >= 'a' && letter <= 'z') return (WCHAR)(letter - 'a' + 'A');
    if (letter >= 0xe0 && letter <= 0xfe && letter != 0xf7) return (WCHAR)(letter - 0x20);
    return letter;
}

bool registry_names_equal(LPCWSTR left, LPCWSTR right)
{
    for (; capital(*left) == capital(*right); left++, right++)
    {
        if (!*left) return true;
    }
    return false;
}

/* The key below of that name, of `length` characters, in any case; made if it may be. */
static struct key *below(struct key *parent, LPCWSTR name, size_t length, bool make)
{
    WCHAR wanted[REGISTRY_NAME_LIMIT];
    struct key **at;

    if (length >= REGISTRY_NAME_LIMIT || parent->deleted) return NULL;
    memcpy(wanted, name, length * sizeof(WCHAR));
    wanted[length] = 0;
    for (at = &parent->first; *at; at = &(*at)->next)
    {
        if (!(*at)->deleted && registry_names_equal((*at)->name, wanted)) return *at;
    }
    if (!make || native_allocation_fails() || !(*at = calloc(1, sizeof(**at)))) return NULL;
    memcpy((*at)->name, wanted, sizeof(wanted));
    (*at)->parent = parent;
    parent->time = (*at)->time = ++now;
    return *at;
}

static NTSTATUS find(void *parent, LPCWSTR path, bool make, void **key)
{
    struct key *at = parent ? parent : &root;
    ULONGLONG before;
    LPCWSTR end;
    bool made;

    *key = NULL;
    if (native_registry_fails()) return make ? STATUS_ACCESS_DENIED : STATUS_NO_MEMORY;
    pthread_mutex_lock(&lock);
    before = now;
    for (; at && *path; path = *end ? end + 1 : end)
    {
        for (end = path; *end && *end != '\\'; end++) {}
        at = below(at, path, (size_t)(end - path), make);
    }
    made = now != before;
    pthread_mutex_unlock(&lock);
    *key = at;
    if (made) native_registry_changed();
    if (at) return STATUS_SUCCESS;
    return make ? STATUS_NO_MEMORY : read_status(parent, false);
}

NTSTATUS registry_open(void *parent, LPCWSTR path, void **key)
{
    return find(parent, path, false, key);
}

NTSTATUS registry_create(void *parent, LPCWSTR path, void **key)
{
    return find(parent, path, true, key);
}

void registry_close(void *key)
{
    (void)key;
}

NTSTATUS registry_key_at(void *key, ULONG number, WCHAR name[REGISTRY_NAME_LIMIT])
{
    NTSTATUS status;
    struct key *at;

    if (native_registry_fails()) return STATUS_NO_MEMORY;
    pthread_mutex_lock(&lock);
    for (at = ((struct key *)key)->first; at; at = at->next)
    {
        if (at->deleted || number--) continue;
        memcpy(name, at->name, sizeof(at->name));
        break;
    }
    status = read_status(key, at);
    pthread_mutex_unlock(&lock);
    return status;
}

NTSTATUS registry_value_at(void *key, ULONG number, WCHAR name[REGISTRY_NAME_LIMIT])
{
    struct value *value = NULL;
    struct key *at = key;
    NTSTATUS status;

    if (native_registry_fails()) return STATUS_NO_MEMORY;
    pthread_mutex_lock(&lock);
    if (!at->deleted) value = at->values;
    for (; value && number; value = value->next) number--;
    if (value) memcpy(name, value->name, sizeof(value->name));
    status = read_status(at, value);
    pthread_mutex_unlock(&lock);
    return status;
}

NTSTATUS registry_key_time(void *key, ULONGLONG *time)
{
    NTSTATUS status;

    if (native_registry_fails()) return STATUS_NO_MEMORY;
    pthread_mutex_lock(&lock);
    *time = ((struct key *)key)->time;
    status = read_status(key, !((struct key *)key)->deleted);
    pthread_mutex_unlock(&lock);
    return status;
}

static struct value **value_named(struct key *key, LPCWSTR name)
{
    struct value **at = &key->values;

    while (*at && !registry_names_equal((*at)->name, name)) at = &(*at)->next;
    return at;
}

static void value_free(struct value **at)
{
    struct value *value = *at;

    if (!value) return;
    *at = value->next;
    free(value->data);
    free(value);
}

NTSTATUS registry_get(void *key, LPCWSTR name, ULONG *type, void **data, ULONG *bytes)
{
    struct value *value = NULL;
    NTSTATUS status;

    if (native_registry_fails()) return STATUS_NO_MEMORY;
    pthread_mutex_lock(&lock);
    status = read_status(key, false);
    if (status == STATUS_NOT_FOUND) value = *value_named(key, name);
    if (value && value->bytes <= REGISTRY_VALUE_BYTES)
    {
        status = STATUS_NO_MEMORY;
        if ((*data = platform_heap_alloc(value->bytes + 2 * sizeof(WCHAR))))
        {
            if (value->bytes) memcpy(*data, value->data, value->bytes);
            memset((char *)*data + value->bytes, 0, 2 * sizeof(WCHAR));
            *type = value->type;
            *bytes = value->bytes;
            status = STATUS_SUCCESS;
        }
    }
    pthread_mutex_unlock(&lock);
    return status;
}

NTSTATUS registry_set(void *key, LPCWSTR name, ULONG type, const void *data, ULONG bytes)
{
    struct value *value = NULL, **at;

    if (native_registry_fails()) return STATUS_ACCESS_DENIED;
    if (name_length(name) >= REGISTRY_NAME_LIMIT) return STATUS_INVALID_PARAMETER;
    if (!native_allocation_fails()) value = calloc(1, sizeof(*value));
    if (!value) return STATUS_NO_MEMORY;
    memcpy(value->name, name, name_bytes(name));
    value->type = type;
    value->bytes = bytes;
    if (bytes) memcpy(value->data = malloc(bytes), data, bytes);

    pthread_mutex_lock(&lock);
    at = value_named(key, name);
    value_free(at);
    value->next = *at;
    *at = value;
    ((struct key *)key)->time = ++now;
    pthread_mutex_unlock(&lock);
    native_registry_changed();
    return STATUS_SUCCESS;
}

NTSTATUS registry_unset(void *key, LPCWSTR name)
{
    struct value **at;
    bool found;

    if (native_registry_fails()) return STATUS_ACCESS_DENIED;
    pthread_mutex_lock(&lock);
    at = value_named(key, name);
    found = *at != NULL;
    value_free(at);
    ((struct key *)key)->time = ++now;
    pthread_mutex_unlock(&lock);
    native_registry_changed();
    return found ? STATUS_SUCCESS : STATUS_NOT_FOUND;
}

NTSTATUS registry_delete(void *key)
{
    struct key *at, *below_it;
    NTSTATUS status = STATUS_SUCCESS;

    if (native_registry_fails()) return STATUS_ACCESS_DENIED;
    pthread_mutex_lock(&lock);
    at = key;
    for (below_it = at->first; below_it; below_it = below_it->next)
    {
        if (!below_it->deleted) status = STATUS_CANNOT_DELETE;
    }
    if (!status)
    {
        at->deleted = true;
        at->parent->time = ++now;
    }
    pthread_mutex_unlock(&lock);
    if (!status) native_registry_changed();
    return status;
}

NTSTATUS registry_writers_lock(void **held)
{
    if (native_registry_fails()) return STATUS_ACCESS_DENIED;
    pthread_mutex_lock(&writers);
    *held = &writers;
    return STATUS_SUCCESS;
}

void registry_writers_unlock(void *held)
{
    pthread_mutex_unlock(held);
}

static void clear(struct key *key)
{
    struct key *at;

    while (key->values) value_free(&key->values);
    while ((at = key->first))
    {
        key->first = at->next;
        clear(at);
        free(at);
    }
}

void native_registry_clear(void)
{
    pthread_mutex_lock(&lock);
    clear(&root);
    pthread_mutex_unlock(&lock);
}
