/*
 * watch_windows.c - watch.h on Windows and Wine.
 *
 * A registry notification fires once, and is for a key that is there. So a thread waits for any of
 * them, asks for all anew, and only then says that something has changed: nothing falls in between.
 * Of a key that is not there, the deepest of those above it is watched, for what comes below: Wine
 * tells of a new key to those alone who watch all below. And always the one above that is watched,
 * for Wine does not tell of a key's own end. A key that came and went before the thread looked is
 * known by the time in the key above it.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/watch.h"

#include <winternl.h>

#include "platform/names.h"
#include "platform/platform.h"
#include "platform/registry.h"

#define PATHS_LIMIT 4
#define PATH_CHARACTERS 256
#define LOOK_MILLISECONDS 2000                  /* until it is looked whether the keys are there */
#define TRIES 16                                /* with a key that comes and goes all the time */

/* Not in mingw-w64's headers. Source: Microsoft Learn, ZwNotifyChangeKey (ntifs.h). */
NTSTATUS NTAPI NtNotifyChangeKey(HANDLE, HANDLE, PIO_APC_ROUTINE, PVOID, PIO_STATUS_BLOCK, ULONG,
                                 BOOLEAN, PVOID, ULONG, BOOLEAN);

/* One key that is watched. */
struct point
{
    void *key;
    HANDLE event;
};

/* What is watched at one time. */
struct points
{
    struct point below[PATHS_LIMIT];            /* the key itself, or the deepest above it */
    struct point above[PATHS_LIMIT];
    size_t lengths[PATHS_LIMIT];                /* of the path of "below", characters */
    ULONGLONG times[PATHS_LIMIT];               /* when keys in "below" last came or went */
};

struct watch
{
    LPCWSTR paths[PATHS_LIMIT];
    ULONG count;
    void (*changed)(void);
    HANDLE stop;
    HMODULE module;
    struct points points;
};

/* Written by the kernel when a notification ends, perhaps late; nobody reads it. */
static IO_STATUS_BLOCK unread;

static void point_close(struct point *point)
{
    registry_close(point->key);
    if (point->event) CloseHandle(point->event);
    memset(point, 0, sizeof(*point));
}

static bool point_open(struct point *point, LPCWSTR path, ULONG filter, bool all_below)
{
    NTSTATUS status;

    if (registry_open(NULL, path, &point->key)) return false;
    if ((point->event = CreateEventW(NULL, FALSE, FALSE, NULL)))
    {
        status = NtNotifyChangeKey(point->key, point->event, NULL, NULL, &unread, filter,
                                   all_below, NULL, 0, TRUE);
        if (status >= 0) return true;
    }
    point_close(point);
    return false;
}

/* Cuts the last name of a path; false if it was the only one. */
static bool cut(WCHAR *path)
{
    size_t length = name_length(path);

    while (length && path[length] != '\\') length--;
    path[length] = 0;
    return length;
}

static void points_close(struct points *points)
{
    size_t i;

    for (i = 0; i < PATHS_LIMIT; i++)
    {
        point_close(&points->below[i]);
        point_close(&points->above[i]);
    }
}

static bool exists(LPCWSTR path)
{
    void *key;

    if (registry_open(NULL, path, &key)) return false;
    registry_close(key);
    return true;
}

/* Watches a key and all below it, and the one above it before that: if the key goes while this is
 * done, that one tells. */
static bool level_open(struct points *points, ULONG i, LPCWSTR path, ULONG filter)
{
    WCHAR parent[PATH_CHARACTERS];

    point_close(&points->above[i]);
    point_close(&points->below[i]);
    memcpy(parent, path, name_bytes(path));
    if (cut(parent) && !point_open(&points->above[i], parent, REG_NOTIFY_CHANGE_NAME, false))
        return false;
    return point_open(&points->below[i], path, filter, true);
}

/* Watches one path. What is made between two steps of this is not missed: it is there afterwards,
 * or below what is watched by then. */
static bool path_open(struct points *points, ULONG i, LPCWSTR whole)
{
    static const ULONG names = REG_NOTIFY_CHANGE_NAME, values = REG_NOTIFY_CHANGE_LAST_SET;
    WCHAR path[PATH_CHARACTERS];
    int tries = TRIES;
    bool opened, stays;

    do
    {
        memcpy(path, whole, name_bytes(whole));
        opened = level_open(points, i, path, values | names);
        while (!opened && cut(path)) opened = level_open(points, i, path, names);
        if (!opened) return false;
        points->lengths[i] = name_length(path);
        stays = !registry_key_time(points->below[i].key, &points->times[i]) &&
                (points->lengths[i] == name_length(whole) || !exists(whole));
    } while (!stays && --tries);
    return stays;
}

