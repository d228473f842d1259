/*
 * notify.c - programs that want to know when the configuration changes.
 *
 * The registry is watched while there is one. Then what others change is also noticed here: the
 * registry of providers is read anew.
 *
 * SPDX-License-Identifier: MIT
 */

#include "router/notify.h"

#include "platform/platform.h"
#include "platform/watch.h"
#include "router/providers.h"

/* All that is below these is configuration: registrations, tables, curves. */
static const LPCWSTR watched[] =
{
    L"SYSTEM\\CurrentControlSet\\Control\\Cryptography",
    L"SOFTWARE\\Policies\\Microsoft\\Cryptography",
    NULL,
};

struct listener
{
    struct listener *next;
    struct watch_event event;
};

static struct platform_lock lock;
static struct listener *listeners;
static struct watch *watch;

/* Called on the thread that watches. */
static void changed(void)
{
    struct listener *listener;

    providers_changed();
    platform_lock_acquire(&lock);
    for (listener = listeners; listener; listener = listener->next)
        watch_event_set(&listener->event);
    platform_lock_release(&lock);
}

NTSTATUS notify_register(HANDLE *event)
{
    struct listener *listener = platform_heap_alloc(sizeof(*listener));
    NTSTATUS status;

    if (!listener) return STATUS_NO_MEMORY;
    if ((status = watch_event_new(&listener->event)))
    {
        platform_heap_free(listener);
        return status;
    }
    platform_lock_acquire(&lock);
    if (!watch) status = watch_start(watched, changed, &watch);
    if (!status)
    {
        listener->next = listeners;
        listeners = listener;
        *event = listener->event.given;
    }
    platform_lock_release(&lock);
    if (!status) return STATUS_SUCCESS;

    watch_event_free(&listener->event);
    platform_heap_free(listener);
    return status;
}

NTSTATUS notify_unregister(HANDLE event)
{
    struct listener **at, *listener;

    platform_lock_acquire(&lock);
    at = &listeners;
    while (*at && (*at)->event.given != event) at = &(*at)->next;
    if ((listener = *at)) *at = listener->next;
    if (!listeners)
    {
        watch_stop(watch);
        watch = NULL;
    }
    platform_lock_release(&lock);
    if (!listener) return STATUS_INVALID_PARAMETER;

    watch_event_free(&listener->event);
    platform_heap_free(listener);
    return STATUS_SUCCESS;
}
