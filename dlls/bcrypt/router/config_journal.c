/*
 * config_journal.c - changes of whole keys, which take effect at once or not at all.
 *
 * One value is changed in one step, whoever is killed when. A provider or a context is a key with
 * others below it. So the new one is prepared under CONFIG_PENDING first:
 *
 *     CONFIG_PENDING          Target (REG_SZ): the path of the key that is being changed
 *     CONFIG_PENDING\New      what it becomes; not there: it goes
 *
 * The change takes effect when Target is written, in one step: from then on readers find under that
 * path what is in New. Then the old key is deleted, New is copied to its place, and Target goes:
 * readers look in the usual place again. Whoever changes something next first finishes what he
 * finds: with a Target it is done, without one it is thrown away. Tools that know Windows' layout
 * only may see a killed change half done, until then.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/config_journal.h"

#include "platform/platform.h"
#include "platform/registry.h"
#include "platform/trace.h"
#include "router/config_keys.h"

#define TARGET L"Target"
#define NEW    L"New"
#define PATH_LIMIT (REGISTRY_NAME_LIMIT + 128)
#define DEPTH_LIMIT 16                          /* keys below keys that are copied */
#define READ_LIMIT 16                           /* times that something is read */

static const LPCWSTR roots[] = { CONFIG_PROVIDERS, CONFIG_LOCAL, CONFIG_DOMAIN };

static void join(WCHAR path[PATH_LIMIT], LPCWSTR root, LPCWSTR name)
{
    size_t length = name_length(root);

    memcpy(path, root, length * sizeof(WCHAR));
    path[length] = '\\';
    memcpy(path + length + 1, name, name_bytes(name));
}

/* The name below a root that a path has; NULL if it is no such path. */
static LPCWSTR name_below(LPCWSTR root, LPCWSTR path)
{
    while (*root && *root == *path) root++, path++;
    if (*root || *path++ != '\\') return NULL;
    return config_is_key_name(path) ? path : NULL;
}

/* The root that the path of a change is below; NULL if somebody else has written there. */
static LPCWSTR root_of(LPCWSTR path)
{
    size_t i;

    for (i = 0; i < ARRAY_SIZE(roots); i++)
    {
        if (name_below(roots[i], path)) return roots[i];
    }
    return NULL;
}

/* ---- keys with what is below them ---- */

NTSTATUS registry_delete_tree(void *key)
{
    WCHAR name[REGISTRY_NAME_LIMIT];
    NTSTATUS status = STATUS_SUCCESS;
    void *below;

    if (!key) return STATUS_NOT_FOUND;
    while (!status && !registry_key_at(key, 0, name))
    {
        status = registry_create(key, name, &below);
        if (!status) status = registry_delete_tree(below);
    }
    if (!status) status = registry_delete(key);
    registry_close(key);
    return status;
}

NTSTATUS registry_delete_below(void *parent, LPCWSTR path)
{
    NTSTATUS status;
    void *key;

    if ((status = registry_open(parent, path, &key)))
        return status == STATUS_NOT_FOUND ? STATUS_SUCCESS : status;
    registry_close(key);
    if ((status = registry_create(parent, path, &key))) return status;
    return registry_delete_tree(key);
}

static NTSTATUS copy_values(void *from, void *to)
{
    WCHAR name[REGISTRY_NAME_LIMIT];
    ULONG i, type, bytes;
    NTSTATUS status;
    void *data;

    for (i = 0; !(status = registry_value_at(from, i, name)); i++)
    {
        status = registry_get(from, name, &type, &data, &bytes);
        if (status == STATUS_NOT_FOUND) continue;   /* it is too large: nobody would read it */
        if (status) break;
        status = registry_set(to, name, type, data, bytes);
        platform_heap_free(data);
        if (status) break;
    }
    return config_optional(status);
}

static NTSTATUS copy_tree(void *from, void *to, int depth)
{
    NTSTATUS status = copy_values(from, to);
    WCHAR name[REGISTRY_NAME_LIMIT];
    void *below, *copy;
    ULONG i;

    for (i = 0; !status && depth < DEPTH_LIMIT; i++)
    {
        if ((status = registry_key_at(from, i, name))) break;
        if ((status = config_optional(registry_open(from, name, &below))) || !below) continue;
        if (!(status = registry_create(to, name, &copy)))
        {
            status = copy_tree(below, copy, depth + 1);
            registry_close(copy);
        }
        registry_close(below);
    }
    return config_optional(status);
}

