/*
 * enter.h - one thread at a time in an object.
 *
 * SPDX-License-Identifier: MIT
 */

#ifndef ROUTER_ENTER_H
#define ROUTER_ENTER_H

enum busy { FREE_TO_ENTER, ENTERED, BIASED };   /* of struct object: see enter.c */

#endif
