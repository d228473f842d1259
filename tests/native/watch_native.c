/*
 * watch_native.c - watch.h for the native build: registry_native.c says when it is changed.
 *
 * SPDX-License-Identifier: MIT
 */

#include "platform/watch.h"

#include <pthread.h>
#include <stdlib.h>

#include "native.h"

struct watch
{
    void (*changed)(void);
};

static struct watch *_Atomic watching;

void native_registry_changed(void)
{
    struct watch *watch = watching;

    if (watch) watch->changed();
}

NTSTATUS watch_start(const LPCWSTR *paths, void (*changed)(void), struct watch **watch)
{
    (void)paths;
    if (native_allocation_fails() || !(*watch = malloc(sizeof(**watch)))) return STATUS_NO_MEMORY;
    (*watch)->changed = changed;
    watching = *watch;
    return STATUS_SUCCESS;
}

void watch_stop(struct watch *watch)
{
    watching = NULL;
    free(watch);
}

NTSTATUS watch_event_new(struct watch_event *event)
{
    if (native_allocation_fails() || !(event->own = calloc(1, sizeof(int))))
        return STATUS_NO_MEMORY;
    event->given = event->own;
    return STATUS_SUCCESS;
}

void watch_event_set(const struct watch_event *event)
{
    *(int *)event->own = 1;
}

void watch_event_free(const struct watch_event *event)
{
    free(event->own);
}

bool native_event_was_set(void *event)
{
    bool was = *(int *)event;

    *(int *)event = 0;
    return was;
}
