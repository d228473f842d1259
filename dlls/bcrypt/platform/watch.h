/*
 * watch.h - changes of the configuration by any process, and events that tell programs of them.
 *
 * Windows is in watch_windows.c; tests/native/watch_native.c answers for the native build.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef PLATFORM_WATCH_H
#define PLATFORM_WATCH_H

#include "platform/base.h"

/*
 * Calls changed() after each change of a key, or of anything below it, whoever makes it, from when
 * this returns until watch_stop, and perhaps once more; and now and then when nothing has.
 * It is called on a thread of its own. While that runs the DLL is not unloaded. The paths, below
 * HKEY_LOCAL_MACHINE, are of keys that need not be there; NULL is behind the last of at most four.
 *
 *   STATUS_SUCCESS, STATUS_NO_MEMORY
 */
struct watch;
NTSTATUS watch_start(const LPCWSTR *paths, void (*changed)(void), struct watch **watch);

/* Does not wait for the thread, and so can be called anywhere; takes NULL. */
void watch_stop(struct watch *watch);

/* An unnamed event that is reset by hand: a handle for the program, and one of our own, which it
 * cannot close. */
struct watch_event
{
    HANDLE given, own;
};
NTSTATUS watch_event_new(struct watch_event *event);
void watch_event_set(const struct watch_event *event);
void watch_event_free(const struct watch_event *event);

#endif
