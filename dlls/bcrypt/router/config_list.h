/*
 * config_list.h - lists of names, as the configuration has them, and the values they are kept in.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_CONFIG_LIST_H
#define ROUTER_CONFIG_LIST_H

#include "platform/base.h"
#include "platform/names.h"

/* Names one after the other, "" after the last. */
#define LIST_END(list) (!*(list))
#define LIST_NEXT(list) ((list) + name_length(list) + 1)
bool config_list_has(LPCWSTR names, LPCWSTR name);      /* names may be NULL */

/* Such a list that has room to grow; {0} is empty, with names NULL. */
struct list
{
    WCHAR *names;
    size_t length, room;                        /* characters; the "" after the last not counted */
};

void list_free(struct list *list);
bool list_remove(struct list *list, LPCWSTR name);

/* Puts a name, which the list may have already, before the one that is at the position: to the top
 * with 0, to the bottom with CRYPT_PRIORITY_BOTTOM.
 *
 *   STATUS_SUCCESS, STATUS_INVALID_PARAMETER (beyond the end), STATUS_NO_MEMORY */
NTSTATUS list_place(struct list *list, LPCWSTR name, ULONG position);

/* Puts what the list has not, of others, behind what it has. */
NTSTATUS list_merge(struct list *list, LPCWSTR others);

bool list_same(const struct list *list, LPCWSTR others);

/* The list of a value: REG_MULTI_SZ or, where that may be, REG_SZ with commas. STATUS_NOT_FOUND if
 * there is none such, or key is NULL; or it cannot be read. The list is empty then. It has no name
 * twice. */
NTSTATUS list_read(struct list *list, void *key, LPCWSTR value, bool commas);

/* STATUS_INVALID_PARAMETER if it is longer than a value is read. */
NTSTATUS list_write(const struct list *list, void *key, LPCWSTR value, bool commas);

#endif
