/*
 * config_view.h - what of a context is in force: both tables, and the default context behind them.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_CONFIG_VIEW_H
#define ROUTER_CONFIG_VIEW_H

#include "router/config.h"

/* A context in one table. */
struct layer
{
    ULONG table;
    LPCWSTR context;
    void *context_key;                          /* NULL: it says nothing */
    void *key;                                  /* of the interface; NULL: it says nothing */
    struct list functions;                      /* of the interface */
};

struct view
{
    struct layer layers[4];                     /* the first that has something decides */
    ULONG own, count;                           /* of the context itself; with the default one's */
    bool exclusive, alone;
    ULONG interface_id;
    struct list functions;                      /* of the interface, of all layers in force */
};

/* Opens a context: STATUS_NOT_FOUND if no table has it. view_close takes any. */
NTSTATUS view_open(struct view *view, LPCWSTR context);
void view_close(struct view *view);

/* Whether the registry says anything of it. */
bool view_says_anything(const struct view *view);

/* Turns to an interface, whose functions are in view->functions then. */
NTSTATUS view_interface(struct view *view, ULONG interface_id);

/* The providers of one of them, best first, for list_free whatever is answered. */
NTSTATUS view_providers(const struct view *view, LPCWSTR function, struct list *providers);

/* Its properties: an array of pointers to CRYPT_PROPERTY_REF. */
NTSTATUS view_properties(const struct view *view, LPCWSTR function, struct block *block,
                         ULONG *array, ULONG *count);

#endif