void registry_prune(LPCWSTR path, LPCWSTR stays)
{
    static const size_t least = ARRAY_SIZE(L"SOFTWARE\\Policies\\Microsoft\\Cryptography") - 1;
    WCHAR at[2 * PATH_LIMIT], name[REGISTRY_NAME_LIMIT], *last;
    size_t length = name_length(path);
    bool deleted = true;
    void *key;

    if (length >= ARRAY_SIZE(at)) return;
    memcpy(at, path, name_bytes(path));
    while (deleted && length >= least)
    {
        at[length] = 0;
        last = at + length;
        while (last > at && last[-1] != '\\') last--;
        if (stays && registry_names_equal(last, stays)) return;
        if (!registry_open(NULL, at, &key))
        {
            deleted = registry_key_at(key, 0, name) == STATUS_NOT_FOUND &&
                      registry_value_at(key, 0, name) == STATUS_NOT_FOUND;
            registry_close(key);
            if (!deleted || registry_create(NULL, at, &key)) return;
            deleted = !registry_delete(key);
            registry_close(key);
        }
        while (length && at[--length] != '\\') {}
    }
}

/* ---- readers ---- */

/* The change that has taken effect and is not finished; target is NULL if there is none. One whose
 * key is deleted has been finished. */
static NTSTATUS pending_target(void **pending, WCHAR **target)
{
    NTSTATUS status;

    *target = NULL;
    if ((status = registry_open(NULL, CONFIG_PENDING, pending))) return config_optional(status);
    status = config_text(*pending, TARGET, REG_SZ, target);
    if (!status && root_of(*target)) return STATUS_SUCCESS;
    platform_heap_free(*target);
    *target = NULL;
    registry_close(*pending);
    return status == STATUS_KEY_DELETED ? STATUS_SUCCESS : config_optional(status);
}

NTSTATUS journal_open(LPCWSTR root, LPCWSTR name, void **key)
{
    WCHAR path[PATH_LIMIT], *target;
    NTSTATUS status;
    void *pending;
    bool changing;

    *key = NULL;
    if (!config_is_key_name(name)) return STATUS_NOT_FOUND;
    join(path, root, name);
    if ((status = pending_target(&pending, &target))) return status;
    if (target)
    {
        changing = registry_names_equal(target, path);
        if (changing) status = registry_open(pending, NEW, key);
        platform_heap_free(target);
        registry_close(pending);
        if (changing) return status;
    }
    return registry_open(NULL, path, key);
}

/* What of a root is being changed: its name, "" if nothing is, and whether it will be there. */
static NTSTATUS changing_name(LPCWSTR root, WCHAR name[REGISTRY_NAME_LIMIT], bool *stays)
{
    void *pending, *key;
    NTSTATUS status;
    LPCWSTR below;
    WCHAR *target;

    name[0] = 0;
    *stays = false;
    if ((status = pending_target(&pending, &target)) || !target) return status;
    if ((below = name_below(root, target)))
    {
        memcpy(name, below, name_bytes(below));
        status = config_optional(registry_open(pending, NEW, &key));
        *stays = key;
        registry_close(key);
    }
    platform_heap_free(target);
    registry_close(pending);
    return status;
}

/* The names of the keys below one, without that of the one that is being changed. */
static NTSTATUS add_names(void *key, LPCWSTR without, struct list *names)
{
    WCHAR name[REGISTRY_NAME_LIMIT];
    NTSTATUS status;
    ULONG i;

    for (i = 0; !(status = registry_key_at(key, i, name)); i++)
    {
        if (registry_names_equal(name, without)) continue;
        if ((status = list_place(names, name, CRYPT_PRIORITY_BOTTOM))) return status;
    }
    return config_optional(status);
}

NTSTATUS journal_names(LPCWSTR root, struct list *names)
{
    WCHAR changing[REGISTRY_NAME_LIMIT];
    NTSTATUS status;
    bool stays;
    void *all;

    if ((status = changing_name(root, changing, &stays))) return status;
    if (!(status = registry_open(NULL, root, &all)))
    {
        status = add_names(all, changing, names);
        registry_close(all);
    }
    status = config_optional(status);
    if (!status && stays) status = list_place(names, changing, CRYPT_PRIORITY_BOTTOM);
    return status;
}

/* The key of a change comes and goes in one that tells when: at its end, for under Wine the coming
 * of a key does not count. */
static NTSTATUS change_time(ULONGLONG *time)
{
    static const WCHAR parent[] = CONFIG_CRYPTOGRAPHY;
    WCHAR path[ARRAY_SIZE(parent)];
    NTSTATUS status;
    void *key;

    memcpy(path, parent, sizeof(parent));
    path[ARRAY_SIZE(parent) - 2] = 0;           /* without its "\" */
    if (!(status = registry_open(NULL, path, &key)))
    {
        status = registry_key_time(key, time);
        registry_close(key);
    }
    return config_optional(status);
}