/* False: there is no memory, or no handle; or a key comes and goes all the time. */
static bool points_open(const struct watch *watch, struct points *points)
{
    ULONG i;

    memset(points, 0, sizeof(*points));
    for (i = 0; i < watch->count; i++)
    {
        if (path_open(points, i, watch->paths[i])) continue;
        points_close(points);
        return false;
    }
    return true;
}

static bool has_fired(const struct point *point)
{
    return point->event && WaitForSingleObject(point->event, 0) == WAIT_OBJECT_0;
}

/* Whether what a path names was changed between two times that it was asked for. Of a key that was
 * not there and is not, it counts that keys beside it came or went. */
static bool path_changed(const struct points *old, const struct points *new, ULONG i, LPCWSTR whole)
{
    if (old->lengths[i] != new->lengths[i]) return true;
    if (new->lengths[i] < name_length(whole)) return old->times[i] != new->times[i];
    return has_fired(&old->below[i]) || has_fired(&old->above[i]);
}

/* Asks for all notifications anew; whether anything was changed that is to be told. */
static bool renew(struct watch *watch)
{
    struct points points;
    bool told = false;
    ULONG i;

    if (!points_open(watch, &points))
    {
        WaitForSingleObject(watch->stop, 1000); /* it may do then */
        return false;
    }
    for (i = 0; i < watch->count; i++)
        told |= path_changed(&watch->points, &points, i, watch->paths[i]);
    points_close(&watch->points);
    watch->points = points;
    return told;
}

/* Waits until something fires: none is taken away from renew, which looks for it again. After a
 * while it returns all the same: a key that came or went and was not told of is noticed then. */
static bool wait(const struct watch *watch)
{
    HANDLE handles[1 + 2 * PATHS_LIMIT];
    DWORD count = 0, fired;
    ULONG i;

    handles[count++] = watch->stop;
    for (i = 0; i < PATHS_LIMIT; i++)
    {
        if (watch->points.below[i].event) handles[count++] = watch->points.below[i].event;
        if (watch->points.above[i].event) handles[count++] = watch->points.above[i].event;
    }
    fired = WaitForMultipleObjects(count, handles, FALSE, LOOK_MILLISECONDS);
    if (fired == WAIT_OBJECT_0) return false;
    if (fired > WAIT_OBJECT_0 && fired < WAIT_OBJECT_0 + count)
        SetEvent(handles[fired - WAIT_OBJECT_0]);
    return true;
}

static void watch_free(struct watch *watch)
{
    points_close(&watch->points);
    if (watch->stop) CloseHandle(watch->stop);
    platform_heap_free(watch);
}

static DWORD WINAPI watch_thread(void *argument)
{
    struct watch *watch = argument;
    HMODULE module = watch->module;

    do
    {
        /* The first time, too: what fired before this thread was there. */
        if (renew(watch)) watch->changed();
    } while (wait(watch));
    watch_free(watch);
    FreeLibraryAndExitThread(module, 0);
}

NTSTATUS watch_start(const LPCWSTR *paths, void (*changed)(void), struct watch **watch)
{
    static const DWORD from_address = GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS;
    struct watch *made = platform_heap_alloc(sizeof(*made));
    HANDLE thread = NULL;

    if (!made) return STATUS_NO_MEMORY;
    memset(made, 0, sizeof(*made));
    while (made->count < PATHS_LIMIT && paths[made->count])
    {
        made->paths[made->count] = paths[made->count];
        made->count++;
    }
    made->changed = changed;
    made->stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (made->stop && points_open(made, &made->points) &&
        GetModuleHandleExW(from_address, (LPCWSTR)(ULONG_PTR)watch_thread, &made->module))
    {
        *watch = made;
        if ((thread = CreateThread(NULL, 0, watch_thread, made, 0, NULL))) CloseHandle(thread);
        else FreeLibrary(made->module);
    }
    if (thread) return STATUS_SUCCESS;
    watch_free(made);
    return STATUS_NO_MEMORY;
}

void watch_stop(struct watch *watch)
{
    if (watch) SetEvent(watch->stop);
}

/* ---- events ---- */

NTSTATUS watch_event_new(struct watch_event *event)
{
    HANDLE process = GetCurrentProcess();

    if (!(event->given = CreateEventW(NULL, TRUE, FALSE, NULL))) return STATUS_NO_MEMORY;
    if (DuplicateHandle(process, event->given, process, &event->own, 0, FALSE,
                        DUPLICATE_SAME_ACCESS)) return STATUS_SUCCESS;
    CloseHandle(event->given);
    return STATUS_NO_MEMORY;
}

void watch_event_set(const struct watch_event *event)
{
    SetEvent(event->own);
}

void watch_event_free(const struct watch_event *event)
{
    CloseHandle(event->own);
    CloseHandle(event->given);
}