static NTSTATUS read_marks(struct journal_marks *marks)
{
    void *key, *pending;
    NTSTATUS status;
    WCHAR *target;
    LPCWSTR at;

    memset(marks, 0, sizeof(*marks));
    if ((status = change_time(&marks->time))) return status;
    if ((status = registry_open(NULL, CONFIG_PENDING, &key))) return config_optional(status);
    registry_close(key);
    marks->change = 1;
    if ((status = pending_target(&pending, &target)) || !target) return status;
    for (at = target; *at; at++) marks->change = marks->change * 31 + *at;
    platform_heap_free(target);
    registry_close(pending);
    return STATUS_SUCCESS;
}

void journal_note(struct journal_state *state)
{
    if (state->tries == READ_LIMIT - 1 && registry_writers_lock(&state->lock)) state->lock = NULL;
    if (!state->tries++ || state->lock) state->unknown = read_marks(&state->marks);
}

bool journal_moved(struct journal_state *state, NTSTATUS *status)
{
    struct journal_marks before = state->marks;
    NTSTATUS unknown = state->unknown;

    state->unknown = read_marks(&state->marks);
    if (state->lock) registry_writers_unlock(state->lock);
    state->lock = NULL;
    if (*status == STATUS_KEY_DELETED) unknown = *status;
    if (!unknown) unknown = state->unknown;
    if (!unknown && before.time == state->marks.time && before.change == state->marks.change)
        return false;
    if (state->tries < READ_LIMIT && unknown != STATUS_NO_MEMORY)
    {
        TRACE("the configuration changed while it was read\n");
        return true;
    }
    if (unknown) *status = STATUS_NO_MEMORY;
    return false;
}

/* ---- writers ---- */

/* Does a change that has taken effect, from wherever it is. */
static NTSTATUS finish(void *pending, LPCWSTR target)
{
    NTSTATUS status;
    void *new, *key;

    if ((status = registry_delete_below(NULL, target))) return status;
    if (!(status = registry_open(pending, NEW, &new)))
    {
        if (!(status = registry_create(NULL, target, &key)))
        {
            status = copy_tree(new, key, 0);
            registry_close(key);
        }
        registry_close(new);
    }
    if (status && status != STATUS_NOT_FOUND) return status;
    return registry_unset(pending, TARGET);
}

/* Finishes a change, or throws it away if it has not taken effect. */
static NTSTATUS recover(void)
{
    void *pending, *key;
    NTSTATUS status;
    WCHAR *target;

    if ((status = registry_open(NULL, CONFIG_PENDING, &key)))
        return status == STATUS_NOT_FOUND ? STATUS_SUCCESS : status;
    registry_close(key);
    if ((status = registry_create(NULL, CONFIG_PENDING, &pending))) return status;

    status = config_optional(config_text(pending, TARGET, REG_SZ, &target));
    if (target && root_of(target))
    {
        TRACE("finishing a change of %s\n", trace_string(target));
        status = finish(pending, target);
        if (!status) registry_prune(root_of(target), NULL);   /* if it was the last there */
    }
    platform_heap_free(target);
    if (!status) status = registry_delete_tree(pending);
    else registry_close(pending);
    if (!status) registry_prune(CONFIG_PENDING, NULL);
    return status;
}

NTSTATUS journal_begin(void **lock)
{
    NTSTATUS status = registry_writers_lock(lock);

    if (!status && (status = recover())) registry_writers_unlock(*lock);
    return status;
}

void journal_end(void *lock)
{
    registry_writers_unlock(lock);
}

NTSTATUS journal_prepare(void **key)
{
    return registry_create(NULL, CONFIG_PENDING L"\\" NEW, key);
}

void journal_discard(void)
{
    NTSTATUS status = recover();

    if (status) TRACE("left over: %#lx\n", (unsigned long)status);
}

/* What has taken effect is done for the caller, even if the rest is left to the next writer. */
NTSTATUS journal_replace(LPCWSTR root, LPCWSTR name)
{
    WCHAR path[PATH_LIMIT];
    NTSTATUS status;
    void *pending;

    join(path, root, name);
    if ((status = registry_create(NULL, CONFIG_PENDING, &pending))) return status;
    status = registry_set(pending, TARGET, REG_SZ, path, name_bytes(path));
    registry_close(pending);
    journal_discard();
    return status;
}
